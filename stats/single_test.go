package stats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// Incidents one by one are those in the figures: their tallies add up to the
// total, and what is withdrawn, left out or not yet known is none.
func TestIncidentsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := DefaultOptions()
		o.Policy, _ = ParsePolicy(rapid.SampledFrom(policiesDrawn).Draw(t, "policy"))
		o.AsOf = day(rapid.SampledFrom([]string{"", "", "2021-08-01"}).Draw(t, "as of"))
		if rapid.Bool().Draw(t, "bounded") {
			o.From, o.To = day("2020-02-01"), day("2020-12-31")
		}
		if rapid.IntRange(0, 2).Draw(t, "select") == 0 {
			o.Where, _ = ParseFilters([]string{"country=P", "country="})
		}
		r, alone, incidents := aloneOf(t, o, rs)
		var sum Tally
		counted := 0
		for _, records := range incidents {
			in, ok := alone.Incident(records)
			own, err := alone.Report(records)
			if err != nil {
				t.Fatal(err)
			}
			if ok != (own.Total.Incidents == 1) {
				t.Fatalf("in the figures %v, in a report of its own %+v", ok, own.Total)
			}
			if !ok {
				if in.Accounts != 0 || in.ID != "" {
					t.Fatalf("none, and described: %+v", in)
				}
				continue
			}
			counted++
			x := in.Tally()
			if x != own.Total {
				t.Fatalf("%+v, in a report of its own %+v", x, own.Total)
			}
			sum.plus(&x)
			if in.Accounts < 1 || in.Accounts > len(records) || in.Line < 2 {
				t.Fatalf("%d accounts of %d records, line %d", in.Accounts, len(records), in.Line)
			}
			if !slices.IsSorted(in.Parties) || !slices.IsSorted(in.Sources) || len(slices.Compact(slices.Clone(in.Parties))) != len(in.Parties) {
				t.Fatalf("parties %v, sources %v", in.Parties, in.Sources)
			}
			// Turned about, the records are the same incident.
			turned := slices.Clone(records)
			slices.Reverse(turned)
			if again, _ := alone.Incident(turned); fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", in) {
				t.Fatalf("%+v\nand turned about\n%+v", in, again)
			}
		}
		if sum != r.Total || counted != int(r.Total.Incidents) {
			t.Fatalf("one by one %+v, in all %+v", sum, r.Total)
		}
	})
}

// What an incident is called, where it was and when.
func TestIncidentInWords(t *testing.T) {
	for _, c := range []struct {
		in                Incident
		name, where, when string
	}{
		{at("X-1", "2024-02-01", "Tarmin,Swat,North,Hest", "", exactly(1)), "X-1", "Tarmin, Swat, North, Hest", "1 Feb 2024"},
		{at("", "2024-02-01/2024-02-03", "Tarmin,,,Hest", "", exactly(1)), "line 7", "Tarmin, Hest", "1–3 Feb 2024"},
		{at("", "2024-01-30/2024-02-03", ",,North,", "", exactly(1)), "line 7", "North", "30 Jan 2024 – 3 Feb 2024"},
		{at("", "2023-12-30/2024-12-31", "", "", exactly(1)), "line 7", "", "30 Dec 2023 – 31 Dec 2024"},
		{at("y", "2024-02", "", "", exactly(1)), "y", "", "Feb 2024"}, {at("y", "2024", "", "", exactly(1)), "y", "", "2024"}, {at("y", "", "", "", exactly(1)), "y", "", "undated"},
	} {
		c.in.Line = 7
		if c.in.Name() != c.name || c.in.Where() != c.where || c.in.DateText() != c.when {
			t.Errorf("%q in %q, %q; want %q in %q, %q", c.in.Name(), c.in.Where(), c.in.DateText(), c.name, c.where, c.when)
		}
	}
}

