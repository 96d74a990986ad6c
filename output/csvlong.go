package output

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"github.com/gocarina/gocsv"

	"toll/data"
	"toll/stats"
)

// writeLongCSV writes a table of many rows: the same bytes as writeSmallCSV, with
// the heading that gocsv makes of the tags, and the cells by hand.
func writeLongCSV(t *stats.Table, f csvForm) ([]byte, error) {
	heading, err := gocsv.MarshalBytes([]TollCells{})
	if err != nil {
		return nil, err
	}
	labels, partial := keyLayout(t)
	b := make([]byte, 0, 256)
	for d, dim := range t.Dims {
		b = append(b, dim.ID...)
		b = append(b, ',')
		if labels[d] {
			b = append(b, dim.ID+"_label,"...)
		}
	}
	if partial {
		b = append(b, "partial,"...)
	}
	b = append(b, heading...)
	texts := keyTexts{f, map[string]string{}}
	for i := range t.Rows {
		b = roomFor(b, i, len(t.Rows))
		r := &t.Rows[i]
		for d := range t.Dims {
			k := &r.Keys[d]
			b = append(texts.append(b, k.ID), ',')
			if labels[d] {
				b = append(texts.append(b, k.Label), ',')
			}
		}
		if partial {
			b = append(texts.append(b, r.Partial), ',')
		}
		b = appendToll(b, &r.Tally, f.injured)
	}
	return b, nil
}

// roomFor makes room for the rest of a table once some rows of it are written: as
// much as they took and a little, since all files of a briefing are kept until
// they are published.
func roomFor(b []byte, written, rows int) []byte {
	if written != 256 {
		return b
	}
	return slices.Grow(b, len(b)/written*(rows-written)/16*17)
}

// keyTexts remembers how keys are written that need a guard or quotes.
type keyTexts struct {
	form    csvForm
	written map[string]string
}

func (m keyTexts) append(b []byte, s string) []byte {
	if isPlainCell(s) {
		return append(b, s...)
	}
	t, ok := m.written[s]
	if !ok {
		var cell bytes.Buffer
		w := csv.NewWriter(&cell)
		_ = w.Write([]string{m.form.text(s)}) // a buffer takes everything
		w.Flush()
		t = strings.TrimSuffix(cell.String(), "\n")
		m.written[s] = t
	}
	return append(b, t...)
}

// isPlainCell reports whether a text is surely written as it is: it begins with
// an ASCII letter or digit, which neither needs a guard nor can combine with what
// follows to something that does, and holds nothing that CSV quotes.
func isPlainCell(s string) bool {
	if s == "" || !(s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z' || s[0] >= '0' && s[0] <= '9') {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c == ',' || c == '"' || c == '\r' || c == '\n' {
			return false
		}
	}
	return true
}

// appendToll writes the figures of a row as cellsOf has them, and a line end.
func appendToll(b []byte, t *stats.Tally, hasInjured bool) []byte {
	b = strconv.AppendUint(b, uint64(t.Incidents), 10)
	b = appendSums(b, &t.Killed, t.Incidents)
	for _, n := range [4]uint32{t.Killed.NoBest, t.Killed.Unknown, t.Killed.Open, t.Killed.Fatal} {
		b = strconv.AppendUint(append(b, ','), uint64(n), 10)
	}
	if !hasInjured {
		return append(b, ",,,,,,\n"...)
	}
	b = appendSums(b, &t.Injured, t.Incidents)
	for _, n := range [3]uint32{t.Injured.NoBest, t.Injured.Unknown, t.Injured.Open} {
		b = strconv.AppendUint(append(b, ','), uint64(n), 10)
	}
	return append(b, '\n')
}

// appendSums writes low, best and high as sumTexts has them.
func appendSums(b []byte, s *stats.Sum, n uint32) []byte {
	if n > 0 && s.Known(n) == 0 {
		return append(b, ",,,"...)
	}
	b = appendDecimal(append(b, ','), s.Low)
	b = append(b, ',')
	if s.Known(n) > s.NoBest || n == 0 {
		b = appendDecimal(b, s.Best)
	}
	return appendDecimal(append(b, ','), s.High)
}

func appendDecimal(b []byte, v int64) []byte {
	if v%data.Unit != 0 {
		return append(b, decimal(v)...)
	}
	return strconv.AppendInt(b, v/data.Unit, 10)
}
