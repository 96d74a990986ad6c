package charts

import (
	"image/color"
	"math"
	"strconv"

	"toll/internal/catalogue"
	"toll/stats"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// mapView turns degrees into pixels: equirectangular, true at the middle
// latitude.
type mapView struct {
	r        rect
	lat, lon float64 // at the middle of r
	perLat   float64 // pixels of a degree
	perLon   float64
	grow     float64 // radius of a circle of one person, in pixels
}

func (c *mapChart) view(r rect) mapView {
	f := c.frame
	v := mapView{r: r, lat: (f.south + f.north) / 2, lon: (f.west + f.east) / 2}
	// The cosine is rounded, so that the last bit of a processor's does not count.
	shrink := max(math.Round(math.Cos(v.lat*math.Pi/180)*1e9)/1e9, 0.05)
	v.perLat = min(r.h()/(f.north-f.south), r.w()/float64((f.east-f.west)*shrink))
	v.perLon = float64(v.perLat * shrink)
	v.grow = 3.6
	if c.most > 0 {
		v.grow = min(v.grow, 46/math.Sqrt(persons(c.most)))
	}
	return v
}

func (v mapView) x(lon float64) float64 {
	return float64((v.r.x0+v.r.x1)/2) + float64((lon-v.lon)*v.perLon)
}
func (v mapView) y(lat float64) float64 {
	return float64((v.r.y0+v.r.y1)/2) - float64((lat-v.lat)*v.perLat)
}

// box is the square around a circle.
func (v mapView) box(lon, lat, r float64) Box {
	x, y := v.x(lon), v.y(lat)
	return Box{X0: x - r, X1: x + r, Y0: y - r, Y1: y + r}
}

func (v mapView) radius(killed float64) float64 {
	return max(float64(v.grow*math.Sqrt(max(killed, 0))), 2.2)
}

func (c *mapChart) draw(s *sheet, area rect) {
	t := s.theme
	width := min(float64(0.235*s.w), 370)
	r := rect{grid(area.x0), grid(area.y0 + 4), grid(area.x1 - width - 28), grid(area.y1)}
	v := c.view(r)
	c.graticule(s, v)
	c.base.draw(s, v)
	p := pane{c: draw.Canvas{Canvas: s.canvas, Rectangle: s.vgRect(r)}}
	swatches := map[string]Swatch{}
	for _, x := range c.spots {
		sw, ok := swatches[x.party.ID]
		if !ok {
			sw = c.swatchOf(t, x.party)
			swatches[x.party.ID] = sw
		}
		c.circle(s, p, v, x, sw)
	}
	for _, x := range c.areas {
		c.hollow(s, p, v, x)
	}
	c.scaleBar(s, v)
	c.names(s, v)
	for _, e := range []rect{{r.x0, r.y0, r.x1, r.y0 + 1}, {r.x0, r.y1 - 1, r.x1, r.y1}, {r.x0, r.y0, r.x0 + 1, r.y1}, {r.x1 - 1, r.y0, r.x1, r.y1}} {
		s.block(e, t.Rule)
	}
	c.drawKey(s, v, rect{r.x1 + 28, area.y0, area.x1, area.y1})
}

func (c *mapChart) swatchOf(t *Theme, k stats.Key) Swatch {
	if k.Kind == stats.Unstated {
		return mapUnattributed(t)
	}
	return c.swatch(t, k)
}

// circle draws a point. A toll that is not known is a small ring: it is neither
// nothing nor one.
func (c *mapChart) circle(s *sheet, p pane, v mapView, x mapSpot, sw Swatch) {
	at := s.point(v.x(x.lon), v.y(x.lat))
	if x.tally.Killed.Known(x.tally.Incidents) == 0 {
		ring(p, sw.Text, at, 4, 1.3)
		return
	}
	r := v.radius(persons(c.measure.of(x.tally.Killed)))
	fill := sw.Fill
	if r > 3 {
		fill.A = 107
		p.disc(fill, at, r)
		ring(p, sw.Text, at, r, 1.3)
		return
	}
	p.disc(fill, at, r)
}

func (c *mapChart) hollow(s *sheet, p pane, v mapView, x mapSpot) {
	r := max(v.radius(persons(c.measure.of(x.tally.Killed))), 5)
	width := ringWidth
	if len(c.areas) > 40 {
		width = 1.6
	}
	ring(p, white, s.point(v.x(x.lon), v.y(x.lat)), r, width+2)
	ring(p, s.theme.Baseline, s.point(v.x(x.lon), v.y(x.lat)), r, width)
}

// ringWidth is that of the circle of an area, where there are few.
const ringWidth = 2.4

// ring strokes a circle.
func ring(p pane, c color.Color, at vg.Point, r, width float64) {
	p.c.SetColor(c)
	p.c.SetLineWidth(px(width))
	p.c.SetLineDash(nil, 0)
	p.c.Stroke(circle(at, px(r)))
}

// graticule draws round degrees, named at the left and lower edge.
func (c *mapChart) graticule(s *sheet, v mapView) {
	t := s.theme
	step := 0.0
	for _, d := range []float64{0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30} {
		if step = d; float64(d*v.perLat) >= 110 {
			break
		}
	}
	st := style{smallType, regular, t.Muted, 3}
	line := rgb(0xECECEA)
	free := v.r.x0 + 90
	for k := math.Ceil((v.lon - (v.r.w() / 2 / v.perLon)) / step); ; k++ {
		x := v.x(float64(k * step))
		if x > v.r.x1 {
			break
		}
		s.vline(x, v.r.y0, v.r.y1, 1, line)
		name := degreeName(wrapped(float64(k*step)), step, "E", "W")
		if x+5 > free && x+8+st.width(name) < v.r.x1-4 {
			s.text("degree", st, x+6, v.r.y0+20, left, name)
			free = x + 6 + st.width(name) + 20
		}
	}
	for k := math.Ceil((v.lat - (v.r.h() / 2 / v.perLat)) / step); ; k++ {
		y := v.y(float64(k * step))
		if y < v.r.y0 {
			break
		}
		s.hline(v.r.x0, v.r.x1, y, 1, line)
		if y > v.r.y0+30 && y < v.r.y1-70 && math.Abs(float64(k*step)) <= 90 {
			s.text("degree", st, v.r.x0+8, y-5, left, degreeName(float64(k*step), step, "N", "S"))
		}
	}
}

func wrapped(lon float64) float64 {
	if lon > 180 {
		return lon - 360
	}
	return lon
}

func degreeName(v, step float64, plus, minus string) string {
	letter := plus
	if v < 0 {
		letter, v = minus, -v
	}
	if v < 1e-9 {
		letter, v = "", 0
	}
	decimals := 0
	for d := step; decimals < 2 && d-math.Floor(d) > 1e-9; d *= 10 {
		decimals++
	}
	return strconv.FormatFloat(v, 'f', decimals, 64) + "°" + letter
}

// scaleBar draws a round length at the lower left, or at the lower right where
// fewer circles lie, true at the middle latitude.
func (c *mapChart) scaleBar(s *sheet, v mapView) {
	const kmPerDegree = 111.2
	km := 1.0
	for _, k := range []float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000} {
		if float64(k/kmPerDegree*v.perLat) <= 180 {
			km = k
		}
	}
	w := grid(float64(km / kmPerDegree * v.perLat))
	st := style{footerType, regular, s.theme.Body, 3}
	label := stats.Number(int64(km)) + nbsp + "km"
	wide := max(w, st.width(label))
	x, y := v.r.x0+20, v.r.y1-22
	if spot := (Box{X0: x - 8, X1: x + wide + 8, Y0: y - 36, Y1: y + 10}); c.circlesIn(v, spot) > 0 {
		other := v.r.x1 - 20 - wide
		if c.circlesIn(v, Box{X0: other - 8, X1: other + wide + 8, Y0: spot.Y0, Y1: spot.Y1}) < c.circlesIn(v, spot) {
			x = other
		}
	}
	s.block(rect{x, y, x + w, y + 3}, s.theme.Body)
	s.block(rect{x, y - 5, x + 2, y + 3}, s.theme.Body)
	s.block(rect{x + w - 2, y - 5, x + w, y + 3}, s.theme.Body)
	s.text("scale", st, x, y-12, left, label)
}

