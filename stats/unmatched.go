package stats

import (
	"slices"
	"strings"

	"toll/data"
)

// Unmatched says that a name in the options occurs in no record: it is likelier
// misspelt than meant, for a selection by it is empty and an account by it takes
// no figure.
type Unmatched struct {
	Option, Name string   // "where", "place=Kle"; "policy", "UNMAA"
	Near         []string // names of the data that may have been meant
	Partly       bool     // another name given for the same occurs
}

// match notes which values of a filter a record has.
func (a *Accumulator) match(f int, columns []data.Column, codes [4]uint32, d *data.Dicts) {
	for v, value := range a.opt.Where[f].Values {
		if !a.matched[f][v] {
			a.matched[f][v] = Filter{a.opt.Where[f].Field, []string{value}}.passes(columns, codes, d)
		}
	}
}

func (a *Accumulator) mergeMatched(o *Accumulator) {
	for f := range a.matched {
		for v := range a.matched[f] {
			a.matched[f][v] = a.matched[f][v] || o.matched[f][v]
		}
	}
}

// unmatched lists the names in the options that no record has. A blank value
// asks for records that do not state the field, of which there may well be none.
func (a *Accumulator) unmatched() []Unmatched {
	if a.whole != nil {
		return nil
	}
	var out []Unmatched
	for f, where := range a.opt.Where {
		some := slices.Contains(a.matched[f], true)
		for v, value := range where.Values {
			if value != "" && !a.matched[f][v] {
				out = append(out, Unmatched{"where", where.Field + "=" + value, data.Nearest(value, a.namesIn(columnsOf(where.Field))), some})
			}
		}
	}
	sources := a.namesIn([]data.Column{data.ColSource, data.ColSourceSide})
	occurs := func(name string) bool {
		return slices.ContainsFunc(sources, func(s string) bool { return strings.EqualFold(s, name) })
	}
	some := slices.ContainsFunc(a.opt.Policy.Names, occurs)
	for _, name := range a.opt.Policy.Names {
		if !occurs(name) {
			out = append(out, Unmatched{"policy", name, data.Nearest(name, sources), some})
		}
	}
	return out
}

// namesIn returns the names of some columns, in order, each once; those of
// parties one by one.
func (a *Accumulator) namesIn(columns []data.Column) []string {
	var names []string
	for _, c := range columns {
		for code := 1; code < a.dicts[c].Len(); code++ {
			name := a.dicts[c].Name(uint32(code))
			switch c {
			case data.ColAttributedTo, data.ColClaimedBy, data.ColInvolved:
				names = append(names, SplitNames(name)...)
			default:
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
