package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"toll/data"
	"toll/data/record"
	"toll/stats"
)

// reading is a dataset read and tallied.
type reading struct {
	results     []*record.Result
	report      *stats.Report
	diagnostics []data.Diagnostic // of all files, in order
	counts      map[string]int64  // by code, also of those not kept
	accepted    int               // findings that a file of exceptions accepts
}

// errAgain stops a pass over the files whose tally would have to be made
// differently.
var errAgain = errors.New("tally again")

// tally reads the inputs and tallies them. Most datasets take one pass. Where
// records share incident ids, or a later file has a location column that an
// earlier one lacks, a second pass tallies with what the first has found out.
func tally(d *dataset, ro record.Options, so stats.Options, progress func(int64)) (*reading, error) {
	return tallyBy(runtime.GOMAXPROCS(0), d, ro, so, progress)
}

// tallyBy is tally by a number of workers. Any number gives the same report.
func tallyBy(workers int, d *dataset, ro record.Options, so stats.Options, progress func(int64)) (*reading, error) {
	ro, err := d.survey(ro)
	if err != nil {
		return nil, err
	}
	level, provinces := "", false
	for {
		crew, err := newCrew(workers, so, level)
		if err != nil {
			return nil, err
		}
		r := &reading{counts: map[string]int64{}}
		found, err := r.pass(d, ro, crew, level, provinces, progress)
		if errors.Is(err, errAgain) {
			level, provinces = found, provinces || found == "admin1"
			continue
		}
		changed, surveyErr := d.surveyMore(ro, r.results, err)
		switch {
		case surveyErr != nil:
			return nil, surveyErr
		case changed:
			continue
		case err != nil:
			return nil, err
		}
		acc, err := crew.merged()
		if err != nil {
			return nil, err
		}
		if acc.NeedsIDs() {
			so.RememberIDs = true
			continue
		}
		if reps := acc.Repeats(); len(reps) > 0 {
			if so.Repeated != nil {
				return nil, errors.New("the input changed while it was read")
			}
			so.Repeated = reps
			ro.Unneeded = nil // accounts are told apart by every column
			continue
		}
		rep, err := acc.Report()
		if err != nil {
			return nil, err
		}
		return r, r.conclude(rep, d.config, so, ro.Only)
	}
}

// conclude makes the reading whole with the report on what was read.
func (r *reading) conclude(rep *stats.Report, c config, so stats.Options, only []string) (err error) {
	r.finish(rep)
	r.remarkUnmatched(so, only)
	if c.MinCell > 0 {
		if r.report, err = r.report.Withhold(c.MinCell); err != nil {
			return err
		}
	}
	return r.sameTwice()
}

// crew is a reader's workers, each with dictionaries and an accumulator of its
// own.
type crew []crewman

type crewman struct {
	dicts *data.Dicts
	acc   *stats.Accumulator
	level string // of location × party, by the batches seen
}