// circlesIn counts the circles that reach into a box.
func (c *mapChart) circlesIn(v mapView, b Box) int {
	n := 0
	for _, list := range [][]mapSpot{c.spots, c.areas} {
		for _, x := range list {
			if b.Overlaps(v.box(x.lon, x.lat, v.radius(persons(c.measure.of(x.tally.Killed)))), 0) {
				n++
			}
		}
	}
	return n
}

// maxPlaceNames is how many places are named on a map.
const maxPlaceNames = 10

// names writes the deadliest places beside their circles, at the first of ten
// positions where the name meets no other text and covers no large circle. One
// that fits nowhere is left to the table.
func (c *mapChart) names(s *sheet, v mapView) {
	st := style{noteType, bold, s.theme.Ink, 3.5}
	var obstacles []Box
	for _, list := range [][]mapSpot{c.spots, c.areas} {
		for _, x := range list[:min(40, len(list))] {
			obstacles = append(obstacles, v.box(x.lon, x.lat, float64(0.7*v.radius(persons(c.measure.of(x.tally.Killed))))))
		}
	}
	for i, x := range c.named() {
		if i >= maxPlaceNames || c.measure.of(x.tally.Killed) <= 0 && i > 3 {
			break
		}
		name := fit(x.name, st, 300)
		cx, cy := v.x(x.lon), v.y(x.lat)
		r, w := v.radius(persons(x.largest))+5, st.width(name)
		r = min(max(r, c.ringAround(v, cx, cy)+6), 52)
		d := float64(0.7 * r)
		for _, at := range []dot{{cx + r, cy + 8}, {cx - r - w, cy + 8}, {cx - float64(w/2), cy - r - 4}, {cx - float64(w/2), cy + r + 18},
			{cx + d, cy - d}, {cx - d - w, cy - d}, {cx + d, cy + d + 14}, {cx - d - w, cy + d + 14}, {cx - float64(w/2), cy - r - 24}, {cx - float64(w/2), cy + r + 38}} {
			b := Box{X0: at.x - 3, X1: at.x + w + 3, Y0: at.y - 20, Y1: at.y + 6}
			if b.X0 < v.r.x0+6 || b.X1 > v.r.x1-6 || b.Y0 < v.r.y0+4 || b.Y1 > v.r.y1-6 || meets(b, s.boxes) || covered(b, obstacles) > 0.35 {
				continue
			}
			s.text("place", st, at.x, at.y, left, name)
			break
		}
	}
}

