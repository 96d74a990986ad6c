package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"toll/output"
	"toll/stats"

	"github.com/spf13/cobra"
)

func diffCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say which incidents and figures differ, and why, as Markdown",
		Long: `Compares two datasets, two briefings, or one dataset as of two days: incidents
added, removed and changed; figures that moved, how much of each move is new
incidents and how much revision, and the incidents that moved it most.

OLD and NEW are a CSV file, a folder or a briefing; with @2025-10-31 behind it, as
it had been reported by that day. Where a briefing's data has changed since, its
figures alone are compared.

Exit codes: 0 the same, 1 different, 2 trouble.`,
		Example: `  toll diff last-year.csv incidents.csv
  toll diff data/durand-line-2025@2025-10-16 data/durand-line-2025
  git worktree add /tmp/before main && toll diff /tmp/before/data/example data/example > comment.md`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := diff(args[0], args[1], func(arg string) (*dataset, error) { return openSide(arg, &sel, cmd.Flags().Changed, s.in) })
			if err != nil {
				return err
			}
			if _, err := io.WriteString(s.out, d.Markdown()); err != nil {
				return err
			}
			if len(d.Incidents)+len(d.Figures) > 0 {
				return errFindings
			}
			return nil
		},
	}
	sel.register(c)
	return c
}

// openSide opens one side of a comparison.
func openSide(arg string, sel *selectionFlags, changed func(string) bool, in io.Reader) (*dataset, error) {
	path, day := arg, ""
	if i := strings.LastIndexByte(arg, '@'); i > 0 && !exists(arg) {
		if _, ok := parseDay(arg[i+1:]); ok {
			path, day = arg[:i], arg[i+1:]
		}
	}
	d, err := openAny(path, sel, changed, in)
	if err == nil && day != "" {
		d.config.AsOf = day
	}
	return d, err
}

// diff compares two sides. Both are tallied by the period of the new one.
func diff(old, now string, open func(string) (*dataset, error)) (*output.Diff, error) {
	if d, err := diffCells(old, now); d != nil || err != nil {
		return d, err
	}
	b, err := examineSide(now, open, stats.Auto)
	if err != nil {
		return nil, err
	}
	a, err := examineSide(old, open, b.report.Period)
	if err != nil {
		return nil, err
	}
	return compareSides(&output.Diff{Old: old, New: now}, a, b)
}

func examineSide(arg string, open func(string) (*dataset, error), period stats.Period) (*examined, error) {
	d, err := open(arg)
	if err != nil {
		return nil, err
	}
	so, err := d.config.selection()
	if err != nil {
		return nil, err
	}
	if period != stats.Auto {
		so.Period = period
	}
	return examine(d, so, false)
}

// diffCells compares the figures of two briefings where the data of one is no
// longer what it was made from; nil where it is.
func diffCells(old, now string) (*output.Diff, error) {
	if !exists(filepath.Join(old, output.ManifestName)) || !exists(filepath.Join(now, output.ManifestName)) {
		return nil, nil
	}
	a, errA := output.ReadKept(old)
	b, errB := output.ReadKept(now)
	if err := errors.Join(errA, errB); err != nil {
		return nil, err
	}
	stale := ""
	for _, k := range []*output.Kept{a, b} {
		for _, in := range k.Manifest.Inputs {
			if sum, err := fileSHA256(in.Name); err != nil || sum != in.SHA256 {
				stale = fmt.Sprintf("%s is not there as it was for %s", in.Name, k.Dir)
			}
		}
	}
	if stale == "" {
		return nil, nil
	}
	d := &output.Diff{Old: old, New: now, CellsOnly: stale}
	d.Figures = output.CompareKept(a, b)
	return d, nil
}

// compareSides finds the incidents that differ and what they move.
func compareSides(d *output.Diff, a, b *examined) (*output.Diff, error) {
	all := a.asOf() || b.asOf()
	was, err := a.prints()
	if err != nil {
		return nil, err
	}
	is, err := b.prints()
	if err != nil {
		return nil, err
	}
	differs := func(key string) bool { return all || was[key] != is[key] }
	old, err := a.effects(differs)
	if err != nil {
		return nil, err
	}
	now, err := b.effects(differs)
	if err != nil {
		return nil, err
	}
	moves := map[string]*output.FigureDiff{}
	for _, key := range keysOf(old, now) {
		compareIncident(d, moves, old[key], now[key])
	}
	d.Figures = movedFigures(a.report, b.report, moves)
	return d, nil
}

func keysOf(a, b map[string]*addend) []string {
	var keys []string
	for k := range a {
		keys = append(keys, k)
	}
	for k := range b {
		if a[k] == nil {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

// compareIncident adds an incident that differs to a diff, and what it moves.
func compareIncident(d *output.Diff, moves map[string]*output.FigureDiff, x, y *addend) {
	change := output.IncidentDiff{Change: "changed"}
	switch {
	case x == nil || x.figures["total/incidents"] == 0:
		change.Change = "added"
	case y == nil || y.figures["total/incidents"] == 0:
		change.Change = "removed"
	}
	named := y
	if y == nil {
		named = x
	}
	change.Name, change.Was, change.Is = named.name, x.toll(), y.toll()
	told := x.counts() || y.counts()
	if x != nil && y != nil {
		change.Fields = differingFields(x, y)
		told = told && (len(change.Fields) > 0 || x.report.Total != y.report.Total)
	}
	if told {
		d.Incidents = append(d.Incidents, change)
	}
	for _, at := range addresses(x, y) {
		v := y.figure(at) - x.figure(at)
		if v == 0 {
			continue
		}
		m := moves[at]
		if m == nil {
			m = &output.FigureDiff{Address: at}
			moves[at] = m
		}
		switch change.Change {
		case "added":
			m.Added += v
		case "removed":
			m.Removed += v
		default:
			m.Revised += v
		}
		if m.Because = append(m.Because, named.short); len(m.Because) > 3 {
			m.Because = append(m.Because[:3], "…")
		}
	}
}

// shownMeasures are the figures a diff lists; the manifest has the others.
var shownMeasures = []string{"/incidents", "/killed.low", "/killed.best", "/killed.high", "/injured.low", "/injured.best", "/injured.high"}

// movedFigures lists the figures that differ, with what accounts for it.
func movedFigures(a, b *stats.Report, moves map[string]*output.FigureDiff) []output.FigureDiff {
	was, is := map[string]int64{}, map[string]int64{}
	output.EachFigure(a, func(at string, v int64) { was[at] = v })
	output.EachFigure(b, func(at string, v int64) {
		if is[at] = v; v == was[at] {
			delete(was, at)
			delete(is, at)
		}
	})
	for at := range was {
		if _, ok := is[at]; !ok {
			is[at] = 0
		}
	}
	var moved []output.FigureDiff
	for at, v := range is {
		if was[at] == v || !slices.ContainsFunc(shownMeasures, func(m string) bool { return strings.HasSuffix(at, m) }) {
			continue
		}
		f := output.FigureDiff{Address: at}
		if m := moves[at]; m != nil {
			f = *m
		}
		f.Was, f.Is = was[at], v
		moved = append(moved, f)
	}
	slices.SortFunc(moved, func(x, y output.FigureDiff) int { return cmp.Compare(x.Address, y.Address) })
	return moved
}
