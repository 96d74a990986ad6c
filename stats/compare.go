package stats

import (
	"cmp"
	"slices"

	"toll/data"
)

// Side is one of the two datasets of a comparison.
type Side struct {
	Name        string // for readers
	Incidents   []Incident
	First, Last data.Day // covered
	Total       Tally
	HasInjured  bool
}

// Pair is a match with what its tolls say.
type Pair struct {
	Match
	Killed Relation
	Step   Step
}

// Comparison sets two datasets of the same violence against each other.
type Comparison struct {
	A, B        Side
	Options     MatchOptions
	SameDataset bool // both are of one dataset, such as two releases of it
	// First and Last bound the days that both cover; NoDay where none are.
	First, Last data.Day
	Level       string // at which places are compared: "country", "admin1" or ""
	SmallestA   int64  // killed in the smallest incident, in units; -1 where the data sets no bound
	SmallestB   int64
	// Best is whether tolls are compared by best figures, which every stated toll
	// of both sides then has; else by the lowest.
	Best bool

	Pairs   []Pair // in the order of A
	Unclear []Unclear
	StepOfA []Step
	StepOfB []Step
	// Steps holds what each side has in each step. A side's steps add up to its
	// total, figure by figure.
	Steps [NumSteps][2]Tally
}

// Compare matches two datasets and takes the way from A's total to B's apart.
func Compare(a, b Side, sameDataset bool, o MatchOptions) (*Comparison, error) {
	c := &Comparison{A: a, B: b, Options: o, SameDataset: sameDataset, Best: a.Total.Killed.HasBest() && b.Total.Killed.HasBest(), SmallestA: smallest(a.Incidents), SmallestB: smallest(b.Incidents)}
	c.First, c.Last = max(a.First, b.First), min(a.Last, b.Last)
	if a.First == data.NoDay || b.First == data.NoDay || c.First > c.Last {
		c.First, c.Last = data.NoDay, data.NoDay
	}
	matches, unclear := MatchIncidents(a.Incidents, b.Incidents, sameDataset, o)
	c.Unclear = unclear
	placesA, placesB := c.places()
	c.StepOfA = c.only(a.Incidents, &b, placesB, c.SmallestB, [5]Step{OnlyAPeriod, OnlyAPlaces, OnlyASmall, OnlyAVague, OnlyAUnmatched})
	c.StepOfB = c.only(b.Incidents, &a, placesA, c.SmallestA, [5]Step{OnlyBPeriod, OnlyBPlaces, OnlyBSmall, OnlyBVague, OnlyBUnmatched})
	for _, g := range unclear {
		for _, i := range g.A {
			c.StepOfA[i] = UnclearA
		}
		for _, j := range g.B {
			c.StepOfB[j] = UnclearB
		}
	}
	for _, m := range matches {
		p := Pair{Match: m, Killed: Relate(a.Incidents[m.A].Killed, b.Incidents[m.B].Killed)}
		p.Step = c.stepOf(&p)
		c.StepOfA[m.A], c.StepOfB[m.B] = p.Step, p.Step
		c.Pairs = append(c.Pairs, p)
	}
	return c, c.addUp()
}

// Value is the figure of a toll by which it is compared, in units: the best, or
// the lowest where some toll of either side has no best.
func (c *Comparison) Value(n data.Count) int64 {
	if c.Best {
		return n.Best
	}
	return n.Low
}

// ValueOf is that figure of a sum.
func (c *Comparison) ValueOf(s Sum) int64 {
	if c.Best {
		return s.Best
	}
	return s.Low
}

// Grounds counts the matched pairs by what the match rests on.
func (c *Comparison) Grounds() map[How]int {
	n := map[How]int{}
	for _, p := range c.Pairs {
		n[p.How]++
	}
	return n
}

// Disagreements lists the matched pairs whose compared figures differ, the
// largest difference first.
func (c *Comparison) Disagreements() []Pair {
	var ps []Pair
	for _, p := range c.Pairs {
		if p.Step == MatchedLower || p.Step == MatchedHigher {
			ps = append(ps, p)
		}
	}
	gap := func(p *Pair) int64 {
		return abs64(c.Value(c.A.Incidents[p.A].Killed) - c.Value(c.B.Incidents[p.B].Killed))
	}
	slices.SortStableFunc(ps, func(x, y Pair) int {
		a, b := &c.A.Incidents[x.A], &c.A.Incidents[y.A]
		return cmp.Or(cmp.Compare(gap(&y), gap(&x)), cmp.Compare(a.Date.Start, b.Date.Start), cmp.Compare(a.ID, b.ID), cmp.Compare(x.A, y.A))
	})
	return ps
}
