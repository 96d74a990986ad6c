package stats

import (
	"cmp"
	"maps"
	"slices"

	"toll/data"
)

// CellRow is one cell as whole numbers, for databases to add up.
type CellRow struct {
	Kind                           string // "total", "period", "place", "period-party" or "place-party"
	Period                         string // id of a day, or of what a date is known to; "" where the kind has none
	Country, Admin1, Admin2, Place string
	Party                          string // id of the party's key
	Tally                          Tally
}

// EachCell calls f with the cells of the records counted at once, in a fixed
// order. A key that a kind has not is "-", one that records do not state is
// "(not stated)". The cells by period and party are left out while the reporting
// period is still to be chosen: parts may keep them by different periods.
func (p *Partial) EachCell(f func(CellRow)) {
	a := p.acc
	a.settlePlaces()
	a.settleTimes()
	none := CellRow{Period: "-", Country: "-", Admin1: "-", Admin2: "-", Place: "-", Party: "-"}
	var rows []CellRow
	add := func(kind string, t *Tally, set func(*CellRow)) {
		if t.Incidents > 0 {
			r := none
			r.Kind, r.Tally = kind, *t
			set(&r)
			rows = append(rows, r)
		}
	}
	place := func(i int32) func(*CellRow) {
		return func(r *CellRow) {
			for l, to := range []*string{&r.Country, &r.Admin1, &r.Admin2, &r.Place} {
				*to = "(not stated)"
				if c := a.places.paths[i][l]; c != 0 {
					*to = namedKey(a.nameOf(data.Column(l), c)).ID
				}
			}
		}
	}
	party := func(i int32) string { return a.parties.list[i].key().ID }
	add("total", &a.total, func(*CellRow) {})
	for i, k := range a.times.keys {
		add("period", &a.byTime[i], func(r *CellRow) { r.Period = slotOf(k, ByDay).key.ID })
	}
	for i := range a.byPlace {
		add("place", &a.byPlace[i], place(int32(i)))
	}
	if a.opt.Period != Auto {
		a.timeParty.each(func(p, i int32, t *Tally) {
			add("period-party", t, func(r *CellRow) { r.Period, r.Party = slotOf(a.crossTimes.keys[i], a.grain).key.ID, party(p) })
		})
	}
	a.placeParty.each(func(p, i int32, t *Tally) {
		add("place-party", t, func(r *CellRow) { place(i)(r); r.Party = party(p) })
	})
	slices.SortFunc(rows, compareCellRows)
	for from := 0; from < len(rows); { // a week holds several days
		sum := rows[from]
		to := from + 1
		for ; to < len(rows) && compareCellRows(sum, rows[to]) == 0; to++ {
			a.merge(&sum.Tally, &rows[to].Tally)
		}
		f(sum)
		from = to
	}
}

func compareCellRows(x, y CellRow) int {
	return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Period, y.Period), cmp.Compare(x.Country, y.Country), cmp.Compare(x.Admin1, y.Admin1),
		cmp.Compare(x.Admin2, y.Admin2), cmp.Compare(x.Place, y.Place), cmp.Compare(x.Party, y.Party))
}

// EachSpan calls f with the ids of the records counted at once, as spans of
// numbers behind a prefix and with a number of digits; an id without a number is
// a prefix alone, of width 0.
func (p *Partial) EachSpan(f func(prefix string, width int, first, last uint64)) {
	for _, form := range p.told.forms() {
		s := p.told.numbers[form]
		s.settle()
		for _, x := range s.once {
			f(form.prefix, form.width, x.from, x.to)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.told.others)) {
		f(id, 0, 0, 0)
	}
}
