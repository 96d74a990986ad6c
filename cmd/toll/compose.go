package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"toll/charts"
	"toll/data"
	"toll/data/record"
	"toll/internal/catalogue"
	"toll/output"
	"toll/stats"
)

// compose gathers what the briefing says.
func compose(d *dataset, r *reading, so stats.Options) (doc *output.Document, err error) {
	doc = &output.Document{
		Name: d.name, Title: d.config.Title, Source: d.config.Source, Synthetic: d.config.Synthetic,
		Report: r.report, Options: effective(d.config, so, r.report), Diagnostics: r.diagnostics,
		Folder: d.folder, Settings: d.config.settings(), Raw: d.config.Raw,
	}
	if d.config.ShowNotes {
		if doc.Notes, err = deadliestNotes(d, r.report); err != nil {
			return nil, err
		}
	}
	for _, f := range d.beside {
		doc.Beside = append(doc.Beside, output.Beside{Name: f.name, SHA256: f.sha256})
	}
	if doc.Title == "" {
		doc.Title = defaultTitle(d.name, r.report)
	}
	if doc.Source == "" {
		var names []string
		for _, in := range d.inputs {
			names = append(names, in.name)
		}
		doc.Source = strings.Join(names, ", ")
	}
	for i, res := range r.results {
		in := output.Input{Name: d.inputs[i].name, SHA256: hex.EncodeToString(res.SHA256[:]), Bytes: res.Bytes, Records: res.Ledger.Read,
			Profile: res.Profile, Why: res.Why, Unused: res.Unused, Notes: res.Noted}
		for _, m := range res.Mapping {
			in.Mapping = append(in.Mapping, output.MappedColumn{Field: m.Field, Column: m.Column})
		}
		doc.Inputs = append(doc.Inputs, in)
	}
	for code, n := range r.counts {
		c, _ := record.LookupCode(code)
		doc.DiagnosticCounts = append(doc.DiagnosticCounts, output.CodeCount{Code: code, Severity: r.severity(code), Title: c.Title, N: n})
	}
	slices.SortFunc(doc.DiagnosticCounts, func(a, b output.CodeCount) int {
		if a.Severity != b.Severity {
			return int(b.Severity) - int(a.Severity)
		}
		return strings.Compare(a.Code, b.Code)
	})
	return doc, nil
}

// marking returns the tasks of marking the lines of the inputs.
func marking(d *dataset, doc *output.Document) (tasks []func() error) {
	if d.config.MinCell > 0 { // a mark would give a withheld count away
		return nil
	}
	for i := range doc.Inputs {
		tasks = append(tasks, func() (err error) {
			doc.Inputs[i].Lines, err = markLines(d.inputs[i])
			return err
		})
	}
	return tasks
}

// markLines marks the lines of an input that can be read again later.
func markLines(in input) (output.LineMarks, error) {
	if in.size < 0 || in.size > output.MaxMarked {
		return output.LineMarks{}, nil
	}
	f, err := in.open()
	if err != nil {
		return output.LineMarks{}, err
	}
	defer f.Close()
	return output.MarkLines(f)
}

// defaultTitle says where and when, or else what the file is called.
func defaultTitle(name string, r *stats.Report) string {
	id := "title.casualties"
	if !r.HasInjured {
		id = "title.deaths"
	}
	if c := onlyPlace(r); c != "" && r.First != data.NoDay {
		from, to := r.First.String()[:4], r.Last.String()[:4]
		if from == to {
			return catalogue.Say(id+".in", "place", c, "when", from)
		}
		return catalogue.Say(id+".in", "place", c, "when", from+"–"+to)
	}
	return catalogue.Say(id, "name", strings.ReplaceAll(name, "-", " "))
}

