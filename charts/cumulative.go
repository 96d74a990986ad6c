package charts

import (
	"toll/data"
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
			return Figure{}, Omitted{id, "the sums overflow"}
		}
		if x.tally.Killed.Known(x.tally.Incidents) > 0 {
			c.steps = append(c.steps, cumulativeStep{x.day, sum})
		}
	}
	switch {
	case len(c.steps) < 3:
		return Figure{}, Omitted{id, "a toll is stated on fewer than three days"}
	case sum.Killed.High == 0 && sum.Killed.Low == 0:
		return Figure{}, Omitted{id, "no death is reported"}
	}
	c.milestones()
	c.events = pl.eventsOn(&c.tl)
	f := Figure{ID: id, Kind: "cumulative", draw: c.draw}
	where := pl.in()
	switch {
	case d.vague+d.undated > 0 && d.spans:
		where += " in incidents whose first day is known"
	case d.vague+d.undated > 0:
		where += " in incidents dated to the day"
	}
	f.Title = boundsTitle(sum.Killed, where)
	line := "Line: best figure"
	if !c.measure.best {
		line = "Line: lowest figure"
	}
	if rangeNote(sum.Killed) != "" {
		line += "; band: low to high"
	}
	f.Subtitle = "Cumulative people reported killed since " + noBreak(stats.DayText(d.first)) + ". " + line
	band := ""
	if rangeNote(sum.Killed) != "" {
		band = "The band adds each incident’s low and high figures: it bounds the reports collected, not all deaths, and is not a confidence interval"
	}
	f.Note = sentences(band, d.vagueNote(), unknownNote(sum.Killed), openNote(sum.Killed), d.spanNote(), eventsNote(c.events))
	f.Columns, f.Rows = c.rows()
	f.Alt = altText("Cumulative line of people reported killed"+pl.in()+pl.when()+eventsAlt(c.events), totalSentence(pl.report.Total),
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
			out = append(out, stats.Number(m.value)+" on "+stats.DayText(m.day))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []string{"Reached " + joined(out)}
}

func (c *cumulativeChart) rows() ([]string, [][]string) {
	var rows [][]string
	for _, s := range c.steps {
		rows = append(rows, append([]string{s.day.String(), countCell(s.tally.Incidents)}, sumCells(s.tally.Killed, s.tally.Incidents)...))
	}
	return append([]string{"day", "incidents"}, sumColumns("killed")...), rows
}
