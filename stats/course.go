package stats

import (
	"cmp"
	"math"
	"slices"

	"toll/data"
	"toll/internal/catalogue"
)

// rollingDays are the lengths of the rolling sums, as HDX Signals publishes them.
var rollingDays = [...]data.Day{7, 30}

// maxRolling is for how many of the latest days rolling sums are listed.
const maxRolling = 366

// rollingSheet adds up the incidents of the last 7 and 30 days at the end of each
// day, over the days covered; the first sums are of full stretches. Incidents not
// dated to a day are in none, and a span of days counts where it starts.
func (a *Accumulator) rollingSheet(cov coverage) *Sheet {
	days := int64(cov.last) - int64(cov.first) + 1
	if cov.first == data.NoDay || a.monthly || days < int64(rollingDays[1]) || days > maxPeriods {
		return nil
	}
	s := &Sheet{ID: "rolling", Title: catalogue.Say("table.sums-over-the-last-7-and"), Dims: []Dim{{ID: "day", Title: catalogue.Say("table.to-the-end-of")}},
		Note: catalogue.Say("table.for-the-last-days-covered-killed", "maxRolling", Number(maxRolling))}
	for _, w := range rollingDays {
		n := Number(int64(w))
		s.Columns = append(s.Columns, Column{"incidents_" + n, catalogue.Say("table.incidents-of-the-days", "n", n)}, Column{"killed_" + n, catalogue.Say("table.killed-in-the-days-by-the", "n", n)})
	}
	type sum struct{ n, low int64 }
	total := make([]sum, days+1) // up to the end of each day
	for i, k := range a.times.keys {
		if d := int64(k.value) - int64(cov.first); k.prec == data.ToDay && d >= 0 && d < days {
			total[d+1].n += int64(a.byTime[i].Incidents)
			total[d+1].low += a.byTime[i].Killed.Low
		}
	}
	for d := range days {
		total[d+1].n += total[d].n
		total[d+1].low += total[d].low
	}
	for d := max(0, days-maxRolling); d < days; d++ {
		row := SheetRow{Keys: []Key{PeriodKey(cov.first+data.Day(d), ByDay)}, Cells: make([]Cell, len(s.Columns))}
		for i, w := range rollingDays {
			if from := d + 1 - int64(w); from >= 0 {
				row.Cells[2*i], row.Cells[2*i+1] = whole(total[d+1].n-total[from].n), units(total[d+1].low-total[from].low)
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// spell is a stretch of days to which no incident is dated.
type spell struct{ from, to data.Day }

func (s spell) days() int64 { return int64(s.to) - int64(s.from) + 1 }

// quietest lists the spells of days within the span covered to which no incident
// is dated, longest first. Days within a recorded span are not quiet.
func (a *Accumulator) quietest(cov coverage) []spell {
	if cov.first == data.NoDay || a.monthly || int64(cov.last)-int64(cov.first) >= maxPeriods {
		return nil
	}
	loud := make([]bool, int64(cov.last)-int64(cov.first)+1)
	mark := func(from, to data.Day) {
		for d := max(from, cov.first); d <= min(to, cov.last); d++ {
			loud[d-cov.first] = true
		}
	}
	for i, k := range a.times.keys {
		if k.prec == data.ToDay && a.byTime[i].Incidents > 0 {
			mark(data.Day(k.value), data.Day(k.value))
		}
	}
	for sp := range a.spans {
		mark(sp.from, sp.to)
	}
	var all []spell
	for d := 0; d < len(loud); d++ {
		if loud[d] {
			continue
		}
		e := d
		for e+1 < len(loud) && !loud[e+1] {
			e++
		}
		all = append(all, spell{cov.first + data.Day(d), cov.first + data.Day(e)})
		d = e
	}
	slices.SortFunc(all, func(x, y spell) int { return cmp.Or(cmp.Compare(y.days(), x.days()), cmp.Compare(x.from, y.from)) })
	return all
}

// gapSheet lists the spells of days without an incident that are longer than
// independent incidents at the mean rate would leave in one record of twenty:
// where n incidents fall at a rate λ a day, some spell of g days is to be expected
// with probability about n·exp(−λg). A gap may be calm, or a hole in the data.
func (a *Accumulator) gapSheet(cov coverage) *Sheet {
	all := a.quietest(cov)
	n := int64(0)
	for i, k := range a.times.keys {
		if k.prec == data.ToDay {
			n += int64(a.byTime[i].Incidents)
		}
	}
	if len(all) == 0 || n < MinGapIncidents {
		return nil
	}
	days := float64(int64(cov.last)-int64(cov.first)) + 1
	least := int64(math.Ceil(math.Log(float64(n)/Unusual) * days / float64(n)))
	s := &Sheet{ID: "gaps", Title: catalogue.Say("table.spells-of-days-without-an-incident"), Dims: []Dim{{ID: "from", Title: catalogue.Say("table.from")}, {ID: "to", Title: catalogue.Say("table.to")}},
		Columns: []Column{{"days", catalogue.Say("table.days-of-the-spell")}, {"vague", catalogue.Say("table.incidents-dated-to-a-month-or")}},
		Note:    catalogue.Say("table.the-longest-and-others-longer-than")}
	for i, x := range all {
		if i > 0 && x.days() < least {
			break
		}
		s.Rows = append(s.Rows, SheetRow{Keys: []Key{PeriodKey(x.from, ByDay), PeriodKey(x.to, ByDay)}, Cells: []Cell{whole(x.days()), whole(a.vagueIn(x))}})
	}
	return s
}

// MinGapIncidents is from how many dated incidents gaps are looked for.
const MinGapIncidents = 20

// days returns the days of the month or year that a time key names; none of a day
// and of the undated.
func (k timeKey) days() (sp spell, ok bool) {
	switch k.prec {
	case data.ToMonth:
		from := firstOf(int(k.value)/12, int(k.value)%12+1)
		return spell{from, nextPeriod(from, ByMonth) - 1}, true
	case data.ToYear:
		from := firstOf(int(k.value)/12, 1)
		return spell{from, nextPeriod(from, ByYear) - 1}, true
	}
	return spell{}, false
}

func (s spell) touches(o spell) bool { return s.from <= o.to && o.from <= s.to }

// vagueIn counts the incidents dated to a month or year that a spell touches.
func (a *Accumulator) vagueIn(x spell) (n uint32) {
	for i, k := range a.times.keys {
		if d, ok := k.days(); ok && d.touches(x) {
			n += a.byTime[i].Incidents
		}
	}
	return n
}

// recordSheet says since when there has not been as much as in the latest whole
// period.
func recordSheet(r *Report, period *Table) *Sheet {
	rows := wholePeriods(period)
	if len(rows) < 2 || r.Period == ByDay {
		return nil
	}
	p := r.Period.Word()
	s := &Sheet{ID: "records", Title: catalogue.Say("table.the-latest-whole-among-those-before", "p", p), Dims: []Dim{{ID: "measure", Title: catalogue.Say("table.measure")}, {ID: "since", Title: catalogue.Say("table.not-as-many-since")}},
		Columns: []Column{{"value", catalogue.Say("table.incidents-or-persons-killed-in-the", "p", p)}, {"fewer", catalogue.Say("table.whole-s-before-it-with-fewer", "periods", r.Period.Words())}, {"covered", catalogue.Say("table.whole-s-covered-before-it", "periods", r.Period.Words())}},
		Note:    catalogue.Say("table.killed-by-best-figures-where-every", "p", p)}
	best := !slices.ContainsFunc(rows, func(x Row) bool { return !x.Tally.Killed.HasBest() })
	last := len(rows) - 1
	for _, m := range []struct {
		id string
		of func(*Tally) int64
	}{{"incidents", func(t *Tally) int64 { return int64(t.Incidents) * data.Unit }}, {"killed", func(t *Tally) int64 {
		if best {
			return t.Killed.Best
		}
		return t.Killed.Low
	}}} {
		value := m.of(&rows[last].Tally)
		i := last - 1
		for i >= 0 && m.of(&rows[i].Tally) < value {
			i--
		}
		since := Key{ID: "(covered)", Label: catalogue.Say("table.as-far-as-the-data-goes"), Kind: Unstated}
		if i >= 0 {
			since = rows[i].Keys[0]
		}
		s.Rows = append(s.Rows, SheetRow{Keys: []Key{{ID: m.id, Label: m.id}, since}, Cells: []Cell{units(value), whole(last - 1 - i), whole(last)}})
	}
	return s
}

// CycleYears is how many years the data must cover before weekdays and months of
// the year are compared.
const CycleYears = 3

// cycleTables returns the tables by weekday and by month of the year, where three
// years are covered.
func (a *Accumulator) cycleTables(cov coverage) []*Table {
	if a.spread == nil {
		return nil
	}
	if a.whole != nil {
		a.cycles = a.whole.cycles
	} else {
		a.cycles = cov.first != data.NoDay && int64(cov.last)-int64(cov.first)+1 >= CycleYears*365
	}
	if !a.cycles {
		return nil
	}
	days := &Table{ID: "by-weekday", Title: catalogue.Say("table.by-day-of-the-week"), Secondary: true, Additive: true, TollsAdditive: true, Dims: []Dim{{ID: "weekday", Title: catalogue.Say("table.day-of-the-week")}},
		Note: catalogue.Say("table.incidents-dated-to-one-day-others")}
	for w := range a.spread.weekdays {
		k := Key{ID: "(no day)", Label: catalogue.Say("table.not-dated-to-one-day"), Kind: Imprecise}
		if w < notOnADay {
			k = Key{ID: string(rune('1'+w)) + "-" + weekdayIDs[w], Label: catalogue.Say("weekday." + weekdayIDs[w])}
		}
		if t := a.spread.weekdays[w]; t.Incidents > 0 || w < notOnADay {
			days.Rows = append(days.Rows, Row{Keys: []Key{k}, Tally: t})
		}
	}
	months := &Table{ID: "by-month-of-year", Title: catalogue.Say("table.by-month-of-the-year"), Secondary: true, Additive: true, TollsAdditive: true, Dims: []Dim{{ID: "month", Title: catalogue.Say("table.month")}},
		Note: catalogue.Say("table.all-years-together-a-month-that")}
	var of [13]Tally
	for i, k := range a.times.keys {
		m := 12
		switch k.prec {
		case data.ToDay:
			_, n, _ := data.Day(k.value).Civil()
			m = n - 1
		case data.ToMonth:
			m = int(k.value) % 12
		}
		a.merge(&of[m], &a.byTime[i])
	}
	for m := range of {
		k := Key{ID: "(no month)", Label: catalogue.Say("table.month-not-stated"), Kind: Imprecise}
		if m < 12 {
			k = Key{ID: PeriodKey(firstOf(2000, m+1), ByMonth).ID[5:], Label: catalogue.ShortMonth(m + 1)}
		}
		if of[m].Incidents > 0 || m < 12 {
			months.Rows = append(months.Rows, Row{Keys: []Key{k}, Tally: of[m]})
		}
	}
	return []*Table{days, months}
}

// weekdayIDs end the keys of the days of the week.
var weekdayIDs = [...]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
