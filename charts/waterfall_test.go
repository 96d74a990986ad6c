package charts

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// comparison is one of two synthetic datasets: a monitor that lists every attack,
// and an agency that began later, lists fewer and knows more of the tolls.
func comparison(t *testing.T, change func(a, b *stats.Side)) *stats.Comparison {
	t.Helper()
	a := stats.Side{Name: "Monitor", First: day(2023, 11, 1), Last: day(2024, 6, 30)}
	b := stats.Side{Name: "Agency", First: day(2024, 1, 1), Last: day(2024, 7, 31)}
	r := rng(11)
	places := []string{"Tarmin", "Haraz", "Orgun", "Kel Adar", "Bajora", "Spinwar", "Darrel", "Vella"}
	incident := func(id string, d data.Day, place string, k data.Count) stats.Incident {
		return stats.Incident{ID: id, Date: data.Date{Start: d, End: d}, Country: "Hest", Place: place, Lat: data.NoCoord, Lon: data.NoCoord, Killed: k, Accounts: 1}
	}
	for i := range 140 {
		d := a.First + data.Day(r.IntN(242))
		k := int64(1 + r.ExpFloat64()*5)
		place := places[r.IntN(len(places))]
		a.Incidents = append(a.Incidents, incident(fmt.Sprint("m", i), d, place, ranged(max(k-1, 0), k, k+2)))
		if d < b.First || r.IntN(5) < 2 {
			continue
		}
		other := k
		switch r.IntN(4) {
		case 0:
			other += 1 + int64(r.IntN(4))
		case 1:
			other = max(0, other-2)
		}
		b.Incidents = append(b.Incidents, incident(fmt.Sprint("g", i), d+data.Day(r.IntN(2)), place, data.Exactly(other)))
	}
	for i := range 14 {
		b.Incidents = append(b.Incidents, incident(fmt.Sprint("late", i), day(2024, 7, 1+i), places[i%8], data.Exactly(int64(2+i%5))))
	}
	if change != nil {
		change(&a, &b)
	}
	for _, s := range []*stats.Side{&a, &b} {
		s.Total = stats.Tally{}
		for i := range s.Incidents {
			if err := s.Total.Merge(s.Incidents[i].Tally()); err != nil {
				t.Fatal(err)
			}
		}
	}
	c, err := stats.Compare(a, b, false, stats.DefaultMatch())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func waterfall(t *testing.T, c *stats.Comparison) Figure {
	t.Helper()
	f, left := Waterfall(c, Context{Source: "synthetic lists of the tests", Synthetic: true, First: c.First, Last: c.Last, Cutoff: max(c.A.Last, c.B.Last)})
	if left.Why != "" {
		t.Fatal(left.Why)
	}
	return f
}

func TestWaterfallGolden(t *testing.T) {
	d, err := waterfall(t, comparison(t, nil)).PNG(Options{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "comparison.waterfall.png")
	if *update {
		write(t, path, d.PNG)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	comparePictures(t, path, want, d.PNG)
}

// extremes are comparisons that strain the layout.
func extremes() map[string]func(a, b *stats.Side) {
	long := strings.Repeat("a very long name of a dataset ", 6)
	keep := func(s *stats.Side, n int) { s.Incidents = s.Incidents[:n] }
	return map[string]func(a, b *stats.Side){
		"plain":        nil,
		"long names":   func(a, b *stats.Side) { a.Name, b.Name = long+"A", long+"B" },
		"script":       func(a, b *stats.Side) { a.Name = "حركة الشباب" },
		"one incident": func(a, b *stats.Side) { keep(a, 1); keep(b, 1) },
		"huge": func(a, b *stats.Side) {
			b.Incidents[3].Killed = data.Between(4_000_000, 9_000_000)
			a.Incidents[5].Killed = data.AtLeast(2_000_000)
		},
		"open": func(a, b *stats.Side) {
			for i := range b.Incidents {
				b.Incidents[i].Killed = data.AtLeast(int64(i % 9))
			}
		},
		"every step": func(a, b *stats.Side) {
			for _, s := range []*stats.Side{a, b} {
				for i := range s.Incidents {
					x := &s.Incidents[i]
					switch i % 6 {
					case 0:
						x.Date, _ = data.MonthDate(2024, 3)
					case 1:
						x.Country = "Only " + s.Name
					case 2:
						x.Place = "Tarmin"
					case 3:
						if s == b {
							x.Killed = data.Count{}
						}
					}
				}
			}
		},
		"thirty from each": func(a, b *stats.Side) {
			for i := range b.Incidents {
				b.Incidents[i].Killed = data.Exactly(30)
			}
		},
	}
}

// From nothing, or an unknown figure, no way leads anywhere: it is no zero.
func TestWaterfallNeedsTwoTotals(t *testing.T) {
	nothing := func(s *stats.Side) { s.Incidents, s.First, s.Last = nil, data.NoDay, data.NoDay }
	all := func(s *stats.Side, k data.Count) {
		for i := range s.Incidents {
			s.Incidents[i].Killed = k
		}
	}
	for why, change := range map[string]func(a, b *stats.Side){
		"no incident of Agency is compared, and what is not recorded is not zero":   func(a, b *stats.Side) { nothing(b) },
		"no incident of Monitor is compared, and what is not recorded is not zero":  func(a, b *stats.Side) { nothing(a) },
		"no incident of Agency has a known toll of killed, and unknown is not zero": func(a, b *stats.Side) { all(b, data.Count{}) },
		"neither dataset reports a death":                                           func(a, b *stats.Side) { all(a, data.Exactly(0)); all(b, data.Exactly(0)) },
	} {
		c := comparison(t, change)
		if f, left := Waterfall(c, Context{First: c.First, Last: c.Last}); left.Why != why || f.ID != "" {
			t.Errorf("left out because %q, want %q", left.Why, why)
		}
	}
}

func TestWaterfallLayout(t *testing.T) {
	for name, change := range extremes() {
		c := comparison(t, change)
		f, left := Waterfall(c, Context{Source: "tests", First: c.First, Last: c.Last})
		if left.Why != "" {
			t.Errorf("%s: %s", name, left.Why)
			continue
		}
		for _, size := range []Size{Slide, Column, Square} {
			o := Options{Size: size}
			checkLabels(t, name+"/"+size.Name, o, labelsOf(f, o))
		}
		if n := len([]rune(f.Alt)); n > 600 || n < 60 {
			t.Errorf("%s: alternative text of %d characters", name, n)
		}
		checkWay(t, name, f, c)
	}
}

// checkWay adds the plotted changes up: they lead from one total to the other.
func checkWay(t *testing.T, name string, f Figure, c *stats.Comparison) {
	t.Helper()
	col := map[string]int{}
	for i, n := range f.Columns {
		col[n] = i
	}
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return v
	}
	at := persons(c.ValueOf(c.A.Total.Killed))
	for _, r := range f.Rows {
		if len(r) != len(f.Columns) {
			t.Fatalf("%s: a row of %d cells under %d columns", name, len(r), len(f.Columns))
		}
		if at += number(r[col["change"]]); at != number(r[col["then"]]) {
			t.Fatalf("%s: at %s the way is at %v, not %s", name, r[0], at, r[col["then"]])
		}
	}
	if at != persons(c.ValueOf(c.B.Total.Killed)) {
		t.Errorf("%s: the way ends at %v", name, at)
	}
}

func TestWaterfallNothingToDraw(t *testing.T) {
	none := func(s *stats.Side) {
		for i := range s.Incidents {
			s.Incidents[i].Killed = data.Count{}
		}
	}
	if _, left := Waterfall(comparison(t, func(a, b *stats.Side) { none(a); none(b) }), Context{}); left.Why == "" {
		t.Error("a chart of no known death")
	}
}

// Any two lists make a chart whose labels keep apart.
func TestWaterfallAny(t *testing.T) {
	n := 40
	if testing.Short() {
		n = 8
	}
	for seed := range uint64(n) {
		r := rand.New(rand.NewPCG(seed, 7))
		scale := [...]int64{3, 50, 4000, 2_000_000}[r.IntN(4)]
		c := comparison(t, func(a, b *stats.Side) {
			for _, s := range []*stats.Side{a, b} {
				for i := range s.Incidents {
					s.Incidents[i].Killed = randomCount(r, scale)
					if r.IntN(9) == 0 {
						s.Incidents[i].Country = "Land " + s.Name
					}
				}
				s.Incidents = s.Incidents[:r.IntN(len(s.Incidents))]
			}
		})
		f, left := Waterfall(c, Context{})
		if left.Why != "" {
			continue
		}
		name := fmt.Sprint("seed ", seed)
		checkLabels(t, name, Options{}, labelsOf(f, Options{}))
		checkWay(t, name, f, c)
	}
}