// ringAround is the radius of the largest circle of an area about the same spot,
// 0 where there is none.
func (c *mapChart) ringAround(v mapView, x, y float64) float64 {
	most := 0.0
	for _, a := range c.areas {
		if math.Abs(v.x(a.lon)-x) < 8 && math.Abs(v.y(a.lat)-y) < 8 {
			most = max(most, v.radius(persons(c.measure.of(a.tally.Killed))))
		}
	}
	return most
}

// covered is the largest share of a box that lies on one of the others.
func covered(b Box, others []Box) float64 {
	most := 0.0
	for _, o := range others {
		w, h := min(b.X1, o.X1)-max(b.X0, o.X0), min(b.Y1, o.Y1)-max(b.Y0, o.Y0)
		if w > 0 && h > 0 {
			most = max(most, float64(w*h)/float64((b.X1-b.X0)*(b.Y1-b.Y0)))
		}
	}
	return most
}

// drawKey draws the parties, the sizes and the special signs.
func (c *mapChart) drawKey(s *sheet, v mapView, r rect) {
	t := s.theme
	p := pane{c: draw.Canvas{Canvas: s.canvas, Rectangle: s.vgRect(r)}}
	head := style{noteType, regular, t.Muted, 0}
	small := style{smallType, regular, t.Muted, 0}
	y := r.y0 + 20
	s.text("key", head, r.x0, y, left, fit(c.heading, head, r.w()))
	y += 36
	room := r.y1 - 300 - y
	pitch := min(58, room/float64(max(len(c.parties), 1)))
	long := 0 // names that need two lines
	for _, x := range c.parties {
		if (style{size: noteType, weight: bold}).width(x.label) > r.w()-32 {
			long++
		}
	}
	const twoLines = 44
	if single := (room + 34 - float64(twoLines*float64(long))) / float64(max(len(c.parties)-long, 1)); pitch < twoLines && single >= 28 {
		pitch = min(pitch, single)
	} else if pitch < twoLines {
		long = 0
	}
	for _, x := range c.parties {
		sw := x.swatch(t)
		fill := sw.Fill
		fill.A = 107
		at := s.point(r.x0+12, y-7)
		p.disc(fill, at, 10)
		ring(p, sw.Text, at, 10, 1.3)
		st := style{noteType, bold, sw.Text, 0}
		if long > 0 && st.width(x.label) > r.w()-32 {
			st.size = smallType
			s.lines("key", st, r.x0+32, y-9, 20, left, rowNames([]string{x.label}, st, r.w()-32, twoLinePitch)[0].lines)
			y += max(pitch, twoLines)
			continue
		}
		st = st.shrunk(x.label, r.w()-32)
		s.text("key", st, r.x0+32, y, left, shortened([]string{x.label}, st, r.w()-32)[0])
		if pitch >= 48 && long == 0 {
			text := stats.Number(stats.Persons(c.measure.of(x.tally.Killed))) + nbsp + "killed, " + incidents(x.tally.Incidents)
			s.text("key", small, r.x0+32, y+23, left, fit(text, small, r.w()-32))
		}
		y += pitch
	}
	c.sizes(s, p, v, rect{r.x0, y + 8, r.x1, r.y1})
}

