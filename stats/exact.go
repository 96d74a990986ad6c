package stats

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// CountTest returns the two-sided p-value of the exact conditional test that two
// counts of incidents, over periods of equal length, come from one rate. Given
// the sum, the later count is binomial with probability 1/2 if the rate has not
// changed (Przyborowski and Wilenski, "Homogeneity of results in testing samples
// from Poisson series", Biometrika 31, 1940). The p-value is twice the smaller
// tail, at most 1. It is for counts of incidents, never for deaths: one incident
// may kill many.
func CountTest(before, after int64) float64 {
	n := before + after
	if n <= 0 || before < 0 || after < 0 {
		return 1
	}
	b := distuv.Binomial{N: float64(n), P: 0.5}
	low := float64(min(before, after))
	return math.Min(1, 2*b.CDF(low))
}

// Unusual is the p-value under which a change is called unusual.
const Unusual = 0.05

// RateInterval returns the exact (Garwood) interval for the expected number of
// incidents when n were counted, at the given confidence, such as 0.95. F.
// Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28, 1936.
func RateInterval(n int64, confidence float64) (low, high float64) {
	return rateInterval(float64(n), confidence)
}
