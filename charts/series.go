package charts

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// sample is one period of a series: bounds where the toll is known, the best
// figure where there is one.
type sample struct {
	low, high, best float64
	known, hasBest  bool
	whole           bool // covered in full
}

// reach is the highest figure of a sample.
func (s sample) reach() float64 {
	if s.hasBest {
		return max(s.high, s.best)
	}
	return s.high
}

// band fills from low to high. It breaks where the toll is not known; a period
// that stands alone is a short bar.
type band struct {
	samples []sample
	color   color.Color
}

// Plot draws the band.
func (b band) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	b.runs(func(from, to int) {
		if to-from == 1 {
			s := b.samples[from]
			x := pn.x(float64(from) + 0.5)
			w := min((pn.x(1)-pn.x(0))/4, px(5))
			pn.fillRect(b.color, vg.Point{X: x - w, Y: pn.y(s.low)}, vg.Point{X: x + w, Y: pn.y(s.high)})
			return
		}
		pts := make([]vg.Point, 0, 2*(to-from))
		for i := from; i < to; i++ {
			pts = append(pts, pn.at(float64(i)+0.5, b.samples[i].high))
		}
		for i := to - 1; i >= from; i-- {
			pts = append(pts, pn.at(float64(i)+0.5, b.samples[i].low))
		}
		pn.c.FillPolygon(b.color, pts)
	})
}

// runs calls f for every stretch of known samples.
func (b band) runs(f func(from, to int)) {
	from := -1
	for i := 0; i <= len(b.samples); i++ {
		in := i < len(b.samples) && b.samples[i].known
		if in && from < 0 {
			from = i
		}
		if !in && from >= 0 {
			f(from, i)
			from = -1
		}
	}
}

// bestLine joins the best figures of neighbouring periods. A period covered
// only in part has an open marker and a dashed link.
type bestLine struct {
	samples []sample
	line    color.Color
	marker  color.Color
	dots    bool
}

// Plot draws the line and its markers.
func (l bestLine) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	at := func(i int) vg.Point { return pn.at(float64(i)+0.5, l.samples[i].best) }
	var run []vg.Point
	flush := func() {
		pn.line(l.line, 2, nil, run...)
		run = nil
	}
	for i, s := range l.samples {
		if !s.hasBest {
			flush()
			continue
		}
		if i > 0 && l.samples[i-1].hasBest && !(s.whole && l.samples[i-1].whole) {
			flush()
			pn.line(l.line, 2, []vg.Length{px(5), px(5)}, at(i-1), at(i))
		}
		run = append(run, at(i))
	}
	flush()
	for i, s := range l.samples {
		if !s.hasBest {
			continue
		}
		alone := (i == 0 || !l.samples[i-1].hasBest) && (i+1 == len(l.samples) || !l.samples[i+1].hasBest)
		if l.dots || alone || !s.whole {
			l.dot(pn, at(i), s.whole)
		}
	}
}

func (l bestLine) dot(pn pane, at vg.Point, whole bool) {
	pn.disc(white, at, 6.5)
	pn.disc(l.marker, at, 5)
	if !whole {
		pn.disc(l.marker, at, 6)
		pn.disc(white, at, 4)
	}
}

// meanLine is a thick line through the centred means; ok marks where there is one.
type meanLine struct {
	values []float64
	ok     []bool
	color  color.Color
}

// Plot draws the line.
func (m meanLine) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	var run []vg.Point
	for i := 0; i <= len(m.values); i++ {
		if i < len(m.values) && m.ok[i] {
			run = append(run, pn.at(float64(i)+0.5, m.values[i]))
			continue
		}
		pn.line(m.color, 5, nil, run...)
		run = nil
	}
}

// gaps hatches the periods that the data does not cover.
type gaps struct {
	covered []bool
	color   color.Color
}

// Plot draws the hatching.
func (g gaps) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	for i := 0; i < len(g.covered); i++ {
		if g.covered[i] {
			continue
		}
		from := i
		for i < len(g.covered) && !g.covered[i] {
			i++
		}
		pn.hatch(g.color, vg.Point{X: pn.x(float64(from)), Y: c.Min.Y}, vg.Point{X: pn.x(float64(i)), Y: c.Max.Y},
			noDataPitch, noDataWidth)
	}
}

// rangedColumns are columns with their ranges: to the best figure with a whisker
// from low to high, or dark to the lowest figure and light to the highest.
type rangedColumns struct {
	samples           []sample
	open              []bool // the highest figure is a floor
	byBest            bool
	half              float64 // half a column, in pixels
	dark, pale, light color.Color
	ink               color.Color
}

