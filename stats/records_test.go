package stats

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// rec is a record as a test writes it.
type rec struct {
	id, date, end, country, admin1, place, event string
	attributed, claimed, involved                string
	side                                         string
	victim                                       data.VictimType
	killed, injured                              data.Count
	parts                                        map[data.Part]data.Count
	source, sourceSide, reported                 string
	status                                       data.Status
	suspected                                    bool
	women, militants                             data.Count
}

func day(s string) data.Day {
	var y, m, d int
	if n, _ := fmt.Sscanf(s, "%d-%d-%d", &y, &m, &d); n != 3 {
		return data.NoDay
	}
	x, ok := data.DayOf(y, m, d)
	if !ok {
		panic("no such day: " + s)
	}
	return x
}

func date(s, end string) data.Date {
	var y, m int
	switch len(s) {
	case 0:
		return data.NoDate
	case 4:
		fmt.Sscanf(s, "%d", &y)
		d, _ := data.YearDate(y)
		return d
	case 7:
		fmt.Sscanf(s, "%d-%d", &y, &m)
		d, _ := data.MonthDate(y, m)
		return d
	}
	d := data.Date{Start: day(s), End: day(s)}
	if end != "" {
		d.End = day(end)
	}
	return d
}

// batch writes records into a batch of their own dictionaries.
func batch(rs []rec) *data.Batch {
	b := &data.Batch{N: len(rs), Dicts: data.NewDicts()}
	for i, r := range rs {
		d := date(r.date, r.end)
		b.Line = append(b.Line, int32(i+2))
		b.Start, b.End, b.Prec = append(b.Start, d.Start), append(b.End, d.End), append(b.Prec, d.Prec)
		for c, s := range map[data.Column]string{data.ColCountry: r.country, data.ColAdmin1: r.admin1, data.ColPlace: r.place, data.ColEventType: r.event,
			data.ColAttributedTo: r.attributed, data.ColClaimedBy: r.claimed, data.ColInvolved: r.involved, data.ColVictimSide: r.side,
			data.ColSource: r.source, data.ColSourceSide: r.sourceSide} {
			b.Codes[c] = append(b.Codes[c], b.Dicts[c].Code(s))
		}
		b.Killed, b.Injured = append(b.Killed, r.killed), append(b.Injured, r.injured)
		b.VictimType, b.Status = append(b.VictimType, r.victim), append(b.Status, r.status)
		sure := data.AttributionStated
		if r.suspected {
			sure = data.AttributionSuspected
		}
		b.Attribution = append(b.Attribution, sure)
		b.Besides[data.BesideWomen] = append(b.Besides[data.BesideWomen], r.women)
		b.Besides[data.BesideMilitants] = append(b.Besides[data.BesideMilitants], r.militants)
		b.ReportedOn = append(b.ReportedOn, day(r.reported))
		for p := range data.NumParts {
			b.KilledParts[p] = append(b.KilledParts[p], r.parts[p])
		}
		b.ID.Append([]byte(r.id))
	}
	return b
}

