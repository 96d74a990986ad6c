package record

import "strings"

// nearest returns the unmapped column of the file whose name is most like one of
// the names of a field, if any is like it at all. It only ever suggests.
func (p *plan) nearest(f Field) (string, bool) {
	best, found := 0, ""
	for i, name := range p.folded {
		if len(name) > 64 || p.takes(i) {
			continue
		}
		for _, want := range fieldNames[f] {
			score := likeness(name, want)
			if score > best {
				best, found = score, p.header[i]
			}
		}
	}
	return found, best > 0
}

// takes reports whether column i is mapped already.
func (p *plan) takes(i int) bool {
	for _, c := range p.column {
		if c == i {
			return true
		}
	}
	return false
}

// likeness is 0 where two names have nothing to do with each other: it counts
// what an edit distance of at most a third of the wanted name leaves of it, or
// that one contains the other.
func likeness(name, want string) int {
	if d := distance(name, want); d <= len(want)/3 {
		return 100 - 10*d
	}
	if len(want) >= 4 && strings.Contains(name, want) {
		return len(want)
	}
	return 0
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours, in bytes.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
