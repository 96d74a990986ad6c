package stats

import (
	"math"
	"testing"
)

// Counts of attacks as published: PICSS September and October 2025 (69, 89), March
// and April 2024 (56, 77), and others. The values are those of R 4.2.2:
//
//	binom.test(69, 69 + 89)$p.value  # 0.130386
//	binom.test(56, 56 + 77)$p.value  # 0.082491
//	binom.test(54, 54 + 99)$p.value  # 0.000343
//	binom.test(9, 9 + 18)$p.value    # 0.122078
//	binom.test(45, 45 + 48)$p.value  # 0.835846
func TestCountTest(t *testing.T) {
	for _, c := range []struct {
		before, after int64
		want          float64
	}{{69, 89, 0.130386}, {56, 77, 0.082491}, {54, 99, 0.000343}, {9, 18, 0.122078}, {45, 48, 0.835846}, {0, 0, 1}, {7, 7, 1}, {-1, 3, 1}} {
		if got := CountTest(c.before, c.after); math.Abs(got-c.want) > 0.0000005 {
			t.Errorf("%d to %d: p = %.6f, want %.6f", c.before, c.after, got, c.want)
		}
		if a, b := CountTest(c.before, c.after), CountTest(c.after, c.before); a != b {
			t.Errorf("%d and %d: p depends on the direction: %v, %v", c.before, c.after, a, b)
		}
	}
}

// The binomial tail, added up term by term.
func TestCountTestAgainstPlainSums(t *testing.T) {
	for n := int64(1); n <= 60; n++ {
		for k := int64(0); k <= n; k++ {
			tail, c := 0.0, math.Pow(0.5, float64(n))
			for i := int64(0); i <= min(k, n-k); i++ {
				tail += c
				c = c * float64(n-i) / float64(i+1)
			}
			if want, got := math.Min(1, 2*tail), CountTest(k, n-k); math.Abs(want-got) > 1e-9 {
				t.Fatalf("%d and %d: %v, want %v", k, n-k, got, want)
			}
		}
	}
}

// R 4.2.2: poisson.test(n)$conf.int, such as 53.6861 87.3239 of 69.
func TestRateInterval(t *testing.T) {
	for _, c := range []struct {
		n         int64
		low, high float64
	}{{0, 0, 3.6889}, {3, 0.6187, 8.7673}, {9, 4.1154, 17.0848}, {69, 53.6861, 87.3239}, {89, 71.4743, 109.5222}} {
		low, high := RateInterval(c.n, 0.95)
		if math.Abs(low-c.low) > 0.00005 || math.Abs(high-c.high) > 0.00005 {
			t.Errorf("%d: %.4f–%.4f, want %.4f–%.4f", c.n, low, high, c.low, c.high)
		}
	}
}
