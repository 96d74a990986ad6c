package data

import "math/bits"

// Unit is the number of stored units in one person. Counts are integers in
// millionths of a person because some datasets (GTD) split the toll of linked
// incidents evenly over them, and such decimals must add up exactly. They are
// rounded once, when they are shown.
const Unit = 1_000_000

// MaxCount is the largest toll one record may state, in persons. A larger
// figure is refused as absurd; the bound also makes overflow of a sum
// detectable by its sign.
const MaxCount = 10_000_000

// CountFlags says which of a Count's figures its source stated.
type CountFlags uint8

// The flags of a Count. A Count without any of HasLow, HasBest and HasHigh was
// not stated at all, and its toll is unknown.
const (
	HasLow  CountFlags = 1 << iota // a lower bound was stated
	HasBest                        // one figure was given as the figure
	HasHigh                        // an upper bound was stated
	Open                           // "at least", "200+": High is a floor, not a bound
	Approx                         // "about", "~": the figure is the source's approximation
)

// Count is a toll as reported: how many people, between which bounds, and what
// of that the source stated. Low, Best and High are in units of 1/Unit person.
//
// The zero Count is "not stated", which is unknown and never zero. After
// Settle, Low and High always bound what is stated: an exact figure has
// Low = Best = High; "200+" has Low = High = 200 and Open; "4–7" has no best.
// A midpoint is never invented.
type Count struct {
	Low, Best, High int64
	Flags           CountFlags
}

// Exactly returns the count of n persons.
func Exactly(n int64) Count {
	v := n * Unit
	return Count{Low: v, Best: v, High: v, Flags: HasLow | HasBest | HasHigh}
}

// Between returns the count "lo to hi persons", which states no best figure.
func Between(lo, hi int64) Count {
	return Count{Low: lo * Unit, High: hi * Unit, Flags: HasLow | HasHigh}
}

// AtLeast returns the open-ended count "n persons or more".
func AtLeast(n int64) Count {
	v := n * Unit
	return Count{Low: v, High: v, Flags: HasLow | HasHigh | Open}
}

// Stated reports whether the source gave any figure at all.
func (c Count) Stated() bool { return c.Flags&(HasLow|HasBest|HasHigh) != 0 }

// BestStated reports whether the source gave one figure as the figure.
func (c Count) BestStated() bool { return c.Flags&HasBest != 0 }

// IsOpen reports whether the count has no upper bound.
func (c Count) IsOpen() bool { return c.Flags&Open != 0 }

// Settle fills in the bounds that follow from what was stated: a best without
// bounds bounds itself; a low alone is open-ended; a high alone has a floor of
// nobody, which is a bound and not a report of zero. It changes no stated
// figure, not even one that contradicts another (see Ordered).
func (c Count) Settle() Count {
	if !c.Stated() {
		return Count{}
	}
	has := c.Flags
	if has&HasLow == 0 {
		switch {
		case has&HasBest != 0:
			c.Low = c.Best
			c.Flags |= HasLow
		default:
			c.Low = 0
		}
	}
	if has&HasHigh == 0 {
		switch {
		case has&HasBest != 0:
			c.High = c.Best
			if c.Low > c.High {
				c.High = c.Low
			}
		default:
			c.High = c.Low
			c.Flags |= Open
		}
		c.Flags |= HasHigh
	}
	return c
}

// Ordered reports whether low ≤ best ≤ high over the figures that are there.
// Published datasets do break this rule.
func (c Count) Ordered() bool {
	if !c.Stated() {
		return true
	}
	if c.Low > c.High {
		return false
	}
	return c.Flags&HasBest == 0 || (c.Low <= c.Best && c.Best <= c.High)
}

// Plus adds two tolls of different people. An unknown part makes the sum
// open-ended rather than smaller: 3 civilians and an unknown number of soldiers
// are "at least 3". Best survives only when both parts have one.
func (c Count) Plus(d Count) Count {
	switch {
	case !c.Stated() && !d.Stated():
		return Count{}
	case !c.Stated():
		return d.orMore()
	case !d.Stated():
		return c.orMore()
	}
	s := Count{Low: c.Low + d.Low, High: c.High + d.High}
	s.Flags = (c.Flags | d.Flags) & (Open | Approx)
	s.Flags |= HasHigh
	if (c.Flags|d.Flags)&HasLow != 0 {
		s.Flags |= HasLow
	}
	if c.Flags&d.Flags&HasBest != 0 {
		s.Best = c.Best + d.Best
		s.Flags |= HasBest
	}
	return s
}

// orMore returns c with its upper bound opened and its best figure withdrawn:
// c is a part of a toll whose other part is unknown.
func (c Count) orMore() Count {
	c.Best = 0
	c.Flags = c.Flags&^HasBest | Open | HasHigh
	return c
}

// Envelope returns the range over two accounts of the same people: the lower
// low and the higher high. The best figure stays only where both give the same
// one. An account that states nothing changes nothing.
func (c Count) Envelope(d Count) Count {
	if !c.Stated() {
		return d
	}
	if !d.Stated() {
		return c
	}
	e := Count{Low: min(c.Low, d.Low), High: max(c.High, d.High)}
	e.Flags = (c.Flags | d.Flags) & (Open | Approx | HasLow | HasHigh)
	if c.Flags&d.Flags&HasBest != 0 && c.Best == d.Best {
		e.Best = c.Best
		e.Flags |= HasBest
	}
	return e
}

// AddChecked returns a+b for non-negative a and b and whether it overflowed.
func AddChecked(a, b int64) (int64, bool) {
	s, carry := bits.Add64(uint64(a), uint64(b), 0)
	return int64(s), carry != 0 || int64(s) < 0
}
