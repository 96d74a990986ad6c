package stats

import (
	"slices"

	"toll/data"
)

// admission remembers, for one filter and one batch's dictionaries, which codes
// pass, so that texts are compared once per spelling.
type admission struct {
	dicts  *data.Dicts
	passes map[[4]uint32]bool
}

// admits reports whether record i passes every filter.
func (a *Accumulator) admits(b *data.Batch, i int) bool {
	for f := range a.opt.Where {
		m := &a.admit[f]
		if m.dicts != b.Dicts || m.passes == nil {
			m.dicts, m.passes = b.Dicts, map[[4]uint32]bool{}
		}
		columns := columnsOf(a.opt.Where[f].Field)
		var k [4]uint32
		for n, c := range columns {
			k[n] = b.Code(c, i)
		}
		pass, ok := m.passes[k]
		if !ok {
			pass = a.opt.Where[f].passes(columns, k, b.Dicts)
			m.passes[k] = pass
			if pass {
				a.match(f, columns, k, b.Dicts)
			}
		}
		if !pass {
			return false
		}
	}
	return true
}

// Admits reports whether record i of a batch meets every condition.
func Admits(where []Filter, b *data.Batch, i int) bool {
	for _, f := range where {
		columns := columnsOf(f.Field)
		var codes [4]uint32
		for n, c := range columns {
			codes[n] = b.Code(c, i)
		}
		if !f.passes(columns, codes, b.Dicts) {
			return false
		}
	}
	return true
}

func columnsOf(field string) []data.Column {
	switch field {
	case "location":
		return []data.Column{data.ColCountry, data.ColAdmin1, data.ColAdmin2, data.ColPlace}
	case "party":
		return []data.Column{data.ColClaimedBy, data.ColAttributedTo, data.ColInvolved}
	}
	c, _ := data.ParseColumn(field)
	return []data.Column{c}
}

func (f Filter) passes(columns []data.Column, codes [4]uint32, d *data.Dicts) bool {
	names := make([]string, len(columns))
	for n, c := range columns {
		names[n] = d[c].Name(codes[n])
	}
	switch f.Field {
	case "party":
		p, _ := standingOf(names[0], names[1], names[2])
		k := p.key()
		each := SplitNames(names[0])
		if len(each) == 0 {
			each = SplitNames(names[1])
		}
		return f.admits(append(each, k.ID, k.Label, p.name)...)
	case "location":
		if !slices.ContainsFunc(names, func(n string) bool { return n != "" }) {
			return f.admits("")
		}
		names = slices.DeleteFunc(names, func(n string) bool { return n == "" })
		return f.admits(names...)
	case "attributed_to", "claimed_by", "involved":
		return f.admits(append(SplitNames(names[0]), names[0])...)
	}
	return f.admits(names...)
}
