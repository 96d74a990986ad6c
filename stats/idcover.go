package stats

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// idCover is a set of incident ids that says of each whether it was told once or
// more often. It is exact: no id is taken for another. Ids that end in a number
// are kept as spans of numbers, so that running numbers take no room.
type idCover struct {
	numbers map[idForm]*numberCover
	others  map[string]bool // true where told more than once

	form idForm // the one of the last id
	last *numberCover
}

// idForm is how an id with a number is written: what stands before the number,
// and how many digits it has, leading zeros among them.
type idForm struct {
	prefix string
	width  int
}

const (
	maxIDDigits = 18 // below the largest uint64 by far
	maxIDPrefix = 16 // beyond it, few ids share a form
)

// numberCover holds the numbers of the ids of one form.
type numberCover struct {
	once  []numberSpan // every number told; ascending, with gaps between spans
	twice []numberSpan // those told more than once
	loose []uint64     // not yet among them
}

// numberSpan is the numbers from From to To.
type numberSpan struct{ from, to uint64 }

func newIDCover() *idCover {
	return &idCover{numbers: map[idForm]*numberCover{}, others: map[string]bool{}}
}

// splitID returns the form and the number of an id; false where it has none.
func splitID(id []byte) (prefix []byte, width int, n uint64, ok bool) {
	i := len(id)
	for i > 0 && len(id)-i < maxIDDigits && '0' <= id[i-1] && id[i-1] <= '9' {
		i--
	}
	if i == len(id) || i > maxIDPrefix {
		return nil, 0, 0, false
	}
	for _, d := range id[i:] {
		n = n*10 + uint64(d-'0')
	}
	return id[:i], len(id) - i, n, true
}

// joinID writes an id that splitID has cut.
func joinID(f idForm, n uint64) string {
	digits := strconv.FormatUint(n, 10)
	return f.prefix + strings.Repeat("0", max(0, f.width-len(digits))) + digits
}

// add notes an id that was told.
func (c *idCover) add(id []byte) {
	prefix, width, n, ok := splitID(id)
	if !ok {
		_, told := c.others[string(id)]
		c.others[string(id)] = told
		return
	}
	if c.last == nil || c.form.width != width || c.form.prefix != string(prefix) {
		c.form = idForm{string(prefix), width}
		c.last = c.at(c.form)
	}
	c.last.add(n)
}

func (c *idCover) at(f idForm) *numberCover {
	s := c.numbers[f]
	if s == nil {
		s = &numberCover{}
		c.numbers[f] = s
	}
	return s
}

// maxLoose is how many numbers wait to be put in order.
const maxLoose = 1 << 16

func (s *numberCover) add(n uint64) {
	k := len(s.once)
	switch {
	case k > 0 && n == s.once[k-1].to+1:
		s.once[k-1].to++
	case k == 0 || n > s.once[k-1].to:
		s.once = append(s.once, numberSpan{n, n})
	default:
		if s.loose = append(s.loose, n); len(s.loose) >= max(maxLoose, k) {
			s.settle()
		}
	}
}

// settle puts the loose numbers among the others.
func (s *numberCover) settle() {
	if len(s.loose) == 0 {
		return
	}
	slices.Sort(s.loose)
	var once, again []numberSpan
	for i, n := range s.loose {
		if i > 0 && n == s.loose[i-1] {
			again = append(again, numberSpan{n, n})
		} else {
			once = append(once, numberSpan{n, n})
		}
	}
	s.loose = nil
	s.join(once, again)
}

// join adds the numbers of another cover. Those that both hold are told twice.
func (s *numberCover) join(once, twice []numberSpan) {
	all, both := union(s.once, once)
	s.once = all
	s.twice, _ = union(s.twice, both)
	s.twice, _ = union(s.twice, twice)
}

// union returns the numbers of two lists of spans, and those that stand in both.
// In each list, spans ascend and may repeat but not overlap.
func union(a, b []numberSpan) (all, both []numberSpan) {
	all = make([]numberSpan, 0, len(a)+len(b))
	var until uint64 // of what was seen, where there is any
	extend := func(list []numberSpan, s numberSpan) []numberSpan {
		if k := len(list); k > 0 && s.from <= list[k-1].to+1 {
			list[k-1].to = max(list[k-1].to, s.to)
			return list
		}
		return append(list, s)
	}
	for len(a) > 0 || len(b) > 0 {
		var s numberSpan
		if len(b) == 0 || len(a) > 0 && cmp.Or(cmp.Compare(a[0].from, b[0].from), cmp.Compare(a[0].to, b[0].to)) <= 0 {
			s, a = a[0], a[1:]
		} else {
			s, b = b[0], b[1:]
		}
		if len(all) > 0 && s.from <= until {
			both = extend(both, numberSpan{s.from, min(s.to, until)})
		}
		all, until = extend(all, s), max(until, s.to)
	}
	return all, both
}

// merge adds another cover, which must not be used afterwards.
func (c *idCover) merge(o *idCover) {
	for f, s := range o.numbers {
		s.settle()
		to := c.at(f)
		to.settle()
		to.join(s.once, s.twice)
	}
	for id, twice := range o.others {
		_, told := c.others[id]
		c.others[id] = told || twice
	}
	c.last = nil
}

// holds reports whether an id was told.
func (c *idCover) holds(id []byte) bool {
	prefix, width, n, ok := splitID(id)
	if !ok {
		_, told := c.others[string(id)]
		return told
	}
	s := c.numbers[idForm{string(prefix), width}]
	if s == nil {
		return false
	}
	s.settle()
	i, found := slices.BinarySearchFunc(s.once, n, func(x numberSpan, n uint64) int { return cmp.Compare(x.from, n) })
	return found || i > 0 && s.once[i-1].to >= n
}

// again lists ids that were told more than once: the first few in their order,
// and how many there are.
func (c *idCover) again(most int) (ids []string, n uint64) {
	for _, f := range c.forms() {
		s := c.numbers[f]
		s.settle()
		for _, x := range s.twice {
			n += x.to - x.from + 1
			for k := x.from; k <= x.to && len(ids) < most; k++ {
				ids = append(ids, joinID(f, k))
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.others)) {
		if c.others[id] {
			if n++; len(ids) < most {
				ids = append(ids, id)
			}
		}
	}
	return ids, n
}

func (c *idCover) forms() []idForm {
	return slices.SortedFunc(maps.Keys(c.numbers), func(x, y idForm) int {
		return cmp.Or(cmp.Compare(x.prefix, y.prefix), cmp.Compare(x.width, y.width))
	})
}
