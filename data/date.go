package data

import "fmt"

// Day is a civil day: the number of days since 1970-01-01 in the proleptic
// Gregorian calendar. It has no time zone; dates are local to the incident.
type Day int32

// NoDay marks the absence of a day.
const NoDay Day = -1 << 31

// Precision says how exactly an incident's date is known. The scale follows
// UCDP GED's date_prec (1 day, 2 a span of days, 3 week, 4 month, 5 year).
type Precision uint8

// The precisions of a date, from exact to absent.
const (
	ToDay Precision = iota
	ToDays
	ToWeek
	ToMonth
	ToYear
	Undated
)

var precisionNames = [...]string{"day", "days", "week", "month", "year", "none"}

// String returns the word the native CSV uses for the precision.
func (p Precision) String() string {
	return precisionNames[min(p, Undated)]
}

// ParsePrecision reads the native CSV's word for a precision.
func ParsePrecision(s string) (Precision, bool) {
	p, ok := parseWord[Precision](precisionNames[:], s)
	if !ok {
		p = Undated
	}
	return p, ok
}

// Date is when an incident happened: its first and last possible day and how
// precisely that is known. A month-precise date spans its month; it is never
// the first of the month. The zero Date is 1970-01-01; use NoDate for none.
type Date struct {
	Start, End Day
	Prec       Precision
}

// NoDate is the date of an undated incident.
var NoDate = Date{Start: NoDay, End: NoDay, Prec: Undated}

// DayOf returns the civil day, and false if there is no such day (30 February)
// or the year is outside 1 to 9999.
func DayOf(year, month, day int) (Day, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > DaysIn(year, month) {
		return NoDay, false
	}
	// Days from civil, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
	y, m := year, month
	if m <= 2 {
		y--
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*((m+9)%12)+2)/5 + day - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return Day(era*146097 + doe - 719468), true
}

// Civil returns the year, month and day.
func (d Day) Civil() (year, month, day int) {
	z := int(d) + 719468
	era := z / 146097
	if z < 0 {
		era = (z - 146096) / 146097
	}
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	month = mp + 3
	if month > 12 {
		month -= 12
	}
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

// Weekday returns 1 for Monday to 7 for Sunday (ISO 8601).
func (d Day) Weekday() int {
	w := (int(d) + 3) % 7
	if w < 0 {
		w += 7
	}
	return w + 1
}

// String returns the ISO date, or the empty string for NoDay.
func (d Day) String() string {
	if d == NoDay {
		return ""
	}
	y, m, dd := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, dd)
}

// DaysIn returns the number of days in a month.
func DaysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// MonthDate returns the date known only to the month.
func MonthDate(year, month int) (Date, bool) {
	a, ok := DayOf(year, month, 1)
	if !ok {
		return NoDate, false
	}
	return Date{Start: a, End: a + Day(DaysIn(year, month)) - 1, Prec: ToMonth}, true
}

// YearDate returns the date known only to the year.
func YearDate(year int) (Date, bool) {
	a, ok := DayOf(year, 1, 1)
	if !ok {
		return NoDate, false
	}
	b, _ := DayOf(year, 12, 31)
	return Date{Start: a, End: b, Prec: ToYear}, true
}
