package record

import (
	"bytes"
	"encoding/binary"

	"toll/data"
)

// quick decodes records that hold nothing unusual: days in ISO form, counts in
// plain digits, words and names it has met. It goes through them column by column,
// as the decisions of a column are alike and the loads of one record then wait for
// no decision about another. It leaves every other record to the decoder, so that
// the grammar of cells, and what is said of a bad one, stands in one place. What it
// does decode it decodes as the decoder would.
type quick struct {
	plan   *plan
	d      *decoder
	column [numFields]int
	texts  []quickText
	wide   []Field // the mapped parts of tolls, and figures beside them

	killed, injured quickToll
	scratch         []byte

	w *fastWorker // who has the records at hand
}

func newQuick(p *plan, d *decoder, w *fastWorker) quick {
	q := quick{plan: p, d: d, column: p.column, w: w}
	for c, f := range codedFields {
		if p.has(f) {
			q.texts = append(q.texts, quickText{c: data.Column(c), f: f, at: p.column[f], restrict: p.onlyIf[f].set,
				dict: d.text[c].dict, plain: p.values[f] == nil && !p.aliases.aliased(data.Column(c))})
		}
	}
	for f := KilledCivilians; f <= BesidesMilitants; f++ {
		if p.has(f) {
			q.wide = append(q.wide, f)
		}
	}
	q.killed = quickToll{columns: [3]int{p.column[KilledLow], p.column[Killed], p.column[KilledHigh]}}
	q.injured = quickToll{columns: [3]int{p.column[InjuredLow], p.column[Injured], p.column[InjuredHigh]}}
	return q
}

// rows decodes records from to to of those at hand and appends them to the batch,
// as far as they hold nothing unusual. It returns how many that were.
func (q *quick) rows(from, to int) int {
	b := q.d.batch
	n := to - from
	at := b.N // where the first goes
	n = q.days(from, n)
	n = q.tolls(from, n)
	n = q.points(from, n)
	n = q.words(from, n)
	b.Line = append(b.Line[:at], q.w.rows.lines[from:from+n]...)
	for i := range q.texts {
		t := &q.texts[i]
		b.Codes[t.c] = extend(b.Codes[t.c], at, n)
		q.codes(t, from, b.Codes[t.c][at:])
	}
	q.prose(from, n)
	b.N = at + n
	truncate(b)
	return n
}

// extend makes room for n values behind the first at of a column.
func extend[T any](column []T, at, n int) []T {
	if at+n <= cap(column) {
		return column[:at+n]
	}
	grown := make([]T, at+n, max(2*cap(column), at+n))
	copy(grown, column[:at])
	return grown
}

// raw returns the raw cell of a field, nothing where the file has no such column.
func (q *quick) raw(r int, f Field) []byte {
	if q.column[f] < 0 {
		return nil
	}
	return q.w.rows.raw(q.w.buf, r, q.column[f])
}

// bare returns a raw cell without its quotes. Quotes that are doubled within it
// stay so, which no date, count or coordinate survives.
func bare(raw []byte) []byte {
	if len(raw) >= 2 && raw[0] == '"' {
		return raw[1 : len(raw)-1]
	}
	return raw
}

// cell returns the text of a field, nothing where the profile reads the field
// only in other records (see decoder.cell).
func (q *quick) cell(r int, f Field) []byte {
	if q.plan.onlyIf[f].set && !q.met(r, q.plan.onlyIf[f]) {
		return nil
	}
	return q.text(q.raw(r, f))
}

func (q *quick) met(r int, c condition) bool {
	return string(bytes.TrimSpace(q.text(q.raw(r, c.field)))) == c.value
}

// text unquotes a raw cell; the result is valid until the next call.
func (q *quick) text(raw []byte) []byte {
	if len(raw) == 0 || raw[0] != '"' {
		return raw
	}
	cell := unquote(q.scratch, raw)
	if cap(cell) > cap(q.scratch) && bytes.IndexByte(bare(raw), '"') >= 0 {
		q.scratch = cell
	}
	return cell
}

