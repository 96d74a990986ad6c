package stats

import (
	"cmp"
	"slices"
	"strings"

	"toll/data"
)

// maxDisputed bounds how many incidents the tables of claims list one by one,
// those with the widest ranges first; the rows for all incidents count every
// one.
const maxDisputed = 200

// allIncidents is the key of the rows that add up every incident told by several
// records.
var allIncidents = Key{ID: "(all)", Label: "All incidents told by several records", Kind: Unstated}

// told is an incident with its accounts and its toll by the policy in force.
type told struct {
	accounts []account
	in       incident
}

// addClaims adds the tables on who says what: nothing where every incident is
// told by one record.
func (a *Accumulator) addClaims(r *Report, all []told) {
	if len(all) == 0 && a.whole == nil {
		return
	}
	listed := slices.Clone(all)
	slices.SortStableFunc(listed, func(x, y told) int { return compareSpread(&x.in, &y.in) })
	if len(listed) > maxDisputed {
		listed = listed[:maxDisputed]
	}
	for _, t := range []*Table{a.receiptTable(all, listed), a.bracketTable(all, listed), a.accountTable(listed), a.accountSideTable(listed), a.voiceTable(listed),
		a.policyTable(all, listed), a.disagreementTable(listed), a.withoutTable(all, r), a.revisionTable(listed)} {
		if t != nil && len(t.Rows) > 0 {
			t.Secondary, t.Claims = true, true
			r.add(t)
		}
	}
}

// compareSpread orders incidents by how far apart their bounds are.
func compareSpread(x, y *incident) int {
	return cmp.Or(cmp.Compare(y.killed.High-y.killed.Low, x.killed.High-x.killed.Low), cmp.Compare(b2i(y.killed.IsOpen()), b2i(x.killed.IsOpen())),
		cmp.Compare(x.date.Start, y.date.Start), cmp.Compare(x.id, y.id))
}

// keyOfIncident names an incident for readers by its place and date.
func (a *Accumulator) keyOfIncident(in *incident) Key {
	k := namedKey(in.id)
	where := ""
	for l := levelPlace; l >= 0 && where == ""; l-- {
		where = a.nameOf(data.Column(l), in.place[l])
	}
	if where != "" {
		k.Label = where + ", " + dateText(in.date)
	} else {
		k.Label = in.id + ", " + dateText(in.date)
	}
	return k
}

// dateText writes a date with its precision.
func dateText(d data.Date) string {
	if d.Prec == data.Undated || d.Start == data.NoDay {
		return "undated"
	}
	y, m, _ := d.Start.Civil()
	switch {
	case d.Prec == data.ToYear:
		return PeriodKey(firstOf(y, 1), ByYear).Label
	case d.Prec == data.ToMonth:
		return PeriodKey(firstOf(y, m), ByMonth).Label
	case d.End > d.Start:
		ey, em, _ := d.End.Civil()
		_, _, day := d.Start.Civil()
		if ey == y && em == m {
			return Number(int64(day)) + "–" + DayText(d.End)
		}
		return DayText(d.Start) + " – " + DayText(d.End)
	}
	return DayText(d.Start)
}

// heard reconciles an incident another way, without a trace in what is counted.
func (a *Accumulator) heard(t *told, how reading) (incident, bool) {
	n := len(a.disagreements)
	in, ok := a.reconcile(t.accounts, how)
	a.disagreements = a.disagreements[:n]
	return in, ok
}

// receiptTable sets what the figures of the file add up to, row by row, against
// one toll per incident.
func (a *Accumulator) receiptTable(all, listed []told) *Table {
	t := &Table{ID: "receipt", Title: "Double counting avoided", Dims: []Dim{{ID: "incident", Title: "Incident"}, {ID: "reading", Title: "Reading"}},
		Note: "“All figures added up” is what a sum over the column gives: every record of these incidents, also withdrawn ones. Its count is of records."}
	added := Key{ID: "added-up", Label: "All figures added up"}
	once := Key{ID: "one-toll", Label: "One toll per incident"}
	naive := func(x *told) Tally {
		var n Tally
		for i := range x.accounts {
			if !x.accounts[i].knownBy(a.opt.AsOf) {
				continue
			}
			n.Add(&x.accounts[i].killed, &x.accounts[i].injured)
		}
		return n
	}
	var sumAdded, sumOnce Tally
	for i := range all {
		x := naive(&all[i])
		a.merge(&sumAdded, &x)
		sumOnce.Add(&all[i].in.killed, &all[i].in.injured)
	}
	t.Rows = append(t.Rows, Row{Keys: []Key{allIncidents, added}, Tally: sumAdded}, Row{Keys: []Key{allIncidents, once}, Tally: sumOnce})
	for i := range listed {
		k := a.keyOfIncident(&listed[i].in)
		t.Rows = append(t.Rows, Row{Keys: []Key{k, added}, Tally: naive(&listed[i])}, Row{Keys: []Key{k, once}, Tally: one(&listed[i].in)})
	}
	return t
}

