package stats

import (
	"cmp"
	"slices"
	"strings"

	"toll/data"
)

// Disagreement says that the accounts of one incident differ on something other
// than the toll.
type Disagreement struct {
	FileIndex, Line int // where the first of its records stands
	ID, Field       string
	Values          []string // sorted
	Used            string
}

// describe settles when, where and what an incident told by several accounts
// was, and lists what the accounts disagree on. The choice does not depend on
// the order of the accounts.
func (a *Accumulator) describe(as []account) incident {
	in := incident{id: as[0].id, fileIndex: as[0].fileIndex, line: as[0].line, accounts: len(as)}
	for i := range as {
		if c := &as[i]; cmp.Or(cmp.Compare(c.fileIndex, in.fileIndex), cmp.Compare(c.line, in.line)) < 0 {
			in.fileIndex, in.line = c.fileIndex, c.line
		}
	}
	noted := len(a.disagreements)
	in.date = a.settleDate(as)
	in.place, in.geo = a.settlePlace(as)
	in.lat, in.lon = settlePoint(as, in.geo)
	in.eventType = a.settleCode(as, data.ColEventType)
	in.involved = a.settleCode(as, data.ColInvolved)
	var sources []string // as the accounts stand; a cell may list several
	for i := range as {
		for s := range strings.SplitSeq(a.text(&as[i], data.ColSource), ";") {
			if s = strings.TrimSpace(s); s != "" && !slices.Contains(sources, s) {
				sources = append(sources, s)
			}
		}
	}
	in.source = strings.Join(sources, "; ")
	for i := noted; i < len(a.disagreements); i++ {
		a.disagreements[i].FileIndex, a.disagreements[i].Line = in.fileIndex, in.line
	}
	return in
}

// settleDate takes the most precise date; of equally precise ones the earliest.
func (a *Accumulator) settleDate(as []account) data.Date {
	best := as[0].date
	var seen []string
	for i := range as {
		d := as[i].date
		if d.Prec == data.Undated {
			continue
		}
		if s := dateText(d); !slices.Contains(seen, s) {
			seen = append(seen, s)
		}
		if best.Prec == data.Undated || cmp.Or(cmp.Compare(d.Prec, best.Prec), cmp.Compare(d.Start, best.Start), cmp.Compare(d.End, best.End)) < 0 {
			best = d
		}
	}
	a.disagree(as[0].id, "date", seen, dateText(best))
	return best
}

// settlePlace takes the path that most accounts give; of equally frequent ones
// the deepest, then the first by name. It is placed as exactly as one of these
// accounts says; where none names a place, as one of all says.
func (a *Accumulator) settlePlace(as []account) (location, data.GeoPrecision) {
	type candidate struct {
		path  location
		geo   data.GeoPrecision
		n     int
		depth int
		name  string
	}
	var cs []candidate
	for i := range as {
		c := &as[i]
		p := location{c.codes[data.ColCountry], c.codes[data.ColAdmin1], c.codes[data.ColAdmin2], c.codes[data.ColPlace]}
		if p == (location{}) {
			continue
		}
		if j := slices.IndexFunc(cs, func(x candidate) bool { return x.path == p }); j >= 0 {
			cs[j].n++
			cs[j].geo = moreExact(cs[j].geo, c.geo)
			continue
		}
		x := candidate{path: p, geo: c.geo, n: 1}
		for l, code := range p {
			if code != 0 {
				x.depth++
			}
			x.name += a.nameOf(data.Column(l), code) + "\x00"
		}
		cs = append(cs, x)
	}
	if len(cs) == 0 {
		var geo data.GeoPrecision
		for i := range as {
			geo = moreExact(geo, as[i].geo)
		}
		return location{}, geo
	}
	slices.SortFunc(cs, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(y.depth, x.depth), cmp.Compare(x.name, y.name))
	})
	var seen []string
	for _, c := range cs {
		seen = append(seen, a.pathText(c.path))
	}
	a.disagree(as[0].id, "place", seen, a.pathText(cs[0].path))
	return cs[0].path, cs[0].geo
}

// moreExact returns the more exact of two precisions. One that is not stated is
// none.
func moreExact(p, q data.GeoPrecision) data.GeoPrecision {
	if p == data.PlaceUnstated || q == data.PlaceUnstated {
		return max(p, q)
	}
	return min(p, q)
}

// pathText writes a path from the smallest place to the country.
func (a *Accumulator) pathText(p location) string {
	s := ""
	for l := levelPlace; l >= 0; l-- {
		if p[l] == 0 {
			continue
		}
		if s != "" {
			s += ", "
		}
		s += a.nameOf(data.Column(l), p[l])
	}
	return s
}

// settleCode takes the most frequent stated value, then the first by name.
func (a *Accumulator) settleCode(as []account, col data.Column) uint32 {
	counts := map[uint32]int{}
	var codes []uint32
	for i := range as {
		if c := as[i].codes[col]; c != 0 {
			if counts[c] == 0 {
				codes = append(codes, c)
			}
			counts[c]++
		}
	}
	if len(codes) == 0 {
		return 0
	}
	slices.SortFunc(codes, func(x, y uint32) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(a.nameOf(col, x), a.nameOf(col, y)))
	})
	var seen []string
	for _, c := range codes {
		seen = append(seen, a.nameOf(col, c))
	}
	a.disagree(as[0].id, col.String(), seen, seen[0])
	return codes[0]
}

func (a *Accumulator) disagree(id, field string, values []string, used string) {
	if len(values) > 1 {
		slices.Sort(values)
		a.disagreements = append(a.disagreements, Disagreement{ID: id, Field: field, Values: values, Used: used})
	}
}
