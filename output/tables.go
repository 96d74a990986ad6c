package output

import (
	"slices"
	"strings"

	"toll/internal/catalogue"
	"toll/stats"
)

// How many rows and columns of a table the report shows. The whole table is in
// tables/*.csv and report.json.
const (
	shownPeriods = 36
	shownRows    = 20
	shownColumns = 6
)

func tablePath(id string) string   { return "tables/" + id + ".csv" }
func picturePath(id string) string { return "charts/" + id + ".png" }
func plottedPath(id string) string { return "charts/" + id + ".csv" }

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
	case isNamed(k):
		return name(label)
	}
	return date(label)
}

// rowLabel writes the first key of a row and, for a period, how much of it the
// data covers.
func rowLabel(r stats.Row) line {
	l := keyLabel(r.Keys[0])
	if r.Partial != "" {
		l = join(l, date(", "+r.Partial))
	}
	if r.Spanned {
		l = join(l, say("spanned"))
	}
	return l
}

// isNamed reports whether a key stands for something that the data names.
func isNamed(k stats.Key) bool { return k.Kind == stats.Named || k.Kind == stats.Involved }

// withholds reports whether a table has a row of what is withheld.
func withholds(t *stats.Table) bool {
	return slices.ContainsFunc(t.Rows, func(r stats.Row) bool { return len(r.Keys) > 0 && r.Keys[0].Kind == stats.Withheld })
}

func isAside(r stats.Row) bool {
	return slices.ContainsFunc(r.Keys, func(k stats.Key) bool { return !isNamed(k) })
}

// isDim reports whether a dimension of the table has this id.
func isDim(t *stats.Table, id string) bool {
	return slices.ContainsFunc(t.Dims, func(d stats.Dim) bool { return d.ID == id })
}

// tableTitle names a table. Where the data names parties but not who acted, a
// table by party must not read as deaths caused by them.
func tableTitle(t *stats.Table, r *stats.Report) string {
	switch {
	case r.Directed || !isDim(t, "party"):
		return t.Title
	case len(t.Dims) == 1:
		return catalogue.Say("page.deaths-in-events-involving-each-party")
	}
	return catalogue.Say("page.deaths-in-events-involving-each-party-2", "title", lower(t.Dims[0].Title))
}

// tableNotes says what a reader must know to read the table.
func tableNotes(t *stats.Table, r *stats.Report) []line {
	var notes []line
	if t.Note != "" {
		notes = append(notes, noteOf(t))
	}
	if isDim(t, "party") && (!r.Directed || hasInvolved(t)) && !saysUndirected(t) {
		notes = append(notes, say("note.undirected"))
	}
	switch {
	case strings.HasPrefix(t.ID, "by-victim-"): // its own note says why
		notes = append(notes, say("note.rows-not-additive"))
	case !t.Additive && !t.TollsAdditive:
		notes = append(notes, say("note.not-additive"))
	case !t.Additive:
		notes = append(notes, say("note.tolls-additive"))
	}
	return notes
}

// saysUndirected reports whether a table's own note says that the data does not
// tell who killed whom.
func saysUndirected(t *stats.Table) bool {
	return t.ID == "by-involved" || t.ID == "by-party" && hasInvolved(t)
}

func hasInvolved(t *stats.Table) bool {
	return slices.ContainsFunc(t.Rows, func(r stats.Row) bool {
		return slices.ContainsFunc(r.Keys, func(k stats.Key) bool { return k.Kind == stats.Involved })
	})
}

// noteBlock puts the notes of a table and where its data is into one paragraph.
func noteBlock(notes []line, t *stats.Table, cut line) block {
	if cut == nil {
		cut = say("data-in", with("file", file(tablePath(t.ID))))
	}
	return paragraph{noteRole, inSentences(append(notes, cut)...)}
}

// cutText says how many rows or columns are not shown, and where they are; nil
// where all are.
func cutText(n int, what string, t *stats.Table) line {
	if n == 0 {
		return nil
	}
	return sayOf("cut."+what, int64(n), with("n", count64(int64(n), what+"/"+t.ID)), with("file", file(tablePath(t.ID))))
}

// keep returns which of n values in canonical order are shown, and how many are
// left out: the latest periods, or the first of any other key, and always those
// that stand for something missing.
func keep(n, limit int, latest bool, aside func(int) bool) (shown []int, left int) {
	var named, asides []int
	for i := range n {
		if aside(i) {
			asides = append(asides, i)
		} else {
			named = append(named, i)
		}
	}
	if left = max(0, len(named)-limit); left > 0 && latest {
		named = named[left:]
	} else if left > 0 {
		named = named[:limit]
	}
	return append(named, asides...), left
}

// limitOf returns how many rows of a table are shown.
func limitOf(t *stats.Table) (limit int, latest bool) {
	if len(t.Dims) > 0 && t.Dims[0].ID == "period" {
		return shownPeriods, true
	}
	return shownRows, false
}

