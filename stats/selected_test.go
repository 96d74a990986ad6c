package stats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

var everyTable = []string{"total", "by-day", "by-week", "by-month", "by-quarter", "by-year", "by-start-month", "by-country", "by-admin1", "by-admin2", "by-place", "by-party", "period-party",
	"admin1-party", "country-party", "by-event-type", "by-victim-type", "by-victim-side", "by-involved", "by-part", "beside", "by-attribution", "party-side", "by-claimant", "by-severity", "by-point",
	"receipt", "side-bracket", "by-account", "by-account-side", "by-voice", "by-policy", "by-disagreement", "without", "revisions"}

// A table asked for alone, or with others, is the table of the whole report, in
// the same order, and no other is made.
func TestTablesAskedForAreThoseOfTheReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		if rapid.Bool().Draw(t, "single") {
			for i := range rs {
				rs[i].id = ""
			}
		}
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(0, 5).Draw(t, "period"))
		o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
		if rapid.Bool().Draw(t, "bounds") {
			o.From, o.To = day("2020-01-15"), day("2021-12-31")
		}
		whole := tallyRapid(t, o, rs)
		plain := []string{"total", "by-day", "by-week", "by-month", "by-quarter", "by-year", "by-country", "by-admin1", "by-place", "by-party", "period-party", "admin1-party", "by-start-month"}
		from := rapid.SampledFrom([][]string{plain, everyTable}).Draw(t, "from")
		if o.Period >= ByMonth {
			from = slices.DeleteFunc(slices.Clone(from), func(id string) bool { return id == "by-day" })
		}
		o.Only = rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, 4, rapid.ID[string]).Draw(t, "only")
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		some := tallyRapid(t, o, rs[:cut], rs[cut:])
		want := slices.DeleteFunc(tableIDs(whole), func(id string) bool { return !slices.Contains(o.Only, id) })
		if got := tableIDs(some); !slices.Equal(got, want) {
			t.Fatalf("of %v there are %v, want %v", o.Only, got, want)
		}
		for _, id := range want {
			x, y := some.Table(id), whole.Table(id)
			if rowsOf(x) != rowsOf(y) || x.Additive != y.Additive || x.TollsAdditive != y.TollsAdditive || x.Secondary != y.Secondary || x.Note != y.Note || x.Title != y.Title {
				t.Fatalf("%s alone:\n%s\nin the report:\n%s", id, rowsOf(x), rowsOf(y))
			}
		}
		if some.Total != whole.Total || some.Period != whole.Period || some.First != whole.First || some.Last != whole.Last {
			t.Fatalf("%v: %+v by %v, want %+v by %v", o.Only, some.Total, some.Period, whole.Total, whole.Period)
		}
	})
}

// placed is a batch of records with coordinates, in millionths of a degree.
func placed(rs []rec, lat, lon []int32, geo []data.GeoPrecision) *data.Batch {
	b := batch(rs)
	b.Lat, b.Lon, b.GeoPrec = lat, lon, geo
	return b
}

