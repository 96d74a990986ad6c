package stats

import (
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// addUpCube adds up what a roll with a cube says of a selection of whole months.
func addUpCube(r *Roll, q asked) map[string]Tally {
	sums := map[string]Tally{}
	add := func(row string, t *Tally) {
		x := sums[row]
		x.plus(t)
		sums[row] = x
	}
	passes := func(path, naming int32) bool {
		return (q.level < 0 || strings.EqualFold(r.Paths[path][q.level], q.place)) &&
			(q.any || slices.Contains(r.Namings[naming].Texts(), strings.ToLower(q.party)))
	}
	bounded := func(d data.Date) bool {
		return q.from != data.NoDay && (d.Prec == data.Undated || d.Start < q.from) || q.to != data.NoDay && (d.Prec == data.Undated || d.Start > q.to)
	}
	enter := func(d data.Date, path int32, t *Tally) {
		add("total", t)
		add("by-year/"+slotOf(keyOf(d), ByYear).key.ID, t)
		if c := r.Paths[path][levelCountry]; c != "" {
			add("by-country/"+c, t)
		} else {
			add("by-country/(not stated)", t)
		}
	}
	for i := range r.Cube.Cells {
		c := &r.Cube.Cells[i]
		d := data.Date{Start: c.Start, End: c.Start, Prec: c.Prec}
		if passes(c.Path, c.Naming) && !bounded(d) {
			enter(d, c.Path, &c.Tally)
			add("by-party/"+r.Namings[c.Naming].Key.ID, &c.Tally)
		}
	}
	for _, t := range r.Told {
		var groups []int
		for _, a := range t.Accounts {
			if passes(a.Path, a.Naming) && !slices.Contains(groups, a.Group) {
				groups = append(groups, a.Group)
			}
		}
		slices.Sort(groups)
		for _, v := range t.Variants {
			if len(groups) == 0 || !slices.Equal(v.Groups, groups) || bounded(v.Date) {
				continue
			}
			var d Tally
			d.of(&v.Outcomes[0].Killed, &v.Outcomes[0].Injured)
			enter(v.Date, v.Path, &d)
			for _, p := range v.Outcomes[0].Parts {
				var d Tally
				d.of(&p.Killed, &p.Injured)
				add("by-party/"+r.Namings[p.Naming].Key.ID, &d)
			}
		}
	}
	return sums
}

// TestCubeAddsUpToAnySelection holds what a cube says of a selection of whole
// years, a place and a party against the report on that selection, for cubes
// gathered as records pass, merged, made of a roll and made coarser.
func TestCubeAddsUpToAnySelection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawRecords(t)
		o := DefaultOptions()
		o.Period, o.Roll = ByYear, 1000
		o.Policy, _ = ParsePolicy(rapid.SampledFrom(policiesDrawn).Draw(t, "policy"))
		gathered := rapid.Bool().Draw(t, "gathered")
		if gathered {
			o.Roll = 1
		}
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		r := tallyRapid(t, o, rs[:cut], rs[cut:]).Roll
		if r == nil || r.Why != "" {
			t.Fatalf("no roll: %+v", r)
		}
		if r.Cube == nil {
			if gathered && len(r.Singles) > 1 {
				t.Fatalf("%d incidents stand one by one", len(r.Singles))
			}
			r = r.Cubed()
		}
		if rapid.Bool().Draw(t, "coarser") {
			for ok := true; ok; {
				var c *Roll
				if c, ok = r.Coarser(); ok {
					r = c
				}
			}
		}
		q := asked{level: rapid.IntRange(-1, 1).Draw(t, "level"), place: rapid.SampledFrom([]string{"", "P", "q", "N"}).Draw(t, "place"),
			party: rapid.SampledFrom([]string{"A", "b", "A + B", "Unattributed", "involving a", ""}).Draw(t, "party"), any: rapid.Bool().Draw(t, "any party"),
			from: data.NoDay, to: data.NoDay}
		if rapid.Bool().Draw(t, "bounded") {
			q.from, q.to = day("2020-01-01"), day(rapid.SampledFrom([]string{"2020-12-31", "2021-12-31"}).Draw(t, "to"))
		}
		o.Roll, o.From, o.To = 0, q.from, q.to
		if q.level >= 0 {
			o.Where = append(o.Where, Filter{levelNames[q.level], []string{strings.ToLower(q.place)}})
		}
		if !q.any {
			o.Where = append(o.Where, Filter{"party", []string{strings.ToLower(q.party)}})
		}
		want, got := tallyRapid(t, o, rs), addUpCube(r, q)
		for _, id := range []string{"total", "by-year", "by-country", "by-party"} {
			table := want.Table(id)
			if table == nil {
				continue // nothing of the selection names a place
			}
			for _, row := range table.Rows {
				at := strings.TrimSuffix(Address(id, row.Keys, ""), "/")
				if id == "by-party" {
					at = id + "/" + row.Keys[0].ID
				}
				if got[at] != row.Tally {
					t.Fatalf("%s by %+v: the cube gives %+v, the report %+v", at, q, got[at], row.Tally)
				}
				delete(got, at)
			}
		}
		for at, x := range got {
			if id, _, _ := strings.Cut(at, "/"); want.Table(id) != nil && x.Incidents > 0 {
				t.Fatalf("the cube has %s, the report has not", at)
			}
		}
	})
}

