package output

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"toll/data"
	"toll/stats"
)

// composeCompared builds the page of a comparison.
func composeCompared(d *Compared) *page {
	c := d.Comparison
	p := &page{Title: d.Title}
	for i, side := range d.Sides {
		if side.Synthetic {
			p.Lead = append(p.Lead, paragraph{warningRole, join(strong("Synthetic data."), words(" Every record of "), name(sideName(c, i)), words(" was made up."))})
		}
	}
	p.Lead = append(p.Lead, paragraph{leadRole, comparedHeadline(c)}, paragraph{noteRole, words(caveat)})
	p.add("steps", "From one total to the other", stepBlocks(d))
	p.add("what-each-counts", "What each counts", countsBlocks(d))
	p.add("matched", "Incidents in both", matchedBlocks(d))
	p.add("unmatched", "Incidents in one alone", unmatchedBlocks(d))
	p.add("unclear", "Matches that are unclear", unclearBlocks(d))
	if d.Recapture != nil {
		p.add("experimental", "Experimental estimates", experimentalBlocks([]*stats.Sheet{d.Recapture}, nil))
	}
	p.add("experimental", "Experimental estimates", experimentalBlocks(nil, d.Refused))
	p.add("data", "The data", comparedDataBlocks(d))
	p.add("method", "How the incidents were matched", matchMethod(d))
	p.Foot = join(words("Every figure has an address in "), file(ManifestName), words(", beside the SHA-256 of each input; every incident of both datasets is in "),
		file(tablePath("matched")), words(", "), file(tablePath("unmatched")), words(" or "), file(tablePath("unclear")), words("."))
	languages["en"].speak(p)
	return p
}

func sideName(c *stats.Comparison, i int) string { return [2]string{c.A.Name, c.B.Name}[i] }

// comparedHeadline is the comparison in one paragraph.
func comparedHeadline(c *stats.Comparison) line {
	toll := func(t stats.Tally) string {
		return killedWords(t) + " in " + incidents(t.Incidents)
	}
	l := join(name(c.A.Name), words(" has "+toll(c.A.Total)+"; "), name(c.B.Name), words(" has "+toll(c.B.Total)+". "))
	n := c.Relations()
	switch len(c.Pairs) {
	case 0:
		l = join(l, words("No incident could be matched."))
	case 1:
		l = join(l, words("1 incident is in both; of killed, its ranges "+relationWords(c.Pairs[0].Killed)+"."))
	default:
		l = join(l, words(fmt.Sprintf("%s incidents are in both: of killed, their ranges agree in %s, overlap in %s and have nothing in common in %s", stats.Number(int64(len(c.Pairs))),
			stats.Number(int64(n[stats.RangesAgree])), stats.Number(int64(n[stats.RangesOverlap])), stats.Number(int64(n[stats.RangesApart])))))
		if u := n[stats.RangesUnknown]; u > 0 {
			l = join(l, words("; in "+stats.Number(int64(u))+" a number is missing"))
		}
		l = join(l, words("."))
	}
	if c.First == data.NoDay {
		return join(l, words(" They have no day in common, so that no figure of one says anything of the other."))
	}
	return join(l, words(" Both cover "+dayText(c.First)+" to "+dayText(c.Last)+"."))
}

func killedWords(t stats.Tally) string {
	if t.Incidents > 0 && t.Killed.Known(t.Incidents) == 0 {
		return "an unknown number killed"
	}
	return t.Killed.Figure(t.Incidents) + " killed"
}

func relationWords(r stats.Relation) string {
	switch r {
	case stats.RangesAgree:
		return "agree"
	case stats.RangesOverlap:
		return "overlap"
	case stats.RangesApart:
		return "have nothing in common"
	}
	return "cannot be compared, because a number is missing"
}

