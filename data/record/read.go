package record

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"toll/data"
)

// Options say how a file is to be read. The zero Options are the defaults.
type Options struct {
	Profile   string // name of a profile; "" or "auto" recognises it by the header
	Delimiter rune   // between cells; 0 is a comma
	BatchSize int    // records in a batch; 0 is 4096
	KeepTexts bool   // keep notes and addresses in the batches
	// Dicts are shared between the files of one run, so that a code means the
	// same name in each; nil makes new ones.
	Dicts *data.Dicts
	// Skip are columns, by their native names, that are left unread as if the
	// file did not have them; Unneeded likewise, by the reader's own choice.
	Skip, Unneeded []string
	// AsWritten takes each figure as it stands: a low, best or high that a record
	// does not state stays out, where otherwise it follows from the others.
	AsWritten bool
	NoSum     bool // ReadParallel: do without Result.SHA256

	// Layout says how the file departs from toll's own dialect, by Survey; nil
	// reads no other dialect and no dates but ISO ones. ReadParallel reads plain
	// layouts only, and returns ErrNotPlain for others.
	Layout *Layout
	// Map gives the column of the file for a field, by its native name or year,
	// month or day; a blank one leaves the field unread.
	Map      map[string]string
	Encoding string   // of the file's text where it is not UTF-8; used by Survey
	Order    Order    // of day and month in every date; unknown lets Survey decide
	Serials  bool     // dates may be a spreadsheet's day numbers
	Deaths   bool     // each record is one death; no column counts
	Words    string   // "acled" reads "dozens" as its table of words does
	Mark     string   // thousands mark of the counts, other than a comma
	Unknown  []string // figures that are codes for unknown: -1, -99
	// KeepDisorder keeps figures out of order as they are, with a warning.
	KeepDisorder bool
	Only         []string // conditions column=value on the file's own columns
	// Lists gives, by native column, what separates the entries of its cells
	// where it is not a semicolon.
	Lists   map[string]string
	Aliases *AliasFile // other spellings of names, and what they stand for

	chunk int     // bytes in a worker's chunk; 0 is fastChunk
	names int     // different names in a column; 0 is maxNames
	index int     // 1 and -1: find records by an index, or not, whatever is faster
	part  *partOf // what of the file is read; nil for all
}

func (o Options) delimiter() byte {
	if o.Delimiter == 0 {
		return ','
	}
	return byte(o.Delimiter)
}

func (o Options) batchSize() int {
	if o.BatchSize <= 0 {
		return 4096
	}
	return o.BatchSize
}

// Source is one input.
type Source struct {
	Name string // as diagnostics show it
	R    io.Reader
}

// Result says what was read and how it was understood.
type Result struct {
	Name    string
	SHA256  [32]byte // of the bytes as they came; zero if they were not all read
	Bytes   int64
	Profile string // name of the profile used
	Why     string // why that one
	Mapping []MappedColumn
	Unused  []string // columns of the file that no field takes
	Ledger  data.Ledger
	// Diagnostics are in the order of the file: of each code the first 1,000.
	// Counts has how many there were of each.
	Diagnostics []data.Diagnostic
	Counts      map[string]int64
	Noted       []string // remarks about the file as a whole
	// Cells are, by the names that Options.Only has for columns, the cells there
	// are, in lower case: all, or the first 10,000.
	Cells map[string][]string
}

// Read reads one CSV file and hands its records to emit in batches, in the order
// of the file. A batch and its columns are reused after emit returns. File is
// the number that the batches carry; Batch.First counts accepted records.
//
// Records that cannot be trusted are set aside with a diagnostic. The error is an
// *InputError if the file cannot be read as a table, or whatever emit returned;
// in both cases what was emitted must not be used. The result is never nil and
// says how far the reading got.
func Read(src Source, file int, o Options, emit func(*data.Batch) error) (*Result, error) {
	rd := &reader{
		options: o,
		file:    file,
		emit:    emit,
		input:   newInput(src.R),
		diags:   newDiagnoses(src.Name),
		result:  &Result{Name: src.Name, Ledger: data.Ledger{Files: 1}},
	}
	if rd.options.Dicts == nil {
		rd.options.Dicts = data.NewDicts()
	}
	err := rd.read()
	rd.finish(err)
	return rd.result, err
}

// reader is the reference path through the four steps: scanner, plan, gocsv,
// decoder, in one goroutine.
type reader struct {
	options Options
	file    int
	emit    func(*data.Batch) error
	input   *input
	scan    *scanner
	plan    *plan
	chunk   *chunk
	rows    []Row
	cells   cells
	decode  *decoder
	diags   *diagnoses
	result  *Result
	held    *record // the first record of a file without a header

	replaced map[replacement]int64 // names that aliases put others in the place of
}

// chunkSize is the number of records that gocsv maps at a time.
const chunkSize = 256

func (rd *reader) read() error {
	if err := rd.open(); err != nil {
		return err
	}
	if part := rd.options.part; part != nil && part.From.At > 0 {
		if err := rd.skipTo(rd.scan.base + int64(rd.scan.pos)); err != nil {
			return err
		}
	}
	if err := rd.records(); err != nil {
		return err
	}
	rd.remarkEmpty()
	return nil
}

// open reads up to the end of the header.
func (rd *reader) open() error {
	name := rd.result.Name
	if l := rd.options.Layout; l != nil && rd.options.Delimiter == 0 {
		rd.options.Delimiter = rune(l.Delimiter)
	}
	if d := rd.options.Delimiter; d > 0x7E || d < 0 || d == '"' || d == '\n' || d == '\r' {
		return newInputError(name, position{}, "bad-delimiter", fmt.Sprintf("%q cannot be the delimiter", d), "")
	}
	text, err := rd.text()
	if err != nil {
		return err
	}
	rd.scan = newScanner(name, text, rd.options.delimiter())
	bom, err := rd.scan.begin()
	if err != nil {
		return err
	}
	if bom {
		rd.note("a byte order mark was dropped")
	}
	return rd.header()
}

