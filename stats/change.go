package stats

import "toll/data"

// changes compares the latest whole period with the one before it and with the
// same period a year before. A period covered only in part is never compared,
// and neither are single days: one incident more or less is no change.
func changes(t *Table, p Period, hasInjured bool) []Change {
	if p == ByDay {
		return nil
	}
	last := -1
	for i, r := range t.Rows {
		if r.Keys[0].Kind == Named && r.Partial == "" {
			last = i
		}
	}
	if last < 1 {
		return nil
	}
	after := t.Rows[last]
	var cs []Change
	if b := t.Rows[last-1]; b.Keys[0].Kind == Named && b.Partial == "" {
		cs = append(cs, compareRows("previous "+p.String(), b, after, hasInjured))
	}
	if s, ok := yearBefore(after.start, p); ok {
		for _, b := range t.Rows[:last] {
			if b.start == s && b.Keys[0].Kind == Named && b.Partial == "" {
				cs = append(cs, compareRows("same "+p.String()+" a year before", b, after, hasInjured))
			}
		}
	}
	return cs
}

func compareRows(kind string, b, a Row, hasInjured bool) Change {
	c := Change{Kind: kind, Before: b, After: a}
	c.Measures = append(c.Measures, Delta{Measure: "incidents", Before: int64(b.Tally.Incidents), After: int64(a.Tally.Incidents)})
	c.Measures = append(c.Measures, compareSums("killed", b.Tally.Killed, a.Tally.Killed))
	if hasInjured {
		c.Measures = append(c.Measures, compareSums("injured", b.Tally.Injured, a.Tally.Injured))
	}
	return c
}

// compareSums compares best figures where both periods have them throughout,
// else lows; the two are never mixed.
func compareSums(measure string, b, a Sum) Delta {
	if b.HasBest() && a.HasBest() {
		return Delta{Measure: measure, Before: b.Best, After: a.Best, Bound: "best"}
	}
	return Delta{Measure: measure, Before: b.Low, After: a.Low, Bound: "low"}
}

// MinBase is the smallest earlier figure, in incidents or persons, against which
// a per cent is stated; below it a change is told in words, "from 2 to 5".
const MinBase = 10

// PercentChange returns the change in per cent of the earlier figure, or ""
// where none should be stated: "n/a" from zero, nothing under MinBase.
func (d Delta) PercentChange() string {
	base := d.Before
	unit := int64(1)
	if d.Measure != "incidents" {
		unit = data.Unit
	}
	switch {
	case base <= 0:
		return "n/a"
	case base < MinBase*unit:
		return ""
	}
	return signed(Percent(d.After-d.Before, base), d.After > d.Before)
}

func signed(s string, up bool) string {
	if up {
		return "+" + s
	}
	return s
}
