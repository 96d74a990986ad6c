package output

import (
	"strings"

	"toll/data"
	"toll/stats"
)

// tailBlocks describes how the deadliest incidents are distributed.
func tailBlocks(r *stats.Report) []block {
	s := r.Sheet("tail")
	if s == nil {
		return nil
	}
	id := "tail"
	if s.Cell("value", "incidents") == s.Cell("value", "fatal") {
		id = "tail.all"
	}
	l := inSentences(say(id, with("fatal", tailCell(s, "fatal")), with("n", tailCell(s, "incidents")), with("from", tailCell(s, "from")), with("alpha", tailCell(s, "alpha")),
		with("error", tailCell(s, "alpha-error"))), againstLognormal(s))
	if s.Cell("value", "fit-p").Stated {
		l = inSentences(l, say("tail.fit", with("p", tailCell(s, "fit-p"))))
	}
	return []block{paragraph{plainRole, l}, paragraph{noteRole, inSentences(say("tail.note"), say("data-in", with("file", file(tablePath("tail")))))}}
}

// tailCell is a figure of the sheet on the tail.
func tailCell(s *stats.Sheet, id string) line {
	return figure(cellWords(s.Cell("value", id)), "tail/"+id+"/value")
}

// againstLognormal says whether a lognormal describes the same incidents.
func againstLognormal(s *stats.Sheet) line {
	ratio, p := s.Cell("value", "vuong"), s.Cell("value", "vuong-p")
	id := "tail.lognormal.better"
	switch {
	case !ratio.Stated:
		return say("tail.lognormal.same")
	case p.V > data.Unit/10:
		id = "tail.lognormal.as-well"
	case ratio.V > 0:
		id = "tail.lognormal.worse"
	}
	return say(id, with("ratio", tailCell(s, "vuong")), with("p", figure(probability(float64(p.V)/data.Unit), "tail/vuong-p/value")))
}

// cellWords writes a cell for readers, with the decimals that it has.
func cellWords(c stats.Cell) string {
	if !c.Stated {
		return "–"
	}
	if c.V%data.Unit == 0 {
		return stats.Number(c.V / data.Unit)
	}
	return strings.Replace(decimal(c.V), "-", "−", 1)
}

// experimentalIDs are the sheets made only on demand, in the order they are told.
var experimentalIDs = []string{"changepoints", "negative-binomial", "recapture"}

// experimentalBlocks says the estimates asked for, and which were refused.
func experimentalBlocks(sheets []*stats.Sheet, refused []stats.Refusal) []block {
	var bs []block
	for _, id := range experimentalIDs {
		for _, s := range sheets {
			if s.ID == id {
				bs = append(bs, sheetGrid(s), sheetNote(s, 0))
			}
		}
	}
	if len(refused) > 0 {
		var l list
		for _, x := range refused {
			l.Items = append(l.Items, join(code(x.ID), date(": "+x.Why+".")))
		}
		bs = append(bs, paragraph{plainRole, say("experimental.refused")}, l)
	}
	if len(bs) == 0 {
		return nil
	}
	return append([]block{paragraph{warningRole, say("experimental.warning")}}, bs...)
}

// sheetNote is what a reader must know of a sheet, and where its data is: so many
// rows more than are shown, or all of them.
func sheetNote(s *stats.Sheet, left int64) block {
	where := say("data-in", with("file", file(tablePath(s.ID))))
	if left > 0 {
		where = sayOf("cut.rows", left, with("n", count64(left, "rows/"+s.ID)), with("file", file(tablePath(s.ID))))
	}
	return paragraph{noteRole, inSentences(date(s.Note), where)}
}

// sheetGrid shows a sheet as it is.
func sheetGrid(s *stats.Sheet) grid {
	g := grid{ID: s.ID, Caption: s.Title}
	for _, d := range s.Dims {
		g.Head = append(g.Head, column{Title: words(d.Title)})
	}
	for _, c := range s.Columns {
		g.Head = append(g.Head, column{words(c.Text), true})
	}
	for _, r := range s.Rows {
		var x gridRow
		for _, k := range r.Keys {
			x.Cells = append(x.Cells, keyLabel(k))
		}
		for _, c := range r.Cells {
			x.Cells = append(x.Cells, words(cellWords(c)))
		}
		g.Rows = append(g.Rows, x)
	}
	return g
}
