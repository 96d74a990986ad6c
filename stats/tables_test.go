package stats

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// ids lists the rows of a table by the ids of their keys.
func ids(t *Table) []string {
	if t == nil {
		return nil
	}
	var out []string
	for _, r := range t.Rows {
		var keys []string
		for _, k := range r.Keys {
			keys = append(keys, k.ID)
		}
		out = append(out, strings.Join(keys, " / "))
	}
	return out
}

// rowsOf writes the rows of a table for comparison.
func rowsOf(t *Table) string {
	var b strings.Builder
	for i, id := range ids(t) {
		fmt.Fprintf(&b, "%s %+v %+v %s\n", id, t.Rows[i].Tally, t.Rows[i].Basis, t.Rows[i].Partial)
	}
	return b.String()
}

func tableIDs(r *Report) (out []string) {
	for _, t := range r.Tables {
		out = append(out, t.ID)
	}
	return out
}

// Names that look like keys for something missing, like paths and like lists.
var awkward = []string{"", "A", "B", "A;B", "A + B", "(not stated)", "(unattributed)", "(all)", "=(all)", "=A", "involving: A", "a/b", "a%2Fb", "a%b", "undated", "2020-XX", " ", "range", "own"}

// No two figures of a report share an address, whatever things are called.
func TestAddressesAreUnique(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(awkward)
		rs := drawRecords(t)
		for i := range rs {
			r := &rs[i]
			r.claimed, r.attributed, r.involved = name.Draw(t, "claimed"), name.Draw(t, "attributed"), name.Draw(t, "involved")
			r.country, r.event, r.side = name.Draw(t, "country"), name.Draw(t, "event"), name.Draw(t, "side")
			r.source, r.sourceSide = name.Draw(t, "source"), name.Draw(t, "source side")
			r.admin1 = ""
			if r.id != "" && rapid.Bool().Draw(t, "awkward id") {
				r.id = name.Draw(t, "id")
			}
		}
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(0, 5).Draw(t, "period"))
		o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
		r := tallyRapid(t, o, rs)
		seen := map[string]bool{}
		tables := map[string]bool{}
		for _, tb := range r.Tables {
			if tables[tb.ID] {
				t.Fatalf("two tables %s", tb.ID)
			}
			tables[tb.ID] = true
			if len(tb.Dims) == 0 && tb.ID != "total" || tb.Title == "" {
				t.Fatalf("%s has no heading", tb.ID)
			}
			for _, row := range tb.Rows {
				if len(row.Keys) != len(tb.Dims) {
					t.Fatalf("%s: a row of %d keys under %d headings", tb.ID, len(row.Keys), len(tb.Dims))
				}
				a := Address(tb.ID, row.Keys, "killed.low")
				if seen[a] {
					t.Fatalf("two figures at %s:\n%s", a, text(r))
				}
				seen[a] = true
				var keys []string
				for _, k := range row.Keys {
					if k.ID == "" || k.Label == "" {
						t.Fatalf("%s: a key without a name: %+v", tb.ID, k)
					}
					keys = append(keys, k.ID)
				}
				if found, ok := tb.Find(keys...); !ok || found.Tally != row.Tally {
					t.Fatalf("%s: %v finds %+v", tb.ID, keys, found)
				}
			}
		}
	})
}

