package stats

import (
	"math"
	"slices"
	"testing"
)

// What R 4.2.2 says, call by call. Integers come from the data sets named, so that
// anybody can make the tables again.

// R: poisson.test(n, conf.level = ...)$conf.int
func TestRateIntervalsOfR(t *testing.T) {
	for _, c := range []struct {
		n                       int64
		low95, high95           float64
		low90, high90           float64
		fractional, lowF, highF float64 // R: qchisq(0.025, 2 * n) / 2, qchisq(0.975, 2 * (n + 1)) / 2
	}{
		{0, 0.0000, 3.6889, 0.0000, 2.9957, 0.25, 0.00000, 4.19615},
		{1, 0.0253, 5.5716, 0.0513, 4.7439, 0.5, 0.00049, 4.67420},
		{2, 0.2422, 7.2247, 0.3554, 6.2958, 1.5, 0.10790, 6.41625},
		{3, 0.6187, 8.7673, 0.8177, 7.7537, 2.75, 0.51389, 8.38914},
		{4, 1.0899, 10.2416, 1.3663, 9.1535, 19.4, 11.74946, 30.15851},
		{5, 1.6235, 11.6683, 1.9701, 10.5130, 23.6, 15.05784, 35.23107},
		{7, 2.8144, 14.4227, 3.2853, 13.1481, 300.3, 267.29230, 336.25807},
		{10, 4.7954, 18.3904, 5.4254, 16.9622, 0, 0, 3.68888},
		{15, 8.3954, 24.7402, 9.2463, 23.0971, 0, 0, 3.68888},
		{20, 12.2165, 30.8884, 13.2547, 29.0620, 0, 0, 3.68888},
		{31, 21.0630, 44.0020, 22.4445, 41.8376, 0, 0, 3.68888},
		{50, 37.1110, 65.9188, 38.9647, 63.2871, 0, 0, 3.68888},
		{69, 53.6861, 87.3239, 55.9285, 84.3065, 0, 0, 3.68888},
		{100, 81.3640, 121.6268, 84.1393, 118.0793, 0, 0, 3.68888},
		{365, 328.5109, 404.4343, 334.1538, 398.0261, 0, 0, 3.68888},
		{1000, 938.9730, 1063.9521, 948.5598, 1053.6031, 0, 0, 3.68888},
		{12345, 12128.1809, 12564.7222, 12162.8138, 12529.3306, 0, 0, 3.68888},
	} {
		for confidence, want := range map[float64][2]float64{0.95: {c.low95, c.high95}, 0.9: {c.low90, c.high90}} {
			low, high := RateInterval(c.n, confidence)
			if math.Abs(low-want[0]) > 0.00006 || math.Abs(high-want[1]) > 0.00006 {
				t.Errorf("%d at %v: %.4f–%.4f, want %.4f–%.4f", c.n, confidence, low, high, want[0], want[1])
			}
		}
		if low, high := rateInterval(c.fractional, 0.95); math.Abs(low-c.lowF) > 0.000006 || math.Abs(high-c.highF) > 0.000006 {
			t.Errorf("%v: %.5f–%.5f, want %.5f–%.5f", c.fractional, low, high, c.lowF, c.highF)
		}
	}
}

// R: binom.test(before, before + after)$p.value
func TestCountTestsOfR(t *testing.T) {
	for _, c := range []struct {
		before, after int64
		want          float64
	}{
		{0, 1, 1}, {0, 5, 0.06250000}, {0, 6, 0.03125000}, {1, 7, 0.07031250}, {1, 9, 0.02148438}, {3, 3, 1}, {12, 25, 0.04703103}, {25, 12, 0.04703103},
		{150, 190, 0.03427005}, {1000, 1100, 0.03072071}, {4000, 4200, 0.02797242},
	} {
		if got := CountTest(c.before, c.after); math.Abs(got-c.want) > 0.000000006 {
			t.Errorf("%d and %d: %.8f, want %.8f", c.before, c.after, got, c.want)
		}
	}
}

