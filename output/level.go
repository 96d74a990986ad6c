package output

import (
	"strconv"

	"toll/data"
	"toll/stats"
)

// levelLines say how often there is violence, how deadly it is and how much of it
// is in a few incidents.
func levelLines(r *stats.Report) []line {
	s := r.Sheet("level")
	if s == nil {
		return nil
	}
	var ls []line
	cell := func(measure, column string) stats.Cell { return s.Cell(column, measure) }
	number := func(measure, column string) line {
		return figure(cellNumber(cell(measure, column)), "level/"+measure+"/"+column)
	}
	percent := func(measure string) line {
		c := cell(measure, "value")
		return figure(stats.Percent(c.V, 100*data.Unit), "level/"+measure+"/value")
	}
	if c := cell("incidents-per-period", "value"); c.Stated {
		m := "incidents-per-period"
		l := say("level.rate."+r.Period.String(), with("rate", number(m, "value")), with("low", number(m, "low")), with("high", number(m, "high")), with("of", number(m, "of")))
		if d := cell("dispersion", "value"); d.Stated && d.V > data.Unit {
			l = inSentences(l, say("level.dispersion", with("factor", number("dispersion", "value"))))
		}
		ls = append(ls, l)
	}
	by := line(nil)
	if !r.Total.Killed.HasBest() {
		by = say("level.by-low")
	}
	if c := cell("mean-killed", "of"); c.Stated && cell("median-killed", "value").Stated {
		mean := number("mean-killed", "value")
		if low, high := cell("mean-killed", "low"), cell("mean-killed", "high"); low != high {
			id := "level.mean.range"
			if r.Total.Killed.HasBest() {
				id = "level.mean.best"
			}
			if r.Total.Killed.Open > 0 {
				id += ".open"
			}
			mean = say(id, with("best", mean), with("low", number("mean-killed", "low")), with("high", number("mean-killed", "high")))
		} else if r.Total.Killed.Open > 0 {
			mean = say("level.mean.low.open", with("low", mean))
		}
		ls = append(ls, say("level.killed", with("of", number("mean-killed", "of")), with("fatal", percent("fatal")), with("mean", mean), with("median", number("median-killed", "value"))))
	}
	if cell("top-1", "value").Stated && cell("mean-killed", "of").V >= 2*data.Unit {
		id := "level.concentration"
		if wholeOf(cell("top-1-percent", "of")) < 2 { // a hundredth of so few is the one
			id = "level.deadliest"
		}
		ls = append(ls, say(id, with("first", percent("top-1")), with("by", by), with("n", number("top-1-percent", "of")), with("hundredth", percent("top-1-percent")),
			with("m", number("top-5-percent", "of")), with("twentieth", percent("top-5-percent"))))
	}
	if cell("injured-per-killed", "value").Stated {
		by := line(nil)
		if cell("injured-per-killed", "low").Stated {
			by = say("level.by-low")
		}
		ls = append(ls, say("level.injured", with("ratio", number("injured-per-killed", "value")), with("of", number("injured-per-killed", "of")), with("by", by)))
	}
	return append(ls, quietSpell(r)...)
}

// cellNumber writes a figure with at most one decimal.
func cellNumber(c stats.Cell) string {
	tenths, _ := stats.Scaled(c.V, 10, data.Unit)
	if tenths%10 == 0 {
		return stats.Number(tenths / 10)
	}
	return stats.Number(tenths/10) + "." + stats.Number(tenths%10)
}

// quietSpell says which is the longest spell to which no incident is dated, where
// spells are looked for.
func quietSpell(r *stats.Report) []line {
	s := r.Sheet("gaps")
	if s == nil || len(s.Rows) == 0 {
		return nil
	}
	row := s.Rows[0]
	at := rowAddress(s.ID, row.Keys) + "/"
	vague := line(nil)
	if n := wholeOf(row.Cells[1]); n > 0 {
		vague = sayOf("level.quiet-vague", n, with("n", count64(n, at+"vague")))
	}
	n := wholeOf(row.Cells[0])
	return []line{sayOf("level.quiet", n, with("n", count64(n, at+"days")), with("from", keyLabel(row.Keys[0])), with("to", keyLabel(row.Keys[1])), with("vague", vague))}
}

// inhabitantBlocks show the deaths per 100,000 inhabitants, where populations are
// stated.
func inhabitantBlocks(r *stats.Report) []block {
	s := r.Sheet("per-100000")
	if s == nil {
		return nil
	}
	g := grid{ID: s.ID, Caption: s.Title, Head: []column{{say("page.place"), false}, {say("page.year"), false}, {say("page.killed"), true}, {say("page.inhabitants"), true}, {say("page.per-100-000"), true}, {say("page.days-covered"), true}}}
	for _, row := range s.Rows[:min(len(s.Rows), shownRows)] {
		of := func(column string) stats.Cell { return s.Cell(column, row.Keys[0].ID, row.Keys[1].ID) }
		more := ""
		if wholeOf(of("open")) > 0 {
			more = "+"
		}
		g.Rows = append(g.Rows, gridRow{Cells: []line{keyLabel(row.Keys[0]), keyLabel(row.Keys[1]), words(cellRange(of("killed.low"), of("killed.high"), 0) + more),
			words(stats.Number(wholeOf(of("population")))), words(cellRange(of("low"), of("high"), 2) + more), words(stats.Number(wholeOf(of("days"))))}})
	}
	return []block{g, sheetNote(s, int64(len(s.Rows)-len(g.Rows)))}
}

// cellRange writes two figures as a range, with so many decimals; a dash where
// there are none.
func cellRange(low, high stats.Cell, decimals int) string {
	if !low.Stated {
		return "–"
	}
	write := func(c stats.Cell) string { return strconv.FormatFloat(float64(c.V)/data.Unit, 'f', decimals, 64) }
	if decimals == 0 {
		write = func(c stats.Cell) string { return stats.Number(wholeOf(c)) }
	}
	if a, b := write(low), write(high); a != b {
		return a + "–" + b
	}
	return write(low)
}
