package record

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// tokens are where the cells of one record lie in a buffer. Cell j is raw, in
// its quotes if it has any, at cut[j] up to cut[j+1]-1; a carriage return at the
// end of the line may follow in the last.
type tokens struct {
	cut   []int32
	lines int // line ends within the record's cells
	delim byte
	every uint64 // the delimiter in each byte of a word
}

func newTokens(columns int, delim byte) tokens {
	return tokens{cut: make([]int32, columns+1), delim: delim, every: lowBits * uint64(delim)}
}

// A byte of a word is zero where zeros has its high bit set; above the lowest
// such byte there may be false ones.
const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
	newlines = lowBits * '\n'
	quotes   = lowBits * '"'
)

func zeros(x uint64) uint64 { return (x - lowBits) &^ x & highBits }

// scan cuts the record at pos into cells and returns where the next one begins.
// It is false for whatever is not plainly a sound record of the right number of
// cells that ends with a line end before n. Behind n there must be line ends to
// load words from.
func (t *tokens) scan(buf []byte, pos, n int) (int, bool) {
	t.lines = 0
	cut, every := t.cut, t.every
	last := len(cut) - 2
	cut[0] = int32(pos)
	for j := 0; ; j++ {
		end := pos
		if buf[pos] == '"' {
			end = t.quoted(buf, pos, n)
			if end < 0 {
				return 0, false
			}
			if c := buf[end]; c != t.delim && c != '\n' {
				if c != '\r' || buf[end+1] != '\n' || j != last || end+1 >= n {
					return 0, false
				}
				cut[j+1] = int32(end + 2)
				return end + 2, true
			}
		} else {
			// Two words at a time, and no branch on which of them ends the cell:
			// lengths of cells follow no pattern that could be predicted.
			for {
				w := buf[end : end+16 : end+16]
				x, y := binary.LittleEndian.Uint64(w), binary.LittleEndian.Uint64(w[8:])
				m := zeros(x^every) | zeros(x^newlines) | zeros(x^quotes)
				k := zeros(y^every) | zeros(y^newlines) | zeros(y^quotes)
				n := bits.TrailingZeros64(m)
				second := n >> 6 // 1 where the first word has none
				n += bits.TrailingZeros64(k) & -second
				end += n >> 3
				if n < 128 {
					break
				}
			}
		}
		if j == last {
			if buf[end] != '\n' || end >= n {
				return 0, false
			}
			cut[j+1] = int32(end + 1)
			return end + 1, true
		}
		if buf[end] != t.delim {
			return 0, false
		}
		pos = end + 1
		cut[j+1] = int32(pos)
	}
}

// quoted returns where the quoted cell at pos ends, behind its closing quote, or
// -1 if that is not before n.
func (t *tokens) quoted(buf []byte, pos, n int) int {
	i := pos + 1
	for {
		k := bytes.IndexByte(buf[i:n], '"')
		if k < 0 {
			return -1
		}
		i += k + 1
		if i >= n {
			return -1
		}
		if buf[i] != '"' {
			break
		}
		i++
	}
	t.lines += bytes.Count(buf[pos:i], newline)
	return i
}

var newline, quoteMark = []byte{'\n'}, []byte{'"'}

// unquote returns the text of a raw cell; dst is used where quotes are doubled.
func unquote(dst, raw []byte) []byte {
	if len(raw) < 2 || raw[0] != '"' {
		return raw
	}
	raw = raw[1 : len(raw)-1]
	if bytes.IndexByte(raw, '"') < 0 {
		return raw
	}
	dst = dst[:0]
	for {
		i := bytes.IndexByte(raw, '"')
		if i < 0 {
			return append(dst, raw...)
		}
		dst = append(dst, raw[:i+1]...)
		raw = raw[i+2:] // a quote within a quoted cell is doubled
	}
}

// isUTF8 is utf8.Valid for text that is mostly, but not wholly, ASCII.
func isUTF8(s []byte) bool {
	for {
		for len(s) >= 32 {
			w := s[:32:32]
			x := binary.LittleEndian.Uint64(w) | binary.LittleEndian.Uint64(w[8:]) |
				binary.LittleEndian.Uint64(w[16:]) | binary.LittleEndian.Uint64(w[24:])
			if x&highBits != 0 {
				break
			}
			s = s[32:]
		}
		for len(s) >= 8 {
			x := binary.LittleEndian.Uint64(s) & highBits
			if x != 0 {
				s = s[bits.TrailingZeros64(x)>>3:]
				break
			}
			s = s[8:]
		}
		for len(s) > 0 && len(s) < 8 && s[0] < utf8.RuneSelf {
			s = s[1:]
		}
		for len(s) > 0 && s[0] >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(s)
			if r == utf8.RuneError && n == 1 {
				return false
			}
			s = s[n:]
		}
		if len(s) == 0 {
			return true
		}
	}
}