func TestAddress(t *testing.T) {
	for _, c := range []struct {
		keys []Key
		want string
	}{
		{nil, "by-x/killed.high"}, {[]Key{{ID: "2025-10"}}, "by-x/2025-10/killed.high"},
		{[]Key{{ID: "a/b"}, {ID: "50%"}}, "by-x/a%2Fb/50%25/killed.high"}, {[]Key{{ID: "a%2Fb"}}, "by-x/a%252Fb/killed.high"},
	} {
		if got := Address("by-x", c.keys, "killed.high"); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func TestNamesThatLookLikeKeys(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{
		{date: "2020-01-01", attributed: "(unattributed)", killed: exactly(1)}, {date: "2020-01-01", killed: exactly(2)}, {date: "2020-01-01", attributed: "involving: A", killed: exactly(4)},
		{date: "2020-01-01", involved: "A", killed: exactly(8)}, {date: "2020-01-01", attributed: "=A", killed: exactly(16)}, {date: "2020-01-01", attributed: "A", killed: exactly(32)},
	})
	for id, want := range map[string]string{"=(unattributed)": "1 (unattributed) 0", "(unattributed)": "2 Unattributed 1", "=involving: A": "4 involving: A 0", "involving: A": "8 Involving A 4", "==A": "16 =A 0", "A": "32 A 0"} {
		row, ok := r.Table("by-party").Find(id)
		if got := fmt.Sprintf("%s %s %d", row.Tally.Killed.Figure(1), row.Keys[0].Label, row.Keys[0].Kind); !ok || got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

func TestFindTakesAllKeys(t *testing.T) {
	tb := Table{Rows: []Row{{}, {Keys: []Key{{ID: "a"}}, Partial: "one"}, {Keys: []Key{{ID: "a"}, {ID: "b"}}, Partial: "two"}}}
	for _, c := range []struct {
		keys []string
		want string
		ok   bool
	}{{nil, "", true}, {[]string{"a"}, "one", true}, {[]string{"a", "b"}, "two", true}, {[]string{"b"}, "", false}, {[]string{"b", "a"}, "", false}, {[]string{"a", "b", "c"}, "", false}} {
		if r, ok := tb.Find(c.keys...); ok != c.ok || r.Partial != c.want {
			t.Errorf("%v: %+v %v", c.keys, r, ok)
		}
	}
}

// ranked reports whether rows stand in the order of the method's page: by best
// figures if every row has them, else by the lowest; what is not stated last.
func ranked(rows []Row) bool {
	best := !slices.ContainsFunc(rows, func(r Row) bool { return r.Tally.Killed.NoBest > 0 })
	value := func(r Row) int64 {
		if best {
			return r.Tally.Killed.Best
		}
		return r.Tally.Killed.Low
	}
	missing := func(r Row) int {
		if r.Keys[0].Kind == Unstated {
			return 1
		}
		return 0
	}
	return slices.IsSortedFunc(rows, func(x, y Row) int {
		return cmp.Or(missing(x)-missing(y), cmp.Compare(value(y), value(x)), cmp.Compare(y.Tally.Killed.High, x.Tally.Killed.High),
			cmp.Compare(y.Tally.Injured.High, x.Tally.Injured.High), cmp.Compare(y.Tally.Incidents, x.Tally.Incidents), strings.Compare(x.Keys[0].ID, y.Keys[0].ID))
	})
}

func TestTablesAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(0, 5).Draw(t, "period"))
		r := tallyRapid(t, o, rs)
		for _, tb := range r.Tables {
			switch tb.ID {
			case "by-country", "by-admin1", "by-place", "by-party", "by-event-type", "by-victim-type", "by-victim-side", "by-involved":
				if !ranked(tb.Rows) {
					t.Fatalf("%s is out of order:\n%s", tb.ID, text(r))
				}
			case "by-day", "by-week", "by-month", "by-quarter", "by-year", "by-start-month":
				inTime(t, tb)
			case "period-party", "country-party", "admin1-party":
				first, second := r.PeriodTable(), r.Table("by-party")
				if level, ok := strings.CutSuffix(tb.ID, "-party"); ok && level != "period" {
					first = r.Table("by-" + level)
				}
				x, y := ids(first), ids(second)
				if !slices.IsSortedFunc(tb.Rows, func(a, b Row) int {
					return cmp.Or(cmp.Compare(slices.Index(x, a.Keys[0].ID), slices.Index(x, b.Keys[0].ID)), cmp.Compare(slices.Index(y, a.Keys[1].ID), slices.Index(y, b.Keys[1].ID)))
				}) {
					t.Fatalf("%s is not in the order of %s and by-party:\n%s", tb.ID, first.ID, text(r))
				}
			}
		}
	})
}

