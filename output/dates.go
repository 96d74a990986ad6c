package output

import (
	"strconv"

	"toll/data"
	"toll/internal/catalogue"
)

// dayText writes a day: "11 October 2025".
func dayText(d data.Day) string {
	if d == data.NoDay {
		return catalogue.Say("page.an-unknown-date")
	}
	y, m, n := d.Civil()
	return catalogue.Say("date.day", "day", strconv.Itoa(n), "month", catalogue.Month(m), "year", strconv.Itoa(y))
}

// spanText writes a span of days without repeating what both ends share:
// "11–12 October 2025", "30 September – 2 October 2025".
func spanText(from, to data.Day) string {
	if from == data.NoDay || to == data.NoDay || from == to {
		return dayText(from)
	}
	y1, m1, d1 := from.Civil()
	y2, m2, d2 := to.Civil()
	switch {
	case y1 == y2 && m1 == m2:
		return strconv.Itoa(d1) + "–" + strconv.Itoa(d2) + " " + catalogue.Month(m2) + " " + strconv.Itoa(y2)
	case y1 == y2:
		return strconv.Itoa(d1) + " " + catalogue.Month(m1) + " – " + dayText(to)
	}
	return dayText(from) + " – " + dayText(to)
}

// dateText writes a date as precisely as it is known and no more: an incident
// known to the month is "October 2025", never the first of it.
func dateText(d data.Date) string {
	if d.Prec >= data.Undated || d.Start == data.NoDay {
		return catalogue.Say("page.not-dated")
	}
	y1, m1, _ := d.Start.Civil()
	y2, m2, _ := d.End.Civil()
	if d.End == data.NoDay {
		y2, m2 = y1, m1
	}
	switch d.Prec {
	case data.ToMonth:
		switch {
		case y1 == y2 && m1 == m2:
			return catalogue.Month(m1) + " " + strconv.Itoa(y1)
		case y1 == y2:
			return catalogue.Month(m1) + "–" + catalogue.Month(m2) + " " + strconv.Itoa(y1)
		}
		return catalogue.Month(m1) + " " + strconv.Itoa(y1) + " – " + catalogue.Month(m2) + " " + strconv.Itoa(y2)
	case data.ToYear:
		if y1 == y2 {
			return strconv.Itoa(y1)
		}
		return strconv.Itoa(y1) + "–" + strconv.Itoa(y2)
	case data.ToWeek:
		return catalogue.Say("page.week-of", "start", spanText(d.Start, d.End))
	}
	return spanText(d.Start, d.End)
}

// coverLine writes the days a briefing covers as part of a sentence: "between 1
// January 2024 and 20 October 2025"; nil where they are not known.
func coverLine(first, last data.Day) line {
	if first == data.NoDay || last == data.NoDay {
		return nil
	}
	if first == last {
		return say("cover.on", with("first", date(dayText(first))))
	}
	y1, m1, d1 := first.Civil()
	y2, m2, _ := last.Civil()
	from := dayText(first)
	switch {
	case y1 == y2 && m1 == m2:
		from = strconv.Itoa(d1)
	case y1 == y2:
		from = strconv.Itoa(d1) + " " + catalogue.Month(m1)
	}
	return say("cover.between", with("first", date(from)), with("last", date(dayText(last))))
}

// whenLine writes a date as part of a sentence: "on 11 October 2025", "in October
// 2025"; nil where there is none.
func whenLine(d data.Date) line {
	switch {
	case d.Prec >= data.Undated || d.Start == data.NoDay:
		return nil
	case d.Prec == data.ToWeek:
		return say("when.week", with("date", date(spanText(d.Start, d.End))))
	case d.Prec == data.ToMonth || d.Prec == data.ToYear:
		return say("when.in", with("date", date(dateText(d))))
	}
	return say("when.on", with("date", date(dateText(d))))
}
