package stats

import (
	"slices"

	"toll/data"
)

// paths writes the places that have incidents, and their tallies.
func (e *encoding) paths() {
	a := e.a
	used := make([]bool, len(a.places.paths))
	to := make([]location, len(used))
	for i, path := range a.places.paths {
		used[i] = a.byPlace[i].Incidents > 0
		for l, c := range path {
			to[i][l] = e.code[l][c]
		}
	}
	e.pathOrder, e.path = inOrder(used, func(x, y int32) int { return slices.Compare(to[x][:], to[y][:]) })
	e.count(len(e.pathOrder))
	for _, i := range e.pathOrder {
		for _, c := range to[i] {
			e.uint(uint64(c))
		}
		e.tally(&a.byPlace[i])
	}
}

func (d *decoding) paths() {
	a := d.a
	last := location{}
	for i := range d.count(4 + leastTally) {
		var path location
		for l := range path {
			path[l] = d.code(data.Column(l))
		}
		t := d.tally()
		d.check(i == 0 || slices.Compare(last[:], path[:]) < 0)
		d.check(t.Incidents > 0)
		if d.err != nil {
			return
		}
		a.byPlace[a.placeIndex(path)] = t
		last = path
	}
}
