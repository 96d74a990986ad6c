package record

import (
	"bytes"
	"strings"
	"unicode"

	"toll/data"
)

// cells are the raw texts of one record by field; an absent column is empty.
// They are only read while the record is decoded.
type cells [numFields][]byte

// incident is one decoded record before it is appended to the batch: nothing of
// a record that is set aside gets that far.
type incident struct {
	date       data.Date
	lat, lon   int32
	geo        data.GeoPrecision
	victim     data.VictimType
	sure       data.Attribution
	status     data.Status
	reportedOn data.Day

	killed, injured           data.Count
	killedParts, injuredParts [data.NumParts]data.Count
	besides                   [data.NumBesides]data.Count
}

// decoder turns raw records into the columns of a batch. It is the one place
// where cells get a meaning, whatever cut them out of the file.
type decoder struct {
	plan *plan
	keep bool // keep notes and addresses
	// asWritten leaves out the bounds that follow from what is stated.
	asWritten bool
	diags     *diagnoses
	batch     *data.Batch
	text      [data.NumColumns]coded

	victims  closed[data.VictimType]
	geo      closed[data.GeoPrecision]
	statuses closed[data.Status]
	sure     closed[data.Attribution]
	precs    closed[data.Precision]

	// The record at hand.
	cells    *cells
	from     origin
	rejected bool
	out      incident
	aside    int64 // records that conditions on the file's columns leave out
	replaced map[replacement]int64

	replacements int64 // in all of replaced
	own          cells // cells that are put together
}

// origin is where the record at hand came from. What reads a file fast need not
// know the place of every cell: raw is asked for only when something is wrong.
type origin interface {
	begins() int  // physical line of its first byte
	raw() *record // the record with the place of every cell
}

func (r *record) begins() int  { return r.line }
func (r *record) raw() *record { return r }

func newDecoder(p *plan, o Options, file int, dicts *data.Dicts, diags *diagnoses) *decoder {
	d := &decoder{plan: p, keep: o.KeepTexts, asWritten: o.AsWritten, diags: diags}
	d.batch = newBatch(p, file, dicts, o)
	for c := range d.text {
		d.text[c] = newCoded(dicts[c])
	}
	d.victims = newClosed(data.ParseVictimType)
	d.geo = newClosed(data.ParseGeoPrecision)
	d.statuses = newClosed(data.ParseStatus)
	d.sure = newClosed(data.ParseAttribution)
	d.precs = newClosed(data.ParsePrecision)
	return d
}

// add decodes a record into the batch and reports whether it was accepted.
func (d *decoder) add(c *cells, from origin) bool {
	d.cells, d.from, d.rejected = c, from, false
	d.out = incident{lat: data.NoCoord, lon: data.NoCoord, reportedOn: data.NoDay}
	if !d.selected() {
		d.aside++
		return true
	}
	if d.plan.odd {
		d.compute()
	}
	date, is := d.date()
	if (is.found() || date.Prec == data.Undated) && d.noIncident() {
		return false
	}
	d.out.date = d.happened(date, is)
	if d.plan.has(ReportedOn) {
		d.out.reportedOn = d.reported()
	}
	d.places()
	d.words()
	d.tolls()
	if d.rejected {
		return false
	}
	d.append()
	return true
}

// noIncident rejects rows that are none: totals and repeated headers. Both
// betray themselves by what stands in place of the date.
func (d *decoder) noIncident() bool {
	raw := d.from.raw()
	if d.plan.totals > 0 && d.plan.totals == d.from.begins() {
		d.reject("total-row", "the last row adds up the columns above it, and would count everyone twice")
		return true
	}
	if d.plan.repeats(raw) {
		d.reject("repeated-header", "the header comes again here; it is no incident")
		return true
	}
	if date := d.cells[Date]; !isBlank(date) && !isTotal(date) {
		return false
	}
	for i := range raw.len() {
		if isTotal(raw.cell(i)) {
			d.reject("total-row", "a row of totals, without a date, would count everyone twice")
			return true
		}
	}
	return false
}

var totalWords = wordSet("total", "totals", "grand total", "sub total", "subtotal", "sub-total", "sum", "overall total", "total:")

func isTotal(cell []byte) bool { return len(cell) < 32 && totalWords[foldCount(cell)] }

func isBlank(cell []byte) bool { return len(bytes.TrimSpace(cell)) == 0 }

// reject files a diagnostic that concerns the whole record.
func (d *decoder) reject(code, message string) {
	d.diags.add(data.Diagnostic{Line: d.from.begins(), Severity: data.Error, Code: code, Message: message})
	d.rejected = true
}