// tallyOf runs records through accumulators, one for each group of records,
// merged in the order given.
func tallyOf(t testing.TB, opt Options, groups ...[]rec) *Report {
	t.Helper()
	run := func() *Accumulator {
		var all *Accumulator
		first := int64(0)
		for _, g := range groups {
			a := NewAccumulator(opt)
			b := batch(g)
			b.First = first
			first += int64(len(g))
			if err := a.Add(b); err != nil {
				t.Fatal(err)
			}
			if all == nil {
				all = a
			} else if err := all.Merge(a); err != nil {
				t.Fatal(err)
			}
		}
		return all
	}
	a := run()
	if a.NeedsIDs() {
		opt.RememberIDs = true
		a = run()
	}
	if len(a.Repeats()) > 0 {
		opt.Repeated = a.Repeats()
		a = run()
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// text writes a report's tables for comparison.
func text(r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %v..%v directed=%v multi=%v\n", r.Period, r.First, r.Last, r.Directed, r.MultiAccount)
	for _, t := range r.Tables {
		fmt.Fprintf(&b, "%s\n", t.ID)
		for _, row := range t.Rows {
			var ids []string
			for _, k := range row.Keys {
				ids = append(ids, k.ID)
			}
			fmt.Fprintf(&b, "  %s | %d | %s %+v | %s %+v | %+v %s\n", strings.Join(ids, " / "), row.Tally.Incidents, row.Tally.Killed.Figure(row.Tally.Incidents), row.Tally.Killed,
				row.Tally.Injured.Figure(row.Tally.Incidents), row.Tally.Injured, row.Basis, row.Partial)
		}
	}
	for _, s := range r.Sheets {
		fmt.Fprintf(&b, "%s\n", s.ID)
		for _, row := range s.Rows {
			fmt.Fprintf(&b, "  %+v %+v\n", row.Keys, row.Cells)
		}
	}
	for _, d := range r.Deadliest {
		fmt.Fprintf(&b, "deadliest %s %v %v %+v\n", d.ID, d.Date, d.Party, d.Killed)
	}
	fmt.Fprintf(&b, "%+v\n%+v\n", r.Quality, r.Changes)
	for _, d := range r.Disagreements { // where they stand follows the rows
		fmt.Fprintf(&b, "%s %s %q %s\n", d.ID, d.Field, d.Values, d.Used)
	}
	return b.String()
}

func figureAt(t *testing.T, r *Report, table string, keys ...string) string {
	t.Helper()
	tb := r.Table(table)
	if tb == nil {
		t.Fatalf("no table %s", table)
	}
	row, ok := tb.Find(keys...)
	if !ok {
		t.Fatalf("no row %v in %s:\n%s", keys, table, text(r))
	}
	return row.Tally.Killed.Figure(row.Tally.Incidents)
}

// The border night of 11 October 2025: two armies, two tolls, four rows, one
// incident.
func borderNight() []rec {
	x := rec{id: "PKAF-20251011", date: "2025-10-11", end: "2025-10-12", place: "border", reported: "2025-10-12"}
	row := func(source, sourceSide, attributed, side string, v data.VictimType, killed, injured data.Count) rec {
		y := x
		y.source, y.sourceSide, y.attributed, y.side, y.victim, y.killed, y.injured = source, sourceSide, attributed, side, v, killed, injured
		return y
	}
	return []rec{
		row("ISPR", "Pakistan", "Afghan Taliban", "Pakistan", data.Security, data.Exactly(23), data.Exactly(29)),
		row("ISPR", "Pakistan", "Pakistan", "Afghan Taliban", data.Militant, data.AtLeast(200), data.Count{}),
		row("Mujahid", "Afghan Taliban", "Afghan Taliban", "Pakistan", data.Security, data.Exactly(58), data.Exactly(30)),
		row("Mujahid", "Afghan Taliban", "Pakistan", "Afghan Taliban", data.Militant, data.Exactly(9), data.Exactly(16)),
	}
}

func TestBorderNightIsOneIncident(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), borderNight())
	if r.Total.Incidents != 1 {
		t.Fatalf("%d incidents, want 1", r.Total.Incidents)
	}
	for _, c := range []struct{ table, key, want string }{
		{"by-victim-side", "Pakistan", "23–58"}, {"by-victim-side", "Afghan Taliban", "9–200+"},
		{"by-party", "Afghan Taliban", "23–58"}, {"by-party", "Pakistan", "9–200+"},
		{"by-victim-type", "security", "23–58"}, {"by-victim-type", "militant", "9–200+"},
		{"by-day", "2025-10-11", "32–258+"},
	} {
		if got := figureAt(t, r, c.table, c.key); got != c.want {
			t.Errorf("%s/%s: %s, want %s", c.table, c.key, got, c.want)
		}
	}
	if got := r.Total.Killed.Figure(1); got != "32–258+" {
		t.Errorf("total %s, want 32–258+", got)
	}
	if got := r.Total.Injured.Figure(1); got != "45–46" {
		t.Errorf("injured %s, want 45–46", got)
	}
	if r.Table("by-party").Additive {
		t.Error("an incident under two parties: the table's incidents do not add up")
	}
}

// The Standards for Casualty Recording's example: 4–6 killed, 2 civilians, 1–2
// combatants; the rest has no known status.
func TestPartsAndWhole(t *testing.T) {
	x := rec{id: "x", date: "2020-01-01"}
	whole, civ, com := x, x, x
	whole.killed = data.Between(4, 6)
	civ.victim, civ.killed = data.Civilian, data.Exactly(2)
	com.victim, com.killed = data.Combatant, data.Between(1, 2)
	r := tallyOf(t, DefaultOptions(), []rec{whole, civ, com})
	if got := r.Total.Killed.Figure(1); got != "4–6" {
		t.Errorf("total %s, want 4–6", got)
	}
	for k, want := range map[string]string{"civilian": "2", "combatant": "1–2", "unknown": "0–3"} {
		if got := figureAt(t, r, "by-victim-type", k); got != want {
			t.Errorf("%s: %s, want %s", k, got, want)
		}
	}
}

