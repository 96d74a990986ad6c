package stats

import "toll/data"

// span is a recorded period of several days.
type span struct{ from, to data.Day }

// outsidePeriod reports whether the selection leaves an incident of this date
// out. A span belongs where it starts; an undated incident is in no period.
func (a *Accumulator) outsidePeriod(d data.Date) bool {
	if a.opt.From == data.NoDay && a.opt.To == data.NoDay {
		return false
	}
	if d.Prec == data.Undated || d.Start == data.NoDay {
		return true
	}
	return (a.opt.From != data.NoDay && d.Start < a.opt.From) || (a.opt.To != data.NoDay && d.Start > a.opt.To)
}

// timeIndex returns the index of a date's time key and widens the span covered.
func (a *Accumulator) timeIndex(d data.Date) int32 {
	k := keyOf(d)
	var t int32
	if a.monthly && k.prec == data.ToDay {
		t = a.times.alias(d.Start, timeKey{data.ToDay, int32(periodStart(d.Start, ByMonth))})
	} else {
		t = a.times.at(k)
	}
	for int(t) >= len(a.byTime) {
		a.byTime = append(a.byTime, Tally{})
		a.toCrossTime = append(a.toCrossTime, -1)
	}
	if k.prec == data.ToDay {
		if a.minDay == data.NoDay || d.Start < a.minDay {
			a.minDay = d.Start
		}
		if a.maxDay == data.NoDay || d.Start > a.maxDay {
			a.maxDay = d.Start
		}
		if a.opt.Period == Auto && a.grain == ByDay && a.spanTooLong() {
			a.coarsen(ByMonth)
		}
	}
	if a.toCrossTime[t] < 0 {
		a.toCrossTime[t] = a.crossTimes.at(a.crossKey(k))
	}
	return t
}

// maxDayGrain is the span in days up to which period × party is kept by day
// while the period is still to be chosen. Beyond it no period shorter than a
// month is chosen (see autoPeriod).
const maxDayGrain = 366

func (a *Accumulator) spanTooLong() bool {
	return a.minDay != data.NoDay && int(a.maxDay)-int(a.minDay) > maxDayGrain
}

// crossKey brings a day to the grain of period × party.
func (a *Accumulator) crossKey(k timeKey) timeKey {
	if k.prec != data.ToDay {
		return k
	}
	k.value = int32(periodStart(data.Day(k.value), a.grain))
	return k
}

// coarsen changes the grain of period × party.
func (a *Accumulator) coarsen(to Period) {
	a.grain = to
	old, oldTimes := a.timeParty, a.crossTimes
	a.timeParty, a.crossTimes = cross{}, newTimeline()
	moved := make([]int32, len(oldTimes.keys))
	for i, k := range oldTimes.keys {
		moved[i] = a.crossTimes.at(a.crossKey(k))
	}
	old.each(func(p, t int32, c *Tally) {
		if a.timeParty.at(p, moved[t]).Merge(*c) != nil {
			a.overflow = true
		}
	})
	if a.spread != nil {
		a.spread.coarsen(moved)
	}
	for i, t := range a.toCrossTime {
		if t >= 0 {
			a.toCrossTime[i] = moved[t]
		}
	}
}
