package main

import (
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"

	"toll/internal/cells"

	"github.com/spf13/cobra"
)

// partialFlags are what toll partial takes beside the selection.
type partialFlags struct {
	once   bool
	span   string // --range
	plan   string
	part   int
	output string
}

func partialCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var f partialFlags
	c := &cobra.Command{
		Use:   "partial FILE.csv… | FOLDER | --plan JOB.plan [--part N]",
		Short: "Tally some of the records of a dataset, to be merged with the others",
		Long: `Reads records as toll report does and writes their cells, and not a briefing:
what toll merge makes the briefing of, once all parts are there. Parts may be made
on any machines, in any order; the cells are the same bytes however the records
were parted.

Records that have an id are carried whole until they are merged, for other parts
may hold other accounts of the incident. With --told-once they are counted at once
and only their ids are carried; toll merge then refuses parts that tell an incident
twice.

Findings do not change the exit code: toll merge reports those of all parts.`,
		Example: `  toll partial 2024.csv > 2024.cells
  ls *.csv | xargs -P 8 -I{} sh -c 'toll partial {} -o {}.cells' && toll merge *.cells
  toll partial huge.csv --range 0-1000000000 --told-once -o 1.cells
  toll partial --plan job.plan --part 3 -o 3.cells`,
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := f.tally(s, &sel, cmd.Flags().Changed, args)
			if err != nil {
				return err
			}
			b, err := all.Append(nil)
			if err != nil {
				return err
			}
			return writeOut(s.out, f.output, b)
		},
	}
	sel.register(c)
	sel.registerMinCell(c)
	sel.registerRaw(c)
	fl := c.Flags()
	fl.BoolVar(&f.once, "told-once", false, "every incident is told by one record: count records at once, and do not carry them")
	fl.StringVar(&f.span, "range", "", "only the records that begin within these `bytes` of the one file: 0-1000000; the end may be left out")
	fl.StringVar(&f.plan, "plan", "", "the options, files and parts are those of this `file`, which toll plan has written")
	fl.IntVar(&f.part, "part", 0, "of the plan, this part alone, by its `number` from 1")
	fl.StringVarP(&f.output, "output", "o", "", "write to this `file` (default: the standard output)")
	return c
}

// tally reads what the flags and arguments ask for.
func (f *partialFlags) tally(s *streams, sel *selectionFlags, changed func(string) bool, args []string) (*cells.Cells, error) {
	plan, err := f.work(s, sel, changed, args)
	if err != nil {
		return nil, err
	}
	all := plan.Job.Empty()
	for _, shard := range plan.Shards {
		part, err := cells.Read(plan.Job, shard, openFile, runtime.GOMAXPROCS(0))
		if err != nil {
			return nil, err
		}
		if err := all.Merge(part); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// work returns what is to be read.
func (f *partialFlags) work(s *streams, sel *selectionFlags, changed func(string) bool, args []string) (*cells.Plan, error) {
	if f.plan != "" {
		if len(args) > 0 {
			return nil, fmt.Errorf("the plan names the files: leave %s out", args[0])
		}
		plan, err := readPlan(f.plan)
		if err != nil || !changed("part") {
			return plan, err
		}
		if f.part < 1 || f.part > len(plan.Shards) {
			return nil, fmt.Errorf("part %d: the plan has %d", f.part, len(plan.Shards))
		}
		plan.Shards = plan.Shards[f.part-1 : f.part]
		return plan, nil
	}
	if changed("part") {
		return nil, fmt.Errorf("part %d of what? name the plan with --plan", f.part)
	}
	d, plan, err := planOf(s, sel, changed, args, f.once)
	if err != nil || f.span == "" {
		return plan, err
	}
	if len(d.inputs) != 1 {
		return nil, fmt.Errorf("a range is of one file, and there are %d", len(d.inputs))
	}
	from, to, err := parseRange(f.span, d.inputs[0].size)
	if err != nil {
		return nil, err
	}
	parts, err := cells.Cut(plan.Job, plan.Shards[0], openFile, []int64{from, to})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.inputs[0].name, err)
	}
	plan.Shards = nil
	for _, p := range parts {
		if p.Part.From.At >= from && p.Part.To.At > from {
			plan.Shards = append(plan.Shards, p)
		}
	}
	return plan, nil
}

// planOf opens a dataset and plans to read each of its files whole.
func planOf(s *streams, sel *selectionFlags, changed func(string) bool, args []string, once bool) (*dataset, *cells.Plan, error) {
	if len(args) == 0 {
		return nil, nil, fmt.Errorf("name the files, or a folder of them")
	}
	d, err := sel.open(s.in, args, changed)
	if err != nil {
		return nil, nil, err
	}
	so, err := d.config.selection()
	if err != nil {
		return nil, nil, err
	}
	j, err := d.job(so, once)
	if err != nil {
		return nil, nil, err
	}
	shards, err := d.shards()
	return d, &cells.Plan{Job: j, Shards: shards}, err
}

func parseRange(s string, size int64) (from, to int64, err error) {
	a, b, ok := strings.Cut(s, "-")
	from, err1 := strconv.ParseInt(a, 10, 64)
	to, err2 := size, error(nil)
	if b != "" {
		to, err2 = strconv.ParseInt(b, 10, 64)
	}
	if !ok || err1 != nil || err2 != nil || from < 0 || to <= from {
		return 0, 0, fmt.Errorf("range %q: write FROM-TO in bytes, as 0-1000000", s)
	}
	return from, min(to, size), nil
}

// writeOut writes to a file, which is never half of one, or to a stream.
func writeOut(w io.Writer, path string, b []byte) error {
	if path == "" {
		_, err := w.Write(b)
		return err
	}
	return plainPathError(replaceFile(path, b))
}

func planCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var once bool
	var parts int
	var out string
	c := &cobra.Command{
		Use:   "plan FILE.csv… | FOLDER",
		Short: "Cut a dataset into parts for toll partial and toll-beam",
		Long: `Writes what is to be tallied, by which options, and in which parts: files are cut
at records, each into so many parts, and every part says which lines and bytes it
must hold. It reads each file that is cut once, counting quotes.`,
		Example: `  toll plan huge.csv --parts 64 --told-once > job.plan
  toll partial --plan job.plan --part 1 -o 1.cells
  toll-beam run --plan job.plan --output all.cells --runner prism`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, plan, err := planOf(s, &sel, cmd.Flags().Changed, args, once)
			if err != nil {
				return err
			}
			if parts < 1 || parts > 1_000_000 {
				return fmt.Errorf("parts %d: use 1 to 1,000,000", parts)
			}
			if parts > 1 {
				if err := plan.Cut(openFile, parts); err != nil {
					return err
				}
			}
			return writeOut(s.out, out, plan.JSON())
		},
	}
	sel.register(c)
	sel.registerMinCell(c)
	sel.registerRaw(c)
	fl := c.Flags()
	fl.BoolVar(&once, "told-once", false, "every incident is told by one record (see toll partial)")
	fl.IntVar(&parts, "parts", 1, "cut each file into this `many` parts")
	fl.StringVarP(&out, "output", "o", "", "write to this `file` (default: the standard output)")
	return c
}
