package output

import (
	"testing"

	"toll/data"
)

func spanOf(from, to data.Date, p data.Precision) data.Date {
	return data.Date{Start: from.Start, End: to.End, Prec: p}
}

func TestDatesAreWrittenAsPreciselyAsTheyAreKnown(t *testing.T) {
	year, _ := data.YearDate(2025)
	for _, c := range []struct {
		d          data.Date
		want, when string
	}{
		{day(2025, 10, 11), "11 October 2025", "on 11 October 2025"},
		{spanOf(day(2025, 10, 11), day(2025, 10, 12), data.ToDays), "11–12 October 2025", "on 11–12 October 2025"},
		{spanOf(day(2025, 9, 30), day(2025, 10, 2), data.ToDays), "30 September – 2 October 2025", "on 30 September – 2 October 2025"},
		{spanOf(day(2024, 12, 31), day(2025, 1, 1), data.ToDays), "31 December 2024 – 1 January 2025", "on 31 December 2024 – 1 January 2025"},
		{spanOf(day(2025, 10, 6), day(2025, 10, 12), data.ToWeek), "week of 6–12 October 2025", "in the week of 6–12 October 2025"},
		{month(2025, 10), "October 2025", "in October 2025"},
		{spanOf(month(2025, 1), month(2025, 3), data.ToMonth), "January–March 2025", "in January–March 2025"},
		{spanOf(month(2024, 12), month(2025, 1), data.ToMonth), "December 2024 – January 2025", "in December 2024 – January 2025"},
		{data.Date{Start: month(2025, 10).Start, End: data.NoDay, Prec: data.ToMonth}, "October 2025", "in October 2025"},
		{year, "2025", "in 2025"},
		{spanOf(day(2024, 1, 1), day(2025, 12, 31), data.ToYear), "2024–2025", "in 2024–2025"},
		{data.NoDate, "not dated", ""},
		{data.Date{Start: data.NoDay, Prec: data.ToDay}, "not dated", ""},
	} {
		if got := dateText(c.d); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if got := text(whenLine(c.d)); got != c.when {
			t.Errorf("got %q, want %q", got, c.when)
		}
	}
}

func TestCoverText(t *testing.T) {
	for _, c := range []struct {
		from, to data.Day
		want     string
	}{
		{day(2025, 10, 7).Start, day(2025, 10, 15).Start, "between 7 and 15 October 2025"},
		{day(2025, 1, 1).Start, day(2025, 10, 15).Start, "between 1 January and 15 October 2025"},
		{day(2024, 1, 1).Start, day(2025, 10, 20).Start, "between 1 January 2024 and 20 October 2025"},
		{day(2025, 1, 1).Start, day(2025, 1, 1).Start, "on 1 January 2025"},
		{data.NoDay, day(2025, 1, 1).Start, ""},
		{day(2025, 1, 1).Start, data.NoDay, ""},
	} {
		if got := text(coverLine(c.from, c.to)); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if got := dayText(data.NoDay); got != "an unknown date" {
		t.Errorf("%q", got)
	}
}
