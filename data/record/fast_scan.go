package record

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// tokens are where the cells of one record lie in a buffer. Cell j is raw, in
// its quotes if it has any, at cut[j] up to cut[j+1]-1.
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

// raw returns the raw cell of a column.
func (t *tokens) raw(buf []byte, column int) []byte { return buf[t.cut[column] : t.cut[column+1]-1] }

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
				cut[j+1] = int32(end + 1)
				return end + 2, true
			}
		} else {
			for {
				x := binary.LittleEndian.Uint64(buf[end:])
				m := zeros(x^every) | zeros(x^newlines) | zeros(x^quotes)
				if m != 0 {
					end += bits.TrailingZeros64(m) >> 3
					break
				}
				end += 8
			}
		}
		if j == last {
			if buf[end] != '\n' || end >= n {
				return 0, false
			}
			next := end + 1
			if end > pos && buf[end-1] == '\r' && buf[pos] != '"' {
				end--
			}
			cut[j+1] = int32(end + 1)
			return next, true
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

var newline = []byte{'\n'}

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
			x := binary.LittleEndian.Uint64(s) | binary.LittleEndian.Uint64(s[8:]) |
				binary.LittleEndian.Uint64(s[16:]) | binary.LittleEndian.Uint64(s[24:])
			if x&highBits != 0 {
				break
			}
			s = s[32:]
		}
		for len(s) > 0 && s[0] < utf8.RuneSelf {
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
