package record

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"toll/data"
)

// Order says which of the first two numbers of a date such as 03/04/2025 is the
// day. It is decided for a whole column or told; one cell cannot decide it.
type Order uint8

// The orders of day and month. OrderUnknown refuses such dates.
const (
	OrderUnknown Order = iota
	DayFirst
	MonthFirst
)

var orderNames = [...]string{"", "dmy", "mdy"}

// String returns the word that options use.
func (o Order) String() string { return orderNames[min(int(o), len(orderNames)-1)] }

// ParseOrder reads the word that options use.
func ParseOrder(s string) (Order, bool) {
	for i, n := range orderNames {
		if n == s {
			return Order(i), true
		}
	}
	return OrderUnknown, false
}

// dateLayouts says how the dates of a column are written, beyond the ISO forms
// that every column may use.
type dateLayouts struct {
	wide   bool // layouts other than ISO are read at all
	order  Order
	serial bool // five digits are a spreadsheet's number of days
}

// parse reads a date by the layouts of its column.
func (l dateLayouts) parse(cell []byte) (data.Date, issue) {
	date, is := parseDate(cell)
	if !l.wide || !is.found() || len(cell) > maxDateText || strings.HasPrefix(is.message, "there is no such day") {
		return date, is
	}
	if unknownWords[foldCount(cell)] {
		return data.NoDate, issue{}
	}
	if l.serial {
		if day, ok := serialDay(cell); ok {
			return data.Date{Start: day, End: day}, issue{}
		}
	}
	written, wideIs := l.written(strings.TrimSpace(string(cell)))
	if wideIs.code == "bad-date" && wideIs.message == "" {
		if is.message == notISO {
			is.message = "this is no date that can be read"
		}
		return date, is
	}
	return written, wideIs
}

// maxDateText is the longest cell taken for a date; "Wednesday, September 30,
// 2015 to Wednesday, September 30, 2015" is well below it.
const maxDateText = 100

// serialDay reads the day number of a spreadsheet, in which 25569 is 1970-01-01.
// Days before March 1900 are refused: the numbering has a day there that was not.
func serialDay(cell []byte) (data.Day, bool) {
	whole, _, _ := strings.Cut(strings.TrimSpace(string(cell)), ".")
	n, ok := decimal([]byte(whole))
	if !ok || n < 61 || n > 2958465 || len(whole) > 7 {
		return data.NoDay, false
	}
	return data.Day(n - 25569), true
}

var notADate = issue{code: "bad-date"}

// written reads a date in words or figures, or two of them that are its first
// and last day.
func (l dateLayouts) written(s string) (data.Date, issue) {
	first, last, ranged := cutRange(s)
	if !ranged {
		w, ok := splitDate(s)
		if !ok {
			return data.NoDate, notADate
		}
		return l.read(w)
	}
	b, okB := splitDate(last)
	a, okA := splitDate(first)
	if !okA || !okB {
		return data.NoDate, notADate
	}
	a.borrow(b)
	to, is := l.read(b)
	if is.code == "bad-date" {
		return data.NoDate, is
	}
	from, isA := l.read(a)
	if isA.code == "bad-date" {
		return data.NoDate, isA
	}
	if !is.found() {
		is = isA
	}
	if to.End < from.Start {
		return data.NoDate, issue{code: "bad-date", message: "the range of days ends before it begins"}
	}
	if from == to {
		return from, is
	}
	return data.Date{Start: from.Start, End: to.End, Prec: max(data.ToDays, from.Prec, to.Prec)}, is
}

