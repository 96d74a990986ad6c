package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"toll/data"
	"toll/data/record"
	"toll/internal/catalogue"
	"toll/internal/together"
	"toll/output"
	"toll/stats"

	"github.com/spf13/cobra"
)

// selectionFlags are the flags that say what is read and tallied; toll.yaml
// knows them under the same names.
type selectionFlags struct {
	config string
	given  config
	top    int
	maps   []string // --map field=column
	lists  []string // --lists field=separator
}

func (f *selectionFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.given.By, "by", "", "reporting `period`: day, week, month, quarter, year (default: chosen from the span)")
	fl.StringVar(&f.given.From, "from", "", "first `day` to cover, 2025-10-01")
	fl.StringVar(&f.given.To, "to", "", "last `day` to cover")
	fl.IntVar(&f.top, "top", defaultTop, "`length` of the list of the deadliest incidents")
	fl.StringVar(&f.given.Policy, "policy", "", "which account of several makes an incident's toll: range (default), conservative, latest,\nmajority, verified-first, admission, prefer:A,B,C or account:X")
	fl.StringVar(&f.given.AsOf, "as-of", "", "only what had been reported by this `day`")
	fl.StringVar(&f.given.Multi, "multi", "", "an incident of several parties in tables by party: joint (default), each or split")
	fl.StringVar(&f.given.Population, "population", "", "give rates per 100,000 inhabitants by this `file` with the columns place, year and population\n(default: population.csv beside the records)")
	fl.StringVar(&f.given.Lang, "lang", "", "`language` of the report: "+strings.Join(catalogue.Languages(), ", ")+" (default en)")
	fl.StringVar(&f.given.Title, "title", "", "`title` of the report")
	fl.StringVar(&f.given.Source, "source", "", "`source` line of the report and every chart")
	f.registerRecords(c)
	_ = c.RegisterFlagCompletionFunc("by", cobra.FixedCompletions([]string{"day", "week", "month", "quarter", "year"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("policy", cobra.FixedCompletions([]string{"range", "conservative", "latest", "majority", "verified-first", "admission", "prefer:", "account:"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("multi", cobra.FixedCompletions([]string{"joint", "each", "split"}, cobra.ShellCompDirectiveNoFileComp))
}

// open opens the dataset of a command's arguments, with the flags that were given
// laid over what toll.yaml says.
func (f *selectionFlags) open(stdin io.Reader, args []string, changed func(string) bool) (*dataset, error) {
	d, err := openDataset(args, f.config, stdin)
	if err != nil {
		return nil, err
	}
	d.config = f.over(d.config, changed)
	return d, nil
}

// over lays the flags that were given over what toll.yaml says.
func (f *selectionFlags) over(c config, changed func(string) bool) config {
	for _, x := range []struct {
		name string
		to   *string
		from string
	}{{"by", &c.By, f.given.By}, {"from", &c.From, f.given.From}, {"to", &c.To, f.given.To}, {"title", &c.Title, f.given.Title},
		{"policy", &c.Policy, f.given.Policy}, {"as-of", &c.AsOf, f.given.AsOf}, {"multi", &c.Multi, f.given.Multi}, {"lang", &c.Lang, f.given.Lang}, {"population", &c.Population, f.given.Population},
		{"source", &c.Source, f.given.Source}, {"profile", &c.Profile, f.given.Profile}} {
		if changed(x.name) {
			*x.to = x.from
		}
	}
	c = f.overPublishing(f.overReading(c, changed), changed)
	if changed("where") {
		c.Where = f.given.Where
	}
	if changed("top") {
		c.Top = &f.top
	}
	return c
}

func reportCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var drawing drawingFlags
	var dir string
	var force, show bool
	c := &cobra.Command{
		Use:   "report FILE.csv… | FOLDER | -",
		Short: "Make a briefing: report, tables and charts",
		Long: `Reads incident records from one or more CSV files, or from the folder of a
dataset, and writes a briefing into output/NAME/: report.md, report.html,
report.json, tables/*.csv, charts/*.png and manifest.json.

Columns are recognised by their names; docs/codebook.md lists them. A date and one
column of killed or injured are enough.`,
		Example: `  toll report incidents.csv
  toll report data/durand-line-2025
  toll report 2024.csv 2025.csv --by quarter --title "Attacks, 2024–25"
  toll report incidents.csv --where country=Pakistan --from 2025-01-01 -o briefing
  curl -s https://example.org/incidents.csv | toll report - --by month`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := sel.open(s.in, args, cmd.Flags().Changed)
			if err != nil {
				return err
			}
			d.config = drawing.over(d.config, cmd.Flags().Changed)
			if dir == "" {
				dir = filepath.Join("output", d.name)
			}
			err = makeReport(s, d, dir, force)
			if show && (err == nil || errors.Is(err, errFindings)) {
				if e := openBrowser(filepath.Join(dir, "report.html")); e != nil {
					fmt.Fprintln(s.err, "toll: "+e.Error())
				}
			}
			return err
		},
	}
	sel.register(c)
	sel.registerMinCell(c)
	sel.registerExperimental(c, "changes of rate,\nnegative binomial counts, the goodness of fit of the tail")
	sel.registerRaw(c)
	sel.registerNotes(c, "the deadliest incidents")
	drawing.register(c)
	c.Flags().StringVarP(&dir, "output", "o", "", "write into this `folder` (default: output/NAME)")
	c.Flags().BoolVar(&show, "open", false, "open report.html in the browser; not where CI is set")
	c.Flags().BoolVar(&force, "force", false, "write into a folder that holds files of something else (they are kept)")
	return c
}

// makeReport builds a briefing and publishes it.
func makeReport(s *streams, d *dataset, dir string, force bool) error {
	step, done := progressOn(s.err, d.size())
	b, err := build(d, step)
	done()
	if err != nil {
		return err
	}
	return publish(s, b, dir, force)
}

// publish writes a briefing and says what it says.
func publish(s *streams, b *briefing, dir string, force bool) error {
	if _, err := output.Publish(dir, b.files, force); err != nil {
		return err
	}
	tell(s, b.doc, b.read, dir)
	tellRemarks(s.err, b.looks)
	for _, u := range b.unmet {
		fmt.Fprintln(s.err, u.String())
	}
	if b.read.findings() || len(b.unmet) > 0 {
		return errFindings
	}
	return nil
}

// briefing is a dataset read, and what it says, and the files that say it.
type briefing struct {
	read  *reading
	doc   *output.Document
	files *output.Bundle
	unmet []output.Unmet // pinned figures that do not hold
	looks []string       // what someone should look at in the charts
}

// maxRoll is up to how many incidents report.html can be asked about one by one.
const maxRoll = 200_000

// build reads, tallies, draws and renders. It is the one way to a briefing: what
// is verified is made as what is published.
func build(d *dataset, step func(int64)) (*briefing, error) {
	so, err := d.config.selection()
	if err != nil {
		return nil, err
	}
	if d.config.MinCell == 0 { // a roll tells of single incidents
		so.Roll = maxRoll
	}
	if so.Population, err = d.inhabitants(); err != nil {
		return nil, err
	}
	so.PlaceYears = len(so.Population) > 0
	ro := record.Options{Profile: d.config.Profile}
	if _, err := d.survey(ro); err != nil {
		return nil, err
	}
	collectFor(d)
	r, err := tally(d, ro, so, step)
	if err != nil {
		return nil, err
	}
	return brief(d, r, so)
}

// brief makes the briefing of what was read.
func brief(d *dataset, r *reading, so stats.Options) (*briefing, error) {
	x, err := d.drawing()
	if err != nil {
		return nil, err
	}
	collectRendering(d)
	doc, err := compose(d, r, so)
	if err != nil {
		return nil, err
	}
	var remarks func() []string
	planning := func() error {
		doc.Figures, doc.Omitted, remarks = plan(doc, x)
		return nil
	}
	if err := together.Run(append(marking(d, doc), planning)...); err != nil {
		return nil, err
	}
	unmet, err := unmetExpectations(d, r.report)
	if err != nil {
		return nil, err
	}
	files, err := output.Render(doc)
	if err != nil {
		return nil, err
	}
	return &briefing{r, doc, files, unmet, remarks()}, nil
}

// shownDiagnostics is how many findings the terminal shows; the report's data
// section counts them all.
const shownDiagnostics = 20

// tell prints the findings to the standard error and what was written to the
// standard output.
func tell(s *streams, doc *output.Document, r *reading, dir string) {
	tellFindings(s.err, r.diagnostics)
	printSummary(s.out, doc, dir)
}

func tellFindings(w io.Writer, diagnostics []data.Diagnostic) {
	shown, hidden := 0, 0
	for _, d := range diagnostics {
		if d.Severity < data.Warning && d.Code != noMatchOfSeveral.Name { // which is of the command, not of the data
			continue
		}
		if shown++; shown > shownDiagnostics {
			hidden++
			continue
		}
		fmt.Fprintln(w, d.String())
	}
	if hidden > 0 {
		fmt.Fprintf(w, "… and %d more; the report counts them by kind.\n", hidden)
	}
}

// printSummary says the headline figures and that every record is accounted for.
func printSummary(w io.Writer, doc *output.Document, dir string) {
	r := doc.Report
	n := r.Total.Incidents
	span := "undated"
	if r.First != data.NoDay {
		span = stats.DayText(r.First)
		if r.Last != r.First {
			span += " to " + stats.DayText(r.Last)
		}
	}
	fmt.Fprintf(w, "%s\n", data.Visible(doc.Title))
	var lines strings.Builder
	t := tabwriter.NewWriter(&lines, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "incidents\t%s\t%s\n", stats.Number(int64(n)), span)
	figure := func(s stats.Sum) string {
		if n == 0 {
			return "–" // no incident is no zero
		}
		return s.Figure(n)
	}
	fmt.Fprintf(t, "killed\t%s\t%s\n", figure(r.Total.Killed), unknownTolls(r.Total.Killed.Unknown))
	if r.HasInjured {
		fmt.Fprintf(t, "injured\t%s\t%s\n", figure(r.Total.Injured), unknownTolls(r.Total.Injured.Unknown))
	}
	l := r.Ledger
	fmt.Fprintf(t, "records\t%s\t= %s accepted + %s rejected + %s blank\n", stats.Number(l.Read), stats.Number(l.Accepted), stats.Number(l.Rejected), stats.Number(l.Blank))
	t.Flush()
	for line := range strings.Lines(lines.String()) {
		fmt.Fprintln(w, strings.TrimRight(line, " \n"))
	}
	fmt.Fprintf(w, "written to %s\n", filepath.ToSlash(dir))
}

func unknownTolls(n uint32) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 incident with no known toll"
	}
	return stats.Number(int64(n)) + " incidents with no known toll"
}
