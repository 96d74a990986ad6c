package stats

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// rounded is a*scale/b in whole numbers, half away from zero, however large.
func rounded(a, scale, b int64) *big.Int {
	n := new(big.Int).Mul(big.NewInt(a), big.NewInt(scale))
	n.Mul(n, big.NewInt(2))
	d := new(big.Int).Mul(big.NewInt(b), big.NewInt(2))
	if n.Sign() < 0 {
		n.Sub(n, big.NewInt(b))
	} else {
		n.Add(n, big.NewInt(b))
	}
	return n.Quo(n, d) // Quo cuts towards zero
}

func anyInt() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64(), rapid.Int64Range(-2000, 2000), rapid.Int64Range(math.MaxInt64-3, math.MaxInt64), rapid.Int64Range(math.MinInt64, math.MinInt64+3),
		rapid.Custom(func(t *rapid.T) int64 { return rapid.Int64Range(-9, 9).Draw(t, "persons") * data.Unit / 2 }))
}

func TestRatioAgainstLongDivision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyInt().Draw(t, "a"), rapid.OneOf(rapid.Int64Range(1, 50), rapid.Int64Range(1, math.MaxInt64)).Draw(t, "b")
		if got, want := Ratio(a, b), rounded(a, 1, b); !want.IsInt64() || got != want.Int64() {
			t.Fatalf("%d/%d is %d, want %s", a, b, got, want)
		}
		if got := Persons(a); got != rounded(a, 1, data.Unit).Int64() {
			t.Fatalf("%d millionths are %d persons", a, got)
		}
	})
}

func TestScaledAgainstLongDivision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyInt().Draw(t, "a"), rapid.OneOf(rapid.Int64Range(-2, 50), rapid.Int64Range(1, math.MaxInt64)).Draw(t, "b")
		scale := rapid.SampledFrom([]int64{0, 1, 10, 100, 1000, data.Unit, math.MaxInt32}).Draw(t, "scale")
		got, ok := Scaled(a, scale, b)
		if b <= 0 {
			if ok {
				t.Fatalf("%d of %d is %d", a, b, got)
			}
			return
		}
		want := rounded(a, scale, b)
		if fits := want.BitLen() <= 62; ok != fits && want.CmpAbs(big.NewInt(1<<62)) != 0 || (ok && want.Cmp(big.NewInt(got)) != 0) {
			t.Fatalf("%d·%d/%d is %d, %v; want %s", a, scale, b, got, ok, want)
		}
	})
	if _, ok := Scaled(1, -1, 1); ok {
		t.Error("a negative scale is taken")
	}
}

// A per cent is whole, with one decimal below two, and never reads as nothing or
// as the whole unless it is: the same by ratios and their decimals.
func TestPercentAgainstLongDivision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.OneOf(rapid.Int64Range(1, 300), rapid.Int64Range(1, 1e12)).Draw(t, "whole")
		part := rapid.OneOf(rapid.Int64Range(-1e12, 1e12), rapid.Int64Range(-3, 3), rapid.Int64Range(whole-3, whole+3)).Draw(t, "part")
		got := Percent(part, whole)
		ratio := big.NewRat(part, whole)
		ratio.Mul(ratio.Abs(ratio), big.NewRat(100, 1))
		decimals := 0
		if tenths := ratio.FloatString(1); part != 0 && (strings.HasPrefix(tenths, "0.") || strings.HasPrefix(tenths, "1.")) {
			decimals = 1
		}
		shown := func() string {
			s := ratio.FloatString(decimals)
			if decimals > 0 {
				s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
			}
			return s
		}
		for part != 0 && shown() == "0" || ratio.Cmp(big.NewRat(100, 1)) < 0 && shown() == "100" {
			decimals++
		}
		want := shown()
		before, after, found := strings.Cut(want, ".")
		n, err := strconv.ParseInt(before, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if want = Number(n); found {
			want += "." + after
		}
		if part < 0 && want != "0" {
			want = "−" + want
		}
		if got != want+" %" {
			t.Fatalf("%d of %d is %q, want %q", part, whole, got, want+" %")
		}
	})
}

func TestNumbersReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyInt().Draw(t, "n")
		s := Number(n)
		if back, err := strconv.ParseInt(strings.NewReplacer("−", "-", ",", "").Replace(s), 10, 64); err != nil || back != n {
			t.Fatalf("%d is written %s, which reads %d, %v", n, s, back, err)
		}
		for i, group := range strings.Split(strings.TrimPrefix(s, "−"), ",") {
			if len(group) > 3 || len(group) == 0 || (i > 0 && len(group) != 3) {
				t.Fatalf("%d is written %s", n, s)
			}
		}
	})
}

