package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// stated draws a count as a source may state it, in or out of order, settled or
// not.
func stated(t *rapid.T, name string) Count {
	figure := rapid.OneOf(rapid.Int64Range(0, 20), rapid.Int64Range(0, MaxCount))
	c := Count{Flags: CountFlags(rapid.IntRange(0, 31).Draw(t, name+" flags"))}
	if c.Flags&HasLow != 0 {
		c.Low = figure.Draw(t, name+" low") * Unit / 2
	}
	if c.Flags&HasBest != 0 {
		c.Best = figure.Draw(t, name+" best") * Unit / 2
	}
	if c.Flags&HasHigh != 0 {
		c.High = figure.Draw(t, name+" high") * Unit / 2
	}
	return c
}

func TestSettleLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := stated(t, "c")
		s := c.Settle()
		if s.Settle() != s {
			t.Fatalf("settling %+v twice is %+v, once %+v", c, s.Settle(), s)
		}
		if s.Stated() != c.Stated() || s.BestStated() != c.BestStated() {
			t.Fatalf("%+v settles to %+v: not what was stated", c, s)
		}
		if !c.Stated() {
			return
		}
		for _, f := range []struct {
			has      CountFlags
			was, now int64
		}{{HasLow, c.Low, s.Low}, {HasBest, c.Best, s.Best}, {HasHigh, c.High, s.High}} {
			if c.Flags&f.has != 0 && f.was != f.now {
				t.Fatalf("%+v settles to %+v: a stated figure is changed", c, s)
			}
		}
		if s.Flags&HasHigh == 0 {
			t.Fatalf("%+v settles to %+v: without an upper bound or a floor for it", c, s)
		}
		if c.Ordered() && c.Flags&(HasLow|HasHigh) == HasLow|HasHigh && s != c {
			t.Fatalf("%+v has its bounds and becomes %+v", c, s)
		}
		// What is filled in never puts figures out of order.
		if c.Flags&(HasLow|HasHigh) != HasLow|HasHigh && (c.Flags&HasBest == 0 || (c.Flags&HasLow == 0 || c.Low <= c.Best) && (c.Flags&HasHigh == 0 || c.Best <= c.High)) && !s.Ordered() {
			t.Fatalf("%+v settles to %+v, out of order", c, s)
		}
	})
}

func TestPlusLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := stated(t, "a").Settle(), stated(t, "b").Settle(), stated(t, "c").Settle()
		if a.Plus(b) != b.Plus(a) {
			t.Fatalf("%+v and %+v: the sum depends on the order", a, b)
		}
		if x, y := a.Plus(b).Plus(c), a.Plus(b.Plus(c)); x != y {
			t.Fatalf("the sum depends on the grouping: %+v, %+v", x, y)
		}
		s := a.Plus(b)
		if s.Stated() != (a.Stated() || b.Stated()) {
			t.Fatalf("%+v and %+v make %+v", a, b, s)
		}
		if s.BestStated() != (a.BestStated() && b.BestStated()) {
			t.Fatalf("%+v and %+v: a best figure of the sum that not both give: %+v", a, b, s)
		}
		if s.Stated() && s.IsOpen() != (a.IsOpen() || b.IsOpen() || !a.Stated() || !b.Stated()) {
			t.Fatalf("%+v and %+v make %+v: open or not", a, b, s)
		}
		if s.Low != a.Low+b.Low || s.High != a.High+b.High {
			t.Fatalf("%+v and %+v make %+v", a, b, s)
		}
		if zero := Exactly(0); a.Stated() && a.Flags&HasLow != 0 && a.Plus(zero) != a {
			t.Fatalf("nobody added to %+v makes %+v", a, a.Plus(zero))
		}
	})
}

func TestEnvelopeBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := stated(t, "a").Settle(), stated(t, "b").Settle()
		e := a.Envelope(b)
		switch {
		case !a.Stated() || !b.Stated():
			if e != cmp.Or(a, b) {
				t.Fatalf("%+v with nothing makes %+v", cmp.Or(a, b), e)
			}
			return
		case e.Low != min(a.Low, b.Low) || e.High != max(a.High, b.High):
			t.Fatalf("%+v and %+v make %+v", a, b, e)
		case e.BestStated() != (a.BestStated() && b.BestStated() && a.Best == b.Best):
			t.Fatalf("%+v and %+v make %+v: a best figure only where both give it", a, b, e)
		case e.BestStated() && e.Best != a.Best, !e.BestStated() && e.Best != 0:
			t.Fatalf("%+v and %+v make %+v: a best figure of its own", a, b, e)
		}
		if a.Flags&b.Flags&HasLow != 0 && e.Envelope(a) != e { // what is taken in already changes nothing
			t.Fatalf("%+v takes in %+v a second time and becomes %+v", e, a, e.Envelope(a))
		}
	})
}

func TestAddCheckedAgainstWideSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edge := rapid.OneOf(rapid.Int64Range(0, math.MaxInt64), rapid.Int64Range(math.MaxInt64-9, math.MaxInt64), rapid.Int64Range(0, 9))
		a, b := edge.Draw(t, "a"), edge.Draw(t, "b")
		s, over := AddChecked(a, b)
		if fits := a <= math.MaxInt64-b; over == fits || (fits && s != a+b) {
			t.Fatalf("%d + %d: %d, %v", a, b, s, over)
		}
	})
}

// A dictionary is a numbering: the codes are 0 to Len-1, each with its name.
func TestDictIsANumbering(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", " ", "a", "A", "a ", "é", "e\u0301"}))).Draw(t, "names")
		d := NewDict()
		codes := map[string]uint32{"": 0}
		for _, n := range names {
			c := d.Code(n)
			if old, seen := codes[n]; seen && old != c {
				t.Fatalf("%q had code %d and has %d", n, old, c)
			} else if !seen && int(c) != len(codes) {
				t.Fatalf("%q gets code %d after %d names", n, c, len(codes))
			}
			codes[n] = c
		}
		if d.Len() != len(codes) {
			t.Fatalf("%d codes for %d spellings", d.Len(), len(codes))
		}
		for n, c := range codes {
			if got, ok := d.Lookup(n); !ok || got != c || d.Name(c) != n {
				t.Fatalf("%q has code %d, looked up %d, reads back %q", n, c, got, d.Name(c))
			}
		}
	})
}

func TestDictsAreSeparate(t *testing.T) {
	d := NewDicts()
	d[ColCountry].Code("P")
	for c := ColCountry; c < NumColumns; c++ {
		if want := 1 + b2i(c == ColCountry); d[c].Len() != want {
			t.Errorf("%v has %d codes, want %d", c, d[c].Len(), want)
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestTextsHoldAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.SliceOf(rapid.Byte())).Draw(t, "values")
		var x Texts
		for _, v := range want {
			x.Append(v)
		}
		for i, v := range want {
			if x.At(i) != string(v) {
				t.Fatalf("value %d is %q, want %q", i, x.At(i), v)
			}
		}
	})
	v := []byte("Kabul")
	var x Texts
	x.Append(v)
	copy(v, "Herat")
	if x.At(0) != "Kabul" {
		t.Errorf("the column reads %q after the caller used its buffer again", x.At(0))
	}
}

// Days count up, their texts sort like them, and each week has seven.
func TestDaysInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, _ := DayOf(1, 1, 1)
		last, _ := DayOf(9999, 12, 30)
		d := Day(rapid.Int32Range(int32(first), int32(last)).Draw(t, "day"))
		n := d + 1
		if d.String() >= n.String() || len(d.String()) != 10 {
			t.Fatalf("%s is not before %s", d, n)
		}
		if n.Weekday() != d.Weekday()%7+1 {
			t.Fatalf("weekday %d follows %d", n.Weekday(), d.Weekday())
		}
		y, m, dd := d.Civil()
		if _, _, next := n.Civil(); dd > DaysIn(y, m) || (dd == DaysIn(y, m)) != (next == 1) {
			t.Fatalf("%s is day %d of a month of %d", d, dd, DaysIn(y, m))
		}
		month, ok := MonthDate(y, m)
		if !ok || month.Start > d || month.End < d || int(month.End-month.Start)+1 != DaysIn(y, m) {
			t.Fatalf("%s lies outside its month %s to %s", d, month.Start, month.End)
		}
		year, ok := YearDate(y)
		if days := int(year.End-year.Start) + 1; !ok || year.Start > month.Start || year.End < month.End || days != 337+DaysIn(y, 2) {
			t.Fatalf("%d has %d days", y, days)
		}
	})
}

