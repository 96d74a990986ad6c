package output

import (
	"fmt"
	"slices"

	"toll/data"
	"toll/stats"
)

// Compared is all that a comparison of two datasets says.
type Compared struct {
	Name, Title string
	Comparison  *stats.Comparison
	Sides       [2]*Document // what each dataset is by itself
	Facts       [2][]string  // what its codebook says it counts
	Settings    []Setting    // of the comparison, as given
	Figures     []Figure
	Omitted     []Omitted

	Recapture *stats.Sheet    // where it was asked for and can be estimated
	Refused   []stats.Refusal // why it was not
}

// RenderCompared writes a comparison into memory, in the form of a briefing:
// report.md, report.html, report.json, tables/*.csv, charts/* and manifest.json.
func RenderCompared(d *Compared) (*Bundle, error) {
	doc := d.document()
	if err := doc.check(); err != nil {
		return nil, err
	}
	p := composeCompared(d)
	fs := newFiles()
	fs.add("report.md", writeMarkdown(p))
	fs.add("report.html", writeHTML(p, nil, ""))
	fs.add("report.json", writeComparedJSON(d))
	for _, t := range doc.Report.Tables {
		if err := fs.addMade(TableFile(t, doc.Report.HasInjured, false)); err != nil {
			return nil, err
		}
	}
	for _, s := range doc.Report.Sheets {
		if err := fs.addMade(SheetFile(s, false)); err != nil {
			return nil, err
		}
	}
	lists, err := comparedLists(d)
	if err != nil {
		return nil, err
	}
	for _, f := range lists {
		fs.add(f.Path, f.Data)
	}
	for i := range d.Figures {
		if err := fs.addFigure(&d.Figures[i], false); err != nil {
			return nil, err
		}
	}
	described, err := writeComparedPackage(d, doc, fs, lists)
	if err != nil {
		return nil, err
	}
	fs.add(PackageName, described)
	cells, err := cellsJSON(doc.Report)
	if err != nil {
		return nil, err
	}
	fs.add(ManifestName, writeManifest(doc, cells, fs))
	return fs.bundle(), nil
}

// document is the comparison as a briefing's manifest describes it: the files of
// both sides, and the steps as its tables.
func (d *Compared) document() *Document {
	c := d.Comparison
	doc := &Document{Name: d.Name, Title: d.Title, Settings: d.Settings, Figures: d.Figures, Omitted: d.Omitted, Options: d.options(),
		Report: &stats.Report{Tables: []*stats.Table{c.TotalTable(), c.StepTable(), c.RelationTable()}, HasInjured: c.A.HasInjured || c.B.HasInjured}}
	if d.Recapture != nil {
		doc.Report.Sheets = append(doc.Report.Sheets, d.Recapture)
	}
	beside := map[string]bool{}
	inputs := map[string]bool{}
	for _, side := range d.Sides {
		s := SideRecord{Name: side.Name, Folder: side.Folder, Settings: side.Settings, Beside: side.Beside}
		for _, in := range side.Inputs {
			s.Inputs = append(s.Inputs, in.Name)
			if key := in.Name + "\n" + in.SHA256; !inputs[key] {
				inputs[key] = true
				doc.Inputs = append(doc.Inputs, in)
			}
		}
		for _, f := range side.Beside {
			if !beside[f.Name] {
				beside[f.Name] = true
				doc.Beside = append(doc.Beside, f)
			}
		}
		doc.Sides = append(doc.Sides, s)
		doc.Report.Ledger.Add(side.Report.Ledger)
		doc.Report.Ledger.SetAside += side.Report.Ledger.SetAside
	}
	return doc
}

// options lists what was in force, for both sides and for the matching.
func (d *Compared) options() []Option {
	o := d.Comparison.Options
	all := []Option{{"days", fmt.Sprint(o.Days)}, {"km", fmt.Sprint(o.Metres / 1000)}}
	for i, side := range d.Sides {
		for _, x := range side.Options {
			if x.Name == "top" || x.Name == "by" || x.Name == "multi" {
				continue // nothing here follows from them
			}
			all = append(all, Option{[2]string{"A: ", "B: "}[i] + x.Name, x.Value})
		}
	}
	return all
}

// SideRecord is what a manifest records of one side of a comparison.
type SideRecord struct {
	Name, Folder string
	Inputs       []string
	Beside       []Beside
	Settings     []Setting
}

func sidesJSON(sides []SideRecord) array {
	all := array{}
	for _, s := range sides {
		inputs := arrayOf(s.Inputs)
		all = append(all, object{"name": s.Name, "folder": s.Folder, "inputs": inputs, "beside": besideJSON(&Document{Beside: s.Beside}), "settings": settingsJSON(s.Settings)})
	}
	return all
}

