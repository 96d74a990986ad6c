package charts

import (
	"math"

	"toll/internal/catalogue"
	"toll/stats"
)

// timeChart draws killed and injured over time, each in a panel of its own.
type timeChart struct {
	tl      timeline
	killed  seriesPanel
	injured *seriesPanel
	events  []Event
}

// labelled reports whether there are so few periods that each carries its figure.
func (c *timeChart) labelled() bool { return len(c.tl.slots) <= shortSeries }

// The measures of the panels, in pixels.
const (
	headRoom     = 34 // a panel's own heading
	figureLine   = 24 // a line of the figures above a few columns
	between      = 44 // ticks, from one panel to the heading of the next
	keyLead      = 16 // from a panel to its key
	unknownPitch = 16 // the least room in which question marks stay apart
	dotPitch     = 13 // and dots
)

func (c *timeChart) draw(s *sheet, area rect) {
	pitch := area.w() * 0.78 / float64(len(c.tl.slots))
	key1, key2 := c.keys(&c.killed, pitch), []keyEntry(nil)
	if c.injured != nil {
		if key2 = c.keys(c.injured, pitch); within(key2, key1) {
			key2 = nil // the key beside the first panel serves both
		}
	}
	width := max(keyWidth(key1), keyWidth(key2))
	bottom := area.y1 - timeAxisRoom(&c.tl, area.w()*0.78)
	// The events are laid out over the panel as it comes out without them: they
	// change its height, not its width by more than a digit.
	lo, hi := area.x0+panelScale(rect{y1: 200}, &c.killed).gutter(), area.x1-width
	ev := layEvents(c.events, c.eventPlaces(lo, hi), lo, hi)
	r1 := rect{area.x0, area.y0 + 20, area.x1 - width, bottom}
	r2 := r1
	if c.injured != nil {
		free := bottom - area.y0 - 2*headRoom - between - ev.height
		r1.y0 = area.y0 + headRoom + ev.height
		r1.y1 = r1.y0 + grid(float64(free*0.56))
		r2.y0 = r1.y1 + between + headRoom
	}
	if c.injured == nil {
		r1.y0 += ev.height
	}
	heads := [2]float64{r1.y0 - 12 - ev.height, r2.y0 - 12}
	strip := r1.y0
	if c.labelled() {
		r1.y0 += 20 + float64(figureLine*c.killed.figureLines())
		if c.injured != nil {
			r2.y0 += 20 + float64(figureLine*c.injured.figureLines())
		} else {
			r2 = r1
		}
	}
	gutter := panelScale(r1, &c.killed).gutter()
	if c.injured != nil {
		gutter = max(gutter, panelScale(r2, c.injured).gutter())
	}
	r1.x0 += gutter
	r2.x0 += gutter
	t := s.theme
	if c.injured != nil {
		s.text("panel", style{labelType, bold, t.Killed.Text, 0}, r1.x0, heads[0], left, catalogue.Say("chart.killed"))
		s.timeAxis(r1, &c.tl, false)
		s.text("panel", style{labelType, bold, t.Injured.Text, 0}, r2.x0, heads[1], left, catalogue.Say("chart.injured"))
		c.panel(s, r2, c.injured, t.Injured)
		s.drawKeys(key2, r2.x1+keyLead, heads[1]+38, t.Injured)
	}
	c.panel(s, r1, &c.killed, t.Killed)
	s.timeAxis(r2, &c.tl, true)
	s.drawKeys(key1, r1.x1+keyLead, heads[0]+38+ev.height, t.Killed)
	if len(c.events) > 0 {
		for i, x := range c.eventPlaces(r1.x0, r1.x1)[:len(ev.events)] {
			ev.events[i].x = x
		}
		s.drawEvents(ev, r1.x0, r1.x1, strip, func(i int) float64 { return c.reachAt(c.events[i], r1) })
	}
}

// eventPlaces are the middles of the periods in which the events lie.
func (c *timeChart) eventPlaces(lo, hi float64) []float64 {
	out := make([]float64, len(c.events))
	for i, e := range c.events {
		out[i] = lo + float64((math.Floor(c.tl.position(e.Day))+0.5)*(hi-lo))/float64(len(c.tl.slots))
	}
	return out
}

// reachAt is the top of what the panel shows where an event lies.
func (c *timeChart) reachAt(e Event, r rect) float64 {
	i := int(c.tl.position(e.Day))
	sm := c.killed.samples[i]
	if !sm.known || !c.tl.slots[i].covered {
		return r.y1 - 24
	}
	v := sm.reach()
	if c.killed.look == asLine && !c.labelled() && sm.hasBest {
		v = sm.best
	}
	y := r.y1 - float64(v/panelScale(r, &c.killed).top*r.h())
	if c.labelled() {
		y -= float64(figureLine*c.killed.figureLines()) + 16
	}
	return y
}