// R: max(binom.test(x, x + y)$p.value, min(1, 2 * pt(-(abs(y - x) - 1) / sqrt(f * (x + y)), df))), and 1 where
// the difference is at most one.
func TestChangeTestsOfR(t *testing.T) {
	for _, c := range []struct {
		before, after   int64
		factor, freedom float64
		want            float64
	}{
		{0, 1, 2, 10, 1}, {0, 9, 1.5, 8, 0.061117}, {30, 60, 1.01, 40, 0.004140}, {30, 60, 4, 5.3, 0.183679}, {7, 8, 9, 12, 1},
		{500, 620, 6, 30.25, 0.156892}, {12, 0, 2.2, 13.5, 0.051061}, {100, 101, 3, 20, 1},
		{0, 9, 0.99, 8, 0.00390625}, {0, 9, 3, 0, 0.00390625}, // no overdispersion, or none that could be estimated: the exact test
	} {
		if got := ChangeTest(c.before, c.after, Dispersion{Factor: c.factor, Freedom: c.freedom}); math.Abs(got-c.want) > 0.0000006 {
			t.Errorf("%d to %d at %v: %.6f, want %.6f", c.before, c.after, c.factor, got, c.want)
		}
	}
}

// Passengers of airlines by month, 1949 to 1960, in thousands (R: AirPassengers;
// G. E. P. Box, G. M. Jenkins and G. C. Reinsel, Time Series Analysis, series G).
var passengers = []int64{112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166,
	171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
	242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336,
	340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432}

// Great inventions and discoveries by year, 1860 to 1959 (R: discoveries; The
// World Almanac and Book of Facts, 1975).
var discoveries = []int64{5, 3, 0, 2, 0, 3, 2, 3, 6, 1, 2, 1, 2, 1, 3, 3, 3, 5, 2, 4, 4, 0, 2, 3, 7, 12, 3, 10, 9, 2, 3, 7, 7, 2, 3, 3, 6, 2, 4, 3, 5, 2, 2, 4, 0, 4, 2, 5, 2, 3,
	3, 6, 5, 8, 3, 6, 6, 0, 5, 2, 2, 2, 6, 3, 4, 4, 2, 2, 4, 7, 5, 3, 3, 0, 2, 2, 2, 1, 3, 4, 2, 2, 1, 1, 1, 2, 1, 4, 4, 3, 2, 1, 4, 1, 1, 1, 0, 0, 2, 0}

// R: i <- 1:(length(x) - lag); a <- x[i]; b <- x[i + lag]; mean(((a - b)^2 / (a + b))[a + b > 0]), and how many.
func TestDispersionOfR(t *testing.T) {
	picss := []int64{69, 89, 56, 77, 54, 99, 45, 48, 60, 71, 80, 66, 59, 90, 85, 62}
	for _, c := range []struct {
		name   string
		counts []int64
		lag    int
		want   float64
		pairs  int
	}{
		{"months", picss, 1, 4.37980428, 15}, {"months three apart", picss, 3, 4.42466002, 13}, {"passengers", passengers, 1, 1.649081162, 143},
		{"passengers a year apart", passengers, 12, 2.260810739, 132}, {"discoveries", discoveries, 1, 1.104240097, 98},
	} {
		d, ok := DispersionOf(c.counts, c.lag, -1, -1)
		if !ok || d.Pairs != c.pairs || math.Abs(d.Factor-c.want) > 1e-8*c.want {
			t.Errorf("%s: %+v, want %v of %d pairs", c.name, d, c.want, c.pairs)
		}
		if d.Freedom <= 0 || d.Freedom > float64(d.Pairs) {
			t.Errorf("%s: %v degrees of freedom of %d pairs", c.name, d.Freedom, d.Pairs)
		}
		// Backwards the pairs are the same, and so is their number.
		turned := slices.Clone(c.counts)
		slices.Reverse(turned)
		if back, _ := DispersionOf(turned, c.lag, -1, -1); back.Pairs != d.Pairs || math.Abs(back.Factor-d.Factor) > 1e-9 || back.Freedom != d.Freedom {
			t.Errorf("%s: %+v forwards, %+v backwards", c.name, d, back)
		}
	}
}

