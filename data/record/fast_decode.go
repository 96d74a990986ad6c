package record

import (
	"bytes"

	"toll/data"
)

// quick decodes the records that hold nothing unusual: days in ISO form, counts
// in plain digits, words and names it has met. It leaves every other record to
// the decoder, so that the grammar of cells, and what is said of a bad one, stands
// in one place. What it does decode it decodes as the decoder would.
type quick struct {
	plan   *plan
	d      *decoder
	column [numFields]int
	texts  []quickText
	wide   []Field // the mapped parts of tolls, and figures beside them

	killed, injured toll3
	scratch         []byte
	out             incident
}

// quickText is a coded column.
type quickText struct {
	c        data.Column
	f        Field
	at       int
	dict     *data.Dict
	plain    bool      // a cell is its own name, once that is clean
	known    spellings // of the other cells
	restrict bool      // it is read only where a condition is met
}

// toll3 are the columns of a toll's best, low and high figure; -1 where there is
// none.
type toll3 struct{ best, low, high int }

func newQuick(p *plan, d *decoder) quick {
	q := quick{plan: p, d: d, column: p.column}
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
	q.killed = toll3{p.column[Killed], p.column[KilledLow], p.column[KilledHigh]}
	q.injured = toll3{p.column[Injured], p.column[InjuredLow], p.column[InjuredHigh]}
	return q
}

// raw returns the raw cell of a field, nothing where the file has no such column.
func (q *quick) raw(w *fastWorker, f Field) []byte {
	if q.column[f] < 0 {
		return nil
	}
	return w.tokens.raw(w.buf, q.column[f])
}

// bare returns a raw cell without its quotes. Quotes that are doubled within it
// stay so, which no date, count or coordinate survives.
func bare(raw []byte) []byte {
	if len(raw) >= 2 && raw[0] == '"' {
		return raw[1 : len(raw)-1]
	}
	return raw
}

// record decodes the record whose cells w.tokens has and appends it to the
// batch. Where it is false, nothing was done.
func (q *quick) record(w *fastWorker) bool {
	if !q.when(w) || !q.counts(w) || !q.where(w) || !q.words(w) {
		return false
	}
	q.append(w)
	return true
}

// when decodes the dates.
func (q *quick) when(w *fastWorker) bool {
	o := &q.out
	day, ok := quickDay(bare(w.tokens.raw(w.buf, q.column[Date])))
	if !ok {
		return false
	}
	o.date = data.Date{Start: day, End: day}
	if end := bare(q.raw(w, DateEnd)); len(end) > 0 {
		if o.date.End, ok = plainDay(end); !ok || o.date.End < day {
			return false
		}
	}
	if q.column[DatePrecision] >= 0 && !q.precision(w) {
		return false
	}
	o.reportedOn = data.NoDay
	if day := bare(q.raw(w, ReportedOn)); len(day) > 0 {
		o.reportedOn, ok = plainDay(day)
	}
	return ok
}

// precision applies the precision stated beside the date.
func (q *quick) precision(w *fastWorker) bool {
	cell := q.cell(w, DatePrecision)
	if isBlank(cell) {
		return true
	}
	p, ok := q.d.precs.read(cell, q.plan.values[DatePrecision])
	if !ok || p == data.Undated {
		return false
	}
	q.out.date.Prec = p
	if len(bare(q.raw(w, DateEnd))) == 0 {
		q.out.date = widened(q.out.date)
	}
	return true
}

// cell returns the text of a field, nothing where the profile reads the field
// only in other records (see decoder.cell).
func (q *quick) cell(w *fastWorker, f Field) []byte {
	if q.plan.onlyIf[f].set && !q.met(w, q.plan.onlyIf[f]) {
		return nil
	}
	return q.text(q.raw(w, f))
}