// inTime holds that periods stand in order without a gap, then the less precise
// rows, then the undated.
func inTime(t *rapid.T, tb *Table) {
	kind := map[KeyKind]int{Named: 0, Imprecise: 1, UndatedKey: 2}
	if !slices.IsSortedFunc(tb.Rows, func(x, y Row) int {
		return cmp.Or(kind[x.Keys[0].Kind]-kind[y.Keys[0].Kind], cmp.Compare(x.Start(), y.Start()))
	}) {
		t.Fatalf("%s is out of order: %v", tb.ID, ids(tb))
	}
	p, _ := ParsePeriod(strings.TrimPrefix(tb.ID, "by-"))
	for i, r := range tb.Rows {
		if p != Auto && (r.Keys[0].Kind == UndatedKey) != (r.Start() == data.NoDay) {
			t.Fatalf("%s: %v starts on %v", tb.ID, r.Keys, r.Start())
		}
		if r.Keys[0].Kind != Named || p == Auto {
			continue
		}
		if got := PeriodKey(r.Start(), p); got != r.Keys[0] {
			t.Fatalf("%s: the row of %s has the key %+v", tb.ID, r.Start(), r.Keys[0])
		}
		if i > 0 && !tb.Secondary && nextPeriod(tb.Rows[i-1].Start(), p) != r.Start() {
			t.Fatalf("%s: a gap before %s", tb.ID, r.Keys[0].ID)
		}
	}
}

// The rows add up as far as a table says they do, also where incidents have
// several parties and parties share them.
func TestAdditiveAsFarAsSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		for i := range rs { // every account says of whom it speaks: no wholes against parts
			rs[i].victim = max(rs[i].victim, data.Civilian)
		}
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(0, 5).Draw(t, "period"))
		o.Multi = MultiParty(rapid.SampledFrom([]MultiParty{Joint, Split}).Draw(t, "multi"))
		r := tallyRapid(t, o, rs)
		for _, tb := range r.Tables {
			var sum Tally
			for _, row := range tb.Rows {
				if err := sum.Merge(row.Tally); err != nil {
					t.Fatal(err)
				}
			}
			if tb.Additive && sum != r.Total {
				t.Fatalf("%s adds up to %+v, the total is %+v", tb.ID, sum, r.Total)
			}
			if tb.TollsAdditive && (sum.Killed.Low != r.Total.Killed.Low || sum.Killed.High != r.Total.Killed.High || sum.Injured.Low != r.Total.Injured.Low || sum.Injured.High != r.Total.Injured.High) {
				t.Fatalf("the tolls of %s add up to %+v, the total is %+v", tb.ID, sum, r.Total)
			}
			if tb.Claims && (tb.Additive || tb.TollsAdditive || !tb.Secondary) {
				t.Fatalf("%s, a table of claims, says that it adds up", tb.ID)
			}
		}
		if tb := r.Table("by-party"); !tb.Additive && !slices.ContainsFunc(rs, func(x rec) bool { return x.id != "" }) && o.Multi == Joint {
			t.Fatal("single records have one key each, and the table says it does not add up")
		}
	})
}

// With --multi each a party's row does not depend on who is named beside it, and
// no row exceeds the total.
func TestEachPartyHasTheFullToll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		for i := range rs {
			rs[i].id, rs[i].claimed, rs[i].involved = "", "", ""
		}
		o := DefaultOptions()
		o.Multi = Each
		r := tallyRapid(t, o, rs)
		several := false
		for _, r := range rs {
			several = several || (strings.Contains(r.attributed, ";") && r.status < data.Retracted)
		}
		tb := r.Table("by-party")
		if tb.Additive == several || tb.TollsAdditive {
			t.Fatalf("several parties %v, additive %v, tolls %v", several, tb.Additive, tb.TollsAdditive)
		}
		for _, n := range []string{"A", "B", "C"} {
			row, _ := tb.Find(n)
			alone := slices.DeleteFunc(slices.Clone(rs), func(r rec) bool { return !slices.Contains(SplitNames(r.attributed), n) })
			if want := tallyRapid(t, o, alone).Total; row.Tally != want {
				t.Fatalf("%s has %+v, its incidents come to %+v", n, row.Tally, want)
			}
		}
	})
}

