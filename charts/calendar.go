package charts

import (
	"strconv"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// calendarChart is one strip of squares for each year, a square for each day.
type calendarChart struct {
	first, last data.Day
	tolls       map[data.Day]dayToll
	measure     measure
	worst       data.Day // data.NoDay where no one day stands out
	unknown     bool     // some day has incidents and no stated toll
}

// maxStrips is how many years a page has room for; leastDays how many days make
// a calendar worth drawing.
const (
	maxStrips = 6
	leastDays = 28
)

// calendar plans the calendar of days.
func (pl *planner) calendar() (Figure, Omitted) {
	const id = "calendar"
	d, why := pl.dated()
	if why != "" {
		return Figure{}, Omitted{id, why}
	}
	c := &calendarChart{first: d.first, last: d.last, tolls: map[data.Day]dayToll{}, measure: measureOf(d.entries()), worst: data.NoDay}
	total := d.total()
	switch years := c.years(); {
	case d.span() < leastDays:
		return Figure{}, Omitted{id, catalogue.Say("chart.the-data-covers-fewer-than-days", "leastDays", strconv.Itoa(leastDays))}
	case years > maxStrips:
		return Figure{}, Omitted{id, catalogue.Say("chart.squares-for-the-days-of-years", "years", strconv.Itoa(years))}
	case total.Killed.High == 0 && total.Killed.Low == 0:
		return Figure{}, Omitted{id, catalogue.Say("chart.no-death-is-reported-on-a")}
	}
	quiet := c.enter(&d)
	f := Figure{ID: id, Kind: "calendar", draw: c.draw}
	subject := catalogue.Say("chart.people-reported-killed-per-day", "in", pl.in(), "name", c.measure.name)
	f.Title = c.title(quiet, d.span(), d.vague+d.undated > 0)
	f.Subtitle = catalogue.Say("chart.one-square-per-day-weeks-run", "subject", subject)
	f.Note = sentences(catalogue.Say("chart.blank-squares-lie-outside-the-days"), c.measure.note(total, "coloured"), d.missing(), unknownNote(total.Killed))
	f.Columns = append([]string{"day", "incidents"}, sumColumns("killed")...)
	for _, x := range d.days {
		f.Rows = append(f.Rows, append([]string{x.day.String(), countCell(x.tally.Incidents)}, sumCells(x.tally.Killed, x.tally.Incidents)...))
	}
	f.Alt = altText(catalogue.Say("chart.calendar-of-people-reported-killed-per", "in", pl.in(), "when", pl.when()), totalSentence(pl.report.Total),
		c.facts(), []string{d.missing(), unknownNote(total.Killed)}, id)
	return f, Omitted{}
}

// missing says which incidents are on no square.
func (d *dayTable) missing() string {
	if n := d.vague + d.undated; n > 0 {
		return catalogue.Say("chart.on-no-square-of-which-no", "incidents", incidents(n))
	}
	return ""
}

func (c *calendarChart) years() int {
	a, _, _ := c.first.Civil()
	b, _, _ := c.last.Civil()
	return b - a + 1
}

// enter files the tolls by day, finds the worst day and returns how many days
// passed with no death reported.
func (c *calendarChart) enter(d *dayTable) (quiet int) {
	quiet = d.span()
	top, second := int64(0), int64(0)
	for _, x := range d.days {
		c.tolls[x.day] = x
		k := x.tally.Killed
		known := k.Known(x.tally.Incidents) > 0
		c.unknown = c.unknown || !known
		if k.High > 0 || k.Low > 0 || k.Unknown > 0 || k.Open > 0 {
			quiet--
		}
		switch v := stats.Persons(c.measure.of(k)); {
		case v > top:
			top, second, c.worst = v, top, x.day
		case v > second:
			second = v
		}
	}
	if top == second {
		c.worst = data.NoDay
	}
	return quiet
}

func (c *calendarChart) title(quiet, days int, vague bool) string {
	s := catalogue.Say("chart.no-deaths-were-reported-on")
	if vague {
		s = catalogue.Say("chart.no-death-is-dated-to")
	}
	s += catalogue.Say("chart.of-days-covered", "quiet", stats.Number(int64(quiet)), "days", stats.Number(int64(days)))
	if quiet == 0 {
		s = catalogue.Say("chart.deaths-were-reported-on-every-day")
		if c.unknown || !c.measure.best {
			s = catalogue.Say("chart.people-reported-killed-day-by-day")
		}
	}
	if c.worst != data.NoDay && c.measure.best {
		s += catalogue.Say("chart.the-worst-was", "byDay", noBreak(periodName(stats.ByDay, int(c.worst))))
	}
	return s
}

func (c *calendarChart) facts() []string {
	if c.worst == data.NoDay {
		return nil
	}
	x := c.tolls[c.worst].tally
	what := catalogue.Say("chart.most-on-one-day")
	if !c.measure.best {
		what += catalogue.Say("chart.by-the-lowest-figures")
	}
	return []string{catalogue.Say("chart.on", "what", what, "incidents", x.Killed.Figure(x.Incidents), "worst", stats.DayText(c.worst))}
}
