package stats

import "toll/data"

// stand finds each record's place in time and space and its party.
func (a *Accumulator) stand(b *data.Batch, rows []int32, codes *[data.NumColumns][]uint32) {
	a.standInTime(b, rows)
	a.standInSpace(b, rows, codes)
	if a.lean && b.Codes[data.ColAttributedTo] != nil && b.Codes[data.ColClaimedBy] == nil && b.Codes[data.ColInvolved] == nil && b.Status == nil && b.Attribution == nil {
		a.standAttributed(b.Codes[data.ColAttributedTo], rows, codes[data.ColAttributedTo])
		return
	}
	a.standNamed(b, rows, codes)
}

func (a *Accumulator) standInTime(b *data.Batch, rows []int32) {
	times := a.block.time[:len(rows)]
	for r, i := range rows {
		if day := b.Start[i]; b.Prec[i] <= data.ToWeek && a.minDay <= day && day <= a.maxDay && a.minDay != data.NoDay {
			if t, ok := a.times.known(day); ok {
				times[r] = t
				continue
			}
		}
		times[r] = a.timeIndex(data.Date{Start: b.Start[i], End: b.End[i], Prec: b.Prec[i]})
	}
}

func (a *Accumulator) standInSpace(b *data.Batch, rows []int32, codes *[data.NumColumns][]uint32) {
	places := a.block.place[:len(rows)]
	country, admin1, admin2, place := b.Codes[data.ColCountry], b.Codes[data.ColAdmin1], b.Codes[data.ColAdmin2], b.Codes[data.ColPlace]
	toCountry, toAdmin1, toAdmin2, toPlace := codes[data.ColCountry], codes[data.ColAdmin1], codes[data.ColAdmin2], codes[data.ColPlace]
	for r, i := range rows {
		var path location
		if country != nil {
			path[levelCountry] = toCountry[country[i]]
		}
		if admin1 != nil {
			path[levelAdmin1] = toAdmin1[admin1[i]]
		}
		if admin2 != nil {
			path[levelAdmin2] = toAdmin2[admin2[i]]
		}
		if place != nil {
			path[levelPlace] = toPlace[place[i]]
		}
		if p, ok := a.places.near(&path); ok && int(p) < len(a.toCrossPlace) && a.toCrossPlace[p] >= 0 {
			places[r] = p
			continue
		}
		places[r] = a.placeIndex(path)
	}
}

func (a *Accumulator) standNamed(b *data.Batch, rows []int32, codes *[data.NumColumns][]uint32) {
	named := a.block.parties[:len(rows)]
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

// standAttributed is standNamed where the file has no other column that bears on
// it, and nothing but the party is asked for.
func (a *Accumulator) standAttributed(column []uint32, rows []int32, to []uint32) {
	stands := a.block.standAt[:len(rows)]
	for r, i := range rows {
		code := to[column[i]]
		if known := a.parties.memo; int(code) < len(known) {
			if m := &known[code]; m.set && m.codes == [3]uint32{1: code} && int(m.found.party) < len(a.partyBase) {
				stands[r] = m.found
				continue
			}
		}
		stands[r] = a.parties.of([3]uint32{1: code}, a.nameOf)
		a.partyAt(stands[r])
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
