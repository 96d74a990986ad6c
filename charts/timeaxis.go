package charts

import (
	"math"
	"strconv"

	"toll/data"
	"toll/stats"
)

// timeAxisRoom is what the labels under a panel need: two rows, or one for years.
func timeAxisRoom(tl *timeline, width float64) float64 {
	if len(tl.slots) == 0 {
		return 58
	}
	d := labelDates(tl, width/float64(len(tl.slots)))
	if last := len(tl.slots) - 1; len(d.upper) == 0 && tl.slots[last].partial == "" {
		return 32
	}
	return 58
}

// mark is a label of a time axis.
type mark struct {
	slot     int
	text     string
	centered bool // under its slot, else to the right of the tick at its start
}

// dateLabels are the two rows of a time axis.
type dateLabels struct {
	lower []mark // near the axis: days, months, quarters or years
	upper []mark // bold, below: the month or year in which the lower ones lie
	major []int  // slots that begin with a long tick
}

// axisLevel is a way to label time: which unit near the axis, and every how many.
type axisLevel struct {
	unit  byte // 'd', 'm', 'q', 'y'
	every int
}

var axisLevels = map[stats.Period][]axisLevel{
	stats.ByDay: {{'d', 1}, {'d', 2}, {'d', 5}, {'d', 10}, {'m', 1}, {'m', 3}, {'m', 6},
		{'y', 1}, {'y', 2}, {'y', 5}, {'y', 10}, {'y', 25}, {'y', 100}, {'y', 500}, {'y', 2000}},
	stats.ByWeek: {{'d', 1}, {'m', 1}, {'m', 3}, {'m', 6},
		{'y', 1}, {'y', 2}, {'y', 5}, {'y', 10}, {'y', 25}, {'y', 100}, {'y', 500}, {'y', 2000}},
	stats.ByMonth: {{'m', 1}, {'m', 3}, {'m', 6},
		{'y', 1}, {'y', 2}, {'y', 5}, {'y', 10}, {'y', 25}, {'y', 100}, {'y', 500}, {'y', 2000}},
	stats.ByQuarter: {{'q', 1}, {'q', 2},
		{'y', 1}, {'y', 2}, {'y', 5}, {'y', 10}, {'y', 25}, {'y', 100}, {'y', 500}, {'y', 2000}},
	stats.ByYear: {{'y', 1}, {'y', 2}, {'y', 5}, {'y', 10}, {'y', 25}, {'y', 100}, {'y', 500}, {'y', 2000}},
}

// labelDates chooses the finest labels of which no two come closer than a space.
func labelDates(tl *timeline, pitch float64) dateLabels {
	st := style{size: tickType}
	if len(tl.slots) == 1 {
		return dateLabels{lower: []mark{{0, upperFirst(periodName(tl.period, tl.slots[0].n)), true}}}
	}
	for _, l := range axisLevels[tl.period] {
		d := l.labels(tl)
		if roomy(d.lower, st, pitch, len(tl.slots)) && len(d.lower) > 0 {
			d.upper = thinned(d.upper, st.strong(), pitch, len(tl.slots))
			return d
		}
	}
	return dateLabels{}
}

func (m mark) span(st style, pitch float64) (a, b float64) {
	w := st.width(m.text)
	if m.centered {
		c := float64((float64(m.slot) + 0.5) * pitch)
		return c - float64(w/2), c + float64(w/2)
	}
	a = float64(float64(m.slot)*pitch) + 8
	return a, a + w
}

func roomy(ms []mark, st style, pitch float64, slots int) bool {
	last := math.Inf(-1)
	for _, m := range ms {
		a, b := m.span(st, pitch)
		if a < last+10 || b > float64(float64(slots)*pitch)+30 {
			return false
		}
		last = b
	}
	return true
}

// thinned drops labels that would run into the one before or out of the panel.
func thinned(ms []mark, st style, pitch float64, slots int) []mark {
	var out []mark
	last := math.Inf(-1)
	for i, m := range ms {
		a, b := m.span(st, pitch)
		if i+1 < len(ms) && i == 0 { // a first, cut-off month must not push out the next
			if next, _ := ms[i+1].span(st, pitch); b+14 > next {
				continue
			}
		}
		if a < last+14 || b > float64(float64(slots)*pitch)+30 {
			continue
		}
		out = append(out, m)
		last = b
	}
	return out
}

