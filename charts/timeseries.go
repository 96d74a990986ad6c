package charts

import (
	"toll/stats"
)

// shortSeries is the number of periods below which columns with their figures
// say more than a line.
const shortSeries = 8

// longSeries is how many periods a time axis holds before they are merged.
const longSeries = 370

// timeSeries plans the chart of killed and injured over time.
func (pl *planner) timeSeries() (Figure, Omitted) {
	const id = "timeseries"
	t := pl.report.Table("by-" + pl.ctx.Period.String())
	if t == nil {
		return Figure{}, Omitted{id, "there is no table by " + unitName(pl.ctx.Period)}
	}
	tl := newTimeline(t, pl.ctx.Period, longSeries)
	tl.clipPartial(pl.ctx.First, pl.ctx.Last)
	if len(tl.slots) == 0 {
		return Figure{}, Omitted{id, "no incident is dated precisely enough"}
	}
	all := tl.total()
	if all.Incidents == 0 {
		return Figure{}, Omitted{id, "no incident lies in the period"}
	}
	injured := pl.report.HasInjured && all.Injured.Known(all.Incidents) > 0
	if all.Killed.Known(all.Incidents) == 0 && !injured {
		return Figure{}, Omitted{id, "the toll of every incident is unknown"}
	}
	ts := &timeChart{tl: tl, killed: panelOf(&tl, killedOf)}
	if injured {
		p := panelOf(&tl, injuredOf)
		ts.injured = &p
	}
	f := Figure{ID: id, Kind: "timeseries", draw: ts.draw}
	what := "killed"
	if injured {
		what = "killed and injured"
	}
	f.Title, f.Subtitle = pl.seriesTitle(&tl, all, "People reported "+what+" per "+unitName(tl.period)+pl.in()+pl.when())
	f.Note = sentences(bandNote, ts.bestNote(), tl.mergedNote(pl.ctx.Period), tl.vagueNote(), unknownNote(all.Killed), openNote(all.Killed), tl.partialNote())
	f.Columns, f.Rows = ts.rows()
	f.Alt = altText("Time series of people reported "+what+" per "+unitName(tl.period)+pl.in()+pl.when(),
		"In all "+totalText(all.Killed, all.Incidents, "killed")+injuredTotal(injured, all),
		ts.facts(), []string{bandNote, tl.vagueNote(), unknownNote(all.Killed), tl.partialNote()}, id)
	return f, Omitted{}
}

func injuredTotal(has bool, all stats.Tally) string {
	if !has {
		return ""
	}
	return " and " + totalText(all.Injured, all.Incidents, "injured")
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
	p.dropQuiet()
	p.means(tl.wholes())
	return p
}

// dropQuiet keeps the best line from being made of periods without incidents,
// whose zero is certain: where fewer than half of the others have a best
// figure, the line would join nothing but zeros.
func (p *seriesPanel) dropQuiet() {
	with, of := 0, 0
	for i, s := range p.samples {
		if s.known && p.counts[i] > 0 {
			of++
			if s.hasBest {
				with++
			}
		}
	}
	if 2*with >= of {
		return
	}
	for i := range p.samples {
		if p.counts[i] == 0 {
			p.samples[i].hasBest = false
		}
	}
}

// means sets the centred mean of three whole neighbouring periods with best
// figures, once there are six whole periods.
func (p *seriesPanel) means(wholes int) {
	n := len(p.samples)
	p.mean, p.ok = make([]int64, n), make([]bool, n)
	if wholes < 6 {
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

func (p *seriesPanel) anyMean() bool {
	for _, ok := range p.ok {
		if ok {
			return true
		}
	}
	return false
}

// bestNote says where the best line is missing.
func (c *timeChart) bestNote() string {
	without := 0
	for _, s := range c.killed.samples {
		if s.known && !s.hasBest {
			without++
		}
	}
	switch {
	case without == 0:
		return ""
	case without == len(c.killed.samples):
		return "No " + unitName(c.tl.period) + " has best figures for all its incidents"
	}
	return "No best figure where an incident states only a range"
}

// rows are the plotted numbers.
func (c *timeChart) rows() ([]string, [][]string) {
	cols := append([]string{"period", "covered", "incidents"}, sumColumns("killed")...)
	cols = append(cols, "killed_mean")
	if c.injured != nil {
		cols = append(append(cols, sumColumns("injured")...), "injured_mean")
	}
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

// facts are the three deadliest periods.
func (c *timeChart) facts() []string {
	type peak struct {
		v int64
		i int
	}
	var best []peak
	for i, s := range c.tl.slots {
		if s.tally.Killed.High <= 0 {
			continue
		}
		best = append(best, peak{s.tally.Killed.High, i})
	}
	var out []string
	for range min(3, len(best)) {
		at := 0
		for i, b := range best {
			if b.v > best[at].v {
				at = i
			}
		}
		s := c.tl.slots[best[at].i]
		out = append(out, s.tally.Killed.Figure(s.tally.Incidents)+" killed in "+periodName(c.tl.period, s.n))
		best[at].v = -1
	}
	if len(out) == 0 {
		return nil
	}
	return []string{"Highest: " + joined(out)}
}
