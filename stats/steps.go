package stats

import (
	"errors"

	"toll/data"
	"toll/internal/catalogue"
)

// Step is a part of the way from one dataset's total to the other's.
type Step uint8

// The steps, from A's total to B's. Each incident of either side is in one.
const (
	OnlyAPeriod    Step = iota // dated outside the days that B covers
	OnlyAPlaces                // in a country or province that B never names
	OnlyASmall                 // fewer killed than in any incident of B
	OnlyAVague                 // dated or placed too vaguely to be matched
	OnlyAUnmatched             // within what both cover, and no match in B
	UnclearA                   // several matches are equally good
	MatchedLower               // matched, and B's figure is lower
	MatchedSame                // matched, with one figure
	MatchedHigher              // matched, and B's figure is higher
	MatchedUnknown             // matched, and only one gives a toll, or neither
	UnclearB
	OnlyBUnmatched
	OnlyBVague
	OnlyBSmall
	OnlyBPlaces
	OnlyBPeriod
	NumSteps
)

var stepIDs = [NumSteps]string{"only-a-period", "only-a-places", "only-a-small", "only-a-vague", "only-a-unmatched", "unclear-a",
	"matched-lower", "matched-same", "matched-higher", "matched-unknown",
	"unclear-b", "only-b-unmatched", "only-b-vague", "only-b-small", "only-b-places", "only-b-period"}

// ID is the stable name of a step.
func (s Step) ID() string { return stepIDs[s] }

// Matched reports whether a step holds matched pairs.
func (s Step) Matched() bool { return s >= MatchedLower && s <= MatchedUnknown }

func (c *Comparison) stepOf(p *Pair) Step {
	a, b := c.A.Incidents[p.A].Killed, c.B.Incidents[p.B].Killed
	switch x, y := c.Value(a), c.Value(b); {
	case !a.Stated() || !b.Stated():
		return MatchedUnknown
	case y < x:
		return MatchedLower
	case y > x:
		return MatchedHigher
	}
	return MatchedSame
}

// only says why each incident of a list would stand in no incident of the other
// side, in the order: the period, the places, the size, the precision, and
// nothing but that no match was found.
func (c *Comparison) only(list []Incident, other *Side, places map[string]bool, fewest int64, steps [5]Step) []Step {
	out := make([]Step, len(list))
	for i := range list {
		in := &list[i]
		place := placeKey(in.Country)
		if c.Level == levelNames[levelAdmin1] {
			place = placeKey(in.Admin1)
		}
		m := newMatchable(in)
		switch {
		case in.Date.Start != data.NoDay && other.First != data.NoDay && (in.Date.End < other.First || in.Date.Start > other.Last):
			out[i] = steps[0]
		case len(other.Incidents) == 0, len(places) > 0 && place != "" && !places[place]:
			out[i] = steps[1]
		case fewest > 0 && in.Killed.Stated() && !in.Killed.IsOpen() && in.Killed.High < fewest:
			out[i] = steps[2]
		case !m.dated || m.country == "" && m.bare() && (in.Lat == data.NoCoord || in.Lon == data.NoCoord):
			out[i] = steps[3]
		default:
			out[i] = steps[4]
		}
	}
	return out
}

// smallest returns the fewest killed, at the least, in an incident of a list: what
// the list's rule of inclusion leaves out lies below. It is -1 where too few
// tolls are stated, some are not, or incidents may be without a death.
func smallest(list []Incident) int64 {
	n, fewest := 0, int64(-1)
	for i := range list {
		k := list[i].Killed
		if !k.Stated() {
			return -1
		}
		least := min(k.Low, k.High) // published bounds can be out of order
		if n++; fewest < 0 || least < fewest {
			fewest = least
		}
	}
	if n < smallSample || fewest <= 0 {
		return -1
	}
	return fewest
}

// places returns the keys of the places that each side names, at the level at
// which the two can be compared: the country where both state it and either
// names several or they differ; else the province, where every province that one
// side names is named by the other too, so that the names are the same.
func (c *Comparison) places() (a, b map[string]bool) {
	country := func(in *Incident) string { return placeKey(in.Country) }
	a, b = keysOfPlaces(c.A.Incidents, country), keysOfPlaces(c.B.Incidents, country)
	if len(a) > 0 && len(b) > 0 && (!within(a, b) || !within(b, a)) {
		c.Level = levelNames[levelCountry]
		return a, b
	}
	province := func(in *Incident) string { return placeKey(in.Admin1) }
	a, b = keysOfPlaces(c.A.Incidents, province), keysOfPlaces(c.B.Incidents, province)
	if len(a) > 0 && len(b) > 0 && (within(a, b) != within(b, a)) {
		c.Level = levelNames[levelAdmin1]
		return a, b
	}
	return nil, nil
}

func keysOfPlaces(list []Incident, of func(*Incident) string) map[string]bool {
	keys := map[string]bool{}
	for i := range list {
		if k := of(&list[i]); k != "" {
			keys[k] = true
		}
	}
	return keys
}

// within reports whether every key of a is one of b.
func within(a, b map[string]bool) bool {
	for k := range a {
		if !b[k] {
			return false
		}
	}
	return true
}

// addUp fills the steps and makes sure that they add up to the totals.
func (c *Comparison) addUp() error {
	for n, list := range [2][]Incident{c.A.Incidents, c.B.Incidents} {
		steps := [2][]Step{c.StepOfA, c.StepOfB}[n]
		var sum Tally
		for i := range list {
			t := list[i].Tally()
			if err := c.Steps[steps[i]][n].Merge(t); err != nil {
				return err
			}
			if err := sum.Merge(t); err != nil {
				return err
			}
		}
		if want := [2]Tally{c.A.Total, c.B.Total}[n]; sum != want {
			return errSteps
		}
	}
	return nil
}

var errSteps = errors.New("the incidents compared do not add up to the totals: the input changed while it was read")

// smallSample is how many stated tolls a list needs before its smallest is taken
// for a bound of what it records.
const smallSample = 20

// StepName names a step for readers.
func (c *Comparison) StepName(s Step) string {
	a, b := c.A.Name, c.B.Name
	other := b
	if s > MatchedUnknown {
		a, other = b, a
	}
	switch s {
	case OnlyAPeriod, OnlyBPeriod:
		return catalogue.Say("table.only-in-outside-the-days-that", "a", a, "other", other)
	case OnlyAPlaces, OnlyBPlaces:
		return catalogue.Say("table.only-in-where-names-no-incident", "a", a, "other", other)
	case OnlyASmall, OnlyBSmall:
		return catalogue.Say("table.only-in-fewer-killed-than-in", "a", a, "other", other)
	case OnlyAVague, OnlyBVague:
		return catalogue.Say("table.only-in-dated-or-placed-too", "a", a)
	case OnlyAUnmatched, OnlyBUnmatched:
		return catalogue.Say("table.only-in-no-match", "a", a)
	case UnclearA, UnclearB:
		return catalogue.Say("table.in-match-unclear", "a", a)
	case MatchedLower:
		return catalogue.Say("table.matched-lower-in", "b", b)
	case MatchedSame:
		return catalogue.Say("table.matched-same-figure")
	case MatchedHigher:
		return catalogue.Say("table.matched-higher-in", "b", b)
	}
	return catalogue.Say("table.matched-toll-known-to-one-or")
}
