package stats

import (
	"slices"

	"toll/data"
)

// timeKey is where an incident stands in time: a day, or for less precise dates
// the month its recorded span starts in, or nothing.
type timeKey struct {
	prec  data.Precision // ToDay (days and weeks too, by their start), ToMonth, ToYear, Undated
	value int32          // a data.Day; for ToMonth and ToYear the month count year*12+month-1
}

func monthCount(d data.Day) int32 {
	y, m, _ := d.Civil()
	return int32(y*12 + m - 1)
}

// keyOf places a date. A span goes where it starts.
func keyOf(d data.Date) timeKey {
	switch {
	case d.Start == data.NoDay || d.Prec == data.Undated:
		return timeKey{prec: data.Undated}
	case d.Prec == data.ToMonth, d.Prec == data.ToYear:
		return timeKey{d.Prec, monthCount(d.Start)}
	}
	return timeKey{data.ToDay, int32(d.Start)}
}

// timeline numbers time keys in order of appearance. Days between 1900 and 2079
// are looked up in an array, all else in a map.
type timeline struct {
	days  []int32 // day - firstFastDay -> index + 1
	index map[timeKey]int32
	keys  []timeKey
}

const (
	firstFastDay = -25567 // 1900-01-01
	numFastDays  = 1 << 16
)

func newTimeline() *timeline { return &timeline{index: map[timeKey]int32{}} }

// known returns the number of a day that has one already.
func (t *timeline) known(day data.Day) (int32, bool) {
	if n := uint32(day - firstFastDay); n < uint32(len(t.days)) {
		return t.days[n] - 1, t.days[n] != 0
	}
	return 0, false
}

// alias gives a day the number of another key.
func (t *timeline) alias(day data.Day, of timeKey) int32 {
	i := t.at(of)
	if n := uint32(day - firstFastDay); n < uint32(len(t.days)) {
		t.days[n] = i + 1
	}
	return i
}

func (t *timeline) at(k timeKey) int32 {
	if k.prec == data.ToDay && k.value >= firstFastDay && k.value < firstFastDay+numFastDays {
		if t.days == nil {
			t.days = make([]int32, numFastDays)
		}
		p := &t.days[k.value-firstFastDay]
		if *p == 0 {
			t.keys = append(t.keys, k)
			*p = int32(len(t.keys))
		}
		return *p - 1
	}
	if i, ok := t.index[k]; ok {
		return i
	}
	i := int32(len(t.keys))
	t.keys = append(t.keys, k)
	t.index[k] = i
	return i
}

// location is a path from country to place, as dictionary codes; 0 where a level
// is not stated.
type location [4]uint32

// Levels of a location, in the order of a path.
const (
	levelCountry = iota
	levelAdmin1
	levelAdmin2
	levelPlace
)

var levelNames = [4]string{"country", "admin1", "admin2", "place"}

// locations numbers paths, and for each keeps the number of its prefix down to
// the level that is crossed with parties.
type locations struct {
	index map[location]int32
	paths []location
	memo  []int32 // by code of the deepest level: the last path found there, + 1
}

func newLocations() *locations { return &locations{index: map[location]int32{}} }

// near returns the number of a path if it is the last one found by its deepest
// name.
func (l *locations) near(p *location) (int32, bool) {
	deepest := p[levelPlace]
	if deepest == 0 {
		if deepest = p[levelAdmin2]; deepest == 0 {
			if deepest = p[levelAdmin1]; deepest == 0 {
				deepest = p[levelCountry]
			}
		}
	}
	if int(deepest) >= len(l.memo) {
		return 0, false
	}
	i := l.memo[deepest] - 1
	return i, i >= 0 && l.paths[i] == *p
}

func (l *locations) at(p location) int32 {
	deepest := p[levelPlace] | p[levelAdmin2] | p[levelAdmin1] | p[levelCountry]
	for level := levelPlace; level >= 0; level-- {
		if p[level] != 0 {
			deepest = p[level]
			break
		}
	}
	if int(deepest) < len(l.memo) {
		if i := l.memo[deepest]; i > 0 && l.paths[i-1] == p {
			return i - 1
		}
	} else {
		l.memo = append(l.memo, make([]int32, int(deepest)+1-len(l.memo))...)
	}
	i, ok := l.index[p]
	if !ok {
		i = int32(len(l.paths))
		l.paths = append(l.paths, p)
		l.index[p] = i
	}
	l.memo[deepest] = i + 1
	return i
}

// cross holds tallies by a pair of indices: densely while the pairs are few,
// in a map beyond maxDense places.
type cross struct {
	rows   [][]int32 // [a][b] -> cell + 1
	dense  int       // places in rows
	sparse map[uint64]int32
	keys   []uint64 // a<<32 | b, by cell
	cells  []Tally

	touched uint32 // keeps the first loop of addAll from being left out
}

const maxDense = 1 << 21

func (c *cross) at(a, b int32) *Tally { return &c.cells[c.index(a, b)] }

// index returns the number of the cell of a pair, made if it is new.
func (c *cross) index(a, b int32) int32 {
	if int(a) < len(c.rows) {
		if r := c.rows[a]; int(b) < len(r) && r[b] != 0 {
			return r[b] - 1
		}
	}
	return c.find(a, b)
}

func (c *cross) find(a, b int32) int32 {
	if c.sparse == nil {
		for int(a) >= len(c.rows) {
			c.rows = append(c.rows, nil)
		}
		r := c.rows[a]
		if int(b) >= len(r) {
			grown := max(int(b)+1, 2*len(r), 16)
			c.dense += grown - len(r)
			if c.dense > maxDense {
				c.thin()
				return c.find(a, b)
			}
			r = append(r, make([]int32, grown-len(r))...)
			c.rows[a] = r
		}
		if r[b] == 0 {
			r[b] = c.add(a, b) + 1
		}
		return r[b] - 1
	}
	k := uint64(a)<<32 | uint64(b)
	i, ok := c.sparse[k]
	if !ok {
		i = c.add(a, b)
		c.sparse[k] = i
	}
	return i
}

// addAll adds each tally to the cell of its number. Few of the cells are in the
// processor's cache: a first loop asks for them, many at a time, and the second
// finds them there.
func (c *cross) addAll(cells []int32, deltas []Tally) {
	const near = 64
	for len(cells) > 0 {
		n := min(near, len(cells))
		var touched uint32
		for _, i := range cells[:n] {
			t := &c.cells[i]
			touched |= t.Incidents | t.Injured.Fatal
		}
		c.touched = touched
		for k, i := range cells[:n] {
			c.cells[i].plus(&deltas[k])
		}
		cells, deltas = cells[n:], deltas[n:]
	}
}

func (c *cross) add(a, b int32) int32 {
	if n := len(c.cells); n == cap(c.cells) { // append would copy them many times
		c.keys, c.cells = slices.Grow(c.keys, max(256, n)), slices.Grow(c.cells, max(256, n))
	}
	c.keys = append(c.keys, uint64(a)<<32|uint64(b))
	c.cells = append(c.cells, Tally{})
	return int32(len(c.cells) - 1)
}

// thin changes to the map.
func (c *cross) thin() {
	c.sparse = make(map[uint64]int32, len(c.keys))
	for i, k := range c.keys {
		c.sparse[k] = int32(i)
	}
	c.rows = nil
}

// each calls f for every cell, in order of appearance.
func (c *cross) each(f func(a, b int32, t *Tally)) {
	for i, k := range c.keys {
		f(int32(k>>32), int32(uint32(k)), &c.cells[i])
	}
}