// tableBlocks shows a table with its notes and says where the whole of it is.
func tableBlocks(t *stats.Table, r *stats.Report) []block {
	if len(t.Rows) == 0 || len(t.Dims) == 0 {
		return nil
	}
	limit, latest := limitOf(t)
	rows, left := keep(len(t.Rows), limit, latest, func(i int) bool { return isAside(t.Rows[i]) })
	cs, notes := columnsOf(t, r)
	notes = append(tableNotes(t, r), notes...)
	g := grid{ID: t.ID, Caption: tableTitle(t, r)}
	for _, d := range t.Dims {
		g.Head, g.Counts = append(g.Head, column{Title: words(d.Title)}), append(g.Counts, "")
	}
	for _, c := range cs {
		g.Counts = append(g.Counts, c.counts)
		g.Head = append(g.Head, column{words(c.title), true})
	}
	for _, i := range rows {
		row := t.Rows[i]
		x := gridRow{Aside: isAside(row), Cells: []line{rowLabel(row)}}
		for _, k := range row.Keys[1:] {
			x.Cells = append(x.Cells, keyLabel(k))
		}
		for _, c := range cs {
			x.Cells = append(x.Cells, words(c.text(i)))
		}
		g.Rows = append(g.Rows, x)
	}
	bs := []block{g, noteBlock(notes, t, cutText(left, "rows", t))}
	if l := leadLine(t, r); l != nil {
		bs = append([]block{paragraph{plainRole, l}}, bs...)
	}
	return bs
}

// figureColumn is a column of figures.
type figureColumn struct {
	title, counts string             // counts as in grid
	text          func(i int) string // of a row
}

// columnsOf returns the columns that have something to say in this table, and
// what a reader must know of them.
func columnsOf(t *stats.Table, r *stats.Report) (cs []figureColumn, notes []line) {
	tally := func(title, counts string, of func(*stats.Tally) string) {
		cs = append(cs, figureColumn{title, counts, func(i int) string { return of(&t.Rows[i].Tally) }})
	}
	tally(catalogue.Say("page.incidents"), "incidents", func(x *stats.Tally) string { return stats.Number(int64(x.Incidents)) })
	tally(catalogue.Say("page.killed"), "killed", func(x *stats.Tally) string { return x.Killed.Figure(x.Incidents) })
	if r.InjuredIn(t) {
		tally(catalogue.Say("page.injured"), "injured", func(x *stats.Tally) string { return x.Injured.Figure(x.Incidents) })
	}
	if hasShare(t, r) {
		of, note := func(s *stats.Sum) int64 { return s.Low }, "note.shares"
		if r.Total.Killed.HasBest() {
			of, note = func(s *stats.Sum) int64 { return s.Best }, "note.shares-best"
		}
		tally(catalogue.Say("page.share-of-killed"), "", func(x *stats.Tally) string {
			if x.Incidents > 0 && x.Killed.Known(x.Incidents) == 0 {
				return catalogue.Say("toll.unknown")
			}
			return stats.Percent(of(&x.Killed), of(&r.Total.Killed))
		})
		notes = append(notes, say(note))
	}
	some := func(title, counts string, of func(i int) int64) bool { // where it says something
		for i := range t.Rows {
			if of(i) > 0 {
				cs = append(cs, figureColumn{title, counts, func(i int) string { return stats.Number(of(i)) }})
				return true
			}
		}
		return false
	}
	some(catalogue.Say("page.killed-unknown"), "killed.unknown", func(i int) int64 { return int64(t.Rows[i].Tally.Killed.Unknown) })
	if hasBasis(t) {
		some(catalogue.Say("page.claimed"), "basis.claimed", func(i int) int64 { return int64(t.Rows[i].Basis.Claimed) })
		some(catalogue.Say("page.attributed"), "basis.attributed", func(i int) int64 { return int64(t.Rows[i].Basis.Attributed) })
		some(catalogue.Say("page.contested"), "basis.contested", func(i int) int64 { return int64(t.Rows[i].Basis.Contested) })
		some(catalogue.Say("page.involved"), "basis.involved", func(i int) int64 { return int64(t.Rows[i].Basis.Involved) })
	}
	if loose := placedLooser(t, r); loose != nil && some(looserTitle(), "", func(i int) int64 {
		if isAside(t.Rows[i]) {
			return 0
		}
		return loose[i]
	}) {
		notes = append(notes, say("note.looser"))
	}
	return cs, notes
}

func looserTitle() string { return catalogue.Say("page.placed-less-exactly") }

// hasShare reports whether a table shows shares of all killed: those by party,
// country and province.
func hasShare(t *stats.Table, r *stats.Report) bool {
	return (t.ID == "by-party" || t.ID == "by-country" || t.ID == "by-admin1") && r.Total.Killed.Low > 0 && r.Sheet("shares") != nil
}

// hasBasis reports whether rows say what their party's name rests on.
func hasBasis(t *stats.Table) bool { return len(t.Dims) == 1 && t.Dims[0].ID == "party" }
