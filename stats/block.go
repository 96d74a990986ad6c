package stats

import (
	"toll/data"
)

// blockSize is how many records are entered at a time. The steps of a block run
// one after the other over all its records, so that the loads of one record's
// cells do not wait for the decisions of the next.
const blockSize = 256

// block is the working space of addBlock.
type block struct {
	rows    [blockSize]int32 // records of the batch that are incidents of their own
	deltas  [blockSize]Tally
	time    [blockSize]int32
	place   [blockSize]int32
	standAt [blockSize]standing
	cell    [blockSize]int32 // of a cross
	path    [blockSize]location
	parties [blockSize][3]uint32
	sum     Tally // over deltas
}

// largest is above any figure a reader passes on (data.MaxCount), by far enough
// that the sum of a block cannot overflow below it.
const largest = 1 << 54

// Add tallies the records of a batch. It keeps no reference to the batch.
func (a *Accumulator) Add(b *data.Batch) error {
	codes := a.codesFor(b.Dicts)
	a.hasInjured = a.hasInjured || b.Injured != nil || partsMapped(&b.InjuredParts)
	for from := 0; from < b.N; from += blockSize {
		a.addBlock(b, from, min(from+blockSize, b.N), codes)
	}
	if a.overflow {
		return ErrOverflow
	}
	return nil
}

// addBlock tallies records from to to.
func (a *Accumulator) addBlock(b *data.Batch, from, to int, codes *[data.NumColumns][]uint32) {
	n := a.choose(b, from, to, codes)
	rows := a.block.rows[:n]
	if n == 0 {
		return
	}
	if !a.sumUp(b, rows) {
		a.overflow = true
		return
	}
	a.stand(b, rows, codes)
	deltas := a.block.deltas[:n]
	if !a.timesDue {
		for r, t := range a.block.time[:n] {
			a.byTime[t].plus(&deltas[r])
		}
	}
	if !a.placesDue {
		for r, p := range a.block.place[:n] {
			a.byPlace[p].plus(&deltas[r])
		}
	}
	cells := a.block.cell[:n]
	for r, s := range a.block.standAt[:n] {
		cells[r] = a.timeParty.index(s.party, a.toCrossTime[a.block.time[r]])
		a.partyBase[s.party].add(s.basis)
	}
	a.timeParty.addAll(cells, deltas)
	for r, s := range a.block.standAt[:n] {
		cells[r] = a.placeParty.index(s.party, a.toCrossPlace[a.block.place[r]])
	}
	a.placeParty.addAll(cells, deltas)
	if a.lean {
		return
	}
	for r, s := range a.block.standAt[:n] {
		a.byBasis[s.basis].plus(&deltas[r])
	}
	a.enrolBlock(b, rows, codes)
	a.claimsOf(b, rows, codes)
	a.kinds(b, rows, codes)
	a.besidesOf(b, rows)
	a.judgeBlock(b, rows)
	a.seriesOf(b, rows)
	a.spreadOf(b, rows)
	a.rankBlock(b, rows)
}

// choose lists the records that enter the tallies as they pass: those of the
// selection whose incident no other record tells.
func (a *Accumulator) choose(b *data.Batch, from, to int, codes *[data.NumColumns][]uint32) int {
	n := 0
	bounded := a.opt.From != data.NoDay || a.opt.To != data.NoDay
	for i := from; i < to; i++ {
		if len(a.opt.Where) > 0 && !a.admits(b, i) {
			a.outside++
			continue
		}
		if id := b.ID.Bytes(i); len(id) > 0 && !a.ownIncident(id, b, i, codes) {
			continue
		}
		if !a.opt.plain() {
			a.addSpecial(accountOf(b, i, codes))
			continue
		}
		if b.Status != nil && withdrawnStatus(b.Status[i]) {
			a.withdrawn++
			continue
		}
		if bounded && a.outsidePeriod(b.Date(i)) {
			a.outside++
			continue
		}
		a.block.rows[n] = int32(i)
		n++
	}
	return n
}

// addSpecial tallies a record that is an incident of its own, by options that
// look at more than its figures.
func (a *Accumulator) addSpecial(c account) {
	as := []account{c}
	in, stands := a.reconcile(as, a.how())
	switch {
	case !stands && c.knownBy(a.opt.AsOf):
		a.withdrawn++
	case !stands, a.outsidePeriod(in.date):
		a.outside++
	default:
		a.count(&in)
		a.enrolAccount(&as[0], &in)
		a.countClaim(as, &in)
		if a.opt.Repeated != nil {
			d := one(&in)
			tallyAt(&a.bySource, int(c.codes[data.ColSource])).plus(&d)
		}
		if a.isDeadly(&in.killed) {
			a.rank(&in)
		}
	}
}

