package charts

import (
	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// slot is one period of a time axis.
type slot struct {
	n       int // the period's number, see ordinal
	tally   stats.Tally
	covered bool   // false: the data does not speak of this period
	partial string // "to 12 Dec" where the data covers it only in part
	spanned bool   // quiet, but within an incident counted on its first day
}

// tollUnknown says that incidents are counted and the toll of none is known.
func (sl slot) tollUnknown() bool {
	return sl.tally.Incidents > 0 && sl.tally.Killed.Known(sl.tally.Incidents) == 0
}

// timeline is a period table laid out in time, without holes.
type timeline struct {
	period stats.Period
	slots  []slot
	// vague counts incidents dated less precisely than the period, undated those
	// with no date. They are in the report's totals and not on the axis.
	// Withheld ones lie in periods that are not shown.
	vague, undated, withheld uint32
	merged                   bool // several periods of the table make one slot
}

// newTimeline lays the rows of a period table out. Where that would be more
// than limit slots, periods are merged into longer ones.
func newTimeline(t *stats.Table, p stats.Period, limit int) timeline {
	tl := timeline{period: p}
	var rows []slot
	for _, r := range t.Rows {
		if len(r.Keys) == 0 {
			continue
		}
		switch r.Keys[0].Kind {
		case stats.Imprecise:
			tl.vague += r.Tally.Incidents
			continue
		case stats.Withheld:
			tl.withheld += r.Tally.Incidents
			continue
		case stats.UndatedKey, stats.Unstated:
			tl.undated += r.Tally.Incidents
			continue
		}
		if n, ok := parsePeriod(p, r.Keys[0].ID); ok {
			rows = append(rows, slot{n: n, tally: r.Tally, covered: true, partial: r.Partial, spanned: r.Spanned})
		}
	}
	for tl.tooLong(rows, limit) && tl.period < stats.ByYear {
		rows = tl.coarser(rows)
	}
	tl.fillIn(rows, limit)
	return tl
}

func bounds(rows []slot) (lo, hi int) {
	for i, r := range rows {
		if i == 0 || r.n < lo {
			lo = r.n
		}
		if i == 0 || r.n > hi {
			hi = r.n
		}
	}
	return lo, hi
}

func (tl *timeline) tooLong(rows []slot, limit int) bool {
	lo, hi := bounds(rows)
	return hi-lo+1 > limit
}

// longer is the period into which one is merged.
var longer = map[stats.Period]stats.Period{stats.ByDay: stats.ByWeek, stats.ByWeek: stats.ByMonth,
	stats.ByMonth: stats.ByYear, stats.ByQuarter: stats.ByYear}

// coarser merges the slots into the next longer period.
func (tl *timeline) coarser(rows []slot) []slot {
	from := tl.period
	tl.period = longer[from]
	tl.merged = true
	var out []slot
	at := map[int]int{}
	for _, r := range rows {
		n := ordinal(tl.period, middleDay(from, r.n))
		i, ok := at[n]
		if !ok {
			i = len(out)
			at[n] = i
			out = append(out, slot{n: n, covered: true})
		}
		if err := out[i].tally.Merge(r.tally); err != nil {
			return out // the sums of the report itself overflow then; it is refused elsewhere
		}
		if r.partial != "" {
			out[i].partial = r.partial
		}
	}
	return out
}

// fillIn puts rows into tl.slots in time order; a period without a row is not covered.
func (tl *timeline) fillIn(rows []slot, limit int) {
	if len(rows) == 0 {
		return
	}
	lo, hi := bounds(rows)
	if hi-lo+1 > 12000 { // years 1 to 9999 and nothing longer to merge into
		lo = hi - limit + 1
	}
	tl.slots = make([]slot, hi-lo+1)
	for i := range tl.slots {
		tl.slots[i].n = lo + i
	}
	for _, r := range rows {
		if r.n >= lo {
			tl.slots[r.n-lo] = r
		}
	}
}

// spanNote says why some quiet periods bear no zero.
func (tl *timeline) spanNote() string {
	for _, s := range tl.slots {
		if s.spanned {
			return catalogue.Say("chart.an-incident-of-several-days-stands")
		}
	}
	return ""
}

// clipPartial marks first and last slots that merging made longer than the days covered.
func (tl *timeline) clipPartial(first, last data.Day) {
	if !tl.merged || len(tl.slots) == 0 || first == data.NoDay || last == data.NoDay {
		return
	}
	a, b := &tl.slots[0], &tl.slots[len(tl.slots)-1]
	if d := lastDay(tl.period, b.n); b.partial == "" && last < d {
		b.partial = catalogue.Say("chart.to", "last", dayMonth(last))
	}
	if d := firstDay(tl.period, a.n); a.partial == "" && first > d {
		a.partial = catalogue.Say("chart.from", "first", dayMonth(first))
	}
}

// middleDay decides in which longer period a period is counted: weeks go to the
// month of their Thursday, as ISO 8601 gives them to years.
func middleDay(p stats.Period, n int) data.Day {
	d := firstDay(p, n)
	if p == stats.ByWeek {
		d += 3
	}
	return d
}

// slotAt returns the slot in which period n of p is shown.
func (tl *timeline) slotAt(p stats.Period, n int) (int, bool) {
	for q := p; q != tl.period; {
		next := longer[q]
		n = ordinal(next, middleDay(q, n))
		q = next
	}
	i := n - tl.slots[0].n
	return i, i >= 0 && i < len(tl.slots)
}

// mergedNote says that periods were merged, or nothing.
func (tl *timeline) mergedNote(asked stats.Period) string {
	if !tl.merged {
		return ""
	}
	return catalogue.Say("chart.shown-by-there-are-too-many", "period", unitName(tl.period), "asked", unitName(asked))
}

// total adds up the slots.
func (tl *timeline) total() stats.Tally {
	var t stats.Tally
	for _, s := range tl.slots {
		if t.Merge(s.tally) != nil {
			break
		}
	}
	return t
}

// whole reports whether slot i is covered in full.
func (tl *timeline) whole(i int) bool {
	return tl.slots[i].covered && tl.slots[i].partial == ""
}

// wholes counts the slots covered in full.
func (tl *timeline) wholes() int {
	n := 0
	for i := range tl.slots {
		if tl.whole(i) {
			n++
		}
	}
	return n
}

// known reports whether a sum over n incidents is a number: no incident at all,
// which is a zero, or at least one stated toll.
func known(s stats.Sum, n uint32) bool { return n == 0 || s.Known(n) > 0 }

// persons converts units to persons for drawing; text goes through stats.
func persons(v int64) float64 { return float64(v) / data.Unit }