// stepBlocks shows the chart and the table of the steps.
func stepBlocks(d *Compared) []block {
	c := d.Comparison
	var bs []block
	for i := range d.Figures {
		f := &d.Figures[i]
		bs = append(bs, picture{ID: f.ID, Title: f.Title, Alt: f.Alt, PNG: f.PNG, SVG: f.SVG})
	}
	g := grid{ID: "steps-table", Caption: "Killed, step by step", Head: []column{{Title: words("Step")}, {words("Incidents, A"), true}, {words("Incidents, B"), true},
		{words("Killed, A"), true}, {words("Killed, B"), true}, {words("Change"), true}, {words("Then"), true}}}
	row := func(label line, a, b string, ka, kb string, change, then string) {
		g.Rows = append(g.Rows, gridRow{Cells: []line{label, words(a), words(b), words(ka), words(kb), words(change), words(then)}})
	}
	text := func(v int64) string { return stats.Number(stats.Persons(v)) }
	row(join(words("Total of A, "), name(c.A.Name)), stats.Number(int64(c.A.Total.Incidents)), "", c.A.Total.Killed.Figure(c.A.Total.Incidents), "", "", text(c.ValueOf(c.A.Total.Killed)))
	for _, stage := range c.Way() {
		x, change := stage.Sides, stage.Change
		cell := func(t stats.Tally) (string, string) {
			if t.Incidents == 0 {
				return "", ""
			}
			return stats.Number(int64(t.Incidents)), t.Killed.Figure(t.Incidents)
		}
		na, ka := cell(x[0])
		nb, kb := cell(x[1])
		sign := ""
		if change > 0 {
			sign = "+"
		}
		row(name(c.StepName(stage.Step)), na, nb, ka, kb, sign+text(change), text(stage.Then))
	}
	row(join(words("Total of B, "), name(c.B.Name)), "", stats.Number(int64(c.B.Total.Incidents)), "", c.B.Total.Killed.Figure(c.B.Total.Incidents), "", text(c.ValueOf(c.B.Total.Killed)))
	note := "Every incident of either dataset is in one row, and each column adds up. The change is that of the best figures, which every known toll of both has. "
	if !c.Best {
		note = "Every incident of either dataset is in one row, and each column adds up. The change is that of the lowest figures, because some incidents state only a range. "
	}
	note += "Lowest, best and highest figures are added up each on their own; a range bounds the reports and is no confidence interval. An unknown toll adds nothing. Data: "
	bs = append(bs, g, paragraph{noteRole, join(words(note), file(tablePath("steps")), words("."))})
	for _, o := range d.Omitted {
		bs = append(bs, paragraph{noteRole, words("No chart: " + o.Why + ".")})
	}
	return bs
}

// countsBlocks sets side by side what each dataset counts.
func countsBlocks(d *Compared) []block {
	c := d.Comparison
	g := grid{ID: "counts", Caption: "The two datasets", Head: []column{{Title: words("")}, {Title: join(words("A, "), name(c.A.Name))}, {Title: join(words("B, "), name(c.B.Name))}}}
	both := [2]*stats.Side{&c.A, &c.B}
	row := func(label string, of func(i int) line) {
		g.Rows = append(g.Rows, gridRow{Cells: []line{words(label), of(0), of(1)}})
	}
	plain := func(label string, of func(i int) string) { row(label, func(i int) line { return words(of(i)) }) }
	row("Files", func(i int) line {
		var l line
		for n, in := range d.Sides[i].Inputs {
			if n > 0 {
				l = join(l, words(", "))
			}
			l = join(l, name(in.Name))
		}
		return l
	})
	plain("Read as", func(i int) string { return profilesOf(d.Sides[i]) })
	plain("Days covered", func(i int) string {
		if both[i].First == data.NoDay {
			return "no dated incident"
		}
		return dayText(both[i].First) + " to " + dayText(both[i].Last)
	})
	plain("Incidents", func(i int) string { return stats.Number(int64(both[i].Total.Incidents)) })
	plain("Killed", func(i int) string { return both[i].Total.Killed.Figure(both[i].Total.Incidents) })
	plain("Injured", func(i int) string {
		if !both[i].HasInjured {
			return "not collected, or not read"
		}
		return both[i].Total.Injured.Figure(both[i].Total.Incidents)
	})
	plain("Incidents with an unknown number killed", func(i int) string { return stats.Number(int64(both[i].Total.Killed.Unknown)) })
	plain("Incidents with at least one person killed for certain", func(i int) string {
		return stats.Number(int64(both[i].Total.Killed.Fatal)) + share(both[i].Total.Killed.Fatal, both[i].Total.Incidents)
	})
	plain("Fewest killed in an incident", func(i int) string { return fewestWords(both[i].Incidents) })
	plain("Incidents that state a range of killed", func(i int) string {
		n := ranged(both[i].Incidents)
		return stats.Number(int64(n)) + share(n, both[i].Total.Incidents)
	})
	plain("Dated to the day", func(i int) string {
		n := d.Sides[i].Report.Quality.DatePrec[data.ToDay]
		return stats.Number(int64(n)) + share(n, both[i].Total.Incidents)
	})
	plain("Named below the province", func(i int) string {
		n := located(both[i].Incidents)
		return stats.Number(int64(n)) + share(n, both[i].Total.Incidents)
	})
	plain("With a point placed exactly, or not said how exactly", func(i int) string {
		n := pointed(both[i].Incidents)
		return stats.Number(int64(n)) + share(n, both[i].Total.Incidents)
	})
	plain("Told by several records", func(i int) string { return stats.Number(int64(d.Sides[i].Report.Quality.MultiAccount)) })
	bs := []block{g}
	for i, facts := range d.Facts {
		if len(facts) == 0 {
			continue
		}
		var l list
		for _, f := range facts {
			l.Items = append(l.Items, words(sentence(upper(f))))
		}
		bs = append(bs, paragraph{plainRole, join(words("Of what "), name(sideName(c, i)), words(" counts, its codebook says:"))}, l)
	}
	return append(bs, paragraph{noteRole, words("Datasets with different rules of inclusion give different totals of the same violence without either being wrong.")})
}

