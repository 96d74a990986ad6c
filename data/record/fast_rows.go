package record

import "bytes"

// stretch are records that follow one another and are cut into cells, each into
// the right number.
type stretch struct {
	columns int
	stride  int     // from a record's first place in cut to the next one's
	cut     []int32 // cell c of record r lies, in its quotes if it has any, at cut[r*stride+c] up to cut[r*stride+c+1]-1
	lines   []int32 // where the records begin
	own     []int32 // where cut lies unless the index has it
}

// mostRows is how many records are decoded at a time: a column of them, and all
// that is made of it, stays in the processor's nearest cache.
const mostRows = 128

// span returns where the raw cell of a column lies. The carriage return of a line
// end belongs to no cell.
func (s *stretch) span(buf []byte, r, column int) (from, to int) {
	i := r*s.stride + column
	from, to = int(s.cut[i]), int(s.cut[i+1])-1
	if column == s.columns-1 && to > from && buf[to-1] == '\r' {
		to--
	}
	return from, to
}

// raw returns the raw cell of a column.
func (s *stretch) raw(buf []byte, r, column int) []byte {
	from, to := s.span(buf, r, column)
	return buf[from:to]
}

// clear makes room for records that the tokenizer cuts.
func (s *stretch) clear() {
	s.stride = s.columns + 1
	s.own, s.lines = s.own[:0], s.lines[:0]
}

// parseIndexed reads the records that the index has; what it has not, or not as a
// sound record, is left to parse. The chunk begins in the line given, and some
// record in it.
func (w *fastWorker) parseIndexed(own, line int) (proven, error) {
	x, s := &w.index, &w.rows
	w.at, w.line, w.nul = x.begins(), line+int(x.rows[0].line), x.nul
	text := !x.nul && x.isText(w.buf, w.at, int(x.ends[x.rows[len(x.rows)-1].end]))
	for r := 0; r+1 < len(x.rows) && w.at < own; {
		first := r
		s.lines = s.lines[:0]
		for ; r+1 < len(x.rows); r++ {
			m, next := x.rows[r], x.rows[r+1]
			at, end := int(x.ends[m.end]), int(x.ends[next.end])
			if at >= own || int(next.end-m.end) != s.columns || end > x.good || s.columns == 1 && w.isBlank(at, end) || !text && !w.isText(at, end) {
				break
			}
			s.lines = append(s.lines, int32(line)+m.line)
		}
		if r > first {
			s.stride, s.cut = s.columns, x.ends[x.rows[first].end:x.rows[r].end+1]
			w.decodeRows(r - first)
		}
		m, last := x.rows[r], r+1 == len(x.rows)
		w.at, w.line = int(x.ends[m.end]), line+int(m.line)
		if last || w.at >= own {
			break
		}
		end := int(x.ends[x.rows[r+1].end])
		if end > x.good {
			break
		}
		if w.isBlank(w.at, end) {
			w.blank(end - w.at)
			r++
			continue
		}
		if err := w.odd(); err != nil {
			return proven{}, err
		}
		if w.at != end {
			return w.parse(w.at, own, w.line)
		}
		r++
	}
	if w.at < own {
		return w.parse(w.at, own, w.line)
	}
	return w.here(w.line), nil
}

// isBlank reports whether there is nothing but a line end.
func (w *fastWorker) isBlank(from, to int) bool {
	return to-from == 1 || to-from == 2 && w.buf[from] == '\r'
}

// parse reads the records that begin from at on and before own, cutting one after
// the other. It returns where the next record begins.
func (w *fastWorker) parse(at, own, line int) (proven, error) {
	s := &w.rows
	w.at, w.line, w.nul = at, line, bytes.IndexByte(w.buf[at:w.n], 0) >= 0
	for w.at < own {
		s.clear()
		next, ok := 0, false
		for at, line = w.at, w.line; at < own && len(s.lines) < mostRows && !w.blankAt(at); at, line = next, line+1+w.tokens.lines {
			if next, ok = w.tokens.scan(w.buf, at, w.n); !ok || !w.isText(at, next) {
				break
			}
			s.own, s.lines = append(s.own, w.tokens.cut...), append(s.lines, int32(line))
		}
		s.cut = s.own
		w.decodeRows(len(s.lines))
		w.at, w.line = at, line
		switch {
		case at >= own || len(s.lines) == mostRows:
		case w.blankAt(at):
			w.blank(1 + b2i(w.buf[at] == '\r'))
		default:
			if err := w.odd(); err != nil {
				return proven{}, err
			}
		}
	}
	return w.here(w.line), nil
}

// blankAt reports whether a blank line begins at a place.
func (w *fastWorker) blankAt(at int) bool {
	return w.buf[at] == '\n' || w.buf[at] == '\r' && w.buf[at+1] == '\n' && at+1 < w.n
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// isText reports whether a record is UTF-8 without NUL. Separators and quotes are
// ASCII, so the record is text if its cells are.
func (w *fastWorker) isText(from, to int) bool {
	r := w.buf[from:to]
	return isUTF8(r) && !(w.nul && bytes.IndexByte(r, 0) >= 0)
}

// decodeRows takes the first n records of w.rows. Those that hold something
// unusual are decoded one by one, as Read does; where there was one, the next
// ones are tried a few at a time.
func (w *fastWorker) decodeRows(n int) {
	w.ledger.Read += int64(n)
	for from, most := 0, mostRows; from < n; most = min(2*most, mostRows) {
		k := min(most, n-from)
		plain := w.quick.rows(from, from+k)
		w.ledger.Accepted += int64(plain)
		if from += plain; plain == k {
			continue
		}
		w.at, w.line = int(w.rows.cut[from*w.rows.stride]), int(w.rows.lines[from])
		w.scanned = false
		w.whole()
		from, most = from+1, 1
	}
}

// blank takes a line that is blank, of so many bytes.
func (w *fastWorker) blank(n int) {
	w.ledger.Read++
	w.ledger.Blank++
	w.at += n
	w.line++
}