// Crossed tables add up to what they cross.
func TestCrossedTablesAgreeWithTheirMargins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		for i := range rs {
			rs[i].victim = max(rs[i].victim, data.Civilian)
		}
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(0, 5).Draw(t, "period"))
		o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
		r := tallyRapid(t, o, rs)
		for _, id := range []string{"period-party", "admin1-party", "country-party"} {
			tb := r.Table(id)
			if tb == nil {
				continue
			}
			margins := []*Table{r.PeriodTable(), r.Table("by-party")}
			if id != "period-party" {
				margins[0] = r.Table("by-" + strings.TrimSuffix(id, "-party"))
			}
			for n, margin := range margins {
				if n == 0 && !tb.Additive {
					continue
				}
				sums := map[string]Tally{}
				for _, row := range tb.Rows {
					s := sums[row.Keys[n].ID]
					if err := s.Merge(row.Tally); err != nil {
						t.Fatal(err)
					}
					sums[row.Keys[n].ID] = s
				}
				for _, row := range margin.Rows {
					if sums[row.Keys[0].ID] != row.Tally {
						t.Fatalf("%s adds up to %+v for %s; %s has %+v", id, sums[row.Keys[0].ID], row.Keys[0].ID, margin.ID, row.Tally)
					}
					delete(sums, row.Keys[0].ID)
				}
				if len(sums) > 0 {
					t.Fatalf("%s has keys that %s has not: %v", id, margin.ID, sums)
				}
			}
		}
		for _, row := range r.Table("by-party").Rows {
			if b := row.Basis; row.Keys[0].Kind != Unstated && b.Claimed+b.Attributed+b.Contested+b.Involved != row.Tally.Incidents {
				t.Fatalf("%s rests on %+v, in %d incidents", row.Keys[0].ID, b, row.Tally.Incidents)
			}
		}
	})
}

func TestWhichTablesThereAre(t *testing.T) {
	base := rec{date: "2020-01-01", killed: exactly(1)}
	with := func(f func(*rec)) rec { r := base; f(&r); return r }
	plain := []string{"total", "by-day", "by-party", "period-party", "by-year", "by-month", "by-severity"}
	for _, c := range []struct {
		name string
		r    rec
		more []string
	}{
		{"bare", base, nil},
		{"country", with(func(r *rec) { r.country = "P" }), []string{"by-country"}},
		{"province", with(func(r *rec) { r.admin1 = "N" }), []string{"by-admin1", "admin1-party"}},
		{"place", with(func(r *rec) { r.place = "X" }), []string{"by-place"}},
		{"event type", with(func(r *rec) { r.event = "raid" }), []string{"by-event-type"}},
		{"victim type", with(func(r *rec) { r.victim = data.Civilian }), []string{"by-victim-type"}},
		{"victims unknown", with(func(r *rec) { r.victim = data.VictimUnknown }), []string{"by-victim-type"}},
		{"side", with(func(r *rec) { r.side = "A" }), []string{"by-victim-side", "party-side"}},
		{"involved", with(func(r *rec) { r.involved = "A" }), []string{"by-involved"}},
		{"claimed", with(func(r *rec) { r.claimed = "A" }), []string{"by-attribution"}},
		{"claimed and verified", with(func(r *rec) { r.claimed, r.status = "A", data.Verified }), []string{"by-attribution", "by-claimant"}},
		{"attributed alone says nothing of claims", with(func(r *rec) { r.attributed = "A" }), nil},
		{"denied", with(func(r *rec) { r.attributed, r.status = "A", data.Denied }), []string{"by-attribution"}},
		{"parts", with(func(r *rec) { r.parts = map[data.Part]data.Count{data.PartCivilians: exactly(1)} }), []string{"by-part", "by-victim-type"}},
		{"month", with(func(r *rec) { r.date = "2020-01" }), nil},
		{"year", with(func(r *rec) { r.date = "2020" }), []string{"by-start-month"}},
	} {
		r := tallyOf(t, DefaultOptions(), []rec{c.r})
		got := slices.DeleteFunc(tableIDs(r), func(id string) bool { return id == "by-week" || id == "by-quarter" || slices.Contains(plain, id) })
		slices.Sort(got)
		slices.Sort(c.more)
		if !slices.Equal(got, c.more) {
			t.Errorf("%s: tables %v beside the plain ones, want %v", c.name, got, c.more)
		}
		for _, id := range plain {
			if r.Table(id) == nil {
				t.Errorf("%s: no table %s", c.name, id)
			}
		}
		if r.PeriodTable() == nil || r.PeriodTable().Secondary {
			t.Errorf("%s: the table by %v is not to be printed", c.name, r.Period)
		}
	}
	if r := tallyOf(t, DefaultOptions(), nil); r.Total != (Tally{}) || len(r.PeriodTable().Rows) != 0 || r.First != data.NoDay || r.Deadliest != nil {
		t.Errorf("of no record there is %s", text(r))
	}
}

