package stats

import (
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// drawKey draws keys of dates on both sides of the days kept in an array.
func drawKey(t *rapid.T) timeKey {
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		return timeKey{prec: data.Undated}
	case 1:
		return timeKey{data.ToMonth, rapid.Int32Range(24_000, 24_003).Draw(t, "month")}
	case 2:
		return timeKey{data.ToYear, rapid.Int32Range(24_000, 24_003).Draw(t, "year")}
	case 3:
		return timeKey{data.ToDay, rapid.SampledFrom([]int32{firstFastDay - 1, firstFastDay, firstFastDay + numFastDays - 1, firstFastDay + numFastDays, -700_000, 2_900_000}).Draw(t, "far day")}
	}
	return timeKey{data.ToDay, rapid.Int32Range(18_000, 18_003).Draw(t, "day")}
}

// A timeline numbers keys in order of appearance, one number for each, wherever
// they are kept.
func TestTimelineNumbersEachKeyOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line, want := newTimeline(), map[timeKey]int32{}
		for _, k := range rapid.SliceOfN(rapid.Custom(drawKey), 0, 60).Draw(t, "keys") {
			if _, ok := want[k]; !ok {
				want[k] = int32(len(want))
			}
			if got := line.at(k); got != want[k] || line.keys[got] != k {
				t.Fatalf("%+v is number %d, want %d", k, got, want[k])
			}
		}
		if len(line.keys) != len(want) {
			t.Fatalf("%d keys, want %d", len(line.keys), len(want))
		}
		for k, n := range want {
			if k.prec != data.ToDay {
				continue
			}
			if got, ok := line.known(data.Day(k.value)); ok && got != n {
				t.Fatalf("day %d is known as %d, want %d", k.value, got, n)
			} else if fast := k.value >= firstFastDay && k.value < firstFastDay+numFastDays; ok != fast {
				t.Fatalf("day %d is known: %t", k.value, ok)
			}
		}
	})
}

// A day under the number of its month is that month from then on, and no other
// day is.
func TestDaysUnderTheirMonth(t *testing.T) {
	line := newTimeline()
	month := func(s string) timeKey { return timeKey{data.ToDay, int32(periodStart(day(s), ByMonth))} }
	for i, c := range []struct {
		day  string
		want int32
	}{{"2020-02-29", 0}, {"2020-03-01", 1}, {"2020-02-01", 0}, {"2020-03-31", 1}, {"1850-01-31", 2}, {"1850-01-01", 2}, {"2079-06-30", 3}, {"2020-02-29", 0}} {
		if got := line.alias(day(c.day), month(c.day)); got != c.want {
			t.Errorf("%d: %s is number %d, want %d", i, c.day, got, c.want)
		}
	}
	for s, want := range map[string]int32{"2020-02-29": 0, "2020-02-01": 0, "2020-03-31": 1} {
		if got, ok := line.known(day(s)); !ok || got != want {
			t.Errorf("%s is known as %d, %t", s, got, ok)
		}
	}
	for _, s := range []string{"2020-02-28", "1850-01-31", "9999-12-31"} {
		if n, ok := line.known(day(s)); ok {
			t.Errorf("%s is known as %d", s, n)
		}
	}
}

func TestKeyOfDates(t *testing.T) {
	month := func(y, m int32) int32 { return 12*y + m - 1 }
	for _, c := range []struct {
		date, end string
		want      timeKey
	}{
		{"", "", timeKey{prec: data.Undated}}, {"2020", "", timeKey{data.ToYear, month(2020, 1)}}, {"2020-12", "", timeKey{data.ToMonth, month(2020, 12)}},
		{"2020-02-29", "", timeKey{data.ToDay, 18_321}}, {"2020-02-29", "2020-03-05", timeKey{data.ToDay, 18_321}}, {"1970-01-01", "", timeKey{data.ToDay, 0}},
	} {
		if got := keyOf(date(c.date, c.end)); got != c.want {
			t.Errorf("%s..%s: %+v, want %+v", c.date, c.end, got, c.want)
		}
	}
	week := data.Date{Start: 7, End: 13, Prec: data.ToWeek}
	if got := keyOf(week); got != (timeKey{data.ToDay, 7}) {
		t.Errorf("a week stands at %+v, want its first day", got)
	}
	if got := keyOf(data.Date{Start: data.NoDay, Prec: data.ToMonth}); got.prec != data.Undated {
		t.Errorf("a month without a first day stands at %+v", got)
	}
}

