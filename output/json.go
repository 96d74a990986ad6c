package output

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"toll/data"
	"toll/stats"
)

// The writer of the two JSON files. Keys are sorted; an object of plain values
// stands on one line, and every item of an array and every value of an object
// that is keyed by what the data holds has a line of its own, so that a figure
// that changed is one line of a diff.
type (
	object map[string]any // keyed by names of the schema
	lines  map[string]any // keyed by addresses, files or the like
	array  []any
	// literal is a number as it is to be written.
	literal string
	// pairs are lines of which there are too many for a map, sorted by key.
	pairs []pair
	// each is an array whose items are made one at a time, as they are written.
	each struct {
		n  int
		at func(i int) any
	}
)

type pair struct {
	key   string
	value literal
}

// encodeJSON writes a value of the types above, strings, booleans and integers.
func encodeJSON(v any) []byte {
	var b bytes.Buffer
	encodeValue(&b, v, "")
	b.WriteByte('\n')
	return b.Bytes()
}

func encodeValue(b *bytes.Buffer, v any, indent string) {
	switch v := v.(type) {
	case object:
		encodeObject(b, v, isFlat(v), indent)
	case lines:
		encodeObject(b, v, false, indent)
	case array:
		encodeItems(b, '[', ']', len(v), false, indent, func(i int, inner string) { encodeValue(b, v[i], inner) })
	case each:
		encodeItems(b, '[', ']', v.n, false, indent, func(i int, inner string) { encodeValue(b, v.at(i), inner) })
	case pairs:
		encodeItems(b, '{', '}', len(v), false, indent, func(i int, _ string) {
			writeQuoted(b, v[i].key)
			b.WriteString(": ")
			b.WriteString(string(v[i].value))
		})
	case inPlace:
		v(b, indent)
	case string:
		writeQuoted(b, v)
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case literal:
		b.WriteString(string(v))
	case int:
		b.WriteString(strconv.Itoa(v))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case uint32:
		b.WriteString(strconv.FormatUint(uint64(v), 10))
	default:
		b.WriteString("null")
	}
}

func encodeObject(b *bytes.Buffer, o map[string]any, flat bool, indent string) {
	keys := slices.Sorted(maps.Keys(o))
	encodeItems(b, '{', '}', len(keys), flat, indent, func(i int, inner string) {
		writeQuoted(b, keys[i])
		b.WriteString(": ")
		encodeValue(b, o[keys[i]], inner)
	})
}

func encodeItems(b *bytes.Buffer, open, end byte, n int, flat bool, indent string, item func(int, string)) {
	b.WriteByte(open)
	inner := indent + " "
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
			if flat {
				b.WriteByte(' ')
			}
		}
		if !flat {
			b.WriteString("\n" + inner)
		}
		item(i, inner)
	}
	if !flat && n > 0 {
		b.WriteString("\n" + indent)
	}
	b.WriteByte(end)
}

// isFlat reports whether an object holds only plain values.
func isFlat(o object) bool {
	for _, v := range o {
		switch v.(type) {
		case object, lines, array, each, pairs, inPlace:
			return false
		}
	}
	return true
}

// writeQuoted writes a JSON string as it is, without escaping for HTML.
func writeQuoted(b *bytes.Buffer, s string) {
	if isPlain(s) {
		b.WriteByte('"')
		b.WriteString(s)
		b.WriteByte('"')
		return
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil { // no string is refused
		b.WriteString("\"\"")
		return
	}
	b.Truncate(b.Len() - 1) // the line end
}

// isPlain reports whether a JSON string of s needs no escape.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// decimal writes a figure in units of 1/data.Unit person exactly: an integer
// where it is whole, else with as many decimals as it has. It is for files that
// programs read; what people read goes through package stats.
func decimal(v int64) string {
	sign := ""
	u := uint64(v)
	if v < 0 {
		sign, u = "-", -u
	}
	whole, part := u/data.Unit, u%data.Unit
	s := sign + strconv.FormatUint(whole, 10)
	if part == 0 {
		return s
	}
	f := strconv.FormatUint(part+data.Unit, 10)[1:]
	return s + "." + strings.TrimRight(f, "0")
}

// bestStated reports whether the best figure of a sum over n incidents is the
// figure of the whole: every known toll has one, and there is a known toll.
func bestStated(s stats.Sum, n uint32) bool {
	return s.HasBest() && (n == 0 || s.Known(n) > 0)
}

// sumTexts writes the bounds and the best figure of a sum over n incidents
// exactly, each blank where nothing is known of it: unknown is never zero.
func sumTexts(s stats.Sum, n uint32) (low, best, high string) {
	if n > 0 && s.Known(n) == 0 {
		return "", "", ""
	}
	low, high = decimal(s.Low), decimal(s.High)
	if s.Known(n) > s.NoBest || n == 0 {
		best = decimal(s.Best)
	}
	return low, best, high
}

func sumJSON(s stats.Sum, n uint32) object {
	low, best, high := sumTexts(s, n)
	number := func(t string) any {
		if t == "" {
			return nil
		}
		return literal(t)
	}
	return object{"low": number(low), "best": number(best), "high": number(high), "best_stated": bestStated(s, n),
		"unknown": s.Unknown, "open": s.Open, "no_best": s.NoBest, "fatal": s.Fatal}
}

// arrayOf is a list of texts or numbers as JSON has it; one of nothing is no null.
func arrayOf[T string | int](xs []T) array {
	a := make(array, len(xs))
	for i, x := range xs {
		a[i] = x
	}
	return a
}
