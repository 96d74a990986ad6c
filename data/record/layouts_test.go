package record

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"toll/data"
)

// The words of --date-order.
func TestOrders(t *testing.T) {
	for word, want := range map[string]Order{"": OrderUnknown, "dmy": DayFirst, "mdy": MonthFirst} {
		if o, ok := ParseOrder(word); !ok || o != want || o.String() != word {
			t.Errorf("%q is %d, %v, and reads %q", word, o, ok, o)
		}
	}
	for _, word := range []string{"ymd", "DMY", "day", " "} {
		if o, ok := ParseOrder(word); ok || o != OrderUnknown {
			t.Errorf("%q is an order", word)
		}
	}
	if Order(9).String() != "mdy" { // never out of range
		t.Error(Order(9).String())
	}
}

// Every month of every language, as it is written in each of its layouts and in
// capitals, is that month; a day of it is that day.
func TestEveryMonthOfEveryLanguage(t *testing.T) {
	l := dateLayouts{wide: true}
	for _, list := range monthLists {
		for i, name := range strings.Fields(list) {
			month, _ := data.MonthDate(2019, i+1)
			day, _ := data.DayOf(2019, i+1, 17)
			for _, word := range []string{name, strings.ToUpper(name), strings.ToUpper(name[:1]) + name[1:], name + "."} {
				for layout, want := range map[string]data.Date{
					"%s 2019": month, "2019 %s": month, "17 %s 2019": {Start: day, End: day}, "%s 17, 2019": {Start: day, End: day}, "17-%s-2019": {Start: day, End: day},
					"17-%s-19": {Start: day, End: day}, "17 de %s de 2019": {Start: day, End: day}, "17th of %s, 2019": {Start: day, End: day}, "le 17 %s 2019": {Start: day, End: day}, "2019/%s/17": {Start: day, End: day},
				} {
					cell := fmt.Sprintf(layout, word)
					if got, is := l.parse([]byte(cell)); got != want || is.found() {
						t.Errorf("%q is %v %v, want %v", cell, got, is, want)
					}
				}
			}
		}
	}
}

// A weekday that fits is read over, one that does not is a warning, in every
// language; the date stands either way.
func TestEveryWeekdayOfEveryLanguage(t *testing.T) {
	l := dateLayouts{wide: true}
	monday, _ := data.DayOf(2019, 6, 17)
	for _, list := range weekdayLists {
		for i, name := range strings.Fields(list) {
			if name == "mar" || name == "martes" && monthNames["mar"] > 0 && len(name) < 4 {
				continue
			}
			for k := range 7 {
				day := monday + data.Day(k)
				y, m, d := day.Civil()
				cell := fmt.Sprintf("%s, %d %s %d", name, d, strings.Fields(monthLists[0])[m-1], y)
				got, is := l.parse([]byte(cell))
				if got != (data.Date{Start: day, End: day}) {
					t.Errorf("%q is %v %v", cell, got, is)
				}
				if want := map[bool]string{true: "", false: "weekday-mismatch"}[k == i]; is.code != want {
					t.Errorf("%q: %q, want %q", cell, is.code, want)
				}
			}
		}
	}
}

// A weekday that is misspelt by a slip or two is one, and is said; anything else is
// no part of a date.
func TestMisspeltWeekdays(t *testing.T) {
	for word, want := range map[string]int{
		"wendesday": 3, "wensday": 3, "tueday": 2, "teusday": 2, "thrusday": 4, "thurdsay": 4, "fridya": 5, "saterday": 6, "sundey": 7, "munday": 0, // Monday or Sunday
		"mnday": 1, "holiday": 0, "today": 0, "day": 0, "payday": 0, "birthday": 0, "doomsday": 0, "wed": 0, "killed": 0, "attack": 0,
	} {
		if got := nearlyWeekday(word); got != want {
			t.Errorf("%s is day %d of the week, want %d", word, got, want)
		}
	}
	recs, res := mustReadLaidOut(t, "date,killed\n\"Wendesday, May 8, 2002\",3\n\"Thrusday-May 8-2002\",3\nHoliday May 8 2002,3\n\"Wednesday Wendesday May 8, 2002\",3\n", Options{})
	if len(recs) != 2 || recs[0].Date != recs[1].Date || res.Counts["weekday-mismatch"] != 2 || res.Counts["bad-date"] != 2 {
		t.Fatalf("%v %v", recs, res.Diagnostics)
	}
	if want := `date: "wendesday" is no day of the week; 2002-05-08 was a Wednesday, and the date is kept`; res.Diagnostics[0].Message != want {
		t.Errorf("%s", res.Diagnostics[0].Message)
	}
	if want := "date: 2002-05-08 was a Wednesday, and a Thursday is written; the date is kept"; res.Diagnostics[1].Message != want {
		t.Errorf("%s", res.Diagnostics[1].Message)
	}
}