func (q *quick) met(w *fastWorker, c condition) bool {
	return string(bytes.TrimSpace(q.text(q.raw(w, c.field)))) == c.value
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

// where decodes the point: both coordinates or none.
func (q *quick) where(w *fastWorker) bool {
	o := &q.out
	o.lat, o.lon = data.NoCoord, data.NoCoord
	if q.column[Lat] < 0 || q.column[Lon] < 0 {
		return true
	}
	lat, noLat, okLat := parseCoord(bare(q.raw(w, Lat)), 90)
	lon, noLon, okLon := parseCoord(bare(q.raw(w, Lon)), 180)
	if !okLat || !okLon || noLat != noLon {
		return false
	}
	if !noLat {
		o.lat, o.lon = lat, lon
	}
	return true
}

// words decodes the columns that hold a word of a closed list.
func (q *quick) words(w *fastWorker) bool {
	ok := true
	if q.column[VictimType] >= 0 {
		q.out.victim, ok = q.d.victims.read(q.cell(w, VictimType), q.plan.values[VictimType])
	}
	if ok && q.column[GeoPrecision] >= 0 {
		q.out.geo, ok = q.d.geo.read(q.cell(w, GeoPrecision), q.plan.values[GeoPrecision])
	}
	if ok && q.column[Attribution] >= 0 {
		q.out.sure, ok = q.d.sure.read(q.cell(w, Attribution), q.plan.values[Attribution])
	}
	if ok && q.column[Status] >= 0 {
		q.out.status, ok = q.d.statuses.read(q.cell(w, Status), q.plan.values[Status])
	}
	return ok
}

// counts decodes the tolls.
func (q *quick) counts(w *fastWorker) bool {
	for _, f := range q.wide {
		c, ok := figure(q.raw(w, f))
		if !ok {
			return false
		}
		*q.part(f) = c.Settle()
	}
	o := &q.out
	var ok bool
	if o.killed, ok = q.toll(w, &q.killed); !ok {
		return false
	}
	if o.injured, ok = q.toll(w, &q.injured); !ok {
		return false
	}
	if len(q.wide) > 0 {
		if !o.killed.Stated() {
			o.killed = q.d.sumOfParts(Killed, KilledLow, KilledHigh, KilledCivilians, &o.killedParts)
		}
		if !o.injured.Stated() {
			o.injured = q.d.sumOfParts(Injured, InjuredLow, InjuredHigh, InjuredCivilians, &o.injuredParts)
		}
	}
	return true
}

func (q *quick) part(f Field) *data.Count {
	switch {
	case f >= Women:
		return &q.out.besides[f-Women]
	case f >= InjuredCivilians:
		return &q.out.injuredParts[f-InjuredCivilians]
	}
	return &q.out.killedParts[f-KilledCivilians]
}

// figure reads a raw cell that is blank or a plain number.
func figure(raw []byte) (data.Count, bool) {
	cell := bare(raw)
	if len(cell) == 0 {
		return data.Count{}, true
	}
	n, ok := plainCount(cell)
	return data.Count{Best: n * data.Unit, Flags: data.HasBest}, ok
}

// toll decodes a figure and its bounds; it is false for figures out of order.
func (q *quick) toll(w *fastWorker, t *toll3) (data.Count, bool) {
	var c data.Count
	ok1, ok2, ok3 := true, true, true
	if t.best >= 0 {
		c.Best, ok1 = addFigure(w.tokens.raw(w.buf, t.best), data.HasBest, &c.Flags)
	}
	if t.low >= 0 {
		c.Low, ok2 = addFigure(w.tokens.raw(w.buf, t.low), data.HasLow, &c.Flags)
	}
	if t.high >= 0 {
		c.High, ok3 = addFigure(w.tokens.raw(w.buf, t.high), data.HasHigh, &c.Flags)
	}
	if !ok1 || !ok2 || !ok3 {
		return c, false
	}
	if c.Flags == data.HasBest|data.HasLow|data.HasHigh {
		return c, c.Low <= c.Best && c.Best <= c.High
	}
	s := c.Settle()
	if !s.Ordered() {
		return s, false
	}
	if q.d.asWritten {
		return c, true
	}
	return s, true
}

// addFigure reads a raw cell that is blank or a plain number, and sets the flag
// if it is a number.
func addFigure(raw []byte, flag data.CountFlags, flags *data.CountFlags) (int64, bool) {
	if len(raw) == 1 && raw[0]-'0' <= 9 {
		*flags |= flag
		return int64(raw[0]-'0') * data.Unit, true
	}
	cell := bare(raw)
	if len(cell) == 0 {
		return 0, true
	}
	*flags |= flag
	n, ok := plainCount(cell)
	return n * data.Unit, ok
}

// append adds the record to the batch (see decoder.append).
func (q *quick) append(w *fastWorker) {
	b := q.d.batch
	q.d.appendCells(w.line, &q.out, len(q.wide) > 0)
	for i := range q.texts {
		t := &q.texts[i]
		raw := w.tokens.raw(w.buf, t.at)
		if t.restrict && !q.met(w, q.plan.onlyIf[t.f]) {
			raw = nil
		}
		b.Codes[t.c] = append(b.Codes[t.c], q.code(t, raw))
	}
	if b.ID.End != nil {
		b.ID.Append(clean(nil, q.text(q.raw(w, IncidentID))))
	}
	if b.Notes.End != nil {
		b.Notes.Append(prose(q.text(q.raw(w, Notes))))
	}
	if b.URL.End != nil {
		b.URL.Append(clean(nil, q.text(q.raw(w, URL))))
	}
}

// code returns the code of a raw cell of a text column. Most cells need no
// cleaning and are names themselves, which the dictionary has or takes; the others
// are remembered as they stand in the file. A name that begins with a quote is
// never such a cell: that would be a cell in quotes.
func (q *quick) code(t *quickText, raw []byte) uint32 {
	if len(raw) == 0 && q.plan.values[t.f] == nil {
		return 0
	}
	h := data.HashText(raw)
	own := t.plain && raw[0] != '"'
	if own {
		if code, ok := t.dict.Find(h, raw); ok {
			return code
		}
	}
	if code, ok := t.known.find(h, raw); ok {
		return code
	}
	if own && isClean(raw) {
		return t.dict.CodeBytes(h, raw)
	}
	before := q.d.replacements
	code := q.d.codeIn(int(t.c), t.f, q.text(raw))
	if q.d.replacements == before { // each replacement is counted
		t.known.add(h, raw, code)
	}
	return code
}
