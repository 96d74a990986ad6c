package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"toll/data"
	"toll/data/record"
	"toll/output"
	"toll/stats"

	"github.com/spf13/cobra"
)

// tablesFlags are what toll tables takes beside the selection.
type tablesFlags struct {
	dir       string
	only      []string
	ignore    []string
	asWritten bool
	stats     bool
}

func tablesCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var f tablesFlags
	c := &cobra.Command{
		Use:   "tables FILE.csv… | FOLDER | -",
		Short: "Make the tables alone, for pipelines",
		Long: `Reads incident records as toll report does and writes tables/*.csv alone: no
charts, no text, no manifest.

With --tables only those are made, and columns of the file that they do not need
are not read: dates, counts, ids and statuses always are, for they decide whether
a record counts; a bad coordinate or victim type goes unremarked.`,
		Example: `  toll tables incidents.csv
  toll tables incidents.csv --tables by-month,by-admin1,admin1-party -o figures
  toll tables huge.csv --tables by-month --stats`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := sel.open(s.in, args, cmd.Flags().Changed)
			if err != nil {
				return err
			}
			if f.dir == "" {
				f.dir = filepath.Join("output", d.name+"-tables")
			}
			return makeTables(s, d, &f)
		},
	}
	sel.register(c)
	sel.registerMinCell(c)
	sel.registerExperimental(c, "changes of rate,\nnegative binomial counts, the goodness of fit of the tail")
	sel.registerRaw(c)
	fl := c.Flags()
	fl.StringVarP(&f.dir, "output", "o", "", "write into this `folder` (default: output/NAME-tables)")
	fl.StringSliceVar(&f.only, "tables", nil, "only these `tables`, by their names: by-month,by-admin1,period-party,…")
	fl.StringSliceVar(&f.ignore, "ignore", nil, "read the files as if they had no such `columns`: claimed_by,source,…")
	fl.BoolVar(&f.asWritten, "as-written", false, "add up each column as it stands, as a spreadsheet does: a low or high figure that a\nrecord leaves blank adds nothing, where otherwise its best figure bounds it")
	fl.BoolVar(&f.stats, "stats", false, "print records per second and peak memory to the standard error")
	return c
}

// makeTables reads, tallies and writes the tables.
func makeTables(s *streams, d *dataset, f *tablesFlags) error {
	start := time.Now()
	if exists(filepath.Join(f.dir, output.ManifestName)) {
		return fmt.Errorf("%s holds a briefing, whose manifest would no longer hold: choose another folder with -o", f.dir)
	}
	so, err := f.selection(d)
	if err != nil {
		return err
	}
	if so.Population, err = d.inhabitants(); err != nil {
		return err
	}
	so.PlaceYears = len(so.Population) > 0
	ro := record.Options{Profile: d.config.Profile, Skip: f.ignore, AsWritten: f.asWritten, NoSum: true, Unneeded: unneeded(so)}
	var total int64
	for _, in := range d.inputs {
		total += in.size
	}
	step, done := progressOn(s.err, total)
	r, err := tally(d, ro, so, step)
	done()
	if err != nil {
		return err
	}
	if so.Only == nil && len(f.only) > 0 {
		r.report.Tables = slices.DeleteFunc(r.report.Tables, func(t *stats.Table) bool { return !slices.Contains(f.only, t.ID) })
	}
	if err := writeTables(f.dir, r.report, d.config.Raw); err != nil {
		return plainPathError(err)
	}
	tellFindings(s.err, r.diagnostics)
	for _, id := range f.only {
		if !slices.ContainsFunc(r.report.Tables, func(t *stats.Table) bool { return t.ID == id }) && r.report.Sheet(id) == nil {
			why := "no record states what it is by"
			if d.config.MinCell > 0 {
				why += ", or it is withheld"
			}
			fmt.Fprintf(s.err, "toll: there is no table %s: %s\n", id, why)
		}
	}
	if f.stats {
		printStats(s.err, r.report.Ledger.Read, time.Since(start))
	}
	if r.findings() {
		return errFindings
	}
	return nil
}

