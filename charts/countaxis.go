package charts

import (
	"math"

	"toll/stats"
)

// countScale is an axis of people or incidents: from 0, with whole-number ticks.
type countScale struct {
	step int64
	top  float64 // upper end of the domain
}

// newCountScale chooses the step that cuts max into about four, of 1, 2, 2.5 or
// 5 times a power of ten, and a domain just above max, or up to the next tick
// where that is near.
func newCountScale(maximum float64) countScale {
	return newCountScaleOf(maximum, 4)
}

func newCountScaleOf(maximum float64, intervals float64) countScale {
	if !(maximum > 0) {
		return countScale{step: 1, top: 1}
	}
	best := int64(1)
	off := math.Inf(1)
	for decade := int64(1); decade <= 1e17; decade *= 10 {
		for _, m := range [...]int64{10, 20, 25, 50} {
			if decade*m%10 != 0 {
				continue
			}
			step := decade * m / 10
			if d := math.Abs(maximum/float64(step) - intervals); d < off {
				best, off = step, d
			}
		}
	}
	s := countScale{step: best, top: maximum * 1.04}
	next := float64(math.Ceil(maximum/float64(best)) * float64(best))
	if next-maximum <= float64(0.25*float64(best)) {
		s.top = max(next, maximum)
	}
	return s
}

// barScale returns the scale of n bars that lie, and the width of its axis: the
// widest at which the figure right of each bar, where it ends, has room as well.
func barScale(n int, room float64, bar func(i int) (end, figure float64)) (countScale, float64) {
	top := 0.0
	for i := range n {
		end, _ := bar(i)
		top = max(top, end)
	}
	c := newCountScale(top)
	c.top = max(top, 1)
	width := room
	for i := range n {
		if end, figure := bar(i); end > 0 {
			width = min(width, float64((room-figure)*c.top)/end)
		}
	}
	return c, width
}

// ticks returns the tick values within the domain.
func (c countScale) ticks() []int64 {
	var out []int64
	for v := int64(0); float64(v) <= c.top && len(out) < 40; v += c.step {
		out = append(out, v)
	}
	return out
}

// labelWidth returns the width of the widest tick label.
func (c countScale) labelWidth(st style) float64 {
	w := 0.0
	for _, v := range c.ticks() {
		w = max(w, st.width(stats.Number(v)))
	}
	return w
}

// gutter is the room that the labels of countAxisLeft need.
func (c countScale) gutter() float64 { return c.labelWidth(style{size: tickType}) + 18 }

// countAxisLeft draws hairlines across the panel and labels left of it.
func (s *sheet) countAxisLeft(r rect, c countScale) {
	st := style{tickType, regular, s.theme.Muted, 0}
	for _, v := range c.ticks() {
		y := r.y1 - float64(float64(v)/c.top*r.h())
		if v > 0 {
			s.hline(r.x0, r.x1, y, 1, s.theme.Grid)
		}
		s.text("tick", st, r.x0-12, y+0.355*tickType, right, stats.Number(v))
	}
}

// baseline draws the zero line of a panel.
func (s *sheet) baseline(r rect) { s.hline(r.x0, r.x1, r.y1-1, 2, s.theme.Baseline) }

// countAxisTop draws vertical hairlines down the panel and labels above it.
func (s *sheet) countAxisTop(r rect, c countScale) {
	st := style{tickType, regular, s.theme.Muted, 0}
	free := math.Inf(-1)
	for _, v := range c.ticks() {
		x := r.x0 + float64(float64(v)/c.top*r.w())
		if v > 0 {
			s.vline(x, r.y0, r.y1, 1, s.theme.Grid)
		}
		label := stats.Number(v)
		half := float64(st.width(label) / 2)
		if x-half < free || x+half > s.w-margin {
			continue
		}
		s.text("tick", st, x, r.y0-12, center, label)
		free = x + half + 14
	}
}
