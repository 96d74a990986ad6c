package stats

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What several workers met comes out in the order of the records, by any number of
// strands.
func TestSinglesInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s singles
		var want []Single
		for range rapid.IntRange(0, 12).Draw(t, "strands") {
			line := int32(0)
			for range rapid.OneOf(rapid.IntRange(0, 30), rapid.IntRange(pieceSize-2, pieceSize+2)).Draw(t, "records") {
				line += int32(rapid.IntRange(1, 9).Draw(t, "lines"))
				want = append(want, Single{File: int32(rapid.IntRange(0, 1).Draw(t, "file")) * (line / 40), Line: line, Path: int32(len(want))})
				s.add(want[len(want)-1])
			}
		}
		n := 0
		for _, p := range s.pieces {
			n += len(p)
		}
		if n != len(want) || s.n != n {
			t.Fatalf("%d of %d are kept, said to be %d", n, len(want), s.n)
		}
		got := s.inOrder()
		if !slices.IsSortedFunc(got, func(x, y Single) int { return x.before(&y) }) {
			t.Fatal("not in order")
		}
		slices.SortFunc(got, func(x, y Single) int { return int(x.Path) - int(y.Path) })
		if !slices.Equal(got, want) {
			t.Fatalf("%d came back of %d, or others", len(got), len(want))
		}
		if s.n != 0 || len(s.inOrder()) != 0 {
			t.Error("some are kept")
		}
	})
}
