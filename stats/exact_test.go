package stats

import (
	"math"
	"testing"
)

// Counts of attacks as published, with exact p-values worked out from the
// binomial distribution: PICSS September and October 2025 (69, 89), March and
// April 2024 (56, 77), and others.
func TestCountTest(t *testing.T) {
	for _, c := range []struct {
		before, after int64
		want          float64
	}{{69, 89, 0.1304}, {56, 77, 0.0825}, {54, 99, 0.0003}, {9, 18, 0.122}, {45, 48, 0.836}, {0, 0, 1}, {7, 7, 1}, {-1, 3, 1}} {
		if got := CountTest(c.before, c.after); math.Abs(got-c.want) > 0.0005 {
			t.Errorf("%d to %d: p = %.4f, want %.4f", c.before, c.after, got, c.want)
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

func TestRateInterval(t *testing.T) {
	for _, c := range []struct {
		n         int64
		low, high float64
	}{{0, 0, 3.69}, {3, 0.62, 8.77}, {9, 4.12, 17.08}, {69, 53.69, 87.32}, {89, 71.47, 109.52}} {
		low, high := RateInterval(c.n, 0.95)
		if math.Abs(low-c.low) > 0.005 || math.Abs(high-c.high) > 0.005 {
			t.Errorf("%d: %.2f–%.2f, want %.2f–%.2f", c.n, low, high, c.low, c.high)
		}
	}
}
