package stats

import "toll/data"

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
