package record

import (
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"toll/data"
)

// Changes to a file that must not change what is read from it, or must change it
// in a way that can be told beforehand.

// anyRows draws well-formed rows of good and bad records under wideHeader.
func anyRows(t *rapid.T) [][]string {
	cell := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	var rows [][]string
	for range rapid.IntRange(0, 20).Draw(t, "rows") {
		rows = append(rows, []string{
			cell("date", "2025-10-11", "2025-10", "", "x", "2025-02-30"),
			cell("place", "Kabul", " Kabul", "", "Angoor\nAdda", "Total", "e\u0301"),
			cell("killed", "", "3", "4–7", "200+", "dozens", "none", "1e3", "-9", "0.1234567"),
			cell("victim", "", "civilian", "people"),
			cell("status", "", "denied", "maybe"),
			cell("notes", "", "a", "two\nlines"),
		})
	}
	return rows
}

var wideHeader = []string{"date", "place", "killed", "victim_type", "status", "notes"}

func never() bool  { return false }
func always() bool { return true }

// withoutPlaces compares records and diagnostics by what they say, not where.
var withoutPlaces = cmp.Options{
	cmpopts.IgnoreFields(flat{}, "Line"),
	cmpopts.IgnoreFields(data.Diagnostic{}, "Line", "Column"),
	cmpopts.IgnoreFields(Result{}, "SHA256", "Bytes", "Noted"),
}

func readRows(t *rapid.T, in string) ([]flat, *Result) {
	t.Helper()
	recs, res, err := read(in, Options{KeepTexts: true})
	if err != nil {
		t.Fatal(err)
	}
	return recs, res
}

func TestQuotesLineEndsAndMarksChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := append([][]string{wideHeader}, anyRows(t)...)
		want, wantRes := readRows(t, writeCSV(rows, never, "\n"))
		for name, in := range map[string]string{
			"every cell in quotes":   writeCSV(rows, always, "\n"),
			"CRLF":                   writeCSV(rows, never, "\r\n"),
			"CRLF and quotes":        writeCSV(rows, always, "\r\n"),
			"a byte order mark":      "\ufeff" + writeCSV(rows, never, "\n"),
			"no line end at the end": strings.TrimSuffix(writeCSV(rows, never, "\n"), "\n"),
		} {
			got, res := readRows(t, in)
			if diff := cmp.Diff(want, got, withoutPlaces); diff != "" {
				t.Fatalf("%s:\n%s", name, diff)
			}
			if diff := cmp.Diff(wantRes, res, withoutPlaces); diff != "" {
				t.Fatalf("%s:\n%s", name, diff)
			}
		}
	})
}

func TestTheReadersPaceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyFile(t)
		want, wantRes, wantErr := read(in, Options{})
		var got []flat
		res, err := Read(Source{Name: "f.csv", R: iotest.OneByteReader(strings.NewReader(in))}, 0, Options{}, func(b *data.Batch) error {
			for i := range b.N {
				got = append(got, flatten(b, i))
			}
			return nil
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		if wantErr == nil {
			if diff := cmp.Diff(wantRes, res); diff != "" {
				t.Fatal(diff)
			}
		} else if err == nil || err.Error() != wantErr.Error() {
			t.Fatalf("%v, at once %v", err, wantErr)
		}
	})
}

func TestAColumnMoreChangesNoRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := anyRows(t)
		at := rapid.IntRange(0, len(wideHeader)).Draw(t, "at")
		filling := rapid.SampledFrom([]string{"", "weather", "7", "a,b", "two\nlines"}).Draw(t, "cell")
		more := [][]string{slices.Insert(slices.Clone(wideHeader), at, "weather")}
		for _, r := range rows {
			more = append(more, slices.Insert(slices.Clone(r), at, filling))
		}
		want, wantRes := readRows(t, writeCSV(append([][]string{wideHeader}, rows...), never, "\n"))
		got, res := readRows(t, writeCSV(more, never, "\n"))
		if res.Ledger.Blank != wantRes.Ledger.Blank {
			t.Skip("a blank row became a record")
		}
		if diff := cmp.Diff(want, got, withoutPlaces); diff != "" {
			t.Fatal(diff)
		}
		if !slices.Equal(res.Unused, []string{"weather"}) {
			t.Fatalf("unused %q", res.Unused)
		}
	})
}

func TestTheOrderOfRecordsChangesNoRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := anyRows(t)
		shuffled := rapid.Permutation(rows).Draw(t, "order")
		want, wantRes := readRows(t, writeCSV(append([][]string{wideHeader}, rows...), never, "\n"))
		got, res := readRows(t, writeCSV(append([][]string{wideHeader}, shuffled...), never, "\n"))
		byContent := cmpopts.SortSlices(func(a, b flat) bool { return key(a) < key(b) })
		if diff := cmp.Diff(want, got, byContent, cmpopts.IgnoreFields(flat{}, "Line", "Number")); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(wantRes.Counts, res.Counts); diff != "" {
			t.Fatal(diff)
		}
		if wantRes.Ledger != res.Ledger {
			t.Fatalf("%+v, %+v", wantRes.Ledger, res.Ledger)
		}
	})
}

// key writes what a record says, to sort by.
func key(f flat) string {
	return strings.Join([]string{f.Date.Start.String(), f.Date.Prec.String(), f.Text["place"], show(f.Counts["killed"]),
		f.Victim.String(), f.Status.String(), f.Notes}, "|")
}

func TestTwoFilesReadAsTheirJoin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyRows(t), anyRows(t)
		file := func(rows ...[]string) string { return writeCSV(append([][]string{wideHeader}, rows...), never, "\n") }
		recsA, resA := readRows(t, file(a...))
		recsB, resB := readRows(t, file(b...))
		both, res := readRows(t, file(append(slices.Clone(a), b...)...))
		want := append(slices.Clone(recsA), recsB...)
		if diff := cmp.Diff(want, both, cmpopts.IgnoreFields(flat{}, "Line", "Number"), cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		sum := resA.Ledger
		sum.Add(resB.Ledger)
		sum.Files = 1
		if res.Ledger != sum {
			t.Fatalf("%+v, the parts have %+v", res.Ledger, sum)
		}
		for code, n := range res.Counts {
			if parts := resA.Counts[code] + resB.Counts[code]; parts != n && code != "no-records" {
				t.Fatalf("%d of %s, the parts have %d", n, code, parts)
			}
		}
	})
}

func TestABadRecordCostsOnlyItself(t *testing.T) {
	bad := []string{
		"2025-10-11,a,1e3,,,\n",                        // a cell
		"2025-10-11,a,1\n",                             // cells missing
		"2025-10-11,a,1,,,,,,\n",                       // cells too many
		"2025-10-11,5\" pipe,1,,,\n",                   // a stray quote
		"2025-10-11,\"a\" b,1,,,\n",                    // text behind a quote
		"2025-10-11,\"a\"\"b\"c\",1,,,\n",              // the same behind a doubled one
		"2025-10-11,Cort\xe9s,1,,,\n",                  // another encoding
		"2025-10-11,a\x00,1,,,\n",                      // a NUL
		"date,place,killed,victim_type,status,notes\n", // the header
		",Total,412,,,\n",                              // totals
	}
	rapid.Check(t, func(t *rapid.T) {
		lines := strings.SplitAfter(writeCSV(slices.DeleteFunc(anyRows(t), func(r []string) bool {
			return strings.Contains(strings.Join(r, ""), "\n")
		}), never, "\n"), "\n")
		head := strings.Join(wideHeader, ",") + "\n"
		want, wantRes := readRows(t, head+strings.Join(lines, ""))
		at := rapid.IntRange(0, len(lines)-1).Draw(t, "at")
		got, res := readRows(t, head+strings.Join(slices.Insert(slices.Clone(lines), at, rapid.SampledFrom(bad).Draw(t, "bad")), ""))
		if diff := cmp.Diff(want, got, withoutPlaces); diff != "" {
			t.Fatal(diff)
		}
		if res.Ledger.Rejected != wantRes.Ledger.Rejected+1 || res.Ledger.Read != wantRes.Ledger.Read+1 {
			t.Fatalf("%+v, without it %+v", res.Ledger, wantRes.Ledger)
		}
	})
}
