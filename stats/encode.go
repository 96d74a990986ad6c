package stats

import (
	"bytes"
	"cmp"
	"maps"
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

// names writes the names of each column that records have. A reader's
// dictionaries may hold others, of records that were rejected.
func (e *encoding) names() {
	a := e.a
	used := [data.NumColumns]map[string]bool{}
	for c := range used {
		used[c] = map[string]bool{}
	}
	for d, seen := range e.p.seen {
		for c := range seen {
			for code, is := range seen[c] {
				if is {
					used[c][d[c].Name(uint32(code))] = true
				}
			}
		}
	}
	e.shelf = map[*data.Dicts]*[data.NumColumns][]uint32{}
	for at := range e.p.held {
		e.shelf[at.dicts] = new([data.NumColumns][]uint32)
	}
	for c := range used {
		delete(used[c], "")
		sorted := slices.Sorted(maps.Keys(used[c]))
		rank := map[string]uint32{"": 0}
		e.count(len(sorted))
		for i, name := range sorted {
			e.text(name)
			rank[name] = uint32(i + 1)
		}
		number := func(d *data.Dict) []uint32 {
			to := make([]uint32, d.Len())
			for i := range to {
				to[i] = rank[d.Name(uint32(i))]
			}
			return to
		}
		e.code[c] = number(a.dicts[c])
		for d, to := range e.shelf {
			to[c] = number(d[c])
		}
	}
}

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

// paths writes the places that have incidents, and their tallies.
func (e *encoding) paths() {
	a := e.a
	used := make([]bool, len(a.places.paths))
	to := make([]location, len(used))
	for i, path := range a.places.paths {
		used[i] = a.byPlace[i].Incidents > 0
		for l, c := range path {
			to[i][l] = e.code[l][c]
		}
	}
	e.pathOrder, e.path = inOrder(used, func(x, y int32) int { return slices.Compare(to[x][:], to[y][:]) })
	e.count(len(e.pathOrder))
	for _, i := range e.pathOrder {
		for _, c := range to[i] {
			e.uint(uint64(c))
		}
		e.tally(&a.byPlace[i])
	}
}

// whole writes what is counted over all records.
func (e *encoding) whole() {
	a := e.a
	e.tally(&a.total)
	e.uint(a.incidents)
	for _, set := range []bool{a.hasInjured, a.anyVerified, a.undirected, a.severalParties} {
		e.flag(set)
	}
	for _, f := range a.matched {
		for _, set := range f {
			e.flag(set)
		}
	}
	e.uint(uint64(a.outside))
	e.uint(uint64(a.withdrawn))
	for _, n := range a.quality.counts() {
		e.uint(uint64(*n))
	}
}

// counts lists the counts of a quality, for reading and writing.
func (q *Quality) counts() []*uint32 {
	ns := []*uint32{&q.Incidents}
	for i := range q.DatePrec {
		ns = append(ns, &q.DatePrec[i])
	}
	for i := range q.GeoPrec {
		ns = append(ns, &q.GeoPrec[i])
	}
	return append(ns, &q.NoLocation, &q.Spans, &q.Straddling, &q.StraddleMonths, &q.MultiAccount, &q.Accounts, &q.Withdrawn, &q.Approximate,
		&q.LowAboveBest, &q.BestAboveHigh, &q.LowAboveHigh)
}

func compareTimes(x, y timeKey) int {
	return cmp.Or(cmp.Compare(x.prec, y.prec), cmp.Compare(x.value, y.value))
}

func (e *encoding) timeKey(k timeKey) {
	e.uint(uint64(k.prec))
	e.int(int64(k.value))
}

// times writes the tallies by time and the recorded spans.
func (e *encoding) times() {
	a := e.a
	e.uint(uint64(a.grain))
	var order []int
	for i := range a.times.keys {
		if a.byTime[i].Incidents > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(x, y int) int { return compareTimes(a.times.keys[x], a.times.keys[y]) })
	e.count(len(order))
	for _, i := range order {
		e.timeKey(a.times.keys[i])
		e.tally(&a.byTime[i])
	}
	spans := slices.SortedFunc(maps.Keys(a.spans), func(x, y span) int { return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(x.to, y.to)) })
	e.count(len(spans))
	for _, s := range spans {
		e.day(s.from)
		e.day(s.to)
		e.uint(uint64(a.spans[s]))
	}
}

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

// numbered writes the tallies of a list that are not empty, by their numbers.
func (e *encoding) numbered(ts []Tally, number func(int) int) {
	var used []int
	for i := range ts {
		if ts[i].Incidents > 0 {
			used = append(used, i)
		}
	}
	slices.SortFunc(used, func(x, y int) int { return cmp.Compare(number(x), number(y)) })
	e.count(len(used))
	for _, i := range used {
		e.count(number(i))
		e.tally(&ts[i])
	}
}

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

