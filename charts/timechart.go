package charts

import (
	"image/color"

	"toll/stats"
)

// timeChart draws killed and injured over time: lines in bands for a series, or
// labelled columns for a handful of periods.
type timeChart struct {
	tl      timeline
	killed  seriesPanel
	injured *seriesPanel
}

func (c *timeChart) short() bool { return len(c.tl.slots) < shortSeries }

// unknownPitch is the least room in which question marks stay apart.
const unknownPitch = 16

// headRoom is the height of a panel's own heading.
const headRoom = 34

// between is the room for ticks from one panel to the heading of the next.
const between = 44

func (c *timeChart) draw(s *sheet, area rect) {
	keys := c.keys(area.w() * 0.8)
	keyWidth := 0.0
	for _, k := range keys {
		keyWidth = max(keyWidth, 38+style{size: noteType}.width(k.text)+16)
	}
	bottom := area.y1 - timeAxisRoom(&c.tl, area.w()*0.8)
	r1 := rect{area.x0, area.y0 + 20, area.x1 - keyWidth, bottom}
	r2 := r1
	if c.injured != nil {
		free := bottom - area.y0 - 2*headRoom - between
		r1.y0 = area.y0 + headRoom
		r1.y1 = r1.y0 + grid(float64(free*0.56))
		r2.y0 = r1.y1 + between + headRoom
	}
	if c.short() { // the figures stand above the columns
		r1.y0 += 40
		r2.y0 += 40
	}
	gutter := c.scale(r1, &c.killed).gutter()
	if c.injured != nil {
		gutter = max(gutter, c.scale(r2, c.injured).gutter())
	}
	r1.x0 += gutter
	r2.x0 += gutter
	head := ""
	if c.injured != nil {
		head = "Killed"
		c.panel(s, r2, c.injured, s.theme.Injured, "Injured")
		s.timeAxis(r1, &c.tl, false)
	}
	c.panel(s, r1, &c.killed, s.theme.Killed, head)
	s.timeAxis(r2, &c.tl, true)
	s.drawKeys(keys, rect{r1.x1 + 16, area.y0 + headRoom + 26, area.x1, r1.y1})
}

// scale is the count axis of a panel: about one tick every 70 pixels.
func (c *timeChart) scale(r rect, p *seriesPanel) countScale {
	return newCountScaleOf(p.top, max(r.h()/70, 2))
}

func (c *timeChart) panel(s *sheet, r rect, p *seriesPanel, sw Swatch, head string) {
	if head != "" {
		y := r.y0 - 12
		if c.short() {
			y -= 40
		}
		s.text("panel", style{labelType, bold, sw.Text, 0}, r.x0, y, left, head)
	}
	if c.short() {
		c.shortPanel(s, r, p, sw)
		return
	}
	sc := c.scale(r, p)
	n := float64(len(p.samples))
	covered := make([]bool, len(p.samples))
	for i, sl := range c.tl.slots {
		covered[i] = sl.covered
	}
	s.plot(r, 0, n, 0, sc.top, gaps{covered, s.theme.NoData}, band{p.samples, mix(sw.Fill, white, 20)})
	s.countAxisLeft(r, sc)
	s.baseline(r)
	values := make([]float64, len(p.mean))
	for i, v := range p.mean {
		values[i] = persons(v)
	}
	s.plot(r, 0, n, 0, sc.top,
		meanLine{values, p.ok, sw.Fill},
		bestLine{p.samples, mix(sw.Fill, white, 55), sw.Fill, dotted(r.w() / n)})
	c.unknownMarks(s, r, p)
}

// dotted reports whether the best figures have room for dots.
func dotted(pitch float64) bool { return pitch >= 13 }

// unknownMarks puts a question mark on the zero line where incidents happened
// and no toll is known.
func (c *timeChart) unknownMarks(s *sheet, r rect, p *seriesPanel) {
	pitch := r.w() / float64(len(p.samples))
	if pitch < unknownPitch {
		return
	}
	for i, sl := range c.tl.slots {
		if sl.covered && !p.samples[i].known {
			x := r.x0 + float64((float64(i)+0.5)*pitch)
			s.text("unknown", style{noteType, bold, s.theme.Muted, 3}, x, r.y1-10, center, "?")
		}
	}
}

