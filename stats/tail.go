package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Tail describes how the sizes of the deadliest incidents are distributed: by a
// discrete power law from a smallest size on, and by a lognormal for comparison.
// It describes incidents that were recorded and says nothing of any to come.
type Tail struct {
	Fatal     int64 // incidents known to have killed someone
	From      int64 // the size from which on the power law is fitted, in persons
	Incidents int64 // of that size or larger
	Alpha     float64
	AlphaSE   float64
	Distance  float64 // Kolmogorov–Smirnov, between the incidents and the fit

	Mu, Sigma float64 // of the lognormal fitted to the same incidents
	// Weighed is false where the likeliest lognormal is a power law in all but name
	// (see muFloor), so that the two cannot be told apart; the lognormal's figures
	// are then not stated. Vuong is the normalised log-likelihood ratio of the power law to the
	// lognormal, positive where the power law fits better, and VuongP how often
	// chance alone would set the two so far apart in either direction.
	Weighed       bool
	Vuong, VuongP float64

	// Fit is how often samples of the fitted power law are further from their own
	// fits than the incidents from theirs; −1 where it was not worked out.
	Fit float64
}

// LeastTail is how many incidents a tail must have to be fitted.
const LeastTail = 50

// FitTail fits the tail of a distribution of incidents by persons killed, as A.
// Clauset, C. R. Shalizi and M. E. J. Newman do ("Power-law distributions in
// empirical data", SIAM Review 51, 2009): the exponent by maximum likelihood with
// the Hurwitz zeta function, the size it begins at as the one whose fit is the
// closest by the Kolmogorov–Smirnov distance, of those with at least LeastTail
// incidents from there on; of equally close ones the smallest. The ratio to the
// lognormal is that of Q. H. Vuong ("Likelihood ratio tests for model selection
// and non-nested hypotheses", Econometrica 57, 1989). It is false where fewer
// than LeastTail incidents killed anyone, or all killed as many.
//
// Sizes must ascend; those below one person are left out.
func FitTail(s Sizes) (Tail, bool) {
	t, ok := fitPowerLaw(s)
	if !ok {
		return t, false
	}
	t.compareLognormal(s.from(t.From))
	return t, true
}

// from returns the sizes of at least n.
func (s Sizes) from(n int64) Sizes {
	for i := range s {
		if s[i].Killed >= n {
			return s[i:]
		}
	}
	return nil
}

// count is how many incidents there are.
func (s Sizes) count() (n int64) {
	for _, x := range s {
		n += int64(x.Incidents)
	}
	return n
}

// closer is by how much a distance must be smaller to be preferred: more than
// processors differ by in the last bits of a logarithm.
const closer = 1e-9

// fitPowerLaw finds the smallest size and the exponent.
func fitPowerLaw(s Sizes) (Tail, bool) {
	s = s.from(1)
	n := s.count()
	best := Tail{Fatal: n, Distance: math.Inf(1), Fit: -1}
	logs := make([]float64, len(s)) // sum of the logarithms from each size on
	sum := 0.0
	for i := len(s) - 1; i >= 0; i-- {
		sum += float64(float64(s[i].Incidents) * math.Log(float64(s[i].Killed)))
		logs[i] = sum
	}
	left := n
	for i := range s {
		if left < LeastTail || i == len(s)-1 {
			break
		}
		alpha := powerLawAlpha(float64(s[i].Killed), logs[i]/float64(left))
		if d := powerLawDistance(s[i:], left, alpha); d < best.Distance-closer {
			best.From, best.Incidents, best.Alpha, best.Distance = s[i].Killed, left, alpha, d
		}
		left -= int64(s[i].Incidents)
	}
	if best.From == 0 {
		return best, false
	}
	best.AlphaSE = alphaError(best.Alpha, float64(best.From), float64(best.Incidents))
	return best, true
}

// maxAlpha bounds the exponent: beyond it all incidents but a few are of one size.
const maxAlpha = 20

// powerLawAlpha maximises the likelihood of a discrete power law from xmin on,
// given the mean of the logarithms: −ln ζ(α, xmin) − α·mean.
func powerLawAlpha(xmin, mean float64) float64 {
	return maximum(1.0001, maxAlpha, 40, func(a float64) float64 {
		return -math.Log(mathext.Zeta(a, xmin)) - float64(a*mean)
	})
}

// maximum returns where a function of one peak is largest, by golden section (J.
// Kiefer, "Sequential minimax search for a maximum", Proceedings of the AMS 4,
// 1953). Each step shortens the interval by 0.618. gonum/optimize has methods for
// several variables only, which follow the last bits of the function.
func maximum(low, high float64, steps int, f func(float64) float64) float64 {
	const golden = 0.6180339887498949
	a, b := high-float64(golden*(high-low)), low+float64(golden*(high-low))
	fa, fb := f(a), f(b)
	for range steps {
		if fa >= fb {
			high, b, fb = b, a, fa
			a = high - float64(golden*(high-low))
			fa = f(a)
		} else {
			low, a, fa = a, b, fb
			b = low + float64(golden*(high-low))
			fb = f(b)
		}
	}
	return (low + high) / 2
}

// alphaError is the standard error of the exponent, from the curvature of the
// likelihood: 1/√(n·(ln ζ)″).
func alphaError(alpha, xmin, n float64) float64 {
	const h = 1e-3
	l := func(a float64) float64 { return math.Log(mathext.Zeta(a, xmin)) }
	curve := (l(alpha+h) - float64(2*l(alpha)) + l(alpha-h)) / (h * h)
	if curve <= 0 {
		return math.Inf(1)
	}
	return 1 / math.Sqrt(float64(n*curve))
}

