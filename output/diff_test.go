package output

import (
	"encoding/json"
	"strings"
	"testing"
)

// A comment on a pull request formats nothing, mentions nobody and links nowhere
// because of a name.
func TestDiffIsQuiet(t *testing.T) {
	for _, s := range []string{"@everyone", "#1", "https://x.example", "<b>", "a|b", "[a](b)", "a\n## b", "`x`", "\u202Eabc", "www.x.example", "![x](y)", "&lt;"} {
		d := Diff{Old: s, New: s, Incidents: []IncidentDiff{{Change: "added", Name: s, Was: s, Is: s, Fields: []string{s}}},
			Figures: []FigureDiff{{Address: "by-party/" + s + "/killed.low", Is: 1_500_000, Because: []string{s}}}}
		md := d.Markdown()
		if n := strings.Count(md, "\n"); n != 12 {
			t.Errorf("%q: %d lines\n%s", s, n, md)
		}
		for _, bad := range []string{"@", "https:/", "www.x", "\u202E", "<b>", " #1", "[a](", "`"} {
			if strings.Contains(strings.NewReplacer("\\[", "", "\\`", "").Replace(md), bad) {
				t.Errorf("%q lets %q through\n%s", s, bad, md)
			}
		}
	}
	d := Diff{CellsOnly: "x", Figures: CompareKept(&Kept{Manifest: &Manifest{}}, &Kept{Manifest: &Manifest{Cells: map[string]json.Number{"total/killed.low": "1.25", "total/killed.high": "3"}}})}
	if md := d.Markdown(); !strings.Contains(md, "| total/killed.low | 0 | 1.25 | +1.25 |") {
		t.Error(md)
	}
}
