package stats

import (
	"fmt"
	"slices"
	"testing"

	"toll/data"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// side makes a side of incidents, with the days they cover.
func side(name string, list ...Incident) Side {
	s := Side{Name: name, Incidents: list, First: data.NoDay, Last: data.NoDay}
	for i := range list {
		t := list[i].Tally()
		s.Total.plus(&t)
		if d := list[i].Date; d.Start != data.NoDay {
			if s.First == data.NoDay || d.Start < s.First {
				s.First = d.Start
			}
			if s.Last == data.NoDay || d.End > s.Last {
				s.Last = d.End
			}
		}
	}
	return s
}

// worked is a pair of lists of which every step is known.
func worked() (a, b Side) {
	best := func(lo, n, hi int64) data.Count {
		return data.Count{Low: lo * data.Unit, Best: n * data.Unit, High: hi * data.Unit, Flags: data.HasLow | data.HasBest | data.HasHigh}
	}
	a = side("Sheet",
		at("a-early", "2023-12-30", "Tarmin,,North,Hest", "", data.Exactly(7)), // before B begins
		at("a-abroad", "2024-02-02", "Vella,,East,Vell", "", data.Exactly(5)),  // B names no incident in Vell
		at("a-vague", "2024-02", "Tarmin,,North,Hest", "", data.Exactly(11)),
		at("a-alone", "2024-02-03", "Orgun,,North,Hest", "", data.Exactly(2)),
		at("a-same", "2024-02-04", "Tarmin,,North,Hest", "", data.Exactly(3)),
		at("a-more", "2024-02-06", "Tarmin,,North,Hest", "", best(8, 10, 12)),
		at("a-less", "2024-02-08", "Tarmin,,North,Hest", "", best(1, 4, 6)),
		at("a-tied", "2024-02-10", "Tarmin,,North,Hest", "", data.Exactly(6)),
		at("a-blank", "2024-02-12", "Tarmin,,North,Hest", "", data.Count{}),
		at("a-last", "2024-02-29", "Haraz,,South,Hest", "", data.Exactly(1)))
	b = side("Agency",
		at("b-first", "2024-02-01", "Haraz,,South,Hest", "", data.Exactly(9)),
		at("b-same", "2024-02-04", "Tarmin,,North,Hest", "", data.Exactly(3)),
		at("b-less", "2024-02-06", "Tarmin,,North,Hest", "", best(9, 9, 9)),
		at("b-more", "2024-02-08", "Tarmin,,North,Hest", "", best(7, 8, 9)),
		at("b-tied-1", "2024-02-10", "Tarmin,,North,Hest", "", data.Exactly(1)),
		at("b-tied-2", "2024-02-10", "Tarmin,,North,Hest", "", data.Exactly(5)),
		at("b-blank", "2024-02-12", "Tarmin,,North,Hest", "", data.Exactly(20)),
		at("b-late", "2024-03-09", "Tarmin,,North,Hest", "", data.Exactly(13)))
	return a, b
}

func TestCompareWorked(t *testing.T) {
	a, b := worked()
	c, err := Compare(a, b, false, DefaultMatch())
	if err != nil {
		t.Fatal(err)
	}
	if !c.Best {
		t.Error("every known toll has a best figure, and they are not compared by it")
	}
	if c.First != day("2024-02-01") || c.Last != day("2024-02-29") {
		t.Errorf("both cover %s to %s", c.First, c.Last)
	}
	type step struct {
		N        [2]uint32
		Low      [2]int64
		Best     [2]int64
		High     [2]int64
		Unknowns [2]uint32
	}
	got := map[string]step{}
	for s := range NumSteps {
		var x step
		for n, y := range c.Steps[s] {
			x.N[n], x.Low[n], x.Best[n], x.High[n], x.Unknowns[n] = y.Incidents, Persons(y.Killed.Low), Persons(y.Killed.Best), Persons(y.Killed.High), y.Killed.Unknown
		}
		if x.N != [2]uint32{} {
			got[s.ID()] = x
		}
	}
	one := func(n0, n1 uint32, k0, k1 int64) step {
		return step{[2]uint32{n0, n1}, [2]int64{k0, k1}, [2]int64{k0, k1}, [2]int64{k0, k1}, [2]uint32{}}
	}
	want := map[string]step{
		"only-a-period":    one(1, 0, 7, 0),
		"only-a-places":    one(1, 0, 5, 0),
		"only-a-vague":     one(1, 0, 11, 0),
		"only-a-unmatched": one(2, 0, 3, 0),
		"unclear-a":        one(1, 0, 6, 0),
		"matched-same":     one(1, 1, 3, 3),
		"matched-lower":    {[2]uint32{1, 1}, [2]int64{8, 9}, [2]int64{10, 9}, [2]int64{12, 9}, [2]uint32{}},
		"matched-higher":   {[2]uint32{1, 1}, [2]int64{1, 7}, [2]int64{4, 8}, [2]int64{6, 9}, [2]uint32{}},
		"matched-unknown":  {[2]uint32{1, 1}, [2]int64{0, 20}, [2]int64{0, 20}, [2]int64{0, 20}, [2]uint32{1, 0}},
		"unclear-b":        one(0, 2, 0, 6),
		"only-b-unmatched": one(0, 1, 0, 9),
		"only-b-period":    one(0, 1, 0, 13),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("steps: (-want +got)\n%s", diff)
	}
	if r := c.Relations(); r[RangesAgree] != 1 || r[RangesOverlap] != 1 || r[RangesApart] != 1 || r[RangesUnknown] != 1 {
		t.Errorf("relations: %v", r)
	}
	if ps := c.Disagreements(); len(ps) != 2 || a.Incidents[ps[0].A].ID != "a-less" || a.Incidents[ps[1].A].ID != "a-more" {
		t.Errorf("the largest difference is not first: %v", ps)
	}
	if g := c.Grounds(); g[ByPlace] != 4 {
		t.Errorf("grounds: %v", g)
	}
}

// The rows of each table add up to the totals, and the chain of steps leads from
// one total to the other, for the lowest, the best and the highest figures.
func TestStepsAddUp(t *testing.T) {
	toll := rapid.Custom(func(t *rapid.T) data.Count {
		n := int64(rapid.IntRange(0, 9).Draw(t, "n"))
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			return data.Count{}
		case 1:
			return data.Between(n, n+3)
		case 2:
			return data.AtLeast(n)
		}
		return data.Exactly(n)
	})
	rapid.Check(t, func(t *rapid.T) {
		var sides [2]Side
		for n, label := range []string{"a", "b"} {
			list := anyList(t, label)
			for i := range list {
				list[i].Killed = toll.Draw(t, "killed")
			}
			sides[n] = side(label, list...)
		}
		c, err := Compare(sides[0], sides[1], false, DefaultMatch())
		if err != nil {
			t.Fatal(err)
		}
		for n := range sides {
			var sum Tally
			for _, r := range c.StepTable().Rows {
				if r.Keys[1].ID == [2]string{"a", "b"}[n] {
					sum.plus(&r.Tally)
				}
			}
			if sum != sides[n].Total {
				t.Fatalf("the steps of side %d add up to %+v, not %+v", n, sum, sides[n].Total)
			}
			var matched, ranges Tally
			for s := range NumSteps {
				if s.Matched() {
					matched.plus(&c.Steps[s][n])
				}
			}
			for _, r := range c.RelationTable().Rows {
				if r.Keys[1].ID == [2]string{"a", "b"}[n] {
					ranges.plus(&r.Tally)
				}
			}
			if matched != ranges || int(matched.Incidents) != len(c.Pairs) {
				t.Fatalf("matched by step %+v, by range %+v", matched, ranges)
			}
		}
		for _, of := range []func(Sum) int64{func(s Sum) int64 { return s.Low }, func(s Sum) int64 { return s.Best }, func(s Sum) int64 { return s.High }} {
			v := of(sides[0].Total.Killed)
			for s := range NumSteps {
				v += of(c.Steps[s][1].Killed) - of(c.Steps[s][0].Killed)
			}
			if v != of(sides[1].Total.Killed) {
				t.Fatalf("the way ends at %d and not at %d", v, of(sides[1].Total.Killed))
			}
		}
	})
}

