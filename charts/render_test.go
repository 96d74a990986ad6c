package charts

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRender writes every chart of every synthetic data set to the directory in
// TOLL_CHARTS, for looking at.
func TestRender(t *testing.T) {
	dir := os.Getenv("TOLL_CHARTS")
	if dir == "" {
		t.Skip("TOLL_CHARTS is not set")
	}
	size, _ := ParseSize(os.Getenv("TOLL_SIZE"))
	for _, w := range worlds() {
		figs, left := Plan(w.report())
		for _, o := range left {
			t.Logf("%s: no %s: %s", w.name, o.ID, o.Why)
		}
		for _, f := range figs {
			d, err := f.PNG(Options{Size: size})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range d.Warnings {
				t.Logf("%s/%s: %s", w.name, f.ID, m)
			}
			if err := os.WriteFile(filepath.Join(dir, w.name+"."+f.ID+".png"), d.PNG, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