// powerLawDistance is the largest distance between the share of incidents up to a
// size and the fit's, at every size and just before it.
func powerLawDistance(s Sizes, n int64, alpha float64) float64 {
	all := mathext.Zeta(alpha, float64(s[0].Killed))
	rest := all // ζ(α, x), for the size at hand
	seen, most := int64(0), 0.0
	for i, x := range s {
		before := float64(seen) / float64(n)
		if i > 0 {
			rest = zetaFrom(rest, alpha, s[i-1].Killed, x.Killed)
		}
		most = math.Max(most, math.Abs(before-(1-rest/all)))
		seen += int64(x.Incidents)
		after := rest - math.Pow(float64(x.Killed), -alpha)
		most = math.Max(most, math.Abs(float64(seen)/float64(n)-(1-after/all)))
	}
	return most
}

// nearSizes is across how many sizes ζ is carried on by its terms.
const nearSizes = 8

// zetaFrom returns ζ(α, to), given ζ(α, from).
func zetaFrom(zeta, alpha float64, from, to int64) float64 {
	if to-from > nearSizes {
		return mathext.Zeta(alpha, float64(to))
	}
	for x := from; x < to; x++ {
		zeta -= math.Pow(float64(x), -alpha)
	}
	return zeta
}

// The lognormal is sought among those whose logarithms have a mean of at least
// muFloor. Further down it is a power law in all but name: as the mean falls and
// the spread grows, the one becomes the other.
const (
	muFloor              = -12.0
	sigmaFloor, sigmaTop = -2.5, 2.5 // of ln σ
)

// compareLognormal fits the discretised lognormal to the tail, by maximum
// likelihood, and weighs it against the power law. Where the likeliest lognormal
// is a power law in all but name, there is nothing to weigh.
func (t *Tail) compareLognormal(s Sizes) {
	l := newLognormalTail(s, t.From)
	mean := 0.0
	for _, x := range s {
		mean += float64(float64(x.Incidents) * math.Log(float64(x.Killed)))
	}
	mean /= float64(t.Incidents)
	likelihood := func(mu, lnSigma float64) float64 {
		sum := 0.0
		l.masses(mu, math.Exp(lnSigma), func(i int, ln float64) { sum += float64(float64(s[i].Incidents) * ln) })
		return sum
	}
	sigmaOf := func(mu float64) float64 {
		return maximum(sigmaFloor, sigmaTop, 26, func(v float64) float64 { return likelihood(mu, v) })
	}
	t.Mu = maximum(muFloor, mean+1, 26, func(mu float64) float64 { return likelihood(mu, sigmaOf(mu)) })
	t.Sigma = math.Exp(sigmaOf(t.Mu))
	if t.Mu < muFloor+0.01 {
		t.Mu, t.Sigma = 0, 0
		return
	}
	t.Weighed = true
	zeta := math.Log(mathext.Zeta(t.Alpha, float64(t.From)))
	sum, squares := 0.0, 0.0
	l.masses(t.Mu, t.Sigma, func(i int, ln float64) {
		d := -float64(t.Alpha*math.Log(float64(s[i].Killed))) - zeta - ln
		sum += float64(float64(s[i].Incidents) * d)
		squares += float64(float64(s[i].Incidents) * float64(d*d))
	})
	n := float64(t.Incidents)
	if variance := squares/n - float64(sum/n*(sum/n)); variance > 0 {
		t.Vuong = sum / math.Sqrt(float64(n*variance))
	}
	t.VuongP = 2 * distuv.UnitNormal.Survival(math.Abs(t.Vuong))
}

// lognormalTail is a lognormal cut into whole sizes, from a smallest one on.
type lognormalTail struct {
	first        float64   // logarithm of the lower bound of all
	lower, upper []float64 // and of the bounds of each size
}

func newLognormalTail(s Sizes, from int64) *lognormalTail {
	l := &lognormalTail{first: math.Log(float64(from) - 0.5)}
	for _, x := range s {
		l.lower = append(l.lower, math.Log(float64(x.Killed)-0.5))
		l.upper = append(l.upper, math.Log(float64(x.Killed)+0.5))
	}
	return l
}

// masses calls f with the logarithm of the share of the tail at each size.
func (l *lognormalTail) masses(mu, sigma float64, f func(i int, ln float64)) {
	above := func(edge float64) float64 { return math.Erfc((edge - mu) / (sigma * math.Sqrt2)) }
	all := above(l.first)
	last, at := l.first, all
	for i := range l.lower {
		low := at
		if l.lower[i] != last {
			low = above(l.lower[i])
		}
		last, at = l.upper[i], above(l.upper[i])
		ln := -700.0 // less than any number: such a lognormal is never the likeliest
		if p := (low - at) / all; p > 0 {
			ln = math.Log(p)
		}
		f(i, ln)
	}
}

// PowerLawShare is the part of the incidents that kill from or more persons which
// kill n or more, by a discrete power law of exponent alpha, above 1: the quotient
// of two Hurwitz zeta functions (Clauset, Shalizi and Newman 2009, eq. 3.6). From 1
// at from it falls towards 0.
func PowerLawShare(alpha float64, from, n int64) float64 {
	return mathext.Zeta(alpha, float64(n)) / mathext.Zeta(alpha, float64(from))
}
