package stats

import "toll/data"

// kinds writes the tallies by what was said: kinds of events, victims, sides,
// sources, and what a party's name rests on.
func (e *encoding) kinds() {
	a := e.a
	for _, ts := range [][]Tally{a.byBasis[:], a.byVictim[:], a.byPart[:], a.byBeside[:]} {
		for i := range ts {
			e.tally(&ts[i])
		}
	}
	for _, x := range []struct {
		ts []Tally
		to []uint32
	}{{a.byEvent, e.code[data.ColEventType]}, {a.byInvolved, e.code[data.ColInvolved]}, {a.bySide, e.code[data.ColVictimSide]}, {a.bySource, e.code[data.ColSource]}} {
		e.numbered(x.ts, func(i int) int { return int(x.to[i]) })
	}
	for _, ts := range [][]Tally{a.claimedBy, a.verifiedBy} {
		e.numbered(ts, func(i int) int { return int(e.party[i]) })
	}
}

func (d *decoding) kinds() {
	a := d.a
	for _, ts := range [][]Tally{a.byBasis[:], a.byVictim[:], a.byPart[:], a.byBeside[:]} {
		for i := range ts {
			ts[i] = d.tally()
		}
	}
	for _, x := range []struct {
		ts *[]Tally
		c  data.Column
	}{{&a.byEvent, data.ColEventType}, {&a.byInvolved, data.ColInvolved}, {&a.bySide, data.ColVictimSide}, {&a.bySource, data.ColSource}} {
		d.numbered(x.ts, d.named[x.c])
	}
	for _, ts := range []*[]Tally{&a.claimedBy, &a.verifiedBy} {
		d.numbered(ts, len(a.parties.list))
	}
}

func (e *encoding) numbered(ts []Tally, number func(int) int) {
	e.listed(len(ts), func(i int) bool { return ts[i].Incidents == 0 }, number, func(i int) { e.tally(&ts[i]) })
}

func (d *decoding) numbered(ts *[]Tally, n int) {
	d.listed(leastTally, n, func(i int) {
		t := d.tally()
		d.check(t.Incidents > 0)
		*tallyAt(ts, i) = t
	})
}
