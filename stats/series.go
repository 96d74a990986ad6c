package stats

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"toll/data"
)

// series holds the tallies that charts need and no table of the report shows:
// by the size of an incident and by where it lies. It is nil where nobody asked
// for them.
type series struct {
	few     []Tally          // by persons killed, below fewKilled
	many    map[int64]*Tally // and from there on
	blank   Tally            // the number killed is not stated
	points  map[point]*Tally // by place on the map
	nowhere Tally            // incidents without coordinates
	coarse  int              // index in coarseness; beyond it, points are given up
}

const fewKilled = 256

// point is where incidents lie, how exactly that is known, what the place is
// called and who is named for them.
type point struct {
	lat, lon     int32 // millionths of a degree
	place, party int32 // severalParties where one incident has several
	prec         data.GeoPrecision
}

const severalParties = -1

// MaxPoints is how many rows the table by point may have. Where there would be
// more, coordinates are rounded until there are not: how coarsely follows from
// the data alone and not from the order in which it is read.
const MaxPoints = 20_000

// coarseness lists the steps that coordinates are rounded to, in millionths.
var coarseness = [...]int32{1, 10_000, 100_000, 1_000_000}

func newSeries(o *Options) *series {
	if !o.wants("by-severity") && !o.wants("by-point") && !o.wants("tail") {
		return nil
	}
	return &series{few: make([]Tally, fewKilled), many: map[int64]*Tally{}, points: map[point]*Tally{}}
}

// severityOf returns the whole persons killed by which an incident is ordered.
func severityOf(t *Tally) (n int64, stated bool) {
	k := &t.Killed
	if k.Unknown > 0 {
		return 0, false
	}
	if k.NoBest == 0 {
		return Persons(k.Best), true
	}
	return Persons(k.Low), true
}

func (s *series) severity(t *Tally) {
	n, stated := severityOf(t)
	switch {
	case !stated:
		s.blank.plus(t)
	case n >= 0 && n < fewKilled:
		s.few[n].plus(t)
	default:
		if s.many[n] == nil {
			s.many[n] = &Tally{}
		}
		s.many[n].plus(t)
	}
}

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
	t := &Tally{}
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

// seriesOf enters a block of records that are incidents of their own.
func (a *Accumulator) seriesOf(b *data.Batch, rows []int32) {
	if a.series == nil {
		return
	}
	for r, i := range rows {
		d := &a.block.deltas[r]
		a.series.severity(d)
		p := point{lat: data.NoCoord, lon: data.NoCoord, place: a.block.place[r], party: a.block.standAt[r].party}
		if b.Lat != nil && b.Lon != nil {
			p.lat, p.lon, p.prec = b.Lat[i], b.Lon[i], data.At(b.GeoPrec, int(i))
		}
		if t := a.series.at(p); t != nil {
			t.plus(d)
		}
	}
}