// With bounds asked for, the periods run from bound to bound, the first and the
// last marked where they are cut.
func TestPeriodsWithinBounds(t *testing.T) {
	rs := []rec{{date: "2020-02-10", killed: exactly(1)}, {date: "2020-03-20", killed: exactly(2)}, {date: "2020-06-01", killed: exactly(4)}, {date: "2020", killed: exactly(8)}, {killed: exactly(16)}}
	for _, c := range []struct {
		from, to, want string
		p              Period
		killed         string
		outside        int64
	}{
		{"2020-01-01", "2020-04-30", "2020-01: 2020-02: 2020-03: 2020-04: 2020-XX:", ByMonth, "11", 2},
		{"2020-02-01", "2020-04-15", "2020-02: 2020-03: 2020-04:to 15 Apr", ByMonth, "3", 3},
		{"2020-02-11", "2020-03-20", "2020-02:from 11 Feb 2020-03:to 20 Mar", ByMonth, "2", 4},
		{"2020-03-05", "2020-03-25", "2020-03:5 Mar to 25 Mar", ByMonth, "2", 4},
		{"2020-02-05", "2020-03-25", "2020:5 Feb to 25 Mar", ByYear, "3", 3},
		{"2020-01-01", "2020-12-31", "2020:", ByYear, "15", 1},
		{"2020-01-15", "2020-06-30", "2020-Q1:from 15 Jan 2020-Q2:", ByQuarter, "7", 2},
		{"2020-02-10", "2020-02-23", "2020-W07: 2020-W08:", ByWeek, "1", 4},
		{"2020-02-09", "2020-02-12", "2020-W06:from 9 Feb 2020-W07:to 12 Feb", ByWeek, "1", 4},
		{"2020-02-09", "2020-02-11", "2020-02-09: 2020-02-10: 2020-02-11:", ByDay, "1", 4},
	} {
		o := DefaultOptions()
		o.From, o.To, o.Period = day(c.from), day(c.to), c.p
		r := tallyOf(t, o, rs)
		var got []string
		for _, row := range r.PeriodTable().Rows {
			got = append(got, row.Keys[0].ID+":"+row.Partial)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s..%s by %v: %s, want %s", c.from, c.to, c.p, s, c.want)
		}
		if k := r.Total.Killed.Figure(r.Total.Incidents); k != c.killed || r.Ledger.SetAside != c.outside || r.First != o.From || r.Last != o.To {
			t.Errorf("%s..%s: %s killed, %d outside, %s to %s", c.from, c.to, k, r.Ledger.SetAside, r.First, r.Last)
		}
	}
}

