package charts

import (
	"toll/internal/catalogue"
	"toll/stats"
)

// maxRows is how many places or parties are ranked by name.
const maxRows = 10

// rankRow is one bar.
type rankRow struct {
	name   string // as the data writes it
	label  string // as it is drawn
	tally  stats.Tally
	swatch func(*Theme) Swatch
	below  bool // under the rule: not ranked
	blank  bool // hatched: location unknown, unattributed
}

// rankChart is a ranked list of bars with their ranges.
type rankChart struct {
	rows    []rankRow
	measure measure
}

// rankedPlaces plans the bars by location.
func (pl *planner) rankedPlaces() (Figure, Omitted) {
	const id = "locations"
	t := pl.report.Table("by-" + pl.level)
	if t == nil {
		return Figure{}, Omitted{id, catalogue.Say("chart.no-incident-states-a-location")}
	}
	es := sumBy(t, 0)
	_, places := pl.placeWords()
	bar := func(t *Theme) Swatch { return Swatch{Fill: t.Bar, Text: t.Body} }
	rc, why := pl.rank(es, catalogue.Say("chart.other-2"), places, pl.placeName, pl.placeLabel, func(stats.Key) func(*Theme) Swatch { return bar })
	if why != "" {
		return Figure{}, Omitted{id, why}
	}
	total := es.total()
	f := rankFigure(id, rc)
	f.Title, f.Subtitle = pl.placeTitle(es, rc.measure)
	f.Note = sentences(rc.rankNote(), rc.measure.note(total, "ranked"), unknownNote(total.Killed), openNote(total.Killed))
	f.Alt = altText(catalogue.Say("chart.ranked-bars-of-people-reported-killed", "in", pl.in(), "when", pl.when()),
		totalSentence(pl.report.Total), rc.facts(),
		[]string{rc.rankNote(), unknownNote(total.Killed)}, id)
	return f, Omitted{}
}

// rankedParties plans the bars by party.
func (pl *planner) rankedParties() (Figure, Omitted) {
	const id = "perpetrators"
	t := pl.report.Table("by-party")
	if t == nil {
		return Figure{}, Omitted{id, catalogue.Say("chart.there-is-no-table-by-party")}
	}
	es := sumBy(t, 0)
	rc, why := pl.rank(es, catalogue.Say("chart.other-named-2"), catalogue.Say("chart.parties"), pl.partyName, pl.partyLabel, func(k stats.Key) func(*Theme) Swatch {
		return func(t *Theme) Swatch { return pl.ctx.Parties.swatch(t, k) }
	})
	if why != "" {
		return Figure{}, Omitted{id, why}
	}
	total := pl.report.Total
	if total.Incidents == 0 {
		total = es.total()
	}
	f := rankFigure(id, rc)
	f.Title, f.Subtitle = pl.deathsByParty("")+pl.when(), barWords(rc.measure)
	overlap := ""
	if !t.Additive && !t.TollsAdditive {
		overlap = catalogue.Say("chart.an-incident-counts-for-every-party")
	}
	f.Note = sentences(pl.partyNote(), rc.rankNote(), overlap, rc.measure.note(total, "ranked"), unknownNote(total.Killed), openNote(total.Killed))
	f.Alt = altText(catalogue.Say("chart.ranked-bars", "deathsByParty", lowerFirst(pl.deathsByParty("")), "when", pl.when()),
		totalSentence(pl.report.Total), rc.facts(),
		[]string{pl.partyNote(), rangeNote(total.Killed), unknownNote(total.Killed)}, id)
	return f, Omitted{}
}

func bandNote() string { return catalogue.Say("chart.band") }

// rangeNote is bandNote where there is a range.
func rangeNote(sums ...stats.Sum) string {
	for _, s := range sums {
		if s.Low != s.High {
			return bandNote()
		}
	}
	return ""
}

// barWords says how to read the bars.
func barWords(m measure) string {
	if m.best {
		return catalogue.Say("chart.bar-best-figure-line-low-to")
	}
	return catalogue.Say("chart.strong-bar-lowest-figure-faint-bar") // of either lightness: themes differ
}

func rankFigure(id string, rc *rankChart) Figure {
	f := Figure{ID: id, Kind: "ranked", draw: rc.draw}
	f.Columns = append([]string{"name", "ranked", "incidents"}, sumColumns("killed")...)
	for _, r := range rc.rows {
		rank := "yes"
		if r.below {
			rank = "no"
		}
		f.Rows = append(f.Rows, append([]string{r.name, rank, countCell(r.tally.Incidents)}, sumCells(r.tally.Killed, r.tally.Incidents)...))
	}
	return f
}

// rank makes the rows: the top names, the others as one, and the unstated.
func (pl *planner) rank(es entries, other, many string, name, label func(stats.Key) string, swatch func(stats.Key) func(*Theme) Swatch) (*rankChart, string) {
	named := ranked(es.named())
	if len(named) == 0 {
		return nil, catalogue.Say("chart.no-are-named", "many", many)
	}
	total := es.total()
	if total.Killed.Known(total.Incidents) == 0 || total.Killed.High == 0 && total.Killed.Low == 0 {
		return nil, catalogue.Say("chart.no-death-is-reported")
	}
	if _, ok := es.unstated(); len(named) == 1 && !ok {
		return nil, catalogue.Say("chart.there-is-only-one-to-show")
	}
	rc := &rankChart{measure: measureOf(es)}
	top := min(maxRows, len(named))
	if len(named) == maxRows+1 {
		top = len(named) // a single other takes no less room than its name
	}
	for _, e := range named[:top] {
		rc.rows = append(rc.rows, rankRow{name: name(e.key), label: label(e.key), tally: e.tally, swatch: swatch(e.key)})
	}
	if rest := named[top:]; len(rest) > 0 {
		rests := other + " (" + stats.Number(int64(len(rest))) + nbsp + many + ")"
		rc.rows = append(rc.rows, rankRow{name: rests, label: rests,
			tally: rest.total(), below: true, swatch: func(t *Theme) Swatch { return Swatch{Fill: t.BarOther, Text: t.Muted} }})
	}
	for _, e := range es {
		if e.key.Kind == stats.Withheld {
			rc.rows = append(rc.rows, rankRow{name: e.key.Label, label: e.key.Label, tally: e.tally, below: true,
				swatch: func(t *Theme) Swatch { return Swatch{Fill: t.BarOther, Text: t.Muted} }})
		}
	}
	if u, ok := es.unstated(); ok {
		rc.rows = append(rc.rows, rankRow{name: name(u.key), label: label(u.key), tally: u.tally, below: true, blank: true,
			swatch: func(t *Theme) Swatch { return t.Unattributed }})
	}
	return rc, ""
}

// rankNote says how to read ranks.
func (rc *rankChart) rankNote() string {
	note := ""
	for _, r := range rc.rows {
		if rangeNote(r.tally.Killed) != "" {
			note = catalogue.Say("chart.overlapping-ranges-should-be-read-as", "note", bandNote())
		}
	}
	if len(rc.rows) > 0 && rc.rows[len(rc.rows)-1].blank {
		note += catalogue.Say("chart.hatched-not-stated-in-the-data")
	}
	return note
}

func (rc *rankChart) facts() []string {
	var out []string
	for _, r := range rc.rows {
		if len(out) < 3 && !r.below {
			out = append(out, shortName(r.name)+" "+r.tally.Killed.Figure(r.tally.Incidents))
		}
	}
	return []string{catalogue.Say("chart.highest", "out", joined(out))}
}
