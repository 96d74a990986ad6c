package record

import (
	"bytes"
	"math"

	"toll/data"
)

// newBatch returns an empty batch with the columns that the plan maps. What the
// file does not have stays nil.
func newBatch(p *plan, file int, dicts *data.Dicts, o Options) *data.Batch {
	n := o.batchSize()
	b := &data.Batch{File: file, Dicts: dicts,
		Line:  make([]int32, 0, n),
		Start: make([]data.Day, 0, n),
		End:   make([]data.Day, 0, n),
		Prec:  make([]data.Precision, 0, n),
	}
	for c, f := range codedFields {
		b.Codes[c] = column[uint32](p, n, f)
	}
	if p.has(Lat) && p.has(Lon) {
		b.Lat, b.Lon = make([]int32, 0, n), make([]int32, 0, n)
	}
	b.GeoPrec = column[data.GeoPrecision](p, n, GeoPrecision)
	b.VictimType = column[data.VictimType](p, n, VictimType)
	b.Attribution = column[data.Attribution](p, n, Attribution)
	b.Status = column[data.Status](p, n, Status)
	b.ReportedOn = column[data.Day](p, n, ReportedOn)
	for part := range data.NumParts {
		b.KilledParts[part] = column[data.Count](p, n, KilledCivilians+Field(part))
		b.InjuredParts[part] = column[data.Count](p, n, InjuredCivilians+Field(part))
	}
	b.Killed = column[data.Count](p, n, tollFields[0:3]...)
	if b.Killed == nil {
		b.Killed = column[data.Count](p, n, tollFields[6:12]...)
	}
	if p.deaths {
		b.Killed = make([]data.Count, 0, n)
	}
	b.Injured = column[data.Count](p, n, tollFields[3:6]...)
	if b.Injured == nil {
		b.Injured = column[data.Count](p, n, tollFields[12:18]...)
	}
	for k := range b.Besides {
		b.Besides[k] = column[data.Count](p, n, Women+Field(k))
	}
	b.ID.End = column[uint32](p, n, IncidentID)
	if o.KeepTexts {
		b.Notes.End = column[uint32](p, n, Notes)
		b.URL.End = column[uint32](p, n, URL)
	}
	return b
}

// column makes a column where the file has any of the fields.
func column[T any](p *plan, n int, fields ...Field) []T {
	for _, f := range fields {
		if p.has(f) || p.fixed[f] != "" {
			return make([]T, 0, n)
		}
	}
	return nil
}

// truncate cuts every column to the records that the batch has.
func truncate(b *data.Batch) {
	n := b.N
	b.Line, b.Start, b.End, b.Prec = b.Line[:n], b.Start[:n], b.End[:n], b.Prec[:n]
	for c := range b.Codes {
		cutTo(&b.Codes[c], n)
	}
	cutTo(&b.Lat, n)
	cutTo(&b.Lon, n)
	cutTo(&b.GeoPrec, n)
	cutTo(&b.VictimType, n)
	cutTo(&b.Attribution, n)
	cutTo(&b.Status, n)
	cutTo(&b.ReportedOn, n)
	cutTo(&b.Killed, n)
	cutTo(&b.Injured, n)
	for p := range data.NumParts {
		cutTo(&b.KilledParts[p], n)
		cutTo(&b.InjuredParts[p], n)
	}
	for k := range b.Besides {
		cutTo(&b.Besides[k], n)
	}
}

func cutTo[T any](column *[]T, n int) {
	if *column != nil {
		*column = (*column)[:n]
	}
}

// append adds the decoded record to the batch.
func (d *decoder) append() {
	d.appendCells(d.from.begins(), &d.out, true)
	for c, f := range codedFields {
		if d.batch.Codes[c] != nil {
			d.batch.Codes[c] = append(d.batch.Codes[c], d.codeOf(c, f))
		}
	}
	b := d.batch
	if b.ID.End != nil {
		b.ID.Append(clean(nil, d.cells[IncidentID]))
	}
	if b.Notes.End != nil {
		b.Notes.Append(prose(d.cells[Notes]))
	}
	if b.URL.End != nil {
		b.URL.Append(clean(nil, d.cells[URL]))
	}
}

// appendCells adds what a record states in days, figures and words of closed
// lists; wide is false where the file has no columns of parts.
func (d *decoder) appendCells(line int, r *incident, wide bool) {
	b := d.batch
	b.N++
	b.Line = append(b.Line, int32(min(line, math.MaxInt32)))
	b.Start = append(b.Start, r.date.Start)
	b.End = append(b.End, r.date.End)
	b.Prec = append(b.Prec, r.date.Prec)
	push(&b.Lat, r.lat)
	push(&b.Lon, r.lon)
	push(&b.GeoPrec, r.geo)
	push(&b.VictimType, r.victim)
	push(&b.Attribution, r.sure)
	push(&b.Status, r.status)
	push(&b.ReportedOn, r.reportedOn)
	push(&b.Killed, r.killed)
	push(&b.Injured, r.injured)
	if !wide {
		return
	}
	for p := range data.NumParts {
		push(&b.KilledParts[p], r.killedParts[p])
		push(&b.InjuredParts[p], r.injuredParts[p])
	}
	for k := range b.Besides {
		push(&b.Besides[k], r.besides[k])
	}
}

// push appends to a column that the file has.
func push[T any](column *[]T, v T) {
	if *column != nil {
		*column = append(*column, v)
	}
}

// codeOf returns the code of a text cell, or of the word that the profile has
// for it.
func (d *decoder) codeOf(c int, f Field) uint32 {
	return d.codeIn(c, f, d.cell(f))
}

// codeIn is codeOf for a cell that is at hand.
func (d *decoder) codeIn(c int, f Field, cell []byte) uint32 {
	if words := d.plan.values[f]; words != nil {
		if w, ok := words[string(bytes.TrimSpace(cell))]; ok {
			return d.text[c].dict.Code(w)
		}
	}
	if d.plan.aliases != nil {
		return d.named(c, f, cell)
	}
	return d.text[c].code(cell)
}

// clear empties the batch for the records that follow it.
func (d *decoder) clear() {
	b := d.batch
	b.First += int64(b.N)
	b.N = 0
	b.Line, b.Start, b.End, b.Prec = b.Line[:0], b.Start[:0], b.End[:0], b.Prec[:0]
	for c := range b.Codes {
		b.Codes[c] = b.Codes[c][:0]
	}
	b.Lat, b.Lon, b.GeoPrec = b.Lat[:0], b.Lon[:0], b.GeoPrec[:0]
	b.VictimType, b.Attribution, b.Status, b.ReportedOn = b.VictimType[:0], b.Attribution[:0], b.Status[:0], b.ReportedOn[:0]
	b.Killed, b.Injured = b.Killed[:0], b.Injured[:0]
	for p := range data.NumParts {
		b.KilledParts[p], b.InjuredParts[p] = b.KilledParts[p][:0], b.InjuredParts[p][:0]
	}
	for k := range b.Besides {
		b.Besides[k] = b.Besides[k][:0]
	}
	for _, t := range []*data.Texts{&b.ID, &b.Notes, &b.URL} {
		t.End, t.Buf = t.End[:0], t.Buf[:0]
	}
}