// how is the reading that the options ask for.
func (a *Accumulator) how() reading { return reading{policy: a.opt.Policy, asOf: a.opt.AsOf} }

// ownIncident reports whether the record is so far the only one of its
// incident. Records of incidents known to have several are kept.
func (a *Accumulator) ownIncident(id []byte, b *data.Batch, i int, codes *[data.NumColumns][]uint32) bool {
	if a.opt.Once && len(a.opt.Repeated) == 0 || a.opt.Repeated == nil && a.ascends(id, b, i) {
		return true
	}
	h := HashID(id)
	if _, shared := a.opt.Repeated[h]; shared {
		a.keep(b, i, codes)
		return false
	}
	if a.opt.Once {
		return true
	}
	if !a.ids.add(h) {
		a.repeats[h] = struct{}{}
		return false
	}
	return true
}

// sumUp writes each record's tally and adds them to the total. It is false where
// the total overflows.
func (a *Accumulator) sumUp(b *data.Batch, rows []int32) bool {
	a.block.sum = Tally{}
	sum := &a.block.sum
	var seen int64
	var none data.Count
	for r, i := range rows {
		killed, injured := &none, &none
		if b.Status == nil || b.Status[i] != data.Denied { // a denial is no figure
			if b.Killed != nil {
				killed = &b.Killed[i]
			}
			if b.Injured != nil {
				injured = &b.Injured[i]
			}
		}
		d := &a.block.deltas[r]
		d.of(killed, injured)
		sum.plus(d)
		seen |= killed.Low | killed.High | killed.Best | injured.Low | injured.High | injured.Best
	}
	if seen < 0 || seen >= largest {
		return false
	}
	a.incidents += uint64(len(rows))
	return a.total.Merge(*sum) == nil
}

// stand finds each record's place in time and space and its party.
func (a *Accumulator) stand(b *data.Batch, rows []int32, codes *[data.NumColumns][]uint32) {
	n := len(rows)
	times, paths, named := a.block.time[:n], a.block.path[:n], a.block.parties[:n]
	for r, i := range rows {
		if day := b.Start[i]; b.Prec[i] <= data.ToWeek && a.minDay <= day && day <= a.maxDay && a.minDay != data.NoDay {
			if t, ok := a.times.known(day); ok {
				times[r] = t
				continue
			}
		}
		times[r] = a.timeIndex(data.Date{Start: b.Start[i], End: b.End[i], Prec: b.Prec[i]})
	}
	clear(paths)
	for level, c := range [4]data.Column{data.ColCountry, data.ColAdmin1, data.ColAdmin2, data.ColPlace} {
		if column, to := b.Codes[c], codes[c]; column != nil {
			for r, i := range rows {
				paths[r][level] = to[column[i]]
			}
		}
	}
	for r, path := range paths {
		a.block.place[r] = a.placeIndex(path)
	}
	clear(named)
	for k, c := range [3]data.Column{data.ColClaimedBy, data.ColAttributedTo, data.ColInvolved} {
		if column, to := b.Codes[c], codes[c]; column != nil {
			for r, i := range rows {
				named[r][k] = to[column[i]]
			}
		}
	}
	for r, i := range rows {
		s := a.parties.of(named[r], a.nameOf)
		s.basis = s.basis.saidBy(data.At(b.Status, int(i)) == data.Denied, data.At(b.Attribution, int(i)) == data.AttributionSuspected)
		a.block.standAt[r] = s
		a.partyAt(s)
	}
}

// placeIndex returns the number of a path and makes room for its cells.
func (a *Accumulator) placeIndex(path location) int32 {
	p := a.places.at(path)
	for int(p) >= len(a.byPlace) {
		a.byPlace = append(a.byPlace, Tally{})
		a.toCrossPlace = append(a.toCrossPlace, -1)
	}
	if a.toCrossPlace[p] < 0 {
		cut := path
		for level := a.crossLevel + 1; level < len(cut); level++ {
			cut[level] = 0
		}
		q := p
		if cut != path {
			a.settlePlaces()
			q = a.placeIndex(cut)
		}
		a.toCrossPlace[p] = q
	}
	return p
}

