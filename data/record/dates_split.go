package record

import (
	"bytes"
	"fmt"
	"strings"

	"toll/data"
)

// The parts of a date, and of the last day of a span, that may stand in columns of
// their own. As fields of a mapping they have the names below.
const (
	yearPart = iota
	monthPart
	dayPart
	endYearPart
	dateParts = 2 * endYearPart
)

var datePartNames = [dateParts]string{"year", "month", "day", "end_year", "end_month", "end_day"}

// partAliases are plain names of such columns, as names are compared.
var partAliases = map[string]int{
	"year": yearPart, "iyear": yearPart, "date_year": yearPart, "event_year": yearPart, "start_year": yearPart,
	"ano": yearPart, "anio": yearPart, "annee": yearPart,
	"month": monthPart, "imonth": monthPart, "date_month": monthPart, "event_month": monthPart, "start_month": monthPart,
	"mes": monthPart, "mois": monthPart,
	"day": dayPart, "iday": dayPart, "date_day": dayPart, "event_day": dayPart, "start_day": dayPart,
	"dia": dayPart, "jour": dayPart,
	"end_year": endYearPart, "end_month": endYearPart + monthPart, "end_day": endYearPart + dayPart,
}

// split says in which columns of the file the parts of its dates stand, -1 where
// there is none. A plan whose year is -1 has dates in one cell.
type split [dateParts]int

var notSplit = split{-1, -1, -1, -1, -1, -1}

func (s split) on() bool { return s[yearPart] >= 0 }

// ends reports whether the last day of a span has columns of its own.
func (s split) ends() bool { return s[endYearPart] >= 0 }

// joined reads a date from its three columns, of which the first part is given. A day or month that is blank, 0 or
// one of the codes for unknown makes the date less precise (GTD: iday and imonth
// are 0 where not known); it never becomes the first.
func (d *decoder) joined(first int) (data.Date, issue) {
	raw := d.from.raw()
	var v [endYearPart]int
	for part := range v {
		column := d.plan.split[first+part]
		if column < 0 {
			continue
		}
		cell := bytes.TrimSpace(raw.cell(column))
		n, ok := d.datePart(part, cell)
		if !ok {
			return data.NoDate, issue{code: "bad-date", message: fmt.Sprintf("%q in column %q is not a %s", shown(string(cell)), d.plan.header[column], datePartNames[part]),
				hint: "write the " + datePartNames[part] + " as a number"}
		}
		v[part] = n
	}
	switch {
	case v[yearPart] == 0:
		return data.NoDate, issue{}
	case v[monthPart] == 0:
		return whole(data.YearDate(v[yearPart]))
	case v[dayPart] == 0:
		return whole(data.MonthDate(v[yearPart], v[monthPart]))
	}
	return exactly(v[yearPart], v[monthPart], v[dayPart])
}

func (d *decoder) datePart(part int, cell []byte) (int, bool) {
	s := string(cell)
	if s == "" || d.plan.sentinel(Date, cell) || unknownWords[foldCount(cell)] {
		return 0, true
	}
	if part == monthPart {
		if m := monthNames[strings.TrimSuffix(plainLetters(s), ".")]; m > 0 {
			return m, true
		}
	}
	n, ok := decimal([]byte(strings.TrimSuffix(s, ".0")))
	return n, ok && len(s) <= 6 && (part != yearPart || n == 0 || n >= 1000)
}