// cutRange splits "12 to 14 June 2004" at the word or dash between two days.
// A dash without spaces is no such dash: 12-06-2004 is one day.
func cutRange(s string) (first, last string, ok bool) {
	for _, sep := range []string{" to ", " until ", " through ", " – ", " — ", " - ", "–", "—", " al ", " au "} {
		if a, b, found := strings.Cut(s, sep); found && hasDigit(a) && hasDigit(b) {
			return a, b, true
		}
	}
	if a, b, found := strings.Cut(s, "/"); found && len(a) == 10 && len(b) == 10 && a[4] == '-' && b[4] == '-' {
		return a, b, true
	}
	return "", "", false
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// dateWords is a date cut into its numbers and the words that mean something.
type dateWords struct {
	numbers []dateNumber
	month   int    // by name; 0 where there is none
	at      int    // how many numbers stand before the name
	weekday int    // 1 for Monday; 0 where none is written
	slip    string // the weekday as it is misspelt
}

type dateNumber struct{ value, digits int }

// borrow takes from the last day of a range what the first does not write again.
func (a *dateWords) borrow(b dateWords) {
	if len(a.numbers) == 0 || a.hasYear() {
		return
	}
	if a.month == 0 && len(a.numbers) == 1 {
		a.month, a.at = b.month, b.at
	}
	if n := len(b.numbers); n > 0 && a.month > 0 && b.month > 0 {
		if y := b.numbers[n-1]; y.digits == 4 {
			a.numbers = append(a.numbers, y)
		}
	}
}

func (a *dateWords) hasYear() bool {
	for _, n := range a.numbers {
		if n.digits == 4 {
			return true
		}
	}
	return false
}

// fillers are words between the parts of a date that mean nothing by themselves.
var fillers = wordSet("of", "the", "de", "del", "do", "da", "feira", "le", "el", "on", "a.d", "ce", "at")

// splitDate cuts a date. It is false for words that are no part of one.
func splitDate(s string) (w dateWords, ok bool) {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r >= '0' && r <= '9':
			i := digitsAt(s)
			if rest, isClock := cutClock(s); isClock {
				s = rest
				continue
			}
			value, _ := decimal([]byte(s[:min(i, 6)]))
			w.numbers = append(w.numbers, dateNumber{value, i})
			s = cutOrdinal(s[i:])
		case unicode.IsLetter(r):
			i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
			if i < 0 {
				i = len(s)
			}
			if !w.word(plainLetters(s[:i])) {
				return w, false
			}
			s = s[i:]
		case strings.ContainsRune(" ,./-\u00A0\t\n\r'()", r):
			s = s[n:]
		default:
			return w, false
		}
		if len(w.numbers) > 4 {
			return w, false
		}
	}
	return w, len(w.numbers) > 0
}

func (w *dateWords) word(s string) bool {
	if m := monthNames[s]; m > 0 {
		if w.month > 0 {
			return false
		}
		w.month, w.at = m, len(w.numbers)
		return true
	}
	if d := weekdayNames[s]; d > 0 {
		if w.weekday > 0 {
			return false
		}
		w.weekday = d
		return true
	}
	if d := nearlyWeekday(s); d > 0 && w.weekday == 0 {
		w.weekday, w.slip = d, s
		return true
	}
	return fillers[s]
}

// nearlyWeekday returns the weekday whose English name is a slip away from a word,
// or two from a longer one, where it is one alone. Nothing hangs on it but a remark.
func nearlyWeekday(s string) int {
	best, of, tied := 2, 0, false
	if len(s) > len("monday") {
		best = 3
	}
	for d, name := range weekdayWords[1:] {
		if len(s) < len("mnday") {
			break
		}
		switch far := distance(s, strings.ToLower(name)); {
		case far < best:
			best, of, tied = far, d+1, false
		case far == best:
			tied = true
		}
	}
	if tied {
		return 0
	}
	return of
}

// cutClock removes a time of day: "12:00:00 AM", "9:30". It is not kept.
func cutClock(s string) (rest string, ok bool) {
	i := digitsAt(s)
	if i == 0 || i > 2 || i >= len(s) || s[i] != ':' {
		return s, false
	}
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == ':' || s[i] == '.') {
		i++
	}
	rest = strings.TrimLeft(s[i:], " \u00A0\u202F")
	for _, m := range []string{"am", "pm", "a.m.", "p.m.", "z", "utc", "hrs"} {
		if len(rest) >= len(m) && strings.EqualFold(rest[:len(m)], m) {
			return rest[len(m):], true
		}
	}
	return rest, true
}

// cutOrdinal removes the letters of 1st, 2nd, 3rd, 4th, 1er and 1º.
func cutOrdinal(s string) string {
	for _, o := range []string{"st", "nd", "rd", "th", "er", "º", "°"} {
		if len(s) < len(o) || !strings.EqualFold(s[:len(o)], o) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s[len(o):]); len(s) == len(o) || !unicode.IsLetter(r) {
			return s[len(o):]
		}
	}
	return s
}

