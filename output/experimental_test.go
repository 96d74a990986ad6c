package output

import (
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// tailOf makes a sheet of a tail: ids and figures in turn, in 1/data.Unit.
func tailOf(cells ...any) *stats.Sheet {
	s := &stats.Sheet{ID: "tail", Title: "Tail", Dims: []stats.Dim{{ID: "measure", Title: "Measure"}}, Columns: []stats.Column{{ID: "value", Text: "The figure"}}}
	for i := 0; i < len(cells); i += 2 {
		s.Rows = append(s.Rows, stats.SheetRow{Keys: []stats.Key{{ID: cells[i].(string)}}, Cells: []stats.Cell{{V: int64(cells[i+1].(float64) * data.Unit), Stated: true}}})
	}
	return s
}

func textOf(bs []block) string {
	p := &page{Sections: []section{{ID: "x", Title: "X", Blocks: bs}}}
	speak(p)
	return string(writeMarkdown(p))
}

func TestTailSentences(t *testing.T) {
	base := []any{"fatal", 5889.0, "from", 38.0, "incidents", 129.0, "alpha", 3.47, "alpha-error", 0.22}
	for _, x := range []struct {
		more []any
		want string
	}{
		{nil, "Of 5,889 incidents that killed someone, by the best figure or the lowest where there is none, 129 killed 38 or more. The power law fitted from there on has an exponent of 3.47 (standard error 0.22). The likeliest lognormal is a power law in all but name, so that the two cannot be told apart."},
		{[]any{"vuong", -0.82, "vuong-p", 0.413}, "A lognormal describes these incidents about as well (Vuong's ratio −0.82, p = 0.41)."},
		{[]any{"vuong", 2.5, "vuong-p", 0.012}, "The power law describes these incidents better than a lognormal does (Vuong's ratio 2.5, p = 0.012)."},
		{[]any{"vuong", -4.5, "vuong-p", 0.0}, "A lognormal describes these incidents better, so that the power law is not to be relied on (Vuong's ratio −4.5, p \\< 0.001)."},
		{[]any{"incidents", 5889.0, "from", 1.0}, "The power law fitted to all 5,889 incidents that killed someone, by the best figure or the lowest where there is none, has an exponent of 3.47 (standard error 0.22)."},
		{[]any{"fit-p", 0.45}, "Of samples drawn from that power law, a share of 0.45 lies further from it than the incidents do (experimental; at 0.1 or less a power law would be ruled out)."},
	} {
		got := textOf(tailBlocks(&stats.Report{Sheets: []*stats.Sheet{tailOf(append(append([]any{}, x.more...), base...)...)}}))
		if !strings.Contains(got, x.want) {
			t.Errorf("%q is not in\n%s", x.want, got)
		}
		if !strings.Contains(got, "is no forecast of any to come") {
			t.Error("the hedge is gone")
		}
	}
	if bs := tailBlocks(&stats.Report{}); bs != nil {
		t.Errorf("a tail of nothing: %v", bs)
	}
}

func TestExperimentalBlocks(t *testing.T) {
	if bs := experimentalBlocks([]*stats.Sheet{tailOf("alpha", 2.0)}, nil); bs != nil {
		t.Errorf("nobody asked for experiments: %v", textOf(bs))
	}
	s := &stats.Sheet{ID: "changepoints", Title: "Stretches", Note: "A note.", Dims: []stats.Dim{{ID: "from", Title: "From"}}, Columns: []stats.Column{{ID: "n", Text: "Incidents"}, {ID: "x", Text: "Rate"}},
		Rows: []stats.SheetRow{{Keys: []stats.Key{{ID: "2024-01", Label: "Jan 2024"}}, Cells: []stats.Cell{{V: 1234 * data.Unit, Stated: true}, {}}}}}
	got := textOf(experimentalBlocks([]*stats.Sheet{s}, []stats.Refusal{{ID: "recapture", Why: "6 incidents are on both lists"}}))
	for _, want := range []string{"> **Experimental.**", "| From | Incidents | Rate |", "| Jan 2024 | 1,234 | – |", "A note. Data: [tables/changepoints.csv](tables/changepoints.csv).", "Not estimated:", "- `recapture`: 6 incidents are on both lists."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestCellWords(t *testing.T) {
	for _, x := range []struct {
		c    stats.Cell
		want string
	}{{stats.Cell{}, "–"}, {stats.Cell{V: 12345 * data.Unit, Stated: true}, "12,345"}, {stats.Cell{V: -350_000, Stated: true}, "−0.35"}, {stats.Cell{V: -2 * data.Unit, Stated: true}, "−2"}, {stats.Cell{Stated: true}, "0"}} {
		if got := cellWords(x.c); got != x.want {
			t.Errorf("%+v is %q, want %q", x.c, got, x.want)
		}
	}
}
