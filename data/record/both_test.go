package record

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// bothAgree is agree for a property: both ways of reading, and both of the fast
// one, give the same records, diagnostics and errors.
func bothAgree(t *rapid.T, csv string, workers int, o Options) {
	want, wantRes, wantErr := read(csv, o)
	for o.index = -1; o.index <= 1; o.index += 2 {
		got, gotRes, gotErr := readFast(csv, workers, o)
		if fmt.Sprint(wantErr) != fmt.Sprint(gotErr) {
			t.Fatalf("workers %d, chunk %d: error %v, want %v\n%q", workers, o.chunk, gotErr, wantErr, csv)
		}
		if wantErr != nil {
			continue
		}
		if diff := cmp.Diff(wantRes, gotRes); diff != "" {
			t.Fatalf("workers %d, chunk %d: result (-Read +ReadParallel)\n%s\n%q", workers, o.chunk, diff, csv)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("workers %d, chunk %d: records (-Read +ReadParallel)\n%s\n%q", workers, o.chunk, diff, csv)
		}
	}
}

// cellsOf are cells for each kind of field: what most files hold, what is read with
// more care, and what is refused.
var cellsOf = map[string][]string{
	"date":      {"2025-10-11", "2025-10-11", "2025-10-31", "2024-02-29", "2025-02-29", "2025-10", "2025", "", " 2025-10-11", "2025-10-11T10:00", "11/10/2025", "0001-01-01", "9999-12-31", "x", "2025-1-1"},
	"count":     {"0", "3", "3", "12", "1234567", "12345678", "10000000", "", "", "4-7", "4–7", "200+", "dozens", "none", "-9", "1,204", "0.5", "1e3", " 3", "3 ", "03", "unknown"},
	"text":      {"", "", "Kel", "Kel", "Kel Adar", " Kel", "Kel  Adar", "São João", "e\u0301", "كابل", "K", "12345678", "123456789", strings.Repeat("n", 300), "a\tb", "A;B", "A + B", "#", "\u00a0", "ﬁ"},
	"point":     {"", "", "1.5", "-33.123456", "0", "91", "181", "1.1234567", "x", "1,5", "+4", "90", "180", "-180", "1e1", ".5", "5."},
	"victim":    {"", "civilian", "Civilian", "militant", "people", " security ", "unknown"},
	"status":    {"", "", "reported", "denied", "VERIFIED", "maybe", "superseded"},
	"geo":       {"", "exact", "near", "Admin1", "town"},
	"sure":      {"", "stated", "suspected", "perhaps"},
	"precision": {"", "", "day", "month", "year", "week", "days", "none", "hour"},
}

// kindOf is the kind of each native column.
func kindOf(column string) string {
	switch f := fieldByName[column]; {
	case f == Date, f == DateEnd, f == ReportedOn:
		return "date"
	case f >= Killed && f <= BesidesMilitants:
		return "count"
	case f == Lat, f == Lon:
		return "point"
	case f == VictimType:
		return "victim"
	case f == Status:
		return "status"
	case f == GeoPrecision:
		return "geo"
	case f == Attribution:
		return "sure"
	case f == DatePrecision:
		return "precision"
	}
	return "text"
}

// Files of any of the native columns in any order, with plain cells and odd ones,
// quoted or not, are read alike by one reader in order and by several in chunks.
func TestBothWaysOfReadingAgreeOnAnyColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.SliceOfNDistinct(rapid.SampledFrom(append(NativeColumns(), "weather", "x", "")), 1, 14, rapid.ID[string]).Draw(t, "columns")
		columns = append(columns, "date")
		columns = append(columns, "killed")
		seen := map[string]bool{}
		var header []string
		for _, c := range columns {
			if !seen[c] {
				header = append(header, c)
			}
			seen[c] = true
		}
		quotes := rapid.IntRange(0, 4).Draw(t, "quotes")
		tidy := rapid.IntRange(0, 3).Draw(t, "tidy") > 0
		rows := [][]string{header}
		for range rapid.IntRange(0, 25).Draw(t, "rows") {
			var row []string
			for _, c := range header {
				of := cellsOf[kindOf(c)]
				if tidy && rapid.IntRange(0, 15).Draw(t, "odd") > 0 {
					of = of[:3]
				}
				row = append(row, rapid.SampledFrom(of).Draw(t, c))
			}
			switch rapid.IntRange(0, 30).Draw(t, "row") {
			case 0:
				row = row[:len(row)-1]
			case 1:
				row = append(row, "more")
			case 2:
				row = []string{""}
			case 3:
				row = header
			}
			rows = append(rows, row)
		}
		eol := rapid.SampledFrom([]string{"\n", "\n", "\r\n"}).Draw(t, "eol")
		csv := writeCSV(rows, func() bool { return quotes > 0 && rapid.IntRange(0, quotes).Draw(t, "quoted") == 0 }, eol)
		if rapid.IntRange(0, 3).Draw(t, "no end") == 0 {
			csv = strings.TrimSuffix(csv, eol)
		}
		o := Options{KeepTexts: rapid.Bool().Draw(t, "texts"), AsWritten: rapid.Bool().Draw(t, "as written"), chunk: rapid.SampledFrom([]int{1, 17, 64, 200, 1000, 0}).Draw(t, "chunk")}
		if o.chunk > 0 && len(csv)/o.chunk > 1000 {
			o.chunk = len(csv)/1000 + 1
		}
		bothAgree(t, csv, rapid.IntRange(1, 3).Draw(t, "workers"), o)
	})
}

