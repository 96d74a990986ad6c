package stats

import (
	"toll/data"
	"toll/internal/catalogue"
)

// series holds the tallies that charts need and no table of the report shows:
// by the size of an incident and by where it lies. It is nil where nobody asked
// for them.
type series struct {
	few     []Tally          // by persons killed, below fewKilled
	many    map[int64]*Tally // and from there on
	blank   Tally            // the number killed is not stated
	points  map[point]*Tally // by place on the map
	room    []Tally          // for points to come
	nowhere Tally            // incidents without coordinates
	coarse  int              // index in coarseness; beyond it, points are given up
}

func newSeries(o *Options) *series {
	if !o.wants("by-severity") && !o.wants("by-point") && !o.wants("tail") {
		return nil
	}
	return &series{few: make([]Tally, fewKilled), many: map[int64]*Tally{}, points: map[point]*Tally{}}
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
	t := &Table{ID: "by-day", Title: catalogue.Say("table.by-day"), Secondary: true, Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "period", Title: catalogue.Say("table.day")}}, Note: catalogue.Say("table.days-with-incidents-only")}
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
