package stats

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
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

// A rate is rounded once, half away from zero, from the toll and the inhabitants
// as they stand: against rational numbers, and at the edges of a rounding.
func TestRateIsRoundedOnce(t *testing.T) {
	for _, c := range []struct {
		killed, people int64
		want           string
	}{
		{1, 20_000_001, "0.00"}, {1, 20_000_000, "0.01"}, {1, 19_999_999, "0.01"}, {3, 20_000_000, "0.02"}, {29_999_999, 20_000_000, "150000.00"}, {0, 1, "0.00"}, {1, 3, "33333.33"}, {2, 3, "66666.67"},
		{7, 0, "none"}, {7, -5, "none"}, {7, 1 << 62, "none"},
	} {
		got := "none"
		if r := ratePer(c.killed*data.Unit, c.people); r.Stated {
			got = fmt.Sprintf("%d.%02d", r.V/data.Unit, r.V%data.Unit/(data.Unit/100))
		}
		if got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.killed, c.people, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		killed := rapid.Int64Range(0, 1_000_000*data.Unit).Draw(t, "killed")
		people := rapid.OneOf(rapid.Int64Range(1, 100), rapid.Int64Range(1, 2_000_000_000)).Draw(t, "people")
		got := ratePer(killed, people)
		exact := new(big.Rat).SetFrac(big.NewInt(killed), big.NewInt(data.Unit))
		exact.Mul(exact, new(big.Rat).SetFrac64(perHundredThousand, people))
		off := exact.Sub(exact, new(big.Rat).SetFrac64(got.V, data.Unit))
		if half := big.NewRat(1, 200); !got.Stated || off.Cmp(half) >= 0 || off.Cmp(half.Neg(half)) < 0 {
			t.Fatalf("%d units of %d: %d, off by %s", killed, people, got.V, off)
		}
	})
}

// Incidents of a place are those of all that lies in it, and a name that a country
// and a province bear is the country's.
func TestInhabitantsOfPlacesOfOneName(t *testing.T) {
	rs := []rec{{date: "2024-03-01", country: "Georgia", admin1: "Adjara", killed: exactly(2)}, {date: "2024-03-02", country: "USA", admin1: "Georgia", killed: exactly(4)},
		{date: "2024-03-03", country: "georgia", killed: exactly(8)}, {date: "2024-03-04", country: "Q", place: "Georgia", killed: exactly(16)}}
	o := DefaultOptions()
	o.PlaceYears, o.From, o.To = true, day("2024-01-01"), day("2024-12-31")
	o.Population = []Population{{"Georgia", 2024, 100_000}, {"Adjara", 2024, 100_000}, {" usa ", 2024, 100_000}}
	s := tallyOf(t, o, rs).Sheet("per-100000")
	for place, want := range map[string]int64{"Georgia": 10, "Adjara": 2, " usa ": 4} {
		if got := s.Cell("killed.low", place, "2024"); got != whole(want) || s.Cell("low", place, "2024") != got {
			t.Errorf("%s: %+v, want %d", place, got, want)
		}
	}
}
