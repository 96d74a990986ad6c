package record

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"hash"
	"io"

	"toll/data"
)

// Cut finds where the first record at or behind each of some places begins, as a
// reader of the whole file finds it. It reads the file once, from its beginning to
// the last place: where a record begins follows from what is before it. The places
// ascend. No mark lies within the header.
func Cut(src File, o Options, places []int64) ([]Mark, error) {
	c, err := newCutter(src, o)
	if err != nil {
		return nil, err
	}
	marks := make([]Mark, 0, len(places))
	for _, place := range places {
		if place = min(max(place, c.header), src.Size); len(marks) > 0 && marks[len(marks)-1].At >= place {
			marks = append(marks, marks[len(marks)-1])
			continue
		}
		if err := c.seek(place); err != nil {
			return nil, err
		}
		m, err := c.mark()
		if err != nil {
			return nil, err
		}
		marks = append(marks, m)
	}
	return marks, nil
}

// cutter goes through a file from the end of its header. While every quote is
// sound, a record ends at a line end outside quotes, and lines and quotes are all
// it looks for. From the record of a quote that is not, it goes on as the reader
// does, until the quotes have been sound for a while.
type cutter struct {
	src    File
	delim  byte
	whole  func(*record) bool // what a record of the file looks like
	header int64              // where the first record begins

	begins int64 // where the record at hand begins
	line   int   // the line it begins on

	sum    hash.Hash
	summed int64 // bytes that sum has
	buf    []byte
	copied []byte
	state  cutState
}

// cutState is where a cutter is among quotes.
type cutState struct {
	quoted, closing, cr bool // within quotes; behind one that closes, or that and a CR
	before              byte // the byte before, outside quotes
	at                  int64
	line                int
	opened              int64 // where the quote at hand opens
}

// soundFor is how many bytes the reader's way must find sound before a cutter
// counts again.
const soundFor = 64 << 10

func newCutter(src File, o Options) (*cutter, error) {
	if !cuttable(o) {
		return nil, ErrNotCuttable
	}
	rd := &reader{options: o, emit: func(*data.Batch) error { return nil }, input: newInput(io.NewSectionReader(src.R, 0, src.Size)),
		diags: newDiagnoses(src.Name), result: &Result{Name: src.Name}}
	rd.options.Dicts = data.NewDicts()
	if err := rd.open(); err != nil {
		return nil, err
	}
	c := &cutter{src: src, delim: rd.options.delimiter(), whole: rd.plan.looksWhole, sum: sha256.New(), buf: make([]byte, 1<<20)}
	c.begin(rd.scan)
	var r record
	if rd.scan.next(&r) == nil && isTags(&r) {
		c.begin(rd.scan) // the first part has the row of tags below the header
	}
	c.header = c.begins
	return c, nil
}

// begin starts at the place of a scanner that has come to the end of a record.
func (c *cutter) begin(s *scanner) {
	c.begins, c.line = s.base+int64(s.pos), s.line
	c.state = cutState{before: '\n', at: c.begins, line: c.line}
}

// seek goes to the first record that begins at or behind a place, or to the end of
// the file.
func (c *cutter) seek(place int64) error {
	for c.begins < place {
		if err := c.add(c.begins, false); err != nil {
			return err
		}
		sound, err := c.count(place)
		if err != nil {
			return err
		}
		if !sound {
			if err := c.scan(place); err != nil {
				return err
			}
		}
	}
	return nil
}

// count passes over one buffer, or up to the first record that begins at or behind
// a place. It reports false where a quote is not sound.
func (c *cutter) count(place int64) (bool, error) {
	s := &c.state
	if s.at == c.src.Size { // within the last record
		if s.quoted {
			return false, nil
		}
		c.begins, c.line = s.at, s.line
		return true, nil
	}
	rest, err := c.read(c.buf, s.at)
	if err != nil {
		return true, err
	}
	for len(rest) > 0 && c.begins < place {
		n, sound := c.step(rest, place)
		if !sound {
			return false, nil
		}
		rest = rest[n:]
	}
	return true, nil
}

