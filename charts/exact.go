package charts

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// exact is a vg.Canvas that gives the same pixels on every processor. It hands
// nothing to the canvas below but straight lines between snapped points.
//
// gonum's own path lets the compiler fuse multiplications into additions where
// the processor can (arm64, GOAMD64=v3), and blits glyphs through a
// floating-point filter, so that some pixels differ by a level.
type exact struct {
	to    *vgimg.Canvas
	dpp   float64 // device pixels per point
	state drawState
	stack []drawState

	shape outline
	path  vg.Path // reused for every call of the canvas below
}

type drawState struct {
	m      affine
	width  vg.Length
	dash   []vg.Length
	offset vg.Length
	color  color.Color
}

// affine maps points of the canvas, in device pixels, to the device.
type affine struct{ xx, xy, yx, yy, x0, y0 float64 }

func (m affine) at(x, y float64) dot {
	return dot{float64(m.xx*x) + float64(m.xy*y) + m.x0, float64(m.yx*x) + float64(m.yy*y) + m.y0}
}

// times returns the map that applies n and then m.
func (m affine) times(n affine) affine {
	o := m.at(n.x0, n.y0)
	return affine{
		xx: float64(m.xx*n.xx) + float64(m.xy*n.yx), xy: float64(m.xx*n.xy) + float64(m.xy*n.yy),
		yx: float64(m.yx*n.xx) + float64(m.yy*n.yx), yy: float64(m.yx*n.xy) + float64(m.yy*n.yy),
		x0: o.x, y0: o.y,
	}
}

func newExact(to *vgimg.Canvas) *exact {
	e := &exact{to: to, dpp: to.DPI() / 72}
	e.state.m = affine{xx: 1, yy: 1}
	vg.Initialize(e)
	return e
}

var _ vg.Canvas = (*exact)(nil)

// SetLineWidth sets the width of strokes.
func (e *exact) SetLineWidth(w vg.Length) { e.state.width = w }

// SetLineDash sets the dash pattern of strokes.
func (e *exact) SetLineDash(pattern []vg.Length, offset vg.Length) {
	e.state.dash, e.state.offset = pattern, offset
}

// SetColor sets the colour of strokes, fills and text.
func (e *exact) SetColor(c color.Color) {
	e.state.color = c
	e.to.SetColor(c)
}

// Rotate turns what is drawn next.
func (e *exact) Rotate(rad float64) {
	sin, cos := math.Sincos(rad)
	e.state.m = e.state.m.times(affine{xx: cos, xy: -sin, yx: sin, yy: cos})
}

// Translate moves what is drawn next.
func (e *exact) Translate(pt vg.Point) {
	p := e.device(pt)
	e.state.m = e.state.m.times(affine{xx: 1, yy: 1, x0: p.x, y0: p.y})
}

// Scale scales what is drawn next.
func (e *exact) Scale(x, y float64) {
	e.state.m = e.state.m.times(affine{xx: x, yy: y})
}

// Push keeps the state for Pop.
func (e *exact) Push() { e.stack = append(e.stack, e.state) }

// Pop restores the state of the matching Push.
func (e *exact) Pop() {
	if n := len(e.stack); n > 0 {
		e.state = e.stack[n-1]
		e.stack = e.stack[:n-1]
		e.to.SetColor(e.state.color)
	}
}

// device converts a point to pixels, before the transform.
func (e *exact) device(pt vg.Point) dot {
	return dot{float64(float64(pt.X) * e.dpp), float64(float64(pt.Y) * e.dpp)}
}

func (e *exact) place(pt vg.Point) dot {
	p := e.device(pt)
	return e.state.m.at(p.x, p.y)
}

// trace flattens a path into e.shape.
func (e *exact) trace(p vg.Path) {
	o := &e.shape
	o.reset()
	var last dot // unsnapped, where the last component ended
	for _, c := range p {
		switch c.Type {
		case vg.MoveComp:
			last = e.place(c.Pos)
			o.move(last)
		case vg.LineComp:
			last = e.place(c.Pos)
			o.line(last)
		case vg.ArcComp:
			at := e.place(c.Pos)
			r := float64(float64(c.Radius)*e.dpp) * math.Abs(e.state.m.yy)
			o.arc(at, r, c.Start, c.Angle)
			last = o.dots[len(o.dots)-1]
		case vg.CurveComp:
			q := e.place(c.Pos)
			switch len(c.Control) {
			case 1:
				o.quad(last, e.place(c.Control[0]), q)
			case 2:
				o.cube(last, e.place(c.Control[0]), e.place(c.Control[1]), q)
			default:
				o.line(q)
			}
			last = q
		case vg.CloseComp:
			o.close()
		}
	}
}

// emit turns an outline into a path of the canvas below.
func (e *exact) emit(o *outline, fill bool) vg.Path {
	e.path = e.path[:0]
	for i := range o.starts {
		for k, d := range o.part(i) {
			pt := vg.Point{X: vg.Length(d.x / e.dpp), Y: vg.Length(d.y / e.dpp)}
			if k == 0 {
				e.path.Move(pt)
			} else {
				e.path.Line(pt)
			}
		}
		if o.closed[i] || fill {
			e.path.Close()
		}
	}
	return e.path
}

// Fill fills a path.
func (e *exact) Fill(p vg.Path) {
	e.trace(p)
	e.fillShape()
}

func (e *exact) fillShape() {
	if len(e.shape.dots) > 0 {
		e.to.Fill(e.emit(&e.shape, true))
	}
}

// Stroke strokes a path.
func (e *exact) Stroke(p vg.Path) {
	e.trace(p)
	e.strokeShape()
}

func (e *exact) strokeShape() {
	o := &e.shape
	if e.state.width <= 0 || len(o.dots) == 0 {
		return
	}
	if len(e.state.dash) > 0 {
		pattern := make([]float64, 0, 2*len(e.state.dash))
		for _, d := range e.state.dash {
			pattern = append(pattern, float64(float64(d)*e.dpp))
		}
		if len(pattern)%2 == 1 {
			pattern = append(pattern, pattern...)
		}
		o = o.dashed(pattern, float64(float64(e.state.offset)*e.dpp))
	}
	w := max(snapped(float64(float64(e.state.width)*e.dpp)), 1.0/64)
	e.to.SetLineWidth(vg.Length(w / e.dpp))
	e.to.Stroke(e.emit(o, false))
}

// FillString fills text as outlines.
func (e *exact) FillString(f font.Face, pt vg.Point, s string) {
	p := e.place(pt)
	e.shape.reset()
	typefaceOf(f.Face).trace(&e.shape, s, p, float64(float64(f.Font.Size)*e.dpp))
	e.fillShape()
}

// DrawImage hands an image to the canvas below. No chart uses it: scaling an
// image goes through a floating-point filter.
func (e *exact) DrawImage(rect vg.Rectangle, img image.Image) { e.to.DrawImage(rect, img) }
