package stats

import (
	"math"
	"testing"

	"toll/data"
)

func TestNumber(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1234567: "1,234,567", -4200: "−4,200",
		math.MaxInt64: "9,223,372,036,854,775,807", math.MinInt64: "−9,223,372,036,854,775,808"} {
		if got := Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestRatioRoundsHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct{ a, b, want int64 }{{1, 2, 1}, {-1, 2, -1}, {3, 2, 2}, {5, 10, 1}, {4, 10, 0}, {-4, 10, 0}, {375, 10, 38},
		{-91, 10, -9}, {math.MaxInt64, 1, math.MaxInt64}, {math.MaxInt64, math.MaxInt64, 1}, {1, 0, 0}} {
		if got := Ratio(c.a, c.b); got != c.want {
			t.Errorf("Ratio(%d, %d) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// Published percentages, some of them printed wrongly: field practice is the
// earlier period as base and half away from zero.
func TestPercent(t *testing.T) {
	for _, c := range []struct {
		part, whole int64
		want        string
	}{{160, 198, "81 %"}, {21, 56, "38 %"}, {-7, 77, "−9 %"}, {20, 69, "29 %"}, {437, 583, "75 %"}, {110, 307, "36 %"}, {1353, 2121, "64 %"},
		{-3, 24, "−13 %"}, {11, 1000, "1.1 %"}, {1, 1000, "0.1 %"}, {-15, 1000, "−1.5 %"}, {0, 9, "0 %"}, {3, 0, "n/a"}, {10, 1000, "1 %"}, {199, 10000, "2 %"},
		// Neither nothing nor the whole, whatever the rounding.
		{1, 2156, "0.05 %"}, {-1, 2156, "−0.05 %"}, {1, 100_000, "0.001 %"}, {4, 10_000, "0.04 %"}, {2155, 2156, "99.95 %"}, {-2155, 2156, "−99.95 %"},
		{199, 200, "99.5 %"}, {994, 1000, "99 %"}, {995, 1000, "99.5 %"}, {200, 200, "100 %"}, {-200, 200, "−100 %"}, {2003, 2000, "100 %"}, {1_234_500, 1000, "123,450 %"},
		{1, 1e16, "0.00000000000001 %"}, {1e16 - 1, 1e16, "99.99999999999999 %"}} {
		if got := Percent(c.part, c.whole); got != c.want {
			t.Errorf("Percent(%d, %d) = %q, want %q", c.part, c.whole, got, c.want)
		}
	}
}

func TestSumText(t *testing.T) {
	sum := func(cs ...data.Count) (s Sum, n uint32) {
		for i := range cs {
			s.add(&cs[i])
		}
		return s, uint32(len(cs))
	}
	half := data.Count{Low: data.Unit / 2, Best: data.Unit / 2, High: data.Unit / 2, Flags: data.HasBest | data.HasLow | data.HasHigh}
	for _, c := range []struct {
		counts        []data.Count
		rng, fig, bst string
	}{
		{[]data.Count{data.Exactly(12)}, "12", "12", "12"},
		{[]data.Count{data.Between(4, 7)}, "4–7", "4–7", "–"},
		{[]data.Count{data.AtLeast(200)}, "200+", "200+", "–"},
		{[]data.Count{{}, {}}, "unknown", "unknown", "–"},
		{[]data.Count{{}, data.Exactly(3)}, "3", "3", "3"},
		{[]data.Count{data.Between(23, 58), {Low: 9 * data.Unit, High: 200 * data.Unit, Flags: data.HasLow | data.HasHigh | data.Open}}, "32–258+", "32–258+", "–"},
		{[]data.Count{{Low: data.Unit, Best: 2 * data.Unit, High: 1300 * data.Unit, Flags: data.HasLow | data.HasBest | data.HasHigh}}, "1–1,300", "2 (1–1,300)", "2"},
		{[]data.Count{half, half, half}, "2", "2", "2"}, // 1.5 rounded once, not three halves rounded up
	} {
		s, n := sum(c.counts...)
		if got := s.Range(n); got != c.rng {
			t.Errorf("%v: Range = %q, want %q", c.counts, got, c.rng)
		}
		if got := s.Figure(n); got != c.fig {
			t.Errorf("%v: Figure = %q, want %q", c.counts, got, c.fig)
		}
		if got := s.BestText(n); got != c.bst {
			t.Errorf("%v: BestText = %q, want %q", c.counts, got, c.bst)
		}
	}
}
