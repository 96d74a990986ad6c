package stats

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
