package stats

import (
	"cmp"
	"slices"
	"sync"

	"toll/data"
)

// leanCross is a cross of small tallies, found by a pair of numbers in a table
// without gaps.
type leanCross struct {
	places []int32 // at a<<shift | b: cell + 1
	shift  uint
	rows   int      // above every a
	most   int      // places at most; 0 is maxDense
	keys   []uint64 // a<<32 | b, by cell
	cells  []smallTally

	touched uint64 // keeps the first loop of addAll from being left out
}

// indexAll writes the number of the cell of each record: of its party and what it
// stands in on the other side, by the cross's number of that. It is false where
// there are too many pairs.
func (c *leanCross) indexAll(stands []standing, in, number, cells []int32) bool {
	in, cells = in[:len(stands)], cells[:len(stands)]
	for r := range stands {
		a, b := stands[r].party, number[in[r]]
		i := int(a)<<(c.shift&31) | int(b)
		if uint(i) < uint(len(c.places)) && b>>(c.shift&31) == 0 {
			if cell := c.places[i] - 1; cell >= 0 {
				cells[r] = cell
				continue
			}
		}
		cell, ok := c.add(a, b)
		if !ok {
			return false
		}
		cells[r] = cell
	}
	return true
}

// add makes the cell of a pair that has none; false where there are too many pairs
// for a table.
func (c *leanCross) add(a, b int32) (int32, bool) {
	shift := max(c.shift, 4)
	for b>>shift != 0 {
		shift++
	}
	rows, most := max(int(a)+1, c.rows), cmp.Or(c.most, maxDense)
	i := rows << shift
	if i > most {
		return 0, false
	}
	c.rows = rows
	if i > len(c.places) || shift != c.shift {
		c.lay(shift, min(max(i, 2*len(c.places)), most))
	}
	if n := len(c.cells); n == cap(c.cells) { // append would copy them many times
		c.keys, c.cells = slices.Grow(c.keys, max(256, n)), slices.Grow(c.cells, max(256, n))
	}
	c.keys = append(c.keys, uint64(a)<<32|uint64(b))
	c.cells = append(c.cells, smallTally{})
	c.places[int(a)<<shift|int(b)] = int32(len(c.cells))
	return int32(len(c.cells) - 1), true
}

// lay makes the table anew.
func (c *leanCross) lay(shift uint, room int) {
	c.shift, c.places = shift, make([]int32, room)
	for i, k := range c.keys {
		c.places[int(k>>32)<<shift|int(uint32(k))] = int32(i + 1)
	}
}

// addAll adds each tally to the cell of its number. Few of the cells are in the
// processor's cache: a first loop asks for them, many at a time, and the second
// finds them there.
func (c *leanCross) addAll(cells []int32, deltas []smallTally) {
	const near = 64
	for len(cells) > 0 {
		n := min(near, len(cells))
		var touched uint64
		for _, i := range cells[:n] {
			touched |= c.cells[i][0]
		}
		c.touched = touched
		for k, i := range cells[:n] {
			c.cells[i].plus(&deltas[k])
		}
		cells, deltas = cells[n:], deltas[n:]
	}
}

// each calls f for every cell, in order of appearance.
func (c *leanCross) each(f func(a, b int32, t *smallTally)) {
	for i, k := range c.keys {
		f(int32(k>>32), int32(uint32(k)), &c.cells[i])
	}
}

// addTo adds to the cell of a pair: to one of a cross in full where there are too
// many pairs for a table.
func (c *leanCross) addTo(a, b int32, t *smallTally, full *cross) {
	i := int(a)<<c.shift | int(b)
	if b>>c.shift == 0 && i < len(c.places) && c.places[i] != 0 {
		c.cells[c.places[i]-1].plus(t)
	} else if cell, ok := c.add(a, b); ok {
		c.cells[cell].plus(t)
	} else {
		d := t.tally()
		full.at(a, b).plus(&d)
	}
}

// settleInto adds the cells to those of a cross and begins anew.
func (c *leanCross) settleInto(to *cross) {
	to.keys, to.cells = slices.Grow(to.keys, len(c.keys)), slices.Grow(to.cells, len(c.keys))
	c.each(func(a, b int32, t *smallTally) {
		d := t.tally()
		to.at(a, b).plus(&d)
	})
	*c = leanCross{most: c.most}
}

// leanTallies are what a lean tally adds to while records pass: cells of half the
// size, and two of them for a record.
type leanTallies struct {
	time, place leanCross
	n           int // incidents since they were settled
	full        bool
	deltas      [blockSize]smallTally
	cells       [2][blockSize]int32
	large       []int32 // which of the block's records have figures that are not small
}

// addLean is what addBlock does for a tally that keeps nothing but the two crosses
// (see Options.Only). It is false where it cannot be done so, and nothing is done.
func (a *Accumulator) addLean(b *data.Batch, rows []int32) bool {
	s := a.small
	if s == nil || s.full || !a.placesDue || !a.timesDue {
		return false
	}
	n := len(rows)
	if s.n += n; s.n > mostSmall {
		a.settleSmall()
		s.n = n
	}
	times, places, stands := a.block.time[:n], a.block.place[:n], a.block.standAt[:n]
	byTime, byPlace := s.cells[0][:n], s.cells[1][:n]
	if !s.time.indexAll(stands, times, a.toCrossTime, byTime) || !s.place.indexAll(stands, places, a.toCrossPlace, byPlace) {
		s.full = true
		a.settleSmall()
		return false
	}
	for _, x := range stands {
		a.partyBase[x.party].add(x.basis)
	}
	deltas := s.deltas[:n]
	sum := s.sums(b, rows, deltas)
	s.time.addAll(byTime, deltas)
	s.place.addAll(byPlace, deltas)
	for _, r := range s.large {
		killed, injured := tollsOf(b, rows[r])
		if beyond(figuresOf(killed) | figuresOf(injured)) {
			a.overflow = true
			return true
		}
		sum.Add(killed, injured)
		a.timeParty.at(stands[r].party, a.toCrossTime[times[r]]).Add(killed, injured)
		a.placeParty.at(stands[r].party, a.toCrossPlace[places[r]]).Add(killed, injured)
	}
	a.incidents += uint64(n)
	a.merge(&a.total, &sum)
	return true
}

// sums writes the tally of each record that has small figures, notes the others,
// and returns the sum of what it wrote.
func (s *leanTallies) sums(b *data.Batch, rows []int32, deltas []smallTally) Tally {
	s.large = s.large[:0]
	var sum smallTally
	for r, i := range rows {
		if killed, injured := tollsOf(b, i); !deltas[r].of(killed, injured) {
			s.large = append(s.large, int32(r))
		}
		sum.plus(&deltas[r])
	}
	return sum.tally()
}

// settleSmall adds up in full what is kept in small tallies, both crosses at once.
func (a *Accumulator) settleSmall() {
	s := a.small
	if s == nil || s.n == 0 {
		return
	}
	var wait sync.WaitGroup
	wait.Go(func() { s.time.settleInto(&a.timeParty) })
	s.place.settleInto(&a.placeParty)
	wait.Wait()
	s.n = 0
}

// leanLike reports whether another accumulator's small tallies can be added to
// those of this one as they are.
func (a *Accumulator) leanLike(o *Accumulator) bool {
	due := func(x *Accumulator) bool { return x.small != nil && !x.small.full && x.placesDue && x.timesDue }
	return due(a) && due(o) && a.crossLevel == o.crossLevel && a.small.n+o.small.n <= mostSmall
}