// step passes over what is of one kind at the beginning of a text: outside quotes,
// within them, or the byte behind one. It returns how many bytes that is.
func (c *cutter) step(rest []byte, place int64) (n int, sound bool) {
	s := &c.state
	switch {
	case s.closing:
		return 1, c.behind(rest[0])
	case s.quoted:
		n = bytes.IndexByte(rest, '"')
		closing := n >= 0
		if !closing {
			n = len(rest)
		}
		s.line += bytes.Count(rest[:n], []byte{'\n'})
		if s.at += int64(n); s.at-s.opened > maxField/2 {
			return n, false // a limit is near; the reader knows what becomes of it
		}
		if closing {
			s.closing = true
			s.at++
			n++
		}
		return n, true
	}
	n = bytes.IndexByte(rest, '"')
	opening := n >= 0
	if !opening {
		n = len(rest)
	}
	if from := max(0, place-1-s.at); from < int64(n) {
		if i := bytes.IndexByte(rest[from:n], '\n'); i >= 0 {
			n, opening = int(from)+i+1, false
		}
	}
	if n > 0 {
		s.line += bytes.Count(rest[:n], []byte{'\n'})
		if i := bytes.LastIndexByte(rest[:n], '\n'); i >= 0 {
			c.begins, c.line = s.at+int64(i)+1, s.line
		}
		s.before = rest[n-1]
		s.at += int64(n)
	}
	if opening {
		if s.before != c.delim && s.before != '\n' {
			return n, false
		}
		s.quoted, s.opened = true, s.at
		s.at++
		n++
	}
	return n, true
}

// behind looks at the byte behind a quote within quotes: another one, which stands
// for the sign, or what ends the cell.
func (c *cutter) behind(b byte) bool {
	s := &c.state
	s.at++
	switch {
	case b == '\n':
		s.line++
		c.begins, c.line = s.at, s.line
		s.quoted, s.closing, s.cr, s.before = false, false, false, b
	case s.cr:
		return false
	case b == '"':
		s.closing = false
	case b == c.delim:
		s.quoted, s.closing, s.before = false, false, b
	case b == '\r':
		s.cr = true
	default:
		return false
	}
	return true
}

// scan goes on from the record at hand as the reader does.
func (c *cutter) scan(place int64) error {
	s := newScanner(c.src.Name, io.NewSectionReader(c.src.R, c.begins, c.src.Size-c.begins), c.delim)
	s.base, s.line, s.lineStart, s.whole = c.begins, c.line, c.begins, c.whole
	var r record
	for since := c.begins; ; {
		err := s.next(&r)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		c.begin(s)
		if r.fault != sound {
			since = c.begins
		}
		if err != nil || c.begins >= place || c.begins-since > soundFor {
			return nil
		}
		if err := c.add(c.begins, false); err != nil {
			return err
		}
	}
}

// read returns the bytes of the file from a place on, as many as dst takes.
func (c *cutter) read(dst []byte, at int64) ([]byte, error) {
	n, err := c.src.R.ReadAt(dst[:min(int64(len(dst)), c.src.Size-at)], at)
	if n == 0 && at < c.src.Size {
		return nil, cutError(c.src.Name, err)
	}
	return dst[:n], nil
}

// add takes the bytes before a place, where a record begins, into the sum: now, or
// once they are many.
func (c *cutter) add(to int64, now bool) error {
	if !now && to-c.summed < int64(len(c.buf)) {
		return nil
	}
	if c.copied == nil {
		c.copied = make([]byte, len(c.buf))
	}
	for c.summed < to {
		b, err := c.read(c.copied[:min(int64(len(c.copied)), to-c.summed)], c.summed)
		if err != nil {
			return err
		}
		c.sum.Write(b)
		c.summed += int64(len(b))
	}
	return nil
}

// mark returns the mark of where the record at hand begins.
func (c *cutter) mark() (m Mark, err error) {
	if err := c.add(c.begins, true); err != nil {
		return m, err
	}
	m = Mark{At: c.begins, Line: c.line}
	if m.At == c.src.Size {
		c.sum.Sum(m.Sum[:0])
		return m, nil
	}
	m.Sum, err = stateOf(c.sum)
	return m, err
}
