package output

import (
	"toll/data"
	"toll/stats"
)

// EachFigure calls f with every figure of a report and its address, as the
// manifest has them, in units of 1/data.Unit.
func EachFigure(r *stats.Report, f func(address string, v int64)) {
	row := func(table string, keys []stats.Key, t stats.Tally, b stats.Basis) {
		at := rowAddress(table, keys) + "/"
		n := func(name string, v uint32) { f(at+name, int64(v)*data.Unit) }
		sum := func(kind string, s stats.Sum) {
			f(at+kind+".low", s.Low)
			f(at+kind+".best", s.Best)
			f(at+kind+".high", s.High)
			n(kind+".unknown", s.Unknown)
			n(kind+".open", s.Open)
			n(kind+".no_best", s.NoBest)
			n(kind+".fatal", s.Fatal)
		}
		n("incidents", t.Incidents)
		sum("killed", t.Killed)
		if r.HasInjured {
			sum("injured", t.Injured)
		}
		n("claimed", b.Claimed)
		n("attributed", b.Attributed)
		n("contested", b.Contested)
		n("involved", b.Involved)
	}
	if r.Table("total") == nil {
		row("total", nil, r.Total, stats.Basis{})
	}
	for _, t := range r.Tables {
		for i := range t.Rows {
			row(t.ID, t.Rows[i].Keys, t.Rows[i].Tally, t.Rows[i].Basis)
		}
	}
}

// FigureText writes a figure as files have it.
func FigureText(v int64) string { return decimal(v) }
