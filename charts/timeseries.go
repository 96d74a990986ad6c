package charts

import (
	"cmp"
	"slices"

	"toll/internal/catalogue"
	"toll/stats"
)

// shortSeries is the number of periods up to which columns with their figures
// say more than a line.
const shortSeries = 14

// longSeries is how many periods a time axis holds before they are merged.
const longSeries = 370

// timeSeries plans the chart of killed and injured over time.
func (pl *planner) timeSeries() (Figure, Omitted) {
	const id = "timeseries"
	t := pl.report.Table("by-" + pl.ctx.Period.String())
	if t == nil {
		return Figure{}, Omitted{id, catalogue.Say("chart.there-is-no-table-by", "period", unitName(pl.ctx.Period))}
	}
	tl := newTimeline(t, pl.ctx.Period, longSeries)
	tl.clipPartial(pl.ctx.First, pl.ctx.Last)
	if tl.withheld > 0 && tl.merged {
		return Figure{}, Omitted{id, catalogue.Say("chart.some-s-are-withheld-and-there", "period", unitName(pl.ctx.Period))}
	}
	if len(tl.slots) == 0 {
		return Figure{}, Omitted{id, catalogue.Say("chart.no-incident-is-dated-precisely-enough")}
	}
	if tl.total().Incidents == 0 {
		return Figure{}, Omitted{id, catalogue.Say("chart.no-incident-lies-in-the-period")}
	}
	all := pl.report.Total
	injured := pl.report.HasInjured && all.Injured.Known(all.Incidents) > 0
	if all.Killed.Known(all.Incidents) == 0 && !injured {
		return Figure{}, Omitted{id, catalogue.Say("chart.the-toll-of-every-incident-is")}
	}
	ts := &timeChart{tl: tl, killed: panelOf(&tl, killedOf), events: pl.eventsOn(&tl)}
	if injured {
		p := panelOf(&tl, injuredOf)
		ts.injured = &p
	}
	f := Figure{ID: id, Kind: "timeseries", draw: ts.draw}
	what := catalogue.Say("chart.word-killed")
	if injured {
		what = catalogue.Say("chart.killed-and-injured")
	}
	f.Title, f.Subtitle = pl.seriesTitle(&tl, all, catalogue.Say("chart.people-reported-per", "what", what, "period", unitName(tl.period), "in", pl.in(), "when", pl.when()))
	band := rangeNote(all.Killed, all.Injured)
	f.Note = sentences(band, ts.bestNote(), tl.mergedNote(pl.ctx.Period), tl.vagueNote(), tl.spanNote(), unknownNote(all.Killed), ts.openNote(all.Killed), tl.partialNote(), eventsNote(ts.events))
	f.Columns, f.Rows = ts.rows()
	f.Alt = altText(catalogue.Say("chart.time-series-of-people-reported-per", "what", what, "period", unitName(tl.period), "in", pl.in(), "when", pl.when(), "events", eventsAlt(ts.events)),
		totalSentence(all)+injuredTotal(injured, all),
		ts.facts(), []string{band, tl.vagueNote(), unknownNote(all.Killed), tl.partialNote()}, id)
	return f, Omitted{}
}

func injuredTotal(has bool, all stats.Tally) string {
	if !has {
		return ""
	}
	return catalogue.Say("chart.and-2", "injured", totalText(all.Injured, all.Incidents, "injured"))
}

func killedOf(t *stats.Tally) stats.Sum  { return t.Killed }
func injuredOf(t *stats.Tally) stats.Sum { return t.Injured }

// seriesPanel is one measure over time.
type seriesPanel struct {
	sums    []stats.Sum
	counts  []uint32
	samples []sample
	mean    []int64 // centred mean of three, in units; ok says where
	ok      []bool
	top     float64
	look    look
}

// look is how a panel draws its figures.
type look int

const (
	asLine   look = iota // a line through best figures in a band, columns where there are few
	asBounds             // columns from lowest to highest: too few periods have a best figure
)

func (p *seriesPanel) meanValues() []float64 {
	out := make([]float64, len(p.mean))
	for i, v := range p.mean {
		out[i] = persons(v)
	}
	return out
}

