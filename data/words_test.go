package data

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// list is a closed list of words as its type gives it.
type list struct {
	name    string
	words   []string
	blankIs string // the word that a blank cell is
	parse   func(string) (fmt.Stringer, bool)
	at      func(int) fmt.Stringer
}

func listOf[T interface {
	~uint8
	fmt.Stringer
}](name, blankIs string, n int, parse func(string) (T, bool)) list {
	l := list{name: name, blankIs: blankIs, parse: func(s string) (fmt.Stringer, bool) { v, ok := parse(s); return v, ok }, at: func(i int) fmt.Stringer { return T(i) }}
	for i := range n {
		l.words = append(l.words, T(i).String())
	}
	return l
}

var lists = []list{
	listOf("precision", "", 6, ParsePrecision),
	listOf("geo_precision", "", 8, ParseGeoPrecision),
	listOf("victim_type", "", NumVictimTypes, ParseVictimType),
	listOf("attribution", "stated", 2, ParseAttribution),
	listOf("status", "reported", 6, ParseStatus),
	listOf("column", "", int(NumColumns), ParseColumn),
}

// Every word of a list is read back as itself and stands once; no other is read.
func TestWordsOfClosedLists(t *testing.T) {
	for _, l := range lists {
		for i, w := range l.words {
			v, ok := l.parse(w)
			if w == "" && l.name != "geo_precision" && l.name != "victim_type" {
				t.Errorf("%s: value %d has no word", l.name, i)
			}
			if !ok || v.String() != w || v != l.at(i) {
				t.Errorf("%s: %q is read as %q, %v", l.name, w, v, ok)
			}
			if slices.Index(l.words, w) != i {
				t.Errorf("%s: %q stands twice", l.name, w)
			}
			if w != strings.ToLower(w) || w != strings.TrimSpace(w) {
				t.Errorf("%s: %q is not in lower case", l.name, w)
			}
			for _, other := range []string{w + "s", strings.ToUpper(w), " " + w, w + " ", w + "\x00"} {
				if v, ok := l.parse(other); ok && other != "" && !slices.Contains(l.words, other) {
					t.Errorf("%s: %q is read as %q", l.name, other, v)
				}
			}
		}
		if v, ok := l.parse(""); l.blankIs != "" && (!ok || v.String() != l.blankIs) {
			t.Errorf("%s: a blank is %q, %v", l.name, v, ok)
		}
	}
}

// A value that no list has is written as no word, or as none is known, and never
// as another's; reading never ends in a panic.
func TestValuesBeyondAList(t *testing.T) {
	for _, l := range lists {
		for i := len(l.words); i < 256; i++ {
			if got, want := l.at(i).String(), map[bool]string{true: "none"}[l.name == "precision"]; got != want {
				t.Errorf("%s: value %d is written %q", l.name, i, got)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "word")
		for _, l := range lists {
			if v, ok := l.parse(s); ok && s != "" && v.String() != s {
				t.Fatalf("%s: %q is read as %q", l.name, s, v)
			}
		}
	})
}

// What cannot be read is the value that says nothing.
func TestWordsThatAreNone(t *testing.T) {
	if p, ok := ParsePrecision("hour"); ok || p != Undated {
		t.Errorf("%v", p)
	}
	if g, ok := ParseGeoPrecision("street"); ok || g != PlaceUnstated {
		t.Errorf("%v", g)
	}
	if v, ok := ParseVictimType("people"); ok || v != VictimUnstated {
		t.Errorf("%v", v)
	}
	if a, ok := ParseAttribution("perhaps"); ok || a != AttributionStated {
		t.Errorf("%v", a)
	}
	if s, ok := ParseStatus("maybe"); ok || s != Reported {
		t.Errorf("%v", s)
	}
	if c, ok := ParseColumn("killed"); ok || c != ColCountry {
		t.Errorf("%v", c)
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int64]string{0: "0 rows", 1: "1 row", 2: "2 rows", -1: "-1 rows", 1_000_000: "1000000 rows"} {
		if got := Number(n, "row"); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

// Text that the dictionary is shown and text that it is given have one code, through
// every growth of the table and of the room that names are cut from.
func TestDictOfShownAndGivenText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, codes := NewDict(), map[string]uint32{"": 0}
		word := rapid.OneOf(rapid.StringOfN(rapid.RuneFrom([]rune("abé")), 0, 4, -1), rapid.StringOfN(rapid.RuneFrom([]rune("xyz")), 7, 20, -1))
		for range rapid.IntRange(0, 60).Draw(t, "words") {
			w := word.Draw(t, "word")
			given := []byte(w)
			var code uint32
			if rapid.Bool().Draw(t, "shown") {
				code = d.CodeBytes(HashText(given), given)
				for i := range given {
					given[i] = '#' // it may not be kept
				}
			} else {
				code = d.Code(w)
			}
			if want, ok := codes[w]; ok && code != want || !ok && int(code) != len(codes) {
				t.Fatalf("%q has the code %d, of %d", w, code, len(codes))
			}
			codes[w] = code
		}
		for w, code := range codes {
			if got, ok := d.Lookup(w); !ok || got != code || d.Name(code) != w {
				t.Fatalf("%q is %d, %v; %d is %q", w, got, ok, code, d.Name(code))
			}
		}
		if d.Len() != len(codes) || d.Name(uint32(d.Len())) != "" {
			t.Fatalf("%d codes of %d", d.Len(), len(codes))
		}
	})
	d := NewDict()
	long := strings.Repeat("n", 40_000) // longer than the room
	for i := range 300 {
		w := fmt.Appendf(nil, "%s%d", long[:i*100], i)
		if code := d.CodeBytes(HashText(w), w); int(code) != i+1 || d.Name(code) != string(w) {
			t.Fatalf("%d", code)
		}
	}
	if code, ok := d.Lookup("nothing"); ok || code != 0 {
		t.Error("a name that is not there is found")
	}
}

// Names that differ little have hashes that differ much, also in the bits that the
// table looks at.
func TestHashesOfNamesThatAreAlike(t *testing.T) {
	seen := map[uint32]string{}
	low := map[uint32]int{}
	const n = 20_000
	for i := range n {
		s := fmt.Sprintf("Village %d of the north", i)
		h := uint32(HashText([]byte(s)) >> 32)
		if other, ok := seen[h]; ok {
			t.Fatalf("%q and %q collide", s, other)
		}
		seen[h] = s
		low[h&255]++
	}
	for b, k := range low {
		if k > 2*n/256 {
			t.Errorf("%d of %d names fall to %d of 256", k, n, b)
		}
	}
	for _, s := range []string{"", "a", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi", strings.Repeat("x", 1000)} {
		for before := range 9 { // wherever it lies, and whatever lies about it
			around := []byte(strings.Repeat("#", before) + s + "#")
			if HashText([]byte(s)) != HashText(around[before:before+len(s)]) {
				t.Errorf("%q has another hash after %d bytes", s, before)
			}
		}
	}
}
