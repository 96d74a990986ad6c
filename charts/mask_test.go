package charts

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"gonum.org/v1/plot/vg"
)

// blankPage is an empty page with its canvas.
func blankPage(w, h int) (*page, *exact) {
	p := newPage(image.Pt(w, h))
	e := newExact(p, 1, DefaultTheme())
	e.clear()
	return p, e
}

// A letter is the same pixels wherever it stands on whole pixels, also the second
// time, when it is copied.
func TestLettersAreCopies(t *testing.T) {
	const w, h = 300, 200
	set := func(e *exact, x, y float64, line bool) {
		e.SetColor(color.Black)
		e.SetLineWidth(px(3))
		e.text(sans(bold), "Å gj", dot{x, y}, 27, line)
	}
	for _, line := range []bool{false, true} {
		_, at := blankPage(w, h)
		set(at, 20.3, 60, line)
		for _, move := range []image.Point{{}, {1, 0}, {0, 7}, {63, 64}, {130, -31}} {
			_, e := blankPage(w, h)
			for range 2 { // on top of itself nothing may move
				e.clear()
				set(e, 20.3+float64(move.X), 60+float64(move.Y), line)
			}
			for y := range h {
				for x := range w {
					want := at.img.RGBAAt(x, y)
					if got := e.img.RGBAAt(x+move.X, y-move.Y); (image.Point{x + move.X, y - move.Y}).In(e.img.Rect) && got != want {
						t.Fatalf("line %v, moved by %v: pixel %d,%d is %v, not %v", line, move, x, y, got, want)
					}
				}
			}
		}
	}
}

// Letters off the page, and far too large for it, do no harm.
func TestLettersOffThePage(t *testing.T) {
	_, e := blankPage(60, 40)
	e.SetColor(color.Black)
	e.SetLineWidth(px(2))
	for _, at := range []dot{{-10, 10}, {55, 10}, {20, -8}, {20, 38}, {-1e9, 1e9}, {1e300, -1e300}} {
		for _, size := range []float64{5, 27, 300, 4000} {
			e.text(sans(regular), "W", at, size, false)
			e.text(sans(regular), "W", at, size, true)
		}
	}
}

// Rectangles of whole pixels are filled as the rasteriser fills them.
func TestWholePixelsAreAsRasterised(t *testing.T) {
	r := rng(11)
	const w, h = 90, 70
	_, fast := blankPage(w, h)
	_, slow := blankPage(w, h)
	for range 400 {
		x0, y0 := float64(r.IntN(w+20)-10), float64(r.IntN(h+20)-10)
		x1, y1 := x0+float64(r.IntN(40)), y0+float64(r.IntN(80))
		corners := []dot{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
		for range r.IntN(4) {
			corners = append(corners[1:], corners[0])
		}
		var p vg.Path
		for i, c := range corners {
			at := vg.Point{X: px(c.x), Y: px(c.y)}
			if i == 0 {
				p.Move(at)
			} else {
				p.Line(at)
			}
		}
		p.Close()
		c := color.NRGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), 40, uint8(55 + 200*r.IntN(2))}
		fast.SetColor(c)
		fast.Fill(p)
		slow.SetColor(c)
		slow.trace(p)
		if len(slow.shape.dots) > 0 {
			slow.aim(0)
			slow.rasterFill(&slow.brush)
		}
		if !bytes.Equal(fast.img.Pix, slow.img.Pix) {
			t.Fatalf("%v in %v: other pixels", corners, c)
		}
	}
}
