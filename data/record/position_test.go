package record

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"toll/data"
)

// cellAt reads the cell that begins at a place of a file, the slow and certain
// way: it is what an editor would show there.
func cellAt(in string, line, column int) (string, bool) {
	lines := strings.SplitAfter(strings.TrimPrefix(in, "\ufeff"), "\n")
	if line < 1 || line > len(lines) || column < 1 || column > len(lines[line-1])+1 {
		return "", false
	}
	rest := lines[line-1][column-1:] + strings.Join(lines[line:], "")
	if !strings.HasPrefix(rest, `"`) {
		end := strings.IndexAny(rest, ",\n")
		if end < 0 {
			end = len(rest)
		}
		return strings.TrimSuffix(rest[:end], "\r"), true
	}
	var b strings.Builder
	for rest = rest[1:]; rest != ""; {
		if strings.HasPrefix(rest, `""`) {
			b.WriteByte('"')
			rest = rest[2:]
			continue
		}
		if rest[0] == '"' {
			break
		}
		b.WriteByte(rest[0])
		rest = rest[1:]
	}
	return b.String(), true
}

// checkPlaces checks that what stands where a diagnostic points is its value.
func checkPlaces(t checker, in string, ds []data.Diagnostic) {
	t.Helper()
	for _, d := range ds {
		if d.Column == 0 {
			continue
		}
		cell, ok := cellAt(in, d.Line, d.Column)
		if !ok {
			t.Fatalf("%s points outside of %q", d, in)
		}
		if d.Code == "wrong-field-count" || d.Code == "near-miss-column" {
			continue // they have no value
		}
		if shown(cell) != d.Value {
			t.Fatalf("%s: the value is %q, but there stands %q, in %q", d, d.Value, cell, in)
		}
	}
}

func TestDiagnosticsPointAtTheirCell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyFile(t)
		_, res, err := read(in, Options{})
		if err == nil {
			checkPlaces(t, in, res.Diagnostics)
		}
	})
}

func TestDiagnosticsPointAtTheirCellInMultiLineFiles(t *testing.T) {
	// Bad cells behind cells of several lines, in every kind of line end.
	rapid.Check(t, func(t *rapid.T) {
		eol := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "eol")
		var rows [][]string
		for range rapid.IntRange(1, 12).Draw(t, "rows") {
			note := rapid.SampledFrom([]string{"", "one line", "two\nlines", "three\r\nlines\n", "a \"quoted\"\nword", "é\n\n\nü", ","}).Draw(t, "note")
			killed := rapid.SampledFrom([]string{"1", "1e3", "-9", "dozens", "a\nb", "7-4", "\"3\""}).Draw(t, "killed")
			date := rapid.SampledFrom([]string{"2025-10-11", "", "11/10/2025", "x\ny"}).Draw(t, "date")
			rows = append(rows, []string{note, date, note, killed, note})
		}
		in := "a,date,b,killed,c" + eol + writeCSV(rows, func() bool { return rapid.Bool().Draw(t, "quoted") }, eol)
		_, res, err := read(in, Options{})
		if err != nil {
			t.Fatal(err)
		}
		checkPlaces(t, in, res.Diagnostics)
		checkResult(t, in, nilRecords(res), res)
	})
}

// nilRecords stands in where only the number of records matters.
func nilRecords(res *Result) []flat {
	recs := make([]flat, res.Ledger.Accepted)
	for i := range recs {
		recs[i] = flat{Number: int64(i), Line: 2, Date: data.NoDate, Lat: data.NoCoord, Lon: data.NoCoord}
	}
	return recs
}

// TestPlacesHoldAcrossBufferEnds puts bad cells all over a file of many times
// the size of the scanner's buffer and of gocsv's chunks.
func TestPlacesHoldAcrossBufferEnds(t *testing.T) {
	for _, width := range []int{1, 7, 100, 1000, 65536, 65537, 200000} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			var b strings.Builder
			b.WriteString("notes,date,killed\n")
			rows := min(2000, 1+4_000_000/width)
			bad := int64(0)
			for i := range rows {
				note := strings.Repeat("n", width)
				if i%3 == 0 {
					note = "\"" + note[:width/2] + "\n\"\"" + note[width/2:] + "\""
				}
				killed := "5"
				if i%5 == 0 {
					killed, bad = fmt.Sprintf("bad %d", i), bad+1
				}
				fmt.Fprintf(&b, "%s,2025-10-11,%s\n", note, killed)
			}
			_, res, err := read(b.String(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if res.Counts["bad-count"] != bad || res.Ledger.Accepted != int64(rows)-bad {
				t.Fatalf("%v, %+v, want %d bad", res.Counts, res.Ledger, bad)
			}
			lines := strings.Split(b.String(), "\n")
			for i, d := range res.Diagnostics {
				if want := fmt.Sprintf("bad %d", i*5); d.Value != want || !strings.HasPrefix(lines[d.Line-1][d.Column-1:], want) {
					t.Fatalf("%s: value %q, want %q", d, d.Value, want)
				}
			}
		})
	}
}

func TestPlacesInTheUCDPFile(t *testing.T) {
	b, err := os.ReadFile(shared(t, "data", "ucdp_ged_pakistan.csv"))
	if err != nil {
		t.Fatal(err)
	}
	in := string(b)
	_, res, err := read(in, Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range res.Diagnostics {
		if d.Code != "count-order" {
			continue
		}
		n++
		if cell, ok := cellAt(in, d.Line, d.Column); !ok || cell != d.Value || d.Field != "best" {
			t.Errorf("%s: value %q, there stands %q", d, d.Value, cell)
		}
	}
	if n != 200 {
		t.Errorf("%d places", n)
	}
}
