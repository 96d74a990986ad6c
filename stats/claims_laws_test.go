package stats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// only keeps the records that pass.
func only(rs []rec, pass func(rec) bool) []rec {
	return slices.DeleteFunc(slices.Clone(rs), func(r rec) bool { return !pass(r) })
}

// drawDisputes draws incidents told by several records, some of which nobody
// holds any more.
func drawDisputes(t *rapid.T) []rec {
	rs := drawTold(t)
	seen := map[string]int{}
	for i := range rs {
		if rs[i].id == "" {
			rs[i].id = "i1"
			rs[i].date, rs[i].country, rs[i].admin1, rs[i].event, rs[i].involved = "2020-02-01", "P", "", "", ""
		}
		if rs[i].id == "i1" {
			rs[i].date, rs[i].country, rs[i].admin1, rs[i].event, rs[i].involved = "2020-02-01", "P", "", "", ""
		}
		seen[rs[i].id]++
	}
	return only(rs, func(r rec) bool { return seen[r.id] > 1 })
}

// rowAt returns a row's tally; the zero tally where there is no such row.
func rowAt(r *Report, table string, keys ...string) (Tally, bool) {
	tb := r.Table(table)
	if tb == nil {
		return Tally{}, false
	}
	row, ok := tb.Find(keys...)
	return row.Tally, ok
}

// The table by policy says what the report would say under each.
func TestByPolicyIsTheReportUnderThatPolicy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawDisputes(t)
		o := DefaultOptions()
		o.AsOf = day(rapid.SampledFrom([]string{"", "2021-08-01"}).Draw(t, "as of"))
		r := tallyRapid(t, o, rs)
		if r.Table("by-policy") == nil {
			if r.Total.Incidents != 0 && o.AsOf == data.NoDay {
				t.Fatal("no table by policy")
			}
			return // as of an early day one record alone may be known of each
		}
		drawn := rapid.SampledFrom([]string{"(all)", "i1", "i2", "i3"}).Draw(t, "incident")
		for _, row := range r.Table("by-policy").Rows {
			in := rs
			if id := row.Keys[0].ID; id != drawn || (id == "(all)" && o.AsOf != data.NoDay) {
				continue
			} else if id != "(all)" {
				in = only(rs, func(r rec) bool { return r.id == id })
			}
			p := o
			var err error
			if p.Policy, err = ParsePolicy(row.Keys[1].ID); err != nil {
				t.Fatal(err)
			}
			if want := tallyRapid(t, p, in).Total; row.Tally != want {
				t.Fatalf("%s of %s: %+v, a report says %+v", row.Keys[1].ID, row.Keys[0].ID, row.Tally, want)
			}
		}
	})
}

// What the total would be without a source is what it is without its records.
func TestWithoutASourceIsWithoutItsRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := DefaultOptions()
		o.Policy, _ = ParsePolicy(rapid.SampledFrom(policiesDrawn).Draw(t, "policy"))
		r := tallyRapid(t, o, rs)
		tb := r.Table("without")
		if tb == nil {
			return
		}
		for _, row := range tb.Rows {
			left := rs
			switch id := row.Keys[0].ID; id {
			case "(nothing)":
			case "(deadliest)":
				d := r.Deadliest[0]
				left = nil
				for i, x := range rs {
					if d.ID != "" && x.id == d.ID || d.ID == "" && i+2 == d.Line {
						continue
					}
					left = append(left, x)
				}
			case "(highest)":
				// Some incident whose upper figure is above the deadliest's, left out.
				found := false
				for i, x := range rs {
					same := func(j int, y rec) bool { return x.id != "" && y.id == x.id || x.id == "" && i == j }
					var own, others []rec
					for j, y := range rs {
						if same(j, y) {
							own = append(own, y)
						} else {
							others = append(others, y)
						}
					}
					found = found || tallyRapid(t, o, others).Total == row.Tally && tallyRapid(t, o, own).Total.Killed.High > r.Deadliest[0].Killed.High
				}
				if !found {
					t.Fatalf("no incident with a higher upper figure than the deadliest leaves %+v", row.Tally)
				}
				continue
			default:
				left = only(rs, func(r rec) bool { return r.source != id })
			}
			if want := tallyRapid(t, o, left).Total; row.Tally != want {
				t.Fatalf("without %s: %+v, a file without it gives %+v", row.Keys[0].ID, row.Tally, want)
			}
		}
	})
}

