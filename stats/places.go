package stats

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// locationTables adds a table for each level that names a place, and returns
// them by level. An incident whose record stops above a level stands in that
// table's last row: it is not dropped.
func (a *Accumulator) locationTables(r *Report) [4]*Table {
	var tables [4]*Table
	for level := range levelNames {
		if !a.opt.wants("by-"+levelNames[level]) && !a.opt.wants(levelNames[level]+"-party") && level != a.crossLevel && level != levelCountry {
			continue
		}
		g := a.groupsAt(level)
		t := &Table{ID: "by-" + levelNames[level], Title: catalogue.Say("table.by", "level", levelWord(level)), Additive: true, TollsAdditive: true,
			Dims: []Dim{{ID: levelNames[level], Title: title(levelWord(level))}}}
		sums := make([]Tally, len(g.list))
		for p := range a.byPlace {
			a.merge(&sums[g.of[p]], &a.byPlace[p])
		}
		t.Rows = make([]Row, 0, len(g.list))
		keys := make([]Key, 0, len(g.list))
		for i := range sums {
			if sums[i].Incidents > 0 {
				keys = append(keys, g.key(int32(i)))
				t.Rows = append(t.Rows, Row{Keys: keys[len(keys)-1 : len(keys) : len(keys)], Tally: sums[i], at: int32(i)})
			}
		}
		rankRows(t.Rows)
		if r.alone || slices.ContainsFunc(t.Rows, func(x Row) bool { return x.Keys[0].Kind == Named }) {
			tables[level] = t
			r.add(t)
		}
	}
	return tables
}

// levelWord is a level as the language of the process has it: "province".
func levelWord(level int) string { return catalogue.Say("level." + levelNames[level]) }

// groupAt cuts a path to a level. Paths without a name at that level are one
// group, whatever lies above.
func groupAt(p location, level int) location {
	if p[level] == 0 {
		return location{}
	}
	for l := level + 1; l < len(p); l++ {
		p[l] = 0
	}
	return p
}

// groups are the places of a level.
type groups struct {
	a       *Accumulator
	level   int
	of      []int32             // by the number of a path
	list    []location          // by number; the first stands for "not stated"
	bearers []int32             // by code of the level: how many places bear the name
	nearest map[[2]string]int32 // of names that several bear: by name and nearest stated name above
	labels  map[string]int32    // how many of these places a label would tell
}

// groupsAt parts the paths by the place of a level that they lie in.
func (a *Accumulator) groupsAt(level int) *groups {
	g := &groups{a: a, level: level, of: make([]int32, len(a.byPlace)), list: []location{{}}, bearers: make([]int32, a.dicts[level].Len())}
	index := map[location]int32{{}: 0}
	for p := range a.byPlace {
		at := groupAt(a.places.paths[p], level)
		if level == levelPlace && at != (location{}) { // no two paths are the same place
			g.of[p] = g.add(at)
			continue
		}
		n, ok := index[at]
		if !ok {
			n = g.add(at)
			index[at] = n
		}
		g.of[p] = n
	}
	for _, at := range g.list[1:] {
		if g.bearers[at[level]] > 1 {
			if g.nearest == nil {
				g.nearest = map[[2]string]int32{}
			}
			g.nearest[[2]string{a.nameOf(data.Column(level), at[level]), a.nearestName(at, level)}]++
		}
	}
	if g.nearest != nil {
		g.labels = map[string]int32{}
		for _, at := range g.list[1:] {
			if g.bearers[at[level]] > 1 {
				g.labels[g.label(at)]++
			}
		}
	}
	return g
}

func (g *groups) add(at location) int32 {
	g.list = append(g.list, at)
	g.bearers[at[g.level]]++
	return int32(len(g.list) - 1)
}

// isName reports whether a place of the level is written just so.
func (g *groups) isName(s string) bool {
	c, ok := g.a.dicts[g.level].Lookup(s)
	return ok && int(c) < len(g.bearers) && g.bearers[c] > 0
}