// panelScale is the count axis of a panel: two to five steps, by its height.
func panelScale(r rect, p *seriesPanel) countScale {
	return newCountScaleOf(p.top, min(max(r.h()/75, 2.2), 5))
}

func (c *timeChart) panel(s *sheet, r rect, p *seriesPanel, sw Swatch) {
	n := float64(len(p.samples))
	sc := panelScale(r, p)
	covered := make([]bool, len(p.samples))
	for i, sl := range c.tl.slots {
		covered[i] = sl.covered
	}
	marks := gaps{covered, s.theme.NoData}
	if p.look == asLine && !c.labelled() {
		s.plot(r, 0, n, 0, sc.top, marks, band{p.samples, mix(sw.Fill, white, 20)})
		s.countAxisLeft(r, sc)
		s.baseline(r)
		s.plot(r, 0, n, 0, sc.top,
			meanLine{p.meanValues(), p.ok, sw.Fill},
			bestLine{p.samples, mix(sw.Fill, white, 55), sw.Fill, r.w()/n >= dotPitch})
		c.unknownMarks(s, r, p)
		return
	}
	s.countAxisLeft(r, sc)
	pitch := r.w() / n
	cols := rangedColumns{samples: p.samples, byBest: p.look != asBounds, half: columnHalf(pitch), ink: s.theme.Ink,
		dark: sw.Fill, pale: mix(sw.Fill, white, 55), light: mix(sw.Fill, white, 24)}
	for _, sum := range p.sums {
		cols.open = append(cols.open, sum.Open > 0 && pitch >= unknownPitch)
	}
	s.plot(r, 0, n, 0, sc.top, marks, cols)
	s.baseline(r)
	if c.labelled() {
		c.figures(s, r, p, sc)
	} else {
		c.unknownMarks(s, r, p)
	}
}

// columnHalf is half the width of a column in whole pixels.
func columnHalf(pitch float64) float64 {
	return max(grid(min(0.31*pitch, 55)), min(pitch/2, 1))
}

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

// figures writes the figures of a few columns above them.
func (c *timeChart) figures(s *sheet, r rect, p *seriesPanel, sc countScale) {
	pitch := r.w() / float64(len(p.samples))
	for i, sl := range c.tl.slots {
		x := r.x0 + float64((float64(i)+0.5)*pitch)
		sm := p.samples[i]
		switch {
		case !sl.covered:
		case sl.spanned:
			s.text("figure", style{noteType, regular, s.theme.Muted, 3}, x, r.y1-8, center, "·")
		case !sm.known:
			st := style{noteType, italic, s.theme.Muted, 3}
			text := catalogue.Say("toll.unknown")
			if st.width(text)+6 > pitch {
				text = "?"
			}
			s.text("figure", st, x, r.y1-8, center, text)
		default:
			y := r.y1 - float64(sm.reach()/sc.top*r.h()) - 9
			if p.sums[i].Open > 0 {
				y -= 14
			}
			s.columnLabel(x, y, pitch, p.sums[i], p.counts[i], p.look != asBounds)
		}
	}
}

// figureLines is how many lines the figures above the columns take.
func (p *seriesPanel) figureLines() float64 {
	for _, s := range p.samples {
		if p.look != asBounds && s.hasBest && s.high > s.low {
			return 2
		}
	}
	return 1
}

// columnLabel writes a bold best figure over a muted range, or the range alone.
// Where there is no room for the range, the table has it.
func (s *sheet) columnLabel(x, y, pitch float64, sum stats.Sum, n uint32, byBest bool) {
	strong := style{labelType, bold, s.theme.Ink, 3}
	rng, best := sum.Range(n), sum.BestText(n)
	if !byBest || best == "–" || best == rng {
		s.text("figure", strong.shrunk(rng, pitch), x, y, center, rng)
		return
	}
	weak := style{noteType, regular, s.theme.Muted, 3}.shrunk(rng, pitch)
	if weak.width(rng)+8 <= pitch {
		s.text("figure", weak, x, y, center, rng)
		y -= 24
	}
	s.text("figure", strong.shrunk(best, pitch), x, y, center, best)
}

// shrunk is the style made smaller, down to the smallest, until s fits.
func (st style) shrunk(s string, width float64) style {
	for st.size > smallType && st.width(s)+8 > width {
		st.size--
	}
	return st
}