// Plot draws the columns.
func (r rangedColumns) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	for i, s := range r.samples {
		if !s.known {
			continue
		}
		x := sharp(pn.x(float64(i) + 0.5))
		bar := func(c color.Color, from, to float64) {
			if to <= from {
				return
			}
			a, b := vg.Point{X: x - px(r.half), Y: pn.y(from)}, vg.Point{X: x + px(r.half), Y: pn.y(to)}
			b.Y = max(b.Y, sharp(a.Y)+px(2)) // few is more than none
			pn.fillRect(c, a, b)
		}
		if r.byBest {
			bar(r.pale, 0, s.best)
			if s.high > s.low {
				pn.whiskerUp(r.ink, x, pn.y(s.low), pn.y(s.high), min(r.half, 7))
			}
		} else {
			bar(r.light, s.low, s.high)
			bar(r.dark, 0, s.low)
		}
		if r.open[i] {
			pn.arrowUp(r.ink, x, pn.y(s.reach()))
		}
	}
}

// whiskerUp draws a vertical range with caps, in whole pixels.
func (p pane) whiskerUp(c color.Color, x, y0, y1 vg.Length, cap float64) {
	y0, y1 = sharp(y0), sharp(y1)
	p.fillRect(c, vg.Point{X: x - px(1), Y: y0}, vg.Point{X: x + px(1), Y: y1})
	if y1-y0 < px(10) || cap < 3 {
		return // caps would run together
	}
	for _, y := range []vg.Length{y0, y1} {
		p.fillRect(c, vg.Point{X: x - px(cap), Y: y - px(1)}, vg.Point{X: x + px(cap), Y: y + px(1)})
	}
}

// arrowUp says "or more" at the top of a column.
func (p pane) arrowUp(c color.Color, x, y vg.Length) {
	y += px(5)
	p.line(c, 2, nil, vg.Point{X: x - px(7), Y: y}, vg.Point{X: x, Y: y + px(6)}, vg.Point{X: x + px(7), Y: y})
}

// stackedColumns are columns of several series, the first at the bottom.
type stackedColumns struct {
	values [][]float64 // by series, then by period
	fills  []Swatch
	hatch  color.Color // stripes of the last series where striped
	stripe int         // index of the striped series, -1 for none
	gap    float64     // between columns, in pixels
	lines  bool        // white lines between the parts
}

// Plot draws the columns.
func (s stackedColumns) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	if len(s.values) == 0 {
		return
	}
	for i := range s.values[0] {
		a := sharp(pn.x(float64(i))) + px(s.gap/2)
		b := sharp(pn.x(float64(i)+1)) - px(s.gap/2)
		s.column(pn, i, a, max(b, a+px(1)))
	}
}

func (s stackedColumns) column(pn pane, i int, a, b vg.Length) {
	sum, drawn := 0.0, false
	for k, vs := range s.values {
		if vs[i] <= 0 {
			continue
		}
		y0, y1 := sharp(pn.y(sum)), sharp(pn.y(sum+vs[i]))
		sum += vs[i]
		if s.lines && y0 > pn.c.Min.Y && y1-y0 > px(2) {
			y0 += px(1.5)
		}
		if y1 <= y0 {
			continue
		}
		drawn = true
		lo, hi := vg.Point{X: a, Y: y0}, vg.Point{X: b, Y: y1}
		pn.c.FillPolygon(s.fills[k].Fill, []vg.Point{lo, {X: b, Y: y0}, hi, {X: a, Y: y1}})
		if k == s.stripe {
			pn.hatch(s.hatch, lo, hi, unattributedPitch, unattributedWidth)
		}
		if s.fills[k].Edge && b-a > px(6) && y1-y0 > px(5) {
			pn.edge(s.fills[k].Text, lo, hi)
		}
	}
	if base := sharp(pn.y(0)); !drawn && sum > 0 { // few is more than none
		c := s.fills[0].Fill
		for k, vs := range s.values {
			if vs[i] > 0 {
				c = s.fills[k].Fill
			}
		}
		pn.fillRect(c, vg.Point{X: a, Y: base}, vg.Point{X: b, Y: base + px(3)})
	}
}

// edge outlines a light area in a darker colour, inside its bounds.
func (p pane) edge(c color.Color, a, b vg.Point) {
	w := px(1.5)
	for _, r := range [][2]vg.Point{
		{{X: a.X, Y: a.Y}, {X: b.X, Y: a.Y + w}}, {{X: a.X, Y: b.Y - w}, {X: b.X, Y: b.Y}},
		{{X: a.X, Y: a.Y}, {X: a.X + w, Y: b.Y}}, {{X: b.X - w, Y: a.Y}, {X: b.X, Y: b.Y}},
	} {
		p.c.FillPolygon(c, []vg.Point{r[0], {X: r[1].X, Y: r[0].Y}, r[1], {X: r[0].X, Y: r[1].Y}})
	}
}
