package charts

import (
	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"golang.org/x/image/font/sfnt"
	unicodebidi "golang.org/x/text/unicode/bidi"
)

// Text that Liberation Sans cannot set letter by letter from left to right is
// shaped: cut into runs of one direction (Unicode's bidirectional algorithm), one
// font and one script, each run shaped by HarfBuzz. Only glyph numbers and
// positions in font units come back; the outlines are drawn as all others are, so
// the pixels are the same on every processor.

// subUnits is the fineness in which glyphs of several fonts are put together: 64
// to the unit of the typeface.
const subUnits = 64

// line is a shaped text, in visual order.
type line struct {
	glyphs  []placed
	advance int // in subUnits of the typeface, as are all positions
}

// placed is one glyph at its place, y upward.
type placed struct {
	g    *glyph
	upem int // of the glyph's font
	x, y int
}

// maxLines bounds how many shaped texts a typeface remembers.
const maxLines = 4096

// plain reports whether s is set letter by letter from left to right.
func (t *typeface) plain(s string) bool {
	for _, r := range s {
		if r >= 0x0300 && t.glyph(r).missing {
			return false
		}
	}
	return true
}

// shaped returns the glyphs of s. The caller holds t.mu.
func (t *typeface) shaped(s string) *line {
	if l, ok := t.lines[s]; ok {
		return l
	}
	if len(t.lines) >= maxLines {
		clear(t.lines)
	}
	l := t.shape([]rune(s))
	t.lines[s] = l
	return l
}

func (t *typeface) shape(rs []rune) *line {
	shaping.Lock()
	defer shaping.Unlock()
	l := &line{}
	for _, run := range visualRuns(rs) {
		pieces := t.itemised(rs, run)
		for i := range pieces {
			p := pieces[i]
			if !run.IsLeftToRight() {
				p = pieces[len(pieces)-1-i]
			}
			if p.face == nil {
				t.setPlain(l, rs[p.from:p.to])
			} else {
				t.setShaped(l, rs, p, run.IsLeftToRight())
			}
		}
	}
	return l
}

// visualRuns cuts a text into runs of one direction, from left to right as they
// are drawn. A text with a letter that is read from left to right is such a text
// as a whole, whatever it begins with: a page's sentences are English, and a name
// in another script is quoted in them. A text without one follows its letters.
func visualRuns(rs []rune) []bidi.Run {
	var p bidi.Paragraph
	const leftToRightMark = '\u200E'
	text, skip, base := rs, 0, bidi.LeftToRight
	switch ltr, rtl := directions(rs); {
	case ltr:
		text, skip = append([]rune{leftToRightMark}, rs...), 1
	case rtl:
		base = bidi.RightToLeft
	}
	found := p.Segment(text, base)
	runs := make([]bidi.Run, 0, found.NumRuns())
	lowest, highest := bidi.Level(127), bidi.Level(0)
	for i := range found.NumRuns() {
		r := found.Run(i)
		r.Start, r.End = max(r.Start-skip, 0), r.End-skip
		if r.Start >= r.End {
			continue
		}
		runs = append(runs, r)
		highest = max(highest, r.Level)
		if !r.IsLeftToRight() {
			lowest = min(lowest, r.Level)
		}
	}
	for level := highest; level >= lowest && level > 0; level-- { // rule L2
		for i := 0; i < len(runs); i++ {
			j := i
			for j < len(runs) && runs[j].Level >= level {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				runs[a], runs[b] = runs[b], runs[a]
			}
			i = max(i, j-1)
		}
	}
	return runs
}

// directions reports whether a text has letters of scripts read from left to
// right, and from right to left.
func directions(rs []rune) (ltr, rtl bool) {
	for _, r := range rs {
		p, _ := unicodebidi.LookupRune(r)
		switch p.Class() {
		case unicodebidi.L:
			ltr = true
		case unicodebidi.R, unicodebidi.AL:
			rtl = true
		}
	}
	return ltr, rtl
}

