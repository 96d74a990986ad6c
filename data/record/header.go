package record

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"toll/data"
)

// MappedColumn says which column of the file carries a field of the record.
type MappedColumn struct {
	Field  string // native name
	Column string // the file's own name
	Index  int    // zero-based
}

// plan is what the header decides, once for the file.
type plan struct {
	profile *Profile
	why     string
	header  []string // the file's names, trimmed
	folded  []string // the same as they are compared
	column  [numFields]int
	values  [numFields]map[string]string
	onlyIf  [numFields]condition
	mapped  []MappedColumn
	unused  []string
	skipped []int // columns of the file that a field would take

	split     split                  // the columns of a date's parts
	dates     [numFields]dateLayouts // how the dates of each column are written
	join      [numFields][]piece     // columns that a field is put together from
	claims    int                    // the column that tells joint claims from competing ones, -1 where none is
	ranges    [numFields]*[2]int     // columns of a count's lowest and highest figure
	fixed     [numFields]string      // what holds for every record
	lists     [numFields]string      // what separates the entries of a cell
	closed    [numFields]bool        // fields that the mapping decides
	mappedTo  map[int]bool           // columns that the mapping takes
	only      []rawCondition
	sentinels []string // codes for unknown
	mark      string   // thousands mark
	acled     bool     // words stand for ACLED's numbers
	deaths    bool
	odd       bool // see plainEnough
	aliases   *AliasFile
	totals    int // line of a row of totals, by its sums
}

// condition is a Condition with its column found. The zero condition is met by
// every record.
type condition struct {
	field Field
	value string
	set   bool
}

func (p *plan) has(f Field) bool { return p.column[f] >= 0 }

// newPlan matches the header in r with a profile.
func newPlan(file string, r *record, o Options) (*plan, error) {
	if err := checkHeader(file, r, o.delimiter()); err != nil {
		return nil, err
	}
	p := &plan{mappedTo: map[int]bool{}, claims: -1, mark: o.Mark, acled: o.Words == "acled", aliases: o.Aliases}
	for i := range r.len() {
		name := trimName(string(r.cell(i)))
		p.header = append(p.header, name)
		p.folded = append(p.folded, foldName(name))
	}
	var ok bool
	if p.profile, p.why, ok = chooseProfile(o.Profile, p.folded); !ok {
		return nil, newInputError(file, position{}, "unknown-profile", fmt.Sprintf("there is no profile %q", o.Profile),
			"the profiles are "+strings.Join(profileNames(), ", "))
	}
	if err := p.mapTo(file, r, o.Map); err != nil {
		return nil, err
	}
	if err := p.match(file, r); err != nil {
		return nil, err
	}
	if err := p.compose(file, r.line, o); err != nil {
		return nil, err
	}
	p.list()
	p.skip(o.Skip)
	p.skip(o.Unneeded)
	if err := p.require(file, r.line); err != nil {
		return nil, err
	}
	p.compile()
	p.laidOut(o)
	return p, nil
}

// checkHeader refuses a first row that cannot name columns.
func checkHeader(file string, r *record, delim byte) error {
	at := r.at[0]
	switch {
	case r.fault == openQuote:
		return newInputError(file, r.at[r.faultField], "bad-header", "a quote in the header is never closed", "")
	case r.fault == strayQuote:
		return newInputError(file, r.at[r.faultField], "bad-header",
			fmt.Sprintf("the header has a quote where none may be, at line %d, column %d", r.faultAt.line, r.faultAt.col), "")
	case r.notText() >= 0:
		return newInputError(file, r.at[r.notText()], "bad-header", "the header is not UTF-8 text", "")
	}
	if r.len() == 1 {
		for _, c := range []byte(",;\t|") {
			if c != delim && strings.IndexByte(string(r.cell(0)), c) >= 0 {
				return newInputError(file, at, "wrong-delimiter",
					fmt.Sprintf("the header is a single cell, and looks as if it were separated by %q", string(c)), "")
			}
		}
	}
	for i := range r.len() {
		if c := r.cell(i); bytes.IndexByte(c, '\r') >= 0 && bytes.IndexByte(c, '\n') < 0 {
			return newInputError(file, r.at[i], "cr-line-ends", "the lines of this file end in a carriage return alone", "")
		}
		if _, is := parseDate(r.cell(i)); !is.found() && len(r.cell(i)) >= len("2025-10-11") {
			return newInputError(file, r.at[i], "no-header",
				fmt.Sprintf("the first row holds the date %s, so it is no header", r.cell(i)), headerless(r.len()))
		}
	}
	return nil
}

// headerless says which dataset comes in releases of so many columns without a
// header.
func headerless(columns int) string {
	for _, p := range Profiles() {
		if len(p.Order) == columns && columns > 0 {
			return "put a row of column names first; or, if this is a release of " + p.Title + ", which may come without, say --profile " + p.Name
		}
	}
	return ""
}

// trimName strips what may surround a column's name.
func trimName(s string) string {
	return strings.Join(strings.Fields(strings.Trim(s, " \t\r\n\u00A0\uFEFF\"'“”")), " ")
}

// foldName gives the form in which names are compared: lower case, with an
// underscore for every run of spaces, hyphens and full stops.
func foldName(s string) string {
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == ' ' || r == '-' || r == '.' || r == '_' || r == '\u00A0' || r == '\u2010'
	})
	return strings.Join(parts, "_")
}

