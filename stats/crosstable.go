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

// pairRow is a row in the making.
type pairRow struct {
	order        uint64 // place of the group, place of the party
	group, party int32
	sum          int32
}

// maxDensePairs bounds the array by which a pair of group and party is found.
const maxDensePairs = 1 << 22

// rows adds up the cells of each pair and puts the pairs in order.
func (x *crossing) rows(c *cross, merge func(t, o *Tally)) []Row {
	pairs := make([]pairRow, 0, len(c.cells))
	sums := make([]Tally, 0, len(c.cells))
	find := x.finder()
	c.each(func(party, thing int32, t *Tally) {
		g := x.group[thing]
		n := find(g, party)
		if *n == 0 {
			sums = append(sums, *t)
			pairs = append(pairs, pairRow{uint64(x.rank[g])<<32 | uint64(x.partyRank[party]), g, party, int32(len(sums) - 1)})
			*n = int32(len(pairs))
			return
		}
		merge(&sums[*n-1], t)
	})
	slices.SortFunc(pairs, func(p, q pairRow) int { return cmp.Compare(p.order, q.order) })
	rows := make([]Row, len(pairs))
	keys := make([]Key, 2*len(pairs))
	for i, p := range pairs {
		k := keys[2*i : 2*i+2 : 2*i+2]
		k[0], k[1] = x.keys[p.group], x.parties[p.party]
		rows[i] = Row{Keys: k, Tally: sums[p.sum], at: p.party}
	}
	return rows
}

// finder returns a function that finds the number kept for a pair.
func (x *crossing) finder() func(group, party int32) *int32 {
	if n := len(x.keys) * len(x.parties); n <= maxDensePairs {
		dense := make([]int32, n)
		return func(group, party int32) *int32 { return &dense[int(group)*len(x.parties)+int(party)] }
	}
	sparse := map[uint64]*int32{}
	return func(group, party int32) *int32 {
		k := uint64(group)<<32 | uint64(party)
		if sparse[k] == nil {
			sparse[k] = new(int32)
		}
		return sparse[k]
	}
}
