package charts

import (
	"image/color"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The figure at the end of the line is the one thing to be read from afar.
const endType = 40

func (c *cumulativeChart) draw(s *sheet, area rect) {
	last := c.steps[len(c.steps)-1].tally
	ends := c.ends(s.theme, last)
	gutter := 0.0
	for _, e := range ends {
		gutter = max(gutter, e.width())
	}
	top := max(persons(max(last.Killed.High, last.Killed.Low)), persons(c.measure.of(last.Killed)))
	r := rect{area.x0, area.y0 + 20, area.x1 - gutter - 62, area.y1 - timeAxisRoom(&c.tl, 0.75*area.w())}
	sc := newCountScaleOf(top, 5)
	r.x0 += sc.gutter()
	n := float64(len(c.tl.slots))
	xs := make([]float64, len(c.events))
	for i, e := range c.events {
		xs[i] = r.x0 + float64(c.tl.position(e.Day)/n*r.w())
	}
	ev := layEvents(c.events, xs, r.x0, r.x1)
	strip := r.y0 + ev.height - 12
	if len(c.events) > 0 {
		r.y0 += ev.height
		sc = newCountScaleOf(top, 5)
	}
	s.countAxisLeft(r, sc)
	marks := cumulativeMarks{c, s.theme}
	s.plot(r, 0, n, 0, sc.top, marks)
	s.baseline(r)
	s.timeAxis(r, &c.tl, true)
	end := r.x0 + float64((c.tl.position(c.end)+c.oneDay())/n*r.w())
	for i, y := range c.endPlaces(ends, r, sc) {
		ends[i].draw(s, end, r.x1, y, r.y1-float64(ends[i].value/sc.top*r.h()))
	}
	c.labels(s, r, sc)
	s.drawEvents(ev, r.x0, r.x1, strip, func(i int) float64 { return r.y1 - float64(c.reachedBy(c.events[i].Day)/sc.top*r.h()) })
}

// reachedBy is the running total at the end of a day, in persons.
func (c *cumulativeChart) reachedBy(d data.Day) float64 {
	v := 0.0
	for _, s := range c.steps {
		if s.day > d {
			break
		}
		v = persons(c.measure.of(s.tally.Killed))
	}
	return v
}

// oneDay is how long a day is on the axis.
func (c *cumulativeChart) oneDay() float64 {
	if c.tl.period == stats.ByDay {
		return 1
	}
	return 1.0 / 31
}

// endLabel is a figure at the end of a line and what it is.
type endLabel struct {
	value       float64
	text, what  string
	strong, sub style
}

func (e endLabel) width() float64 { return e.strong.width(e.text) + 10 + e.sub.width(e.what) }

// ends are the labels from low to high; figures that are equal share one.
func (c *cumulativeChart) ends(t *Theme, last stats.Tally) []endLabel {
	k := last.Killed
	sub := style{noteType, regular, t.Muted, 0}
	plain := style{26, regular, t.Body, 0}
	big := style{endType, bold, t.Killed.Text, 0}
	open := ""
	if k.Open > 0 {
		open = "+"
	}
	low := endLabel{persons(k.Low), stats.Number(stats.Persons(k.Low)), catalogue.Say("chart.end-low"), plain, sub}
	high := endLabel{persons(k.High), stats.Number(stats.Persons(k.High)) + open, catalogue.Say("chart.end-high"), plain, sub}
	if !c.measure.best {
		low.strong, low.what = big, catalogue.Say("chart.end-lowest")
		if k.High == k.Low && open == "" {
			low.what = ""
			return []endLabel{low}
		}
		return []endLabel{low, high}
	}
	best := endLabel{persons(k.Best), stats.Number(stats.Persons(k.Best)), catalogue.Say("chart.best-figure"), big, sub}
	var out []endLabel
	if k.Low < k.Best {
		out = append(out, low)
	}
	out = append(out, best)
	if k.High > k.Best || open != "" {
		out = append(out, high)
	}
	return out
}

// endPlaces spreads the labels upward from the axis.
func (c *cumulativeChart) endPlaces(ends []endLabel, r rect, sc countScale) []float64 {
	var want, gaps []float64
	for i, e := range ends {
		want = append(want, float64(e.value/sc.top*r.h()))
		if i > 0 {
			gaps = append(gaps, float64(0.5*(ends[i-1].strong.size+e.strong.size))+6)
		}
	}
	ys := spread(want, gaps, 14, r.h())
	for i := range ys {
		ys[i] = r.y1 - ys[i]
	}
	return ys
}

// draw writes the label right of the panel, with a leader from the line's end.
func (e endLabel) draw(s *sheet, from, edge, y, at float64) {
	x := edge + 52
	s.stroke(s.theme.Tick, 1, dot{from + 6, grid(at) + 0.5}, dot{max(edge+8, from+6), grid(at) + 0.5}, dot{x - 18, grid(y) + 0.5}, dot{x - 8, grid(y) + 0.5})
	base := y + float64(0.355*e.strong.size)
	x += s.text("figure", e.strong, x, base, left, e.text) + 10
	s.text("figure", e.sub, x, base, left, e.what)
}

// labels writes the milestones below their dots, or above them where the panel
// ends; one that would meet another is not marked.
func (c *cumulativeChart) labels(s *sheet, r rect, sc countScale) {
	st := style{noteType, regular, s.theme.Ink, 0}
	n := float64(len(c.tl.slots))
	p := pane{c: draw.Canvas{Canvas: s.canvas, Rectangle: s.vgRect(r)}}
	var placed []Box
	for _, m := range c.marks {
		x := r.x0 + float64(c.tl.position(m.day)/n*r.w())
		y := r.y1 - float64(float64(m.value)/sc.top*r.h())
		text := catalogue.Say("chart.on-2", "value", stats.Number(m.value), "day", dayName(m.day))
		w := st.width(text)
		for _, at := range []dot{{x + 14, y + 30}, {x - 14 - w, y - 16}} {
			b := Box{X0: at.x - 4, X1: at.x + w + 4, Y0: at.y - 24, Y1: at.y + 8}
			if b.X0 < r.x0+2 || b.X1 > r.x1 || b.Y1 > r.y1-4 || b.Y0 < r.y0-16 || meets(b, placed) {
				continue
			}
			placed = append(placed, b)
			q := s.point(x, y)
			p.disc(s.theme.Killed.Fill, q, 8)
			p.disc(white, q, 5)
			s.text("milestone", st, at.x, at.y, left, text)
			break
		}
	}
}

func meets(b Box, others []Box) bool {
	for _, o := range others {
		if b.Overlaps(o, 4) {
			return true
		}
	}
	return false
}

// cumulativeMarks draws the band and the line, both as steps: a toll is added on
// its day and not little by little before it.
type cumulativeMarks struct {
	c *cumulativeChart
	t *Theme
}

// Plot draws the marks.
func (m cumulativeMarks) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	tint := mix(m.t.Killed.Fill, white, 17)
	low := m.steps(pn, func(s stats.Sum) int64 { return s.Low })
	high := m.steps(pn, func(s stats.Sum) int64 { return max(s.High, s.Low) })
	area := append([]vg.Point(nil), high...)
	for i := len(low) - 1; i >= 0; i-- {
		area = append(area, low[i])
	}
	pn.c.FillPolygon(tint, area)
	m.hairlines(pn)
	pn.line(m.t.Killed.Fill, 4.5, nil, m.steps(pn, m.c.measure.of)...)
}

// hairlines repeats the grid on the band in white, so that the figures can be
// read there as well.
func (m cumulativeMarks) hairlines(pn pane) {
	for _, v := range (newCountScaleOf(pn.y1/1.04, 5)).ticks() {
		y := sharp(pn.y(float64(v)))
		pn.fillRect(color.NRGBA{255, 255, 255, 110}, vg.Point{X: pn.c.Min.X, Y: y}, vg.Point{X: pn.c.Max.X, Y: y - px(1)})
	}
}

// steps returns the corners of a running total.
func (m cumulativeMarks) steps(pn pane, of func(stats.Sum) int64) []vg.Point {
	first := m.c.tl.position(m.c.steps[0].day)
	pts := []vg.Point{pn.at(first, 0)}
	at := 0.0
	for _, s := range m.c.steps {
		x := m.c.tl.position(s.day)
		v := persons(of(s.tally.Killed))
		pts = append(pts, pn.at(x, at), pn.at(x, v))
		at = v
	}
	return append(pts, pn.at(m.c.tl.position(m.c.end)+m.c.oneDay(), at))
}