func share(part, whole uint32) string {
	if whole == 0 {
		return ""
	}
	return " (" + stats.Percent(int64(part), int64(whole)) + ")"
}

// fewestWords says how many the smallest incident killed, at the most, of those
// whose toll is known.
func fewestWords(list []stats.Incident) string {
	fewest, unknown := int64(-1), false
	for i := range list {
		k := list[i].Killed
		unknown = unknown || !k.Stated()
		if k.Stated() && (fewest < 0 || k.High < fewest) {
			fewest = k.High
		}
	}
	switch {
	case fewest < 0:
		return "not known"
	case unknown:
		return stats.Number(stats.Persons(fewest)) + ", of those known"
	}
	return stats.Number(stats.Persons(fewest))
}

func ranged(list []stats.Incident) (n uint32) {
	for i := range list {
		if k := list[i].Killed; k.Stated() && (k.Low != k.High || k.IsOpen()) {
			n++
		}
	}
	return n
}

func located(list []stats.Incident) (n uint32) {
	for i := range list {
		if list[i].Place != "" || list[i].Admin2 != "" {
			n++
		}
	}
	return n
}

func pointed(list []stats.Incident) (n uint32) {
	for i := range list {
		if x := &list[i]; stated(x.Lat, x.Lon) && (x.Geo == data.PlaceExact || x.Geo == data.PlaceUnstated) {
			n++
		}
	}
	return n
}

func profilesOf(d *Document) string {
	var names []string
	for _, in := range d.Inputs {
		if !slices.Contains(names, in.Profile) {
			names = append(names, in.Profile)
		}
	}
	return strings.Join(names, ", ")
}

// shownPairs is how many incidents each list of a comparison shows.
const shownPairs = 20

// matchedBlocks says what the matched incidents agree on, and lists those whose
// tolls differ most.
func matchedBlocks(d *Compared) []block {
	c := d.Comparison
	if len(c.Pairs) == 0 {
		return []block{paragraph{plainRole, words("No incident of one could be matched with one of the other.")}}
	}
	n := c.Relations()
	g := grid{ID: "relations", Caption: "Matched incidents by what their ranges of killed have in common", Head: []column{{Title: words("Ranges")}, {words("Incidents"), true}, {words("Killed, A"), true}, {words("Killed, B"), true}}}
	t := c.RelationTable()
	for _, r := range []stats.Relation{stats.RangesAgree, stats.RangesOverlap, stats.RangesApart, stats.RangesUnknown} {
		if n[r] == 0 {
			continue
		}
		a, _ := t.Find(stats.RelationID(r), "a")
		b, _ := t.Find(stats.RelationID(r), "b")
		g.Rows = append(g.Rows, gridRow{Cells: []line{words(upper(relationWords(r))), words(stats.Number(int64(n[r]))), words(a.Tally.Killed.Figure(a.Tally.Incidents)), words(b.Tally.Killed.Figure(b.Tally.Incidents))}})
	}
	bs := []block{paragraph{plainRole, words(groundsText(c))}, g}
	ps := c.Disagreements()
	if len(ps) == 0 {
		return append(bs, paragraph{noteRole, join(words("No matched incident has another figure in B than in A. All of them: "), file(tablePath("matched")), words("."))})
	}
	x := grid{ID: "differing", Caption: "Matched incidents whose tolls differ most", Head: []column{{Title: words("Date in A")}, {Title: words("Place in A")}, {words("Killed, A"), true}, {words("Killed, B"), true}, {Title: words("Record in A")}, {Title: words("Record in B")}, {Title: words("Matched by")}}}
	for _, p := range ps[:min(len(ps), shownPairs)] {
		a, b := d.incident(0, p.A), d.incident(1, p.B)
		x.Rows = append(x.Rows, gridRow{Cells: []line{words(a.DateText()), whereLine(a), words(figureOf(a)), words(figureOf(b)), name(a.Name()), name(b.Name()), words(string(p.How))}})
	}
	return append(bs, x, paragraph{noteRole, join(words(cutWords(max(0, len(ps)-shownPairs), "pair")+cmp.Or(map[bool]string{true: " in ", false: "All matched pairs: "}[len(ps) > shownPairs])), file(tablePath("matched")), words("."))})
}

