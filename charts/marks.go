package charts

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// pane maps data values to a drawing area. It stands in for Plot.Transforms,
// whose arithmetic a compiler may fuse.
type pane struct {
	c              draw.Canvas
	x0, x1, y0, y1 float64
}

func onPane(c draw.Canvas, p *plot.Plot) pane {
	return pane{c, p.X.Min, p.X.Max, p.Y.Min, p.Y.Max}
}

func (p pane) x(v float64) vg.Length {
	w := float64(p.c.Max.X - p.c.Min.X)
	return p.c.Min.X + vg.Length(float64((v-p.x0)/(p.x1-p.x0)*w))
}

func (p pane) y(v float64) vg.Length {
	h := float64(p.c.Max.Y - p.c.Min.Y)
	return p.c.Min.Y + vg.Length(float64((v-p.y0)/(p.y1-p.y0)*h))
}

func (p pane) at(x, y float64) vg.Point { return vg.Point{X: p.x(x), Y: p.y(y)} }

// sharp moves a length to a whole page pixel.
func sharp(l vg.Length) vg.Length {
	return vg.Length(math.Floor(float64(l)/ptPerPx+0.5) * ptPerPx)
}

// fillRect fills between two corners moved to whole pixels; nothing where they meet.
func (p pane) fillRect(c color.Color, a, b vg.Point) {
	x0, x1 := sharp(min(a.X, b.X)), sharp(max(a.X, b.X))
	y0, y1 := sharp(min(a.Y, b.Y)), sharp(max(a.Y, b.Y))
	if x1 <= x0 || y1 <= y0 {
		return
	}
	p.c.FillPolygon(c, []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}})
}

// line strokes open lines.
func (p pane) line(c color.Color, width float64, dash []vg.Length, pts ...vg.Point) {
	if len(pts) < 2 {
		return
	}
	p.c.SetColor(c)
	p.c.SetLineWidth(px(width))
	p.c.SetLineDash(dash, 0)
	var path vg.Path
	for i, q := range pts {
		if i == 0 {
			path.Move(q)
		} else {
			path.Line(q)
		}
	}
	p.c.Stroke(path)
	p.c.SetLineDash(nil, 0)
}

// disc fills a circle of r pixels, from four cubic curves.
func (p pane) disc(c color.Color, at vg.Point, r float64) {
	p.c.SetColor(c)
	p.c.Fill(circle(at, px(r)))
}

func circle(at vg.Point, r vg.Length) vg.Path {
	k := vg.Length(float64(r) * 0.5522847498307936) // 4/3·(√2−1), the cubic closest to a quarter circle
	pt := func(dx, dy vg.Length) vg.Point { return vg.Point{X: at.X + dx, Y: at.Y + dy} }
	var path vg.Path
	path.Move(pt(r, 0))
	path.CubeTo(pt(r, k), pt(k, r), pt(0, r))
	path.CubeTo(pt(-k, r), pt(-r, k), pt(-r, 0))
	path.CubeTo(pt(-r, -k), pt(-k, -r), pt(0, -r))
	path.CubeTo(pt(k, -r), pt(r, -k), pt(r, 0))
	path.Close()
	return path
}

// hatch fills an area with slanting stripes. They are anchored to the page, so
// that neighbouring areas join, and clipped to the area: a vg.Canvas has no clip.
func (p pane) hatch(c color.Color, a, b vg.Point, pitch, width float64) {
	x0, x1 := float64(sharp(min(a.X, b.X))), float64(sharp(max(a.X, b.X)))
	y0, y1 := float64(sharp(min(a.Y, b.Y))), float64(sharp(max(a.Y, b.Y)))
	if x1 <= x0 || y1 <= y0 {
		return
	}
	pitch *= ptPerPx
	half := float64(width * ptPerPx * 0.7071067811865476)
	p.c.SetColor(c)
	for k := math.Floor((x0 - y1 - half) / pitch); float64(k*pitch) <= x1-y0+half; k++ {
		m := float64(k * pitch)
		stripe := []vg.Point{
			{X: vg.Length(y0 + m - half), Y: vg.Length(y0)}, {X: vg.Length(y0 + m + half), Y: vg.Length(y0)},
			{X: vg.Length(y1 + m + half), Y: vg.Length(y1)}, {X: vg.Length(y1 + m - half), Y: vg.Length(y1)},
		}
		stripe = clipX(clipX(stripe, vg.Length(x0), 1), vg.Length(x1), -1)
		if len(stripe) > 0 {
			p.c.Fill(polygon(stripe))
		}
	}
}

func polygon(corners []vg.Point) vg.Path {
	path := make(vg.Path, 0, len(corners)+1)
	for i, q := range corners {
		if i == 0 {
			path.Move(q)
		} else {
			path.Line(q)
		}
	}
	path.Close()
	return path
}

// clipX keeps the part of a polygon with sign·x ≥ sign·edge.
func clipX(poly []vg.Point, edge vg.Length, sign vg.Length) []vg.Point {
	var out []vg.Point
	for i, q := range poly {
		p := poly[(i+len(poly)-1)%len(poly)]
		pIn, qIn := sign*(p.X-edge) >= 0, sign*(q.X-edge) >= 0
		if pIn != qIn {
			t := float64((edge - p.X) / (q.X - p.X))
			out = append(out, vg.Point{X: edge, Y: p.Y + vg.Length(t*float64(q.Y-p.Y))})
		}
		if qIn {
			out = append(out, q)
		}
	}
	return out
}

// hatchedBlock fills an area of the page with a tint and stripes.
func (s *sheet) hatchedBlock(r rect, fill, stripe color.NRGBA, pitch, width float64) {
	q := rect{grid(r.x0), grid(r.y0), grid(r.x1), grid(r.y1)}
	if q.w() < 1 || q.h() < 1 {
		return
	}
	s.block(q, fill)
	p := pane{c: draw.Canvas{Canvas: s.canvas, Rectangle: s.vgRect(q)}}
	p.hatch(stripe, s.point(q.x0, q.y0), s.point(q.x1, q.y1), pitch, width)
}

// The stripes of what is unattributed and of what was not covered.
const (
	unattributedPitch, unattributedWidth = 8, 1.6
	noDataPitch, noDataWidth             = 7, 1.5
)
