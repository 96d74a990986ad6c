package stats

import (
	"math/big"
	"sort"
	"sync"
)

// poissonDraw draws Poisson numbers by tables of whole numbers, so that one seed
// gives the same draws on every machine: what a processor's exponential or fused
// multiplication rounds differently never enters. Rates are in 1/256. Since sums
// of Poisson numbers are Poisson, any rate is drawn digit by digit, to base 16.
type poissonDraw struct{ tables map[uint64][]uint64 }

// The largest rate of a table, 15 × 16³ in 1/256; a larger one is drawn in parts.
const (
	rateScale   = 256
	largestUnit = 1 << 12
)

// poissonTables keeps the tables once made, by rate: there are few, and each is
// the same whoever makes it.
var poissonTables sync.Map

func newPoissonDraw() *poissonDraw { return &poissonDraw{map[uint64][]uint64{}} }

// draw returns a Poisson number of the given rate, in 1/256.
func (p *poissonDraw) draw(r *splitmix, rate uint64) int64 {
	n := int64(0)
	for unit := uint64(1); rate > 0; unit <<= 4 {
		if unit == largestUnit {
			for ; rate > 15; rate -= 15 {
				n += p.from(r, 15*unit)
			}
		}
		if digit := rate & 15; digit > 0 {
			n += p.from(r, digit*unit)
		}
		rate >>= 4
	}
	return n
}

// from draws by the table of a rate.
func (p *poissonDraw) from(r *splitmix, rate uint64) int64 {
	t := p.tables[rate]
	if t == nil {
		known, ok := poissonTables.Load(rate)
		if !ok {
			known, _ = poissonTables.LoadOrStore(rate, poissonTable(rate))
		}
		t = known.([]uint64)
		p.tables[rate] = t
	}
	u := r.next()
	return int64(sort.Search(len(t), func(i int) bool { return u < t[i] }))
}

// poissonTable returns 2⁶⁴ times the cumulative probabilities of the Poisson
// numbers 0, 1, 2, … of a rate in 1/256, until they reach one.
func poissonTable(rate uint64) []uint64 {
	const bits = 256
	f := func(n uint64) *big.Float { return new(big.Float).SetPrec(bits).SetUint64(n) }
	lambda := new(big.Float).SetPrec(bits).Quo(f(rate), f(rateScale))
	// exp(−1/256) by its series, then to the power of the rate.
	small, term := f(1), f(1)
	for k := uint64(1); k < 40; k++ {
		term.Quo(term, f(k*rateScale)).Neg(term)
		small.Add(small, term)
	}
	p := f(1)
	for base, e := small, rate; e > 0; e >>= 1 {
		if e&1 == 1 {
			p.Mul(p, base)
		}
		base = new(big.Float).SetPrec(bits).Mul(base, base)
	}
	scale := new(big.Float).SetPrec(bits).SetMantExp(f(1), 64)
	sum := f(0)
	var table []uint64
	for k := uint64(0); ; k++ {
		if k > 0 {
			p.Mul(p, lambda).Quo(p, f(k))
		}
		sum.Add(sum, p)
		c := new(big.Float).SetPrec(bits).Mul(sum, scale)
		if c.Cmp(scale) >= 0 {
			return append(table, 1<<64-1)
		}
		v, _ := c.Uint64()
		table = append(table, v)
		if v == 1<<64-1 || (k*rateScale > rate && v >= 1<<64-2) {
			return table
		}
	}
}

// splitmix is a small generator of random numbers, the same on every machine: G.
// L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number
// generators", OOPSLA 2014.
type splitmix uint64

func (s *splitmix) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
