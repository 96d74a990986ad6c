package output

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"toll/data"
)

// Diff is what two readings of records differ in, written as Markdown for a
// comment on a change.
type Diff struct {
	Old, New  string // what was compared
	Incidents []IncidentDiff
	Figures   []FigureDiff
	CellsOnly string // why incidents could not be compared, or ""
}

// IncidentDiff is an incident that one side has and the other has not, or that
// differs.
type IncidentDiff struct {
	Change string // "added", "removed" or "changed"
	Name   string // its id and where it stands
	Was    string // its toll
	Is     string
	Fields []string // that differ
}

// FigureDiff is a figure that moved, in units of 1/data.Unit.
type FigureDiff struct {
	Address                 string
	Was, Is                 int64
	Added, Removed, Revised int64 // what added, removed and changed incidents account for
	Because                 []string
}

// maxListed bounds the rows of each table of a diff: a comment has a size limit.
const maxListed = 50

// Markdown writes the diff. Names from the data are escaped, and mention nobody.
func (d *Diff) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "### What changed from %s to %s\n\n", quiet(d.Old), quiet(d.New))
	if d.CellsOnly != "" {
		fmt.Fprintf(&b, "Figures alone are compared: %s.\n\n", quiet(d.CellsOnly))
	} else {
		n := map[string]int{}
		for _, x := range d.Incidents {
			n[x.Change]++
		}
		fmt.Fprintf(&b, "Incidents: %d added, %d removed, %d changed. Figures moved: %d.\n\n", n["added"], n["removed"], n["changed"], len(d.Figures))
	}
	d.writeIncidents(&b)
	d.writeFigures(&b)
	return b.String()
}

func (d *Diff) writeIncidents(b *strings.Builder) {
	if len(d.Incidents) == 0 {
		return
	}
	b.WriteString("| Incident | | Was | Is | Differs in |\n|---|---|---|---|---|\n")
	for _, x := range d.Incidents[:min(len(d.Incidents), maxListed)] {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", quiet(x.Name), x.Change, quiet(x.Was), quiet(x.Is), quiet(strings.Join(x.Fields, ", ")))
	}
	moreRows(b, len(d.Incidents))
}

func moreRows(b *strings.Builder, n int) {
	b.WriteByte('\n')
	if n > maxListed {
		fmt.Fprintf(b, "And %d more.\n\n", n-maxListed)
	}
}

func (d *Diff) writeFigures(b *strings.Builder) {
	if len(d.Figures) == 0 {
		b.WriteString("No figure moved.\n")
		return
	}
	slices.SortFunc(d.Figures, func(x, y FigureDiff) int {
		return cmp.Or(cmp.Compare(weight(x.Address), weight(y.Address)), cmp.Compare(x.Address, y.Address))
	})
	if d.CellsOnly != "" {
		b.WriteString("| Figure | Was | Is | Change |\n|---|--:|--:|--:|\n")
	} else {
		b.WriteString("| Figure | Was | Is | Change | of it new | gone | revised | Because of |\n|---|--:|--:|--:|--:|--:|--:|---|\n")
	}
	for _, f := range d.Figures[:min(len(d.Figures), maxListed)] {
		fmt.Fprintf(b, "| %s | %s | %s | %s |", quiet(f.Address), decimal(f.Was), decimal(f.Is), signed(f.Is-f.Was))
		if d.CellsOnly == "" {
			because := quiet(strings.Join(f.Because, ", "))
			if f.Added+f.Removed+f.Revised != f.Is-f.Was {
				because = "rows named otherwise"
			}
			fmt.Fprintf(b, " %s | %s | %s | %s |", signed(f.Added), signed(f.Removed), signed(f.Revised), because)
		}
		b.WriteByte('\n')
	}
	moreRows(b, len(d.Figures))
}

func signed(v int64) string {
	switch {
	case v > 0:
		return "+" + decimal(v)
	case v < 0:
		return "−" + strings.TrimPrefix(decimal(v), "-")
	}
	return "0"
}

// quiet escapes a text for Markdown so that it formats nothing, and breaks up
// what a forge would take for a mention or a reference.
func quiet(s string) string {
	var b strings.Builder
	for _, r := range data.Visible(s) {
		switch {
		case r == '@' || r == '#':
			fmt.Fprintf(&b, "&#%d;<!-- -->", r)
		case strings.ContainsRune("&<>", r):
			fmt.Fprintf(&b, "&#%d;", r)
		case strings.ContainsRune("\\`*_{}[]()!|~", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == ':':
			b.WriteString(":<!-- -->")
		default:
			b.WriteRune(r)
		}
	}
	return strings.ReplaceAll(b.String(), "www.", "www<!-- -->.")
}

// CompareKept lists the figures in which two briefings differ.
func CompareKept(was, is *Kept) []FigureDiff {
	f := figuresOf(was.Manifest, is.Manifest, was.file, is.file)
	var ds []FigureDiff
	for a := range union(f.was, f.is) {
		if x, y := units(string(f.was[a])), units(string(f.is[a])); x != y {
			ds = append(ds, FigureDiff{Address: a, Was: x, Is: y})
		}
	}
	return ds
}

// units reads a decimal of a manifest; what is none counts as nothing.
func units(s string) int64 {
	whole, part, _ := strings.Cut(s, ".")
	part = (part + "000000")[:6]
	var n int64
	if _, err := fmt.Sscanf(whole+part, "%d", &n); err != nil {
		return 0
	}
	return n
}
