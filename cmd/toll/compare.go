package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"toll/charts"
	"toll/data"
	"toll/data/record"
	"toll/internal/catalogue"
	"toll/internal/together"
	"toll/output"
	"toll/stats"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
)

// compareFlags are what toll compare takes beside the selection.
type compareFlags struct {
	configs, names [2]string
	given          comparing
	dir            string
	force          bool
}

// comparing is what a comparison was asked for, as its manifest records it.
type comparing struct {
	Title string `yaml:"title"`
	Days  *int   `yaml:"days"`
	Km    *int   `yaml:"km"`

	Experimental bool `yaml:"experimental"`
}

func compareCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var f compareFlags
	days, km := 1, 10
	c := &cobra.Command{
		Use:   "compare A B",
		Short: "Compare two datasets of the same violence",
		Long: `Sets two datasets against each other: what each counts, which incidents both
have, whether their tolls agree, and the way from one total to the other, step by
step. Writes a report, tables and a chart into output/A-B/, as toll report does;
toll verify makes them again.

Incidents are matched by a shared identifier or address, else by day, place and
parties, each with at most one; the tolls take no part in it. What could be matched
in several ways equally well is listed as unclear. docs/methodology.md has the rule.

A and B are a CSV file, a folder or a briefing. Flags apply to both; what only one
needs, such as its columns, goes into a YAML file of its own.`,
		Example: `  toll compare ucdp.csv acled.csv --where country=Mali
  toll compare our-sheet data/ucdp --name-a "Our sheet" --name-b UCDP --from 2024-01-01
  toll compare ged.csv suicide.csv --config-b suicide.yaml --days 0 --km 5`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			changed := cmd.Flags().Changed
			f.given.Title, f.given.Experimental = sel.given.Title, sel.given.Experimental
			if changed("days") {
				f.given.Days = &days
			}
			if changed("km") {
				f.given.Km = &km
			}
			var sides [2]*dataset
			for i, arg := range args {
				own := sel
				if f.configs[i] != "" {
					own.config = f.configs[i]
				}
				d, err := openAny(arg, &own, func(name string) bool { return name != "title" && name != "experimental" && changed(name) }, s.in)
				if err != nil {
					return err
				}
				if f.names[i] != "" {
					d.config.Name = f.names[i]
				}
				sides[i] = d
			}
			return makeComparison(s, sides, &f)
		},
	}
	sel.register(c)
	sel.registerExperimental(c, "how many incidents\nneither dataset has")
	fl := c.Flags()
	for i, side := range []string{"a", "b"} {
		fl.StringVar(&f.configs[i], "config-"+side, "", "read options for "+strings.ToUpper(side)+" alone from this YAML `file`")
		fl.StringVar(&f.names[i], "name-"+side, "", "what "+strings.ToUpper(side)+" is `called` (default: its file or folder)")
	}
	fl.IntVar(&days, "days", days, "by how many `days` two records of one incident may differ")
	fl.IntVar(&km, "km", km, "within how many `kilometres` two exact points are one place")
	fl.StringVarP(&f.dir, "output", "o", "", "write into this `folder` (default: output/A-B)")
	fl.BoolVar(&f.force, "force", false, "write into a folder that holds files of something else (they are kept)")
	return c
}

// options turns what was asked for into the options of the matching.
func (c comparing) options() (stats.MatchOptions, error) {
	o := stats.DefaultMatch()
	if c.Days != nil {
		o.Days = *c.Days
	}
	if c.Km != nil {
		o.Metres = *c.Km * 1000
	}
	if o.Days < 0 || o.Days > 7 {
		return o, fmt.Errorf("days %d: use 0 to 7", o.Days)
	}
	if o.Metres < 0 || o.Metres > 50_000 {
		return o, fmt.Errorf("km %d: use 0 to 50", o.Metres/1000)
	}
	return o, nil
}

// makeComparison builds a comparison and publishes it.
func makeComparison(s *streams, sides [2]*dataset, f *compareFlags) error {
	b, err := buildComparison(sides, f.given)
	if err != nil {
		return err
	}
	dir := f.dir
	if dir == "" {
		dir = filepath.Join("output", b.doc.Name)
	}
	if _, err := output.Publish(dir, b.files, f.force); err != nil {
		return err
	}
	findings := false
	for _, r := range b.read {
		tellFindings(s.err, r.diagnostics)
		findings = findings || r.findings()
	}
	tellRemarks(s.err, b.looks)
	printComparison(s.out, b.doc.Title, b.doc.Comparison)
	fmt.Fprintf(s.out, "written to %s\n", filepath.ToSlash(dir))
	if findings {
		return errFindings
	}
	return nil
}

