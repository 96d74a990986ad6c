package charts

import (
	"math"

	"toll/internal/catalogue"
	"toll/stats"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

func (c *severityChart) draw(s *sheet, area rect) {
	t := s.theme
	tick := style{tickType, regular, t.Muted, 0}
	r := rect{area.x0 + tick.width("0.03"+nbsp+"%") + 18, area.y0 + 20, area.x1 - 40, area.y1 - 84}
	right10 := c.rightEdge()
	bottom := c.shareOf(c.sizes[len(c.sizes)-1].atLeast) - 0.08
	x := func(n int64) float64 { return r.x0 + float64(math.Log10(float64(n))/right10*r.w()) }
	y := func(share float64) float64 { return r.y0 + float64(share/bottom*r.h()) }
	c.grid(s, r, x, y, right10, bottom)
	s.plot(r, 0, right10, bottom, 0, severityDots{c, t})
	s.hline(r.x0, r.x1, r.y1-1, 2, t.Baseline)
	s.text("axis", tick, (r.x0+r.x1)/2, r.y1+72, center, catalogue.Say("chart.people-killed-in-the-incident-at"))
	st := style{noteType, regular, t.Body, 4}
	for _, n := range c.reading {
		k := c.atLeast(n)
		text := c.words(n)
		px0, py := x(n), y(c.shareOf(k.atLeast))
		if px0+18+st.width(text) <= r.x1 {
			s.text("reading", st, px0+18, py-16, left, text)
		} else {
			s.text("reading", st, min(px0+10, r.x1), py-22, right, text)
		}
	}
}

// rightEdge is the next of 1, 2 and 5 times a power of ten, as a logarithm.
func (c *severityChart) rightEdge() float64 {
	largest := c.sizes[len(c.sizes)-1].n
	for decade := int64(1); decade <= 1e15; decade *= 10 {
		for _, m := range []int64{1, 2, 5} {
			if v := m * decade; v >= largest && v > 1 {
				return math.Log10(float64(v))
			}
		}
	}
	return math.Log10(float64(largest))
}

// grid draws both axes, and thins labels that would meet.
func (c *severityChart) grid(s *sheet, r rect, x func(int64) float64, y func(float64) float64, right10, bottom float64) {
	t := s.theme
	tick := style{tickType, regular, t.Muted, 0}
	free := math.Inf(-1)
	only := []int64{1, 2, 5}
	if right10 > 4.5 {
		only = only[:1]
	}
	for decade := int64(1); decade <= 1e15; decade *= 10 {
		for _, m := range only {
			v := m * decade
			if math.Log10(float64(v)) > right10+1e-9 {
				continue
			}
			s.vline(x(v)-0.5, r.y0, r.y1+8, 1, t.Grid)
			label := stats.Number(v)
			half := float64(tick.width(label) / 2)
			if x(v)-half < free || x(v)+half > s.w-margin {
				continue
			}
			s.text("tick", tick, x(v), r.y1+34, center, label)
			free = x(v) + half + 12
		}
	}
	above := math.Inf(-1)
	for _, g := range []struct {
		share float64
		label string
	}{{1, "100" + nbsp + "%"}, {0.3, "30" + nbsp + "%"}, {0.1, "10" + nbsp + "%"}, {0.03, "3" + nbsp + "%"}, {0.01, "1" + nbsp + "%"}, {0.003, "0.3" + nbsp + "%"}, {0.001, "0.1" + nbsp + "%"},
		{0.0003, "0.03" + nbsp + "%"}, {0.0001, "0.01" + nbsp + "%"}, {0.00003, ""}, {0.00001, ""}} {
		v := math.Log10(g.share)
		if v < bottom {
			break
		}
		s.hline(r.x0, r.x1, y(v), 1, t.Grid)
		if g.label != "" && y(v)-above > 28 {
			s.text("tick", tick, r.x0-14, y(v)+0.355*tickType, right, g.label)
			above = y(v)
		}
	}
}

// severityDots draws one dot for each size, and the readings as open dots with
// dashed lines to both axes.
type severityDots struct {
	c *severityChart
	t *Theme
}

// Plot draws the dots.
func (d severityDots) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	at := func(n int64, k uint32) vg.Point { return pn.at(math.Log10(float64(n)), d.c.shareOf(k)) }
	for _, n := range d.c.reading {
		q := at(n, d.c.atLeast(n).atLeast)
		dash := []vg.Length{px(4), px(4)}
		pn.line(d.t.Muted, 1.3, dash, vg.Point{X: pn.c.Min.X, Y: q.Y}, q, vg.Point{X: q.X, Y: pn.c.Min.Y})
	}
	tint := mix(d.t.Killed.Fill, white, 88)
	for _, s := range d.c.sizes {
		q := at(s.n, s.atLeast)
		pn.disc(white, q, 7.5)
		pn.disc(tint, q, 6)
	}
	if t := d.c.tail; t != nil {
		var line []vg.Point
		for _, q := range t.points(d.c.sizes[len(d.c.sizes)-1].n, d.c.shareOf(d.c.atLeast(t.from).atLeast)) {
			if q.y >= pn.y0 { // the axis ends at the largest incident
				line = append(line, pn.at(q.x, q.y))
			}
		}
		pn.line(d.t.Ink, 2.5, []vg.Length{px(9), px(6)}, line...)
	}
	for _, n := range d.c.reading {
		q := at(n, d.c.atLeast(n).atLeast)
		pn.disc(d.t.Killed.Fill, q, 9)
		pn.disc(white, q, 6)
	}
}
