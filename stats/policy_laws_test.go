package stats

import (
	"fmt"
	"slices"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// drawFigures draws figures for the same people by a few sources.
func drawFigures(t *rapid.T) []figure {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) figure {
		f := figure{source: rapid.SampledFrom([]string{"P", "Q", "R"}).Draw(t, "source"), sourceSide: uint32(rapid.IntRange(0, 2).Draw(t, "side")),
			status: rapid.SampledFrom([]data.Status{0, data.Verified, data.Disputed}).Draw(t, "status"), killed: drawCount(t)}
		f.reportedOn = day(rapid.SampledFrom([]string{"", "2025-10-12", "2025-10-13"}).Draw(t, "reported"))
		return f
	}), 0, 5).Draw(t, "figures")
}

func killedOf(f *figure) *data.Count { return &f.killed }

// sides returns an accumulator in which sides 1 and 2 have names.
func sides() *Accumulator {
	a := NewAccumulator(DefaultOptions())
	if err := a.Add(batch([]rec{{date: "2025-10-11", side: "A", sourceSide: "A"}, {date: "2025-10-11", side: "B", sourceSide: "B"}})); err != nil {
		panic(err)
	}
	return a
}

// Under any policy a toll is unknown or lies within the range of the figures that
// are stated, has a best figure that one of them gives, and does not depend on
// their order.
func TestTollsStayWithinTheirFigures(t *testing.T) {
	a := sides()
	rapid.Check(t, func(t *rapid.T) {
		fs := drawFigures(t)
		p, err := ParsePolicy(rapid.SampledFrom(policiesDrawn).Draw(t, "policy"))
		if err != nil {
			t.Fatal(err)
		}
		got := p.toll(a, fs, killedOf)
		if other := p.toll(a, rapid.Permutation(fs).Draw(t, "order"), killedOf); other != got {
			t.Fatalf("%+v, and in another order %+v", got, other)
		}
		stated := slices.DeleteFunc(slices.Clone(fs), func(f figure) bool { return !f.killed.Stated() })
		if len(stated) == 0 {
			if got.Stated() {
				t.Fatalf("out of nothing %+v", got)
			}
			return
		}
		if !got.Stated() {
			if p.IsRange() {
				t.Fatal("the range of stated figures is unknown")
			}
			return
		}
		low, high, open, best := stated[0].killed.Low, stated[0].killed.High, false, false
		for _, f := range stated {
			low, high = min(low, f.killed.Low), max(high, f.killed.High)
			open = open || f.killed.IsOpen()
			best = best || f.killed.BestStated() && f.killed.Best == got.Best
		}
		if got.Low < low || got.High > high || got.Low > got.High || got.IsOpen() && !open {
			t.Fatalf("%+v is not within %d–%d", got, low, high)
		}
		if got.BestStated() && !best {
			t.Fatalf("the best figure of %+v is nobody's", got)
		}
		if p.IsRange() && (got.Low != low || got.High != high || got.IsOpen() != open) {
			t.Fatalf("%+v is not the range %d–%d", got, low, high)
		}
		if len(stated) == 1 && p.IsRange() && (got.Low != stated[0].killed.Low || got.High != stated[0].killed.High || got.BestStated() != stated[0].killed.BestStated()) {
			t.Fatalf("%+v of %+v alone", got, stated[0].killed)
		}
	})
}

// The majority are the figures that most sources give, however often each source
// repeats itself.
func TestMajorityIsOfSources(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var fs []*figure
		for range rapid.IntRange(1, 7).Draw(t, "n") {
			fs = append(fs, &figure{source: rapid.SampledFrom([]string{"P", "Q", "R", "S"}).Draw(t, "source"),
				killed: data.Exactly(int64(rapid.IntRange(1, 3).Draw(t, "killed")))})
		}
		votes := map[data.Count]map[string]bool{}
		most := 0
		for _, f := range fs {
			if votes[f.killed] == nil {
				votes[f.killed] = map[string]bool{}
			}
			votes[f.killed][f.source] = true
			most = max(most, len(votes[f.killed]))
		}
		var want []*figure
		for _, f := range fs {
			if len(votes[f.killed]) == most {
				want = append(want, f)
			}
		}
		if got := majority(fs, killedOf); !slices.Equal(got, want) {
			t.Fatalf("%d figures, want %d", len(got), len(want))
		}
	})
}

// Shares of a count add up to it, none exceeds another by more than a millionth
// of a person, and what is known of the count is known of each.
func TestSharesOfACountAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, n := drawCount(t), int64(rapid.IntRange(1, 7).Draw(t, "n"))
		var sum [3]int64
		first := share(c, 0, n)
		for i := range n {
			s := share(c, i, n)
			for j, v := range [3]int64{s.Low, s.Best, s.High} {
				sum[j] += v
			}
			if s.Flags != c.Flags || first.Low-s.Low > 1 || s.Low > first.Low || s.Low > s.High && c.Low <= c.High {
				t.Fatalf("share %d of %d of %+v is %+v", i, n, c, s)
			}
		}
		if sum != [3]int64{c.Low, c.Best, c.High} {
			t.Fatalf("the shares of %+v add up to %v", c, sum)
		}
	})
}

// A policy that is written is read back as itself, and one that is not one is
// refused.
func TestPoliciesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(policiesDrawn).Draw(t, "policy")
		if rapid.Bool().Draw(t, "named") {
			s = "prefer:" + rapid.StringMatching(`[A-Z][a-z ]{0,5}[a-z](,[A-Z][a-z]{1,4}){0,3}`).Draw(t, "names")
		}
		p, err := ParsePolicy(s)
		if err != nil {
			t.Fatal(err)
		}
		b, err := p.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var q Policy
		if err := q.UnmarshalText(b); err != nil || fmt.Sprint(q) != fmt.Sprint(p) || q.String() != p.String() || q.IsRange() != p.IsRange() {
			t.Fatalf("%s is read back as %s: %v", p, q, err)
		}
		if _, err := ParsePolicy(s + "x:y"); err == nil && s != "" && p.Names == nil {
			t.Fatalf("%sx:y is a policy", s)
		}
	})
}