// The dispersion of a change leaves out the periods compared, and is of the latest
// sixty periods.
func TestDispersionForAChange(t *testing.T) {
	n := len(passengers)
	got := dispersionFor(passengers, 12, n-13, n-1)
	want, _ := DispersionOf(passengers[n-60:], 12, 60-13, 59)
	if got != want || got.Pairs != 48-2 { // two of the pairs touch the periods compared: the pair itself, and the one before
		t.Errorf("%+v, want %+v", got, want)
	}
	// With too few pairs so far apart, successive ones serve.
	short := passengers[:18]
	if got, want := dispersionFor(short, 12, 5, 17), first(DispersionOf(short, 1, 5, 17)); got != want || got.Pairs < MinPairs {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := dispersionFor(passengers[:6], 1, 4, 5); got != (Dispersion{}) {
		t.Errorf("six periods have the dispersion %+v", got)
	}
}

func first[A, B any](a A, _ B) A { return a }

// Days that children of Walgett were away from school (R: MASS::quine$Days; S.
// Quine, quoted in M. Aitkin, "The analysis of unbalanced cross-classifications",
// Journal of the Royal Statistical Society A 141, 1978).
var daysAway = []int64{2, 11, 14, 5, 5, 13, 20, 22, 6, 6, 15, 7, 14, 6, 32, 53, 57, 14, 16, 16, 17, 40, 43, 46, 8, 23, 23, 28, 34, 36, 38, 3, 5, 11, 24, 45, 5, 6, 6, 9, 13, 23, 25, 32, 53, 54, 5, 5, 11, 17,
	19, 8, 13, 14, 20, 47, 48, 60, 81, 2, 0, 2, 3, 5, 10, 14, 21, 36, 40, 6, 17, 67, 0, 0, 2, 7, 11, 12, 0, 0, 5, 5, 5, 11, 17, 3, 4, 22, 30, 36, 8, 0, 1, 5, 7, 16, 27, 0, 30, 10,
	14, 27, 41, 69, 25, 10, 11, 20, 33, 5, 7, 0, 1, 5, 5, 5, 5, 7, 11, 15, 5, 14, 6, 6, 7, 28, 0, 5, 14, 2, 2, 3, 8, 10, 12, 1, 1, 9, 22, 3, 3, 5, 15, 18, 22, 37}

// R: m <- MASS::glm.nb(x ~ 1); exp(coef(m)); m$theta; exp(coef(m) + c(-1, 1) * 1.959964 * summary(m)$coefficients[2])
func TestNegativeBinomialsOfR(t *testing.T) {
	for _, c := range []struct {
		name                  string
		counts                []int64
		mean, size, low, high float64
	}{
		{"days away", daysAway, 16.458904, 1.066785, 13.996519, 19.354493},
		{"discoveries", discoveries, 3.1, 5.459714, 2.696672, 3.563652},
		{"coal", coal, 1.705357, 2.323441, 1.414856, 2.055505},
	} {
		mean, size, low, high, ok := NegativeBinomial(c.counts)
		if !ok {
			t.Errorf("%s: refused", c.name)
			continue
		}
		near(t, c.name+", the mean", mean, c.mean, 1e-6)
		near(t, c.name+", the size", size, c.size, 2e-4)
		near(t, c.name+", the lower bound", low, c.low, 1e-4)
		near(t, c.name+", the upper bound", high, c.high, 1e-4)
		// The order of the counts says nothing.
		again := slices.Clone(c.counts)
		slices.Sort(again)
		if m, s, l, h, _ := NegativeBinomial(again); math.Abs(m-mean)+math.Abs(s-size)+math.Abs(l-low)+math.Abs(h-high) > 1e-5 {
			t.Errorf("%s: sorted they give %v %v %v %v", c.name, m, s, l, h)
		}
	}
}
