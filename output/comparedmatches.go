package output

import (
	"cmp"
	"slices"
	"strings"

	"toll/internal/catalogue"
	"toll/stats"
)

// shownPairs is how many incidents each list of a comparison shows.
const shownPairs = 20

// matchedBlocks says what the matched incidents agree on, and lists those whose
// tolls differ most.
func matchedBlocks(d *Compared) []block {
	c := d.Comparison
	if c.Lacks(0) == stats.LacksIncidents || c.Lacks(1) == stats.LacksIncidents {
		return nil
	}
	if len(c.Pairs) == 0 {
		return []block{paragraph{plainRole, say("page.no-incident-of-one-could-be")}}
	}
	n := c.Relations()
	g := grid{ID: "relations", Caption: catalogue.Say("page.matched-incidents-by-what-their-ranges"), Head: []column{{Title: say("page.ranges")}, {say("page.incidents"), true}, {say("page.killed-a"), true}, {say("page.killed-b"), true}}}
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
		return append(bs, paragraph{noteRole, say("page.no-matched-incident-has-another-figure", with("tablePath", file(tablePath("matched"))))})
	}
	x := grid{ID: "differing", Caption: catalogue.Say("page.matched-incidents-whose-tolls-differ-most"), Head: []column{{Title: say("page.date-in-a")}, {Title: say("page.place-in-a")}, {say("page.killed-a"), true}, {say("page.killed-b"), true}, {Title: say("page.record-in-a")}, {Title: say("page.record-in-b")}, {Title: say("page.matched-by")}}}
	for _, p := range ps[:min(len(ps), shownPairs)] {
		a, b := d.incident(0, p.A), d.incident(1, p.B)
		x.Rows = append(x.Rows, gridRow{Cells: []line{words(a.DateText()), whereLine(a), words(figureOf(a)), words(figureOf(b)), name(a.Name()), name(b.Name()), words(string(p.How))}})
	}
	return append(bs, x, paragraph{noteRole, join(words(cutWords(max(0, len(ps)-shownPairs), "pair")+cmp.Or(map[bool]string{true: catalogue.Say("page.in"), false: catalogue.Say("page.all-matched-pairs")}[len(ps) > shownPairs])), file(tablePath("matched")), words("."))})
}

func whereLine(in *stats.Incident) line {
	if w := in.Where(); w != "" {
		return name(w)
	}
	return say("page.not-stated-2")
}

func groundsText(c *stats.Comparison) string {
	n := c.Grounds()
	var parts []string
	for _, h := range []stats.How{stats.ByID, stats.ByURL, stats.ByPoint, stats.ByPlace, stats.ByArea} {
		if n[h] > 0 {
			parts = append(parts, catalogue.Say("page.by", "part", stats.Number(int64(n[h])), "part2", string(h)))
		}
	}
	return catalogue.Say("page.matched-whether-tolls-are-alike-took", "pairs", upper(catalogue.SayOf("count.incidents-were", int64(len(c.Pairs)), "n", stats.Number(int64(len(c.Pairs))))), "parts", strings.Join(parts, ", "))
}

// unmatchedBlocks lists the deadliest incidents that one dataset alone has where
// both cover the day and the place.
func unmatchedBlocks(d *Compared) []block {
	c := d.Comparison
	if c.Lacks(0) == stats.LacksIncidents || c.Lacks(1) == stats.LacksIncidents {
		return nil
	}
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
		g := grid{ID: "only-" + [2]string{"a", "b"}[side], Caption: catalogue.Say("page.the-deadliest-incidents-without-a-match", "part", [2]string{"A", "B"}[side]), Head: []column{{Title: say("page.date")}, {Title: say("page.place")}, {Title: say("page.parties")}, {say("page.killed"), true}, {Title: say("page.record")}}}
		for _, i := range at[:min(len(at), shownPairs/2)] {
			in := &s.Incidents[i]
			parties := say("page.none-named")
			if len(in.Parties) > 0 {
				parties = name(strings.Join(in.Parties, "; "))
			}
			g.Rows = append(g.Rows, gridRow{Cells: []line{words(in.DateText()), whereLine(in), parties, words(figureOf(in)), name(in.Name())}})
		}
		bs = append(bs, paragraph{plainRole, say("page.alone-has-within-the-days-places", with("name", name(s.Name)), with("at", words(incidents(uint32(len(at))))))}, g)
	}
	if len(bs) == 0 {
		return []block{paragraph{plainRole, say("page.within-the-days-places-and-sizes")}}
	}
	return append(bs, paragraph{noteRole, say("page.no-match-does-not-mean-that", with("tablePath", file(tablePath("unmatched"))))})
}

// unclearBlocks lists what could be matched in several ways.
func unclearBlocks(d *Compared) []block {
	c := d.Comparison
	if len(c.Unclear) == 0 {
		return nil
	}
	a, b := c.Steps[stats.UnclearA][0], c.Steps[stats.UnclearB][1]
	g := grid{ID: "unclear-groups", Caption: catalogue.Say("page.groups-within-which-a-match-cannot"), Head: []column{{Title: say("page.date")}, {Title: say("page.place")}, {say("page.incidents-a"), true}, {say("page.incidents-b"), true}, {say("page.killed-a"), true}, {say("page.killed-b"), true}}}
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
	return []block{paragraph{plainRole, say("page.of-a-and-of-b-could", with("incidents", words(upper(incidents(a.Incidents)))), with("incidents2", words(stats.Number(int64(b.Incidents)))))},
		g, noteOfUnclear(len(c.Unclear))}
}

func noteOfUnclear(n int) block {
	return paragraph{noteRole, join(words(map[bool]string{true: catalogue.Say("page.in-2", "cutWords", cutWords(n-shownPairs, "group")), false: catalogue.Say("page.every-incident-of-them")}[n > shownPairs]), file(tablePath("unclear")), words("."))}
}

// cutWords says how many of a thing are not shown: "12 more groups are".
func cutWords(n int, what string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return catalogue.Say("page.1-more-is", "what", what)
	}
	return catalogue.Say("page.more-s-are", "part", stats.Number(int64(n)), "what", what)
}
