package stats

import (
	"errors"
	"slices"

	"toll/data"
)

// Merge adds what another accumulator of the same options holds; it may cross a
// finer location level with parties. Any split of the records over accumulators,
// merged in any order and grouping, gives the same tables. The other accumulator
// must not be used afterwards.
func (a *Accumulator) Merge(o *Accumulator) error {
	if a.opt.Period != o.opt.Period || a.opt.From != o.opt.From || a.opt.To != o.opt.To || a.opt.Top != o.opt.Top || a.opt.Policy.String() != o.opt.Policy.String() || a.opt.Multi != o.opt.Multi || a.opt.AsOf != o.opt.AsOf || a.crossLevel > o.crossLevel || a.opt.PlaceYears != o.opt.PlaceYears || !slices.Equal(a.opt.Only, o.opt.Only) ||
		!slices.EqualFunc(a.opt.Where, o.opt.Where, func(x, y Filter) bool { return x.Field == y.Field && slices.Equal(x.Values, y.Values) }) {
		return errors.New("accumulators of different options cannot be merged")
	}
	if !a.leanLike(o) {
		a.settlePlaces()
		a.settleTimes()
		o.settlePlaces()
		o.settleTimes()
	}
	codes := a.codesFor(o.dicts)
	a.mergeTimes(o)
	party := a.mergeParties(o)
	a.mergePlaces(o, codes, party)
	a.mergeTimeParty(o, party)
	a.merge(&a.total, &o.total)
	a.mergeMatched(o)
	a.incidents += o.incidents
	for c := range o.byEvent {
		a.merge(tallyAt(&a.byEvent, int(codes[data.ColEventType][c])), &o.byEvent[c])
	}
	for c := range o.byInvolved {
		a.merge(tallyAt(&a.byInvolved, int(codes[data.ColInvolved][c])), &o.byInvolved[c])
	}
	for c := range o.bySide {
		a.merge(tallyAt(&a.bySide, int(codes[data.ColVictimSide][c])), &o.bySide[c])
	}
	for i := range o.byBasis {
		a.merge(&a.byBasis[i], &o.byBasis[i])
	}
	o.partySide.each(func(p, side int32, c *Tally) {
		a.merge(a.partySide.at(party[p], int32(codes[data.ColVictimSide][side])), c)
	})
	for p := range o.claimedBy {
		a.merge(tallyAt(&a.claimedBy, int(party[p])), &o.claimedBy[p])
	}
	for p := range o.verifiedBy {
		a.merge(tallyAt(&a.verifiedBy, int(party[p])), &o.verifiedBy[p])
	}
	for c := range o.bySource {
		a.merge(tallyAt(&a.bySource, int(codes[data.ColSource][c])), &o.bySource[c])
	}
	for v := range o.byVictim {
		a.merge(&a.byVictim[v], &o.byVictim[v])
	}
	for p := range o.byPart {
		a.merge(&a.byPart[p], &o.byPart[p])
	}
	for k := range o.byBeside {
		a.merge(&a.byBeside[k], &o.byBeside[k])
	}
	a.mergeSeries(o, codes, party)
	a.mergeSpread(o, codes, party)
	a.mergeRoll(o, codes)
	a.mergeRest(o, codes)
	if a.overflow || o.overflow {
		a.overflow = true
		return ErrOverflow
	}
	return nil
}

func (a *Accumulator) mergeTimes(o *Accumulator) {
	for _, d := range []data.Day{o.minDay, o.maxDay} {
		if d == data.NoDay {
			continue
		}
		if a.minDay == data.NoDay || d < a.minDay {
			a.minDay = d
		}
		if a.maxDay == data.NoDay || d > a.maxDay {
			a.maxDay = d
		}
	}
	if a.opt.Period == Auto && a.grain == ByDay && (o.grain != ByDay || a.spanTooLong()) {
		a.coarsen(ByMonth)
	}
	for i, k := range o.times.keys {
		t := a.times.at(k)
		for int(t) >= len(a.byTime) {
			a.byTime = append(a.byTime, Tally{})
			a.toCrossTime = append(a.toCrossTime, -1)
		}
		if a.toCrossTime[t] < 0 {
			a.toCrossTime[t] = a.crossTimes.at(a.crossKey(k))
		}
		a.merge(&a.byTime[t], &o.byTime[i])
	}
	for s, n := range o.spans {
		if a.spans == nil {
			a.spans = map[span]uint32{}
		}
		a.spans[s] += n
	}
}

