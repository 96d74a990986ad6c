package stats

import (
	"fmt"
	"strings"
	"testing"

	"toll/data"
)

// monthly returns one record a day for the first n days of a month.
func monthly(month string, n int, killed data.Count) (rs []rec) {
	for d := 1; d <= n; d++ {
		rs = append(rs, rec{date: fmt.Sprintf("%s-%02d", month, d), killed: killed})
	}
	return rs
}

func byMonth(t *testing.T, rs []rec) *Report {
	t.Helper()
	o := DefaultOptions()
	o.Period, o.From, o.To = ByMonth, day("2025-01-01"), day("2025-03-31")
	return tallyOf(t, o, rs)
}

func cellsOf(s *Sheet, ids ...string) string {
	var b strings.Builder
	if s == nil {
		return ""
	}
	for _, c := range s.Columns {
		if x := s.Cell(c.ID, ids...); x.Stated {
			fmt.Fprintf(&b, "%s %v; ", c.ID, float64(x.V)/data.Unit)
		}
	}
	return b.String()
}

// Balochistan, October 2024, by PICSS: 19 killed, then 30, 21 of them in one
// attack. Without it, deaths fell to 9.
func TestChangeWithoutTheDeadliestIncident(t *testing.T) {
	rs := append(monthly("2025-02", 19, data.Exactly(1)), monthly("2025-03", 9, data.Exactly(1))...)
	rs = append(rs, rec{date: "2025-03-20", killed: data.Exactly(21)})
	r := byMonth(t, rs)
	k := r.Changes[0].Measures[1]
	if k.Before != 19*data.Unit || k.After != 30*data.Unit || k.Deadliest != 21 || !k.Later || k.WithoutBefore != 19 || k.WithoutAfter != 9 {
		t.Errorf("%+v", k)
	}
	if !k.Bounded || k.Low >= 0 || k.High <= 11 {
		t.Errorf("a rise that one incident makes is bounded by %d to %d", k.Low, k.High)
	}
	s := r.Sheet("changes")
	for _, want := range []string{"before 19; after 30; change 11; percent 57.895; ", "deadliest 21; before_without 19; after_without 9; "} {
		if got := cellsOf(s, "previous", "killed"); !strings.Contains(got, want) {
			t.Errorf("%s has no %s", got, want)
		}
	}
	// 19 incidents, then 10: binom.test(10, 29)$p.value of R 4.2.2 is 0.1360.
	if got := cellsOf(s, "previous", "incidents"); got != "before 19; after 10; change -9; percent -47.368; p 0.136; p_exact 0.136; vague 0; " {
		t.Error(got)
	}
}

// The deadliest incident can lie in the earlier month, and a fall be its doing.
func TestChangeWithoutTheDeadliestIncidentOfTheEarlierMonth(t *testing.T) {
	rs := append(monthly("2025-02", 5, data.Exactly(1)), monthly("2025-03", 9, data.Exactly(1))...)
	rs = append(rs, rec{date: "2025-02-20", killed: data.Exactly(300)})
	k := byMonth(t, rs).Changes[0].Measures[1]
	if k.Deadliest != 300 || k.Later || k.WithoutBefore != 5 || k.WithoutAfter != 9 {
		t.Errorf("%+v", k)
	}
}

// Where some toll has no best figure, the lowest are compared, and the bootstrap
// and what remains without the deadliest incident are by the lowest as well.
func TestChangeByTheLowestFigures(t *testing.T) {
	rs := append(monthly("2025-02", 4, data.Exactly(2)), monthly("2025-03", 4, data.Between(3, 50))...)
	k := byMonth(t, rs).Changes[0].Measures[1]
	if k.Bound != "low" || k.Before != 8*data.Unit || k.After != 12*data.Unit || k.WithoutAfter != 9 || k.High > 60 {
		t.Errorf("%+v", k)
	}
}

// Incidents dated to the year alone are in no month, and the comparison says how
// many there are.
func TestChangeCountsWhatIsDatedToTheYear(t *testing.T) {
	rs := append(monthly("2025-02", 4, data.Exactly(2)), monthly("2025-03", 4, data.Exactly(1))...)
	rs = append(rs, rec{date: "2025", killed: data.Exactly(7)}, rec{date: "2024", killed: data.Exactly(7)})
	if c := byMonth(t, rs).Changes[0]; c.Vague != 1 {
		t.Errorf("%d incidents dated to the year, want 1", c.Vague)
	}
}

