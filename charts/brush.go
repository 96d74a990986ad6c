package charts

import (
	"encoding/binary"
	"image"
	"image/color"

	"github.com/golang/freetype/raster"
)

// An edge has this many steps of coverage, and its mixed colours lie on a grid
// of this many levels a channel. The eye sees neither; together they keep most
// charts within the 256 colours of a palette, which makes their files half the
// size. They are part of the drawing, not a later reduction.
const (
	levels = 16
	blend  = 8
)

// brush paints spans of the rasteriser in one colour. Its arithmetic is in
// integers.
type brush struct {
	img   *image.RGBA
	color color.NRGBA
}

var _ raster.Painter = (*brush)(nil)

func (b *brush) set(c color.Color) { b.color = color.NRGBAModel.Convert(c).(color.NRGBA) }

// Paint implements raster.Painter.
func (b *brush) Paint(spans []raster.Span, done bool) {
	for _, s := range spans {
		b.span(s.Y, s.X0, s.X1, shareOf(s.Alpha))
	}
}

// shareOf brings the rasteriser's coverage to levels.
func shareOf(alpha uint32) uint32 { return (alpha*levels + 0x8000) / 0xFFFF }

// span lays the colour at share out of levels over pixels of a row, as far as they
// are on the page.
func (b *brush) span(y, x0, x1 int, share uint32) {
	x0, x1 = max(x0, 0), min(x1, b.img.Rect.Max.X)
	if y < 0 || y >= b.img.Rect.Max.Y || x0 >= x1 {
		return
	}
	row := b.img.Pix[y*b.img.Stride:][4*x0 : 4*x1]
	switch share *= uint32(b.color.A); {
	case share >= whole:
		b.cover(row)
	case share > 0:
		b.mix(row, share)
	}
}

// whole is the share that leaves nothing of what was there.
const whole = levels * 255

// cover fills a row with the colour.
func (b *brush) cover(row []uint8) {
	c := uint32(b.color.R) | uint32(b.color.G)<<8 | uint32(b.color.B)<<16 | 0xFF<<24
	if n := len(row); n >= 64 {
		binary.LittleEndian.PutUint32(row, c)
		for k := 4; k < n; k *= 2 {
			copy(row[k:], row[:k])
		}
		return
	}
	for ; len(row) >= 4; row = row[4:] {
		binary.LittleEndian.PutUint32(row, c)
	}
}

// mix lays the colour over a row at share out of whole.
func (b *brush) mix(row []uint8, share uint32) {
	rest := whole - share
	c0, c1, c2 := uint32(b.color.R)*share+whole/2, uint32(b.color.G)*share+whole/2, uint32(b.color.B)*share+whole/2
	was, now := uint32(0), uint32(0) // no page has a transparent pixel
	for ; len(row) >= 4; row = row[4:] {
		if p := binary.LittleEndian.Uint32(row); p != was {
			was = p
			now = blended(c0+p&0xFF*rest) | blended(c1+p>>8&0xFF*rest)<<8 | blended(c2+p>>16&0xFF*rest)<<16 | p&0xFF000000
		}
		binary.LittleEndian.PutUint32(row, now)
	}
}

// blended is a channel of a mixed colour, on the grid of such colours.
func blended(sum uint32) uint32 { return min((sum/whole+blend/2)/blend*blend, 255) }
