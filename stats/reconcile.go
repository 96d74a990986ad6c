package stats

import (
	"cmp"
	"slices"

	"toll/data"
)

// Disagreement says that the accounts of one incident differ on something other
// than the toll.
type Disagreement struct {
	ID, Field string
	Values    []string // sorted
	Used      string
}

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
}

// cell is an incident's toll for one victim side and type, over all accounts.
type cell struct {
	side            uint32
	victim          data.VictimType
	killed, injured data.Count
	claimed         []string
	attributed      []string
	involved        []string
}

// reconcile makes one incident of its accounts and reports whether any account
// still stands. Accounts of the same people, those with the same victim side
// and type, become a range from the lowest low to the highest high; different
// people add up; a whole is set against its parts and never added to them.
func (a *Accumulator) reconcile(as []account) (incident, bool) {
	in := a.describe(as)
	cells := a.cellsOf(standingFigures(as, a))
	if cells == nil {
		return in, false
	}
	a.addUp(&in, cells)
	return in, true
}

// standingFigures turns accounts into figures and drops what no longer stands:
// retracted and superseded figures, and for each source and cell all but the
// latest report.
func standingFigures(as []account, a *Accumulator) []figure {
	var fs []figure
	for i := range as {
		c := &as[i]
		if withdrawnStatus(c.status) {
			continue
		}
		f := figure{side: c.codes[data.ColVictimSide], victim: c.victim, source: a.text(c, data.ColSource),
			sourceSide: c.codes[data.ColSourceSide], reportedOn: c.reportedOn, status: c.status, killed: c.killed, injured: c.injured,
			claimed: c.codes[data.ColClaimedBy], attributed: c.codes[data.ColAttributedTo], involved: c.codes[data.ColInvolved]}
		if c.status == data.Denied {
			f.killed, f.injured = data.Count{}, data.Count{}
		}
		fs = append(fs, f)
		fs = append(fs, partsOf(c, f)...)
	}
	all := slices.Clone(fs)
	return slices.DeleteFunc(fs, func(f figure) bool { return superseded(f, all) })
}

// partsOf turns the wide columns of an account into figures of their own.
func partsOf(c *account, whole figure) []figure {
	if c.status == data.Denied {
		return nil
	}
	by := [data.NumVictimTypes]victimToll{}
	for p := range data.NumParts {
		k, j := c.killedParts[p], c.injuredParts[p]
		if !k.Stated() && !j.Stated() {
			continue
		}
		v := &by[p.VictimType()]
		v.killed, v.injured, v.present = sumStated(v.killed, k), sumStated(v.injured, j), true
	}
	var fs []figure
	for v, t := range by {
		if t.present {
			f := whole
			f.victim, f.killed, f.injured = data.VictimType(v), t.killed, t.injured
			fs = append(fs, f)
		}
	}
	return fs
}

// superseded reports whether the same source reported on the same cell later.
// Reports of one day, or without a day, stand beside each other.
func superseded(f figure, all []figure) bool {
	if f.source == "" || f.reportedOn == data.NoDay {
		return false
	}
	return slices.ContainsFunc(all, func(g figure) bool {
		return g.source == f.source && g.side == f.side && g.victim == f.victim && g.reportedOn > f.reportedOn
	})
}

// cellsOf joins figures into cells, ordered by the name of the side and by type.
func (a *Accumulator) cellsOf(fs []figure) []cell {
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
		cells = append(cells, a.join(fs[from:to]))
		from = to
	}
	return cells
}

// join makes one cell of the figures for it.
func (a *Accumulator) join(fs []figure) cell {
	c := cell{side: fs[0].side, victim: fs[0].victim}
	for _, f := range fs {
		c.killed = c.killed.Envelope(f.killed)
		c.injured = c.injured.Envelope(f.injured)
		c.claimed = append(c.claimed, SplitNames(a.nameOf(data.ColClaimedBy, f.claimed))...)
		c.attributed = append(c.attributed, SplitNames(a.nameOf(data.ColAttributedTo, f.attributed))...)
		c.involved = append(c.involved, SplitNames(a.nameOf(data.ColInvolved, f.involved))...)
	}
	c.killed = bestOf(c.killed, fs, func(f figure) data.Count { return f.killed })
	c.injured = bestOf(c.injured, fs, func(f figure) data.Count { return f.injured })
	return c
}

