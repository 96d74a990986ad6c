package stats

import (
	"math"

	"toll/data"
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
}

// Column is a column of a sheet. Text says what it holds, with its unit.
type Column struct{ ID, Text string }

// SheetRow is a row of a sheet: its keys, one for each dimension, and its cells,
// one for each column.
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
	at := -1
	for i, c := range s.Columns {
		if c.ID == column {
			at = i
		}
	}
	for _, r := range s.Rows {
		same := at >= 0 && len(r.Keys) == len(ids)
		for i := range ids {
			same = same && r.Keys[i].ID == ids[i]
		}
		if same {
			return r.Cells[at]
		}
	}
	return Cell{}
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

// addSheets works out the statistics of a report whose tables are made.
func (a *Accumulator) addSheets(r *Report, period *Table, cov coverage) {
	if a.whole != nil {
		return
	}
	r.Changes = a.changes(r, period)
	a.addSheet(r, changeSheet(r))
	a.addSheet(r, a.levelSheet(r, period, cov))
	a.addSheet(r, rateSheet(r, period))
	a.addSheet(r, recordSheet(r, period))
	a.addSheet(r, a.rollingSheet(cov))
	a.addSheet(r, a.gapSheet(cov))
	a.addSheet(r, shareSheet(r))
	a.addSheet(r, deadliestSheet(r))
	a.addSheet(r, a.precisionSheet(r))
	a.addSheet(r, a.tailSheet())
	a.addExperimental(r, cov)
}
