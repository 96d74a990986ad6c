package charts

import (
	"image"
	"image/color"
	"math"

	"github.com/golang/freetype/raster"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// exact is a vg.Canvas that gives the same pixels on every processor. It fills
// with the fixed-point rasteriser that gonum's own image canvas uses, and hands
// it nothing but straight lines between points on its own grid.
//
// gonum's vgimg lets the compiler fuse multiplications into additions where the
// processor can (arm64, GOAMD64=v3), and blits glyphs through a floating-point
// filter, so that some pixels differ by a level.
type exact struct {
	page  *page
	img   *image.RGBA
	fill  *raster.Rasterizer // the one of the page in use
	brush brush
	dpp   float64 // device pixels per point
	state drawState
	stack []drawState

	theme *Theme
	svg   *svgPage // takes the drawing instead of the image, where set

	shape outline
	zero  fixed.Point26_6 // where the rasteriser in use has the page's lower left corner
	path  raster.Path     // reused for every stroke
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

// newExact returns a canvas at scale pixels of the device to one of the page.
func newExact(p *page, scale int, t *Theme) *exact {
	e := &exact{page: p, img: p.img, fill: p.whole, dpp: float64(scale) / ptPerPx}
	e.brush.img = p.img
	e.theme = t
	e.state.m = affine{xx: 1, yy: 1}
	vg.Initialize(e)
	return e
}

// clear makes the page empty paper.
func (e *exact) clear() {
	paper := e.theme.shown(white)
	pix := e.img.Pix
	copy(pix, []uint8{paper.R, paper.G, paper.B, 0xFF})
	for n := 4; n < len(pix); n *= 2 {
		copy(pix[n:], pix[:n])
	}
}

var _ vg.CanvasSizer = (*exact)(nil)

// Size returns the size of the canvas.
func (e *exact) Size() (x, y vg.Length) {
	return vg.Length(float64(e.img.Rect.Dx()) / e.dpp), vg.Length(float64(e.img.Rect.Dy()) / e.dpp)
}

// SetLineWidth sets the width of strokes.
func (e *exact) SetLineWidth(w vg.Length) { e.state.width = w }

// SetLineDash sets the dash pattern of strokes.
func (e *exact) SetLineDash(pattern []vg.Length, offset vg.Length) {
	e.state.dash, e.state.offset = pattern, offset
}

// SetColor sets the colour of strokes, fills and text.
func (e *exact) SetColor(c color.Color) {
	if c == nil {
		c = color.Black
	}
	e.state.color = c
	e.brush.set(c)
	e.brush.color = e.theme.shown(e.brush.color)
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
		e.SetColor(e.state.color)
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

// Fill fills a path.
func (e *exact) Fill(p vg.Path) {
	if e.svg != nil {
		e.svg.path(e, p, 0, nil)
		return
	}
	e.trace(p)
	e.fillShape()
}

// fixed converts a snapped point to the rasteriser's grid, y downward.
func (e *exact) fixed(d dot) fixed.Point26_6 {
	return fixed.Point26_6{X: e.zero.X + fixed.Int26_6(d.x*64), Y: e.zero.Y - fixed.Int26_6(d.y*64)}
}

// lineRows is the height of the window for small shapes.
const lineRows = 64

// aim chooses the rasteriser for the shape and clears it: it visits every row it
// has, and most shapes are letters, which need a few rows only.
func (e *exact) aim(reach float64) {
	lo, hi := e.shape.bounds()
	h := e.img.Rect.Dy()
	top, bottom := h-int(math.Ceil(hi.y+reach)), h-int(math.Floor(lo.y-reach))
	e.fill = e.page.whole
	if top >= 0 && bottom <= h && bottom-top < lineRows {
		e.fill = e.page.line
		e.fill.Dy = top
	}
	e.zero = fixed.Point26_6{Y: fixed.Int26_6((h - e.fill.Dy) * 64)}
	e.fill.Clear()
}

func (e *exact) fillShape() {
	o := &e.shape
	if len(o.dots) == 0 {
		return
	}
	if x0, y0, x1, y1, ok := o.pixels(); ok {
		h := e.img.Rect.Dy()
		for y := h - y1; y < h-y0; y++ {
			e.brush.span(y, x0, x1, levels)
		}
		return
	}
	e.aim(0)
	e.rasterFill(&e.brush)
}

// pixels returns the corners of a shape that is one rectangle of whole pixels.
func (o *outline) pixels() (x0, y0, x1, y1 int, ok bool) {
	if len(o.starts) != 1 || len(o.dots) < 4 || len(o.dots) > 5 || len(o.dots) == 5 && o.dots[4] != o.dots[0] {
		return 0, 0, 0, 0, false
	}
	a, b, c, d := o.dots[0], o.dots[1], o.dots[2], o.dots[3]
	across := a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x
	if !across && !(a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y) {
		return 0, 0, 0, 0, false
	}
	for _, v := range [4]float64{a.x, a.y, c.x, c.y} {
		if v != math.Floor(v) || math.Abs(v) > offPage {
			return 0, 0, 0, 0, false
		}
	}
	return int(min(a.x, c.x)), int(min(a.y, c.y)), int(max(a.x, c.x)), int(max(a.y, c.y)), true
}

func (e *exact) rasterFill(to raster.Painter) {
	o := &e.shape
	for i := range o.starts {
		dots := o.part(i)
		e.fill.Start(e.fixed(dots[0]))
		for _, d := range dots[1:] {
			e.fill.Add1(e.fixed(d))
		}
		e.fill.Add1(e.fixed(dots[0]))
	}
	e.fill.Rasterize(to)
}

// Stroke strokes a path.
func (e *exact) Stroke(p vg.Path) {
	if e.svg != nil {
		if e.state.width > 0 {
			e.svg.path(e, p, float64(float64(e.state.width)*e.dpp), e.dashes())
		}
		return
	}
	e.trace(p)
	e.strokeShape()
}

// dashes is the dash pattern in pixels, of an even number of parts.
func (e *exact) dashes() []float64 {
	pattern := make([]float64, 0, 2*len(e.state.dash))
	for _, d := range e.state.dash {
		pattern = append(pattern, float64(float64(d)*e.dpp))
	}
	if len(pattern)%2 == 1 {
		pattern = append(pattern, pattern...)
	}
	return pattern
}

func (e *exact) strokeShape() {
	o := &e.shape
	if e.state.width <= 0 || len(o.dots) == 0 {
		return
	}
	if len(e.state.dash) > 0 {
		o = o.dashed(e.dashes(), float64(float64(e.state.offset)*e.dpp))
	}
	w := e.lineWidth()
	e.aim(float64(float64(w)/64) + 1)
	e.rasterStroke(o, w, &e.brush)
}

// lineWidth is the width of strokes on the rasteriser's grid.
func (e *exact) lineWidth() fixed.Int26_6 {
	return fixed.Int26_6(max(snapped(float64(float64(e.state.width)*e.dpp))*64, 1))
}

func (e *exact) rasterStroke(o *outline, w fixed.Int26_6, to raster.Painter) {
	e.path = e.path[:0]
	for i := range o.starts {
		dots := o.part(i)
		if len(dots) < 2 {
			continue
		}
		e.path.Start(e.fixed(dots[0]))
		for _, d := range dots[1:] {
			e.path.Add1(e.fixed(d))
		}
		if o.closed[i] {
			e.path.Add1(e.fixed(dots[0]))
		}
	}
	if len(e.path) == 0 {
		return
	}
	e.fill.AddStroke(e.path, w, raster.ButtCapper, raster.RoundJoiner)
	e.fill.Rasterize(to)
}

// FillString fills text as outlines.
func (e *exact) FillString(f font.Face, pt vg.Point, s string) {
	e.text(typefaceOf(f.Face), s, e.place(pt), float64(float64(f.Font.Size)*e.dpp), false)
}

// text draws the glyphs of s, filled or with a line.
func (e *exact) text(t *typeface, s string, at dot, size float64, line bool) {
	t.each(s, size, func(g *glyph, from dot, k float64) {
		e.letter(g, dot{at.x + from.x, at.y + from.y}, k, line)
	})
}

// DrawImage copies an image by nearest pixel, without a floating-point filter.
// The charts draw none.
func (e *exact) DrawImage(rect vg.Rectangle, img image.Image) {
	a, b := e.place(rect.Min), e.place(rect.Max)
	h, src := e.img.Rect.Dy(), img.Bounds()
	to := image.Rect(int(a.x), h-int(b.y), int(b.x), h-int(a.y))
	if to.Empty() || src.Empty() {
		return
	}
	for y := max(to.Min.Y, 0); y < min(to.Max.Y, h); y++ {
		for x := max(to.Min.X, 0); x < min(to.Max.X, e.img.Rect.Dx()); x++ {
			e.img.Set(x, y, img.At(src.Min.X+(x-to.Min.X)*src.Dx()/to.Dx(), src.Min.Y+(y-to.Min.Y)*src.Dy()/to.Dy()))
		}
	}
}
