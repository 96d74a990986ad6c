package stats

import (
	"math"
	"slices"
	"strings"

	"toll/data"
	"toll/internal/catalogue"

	"gonum.org/v1/gonum/stat/distuv"
)

// levelSheet measures how much violence the data records: how often, how deadly,
// how concentrated in single incidents. Means, medians and shares are over the
// incidents whose toll is known.
func (a *Accumulator) levelSheet(r *Report, period *Table, cov coverage) *Sheet {
	s := &Sheet{ID: "level", Title: catalogue.Say("table.how-often-and-how-deadly"), Dims: []Dim{{ID: "measure", Title: catalogue.Say("table.measure")}},
		Columns: []Column{{"value", catalogue.Say("table.the-figure-by-best-figures-where")}, {"low", catalogue.Say("table.lower-bound-or-the-figure-by")},
			{"high", catalogue.Say("table.upper-bound-or-the-figure-by")}, {"of", catalogue.Say("table.over-how-many-incidents-periods-or")}}}
	row := func(id, label string, cells ...Cell) {
		all := make([]Cell, len(s.Columns))
		copy(all, cells)
		s.Rows = append(s.Rows, SheetRow{Keys: []Key{{ID: id, Label: label}}, Cells: all})
	}
	if rows := wholePeriods(period); len(rows) > 1 && r.Period != ByDay {
		rate, low, high, d := rateOf(rows)
		p := r.Period.Word()
		row("incidents-per-period", catalogue.Say("table.incidents-per-with-the-95-interval", "p", p), rate, low, high, whole(len(rows)))
		if d.Pairs > 0 {
			row("dispersion", catalogue.Say("table.variance-of-the-counts-by-over", "p", p), fromFloat(d.Factor, 3), Cell{}, Cell{}, whole(d.Pairs))
		}
	}
	k := r.Total.Killed
	if n := int64(k.Known(r.Total.Incidents)); n > 0 {
		low, high := fraction(k.Low, n*data.Unit, 1), fraction(k.High, n*data.Unit, 1)
		value := low
		if k.HasBest() {
			value = fraction(k.Best, n*data.Unit, 1)
		}
		row("mean-killed", catalogue.Say("table.killed-per-incident-mean"), value, low, high, whole(n))
		a.concentration(row, k.HasBest())
		row("fatal", catalogue.Say("table.incidents-with-at-least-one-person"), perCent(int64(k.Fatal), n), Cell{}, Cell{}, whole(n))
	}
	if a.spread != nil && r.HasInjured {
		b := &a.spread.both
		ratio := fraction(b.Injured.Low, b.Killed.Low, 1)
		low := ratio
		if b.Injured.HasBest() && b.Killed.HasBest() {
			ratio, low = fraction(b.Injured.Best, b.Killed.Best, 1), Cell{}
		}
		if ratio.Stated {
			row("injured-per-killed", catalogue.Say("table.injured-for-each-person-killed-where"), ratio, low, Cell{}, whole(b.Incidents))
		}
	}
	quiet, all := 0, 0
	for i := range period.Rows {
		if x := &period.Rows[i]; x.Keys[0].Kind == Named {
			if all++; x.Tally.Incidents == 0 && !x.Spanned {
				quiet++
			}
		}
	}
	row("quiet-periods", catalogue.Say("table.reporting-periods-in-which-no-incident"), whole(quiet), Cell{}, Cell{}, whole(all))
	if q := a.quietest(cov); len(q) > 0 {
		row("longest-quiet", catalogue.Say("table.days-in-the-longest-spell-to"), whole(q[0].days()), Cell{}, Cell{}, whole(int64(cov.last-cov.first)+1))
	}
	return s
}

