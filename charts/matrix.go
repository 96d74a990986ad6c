package charts

import (
	"math"
	"strings"

	"toll/stats"
)

// matrixChart is deaths by place and party: one shaded cell for each pair.
type matrixChart struct {
	places  []rankRow // shown, by deaths
	columns []matrixColumn
	cells   [][]stats.Tally // by place, then column
	sums    []stats.Tally   // by column, over all places
	all     stats.Tally
	measure measure
	ranges  bool   // cells show ranges
	hidden  int    // places not shown
	one     string // "province"
	many    string
}

type matrixColumn struct {
	name, label string // as the data writes it, as it is drawn
	grey        bool
}

// placeMatrix plans the chart of places by parties.
func (pl *planner) placeMatrix() (Figure, Omitted) {
	const id = "locations-perpetrators"
	t := pl.report.Table(pl.level + "-party")
	for _, l := range locationLevels {
		if t == nil {
			t = pl.report.Table(l.id + "-party")
		}
	}
	if t == nil || len(t.Dims) < 2 {
		return Figure{}, Omitted{id, "there is no table by location and party"}
	}
	mc, why := pl.matrix(t)
	if why != "" {
		return Figure{}, Omitted{id, why}
	}
	f := Figure{ID: id, Kind: "matrix", draw: mc.draw}
	how := mc.measure.name
	if mc.ranges {
		how = "lowest to highest figures"
	}
	subject := pl.deathsByPlaceAndParty()
	f.Title, f.Subtitle = subject+pl.when(), upperFirst(how)+", by "+pl.placeWord()
	f.Note = sentences(pl.partyNote(), mc.legend(), mc.measure.note(mc.all), unknownNote(mc.all.Killed))
	f.Columns, f.Rows = mc.rows()
	f.Alt = altText("Matrix: "+lowerFirst(subject)+pl.when()+", "+how,
		"In all "+totalText(mc.all.Killed, mc.all.Incidents, "killed"), mc.facts(),
		[]string{pl.partyNote(), unknownNote(mc.all.Killed)}, id)
	return f, Omitted{}
}

// matrix fills the cells: at most ten places and seven columns.
func (pl *planner) matrix(t *stats.Table) (*matrixChart, string) {
	places, parties := sumBy(t, 0), sumBy(t, 1)
	mc := &matrixChart{measure: measureOf(parties), all: places.total()}
	mc.one, mc.many = pl.placeWords()
	top := ranked(places.named())
	if len(top) == 0 || len(parties.named()) == 0 {
		return nil, "no place or no party is named"
	}
	if mc.all.Killed.Known(mc.all.Incidents) == 0 || mc.all.Killed.High == 0 && mc.all.Killed.Low == 0 {
		return nil, "no death is reported"
	}
	mc.hidden = max(len(top)-maxRows, 0)
	top = top[:min(maxRows, len(top))]
	limit := maxParties
	if len(parties.named()) > maxParties {
		limit = maxParties - 1 // the others need a column
	}
	shown, rest := pl.pick(parties.named(), mc.measure, limit)
	columnOf := map[string]int{}
	for i, e := range shown {
		mc.columns = append(mc.columns, matrixColumn{name: clean(e.key.Label), label: pl.partyLabel(e.key)})
		columnOf[e.key.ID] = i
	}
	if len(rest) > 0 {
		for _, e := range rest {
			columnOf[e.key.ID] = len(mc.columns)
		}
		mc.columns = append(mc.columns, matrixColumn{name: otherNamed(len(rest)), label: otherNamed(len(rest)), grey: true})
	}
	blank := -1
	if u, ok := parties.unstated(); ok {
		blank = len(mc.columns)
		mc.columns = append(mc.columns, matrixColumn{name: clean(u.key.Label), label: pl.partyLabel(u.key), grey: true})
	}
	if len(mc.columns) < 2 && len(top) < 2 {
		return nil, "there is only one place and one party"
	}
	for _, e := range top {
		mc.places = append(mc.places, rankRow{name: clean(e.key.Label), label: pl.placeLabel(e.key), tally: e.tally})
	}
	mc.fill(t, top, columnOf, blank)
	mc.ranges = !mc.measure.best && mc.rangesFit()
	return mc, ""
}

