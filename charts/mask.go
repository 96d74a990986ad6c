package charts

import (
	"math"

	"github.com/golang/freetype/raster"
	"golang.org/x/image/math/fixed"
)

// A letter is put on a grid of this many steps to the device pixel, so that each
// is drawn once in each of its places and copied from then on. A step is less than
// the eye tells, and letters keep their distances within half of one.
const letterSteps = 4

// maskKey is a letter as it is set: its size, its place between two pixels, and
// the width of its line where it is not filled.
type maskKey struct {
	glyph  *glyph
	size   float64 // device pixels of a font unit
	dx, dy uint8   // in steps
	line   fixed.Int26_6
}

// mask is the coverage of a letter around the pixel of its origin.
type mask []maskSpan

// maskSpan is a row's pixels of one coverage, x to the right and y downward.
type maskSpan struct {
	y, x0, x1 int16
	share     uint16 // of levels
}

// maxMasks bounds how many letters a page keeps.
const maxMasks = 8192

// letter draws a glyph at a place of the device, filled, or with a line of the
// canvas's width.
func (e *exact) letter(g *glyph, at dot, k float64, line bool) {
	if len(g.segs) == 0 {
		return
	}
	x, y := stepped(at.x), stepped(at.y)
	key := maskKey{glyph: g, size: k, dx: uint8(x % letterSteps), dy: uint8(y % letterSteps)}
	if line {
		key.line = e.lineWidth()
	}
	m, ok := e.page.masks[key]
	if !ok {
		m = e.mask(key)
		if len(e.page.masks) >= maxMasks {
			clear(e.page.masks)
		}
		e.page.masks[key] = m
	}
	left, base := int(x/letterSteps)-offPage, e.img.Rect.Dy()-(int(y/letterSteps)-offPage)
	for _, s := range m {
		e.brush.span(base+int(s.y), left+int(s.x0), left+int(s.x1), uint32(s.share))
	}
}

// offPage keeps steps above zero for what begins left of the page or below it.
const offPage = 1 << 20

// stepped is a coordinate in steps from offPage before the page.
func stepped(v float64) uint32 {
	return uint32(math.Floor(float64(min(max(v, -offPage/2), offPage/2)*letterSteps)+0.5) + offPage*letterSteps)
}

// mask draws a letter by itself.
func (e *exact) mask(key maskKey) mask {
	e.shape.reset()
	key.glyph.trace(&e.shape, dot{float64(key.dx) / letterSteps, float64(key.dy) / letterSteps}, key.size)
	if len(e.shape.dots) == 0 {
		return nil
	}
	lo, hi := e.shape.bounds()
	reach := math.Ceil(float64(key.line)/64) + 2
	left, top := int(math.Floor(lo.x)-reach), int(math.Ceil(hi.y)+reach)
	e.fill = e.page.line
	if e.fill.Dy = 0; top-int(math.Floor(lo.y)-reach) >= lineRows {
		e.fill = e.page.whole
	}
	e.fill.Clear()
	e.zero = fixed.Point26_6{X: fixed.Int26_6(-left * 64), Y: fixed.Int26_6(top * 64)}
	p := maskPainter{left: left, top: top}
	if key.line > 0 {
		e.rasterStroke(&e.shape, key.line, &p)
	} else {
		e.rasterFill(&p)
	}
	return p.mask
}

// bounds returns the corners of the shape.
func (o *outline) bounds() (lo, hi dot) {
	lo, hi = o.dots[0], o.dots[0]
	for _, d := range o.dots[1:] {
		lo, hi = dot{min(lo.x, d.x), min(lo.y, d.y)}, dot{max(hi.x, d.x), max(hi.y, d.y)}
	}
	return lo, hi
}

// maskPainter takes the rasteriser's spans down as a mask.
type maskPainter struct {
	mask      mask
	left, top int
}

var _ raster.Painter = (*maskPainter)(nil)

// Paint implements raster.Painter.
func (p *maskPainter) Paint(spans []raster.Span, done bool) {
	for _, s := range spans {
		if share := shareOf(s.Alpha); share > 0 {
			p.mask = append(p.mask, maskSpan{int16(s.Y - p.top), int16(s.X0 + p.left), int16(s.X1 + p.left), uint16(share)})
		}
	}
}
