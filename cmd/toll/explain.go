package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"toll/data"
	"toll/output"
	"toll/stats"

	"github.com/spf13/cobra"
)

func explainCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var limit int
	c := &cobra.Command{
		Use:   "explain ADDRESS|CHART.png [FILE.csv | FOLDER | BRIEFING]",
		Short: "Show the records behind a figure, and the arithmetic",
		Long: `Reads the data again and shows what each incident adds to a figure: its records
with file and line, the accounts that were weighed and those set aside, and why.

An address is a figure's in manifest.json, such as by-month/2025-10/killed.high, or
a row's, such as by-month/2025-10. Of a chart, toll reads what the picture says of
itself. Without a dataset, that of the one briefing in output/ is read.`,
		Example: `  toll explain total/killed.high output/example
  toll explain by-month/2025-10/killed.high data/durand-line-2025
  toll explain "by-party/Red Front" incidents.csv --limit 5
  toll explain output/example/charts/timeseries.png`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 1 {
				return fmt.Errorf("limit %d: use 1 or more", limit)
			}
			if strings.EqualFold(filepath.Ext(args[0]), ".png") && exists(args[0]) {
				return explainChart(s.out, args[0])
			}
			var arg string
			if len(args) == 2 {
				arg = args[1]
			} else {
				found, err := briefings()
				if err != nil || len(found) != 1 {
					return fmt.Errorf("name the dataset or briefing that has %s", args[0])
				}
				arg = found[0]
			}
			d, err := openAny(arg, &sel, cmd.Flags().Changed, s.in)
			if err != nil {
				return err
			}
			return explain(s.out, d, args[0], limit, sel.given.ShowNotes)
		},
	}
	sel.register(c)
	sel.registerNotes(c, "the records")
	c.Flags().IntVar(&limit, "limit", 20, "show this `many` incidents, those that add most first")
	return c
}

// openAny opens a briefing's dataset as its manifest records it, or a dataset.
func openAny(arg string, sel *selectionFlags, changed func(string) bool, in io.Reader) (*dataset, error) {
	if !exists(filepath.Join(arg, output.ManifestName)) {
		return sel.open(in, []string{arg}, changed)
	}
	k, err := output.ReadKept(arg)
	if err != nil {
		return nil, err
	}
	d, err := recorded(k.Manifest)
	if err != nil {
		return nil, err
	}
	d.config = sel.over(d.config, changed)
	return d, nil
}

// addition is what one incident adds to the figures asked for.
type addition struct {
	records []*data.Batch
	values  []int64
	alone   *stats.Report
}

// explain tells what makes a figure.
func explain(w io.Writer, d *dataset, address string, limit int, notes bool) error {
	so, err := d.config.selection()
	if err != nil {
		return err
	}
	x, err := examine(d, so, false)
	if err != nil {
		return err
	}
	x.ro.KeepTexts = notes
	wanted, totals, err := resolve(x.report, address)
	if err != nil {
		return err
	}
	sums := make([]int64, len(wanted))
	var kept []addition
	add := 0
	err = x.each(func(records []*data.Batch) error {
		a, err := x.addition(records, wanted)
		if err != nil || !slices.ContainsFunc(a.values, func(v int64) bool { return v != 0 }) {
			return err
		}
		add++
		for i, v := range a.values {
			sums[i] += v
		}
		if kept = append(kept, a); len(kept) >= 2*limit+64 {
			kept = most(kept, limit)
		}
		return nil
	})
	if err != nil {
		return err
	}
	kept = most(kept, limit)
	for i, a := range wanted {
		fmt.Fprintf(w, "%s is %s\n", data.Visible(a), output.FigureText(totals[i]))
	}
	shown := make([]int64, len(wanted))
	for _, a := range kept {
		for i, v := range a.values {
			shown[i] += v
		}
		x.tell(w, &a)
	}
	if rest := add - len(kept); rest > 0 {
		for i := range shown {
			shown[i] = sums[i] - shown[i]
		}
		fmt.Fprintf(w, "\n%s\tof %d more (--limit shows more)\n", figures(shown), rest)
	}
	fmt.Fprintf(w, "\n%s\tin all, over %d of the %d incidents\n", figures(sums), add, x.report.Total.Incidents)
	if !slices.Equal(sums, totals) {
		return fmt.Errorf("the incidents add up to %s and not to %s: a fault of toll's, please report it", figures(sums), figures(totals))
	}
	return nil
}

