package stats

import (
	"maps"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// rowOf makes a sparse row of whole numbers.
func rowOf(xs ...int) map[int]uint64 {
	row := map[int]uint64{}
	for k, x := range xs {
		if x != 0 {
			row[k] = uint64((x + prime) % prime)
		}
	}
	return row
}

// Reduced echelon forms as worked by hand.
func TestEchelonByHand(t *testing.T) {
	for _, x := range []struct {
		name       string
		rows, want []map[int]uint64
	}{
		{"nothing", nil, nil},
		{"a row of noughts goes", []map[int]uint64{rowOf(0, 0)}, nil},
		{"a row is scaled", []map[int]uint64{rowOf(-1, 1)}, []map[int]uint64{rowOf(1, -1)}},
		{"a row twice is one", []map[int]uint64{rowOf(1, 1), rowOf(1, 1)}, []map[int]uint64{rowOf(1, 1)}},
		{"a sum and one of its parts give the other", []map[int]uint64{rowOf(1, 1), rowOf(1, 0)}, []map[int]uint64{rowOf(0, 1), rowOf(1)}},
		{"sum and difference give both", []map[int]uint64{rowOf(1, 1), rowOf(1, -1)}, []map[int]uint64{rowOf(1), rowOf(0, 1)}},
		{"a ring of three sums gives all", []map[int]uint64{rowOf(1, 1, 0), rowOf(0, 1, 1), rowOf(1, 0, 1)}, []map[int]uint64{rowOf(1), rowOf(0, 1), rowOf(0, 0, 1)}},
		{"a ring of four sums gives none", []map[int]uint64{rowOf(1, 1, 0, 0), rowOf(0, 1, 1, 0), rowOf(0, 0, 1, 1), rowOf(1, 0, 0, 1)},
			[]map[int]uint64{rowOf(1, 0, 0, 1), rowOf(0, 1, 0, -1), rowOf(0, 0, 1, 1)}},
	} {
		got := echelon(x.rows)
		same := len(got) == len(x.want)
		for _, w := range x.want {
			found := false
			for _, g := range got {
				found = found || maps.Equal(g, w)
			}
			same = same && found
		}
		if !same {
			t.Errorf("%s: %v, want %v", x.name, got, x.want)
		}
	}
}

// The cells found to follow from sums are those without which the rank over the
// rational numbers is one less: a unit vector lies in the row space where adding
// it as a row adds no rank.
func TestRecoverableAgainstRanks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const columns = 5
		n := rapid.IntRange(0, 6).Draw(t, "rows")
		var whole [][]int
		var sparse []map[int]uint64
		for range n {
			xs := rapid.SliceOfN(rapid.IntRange(-1, 1), columns, columns).Draw(t, "row")
			whole, sparse = append(whole, xs), append(sparse, rowOf(xs...))
		}
		alone := map[int]bool{}
		for _, row := range echelon(sparse) {
			if len(row) == 1 {
				for k, v := range row {
					alone[k] = v == 1
				}
			}
		}
		r := rank(whole)
		for k := range columns {
			unit := make([]int, columns)
			unit[k] = 1
			if want := rank(append(whole[:n:n], unit)) == r; alone[k] != want {
				t.Fatalf("column %d of %v: %v, want %v", k, whole, alone[k], want)
			}
		}
	})
}

// rank counts the independent rows, over the rational numbers.
func rank(whole [][]int) int {
	rows := make([][]*big.Rat, len(whole))
	for i, xs := range whole {
		for _, x := range xs {
			rows[i] = append(rows[i], big.NewRat(int64(x), 1))
		}
	}
	r := 0
	for c := 0; len(rows) > 0 && c < len(rows[0]); c++ {
		at := r
		for at < len(rows) && rows[at][c].Sign() == 0 {
			at++
		}
		if at == len(rows) {
			continue
		}
		rows[r], rows[at] = rows[at], rows[r]
		for i := r + 1; i < len(rows); i++ {
			f := new(big.Rat).Quo(rows[i][c], rows[r][c])
			for k := range rows[i] {
				rows[i][k] = new(big.Rat).Sub(rows[i][k], new(big.Rat).Mul(f, rows[r][k]))
			}
		}
		r++
	}
	return r
}
