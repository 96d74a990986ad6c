package main

import (
	"errors"
	"fmt"

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
}

// errAgain stops a pass over the files whose tally would have to be made
// differently.
var errAgain = errors.New("tally again")

// tally reads the inputs and tallies them. Most datasets take one pass. Where
// records share incident ids, or a later file has a location column that an
// earlier one lacks, a second pass tallies with what the first has found out.
func tally(d *dataset, ro record.Options, so stats.Options, progress func(int64)) (*reading, error) {
	level := ""
	for pass := 0; ; pass++ {
		acc := stats.NewAccumulator(so)
		if level != "" {
			if err := acc.SetCrossLevel(level); err != nil {
				return nil, err
			}
		}
		r := &reading{counts: map[string]int64{}}
		found, err := r.pass(d, ro, acc, level, progress)
		switch {
		case errors.Is(err, errAgain):
			level = found
			continue
		case err != nil:
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
			continue
		}
		rep, err := acc.Report()
		if err != nil {
			return nil, err
		}
		r.finish(rep)
		return r, nil
	}
}

// pass reads every input once. Where location × party should be kept by another
// level it stops with errAgain and says which.
func (r *reading) pass(d *dataset, ro record.Options, acc *stats.Accumulator, level string, progress func(int64)) (string, error) {
	ro.Dicts = data.NewDicts()
	if level == "" {
		level = "admin1"
	}
	for i, in := range d.inputs {
		f, err := in.open()
		if err != nil {
			return "", err
		}
		found := ""
		res, err := record.Read(record.Source{Name: in.name, R: counting{f, progress}}, i, ro, func(b *data.Batch) error {
			if l := crossLevelOf(b, level); l != level {
				found = l
				return errAgain
			}
			return acc.Add(b)
		})
		f.Close()
		if found != "" {
			return found, errAgain
		}
		if err != nil {
			return "", err
		}
		r.results = append(r.results, res)
	}
	return level, nil
}

// crossLevelOf returns the location level that a batch's columns suggest to
// cross with parties: the province where there is one. Once provinces have been
// seen the level stays.
func crossLevelOf(b *data.Batch, now string) string {
	switch {
	case b.Codes[data.ColAdmin1] != nil:
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
		r.diagnostics = append(r.diagnostics, disagreement(d, files[0]))
		r.counts["accounts-disagree"]++
	}
	data.SortDiagnostics(r.diagnostics, files)
	r.report = rep
}

func disagreement(d stats.Disagreement, file string) data.Diagnostic {
	msg := fmt.Sprintf("the accounts of incident %s differ on its %s", d.ID, d.Field)
	return data.Diagnostic{File: file, Severity: data.Note, Code: "accounts-disagree", Field: d.Field, Value: fmt.Sprint(d.Values),
		Message: msg, Hint: "used: " + d.Used}
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

func severityOf(code string) data.Severity {
	if c, ok := record.LookupCode(code); ok {
		return c.Severity
	}
	return data.Note
}
