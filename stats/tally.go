package stats

import (
	"errors"

	"toll/data"
)

// ErrOverflow says that a sum exceeds what the tally can hold: more than nine
// million million persons, which no data can mean.
var ErrOverflow = errors.New("a sum of tolls overflows: the counts cannot be right")

// Sum adds one kind of toll (killed, or injured) over incidents. Low, Best and
// High are in units of 1/data.Unit person.
//
// Low and High add each incident's own bounds, so together they bound the
// reports collected; they are not a confidence interval. Best adds the best
// figures of the incidents that have one. An incident with an unknown toll adds
// nothing and is counted in Unknown.
type Sum struct {
	Low, Best, High int64
	Unknown         uint32 // incidents whose toll is not stated
	Open            uint32 // incidents whose toll is "at least"
	NoBest          uint32 // incidents with a stated toll but no best figure
	Fatal           uint32 // incidents with at least one person for certain (low above 0)
}

// Tally is what a cell of a table holds: how many incidents, and the sums of
// killed and injured over them. The zero Tally is the neutral element of Merge.
type Tally struct {
	Incidents uint32
	Killed    Sum
	Injured   Sum
}

// of makes s the sum over one incident.
func (s *Sum) of(c *data.Count) {
	*s = Sum{}
	if !c.Stated() {
		s.Unknown = 1
		return
	}
	s.Low, s.High = c.Low, c.High
	if c.Low > 0 {
		s.Fatal = 1
	}
	if c.Flags&data.Open != 0 {
		s.Open = 1
	}
	if c.Flags&data.HasBest != 0 {
		s.Best = c.Best
	} else {
		s.NoBest = 1
	}
}

// add counts one incident's toll, without a check for overflow.
func (s *Sum) add(c *data.Count) {
	var d Sum
	d.of(c)
	s.plus(&d)
}

// plus adds without a check for overflow. The sum over all incidents is checked
// (see Accumulator.addBlock), and no cell exceeds it.
func (s *Sum) plus(d *Sum) {
	s.Low += d.Low
	s.Best += d.Best
	s.High += d.High
	s.Unknown += d.Unknown
	s.Open += d.Open
	s.NoBest += d.NoBest
	s.Fatal += d.Fatal
}

// of makes t the tally of one incident.
func (t *Tally) of(killed, injured *data.Count) {
	t.Incidents = 1
	t.Killed.of(killed)
	t.Injured.of(injured)
}

// Add counts one incident.
func (t *Tally) Add(killed, injured *data.Count) {
	var d Tally
	d.of(killed, injured)
	t.plus(&d)
}

func (t *Tally) plus(d *Tally) {
	t.Incidents += d.Incidents
	t.Killed.plus(&d.Killed)
	t.Injured.plus(&d.Injured)
}

func (s *Sum) merge(o *Sum) bool {
	var f [3]bool
	s.Low, f[0] = data.AddChecked(s.Low, o.Low)
	s.Best, f[1] = data.AddChecked(s.Best, o.Best)
	s.High, f[2] = data.AddChecked(s.High, o.High)
	s.Unknown += o.Unknown
	s.Open += o.Open
	s.NoBest += o.NoBest
	s.Fatal += o.Fatal
	return !(f[0] || f[1] || f[2])
}

// Merge adds another tally. Merging is commutative and associative.
func (t *Tally) Merge(o Tally) error {
	n := t.Incidents
	t.Incidents += o.Incidents
	k := t.Killed.merge(&o.Killed)
	i := t.Injured.merge(&o.Injured)
	if !k || !i || t.Incidents < n {
		return ErrOverflow
	}
	return nil
}

// Known returns in how many of n incidents the toll is stated.
func (s Sum) Known(n uint32) uint32 { return n - s.Unknown }

// HasBest reports whether the best figures cover every stated toll, so that
// Best is the best figure of the whole. Where it is false, Best is the sum over
// some incidents only and must not be shown as the figure.
func (s Sum) HasBest() bool { return s.NoBest == 0 }

// minus takes back a tally that is part of t.
func (t *Tally) minus(o *Tally) {
	t.Incidents -= o.Incidents
	for _, x := range []struct{ t, o *Sum }{{&t.Killed, &o.Killed}, {&t.Injured, &o.Injured}} {
		x.t.Low -= x.o.Low
		x.t.Best -= x.o.Best
		x.t.High -= x.o.High
		x.t.Unknown -= x.o.Unknown
		x.t.Open -= x.o.Open
		x.t.NoBest -= x.o.NoBest
		x.t.Fatal -= x.o.Fatal
	}
}
