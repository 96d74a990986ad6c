package charts

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// mapChart shows where incidents lie: points by party, areas as hollow circles.
type mapChart struct {
	spots   []mapSpot // points, the deadliest first
	areas   []mapSpot // known no more exactly than an area
	parties []mapParty
	measure measure
	most    int64 // the highest toll of a spot, in units
	frame   mapFrame
	base    *Basemap
	heading string // of the key
	swatch  func(*Theme, stats.Key) Swatch
}

// mapSpot is one circle.
type mapSpot struct {
	lat, lon float64
	name     string // of the finest place stated
	party    stats.Key
	tally    stats.Tally
	largest  int64 // toll of the largest circle of that name, in units
}

type mapParty struct {
	label  string
	swatch func(*Theme) Swatch
	tally  stats.Tally
}

// mapFrame is the part of the world shown, in degrees.
type mapFrame struct{ south, north, west, east float64 }

// placeMap plans the map.
func (pl *planner) placeMap() (Figure, Omitted) {
	const id = "map"
	t := pl.report.Table("by-point")
	switch {
	case t == nil:
		return Figure{}, Omitted{id, catalogue.Say("chart.no-incident-has-coordinates")}
	case len(t.Rows) == 0:
		return Figure{}, Omitted{id, catalogue.Say("chart.there-are-too-many-points")}
	}
	c := &mapChart{measure: measureOf(sumBy(t, 3)), base: pl.ctx.Basemap, heading: catalogue.Say("chart.party-named")}
	if pl.ctx.Directed {
		c.heading = catalogue.Say("chart.claimed-perpetrator")
	}
	nowhere, coarse := c.collect(t)
	distinct := map[[2]float64]bool{}
	for _, s := range append(slices.Clone(c.spots), c.areas...) {
		distinct[[2]float64{s.lat, s.lon}] = true
	}
	if len(distinct) < 3 {
		return Figure{}, Omitted{id, catalogue.Say("chart.there-are-fewer-than-three-different")}
	}
	if n := nowhere + coarse; 2*uint64(n) > uint64(pl.report.Total.Incidents) {
		return Figure{}, Omitted{id, catalogue.Say("chart.of-are-not-placed-exactly-enough", "part", stats.Number(int64(n)), "incidents", incidents(pl.report.Total.Incidents))}
	}
	c.frame = c.extent()
	c.key(pl)
	c.swatch = pl.ctx.Parties.swatch
	f := Figure{ID: id, Kind: "map", draw: c.draw, Title: catalogue.Say("chart.where-people-were-reported-killed", "in", pl.in(), "when", pl.when())}
	by := catalogue.Say("chart.incidents-by-place-and-claimed-perpetrator")
	if !pl.ctx.Directed {
		by = catalogue.Say("chart.incidents-by-place-coloured-by-the")
	}
	f.Subtitle = catalogue.Say("chart.circle-area-people-killed", "by", by, "name", strings.TrimSuffix(c.measure.name, "s"))
	f.Note = sentences(catalogue.Say("chart.boundaries-and-names-shown-do-not"), c.base.note(c.frame), c.left(nowhere, coarse), c.areaNote(), clean(t.Note), pl.partyNote())
	f.Columns = append([]string{"latitude_longitude", "place", "geo_precision", "party", "incidents"}, sumColumns("killed")...)
	for _, r := range t.Rows {
		row := []string{r.Keys[0].ID, clean(r.Keys[1].Label), r.Keys[2].ID, pl.partyName(r.Keys[3]), countCell(r.Tally.Incidents)}
		f.Rows = append(f.Rows, append(row, sumCells(r.Tally.Killed, r.Tally.Incidents)...))
	}
	f.Alt = altText(catalogue.Say("chart.map-of-people-reported-killed-a", "in", pl.in(), "when", pl.when()), totalSentence(pl.report.Total),
		c.facts(), []string{c.left(nowhere, coarse), c.areaNote()}, id)
	return f, Omitted{}
}

// collect sorts the rows into points and areas. It returns how many incidents
// have no coordinates, and how many are known only to a country or less: a
// circle for those would stand on a capital where nothing happened.
func (c *mapChart) collect(t *stats.Table) (nowhere, coarse uint32) {
	areas := map[string]int{}
	for _, r := range t.Rows {
		lat, lon, ok := stats.ParsePoint(r.Keys[0].ID)
		if r.Keys[0].Kind != stats.Named || !ok {
			nowhere += r.Tally.Incidents
			continue
		}
		spot := mapSpot{lat: float64(lat) / 1e6, lon: float64(lon) / 1e6, party: r.Keys[3], tally: r.Tally}
		if r.Keys[1].Kind == stats.Named {
			spot.name, _, _ = strings.Cut(clean(r.Keys[1].Label), ", ")
		}
		prec, _ := data.ParseGeoPrecision(r.Keys[2].ID)
		switch {
		case prec >= data.PlaceRegion:
			coarse += r.Tally.Incidents
		case prec >= data.PlaceAdmin2:
			i, seen := areas[r.Keys[1].ID+"\x00"+r.Keys[2].ID]
			if !seen {
				areas[r.Keys[1].ID+"\x00"+r.Keys[2].ID] = len(c.areas)
				c.areas = append(c.areas, spot)
				continue
			}
			_ = c.areas[i].tally.Merge(r.Tally) // the report itself fails on overflow
		default:
			c.spots = append(c.spots, spot)
		}
	}
	for _, list := range [][]mapSpot{c.spots, c.areas} {
		slices.SortStableFunc(list, func(a, b mapSpot) int {
			return cmp.Compare(c.measure.of(b.tally.Killed), c.measure.of(a.tally.Killed))
		})
		if len(list) > 0 {
			c.most = max(c.most, c.measure.of(list[0].tally.Killed))
		}
	}
	return nowhere, coarse
}

