package charts

import (
	"fmt"
	"slices"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// Plan decides which charts the tables of a report carry, and what each says.
// A chart that would mislead or show nothing is left out, with the reason.
func Plan(r *stats.Report, c Context) (figs []Figure, left []Omitted) {
	if r == nil {
		return nil, nil
	}
	pl := newPlanner(r, c)
	if r.MinCell > 0 {
		return pl.published()
	}
	for _, plan := range []func() (Figure, Omitted){
		pl.timeSeries, pl.cumulative, pl.calendar, pl.partyColumns, pl.smallMultiples, pl.rankedPlaces, pl.rankedParties, pl.placeMatrix, pl.placeMap, pl.severity, pl.coverage, pl.claims, pl.revisions,
	} {
		f, o := plan()
		if o.Why != "" {
			left = append(left, o)
			continue
		}
		if f.ID == "" { // not a chart for data like this
			continue
		}
		f.context = pl.ctx
		figs = append(figs, f)
	}
	return figs, left
}

// published plans the charts of a report of which cells are withheld: those whose
// marks stand each for a row that is shown, or say that rows are not.
func (pl *planner) published() (figs []Figure, left []Omitted) {
	drawn := map[string]func() (Figure, Omitted){"timeseries": pl.timeSeries, "locations": pl.rankedPlaces, "perpetrators": pl.rankedParties}
	for _, id := range Kinds() {
		plan, ok := drawn[id]
		if !ok {
			left = append(left, Omitted{id, catalogue.Say("chart.it-would-show-what-is-withheld")})
			continue
		}
		f, o := plan()
		if o.Why != "" {
			left = append(left, o)
			continue
		}
		f.context = pl.ctx
		figs = append(figs, f)
	}
	return figs, left
}

// newPlanner settles what the context leaves open.
func newPlanner(r *stats.Report, c Context) *planner {
	pl := &planner{report: r, ctx: c}
	if pl.ctx.Period == stats.Auto {
		pl.ctx.Period = r.Period
	}
	if c.First == 0 && c.Last == 0 || c.First == data.NoDay {
		pl.ctx.First, pl.ctx.Last = r.First, r.Last
	}
	pl.ctx.Parties = c.Parties.with(r.Table("by-party"), c.Colours)
	if t := r.Table("by-voice"); t != nil { // a party may speak and be named for nothing
		for _, row := range t.Rows {
			if k := row.Keys[2]; k.Kind == stats.Named {
				pl.ctx.Parties.add(k.ID)
			}
		}
	}
	pl.level = pl.locationLevel()
	return pl
}

// planner holds what the plans of a run share.
type planner struct {
	report  *stats.Report
	ctx     Context
	level   string            // admin1, place, …: where incidents are located; "" for nowhere
	scripts map[string]string // undrawable names and what stands for them
}

// locationLevels from fine to coarse.
var locationLevels = []struct{ id string }{{"place"}, {"admin2"}, {"admin1"}, {"country"}}

// locationLevel chooses the level that tells places apart without crowding:
// first-level areas where there are 3 to 60 of them, else the finest level with
// that many, else whichever has most names within that bound, else the coarsest.
func (pl *planner) locationLevel() string {
	named := func(id string) int {
		t := pl.report.Table("by-" + id)
		if t == nil {
			return 0
		}
		seen := map[string]bool{}
		for i := 0; i < len(t.Rows) && len(seen) <= 60; i++ { // more is only too many
			if k := t.Rows[i].Keys[0]; k.Kind == stats.Named {
				seen[k.ID] = true
			}
		}
		return len(seen)
	}
	if n := named("admin1"); n >= 3 && n <= 60 {
		return "admin1"
	}
	most, level, coarsest := 0, "", ""
	for _, l := range locationLevels {
		n := named(l.id)
		if n >= 3 && n <= 60 {
			return l.id
		}
		if n > 0 && n <= 60 && n > most {
			most, level = n, l.id
		}
		if n > 0 {
			coarsest = l.id
		}
	}
	if most < 3 && coarsest != "" {
		if n := named(coarsest); n > most {
			return coarsest
		}
	}
	return level
}

// in returns " in Mali", or nothing where no place is given.
func (pl *planner) in() string {
	if p := clean(pl.ctx.Place); p != "" {
		return catalogue.Say("chart.in", "p", p)
	}
	return ""
}

// when returns ", Oct 2025", or nothing where the days are not known.
func (pl *planner) when() string {
	if s := spanName(pl.ctx.First, pl.ctx.Last); s != "" {
		return ", " + s
	}
	return ""
}

// measure is which figure of a sum a chart shows where it can show only one.
type measure struct {
	best bool
	name string // "best figures", "lowest reported figures"
}

func measureOf(es entries) measure {
	if es.allBest() {
		return measure{true, catalogue.Say("chart.best-figures")}
	}
	return measure{false, catalogue.Say("chart.lowest-reported-figures")}
}

func (m measure) of(s stats.Sum) int64 {
	if m.best {
		return s.Best
	}
	return s.Low
}

// note says why the lowest figures are shown: how is "stacked", "ranked" or "shaded".
func (m measure) note(t stats.Tally, how string) string {
	if m.best {
		return ""
	}
	return catalogue.Say("chart.by-the-lowest-figures-because-only", "how", catalogue.Say("chart.how."+how), "noBest", counted(int64(t.Killed.NoBest), "incidents-give"))
}

// once is the tally that notes count incidents by: the report's own, in which an
// incident of several parties counts once. Where only parts of incidents lack a
// figure, it is that of the table.
func (pl *planner) once(table stats.Tally) stats.Tally {
	if t := pl.report.Total; t.Killed.NoBest > 0 || table.Killed.NoBest == 0 {
		return t
	}
	return table
}

// unknownNote says how many incidents have an unknown toll.
func unknownNote(s stats.Sum) string {
	if s.Unknown == 0 {
		return ""
	}
	return catalogue.Say("chart.toll-unknown-in-unknown-adds-nothing", "unknown", incidents(s.Unknown))
}

// openNote explains the plus sign.
func openNote(s stats.Sum) string {
	if s.Open == 0 {
		return ""
	}
	return catalogue.Say("chart.marks-sums-with-an-open-end")
}

func incidents(n uint32) string {
	return counted(int64(n), "incidents")
}

// unseen is a number of incidents that a chart does not show, and why.
type unseen struct {
	n   uint32
	why string
}

// notShown lists the incidents that a chart does not show, or "".
func notShown(where string, us ...unseen) string {
	var parts []string
	for _, u := range us {
		if u.n > 0 {
			parts = append(parts, incidents(u.n)+" "+u.why)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return where + ": " + joined(parts)
}

// vagueNote says which incidents are not on the time axis.
func (tl *timeline) vagueNote() string {
	return notShown(catalogue.Say("chart.in-the-total-not-on-the"), unseen{tl.vague, catalogue.Say("chart.dated-too-vaguely")}, unseen{tl.undated, catalogue.Say("chart.without-a-date")},
		unseen{tl.withheld, catalogue.Say("chart.in-s-that-are-withheld", "period", unitName(tl.period))})
}

// partialNote names the periods covered only in part.
func (tl *timeline) partialNote() string {
	var parts []string
	for _, s := range tl.slots {
		if s.partial != "" && len(parts) < 3 {
			parts = append(parts, periodName(tl.period, s.n)+" ("+noBreak(clean(s.partial))+")")
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return catalogue.Say("chart.incomplete", "parts", strings.Join(parts, ", "))
}

// totalSentence is the total as alternative texts give it.
func totalSentence(t stats.Tally) string {
	return catalogue.Say("chart.in-all-in", "killed", totalText(t.Killed, t.Incidents, "killed"), "incidents", incidents(t.Incidents))
}

// totalText returns "1,831 killed (1,224–2,553)" for subtitles and alt text.
func totalText(s stats.Sum, n uint32, what string) string {
	if s.Known(n) == 0 && n > 0 {
		return catalogue.Say("chart." + what + "-unknown")
	}
	return catalogue.Say("chart."+what+"-figure", "toll", s.Figure(n))
}

// Kinds returns the names of the charts, as Figure.ID has them.
func Kinds() []string {
	return []string{"timeseries", "cumulative", "calendar", "perpetrators-over-time", "perpetrators-apart", "locations", "perpetrators",
		"locations-perpetrators", "map", "severity", "coverage", "claims", "revisions"}
}

// One plans a single chart, or says why the data does not support it.
func One(kind string, r *stats.Report, c Context) (Figure, error) {
	if !slices.Contains(Kinds(), kind) {
		return Figure{}, fmt.Errorf("no chart %q: use %s", kind, strings.Join(Kinds(), ", "))
	}
	figs, left := Plan(r, c)
	for _, f := range figs {
		if f.ID == kind {
			return f, nil
		}
	}
	for _, o := range left {
		if o.ID == kind {
			return Figure{}, fmt.Errorf("no chart %s: %s", kind, o.Why)
		}
	}
	return Figure{}, fmt.Errorf("no chart %s: the data has one record for each incident", kind)
}
