package stats

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A set of hashes holds what a map would, the hash 0 and hashes that fall on one
// slot among them, through every time it grows.
func TestIDSetIsASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Multiples of a large power of two share their slot in every size of set.
		hash := rapid.OneOf(rapid.Uint64Range(0, 3), rapid.Map(rapid.Uint64Range(0, 50), func(n uint64) uint64 { return n << 40 }), rapid.Uint64())
		var s idSet
		want := map[uint64]bool{}
		filler := rapid.SampledFrom([]uint64{0, 760, 1600}).Draw(t, "others")
		for i := range filler {
			if !s.add(1<<63 + i) {
				t.Fatalf("%d is in the set already", i)
			}
			want[1<<63+i] = true
		}
		for _, h := range rapid.SliceOfN(hash, 0, 60).Draw(t, "hashes") {
			if got := s.add(h); got == want[h] {
				t.Fatalf("adding %x: new %t", h, got)
			}
			want[h] = true
		}
		var all []uint64
		s.each(func(h uint64) { all = append(all, h) })
		slices.Sort(all)
		if len(slices.Compact(all)) != len(want) {
			t.Fatalf("%d hashes of %d", len(all), len(want))
		}
		for _, h := range all {
			if !want[h] {
				t.Fatalf("%x was never added", h)
			}
		}
		if 4*s.n > 3*len(s.slots) {
			t.Fatalf("%d hashes in %d slots", s.n, len(s.slots))
		}
	})
}

// Ids are in one order: running numbers ascend in it, with or without zeros in
// front, and no id stands above itself.
func TestOrderOfIDs(t *testing.T) {
	for _, ascending := range [][]string{{"", "0", "9", "10", "99", "100"}, {"A7", "A8", "B1", "A10"}, {"007", "008", "010"}, {"a", "b", "aa"}, {"\x00", "\xff", "\x00\x00"}} {
		for i, x := range ascending {
			for j, y := range ascending {
				if got := compareIDs([]byte(x), []byte(y)); got != compareInts(i, j) {
					t.Errorf("%q and %q: %d", x, y, got)
				}
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.Uint32().Draw(t, "n"), rapid.Uint32().Draw(t, "m")
		want := 0
		if n != m {
			want = compareInts(int(n), int(m))
		}
		if got := compareIDs(fmt.Append(nil, n), fmt.Append(nil, m)); got != want {
			t.Fatalf("%d and %d: %d", n, m, got)
		}
	})
}

func compareInts(i, j int) int {
	switch {
	case i < j:
		return -1
	case i > j:
		return 1
	}
	return 0
}

// An accumulator that has only checked that ids ascend never takes a repeated id
// for two incidents: wherever one repeats, in any split of the records over
// batches, it asks for another pass.
func TestARepeatIsNeverMissed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.SampledFrom([]string{"%d", "%03d", "x%d"}).Draw(t, "form")
		var list []string
		last := 0
		for range rapid.IntRange(1, 30).Draw(t, "records") {
			last += rapid.SampledFrom([]int{1, 1, 1, 2, 90, 0, -3}).Draw(t, "step")
			list = append(list, fmt.Sprintf(width, max(last, 0)))
		}
		ascending := slices.IsSortedFunc(list, func(x, y string) int { return compareIDs([]byte(x), []byte(y)) })
		repeated := map[string]int{}
		for _, id := range list {
			repeated[id]++
		}
		all := NewAccumulator(DefaultOptions())
		for from := 0; from < len(list); {
			to := rapid.IntRange(from+1, len(list)).Draw(t, "cut")
			var rs []rec
			for _, id := range list[from:to] {
				rs = append(rs, rec{id: id, date: "2020-01-01", killed: exactly(1)})
			}
			b := batch(rs)
			b.First = int64(from)
			a := NewAccumulator(DefaultOptions())
			if err := a.Add(b); err != nil {
				t.Fatal(err)
			}
			// Either accumulator may take up the other.
			if rapid.Bool().Draw(t, "the new one takes up the old") {
				all, a = a, all
			}
			if err := all.Merge(a); err != nil {
				t.Fatal(err)
			}
			from = to
		}
		if got, want := all.NeedsIDs(), !ascending || len(repeated) < len(list); got != want {
			t.Fatalf("%v: asks for another pass: %t", list, got)
		}
	})
}

// What ascends is known by its ends alone: the memory of a long file of running
// numbers is that of its batches.
func TestRunsAreKeptByTheirEnds(t *testing.T) {
	a := NewAccumulator(DefaultOptions())
	for n := range 3 {
		var rs []rec
		for i := range 2 * blockSize {
			rs = append(rs, rec{id: fmt.Sprintf("E%05d", n*2*blockSize+i), date: "2020-01-01"})
		}
		b := batch(rs)
		b.First = int64(n * 2 * blockSize)
		if err := a.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	if len(a.runs) != 3 || a.ids.n != 0 || a.NeedsIDs() {
		t.Fatalf("%d runs, %d ids, another pass %t", len(a.runs), a.ids.n, a.NeedsIDs())
	}
	for n, r := range a.runs {
		if from, until := fmt.Sprintf("E%05d", n*512), fmt.Sprintf("E%05d", n*512+511); !bytes.Equal(r.from, []byte(from)) || !bytes.Equal(r.until, []byte(until)) {
			t.Errorf("run %d is %s..%s, want %s..%s", n, r.from, r.until, from, until)
		}
	}
}
