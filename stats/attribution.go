package stats

import (
	"cmp"
	"slices"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// addAttribution adds the tables on how claims and attributions stand to each
// other, who is named for whose losses, and what of the claims is verified.
func (a *Accumulator) addAttribution(r *Report, rank []int) {
	t := &Table{ID: "by-attribution", Title: catalogue.Say("table.claimed-and-attributed"), Dims: []Dim{{ID: "attribution", Title: catalogue.Say("table.attribution")}}, Secondary: true, Additive: !a.severalParties, TollsAdditive: true}
	for _, x := range []struct {
		b   basis
		key Key
	}{{basisAgreed, Key{ID: "agree", Label: catalogue.Say("table.claimed-by-the-party-it-is")}}, {basisClaimed, Key{ID: "claimed-only", Label: catalogue.Say("table.claimed-attributed-to-nobody")}},
		{basisAttributed, Key{ID: "attributed-only", Label: catalogue.Say("table.attributed-claimed-by-nobody")}}, {basisSuspected, Key{ID: "suspected", Label: catalogue.Say("table.attributed-as-suspected-claimed-by-nobody")}}, {basisContested, Key{ID: "contested", Label: catalogue.Say("table.contested")}},
		{basisDenied, Key{ID: "denied", Label: catalogue.Say("table.attributed-and-denied")}}, {basisInvolved, Key{ID: "involved", Label: catalogue.Say("table.parties-named-not-who-acted"), Kind: Involved}},
		{basisNone, Key{ID: "(none)", Label: catalogue.Say("table.neither"), Kind: Unstated}}} {
		if a.byBasis[x.b].Incidents > 0 {
			t.Rows = append(t.Rows, Row{Keys: []Key{x.key}, Tally: a.byBasis[x.b]})
		}
	}
	if a.whole != nil || a.byBasis[basisClaimed].Incidents+a.byBasis[basisAgreed].Incidents+a.byBasis[basisContested].Incidents+a.byBasis[basisDenied].Incidents+a.byBasis[basisSuspected].Incidents > 0 {
		r.add(t)
	}
	r.add(a.partySideTable(rank))
	r.add(a.claimantTable(rank))
}

// partySideTable is the matrix of who is named for whose losses.
func (a *Accumulator) partySideTable(rank []int) *Table {
	t := &Table{ID: "party-side", Title: catalogue.Say("table.who-is-named-for-whose-losses"), Dims: []Dim{{ID: "party", Title: catalogue.Say("table.claimed-perpetrator")}, {ID: "victim_side", Title: catalogue.Say("table.losses-of")}}, Secondary: true}
	sided := false
	a.partySide.each(func(p, s int32, c *Tally) {
		side := Key{ID: "(not stated)", Label: catalogue.Say("table.side-not-stated"), Kind: Unstated}
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
	t := &Table{ID: "by-claimant", Title: catalogue.Say("table.claimed-and-verified-by-claimant"), Dims: []Dim{{ID: "party", Title: catalogue.Say("table.claimant")}, {ID: "standing", Title: catalogue.Say("table.standing")}}, Secondary: true,
		Note: catalogue.Say("table.incidents-that-a-party-claims-and")}
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
		t.Rows = append(t.Rows, Row{Keys: []Key{k, {ID: "claimed", Label: catalogue.Say("table.claimed")}}, Tally: a.claimedBy[p]})
		var v Tally
		if p < len(a.verifiedBy) {
			v = a.verifiedBy[p]
		}
		t.Rows = append(t.Rows, Row{Keys: []Key{k, {ID: "verified", Label: catalogue.Say("table.of-these-verified")}}, Tally: v})
	}
	if !a.anyVerified && a.whole == nil || len(t.Rows) == 0 {
		return nil
	}
	return t
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
