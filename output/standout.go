package output

import (
	"slices"
	"strings"

	"toll/data"
	"toll/stats"
)

// leadLine says which row of a table stands out; nil where none does. Where the
// row with the highest of the lowest figures is not the one with the highest of
// the highest, it names both: the reports do not say which is the deadlier.
func leadLine(t *stats.Table, r *stats.Report) line {
	switch groupOf(t) {
	case "by-time", "by-place", "by-event":
	default: // to call a party or its victims the deadliest would be to judge
		return nil
	}
	low, high, best := leaders(t, r)
	if low < 0 || withholds(t) { // what is withheld may be more
		return nil
	}
	what := with("what", say("what."+t.ID))
	toll := func(i int) line {
		x := t.Rows[i]
		at := rowAddress(t.ID, x.Keys)
		return say("lead.toll", with("row", rowLabel(x)), with("killed", tollAt(x.Tally.Killed, x.Tally.Incidents, at+"/killed")), with("incidents", incidentsAt(x.Tally.Incidents, at+"/incidents")))
	}
	first := with("first", toll(low))
	share := with("share", shareOf(t.Rows[low].Tally.Killed, r.Total.Killed, best, "shares/"+t.ID+"/"+stats.Address("", t.Rows[low].Keys[:1], "")[1:]+"killed_"))
	var l line
	switch {
	case best && low == high:
		l = say("lead.best", what, first, share)
	case best && high < 0:
		l = say("lead.by-best", what, first, share)
	case best:
		l = say("lead.both-best", what, first, share, with("second", toll(high)))
	case low == high:
		l = say("lead.low", what, first, share)
	case high < 0:
		l = say("lead.by-low", what, first, share)
	default:
		l = say("lead.both", what, first, share, with("second", toll(high)))
	}
	l = inSentences(l, looserText(t, r, low), unstatedText(t, low))
	if isDim(t, "period") && t.ID == "by-"+r.Period.String() {
		l = inSentences(l, quietText(t))
	}
	return l
}

// looserText names the row above the one that stands out, where its name stands
// for incidents placed less exactly; nil where there is none.
func looserText(t *stats.Table, r *stats.Report, top int) line {
	loose := placedLooser(t, r)
	if loose == nil {
		return nil
	}
	for i, x := range t.Rows[:top] {
		if !isAside(x) && 2*loose[i] > int64(x.Tally.Incidents) {
			at := rowAddress(t.ID, x.Keys)
			return say("lead.looser", with("row", rowLabel(x)), with("killed", tollAt(x.Tally.Killed, x.Tally.Incidents, at+"/killed")), with("incidents", incidentsAt(x.Tally.Incidents, at+"/incidents")))
		}
	}
	return nil
}

// unstatedText says how much stands under no name at all, where that may be more
// than the row that stands out; nil where it is not.
func unstatedText(t *stats.Table, top int) line {
	for _, x := range t.Rows {
		if k := x.Tally.Killed; x.Keys[0].Kind == stats.Unstated && k.High > t.Rows[top].Tally.Killed.Low {
			at := rowAddress(t.ID, x.Keys)
			return say("lead.unstated", with("what", say("what."+t.ID)), with("incidents", incidentsAt(x.Tally.Incidents, at+"/incidents")), with("killed", tollAt(k, x.Tally.Incidents, at+"/killed")))
		}
	}
	return nil
}

// shareOf returns a part of all killed in per cent, by the best figures or by
// the lowest. The address is that of the share, but for which of the two.
func shareOf(part, total stats.Sum, best bool, at string) line {
	if best {
		return figure(stats.Percent(part.Best, total.Best), at+"best")
	}
	return figure(stats.Percent(part.Low, total.Low), at+"low")
}

// leaders returns the named rows with the most killed by the lowest figures, or
// by the best where all rows have them, and by the highest figures; -1 where
// there is nothing to choose from or several are equal. A place that stands for
// incidents of which only the country or province is known is none of them.
func leaders(t *stats.Table, r *stats.Report) (low, high int, best bool) {
	best = true
	named := 0
	loose := placedLooser(t, r)
	stands := func(i int) bool { // for itself
		return !isAside(t.Rows[i]) && (loose == nil || 2*loose[i] <= int64(t.Rows[i].Tally.Incidents))
	}
	for i := range t.Rows {
		best = best && t.Rows[i].Tally.Killed.HasBest()
		if stands(i) {
			named++
		}
	}
	if named < 2 {
		return -1, -1, best
	}
	low = most(t, stands, func(s *stats.Sum) int64 {
		if best {
			return s.Best
		}
		return s.Low
	})
	return low, most(t, stands, func(s *stats.Sum) int64 { return s.High }), best
}

