package charts

import (
	"cmp"
	"math"
	"slices"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// claimsChart is the dumbbell: for the same incidents, what one party says, what
// the other says, and what sources outside the parties say.
type claimsChart struct {
	a, b stats.Key // the two parties that speak of the most incidents
	rows []claimRow
	top  float64
	// low is where a logarithmic axis begins, 0 for one that begins at zero.
	low float64

	swatch func(*Theme, stats.Key) Swatch
}

func (cc *claimsChart) names() string {
	if cc.b.ID == "" {
		return catalogue.Say("chart.and-to-sources-outside-the-parties", "label", clean(cc.a.Label))
	}
	return catalogue.Say("chart.and", "label", clean(cc.a.Label), "label2", clean(cc.b.Label))
}

// claimRow is one incident, or the losses of one side in it.
type claimRow struct {
	name      string
	a, b, ind *stats.Tally // nil where there is no such account
	whole     bool         // all sides of the incident
}

// maxClaimRows is how many rows a page has room for.
const maxClaimRows = 9

// claims plans the dumbbell from the table of what each party says.
func (pl *planner) claims() (Figure, Omitted) {
	const id = "claims"
	t := pl.report.Table("by-voice")
	if t == nil {
		return Figure{}, Omitted{} // one record an incident: nothing to say of accounts
	}
	cc := &claimsChart{swatch: func(t *Theme, k stats.Key) Swatch { return pl.ctx.Parties.swatch(t, k) }}
	var more int
	if !cc.parties(t) {
		return Figure{}, Omitted{id, catalogue.Say("chart.no-incident-is-told-by-two")}
	}
	cc.rows, more = cc.collect(t)
	if len(cc.rows) == 0 {
		return Figure{}, Omitted{id, catalogue.Say("chart.no-party-gives-a-figure")}
	}
	for _, r := range cc.rows {
		for _, x := range []*stats.Tally{r.a, r.b, r.ind} {
			if x != nil {
				cc.top = max(cc.top, persons(x.Killed.High))
			}
		}
	}
	cc.chooseAxis()
	f := Figure{ID: id, Kind: "dumbbell", Title: cc.title(), draw: cc.draw,
		Subtitle: catalogue.Say("chart.people-killed-according-to-each-party", "in", pl.in(), "when", pl.when())}
	if cc.low > 0 {
		f.Subtitle += catalogue.Say("chart.the-axis-is-logarithmic")
	}
	rest := ""
	if more > 0 {
		rest = catalogue.Say("chart.the-data-file-has-more", "more", counted(int64(more), "rows"))
	}
	f.Note = sentences(catalogue.Say("chart.each-party-s-latest-figures"), catalogue.Say("chart.no-figure-means-that-none-was"), catalogue.Say("chart.a-ratio-is-given-only-where"), rest, openNoteOf(cc.rows))
	f.Alt = altText(catalogue.Say("chart.dumbbell-chart-of-people-killed-according", "names", cc.names(), "when", pl.when()), "", cc.facts(), []string{f.Note}, id)
	f.Columns, f.Rows = cc.plotted()
	return f, Omitted{}
}

// logSpread is how many times the smallest figure the largest must be for a
// logarithmic axis: on one from zero the small ones would all lie at its edge.
const logSpread = 50

// chooseAxis takes a logarithmic axis where the figures are so far apart and none
// is zero, which such an axis cannot show.
func (cc *claimsChart) chooseAxis() {
	least := math.Inf(1)
	for _, r := range cc.rows {
		for _, x := range []*stats.Tally{r.a, r.b, r.ind} {
			if x != nil {
				least = min(least, persons(x.Killed.Low), single(x))
			}
		}
	}
	if least >= 1 && cc.top > float64(logSpread*least) {
		cc.low = float64(0.8 * least)
	}
}

// parties finds the two voices that speak of the most incidents. Where one party
// speaks alone, sources outside the parties take the other's place only as the
// grey range.
func (cc *claimsChart) parties(t *stats.Table) bool {
	seen := map[string]int{}
	keys := map[string]stats.Key{}
	for _, r := range t.Rows {
		if r.Keys[1].ID == "(all)" && r.Keys[2].Kind == stats.Named {
			seen[r.Keys[2].ID]++
			keys[r.Keys[2].ID] = r.Keys[2]
		}
	}
	var ids []string
	for id := range seen {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(x, y string) int { return cmp.Or(cmp.Compare(seen[y], seen[x]), cmp.Compare(x, y)) })
	if len(ids) == 0 {
		return false
	}
	cc.a = keys[ids[0]]
	if len(ids) > 1 {
		cc.b = keys[ids[1]]
		if cc.b.ID < cc.a.ID {
			cc.a, cc.b = cc.b, cc.a
		}
	}
	return true
}

// collect makes the rows, by date: every side of an incident where there is
// room, else the incidents alone.
func (cc *claimsChart) collect(t *stats.Table) (rows []claimRow, more int) {
	type group struct {
		start data.Day
		sides []claimRow
		whole claimRow
	}
	var gs []group
	both := 0
	for i := 0; i < len(t.Rows); {
		j := i
		g := group{start: t.Rows[i].Start()}
		at := map[string]int{}
		for j < len(t.Rows) && t.Rows[j].Keys[0].ID == t.Rows[i].Keys[0].ID {
			x := &t.Rows[j]
			j++
			target := &g.whole
			if x.Keys[1].ID != "(all)" {
				k, ok := at[x.Keys[1].ID]
				if !ok {
					k = len(g.sides)
					at[x.Keys[1].ID] = k
					g.sides = append(g.sides, claimRow{name: catalogue.Say("chart.losses-of", "label", clean(x.Keys[1].Label))})
				}
				target = &g.sides[k]
			} else {
				target.name, target.whole = clean(x.Keys[0].Label), true
			}
			cc.put(target, x)
		}
		i = j
		if g.whole.a == nil && g.whole.b == nil {
			continue
		}
		if g.whole.compares() {
			both++
		}
		gs = append(gs, g)
	}
	if both > 0 { // an incident of which one party alone speaks compares nothing
		gs = slices.DeleteFunc(gs, func(g group) bool { return !g.whole.compares() })
	}
	slices.SortStableFunc(gs, func(x, y group) int { return cmp.Compare(x.start, y.start) })
	full := 0
	for _, g := range gs {
		full += 1 + len(g.sides)
	}
	for _, g := range gs {
		rows = append(rows, g.whole)
		if full <= maxClaimRows && len(g.sides) > 1 {
			rows = append(rows, g.sides...)
		}
	}
	if len(rows) > maxClaimRows {
		more = len(rows) - maxClaimRows
		rows = rows[:maxClaimRows]
	}
	return rows, more
}

func (cc *claimsChart) put(r *claimRow, x *stats.Row) {
	if x.Tally.Killed.Known(x.Tally.Incidents) == 0 {
		return
	}
	switch x.Keys[2].ID {
	case cc.a.ID:
		r.a = &x.Tally
	case cc.b.ID:
		r.b = &x.Tally
	case "(independent)":
		r.ind = &x.Tally
	}
}

// compares reports whether a row sets two accounts against each other.
func (r claimRow) compares() bool {
	return (r.a != nil && r.b != nil) || ((r.a != nil || r.b != nil) && r.ind != nil)
}

// single returns the one value at which a party's marker stands: its best
// figure, else the least it says.
func single(t *stats.Tally) float64 {
	if t.Killed.HasBest() {
		return persons(t.Killed.Best)
	}
	return persons(t.Killed.Low)
}

// ratio writes larger ÷ smaller: "≥ 22×" where the larger is open-ended, "–"
// where either party is silent or says zero, or the smaller is open-ended.
func (r claimRow) ratio() string {
	tenths, open := r.tenths()
	if tenths == 0 {
		return "–"
	}
	s := timesText(tenths) + "×"
	if open {
		s = "≥" + nbsp + s
	}
	return s
}

func timesText(tenths int64) string {
	if tenths >= 100 {
		return stats.Number(stats.Ratio(tenths, 10))
	}
	return stats.Number(tenths/10) + "." + stats.Number(tenths%10)
}

// tenths returns ten times the ratio, 0 where there is none.
func (r claimRow) tenths() (n int64, open bool) {
	if r.a == nil || r.b == nil {
		return 0, false
	}
	small, large := r.a, r.b
	if value(small) > value(large) {
		small, large = large, small
	}
	if value(small) <= 0 || small.Killed.Open > 0 {
		return 0, false
	}
	n, ok := stats.Scaled(value(large), 10, value(small))
	if !ok {
		return 0, false
	}
	return n, large.Killed.Open > 0
}

func value(t *stats.Tally) int64 {
	if t.Killed.HasBest() {
		return t.Killed.Best
	}
	return t.Killed.Low
}

func (cc *claimsChart) title() string {
	widest, open := int64(0), false
	for _, r := range cc.rows {
		if !r.whole { // the title speaks of incidents, not of one side's losses
			continue
		}
		n, o := r.tenths()
		none := n == 0 && r.a != nil && r.b != nil && value(r.a) != value(r.b) // they may be any factor apart
		widest, open = max(widest, n), open || o || none
	}
	switch {
	case widest <= 10:
		return catalogue.Say("chart.the-same-incidents-as-each-party")
	case open:
		return catalogue.Say("chart.for-the-same-incident-the-parties", "widest", timesText(widest))
	}
	return catalogue.Say("chart.for-the-same-incident-the-parties-2", "widest", timesText(widest))
}

func openNoteOf(rows []claimRow) string {
	for _, r := range rows {
		for _, x := range []*stats.Tally{r.a, r.b, r.ind} {
			if x != nil && x.Killed.Open > 0 {
				return openNote(x.Killed)
			}
		}
	}
	return ""
}

func (cc *claimsChart) facts() []string {
	var out []string
	for _, r := range cc.rows {
		if len(out) == 3 {
			break
		}
		out = append(out, r.name+": "+cc.says(cc.a, r.a)+", "+cc.says(cc.b, r.b))
	}
	return out
}

func (cc *claimsChart) says(k stats.Key, t *stats.Tally) string {
	if k.ID == "" {
		return catalogue.Say("chart.no-second-party")
	}
	if t == nil {
		return catalogue.Say("chart.gives-no-figure", "label", clean(k.Label))
	}
	return catalogue.Say("chart.says", "label", clean(k.Label), "incidents", t.Killed.Range(t.Incidents))
}

func (cc *claimsChart) plotted() (columns []string, rows [][]string) {
	columns = []string{"row", "party", "killed_low", "killed_best", "killed_high", "open"}
	for _, r := range cc.rows {
		for _, x := range []struct {
			name string
			t    *stats.Tally
		}{{clean(cc.a.Label), r.a}, {clean(cc.b.Label), r.b}, {"independent", r.ind}} {
			if x.t == nil || x.name == "" {
				continue
			}
			k := x.t.Killed
			best := ""
			if k.HasBest() {
				best = exactNumber(k.Best)
			}
			rows = append(rows, []string{r.name, x.name, exactNumber(k.Low), best, exactNumber(k.High), stats.Number(int64(k.Open))})
		}
	}
	return columns, rows
}
