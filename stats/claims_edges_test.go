package stats

import (
	"fmt"
	"strings"
	"testing"

	"toll/data"
)

// withoutRows says what the total would be without what.
func withoutRows(r *Report) map[string]string {
	rows := map[string]string{}
	if t := r.Table("without"); t != nil {
		for _, row := range t.Rows {
			rows[row.Keys[0].ID] = row.Tally.Killed.Figure(row.Tally.Incidents)
		}
	}
	return rows
}

// The deadliest incident, and that of the highest upper figure where it is
// another: each left out of the total, and each incident's part of both.
func TestWithoutTheDeadliestAndTheHighest(t *testing.T) {
	two := func(id string, a, b data.Count) []rec {
		return []rec{{id: id, date: "2020-01-01", source: "S", killed: a}, {id: id, date: "2020-01-01", source: "T", killed: b}}
	}
	alone := func(k data.Count) rec { return rec{date: "2020-01-03", source: "U", killed: k} }
	for _, x := range []struct {
		name                        string
		rs                          []rec
		nothing, deadliest, highest string // "" where there is no such row
	}{
		{"told twice and the highest", append(two("x", exactly(10), exactly(90)), alone(exactly(50))), "60–140", "10–90", "50"},
		{"the deadliest is the highest", append(two("x", exactly(10), exactly(90)), alone(exactly(95))), "105–185", "10–90", ""},
		{"as high as the deadliest", append(two("x", exactly(10), exactly(95)), alone(exactly(95))), "105–190", "10–95", ""},
		{"a single record is the highest", append(two("x", exactly(20), exactly(20)), alone(between(15, 300))), "35–320", "15–300", "20"},
		{"nothing but one", two("x", exactly(10), exactly(90)), "10–90", "0", ""},
		{"of unknown toll", append(two("x", data.Count{}, data.Count{}), alone(exactly(4))), "4 · 1 unknown", "unknown", ""},
	} {
		o := DefaultOptions()
		r, of, incidents := aloneOf(t, o, x.rs)
		got := withoutRows(r)
		if strings.HasPrefix(x.name, "of unknown") { // how a sum with unknown tolls is written is not the point here
			x.nothing, x.deadliest = got["(nothing)"], got["(deadliest)"]
		}
		if got["(nothing)"] != x.nothing || got["(deadliest)"] != x.deadliest || got["(highest)"] != x.highest {
			t.Errorf("%s: %v, want %q, %q and %q", x.name, got, x.nothing, x.deadliest, x.highest)
		}
		sums := map[string]Tally{}
		for _, records := range incidents {
			own, err := of.Report(records)
			if err != nil {
				t.Fatal(err)
			}
			if w := own.Table("without"); w != nil {
				for _, row := range w.Rows {
					s := sums[row.Keys[0].ID]
					s.plus(&row.Tally)
					sums[row.Keys[0].ID] = s
				}
			}
		}
		for _, row := range r.Table("without").Rows {
			if id := row.Keys[0].ID; sums[id] != row.Tally {
				t.Errorf("%s: without %s %+v, and its incidents add up to %+v", x.name, id, row.Tally, sums[id])
			}
		}
	}
}

// The tables of claims list so many incidents one by one, and their rows of all
// incidents hold every one.
func TestRevisedIncidentsAreCapped(t *testing.T) {
	var rs []rec
	const n = maxDisputed + 7
	for i := range n {
		id := fmt.Sprintf("x%04d", i)
		rs = append(rs, rec{id: id, date: "2020-01-01", source: "S", reported: "2020-01-02", killed: exactly(int64(i))},
			rec{id: id, date: "2020-01-01", source: "S", reported: "2020-01-05", killed: exactly(int64(i + 1))})
	}
	r := tallyOf(t, DefaultOptions(), rs)
	incidents := map[string]int{}
	for _, row := range r.Table("revisions").Rows {
		incidents[row.Keys[0].ID]++
	}
	if len(incidents) != maxDisputed {
		t.Errorf("%d revised incidents are listed, want %d", len(incidents), maxDisputed)
	}
	for id, rows := range incidents {
		if rows != 2 {
			t.Fatalf("%s has %d rows", id, rows)
		}
	}
	if row, ok := r.Table("receipt").Find("(all)", "one-toll"); !ok || row.Tally.Incidents != n || row.Tally.Killed.Low != n*(n+1)/2*data.Unit {
		t.Errorf("all incidents: %+v", row.Tally)
	}
	if row, ok := r.Table("receipt").Find("(all)", "added-up"); !ok || row.Tally.Incidents != 2*n || row.Tally.Killed.Low != n*n*data.Unit {
		t.Errorf("all figures added up: %+v", row.Tally)
	}
}