// Selecting days beforehand and asking for them gives the same incidents.
func TestBoundsSelectByStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		for i := range rs {
			if len(rs[i].date) == 10 && rs[i].id == "" && rapid.Bool().Draw(t, "span") {
				rs[i].end = (day(rs[i].date) + 40).String()
			}
		}
		o := DefaultOptions()
		o.Period = ByMonth
		all := o
		o.From, o.To = day("2020-02-01"), day("2021-06-30")
		want := tallyRapid(t, all, slices.DeleteFunc(slices.Clone(rs), func(r rec) bool { return len(r.date) < 7 || r.date < "2020-02" || r.date > "2021-06" }))
		got := tallyRapid(t, o, rs)
		if got.Total != want.Total {
			t.Fatalf("%+v within the bounds, %+v of the records selected", got.Total, want.Total)
		}
		for _, id := range []string{"by-party", "by-country", "by-event-type", "by-victim-type", "receipt", "by-account", "revisions"} {
			if a, b := rowsOf(got.Table(id)), rowsOf(want.Table(id)); a != b {
				t.Fatalf("%s differs:\n%s\n%s", id, a, b)
			}
		}
	})
}

func TestMonthOfTheFirstRecordedDay(t *testing.T) {
	o := DefaultOptions()
	o.Period = ByMonth
	r := tallyOf(t, o, []rec{{date: "2020-01-15", killed: exactly(1)}, {date: "2020-01", killed: exactly(2)}, {date: "2020", killed: exactly(4)}, {date: "2020-03-31", end: "2020-04-02", killed: exactly(8)}, {killed: exactly(16)}})
	var got []string
	for _, row := range r.Table("by-start-month").Rows {
		got = append(got, row.Keys[0].ID+" "+row.Tally.Killed.Figure(1))
	}
	if s := strings.Join(got, ", "); s != "2020-01 7, 2020-03 8, undated 16" {
		t.Error(s)
	}
	if q := r.Quality; q.Spans != 3 || q.Straddling != 1 || q.StraddleMonths != 2 || q.DatePrec != [data.Undated + 1]uint32{data.ToDay: 2, data.ToMonth: 1, data.ToYear: 1, data.Undated: 1} {
		t.Errorf("%+v", q)
	}
}

// Places × parties are told by province, unless most incidents state the country
// alone.
func TestLevelOfPlacesAndParties(t *testing.T) {
	at := func(n int, country, admin1 string) (rs []rec) {
		for range n {
			rs = append(rs, rec{date: "2020-01-01", country: country, admin1: admin1, attributed: "A", killed: exactly(1)})
		}
		return rs
	}
	for _, c := range []struct {
		name string
		rs   []rec
		want string
	}{
		{"provinces stated", slices.Concat(at(3, "P", "N"), at(2, "Q", "S"), at(4, "P", "")), "admin1-party"},
		{"half of them stated", slices.Concat(at(2, "P", "N"), at(2, "Q", "")), "admin1-party"},
		{"most not stated", slices.Concat(at(2, "P", "N"), at(3, "Q", "")), "country-party"},
		{"most not stated, of one country", slices.Concat(at(2, "P", "N"), at(3, "P", "")), "admin1-party"},
		{"countries not stated either", slices.Concat(at(2, "", "N"), at(3, "", "")), "admin1-party"},
		{"no province at all", slices.Concat(at(2, "P", ""), at(3, "Q", "")), ""},
	} {
		r := tallyOf(t, DefaultOptions(), c.rs)
		var got []string
		for _, id := range tableIDs(r) {
			if strings.HasSuffix(id, "-party") && id != "by-party" && id != "period-party" {
				got = append(got, id)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
	for _, level := range []string{"country", "admin1", "admin2", "place"} {
		a := NewAccumulator(DefaultOptions())
		if err := a.SetCrossLevel(level); err != nil {
			t.Fatal(err)
		}
		b := batch([]rec{{date: "2020-01-01", country: "P", admin1: "N", place: "X", killed: exactly(1)}})
		b.Codes[data.ColAdmin2] = []uint32{b.Dicts[data.ColAdmin2].Code("D")}
		if err := a.Add(b); err != nil {
			t.Fatal(err)
		}
		r, err := a.Report()
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"country": "P", "admin1": "N", "admin2": "D", "place": "X"}[level] + " / (unattributed)"
		if got := ids(r.Table(level + "-party")); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %v, want %s", level, got, want)
		}
	}
	if NewAccumulator(DefaultOptions()).SetCrossLevel("street") == nil {
		t.Error("a level that is none is accepted")
	}
}

// One name in several places: the plain name where one place bears it, else with
// what tells them apart.
func TestPlacesOfOneName(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{
		{date: "2020-01-01", country: "P", admin1: "N", place: "Town", killed: exactly(9)}, {date: "2020-01-01", country: "Q", admin1: "N", place: "Town", killed: exactly(8)},
		{date: "2020-01-01", country: "Q", admin1: "S", place: "Town", killed: exactly(7)}, {date: "2020-01-01", place: "Town", killed: exactly(6)},
		{date: "2020-01-01", country: "Q", admin1: "S", place: "Village", killed: exactly(5)}, {date: "2020-01-01", country: "Q", admin1: "S", killed: exactly(40)},
	})
	if got := strings.Join(ids(r.Table("by-place")), " | "); got != "Town (N, P) | Town (N, Q) | Town (S) | Town (elsewhere not stated) | Village | (not stated)" {
		t.Error(got)
	}
	if got := strings.Join(ids(r.Table("by-admin1")), " | "); got != "S | N (P) | N (Q) | (not stated)" {
		t.Error(got)
	}
}

