package charts

import "math"

// dot is a point of the device in pixels, y upward as in gonum/plot.
type dot struct{ x, y float64 }

// snapped rounds a device coordinate to 1/64 pixel, the grid of the rasteriser.
// What reaches this point was computed without fused operations, so the sum and
// the rounding come out the same everywhere, exact halves included.
func snapped(v float64) float64 {
	if !(math.Abs(v) < 1e6) { // also NaN: far outside any page, and no trap for the rasteriser
		return -1e4
	}
	return math.Floor(float64(v*64)+0.5) / 64
}

// outline is a set of polygons or open lines, flattened and snapped.
type outline struct {
	dots   []dot
	starts []int // index of the first dot of each part
	closed []bool
}

func (o *outline) reset() {
	o.dots, o.starts, o.closed = o.dots[:0], o.starts[:0], o.closed[:0]
}

func (o *outline) move(p dot) {
	o.starts = append(o.starts, len(o.dots))
	o.closed = append(o.closed, false)
	o.dots = append(o.dots, dot{snapped(p.x), snapped(p.y)})
}

// line adds a corner; one that coincides with the last is left out, for the
// stroker cannot join parts of no length.
func (o *outline) line(p dot) {
	if len(o.starts) == 0 {
		o.move(p)
		return
	}
	q := dot{snapped(p.x), snapped(p.y)}
	if o.dots[len(o.dots)-1] != q {
		o.dots = append(o.dots, q)
	}
}

func (o *outline) close() {
	if n := len(o.closed); n > 0 {
		o.closed[n-1] = true
	}
}

// part returns the dots of part i.
func (o *outline) part(i int) []dot {
	end := len(o.dots)
	if i+1 < len(o.starts) {
		end = o.starts[i+1]
	}
	return o.dots[o.starts[i]:end]
}

// bend is how far in pixels a chord may stray from its curve.
const bend = 0.03

// pieces returns into how many chords a curve is cut whose control polygon
// bends by d pixels.
func pieces(d float64) int {
	n := math.Ceil(math.Sqrt(d / (4 * bend)))
	return int(min(max(n, 1), 64))
}

// quad adds a quadratic curve from p.
func (o *outline) quad(p, c, q dot) {
	n := pieces(math.Abs(p.x-float64(2*c.x)+q.x) + math.Abs(p.y-float64(2*c.y)+q.y))
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		o.line(dot{quadAt(p.x, c.x, q.x, t, u), quadAt(p.y, c.y, q.y, t, u)})
	}
	o.line(q)
}

func quadAt(a, b, c, t, u float64) float64 {
	return float64(float64(u*u)*a) + float64(float64(2*u*t)*b) + float64(float64(t*t)*c)
}

// cube adds a cubic curve from p.
func (o *outline) cube(p, c, d, q dot) {
	bx := math.Abs(p.x-float64(2*c.x)+d.x) + math.Abs(c.x-float64(2*d.x)+q.x)
	by := math.Abs(p.y-float64(2*c.y)+d.y) + math.Abs(c.y-float64(2*d.y)+q.y)
	n := pieces(3 * (bx + by))
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		o.line(dot{cubeAt(p.x, c.x, d.x, q.x, t, u), cubeAt(p.y, c.y, d.y, q.y, t, u)})
	}
	o.line(q)
}

func cubeAt(a, b, c, d, t, u float64) float64 {
	uu, tt := float64(u*u), float64(t*t)
	return float64(float64(uu*u)*a) + float64(float64(3*float64(uu*t))*b) +
		float64(float64(3*float64(u*tt))*c) + float64(float64(tt*t)*d)
}

// arc adds part of a circle around c as chords.
func (o *outline) arc(c dot, r, start, sweep float64) {
	n := max(int(math.Ceil(math.Abs(sweep)*math.Sqrt(max(r, 1)/(8*bend)))), 1)
	for i := 0; i <= n; i++ {
		sin, cos := math.Sincos(start + float64(sweep*float64(i))/float64(n))
		o.line(dot{c.x + float64(r*cos), c.y + float64(r*sin)})
	}
}

// dashed returns the parts of o that a dash pattern leaves, as open lines.
func (o *outline) dashed(pattern []float64, offset float64) *outline {
	out := &outline{}
	total := 0.0
	for _, d := range pattern {
		total += d
	}
	if !(total > 0.1) {
		return o
	}
	for i := range o.starts {
		dots := o.part(i)
		if o.closed[i] {
			dots = append(append([]dot{}, dots...), dots[0])
		}
		cutDashes(out, dots, pattern, math.Mod(max(offset, 0), total))
	}
	return out
}

func cutDashes(out *outline, dots []dot, pattern []float64, offset float64) {
	k, left := 0, pattern[0]
	for offset >= left && offset > 0 {
		offset -= left
		k++
		left = pattern[k%len(pattern)]
	}
	left -= offset
	if k%2 == 0 && len(dots) > 0 {
		out.move(dots[0])
	}
	for i := 1; i < len(dots); i++ {
		p, q := dots[i-1], dots[i]
		dx, dy := q.x-p.x, q.y-p.y
		length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
		done := 0.0
		for length-done > left {
			done += left
			at := dot{p.x + float64(dx*done)/length, p.y + float64(dy*done)/length}
			if k%2 == 0 {
				out.line(at)
			} else {
				out.move(at)
			}
			k++
			left = max(pattern[k%len(pattern)], 0.05)
		}
		left -= length - done
		if k%2 == 0 {
			out.line(q)
		}
	}
}
