package charts

import "toll/internal/catalogue"

// keyEntry is one line of a key: a sign and its meaning.
type keyEntry struct {
	sign keySign
	text string
}

type keySign int

const (
	signMean keySign = iota
	signDots
	signLine
	signBand
	signPart
	signColumn
	signWhisker
	signHighest
	signLowest
	signMore
	signUnknown
	signGap
)

// keys lists the signs that a panel uses.
func (c *timeChart) keys(p *seriesPanel, pitch float64) []keyEntry {
	unit := unitName(c.tl.period)
	has := map[keySign]bool{}
	line := p.look == asLine && !c.labelled()
	for i, s := range p.samples {
		sl := c.tl.slots[i]
		happened := s.known && sl.tally.Incidents > 0
		ranged := s.known && s.high > s.low
		if line {
			has[signDots] = has[signDots] || happened && s.hasBest && pitch >= dotPitch
			has[signLine] = has[signLine] || happened && s.hasBest && pitch < dotPitch
			has[signBand] = has[signBand] || ranged
			has[signPart] = has[signPart] || s.hasBest && sl.partial != ""
			has[signMean] = has[signMean] || p.ok[i]
		} else {
			has[signColumn] = has[signColumn] || happened && p.look != asBounds
			has[signWhisker] = has[signWhisker] || ranged && p.look != asBounds
			has[signLowest] = has[signLowest] || happened && p.look == asBounds
			has[signHighest] = has[signHighest] || ranged && p.look == asBounds
			has[signMore] = has[signMore] || p.sums[i].Open > 0 && pitch >= unknownPitch
		}
		has[signUnknown] = has[signUnknown] || sl.covered && !s.known && pitch >= unknownPitch && !c.labelled()
		has[signGap] = has[signGap] || !sl.covered
	}
	if !has[signWhisker] {
		has[signColumn] = false // columns alone explain themselves
	}
	gap := catalogue.Say("chart.not-covered")
	if c.tl.withheld > 0 {
		gap = catalogue.Say("chart.withheld")
	}
	var ks []keyEntry
	for _, k := range []keyEntry{
		{signMean, catalogue.Say("chart.3-mean", "unit", unit)}, {signDots, catalogue.Say("chart.best-figure-2")}, {signLine, catalogue.Say("chart.best-figure-2")}, {signBand, catalogue.Say("chart.low-high")},
		{signPart, catalogue.Say("chart.part", "unit", unit)}, {signColumn, catalogue.Say("chart.best-figure-2")}, {signWhisker, catalogue.Say("chart.low-high")},
		{signMore, catalogue.Say("chart.or-more")}, {signHighest, catalogue.Say("chart.highest-2")}, {signLowest, catalogue.Say("chart.lowest")}, {signUnknown, catalogue.Say("chart.unknown")}, {signGap, gap},
	} {
		if has[k.sign] {
			ks = append(ks, k)
		}
	}
	return ks
}

// within reports whether every entry of a is in b.
func within(a, b []keyEntry) bool {
	for _, k := range a {
		found := false
		for _, l := range b {
			found = found || k == l
		}
		if !found {
			return false
		}
	}
	return true
}

// The sign of a key and the step to the next line, in pixels.
const (
	signWidth = 30
	keyStep   = 34
)

func keyWidth(ks []keyEntry) float64 {
	w := 0.0
	for _, k := range ks {
		w = max(w, keyLead+signWidth+8+style{size: noteType}.width(k.text))
	}
	return w
}

// drawKeys draws the key of a panel, one entry under the other.
func (s *sheet) drawKeys(ks []keyEntry, x, y float64, sw Swatch) {
	for _, k := range ks {
		s.sign(k.sign, x, grid(y), sw)
		s.text("key", style{noteType, regular, s.theme.Body, 0}, x+signWidth+8, y+0.36*noteType, left, k.text)
		y += keyStep
	}
}

func (s *sheet) sign(sign keySign, x, y float64, sw Swatch) {
	t := s.theme
	p := pane{}
	p.c.Canvas = s.canvas
	mid := s.point(x+signWidth/2, y)
	box := rect{x, y - 10, x + signWidth, y + 10}
	switch sign {
	case signMean:
		s.block(rect{x, y - 2, x + signWidth, y + 3}, sw.Fill)
	case signDots, signLine:
		s.block(rect{x, y - 1, x + signWidth, y + 1}, mix(sw.Fill, white, 55))
		if sign == signDots {
			bestLine{marker: sw.Fill}.dot(p, mid, true)
		}
	case signPart:
		bestLine{marker: sw.Fill}.dot(p, mid, false)
	case signBand:
		s.block(box, mix(sw.Fill, white, 20))
	case signColumn:
		s.block(box, mix(sw.Fill, white, 55))
	case signLowest:
		s.block(box, sw.Fill)
	case signHighest:
		s.block(box, mix(sw.Fill, white, 24))
	case signWhisker:
		p.whiskerRight(t.Ink, nil, s.point(x+2, y).X, s.point(x+signWidth-2, y).X, mid.Y)
	case signMore:
		p.arrowUp(t.Ink, mid.X, s.point(x, y+8).Y)
	case signUnknown:
		s.text("key", style{noteType, bold, t.Muted, 0}, x+signWidth/2, y+8, center, "?")
	case signGap:
		s.hatchedBlock(box, white, t.NoData, noDataPitch, noDataWidth)
	}
}