// Two places never share an address, however their names and those above them
// happen to be written.
func TestPlacesOfOneNameAreToldApart(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{
		{date: "2020-01-01", country: "Belgium", admin1: "Luxembourg", place: "Town", killed: data.Exactly(1)},
		{date: "2020-01-01", country: "Luxembourg", place: "Town", killed: data.Exactly(2)},
		{date: "2020-01-01", country: "India", admin1: "Punjab", killed: data.Exactly(4)},
		{date: "2020-01-01", country: "Pakistan", admin1: "Punjab", killed: data.Exactly(8)},
		{date: "2020-01-01", country: "Nepal", admin1: "Punjab (India)", killed: data.Exactly(16)},
	})
	for _, c := range []struct{ table, key, want string }{
		{"by-place", "Town (Luxembourg, Belgium)", "1"}, {"by-place", "Town (Luxembourg)", "2"},
		{"by-admin1", "Punjab [India]", "4"}, {"by-admin1", "Punjab (Pakistan)", "8"}, {"by-admin1", "Punjab (India)", "16"},
	} {
		if got := figureAt(t, r, c.table, c.key); got != c.want {
			t.Errorf("%s/%s: %s, want %s", c.table, c.key, got, c.want)
		}
	}
}

// A table by day that is asked for alone keeps its days under any period.
func TestDaysAskedForAloneAreKept(t *testing.T) {
	for _, p := range []Period{ByDay, ByMonth, ByQuarter, ByYear} {
		o := DefaultOptions()
		o.Period, o.Only = p, []string{"by-day", "by-" + p.String()}
		r := tallyOf(t, o, []rec{{date: "2020-01-31", killed: data.Exactly(3)}, {date: "2020-02-02", killed: data.Exactly(4)}})
		if got := figureAt(t, r, "by-day", "2020-01-31"); got != "3" {
			t.Errorf("by %v: %s killed on 31 January, want 3", p, got)
		}
	}
}

func TestTalliesOfDifferentSelectionsDoNotMerge(t *testing.T) {
	o := DefaultOptions()
	a := NewAccumulator(o)
	o.Where, _ = ParseFilters([]string{"country=P"})
	if a.Merge(NewAccumulator(o)) == nil {
		t.Error("tallies of different filters are merged in silence")
	}
}
