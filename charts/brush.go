package charts

import (
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
	w, h := b.img.Rect.Dx(), b.img.Rect.Dy()
	for _, s := range spans {
		x0, x1 := max(s.X0, 0), min(s.X1, w)
		if s.Y < 0 || s.Y >= h || x0 >= x1 {
			continue
		}
		share := (s.Alpha*levels + 0x8000) / 0xFFFF // 0 to levels
		b.mix(b.img.Pix[s.Y*b.img.Stride:][4*x0:4*x1], share*uint32(b.color.A))
	}
}

// mix lays the colour over a row at share out of levels·255.
func (b *brush) mix(row []uint8, share uint32) {
	const whole = levels * 255
	c := [3]uint32{uint32(b.color.R), uint32(b.color.G), uint32(b.color.B)}
	if share >= whole {
		for i := 0; i+4 <= len(row); i += 4 {
			row[i], row[i+1], row[i+2], row[i+3] = b.color.R, b.color.G, b.color.B, 0xFF
		}
		return
	}
	if share == 0 {
		return
	}
	rest := whole - share
	for i := 0; i+4 <= len(row); i += 4 {
		for k := range c {
			v := (c[k]*share + uint32(row[i+k])*rest + whole/2) / whole
			row[i+k] = uint8(min((v+blend/2)/blend*blend, 255))
		}
	}
}
