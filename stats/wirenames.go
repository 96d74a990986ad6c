package stats

import (
	"maps"
	"slices"

	"toll/data"
)

// names writes the names of each column that records have. A reader's
// dictionaries may hold others, of records that were rejected.
func (e *encoding) names() {
	a := e.a
	used := [data.NumColumns]map[string]bool{}
	for c := range used {
		used[c] = map[string]bool{}
	}
	for d, seen := range e.p.seen {
		for c := range seen {
			for code, is := range seen[c] {
				if is {
					used[c][d[c].Name(uint32(code))] = true
				}
			}
		}
	}
	e.shelf = map[*data.Dicts]*[data.NumColumns][]uint32{}
	for at := range e.p.held {
		e.shelf[at.dicts] = new([data.NumColumns][]uint32)
	}
	for c := range used {
		delete(used[c], "")
		sorted := slices.Sorted(maps.Keys(used[c]))
		rank := map[string]uint32{"": 0}
		e.count(len(sorted))
		for i, name := range sorted {
			e.text(name)
			rank[name] = uint32(i + 1)
		}
		number := func(d *data.Dict) []uint32 {
			to := make([]uint32, d.Len())
			for i := range to {
				to[i] = rank[d.Name(uint32(i))]
			}
			return to
		}
		e.code[c] = number(a.dicts[c])
		for d, to := range e.shelf {
			to[c] = number(d[c])
		}
	}
}

func (d *decoding) names() {
	for c := range d.named {
		last := ""
		for range d.count(2) {
			s := d.text()
			d.check(s > last)
			if d.err != nil {
				return
			}
			d.a.dicts[c].Code(s)
			last = s
		}
		d.named[c] = d.a.dicts[c].Len()
		seen := d.p.namesOf(d.a.dicts)
		seen[c] = slices.Repeat([]bool{true}, d.named[c])
	}
	d.a.codesFor(d.a.dicts) // the codes stay, whatever is merged
}

func (d *decoding) code(c data.Column) uint32 { return uint32(d.upTo(uint64(d.named[c] - 1))) }