// Addresses of an incident's records, sorted and once each; records that a
// selection leaves out bring none.
func TestAddressesOfAnIncident(t *testing.T) {
	b := batch([]rec{{id: "x", date: "2024-02-01", country: "P", source: "S", killed: exactly(1)}, {id: "x", date: "2024-02-01", country: "P", source: "T", killed: exactly(2)},
		{id: "x", date: "2024-02-01", country: "P", source: "U", killed: exactly(3)}, {id: "x", date: "2024-02-01", country: "Q", source: "V", killed: exactly(90)}})
	for _, u := range []string{"https://b.example/2", "https://a.example/1", "https://b.example/2", "https://c.example/"} {
		b.URL.Append([]byte(u))
	}
	o := DefaultOptions()
	o.Where, _ = ParseFilters([]string{"country=p"})
	o.Repeated = map[uint64]struct{}{HashID([]byte("x")): {}}
	a := NewAccumulator(o)
	if err := a.Add(b); err != nil {
		t.Fatal(err)
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	in, ok := a.Alone(r).Incident([]*data.Batch{Cut(b, 0), Cut(b, 1), Cut(b, 2), Cut(b, 3)})
	if !ok || !slices.Equal(in.URLs, []string{"https://a.example/1", "https://b.example/2"}) || in.Accounts != 3 || in.Killed.High != 3*data.Unit || !slices.Equal(in.Sources, []string{"S", "T", "U"}) {
		t.Errorf("%v %+v", ok, in)
	}
	if _, ok := a.Alone(r).Incident([]*data.Batch{Cut(b, 3)}); ok {
		t.Error("a record of another country is in the figures")
	}
}

// Weeks are compared beside what may lie in them: an incident of their month, or
// of the year, and none of another month.
func TestVagueDatesBesideWeeks(t *testing.T) {
	weekly := func(monday string, n int) (rs []rec) {
		for i := range n {
			rs = append(rs, rec{date: (day(monday) + data.Day(i%7)).String(), killed: exactly(1)})
		}
		return rs
	}
	for _, c := range []struct {
		name         string
		before, week string // Mondays
		vague        string
		want         uint32
	}{
		{"of the month", "2024-06-03", "2024-06-10", "2024-06", 1}, {"of another month", "2024-06-03", "2024-06-10", "2024-03", 0}, {"of the year", "2024-06-03", "2024-06-10", "2024", 1},
		{"of another year", "2024-06-03", "2024-06-10", "2023", 0}, {"a week of two months, the first", "2024-06-17", "2024-06-24", "2024-06", 1},
		{"a week of two months, as it ends", "2024-07-22", "2024-07-29", "2024-08", 1}, {"week 1, which begins in December", "2024-12-23", "2024-12-30", "2025-01", 1},
		{"week 1, its year", "2024-12-23", "2024-12-30", "2025", 1}, {"week 1, the year it begins in", "2024-12-23", "2024-12-30", "2024", 1}, {"week 53", "2020-12-21", "2020-12-28", "2021", 1},
		{"29 February", "2024-02-19", "2024-02-26", "2024-02", 1},
	} {
		o := DefaultOptions()
		o.Period, o.From, o.To = ByWeek, day(c.before), day(c.week)+6
		if len(c.vague) > 0 && (c.vague < c.before[:len(c.vague)] || c.vague > o.To.String()[:len(c.vague)] || strings.Compare(c.vague+"-01", c.before) < 0) {
			o.From, o.To = data.NoDay, data.NoDay // what is dated to a month is where that begins
		}
		rs := append(append(weekly(c.before, 7), weekly(c.week, 7)...), rec{date: c.vague, killed: exactly(9)})
		cs := tallyOf(t, o, rs).Changes
		at := slices.IndexFunc(cs, func(x Change) bool { return x.ID == "previous" && x.After.Start() == day(c.week) })
		if at < 0 {
			t.Errorf("%s: no change from %s to %s: %d changes", c.name, c.before, c.week, len(cs))
		} else if cs[at].Vague != c.want {
			t.Errorf("%s: %d too vague, want %d", c.name, cs[at].Vague, c.want)
		}
	}
}

// A spell is told where one as long is to be expected less than once in twenty
// records: with 20 incidents in 100 days, from 30 days on, since 20·exp(−30·0.2)
// is 0.0496 and 20·exp(−29·0.2) is 0.0606.
func TestSpellsAtTheThreshold(t *testing.T) {
	o := DefaultOptions()
	o.From, o.To = day("2023-12-01"), day("2023-12-01")+99
	var rs []rec
	next := o.From
	incidents := 0
	for _, quiet := range []data.Day{30, 29, 31, 0} { // 90 days, ten loud ones about them
		loud := 3
		if quiet == 0 {
			loud = 1
		}
		for range loud {
			rs = append(rs, rec{date: next.String(), killed: exactly(1)}, rec{date: next.String(), killed: exactly(1)})
			incidents += 2
			next++
		}
		next += quiet
	}
	if next != o.To+1 || incidents != 20 {
		t.Fatalf("%d incidents up to %s", incidents, next-1)
	}
	var got []string
	for _, row := range tallyOf(t, o, rs).Sheet("gaps").Rows {
		got = append(got, fmt.Sprintf("%s %d", row.Keys[0].ID, row.Cells[0].V/data.Unit))
	}
	if want := []string{"2024-02-07 31", "2023-12-04 30"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if s := tallyOf(t, o, rs[1:]).Sheet("gaps"); s != nil {
		t.Errorf("gaps of nineteen incidents: %+v", s.Rows)
	}
}

// Of two incidents that killed as many, the later one is named, and the later
// period is told without it.
func TestEquallyDeadlyIncidents(t *testing.T) {
	rs := append(monthly("2025-02", 5, exactly(2)), monthly("2025-03", 6, exactly(2))...)
	rs = append(rs, rec{date: "2025-02-10", killed: exactly(40)}, rec{date: "2025-03-10", killed: exactly(40)})
	k := byMonth(t, rs).Changes[0].Measures[1]
	if !k.Later || k.Deadliest != 40 || k.WithoutBefore != 50 || k.WithoutAfter != 12 {
		t.Errorf("%+v", k)
	}
}
