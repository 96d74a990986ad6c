package stats

import (
	"fmt"
	"slices"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// Rows of a crossed table add up the cells of each pair and stand in the order of
// the group, then of the party, whatever order the cells came in and however many
// pairs there could be.
func TestCrossingAddsUpPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		things, groups, named := rapid.IntRange(1, 8).Draw(t, "things"), rapid.IntRange(1, 4).Draw(t, "groups"), rapid.IntRange(1, 5).Draw(t, "parties")
		x := &crossing{}
		for range things {
			x.group = append(x.group, int32(rapid.IntRange(0, groups-1).Draw(t, "group")))
		}
		numbers := func(n int) []int {
			out := make([]int, n)
			for i := range out {
				out[i] = i
			}
			return out
		}
		for i, at := range rapid.Permutation(numbers(groups)).Draw(t, "rank of groups") {
			x.keys, x.rank = append(x.keys, Key{ID: fmt.Sprint("g", i)}), append(x.rank, int32(at))
		}
		x.partyRank = rapid.Permutation(numbers(named)).Draw(t, "rank of parties")
		for i := range named {
			x.parties = append(x.parties, Key{ID: fmt.Sprint("p", i)})
		}
		var c cross
		want := map[[2]int]Tally{}
		for range rapid.IntRange(0, 40).Draw(t, "cells") {
			party, thing := rapid.IntRange(0, named-1).Draw(t, "party"), rapid.IntRange(0, things-1).Draw(t, "thing")
			k := data.Exactly(rapid.Int64Range(0, 9).Draw(t, "killed"))
			c.at(int32(party), int32(thing)).Add(&k, &k)
			at := [2]int{int(x.rank[x.group[thing]]), x.partyRank[party]}
			sum := want[at]
			sum.Add(&k, &k)
			want[at] = sum
		}
		check := func(rows []Row) {
			var last []int
			for i, r := range rows {
				var g, p int
				fmt.Sscanf(r.Keys[0].ID, "g%d", &g)
				fmt.Sscanf(r.Keys[1].ID, "p%d", &p)
				at := []int{int(x.rank[g]), x.partyRank[p]}
				if len(r.Keys) != 2 || r.at != int32(p) || r.Tally != want[[2]int{at[0], at[1]}] {
					t.Fatalf("%+v, want %+v", r, want[[2]int{at[0], at[1]}])
				}
				if i > 0 && slices.Compare(last, at) >= 0 {
					t.Fatalf("row %d at %v after %v", i, at, last)
				}
				last = at
			}
			if len(rows) != len(want) {
				t.Fatalf("%d rows of %d pairs", len(rows), len(want))
			}
		}
		check(crossRows(t, x, &c))
		// So many groups and parties that pairs are found in a map.
		x.keys, x.parties = append(x.keys, make([]Key, 1<<11)...), append(x.parties, make([]Key, 1<<11)...)
		if len(x.keys)*len(x.parties) <= maxDensePairs {
			t.Fatal("these pairs are found in an array")
		}
		check(crossRows(t, x, &c))
	})
}

func crossRows(t *rapid.T, x *crossing, c *cross) []Row {
	rows, over := x.rows(c)
	if over {
		t.Fatal("a sum overflows")
	}
	return rows
}

// Keys of one row are its own: what is appended to them reaches no other row.
func TestKeysOfRowsAreApart(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{{date: "2020-01-01", country: "P", attributed: "A", killed: exactly(2)}, {date: "2020-01-02", country: "Q", attributed: "B", killed: exactly(1)}})
	for _, id := range []string{"period-party", "by-party", "by-country"} {
		rows := r.Table(id).Rows
		want := rows[1].Keys[0]
		_ = append(rows[0].Keys, Key{ID: "another"})
		if rows[1].Keys[0] != want {
			t.Errorf("%s: the second row is now of %v", id, rows[1].Keys[0])
		}
	}
}
