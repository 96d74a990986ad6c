package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// The limits of a table. What exceeds them is not incident data: it is most
// often a quote that is never closed, which would hide every record after it.
const (
	maxField   = 1 << 20  // bytes in one field
	maxRecord  = 16 << 20 // bytes in one record
	maxColumns = 4096
)

// position is a place in the file: the one-based physical line and the one-based
// byte column within it. A byte order mark takes no column.
type position struct{ line, col int }

// fault is what is wrong with the quoting of a record.
type fault uint8

const (
	sound        fault = iota
	strayQuote         // a quote within a plain field, or text after a closing quote
	openQuote          // a quote that the end of the file finds open
	runawayQuote       // a quote that is not closed before other records begin
)

// record is one raw record: its fields without their quotes and where they start.
type record struct {
	buf  []byte     // the fields, back to back
	ends []int      // where each ends in buf
	at   []position // where each starts in the file
	line int        // physical line of the first byte
	last int        // physical line of the last byte

	fault      fault
	faultField int      // the field the fault is in
	faultAt    position // the quote or text at fault
}

func (r *record) reset(line int) {
	*r = record{buf: r.buf[:0], ends: r.ends[:0], at: r.at[:0], line: line, last: line}
}

func (r *record) len() int { return len(r.ends) }

// cell returns field i without its quotes. It is valid until the next reset.
func (r *record) cell(i int) []byte {
	from := 0
	if i > 0 {
		from = r.ends[i-1]
	}
	return r.buf[from:r.ends[i]]
}

func (r *record) blame(f fault, at position) {
	if r.fault == sound {
		r.fault, r.faultField, r.faultAt = f, len(r.ends), at
	}
}

// blank reports whether no cell of the record holds anything but white space.
func (r *record) blank() bool { return len(bytes.TrimSpace(r.buf)) == 0 }

// notText returns the first field that holds a NUL or is not UTF-8, or -1. The
// fields are looked at one by one: two halves of a character in two cells are
// not a character.
func (r *record) notText() int {
	for i := range r.ends {
		if c := r.cell(i); !utf8.Valid(c) || bytes.IndexByte(c, 0) >= 0 {
			return i
		}
	}
	return -1
}

// scanner cuts a file into records by RFC 4180: fields are separated by one
// byte, records by LF or CRLF, and a field that begins with a quote runs to the
// matching quote, whatever it contains. After a quoting fault the record still
// ends at the next line end outside quotes, so that one bad record costs one.
type scanner struct {
	name  string
	r     io.Reader
	delim byte

	buf      []byte
	pos, end int
	base     int64 // offset of buf[0] within the text after the byte order mark
	err      error // io.EOF once the input has ended

	line      int
	lineStart int64 // offset of the first byte of line

	// A quoted cell of several lines may turn out to hide records.
	whole func(*record) bool // what a record of the file looks like; nil to look for none
	mark  int64              // offset of the cell's second line; noMark, or givenUp
	held  []byte             // what was in the buffer before, from mark on
	own   []byte             // the buffer, while buf is another
	trial record
}

func newScanner(name string, r io.Reader, delim byte) *scanner {
	return &scanner{name: name, r: r, delim: delim, buf: make([]byte, 64<<10), line: 1, mark: noMark}
}

// more reports whether there is a byte at pos, reading on if need be.
func (s *scanner) more() bool {
	for s.pos == s.end {
		if s.err != nil {
			return false
		}
		if s.mark >= 0 {
			s.hold()
		}
		if s.own != nil {
			s.buf, s.own = s.own, nil
		}
		s.base += int64(s.end)
		s.pos, s.end = 0, 0
		s.fill()
	}
	return true
}

// fill reads behind end until there is something or nothing more to come.
func (s *scanner) fill() {
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += max(0, min(n, len(s.buf)-s.end))
		s.err = err
		if n > 0 || err != nil {
			return
		}
	}
	s.err = io.ErrNoProgress
}

func (s *scanner) here() position {
	return position{line: s.line, col: int(s.base + int64(s.pos) - s.lineStart + 1)}
}

// advance steps over n bytes of the buffer, counting the lines in them.
func (s *scanner) advance(n int) {
	over := s.buf[s.pos : s.pos+n]
	if k := bytes.Count(over, []byte{'\n'}); k > 0 {
		s.line += k
		s.lineStart = s.base + int64(s.pos+bytes.LastIndexByte(over, '\n')+1)
	}
	s.pos += n
}

// next reads one record into r. It returns io.EOF after the last one, or an
// *InputError when the input cannot be read or breaks a limit.
func (s *scanner) next(r *record) error {
	if !s.more() {
		return s.ended()
	}
	r.reset(s.line)
	for more := true; more; {
		if r.len() == maxColumns {
			return s.refuse(r.at[0], "too-many-columns", fmt.Sprintf("this record has more than %d cells", maxColumns))
		}
		r.at = append(r.at, s.here())
		var err error
		if s.more() && s.buf[s.pos] == '"' {
			more, err = s.quoted(r)
		} else {
			more, err = s.plain(r)
		}
		if err != nil {
			return err
		}
		r.ends = append(r.ends, len(r.buf))
	}
	if s.err != nil && !errors.Is(s.err, io.EOF) && s.pos == s.end {
		return s.ended()
	}
	return nil
}

