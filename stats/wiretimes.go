package stats

import (
	"cmp"
	"maps"
	"slices"

	"toll/data"
)

// times writes the tallies by time and the recorded spans.
func (e *encoding) times() {
	a := e.a
	e.uint(uint64(a.grain))
	var order []int
	for i := range a.times.keys {
		if a.byTime[i].Incidents > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(x, y int) int { return compareTimes(a.times.keys[x], a.times.keys[y]) })
	e.count(len(order))
	for _, i := range order {
		e.timeKey(a.times.keys[i])
		e.tally(&a.byTime[i])
	}
	spans := slices.SortedFunc(maps.Keys(a.spans), func(x, y span) int { return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(x.to, y.to)) })
	e.count(len(spans))
	for _, s := range spans {
		e.day(s.from)
		e.day(s.to)
		e.uint(uint64(a.spans[s]))
	}
}

func (d *decoding) times() {
	a := d.a
	a.grain = Period(d.upTo(uint64(ByYear)))
	d.check(a.grain == a.opt.Period || a.opt.Period == Auto && (a.grain == ByDay || a.grain == ByMonth))
	if d.err != nil {
		return
	}
	last := timeKey{}
	for i := range d.count(2 + leastTally) {
		k := d.timeKey()
		t := d.tally()
		d.check((i == 0 || compareTimes(last, k) < 0) && t.Incidents > 0)
		if d.err != nil {
			return
		}
		n := a.times.at(k)
		a.byTime = append(a.byTime, t)
		a.toCrossTime = append(a.toCrossTime, a.crossTimes.at(a.crossKey(k)))
		d.check(int(n) == i)
		if k.prec == data.ToDay {
			if a.minDay == data.NoDay {
				a.minDay = data.Day(k.value)
			}
			a.maxDay = data.Day(k.value)
		}
		last = k
	}
	d.check(a.opt.Period != Auto || a.spanTooLong() == (a.grain == ByMonth))
	d.spans()
}

func (d *decoding) spans() {
	a := d.a
	last := span{}
	for i := range d.count(3) {
		s := span{d.day(), d.day()}
		n := d.uint32()
		d.check(s.from != data.NoDay && s.to > s.from && n > 0)
		d.check(i == 0 || s.from > last.from || s.from == last.from && s.to > last.to)
		if d.err != nil {
			return
		}
		if a.spans == nil {
			a.spans = map[span]uint32{}
		}
		a.spans[s] = n
		last = s
	}
}

func compareTimes(x, y timeKey) int {
	return cmp.Or(cmp.Compare(x.prec, y.prec), cmp.Compare(x.value, y.value))
}

func (e *encoding) timeKey(k timeKey) {
	e.uint(uint64(k.prec))
	e.int(int64(k.value))
}

func (d *decoding) timeKey() timeKey {
	k := timeKey{prec: data.Precision(d.upTo(uint64(data.Undated)))}
	switch k.prec {
	case data.ToDay:
		k.value = int32(d.between(int64(firstDay), int64(lastDay)))
	case data.ToMonth, data.ToYear:
		k.value = int32(d.between(int64(monthCount(firstDay)), int64(monthCount(lastDay))))
	case data.Undated:
		d.between(0, 0)
	default:
		d.fail()
	}
	return k
}
