package stats

import (
	"cmp"
	"slices"
	"strings"

	"toll/data"
)

// maxCube is how many cells a cube may have. A page of 2 MB holds some 200,000.
const maxCube = 200_000

// Cube is what the incidents of one record add up to by period, province and
// naming, for a page that cannot hold them one by one. Dates known to the month or
// the year alone keep a month or a year of their own.
type Cube struct {
	Period Period // ByMonth, or ByQuarter or ByYear where there would be too many cells
	Cells  []CubeCell
}

// CubeCell is the sum over the incidents of a period, a place and a naming.
type CubeCell struct {
	Prec data.Precision // ToDay for days, spans and weeks; ToMonth, ToYear or Undated
	// Start is the first day of the period, of the month or of the year; NoDay
	// where Prec is Undated.
	Start data.Day
	// First and Last are the first day on which an incident begins and the last on
	// which one ends, where Prec is ToDay; else NoDay.
	First, Last  data.Day
	Path, Naming int32 // by number in the roll; while it is gathered, in the cube and in the accumulator
	Tally
}

// cubeKey is what the incidents of a cell have in common.
type cubeKey struct {
	prec         data.Precision
	start        data.Day
	path, naming int32
}

// cube gathers a Cube. Its period is the shortest for which all cells find room,
// so that it is the same for every split of the records.
type cube struct {
	period Period
	most   int
	full   bool // even by the year there are too many cells
	at     map[cubeKey]int32
	cells  []CubeCell
}

func newCube(most int) *cube { return &cube{period: ByMonth, most: most, at: map[cubeKey]int32{}} }

// add counts an incident.
func (c *cube) add(d data.Date, path, naming int32, t *Tally) {
	x := CubeCell{First: data.NoDay, Last: data.NoDay, Path: path, Naming: naming, Tally: *t}
	k := keyOf(d)
	switch x.Prec = k.prec; k.prec {
	case data.ToDay:
		x.Start, x.First, x.Last = d.Start, d.Start, max(d.Start, d.End)
	case data.ToMonth:
		x.Start = periodStart(d.Start, ByMonth)
	case data.ToYear:
		x.Start = periodStart(d.Start, ByYear)
	default:
		x.Start = data.NoDay
	}
	c.enter(&x)
}

// enter adds a cell, and goes on to a longer period where there is no room.
func (c *cube) enter(x *CubeCell) {
	if c.full {
		return
	}
	c.put(x)
	for len(c.cells) > c.most {
		if c.period == ByYear {
			c.full, c.at, c.cells = true, nil, nil
			return
		}
		c.coarsen(c.period + 1)
	}
}

func (c *cube) put(x *CubeCell) {
	k := x.key()
	if k.prec == data.ToDay {
		k.start = periodStart(k.start, c.period)
	}
	i, ok := c.at[k]
	if !ok {
		i = int32(len(c.cells))
		c.at[k] = i
		c.cells = append(c.cells, *x)
		c.cells[i].Start = k.start
		return
	}
	c.cells[i].take(x)
}

// coarsen puts the cells into longer periods.
func (c *cube) coarsen(p Period) {
	cells := c.cells
	c.period, c.at, c.cells = p, map[cubeKey]int32{}, nil
	for i := range cells {
		c.put(&cells[i])
	}
}

// Coarser returns the roll with its cube by the next longer period, and false
// where it is by the year. The roll itself is left as it is.
func (r *Roll) Coarser() (*Roll, bool) {
	if r.Cube == nil || r.Cube.Period == ByYear {
		return nil, false
	}
	out := *r
	c := newCube(len(r.Cube.Cells))
	c.period = r.Cube.Period + 1
	for i := range r.Cube.Cells {
		c.put(&r.Cube.Cells[i])
	}
	out.Cube = ordered(c.period, c.cells)
	return &out, true
}

// Cubed returns a roll in which the incidents of one record are added up to a
// cube, by the policy in force alone; nil where there are too many cells.
func (r *Roll) Cubed() *Roll {
	out := *r
	out.Singles, out.Tolls = nil, nil
	c := newCube(maxCube)
	for i := range r.Singles {
		s := &r.Singles[i]
		var t Tally
		t.of(&r.Tolls[s.AsWeighed[0]], &r.Tolls[s.AsWeighed[1]])
		c.add(s.Date, s.Path, s.Naming, &t)
	}
	if c.full {
		return nil
	}
	out.Cube = &Cube{Period: c.period, Cells: c.cells}
	out.asCube()
	return &out
}

// ordered puts cells in order, by place and naming and then by time, and makes one
// of those that agree in all of it. The cells are put in order where they stand.
func ordered(p Period, cells []CubeCell) *Cube {
	slices.SortFunc(cells, func(x, y CubeCell) int {
		switch {
		case x.Path != y.Path:
			return cmp.Compare(x.Path, y.Path)
		case x.Naming != y.Naming:
			return cmp.Compare(x.Naming, y.Naming)
		case x.Prec != y.Prec:
			return cmp.Compare(x.Prec, y.Prec)
		}
		return cmp.Compare(x.Start, y.Start)
	})
	n := 0
	for i := range cells {
		x := &cells[i]
		if n > 0 && cells[n-1].key() == x.key() {
			cells[n-1].take(x)
			continue
		}
		cells[n] = *x
		n++
	}
	return &Cube{Period: p, Cells: cells[:n]}
}

func (x *CubeCell) key() cubeKey { return cubeKey{x.Prec, x.Start, x.Path, x.Naming} }

// take adds another cell.
func (x *CubeCell) take(o *CubeCell) {
	x.plus(&o.Tally)
	if o.Prec == data.ToDay {
		x.First, x.Last = min(x.First, o.First), max(x.Last, o.Last)
	}
}

