package output

import (
	"cmp"
	"slices"

	"toll/stats"
)

// How many rows and columns of a table the report shows. The whole table is in
// tables/*.csv and report.json.
const (
	shownPeriods = 36
	shownRows    = 20
	shownColumns = 6
)

// keyLabel writes a key for readers. A key that stands for something missing is
// in the briefing's own words; any other is a name from the data.
func keyLabel(k stats.Key) line {
	label := k.Label
	if label == "" {
		label = k.ID
	}
	switch {
	case label == "":
		return words("(blank)")
	case k.Kind == stats.Named || k.Kind == stats.Involved:
		return name(label)
	}
	return words(label)
}

func tablePath(id string) string   { return "tables/" + id + ".csv" }
func picturePath(id string) string { return "charts/" + id + ".png" }
func plottedPath(id string) string { return "charts/" + id + ".csv" }

// isDim reports whether a dimension of the table has this id.
func isDim(t *stats.Table, id string) bool {
	return slices.ContainsFunc(t.Dims, func(d stats.Dim) bool { return d.ID == id })
}

// tableTitle names a table. Where the data names parties but not who acted, a
// table by party must not read as deaths caused by them.
func tableTitle(t *stats.Table, r *stats.Report) string {
	if r.Directed || !isDim(t, "party") {
		return t.Title
	}
	if len(t.Dims) == 1 {
		return "Deaths in events involving each party"
	}
	return "Deaths in events involving each party: " + lower(t.Title)
}

// tableNotes says what a reader must know to read the table.
func tableNotes(t *stats.Table, r *stats.Report) []line {
	var notes []line
	if t.Note != "" {
		notes = append(notes, words(t.Note))
	}
	if isDim(t, "party") && !r.Directed {
		notes = append(notes, words("The data names the parties to an event and does not say who killed whom."))
	}
	switch {
	case !t.TollsAdditive:
		notes = append(notes, words("Not additive: an incident may be in several rows with its whole toll, so neither incidents nor tolls add up to the total."))
	case !t.Additive:
		notes = append(notes, words("Not additive by incident: an incident may be in several rows, each with its own part of the toll. Tolls add up to the total; incidents do not."))
	}
	return notes
}

// pick returns the rows the report shows, in the order it shows them, and how
// many rows it leaves out. Periods stay in order and the latest are shown; other
// keys are ranked by toll. Rows that stand for something missing are always shown.
func pick(t *stats.Table, limit int) (shown []stats.Row, left int) {
	var named, aside []stats.Row
	for _, r := range t.Rows {
		if isAside(r) {
			aside = append(aside, r)
		} else {
			named = append(named, r)
		}
	}
	ordered := isDim(t, "period") || isDim(t, "victim_type")
	if !ordered {
		slices.SortStableFunc(named, func(a, b stats.Row) int { return byToll(a.Tally, b.Tally) })
	}
	if n := len(named) - limit; n > 0 {
		left = n
		if ordered {
			named = named[n:]
		} else {
			named = named[:limit]
		}
	}
	return append(named, aside...), left
}

func isAside(r stats.Row) bool {
	return slices.ContainsFunc(r.Keys, func(k stats.Key) bool {
		return k.Kind != stats.Named && k.Kind != stats.Involved
	})
}

// byToll ranks the deadlier first: by the best figure, or the low where there is
// none, then the high, then incidents.
func byToll(a, b stats.Tally) int {
	return cmp.Or(cmp.Compare(rankValue(b.Killed), rankValue(a.Killed)),
		cmp.Compare(b.Killed.High, a.Killed.High), cmp.Compare(b.Incidents, a.Incidents))
}

func rankValue(s stats.Sum) int64 {
	if s.HasBest() {
		return s.Best
	}
	return s.Low
}

// tableBlocks shows a table with its notes and says where the whole of it is.
func tableBlocks(t *stats.Table, r *stats.Report) []block {
	if len(t.Rows) == 0 {
		return nil
	}
	limit := shownRows
	if isDim(t, "period") {
		limit = shownPeriods
	}
	rows, left := pick(t, limit)
	g := grid{ID: t.ID, Caption: tableTitle(t, r), Head: tableHead(t, r)}
	for _, row := range rows {
		g.Rows = append(g.Rows, tableRow(t, row, r))
	}
	bs := []block{g}
	for _, n := range tableNotes(t, r) {
		bs = append(bs, paragraph{noteRole, n})
	}
	return append(bs, paragraph{noteRole, whole(t, left, "row", "rows")})
}

// whole says where the whole table is and how much of it is not shown.
func whole(t *stats.Table, left int, one, more string) line {
	if left == 0 {
		return join(words("Data: "), file(tablePath(t.ID)), words("."))
	}
	verb := "are"
	if left == 1 {
		verb = "is"
	}
	return join(words(many(int64(left), one, more)+" more "+verb+" in "), file(tablePath(t.ID)), words("."))
}

// unknowns reports whether any row has unknown tolls of killed or injured.
func unknowns(t *stats.Table) bool {
	return slices.ContainsFunc(t.Rows, func(r stats.Row) bool { return r.Tally.Killed.Unknown > 0 })
}

