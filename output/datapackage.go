package output

import (
	"bytes"
	"encoding/csv"
	"strings"

	"toll/stats"
)

// PackageName is the file that describes tables/*.csv for other programs, as a
// Data Package (https://specs.frictionlessdata.io).
const PackageName = "datapackage.json"

// fieldTexts say what the columns of figures hold. docs/codebook.md has more.
var fieldTexts = map[string]string{
	"incidents":  "Incidents of the row",
	"low":        "Sum of the lowest figures reported for each incident; it bounds the reports and is no confidence interval",
	"best":       "Sum over the incidents that have a best figure; to be read with no_best",
	"high":       "Sum of the highest figures reported for each incident",
	"no_best":    "Incidents whose toll is known and has no best figure",
	"unknown":    "Incidents whose toll is not known; unknown is never zero",
	"open":       "Incidents whose toll is “or more”",
	"fatal":      "Incidents in which at least one person was killed, or injured, by the lowest figure",
	"claimed":    "Incidents that the party claims",
	"attributed": "Incidents that a source attributes to the party, which has not claimed them",
	"contested":  "Incidents claimed by one party and attributed to another, or claimed by several",
	"involved":   "Incidents of which the parties are named and not who acted",
	"partial":    "Which part of the period the data covers, where that is not the whole",
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
		"description": caveat, "sources": from, "resources": resources})
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

// fieldJSON describes a column of a table.
func fieldJSON(t *stats.Table, name string) object {
	for _, dim := range t.Dims {
		switch name {
		case dim.ID:
			return object{"name": name, "type": "string", "description": dim.Title + ": the key by which figures are addressed"}
		case dim.ID + "_label":
			return object{"name": name, "type": "string", "description": dim.Title}
		}
	}
	kind, measure, ok := strings.Cut(name, "_")
	if !ok || (kind != "killed" && kind != "injured") {
		kind, measure = "", name
	}
	o := object{"name": name, "type": "integer", "description": fieldTexts[measure]}
	switch measure {
	case "low", "best", "high": // shares of a toll can be parts of a person
		o["type"] = "number"
	case "partial":
		o["type"] = "string"
	}
	if kind != "" {
		o["description"] = strings.ToUpper(kind[:1]) + kind[1:] + ". " + fieldTexts[measure]
	}
	return o
}
