package record

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"toll/data"
)

// ErrNotPlain says that a file must be read by Read: something of its layout or
// of its columns needs the record as a whole.
var ErrNotPlain = errors.New("record: the file is not plain enough to be read by several workers")

// Layout is how a file departs from toll's own dialect, as Survey finds it. What
// it found is said in Said, and Read repeats that in Result.Noted.
type Layout struct {
	Gzip       bool
	Encoding   string // name of an encoding; "" for UTF-8
	Delimiter  byte
	BareCR     bool // lines end in a carriage return alone
	Above      int  // rows above the header that are none of the table
	Headerless bool // the first row is a record; the profile names the columns
	Orders     map[string]Order
	TotalsLine int // line of a last row that adds up the columns; 0 where there is none
	Said       []string
}

// Plain reports whether ReadParallel can read the file.
func (l *Layout) Plain() bool {
	return l == nil || !l.Gzip && l.Encoding == "" && !l.BareCR && l.Above == 0 && !l.Headerless && l.TotalsLine == 0
}

func (l *Layout) above() int {
	if l == nil {
		return 0
	}
	return l.Above
}

// text returns the input as lines of UTF-8 that end in LF.
func (rd *reader) text() (io.Reader, error) {
	l := rd.options.Layout
	if l == nil {
		return rd.input, nil
	}
	if rd.emit == nil && !l.Plain() {
		return nil, ErrNotPlain
	}
	for _, s := range l.Said {
		rd.note(s)
	}
	return l.text(rd.result.Name, rd.input)
}

func (l *Layout) text(name string, r io.Reader) (io.Reader, error) {
	if l.Gzip {
		z, err := gunzip(name, r)
		if err != nil {
			return nil, err
		}
		r = z
	}
	if l.Encoding != "" {
		e, ok := encodingOf(l.Encoding)
		if !ok {
			return nil, unknownEncoding(name, l.Encoding)
		}
		r = e.NewDecoder().Reader(r)
	}
	if l.BareCR {
		r = &crLines{r: r}
	}
	return r, nil
}

// drain reads what a decoder left of the input, so that its hash is of the whole.
func (in *input) drain() { _, _ = io.Copy(io.Discard, in) }

// named returns the row that names the columns: for a file without a header the
// profile's, and the row at hand is then kept as the first record.
func (rd *reader) named(r *record) *record {
	l := rd.options.Layout
	if l == nil || !l.Headerless {
		return r
	}
	rd.held = r
	p, _, _ := chooseProfile(rd.options.Profile, nil)
	return headerRecord(p.Order, r.line)
}

func headerRecord(names []string, line int) *record {
	h := &record{line: line, last: line}
	for _, n := range names {
		h.buf = append(h.buf, n...)
		h.ends = append(h.ends, len(h.buf))
		h.at = append(h.at, position{line, 1})
	}
	return h
}

// next reads a record: the one that was held, else the next of the file.
func (rd *reader) next(r *record) error {
	if rd.held != nil {
		*r, rd.held = *rd.held, nil
		return nil
	}
	return rd.scan.next(r)
}

// laidOut takes over what the survey found out about the columns.
func (p *plan) laidOut(o Options) {
	if o.Layout == nil {
		return
	}
	p.totals = o.Layout.TotalsLine
	for _, f := range []Field{Date, DateEnd, ReportedOn} {
		p.dates[f] = dateLayouts{wide: true, serial: o.Serials, order: o.Order}
		if o.Order == OrderUnknown {
			p.dates[f].order = o.Layout.Orders[f.String()]
		}
	}
}

// say notes how the columns are understood, where that is not plain from their
// names.
func (rd *reader) say(p *plan) {
	o := rd.options
	if p.split.on() {
		rd.note("dates are put together from the columns " + p.describe(Date) + "; a day or month that is blank or 0 is not known")
	}
	if p.deaths {
		rd.note("each record is one death")
	}
	if o.Order != OrderUnknown {
		rd.note("dates in figures are read " + map[Order]string{DayFirst: "day first", MonthFirst: "month first"}[o.Order] + ", as told")
	}
	if o.Serials {
		rd.note("numbers in the date columns are read as a spreadsheet's day numbers, as told")
	}
	if p.acled {
		rd.note("words in place of numbers are read by ACLED's table, as told, and marked as approximate")
	}
	if p.mark != "" {
		rd.note(fmt.Sprintf("%q is read as the thousands mark, as told", p.mark))
	}
	if len(p.sentinels) > 0 {
		rd.note("these figures are codes for unknown: " + strings.Join(p.sentinels, ", "))
	}
	for f, sep := range p.lists {
		if sep != "" {
			rd.note(fmt.Sprintf("%s holds lists separated by %q", Field(f), sep))
		}
	}
	for f, text := range p.fixed {
		if text != "" {
			rd.note(fmt.Sprintf("%s is %s in every record of this dataset", Field(f), text))
		}
	}
	for _, f := range p.profile.Facts {
		rd.note(f)
	}
}

