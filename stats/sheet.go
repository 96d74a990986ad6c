package stats

import (
	"math"
	"slices"
	"strings"

	"toll/data"
	"toll/internal/together"
)

// Sheet is a table of statistics: figures that are worked out from the tables
// and are no sums over incidents, such as intervals, shares and means. Every cell
// has an address, by the rule of Address.
type Sheet struct {
	ID      string // stable, kebab-case: "changes"
	Title   string
	Dims    []Dim
	Columns []Column
	Rows    []SheetRow
	Note    string // what a reader must know to read the figures

	index   map[string]int // of the first so many rows, by their keys (see find)
	indexed int
}

// Column is a column of a sheet. Text says what it holds, with its unit.
type Column struct{ ID, Text string }

// SheetRow is a row of a sheet: its keys, one for each dimension, and its cells,
// one for each column. Rows may share their cells, which are not to be changed.
type SheetRow struct {
	Keys  []Key
	Cells []Cell
}

// Cell is a figure in units of 1/data.Unit, rounded as it is published. Where
// Stated is false there is none.
type Cell struct {
	V      int64
	Stated bool
}

// whole is the cell of a whole number, units that of a figure already in
// 1/data.Unit.
func whole[T int | int64 | uint32](n T) Cell { return Cell{int64(n) * data.Unit, true} }

func units(v int64) Cell { return Cell{v, true} }

// fraction is the cell of a/b, rounded half away from zero to a number of
// decimals up to six; none where b is not positive.
func fraction(a, b int64, decimals int) Cell {
	scale := int64(1)
	for range decimals {
		scale *= 10
	}
	v, ok := Scaled(a, scale, b)
	if !ok {
		return Cell{}
	}
	return Cell{v * (data.Unit / scale), true}
}

// perCent is the cell of a part in per cent of a whole, to three decimals, so that
// whoever rounds it rounds once.
func perCent(part, whole int64) Cell {
	c := fraction(part, whole, 5)
	c.V *= 100
	return c
}

// fromFloat is the cell of a number worked out in floating point, to a number of
// decimals so few that a difference in its last bits between machines does not
// show.
func fromFloat(f float64, decimals int) Cell {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Cell{}
	}
	scale := math.Pow10(decimals)
	return Cell{int64(math.Round(f*scale)) * (data.Unit / int64(scale)), true}
}

// Sheet returns the sheet of that id, or nil.
func (r *Report) Sheet(id string) *Sheet {
	for _, s := range r.Sheets {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// Cell returns the cell of a column in the row with these key ids.
func (s *Sheet) Cell(column string, ids ...string) Cell {
	if s == nil {
		return Cell{}
	}
	at := slices.IndexFunc(s.Columns, func(c Column) bool { return c.ID == column })
	row := s.find(ids)
	if at < 0 || row < 0 {
		return Cell{}
	}
	return s.Rows[row].Cells[at]
}

// oneText makes one text of several, which no other texts make: no name has a NUL.
func oneText(ids []string) string { return strings.Join(ids, "\x00") }

func has(m map[string]int, k string) bool {
	_, ok := m[k]
	return ok
}

// readOn is how many rows of a sheet are read through for one.
const readOn = 512

// find returns the row with these key ids, or -1. What is asked for stands mostly
// among the first rows. A sheet can have as many rows as there are places, and be
// asked about each of them: it keeps an index of its rows, made when it is first
// needed and again when rows have been added.
func (s *Sheet) find(ids []string) int {
	for i := range s.Rows[:min(len(s.Rows), readOn)] {
		if slices.EqualFunc(s.Rows[i].Keys, ids, func(k Key, id string) bool { return k.ID == id }) {
			return i
		}
	}
	if len(s.Rows) <= readOn {
		return -1
	}
	if s.indexed != len(s.Rows) {
		s.index, s.indexed = make(map[string]int, len(s.Rows)), len(s.Rows)
		var own []string
		for i, r := range s.Rows {
			own = own[:0]
			for _, k := range r.Keys {
				own = append(own, k.ID)
			}
			if k := oneText(own); !has(s.index, k) {
				s.index[k] = i
			}
		}
	}
	if i, ok := s.index[oneText(ids)]; ok {
		return i
	}
	return -1
}

// spreadTable reports whether a table or sheet needs more than tallies.
func spreadTable(id string) bool {
	switch id {
	case "changes", "level", "precision", "by-weekday", "per-100000":
		return true
	}
	return false
}

// addSheet adds a sheet that has rows, where it is asked for.
func (a *Accumulator) addSheet(r *Report, s *Sheet) {
	if s != nil && len(s.Rows) > 0 && a.opt.wants(s.ID) {
		r.Sheets = append(r.Sheets, s)
	}
}

// addSheets works out the statistics of a report whose tables are made, and its
// roll. What takes longest is worked out at once: it reads what is tallied and
// changes nothing of it.
func (a *Accumulator) addSheets(r *Report, period *Table, cov coverage) {
	var shares, precision, tail *Sheet
	var roll *Roll
	alone := len(a.kept) > 0 || a.roll != nil && a.roll.cube != nil // to weigh accounts again, and a cube, enter places
	if a.whole == nil {
		_ = together.Run( // no task has an error
			func() error { r.Changes = a.changes(r, period); return nil },
			func() error { tail = a.tailSheet(); return nil },
			func() error { precision, shares = a.precisionSheet(r), shareSheet(r); return nil },
			func() error {
				if !alone {
					roll = a.finishRoll()
				}
				return nil
			},
		)
		a.addSheet(r, changeSheet(r))
		a.addSheet(r, a.levelSheet(r, period, cov))
		a.addSheet(r, rateSheet(r, period))
		a.addSheet(r, recordSheet(r, period))
		a.addSheet(r, a.rollingSheet(cov))
		a.addSheet(r, a.gapSheet(cov))
		a.addSheet(r, shares)
		a.addSheet(r, deadliestSheet(r))
		a.addSheet(r, precision)
		a.addSheet(r, tail)
		a.addExperimental(r, cov)
		a.addSheet(r, a.populationSheet(cov))
	}
	if r.Roll = roll; roll == nil {
		r.Roll = a.finishRoll()
	}
}