// plain reads a field without quotes and reports whether another one follows.
func (s *scanner) plain(r *record) (bool, error) {
	start := len(r.buf)
	for s.more() {
		rest := s.buf[s.pos:s.end]
		i := 0
		for i < len(rest) && rest[i] != s.delim && rest[i] != '\n' && rest[i] != '"' {
			i++
		}
		r.buf = append(r.buf, rest[:i]...)
		s.pos += i
		if err := s.within(r, start); err != nil {
			return false, err
		}
		if i == len(rest) {
			continue
		}
		switch rest[i] {
		case s.delim:
			s.pos++
			return true, nil
		case '\n':
			r.dropCR(start)
			r.last = s.line
			s.advance(1)
			return false, nil
		}
		r.blame(strayQuote, s.here())
		r.buf = append(r.buf, '"')
		s.pos++
	}
	r.dropCR(start)
	r.last = s.line
	return false, nil
}

// dropCR removes the CR of a CRLF from the last field.
func (r *record) dropCR(start int) {
	if n := len(r.buf); n > start && r.buf[n-1] == '\r' {
		r.buf = r.buf[:n-1]
	}
}

// quoted reads a field in quotes and reports whether another one follows.
func (s *scanner) quoted(r *record) (bool, error) {
	s.mark, s.held = noMark, s.held[:0]
	more, err := s.inQuotes(r, len(r.buf), s.here())
	s.mark = noMark
	return more, err
}

// inQuotes reads the quoted field that opens here and begins at start of r.buf.
func (s *scanner) inQuotes(r *record, start int, open position) (bool, error) {
	s.pos++
	for s.more() {
		rest := s.buf[s.pos:s.end]
		i := bytes.IndexByte(rest, '"')
		n := i
		if i < 0 {
			n = len(rest)
		}
		r.buf = append(r.buf, rest[:n]...)
		s.advance(n)
		s.sighted(open, n)
		if err := s.within(r, start); err != nil {
			// Half the limit is more than is looked at, however the text came in.
			if k := bytes.IndexByte(r.buf[start:], '\n'); k >= 0 && k < maxField/2 && s.resume(r, start, open) {
				return false, nil
			}
			return false, err
		}
		if i < 0 {
			continue
		}
		s.pos++
		if !s.more() || s.buf[s.pos] != '"' {
			return s.closed(r, start, open), nil
		}
		r.buf = append(r.buf, '"')
		s.pos++
	}
	if s.resume(r, start, open) {
		return false, nil
	}
	r.blame(openQuote, open)
	r.last = s.line
	if s.here().col == 1 {
		r.last-- // the line end before it was the last byte
	}
	return false, nil
}

// closed finishes a field after its closing quote and reports whether another
// one follows. Anything else than a separator there means that the quote was not
// meant to close; what follows it is passed over.
func (s *scanner) closed(r *record, start int, open position) bool {
	after := s.here()
	clean := true // nothing but a CR since the quote
	for sawCR := false; s.more(); {
		switch c := s.buf[s.pos]; {
		case c == s.delim:
			if sawCR {
				r.blame(strayQuote, after)
			}
			s.pos++
			return true
		case c == '\n':
			r.last = s.line
			s.advance(1)
			return false
		case c == '\r' && !sawCR:
			sawCR = true
		default:
			if clean && s.resume(r, start, open) {
				return false
			}
			clean = false
			r.blame(strayQuote, after)
		}
		s.pos++
	}
	r.last = s.line
	return false
}

// within checks the limits of the field that begins at start of r.buf.
func (s *scanner) within(r *record, start int) error {
	at := r.at[len(r.at)-1]
	if len(r.buf)-start > maxField {
		return s.refuse(at, "field-too-long", "the cell that begins here is longer than 1 MiB; a quote may be missing")
	}
	if len(r.buf) > maxRecord {
		return s.refuse(r.at[0], "record-too-long", "the record that begins here is longer than 16 MiB")
	}
	return nil
}

func (s *scanner) refuse(at position, code, message string) error {
	return newInputError(s.name, at, code, message, "")
}

// ended returns io.EOF, or what made the input unreadable.
func (s *scanner) ended() error {
	if errors.Is(s.err, io.EOF) {
		return io.EOF
	}
	if in := (*InputError)(nil); errors.As(s.err, &in) {
		return in // of what unpacks the file
	}
	e := newInputError(s.name, s.here(), "unreadable", "reading failed: "+s.err.Error(), "")
	e.Err = s.err
	return e
}
