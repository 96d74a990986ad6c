package charts

import (
	"toll/internal/catalogue"
	"toll/stats"
)

// coverageChart shows, period by period, how much of the data is uncertain.
type coverageChart struct {
	tl   timeline
	rows []coverageRow
}

// coverageRow is one strip: how many incidents of each period are so.
type coverageRow struct {
	column, name string
	counts       []uint32
	sum          uint32
	of           uint32 // incidents in all
}

// coverage plans the strips of data quality.
func (pl *planner) coverage() (Figure, Omitted) {
	const id = "coverage"
	t := pl.report.Table("by-" + pl.ctx.Period.String())
	if t == nil {
		return Figure{}, Omitted{id, catalogue.Say("chart.there-is-no-table-by", "period", unitName(pl.ctx.Period))}
	}
	c := &coverageChart{tl: newTimeline(t, pl.ctx.Period, stackLimit)}
	c.tl.clipPartial(pl.ctx.First, pl.ctx.Last)
	if len(c.tl.slots) < 3 {
		return Figure{}, Omitted{id, catalogue.Say("chart.there-are-fewer-than-three-periods")}
	}
	all := c.tl.total()
	if all.Incidents == 0 {
		return Figure{}, Omitted{id, catalogue.Say("chart.no-incident-lies-in-the-period")}
	}
	c.add("Incidents", catalogue.Say("chart.incidents"), func(i int) uint32 { return c.tl.slots[i].tally.Incidents })
	c.add("Number killed unknown", catalogue.Say("chart.number-killed-unknown"), func(i int) uint32 { return c.tl.slots[i].tally.Killed.Unknown })
	c.add("Only a range, no best figure", catalogue.Say("chart.only-a-range-no-best-figure"), func(i int) uint32 { return c.tl.slots[i].tally.Killed.NoBest })
	c.add("Number killed is a minimum", catalogue.Say("chart.number-killed-is-a-minimum"), func(i int) uint32 { return c.tl.slots[i].tally.Killed.Open })
	if x := pl.report.Table("period-party"); x != nil && x.Additive {
		by := c.unattributed(x, pl.ctx.Period)
		c.add("No party named", catalogue.Say("chart.no-party-named"), func(i int) uint32 { return by[i] })
	}
	c.exactness(pl.report.Sheet("precision"), pl.ctx.Period)
	none := c.dropEmpty()
	if len(c.rows) == 1 {
		return Figure{}, Omitted{id, catalogue.Say("chart.the-data-leaves-nothing-open-that")}
	}
	f := Figure{ID: id, Kind: "coverage", draw: c.draw, Title: catalogue.Say("chart.what-the-data-leaves-open", "in", pl.in(), "when", pl.when()),
		Subtitle: catalogue.Say("chart.incidents-per-and-below-the-share", "period", unitName(c.tl.period))}
	f.Note = sentences(catalogue.Say("chart.a-share-may-rise-because-reporting"), none, c.tl.mergedNote(pl.ctx.Period), c.tl.vagueNote(), c.tl.partialNote())
	f.Columns = []string{"period"}
	for _, r := range c.rows {
		f.Columns = append(f.Columns, r.column)
	}
	for i, sl := range c.tl.slots {
		row := []string{periodID(c.tl.period, sl.n)}
		for _, r := range c.rows {
			row = append(row, countCell(r.counts[i]))
		}
		f.Rows = append(f.Rows, row)
	}
	var facts []string
	for _, r := range c.rows[1:] {
		facts = append(facts, r.name+": "+incidents(r.sum)+" ("+percent(int64(r.sum), int64(r.of))+")")
	}
	f.Alt = altText(catalogue.Say("chart.strips-of-data-quality-per", "period", unitName(c.tl.period), "in", pl.in(), "when", pl.when()), totalSentence(pl.report.Total), facts, []string{c.tl.vagueNote()}, id)
	return f, Omitted{}
}

// add adds a line, by the head of its column in the file of plotted numbers, which
// is the same in every language, and what it is called.
func (c *coverageChart) add(column, name string, of func(int) uint32) {
	r := coverageRow{column: column, name: name, of: c.tl.total().Incidents}
	for i := range c.tl.slots {
		r.counts = append(r.counts, of(i))
		r.sum += of(i)
	}
	c.rows = append(c.rows, r)
}

