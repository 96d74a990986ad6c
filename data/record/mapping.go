package record

import (
	"fmt"
	"reflect"

	"github.com/gocarina/gocsv"
)

// chunk is a run of raw records under the native names of their columns. It is
// what gocsv reads, so that gocsv's own reading of the tags decides which cell
// goes into which column of a Row. gocsv's package settings stay as they come:
// the header it sees has been checked and carries native names only.
type chunk struct {
	header []string
	index  []int // column of the file by column of the header

	// The records kept, back to back: what one large record needed is not held
	// for every other.
	text  []byte
	ends  []int
	at    []position
	spans []span

	rows [][]string
	size int // records in a full chunk
}

// span says where in a chunk a record's text and fields end.
type span struct{ text, fields, line, last int }

// chunkBytes is the text at which a chunk is full, however few its records.
const chunkBytes = 1 << 20

func newChunk(p *plan, size int) *chunk {
	c := &chunk{size: size}
	for _, m := range p.mapped {
		c.header = append(c.header, m.Field)
		c.index = append(c.index, m.Index)
	}
	c.rows = append(c.rows, c.header)
	return c
}

// add keeps a copy of a record and reports whether the chunk is full.
func (c *chunk) add(r *record) bool {
	c.text = append(c.text, r.buf...)
	c.ends = append(c.ends, r.ends...)
	c.at = append(c.at, r.at...)
	c.spans = append(c.spans, span{len(c.text), len(c.ends), r.line, r.last})
	return len(c.spans) == c.size || len(c.text) >= chunkBytes
}

func (c *chunk) reset() {
	c.text, c.ends, c.at, c.spans = c.text[:0], c.ends[:0], c.at[:0], c.spans[:0]
}

func (c *chunk) len() int { return len(c.spans) }

// record returns record i, which is valid until the next reset.
func (c *chunk) record(i int) record {
	var from span
	if i > 0 {
		from = c.spans[i-1]
	}
	to := c.spans[i]
	return record{buf: c.text[from.text:to.text], ends: c.ends[from.fields:to.fields], at: c.at[from.fields:to.fields],
		line: to.line, last: to.last}
}

// Read is not used by gocsv for slices.
func (c *chunk) Read() ([]string, error) {
	return nil, fmt.Errorf("record: a chunk is read as a whole")
}

// ReadAll returns the header and the mapped cells of each record.
func (c *chunk) ReadAll() ([][]string, error) {
	for len(c.rows) <= c.len() {
		c.rows = append(c.rows, make([]string, len(c.index)))
	}
	text := string(c.text)
	for i := range c.len() {
		r, row := c.record(i), c.rows[i+1]
		base := c.spans[i].text - len(r.buf)
		for j, column := range c.index {
			from := 0
			if column > 0 {
				from = r.ends[column-1]
			}
			row[j] = text[base+from : base+r.ends[column]]
		}
	}
	return c.rows[:c.len()+1], nil
}

// unmarshal maps the records to rows; the slice is reused between calls.
func (c *chunk) unmarshal(rows []Row) ([]Row, error) {
	rows = rows[:min(cap(rows), c.len())]
	if err := gocsv.UnmarshalCSV(c, &rows); err != nil {
		return rows, fmt.Errorf("record: mapping the columns: %w", err)
	}
	if len(rows) != c.len() {
		return rows, fmt.Errorf("record: %d of %d records mapped", len(rows), c.len())
	}
	return rows, nil
}

// into copies the cells of a row to where the decoder takes them from, reusing
// the memory of the cells before.
func (r *Row) into(to *cells) {
	v := reflect.ValueOf(r).Elem()
	for f := range to {
		to[f] = append(to[f][:0], v.Field(f).String()...)
	}
}
