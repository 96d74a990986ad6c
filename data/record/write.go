package record

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"toll/data"
)

// Writer writes records as the native CSV, which Read reads back as the same
// records.
type Writer struct {
	w      *csv.Writer
	fields []Field
	cells  []string
}

// NewWriter writes the header of the columns that the batches of one run have;
// see BatchColumns. The columns of a toll and of a date come together.
func NewWriter(w io.Writer, columns map[string]bool) (*Writer, error) {
	out := &Writer{w: csv.NewWriter(w)}
	var header []string
	for f := range numFields {
		if columns[f.String()] {
			out.fields = append(out.fields, f)
			header = append(header, f.String())
		}
	}
	out.cells = make([]string, len(out.fields))
	return out, out.w.Write(header)
}

// BatchColumns adds the native columns that are needed to write a batch.
func BatchColumns(b *data.Batch, to map[string]bool) {
	add := func(has bool, fields ...Field) {
		for _, f := range fields {
			if has {
				to[f.String()] = true
			}
		}
	}
	add(true, Date, DateEnd, DatePrecision)
	for c, f := range codedFields {
		add(b.Codes[c] != nil, f)
	}
	add(b.Lat != nil, Lat, Lon)
	add(b.GeoPrec != nil, GeoPrecision)
	add(b.VictimType != nil, VictimType)
	add(b.Attribution != nil, Attribution)
	add(b.Status != nil, Status)
	add(b.ReportedOn != nil, ReportedOn)
	add(b.Killed != nil, Killed, KilledLow, KilledHigh)
	add(b.Injured != nil, Injured, InjuredLow, InjuredHigh)
	for p := range data.NumParts {
		add(b.KilledParts[p] != nil, KilledCivilians+Field(p))
		add(b.InjuredParts[p] != nil, InjuredCivilians+Field(p))
	}
	for k := range b.Besides {
		add(b.Besides[k] != nil, Women+Field(k))
	}
	add(b.ID.End != nil, IncidentID)
	add(b.Notes.End != nil, Notes)
	add(b.URL.End != nil, URL)
}

// Write writes the records of a batch.
func (w *Writer) Write(b *data.Batch) error {
	for i := range b.N {
		killed, injured := wholeCells(data.At(b.Killed, i)), wholeCells(data.At(b.Injured, i))
		date := dateCells(b.Date(i))
		for j, f := range w.fields {
			switch {
			case f >= Date && f <= DatePrecision:
				w.cells[j] = date[f-Date]
			case f >= Killed && f <= KilledHigh:
				w.cells[j] = killed[f-Killed]
			case f >= Injured && f <= InjuredHigh:
				w.cells[j] = injured[f-Injured]
			default:
				w.cells[j] = ownCell(b, i, f)
			}
		}
		if err := w.w.Write(w.cells); err != nil {
			return err
		}
	}
	return nil
}

// Flush writes what is held back.
func (w *Writer) Flush() error {
	w.w.Flush()
	return w.w.Error()
}

// ownCell returns the cell of a field that has one cell to itself.
func ownCell(b *data.Batch, i int, f Field) string {
	switch {
	case f >= KilledCivilians && f <= KilledSideB:
		return partCell(data.At(b.KilledParts[f-KilledCivilians], i))
	case f >= InjuredCivilians && f <= InjuredSideB:
		return partCell(data.At(b.InjuredParts[f-InjuredCivilians], i))
	case f >= Women && f <= BesidesMilitants:
		return partCell(data.At(b.Besides[f-Women], i))
	}
	switch f {
	case IncidentID:
		return b.ID.At(i)
	case Lat:
		return degreesCell(b.Lat, i)
	case Lon:
		return degreesCell(b.Lon, i)
	case GeoPrecision:
		return data.At(b.GeoPrec, i).String()
	case VictimType:
		return data.At(b.VictimType, i).String()
	case ReportedOn:
		if b.ReportedOn == nil {
			return ""
		}
		return b.ReportedOn[i].String()
	case Attribution:
		return data.At(b.Attribution, i).String()
	case Status:
		return data.At(b.Status, i).String()
	case URL:
		return b.URL.At(i)
	case Notes:
		return b.Notes.At(i)
	}
	for c, coded := range codedFields {
		if coded == f {
			return b.Text(data.Column(c), i)
		}
	}
	return ""
}

func degreesCell(column []int32, i int) string {
	if column == nil || column[i] == data.NoCoord {
		return ""
	}
	s := strconv.FormatFloat(float64(column[i])/1e6, 'f', 6, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// dateCells returns date, date_end and date_precision. A date that shows its own
// precision has no more than the first.
func dateCells(d data.Date) [3]string {
	if d.Prec == data.Undated { // said, so that a record of nothing else is not a blank row
		return [3]string{"", "", data.Undated.String()}
	}
	year, month, _ := d.Start.Civil()
	iso := d.Start.String()
	switch d.Prec {
	case data.ToDay:
		if d.Start == d.End {
			return [3]string{iso}
		}
	case data.ToMonth:
		if whole, _ := data.MonthDate(year, month); whole == d {
			return [3]string{iso[:len("2025-10")]}
		}
	case data.ToYear:
		if whole, _ := data.YearDate(year); whole == d {
			return [3]string{iso[:len("2025")]}
		}
	}
	return [3]string{iso, d.End.String(), d.Prec.String()}
}

// wholeCells returns the best, low and high cells of a toll. Only what was
// stated, or does not follow from the rest, is written.
func wholeCells(c data.Count) (cells [3]string) {
	if !c.Stated() {
		return cells
	}
	mark := ""
	if c.Flags&data.Approx != 0 {
		mark = "~"
	}
	exact := c.BestStated() && c.Low == c.Best && c.High == c.Best && !c.IsOpen()
	if c.BestStated() {
		cells[0] = mark + persons(c.Best)
	}
	if exact {
		return cells
	}
	if c.Flags&data.HasLow != 0 {
		cells[1] = mark + persons(c.Low)
	}
	switch {
	case !c.IsOpen():
		cells[2] = mark + persons(c.High)
	case c.High != c.Low || c.BestStated() || c.Flags&data.HasLow == 0:
		cells[2] = mark + persons(c.High) + "+"
	}
	return cells
}

// partCell returns the one cell of a count that has no others.
func partCell(c data.Count) string {
	if !c.Stated() {
		return ""
	}
	s := ""
	switch {
	case c.BestStated():
		s = persons(c.Best)
	case c.Flags&data.HasLow == 0:
		s = "up to " + persons(c.High)
	case c.IsOpen() && c.Low == c.High:
		s = persons(c.Low) + "+"
	default:
		s = persons(c.Low) + "-" + persons(c.High)
		if c.IsOpen() {
			s += "+"
		}
	}
	if c.Flags&data.Approx != 0 {
		return "~" + s
	}
	return s
}
