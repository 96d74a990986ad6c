package stats

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// coal is the number of disasters in British coal mines by year, 1851 to 1962 (R.
// G. Jarrett, "A note on the intervals between coal-mining disasters", Biometrika
// 66, 1979). R: table(factor(floor(boot::coal$date), levels = 1851:1962)).
var coal = []int64{4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2,
	1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0,
	0, 0, 1, 1, 0, 2, 3, 3, 1, 1, 2, 1, 1, 1, 1, 2, 3, 3, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1}

// The rate of disasters fell about 1890, as every study of the series has it (B.
// P. Carlin, A. E. Gelfand and A. F. M. Smith, Applied Statistics 41, 1992: the
// year of change is 1891, k = 41).
func TestChangepointsOfCoal(t *testing.T) {
	if sum := int64(191); len(coal) != 112 || func() (n int64) {
		for _, c := range coal {
			n += c
		}
		return n
	}() != sum {
		t.Fatal("these are not the 191 disasters of 112 years")
	}
	at := Changepoints(coal, ChangePenalty(len(coal)), 1, 3)
	if len(at) == 0 || at[0] != 41 {
		t.Errorf("the rate changes at %v, want 41 first", at)
	}
	if at := Changepoints(coal, ChangePenalty(len(coal)), 40, 3); len(at) != 0 {
		t.Errorf("counts that vary forty times as much have changes at %v", at)
	}
}

// The least cost over every segmentation, tried one by one.
func TestChangepointsAreTheLeastCost(t *testing.T) {
	cost := func(counts []int64, at []int, penalty, dispersion float64) float64 {
		total, from := 0.0, 0
		for _, to := range append(slices.Clone(at), len(counts)) {
			s := 0.0
			for _, c := range counts[from:to] {
				s += float64(c)
			}
			if s > 0 {
				total -= 2 * s * math.Log(s/float64(to-from)) / dispersion
			}
			from = to
		}
		return total + penalty*float64(len(at))
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 11).Draw(t, "n")
		counts := make([]int64, n)
		for i := range counts {
			counts[i] = int64(rapid.IntRange(0, 9).Draw(t, "count"))
		}
		shortest := rapid.IntRange(1, 3).Draw(t, "shortest")
		penalty, dispersion := rapid.Float64Range(0.1, 9).Draw(t, "penalty"), rapid.Float64Range(1, 3).Draw(t, "dispersion")
		got := Changepoints(counts, penalty, dispersion, shortest)
		least := cost(counts, nil, penalty, dispersion)
		for set := range 1 << (n - 1) {
			var at []int
			for i := 1; i < n; i++ {
				if set&(1<<(i-1)) != 0 {
					at = append(at, i)
				}
			}
			ends := append(append([]int{0}, at...), n)
			fits := true
			for i := range ends[1:] {
				fits = fits && ends[i+1]-ends[i] >= shortest
			}
			if fits {
				least = math.Min(least, cost(counts, at, penalty, dispersion))
			}
		}
		if c := cost(counts, got, penalty, dispersion); n >= 2*shortest && math.Abs(c-least) > 1e-6 {
			t.Fatalf("%v with changes at %v costs %v, and the least is %v", counts, got, c, least)
		}
		for i, at := range got {
			if at < shortest || n-at < shortest || i > 0 && at-got[i-1] < shortest {
				t.Fatalf("changes at %v with stretches of %d", got, shortest)
			}
		}
	})
}

// How often a series without a change is given one: seldom, at this penalty.
func TestChangepointsFalseAlarms(t *testing.T) {
	r, p := splitmix(3), newPoissonDraw()
	alarms := 0
	const series = 400
	for range series {
		counts := make([]int64, 60)
		for i := range counts {
			counts[i] = p.draw(&r, 20*rateScale)
		}
		if len(Changepoints(counts, ChangePenalty(len(counts)), 1, shortestMonth)) > 0 {
			alarms++
		}
	}
	if alarms > series*15/100 {
		t.Errorf("%d of %d series without a change have one", alarms, series)
	}
}

