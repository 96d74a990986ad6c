package stats

import (
	"slices"

	"toll/data"
)

// spread is what the figures on change, level and precision need beyond the
// tallies: incidents by how many each killed, period by period, and how exactly
// those of a row are dated and placed. It is made of counts and sums alone, so
// that it merges as tallies do. It is nil where no such figure is asked for.
type spread struct {
	lows, bests []sizes // by number in crossTimes: by lowest figure, and by best where there is one
	both        Tally   // incidents of which killed and injured are both known
	weekdays    [8]Tally
	times       []exactness // by number in crossTimes
	places      []exactness // by number of the place
	parties     []exactness // by number of the party
	events      []exactness // by code of event_type
	years       map[placeYear]*Tally
}

// notOnADay is the row of weekdays for incidents not dated to one day.
const notOnADay = 7

// placeYear is a place in a year, kept where rates per inhabitant are asked for.
type placeYear struct{ place, year int32 }

// sizes counts incidents by persons killed.
type sizes struct {
	few  []uint32 // below fewKilled
	many map[int64]uint32
}

func (s *sizes) add(killed int64, n uint32) {
	if killed < 0 || killed >= fewKilled {
		if s.many == nil {
			s.many = map[int64]uint32{}
		}
		s.many[killed] += n
		return
	}
	for int64(len(s.few)) <= killed {
		s.few = append(s.few, 0)
	}
	s.few[killed] += n
}

func (s *sizes) merge(o *sizes) { o.each(s.add) }

// each calls f with each number killed and its incidents, in no order.
func (s *sizes) each(f func(killed int64, n uint32)) {
	for v, n := range s.few {
		if n > 0 {
			f(int64(v), n)
		}
	}
	for v, n := range s.many {
		f(v, n)
	}
}

// sorted lists the sizes in ascending order.
func (s *sizes) sorted() Sizes {
	var all Sizes
	s.each(func(v int64, n uint32) { all = append(all, Size{v, n}) })
	slices.SortFunc(all, func(x, y Size) int { return int(min(max(x.Killed-y.Killed, -1), 1)) })
	return all
}

// grown returns a slice with room for index i.
func grown[T any](s []T, i int) []T {
	for i >= len(s) {
		var zero T
		s = append(s, zero)
	}
	return s
}

func newSpread(o *Options) *spread {
	if o.lean() || len(o.Only) > 0 && !slices.ContainsFunc(o.Only, spreadTable) {
		return nil
	}
	return &spread{}
}

// enter counts one incident: its toll, when it was and how exactly that and its
// place are known.
func (a *Accumulator) enter(d *Tally, date data.Date, geo data.GeoPrecision, time, place int32) {
	s := a.spread
	t := int(a.toCrossTime[time])
	s.lows, s.bests = grown(s.lows, t), grown(s.bests, t)
	if k := &d.Killed; k.Unknown == 0 {
		s.lows[t].add(Persons(k.Low), 1)
		if k.NoBest == 0 {
			s.bests[t].add(Persons(k.Best), 1)
		}
		if d.Injured.Unknown == 0 {
			s.both.plus(d)
		}
	}
	on := notOnADay
	if date.Prec == data.ToDay && date.End <= date.Start && date.Start != data.NoDay {
		on = date.Start.Weekday() - 1
	}
	s.weekdays[on].plus(d)
	g := grade(date, geo, a.places.paths[place])
	s.times, s.places = grown(s.times, t), grown(s.places, int(place))
	s.times[t].add(g, 1, d.Killed.Low)
	s.places[place].add(g, 1, d.Killed.Low)
	if a.opt.PlaceYears && date.Prec < data.Undated && date.Start != data.NoDay {
		y, _, _ := date.Start.Civil()
		if s.years == nil {
			s.years = map[placeYear]*Tally{}
		}
		k := placeYear{place, int32(y)}
		if s.years[k] == nil {
			s.years[k] = &Tally{}
		}
		s.years[k].plus(d)
	}
}

