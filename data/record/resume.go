package record

import (
	"bytes"
	"errors"
	"io"
)

// A quote that is never closed, or that a quote of another record closes, makes
// one cell of all the records between. Where the lines behind the quote's own are
// plainly records by themselves, that one line is given up and the reading goes on
// with the next. docs/codebook.md has the rule.
const (
	trialRecords = 16        // records behind the line that are looked at
	trialBytes   = 256 << 10 // and bytes; a record that these cut is not looked at
)

// What a scanner's mark is where it is no place.
const (
	noMark  = -1 // there is no second line yet
	givenUp = -2 // what is behind the line is not plainly records
)

// sighted notes where the line behind a cell's first line begins, once the n
// bytes before pos have passed it.
func (s *scanner) sighted(open position, n int) {
	if s.mark == noMark && s.whole != nil && s.line > open.line {
		from := s.pos - n
		s.mark = s.base + int64(from+bytes.IndexByte(s.buf[from:s.pos], '\n')+1)
	}
}

// hold keeps what the buffer has from the mark on, while it may have to be read
// again.
func (s *scanner) hold() {
	before := len(s.held)
	s.held = append(s.held, s.buf[max(0, s.mark-s.base):s.end]...)
	if before < trialBytes && len(s.held) >= trialBytes && !s.recordsAhead(s.held[:trialBytes]) {
		s.mark, s.held = givenUp, s.held[:0]
	}
}

// resume gives up the line that the quoted cell at open begins on, and goes back
// to the line behind it. It reports false, and has changed nothing, where that
// line is not plainly the beginning of a record. Start is where the cell begins in
// r.buf.
//
// What the cell hides holds quotes in pairs only, for a single one would have
// closed it. Read again, such a pair opens and closes on one line; no byte is
// therefore hidden twice, and the time taken is in proportion to the file.
func (s *scanner) resume(r *record, start int, open position) bool {
	if s.mark < 0 {
		return false
	}
	ahead := s.hidden()
	if s.err != nil && !errors.Is(s.err, io.EOF) || !s.recordsAhead(ahead) {
		return false
	}
	s.pos, s.line, s.lineStart = int(s.mark-s.base), open.line+1, s.mark
	s.mark = noMark
	r.buf = r.buf[:start+bytes.IndexByte(r.buf[start:], '\n')]
	r.dropCR(start)
	r.blame(runawayQuote, open)
	r.last = open.line
	return true
}

// hidden returns the text from the mark on, up to the end of the line at pos or
// so far as it is looked at. The buffer then holds it.
func (s *scanner) hidden() []byte {
	for {
		from := s.mark - s.base
		if from >= 0 && len(s.held) == 0 {
			ahead := s.buf[from:s.end]
			at := s.pos - int(from)
			if i := bytes.IndexByte(ahead[at:], '\n'); i >= 0 && at+i+1 <= trialBytes {
				return ahead[:at+i+1]
			}
			if len(ahead) >= trialBytes {
				return ahead[:trialBytes]
			}
			if s.err != nil {
				return ahead
			}
		}
		s.regather()
	}
}

// regather puts what was held of the cell and the rest of the buffer into one
// buffer, with more of the file behind it. The scanner's own comes back once that
// is used up.
func (s *scanner) regather() {
	from := int(max(0, s.mark-s.base))
	size := len(s.held) + s.end - from
	b := make([]byte, size+len(s.buf[:min(len(s.buf), 64<<10)]))
	n := copy(b, s.held)
	copy(b[n:], s.buf[from:s.end])
	if s.own == nil {
		s.own = s.buf
	}
	s.buf, s.pos, s.end, s.base = b, n+s.pos-from, size, s.mark
	s.held = s.held[:0]
	if s.err == nil {
		s.fill()
	}
}

// recordsAhead reports whether a text is plainly one of records: each of the
// first of them is sound and whole. The last may have a cell of several lines
// that the text does not see the end of, if there is another before it.
func (s *scanner) recordsAhead(text []byte) bool {
	t := scanner{name: s.name, delim: s.delim, buf: text, end: len(text), err: io.EOF, line: 1, mark: noMark}
	n := 0
	for range trialRecords {
		if t.pos == t.end {
			break
		}
		if t.next(&s.trial) != nil {
			return false
		}
		cut := t.pos == t.end && len(text) == trialBytes
		if n > 0 && (cut || s.trial.fault == openQuote) {
			break
		}
		if s.trial.blank() && s.trial.fault == sound {
			continue
		}
		if s.trial.fault != sound || !s.whole(&s.trial) {
			return false
		}
		n++
	}
	return n > 0
}

// looksWhole reports whether a record has what every record of the file has: a
// cell for each column of the header, of text, and a number in that of the date.
func (p *plan) looksWhole(r *record) bool {
	if r.len() != len(p.header) || r.len() < 2 || r.notText() >= 0 {
		return false
	}
	c := p.column[Date]
	return c < 0 || p.split.on() || hasDigit(string(r.cell(c)))
}
