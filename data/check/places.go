package check

import (
	"fmt"
	"maps"
	"slices"

	"toll/data"
)

// box gathers the points of a country, to tell a point of another part of the
// world with latitude and longitude swapped.
type box struct {
	lat, lon []int32
	at       []sighting
}

// pile counts the incidents at one point.
type pile struct {
	n           int
	places      []uint32 // different ones, up to maxPlaces
	first       sighting
	where, text string
}

const (
	degree    = 1_000_000
	maxPlaces = 20 // places at a point that are told apart
)

func (c *Checker) places(b *data.Batch, i int) {
	if b.Lat == nil || b.Lat[i] == data.NoCoord {
		return
	}
	lat, lon := b.Lat[i], b.Lon[i]
	here := sighting{file: b.File, line: int(b.Line[i])}
	if lat == 0 && lon == 0 {
		c.find("null-point", b.File, here.line, "lat", "0, 0", "the point 0, 0 lies in the Gulf of Guinea; it usually stands for no point")
		return
	}
	country := b.Text(data.ColCountry, i)
	x := c.boxes[country]
	if x == nil {
		x = &box{}
		c.boxes[country] = x
	}
	if len(x.lat) < c.limits.points {
		x.lat, x.lon, x.at = append(x.lat, lat), append(x.lon, lon), append(x.at, here)
	} else {
		c.left["point"]++
	}
	if g := data.At(b.GeoPrec, i); g != data.PlaceUnstated && g != data.PlaceExact {
		return // the data says itself that the point stands for more than a place
	}
	key := fmt.Sprint(lat, lon)
	p := c.points[key]
	if p == nil {
		if len(c.points) >= c.limits.points {
			c.left["point"]++
			return
		}
		p = &pile{first: here, where: b.Text(data.ColAdmin1, i), text: fmt.Sprintf("%.4f, %.4f", float64(lat)/degree, float64(lon)/degree)}
		c.points[key] = p
	}
	p.n++
	if code := b.Code(data.ColPlace, i); code != 0 && len(p.places) < maxPlaces && !slices.Contains(p.places, code) {
		p.places = append(p.places, code)
	}
}

// swapped finds points that lie where the others of their country do only when
// latitude and longitude change places.
func (c *Checker) swapped() {
	for _, name := range slices.Sorted(maps.Keys(c.boxes)) {
		x := c.boxes[name]
		if len(x.lat) < 10 || name == "" {
			continue
		}
		midLat, midLon := median(x.lat), median(x.lon)
		for i := range x.lat {
			off := max(gap(x.lat[i], midLat), gap(x.lon[i], midLon))
			turned := max(gap(x.lon[i], midLat), gap(x.lat[i], midLon))
			if off > 15*degree && turned < 8*degree {
				c.find("swapped-coordinates", x.at[i].file, x.at[i].line, "lat", "", fmt.Sprintf("the point lies far from the others in %s, and among them with latitude and longitude swapped", name))
			}
		}
	}
}

func median(v []int32) int32 {
	s := slices.Clone(v)
	slices.Sort(s)
	return s[len(s)/2]
}

func gap(a, b int32) int64 {
	d := int64(a) - int64(b)
	if d < 0 {
		return -d
	}
	return d
}

// piles finds points that stand for many places: a provincial capital where only
// the province is known.
func (c *Checker) piles() {
	for _, k := range slices.Sorted(maps.Keys(c.points)) {
		if p := c.points[k]; p.n >= 20 && len(p.places) >= 5 {
			names := fmt.Sprint(len(p.places), " names")
			if len(p.places) == maxPlaces {
				names += " or more"
			}
			c.find("point-pile-up", p.first.file, p.first.line, "lat", p.text,
				fmt.Sprintf("%d incidents at places of %s share the point %s; it may stand for %s as a whole", p.n, names, p.text, or(p.where, "a wider area")))
		}
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
