package record

import (
	"bytes"
	"slices"
	"strings"

	"toll/data"
)

// date reads the date of the record, from one cell or from several.
func (d *decoder) date() (data.Date, issue) {
	if d.plan.split.on() {
		return d.joined(yearPart)
	}
	return d.plan.dates[Date].parse(d.cells[Date])
}

// dateEnd reads the last day of a span in the same way.
func (d *decoder) dateEnd() (data.Date, issue) {
	if d.plan.split.ends() {
		return d.joined(endYearPart)
	}
	return d.plan.dates[DateEnd].parse(d.cells[DateEnd])
}

// selected reports whether the record meets the conditions on the file's own
// columns.
func (d *decoder) selected() bool {
	selected := true
	for _, c := range d.plan.only {
		cell := strings.ToLower(string(clean(nil, d.from.raw().cell(c.column))))
		selected = selected && slices.Contains(c.values, cell)
		if len(c.seen) < maxSeen {
			c.seen[cell] = true
		}
	}
	return selected
}

// maxSeen is how many different cells of a column that selects are remembered,
// to say what may have been meant where none is the one asked for.
const maxSeen = 10_000

// compute puts together the cells that are not simply one cell of the file.
func (d *decoder) compute() {
	for f := range numFields {
		switch {
		case d.plan.fixed[f] != "":
			d.own[f] = append(d.own[f][:0], d.plan.fixed[f]...)
		case len(d.plan.join[f]) > 0 && d.plan.has(f):
			d.own[f] = d.joinCells(d.own[f][:0], d.plan.join[f], d.plan.values[f])
			if f == ClaimedBy && d.plan.claims >= 0 {
				d.own[f] = d.competing(d.own[f])
			}
		case d.plan.ranges[f] != nil && d.plan.has(f):
			d.own[f] = d.rangeCell(d.own[f][:0], f, d.plan.ranges[f])
		case d.plan.lists[f] != "":
			d.own[f] = append(d.own[f][:0], bytes.ReplaceAll(d.cells[f], []byte(d.plan.lists[f]), []byte(";"))...)
		default:
			continue
		}
		d.cells[f] = d.own[f]
	}
}

// rangeCell writes the lowest and the highest figure of a count as one cell. A
// figure that is not known leaves the range open on its side.
func (d *decoder) rangeCell(dst []byte, f Field, columns *[2]int) []byte {
	var of [2][]byte
	for i, column := range columns {
		cell := bytes.TrimSpace(d.from.raw().cell(column))
		if s := foldCount(cell); s != "" && !unknownWords[s] && !d.plan.sentinel(f, cell) {
			of[i] = cell
		}
	}
	low, high := of[0], of[1]
	switch {
	case low == nil && high == nil:
		return dst
	case low == nil:
		return append(append(dst, "up to "...), high...)
	case high == nil:
		return append(append(dst, low...), '+')
	}
	return append(append(append(dst, low...), '-'), high...)
}

// joinCells lists the pieces that are stated and whose condition is met. A word
// of the dataset that stands for nobody is left out of the list.
func (d *decoder) joinCells(dst []byte, pieces []piece, words map[string]string) []byte {
	raw := d.from.raw()
	for _, p := range pieces {
		cell := bytes.TrimSpace(raw.cell(p.column))
		if p.ifColumn >= 0 && !strings.EqualFold(string(bytes.TrimSpace(raw.cell(p.ifColumn))), p.is) {
			continue
		}
		if w, ok := words[string(cell)]; ok && w == "" {
			continue
		}
		if len(cell) == 0 || p.one && bytes.ContainsAny(cell, ",;") {
			continue
		}
		if len(dst) > 0 {
			dst = append(dst, ';')
		}
		dst = append(dst, cell...)
	}
	return dst
}