// The order of a column is that of its dates: decided as soon as one cannot be
// read the other way, refused where none decides or where two decide differently.
func TestTheWholeColumnDecides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.SampledFrom([]Order{DayFirst, MonthFirst}).Draw(t, "order")
		sep := rapid.SampledFrom([]string{"/", ".", "-", " / "}).Draw(t, "between")
		days := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) data.Day {
			d, _ := data.DayOf(rapid.IntRange(1950, 2049).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
			return d
		}), 1, 12).Draw(t, "days")
		var b strings.Builder
		b.WriteString("date,killed\n")
		decisive, doubtful := 0, 0
		for _, day := range days {
			y, m, d := day.Civil()
			first, second := d, m
			if order == MonthFirst {
				first, second = m, d
			}
			fmt.Fprintf(&b, "%d%s%d%s%d,1\n", first, sep, second, sep, y)
			switch {
			case d > 12:
				decisive++
			case d != m:
				doubtful++
			}
		}
		recs, res, err := readLaidOut(b.String(), Options{})
		if decisive == 0 && doubtful > 0 {
			if err == nil || !strings.Contains(err.Error(), "[ambiguous-dates]") {
				t.Fatalf("%v %v", recs, err)
			}
			recs, res, err = readLaidOut(b.String(), Options{Order: order})
		}
		if err != nil || len(recs) != len(days) {
			t.Fatalf("%d of %d, %v %v", len(recs), len(days), res.Diagnostics, err)
		}
		for i, r := range recs {
			if r.Date != (data.Date{Start: days[i], End: days[i]}) {
				t.Fatalf("%s is read as %v", days[i], r.Date)
			}
		}
		said := slices.ContainsFunc(res.Noted, func(s string) bool { return strings.Contains(s, "first") })
		if said != (decisive+doubtful > 0) {
			t.Fatalf("said: %q", res.Noted)
		}
	})
}