// R, MASS 7.3-58.2: fitdistr(c(2, 0, 5, 9, 1, 3, 14, 0, 7, 2, 4, 6), "negative
// binomial"): size 1.4279328, mu 4.4166668, standard error of mu 1.2273831.
func TestNegativeBinomial(t *testing.T) {
	mean, size, low, high, ok := NegativeBinomial([]int64{2, 0, 5, 9, 1, 3, 14, 0, 7, 2, 4, 6})
	if !ok {
		t.Fatal("refused")
	}
	near(t, "the mean", mean, 4.4166668, 1e-6)
	near(t, "the size", size, 1.4279328, 2e-4)
	error := mean * math.Log(high/mean) / 1.959964
	near(t, "the error of the mean", error, 1.2273831, 2e-3)
	near(t, "the bounds", low*high, mean*mean, 1e-9)
	for _, counts := range [][]int64{nil, {5}, {0, 0, 0}, {5, 5, 5, 5}, {4, 5, 6, 5}} {
		if _, _, _, _, ok := NegativeBinomial(counts); ok {
			t.Errorf("%v has a size", counts)
		}
	}
}

// Chapman's estimate by its definition, and where it is exact: a list within the
// other leaves nothing unseen.
func TestChapman(t *testing.T) {
	all, low, high := Chapman(24, 28, 12) // 25·29/13 − 1
	near(t, "the estimate", all, 54.769231, 1e-5)
	if low < 40 || low > all || high < all {
		t.Errorf("%v–%v around %v", low, high, all)
	}
	if all, low, high := Chapman(30, 50, 30); all != 50 || low != 50 || high != 50 {
		t.Errorf("a list within the other: %v (%v–%v)", all, low, high)
	}
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.Int64Range(0, 40).Draw(t, "both")
		n1, n2 := m+rapid.Int64Range(0, 90).Draw(t, "a alone"), m+rapid.Int64Range(0, 90).Draw(t, "b alone")
		all, low, high := Chapman(n1, n2, m)
		again, _, _ := Chapman(n2, n1, m)
		if seen := float64(n1 + n2 - m); all < seen-1e-9 || low < seen-1e-9 || low > all+1e-9 || high < all-1e-9 || all != again {
			t.Fatalf("%d and %d with %d in common: %v (%v–%v), seen %v", n1, n2, m, all, low, high, seen)
		}
	})
}

// Chao's bound on the numbers of the snowshoe hares of Chao (1987): 6 occasions,
// 68 animals, 25 caught once and 22 twice; 68 + 5/6·25²/(2·22) = 79.84.
func TestChao(t *testing.T) {
	all, low, high := Chao(6, 68, 25, 22)
	near(t, "the bound", all, 68+5.0/6*25*25/44, 1e-9)
	if low < 68 || low > all || high < all {
		t.Errorf("%v–%v around %v", low, high, all)
	}
	if all, _, _ := Chao(2, 5, 5, 0); !math.IsInf(all, 1) {
		t.Errorf("nobody seen twice: %v", all)
	}
}

// listed makes two lists of which some incidents share an identifier.
func listed(both, onlyA, onlyB int, change func(a, b *Incident)) (Side, Side) {
	var a, b []Incident
	one := func(id string, i int, source string) Incident {
		x := at(id, fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i%28), fmt.Sprintf("Place %s %d,,,Hest", id, i), "", data.Exactly(2))
		x.Sources = []string{source}
		return x
	}
	for i := range both {
		x, y := one(fmt.Sprintf("S-%d", i), i, "Herald"), one(fmt.Sprintf("S-%d", i), i, "Courier")
		if change != nil {
			change(&x, &y)
		}
		a, b = append(a, x), append(b, y)
	}
	for i := range onlyA {
		a = append(a, one("A", i, "Herald"))
		a[len(a)-1].ID = fmt.Sprintf("A-%d", i)
	}
	for i := range onlyB {
		b = append(b, one("B", i, "Courier"))
		b[len(b)-1].ID = fmt.Sprintf("B-%d", i)
	}
	x, y := side("A", a...), side("B", b...)
	for _, s := range []*Side{&x, &y} {
		s.First, s.Last = day("2024-01-01"), day("2024-12-31")
	}
	return x, y
}

