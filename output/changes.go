package output

import (
	"toll/stats"
)

// changeBlocks compares the latest whole period with earlier ones.
func changeBlocks(r *stats.Report) []block {
	if len(r.Changes) == 0 {
		return nil
	}
	var l list
	for _, c := range r.Changes {
		l.Items = append(l.Items, changeLine(c))
	}
	return []block{l, paragraph{noteRole, words("The latest period that the data covers whole is compared. Per cents are of the earlier figure; none is given where that is under " +
		stats.Number(stats.MinBase) + ". A change may come from reporting as well as from events.")}}
}

// changeLine puts one comparison into a sentence.
func changeLine(c stats.Change) line {
	l := join(strong(upper(c.Kind)), words(": "), rowLabel(c.After), words(" against "), rowLabel(c.Before), words(". "))
	if len(c.Measures) == 0 {
		return join(l, words("No change is given, because "+noChangeWhy(c)+"."))
	}
	s, low := "", false
	for i, d := range c.Measures {
		if i > 0 {
			s += "; "
		}
		s += deltaText(d)
		low = low || d.Bound == "low"
	}
	s = upper(s) + "."
	if low {
		s += " Tolls are compared by their lowest figures, because some have no best figure."
	}
	return join(l, words(s))
}

// deltaText says how one measure moved: the absolute figures first, then the
// change, then per cent of the earlier figure where that is no small number.
func deltaText(d stats.Delta) string {
	subject, before, after := "incidents ", d.Before, d.After
	if d.Measure != "incidents" {
		subject, before, after = d.Measure+" ", stats.Persons(before), stats.Persons(after)
	}
	diff, verb := after-before, "rose"
	switch {
	case diff == 0:
		return subject + "unchanged at " + stats.Number(after)
	case diff < 0:
		diff, verb = -diff, "fell"
	}
	s := subject + verb + " from " + stats.Number(before) + " to " + stats.Number(after)
	switch p := d.PercentChange(); p {
	case "":
		return s
	case "n/a":
		return s + " (per cent n/a)"
	default:
		return s + ", by " + stats.Number(diff) + " (" + p + ")"
	}
}

// noChangeWhy says why two periods are not compared.
func noChangeWhy(c stats.Change) string {
	switch {
	case c.After.Partial != "" && c.Before.Partial != "":
		return "the data covers both only in part"
	case c.After.Partial != "":
		return "the data covers the later one only in part"
	case c.Before.Partial != "":
		return "the data covers the earlier one only in part"
	}
	return "their figures are not stated"
}
