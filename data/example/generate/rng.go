package main

import "math/bits"

// rng is SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
// Generators", 2014). It is written out here, and used with integers only, so
// that every processor and every Go release draws the same numbers.
type rng struct{ state uint64 }

func (r *rng) next() uint64 {
	r.state += 0x9E3779B97F4A7C15
	z := r.state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below draws a number from 0 to n-1.
func (r *rng) below(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// between draws a number from lo to hi, both included.
func (r *rng) between(lo, hi int) int { return lo + r.below(hi-lo+1) }

// chance is true in about p of 100 draws.
func (r *rng) chance(p int) bool { return r.below(100) < p }

// pick draws an index in proportion to the weights.
func (r *rng) pick(weights ...int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	n := r.below(total)
	for i, w := range weights {
		if n < w {
			return i
		}
		n -= w
	}
	panic("unreachable: n is below the sum of the weights")
}

// among draws one of the values.
func among[T any](r *rng, values ...T) T { return values[r.below(len(values))] }
