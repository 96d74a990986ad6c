package stats

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"toll/data"
)

// spread writes what change, level and precision need beyond the tallies.
func (e *encoding) spread() {
	a, s := e.a, e.a.spread
	e.tally(&s.both)
	for i := range s.weekdays {
		e.tally(&s.weekdays[i])
	}
	times := make([]int32, len(a.crossTimes.keys))
	for i := range times {
		times[i] = int32(i)
	}
	slices.SortFunc(times, func(x, y int32) int { return compareTimes(a.crossTimes.keys[x], a.crossTimes.keys[y]) })
	times = slices.DeleteFunc(times, func(i int32) bool { return int(i) >= len(s.times) || s.times[i].empty() })
	e.count(len(times))
	for _, i := range times {
		e.timeKey(a.crossTimes.keys[i])
		e.sizes(s.lows, i)
		e.sizes(s.bests, i)
		e.exactness(&s.times[i])
	}
	e.exactnesses(s.places, func(i int) int { return int(e.path[i]) })
	e.exactnesses(s.parties, func(i int) int { return int(e.party[i]) })
	e.exactnesses(s.events, func(i int) int { return int(e.code[data.ColEventType][i]) })
	years := slices.SortedFunc(maps.Keys(s.years), func(x, y placeYear) int {
		return cmp.Or(cmp.Compare(e.path[x.place], e.path[y.place]), cmp.Compare(x.year, y.year))
	})
	e.count(len(years))
	for _, k := range years {
		e.count(int(e.path[k.place]))
		e.count(int(k.year))
		e.tally(s.years[k])
	}
}

func (d *decoding) spread() {
	a, s := d.a, d.a.spread
	s.both = d.tally()
	for i := range s.weekdays {
		s.weekdays[i] = d.tally()
	}
	last := timeKey{}
	for i := range d.count(4 + leastExactness) {
		k := d.timeKey()
		d.check(i == 0 || compareTimes(last, k) < 0)
		if d.err != nil || a.crossKey(k) != k {
			d.fail()
			return
		}
		t := int(a.crossTimes.at(k))
		s.lows, s.bests, s.times = grown(s.lows, t), grown(s.bests, t), grown(s.times, t)
		d.sizes(&s.lows[t])
		d.sizes(&s.bests[t])
		s.times[t] = d.exactness()
		last = k
	}
	d.exactnesses(&s.places, len(a.places.paths))
	d.exactnesses(&s.parties, len(a.parties.list))
	d.exactnesses(&s.events, d.named[data.ColEventType])
	d.years()
}

func (e *encoding) sizes(all []sizes, i int32) {
	var ss Sizes
	if int(i) < len(all) {
		ss = all[i].sorted()
	}
	e.count(len(ss))
	for _, x := range ss {
		e.int(x.Killed)
		e.uint(uint64(x.Incidents))
	}
}

func (d *decoding) sizes(s *sizes) {
	last := int64(-1)
	for range d.count(2) {
		killed, n := d.between(0, largest), d.uint32()
		d.check(killed > last && n > 0)
		if d.err != nil {
			return
		}
		s.add(killed, n)
		last = killed
	}
}

// leastExactness is the fewest bytes that an exactness takes.
const leastExactness = 2 * int(NumPlaceGrades) * int(NumDateGrades)

func (e *encoding) exactness(x *exactness) {
	for p := range NumPlaceGrades {
		for g := range NumDateGrades {
			c := x.cell(graded{p, g})
			e.uint(uint64(c.n))
			e.persons(c.killed)
		}
	}
}

func (d *decoding) exactness() (x exactness) {
	for p := range NumPlaceGrades {
		for g := range NumDateGrades {
			n, killed := d.uint32(), d.persons()
			d.check(killed <= math.MaxInt64/int64(NumPlaceGrades)/int64(NumDateGrades))
			x.add(graded{p, g}, n, killed)
		}
	}
	d.check(!x.empty())
	return x
}

func (e *encoding) exactnesses(xs []exactness, number func(int) int) {
	e.listed(len(xs), func(i int) bool { return xs[i].empty() }, number, func(i int) { e.exactness(&xs[i]) })
}

func (d *decoding) exactnesses(xs *[]exactness, n int) {
	d.listed(leastExactness, n, func(i int) {
		x := d.exactness()
		*xs = grown(*xs, i)
		(*xs)[i] = x
	})
}

func (d *decoding) years() {
	s := d.a.spread
	last := [2]int32{}
	for i := range d.count(2 + leastTally) {
		k := placeYear{d.below(len(d.a.places.paths)), int32(d.upTo(9999))}
		t := d.tally()
		at := [2]int32{k.place, k.year}
		d.check(t.Incidents > 0 && (i == 0 || slices.Compare(last[:], at[:]) < 0))
		if d.err != nil {
			return
		}
		if s.years == nil {
			s.years = map[placeYear]*Tally{}
		}
		s.years[k] = &t
		last = at
	}
}
