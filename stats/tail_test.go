package stats

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"toll/data"

	"gonum.org/v1/gonum/mathext"
	"pgregory.net/rapid"
)

// sizesOf reads a distribution of testdata: a size and how many have it.
func sizesOf(t testing.TB, file string) Sizes {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var s Sizes
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var x Size
		if n, _ := fmt.Sscanf(sc.Text(), "%d,%d", &x.Killed, &x.Incidents); n == 2 {
			s = append(s, x)
		}
	}
	return s
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// The word frequencies of Moby Dick, as in Clauset, Shalizi and Newman (2009),
// table 6.1: from 7 ± 2 on, exponent 1.95(2), 2,958 ± 987 words in the tail, and a
// lognormal that cannot be told apart (table 6.3: 0.395, p = 0.69). R, poweRlaw
// 0.70.6:
//
//	m <- displ$new(moby); e <- estimate_xmin(m, xmax = 1e5)
//	e$xmin 7, e$pars 1.952728, e$gof 0.008252634, e$ntail 2958
func TestTailOfWordFrequencies(t *testing.T) {
	x, ok := FitTail(sizesOf(t, "moby.csv"))
	if !ok || x.From != 7 || x.Incidents != 2958 || x.Fatal != 18855 {
		t.Fatalf("%+v", x)
	}
	near(t, "the exponent", x.Alpha, 1.952728, 1e-5)
	near(t, "the distance", x.Distance, 0.008252634, 1e-6)
	near(t, "its error", x.AlphaSE, 0.02, 0.005)
	if x.Weighed {
		t.Errorf("the lognormal is told apart: %+v", x)
	}
}

// 3,000 lognormal numbers (R: set.seed(1); x <- ceiling(rlnorm(3000, 2, 1) − 0.5);
// x <- x[x > 0]). R, poweRlaw 0.70.6, estimate_xmin(m, xmax = 1e5): xmin 35, pars
// 3.43326315, gof 0.04922945, ntail 215; dislnorm at 35: 1.663023 1.037750;
// compare_distributions: −0.8170762, p 0.4138849. From 5 on: displ 1.990066,
// dislnorm 1.880478 1.080887, −10.27589, p 9.05e−25.
func TestTailOfALognormal(t *testing.T) {
	s := sizesOf(t, "lognormal.csv")
	x, ok := FitTail(s)
	if !ok || x.From != 35 || x.Incidents != 215 || !x.Weighed {
		t.Fatalf("%+v", x)
	}
	near(t, "the exponent", x.Alpha, 3.43326315, 1e-5)
	near(t, "the distance", x.Distance, 0.04922945, 1e-6)
	near(t, "μ", x.Mu, 1.663023, 0.01)
	near(t, "σ", x.Sigma, 1.037750, 0.01)
	near(t, "Vuong's ratio", x.Vuong, -0.8170762, 0.01)
	near(t, "its p", x.VuongP, 0.4138849, 0.01)
	five := s.from(5)
	x = Tail{From: 5, Incidents: five.count()}
	mean := 0.0
	for _, k := range five {
		mean += float64(k.Incidents) * math.Log(float64(k.Killed)) / float64(x.Incidents)
	}
	x.Alpha = powerLawAlpha(5, mean)
	near(t, "the exponent from 5 on", x.Alpha, 1.990066, 1e-5)
	x.compareLognormal(five)
	near(t, "μ from 5 on", x.Mu, 1.880478, 0.005)
	near(t, "σ from 5 on", x.Sigma, 1.080887, 0.005)
	near(t, "Vuong's ratio from 5 on", x.Vuong, -10.27589, 0.01)
}

// The deaths of UCDP GED in Pakistan and of CPOST's suicide attacks. R, poweRlaw
// 0.70.6, estimate_xmin(m, xmax = 1e5): 38, 3.470178, 0.04109275, 129 incidents;
// 39, 3.350293, 0.04894522, 218.
func TestTailOfPublishedData(t *testing.T) {
	for _, x := range []struct {
		file            string
		from, incidents int64
		alpha, distance float64
	}{{"ucdp-pakistan.csv", 38, 129, 3.470178, 0.04109275}, {"cpost.csv", 39, 218, 3.350293, 0.04894522}} {
		got, ok := FitTail(sizesOf(t, x.file))
		if !ok || got.From != x.from || got.Incidents != x.incidents {
			t.Errorf("%s: %+v", x.file, got)
		}
		near(t, x.file+": the exponent", got.Alpha, x.alpha, 1e-5)
		near(t, x.file+": the distance", got.Distance, x.distance, 1e-6)
	}
}

