package main

import (
	"os"
	"testing"

	"toll/charts"
	"toll/data/record"
)

// BenchmarkDraw draws the charts of a briefing of the file in TOLL_BENCH_CSV, all
// of them and those that internal/bench's peers draw as well; reading and tallying
// are not timed.
func BenchmarkDraw(b *testing.B) {
	file := os.Getenv("TOLL_BENCH_CSV")
	if file == "" {
		b.Skip("TOLL_BENCH_CSV names no file")
	}
	d, err := openDataset([]string{file}, "", nil)
	if err != nil {
		b.Fatal(err)
	}
	so, err := d.config.selection()
	if err != nil {
		b.Fatal(err)
	}
	r, err := tally(d, record.Options{}, so, func(int64) {})
	if err != nil {
		b.Fatal(err)
	}
	doc, err := compose(d, r, so)
	if err != nil {
		b.Fatal(err)
	}
	all, _ := charts.Plan(doc.Report, chartContext(doc))
	var six []charts.Figure
	for _, f := range all {
		switch f.ID {
		case "timeseries", "perpetrators-over-time", "perpetrators", "calendar", "perpetrators-apart", "cumulative":
			six = append(six, f)
		}
	}
	for _, x := range []struct {
		name    string
		figs    []charts.Figure
		workers int
	}{{"six", six, 1}, {"all", all, 1}, {"all-parallel", all, 2}} {
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := charts.DrawAll(x.figs, charts.Options{}, x.workers); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(x.figs)), "charts")
		})
	}
}
