package charts

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// waterfallGeometry is where the parts of a waterfall lie.
type waterfallGeometry struct {
	plot  rect
	pitch float64
	scale countScale
}

func (w *waterfallChart) draw(s *sheet, area rect) {
	t := s.theme
	name := style{noteType, regular, t.Body, 0}
	var names []string
	for _, r := range w.rows {
		names = append(names, r.label)
	}
	pitch := (area.h() - 38) / float64(len(w.rows))
	set := rowNames(names, name.strong(), min(520, 0.34*s.w), pitch) // the totals' names are bold
	gutter := 0.0
	for _, n := range set {
		gutter = max(gutter, n.width(name.strong()))
	}
	g := w.place(s, area, gutter)
	s.countAxisTop(g.plot, g.scale)
	s.plot(g.plot, 0, g.scale.top, 0, g.plot.h(), waterfallBars{w, g, t})
	s.vline(g.plot.x0-1, g.plot.y0, g.plot.y1, 2, t.Baseline)
	for i, r := range w.rows {
		y := w.middle(g, i)
		st := name
		if r.total {
			st = st.strong().in(t.Ink)
		}
		s.drawName(st, g.plot.x0-14, y, set[i])
		w.value(s, g, i, y)
		s.text("incidents", style{noteType, regular, t.Muted, 0}, area.x1, y+0.355*noteType, right, r.last)
	}
}

// place solves the layout: the scale leaves room for the longest figure right of
// its bar.
func (w *waterfallChart) place(s *sheet, area rect, gutter float64) waterfallGeometry {
	count := 0.0
	for _, r := range w.rows {
		count = max(count, style{size: noteType}.width(r.last))
	}
	var g waterfallGeometry
	g.plot = rect{area.x0 + gutter + 14, area.y0 + 36, area.x1, area.y1 - 2}
	g.pitch = min(g.plot.h()/float64(len(w.rows)), 96)
	g.plot.y1 = g.plot.y0 + float64(g.pitch*float64(len(w.rows)))
	room := area.x1 - count - 28 - g.plot.x0
	var width float64
	g.scale, width = barScale(len(w.rows), room, func(i int) (end, figure float64) { return w.end(w.rows[i]), w.valueWidth(w.rows[i]) })
	g.plot.x1 = g.plot.x0 + max(width, 80)
	return g
}

// end is the highest value a row reaches.
func (w *waterfallChart) end(r waterfallRow) float64 {
	v := max(persons(r.from), persons(r.to))
	if r.total && known(r.tally.Killed, r.tally.Incidents) {
		v = max(v, persons(r.tally.Killed.High))
	}
	return v
}

func (w *waterfallChart) middle(g waterfallGeometry, i int) float64 {
	return g.plot.y0 + float64((float64(i)+0.5)*g.pitch)
}

func (w *waterfallChart) valueWidth(r waterfallRow) float64 {
	n := 13 + style{size: labelType, weight: bold}.width(r.strong) + style{size: noteType}.width(r.weak)
	if r.weak != "" {
		n += 10
	}
	if r.tally.Killed.Open > 0 {
		n += arrowRoom
	}
	return n
}

func (w *waterfallChart) value(s *sheet, g waterfallGeometry, i int, y float64) {
	r, t := w.rows[i], s.theme
	x := g.plot.x0 + float64(w.end(r)/g.scale.top*g.plot.w()) + 13
	if r.tally.Killed.Open > 0 {
		x += arrowRoom
	}
	ink := t.Ink
	if !r.total {
		ink = r.fill(t).Text
	}
	x += s.text("figure", style{labelType, bold, ink, 3}, x, y+0.355*labelType, left, r.strong) + 10
	s.text("figure", style{noteType, regular, t.Muted, 3}, x, y+0.355*labelType, left, r.weak)
}

// waterfallBars draws the bars and the links between them. Its y axis is in
// pixels of the page, upward.
type waterfallBars struct {
	w *waterfallChart
	g waterfallGeometry
	t *Theme
}

// Plot draws the bars.
func (b waterfallBars) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	half := px(grid(min(0.32*b.g.pitch, 24)))
	for i, r := range b.w.rows {
		mid := c.Max.Y - px(b.w.middle(b.g, i)-b.g.plot.y0)
		if i+1 < len(b.w.rows) { // where this row ends, the next begins
			x, next := sharp(pn.x(persons(r.to))), c.Max.Y-px(b.w.middle(b.g, i+1)-b.g.plot.y0)
			pn.fillRect(b.t.Tick, vg.Point{X: x, Y: mid - half}, vg.Point{X: x + px(1), Y: next + half})
		}
		fill := r.fill(b.t).Fill
		from, to := min(persons(r.from), persons(r.to)), max(persons(r.from), persons(r.to))
		high := persons(r.tally.Killed.High)
		if r.total && !b.w.best && high > to {
			b.bar(pn, mix(fill, white, 32), mid, half, to, high, false)
		}
		if r.hatched {
			b.bar(pn, mix(fill, white, 24), mid, half, from, to, false)
			b.stripes(pn, fill, mid, half, from, to)
		} else {
			b.bar(pn, fill, mid, half, from, to, true)
		}
		if r.total && b.w.best && high > persons(r.tally.Killed.Low) {
			pn.whiskerRight(b.t.Ink, white, pn.x(persons(r.tally.Killed.Low)), pn.x(high), mid)
		}
		if r.total && r.tally.Killed.Open > 0 {
			pn.arrowRight(b.t.Ink, pn.x(max(high, to)), mid)
		}
	}
}

// bar fills from one value to another: a step is never too small to see.
func (b waterfallBars) bar(pn pane, fill color.Color, mid, half vg.Length, from, to float64, visible bool) {
	a, z := vg.Point{X: pn.x(from), Y: mid - half}, vg.Point{X: pn.x(to), Y: mid + half}
	if visible && to > from {
		z.X = max(z.X, sharp(a.X)+px(3))
	}
	pn.fillRect(fill, a, z)
}

func (b waterfallBars) stripes(pn pane, c color.Color, mid, half vg.Length, from, to float64) {
	a, z := vg.Point{X: pn.x(from), Y: mid - half}, vg.Point{X: pn.x(to), Y: mid + half}
	pn.hatch(c, a, z, unattributedPitch, unattributedWidth)
}