// partyAt makes room for a party's cells.
func (a *Accumulator) partyAt(s standing) {
	for int(s.party) >= len(a.partyBase) {
		a.partyBase = append(a.partyBase, Basis{})
	}
	a.undirected = a.undirected || s.basis == basisInvolved
}

// claimsOf enters what the records say of sides, statuses and sources.
func (a *Accumulator) claimsOf(b *data.Batch, rows []int32, codes *[data.NumColumns][]uint32) {
	deltas := a.block.deltas[:len(rows)]
	if side := b.Codes[data.ColVictimSide]; side != nil {
		for r, i := range rows {
			a.partySide.at(a.block.standAt[r].party, int32(codes[data.ColVictimSide][side[i]])).plus(&deltas[r])
		}
	}
	if b.Status != nil {
		for r, i := range rows {
			a.anyVerified = a.anyVerified || b.Status[i] == data.Verified
			if s := a.block.standAt[r]; s.basis.claimed() {
				tallyAt(&a.claimedBy, int(s.party)).plus(&deltas[r])
				if b.Status[i] == data.Verified {
					tallyAt(&a.verifiedBy, int(s.party)).plus(&deltas[r])
				}
			}
		}
	}
	if source := b.Codes[data.ColSource]; source != nil && a.opt.Repeated != nil {
		for r, i := range rows {
			tallyAt(&a.bySource, int(codes[data.ColSource][source[i]])).plus(&deltas[r])
		}
	}
}

// kinds enters the records into the tables by type of event and of victim.
func (a *Accumulator) kinds(b *data.Batch, rows []int32, codes *[data.NumColumns][]uint32) {
	deltas := a.block.deltas[:len(rows)]
	for _, x := range []struct {
		c data.Column
		t *[]Tally
	}{{data.ColEventType, &a.byEvent}, {data.ColInvolved, &a.byInvolved}, {data.ColVictimSide, &a.bySide}} {
		column := b.Codes[x.c]
		if column == nil {
			tallyAt(x.t, 0).plus(&a.block.sum)
			continue
		}
		for r, i := range rows {
			tallyAt(x.t, int(codes[x.c][column[i]])).plus(&deltas[r])
		}
	}
	parts := partsMapped(&b.KilledParts) || partsMapped(&b.InjuredParts)
	if !parts && b.VictimType == nil {
		a.byVictim[data.VictimUnstated].plus(&a.block.sum)
		return
	}
	for r, i := range rows {
		if parts && a.takeParts(b, int(i)) {
			continue
		}
		a.byVictim[data.At(b.VictimType, int(i))].plus(&deltas[r])
	}
}

// takeParts enters a record that states parts of its toll by its parts. It
// reports whether the record does.
func (a *Accumulator) takeParts(b *data.Batch, i int) bool {
	if data.At(b.Status, i) == data.Denied {
		return false
	}
	in := &a.scratch
	in.killed, in.injured = data.At(b.Killed, i), data.At(b.Injured, i)
	in.victims, in.parts = [data.NumVictimTypes]victimToll{}, [data.NumParts]victimToll{}
	if !in.takeParts(b, i, data.At(b.VictimType, i)) {
		return false
	}
	a.addVictimsOf(in)
	return true
}

func (a *Accumulator) addVictimsOf(in *incident) {
	for v := range in.victims {
		if w := &in.victims[v]; w.present {
			a.byVictim[v].Add(&w.killed, &w.injured)
		}
	}
	for p := range in.parts {
		if w := &in.parts[p]; w.present {
			a.byPart[p].Add(&w.killed, &w.injured)
		}
	}
}

// judgeBlock counts what the records lack.
func (a *Accumulator) judgeBlock(b *data.Batch, rows []int32) {
	q := &a.quality
	q.Incidents += uint32(len(rows))
	for r, i := range rows {
		q.DatePrec[b.Prec[i]]++
		if b.End[i] > b.Start[i] {
			a.judgeSpan(b.Date(int(i)))
		}
		if a.places.paths[a.block.place[r]] == (location{}) {
			q.NoLocation++
		}
	}
	if b.GeoPrec == nil {
		q.GeoPrec[data.PlaceUnstated] += uint32(len(rows))
	} else {
		for _, i := range rows {
			q.GeoPrec[b.GeoPrec[i]]++
		}
	}
	for _, i := range rows {
		var injured data.CountFlags
		if b.Injured != nil {
			injured = b.Injured[i].Flags
		}
		if b.Killed != nil {
			q.judgeCount(&b.Killed[i], injured)
		} else if injured&data.Approx != 0 {
			q.Approximate++
		}
	}
}

