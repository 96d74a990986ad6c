package stats

import "math/bits"

// recoverable returns the withheld cells that follow from what is published: for
// which some combination of the sums leaves no other unknown. It is the test of
// the row space: the sums are brought to reduced echelon form, in which such a
// cell has a row of its own. That is done in the field of a prime, where every
// number is exact; the coefficients are 1 and −1, and a minor of theirs that
// happens to be a multiple of a prime of 61 bits is not to be met with.
func (w *withholding) recoverable() map[int]bool {
	column := map[int]int{} // of each withheld cell
	var cells []int
	at := func(c int) int {
		k, ok := column[c]
		if !ok {
			k = len(cells)
			column[c] = k
			cells = append(cells, c)
		}
		return k
	}
	var rows []map[int]uint64
	for _, e := range w.sums {
		row := map[int]uint64{}
		for _, p := range e.parts {
			if w.cells[p].hidden {
				row[at(p)] = 1
			}
		}
		if e.whole >= 0 && w.cells[e.whole].hidden {
			row[at(e.whole)] = prime - 1
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	found := map[int]bool{}
	for _, row := range echelon(rows) {
		if len(row) == 1 {
			for k := range row {
				found[cells[k]] = true
			}
		}
	}
	return found
}

// echelon brings sparse rows to reduced echelon form.
func echelon(rows []map[int]uint64) []map[int]uint64 {
	var done []map[int]uint64
	pivots := map[int]int{} // by column, the row whose first it is
	for _, row := range rows {
		for k, v := range row {
			if i, ok := pivots[k]; ok {
				subtract(row, done[i], v)
			}
		}
		// Taking one row off brings in no column of another pivot: those are
		// nought in every reduced row.
		pivot := -1
		for k := range row {
			if pivot < 0 || k < pivot {
				pivot = k
			}
		}
		if pivot < 0 {
			continue
		}
		scale := inverse(row[pivot])
		for k, v := range row {
			row[k] = times(v, scale)
		}
		for _, other := range done {
			if v := other[pivot]; v != 0 {
				subtract(other, row, v)
			}
		}
		pivots[pivot] = len(done)
		done = append(done, row)
	}
	return done
}

// subtract takes v times another row off a row.
func subtract(row, other map[int]uint64, v uint64) {
	for k, x := range other {
		d := row[k] + prime - times(x, v)
		if d >= prime {
			d -= prime
		}
		if d == 0 {
			delete(row, k)
		} else {
			row[k] = d
		}
	}
}

// prime is 2^61 − 1.
const prime = 1<<61 - 1

func times(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	_, rem := bits.Div64(hi, lo, prime)
	return rem
}

// inverse returns 1/a by Fermat's little theorem.
func inverse(a uint64) uint64 {
	r := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			r = times(r, a)
		}
		a = times(a, a)
	}
	return r
}
