package charts

import (
	"slices"

	"toll/internal/catalogue"
	"toll/stats"
)

// maxParties is how many parties have a colour of their own in a chart.
const maxParties = 6

// stackSeries is one party, or group of parties, of stacked columns.
type stackSeries struct {
	name   string // as the data writes it
	label  string // as it is drawn
	swatch func(*Theme) Swatch
	tally  stats.Tally // over the whole period
	values []int64     // by slot
	last   bool        // unattributed: hatched
}

// stackLimit is how many columns a page holds before periods are merged.
const stackLimit = 130

// partyColumns plans the stacked columns by claimed perpetrator.
func (pl *planner) partyColumns() (Figure, Omitted) {
	const id = "perpetrators-over-time"
	t := pl.report.Table("period-party")
	if t == nil || len(t.Dims) < 2 {
		return Figure{}, Omitted{id, catalogue.Say("chart.there-is-no-table-by-period")}
	}
	if !t.Additive && !t.TollsAdditive {
		return Figure{}, Omitted{id, catalogue.Say("chart.an-incident-may-count-for-several-2")}
	}
	pc := pl.stack(t)
	switch {
	case len(pc.tl.slots) == 0:
		return Figure{}, Omitted{id, catalogue.Say("chart.no-incident-is-dated-precisely-enough")}
	case pc.named == 0:
		return Figure{}, Omitted{id, catalogue.Say("chart.no-reported-death-is-tied-to")}
	}
	f := Figure{ID: id, Kind: "stack", draw: pc.draw}
	total := pc.whole.total()
	f.Title, f.Subtitle = pl.partyTitle(pc, total)
	f.Note = sentences(pl.partyNote(), pc.measure.note(pl.once(total), "stacked"), pc.tl.mergedNote(pl.ctx.Period), pc.tl.vagueNote(), pc.unknownMarkNote(), unknownNote(pl.once(total).Killed), pc.tl.partialNote())
	f.Columns, f.Rows = pc.rows()
	f.Alt = altText(catalogue.Say("chart.stacked-columns", "deathsByParty", lowerFirst(pl.deathsByParty(catalogue.Say("chart.per", "period", unitName(pc.tl.period)))), "when", pl.when(), "name", pc.measure.name),
		totalSentence(pl.report.Total), pc.facts(),
		[]string{pl.partyNote(), unknownNote(total.Killed), pc.tl.vagueNote()}, id)
	return f, Omitted{}
}

// partyStack is what the stacked columns show.
type partyStack struct {
	tl      timeline
	series  []stackSeries // bottom to top
	whole   entries
	measure measure
	named   int // parties with a figure to show
}

func (pl *planner) stack(t *stats.Table) *partyStack {
	pc := &partyStack{whole: sumBy(t, 1)}
	pc.measure = measureOf(pc.whole)
	periods := pl.report.Table("by-" + pl.ctx.Period.String())
	if periods == nil {
		periods = sumTable(t)
	}
	pc.tl = newTimeline(periods, pl.ctx.Period, stackLimit)
	pc.tl.clipPartial(pl.ctx.First, pl.ctx.Last)
	shown, rest := pl.pick(pc.whole.named(), pc.measure, maxParties)
	pc.named = len(shown)
	for _, e := range shown {
		k := e.key
		pc.add(stackSeries{name: pl.partyName(k), label: pl.partyLabel(k), tally: e.tally,
			swatch: func(th *Theme) Swatch { return pl.ctx.Parties.swatch(th, k) }}, t, pl.ctx.Period, entries{e})
	}
	if len(rest) > 0 {
		pc.add(stackSeries{name: otherNamed(len(rest)), label: otherNamed(len(rest)), tally: rest.total(),
			swatch: func(th *Theme) Swatch { return th.Other }}, t, pl.ctx.Period, rest)
	}
	if u, ok := pc.whole.unstated(); ok {
		pc.add(stackSeries{name: pl.partyName(u.key), label: pl.partyLabel(u.key), tally: u.tally, last: true,
			swatch: func(th *Theme) Swatch { return th.Unattributed }}, t, pl.ctx.Period, nil)
	}
	return pc
}

func otherNamed(n int) string {
	return catalogue.Say("chart.other-named", "part", stats.Number(int64(n)))
}

// pick returns the first n parties of the run's order that have a figure to
// show, and the rest, of whom some may have none.
func (pl *planner) pick(named entries, m measure, n int) (shown, rest entries) {
	es := slices.Clone(named)
	slices.SortStableFunc(es, func(a, b entry) int {
		return pl.ctx.Parties.place(a.key.ID) - pl.ctx.Parties.place(b.key.ID)
	})
	for _, e := range es {
		if len(shown) < n && m.of(e.tally.Killed) > 0 {
			shown = append(shown, e)
		} else if e.tally.Incidents > 0 {
			rest = append(rest, e)
		}
	}
	return shown, rest
}

// sumTable is the table summed over its second dimension.
func sumTable(t *stats.Table) *stats.Table {
	out := &stats.Table{ID: t.ID, Dims: t.Dims[:1]}
	index := map[string]int{}
	for _, r := range t.Rows {
		if len(r.Keys) == 0 {
			continue
		}
		k := r.Keys[0]
		id := string(rune('0'+k.Kind)) + k.ID
		i, ok := index[id]
		if !ok {
			i = len(out.Rows)
			index[id] = i
			out.Rows = append(out.Rows, stats.Row{Keys: r.Keys[:1], Partial: r.Partial})
		}
		_ = out.Rows[i].Tally.Merge(r.Tally) // the report itself fails on overflow
		if r.Partial != "" {
			out.Rows[i].Partial = r.Partial
		}
	}
	return out
}

// add sums the rows of the members by slot; nil members are the unstated.
func (pc *partyStack) add(s stackSeries, t *stats.Table, p stats.Period, members entries) {
	in := map[string]bool{}
	for _, e := range members {
		in[e.key.ID] = true
	}
	s.values = make([]int64, len(pc.tl.slots))
	for _, r := range t.Rows {
		if len(r.Keys) < 2 || r.Keys[0].Kind != stats.Named {
			continue
		}
		mine := r.Keys[1].Kind == stats.Unstated
		if members != nil {
			mine = !mine && in[r.Keys[1].ID]
		}
		if !mine || len(s.values) == 0 {
			continue
		}
		n, ok := parsePeriod(p, r.Keys[0].ID)
		if !ok {
			continue
		}
		if i, ok := pc.tl.slotAt(p, n); ok {
			s.values[i] += pc.measure.of(r.Tally.Killed)
		}
	}
	pc.series = append(pc.series, s)
}

// rows are the plotted numbers: one row for each period and series.
func (pc *partyStack) rows() ([]string, [][]string) {
	what := "killed_low"
	if pc.measure.best {
		what = "killed_best"
	}
	var rows [][]string
	for i, sl := range pc.tl.slots {
		for _, s := range pc.series {
			rows = append(rows, []string{periodID(pc.tl.period, sl.n), s.name, exactNumber(s.values[i])})
		}
	}
	for _, s := range pc.series {
		rows = append(rows, []string{catalogue.Say("chart.whole-period"), s.name, exactNumber(pc.measure.of(s.tally.Killed))})
	}
	return []string{"period", "party", what}, rows
}

func (pc *partyStack) facts() []string {
	var out []string
	for _, s := range pc.series {
		if len(out) < 4 {
			out = append(out, shortName(s.name)+" "+stats.Number(stats.Persons(pc.measure.of(s.tally.Killed))))
		}
	}
	return []string{catalogue.Say("chart.over-the-whole-period", "out", joined(out))}
}
