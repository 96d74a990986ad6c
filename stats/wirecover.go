package stats

import (
	"maps"
	"slices"
	"unicode/utf8"
)

// cover writes the ids of the records counted at once.
func (e *encoding) cover() {
	c := e.p.told
	forms := c.forms()
	e.count(len(forms))
	for _, f := range forms {
		s := c.numbers[f]
		s.settle()
		e.text(f.prefix)
		e.count(f.width)
		e.spans(s.once)
		e.spans(s.twice)
	}
	others := slices.Sorted(maps.Keys(c.others))
	e.count(len(others))
	last := ""
	for _, id := range others {
		same := common([]byte(last), []byte(id))
		e.count(same)
		e.text(id[same:])
		e.flag(c.others[id])
		last = id
	}
}

func (d *decoding) cover() {
	c := d.p.told
	last := idForm{}
	for i := range d.count(4) {
		f := idForm{prefix: d.text(), width: int(d.upTo(maxIDDigits))}
		d.check(len(f.prefix) <= maxIDPrefix && f.width > 0 && (i == 0 || f.prefix > last.prefix || f.prefix == last.prefix && f.width > last.width))
		if n := len(f.prefix); n > 0 && f.width < maxIDDigits {
			d.check(f.prefix[n-1] < '0' || f.prefix[n-1] > '9')
		}
		if d.err != nil {
			return
		}
		s := c.at(f)
		limit := uint64(1)
		for range f.width {
			limit *= 10
		}
		s.once, s.twice = d.numberSpans(limit), d.numberSpans(limit)
		all, both := union(s.once, s.twice)
		d.check(len(s.once) > 0 && slices.Equal(all, s.once) && slices.Equal(both, s.twice))
		last = f
	}
	lastID := ""
	for i := range d.count(3) {
		same := int(d.upTo(uint64(len(lastID))))
		id := lastID[:same] + d.text()
		_, _, _, numbered := splitID([]byte(id))
		d.check((i == 0 || id > lastID) && id != "" && !numbered && common([]byte(lastID), []byte(id)) == same && utf8.ValidString(id))
		twice := d.flag()
		if d.err != nil {
			return
		}
		c.others[id] = twice
		lastID = id
	}
}

func (e *encoding) spans(ss []numberSpan) {
	e.count(len(ss))
	next := uint64(0)
	for _, s := range ss {
		e.uint(s.from - next)
		e.uint(s.to - s.from)
		next = s.to + 1
	}
}

func (d *decoding) numberSpans(limit uint64) []numberSpan {
	n := d.count(2)
	ss := make([]numberSpan, 0, n)
	next := uint64(0)
	for i := range n {
		gap, length := d.upTo(limit), d.upTo(limit)
		s := numberSpan{from: next + gap}
		s.to = s.from + length
		d.check(s.to < limit && (i == 0 || gap > 0))
		if d.err != nil {
			return nil
		}
		ss = append(ss, s)
		next = s.to + 1
	}
	return ss
}