// deadliest writes the list of the deadliest incidents, in its order.
func (e *encoding) deadliest() {
	ds := e.a.deadliest
	e.count(len(ds))
	for i := range ds {
		d := &ds[i]
		e.count(d.FileIndex)
		e.count(d.Line)
		e.date(d.Date)
		for _, s := range []string{d.ID, d.Country, d.Admin1, d.Admin2, d.Place, d.Party.ID, d.Party.Label, d.EventType, d.Source} {
			e.text(s)
		}
		e.uint(uint64(d.Party.Kind))
		e.uint(uint64(d.Geo))
		e.toll(&d.Killed)
		e.toll(&d.Injured)
		e.count(d.Accounts)
	}
}

// held writes the records that wait for others of their incident, sorted by what
// they say.
func (e *encoding) held() {
	type row struct {
		id   []byte
		from int // of its bytes
		to   int
	}
	sets := map[uint64]int{}
	for at := range e.p.held {
		sets[at.columns] = 0
	}
	sorted := slices.Sorted(maps.Keys(sets))
	e.count(len(sorted))
	for i, s := range sorted {
		e.uint(s)
		sets[s] = i
	}
	var rows []row
	w := &writer{}
	for at, b := range e.p.held {
		for i := range b.N {
			from := len(w.b)
			w.count(sets[at.columns])
			w.record(b, i, e.shelf[at.dicts])
			rows = append(rows, row{b.ID.Bytes(i), from, len(w.b)})
		}
	}
	slices.SortFunc(rows, func(x, y row) int {
		return cmp.Or(bytes.Compare(x.id, y.id), bytes.Compare(w.b[x.from:x.to], w.b[y.from:y.to]))
	})
	e.count(len(rows))
	var last []byte
	for _, r := range rows {
		same := common(last, r.id)
		e.count(same)
		e.text(string(r.id[same:]))
		e.b = append(e.b, w.b[r.from:r.to]...)
		last = r.id
	}
}

// maxCommon bounds what an id takes over from the one before it, so that few
// bytes do not unfold into many.
const maxCommon = 64

// common returns how many bytes two ids begin with alike, up to a whole character.
func common(a, b []byte) int {
	n := 0
	for n < min(len(a), len(b), maxCommon) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(b) && b[n]&0xC0 == 0x80 {
		n--
	}
	return n
}

// record writes all of a record but its id and which columns it has.
func (w *writer) record(b *data.Batch, i int, to *[data.NumColumns][]uint32) {
	w.count(b.File)
	w.count(int(b.Line[i]))
	w.date(b.Date(i))
	for c := range b.Codes {
		if b.Codes[c] != nil {
			w.uint(uint64(to[c][b.Codes[c][i]]))
		}
	}
	for _, column := range [][]int32{b.Lat, b.Lon} {
		if column != nil {
			w.int(int64(column[i]))
		}
	}
	if b.GeoPrec != nil {
		w.uint(uint64(b.GeoPrec[i]))
	}
	if b.VictimType != nil {
		w.uint(uint64(b.VictimType[i]))
	}
	if b.Attribution != nil {
		w.uint(uint64(b.Attribution[i]))
	}
	if b.Status != nil {
		w.uint(uint64(b.Status[i]))
	}
	if b.ReportedOn != nil {
		w.day(b.ReportedOn[i])
	}
	for _, column := range counts(b) {
		if *column != nil {
			w.toll(&(*column)[i])
		}
	}
}

// counts lists the columns of counts of a batch.
func counts(b *data.Batch) []*[]data.Count {
	cs := []*[]data.Count{&b.Killed, &b.Injured}
	for k := range b.Besides {
		cs = append(cs, &b.Besides[k])
	}
	for p := range b.KilledParts {
		cs = append(cs, &b.KilledParts[p], &b.InjuredParts[p])
	}
	return cs
}

// cover writes the ids of the records counted at once.
func (e *encoding) cover() {
	c := e.p.told
	forms := c.forms()
	e.count(len(forms))
	for _, f := range forms {
		s := c.numbers[f]
		s.settle()
		e.text(f.prefix)
		e.count(f.width)
		e.spans(s.once)
		e.spans(s.twice)
	}
	others := slices.Sorted(maps.Keys(c.others))
	e.count(len(others))
	last := ""
	for _, id := range others {
		same := common([]byte(last), []byte(id))
		e.count(same)
		e.text(id[same:])
		e.flag(c.others[id])
		last = id
	}
}

func (e *encoding) spans(ss []numberSpan) {
	e.count(len(ss))
	next := uint64(0)
	for _, s := range ss {
		e.uint(s.from - next)
		e.uint(s.to - s.from)
		next = s.to + 1
	}
}
