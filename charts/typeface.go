package charts

import (
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	plotfont "gonum.org/v1/plot/font"
)

// typeface gives the outlines and widths of one font in integer font units.
type typeface struct {
	font   *opentype.Font
	upem   int
	weight int

	mu     sync.Mutex
	buf    sfnt.Buffer
	glyphs map[rune]*glyph
	kerns  map[[2]sfnt.GlyphIndex]int
	lines  map[string]*line // shaped texts
}

// glyph is one character. Segments have y downward, as sfnt gives them.
type glyph struct {
	id                     sfnt.GlyphIndex
	missing                bool
	advance                int
	segs                   []sfnt.Segment
	left, top, right, base int // ink bounds
	digit                  bool
}

// The weights text is set in.
const (
	regular = iota
	bold
	italic
	numWeights
)

var (
	typefaces   sync.Map // *opentype.Font → *typeface
	sansOnce    sync.Once
	sansWeights [numWeights]*typeface
)

// sans returns Liberation Sans, which gonum/plot carries.
func sans(weight int) *typeface {
	sansOnce.Do(func() {
		for w := range sansWeights {
			f := plotfont.Font{Typeface: "Liberation", Variant: "Sans"}
			switch w {
			case bold:
				f.Weight = font.WeightBold
			case italic:
				f.Style = font.StyleItalic
			}
			sansWeights[w] = typefaceOf(plotfont.DefaultCache.Lookup(f, 12).Face)
			sansWeights[w].weight = w
		}
	})
	return sansWeights[weight]
}

func typefaceOf(f *opentype.Font) *typeface {
	if t, ok := typefaces.Load(f); ok {
		return t.(*typeface)
	}
	t, _ := typefaces.LoadOrStore(f, &typeface{
		font: f, upem: int(f.UnitsPerEm()),
		glyphs: map[rune]*glyph{}, kerns: map[[2]sfnt.GlyphIndex]int{}, lines: map[string]*line{},
	})
	return t.(*typeface)
}

// glyph returns the outline of r; one that the font lacks is an empty box, so
// that nothing is ever silently left out.
func (t *typeface) glyph(r rune) *glyph {
	if g, ok := t.glyphs[r]; ok {
		return g
	}
	g := t.load(r)
	t.glyphs[r] = g
	return g
}

func (t *typeface) load(r rune) *glyph {
	if r == '\u00A0' || r == '\u202F' || r == '\u2009' {
		r = ' '
	}
	id, err := t.font.GlyphIndex(&t.buf, r)
	if err != nil || id == 0 || !shapeable(r) {
		return t.boxGlyph()
	}
	g := t.loadID(id)
	g.digit = r >= '0' && r <= '9'
	return g
}

// loadID reads the outline of a glyph in font units. The caller holds t.mu.
func (t *typeface) loadID(id sfnt.GlyphIndex) *glyph {
	ppem := fixed.Int26_6(t.upem) // one font unit is then 1/64 pixel: the raw integers are units
	adv, err := t.font.GlyphAdvance(&t.buf, id, ppem, font.HintingNone)
	if err != nil {
		return t.boxGlyph()
	}
	segs, err := t.font.LoadGlyph(&t.buf, id, ppem, nil)
	if err != nil {
		return t.boxGlyph()
	}
	g := &glyph{id: id, advance: int(adv), segs: append([]sfnt.Segment(nil), segs...)}
	b := sfnt.Segments(g.segs).Bounds()
	g.left, g.top, g.right, g.base = int(b.Min.X), int(b.Min.Y), int(b.Max.X), int(b.Max.Y)
	return g
}

// boxGlyph is the sign for a character the font cannot draw: an empty frame.
func (t *typeface) boxGlyph() *glyph {
	u := fixed.Int26_6(t.upem)
	l, r, top, w := u/12, u*7/12, -u*7/10, u/20
	g := &glyph{missing: true, advance: int(u * 2 / 3), left: int(l), right: int(r), top: int(top), base: 0}
	g.segs = append(frameSegs(l, top, r, 0, false), frameSegs(l+w, top+w, r-w, -w, true)...)
	return g
}

