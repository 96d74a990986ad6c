package stats

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

func TestPointsRoundTrip(t *testing.T) {
	for _, p := range [][2]int32{{0, 0}, {33_700_000, 71_000_000}, {-31_977_800, -19_300_001}, {90_000_000, -180_000_000}, {-1, 1}} {
		id := degrees(p[0], "N", "S") + "," + degrees(p[1], "E", "W")
		lat, lon, ok := ParsePoint(id)
		if !ok || lat != p[0] || lon != p[1] {
			t.Errorf("%v: written %s, read %d, %d, %t", p, id, lat, lon, ok)
		}
	}
	for _, bad := range []string{"", ",", "1N,2E", "91.000000N,0.000000E", "1.000000N", "1.000000E,1.000000N", "x.000000N,1.000000E", "99999.000000N,1.000000E"} {
		if _, _, ok := ParsePoint(bad); ok {
			t.Errorf("%q is read as a point", bad)
		}
	}
}

// However points are split over accumulators, the step they are rounded to
// follows from all of them.
func TestPointsRoundedAlike(t *testing.T) {
	const n = MaxPoints + 5000
	at := func(i int) point { return point{lat: int32(i%250) * 9_001, lon: int32(i/250)*9_001 - 400_000} }
	var d Tally
	d.Add(&data.Count{}, &data.Count{})
	whole := newSeries(&Options{})
	for i := range n {
		whole.at(at(i)).plus(&d)
	}
	if whole.coarse == 0 {
		t.Fatal("nothing was rounded")
	}
	back := newSeries(&Options{})
	for i := range n {
		back.at(at(n - 1 - i)).plus(&d)
	}
	if whole.coarse != back.coarse || len(whole.points) != len(back.points) {
		t.Errorf("%d points at step %d, backwards %d at %d", len(whole.points), whole.coarse, len(back.points), back.coarse)
	}
	sum := uint32(0)
	for p, x := range whole.points {
		sum += x.Incidents
		if y := back.points[p]; y == nil || *x != *y {
			t.Fatalf("%v differs backwards", p)
		}
	}
	if sum != n {
		t.Errorf("%d incidents of %d", sum, n)
	}
}