// rateOf returns the mean number of incidents in a period and its exact interval.
// Where counts are overdispersed, the count is taken as that many fewer
// independent incidents (a quasi-Poisson interval).
func rateOf(rows []Row) (rate, low, high Cell, d Dispersion) {
	counts, sum := make([]int64, len(rows)), int64(0)
	for i := range rows {
		counts[i] = int64(rows[i].Tally.Incidents)
		sum += counts[i]
	}
	d = dispersionFor(counts, 1, -1, -1)
	f := math.Max(1, d.Factor)
	l, h := rateInterval(float64(sum)/f, 0.95)
	n := float64(len(rows))
	return fraction(sum, int64(len(rows)), 1), fromFloat(l*f/n, 1), fromFloat(h*f/n, 1), d
}

// concentration adds the median toll and the shares of the deadliest incident and
// of the deadliest hundredth and twentieth of incidents.
func (a *Accumulator) concentration(row func(id, label string, cells ...Cell), best bool) {
	if a.spread == nil {
		return
	}
	from := a.spread.lows
	if best {
		from = a.spread.bests
	}
	var all sizes
	for i := range from {
		all.merge(&from[i])
	}
	s := all.sorted()
	n, killed := int64(0), int64(0)
	for _, x := range s {
		n += int64(x.Incidents)
		killed += x.Killed * int64(x.Incidents)
	}
	if n == 0 {
		return
	}
	row("median-killed", catalogue.Say("table.killed-per-incident-median"), fraction(s.at((n-1)/2)+s.at(n/2), 2, 1), Cell{}, Cell{}, whole(n))
	for _, t := range []struct {
		id, label string
		n         int64
	}{{"top-1", catalogue.Say("table.killed-in-the-deadliest-incident-per"), 1},
		{"top-1-percent", catalogue.Say("table.killed-in-the-deadliest-hundredth-of"), (n + 99) / 100},
		{"top-5-percent", catalogue.Say("table.killed-in-the-deadliest-twentieth-of"), (n + 19) / 20}} {
		row(t.id, t.label, perCent(s.deadliest(t.n), killed), Cell{}, Cell{}, whole(t.n))
	}
}

// at returns how many the incident at a place in ascending order killed.
func (s Sizes) at(i int64) int64 {
	for _, x := range s {
		if i -= int64(x.Incidents); i < 0 {
			return x.Killed
		}
	}
	return 0
}

// deadliest returns how many the deadliest n incidents killed.
func (s Sizes) deadliest(n int64) (killed int64) {
	for i := len(s) - 1; i >= 0 && n > 0; i-- {
		m := min(n, int64(s[i].Incidents))
		killed += m * s[i].Killed
		n -= m
	}
	return killed
}

// rateInterval is RateInterval of a count that need not be whole.
func rateInterval(n, confidence float64) (low, high float64) {
	alpha := 1 - confidence
	if n > 0 {
		low = distuv.ChiSquared{K: 2 * n}.Quantile(alpha/2) / 2
	}
	return low, distuv.ChiSquared{K: 2 * (n + 1)}.Quantile(1-alpha/2) / 2
}

// rateSheet gives each whole period's count with its exact interval.
func rateSheet(r *Report, period *Table) *Sheet {
	rows := wholePeriods(period)
	if len(rows) < 2 || r.Period == ByDay {
		return nil
	}
	s := &Sheet{ID: "rates", Title: catalogue.Say("table.incidents-by-with-the-interval-of", "string", r.Period.Word()), Dims: []Dim{{ID: "period", Title: title(r.Period.Word())}},
		Columns: []Column{{"incidents", catalogue.Say("table.incidents-of-the-period")}, {"low", catalogue.Say("table.lower-bound-of-the-rate-95")}, {"high", catalogue.Say("table.upper-bound")}},
		Note:    catalogue.Say("table.bounds-of-the-rate-behind-a")}
	for _, x := range rows {
		low, high := RateInterval(int64(x.Tally.Incidents), 0.95)
		s.Rows = append(s.Rows, SheetRow{Keys: x.Keys[:1], Cells: []Cell{whole(x.Tally.Incidents), fromFloat(low, 2), fromFloat(high, 2)}})
	}
	return s
}

