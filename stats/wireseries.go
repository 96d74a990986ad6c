package stats

import (
	"cmp"
	"maps"
	"slices"

	"toll/data"
)

// series writes the tallies by severity and by point.
func (e *encoding) series() {
	s := e.a.series
	sizes := slices.Sorted(maps.Keys(s.many))
	few := 0
	for n := range s.few {
		few += b2i(s.few[n].Incidents > 0)
	}
	e.count(few + len(sizes))
	for n := range s.few {
		if s.few[n].Incidents > 0 {
			e.int(int64(n))
			e.tally(&s.few[n])
		}
	}
	for _, n := range sizes {
		e.int(n)
		e.tally(s.many[n])
	}
	e.tally(&s.blank)
	e.tally(&s.nowhere)
	e.uint(uint64(s.coarse))
	e.flag(s.points == nil)
	party := func(p point) int32 {
		if p.party == severalParties {
			return 0
		}
		return e.party[p.party] + 1
	}
	points := slices.SortedFunc(maps.Keys(s.points), func(x, y point) int {
		return cmp.Or(cmp.Compare(x.lat, y.lat), cmp.Compare(x.lon, y.lon), cmp.Compare(e.path[x.place], e.path[y.place]), cmp.Compare(party(x), party(y)), cmp.Compare(x.prec, y.prec))
	})
	e.count(len(points))
	for _, p := range points {
		e.int(int64(p.lat))
		e.int(int64(p.lon))
		e.count(int(e.path[p.place]))
		e.count(int(party(p)))
		e.uint(uint64(p.prec))
		e.tally(s.points[p])
	}
}

func (d *decoding) series() {
	s := d.a.series
	last := int64(-1)
	for range d.count(1 + leastTally) {
		n := d.between(0, largest)
		t := d.tally()
		d.check(n > last && t.Incidents > 0)
		if d.err != nil {
			return
		}
		if last = n; n < fewKilled {
			s.few[n] = t
		} else {
			s.many[n] = &t
		}
	}
	s.blank, s.nowhere = d.tally(), d.tally()
	s.coarse = int(d.upTo(uint64(len(coarseness) - 1)))
	if d.flag() {
		s.points = nil
		d.check(s.coarse == len(coarseness)-1)
	}
	d.points()
}

func (d *decoding) points() {
	s := d.a.series
	var last [5]int32
	n := d.count(5 + leastTally)
	d.check(n <= MaxPoints && (n == 0 || s.points != nil))
	for i := range n {
		p := point{lat: int32(d.between(-90_000_000, 90_000_000)), lon: int32(d.between(-180_000_000, 180_000_000)),
			place: d.below(len(d.a.places.paths)), party: d.below(len(d.a.parties.list)+1) - 1, prec: data.GeoPrecision(d.upTo(uint64(data.PlaceInternational)))}
		t := d.tally()
		at := [5]int32{p.lat, p.lon, p.place, p.party, int32(p.prec)}
		d.check(t.Incidents > 0 && (i == 0 || slices.Compare(last[:], at[:]) < 0))
		if d.err != nil || p.rounded(coarseness[s.coarse]) != p {
			d.fail()
			return
		}
		s.points[p] = &t
		last = at
	}
}