// selection returns what is tallied. A table by a period that --tables names
// sets the reporting period where --by does not.
func (f *tablesFlags) selection(d *dataset) (stats.Options, error) {
	if err := checkColumns(f.ignore); err != nil {
		return stats.Options{}, err
	}
	if d.config.By == "" {
		for _, id := range f.only {
			p := strings.TrimPrefix(id, "by-")
			if _, ok := stats.ParsePeriod(p); ok && p != id {
				d.config.By = p
				break
			}
		}
	}
	so, err := d.config.selection()
	if so.Only, so.Top = f.only, 0; d.config.MinCell > 0 {
		so.Only = nil // what must be withheld of a table depends on the others
	}
	return so, err
}

func checkColumns(names []string) error {
	known := record.NativeColumns()
	for _, n := range names {
		if !slices.Contains(known, n) {
			return fmt.Errorf("ignore %q: the columns are %s", n, strings.Join(known, ", "))
		}
		if n == "date" {
			return fmt.Errorf("ignore %q: there is no tally without dates", n)
		}
	}
	return nil
}

// neededBy gives the columns a table needs beside those that are always read.
func neededBy(table string) (columns []string, known bool) {
	parties := []string{"claimed_by", "attributed_to", "involved"}
	levels := []string{"country", "admin1", "admin2", "place"}
	switch table {
	case "total", "by-start-month":
		return nil, true
	case "by-party", "period-party":
		return parties, true
	case "by-event-type", "by-victim-type", "by-victim-side", "by-involved":
		return []string{strings.ReplaceAll(strings.TrimPrefix(table, "by-"), "-", "_")}, true
	}
	if p, ok := strings.CutPrefix(table, "by-"); ok {
		if _, ok := stats.ParsePeriod(p); ok {
			return nil, true
		}
		i := slices.Index(levels, p)
		return levels[:i+1], i >= 0
	}
	level, ok := strings.CutSuffix(table, "-party")
	i := slices.Index(levels, level)
	return append(parties, levels[:i+1]...), ok && i >= 0
}

// unneeded returns the columns that the tables asked for do not need. Options
// that weigh accounts need them all.
func unneeded(so stats.Options) []string {
	if len(so.Only) == 0 || len(so.Where) > 0 || !so.Policy.IsRange() || so.Multi != stats.Joint || so.AsOf != data.NoDay {
		return nil
	}
	out := []string{"country", "admin1", "admin2", "place", "lat", "lon", "geo_precision", "event_type", "weapon", "attributed_to", "claimed_by",
		"attribution", "involved", "victim_side", "victim_type", "of_which_women", "of_which_children", "besides_militants", "source", "source_side", "reported_on", "url", "notes"}
	for _, t := range so.Only {
		need, known := neededBy(t)
		if !known {
			return nil
		}
		out = slices.DeleteFunc(out, func(c string) bool { return slices.Contains(need, c) })
	}
	return out
}

// writeTables writes each table to a file beside its name and then renames it,
// so that no file is ever half of one.
func writeTables(dir string, rep *stats.Report, raw bool) error {
	if err := os.MkdirAll(filepath.Join(dir, "tables"), 0o777); err != nil {
		return err
	}
	errs := make([]error, len(rep.Tables))
	var wait sync.WaitGroup
	for i, t := range rep.Tables {
		wait.Go(func() {
			var f output.File
			if f, errs[i] = output.TableFile(t, rep.InjuredIn(t), raw); errs[i] == nil {
				errs[i] = replaceFile(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Data)
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	for _, x := range rep.Sheets {
		f, err := output.SheetFile(x, raw)
		if err != nil {
			return err
		}
		if err := replaceFile(filepath.Join(dir, filepath.FromSlash(f.Path)), f.Data); err != nil {
			return err
		}
	}
	return nil
}

func replaceFile(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".toll-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(b); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// printStats says how fast the records were read and what memory that took.
func printStats(w io.Writer, records int64, took time.Duration) {
	fmt.Fprintf(w, "%s records in %.3f s, %s records per second", stats.Number(records), took.Seconds(), stats.Number(int64(float64(records)/took.Seconds())))
	if peak := peakMemory(); peak > 0 {
		fmt.Fprintf(w, ", %.1f MB at most in memory", float64(peak)/1e6)
	}
	fmt.Fprintln(w)
}