func TestUnknownIsNeverZero(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{{date: "2020-01-01"}, {date: "2020-01-01", killed: data.Exactly(0)}, {date: "2020-01-02", killed: data.Exactly(3)}})
	k := r.Total.Killed
	if r.Total.Incidents != 3 || k.Unknown != 1 || k.Fatal != 1 || k.Figure(3) != "3" {
		t.Errorf("%+v", r.Total)
	}
	only := tallyOf(t, DefaultOptions(), []rec{{date: "2020-01-01"}})
	if got := only.Total.Killed.Figure(1); got != "unknown" {
		t.Errorf("a single unknown toll reads %q", got)
	}
}

func TestWithdrawnAccountsCountNowhere(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{
		{date: "2020-01-01", killed: data.Exactly(5), status: data.Retracted},
		{date: "2020-01-01", killed: data.Exactly(7), status: data.Denied},
		{id: "a", date: "2020-01-02", killed: data.Exactly(3), source: "A", reported: "2020-01-02"},
		{id: "a", date: "2020-01-02", killed: data.Exactly(9), source: "A", reported: "2020-01-05"},
		{id: "b", date: "2020-01-03", killed: data.Exactly(1), status: data.Superseded},
		{id: "b", date: "2020-01-03", killed: data.Exactly(2), status: data.Retracted},
	})
	if r.Total.Incidents != 2 || r.Total.Killed.Figure(2) != "9" || r.Total.Killed.Unknown != 1 || r.Quality.Withdrawn != 2 {
		t.Errorf("%+v %+v", r.Total, r.Quality)
	}
}

func TestImpreciseDatesHaveRowsOfTheirOwn(t *testing.T) {
	o := DefaultOptions()
	rs := []rec{{date: "2020-01-05", killed: data.Exactly(1)}, {date: "2020-03-05", killed: data.Exactly(2)}, {date: "2020-02", killed: data.Exactly(4)},
		{date: "2020", killed: data.Exactly(8)}, {killed: data.Exactly(16)}}
	for p, want := range map[Period]string{
		ByMonth:   "2020-01:1 2020-02:4 2020-03:2 2020-XX:8 undated:16",
		ByQuarter: "2020-Q1:7 2020-XX:8 undated:16",
		ByYear:    "2020:15 undated:16",
	} {
		o.Period = p
		r := tallyOf(t, o, rs)
		var got []string
		for _, row := range r.PeriodTable().Rows {
			got = append(got, row.Keys[0].ID+":"+row.Tally.Killed.Figure(row.Tally.Incidents))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("by %v: %s, want %s", p, s, want)
		}
	}
	o.Period = ByDay
	r := tallyOf(t, o, rs)
	for _, k := range []string{"2020-02-XX", "2020-XX-XX", "undated"} {
		figureAt(t, r, "by-day", k)
	}
	if n := len(r.PeriodTable().Rows); n != 61+3 {
		t.Errorf("%d day rows, want 61 days from 5 January to 5 March and 3 imprecise", n)
	}
}

func TestPartialPeriods(t *testing.T) {
	var rs []rec
	for d := day("2020-01-10"); d <= day("2020-03-12"); d++ {
		rs = append(rs, rec{date: d.String(), killed: data.Exactly(1)})
	}
	o := DefaultOptions()
	o.Period = ByMonth
	r := tallyOf(t, o, rs)
	var got []string
	for _, row := range r.PeriodTable().Rows {
		got = append(got, row.Keys[0].ID+" "+row.Partial)
	}
	if s := strings.Join(got, ", "); s != "2020-01 from 10 Jan, 2020-02 , 2020-03 to 12 Mar" {
		t.Error(s)
	}
	if len(r.Changes) != 0 {
		t.Errorf("one whole month has nothing to be compared with: %+v", r.Changes)
	}
	quiet := tallyOf(t, o, []rec{{date: "2020-01-02", killed: data.Exactly(1)}, {date: "2020-04-28", killed: data.Exactly(1)}})
	for _, row := range quiet.PeriodTable().Rows {
		if row.Partial != "" {
			t.Errorf("%s is marked %q: at two incidents in four months two quiet days are no gap", row.Keys[0].ID, row.Partial)
		}
	}
}

