package stats

import (
	"cmp"
	"fmt"
	"slices"

	"toll/data"
)

// partialVersion is the version of the binary form. A change of the form, or of
// what a field means, takes the next one.
const partialVersion = 2

// Append appends the binary form of the tally: integers and names, in an order
// that follows from them alone. The options are not in it; whoever reads it must
// know them. A tally that has overflowed has no binary form.
func (p *Partial) Append(b []byte) ([]byte, error) {
	if p.acc.overflow {
		return nil, ErrOverflow
	}
	p.acc.settlePlaces()
	p.acc.settleTimes()
	p.acc.cutDeadliest()
	e := &encoding{writer: writer{b}, p: p, a: p.acc}
	e.uint(partialVersion)
	e.names()
	e.parties()
	e.paths()
	e.whole()
	e.times()
	e.crosses()
	e.kinds()
	e.series()
	e.spread()
	e.deadliest()
	e.held()
	e.cover()
	return e.b, nil
}

// encoding is a tally being written. Names, parties, times and paths are written
// first, sorted, and then meant by their place in that order.
type encoding struct {
	writer
	p *Partial
	a *Accumulator

	code  [data.NumColumns][]uint32 // by the accumulator's code
	shelf map[*data.Dicts]*[data.NumColumns][]uint32
	party []int32 // by the accumulator's number; -1 where no cell has it
	path  []int32

	partyOrder, pathOrder []int32
}

// inOrder numbers what is used by its place in an order.
func inOrder(used []bool, compare func(x, y int32) int) (order, rank []int32) {
	rank = make([]int32, len(used))
	for i, u := range used {
		rank[i] = -1
		if u {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, compare)
	for n, i := range order {
		rank[i] = int32(n)
	}
	return order, rank
}

// DecodePartial reads what Append wrote, of a tally by these options over files
// that are numbered below files. Whatever the bytes are, it returns a tally or an
// error, and takes no more memory than some multiple of their length.
func DecodePartial(b []byte, opt Options, once bool, files int) (*Partial, error) {
	d := &decoding{parser: parser{b: b}, p: NewPartial(opt, once), files: files}
	d.a = d.p.acc
	if v := d.uint(); d.err == nil && v != partialVersion {
		return nil, fmt.Errorf("the tally is written in version %d of its form; this program reads version %d", v, partialVersion)
	}
	for _, step := range []func(){d.names, d.parties, d.paths, d.whole, d.times, d.crosses, d.kinds, d.series, d.spread, d.deadliest, d.held, d.cover, d.sums} {
		if step(); d.err != nil {
			return nil, d.err
		}
	}
	return d.p, d.end()
}

// decoding is a tally being read. It numbers names, parties and paths as the
// bytes do.
type decoding struct {
	parser
	p     *Partial
	a     *Accumulator
	files int
	named [data.NumColumns]int // how many there are, the blank among them
}

// leastTally is the fewest bytes that a tally takes.
const leastTally = 15

// below reads a number that is below n.
func (d *decoding) below(n int) int32 {
	if n == 0 {
		d.fail()
		return 0
	}
	return int32(d.upTo(uint64(n - 1)))
}

// listed writes the things of a list of n that are not empty, by their numbers.
func (e *encoding) listed(n int, empty func(i int) bool, number func(i int) int, write func(i int)) {
	var used []int
	for i := range n {
		if !empty(i) {
			used = append(used, i)
		}
	}
	slices.SortFunc(used, func(x, y int) int { return cmp.Compare(number(x), number(y)) })
	e.count(len(used))
	for _, i := range used {
		e.count(number(i))
		write(i)
	}
}

// listed reads such a list, of things numbered below n that take at least size
// bytes each.
func (d *decoding) listed(size, n int, read func(i int)) {
	last := int32(-1)
	for range d.count(1 + size) {
		i := d.below(n)
		d.check(i > last)
		if d.err != nil {
			return
		}
		read(int(i))
		last = i
	}
}

// sums holds the cells against their total.
func (d *decoding) sums() {
	a := d.a
	for _, ts := range [][]Tally{a.byTime, a.byPlace} {
		var sum Tally
		for i := range ts {
			if sum.Merge(ts[i]) != nil {
				d.err = ErrOverflow
				return
			}
		}
		if sum != a.total {
			d.err = fmt.Errorf("%w: the cells do not add up to their total", errTorn)
			return
		}
	}
	d.check(uint64(a.total.Incidents) == a.incidents)
}
