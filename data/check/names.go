package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"toll/data"
)

// partisan are words of a party to the conflict, and neutral ones for them.
var partisan = map[string]string{
	"neutralised": "killed", "neutralized": "killed", "martyred": "killed", "martyrs": "killed (victims' own side)", "shaheed": "killed",
	"khawarij": "the group's own name", "khwarij": "the group's own name", "fitna": "the group's own name", "terrorists": "militants, or the group's name",
	"infidels": "the party's name", "mercenaries": "the party's name", "puppet": "the party's name", "regime": "government", "crusaders": "the party's name",
}

// named are the columns whose names are looked at.
var named = []data.Column{data.ColAdmin1, data.ColAdmin2, data.ColPlace, data.ColEventType, data.ColAttributedTo, data.ColClaimedBy, data.ColInvolved, data.ColVictimSide}

// place is where a name stands for the first time.
type place struct{ file, line int }

// sightings notes where the names that are new in a batch stand.
func (c *Checker) sightings(b *data.Batch) {
	for _, col := range named {
		more := b.Dicts[col].Len() - len(c.first[col])
		c.first[col] = append(c.first[col], make([]place, max(0, more))...)
		c.unseen[col] += max(0, more)
		if b.Codes[col] == nil || c.unseen[col] == 0 {
			continue
		}
		for i, code := range b.Codes[col] {
			if p := &c.first[col][code]; p.line == 0 {
				*p = place{b.File, int(b.Line[i])}
				c.unseen[col]--
			}
		}
	}
}

// seen reports whether a record has the cell of that code. Others may be in the
// dictionary: of records that a selection leaves out, or of another reader.
func (c *Checker) seen(col data.Column, code uint32) bool {
	return int(code) < len(c.first[col]) && c.first[col][code].line > 0
}

// findIn files a finding about a name, at the first record with the cell of that
// code.
func (c *Checker) findIn(rule string, col data.Column, code uint32, name, message string) {
	var at place
	if int(code) < len(c.first[col]) {
		at = c.first[col][code]
	}
	c.find(rule, at.file, at.line, col.String(), name, message)
}

// labels hints at neutral words for partisan ones.
func (c *Checker) labels() {
	if c.dicts == nil {
		return
	}
	for _, col := range named[3:] {
		d := c.dicts[col]
		for code := 1; code < d.Len(); code++ {
			if !c.seen(col, uint32(code)) {
				continue
			}
			name := d.Name(uint32(code))
			for _, w := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
				if neutral, ok := partisan[w]; ok {
					c.findIn("partisan-label", col, uint32(code), name, fmt.Sprintf("%q is a party's own word; a neutral one is: %s", w, neutral))
					break
				}
			}
		}
	}
}

// suggest lists names of a column that may be one name in two spellings.
func (c *Checker) suggest() {
	if c.dicts == nil {
		return
	}
	for _, col := range named {
		in := c.namesOf(col)
		names := slices.Sorted(maps.Keys(in))
		if more := len(names) - c.limits.names; more > 0 { // those at the end of the alphabet
			c.left["name of "+col.String()] += int64(more)
			names = names[:c.limits.names]
		}
		folded := make([][]rune, len(names))
		for i, n := range names {
			folded[i] = fold(n)
		}
		for i := range names {
			for j := i + 1; j < len(names); j++ {
				if alike(folded[i], folded[j]) && data.FoldName(names[i]) != data.FoldName(names[j]) { // capitals make no other name
					c.findIn("close-spellings", col, in[names[i]], names[i], fmt.Sprintf("%q and %q may be one name; a line of aliases.csv would say so: %s,%s,%s", names[i], names[j], col, names[j], names[i]))
				}
			}
		}
	}
}

// namesOf returns the names in a column, each with the code of the first cell that
// has it. The cells of parties are taken apart, as aliases replace them one by one.
func (c *Checker) namesOf(col data.Column) map[string]uint32 {
	in := map[string]uint32{}
	for code := uint32(1); int(code) < c.dicts[col].Len(); code++ {
		if !c.seen(col, code) {
			continue
		}
		cell := c.dicts[col].Name(code)
		if !col.NamesParties() {
			in[cell] = code
			continue
		}
		for name := range data.Parties(cell) {
			if _, ok := in[name]; !ok {
				in[name] = code
			}
		}
	}
	return in
}

func fold(s string) []rune {
	var out []rune
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, r)
		}
	}
	return out
}

// alike reports whether two names differ by a slip: nothing but signs and
// capitals, or one letter in six. Names with different digits are different.
func alike(a, b []rune) bool {
	if string(a) == string(b) {
		return true
	}
	if len(a) < 5 || len(b) < 5 || len(a) > 60 || len(b) > 60 || digits(a) != digits(b) {
		return false
	}
	limit := max(1, min(len(a), len(b))/6)
	if d := len(a) - len(b); d > limit || -d > limit {
		return false
	}
	return data.Distance(a, b) <= limit
}

func digits(s []rune) string {
	var out []byte
	for _, r := range s {
		if unicode.IsDigit(r) {
			out = utf8.AppendRune(out, r)
		}
	}
	return string(out)
}
