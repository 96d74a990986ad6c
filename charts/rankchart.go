package charts

import (
	"image/color"

	"toll/internal/catalogue"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// rankGeometry is where the parts of a ranked chart lie.
type rankGeometry struct {
	plot    rect
	pitch   float64
	ruleAt  int // index of the first row below the rule, -1 for none
	scale   countScale
	columnX float64 // right edge of the incidents
}

// ruleGap is the room around the rule between ranked and other rows.
const ruleGap = 18

func (rc *rankChart) draw(s *sheet, area rect) {
	t := s.theme
	name := style{labelType, regular, t.Body, 0}
	limit := min(480, 0.31*s.w)
	gutter := 0.0
	var names []string
	for _, r := range rc.rows {
		names = append(names, r.label)
	}
	set := rowNames(names, name, limit, (area.h()-36-2-ruleGap)/float64(len(rc.rows)))
	for _, n := range set {
		gutter = max(gutter, n.width(name))
	}
	g := rc.place(s, area, gutter)
	s.countAxisTop(g.plot, g.scale)
	s.plot(g.plot, 0, g.scale.top, 0, g.plot.h(), rangedBars{rc, g, t})
	s.vline(g.plot.x0-1, g.plot.y0, g.plot.y1, 2, t.Baseline)
	for i, r := range rc.rows {
		y := rc.middle(g, i)
		st := name
		if r.below {
			st = st.in(t.Muted)
		}
		s.drawName(st, g.plot.x0-14, y, set[i])
		rc.value(s, g, i, y)
		s.text("incidents", style{noteType, regular, t.Muted, 0}, g.columnX, y+0.355*noteType, right, incidents(r.tally.Incidents))
	}
	if g.ruleAt > 0 && g.ruleAt < len(rc.rows) {
		y := rc.middle(g, g.ruleAt) - float64(g.pitch/2) - ruleGap/2
		s.hline(area.x0, area.x1, y, 1, t.Rule)
	}
}

// place solves the layout: the scale leaves room for the longest figure right
// of its bar.
func (rc *rankChart) place(s *sheet, area rect, gutter float64) rankGeometry {
	g := rankGeometry{ruleAt: -1, columnX: area.x1}
	for i, r := range rc.rows {
		if r.below {
			g.ruleAt = i
			break
		}
	}
	count := 0.0
	for _, r := range rc.rows {
		count = max(count, style{size: noteType}.width(incidents(r.tally.Incidents)))
	}
	g.plot = rect{area.x0 + gutter + 14, area.y0 + 36, area.x1, area.y1 - 2}
	free := g.plot.h()
	if g.ruleAt > 0 {
		free -= ruleGap
	}
	g.pitch = min(free/float64(len(rc.rows)), 96)
	g.plot.y1 = g.plot.y0 + float64(g.pitch*float64(len(rc.rows))) + (g.plot.h() - free)
	room := area.x1 - count - 28 - g.plot.x0
	var width float64
	g.scale, width = barScale(len(rc.rows), room, func(i int) (end, figure float64) { return rc.end(rc.rows[i]), rc.valueWidth(rc.rows[i]) })
	g.plot.x1 = g.plot.x0 + max(width, 80)
	// The axis may go on beyond the longest bar, up to a tick that is near.
	if next := float64(g.scale.step) * ceilDiv(g.scale.top, float64(g.scale.step)); next > g.scale.top {
		if w := float64(g.plot.w()*next) / g.scale.top; g.plot.x0+w <= area.x1-count-28 {
			g.plot.x1 = g.plot.x0 + w
			g.scale.top = next
		}
	}
	return g
}

func ceilDiv(a, b float64) float64 {
	n := float64(int64(a / b))
	if float64(n*b) < a {
		n++
	}
	return n
}

// end is the highest value a row reaches.
func (rc *rankChart) end(r rankRow) float64 {
	k := r.tally.Killed
	if !known(k, r.tally.Incidents) {
		return 0
	}
	v := max(persons(k.High), persons(k.Low))
	if rc.measure.best {
		v = max(v, persons(k.Best))
	}
	return v
}

// middle returns the y of the middle of row i.
func (rc *rankChart) middle(g rankGeometry, i int) float64 {
	y := g.plot.y0 + float64((float64(i)+0.5)*g.pitch)
	if g.ruleAt > 0 && i >= g.ruleAt {
		y += ruleGap
	}
	return y
}

// figures returns what is written beside a bar: a bold figure and a muted range.
func (rc *rankChart) figures(r rankRow) (strong, weak string) {
	k, n := r.tally.Killed, r.tally.Incidents
	rng, best := k.Range(n), k.BestText(n)
	switch {
	case k.Known(n) == 0:
		return "", catalogue.Say("chart.toll-unknown-3")
	case !rc.measure.best || best == "–" || best == rng:
		return rng, ""
	}
	return best, rng
}

// arrowRoom is what the sign "or more" takes at the end of a bar.
const arrowRoom = 16

func (rc *rankChart) valueWidth(r rankRow) float64 {
	strong, weak := rc.figures(r)
	w := 13 + style{size: labelType, weight: bold}.width(strong) + style{size: noteType}.width(weak)
	if strong != "" && weak != "" {
		w += 10
	}
	if r.tally.Killed.Open > 0 {
		w += arrowRoom
	}
	return w
}

func (rc *rankChart) value(s *sheet, g rankGeometry, i int, y float64) {
	r := rc.rows[i]
	strong, weak := rc.figures(r)
	x := g.plot.x0 + float64(rc.end(r)/g.scale.top*g.plot.w()) + 13
	if r.tally.Killed.Open > 0 {
		x += arrowRoom
	}
	t := s.theme
	if strong == "" {
		s.text("figure", style{noteType, italic, t.Muted, 3}, x, y+0.355*noteType, left, weak)
		return
	}
	x += s.text("figure", style{labelType, bold, t.Ink, 3}, x, y+0.355*labelType, left, strong) + 10
	s.text("figure", style{noteType, regular, t.Muted, 3}, x, y+0.355*labelType, left, weak)
}

// rangedBars draws the bars of a ranked chart. Its y axis is in pixels of the
// page, upward.
type rangedBars struct {
	rc *rankChart
	g  rankGeometry
	t  *Theme
}

// Plot draws the bars.
func (b rangedBars) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	for i, r := range b.rc.rows {
		k, n := r.tally.Killed, r.tally.Incidents
		if !known(k, n) {
			continue
		}
		mid := c.Max.Y - px(b.rc.middle(b.g, i)-b.g.plot.y0)
		half := px(grid(min(0.34*b.g.pitch, 24)))
		low, high := persons(k.Low), max(persons(k.High), persons(k.Low))
		fill := r.swatch(b.t).Fill
		if b.rc.measure.best {
			b.bar(pn, r, fill, mid, half, 0, persons(k.Best))
			if high > low {
				pn.whiskerRight(b.t.Ink, b.edge(fill), pn.x(low), pn.x(high), mid)
			}
		} else {
			b.bar(pn, r, mix(fill, white, 32), mid, half, low, high)
			b.bar(pn, r, fill, mid, half, 0, low)
		}
		if k.Open > 0 {
			pn.arrowRight(b.t.Ink, pn.x(max(high, low)), mid)
		}
	}
}

