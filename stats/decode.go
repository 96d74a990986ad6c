package stats

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"

	"toll/data"
)

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

func (d *decoding) names() {
	for c := range d.named {
		last := ""
		for range d.count(2) {
			s := d.text()
			d.check(s > last)
			if d.err != nil {
				return
			}
			d.a.dicts[c].Code(s)
			last = s
		}
		d.named[c] = d.a.dicts[c].Len()
		seen := d.p.namesOf(d.a.dicts)
		seen[c] = slices.Repeat([]bool{true}, d.named[c])
	}
	d.a.codesFor(d.a.dicts) // the codes stay, whatever is merged
}

func (d *decoding) code(c data.Column) uint32 { return uint32(d.upTo(uint64(d.named[c] - 1))) }

// below reads a number that is below n.
func (d *decoding) below(n int) int32 {
	if n == 0 {
		d.fail()
		return 0
	}
	return int32(d.upTo(uint64(n - 1)))
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

func (d *decoding) paths() {
	a := d.a
	last := location{}
	for i := range d.count(4 + leastTally) {
		var path location
		for l := range path {
			path[l] = d.code(data.Column(l))
		}
		t := d.tally()
		d.check(i == 0 || slicesLess(last[:], path[:]))
		d.check(t.Incidents > 0)
		if d.err != nil {
			return
		}
		a.byPlace[a.placeIndex(path)] = t
		last = path
	}
}

func slicesLess(x, y []uint32) bool {
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}

func (d *decoding) whole() {
	a := d.a
	a.total = d.tally()
	a.incidents = d.uint()
	for _, set := range []*bool{&a.hasInjured, &a.anyVerified, &a.undirected, &a.severalParties} {
		*set = d.flag()
	}
	for f := range a.matched {
		for v := range a.matched[f] {
			a.matched[f][v] = d.flag()
		}
	}
	a.outside, a.withdrawn = int64(d.upTo(1<<62)), int64(d.upTo(1<<62))
	for _, n := range a.quality.counts() {
		*n = d.uint32()
	}
}

func (d *decoding) timeKey() timeKey {
	k := timeKey{prec: data.Precision(d.upTo(uint64(data.Undated)))}
	switch k.prec {
	case data.ToDay:
		k.value = int32(d.between(int64(firstDay), int64(lastDay)))
	case data.ToMonth, data.ToYear:
		k.value = int32(d.between(int64(monthCount(firstDay)), int64(monthCount(lastDay))))
	case data.Undated:
		d.between(0, 0)
	default:
		d.fail()
	}
	return k
}

func (d *decoding) times() {
	a := d.a
	a.grain = Period(d.upTo(uint64(ByYear)))
	d.check(a.grain == a.opt.Period || a.opt.Period == Auto && (a.grain == ByDay || a.grain == ByMonth))
	if d.err != nil {
		return
	}
	last := timeKey{}
	for i := range d.count(2 + leastTally) {
		k := d.timeKey()
		t := d.tally()
		d.check((i == 0 || compareTimes(last, k) < 0) && t.Incidents > 0)
		if d.err != nil {
			return
		}
		n := a.times.at(k)
		a.byTime = append(a.byTime, t)
		a.toCrossTime = append(a.toCrossTime, a.crossTimes.at(a.crossKey(k)))
		d.check(int(n) == i)
		if k.prec == data.ToDay {
			if a.minDay == data.NoDay {
				a.minDay = data.Day(k.value)
			}
			a.maxDay = data.Day(k.value)
		}
		last = k
	}
	d.check(a.opt.Period != Auto || a.spanTooLong() == (a.grain == ByMonth))
	d.spans()
}

func (d *decoding) spans() {
	a := d.a
	last := span{}
	for i := range d.count(3) {
		s := span{d.day(), d.day()}
		n := d.uint32()
		d.check(s.from != data.NoDay && s.to > s.from && n > 0)
		d.check(i == 0 || s.from > last.from || s.from == last.from && s.to > last.to)
		if d.err != nil {
			return
		}
		if a.spans == nil {
			a.spans = map[span]uint32{}
		}
		a.spans[s] = n
		last = s
	}
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
		if i > 0 && !before(last, at) {
			d.fail()
			return
		}
		*c.at(p, x) = t
		last = at
	}
}

