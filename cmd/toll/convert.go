package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"toll/data"
	"toll/data/record"

	"github.com/spf13/cobra"
)

func convertCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var to string
	c := &cobra.Command{
		Use:   "convert FILE.csv… | FOLDER | -",
		Short: "Write the records in toll's own columns",
		Long: `Reads incident records as toll report does and writes them as one CSV file in
toll's own columns, to the standard output or to -o FILE. Reading that file gives
the same dataset. Records that were set aside are not in it; they are listed. Of
what toll.yaml selects only "where" is heeded: the period is that of a report.

Figures out of order, which some published datasets have, are kept as they are: a
file that has them is read back with --keep-disorder.`,
		Example: `  toll convert acled.csv -o incidents.csv
  toll convert massacres.csv --map killed=VICTIMAS > incidents.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := sel.open(s.in, args, cmd.Flags().Changed)
			if err != nil {
				return err
			}
			return convert(s, d, to)
		},
	}
	sel.registerRecords(c)
	c.Flags().StringVarP(&to, "output", "o", "", "write into this `file` (default: the standard output)")
	return c
}

// convert reads every input twice: for the columns there are, then to write them.
func convert(s *streams, d *dataset, to string) (err error) {
	so, err := d.config.selection()
	if err != nil {
		return err
	}
	ro, err := d.survey(record.Options{KeepTexts: true, NoSum: true})
	if err != nil {
		return err
	}
	columns := map[string]bool{}
	for i := range d.inputs {
		if err := firstBatch(d.inputs[i], i, ro, columns); err != nil {
			return err
		}
	}
	out, done, err := s.openOutput(to)
	if err != nil {
		return err
	}
	defer func() {
		if closed := done(); err == nil {
			err = closed
		}
	}()
	w, err := record.NewWriter(out, columns)
	if err != nil {
		return err
	}
	r := &reading{counts: map[string]int64{}}
	dicts := data.NewDicts()
	for i := range d.inputs {
		res, err := readWhole(d.inputs[i], i, ro, dicts, admitted(so.Where, w.Write))
		if err != nil {
			return err
		}
		r.take(res)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	tellFindings(s.err, r.diagnostics)
	if n := r.counts["count-order"]; n > 0 {
		fmt.Fprintf(s.err, "toll: %d records have figures out of order; read the file back with --keep-disorder\n", n)
	}
	if r.findings() {
		return errFindings
	}
	return nil
}

// openOutput opens a new file to write to, or the standard output for "" and -.
func (s *streams) openOutput(to string) (out io.Writer, done func() error, err error) {
	if to == "" || to == "-" {
		return s.out, func() error { return nil }, nil
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, nil, plainPathError(err)
	}
	return f, f.Close, nil
}

var errEnough = errors.New("enough")

// firstBatch finds out which columns the records of an input have.
func firstBatch(in input, i int, ro record.Options, columns map[string]bool) error {
	_, err := readWhole(in, i, ro, data.NewDicts(), func(b *data.Batch) error {
		record.BatchColumns(b, columns)
		return errEnough
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// readWhole reads an input by the reference path, in its order.
func readWhole(in input, i int, ro record.Options, dicts *data.Dicts, emit func(*data.Batch) error) (*record.Result, error) {
	f, err := in.open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	ro.Layout, ro.Dicts = in.layout, dicts
	return record.Read(record.Source{Name: in.name, R: io.Reader(f)}, i, ro, emit)
}

// take adds what was found in a file.
func (r *reading) take(res *record.Result) {
	r.results = append(r.results, res)
	r.diagnostics = append(r.diagnostics, res.Diagnostics...)
	for c, n := range res.Counts {
		r.counts[c] += n
	}
}
