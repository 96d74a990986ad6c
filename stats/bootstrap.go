package stats

import (
	"math"
	"slices"
)

// Sizes counts the incidents of a period by how many each killed, in whole
// persons, in ascending order of Killed.
type Sizes []Size

// Size is how many incidents killed so many.
type Size struct {
	Killed    int64
	Incidents uint32
}

// The bootstrap's seed and number of resamples, stated in the report's methods.
const (
	BootstrapSeed      = 1
	BootstrapResamples = 999
)

// DeathsInterval returns the 95 % bootstrap interval of the change in people
// killed from one period to another, in whole persons: of the change that the
// same process might have brought, had chance dealt other incidents. Each
// resample draws the incidents of both periods anew, with a Poisson weight for
// each incident (J. A. Hanley and B. MacGibbon, "Creating non-parametric
// bootstrap samples using Poisson frequencies", Computer Methods and Programs in
// Biomedicine 83, 2006), so that the number of incidents varies and not only
// which they are. Where counts are overdispersed, all weights of a period share
// a random rate that makes the variance of the count dispersion times its mean.
// The bounds are the percentiles (B. Efron, "Bootstrap methods: another look at
// the jackknife", Annals of Statistics 7, 1979).
//
// Deaths are never taken as Poisson: one incident can kill many. What no incident
// of either period was, such as one far deadlier, no resample has, so that the
// interval is too short where tolls are heavy-tailed and incidents few.
func DeathsInterval(before, after Sizes, d Dispersion) (low, high int64) {
	r, p := splitmix(BootstrapSeed), newPoissonDraw()
	changes := make([]int64, BootstrapResamples)
	spreadOf := [2]int64{rateSpread(before, d), rateSpread(after, d)}
	for i := range changes {
		a := p.resample(&r, before, spreadOf[0])
		b := p.resample(&r, after, spreadOf[1])
		changes[i] = b - a
	}
	slices.Sort(changes)
	const cut = (BootstrapResamples + 1) / 40 // 2.5 %
	return changes[cut-1], changes[BootstrapResamples-cut]
}

// rateSpread returns the standard deviation, in 1/256, of the rate that the
// incidents of a period share: that of the square root of (dispersion − 1)/n.
func rateSpread(s Sizes, d Dispersion) int64 {
	n := float64(0)
	for _, x := range s {
		n += float64(x.Incidents)
	}
	if n == 0 || d.Factor <= 1 {
		return 0
	}
	return int64(math.Round(rateScale * math.Sqrt((d.Factor-1)/n)))
}

// resample draws the incidents of a period anew and returns how many they
// killed.
func (p *poissonDraw) resample(r *splitmix, s Sizes, spread int64) int64 {
	rate := uint64(rateScale)
	if spread > 0 {
		rate = uint64(max(0, rateScale+spread*r.normal()>>16))
	}
	sum := int64(0)
	for _, x := range s {
		if x.Killed != 0 {
			sum += x.Killed * p.draw(r, uint64(x.Incidents)*rate)
		}
	}
	return sum
}

// normal returns a nearly normal number in 1/65536: the sum of twelve uniform
// ones less six.
func (s *splitmix) normal() int64 {
	sum := int64(0)
	for range 12 {
		sum += int64(s.next() >> 48)
	}
	return sum - 6<<16
}
