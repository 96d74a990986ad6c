package charts

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// Basemap holds the lines drawn under the points of a map. A map has none unless
// one is given: whose borders they are is for the user to say.
type Basemap struct {
	lines [][]lonLat
	// Credit is added to the source line.
	Credit  string
	deFacto bool // the lines show who holds a territory
}

type lonLat struct{ lon, lat float64 }

// maxBasemapPoints bounds what a page can show.
const maxBasemapPoints = 2_000_000

// ParseBasemap reads the outlines of a GeoJSON file in degrees.
func ParseBasemap(b []byte) (*Basemap, error) {
	var m Basemap
	n := 0
	var walk func(raw json.RawMessage, depth int) error
	coords := func(raw json.RawMessage) error { return m.collect(raw, &n, 0) }
	walk = func(raw json.RawMessage, depth int) error {
		var x struct {
			Type        string            `json:"type"`
			Features    []json.RawMessage `json:"features"`
			Geometries  []json.RawMessage `json:"geometries"`
			Geometry    json.RawMessage   `json:"geometry"`
			Coordinates json.RawMessage   `json:"coordinates"`
		}
		if err := json.Unmarshal(raw, &x); err != nil || depth > 8 {
			return errors.New("it is not GeoJSON")
		}
		for _, g := range append(x.Features, x.Geometries...) {
			if err := walk(g, depth+1); err != nil {
				return err
			}
		}
		switch {
		case x.Type == "Feature" && len(x.Geometry) > 0 && string(x.Geometry) != "null":
			return walk(x.Geometry, depth+1)
		case len(x.Coordinates) > 0 && x.Type != "Point" && x.Type != "MultiPoint":
			return coords(x.Coordinates)
		}
		return nil
	}
	if err := walk(b, 0); err != nil {
		return nil, err
	}
	if len(m.lines) == 0 {
		return nil, errors.New("it has no lines or polygons")
	}
	return &m, nil
}

// collect reads nested arrays of positions down to the lines they make.
func (m *Basemap) collect(raw json.RawMessage, n *int, depth int) error {
	var line [][]float64
	if json.Unmarshal(raw, &line) == nil && len(line) > 0 && len(line[0]) >= 2 {
		out := make([]lonLat, 0, len(line))
		for _, p := range line {
			if len(p) < 2 || math.Abs(p[0]) > 360 || math.Abs(p[1]) > 90 {
				return fmt.Errorf("a position lies outside the world: are the coordinates in degrees?")
			}
			out = append(out, lonLat{p[0], p[1]})
		}
		if *n += len(out); *n > maxBasemapPoints {
			return fmt.Errorf("it has more than %d points: simplify it", maxBasemapPoints)
		}
		m.lines = append(m.lines, out)
		return nil
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil || depth > 4 {
		return errors.New("its coordinates cannot be read")
	}
	for _, p := range parts {
		if err := m.collect(p, n, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// draw strokes the lines, cut at the frame.
func (m *Basemap) draw(s *sheet, v mapView) {
	if m == nil {
		return
	}
	for _, turn := range v.turns() {
		for _, line := range m.lines {
			strokeLine(s, v, line, turn)
		}
	}
}

// turns are the whole turns by which lines are moved to lie in the view, which
// may go on beyond the date line.
func (v mapView) turns() []float64 {
	half := v.r.w() / 2 / v.perLon
	turns := []float64{0}
	if v.lon+half > 180 {
		turns = append(turns, 360)
	}
	if v.lon-half < -180 {
		turns = append(turns, -360)
	}
	return turns
}

// strokeLine strokes one line, moved by whole turns of the globe.
func strokeLine(s *sheet, v mapView, line []lonLat, turn float64) {
	inner := rect{v.r.x0 + 1, v.r.y0 + 1, v.r.x1 - 1, v.r.y1 - 1} // a stroke is wider than its line
	var run []dot
	flush := func() {
		if len(run) > 1 {
			s.stroke(s.theme.Tick, 1.5, run...)
		}
		run = nil
	}
	for i := 1; i < len(line); i++ {
		a := dot{v.x(line[i-1].lon + turn), v.y(line[i-1].lat)}
		b := dot{v.x(line[i].lon + turn), v.y(line[i].lat)}
		p, q, ok := clipSegment(a, b, inner)
		if !ok {
			flush()
			continue
		}
		if len(run) == 0 || p != a {
			flush()
			run = []dot{p}
		}
		run = append(run, q)
		if q != b {
			flush()
		}
	}
	flush()
}

// clipSegment keeps the part of a segment within a rectangle.
func clipSegment(a, b dot, r rect) (p, q dot, ok bool) {
	t0, t1 := 0.0, 1.0
	dx, dy := b.x-a.x, b.y-a.y
	for _, e := range [4][2]float64{{-dx, a.x - r.x0}, {dx, r.x1 - a.x}, {-dy, a.y - r.y0}, {dy, r.y1 - a.y}} {
		switch d, room := e[0], e[1]; {
		case d == 0 && room < 0:
			return p, q, false
		case d < 0:
			t0 = max(t0, room/d)
		case d > 0:
			t1 = min(t1, room/d)
		}
	}
	if t0 >= t1 {
		return p, q, false
	}
	p, q = a, b
	if t0 > 0 {
		p = dot{a.x + float64(t0*dx), a.y + float64(t0*dy)}
	}
	if t1 < 1 {
		q = dot{a.x + float64(t1*dx), a.y + float64(t1*dy)}
	}
	return p, q, true
}