// TestCubeOfAnySplit has every split of the records give the same cube.
func TestCubeOfAnySplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawRecords(t)
		o := DefaultOptions()
		o.Roll = 1
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		one, two := tallyRapid(t, o, rs).Roll, tallyRapid(t, o, rs[cut:], rs[:cut]).Roll
		if one.Why != two.Why || (one.Cube == nil) != (two.Cube == nil) {
			t.Fatalf("whole %+v\nsplit at %d %+v", one, cut, two)
		}
		if one.Cube == nil {
			return
		}
		if x, y := named(one), named(two); one.Cube.Period != two.Cube.Period || !slices.Equal(x, y) {
			t.Fatalf("whole %+v\nsplit at %d %+v", x, cut, y)
		}
	})
}

// namedCell is a cell with its numbers told.
type namedCell struct {
	path   [4]string
	naming string
	CubeCell
}

func named(r *Roll) []namedCell {
	var cs []namedCell
	for _, c := range r.Cube.Cells {
		n := r.Namings[c.Naming]
		x := namedCell{r.Paths[c.Path], n.Key.ID + "\n" + n.Basis.String() + "\n" + strings.Join(n.Names, "\n"), c}
		x.Path, x.Naming = 0, 0
		cs = append(cs, x)
	}
	slices.SortFunc(cs, func(x, y namedCell) int {
		if c := slices.Compare(x.path[:], y.path[:]); c != 0 {
			return c
		}
		if c := strings.Compare(x.naming, y.naming); c != 0 {
			return c
		}
		if x.Prec != y.Prec {
			return int(x.Prec) - int(y.Prec)
		}
		return int(x.Start) - int(y.Start)
	})
	return cs
}

// TestCubeFindsRoom lengthens the period as cells grow in number, and gives up by
// the year.
func TestCubeFindsRoom(t *testing.T) {
	var one Tally
	k, j := data.Exactly(2), data.Count{}
	one.of(&k, &j)
	for _, x := range []struct {
		most, months int
		period       Period
		cells        int
		full         bool
	}{{12, 12, ByMonth, 12, false}, {11, 12, ByQuarter, 4, false}, {3, 12, ByYear, 1, false}, {1, 24, ByYear, 0, true}} {
		c := newCube(x.most)
		for m := range x.months {
			d, _ := data.DayOf(2020+m/12, 1+m%12, 15)
			c.add(data.Date{Start: d, End: d + 3, Prec: data.ToDays}, 0, 0, &one)
		}
		if c.period != x.period || len(c.cells) != x.cells || c.full != x.full {
			t.Errorf("%d cells of %d months: by %s %d, full %v", x.most, x.months, c.period, len(c.cells), c.full)
		}
		var sum Tally
		for i := range c.cells {
			sum.plus(&c.cells[i].Tally)
		}
		if !x.full && sum.Killed.Low != int64(x.months)*2*data.Unit {
			t.Errorf("by %s the killed are %d", c.period, sum.Killed.Low)
		}
	}
	c := newCube(1)
	a, b := day("2020-02-10"), day("2020-11-20")
	c.add(data.Date{Start: b, End: b + 40, Prec: data.ToDays}, 0, 0, &one)
	c.add(data.Date{Start: a, End: a, Prec: data.ToDay}, 0, 0, &one)
	if x := c.cells[0]; c.period != ByYear || x.First != a || x.Last != b+40 || x.Start != day("2020-01-01") {
		t.Errorf("by %s from %s to %s", c.period, x.First, x.Last)
	}
}

// A date known to the month or the year keeps a cell of its own.
func TestCubeKeepsVagueDatesApart(t *testing.T) {
	var one Tally
	k, j := data.Exactly(1), data.Count{}
	one.of(&k, &j)
	c := newCube(10)
	jan := day("2020-01-01")
	for _, p := range []data.Precision{data.ToDay, data.ToDays, data.ToWeek, data.ToMonth, data.ToYear, data.Undated} {
		d := data.Date{Start: jan, End: jan, Prec: p}
		if p == data.Undated {
			d = data.NoDate
		}
		c.add(d, 0, 0, &one)
	}
	c.coarsen(ByYear)
	var precs []data.Precision
	for _, x := range ordered(c.period, c.cells).Cells {
		precs = append(precs, x.Prec)
	}
	if want := []data.Precision{data.ToDay, data.ToMonth, data.ToYear, data.Undated}; !slices.Equal(precs, want) {
		t.Errorf("the cells are %v", precs)
	}
}
