package stats

import (
	"slices"
	"strconv"

	"toll/data"
	"toll/internal/catalogue"
)

// Change compares the latest whole period, or the year up to its end, with an
// earlier one. A period covered only in part is never compared.
type Change struct {
	ID            string // "previous", "year-before" or "year-to-date"
	Kind          string // for readers: "previous month", "same month a year before", "year to date"
	Table         string // whose rows Before and After are
	Before, After Row
	Measures      []Delta
	// Dispersion is by how much more counts of incidents vary than independent
	// ones would, from earlier pairs of periods; none where there are too few.
	Dispersion Dispersion
	// Vague counts incidents that are dated to a month or year that reaches into
	// either period and to no period, so that they are in neither.
	Vague uint32
}

// Delta is the change of one measure. Unstated figures make no delta.
type Delta struct {
	Measure       string // "incidents", "killed", "injured"
	Before, After int64  // whole incidents, or best (else low) figures in units of 1/data.Unit
	Bound         string // "best", or "low" where some toll has no best figure

	// P is the p-value of a change in incidents, corrected for dispersion, and
	// Exact that of the exact test, which takes incidents as independent.
	P, Exact float64
	// Low and High bound a change in people killed, in whole persons, by the
	// bootstrap over incidents; Bounded says that there are bounds.
	Low, High int64
	Bounded   bool
	// Deadliest is what the deadliest single incident of both periods killed, in
	// whole persons, and Later says that it lies in the later one. What remains
	// without it is WithoutBefore and WithoutAfter.
	Deadliest                   int64
	Later                       bool
	WithoutBefore, WithoutAfter int64
}

// window is a stretch of whole periods, by the first days of its first and its
// last.
type window struct{ from, to data.Day }

func (w window) holds(r *Row) bool {
	return r.Keys[0].Kind == Named && w.from <= r.start && r.start <= w.to
}

// wholePeriods returns the rows of the periods covered whole, up to the latest
// such, with none between them left out.
func wholePeriods(t *Table) []Row {
	var rows []Row
	for _, r := range t.Rows {
		if r.Keys[0].Kind != Named {
			continue
		}
		if r.Partial == "" {
			rows = append(rows, r)
		} else if len(rows) > 0 {
			break
		}
	}
	return rows
}

// changes compares the latest whole period with the one before it and with the
// same period a year before, and the year up to its end with the same part of the
// year before. Single days are not compared: one incident more or less is no
// change.
func (a *Accumulator) changes(r *Report, t *Table) []Change {
	p := r.Period
	if p == ByDay {
		return nil
	}
	rows := wholePeriods(t)
	last := len(rows) - 1
	if last < 1 {
		return nil
	}
	counts := make([]int64, len(rows))
	for i := range rows {
		counts[i] = int64(rows[i].Tally.Incidents)
	}
	var cs []Change
	add := func(id, kind string, before int) {
		w := [2]window{{rows[before].start, rows[before].start}, {rows[last].start, rows[last].start}}
		d := dispersionFor(counts, last-before, before, last)
		c := a.setAgainst(r, rows[before], rows[last], w, d)
		c.ID, c.Kind, c.Table = id, kind, t.ID
		c.Vague = a.vague(w, p)
		cs = append(cs, c)
	}
	add("previous", catalogue.Say("table.previous", "string", p.Word()), last-1)
	if s, ok := yearBefore(rows[last].start, p); ok {
		if before := slices.IndexFunc(rows, func(x Row) bool { return x.start == s }); before >= 0 && before < last-1 {
			add("year-before", catalogue.Say("table.same-a-year-before", "string", p.Word()), before)
			if y := r.Table("year-to-date"); y != nil && len(y.Rows) == 2 && a.toDate[0] != (window{}) {
				d := dispersionFor(counts, last-before, before, last)
				c := a.setAgainst(r, y.Rows[0], y.Rows[1], a.toDate, d)
				c.ID, c.Kind, c.Table = "year-to-date", catalogue.Say("table.year-to-date"), y.ID
				c.Vague = a.vague(a.toDate, p)
				cs = append(cs, c)
			}
		}
	}
	return cs
}

// maxSeries is from how many of the latest periods dispersion is estimated.
const maxSeries = 60

// dispersionFor estimates dispersion from pairs of periods as far apart as the
// two compared; where there are too few, from successive ones; where there are
// too few of these, not at all.
func dispersionFor(counts []int64, lag, before, after int) Dispersion {
	if cut := len(counts) - maxSeries; cut > 0 {
		counts, before, after = counts[cut:], before-cut, after-cut
	}
	d, ok := DispersionOf(counts, lag, before, after)
	if !ok {
		d, _ = DispersionOf(counts, 1, before, after)
	}
	return d
}

