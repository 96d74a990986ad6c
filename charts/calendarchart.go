package charts

import (
	"image/color"
	"strconv"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// calendarBins are the lower ends of the classes of a day's toll, and their
// names.
var calendarBins = []struct {
	from int64
	name string
}{{1, "1–2"}, {3, "3–9"}, {10, "10–24"}, {25, "25–49"}, {50, "50+"}}

// calendarGeometry is where the squares lie.
type calendarGeometry struct {
	x0, y0     float64
	cell, wide float64 // height and width of a day, without the gap
	gap        float64
	step       float64 // from one strip to the next
	weeks      int
	from       int // week of the first column, in a single strip
	single     bool
	dayLabels  bool
	monthLevel float64
}

func (c *calendarChart) draw(s *sheet, area rect) {
	y := c.key(s, area)
	g := c.place(s, rect{area.x0, y, area.x1, area.y1})
	first, _, _ := c.first.Civil()
	for i := range c.years() {
		c.strip(s, g, first+i, g.y0+float64(float64(i)*g.step))
	}
}

// key draws the classes in a row and returns where they end.
func (c *calendarChart) key(s *sheet, area rect) float64 {
	t := s.theme
	st := style{noteType, regular, t.Body, 0}
	y := area.y0 + 24
	x := area.x0 + s.text("key", st.in(t.Muted), area.x0, y, left, catalogue.Say("chart.killed-that-day")) + 24
	entry := func(name string, draw func(rect)) {
		if x+34+st.width(name) > area.x1 {
			x, y = area.x0, y+34
		}
		draw(rect{x, y - 19, x + 24, y + 5})
		x += 34 + s.text("key", st, x+34, y, left, name) + 24
	}
	entry("0", func(r rect) { s.block(r, t.Zero) })
	for i, b := range calendarBins {
		entry(b.name, func(r rect) { s.block(r, t.Bins[i]) })
	}
	if c.unknown {
		entry(catalogue.Say("chart.toll-unknown"), func(r rect) { c.unknownSquare(s, r) })
	}
	return y + 16
}

// unknownSquare is a hollow one: something happened and nobody says how many.
func (c *calendarChart) unknownSquare(s *sheet, r rect) {
	s.block(r, s.theme.Other.Fill)
	edge := max(1, grid(min(r.w(), r.h())/10))
	s.block(rect{r.x0 + edge, r.y0 + edge, r.x1 - edge, r.y1 - edge}, white)
}

// week returns the column of a day: weeks begin on Monday and are counted from
// the one that holds 1 January.
func week(d data.Day) int {
	y, _, _ := d.Civil()
	jan1, _ := data.DayOf(y, 1, 1)
	return ordinal(stats.ByWeek, d) - ordinal(stats.ByWeek, jan1)
}

func weekday(d data.Day) int { return int(d) - (ordinal(stats.ByWeek, d)*7 - 3) } // 0 is Monday

// place finds the largest square with which all strips fit.
func (c *calendarChart) place(s *sheet, area rect) calendarGeometry {
	const label = 66 // weekdays left
	n := c.years()
	head, below := 44.0, 34.0 // month names above
	if n > 3 {
		head, below = 34, 10
	}
	g := calendarGeometry{weeks: 54, single: n == 1, monthLevel: 14}
	if g.single {
		g.from = week(c.first)
		g.weeks = week(c.last) - g.from + 1
	}
	free := area.h()/float64(n) - head - 10
	across := (area.w() - label) / float64(g.weeks)
	pitch := grid(min(across, free/7, 64) - 0.5)
	g.gap = 3
	if pitch < 16 {
		g.gap = 2
	}
	g.cell = pitch - g.gap
	g.wide = grid(min(across, float64(1.9*pitch))-0.5) - g.gap // rather oblong than small
	g.dayLabels = pitch >= 15
	if n > 3 {
		g.monthLevel = 9
	}
	g.step = min(area.h()/float64(n), float64(7*pitch)+head+below)
	g.x0, g.y0 = area.x0+label, area.y0+head
	if rest := area.h() - float64(g.step*float64(n)); rest > 0 {
		g.y0 += float64(rest * 0.3)
	}
	g.x0, g.y0 = grid(g.x0), grid(g.y0)
	return g
}

func (g *calendarGeometry) square(d data.Day, y0 float64) rect {
	x := g.x0 + float64(float64(week(d)-g.from)*(g.wide+g.gap))
	y := grid(y0) + float64(float64(weekday(d))*(g.cell+g.gap))
	return rect{x, y, x + g.wide, y + g.cell}
}

// strip draws one year.
func (c *calendarChart) strip(s *sheet, g calendarGeometry, year int, y0 float64) {
	t := s.theme
	from, _ := data.DayOf(year, 1, 1)
	to, _ := data.DayOf(year, 12, 31)
	from, to = max(from, c.first), min(to, c.last)
	s.text("year", style{labelType, bold, t.Ink, 0}, 48, y0-g.monthLevel, left, strconv.Itoa(year))
	if g.dayLabels {
		for i, name := range []string{catalogue.Say("chart.mon"), "", catalogue.Say("chart.wed"), "", catalogue.Say("chart.fri"), "", catalogue.Say("chart.sun")} {
			y := y0 + float64((float64(i)+0.5)*(g.cell+g.gap)) + 5
			s.text("weekday", style{smallType, regular, t.Muted, 0}, g.x0-10, y, right, name)
		}
	}
	for d := from; d <= to; d++ {
		r := g.square(d, y0)
		fill, known := c.fill(t, d)
		if !known {
			c.unknownSquare(s, r)
			continue
		}
		s.block(r, fill)
		if d == c.worst {
			c.worstFigure(s, r, d, fill)
		}
	}
	c.months(s, g, from, to, y0)
}

// worstFigure writes the highest toll into its square where it fits.
func (c *calendarChart) worstFigure(s *sheet, r rect, d data.Day, fill color.NRGBA) {
	text := stats.Number(stats.Persons(c.measure.of(c.tolls[d].tally.Killed)))
	st := style{smallType, bold, s.theme.inkOn(fill), 0}
	for st.size > 13 && (st.width(text) > r.w()-2 || st.size > r.h()) {
		st.size--
	}
	if st.width(text) <= r.w()-1 && st.size <= r.h() {
		s.text("worst", st, float64((r.x0+r.x1)/2), float64((r.y0+r.y1)/2)+float64(0.355*st.size), center, text)
	}
}

// fill is the colour of a day; false where its toll is not known.
func (c *calendarChart) fill(t *Theme, d data.Day) (color.NRGBA, bool) {
	x, ok := c.tolls[d]
	if !ok {
		return t.Zero, true
	}
	if x.tally.Killed.Known(x.tally.Incidents) == 0 {
		return white, false
	}
	v := stats.Persons(c.measure.of(x.tally.Killed))
	at := t.Zero
	for i, b := range calendarBins {
		if v >= b.from {
			at = t.Bins[i]
		}
	}
	return at, true
}

// months names the months above the weeks in which they begin, and draws a
// stepped line between one and the next.
func (c *calendarChart) months(s *sheet, g calendarGeometry, from, to data.Day, y0 float64) {
	t := s.theme
	st := style{tickType, regular, t.Muted, 0}
	if g.cell < 15 {
		st.size = smallType
	}
	free := 48 + style{size: labelType, weight: bold}.width("2025") + 10
	line := rgb(0x7A7A7A)
	half := float64(g.gap / 2)
	for d := from; d <= to; d++ {
		_, m, dd := d.Civil()
		if dd != 1 && d != from {
			continue
		}
		r := g.square(d, y0)
		x := r.x0
		if weekday(d) > 0 && dd == 1 { // the first whole week
			x += g.wide + g.gap
		}
		if name := monthShort(m); x >= free && x+st.width(name) <= s.w-margin && (dd == 1 || d+14 <= lastOfMonth(d)) {
			s.text("month", st, x, y0-g.monthLevel, left, name)
			free = x + st.width(name) + 8
		}
		if d == from || dd != 1 {
			continue
		}
		top, bottom := grid(y0)-half, grid(y0)+float64(7*(g.cell+g.gap))-half
		a, b := r.x0-half, r.x1+half
		if weekday(d) == 0 {
			s.stroke(line, 1.2, dot{a, top}, dot{a, bottom})
			continue
		}
		s.stroke(line, 1.2, dot{b, top}, dot{b, r.y0 - half}, dot{a, r.y0 - half}, dot{a, bottom})
	}
}

func lastOfMonth(d data.Day) data.Day {
	y, m, _ := d.Civil()
	l, _ := data.DayOf(y, m, data.DaysIn(y, m))
	return l
}
