package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"toll/stats"
)

// ManifestName is the file of a bundle by which the others can be checked. It is
// written last, so a set of files with its manifest is whole.
const ManifestName = "manifest.json"

// Manifest is what manifest.json holds. It names no machine, clock, version or
// absolute path: the same inputs and options give the same manifest.
type Manifest struct {
	Schema  int              `json:"schema"`
	Name    string           `json:"name"`
	Inputs  []ManifestInput  `json:"inputs"`
	Options []ManifestOption `json:"options"`
	// Folder is the dataset's folder, where it was given as one; Beside has the
	// SHA-256 of the files beside the records that bear on the briefing.
	Folder string            `json:"folder"`
	Beside map[string]string `json:"beside"`
	// Settings are the options as they were given, by which the briefing can be
	// made again.
	Settings json.RawMessage  `json:"settings"`
	Raw      bool             `json:"raw"` // names in CSV cells are as they are
	Ledger   map[string]int64 `json:"ledger"`
	// Cells holds every figure by its address. A cell that is 0 is left out,
	// except a row's incidents, so that there is a cell for every row.
	Cells map[string]json.Number `json:"cells"`
	// Statistics holds the figures of the sheets by their address, but of those
	// that stand in their files alone.
	Statistics map[string]json.Number `json:"statistics"`
	// Filed holds the tables of more than MaxListed rows, with how many they
	// have: their figures stand in tables/*.csv and not in Cells.
	Filed  map[string]int64         `json:"filed"`
	Charts map[string]ManifestChart `json:"charts"`
	// Sides are the two datasets of a comparison; a briefing has none.
	Sides []ManifestSide `json:"sides"`
	// Texts holds the SHA-256 of every text file of the bundle but the manifest.
	Texts map[string]string `json:"texts"`
}

// ManifestSide is one dataset of a comparison: which of the inputs it has, and by
// which options it was read.
type ManifestSide struct {
	Name     string            `json:"name"`
	Folder   string            `json:"folder"`
	Inputs   []string          `json:"inputs"`
	Beside   map[string]string `json:"beside"`
	Settings json.RawMessage   `json:"settings"`
}

// ManifestInput is a file the bundle was made from.
type ManifestInput struct {
	Name    string            `json:"name"`
	SHA256  string            `json:"sha256"`
	Bytes   int64             `json:"bytes"`
	Records int64             `json:"records"`
	Profile string            `json:"profile"`
	Mapping map[string]string `json:"mapping"` // field to column
	Lines   LineMarks         `json:"lines"`   // no marks where the file is too large
}

// ManifestOption is an option in force.
type ManifestOption struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// ManifestChart tells a chart whose numbers changed from one that only looks
// different. Its file is not hashed: two encoders may write the same pixels.
type ManifestChart struct {
	Plotted string `json:"plotted_sha256"`
	Pixels  string `json:"pixels_sha256"`
}

// ErrManifest says that a manifest cannot be used.
var ErrManifest = errors.New("the manifest cannot be used")

// ParseManifest reads a manifest. It refuses one that names files outside of a
// bundle, since publishing removes files by it.
func ParseManifest(b []byte) (*Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrManifest, err)
	}
	if m.Schema != schemaVersion {
		return nil, fmt.Errorf("%w: its form is version %d and this program knows version %d", ErrManifest, m.Schema, schemaVersion)
	}
	for p := range m.Texts {
		if !isBundlePath(p) {
			return nil, fmt.Errorf("%w: it lists %q, which is no file of a briefing", ErrManifest, p)
		}
	}
	for _, in := range m.Inputs {
		if !isRelative(in.Name) {
			return nil, fmt.Errorf("%w: its input %q is not named by a relative path", ErrManifest, in.Name)
		}
	}
	for id := range m.Charts {
		if checkID(id) != nil {
			return nil, fmt.Errorf("%w: it lists a chart %q, which no briefing has", ErrManifest, id)
		}
	}
	for id := range m.Filed {
		if checkID(id) != nil {
			return nil, fmt.Errorf("%w: it lists a table %q, which no briefing has", ErrManifest, id)
		}
	}
	return &m, nil
}

// Paths returns the files of the bundle that the manifest describes, the
// manifest included.
func (m *Manifest) Paths() map[string]bool {
	paths := map[string]bool{ManifestName: true}
	for p := range m.Texts {
		paths[p] = true
	}
	for id := range m.Charts {
		paths[picturePath(id)] = true
	}
	return paths
}

// isBundlePath reports whether a path is one that Render can make.
func isBundlePath(p string) bool {
	switch p {
	case "report.md", "report.html", "report.json", PackageName, ManifestName:
		return true
	}
	dir, base := path.Split(p)
	id, ext, ok := strings.Cut(base, ".")
	if !ok || checkID(id) != nil {
		return false
	}
	return dir == "tables/" && ext == "csv" || dir == "charts/" && (ext == "csv" || ext == "png")
}

