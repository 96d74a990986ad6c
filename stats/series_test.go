package stats

import (
	"testing"

	"toll/data"
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