// piece is part of a run in one font and script; face nil is the typeface itself,
// letter by letter.
type piece struct {
	from, to int
	face     *face
	script   language.Script
}

// itemised cuts a run into pieces. Spaces, marks and points take the font and
// script of the letter before them where that font has them, so that a name is
// not cut into words; the first ones take those of the first letter.
func (t *typeface) itemised(rs []rune, run bidi.Run) []piece {
	var out []piece
	var last *piece
	chain := t.chain()
	for i := run.Start; i < run.End; i++ {
		r := rs[i]
		sc := language.LookupScript(r)
		shared := sc == language.Common || sc == language.Inherited
		if last != nil && shared && (last.face == nil && !t.glyph(r).missing || last.face != nil && last.face.has(r)) {
			last.to = i + 1
			continue
		}
		p := piece{from: i, to: i + 1, script: sc}
		p.face = t.faceFor(chain, r, run.IsLeftToRight())
		if last != nil && last.face == p.face && (shared || last.script == sc || last.script == language.Common) {
			if !shared {
				last.script = sc
			}
			last.to = i + 1
			continue
		}
		out = append(out, p)
		last = &out[len(out)-1]
	}
	return out
}

// faceFor chooses the font of a letter: the typeface itself where it can set it,
// else the first of the chain that has it. Where none has it, the typeface draws
// its sign for a missing letter.
func (t *typeface) faceFor(chain []*face, r rune, forward bool) *face {
	if forward && !t.glyph(r).missing {
		return nil
	}
	for _, f := range chain {
		if f.has(r) {
			return f
		}
	}
	return nil
}

// setPlain adds letters one by one, in the typeface itself.
func (t *typeface) setPlain(l *line, rs []rune) {
	var last *glyph
	for _, r := range rs {
		g := t.glyph(r)
		l.advance += t.kern(last, g) * subUnits
		l.glyphs = append(l.glyphs, placed{g: g, upem: t.upem, x: l.advance})
		l.advance += g.advance * subUnits
		last = g
	}
}

// setShaped adds a piece as HarfBuzz sets it.
func (t *typeface) setShaped(l *line, rs []rune, p piece, forward bool) {
	b := harfbuzz.NewBuffer()
	b.AddRunes(rs, p.from, p.to-p.from)
	b.Props = harfbuzz.SegmentProperties{Script: p.script, Direction: harfbuzz.LeftToRight}
	if !forward {
		b.Props.Direction = harfbuzz.RightToLeft
	}
	b.Shape(p.face.hb, nil)
	sub := func(v harfbuzz.Position) int { return scaledTo(int(v), t.upem*subUnits, p.face.upem) }
	for i, info := range b.Info {
		pos := b.Pos[i]
		g := p.face.glyph(sfnt.GlyphIndex(info.Glyph))
		l.glyphs = append(l.glyphs, placed{g: g, upem: p.face.upem, x: l.advance + sub(pos.XOffset), y: sub(pos.YOffset)})
		l.advance += sub(pos.XAdvance)
	}
}

// scaledTo returns v·to/from, rounded half up.
func scaledTo(v, to, from int) int { return floorDiv(2*v*to+from, 2*from) }

// extent is the measure of the line in units of the typeface.
func (l *line) extent(upem int) extent {
	e := extent{advance: scaledTo(l.advance, 1, subUnits)}
	inked := false
	for _, p := range l.glyphs {
		if len(p.g.segs) == 0 {
			continue
		}
		x := func(v int) int { return scaledTo(scaledTo(v, upem*subUnits, p.upem)+p.x, 1, subUnits) }
		y := func(v int) int { return scaledTo(scaledTo(v, upem*subUnits, p.upem)-p.y, 1, subUnits) }
		if !inked {
			e.left, e.right, e.top, e.base = x(p.g.left), x(p.g.right), y(p.g.top), y(p.g.base)
			inked = true
		}
		e.left, e.right = min(e.left, x(p.g.left)), max(e.right, x(p.g.right))
		e.top, e.base = min(e.top, y(p.g.top)), max(e.base, y(p.g.base))
	}
	return e
}
