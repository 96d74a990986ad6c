package stats

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"toll/data"

	"pgregory.net/rapid"
)

// Every day of sixty years, against the standard library's weeks.
func TestISOWeeks(t *testing.T) {
	for d := day("1989-12-25"); d <= day("2050-01-10"); d++ {
		y, w := isoWeek(d)
		wy, ww := time.Unix(int64(d)*86400, 0).UTC().ISOWeek()
		if y != wy || w != ww {
			t.Fatalf("%s is in week %d of %d, want %d of %d", d, w, y, ww, wy)
		}
	}
}

// Periods tile time: each day lies in exactly one, and each begins where the one
// before ends.
func TestPeriodsTile(t *testing.T) {
	for p := ByDay; p <= ByYear; p++ {
		for d := day("2019-11-28"); d <= day("2025-02-03"); d++ {
			s := periodStart(d, p)
			n := nextPeriod(s, p)
			if s > d || n <= d || periodStart(n, p) != n || periodStart(n-1, p) != s {
				t.Fatalf("by %v: %s lies in %s..%s", p, d, s, n-1)
			}
		}
	}
}

func TestPeriodKeys(t *testing.T) {
	for _, c := range []struct {
		day  string
		p    Period
		want string
	}{
		{"2025-10-11", ByDay, "2025-10-11 11 Oct 2025"}, {"2025-10-06", ByWeek, "2025-W41 week 41 of 2025"}, {"2024-12-30", ByWeek, "2025-W01 week 1 of 2025"},
		{"2025-10-01", ByMonth, "2025-10 Oct 2025"}, {"2025-10-01", ByQuarter, "2025-Q4 Q4 2025"}, {"2025-01-01", ByYear, "2025 2025"},
	} {
		k := PeriodKey(day(c.day), c.p)
		if got := k.ID + " " + k.Label; got != c.want {
			t.Errorf("%s by %v: %s, want %s", c.day, c.p, got, c.want)
		}
	}
}

func TestYearBefore(t *testing.T) {
	for _, c := range []struct {
		day  string
		p    Period
		want string
	}{
		{"2025-10-01", ByMonth, "2024-10-01"}, {"2025-10-01", ByQuarter, "2024-10-01"}, {"2025-10-11", ByDay, "2024-10-11"}, {"2024-02-29", ByDay, ""},
		{"2025-01-01", ByYear, ""}, {"2025-10-06", ByWeek, "2024-10-07"}, {"2026-12-28", ByWeek, ""}, // 2025 has no week 53
	} {
		got := ""
		if d, ok := yearBefore(day(c.day), c.p); ok {
			got = d.String()
		}
		if got != c.want {
			t.Errorf("%s by %v: %q, want %q", c.day, c.p, got, c.want)
		}
	}
}

func TestAutoPeriod(t *testing.T) {
	first := day("2020-01-01")
	for days, want := range map[int]Period{1: ByDay, 45: ByDay, 46: ByWeek, 120: ByWeek, 121: ByMonth, 366: ByMonth, 2000: ByMonth, 3000: ByQuarter, 12000: ByYear} {
		if got := autoPeriod(first, first+data.Day(days-1)); got != want {
			t.Errorf("%d days: by %v, want by %v", days, got, want)
		}
	}
	if autoPeriod(data.NoDay, data.NoDay) != ByYear {
		t.Error("no dated incident: by year")
	}
}

// While the period is still to be chosen, period × party is kept by day only as
// long as a period shorter than a month can be chosen.
func TestGrainSufficesForEveryAutoPeriod(t *testing.T) {
	for span := 1; span < 5000; span++ {
		if p := autoPeriod(0, data.Day(span-1)); p < ByMonth && span-1 > maxDayGrain {
			t.Fatalf("%d days are told by %v, and the grain is a month", span, p)
		}
	}
}

func TestAMistypedYearMakesNoMillionRows(t *testing.T) {
	o := DefaultOptions()
	o.Period = ByDay
	r := tallyOf(t, o, []rec{{date: "0025-10-11", killed: data.Exactly(1)}, {date: "2025-10-11", killed: data.Exactly(1)}})
	if n := len(r.PeriodTable().Rows); n != 2 {
		t.Errorf("%d rows", n)
	}
}

