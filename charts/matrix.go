package charts

import (
	"math"
	"slices"
	"strings"

	"toll/internal/catalogue"
	"toll/stats"
)

// matrixChart is deaths by place and party: one shaded cell for each pair.
type matrixChart struct {
	places  []rankRow // by deaths, then those not ranked
	columns []matrixColumn
	cells   [][]stats.Tally // by place, then column
	sums    []stats.Tally   // by column, over all places
	all     stats.Tally
	measure measure
	ranges  bool   // cells show ranges
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
		return Figure{}, Omitted{id, catalogue.Say("chart.there-is-no-table-by-location")}
	}
	mc, why := pl.matrix(t)
	if why != "" {
		return Figure{}, Omitted{id, why}
	}
	f := Figure{ID: id, Kind: "matrix", draw: mc.draw}
	how := mc.measure.name
	if mc.ranges {
		how = catalogue.Say("chart.lowest-to-highest-figures")
	}
	subject := pl.deathsByPlaceAndParty()
	f.Title, f.Subtitle = subject+pl.when(), catalogue.Say("chart.by", "how", upperFirst(how), "one", mc.one)
	f.Note = sentences(pl.partyNote(), mc.legend(), mc.measure.note(pl.once(mc.all), "shaded"), unknownNote(pl.once(mc.all).Killed))
	f.Columns, f.Rows = mc.rows()
	f.Alt = altText(catalogue.Say("chart.matrix", "subject", lowerFirst(subject), "when", pl.when(), "how", how),
		totalSentence(pl.report.Total), mc.facts(),
		[]string{pl.partyNote(), unknownNote(mc.all.Killed)}, id)
	return f, Omitted{}
}

// matrix fills the cells: at most ten places and seven columns.
func (pl *planner) matrix(t *stats.Table) (*matrixChart, string) {
	places, parties := sumBy(t, 0), sumBy(t, 1)
	mc := &matrixChart{measure: measureOf(parties), all: places.total()}
	mc.one, mc.many = wordsOf(t.Dims[0].ID)
	top := ranked(places.named())
	if len(top) == 0 || len(parties.named()) == 0 {
		return nil, catalogue.Say("chart.no-place-or-no-party-is")
	}
	if mc.all.Killed.Known(mc.all.Incidents) == 0 || mc.all.Killed.High == 0 && mc.all.Killed.Low == 0 {
		return nil, catalogue.Say("chart.no-death-is-reported")
	}
	var others entries
	if len(top) > maxRows+1 {
		top, others = top[:maxRows], top[maxRows:]
	}
	limit := maxParties
	if len(parties.named()) > maxParties {
		limit = maxParties - 1 // the others need a column
	}
	shown, rest := pl.pick(parties.named(), mc.measure, limit)
	columnOf := map[string]int{}
	for i, e := range shown {
		mc.columns = append(mc.columns, matrixColumn{name: pl.partyName(e.key), label: pl.partyLabel(e.key)})
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
		mc.columns = append(mc.columns, matrixColumn{name: pl.partyName(u.key), label: pl.partyLabel(u.key), grey: true})
	}
	if len(mc.columns) < 2 && len(top) < 2 {
		return nil, catalogue.Say("chart.there-is-only-one-place-and")
	}
	rowOf := map[string]int{}
	add := func(r rankRow, keys entries) {
		for _, e := range keys {
			rowOf[e.key.ID] = len(mc.places)
		}
		mc.places = append(mc.places, r)
	}
	for _, e := range top {
		add(rankRow{name: clean(e.key.Label), label: pl.placeLabel(e.key), tally: e.tally}, entries{e})
	}
	if len(others) > 0 {
		name := catalogue.Say("chart.others-in-all", "others", stats.Number(int64(len(others))), "many", mc.many)
		add(rankRow{name: name, label: name, tally: others.total(), below: true}, others)
	}
	unknown := -1
	if u, ok := places.unstated(); ok {
		unknown = len(mc.places)
		blank := catalogue.Say("chart.not-stated-2", "one", upperFirst(mc.one))
		add(rankRow{name: blank, label: blank, tally: u.tally, below: true}, nil)
	}
	mc.fill(t, rowOf, unknown, columnOf, blank)
	mc.ranges = !mc.measure.best && mc.rangesFit()
	return mc, ""
}

// fill adds the rows of the table up by cell; unknown and blank are the row and
// column of what the data does not state, -1 for none.
func (mc *matrixChart) fill(t *stats.Table, rowOf map[string]int, unknown int, columnOf map[string]int, blank int) {
	for range mc.places {
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
		i, ok := rowOf[r.Keys[0].ID]
		if r.Keys[0].Kind == stats.Unstated {
			i, ok = unknown, unknown >= 0
		}
		if ok {
			_ = mc.cells[i][c].Merge(r.Tally)
		}
	}
}

// ranked is the number of places above the rule.
func (mc *matrixChart) ranked() int {
	n := 0
	for _, p := range mc.places {
		if !p.below {
			n++
		}
	}
	return n
}

// rangesFit reports whether the ranges of all cells and column sums are short
// enough to print, on the narrowest page too.
func (mc *matrixChart) rangesFit() bool {
	longest := 0
	for _, row := range slices.Concat(mc.cells, [][]stats.Tally{mc.sums}) {
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

// highest returns the largest cell of the coloured columns and of the grey ones.
func (mc *matrixChart) highest() (colored, grey int64) {
	for _, row := range mc.cells[:mc.ranked()] {
		for k, c := range row {
			if v := mc.measure.of(c.Killed); mc.columns[k].grey {
				grey = max(grey, v)
			} else {
				colored = max(colored, v)
			}
		}
	}
	return colored, grey
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
		signs = append(signs, catalogue.Say("chart.no-incident"))
	}
	if query {
		signs = append(signs, catalogue.Say("chart.toll-unknown-2"))
	}
	note := ""
	if len(signs) > 0 {
		note = strings.Join(signs, ", ") + ". "
	}
	note += catalogue.Say("chart.shading-is-on-a-square-root")
	for _, c := range mc.columns {
		if c.grey {
			return catalogue.Say("chart.that-of-grey-columns-on-their", "note", note)
		}
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
		add(p.name, catalogue.Say("chart.all"), p.tally)
	}
	for k, c := range mc.columns {
		add(catalogue.Say("chart.all-places"), c.name, mc.sums[k])
	}
	add(catalogue.Say("chart.all-places"), catalogue.Say("chart.all"), mc.all)
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
		if len(out) < 3 && !p.below && mc.cells[i][at].Incidents > 0 {
			out = append(out, catalogue.Say("chart.most-for", "name", shortName(p.name), "name2", shortName(mc.columns[at].name), "incidents", mc.cells[i][at].Killed.Figure(mc.cells[i][at].Incidents)))
		}
	}
	return out
}