// Casualties of the American Indian Wars, 1776 to 1890, by the people of the
// attackers: J. A. Friedman, "Using power laws to estimate conflict size", Journal
// of Conflict Resolution 59, 2015. R 4.2.2, poweRlaw 0.70.6: data(native_american);
// m <- displ$new(native_american$Cas); m$setXmin(estimate_xmin(m)); likewise
// us_american.
var (
	nativeAmerican = Sizes{{1, 166}, {2, 139}, {3, 107}, {4, 69}, {5, 126}, {6, 51}, {7, 48}, {8, 34}, {9, 31}, {10, 49}, {11, 25}, {12, 32}, {13, 31}, {14, 23}, {15, 34}, {16, 22}, {17, 15}, {18, 14}, {19, 6},
		{20, 23}, {21, 11}, {22, 10}, {23, 8}, {24, 10}, {25, 18}, {26, 4}, {27, 5}, {28, 3}, {29, 6}, {30, 17}, {31, 3}, {32, 2}, {33, 2}, {34, 7}, {35, 9}, {36, 5}, {37, 6}, {38, 1}, {39, 1}, {40, 16}, {41, 3},
		{42, 4}, {45, 4}, {46, 1}, {47, 1}, {50, 7}, {52, 2}, {53, 3}, {55, 3}, {56, 2}, {58, 2}, {59, 1}, {60, 5}, {61, 1}, {62, 1}, {63, 3}, {67, 2}, {70, 2}, {73, 1}, {75, 1}, {76, 2}, {78, 1}, {80, 3}, {81, 1},
		{83, 1}, {85, 1}, {87, 1}, {90, 2}, {94, 1}, {96, 1}, {97, 1}, {98, 1}, {100, 8}, {115, 1}, {126, 1}, {128, 1}, {130, 1}, {131, 1}, {143, 1}, {150, 4}, {156, 2}, {157, 1}, {162, 1}, {171, 1}, {173, 2},
		{175, 1}, {181, 1}, {189, 1}, {200, 1}, {224, 1}, {240, 1}, {250, 1}, {280, 1}, {300, 5}, {331, 1}, {400, 1}, {410, 1}, {1000, 1}, {2000, 1}}
	usAmerican = Sizes{{1, 430}, {2, 247}, {3, 132}, {4, 78}, {5, 83}, {6, 45}, {7, 22}, {8, 21}, {9, 10}, {10, 10}, {11, 11}, {12, 14}, {13, 13}, {14, 7}, {15, 8}, {16, 3}, {17, 6}, {18, 3}, {19, 3}, {20, 11},
		{21, 5}, {22, 6}, {23, 5}, {24, 5}, {25, 3}, {26, 3}, {27, 1}, {28, 2}, {29, 1}, {30, 3}, {31, 1}, {33, 1}, {34, 5}, {39, 1}, {40, 1}, {41, 1}, {44, 1}, {45, 1}, {46, 1}, {49, 2}, {50, 1}, {58, 1}, {60, 1},
		{61, 1}, {62, 1}, {67, 1}, {70, 1}, {72, 1}, {76, 1}, {79, 1}, {94, 1}, {100, 1}, {102, 1}, {103, 1}, {107, 1}, {145, 1}, {183, 1}, {200, 1}, {253, 1}, {294, 1}, {367, 1}, {400, 2}, {500, 1}, {550, 1}, {623, 1}}
)

func TestTailsOfTheIndianWars(t *testing.T) {
	for _, x := range []struct {
		name            string
		sizes           Sizes
		all             int64
		from, incidents int64
		alpha, distance float64
	}{{"native American", nativeAmerican, 1297, 20, 275, 2.210053, 0.037571}, {"US American", usAmerican, 1232, 4, 423, 2.003262, 0.036440}} {
		got, ok := FitTail(x.sizes)
		if !ok || got.Fatal != x.all || got.From != x.from || got.Incidents != x.incidents {
			t.Errorf("%s: %+v", x.name, got)
		}
		near(t, x.name+": the exponent", got.Alpha, x.alpha, 1e-4)
		near(t, x.name+": the distance", got.Distance, x.distance, 2e-4)
		if got.AlphaSE <= 0 || got.AlphaSE > 0.2 || got.Distance <= 0 {
			t.Errorf("%s: %+v", x.name, got)
		}
		// An incident of nobody changes nothing.
		again, _ := FitTail(append(Sizes{{0, 500}}, x.sizes...))
		if again != got {
			t.Errorf("%s: with those that killed nobody %+v, without %+v", x.name, again, got)
		}
	}
}