// A revision is the report as of that day; between two rows nothing changed.
func TestRevisionsAreReportsAsOfTheirDays(t *testing.T) {
	days := []string{"2021-08-01", "2021-08-02", "2021-08-03", "2021-08-05"}
	rapid.Check(t, func(t *rapid.T) {
		rs := drawDisputes(t)
		for i := range rs {
			if rs[i].reported != "" {
				rs[i].reported = rapid.SampledFrom(days).Draw(t, "reported")
			}
		}
		o := DefaultOptions()
		o.Policy, _ = ParsePolicy(rapid.SampledFrom(policiesDrawn).Draw(t, "policy"))
		r := tallyRapid(t, o, rs)
		for _, id := range []string{"i1", "i2", "i3"} {
			own := only(rs, func(r rec) bool { return r.id == id })
			if _, told := rowAt(r, "receipt", id, "one-toll"); !told {
				continue // nothing of it stands
			}
			var want []string
			last := Tally{}
			for _, d := range days {
				p := o
				p.AsOf = day(d)
				news := slices.ContainsFunc(own, func(r rec) bool { return r.reported == d })
				total := tallyRapid(t, p, own).Total
				if total.Incidents == 0 || total == last || !news {
					continue
				}
				last = total
				want = append(want, fmt.Sprintf("%s %+v", d, total))
			}
			var got []string
			if tb := r.Table("revisions"); tb != nil {
				for _, row := range tb.Rows {
					if row.Keys[0].ID == id {
						got = append(got, fmt.Sprintf("%s %+v", row.Keys[1].ID, row.Tally))
						if row.Start().String() != row.Keys[1].ID {
							t.Fatalf("the row of %s starts on %s", row.Keys[1].ID, row.Start())
						}
					}
				}
			}
			if len(want) < 2 {
				want = nil // one figure is no revision
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s was revised\n%s\nreports as of the days say\n%s", id, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	})
}

// One source's account, one side's voice and each part of a bracket are what a
// file of those records alone would say.
func TestAccountsAndVoicesAreFilesOfTheirOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawDisputes(t)
		r := tallyRapid(t, DefaultOptions(), rs)
		source := func(id string) func(rec) bool {
			if id == "(source not stated)" {
				id = ""
			}
			return func(r rec) bool { return r.source == id }
		}
		for _, id := range []string{"i1", "i2", "i3"} {
			if _, told := rowAt(r, "receipt", id, "one-toll"); !told {
				continue
			}
			own := only(rs, func(r rec) bool { return r.id == id })
			of := func(pass func(rec) bool) *Report { return tallyRapid(t, DefaultOptions(), only(own, pass)) }
			for _, s := range []string{"(source not stated)", "S1", "S2"} {
				alone := of(source(s))
				if got, _ := rowAt(r, "by-account", id, s); got != alone.Total {
					t.Fatalf("%s of %s: %+v, its records alone %+v", s, id, got, alone.Total)
				}
				for _, side := range []string{"A", "B"} {
					got, _ := rowAt(r, "by-account-side", id, side, s)
					if want, _ := rowAt(alone, "by-victim-side", side); got != want {
						t.Fatalf("%s of the losses of %s in %s: %+v, its records alone %+v", s, side, id, got, want)
					}
				}
			}
			sides := map[string]bool{}
			for _, r := range own {
				sides[r.sourceSide] = true
			}
			for voice, side := range map[string]string{"(independent)": "", "A": "A", "B": "B"} {
				alone := of(func(r rec) bool { return r.sourceSide == side })
				got, _ := rowAt(r, "by-voice", id, "(all)", voice)
				if want := alone.Total; len(sides) > 1 && got != want || len(sides) < 2 && got.Incidents > 0 {
					t.Fatalf("what %s says of %s: %+v, its records alone %+v", voice, id, got, want)
				}
			}
			party := map[string]bool{}
			for _, r := range own {
				party[r.side] = true
				for _, n := range append(append(SplitNames(r.claimed), SplitNames(r.attributed)...), SplitNames(r.involved)...) {
					party[n] = true
				}
			}
			admits := func(r rec) bool { return r.sourceSide != "" && r.sourceSide == r.side }
			claims := func(r rec) bool { return r.sourceSide != "" && !admits(r) && party[r.sourceSide] }
			says := func(r rec) bool { return r.status != data.Denied }
			for voice, hears := range map[string]func(rec) bool{
				"own":   func(r rec) bool { return says(r) && admits(r) },
				"enemy": func(r rec) bool { return says(r) && claims(r) },
				"third": func(r rec) bool { return says(r) && !admits(r) && !claims(r) },
				"range": func(rec) bool { return true },
			} {
				for _, side := range []string{"A", "B"} {
					got, _ := rowAt(r, "side-bracket", id, side, voice)
					if want, _ := rowAt(of(hears), "by-victim-side", side); got != want {
						t.Fatalf("%s of the losses of %s in %s: %+v, want %+v", voice, side, id, got, want)
					}
				}
			}
		}
	})
}

// The receipt adds up every record of the incidents that several tell, also
// those that are withdrawn or deny.
func TestReceiptAddsEveryRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		r := tallyRapid(t, DefaultOptions(), rs)
		count := map[string]int{}
		for _, r := range rs {
			count[r.id]++
		}
		var all, tolls Tally
		for _, id := range []string{"i1", "i2", "i3"} {
			if count[id] < 2 {
				continue
			}
			own := only(rs, func(r rec) bool { return r.id == id })
			total := tallyRapid(t, DefaultOptions(), own).Total
			if total.Incidents == 0 {
				continue
			}
			var sum Tally
			for _, x := range own {
				one := reckonedPair{reckon(x.killed), reckon(x.injured)}.tally()
				if sum.Merge(one) != nil || all.Merge(one) != nil {
					t.Fatal("overflow")
				}
			}
			if tolls.Merge(total) != nil {
				t.Fatal("overflow")
			}
			if got, _ := rowAt(r, "receipt", id, "added-up"); got != sum {
				t.Fatalf("%s adds up to %+v, its records to %+v", id, got, sum)
			}
			if got, _ := rowAt(r, "receipt", id, "one-toll"); got != total {
				t.Fatalf("%s has the toll %+v, alone %+v", id, got, total)
			}
		}
		if got, _ := rowAt(r, "receipt", "(all)", "added-up"); got != all {
			t.Fatalf("in all %+v, want %+v", got, all)
		}
		if got, _ := rowAt(r, "receipt", "(all)", "one-toll"); got != tolls {
			t.Fatalf("in all %+v, want %+v", got, tolls)
		}
		if r.MultiAccount != (tolls.Incidents > 0) || (r.Table("receipt") != nil) != r.MultiAccount {
			t.Fatalf("told by several %v, %d of them", r.MultiAccount, tolls.Incidents)
		}
	})
}

