package record

import (
	"encoding/binary"

	"toll/data"
)

// quickText is a coded column.
type quickText struct {
	c        data.Column
	f        Field
	at       int
	dict     *data.Dict
	plain    bool      // a cell is its own name, once that is clean
	known    spellings // of the other cells
	restrict bool      // it is read only where a condition is met
	near     nearby
}

// nearby are the codes of short raw cells that come again and again: a table that
// is looked up by the cell's own bytes, as words, so that no byte is compared one
// after the other and nothing is read but one entry.
type nearby struct {
	slots  *[nearSlots]uint16 // number of an entry, from 1
	cells  []nearCell
	misses int
	off    bool // too few of the column's cells come again
}

type nearCell struct {
	words [4]uint64
	n     uint32
	code  uint32
}

const (
	nearLength = 32      // bytes of the longest cell it takes
	nearSlots  = 1 << 12 // a quarter of them is used
	nearMisses = 1 << 14
)

// nearMask has, by the length of a cell, what of its four words is the cell's.
var nearMask = func() (m [nearLength + 1][4]uint64) {
	for n := range m {
		for k := range m[n] {
			if in := n - 8*k; in >= 8 {
				m[n][k] = ^uint64(0)
			} else if in > 0 {
				m[n][k] = 1<<(8*in) - 1
			}
		}
	}
	return m
}()

// wordsOf returns a cell of up to nearLength bytes as words; behind it there must
// be bytes to load.
func wordsOf(buf []byte, at, n int) (x [4]uint64) {
	b, m := buf[at:at+nearLength:at+nearLength], &nearMask[n]
	x[0] = binary.LittleEndian.Uint64(b) & m[0]
	x[1] = binary.LittleEndian.Uint64(b[8:]) & m[1]
	x[2] = binary.LittleEndian.Uint64(b[16:]) & m[2]
	x[3] = binary.LittleEndian.Uint64(b[24:]) & m[3]
	return x
}

// slotOf returns where the search for a cell begins.
func slotOf(x *[4]uint64) uint32 {
	h := x[0]*0x9E3779B97F4A7C15 + x[1]*0xD6E8FEB86659FD93 + x[2]*0xA0761D6478BD642F + x[3]*0xE7037ED1A0B428DB
	h = (h ^ h>>32) * 0x9E3779B97F4A7C15
	return uint32(h >> 52)
}

func (t *nearby) find(x *[4]uint64, n int) (uint32, bool) {
	for i := slotOf(x); ; i++ {
		k := int(t.slots[i%nearSlots]) - 1
		if uint(k) >= uint(len(t.cells)) {
			return 0, false
		}
		e := &t.cells[k]
		if (e.words[0]^x[0])|(e.words[1]^x[1])|(e.words[2]^x[2])|(e.words[3]^x[3])|uint64(e.n^uint32(n)) == 0 {
			return e.code, true
		}
	}
}

// add remembers a cell that find does not know.
func (t *nearby) add(x *[4]uint64, n int, code uint32) {
	if len(t.cells) >= nearSlots/4 {
		return
	}
	t.cells = append(t.cells, nearCell{*x, uint32(n), code})
	i := slotOf(x)
	for t.slots[i%nearSlots] != 0 {
		i++
	}
	t.slots[i%nearSlots] = uint16(len(t.cells))
}

// codes writes the codes of a text column of the records from one on.
func (q *quick) codes(t *quickText, from int, out []uint32) {
	buf, s, near := q.w.buf, &q.w.rows, &t.near
	if near.slots == nil {
		near.slots = new([nearSlots]uint16)
	}
	if near.off || t.restrict {
		for i := range out {
			raw := s.raw(buf, from+i, t.at)
			if t.restrict && !q.met(from+i, q.plan.onlyIf[t.f]) {
				raw = nil
			}
			out[i], _ = q.code(t, raw)
		}
		return
	}
	cut, stride, last := s.cut[from*s.stride+t.at:], s.stride, t.at == s.columns-1
	for i := range out {
		c := cut[i*stride:][:2]
		at, n := int(c[0]), int(c[1]-c[0])-1
		if last && n > 0 && buf[at+n-1] == '\r' {
			n--
		}
		if n > nearLength {
			out[i], _ = q.code(t, buf[at:at+n])
			continue
		}
		x := wordsOf(buf, at, n)
		code, ok := near.find(&x, n)
		if !ok {
			code = q.meet(t, &x, buf[at:at+n])
		}
		out[i] = code
	}
}

// meet returns the code of a short cell that is not nearby, and remembers it.
func (q *quick) meet(t *quickText, x *[4]uint64, raw []byte) uint32 {
	code, keep := q.code(t, raw)
	if keep {
		t.near.add(x, len(raw), code)
	}
	t.near.misses++
	t.near.off = t.near.misses > nearMisses
	return code
}

// code returns the code of a raw cell of a text column, and whether it will be the
// same for every such cell. Most cells need no cleaning and are names themselves,
// which the dictionary has or takes; the others are remembered as they stand in
// the file. A name that begins with a quote is never such a cell: that would be a
// cell in quotes.
func (q *quick) code(t *quickText, raw []byte) (code uint32, same bool) {
	if len(raw) == 0 && q.plan.values[t.f] == nil {
		return 0, true
	}
	h := data.HashText(raw)
	own := t.plain && raw[0] != '"'
	if own {
		if code, ok := t.dict.Find(h, raw); ok {
			return code, true
		}
	}
	if code, ok := t.known.find(h, raw); ok {
		return code, true
	}
	if own && isClean(raw) {
		return t.dict.CodeBytes(h, raw), true
	}
	before := q.d.replacements
	code = q.d.codeIn(int(t.c), t.f, q.text(raw))
	if q.d.replacements != before { // each replacement is counted
		return code, false
	}
	t.known.add(h, raw, code)
	return code, true
}