// side is one side of a manifest as if it were a briefing's own.
func (m *Manifest) side(s ManifestSide) *Manifest {
	out := &Manifest{Schema: m.Schema, Name: s.Name, Folder: s.Folder, Beside: s.Beside, Settings: s.Settings}
	for _, in := range m.Inputs {
		if slices.Contains(s.Inputs, in.Name) {
			out.Inputs = append(out.Inputs, in)
		}
	}
	return out
}

// Compared returns the two sides of a comparison, each as the manifest of a
// briefing, and false for a briefing of one dataset.
func (m *Manifest) Compared() (sides [2]*Manifest, ok bool) {
	if len(m.Sides) != 2 {
		return sides, false
	}
	return [2]*Manifest{m.side(m.Sides[0]), m.side(m.Sides[1])}, true
}

// writeComparedJSON writes all that a comparison says, with every incident of
// either side and the step it stands in. A list of more than MaxListed incidents
// stands in its file alone, and filed says how many it has.
func writeComparedJSON(d *Compared) []byte {
	c := d.Comparison
	doc := d.document()
	tables := array{}
	for _, t := range doc.Report.Tables {
		tables = append(tables, tableJSON(t, doc.Report))
	}
	pairs, unclear, sides, filed := array{}, array{}, array{}, object{}
	for _, p := range c.Pairs {
		if len(c.Pairs) > MaxListed { // the list stands in its file alone
			filed["matched"] = len(c.Pairs)
			break
		}
		o := object{"a": incidentJSON(d, 0, p.A), "b": incidentJSON(d, 1, p.B), "step": p.Step.ID(), "killed": string(p.Killed), "by": string(p.How), "points": p.Points, "days": p.Days}
		if p.Metres >= 0 {
			o["metres"] = p.Metres
		}
		pairs = append(pairs, o)
	}
	for _, g := range c.Unclear {
		if len(c.Unclear) > MaxListed {
			filed["unclear"] = len(c.Unclear)
			break
		}
		a, b := array{}, array{}
		for _, i := range g.A {
			a = append(a, incidentJSON(d, 0, i))
		}
		for _, j := range g.B {
			b = append(b, incidentJSON(d, 1, j))
		}
		unclear = append(unclear, object{"a": a, "b": b})
	}
	for i, side := range []stats.Side{c.A, c.B} {
		only, more := array{}, 0
		for n := range side.Incidents {
			if s := d.step(i, n); !s.Matched() && s != stats.UnclearA && s != stats.UnclearB {
				if more++; more > MaxListed {
					continue
				}
				o := incidentJSON(d, i, n)
				o["step"] = s.ID()
				only = append(only, o)
			}
		}
		if more > MaxListed {
			only = array{}
			filed["only_"+[2]string{"a", "b"}[i]] = more
		}
		x := d.Sides[i]
		sides = append(sides, object{"name": side.Name, "first": side.First.String(), "last": side.Last.String(), "only": only,
			"inputs": inputsJSON(x), "ledger": ledgerJSON(x.Report.Ledger), "diagnostics": diagnosticsJSON(x), "quality": qualityJSON(x.Report)})
	}
	sheets := array{}
	for _, s := range doc.Report.Sheets {
		sheets = append(sheets, sheetJSON(s))
	}
	measure := "low"
	if c.Best {
		measure = "best"
	}
	return encodeJSON(object{"schema": schemaVersion, "kind": "comparison", "name": d.Name, "title": d.Title, "measure": measure,
		"first": c.First.String(), "last": c.Last.String(), "tables": tables, "sheets": sheets, "filed": filed, "matched": pairs, "unclear": unclear, "sides": sides,
		"options": optionsJSON(doc), "figures": figuresJSON(doc)})
}

func (d *Compared) step(side, i int) stats.Step {
	if side == 0 {
		return d.Comparison.StepOfA[i]
	}
	return d.Comparison.StepOfB[i]
}

func (d *Compared) incident(side, i int) *stats.Incident {
	if side == 0 {
		return &d.Comparison.A.Incidents[i]
	}
	return &d.Comparison.B.Incidents[i]
}

func incidentJSON(d *Compared, side, i int) object {
	in := d.incident(side, i)
	parties := arrayOf(in.Parties)
	o := object{"id": in.ID, "file": d.Sides[side].inputName(in.FileIndex), "line": in.Line,
		"date":    object{"start": in.Date.Start.String(), "end": in.Date.End.String(), "precision": in.Date.Prec.String()},
		"place":   object{"country": in.Country, "admin1": in.Admin1, "admin2": in.Admin2, "place": in.Place, "precision": in.Geo.String()},
		"parties": parties, "killed": countJSON(in.Killed)}
	if in.Lat != data.NoCoord && in.Lon != data.NoCoord {
		o["point"] = object{"lat": literal(decimal(int64(in.Lat))), "lon": literal(decimal(int64(in.Lon)))}
	}
	if in.Injured.Stated() {
		o["injured"] = countJSON(in.Injured)
	}
	return o
}
