package stats

import (
	"slices"
	"strings"

	"toll/data"
)

// Told is an incident that several records tell. A selection may admit some of
// its accounts and not others, and what it adds then is reconciled from those:
// each way in which a selection can divide the accounts is a variant.
type Told struct {
	ID       string
	Accounts []Account
	Variants []Variant
}

// Account is a record of an incident that several tell.
type Account struct {
	Telling
	Path, Naming int32 // by number in the roll
	Group        int   // accounts of one place and naming pass a selection together
	// Fates says, by policy, what became of it where all accounts are weighed.
	Fates []Fate
}

// Fate is what became of an account, and why.
type Fate struct {
	Used bool
	Why  string
}

// Variant is what an incident adds where a selection admits these groups of its
// accounts.
type Variant struct {
	Groups      []int // ascending
	Date        data.Date
	Path, Event int32
	Outcomes    []Outcome // by policy
}

// Outcome is the toll of an incident and how it falls to parties.
type Outcome struct {
	Killed, Injured data.Count
	Parts           []Part
}

// Part is the part of a toll that one party is named for.
type Part struct {
	Naming          int32
	Killed, Injured data.Count
}

// maxGroups bounds the groups of accounts of one incident.
const maxGroups = 30

// rollTold enters the incidents that several records tell. It is false where one
// is told in more ways than a roll can hold.
func (a *Accumulator) rollTold(r *Roll, n *numbering) bool {
	noted, outside := len(a.disagreements), false
	a.accountsByIncident(func(as []account) {
		t := Told{ID: as[0].id}
		groups := map[[2]int32]int{}
		for i := range as {
			c := &as[i]
			x := Account{Path: n.path(a.placeIndex(c.path())), Naming: n.naming(c.named())}
			g, ok := groups[[2]int32{x.Path, x.Naming}]
			if !ok {
				g = len(groups)
				groups[[2]int32{x.Path, x.Naming}] = g
			}
			x.Group, x.Telling = g, a.telling(c)
			t.Accounts = append(t.Accounts, x)
		}
		if len(groups) > maxGroups {
			outside = true
			return
		}
		for _, p := range r.Policies {
			how := reading{policy: p, asOf: a.opt.AsOf}
			standing := a.standingFigures(as, how)
			for i := range as {
				why, used := a.fate(&as[i], as, standing, how)
				t.Accounts[i].Fates = append(t.Accounts[i].Fates, Fate{used, why})
			}
		}
		for _, admitted := range divisions(r, t.Accounts) {
			if v, ok := a.variant(r, n, as, t.Accounts, admitted); ok {
				t.Variants = append(t.Variants, v)
			}
		}
		if len(t.Variants) > 0 {
			r.Told = append(r.Told, t)
		}
	})
	a.disagreements = a.disagreements[:noted]
	return !outside
}

func (c *account) path() location {
	return location{c.codes[data.ColCountry], c.codes[data.ColAdmin1], c.codes[data.ColAdmin2], c.codes[data.ColPlace]}
}

// divisions returns the sets of groups that a selection by one place and one
// party can admit, all of them first.
func divisions(r *Roll, as []Account) [][]int {
	everywhere := func(Account) bool { return true }
	places, parties := []func(Account) bool{everywhere}, []func(Account) bool{everywhere}
	for _, x := range as {
		for level, name := range r.Paths[x.Path] {
			name = strings.ToLower(name)
			places = append(places, func(y Account) bool { return strings.ToLower(r.Paths[y.Path][level]) == name })
		}
		for _, text := range r.Namings[x.Naming].Texts() {
			parties = append(parties, func(y Account) bool { return slices.Contains(r.Namings[y.Naming].Texts(), text) })
		}
	}
	if len(as) == 0 || !slices.ContainsFunc(as, func(x Account) bool { return x.Group > 0 }) {
		places, parties = places[:1], parties[:1] // all alike: none or every one passes
	}
	var sets [][]int
	for _, place := range places {
		for _, party := range parties {
			var set []int
			for _, x := range as {
				if place(x) && party(x) && !slices.Contains(set, x.Group) {
					set = append(set, x.Group)
				}
			}
			slices.Sort(set)
			if len(set) > 0 && !slices.ContainsFunc(sets, func(o []int) bool { return slices.Equal(o, set) }) {
				sets = append(sets, set)
			}
		}
	}
	return sets
}

// variant reconciles the accounts of some groups by every policy.
func (a *Accumulator) variant(r *Roll, n *numbering, as []account, of []Account, groups []int) (Variant, bool) {
	var some []account
	for i := range as {
		if slices.Contains(groups, of[i].Group) {
			some = append(some, as[i])
		}
	}
	v := Variant{Groups: groups}
	for _, p := range r.Policies {
		in, stands := a.reconcile(slices.Clone(some), reading{policy: p, asOf: a.opt.AsOf})
		if !stands || a.outsidePeriod(in.date) {
			return v, false
		}
		v.Date, v.Path, v.Event = in.date, n.path(a.placeIndex(in.place)), n.event(in.eventType)
		o := Outcome{Killed: in.killed, Injured: in.injured}
		for _, c := range in.components {
			o.Parts = append(o.Parts, Part{n.standing(a.parties.list[c.party], c.basis, c.names), c.killed, c.injured})
		}
		v.Outcomes = append(v.Outcomes, o)
	}
	return v, true
}
