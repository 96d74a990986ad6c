package data

import (
	"testing"
	"time"
)

// Every day of four centuries, and some far away, against the standard library.
func TestCivilAgreesWithTheCalendar(t *testing.T) {
	check := func(d Day) {
		w := time.Unix(int64(d)*86400, 0).UTC()
		y, m, dd := d.Civil()
		if y != w.Year() || m != int(w.Month()) || dd != w.Day() {
			t.Fatalf("day %d is %d-%d-%d, want %s", d, y, m, dd, w.Format(time.DateOnly))
		}
		if back, ok := DayOf(y, m, dd); !ok || back != d {
			t.Fatalf("%d-%d-%d is day %d, want %d", y, m, dd, back, d)
		}
		if wd := (int(w.Weekday())+6)%7 + 1; d.Weekday() != wd {
			t.Fatalf("%s is weekday %d, want %d", d, d.Weekday(), wd)
		}
		if d.String() != w.Format(time.DateOnly) {
			t.Fatalf("%s, want %s", d, w.Format(time.DateOnly))
		}
	}
	from, _ := DayOf(1800, 1, 1)
	to, _ := DayOf(2200, 12, 31)
	for d := from; d <= to; d++ {
		check(d)
	}
	for _, y := range []int{1, 4, 100, 400, 1000, 1582, 9999} {
		d, ok := DayOf(y, 12, 31)
		if !ok {
			t.Fatal(y)
		}
		check(d)
	}
}

func TestNoSuchDay(t *testing.T) {
	for _, c := range [][3]int{{2025, 2, 29}, {2025, 4, 31}, {2025, 13, 1}, {2025, 0, 1}, {2025, 1, 0}, {0, 1, 1}, {10000, 1, 1}, {1900, 2, 29}, {2025, 1, 32}, {-5, 1, 1}} {
		if d, ok := DayOf(c[0], c[1], c[2]); ok || d != NoDay {
			t.Errorf("%v is taken for day %d", c, d)
		}
	}
	if d, ok := DayOf(2000, 2, 29); !ok || d.String() != "2000-02-29" {
		t.Error("29 February 2000 was a day")
	}
	if NoDay.String() != "" {
		t.Errorf("no day reads %q", NoDay.String())
	}
}

func TestImpreciseDatesSpanWhatTheyName(t *testing.T) {
	m, ok := MonthDate(2024, 2)
	if !ok || m.Start.String() != "2024-02-01" || m.End.String() != "2024-02-29" || m.Prec != ToMonth {
		t.Errorf("%+v", m)
	}
	y, ok := YearDate(2025)
	if !ok || y.Start.String() != "2025-01-01" || y.End.String() != "2025-12-31" || y.Prec != ToYear {
		t.Errorf("%+v", y)
	}
	for _, ok := range []bool{second(MonthDate(2025, 13)), second(MonthDate(0, 1)), second(YearDate(0)), second(YearDate(12345))} {
		if ok {
			t.Error("a month or year that is none is accepted")
		}
	}
}

func second(_ Date, ok bool) bool { return ok }

func TestWordsReadBack(t *testing.T) {
	for p := ToDay; p <= Undated; p++ {
		if q, ok := ParsePrecision(p.String()); !ok || q != p {
			t.Errorf("%v reads back as %v", p, q)
		}
	}
	for g := PlaceUnstated; g <= PlaceInternational; g++ {
		if h, ok := ParseGeoPrecision(g.String()); !ok || h != g {
			t.Errorf("%v reads back as %v", g, h)
		}
	}
	for v := VictimUnstated; v <= VictimUnknown; v++ {
		if w, ok := ParseVictimType(v.String()); !ok || w != v {
			t.Errorf("%v reads back as %v", v, w)
		}
	}
	for s := Reported; s <= Superseded; s++ {
		if u, ok := ParseStatus(s.String()); !ok || u != s {
			t.Errorf("%v reads back as %v", s, u)
		}
	}
	for c := ColCountry; c < NumColumns; c++ {
		if d, ok := ParseColumn(c.String()); !ok || d != c {
			t.Errorf("%v reads back as %v", c, d)
		}
	}
	if s, ok := ParseStatus(""); !ok || s != Reported {
		t.Error("a blank status is reported")
	}
	for _, ok := range []bool{third(ParsePrecision("hour")), third(ParseGeoPrecision("street")), third(ParseVictimType("martyr")), third(ParseStatus("maybe")), third(ParseColumn("killed"))} {
		if ok {
			t.Error("a word that is none is accepted")
		}
	}
	if Precision(99).String() != "none" || GeoPrecision(99).String() != "" || VictimType(99).String() != "" {
		t.Error("a value outside its scale has a name")
	}
}

func third[T any](_ T, ok bool) bool { return ok }
