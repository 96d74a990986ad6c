package stats

import "toll/data"

// Relation says how the tolls of a matched pair stand to each other.
type Relation string

// The relations: the same range, ranges that overlap, ranges with nothing in
// common; Unstated where one of the two gives no number.
const (
	RangesAgree   Relation = "agree"
	RangesOverlap Relation = "overlap"
	RangesApart   Relation = "apart"
	RangesUnknown Relation = "not comparable"
)

// Relate compares two tolls. An open end reaches as far as one likes.
func Relate(a, b data.Count) Relation {
	a0, a1 := min(a.Low, a.High), max(a.Low, a.High) // published bounds can be out of order
	b0, b1 := min(b.Low, b.High), max(b.Low, b.High)
	switch {
	case !a.Stated() || !b.Stated():
		return RangesUnknown
	case a0 == b0 && a1 == b1 && a.IsOpen() == b.IsOpen():
		return RangesAgree
	case (a0 <= b1 || b.IsOpen()) && (b0 <= a1 || a.IsOpen()):
		return RangesOverlap
	}
	return RangesApart
}

// Relations counts the matched pairs by how their tolls of killed stand to each
// other.
func (c *Comparison) Relations() map[Relation]int {
	n := map[Relation]int{}
	for _, p := range c.Pairs {
		n[p.Killed]++
	}
	return n
}

// RelationID is the key of a relation in the table of relations.
func RelationID(r Relation) string {
	if r == RangesUnknown {
		return "unknown"
	}
	return string(r)
}
