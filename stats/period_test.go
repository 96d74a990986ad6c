package stats

import (
	"fmt"
	"testing"
	"time"

	"toll/data"
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
