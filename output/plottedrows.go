package output

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strings"

	"toll/internal/catalogue"
	"toll/stats"
)

// PlottedRows returns the rows behind a chart of a briefing as its file has them,
// the heading first, and beside each the address of the row of a table that bears
// it; "" where it is a sum over rows, as “other” and a running total are.
//
// An address is found by the names of the row and proven by its figures: a row of
// a table with the same names and other figures is not taken for it.
func (k *Kept) PlottedRows(chart string) (rows [][]string, addresses []string) {
	rows = readRows(k.file(plottedPath(chart)))
	if len(rows) == 0 {
		return nil, nil
	}
	index := k.tableRows()
	addresses = make([]string, len(rows))
	within := ""
	for i, r := range rows[1:] {
		names := namesOf(rows[0], r, k.Manifest.Raw)
		if chart == "claims" && len(names) == 2 { // the losses of a side stand under their incident
			if side, ok := partOfText(names[0], "chart.losses-of"); ok {
				addresses[i+1] = index.find(rows[0], r, []string{within, side, names[1]}, true)
				continue
			}
			within = names[0]
		}
		addresses[i+1] = index.find(rows[0], r, names, false)
	}
	return rows, addresses
}

func readRows(file []byte) [][]string {
	r := csv.NewReader(bytes.NewReader(file))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil
	}
	return rows
}

// bearer is a row of a table with what it is found and proven by.
type bearer struct {
	address string
	names   [][2]string // of each key: its id and its label
	figures map[string]string
}

// bearers are rows of tables by the ids and labels of their first keys.
type bearers map[string][]*bearer

// tableRows reads the rows of all tables of a briefing.
func (k *Kept) tableRows() bearers {
	index := bearers{}
	for p, f := range k.Files {
		table, ok := strings.CutPrefix(p, "tables/")
		if !ok || f.Link {
			continue
		}
		table = strings.TrimSuffix(table, ".csv")
		rows := readRows(f.Data)
		if len(rows) == 0 || slices.Index(rows[0], "incidents") < 1 {
			continue
		}
		for _, r := range rows[1:] {
			index.add(table, rows[0], r, k.Manifest.Raw)
		}
	}
	return index
}

func (x bearers) add(table string, head, row []string, raw bool) {
	b := &bearer{figures: map[string]string{}}
	first := slices.Index(head, "incidents")
	if len(row) != len(head) {
		return
	}
	var keys []stats.Key
	for i, name := range head[:first] {
		text := row[i]
		if !raw {
			text = unguard(text)
		}
		switch {
		case name == "partial":
		case strings.HasSuffix(name, "_label") && len(b.names) > 0:
			b.names[len(b.names)-1][1] = text
		default:
			keys = append(keys, stats.Key{ID: text})
			b.names = append(b.names, [2]string{text, text})
		}
	}
	for i, name := range head[first:] {
		b.figures[name] = row[first+i]
	}
	b.address = rowAddress(table, keys)
	x[b.names[0][0]] = append(x[b.names[0][0]], b)
	if b.names[0][1] != b.names[0][0] {
		x[b.names[0][1]] = append(x[b.names[0][1]], b)
	}
}

// columnsAlike are columns of charts that bear a figure under another name.
var columnsAlike = map[string]string{"incidents_of_this_size": "incidents", "Incidents": "incidents"}

// namesOf returns what a plotted row is named by: the cells before its figures,
// without labels and what is said of a row.
func namesOf(head, row []string, raw bool) (names []string) {
	for i := range min(len(head), len(row)) {
		column := cmp.Or(columnsAlike[head[i]], head[i])
		switch {
		case column == "incidents" || column == "killed_low" || column == "killed_best":
			return names
		case column == "covered" || column == "ranked" || strings.HasSuffix(column, "_label"):
			continue
		}
		s := row[i]
		if !raw {
			s = unguard(s)
		}
		if _, ok := partOfText(s, "chart.place-not-stated"); ok { // as charts write it of places
			s = "(not stated)"
		}
		names = append(names, s)
	}
	return names
}

// partOfText returns the part of a text of the catalogue that has one, and whether s
// is that text.
func partOfText(s, id string) (string, bool) {
	text, _ := catalogue.Text(id)
	before, rest, _ := strings.Cut(text, "{")
	_, after, _ := strings.Cut(rest, "}")
	s, starts := strings.CutPrefix(s, before)
	s, ends := strings.CutSuffix(s, after)
	return s, starts && ends
}

// find returns the address of the row that a plotted one shows, by its names: in
// the order of the keys, or in any.
func (x bearers) find(head, row, names []string, inOrder bool) string {
	var best *bearer
	for _, n := range names {
		for _, b := range x[n] {
			if inOrder && !b.isInOrder(names) {
				continue
			}
			if b.isNamed(names) && b.bears(head, row) && (best == nil || better(b, best)) {
				best = b
			}
		}
	}
	if best == nil {
		return ""
	}
	return best.address
}

// isInOrder reports whether the keys of the row are just these names.
func (b *bearer) isInOrder(names []string) bool {
	return slices.EqualFunc(b.names, names, func(k [2]string, n string) bool { return k[0] == n || k[1] == n })
}

// better prefers the tables a reader looks at first.
func better(a, b *bearer) bool {
	return cmp.Or(cmp.Compare(weight(a.address), weight(b.address)), cmp.Compare(a.address, b.address)) < 0
}

// isNamed reports whether the keys of the row are just some names, in any order.
func (b *bearer) isNamed(names []string) bool {
	is := func(k [2]string, n string) bool { return k[0] == n || k[1] == n }
	return len(names) == len(b.names) &&
		!slices.ContainsFunc(b.names, func(k [2]string) bool {
			return !slices.ContainsFunc(names, func(n string) bool { return is(k, n) })
		}) &&
		!slices.ContainsFunc(names, func(n string) bool {
			return !slices.ContainsFunc(b.names, func(k [2]string) bool { return is(k, n) })
		})
}

// bears reports whether the figures that both rows have are the same, and that
// there are some.
func (b *bearer) bears(head, row []string) bool {
	compared := false
	for i := range min(len(head), len(row)) {
		name := cmp.Or(columnsAlike[head[i]], head[i])
		v, ok := b.figures[name]
		switch {
		case !ok || v == "" || row[i] == "": // what a chart leaves blank it does not show
		case v != row[i]:
			return false
		default:
			compared = true
		}
	}
	return compared
}
