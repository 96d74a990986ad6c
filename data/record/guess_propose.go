package record

import (
	"errors"
	"io"
	"slices"
	"strings"
)

// Proposal says what the columns of a file may be.
type Proposal struct {
	Name    string
	Profile string
	Why     string
	Said    []string // how the file is written
	Columns []ProposedColumn
	Deaths  bool // no column counts people, so that each row may be one death
}

// ProposedColumn is one column of the file: what it is, or what it may be.
type ProposedColumn struct {
	Column  string
	Field   string   // by its name; blank where that says nothing
	Unsure  []string // fields that it may be, for somebody to say
	Samples []string
}

// maxSamples is how many different cells of a column are shown.
const maxSamples = 3

// Propose looks at the head of a file. It only proposes: what a name does not say
// plainly is left open.
func Propose(name string, open func() (io.ReadCloser, error), o Options) (*Proposal, error) {
	s := &survey{name: name, open: open, o: o, l: &Layout{Delimiter: o.delimiter()}}
	if err := s.bytes(); err != nil {
		return nil, err
	}
	rows := headRows(name, s.head, s.l.Delimiter, 500)
	rows = rows[min(s.l.Above, len(rows)):]
	if len(rows) == 0 {
		if err := unreadHead(name, s.head, s.l.Delimiter); err != nil {
			return nil, err
		}
		return nil, newInputError(name, position{}, "empty-file", "the file holds nothing", "")
	}
	p, err := lenientPlan(name, rows[0], s.o)
	if err != nil {
		return nil, err
	}
	out := &Proposal{Name: name, Profile: p.profile.Name, Why: p.why, Said: s.l.Said}
	for i, column := range p.header {
		out.Columns = append(out.Columns, p.propose(i, column, rows[1:]))
	}
	counts := slices.ContainsFunc(out.Columns, func(c ProposedColumn) bool {
		f, ok := fieldByName[c.Field]
		return ok && slices.Contains(tollFields, f) || slices.ContainsFunc(c.Unsure, func(u string) bool { return slices.Contains(tollFields, fieldByName[u]) && u != "" })
	})
	out.Deaths = !counts
	return out, nil
}

// lenientPlan matches a header that may lack what a table needs.
func lenientPlan(name string, r *record, o Options) (*plan, error) {
	var input *InputError
	p, err := newPlan(name, r, o)
	if err == nil || !errors.As(err, &input) || input.Code != "no-count-column" && input.Code != "no-date-column" && input.Code != "ambiguous-columns" {
		return p, err
	}
	p = &plan{mappedTo: map[int]bool{}, claims: -1}
	for i := range r.len() {
		h := trimName(string(r.cell(i)))
		p.header, p.folded = append(p.header, h), append(p.folded, foldName(h))
	}
	p.profile, p.why, _ = chooseProfile(o.Profile, p.folded)
	if err := p.mapTo(name, r, o.Map); err != nil {
		return nil, err
	}
	_ = p.match(name, r) // two columns for one field: the first is proposed, the other left open
	p.joinDate()
	return p, nil
}

func (p *plan) propose(i int, column string, rows []*record) ProposedColumn {
	c := ProposedColumn{Column: column}
	for part, at := range p.split {
		if at == i && p.split.on() {
			c.Field = datePartNames[part]
		}
	}
	for f := range numFields {
		if p.column[f] == i && c.Field == "" {
			c.Field = f.String()
		}
	}
	if c.Field == "" && p.profile.Columns != nil {
		c.Field = p.partly(i)
	}
	dates, seen := 0, 0
	different := map[string]bool{}
	for _, r := range rows {
		if i >= r.len() || isBlank(r.cell(i)) {
			continue
		}
		text := shown(strings.Join(strings.Fields(string(r.cell(i))), " "))
		if len(c.Samples) < maxSamples && !slices.Contains(c.Samples, text) {
			c.Samples = append(c.Samples, text)
		}
		seen++
		different[text] = true
		if w, ok := splitDate(text); ok && len(w.numbers) >= 2 && (w.month > 0 || len(w.numbers) == 3) && w.hasYear() {
			dates++
		}
	}
	if c.Field != "" {
		return c
	}
	for _, f := range unsure[plainLetters(p.folded[i])] {
		if !p.has(f) {
			c.Unsure = append(c.Unsure, f.String())
		}
	}
	if f, ok := p.fieldOf(p.folded[i]); ok && len(c.Unsure) == 0 && p.column[f] != i {
		c.Unsure = append(c.Unsure, f.String())
	}
	if len(c.Unsure) == 0 && !p.has(Date) && seen > 0 && dates*10 >= seen*9 {
		c.Unsure = append(c.Unsure, Date.String())
	}
	if len(c.Unsure) == 0 {
		c.Unsure = p.likely(i)
	}
	if d := part(different); len(c.Unsure) == 0 && d != "" && !p.has(Date) {
		c.Unsure = []string{d}
	}
	return c
}

// partly returns the field that a profile puts together from several columns, of
// which i is one.
func (p *plan) partly(i int) string {
	for f := range numFields {
		if r := p.ranges[f]; r != nil && slices.Contains(r[:], i) {
			return f.String()
		}
		for _, piece := range p.join[f] {
			if piece.column == i || piece.ifColumn == i {
				return f.String()
			}
		}
	}
	if i == p.claims {
		return ClaimedBy.String()
	}
	return ""
}

// likely returns the field whose name a column's name ends with or nearly is, if
// no column has that field yet.
func (p *plan) likely(i int) []string {
	name := plainLetters(p.folded[i])
	for f := range numFields {
		if p.has(f) || f == URL || f == Notes {
			continue
		}
		for _, want := range fieldNames[f] {
			if nearly(name, want) || len(want) >= 4 && strings.HasSuffix(name, "_"+want) {
				return []string{f.String()}
			}
		}
	}
	return nil
}

// part returns the part of a date that a column's cells look like: years, or
// most of the numbers of a month or of the days in one.
func part(cells map[string]bool) string {
	low, high := 1<<30, -1
	for c := range cells {
		n, ok := decimal([]byte(c))
		if !ok {
			return ""
		}
		low, high = min(low, n), max(high, n)
	}
	switch n := len(cells); {
	case n >= 2 && high <= 2100 && high >= 1900 && (low == 0 || low >= 1900):
		return datePartNames[yearPart]
	case n >= 11 && high == 12 && low >= 0:
		return datePartNames[monthPart]
	case n >= 25 && high <= 31 && low >= 0:
		return datePartNames[dayPart]
	}
	return ""
}
