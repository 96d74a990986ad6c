package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"toll/data"
	"toll/output"
	"toll/stats"
)

// addend is what an incident adds to the figures of a report.
type addend struct {
	name, short string
	figures     map[string]int64
	report      *stats.Report
	fields      [][]string // of each record, in the order of fieldNames
}

func (e *addend) figure(at string) int64 {
	if e == nil {
		return 0
	}
	return e.figures[at]
}

// counts reports whether the incident enters any figure.
func (e *addend) counts() bool { return e != nil && len(e.figures) > 0 }

// toll writes an incident's toll, blank where it does not count.
func (e *addend) toll() string {
	if e == nil || e.report.Total.Incidents == 0 {
		return ""
	}
	t := e.report.Total
	s := "killed " + t.Killed.Figure(t.Incidents)
	if e.report.HasInjured {
		s += ", injured " + t.Injured.Figure(t.Incidents)
	}
	return s
}

func addresses(x, y *addend) []string {
	set := map[string]bool{}
	for _, e := range []*addend{x, y} {
		if e != nil {
			for at := range e.figures {
				set[at] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// asOf reports whether only reports up to a day count.
func (x *examined) asOf() bool { return x.data.config.AsOf != "" }

// prints returns a hash of what is recorded of each incident: by its id, or for
// an incident without one by the hash itself, as often as it is there.
func (x *examined) prints() (map[string]string, error) {
	all := map[string]string{}
	err := x.each(func(records []*data.Batch) error {
		print := printOf(records)
		all[uniqueKey(records, print, func(k string) bool { return all[k] != "" })] = print
		return nil
	})
	return all, err
}

func printOf(records []*data.Batch) string {
	var lines []string
	for _, b := range records {
		lines = append(lines, strings.Join(fieldsOf(b), "\x00"))
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\x01")))
	return string(sum[:])
}

// uniqueKey names an incident alike on both sides. Incidents without an id that
// are recorded alike are numbered.
func uniqueKey(records []*data.Batch, print string, taken func(string) bool) string {
	if id := records[0].ID.At(0); id != "" {
		return "id " + id
	}
	for n := 0; ; n++ {
		if k := fmt.Sprintf("print %x %d", print, n); !taken(k) {
			return k
		}
	}
}

// effects works out what those incidents add whose key is asked for.
func (x *examined) effects(wanted func(key string) bool) (map[string]*addend, error) {
	all, seen := map[string]*addend{}, map[string]bool{}
	err := x.each(func(records []*data.Batch) error {
		key := uniqueKey(records, printOf(records), func(k string) bool { return seen[k] })
		seen[key] = true
		if !wanted(key) {
			return nil
		}
		r, err := x.alone.Report(records)
		if err != nil {
			return err
		}
		e := &addend{figures: map[string]int64{}, report: r}
		output.EachFigure(r, func(at string, v int64) {
			if v != 0 {
				e.figures[at] = v
			}
		})
		b := records[0]
		where := fmt.Sprintf("%s:%d", x.data.inputs[b.File].name, b.Line[0])
		if e.short = b.ID.At(0); e.short == "" {
			e.short = where
		}
		e.name = e.short + ", " + dateText(b)
		if b.ID.At(0) != "" {
			e.name += " (" + where + ")"
		}
		for _, b := range records {
			e.fields = append(e.fields, fieldsOf(b))
		}
		all[key] = e
		return nil
	})
	return all, err
}

var fieldNames = append([]string{"date", "date_end", "date_precision", "killed", "injured", "victim_type", "status", "reported_on", "lat", "lon", "geo_precision", "attribution", "parts of the toll and figures beside it"}, columnNames()...)

func columnNames() (names []string) {
	for c := range data.NumColumns {
		names = append(names, c.String())
	}
	return names
}

// fieldsOf writes what is recorded, but for notes and addresses.
func fieldsOf(b *data.Batch) []string {
	d := b.Date(0)
	reported := data.NoDay
	if b.ReportedOn != nil {
		reported = b.ReportedOn[0]
	}
	var parts []data.Count
	for p := range b.KilledParts {
		parts = append(parts, data.At(b.KilledParts[p], 0), data.At(b.InjuredParts[p], 0))
	}
	for k := range b.Besides {
		parts = append(parts, data.At(b.Besides[k], 0))
	}
	fields := []string{d.Start.String(), d.End.String(), d.Prec.String(), fmt.Sprint(data.At(b.Killed, 0)), fmt.Sprint(data.At(b.Injured, 0)),
		data.At(b.VictimType, 0).String(), data.At(b.Status, 0).String(), reported.String(), fmt.Sprint(data.At(b.Lat, 0)), fmt.Sprint(data.At(b.Lon, 0)),
		data.At(b.GeoPrec, 0).String(), data.At(b.Attribution, 0).String(), fmt.Sprint(parts)}
	for c := range data.NumColumns {
		fields = append(fields, b.Text(c, 0))
	}
	return fields
}

// differingFields names the fields in which the records of two incidents differ.
func differingFields(x, y *addend) []string {
	if len(x.fields) != len(y.fields) {
		return []string{fmt.Sprintf("%d records, then %d", len(x.fields), len(y.fields))}
	}
	var names []string
	for i, name := range fieldNames {
		for r := range x.fields {
			if x.fields[r][i] != y.fields[r][i] {
				names = append(names, name)
				break
			}
		}
	}
	return names
}

// fileSHA256 is the hash of a file of the working directory.
func fileSHA256(name string) (string, error) {
	p := filepath.FromSlash(name)
	if !filepath.IsLocal(p) {
		return "", fmt.Errorf("%s lies elsewhere", name)
	}
	f, err := os.Open(p)
	if err != nil {
		return "", plainPathError(err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