// Paths have one number each, whether or not they end in the same name.
func TestLocationsNumberEachPathOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ls, want := newLocations(), map[location]int32{}
		code := rapid.Uint32Range(0, 3)
		for range rapid.IntRange(0, 80).Draw(t, "n") {
			p := location{code.Draw(t, "country"), code.Draw(t, "admin1"), code.Draw(t, "admin2"), code.Draw(t, "place")}
			if _, ok := want[p]; !ok {
				want[p] = int32(len(want))
			}
			if got := ls.at(p); got != want[p] || ls.paths[got] != p {
				t.Fatalf("%v is number %d, want %d", p, got, want[p])
			}
		}
	})
}

// A cross holds what a map of pairs would, in order of appearance, also once it
// has become too wide to be dense.
func TestCrossIsAMapOfPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type pair struct{ a, b int32 }
		var c cross
		want, order := map[pair]Tally{}, []pair{}
		// The last of these alone takes more than maxDense places.
		second := rapid.SampledFrom([]int32{0, 1, 2, 15, 16, 40, 1 << 10, maxDense + 1})
		steps := rapid.IntRange(0, 60).Draw(t, "steps")
		var cells []int32
		var deltas []Tally
		for range steps {
			p := pair{rapid.Int32Range(0, 5).Draw(t, "a"), second.Draw(t, "b")}
			var d Tally
			n := data.Exactly(rapid.Int64Range(0, 9).Draw(t, "killed"))
			d.of(&n, &data.Count{})
			if _, ok := want[p]; !ok {
				order = append(order, p)
			}
			sum := want[p]
			sum.plus(&d)
			want[p] = sum
			if rapid.Bool().Draw(t, "at once") {
				c.at(p.a, p.b).plus(&d)
			} else {
				cells, deltas = append(cells, c.index(p.a, p.b)), append(deltas, d)
			}
		}
		c.addAll(cells, deltas)
		if c.sparse != nil && c.rows != nil || c.dense > 2*maxDense {
			t.Fatalf("%d places beside a map of %d", c.dense, len(c.sparse))
		}
		n := 0
		c.each(func(a, b int32, got *Tally) {
			if p := (pair{a, b}); n >= len(order) || p != order[n] || *got != want[p] {
				t.Fatalf("cell %d is of %v: %+v, want %+v", n, p, *got, want[p])
			}
			n++
		})
		if n != len(want) {
			t.Fatalf("%d cells of %d", n, len(want))
		}
	})
}

// The cells of a block are added up in stretches; the ends of a stretch are no
// exception.
func TestCellsAddedInStretches(t *testing.T) {
	one := data.Exactly(1)
	var d Tally
	d.of(&one, &one)
	for _, n := range []int{0, 1, 63, 64, 65, 128, 200} {
		var c cross
		var cells []int32
		deltas := make([]Tally, n)
		for i := range n {
			cells, deltas[i] = append(cells, c.index(0, int32(i%7))), d
		}
		c.addAll(cells, deltas)
		sum := uint32(0)
		c.each(func(_, b int32, got *Tally) {
			if want := uint32((n - int(b) + 6) / 7); got.Incidents != want || got.Injured.Fatal != want {
				t.Errorf("%d cells: %d incidents in column %d, want %d", n, got.Incidents, b, want)
			}
			sum += got.Incidents
		})
		if sum != uint32(n) {
			t.Errorf("%d incidents of %d", sum, n)
		}
	}
}