// sizes draws nested circles with their tolls, and what is no such circle.
func (c *mapChart) sizes(s *sheet, p pane, v mapView, r rect) {
	t := s.theme
	st := style{footerType, regular, t.Body, 0}
	y := r.y0 + 16
	s.text("key", style{noteType, regular, t.Muted, 0}, r.x0, y, left, catalogue.Say("chart.people-killed"))
	y += 24
	var values []int64
	for decade := int64(1); decade <= 1e9; decade *= 10 {
		for _, m := range []int64{1, 2, 5} {
			if n := m * decade; n <= stats.Persons(c.most) {
				values = append(values, n)
			}
		}
	}
	large := 0.0
	last := math.Inf(-1)
	for i, n := 0, len(values)-1; n >= 0 && i < 3; n -= 2 {
		rad := v.radius(float64(values[n]))
		if i == 0 {
			large = rad
		}
		cy := y + float64(2*large) - rad
		at := s.point(r.x0+50, cy)
		ring(p, t.Muted, at, rad, 1.3)
		ty := max(cy-rad, last+24)
		last = ty
		s.hline(r.x0+50, r.x0+108, cy-rad, 1, t.Tick)
		if ty-(cy-rad) > 3 {
			s.stroke(t.Tick, 1, dot{r.x0 + 108, cy - rad}, dot{r.x0 + 116, ty})
		}
		s.text("key", st, r.x0+122, ty+7, left, stats.Number(values[n]))
		i++
	}
	y = max(y+float64(2*large), last) + 34
	sign := func(text string, draw func(at vg.Point)) {
		if y > r.y1-4 {
			return
		}
		draw(s.point(r.x0+50, y-7))
		s.text("key", st, r.x0+82, y, left, fit(text, st, r.w()-82))
		y += 30
	}
	sign(catalogue.Say("chart.none-reported-killed"), func(at vg.Point) { p.disc(t.Muted, at, 2.2) })
	if c.unknown() {
		sign(catalogue.Say("chart.toll-unknown"), func(at vg.Point) { ring(p, t.Muted, at, 4, 1.3) })
	}
	if len(c.areas) > 0 {
		sign(catalogue.Say("chart.area-not-a-place"), func(at vg.Point) { ring(p, t.Baseline, at, 10, 2.4) })
	}
}

func (c *mapChart) unknown() bool {
	for _, x := range c.spots {
		if x.tally.Killed.Known(x.tally.Incidents) == 0 {
			return true
		}
	}
	return false
}