func (c *mapChart) left(nowhere, coarse uint32) string {
	return notShown(catalogue.Say("chart.not-on-the-map"), unseen{nowhere, catalogue.Say("chart.without-coordinates")}, unseen{coarse, catalogue.Say("chart.placed-no-more-exactly-than-a")})
}

func (c *mapChart) areaNote() string {
	if len(c.areas) == 0 {
		return ""
	}
	return catalogue.Say("chart.a-hollow-circle-is-all-that")
}

// extent is what holds every circle, with a margin. Where the data lies on both
// sides of the date line, western longitudes continue beyond 180.
func (c *mapChart) extent() mapFrame {
	f, wide := c.boundsFrom(-180), 0.0
	if wide = f.east - f.west; wide > 180 {
		if g := c.boundsFrom(0); g.east-g.west < wide {
			f = g
			for _, list := range [][]mapSpot{c.spots, c.areas} {
				for i := range list {
					if list[i].lon < 0 {
						list[i].lon += 360
					}
				}
			}
		}
	}
	dy, dx := max(float64(0.12*(f.north-f.south)), 0.05), max(float64(0.12*(f.east-f.west)), 0.05)
	return mapFrame{f.south - dy, f.north + dy, f.west - dx, f.east + dx}
}

func (c *mapChart) boundsFrom(west float64) mapFrame {
	f := mapFrame{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for _, list := range [][]mapSpot{c.spots, c.areas} {
		for _, s := range list {
			lon := s.lon
			if lon < west {
				lon += 360
			}
			f.south, f.north = min(f.south, s.lat), max(f.north, s.lat)
			f.west, f.east = min(f.west, lon), max(f.east, lon)
		}
	}
	return f
}

// key lists the parties in the order of the run, those without a colour of their
// own as one, and incidents of several parties, which are no party, after them.
func (c *mapChart) key(pl *planner) {
	var es, rest, several entries
	index := map[string]int{}
	for _, s := range c.spots {
		i, ok := index[s.party.ID]
		if !ok {
			i = len(es)
			index[s.party.ID] = i
			es = append(es, entry{key: s.party})
		}
		_ = es[i].tally.Merge(s.tally)
	}
	slices.SortStableFunc(es, func(a, b entry) int {
		return pl.ctx.Parties.place(a.key.ID) - pl.ctx.Parties.place(b.key.ID)
	})
	for _, e := range es {
		switch {
		case e.key.Kind == stats.Unstated:
		case e.key.ID == stats.SeveralParties: // of parties that have circles of their own
			several = entries{e}
		case pl.ctx.Parties.place(e.key.ID) < maxParties:
			c.parties = append(c.parties, mapParty{pl.partyLabel(e.key), func(t *Theme) Swatch { return pl.ctx.Parties.swatch(t, e.key) }, e.tally})
		default:
			rest = append(rest, e)
		}
	}
	if len(rest) > 0 {
		c.parties = append(c.parties, mapParty{otherNamed(len(rest)), func(t *Theme) Swatch { return t.Other }, rest.total()})
	}
	for _, e := range several {
		c.parties = append(c.parties, mapParty{pl.partyLabel(e.key), func(t *Theme) Swatch { return t.Other }, e.tally})
	}
	if u, ok := es.unstated(); ok {
		c.parties = append(c.parties, mapParty{pl.partyLabel(u.key), mapUnattributed, u.tally})
	}
	for i := range c.spots {
		c.spots[i].name = pl.drawable(c.spots[i].name)
	}
}

// mapUnattributed is darker than in columns: a small pale circle is not seen.
func mapUnattributed(t *Theme) Swatch {
	return Swatch{Fill: t.UnattributedHatch, Text: t.Unattributed.Text}
}

// named sums the points by the name of the place, the deadliest first.
func (c *mapChart) named() []mapSpot {
	var out []mapSpot
	index := map[string]int{}
	for _, s := range c.spots {
		if s.name == "" {
			continue
		}
		i, ok := index[s.name]
		if !ok {
			index[s.name] = len(out)
			s.largest = c.measure.of(s.tally.Killed) // the spots are sorted
			out = append(out, s)
			continue
		}
		_ = out[i].tally.Merge(s.tally)
	}
	slices.SortStableFunc(out, func(a, b mapSpot) int {
		return cmp.Or(cmp.Compare(c.measure.of(b.tally.Killed), c.measure.of(a.tally.Killed)), cmp.Compare(a.name, b.name))
	})
	return out
}

func (c *mapChart) facts() []string {
	var out []string
	for _, s := range c.named() {
		if len(out) < 3 {
			out = append(out, shortName(s.name)+" "+s.tally.Killed.Figure(s.tally.Incidents))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []string{catalogue.Say("chart.highest", "out", joined(out))}
}
