package stats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// inPlaces writes records of these paths, country first; the nth has 2ⁿ killed,
// so that a sum tells which it holds.
func inPlaces(paths ...location) *data.Batch { return inNamedPlaces(nil, paths...) }

func inNamedPlaces(names []string, paths ...location) *data.Batch {
	rs := make([]rec, len(paths))
	for i := range rs {
		rs[i] = rec{date: "2020-01-01", attributed: string(rune('A' + i%3)), killed: exactly(1 << i)}
	}
	b := batch(rs)
	for level := range levelNames {
		b.Codes[level] = make([]uint32, len(paths))
		for i, p := range paths {
			name := ""
			if n := p[level]; n > 0 {
				if name = fmt.Sprint(n); names != nil {
					name = names[n]
				}
			}
			b.Codes[level][i] = b.Dicts[level].Code(name)
		}
	}
	return b
}

func TestGroupAt(t *testing.T) {
	for _, c := range []struct {
		path  location
		level int
		want  location
	}{
		{location{1, 2, 3, 4}, levelCountry, location{1}}, {location{1, 2, 3, 4}, levelAdmin2, location{1, 2, 3}}, {location{1, 2, 3, 4}, levelPlace, location{1, 2, 3, 4}},
		{location{1, 0, 3}, levelAdmin1, location{}}, {location{1, 0, 3}, levelAdmin2, location{1, 0, 3}}, {location{0, 0, 0, 4}, levelPlace, location{0, 0, 0, 4}}, {location{}, levelCountry, location{}},
	} {
		if got := groupAt(c.path, c.level); got != c.want {
			t.Errorf("%v by %s: %v, want %v", c.path, levelNames[c.level], got, c.want)
		}
	}
}

// Every incident stands once in the table of each level, under the place its
// record names there, and two places are never one row: figures in powers of two
// say whose they are.
func TestPlacesHoldTheirIncidentsAlone(t *testing.T) {
	names := []string{"", "A", "B", "A, B", "A (B)", "A [B]", "(not stated)", "elsewhere not stated", "country B", "=A"}
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.Uint32Range(0, uint32(len(names)-1))
		paths := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) (p location) {
			for level := range p {
				if rapid.IntRange(0, 2).Draw(t, "stated") > 0 {
					p[level] = code.Draw(t, "name")
				}
			}
			return p
		}), 1, 30).Draw(t, "paths")
		a := NewAccumulator(DefaultOptions())
		if err := a.SetCrossLevel(rapid.SampledFrom(levelNames[:]).Draw(t, "level")); err != nil {
			t.Fatal(err)
		}
		if err := a.Add(inNamedPlaces(names, paths...)); err != nil {
			t.Fatal(err)
		}
		r, err := a.Report()
		if err != nil {
			t.Fatal(err)
		}
		for level, id := range levelNames {
			want := map[location]int64{}
			for i, p := range paths {
				want[groupAt(p, level)] += 1 << i * data.Unit
			}
			tb := r.Table("by-" + id)
			if tb == nil {
				if len(want) > 1 || want[location{}] == 0 {
					t.Fatalf("no table by %s of %v", id, want)
				}
				continue
			}
			var sums, found []int64
			for _, n := range want {
				sums = append(sums, n)
			}
			seen := map[string]bool{}
			for _, row := range tb.Rows {
				if seen[row.Keys[0].ID] {
					t.Fatalf("by %s: two rows %q", id, row.Keys[0].ID)
				}
				seen[row.Keys[0].ID] = true
				if (row.Keys[0].Kind == Unstated) != (row.Tally.Killed.Low == want[location{}]) {
					t.Fatalf("by %s: %+v", id, row)
				}
				found = append(found, row.Tally.Killed.Low)
			}
			slices.Sort(sums)
			slices.Sort(found)
			if !slices.Equal(sums, found) {
				t.Fatalf("by %s: %v, want %v\n%s", id, found, sums, rowsOf(tb))
			}
			if cross := r.Table(id + "-party"); cross != nil {
				by := map[string]Tally{}
				for _, row := range cross.Rows {
					sum := by[row.Keys[0].ID]
					if sum.Merge(row.Tally) != nil {
						t.Fatal("overflow")
					}
					by[row.Keys[0].ID] = sum
				}
				for _, row := range tb.Rows {
					if by[row.Keys[0].ID] != row.Tally {
						t.Fatalf("%s in %s: %+v, over the parties %+v", row.Keys[0].ID, id, row.Tally, by[row.Keys[0].ID])
					}
				}
			}
		}
	})
}

// What a name that several places bear is written with, worked out by hand.
func TestNamesOfPlaces(t *testing.T) {
	names := []string{"", "Georgia", "Town", "Hest", "North", "Town (North)", "North, Hest"}
	const georgia, town, hest, north, townNorth, northHest = 1, 2, 3, 4, 5, 6
	for _, c := range []struct {
		name  string
		paths []location
		want  string
	}{
		{"alone", []location{{hest, north, 0, town}}, "Town"},
		{"two provinces", []location{{hest, north, 0, town}, {hest, georgia, 0, town}}, "Town (Georgia) | Town (North)"},
		{"one above nothing", []location{{0, 0, 0, town}, {hest, 0, 0, town}}, "Town (Hest) | Town (elsewhere not stated)"},
		{"a country and a province of one name", []location{{georgia, 0, 0, town}, {0, georgia, 0, town}}, "Town (admin1 Georgia) | Town (country Georgia)"},
		{"a province and a district of one name", []location{{hest, north, 0, town}, {hest, 0, north, town}}, "Town (admin2 North, country Hest) | Town (admin1 North, country Hest)"},
		{"what is written is a name too", []location{{0, north, 0, town}, {0, hest, 0, town}, {0, 0, 0, townNorth}}, "Town (North) | Town (Hest) | Town [North]"},
		{"a comma in a name", []location{{hest, north, 0, town}, {0, northHest, 0, town}}, "Town (North, Hest) | Town (North)"},
	} {
		a := NewAccumulator(DefaultOptions())
		if err := a.Add(inNamedPlaces(names, c.paths...)); err != nil {
			t.Fatal(err)
		}
		r, err := a.Report()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(ids(r.Table("by-place")), " | "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Where a place is told, the smallest comes first and what is not stated is left
// out.
func TestPathText(t *testing.T) {
	a := NewAccumulator(DefaultOptions())
	if err := a.Add(inPlaces(location{1, 2, 3, 4}, location{1, 0, 3}, location{}, location{0, 2}, location{1, 0, 0, 4})); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"4, 3, 2, 1", "3, 1", "", "2", "4, 1"} {
		p := a.places.paths[a.block.place[i]]
		if got := a.pathText(p); got != want {
			t.Errorf("%v: %q, want %q", p, got, want)
		}
	}
	p := a.places.paths[a.block.place[4]]
	if got := a.nearestName(p, levelPlace); got != "1" {
		t.Errorf("the nearest name above a place of a country is %q", got)
	}
	if got := a.nearestName(p, levelCountry); got != "" {
		t.Errorf("above a country lies %q", got)
	}
}
