package stats

import (
	"cmp"
	"slices"
)

// singles are incidents of one record as they were met. They are kept in pieces,
// so that none is moved when more come.
type singles struct {
	pieces [][]Single
	n      int
}

const pieceSize = 4096

func (s *singles) add(x Single) {
	last := len(s.pieces) - 1
	if last < 0 || len(s.pieces[last]) == pieceSize {
		s.pieces = append(s.pieces, make([]Single, 0, min(pieceSize, max(64, s.n))))
		last++
	}
	s.pieces[last] = append(s.pieces[last], x)
	s.n++
}

// before is the order of the records.
func (s *Single) before(o *Single) int {
	return cmp.Or(cmp.Compare(s.File, o.File), cmp.Compare(s.Line, o.Line))
}

// maxStrands is how many strands are merged; where there are more, all are sorted.
const maxStrands = 8

// inOrder returns all in the order of their records, and keeps none. A reader's
// worker meets its records in ascending order, so that what a few of them met is a
// few strands to be merged.
func (s *singles) inOrder() []Single {
	out := make([]Single, 0, s.n)
	strands := s.strands()
	if len(strands) > maxStrands {
		for _, p := range s.pieces {
			out = append(out, p...)
		}
		slices.SortFunc(out, func(x, y Single) int { return x.before(&y) })
		strands = nil
	}
	for len(strands) > 1 {
		first := 0
		for i := 1; i < len(strands); i++ {
			if strands[i][0][0].before(&strands[first][0][0]) < 0 {
				first = i
			}
		}
		st := strands[first]
		out = append(out, st[0][0])
		if st[0] = st[0][1:]; len(st[0]) > 0 {
			continue
		}
		if strands[first] = st[1:]; len(st) == 1 {
			strands = slices.Delete(strands, first, first+1)
		}
	}
	for _, st := range strands {
		for _, p := range st {
			out = append(out, p...)
		}
	}
	*s = singles{}
	return out
}

// strands cuts the pieces wherever the order of records turns back.
func (s *singles) strands() (all [][][]Single) {
	var last *Single
	for _, p := range s.pieces {
		for from := 0; from < len(p); {
			to := from + 1
			for to < len(p) && p[to-1].before(&p[to]) <= 0 {
				to++
			}
			if last == nil || last.before(&p[from]) > 0 {
				all = append(all, nil)
			}
			n := len(all) - 1
			all[n] = append(all[n], p[from:to])
			last, from = &p[to-1], to
		}
	}
	return all
}
