package charts

import (
	"bytes"
	"compress/flate"
	_ "embed" // the lines
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"sync"

	"toll/internal/catalogue"
)

//go:embed basemaps/natural-earth-50m.bin
var naturalEarth50m []byte

// NaturalEarthName is what asks for the built-in basemap in place of a file.
const NaturalEarthName = "naturalearth"

// NaturalEarth returns the coasts and borders of Natural Earth 1:50m. It shows who
// holds a territory and not whose it is by law, so a map takes it only where it
// is asked for, and says so.
func NaturalEarth() *Basemap {
	m, err := naturalEarth()
	if err != nil { // TestNaturalEarth reads it
		return nil
	}
	return m
}

var naturalEarth = sync.OnceValues(func() (*Basemap, error) {
	m := &Basemap{Credit: "Natural Earth 1:50m, version 4.1", deFacto: true}
	b, err := io.ReadAll(flate.NewReader(bytes.NewReader(naturalEarth50m)))
	if err != nil {
		return nil, err
	}
	next := func() int {
		v, n := binary.Varint(b)
		b = b[max(n, 0):]
		return int(v)
	}
	lines, n := binary.Uvarint(b)
	b = b[max(n, 0):]
	for range lines {
		points, n := binary.Uvarint(b)
		if n <= 0 || points > uint64(len(b)) {
			return nil, errors.New("the basemap is cut off")
		}
		b = b[n:]
		line := make([]lonLat, points)
		x, y := 0, 0
		for i := range line {
			x, y = x+next(), y+next()
			line[i] = lonLat{float64(x) / 100, float64(y) / 100}
		}
		m.lines = append(m.lines, line)
	}
	return m, nil
})

// disputedArea is a territory whose holder or border is contested between
// states, as a box in degrees that is a little larger.
type disputedArea struct {
	name                     string
	south, north, west, east float64
}

// disputedAreas lists where a line of Natural Earth would be read as taking
// sides. It names disputes between states and claimants to statehood, from north
// to south within each continent, and settles none.
var disputedAreas = []disputedArea{
	{"chart.crimea", 44.3, 46.3, 32.4, 36.7}, {"chart.eastern-ukraine", 46.8, 50.2, 35.0, 40.3}, {"chart.transnistria", 46.2, 48.2, 28.2, 30.2},
	{"chart.kosovo", 41.8, 43.3, 20.0, 21.9}, {"chart.abkhazia", 42.4, 43.6, 40.0, 42.2}, {"chart.south-ossetia", 41.9, 42.8, 43.4, 44.9},
	{"chart.nagorno-karabakh", 39.2, 40.6, 46.0, 47.7}, {"chart.northern-cyprus", 35.0, 35.8, 32.5, 34.7}, {"chart.gibraltar", 36.0, 36.2, -5.4, -5.3},
	{"chart.the-golan-heights", 32.6, 33.4, 35.5, 36.0}, {"chart.the-west-bank-east-jerusalem-and", 31.2, 32.6, 34.2, 35.6},
	{"chart.the-shebaa-farms", 33.2, 33.4, 35.6, 35.8},
	{"chart.kashmir", 32.2, 37.1, 72.4, 80.4}, {"chart.the-durand-line", 29.3, 37.2, 60.8, 74.9}, {"chart.arunachal-pradesh", 26.5, 29.6, 91.5, 97.5},
	{"chart.the-fergana-valley-enclaves", 39.7, 40.4, 70.4, 71.6}, {"chart.the-southern-kurils", 43.3, 45.7, 145.3, 149.0},
	{"chart.dokdo-or-takeshima", 37.1, 37.4, 131.7, 132.0}, {"chart.the-senkaku-or-diaoyu-islands", 25.6, 26.0, 123.3, 124.7},
	{"chart.taiwan", 21.8, 25.4, 119.9, 122.1}, {"chart.the-south-china-sea-islands", 6.0, 17.2, 109.5, 117.9}, {"chart.preah-vihear", 14.2, 14.6, 104.5, 104.9},
	{"chart.western-sahara", 20.7, 27.7, -17.2, -8.6}, {"chart.ceuta-and-melilla", 35.2, 36.0, -5.4, -2.9}, {"chart.the-halaib-triangle", 21.9, 23.2, 33.1, 37.0},
	{"chart.abyei", 9.3, 10.9, 27.8, 29.1}, {"chart.the-ilemi-triangle", 4.2, 5.5, 34.8, 36.1}, {"chart.fashaga", 13.4, 14.3, 35.4, 36.6},
	{"chart.somaliland", 8.0, 11.6, 42.6, 49.2}, {"chart.the-chagos-islands", -7.5, -5.2, 71.2, 72.6}, {"chart.mayotte", -13.1, -12.6, 45.0, 45.4},
	{"chart.the-essequibo-region", 1.1, 8.6, -61.5, -56.9}, {"chart.the-belize-guatemala-border", 15.8, 17.9, -89.3, -88.1},
	{"chart.the-falkland-or-malvinas-islands", -52.5, -50.9, -61.4, -57.6}, {"chart.the-southern-patagonian-ice-field", -50.8, -48.9, -73.9, -72.6},
}

// disputed names the contested territories that the frame shows some of.
func (m *Basemap) disputed(f mapFrame) []string {
	if m == nil || !m.deFacto {
		return nil
	}
	var out []string
	for _, a := range disputedAreas {
		for _, turn := range []float64{0, 360} { // a frame may go on beyond the date line
			if a.south < f.north && a.north > f.south && a.west+turn < f.east && a.east+turn > f.west {
				out = append(out, catalogue.Say(a.name))
				break
			}
		}
	}
	return out
}

// maxDisputed is how many territories a note names.
const maxDisputed = 5

// note says what the lines are, and where they are contested.
func (m *Basemap) note(f mapFrame) string {
	if m == nil || !m.deFacto {
		return ""
	}
	s := catalogue.Say("chart.lines-are-those-of-natural-earth")
	names := m.disputed(f)
	if len(names) == 0 {
		return s
	}
	if n := len(names) - maxDisputed; n > 0 {
		names = append(names[:maxDisputed:maxDisputed], catalogue.Say("chart.more", "spelt", spelt(n)))
		names[maxDisputed] = strings.ToLower(names[maxDisputed])
	}
	return catalogue.Say("chart.contested-here", "s", s, "names", joined(names))
}