// yearToDate returns the table that adds up the year so far and the same part of
// the year before; nil where the latest whole period is the first of its year, or
// the data does not cover both stretches whole.
func (a *Accumulator) yearToDate(p Period, periods *Table) *Table {
	if a.whole != nil {
		a.toDate = a.whole.toDate
	} else {
		a.toDate = toDateWindows(p, wholePeriods(periods))
	}
	if a.toDate[0] == (window{}) {
		return nil
	}
	neither := catalogue.Say("table.the-year")
	if p == ByWeek {
		neither = catalogue.Say("table.the-month-or-the-year")
	}
	t := &Table{ID: "year-to-date", Title: catalogue.Say("table.the-year-to-date-and-the"), Secondary: true,
		Dims: []Dim{{ID: "stretch", Title: catalogue.Say("table.stretch")}}, Note: catalogue.Say("table.of-s-that-the-data-covers", "periods", p.Words(), "neither", neither)}
	for _, w := range a.toDate {
		first, last := PeriodKey(w.from, p), PeriodKey(w.to, p)
		row := Row{Keys: []Key{{ID: first.ID + "--" + last.ID, Label: stretchLabel(w, p)}}, start: w.from}
		for i := range periods.Rows {
			if w.holds(&periods.Rows[i]) {
				a.merge(&row.Tally, &periods.Rows[i].Tally)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// stretchLabel names a stretch of a year for readers: "Jan–Sep 2025", "weeks 1–40
// of 2025".
func stretchLabel(w window, p Period) string {
	if p == ByWeek {
		y, week := isoWeek(w.to)
		return catalogue.Say("date.weeks", "week", strconv.Itoa(week), "year", strconv.Itoa(y))
	}
	_, m, _ := w.from.Civil()
	_, end, _ := w.to.Civil()
	y, _, _ := w.to.Civil()
	if p == ByQuarter {
		end += 2
	}
	return catalogue.Say("date.months", "from", catalogue.ShortMonth(m), "to", catalogue.ShortMonth(end), "year", PeriodKey(firstOf(y, 1), ByYear).Label)
}

// toDateWindows returns the stretch of the year before and that of the year, or
// two empty ones.
func toDateWindows(p Period, rows []Row) (w [2]window) {
	if (p != ByWeek && p != ByMonth && p != ByQuarter) || len(rows) == 0 {
		return w
	}
	last := rows[len(rows)-1].start
	if p == ByWeek {
		return weeksToDate(rows[0].start, last)
	}
	y, m, _ := last.Civil()
	from, before := firstOf(y, 1), firstOf(max(y-1, 1), 1)
	if m == 1 || y <= 1 || rows[0].start > before {
		return w
	}
	return [2]window{{before, firstOf(y-1, m)}, {from, last}}
}

// weeksToDate is the year of weeks up to the one that starts on last, by ISO 8601,
// and as many weeks of the year before, which may have no 53rd.
func weeksToDate(first, last data.Day) (w [2]window) {
	_, week := isoWeek(last)
	same, ok := yearBefore(last, ByWeek)
	from := last - data.Day(7*(week-1))
	before := same - data.Day(7*(week-1))
	if week == 1 || !ok || first > before {
		return w
	}
	return [2]window{{before, same}, {from, last}}
}

// setAgainst sets two stretches of time against each other.
func (a *Accumulator) setAgainst(r *Report, b, x Row, w [2]window, d Dispersion) Change {
	c := Change{Before: b, After: x, Dispersion: d}
	n := Delta{Measure: "incidents", Before: int64(b.Tally.Incidents), After: int64(x.Tally.Incidents)}
	n.Exact, n.P = CountTest(n.Before, n.After), ChangeTest(n.Before, n.After, d)
	killed := compareSums("killed", b.Tally.Killed, x.Tally.Killed)
	a.boundDeaths(&killed, r.Period, w, d)
	c.Measures = append(c.Measures, n, killed)
	if r.HasInjured {
		c.Measures = append(c.Measures, compareSums("injured", b.Tally.Injured, x.Tally.Injured))
	}
	return c
}

// boundDeaths works out how far a change in deaths could be the chance of single
// incidents.
func (a *Accumulator) boundDeaths(k *Delta, p Period, w [2]window, d Dispersion) {
	if a.spread == nil {
		return
	}
	before, after := a.sizesIn(w[0], p, k.Bound), a.sizesIn(w[1], p, k.Bound)
	k.WithoutBefore, k.WithoutAfter = Persons(k.Before), Persons(k.After)
	if len(before)+len(after) == 0 {
		return
	}
	k.Low, k.High = DeathsInterval(before, after, d)
	k.Bounded = true
	top := func(s Sizes) int64 {
		if len(s) == 0 {
			return 0
		}
		return s[len(s)-1].Killed
	}
	if x, y := top(before), top(after); y >= x {
		k.Deadliest, k.Later = y, true
		k.WithoutAfter -= y
	} else {
		k.Deadliest = x
		k.WithoutBefore -= x
	}
}

// sizesIn returns the incidents of a stretch by how many they killed.
func (a *Accumulator) sizesIn(w window, p Period, bound string) Sizes {
	from := a.spread.lows
	if bound == "best" {
		from = a.spread.bests
	}
	var sum sizes
	for t := range from {
		s := slotOf(a.crossTimes.keys[t], p)
		if s.key.Kind == Named && w.from <= s.start && s.start <= w.to {
			sum.merge(&from[t])
		}
	}
	return sum.sorted()
}

// vague counts the incidents that may lie in one of the stretches and are dated
// too vaguely to be in any period: to a year, or under weeks to a month, that has
// days of a stretch.
func (a *Accumulator) vague(ws [2]window, p Period) (n uint32) {
	for i, k := range a.times.keys {
		d, ok := k.days()
		if !ok || slotOf(k, p).key.Kind != Imprecise {
			continue
		}
		if slices.ContainsFunc(ws[:], func(w window) bool { return d.touches(spell{w.from, nextPeriod(w.to, p) - 1}) }) {
			n += a.byTime[i].Incidents
		}
	}
	return n
}

// compareSums compares best figures where both periods have them throughout,
// else lows; the two are never mixed.
func compareSums(measure string, b, a Sum) Delta {
	if b.HasBest() && a.HasBest() {
		return Delta{Measure: measure, Before: b.Best, After: a.Best, Bound: "best"}
	}
	return Delta{Measure: measure, Before: b.Low, After: a.Low, Bound: "low"}
}

// MinBase is the smallest earlier figure, in incidents or persons, against which
// a per cent is stated; below it a change is told in words, "from 2 to 5".
const MinBase = 10

// PercentChange returns the change in per cent of the earlier figure, or ""
// where none should be stated: "n/a" from zero, nothing under MinBase.
func (d Delta) PercentChange() string {
	base := d.Before
	unit := int64(1)
	if d.Measure != "incidents" {
		unit = data.Unit
	}
	switch {
	case base <= 0:
		return "n/a"
	case base < MinBase*unit:
		return ""
	}
	return signed(Percent(d.After-d.Before, base), d.After > d.Before)
}

func signed(s string, up bool) string {
	if up {
		return "+" + s
	}
	return s
}

// changeSheet has every figure that a sentence on change can say.
func changeSheet(r *Report) *Sheet {
	s := &Sheet{ID: "changes", Title: catalogue.Say("table.what-changed"), Dims: []Dim{{ID: "comparison", Title: catalogue.Say("table.compared-with")}, {ID: "measure", Title: catalogue.Say("table.measure")}},
		Columns: []Column{{"before", catalogue.Say("table.incidents-or-persons-of-the-earlier")}, {"after", catalogue.Say("table.those-of-the-later-one")}, {"change", catalogue.Say("table.later-less-earlier")},
			{"percent", catalogue.Say("table.the-change-in-per-cent-of")},
			{"p", catalogue.Say("table.p-value-of-the-change-in")}, {"p_exact", catalogue.Say("table.p-value-of-the-exact-test")},
			{"dispersion", catalogue.Say("table.variance-of-the-counts-over-that")}, {"pairs", catalogue.Say("table.how-many-pairs")},
			{"low", catalogue.Say("table.lower-bound-of-the-change-in")}, {"high", catalogue.Say("table.upper-bound")},
			{"deadliest", catalogue.Say("table.killed-in-the-deadliest-incident-of")}, {"before_without", catalogue.Say("table.killed-in-the-earlier-period-without")}, {"after_without", catalogue.Say("table.killed-in-the-later-period-without")},
			{"vague", catalogue.Say("table.incidents-that-may-lie-in-either")}},
		Note: catalogue.Say("table.killed-and-injured-are-compared-by")}
	for _, c := range r.Changes {
		for _, d := range c.Measures {
			row := SheetRow{Keys: []Key{{ID: c.ID, Label: c.Kind}, {ID: d.Measure, Label: d.Measure}}, Cells: make([]Cell, len(s.Columns))}
			count, base := whole[int64], d.Before
			if d.Measure != "incidents" {
				count, base = units, d.Before/data.Unit
			}
			row.Cells[0], row.Cells[1], row.Cells[2] = count(d.Before), count(d.After), count(d.After-d.Before)
			if base >= MinBase {
				row.Cells[3] = perCent(d.After-d.Before, d.Before)
			}
			if d.Measure == "incidents" {
				row.Cells[13] = whole(c.Vague)
				row.Cells[4], row.Cells[5] = fromFloat(d.P, 4), fromFloat(d.Exact, 4)
				if c.Dispersion.Pairs > 0 {
					row.Cells[6], row.Cells[7] = fromFloat(c.Dispersion.Factor, 3), whole(c.Dispersion.Pairs)
				}
			}
			if d.Bounded {
				row.Cells[8], row.Cells[9] = whole(d.Low), whole(d.High)
				row.Cells[10], row.Cells[11], row.Cells[12] = whole(d.Deadliest), whole(d.WithoutBefore), whole(d.WithoutAfter)
			}
			s.Rows = append(s.Rows, row)
		}
	}
	return s
}