// Every file that other tests read in order is read alike in chunks, or is said to
// be not plain.
func TestBothWaysOfReadingAgreeOnTheFilesOfOtherTests(t *testing.T) {
	files := map[string]string{}
	for name, csv := range cutFiles {
		files["cut: "+name] = csv
	}
	for _, c := range conformance {
		files["dialect: "+c.name] = c.file
	}
	for code, csv := range provocations {
		files["code: "+code] = csv
	}
	for _, tt := range countTests {
		files["count: "+tt.cell] = writeCSV([][]string{{"date", "killed", "injured"}, {"2025-10-11", "1", "2"}, {"2025-10-12", tt.cell, tt.cell}, {"2025-10-13", "3", tt.cell}}, func() bool { return true }, "\n")
	}
	for _, tt := range dateTests {
		files["date: "+tt.cell] = writeCSV([][]string{{"date", "date_end", "killed"}, {tt.cell, "", "1"}, {"2025-10-12", tt.cell, "2"}}, func() bool { return true }, "\n")
	}
	for i, text := range hostile {
		files[fmt.Sprint("hostile: ", i)] = writeCSV([][]string{{"date", "place", "notes", "incident_id", "killed"}, {"2025-10-11", text, text, text, "1"}, {"2025-10-12", "x", "y", "z", "2"}}, func() bool { return true }, "\n")
	}
	plain := 0
	for name, csv := range files {
		want, wantRes, wantErr := read(csv, Options{KeepTexts: true})
		for _, o := range []Options{{KeepTexts: true, chunk: 50, index: -1}, {KeepTexts: true, chunk: 50, index: 1}, {KeepTexts: true}} {
			if len(csv)/max(1, o.chunk) > 2000 {
				o.chunk = 0
			}
			got, gotRes, gotErr := readFast(csv, 2, o)
			if gotErr == ErrNotPlain {
				continue
			}
			plain++
			if fmt.Sprint(wantErr) != fmt.Sprint(gotErr) {
				t.Errorf("%s: error %v, want %v", name, gotErr, wantErr)
				continue
			}
			if wantErr != nil {
				continue
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
			if diff := cmp.Diff(wantRes, gotRes); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	}
	if plain < len(files) {
		t.Errorf("only %d of %d readings were in chunks", plain, 3*len(files))
	}
}

// Cells of every length, at every distance from the words and vectors that a reader
// takes at a time, plain and with one byte that is not.
func TestBothWaysOfReadingAgreeOnCellsOfEveryLength(t *testing.T) {
	for _, odd := range []string{"", "é", "\"", " ", "\t", "\x00", "\xff", ";", "\r"} {
		var b strings.Builder
		b.WriteString("place,date,killed,incident_id,notes\n")
		for n := range 140 {
			text := strings.Repeat("abcdefgh", 20)[:n]
			if odd != "" {
				at := n * 7 % (n + 1)
				text = text[:at] + odd + text[at:]
			}
			if strings.ContainsAny(text, "\"") {
				text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			fmt.Fprintf(&b, "%s,2025-10-%02d,%d,%s,%s\n", text, 1+n%28, n, text, text)
		}
		for _, chunk := range []int{100, 1000, 0} {
			agree(t, b.String(), 2, Options{KeepTexts: true, chunk: chunk})
		}
	}
	// Counts of every number of digits, in columns side by side.
	var b strings.Builder
	b.WriteString("date,killed,killed_low,killed_high,injured\n")
	for n := range 12 {
		digits := strings.Repeat("1234567890", 2)[:n]
		for _, low := range []string{"", "0", digits, "00" + digits} {
			fmt.Fprintf(&b, "2025-10-11,%s,%s,%s,%s\n", digits, low, digits, low)
		}
	}
	for _, chunk := range []int{30, 300, 0} {
		agree(t, b.String(), 2, Options{chunk: chunk})
		agree(t, b.String(), 1, Options{chunk: chunk, AsWritten: true})
	}
}
