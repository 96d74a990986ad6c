package stats

// Stage is a step of the way from A's total to B's as it is walked: what each side
// has in it, by how much it changes the figure compared, and where that leads, in
// units of 1/data.Unit person.
type Stage struct {
	Step   Step
	Sides  [2]Tally
	Change int64
	Then   int64
}

// Incidents is how many incidents stand in the stage: pairs once.
func (s *Stage) Incidents() uint32 { return max(s.Sides[0].Incidents, s.Sides[1].Incidents) }

// Way returns the steps that hold an incident, from A's total to B's. It is nil
// where either total is not known: from or to an unknown figure leads no way.
func (c *Comparison) Way() []Stage {
	if c.Lacks(0) != LacksNothing || c.Lacks(1) != LacksNothing {
		return nil
	}
	var way []Stage
	at := c.ValueOf(c.A.Total.Killed)
	for s := range NumSteps {
		x := Stage{Step: s, Sides: c.Steps[s]}
		if x.Incidents() == 0 {
			continue
		}
		x.Change = c.ValueOf(x.Sides[1].Killed) - c.ValueOf(x.Sides[0].Killed)
		at += x.Change
		x.Then = at
		way = append(way, x)
	}
	return way
}

// Lack says what a side of a comparison has no figure for.
type Lack uint8

// A side may hold no incident, of which nothing follows, or none of a known toll.
const (
	LacksNothing Lack = iota
	LacksIncidents
	LacksTolls
)

// Lacks says what A (0) or B (1) lacks. A sum over nothing is no count of zero.
func (c *Comparison) Lacks(side int) Lack {
	t := [2]*Tally{&c.A.Total, &c.B.Total}[side]
	switch {
	case t.Incidents == 0:
		return LacksIncidents
	case t.Killed.Known(t.Incidents) == 0:
		return LacksTolls
	}
	return LacksNothing
}
