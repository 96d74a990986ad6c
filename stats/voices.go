package stats

import (
	"slices"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// The voices of a bracket: who states a side's losses. A denial states none. An
// enemy is a side of the incident other than the one that suffered, or a party
// named for it; whoever else speaks is a third party.
var voices = []struct {
	key   keyText
	hears func(*Accumulator, *told, *figure) bool
}{
	{keyText{"own", "table.own-admission", Named}, func(a *Accumulator, t *told, f *figure) bool { return a.isAdmission(f) }},
	{keyText{"enemy", "table.enemy-claim", Named}, func(a *Accumulator, t *told, f *figure) bool { return !a.isAdmission(f) && a.isParty(t, f) }},
	{keyText{"third", "table.third-party", Named}, func(a *Accumulator, t *told, f *figure) bool { return !a.isAdmission(f) && !a.isParty(t, f) }},
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
	t := &Table{ID: "side-bracket", Title: catalogue.Say("table.each-side-s-losses-by-who"),
		Dims: []Dim{{ID: "incident", Title: catalogue.Say("table.incident")}, {ID: "side", Title: catalogue.Say("table.losses-of")}, {ID: "voice", Title: catalogue.Say("table.according-to")}}}
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
			t.Rows = append(t.Rows, Row{Keys: []Key{key, side, {ID: "range", Label: catalogue.Say("table.all-accounts")}}, Tally: cells[s][0]})
			for v := range voices {
				if c := cells[s][v+1]; c.Incidents > 0 {
					t.Rows = append(t.Rows, Row{Keys: []Key{key, side, voices[v].key.key()}, Tally: c})
				}
			}
		}
	}
	add(allIncidents.key(), all)
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
		return Key{ID: "(source not stated)", Label: catalogue.Say("table.source-not-stated"), Kind: Unstated}
	}
	return namedKey(name)
}

// accountTable gives each source's whole account of each incident.
func (a *Accumulator) accountTable(listed []told) *Table {
	t := &Table{ID: "by-account", Title: catalogue.Say("table.each-source-s-account"), Dims: []Dim{{ID: "incident", Title: catalogue.Say("table.incident")}, {ID: "source", Title: catalogue.Say("table.according-to")}},
		Note: catalogue.Say("table.what-one-source-s-figures-for")}
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
	t := &Table{ID: "by-account-side", Title: catalogue.Say("table.the-accounts-side-by-side"),
		Dims: []Dim{{ID: "incident", Title: catalogue.Say("table.incident")}, {ID: "side", Title: catalogue.Say("table.losses-of")}, {ID: "source", Title: catalogue.Say("table.according-to")}}}
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
	t := &Table{ID: "by-voice", Title: catalogue.Say("table.what-each-party-says"), Dims: []Dim{{ID: "incident", Title: catalogue.Say("table.incident")}, {ID: "side", Title: catalogue.Say("table.losses-of")}, {ID: "voice", Title: catalogue.Say("table.according-to")}}}
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
			voice := Key{ID: "(independent)", Label: catalogue.Say("table.sources-outside-the-parties"), Kind: Unstated}
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
			t.Rows = append(t.Rows, Row{Keys: []Key{key, {ID: "(all)", Label: catalogue.Say("table.all-sides"), Kind: Unstated}, voice}, Tally: one(&in), start: listed[i].in.date.Start})
		}
	}
	return t
}