func whereLine(in *stats.Incident) line {
	if w := in.Where(); w != "" {
		return name(w)
	}
	return words("not stated")
}

func groundsText(c *stats.Comparison) string {
	n := c.Grounds()
	var parts []string
	for _, h := range []stats.How{stats.ByID, stats.ByURL, stats.ByPoint, stats.ByPlace, stats.ByArea} {
		if n[h] > 0 {
			parts = append(parts, stats.Number(int64(n[h]))+" by "+string(h))
		}
	}
	return upper(many(int64(len(c.Pairs)), "incident was", "incidents were")) + " matched: " + strings.Join(parts, ", ") + ". Whether tolls are alike took no part in it."
}

// unmatchedBlocks lists the deadliest incidents that one dataset alone has where
// both cover the day and the place.
func unmatchedBlocks(d *Compared) []block {
	c := d.Comparison
	var bs []block
	for side, s := range [2]*stats.Side{&c.A, &c.B} {
		step := [2]stats.Step{stats.OnlyAUnmatched, stats.OnlyBUnmatched}[side]
		var at []int
		for i := range s.Incidents {
			if d.step(side, i) == step {
				at = append(at, i)
			}
		}
		if len(at) == 0 {
			continue
		}
		slices.SortStableFunc(at, func(i, j int) int {
			x, y := &s.Incidents[i], &s.Incidents[j]
			return cmp.Or(cmp.Compare(c.Value(y.Killed), c.Value(x.Killed)), cmp.Compare(x.Date.Start, y.Date.Start), cmp.Compare(x.ID, y.ID), cmp.Compare(x.Line, y.Line))
		})
		g := grid{ID: "only-" + [2]string{"a", "b"}[side], Caption: "The deadliest incidents without a match, " + [2]string{"A", "B"}[side], Head: []column{{Title: words("Date")}, {Title: words("Place")}, {Title: words("Parties")}, {words("Killed"), true}, {Title: words("Record")}}}
		for _, i := range at[:min(len(at), shownPairs/2)] {
			in := &s.Incidents[i]
			parties := words("none named")
			if len(in.Parties) > 0 {
				parties = name(strings.Join(in.Parties, "; "))
			}
			g.Rows = append(g.Rows, gridRow{Cells: []line{words(in.DateText()), whereLine(in), parties, words(figureOf(in)), name(in.Name())}})
		}
		bs = append(bs, paragraph{plainRole, join(name(s.Name), words(" alone has "+incidents(uint32(len(at)))+" within the days, places and sizes that both record."))}, g)
	}
	if len(bs) == 0 {
		return []block{paragraph{plainRole, words("Within the days, places and sizes that both record, neither has an incident of its own.")}}
	}
	return append(bs, paragraph{noteRole, join(words("No match does not mean that the other dataset missed an incident: it may record it under another day, place or name, or together with others. All of them: "), file(tablePath("unmatched")), words("."))})
}

