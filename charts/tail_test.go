package charts

import (
	"math"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// tailSheet is a sheet as stats makes it.
func tailSheet(cells map[string]float64) *stats.Sheet {
	s := &stats.Sheet{ID: "tail", Dims: []stats.Dim{{ID: "measure"}}, Columns: []stats.Column{{ID: "value"}}}
	for _, id := range []string{"from", "incidents", "alpha", "alpha-error", "vuong", "vuong-p"} {
		if v, ok := cells[id]; ok {
			s.Rows = append(s.Rows, stats.SheetRow{Keys: []stats.Key{{ID: id}}, Cells: []stats.Cell{{V: int64(math.Round(v * data.Unit)), Stated: true}}})
		}
	}
	return s
}

func TestTailLine(t *testing.T) {
	l := newTailLine(tailSheet(map[string]float64{"from": 5, "incidents": 120, "alpha": 2.5, "alpha-error": 0.14, "vuong": -1.9, "vuong-p": 0.057}))
	if want := "Dashed: a power law fitted to the 120\u00a0incidents of 5 or more, exponent 2.5 (standard error 0.14); a lognormal fits better; shown for shape, not for projection"; l.note() != want {
		t.Errorf("note %q", l.note())
	}
	// the share is the sum of k^−α from n on over that from 5 on
	sum := func(n int) (s float64) {
		for k := n; k < 3_000_000; k++ {
			s += math.Pow(float64(k), -2.5)
		}
		return s
	}
	for _, n := range []int64{5, 6, 20, 300} {
		if got, want := l.share(n), sum(int(n))/sum(5); math.Abs(got-want) > 1e-6 {
			t.Errorf("share of %d or more: %.8f, want %.8f", n, got, want)
		}
	}
	ps := l.points(1000, -0.5)
	if ps[0].y != -0.5 || math.Abs(ps[0].x-math.Log10(5)) > 1e-12 || math.Abs(ps[len(ps)-1].x-3) > 1e-12 {
		t.Errorf("the line runs from %v to %v", ps[0], ps[len(ps)-1])
	}
	for i := 1; i < len(ps); i++ {
		if ps[i].x <= ps[i-1].x || ps[i].y >= ps[i-1].y {
			t.Errorf("the line rises at %v", ps[i])
		}
	}
}

func TestNoTailLine(t *testing.T) {
	for name, s := range map[string]*stats.Sheet{"no sheet": nil, "empty": tailSheet(nil), "no exponent": tailSheet(map[string]float64{"from": 5, "incidents": 120}),
		"no shape": tailSheet(map[string]float64{"from": 5, "incidents": 120, "alpha": 1}), "from nobody": tailSheet(map[string]float64{"from": 0, "incidents": 120, "alpha": 2})} {
		if l := newTailLine(s); l != nil || l.note() != "" {
			t.Errorf("%s: a line %+v", name, l)
		}
	}
}

// TestSeverityDrawsTheTail compares the chart with and without the sheet.
func TestSeverityDrawsTheTail(t *testing.T) {
	r, c := twoYears().report()
	plain := imageOf(t, figureOf(t, first(Plan(r, c)), "severity"))
	r.Sheets = append(r.Sheets, tailSheet(map[string]float64{"from": 4, "incidents": 150, "alpha": 2.9}))
	f := figureOf(t, first(Plan(r, c)), "severity")
	if !strings.Contains(f.Note, "not for projection") {
		t.Errorf("note %q", f.Note)
	}
	f.Note = figureOf(t, first(Plan(twoYears().report())), "severity").Note
	drawn, changed := imageOf(t, f), 0
	for i := range plain.Pix {
		if plain.Pix[i] != drawn.Pix[i] {
			changed++
		}
	}
	if changed < 2000 {
		t.Errorf("the line changes %d bytes of the picture", changed)
	}
}