// seriesOfIncident enters a reconciled incident.
func (a *Accumulator) seriesOfIncident(in *incident, place int32, d *Tally) {
	if a.series == nil {
		return
	}
	a.series.severity(d)
	p := point{lat: in.lat, lon: in.lon, place: place, party: severalParties, prec: in.geo}
	if len(in.components) == 1 {
		p.party = in.components[0].party
	}
	if t := a.series.at(p); t != nil {
		t.plus(d)
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

// mergeSeries adds what another accumulator holds. Its codes and parties have
// been translated.
func (a *Accumulator) mergeSeries(o *Accumulator, codes *[data.NumColumns][]uint32, party []int32) {
	if a.series == nil || o.series == nil {
		return
	}
	s, x := a.series, o.series
	for n := range x.few {
		a.merge(&s.few[n], &x.few[n])
	}
	for n, t := range x.many {
		if s.many[n] == nil {
			s.many[n] = &Tally{}
		}
		a.merge(s.many[n], t)
	}
	a.merge(&s.blank, &x.blank)
	a.merge(&s.nowhere, &x.nowhere)
	for s.points != nil && (s.coarse < x.coarse || x.points == nil) {
		s.coarsen()
	}
	for p, t := range x.points {
		path := o.places.paths[p.place]
		for l, c := range path {
			path[l] = codes[l][c]
		}
		p.place = a.placeIndex(path)
		if p.party != severalParties {
			p.party = party[p.party]
		}
		if c := s.at(p); c != nil {
			a.merge(c, t)
		}
	}
}

// addSeries adds the tables that charts need: by day where that is not the
// period of the report, by severity and by point.
func (a *Accumulator) addSeries(r *Report) {
	if r.Period != ByDay && a.opt.wants("by-day") {
		r.add(a.dayTable())
	}
	if a.series == nil {
		return
	}
	r.add(a.severityTable())
	r.add(a.pointTable())
}

// dayTable has a row for each day with incidents: the quiet days of forty years
// would be fourteen thousand rows of nothing.
func (a *Accumulator) dayTable() *Table {
	t := &Table{ID: "by-day", Title: "By day", Secondary: true, Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "period", Title: "Day"}}, Note: "Days with incidents only."}
	index := map[string]int{}
	for i, k := range a.times.keys {
		if a.byTime[i].Incidents == 0 {
			continue
		}
		s := slotOf(k, ByDay)
		n, ok := index[s.key.ID]
		if !ok {
			n = len(t.Rows)
			index[s.key.ID] = n
			t.Rows = append(t.Rows, Row{Keys: []Key{s.key}, start: s.start})
		}
		a.merge(&t.Rows[n].Tally, &a.byTime[i])
	}
	if len(t.Rows) == 0 {
		return nil
	}
	sortPeriods(t.Rows)
	return t
}

func (a *Accumulator) severityTable() *Table {
	t := &Table{ID: "by-severity", Title: "By number killed in the incident", Secondary: true, Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "killed", Title: "Killed"}}, Note: "The best figure of an incident, else its lowest."}
	s := a.series
	sizes := make([]int64, 0, 64)
	for n := range s.few {
		if s.few[n].Incidents > 0 {
			sizes = append(sizes, int64(n))
		}
	}
	for n := range s.many {
		sizes = append(sizes, n)
	}
	slices.Sort(sizes)
	for _, n := range sizes {
		row := Row{Keys: []Key{{ID: strconv.FormatInt(n, 10), Label: Number(n)}}}
		if n >= 0 && n < fewKilled {
			row.Tally = s.few[n]
		} else {
			row.Tally = *s.many[n]
		}
		t.Rows = append(t.Rows, row)
	}
	if s.blank.Incidents > 0 {
		t.Rows = append(t.Rows, Row{Keys: []Key{{ID: "(not stated)", Label: "Not stated", Kind: Unstated}}, Tally: s.blank})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// pointTable is nil where no incident has coordinates.
func (a *Accumulator) pointTable() *Table {
	s := a.series
	t := &Table{ID: "by-point", Title: "By coordinates, place and claimed perpetrator", Secondary: true, Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "point", Title: "Latitude, longitude"}, {ID: "place", Title: "Place"}, {ID: "geo_precision", Title: "Precision"}, {ID: "party", Title: "Claimed perpetrator"}}}
	switch {
	case s.points == nil:
		t.Note = "No rows: even by whole degrees there are more than " + Number(MaxPoints) + " points."
		return t
	case len(s.points) == 0 && a.whole == nil:
		return nil
	case s.coarse > 0:
		t.Note = "Coordinates are rounded to the middle of a cell of " + []string{"", "0.01°", "0.1°", "1°"}[s.coarse] + ", because there are more than " + Number(MaxPoints) + " points."
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
		none := Key{ID: "(not stated)", Label: "Not stated", Kind: Unstated}
		t.Rows = append(t.Rows, Row{Keys: []Key{none, none, none, none}, Tally: s.nowhere})
	}
	return t
}

func (a *Accumulator) pointKeys(p point) []Key {
	where := degrees(p.lat, "N", "S") + "," + degrees(p.lon, "E", "W")
	none := Key{ID: "(not stated)", Label: "Not stated", Kind: Unstated}
	place, prec := none, none
	if path := a.places.paths[p.place]; path != (location{}) {
		place = namedKey(a.pathText(path))
	}
	if w := p.prec.String(); w != "" {
		prec = Key{ID: w, Label: w}
	}
	who := Key{ID: "(several)", Label: "Several parties"}
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