// bestOf gives a range over several accounts a best figure only where exactly
// one account that gives one is verified, or, with none verified, comes from
// outside the parties. A midpoint is never a best figure.
func bestOf(c data.Count, fs []figure, toll func(figure) data.Count) data.Count {
	if c.BestStated() {
		return c
	}
	for _, trusted := range []func(figure) bool{
		func(f figure) bool { return f.status == data.Verified },
		func(f figure) bool { return f.sourceSide == 0 && f.status != data.Disputed },
	} {
		var bests []int64
		for _, f := range fs {
			if t := toll(f); trusted(f) && t.BestStated() {
				bests = append(bests, t.Best)
			}
		}
		if len(bests) == 1 {
			c.Best = bests[0]
			c.Flags |= data.HasBest
			return c
		}
		if len(bests) > 1 {
			return c
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
		in.addVictims(data.VictimUnstated, whole.killed, whole.injured)
	default:
		in.killed, in.injured = against(whole.killed, killed), against(whole.injured, injured)
		a.addRest(in, whole, killed, injured)
	}
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
		in.addVictims(c.victim, c.killed, c.injured)
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
			in.addVictims(data.VictimUnstated, killed, injured)
		} else {
			a.addRest(in, whole, killed, injured)
			killed, injured = against(whole.killed, killed), against(whole.injured, injured)
		}
	}
	if group[0].side != 0 {
		in.sides = append(in.sides, sideToll{group[0].side, killed, injured})
	}
	return killed, injured
}

// against sets a total claim against the sum of its parts: the toll is at least
// the larger low and at most the larger high. The two are never added.
func against(whole, parts data.Count) data.Count {
	if !whole.Stated() {
		return parts
	}
	if !parts.Stated() {
		return whole
	}
	c := data.Count{Low: max(whole.Low, parts.Low), High: max(whole.High, parts.High)}
	c.Flags = (whole.Flags|parts.Flags)&(data.HasLow|data.HasHigh|data.Approx) | whole.Flags&data.Open
	if parts.IsOpen() && parts.High > whole.High {
		c.Flags |= data.Open
	}
	switch {
	case whole.BestStated() && whole.Best >= c.Low && whole.Best <= c.High:
		c.Best, c.Flags = whole.Best, c.Flags|data.HasBest
	case parts.BestStated() && whole.Low == whole.High && parts.Best == whole.Low:
		c.Best, c.Flags = parts.Best, c.Flags|data.HasBest
	}
	return c
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
}

// addComponent adds a cell's toll to the party the cell names.
func (a *Accumulator) addComponent(in *incident, c *cell, killed, injured data.Count) {
	join := func(names []string) string {
		slices.Sort(names)
		return joinCell(slices.Compact(names))
	}
	p, b := standingOf(join(c.claimed), join(c.attributed), join(c.involved))
	n := a.parties.at(p)
	for i := range in.components {
		if x := &in.components[i]; x.party == n {
			x.killed, x.injured = x.killed.Plus(killed), x.injured.Plus(injured)
			x.basis = max(x.basis, b)
			return
		}
	}
	in.components = append(in.components, component{n, b, killed, injured})
}

func joinCell(names []string) string {
	s := ""
	for i, n := range names {
		if i > 0 {
			s += ";"
		}
		s += n
	}
	return s
}

func (in *incident) addVictims(v data.VictimType, killed, injured data.Count) {
	t := &in.victims[v]
	if t.present {
		t.killed, t.injured = t.killed.Plus(killed), t.injured.Plus(injured)
		return
	}
	*t = victimToll{true, killed, injured}
}