// complain files what is wrong with a cell; an error sets the record aside.
func (d *decoder) complain(f Field, is issue) { d.complainAs(f, is, severity(is.code)) }

func (d *decoder) complainAs(f Field, is issue, as data.Severity) {
	if as == data.Error {
		d.rejected = true
	}
	column := d.plan.column[f]
	diag := data.Diagnostic{Line: d.from.begins(), Severity: as, Code: is.code,
		Value: string(d.cells[f]), Message: is.message, Hint: is.hint}
	if column >= 0 {
		at := d.from.raw().at[column]
		diag.Line, diag.Column, diag.Field = at.line, at.col, d.plan.header[column]
		diag.Message = diag.Field + ": " + diag.Message
	}
	d.diags.add(diag)
}

// cell returns the text of a field, nothing where the profile reads the field
// only in other records.
func (d *decoder) cell(f Field) []byte {
	if c := d.plan.onlyIf[f]; c.set && string(bytes.TrimSpace(d.cells[c.field])) != c.value {
		return nil
	}
	return d.cells[f]
}

// closed reads the words of a closed list. It remembers the spellings it has
// met, so that reading a word again costs one look-up.
type closed[T any] struct {
	parse func(string) (T, bool)
	seen  map[string]T
}

const maxSpellings = 256 // of a closed list's words: capitals, spaces around

func newClosed[T any](parse func(string) (T, bool)) closed[T] {
	return closed[T]{parse: parse, seen: map[string]T{}}
}

// read returns the meaning of a cell, by the profile's words and the native
// ones, without regard to case.
func (c *closed[T]) read(cell []byte, profile map[string]string) (T, bool) {
	if v, ok := c.seen[string(cell)]; ok {
		return v, true
	}
	s := strings.ToLower(string(clean(nil, cell)))
	if w, ok := profile[s]; ok {
		s = w
	} else if w, ok := profile[foldWord(s)]; ok {
		s = w
	}
	v, ok := c.parse(s)
	if ok && len(c.seen) < maxSpellings {
		c.seen[string(cell)] = v
	}
	return v, ok
}

// foldWord writes a word of a dataset's list with an underscore for whatever
// stands between its letters and digits: some exports have the words of the
// screen, others those of the address.
func foldWord(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "_")
}

// words decodes the columns that hold a word of a closed list.
func (d *decoder) words() {
	var ok bool
	if f := VictimType; d.plan.has(f) || d.plan.fixed[f] != "" {
		if d.out.victim, ok = d.victims.read(d.cell(f), d.plan.values[f]); !ok {
			d.unknownWord(f, "civilian, security, militant, combatant, unknown")
		}
	}
	if f := GeoPrecision; d.plan.has(f) || d.plan.fixed[f] != "" {
		if d.out.geo, ok = d.geo.read(d.cell(f), d.plan.values[f]); !ok {
			d.unknownWord(f, "exact, near, admin2, admin1, region, country, international")
		}
	}
	if f := Attribution; d.plan.has(f) || d.plan.fixed[f] != "" {
		if d.out.sure, ok = d.sure.read(d.cell(f), d.plan.values[f]); !ok {
			d.unknownWord(f, "stated, suspected")
		}
	}
	if f := Status; d.plan.has(f) || d.plan.fixed[f] != "" {
		if d.out.status, ok = d.statuses.read(d.cell(f), d.plan.values[f]); !ok {
			d.complain(f, issue{code: "bad-status", message: "this is not a status, which decides whether the account counts"})
		}
	}
}

func (d *decoder) unknownWord(f Field, words string) {
	d.complain(f, issue{code: "unknown-word", message: "this is not one of the column's words; the cell is treated as not stated",
		hint: "use one of " + words})
}

// places decodes the coordinates: both, or neither.
func (d *decoder) places() {
	if !d.plan.has(Lat) || !d.plan.has(Lon) {
		return
	}
	lat, noLat, okLat := d.coord(Lat, 90)
	lon, noLon, okLon := d.coord(Lon, 180)
	switch {
	case !okLat:
		d.complain(Lat, issue{code: "bad-coordinates", message: "this is no latitude between -90 and 90; the record has no point"})
	case !okLon:
		d.complain(Lon, issue{code: "bad-coordinates", message: "this is no longitude between -180 and 180; the record has no point"})
	case noLat && noLon:
	case noLat:
		d.complain(Lat, issue{code: "bad-coordinates", message: "there is a longitude but no latitude; the record has no point"})
	case noLon:
		d.complain(Lon, issue{code: "bad-coordinates", message: "there is a latitude but no longitude; the record has no point"})
	default:
		d.out.lat, d.out.lon = lat, lon
	}
}