// A total that its incidents do not make is refused.
func TestCompareRefusesTotalsThatAreNot(t *testing.T) {
	a, b := worked()
	a.Total.Killed.High++
	if _, err := Compare(a, b, false, DefaultMatch()); err == nil {
		t.Error("a total nobody's incidents make is taken")
	}
}

func TestRelate(t *testing.T) {
	for _, x := range []struct {
		a, b data.Count
		want Relation
	}{
		{data.Exactly(3), data.Exactly(3), RangesAgree},
		{data.Between(3, 5), data.Between(3, 5), RangesAgree},
		{data.Between(3, 5), data.Between(5, 9), RangesOverlap},
		{data.Between(3, 5), data.Between(6, 9), RangesApart},
		{data.AtLeast(3), data.Exactly(90), RangesOverlap},
		{data.AtLeast(30), data.Exactly(9), RangesApart},
		{data.AtLeast(3), data.Exactly(3), RangesOverlap},
		{data.AtLeast(3), data.AtLeast(9), RangesOverlap},
		{data.Count{}, data.Exactly(3), RangesUnknown},
		{data.Count{Low: 5, High: 3, Flags: data.HasLow | data.HasHigh}, data.Count{Low: 3, High: 5, Flags: data.HasLow | data.HasHigh}, RangesAgree},
	} {
		if got := Relate(x.a, x.b); got != x.want {
			t.Errorf("%v and %v: %s, want %s", x.a, x.b, got, x.want)
		}
		if got := Relate(x.b, x.a); got != x.want {
			t.Errorf("%v and %v: %s, want %s", x.b, x.a, got, x.want)
		}
	}
}

