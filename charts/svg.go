package charts

import (
	"bytes"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"image/color"
	"strconv"

	"gonum.org/v1/plot/vg"
)

// svgPage writes what a canvas draws as SVG. Shapes keep their curves; text stays
// text, so that it can be selected, searched and read aloud.
type svgPage struct {
	out   bytes.Buffer
	scale float64 // device pixels of a page pixel
	h     float64 // of the device
}

// SVG draws the figure as a vector graphic. It has the layout of the picture at
// scale 1; its letters are those of the reader's font of that name, or the next
// best.
func (f Figure) SVG(o Options) (Drawing, error) {
	if f.draw == nil {
		return Drawing{}, f.unplanned()
	}
	return f.svg(o.settled(), f.undrawable(), f.plotted()), nil
}

func (f Figure) svg(o Options, missing []string, plotted [32]byte) Drawing {
	o.Scale = 1
	c := borrow(o)
	defer giveBack(c)
	w := &svgPage{scale: 1, h: float64(o.Size.H)}
	w.out.Grow(1 << 15)
	fmt.Fprintf(&w.out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"160mm\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"Liberation Sans, Arimo, Arial, Helvetica, Noto Sans Arabic, sans-serif\" text-rendering=\"geometricPrecision\">\n", o.Size.W, o.Size.H)
	w.element("title", f.Title)
	w.element("desc", f.Alt)
	w.element("metadata", "toll:chart "+f.ID+"; toll:input-sha256 "+f.context.InputSHA256+"; toll:plotted-sha256 "+hex.EncodeToString(plotted[:]))
	fmt.Fprintf(&w.out, "<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", o.Size.W, o.Size.H, hexColor(o.Theme.shown(white)))
	s := f.paintOn(c, o, w, missing)
	w.out.WriteString("</svg>\n")
	return Drawing{SVG: w.out.Bytes(), Labels: s.boxes, Warnings: s.warnings, Plotted: plotted}
}

func (w *svgPage) element(name, text string) {
	fmt.Fprintf(&w.out, "<%s>", name)
	_ = xml.EscapeText(&w.out, []byte(text)) // a buffer takes everything
	fmt.Fprintf(&w.out, "</%s>\n", name)
}

func hexColor(c color.NRGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

func number(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	for len(s) > 1 && s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	if s == "-0" {
		return "0"
	}
	return s
}

// path writes a path as the canvas places it; a width above 0 strokes it. A
// circle becomes one, and straight edges along the page are written short.
func (w *svgPage) path(e *exact, p vg.Path, width float64, dash []float64) {
	if at, r, ok := w.circleOf(e, p); ok {
		fmt.Fprintf(&w.out, "<circle cx=\"%s\" cy=\"%s\" r=\"%s\"", number(at.x), number(at.y), number(r))
	} else {
		w.out.WriteString("<path d=\"")
		w.outline(e, p, width <= 0)
		w.out.WriteByte('"')
	}
	c := e.brush.color
	if width > 0 {
		fmt.Fprintf(&w.out, " fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"", hexColor(c), number(width))
		for i, d := range dash {
			w.out.WriteString([2]string{" stroke-dasharray=\"", " "}[b2i(i > 0)] + number(d))
		}
		if len(dash) > 0 {
			w.out.WriteByte('"')
		}
	} else {
		fmt.Fprintf(&w.out, " fill=\"%s\"", hexColor(c))
	}
	if c.A < 255 {
		fmt.Fprintf(&w.out, " %s-opacity=\"%s\"", [2]string{"fill", "stroke"}[b2i(width > 0)], number(float64(c.A)/255))
	}
	w.out.WriteString("/>\n")
}

// at is a point as the page has it, y downward.
func (w *svgPage) at(e *exact, p vg.Point) dot {
	d := e.place(p)
	return dot{d.x, w.h - d.y}
}

// circleOf recognises what circle draws.
func (w *svgPage) circleOf(e *exact, p vg.Path) (at dot, r float64, ok bool) {
	if len(p) != 6 || p[0].Type != vg.MoveComp || p[5].Type != vg.CloseComp || p[4].Pos != p[0].Pos {
		return at, r, false
	}
	for _, c := range p[1:5] {
		if c.Type != vg.CurveComp || len(c.Control) != 2 {
			return at, r, false
		}
	}
	a, b := w.at(e, p[0].Pos), w.at(e, p[2].Pos)
	return dot{float64((a.x + b.x) / 2), a.y}, float64((a.x - b.x) / 2), a.y == b.y && a.x > b.x
}

func (w *svgPage) outline(e *exact, p vg.Path, closed bool) {
	var last dot
	put := func(op byte, ps ...dot) {
		w.out.WriteByte(op)
		for i, q := range ps {
			if i > 0 {
				w.out.WriteByte(' ')
			}
			w.out.WriteString(number(q.x))
			w.out.WriteByte(' ')
			w.out.WriteString(number(q.y))
			last = q
		}
	}
	open := false
	shut := func() {
		if open && closed {
			w.out.WriteByte('Z')
		}
		open = false
	}
	for _, c := range p {
		q := w.at(e, c.Pos)
		switch c.Type {
		case vg.MoveComp:
			shut()
			put('M', q)
			open = true
		case vg.LineComp:
			switch {
			case number(q.y) == number(last.y):
				w.out.WriteString("H" + number(q.x))
			case number(q.x) == number(last.x):
				w.out.WriteString("V" + number(q.y))
			default:
				put('L', q)
			}
			last = q
		case vg.CurveComp:
			ps := make([]dot, 0, 3)
			for _, k := range c.Control {
				ps = append(ps, w.at(e, k))
			}
			put(" LQC"[len(ps)+1], append(ps, q)...)
		case vg.ArcComp: // as chords, like the picture; the charts draw none
			var o outline
			at := e.place(c.Pos)
			o.arc(at, float64(float64(c.Radius)*e.dpp), c.Start, c.Angle)
			for _, d := range o.dots {
				put("ML"[b2i(open)], dot{d.x, w.h - d.y})
				open = true
			}
		case vg.CloseComp:
			if open {
				w.out.WriteByte('Z')
			}
			open = false
		}
	}
	shut()
}

// text writes one line with the width it has in the picture, so that another
// font does not run into its neighbour.
func (w *svgPage) text(st style, fill, halo color.NRGBA, x, y, wide float64, str string) {
	direction := ""
	if ltr, rtl := directions([]rune(str)); rtl && !ltr { // such a line starts at its right end
		x += wide
		direction = " direction=\"rtl\""
	}
	fmt.Fprintf(&w.out, "<text x=\"%s\" y=\"%s\" font-size=\"%s\" textLength=\"%s\" lengthAdjust=\"spacingAndGlyphs\" fill=\"%s\"",
		number(x), number(y), number(st.size), number(wide), hexColor(fill))
	w.out.WriteString(direction)
	switch st.weight {
	case bold:
		w.out.WriteString(" font-weight=\"bold\"")
	case italic:
		w.out.WriteString(" font-style=\"italic\"")
	}
	if st.halo > 0 {
		fmt.Fprintf(&w.out, " stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\" paint-order=\"stroke\"", hexColor(halo), number(2*st.halo))
	}
	w.out.WriteString(">")
	_ = xml.EscapeText(&w.out, []byte(str))
	w.out.WriteString("</text>\n")
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
