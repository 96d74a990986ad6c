package stats

import (
	"cmp"
	"slices"

	"toll/data"
)

// deadlier orders incidents for the list of the deadliest: by the best figure
// where there is one, else by the low; then by all they say, and only at last
// by where they stand, so that the order of rows matters for none but twins.
func deadlier(a, b *Deadliest) int {
	return cmp.Or(
		cmp.Compare(rankValue(&b.Killed), rankValue(&a.Killed)),
		cmp.Compare(b.Killed.High, a.Killed.High),
		compareCounts(&b.Killed, &a.Killed),
		compareCounts(&b.Injured, &a.Injured),
		cmp.Compare(a.Date.Start, b.Date.Start),
		cmp.Compare(a.Date.End, b.Date.End),
		cmp.Compare(a.Date.Prec, b.Date.Prec),
		cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.Country, b.Country),
		cmp.Compare(a.Admin1, b.Admin1),
		cmp.Compare(a.Admin2, b.Admin2),
		cmp.Compare(a.Place, b.Place),
		cmp.Compare(a.Geo, b.Geo),
		cmp.Compare(a.Party.ID, b.Party.ID),
		cmp.Compare(a.EventType, b.EventType),
		cmp.Compare(a.Source, b.Source),
		cmp.Compare(a.FileIndex, b.FileIndex),
		cmp.Compare(a.Line, b.Line),
	)
}

func rankValue(c *data.Count) int64 {
	if c.BestStated() {
		return c.Best
	}
	return c.Low
}

// isDeadly reports whether an incident may enter the list.
func (a *Accumulator) isDeadly(k *data.Count) bool {
	if a.opt.Top <= 0 || !k.Stated() || (k.Low == 0 && k.High == 0) {
		return false
	}
	return rankValue(k) >= a.deadly
}

// rank enters an incident into the list, which is cut back to its length
// whenever it has grown to twice that.
func (a *Accumulator) rank(in *incident) {
	first := in.components[0].party
	key := a.parties.list[first].key()
	if len(in.components) > 1 {
		var names []string
		for _, c := range in.components {
			if n := a.parties.list[c.party].name; n != "" && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
		slices.Sort(names)
		key = party{name: JoinNames(names)}.key()
	}
	a.deadliest = append(a.deadliest, Deadliest{
		ID: in.id, FileIndex: in.fileIndex, Line: in.line, Date: in.date,
		Country: a.nameOf(data.ColCountry, in.place[levelCountry]), Admin1: a.nameOf(data.ColAdmin1, in.place[levelAdmin1]),
		Admin2: a.nameOf(data.ColAdmin2, in.place[levelAdmin2]), Place: a.nameOf(data.ColPlace, in.place[levelPlace]), Geo: in.geo,
		Party: key, EventType: a.nameOf(data.ColEventType, in.eventType),
		Killed: in.killed, Injured: in.injured, Source: in.source, Accounts: in.accounts,
	})
	if len(a.deadliest) >= 2*a.opt.Top {
		a.cutDeadliest()
	}
}

func (a *Accumulator) cutDeadliest() {
	slices.SortFunc(a.deadliest, func(x, y Deadliest) int { return deadlier(&x, &y) })
	if len(a.deadliest) > a.opt.Top {
		a.deadliest = a.deadliest[:a.opt.Top]
		a.deadly = rankValue(&a.deadliest[a.opt.Top-1].Killed)
	}
}