func (rd *reader) remarkEmpty() {
	if rd.options.part != nil && !rd.options.part.whole() {
		return
	}
	if rd.result.Ledger.Read == rd.result.Ledger.Blank {
		rd.diags.add(data.Diagnostic{Severity: data.Warning, Code: "no-records", Message: "the file has a header and no records"})
	}
}

func (rd *reader) note(s string) { rd.result.Noted = append(rd.result.Noted, s) }

// header reads the first row that is not blank and makes the plan.
func (rd *reader) header() error {
	var r record
	above := rd.options.Layout.above()
	for {
		err := rd.scan.next(&r)
		if errors.Is(err, io.EOF) {
			return newInputError(rd.result.Name, position{}, "empty-file", "the file holds nothing", "")
		}
		if err != nil {
			return err
		}
		if !r.blank() {
			if above > 0 {
				above--
				continue
			}
			break
		}
		rd.result.Ledger.Read++
		rd.result.Ledger.Blank++
	}
	p, err := newPlan(rd.result.Name, rd.named(&r), rd.options)
	if err != nil {
		return err
	}
	if rd.emit == nil && !p.plainEnough() { // ReadParallel, which decodes cell by cell
		return ErrNotPlain
	}
	rd.plan, rd.scan.whole = p, p.looksWhole
	rd.say(p)
	rd.result.Profile, rd.result.Why = p.profile.Name, p.why
	rd.result.Mapping, rd.result.Unused = p.mapped, p.unused
	if p.profile.Licence != "" {
		rd.note("licence of the dataset: " + p.profile.Licence)
	}
	if len(p.unused) > 0 {
		rd.diags.add(data.Diagnostic{Line: r.line, Severity: data.Note, Code: "unused-columns",
			Message: "columns that no figure uses: " + listed(p.unused)})
	}
	for _, m := range p.nearMisses() {
		at := r.at[m.Index]
		rd.diags.add(data.Diagnostic{Line: at.line, Column: at.col, Severity: data.Warning, Code: "near-miss-column",
			Field: m.Column, Message: fmt.Sprintf("column %q is not used; is it meant to be %s?", m.Column, m.Field)})
	}
	rd.chunk = newChunk(p, min(chunkSize, rd.options.batchSize()))
	rd.decode = newDecoder(p, rd.options, rd.file, rd.options.Dicts, rd.diags)
	return nil
}

// records reads all that follows the header.
func (rd *reader) records() error {
	var r record
	for first := rd.options.part == nil || rd.options.part.From.At == 0; ; first = false {
		on, err := rd.inside()
		if err != nil {
			return err
		}
		if !on {
			break
		}
		err = rd.next(&r)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if first && isTags(&r) {
			rd.skipTags(&r)
			continue
		}
		rd.result.Ledger.Read++
		if r.blank() && r.fault == sound {
			rd.result.Ledger.Blank++
			continue
		}
		if d, bad := rd.plan.unsound(&r); bad {
			rd.diags.add(d)
			rd.result.Ledger.Rejected++
			continue
		}
		if rd.chunk.add(&r) {
			if err := rd.flush(); err != nil {
				return err
			}
		}
	}
	if err := rd.flush(); err != nil {
		return err
	}
	return rd.send()
}

// skipTags remarks on a row of HXL tags, which is no record.
func (rd *reader) skipTags(r *record) {
	rd.note(fmt.Sprintf("a row of HXL tags on line %d was skipped", r.line))
	rd.diags.add(data.Diagnostic{Line: r.line, Severity: data.Note, Code: "tag-row", Message: "a row of HXL tags was skipped; it is no record"})
}

// flush maps and decodes the chunk.
func (rd *reader) flush() error {
	if rd.chunk.len() == 0 {
		return nil
	}
	rows, err := rd.chunk.unmarshal(rd.rows)
	if err != nil {
		return err
	}
	rd.rows = rows
	for i := range rows {
		rows[i].into(&rd.cells)
		raw := rd.chunk.record(i)
		if !rd.decode.add(&rd.cells, &raw) {
			rd.result.Ledger.Rejected++
			continue
		}
		rd.result.Ledger.Accepted++
		if err := rd.bounded(); err != nil {
			return err
		}
		if rd.decode.batch.N == rd.options.batchSize() {
			if err := rd.send(); err != nil {
				return err
			}
		}
	}
	rd.chunk.reset()
	return nil
}

// send hands the batch over, unless it is empty.
func (rd *reader) send() error {
	if rd.decode.batch.N == 0 {
		return nil
	}
	if err := rd.emit(rd.decode.batch); err != nil {
		return err
	}
	rd.decode.clear()
	return nil
}

// finish completes the result.
func (rd *reader) finish(err error) {
	r := rd.result
	r.Bytes = rd.input.n
	if err == nil {
		rd.input.drain()
		r.Bytes = rd.input.n
		rd.input.sum.Sum(r.SHA256[:0])
		rd.sum(r)
	}
	rd.conclude()
}

// conclude puts the diagnostics into the result.
func (rd *reader) conclude() {
	r := rd.result
	r.Diagnostics, r.Counts = rd.diags.kept, rd.diags.counts
	if rd.plan != nil {
		for _, c := range rd.plan.only {
			if r.Cells == nil {
				r.Cells = map[string][]string{}
			}
			for _, name := range c.names {
				r.Cells[name] = slices.Sorted(maps.Keys(c.seen))
			}
		}
	}
	data.SortDiagnostics(r.Diagnostics, []string{r.Name})
}