// What Visible writes is valid UTF-8, hides nothing, and keeps what was visible
// in its order.
func checkVisible(t *testing.T, s string) {
	t.Helper()
	v := Visible(s)
	if !utf8.ValidString(v) {
		t.Fatalf("Visible(%q) = %q is not UTF-8", s, v)
	}
	for _, r := range v {
		if unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Bidi_Control, r) || r == '\u200b' || r == '\ufeff' || r == '\u2028' || r == '\u2029' {
			t.Fatalf("Visible(%q) = %q lets %U through", s, v, r)
		}
	}
	if Visible(v) != v {
		t.Fatalf("Visible(%q) = %q, and of that %q", s, v, Visible(v))
	}
	rest := v
	for _, r := range s {
		i, shown := strings.IndexRune(rest, r), fmt.Sprintf("⟨U+%04X⟩", r)
		if strings.HasPrefix(rest, shown) {
			rest = rest[len(shown):]
		} else if i == 0 {
			rest = rest[utf8.RuneLen(r):]
		} else {
			t.Fatalf("Visible(%q) = %q: %U is neither there nor shown", s, v, r)
		}
	}
	if rest != "" {
		t.Fatalf("Visible(%q) = %q ends in %q of its own", s, v, rest)
	}
}

func FuzzVisible(f *testing.F) {
	for _, s := range []string{"", "Kel Adar", "a\x1b[31mb", "x\r\n::error::", "\u202etxt.exe", "می\u200cخواهم", "\xff\xfe", "⟨U+202E⟩", "\U000E0041", "\u2067\u2069", "\x7f\x9b", "n\u0303", "🏴\U000E0067\U000E007F"} {
		f.Add(s)
	}
	f.Fuzz(checkVisible)
}

func TestVisibleOfEveryKindOfRune(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		checkVisible(t, rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom(nil, unicode.Cc, unicode.Bidi_Control), rapid.SampledFrom([]rune{0xFEFF, 0xFFFD, 0x200B, 0x200C, 0x2028, 0xAD, 0xE0001}))).Draw(rt, "s"))
	})
	for r := rune(0); r < 0x3000; r++ {
		checkVisible(t, string(r))
	}
}

// A diagnostic is one line, with its hint two, whatever the data holds.
func TestADiagnosticIsOneLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune{'a', '\n', '\r', '\t', 0x1b, 0x2028, 0x85, 0x202e, '"'}))
		d := Diagnostic{File: text.Draw(t, "file"), Line: 3, Message: text.Draw(t, "message"), Code: "code", Hint: text.Draw(t, "hint")}
		want := 1 + b2i(d.Hint != "")
		if got := strings.Count(d.String(), "\n") + 1; got != want || strings.ContainsAny(d.String(), "\r\x1b\u2028\u0085\u202e") {
			t.Fatalf("%q is %d lines", d.String(), got)
		}
	})
}

// Any order in which diagnostics are found gives the same list: one by file,
// line, column, code and field.
func TestDiagnosticsHaveOneOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"a", "b", "c"})
		ds := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Diagnostic {
			return Diagnostic{File: name.Draw(t, "file"), Line: rapid.IntRange(0, 3).Draw(t, "line"), Column: rapid.IntRange(0, 3).Draw(t, "column"), Code: name.Draw(t, "code"), Field: name.Draw(t, "field")}
		})).Draw(t, "diagnostics")
		files := []string{"b", "a", "b", "c"} // one given twice has its first place
		other := rapid.Permutation(ds).Draw(t, "order")
		SortDiagnostics(ds, files)
		SortDiagnostics(other, files)
		if !slices.Equal(ds, other) {
			t.Fatalf("two orders of the same:\n%+v\n%+v", ds, other)
		}
		for i := 1; i < len(ds); i++ {
			x, y := ds[i-1], ds[i]
			if o := strings.Index("bac", x.File) - strings.Index("bac", y.File); o > 0 || (o == 0 && (x.Line > y.Line || (x.Line == y.Line && x.Column > y.Column))) {
				t.Fatalf("%v stands before %v", x, y)
			}
		}
	})
}

func TestLedgersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1000)
		draw := func() Ledger {
			l := Ledger{Files: 1, Accepted: n.Draw(t, "accepted"), Rejected: n.Draw(t, "rejected"), Blank: n.Draw(t, "blank"), SetAside: n.Draw(t, "set aside")}
			l.Read = l.Accepted + l.Rejected + l.Blank
			return l
		}
		a, b := draw(), draw()
		x, y := a, b
		x.Add(b)
		y.Add(a)
		if x != y || !x.Balances() || x.Read != a.Read+b.Read || x.Files != 2 || x.SetAside != a.SetAside+b.SetAside {
			t.Fatalf("%+v and %+v make %+v and %+v", a, b, x, y)
		}
	})
}