// most returns the one row that stands for itself with the highest value above
// zero, or -1.
func most(t *stats.Table, stands func(int) bool, value func(*stats.Sum) int64) int {
	row, top := -1, int64(0)
	for i := range t.Rows {
		v := value(&t.Rows[i].Tally.Killed)
		switch {
		case v < top || !stands(i):
		case v > top:
			row, top = i, v
		case v == top:
			row = -1
		}
	}
	return row
}

// looser are the grades of a place too coarse for a table's level.
var looser = map[string][]string{"by-place": {"district", "province", "country", "unstated"}, "by-admin2": {"province", "country", "unstated"}, "by-admin1": {"country", "unstated"}}

// placedLooser counts, for each row of a table, the incidents that are placed less
// exactly than the table's level; nil where there is no saying. Where they are most
// incidents of a row, its name stands for somewhere within a district, province or
// country.
func placedLooser(t *stats.Table, r *stats.Report) []int64 {
	grades, s := looser[t.ID], r.Sheet("precision")
	if grades == nil || s == nil {
		return nil
	}
	var columns []int
	for i, c := range s.Columns {
		if g, ok := strings.CutPrefix(c.ID, "place_"); ok && slices.Contains(grades, g) {
			columns = append(columns, i)
		}
	}
	loose := make([]int64, len(t.Rows))
	at := 0 // the sheet has the rows of a table in its order, as far as they have incidents
	for i := range s.Rows {
		row := &s.Rows[i]
		if row.Keys[0].ID != t.ID {
			continue
		}
		n := slices.IndexFunc(t.Rows[at:], func(x stats.Row) bool { return x.Keys[0].ID == row.Keys[1].ID })
		if n < 0 {
			continue
		}
		at += n
		for _, c := range columns {
			loose[at] += wholeOf(row.Cells[c])
		}
	}
	return loose
}

// quietText says how many periods saw nothing; nil where all saw something.
func quietText(t *stats.Table) line {
	var quiet, all int64
	for _, r := range t.Rows {
		if isAside(r) {
			continue
		}
		all++
		if r.Tally.Incidents == 0 && !r.Spanned {
			quiet++
		}
	}
	if quiet == 0 {
		return nil
	}
	return say("quiet."+t.ID, with("quiet", count64(quiet, "level/quiet-periods/value")), with("all", count64(all, "level/quiet-periods/of")))
}

// deadliestLine says how much of the whole toll the deadliest incident is, and
// which of those listed has the highest upper figure where that is another; nil
// where no single one is the deadliest.
func deadliestLine(r *stats.Report) line {
	if len(r.Deadliest) < 2 {
		return nil
	}
	x, y, total := r.Deadliest[0], r.Deadliest[1], r.Total.Killed
	k, ok := people(single(x.Killed), 1, "deadliest/1/killed")
	if !ok || total.Low <= 0 || (x.Killed.Low == y.Killed.Low && x.Killed.High == y.Killed.High) {
		return nil
	}
	best := total.HasBest() && x.Killed.BestStated()
	id := "deadliest.low"
	if best {
		id = "deadliest.best"
	}
	at := whenWhere(x)
	if at != nil {
		at = join(words(","), at)
	}
	l := sayOf(id, k.Grammar, with("at", at), with("killed", k.Full), with("share", shareOf(single(x.Killed), total, best, "deadliest/1/share_")))
	top := 0
	for i, z := range r.Deadliest {
		if z.Killed.High > r.Deadliest[top].Killed.High {
			top = i
		}
	}
	if r.Deadliest[top].Killed.High == x.Killed.High {
		return l
	}
	z := r.Deadliest[top]
	return inSentences(l, say("deadliest.highest", with("at", whenWhere(z)), with("killed", figure(single(z.Killed).Figure(1), "deadliest/"+stats.Number(int64(top+1))+"/killed"))))
}

// whenWhere places an incident in a sentence: " on 11 October 2025 at Spin
// Boldak", or in a province or country where no more is known.
func whenWhere(x stats.Deadliest) line {
	var l line
	if w := whenLine(x.Date); w != nil {
		l = join(words(" "), w)
	}
	if p := placeLine(x); p != nil {
		id := "at"
		if x.Place == "" || x.Place == x.Admin1 || x.Place == x.Country || x.Geo >= data.PlaceAdmin2 {
			id = "in"
		}
		l = join(l, words(" "), say("where."+id, with("place", p)))
	}
	return l
}

// single returns one incident's toll as a sum.
func single(c data.Count) stats.Sum {
	var t stats.Tally
	t.Add(&c, &data.Count{})
	return t.Killed
}
