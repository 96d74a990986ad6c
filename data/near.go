package data

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Distance is the optimal string alignment distance of two names: how many
// letters must be put in, left out, replaced or swapped with their neighbour.
// Names far longer than the second are simply far.
func Distance(a, b []rune) int {
	if len(a) > 2*len(b)+8 {
		return len(a)
	}
	var space [3 * 64]int
	rows := space[:]
	n := len(b) + 1
	if 3*n > len(rows) {
		rows = make([]int, 3*n)
	}
	before, last, row := rows[:n], rows[n:2*n], rows[2*n:3*n]
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

// nearest is how many names Nearest gives, and looked how many it looks at.
const (
	nearest = 3
	looked  = 100_000
)

// Nearest returns the names that somebody who wrote this one may have meant, the
// likeliest first: at most three, without regard to case, each either a few slips
// away or holding it as a part. It only ever suggests.
func Nearest(name string, of []string) []string {
	want := []rune(strings.ToLower(name))
	if !slices.ContainsFunc(want, unicode.IsLetter) {
		return nil // a number is near no other
	}
	type candidate struct {
		name string
		far  int
	}
	var cs []candidate
	for _, n := range of[:min(len(of), looked)] {
		folded := strings.ToLower(n)
		far := Distance([]rune(folded), want)
		if far > max(1, len(want)/3) {
			if len(want) < 3 || !strings.Contains(folded, string(want)) {
				continue
			}
			far = len(want)
		}
		cs = append(cs, candidate{n, far})
	}
	slices.SortFunc(cs, func(x, y candidate) int { return cmp.Or(cmp.Compare(x.far, y.far), strings.Compare(x.name, y.name)) })
	var out []string
	for _, c := range cs {
		if len(out) < nearest && !slices.Contains(out, c.name) && c.name != "" {
			out = append(out, c.name)
		}
	}
	return out
}
