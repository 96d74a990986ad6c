package record

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"toll/data"
)

// clean returns the text of a coded cell: without white space around it, with
// one space for every run of white space within it, line ends among them, and in
// normal form C, so that one name typed two ways is one name. The spelling stays.
// The result is cell itself where there is nothing to do, or dst's memory.
func clean(dst, cell []byte) []byte {
	if isClean(cell) {
		return cell
	}
	dst = dst[:0]
	gap := false
	for i := 0; i < len(cell); {
		r, n := utf8.DecodeRune(cell[i:])
		switch {
		case unicode.IsSpace(r):
			gap = len(dst) > 0
		default:
			if gap {
				dst = append(dst, ' ')
				gap = false
			}
			dst = append(dst, cell[i:i+n]...)
		}
		i += n
	}
	if norm.NFC.IsNormal(dst) {
		return dst
	}
	return norm.NFC.Bytes(dst)
}

// isClean reports whether an ASCII cell has single spaces between words and none
// around them.
func isClean(s []byte) bool {
	space := true // a space here would be the first or a second one
	for _, c := range s {
		if c >= utf8.RuneSelf || c < ' ' {
			return false
		}
		if c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return len(s) == 0 || !space
}

// prose returns the text of a cell that is kept for people: trimmed, in normal
// form C, with LF for every line end.
func prose(cell []byte) []byte {
	s := bytes.ReplaceAll(bytes.TrimSpace(cell), []byte("\r\n"), []byte("\n"))
	if norm.NFC.IsNormal(s) {
		return s
	}
	return norm.NFC.Bytes(s)
}

// coded is a text column under construction: its dictionary, and the codes of
// the spellings as they stand in the file, so that each is cleaned once.
type coded struct {
	dict    *data.Dict
	seen    map[string]uint32
	scratch []byte
}

func newCoded(d *data.Dict) coded { return coded{dict: d, seen: map[string]uint32{}} }

func (c *coded) code(cell []byte) uint32 {
	if len(cell) == 0 {
		return 0
	}
	if code, ok := c.seen[string(cell)]; ok {
		return code
	}
	raw := string(cell)
	name := raw
	if !isClean(cell) {
		c.scratch = clean(c.scratch, cell)
		name = string(c.scratch)
	}
	code := c.dict.Code(name)
	c.seen[raw] = code
	return code
}