func one(in *incident) Tally {
	var t Tally
	t.Add(&in.killed, &in.injured)
	return t
}

// The voices of a bracket: who states a side's losses. A denial states none. An
// enemy is a side of the incident other than the one that suffered, or a party
// named for it; whoever else speaks is a third party.
var voices = []struct {
	key   Key
	hears func(*Accumulator, *told, *figure) bool
}{
	{Key{ID: "own", Label: "Own admission"}, func(a *Accumulator, t *told, f *figure) bool { return a.isAdmission(f) }},
	{Key{ID: "enemy", Label: "Enemy claim"}, func(a *Accumulator, t *told, f *figure) bool { return !a.isAdmission(f) && a.isParty(t, f) }},
	{Key{ID: "third", Label: "Third party"}, func(a *Accumulator, t *told, f *figure) bool { return !a.isAdmission(f) && !a.isParty(t, f) }},
}

// isParty reports whether a figure comes from a side of the incident or from a
// party that an account names for it.
func (a *Accumulator) isParty(t *told, f *figure) bool {
	if f.sourceSide == 0 {
		return false
	}
	side := a.sideName(f)
	for i := range t.accounts {
		c := &t.accounts[i]
		if a.text(c, data.ColVictimSide) == side {
			return true
		}
		for _, col := range []data.Column{data.ColClaimedBy, data.ColAttributedTo, data.ColInvolved} {
			if slices.Contains(SplitNames(a.text(c, col)), side) {
				return true
			}
		}
	}
	return false
}

// bracketTable gives for each side that suffered losses what the side itself,
// the other side and third parties say they were.
func (a *Accumulator) bracketTable(all, listed []told) *Table {
	t := &Table{ID: "side-bracket", Title: "Each side's losses, by who states them",
		Dims: []Dim{{ID: "incident", Title: "Incident"}, {ID: "side", Title: "Losses of"}, {ID: "voice", Title: "According to"}}}
	add := func(key Key, xs []told) {
		cells := map[uint32]*[4]Tally{}
		var sides []uint32
		for i := range xs {
			for v := range 4 {
				in, ok := xs[i].in, true
				if v > 0 {
					in, ok = a.heard(&xs[i], reading{policy: Policy{}, asOf: a.opt.AsOf, hears: func(f *figure) bool { return f.status != data.Denied && voices[v-1].hears(a, &xs[i], f) }})
				}
				if !ok {
					continue
				}
				for _, s := range in.sides {
					if s.side == 0 {
						continue
					}
					if cells[s.side] == nil {
						cells[s.side] = new([4]Tally)
						sides = append(sides, s.side)
					}
					cells[s.side][v].Add(&s.killed, &s.injured)
				}
			}
		}
		slices.SortFunc(sides, func(x, y uint32) int {
			return strings.Compare(a.nameOf(data.ColVictimSide, x), a.nameOf(data.ColVictimSide, y))
		})
		for _, s := range sides {
			side := namedKey(a.nameOf(data.ColVictimSide, s))
			t.Rows = append(t.Rows, Row{Keys: []Key{key, side, {ID: "range", Label: "All accounts"}}, Tally: cells[s][0]})
			for v := range voices {
				if c := cells[s][v+1]; c.Incidents > 0 {
					t.Rows = append(t.Rows, Row{Keys: []Key{key, side, voices[v].key}, Tally: c})
				}
			}
		}
	}
	add(allIncidents, all)
	for i := range listed {
		add(a.keyOfIncident(&listed[i].in), listed[i:i+1])
	}
	return t
}

