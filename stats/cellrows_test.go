package stats

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Cells that a tally lists add up, kind by kind, to the report's own total, days
// and parties; each stands once, in a fixed order, however the records were split.
func TestListedCellsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		for i := range rs {
			rs[i].id = fmt.Sprintf("E%d", i+1)
		}
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(int(ByDay), int(ByYear)).Draw(t, "period"))
		r := tallyRapid(t, o, rs)
		n := rapid.IntRange(1, 3).Draw(t, "parts")
		ps := partials(t, o, true, rs, n)
		for _, p := range ps[1:] {
			if err := ps[0].Merge(p); err != nil {
				t.Fatal(err)
			}
		}
		var last *CellRow
		sums := map[string]Tally{}
		add := func(at string, x Tally) {
			c := sums[at]
			if c.Merge(x) != nil {
				t.Fatal("overflow")
			}
			sums[at] = c
		}
		ps[0].EachCell(func(c CellRow) {
			if last != nil && compareCellRows(*last, c) >= 0 || c.Tally.Incidents == 0 {
				t.Fatalf("%+v after %+v", c, last)
			}
			last = &c
			if (c.Party == "-") == (c.Kind == "period-party" || c.Kind == "place-party") || (c.Period == "-") == (c.Kind == "period" || c.Kind == "period-party") || (c.Country == "-") == (c.Kind == "place" || c.Kind == "place-party") {
				t.Fatalf("keys of %+v", c)
			}
			add(c.Kind, c.Tally)
			switch c.Kind {
			case "period":
				add("day "+c.Period, c.Tally)
			case "place":
				add("country "+c.Country, c.Tally)
			case "period-party":
				add("party "+c.Party, c.Tally)
				add("period-party "+c.Period+" "+c.Party, c.Tally)
			case "place-party":
				add("party of places "+c.Party, c.Tally)
			}
		})
		if r.Total.Incidents == 0 {
			if last != nil {
				t.Fatalf("cells of nothing: %+v", last)
			}
			return
		}
		for _, kind := range []string{"total", "period", "place", "period-party", "place-party"} {
			if sums[kind] != r.Total {
				t.Fatalf("%s adds up to %+v, the total is %+v", kind, sums[kind], r.Total)
			}
		}
		for _, row := range r.Table("by-party").Rows {
			if id := row.Keys[0].ID; sums["party "+id] != row.Tally || sums["party of places "+id] != row.Tally {
				t.Fatalf("%s: by period %+v, by place %+v, want %+v", id, sums["party "+id], sums["party of places "+id], row.Tally)
			}
		}
		for _, row := range r.Table("by-day").Rows {
			if id := row.Keys[0].ID; sums["day "+id] != row.Tally {
				t.Fatalf("%s: %+v, want %+v", id, sums["day "+id], row.Tally)
			}
		}
		if o.Period == ByDay {
			for _, row := range r.Table("period-party").Rows {
				if at := "period-party " + row.Keys[0].ID + " " + row.Keys[1].ID; sums[at] != row.Tally {
					t.Fatalf("%s: %+v, want %+v", at, sums[at], row.Tally)
				}
			}
		}
		if tb := r.Table("by-country"); tb != nil {
			for _, row := range tb.Rows {
				if id := row.Keys[0].ID; sums["country "+id] != row.Tally {
					t.Fatalf("%s: %+v, want %+v", id, sums["country "+id], row.Tally)
				}
			}
		}
	})
}

// The spans of a tally list every id told, each once.
func TestListedSpansHoldEveryID(t *testing.T) {
	list := []string{"E008", "E009", "E010", "E9", "E10", "E11", "E20", "7", "x", "", "E-"}
	var rs []rec
	for _, id := range list {
		rs = append(rs, rec{id: id, date: "2020-01-01", killed: exactly(1)})
	}
	p := NewPartial(DefaultOptions(), true)
	for i := range rs {
		if err := p.Add(oneRecord(rs, len(rs)-1-i)); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	p.EachSpan(func(prefix string, width int, first, last uint64) {
		got = append(got, fmt.Sprintf("%s|%d|%d-%d", prefix, width, first, last))
	})
	if want := []string{"|1|7-7", "E|1|9-9", "E|2|10-11", "E|2|20-20", "E|3|8-10", "E-|0|0-0", "x|0|0-0"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