// shareSheet gives what part of all incidents and of all killed a party or place
// has, over the known figures; what names nobody, or no place, is a row like any
// other.
func shareSheet(r *Report) *Sheet {
	s := &Sheet{ID: "shares", Title: catalogue.Say("table.shares-of-the-total"), Dims: []Dim{{ID: "table", Title: catalogue.Say("table.table")}, {ID: "row", Title: catalogue.Say("table.row")}},
		Columns: []Column{{"incidents", catalogue.Say("table.per-cent-of-all-incidents")}, {"killed_low", catalogue.Say("table.per-cent-of-all-killed-by")}, {"killed_best", catalogue.Say("table.by-the-best-where-every-known")}, {"killed_high", catalogue.Say("table.by-the-highest")}},
		Note:    catalogue.Say("table.over-incidents-whose-toll-is-known")}
	best := r.Total.Killed.HasBest()
	type parts struct {
		incidents, unknown uint32
		low, best, high    int64
	}
	alike := map[parts][]Cell{} // rows of the same figures, as many villages are, share their shares
	for _, t := range r.Tables {
		if !t.shared(r.Period) {
			continue
		}
		s.Rows = slices.Grow(s.Rows, len(t.Rows))
		for i := range t.Rows {
			x := &t.Rows[i]
			k := &x.Tally.Killed
			of := parts{x.Tally.Incidents, k.Unknown, k.Low, k.Best, k.High}
			cells := alike[of]
			if cells == nil {
				cells = []Cell{perCent(int64(x.Tally.Incidents), int64(r.Total.Incidents)), {}, {}, {}}
				if n := x.Tally.Incidents; n == 0 || k.Known(n) > 0 { // of an unknown toll no share is known
					cells[1], cells[3] = perCent(k.Low, r.Total.Killed.Low), perCent(k.High, r.Total.Killed.High)
					if best {
						cells[2] = perCent(k.Best, r.Total.Killed.Best)
					}
				}
				alike[of] = cells
			}
			s.Rows = append(s.Rows, SheetRow{Keys: []Key{{ID: t.ID, Label: t.Title}, x.Keys[0]}, Cells: cells})
		}
	}
	return s
}

// shared reports whether the shares of a table's rows are told: those by the
// reporting period, by place, by party and by event type.
func (t *Table) shared(p Period) bool {
	switch t.ID {
	case "by-party", "by-event-type", "by-" + p.String():
		return true
	}
	return slices.Contains(levelNames[:], strings.TrimPrefix(t.ID, "by-"))
}

// deadliestSheet has the figures of the deadliest incidents by their rank, and
// which of those listed has the highest upper figure.
func deadliestSheet(r *Report) *Sheet {
	s := &Sheet{ID: "deadliest", Title: catalogue.Say("table.the-deadliest-incidents"), Dims: []Dim{{ID: "rank", Title: catalogue.Say("table.rank")}},
		Columns: []Column{{"killed.low", catalogue.Say("table.lowest-figure-of-killed")}, {"killed.best", catalogue.Say("table.best")}, {"killed.high", catalogue.Say("table.highest")}, {"share_low", catalogue.Say("table.per-cent-of-all-killed-by")},
			{"share_best", catalogue.Say("table.by-the-best-where-every-known")}},
		Note: catalogue.Say("table.in-the-order-of-the-report")}
	for i, x := range r.Deadliest {
		cells := []Cell{units(x.Killed.Low), {}, units(x.Killed.High), perCent(x.Killed.Low, r.Total.Killed.Low), {}}
		if x.Killed.BestStated() {
			cells[1] = units(x.Killed.Best)
			if r.Total.Killed.HasBest() {
				cells[4] = perCent(x.Killed.Best, r.Total.Killed.Best)
			}
		}
		s.Rows = append(s.Rows, SheetRow{Keys: []Key{{ID: Number(int64(i + 1)), Label: x.ID}}, Cells: cells})
	}
	return s
}
