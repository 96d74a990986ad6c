package stats

import (
	"slices"
	"strconv"

	"toll/internal/catalogue"
)

const fewKilled = 256

// severityOf returns the whole persons killed by which an incident is ordered.
func severityOf(t *Tally) (n int64, stated bool) {
	k := &t.Killed
	if k.Unknown > 0 {
		return 0, false
	}
	if k.NoBest == 0 {
		return Persons(k.Best), true
	}
	return Persons(k.Low), true
}

func (s *series) severity(t *Tally) {
	n, stated := severityOf(t)
	switch {
	case !stated:
		s.blank.plus(t)
	case n >= 0 && n < fewKilled:
		s.few[n].plus(t)
	default:
		if s.many[n] == nil {
			s.many[n] = &Tally{}
		}
		s.many[n].plus(t)
	}
}

func (a *Accumulator) severityTable() *Table {
	t := &Table{ID: "by-severity", Title: catalogue.Say("table.by-number-killed-in-the-incident"), Secondary: true, Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "killed", Title: catalogue.Say("table.killed")}}, Note: catalogue.Say("table.the-best-figure-of-an-incident")}
	s := a.series
	sizes := make([]int64, 0, 64)
	for n := range s.few {
		if s.few[n].Incidents > 0 {
			sizes = append(sizes, int64(n))
		}
	}
	for n := range s.many {
		sizes = append(sizes, n)
	}
	slices.Sort(sizes)
	for _, n := range sizes {
		row := Row{Keys: []Key{{ID: strconv.FormatInt(n, 10), Label: Number(n)}}}
		if n >= 0 && n < fewKilled {
			row.Tally = s.few[n]
		} else {
			row.Tally = *s.many[n]
		}
		t.Rows = append(t.Rows, row)
	}
	if s.blank.Incidents > 0 {
		t.Rows = append(t.Rows, Row{Keys: []Key{{ID: "(not stated)", Label: catalogue.Say("table.not-stated"), Kind: Unstated}}, Tally: s.blank})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}
