package stats

import "toll/internal/catalogue"

// StepTable is the table of the steps: a row for each step and side that has
// incidents in it. The rows of a side add up to its total.
func (c *Comparison) StepTable() *Table {
	t := &Table{ID: "steps", Title: catalogue.Say("table.from-one-total-to-the-other"), Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "step", Title: catalogue.Say("table.step")}, {ID: "side", Title: catalogue.Say("table.dataset")}},
		Note: catalogue.Say("table.every-incident-of-either-dataset-stands")}
	for s := range NumSteps {
		for n, name := range [2]string{c.A.Name, c.B.Name} {
			if x := c.Steps[s][n]; x.Incidents > 0 {
				t.Rows = append(t.Rows, Row{Keys: []Key{{ID: s.ID(), Label: c.StepName(s)}, {ID: [2]string{"a", "b"}[n], Label: name}}, Tally: x})
			}
		}
	}
	return t
}

// TotalTable is the table of the two totals. A dataset without an incident has no
// row: it has no total, and none of zero.
func (c *Comparison) TotalTable() *Table {
	t := &Table{ID: "total", Title: catalogue.Say("table.totals"), Dims: []Dim{{ID: "side", Title: catalogue.Say("table.dataset")}}}
	for n, s := range [2]*Side{&c.A, &c.B} {
		if s.Total.Incidents > 0 {
			t.Rows = append(t.Rows, Row{Keys: []Key{{ID: [2]string{"a", "b"}[n], Label: s.Name}}, Tally: s.Total})
		}
	}
	return t
}

// RelationTable is the table of the matched incidents by how their tolls of
// killed stand to each other.
func (c *Comparison) RelationTable() *Table {
	t := &Table{ID: "matched-ranges", Title: catalogue.Say("table.matched-incidents-by-their-ranges-of"), Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "ranges", Title: catalogue.Say("table.ranges")}, {ID: "side", Title: catalogue.Say("table.dataset")}}}
	for _, r := range []Relation{RangesAgree, RangesOverlap, RangesApart, RangesUnknown} {
		var sums [2]Tally
		for _, p := range c.Pairs {
			if p.Killed == r {
				a, b := c.A.Incidents[p.A].Tally(), c.B.Incidents[p.B].Tally()
				sums[0].plus(&a)
				sums[1].plus(&b)
			}
		}
		for n, name := range [2]string{c.A.Name, c.B.Name} {
			if sums[n].Incidents > 0 {
				t.Rows = append(t.Rows, Row{Keys: []Key{{ID: RelationID(r), Label: catalogue.Say("ranges." + RelationID(r))}, {ID: [2]string{"a", "b"}[n], Label: name}}, Tally: sums[n]})
			}
		}
	}
	return t
}