func tableHead(t *stats.Table, r *stats.Report) []column {
	var head []column
	for _, d := range t.Dims {
		head = append(head, column{Title: words(d.Title)})
	}
	head = append(head, column{words("Incidents"), true}, column{words("Killed"), true})
	if r.HasInjured {
		head = append(head, column{words("Injured"), true})
	}
	if unknowns(t) {
		head = append(head, column{words("Toll of killed unknown"), true})
	}
	if hasBasis(t) {
		if r.Directed {
			head = append(head, column{words("Claimed"), true}, column{words("Attributed"), true}, column{words("Contested"), true})
		} else {
			head = append(head, column{words("Involved"), true})
		}
	}
	return head
}

// hasBasis reports whether rows say what their party's name rests on.
func hasBasis(t *stats.Table) bool {
	return len(t.Dims) == 1 && t.Dims[0].ID == "party"
}

func tableRow(t *stats.Table, row stats.Row, r *stats.Report) gridRow {
	g := gridRow{Aside: isAside(row)}
	for i, k := range row.Keys {
		l := keyLabel(k)
		if i == 0 && row.Partial != "" {
			l = join(l, words(", "+row.Partial))
		}
		g.Cells = append(g.Cells, l)
	}
	n := row.Tally.Incidents
	g.Cells = append(g.Cells, number(n), words(row.Tally.Killed.Figure(n)))
	if r.HasInjured {
		g.Cells = append(g.Cells, words(row.Tally.Injured.Figure(n)))
	}
	if unknowns(t) {
		g.Cells = append(g.Cells, number(row.Tally.Killed.Unknown))
	}
	if hasBasis(t) {
		b := row.Basis
		if r.Directed {
			g.Cells = append(g.Cells, number(b.Claimed), number(b.Attributed), number(b.Contested))
		} else {
			g.Cells = append(g.Cells, number(b.Involved))
		}
	}
	return g
}

func number(n uint32) line { return words(stats.Number(int64(n))) }

// crossBlocks shows a table by two keys as a matrix of people killed: the first
// key down, the parties with the highest tolls across.
func crossBlocks(t *stats.Table, r *stats.Report) []block {
	if len(t.Rows) == 0 {
		return nil
	}
	limit := shownRows
	if t.Dims[0].ID == "period" {
		limit = shownPeriods
	}
	down, across := newAxis(t, 0), newAxis(t, 1)
	rows, leftRows := down.pick(limit, t.Dims[0].ID == "period")
	cols, leftCols := across.pick(shownColumns, false)

	g := grid{ID: t.ID, Caption: tableTitle(t, r) + ": people killed", Head: []column{{Title: words(t.Dims[0].Title)}}}
	for _, c := range cols {
		g.Head = append(g.Head, column{keyLabel(across.keys[c]), true})
	}
	cells := map[[2]string]stats.Tally{}
	for _, row := range t.Rows {
		cells[[2]string{row.Keys[0].ID, row.Keys[1].ID}] = row.Tally
	}
	for _, d := range rows {
		gr := gridRow{Aside: down.aside(d), Cells: []line{join(keyLabel(down.keys[d]), words(down.partial[d]))}}
		for _, c := range cols {
			cell := words("–")
			if tally, ok := cells[[2]string{down.keys[d].ID, across.keys[c].ID}]; ok {
				cell = words(tally.Killed.Range(tally.Incidents))
			}
			gr.Cells = append(gr.Cells, cell)
		}
		g.Rows = append(g.Rows, gr)
	}
	bs := []block{g}
	for _, n := range tableNotes(t, r) {
		bs = append(bs, paragraph{noteRole, n})
	}
	bs = append(bs, paragraph{noteRole, words("A dash means that no incident is recorded. Incidents, injured and best figures are in the data file.")})
	if leftCols > 0 {
		bs = append(bs, paragraph{noteRole, whole(t, leftCols, "column", "columns")})
	}
	return append(bs, paragraph{noteRole, whole(t, leftRows, "row", "rows")})
}

// axis is one key of a table by two: its distinct values in order, each with
// its rows' tolls added for ranking only.
type axis struct {
	keys    []stats.Key
	partial []string
	weight  []stats.Tally
}

func newAxis(t *stats.Table, dim int) *axis {
	a := &axis{}
	at := map[string]int{}
	for _, row := range t.Rows {
		k := row.Keys[dim]
		i, ok := at[k.ID]
		if !ok {
			i = len(a.keys)
			at[k.ID] = i
			a.keys = append(a.keys, k)
			a.partial = append(a.partial, "")
			a.weight = append(a.weight, stats.Tally{})
		}
		if dim == 0 && row.Partial != "" {
			a.partial[i] = ", " + row.Partial
		}
		if a.weight[i].Merge(row.Tally) != nil {
			a.weight[i].Killed.Low = 1<<63 - 1 // ranks first, is never shown
		}
	}
	return a
}

func (a *axis) aside(i int) bool {
	return a.keys[i].Kind != stats.Named && a.keys[i].Kind != stats.Involved
}

// pick returns the values shown, with those that stand for something missing at
// the end, and how many are left out.
func (a *axis) pick(limit int, ordered bool) (shown []int, left int) {
	var named, aside []int
	for i := range a.keys {
		if a.aside(i) {
			aside = append(aside, i)
		} else {
			named = append(named, i)
		}
	}
	if !ordered {
		slices.SortStableFunc(named, func(i, j int) int { return byToll(a.weight[i], a.weight[j]) })
	}
	if n := len(named) - limit; n > 0 {
		left = n
		if ordered {
			named = named[n:]
		} else {
			named = named[:limit]
		}
	}
	return append(named, aside...), left
}