func reportOf(t *testing.T, o Options, bs ...*data.Batch) *Report {
	t.Helper()
	a := NewAccumulator(o)
	for _, b := range bs {
		if err := a.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPoints(t *testing.T) {
	rs := []rec{{date: "2020-01-01", place: "Town", attributed: "A", killed: exactly(1)}, {date: "2020-01-02", place: "Town", attributed: "A", killed: exactly(2)},
		{date: "2020-01-02", place: "Town", attributed: "B", killed: exactly(4)}, {date: "2020-01-02", killed: exactly(8)}, {date: "2020-01-02", place: "Far", killed: exactly(16)}, {date: "2020-01-02", killed: exactly(32)}}
	lat := []int32{34_500_000, 34_500_000, 34_500_000, -500_000, 0, data.NoCoord}
	lon := []int32{69_200_000, 69_200_000, 69_200_000, -1, 0, 5}
	r := reportOf(t, DefaultOptions(), placed(rs, lat, lon, []data.GeoPrecision{data.PlaceExact, data.PlaceExact, data.PlaceExact, data.PlaceNear, 0, 0}))
	want := []string{"-500000 -1 / (not stated) / near / (unattributed) 8", "0 0 / Far / (not stated) / (unattributed) 16", "34500000 69200000 / Town / exact / A 3",
		"34500000 69200000 / Town / exact / B 4", "(not stated) / (not stated) / (not stated) / (not stated) 32"}
	got := pointsOf(t, r.Table("by-point"))
	if !slices.Equal(got, want) {
		t.Errorf("points:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if reportOf(t, DefaultOptions(), batch(rs)).Table("by-point") != nil {
		t.Error("a file without coordinates has points")
	}
}

// pointsOf writes the rows of a table by point, the point by its numbers.
func pointsOf(t *testing.T, tb *Table) (out []string) {
	t.Helper()
	for i, id := range ids(tb) {
		point, rest, _ := strings.Cut(id, " / ")
		if lat, lon, ok := ParsePoint(point); ok {
			point = fmt.Sprintf("%d %d", lat, lon)
		} else if point != "(not stated)" {
			t.Errorf("%s is no point", point)
		}
		out = append(out, point+" / "+rest+" "+tb.Rows[i].Tally.Killed.Figure(1))
	}
	return out
}

// The accounts of one incident make one point: that of the account placed as
// exactly as the incident.
func TestPointOfSeveralAccounts(t *testing.T) {
	rs := []rec{{id: "x", date: "2020-01-01", place: "Town", source: "S", side: "A", attributed: "B", killed: exactly(1)}, {id: "x", date: "2020-01-01", place: "Town", source: "T", side: "B", attributed: "A", killed: exactly(2)}}
	o := DefaultOptions()
	o.Repeated = map[uint64]struct{}{HashID([]byte("x")): {}}
	r := reportOf(t, o, placed(rs, []int32{1_000_000, 2_000_000}, []int32{3_000_000, 4_000_000}, []data.GeoPrecision{data.PlaceAdmin1, data.PlaceExact}))
	if got := pointsOf(t, r.Table("by-point")); !slices.Equal(got, []string{"2000000 4000000 / Town / exact / (several) 3"}) {
		t.Error(got)
	}
}

func TestTooManyPoints(t *testing.T) {
	var rs []rec
	var lat, lon []int32
	for i := range MaxPoints + 1 {
		rs = append(rs, rec{date: "2020-01-01", killed: exactly(1)})
		lat, lon = append(lat, int32(30_000_000+i%200*1000)), append(lon, int32(60_000_000+i/200*1000))
	}
	o := DefaultOptions()
	o.Only = []string{"by-point"}
	r := reportOf(t, o, placed(rs, lat, lon, nil))
	tb := r.Table("by-point")
	var sum Tally
	for _, row := range tb.Rows {
		if err := sum.Merge(row.Tally); err != nil {
			t.Fatal(err)
		}
	}
	// 0.2 degrees each way in cells of 0.01°, and one point beyond.
	if len(tb.Rows) != 20*10+1 || sum.Incidents != MaxPoints+1 || !strings.Contains(tb.Note, "0.01°") || !strings.HasPrefix(pointsOf(t, tb)[0], "30005000 60005000 ") {
		t.Errorf("%d rows of %d incidents, the first %v: %s", len(tb.Rows), sum.Incidents, tb.Rows[0].Keys, tb.Note)
	}
}

func TestSeverity(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{{date: "2020-01-01", killed: exactly(0)}, {date: "2020-01-01", killed: exactly(3)}, {date: "2020-01-01", killed: lowBestHigh(1, 3, 9)}, {date: "2020-01-01", killed: between(3, 9)},
		{date: "2020-01-01", killed: exactly(255)}, {date: "2020-01-01", killed: exactly(256)}, {date: "2020-01-01", killed: atLeast(3000)}, {date: "2020-01-01"}, {date: "2020-01-01", killed: exactly(7), status: data.Denied},
		{date: "2020-01-01", killed: data.Count{Best: data.Unit / 2, Flags: data.HasBest}.Settle()}})
	var got []string
	for _, row := range r.Table("by-severity").Rows {
		got = append(got, fmt.Sprint(row.Keys[0].ID, "×", row.Tally.Incidents))
	}
	if s := strings.Join(got, " "); s != "0×1 1×1 3×3 255×1 256×1 3000×1 (not stated)×2" {
		t.Error(s)
	}
}