// writeManifest describes the files of a bundle. Cells are those of cellsJSON.
func writeManifest(d *Document, cells []byte, fs *files) []byte {
	texts, charts := lines{}, lines{}
	for p, sum := range fs.sums {
		texts[p] = sum
	}
	for _, f := range d.Figures {
		charts[f.ID] = object{"plotted_sha256": f.PlottedSHA256, "pixels_sha256": f.PixelsSHA256}
	}
	inputs := array{}
	for _, in := range d.Inputs {
		mapping := lines{}
		for _, m := range in.Mapping {
			mapping[m.Field] = m.Column
		}
		o := object{"name": in.Name, "sha256": in.SHA256, "bytes": in.Bytes, "records": in.Records,
			"profile": in.Profile, "mapping": mapping}
		if len(in.Lines.Marks) > 0 {
			rows := arrayOf(in.Lines.Marks)
			o["lines"] = object{"every": in.Lines.Every, "marks": rows}
		}
		inputs = append(inputs, o)
	}
	m := object{"schema": schemaVersion, "name": d.Name, "inputs": inputs, "options": optionsJSON(d),
		"ledger": ledgerJSON(d.Report.Ledger), "cells": inPlace(func(b *bytes.Buffer, _ string) { b.Write(cells) }), "statistics": statisticsJSON(d.Report), "filed": filedJSON(d.Report), "charts": charts, "texts": texts,
		"folder": d.Folder, "beside": besideJSON(d), "settings": settingsJSON(d.Settings)}
	if len(d.Sides) > 0 {
		m["sides"] = sidesJSON(d.Sides)
	}
	if d.Raw {
		m["raw"] = true
	}
	return encodeJSON(m)
}

func besideJSON(d *Document) lines {
	all := lines{}
	for _, f := range d.Beside {
		all[f.Name] = f.SHA256
	}
	return all
}

// settingsJSON writes the options as they were given.
func settingsJSON(settings []Setting) object {
	o := object{}
	for _, s := range settings {
		switch v := s.Value.(type) {
		case []string:
			list := arrayOf(v)
			o[s.Name] = list
		case map[string]string:
			pairs := object{}
			for k, x := range v {
				pairs[k] = x
			}
			o[s.Name] = pairs
		default:
			o[s.Name] = v
		}
	}
	return o
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// cellsJSON writes every figure of the report by its address, but those of the
// tables that are not listed, as the value of "cells" in the manifest.
func cellsJSON(r *stats.Report) ([]byte, error) {
	var rows []cellRow
	if r.Table("total") == nil {
		rows = append(rows, cellRow{stats.Address("total", nil, ""), &r.Total, &stats.Basis{}, r.HasInjured})
	}
	for _, t := range r.Tables {
		if isFiled(t) {
			if err := checkFiled(t); err != nil {
				return nil, err
			}
			continue
		}
		injured := r.InjuredIn(t)
		for i := range t.Rows {
			x := &t.Rows[i]
			rows = append(rows, cellRow{stats.Address(t.ID, x.Keys, ""), &x.Tally, &x.Basis, injured})
		}
	}
	// No address begins as that of another row does, whose end is a slash.
	slices.SortFunc(rows, func(x, y cellRow) int { return strings.Compare(x.of, y.of) })
	for i := 1; i < len(rows); i++ {
		if rows[i].of == rows[i-1].of {
			return nil, fmt.Errorf("%w: two figures have the address %q", ErrDocument, rows[i].of+"incidents")
		}
	}
	var b bytes.Buffer
	b.Grow(len(rows) * 512)
	for i := range rows {
		rows[i].write(&b, ",\n  ")
	}
	out := b.Bytes()
	if len(out) > 0 {
		out[0] = '{'
	}
	return append(out, "\n }"...), nil
}

type measure struct {
	name  string
	value literal
}

// measures lists the figures of a row by the last part of their address.
func measures(t stats.Tally, b stats.Basis, hasInjured bool) []measure {
	n := func(v uint32) literal { return literal(count(v)) }
	ms := []measure{{"incidents", n(t.Incidents)}}
	sum := func(kind string, s stats.Sum) {
		ms = append(ms, measure{kind + ".low", literal(decimal(s.Low))}, measure{kind + ".best", literal(decimal(s.Best))},
			measure{kind + ".high", literal(decimal(s.High))}, measure{kind + ".unknown", n(s.Unknown)},
			measure{kind + ".open", n(s.Open)}, measure{kind + ".no_best", n(s.NoBest)}, measure{kind + ".fatal", n(s.Fatal)})
	}
	sum("killed", t.Killed)
	if hasInjured {
		sum("injured", t.Injured)
	}
	return append(ms, measure{"claimed", n(b.Claimed)}, measure{"attributed", n(b.Attributed)},
		measure{"contested", n(b.Contested)}, measure{"involved", n(b.Involved)})
}
