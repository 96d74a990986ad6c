package record

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"
)

// flat is one record of a batch with every column in its own right, to compare.
type flat struct {
	Number     int64 // Batch.First and the place in the batch
	Line       int32
	Date       data.Date
	Text       map[string]string
	Lat, Lon   int32
	Geo        data.GeoPrecision
	Victim     data.VictimType
	Status     data.Status
	Sure       data.Attribution
	ReportedOn data.Day
	Counts     map[string]data.Count
	ID         string
	Notes, URL string
}

func flatten(b *data.Batch, i int) flat {
	f := flat{Number: b.First + int64(i), Line: b.Line[i], Date: b.Date(i), Text: map[string]string{}, Counts: map[string]data.Count{},
		Lat: data.NoCoord, Lon: data.NoCoord, Geo: data.At(b.GeoPrec, i), Victim: data.At(b.VictimType, i),
		Status: data.At(b.Status, i), Sure: data.At(b.Attribution, i), ReportedOn: data.NoDay, ID: b.ID.At(i), Notes: b.Notes.At(i), URL: b.URL.At(i)}
	if b.Lat != nil {
		f.Lat, f.Lon = b.Lat[i], b.Lon[i]
	}
	if b.ReportedOn != nil {
		f.ReportedOn = b.ReportedOn[i]
	}
	for c := range data.NumColumns {
		if s := b.Text(c, i); s != "" {
			f.Text[c.String()] = s
		}
	}
	count := func(name string, column []data.Count) {
		if c := data.At(column, i); c != (data.Count{}) {
			f.Counts[name] = c
		}
	}
	count("killed", b.Killed)
	count("injured", b.Injured)
	for p := range data.NumParts {
		count(Field(uint8(KilledCivilians)+uint8(p)).String(), b.KilledParts[p])
		count(Field(uint8(InjuredCivilians)+uint8(p)).String(), b.InjuredParts[p])
	}
	for k := range b.Besides {
		count((Women + Field(k)).String(), b.Besides[k])
	}
	return f
}

// read reads a file given as text.
func read(csv string, o Options) ([]flat, *Result, error) {
	var out []flat
	res, err := Read(Source{Name: "f.csv", R: strings.NewReader(csv)}, 0, o, func(b *data.Batch) error {
		for i := range b.N {
			out = append(out, flatten(b, i))
		}
		return nil
	})
	return out, res, err
}

// mustRead reads a file that must be usable.
func mustRead(t *testing.T, csv string) ([]flat, *Result) {
	t.Helper()
	recs, res, err := read(csv, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !res.Ledger.Balances() {
		t.Fatalf("the ledger does not balance: %+v", res.Ledger)
	}
	return recs, res
}

// places gives each diagnostic as "line:column code".
func places(ds []data.Diagnostic) []string {
	out := []string{}
	for _, d := range ds {
		out = append(out, fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Code))
	}
	return out
}

// codesOf gives the codes of the diagnostics, sorted, each once.
func codesOf(ds []data.Diagnostic) []string {
	out := []string{}
	for _, d := range ds {
		out = append(out, d.Code)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// show writes a count as the tables of the tests do: "4..7", "200..200+",
// "23 (23..23)", with ~ before an approximation.
func show(c data.Count) string {
	if !c.Stated() {
		return "unknown"
	}
	s := persons(c.Low) + ".." + persons(c.High)
	if c.BestStated() {
		s = persons(c.Best) + " (" + s + ")"
	}
	if c.Flags&data.Approx != 0 {
		s = "~" + s
	}
	if c.IsOpen() {
		s += "+"
	}
	return s
}
