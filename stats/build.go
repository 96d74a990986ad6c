package stats

import (
	"cmp"
	"slices"
	"sync"

	"toll/data"
	"toll/internal/catalogue"
)

// Report reconciles the incidents that several records tell and returns every
// table. It ends the accumulation: the accumulator must not be used afterwards.
func (a *Accumulator) Report() (*Report, error) {
	if len(a.repeats) > 0 || a.NeedsIDs() {
		return nil, errRepeats
	}
	a.settlePlaces()
	a.settleTimes()
	if err := a.foldNames(); err != nil {
		return nil, err
	}
	r := &Report{alone: a.whole != nil}
	var several []told
	a.accountsByIncident(func(as []account) {
		known := 0
		for i := range as {
			if as[i].knownBy(a.opt.AsOf) {
				known++
			}
		}
		a.outside += int64(len(as) - known)
		if known == 0 {
			return
		}
		in, stands := a.reconcile(as, a.how())
		switch {
		case !stands:
			a.withdrawn++
		case a.outsidePeriod(in.date):
			a.outside += int64(known)
		default:
			if known > 1 {
				r.MultiAccount = true
				several = append(several, told{as, in})
				a.quality.MultiAccount++
			}
			a.quality.Accounts += uint32(known)
			a.count(&in)
			a.countClaim(as, &in)
			if a.isDeadly(&in.killed) {
				a.rank(&in)
			}
		}
	})
	if a.overflow {
		return nil, ErrOverflow
	}
	a.fill(r, several)
	if a.overflow {
		return nil, ErrOverflow
	}
	return r, nil
}

// fill builds the tables of the report in their order.
func (a *Accumulator) fill(r *Report, several []told) {
	cov := a.coverage()
	r.First, r.Last = cov.first, cov.last
	r.Period = a.opt.Period
	if r.Period == Auto {
		r.Period = autoPeriod(cov.first, cov.last)
	}
	r.Total, r.HasInjured = a.total, a.hasInjured
	r.Disagreements = a.disagreements
	r.Unmatched = a.unmatched()
	if a.spelt != nil && a.whole == nil {
		r.Folded = a.spelt.folding
	}
	a.cutDeadliest()
	r.Deadliest = a.deadliest

	r.add(&Table{ID: "total", Title: catalogue.Say("table.total"), Additive: true, TollsAdditive: true, Rows: []Row{{Tally: a.total}}})
	period := a.periodTable(r.Period, cov)
	a.quality.Straddling = a.straddling(r.Period)
	r.add(period)
	levels := a.locationTables(r)
	partyTable, order := a.partyTable()
	var named uint32
	for _, b := range a.partyBase {
		named += b.Claimed + b.Attributed + b.Contested + b.Involved
		r.Involved += b.Involved
	}
	r.Directed = 2*r.Involved <= named
	if !r.Directed {
		partyTable.Title, partyTable.Dims[0].Title = catalogue.Say("table.deaths-in-events-involving-by-party"), catalogue.Say("table.party-or-parties-involved")
	}
	r.add(partyTable)
	a.shown = a.partyLevel(levels)
	a.addCrossTables(r, period, levels[a.shown], order)
	a.addKindTables(r)
	a.addAttribution(r, order)
	a.addClaims(r, several)
	for _, p := range []Period{ByYear, ByMonth} {
		if p != r.Period {
			t := a.periodTable(p, cov)
			t.Secondary = true
			r.add(t)
		}
	}
	r.add(a.yearToDate(r.Period, period))
	for _, t := range a.cycleTables(cov) {
		r.add(t)
	}
	a.addSeries(r)
	if t := a.startMonthTable(); t != nil {
		r.add(t)
	}
	r.Tables = slices.DeleteFunc(r.Tables, func(t *Table) bool { return !a.opt.wants(t.ID) })
	a.addSheets(r, period, cov)
	a.quality.Withdrawn = uint32(a.withdrawn)
	r.Quality = a.quality
	r.Ledger.SetAside = a.outside
}