func (mc *matrixChart) fill(t *stats.Table, top entries, columnOf map[string]int, blank int) {
	rowOf := map[string]int{}
	for i, e := range top {
		rowOf[e.key.ID] = i
		mc.cells = append(mc.cells, make([]stats.Tally, len(mc.columns)))
	}
	mc.sums = make([]stats.Tally, len(mc.columns))
	for _, r := range t.Rows {
		if len(r.Keys) < 2 {
			continue
		}
		c, ok := columnOf[r.Keys[1].ID]
		if r.Keys[1].Kind == stats.Unstated {
			c, ok = blank, blank >= 0
		}
		if !ok {
			continue
		}
		_ = mc.sums[c].Merge(r.Tally) // the report itself fails on overflow
		if i, ok := rowOf[r.Keys[0].ID]; ok && r.Keys[0].Kind != stats.Unstated {
			_ = mc.cells[i][c].Merge(r.Tally)
		}
	}
}

// rangesFit reports whether the ranges of all cells and column sums are short
// enough to print, on the narrowest page too.
func (mc *matrixChart) rangesFit() bool {
	longest := 0
	for _, row := range append(mc.cells[:len(mc.cells):len(mc.cells)], mc.sums) {
		for _, c := range row {
			longest = max(longest, len([]rune(c.Killed.Range(c.Incidents))))
		}
	}
	return longest*len(mc.columns) <= 54
}

// text is what a cell shows: "–" for no incident, "?" for an unknown toll.
func (mc *matrixChart) text(t stats.Tally) string {
	switch {
	case t.Incidents == 0:
		return "–"
	case t.Killed.Known(t.Incidents) == 0:
		return "?"
	case mc.ranges:
		return t.Killed.Range(t.Incidents)
	}
	return stats.Number(stats.Persons(mc.measure.of(t.Killed)))
}

// shade is the place of a cell on the ramp in thousandths, by square root, so
// that one large cell does not wash out the others.
func (mc *matrixChart) shade(t stats.Tally, top int64) int {
	v := mc.measure.of(t.Killed)
	if top <= 0 || v <= 0 {
		return 0
	}
	return int(math.Floor(float64(1000*math.Sqrt(float64(v)/float64(top))) + 0.5))
}

func (mc *matrixChart) highest() int64 {
	top := int64(0)
	for _, row := range mc.cells {
		for _, c := range row {
			top = max(top, mc.measure.of(c.Killed))
		}
	}
	return top
}

func (mc *matrixChart) legend() string {
	dash, query := false, false
	for _, row := range mc.cells {
		for _, c := range row {
			dash = dash || c.Incidents == 0
			query = query || c.Incidents > 0 && c.Killed.Known(c.Incidents) == 0
		}
	}
	var signs []string
	if dash {
		signs = append(signs, "– no incident")
	}
	if query {
		signs = append(signs, "? toll unknown")
	}
	note := ""
	if len(signs) > 0 {
		note = strings.Join(signs, ", ") + ". "
	}
	note += "Shading is on a square-root scale"
	if mc.hidden > 0 {
		note += ". Totals include " + counted(stats.Number(int64(mc.hidden)), mc.one, mc.many) + " not shown"
	}
	return note
}

func (mc *matrixChart) rows() ([]string, [][]string) {
	cols := append([]string{"location", "party", "incidents"}, sumColumns("killed")...)
	var rows [][]string
	add := func(place, party string, t stats.Tally) {
		rows = append(rows, append([]string{place, party, countCell(t.Incidents)}, sumCells(t.Killed, t.Incidents)...))
	}
	for i, p := range mc.places {
		for k, c := range mc.columns {
			add(p.name, c.name, mc.cells[i][k])
		}
		add(p.name, "All", p.tally)
	}
	for k, c := range mc.columns {
		add("All places", c.name, mc.sums[k])
	}
	add("All places", "All", mc.all)
	return cols, rows
}

func (mc *matrixChart) facts() []string {
	var out []string
	for i, p := range mc.places {
		at := 0
		for k := range mc.columns {
			if mc.measure.of(mc.cells[i][k].Killed) > mc.measure.of(mc.cells[i][at].Killed) {
				at = k
			}
		}
		if len(out) < 3 && mc.cells[i][at].Incidents > 0 {
			out = append(out, shortName(p.name)+": most for "+shortName(mc.columns[at].name)+", "+mc.cells[i][at].Killed.Figure(mc.cells[i][at].Incidents))
		}
	}
	return out
}