// resolve returns the figures that an address means, and their values.
func resolve(r *stats.Report, address string) (wanted []string, values []int64, err error) {
	all := map[string]int64{}
	var near []string
	output.EachFigure(r, func(a string, v int64) {
		all[a] = v
		if strings.Contains(strings.ToLower(a), strings.ToLower(address)) && strings.HasSuffix(a, "/killed.low") {
			near = append(near, a)
		}
	})
	for _, a := range []string{address, address + "/incidents", address + "/killed.low", address + "/killed.best", address + "/killed.high", address + ".low", address + ".best", address + ".high"} {
		if v, ok := all[a]; ok {
			wanted, values = append(wanted, a), append(values, v)
		}
	}
	if len(wanted) > 0 {
		return wanted, values, nil
	}
	sheet, rest, _ := strings.Cut(address, "/")
	if s := r.Sheet(sheet); s != nil && rest != "" {
		return nil, nil, fmt.Errorf("%s is a statistic (%s): it is worked out from the tables and is no sum over incidents; docs/methodology.md says how", address, s.Title)
	}
	hint := "manifest.json lists the addresses, and tables/*.csv has the keys of long tables"
	if len(near) > 0 {
		hint = "do you mean " + strings.Join(near[:min(len(near), 3)], " or ") + "?"
	}
	return nil, nil, fmt.Errorf("the report has no figure %s: %s", address, hint)
}

// addition works out what an incident adds to some figures.
func (x *examined) addition(records []*data.Batch, wanted []string) (addition, error) {
	r, err := x.alone.Report(records)
	if err != nil {
		return addition{}, err
	}
	a := addition{records: records, values: make([]int64, len(wanted)), alone: r}
	output.EachFigure(r, func(at string, v int64) {
		if i := slices.Index(wanted, at); i >= 0 {
			a.values[i] += v
		}
	})
	return a, nil
}

// most keeps the additions that add most.
func most(all []addition, n int) []addition {
	slices.SortStableFunc(all, func(a, b addition) int {
		for i := len(a.values) - 1; i >= 0; i-- {
			if o := cmp.Compare(b.values[i], a.values[i]); o != 0 {
				return o
			}
		}
		return cmp.Or(cmp.Compare(a.records[0].File, b.records[0].File), cmp.Compare(a.records[0].Line[0], b.records[0].Line[0]))
	})
	return all[:min(len(all), n)]
}

func figures(vs []int64) string {
	s := make([]string, len(vs))
	for i, v := range vs {
		s[i] = output.FigureText(v)
	}
	return strings.Join(s, ", ")
}

// tell shows an incident: what it adds, its records, and how they make its toll.
// Notes are shown only where asked for: they may name victims.
func (x *examined) tell(w io.Writer, a *addition) {
	b := a.records[0]
	id := b.ID.At(0)
	if id == "" {
		id = "an incident without an id"
	}
	fmt.Fprintf(w, "\n%s\t%s, %s\n", figures(a.values), data.Visible(id), dateText(b))
	for _, t := range x.alone.Tellings(a.records) {
		who := []string{cmp.Or(t.Source, "source not stated")}
		if t.Side != "" {
			who = append(who, "losses of "+t.Side)
		}
		if t.Victims != "" {
			who = append(who, t.Victims)
		}
		if t.ReportedOn != data.NoDay {
			who = append(who, "reported "+t.ReportedOn.String())
		}
		fmt.Fprintf(w, "\t%s:%d  killed %s, injured %s  (%s)\n", x.data.inputs[t.File].name, t.Line, countText(t.Killed), countText(t.Injured), data.Visible(strings.Join(who, "; ")))
		if len(a.records) > 1 || !t.Used {
			fmt.Fprintf(w, "\t\t%s\n", data.Visible(t.Why))
		}
		for _, b := range a.records {
			if b.File == t.File && int(b.Line[0]) == t.Line && b.Notes.At(0) != "" {
				fmt.Fprintf(w, "\t\tnote: %s\n", data.Visible(b.Notes.At(0)))
			}
		}
	}
	if len(a.records) > 1 {
		fmt.Fprintf(w, "\t%s\n", data.Visible(arithmetic(a.alone)))
	}
}

// arithmetic says how the tolls of an incident's sides make its own.
func arithmetic(r *stats.Report) string {
	n := r.Total.Incidents
	var parts []string
	if t := r.Table("by-victim-side"); t != nil && len(t.Rows) > 1 {
		for _, row := range t.Rows {
			parts = append(parts, row.Tally.Killed.Range(row.Tally.Incidents)+" ("+row.Keys[0].Label+")")
		}
	}
	s := "killed " + r.Total.Killed.Figure(n) + ", injured " + r.Total.Injured.Figure(n)
	if len(parts) > 0 {
		s = "killed " + strings.Join(parts, " + ") + " = " + strings.TrimPrefix(s, "killed ")
	}
	return "= " + s
}

func countText(c data.Count) string {
	var t stats.Tally
	t.Add(&c, &data.Count{})
	return t.Killed.Figure(1)
}

func dateText(b *data.Batch) string {
	d := b.Date(0)
	switch {
	case d.Prec == data.Undated:
		return "undated"
	case d.End > d.Start:
		return d.Start.String() + " to " + d.End.String()
	}
	return d.Start.String()
}
