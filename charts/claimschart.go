package charts

import (
	"image/color"
	"math"
	"strings"

	"toll/internal/catalogue"
	"toll/stats"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// claimGeometry is where the parts of the dumbbell lie.
type claimGeometry struct {
	plot  rect
	pitch float64
	scale countScale
	low   float64 // where a logarithmic axis begins, 0 for one from zero
}

// share is how far along the axis a number of persons lies, from 0 to 1.
func (g claimGeometry) share(v float64) float64 {
	if g.low == 0 {
		return v / g.scale.top
	}
	return math.Log10(max(v, g.low)/g.low) / math.Log10(g.scale.top/g.low)
}

// axisTop draws the axis of a dumbbell above its rows.
func (s *sheet) axisTop(g claimGeometry) {
	if g.low == 0 {
		s.countAxisTop(g.plot, g.scale)
		return
	}
	st := style{tickType, regular, s.theme.Muted, 0}
	free := math.Inf(-1)
	for decade := int64(1); decade <= 1e15; decade *= 10 {
		for _, m := range []int64{1, 2, 5} {
			v := m * decade
			if float64(v) < g.low || float64(v) > g.scale.top {
				continue
			}
			x := g.plot.x0 + float64(g.share(float64(v))*g.plot.w())
			s.vline(x, g.plot.y0, g.plot.y1, 1, s.theme.Grid)
			label := stats.Number(v)
			half := float64(st.width(label) / 2)
			if x-half < free || x+half > s.w-margin {
				continue
			}
			s.text("tick", st, x, g.plot.y0-12, center, label)
			free = x + half + 14
		}
	}
}

func (cc *claimsChart) draw(s *sheet, area rect) {
	t := s.theme
	y := cc.key(s, area)
	name := style{labelType, regular, t.Body, 0}
	limit := 0.30 * s.w
	gutter := 0.0
	for _, r := range cc.rows {
		n, when := r.words()
		gutter = max(gutter, min(limit, name.width(n)), min(limit, style{size: smallType}.width(when)))
	}
	ratio := style{labelType, bold, t.Ink, 0}
	head := style{tickType, regular, t.Muted, 0}
	headText := catalogue.Say("chart.larger-by-smaller")
	last := 0.0
	if cc.b.ID != "" {
		last = head.width(headText) + 24
	}
	g := claimGeometry{scale: newCountScale(max(cc.top, 1)), low: cc.low}
	if cc.low > 0 {
		g.scale.top = float64(cc.top * 1.1)
	}
	g.plot = rect{area.x0 + gutter + 18, y + 40, area.x1 - last - 96, area.y1 - 4}
	g.pitch = min(g.plot.h()/float64(len(cc.rows)), 120)
	g.plot.y1 = g.plot.y0 + float64(g.pitch*float64(len(cc.rows)))
	s.axisTop(g)
	if last > 0 {
		s.text("head", head, area.x1, g.plot.y0-12, right, headText)
	}
	for i := range cc.rows {
		if i > 0 {
			s.hline(area.x0, area.x1, g.plot.y0+float64(float64(i)*g.pitch), 1, t.Grid)
		}
	}
	s.plot(g.plot, 0, 1, 0, g.plot.h(), dumbbells{cc, g, t})
	s.vline(g.plot.x0-1, g.plot.y0, g.plot.y1, 2, t.Baseline)
	for i, r := range cc.rows {
		mid := cc.middle(g, i)
		cc.rowName(s, g, r, mid, limit)
		cc.figures(s, g, r, mid)
		if last > 0 {
			s.text("ratio", ratio, area.x1, mid+0.355*labelType, right, r.ratio())
		}
	}
}

func (cc *claimsChart) middle(g claimGeometry, i int) float64 {
	return g.plot.y0 + float64((float64(i)+0.5)*g.pitch)
}

// key explains the two markers and the grey block, and returns where it ends.
func (cc *claimsChart) key(s *sheet, area rect) float64 {
	t := s.theme
	y := area.y0 + 22
	x := area.x0
	p := pane{c: draw.Canvas{Canvas: s.canvas, Rectangle: s.vgRect(area)}}
	limit := 0.28 * s.w
	for i, k := range []stats.Key{cc.a, cc.b} {
		if k.ID == "" {
			continue
		}
		sw := cc.swatch(t, k)
		marker(p, i == 1, sw.Fill, s.point(x+10, y-8), 10)
		st := style{noteType, bold, sw.Text, 0}
		x += 28 + s.text("key", st, x+28, y, left, catalogue.Say("chart.says-2", "label", fit(clean(k.Label), st, limit))) + 30
	}
	if cc.hasIndependent() {
		s.block(rect{x, y - 17, x + 40, y + 1}, independentGrey)
		s.text("key", style{noteType, bold, t.Muted, 0}, x+50, y, left, catalogue.Say("chart.sources-outside-the-parties"))
	}
	return y + 14
}

var independentGrey = rgb(0xD6D6D2)

func (cc *claimsChart) hasIndependent() bool {
	for _, r := range cc.rows {
		if r.ind != nil {
			return true
		}
	}
	return false
}

// words splits a row's name into what is set large and the date under it.
func (r claimRow) words() (name, when string) {
	if !r.whole {
		return r.name, ""
	}
	if i := strings.LastIndex(r.name, ", "); i > 0 {
		return r.name[:i], strings.ReplaceAll(r.name[i+2:], " ", nbsp)
	}
	return r.name, ""
}

func (cc *claimsChart) rowName(s *sheet, g claimGeometry, r claimRow, mid, limit float64) {
	t := s.theme
	name, when := r.words()
	st := style{labelType, regular, t.Body, 0}
	if !r.whole {
		st = style{noteType, regular, t.Muted, 0}
	}
	x := g.plot.x0 - 16
	if when == "" {
		s.text("name", st, x, mid+float64(0.355*st.size), right, fit(name, st, limit))
		return
	}
	s.text("name", st, x, mid-2, right, fit(name, st, limit))
	small := style{smallType, regular, t.Muted, 0}
	s.text("date", small, x, mid+22, right, fit(when, small, limit))
}

// figures writes each party's figure outward of its marker, and in italics who
// gives none.
func (cc *claimsChart) figures(s *sheet, g claimGeometry, r claimRow, mid float64) {
	t := s.theme
	at := func(x *stats.Tally) float64 { return g.plot.x0 + float64(g.share(single(x))*g.plot.w()) }
	base := mid + 0.355*noteType
	put := func(k stats.Key, x *stats.Tally, leftward bool) float64 {
		st := style{noteType, bold, cc.swatch(t, k).Text, 3}
		str := x.Killed.Range(x.Incidents)
		w := st.width(str)
		px := at(x)
		if leftward && px-18-w > g.plot.x0+6 {
			s.text("figure", st, px-18, base, right, str)
			return px + 18
		}
		if leftward { // no room left of the marker: above it
			s.text("figure", st, px+4, mid-15, left, str)
			return px + 18
		}
		return px + 18 + s.text("figure", st, px+18, base, left, str)
	}
	silent := style{noteType, italic, t.Muted, 3}
	switch {
	case r.a != nil && r.b != nil:
		ka, kb, xa, xb := cc.a, cc.b, r.a, r.b
		if single(xa) > single(xb) {
			ka, kb, xa, xb = kb, ka, xb, xa
		}
		put(ka, xa, true)
		put(kb, xb, false)
	case r.a != nil:
		cc.silence(s, silent, put(cc.a, r.a, false), base, cc.b)
	case r.b != nil:
		cc.silence(s, silent, put(cc.b, r.b, false), base, cc.a)
	}
}

func (cc *claimsChart) silence(s *sheet, st style, x, base float64, k stats.Key) {
	if k.ID != "" {
		s.text("silent", st, x+20, base, left, catalogue.Say("chart.no-figure", "label", fit(clean(k.Label), st, 0.2*s.w)))
	}
}

// dumbbells draws the ranges, the links and the markers.
type dumbbells struct {
	cc *claimsChart
	g  claimGeometry
	t  *Theme
}

// Plot draws the rows; x is the share of the axis, y in pixels of the page, upward.
func (d dumbbells) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	for i, r := range d.cc.rows {
		mid := c.Max.Y - px(d.cc.middle(d.g, i)-d.g.plot.y0)
		if r.ind != nil {
			lo, hi := persons(r.ind.Killed.Low), persons(r.ind.Killed.High)
			a, z := pn.x(d.g.share(lo)), pn.x(d.g.share(max(hi, lo)))
			if z-a < px(5) {
				a, z = a-px(2.5), a+px(2.5)
			}
			pn.fillRect(independentGrey, vg.Point{X: a, Y: mid - px(12)}, vg.Point{X: z, Y: mid + px(12)})
		}
		if r.a != nil && r.b != nil {
			pn.line(d.t.Other.Fill, 3, nil, vg.Point{X: pn.x(d.g.share(single(r.a))), Y: mid}, vg.Point{X: pn.x(d.g.share(single(r.b))), Y: mid})
		}
		for _, x := range []struct {
			t       *stats.Tally
			k       stats.Key
			diamond bool
		}{{r.a, d.cc.a, false}, {r.b, d.cc.b, true}} {
			if x.t == nil {
				continue
			}
			sw := d.cc.swatch(d.t, x.k)
			at := vg.Point{X: pn.x(d.g.share(single(x.t))), Y: mid}
			if hi := pn.x(d.g.share(persons(x.t.Killed.High))); hi-at.X > px(12) { // a party that states a range
				pn.line(sw.Fill, 2, nil, at, vg.Point{X: hi, Y: mid})
			}
			marker(pn, x.diamond, sw.Fill, at, 10)
		}
	}
}

// marker draws a party's sign: a circle or a diamond with a white edge, so that
// the two differ without colour.
func marker(p pane, diamond bool, c color.Color, at vg.Point, r float64) {
	if !diamond {
		p.disc(white, at, r+2)
		p.disc(c, at, r)
		return
	}
	for _, x := range []struct {
		c color.Color
		r float64
	}{{white, r + 4.5}, {c, r + 2}} {
		d := px(x.r)
		p.c.FillPolygon(x.c, []vg.Point{{X: at.X - d, Y: at.Y}, {X: at.X, Y: at.Y + d}, {X: at.X + d, Y: at.Y}, {X: at.X, Y: at.Y - d}})
	}
}