// A list that begins at five killed has left smaller incidents out; one that has
// incidents without a death has left none out for their size.
func TestSmallest(t *testing.T) {
	many := func(n int, k func(i int) data.Count) (list []Incident) {
		for i := range n {
			list = append(list, at(fmt.Sprint("i", i), "2024-02-01", "Tarmin", "", k(i)))
		}
		return list
	}
	for _, x := range []struct {
		name string
		list []Incident
		want int64
	}{
		{"from five", many(30, func(i int) data.Count { return data.Exactly(int64(5 + i)) }), 5 * data.Unit},
		{"too few", many(19, func(i int) data.Count { return data.Exactly(int64(5 + i)) }), -1},
		{"from none", many(30, func(i int) data.Count { return data.Exactly(int64(i)) }), -1},
		{"one unknown", many(30, func(i int) data.Count { return map[bool]data.Count{true: {}, false: data.Exactly(5)}[i == 7] }), -1},
		{"a range counts by its lower end", many(30, func(i int) data.Count { return data.Between(int64(2+i), 40) }), 2 * data.Unit},
		{"a range from none", many(30, func(i int) data.Count { return data.Between(0, 4) }), -1},
		{"at least so many", many(30, func(i int) data.Count { return data.AtLeast(int64(3 + i)) }), 3 * data.Unit},
		{"bounds out of order", many(30, func(i int) data.Count {
			return data.Count{Low: 9 * data.Unit, High: 6 * data.Unit, Flags: data.HasLow | data.HasHigh}
		}), 6 * data.Unit},
		{"twenty are enough", many(20, func(i int) data.Count { return data.Exactly(7) }), 7 * data.Unit},
		{"none", nil, -1},
	} {
		if got := smallest(x.list); got != x.want {
			t.Errorf("%s: %d, want %d", x.name, got, x.want)
		}
	}
	a := side("All", at("a", "2024-02-01", "Kel", "", data.Exactly(2)), at("b", "2024-02-01", "Kel", "", data.AtLeast(2)), at("c", "2024-02-01", "Kel", "", data.Exactly(5)))
	b := side("Massacres", many(30, func(i int) data.Count { return data.Exactly(int64(5 + i)) })...)
	c, err := Compare(a, b, false, DefaultMatch())
	if err != nil {
		t.Fatal(err)
	}
	if want := []Step{OnlyASmall, OnlyAUnmatched, OnlyAUnmatched}; !slices.Equal(c.StepOfA, want) {
		t.Errorf("steps %v, want %v: two is smaller than five, two or more need not be", c.StepOfA, want)
	}
}

