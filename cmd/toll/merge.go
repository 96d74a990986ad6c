package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"toll/internal/cells"
	"toll/output"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
)

func mergeCommand(s *streams) *cobra.Command {
	var dir, to, tables string
	var force bool
	c := &cobra.Command{
		Use:   "merge PART.cells…",
		Short: "Make the briefing, or larger cells, of the parts of a dataset",
		Long: `Merges what toll partial or toll-beam wrote, in any order, and writes the briefing
that toll report makes of the files themselves, given in the order of their names.
It needs every part of every file: one that is missing, or there twice, is an error.

With --cells the merged cells are written instead, to be merged further.`,
		Example: `  toll merge *.cells
  toll merge 1.cells 2.cells --cells 1-2.cells
  toll merge *.cells --tables figures`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := readCells(args, s.in)
			if err != nil {
				return err
			}
			if to != "" {
				b, err := all.Append(nil)
				if err != nil {
					return err
				}
				if to == "-" {
					to = ""
				}
				return writeOut(s.out, to, b)
			}
			d, r, err := reread(all)
			if err != nil {
				return err
			}
			if tables != "" {
				return mergeTables(s, d, r, tables)
			}
			if dir == "" {
				dir = filepath.Join("output", d.name)
			}
			return mergeReport(s, d, r, dir, force)
		},
	}
	fl := c.Flags()
	fl.StringVarP(&dir, "output", "o", "", "write into this `folder` (default: output/NAME)")
	fl.BoolVar(&force, "force", false, "write into a folder that holds files of something else (they are kept)")
	fl.StringVar(&to, "cells", "", "write merged cells to this `file`, - for the standard output, and no briefing")
	fl.StringVar(&tables, "tables", "", "write tables/*.csv alone, into this `folder`")
	return c
}

// readCells reads files of cells and merges them.
func readCells(paths []string, stdin io.Reader) (*cells.Cells, error) {
	var all *cells.Cells
	for _, path := range paths {
		var b []byte
		var err error
		if path == "-" {
			b, err = io.ReadAll(stdin)
		} else {
			b, err = os.ReadFile(path)
		}
		if err != nil {
			return nil, plainPathError(err)
		}
		part, err := cells.Decode(b)
		if err == nil && all != nil {
			err = all.Merge(part)
		} else if err == nil {
			all = part
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return all, nil
}

// reread turns complete cells into what a reading of their files gives.
func reread(c *cells.Cells) (*dataset, *reading, error) {
	d, err := datasetOf(c)
	if err != nil {
		return nil, nil, err
	}
	roll := 0
	if d.config.MinCell == 0 {
		roll = maxRoll
	}
	acc, err := c.Accumulator(roll)
	if err != nil {
		return nil, nil, err
	}
	rep, err := acc.Report()
	if err != nil {
		return nil, nil, err
	}
	r := &reading{counts: map[string]int64{}, results: c.Results()}
	return d, r, r.conclude(rep, d.config, c.Job.Tally, c.Job.Reading.Only)
}

// datasetOf is the dataset as its cells know it. Files that are at hand, and are
// the same still, can be read again for what only a look at them tells.
func datasetOf(c *cells.Cells) (*dataset, error) {
	if len(c.Inputs) == 0 {
		return nil, fmt.Errorf("these cells are of no records at all")
	}
	d := &dataset{}
	if err := yaml.UnmarshalWithOptions(c.Job.Settings, &d.config, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("the settings in the cells: %s", yaml.FormatError(err, false, true))
	}
	for i := range c.Inputs {
		in := &c.Inputs[i]
		d.inputs = append(d.inputs, atHand(in.Name, in.Size, in.Segments[0].Result.SHA256))
	}
	for _, b := range c.Job.Beside {
		d.beside = append(d.beside, beside{b.Name, b.SHA256})
		if p := filepath.FromSlash(b.Name); filepath.Base(p) == expectFile && filepath.IsLocal(p) && exists(p) {
			d.expect = p
		}
	}
	first := c.Inputs[0].Name
	d.name = slug(strings.TrimSuffix(strings.TrimSuffix(filepath.Base(first), ".gz"), filepath.Ext(strings.TrimSuffix(first, ".gz"))))
	if d.config.Name != "" {
		d.name = slug(d.config.Name)
	}
	return d, nil
}

// atHand is an input of which only the name is known, unless it is a file here
// with the same bytes.
func atHand(name string, size int64, sum [32]byte) input {
	in := input{name: name, size: -1}
	p := filepath.FromSlash(name)
	info, err := os.Stat(p)
	if !filepath.IsLocal(p) || err != nil || info.Size() != size || size > output.MaxMarked {
		return in
	}
	if b, err := os.ReadFile(p); err != nil || !bytes.Equal(sum[:], hashOf(b)) {
		return in
	}
	return fileInput(p, size)
}

func hashOf(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:]
}

// mergeReport publishes the briefing of cells.
func mergeReport(s *streams, d *dataset, r *reading, dir string, force bool) error {
	so, err := d.config.selection()
	if err != nil {
		return err
	}
	b, err := brief(d, r, so)
	if err != nil {
		return err
	}
	return publish(s, b, dir, force)
}

// mergeTables writes the tables of cells.
func mergeTables(s *streams, d *dataset, r *reading, dir string) error {
	if exists(filepath.Join(dir, output.ManifestName)) {
		return fmt.Errorf("%s holds a briefing, whose manifest would no longer hold: choose another folder", dir)
	}
	if err := writeTables(dir, r.report, d.config.Raw); err != nil {
		return plainPathError(err)
	}
	tellFindings(s.err, r.diagnostics)
	if r.findings() {
		return errFindings
	}
	return nil
}