// asCube leaves in a roll with a cube what that can answer for: places down to the
// province, the policy in force, and no event types.
func (r *Roll) asCube() {
	paths, to := r.Paths, make([]int32, len(r.Paths))
	order := make([]int, len(paths))
	for i := range paths {
		order[i] = i
	}
	cut := func(p [4]string) [4]string { return [4]string{p[levelCountry], p[levelAdmin1]} }
	slices.SortFunc(order, func(i, j int) int { x, y := cut(paths[i]), cut(paths[j]); return slices.Compare(x[:], y[:]) })
	r.Paths = nil
	for _, i := range order {
		if p := cut(paths[i]); len(r.Paths) == 0 || r.Paths[len(r.Paths)-1] != p {
			r.Paths = append(r.Paths, p)
		}
		to[i] = int32(len(r.Paths) - 1)
	}
	cells := r.Cube.Cells
	for i := range cells {
		cells[i].Path = to[cells[i].Path]
	}
	r.Cube = ordered(r.Cube.Period, cells)
	r.Policies, r.Events = r.Policies[:1], nil
	told := r.Told
	r.Told = make([]Told, len(told))
	for i, t := range told {
		r.Told[i] = t.forCube(to)
	}
}

// forCube is an incident that several records tell with its places cut and its
// outcome by the first policy.
func (t Told) forCube(to []int32) Told {
	out := Told{ID: t.ID}
	for _, a := range t.Accounts {
		a.Path, a.Fates = to[a.Path], nil
		out.Accounts = append(out.Accounts, a)
	}
	for _, v := range t.Variants {
		v.Path, v.Event, v.Outcomes = to[v.Path], 0, v.Outcomes[:1]
		out.Variants = append(out.Variants, v)
	}
	return out
}

// spill adds the incidents listed so far up to a cube, since there are more than a
// roll may list.
func (a *Accumulator) spill() {
	ro := a.roll
	ro.cube = newCube(maxCube)
	for _, piece := range ro.singles.pieces {
		for i := range piece {
			a.addToCube(&piece[i])
		}
	}
	ro.singles = singles{}
}

// addToCube adds an incident to the cube.
func (a *Accumulator) addToCube(s *Single) {
	tolls, k, j := a.roll.tolls.list, s.AsWeighed[0], s.AsWeighed[1]
	if a.opt.plain() {
		k, j = s.Killed, s.Injured
	}
	var t Tally
	t.of(&tolls[k], &tolls[j])
	a.roll.cube.add(s.Date, a.provinceOf(s.Path), a.namingOf(s.Naming), &t)
}

// provinceOf numbers the province that a place lies in.
func (a *Accumulator) provinceOf(place int32) int32 {
	ro := a.roll
	for int(place) >= len(ro.provinceOf) {
		ro.provinceOf = append(ro.provinceOf, -1)
	}
	if ro.provinceOf[place] < 0 {
		p := a.places.paths[place]
		ro.provinceOf[place] = ro.provinces.at(location{levelCountry: p[levelCountry], levelAdmin1: p[levelAdmin1]})
	}
	return ro.provinceOf[place]
}

// namingOf is the first of the namings that say the same as one, in other columns
// or another order.
func (a *Accumulator) namingOf(naming int32) int32 {
	ro := a.roll
	for int(naming) >= len(ro.sameAs) {
		ro.sameAs = append(ro.sameAs, -1)
	}
	if ro.sameAs[naming] < 0 {
		p, b, names := a.standingAt(ro.namings.list[naming])
		key := strings.Join(append([]string{p.key().ID, Basis{}.with(b).String()}, names...), "\x00")
		first, ok := ro.says[key]
		if !ok {
			first = naming
			ro.says[key] = first
		}
		ro.sameAs[naming] = first
	}
	return ro.sameAs[naming]
}

// with is the counts with one more.
func (b Basis) with(x basis) Basis {
	b.add(x)
	return b
}

// mergeCube takes over the cells of another accumulator, whose places and namings
// have these numbers here.
func (a *Accumulator) mergeCube(o *Accumulator, namings []int32, codes *[data.NumColumns][]uint32) {
	if a.roll.cube == nil {
		a.spill()
	}
	provinces := make([]int32, len(o.roll.provinces.list))
	for p, path := range o.roll.provinces.list {
		for l, c := range path {
			path[l] = codes[l][c]
		}
		provinces[p] = a.roll.provinces.at(path)
	}
	c := a.roll.cube
	if c.full = c.full || o.roll.cube.full; c.full {
		c.at, c.cells = nil, nil
		return
	}
	if o.roll.cube.period > c.period {
		c.coarsen(o.roll.cube.period)
	}
	for i := range o.roll.cube.cells {
		x := o.roll.cube.cells[i]
		x.Path, x.Naming = provinces[x.Path], a.namingOf(namings[x.Naming])
		c.enter(&x)
	}
}

// finishCube names the places and namings of the cells.
func (a *Accumulator) finishCube(r *Roll, n *numbering) bool {
	c := a.roll.cube
	provinces := make([]int32, len(a.roll.provinces.list))
	for p, path := range a.roll.provinces.list {
		var names [4]string
		for l, code := range path {
			names[l] = a.nameOf(data.Column(l), code)
		}
		r.Paths = append(r.Paths, names)
		provinces[p] = int32(len(r.Paths) - 1)
	}
	for i := range c.cells {
		x := &c.cells[i]
		x.Path, x.Naming = provinces[x.Path], n.namingAt(x.Naming)
	}
	r.Cube = &Cube{Period: c.period, Cells: c.cells}
	a.roll.cube = nil // the cells are the roll's now
	if !a.rollTold(r, n) {
		return false
	}
	r.asCube()
	return true
}