// edge is what sets a whisker off from its bar: white on a dark one.
func (b rangedBars) edge(fill color.NRGBA) color.Color {
	if luminance(fill) < 200 {
		return white
	}
	return nil
}

func (b rangedBars) bar(pn pane, r rankRow, fill color.NRGBA, mid, half vg.Length, from, to float64) {
	if to <= from {
		return
	}
	a, z := vg.Point{X: pn.x(from), Y: mid - half}, vg.Point{X: pn.x(to), Y: mid + half}
	if from == 0 {
		z.X = max(z.X, sharp(a.X)+px(3)) // few is more than none; the zero line hides one pixel
	}
	pn.fillRect(fill, a, z)
	if r.blank {
		pn.hatch(b.t.UnattributedHatch, a, z, unattributedPitch, unattributedWidth)
	}
}

// whiskerRight draws a horizontal range with caps in whole pixels, with a thin
// light edge so that it stays readable on a dark bar.
func (p pane) whiskerRight(ink, edge color.Color, x0, x1, y vg.Length) {
	x0, x1, y = sharp(x0), sharp(x1), sharp(y)
	for _, pass := range []struct {
		c    color.Color
		more vg.Length
	}{{edge, px(1)}, {ink, 0}} {
		m := pass.more
		if pass.c == nil {
			continue
		}
		p.fillRect(pass.c, vg.Point{X: x0 - m, Y: y - px(1) - m}, vg.Point{X: x1 + m, Y: y + px(1) + m})
		if x1-x0 < px(10) {
			continue // caps would run together
		}
		for _, x := range []vg.Length{x0, x1} {
			p.fillRect(pass.c, vg.Point{X: x - px(1) - m, Y: y - px(7) - m}, vg.Point{X: x + px(1) + m, Y: y + px(7) + m})
		}
	}
}

// arrowRight says "or more" at the end of a bar.
func (p pane) arrowRight(c color.Color, x, y vg.Length) {
	x += px(6)
	p.line(c, 2, nil, vg.Point{X: x, Y: y + px(7)}, vg.Point{X: x + px(6), Y: y}, vg.Point{X: x, Y: y - px(7)})
}
