package main

import (
	"os"

	"toll/output"
	"toll/stats"
)

// expectFile is the file beside a dataset's records that pins published figures.
const expectFile = "expect.csv"

// unmetExpectations checks the pinned figures of a dataset.
func unmetExpectations(d *dataset, r *stats.Report) ([]output.Unmet, error) {
	if d.expect == "" {
		return nil, nil
	}
	b, err := os.ReadFile(d.expect)
	if err != nil {
		return nil, plainPathError(err)
	}
	es, err := output.ReadExpectations(shownName(d.expect), b)
	if err != nil {
		return nil, err
	}
	return output.CheckExpectations(es, r), nil
}