func (c *timeChart) shortPanel(s *sheet, r rect, p *seriesPanel, sw Swatch) {
	t := s.theme
	sc := c.scale(r, p)
	s.countAxisLeft(r, sc)
	n := float64(len(p.samples))
	pitch := r.w() / n
	half := min(0.3*pitch, 60)
	open := make([]bool, len(p.samples))
	for i, sum := range p.sums {
		open[i] = sum.Open > 0
	}
	s.plot(r, 0, n, 0, sc.top, rangedColumns{p.samples, open, sw.Fill, mix(sw.Fill, white, 55), mix(sw.Fill, white, 22), t.Ink, half})
	s.baseline(r)
	for i, sl := range c.tl.slots {
		x := r.x0 + float64((float64(i)+0.5)*pitch)
		sm := p.samples[i]
		switch {
		case !sl.covered:
			s.hatchedBlock(rect{x - half, r.y0, x + half, r.y1 - 1}, white, t.NoData, noDataPitch, noDataWidth)
		case !sm.known:
			s.columnLabel(x, r.y1-8, pitch, "", "unknown", style{noteType, italic, t.Muted, 3})
		default:
			y := r.y1 - float64(max(sm.high, sm.best)/sc.top*r.h())
			if open[i] {
				y -= 14
			}
			c.figureLabel(s, x, y-9, pitch, p.sums[i], p.counts[i], sw)
		}
	}
}

// figureLabel writes the figures of a column above it, from its lowest line up.
func (c *timeChart) figureLabel(s *sheet, x, y, pitch float64, sum stats.Sum, n uint32, sw Swatch) {
	t := s.theme
	b := style{labelType, bold, t.Ink, 3}
	rng := sum.Range(n)
	best := sum.BestText(n)
	if best == "–" || best == rng {
		s.columnLabel(x, y, pitch, "", rng, b)
		return
	}
	s.columnLabel(x, y, pitch, best, rng, b)
}

// columnLabel writes a bold figure and a muted range below it, centred at x.
func (s *sheet) columnLabel(x, y, pitch float64, best, rng string, b style) {
	if best == "" {
		for b.size > smallType && b.width(rng)+8 > pitch {
			b.size--
		}
		s.text("figure", b, x, y, center, rng)
		return
	}
	m := style{noteType, regular, s.theme.Muted, 3}
	for m.size > smallType && m.width(rng)+8 > pitch {
		m.size--
	}
	if m.width(rng)+8 <= pitch {
		s.text("figure", m, x, y, center, rng)
		y -= 24
	}
	s.text("figure", b, x, y, center, best)
}

// keyEntry is one line of a key.
type keyEntry struct {
	kind byte // 'm' mean, 'b' best, 'r' range, 'p' part, 'n' not covered, 'u' unknown, 'd' dark, 'l' light, 'w' whisker
	text string
}

func (c *timeChart) keys(width float64) []keyEntry {
	unit := unitName(c.tl.period)
	seen := c.looks(&c.killed)
	if c.injured != nil {
		seen = seen.or(c.looks(c.injured))
	}
	best := byte('b')
	if !dotted(width / float64(len(c.tl.slots))) {
		best = 'B'
	}
	all := []struct {
		shown bool
		keyEntry
	}{
		{seen.mean, keyEntry{'m', "3-" + unit + " mean"}},
		{seen.best, keyEntry{best, "Best figure"}},
		{seen.ranged, keyEntry{'r', "Low–high"}},
		{seen.part, keyEntry{'p', "Part " + unit}},
		{seen.unknown && width/float64(len(c.tl.slots)) >= unknownPitch, keyEntry{'u', "Unknown"}},
		{seen.gap, keyEntry{'n', "Not covered"}},
	}
	if c.short() {
		all = all[:0]
		for _, k := range []struct {
			shown bool
			keyEntry
		}{
			{seen.best, keyEntry{'c', "Best figure"}},
			{seen.best && seen.rangedBest, keyEntry{'w', "Low–high"}},
			{seen.noBest, keyEntry{'l', "Highest"}},
			{seen.noBest, keyEntry{'d', "Lowest"}},
			{seen.open, keyEntry{'a', "Or more"}},
			{seen.gap, keyEntry{'n', "Not covered"}},
		} {
			all = append(all, k)
		}
	}
	var ks []keyEntry
	for _, k := range all {
		if k.shown {
			ks = append(ks, k.keyEntry)
		}
	}
	return ks
}

