package stats

import (
	"fmt"
	"testing"

	"toll/data"
)

// span of a toll in whole persons: what it can be. An open end reaches far beyond
// every number tried here.
type possible struct{ lo, hi int64 }

const farOff = 40

func possibleOf(c data.Count) possible {
	p := possible{c.Low / data.Unit, c.High / data.Unit}
	if c.IsOpen() {
		p.hi = farOff
	}
	return p
}

// everyCount lists the tolls of up to most persons: exact, ranges with and without
// a best figure, open ones, and none.
func everyCount(most int64) []data.Count {
	all := []data.Count{{}}
	for lo := range most + 1 {
		all = append(all, data.Exactly(lo), data.AtLeast(lo))
		for hi := lo + 1; hi <= most; hi++ {
			all = append(all, data.Between(lo, hi))
			for best := lo; best <= hi; best++ {
				all = append(all, lowBestHigh(lo, best, hi))
			}
		}
	}
	return all
}

// What parts leave of a whole: every number that a whole and its parts can leave
// lies within, the bounds are numbers that they can leave, and a best figure is
// the difference of two.
func TestRemainderOfEveryCount(t *testing.T) {
	for _, whole := range everyCount(5) {
		for _, parts := range everyCount(5) {
			r, some := remainder(whole, parts)
			name := fmt.Sprintf("%s less %s", asText(whole), asText(parts))
			switch {
			case !whole.Stated():
				if some || r != (data.Count{}) {
					t.Fatalf("%s: nothing is known of the whole, and %+v is left", name, r)
				}
				continue
			case !parts.Stated():
				if r != whole || some != (whole.High > 0 || whole.IsOpen()) {
					t.Fatalf("%s: %+v, %v", name, r, some)
				}
				continue
			}
			w, p, got := possibleOf(whole), possibleOf(parts), possibleOf(r)
			lo, hi := int64(farOff), int64(-1)
			for x := w.lo; x <= w.hi; x++ {
				for y := p.lo; y <= p.hi; y++ {
					if d := x - y; d >= 0 {
						lo, hi = min(lo, d), max(hi, d)
					}
				}
			}
			if hi < 0 { // the parts exceed the whole: nobody is left
				lo, hi = 0, 0
			}
			if got.lo > lo || got.hi < min(hi, farOff) && !r.IsOpen() {
				t.Fatalf("%s leaves %d to %d, and %s was worked out", name, lo, hi, asText(r))
			}
			if got.lo < lo && got.lo != 0 || !whole.IsOpen() && got.hi > max(hi, 0) && !r.BestStated() {
				t.Fatalf("%s leaves %d to %d, and %s is wider", name, lo, hi, asText(r))
			}
			if r.IsOpen() != whole.IsOpen() {
				t.Fatalf("%s: open %v", name, r.IsOpen())
			}
			if r.BestStated() && (r.Best != whole.Best-parts.Best || !whole.BestStated() || !parts.BestStated()) || r.Low > r.High {
				t.Fatalf("%s: %+v", name, r)
			}
			if some != (got.hi > 0) {
				t.Fatalf("%s: %s, some are left: %v", name, asText(r), some)
			}
		}
	}
}

func asText(c data.Count) string {
	if !c.Stated() {
		return "unknown"
	}
	s := fmt.Sprintf("%d–%d", c.Low/data.Unit, c.High/data.Unit)
	if c.BestStated() {
		s += fmt.Sprintf(" best %d", c.Best/data.Unit)
	}
	if c.IsOpen() {
		s += "+"
	}
	return s
}

// A claim about the whole against the sum of its parts: never less than the parts
// are for certain, never less than the claim, never their sum, and nothing beyond
// what either says.
func TestAgainstEveryCount(t *testing.T) {
	for _, whole := range everyCount(5) {
		for _, parts := range everyCount(5) {
			c := against(whole, parts)
			name := fmt.Sprintf("%s with parts of %s", asText(whole), asText(parts))
			switch {
			case !whole.Stated() && c != parts, !parts.Stated() && c != whole:
				t.Fatalf("%s: %+v", name, c)
			case !whole.Stated() || !parts.Stated():
				continue
			}
			if c.Low != max(whole.Low, parts.Low) || c.High != max(whole.High, parts.High) || c.Low > c.High {
				t.Fatalf("%s: %s", name, asText(c))
			}
			if c.IsOpen() && !whole.IsOpen() && !parts.IsOpen() || whole.IsOpen() && !c.IsOpen() {
				t.Fatalf("%s: open %v", name, c.IsOpen())
			}
			if c.BestStated() {
				ofWhole, ofParts := whole.BestStated() && c.Best == whole.Best, parts.BestStated() && c.Best == parts.Best
				if !ofWhole && !ofParts || c.Best < c.Low || c.Best > c.High {
					t.Fatalf("%s: best %d", name, c.Best/data.Unit)
				}
			}
			// The other way round nobody is lost either.
			if d := against(parts, whole); d.Low != c.Low || d.High != c.High {
				t.Fatalf("%s: %s, and turned about %s", name, asText(c), asText(d))
			}
			if again := against(c, parts); again.Low != c.Low || again.High != c.High {
				t.Fatalf("%s: set against the parts once more, %s is %s", name, asText(c), asText(again))
			}
		}
	}
}

// Parts that are not mentioned open no sum; parts that are none are no victims.
func TestSumsOfStatedParts(t *testing.T) {
	for _, x := range everyCount(4) {
		for _, y := range everyCount(4) {
			s := sumStated(x, y)
			switch {
			case !x.Stated() && s != y, !y.Stated() && s != x:
				t.Fatalf("%s and %s: %s", asText(x), asText(y), asText(s))
			case !x.Stated() || !y.Stated():
				continue
			}
			if s.Low != x.Low+y.Low || s.High != x.High+y.High || s.IsOpen() != (x.IsOpen() || y.IsOpen()) || s.BestStated() != (x.BestStated() && y.BestStated()) {
				t.Fatalf("%s and %s: %s", asText(x), asText(y), asText(s))
			}
			if s != sumStated(y, x) {
				t.Fatalf("%s and %s: another sum the other way round", asText(x), asText(y))
			}
		}
		if got, want := nobody(&x), !x.Stated() || possibleOf(x).hi == 0; got != want {
			t.Fatalf("%s: nobody %v", asText(x), got)
		}
	}
}

// What every policy makes of any one figure: the figure itself, its lowest, or
// nothing where the policy has no use for it.
func TestPoliciesOfOneFigure(t *testing.T) {
	a := NewAccumulator(DefaultOptions())
	for _, c := range everyCount(4) {
		for name, want := range map[string]data.Count{"range": c, "latest": c, "majority": c, "verified-first": c, "admission": {}, "prefer:X": c, "account:S": c, "account:X": {}} {
			p := policy(t, name)
			f := []figure{{source: "S", killed: c}}
			if got := p.toll(a, f, func(f *figure) *data.Count { return &f.killed }); got != want {
				t.Errorf("%s of %s: %s, want %s", name, asText(c), asText(got), asText(want))
			}
		}
		lowest := policy(t, "conservative").toll(a, []figure{{killed: c}}, func(f *figure) *data.Count { return &f.killed })
		switch {
		case !c.Stated() && lowest.Stated(), c.Stated() && (lowest.Low != c.Low || lowest.High != c.Low || lowest.IsOpen()):
			t.Errorf("the lowest of %s: %s", asText(c), asText(lowest))
		case c.Stated() && lowest.BestStated() != (c.BestStated() && c.Best == c.Low):
			t.Errorf("the lowest of %s has a best figure: %v", asText(c), lowest.BestStated())
		}
	}
}
