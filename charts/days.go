package charts

import (
	"cmp"
	"slices"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// dayToll is one day on which something happened.
type dayToll struct {
	day   data.Day
	tally stats.Tally
}

// dayTable is the table by day as charts use it.
type dayTable struct {
	days           []dayToll // ascending
	first, last    data.Day  // covered
	vague, undated uint32    // incidents that no day is known of
	spans          bool      // some incidents last several days and stand at their first
}

// dated returns the tolls by day, or why there are none.
func (pl *planner) dated() (dayTable, string) {
	t := pl.report.Table("by-day")
	if t == nil {
		return dayTable{}, catalogue.Say("chart.there-is-no-table-by-day")
	}
	d := dayTable{first: pl.ctx.First, last: pl.ctx.Last}
	d.spans = pl.spansDays(t)
	for _, r := range t.Rows {
		if len(r.Keys) == 0 {
			continue
		}
		n, ok := parsePeriod(stats.ByDay, r.Keys[0].ID)
		switch {
		case r.Keys[0].Kind == stats.Imprecise:
			d.vague += r.Tally.Incidents
		case r.Keys[0].Kind != stats.Named || !ok:
			d.undated += r.Tally.Incidents
		case r.Tally.Incidents > 0:
			d.days = append(d.days, dayToll{data.Day(n), r.Tally})
		}
	}
	slices.SortFunc(d.days, func(a, b dayToll) int { return cmp.Compare(a.day, b.day) })
	if len(d.days) == 0 {
		return d, catalogue.Say("chart.no-incident-is-dated-to-the")
	}
	if lo := d.days[0].day; d.first == data.NoDay || lo < d.first {
		d.first = lo
	}
	if hi := d.days[len(d.days)-1].day; d.last == data.NoDay || hi > d.last {
		d.last = hi
	}
	return d, ""
}

// spansDays reports whether the data has incidents dated to several days: the
// table of days marks the quiet ones among them, the sheet on precision counts
// the incidents.
func (pl *planner) spansDays(t *stats.Table) bool {
	for _, r := range t.Rows {
		if r.Spanned {
			return true
		}
	}
	return pl.report.Sheet("precision").Cell("date_days", "total", "total").V > 0
}

// spanNote says where incidents of several days stand.
func (d *dayTable) spanNote() string {
	if !d.spans {
		return ""
	}
	return catalogue.Say("chart.an-incident-dated-to-several-days")
}

func (d *dayTable) span() int { return int(d.last) - int(d.first) + 1 }

func (d *dayTable) total() stats.Tally {
	var t stats.Tally
	for _, x := range d.days {
		_ = t.Merge(x.tally) // the report itself fails on overflow
	}
	return t
}

func (d *dayTable) entries() entries {
	var es entries
	for _, x := range d.days {
		es = append(es, entry{tally: x.tally})
	}
	return es
}

// vagueNote says which incidents are missing where each day counts.
func (d *dayTable) vagueNote() string {
	tl := timeline{vague: d.vague, undated: d.undated}
	return tl.vagueNote()
}

// axis returns a time axis over the span: of days where it is short, else of
// months or years.
func (d *dayTable) axis() timeline {
	tl := timeline{period: stats.ByMonth}
	switch n := d.span(); {
	case n <= 62:
		tl.period = stats.ByDay
	case n > 370*28:
		tl.period = stats.ByYear
	}
	for n := ordinal(tl.period, d.first); n <= ordinal(tl.period, d.last) && len(tl.slots) < 12000; n++ {
		tl.slots = append(tl.slots, slot{n: n, covered: true})
	}
	return tl
}

// position returns where on an axis a day begins, in slots.
func (tl *timeline) position(d data.Day) float64 {
	n := ordinal(tl.period, d)
	from, to := firstDay(tl.period, n), lastDay(tl.period, n)
	return float64(n-tl.slots[0].n) + float64(int(d)-int(from))/float64(int(to)-int(from)+1)
}