// Provinces tell what is out of a list's reach only where both use one set of
// names.
func TestPlacesCompared(t *testing.T) {
	in := func(admin1, country string) Incident {
		return at("x-"+admin1+country, "2024-02-01", "Kel,,"+admin1+","+country, "", data.Exactly(1))
	}
	for _, x := range []struct {
		a, b  []Incident
		level string
	}{
		{[]Incident{in("North", "Hest"), in("South", "Hest")}, []Incident{in("North", "Hest")}, "admin1"},
		{[]Incident{in("North", "Hest"), in("South", "Hest")}, []Incident{in("Nordprovinz", "Hest")}, ""},
		{[]Incident{in("North", "Hest"), in("South", "Vell")}, []Incident{in("North", "Hest")}, "country"},
		{[]Incident{in("North", "")}, []Incident{in("North", "Hest")}, ""},
	} {
		c, err := Compare(side("A", x.a...), side("B", x.b...), false, DefaultMatch())
		if err != nil {
			t.Fatal(err)
		}
		if c.Level != x.level {
			t.Errorf("%v and %v are compared by %q, want %q", x.a, x.b, c.Level, x.level)
		}
	}
}

// An incident comes out of a tally as it went into the figures.
func TestIncidentAlone(t *testing.T) {
	b := batch([]rec{
		{id: "X-1", date: "2024-02-01", country: "Hest", place: "Tarmin", claimed: "North", killed: data.Exactly(3), source: "Herald"},
		{id: "X-1", date: "2024-02-02", country: "Hest", place: "Tarmin", attributed: "South", killed: data.Exactly(5), source: "Courier"},
		{id: "X-2", date: "2024-02-03", country: "Vell", place: "Vella", killed: data.Exactly(9), status: data.Retracted},
		{id: "X-3", date: "2024-05-03", country: "Hest", place: "Orgun", killed: data.Exactly(1)},
	})
	opt := DefaultOptions()
	opt.Repeated = map[uint64]struct{}{HashID([]byte("X-1")): {}}
	opt.To = day("2024-04-30")
	acc := NewAccumulator(opt)
	if err := acc.Add(b); err != nil {
		t.Fatal(err)
	}
	r, err := acc.Report()
	if err != nil {
		t.Fatal(err)
	}
	alone := acc.Alone(r)
	in, ok := alone.Incident([]*data.Batch{Cut(b, 1), Cut(b, 0)})
	if !ok || in.ID != "X-1" || in.Accounts != 2 || in.Place != "Tarmin" || in.Country != "Hest" || in.DateText() != "1 Feb 2024" ||
		!slices.Equal(in.Parties, []string{"North", "South"}) || !slices.Equal(in.Sources, []string{"Courier", "Herald"}) || in.Killed.Low != 3*data.Unit || in.Killed.High != 5*data.Unit {
		t.Errorf("%+v", in)
	}
	if in.Where() != "Tarmin, Hest" || in.Name() != "X-1" {
		t.Errorf("%q in %q", in.Name(), in.Where())
	}
	if in.Tally() != r.Total {
		t.Errorf("alone %+v, in all %+v", in.Tally(), r.Total)
	}
	for i, why := range map[int]string{2: "retracted", 3: "after the period"} {
		if in, ok := alone.Incident([]*data.Batch{Cut(b, i)}); ok {
			t.Errorf("%s and counted: %+v", why, in)
		}
	}
}
