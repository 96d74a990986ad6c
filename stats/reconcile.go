package stats

import (
	"cmp"
	"slices"

	"toll/data"
)

// Disagreement says that the accounts of one incident differ on something other
// than the toll.
type Disagreement struct {
	FileIndex, Line int // where the first of its records stands
	ID, Field       string
	Values          []string // sorted
	Used            string
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

// reading is one way of reconciling accounts: the policy, the day up to which
// reports are known, and which figures are heard at all.
type reading struct {
	policy Policy
	asOf   data.Day
	hears  func(*figure) bool // nil: every one
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

// standingAccounts returns the accounts by which an incident is described: those
// known by a day and neither retracted nor superseded; where there are none, those
// known; failing that, all.
func standingAccounts(as []account, asOf data.Day) []account {
	known := slices.DeleteFunc(slices.Clone(as), func(c account) bool { return !c.knownBy(asOf) })
	standing := slices.DeleteFunc(slices.Clone(known), func(c account) bool {
		return c.status == data.Retracted || c.status == data.Superseded && !stoodThen(&c, as, asOf)
	})
	switch {
	case len(standing) > 0:
		return standing
	case len(known) > 0:
		return known
	}
	return as
}

// standingFigures turns accounts into figures and drops what does not stand:
// retracted and superseded figures, and for each source and cell all but the
// latest report. As of an earlier day, later reports are not known yet, and a
// figure superseded by one of them stands.
func (a *Accumulator) standingFigures(as []account, how reading) []figure {
	var fs []figure
	for i := range as {
		c := &as[i]
		if !c.knownBy(how.asOf) {
			continue
		}
		if c.status == data.Retracted || (c.status == data.Superseded && !stoodThen(c, as, how.asOf)) {
			continue
		}
		f := figure{side: c.codes[data.ColVictimSide], victim: c.victim, source: a.text(c, data.ColSource),
			sourceSide: c.codes[data.ColSourceSide], reportedOn: c.reportedOn, status: c.status, killed: c.killed, injured: c.injured,
			claimed: c.codes[data.ColClaimedBy], attributed: c.codes[data.ColAttributedTo], involved: c.codes[data.ColInvolved],
			suspected: c.suspected}
		if c.status == data.Denied {
			f.killed, f.injured = data.Count{}, data.Count{}
		} else {
			f.parts, f.inParts = partsOf(c)
			f.besides = c.besides
		}
		if how.hears == nil || how.hears(&f) {
			fs = append(fs, f)
		}
	}
	all := slices.Clone(fs)
	return slices.DeleteFunc(fs, func(f figure) bool { return replaced(f, all) })
}

// knownBy reports whether an account was known on a day: it had been reported
// by then or, where it does not say when it was, the incident had begun.
func (c *account) knownBy(asOf data.Day) bool {
	switch {
	case asOf == data.NoDay:
		return true
	case c.reportedOn != data.NoDay:
		return c.reportedOn <= asOf
	}
	return c.date.Start == data.NoDay || c.date.Start <= asOf
}

// stoodThen reports whether a figure now superseded still stood on a day: it had
// been reported, and the report of its source that supersedes it came later.
func stoodThen(c *account, as []account, asOf data.Day) bool {
	if asOf == data.NoDay || c.reportedOn == data.NoDay {
		return false
	}
	later := false
	for i := range as {
		if d := &as[i]; c.codes[data.ColSource] != 0 && d.codes[data.ColSource] == c.codes[data.ColSource] && d.reportedOn > c.reportedOn {
			if d.reportedOn <= asOf {
				return false
			}
			later = true
		}
	}
	return later
}

// partsOf returns an account's wide columns by victim type.
func partsOf(c *account) (by [data.NumVictimTypes]victimToll, any bool) {
	for p := range data.NumParts {
		k, j := c.killedParts[p], c.injuredParts[p]
		if !k.Stated() && !j.Stated() {
			continue
		}
		any = true
		v := &by[p.VictimType()]
		v.killed, v.injured, v.present = sumStated(v.killed, k), sumStated(v.injured, j), true
	}
	return by, any
}

func partsAsRecorded(c *account) (parts [data.NumParts]victimToll) {
	if c.status == data.Denied {
		return parts
	}
	for p := range parts {
		k, j := c.killedParts[p], c.injuredParts[p]
		if k.Stated() || j.Stated() {
			parts[p] = victimToll{true, k, j}
		}
	}
	return parts
}

// replaced reports whether the same source reported on the same cell later.
// Reports of one day, or without a day, stand beside each other.
func replaced(f figure, all []figure) bool {
	if f.source == "" || f.reportedOn == data.NoDay {
		return false
	}
	return slices.ContainsFunc(all, func(g figure) bool {
		return g.source == f.source && g.side == f.side && g.victim == f.victim && g.reportedOn > f.reportedOn
	})
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
		c.claimed = append(c.claimed, SplitNames(a.nameOf(data.ColClaimedBy, f.claimed))...)
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
	if whole.side == 0 {
		in.addSideToll(0, k, j)
	}
}

// addComponent adds a cell's toll to the party the cell names, and to what that
// party is named for having done to the cell's side.
func (a *Accumulator) addComponent(in *incident, c *cell, killed, injured data.Count) {
	join := func(names []string) string {
		slices.Sort(names)
		return joinCell(slices.Compact(names))
	}
	claimed, attributed, involved := join(c.claimed), join(c.attributed), join(c.involved)
	p, b := standingOf(claimed, attributed, involved)
	b = b.saidBy(c.denied, !c.sure)
	x := component{party: a.parties.at(p), basis: b, killed: killed, injured: injured}
	if !p.involved {
		if x.names = SplitNames(claimed); len(x.names) == 0 {
			x.names = SplitNames(attributed)
		}
	}
	in.named = addShare(in.named, x)
	for i := range in.deeds {
		if d := &in.deeds[i]; d.party == x.party && d.side == c.side {
			d.killed, d.injured = d.killed.Plus(killed), d.injured.Plus(injured)
			return
		}
	}
	in.deeds = append(in.deeds, deed{x.party, c.side, killed, injured})
}

// settleParties ends the reckoning of who is named for what. Where one party is
// named for all of an incident, or of a side's losses, it is named for that toll
// itself, and not for the sum of what was said of its parts. Several parties of
// one cell are then told apart as the options say.
func (a *Accumulator) settleParties(in *incident) {
	if len(in.named) == 1 {
		in.named[0].killed, in.named[0].injured = in.killed, in.injured
	}
	for _, s := range in.sides {
		var only *deed
		for i := range in.deeds {
			if d := &in.deeds[i]; d.side == s.side {
				if only != nil {
					only = nil
					break
				}
				only = d
			}
		}
		if only != nil {
			only.killed, only.injured = s.killed, s.injured
		}
	}
	for _, c := range in.named {
		n := int64(len(c.names))
		if a.opt.Multi == Joint || n < 2 {
			in.components = addShare(in.components, c)
			continue
		}
		for i, name := range c.names {
			x := c
			x.party = a.parties.at(party{name: name})
			if a.opt.Multi == Split {
				x.killed, x.injured = share(c.killed, int64(i), n), share(c.injured, int64(i), n)
			}
			in.components = addShare(in.components, x)
		}
	}
}

// addShare adds a component to those of the same party.
func addShare(cs []component, c component) []component {
	for i := range cs {
		if x := &cs[i]; x.party == c.party {
			x.killed, x.injured = x.killed.Plus(c.killed), x.injured.Plus(c.injured)
			x.basis = max(x.basis, c.basis)
			return cs
		}
	}
	return append(cs, c)
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

// addVictimsOf enters a cell's victims: by its type, or by the parts its figures
// state in wide columns, with what these leave of the cell as status unknown.
func (in *incident) addVictimsOf(c *cell) {
	if !c.inParts {
		in.addVictims(c.victim, c.killed, c.injured)
		return
	}
	var killed, injured data.Count
	any := false
	for v, t := range c.parts {
		if !t.present {
			continue
		}
		if !nobody(&t.killed) || !nobody(&t.injured) {
			in.mixVictims(data.VictimType(v), t.killed, t.injured, sumStated)
			any = true
		}
		killed, injured = sumStated(killed, t.killed), sumStated(injured, t.injured)
	}
	k, ok1 := remainder(c.killed, killed)
	j, ok2 := remainder(c.injured, injured)
	switch {
	case ok1 || ok2:
		in.mixVictims(data.VictimUnknown, k, j, sumStated)
	case !any:
		in.addVictims(c.victim, c.killed, c.injured)
	}
}

// addVictims adds the victims of a cell. Those of another side whose number is
// unknown make the sum open-ended.
func (in *incident) addVictims(v data.VictimType, killed, injured data.Count) {
	in.mixVictims(v, killed, injured, data.Count.Plus)
}

func (in *incident) mixVictims(v data.VictimType, killed, injured data.Count, add func(a, b data.Count) data.Count) {
	t := &in.victims[v]
	if t.present {
		t.killed, t.injured = add(t.killed, killed), add(t.injured, injured)
		return
	}
	*t = victimToll{true, killed, injured}
}
