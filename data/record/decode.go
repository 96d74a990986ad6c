package record

import (
	"fmt"
	"strings"

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
	status     data.Status
	reportedOn data.Day

	killed, injured           data.Count
	killedParts, injuredParts [data.NumParts]data.Count
	women, children           data.Count
}

// decoder turns raw records into the columns of a batch. It is the one place
// where cells get a meaning, whatever cut them out of the file.
type decoder struct {
	plan  *plan
	keep  bool // keep notes and addresses
	diags *diagnoses
	batch *data.Batch
	text  [data.NumColumns]coded

	// The record at hand.
	cells    *cells
	raw      *record
	rejected bool
	out      incident
}

func newDecoder(p *plan, o Options, file int, dicts *data.Dicts, diags *diagnoses) *decoder {
	d := &decoder{plan: p, keep: o.KeepTexts, diags: diags}
	d.batch = newBatch(p, file, dicts, o)
	for c := range d.text {
		d.text[c] = newCoded(dicts[c])
	}
	return d
}

// add decodes a record into the batch and reports whether it was accepted. The
// raw record gives positions, and is looked at as a whole only when a cell
// cannot be read.
func (d *decoder) add(c *cells, raw *record) bool {
	d.cells, d.raw, d.rejected = c, raw, false
	d.out = incident{lat: data.NoCoord, lon: data.NoCoord, reportedOn: data.NoDay}
	if d.setAside() {
		return false
	}
	d.dates()
	d.places()
	d.words()
	d.tolls()
	if d.rejected {
		return false
	}
	d.append()
	return true
}

// setAside rejects rows that are no incident: totals and repeated headers. Both
// betray themselves by what stands in place of the date.
func (d *decoder) setAside() bool {
	if _, ok := plainDay(d.cells[Date]); ok {
		return false
	}
	if d.plan.repeats(d.raw) {
		d.reject("repeated-header", "the header comes again here; it is no incident")
		return true
	}
	date := strings.TrimSpace(string(d.cells[Date]))
	if date != "" && !isTotal(date) {
		return false
	}
	for i := range d.raw.len() {
		if c := string(d.raw.cell(i)); isTotal(c) {
			d.reject("total-row", fmt.Sprintf("%q has no date: this is a row of totals, which would count everyone twice", strings.TrimSpace(c)))
			return true
		}
	}
	return false
}

var totalWords = wordSet("total", "totals", "grand total", "sub total", "subtotal", "sub-total", "sum", "overall total", "total:", "all")

func isTotal(cell string) bool { return len(cell) < 32 && totalWords[foldCount([]byte(cell))] }

// reject files a diagnostic that concerns the whole record.
func (d *decoder) reject(code, message string) {
	d.diags.add(data.Diagnostic{Line: d.raw.line, Severity: data.Error, Code: code, Message: message})
	d.rejected = true
}

// complain files what is wrong with a cell; an error sets the record aside.
func (d *decoder) complain(f Field, is issue) { d.complainAs(f, is, severity(is.code)) }

func (d *decoder) complainAs(f Field, is issue, as data.Severity) {
	if as == data.Error {
		d.rejected = true
	}
	column := d.plan.column[f]
	diag := data.Diagnostic{Line: d.raw.line, Severity: as, Code: is.code,
		Value: string(d.cells[f]), Message: is.message, Hint: is.hint}
	if column >= 0 {
		at := d.raw.at[column]
		diag.Line, diag.Column, diag.Field = at.line, at.col, d.plan.header[column]
		diag.Message = diag.Field + ": " + diag.Message
	}
	d.diags.add(diag)
}

// cell returns the text of a field, nothing where the profile reads the field
// only in other records.
func (d *decoder) cell(f Field) []byte {
	if c := d.plan.onlyIf[f]; c.set && string(d.cells[c.field]) != c.value {
		return nil
	}
	return d.cells[f]
}

// word returns the native word of a cell that holds a word of a closed list.
func (d *decoder) word(f Field) string {
	s := strings.ToLower(string(clean(nil, d.cell(f))))
	if w, ok := d.plan.values[f][s]; ok {
		return w
	}
	return s
}

// words decodes the columns that hold a word of a closed list.
func (d *decoder) words() {
	var ok bool
	if d.plan.has(VictimType) {
		if d.out.victim, ok = data.ParseVictimType(d.word(VictimType)); !ok {
			d.unknownWord(VictimType, "civilian, security, militant, combatant, unknown")
		}
	}
	if d.plan.has(GeoPrecision) {
		if d.out.geo, ok = data.ParseGeoPrecision(d.word(GeoPrecision)); !ok {
			d.unknownWord(GeoPrecision, "exact, near, admin2, admin1, region, country, international")
		}
	}
	if d.plan.has(Status) {
		if d.out.status, ok = data.ParseStatus(d.word(Status)); !ok {
			d.complain(Status, issue{code: "bad-status", message: fmt.Sprintf("%q is not a status", shown(string(d.cells[Status])))})
		}
	}
}

func (d *decoder) unknownWord(f Field, words string) {
	d.complain(f, issue{code: "unknown-word",
		message: fmt.Sprintf("%q is not one of its words; the cell is treated as not stated", shown(string(d.cells[f]))),
		hint:    "use one of " + words})
}

// places decodes the coordinates: both, or neither.
func (d *decoder) places() {
	if !d.plan.has(Lat) || !d.plan.has(Lon) {
		return
	}
	lat, noLat, okLat := parseCoord(d.cells[Lat], 90)
	lon, noLon, okLon := parseCoord(d.cells[Lon], 180)
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