// compared is two datasets read and compared, and the files that say it.
type compared struct {
	read  [2]*reading
	doc   *output.Compared
	files *output.Bundle
	looks []string
}

// buildComparison reads both sides, compares, draws and renders.
func buildComparison(sides [2]*dataset, given comparing) (*compared, error) {
	o, err := given.options()
	if err != nil {
		return nil, err
	}
	b := &compared{doc: &output.Compared{Title: given.Title, Settings: given.settings()}}
	var both [2]stats.Side
	for i, d := range sides {
		if both[i], err = b.readSide(i, d); err != nil {
			return nil, err
		}
	}
	if both[0].Name == both[1].Name {
		both[0].Name, both[1].Name = both[0].Name+" (A)", both[1].Name+" (B)"
	}
	b.doc.Name = slug(both[0].Name + " " + both[1].Name)
	profiles := [2]string{b.read[0].profile(), b.read[1].profile()}
	if b.doc.Comparison, err = stats.Compare(both[0], both[1], profiles[0] == profiles[1] && profiles[0] != "native", o); err != nil {
		return nil, err
	}
	if given.Experimental {
		b.doc.Recapture, b.doc.Refused = b.doc.Comparison.Recapture()
	}
	if b.doc.Title == "" {
		b.doc.Title = catalogue.Say("title.compared", "a", both[0].Name, "b", both[1].Name)
	}
	if err := b.draw(); err != nil {
		return nil, err
	}
	b.files, err = output.RenderCompared(b.doc)
	return b, err
}

// readSide reads one side for its report and again for its incidents.
func (b *compared) readSide(i int, d *dataset) (stats.Side, error) {
	if d.config.MinCell > 0 {
		return stats.Side{}, errors.New("min-cell: a comparison lists incidents one by one and cannot withhold any")
	}
	d.config.Experimental = false // what it adds to a briefing is in no comparison
	so, err := d.config.selection()
	if err != nil {
		return stats.Side{}, err
	}
	r, err := tally(d, record.Options{Profile: d.config.Profile}, so, func(int64) {})
	if err != nil {
		return stats.Side{}, err
	}
	doc, err := compose(d, r, so)
	if err != nil {
		return stats.Side{}, err
	}
	if err := together.Run(marking(d, doc)...); err != nil {
		return stats.Side{}, err
	}
	b.read[i], b.doc.Sides[i], b.doc.Facts[i] = r, doc, r.facts()
	side := stats.Side{Name: d.label(), First: r.report.First, Last: r.report.Last, Total: r.report.Total, HasInjured: r.report.HasInjured}
	x, err := examine(d, so, true)
	if err != nil {
		return side, err
	}
	err = x.each(func(records []*data.Batch) error {
		if in, ok := x.alone.Incident(records); ok {
			side.Incidents = append(side.Incidents, in)
		}
		return nil
	})
	return side, err
}

// label is what a dataset is called within a comparison.
func (d *dataset) label() string {
	if d.config.Name != "" {
		return d.config.Name
	}
	return d.name
}

// profile names the dataset that all files of a reading are of, or native.
func (r *reading) profile() string {
	name := "native"
	for i, res := range r.results {
		if i > 0 && res.Profile != name {
			return "native"
		}
		name = res.Profile
	}
	return name
}

// facts are what the codebooks of the datasets read say of what they count.
func (r *reading) facts() []string {
	var facts []string
	for _, res := range r.results {
		for _, p := range record.Profiles() {
			for _, f := range p.Facts {
				if p.Name == res.Profile && !slices.Contains(facts, f) {
					facts = append(facts, f)
				}
			}
		}
	}
	return facts
}

func (c comparing) settings() []output.Setting {
	var all []output.Setting
	if c.Title != "" {
		all = append(all, output.Setting{Name: "title", Value: c.Title})
	}
	if c.Days != nil {
		all = append(all, output.Setting{Name: "days", Value: *c.Days})
	}
	if c.Km != nil {
		all = append(all, output.Setting{Name: "km", Value: *c.Km})
	}
	if c.Experimental {
		all = append(all, output.Setting{Name: "experimental", Value: true})
	}
	return all
}

