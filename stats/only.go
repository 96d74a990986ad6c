package stats

import (
	"slices"
	"strings"
)

// wants reports whether a table is asked for.
func (o *Options) wants(id string) bool { return len(o.Only) == 0 || slices.Contains(o.Only, id) }

// lean reports whether all that is asked for follows from the tallies by time,
// place and party, so that nothing else has to be kept.
func (o *Options) lean() bool {
	return len(o.Only) > 0 && !slices.ContainsFunc(o.Only, func(id string) bool { return !leanTable(id) })
}

// asksDays reports whether a table of periods shorter than a month is asked for
// by name, so that days must be kept whatever the reporting period is.
func (o *Options) asksDays() bool {
	return slices.Contains(o.Only, "by-day") || slices.Contains(o.Only, "by-week")
}

func leanTable(id string) bool {
	switch id {
	case "total", "by-party", "period-party", "by-start-month":
		return true
	}
	if p, ok := strings.CutPrefix(id, "by-"); ok {
		return slices.Contains(periodNames[ByDay:], p) || slices.Contains(levelNames[:], p)
	}
	level, ok := strings.CutSuffix(id, "-party")
	return ok && slices.Contains(levelNames[:], level)
}

// settlePlaces adds up the tallies by place that a lean tally keeps only by
// place and party: while no path lies below the level of that cross, the one
// follows from the other.
func (a *Accumulator) settlePlaces() {
	a.settleSmall()
	if !a.placesDue {
		return
	}
	a.placesDue = false
	a.placeParty.each(func(_, p int32, c *Tally) { a.merge(&a.byPlace[p], c) })
}

// settleTimes does the same for the tallies by time, while both are kept by the
// month.
func (a *Accumulator) settleTimes() {
	a.settleSmall()
	if !a.timesDue {
		return
	}
	a.timesDue = false
	times := make([]int32, len(a.crossTimes.keys))
	for t, c := range a.toCrossTime {
		if c >= 0 {
			times[c] = int32(t)
		}
	}
	a.timeParty.each(func(_, t int32, c *Tally) { a.merge(&a.byTime[times[t]], c) })
}