// Published: PICSS April 2024, 56 to 77 attacks and 77 to 70 deaths; November
// 2018, 24 to 21, printed as "almost 14 %" with the later figure as base.
func TestPercentChange(t *testing.T) {
	for _, c := range []struct {
		before, after int64
		want          string
	}{{56, 77, "+38 %"}, {77, 70, "−9 %"}, {24, 21, "−13 %"}, {69, 89, "+29 %"}, {0, 5, "n/a"}, {2, 5, ""}, {9, 18, ""}, {10, 10, "0 %"}} {
		for _, measure := range []string{"incidents", "killed"} {
			unit := int64(1)
			if measure == "killed" {
				unit = data.Unit
			}
			if got := (Delta{Measure: measure, Before: c.before * unit, After: c.after * unit}).PercentChange(); got != c.want {
				t.Errorf("%s %d to %d: %q, want %q", measure, c.before, c.after, got, c.want)
			}
		}
	}
}

func TestChangesCompareWholePeriods(t *testing.T) {
	var rs []rec
	for y := 2023; y <= 2025; y++ {
		for m := 1; m <= 12; m++ {
			for d := 1; d <= 28; d++ {
				if y == 2025 && (m > 3 || (m == 3 && d > 9)) {
					continue
				}
				rs = append(rs, rec{date: fmt.Sprintf("%d-%02d-%02d", y, m, d), killed: data.Exactly(int64(y - 2022))})
			}
		}
	}
	o := DefaultOptions()
	o.Period = ByMonth
	r := tallyOf(t, o, rs)
	if len(r.Changes) != 3 {
		t.Fatalf("%+v", r.Changes)
	}
	for i, want := range []string{"previous month: 2025-01 28 84, 2025-02 28 84", "same month a year before: 2024-02 28 56, 2025-02 28 84",
		"year to date: 2024-01--2024-02 56 112, 2025-01--2025-02 56 168"} {
		c := r.Changes[i]
		got := fmt.Sprintf("%s: %s %d %d, %s %d %d", c.Kind, c.Before.Keys[0].ID, c.Measures[0].Before, Persons(c.Measures[1].Before),
			c.After.Keys[0].ID, c.Measures[0].After, Persons(c.Measures[1].After))
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A period ends the day before the next begins, also at the end of the calendar.
func TestNextPeriod(t *testing.T) {
	for _, c := range []struct {
		day  string
		p    Period
		want string
	}{
		{"2020-02-28", ByDay, "2020-02-29"}, {"2020-12-28", ByWeek, "2021-01-04"}, {"2020-12-01", ByMonth, "2021-01-01"}, {"2020-10-01", ByQuarter, "2021-01-01"}, {"2020-07-01", ByQuarter, "2020-10-01"},
		{"2020-01-01", ByYear, "2021-01-01"}, {"9999-11-01", ByMonth, "9999-12-01"},
	} {
		if got := nextPeriod(day(c.day), c.p).String(); got != c.want {
			t.Errorf("after %s by %v: %s, want %s", c.day, c.p, got, c.want)
		}
	}
	for p, last := range map[Period]string{ByMonth: "9999-12-01", ByQuarter: "9999-10-01", ByYear: "9999-01-01"} {
		if n := nextPeriod(day(last), p); n <= day("9999-12-31") {
			t.Errorf("by %v the last period ends on %s", p, n-1)
		}
	}
}

// A year before a week is the week of that number, where the year has one; days
// and months go back to the same date.
func TestYearBeforeIsTheSamePeriod(t *testing.T) {
	none := map[Period]int{}
	for d := day("2000-01-03"); d <= day("2030-12-30"); d++ {
		for _, p := range []Period{ByDay, ByWeek, ByMonth, ByQuarter} {
			if periodStart(d, p) != d {
				continue
			}
			b, ok := yearBefore(d, p)
			if !ok {
				none[p]++
				continue
			}
			now, then := PeriodKey(d, p).ID, PeriodKey(b, p).ID
			var y, by int
			fmt.Sscanf(now, "%d", &y)
			fmt.Sscanf(then, "%d", &by)
			if periodStart(b, p) != b || by != y-1 || now[4:] != then[4:] {
				t.Fatalf("%s by %v: %s", now, p, then)
			}
		}
	}
	// 29 February of 2000 to 2028; week 53 of 2004, 2009, 2015, 2020 and 2026.
	if none[ByDay] != 8 || none[ByWeek] != 5 || none[ByMonth] != 0 || none[ByQuarter] != 0 {
		t.Errorf("no year before: %v", none)
	}
}

// Where a date stands in a table by each period.
func TestSlots(t *testing.T) {
	for _, c := range []struct{ date, day, week, month, quarter, year string }{
		{"2021-01-02", "2021-01-02", "2020-W53", "2021-01", "2021-Q1", "2021"},
		{"2020-02", "2020-02-XX", "2020-02-XX", "2020-02", "2020-Q1", "2020"},
		{"2020", "2020-XX-XX", "2020-XX-XX", "2020-XX", "2020-XX", "2020"},
		{"", "undated", "undated", "undated", "undated", "undated"},
		{"0987-12-31", "0987-12-31", "0988-W01", "0987-12", "0987-Q4", "0987"},
	} {
		for p, want := range map[Period]string{ByDay: c.day, ByWeek: c.week, ByMonth: c.month, ByQuarter: c.quarter, ByYear: c.year} {
			s := slotOf(keyOf(date(c.date, "")), p)
			kind := Named
			switch {
			case want == "undated":
				kind = UndatedKey
			case want[len(want)-1] == 'X':
				kind = Imprecise
			}
			if s.key.ID != want || s.key.Kind != kind || s.key.Label == "" {
				t.Errorf("%q by %v: %+v, want %s", c.date, p, s.key, want)
			}
			if want != "undated" && kind == Named && periodStart(s.start, p) != s.start || want == "undated" && s.start != data.NoDay {
				t.Errorf("%q by %v stands at %s", c.date, p, s.start)
			}
		}
	}
}

// What is said of a period that the data covers in part: always where bounds were
// asked for, else where the days without data would hold three incidents at the
// rate of the others.
func TestPartOfAPeriodCovered(t *testing.T) {
	span := func(first, last string, asked bool) coverage { return coverage{day(first), day(last), asked, asked} }
	start, end := day("2020-04-01"), day("2020-04-30")
	for _, c := range []struct {
		name string
		cov  coverage
		n    uint32
		want string
	}{
		{"the whole", span("2020-04-01", "2020-04-30", true), 9, ""},
		{"more", span("2020-01-01", "2020-12-31", false), 0, ""},
		{"asked from", span("2020-04-02", "2020-06-01", true), 0, "from 2 Apr"},
		{"asked to", span("2020-03-02", "2020-04-29", true), 0, "to 29 Apr"},
		{"asked from and to", span("2020-04-10", "2020-04-20", true), 5, "10 Apr to 20 Apr"},
		{"three expected in ten days", span("2020-01-01", "2020-04-20", false), 6, "to 20 Apr"}, // 6 in 20 days
		{"fewer than three expected", span("2020-01-01", "2020-04-20", false), 5, ""},
		{"three expected before", span("2020-04-16", "2020-06-01", false), 3, "from 16 Apr"}, // 3 in 15 days, 15 without
		{"two expected before", span("2020-04-16", "2020-06-01", false), 2, ""},
		{"one day of many", span("2020-01-01", "2020-04-01", false), 1, "to 1 Apr"}, // 1 in 1 day, 29 without
		{"quiet", span("2020-01-01", "2020-04-01", false), 0, ""},
	} {
		if got := c.cov.partial(start, end, c.n); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The days that a report covers.
func TestDaysCovered(t *testing.T) {
	for _, c := range []struct {
		name, dates, from, to, want string
	}{
		{"days", "2020-02-03 2020-05-01", "", "", "2020-02-03..2020-05-01"},
		{"a span to its end", "2020-02-03 2020-02-10..2020-02-20", "", "", "2020-02-03..2020-02-20"},
		{"a month that overlaps the days", "2020-02-03 2020-02-20 2020-02", "", "", "2020-02-03..2020-02-20"},
		{"a month after the days", "2020-02-03 2020-04", "", "", "2020-02-03..2020-04-30"},
		{"a month before the days", "2020-02-03 2019-12", "", "", "2019-12-01..2020-02-03"},
		{"months alone", "2020-02 2020-04", "", "", "2020-02-01..2020-04-30"},
		{"a year says nothing beside a day", "2020-02-03 2018", "", "", "2020-02-03..2020-02-03"},
		{"years alone", "2020 2018", "", "", "2018-01-01..2020-12-31"},
		{"as asked", "2020-02-03 2020-05-01", "2020-01-01", "2020-12-31", "2020-01-01..2020-12-31"},
		{"from a day", "2020-02-03 2020-05-01", "2020-03-01", "", "2020-03-01..2020-05-01"},
		{"undated", "-", "", "", ".."},
		{"undated, from a day", "-", "2020-03-01", "", "2020-03-01..2020-03-01"},
	} {
		var rs []rec
		for s := range strings.FieldsSeq(c.dates) {
			r := rec{killed: data.Exactly(1)}
			if s != "-" {
				r.date, r.end, _ = strings.Cut(s, "..")
			}
			rs = append(rs, r)
		}
		o := DefaultOptions()
		o.From, o.To = day(c.from), day(c.to)
		r := tallyOf(t, o, rs)
		got := ".."
		if r.First != data.NoDay || r.Last != data.NoDay {
			got = r.First.String() + ".." + r.Last.String()
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A quiet period within the recorded span of an incident is marked, and no other.
func TestQuietPeriodsWithinASpan(t *testing.T) {
	o := DefaultOptions()
	for p, want := range map[Period]string{
		ByDay:   "2020-01-31 2020-02-01 2020-02-02 2020-02-03 2020-02-05 2020-02-06",
		ByWeek:  "", // of the two weeks the second has an incident
		ByMonth: "",
	} {
		o.Period = p
		r := tallyOf(t, o, []rec{{date: "2020-01-30", end: "2020-02-06", killed: exactly(1)}, {date: "2020-02-04", killed: exactly(1)}, {date: "2020-02-09", killed: exactly(1)}})
		var got []string
		for _, row := range r.PeriodTable().Rows {
			if row.Spanned {
				got = append(got, row.Keys[0].ID)
			}
			if row.Spanned && row.Tally.Incidents > 0 {
				t.Errorf("by %v: %s has incidents", p, row.Keys[0].ID)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("by %v: %s, want %s", p, s, want)
		}
	}
	o.Period = ByMonth
	r := tallyOf(t, o, []rec{{date: "2019-11-15", end: "2020-03-15", killed: exactly(1)}, {date: "2020-01-01", killed: exactly(1)}, {date: "2020-05-31", killed: exactly(1)}})
	for _, row := range r.PeriodTable().Rows {
		id := row.Keys[0].ID
		if want := id == "2019-12" || id == "2020-02" || id == "2020-03"; row.Spanned != want {
			t.Errorf("%s is marked %t", id, row.Spanned)
		}
	}
}

// Spans that cross a period, counted day by day.
func TestSpansThatStraddle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Period(rapid.IntRange(int(ByDay), int(ByYear)).Draw(t, "period"))
		var rs []rec
		var straddling, months uint32
		for range rapid.IntRange(0, 8).Draw(t, "spans") {
			from := day("2020-01-01") + data.Day(rapid.IntRange(0, 800).Draw(t, "from"))
			to := from + data.Day(rapid.IntRange(0, 60).Draw(t, "days"))
			rs = append(rs, rec{date: from.String(), end: to.String(), killed: exactly(1)})
			crosses := func(p Period) bool {
				for d := from + 1; d <= to; d++ {
					if PeriodKey(periodStart(d, p), p) != PeriodKey(periodStart(from, p), p) {
						return true
					}
				}
				return false
			}
			if crosses(p) {
				straddling++
			}
			if crosses(ByMonth) {
				months++
			}
		}
		o := DefaultOptions()
		o.Period = p
		q := tallyRapid(t, o, rs).Quality
		if q.Straddling != straddling || q.StraddleMonths != months {
			t.Fatalf("by %v %d spans straddle and %d the months, want %d and %d", p, q.Straddling, q.StraddleMonths, straddling, months)
		}
	})
}
