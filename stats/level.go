package stats

import (
	"math"
	"slices"
	"strings"

	"toll/data"

	"gonum.org/v1/gonum/stat/distuv"
)

// levelSheet measures how much violence the data records: how often, how deadly,
// how concentrated in single incidents. Means, medians and shares are over the
// incidents whose toll is known.
func (a *Accumulator) levelSheet(r *Report, period *Table, cov coverage) *Sheet {
	s := &Sheet{ID: "level", Title: "How often and how deadly", Dims: []Dim{{ID: "measure", Title: "Measure"}},
		Columns: []Column{{"value", "The figure: by best figures where every toll has one, else by the lowest"}, {"low", "Lower bound, or the figure by the lowest figures"},
			{"high", "Upper bound, or the figure by the highest figures"}, {"of", "Over how many incidents, periods or days"}}}
	row := func(id, label string, cells ...Cell) {
		all := make([]Cell, len(s.Columns))
		copy(all, cells)
		s.Rows = append(s.Rows, SheetRow{Keys: []Key{{ID: id, Label: label}}, Cells: all})
	}
	if rows := wholePeriods(period); len(rows) > 1 && r.Period != ByDay {
		rate, low, high, d := rateOf(rows)
		p := r.Period.String()
		row("incidents-per-period", "Incidents per "+p+", with the 95 % interval of the rate", rate, low, high, whole(len(rows)))
		if d.Pairs > 0 {
			row("dispersion", "Variance of the counts by "+p+" over that of independent incidents", fromFloat(d.Factor, 3), Cell{}, Cell{}, whole(d.Pairs))
		}
	}
	k := r.Total.Killed
	if n := int64(k.Known(r.Total.Incidents)); n > 0 {
		low, high := fraction(k.Low, n*data.Unit, 1), fraction(k.High, n*data.Unit, 1)
		value := low
		if k.HasBest() {
			value = fraction(k.Best, n*data.Unit, 1)
		}
		row("mean-killed", "Killed per incident, mean", value, low, high, whole(n))
		a.concentration(row, k.HasBest())
		row("fatal", "Incidents with at least one person killed by the lowest figures, per cent", perCent(int64(k.Fatal), n), Cell{}, Cell{}, whole(n))
	}
	if a.spread != nil && r.HasInjured {
		b := &a.spread.both
		ratio := fraction(b.Injured.Low, b.Killed.Low, 1)
		low := ratio
		if b.Injured.HasBest() && b.Killed.HasBest() {
			ratio, low = fraction(b.Injured.Best, b.Killed.Best, 1), Cell{}
		}
		if ratio.Stated {
			row("injured-per-killed", "Injured for each person killed, where both are known", ratio, low, Cell{}, whole(b.Incidents))
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
	row("quiet-periods", "Reporting periods in which no incident is recorded", whole(quiet), Cell{}, Cell{}, whole(all))
	if q := a.quietest(cov); len(q) > 0 {
		row("longest-quiet", "Days in the longest spell to which no incident is dated", whole(q[0].days()), Cell{}, Cell{}, whole(int64(cov.last-cov.first)+1))
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
	row("median-killed", "Killed per incident, median", fraction(s.at((n-1)/2)+s.at(n/2), 2, 1), Cell{}, Cell{}, whole(n))
	for _, t := range []struct {
		id, label string
		n         int64
	}{{"top-1", "Killed in the deadliest incident, per cent of all", 1},
		{"top-1-percent", "Killed in the deadliest hundredth of incidents, per cent of all", (n + 99) / 100},
		{"top-5-percent", "Killed in the deadliest twentieth of incidents, per cent of all", (n + 19) / 20}} {
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
	s := &Sheet{ID: "rates", Title: "Incidents by " + r.Period.String() + ", with the interval of the rate", Dims: []Dim{{ID: "period", Title: title(r.Period.String())}},
		Columns: []Column{{"incidents", "Incidents of the period"}, {"low", "Lower bound of the rate, 95 % (Garwood)"}, {"high", "Upper bound"}},
		Note:    "Bounds of the rate behind a count of independent incidents. Where counts are overdispersed (see level/dispersion), they are too close."}
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
	s := &Sheet{ID: "shares", Title: "Shares of the total", Dims: []Dim{{ID: "table", Title: "Table"}, {ID: "row", Title: "Row"}},
		Columns: []Column{{"incidents", "Per cent of all incidents"}, {"killed_low", "Per cent of all killed, by the lowest figures"}, {"killed_best", "By the best, where every known toll has one"}, {"killed_high", "By the highest"}},
		Note:    "Over incidents whose toll is known; those of unknown toll add nothing to either side. Shares are rounded and need not add up to 100."}
	best := r.Total.Killed.HasBest()
	for _, t := range r.Tables {
		if !t.shared(r.Period) {
			continue
		}
		for _, x := range t.Rows {
			k := x.Tally.Killed
			cells := []Cell{perCent(int64(x.Tally.Incidents), int64(r.Total.Incidents)), perCent(k.Low, r.Total.Killed.Low), {}, perCent(k.High, r.Total.Killed.High)}
			if best {
				cells[2] = perCent(k.Best, r.Total.Killed.Best)
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
	s := &Sheet{ID: "deadliest", Title: "The deadliest incidents", Dims: []Dim{{ID: "rank", Title: "Rank"}},
		Columns: []Column{{"killed.low", "Lowest figure of killed"}, {"killed.best", "Best"}, {"killed.high", "Highest"}, {"share_low", "Per cent of all killed, by the lowest figures"},
			{"share_best", "By the best, where every known toll has one"}},
		Note: "In the order of the report: by the best figure, or the lowest where there is none."}
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
