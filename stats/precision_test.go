package stats

import (
	"fmt"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

func TestPrecisionByWhatIsNamed(t *testing.T) {
	rs := []rec{{date: "2025-01-01", country: "X", admin1: "P", place: "T", killed: data.Exactly(1)}, {date: "2025-01", country: "X", admin1: "P", killed: data.Exactly(2)},
		{date: "2025-01-01", end: "2025-01-03", country: "X", killed: data.Exactly(4)}, {killed: data.Exactly(8)}}
	o := DefaultOptions()
	o.Period = ByMonth
	s := tallyOf(t, o, rs).Sheet("precision")
	for _, c := range []struct{ table, row, want string }{
		{"total", "total", "incidents 4; place_exact 1; place_exact_killed 1; place_district 0; place_district_killed 0; place_province 1; place_province_killed 2; place_country 1; place_country_killed 4; place_unstated 1; place_unstated_killed 8; " +
			"date_day 1; date_day_killed 1; date_days 1; date_days_killed 4; date_month 1; date_month_killed 2; date_year 1; date_year_killed 8; "},
		{"by-country", "X", "incidents 3; place_exact 1; place_exact_killed 1; place_district 0; place_district_killed 0; place_province 1; place_province_killed 2; place_country 1; place_country_killed 4; place_unstated 0; place_unstated_killed 0; " +
			"date_day 1; date_day_killed 1; date_days 1; date_days_killed 4; date_month 1; date_month_killed 2; date_year 0; date_year_killed 0; safe_place 4; safe_date 3; "},
		{"by-place", "T", "incidents 1; place_exact 1; place_exact_killed 1; place_district 0; place_district_killed 0; place_province 0; place_province_killed 0; place_country 0; place_country_killed 0; place_unstated 0; place_unstated_killed 0; " +
			"date_day 1; date_day_killed 1; date_days 0; date_days_killed 0; date_month 0; date_month_killed 0; date_year 0; date_year_killed 0; safe_place 1; safe_date 1; "},
	} {
		if got := cellsOf(s, c.table, c.row); got != c.want {
			t.Errorf("%s %s:\n%s, want\n%s", c.table, c.row, got, c.want)
		}
	}
}

// Afghanistan as ACLED had it in 2018: 22 per cent of events exact, 59 in the
// nearest town, 19 in the provincial capital for the province. ACCORD published
// at the level of provinces alone.
func TestSafeLevel(t *testing.T) {
	var e exactness
	e.add(graded{AtPlace, OnDay}, 22, 0)
	e.add(graded{AtDistrict, InMonth}, 59, 0)
	e.add(graded{AtProvince, OnDay}, 19, 0)
	if g, ok := e.safePlace(); !ok || g != AtProvince {
		t.Errorf("safe at %v", g)
	}
	if g, ok := e.safeDate(); !ok || g != InMonth {
		t.Errorf("safe by %v", g)
	}
	e.add(graded{Nowhere, InYear}, 20, 0)
	if _, ok := e.safePlace(); ok {
		t.Error("a sixth of the incidents are nowhere")
	}
	if _, ok := e.safeDate(); ok {
		t.Error("a sixth of the incidents are dated to the year")
	}
	if _, ok := (&exactness{}).safePlace(); ok {
		t.Error("nothing is safe of no incidents")
	}
}

func TestGradeOfPlace(t *testing.T) {
	deep := location{1, 2, 3, 4}
	for geo, want := range []PlaceGrade{AtPlace, AtPlace, AtPlace, AtDistrict, AtProvince, AtCountry, AtCountry, AtCountry} {
		if got := gradeOfPlace(data.GeoPrecision(geo), deep); got != want {
			t.Errorf("%v: %v, want %v", data.GeoPrecision(geo), got, want)
		}
	}
	for depth, want := range []PlaceGrade{Nowhere, AtCountry, AtProvince, AtDistrict, AtPlace} {
		var path location
		for l := range depth {
			path[l] = 1
		}
		if got := gradeOfPlace(data.PlaceUnstated, path); got != want {
			t.Errorf("%d levels named: %v, want %v", depth, got, want)
		}
	}
}

// The grades of a row add up to its incidents and to its killed, in every table
// the sheet speaks of.
func TestPrecisionAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(int(ByDay), int(ByYear)).Draw(t, "period"))
		rs := drawTold(t)
		r := tallyRapid(t, o, rs)
		s := r.Sheet("precision")
		for _, table := range r.Tables {
			for _, row := range table.Rows {
				if len(row.Keys) != 1 {
					continue
				}
				n := s.Cell("incidents", table.ID, row.Keys[0].ID)
				if !n.Stated {
					continue
				}
				places, killed, dates := int64(0), int64(0), int64(0)
				for _, w := range placeGrades {
					places += s.Cell("place_"+w.id, table.ID, row.Keys[0].ID).V
					killed += s.Cell("place_"+w.id+"_killed", table.ID, row.Keys[0].ID).V
				}
				for _, w := range dateGrades {
					dates += s.Cell("date_"+w.id, table.ID, row.Keys[0].ID).V
				}
				want := int64(row.Tally.Incidents) * data.Unit
				if n.V != want || places != want || dates != want || killed != row.Tally.Killed.Low {
					t.Fatalf("%s %s: %d incidents by places %d, dates %d; killed %d, want %d", table.ID, row.Keys[0].ID, n.V, places, dates, killed, row.Tally.Killed.Low)
				}
			}
		}
		if len(r.Tables) > 0 && r.Total.Incidents > 0 && s == nil {
			t.Fatal(fmt.Sprint("no precision of ", r.Total.Incidents))
		}
	})
}