func newCrew(workers int, so stats.Options, level string) (crew, error) {
	c := make(crew, max(1, workers))
	for i := range c {
		c[i] = crewman{dicts: data.NewDicts(), acc: stats.NewAccumulator(so)}
		if level != "" {
			if err := c[i].acc.SetCrossLevel(level); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

// merged puts the tallies of all workers together, in their order.
func (c crew) merged() (*stats.Accumulator, error) {
	for i := range c[1:] {
		if err := c[0].acc.Merge(c[1+i].acc); err != nil {
			return nil, err
		}
	}
	return c[0].acc, nil
}

// pass reads every input once. Where location × party should be kept by another
// level it stops with errAgain and says which.
func (r *reading) pass(d *dataset, ro record.Options, c crew, level string, provinces bool, progress func(int64)) (string, error) {
	if level == "" {
		level = "admin1"
	}
	workers := make([]record.Worker, len(c))
	for i := range c {
		m := &c[i]
		workers[i] = record.Worker{Dicts: m.dicts, Emit: func(b *data.Batch) error {
			if m.level = crossLevelOf(b, level, provinces); m.level != level {
				return errAgain
			}
			return m.acc.Add(b)
		}}
	}
	for i, in := range d.inputs {
		res, err := readInput(in, i, ro, workers, progress)
		if errors.Is(err, errAgain) {
			for _, m := range c {
				if m.level != "" && m.level != level {
					return m.level, errAgain
				}
			}
		}
		if err != nil {
			return "", err
		}
		r.results = append(r.results, res)
	}
	return level, nil
}

// readInput reads one input: by all workers where it can be read at any place,
// else by the first.
func readInput(in input, i int, ro record.Options, workers []record.Worker, progress func(int64)) (*record.Result, error) {
	f, err := in.open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	ro.Layout = in.layout
	if at, ok := f.(io.ReaderAt); ok && ro.Layout.Plain() {
		if size, ok := sizeOf(f, in.size); ok {
			res, err := record.ReadParallel(record.File{Name: in.name, R: countingAt{at, progress}, Size: size}, i, ro, workers)
			if !errors.Is(err, record.ErrNotPlain) {
				return res, err
			}
		}
	}
	ro.Dicts = workers[0].Dicts
	return record.Read(record.Source{Name: in.name, R: counting{f, progress}}, i, ro, workers[0].Emit)
}

// sizeOf returns how much there is to read, and false for what has no size, as
// a pipe has none.
func sizeOf(f io.Reader, otherwise int64) (int64, bool) {
	file, ok := f.(*os.File)
	if !ok {
		return otherwise, otherwise > 0
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Size(), info.Size() > 0
}

// crossLevelOf returns the location level that a batch's columns suggest to
// cross with parties: the province where there is one. Once provinces have been
// seen, in this pass or an earlier one, the level stays: files of one dataset
// need not all have the column.
func crossLevelOf(b *data.Batch, now string, provinces bool) string {
	switch {
	case provinces || b.Codes[data.ColAdmin1] != nil:
		return "admin1"
	case now != "admin1":
		return now
	case b.Codes[data.ColAdmin2] != nil:
		return "admin2"
	case b.Codes[data.ColPlace] != nil:
		return "place"
	case b.Codes[data.ColCountry] != nil:
		return "country"
	}
	return now
}

func (r *reading) finish(rep *stats.Report) {
	outside := rep.Ledger.SetAside
	for _, res := range r.results {
		outside += res.Ledger.SetAside
	}
	var files []string
	for _, res := range r.results {
		rep.Ledger.Add(res.Ledger)
		r.diagnostics = append(r.diagnostics, res.Diagnostics...)
		for c, n := range res.Counts {
			r.counts[c] += n
		}
		files = append(files, res.Name)
	}
	rep.Ledger.SetAside = outside
	for _, d := range rep.Disagreements {
		r.diagnostics = append(r.diagnostics, disagreement(d, files))
		r.counts["accounts-disagree"]++
	}
	data.SortDiagnostics(r.diagnostics, files)
	r.report = rep
}

func disagreement(d stats.Disagreement, files []string) data.Diagnostic {
	file := ""
	if d.FileIndex < len(files) {
		file = files[d.FileIndex]
	}
	msg := fmt.Sprintf("the accounts of incident %s differ on its %s", d.ID, d.Field)
	return data.Diagnostic{File: file, Line: d.Line, Severity: data.Note, Code: "accounts-disagree", Field: d.Field, Value: strings.Join(d.Values, "; "),
		Message: msg, Hint: "used: " + d.Used}
}

// sameTwice reports whether two inputs are the same bytes: every death in them
// would count twice.
func (r *reading) sameTwice() error {
	seen := map[[32]byte]string{}
	for _, res := range r.results {
		if res.SHA256 == [32]byte{} || res.Ledger.Accepted == 0 {
			continue
		}
		if first, ok := seen[res.SHA256]; ok {
			return fmt.Errorf("%s and %s are the same file: its incidents would count twice", first, res.Name)
		}
		seen[res.SHA256] = res.Name
	}
	return nil
}

// findings reports whether a reader should look at the data: a record was
// rejected or is doubtful.
func (r *reading) findings() bool {
	for c, n := range r.counts {
		if n > 0 && severityOf(c) > data.Note {
			return true
		}
	}
	return false
}

// severity is what the findings of a code are here: a profile can make less of
// one than the code by itself.
func (r *reading) severity(code string) data.Severity {
	for i := range r.diagnostics {
		if r.diagnostics[i].Code == code {
			return r.diagnostics[i].Severity
		}
	}
	return severityOf(code)
}

func severityOf(code string) data.Severity {
	if c, ok := record.LookupCode(code); ok {
		return c.Severity
	}
	for _, c := range runCodes {
		if c.Name == code {
			return c.Severity
		}
	}
	return data.Note
}
