package output

import (
	"toll/internal/catalogue"
	"toll/stats"
)

// stepBlocks shows the chart and the table of the steps.
func stepBlocks(d *Compared) []block {
	c := d.Comparison
	var bs []block
	for i := range d.Figures {
		f := &d.Figures[i]
		bs = append(bs, picture{ID: f.ID, Title: f.Title, Alt: f.Alt, PNG: f.PNG, SVG: f.SVG})
	}
	if c.Way() == nil {
		return omittedChart(d)
	}
	g := grid{ID: "steps-table", Caption: catalogue.Say("page.killed-step-by-step"), Head: []column{{Title: say("page.step")}, {say("page.incidents-a"), true}, {say("page.incidents-b"), true},
		{say("page.killed-a"), true}, {say("page.killed-b"), true}, {say("page.change"), true}, {say("page.then"), true}}}
	row := func(label line, a, b string, ka, kb string, change, then string) {
		g.Rows = append(g.Rows, gridRow{Cells: []line{label, words(a), words(b), words(ka), words(kb), words(change), words(then)}})
	}
	text := func(v int64) string { return stats.Number(stats.Persons(v)) }
	row(say("page.total-of-a", with("name", name(c.A.Name))), stats.Number(int64(c.A.Total.Incidents)), "", c.A.Total.Killed.Figure(c.A.Total.Incidents), "", "", text(c.ValueOf(c.A.Total.Killed)))
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
	row(say("page.total-of-b", with("name", name(c.B.Name))), "", stats.Number(int64(c.B.Total.Incidents)), "", c.B.Total.Killed.Figure(c.B.Total.Incidents), "", text(c.ValueOf(c.B.Total.Killed)))
	note := catalogue.Say("page.every-incident-of-either-dataset-is")
	if !c.Best {
		note = catalogue.Say("page.every-incident-of-either-dataset-is-2")
	}
	note += catalogue.Say("page.lowest-best-and-highest-figures-are")
	bs = append(bs, g, paragraph{noteRole, join(words(note), file(tablePath("steps")), words("."))})
	return append(bs, omittedChart(d)...)
}

// omittedChart says why there is no chart, where there is none.
func omittedChart(d *Compared) []block {
	var bs []block
	for _, o := range d.Omitted {
		bs = append(bs, paragraph{noteRole, say("page.no-chart", with("why", words(o.Why)))})
	}
	return bs
}