// Each column of dates is decided by itself, and the end of a span by its beginning.
func TestColumnsOfDatesDecideForThemselves(t *testing.T) {
	for _, tt := range []struct{ name, rows, want, code string }{
		{"each its own", "13/04/2025,14/04/2025,05/25/2025,1\n", "2025-04-13..2025-04-14 2025-05-25", ""},
		{"the end by the beginning", "13/04/2025,05/05/2025,2025-06-01,1\n02/03/2025,04/03/2025,,1\n", "2025-04-13..2025-05-05 2025-06-01", ""},
		{"the end by itself", "2025-04-01,13/04/2025,2025-06-01,1\n", "2025-04-01..2025-04-13 2025-06-01", ""},
		{"the end by nothing", "2025-04-01,03/04/2025,2025-06-01,1\n", "", "ambiguous-dates"},
		{"reports by nothing", "2025-04-01,,03/04/2025,1\n", "2025-04-01..2025-04-01 ", ""},
		{"two ways", "13/04/2025,,,1\n04/13/2025,,,1\n", "", "ambiguous-dates"},
	} {
		recs, res, err := readLaidOut("date,date_end,reported_on,killed\n"+tt.rows, Options{})
		if tt.code != "" {
			if err == nil || !strings.Contains(err.Error(), tt.code) {
				t.Errorf("%s: %v", tt.name, err)
			}
			continue
		}
		if err != nil || len(recs) == 0 {
			t.Errorf("%s: %v %v", tt.name, res.Diagnostics, err)
			continue
		}
		got := fmt.Sprintf("%s..%s ", recs[0].Date.Start, recs[0].Date.End)
		if recs[0].ReportedOn != data.NoDay {
			got += recs[0].ReportedOn.String()
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if tt.name == "reports by nothing" && res.Counts["bad-report-date"] != 1 {
			t.Errorf("%s: %v", tt.name, res.Diagnostics)
		}
	}
}

// Two days are a span whichever way they are written, and never one day.
func TestSpansOfDays(t *testing.T) {
	l := dateLayouts{wide: true, order: DayFirst}
	for cell, want := range map[string]string{
		"12-14 June 2004": "2004-06-12..2004-06-14", "12 - 14 June 2004": "2004-06-12..2004-06-14", "12–14 June 2004": "2004-06-12..2004-06-14", "June 12-14 2004": "2004-06-12..2004-06-14",
		"30 June - 2 July 2004": "2004-06-30..2004-07-02", "30 June 2004 to 2 July 2004": "2004-06-30..2004-07-02", "30 Dec 2003 to 2 Jan 2004": "2003-12-30..2004-01-02",
		"30 June until 2 July 2004": "2004-06-30..2004-07-02", "June 30 through July 2, 2004": "2004-06-30..2004-07-02", "12 al 14 de junio de 2004": "2004-06-12..2004-06-14",
		"12 au 14 juin 2004": "2004-06-12..2004-06-14", "2004-06-12 to 2004-06-14": "2004-06-12..2004-06-14", "12/06/2004 to 14/06/2004": "2004-06-12..2004-06-14",
		"Saturday, June 12 to Monday, June 14, 2004": "2004-06-12..2004-06-14",
		"June - August 2004":                         "", "30 Dec to 2 Jan 2004": "", // not in one year, as it is written
		"14-12 June 2004": "", "2 July 2004 to 30 June 2004": "", "12-14": "", "12 to 14": "", "31 June to 2 July 2004": "", "12 to 14 and 16 June 2004": "", "to 14 June 2004 to": "",
	} {
		d, is := l.parse([]byte(cell))
		switch {
		case want == "" && (is.code != "bad-date" || d != data.NoDate):
			t.Errorf("%q is %v", cell, d)
		case want != "" && (is.found() || fmt.Sprintf("%s..%s", d.Start, d.End) != want || d.Prec < data.ToDays):
			t.Errorf("%q is %v %v, want %s", cell, d, is, want)
		}
	}
	// The same day twice is that day; months and years span what they span.
	for cell, want := range map[string]string{"2004-06-12/2004-06-12": "2004-06-12..2004-06-12 day", "June 2004 to July 2004": "2004-06-01..2004-07-31 month", "2004 to 2005": "2004-01-01..2005-12-31 year"} {
		if d, is := l.parse([]byte(cell)); is.found() || fmt.Sprintf("%s..%s %s", d.Start, d.End, d.Prec) != want {
			t.Errorf("%q is %v %v, want %s", cell, d, is, want)
		}
	}
}

// What looks like a date and cannot be one says what is wrong with it.
func TestWhatIsWrongWithADate(t *testing.T) {
	for cell, want := range map[string][2]string{
		"2025-02-30":       {"there is no such day", ""},
		"31 June 2004":     {"there is no day 31 of month 6 in 2004", "check the day and the month"},
		"17/06/04":         {"the year of this date has two digits", "write the year with four digits"},
		"45000":            {"this is no date that can be read", "--date-order excel"},
		"20251011":         {"this is no date that can be read", "put hyphens between"},
		"Oktober 11, 2004": {"this is no date that can be read", "write the month as a number"},
		"soon":             {"this is no date that can be read", ""},
		"13/2004":          {"there is no such month or year", ""},
	} {
		d, is := (dateLayouts{wide: true, order: DayFirst}).parse([]byte(cell))
		if is.code != "bad-date" || d != data.NoDate || !strings.Contains(is.message, want[0]) || !strings.Contains(is.hint, want[1]) {
			t.Errorf("%q: %+v, want %q", cell, is, want)
		}
	}
}

// The day numbers of a spreadsheet, from the first that can be trusted to the last.
func TestDayNumbers(t *testing.T) {
	for cell, want := range map[string]string{"61": "1900-03-01", "25569": "1970-01-01", "45000": "2023-03-15", "45000.75": "2023-03-15", " 45000 ": "2023-03-15", "2958465": "9999-12-31"} {
		d, is := (dateLayouts{wide: true, serial: true}).parse([]byte(cell))
		if is.found() || d.Start.String() != want || d.Prec != data.ToDay {
			t.Errorf("%q is %v %v, want %s", cell, d, is, want)
		}
	}
	for _, cell := range []string{"60", "0", "-1", "2958466", "99999999", "4500x", "1e4"} {
		if d, is := (dateLayouts{wide: true, serial: true}).parse([]byte(cell)); !is.found() && d.Prec != data.ToYear {
			t.Errorf("%q is %v", cell, d)
		}
	}
	if d, is := (dateLayouts{wide: true, serial: true}).parse([]byte("2004-06-12")); is.found() || d.Start.String() != "2004-06-12" {
		t.Errorf("%v", d)
	}
}
