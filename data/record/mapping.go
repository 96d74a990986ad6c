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
	plan    *plan
	header  []string
	index   []int // column of the file by column of the header
	records []record
	n       int
	rows    [][]string
}

func newChunk(p *plan, size int) *chunk {
	c := &chunk{plan: p, records: make([]record, size)}
	for _, m := range p.mapped {
		c.header = append(c.header, m.Field)
		c.index = append(c.index, m.Index)
	}
	c.rows = append(c.rows, c.header)
	return c
}

// add keeps a copy of a record and reports whether the chunk is full.
func (c *chunk) add(r *record) bool {
	c.records[c.n].copyFrom(r)
	c.n++
	return c.n == len(c.records)
}

func (c *chunk) reset() { c.n = 0 }

// Read is not used by gocsv for slices.
func (c *chunk) Read() ([]string, error) {
	return nil, fmt.Errorf("record: a chunk is read as a whole")
}

// ReadAll returns the header and the mapped cells of each record.
func (c *chunk) ReadAll() ([][]string, error) {
	for len(c.rows) < c.n+1 {
		c.rows = append(c.rows, make([]string, len(c.index)))
	}
	for i := range c.n {
		r, row := &c.records[i], c.rows[i+1]
		text := string(r.buf)
		for j, column := range c.index {
			from := 0
			if column > 0 {
				from = r.ends[column-1]
			}
			row[j] = text[from:r.ends[column]]
		}
	}
	return c.rows[:c.n+1], nil
}

// unmarshal maps the records to rows; the slice is reused between calls.
func (c *chunk) unmarshal(rows []Row) ([]Row, error) {
	rows = rows[:min(cap(rows), c.n+1)]
	clear(rows)
	if err := gocsv.UnmarshalCSV(c, &rows); err != nil {
		return rows, fmt.Errorf("record: mapping the columns: %w", err)
	}
	if len(rows) < c.n {
		return rows, fmt.Errorf("record: %d of %d records mapped", len(rows), c.n)
	}
	return rows[:c.n], nil
}

// into copies the cells of a row to where the decoder takes them from, reusing
// the memory of the cells before.
func (r *Row) into(to *cells) {
	v := reflect.ValueOf(r).Elem()
	for f := range to {
		to[f] = append(to[f][:0], v.Field(f).String()...)
	}
}