// competing writes a list of those who claim the act as one claim where the
// dataset says that they make it together, and adds the claimant whom it does not
// name where it says that claims compete and names one alone.
func (d *decoder) competing(list []byte) []byte {
	how := string(bytes.TrimSpace(d.from.raw().cell(d.plan.claims)))
	several := bytes.IndexByte(list, ';') >= 0
	switch c := d.plan.profile.Claims; {
	case how == c.Together && several:
		return bytes.ReplaceAll(list, []byte(";"), []byte(" + "))
	case how == c.Apart && !several && len(list) > 0:
		return append(list, ';', data.Unnamed[0])
	}
	return list
}

// coord reads a coordinate, of which a code for unknown is none.
func (d *decoder) coord(f Field, limit int32) (micro int32, blank, ok bool) {
	cell := d.cells[f]
	if d.plan.sentinel(f, bytes.TrimSpace(cell)) {
		cell = nil
	}
	return parseCoord(cell, limit)
}

// figure reads the cell of a count by what the file's profile and the options
// say of it.
func (d *decoder) figure(f Field) (data.Count, issue) {
	cell := d.cells[f]
	if d.plan.sentinel(f, bytes.TrimSpace(cell)) {
		return data.Count{}, issue{}
	}
	if d.plan.mark != "" {
		var ok bool
		if cell, ok = unmark(cell, d.plan.mark); !ok {
			return data.Count{}, issue{code: "bad-count", message: "the thousands marks do not stand between groups of three digits"}
		}
	}
	if d.plan.acled {
		if n, ok := acledWords[foldCount(cell)]; ok {
			return data.Count{Best: n * data.Unit, Flags: data.HasBest | data.Approx},
				issue{code: "count-imputed", message: "a word in place of a number; read as ACLED's codebook reads it, and marked as approximate"}
		}
	}
	return parseCount(cell)
}

// acledWords are the numbers that ACLED's codebook puts in the place of words.
// They are its reading and not what was reported, and serve only where asked for.
var acledWords = map[string]int64{"several": 3, "a few": 3, "few": 3, "some": 3, "many": 3, "multiple": 3, "numerous": 3,
	"tens": 10, "dozens": 12, "a dozen": 12, "scores": 20, "hundreds": 100}

// unmark takes the declared thousands mark out of the numbers of a count, and
// makes the comma beside a full stop the decimal point it then is. Of what is not
// grouped by threes a full stop is refused here, for it would pass for a decimal
// point; another mark stays, and is refused as the number it is not.
func unmark(cell []byte, mark string) (plain []byte, ok bool) {
	s := strings.ReplaceAll(string(cell), "\u202F", " ")
	s = strings.ReplaceAll(s, "\u00A0", " ")
	mark = strings.NewReplacer("\u202F", " ", "\u00A0", " ", "’", "'").Replace(mark)
	s = strings.ReplaceAll(s, "’", "'")
	var b strings.Builder
	for i := 0; i < len(s); {
		n := digitsAt(s[i:])
		if n == 0 || n > 3 {
			b.WriteString(s[i : i+max(1, n)])
			i += max(1, n)
			if n > 3 && mark == "." && strings.HasPrefix(s[i:], mark) && digitsAt(s[i+1:]) > 0 {
				return cell, false
			}
			continue
		}
		b.WriteString(s[i : i+n])
		i += n
		for strings.HasPrefix(s[i:], mark) && digitsAt(s[i+len(mark):]) == 3 {
			b.WriteString(s[i+len(mark) : i+len(mark)+3])
			i += len(mark) + 3
		}
		if mark == "." && strings.HasPrefix(s[i:], mark) && digitsAt(s[i+1:]) > 0 {
			return cell, false
		}
		if mark == "." && strings.HasPrefix(s[i:], ",") && digitsAt(s[i+1:]) > 0 {
			b.WriteByte('.')
			i++
			n = digitsAt(s[i:])
			b.WriteString(s[i : i+n])
			i += n
		}
	}
	return []byte(b.String()), true
}
