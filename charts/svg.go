package charts

import (
	"bytes"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"image/color"
	"strconv"
)

// svgPage writes what a canvas draws as SVG. Shapes are the same flattened
// outlines that the picture is filled from; text stays text, so that it can be
// selected, searched and read aloud.
type svgPage struct {
	out   bytes.Buffer
	scale float64 // device pixels of a page pixel
	h     float64 // of the device
}

// SVG draws the figure as a vector graphic. It has the layout of the picture at
// scale 1; its letters are those of the reader's font of that name, or the next
// best.
func (f Figure) SVG(o Options) (Drawing, error) {
	o = o.settled()
	o.Scale = 1
	if f.draw == nil {
		return Drawing{}, fmt.Errorf("chart %s: it was not made by Plan", f.ID)
	}
	c := borrow(o)
	defer giveBack(c)
	w := &svgPage{scale: 1, h: float64(o.Size.H)}
	fmt.Fprintf(&w.out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"160mm\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"Liberation Sans, Arimo, Arial, Helvetica, sans-serif\" text-rendering=\"geometricPrecision\">\n", o.Size.W, o.Size.H)
	w.element("title", f.Title)
	w.element("desc", f.Alt)
	plotted := f.plotted()
	w.element("metadata", "toll:chart "+f.ID+"; toll:input-sha256 "+f.context.InputSHA256+"; toll:plotted-sha256 "+hex.EncodeToString(plotted[:]))
	fmt.Fprintf(&w.out, "<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", o.Size.W, o.Size.H, hexColor(o.Theme.shown(white)))
	s := f.paintOn(c, o, w)
	w.out.WriteString("</svg>\n")
	return Drawing{SVG: w.out.Bytes(), Labels: s.boxes, Warnings: s.warnings, Plotted: plotted}, nil
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

// shape writes the outline; a width above 0 strokes it.
func (w *svgPage) shape(o *outline, c color.NRGBA, width float64) {
	w.out.WriteString("<path d=\"")
	for i := range o.starts {
		for k, d := range o.part(i) {
			w.out.WriteByte("LM"[b2i(k == 0)])
			w.out.WriteString(number(d.x))
			w.out.WriteByte(' ')
			w.out.WriteString(number(w.h - d.y))
		}
		if width <= 0 || o.closed[i] {
			w.out.WriteByte('Z')
		}
	}
	if width > 0 {
		fmt.Fprintf(&w.out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" stroke-linejoin=\"round\"", hexColor(c), number(width))
	} else {
		fmt.Fprintf(&w.out, "\" fill=\"%s\"", hexColor(c))
	}
	if c.A < 255 {
		fmt.Fprintf(&w.out, " %s-opacity=\"%s\"", [2]string{"fill", "stroke"}[b2i(width > 0)], number(float64(c.A)/255))
	}
	w.out.WriteString("/>\n")
}

// text writes one line with the width it has in the picture, so that another
// font does not run into its neighbour.
func (w *svgPage) text(st style, fill, halo color.NRGBA, x, y, wide float64, str string) {
	fmt.Fprintf(&w.out, "<text x=\"%s\" y=\"%s\" font-size=\"%s\" textLength=\"%s\" lengthAdjust=\"spacingAndGlyphs\" fill=\"%s\"",
		number(x), number(y), number(st.size), number(wide), hexColor(fill))
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
