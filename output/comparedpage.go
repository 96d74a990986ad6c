package output

import (
	"fmt"

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
	p.Lead = append(p.Lead, paragraph{leadRole, comparedHeadline(d)}, paragraph{noteRole, words(caveat)})
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
func comparedHeadline(d *Compared) line {
	c := d.Comparison
	if c.Lacks(0) == stats.LacksIncidents || c.Lacks(1) == stats.LacksIncidents {
		return emptyHeadline(d)
	}
	l := join(name(c.A.Name), words(" has "+killedIn(c.A.Total)+"; "), name(c.B.Name), words(" has "+killedIn(c.B.Total)+". "))
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

// emptyHeadline says which dataset has nothing to compare, and what the other has:
// of nothing no figure follows.
func emptyHeadline(d *Compared) line {
	c := d.Comparison
	var ls []line
	for i, s := range [2]*stats.Side{&c.A, &c.B} {
		switch selected := d.Sides[i].Report.Ledger.SetAside > 0; {
		case c.Lacks(i) != stats.LacksIncidents:
			ls = append(ls, join(name(s.Name), words(" has "+killedIn(s.Total)+".")))
		case selected:
			ls = append(ls, join(name(s.Name), words(" holds no incident of this selection.")))
		default:
			ls = append(ls, join(name(s.Name), words(" holds no incident.")))
		}
	}
	return inSentences(append(ls, words("What a dataset does not record is not zero, so that nothing is compared."))...)
}

func killedIn(t stats.Tally) string { return killedWords(t) + " in " + incidents(t.Incidents) }

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
