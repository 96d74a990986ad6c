package stats

import (
	"cmp"
	"slices"

	"toll/data"
)

// crosses writes the tallies by party and something else.
func (e *encoding) crosses() {
	a := e.a
	_, time := inOrder(slices.Repeat([]bool{true}, len(a.crossTimes.keys)), func(x, y int32) int {
		return compareTimes(a.crossTimes.keys[x], a.crossTimes.keys[y])
	})
	e.cross(&a.timeParty, func(i int32) int32 { return time[i] }, func(i int32) { e.timeKey(a.crossTimes.keys[i]) })
	e.cross(&a.placeParty, func(i int32) int32 { return e.path[i] }, func(i int32) { e.count(int(e.path[i])) })
	side := func(i int32) int32 { return int32(e.code[data.ColVictimSide][i]) }
	e.cross(&a.partySide, side, func(i int32) { e.count(int(side(i))) })
}

func (d *decoding) crosses() {
	a := d.a
	d.cross(&a.timeParty, func() int32 {
		k := d.timeKey()
		if d.err == nil && a.crossKey(k) != k {
			d.fail()
		}
		return a.crossTimes.at(k)
	}, func(i int32) (int32, int32) { return int32(a.crossTimes.keys[i].prec), a.crossTimes.keys[i].value })
	same := func(i int32) (int32, int32) { return i, 0 }
	d.cross(&a.placeParty, func() int32 { return d.below(len(a.places.paths)) }, same)
	d.cross(&a.partySide, func() int32 { return int32(d.code(data.ColVictimSide)) }, same)
}

// cross writes cells by party and by the rank of the other thing, which write
// writes.
func (e *encoding) cross(c *cross, rank func(int32) int32, write func(int32)) {
	type placed struct {
		party, rank, thing int32
		t                  *Tally
	}
	cells := make([]placed, 0, len(c.cells))
	c.each(func(p, i int32, t *Tally) {
		if t.Incidents > 0 {
			cells = append(cells, placed{e.party[p], rank(i), i, t})
		}
	})
	slices.SortFunc(cells, func(x, y placed) int { return cmp.Or(cmp.Compare(x.party, y.party), cmp.Compare(x.rank, y.rank)) })
	e.count(len(cells))
	for _, x := range cells {
		e.count(int(x.party))
		write(x.thing)
		e.tally(x.t)
	}
}

// cross reads cells; thing reads what stands beside the party, and rank orders it.
func (d *decoding) cross(c *cross, thing func() int32, rank func(int32) (int32, int32)) {
	var last [3]int32
	for i := range d.count(2 + leastTally) {
		p := d.below(len(d.a.parties.list))
		x := thing()
		t := d.tally()
		d.check(t.Incidents > 0)
		if d.err != nil {
			return
		}
		r0, r1 := rank(x)
		at := [3]int32{p, r0, r1}
		if i > 0 && slices.Compare(last[:], at[:]) >= 0 {
			d.fail()
			return
		}
		*c.at(p, x) = t
		last = at
	}
}
