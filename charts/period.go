package charts

import (
	"strconv"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// Periods are numbered: days by data.Day, the others so that neighbours differ
// by one. ordinal returns the number of the period a day lies in.
func ordinal(p stats.Period, d data.Day) int {
	y, m, _ := d.Civil()
	switch p {
	case stats.ByWeek:
		return floorDiv(int(d)+3, 7)
	case stats.ByMonth:
		return y*12 + m - 1
	case stats.ByQuarter:
		return y*4 + (m-1)/3
	case stats.ByYear:
		return y
	}
	return int(d)
}

// firstDay returns the first day of period n.
func firstDay(p stats.Period, n int) data.Day {
	var d data.Day
	switch p {
	case stats.ByWeek:
		return data.Day(n*7 - 3)
	case stats.ByMonth:
		d, _ = data.DayOf(floorDiv(n, 12), n-floorDiv(n, 12)*12+1, 1)
	case stats.ByQuarter:
		d, _ = data.DayOf(floorDiv(n, 4), (n-floorDiv(n, 4)*4)*3+1, 1)
	case stats.ByYear:
		d, _ = data.DayOf(n, 1, 1)
	default:
		return data.Day(n)
	}
	return d
}

// lastDay returns the last day of period n.
func lastDay(p stats.Period, n int) data.Day {
	next := firstDay(p, n+1)
	if next == data.NoDay { // beyond the year 9999
		return firstDay(p, n)
	}
	return next - 1
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && a < 0 {
		q--
	}
	return q
}

// parsePeriod reads the id of a period key, such as 2025-10-11, 2025-W41,
// 2025-10, 2025-Q4 or 2025.
func parsePeriod(p stats.Period, id string) (int, bool) {
	var n [3]int
	parts := 0
	for part := range strings.SplitSeq(id, "-") {
		if parts == 1 && (p == stats.ByWeek || p == stats.ByQuarter) {
			sign := "W"
			if p == stats.ByQuarter {
				sign = "Q"
			}
			rest, ok := strings.CutPrefix(part, sign)
			if !ok {
				return 0, false
			}
			part = rest
		}
		v, err := strconv.Atoi(part)
		if err != nil || v < 0 || parts > 2 {
			return 0, false
		}
		n[parts] = v
		parts++
	}
	if parts != partsOf(p) {
		return 0, false
	}
	month, day := 1, 1
	switch p {
	case stats.ByDay:
		month, day = n[1], n[2]
	case stats.ByMonth:
		month = n[1]
	case stats.ByQuarter:
		month = n[1]*3 - 2
	case stats.ByWeek:
		// ISO 8601: week 1 holds 4 January.
		fourth, ok := data.DayOf(n[0], 1, 4)
		if !ok || n[1] < 1 || n[1] > 53 {
			return 0, false
		}
		return ordinal(p, fourth) + n[1] - 1, true
	}
	d, ok := data.DayOf(n[0], month, day)
	if !ok {
		return 0, false
	}
	return ordinal(p, d), true
}

// partsOf returns how many numbers name a period.
func partsOf(p stats.Period) int {
	switch p {
	case stats.ByDay:
		return 3
	case stats.ByWeek, stats.ByMonth, stats.ByQuarter:
		return 2
	case stats.ByYear:
		return 1
	}
	return -1
}

func monthShort(m int) string { return catalogue.ShortMonth(m) }

// dayName returns "12 Dec 2024", held together by no-break spaces.
func dayName(d data.Day) string { return noBreak(stats.DayText(d)) }

// periodName returns how a sentence names period n: "June 2024", "11 October
// 2025", "the week of 6 October 2025", "the fourth quarter of 2025", "2024".
func periodName(p stats.Period, n int) string {
	d := firstDay(p, n)
	y, m, dd := d.Civil()
	year := strconv.Itoa(y)
	switch p {
	case stats.ByWeek:
		return catalogue.Say("chart.the-week-of", "dd", strconv.Itoa(dd), "monthNames", catalogue.Month(m), "year", year)
	case stats.ByMonth:
		return catalogue.Month(m) + nbsp + year
	case stats.ByQuarter:
		return catalogue.Say("chart.the-quarter-of", "part", catalogue.Say("ordinal."+strconv.Itoa((m+2)/3)), "year", year)
	case stats.ByYear:
		return year
	}
	return strconv.Itoa(dd) + nbsp + catalogue.Month(m) + nbsp + year
}

// spanName returns the days a report covers as briefly as is exact: "2024",
// "Oct 2025", "Mar 2023 – Dec 2024", "11 – 16 Oct 2025", "1 Mar 2023 – 12 Dec 2024".
func spanName(a, b data.Day) string {
	if a == data.NoDay || b == data.NoDay || b < a {
		return ""
	}
	ya, ma, da := a.Civil()
	yb, mb, db := b.Civil()
	start, end := da == 1, db == data.DaysIn(yb, mb)
	switch {
	case a == b:
		return dayName(a)
	case start && end && ma == 1 && mb == 12 && ya == yb:
		return strconv.Itoa(ya)
	case start && end && ma == 1 && mb == 12:
		return strconv.Itoa(ya) + "–" + strconv.Itoa(yb)
	case start && end && ya == yb && ma == mb:
		return monthShort(ma) + nbsp + strconv.Itoa(ya)
	case start && end && ya == yb:
		return monthShort(ma) + "–" + monthShort(mb) + nbsp + strconv.Itoa(yb)
	case ya == yb && ma == mb:
		return strconv.Itoa(da) + "–" + strconv.Itoa(db) + nbsp + monthShort(mb) + nbsp + strconv.Itoa(yb)
	}
	from, to := dayName(a), dayName(b)
	if start {
		from = monthShort(ma) + nbsp + strconv.Itoa(ya)
	}
	if end {
		to = monthShort(mb) + nbsp + strconv.Itoa(yb)
	} else if start && ya == yb {
		from = dayName(a)
	}
	return from + nbsp + "–" + nbsp + to
}

// unitNames are the words for one and several periods.
func unitName(p stats.Period) string {
	if p == stats.Auto {
		return catalogue.Say("chart.word-period")
	}
	return p.Word()
}

// periodID returns the key id of period n, as tables write it.
func periodID(p stats.Period, n int) string {
	d := firstDay(p, n)
	if d == data.NoDay {
		return ""
	}
	return stats.PeriodKey(d, p).ID
}