// key names a place: plainly where one place bears the name, else with what it
// lies in.
func (g *groups) key(n int32) Key {
	at := g.list[n]
	if n == 0 {
		return Key{ID: "(not stated)", Label: catalogue.Say("table.not-stated"), Kind: Unstated}
	}
	if g.bearers[at[g.level]] < 2 {
		return namedKey(g.a.nameOf(data.Column(g.level), at[g.level]))
	}
	label := g.label(at)
	if g.labels[label] > 1 || g.isName(label) {
		label = g.fullLabel(at)
	}
	return namedKey(label)
}

// label writes a name that several places bear with the nearest name above it
// where that tells them apart, else with all of them.
func (g *groups) label(at location) string {
	name := g.a.nameOf(data.Column(g.level), at[g.level])
	up := at
	up[g.level] = 0
	within := g.a.pathText(up)
	if near := g.a.nearestName(at, g.level); g.nearest[[2]string{name, near}] == 1 {
		within = near
	}
	if within == "" {
		within = catalogue.Say("table.elsewhere-not-stated")
	}
	label := name + " (" + within + ")"
	if g.isName(label) {
		label = name + " [" + within + "]"
	}
	return label
}

// fullLabel tells a place from others whose label reads the same, such as a town
// of the country Georgia and one of a province Georgia in a country not stated:
// it says of each name above what it is the name of.
func (g *groups) fullLabel(at location) string {
	var above []string
	for l := g.level - 1; l >= 0; l-- {
		if at[l] == 0 {
			continue
		}
		name := g.a.nameOf(data.Column(l), at[l])
		if strings.ContainsAny(name, `,"()[]`) {
			name = strconv.Quote(name)
		}
		above = append(above, levelNames[l]+" "+name)
	}
	within := cmp.Or(strings.Join(above, ", "), catalogue.Say("table.elsewhere-not-stated"))
	name := g.a.nameOf(data.Column(g.level), at[g.level])
	label := name + " (" + within + ")"
	for g.labels[label] > 0 || g.isName(label) {
		within = "[" + within + "]"
		label = name + " " + within
	}
	return label
}

func (a *Accumulator) nearestName(p location, level int) string {
	for l := level - 1; l >= 0; l-- {
		if p[l] != 0 {
			return a.nameOf(data.Column(l), p[l])
		}
	}
	return ""
}

// partyLevel returns the level that location × party is shown at: the one it is
// kept by, or the country where most incidents do not state that level and there
// are several countries.
func (a *Accumulator) partyLevel(levels [4]*Table) int {
	if a.whole != nil {
		return a.whole.shown
	}
	kept, countries := levels[a.crossLevel], levels[levelCountry]
	if kept == nil || a.crossLevel == levelCountry || countries == nil {
		return a.crossLevel
	}
	unstated := func(t *Table) (n uint32) {
		for _, r := range t.Rows {
			if r.Keys[0].Kind == Unstated {
				n += r.Tally.Incidents
			}
		}
		return n
	}
	if 2*unstated(kept) > a.total.Incidents && len(countries.Rows) > 1 && unstated(countries) < unstated(kept) {
		return levelCountry
	}
	return a.crossLevel
}

// placePartyTable crosses a location table with parties, in the order of both. It
// reports whether a sum overflows.
func (a *Accumulator) placePartyTable(places *Table, level int, rank []int) (t *Table, over bool) {
	g := a.groupsAt(level)
	t = &Table{ID: levelNames[level] + "-party", Title: catalogue.Say("table.by-and-claimed-perpetrator", "level", levelWord(level)),
		Dims: []Dim{places.Dims[0], {ID: "party", Title: catalogue.Say("table.claimed-perpetrator")}}, Additive: !a.severalParties, TollsAdditive: a.opt.Multi != Each}
	order := map[string]int32{}
	for i, r := range places.Rows {
		order[r.Keys[0].ID] = int32(i)
	}
	x := a.newCrossing(0, rank)
	x.group = g.of
	for n := range g.list {
		k := g.key(int32(n))
		x.keys, x.rank = append(x.keys, k), append(x.rank, order[k.ID])
	}
	t.Rows, over = x.rows(&a.placeParty)
	return t, over
}
