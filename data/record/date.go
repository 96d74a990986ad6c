package record

import (
	"bytes"
	"fmt"

	"toll/data"
)

// parseDate reads the cell of a date: 2025-10-11, 2025-10 or 2025, the first
// also with a time of day, which is not kept. A blank cell is data.NoDate. Every
// other layout is refused: 03/04/2025 is two days.
func parseDate(cell []byte) (data.Date, issue) {
	if d, ok := plainDay(cell); ok {
		return data.Date{Start: d, End: d}, issue{}
	}
	s := bytes.TrimSpace(cell)
	if len(s) == 0 {
		return data.NoDate, issue{}
	}
	if date, is, ok := isoDate(s); ok {
		return date, is
	}
	return data.NoDate, issue{code: "bad-date", message: notISO, hint: dateHint(s)}
}

// plainDay reads exactly 2025-10-11.
func plainDay(s []byte) (data.Day, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return data.NoDay, false
	}
	y, ok1 := decimal(s[:4])
	m, ok2 := decimal(s[5:7])
	d, ok3 := decimal(s[8:])
	if !ok1 || !ok2 || !ok3 {
		return data.NoDay, false
	}
	return data.DayOf(y, m, d)
}

func decimal(s []byte) (int, bool) {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(s) > 0
}

// isoDate reads the ISO layouts; ok is false where s has none of their shapes.
func isoDate(s []byte) (date data.Date, is issue, ok bool) {
	if len(s) < 4 {
		return
	}
	year, ok := decimal(s[:4])
	if !ok {
		return
	}
	parts, rest := []int{year}, s[4:]
	for len(parts) < 3 && len(rest) >= 3 && rest[0] == '-' {
		n, digits := decimal(rest[1:3])
		if !digits {
			return date, is, false
		}
		parts, rest = append(parts, n), rest[3:]
	}
	exists := false
	switch len(parts) {
	case 1:
		date, exists = data.YearDate(year)
	case 2:
		date, exists = data.MonthDate(year, parts[1])
	case 3:
		var day data.Day
		day, exists = data.DayOf(year, parts[1], parts[2])
		date = data.Date{Start: day, End: day}
	}
	if len(rest) > 0 && (len(parts) < 3 || !isTime(rest)) {
		return data.NoDate, is, false
	}
	if !exists {
		return data.NoDate, issue{code: "bad-date", message: fmt.Sprintf("there is no such day as %s", s[:len(s)-len(rest)]),
			hint: "check the day and the month"}, true
	}
	return date, issue{}, true
}

// isTime reports whether s is a time of day behind a date: a T or a space, then
// hh:mm, hh:mm:ss or hh:mm:ss.fff, then perhaps a zone. The day is the one
// written; a zone does not move it, for dates are local to the incident.
func isTime(s []byte) bool {
	if s[0] != 'T' && s[0] != 't' && s[0] != ' ' {
		return false
	}
	s = bytes.TrimLeft(s[1:], " ")
	for n, limit := range []int{24, 59, 60} {
		if n > 0 {
			if len(s) == 0 || s[0] != ':' {
				return n == 2 && isZone(s)
			}
			s = s[1:]
		}
		if len(s) < 2 {
			return false
		}
		v, ok := decimal(s[:2])
		if !ok || v > limit {
			return false
		}
		s = s[2:]
	}
	if len(s) > 1 && (s[0] == '.' || s[0] == ',') {
		i := 1
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		if i == 1 {
			return false
		}
		s = s[i:]
	}
	return isZone(s)
}

// isZone reports whether s is nothing, Z, or an offset such as +05:00.
func isZone(s []byte) bool {
	s = bytes.TrimSpace(s)
	switch {
	case len(s) == 0, string(s) == "Z", string(s) == "z", string(s) == "UTC":
		return true
	case s[0] != '+' && s[0] != '-':
		return false
	}
	_, ok := decimal(bytes.Replace(s[1:], []byte(":"), nil, 1))
	return ok && len(s) >= 3 && len(s) <= 6
}

const notISO = "this is not a date in ISO form"

// dateHint guesses what the writer meant, to say how to write it, never to read it.
func dateHint(s []byte) string {
	digits, letters := 0, 0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= 0x80:
			letters++
		}
	}
	switch {
	case bytes.ContainsAny(s, "/.") && letters == 0 && digits >= 4:
		return "day and month cannot be told apart in general; write 2025-10-11"
	case digits == len(s) && len(s) == 5:
		return "this is a spreadsheet's day number; format the column as 2025-10-11 before saving, or say --date-order excel"
	case digits == len(s) && len(s) == 8:
		return "put hyphens between year, month and day: 2025-10-11"
	case letters >= 3 && digits >= 3:
		return "write the month as a number, year first: 2025-10-11"
	case digits >= 5 && bytes.Count(s, []byte("-")) == 2:
		return "write year, month and day with four, two and two digits: 2025-10-11"
	}
	return ""
}