// looks are the kinds of marks that a panel shows, for its key.
type looks struct{ mean, best, noBest, ranged, rangedBest, part, gap, unknown, open bool }

func (l looks) or(m looks) looks {
	return looks{l.mean || m.mean, l.best || m.best, l.noBest || m.noBest, l.ranged || m.ranged, l.rangedBest || m.rangedBest,
		l.part || m.part, l.gap || m.gap, l.unknown || m.unknown, l.open || m.open}
}

func (c *timeChart) looks(p *seriesPanel) looks {
	l := looks{mean: p.anyMean()}
	for i, s := range p.samples {
		sl := c.tl.slots[i]
		happened := s.known && sl.tally.Incidents > 0
		l = l.or(looks{
			best: s.hasBest && happened, noBest: happened && !s.hasBest,
			ranged: s.known && (s.high > s.low || happened && !s.hasBest), rangedBest: s.hasBest && s.high > s.low,
			part: s.hasBest && sl.partial != "", gap: !sl.covered,
			unknown: sl.covered && !s.known, open: p.sums[i].Open > 0,
		})
	}
	return l
}

// drawKeys draws the key of a panel, one entry under the other.
func (s *sheet) drawKeys(ks []keyEntry, r rect) {
	t := s.theme
	st := style{noteType, regular, t.Body, 0}
	for i, k := range ks {
		y := r.y0 + float64(34*float64(i))
		if y > r.y1 {
			break
		}
		s.keySign(k.kind, r.x0, grid(y), t)
		s.text("key", st, r.x0+38, y+0.36*noteType, left, k.text)
	}
}

func (s *sheet) keySign(kind byte, x, y float64, t *Theme) {
	sw := t.Killed
	ring := func(open bool) {
		p := pane{}
		p.c.Canvas = s.canvas
		bestLine{marker: sw.Fill}.dot(p, s.point(x+15, y), !open)
	}
	switch kind {
	case 'm':
		s.block(rect{x, y - 2, x + 30, y + 3}, sw.Fill)
	case 'b':
		s.block(rect{x, y - 1, x + 30, y + 1}, mix(sw.Fill, white, 55))
		ring(false)
	case 'B':
		s.block(rect{x, y - 1, x + 30, y + 1}, mix(sw.Fill, white, 55))
	case 'p':
		ring(true)
	case 'r':
		s.block(rect{x, y - 10, x + 30, y + 10}, mix(sw.Fill, white, 20))
	case 'n':
		s.hatchedBlock(rect{x, y - 10, x + 30, y + 10}, white, t.NoData, noDataPitch, noDataWidth)
	case 'u':
		s.text("key", style{noteType, bold, t.Muted, 0}, x+15, y+8, center, "?")
	case 'c':
		s.block(rect{x, y - 10, x + 30, y + 10}, mix(sw.Fill, white, 55))
	case 'd':
		s.block(rect{x, y - 10, x + 30, y + 10}, sw.Fill)
	case 'l':
		s.block(rect{x, y - 10, x + 30, y + 10}, mix(sw.Fill, white, 22))
	case 'w':
		s.whisker(rect{x, y, x + 30, y}, t.Ink, white)
	case 'a':
		p := pane{}
		p.c.Canvas = s.canvas
		p.arrowUp(t.Ink, s.point(x+15, y+8).X, s.point(x+15, y+8).Y)
	}
}

// whisker draws a horizontal range with caps from r.x0 to r.x1 at r.y0, with a
// thin edge that keeps it readable on any fill.
func (s *sheet) whisker(r rect, ink, edge color.NRGBA) {
	x0, x1, y := grid(r.x0), grid(r.x1), grid(r.y0)
	for _, pass := range []struct {
		c    color.NRGBA
		more float64
	}{{edge, 1}, {ink, 0}} {
		m := pass.more
		s.canvas.SetColor(pass.c)
		for _, q := range []rect{{x0, y - 1, x1, y + 1}, {x0 - 1, y - 6, x0 + 1, y + 7}, {x1 - 1, y - 6, x1 + 1, y + 7}} {
			q = rect{q.x0 - m, q.y0 - m, q.x1 + m, q.y1 + m}
			s.canvas.Fill(s.path([]dot{{q.x0, q.y0}, {q.x1, q.y0}, {q.x1, q.y1}, {q.x0, q.y1}}, true))
		}
	}
}