// The year to date is set against the same part of the year before, and only
// where both are covered whole.
func TestYearToDate(t *testing.T) {
	var rs []rec
	for _, m := range []string{"2024-01", "2024-02", "2024-03", "2024-04", "2025-01", "2025-02", "2025-03"} {
		rs = append(rs, monthly(m, 10, data.Exactly(int64(m[3]-'0')))...)
	}
	o := DefaultOptions()
	o.Period, o.From, o.To = ByMonth, day("2024-01-01"), day("2025-03-31")
	r := tallyOf(t, o, rs)
	if row, _ := r.Table("year-to-date").Find("2025-01--2025-03"); row.Tally.Incidents != 30 || row.Tally.Killed.Best != 150*data.Unit {
		t.Errorf("%+v", row)
	}
	c := r.Changes[len(r.Changes)-1]
	if c.ID != "year-to-date" || c.Before.Tally.Incidents != 30 || c.Before.Tally.Killed.Best != 120*data.Unit || c.Before.Keys[0].Label != "Jan–Mar 2024" {
		t.Errorf("%+v", c)
	}
	for _, first := range []string{"2024-01-05", "2024-02-01"} {
		o.From = day(first)
		if r := tallyOf(t, o, rs); r.Table("year-to-date") != nil {
			t.Errorf("covered from %s, the year is compared with part of a year", first)
		}
	}
	o.From, o.To = day("2024-01-01"), day("2025-01-31")
	if r := tallyOf(t, o, rs); r.Table("year-to-date") != nil {
		t.Error("January is the year to date and the same month a year before")
	}
}

// By weeks the year to date is that of ISO 8601, whose first week may begin in the
// year before; what is dated to a month that reaches into a stretch is counted
// beside it.
func TestYearToDateByWeek(t *testing.T) {
	var rs []rec
	add := func(from string, weeks, each int) {
		for w := range weeks {
			for range each {
				rs = append(rs, rec{date: (day(from) + data.Day(7*w+2)).String(), killed: data.Exactly(1)})
			}
		}
	}
	add("2024-01-01", 52, 3) // weeks 1 to 52 of 2024
	add("2024-12-30", 20, 4) // weeks 1 to 20 of 2025
	for _, d := range []string{"2024-05", "2025-01", "2024-11", "2025", "2023"} {
		rs = append(rs, rec{date: d, killed: data.Exactly(5)})
	}
	o := DefaultOptions()
	o.Period, o.From, o.To = ByWeek, day("2024-01-01"), day("2025-05-18")
	r := tallyOf(t, o, rs)
	y := r.Table("year-to-date")
	if y == nil {
		t.Fatal("there is no year to date by weeks")
	}
	if row, ok := y.Find("2025-W01--2025-W20"); !ok || row.Tally.Incidents != 80 || row.Keys[0].Label != "weeks 1–20 of 2025" {
		t.Errorf("%+v", y.Rows)
	}
	if row, ok := y.Find("2024-W01--2024-W20"); !ok || row.Tally.Incidents != 60 {
		t.Errorf("%+v", y.Rows)
	}
	for _, c := range r.Changes {
		want := map[string]uint32{"previous": 1, "year-before": 2, "year-to-date": 3}[c.ID] // "2025"; and "2024-05"; and "2025-01"
		if c.Vague != want {
			t.Errorf("%s: %d incidents too vague, want %d", c.ID, c.Vague, want)
		}
	}
	if len(r.Changes) != 3 {
		t.Errorf("%d comparisons", len(r.Changes))
	}
	for _, span := range [][2]string{{"2024-01-02", "2025-05-18"}, {"2024-01-01", "2025-01-05"}} {
		o.From, o.To = day(span[0]), day(span[1])
		if r := tallyOf(t, o, rs); r.Table("year-to-date") != nil {
			t.Errorf("%v: the year is compared with part of a year", span)
		}
	}
}

// From zero there is no per cent, in the sheet as in the sentence.
func TestChangeFromZero(t *testing.T) {
	r := byMonth(t, monthly("2025-03", 12, data.Exactly(1)))
	if got := cellsOf(r.Sheet("changes"), "previous", "killed"); !strings.HasPrefix(got, "before 0; after 12; change 12; low ") {
		t.Error(got)
	}
}

func TestDispersionOfReports(t *testing.T) {
	var rs []rec
	for m := range 30 {
		month := fmt.Sprintf("%d-%02d", 2022+m/12, m%12+1)
		rs = append(rs, monthly(month, []int{4, 20, 9}[m%3], data.Exactly(1))...)
	}
	o := DefaultOptions()
	o.Period, o.From, o.To = ByMonth, day("2022-01-01"), day("2024-06-30")
	r := tallyOf(t, o, rs)
	c := r.Changes[0]
	if d := c.Dispersion; d.Factor < 3 || d.Pairs < 20 {
		t.Errorf("%+v", d)
	}
	if n := c.Measures[0]; n.P <= n.Exact || n.P < Unusual {
		t.Errorf("20 to 9 where counts swing so: p = %v, exact %v", n.P, n.Exact)
	}
}