// What a reader meets follows from the sums: the range from the lows to the
// highs, a plus where one is open, a best figure where every known toll has one.
func TestFiguresAgainstTheirSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cs := rapid.SliceOf(rapid.Custom(drawCount)).Draw(t, "counts")
		var s Sum
		var low, best, high int64
		known, open, all := 0, false, true
		for i := range cs {
			c := cs[i]
			s.add(&c)
			if !c.Stated() {
				continue
			}
			known++
			low, best, high = low+c.Low, best+c.Best, high+c.High
			open, all = open || c.IsOpen(), all && c.BestStated()
		}
		n := uint32(len(cs))
		persons := func(v int64) string { return Number(rounded(v, 1, data.Unit).Int64()) }
		bounds := persons(low)
		if persons(high) != bounds {
			bounds += "–" + persons(high)
		}
		if open {
			bounds += "+"
		}
		figure, bestText := bounds, "–"
		if all {
			bestText = persons(best)
			if figure = bestText; bounds != bestText {
				figure += " (" + bounds + ")"
			}
		}
		switch {
		case known == 0 && n > 0:
			bounds, figure, bestText = "unknown", "unknown", "–"
		case n == 0:
			bounds, figure, bestText = "0", "0", "0"
		}
		if s.Range(n) != bounds || s.Figure(n) != figure || s.BestText(n) != bestText {
			t.Fatalf("%+v of %d reads %q, %q, %q; want %q, %q, %q", s, n, s.Range(n), s.Figure(n), s.BestText(n), bounds, figure, bestText)
		}
		if s.Known(n) != uint32(known) || s.HasBest() != (all || known == 0) {
			t.Fatalf("%+v: %d known, a best figure %v", s, s.Known(n), s.HasBest())
		}
	})
}

// Thirds of a death, as datasets give them that split a toll over linked
// incidents, add up again and are rounded once.
func TestThirdsAddUp(t *testing.T) {
	var rs []rec
	for i := range 3 {
		third := share(exactly(1), int64(i), 3)
		rs = append(rs, rec{date: "2020-01-01", killed: third, attributed: string(rune('A' + i))})
	}
	r := tallyOf(t, DefaultOptions(), rs)
	if r.Total.Killed.Low != data.Unit || r.Total.Killed.Figure(3) != "1" {
		t.Errorf("three thirds are %+v", r.Total.Killed)
	}
	for _, p := range []string{"A", "B", "C"} {
		if got := figureAt(t, r, "by-party", p); got != "0" {
			t.Errorf("a third of a death reads %s", got)
		}
	}
}

func TestSharesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, n := drawCount(t), rapid.Int64Range(1, 9).Draw(t, "n")
		var low, best, high int64
		for i := range n {
			s := share(c, i, n)
			if s.Flags != c.Flags || s.High-share(c, n-1, n).High > 1 || !s.Ordered() {
				t.Fatalf("share %d of %d of %+v is %+v", i, n, c, s)
			}
			low, best, high = low+s.Low, best+s.Best, high+s.High
		}
		if low != c.Low || best != c.Best || high != c.High {
			t.Fatalf("%d shares of %+v add up to %d, %d, %d", n, c, low, best, high)
		}
	})
}

// However counts are put together, a sum past the largest is an error in the end,
// and one within it is not.
func TestOverflowInEveryOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, math.MaxInt64), rapid.Int64Range(0, math.MaxInt64/4), rapid.Int64Range(math.MaxInt64-2, math.MaxInt64)), 1, 6).Draw(t, "tolls")
		sum := new(big.Int)
		var ts []Tally
		for i, v := range counts {
			s := Sum{Low: v, Best: v, High: v}
			sum.Add(sum, big.NewInt(v))
			x := Tally{Incidents: 1, Killed: s}
			if i%2 == 1 {
				x = Tally{Incidents: 1, Killed: Sum{High: v}}
			}
			ts = append(ts, x)
		}
		failed := false
		for len(ts) > 1 && !failed {
			i := rapid.IntRange(0, len(ts)-2).Draw(t, "pair")
			failed = ts[i].Merge(ts[i+1]) != nil
			ts = append(ts[:i+1], ts[i+2:]...)
		}
		if failed == sum.IsInt64() {
			t.Fatalf("%v: overflow %v, the sum is %s", counts, failed, sum)
		}
		if !failed && ts[0].Killed.High != sum.Int64() {
			t.Fatalf("%v add up to %d, want %s", counts, ts[0].Killed.High, sum)
		}
	})
}

func TestNegativeCountsAreRefused(t *testing.T) {
	for _, c := range []data.Count{{Low: -1, Best: 1, High: 1, Flags: data.HasLow | data.HasBest | data.HasHigh}, {High: -data.Unit, Flags: data.HasHigh}, {Best: math.MinInt64, Flags: data.HasBest}} {
		if NewAccumulator(DefaultOptions()).Add(batch([]rec{{date: "2020-01-01", killed: c}})) == nil {
			t.Errorf("%+v killed are tallied", c)
		}
		if NewAccumulator(DefaultOptions()).Add(batch([]rec{{date: "2020-01-01", injured: c}})) == nil {
			t.Errorf("%+v injured are tallied", c)
		}
	}
}

func TestWordsOfOptions(t *testing.T) {
	for p := Auto; p <= ByYear; p++ {
		if q, ok := ParsePeriod(p.String()); !ok || q != p {
			t.Errorf("%v reads back as %v", p, q)
		}
	}
	for m := Joint; m <= Split; m++ {
		if q, ok := ParseMultiParty(m.String()); !ok || q != m {
			t.Errorf("%v reads back as %v", m, q)
		}
	}
	if m, ok := ParseMultiParty(""); !ok || m != Joint {
		t.Error("blank is joint")
	}
	if _, ok := ParsePeriod("fortnight"); ok {
		t.Error("a fortnight is a period")
	}
	if m, ok := ParseMultiParty("both"); ok || m != Joint {
		t.Error("both is a way of counting")
	}
}

func TestDayTexts(t *testing.T) {
	for s, want := range map[string]string{"": "undated", "2025-10-01": "1 Oct 2025", "0987-12-31": "31 Dec 987", "2024-02-29": "29 Feb 2024"} {
		if got := DayText(day(s)); got != want {
			t.Errorf("%s is written %q, want %q", s, got, want)
		}
	}
}
