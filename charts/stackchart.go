package charts

import (
	"toll/stats"
)

// The label column beside the whole-period stack.
const (
	stackWidth   = 22
	stackLead    = 18  // from the stack to the labels
	maxNameWidth = 300 // a longer name is cut
)

func (pc *partyStack) draw(s *sheet, area rect) {
	top := 0.0
	for i := range pc.tl.slots {
		sum := int64(0)
		for _, x := range pc.series {
			sum += x.values[i]
		}
		top = max(top, persons(sum))
	}
	r := rect{area.x0, area.y0 + 24, area.x1, area.y1 - timeAxisHeight + 8}
	if pc.short() {
		r.y0 += 16
	}
	sc := newCountScaleOf(top, max(r.h()/95, 2))
	r.x0 += sc.labelWidth(style{size: tickType}) + 18
	names, width := pc.names(s)
	r.x1 -= width + stackWidth + stackLead + 28
	s.countAxisLeft(r, sc)
	n := len(pc.tl.slots)
	pitch := r.w() / float64(n)
	s.plot(r, 0, float64(n), 0, sc.top, pc.columns(s.theme, pitch))
	s.baseline(r)
	s.timeAxis(r, &pc.tl, true)
	pc.gaps(s, r, pitch)
	if pc.short() {
		pc.sums(s, r, sc, pitch)
	}
	pc.wholePeriod(s, rect{r.x1 + 28, r.y0, area.x1, r.y1}, names)
}

func (pc *partyStack) short() bool { return len(pc.tl.slots) <= 12 }

func (pc *partyStack) columns(t *Theme, pitch float64) stackedColumns {
	c := stackedColumns{stripe: -1, hatch: t.UnattributedHatch, lines: pitch >= 8, gap: columnGap(pitch)}
	for i, x := range pc.series {
		vs := make([]float64, len(x.values))
		for k, v := range x.values {
			vs[k] = persons(v)
		}
		c.values = append(c.values, vs)
		c.fills = append(c.fills, x.swatch(t))
		if x.last {
			c.stripe = i
		}
	}
	return c
}

// columnGap leaves at most 110 px to a column and a tenth to a fifth of its
// pitch to the gap.
func columnGap(pitch float64) float64 {
	switch {
	case pitch > 130:
		return pitch - 110
	case pitch >= 30:
		return 10
	case pitch >= 8:
		return grid(pitch / 4)
	case pitch >= 4:
		return 1
	}
	return 0
}

func (pc *partyStack) gaps(s *sheet, r rect, pitch float64) {
	for i, sl := range pc.tl.slots {
		if !sl.covered {
			x := r.x0 + float64(float64(i)*pitch)
			s.hatchedBlock(rect{x, r.y0, x + pitch, r.y1 - 1}, white, s.theme.NoData, noDataPitch, noDataWidth)
		}
	}
}

// sums writes the total above each of a few columns.
func (pc *partyStack) sums(s *sheet, r rect, sc countScale, pitch float64) {
	st := style{noteType, bold, s.theme.Ink, 3}
	for i, sl := range pc.tl.slots {
		sum := int64(0)
		for _, x := range pc.series {
			sum += x.values[i]
		}
		text := stats.Number(stats.Persons(sum))
		if sl.tally.Incidents > 0 && sl.tally.Killed.Known(sl.tally.Incidents) == 0 {
			text = "?"
		}
		if !sl.covered || sl.tally.Incidents == 0 || st.width(text)+6 > pitch {
			continue
		}
		x := r.x0 + float64((float64(i)+0.5)*pitch)
		s.text("figure", st, x, r.y1-float64(persons(sum)/sc.top*r.h())-9, center, text)
	}
}

// names returns the labels cut to a sensible width, and the widest of them.
func (pc *partyStack) names(s *sheet) ([]string, float64) {
	b := style{size: noteType, weight: bold}
	limit := min(maxNameWidth, 0.24*s.w)
	var out []string
	width := style{size: noteType}.width("Whole period") - stackLead - stackWidth
	for _, x := range pc.series {
		name := fit(x.label, b, limit)
		out = append(out, name)
		width = max(width, b.width(name), style{size: noteType}.width(pc.share(x)))
	}
	return out, width
}

// share returns "662 · 36 %".
func (pc *partyStack) share(x stackSeries) string {
	v := pc.measure.of(x.tally.Killed)
	text := stats.Number(stats.Persons(v))
	if x.tally.Killed.Known(x.tally.Incidents) == 0 && x.tally.Incidents > 0 {
		return "toll unknown"
	}
	if sum := pc.measure.of(pc.whole.total().Killed); sum > 0 {
		text += " · " + percent(v, sum)
	}
	return text
}

// percent is stats.Percent with the sign held to its number.
func percent(part, whole int64) string { return noBreak(stats.Percent(part, whole)) }

// wholePeriod draws one stack over all periods, whose parts carry the labels.
func (pc *partyStack) wholePeriod(s *sheet, r rect, names []string) {
	t := s.theme
	sum := 0.0
	for _, x := range pc.series {
		sum += persons(pc.measure.of(x.tally.Killed))
	}
	if !(sum > 0) {
		return
	}
	s.text("key", style{noteType, regular, t.Muted, 0}, r.x0, r.y0-2, left, "Whole period")
	bar := rect{r.x0, r.y0 + 12, r.x0 + stackWidth, r.y1}
	one := stackedColumns{stripe: -1, hatch: t.UnattributedHatch, lines: true}
	var want, gaps []float64
	at := 0.0
	for i, x := range pc.series {
		v := persons(pc.measure.of(x.tally.Killed))
		one.values = append(one.values, []float64{v})
		one.fills = append(one.fills, x.swatch(t))
		if x.last {
			one.stripe = i
		}
		mid := bar.y1 - float64((at+v/2)/sum*bar.h())
		want = append(want, -mid) // upward, so that positions ascend
		at += v
		if i > 0 {
			gaps = append(gaps, 60)
		}
	}
	s.plot(bar, 0, 1, 0, sum, one)
	if n := len(want); n > 1 {
		for i := range gaps {
			gaps[i] = min(60, (bar.h()-50)/float64(n-1))
		}
	}
	got := spread(want, gaps, -(bar.y1 - 24), -(bar.y0 + 26))
	tx := bar.x1 + stackLead
	for i, x := range pc.series {
		y := -got[i]
		s.stroke(t.Tick, 1, dot{bar.x1 + 2, -want[i]}, dot{tx - 5, y})
		s.text("party", style{noteType, bold, x.swatch(t).Text, 0}, tx, y-3, left, names[i])
		s.text("party", style{noteType, regular, t.Body, 0}, tx, y+22, left, pc.share(x))
	}
}
