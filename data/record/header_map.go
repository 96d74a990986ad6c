package record

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// mapTo finds the columns that the mapping of the options names, and takes them
// out of the search by name. A column mapped to no field is left unread.
func (p *plan) mapTo(file string, r *record, mapping map[string]string) error {
	p.split = notSplit
	for f := range p.column {
		p.column[f] = -1
	}
	for _, field := range sortedKeys(mapping) {
		part := slices.Index(datePartNames[:], field)
		f, ok := fieldByName[foldName(field)]
		if part < 0 && !ok {
			return newInputError(file, position{}, "unknown-column", fmt.Sprintf("the mapping names the field %q, which there is not", field),
				"the fields are "+strings.Join(datePartNames[:], ", ")+", "+strings.Join(NativeColumns(), ", "))
		}
		column := mapping[field]
		if column == "" {
			if part < 0 {
				p.closed[f] = true
			}
			continue
		}
		i := p.find(column)
		if i < 0 {
			return p.notOne(file, r.line, column, fmt.Sprintf("the mapping takes %s from column %q", field, column))
		}
		if part >= 0 {
			p.split[part] = i
		} else {
			p.column[f] = i
			p.closed[f] = true
		}
		p.mappedTo[i] = true
	}
	return nil
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// find returns the column of that name: as it is written, else as names are
// compared; -1 where there is none, or where two have it.
func (p *plan) find(name string) int {
	if found := p.having(name); len(found) == 1 {
		return found[0]
	}
	return -1
}

// having returns the columns of a name, as find takes it.
func (p *plan) having(name string) (found []int) {
	name = trimName(name)
	for i, h := range p.header {
		if h == name {
			found = append(found, i)
		}
	}
	if found != nil {
		return found
	}
	for i, f := range p.folded {
		if f == foldName(name) {
			found = append(found, i)
		}
	}
	return found
}

// notOne refuses a name that no column has, or that several have.
func (p *plan) notOne(file string, line int, name, what string) error {
	if n := len(p.having(name)); n > 1 {
		return newInputError(file, position{line: line}, "ambiguous-columns", fmt.Sprintf("%s, and %d columns have that name", what, n), "")
	}
	return newInputError(file, position{line: line}, "unknown-column", fmt.Sprintf("%s, which the file does not have; its columns are %s", what, listed(p.header)), "")
}

// joinDate makes the date one of year, month and day columns, where the mapping
// or the profile names them, or where their plain names are there and no column
// has the whole date. The last day of a span may then be one of three, too.
func (p *plan) joinDate() {
	find := func(end bool) {
		for i, name := range p.folded {
			part, ok := p.partOf(name)
			if ok && (part >= endYearPart) == end && p.split[part] < 0 && !p.mappedTo[i] {
				p.split[part] = i
			}
		}
	}
	if !p.split.on() && !p.has(Date) && !p.closed[Date] {
		find(false)
	}
	if p.split.on() && !p.has(DateEnd) && !p.closed[DateEnd] && !p.split.ends() {
		find(true)
	}
	if !p.split.on() {
		p.split = notSplit
		return
	}
	p.column[Date] = p.split[yearPart]
	if p.split.ends() {
		p.column[DateEnd] = p.split[endYearPart]
	} else {
		copy(p.split[endYearPart:], notSplit[endYearPart:])
	}
	p.odd = true
}

func (p *plan) partOf(name string) (int, bool) {
	if p.profile.Columns == nil {
		part, ok := partAliases[plainLetters(name)]
		return part, ok
	}
	for part, field := range datePartNames {
		if hasName(p.profile.Columns[field], name) {
			return part, true
		}
	}
	return 0, false
}

// hasName reports whether one of the names, separated by bars, is name.
func hasName(names, name string) bool {
	for n := range strings.SplitSeq(names, "|") {
		if n == name && n != "" {
			return true
		}
	}
	return false
}

// describe names the columns that carry a field, for the report.
func (p *plan) describe(f Field) string {
	switch {
	case f == Date && p.split.on():
		return p.named(p.split[:endYearPart])
	case f == DateEnd && p.split.ends():
		return p.named(p.split[endYearPart:])
	case len(p.join[f]) > 1:
		var names []string
		for _, piece := range p.join[f] {
			names = append(names, p.header[piece.column])
		}
		return strings.Join(names, " + ")
	}
	if r := p.ranges[f]; r != nil {
		return p.header[r[0]] + " + " + p.header[r[1]]
	}
	return p.header[p.column[f]]
}

// named lists the names of columns, of which -1 is none.
func (p *plan) named(columns []int) string {
	var names []string
	for _, i := range columns {
		if i >= 0 {
			names = append(names, p.header[i])
		}
	}
	return strings.Join(names, " + ")
}

// read reports whether any field takes something from column i.
func (p *plan) read(i int) bool {
	if slices.Contains(p.column[:], i) || slices.Contains(p.split[:], i) {
		return true
	}
	for _, pieces := range p.join {
		for _, piece := range pieces {
			if piece.column == i || piece.ifColumn == i {
				return true
			}
		}
	}
	for _, r := range p.ranges {
		if r != nil && slices.Contains(r[:], i) {
			return true
		}
	}
	if i == p.claims {
		return true
	}
	return slices.ContainsFunc(p.only, func(c rawCondition) bool { return c.column == i })
}

// piece is one of the columns that a field is put together from.
type piece struct {
	column   int
	ifColumn int // -1 where there is no condition
	is       string
	one      bool
}

// rawCondition is met by a record whose cell has one of the values, without
// regard to case.
type rawCondition struct {
	column int
	values []string
	names  []string        // of the column, as the options have them
	seen   map[string]bool // the column's cells, while they are few
}

// compose finds the columns of what the profile puts together or states for
// every record, and of what the options ask for beside the mapping.
func (p *plan) compose(file string, line int, o Options) error {
	for field, pieces := range p.profile.Join {
		f := fieldByName[field]
		if p.closed[f] {
			continue
		}
		for _, x := range pieces {
			i := slices.Index(p.folded, x.Column)
			if i < 0 {
				continue
			}
			found := piece{column: i, ifColumn: -1, is: x.Is, one: x.One}
			if x.If != "" {
				if found.ifColumn = slices.Index(p.folded, x.If); found.ifColumn < 0 {
					continue
				}
			}
			p.join[f] = append(p.join[f], found)
		}
		if len(p.join[f]) > 0 {
			p.column[f] = p.join[f][0].column
			p.odd = true
		}
	}
	p.claims = -1
	if c := p.profile.Claims; len(p.join[ClaimedBy]) > 0 && c.Column != "" {
		p.claims = slices.Index(p.folded, c.Column)
	}
	p.composeRanges()
	for field, text := range p.profile.Fixed {
		if f := fieldByName[field]; !p.has(f) && !p.closed[f] {
			p.fixed[f] = text
			p.odd = true
		}
	}
	p.separators(o)
	if o.KeepDisorder {
		own := *p.profile
		own.KeepDisorder = true
		p.profile = &own
	}
	p.deaths = o.Deaths
	if p.deaths {
		p.odd = true
		for _, f := range tollFields {
			if p.has(f) && f < KilledCivilians && f != Injured && f != InjuredLow && f != InjuredHigh {
				return newInputError(file, position{line: line}, "ambiguous-columns",
					fmt.Sprintf("each row is to be one death, and column %q says how many were killed", p.header[p.column[f]]), "leave out rows: deaths, or unmap the column: --map "+f.String()+"=")
			}
		}
	}
	return p.selectBy(file, line, o.Only)
}

// composeRanges finds the columns of the profile's ranges, which are read where
// the file has both.
func (p *plan) composeRanges() {
	for field, names := range p.profile.Ranges {
		f, at := fieldByName[field], [2]int{}
		for i, of := range names {
			at[i] = slices.IndexFunc(p.folded, func(name string) bool { return hasName(of, name) })
		}
		if p.has(f) || p.closed[f] || at[0] < 0 || at[1] < 0 || p.mappedTo[at[0]] || p.mappedTo[at[1]] {
			continue
		}
		p.ranges[f], p.column[f], p.odd = &at, at[0], true
	}
}

// separators takes over how lists within cells are separated.
func (p *plan) separators(o Options) {
	for _, lists := range []map[string]string{p.profile.Lists, o.Lists} {
		for field, sep := range lists {
			if f, ok := fieldByName[field]; ok && p.has(f) && sep != "" && sep != ";" {
				p.lists[f] = sep
				p.odd = true
			}
		}
	}
	p.sentinels = slices.Concat(p.profile.Unknown, o.Unknown)
	for _, s := range p.sentinels {
		if _, plain := plainCount([]byte(s)); plain {
			p.odd = true
		}
	}
}

// selectBy finds the columns of conditions on the file's own columns.
func (p *plan) selectBy(file string, line int, only []string) error {
	for _, c := range only {
		name, value, _ := strings.Cut(c, "=")
		i := p.find(name)
		if len(p.having(name)) > 1 {
			return p.notOne(file, line, name, fmt.Sprintf("records are to be selected by %q", name))
		}
		if i < 0 {
			return newInputError(file, position{line: line}, "unknown-column",
				fmt.Sprintf("records are to be selected by %q, which is neither a field nor a column of the file; its columns are %s", name, listed(p.header)), "")
		}
		value = strings.ToLower(strings.TrimSpace(value))
		if at := slices.IndexFunc(p.only, func(x rawCondition) bool { return x.column == i }); at >= 0 {
			p.only[at].values = append(p.only[at].values, value)
			p.only[at].names = append(p.only[at].names, name)
		} else {
			p.only = append(p.only, rawCondition{i, []string{value}, []string{name}, map[string]bool{}})
		}
		p.odd = true
	}
	return nil
}

// unsure returns how to map a column that may stand for one of the fields, and
// that is not taken because it may stand for another.
func (p *plan) unsure(fields []Field) string {
	for i, name := range p.folded {
		for _, f := range unsure[plainLetters(name)] {
			if !slices.Contains(fields, f) {
				continue
			}
			hint := fmt.Sprintf("column %q may say it; if it does, say so with --map %s", p.header[i], shellWord(f.String()+"="+p.header[i]))
			if len(unsure[plainLetters(name)]) > 1 {
				hint += ", or --map " + shellWord(unsure[plainLetters(name)][1].String()+"="+p.header[i])
			}
			return hint
		}
	}
	return ""
}

// shellWord writes an argument so that a shell takes it for one word: in single
// quotes where it holds more than letters, digits and a few marks.
func shellWord(s string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("=_-.,:/", r)
	}
	if strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// sentinel reports whether a cell of a field is one of the dataset's codes for
// unknown.
func (p *plan) sentinel(f Field, cell []byte) bool {
	return len(p.sentinels) > 0 && (f == Date || f == Lat || f == Lon || f >= Killed && f <= BesidesMilitants) &&
		slices.Contains(p.sentinels, string(cell))
}

// plainEnough reports whether each field is one cell that means what it says, so
// that a record can be decoded cell by cell.
func (p *plan) plainEnough() bool { return !p.odd }
