package stats

import "toll/internal/catalogue"
import "toll/data"

// precisionSheet says of the rows of the main tables how exactly their incidents
// are placed and dated, and at which level a row can safely be read.
func (a *Accumulator) precisionSheet(r *Report) *Sheet {
	if a.spread == nil {
		return nil
	}
	s := &Sheet{ID: "precision", Title: catalogue.Say("table.how-exactly-the-incidents-of-each"), Dims: []Dim{{ID: "table", Title: catalogue.Say("table.table")}, {ID: "row", Title: catalogue.Say("table.row")}},
		Columns: []Column{{"incidents", catalogue.Say("table.incidents-of-the-row")}},
		Note:    catalogue.Say("table.killed-by-the-lowest-figures-a", "safeShare", Number(SafeShare))}
	for _, w := range placeGrades {
		s.Columns = append(s.Columns, Column{"place_" + w.id, catalogue.Say("table.incidents-placed-no-more-exactly-than", "text", catalogue.Say(w.text))}, Column{"place_" + w.id + "_killed", catalogue.Say("table.killed-in-them")})
	}
	for _, w := range dateGrades {
		s.Columns = append(s.Columns, Column{"date_" + w.id, catalogue.Say("table.incidents-dated-no-more-exactly-than", "text", catalogue.Say(w.text))}, Column{"date_" + w.id + "_killed", catalogue.Say("table.killed-in-them")})
	}
	s.Columns = append(s.Columns, Column{"safe_place", catalogue.Say("table.the-safe-level-of-places")}, Column{"safe_date", catalogue.Say("table.the-safe-level-of-dates")})
	alike := map[exactness][]Cell{} // rows of one cell each, as most villages are, share their figures
	add := func(table Key, k Key, e *exactness) {
		row := SheetRow{Keys: []Key{table, k}}
		if cells := alike[*e]; cells != nil {
			row.Cells = cells
			s.Rows = append(s.Rows, row)
			return
		}
		row.Cells = append(make([]Cell, 0, len(s.Columns)), whole(e.incidents()))
		for g := range NumPlaceGrades {
			n, killed := e.placed(g)
			row.Cells = append(row.Cells, whole(n), units(killed))
		}
		for g := range NumDateGrades {
			n, killed := e.dated(g)
			row.Cells = append(row.Cells, whole(n), units(killed))
		}
		var place, date Cell
		if g, ok := e.safePlace(); ok {
			place = whole(int(g) + 1)
		}
		if g, ok := e.safeDate(); ok {
			date = whole(int(g) + 1)
		}
		row.Cells = append(row.Cells, place, date)
		if e.more == nil {
			alike[*e] = row.Cells
		}
		s.Rows = append(s.Rows, row)
	}
	var all exactness
	for i := range a.spread.places {
		all.merge(&a.spread.places[i])
	}
	add(Key{ID: "total", Label: catalogue.Say("table.total")}, Key{ID: "total", Label: catalogue.Say("table.all-incidents")}, &all)
	for _, t := range r.Tables {
		of := a.exactnessOf(t, r.Period)
		if of == nil {
			continue
		}
		for i := range t.Rows {
			if e := of(&t.Rows[i]); e != nil && !e.empty() {
				add(Key{ID: t.ID, Label: t.Title}, t.Rows[i].Keys[0], e)
			}
		}
	}
	return s
}

var placeGrades = [NumPlaceGrades]struct{ id, text string }{{"exact", "table.the-place-or-within-about-25"}, {"district", "table.a-district"}, {"province", "table.a-province"}, {"country", "table.a-country-or-wider-region"}, {"unstated", "table.no-place-at-all"}}

var dateGrades = [NumDateGrades]struct{ id, text string }{{"day", "table.a-day"}, {"days", "table.some-days-or-a-week"}, {"month", "table.a-month"}, {"year", "table.a-year-or-not-at-all"}}

// exactnessOf returns a function that gives the exactness of a table's rows; nil
// for tables of which it is not kept.
func (a *Accumulator) exactnessOf(t *Table, p Period) func(*Row) *exactness {
	for level := range levelNames {
		if t.ID == "by-"+levelNames[level] { // as many rows as there are villages: by number
			g := a.groupsAt(level)
			sums := make([]exactness, len(g.list))
			for i := range a.spread.places {
				sums[g.of[i]].merge(&a.spread.places[i])
			}
			return func(r *Row) *exactness { return &sums[r.at] }
		}
	}
	of := map[string]*exactness{}
	add := func(id string, e *exactness) {
		if of[id] == nil {
			of[id] = &exactness{}
		}
		of[id].merge(e)
	}
	s := a.spread
	switch t.ID {
	case "by-" + p.String():
		for i := range s.times {
			add(slotOf(a.crossTimes.keys[i], p).key.ID, &s.times[i])
		}
	case "by-party":
		for i := range s.parties {
			add(a.parties.list[i].key().ID, &s.parties[i])
		}
	case "by-event-type":
		for i := range s.events {
			k := Key{ID: "(not stated)"}
			if i > 0 {
				k = namedKey(a.nameOf(data.ColEventType, uint32(i)))
			}
			add(k.ID, &s.events[i])
		}
	default:
		return nil
	}
	return func(r *Row) *exactness { return of[r.Keys[0].ID] }
}
