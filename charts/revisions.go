package charts

import (
	"cmp"
	"slices"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// revisionChart shows how the toll of single incidents moved from the first
// report to the latest.
type revisionChart struct {
	rows []revisionRow
	top  float64
}

type revisionRow struct {
	id         string
	name, when string
	start      data.Day
	steps      []revisionStep
}

type revisionStep struct {
	day   data.Day
	tally stats.Tally
}

// maxRevisions is how many incidents a page has room for.
const maxRevisions = 9

// revisions plans the chart from the table of tolls as of each report.
func (pl *planner) revisions() (Figure, Omitted) {
	const id = "revisions"
	t := pl.report.Table("revisions")
	if t == nil {
		return Figure{}, Omitted{}
	}
	rc := &revisionChart{}
	for _, r := range t.Rows {
		if r.Tally.Killed.Known(r.Tally.Incidents) == 0 {
			continue
		}
		name, when := claimRow{name: clean(r.Keys[0].Label), whole: true}.words()
		if n := len(rc.rows); n == 0 || rc.rows[n-1].id != r.Keys[0].ID {
			rc.rows = append(rc.rows, revisionRow{id: r.Keys[0].ID, name: name, when: when, start: r.Start()})
		}
		last := &rc.rows[len(rc.rows)-1]
		last.steps = append(last.steps, revisionStep{r.Start(), r.Tally})
	}
	rc.rows = slices.DeleteFunc(rc.rows, func(r revisionRow) bool {
		return len(r.steps) < 2 || value(&r.steps[0].tally) == value(&r.steps[len(r.steps)-1].tally)
	})
	if len(rc.rows) == 0 {
		return Figure{}, Omitted{id, catalogue.Say("chart.no-number-of-killed-was-revised")}
	}
	title := rc.title()
	more := rc.cut()
	for _, r := range rc.rows {
		for i := range r.steps {
			rc.top = max(rc.top, single(&r.steps[i].tally))
		}
	}
	f := Figure{ID: id, Kind: "revisions", Title: title, Subtitle: catalogue.Say("chart.people-killed-in-the-incident-as"), draw: rc.draw}
	rest := ""
	if more > 0 {
		rest = catalogue.Say("chart.those-that-moved-most-in-the", "more", counted(int64(more), "more-incidents"))
	}
	open := ""
	for _, r := range rc.rows {
		for _, s := range r.steps {
			if s.tally.Killed.Open > 0 {
				open = openNote(s.tally.Killed)
			}
		}
	}
	f.Note = sentences(catalogue.Say("chart.each-mark-is-the-toll-by"), rest, open)
	f.Alt = altText(catalogue.Say("chart.chart-of-the-revised-tolls-of", "rows", counted(int64(len(rc.rows)), "incidents")), "", rc.facts(), []string{f.Note}, id)
	f.Columns = []string{"incident", "incident_label", "as_of", "killed_low", "killed_best", "killed_high"}
	for _, r := range rc.rows {
		for _, s := range r.steps {
			best := ""
			if s.tally.Killed.HasBest() {
				best = exactNumber(s.tally.Killed.Best)
			}
			f.Rows = append(f.Rows, []string{r.id, r.name, s.day.String(), exactNumber(s.tally.Killed.Low), best, exactNumber(s.tally.Killed.High)})
		}
	}
	return f, Omitted{}
}

// cut keeps the incidents that moved most, by date, and returns how many it
// dropped.
func (rc *revisionChart) cut() int {
	moved := func(r revisionRow) int64 {
		d := value(&r.steps[len(r.steps)-1].tally) - value(&r.steps[0].tally)
		return max(d, -d)
	}
	slices.SortStableFunc(rc.rows, func(x, y revisionRow) int { return cmp.Compare(moved(y), moved(x)) })
	more := max(0, len(rc.rows)-maxRevisions)
	rc.rows = rc.rows[:len(rc.rows)-more]
	slices.SortStableFunc(rc.rows, func(x, y revisionRow) int {
		return cmp.Or(cmp.Compare(x.steps[0].day, y.steps[0].day), cmp.Compare(x.name, y.name))
	})
	return more
}

func (rc *revisionChart) title() string {
	if len(rc.rows) == 1 {
		r := rc.rows[0]
		a, b := r.steps[0].tally, r.steps[len(r.steps)-1].tally
		return catalogue.Say("chart.the-toll-of-one-incident-went", "incidents", a.Killed.Range(a.Incidents), "incidents2", b.Killed.Range(b.Incidents))
	}
	up := 0
	for _, r := range rc.rows {
		if value(&r.steps[len(r.steps)-1].tally) > value(&r.steps[0].tally) {
			up++
		}
	}
	n := stats.Number(int64(len(rc.rows)))
	switch up {
	case len(rc.rows):
		return catalogue.Say("chart.the-tolls-of-incidents-rose-after", "n", n)
	case 0:
		return catalogue.Say("chart.the-tolls-of-incidents-fell-after", "n", n)
	}
	return catalogue.Say("chart.of-revised-tolls-rose-after-the", "n", n, "up", stats.Number(int64(up)))
}

func (rc *revisionChart) facts() []string {
	var out []string
	for _, r := range rc.rows[:min(3, len(rc.rows))] {
		a, b := r.steps[0], r.steps[len(r.steps)-1]
		out = append(out, catalogue.Say("chart.as-of-as-of", "name", r.name, "incidents", a.tally.Killed.Figure(a.tally.Incidents), "day", stats.DayText(a.day), "incidents2", b.tally.Killed.Figure(b.tally.Incidents), "day2", stats.DayText(b.day)))
	}
	return out
}

func (rc *revisionChart) draw(s *sheet, area rect) {
	t := s.theme
	name := style{labelType, regular, t.Body, 0}
	small := style{smallType, regular, t.Muted, 0}
	limit := 0.30 * s.w
	gutter := 0.0
	for _, r := range rc.rows {
		gutter = max(gutter, min(limit, name.width(r.name)), min(limit, small.width(r.when)))
	}
	g := claimGeometry{scale: newCountScale(max(rc.top, 1))}
	room := 0.0
	for _, r := range rc.rows {
		tolls, days := r.words()
		room = max(room, style{size: noteType, weight: bold}.width(tolls), small.width(days))
	}
	g.plot = rect{area.x0 + gutter + 18, area.y0 + 44, area.x1 - room - 24, area.y1 - 4}
	g.pitch = min(g.plot.h()/float64(len(rc.rows)), 130)
	g.plot.y1 = g.plot.y0 + float64(g.pitch*float64(len(rc.rows)))
	s.countAxisTop(g.plot, g.scale)
	for i := range rc.rows {
		if i > 0 {
			s.hline(area.x0, area.x1, g.plot.y0+float64(float64(i)*g.pitch), 1, t.Grid)
		}
	}
	s.plot(g.plot, 0, g.scale.top, 0, g.plot.h(), revisionMarks{rc, g, t})
	s.vline(g.plot.x0-1, g.plot.y0, g.plot.y1, 2, t.Baseline)
	for i, r := range rc.rows {
		mid := g.plot.y0 + float64((float64(i)+0.5)*g.pitch)
		x := g.plot.x0 - 16
		if r.when == "" {
			s.text("name", name, x, mid+0.355*labelType, right, fit(r.name, name, limit))
		} else {
			s.text("name", name, x, mid-2, right, fit(r.name, name, limit))
			s.text("date", small, x, mid+22, right, fit(r.when, small, limit))
		}
		rc.labels(s, g, r, mid)
	}
}

// words are the tolls and the days of a row, from the first to the last.
func (r revisionRow) words() (tolls, days string) {
	first, last := &r.steps[0], &r.steps[len(r.steps)-1]
	tolls = first.tally.Killed.Figure(first.tally.Incidents) + " → " + last.tally.Killed.Figure(last.tally.Incidents)
	return tolls, dayName(first.day) + " → " + dayName(last.day)
}

// labels writes both tolls and their days right of the outer mark.
func (rc *revisionChart) labels(s *sheet, g claimGeometry, r revisionRow, mid float64) {
	t := s.theme
	x := g.plot.x0
	for i := range r.steps {
		x = max(x, g.plot.x0+float64(single(&r.steps[i].tally)/g.scale.top*g.plot.w()))
	}
	tolls, days := r.words()
	s.text("figure", style{noteType, bold, t.Killed.Text, 3}, x+20, mid-1, left, tolls)
	s.text("day", style{smallType, regular, t.Muted, 3}, x+20, mid+20, left, days)
}

// revisionMarks draws the steps of each toll, the earlier ones open.
type revisionMarks struct {
	rc *revisionChart
	g  claimGeometry
	t  *Theme
}

// Plot draws the rows; the y axis is in pixels of the page, upward.
func (d revisionMarks) Plot(c draw.Canvas, p *plot.Plot) {
	pn := onPane(c, p)
	for i, r := range d.rc.rows {
		mid := c.Max.Y - px(float64((float64(i)+0.5)*d.g.pitch))
		at := func(s *revisionStep) vg.Point { return vg.Point{X: pn.x(single(&s.tally)), Y: mid} }
		last := len(r.steps) - 1
		pn.line(d.t.Other.Fill, 3, nil, at(&r.steps[0]), at(&r.steps[last]))
		for k := range r.steps {
			q := at(&r.steps[k])
			pn.disc(white, q, 12)
			pn.disc(d.t.Killed.Fill, q, 10)
			if k < last {
				pn.disc(white, q, 6)
			}
		}
	}
}