// Rounding goes step by step and comes to what rounding at once would; the middle
// of a cell is a point on Earth that lies in its cell and stays there.
func TestRoundedPoints(t *testing.T) {
	for _, c := range []struct{ v, step, want int32 }{
		{34_567_891, 10_000, 34_565_000}, {34_567_891, 100_000, 34_550_000}, {34_567_891, 1_000_000, 34_500_000}, {-1, 10_000, -5_000}, {-34_567_891, 1_000_000, -34_500_000},
		{0, 100_000, 50_000}, {-100_000, 100_000, -50_000}, {90_000_000, 1_000_000, 89_500_000}, {-90_000_000, 1_000_000, -89_500_000}, {90_000_000, 10_000, 89_995_000}, {7, 1, 7},
	} {
		if got := (point{lat: c.v}).rounded(c.step).lat; got != c.want {
			t.Errorf("%d in steps of %d: %d, want %d", c.v, c.step, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		edge := func(limit int32) *rapid.Generator[int32] {
			return rapid.OneOf(rapid.Int32Range(-limit, limit), rapid.SampledFrom([]int32{-limit, -limit + 1, -1, 0, limit - 1, limit}))
		}
		p := point{lat: edge(90_000_000).Draw(t, "lat"), lon: edge(180_000_000).Draw(t, "lon"), place: 3, party: 2, prec: data.PlaceNear}
		by := p
		for _, step := range coarseness {
			by = by.rounded(step)
			if at := p.rounded(step); at != by || at.rounded(step) != at {
				t.Fatalf("%v in steps of %d: %v, step by step %v", p, step, at, by)
			}
			if _, _, ok := ParsePoint(degrees(by.lat, "N", "S") + "," + degrees(by.lon, "E", "W")); !ok {
				t.Fatalf("%v in steps of %d is %v, which is no point", p, step, by)
			}
			if d := int64(p.lat) - int64(by.lat); step > 1 && abs64(d) > int64(step/2) {
				t.Fatalf("%v in steps of %d has moved by %d", p, step, d)
			}
		}
		if by.place != p.place || by.party != p.party || by.prec != p.prec {
			t.Fatalf("%v has become %v", p, by)
		}
	})
}

// Points beyond any rounding are given up, in whatever order and wherever they
// are found to be too many; their incidents still stand in the other tables.
func TestPointsGivenUp(t *testing.T) {
	one := data.Exactly(1)
	var d Tally
	d.of(&one, &one)
	fill := func(s *series, from, to int) {
		for i := from; i < to; i++ {
			// Cells of a whole degree: 360 × 180 of them.
			if c := s.at(point{lat: int32(i/360-80) * 1_000_000, lon: int32(i%360-180) * 1_000_000}); c != nil {
				c.plus(&d)
			}
		}
	}
	whole, half, rest := newSeries(&Options{}), newSeries(&Options{}), newSeries(&Options{})
	fill(whole, 0, MaxPoints+1)
	fill(half, 0, MaxPoints/2)
	fill(rest, MaxPoints/2, MaxPoints+1)
	if whole.points != nil || half.points == nil || rest.points == nil {
		t.Fatalf("%d, %d and %d points", len(whole.points), len(half.points), len(rest.points))
	}
	if whole.at(point{lat: 1, lon: 1}) != nil {
		t.Error("a point is kept after they were given up")
	}
	if whole.at(point{lat: data.NoCoord, lon: 1}) != &whole.nowhere {
		t.Error("incidents without coordinates are given up too")
	}
	tallied := func(s *series) *Accumulator {
		a := NewAccumulator(DefaultOptions())
		a.placeIndex(location{})
		a.parties.at(party{})
		a.series = s
		return a
	}
	a, b := tallied(half), tallied(rest)
	var codes [data.NumColumns][]uint32
	for c := range codes {
		codes[c] = []uint32{0}
	}
	a.mergeSeries(b, &codes, []int32{0})
	if a.series.points != nil {
		t.Errorf("%d points of two parts that are too many together", len(a.series.points))
	}
	c := tallied(newSeries(&Options{}))
	fill(c.series, 0, 5)
	c.mergeSeries(tallied(whole), &codes, []int32{0})
	if c.series.points != nil {
		t.Errorf("%d points beside a part that has given them up", len(c.series.points))
	}
	if tb := c.pointTable(); len(tb.Rows) != 0 || tb.Note == "" {
		t.Errorf("%d rows: %q", len(tb.Rows), tb.Note)
	}
}

// By the number killed: the best figure, else the lowest, in whole persons; each
// incident stands once.
func TestSeverityAgainstPlainSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.Custom(func(t *rapid.T) data.Count {
			n := rapid.SampledFrom([]int64{0, 1, 2, 254, 255, 256, 257, 100_000}).Draw(t, "n")
			switch rapid.IntRange(0, 4).Draw(t, "kind") {
			case 0:
				return data.Count{}
			case 1:
				return data.Between(n, n+3)
			case 2:
				return lowBestHigh(0, n, n+1)
			case 3:
				return data.Count{Best: n*data.Unit + data.Unit/2, Flags: data.HasBest}.Settle()
			}
			return data.Exactly(n)
		})
		cs := rapid.SliceOfN(count, 1, 30).Draw(t, "killed")
		var rs []rec
		want := map[string]uint32{}
		for _, c := range cs {
			rs = append(rs, rec{date: "2020-01-01", killed: c})
			size := "(not stated)"
			if c.Stated() {
				v := c.Low
				if c.BestStated() {
					v = c.Best
				}
				size = fmt.Sprint((v + data.Unit/2) / data.Unit)
			}
			want[size]++
		}
		tb := tallyRapid(t, DefaultOptions(), rs).Table("by-severity")
		last := int64(-1)
		for i, row := range tb.Rows {
			id := row.Keys[0].ID
			if row.Tally.Incidents != want[id] {
				t.Fatalf("%s: %d incidents, want %d", id, row.Tally.Incidents, want[id])
			}
			if n, err := strconv.ParseInt(id, 10, 64); err == nil {
				if n <= last {
					t.Fatalf("%d after %d", n, last)
				}
				last = n
			} else if i != len(tb.Rows)-1 {
				t.Fatalf("%s is not last", id)
			}
		}
		if len(tb.Rows) != len(want) {
			t.Fatalf("%d rows, want %d", len(tb.Rows), len(want))
		}
	})
}

// The table of days under a longer period holds each dated incident once and no
// quiet day, those of a month or year in rows of their own.
func TestDaysUnderALongerPeriod(t *testing.T) {
	o := DefaultOptions()
	o.Period = ByYear
	r := tallyOf(t, o, []rec{{date: "2020-02-29", killed: exactly(1)}, {date: "2020-02-29", killed: exactly(2)}, {date: "2020-03-02", end: "2020-03-05", killed: exactly(4)}, {date: "2020-03", killed: exactly(8)}, {date: "2020", killed: exactly(16)}, {killed: exactly(32)}, {date: "1850-07-01", killed: exactly(64)}})
	var got []string
	for _, row := range r.Table("by-day").Rows {
		got = append(got, row.Keys[0].ID+" "+row.Tally.Killed.Figure(1))
	}
	if s := strings.Join(got, ", "); s != "1850-07-01 64, 2020-02-29 3, 2020-03-02 4, 2020-XX-XX 16, 2020-03-XX 8, undated 32" {
		t.Error(s)
	}
	if !r.Table("by-day").Secondary {
		t.Error("days under a longer period are printed")
	}
	if tb := tallyOf(t, o, nil).Table("by-day"); tb != nil {
		t.Errorf("no incidents, and %d days", len(tb.Rows))
	}
}
