package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"toll/data"
)

// surveyBytes is how much of a file a survey reads, unless the order of day and
// month hangs on the rest. Damage behind it is found record by record.
const surveyBytes = 64 << 20

// headBytes is what delimiter and header are judged by.
const headBytes = 256 << 10

// Survey finds out how a file is written before it is read. It guesses nothing
// that the figures hang on: where the order of day and month, or the encoding,
// is open, the error says what was seen and what to say. Open is called for each
// pass over the file.
func Survey(name string, open func() (io.ReadCloser, error), o Options) (*Layout, error) {
	s := &survey{name: name, open: open, o: o, l: &Layout{Delimiter: o.delimiter()}}
	if err := s.bytes(); err != nil {
		return nil, err
	}
	if err := s.columns(); err != nil {
		return nil, err
	}
	return s.l, nil
}

type survey struct {
	name  string
	open  func() (io.ReadCloser, error)
	o     Options
	l     *Layout
	head  []byte
	texts *texts
	plan  *plan

	order   [numFields]orderEvidence
	rows    int
	strange bool // a date that is not ISO was met
	sums    [numFields]columnSum
	last    lastRow
}

func (s *survey) say(format string, args ...any) {
	s.l.Said = append(s.l.Said, fmt.Sprintf(format, args...))
}

// bytes decides on compression, encoding, line ends, delimiter and header.
func (s *survey) bytes() error {
	raw, err := s.peek(&Layout{}, 8)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(raw, []byte("\x1f\x8b")) {
		s.l.Gzip = true
		s.say("the file is compressed with gzip")
		if raw, err = s.peek(&Layout{Gzip: true}, 8); err != nil {
			return err
		}
	}
	if err := s.encoding(raw); err != nil {
		return err
	}
	if s.head, err = s.peek(s.l, headBytes); err != nil {
		return err
	}
	if bytes.IndexByte(s.head, '\r') >= 0 && bytes.IndexByte(s.head, '\n') < 0 {
		s.l.BareCR = true
		s.say("lines end in a carriage return alone")
		s.head = bytes.ReplaceAll(s.head, []byte{'\r'}, []byte{'\n'})
	}
	if s.o.Delimiter == 0 {
		if s.l.Delimiter = sniff(s.name, s.head, s.o); s.l.Delimiter != ',' {
			s.say("cells are separated by %s", delimiterNames[s.l.Delimiter])
		}
	}
	s.o.Delimiter = rune(s.l.Delimiter)
	rows := headRows(s.name, s.head, s.l.Delimiter, sniffRows)
	s.l.Above, s.l.Headerless = findHeader(s.name, rows, s.o)
	if s.l.Above > 0 {
		s.say("%s above the header %s none of the table: %s", data.Number(int64(s.l.Above), "row"), isAre(s.l.Above), shown(strings.Join(strings.Fields(string(rows[0].buf)), " ")))
	}
	if s.l.Headerless {
		s.say("the file has no header; its %d columns are named by the profile, in its order", rows[0].len())
	}
	return nil
}

// encoding takes the encoding asked for, or recognises UTF-16 by its mark.
func (s *survey) encoding(raw []byte) error {
	asked := strings.ToLower(s.o.Encoding)
	switch {
	case asked == "utf-8" || asked == "utf8":
	case asked != "":
		if _, ok := encodingOf(asked); !ok {
			return unknownEncoding(s.name, s.o.Encoding)
		}
		if bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")) {
			return newInputError(s.name, position{}, "unknown-text", fmt.Sprintf("the file begins with the mark of UTF-8, and --encoding says %s", s.o.Encoding), "leave --encoding out")
		}
		s.l.Encoding = asked
		s.say("the text is read as %s, as told", asked)
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		s.l.Encoding = "utf-16le"
		s.say("the text is UTF-16 (little-endian), by its mark")
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		s.l.Encoding = "utf-16be"
		s.say("the text is UTF-16 (big-endian), by its mark")
	}
	return nil
}

// peek reads the beginning of the file as the layout makes it text.
func (s *survey) peek(l *Layout, n int64) ([]byte, error) {
	f, err := s.open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := l.text(s.name, f)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(r, n))
	if err != nil {
		return nil, s.failed(err)
	}
	return b, nil
}

func (s *survey) failed(err error) error {
	var input *InputError
	if errors.As(err, &input) {
		return err
	}
	e := newInputError(s.name, position{}, "unreadable", "reading failed: "+err.Error(), "")
	e.Err = err
	return e
}

// columns reads the records: for the order of day and month, for a row of totals
// at the end, for text that is not UTF-8. A file that cannot be read as a table
// is left to Read, which says why.
func (s *survey) columns() error {
	f, err := s.open()
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := s.l.text(s.name, f)
	if err != nil {
		return err
	}
	s.texts = &texts{r: r}
	scan := newScanner(s.name, s.texts, s.l.Delimiter)
	if _, err := scan.begin(); err == nil {
		err = s.records(scan)
		var input *InputError
		if errors.As(err, &input) && input.Code == "unpacks-too-large" {
			return err
		}
	}
	if s.texts.otherText() && s.l.Encoding == "" && strings.ToLower(s.o.Encoding) != "utf-8" {
		return s.texts.refuse(s.name)
	}
	if s.plan == nil {
		return nil
	}
	if err := s.decideOrders(); err != nil {
		return err
	}
	s.decideTotals()
	return nil
}