// addCrossTables adds the two tables of many rows, which are made side by side.
func (a *Accumulator) addCrossTables(r *Report, period, places *Table, order []int) {
	var byPeriod, byPlace *Table
	var over [2]bool
	var wait sync.WaitGroup
	if a.opt.wants("period-party") {
		wait.Go(func() { byPeriod, over[0] = a.periodPartyTable(r.Period, period, order) })
	}
	if places != nil && a.opt.wants(levelNames[a.shown]+"-party") {
		byPlace, over[1] = a.placePartyTable(places, a.shown, order)
	}
	wait.Wait()
	a.overflow = a.overflow || over[0] || over[1]
	r.add(byPeriod)
	r.add(byPlace)
}

func (r *Report) add(t *Table) {
	if t != nil {
		r.Tables = append(r.Tables, t)
	}
}

// coverage returns the span covered.
func (a *Accumulator) coverage() coverage {
	c := coverage{first: a.minDay, last: a.maxDay}
	widen := func(from, to data.Day) {
		if c.first == data.NoDay || from < c.first {
			c.first = from
		}
		if c.last == data.NoDay || to > c.last {
			c.last = to
		}
	}
	for sp := range a.spans { // an incident of several days is covered to its last
		if c.last == data.NoDay || sp.to > c.last {
			c.last = sp.to
		}
	}
	// A month in which no day is known widens the span; one that overlaps it
	// does not stretch the days to the whole month.
	first, last := c.first, c.last
	for _, k := range a.times.keys {
		if k.prec != data.ToMonth {
			continue
		}
		from := firstOf(int(k.value)/12, int(k.value)%12+1)
		if to := nextPeriod(from, ByMonth) - 1; first == data.NoDay || to < first || from > last {
			widen(from, to)
		}
	}
	if c.first == data.NoDay { // nothing more precise than the year
		for _, k := range a.times.keys {
			if k.prec == data.ToYear {
				y := firstOf(int(k.value)/12, 1)
				widen(y, nextPeriod(y, ByYear)-1)
			}
		}
	}
	if a.opt.From != data.NoDay {
		c.first, c.firstAsked = a.opt.From, true
	}
	if a.opt.To != data.NoDay {
		c.last, c.lastAsked = a.opt.To, true
	}
	if c.first != data.NoDay && c.last != data.NoDay && c.first > c.last {
		c.first, c.last = c.last, c.first
	}
	if c.first == data.NoDay || c.last == data.NoDay {
		d := max(c.first, c.last)
		c.first, c.last = d, d
	}
	return c
}

// straddling counts the spans that cross a period of the table: those of known
// days whose end lies in a later period than their start.
func (a *Accumulator) straddling(p Period) uint32 {
	n := uint32(0)
	for span, k := range a.spans {
		if periodStart(span.from, p) != periodStart(span.to, p) {
			n += k
		}
	}
	return n
}

// rankRows puts rows into the order of a ranking: the most killed first, by
// best figures if every row has them and else by what is certain; then by the
// high figures, the incidents and the name. Rows that stand for something
// missing come last.
func rankRows(rows []Row) {
	best := true
	for i := range rows {
		best = best && rows[i].Tally.Killed.HasBest()
	}
	value := func(s Sum) int64 {
		if best {
			return s.Best
		}
		return s.Low
	}
	// Rows are large: they are put in order by what mostly decides, and moved once.
	order := make([]rankedRow, len(rows))
	for i := range rows {
		order[i] = rankedRow{value(rows[i].Tally.Killed), rows[i].Keys[0].Kind == Unstated, int32(i)}
	}
	slices.SortFunc(order, func(p, q rankedRow) int {
		if o := cmp.Or(cmp.Compare(b2i(p.unstated), b2i(q.unstated)), cmp.Compare(q.value, p.value)); o != 0 {
			return o
		}
		x, y := &rows[p.at], &rows[q.at]
		return cmp.Or(
			cmp.Compare(y.Tally.Killed.High, x.Tally.Killed.High),
			cmp.Compare(y.Tally.Injured.High, x.Tally.Injured.High),
			cmp.Compare(y.Tally.Incidents, x.Tally.Incidents),
			cmp.Compare(x.Keys[0].ID, y.Keys[0].ID),
		)
	})
	was := slices.Clone(rows)
	for i, o := range order {
		rows[i] = was[o.at]
	}
}

// rankedRow is what mostly decides the place of a row.
type rankedRow struct {
	value    int64
	unstated bool
	at       int32
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
