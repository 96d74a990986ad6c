package output

import (
	"strconv"

	"toll/stats"
)

// changeBlocks compares the latest whole period with earlier ones.
func changeBlocks(r *stats.Report) []block {
	if len(r.Changes) == 0 {
		return noChanges(r)
	}
	var l list
	for _, c := range r.Changes {
		l.Items = append(l.Items, changeLine(c))
	}
	return []block{l, paragraph{noteRole, words("The latest period that the data covers whole is compared. Per cents are of the earlier figure; none is given where that is under " +
		stats.Number(stats.MinBase) + ". A change may come from reporting as well as from events. " +
		"The test takes incidents as independent of each other; where they come in clusters, changes look more unusual than they are.")}}
}

// noChanges says why nothing is compared.
func noChanges(r *stats.Report) []block {
	why := "No two whole " + r.Period.String() + "s lie within the period covered, so none is compared with another."
	switch {
	case r.Total.Incidents == 0 || r.PeriodTable() == nil || r.MinCell > 0:
		return nil
	case r.Period == stats.ByDay:
		why = "Single days are not compared with each other: one incident more or less is no change."
	}
	return []block{paragraph{plainRole, words(why)}}
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
	if u := unusualText(c.Measures[0]); u != "" {
		s += " " + u
	}
	if low {
		s += " Tolls are compared by their lowest figures, because some have no best figure."
	}
	return join(l, words(s))
}

// unusualText says whether counts of incidents this far apart are unusual where
// nothing has changed. It is said of incidents only: one incident can kill many.
func unusualText(d stats.Delta) string {
	if d.Measure != "incidents" || d.Before == d.After {
		return ""
	}
	p := stats.CountTest(d.Before, d.After)
	if p < 0.05 {
		return "Counts of incidents this far apart are unusual if nothing has changed (exact test, p " + probability(p) + ")."
	}
	return "A change of this size in the number of incidents is not unusual for counts like these (exact test, p " + probability(p) + ")."
}

// probability writes a p-value: two decimals, three below 0.1, and a bound below
// a thousandth.
func probability(p float64) string {
	switch {
	case p < 0.001:
		return "< 0.001"
	case p < 0.0995:
		return "= " + strconv.FormatFloat(p, 'f', 3, 64)
	}
	return "= " + strconv.FormatFloat(p, 'f', 2, 64)
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