// fieldOf returns the field that a column of that folded name carries.
func (p *plan) fieldOf(name string) (Field, bool) {
	if p.profile.Columns == nil {
		f, ok := fieldByName[name]
		if !ok {
			f, ok = otherTongues[plainLetters(name)]
		}
		if !ok {
			f, ok = boundNamed(plainLetters(name))
		}
		return f, ok
	}
	for field, column := range p.profile.Columns {
		if f, ok := fieldByName[field]; ok && hasName(column, name) {
			return f, true
		}
	}
	return 0, false
}

// match finds the column of each field by its name. Of two for one field it takes
// the first, and returns an error once all are found.
func (p *plan) match(file string, r *record) (err error) {
	for i, name := range p.folded {
		f, ok := p.fieldOf(name)
		if !ok || p.mappedTo[i] || p.closed[f] || f == Date && p.split.on() || f == DateEnd && p.split.ends() {
			continue
		}
		if first := p.column[f]; first >= 0 {
			if err == nil {
				err = p.ambiguous(file, r, f, first, i)
			}
			continue
		}
		p.column[f] = i
	}
	p.joinDate()
	return err
}

// ambiguous refuses two columns for one field.
func (p *plan) ambiguous(file string, r *record, f Field, first, second int) error {
	one, other := shellWord(f.String()+"="+p.header[first]), shellWord(f.String()+"="+p.header[second])
	hint := fmt.Sprintf("say which is meant: --map %s, or --map %s", one, other)
	if p.find(p.header[first]) < 0 || p.find(p.header[second]) < 0 || p.header[first] == p.header[second] {
		hint = ""
	}
	return newInputError(file, r.at[second], "ambiguous-columns",
		fmt.Sprintf("columns %q (%d) and %q (%d) both say %s", p.header[first], first+1, p.header[second], second+1, f), hint)
}

// list says what is read and what is not.
func (p *plan) list() {
	for f := range numFields {
		if i := p.column[f]; i >= 0 {
			p.mapped = append(p.mapped, MappedColumn{Field: f.String(), Column: p.describe(f), Index: i})
		}
	}
	for i, name := range p.header {
		if !p.read(i) {
			p.unused = append(p.unused, name)
		}
	}
}

// skip takes columns out of the plan.
func (p *plan) skip(columns []string) {
	for _, name := range columns {
		f, ok := fieldByName[name]
		if !ok || !p.has(f) {
			continue
		}
		p.skipped = append(p.skipped, p.column[f])
		p.mapped = slices.DeleteFunc(p.mapped, func(m MappedColumn) bool { return m.Index == p.column[f] })
		p.column[f] = -1
	}
}

// tollFields are the columns any one of which states a toll. Women and children
// are not among them: they are part of one.
var tollFields = []Field{Killed, KilledLow, KilledHigh, Injured, InjuredLow, InjuredHigh,
	KilledCivilians, KilledSecurity, KilledMilitants, KilledUnknown, KilledSideA, KilledSideB,
	InjuredCivilians, InjuredSecurity, InjuredMilitants, InjuredUnknown, InjuredSideA, InjuredSideB}

// require refuses a header without a date or without a toll.
func (p *plan) require(file string, line int) error {
	if !p.has(Date) {
		return p.missing(file, line, "no-date-column", "no column says when it happened", []Field{Date})
	}
	if !p.deaths && !slices.ContainsFunc(tollFields, p.has) {
		return p.missing(file, line, "no-count-column", "no column says how many were killed or injured", tollFields)
	}
	return nil
}

func (p *plan) missing(file string, line int, code, what string, fields []Field) error {
	return newInputError(file, position{line: line}, code,
		fmt.Sprintf("%s; the columns are %s", what, listed(p.header)), p.suggestion(fields))
}

// listed joins names for a message, the first twenty of them.
func listed(names []string) string {
	const most = 20
	var quoted []string
	for _, n := range names[:min(len(names), most)] {
		quoted = append(quoted, fmt.Sprintf("%q", shown(n)))
	}
	s := strings.Join(quoted, ", ")
	if more := len(names) - most; more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s
}

// compile turns the names in the profile's rules into fields.
func (p *plan) compile() {
	for name, words := range p.profile.Values {
		p.values[fieldByName[name]] = words
	}
	for name, c := range p.profile.OnlyIf {
		p.onlyIf[fieldByName[name]] = condition{field: fieldByName[c.Column], value: c.Value, set: true}
	}
}

// isTags reports whether a record is a row of HXL tags: every cell blank or a
// tag, and at least one tag.
func isTags(r *record) bool {
	if r.fault != sound {
		return false // it may hide records
	}
	tags := 0
	for i := range r.len() {
		c := strings.TrimSpace(string(r.cell(i)))
		if c == "" {
			continue
		}
		if c[0] != '#' {
			return false
		}
		tags++
	}
	return tags > 0
}

// repeats reports whether a record is the header again.
func (p *plan) repeats(r *record) bool {
	if r.len() != len(p.header) {
		return false
	}
	for i, name := range p.header {
		if trimName(string(r.cell(i))) != name {
			return false
		}
	}
	return true
}

// codedFields gives the field of each coded column.
var codedFields = func() (of [data.NumColumns]Field) {
	for c := range data.NumColumns {
		of[c] = fieldByName[c.String()]
	}
	return of
}()