// read gives the words their meaning. Without a meaning its issue has no
// message: the cell is no date in any layout known.
func (l dateLayouts) read(w dateWords) (data.Date, issue) {
	date, is := l.meaning(w)
	if is.found() || date.Prec != data.ToDay || w.weekday == 0 {
		return date, is
	}
	if have := date.Start.Weekday(); have != w.weekday {
		return date, issue{code: "weekday-mismatch", message: fmt.Sprintf("%s was a %s, and a %s is written; the date is kept",
			date.Start, weekdayWords[have], weekdayWords[w.weekday])}
	}
	if w.slip != "" {
		return date, issue{code: "weekday-mismatch", message: fmt.Sprintf("%q is no day of the week; %s was a %s, and the date is kept", w.slip, date.Start, weekdayWords[w.weekday])}
	}
	return date, is
}

func (l dateLayouts) meaning(w dateWords) (data.Date, issue) {
	n := w.numbers
	if w.month > 0 {
		return named(w)
	}
	switch {
	case len(n) == 1 && n[0].digits == 4:
		return whole(data.YearDate(n[0].value))
	case len(n) == 2 && n[1].digits == 4 && n[0].digits <= 2:
		return whole(data.MonthDate(n[1].value, n[0].value))
	case len(n) == 2 && n[0].digits == 4 && n[1].digits <= 2:
		return whole(data.MonthDate(n[0].value, n[1].value))
	case len(n) == 3 && n[0].digits == 4 && n[1].digits <= 2 && n[2].digits <= 2:
		return exactly(n[0].value, n[1].value, n[2].value)
	case len(n) == 3 && n[2].digits == 4 && n[0].digits <= 2 && n[1].digits <= 2:
		return l.numeric(n[0].value, n[1].value, n[2].value)
	case len(n) == 3 && n[0].digits <= 2 && n[1].digits <= 2 && n[2].digits <= 2:
		return data.NoDate, issue{code: "bad-date", message: "the year of this date has two digits", hint: "write the year with four digits"}
	}
	return data.NoDate, notADate
}

// numeric reads two numbers before a year by the order of the column.
func (l dateLayouts) numeric(a, b, year int) (data.Date, issue) {
	switch {
	case l.order == DayFirst:
		return exactly(year, b, a)
	case l.order == MonthFirst:
		return exactly(year, a, b)
	case a == b:
		return exactly(year, a, b)
	}
	return data.NoDate, issue{code: "bad-date", message: "day and month cannot be told apart in this column",
		hint: "say which comes first with --date-order dmy or --date-order mdy"}
}

// named reads a date whose month is a word.
func named(w dateWords) (data.Date, issue) {
	n := w.numbers
	switch {
	case len(n) == 1 && n[0].digits == 4:
		return whole(data.MonthDate(n[0].value, w.month))
	case len(n) == 2 && n[1].digits == 4 && n[0].digits <= 2:
		return exactly(n[1].value, w.month, n[0].value)
	case len(n) == 2 && n[0].digits == 4 && n[1].digits <= 2:
		return exactly(n[0].value, w.month, n[1].value)
	case len(n) == 2 && w.at == 1 && n[0].digits <= 2 && n[1].digits == 2: // 31-Jan-24
		return exactly(fullYear(n[1].value), w.month, n[0].value)
	case len(n) == 3 && n[2].digits == 4 && n[0].digits <= 2 && n[1].digits <= 2: // 12-14 June 2004, June 12-14, 2004
		a, is := exactly(n[2].value, w.month, n[0].value)
		b, isB := exactly(n[2].value, w.month, n[1].value)
		if is.found() || isB.found() || b.Start < a.Start {
			return data.NoDate, issue{code: "bad-date", message: "this is no range of days"}
		}
		return data.Date{Start: a.Start, End: b.End, Prec: data.ToDays}, issue{}
	}
	return data.NoDate, notADate
}

// fullYear gives a year of two digits beside a month's name its century: the
// years 1950 to 2049, as exports of event data use them.
func fullYear(y int) int {
	if y < 50 {
		return 2000 + y
	}
	return 1900 + y
}

func exactly(year, month, day int) (data.Date, issue) {
	d, ok := data.DayOf(year, month, day)
	if !ok {
		return data.NoDate, issue{code: "bad-date", message: fmt.Sprintf("there is no day %d of month %d in %d", day, month, year),
			hint: "check the day and the month"}
	}
	return data.Date{Start: d, End: d}, issue{}
}

func whole(d data.Date, ok bool) (data.Date, issue) {
	if !ok {
		return data.NoDate, issue{code: "bad-date", message: "there is no such month or year"}
	}
	return d, issue{}
}
