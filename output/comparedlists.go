package output

import (
	"bytes"
	"encoding/csv"
	"path"
	"strconv"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// incidentColumns are the columns by which the lists of a comparison describe an
// incident.
var incidentColumns = []string{"id", "file", "line", "date", "date_end", "date_precision", "country", "admin1", "admin2", "place", "parties",
	"killed_low", "killed_best", "killed_high", "killed_open"}

// incidentCells describes an incident; figures that are not known are blank.
func incidentCells(d *Compared, side, i int) []string {
	in := d.incident(side, i)
	low, best, high := "", "", ""
	if in.Killed.Stated() {
		low, high = decimal(in.Killed.Low), decimal(in.Killed.High)
		if in.Killed.BestStated() {
			best = decimal(in.Killed.Best)
		}
	}
	open := "no"
	if in.Killed.IsOpen() {
		open = "yes"
	}
	end := ""
	if in.Date.End != in.Date.Start {
		end = in.Date.End.String()
	}
	text := func(s string) string { return guard(s) }
	return []string{text(in.ID), text(d.Sides[side].inputName(in.FileIndex)), strconv.Itoa(in.Line), in.Date.Start.String(), end, in.Date.Prec.String(),
		text(in.Country), text(in.Admin1), text(in.Admin2), text(in.Place), text(strings.Join(in.Parties, "; ")), low, best, high, open}
}

// comparedLists writes the matched, the unmatched and the unclear incidents.
func comparedLists(d *Compared) ([]File, error) {
	c := d.Comparison
	var head []string
	for _, side := range []string{"a_", "b_"} {
		for _, n := range incidentColumns {
			head = append(head, side+n)
		}
	}
	matched := [][]string{append([]string{"step", "killed", "by", "points", "days", "metres"}, head...)}
	for _, p := range c.Pairs {
		metres := ""
		if p.Metres >= 0 {
			metres = strconv.FormatInt(p.Metres, 10)
		}
		row := []string{p.Step.ID(), string(p.Killed), string(p.How), strconv.Itoa(p.Points), strconv.Itoa(p.Days), metres}
		matched = append(matched, append(append(row, incidentCells(d, 0, p.A)...), incidentCells(d, 1, p.B)...))
	}
	unclear := [][]string{append([]string{"group", "side"}, incidentColumns...)}
	for n, g := range c.Unclear {
		for side, list := range [2][]int{g.A, g.B} {
			for _, i := range list {
				unclear = append(unclear, append([]string{strconv.Itoa(n + 1), [2]string{"a", "b"}[side]}, incidentCells(d, side, i)...))
			}
		}
	}
	unmatched := [][]string{append([]string{"side", "step"}, incidentColumns...)}
	for side, list := range [2][]stats.Incident{c.A.Incidents, c.B.Incidents} {
		for i := range list {
			if s := d.step(side, i); !s.Matched() && s != stats.UnclearA && s != stats.UnclearB {
				unmatched = append(unmatched, append([]string{[2]string{"a", "b"}[side], s.ID()}, incidentCells(d, side, i)...))
			}
		}
	}
	var files []File
	for _, x := range []struct {
		id   string
		rows [][]string
	}{{"matched", matched}, {"unclear", unclear}, {"unmatched", unmatched}} {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.WriteAll(x.rows); err != nil {
			return nil, err
		}
		files = append(files, File{tablePath(x.id), b.Bytes()})
	}
	return files, nil
}

// figureOf writes one incident's toll of killed.
func figureOf(in *stats.Incident) string {
	t := in.Tally()
	return t.Killed.Figure(1)
}

// stated reports whether a point is.
func stated(lat, lon int32) bool { return lat != data.NoCoord && lon != data.NoCoord }

// listTexts say what the columns of the lists of a comparison hold; those that
// describe an incident of A or B begin with a_ or b_ in the list of pairs.
var listTexts = map[string]string{
	"step":           "page.the-step-of-the-way-from",
	"killed":         "page.how-the-ranges-of-killed-stand",
	"by":             "page.what-the-match-rests-on",
	"points":         "page.the-points-that-speak-for-the",
	"days":           "page.days-between-the-two-dates",
	"metres":         "page.metres-between-the-two-points-where",
	"group":          "page.the-group-within-which-a-match",
	"side":           "page.the-dataset-a-or-b",
	"id":             "page.the-incident-s-id-in-its",
	"file":           "page.the-file-of-its-record",
	"line":           "page.the-line-of-its-record",
	"date":           "page.the-first-day-it-may-have",
	"date_end":       "page.the-last-such-day-where-that",
	"date_precision": "page.how-precisely-it-is-dated",
	"country":        "page.country",
	"admin1":         "page.province",
	"admin2":         "page.district",
	"place":          "page.place",
	"parties":        "page.the-parties-named-apart-by-semicolons",
	"killed_low":     "page.lowest-figure-of-killed-blank-where",
	"killed_best":    "page.best-figure-where-a-source-gives",
	"killed_high":    "page.highest-figure",
	"killed_open":    "page.whether-the-toll-is-or-more",
}

// listTitles name the lists of a comparison.
var listTitles = map[string]string{"matched": "page.incidents-in-both-datasets", "unclear": "page.incidents-whose-match-is-unclear", "unmatched": "page.incidents-in-one-dataset-alone"}

// writeComparedPackage describes the tables and lists of a comparison.
func writeComparedPackage(d *Compared, doc *Document, fs *files, lists []File) ([]byte, error) {
	resources, err := tableResources(doc, fs)
	if err != nil {
		return nil, err
	}
	for _, f := range lists {
		head, err := csv.NewReader(bytes.NewReader(f.Data)).Read()
		if err != nil {
			return nil, err
		}
		fields := array{}
		for _, column := range head {
			name, side := column, ""
			if rest, ok := strings.CutPrefix(column, "a_"); ok {
				name, side = rest, "A. "
			} else if rest, ok := strings.CutPrefix(column, "b_"); ok {
				name, side = rest, "B. "
			}
			o := object{"name": column, "type": "string", "description": side + catalogue.Say(listTexts[name])}
			switch name {
			case "points", "days", "metres", "group", "line":
				o["type"] = "integer"
			case "killed_low", "killed_best", "killed_high":
				o["type"] = "number"
			}
			fields = append(fields, o)
		}
		id := strings.TrimSuffix(path.Base(f.Path), ".csv")
		resources = append(resources, object{"name": id, "path": f.Path, "profile": "tabular-data-resource", "title": catalogue.Say(listTitles[id]),
			"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "hash": "sha256:" + fs.sums[f.Path], "schema": object{"fields": fields, "missingValues": array{""}}})
	}
	var sources []string
	for _, side := range d.Sides {
		sources = append(sources, side.Source)
	}
	return packageJSON(doc, sources, resources), nil
}
