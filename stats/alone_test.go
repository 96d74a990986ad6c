package stats

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// aloneOf tallies records as a whole and returns what tallies them one incident
// at a time, with the records of each incident.
func aloneOf(t interface{ Fatal(...any) }, o Options, rs []rec) (*Report, *Alone, [][]*data.Batch) {
	b := batch(rs)
	var a *Accumulator
	for again := true; again; {
		a = NewAccumulator(o)
		if err := a.Add(b); err != nil {
			t.Fatal(err)
		}
		again = false
		switch {
		case a.NeedsIDs():
			o.RememberIDs, again = true, true
		case o.Repeated == nil && len(a.Repeats()) > 0:
			o.Repeated, again = a.Repeats(), true
		}
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]*data.Batch
	at := map[string]int{}
	for i := range b.N {
		id := b.ID.At(i)
		if n, ok := at[id]; ok && id != "" {
			all[n] = append(all[n], Cut(b, i))
			continue
		}
		at[id] = len(all)
		all = append(all, []*data.Batch{Cut(b, i)})
	}
	return r, a.Alone(r), all
}

// eachCell calls f with every row of a report that is no comparison.
func eachCell(r *Report, f func(address string, t Tally, b Basis)) {
	for _, x := range r.Tables {
		for _, row := range x.Rows {
			f(Address(x.ID, row.Keys, ""), row.Tally, row.Basis)
		}
	}
}

// What incidents add one by one is every figure of their report, whatever the
// records and options are.
func TestIncidentsAloneAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := DefaultOptions()
		o.Policy, _ = ParsePolicy(rapid.SampledFrom(policiesDrawn).Draw(t, "policy"))
		o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
		o.AsOf = day(rapid.SampledFrom([]string{"", "2021-08-01"}).Draw(t, "as of"))
		o.Period = rapid.SampledFrom([]Period{Auto, ByDay, ByWeek, ByMonth, ByQuarter, ByYear}).Draw(t, "by")
		whole, alone, incidents := aloneOf(t, o, rs)
		sums, basis := map[string]Tally{}, map[string]Basis{}
		for _, records := range incidents {
			r, err := alone.Report(records)
			if err != nil {
				t.Fatal(err)
			}
			eachCell(r, func(at string, x Tally, b Basis) {
				s := sums[at]
				s.plus(&x)
				sums[at] = s
				y := basis[at]
				y.merge(b)
				basis[at] = y
			})
		}
		eachCell(whole, func(at string, x Tally, b Basis) {
			if sums[at] != x {
				t.Fatalf("%s is %+v, and its incidents add up to %+v", at, x, sums[at])
			}
			if basis[at] != b {
				t.Fatalf("%s rests on %+v, and its incidents on %+v", at, b, basis[at])
			}
			delete(sums, at)
		})
		for _, at := range slices.Sorted(maps.Keys(sums)) {
			table, _, _ := strings.Cut(at, "/")
			// A table that names nothing is left out of the whole, and so is a row of a
			// comparison that has nothing to compare.
			if x := whole.Table(table); sums[at] != (Tally{}) && x != nil && x.Additive {
				t.Fatalf("incidents add %+v to %s, which the report does not have", sums[at], at)
			}
		}
	})
}

// A record that is cut out is the record: every column of it, and no other.
func TestCutIsTheRecord(t *testing.T) {
	rs := borderNight()
	rs[1].parts = map[data.Part]data.Count{0: data.Exactly(3)}
	b := batch(rs)
	for i := range rs {
		c, want := Cut(b, i), batch(rs[i:i+1])
		if c.N != 1 || c.Line[0] != b.Line[i] || c.First != b.First+int64(i) || c.ID.At(0) != rs[i].id {
			t.Errorf("record %d: %+v", i, c)
		}
		for col := range data.NumColumns {
			if c.Text(col, 0) != want.Text(col, 0) {
				t.Errorf("record %d: %s is %q, want %q", i, col, c.Text(col, 0), want.Text(col, 0))
			}
		}
		got, exp := reflect.ValueOf(*c), reflect.ValueOf(*want)
		for f := range got.NumField() {
			name := got.Type().Field(f).Name
			if slices.Contains([]string{"Codes", "Dicts", "Line", "First"}, name) {
				continue
			}
			if !reflect.DeepEqual(got.Field(f).Interface(), exp.Field(f).Interface()) {
				t.Errorf("record %d: %s is %+v, want %+v", i, name, got.Field(f), exp.Field(f))
			}
		}
	}
	if c := Cut(&data.Batch{N: 1, Line: []int32{2}, Start: []data.Day{0}, End: []data.Day{0}, Prec: []data.Precision{0}, Dicts: b.Dicts}, 0); c.Killed != nil || c.ID.End != nil {
		t.Errorf("a column came from nowhere: %+v", c)
	}
}