func panelOf(tl *timeline, of func(*stats.Tally) stats.Sum) seriesPanel {
	var p seriesPanel
	for i := range tl.slots {
		sl := &tl.slots[i]
		sum, n := of(&sl.tally), sl.tally.Incidents
		k := sl.covered && known(sum, n)
		s := sample{low: persons(sum.Low), high: persons(sum.High), known: k,
			hasBest: k && sum.HasBest(), whole: tl.whole(i)}
		s.best = persons(sum.Best)
		s.high = max(s.high, s.low)
		p.sums, p.counts, p.samples = append(p.sums, sum), append(p.counts, n), append(p.samples, s)
		if k {
			p.top = max(p.top, s.high)
			if s.hasBest {
				p.top = max(p.top, s.best)
			}
		}
	}
	p.choose(len(tl.slots) <= shortSeries)
	p.means(tl.wholes())
	return p
}

// choose decides between a line and columns. Periods without incidents have a
// certain zero; they say nothing of how many of the others have a best figure.
// Of a handful of periods all must have one, of a long series three quarters.
func (p *seriesPanel) choose(few bool) {
	with, of := 0, 0
	for i, s := range p.samples {
		if s.known && p.counts[i] > 0 {
			of++
			if s.hasBest {
				with++
			}
		}
	}
	if with < of && few || 4*with < 3*of {
		p.look = asBounds
	}
}

// means sets the centred mean of three whole neighbouring periods with best
// figures, once there are six whole periods.
func (p *seriesPanel) means(wholes int) {
	n := len(p.samples)
	p.mean, p.ok = make([]int64, n), make([]bool, n)
	if wholes < 6 || p.look == asBounds {
		return
	}
	for i := 1; i+1 < n; i++ {
		ok, sum := true, int64(0)
		for k := i - 1; k <= i+1; k++ {
			ok = ok && p.samples[k].whole && p.samples[k].hasBest
			sum += p.sums[k].Best
		}
		if ok {
			p.mean[i], p.ok[i] = stats.Ratio(sum, 3), true
		}
	}
}

// bestNote says where the best line is missing.
func (c *timeChart) bestNote() string {
	if c.killed.look == asBounds {
		return ""
	}
	for _, s := range c.killed.samples {
		if s.known && !s.hasBest {
			return catalogue.Say("chart.no-best-figure-where-an-incident")
		}
	}
	return ""
}

// openNote explains the plus sign where figures are written.
func (c *timeChart) openNote(s stats.Sum) string {
	if !c.labelled() {
		return ""
	}
	return openNote(s)
}

// rows are the plotted numbers.
func (c *timeChart) rows() ([]string, [][]string) {
	cols := append([]string{"period", "covered", "incidents"}, sumColumns("killed")...)
	cols = append(cols, "killed_mean")
	if c.injured != nil {
		cols = append(append(cols, sumColumns("injured")...), "injured_mean")
	}
	if len(c.events) > 0 {
		cols = append(cols, "events")
	}
	noted := eventCells(c.events, &c.tl)
	var rows [][]string
	for i, sl := range c.tl.slots {
		cover := clean(sl.partial)
		switch {
		case !sl.covered:
			cover = "no"
		case cover == "":
			cover = "whole"
		}
		row := []string{periodID(c.tl.period, sl.n), cover, countCell(sl.tally.Incidents)}
		row = append(row, c.killed.cells(i)...)
		if c.injured != nil {
			row = append(row, c.injured.cells(i)...)
		}
		if len(c.events) > 0 {
			row = append(row, noted[i])
		}
		rows = append(rows, row)
	}
	return cols, rows
}

func (p *seriesPanel) cells(i int) []string {
	mean := ""
	if p.ok[i] {
		mean = exactNumber(p.mean[i])
	}
	return append(sumCells(p.sums[i], p.counts[i]), mean)
}

// facts are the three deadliest periods, by the best figures or else the highest.
func (c *timeChart) facts() []string {
	all := c.tl.total()
	measure := func(s slot) int64 {
		if all.Killed.HasBest() {
			return s.tally.Killed.Best
		}
		return s.tally.Killed.High
	}
	order := make([]slot, 0, len(c.tl.slots))
	for _, s := range c.tl.slots {
		if measure(s) > 0 {
			order = append(order, s)
		}
	}
	slices.SortStableFunc(order, func(a, b slot) int { return cmp.Compare(measure(b), measure(a)) })
	in := catalogue.Say("chart.in-2")
	if c.tl.period == stats.ByDay {
		in = catalogue.Say("chart.on-3")
	}
	var out []string
	for _, s := range order[:min(3, len(order))] {
		out = append(out, catalogue.Say("chart.killed-2", "incidents", s.tally.Killed.Figure(s.tally.Incidents), "in", in, "period", periodName(c.tl.period, s.n)))
	}
	if len(out) == 0 {
		return nil
	}
	return []string{catalogue.Say("chart.highest", "out", joined(out))}
}
