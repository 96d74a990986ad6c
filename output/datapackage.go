package output

import (
	"bytes"
	"encoding/csv"
	"strings"

	"toll/internal/catalogue"
	"toll/stats"
)

// PackageName is the file that describes tables/*.csv for other programs, as a
// Data Package (https://specs.frictionlessdata.io).
const PackageName = "datapackage.json"

// fieldTexts say what the columns of figures hold. docs/codebook.md has more.
var fieldTexts = map[string]string{
	"incidents":  "page.incidents-of-the-row",
	"low":        "page.sum-of-the-lowest-figures-reported",
	"best":       "page.sum-over-the-incidents-that-have",
	"high":       "page.sum-of-the-highest-figures-reported",
	"no_best":    "page.incidents-whose-toll-is-known-and",
	"unknown":    "page.incidents-whose-toll-is-not-known",
	"open":       "page.incidents-whose-toll-is-or-more",
	"fatal":      "page.incidents-in-which-at-least-one",
	"claimed":    "page.incidents-that-the-party-claims",
	"attributed": "page.incidents-that-a-source-attributes-to",
	"contested":  "page.incidents-claimed-by-one-party-and",
	"involved":   "page.incidents-of-which-the-parties-are",
	"partial":    "page.which-part-of-the-period-the",
}

// writePackage describes the tables of a briefing.
func writePackage(d *Document, fs *files) ([]byte, error) {
	resources, err := tableResources(d, fs)
	if err != nil {
		return nil, err
	}
	return packageJSON(d, []string{d.Source}, resources), nil
}

// packageJSON is a Data Package of tables with their sources.
func packageJSON(d *Document, sources []string, resources array) []byte {
	from := array{}
	for _, s := range sources {
		from = append(from, object{"title": s})
	}
	return encodeJSON(object{"profile": "tabular-data-package", "name": d.Name, "title": d.Title,
		"description": catalogue.Say("caveat"), "sources": from, "resources": resources})
}

// tableResources describes the tables and sheets of a briefing.
func tableResources(d *Document, fs *files) (array, error) {
	resources := array{}
	for _, t := range d.Report.Tables {
		for _, f := range fs.list {
			if f.Path != tablePath(t.ID) {
				continue
			}
			head, err := csv.NewReader(bytes.NewReader(f.Data)).Read()
			if err != nil {
				return nil, err
			}
			fields := array{}
			for _, name := range head {
				fields = append(fields, fieldJSON(t, name))
			}
			resources = append(resources, object{"name": t.ID, "path": f.Path, "profile": "tabular-data-resource", "title": t.Title, "description": t.Note,
				"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "hash": "sha256:" + fs.sums[f.Path], "schema": object{"fields": fields, "missingValues": array{""}}})
		}
	}
	for _, x := range d.Report.Sheets {
		for _, f := range fs.list {
			if f.Path == tablePath(x.ID) {
				resources = append(resources, sheetResource(x, f.Path, fs.sums[f.Path]))
			}
		}
	}
	return resources, nil
}

// fieldText says what a column holds, "" where nothing is said of it.
func fieldText(measure string) string {
	if id := fieldTexts[measure]; id != "" {
		return catalogue.Say(id)
	}
	return ""
}

// fieldJSON describes a column of a table.
func fieldJSON(t *stats.Table, name string) object {
	for _, dim := range t.Dims {
		switch name {
		case dim.ID:
			return object{"name": name, "type": "string", "description": catalogue.Say("page.the-key-by-which-figures-are", "title", dim.Title)}
		case dim.ID + "_label":
			return object{"name": name, "type": "string", "description": dim.Title}
		}
	}
	kind, measure, ok := strings.Cut(name, "_")
	if !ok || (kind != "killed" && kind != "injured") {
		kind, measure = "", name
	}
	o := object{"name": name, "type": "integer", "description": fieldText(measure)}
	switch measure {
	case "low", "best", "high": // shares of a toll can be parts of a person
		o["type"] = "number"
	case "partial":
		o["type"] = "string"
	}
	if kind != "" {
		o["description"] = strings.ToUpper(kind[:1]) + kind[1:] + ". " + fieldText(measure)
	}
	return o
}
