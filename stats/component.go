package stats

import (
	"slices"

	"toll/data"
)

// component is a part of an incident's toll that one party is named for.
type component struct {
	party           int32
	basis           basis
	killed, injured data.Count
	names           []string // of the parties, where one cell names several
}

// deed is what a party is named for having done to a side.
type deed struct {
	party           int32
	side            uint32
	killed, injured data.Count
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