func frameSegs(l, t, r, b fixed.Int26_6, reverse bool) []sfnt.Segment {
	c := []fixed.Point26_6{{X: l, Y: t}, {X: r, Y: t}, {X: r, Y: b}, {X: l, Y: b}}
	if reverse {
		c[1], c[3] = c[3], c[1]
	}
	var segs []sfnt.Segment
	for i, p := range append(c, c[0]) {
		op := sfnt.SegmentOpLineTo
		if i == 0 {
			op = sfnt.SegmentOpMoveTo
		}
		segs = append(segs, sfnt.Segment{Op: op, Args: [3]fixed.Point26_6{p}})
	}
	return segs
}

// kern returns the adjustment between two glyphs in font units. Digits are
// never kerned: Liberation Sans pulls "11" together, and figures set beneath
// one another would no longer line up.
func (t *typeface) kern(a, b *glyph) int {
	if a == nil || a.digit || b.digit || a.missing || b.missing {
		return 0
	}
	pair := [2]sfnt.GlyphIndex{a.id, b.id}
	if k, ok := t.kerns[pair]; ok {
		return k
	}
	k, err := t.font.Kern(&t.buf, a.id, b.id, fixed.Int26_6(t.upem), font.HintingNone)
	if err != nil {
		k = 0
	}
	t.kerns[pair] = int(k)
	return int(k)
}

// extent is the measure of a line of text in font units: how far the pen moves,
// and the bounds of the ink.
type extent struct{ advance, left, top, right, base int }

func (t *typeface) measure(s string) extent {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.plain(s) {
		return t.shaped(s).extent(t.upem)
	}
	var e extent
	var last *glyph
	inked := false
	for _, r := range s {
		g := t.glyph(r)
		e.advance += t.kern(last, g)
		if len(g.segs) > 0 {
			l, rt := e.advance+g.left, e.advance+g.right
			if !inked {
				e.left, e.right, e.top, e.base = l, rt, g.top, g.base
				inked = true
			}
			e.left, e.right = min(e.left, l), max(e.right, rt)
			e.top, e.base = min(e.top, g.top), max(e.base, g.base)
		}
		e.advance += g.advance
		last = g
	}
	return e
}

// width returns how far the pen moves over s set at size pixels.
func (t *typeface) width(s string, size float64) float64 {
	return float64(float64(t.measure(s).advance)*size) / float64(t.upem)
}

// each calls f for every glyph of s, from left to right, with its place from the
// start of the line and the size of a font unit, at size device pixels to the em.
func (t *typeface) each(s string, size float64, f func(g *glyph, at dot, k float64)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.plain(s) {
		sub := size / float64(t.upem*subUnits)
		for _, p := range t.shaped(s).glyphs {
			f(p.g, dot{float64(float64(p.x) * sub), float64(float64(p.y) * sub)}, size/float64(p.upem))
		}
		return
	}
	k := size / float64(t.upem)
	pen := 0
	var last *glyph
	for _, r := range s {
		g := t.glyph(r)
		pen += t.kern(last, g)
		f(g, dot{x: float64(float64(pen) * k)}, k)
		pen += g.advance
		last = g
	}
}

func (g *glyph) trace(o *outline, at dot, k float64) {
	place := func(p fixed.Point26_6) dot {
		return dot{at.x + float64(float64(p.X)*k), at.y - float64(float64(p.Y)*k)}
	}
	var last dot
	for _, s := range g.segs {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			last = place(s.Args[0])
			o.move(last)
			o.close()
		case sfnt.SegmentOpLineTo:
			last = place(s.Args[0])
			o.line(last)
		case sfnt.SegmentOpQuadTo:
			q := place(s.Args[1])
			o.quad(last, place(s.Args[0]), q)
			last = q
		case sfnt.SegmentOpCubeTo:
			q := place(s.Args[2])
			o.cube(last, place(s.Args[0]), place(s.Args[1]), q)
			last = q
		}
	}
}
