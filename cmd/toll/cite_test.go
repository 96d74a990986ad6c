package main

import (
	"os"
	"path/filepath"
	"testing"

	"toll/data/record"
	"toll/output"
)

// Every number in the prose of a briefing is the figure of a cell, by its
// address, and there is no other number.
func TestEveryNumberInProseIsACell(t *testing.T) {
	repository(t)
	datasets := []string{"data/durand-line-2025", "data/example"}
	if shared := os.Getenv("TOLL_SHARED"); shared != "" && !testing.Short() {
		datasets = append(datasets, filepath.Join(shared, "data", "ucdp_ged_pakistan.csv"))
	}
	for _, name := range datasets {
		for _, change := range []func(*config){func(*config) {}, func(c *config) { c.By = "week" }, func(c *config) { c.By = "quarter"; c.Policy = "latest" },
			func(c *config) { c.By = "year"; c.Multi = "each" }, func(c *config) { c.From = "2024-01-01"; c.AsOf = "2025-06-30" }} {
			d, err := openDataset([]string{name}, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			change(&d.config)
			so, err := d.config.selection()
			if err != nil {
				t.Fatal(err)
			}
			r, err := tally(d, record.Options{Profile: d.config.Profile}, so, func(int64) {})
			if err != nil {
				t.Fatal(err)
			}
			doc, err := compose(d, r, so)
			if err != nil {
				t.Fatal(err)
			}
			cited, loose := output.Citations(doc)
			cells := output.CitedCells(doc)
			for _, c := range cited {
				if err := c.Check(cells, doc); err != nil {
					t.Errorf("%s by %v: %v", name, r.report.Period, err)
				}
			}
			for _, s := range loose {
				t.Errorf("%s by %v: a number without an address in %q", name, r.report.Period, s)
			}
			t.Logf("%s by %v: %d figures in sentences", name, r.report.Period, len(cited))
		}
	}
}