// A table of one small set. R, poweRlaw 0.70.6: x <- rep(c(1, 2, 3, 5, 8, 13, 21,
// 34, 55), c(90, 40, 25, 12, 8, 5, 3, 2, 1)); displ at xmin 1, 2 and 3.
func TestPowerLawAlpha(t *testing.T) {
	s := Sizes{{1, 90}, {2, 40}, {3, 25}, {5, 12}, {8, 8}, {13, 5}, {21, 3}, {34, 2}, {55, 1}}
	for _, x := range []struct {
		from int64
		want float64
	}{{1, 1.901572}, {2, 2.199114}, {3, 2.276221}} {
		tail := s.from(x.from)
		mean := 0.0
		for _, k := range tail {
			mean += float64(k.Incidents) * math.Log(float64(k.Killed)) / float64(tail.count())
		}
		near(t, fmt.Sprint("the exponent from ", x.from), powerLawAlpha(float64(x.from), mean), x.want, 2e-5)
	}
}

// The distance against its definition: the largest over every size, listed or not.
func TestPowerLawDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s Sizes
		k := int64(rapid.IntRange(1, 4).Draw(t, "first"))
		for range rapid.IntRange(2, 8).Draw(t, "sizes") {
			s = append(s, Size{k, uint32(rapid.IntRange(1, 40).Draw(t, "n"))})
			k += int64(rapid.IntRange(1, 30).Draw(t, "step"))
		}
		alpha := rapid.Float64Range(1.2, 5).Draw(t, "alpha")
		all := mathext.Zeta(alpha, float64(s[0].Killed))
		want, seen := 0.0, int64(0)
		for x := s[0].Killed; x <= s[len(s)-1].Killed; x++ {
			for _, y := range s {
				if y.Killed == x {
					seen += int64(y.Incidents)
				}
			}
			want = math.Max(want, math.Abs(float64(seen)/float64(s.count())-(1-mathext.Zeta(alpha, float64(x+1))/all)))
		}
		if got := powerLawDistance(s, s.count(), alpha); math.Abs(got-want) > 1e-9 {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestTailRefused(t *testing.T) {
	for name, s := range map[string]Sizes{
		"none":            nil,
		"49 incidents":    {{1, 20}, {2, 20}, {9, 9}},
		"one size":        {{3, 400}},
		"nobody killed":   {{0, 400}},
		"none but no one": {{0, 400}, {1, 49}},
	} {
		if x, ok := FitTail(s); ok {
			t.Errorf("%s: %+v", name, x)
		}
	}
	if _, ok := FitTail(Sizes{{1, 40}, {2, 10}}); !ok {
		t.Error("fifty incidents are not fitted")
	}
}

// Samples of a power law give its exponent back, and most pass for one.
func TestTailOfItsOwnSamples(t *testing.T) {
	r := splitmix(7)
	for _, alpha := range []float64{1.8, 2.4, 3.1} {
		d := newTailDraw(nil, &Tail{Fatal: 4000, Incidents: 4000, From: 3, Alpha: alpha})
		s := d.sample(&r)
		if n := s.count(); n != 4000 || s[0].Killed < 3 {
			t.Fatalf("%d incidents from %d on", n, s[0].Killed)
		}
		x, ok := fitPowerLaw(s)
		if !ok || math.Abs(x.Alpha-alpha) > 4*x.AlphaSE {
			t.Errorf("exponent %v ± %v, want %v", x.Alpha, x.AlphaSE, alpha)
		}
	}
	// An exponential is no power law, and the samples say so.
	var s Sizes
	for k, n := int64(1), 1000.0; n > 1; k, n = k+1, n*0.8 {
		s = append(s, Size{k, uint32(n)})
	}
	x := Tail{Fatal: s.count(), From: 1, Incidents: s.count(), Fit: -1}
	sum := 0.0
	for _, k := range s {
		sum += float64(k.Incidents) * math.Log(float64(k.Killed))
	}
	x.Alpha = powerLawAlpha(1, sum/float64(x.Incidents))
	x.Distance = powerLawDistance(s, x.Incidents, x.Alpha)
	if x.GoodnessOfFit(s, 30); x.Fit > 0.1 {
		t.Errorf("an exponential passes for a power law, p = %v", x.Fit)
	}
}

// The same samples every time, in a number that leaves room.
func TestGoodnessOfFitIsTheSame(t *testing.T) {
	s := sizesOf(t, "ucdp-pakistan.csv")
	x, _ := FitTail(s)
	y := x
	x.GoodnessOfFit(s, 10)
	y.GoodnessOfFit(s, 10)
	if x.Fit != y.Fit || x.Fit < 0 || x.Fit > 1 {
		t.Errorf("%v and %v", x.Fit, y.Fit)
	}
}

// Draws from far out of the table lie where ζ says.
func TestTailDrawFarOut(t *testing.T) {
	d := newTailDraw(nil, &Tail{Fatal: 1, Incidents: 1, From: 1, Alpha: 1.5})
	all := mathext.Zeta(1.5, 1)
	for _, u := range []float64{0, 0.3, 0.99, 0.999, 0.99999} {
		x := d.draw(u)
		below, upTo := 1-mathext.Zeta(1.5, float64(x))/all, 1-mathext.Zeta(1.5, float64(x+1))/all
		if below > u+1e-12 || upTo < u-1e-12 {
			t.Errorf("%v of the tail lies up to %d: %v to %v", u, x, below, upTo)
		}
	}
}

func TestTailSheet(t *testing.T) {
	var rs []rec
	for i := range 400 {
		k := int64(1)
		for n := i + 1; n%3 == 0; n /= 3 {
			k = k*3 + 1
		}
		rs = append(rs, rec{date: fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i%28), killed: data.Exactly(k)})
	}
	rs = append(rs, rec{date: "2024-01-01"}, rec{date: "2024-01-01", killed: data.Exactly(0)})
	report := func(change func(*Options)) *Report {
		o := DefaultOptions()
		o.Once = true
		change(&o)
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
	s := report(func(*Options) {}).Sheet("tail")
	if s == nil || s.Cell("value", "fatal").V != 400*data.Unit || !s.Cell("value", "alpha").Stated || s.Cell("value", "fit-p").Stated {
		t.Fatalf("%+v", s)
	}
	if c := report(func(o *Options) { o.Experimental = true }).Sheet("tail").Cell("value", "fit-p"); !c.Stated || c.V < 0 || c.V > data.Unit {
		t.Errorf("the fit is %+v", c)
	}
	only := report(func(o *Options) { o.Only = []string{"tail"} })
	if len(only.Tables) != 0 || only.Sheet("tail") == nil || only.Sheet("tail").Cell("value", "alpha") != s.Cell("value", "alpha") {
		t.Errorf("asked for alone: %+v", only.Tables)
	}
	rs = rs[:40]
	if r := report(func(o *Options) { o.Experimental = true }); r.Sheet("tail") != nil || !slices.ContainsFunc(r.Refused, func(x Refusal) bool { return x.ID == "tail" }) {
		t.Errorf("forty incidents: %+v", r.Refused)
	}
}

func BenchmarkFitTail(b *testing.B) {
	s := sizesOf(b, "ucdp-pakistan.csv")
	for b.Loop() {
		FitTail(s)
	}
}

// With exponent 2 the sums are known: 1 + 1/4 + 1/9 + … = π²/6, and each share is
// one less the terms that stand before it.
func TestPowerLawShare(t *testing.T) {
	whole := math.Pi * math.Pi / 6
	for _, x := range []struct {
		from, n int64
		want    float64
	}{{1, 1, 1}, {1, 2, (whole - 1) / whole}, {1, 3, (whole - 1.25) / whole}, {2, 3, (whole - 1.25) / (whole - 1)}} {
		if got := PowerLawShare(2, x.from, x.n); math.Abs(got-x.want) > 1e-12 {
			t.Errorf("from %d, %d or more: %v, want %v", x.from, x.n, got, x.want)
		}
	}
}
