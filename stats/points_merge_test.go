package stats

import (
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// Points and sizes are those of the whole file however it is split.
func TestPointsAndSizesOfSplitFiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		var lat, lon []int32
		var geo []data.GeoPrecision
		for i := range rs {
			rs[i].id = ""
			if rapid.Bool().Draw(t, "large") {
				rs[i].killed = data.Exactly(rapid.Int64Range(200, 400).Draw(t, "killed"))
			}
			lat = append(lat, rapid.SampledFrom([]int32{data.NoCoord, -1, 0, 34_500_000}).Draw(t, "lat"))
			lon = append(lon, rapid.SampledFrom([]int32{data.NoCoord, 0, 69_000_000}).Draw(t, "lon"))
			geo = append(geo, data.GeoPrecision(rapid.IntRange(0, 7).Draw(t, "precision")))
		}
		o := DefaultOptions()
		run := func(cuts ...int) *Report {
			var all *Accumulator
			for i := 1; i < len(cuts); i++ {
				a := NewAccumulator(o)
				from, to := cuts[i-1], cuts[i]
				b := batch(rs[from:to])
				b.Lat, b.Lon, b.GeoPrec = lat[from:to], lon[from:to], geo[from:to]
				if err := a.Add(b); err != nil {
					t.Fatal(err)
				}
				if all == nil {
					all = a
				} else if err := all.Merge(a); err != nil {
					t.Fatal(err)
				}
			}
			r, err := all.Report()
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		whole, parts := run(0, len(rs)), run(0, cut, len(rs))
		for _, id := range []string{"by-point", "by-severity"} {
			if x, y := rowsOf(whole.Table(id)), rowsOf(parts.Table(id)); x != y {
				t.Fatalf("%s of the whole:\n%s\nsplit at %d:\n%s", id, x, cut, y)
			}
		}
		if whole.Quality != parts.Quality {
			t.Fatalf("%+v\n%+v", whole.Quality, parts.Quality)
		}
		placed := 0
		for i, r := range rs {
			if r.status < data.Retracted && lat[i] != data.NoCoord && lon[i] != data.NoCoord {
				placed++
			}
		}
		if (whole.Table("by-point") != nil) != (placed > 0) {
			t.Fatalf("%d incidents have coordinates, a table of them: %v", placed, whole.Table("by-point") != nil)
		}
	})
}

// What the accepted records lack or say vaguely is counted by incident.
func TestQualityCountsWhatIsDoubtful(t *testing.T) {
	approx := func(c data.Count) data.Count { c.Flags |= data.Approx; return c }
	r := tallyOf(t, DefaultOptions(), []rec{
		{date: "2020-01-01", country: "P", killed: approx(exactly(5))}, {date: "2020-01-01", injured: approx(exactly(5))}, {date: "2020-01-01", killed: approx(exactly(1)), injured: approx(exactly(1))},
		{date: "2020-01-01", killed: lowBestHigh(6, 5, 9)}, {date: "2020-01-01", killed: lowBestHigh(1, 9, 5)}, {date: "2020-01-01", killed: between(9, 5)}, {date: "2020-01-01", killed: lowBestHigh(9, 5, 1)},
		{date: "2020-01-01", killed: approx(exactly(5)), status: data.Retracted},
	})
	q := r.Quality
	if q.Incidents != 7 || q.Approximate != 3 || q.LowAboveBest != 2 || q.BestAboveHigh != 2 || q.LowAboveHigh != 2 || q.NoLocation != 6 || q.GeoPrec[data.PlaceUnstated] != 7 || q.Withdrawn != 1 {
		t.Errorf("%+v", q)
	}
	// Published bounds out of order are kept, and a reader is shown a range.
	if got := tallyOf(t, DefaultOptions(), []rec{{date: "2020-01-01", killed: between(9, 5)}}).Total.Killed.Range(1); got != "5–9" {
		t.Errorf("9 to 5 reads %s", got)
	}
}
