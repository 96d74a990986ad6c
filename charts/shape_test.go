package charts

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/image/font/sfnt"
)

func TestBuiltInFonts(t *testing.T) {
	for w := range numWeights {
		fs := builtIn[w]()
		if len(fs) != 2 {
			t.Fatalf("weight %d: %d fonts were read, not 2", w, len(fs))
		}
		// the letters that Pashto, Dari, Urdu, Sindhi, Kurdish and Uyghur add to Arabic
		for _, r := range "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکیټډړږښڅځڼګۍېئٹڈڑںھہےۓڀٺٽڃڇڊڌڍڏڙڦڪڱڻۊێڵڕۆۇۈېە؟،؛٠٩۰۹" {
			if !fs[1].has(r) {
				t.Errorf("weight %d: the Arabic font lacks %q U+%04X", w, r, r)
			}
		}
	}
}

// visual returns a text in the order in which it is drawn.
func visual(s string) string {
	rs := []rune(s)
	var b strings.Builder
	for _, r := range visualRuns(rs) {
		part := slices.Clone(rs[r.Start:r.End])
		if !r.IsLeftToRight() {
			slices.Reverse(part)
		}
		b.WriteString(string(part))
	}
	return b.String()
}

// TestVisualOrder writes right-to-left letters as Hebrew, which this file can
// show one by one.
func TestVisualOrder(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"abc", "abc"},
		{"אבג", "גבא"},
		{"אב גד", "דג בא"},
		{"אב 17 גד", "דג 17 בא"},           // a number within keeps its order
		{"אב 17", "17 בא"},                 // and stands left of what precedes it
		{"אבג…", "…גבא"},                   // an ellipsis ends the name: at the left
		{"אב – Raqqa", "בא – Raqqa"},       // with a Latin letter the line runs left to right
		{"אבג says", "גבא says"},           // as do the sentences of a page
		{"Front אב גד 3", "Front 3 דג בא"}, // the name and its number are one
		{"", ""},
	} {
		if got := visual(c.text); got != c.want {
			t.Errorf("%q is drawn %q, not %q", c.text, got, c.want)
		}
	}
}

// TestEveryRuneOnce holds for any text that its runs are a permutation of it.
func TestEveryRuneOnce(t *testing.T) {
	r := rng(77)
	letters := []rune("ab אבגد پښ 12.,()-–…\u200c")
	for range 3000 {
		rs := make([]rune, r.IntN(14))
		for i := range rs {
			rs[i] = letters[r.IntN(len(letters))]
		}
		seen := make([]int, len(rs))
		for _, run := range visualRuns(rs) {
			for i := run.Start; i < run.End; i++ {
				seen[i]++
			}
		}
		for i, n := range seen {
			if n != 1 {
				t.Fatalf("%q: character %d is drawn %d times", string(rs), i, n)
			}
		}
		face := sans(regular)
		if e := face.measure(string(rs)); e.advance < 0 || e.right < e.left {
			t.Fatalf("%q has extent %+v", string(rs), e)
		}
	}
}

func glyphsOf(t *testing.T, s string) []sfnt.GlyphIndex {
	t.Helper()
	face := sans(regular)
	var out []sfnt.GlyphIndex
	face.each(s, 20, func(g *glyph, _ dot, _ float64) {
		if g.missing {
			t.Errorf("%q: a letter is missing", s)
		}
		out = append(out, g.id)
	})
	return out
}

// TestLettersJoin holds that a letter takes the form of its place in the word,
// and that a non-joiner parts two letters.
func TestLettersJoin(t *testing.T) {
	alone := glyphsOf(t, "ب")
	word := glyphsOf(t, "ببب")
	if len(word) != 3 || word[0] == word[1] || word[1] == word[2] || slices.Contains(word, alone[0]) {
		t.Errorf("the forms of a word of three are %v, alone %v", word, alone)
	}
	if parted := glyphsOf(t, "ب\u200cب"); slices.Equal(parted, glyphsOf(t, "بب")) {
		t.Error("a zero-width non-joiner changes nothing")
	}
	if w, sum := sans(regular).width("پښتونخوا", 20), 0.0; true {
		for _, r := range "پښتونخوا" {
			sum += sans(regular).width(string(r), 20)
		}
		if w >= sum {
			t.Errorf("the word is %.1f wide, its letters alone %.1f", w, sum)
		}
	}
}

// TestPlainTextUnchanged holds that a Latin text is set alike with and without
// the shaper, so that a name's neighbours do not move.
func TestPlainTextUnchanged(t *testing.T) {
	face := sans(bold)
	const s = "Incidents, 111 of AVA"
	e := face.measure(s)
	face.mu.Lock()
	l := face.shape([]rune(s))
	face.mu.Unlock()
	if got := l.extent(face.upem); got != e {
		t.Errorf("shaped %+v, plain %+v", got, e)
	}
}

// TestShapedAnywhere shapes from many goroutines; the race detector watches.
func TestShapedAnywhere(t *testing.T) {
	want := sans(regular).measure("خیبر پښتونخوا")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 50 {
				sans(i%numWeights).width("قوات 17 سبتمبر", 20)
				if got := sans(regular).measure("خیبر پښتونخوا"); got != want {
					t.Errorf("%+v, then %+v", want, got)
				}
			}
		})
	}
	wg.Wait()
}

// TestFallback gives a font for a script that no built-in font has.
func TestFallback(t *testing.T) {
	const name = "कश्मीर"
	if len(Undrawable(name)) == 0 {
		t.Fatal("a built-in font draws Devanagari: the test needs another script")
	}
	b, err := os.ReadFile("testdata/fonts/NotoSansDevanagari-test.ttf")
	if err != nil {
		t.Fatal(err)
	}
	if err := SetFallback(b); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := SetFallback(); err != nil {
			t.Error(err)
		}
		if len(Undrawable(name)) == 0 {
			t.Error("a font that was taken away is still used")
		}
	}()
	if rs := Undrawable(name); len(rs) > 0 {
		t.Errorf("cannot draw %q with the font given", string(rs))
	}
	if n := len(glyphsOf(t, name)); n == 0 || n >= len([]rune(name)) {
		t.Errorf("%d glyphs for %q: the conjunct was not formed", n, name)
	}
	if rs := Undrawable("東"); len(rs) != 1 {
		t.Errorf("a character of no font is drawable: %q", rs)
	}
	if (&planner{}).drawable(name) != name {
		t.Error("a name that can be drawn is replaced")
	}
}

func TestFallbackRefused(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("not a font"), arabicRegular[:400], []byte("OTTO\x00\x01")} {
		if err := SetFallback(b); err == nil {
			t.Errorf("%.20q is taken for a font", b)
		}
	}
}

func FuzzShape(f *testing.F) {
	for _, s := range []string{"", "abc", "خیبر پښتونخوا", "قوات 17 سبتمبر (x)", "אב 17 גד", "ب\u200cب", "\u200c", "e\u0301", "ﷲ", "َُِ", "कश्मीर", "\u202e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 300 {
			return
		}
		face := sans(regular)
		n := 0
		face.each(s, 20, func(*glyph, dot, float64) { n++ })
		if e := face.measure(s); e.right < e.left || e.base < e.top {
			t.Errorf("%q has extent %+v", s, e)
		}
		for _, l := range wrap(clean(s), style{size: 20}, 120) {
			_ = l
		}
	})
}