// unclearBlocks lists what could be matched in several ways.
func unclearBlocks(d *Compared) []block {
	c := d.Comparison
	if len(c.Unclear) == 0 {
		return nil
	}
	a, b := c.Steps[stats.UnclearA][0], c.Steps[stats.UnclearB][1]
	g := grid{ID: "unclear-groups", Caption: "Groups within which a match cannot be decided", Head: []column{{Title: words("Date")}, {Title: words("Place")}, {words("Incidents, A"), true}, {words("Incidents, B"), true}, {words("Killed, A"), true}, {words("Killed, B"), true}}}
	for _, u := range c.Unclear[:min(len(c.Unclear), shownPairs)] {
		var ta, tb stats.Tally
		for _, i := range u.A {
			_ = ta.Merge(d.incident(0, i).Tally()) // the sum of all did not overflow
		}
		for _, j := range u.B {
			_ = tb.Merge(d.incident(1, j).Tally())
		}
		first := d.incident(0, u.A[0])
		g.Rows = append(g.Rows, gridRow{Cells: []line{words(first.DateText()), whereLine(first), words(stats.Number(int64(len(u.A)))), words(stats.Number(int64(len(u.B)))), words(ta.Killed.Figure(ta.Incidents)), words(tb.Killed.Figure(tb.Incidents))}})
	}
	return []block{paragraph{plainRole, words(upper(incidents(a.Incidents)) + " of A and " + stats.Number(int64(b.Incidents)) + " of B could be matched in several ways equally well. None of them is matched.")},
		g, noteOfUnclear(len(c.Unclear))}
}

func noteOfUnclear(n int) block {
	return paragraph{noteRole, join(words(map[bool]string{true: cutWords(n-shownPairs, "group") + " in ", false: "Every incident of them: "}[n > shownPairs]), file(tablePath("unclear")), words("."))}
}

// comparedDataBlocks accounts for the records of both sides.
func comparedDataBlocks(d *Compared) []block {
	var bs []block
	for i, side := range d.Sides {
		bs = append(bs, paragraph{plainRole, join(name(sideName(d.Comparison, i)), words(": "), ledgerText(side.Report.Ledger, side.Report.Quality))})
		if len(side.Inputs) > 0 {
			g := inputGrid(side)
			g.ID += "-" + [2]string{"a", "b"}[i]
			bs = append(bs, g)
		}
		if len(side.DiagnosticCounts) > 0 {
			g := diagnosticGrid(side)
			g.ID += "-" + [2]string{"a", "b"}[i]
			bs = append(bs, g)
		}
	}
	return bs
}

// matchMethod states the rule.
func matchMethod(d *Compared) []block {
	o := d.Comparison.Options
	days := "at most " + many(int64(o.Days), "day", "days") + " apart"
	if o.Days == 0 {
		days = "the same"
	}
	rules := list{Items: []line{
		words("An identifier or an address that one incident of each dataset has, and dates at most a week apart, make a match. A number of fewer than six digits is no identifier, unless both files are of one dataset."),
		words("Of the others, two incidents can be one if their days are " + days + " and they share a place: the same point within " + fmt.Sprint(o.Metres/1000) + " km where both are placed exactly, within 25 km where one is placed only nearly; the same name; the same district; or, where one names nothing finer, the same province, or the same country with a party in common. Countries that differ exclude it, and so do exact points more than 50 km apart."),
		words("Names are compared by their letters and digits, without accents, case, and words such as “district” at the end; aliases.csv says what else is one name."),
		words("Points speak for a pair: 2 for the same day, 1 for spans that overlap; 3 for the same place, 2 for the district, 1 for the province; 2 for a party in common, 1 where one of them names none. A pair needs 4."),
		words("A pair is matched when each is the other's only best. Matched incidents leave, and the rule is applied again until nothing changes. What is left with equally good matches is unclear and is matched with none. The order of the records makes no difference."),
		words("An incident of one dataset alone is put down to the first of these that holds: it lies outside the days that the other covers; where the other names no incident; it is smaller than any incident of the other; it is dated or placed too vaguely; or nothing but that no match was found."),
	}}
	g := grid{ID: "options", Caption: "Options in force", Head: []column{{Title: words("Option")}, {Title: words("Value")}}}
	for _, x := range d.options() {
		g.Rows = append(g.Rows, gridRow{Cells: []line{name(x.Name), name(x.Value)}})
	}
	bs := []block{rules, g}
	for _, side := range d.Sides {
		bs = append(bs, mappingBlocks(side)...)
	}
	return bs
}

// cutWords says how many of a thing are not shown: "12 more groups are".
func cutWords(n int, what string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 more " + what + " is"
	}
	return stats.Number(int64(n)) + " more " + what + "s are"
}
