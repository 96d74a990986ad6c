package stats

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// The tables against the distribution function of gonum.
func TestPoissonTable(t *testing.T) {
	for _, rate := range []uint64{1, 7, 16, 240, 256, 512, 15 << 8, 5 << 12} {
		lambda := float64(rate) / rateScale
		for k, c := range poissonTable(rate) {
			if want, got := (distuv.Poisson{Lambda: lambda}).CDF(float64(k)), float64(c)/(1<<64); math.Abs(want-got) > 1e-11 {
				t.Fatalf("rate %v: P(X ≤ %d) = %v, want %v", lambda, k, got, want)
			}
		}
	}
}

// Drawn numbers have the mean and variance of Poisson numbers, at rates of one
// digit, of several, and of more than the tables hold.
func TestPoissonDraw(t *testing.T) {
	p, r := newPoissonDraw(), splitmix(3)
	for _, rate := range []uint64{1, 100, 256, 300, 5*256 + 17, 70 * 256, 1000 * 256} {
		const n = 20_000
		sum, squares := 0.0, 0.0
		for range n {
			x := float64(p.draw(&r, rate))
			sum += x
			squares += x * x
		}
		lambda := float64(rate) / rateScale
		mean := sum / n
		if d := math.Abs(mean - lambda); d > 4*math.Sqrt(lambda/n) {
			t.Errorf("rate %v: mean %v", lambda, mean)
		}
		if v := squares/n - mean*mean; math.Abs(v-lambda) > 4*math.Sqrt((lambda+2*lambda*lambda)/n) {
			t.Errorf("rate %v: variance %v", lambda, v)
		}
	}
}

// The first numbers of the generator, as published with its reference
// implementation, seed 1234567.
func TestSplitmix(t *testing.T) {
	s := splitmix(1234567)
	for _, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		if got := s.next(); got != want {
			t.Fatalf("%d, want %d", got, want)
		}
	}
}

func TestDeathsInterval(t *testing.T) {
	// Many incidents of one death each: the interval of a difference of two Poisson
	// counts, 0 ± 1.96·√(2·400).
	ones := Sizes{{1, 400}}
	low, high := DeathsInterval(ones, ones, Dispersion{})
	if want := 1.96 * math.Sqrt(800); math.Abs(float64(-low)-want) > 7 || math.Abs(float64(high)-want) > 7 {
		t.Errorf("%d to %d, want about ±%.0f", low, high, want)
	}
	// The same deaths in few incidents: one bomb is not a hundred attacks.
	bombs := Sizes{{100, 4}}
	bl, bh := DeathsInterval(bombs, bombs, Dispersion{})
	if bh-bl < 5*(high-low) {
		t.Errorf("deaths in few incidents are taken as Poisson: %d to %d", bl, bh)
	}
	// Overdispersion widens it by the square root of the factor.
	wl, wh := DeathsInterval(ones, ones, Dispersion{Factor: 4, Pairs: 20, Freedom: 13})
	if ratio := float64(wh-wl) / float64(high-low); ratio < 1.7 || ratio > 2.3 {
		t.Errorf("dispersion 4 widens the interval %.2f times, want about 2", ratio)
	}
	// The deterministic result of the stated seed; a change of it changes published
	// figures.
	l, h := DeathsInterval(Sizes{{0, 5}, {1, 9}, {2, 4}, {11, 1}}, Sizes{{0, 3}, {1, 12}, {3, 6}, {57, 1}}, Dispersion{})
	l2, h2 := DeathsInterval(Sizes{{0, 5}, {1, 9}, {2, 4}, {11, 1}}, Sizes{{0, 3}, {1, 12}, {3, 6}, {57, 1}}, Dispersion{})
	if l != l2 || h != h2 || l > 59 || h < 59 {
		t.Errorf("%d to %d, then %d to %d; the change itself is 59", l, h, l2, h2)
	}
	if l, h := DeathsInterval(nil, nil, Dispersion{}); l != 0 || h != 0 {
		t.Errorf("nobody killed: %d to %d", l, h)
	}
}

// The interval of a compound Poisson sum has the variance Σ c·v², whatever the
// tolls: over many pairs of the same sizes it covers no change.
func TestDeathsIntervalVariance(t *testing.T) {
	s := Sizes{{1, 40}, {2, 20}, {5, 10}, {12, 3}}
	variance := 0.0
	for _, x := range s {
		variance += float64(x.Incidents) * float64(x.Killed*x.Killed)
	}
	low, high := DeathsInterval(s, s, Dispersion{})
	want := 2 * 1.96 * math.Sqrt(2*variance)
	if got := float64(high - low); math.Abs(got-want) > 0.12*want {
		t.Errorf("%d to %d is %.0f wide, want about %.0f", low, high, got, want)
	}
}

func BenchmarkDeathsInterval(b *testing.B) {
	var s Sizes
	for v := range int64(100) {
		s = append(s, Size{v, uint32(2000 / (v + 1))})
	}
	for b.Loop() {
		DeathsInterval(s, s, Dispersion{Factor: 2.3, Pairs: 20, Freedom: 13})
	}
}
