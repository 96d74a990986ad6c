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
	{"Crimea", 44.3, 46.3, 32.4, 36.7}, {"eastern Ukraine", 46.8, 50.2, 35.0, 40.3}, {"Transnistria", 46.2, 48.2, 28.2, 30.2},
	{"Kosovo", 41.8, 43.3, 20.0, 21.9}, {"Abkhazia", 42.4, 43.6, 40.0, 42.2}, {"South Ossetia", 41.9, 42.8, 43.4, 44.9},
	{"Nagorno-Karabakh", 39.2, 40.6, 46.0, 47.7}, {"northern Cyprus", 35.0, 35.8, 32.5, 34.7}, {"Gibraltar", 36.0, 36.2, -5.4, -5.3},
	{"the Golan Heights", 32.6, 33.4, 35.5, 36.0}, {"the West Bank, East Jerusalem and Gaza", 31.2, 32.6, 34.2, 35.6},
	{"the Shebaa Farms", 33.2, 33.4, 35.6, 35.8},
	{"Kashmir", 32.2, 37.1, 72.4, 80.4}, {"the Durand Line", 29.3, 37.2, 60.8, 74.9}, {"Arunachal Pradesh", 26.5, 29.6, 91.5, 97.5},
	{"the Fergana Valley enclaves", 39.7, 40.4, 70.4, 71.6}, {"the southern Kurils", 43.3, 45.7, 145.3, 149.0},
	{"Dokdo or Takeshima", 37.1, 37.4, 131.7, 132.0}, {"the Senkaku or Diaoyu Islands", 25.6, 26.0, 123.3, 124.7},
	{"Taiwan", 21.8, 25.4, 119.9, 122.1}, {"the South China Sea islands", 6.0, 17.2, 109.5, 117.9}, {"Preah Vihear", 14.2, 14.6, 104.5, 104.9},
	{"Western Sahara", 20.7, 27.7, -17.2, -8.6}, {"Ceuta and Melilla", 35.2, 36.0, -5.4, -2.9}, {"the Halaib Triangle", 21.9, 23.2, 33.1, 37.0},
	{"Abyei", 9.3, 10.9, 27.8, 29.1}, {"the Ilemi Triangle", 4.2, 5.5, 34.8, 36.1}, {"Fashaga", 13.4, 14.3, 35.4, 36.6},
	{"Somaliland", 8.0, 11.6, 42.6, 49.2}, {"the Chagos Islands", -7.5, -5.2, 71.2, 72.6}, {"Mayotte", -13.1, -12.6, 45.0, 45.4},
	{"the Essequibo region", 1.1, 8.6, -61.5, -56.9}, {"the Belize–Guatemala border", 15.8, 17.9, -89.3, -88.1},
	{"the Falkland or Malvinas Islands", -52.5, -50.9, -61.4, -57.6}, {"the southern Patagonian ice field", -50.8, -48.9, -73.9, -72.6},
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
				out = append(out, a.name)
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
	s := "Lines are those of Natural Earth and show who holds a territory, not whose it is"
	names := m.disputed(f)
	if len(names) == 0 {
		return s
	}
	if n := len(names) - maxDisputed; n > 0 {
		names = append(names[:maxDisputed:maxDisputed], spelt(n)+" more")
		names[maxDisputed] = strings.ToLower(names[maxDisputed])
	}
	return s + "; contested here: " + joined(names)
}
