package stats

import (
	"slices"

	"toll/data"
)

// locationTables adds a table for each level that names a place, and returns
// them by level. An incident whose record stops above a level stands in that
// table's last row: it is not dropped.
func (a *Accumulator) locationTables(r *Report) [4]*Table {
	var tables [4]*Table
	for level := range levelNames {
		names := a.labels(level)
		t := &Table{ID: "by-" + levelNames[level], Title: "By " + levelTitles[level], Additive: true, TollsAdditive: true,
			Dims: []Dim{{ID: levelNames[level], Title: title(levelTitles[level])}}}
		index := map[location]int{}
		for p := range a.byPlace {
			if a.byPlace[p].Incidents == 0 {
				continue
			}
			g := groupAt(a.places.paths[p], level)
			i, ok := index[g]
			if !ok {
				i = len(t.Rows)
				index[g] = i
				t.Rows = append(t.Rows, Row{Keys: []Key{names(g)}})
			}
			a.merge(&t.Rows[i].Tally, &a.byPlace[p])
		}
		rankRows(t.Rows)
		if r.alone || slices.ContainsFunc(t.Rows, func(x Row) bool { return x.Keys[0].Kind == Named }) {
			tables[level] = t
			r.add(t)
		}
	}
	return tables
}

var levelTitles = [4]string{"country", "province", "district", "place"}

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

// labels returns the naming of the groups of a level: the plain name where one
// place bears it, else the name with what it lies in.
func (a *Accumulator) labels(level int) func(location) Key {
	groups := map[location]bool{}
	bearers := map[uint32]int{}
	nearest := map[[2]string]int{} // by name and nearest stated name above
	plain := map[string]bool{}     // the names as written
	for p := range a.byPlace {
		if g := groupAt(a.places.paths[p], level); g != (location{}) && !groups[g] {
			groups[g] = true
			bearers[g[level]]++
			name := a.nameOf(data.Column(level), g[level])
			nearest[[2]string{name, a.nearestName(g, level)}]++
			plain[name] = true
		}
	}
	return func(g location) Key {
		if g == (location{}) {
			return Key{ID: "(not stated)", Label: "Not stated", Kind: Unstated}
		}
		name := a.nameOf(data.Column(level), g[level])
		if bearers[g[level]] < 2 {
			return namedKey(name)
		}
		up := g
		up[level] = 0
		within := a.pathText(up)
		if n := a.nearestName(g, level); nearest[[2]string{name, n}] == 1 {
			within = n
		}
		if within == "" {
			within = "elsewhere not stated"
		}
		label := name + " (" + within + ")"
		if plain[label] { // another place is written just so
			label = name + " [" + within + "]"
		}
		return namedKey(label)
	}
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

// placePartyTable crosses a location table with parties, in the order of both.
func (a *Accumulator) placePartyTable(places *Table, level int, rank []int) *Table {
	names := a.labels(level)
	t := &Table{ID: levelNames[level] + "-party", Title: "By " + levelTitles[level] + " and claimed perpetrator",
		Dims: []Dim{places.Dims[0], {ID: "party", Title: "Claimed perpetrator"}}, Additive: !a.severalParties, TollsAdditive: a.opt.Multi != Each}
	order := map[string]int32{}
	for i, r := range places.Rows {
		order[r.Keys[0].ID] = int32(i)
	}
	x := a.newCrossing(len(a.places.paths), rank)
	groups := map[location]int32{}
	for p, path := range a.places.paths {
		g := groupAt(path, level)
		n, ok := groups[g]
		if !ok {
			n = int32(len(x.keys))
			groups[g] = n
			k := names(g)
			x.keys, x.rank = append(x.keys, k), append(x.rank, order[k.ID])
		}
		x.group[p] = n
	}
	t.Rows = x.rows(&a.placeParty, a.merge)
	return t
}
