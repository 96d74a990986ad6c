package charts

import (
	"strconv"

	"toll/data"
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
		return Figure{}, Omitted{id, "the data covers fewer than " + strconv.Itoa(leastDays) + " days"}
	case years > maxStrips:
		return Figure{}, Omitted{id, "squares for the days of " + strconv.Itoa(years) + " years would be too small: choose a shorter span with --from and --to"}
	case total.Killed.High == 0 && total.Killed.Low == 0:
		return Figure{}, Omitted{id, "no death is reported on a known day"}
	}
	quiet := c.enter(&d)
	f := Figure{ID: id, Kind: "calendar", draw: c.draw}
	subject := "People reported killed per day" + pl.in() + ", " + c.measure.name
	f.Title = c.title(quiet, d.span(), d.vague+d.undated > 0)
	f.Subtitle = subject + ". One square per day, weeks run left to right"
	f.Note = sentences("Blank squares lie outside the days covered", c.measure.note(total, "coloured"), d.missing(), unknownNote(total.Killed))
	f.Columns = append([]string{"day", "incidents"}, sumColumns("killed")...)
	for _, x := range d.days {
		f.Rows = append(f.Rows, append([]string{x.day.String(), countCell(x.tally.Incidents)}, sumCells(x.tally.Killed, x.tally.Incidents)...))
	}
	f.Alt = altText("Calendar of people reported killed per day"+pl.in()+pl.when(), totalSentence(pl.report.Total),
		c.facts(), []string{d.missing(), unknownNote(total.Killed)}, id)
	return f, Omitted{}
}

// missing says which incidents are on no square.
func (d *dayTable) missing() string {
	if n := d.vague + d.undated; n > 0 {
		return "On no square: " + incidents(n) + " of which no day is stated"
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
	s := "No deaths were reported on "
	if vague {
		s = "No death is dated to "
	}
	s += stats.Number(int64(quiet)) + " of " + stats.Number(int64(days)) + nbsp + "days covered"
	if quiet == 0 {
		s = "Deaths were reported on every day covered"
		if c.unknown || !c.measure.best {
			s = "People reported killed, day by day"
		}
	}
	if c.worst != data.NoDay && c.measure.best {
		s += "; the worst was " + noBreak(periodName(stats.ByDay, int(c.worst)))
	}
	return s
}

func (c *calendarChart) facts() []string {
	if c.worst == data.NoDay {
		return nil
	}
	x := c.tolls[c.worst].tally
	what := "Most on one day"
	if !c.measure.best {
		what += " by the lowest figures"
	}
	return []string{what + ": " + x.Killed.Figure(x.Incidents) + " on " + stats.DayText(c.worst)}
}
