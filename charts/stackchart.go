package charts

import (
	"toll/internal/catalogue"
	"toll/stats"
)

// The label column beside the whole-period stack.
const (
	stackWidth   = 22
	stackLead    = 30  // from the stack to the labels
	maxNameWidth = 380 // a longer name is cut
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
	r := rect{area.x0, area.y0 + 24, area.x1, area.y1 - timeAxisRoom(&pc.tl, 0.7*area.w())}
	if pc.short() {
		r.y0 += 16
	}
	sc := newCountScaleOf(top, min(max(r.h()/95, 2), 5))
	r.x0 += sc.gutter()
	names, width := pc.names(s, r.h()-12)
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

// unknownMarkNote explains the mark that stands for a sum where columns are
// few enough to be labelled.
func (pc *partyStack) unknownMarkNote() string {
	if !pc.short() {
		return ""
	}
	for _, sl := range pc.tl.slots {
		if sl.covered && sl.tollUnknown() {
			return catalogue.Say("chart.marks-a-with-incidents-of-which", "period", unitName(pc.tl.period))
		}
	}
	return ""
}

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
		if sl.tollUnknown() {
			text = "?"
		}
		if !sl.covered || sl.tally.Incidents == 0 || st.width(text)+6 > pitch {
			continue
		}
		x := r.x0 + float64((float64(i)+0.5)*pitch)
		s.text("figure", st, x, r.y1-float64(persons(sum)/sc.top*r.h())-9, center, text)
	}
}

// names returns the labels on one or, where the stack is high enough for all of
// them, two lines, and the widest line.
func (pc *partyStack) names(s *sheet, height float64) ([][]string, float64) {
	b := style{size: noteType, weight: bold}
	limit := min(maxNameWidth, 0.25*s.w)
	labels := make([]string, len(pc.series))
	room := height
	for i, x := range pc.series {
		labels[i] = x.label
		room -= labelHeight(len(wrap(x.label, b, limit)))
	}
	var out [][]string
	width := style{size: noteType}.width(catalogue.Say("chart.whole-period-2")) - stackLead - stackWidth
	short := shortened(labels, b, limit)
	for i, x := range pc.series {
		ls := balanced(x.label, b, limit)
		if len(ls) > 2 || room < 0 {
			ls = short[i : i+1]
		}
		out = append(out, ls)
		for _, l := range ls {
			width = max(width, b.width(l))
		}
		width = max(width, style{size: noteType}.width(pc.share(x)))
	}
	return out, width
}

// labelHeight is the height of a label with its figure and the gap below.
func labelHeight(lines int) float64 { return float64(25*(lines+1)) + 9 }

// share returns "662 · 36 %".
func (pc *partyStack) share(x stackSeries) string {
	v := pc.measure.of(x.tally.Killed)
	text := stats.Number(stats.Persons(v))
	if x.tally.Killed.Known(x.tally.Incidents) == 0 && x.tally.Incidents > 0 {
		return catalogue.Say("chart.toll-unknown-3")
	}
	if sum := pc.measure.of(pc.whole.total().Killed); sum > 0 {
		text += " · " + percent(v, sum)
	}
	return text
}

// percent is stats.Percent with the sign held to its number.
func percent(part, whole int64) string { return noBreak(stats.Percent(part, whole)) }

// wholePeriod draws one stack over all periods, whose parts carry the labels.
func (pc *partyStack) wholePeriod(s *sheet, r rect, names [][]string) {
	t := s.theme
	sum := 0.0
	for _, x := range pc.series {
		sum += persons(pc.measure.of(x.tally.Killed))
	}
	if !(sum > 0) {
		return
	}
	s.text("key", style{noteType, regular, t.Muted, 0}, r.x0, r.y0-2, left, catalogue.Say("chart.whole-period-2"))
	bar := rect{r.x0, r.y0 + 12, r.x0 + stackWidth, r.y1}
	one := stackedColumns{stripe: -1, hatch: t.UnattributedHatch, lines: true}
	var want []float64
	at := 0.0
	for i, x := range pc.series {
		v := persons(pc.measure.of(x.tally.Killed))
		one.values = append(one.values, []float64{v})
		one.fills = append(one.fills, x.swatch(t))
		if x.last {
			one.stripe = i
		}
		want = append(want, -(bar.y1 - float64((at+float64(v/2))/sum*bar.h()))) // upward, so that positions ascend
		at += v
	}
	s.plot(bar, 0, 1, 0, sum, one)
	got := pc.spreadLabels(want, names, bar)
	tx := bar.x1 + stackLead
	for i, x := range pc.series {
		y := -got[i]
		h := labelHeight(len(names[i])) - 9
		s.stroke(t.Tick, 1, dot{bar.x1 + 2, -want[i]}, dot{bar.x1 + 7, -want[i]}, dot{tx - 10, y}, dot{tx - 5, y})
		y = s.lines("party", style{noteType, bold, x.swatch(t).Text, 0}, tx, y-float64(h/2)+20, 25, left, names[i])
		s.text("party", style{noteType, regular, t.Body, 0}, tx, y+25, left, pc.share(x))
	}
}

// spreadLabels returns the middles of the labels, as close to their parts as
// their heights allow.
func (pc *partyStack) spreadLabels(want []float64, names [][]string, bar rect) []float64 {
	need := 0.0
	for _, n := range names {
		need += labelHeight(len(n))
	}
	squeeze := min(1, (bar.h()+9)/need)
	var gaps []float64
	for i := 1; i < len(names); i++ {
		gaps = append(gaps, float64(squeeze*(labelHeight(len(names[i]))+labelHeight(len(names[i-1])))/2))
	}
	first, last := labelHeight(len(names[0])), labelHeight(len(names[len(names)-1]))
	return spread(want, gaps, -(bar.y1 - float64(first/2) + 4), -(bar.y0 + float64(last/2) - 4))
}
