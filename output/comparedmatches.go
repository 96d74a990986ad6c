package output

import (
	"cmp"
	"slices"
	"strings"

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
