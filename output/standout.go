package output

import (
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
	low, high, best := leaders(t)
	if low < 0 || withholds(t) { // what is withheld may be more
		return nil
	}
	what := "The deadliest " + lower(t.Dims[0].Title)
	toll := func(i int, share string) line {
		n := t.Rows[i].Tally.Incidents
		return join(rowLabel(t.Rows[i]), words(": "+t.Rows[i].Tally.Killed.Figure(n)+" killed in "+incidents(n)+share))
	}
	share := ", " + shareOf(t.Rows[low].Tally.Killed, r.Total.Killed, best) + " of all killed"
	var l line
	switch {
	case best:
		l = join(words(what+" is "), toll(low, share))
	case low == high:
		l = join(words(what+" is "), toll(low, share+" by the lowest figures"))
	case high < 0:
		l = join(words(what+", by the lowest figures, is "), toll(low, share))
	default:
		l = join(words(what+", by the lowest figures, is "), toll(low, share), words("; by the highest, "), toll(high, ""))
	}
	l = join(l, words("."))
	if isDim(t, "period") {
		l = join(l, words(quietText(t)))
	}
	return l
}

// shareOf returns a part of all killed in per cent, by the best figures or by
// the lowest.
func shareOf(part, total stats.Sum, best bool) string {
	if best {
		return stats.Percent(part.Best, total.Best)
	}
	return stats.Percent(part.Low, total.Low)
}

// leaders returns the named rows with the most killed by the lowest figures, or
// by the best where all rows have them, and by the highest figures; -1 where
// there is nothing to choose from or several are equal.
func leaders(t *stats.Table) (low, high int, best bool) {
	best = true
	named := 0
	for _, r := range t.Rows {
		best = best && r.Tally.Killed.HasBest()
		if !isAside(r) {
			named++
		}
	}
	if named < 2 {
		return -1, -1, best
	}
	low = most(t, func(s stats.Sum) int64 {
		if best {
			return s.Best
		}
		return s.Low
	})
	return low, most(t, func(s stats.Sum) int64 { return s.High }), best
}

// most returns the one named row with the highest value above zero, or -1.
func most(t *stats.Table, value func(stats.Sum) int64) int {
	row, top := -1, int64(0)
	for i, r := range t.Rows {
		v := value(r.Tally.Killed)
		switch {
		case isAside(r):
		case v > top:
			row, top = i, v
		case v == top:
			row = -1
		}
	}
	return row
}

// quietText says how many periods saw nothing; blank where all saw something.
func quietText(t *stats.Table) string {
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
		return ""
	}
	unit := lower(t.Dims[0].Title)
	return " In " + stats.Number(quiet) + " of " + many(all, unit, unit+"s") + " no incident is recorded."
}

// deadliestLine says how much of the whole toll the deadliest incident is, and
// which of those listed has the highest upper figure where that is another; nil
// where no single one is the deadliest.
func deadliestLine(r *stats.Report) line {
	if len(r.Deadliest) < 2 {
		return nil
	}
	x, y, total := r.Deadliest[0], r.Deadliest[1], r.Total.Killed
	k, ok := people(single(x.Killed), 1)
	if !ok || total.Low <= 0 || (x.Killed.Low == y.Killed.Low && x.Killed.High == y.Killed.High) {
		return nil
	}
	best := total.HasBest() && x.Killed.BestStated()
	at := whenWhere(x)
	if at != nil {
		at = join(words(","), at)
	}
	l := join(words("In the deadliest incident of the record"), at, words(", "+k.full()+" "+k.were()+
		" reported killed, "+shareOf(single(x.Killed), total, best)+" of all killed"))
	if !best {
		l = join(l, words(" by the lowest figures"))
	}
	l = join(l, words("."))
	top := x
	for _, z := range r.Deadliest {
		if z.Killed.High > top.Killed.High {
			top = z
		}
	}
	if top.Killed.High == x.Killed.High {
		return l
	}
	return join(l, words(" The highest upper figure is that of the incident"), whenWhere(top), words(": "+single(top.Killed).Figure(1)+" killed."))
}

// whenWhere places an incident in a sentence: " on 11 October 2025 at Spin Boldak".
func whenWhere(x stats.Deadliest) line {
	var l line
	if w := whenText(x.Date); w != "" {
		l = words(" " + w)
	}
	if p := placeLine(x); p != nil {
		l = join(l, words(" at "), p)
	}
	return l
}

// single returns one incident's toll as a sum.
func single(c data.Count) stats.Sum {
	var t stats.Tally
	t.Add(&c, &data.Count{})
	return t.Killed
}
