package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"

	"toll/data"
	"toll/data/check"
	"toll/data/record"

	"github.com/spf13/cobra"
)

// checkFlags are what toll check takes beside the selection.
type checkFlags struct {
	format  string
	explain string
	list    bool
	suggest bool
	accept  string
}

func checkCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var f checkFlags
	c := &cobra.Command{
		Use:   "check FILE.csv… | FOLDER | -",
		Short: "Say everything there is to say about the records",
		Long: `Reads incident records as toll report does and prints every finding with its
file, line and column, a code that stays the same between versions, and what to do.
Beside what reading finds it compares figures with each other and records with
records: parts above their whole, incidents that may be listed twice, columns that
were copied, coordinates that may be swapped. It changes nothing.

docs/diagnostics.md lists the codes; --explain CODE shows one.`,
		Example: `  toll check incidents.csv
  toll check incidents.csv --as-of 2025-12-31 --suggest
  toll check incidents.csv --format sarif > findings.sarif
  toll check --explain count-order`,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.list:
				return listCodes(s)
			case f.explain != "":
				return explainCode(s, f.explain)
			case len(args) == 0:
				return fmt.Errorf("check what? Give files, a folder or -")
			}
			write, ok := findingWriters[f.format]
			if !ok {
				return fmt.Errorf("format %q: use text, json, csv, sarif or github", f.format)
			}
			d, err := sel.open(s.in, args, cmd.Flags().Changed)
			if err != nil {
				return err
			}
			return checkDataset(s, d, &f, write)
		},
	}
	sel.registerRecords(c)
	c.Flags().StringVar(&sel.given.AsOf, "as-of", "", "`day` of the data: incidents after it are found")
	fl := c.Flags()
	fl.StringVar(&f.format, "format", "text", "`form` of the findings: text, json, csv, sarif or github")
	fl.StringVar(&f.explain, "explain", "", "explain this `code`")
	fl.BoolVar(&f.list, "list", false, "list every code")
	fl.BoolVar(&f.suggest, "suggest", false, "list names that may be two spellings of one")
	fl.StringVar(&f.accept, "accept", "", "findings that were looked at and stand: a CSV `file` with the columns code,file,field,value,reason")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json", "csv", "sarif", "github"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// checkDataset reads the inputs, looks at the records and prints what was found.
func checkDataset(s *streams, d *dataset, f *checkFlags, write findingWriter) error {
	so, err := d.config.selection()
	if err != nil {
		return err
	}
	ro, err := d.survey(record.Options{NoSum: true})
	if err != nil {
		return err
	}
	var files []string
	for _, in := range d.inputs {
		files = append(files, in.name)
	}
	checker := check.New(files, check.Options{AsOf: so.AsOf, Suggest: f.suggest})
	r := &reading{counts: map[string]int64{}}
	dicts := data.NewDicts()
	for i := range d.inputs {
		res, err := readWhole(d.inputs[i], i, ro, dicts, admitted(so.Where, checker.Add))
		if err != nil {
			return err
		}
		r.take(res)
	}
	found, counts := checker.Findings()
	r.diagnostics = append(r.diagnostics, found...)
	for c, n := range counts {
		r.counts[c] += n
	}
	data.SortDiagnostics(r.diagnostics, files)
	if f.accept != "" {
		if err := r.accept(f.accept); err != nil {
			return err
		}
	}
	if err := write(s.out, r); err != nil {
		return err
	}
	for _, x := range r.diagnostics {
		if x.Severity > data.Note {
			return errFindings
		}
	}
	return nil
}

// accept takes out the findings that a file of exceptions accepts, and adds one
// for each line of it that accepts nothing any more.
func (r *reading) accept(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return plainPathError(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 || strings.Join(rows[0], ",") != "code,file,field,value,reason" {
		return fmt.Errorf("%s: exceptions have the columns code,file,field,value,reason", path)
	}
	used := make([]bool, len(rows))
	kept := r.diagnostics[:0]
	for _, d := range r.diagnostics {
		at := -1
		for i, x := range rows[1:] {
			if x[0] == d.Code && (x[1] == "" || x[1] == d.File) && (x[2] == "" || x[2] == d.Field) && (x[3] == "" || x[3] == d.Value) {
				at = i + 1
				break
			}
		}
		if at < 0 {
			kept = append(kept, d)
			continue
		}
		used[at] = true
		r.accepted++
		r.counts[d.Code]--
	}
	for i, x := range rows[1:] {
		if !used[i+1] {
			rule, _ := check.LookupCode("stale-exception")
			kept = append(kept, data.Diagnostic{File: shownName(path), Line: i + 2, Severity: rule.Severity, Code: rule.Name, Value: x[0],
				Message: fmt.Sprintf("nothing is found any more that this exception of %s accepts", x[0]), Hint: rule.Fix})
			r.counts[rule.Name]++
		}
	}
	r.diagnostics = kept
	return nil
}
