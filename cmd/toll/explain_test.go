package main

import (
	"testing"

	"toll/data"
	"toll/output"
)

// What the incidents of a dataset add, one by one, is every figure of its report.
func TestIncidentsAddUpToEveryFigure(t *testing.T) {
	repository(t)
	for _, name := range []string{"durand-line-2025", "example"} {
		for _, policy := range []string{"", "latest"} {
			d, err := openDataset([]string{"data/" + name}, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			d.config.Policy = policy
			so, err := d.config.selection()
			if err != nil {
				t.Fatal(err)
			}
			x, err := examine(d, so, false)
			if err != nil {
				t.Fatal(err)
			}
			sums := map[string]int64{}
			if err := x.each(func(records []*data.Batch) error {
				r, err := x.alone.Report(records)
				if err == nil {
					output.EachFigure(r, func(a string, v int64) { sums[a] += v })
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if policy == "" {
				asCommitted(t, name, sums)
			}
			n, wrong := 0, 0
			output.EachFigure(x.report, func(a string, v int64) {
				n++
				if sums[a] != v {
					if wrong++; wrong < 20 {
						t.Errorf("%s: %s is %s, and its incidents add up to %s", name, a, output.FigureText(v), output.FigureText(sums[a]))
					}
				}
			})
			t.Logf("%s, policy %q: %d figures", name, policy, n)
		}
	}
}

// asCommitted compares sums with the cells of the committed briefing.
func asCommitted(t *testing.T, name string, sums map[string]int64) {
	k, err := output.ReadKept("output/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for a, v := range k.Manifest.Cells {
		if got := output.FigureText(sums[a]); got != v.String() {
			t.Errorf("%s: %s is %s in the manifest, and its incidents add up to %s", name, a, v, got)
		}
	}
}