func before(x, y [3]int32) bool {
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
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

func (d *decoding) numbered(ts *[]Tally, n int) {
	last := int32(-1)
	for range d.count(1 + leastTally) {
		i := d.below(n)
		t := d.tally()
		d.check(i > last && t.Incidents > 0)
		if d.err != nil {
			return
		}
		*tallyAt(ts, int(i)) = t
		last = i
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
		d.check(t.Incidents > 0 && (i == 0 || before([3]int32(last[:3]), [3]int32(at[:3])) || [3]int32(last[:3]) == [3]int32(at[:3]) && before([3]int32{last[3], last[4]}, [3]int32{at[3], at[4]})))
		if d.err != nil || p.rounded(coarseness[s.coarse]) != p {
			d.fail()
			return
		}
		s.points[p] = &t
		last = at
	}
}

func (d *decoding) deadliest() {
	a := d.a
	n := d.count(20)
	d.check(n <= max(0, a.opt.Top))
	for range n {
		var x Deadliest
		x.FileIndex, x.Line = int(d.below(d.files)), int(d.upTo(1<<40))
		x.Date = d.date()
		for _, s := range []*string{&x.ID, &x.Country, &x.Admin1, &x.Admin2, &x.Place, &x.Party.ID, &x.Party.Label, &x.EventType, &x.Source} {
			*s = d.text()
		}
		x.Party.Kind = KeyKind(d.upTo(uint64(Involved)))
		x.Geo = data.GeoPrecision(d.upTo(uint64(data.PlaceInternational)))
		x.Killed, x.Injured = d.toll(), d.toll()
		x.Accounts = int(d.upTo(1 << 40))
		d.check(len(a.deadliest) == 0 || deadlier(&a.deadliest[len(a.deadliest)-1], &x) <= 0)
		if d.err != nil {
			return
		}
		a.deadliest = append(a.deadliest, x)
	}
	a.cutDeadliest()
}

func (d *decoding) held() {
	sets := make([]uint64, d.count(1))
	for i := range sets {
		sets[i] = d.upTo(1<<data.NumOptional - 1)
		d.check(i == 0 || sets[i] > sets[i-1])
	}
	var last, lastRow []byte
	for range d.count(6) {
		same := int(d.upTo(uint64(len(last))))
		rest := d.text()
		id := append(append([]byte(nil), last[:same]...), rest...)
		row := d.b
		columns := uint64(0)
		if i := d.below(len(sets)); d.err == nil {
			columns = sets[i]
		}
		d.record(columns, id)
		if d.err != nil {
			return
		}
		row = row[:len(row)-len(d.b)]
		o := bytes.Compare(last, id)
		d.check(len(id) > 0 && common(last, id) == same && utf8.Valid(id) && (o < 0 || o == 0 && bytes.Compare(lastRow, row) < 0))
		last, lastRow = id, row
	}
}

// record reads a record and puts it on its shelf.
func (d *decoding) record(columns uint64, id []byte) {
	at := shelf{d.a.dicts, int(d.below(d.files)), columns}
	b := data.NewBatch(columns, d.a.dicts)
	if b.ID.End == nil || d.err != nil {
		d.fail() // a record without an id waits for nothing
		return
	}
	b.N = 1
	b.Line = []int32{int32(d.upTo(1<<31 - 1))}
	date := d.date()
	b.Start, b.End, b.Prec = []data.Day{date.Start}, []data.Day{date.End}, []data.Precision{date.Prec}
	for c := range b.Codes {
		if b.Codes[c] != nil {
			b.Codes[c] = append(b.Codes[c], d.code(data.Column(c)))
		}
	}
	for _, x := range []struct {
		column *[]int32
		limit  int64
	}{{&b.Lat, 90_000_000}, {&b.Lon, 180_000_000}} {
		if *x.column != nil {
			v := d.int()
			d.check(-x.limit <= v && v <= x.limit || v == int64(data.NoCoord))
			*x.column = append(*x.column, int32(v))
		}
	}
	if b.GeoPrec != nil {
		b.GeoPrec = append(b.GeoPrec, data.GeoPrecision(d.upTo(uint64(data.PlaceInternational))))
	}
	if b.VictimType != nil {
		b.VictimType = append(b.VictimType, data.VictimType(d.upTo(uint64(data.NumVictimTypes-1))))
	}
	if b.Attribution != nil {
		b.Attribution = append(b.Attribution, data.Attribution(d.upTo(uint64(data.AttributionSuspected))))
	}
	if b.Status != nil {
		b.Status = append(b.Status, data.Status(d.upTo(uint64(data.Superseded))))
	}
	if b.ReportedOn != nil {
		b.ReportedOn = append(b.ReportedOn, d.day())
	}
	for _, column := range counts(b) {
		if *column != nil {
			*column = append(*column, d.toll())
		}
	}
	b.ID.Append(id)
	if d.err != nil {
		return
	}
	shelved := d.p.held[at]
	if shelved == nil {
		shelved = data.NewBatch(columns, d.a.dicts)
		shelved.File = at.file
		d.p.held[at] = shelved
	}
	shelved.Take(b, 0, 1)
}

func (d *decoding) cover() {
	c := d.p.told
	last := idForm{}
	for i := range d.count(4) {
		f := idForm{prefix: d.text(), width: int(d.upTo(maxIDDigits))}
		d.check(len(f.prefix) <= maxIDPrefix && f.width > 0 && (i == 0 || f.prefix > last.prefix || f.prefix == last.prefix && f.width > last.width))
		if n := len(f.prefix); n > 0 && f.width < maxIDDigits {
			d.check(f.prefix[n-1] < '0' || f.prefix[n-1] > '9')
		}
		if d.err != nil {
			return
		}
		s := c.at(f)
		limit := uint64(1)
		for range f.width {
			limit *= 10
		}
		s.once, s.twice = d.numberSpans(limit), d.numberSpans(limit)
		all, both := union(s.once, s.twice)
		d.check(len(s.once) > 0 && equalSpans(all, s.once) && equalSpans(both, s.twice))
		last = f
	}
	lastID := ""
	for i := range d.count(3) {
		same := int(d.upTo(uint64(len(lastID))))
		id := lastID[:same] + d.text()
		_, _, _, numbered := splitID([]byte(id))
		d.check((i == 0 || id > lastID) && id != "" && !numbered && common([]byte(lastID), []byte(id)) == same && utf8.ValidString(id))
		twice := d.flag()
		if d.err != nil {
			return
		}
		c.others[id] = twice
		lastID = id
	}
}

func (d *decoding) numberSpans(limit uint64) []numberSpan {
	n := d.count(2)
	ss := make([]numberSpan, 0, n)
	next := uint64(0)
	for i := range n {
		gap, length := d.upTo(limit), d.upTo(limit)
		s := numberSpan{from: next + gap}
		s.to = s.from + length
		d.check(s.to < limit && (i == 0 || gap > 0))
		if d.err != nil {
			return nil
		}
		ss = append(ss, s)
		next = s.to + 1
	}
	return ss
}

func equalSpans(a, b []numberSpan) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
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