// draw draws the chart of a comparison.
func (b *compared) draw() error {
	c := b.doc.Comparison
	ctx := charts.Context{Title: b.doc.Title, First: c.First, Last: c.Last, Cutoff: data.NoDay, Parties: charts.NewRegistry(), Directed: true}
	both := &output.Document{}
	var sources []string
	for _, side := range b.doc.Sides {
		ctx.Synthetic = ctx.Synthetic || side.Synthetic
		if !slices.Contains(sources, side.Source) {
			sources = append(sources, side.Source)
		}
		both.Inputs = append(both.Inputs, side.Inputs...)
	}
	ctx.Source, ctx.InputSHA256 = strings.Join(sources, "; "), inputHash(both)
	if c.A.Last != data.NoDay && c.B.Last != data.NoDay {
		ctx.Cutoff = max(c.A.Last, c.B.Last)
	}
	fig, left := charts.Waterfall(c, ctx)
	if left.Why != "" {
		b.doc.Omitted = append(b.doc.Omitted, output.Omitted{ID: left.ID, Why: left.Why})
		return nil
	}
	pic, err := fig.PNG(charts.Options{})
	if err != nil {
		return err
	}
	b.looks = chartRemarks(fig.ID, pic.Warnings)
	b.doc.Figures = append(b.doc.Figures, output.Figure{ID: fig.ID, Kind: fig.Kind, Title: fig.Title, Subtitle: fig.Subtitle, Note: fig.Note, Alt: fig.Alt, PNG: pic.PNG,
		Columns: fig.Columns, Rows: fig.Rows, PixelsSHA256: hex.EncodeToString(pic.Pixels[:]), PlottedSHA256: hex.EncodeToString(pic.Plotted[:])})
	return nil
}

// rebuildComparison makes the comparison of a manifest again, in memory.
func rebuildComparison(m *output.Manifest, recordedSides [2]*output.Manifest) (*output.Bundle, error) {
	var given comparing
	if err := yaml.UnmarshalWithOptions(m.Settings, &given, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("the settings of its manifest: %s", yaml.FormatError(err, false, true))
	}
	var sides [2]*dataset
	for i, side := range recordedSides {
		d, err := recorded(side)
		if err != nil {
			return nil, err
		}
		sides[i] = d
	}
	b, err := buildComparison(sides, given)
	if err != nil {
		return nil, err
	}
	return b.files, nil
}

// printComparison says what a comparison found.
func printComparison(w io.Writer, title string, c *stats.Comparison) {
	fmt.Fprintf(w, "%s\n", data.Visible(title))
	var lines strings.Builder
	t := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', 0)
	text := func(v int64) string { return stats.Number(stats.Persons(v)) }
	fmt.Fprintf(t, "A, %s\t%s\t\t%s\n", data.Visible(c.A.Name), counted(c.A.Total.Incidents), killedOf(c.A.Total))
	for _, x := range c.Way() {
		sign := ""
		if x.Change > 0 {
			sign = "+"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", data.Visible(c.StepName(x.Step)), counted(x.Incidents()), sign+text(x.Change), text(x.Then))
	}
	fmt.Fprintf(t, "B, %s\t%s\t\t%s\n", data.Visible(c.B.Name), counted(c.B.Total.Incidents), killedOf(c.B.Total))
	t.Flush()
	for line := range strings.Lines(lines.String()) {
		fmt.Fprintln(w, strings.TrimRight(line, " \n"))
	}
	for n, s := range [2]*stats.Side{&c.A, &c.B} {
		if c.Lacks(n) == stats.LacksIncidents {
			fmt.Fprintf(w, "%s holds no incident of this selection: what a dataset does not record is not zero, so that nothing is compared\n", data.Visible(s.Name))
		}
	}
	if c.A.Total.Incidents == 0 || c.B.Total.Incidents == 0 {
		return
	}
	if !c.Best {
		fmt.Fprintln(w, "steps are of the lowest figures, because some incidents state only a range")
	}
	r, g := c.Relations(), c.Grounds()
	fmt.Fprintf(w, "matched %d: %d by identifier or address, %d by day and place; ranges agree in %d, overlap in %d, are apart in %d\n", len(c.Pairs),
		g[stats.ByID]+g[stats.ByURL], len(c.Pairs)-g[stats.ByID]-g[stats.ByURL], r[stats.RangesAgree], r[stats.RangesOverlap], r[stats.RangesApart])
}

// killedOf writes a total of killed, none where there is no incident.
func killedOf(t stats.Tally) string {
	if t.Incidents == 0 {
		return "–"
	}
	return t.Killed.Figure(t.Incidents)
}

func counted(n uint32) string {
	if n == 1 {
		return "1 incident"
	}
	return stats.Number(int64(n)) + " incidents"
}
