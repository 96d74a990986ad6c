package stats

import "toll/data"

// choose lists the records that enter the tallies as they pass: those of the
// selection whose incident no other record tells.
func (a *Accumulator) choose(b *data.Batch, from, to int, codes *[data.NumColumns][]uint32) int {
	n := 0
	if a.takesAll(b) && a.allAscend(b, from, to) {
		for i := range a.block.rows[:to-from] {
			a.block.rows[i] = int32(from + i)
		}
		return to - from
	}
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

// takesAll reports whether no record is left out for what it is or says, so that
// only its id may set it aside.
func (a *Accumulator) takesAll(b *data.Batch) bool {
	return len(a.opt.Where) == 0 && a.opt.plain() && b.Status == nil && a.opt.From == data.NoDay && a.opt.To == data.NoDay
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
