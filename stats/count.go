package stats

import "toll/data"

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
