package stats

import (
	"cmp"
	"slices"

	"toll/data"
)

// figure is one source's toll for one cell of an incident: a victim side and
// type, or a whole where these are not stated.
type figure struct {
	side       uint32
	victim     data.VictimType
	source     string
	sourceSide uint32
	reportedOn data.Day
	status     data.Status
	killed     data.Count
	injured    data.Count
	claimed    uint32
	attributed uint32
	involved   uint32
	parts      [data.NumVictimTypes]victimToll // of the figure itself, by wide columns
	inParts    bool                            // it states wide columns, be they 0
	suspected  bool                            // it no more than suspects whom it names
	besides    [data.NumBesides]data.Count
}

// cell is an incident's toll for one victim side and type, over all accounts.
type cell struct {
	side            uint32
	victim          data.VictimType
	killed, injured data.Count
	claimed         []string
	attributed      []string
	involved        []string
	denied          bool
	sure            bool // a figure names somebody without more than a suspicion
	parts           [data.NumVictimTypes]victimToll
	inParts         bool
}

// reconcile makes one incident of its accounts and reports whether any account
// still stands. Accounts of the same people, those with the same victim side
// and type, become one toll by the policy; different people add up; a whole is
// set against its parts and never added to them.
func (a *Accumulator) reconcile(as []account, how reading) (incident, bool) {
	in := a.describe(standingAccounts(as, how.asOf))
	fs := a.standingFigures(as, how)
	if len(fs) == 0 {
		return in, false
	}
	a.addUp(&in, a.cellsOf(fs, how.policy))
	a.addBesides(&in, fs, how.policy)
	if len(as) == 1 {
		in.parts = partsAsRecorded(&as[0])
	}
	return in, true
}

// cellsOf joins figures into cells, ordered by the name of the side and by type.
func (a *Accumulator) cellsOf(fs []figure, p Policy) []cell {
	side := func(c uint32) string { return a.nameOf(data.ColVictimSide, c) }
	slices.SortStableFunc(fs, func(x, y figure) int {
		return cmp.Or(cmp.Compare(side(x.side), side(y.side)), cmp.Compare(x.victim, y.victim))
	})
	var cells []cell
	for from := 0; from < len(fs); {
		to := from + 1
		for to < len(fs) && fs[to].side == fs[from].side && fs[to].victim == fs[from].victim {
			to++
		}
		cells = append(cells, a.join(fs[from:to], p))
		from = to
	}
	return cells
}

// join makes one cell of the figures for it.
func (a *Accumulator) join(fs []figure, p Policy) cell {
	c := cell{side: fs[0].side, victim: fs[0].victim}
	c.killed = p.toll(a, fs, func(f *figure) *data.Count { return &f.killed })
	c.injured = p.toll(a, fs, func(f *figure) *data.Count { return &f.injured })
	for _, f := range fs {
		c.claimed = append(c.claimed, claimsOf(a.nameOf(data.ColClaimedBy, f.claimed))...)
		c.attributed = append(c.attributed, SplitNames(a.nameOf(data.ColAttributedTo, f.attributed))...)
		c.involved = append(c.involved, SplitNames(a.nameOf(data.ColInvolved, f.involved))...)
		c.denied = c.denied || f.status == data.Denied
		c.sure = c.sure || f.attributed != 0 && !f.suspected
		c.inParts = c.inParts || f.inParts
		for v, t := range f.parts {
			if t.present {
				x := &c.parts[v]
				x.present, x.killed, x.injured = true, x.killed.Envelope(t.killed), x.injured.Envelope(t.injured)
			}
		}
	}
	return c
}

// addUp sets wholes against parts: types within a side, sides within the
// incident.
func (a *Accumulator) addUp(in *incident, cells []cell) {
	var whole *cell // side and type not stated
	var killed, injured data.Count
	any := false
	for from := 0; from < len(cells); {
		to := from + 1
		for to < len(cells) && cells[to].side == cells[from].side {
			to++
		}
		group := cells[from:to]
		from = to
		if group[0].side == 0 && group[0].victim == data.VictimUnstated {
			whole = &group[0]
			group = group[1:]
			if len(group) == 0 {
				continue
			}
		}
		k, j := a.addSide(in, group)
		if any {
			killed, injured = killed.Plus(k), injured.Plus(j)
		} else {
			killed, injured, any = k, j, true
		}
	}
	switch {
	case whole == nil:
		in.killed, in.injured = killed, injured
	case !any:
		in.killed, in.injured = whole.killed, whole.injured
		a.addComponent(in, whole, whole.killed, whole.injured)
		in.addVictimsOf(whole)
		in.addSideToll(0, whole.killed, whole.injured)
	default:
		in.killed, in.injured = against(whole.killed, killed), against(whole.injured, injured)
		a.addRest(in, whole, killed, injured)
	}
	a.settleParties(in)
}

// addSide adds the cells of one side and returns the side's toll. The cell
// without a type, if there is one, is first and is a total claim for the side.
func (a *Accumulator) addSide(in *incident, group []cell) (killed, injured data.Count) {
	typed := group
	if group[0].victim == data.VictimUnstated {
		typed = group[1:]
	}
	for i := range typed {
		c := &typed[i]
		a.addComponent(in, c, c.killed, c.injured)
		in.addVictimsOf(c)
		if i == 0 {
			killed, injured = c.killed, c.injured
		} else {
			killed, injured = killed.Plus(c.killed), injured.Plus(c.injured)
		}
	}
	if len(typed) < len(group) {
		whole := &group[0]
		if len(typed) == 0 {
			killed, injured = whole.killed, whole.injured
			a.addComponent(in, whole, killed, injured)
			in.addVictimsOf(whole)
		} else {
			a.addRest(in, whole, killed, injured)
			killed, injured = against(whole.killed, killed), against(whole.injured, injured)
		}
	}
	in.addSideToll(group[0].side, killed, injured)
	return killed, injured
}

// addSideToll adds to the losses of a side; side 0 is not stated.
func (in *incident) addSideToll(side uint32, killed, injured data.Count) {
	for i := range in.sides {
		if s := &in.sides[i]; s.side == side {
			s.killed, s.injured = s.killed.Plus(killed), s.injured.Plus(injured)
			return
		}
	}
	in.sides = append(in.sides, sideToll{side, killed, injured})
}

// addRest counts what the parts leave of a total claim, for the party the claim
// names and with victims of unknown status.
func (a *Accumulator) addRest(in *incident, whole *cell, killed, injured data.Count) {
	k, ok1 := remainder(whole.killed, killed)
	j, ok2 := remainder(whole.injured, injured)
	if !ok1 && !ok2 {
		return
	}
	a.addComponent(in, whole, k, j)
	in.addVictims(data.VictimUnknown, k, j)
	if whole.side == 0 {
		in.addSideToll(0, k, j)
	}
}
