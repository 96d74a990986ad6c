package charts

import (
	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// cumulativeChart adds the tolls up from the first day to the last.
type cumulativeChart struct {
	tl      timeline
	steps   []cumulativeStep
	end     data.Day
	measure measure
	marks   []milestone
	events  []Event
}

// cumulativeStep is the sum up to and with a day.
type cumulativeStep struct {
	day   data.Day
	tally stats.Tally
}

// milestone is a round number and the day on which it was reached.
type milestone struct {
	value int64 // persons
	day   data.Day
}

// cumulative plans the running total.
func (pl *planner) cumulative() (Figure, Omitted) {
	const id = "cumulative"
	d, why := pl.dated()
	if why != "" {
		return Figure{}, Omitted{id, why}
	}
	c := &cumulativeChart{tl: d.axis(), end: d.last, measure: measureOf(d.entries())}
	var sum stats.Tally
	for _, x := range d.days {
		if sum.Merge(x.tally) != nil {
			return Figure{}, Omitted{id, catalogue.Say("chart.the-sums-overflow")}
		}
		if x.tally.Killed.Known(x.tally.Incidents) > 0 {
			c.steps = append(c.steps, cumulativeStep{x.day, sum})
		}
	}
	switch {
	case len(c.steps) < 3:
		return Figure{}, Omitted{id, catalogue.Say("chart.a-toll-is-stated-on-fewer")}
	case sum.Killed.High == 0 && sum.Killed.Low == 0:
		return Figure{}, Omitted{id, catalogue.Say("chart.no-death-is-reported")}
	}
	c.milestones()
	c.events = pl.eventsOn(&c.tl)
	f := Figure{ID: id, Kind: "cumulative", draw: c.draw}
	where := pl.in()
	switch {
	case d.vague+d.undated > 0 && d.spans:
		where += catalogue.Say("chart.in-incidents-whose-first-day-is")
	case d.vague+d.undated > 0:
		where += catalogue.Say("chart.in-incidents-dated-to-the-day")
	}
	f.Title = boundsTitle(sum.Killed, where)
	line := catalogue.Say("chart.line-best-figure")
	if !c.measure.best {
		line = catalogue.Say("chart.line-lowest-figure")
	}
	if rangeNote(sum.Killed) != "" {
		line += catalogue.Say("chart.band-low-to-high")
	}
	f.Subtitle = catalogue.Say("chart.cumulative-people-reported-killed-since", "first", noBreak(stats.DayText(d.first)), "line", line)
	band := ""
	if rangeNote(sum.Killed) != "" {
		band = catalogue.Say("chart.the-band-adds-each-incident-s")
	}
	f.Note = sentences(band, d.vagueNote(), unknownNote(sum.Killed), openNote(sum.Killed), d.spanNote(), eventsNote(c.events))
	f.Columns, f.Rows = c.rows()
	f.Alt = altText(catalogue.Say("chart.cumulative-line-of-people-reported-killed", "in", pl.in(), "when", pl.when(), "events", eventsAlt(c.events)), totalSentence(pl.report.Total),
		c.facts(), []string{d.vagueNote(), unknownNote(sum.Killed)}, id)
	return f, Omitted{}
}

// milestones finds the days on which round numbers were reached.
func (c *cumulativeChart) milestones() {
	last := c.measure.of(c.steps[len(c.steps)-1].tally.Killed)
	step := newCountScaleOf(persons(last), 4).step
	next := step
	for _, s := range c.steps {
		v := stats.Persons(c.measure.of(s.tally.Killed))
		if v < next {
			continue
		}
		c.marks = append(c.marks, milestone{v / step * step, s.day})
		next = v/step*step + step
	}
}

func (c *cumulativeChart) facts() []string {
	var out []string
	for _, m := range c.marks {
		if len(out) < 4 {
			out = append(out, catalogue.Say("chart.on-2", "value", stats.Number(m.value), "day", stats.DayText(m.day)))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []string{catalogue.Say("chart.reached", "out", joined(out))}
}

func (c *cumulativeChart) rows() ([]string, [][]string) {
	var rows [][]string
	for _, s := range c.steps {
		rows = append(rows, append([]string{s.day.String(), countCell(s.tally.Incidents)}, sumCells(s.tally.Killed, s.tally.Incidents)...))
	}
	return append([]string{"day", "incidents"}, sumColumns("killed")...), rows
}
