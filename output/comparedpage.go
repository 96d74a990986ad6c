package output

import (
	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// composeCompared builds the page of a comparison.
func composeCompared(d *Compared) *page {
	c := d.Comparison
	p := &page{Title: d.Title}
	for i, side := range d.Sides {
		if side.Synthetic {
			p.Lead = append(p.Lead, paragraph{warningRole, say("page.synthetic-data-every-record-of-was", with("sideName", name(sideName(c, i))))})
		}
	}
	p.Lead = append(p.Lead, paragraph{leadRole, comparedHeadline(d)}, paragraph{noteRole, say("caveat")})
	p.add("steps", catalogue.Say("page.from-one-total-to-the-other"), stepBlocks(d))
	p.add("what-each-counts", catalogue.Say("page.what-each-counts"), countsBlocks(d))
	p.add("matched", catalogue.Say("page.incidents-in-both"), matchedBlocks(d))
	p.add("unmatched", catalogue.Say("page.incidents-in-one-alone"), unmatchedBlocks(d))
	p.add("unclear", catalogue.Say("page.matches-that-are-unclear"), unclearBlocks(d))
	if d.Recapture != nil {
		p.add("experimental", catalogue.Say("page.experimental-estimates"), experimentalBlocks([]*stats.Sheet{d.Recapture}, nil))
	}
	p.add("experimental", catalogue.Say("page.experimental-estimates"), experimentalBlocks(nil, d.Refused))
	p.add("data", catalogue.Say("page.the-data"), comparedDataBlocks(d))
	p.add("method", catalogue.Say("page.how-the-incidents-were-matched"), matchMethod(d))
	p.Foot = say("page.every-figure-has-an-address-in", with("manifestName", file(ManifestName)), with("tablePath", file(tablePath("matched"))), with("tablePath2", file(tablePath("unmatched"))), with("tablePath3", file(tablePath("unclear"))))
	speak(p)
	return p
}

func sideName(c *stats.Comparison, i int) string { return [2]string{c.A.Name, c.B.Name}[i] }

// comparedHeadline is the comparison in one paragraph.
func comparedHeadline(d *Compared) line {
	c := d.Comparison
	if c.Lacks(0) == stats.LacksIncidents || c.Lacks(1) == stats.LacksIncidents {
		return emptyHeadline(d)
	}
	l := say("page.has-has", with("name", name(c.A.Name)), with("total", words(killedIn(c.A.Total))), with("name2", name(c.B.Name)), with("total2", words(killedIn(c.B.Total))))
	n := c.Relations()
	switch len(c.Pairs) {
	case 0:
		l = say("page.no-incident-could-be-matched", with("l", l))
	case 1:
		l = say("page.1-incident-is-in-both-of", with("l", l), with("killed", words(relationWords(c.Pairs[0].Killed))))
	default:
		id := "page.pairs"
		if n[stats.RangesUnknown] > 0 {
			id = "page.pairs-some-unknown"
		}
		count := func(n int) line { return words(stats.Number(int64(n))) }
		l = join(l, say(id, with("n", count(len(c.Pairs))), with("agree", count(n[stats.RangesAgree])), with("overlap", count(n[stats.RangesOverlap])),
			with("apart", count(n[stats.RangesApart])), with("unknown", count(n[stats.RangesUnknown]))))
	}
	if c.First == data.NoDay {
		return say("page.they-have-no-day-in-common", with("l", l))
	}
	return say("page.both-cover-to", with("l", l), with("first", words(dayText(c.First))), with("last", words(dayText(c.Last))))
}

// emptyHeadline says which dataset has nothing to compare, and what the other has:
// of nothing no figure follows.
func emptyHeadline(d *Compared) line {
	c := d.Comparison
	var ls []line
	for i, s := range [2]*stats.Side{&c.A, &c.B} {
		switch selected := d.Sides[i].Report.Ledger.SetAside > 0; {
		case c.Lacks(i) != stats.LacksIncidents:
			ls = append(ls, say("page.has", with("name", name(s.Name)), with("total", words(killedIn(s.Total)))))
		case selected:
			ls = append(ls, say("page.holds-no-incident-of-this-selection", with("name", name(s.Name))))
		default:
			ls = append(ls, say("page.holds-no-incident", with("name", name(s.Name))))
		}
	}
	return inSentences(append(ls, say("page.what-a-dataset-does-not-record"))...)
}

func killedIn(t stats.Tally) string {
	return catalogue.Say("page.in-3", "killedWords", killedWords(t), "incidents", incidents(t.Incidents))
}

func killedWords(t stats.Tally) string {
	if t.Incidents > 0 && t.Killed.Known(t.Incidents) == 0 {
		return catalogue.Say("page.an-unknown-number-killed")
	}
	return catalogue.Say("page.killed-2", "incidents", t.Killed.Figure(t.Incidents))
}

func relationWords(r stats.Relation) string {
	switch r {
	case stats.RangesAgree:
		return "agree"
	case stats.RangesOverlap:
		return "overlap"
	case stats.RangesApart:
		return catalogue.Say("page.have-nothing-in-common")
	}
	return catalogue.Say("page.cannot-be-compared-because-a-number")
}
