package output

import (
	"slices"

	"toll/internal/catalogue"
	"toll/stats"
)

// crossBlocks shows a table by two keys as a matrix of people killed: the first
// key down, the second across.
func crossBlocks(t *stats.Table, r *stats.Report) []block {
	if len(t.Rows) == 0 {
		return nil
	}
	limit, latest := limitOf(t)
	down, across := axisOf(t, 0), axisOf(t, 1)
	across.rank(r.Table("by-" + t.Dims[1].ID))
	rows, leftRows := keep(len(down), limit, latest, func(i int) bool { return !isNamed(down[i].Keys[0]) })
	cols, leftCols := keep(len(across), shownColumns, false, func(i int) bool { return !isNamed(across[i].Keys[0]) })

	g := grid{ID: t.ID, Title: tableTitle(t, r), Caption: catalogue.Say("page.people-killed", "tableTitle", tableTitle(t, r)), Head: []column{{Title: words(t.Dims[0].Title)}}}
	if t.Dims[0].ID == "period" {
		if g.TitleOf = "table.by-and-claimed-perpetrator-2"; !r.Directed {
			g.TitleOf = "page.deaths-in-events-involving-each-party-2"
		}
	}
	for _, c := range cols {
		g.Head = append(g.Head, column{rowLabel(across[c]), true})
	}
	cells := map[[2]string]stats.Tally{}
	for _, row := range t.Rows {
		cells[[2]string{row.Keys[0].ID, row.Keys[1].ID}] = row.Tally
	}
	for _, d := range rows {
		x := gridRow{Aside: !isNamed(down[d].Keys[0]), Cells: []line{rowLabel(down[d])}}
		for _, c := range cols {
			tally, ok := cells[[2]string{down[d].Keys[0].ID, across[c].Keys[0].ID}]
			if ok {
				x.Cells = append(x.Cells, words(tally.Killed.Range(tally.Incidents)))
			} else {
				x.Cells = append(x.Cells, words("–"))
			}
		}
		g.Rows = append(g.Rows, x)
	}
	dash := say("note.dash")
	if withholds(t) {
		dash = say("note.dash-withheld")
	}
	notes := append(tableNotes(t, r), dash)
	cut := cutText(leftCols, "columns", t)
	if rowsCut := cutText(leftRows, "rows", t); cut == nil {
		cut = rowsCut
	} else if rowsCut != nil {
		more := func(what string, n int) line {
			return sayOf("cut.more-"+what, int64(n), with("n", count64(int64(n), what+"/"+t.ID)))
		}
		cut = say("cut.both", with("rows", more("rows", leftRows)), with("columns", more("columns", leftCols)), with("file", file(tablePath(t.ID))))
	}
	return []block{g, noteBlock(notes, t, cut)}
}

// axis holds the distinct values of one key of a table, as rows of that key
// alone, in order of first appearance.
type axis []stats.Row

func axisOf(t *stats.Table, dim int) axis {
	var a axis
	seen := map[string]bool{}
	for _, row := range t.Rows {
		k := row.Keys[dim]
		if seen[k.ID] {
			continue
		}
		seen[k.ID] = true
		x := stats.Row{Keys: []stats.Key{k}}
		if dim == 0 {
			x.Partial = row.Partial
		}
		a = append(a, x)
	}
	return a
}

// rank puts the values in the order of the table by that key alone.
func (a axis) rank(t *stats.Table) {
	if t == nil {
		return
	}
	at := map[string]int{}
	for i, r := range t.Rows {
		at[r.Keys[0].ID] = i
	}
	slices.SortStableFunc(a, func(x, y stats.Row) int { return at[x.Keys[0].ID] - at[y.Keys[0].ID] })
}
