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
	v := func(id string) string { return cellWords(s.Cell("value", id)) }
	text := "Of " + v("fatal") + " incidents known to have killed someone, " + v("incidents") + " killed " + v("from") + " or more. From there on a power law fits best, with an exponent of " +
		v("alpha") + " (standard error " + v("alpha-error") + "). "
	text += againstLognormal(s)
	if p := s.Cell("value", "fit-p"); p.Stated {
		text += " Of samples drawn from that power law, a share of " + cellWords(p) + " lies further from it than the incidents do (experimental; at 0.1 or less a power law would be ruled out)."
	}
	return []block{paragraph{plainRole, words(text)}, paragraph{noteRole, join(words("This describes the incidents recorded and is no forecast of any to come. Where tolls are spread so widely, an average rests on a few incidents. Data: "), file(tablePath("tail")), words("."))}}
}

// againstLognormal says whether a lognormal describes the same incidents.
func againstLognormal(s *stats.Sheet) string {
	ratio, p := s.Cell("value", "vuong"), s.Cell("value", "vuong-p")
	at := " (Vuong's ratio " + cellWords(ratio) + ", p = " + cellWords(p) + ")."
	switch {
	case !ratio.Stated:
		return "The likeliest lognormal is a power law in all but name, so that the two cannot be told apart."
	case p.V > data.Unit/10:
		return "A lognormal describes these incidents about as well" + at
	case ratio.V > 0:
		return "It describes these incidents better than a lognormal does" + at
	}
	return "A lognormal describes these incidents better, so that the power law is not to be relied on" + at
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
				bs = append(bs, sheetGrid(s), paragraph{noteRole, join(words(s.Note+" Data: "), file(tablePath(id)), words("."))})
			}
		}
	}
	if len(refused) > 0 {
		var l list
		for _, x := range refused {
			l.Items = append(l.Items, join(code(x.ID), words(": "+x.Why+".")))
		}
		bs = append(bs, paragraph{plainRole, words("Not estimated:")}, l)
	}
	if len(bs) == 0 {
		return nil
	}
	return append([]block{paragraph{warningRole, join(strong("Experimental."), words(" These estimates rest on assumptions that the data need not meet. They are made only on demand and no figure elsewhere follows from them."))}}, bs...)
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
