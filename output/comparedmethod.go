package output

import (
	"fmt"

	"toll/internal/catalogue"
	"toll/stats"
)

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
	days := catalogue.Say("page.at-most-apart", "days", catalogue.SayOf("count.days", int64(o.Days), "n", stats.Number(int64(o.Days))))
	if o.Days == 0 {
		days = catalogue.Say("page.the-same")
	}
	rules := list{Items: []line{
		say("page.an-identifier-or-an-address-that"),
		say("page.of-the-others-two-incidents-can", with("days", words(days)), with("metres", words(fmt.Sprint(o.Metres/1000)))),
		say("page.names-are-compared-by-their-letters"),
		say("page.points-speak-for-a-pair-2"),
		say("page.a-pair-is-matched-when-each"),
		say("page.an-incident-of-one-dataset-alone"),
	}}
	g := grid{ID: "options", Caption: catalogue.Say("page.options-in-force"), Head: []column{{Title: say("page.option")}, {Title: say("page.value")}}}
	for _, x := range d.options() {
		g.Rows = append(g.Rows, gridRow{Cells: []line{name(x.Name), name(x.Value)}})
	}
	bs := []block{rules, g}
	for _, side := range d.Sides {
		bs = append(bs, mappingBlocks(side)...)
	}
	return bs
}
