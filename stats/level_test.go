package stats

import (
	"testing"

	"toll/data"
)

func levelOf(t *testing.T, rs []rec, measure string) string {
	t.Helper()
	o := DefaultOptions()
	o.Period = ByMonth
	return cellsOf(tallyOf(t, o, rs).Sheet("level"), measure)
}

// Known tolls only: the two unknown ones are in no mean, median or share.
func TestLevel(t *testing.T) {
	var rs []rec
	for _, k := range []int64{0, 0, 1, 2, 2, 9} {
		rs = append(rs, rec{date: "2025-01-01", killed: data.Exactly(k), injured: data.Exactly(2 * k)})
	}
	rs = append(rs, rec{date: "2025-01-02"}, rec{date: "2025-01-03", injured: data.Exactly(40)})
	for _, c := range []struct{ measure, want string }{
		{"mean-killed", "value 2.3; low 2.3; high 2.3; of 6; "}, // R: mean(c(0, 0, 1, 2, 2, 9))
		{"median-killed", "value 1.5; of 6; "},                  // R: median(c(0, 0, 1, 2, 2, 9))
		{"fatal", "value 66.667; of 6; "},
		{"top-1", "value 64.286; of 1; "},
		{"top-1-percent", "value 64.286; of 1; "},
		{"top-5-percent", "value 64.286; of 1; "},
		{"injured-per-killed", "value 2; of 6; "}, // the 40 injured of an incident with an unknown toll of killed do not count
		{"longest-quiet", ""},
	} {
		if got := levelOf(t, rs, c.measure); got != c.want {
			t.Errorf("%s: %q, want %q", c.measure, got, c.want)
		}
	}
}

func TestLevelOfRanges(t *testing.T) {
	rs := []rec{{date: "2025-01-01", killed: data.Between(2, 6)}, {date: "2025-01-02", killed: data.Exactly(4)}}
	if got := levelOf(t, rs, "mean-killed"); got != "value 3; low 3; high 5; of 2; " {
		t.Error(got)
	}
	if got := levelOf(t, rs, "top-1"); got != "value 66.667; of 1; " {
		t.Error(got)
	}
}

func TestNobodyKilledHasNoShares(t *testing.T) {
	rs := []rec{{date: "2025-01-01", killed: data.Exactly(0)}}
	if got := levelOf(t, rs, "top-1"); got != "of 1; " {
		t.Error(got)
	}
	if got := levelOf(t, []rec{{date: "2025-01-01"}}, "mean-killed"); got != "" {
		t.Error(got)
	}
}

// The deadliest hundredth of 250 incidents is three.
func TestConcentration(t *testing.T) {
	var rs []rec
	for i := range 250 {
		k := int64(1)
		if i < 3 {
			k = 51
		}
		rs = append(rs, rec{date: "2025-01-01", killed: data.Exactly(k)})
	}
	if got := levelOf(t, rs, "top-1-percent"); got != "value 38.25; of 3; " { // 153/400
		t.Error(got)
	}
	if got := levelOf(t, rs, "top-5-percent"); got != "value 40.75; of 13; " { // 163/400
		t.Error(got)
	}
}

// Two months of 28 and 31 incidents: 59 in all. R 4.2.2: poisson.test(59)$conf.int
// is 44.91350 76.10672, over two 22.45675 38.05336.
func TestRateOfIncidents(t *testing.T) {
	o := DefaultOptions()
	o.Period, o.From, o.To = ByMonth, day("2025-02-01"), day("2025-03-31")
	r := tallyOf(t, o, append(monthly("2025-02", 28, data.Exactly(1)), monthly("2025-03", 31, data.Exactly(1))...))
	if got := cellsOf(r.Sheet("level"), "incidents-per-period"); got != "value 29.5; low 22.5; high 38.1; of 2; " {
		t.Error(got)
	}
	if got := cellsOf(r.Sheet("rates"), "2025-03"); got != "incidents 31; low 21.06; high 44; " { // R: poisson.test(31)$conf.int
		t.Error(got)
	}
}

func TestShares(t *testing.T) {
	rs := []rec{{date: "2025-01-01", country: "X", attributed: "A", killed: data.Exactly(2)}, {date: "2025-01-01", country: "Y", killed: data.Exactly(1)},
		{date: "2025-01-01", country: "Y", attributed: "A"}}
	s := tallyOf(t, DefaultOptions(), rs).Sheet("shares")
	for _, c := range []struct{ table, row, want string }{
		{"by-party", "A", "incidents 66.667; killed_low 66.667; killed_best 66.667; killed_high 66.667; "},
		{"by-party", "(unattributed)", "incidents 33.333; killed_low 33.333; killed_best 33.333; killed_high 33.333; "},
		{"by-country", "Y", "incidents 66.667; killed_low 33.333; killed_best 33.333; killed_high 33.333; "},
	} {
		if got := cellsOf(s, c.table, c.row); got != c.want {
			t.Errorf("%s %s: %s", c.table, c.row, got)
		}
	}
}