// sourcesOf lists the sources of an incident in order of name.
func (a *Accumulator) sourcesOf(as []account) []string {
	var names []string
	for i := range as {
		if s := a.text(&as[i], data.ColSource); !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	slices.Sort(names)
	return names
}

func sourceKey(name string) Key {
	if name == "" {
		return Key{ID: "(source not stated)", Label: "Source not stated", Kind: Unstated}
	}
	return namedKey(name)
}

// accountTable gives each source's whole account of each incident.
func (a *Accumulator) accountTable(listed []told) *Table {
	t := &Table{ID: "by-account", Title: "Each source's account", Dims: []Dim{{ID: "incident", Title: "Incident"}, {ID: "source", Title: "According to"}},
		Note: "What one source's figures for all sides add up to. Accounts of one incident are never added to each other."}
	for i := range listed {
		for _, s := range a.sourcesOf(listed[i].accounts) {
			if in, ok := a.heard(&listed[i], a.only(s)); ok {
				t.Rows = append(t.Rows, Row{Keys: []Key{a.keyOfIncident(&listed[i].in), sourceKey(s)}, Tally: one(&in), start: in.date.Start})
			}
		}
	}
	return t
}

func (a *Accumulator) only(source string) reading {
	return reading{asOf: a.opt.AsOf, hears: func(f *figure) bool { return f.source == source }}
}

// accountSideTable sets the accounts of each incident side by side.
func (a *Accumulator) accountSideTable(listed []told) *Table {
	t := &Table{ID: "by-account-side", Title: "The accounts side by side",
		Dims: []Dim{{ID: "incident", Title: "Incident"}, {ID: "side", Title: "Losses of"}, {ID: "source", Title: "According to"}}}
	for i := range listed {
		for _, s := range a.sourcesOf(listed[i].accounts) {
			in, ok := a.heard(&listed[i], a.only(s))
			if !ok {
				continue
			}
			for _, x := range in.sides {
				if x.side == 0 {
					continue
				}
				var c Tally
				c.Add(&x.killed, &x.injured)
				t.Rows = append(t.Rows, Row{Keys: []Key{a.keyOfIncident(&listed[i].in), namedKey(a.nameOf(data.ColVictimSide, x.side)), sourceKey(s)}, Tally: c})
			}
		}
	}
	return t
}

// voiceTable gives what each party says of each incident, by the side that
// suffered the losses and in all, and what sources outside the parties say. It
// lists incidents of which a party speaks.
func (a *Accumulator) voiceTable(listed []told) *Table {
	t := &Table{ID: "by-voice", Title: "What each party says", Dims: []Dim{{ID: "incident", Title: "Incident"}, {ID: "side", Title: "Losses of"}, {ID: "voice", Title: "According to"}}}
	for i := range listed {
		var voices []string
		for _, c := range listed[i].accounts {
			if v := a.text(&c, data.ColSourceSide); !slices.Contains(voices, v) {
				voices = append(voices, v)
			}
		}
		slices.Sort(voices)
		if len(voices) < 2 {
			continue
		}
		key := a.keyOfIncident(&listed[i].in)
		for _, v := range voices {
			in, ok := a.heard(&listed[i], reading{asOf: a.opt.AsOf, hears: func(f *figure) bool { return a.sideName(f) == v }})
			if !ok {
				continue
			}
			voice := Key{ID: "(independent)", Label: "Sources outside the parties", Kind: Unstated}
			if v != "" {
				voice = namedKey(v)
			}
			for _, x := range in.sides {
				if x.side == 0 {
					continue
				}
				var c Tally
				c.Add(&x.killed, &x.injured)
				t.Rows = append(t.Rows, Row{Keys: []Key{key, namedKey(a.nameOf(data.ColVictimSide, x.side)), voice}, Tally: c, start: listed[i].in.date.Start})
			}
			t.Rows = append(t.Rows, Row{Keys: []Key{key, {ID: "(all)", Label: "All sides", Kind: Unstated}, voice}, Tally: one(&in), start: listed[i].in.date.Start})
		}
	}
	return t
}

// policyTable gives the toll of the incidents told by several records under each
// policy, and by each of the sources that tell the most of them.
func (a *Accumulator) policyTable(all, listed []told) *Table {
	t := &Table{ID: "by-policy", Title: "The same accounts under each policy", Dims: []Dim{{ID: "incident", Title: "Incident"}, {ID: "policy", Title: "Policy"}},
		Note: "A toll for which a policy finds no account is unknown under it."}
	policies := PlainPolicies()
	for _, s := range a.commonSources(all) {
		policies = append(policies, Policy{kind: policyAccount, Names: []string{s}})
	}
	add := func(key Key, xs []told) {
		for _, p := range policies {
			var sum Tally
			for i := range xs {
				in, ok := a.heard(&xs[i], reading{policy: p, asOf: a.opt.AsOf})
				if ok {
					c := one(&in)
					a.merge(&sum, &c)
				}
			}
			if a.whole == nil && len(xs) == 1 && p.kind == policyAccount && sum.Killed.Unknown+sum.Injured.Unknown == 2 {
				continue // a source that tells nothing of this incident
			}
			t.Rows = append(t.Rows, Row{Keys: []Key{key, {ID: p.String(), Label: p.String()}}, Tally: sum})
		}
	}
	add(allIncidents, all)
	for i := range listed {
		add(a.keyOfIncident(&listed[i].in), listed[i:i+1])
	}
	return t
}

// maxSources is how many sources are compared with each other.
const maxSources = 6

// commonSources returns the sources that tell the most incidents.
func (a *Accumulator) commonSources(all []told) []string {
	if a.whole != nil {
		return a.whole.common
	}
	counts := map[string]int{}
	for i := range all {
		for _, s := range a.sourcesOf(all[i].accounts) {
			if s != "" {
				counts[s]++
			}
		}
	}
	var names []string
	for s := range counts {
		names = append(names, s)
	}
	slices.SortFunc(names, func(x, y string) int { return cmp.Or(cmp.Compare(counts[y], counts[x]), strings.Compare(x, y)) })
	a.common = names[:min(len(names), maxSources)]
	return a.common
}

// disagreementTable lists the incidents whose accounts are furthest apart.
func (a *Accumulator) disagreementTable(listed []told) *Table {
	t := &Table{ID: "by-disagreement", Title: "Where the accounts are furthest apart", Dims: []Dim{{ID: "incident", Title: "Incident"}}}
	for i := range listed {
		if k := listed[i].in.killed; k.High > k.Low || k.IsOpen() {
			t.Rows = append(t.Rows, Row{Keys: []Key{a.keyOfIncident(&listed[i].in)}, Tally: one(&listed[i].in), start: listed[i].in.date.Start})
		}
	}
	return t
}

// withoutTable gives the total of the whole report without each of the common
// sources, and without the deadliest incident.
func (a *Accumulator) withoutTable(all []told, r *Report) *Table {
	t := &Table{ID: "without", Title: "What the total would be without", Dims: []Dim{{ID: "without", Title: "Without"}}}
	t.Rows = append(t.Rows, Row{Keys: []Key{{ID: "(nothing)", Label: "Nothing left out", Kind: Unstated}}, Tally: a.total})
	for _, s := range a.commonSources(all) {
		sum := a.total
		if c, ok := a.dicts[data.ColSource].Lookup(s); ok && int(c) < len(a.bySource) {
			sum.minus(&a.bySource[c])
		}
		for i := range all {
			c := one(&all[i].in)
			sum.minus(&c)
			how := a.how()
			how.hears = func(f *figure) bool { return f.source != s }
			if in, ok := a.heard(&all[i], how); ok {
				c := one(&in)
				a.merge(&sum, &c)
			}
		}
		t.Rows = append(t.Rows, Row{Keys: []Key{namedKey(s)}, Tally: sum})
	}
	if a.whole != nil {
		t.Rows = append(t.Rows, Row{Keys: []Key{withoutDeadliest}, Tally: a.unlessDeadliest(r)})
	} else if len(r.Deadliest) > 0 {
		d := &r.Deadliest[0]
		var c Tally
		c.Add(&d.Killed, &d.Injured)
		sum := a.total
		sum.minus(&c)
		t.Rows = append(t.Rows, Row{Keys: []Key{withoutDeadliest}, Tally: sum})
	}
	return t
}

var withoutDeadliest = Key{ID: "(deadliest)", Label: "The deadliest incident", Kind: Unstated}

// unlessDeadliest is what one incident adds to the total without the deadliest:
// nothing where it is that.
func (a *Accumulator) unlessDeadliest(r *Report) Tally {
	if d := a.whole.deadliest; len(d) > 0 && len(r.Deadliest) > 0 && d[0].ID == r.Deadliest[0].ID && d[0].FileIndex == r.Deadliest[0].FileIndex && d[0].Line == r.Deadliest[0].Line {
		return Tally{}
	}
	return a.total
}

// countClaim enters a reconciled incident into what is claimed and verified.
func (a *Accumulator) countClaim(as []account, in *incident) {
	verified, known := incident{}, false
	if slices.ContainsFunc(as, func(c account) bool { return c.status == data.Verified }) {
		how := a.how()
		how.hears = func(f *figure) bool { return f.status == data.Verified }
		a.anyVerified = true
		verified, known = a.heard(&told{accounts: as}, how)
	}
	for _, c := range in.components {
		if !c.basis.claimed() {
			continue
		}
		tallyAt(&a.claimedBy, int(c.party)).Add(&c.killed, &c.injured)
		if known {
			if k, j, ok := verifiedPart(in, &verified, c.party); ok {
				tallyAt(&a.verifiedBy, int(c.party)).Add(&k, &j)
			}
		}
	}
}

// verifiedPart returns what is verified of what a party claims: the losses of the
// sides it is named for, or, where no side is stated, the whole of an incident
// that it alone is named for.
func verifiedPart(in, verified *incident, party int32) (killed, injured data.Count, ok bool) {
	if len(in.components) == 1 {
		return verified.killed, verified.injured, true
	}
	for _, d := range in.deeds {
		if d.party != party {
			continue
		}
		for _, s := range verified.sides {
			if s.side == d.side && s.side != 0 {
				killed, injured, ok = sumStated(killed, s.killed), sumStated(injured, s.injured), true
			}
		}
	}
	return killed, injured, ok
}

// minus takes back a tally that is part of t.
func (t *Tally) minus(o *Tally) {
	t.Incidents -= o.Incidents
	for _, x := range []struct{ t, o *Sum }{{&t.Killed, &o.Killed}, {&t.Injured, &o.Injured}} {
		x.t.Low -= x.o.Low
		x.t.Best -= x.o.Best
		x.t.High -= x.o.High
		x.t.Unknown -= x.o.Unknown
		x.t.Open -= x.o.Open
		x.t.NoBest -= x.o.NoBest
		x.t.Fatal -= x.o.Fatal
	}
}

// revisionTable gives the toll of an incident as it stood on each day that
// brought a report, where it changed.
func (a *Accumulator) revisionTable(listed []told) *Table {
	t := &Table{ID: "revisions", Title: "How tolls were revised", Dims: []Dim{{ID: "incident", Title: "Incident"}, {ID: "as_of", Title: "As of"}}}
	for i := range listed {
		var days []data.Day
		for _, c := range listed[i].accounts {
			if c.reportedOn != data.NoDay && (a.opt.AsOf == data.NoDay || c.reportedOn <= a.opt.AsOf) && !slices.Contains(days, c.reportedOn) {
				days = append(days, c.reportedOn)
			}
		}
		slices.Sort(days)
		var rows []Row
		for _, d := range days {
			in, ok := a.heard(&listed[i], reading{policy: a.opt.Policy, asOf: d})
			if !ok {
				continue
			}
			c := one(&in)
			if len(rows) > 0 && rows[len(rows)-1].Tally == c {
				continue
			}
			rows = append(rows, Row{Keys: []Key{a.keyOfIncident(&listed[i].in), {ID: d.String(), Label: DayText(d)}}, Tally: c, start: d})
		}
		if len(rows) > 1 {
			t.Rows = append(t.Rows, rows...)
		}
	}
	return t
}

// addAttribution adds the tables on how claims and attributions stand to each
// other, who is named for whose losses, and what of the claims is verified.
func (a *Accumulator) addAttribution(r *Report, rank []int) {
	t := &Table{ID: "by-attribution", Title: "Claimed and attributed", Dims: []Dim{{ID: "attribution", Title: "Attribution"}}, Secondary: true, Additive: !a.severalParties, TollsAdditive: true}
	for _, x := range []struct {
		b   basis
		key Key
	}{{basisAgreed, Key{ID: "agree", Label: "Claimed by the party it is attributed to"}}, {basisClaimed, Key{ID: "claimed-only", Label: "Claimed, attributed to nobody"}},
		{basisAttributed, Key{ID: "attributed-only", Label: "Attributed, claimed by nobody"}}, {basisContested, Key{ID: "contested", Label: "Contested"}},
		{basisDenied, Key{ID: "denied", Label: "Attributed and denied"}}, {basisInvolved, Key{ID: "involved", Label: "Parties named, not who acted", Kind: Involved}},
		{basisNone, Key{ID: "(none)", Label: "Neither", Kind: Unstated}}} {
		if a.byBasis[x.b].Incidents > 0 {
			t.Rows = append(t.Rows, Row{Keys: []Key{x.key}, Tally: a.byBasis[x.b]})
		}
	}
	if a.whole != nil || a.byBasis[basisClaimed].Incidents+a.byBasis[basisAgreed].Incidents+a.byBasis[basisContested].Incidents+a.byBasis[basisDenied].Incidents > 0 {
		r.add(t)
	}
	r.add(a.partySideTable(rank))
	r.add(a.claimantTable(rank))
}

// partySideTable is the matrix of who is named for whose losses.
func (a *Accumulator) partySideTable(rank []int) *Table {
	t := &Table{ID: "party-side", Title: "Who is named for whose losses", Dims: []Dim{{ID: "party", Title: "Claimed perpetrator"}, {ID: "victim_side", Title: "Losses of"}}, Secondary: true}
	sided := false
	a.partySide.each(func(p, s int32, c *Tally) {
		side := Key{ID: "(not stated)", Label: "Side not stated", Kind: Unstated}
		if s != 0 {
			side = namedKey(a.nameOf(data.ColVictimSide, uint32(s)))
			sided = true
		}
		t.Rows = append(t.Rows, Row{Keys: []Key{a.parties.list[p].key(), side}, Tally: *c, at: p})
	})
	slices.SortFunc(t.Rows, func(x, y Row) int {
		rx, ry := len(a.parties.list), len(a.parties.list)
		if int(x.at) < len(rank) {
			rx = rank[x.at]
		}
		if int(y.at) < len(rank) {
			ry = rank[y.at]
		}
		return cmp.Or(cmp.Compare(rx, ry), strings.Compare(x.Keys[0].ID, y.Keys[0].ID), strings.Compare(x.Keys[1].ID, y.Keys[1].ID))
	})
	if !sided && a.whole == nil { // alone, an incident is told by the tables of the whole
		return nil
	}
	return t
}

// claimantTable sets what each claimant claims against what of it is verified.
func (a *Accumulator) claimantTable(rank []int) *Table {
	t := &Table{ID: "by-claimant", Title: "Claimed and verified, by claimant", Dims: []Dim{{ID: "party", Title: "Claimant"}, {ID: "standing", Title: "Standing"}}, Secondary: true,
		Note: "Incidents that a party claims, and those of them that have a verified account."}
	order := make([]int, 0, len(a.claimedBy))
	for p := range a.claimedBy {
		if a.claimedBy[p].Incidents > 0 {
			order = append(order, p)
		}
	}
	slices.SortFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(rank[x], rank[y]), strings.Compare(a.parties.list[x].name, a.parties.list[y].name))
	})
	for _, p := range order {
		k := a.parties.list[p].key()
		t.Rows = append(t.Rows, Row{Keys: []Key{k, {ID: "claimed", Label: "Claimed"}}, Tally: a.claimedBy[p]})
		var v Tally
		if p < len(a.verifiedBy) {
			v = a.verifiedBy[p]
		}
		t.Rows = append(t.Rows, Row{Keys: []Key{k, {ID: "verified", Label: "Of these verified"}}, Tally: v})
	}
	if !a.anyVerified && a.whole == nil || len(t.Rows) == 0 {
		return nil
	}
	return t
}
