package record

import (
	"math/bits"
	"unicode/utf8"
)

// marks say of 64 bytes which are delimiters or line ends, which of these are
// line ends, and which are quotes: a bit a byte, the first byte the lowest. The
// assembly of fast_masks_amd64.s knows its layout.
type marks struct {
	sep, line, quote uint64
	before           uint32 // line ends before these bytes
	high             uint32 // not 0 where any of the bytes is not ASCII
}

// markGo says what mark does. Without vector instructions an index is not worth
// its while: cutting one record after the other is faster.
func markGo(buf []byte, ms []marks, delim byte) (nul bool) {
	before := uint32(0)
	for i := range ms {
		m := marks{before: before}
		for j, c := range buf[i*64 : i*64+64] {
			bit := uint64(1) << j
			switch {
			case c == '\n':
				m.line, m.sep = m.line|bit, m.sep|bit
				before++
			case c == delim:
				m.sep |= bit
			case c == '"':
				m.quote |= bit
			case c == 0:
				nul = true
			case c >= utf8.RuneSelf:
				m.high = 1
			}
		}
		ms[i] = m
	}
	return nul
}

// index is where the records and cells of a chunk lie, found for all of it at
// once before any record is decoded. It holds as far as quotes are sound: each
// opens at the beginning of a cell and closes at its end, or is doubled.
type index struct {
	delim byte
	marks []marks
	nul   bool    // there is a NUL somewhere
	ends  []int32 // where each cell ends and the next begins: behind each separator outside quotes
	rows  []int32 // which of ends are behind a line end
	good  int     // where quotes cease to be sound; the length of the chunk where they do not
}

// load marks the first n bytes of a buffer, behind which there are 64 more.
func (x *index) load(buf []byte, n int) {
	blocks := (n + 63) / 64
	if cap(x.marks) < blocks {
		x.marks = make([]marks, blocks)
	}
	x.marks = x.marks[:blocks]
	x.nul = mark(buf, x.marks, x.delim)
	if rest := n % 64; rest != 0 {
		m := &x.marks[blocks-1]
		within := uint64(1)<<rest - 1
		m.sep, m.line, m.quote = m.sep&within, m.line&within, m.quote&within
	}
}

// lines returns how many line ends there are before a place.
func (x *index) lines(at int) int {
	if at>>6 >= len(x.marks) {
		if at == 0 {
			return 0
		}
		m := &x.marks[len(x.marks)-1]
		return int(m.before) + bits.OnesCount64(m.line)
	}
	m := &x.marks[at>>6]
	return int(m.before) + bits.OnesCount64(m.line&(1<<(at&63)-1))
}

// odd reports whether the number of quotes before a place is odd.
func (x *index) odd(at int) bool {
	all := uint64(0)
	whole, rest := at>>6, at&63
	for i := range x.marks[:whole] {
		all ^= x.marks[i].quote
	}
	n := bits.OnesCount64(all)
	if rest != 0 {
		n += bits.OnesCount64(x.marks[whole].quote & (1<<rest - 1))
	}
	return n%2 == 1
}

// ascii reports whether there is surely nothing but ASCII between two places.
func (x *index) ascii(from, to int) bool {
	high := uint32(0)
	for i := from >> 6; i <= (to-1)>>6; i++ {
		high |= x.marks[i].high
	}
	return high == 0
}

// cut finds the cells of the first n bytes. Quoted says whether the first lies
// within quotes, fresh whether a record begins there.
//
// What is wrong with quotes before the first line end is not looked at: it
// belongs to a record of the chunk before.
func (x *index) cut(buf []byte, n int, quoted, fresh bool) {
	x.ends, x.rows, x.good = x.ends[:0], x.rows[:0], n
	inside := uint64(0) // all bits where the block begins within quotes
	if quoted {
		inside = ^uint64(0)
	}
	if fresh {
		x.ends, x.rows = append(x.ends, 0), append(x.rows, 0)
	}
	parted := uint64(1) // the byte before is a separator or a quote
	closed := uint64(0) // the byte before closed a cell, or is the first of two quotes
	for i := range x.marks {
		m := &x.marks[i]
		sep, q := m.sep&^inside, m.quote
		if q|closed != 0 {
			in := parity(q) ^ inside // the opening quote is in, the closing one is not
			sep = m.sep &^ in
			opens, closes := q&in, q&^in
			bad := opens &^ ((sep|q)<<1 | parted)
			bad |= x.strange(buf, n, i*64, (closes<<1|closed)&^(sep|q))
			closed = closes >> 63
			inside = uint64(int64(in) >> 63)
			if len(x.rows) == 0 && bad != 0 {
				bad &= -(sep & m.line & -(sep & m.line)) // from the first line end on
			}
			if bad != 0 {
				x.good = i*64 + bits.TrailingZeros64(bad)
				x.take(sep, m.line, i*64)
				return
			}
		}
		parted = (sep | q) >> 63
		x.take(sep, m.line, i*64)
	}
}

// take enters the separators of a block.
func (x *index) take(sep, line uint64, at int) {
	for ends := line & sep; ends != 0; ends &= ends - 1 {
		x.rows = append(x.rows, int32(len(x.ends)+bits.OnesCount64(sep&(ends&-ends-1))))
	}
	if n := len(x.ends); n+64 > cap(x.ends) {
		grown := make([]int32, n, 2*(n+64))
		copy(grown, x.ends)
		x.ends = grown
	}
	n := len(x.ends)
	to := x.ends[n : n+64]
	k := 0
	for ; sep != 0; sep &= sep - 1 {
		to[k&63] = int32(at + bits.TrailingZeros64(sep) + 1)
		k++
	}
	x.ends = x.ends[:n+k]
}

// strange returns which of the bytes behind a closing quote are not the carriage
// return of a line end.
func (x *index) strange(buf []byte, n, at int, after uint64) (bad uint64) {
	for ; after != 0; after &= after - 1 {
		if i := at + bits.TrailingZeros64(after); i+1 >= n || buf[i] != '\r' || buf[i+1] != '\n' {
			bad |= after & -after
		}
	}
	return bad
}

// parity sets each bit to whether the number of bits up to and with it is odd.
func parity(x uint64) uint64 {
	x ^= x << 1
	x ^= x << 2
	x ^= x << 4
	x ^= x << 8
	x ^= x << 16
	return x ^ x<<32
}

// parseIndexed is parse for the records that the index has; what it has not, or
// not as a sound record, is left to parse. The chunk begins in the line given.
func (w *fastWorker) parseIndexed(at, own, line int) (proven, error) {
	x := &w.index
	w.at, w.line = at, line+x.lines(at)
	columns := int32(len(w.tokens.own) - 1)
	for r := 0; r+1 < len(x.rows) && w.at < own; r++ {
		first, last := x.rows[r], x.rows[r+1]
		next := int(x.ends[last])
		if next > x.good {
			break
		}
		w.scanned = false
		w.line = line + x.lines(w.at)
		switch length := next - w.at; {
		case length == 1:
			w.blank(1)
			continue
		case length == 2 && w.buf[w.at] == '\r':
			w.blank(2)
			continue
		case last-first != columns || !w.isText(next):
			if err := w.odd(); err != nil {
				return proven{}, err
			}
			if w.at != next {
				return w.parse(w.at, own, w.line)
			}
			continue
		}
		w.tokens.take(w.buf, x.ends[first:last+1])
		w.sound()
		w.at = next
	}
	if w.at < own {
		return w.parse(w.at, own, line+x.lines(w.at))
	}
	return w.here(line + x.lines(min(w.at, w.n))), nil
}
