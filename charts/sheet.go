package charts

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// rect is an area of the page in pixels at scale 1, y downward.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) w() float64 { return r.x1 - r.x0 }
func (r rect) h() float64 { return r.y1 - r.y0 }

// style is how a piece of text is set.
type style struct {
	size   float64
	weight int
	color  color.NRGBA
	halo   float64 // width of the white edge, where text lies on lines
}

func (st style) width(s string) float64 { return sans(st.weight).width(s, st.size) }

func (st style) in(c color.NRGBA) style { st.color = c; return st }
func (st style) strong() style          { st.weight = bold; return st }

// The type sizes of a page, in pixels. Nothing is smaller than smallType.
const (
	titleType    = 42
	subtitleType = 27
	labelType    = 25
	tickType     = 24
	noteType     = 22
	footerType   = 20
	smallType    = 18
)

// Box is the ink of one label on the page, in pixels at scale 1, y downward.
type Box struct {
	Role, Text     string
	X0, Y0, X1, Y1 float64
}

// Overlaps reports whether two labels touch or come closer than gap.
func (b Box) Overlaps(o Box, gap float64) bool {
	return b.X0 < o.X1+gap && o.X0 < b.X1+gap && b.Y0 < o.Y1+gap && o.Y0 < b.Y1+gap
}

// sheet is the page being drawn.
type sheet struct {
	canvas   *exact // nil when only the layout is wanted
	w, h     float64
	scale    float64
	theme    *Theme
	boxes    []Box
	warnings []string
}

const margin = 48

// ptPerPx is the length of a page pixel in points.
const ptPerPx = 0.75

func px(v float64) vg.Length { return vg.Length(v * ptPerPx) }

// vgRect converts an area of the page to gonum's points, y upward.
func (s *sheet) vgRect(r rect) vg.Rectangle {
	return vg.Rectangle{
		Min: vg.Point{X: px(r.x0), Y: px(s.h - r.y1)},
		Max: vg.Point{X: px(r.x1), Y: px(s.h - r.y0)},
	}
}

func (s *sheet) point(x, y float64) vg.Point { return vg.Point{X: px(x), Y: px(s.h - y)} }

// plot draws gonum/plot plotters into an area. The axes are drawn by us: the
// data rectangle of gonum's own cannot be set.
func (s *sheet) plot(r rect, x0, x1, y0, y1 float64, marks ...plot.Plotter) {
	p := plot.New()
	p.BackgroundColor = nil
	p.HideAxes()
	p.X.Padding, p.Y.Padding = 0, 0
	p.Add(marks...)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = x0, x1, y0, y1 // after Add, which widens them
	p.Draw(draw.Canvas{Canvas: s.canvas, Rectangle: s.vgRect(r)})
}

// grid rounds a page coordinate to whole pixels, so that edges stay sharp.
func grid(v float64) float64 { return math.Floor(float64(v) + 0.5) }

// block fills an area whose edges are moved to whole pixels. What is not empty
// stays at least one pixel wide and high.
func (s *sheet) block(r rect, c color.NRGBA) {
	q := rect{grid(r.x0), grid(r.y0), grid(r.x1), grid(r.y1)}
	if q.w() < 1 || q.h() < 1 {
		return
	}
	s.fill(c, dot{q.x0, q.y0}, dot{q.x1, q.y0}, dot{q.x1, q.y1}, dot{q.x0, q.y1})
}

// hline and vline are one-colour rules of whole pixels from x0 or y0 on.
func (s *sheet) hline(x0, x1, y, thick float64, c color.NRGBA) {
	y = grid(y)
	s.block(rect{x0, y, x1, y + thick}, c)
}

func (s *sheet) vline(x, y0, y1, thick float64, c color.NRGBA) {
	x = grid(x)
	s.block(rect{x, y0, x + thick, y1}, c)
}

func (s *sheet) fill(c color.NRGBA, corners ...dot) {
	s.canvas.SetColor(c)
	s.canvas.Fill(s.path(corners, true))
}

func (s *sheet) stroke(c color.NRGBA, width float64, corners ...dot) {
	s.canvas.SetColor(c)
	s.canvas.SetLineWidth(px(width))
	s.canvas.SetLineDash(nil, 0)
	s.canvas.Stroke(s.path(corners, false))
}

func (s *sheet) path(corners []dot, closed bool) vg.Path {
	var p vg.Path
	for i, d := range corners {
		if i == 0 {
			p.Move(s.point(d.x, d.y))
		} else {
			p.Line(s.point(d.x, d.y))
		}
	}
	if closed {
		p.Close()
	}
	return p
}

type align int

const (
	left align = iota
	center
	right
)

// text sets one line with its baseline at y and keeps a record of where its ink
// lies. It returns how far the pen moved.
func (s *sheet) text(role string, st style, x, y float64, a align, str string) float64 {
	if str == "" {
		return 0
	}
	face := sans(st.weight)
	e := face.measure(str)
	unit := st.size / float64(face.upem)
	wide := float64(float64(e.advance) * unit)
	switch a {
	case center:
		x -= float64(wide / 2)
	case right:
		x -= wide
	}
	y = grid(y)
	s.boxes = append(s.boxes, Box{
		Role: role, Text: str,
		X0: x + float64(float64(e.left)*unit), X1: x + float64(float64(e.right)*unit),
		Y0: y + float64(float64(e.top)*unit), Y1: y + float64(float64(e.base)*unit),
	})
	if s.canvas.svg != nil {
		s.canvas.svg.text(st, s.theme.shown(st.color), s.theme.shown(white), x, y, wide, str)
		return wide
	}
	c, at, size := s.canvas, dot{float64(x * s.scale), float64((s.h - y) * s.scale)}, float64(st.size*s.scale)
	if st.halo > 0 {
		c.SetColor(white)
		c.SetLineDash(nil, 0)
		c.SetLineWidth(px(2 * st.halo))
		c.text(face, str, at, size, true)
	}
	c.SetColor(st.color)
	c.text(face, str, at, size, false)
	return wide
}

// lines sets several lines at a leading, the first baseline at y, and returns
// the baseline of the last.
func (s *sheet) lines(role string, st style, x, y, leading float64, a align, ls []string) float64 {
	for i, l := range ls {
		s.text(role, st, x, y+float64(float64(i)*leading), a, l)
	}
	return y + float64(float64(max(len(ls)-1, 0))*leading)
}

func (s *sheet) warn(w string) {
	if w != "" {
		s.warnings = append(s.warnings, w)
	}
}
