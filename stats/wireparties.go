package stats

import "cmp"

// parties writes the group keys in use.
func (e *encoding) parties() {
	a := e.a
	used := make([]bool, len(a.parties.list))
	mark := func(p, _ int32, t *Tally) { used[p] = used[p] || t.Incidents > 0 }
	a.timeParty.each(mark)
	a.placeParty.each(mark)
	a.partySide.each(mark)
	for p := range a.claimedBy {
		mark(int32(p), 0, &a.claimedBy[p])
	}
	for p, t := range a.series.points {
		if p.party != severalParties {
			mark(p.party, 0, t)
		}
	}
	e.partyOrder, e.party = inOrder(used, func(x, y int32) int {
		p, q := a.parties.list[x], a.parties.list[y]
		return cmp.Or(cmp.Compare(b2i(p.involved), b2i(q.involved)), cmp.Compare(p.name, q.name))
	})
	e.count(len(e.partyOrder))
	for _, p := range e.partyOrder {
		x := a.parties.list[p]
		e.flag(x.involved)
		e.text(x.name)
		var b Basis
		if int(p) < len(a.partyBase) {
			b = a.partyBase[p]
		}
		for _, n := range []uint32{b.Claimed, b.Attributed, b.Contested, b.Involved} {
			e.uint(uint64(n))
		}
	}
}

func (d *decoding) parties() {
	a := d.a
	last := party{}
	for i := range d.count(6) {
		x := party{involved: d.flag(), name: d.text()}
		d.check(i == 0 || b2i(x.involved) > b2i(last.involved) || x.involved == last.involved && x.name > last.name)
		var n [4]uint32
		for i := range n {
			n[i] = d.uint32()
		}
		if d.err != nil {
			return
		}
		a.parties.at(x)
		a.partyBase = append(a.partyBase, Basis{n[0], n[1], n[2], n[3]})
		last = x
	}
}