// labels returns the labels of one level.
func (l axisLevel) labels(tl *timeline) dateLabels {
	var d dateLabels
	prev := data.NoDay
	for i, s := range tl.slots {
		day := firstDay(tl.period, s.n)
		y, m, dd := day.Civil()
		py, pm := -1, -1
		if prev != data.NoDay {
			py, pm, _ = prev.Civil()
		}
		prev = day
		newYear, newMonth := y != py, y != py || m != pm
		switch l.unit {
		case 'd':
			l.dayMarks(&d, i, y, m, dd, newYear, newMonth, tl.period)
		case 'm', 'q':
			l.monthMarks(&d, i, y, m, newYear, newMonth, tl.period)
		default:
			if newYear && y%l.every == 0 && (i > 0 || l.startsYear(tl, day)) {
				d.lower = append(d.lower, mark{i, strconv.Itoa(y), tl.period == stats.ByYear})
			}
			if newYear && i > 0 && tl.period != stats.ByYear && l.every == 1 {
				d.major = append(d.major, i)
			}
		}
	}
	return d
}

// startsYear reports whether the first slot is the first of its year, so that
// the year may be written at it.
func (l axisLevel) startsYear(tl *timeline, day data.Day) bool {
	y, _, _ := day.Civil()
	jan1, ok := data.DayOf(y, 1, 1)
	return ok && int(day-jan1) < 7 || l.every == 1 && tl.period != stats.ByDay
}

func (l axisLevel) dayMarks(d *dateLabels, i, y, m, dd int, newYear, newMonth bool, p stats.Period) {
	show := l.every == 1
	switch l.every {
	case 2:
		show = dd%2 == 1 && dd < 30
	case 5:
		show = dd == 1 || dd%5 == 0 && dd < 30
	case 10:
		show = dd == 1 || dd%10 == 0 && dd < 30
	}
	if show {
		d.lower = append(d.lower, mark{i, strconv.Itoa(dd), true})
	}
	if newMonth {
		text := monthShort(m)
		if newYear {
			text += nbsp + strconv.Itoa(y)
		}
		d.upper = append(d.upper, mark{i, text, false})
		if i > 0 {
			d.major = append(d.major, i)
		}
	}
}

func (l axisLevel) monthMarks(d *dateLabels, i, y, m int, newYear, newMonth bool, p stats.Period) {
	if newMonth && (i > 0 || p != stats.ByDay) {
		switch {
		case l.unit == 'q' && ((m-1)/3)%l.every == 0:
			d.lower = append(d.lower, mark{i, "Q" + strconv.Itoa((m-1)/3+1), l.every == 1})
		case l.unit == 'm' && (m-1)%l.every == 0:
			d.lower = append(d.lower, mark{i, monthShort(m), l.every == 1 && p == stats.ByMonth})
		}
	}
	if newYear {
		d.upper = append(d.upper, mark{i, strconv.Itoa(y), false})
		if i > 0 {
			d.major = append(d.major, i)
		}
	}
}

// timeAxis draws ticks and, where labelled, the two rows of labels under a panel.
func (s *sheet) timeAxis(r rect, tl *timeline, labelled bool) {
	pitch := r.w() / float64(len(tl.slots))
	d := labelDates(tl, pitch)
	edge := func(i int) float64 { return r.x0 + float64(float64(i)*pitch) }
	if pitch >= 14 {
		for i := 0; i <= len(tl.slots); i++ {
			s.vline(edge(i)-0.5, r.y1+1, r.y1+8, 1, s.theme.Tick)
		}
	} else {
		for _, m := range d.lower {
			x := edge(m.slot)
			if m.centered {
				x += float64(pitch / 2)
			}
			s.vline(x-0.5, r.y1+1, r.y1+8, 1, s.theme.Tick)
		}
	}
	for _, i := range d.major {
		s.vline(edge(i)-0.5, r.y1+1, r.y1+37, 1, s.theme.Tick)
	}
	if !labelled {
		return
	}
	st := style{tickType, regular, s.theme.Muted, 0}
	for _, m := range d.lower {
		a, _ := m.span(st, pitch)
		s.text("date", st, r.x0+a, r.y1+29, left, m.text)
	}
	b := st.strong().in(s.theme.Body)
	for _, m := range d.upper {
		a, _ := m.span(b, pitch)
		s.text("date", b, r.x0+a, r.y1+57, left, m.text)
	}
	s.partialNotes(r, tl, d, pitch)
}

// partialNotes writes "to 12 Dec" in italics under a period that is covered
// only in part.
func (s *sheet) partialNotes(r rect, tl *timeline, d dateLabels, pitch float64) {
	st := style{smallType, italic, s.theme.Muted, 0}
	b := style{tickType, bold, s.theme.Body, 0}
	last := len(tl.slots) - 1
	if last < 0 || tl.slots[last].partial == "" {
		return
	}
	text := tl.slots[last].partial
	w := st.width(text)
	x1 := min(r.x1, r.x0+float64((float64(last)+0.5)*pitch)+float64(w/2))
	for _, m := range d.upper {
		if _, e := m.span(b, pitch); r.x0+e+12 > x1-w {
			return // the note says it too
		}
	}
	s.text("date", st, x1, r.y1+57, right, text)
}

func dayMonth(d data.Day) string {
	_, m, dd := d.Civil()
	return strconv.Itoa(dd) + nbsp + monthShort(m)
}
