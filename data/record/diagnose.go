package record

import (
	"strings"

	"toll/data"
)

const (
	keptPerCode = 1000 // diagnostics kept of each code; all are counted
	keptOfValue = 80   // runes of a cell that a diagnostic shows
)

// issue is what is wrong with a cell, before it is known where the cell stands.
// The zero issue is none.
type issue struct{ code, message, hint string }

func (i issue) found() bool { return i.code != "" }

// diagnoses collects the diagnostics of one file in the order of the file.
type diagnoses struct {
	file   string
	kept   []data.Diagnostic
	counts map[string]int64
}

func newDiagnoses(file string) *diagnoses {
	return &diagnoses{file: file, counts: map[string]int64{}}
}

// add files a diagnostic; file, value and hint are completed here.
func (ds *diagnoses) add(d data.Diagnostic) {
	ds.counts[d.Code]++
	if ds.counts[d.Code] > keptPerCode {
		return
	}
	d.File = ds.file
	d.Value = shown(d.Value)
	if d.Hint == "" {
		c, _ := LookupCode(d.Code)
		d.Hint = c.Fix
	}
	ds.kept = append(ds.kept, d)
}

// shown cuts a cell to what a diagnostic shows of it, and makes it valid text.
func shown(s string) string {
	s = strings.ToValidUTF8(strings.TrimSpace(s), "\uFFFD")
	n := 0
	for i := range s {
		if n == keptOfValue {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// severity returns the severity that the table of codes gives.
func severity(code string) data.Severity { return codeByName[code].Severity }
