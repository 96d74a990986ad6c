package charts

import (
	"strconv"

	"toll/internal/catalogue"
	"toll/stats"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// multiplesChart is one small panel for each party on the same scale, with the
// total as a grey shape behind it.
type multiplesChart struct {
	pc    *partyStack
	total []int64
	all   stats.Tally
	label string // of the last panel
}

// smallMultiples plans the panels by party. It shows what the stacked columns
// show, in a form in which middle parties can be compared.
func (pl *planner) smallMultiples() (Figure, Omitted) {
	const id = "perpetrators-apart"
	t := pl.report.Table("period-party")
	if t == nil || len(t.Dims) < 2 {
		return Figure{}, Omitted{id, catalogue.Say("chart.there-is-no-table-by-period")}
	}
	if !t.Additive && !t.TollsAdditive {
		return Figure{}, Omitted{id, catalogue.Say("chart.an-incident-may-count-for-several")}
	}
	pc := pl.stack(t)
	switch {
	case len(pc.tl.slots) < 3:
		return Figure{}, Omitted{id, catalogue.Say("chart.there-are-fewer-than-three-periods")}
	case pc.named == 0:
		return Figure{}, Omitted{id, catalogue.Say("chart.no-reported-death-is-tied-to")}
	case len(pc.series) < 2:
		return Figure{}, Omitted{id, catalogue.Say("chart.there-is-only-one-party-to")}
	}
	c := &multiplesChart{pc: pc, total: make([]int64, len(pc.tl.slots)), all: pc.whole.total(), label: catalogue.Say("chart.all")}
	for _, x := range pc.series {
		for i, v := range x.values {
			c.total[i] += v
		}
	}
	f := Figure{ID: id, Kind: "multiples", draw: c.draw}
	f.Title = catalogue.Say("chart.by-2", "period", upperFirst(unitName(pc.tl.period)), "period2", unitName(pc.tl.period), "deathsByParty", lowerFirst(pl.deathsByParty("")), "when", pl.when())
	f.Subtitle = catalogue.Say("chart.killed-per-behind-all-together-same", "period", unitName(pc.tl.period), "name", pc.measure.name)
	f.Note = sentences(pl.partyNote(), pc.measure.note(pl.once(c.all), "drawn"), pc.tl.mergedNote(pl.ctx.Period), pc.tl.vagueNote(), unknownNote(pl.once(c.all).Killed), pc.tl.partialNote())
	f.Columns, f.Rows = pc.rows()
	f.Alt = altText(catalogue.Say("chart.small-panels", "deathsByParty", lowerFirst(pl.deathsByParty(catalogue.Say("chart.per", "period", unitName(pc.tl.period)))), "when", pl.when(), "name", pc.measure.name),
		totalSentence(pl.report.Total), pc.facts(), []string{pl.partyNote(), unknownNote(c.all.Killed)}, id)
	return f, Omitted{}
}

// Measures of the panels, in pixels.
const (
	panelHead = 46 // the heading of a panel
	panelGap  = 40 // between panels in a row
)

func (c *multiplesChart) draw(s *sheet, area rect) {
	n := len(c.pc.series) + 1
	columns := 3
	if s.w < 1400 && n <= 6 || n == 4 {
		columns = 2
	}
	rows := (n + columns - 1) / columns
	top := 0.0
	for _, v := range c.total {
		top = max(top, persons(v))
	}
	area.y1 -= 38 // labels of the last row
	gap := panelHead + 12.0
	if c.twoLineNames((area.w() - 2*panelGap) / float64(columns)) {
		gap += 16
	}
	height := (area.h() - float64(gap*float64(rows))) / float64(rows)
	sc := newCountScaleOf(top, min(max(height/70, 1), 4))
	gutter := sc.gutter()
	width := (area.w() - gutter - float64(panelGap*float64(columns-1))) / float64(columns)
	for i := range n {
		col, row := i%columns, i/columns
		x := area.x0 + gutter + float64(float64(col)*(width+panelGap))
		y := area.y0 + gap + float64(float64(row)*(height+gap))
		c.panel(s, rect{grid(x), grid(y), grid(x + width), grid(y + height)}, sc, i, col == 0, row == rows-1 || i+columns >= n)
	}
}

// panel draws one party, or all for the last.
func (c *multiplesChart) panel(s *sheet, r rect, sc countScale, i int, scale, dates bool) {
	t := s.theme
	values, sw, name, sum := c.total, t.Killed, c.label, c.all
	if i < len(c.pc.series) {
		x := c.pc.series[i]
		values, sw, name, sum = x.values, x.swatch(t), x.label, x.tally
	}
	if scale {
		s.countAxisLeft(r, sc)
	} else {
		for _, v := range sc.ticks()[1:] {
			s.hline(r.x0, r.x1, r.y1-float64(float64(v)/sc.top*r.h()), 1, t.Grid)
		}
	}
	strong := style{labelType, bold, sw.Text, 0}
	weak := style{noteType, regular, t.Muted, 0}
	figure := catalogue.Say("chart.killed-figure", "toll", stats.Number(stats.Persons(c.pc.measure.of(sum.Killed))))
	s.panelName(strong, weak, r, name, figure)
	cols := panelColumns{values: values, back: c.total, sw: sw, theme: t}
	cols.hatched = i < len(c.pc.series) && c.pc.series[i].last
	s.plot(r, 0, float64(len(values)), 0, sc.top, cols)
	s.baseline(r)
	c.dates(s, r, dates)
}

// twoLineNames reports whether some name may not fit beside its sum in a panel
// about so wide.
func (c *multiplesChart) twoLineNames(width float64) bool {
	for _, x := range c.pc.series {
		if (style{size: footerType, weight: bold}).width(x.label)+170 > width-60 {
			return true
		}
	}
	return false
}

// panelName writes the name of a panel and its sum above it: on one line, else
// the name smaller on one or two lines of which the sum takes what is left.
func (s *sheet) panelName(strong, weak style, r rect, name, figure string) {
	const gap, upper = 12, 39
	room := r.w() - weak.width(figure) - gap
	if one := strong.shrunk(name, room); one.size >= footerType && one.width(name) <= room {
		strong = one
		end := s.text("panel", strong, r.x0, r.y0-16, left, name)
		s.text("panel", weak, r.x0+end+gap, r.y0-16, left, figure)
		return
	}
	strong.size = footerType
	for strong.size > smallType && strong.width(name) > r.w() {
		strong.size--
	}
	ls := wrap(name, strong, r.w())
	switch {
	case len(ls) > 2, len(ls) == 2 && strong.width(ls[1]) > room:
		ls = []string{shortened([]string{name}, strong, r.w())[0]}
	}
	s.text("panel", strong, r.x0, r.y0-upper, left, ls[0])
	end := 0.0
	if len(ls) == 2 {
		end = s.text("panel", strong, r.x0, r.y0-16, left, ls[1]) + gap
	}
	s.text("panel", weak, r.x0+end, r.y0-16, left, figure)
}

// dates marks where years begin, or the first period where there is none.
func (c *multiplesChart) dates(s *sheet, r rect, labelled bool) {
	tl := &c.pc.tl
	st := style{footerType, regular, s.theme.Muted, 0}
	pitch := r.w() / float64(len(tl.slots))
	free := r.x0 - 1
	years := tl.yearStarts()
	for k, i := range years {
		x := r.x0 + float64(float64(i)*pitch)
		text := tl.shortName(i)
		long := labelled && x >= free && x+8+st.width(text) <= r.x1
		if long && k == 0 && i == 0 && len(years) > 1 { // what begins next is the rounder name
			next := r.x0 + float64(float64(years[1])*pitch)
			long = x+8+st.width(text)+10 <= next
		}
		down := 8.0
		if long {
			down = 32
			s.text("date", st, x+8, r.y1+26, left, text)
			free = x + 8 + st.width(text) + 14
		}
		if long || len(years) <= 12 {
			s.vline(x, r.y1, r.y1+down, 1, s.theme.Tick)
		}
	}
}

// yearStarts are the slots at which a year begins, and the first.
func (tl *timeline) yearStarts() []int {
	out := []int{0}
	for i := 1; i < len(tl.slots); i++ {
		a, _, _ := firstDay(tl.period, tl.slots[i-1].n).Civil()
		b, _, _ := firstDay(tl.period, tl.slots[i].n).Civil()
		if a != b {
			out = append(out, i)
		}
	}
	return out
}

// shortName names the start of a slot as briefly as is clear.
func (tl *timeline) shortName(i int) string {
	d := firstDay(tl.period, tl.slots[i].n)
	y, m, _ := d.Civil()
	switch {
	case tl.period == stats.ByYear || i > 0 && tl.period != stats.ByDay && tl.period != stats.ByWeek:
		return strconv.Itoa(y)
	case tl.period == stats.ByMonth || tl.period == stats.ByQuarter:
		if m == 1 {
			return strconv.Itoa(y)
		}
		return monthShort(m) + nbsp + strconv.Itoa(y)
	}
	return dayName(d)
}

// panelColumns are the columns of one party before those of all.
type panelColumns struct {
	values, back []int64
	sw           Swatch
	hatched      bool
	theme        *Theme
}

// Plot draws the columns.
func (m panelColumns) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	ghost := rgb(0xE6E6E4)
	pitch := float64(pn.x(1)-pn.x(0)) / ptPerPx
	gap := px(min(max(pitch*0.14, 0), 4) / 2)
	for i := range m.values {
		a, b := sharp(pn.x(float64(i))+gap), sharp(pn.x(float64(i)+1)-gap)
		b = max(b, a+px(1))
		if m.back[i] > m.values[i] {
			pn.fillRect(ghost, vg.Point{X: a, Y: pn.y(0)}, vg.Point{X: b, Y: pn.y(persons(m.back[i]))})
		}
		if m.values[i] <= 0 {
			continue
		}
		lo, hi := vg.Point{X: a, Y: pn.y(0)}, vg.Point{X: b, Y: max(pn.y(persons(m.values[i])), sharp(pn.y(0))+px(2))}
		switch { // pale on the grey shape behind would not be seen
		case m.theme.grey:
			pn.fillRect(m.theme.Killed.Fill, lo, hi)
			continue
		case m.hatched:
			pn.fillRect(m.theme.Other.Fill, lo, hi)
			continue
		}
		pn.fillRect(m.sw.Fill, lo, hi)
	}
}
