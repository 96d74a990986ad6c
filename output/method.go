package output

import (
	"toll/internal/catalogue"
	"toll/stats"
)

// methodBlocks says by which rules the figures were made, from the options in
// force and from what the data had and lacked.
func methodBlocks(d *Document) []block {
	r := d.Report
	bs := []block{ruleList(r)}
	if len(d.Options) > 0 {
		g := grid{ID: "options", Caption: catalogue.Say("page.options-in-force"), Head: []column{{Title: say("page.option")}, {Title: say("page.value")}}}
		for _, o := range d.Options {
			v := name(o.Value)
			if o.Value == "" {
				v = words("–")
			}
			g.Rows = append(g.Rows, gridRow{Cells: []line{name(o.Name), v}})
		}
		bs = append(bs, g)
	}
	if len(r.Folded) > 0 {
		bs = append(bs, list{Items: []line{foldedLine(r.Folded)}})
	}
	return append(bs, mappingBlocks(d)...)
}

// mostFolded is how many names under another spelling are listed.
const mostFolded = 20

// foldedLine says which names count under another spelling of theirs.
func foldedLine(fs []stats.Folding) line {
	l := line(nil)
	for i, f := range fs[:min(len(fs), mostFolded)] {
		if i > 0 {
			l = join(l, words(", "))
		}
		l = join(l, say("folded.name", with("column", code(f.Column.String())), with("written", name(f.Written)), with("as", name(f.As))))
	}
	if more := len(fs) - mostFolded; more > 0 {
		l = join(l, sayOf("folded.more", int64(more), with("n", count64(int64(more), "folded/more"))))
	}
	return say("folded", with("names", l))
}

// The anchors of the rules, for links from the figures they qualify.
const (
	ruleBounds     = "rule-bounds"
	ruleUnknown    = "rule-unknown"
	ruleSums       = "rule-sums"
	ruleAccounts   = "rule-accounts"
	ruleCasualties = "rule-casualties"
	rulePeriod     = "rule-period"
	ruleParties    = "rule-parties"
	ruleChanges    = "rule-changes"
	ruleWithheld   = "rule-withheld"
	ruleRounding   = "rule-rounding"
)

// ruleList has the rules in force, for this data and these options.
func ruleList(r *stats.Report) list {
	var l list
	rule := func(anchor, id string) { l.IDs, l.Items = append(l.IDs, anchor), append(l.Items, say(id)) }
	either := func(yes bool, a, b string) string {
		if yes {
			return a
		}
		return b
	}
	rule(ruleBounds, "method.toll")
	rule(ruleUnknown, "method.blank")
	rule(ruleSums, "method.sums")
	rule(ruleAccounts, either(r.MultiAccount, "method.accounts", "method.record"))
	if r.HasInjured {
		rule(ruleCasualties, "method.casualties")
	}
	rule(rulePeriod, "method.period."+r.Period.String())
	rule(ruleParties, either(r.Directed, "method.directed", "method.undirected"))
	if len(r.Changes) > 0 {
		rule(ruleChanges, "method.changes")
	}
	if r.MinCell > 0 {
		l.IDs, l.Items = append(l.IDs, ruleWithheld), append(l.Items, say("method.withheld", with("most", figure(stats.Number(int64(r.MinCell-1)), "rule/min-cell"))))
	}
	rule(ruleRounding, "method.rounding")
	return l
}

// mappingBlocks says which column each field was read from.
func mappingBlocks(d *Document) []block {
	var bs []block
	for _, in := range d.Inputs {
		if len(in.Mapping) == 0 {
			continue
		}
		l := join(name(in.Name), say("mapping.read"))
		for i, m := range in.Mapping {
			if i > 0 {
				l = join(l, words(", "))
			}
			l = join(l, code(m.Field))
			if m.Column != m.Field {
				l = join(l, say("mapping.from", with("column", name(m.Column))))
			}
		}
		l = join(l, words("."))
		for i, u := range in.Unused {
			if i == 0 {
				l = join(l, say("mapping.unread"))
			} else {
				l = join(l, words(", "))
			}
			l = join(l, words("“"), name(u), words("”"))
		}
		if len(in.Unused) > 0 {
			l = join(l, words("."))
		}
		bs = append(bs, paragraph{plainRole, l})
		if len(in.Notes) > 0 {
			notes := list{}
			for _, n := range in.Notes {
				notes.Items = append(notes.Items, name(upper(sentence(n))))
			}
			bs = append(bs, notes)
		}
	}
	return bs
}
