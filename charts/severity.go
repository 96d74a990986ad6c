package charts

import (
	"math"
	"strconv"

	"toll/internal/catalogue"
	"toll/stats"
)

// severityChart shows how many of the fatal incidents killed at least so many.
type severityChart struct {
	sizes   []severitySize // ascending, from one person on
	fatal   uint32
	deaths  int64 // persons
	best    bool
	reading []int64 // sizes at which a figure is written
	tail    *tailLine
}

type severitySize struct {
	n       int64  // persons
	at      uint32 // incidents of that size
	atLeast uint32 // of that size or larger
	deaths  int64  // killed in those, in units
}

// leastSizes is how many sizes a distribution needs to have a shape.
const leastSizes = 5

// severity plans the distribution of incidents by the number they killed.
func (pl *planner) severity() (Figure, Omitted) {
	const id = "severity"
	t := pl.report.Table("by-severity")
	if t == nil {
		return Figure{}, Omitted{id, catalogue.Say("chart.there-is-no-table-by-size")}
	}
	c := &severityChart{best: true}
	var unknown, none uint32
	for _, r := range t.Rows {
		n, err := strconv.ParseInt(r.Keys[0].ID, 10, 64)
		switch {
		case r.Keys[0].Kind != stats.Named || err != nil:
			unknown += r.Tally.Incidents
		case n <= 0:
			none += r.Tally.Incidents
		default:
			c.best = c.best && r.Tally.Killed.HasBest()
			c.sizes = append(c.sizes, severitySize{n: n, at: r.Tally.Incidents, deaths: n * int64(r.Tally.Incidents)})
		}
	}
	if len(c.sizes) < leastSizes {
		return Figure{}, Omitted{id, catalogue.Say("chart.fatal-incidents-are-of-fewer-than", "leastSizes", lower(spelt(leastSizes)))}
	}
	for i := len(c.sizes) - 1; i >= 0; i-- {
		s := &c.sizes[i]
		c.fatal += s.at
		c.deaths += s.deaths
		s.atLeast, s.deaths = c.fatal, c.deaths
	}
	if c.fatal < 20 {
		return Figure{}, Omitted{id, catalogue.Say("chart.fewer-than-20-incidents-are-known")}
	}
	c.choose()
	c.tail = newTailLine(pl.report.Sheet("tail"))
	what := catalogue.Say("chart.best-figures")
	if !c.best {
		what = catalogue.Say("chart.best-figures-or-the-lowest-where")
	}
	f := Figure{ID: id, Kind: "severity", draw: c.draw, Title: c.title(pl.in()),
		Subtitle: catalogue.Say("chart.share-of-fatal-incidents-with-at", "when", pl.when())}
	f.Note = sentences(catalogue.Say("chart.incidents-with-at-least-one-reported", "fatal", stats.Number(int64(c.fatal)), "what", what), c.left(none, unknown), c.tail.note())
	f.Columns = []string{"killed_at_least", "incidents_of_this_size", "incidents_at_least"}
	for _, s := range c.sizes {
		f.Rows = append(f.Rows, []string{strconv.FormatInt(s.n, 10), countCell(s.at), countCell(s.atLeast)})
	}
	f.Alt = altText(catalogue.Say("chart.distribution-of-fatal-incidents-by-the", "in", pl.in(), "when", pl.when()),
		totalSentence(pl.report.Total), c.facts(), []string{c.left(none, unknown)}, id)
	return f, Omitted{}
}

// left says which incidents are not shown.
func (c *severityChart) left(none, unknown uint32) string {
	return notShown(catalogue.Say("chart.not-shown"), unseen{none, catalogue.Say("chart.without-a-reported-death")}, unseen{unknown, catalogue.Say("chart.with-an-unknown-toll")})
}

// choose picks up to two sizes to write a figure at: round ones that some but
// few incidents reach.
func (c *severityChart) choose() {
	largest := c.sizes[len(c.sizes)-1].n
	for _, n := range []int64{1000, 500, 100, 50, 10, 5} {
		k := c.atLeast(n)
		if n > largest || k.atLeast < 3 || 2*k.atLeast > c.fatal || len(c.reading) > 0 && (c.reading[0] < 4*n || k.atLeast < 2*c.atLeast(c.reading[0]).atLeast) {
			continue
		}
		if c.reading = append(c.reading, n); len(c.reading) == 2 {
			return
		}
	}
}

// atLeast returns the smallest size from n on.
func (c *severityChart) atLeast(n int64) severitySize {
	for _, s := range c.sizes {
		if s.n >= n {
			return s
		}
	}
	return severitySize{}
}

// title says how much of the dying happened in few incidents, where best figures
// carry it.
func (c *severityChart) title(where string) string {
	plain := catalogue.Say("chart.how-deadly-single-incidents-were", "where", where)
	if !c.best {
		return plain
	}
	for _, s := range c.sizes { // the largest group that is at most a tenth
		if int64(s.atLeast)*10 > int64(c.fatal) {
			continue
		}
		if s.atLeast < 2 {
			break
		}
		return catalogue.Say("chart.incidents-of-those-with-a-death", "atLeast", stats.Number(int64(s.atLeast)), "atLeast2", percent(int64(s.atLeast), int64(c.fatal)), "deaths", percent(s.deaths, c.deaths))
	}
	return plain
}

func (c *severityChart) words(n int64) string {
	k := c.atLeast(n).atLeast
	share := percent(int64(k), int64(c.fatal))
	if int64(k)*1000 < int64(c.fatal) {
		share = "under" + nbsp + "0.1" + nbsp + "%"
	}
	return catalogue.Say("chart.killed-or-more", "incidents", incidents(k), "share", share, "number", stats.Number(n))
}

func (c *severityChart) facts() []string {
	var out []string
	for _, n := range c.reading {
		out = append(out, c.words(n))
	}
	return append(out, catalogue.Say("chart.the-deadliest-killed", "number", stats.Number(c.sizes[len(c.sizes)-1].n)))
}

// shareOf is the height of a point: the logarithm of a share.
func (c *severityChart) shareOf(k uint32) float64 {
	return float64(math.Log10(float64(k) / float64(c.fatal)))
}
