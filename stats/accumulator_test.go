package stats

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// A report whose period was chosen from the data is the report by that period,
// in every figure, however the span of the data grew while it was read and over
// whatever parts.
func TestAPeriodChosenIsThatPeriod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := rapid.SampledFrom([]int{1, 40, 100, 365, 366, 367, 368, 2000, 4000, 9000}).Draw(t, "span")
		var rs []rec
		for range rapid.IntRange(1, 20).Draw(t, "records") {
			d := (day("2001-02-03") + data.Day(rapid.IntRange(0, span).Draw(t, "day"))).String()
			d = d[:rapid.SampledFrom([]int{10, 10, 10, 7, 4, 0}).Draw(t, "precision")]
			rs = append(rs, rec{date: d, attributed: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "party"), country: rapid.SampledFrom([]string{"", "P"}).Draw(t, "country"), killed: drawCount(t)})
		}
		o := DefaultOptions()
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		r := tallyRapid(t, o, rs[cut:], rs[:cut])
		o.Period = r.Period
		if x, y := text(r), text(tallyRapid(t, o, rs)); x != y {
			t.Fatalf("chosen:\n%s\nasked for:\n%s", x, y)
		}
	})
}

// The list of the deadliest is the head of all incidents in order, by the best
// figure or else the lowest, then the highest; nobody killed is no entry.
func TestDeadliestAgainstSorting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type toll struct{ value, high int64 }
		var rs []rec
		var want []toll
		for i := range rapid.IntRange(0, 60).Draw(t, "incidents") {
			c := rapid.OneOf(rapid.Custom(drawCount), rapid.Custom(func(t *rapid.T) data.Count {
				n := rapid.Int64Range(0, 6).Draw(t, "best")
				return lowBestHigh(max(0, n-2), n, n+3)
			})).Draw(t, "killed")
			x := rec{id: fmt.Sprintf("E%02d", i), date: "2020-01-01", killed: c, status: data.Status(rapid.IntRange(0, 5).Draw(t, "status"))}
			rs = append(rs, x)
			if x.status >= data.Retracted || x.status == data.Denied || !c.Stated() || c.Low == 0 && c.High == 0 {
				continue
			}
			want = append(want, toll{rankValue(&c), c.High})
		}
		slices.SortFunc(want, func(x, y toll) int { return cmp.Or(cmp.Compare(y.value, x.value), cmp.Compare(y.high, x.high)) })
		o := DefaultOptions()
		o.Top = rapid.IntRange(0, 12).Draw(t, "top")
		want = want[:min(len(want), o.Top)]
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		var got []toll
		seen := map[string]bool{}
		for _, d := range tallyRapid(t, o, rs[cut:], rs[:cut]).Deadliest {
			got = append(got, toll{rankValue(&d.Killed), d.Killed.High})
			if seen[d.ID] {
				t.Fatalf("%s is listed twice", d.ID)
			}
			seen[d.ID] = true
		}
		if !slices.Equal(got, want) {
			t.Fatalf("the deadliest %d: %v, want %v", o.Top, got, want)
		}
	})
}

// What parts leave of a whole: worked by hand from low and high figures.
func TestWhatPartsLeave(t *testing.T) {
	unstated := data.Count{}
	for _, c := range []struct {
		name         string
		whole, parts data.Count
		want         string
	}{
		{"nothing", exactly(5), exactly(5), ""}, {"the rest", exactly(5), exactly(2), "3"}, {"a range of a number", exactly(6), between(2, 4), "2–4"}, {"a number of a range", between(4, 6), exactly(5), "0–1"},
		{"ranges", between(10, 12), between(3, 5), "5–9"}, {"more than the whole", exactly(3), exactly(9), ""}, {"no whole", unstated, exactly(2), ""}, {"no parts", exactly(4), unstated, "4"}, {"none of none", exactly(0), unstated, ""},
		{"at least", atLeast(20), exactly(5), "15+"}, {"at least, and more in parts", atLeast(4), exactly(9), "0+"}, {"parts without an end", exactly(9), atLeast(2), "0–7"},
		{"best figures", lowBestHigh(4, 6, 9), exactly(2), "4 (2–7)"}, {"a best that parts exceed", lowBestHigh(4, 6, 9), exactly(7), "0–2"},
	} {
		r, ok := remainder(c.whole, c.parts)
		got := ""
		if ok {
			var s Sum
			s.of(&r)
			got = s.Figure(1)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