func TestClaimedPerpetrator(t *testing.T) {
	for _, c := range []struct {
		claimed, attributed, involved, want string
		basis                               basis
	}{
		{"TTP", "", "", "TTP", basisClaimed}, {"TTP", "TTP", "", "TTP", basisAgreed}, {"TTP", "IS", "", "TTP", basisContested},
		{"TTP; IS", "", "", "IS + TTP", basisContested}, {"", "B;A", "", "A + B", basisAttributed}, {"", "", "A - B", "A - B", basisInvolved},
		{"", "A", "A - B", "A", basisAttributed}, {"", "", "", "", basisNone}, {" ; ", "A", "", "A", basisAttributed},
	} {
		p, b := standingOf(c.claimed, c.attributed, c.involved)
		if p.name != c.want || b != c.basis {
			t.Errorf("%q/%q/%q: %q %v, want %q %v", c.claimed, c.attributed, c.involved, p.name, b, c.want, c.basis)
		}
	}
}

func TestSamePlaceNameInTwoProvinces(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{
		{date: "2020-01-01", country: "India", admin1: "Punjab", killed: data.Exactly(1)},
		{date: "2020-01-01", country: "Pakistan", admin1: "Punjab", killed: data.Exactly(2)},
		{date: "2020-01-01", country: "Pakistan", admin1: "Sindh", killed: data.Exactly(4)},
		{date: "2020-01-01", country: "Pakistan", killed: data.Exactly(8)},
	})
	for k, want := range map[string]string{"Punjab (India)": "1", "Punjab (Pakistan)": "2", "Sindh": "4", "(not stated)": "8"} {
		if got := figureAt(t, r, "by-admin1", k); got != want {
			t.Errorf("%s: %s, want %s", k, got, want)
		}
	}
	if got := figureAt(t, r, "by-country", "Pakistan"); got != "14" {
		t.Errorf("Pakistan: %s", got)
	}
}

func TestFilters(t *testing.T) {
	rs := []rec{{date: "2020-01-01", country: "A", claimed: "X", killed: data.Exactly(1)}, {date: "2020-02-01", country: "B", attributed: "X;Y", killed: data.Exactly(2)},
		{date: "2020-03-01", country: "a", killed: data.Exactly(4)}}
	for _, c := range []struct {
		where    []string
		from, to string
		want     string
		outside  int64
	}{
		{nil, "", "", "7", 0}, {[]string{"country=a"}, "", "", "5", 1}, {[]string{"party=x"}, "", "", "3", 1}, {[]string{"party="}, "", "", "4", 2},
		{[]string{"country=a", "country=b", "party=X"}, "", "", "3", 1}, {nil, "2020-02-01", "2020-02-29", "2", 2}, {[]string{"party=Unattributed"}, "", "", "4", 2},
	} {
		o := DefaultOptions()
		var err error
		if o.Where, err = ParseFilters(c.where); err != nil {
			t.Fatal(err)
		}
		o.From, o.To = day(c.from), day(c.to)
		r := tallyOf(t, o, rs)
		got := "unknown"
		if r.Total.Incidents > 0 {
			got = r.Total.Killed.Figure(r.Total.Incidents)
		}
		if got != c.want || r.Ledger.SetAside != c.outside {
			t.Errorf("%v %s..%s: %s with %d outside, want %s with %d", c.where, c.from, c.to, got, r.Ledger.SetAside, c.want, c.outside)
		}
	}
	if _, err := ParseFilters([]string{"colour=red"}); err == nil {
		t.Error("an unknown field is accepted")
	}
}

func TestOverflowIsAnError(t *testing.T) {
	huge := data.Count{Low: 1 << 62, Best: 1 << 62, High: 1 << 62, Flags: data.HasLow | data.HasBest | data.HasHigh}
	if err := NewAccumulator(DefaultOptions()).Add(batch([]rec{{date: "2020-01-01", killed: huge}})); err == nil {
		t.Error("a count beyond all bounds is tallied")
	}
	// Totals just short of the largest, in every order of adding and merging.
	near := func(room int64) *Accumulator {
		a := NewAccumulator(DefaultOptions())
		if err := a.Add(batch([]rec{{date: "2020-01-01", killed: data.Exactly(5)}})); err != nil {
			t.Fatal(err)
		}
		a.total.Killed.High = math.MaxInt64 - room*data.Unit
		return a
	}
	if err := near(6).Add(batch([]rec{{date: "2020-01-01", killed: data.Exactly(6)}})); err != nil {
		t.Errorf("the largest sum is refused: %v", err)
	}
	if err := near(6).Add(batch([]rec{{date: "2020-01-01", killed: data.Exactly(3)}, {date: "2020-01-02", killed: data.Exactly(4)}})); err == nil {
		t.Error("adding past the largest sum is silent")
	}
	if near(3).Merge(near(1<<40)) == nil || near(1<<40).Merge(near(3)) == nil {
		t.Error("merging past the largest sum is silent")
	}
}

