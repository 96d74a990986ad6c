package charts

import (
	"strings"

	"toll/internal/catalogue"
	"toll/stats"
)

// waterfallRow is a bar of a waterfall: a total, from zero, or a step between
// what stands before and after it.
type waterfallRow struct {
	label    string
	from, to int64 // in units of 1/data.Unit person
	total    bool
	tally    stats.Tally // of a total
	fill     func(*Theme) Swatch
	hatched  bool   // the step cannot be decided
	strong   string // what is written beside the bar
	weak     string
	last     string // at the right edge: incidents
}

// waterfallChart is the way from one dataset's total to the other's.
type waterfallChart struct {
	rows []waterfallRow
	best bool
}

// Waterfall plans the chart of a comparison: each bar is the sum of the incidents
// of a step, and the bars lead from one total to the other without a remainder.
// It is left out where neither side has a known toll.
func Waterfall(c *stats.Comparison, ctx Context) (Figure, Omitted) {
	const id = "waterfall"
	a, b := c.A.Total, c.B.Total
	if why := noWay(c); why != "" {
		return Figure{}, Omitted{id, why}
	}
	w := &waterfallChart{best: c.Best}
	w.total(c.A.Name, a)
	var still []string
	for _, x := range c.Way() {
		if x.Change == 0 {
			still = append(still, lowerFirst(clean(c.StepName(x.Step)))+" ("+incidents(x.Incidents())+")")
			continue
		}
		w.step(c, &x)
	}
	w.total(c.B.Name, b)
	f := Figure{ID: id, Kind: "waterfall", draw: w.draw, context: ctx}
	f.Title = catalogue.Say("chart.from-killed-in-to-in", "strong", w.rows[0].strong, "name", clean(c.A.Name), "strong2", w.rows[len(w.rows)-1].strong, "name2", clean(c.B.Name))
	f.Subtitle = catalogue.Say("chart.people-reported-killed-each-bar-adds", "spanWords", spanWords(c))
	f.Note = sentences(w.measureNote(), w.undrawnNote(still), unclearNote(c),
		rangeNote(a.Killed, b.Killed), unknownSides(c))
	f.Columns = append([]string{"step"}, append(append([]string{"incidents_a"}, prefixed("a_", sumColumns("killed"))...), append(append([]string{"incidents_b"}, prefixed("b_", sumColumns("killed"))...), "change", "then")...)...)
	f.Rows = waterfallCells(c)
	f.Alt = altText(catalogue.Say("chart.waterfall-chart-of-the-way-from", "name", clean(c.A.Name), "name2", clean(c.B.Name)),
		clean(c.A.Name)+": "+a.Killed.Figure(a.Incidents)+"; "+clean(c.B.Name)+": "+b.Killed.Figure(b.Incidents), w.facts(), nil, id)
	return f, Omitted{}
}

// noWay says why no chart leads from one total to the other, "" where one does.
func noWay(c *stats.Comparison) string {
	for n, s := range [2]*stats.Side{&c.A, &c.B} {
		switch c.Lacks(n) {
		case stats.LacksIncidents:
			return catalogue.Say("chart.no-incident-of-is-compared-and", "name", clean(s.Name))
		case stats.LacksTolls:
			return catalogue.Say("chart.no-incident-of-has-a-known", "name", clean(s.Name))
		}
	}
	if c.A.Total.Killed.High == 0 && c.B.Total.Killed.High == 0 {
		return catalogue.Say("chart.neither-dataset-reports-a-death")
	}
	return ""
}

func prefixed(p string, names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = p + n
	}
	return out
}

// spanWords says which days both datasets cover.
func spanWords(c *stats.Comparison) string {
	if s := spanName(c.First, c.Last); s != "" {
		return catalogue.Say("chart.both-cover", "s", s)
	}
	return catalogue.Say("chart.they-have-no-day-in-common")
}