// exactness adds how exactly the incidents of each period are placed and dated,
// where the report says so.
func (c *coverageChart) exactness(s *stats.Sheet, p stats.Period) {
	if s == nil {
		return
	}
	var coarse, vague = make([]uint32, len(c.tl.slots)), make([]uint32, len(c.tl.slots))
	for _, r := range s.Rows {
		if len(r.Keys) < 2 || r.Keys[0].ID != "by-"+p.String() {
			continue
		}
		n, ok := parsePeriod(p, r.Keys[1].ID)
		if !ok {
			continue
		}
		if i, ok := c.tl.slotAt(p, n); ok {
			cell := func(id string) uint32 {
				return uint32(stats.Persons(s.Cell(id, r.Keys[0].ID, r.Keys[1].ID).V))
			}
			coarse[i] += cell("incidents") - min(cell("place_exact"), cell("incidents"))
			vague[i] += cell("incidents") - min(cell("date_day"), cell("incidents"))
		}
	}
	c.add("Placed only to an area", catalogue.Say("chart.placed-only-to-an-area"), func(i int) uint32 { return coarse[i] })
	c.add("Dated to no single day", catalogue.Say("chart.dated-to-no-single-day"), func(i int) uint32 { return vague[i] })
}

// dropEmpty takes away the lines that hold for no incident, and names them.
func (c *coverageChart) dropEmpty() string {
	var names []string
	kept := c.rows[:1]
	for _, r := range c.rows[1:] {
		if r.sum > 0 {
			kept = append(kept, r)
		} else {
			names = append(names, "“"+lowerFirst(r.name)+"”")
		}
	}
	c.rows = kept
	if len(names) == 0 {
		return ""
	}
	return catalogue.Say("chart.of-no-incident", "names", joined(names))
}

// unattributed counts the incidents of each slot for which no party is named.
func (c *coverageChart) unattributed(t *stats.Table, p stats.Period) []uint32 {
	out := make([]uint32, len(c.tl.slots))
	for _, r := range t.Rows {
		if len(r.Keys) < 2 || r.Keys[0].Kind != stats.Named || r.Keys[1].Kind != stats.Unstated {
			continue
		}
		if n, ok := parsePeriod(p, r.Keys[0].ID); ok {
			if i, ok := c.tl.slotAt(p, n); ok {
				out[i] += r.Tally.Incidents
			}
		}
	}
	return out
}

func (c *coverageChart) draw(s *sheet, area rect) {
	t := s.theme
	name := style{labelType, regular, t.Body, 0}
	small := style{footerType, regular, t.Muted, 0}
	gutter := 0.0
	most := uint32(1)
	for _, n := range c.rows[0].counts {
		most = max(most, n)
	}
	for k, r := range c.rows {
		gutter = max(gutter, min(max(name.width(r.name), small.width(r.words(k, most))-10), 0.27*s.w))
	}
	bottom := area.y1 - timeAxisRoom(&c.tl, area.w()-gutter)
	area.x1 -= 30 // the last date may reach beyond its tick
	const gap = 22
	height := (bottom - area.y0 - 22 - float64(gap*float64(len(c.rows)-1))) / float64(len(c.rows))
	pitch := (area.w() - gutter - 24) / float64(len(c.tl.slots))
	for k, r := range c.rows {
		y := area.y0 + 22 + float64(float64(k)*(height+gap))
		box := rect{area.x0 + gutter + 24, grid(y), area.x1, grid(y + height)}
		mid := float64((box.y0 + box.y1) / 2)
		s.text("name", name, area.x0, mid-3, left, fit(r.name, name, gutter))
		s.text("sum", small, area.x0, mid+22, left, fit(r.words(k, most), small, gutter+10))
		c.strip(s, box, k, pitch, most)
	}
	s.timeAxis(rect{area.x0 + gutter + 24, bottom - height, area.x1, bottom}, &c.tl, true)
}

// words are the sums of row k, of which the first is the incidents.
func (r coverageRow) words(k int, most uint32) string {
	if k == 0 {
		return catalogue.Say("chart.on-the-axis-at-most", "sum", stats.Number(int64(r.sum)), "most", stats.Number(int64(most)))
	}
	return incidents(r.sum) + ", " + percent(int64(r.sum), int64(r.of))
}

// strip draws one row: the incidents as columns, everything else as the share of
// them. A period without incidents has no share, which is not a share of zero.
func (c *coverageChart) strip(s *sheet, box rect, k int, pitch float64, most uint32) {
	t := s.theme
	for i, n := range c.rows[k].counts {
		x0, x1 := box.x0+float64(float64(i)*pitch), box.x0+float64(float64(i+1)*pitch)
		if pitch >= 5 {
			x1--
		}
		of, fill := most, t.Killed.Fill
		if k > 0 {
			of, fill = c.rows[0].counts[i], t.Bar
			if of > 0 {
				s.block(rect{x0, box.y0, x1, box.y1}, t.Zero)
			}
		}
		if n > 0 && of > 0 {
			h := max(float64(float64(n)/float64(of)*box.h()), 2)
			s.block(rect{x0, box.y1 - h, x1, box.y1}, fill)
		}
	}
	s.hline(box.x0, box.x1, box.y1, 1, t.Tick)
}
