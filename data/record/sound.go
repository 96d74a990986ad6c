package record

import (
	"fmt"
	"unicode/utf8"

	"toll/data"
)

// unsound returns what makes a raw record unusable before any cell of it has a
// meaning: its quotes, its bytes, its number of cells, in this order.
func (p *plan) unsound(r *record) (data.Diagnostic, bool) {
	if r.fault != sound {
		return p.misquoted(r), true
	}
	if i := r.notText(); i >= 0 {
		return p.about(r, i, "not-utf8", notTextMessage(r.cell(i))), true
	}
	if r.len() != len(p.header) {
		return p.miscounted(r), true
	}
	return data.Diagnostic{}, false
}

// misquoted describes a quoting fault, placed where the cell begins.
func (p *plan) misquoted(r *record) data.Diagnostic {
	if r.fault == openQuote {
		message := "the quote that opens here is never closed"
		switch n := r.last - r.faultAt.line; {
		case n == 1:
			message += "; it hides the next line, the last of the file"
		case n > 1:
			message += fmt.Sprintf("; it hides the next %d lines, to the end of the file", n)
		}
		return p.about(r, r.faultField, "unbalanced-quote", message)
	}
	if r.fault == runawayQuote {
		return p.about(r, r.faultField, "unbalanced-quote", "the quote that opens here is not closed on its line; the lines behind it are records of their own, and are read")
	}
	return p.about(r, r.faultField, "stray-quote",
		fmt.Sprintf("a quote ends or begins in the middle of this cell, at line %d, column %d", r.faultAt.line, r.faultAt.col))
}

// miscounted describes a record with more or fewer cells than the header, placed
// at the first cell too many.
func (p *plan) miscounted(r *record) data.Diagnostic {
	have, want := r.len(), len(p.header)
	d := data.Diagnostic{Line: r.line, Severity: data.Error, Code: "wrong-field-count",
		Message: fmt.Sprintf("the record has %d cells, the header has %d columns", have, want)}
	if have > want {
		d.Line, d.Column = r.at[want].line, r.at[want].col
		d.Hint = "a comma inside a cell, as in 1,204, needs quotes around the cell"
	} else {
		d.Hint = "cells are missing, or a line end inside a cell lacks quotes around the cell"
	}
	return d
}

// about returns an error that concerns cell i of a raw record.
func (p *plan) about(r *record, i int, code, message string) data.Diagnostic {
	d := data.Diagnostic{Line: r.at[i].line, Column: r.at[i].col, Severity: data.Error, Code: code,
		Value: string(r.cell(i)), Message: message}
	if i < len(p.header) {
		d.Field = p.header[i]
	}
	return d
}

// notTextMessage names the first byte that is no text.
func notTextMessage(cell []byte) string {
	for len(cell) > 0 {
		r, n := utf8.DecodeRune(cell)
		if r == utf8.RuneError && n == 1 {
			return fmt.Sprintf("the cell is not UTF-8: byte 0x%02X", cell[0])
		}
		if r == 0 {
			break
		}
		cell = cell[n:]
	}
	return "the cell holds a NUL"
}