func (s *survey) records(scan *scanner) error {
	above := s.l.Above
	var r record
	for {
		switch err := scan.next(&r); {
		case errors.Is(err, io.EOF):
			s.last.complete = true
			return nil
		case err != nil:
			return err
		}
		if r.blank() {
			continue
		}
		if s.plan == nil {
			if above > 0 {
				above--
				continue
			}
			if err := s.header(&r); err != nil {
				return err
			}
			scan.whole = s.plan.looksWhole
			if !s.l.Headerless {
				continue
			}
		}
		s.rows++
		s.weigh(&r)
		if !s.strange && scan.base > surveyBytes {
			return nil
		}
	}
}

func (s *survey) header(r *record) error {
	if s.l.Headerless {
		p, _, _ := chooseProfile(s.o.Profile, nil)
		r = headerRecord(p.Order, r.line)
	}
	p, err := newPlan(s.name, r, s.o)
	s.plan = p
	return err
}

// weigh takes a record into account.
func (s *survey) weigh(r *record) {
	if r.len() != len(s.plan.header) {
		return
	}
	for _, f := range []Field{Date, DateEnd, ReportedOn} {
		c := s.plan.column[f]
		if c < 0 || f == Date && s.plan.split.on() || f == DateEnd && s.plan.split.ends() {
			continue
		}
		if _, ok := plainDay(r.cell(c)); !ok && len(r.cell(c)) > 0 {
			if e := &s.order[f]; true {
				e.weigh(r.cell(c), r.at[c].line)
				s.strange = s.strange || e.numeric()
			}
		}
	}
	s.addUp(r)
}

// decideOrders decides for each column of dates which number is the day.
func (s *survey) decideOrders() error {
	s.l.Orders = map[string]Order{}
	for _, f := range []Field{Date, DateEnd, ReportedOn} {
		e := &s.order[f]
		if !e.numeric() || s.o.Order != OrderUnknown {
			continue
		}
		o, said, ok := e.decide()
		if !ok && (f != ReportedOn) {
			if d := s.l.Orders[Date.String()]; f == DateEnd && d != OrderUnknown && e.dayFirst*e.monthFirst == 0 {
				s.l.Orders[f.String()] = d
				s.say("%s: %s; it is read as the dates are", s.plan.header[s.plan.column[f]], said)
				continue
			}
			return newInputError(s.name, position{line: max(e.firstEither.line, e.firstDay.line)}, "ambiguous-dates",
				fmt.Sprintf("column %q: %s", s.plan.header[s.plan.column[f]], said), "")
		}
		s.l.Orders[f.String()] = o
		if said != "" {
			s.say("%s: %s", s.plan.header[s.plan.column[f]], said)
		}
	}
	return nil
}

// columnSum adds up a column of plain counts.
type columnSum struct {
	total int64
	seen  int  // cells with a figure
	odd   bool // a cell that is no plain figure
}

// lastRow is the last row read, with the sums of the rows before it.
type lastRow struct {
	line     int
	undated  bool
	matches  int // columns whose sum it states
	differs  bool
	complete bool // the file was read to its end
}

// addUp compares a row with the sums so far and then adds it to them.
func (s *survey) addUp(r *record) {
	s.last = lastRow{line: r.line}
	if c := s.plan.column[Date]; c >= 0 {
		_, is := s.plan.dates[Date].parse(r.cell(c))
		s.last.undated = isBlank(r.cell(c)) || is.found() && !hasDigit(string(r.cell(c)))
	}
	for _, f := range tollFields {
		c := s.plan.column[f]
		if c < 0 || isBlank(r.cell(c)) {
			continue
		}
		cell := r.cell(c)
		if s.plan.sentinel(f, bytes.TrimSpace(cell)) {
			continue
		}
		ok := true
		if s.plan.mark != "" {
			cell, ok = unmark(cell, s.plan.mark)
		}
		count, is := parseCount(cell)
		sum := &s.sums[f]
		if !ok || is.found() || !count.BestStated() {
			sum.odd = true
			continue
		}
		switch {
		case sum.odd: // a column with "4–7" in it has no plain sum to compare with
		case sum.total != count.Best:
			s.last.differs = true
		case sum.seen >= 2 && count.Best > 0: // the sum of one figure, or of noughts, says nothing
			s.last.matches++
		}
		sum.seen++
		if sum.total < 1<<61 {
			sum.total += count.Best
		}
	}
}

// decideTotals finds a last row that states no date, and for every count the sum
// of its column.
func (s *survey) decideTotals() {
	if s.last.complete && s.last.undated && s.last.matches > 0 && !s.last.differs {
		s.l.TotalsLine = s.last.line
		s.say("the last row, on line %d, adds up the columns above it; it is no incident", s.last.line)
	}
}