// The most distinct names that a column of a file may have. A column with more
// is not one of names: all of ACLED has some hundred thousand places.
const maxNames = 1_000_000

// bounded refuses a file whose names would fill the memory.
func (rd *reader) bounded() error { return rd.boundedBy(rd.decode) }

func (rd *reader) boundedBy(d *decoder) error {
	most := cmp.Or(rd.options.names, maxNames)
	for c := range d.text {
		if n := d.text[c].dict.Len(); n > most {
			return newInputError(rd.result.Name, position{}, "too-many-names",
				fmt.Sprintf("column %s has more than %d different names", data.Column(c), most), "")
		}
	}
	return nil
}

// sum completes what the records themselves do not say.
func (rd *reader) sum(r *Result) {
	if rd.decode != nil && rd.decode.aside > 0 {
		r.Ledger.SetAside += rd.decode.aside
		rd.note(fmt.Sprintf("%s left out by the condition %s", were(rd.decode.aside, "record"), strings.Join(rd.options.Only, ", ")))
	}
	rd.tellReplaced()
}

// crLines makes an LF of every carriage return, in a file that has no LF.
type crLines struct {
	r io.Reader
}

func (c *crLines) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n, err := c.r.Read(p)
	for i := range n {
		if p[i] == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// sniffed are the delimiters that are recognised, the usual one first.
var sniffed = []byte{',', ';', '\t', '|'}

var delimiterNames = map[byte]string{',': "commas", ';': "semicolons", '\t': "tabs", '|': "bars"}

// sniffRows is how many rows a delimiter is judged by.
const sniffRows = 60

// sniff returns the delimiter under which a row names the columns of a table, or
// else the one under which most rows are sound and have the same number of cells,
// and at least two. A comma wins where it is as good as another.
func sniff(name string, head []byte, o Options) byte {
	for _, d := range sniffed {
		o.Delimiter = rune(d)
		for _, r := range headRows(name, head, d, sniffRows/2) {
			if r.len() > 1 && r.fault == sound {
				if _, err := newPlan(name, r, o); err == nil {
					return d
				}
			}
		}
	}
	best, score := byte(','), 0
	for _, d := range sniffed {
		rows := headRows(name, head, d, sniffRows)
		widths := map[int]int{}
		for _, r := range rows {
			if r.len() > 1 && r.fault == sound {
				widths[r.len()]++
			}
		}
		for width, n := range widths {
			if s := n*1000 + min(width, 999); s > score {
				best, score = d, s
			}
		}
	}
	return best
}

// headRows reads the first rows of a text that are not blank.
func headRows(name string, head []byte, delim byte, most int) []*record {
	s := newScanner(name, strings.NewReader(string(head)), delim)
	if _, err := s.begin(); err != nil {
		return nil
	}
	var rows []*record
	for len(rows) < most {
		r := &record{}
		if s.next(r) != nil {
			break
		}
		if !r.blank() {
			rows = append(rows, r)
		}
	}
	return rows
}

// unreadHead returns the error at which the reading of a head ends before its
// first row, if it does.
func unreadHead(name string, head []byte, delim byte) error {
	s := newScanner(name, bytes.NewReader(head), delim)
	if _, err := s.begin(); err != nil {
		return err
	}
	var r record
	if err := s.next(&r); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// findHeader returns how many rows stand above the header: those before the
// first that names the columns of a table, or else before the one that comes
// nearest to it. It looks no further than a page.
func findHeader(name string, rows []*record, o Options) (above int, headerless bool) {
	const page = 30
	if len(rows) == 0 {
		return 0, false
	}
	if p, _, ok := chooseProfile(o.Profile, nil); ok && o.Profile != "" && len(p.Order) == rows[0].len() && len(p.Order) > 0 && !namesColumns(rows[0], p.Order) {
		return 0, true
	}
	near, lacks := 0, 2
	for i, r := range rows[:min(len(rows), page)] {
		if r.len() < 2 && i > 0 {
			continue
		}
		_, err := newPlan(name, r, o)
		if err == nil {
			return i, false
		}
		if n := lacking(err); n < lacks {
			near, lacks = i, n
		}
	}
	return near, false
}

// lacking ranks what keeps a row from being a header: 0 where it names too many
// columns, 1 where it names a date, and 2 where it names nothing that a table needs.
func lacking(err error) int {
	var input *InputError
	switch {
	case !errors.As(err, &input):
	case input.Code == "ambiguous-columns":
		return 0
	case input.Code == "no-count-column":
		return 1
	}
	return 2
}

func namesColumns(r *record, order []string) bool {
	n := 0
	for i := range r.len() {
		if slices.Contains(order, foldName(trimName(string(r.cell(i))))) {
			n++
		}
	}
	return n > len(order)/4
}
