package output

import (
	"toll/stats"
)

// smallBase is the number under which an earlier figure is too small for a per
// cent change to mean anything.
const smallBase = 10

// changeText says how one measure moved: the absolute figures first, then the
// change, then per cent of the earlier figure where that is no small number.
func changeText(before, after int64) string {
	from, to := stats.Number(before), stats.Number(after)
	diff := after - before
	verb := "rose"
	switch {
	case diff == 0:
		return "unchanged at " + to
	case diff < 0:
		verb, diff = "fell", -diff
	}
	if before > 0 && before < smallBase {
		return verb + " from " + from + " to " + to
	}
	return verb + " from " + from + " to " + to + ", by " + stats.Number(diff) + " (" + perCent(diff, before) + ")"
}

// perCent is stats.Percent with the words of a sentence.
func perCent(part, whole int64) string {
	if whole <= 0 {
		return "per cent n/a"
	}
	return stats.Percent(part, whole)
}

// deltaText says how one measure moved, in persons or incidents.
func deltaText(d stats.Delta) string {
	if d.Measure == "incidents" {
		return "incidents " + changeText(d.Before, d.After)
	}
	s := "people reported " + d.Measure + " " + changeText(stats.Persons(d.Before), stats.Persons(d.After))
	if d.Bound == "low" {
		s += ", by the lowest figures"
	}
	return s
}

// periodLabel names a period and says how much of it the data covers.
func periodLabel(r stats.Row) line {
	var l line
	for _, k := range r.Keys {
		l = join(l, keyLabel(k))
	}
	if r.Partial != "" {
		l = join(l, words(", "+r.Partial))
	}
	return l
}

// changeLine puts one comparison into a sentence.
func changeLine(c stats.Change) line {
	l := join(strong(upper(c.Kind)), words(": "), periodLabel(c.After), words(" against "), periodLabel(c.Before), words(". "))
	if len(c.Measures) == 0 {
		return join(l, words("No change is given, because "+partialWhy(c)+"."))
	}
	s := ""
	for i, d := range c.Measures {
		if i > 0 {
			s += "; "
		}
		s += deltaText(d)
	}
	return join(l, words(upper(s)+"."))
}

func partialWhy(c stats.Change) string {
	switch {
	case c.After.Partial != "" && c.Before.Partial != "":
		return "the data covers both only in part"
	case c.After.Partial != "":
		return "the data covers the later one only in part"
	case c.Before.Partial != "":
		return "the data covers the earlier one only in part"
	}
	return "the figures that it would compare are not stated"
}
