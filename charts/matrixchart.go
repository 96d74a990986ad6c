package charts

import (
	"image/color"
	"slices"
	"strings"

	"toll/internal/catalogue"
	"toll/stats"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

func (mc *matrixChart) draw(s *sheet, area rect) {
	t := s.theme
	name := style{labelType, regular, t.Body, 0}
	limit := min(360, 0.26*s.w)
	gutter := name.strong().width(catalogue.Say("chart.all-places"))
	var names []string
	for _, p := range mc.places {
		names = append(names, p.label)
	}
	n := mc.ranked()
	plain := float64(float64(len(mc.places)-n+1) * plainRow) // rows below the rule
	set := rowNames(names[:n], name, limit, (area.h()-plain-12-100)/float64(n))
	set = append(set, rowNames(names[n:], name, limit, 0)...)
	for _, x := range set {
		gutter = max(gutter, x.width(name))
	}
	total := style{labelType, bold, t.Ink, 0}
	side := 60.0
	for _, p := range mc.places {
		side = max(side, total.width(mc.text(p.tally)))
	}
	side = max(side, total.width(mc.text(mc.all)))
	g := rect{area.x0 + gutter + 16, area.y0, area.x1 - side - 24, area.y1}
	cell := g.w() / float64(len(mc.columns))
	g.x1 = g.x0 + float64(cell*float64(len(mc.columns)))
	g.y0 += mc.heads(s, g, cell, area.x1)
	pitch := min((area.y1-g.y0-plain-12)/float64(n), 110)
	g.y1 = g.y0 + float64(pitch*float64(n))
	mc.drawCells(s, g, cell, pitch)
	for i, p := range mc.places[:n] {
		mid := g.y0 + float64((float64(i)+0.5)*pitch)
		y := mid + 0.355*labelType
		s.drawName(name, g.x0-14, mid, set[i])
		s.text("total", total, area.x1, y, right, mc.text(p.tally))
	}
	s.hline(area.x0, area.x1, g.y1+7, 1, t.Rule)
	y := g.y1 + 38
	value := mc.narrowed(style{noteType, regular, t.Muted, 0}, cell)
	for i, p := range mc.places[n:] {
		s.text("name", name.in(t.Muted), g.x0-14, y, right, set[n+i].lines[0])
		for k, c := range mc.cells[n+i] {
			s.text("cell", value, g.x0+float64((float64(k)+0.5)*cell), y, center, mc.text(c))
		}
		s.text("total", style{labelType, regular, t.Muted, 0}, area.x1, y, right, mc.text(p.tally))
		y += plainRow
	}
	s.text("name", total, g.x0-14, y, right, catalogue.Say("chart.all-places"))
	total = mc.narrowed(total, cell)
	for k := range mc.columns {
		s.text("total", total, g.x0+float64((float64(k)+0.5)*cell), y, center, mc.text(mc.sums[k]))
	}
	s.text("total", style{labelType, bold, t.Ink, 0}, area.x1, y, right, mc.text(mc.all))
}

// plainRow is the height of a row without shading.
const plainRow = 37

// narrowed reduces a style until the figures of every column fit their cell.
func (mc *matrixChart) narrowed(st style, cell float64) style {
	for ; st.size > smallType; st.size-- {
		fits := true
		for k := range mc.columns {
			fits = fits && st.width(mc.text(mc.sums[k]))+10 <= cell
			for _, row := range mc.cells {
				fits = fits && st.width(mc.text(row[k]))+10 <= cell
			}
		}
		if fits {
			break
		}
	}
	return st
}

// heads writes the column headings and returns their height.
func (mc *matrixChart) heads(s *sheet, g rect, cell, right1 float64) float64 {
	t := s.theme
	st := style{noteType, bold, t.Body, 0}
	heads, size := mc.headLines(st, cell-12)
	st.size = size
	most := 1
	for _, ls := range heads {
		most = max(most, len(ls))
	}
	leading := grid(1.18 * st.size)
	height := float64(leading*float64(most)) + 12
	for k, ls := range heads {
		h := st
		if mc.columns[k].grey {
			h = h.in(t.Unattributed.Text)
		}
		first := g.y0 + height - 12 - float64(leading*float64(len(ls)-1))
		s.lines("head", h, g.x0+float64((float64(k)+0.5)*cell), first, leading, center, ls)
	}
	s.text("head", st, right1, g.y0+height-12, right, catalogue.Say("chart.all"))
	return height
}

// headLines breaks the headings into at most three lines, in the largest type in
// which no word is broken. Those that never fit are shortened so that they stay
// apart.
func (mc *matrixChart) headLines(st style, width float64) ([][]string, float64) {
	labels := make([]string, len(mc.columns))
	for i, c := range mc.columns {
		labels[i] = c.label
	}
	full := st.size
	for ; ; st.size-- {
		heads, ok := make([][]string, len(labels)), true
		for i, l := range labels {
			heads[i] = balanced(l, st, width)
			ok = ok && len(heads[i]) <= 3 && unbroken(l, st, width)
		}
		if ok {
			return heads, st.size
		}
		if st.size > smallType {
			continue
		}
		i := slices.Index(labels, stats.Unattributed())
		if i < 0 || unbroken(stats.Unattributed(), st, width) {
			break
		}
		labels[i], st.size = catalogue.Say("chart.un-attributed"), full+1 // the one word of the chart's own, as print divides it
	}
	heads := make([][]string, len(labels))
	short := shortened(labels, st, width)
	for i, l := range labels {
		heads[i] = balanced(l, st, width)
		if len(heads[i]) > 3 || !unbroken(l, st, width) {
			heads[i] = shortHead(l, short[i], st, width)
		}
	}
	return heads, st.size
}

// unbroken reports whether every word fits a line.
func unbroken(s string, st style, width float64) bool {
	for _, w := range breakable(s) {
		if st.width(w) > width {
			return false
		}
	}
	return true
}

// shortHead shortens a heading to two lines: the sides of a name of several
// parties, else its beginning and its end.
func shortHead(l, short string, st style, width float64) []string {
	if a, joiner, b, ok := sides(l); ok {
		return []string{fit(a, st, width), fitMiddle(strings.TrimLeft(joiner, " ")+b, st, width)}
	}
	head := wrap(l, st, width)[0]
	if !strings.HasPrefix(l, head+" ") {
		return []string{short}
	}
	return []string{head, fitMiddle(l[len(head)+1:], st, width)}
}

func (mc *matrixChart) drawCells(s *sheet, g rect, cell, pitch float64) {
	t := s.theme
	value := mc.narrowed(style{noteType, regular, t.Ink, 0}, cell)
	heat := heatCells{mc: mc, t: t}
	heat.top, heat.greyTop = mc.highest()
	n := mc.ranked()
	s.plot(g, 0, float64(len(mc.columns)), 0, float64(n), heat)
	for i, row := range mc.cells[:n] {
		for k, c := range row {
			st := value.in(t.inkOn(heat.fill(i, k)))
			text := mc.text(c)
			if text == "–" {
				st = st.in(t.Muted)
			}
			if text == "?" {
				st = style{noteType, bold, t.Body, 3.5}
			}
			s.text("cell", st, g.x0+float64((float64(k)+0.5)*cell), g.y0+float64((float64(i)+0.5)*pitch)+0.355*noteType, center, text)
		}
	}
}

// heatCells shades the cells of a matrix. Nothing reported, zero reported and
// unknown look different.
type heatCells struct {
	mc           *matrixChart
	t            *Theme
	top, greyTop int64
}

func (h heatCells) fill(i, k int) color.NRGBA {
	c := h.mc.cells[i][k]
	switch {
	case c.Incidents == 0 || c.Killed.Known(c.Incidents) == 0:
		return white
	case h.mc.measure.of(c.Killed) <= 0:
		return h.t.Zero
	case h.mc.columns[k].grey:
		return ramp(h.t.GreyHeat, h.mc.shade(c, h.greyTop))
	}
	return ramp(h.t.Heat, h.mc.shade(c, h.top))
}

// Plot draws the cells.
func (h heatCells) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	n := p.Y.Max
	for i, row := range h.mc.cells[:h.mc.ranked()] {
		for k, tally := range row {
			a := vg.Point{X: pn.x(float64(k)), Y: pn.y(n - float64(i))}
			b := vg.Point{X: pn.x(float64(k+1)) - px(3), Y: pn.y(n-float64(i)-1) + px(3)}
			if tally.Incidents > 0 && tally.Killed.Known(tally.Incidents) == 0 {
				pn.hatch(h.t.NoData, a, b, noDataPitch, noDataWidth)
				continue
			}
			pn.fillRect(h.fill(i, k), a, b)
		}
	}
}
