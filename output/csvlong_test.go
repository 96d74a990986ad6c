package output

import (
	"bytes"
	"encoding/csv"
	"testing"

	"toll/data"
	"toll/stats"
)

// The two writers of tables give the same bytes, whatever the keys and figures.
func TestLongTablesAreWrittenAsGocsvWrites(t *testing.T) {
	sums := []stats.Sum{{}, {Unknown: 3}, {Low: 1, Best: 2_500_000, High: 3 * data.Unit, NoBest: 1, Open: 1, Fatal: 2},
		{Low: 4 * data.Unit, High: 9 * data.Unit, NoBest: 3}}
	keys := []stats.Key{{ID: "a", Label: "a"}, {ID: "=x, \"y\"", Label: "＝x\nz"}, {ID: "", Label: " "}, {ID: "2025-10", Label: "Oct 2025"}, {ID: "Ábra", Label: "a\u0301, b"}, {ID: "x\"", Label: "z\r"}}
	table := &stats.Table{ID: "period-party", Dims: []stats.Dim{{ID: "period"}, {ID: "party"}}}
	for i, k := range keys {
		for j, s := range sums {
			table.Rows = append(table.Rows, stats.Row{Keys: []stats.Key{k, keys[(i+j)%len(keys)]},
				Tally: stats.Tally{Incidents: 3, Killed: s, Injured: sums[(i+j)%len(sums)]}})
		}
	}
	for _, partial := range []string{"", "to 12 Oct"} {
		table.Rows[1].Partial = partial
		for _, injured := range []bool{true, false} {
			raw := !injured
			want, err := writeSmallCSV(table, csvForm{injured, raw})
			if err != nil {
				t.Fatal(err)
			}
			got, err := writeLongCSV(table, csvForm{injured, raw})
			if err != nil || string(got) != string(want) {
				t.Errorf("partial %q, injured %v: %v\n%s\nwant\n%s", partial, injured, err, got, want)
			}
		}
	}
}

// A key that is written as it is, is one that the usual way would write so.
func FuzzPlainCells(f *testing.F) {
	for _, s := range []string{"a", "1", "a\u0338", "A\u030A", "1\u20E3", "a b", "a,b", "=1", "\u00BD", "\\.", "a\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.Write([]string{guard(s)}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		if got := string(keyTexts{written: map[string]string{}}.append(nil, s)); got+"\n" != b.String() {
			t.Errorf("%q is written %q, and usually %q", s, got, b.String())
		}
	})
}
