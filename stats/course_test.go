package stats

import (
	"fmt"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// Rolling sums, by adding up the days of each stretch one by one.
func TestRollingAgainstPlainSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := DefaultOptions()
		o.From, o.To = day("2021-07-01"), day("2022-01-31")
		var rs []rec
		for range rapid.IntRange(0, 60).Draw(t, "incidents") {
			d := o.From + data.Day(rapid.IntRange(0, int(o.To-o.From)).Draw(t, "day"))
			rs = append(rs, rec{date: d.String(), killed: data.Exactly(int64(rapid.IntRange(0, 9).Draw(t, "killed")))})
		}
		s := tallyRapid(t, o, rs).Sheet("rolling")
		if len(rs) > 0 && len(s.Rows) != int(o.To-o.From)+1 {
			t.Fatalf("%d rows", len(s.Rows))
		}
		for d := o.From; d <= o.To && s != nil; d++ {
			for _, n := range []int{7, 30} {
				incidents, killed := int64(0), int64(0)
				for _, r := range rs {
					if x := day(r.date); x <= d && x > d-data.Day(n) {
						incidents, killed = incidents+1, killed+r.killed.Low
					}
				}
				full := int(d-o.From)+1 >= n
				i, k := s.Cell(fmt.Sprint("incidents_", n), d.String()), s.Cell(fmt.Sprint("killed_", n), d.String())
				if i.Stated != full || k.Stated != full || full && (i.V != incidents*data.Unit || k.V != killed) {
					t.Fatalf("%d days to %v: %+v, %+v, want %d, %d", n, d, i, k, incidents, killed)
				}
			}
		}
	})
}

func TestGaps(t *testing.T) {
	var rs []rec
	for d := 1; d <= 28; d++ {
		for _, m := range []string{"2025-01", "2025-02", "2025-04"} {
			if m != "2025-04" || d > 14 {
				rs = append(rs, rec{date: fmt.Sprintf("%s-%02d", m, d), killed: data.Exactly(1)})
			}
		}
	}
	rs = append(rs, rec{date: "2025-03", killed: data.Exactly(4)})
	r := tallyOf(t, DefaultOptions(), rs)
	s := r.Sheet("gaps")
	if len(s.Rows) != 1 || cellsOf(s, "2025-03-01", "2025-04-14") != "days 45; vague 1; " {
		t.Errorf("%+v", s.Rows)
	}
	if got := cellsOf(r.Sheet("level"), "longest-quiet"); got != "value 45; of 118; " {
		t.Error(got)
	}
	// A recorded span is not quiet.
	rs = append(rs, rec{date: "2025-03-05", end: "2025-04-10", killed: data.Exactly(1)})
	if got := cellsOf(tallyOf(t, DefaultOptions(), rs).Sheet("level"), "longest-quiet"); got != "value 4; of 118; " {
		t.Error(got)
	}
}

func TestRecords(t *testing.T) {
	var rs []rec
	for i, n := range []int{20, 5, 7, 5, 9} {
		rs = append(rs, monthly(fmt.Sprintf("2025-%02d", i+1), n, data.Exactly(1))...)
	}
	o := DefaultOptions()
	o.Period, o.From, o.To = ByMonth, day("2025-01-01"), day("2025-05-31")
	if got := cellsOf(tallyOf(t, o, rs).Sheet("records"), "incidents", "2025-01"); got != "value 9; fewer 3; covered 4; " {
		t.Error(got)
	}
	rs = append(rs, rec{date: "2025-05-20", killed: data.Exactly(90)})
	s := tallyOf(t, o, rs).Sheet("records")
	if got := cellsOf(s, "killed", "(covered)"); got != "value 99; fewer 4; covered 4; " {
		t.Error(got)
	}
	// A month covered in part is no record.
	o.To = day("2025-05-30")
	if got := cellsOf(tallyOf(t, o, rs).Sheet("records"), "incidents", "2025-03"); got != "value 5; fewer 0; covered 3; " {
		t.Error(got)
	}
}

// Weekdays against the calendar; an incident not dated to one day is of none.
func TestCycles(t *testing.T) {
	rs := []rec{{date: "2020-01-06", killed: data.Exactly(1)}, {date: "2022-12-25", killed: data.Exactly(2)}, {date: "2023-02-01", killed: data.Exactly(4)},
		{date: "2021-03-01", end: "2021-03-02", killed: data.Exactly(8)}, {date: "2021-06", killed: data.Exactly(16)}, {date: "2021", killed: data.Exactly(32)}}
	r := tallyOf(t, DefaultOptions(), rs)
	for _, c := range []struct {
		table, key string
		killed     int64
	}{{"by-weekday", "1-Mon", 1}, {"by-weekday", "7-Sun", 2}, {"by-weekday", "3-Wed", 4}, {"by-weekday", "2-Tue", 0}, {"by-weekday", "(no day)", 56},
		{"by-month-of-year", "01", 1}, {"by-month-of-year", "12", 2}, {"by-month-of-year", "03", 8}, {"by-month-of-year", "06", 16}, {"by-month-of-year", "(no month)", 32}} {
		row, ok := r.Table(c.table).Find(c.key)
		if !ok || row.Tally.Killed.Low != c.killed*data.Unit {
			t.Errorf("%s %s: %+v, want %d", c.table, c.key, row.Tally, c.killed)
		}
	}
	if r := tallyOf(t, DefaultOptions(), rs[1:]); r.Table("by-weekday") != nil {
		t.Error("weekdays are compared over less than three years")
	}
}
