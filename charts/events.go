package charts

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// Event is something to be noted beside a time axis, such as a ceasefire. It is
// the user's own remark; no figure depends on it.
type Event struct {
	Day   data.Day
	Label string
}

// text is how an event is written.
func (e Event) text() string { return dayName(e.Day) + ": " + clean(e.Label) }

// eventsOn are the events of the run that lie on an axis, by day.
func (pl *planner) eventsOn(tl *timeline) []Event {
	var out []Event
	for _, e := range pl.ctx.Events {
		if n := len(tl.slots); n > 0 {
			if at := tl.position(e.Day); at >= 0 && at < float64(n) {
				e.Label = pl.drawable(clean(e.Label))
				out = append(out, e)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Event) int { return int(a.Day) - int(b.Day) })
	return out
}

// eventsOutside says which events lie outside the days that the report covers.
func (pl *planner) eventsOutside() []string {
	var out []string
	for _, e := range pl.ctx.Events {
		if pl.ctx.First != data.NoDay && (e.Day < pl.ctx.First || e.Day > pl.ctx.Last) {
			out = append(out, catalogue.Say("chart.events-lies-outside-the-days-covered", "day", stats.DayText(e.Day), "label", strconv.Quote(clean(e.Label))))
		}
	}
	return out
}

// eventsAlt is what the alternative text says of them.
func eventsAlt(evs []Event) string {
	if len(evs) == 0 {
		return ""
	}
	return catalogue.Say("chart.with-noted", "evs", counted(int64(len(evs)), "events"))
}

// eventsNote says whose remarks they are.
func eventsNote(evs []Event) string {
	if len(evs) == 0 {
		return ""
	}
	return catalogue.Say("chart.events-are-noted-by-the-author")
}

// eventCells are the events of each slot, for the plotted rows.
func eventCells(evs []Event, tl *timeline) []string {
	out := make([]string, len(tl.slots))
	for _, e := range evs {
		i := int(tl.position(e.Day))
		if out[i] != "" {
			out[i] += "; "
		}
		out[i] += strings.ReplaceAll(e.text(), nbsp, " ")
	}
	return out
}

// The measures of the strip of events, in pixels.
const (
	eventStrip   = 60 // two lines of labels
	eventLeading = 26
	eventLead    = 7 // from the leader to its label
	numberPitch  = 30
)

// placedEvent is an event and where its label stands.
type placedEvent struct {
	x     float64
	lines []string
	side  align // left: the label starts at the leader
}

// eventLayout is how the events of a chart are written: beside their leaders, or
// where there is no room for that, as numbers with a list above.
type eventLayout struct {
	events  []placedEvent
	numbers bool
	list    []string
	height  float64
	cut     int // events that the list has no room for
}

// eventStyle is the type of events.
func eventStyle(t *Theme) style { return style{noteType, regular, t.Body, 0} }

// layEvents writes the events over a panel from lo to hi; xs ascend.
func layEvents(evs []Event, xs []float64, lo, hi float64) eventLayout {
	if len(evs) == 0 {
		return eventLayout{}
	}
	for _, narrow := range []bool{false, true} {
		if l, ok := labelledEvents(evs, xs, lo, hi, narrow); ok {
			return l
		}
	}
	return numberedEvents(evs, xs, lo, hi)
}

// labelledEvents places each label right of its leader, else left of it, on one
// line or two, or, where narrow, on two rather than one. No label crosses another
// leader.
func labelledEvents(evs []Event, xs []float64, lo, hi float64, narrow bool) (eventLayout, bool) {
	st := style{size: noteType}
	l := eventLayout{height: eventStrip}
	free := lo // the right edge of what is placed
	for i, e := range evs {
		next := hi
		if i+1 < len(xs) {
			next = xs[i+1] - 10
		}
		right, left := next-xs[i]-eventLead, xs[i]-eventLead-free-14
		p := placedEvent{x: xs[i]}
		half := max(float64(0.55*st.width(e.text())), 60)
		switch {
		case narrow && half < right && tryLines(&p, e, st, half, 2), tryLines(&p, e, st, right, 1), tryLines(&p, e, st, right, 2):
			free = xs[i] + eventLead + widest(p.lines, st)
		case narrow && half < left && tryLines(&p, e, st, half, 2), tryLines(&p, e, st, left, 1), tryLines(&p, e, st, left, 2):
			p.side, free = endsAtLeader, xs[i]
		default:
			return l, false
		}
		l.events = append(l.events, p)
	}
	return l, true
}

// endsAtLeader is the side of a label that stands left of its leader.
const endsAtLeader = right

// tryLines sets the label in at most n lines of a width.
func tryLines(p *placedEvent, e Event, st style, width float64, n int) bool {
	if width < 60 {
		return false
	}
	p.lines = balanced(e.text(), st, width)
	return len(p.lines) <= n && widest(p.lines, st) <= width
}

func widest(ls []string, st style) float64 {
	w := 0.0
	for _, l := range ls {
		w = max(w, st.width(l))
	}
	return w
}

// maxEventLines is how many lines the list of numbered events may take.
const maxEventLines = 3

func numberedEvents(evs []Event, xs []float64, lo, hi float64) eventLayout {
	st := style{size: noteType}
	l := eventLayout{numbers: true}
	for n := len(evs); n > 0; n-- { // the last ones give way
		var parts []string
		for i, e := range evs[:n] {
			parts = append(parts, noBreak("["+strconv.Itoa(i+1)+"] "+fit(e.text(), st, float64(0.6*(hi-lo)))))
		}
		l.list, l.cut = wrap(strings.Join(parts, "; "), st, hi-lo), len(evs)-n
		if len(l.list) <= maxEventLines && float64(numberPitch*float64(n)) <= hi-lo {
			break
		}
	}
	for i := range evs[:len(evs)-l.cut] {
		l.events = append(l.events, placedEvent{x: xs[i], lines: []string{strconv.Itoa(i + 1)}})
	}
	l.height = float64(eventLeading*float64(len(l.list))) + 40
	return l
}

// drawEvents draws the events in the strip that ends at bottom, each with a
// leader down to reach(i), the top of what the panel shows there.
func (s *sheet) drawEvents(l eventLayout, lo, hi, bottom float64, reach func(i int) float64) {
	st := eventStyle(s.theme)
	top := bottom - l.height
	if !l.numbers {
		for i, e := range l.events {
			s.vline(e.x, top+4, max(reach(i)-9, bottom), 1, s.theme.Tick)
			x, side := e.x+eventLead, left
			if e.side == endsAtLeader {
				x, side = e.x-eventLead, right
			}
			s.lines("event", st, x, top+22, eventLeading, side, e.lines)
		}
		return
	}
	s.lines("event", st, lo, top+22, eventLeading, left, l.list)
	var want, gaps []float64
	for i, e := range l.events {
		want = append(want, e.x)
		if i > 0 {
			gaps = append(gaps, numberPitch)
		}
	}
	y := bottom - 16
	for i, x := range spread(want, gaps, lo+8, hi-8) {
		e := l.events[i]
		if math.Abs(x-e.x) > 1 {
			s.stroke(s.theme.Tick, 1, dot{grid(x) + 0.5, y + 8}, dot{grid(e.x) + 0.5, bottom + 2})
		}
		s.vline(e.x, bottom+2, max(reach(i)-9, bottom+4), 1, s.theme.Tick)
		s.text("event", style{footerType, bold, s.theme.Ink, 0}, x, y, center, e.lines[0])
	}
	if l.cut > 0 {
		s.warn(catalogue.Say("chart.no-room-for-see-the-table", "cut", counted(int64(l.cut), "events")))
	}
}
