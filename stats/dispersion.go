package stats

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Dispersion says how much more counts of incidents vary from period to period
// than independent incidents would: 1 where they vary as Poisson counts do.
type Dispersion struct {
	Factor  float64 // variance over mean
	Pairs   int     // pairs of periods it is estimated from
	Freedom float64 // degrees of freedom of the estimate
}

// MinPairs is the least number of pairs of periods from which dispersion is
// estimated; with fewer, incidents are taken as independent and the report says
// so.
const MinPairs = 8

// DispersionOf estimates dispersion from counts of successive periods, over pairs
// that lie lag periods apart, without those that touch the two periods under test
// (given by index; -1 for none). Given its sum, the difference of a pair of
// Poisson counts of one rate has that sum as variance, so that the mean of
// (x−y)²/(x+y) is 1; under a quasi-Poisson model it is the dispersion (R. W. M.
// Wedderburn, "Quasi-likelihood functions, generalized linear models, and the
// Gauss–Newton method", Biometrika 61, 1974). Pairs that chain together share a
// count, which costs freedom: J. von Neumann, R. H. Kent, H. R. Bellinson and B.
// I. Hart, "The mean square successive difference", Annals of Mathematical
// Statistics 12, 1941. Differences, unlike a variance over the whole series, take
// a slow rise or fall for what it is. It is false with fewer than MinPairs pairs.
func DispersionOf(counts []int64, lag, before, after int) (Dispersion, bool) {
	if lag < 1 {
		return Dispersion{}, false
	}
	sum, m, chained := 0.0, 0, 0
	used := make([]bool, len(counts))
	for i := 0; i+lag < len(counts); i++ {
		j := i + lag
		if i == before || i == after || j == before || j == after {
			continue
		}
		x, y := counts[i], counts[j]
		if x+y <= 0 {
			continue
		}
		d := float64(x - y)
		sum += float64(d*d) / float64(x+y)
		m++
		if used[i] {
			chained++
		}
		used[j] = true
	}
	if m < MinPairs {
		return Dispersion{}, false
	}
	chains := m - chained
	f := 2 * float64(m*m) / float64(3*m-chains)
	return Dispersion{Factor: sum / float64(m), Pairs: m, Freedom: f}, true
}

// ChangeTest returns the two-sided p-value that two counts of incidents, over
// periods of equal length, come from one rate, where counts vary with the given
// dispersion. It is CountTest where the dispersion is at most 1. Above it, the
// difference is set against a variance of dispersion times the sum, with a
// correction for continuity and Student's t for the estimated dispersion (P.
// McCullagh and J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, sections
// 4.5 and 6.2), and the larger of the two p-values is returned: overdispersion
// can make a change less unusual and never more.
func ChangeTest(before, after int64, d Dispersion) float64 {
	p := CountTest(before, after)
	if d.Factor <= 1 || d.Freedom <= 0 || before+after <= 0 {
		return p
	}
	diff := math.Abs(float64(after-before)) - 1
	if diff <= 0 {
		return 1
	}
	t := diff / math.Sqrt(d.Factor*float64(before+after))
	return math.Max(p, math.Min(1, 2*distuv.StudentsT{Mu: 0, Sigma: 1, Nu: d.Freedom}.CDF(-t)))
}
