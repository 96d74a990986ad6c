package charts

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestParseBasemap(t *testing.T) {
	for _, c := range []struct {
		name, text string
		lines      int
		err        string
	}{
		{"polygon", `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`, 1, ""},
		{"hole", `{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}`, 2, ""},
		{"many", `{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}`, 2, ""},
		{"line with heights", `{"type":"LineString","coordinates":[[0,0,120.5],[1,1,99]]}`, 1, ""},
		{"collection", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"x"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}},
			{"type":"Feature","geometry":null},{"type":"Feature","geometry":{"type":"Point","coordinates":[3,4]}}]}`, 1, ""},
		{"geometries", `{"type":"GeometryCollection","geometries":[{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[2,2],[3,3]]]}]}`, 2, ""},
		{"only points", `{"type":"Point","coordinates":[3,4]}`, 0, "no lines or polygons"},
		{"empty", `{}`, 0, "no lines or polygons"},
		{"metres", `{"type":"LineString","coordinates":[[512000,4100000],[512100,4100500]]}`, 0, "in degrees"},
		{"no JSON", `<kml/>`, 0, "not GeoJSON"},
		{"half a position", `{"type":"LineString","coordinates":[[1,2],[3]]}`, 0, "outside the world"},
		{"words", `{"type":"LineString","coordinates":"near the river"}`, 0, "cannot be read"},
		{"too deep", `{"type":"Polygon","coordinates":` + strings.Repeat("[", 40) + "1" + strings.Repeat("]", 40) + `}`, 0, "cannot be read"},
	} {
		m, err := ParseBasemap([]byte(c.text))
		switch {
		case c.err == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.err)
		case c.err == "" && len(m.lines) != c.lines:
			t.Errorf("%s: %d lines, want %d", c.name, len(m.lines), c.lines)
		}
	}
}

func FuzzParseBasemap(f *testing.F) {
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"geometry":{"type":"LineString","coordinates":[[0,0],[1e300,1]]}}]}`))
	f.Add([]byte(`{"type":"Polygon","coordinates":[[]]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := ParseBasemap(b)
		if err != nil {
			return
		}
		for _, l := range m.lines {
			for _, p := range l {
				if !(math.Abs(p.lon) <= 360 && math.Abs(p.lat) <= 90) {
					t.Fatalf("%v is no place", p)
				}
			}
		}
	})
}

// TestClipSegment holds the clipped part of random segments against a walk along
// them.
func TestClipSegment(t *testing.T) {
	r := rng(5)
	box := rect{10, 20, 60, 50}
	inside := func(p dot) bool { return p.x >= 10-1e-6 && p.x <= 60+1e-6 && p.y >= 20-1e-6 && p.y <= 50+1e-6 }
	for range 4000 {
		at := func() dot { return dot{r.Float64()*100 - 10, r.Float64()*90 - 10} }
		a, b := at(), at()
		p, q, ok := clipSegment(a, b, box)
		steps := 0
		for i := range 1001 {
			f := float64(i) / 1000
			if inside(dot{a.x + f*(b.x-a.x), a.y + f*(b.y-a.y)}) {
				steps++
			}
		}
		if !ok {
			if steps > 2 {
				t.Fatalf("%v–%v lies within and is left out", a, b)
			}
			continue
		}
		if !inside(p) || !inside(q) {
			t.Fatalf("%v–%v is clipped to %v–%v, which lies outside", a, b, p, q)
		}
		share := math.Hypot(q.x-p.x, q.y-p.y) / math.Hypot(b.x-a.x, b.y-a.y)
		if math.Abs(share-float64(steps)/1001) > 0.004 {
			t.Fatalf("%v–%v: %.3f of it kept, %.3f lies within", a, b, share, float64(steps)/1001)
		}
	}
}

func TestNaturalEarth(t *testing.T) {
	m, err := naturalEarth()
	if err != nil {
		t.Fatal(err)
	}
	points := 0
	frame := mapFrame{90, -90, 180, -180}
	for _, l := range m.lines {
		points += len(l)
		for _, p := range l {
			frame.south, frame.north = min(frame.south, p.lat), max(frame.north, p.lat)
			frame.west, frame.east = min(frame.west, p.lon), max(frame.east, p.lon)
		}
	}
	if len(m.lines) != 1959 || points < 70_000 {
		t.Errorf("%d lines of %d points", len(m.lines), points)
	}
	if want := (mapFrame{-90, 83.6, -180, 180}); math.Abs(frame.south-want.south) > 0.1 || math.Abs(frame.north-want.north) > 0.1 || frame.west != -180 || frame.east != 180 {
		t.Errorf("the lines cover %+v", frame)
	}
	near := func(lon, lat, within float64) bool {
		for _, l := range m.lines {
			for _, p := range l {
				if math.Abs(p.lon-lon) < within && math.Abs(p.lat-lat) < within {
					return true
				}
			}
		}
		return false
	}
	for name, p := range map[string]lonLat{"Torkham": {71.1, 34.1}, "Cape Agulhas": {20.0, -34.8}, "Gibraltar": {-5.6, 36.0}} {
		if !near(p.lon, p.lat, 0.15) {
			t.Errorf("no line passes %s", name)
		}
	}
	if near(73.1, 31.4, 0.3) { // Faisalabad
		t.Error("a line passes the middle of Punjab")
	}
}

func TestDisputed(t *testing.T) {
	for name, c := range map[string]struct {
		frame mapFrame
		want  []string
	}{
		"Mali":           {mapFrame{10, 25, -12.2, 4}, []string{"Western Sahara"}},
		"Iceland":        {mapFrame{63, 67, -25, -13}, nil},
		"Donbas":         {mapFrame{47, 49, 37, 39}, []string{"eastern Ukraine"}},
		"across 180°":    {mapFrame{-20, 46, 140, 190}, []string{"the southern Kurils"}},
		"Kurils by turn": {mapFrame{43, 46, 505, 509}, []string{"the southern Kurils"}},
	} {
		if got := NaturalEarth().disputed(c.frame); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	own, err := ParseBasemap([]byte(`{"type":"LineString","coordinates":[[0,0],[1,1]]}`))
	if err != nil {
		t.Fatal(err)
	}
	world := mapFrame{-90, 90, -180, 180}
	if own.note(world) != "" || (*Basemap)(nil).note(world) != "" {
		t.Error("a note on lines that are the user's own")
	}
	if s := NaturalEarth().note(world); !strings.Contains(s, fmt.Sprintf("and %d more", len(disputedAreas)-maxDisputed)) {
		t.Errorf("the note of the world is %q", s)
	}
}

// TestBasemapStays draws lines that leave the frame on all sides and over the
// date line: the page outside the map must not change.
func TestBasemapStays(t *testing.T) {
	r, c := twoYears().report()
	plain := figureOf(t, first(Plan(r, c)), "map")
	c.Basemap = NaturalEarth()
	c.Basemap.lines = append(slices.Clone(c.Basemap.lines), []lonLat{{-400, -90}, {5, 15}, {400, 90}, {5, 16}})
	drawn := figureOf(t, first(Plan(r, c)), "map")
	drawn.Note, drawn.context.Basemap = plain.Note, nil // words aside
	a, b := imageOf(t, plain), imageOf(t, drawn)
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) && (x < margin || x > 1160 || y < 100 || y > 760) {
				t.Fatalf("the pixel at %d, %d lies outside the map and changed", x, y)
			}
		}
	}
}
