package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestDispersionOf(t *testing.T) {
	// R 4.2.2: x <- c(3, 5, 1, 4, 4, 2, 8, 8, 0, 0, 3)
	// mean(diff(x)^2 / (x[-1] + x[-length(x)]), na.rm = TRUE)  # 2.248148
	counts := []int64{3, 5, 1, 4, 4, 2, 8, 8, 0, 0, 3}
	const pairs = 9
	d, ok := DispersionOf(counts, 1, -1, -1)
	if !ok || d.Pairs != pairs || math.Abs(d.Factor-2.248148) > 0.0000005 {
		t.Errorf("%+v, want 2.248148 from %d pairs", d, pairs)
	}
	// One chain of nine pairs broken by the pair of two zeros: von Neumann's freedom.
	if f := 2.0 * 81 / (27 - 2); math.Abs(d.Freedom-f) > 1e-12 {
		t.Errorf("%v degrees of freedom, want %v", d.Freedom, f)
	}
	if _, ok := DispersionOf(counts[:8], 1, -1, -1); ok {
		t.Error("seven pairs are enough")
	}
	if _, ok := DispersionOf(counts, 0, -1, -1); ok {
		t.Error("a count is compared with itself")
	}
	// Pairs that touch the periods under test do not count.
	without, _ := DispersionOf(append(slices.Clone(counts), 1000), 1, 10, 11)
	if without.Pairs != pairs-1 {
		t.Errorf("%d pairs, want %d", without.Pairs, pairs-1)
	}
	// Pairs a year apart in less than two years share no count: full freedom.
	years := make([]int64, 24)
	for i := range years {
		years[i] = int64(10 + i%5)
	}
	if d, ok := DispersionOf(years, 12, -1, -1); !ok || d.Pairs != 12 || d.Freedom != 12 {
		t.Errorf("%+v", d)
	}
}

func TestChangeTest(t *testing.T) {
	// Independent incidents: the exact test, to the published figures.
	for _, c := range []struct {
		before, after int64
		want          float64
	}{{69, 89, 0.1304}, {56, 77, 0.0825}, {54, 99, 0.0003}, {9, 18, 0.122}, {45, 48, 0.836}} {
		for _, d := range []Dispersion{{}, {Factor: 0.4, Pairs: 20, Freedom: 13}, {Factor: 1, Pairs: 20, Freedom: 13}} {
			if got := ChangeTest(c.before, c.after, d); math.Abs(got-c.want) > 0.0005 {
				t.Errorf("%d to %d with %+v: p = %.4f, want %.4f", c.before, c.after, d, got, c.want)
			}
		}
	}
	// R 4.2.2: 2 * pt(-(abs(99 - 54) - 1) / sqrt(3 * 153), df = 12)  # 0.062457
	if got := ChangeTest(54, 99, Dispersion{Factor: 3, Freedom: 12}); math.Abs(got-0.062457) > 0.0000005 {
		t.Errorf("54 to 99 with dispersion 3: p = %.6f", got)
	}
	// R 4.2.2: 2 * pt(-(abs(89 - 69) - 1) / sqrt(2.5 * 158), df = 15.3)  # 0.353938
	if got := ChangeTest(69, 89, Dispersion{Factor: 2.5, Freedom: 15.3}); math.Abs(got-0.353938) > 0.0000005 {
		t.Errorf("69 to 89 with dispersion 2.5: p = %.6f", got)
	}
	// More dispersion never makes a change more unusual.
	for before := int64(0); before < 30; before++ {
		for after := int64(0); after < 30; after++ {
			last := 0.0
			for _, f := range []float64{0.5, 1, 1.2, 2, 5} {
				p := ChangeTest(before, after, Dispersion{Factor: f, Freedom: 15})
				if p < last-1e-12 || p > 1 {
					t.Fatalf("%d to %d: p = %v at %v, %v before", before, after, p, f, last)
				}
				last = p
			}
		}
	}
}

// nullSeries draws a series in which nothing changes: Poisson counts, or counts
// whose variance is factor times their mean (negative binomial).
func nullSeries(r *rand.Rand, n int, mean, factor float64) []int64 {
	xs := make([]int64, n)
	for i := range xs {
		rate := mean
		if factor > 1 {
			rate = distuv.Gamma{Alpha: mean / (factor - 1), Beta: 1 / (factor - 1), Src: r}.Rand()
		}
		xs[i] = int64(distuv.Poisson{Lambda: rate, Src: r}.Rand())
	}
	return xs
}

// How often the sentence "unusual if nothing has changed" is said of 10,000
// series in which nothing has changed: at most the 5 % it stands for, and not so
// rarely that it could never be said, whether incidents are independent or come
// in clusters. Without the correction, clusters raise false alarms.
func TestFalseAlarmRate(t *testing.T) {
	const series = 10_000
	margin := 3 * math.Sqrt(0.05*0.95/series) // three standard errors of a rate of 5 %
	for _, c := range []struct {
		name         string
		mean, factor float64
		lag, n       int
		least        float64
	}{
		{"Poisson", 60, 1, 1, 24, 0.02},
		{"Poisson, few incidents", 12, 1, 1, 24, 0.01},
		{"Poisson, a year apart", 60, 1, 12, 36, 0.02},
		{"overdispersed", 60, 3, 1, 24, 0.03},
		{"overdispersed, long", 30, 4, 1, 60, 0.03},
		{"overdispersed, a year apart", 60, 3, 12, 36, 0.03},
	} {
		r := rand.New(rand.NewPCG(1, uint64(c.lag)))
		alarms, uncorrected := 0, 0
		for range series {
			xs := nullSeries(r, c.n, c.mean, c.factor)
			after := len(xs) - 1
			before := after - c.lag
			d, _ := DispersionOf(xs, c.lag, before, after)
			if ChangeTest(xs[before], xs[after], d) < Unusual {
				alarms++
			}
			if CountTest(xs[before], xs[after]) < Unusual {
				uncorrected++
			}
		}
		rate := float64(alarms) / series
		t.Logf("%s: %.2f %% false alarms, %.2f %% without the correction", c.name, 100*rate, 100*float64(uncorrected)/series)
		if rate > 0.05+margin || rate < c.least {
			t.Errorf("%s: the false-alarm rate is %.4f, and should be from %.2f to 0.05 within %.4f", c.name, rate, c.least, margin)
		}
		if c.factor > 2 && float64(uncorrected)/series < 0.15 {
			t.Errorf("%s: the series are not overdispersed enough to test the correction", c.name)
		}
	}
}
