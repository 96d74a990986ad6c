package output

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"toll/stats"

	"github.com/gocarina/gocsv"
	"golang.org/x/text/unicode/norm"
)

// TollCells are the columns of tables/*.csv that hold figures, as gocsv writes
// and reads them; the columns of the keys stand before them. A best column holds
// the sum over the incidents that have a best figure, and no_best says how many
// known tolls lack one: the two are to be read together. A figure that nothing is
// known of is blank.
type TollCells struct {
	Incidents uint32 `csv:"incidents"`

	KilledLow     string `csv:"killed_low"`
	KilledBest    string `csv:"killed_best"`
	KilledHigh    string `csv:"killed_high"`
	KilledNoBest  uint32 `csv:"killed_no_best"`
	KilledUnknown uint32 `csv:"killed_unknown"`
	KilledOpen    uint32 `csv:"killed_open"`
	KilledFatal   uint32 `csv:"killed_fatal"`

	InjuredLow     string `csv:"injured_low"`
	InjuredBest    string `csv:"injured_best"`
	InjuredHigh    string `csv:"injured_high"`
	InjuredNoBest  string `csv:"injured_no_best"`
	InjuredUnknown string `csv:"injured_unknown"`
	InjuredOpen    string `csv:"injured_open"`
}

// PartyCells are the columns of tables/by-party.csv, which also say what a
// party's name rests on.
type PartyCells struct {
	TollCells
	Claimed    uint32 `csv:"claimed"`
	Attributed uint32 `csv:"attributed"`
	Contested  uint32 `csv:"contested"`
	Involved   uint32 `csv:"involved"`
}

// cellsOf fills the figures of a row. Where the data has no column of injured,
// its cells are blank.
func cellsOf(t stats.Tally, hasInjured bool) TollCells {
	k, j := t.Killed, t.Injured
	c := TollCells{Incidents: t.Incidents, KilledNoBest: k.NoBest, KilledUnknown: k.Unknown, KilledOpen: k.Open, KilledFatal: k.Fatal}
	c.KilledLow, c.KilledBest, c.KilledHigh = sumTexts(k, t.Incidents)
	if hasInjured {
		c.InjuredLow, c.InjuredBest, c.InjuredHigh = sumTexts(j, t.Incidents)
		c.InjuredNoBest, c.InjuredUnknown, c.InjuredOpen = count(j.NoBest), count(j.Unknown), count(j.Open)
	}
	return c
}

func count(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// manyRows is above what gocsv's way over texts and reflection is worth.
const manyRows = 500

// csvForm says how the cells of a table are written.
type csvForm struct {
	injured bool // the data has figures of injured
	raw     bool // names as they are, also those that a spreadsheet would run
}

// text writes a name.
func (f csvForm) text(s string) string {
	if f.raw {
		return s
	}
	return guard(s)
}

// writeTableCSV writes every row of a table.
func writeTableCSV(t *stats.Table, f csvForm) ([]byte, error) {
	if len(t.Rows) > manyRows && !hasBasis(t) {
		return writeLongCSV(t, f)
	}
	return writeSmallCSV(t, f)
}

func writeSmallCSV(t *stats.Table, f csvForm) ([]byte, error) {
	var b bytes.Buffer
	w := &keyedWriter{w: csv.NewWriter(&b), keys: keyColumns(t, f)}
	var err error
	if hasBasis(t) {
		rows := make([]PartyCells, len(t.Rows))
		for i, r := range t.Rows {
			rows[i] = PartyCells{cellsOf(r.Tally, f.injured), r.Basis.Claimed, r.Basis.Attributed, r.Basis.Contested, r.Basis.Involved}
		}
		err = gocsv.MarshalCSV(rows, w)
	} else {
		rows := make([]TollCells, len(t.Rows))
		for i, r := range t.Rows {
			rows[i] = cellsOf(r.Tally, f.injured)
		}
		err = gocsv.MarshalCSV(rows, w)
	}
	return b.Bytes(), err
}

// keyColumns returns the cells of a table's keys, with the heading first: the id
// of each key, its label where labels differ from ids, and what a period lacks.
func keyColumns(t *stats.Table, f csvForm) [][]string {
	rows := make([][]string, len(t.Rows)+1)
	labels, partial := keyLayout(t)
	for d, dim := range t.Dims {
		labelled := labels[d]
		rows[0] = append(rows[0], dim.ID)
		if labelled {
			rows[0] = append(rows[0], dim.ID+"_label")
		}
		for i, r := range t.Rows {
			rows[i+1] = append(rows[i+1], f.text(r.Keys[d].ID))
			if labelled {
				rows[i+1] = append(rows[i+1], f.text(r.Keys[d].Label))
			}
		}
	}
	if partial {
		rows[0] = append(rows[0], "partial")
		for i, r := range t.Rows {
			rows[i+1] = append(rows[i+1], f.text(r.Partial))
		}
	}
	return rows
}

// keyLayout reports which keys of a table have a column for their label, and
// whether there is one for what a period lacks.
func keyLayout(t *stats.Table) (labels []bool, partial bool) {
	labels = make([]bool, len(t.Dims))
	for i := range t.Rows {
		r := &t.Rows[i]
		for d := range t.Dims {
			labels[d] = labels[d] || r.Keys[d].Label != r.Keys[d].ID
		}
		partial = partial || r.Partial != ""
	}
	return labels, partial
}

// keyedWriter puts the key cells of each row before the figures that gocsv
// writes. The keys of a table are not known until there is a table, so they
// cannot be fields of a struct.
type keyedWriter struct {
	w    *csv.Writer
	keys [][]string
	n    int
}

func (k *keyedWriter) Write(figures []string) error {
	row := append(append([]string(nil), k.keys[k.n]...), figures...)
	k.n++
	return k.w.Write(row)
}

func (k *keyedWriter) Flush()       { k.w.Flush() }
func (k *keyedWriter) Error() error { return k.w.Error() }

// writePlottedCSV writes the numbers behind a figure.
func writePlottedCSV(f *Figure, raw bool) ([]byte, error) { return PlottedCSV(f.Columns, f.Rows, raw) }

// PlottedCSV writes the numbers behind a chart; raw leaves texts as they are.
func PlottedCSV(columns []string, rows [][]string, raw bool) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, r := range append([][]string{columns}, rows...) {
		cells := make([]string, len(r))
		for i, c := range r {
			if cells[i] = c; !raw {
				cells[i] = guardUnlessNumber(c)
			}
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// guard keeps a spreadsheet from running a text as a formula: a text that starts
// like one, also after spaces, quotes or invisible marks and in full-width
// letters, is preceded by an apostrophe.
func guard(s string) string {
	rest := strings.TrimLeftFunc(s, func(r rune) bool {
		return r != '\t' && r != '\r' && r != '\n' && (unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Zs) || r == '"' || r == '\'')
	})
	if first, _ := utf8.DecodeRuneInString(norm.NFKC.String(firstRunes(rest, 2))); rest != "" && strings.ContainsRune("=+-@\t\r\n", first) {
		return "'" + s
	}
	return s
}

// firstRunes cuts a text to its first n characters.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// guardUnlessNumber guards a cell that is not a plain number.
func guardUnlessNumber(s string) string {
	if isNumber(s) {
		return s
	}
	return guard(s)
}

// isNumber reports whether s is an optional minus, digits, and an optional
// decimal part.
func isNumber(s string) bool {
	whole, part, dotted := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return whole != "" && digitsOnly(whole) && digitsOnly(part) && (part != "") == dotted
}
