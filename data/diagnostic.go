package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says what became of the record a diagnostic speaks of.
type Severity uint8

// Note: for information, nothing doubtful. Warning: the record was kept, but
// someone should look. Error: the record was set aside and counts nowhere.
const (
	Note Severity = iota
	Warning
	Error
)

// String returns the severity's name.
func (s Severity) String() string { return wordOf([]string{"note", "warning", "error"}, int(s)) }

// Diagnostic is something the data should be told: where, what, and what to do.
// Bad data is a diagnostic; only an unreadable file is an error.
type Diagnostic struct {
	File     string // as given on the command line
	Line     int    // one-based; 0 where it concerns the file
	Column   int    // one-based byte column of the cell within its line; 0 where it concerns the record
	Severity Severity
	Code     string // stable, kebab-case
	Field    string // column name
	Value    string // the cell as written, cut to a sensible length
	Message  string
	Hint     string
}

// String returns "file:line:column: severity: message [code]" and the hint on a
// second line. Control characters from the data are shown, never sent.
func (d Diagnostic) String() string {
	var b strings.Builder
	b.WriteString(Visible(d.File))
	if d.Line > 0 {
		fmt.Fprintf(&b, ":%d", d.Line)
		if d.Column > 0 {
			fmt.Fprintf(&b, ":%d", d.Column)
		}
	}
	if d.File != "" || d.Line > 0 {
		b.WriteString(": ") // what concerns no file is of the run
	}
	fmt.Fprintf(&b, "%s: %s [%s]", d.Severity, Visible(d.Message), d.Code)
	if d.Hint != "" {
		b.WriteString("\n    hint: " + Visible(d.Hint))
	}
	return b.String()
}

// SortDiagnostics puts diagnostics in their one order: by file as first seen in
// files, line, column, code.
func SortDiagnostics(ds []Diagnostic, files []string) {
	rank := map[string]int{}
	for i, f := range files {
		if _, ok := rank[f]; !ok {
			rank[f] = i
		}
	}
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(rank[a.File], rank[b.File]), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Field, b.Field))
	})
}

// Visible shows what a terminal or a log would act on or hide: control
// characters, line breaks and bidirectional controls appear as ⟨U+202E⟩.
// Zero-width joiners stay: Persian, Kurdish and Indic names need them.
func Visible(s string) string {
	if !slices.ContainsFunc([]rune(s), hidden) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hidden(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r <= 0x9F, r == 0x00AD, r == 0x061C, r == 0x200B, r == 0x200E, r == 0x200F,
		r >= 0x202A && r <= 0x202E, r == 0x2028, r == 0x2029, r == 0x2060, r >= 0x2066 && r <= 0x2069, r == 0xFEFF, r == 0xFFFD,
		r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

// Ledger accounts for every record of the input: read = accepted + rejected +
// blank, always. What is counted beside that describes the accepted ones.
type Ledger struct {
	Files    int64 `json:"files"`
	Read     int64 `json:"records_read"`
	Accepted int64 `json:"accepted"`
	Rejected int64 `json:"rejected"`
	Blank    int64 `json:"blank"`
	// SetAside are accepted records that the selection leaves out (period, filter).
	SetAside int64 `json:"outside_selection"`
}

// Add adds another ledger.
func (l *Ledger) Add(o Ledger) {
	l.Files += o.Files
	l.Read += o.Read
	l.Accepted += o.Accepted
	l.Rejected += o.Rejected
	l.Blank += o.Blank
	l.SetAside += o.SetAside
}

// Balances reports whether every record read is accounted for.
func (l Ledger) Balances() bool { return l.Read == l.Accepted+l.Rejected+l.Blank }
