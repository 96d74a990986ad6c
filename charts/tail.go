package charts

import (
	"math"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// tailLine is the power law fitted to the deadliest incidents, as the sheet
// "tail" of the report states it.
type tailLine struct {
	from        int64 // the smallest size it was fitted to, in persons
	incidents   int64
	alpha       float64
	alphaText   string
	errText     string
	betterKnown bool // chance alone would seldom set the two laws so far apart
	lognormal   bool // and then: the lognormal fits better
	compared    bool
}

// newTailLine reads the sheet; nil where the report has none, or where the law has
// no shape that could be drawn.
func newTailLine(s *stats.Sheet) *tailLine {
	cell := func(id string) stats.Cell { return s.Cell("value", id) }
	from, n, alpha := cell("from"), cell("incidents"), cell("alpha")
	if s == nil || !from.Stated || !n.Stated || !alpha.Stated || from.V < data.Unit || alpha.V <= data.Unit {
		return nil
	}
	t := &tailLine{from: stats.Persons(from.V), incidents: stats.Persons(n.V), alpha: float64(alpha.V) / data.Unit, alphaText: exactNumber(alpha.V)}
	if e := cell("alpha-error"); e.Stated {
		t.errText = exactNumber(e.V)
	}
	if v, p := cell("vuong"), cell("vuong-p"); v.Stated && p.Stated {
		t.compared, t.betterKnown, t.lognormal = true, 10*p.V < data.Unit, v.V < 0
	}
	return t
}

// share is the part of the tail's incidents that kill n or more.
func (t *tailLine) share(n int64) float64 {
	return stats.PowerLawShare(t.alpha, t.from, n)
}

// note says what the line is and what it is not for.
func (t *tailLine) note() string {
	if t == nil {
		return ""
	}
	s := catalogue.Say("chart.dashed-a-power-law-fitted-to", "incidents", counted(t.incidents, "incidents"), "from", stats.Number(t.from), "alphaText", t.alphaText)
	if t.errText != "" {
		s += catalogue.Say("chart.standard-error", "errText", t.errText)
	}
	switch {
	case t.compared && t.betterKnown && t.lognormal:
		s += catalogue.Say("chart.a-lognormal-fits-better")
	case t.compared && t.betterKnown:
		s += catalogue.Say("chart.a-lognormal-fits-worse")
	case t.compared:
		s += catalogue.Say("chart.a-lognormal-fits-as-well")
	}
	return catalogue.Say("chart.shown-for-shape-not-for-projection", "s", s)
}

// points are the corners of the line up to the largest size: logarithms of size
// and of the share of all fatal incidents, of which the first share is at from.
func (t *tailLine) points(largest int64, atFrom float64) []dot {
	var out []dot
	last := int64(0)
	const step = 1.1
	for v := float64(t.from); ; v = float64(v * step) {
		n := min(int64(math.Round(v)), largest)
		if n > last {
			out = append(out, dot{math.Log10(float64(n)), atFrom + float64(math.Log10(t.share(n)))})
			last = n
		}
		if n >= largest {
			return out
		}
	}
}
