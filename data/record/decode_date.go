package record

import (
	"fmt"

	"toll/data"
)

// happened combines the date with its end and its stated precision.
func (d *decoder) happened(date data.Date, is issue) data.Date {
	if is.found() {
		d.complain(Date, is)
	}
	end, endIs := d.dateEnd()
	if endIs.found() {
		d.complain(DateEnd, endIs)
	}
	if d.rejected {
		return data.NoDate
	}
	stated, ok := d.precision()
	if date.Prec == data.Undated || ok && stated == data.Undated {
		d.complain(Date, issue{code: "undated", message: "no date is stated; the incident belongs to no period"})
		return data.NoDate
	}
	spans := end.Prec != data.Undated
	if spans {
		if end.End < date.Start {
			d.complain(DateEnd, issue{code: "date-order", message: fmt.Sprintf("the incident ends on %s, before it begins on %s", end.End, date.Start)})
			return data.NoDate
		}
		date.End = max(date.End, end.End)
		date.Prec = max(date.Prec, end.Prec)
	}
	if !ok {
		return date
	}
	if stated < date.Prec {
		d.complain(DatePrecision, issue{code: "precision-finer",
			message: fmt.Sprintf("the date is written to the %s only; that holds", date.Prec)})
		return date
	}
	date.Prec = stated
	if !spans {
		date = widened(date)
	}
	return date
}

// precision returns the precision that the record states beside its date.
func (d *decoder) precision() (data.Precision, bool) {
	cell := d.cell(DatePrecision)
	if isBlank(cell) {
		return data.ToDay, false
	}
	p, ok := d.precs.read(cell, d.plan.values[DatePrecision])
	if !ok {
		d.unknownWord(DatePrecision, "day, days, week, month, year, none")
	}
	return p, ok
}

// widened lets a date that is known only to the month or year span it: 2025-10-01
// to the month is October, not the first of it. A date with an end of its own
// keeps the two days as recorded.
func widened(d data.Date) data.Date {
	year, month, _ := d.Start.Civil()
	switch d.Prec {
	case data.ToMonth:
		d, _ = data.MonthDate(year, month)
	case data.ToYear:
		d, _ = data.YearDate(year)
	}
	return d
}

// reported returns the day of the account. A day that cannot be read does not
// make the toll doubtful, only its place in a sequence of accounts.
func (d *decoder) reported() data.Day {
	date, is := d.plan.dates[ReportedOn].parse(d.cells[ReportedOn])
	switch {
	case is.found() && is.code == "weekday-mismatch":
		d.complain(ReportedOn, is)
		return date.Start
	case is.found():
		is.code = "bad-report-date"
		d.complain(ReportedOn, is)
	case date.Prec == data.Undated:
	case date.Prec != data.ToDay:
		d.complain(ReportedOn, issue{code: "bad-report-date", message: "the day of the report is not stated"})
	default:
		return date.Start
	}
	return data.NoDay
}
