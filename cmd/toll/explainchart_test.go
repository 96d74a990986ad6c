package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"toll/output"
)

// The address beside a plotted row is that of a row that bears its figures, and
// charts whose marks each stand for a row have one beside every row.
func TestPlottedRowsHaveAddresses(t *testing.T) {
	repository(t)
	whole := []string{"timeseries", "calendar", "coverage", "map", "severity", "revisions"}
	for _, name := range []string{"durand-line-2025", "example"} {
		k, err := output.ReadKept("output/" + name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := recorded(k.Manifest)
		if err != nil {
			t.Fatal(err)
		}
		so, err := d.config.selection()
		if err != nil {
			t.Fatal(err)
		}
		x, err := examine(d, so, false)
		if err != nil {
			t.Fatal(err)
		}
		figures := map[string]int64{}
		output.EachFigure(x.report, func(a string, v int64) { figures[a] = v })
		found, all := 0, 0
		for chart := range k.Manifest.Charts {
			rows, at := k.PlottedRows(chart)
			if len(rows) < 2 || len(rows) != len(at) {
				t.Fatalf("%s: %d rows, %d addresses", chart, len(rows), len(at))
			}
			for i, r := range rows[1:] {
				if chart == "cumulative" || at[i+1] == "" && !slices.ContainsFunc(r[2:], func(s string) bool { return s != "0" && s != "" }) {
					continue // a running total; a pair of names with no incident
				}
				all++
				if at[i+1] == "" {
					if slices.Contains(whole, chart) {
						t.Errorf("%s: row %d has no address: %q", chart, i+2, r)
					}
					continue
				}
				found++
				compareRow(t, chart, rows[0], r, at[i+1], figures)
			}
		}
		if found*10 < all*6 {
			t.Errorf("%s: %d of %d plotted rows have an address", name, found, all)
		}
		t.Logf("%s: %d of %d plotted rows have an address", name, found, all)
	}
}

func compareRow(t *testing.T, chart string, head, row []string, at string, figures map[string]int64) {
	t.Helper()
	for j, column := range head {
		kind, bound, ok := strings.Cut(column, "_")
		if !ok || kind != "killed" && kind != "injured" || !slices.Contains([]string{"low", "best", "high"}, bound) || row[j] == "" {
			continue
		}
		v, ok := figures[at+"/"+kind+"."+bound]
		if got := json.Number(output.FigureText(v)); !ok || got.String() != row[j] {
			t.Errorf("%s: %s of %s is %s, and %q is plotted", chart, column, at, got, row[j])
		}
	}
}
