package output

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"toll/stats"
)

// The rows of tables and the cells of the manifest are most of what the two JSON
// files hold. They are written straight, as encodeJSON would write objects of the
// same keys.

// inPlace is a value that writes itself.
type inPlace func(b *bytes.Buffer, indent string)

// rowJSON is a row of a table.
func rowJSON(table string, row *stats.Row, basis, hasInjured bool) inPlace {
	return func(b *bytes.Buffer, indent string) {
		inner := "\n" + indent + " "
		b.WriteString("{" + inner + `"address": `)
		writeQuoted(b, rowAddress(table, row.Keys))
		if basis {
			x := &row.Basis
			b.WriteString("," + inner + `"basis": {"attributed": `)
			writeCount(b, x.Attributed)
			b.WriteString(`, "claimed": `)
			writeCount(b, x.Claimed)
			b.WriteString(`, "contested": `)
			writeCount(b, x.Contested)
			b.WriteString(`, "involved": `)
			writeCount(b, x.Involved)
			b.WriteByte('}')
		}
		n := row.Tally.Incidents
		b.WriteString("," + inner + `"incidents": `)
		writeCount(b, n)
		if hasInjured {
			b.WriteString("," + inner + `"injured": `)
			writeSum(b, &row.Tally.Injured, n)
		}
		b.WriteString("," + inner + `"keys": `)
		writeKeys(b, row.Keys, indent+" ")
		b.WriteString("," + inner + `"killed": `)
		writeSum(b, &row.Tally.Killed, n)
		if row.Partial != "" {
			b.WriteString("," + inner + `"partial": `)
			writeQuoted(b, row.Partial)
		}
		b.WriteString("\n" + indent + "}")
	}
}

func writeCount(b *bytes.Buffer, n uint32) {
	b.Write(strconv.AppendUint(b.AvailableBuffer(), uint64(n), 10))
}

func writeDecimal(b *bytes.Buffer, v int64) { b.Write(appendDecimal(b.AvailableBuffer(), v)) }

// writeSum writes a sum as sumJSON has it.
func writeSum(b *bytes.Buffer, s *stats.Sum, n uint32) {
	known, best := n == 0 || s.Known(n) > 0, n == 0 || s.Known(n) > s.NoBest
	number := func(name string, v int64, stated bool) {
		b.WriteString(name)
		if stated {
			writeDecimal(b, v)
		} else {
			b.WriteString("null")
		}
	}
	number(`{"best": `, s.Best, known && best)
	b.WriteString(`, "best_stated": ` + strconv.FormatBool(bestStated(*s, n)) + `, "fatal": `)
	writeCount(b, s.Fatal)
	number(`, "high": `, s.High, known)
	number(`, "low": `, s.Low, known)
	b.WriteString(`, "no_best": `)
	writeCount(b, s.NoBest)
	b.WriteString(`, "open": `)
	writeCount(b, s.Open)
	b.WriteString(`, "unknown": `)
	writeCount(b, s.Unknown)
	b.WriteByte('}')
}

// writeKeys writes the keys of a row, each as keyJSON has it.
func writeKeys(b *bytes.Buffer, keys []stats.Key, indent string) {
	encodeItems(b, '[', ']', len(keys), false, indent, func(i int, _ string) {
		k := &keys[i]
		b.WriteString(`{"id": `)
		writeQuoted(b, k.ID)
		b.WriteString(`, "kind": "` + kindNames[k.Kind] + `", "label": `)
		writeQuoted(b, k.Label)
		b.WriteByte('}')
	})
}

// sheetRowsJSON are the rows of a sheet.
func sheetRowsJSON(s *stats.Sheet) each {
	type named struct {
		name string
		at   int // of the column, less than 0 for the address and the keys
	}
	order := []named{{"address", -2}, {"keys", -1}}
	for i, c := range s.Columns {
		order = append(order, named{c.ID, i})
	}
	slices.SortFunc(order, func(x, y named) int { return strings.Compare(x.name, y.name) })
	return each{len(s.Rows), func(i int) any {
		row := &s.Rows[i]
		return inPlace(func(b *bytes.Buffer, indent string) {
			before := "{\n" + indent + " "
			for _, o := range order {
				if o.at >= 0 && !row.Cells[o.at].Stated {
					continue
				}
				b.WriteString(before)
				writeQuoted(b, o.name)
				b.WriteString(": ")
				switch o.at {
				case -2:
					writeQuoted(b, rowAddress(s.ID, row.Keys))
				case -1:
					writeKeys(b, row.Keys, indent+" ")
				default:
					writeDecimal(b, row.Cells[o.at].V)
				}
				before = ",\n" + indent + " "
			}
			b.WriteString("\n" + indent + "}")
		})
	}}
}

// cellRow is a row with what the addresses of its figures begin with.
type cellRow struct {
	of      string
	tally   *stats.Tally
	basis   *stats.Basis
	injured bool
}

// write writes the figures of a row by their address, in the order of the
// addresses. One that is 0 is left out, except the incidents.
func (r *cellRow) write(b *bytes.Buffer, before string) {
	name := func(kind, measure string) {
		b.WriteString(before)
		if isPlain(r.of) {
			b.WriteByte('"')
			b.WriteString(r.of)
			b.WriteString(kind)
			b.WriteString(measure)
			b.WriteByte('"')
		} else {
			writeQuoted(b, r.of+kind+measure)
		}
		b.WriteString(": ")
	}
	count := func(kind, measure string, n uint32) {
		if n != 0 || measure == "incidents" {
			name(kind, measure)
			writeCount(b, n)
		}
	}
	bound := func(kind, measure string, v int64) {
		if v != 0 {
			name(kind, measure)
			writeDecimal(b, v)
		}
	}
	sum := func(kind string, s *stats.Sum) {
		bound(kind, "best", s.Best)
		count(kind, "fatal", s.Fatal)
		bound(kind, "high", s.High)
		bound(kind, "low", s.Low)
		count(kind, "no_best", s.NoBest)
		count(kind, "open", s.Open)
		count(kind, "unknown", s.Unknown)
	}
	count("", "attributed", r.basis.Attributed)
	count("", "claimed", r.basis.Claimed)
	count("", "contested", r.basis.Contested)
	count("", "incidents", r.tally.Incidents)
	if r.injured {
		sum("injured.", &r.tally.Injured)
	}
	count("", "involved", r.basis.Involved)
	sum("killed.", &r.tally.Killed)
}
