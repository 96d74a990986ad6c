package stats

import (
	"cmp"
	"slices"
)

// crossing turns a cross of parties with something else into rows. What is on
// the other side comes in groups (the months of a table by month, say), numbered
// from 0; the keys of groups and parties are made once and shared by their rows.
type crossing struct {
	group []int32 // by the cross's number of what is on the other side
	keys  []Key   // by group
	rank  []int32 // by group: its place in the table

	parties   []Key // by party
	partyRank []int
}

// newCrossing returns a crossing with the groups still to be told.
func (a *Accumulator) newCrossing(things int, rank []int) *crossing {
	x := &crossing{group: make([]int32, things), parties: make([]Key, len(a.parties.list)), partyRank: rank}
	for p, of := range a.parties.list {
		x.parties[p] = of.key()
	}
	return x
}

// maxDensePairs bounds the array by which a pair of group and party is found.
const maxDensePairs = 1 << 22

// rows adds up the cells of each pair and puts the pairs in order. It reports
// whether a sum overflows.
func (x *crossing) rows(c *cross) (rows []Row, over bool) {
	merge := func(t, o *Tally) { over = t.Merge(*o) != nil || over }
	if n := len(x.keys) * len(x.parties); n > maxDensePairs || n > 64*len(c.cells) {
		rows = x.rowsOfFew(c, merge)
		return rows, over
	}
	places := make([]int32, len(x.keys)*len(x.parties)) // of pairs among the rows, from 1
	at := func(group, party int32) *int32 { return &places[int(group)*len(x.parties)+int(party)] }
	n := 0
	for _, k := range c.keys {
		if p := at(x.group[int32(uint32(k))], int32(k>>32)); *p == 0 {
			*p = 1
			n++
		}
	}
	rows = make([]Row, 0, n)
	keys := make([]Key, 0, 2*n)
	parties := byRank(x.partyRank)
	for _, g := range byRank(x.rank) {
		for _, p := range parties {
			if place := at(g, p); *place > 0 {
				keys = append(keys, x.keys[g], x.parties[p])
				rows = append(rows, Row{Keys: keys[len(keys)-2 : len(keys) : len(keys)], at: p})
				*place = int32(len(rows))
			}
		}
	}
	c.each(func(party, thing int32, t *Tally) { merge(&rows[*at(x.group[thing], party)-1].Tally, t) })
	return rows, over
}

// byRank returns the numbers of things by their rank.
func byRank[R cmp.Ordered](rank []R) []int32 {
	order := make([]int32, len(rank))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(i, j int32) int { return cmp.Compare(rank[i], rank[j]) })
	return order
}

// rowsOfFew is rows for few pairs among very many.
func (x *crossing) rowsOfFew(c *cross, merge func(t, o *Tally)) []Row {
	type pair struct{ group, party int32 }
	sums := map[pair]*Tally{}
	var pairs []pair
	c.each(func(party, thing int32, t *Tally) {
		p := pair{x.group[thing], party}
		if sums[p] == nil {
			sums[p] = &Tally{}
			pairs = append(pairs, p)
		}
		merge(sums[p], t)
	})
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(x.rank[p.group], x.rank[q.group]), cmp.Compare(x.partyRank[p.party], x.partyRank[q.party]),
			cmp.Compare(p.group, q.group), cmp.Compare(p.party, q.party))
	})
	rows := make([]Row, len(pairs))
	for i, p := range pairs {
		rows[i] = Row{Keys: []Key{x.keys[p.group], x.parties[p.party]}, Tally: *sums[p], at: p.party}
	}
	return rows
}