func TestRecapture(t *testing.T) {
	compare := func(a, b Side) *Comparison {
		c, err := Compare(a, b, false, DefaultMatch())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := compare(listed(20, 30, 40, nil))
	s, refused := c.Recapture()
	if s == nil {
		t.Fatal(refused)
	}
	if all, listed := s.Cell("all", "chapman"), s.Cell("listed", "chapman"); all.V != 147*data.Unit || listed.V != 90*data.Unit { // 51·61/21 − 1 = 147.1
		t.Errorf("Chapman %+v of %+v", all, listed)
	}
	if all := s.Cell("all", "chao"); all.V != 151*data.Unit { // 90 + ½·70²/(2·20) = 151.25
		t.Errorf("Chao %+v", all)
	}
	for why, c := range map[string]*Comparison{
		"6 incidents are on both": compare(listed(6, 30, 40, nil)),
		"share too few identifiers: 0": compare(listed(20, 30, 40, func(a, b *Incident) {
			a.ID, b.ID = "", ""
		})),
		"nine in ten": compare(listed(20, 1, 40, nil)),
		"both lists draw on Herald": compare(listed(20, 30, 40, func(a, b *Incident) {
			b.Sources = []string{"Herald"}
		})),
	} {
		if s, refused := c.Recapture(); s != nil || len(refused) != 1 || !strings.Contains(refused[0].Why, why) {
			t.Errorf("%s: %v %v", why, s, refused)
		}
	}
	c = compare(listed(20, 30, 40, nil))
	c.SameDataset = true
	if s, refused := c.Recapture(); s != nil || len(refused) != 1 || !strings.Contains(refused[0].Why, "both lists are of one dataset") {
		t.Errorf("two releases of one dataset: %v %v", s, refused)
	}
	a, b := listed(20, 30, 40, nil)
	for i := range b.Incidents {
		b.Incidents[i].Date.Start += 4000
		b.Incidents[i].Date.End += 4000
	}
	b.First, b.Last = b.First+4000, b.Last+4000
	if _, refused := compare(a, b).Recapture(); len(refused) != 1 || !strings.Contains(refused[0].Why, "no day in common") {
		t.Errorf("%v", refused)
	}
	a, b = listed(20, 30, 40, nil)
	for i := range 6 {
		for _, s := range []*Side{&a, &b} {
			x := at(fmt.Sprint("twin ", s.Name, i), "2024-05-05", "Tarmin,,,Hest", "", data.Exactly(2))
			s.Incidents = append(s.Incidents, x)
			n := x.Tally()
			s.Total.plus(&n)
		}
	}
	if _, refused := compare(a, b).Recapture(); len(refused) != 1 || !strings.Contains(refused[0].Why, "12 incidents could be matched in several ways") {
		t.Errorf("%v", refused)
	}
}

// The experimental sheets are made on demand, for months enough.
func TestExperimentalSheets(t *testing.T) {
	report := func(years int, experimental bool, per func(month int) int) *Report {
		var rs []rec
		for m := range 12 * years {
			for i := range per(m) {
				rs = append(rs, rec{date: fmt.Sprintf("%d-%02d-%02d", 2015+m/12, 1+m%12, 1+i%28), killed: data.Exactly(int64(i % 3))})
			}
		}
		o := DefaultOptions()
		o.Experimental, o.Period = experimental, ByMonth
		o.From, o.To = day("2015-01-01"), day(fmt.Sprintf("%d-12-31", 2014+years))
		a := NewAccumulator(o)
		if err := a.Add(batch(rs)); err != nil {
			t.Fatal(err)
		}
		r, err := a.Report()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	step := func(m int) int { return map[bool]int{true: 4, false: 15}[m < 30] + m%4*2 }
	r := report(5, true, step)
	s := r.Sheet("changepoints")
	if s == nil || len(s.Rows) != 2 || s.Rows[0].Keys[0].ID != "2015-01" || s.Rows[0].Keys[1].ID != "2017-06" || s.Rows[1].Keys[0].ID != "2017-07" || s.Rows[1].Keys[1].ID != "2019-12" {
		t.Fatalf("%+v", s)
	}
	if n := s.Cell("months", "2015-01", "2017-06"); n.V != 30*data.Unit {
		t.Errorf("%+v months", n)
	}
	if nb := r.Sheet("negative-binomial"); nb == nil || nb.Cell("of", "mean").V != 60*data.Unit || nb.Cell("value", "mean").V != 125*data.Unit/10 {
		t.Errorf("%+v", nb)
	}
	if plain := report(5, false, step); plain.Sheet("changepoints") != nil || plain.Sheet("negative-binomial") != nil || len(plain.Refused) > 0 {
		t.Error("experimental sheets nobody asked for")
	}
	for _, x := range []struct {
		years int
		per   func(int) int
		why   string
	}{{1, step, "changepoints: the data covers 12 whole months, and 24 are needed"}, {3, func(int) int { return 9 }, "negative-binomial: the counts by month vary no more"}} {
		r := report(x.years, true, x.per)
		if !slices.ContainsFunc(r.Refused, func(f Refusal) bool { return strings.Contains(f.ID+": "+f.Why, x.why) }) {
			t.Errorf("%q is not among %v", x.why, r.Refused)
		}
	}
}