// spreadOf enters a block of records that are incidents of their own.
func (a *Accumulator) spreadOf(b *data.Batch, rows []int32) {
	s := a.spread
	if s == nil {
		return
	}
	var events []uint32
	var codes []uint32
	if column := b.Codes[data.ColEventType]; column != nil {
		events, codes = column, a.from[b.Dicts][data.ColEventType]
	}
	for r, i := range rows {
		d, place := &a.block.deltas[r], a.block.place[r]
		date, geo := b.Date(int(i)), data.At(b.GeoPrec, int(i))
		a.enter(d, date, geo, a.block.time[r], place)
		g := grade(date, geo, a.places.paths[place])
		p, e := int(a.block.standAt[r].party), 0
		if events != nil {
			e = int(codes[events[i]])
		}
		s.parties, s.events = grown(s.parties, p), grown(s.events, e)
		s.parties[p].add(g, 1, d.Killed.Low)
		s.events[e].add(g, 1, d.Killed.Low)
	}
}

// spreadOfIncident enters a reconciled incident.
func (a *Accumulator) spreadOfIncident(in *incident, time, place int32, d *Tally) {
	s := a.spread
	if s == nil {
		return
	}
	a.enter(d, in.date, in.geo, time, place)
	g := grade(in.date, in.geo, a.places.paths[place])
	for i := range in.components {
		c := &in.components[i]
		var x Tally
		x.of(&c.killed, &c.injured)
		s.parties = grown(s.parties, int(c.party))
		s.parties[c.party].add(g, 1, x.Killed.Low)
	}
	s.events = grown(s.events, int(in.eventType))
	s.events[in.eventType].add(g, 1, d.Killed.Low)
}

// coarsen moves what is kept by time to other numbers.
func (s *spread) coarsen(moved []int32) {
	lows, bests, times := s.lows, s.bests, s.times
	s.lows, s.bests, s.times = nil, nil, nil
	for i := range lows {
		t := int(moved[i])
		s.lows, s.bests = grown(s.lows, t), grown(s.bests, t)
		s.lows[t].merge(&lows[i])
		s.bests[t].merge(&bests[i])
	}
	for i := range times {
		t := int(moved[i])
		s.times = grown(s.times, t)
		s.times[t].merge(&times[i])
	}
}

// mergeSpread adds what another accumulator holds. Its codes and parties have
// been translated.
func (a *Accumulator) mergeSpread(o *Accumulator, codes *[data.NumColumns][]uint32, party []int32) {
	s, x := a.spread, o.spread
	if s == nil || x == nil {
		return
	}
	time := func(t int) int { return int(a.crossTimes.at(a.crossKey(o.crossTimes.keys[t]))) }
	place := func(p int32) int32 {
		path := o.places.paths[p]
		for l, c := range path {
			path[l] = codes[l][c]
		}
		return a.placeIndex(path)
	}
	for i := range x.lows {
		t := time(i)
		s.lows, s.bests = grown(s.lows, t), grown(s.bests, t)
		s.lows[t].merge(&x.lows[i])
		s.bests[t].merge(&x.bests[i])
	}
	mergeExact(&s.times, x.times, time)
	mergeExact(&s.places, x.places, func(p int) int { return int(place(int32(p))) })
	mergeExact(&s.parties, x.parties, func(p int) int { return int(party[p]) })
	mergeExact(&s.events, x.events, func(e int) int { return int(codes[data.ColEventType][e]) })
	a.merge(&s.both, &x.both)
	for w := range x.weekdays {
		a.merge(&s.weekdays[w], &x.weekdays[w])
	}
	for k, t := range x.years {
		k.place = place(k.place)
		if s.years == nil {
			s.years = map[placeYear]*Tally{}
		}
		if s.years[k] == nil {
			s.years[k] = &Tally{}
		}
		a.merge(s.years[k], t)
	}
}

func mergeExact(to *[]exactness, from []exactness, at func(int) int) {
	for i := range from {
		if from[i].empty() {
			continue
		}
		n := at(i)
		*to = grown(*to, n)
		(*to)[n].merge(&from[i])
	}
}
