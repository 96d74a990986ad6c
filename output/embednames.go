package output

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"toll/data"
	"toll/stats"
)

func (e *embedder) text(s string) int {
	i, ok := e.texts[s]
	if ok {
		return i
	}
	i = len(e.out.Texts)
	e.texts[s] = i
	e.out.Texts = append(e.out.Texts, s)
	l := strings.ToLower(s)
	if first, ok := e.lower[l]; ok {
		e.out.Same[i] = first
	} else {
		e.lower[l] = i
	}
	if !isPlain(s) {
		if v := data.Visible(oneLine(s)); v != s {
			e.out.Shown[i] = v
		}
	}
	return i
}

// escapeHidden writes what would hide or turn text as \u202e, so that the source
// of a page reads as it is: such characters stand within strings of JSON alone.
func escapeHidden(b []byte) []byte {
	hidden := func(r rune) bool {
		return (r >= 0x7F && r <= 0xAD || r == 0x061C || r >= 0x2000 && r <= 0x206F || r >= 0xFE00) && data.Visible(string(r)) != string(r)
	}
	if !bytes.ContainsFunc(b, hidden) {
		return b
	}
	var out bytes.Buffer
	for _, r := range string(b) {
		if !hidden(r) {
			out.WriteRune(r)
			continue
		}
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, "\\u%04x", u)
		}
	}
	return out.Bytes()
}

// paths enters places in the order of their names, so that each begins much as
// the one before.
func (e *embedder) paths() {
	order := make([]int, len(e.roll.Paths))
	for i := range order {
		order[i] = i
	}
	above := e.above()
	slices.SortFunc(order, func(i, j int) int {
		if o := cmp.Compare(above[i], above[j]); o != 0 {
			return o
		}
		return strings.Compare(e.roll.Paths[i][3], e.roll.Paths[j][3])
	})
	e.places = make([]int, len(order))
	var columns [4][]int64
	for at, i := range order {
		e.places[i] = at
		for l, n := range e.roll.Paths[i] {
			columns[l] = append(columns[l], int64(e.text(n)))
		}
	}
	for l := range columns {
		e.out.Paths[l] = pack(columns[l])
	}
}

// above ranks what lies above each place, country, province and district: many
// places share it, and it is compared over and over.
func (e *embedder) above() []int {
	rank := map[[3]string]int{}
	for i := range e.roll.Paths {
		rank[[3]string(e.roll.Paths[i][:3])] = 0
	}
	names := slices.SortedFunc(maps.Keys(rank), func(x, y [3]string) int { return slices.Compare(x[:], y[:]) })
	for i, n := range names {
		rank[n] = i
	}
	of := make([]int, len(e.roll.Paths))
	for i := range of {
		of[i] = rank[[3]string(e.roll.Paths[i][:3])]
	}
	return of
}

// shorten leaves out of each text what it begins with as the one before does.
func (o *pageCells) shorten() {
	kept, last := make([]int64, len(o.Texts)), ""
	for i, t := range o.Texts {
		n := 0
		for at, r := range t {
			w := utf8.RuneLen(r)
			if r == utf8.RuneError || at+w > len(last) || last[at:at+w] != t[at:at+w] {
				break
			}
			n = at + w
		}
		for _, r := range t[:n] {
			kept[i] += int64(max(1, utf16.RuneLen(r)))
		}
		last, o.Texts[i] = t, t[n:]
	}
	o.Kept = pack(kept)
}

// names enters places, parties and event types.
func (e *embedder) names() {
	e.paths()
	admitting := map[string]int{}
	choice := func(s string) {
		if _, ok := admitting[strings.ToLower(s)]; !ok {
			admitting[strings.ToLower(s)] = len(e.out.Parties)
			e.out.Parties = append(e.out.Parties, e.text(s))
		}
	}
	ns := slices.Clone(e.roll.Namings)
	slices.SortStableFunc(ns, func(x, y stats.Naming) int {
		return cmp.Or(cmp.Compare(x.Key.Kind, y.Key.Kind), cmp.Compare(len(x.Names), len(y.Names)), cmp.Compare(x.Key.Label, y.Key.Label))
	})
	for _, n := range ns {
		choice(n.Key.Label)
		for _, s := range n.Names {
			choice(s)
		}
	}
	for _, n := range e.roll.Namings {
		c := namingCell{ID: n.Key.ID, Label: n.Key.Label, Kind: kindNames[n.Key.Kind], Basis: n.Basis.String(), Admits: []int{}}
		for _, t := range n.Texts() {
			if i, ok := admitting[t]; ok {
				c.Admits = append(c.Admits, i)
			}
		}
		e.out.Namings = append(e.out.Namings, c)
	}
	for _, v := range e.roll.Events {
		e.out.Events = append(e.out.Events, e.text(v))
	}
}