// However many incidents are disputed, the tables list the two hundred furthest
// apart, and the rows for all count every one.
func TestDisputedIncidentsAreCapped(t *testing.T) {
	var rs []rec
	for i := range 260 {
		id := fmt.Sprintf("i%03d", i)
		rs = append(rs, rec{id: id, date: "2020-01-01", source: "S", side: "A", sourceSide: "A", killed: exactly(10)},
			rec{id: id, date: "2020-01-01", source: fmt.Sprint("T", i%9), side: "A", sourceSide: "B", killed: exactly(10 + int64(i)), reported: "2020-01-02"})
	}
	r := tallyOf(t, DefaultOptions(), rs)
	for table, want := range map[string]int{"receipt": 2 + 2*200, "by-account": 2 * 200, "by-account-side": 2 * 200, "by-disagreement": 200, "side-bracket": 3 + 3*200, "by-voice": 4 * 200} {
		if n := len(r.Table(table).Rows); n != want {
			t.Errorf("%s has %d rows, want %d", table, n, want)
		}
	}
	if got, _ := rowAt(r, "receipt", "(all)", "added-up"); got.Incidents != 520 {
		t.Errorf("%d records in all", got.Incidents)
	}
	if got, _ := rowAt(r, "side-bracket", "(all)", "A", "range"); got.Incidents != 260 {
		t.Errorf("%d incidents in all", got.Incidents)
	}
	var got []string
	for _, row := range r.Table("by-disagreement").Rows[:3] {
		got = append(got, row.Keys[0].ID+" "+row.Tally.Killed.Range(1))
	}
	if s := strings.Join(got, ", "); s != "i259 10–269, i258 10–268, i257 10–267" {
		t.Errorf("furthest apart: %s", s)
	}
	// Six sources are compared: S tells all; of the others those that tell most, by name.
	if got := strings.Join(ids(r.Table("without")), " "); got != "(nothing) S T0 T1 T2 T3 T4 (deadliest)" {
		t.Error(got)
	}
	if r.Table("revisions") != nil {
		t.Error("one dated report each is no revision")
	}
	for _, tb := range r.Tables {
		if claims := slices.Contains([]string{"receipt", "side-bracket", "by-account", "by-account-side", "by-voice", "by-policy", "by-disagreement", "without", "revisions"}, tb.ID); tb.Claims != claims {
			t.Errorf("%s is a table of claims: %v", tb.ID, tb.Claims)
		}
	}
}