// days decodes the dates of n records, up to one that is unusual.
func (q *quick) days(from, n int) int {
	b, at := q.d.batch, q.d.batch.N
	b.Start, b.End, b.Prec = extend(b.Start, at, n), extend(b.End, at, n), extend(b.Prec, at, n)
	n = q.w.rows.days(q.w.buf, from, q.column[Date], b.Start[at:at+n])
	copy(b.End[at:], b.Start[at:at+n])
	clear(b.Prec[at : at+n])
	if q.column[DateEnd] >= 0 || q.column[DatePrecision] >= 0 {
		for i := range n {
			d, ok := q.span(from+i, b.Start[at+i])
			if !ok {
				n = i
				break
			}
			b.Start[at+i], b.End[at+i], b.Prec[at+i] = d.Start, d.End, d.Prec
		}
	}
	if b.ReportedOn == nil {
		return n
	}
	b.ReportedOn = extend(b.ReportedOn, at, n)
	for i := range n {
		day, ok := data.NoDay, true
		if s := bare(q.raw(from+i, ReportedOn)); len(s) > 0 {
			day, ok = quickDay(s)
		}
		if !ok {
			return i
		}
		b.ReportedOn[at+i] = day
	}
	return n
}

// span decodes the last day of a record that begins on a day, and applies the
// precision stated.
func (q *quick) span(r int, day data.Day) (d data.Date, ok bool) {
	d = data.Date{Start: day, End: day}
	end := bare(q.raw(r, DateEnd))
	if len(end) > 0 {
		if d.End, ok = quickDay(end); !ok || d.End < day {
			return d, false
		}
	}
	if q.column[DatePrecision] < 0 {
		return d, true
	}
	cell := q.cell(r, DatePrecision)
	if isBlank(cell) {
		return d, true
	}
	p, ok := q.d.precs.read(cell, q.plan.values[DatePrecision])
	if !ok || p == data.Undated {
		return d, false
	}
	if d.Prec = p; len(end) == 0 {
		d = widened(d)
	}
	return d, true
}

// points decodes the places of n records, up to one that is unusual: both
// coordinates or none.
func (q *quick) points(from, n int) int {
	b, at := q.d.batch, q.d.batch.N
	if b.Lat == nil {
		return n
	}
	b.Lat, b.Lon = extend(b.Lat, at, n), extend(b.Lon, at, n)
	for i := range n {
		lat, noLat, okLat := parseCoord(bare(q.raw(from+i, Lat)), 90)
		lon, noLon, okLon := parseCoord(bare(q.raw(from+i, Lon)), 180)
		if !okLat || !okLon || noLat != noLon {
			return i
		}
		if noLat {
			lat, lon = data.NoCoord, data.NoCoord
		}
		b.Lat[at+i], b.Lon[at+i] = lat, lon
	}
	return n
}

// words decodes the columns that hold a word of a closed list, up to a word that
// is none.
func (q *quick) words(from, n int) int {
	b := q.d.batch
	n = closedColumn(q, &b.VictimType, &q.d.victims, VictimType, from, n)
	n = closedColumn(q, &b.GeoPrec, &q.d.geo, GeoPrecision, from, n)
	n = closedColumn(q, &b.Attribution, &q.d.sure, Attribution, from, n)
	return closedColumn(q, &b.Status, &q.d.statuses, Status, from, n)
}

func closedColumn[T any](q *quick, column *[]T, words *closed[T], f Field, from, n int) int {
	if *column == nil {
		return n
	}
	at := q.d.batch.N
	*column = extend(*column, at, n)
	for i := range n {
		v, ok := words.read(q.cell(from+i, f), q.plan.values[f])
		if !ok {
			return i
		}
		(*column)[at+i] = v
	}
	return n
}

// prose copies what of n records is not coded.
func (q *quick) prose(from, n int) {
	b := q.d.batch
	if b.ID.End != nil {
		q.ids(from, n)
	}
	for i := range n {
		if b.Notes.End != nil {
			b.Notes.Append(prose(q.text(q.raw(from+i, Notes))))
		}
		if b.URL.End != nil {
			b.URL.Append(clean(nil, q.text(q.raw(from+i, URL))))
		}
	}
}

func (q *quick) ids(from, n int) {
	b, buf, s, column := q.d.batch, q.w.buf, &q.w.rows, q.column[IncidentID]
	for i := range n {
		at, to := s.span(buf, from+i, column)
		raw := buf[at:to]
		if len(raw) > 8 || !isGraphic(binary.LittleEndian.Uint64(buf[at:]), len(raw)) || raw[0] == '"' {
			raw = clean(nil, q.text(raw))
		}
		b.ID.Append(raw)
	}
}

// isGraphic reports whether the first n bytes of a word, at least one, are ASCII
// and neither spaces nor control characters, so that there is nothing to clean.
func isGraphic(x uint64, n int) bool {
	if n == 0 {
		return false
	}
	m := nearMask[n][0]
	x = x&m | lowBits*'a'&^m
	return (x|(x-lowBits*'!'))&highBits == 0
}