// Each record is told with what became of it.
func TestTellings(t *testing.T) {
	about := func(source string, killed int64, reported string) rec {
		return rec{id: "x", date: "2025-10-11", side: "A", killed: data.Exactly(killed), source: source, reported: reported}
	}
	is := func(r rec, status data.Status) rec { r.status = status; return r }
	of := func(r rec, side string) rec { r.side = side; return r }
	const (
		weighed = "weighed with the other accounts of the same people, by the policy "
		one     = "the one account"
		these   = "the one account of these people"
		later   = "set aside: its source reported on the same people later"
	)
	for _, x := range []struct {
		name, policy, asOf string
		accounts           []rec
		want               []string // of each record; those used with a plus
	}{
		{"alone", "", "", []rec{about("P", 3, "2025-10-12")}, []string{"+" + one}},
		{"two of the same people", "", "", []rec{about("P", 3, "2025-10-12"), about("Q", 5, "2025-10-12")}, []string{"+" + weighed + "range", "+" + weighed + "range"}},
		{"two of other people", "", "", []rec{about("P", 3, "2025-10-12"), of(about("Q", 5, "2025-10-12"), "B")}, []string{"+" + these, "+" + these}},
		{"one source twice", "", "", []rec{about("P", 3, "2025-10-12"), about("P", 5, "2025-10-13")}, []string{later, "+" + one}},
		{"one source twice, as of the day between", "", "2025-10-12", []rec{about("P", 3, "2025-10-12"), about("P", 5, "2025-10-13")}, []string{"+" + one, "set aside: not yet reported on 2025-10-12"}},
		{"a record without a day of report, of a day to come", "", "2025-10-12", []rec{about("P", 3, "2025-10-12"), {id: "x", date: "2025-10-14", side: "A", killed: data.Exactly(5), source: "Q"}},
			[]string{"+" + one, "set aside: dated after 2025-10-12"}},
		{"retracted", "", "", []rec{is(about("P", 3, "2025-10-12"), data.Retracted), about("Q", 5, "2025-10-12")}, []string{"set aside: retracted", "+" + one}},
		{"superseded", "", "", []rec{is(about("P", 3, "2025-10-12"), data.Superseded), about("Q", 5, "2025-10-12")}, []string{"set aside: superseded", "+" + one}},
		{"superseded by a report to come", "", "2025-10-12", []rec{is(about("P", 3, "2025-10-12"), data.Superseded), about("P", 5, "2025-10-13")},
			[]string{"+" + one, "set aside: not yet reported on 2025-10-12"}},
		{"denied", "", "", []rec{is(about("P", 0, "2025-10-12"), data.Denied), about("Q", 5, "2025-10-12")}, []string{"+a denial, which is no figure", "+" + one}},
		{"the lowest counts", "conservative", "", []rec{about("P", 3, "2025-10-12"), about("Q", 5, "2025-10-12")}, []string{"+" + weighed + "conservative", "set aside by the policy conservative"}},
		{"the latest counts", "latest", "", []rec{about("P", 3, "2025-10-12"), about("Q", 5, "2025-10-14")}, []string{"set aside by the policy latest", "+" + weighed + "latest"}},
		{"the most frequent counts", "majority", "", []rec{about("P", 3, "2025-10-12"), about("Q", 5, "2025-10-12"), about("R", 5, "2025-10-12")},
			[]string{"set aside by the policy majority", "+" + weighed + "majority", "+" + weighed + "majority"}},
		{"the preferred counts", "prefer:Q", "", []rec{about("P", 3, "2025-10-12"), about("Q", 5, "2025-10-12")}, []string{"set aside by the policy prefer:Q", "+" + weighed + "prefer:Q"}},
		{"a figure that is not stated", "", "", []rec{{id: "x", date: "2025-10-11", side: "A", source: "P"}, about("Q", 5, "2025-10-12")}, []string{"+" + weighed + "range", "+" + weighed + "range"}},
	} {
		o := DefaultOptions()
		o.Policy, o.AsOf = policy(t, x.policy), day(x.asOf)
		_, alone, incidents := aloneOf(t, o, x.accounts)
		if len(incidents) != 1 {
			t.Fatalf("%s: %d incidents", x.name, len(incidents))
		}
		var got []string
		for i, told := range alone.Tellings(incidents[0]) {
			r := x.accounts[i]
			if told.Line != i+2 || told.Source != r.source || told.Side != r.side || told.Killed != r.killed || told.ReportedOn != day(r.reported) {
				t.Errorf("%s: record %d is told as %+v", x.name, i, told)
			}
			s := told.Why
			if told.Used {
				s = "+" + s
			}
			got = append(got, s)
		}
		if fmt.Sprint(got) != fmt.Sprint(x.want) {
			t.Errorf("%s:\n%s\nwant\n%s", x.name, strings.Join(got, "\n"), strings.Join(x.want, "\n"))
		}
	}
}
