package charts

import (
	"bytes"
	_ "embed" // the fonts
	"errors"
	"fmt"
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansitalic"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	gotext "github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"golang.org/x/image/font/sfnt"
)

//go:embed fonts/NotoSansArabic-Regular.ttf
var arabicRegular []byte

//go:embed fonts/NotoSansArabic-Bold.ttf
var arabicBold []byte

// face is a font that text is shaped in.
type face struct {
	outlines *typeface
	hb       *harfbuzz.Font
	cmap     gotext.Cmap
	upem     int
	byID     map[sfnt.GlyphIndex]*glyph
}

// newFace reads a TrueType or OpenType font.
func newFace(b []byte) (*face, error) {
	shapes, err := gotext.ParseTTF(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("it is not a TrueType or OpenType font: %w", err)
	}
	f, err := sfnt.Parse(b)
	if err != nil {
		return nil, fmt.Errorf("its outlines cannot be read: %w", err)
	}
	upem := int(f.UnitsPerEm())
	if upem < 16 || upem > 16384 || int(shapes.Upem()) != upem {
		return nil, errors.New("its units cannot be read")
	}
	return &face{outlines: typefaceOf(f), hb: harfbuzz.NewFont(shapes), cmap: shapes.Cmap, upem: upem, byID: map[sfnt.GlyphIndex]*glyph{}}, nil
}

func (f *face) has(r rune) bool {
	id, ok := f.cmap.Lookup(r)
	return ok && id != 0
}

// glyph returns the outline of a glyph by its number. The caller holds shaping.
func (f *face) glyph(id sfnt.GlyphIndex) *glyph {
	g, ok := f.byID[id]
	if !ok {
		f.outlines.mu.Lock()
		g = f.outlines.loadID(id)
		f.outlines.mu.Unlock()
		f.byID[id] = g
	}
	return g
}

// shaping guards the faces, which keep state while they shape.
var shaping sync.Mutex

var fallback []*face // given by the user; guarded by shaping

// builtIn are the fonts of each weight, read when a text first needs them.
var builtIn = [numWeights]func() []*face{
	regular: facesOf(liberationsansregular.TTF, arabicRegular),
	bold:    facesOf(liberationsansbold.TTF, arabicBold),
	italic:  facesOf(liberationsansitalic.TTF, arabicRegular), // the script has no italic
}

func facesOf(files ...[]byte) func() []*face {
	return sync.OnceValue(func() []*face {
		var fs []*face
		for _, b := range files {
			if f, err := newFace(b); err == nil { // TestBuiltInFonts reads them all
				fs = append(fs, f)
			}
		}
		return fs
	})
}

// chain lists the fonts that a typeface falls back on, in order. The caller
// holds shaping.
func (t *typeface) chain() []*face {
	fs := builtIn[t.weight]()
	return append(fs[:len(fs):len(fs)], fallback...)
}

// SetFallback makes every chart planned and drawn from now on set the letters
// that its own fonts lack in these TrueType or OpenType fonts, the first that has
// a letter; none takes them away again. One font serves all weights. It is for
// the process as a whole: call it before Plan, not while charts are drawn.
func SetFallback(fonts ...[]byte) error {
	var fs []*face
	for _, b := range fonts {
		f, err := newFace(b)
		if err != nil {
			return err
		}
		fs = append(fs, f)
	}
	shaping.Lock()
	fallback = fs
	shaping.Unlock()
	for w := range numWeights {
		t := sans(w)
		t.mu.Lock()
		clear(t.lines)
		t.mu.Unlock()
	}
	return nil
}

// drawable reports whether some font has the character.
func (t *typeface) drawable(r rune) bool {
	t.mu.Lock()
	missing := t.glyph(r).missing
	t.mu.Unlock()
	if !missing {
		return true
	}
	shaping.Lock()
	defer shaping.Unlock()
	for _, f := range t.chain() {
		if f.has(r) {
			return true
		}
	}
	return false
}
