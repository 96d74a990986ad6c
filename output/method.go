package output

import (
	"fmt"

	"toll/stats"
)

// methodBlocks says by which rules the figures were made, from the options in
// force and from what the data had and lacked.
func methodBlocks(d *Document) []block {
	r := d.Report
	bs := []block{list{ruleLines(r)}}
	if len(d.Options) > 0 {
		g := grid{ID: "options", Caption: "Options in force", Head: []column{{Title: words("Option")}, {Title: words("Value")}}}
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
		bs = append(bs, list{[]line{foldedLine(r.Folded)}})
	}
	return append(bs, mappingBlocks(d)...)
}

// mostFolded is how many names under another spelling are listed.
const mostFolded = 20

// foldedLine says which names count under another spelling of theirs.
func foldedLine(fs []stats.Folding) line {
	l := words("Names that differ in nothing but capitals are one name, in the spelling that most incidents have: ")
	for i, f := range fs[:min(len(fs), mostFolded)] {
		if i > 0 {
			l = join(l, words(", "))
		}
		l = join(l, code(f.Column.String()), words(" “"), name(f.Written), words("” as “"), name(f.As), words("”"))
	}
	if more := len(fs) - mostFolded; more > 0 {
		l = join(l, words(fmt.Sprintf(" and %s more", stats.Number(int64(more)))))
	}
	return join(l, words("."))
}

func ruleLines(r *stats.Report) []line {
	rule := func(s string) line { return words(s) }
	ls := []line{
		rule("A toll is kept as reported: a lowest, a highest and, where a source gives one, a best figure. No midpoint is taken."),
		rule("A blank is unknown and never zero: such an incident is counted as an incident and adds nothing to the tolls."),
		rule("Sums add the lowest figures, the highest and the best each on their own. A best figure is shown only where every known toll in the sum has one; the column killed_best of the files adds those there are, and killed_no_best says how many lack one."),
	}
	if r.MultiAccount {
		ls = append(ls, rule("Records that share an incident id are accounts of one incident, which is counted once; where accounts differ, the range covers them."))
	} else {
		ls = append(ls, rule("Each record is an incident of its own."))
	}
	if r.HasInjured {
		ls = append(ls, rule("Casualties are killed and injured together, and are never shown without the two."))
	}
	ls = append(ls, rule("The reporting period is the "+r.Period.String()+". An incident dated less precisely stands in a row of its own and in no period; a span of days counts where it starts."))
	if r.Directed {
		ls = append(ls, rule("A party's row holds what the party claims, else what a source attributes to it. Contested means claimed by one and attributed to another, or claimed by several."))
	} else {
		ls = append(ls, rule("The data names the parties to an event without saying who acted: no figure here says whom a party killed."))
	}
	if r.MinCell > 0 {
		ls = append(ls, rule("Rows with a figure of incidents, killed or injured from 1 to "+stats.Number(int64(r.MinCell-1))+" are withheld, and with them as many others as it takes so that none can be worked out from what is shown. What tells of single incidents is left out."))
	}
	return append(ls, rule("Figures are rounded to whole persons and per cents half away from zero, once, when they are written. Shares need not add up to 100."))
}

// mappingBlocks says which column each field was read from.
func mappingBlocks(d *Document) []block {
	var bs []block
	for _, in := range d.Inputs {
		if len(in.Mapping) == 0 {
			continue
		}
		l := join(name(in.Name), words(" was read by these columns: "))
		for i, m := range in.Mapping {
			if i > 0 {
				l = join(l, words(", "))
			}
			l = join(l, code(m.Field))
			if m.Column != m.Field {
				l = join(l, words(" from “"), name(m.Column), words("”"))
			}
		}
		l = join(l, words("."))
		for i, u := range in.Unused {
			if i == 0 {
				l = join(l, words(" Not read: "))
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