func TestIncidentsAreNamedByPlaceAndDate(t *testing.T) {
	for _, c := range []struct {
		r    rec
		want string
	}{
		{rec{date: "2020-02-01", country: "P", admin1: "N", place: "Town"}, "Town, 1 Feb 2020"}, {rec{date: "2020-02-01", country: "P", admin1: "N"}, "N, 1 Feb 2020"},
		{rec{date: "2020-02-01", end: "2020-02-03", country: "P"}, "P, 1–3 Feb 2020"}, {rec{date: "2020-02-28", end: "2020-03-01", country: "P"}, "P, 28 Feb 2020 – 1 Mar 2020"},
		{rec{date: "2020-12-31", end: "2021-01-01", country: "P"}, "P, 31 Dec 2020 – 1 Jan 2021"}, {rec{date: "2020-02"}, "x, Feb 2020"}, {rec{date: "2020"}, "x, 2020"}, {rec{}, "x, undated"},
	} {
		a, b := c.r, c.r
		a.id, a.source, a.killed = "x", "S", exactly(3)
		b.id, b.source, b.killed = "x", "T", exactly(5)
		row, ok := tallyOf(t, DefaultOptions(), []rec{a, b}).Table("receipt").Find("x", "one-toll")
		if !ok || row.Keys[0].Label != c.want {
			t.Errorf("%+v is called %q, want %q", c.r, row.Keys[0].Label, c.want)
		}
	}
}

// What is claimed, attributed and denied adds up to the incidents.
func TestAttributionAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		for i := range rs {
			rs[i].id = ""
		}
		r := tallyRapid(t, DefaultOptions(), rs)
		want := map[string]Tally{}
		claims := false
		for _, x := range rs {
			if x.status >= data.Retracted {
				continue
			}
			names, basis := namedFor([]rec{x})
			toll := reckonedPair{reckon(x.killed), reckon(x.injured)}
			key := map[string]string{"claimed": "claimed-only", "attributed": "attributed-only", "contested": "contested", "involved": "involved", "": "(none)"}[basis]
			switch {
			case x.status == data.Denied && basis == "attributed":
				key = "denied"
			case x.suspected && basis == "attributed":
				key = "suspected"
			case basis == "claimed" && len(namesIn(x.attributed)) > 0:
				key = "agree"
			}
			if x.status == data.Denied {
				toll = reckonedPair{}
			}
			claims = claims || basis == "claimed" || basis == "contested" || key == "denied" || key == "suspected"
			sum := want[key]
			if sum.Merge(toll.tally()) != nil {
				t.Fatal(names)
			}
			want[key] = sum
		}
		tb := r.Table("by-attribution")
		if (tb != nil) != claims {
			t.Fatalf("claims %v, a table of them %v", claims, tb != nil)
		}
		if tb == nil {
			return
		}
		for _, row := range tb.Rows {
			if want[row.Keys[0].ID] != row.Tally {
				t.Fatalf("%s: %+v, want %+v", row.Keys[0].ID, row.Tally, want[row.Keys[0].ID])
			}
			delete(want, row.Keys[0].ID)
		}
		if len(want) > 0 {
			t.Fatalf("no rows for %v", want)
		}
	})
}