func (a *Accumulator) judgeSpan(d data.Date) {
	if d.Prec == data.Undated {
		return
	}
	q := &a.quality
	q.Spans++
	if monthCount(d.Start) != monthCount(d.End) {
		q.StraddleMonths++
	}
	if d.Prec < data.ToMonth {
		if a.spans == nil {
			a.spans = map[span]uint32{}
		}
		a.spans[span{d.Start, d.End}]++
	}
}

func (q *Quality) judgeCount(killed *data.Count, injured data.CountFlags) {
	if (killed.Flags|injured)&data.Approx != 0 {
		q.Approximate++
	}
	if killed.Flags&data.HasBest != 0 {
		if killed.Low > killed.Best {
			q.LowAboveBest++
		}
		if killed.Best > killed.High {
			q.BestAboveHigh++
		}
	}
	if killed.Low > killed.High {
		q.LowAboveHigh++
	}
}

// rankBlock enters the records that are deadly enough into the list.
func (a *Accumulator) rankBlock(b *data.Batch, rows []int32) {
	if b.Killed == nil {
		return
	}
	for r, i := range rows {
		k := &b.Killed[i]
		if !a.isDeadly(k) || data.At(b.Status, int(i)) == data.Denied {
			continue
		}
		in := &a.scratch
		*in = incident{date: b.Date(int(i)), geo: data.At(b.GeoPrec, int(i)), place: a.places.paths[a.block.place[r]], killed: *k, injured: data.At(b.Injured, int(i)),
			components: append(in.components[:0], component{party: a.block.standAt[r].party}), accounts: 1, id: b.ID.At(int(i)),
			source: b.Text(data.ColSource, int(i)), fileIndex: b.File, line: int(b.Line[i])}
		if b.Codes[data.ColEventType] != nil {
			in.eventType = a.from[b.Dicts][data.ColEventType][b.Codes[data.ColEventType][i]]
		}
		a.rank(in)
	}
}

// count enters a reconciled incident into every tally.
func (a *Accumulator) count(in *incident) {
	var d Tally
	d.of(&in.killed, &in.injured)
	if a.total.Merge(d) != nil {
		a.overflow = true
		return
	}
	a.incidents++
	t := a.timeIndex(in.date)
	a.byTime[t].plus(&d)
	p := a.placeIndex(in.place)
	a.byPlace[p].plus(&d)
	a.severalParties = a.severalParties || len(in.components) > 1
	for i := range in.named { // as written: a toll in full under several parties is one toll
		x := &in.named[i]
		a.byBasis[x.basis].Add(&x.killed, &x.injured)
	}
	for c := range in.components {
		x := &in.components[c]
		s := standing{x.party, x.basis}
		a.partyAt(s)
		a.partyBase[x.party].add(x.basis)
		a.timeParty.at(x.party, a.toCrossTime[t]).Add(&x.killed, &x.injured)
		a.placeParty.at(x.party, a.toCrossPlace[p]).Add(&x.killed, &x.injured)
	}
	tallyAt(&a.byEvent, int(in.eventType)).plus(&d)
	tallyAt(&a.byInvolved, int(in.involved)).plus(&d)
	a.addVictimsOf(in)
	for k := range in.besides {
		a.addBeside(data.Beside(k), &in.besides[k])
	}
	a.seriesOfIncident(in, p, &d)
	a.spreadOfIncident(in, t, p, &d)
	for i := range in.sides {
		s := &in.sides[i]
		tallyAt(&a.bySide, int(s.side)).Add(&s.killed, &s.injured)
	}
	for i := range in.deeds {
		x := &in.deeds[i]
		a.partySide.at(x.party, int32(x.side)).Add(&x.killed, &x.injured)
	}
	q := &a.quality
	q.Incidents++
	q.DatePrec[in.date.Prec]++
	q.GeoPrec[in.geo]++
	if in.place == (location{}) {
		q.NoLocation++
	}
	if in.date.End > in.date.Start {
		a.judgeSpan(in.date)
	}
	q.judgeCount(&in.killed, in.injured.Flags)
}

func tallyAt(ts *[]Tally, i int) *Tally {
	for i >= len(*ts) {
		*ts = append(*ts, Tally{})
	}
	return &(*ts)[i]
}
