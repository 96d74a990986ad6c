package stats

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

func TestCellsOfFractions(t *testing.T) {
	const none = math.MinInt64
	v := func(c Cell) int64 {
		if !c.Stated {
			return none
		}
		return c.V
	}
	for _, c := range []struct {
		name string
		got  Cell
		want int64
	}{
		{"a third", fraction(1, 3, 2), 330_000}, {"two thirds", fraction(2, 3, 2), 670_000}, {"a half to no decimals", fraction(1, 2, 0), 1_000_000}, {"less a half", fraction(-1, 2, 0), -1_000_000},
		{"of nothing", fraction(1, 0, 2), none}, {"of less than nothing", fraction(1, -3, 2), none}, {"nought", fraction(0, 7, 6), 0}, {"to the last decimal", fraction(1, 3, 6), 333_333}, {"five eighths", fraction(5, 8, 2), 630_000},
		{"per cent", perCent(1, 3), 33_333_000}, {"all", perCent(7, 7), 100_000_000}, {"more than all", perCent(8, 7), 114_286_000}, {"of none", perCent(0, 0), none},
		{"a float", fromFloat(1.005, 1), 1_000_000}, {"less", fromFloat(-2.25, 1), -2_300_000}, {"no number", fromFloat(math.NaN(), 1), none}, {"without end", fromFloat(math.Inf(-1), 1), none},
		{"a count", whole(3), 3_000_000}, {"units", units(3), 3}, {"a large count", whole(uint32(math.MaxUint32)), math.MaxUint32 * data.Unit},
	} {
		if v(c.got) != c.want {
			t.Errorf("%s: %+v, want %d", c.name, c.got, c.want)
		}
	}
}

// A fraction is within half of its last decimal of the rational number, and the
// half itself goes away from zero.
func TestFractionsAgainstRationalNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(-1_000_000_000, 1_000_000_000).Draw(t, "a"), rapid.OneOf(rapid.Int64Range(1, 40), rapid.Int64Range(1, 1_000_000_000)).Draw(t, "b")
		decimals := rapid.IntRange(0, 6).Draw(t, "decimals")
		got := fraction(a, b, decimals)
		step := data.Unit
		for range decimals {
			step /= 10
		}
		off := new(big.Rat).Sub(big.NewRat(a, b), big.NewRat(got.V, data.Unit))
		if a < 0 {
			off.Neg(off)
		}
		half := big.NewRat(int64(step), 2*data.Unit)
		if !got.Stated || got.V%int64(step) != 0 || off.Cmp(half) >= 0 || off.Cmp(new(big.Rat).Neg(half)) < 0 {
			t.Fatalf("%d/%d to %d decimals is %d, off by %s", a, b, decimals, got.V, off)
		}
	})
}

// A cell is found by its column and all its keys; also when rows have been added
// since, and of two rows of one name the first.
func TestCellIsFound(t *testing.T) {
	for _, rows := range []int{40, readOn, 2 * readOn} { // also where an index is made
		findCells(t, rows)
	}
}

func findCells(t *testing.T, rows int) {
	keys := func(ids ...string) (ks []Key) {
		for _, id := range ids {
			ks = append(ks, Key{ID: id})
		}
		return ks
	}
	s := &Sheet{Columns: []Column{{ID: "n"}, {ID: "share"}}}
	for i := range rows {
		s.Rows = append(s.Rows, SheetRow{Keys: keys("place", fmt.Sprint(i)), Cells: []Cell{whole(i), {}}})
	}
	check := func(want Cell, column string, ids ...string) {
		t.Helper()
		if got := s.Cell(column, ids...); got != want {
			t.Errorf("%s of %q: %+v, want %+v", column, ids, got, want)
		}
	}
	check(whole(7), "n", "place", "7")
	check(Cell{}, "share", "place", "7")
	check(Cell{}, "killed", "place", "7")
	check(whole(rows-1), "n", "place", fmt.Sprint(rows-1))
	check(Cell{}, "n", "place", fmt.Sprint(rows))
	check(Cell{}, "n", "place")
	check(Cell{}, "n", "place", "7", "8")
	check(Cell{}, "n", "place7")
	s.Rows = append(s.Rows, SheetRow{Keys: keys("place", fmt.Sprint(rows)), Cells: []Cell{whole(99), {}}}, SheetRow{Keys: keys("place", "7"), Cells: []Cell{whole(-1), {}}})
	check(whole(99), "n", "place", fmt.Sprint(rows))
	check(whole(7), "n", "place", "7")
	s = nil
	check(Cell{}, "n", "place", "7")
}