// mergeParties returns the translation of the other's party numbers.
func (a *Accumulator) mergeParties(o *Accumulator) []int32 {
	to := make([]int32, len(o.parties.list))
	for p, x := range o.parties.list {
		to[p] = a.parties.at(a.spelt.party(x))
	}
	for p := range o.partyBase {
		for int(to[p]) >= len(a.partyBase) {
			a.partyBase = append(a.partyBase, Basis{})
		}
		a.partyBase[to[p]].merge(o.partyBase[p])
	}
	return to
}

func (a *Accumulator) mergePlaces(o *Accumulator, codes *[data.NumColumns][]uint32, party []int32) {
	to := make([]int32, len(o.places.paths))
	for p, path := range o.places.paths {
		for l, c := range path {
			path[l] = codes[l][c]
		}
		to[p] = a.placeIndex(path)
	}
	for p := range o.byPlace {
		a.merge(&a.byPlace[to[p]], &o.byPlace[p])
	}
	o.placeParty.each(func(x, p int32, c *Tally) {
		a.merge(a.placeParty.at(party[x], a.toCrossPlace[to[p]]), c) // the other may cross a finer level
	})
	if o.small != nil && o.small.n > 0 {
		o.small.place.each(func(x, p int32, t *smallTally) {
			a.small.place.addTo(party[x], a.toCrossPlace[to[p]], t, &a.placeParty)
		})
	}
}

func (a *Accumulator) mergeTimeParty(o *Accumulator, party []int32) {
	o.timeParty.each(func(x, t int32, c *Tally) {
		k := a.crossKey(o.crossTimes.keys[t])
		a.merge(a.timeParty.at(party[x], a.crossTimes.at(k)), c)
	})
	if o.small == nil || o.small.n == 0 {
		return
	}
	times := make([]int32, len(o.crossTimes.keys))
	for t, k := range o.crossTimes.keys {
		times[t] = a.crossTimes.at(a.crossKey(k))
	}
	o.small.time.each(func(x, t int32, c *smallTally) { a.small.time.addTo(party[x], times[t], c, &a.timeParty) })
	a.small.n += o.small.n
	o.small = nil // what it holds need not be kept beside the tables
}

func (a *Accumulator) mergeRest(o *Accumulator, codes *[data.NumColumns][]uint32) {
	a.quality.merge(&o.quality)
	a.hasInjured = a.hasInjured || o.hasInjured
	a.anyVerified = a.anyVerified || o.anyVerified
	a.undirected = a.undirected || o.undirected
	a.severalParties = a.severalParties || o.severalParties
	a.outside += o.outside
	a.withdrawn += o.withdrawn
	a.deadliest = append(a.deadliest, o.deadliest...)
	a.cutDeadliest()
	o.ids.each(func(h uint64) {
		if !a.ids.add(h) {
			a.repeats[h] = struct{}{}
		}
	})
	a.runs = append(a.runs, o.runs...)
	a.runBatch, a.runFile = -1, -1
	a.unordered = a.unordered || o.unordered
	for h := range o.repeats {
		a.repeats[h] = struct{}{}
	}
	for _, c := range slices.Clone(o.kept) {
		for n := range c.codes {
			c.codes[n] = codes[n][c.codes[n]]
		}
		a.kept = append(a.kept, c)
	}
	a.disagreements = append(a.disagreements, o.disagreements...)
}

func (q *Quality) merge(o *Quality) {
	q.Incidents += o.Incidents
	for i := range q.DatePrec {
		q.DatePrec[i] += o.DatePrec[i]
	}
	for i := range q.GeoPrec {
		q.GeoPrec[i] += o.GeoPrec[i]
	}
	q.NoLocation += o.NoLocation
	q.Spans += o.Spans
	q.Straddling += o.Straddling
	q.StraddleMonths += o.StraddleMonths
	q.MultiAccount += o.MultiAccount
	q.Accounts += o.Accounts
	q.Withdrawn += o.Withdrawn
	q.Approximate += o.Approximate
	q.LowAboveBest += o.LowAboveBest
	q.BestAboveHigh += o.BestAboveHigh
	q.LowAboveHigh += o.LowAboveHigh
}
