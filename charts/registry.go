package charts

import (
	"cmp"
	"slices"
	"strings"

	"toll/stats"
)

// Registry is the order of the parties of a run. The place of a party decides
// its colour, so that it looks the same in every chart.
type Registry struct {
	ids     []string
	index   map[string]int
	labels  map[string]string // of the parties of the tables
	own     map[string]Swatch // colours that the user gives
	unknown []string          // parties the user names and the data does not
}

// NewRegistry returns a registry that begins with these party key ids, as the
// configuration lists them.
func NewRegistry(ids ...string) *Registry {
	r := &Registry{index: map[string]int{}, labels: map[string]string{}, own: map[string]Swatch{}}
	for _, id := range ids {
		r.add(id)
	}
	return r
}

func (r *Registry) add(id string) {
	if _, ok := r.index[id]; !ok {
		r.index[id] = len(r.ids)
		r.ids = append(r.ids, id)
	}
}

// with returns a registry extended by the parties that the user lists, in that
// order, and by the other named parties of a table, those with the most deaths
// first.
func (r *Registry) with(t *stats.Table, listed []PartyColour) *Registry {
	n := NewRegistry()
	if r != nil {
		n = NewRegistry(r.ids...)
	}
	if t == nil || len(t.Dims) == 0 {
		for _, p := range listed {
			n.unknown = append(n.unknown, p.Party)
		}
		return n
	}
	es := ranked(sumBy(t, len(t.Dims)-1).named())
	for _, p := range listed {
		i := slices.IndexFunc(es, func(e entry) bool {
			return strings.EqualFold(e.key.ID, p.Party) || strings.EqualFold(e.key.Label, p.Party)
		})
		if i < 0 {
			n.unknown = append(n.unknown, p.Party)
			continue
		}
		id := es[i].key.ID
		n.add(id)
		if p.Fill.A > 0 {
			n.own[id] = swatchOf(p.Fill)
		}
	}
	for _, e := range es {
		n.add(e.key.ID)
		n.labels[e.key.ID] = clean(e.key.Label)
	}
	return n
}

// label is the name of a party of the tables.
func (r *Registry) label(id string) string {
	if l, ok := r.labels[id]; ok {
		return l
	}
	return id
}

// place returns the party's place in the order; unknown parties come last.
func (r *Registry) place(id string) int {
	if i, ok := r.index[id]; ok {
		return i
	}
	return len(r.ids)
}

// swatch returns the party's colour, grey for a party beyond the palette.
func (r *Registry) swatch(t *Theme, k stats.Key) Swatch {
	if k.Kind == stats.Unstated {
		return t.Unattributed
	}
	if own, ok := r.own[k.ID]; ok && !t.grey {
		return own
	}
	if i := r.place(k.ID); i < len(t.Parties) {
		return t.Parties[i]
	}
	return t.Other
}

// entry is the toll of one key.
type entry struct {
	key   stats.Key
	tally stats.Tally
}

// entries is a table summed over one of its dimensions, in table order.
type entries []entry

// sumBy adds the rows of a table up by its dimension at.
func sumBy(t *stats.Table, at int) entries {
	var es entries
	type key struct {
		kind stats.KeyKind
		id   string
	}
	index := map[key]int{}
	for i := range t.Rows {
		r := &t.Rows[i]
		if at >= len(r.Keys) {
			continue
		}
		k := r.Keys[at]
		id := key{k.Kind, k.ID}
		i, ok := index[id]
		if !ok {
			i = len(es)
			index[id] = i
			es = append(es, entry{key: k})
		}
		_ = es[i].tally.Merge(r.Tally) // the report itself fails on overflow
	}
	return es
}

// named returns the entries of ordinary keys, and of parties merely involved.
func (es entries) named() entries {
	var out entries
	for _, e := range es {
		if e.key.Kind == stats.Named || e.key.Kind == stats.Involved {
			out = append(out, e)
		}
	}
	return out
}

// unstated returns the sum of the entries that stand for "not stated", and
// whether there is any.
func (es entries) unstated() (entry, bool) {
	var u entry
	found := false
	for _, e := range es {
		if e.key.Kind == stats.Unstated {
			if !found {
				u.key = e.key
			}
			_ = u.tally.Merge(e.tally)
			found = true
		}
	}
	return u, found && u.tally.Incidents > 0
}

func (es entries) total() stats.Tally {
	var t stats.Tally
	for _, e := range es {
		_ = t.Merge(e.tally)
	}
	return t
}

// ranked sorts entries by deaths, most first: by the best figures where every
// entry has one, else by the lowest, then by the highest, then by name.
func ranked(es entries) entries {
	best := true
	for _, e := range es {
		best = best && e.tally.Killed.HasBest()
	}
	out := slices.Clone(es)
	slices.SortStableFunc(out, func(a, b entry) int {
		first := cmp.Compare(b.tally.Killed.Low, a.tally.Killed.Low)
		if best {
			first = cmp.Compare(b.tally.Killed.Best, a.tally.Killed.Best)
		}
		return cmp.Or(first, cmp.Compare(b.tally.Killed.High, a.tally.Killed.High),
			cmp.Compare(b.tally.Incidents, a.tally.Incidents),
			cmp.Compare(a.key.Label, b.key.Label), cmp.Compare(a.key.ID, b.key.ID))
	})
	return out
}

// allBest reports whether every entry with a stated toll has a best figure.
func (es entries) allBest() bool {
	for _, e := range es {
		if !e.tally.Killed.HasBest() {
			return false
		}
	}
	return true
}