// effective lists the options in force, in a fixed order.
func effective(c config, so stats.Options, r *stats.Report) []output.Option {
	or := func(s, otherwise string) string {
		if s == "" {
			return otherwise
		}
		return s
	}
	by := r.Period.String()
	if so.Period == stats.Auto {
		by = catalogue.Say("option.chosen", "value", by)
	}
	return append([]output.Option{
		{Name: "by", Value: by},
		{Name: "from", Value: or(c.From, catalogue.Say("option.first"))},
		{Name: "to", Value: or(c.To, catalogue.Say("option.last"))},
		{Name: "where", Value: or(strings.Join(c.Where, ", "), catalogue.Say("option.every-record"))},
		{Name: "policy", Value: so.Policy.String()},
		{Name: "as-of", Value: or(c.AsOf, catalogue.Say("option.every-report"))},
		{Name: "multi", Value: so.Multi.String()},
		{Name: "top", Value: strconv.Itoa(so.Top)},
		{Name: "lang", Value: or(c.Lang, "en")},
		{Name: "population", Value: or(population(c, so), catalogue.Say("option.none-given"))},
		{Name: "profile", Value: or(c.Profile, catalogue.Say("option.recognised"))},
	}, c.publishingOptions()...)
}

// chartContext is what every chart of a briefing says of it.
func chartContext(doc *output.Document) charts.Context {
	r := doc.Report
	return charts.Context{Title: doc.Title, Source: doc.Source, Synthetic: doc.Synthetic, First: r.First, Last: r.Last, Cutoff: r.Last,
		InputSHA256: inputHash(doc), Parties: charts.NewRegistry(), Directed: r.Directed, Period: r.Period, Place: onlyPlace(r)}
}

// plan plans the charts, which are drawn when the briefing is rendered. Remarks
// gives, once they are, what someone should look at.
func plan(doc *output.Document, x drawn) (figs []output.Figure, omitted []output.Omitted, remarks func() []string) {
	c := x.on(chartContext(doc))
	planned, left := charts.Plan(doc.Report, c)
	figs = make([]output.Figure, len(planned))
	warnings := make([][]string, len(planned))
	for i, f := range planned {
		figs[i] = output.Figure{ID: f.ID, Kind: f.Kind, Title: f.Title, Subtitle: f.Subtitle, Note: f.Note, Alt: f.Alt, Columns: f.Columns, Rows: f.Rows}
		figs[i].Draw = func(to *output.Figure) error {
			d, err := f.Both(charts.Options{})
			if err != nil {
				return err
			}
			to.PNG, to.SVG, warnings[i] = d.PNG, d.SVG, d.Warnings
			to.PixelsSHA256, to.PlottedSHA256 = hex.EncodeToString(d.Pixels[:]), hex.EncodeToString(d.Plotted[:])
			return nil
		}
	}
	for _, o := range left {
		omitted = append(omitted, output.Omitted{ID: o.ID, Why: o.Why})
	}
	return figs, omitted, func() []string {
		all := charts.Remarks(doc.Report, c)
		for i, f := range planned {
			all = append(all, chartRemarks(f.ID, warnings[i])...)
		}
		return all
	}
}

// inputHash is the input's SHA-256, or for several inputs that of the list of
// their names and hashes.
func inputHash(doc *output.Document) string {
	if len(doc.Inputs) == 1 {
		return doc.Inputs[0].SHA256
	}
	h := sha256.New()
	for _, in := range doc.Inputs {
		fmt.Fprintf(h, "%s  %s\n", in.SHA256, in.Name)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// onlyPlace names where all incidents are: a country, and the province where every
// incident is of one.
func onlyPlace(r *stats.Report) string {
	country := onlyCountry(r)
	if t := r.Table("by-admin1"); country != "" && t != nil && len(t.Rows) == 1 && t.Rows[0].Keys[0].Kind == stats.Named && t.Rows[0].Keys[0].Label != country {
		return t.Rows[0].Keys[0].Label + ", " + country
	}
	return country
}

// onlyCountry returns the country's name where every incident with a country is
// in the same one.
func onlyCountry(r *stats.Report) string {
	t := r.Table("by-country")
	if t == nil {
		return ""
	}
	name := ""
	for _, row := range t.Rows {
		if row.Keys[0].Kind != stats.Named {
			continue
		}
		if name != "" {
			return ""
		}
		name = row.Keys[0].Label
	}
	return name
}

// population says by which file rates are given.
func population(c config, so stats.Options) string {
	switch {
	case len(so.Population) == 0:
		return ""
	case c.Population != "":
		return shownName(c.Population)
	}
	return populationFile + " beside the records"
}
