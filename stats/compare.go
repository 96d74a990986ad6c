package stats

import (
	"cmp"
	"errors"
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

// Relation says how the tolls of a matched pair stand to each other.
type Relation string

// The relations: the same range, ranges that overlap, ranges with nothing in
// common; Unstated where one of the two gives no number.
const (
	RangesAgree   Relation = "agree"
	RangesOverlap Relation = "overlap"
	RangesApart   Relation = "apart"
	RangesUnknown Relation = "not comparable"
)

// Relate compares two tolls. An open end reaches as far as one likes.
func Relate(a, b data.Count) Relation {
	a0, a1 := min(a.Low, a.High), max(a.Low, a.High) // published bounds can be out of order
	b0, b1 := min(b.Low, b.High), max(b.Low, b.High)
	switch {
	case !a.Stated() || !b.Stated():
		return RangesUnknown
	case a0 == b0 && a1 == b1 && a.IsOpen() == b.IsOpen():
		return RangesAgree
	case (a0 <= b1 || b.IsOpen()) && (b0 <= a1 || a.IsOpen()):
		return RangesOverlap
	}
	return RangesApart
}

// Pair is a match with what its tolls say.
type Pair struct {
	Match
	Killed Relation
	Step   Step
}

// Comparison sets two datasets of the same violence against each other.
type Comparison struct {
	A, B    Side
	Options MatchOptions
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

var errSteps = errors.New("the incidents compared do not add up to the totals: the input changed while it was read")

// smallSample is how many stated tolls a list needs before its smallest is taken
// for a bound of what it records.
const smallSample = 20

// Compare matches two datasets and takes the way from A's total to B's apart.
func Compare(a, b Side, sameDataset bool, o MatchOptions) (*Comparison, error) {
	c := &Comparison{A: a, B: b, Options: o, Best: a.Total.Killed.HasBest() && b.Total.Killed.HasBest(), SmallestA: smallest(a.Incidents), SmallestB: smallest(b.Incidents)}
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

// smallest returns the fewest killed, at the most, in an incident of a list: what
// the list's rule of inclusion leaves out lies below. It is -1 where too few
// tolls are stated, some are not, or incidents without a death are recorded.
func smallest(list []Incident) int64 {
	n, fewest := 0, int64(-1)
	for i := range list {
		k := list[i].Killed
		if !k.Stated() {
			return -1
		}
		if n++; fewest < 0 || k.High < fewest {
			fewest = k.High
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
		case len(places) > 0 && place != "" && !places[place]:
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

// Relations counts the matched pairs by how their tolls of killed stand to each
// other.
func (c *Comparison) Relations() map[Relation]int {
	n := map[Relation]int{}
	for _, p := range c.Pairs {
		n[p.Killed]++
	}
	return n
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

// StepTable is the table of the steps: a row for each step and side that has
// incidents in it. The rows of a side add up to its total.
func (c *Comparison) StepTable() *Table {
	t := &Table{ID: "steps", Title: "From one total to the other", Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "step", Title: "Step"}, {ID: "side", Title: "Dataset"}},
		Note: "Every incident of either dataset stands in one row; the rows of a dataset add up to its total."}
	for s := range NumSteps {
		for n, name := range [2]string{c.A.Name, c.B.Name} {
			if x := c.Steps[s][n]; x.Incidents > 0 {
				t.Rows = append(t.Rows, Row{Keys: []Key{{ID: s.ID(), Label: c.StepName(s)}, {ID: [2]string{"a", "b"}[n], Label: name}}, Tally: x})
			}
		}
	}
	return t
}

// TotalTable is the table of the two totals.
func (c *Comparison) TotalTable() *Table {
	return &Table{ID: "total", Title: "Totals", Dims: []Dim{{ID: "side", Title: "Dataset"}}, Rows: []Row{
		{Keys: []Key{{ID: "a", Label: c.A.Name}}, Tally: c.A.Total}, {Keys: []Key{{ID: "b", Label: c.B.Name}}, Tally: c.B.Total}}}
}

// RelationID is the key of a relation in the table of relations.
func RelationID(r Relation) string {
	if r == RangesUnknown {
		return "unknown"
	}
	return string(r)
}

// RelationTable is the table of the matched incidents by how their tolls of
// killed stand to each other.
func (c *Comparison) RelationTable() *Table {
	t := &Table{ID: "matched-ranges", Title: "Matched incidents by their ranges of killed", Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "ranges", Title: "Ranges"}, {ID: "side", Title: "Dataset"}}}
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
				t.Rows = append(t.Rows, Row{Keys: []Key{{ID: RelationID(r), Label: string(r)}, {ID: [2]string{"a", "b"}[n], Label: name}}, Tally: sums[n]})
			}
		}
	}
	return t
}

// StepName names a step for readers.
func (c *Comparison) StepName(s Step) string {
	a, b := c.A.Name, c.B.Name
	other := b
	if s > MatchedUnknown {
		a, other = b, a
	}
	switch s {
	case OnlyAPeriod, OnlyBPeriod:
		return "Only in " + a + ": outside the days that " + other + " covers"
	case OnlyAPlaces, OnlyBPlaces:
		return "Only in " + a + ": where " + other + " names no incident"
	case OnlyASmall, OnlyBSmall:
		return "Only in " + a + ": fewer killed than in any incident of " + other
	case OnlyAVague, OnlyBVague:
		return "Only in " + a + ": dated or placed too vaguely to match"
	case OnlyAUnmatched, OnlyBUnmatched:
		return "Only in " + a + ": no match"
	case UnclearA, UnclearB:
		return "In " + a + ", match unclear"
	case MatchedLower:
		return "Matched, lower in " + b
	case MatchedSame:
		return "Matched, same figure"
	case MatchedHigher:
		return "Matched, higher in " + b
	}
	return "Matched, toll known to one or neither"
}