func drawCount(t *rapid.T) data.Count {
	n := rapid.Int64Range(0, 50).Draw(t, "n")
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		return data.Count{}
	case 1:
		return data.Between(n, n+rapid.Int64Range(0, 9).Draw(t, "width"))
	case 2:
		return data.AtLeast(n)
	case 3:
		return data.Count{Best: n * data.Unit / 2, Flags: data.HasBest}.Settle()
	}
	return data.Exactly(n)
}

func drawRecords(t *rapid.T) []rec {
	name := rapid.SampledFrom([]string{"", "A", "B", "C", "A;B"})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rec {
		return rec{
			id:      rapid.SampledFrom([]string{"", "", "i1", "i2", "i3"}).Draw(t, "id"),
			date:    rapid.SampledFrom([]string{"2020-01-31", "2020-02-01", "2020-02-29", "2021-07-04", "2020-02", "2020", ""}).Draw(t, "date"),
			country: rapid.SampledFrom([]string{"", "P", "Q"}).Draw(t, "country"), admin1: rapid.SampledFrom([]string{"", "N", "S"}).Draw(t, "admin1"),
			event: rapid.SampledFrom([]string{"", "raid"}).Draw(t, "event"), attributed: name.Draw(t, "attributed"), claimed: name.Draw(t, "claimed"),
			side: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "side"), victim: data.VictimType(rapid.IntRange(0, 5).Draw(t, "victim")),
			killed: drawCount(t), injured: drawCount(t), source: rapid.SampledFrom([]string{"", "S1", "S2"}).Draw(t, "source"),
			reported: rapid.SampledFrom([]string{"", "2021-08-01", "2021-08-02"}).Draw(t, "reported"),
			status:   data.Status(rapid.IntRange(0, 5).Draw(t, "status")), suspected: rapid.Bool().Draw(t, "suspected"),
			women: drawCount(t), militants: drawCount(t),
		}
	}), 0, 25).Draw(t, "records")
}

// Any order of the records and any split of them over accumulators gives the
// same report.
func TestOrderAndSplitChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawRecords(t)
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(0, 5).Draw(t, "period"))
		whole := text(tallyRapid(t, o, rs))
		shuffled := rapid.Permutation(rs).Draw(t, "order")
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		if got := text(tallyRapid(t, o, shuffled[cut:], shuffled[:cut])); got != whole {
			t.Fatalf("whole:\n%s\nshuffled and split at %d:\n%s", whole, cut, got)
		}
	})
}

func tallyRapid(t *rapid.T, o Options, groups ...[]rec) *Report {
	var r *Report
	tt := &testing.T{}
	r = tallyOf(tt, o, groups...)
	return r
}

// The tables agree with each other: every additive table's rows add up to the
// total, and every table's tolls do where it says so.
func TestTablesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawRecords(t)
		for i := range rs {
			rs[i].id = "" // one record, one incident: parts and wholes do not blur the sums
		}
		r := tallyRapid(t, DefaultOptions(), rs)
		for _, table := range r.Tables {
			if !table.Additive {
				continue
			}
			var sum Tally
			for _, row := range table.Rows {
				if err := sum.Merge(row.Tally); err != nil {
					t.Fatal(err)
				}
			}
			if sum != r.Total {
				t.Fatalf("%s adds up to %+v, the total is %+v", table.ID, sum, r.Total)
			}
		}
	})
}

func TestDeadliestIsTheSameForAnyOrder(t *testing.T) {
	var rs []rec
	for i := range 200 {
		rs = append(rs, rec{id: fmt.Sprintf("i%03d", i), date: "2020-01-01", killed: data.Exactly(int64(i * 37 % 101))})
	}
	o := DefaultOptions()
	o.Top = 7
	want := tallyOf(t, o, rs).Deadliest
	slices.Reverse(rs)
	got := tallyOf(t, o, rs[:50], rs[50:])
	if len(want) != 7 || want[0].Killed != data.Exactly(100) {
		t.Fatalf("%+v", want)
	}
	for i, d := range got.Deadliest {
		if d.ID != want[i].ID {
			t.Errorf("place %d: %s, want %s", i, d.ID, want[i].ID)
		}
	}
}
