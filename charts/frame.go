package charts

import (
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// The vertical measures of the page frame, in pixels.
const (
	titleTop        = 53
	titleLeading    = 48.7
	subtitleGap     = 46
	subtitleLeading = 34.6
	contentGap      = 22
	footerLeading   = 26
	footerBottom    = 26
)

// frame draws what every page has — accent bar, title, subtitle, note, source,
// stamp — and returns the area left for the chart.
func (s *sheet) frame(f *Figure) rect {
	t := s.theme
	inner := s.w - 2*margin
	s.block(rect{margin, 34, margin + 64, 41}, t.Accent)
	if f.context.Synthetic {
		s.text("synthetic", style{smallType, bold, t.Muted, 0}, s.w-margin, 44, right, catalogue.Say("chart.synthetic-data-no-real-events"))
	}
	st := style{titleType, bold, t.Ink, 0}
	st, ls := s.twoLines(f.Title, st, inner)
	y := s.lines("title", st, margin, titleTop+0.86*titleType, titleLeading, left, ls)
	sub, ls := s.twoLines(f.Subtitle, style{subtitleType, regular, t.Muted, 0}, inner)
	if len(ls) > 0 {
		y = s.lines("subtitle", sub, margin, y+subtitleGap, subtitleLeading, left, ls)
	}
	return rect{margin, y + contentGap, s.w - margin, s.footer(f)}
}

// twoLines breaks a heading into at most two balanced lines, in type down to
// three quarters of the size where that keeps it whole; what does not fit even so
// is cut with an ellipsis and reported, the whole being in the metadata.
func (s *sheet) twoLines(str string, st style, width float64) (style, []string) {
	for small := st; small.size >= 0.75*st.size; small.size-- {
		if ls := balanced(str, small, width); len(ls) <= 2 {
			return small, ls
		}
	}
	ls := wrap(str, st, width)
	s.warn(catalogue.Say("chart.heading-too-long-for-two-lines", "str", str))
	return st, []string{ls[0], fit(strings.Join(ls[1:], " "), st, width)}
}

// maxNoteLines bounds the notes, so that the chart keeps its place.
const maxNoteLines = 6

// footer draws note, source and stamp from the bottom up and returns where the
// content must end.
func (s *sheet) footer(f *Figure) float64 {
	t := s.theme
	st := style{footerType, regular, t.Muted, 0}
	inner := s.w - 2*margin
	stamp := f.context.stamp()
	source := f.context.sourceLine(f.ID == "map")
	last := s.h - footerBottom
	room := inner
	if stamp != "" {
		room -= s.text("stamp", st, s.w-margin, last, right, stamp) + 28
	}
	var ls []string
	if f.Note != "" {
		ls = wrap(catalogue.Say("chart.note", "note", f.Note), st, inner)
		if len(ls) > maxNoteLines {
			ls = append(ls[:maxNoteLines-1], fit(strings.Join(ls[maxNoteLines-1:], " "), st, inner))
			s.warn(catalogue.Say("chart.note-too-long-cut", "note", f.Note))
		}
	}
	src := wrap(source, st, room)
	if len(src) > 2 {
		src = []string{src[0], fit(strings.Join(src[1:], " "), st, room)}
		s.warn(catalogue.Say("chart.source-line-too-long-cut", "source", source))
	}
	if len(src) == 0 && stamp != "" {
		src = []string{""}
	}
	ls = append(ls, src...)
	first := last - float64(footerLeading*float64(len(ls)-1))
	s.lines("footer", st, margin, first, footerLeading, left, ls)
	rule := grid(first - 30)
	s.hline(margin, s.w-margin, rule, 1, t.Rule)
	return rule - 14
}

// sourceLine is the line on where the data is from, and for a map its lines.
func (c Context) sourceLine(isMap bool) string {
	src := clean(c.Source)
	if src == "" {
		src = catalogue.Say("chart.not-stated")
	}
	if isMap && c.Basemap != nil && c.Basemap.Credit != "" {
		src += catalogue.Say("chart.map", "credit", clean(c.Basemap.Credit))
	}
	return catalogue.Say("chart.source", "src", src)
}

// stamp says which data a page shows: its last day and the hash of the input.
// It names no tool version, so that a new release does not redraw every page.
func (c Context) stamp() string {
	var parts []string
	if c.Cutoff != data.NoDay && c.Cutoff != 0 {
		parts = append(parts, catalogue.Say("chart.data-to", "cutoff", dayName(c.Cutoff)))
	}
	if h := c.InputSHA256; len(h) >= 8 {
		parts = append(parts, catalogue.Say("chart.input-sha256", "part", h[:4], "part2", h[len(h)-4:]))
	}
	return strings.Join(parts, " · ")
}
