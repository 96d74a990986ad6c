package stats

import (
	"fmt"
	"strconv"

	"toll/data"
	"toll/internal/catalogue"
)

// periodStart returns the first day of the period that holds d. Weeks are those
// of ISO 8601: they begin on Monday.
func periodStart(d data.Day, p Period) data.Day {
	y, m, _ := d.Civil()
	switch p {
	case ByWeek:
		return d - data.Day(d.Weekday()-1)
	case ByMonth:
		return firstOf(y, m)
	case ByQuarter:
		return firstOf(y, (m-1)/3*3+1)
	case ByYear:
		return firstOf(y, 1)
	}
	return d
}

func firstOf(year, month int) data.Day {
	d, _ := data.DayOf(year, month, 1)
	return d
}

// nextPeriod returns the first day of the period after the one that starts on d.
func nextPeriod(d data.Day, p Period) data.Day {
	y, m, _ := d.Civil()
	step := 0
	switch p {
	case ByWeek:
		return d + 7
	case ByMonth:
		step = 1
	case ByQuarter:
		step = 3
	case ByYear:
		step = 12
	default:
		return d + 1
	}
	m += step
	if m > 12 {
		y, m = y+1, m-12
	}
	if y > 9999 {
		return data.Day(1 << 30)
	}
	return firstOf(y, m)
}

// yearBefore returns the start of the same period a year before the one that
// starts on d, and false where there is none (week 53, 29 February, years).
func yearBefore(d data.Day, p Period) (data.Day, bool) {
	y, m, day := d.Civil()
	switch p {
	case ByDay:
		return data.DayOf(y-1, m, day)
	case ByWeek:
		wy, w := isoWeek(d)
		jan4, ok := data.DayOf(wy-1, 1, 4)
		if !ok {
			return data.NoDay, false
		}
		s := periodStart(jan4, ByWeek) + data.Day(7*(w-1))
		by, _ := isoWeek(s)
		return s, by == wy-1
	case ByMonth, ByQuarter:
		return data.DayOf(y-1, m, 1)
	}
	return data.NoDay, false
}

// isoWeek returns the ISO 8601 week-numbering year and week.
func isoWeek(d data.Day) (year, week int) {
	thursday := d + data.Day(4-d.Weekday())
	y, _, _ := thursday.Civil()
	return y, int(thursday-firstOf(y, 1))/7 + 1
}

// DayText writes a civil day for readers: "12 Oct 2025".
func DayText(d data.Day) string {
	if d == data.NoDay {
		return catalogue.Say("date.none")
	}
	y, m, day := d.Civil()
	return catalogue.Say("date.day", "day", strconv.Itoa(day), "month", catalogue.ShortMonth(m), "year", strconv.Itoa(y))
}

// Word is a period as the language of the process has it: "month".
func (p Period) Word() string { return catalogue.Say("period." + p.String()) }

// Words is several of them: "months".
func (p Period) Words() string { return catalogue.Say("periods." + p.String()) }

func dayMonth(d data.Day) string {
	_, m, day := d.Civil()
	return catalogue.Say("date.day-of-year", "day", strconv.Itoa(day), "month", catalogue.ShortMonth(m))
}

// PeriodKey returns the key of the period that starts on d.
func PeriodKey(d data.Day, p Period) Key {
	y, m, day := d.Civil()
	switch p {
	case ByWeek:
		wy, w := isoWeek(d)
		return Key{ID: fmt.Sprintf("%04d-W%02d", wy, w), Label: catalogue.Say("date.week", "week", strconv.Itoa(w), "year", strconv.Itoa(wy))}
	case ByMonth:
		return Key{ID: fmt.Sprintf("%04d-%02d", y, m), Label: catalogue.Say("date.month", "month", catalogue.ShortMonth(m), "year", strconv.Itoa(y))}
	case ByQuarter:
		return Key{ID: fmt.Sprintf("%04d-Q%d", y, (m+2)/3), Label: catalogue.Say("date.quarter", "quarter", strconv.Itoa((m+2)/3), "year", strconv.Itoa(y))}
	case ByYear:
		return Key{ID: fmt.Sprintf("%04d", y), Label: fmt.Sprint(y)}
	}
	return Key{ID: fmt.Sprintf("%04d-%02d-%02d", y, m, day), Label: DayText(d)}
}

