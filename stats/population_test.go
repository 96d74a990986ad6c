package stats

import (
	"strings"
	"testing"

	"toll/data"
)

func TestPerHundredThousand(t *testing.T) {
	rs := []rec{{date: "2024-03-01", country: "X", admin1: "North", killed: data.Between(30, 45)}, {date: "2024-05", country: "X", admin1: "North", place: "T", killed: data.Exactly(3)},
		{date: "2024-06-01", country: "X", admin1: "South", killed: data.Exactly(7)}, {date: "2024", country: "X", killed: data.Exactly(1)},
		{date: "2025-01-01", country: "X", admin1: "North"}, {date: "2025-06-30", country: "X", admin1: "South", killed: data.Exactly(1)}}
	o := DefaultOptions()
	o.From, o.To = day("2024-01-01"), day("2025-06-30")
	o.PlaceYears = true
	o.Population = []Population{{"North", 2024, 1_500_000}, {"north", 2025, 1_500_000}, {"X", 2024, 3_000_000}, {"West", 2024, 5}, {"South", 2023, 10_000}}
	s := tallyOf(t, o, rs[:3], rs[3:]).Sheet("per-100000")
	for _, c := range []struct{ place, year, want string }{
		{"North", "2024", "incidents 2; unknown 0; killed.low 33; killed.high 48; population 1.5e+06; low 2.2; high 3.2; open 0; days 366; "},
		{"north", "2025", "incidents 1; unknown 1; killed.low 0; killed.high 0; population 1.5e+06; low 0; high 0; open 0; days 181; "},
		{"X", "2024", "incidents 4; unknown 0; killed.low 41; killed.high 56; population 3e+06; low 1.37; high 1.87; open 0; days 366; "},
		{"South", "2023", "population 10000; days 0; "},
		{"West", "2024", ""},
	} {
		if got := cellsOf(s, c.place, c.year); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.place, c.year, got, c.want)
		}
	}
	if !strings.Contains(s.Note, "No incident names: West.") {
		t.Error(s.Note)
	}
}
