package charts

import (
	"toll/stats"
)

// maxRows is how many places or parties are ranked by name.
const maxRows = 10

// rankRow is one bar.
type rankRow struct {
	label  string
	tally  stats.Tally
	swatch func(*Theme) Swatch
	below  bool // under the rule: not ranked
	blank  bool // hatched: location unknown, unattributed
}

// rankChart is a ranked list of bars with their ranges.
type rankChart struct {
	rows    []rankRow
	measure measure
	rest    int // entries summed up as "Other"
}

// rankedPlaces plans the bars by location.
func (pl *planner) rankedPlaces() (Figure, Omitted) {
	const id = "locations"
	t := pl.report.Table("by-" + pl.level)
	if t == nil {
		return Figure{}, Omitted{id, "no incident states a location"}
	}
	es := sumBy(t, 0)
	bar := func(t *Theme) Swatch { return Swatch{Fill: t.Bar, Text: t.Body} }
	rc, why := pl.rank(es, "Other", pl.placesWord(), func(stats.Key) func(*Theme) Swatch { return bar })
	if why != "" {
		return Figure{}, Omitted{id, why}
	}
	total := es.total()
	f := pl.rankFigure(id, rc, total, "by location")
	f.Title = pl.placeTitle(es, rc.measure)
	f.Note = sentences(rc.rankNote(), rc.measure.note(total), unknownNote(total.Killed), openNote(total.Killed))
	f.Alt = altText("Ranked bars of people reported killed by location"+pl.in()+pl.when(),
		"In all "+totalText(total.Killed, total.Incidents, "killed"), rc.facts(),
		[]string{bandNote, unknownNote(total.Killed), rc.rankNote()}, id)
	return f, Omitted{}
}

// rankedParties plans the bars by party.
func (pl *planner) rankedParties() (Figure, Omitted) {
	const id = "perpetrators"
	t := pl.report.Table("by-party")
	if t == nil {
		return Figure{}, Omitted{id, "there is no table by party"}
	}
	es := sumBy(t, 0)
	rc, why := pl.rank(es, "Other named", "parties", func(k stats.Key) func(*Theme) Swatch {
		return func(t *Theme) Swatch { return pl.ctx.Parties.swatch(t, k) }
	})
	if why != "" {
		return Figure{}, Omitted{id, why}
	}
	total := pl.report.Total
	if total.Incidents == 0 {
		total = es.total()
	}
	f := pl.rankFigure(id, rc, total, pl.byParty())
	f.Title = "People reported killed" + pl.in() + " " + pl.byParty() + pl.when()
	overlap := ""
	if !t.Additive && !t.TollsAdditive {
		overlap = "An incident counts for every party named in it, so the bars add up to more than the total"
	}
	f.Note = sentences(pl.partyNote(), rc.rankNote(), overlap, rc.measure.note(total), unknownNote(total.Killed), openNote(total.Killed))
	f.Alt = altText("Ranked bars of people reported killed "+pl.byParty()+pl.in()+pl.when(),
		"In all "+totalText(total.Killed, total.Incidents, "killed"), rc.facts(),
		[]string{pl.partyNote(), unknownNote(total.Killed)}, id)
	return f, Omitted{}
}

const bandNote = "Ranges are the sum of each incident’s low and high figures, not a confidence interval"

func (pl *planner) rankFigure(id string, rc *rankChart, total stats.Tally, by string) Figure {
	how := "Bar: best figure; line: low to high"
	if !rc.measure.best {
		how = "Dark bar: lowest figure; light: highest"
	}
	f := Figure{ID: id, Kind: "ranked", draw: rc.draw}
	f.Subtitle = "People reported killed" + pl.in() + " " + by + pl.when() + ". " + how
	f.Columns = append([]string{"name", "ranked", "incidents"}, sumColumns("killed")...)
	for _, r := range rc.rows {
		rank := "yes"
		if r.below {
			rank = "no"
		}
		f.Rows = append(f.Rows, append([]string{r.label, rank, countCell(r.tally.Incidents)}, sumCells(r.tally.Killed, r.tally.Incidents)...))
	}
	return f
}

// rank makes the rows: the top names, the others as one, and the unstated.
func (pl *planner) rank(es entries, other, many string, swatch func(stats.Key) func(*Theme) Swatch) (*rankChart, string) {
	named := ranked(es.named())
	if len(named) == 0 {
		return nil, "no " + many + " are named"
	}
	total := es.total()
	if total.Killed.Known(total.Incidents) == 0 || total.Killed.High == 0 && total.Killed.Low == 0 {
		return nil, "no death is reported"
	}
	if _, ok := es.unstated(); len(named) == 1 && !ok {
		return nil, "there is only one to show"
	}
	rc := &rankChart{measure: measureOf(es)}
	top := min(maxRows, len(named))
	if len(named) == maxRows+1 {
		top = len(named) // a single other takes no less room than its name
	}
	for _, e := range named[:top] {
		rc.rows = append(rc.rows, rankRow{label: clean(e.key.Label), tally: e.tally, swatch: swatch(e.key)})
	}
	if rest := named[top:]; len(rest) > 0 {
		rc.rest = len(rest)
		rc.rows = append(rc.rows, rankRow{label: other + " (" + counted(stats.Number(int64(len(rest))), many, many) + ")",
			tally: rest.total(), below: true, swatch: func(t *Theme) Swatch { return Swatch{Fill: t.BarOther, Text: t.Muted} }})
	}
	if u, ok := es.unstated(); ok {
		rc.rows = append(rc.rows, rankRow{label: clean(u.key.Label), tally: u.tally, below: true, blank: true,
			swatch: func(t *Theme) Swatch { return t.Unattributed }})
	}
	return rc, ""
}

// rankNote says how to read ranks.
func (rc *rankChart) rankNote() string {
	note := bandNote + "; overlapping ranges should be read as ties"
	if len(rc.rows) > 0 && rc.rows[len(rc.rows)-1].blank {
		note += ". Hatched: not stated in the data, never ranked"
	}
	return note
}

func (rc *rankChart) facts() []string {
	var out []string
	for _, r := range rc.rows {
		if len(out) < 3 && !r.below {
			out = append(out, shortName(r.label)+" "+r.tally.Killed.Figure(r.tally.Incidents))
		}
	}
	return []string{"Highest: " + joined(out)}
}

// placeTitle says which share the first places have where best figures cover
// every stated toll and the share is worth a title.
func (pl *planner) placeTitle(es entries, m measure) string {
	safe := "People reported killed" + pl.in() + " by location" + pl.when()
	total := es.total()
	sum := total.Killed.Best
	if !m.best || stats.Persons(sum) < 20 {
		return safe
	}
	top := ranked(es.named())
	if len(top) < 4 {
		return safe
	}
	part := int64(0)
	for n := 1; n <= 3 && n < len(top)-1; n++ {
		part += top[n-1].tally.Killed.Best
		if top[n-1].tally.Killed.Best == top[n].tally.Killed.Best || part < sum*2/5 {
			continue
		}
		if n == 1 {
			return shortName(clean(top[0].key.Label)) + " accounts for " + percent(part, sum) + " of reported deaths"
		}
		return spelt(n) + " " + pl.placesWord() + " account for " + percent(part, sum) + " of reported deaths"
	}
	return safe
}
