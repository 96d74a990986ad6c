package stats

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// point is where incidents lie, how exactly that is known, what the place is
// called and who is named for them.
type point struct {
	lat, lon     int32 // millionths of a degree
	place, party int32 // severalParties where one incident has several
	prec         data.GeoPrecision
}

const severalParties = -1

// SeveralParties is the id of the key that stands in a point's row for the parties
// of an incident that has several; it is no party, and none may be counted by it.
const SeveralParties = "(several)"

// MaxPoints is how many rows the table by point may have. Where there would be
// more, coordinates are rounded until there are not: how coarsely follows from
// the data alone and not from the order in which it is read.
const MaxPoints = 20_000

// coarseness lists the steps that coordinates are rounded to, in millionths.
var coarseness = [...]int32{1, 10_000, 100_000, 1_000_000}

// at returns the cell of a point, nil where it has no coordinates or there are
// too many points at any coarseness.
func (s *series) at(p point) *Tally {
	if p.lat == data.NoCoord || p.lon == data.NoCoord {
		return &s.nowhere
	}
	if s.points == nil {
		return nil
	}
	p = p.rounded(coarseness[s.coarse])
	if t := s.points[p]; t != nil {
		return t
	}
	if len(s.points) >= MaxPoints {
		s.coarsen()
		return s.at(p)
	}
	if len(s.room) == 0 {
		s.room = make([]Tally, min(max(len(s.points), 16), 512))
	}
	t := &s.room[0]
	s.room = s.room[1:]
	s.points[p] = t
	return t
}

// rounded moves a point to the middle of a cell of the grid. The pole and the
// 180th meridian belong to the last cell before them: the middle of the next is
// no place on Earth.
func (p point) rounded(step int32) point {
	if step > 1 {
		cell := func(v, limit int32) int32 {
			v = min(v, limit-1)
			q := v / step
			if v%step < 0 {
				q--
			}
			return q*step + step/2
		}
		p.lat, p.lon = cell(p.lat, 90_000_000), cell(p.lon, 180_000_000)
	}
	return p
}

// coarsen rounds every point to the next step, and gives up after the last.
func (s *series) coarsen() {
	old := s.points
	room := len(old) / 2 // most meet others on the coarser grid, or there would be no end of it
	s.coarse++
	if s.coarse >= len(coarseness) {
		s.points, s.coarse = nil, len(coarseness)-1
		return
	}
	s.points = make(map[point]*Tally, room)
	for p, t := range old {
		q := p.rounded(coarseness[s.coarse])
		if c := s.points[q]; c != nil {
			c.plus(t)
		} else {
			s.points[q] = t
		}
	}
}

// settlePoint takes the coordinates of the first account that is placed as
// exactly as the incident; failing that, of the first that states any.
func settlePoint(as []account, geo data.GeoPrecision) (lat, lon int32) {
	lat, lon = data.NoCoord, data.NoCoord
	for i := range as {
		c := &as[i]
		if c.lat == data.NoCoord || c.lon == data.NoCoord {
			continue
		}
		if c.geo == geo {
			return c.lat, c.lon
		}
		if lat == data.NoCoord {
			lat, lon = c.lat, c.lon
		}
	}
	return lat, lon
}

// coordOf returns a coordinate of a record.
func coordOf(column []int32, i int) int32 {
	if column == nil {
		return data.NoCoord
	}
	return column[i]
}