// slot is where a time key falls in a table by p: a period by its first day, or
// a row of its own for dates less precise than the period.
type slot struct {
	start data.Day // NoDay for the undated
	key   Key
}

// slotOf places a time key. Imprecise dates get rows of their own, written as
// in EDTF (ISO 8601-2): 2025-XX is 2025 with the month not stated. A
// month-precise date is never the first of the month.
func slotOf(k timeKey, p Period) slot {
	switch k.prec {
	case data.ToDay:
		s := periodStart(data.Day(k.value), p)
		return slot{s, PeriodKey(s, p)}
	case data.Undated:
		return slot{data.NoDay, Key{ID: "undated", Label: catalogue.Say("table.undated"), Kind: UndatedKey}}
	}
	y, m := int(k.value)/12, int(k.value)%12+1
	s := firstOf(y, m)
	if k.prec == data.ToMonth {
		if p >= ByMonth {
			s = periodStart(s, p)
			return slot{s, PeriodKey(s, p)}
		}
		return slot{s, Key{ID: fmt.Sprintf("%04d-%02d-XX", y, m), Label: catalogue.Say("date.no-day", "month", catalogue.ShortMonth(m), "year", strconv.Itoa(y)), Kind: Imprecise}}
	}
	s = firstOf(y, 1)
	if p == ByYear {
		return slot{s, PeriodKey(s, p)}
	}
	id := fmt.Sprintf("%04d-XX", y)
	if p < ByMonth {
		id += catalogue.Say("table.xx")
	}
	return slot{s, Key{ID: id, Label: catalogue.Say("date.no-month", "year", strconv.Itoa(y)), Kind: Imprecise}}
}

// autoPeriod chooses the reporting period from the span covered, so that a
// table and a chart have some ten to a hundred rows.
func autoPeriod(first, last data.Day) Period {
	if first == data.NoDay {
		return ByYear
	}
	switch span := int(last) - int(first) + 1; {
	case span <= 45:
		return ByDay
	case span <= 120:
		return ByWeek
	case span <= 6*366:
		return ByMonth
	case span <= 12*366:
		return ByQuarter
	}
	return ByYear
}

// coverage is the span the data covers: as asked for, else from the first to
// the last dated incident.
type coverage struct {
	first, last           data.Day
	firstAsked, lastAsked bool
}

// partial says which part of the period from start to end, with n incidents, the
// data covers, or "" where it covers the whole.
func (c coverage) partial(start, end data.Day, n uint32) string {
	from, to := "", ""
	covered := int64(min(c.last, end)) - int64(max(c.first, start)) + 1
	if c.first > start && (c.firstAsked || expects(n, covered, int64(c.first)-int64(start))) {
		from = dayMonth(c.first)
	}
	if c.last < end && (c.lastAsked || expects(n, covered, int64(end)-int64(c.last))) {
		to = dayMonth(c.last)
	}
	switch {
	case from != "" && to != "":
		return catalogue.Say("table.to-2", "from", from, "to", to)
	case from != "":
		return catalogue.Say("table.from-2", "from", from)
	case to != "":
		return catalogue.Say("table.to-3", "to", to)
	}
	return ""
}

// expects reports whether at least three incidents would be expected in so many
// more days, at the rate of n in the days covered. Where the data ends a few
// quiet days before its period does, the period is taken as whole: at fewer than
// three expected, seeing none is not unusual (p > 0.05 for a Poisson count).
func expects(n uint32, covered, days int64) bool {
	return int64(n)*days >= 3*max(covered, 1)
}