func (w *waterfallChart) total(name string, t stats.Tally) {
	v := t.Killed.Low
	weak := ""
	strong := stats.Number(stats.Persons(v))
	if w.best {
		v = t.Killed.Best
		strong = stats.Number(stats.Persons(v))
	}
	if r := t.Killed.Range(t.Incidents); r != strong {
		weak = r
	}
	w.rows = append(w.rows, waterfallRow{label: clean(name), to: v, total: true, tally: t, strong: strong, weak: weak,
		fill: func(t *Theme) Swatch { return t.Killed }, last: incidents(t.Incidents)})
}

func (w *waterfallChart) step(c *stats.Comparison, stage *stats.Stage) {
	s, x := stage.Step, stage.Sides
	r := waterfallRow{label: clean(c.StepName(s)), from: stage.Then - stage.Change, to: stage.Then, strong: stats.Number(stats.Persons(stage.Change))}
	if stage.Change > 0 {
		r.strong = "+" + r.strong
	}
	side, n := 0, x[0].Incidents
	switch {
	case s.Matched():
		r.fill = func(t *Theme) Swatch { return t.Parties[2] }
		r.weak = stats.Number(stats.Persons(c.ValueOf(x[0].Killed))) + " → " + stats.Number(stats.Persons(c.ValueOf(x[1].Killed)))
	case s > stats.MatchedUnknown:
		side, n = 1, x[1].Incidents
		fallthrough
	default:
		p := side
		r.fill = func(t *Theme) Swatch { return t.Parties[p] }
		if g := x[side].Killed.Range(n); g != strings.TrimLeft(r.strong, "+−") {
			r.weak = g
		}
	}
	r.hatched = s == stats.UnclearA || s == stats.UnclearB
	r.last = incidents(n)
	w.rows = append(w.rows, r)
}

func (w *waterfallChart) measureNote() string {
	if w.best {
		return catalogue.Say("chart.bars-are-best-figures-beside-them")
	}
	return catalogue.Say("chart.bars-are-the-lowest-figures-because")
}

func (w *waterfallChart) undrawnNote(still []string) string {
	if len(still) == 0 {
		return ""
	}
	return catalogue.Say("chart.not-drawn-since-nothing-changes-by", "still", joined(still))
}

// unclearNote explains the hatched bars.
func unclearNote(c *stats.Comparison) string {
	n := c.Steps[stats.UnclearA][0].Incidents + c.Steps[stats.UnclearB][1].Incidents
	if n == 0 {
		return ""
	}
	return catalogue.Say("chart.hatched-several-matches-are-equally-good")
}

// unknownSides says how many incidents add nothing because no number is known.
func unknownSides(c *stats.Comparison) string {
	n := c.A.Total.Killed.Unknown + c.B.Total.Killed.Unknown
	if n == 0 {
		return ""
	}
	return catalogue.Say("chart.toll-unknown-in-of-the-two", "incidents", incidents(n))
}

func (w *waterfallChart) facts() []string {
	var out []string
	for _, r := range w.rows {
		if !r.total {
			out = append(out, shortStep(r.label)+" "+r.strong+" ("+r.last+")")
		}
	}
	return out
}

// shortStep keeps a step's name within an alternative text.
func shortStep(s string) string {
	if rs := []rune(s); len(rs) > 80 {
		return strings.TrimRight(string(rs[:79]), " ") + "…"
	}
	return s
}

// waterfallCells are the plotted numbers, exact, the steps that change nothing
// among them.
func waterfallCells(c *stats.Comparison) [][]string {
	row := func(id string, a, b stats.Tally, change, then int64) []string {
		cells := append([]string{id, countCell(a.Incidents)}, sumCells(a.Killed, a.Incidents)...)
		cells = append(append(cells, countCell(b.Incidents)), sumCells(b.Killed, b.Incidents)...)
		return append(cells, exactNumber(change), exactNumber(then))
	}
	rows := [][]string{row("a", c.A.Total, stats.Tally{}, 0, c.ValueOf(c.A.Total.Killed))}
	for _, x := range c.Way() {
		rows = append(rows, row(x.Step.ID(), x.Sides[0], x.Sides[1], x.Change, x.Then))
	}
	return append(rows, row("b", stats.Tally{}, c.B.Total, 0, c.ValueOf(c.B.Total.Killed)))
}