// A source that tells one of two incidents: unknown of the other in the row of
// all, and no row of its own there.
func TestSourcesOfOneOfTwoIncidents(t *testing.T) {
	rs := []rec{{id: "x", date: "2020-01-01", source: "S", killed: exactly(3)}, {id: "x", date: "2020-01-01", source: "T", killed: exactly(5)},
		{id: "y", date: "2020-01-02", source: "S", killed: exactly(7)}, {id: "y", date: "2020-01-02", source: "U"}}
	r := tallyOf(t, DefaultOptions(), rs)
	for _, c := range []struct {
		incident, policy, want string
		incidents, unknown     uint32
	}{
		{"(all)", "range", "10–12", 2, 0}, {"(all)", "account:S", "10", 2, 0}, {"(all)", "account:T", "5", 2, 1}, {"(all)", "account:U", "unknown", 2, 2},
		{"x", "account:S", "3", 1, 0}, {"x", "account:T", "5", 1, 0}, {"y", "account:S", "7", 1, 0},
	} {
		row, ok := r.Table("by-policy").Find(c.incident, c.policy)
		got := fmt.Sprint(Persons(row.Tally.Killed.Low))
		if row.Tally.Killed.High != row.Tally.Killed.Low {
			got += "–" + fmt.Sprint(Persons(row.Tally.Killed.High))
		}
		if row.Tally.Killed.Unknown == row.Tally.Incidents {
			got = "unknown"
		}
		if !ok || got != c.want || row.Tally.Incidents != c.incidents || row.Tally.Killed.Unknown != c.unknown {
			t.Errorf("%s of %s: %s, %+v", c.policy, c.incident, got, row.Tally)
		}
	}
	for _, at := range [][2]string{{"x", "account:U"}, {"y", "account:T"}, {"y", "account:U"}} {
		if row, ok := r.Table("by-policy").Find(at[0], at[1]); ok {
			t.Errorf("%s, which tells nothing of %s, has a row: %+v", at[1], at[0], row.Tally)
		}
	}
	// With one such incident alone, the row of all is there as well.
	if row, ok := tallyOf(t, DefaultOptions(), rs[2:]).Table("by-policy").Find("(all)", "account:U"); !ok || row.Tally.Killed.Unknown != 1 {
		t.Errorf("of one incident: %v %+v", ok, row.Tally)
	}
}

// The ends of the calendar: any period, and nothing is lost or falls out of it.
func TestEndsOfTheCalendar(t *testing.T) {
	for _, dates := range [][]string{{"0001-01-01"}, {"9999-12-31"}, {"0001-01-01", "0001-12-31"}, {"9999-01-01", "9999-12-31"}, {"9998-12-31", "9999-12-31", "9999-12", "9999"}, {"0001", "0001-01", "0002-02-28"}, {"0001-01-01", "9999-12-31"}} {
		for p := Auto; p <= ByYear; p++ {
			o := DefaultOptions()
			o.Period = p
			var rs []rec
			for i, d := range dates {
				rs = append(rs, rec{date: d, country: "P", attributed: "A", killed: exactly(int64(i + 1))})
			}
			if n := len(dates); len(dates[n-1]) == 10 && dates[n-1] != "9999-12-31" {
				rs = append(rs, rec{date: dates[n-1], end: dates[n-1][:5] + "12-31", killed: exactly(1)})
			}
			r := tallyOf(t, o, rs)
			var sum Tally
			for _, row := range r.PeriodTable().Rows {
				sum.plus(&row.Tally)
			}
			if sum != r.Total || r.Total.Incidents != uint32(len(rs)) {
				t.Errorf("%v by %v: periods add up to %+v of %+v", dates, p, sum, r.Total)
			}
			for _, row := range r.PeriodTable().Rows {
				if id := row.Keys[0].ID; id < "0001" || id > "9999-Z" {
					t.Errorf("%v by %v: a row %s", dates, p, id)
				}
			}
		}
	}
}

// Tolls as large as a record may state, and more of them than a sum can hold: an
// error wherever the two meet, in one accumulator, in a merge and in a chosen
// period.
func TestSumsTooLargeAreAnError(t *testing.T) {
	most := data.Count{Low: 1 << 61, Best: 1 << 61, High: 1 << 61, Flags: data.HasLow | data.HasBest | data.HasHigh}
	for name, groups := range map[string][][]rec{
		"in one":         {{{date: "2020-01-01", killed: most}, {date: "2020-01-01", killed: most}, {date: "2020-01-01", killed: most}, {date: "2020-01-01", killed: most}}},
		"in a merge":     {{{date: "2020-01-01", killed: most}, {date: "2020-01-01", killed: most}}, {{date: "2020-01-02", injured: most, killed: most}, {date: "2022-01-01", killed: most}}},
		"of the injured": {{{date: "2020-01-01", injured: most}, {date: "2020-01-01", injured: most}}, {{date: "2020-01-01", injured: most}, {date: "2022-01-01", injured: most}}},
		"of one incident": {{{id: "x", date: "2020-01-01", side: "A", killed: most}, {id: "x", date: "2020-01-01", side: "B", killed: most}, {id: "y", date: "2020-01-01", killed: most},
			{id: "y", date: "2020-01-01", killed: most}, {id: "z", date: "2020-01-01", killed: most}, {id: "z", date: "2020-01-01", killed: most}}},
	} {
		o := DefaultOptions()
		o.Repeated = map[uint64]struct{}{}
		for _, id := range []string{"x", "y", "z"} {
			o.Repeated[HashID([]byte(id))] = struct{}{}
		}
		var all *Accumulator
		failed := false
		for _, g := range groups {
			a := NewAccumulator(o)
			failed = a.Add(batch(g)) == ErrOverflow || failed
			if all == nil {
				all = a
			} else {
				failed = all.Merge(a) == ErrOverflow || failed
			}
		}
		_, err := all.Report()
		if !failed && err != ErrOverflow {
			t.Errorf("%s: no error, %v", name, err)
		}
	}
}