// pointTable is nil where no incident has coordinates.
func (a *Accumulator) pointTable() *Table {
	s := a.series
	t := &Table{ID: "by-point", Title: catalogue.Say("table.by-coordinates-place-and-claimed-perpetrator"), Secondary: true, Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "point", Title: catalogue.Say("table.latitude-longitude")}, {ID: "place", Title: catalogue.Say("table.place")}, {ID: "geo_precision", Title: catalogue.Say("table.precision")}, {ID: "party", Title: catalogue.Say("table.claimed-perpetrator")}}}
	switch {
	case s.points == nil:
		t.Note = catalogue.Say("table.no-rows-even-by-whole-degrees", "maxPoints", Number(MaxPoints))
		return t
	case len(s.points) == 0 && a.whole == nil:
		return nil
	case s.coarse > 0:
		t.Note = catalogue.Say("table.coordinates-are-rounded-to-the-middle", "part", []string{"", "0.01°", "0.1°", "1°"}[s.coarse], "maxPoints", Number(MaxPoints))
	}
	type placed struct {
		p    point
		keys []Key
		t    *Tally
	}
	ps := make([]placed, 0, len(s.points))
	for p, tally := range s.points {
		ps = append(ps, placed{p, a.pointKeys(p), tally})
	}
	slices.SortFunc(ps, func(x, y placed) int {
		o := cmp.Or(cmp.Compare(x.p.lat, y.p.lat), cmp.Compare(x.p.lon, y.p.lon))
		for i := 1; o == 0 && i < len(x.keys); i++ {
			o = cmp.Or(cmp.Compare(x.keys[i].Kind, y.keys[i].Kind), cmp.Compare(x.keys[i].ID, y.keys[i].ID))
		}
		return o
	})
	for _, x := range ps {
		if n := len(t.Rows); n > 0 && slices.Equal(t.Rows[n-1].Keys, x.keys) { // two paths can read the same
			a.merge(&t.Rows[n-1].Tally, x.t)
			continue
		}
		t.Rows = append(t.Rows, Row{Keys: x.keys, Tally: *x.t})
	}
	if s.nowhere.Incidents > 0 {
		none := Key{ID: "(not stated)", Label: catalogue.Say("table.not-stated"), Kind: Unstated}
		t.Rows = append(t.Rows, Row{Keys: []Key{none, none, none, none}, Tally: s.nowhere})
	}
	return t
}

func (a *Accumulator) pointKeys(p point) []Key {
	where := degrees(p.lat, "N", "S") + "," + degrees(p.lon, "E", "W")
	none := Key{ID: "(not stated)", Label: catalogue.Say("table.not-stated"), Kind: Unstated}
	place, prec := none, none
	if path := a.places.paths[p.place]; path != (location{}) {
		place = namedKey(a.pathText(path))
	}
	if w := p.prec.String(); w != "" {
		prec = Key{ID: w, Label: w}
	}
	who := Key{ID: SeveralParties, Label: catalogue.Say("table.several-parties")}
	if p.party != severalParties {
		who = a.parties.list[p.party].key()
	}
	return []Key{{ID: where, Label: where}, place, prec, who}
}

// degrees writes millionths of a degree as a decimal and a letter: a minus sign
// would make a spreadsheet take the cell for a formula.
func degrees(v int32, plus, minus string) string {
	letter, n := plus, int64(v)
	if n < 0 {
		letter, n = minus, -n
	}
	return strconv.FormatInt(n/1_000_000, 10) + "." + strconv.FormatInt(n%1_000_000+1_000_000, 10)[1:] + letter
}

// ParsePoint reads the id of a point key, such as 33.700000N,71.000000E, as
// millionths of a degree.
func ParsePoint(id string) (lat, lon int32, ok bool) {
	a, b, _ := strings.Cut(id, ",")
	lat, ok1 := parseDegrees(a, "N", "S", 90)
	lon, ok2 := parseDegrees(b, "E", "W", 180)
	return lat, lon, ok1 && ok2
}

func parseDegrees(s, plus, minus string, limit int64) (int32, bool) {
	sign := int64(1)
	rest, ok := strings.CutSuffix(s, plus)
	if !ok {
		sign = -1
		if rest, ok = strings.CutSuffix(s, minus); !ok {
			return 0, false
		}
	}
	whole, part, _ := strings.Cut(rest, ".")
	n, err1 := strconv.ParseUint(whole, 10, 16)
	f, err2 := strconv.ParseUint(part, 10, 32)
	v := int64(n)*1_000_000 + int64(f)
	if err1 != nil || err2 != nil || len(part) != 6 || v > limit*1_000_000 {
		return 0, false
	}
	return int32(sign * v), true
}
