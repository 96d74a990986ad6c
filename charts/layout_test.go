package charts

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// checkLabels fails where two labels overlap or one leaves the page margin.
func checkLabels(t *testing.T, name string, o Options, boxes []Box) {
	t.Helper()
	o = o.settled()
	page := Box{X0: margin - 2, Y0: 24, X1: float64(o.Size.W) - margin + 2, Y1: float64(o.Size.H) - 16}
	for i, b := range boxes {
		if b.X0 < page.X0 || b.X1 > page.X1 || b.Y0 < page.Y0 || b.Y1 > page.Y1 {
			t.Errorf("%s: %q (%s) leaves the page: %.0f,%.0f to %.0f,%.0f", name, b.Text, b.Role, b.X0, b.Y0, b.X1, b.Y1)
		}
		for _, c := range boxes[:i] {
			if b.Overlaps(c, 0) {
				t.Errorf("%s: %q (%s) and %q (%s) overlap", name, c.Text, c.Role, b.Text, b.Role)
			}
		}
	}
}

// labelsOf draws without making a file.
func labelsOf(f Figure, o Options) []Box {
	o = o.settled()
	c := borrow(o)
	defer giveBack(c)
	return f.paint(c, o).boxes
}

func TestLabelsApart(t *testing.T) {
	for _, size := range []Size{Slide, Column, Square} {
		for _, w := range worlds() {
			r, c := w.report()
			places := []string{"the Republic of Hest and its neighbours", ""}
			if testing.Short() {
				places = places[:1]
			}
			for _, place := range places {
				c.Place = place
				figs, _ := Plan(r, c)
				for _, f := range figs {
					o := Options{Size: size}
					checkLabels(t, w.name+"/"+f.ID+"/"+size.Name, o, labelsOf(f, o))
				}
			}
		}
	}
}

// TestAnyTables draws charts of random tables: nothing may panic, no label may
// meet another, and the drawn words must hold no blank.
func TestAnyTables(t *testing.T) {
	n := 60
	if testing.Short() {
		n = 10
	}
	for seed := range uint64(n) {
		w := randomWorld(rng(1000 + seed))
		r, c := w.report()
		figs, left := Plan(r, c)
		if len(figs)+len(left) == 0 {
			t.Fatalf("seed %d: neither a chart nor a reason", seed)
		}
		for _, f := range figs {
			checkLabels(t, fmt.Sprintf("seed %d/%s", seed, f.ID), Options{}, labelsOf(f, Options{}))
			if n := len([]rune(f.Alt)); n > 600 || n < 60 {
				t.Errorf("seed %d/%s: alternative text of %d characters", seed, f.ID, n)
			}
		}
	}
}

func randomWorld(r *rand.Rand) *world {
	w := &world{period: stats.Period(1 + r.IntN(5)), involved: r.IntN(3) == 0, noInjured: r.IntN(3) == 0}
	w.first = day(1900+r.IntN(200), 1+r.IntN(12), 1+r.IntN(28))
	span := [...]int{1, 3, 20, 200, 3000, 20000}[r.IntN(6)]
	w.last = w.first + data.Day(r.IntN(span))
	if r.IntN(2) == 0 {
		w.partial = "to 9" + nbsp + "May"
	}
	scale := [...]int64{3, 50, 4000, 2_000_000}[r.IntN(4)]
	words := []string{"Ba", "Kandaharistan", "of the", "Ñ", "W", "Liberation-Front", "é", "–", "(north)"}
	name := func(n int) string {
		k := r.IntN(n)
		s := fmt.Sprint(k)
		for i := range k % 7 {
			s += " " + words[(k+i)%len(words)]
		}
		return s
	}
	parties, places := 1+r.IntN(30), 1+r.IntN(90)
	for range r.IntN(400) {
		in := incident{day: w.first + data.Day(r.IntN(int(w.last-w.first)+1)), vague: r.IntN(20) == 0}
		if r.IntN(7) > 0 {
			in.party = name(parties)
		}
		if r.IntN(9) > 0 {
			in.place = name(places)
		}
		in.killed, in.injured = randomCount(r, scale), randomCount(r, scale)
		w.incidents = append(w.incidents, in)
	}
	return w
}

func randomCount(r *rand.Rand, scale int64) data.Count {
	a := r.Int64N(scale)
	switch r.IntN(8) {
	case 0:
		return data.Count{}
	case 1:
		return data.AtLeast(a)
	case 2:
		return data.Between(a, a+r.Int64N(scale))
	case 3:
		return ranged(a/2, a, 2*a)
	case 4:
		return ranged(a+3, a, a) // data that contradicts itself
	}
	return data.Exactly(a)
}

func TestSpread(t *testing.T) {
	got := spread([]float64{10, 11, 12, 100}, []float64{10, 10, 10}, 0, 200)
	for i := 1; i < len(got); i++ {
		if got[i]-got[i-1] < 10-1e-9 {
			t.Errorf("labels %d and %d are %g apart", i-1, i, got[i]-got[i-1])
		}
	}
	if got[3] != 100 {
		t.Errorf("a label with room moved to %g", got[3])
	}
	if mid := (got[0] + got[1] + got[2]) / 3; mid < 10.99 || mid > 11.01 {
		t.Errorf("crowded labels are centred on %g, not 11", mid)
	}
	if got := spread([]float64{5, 6}, []float64{10}, 0, 4); got[0] != 0 {
		t.Errorf("labels that cannot fit begin at %g", got[0])
	}
	if spread(nil, nil, 0, 1) != nil {
		t.Error("no labels have positions")
	}
}

func TestCountScale(t *testing.T) {
	for _, top := range []float64{0.2, 1, 2, 3, 7, 9.9, 10, 12, 47, 99, 101, 250, 999, 1234, 54321, 9e6, 9e12} {
		c := newCountScale(top)
		ticks := c.ticks()
		if c.top < top || ticks[0] != 0 {
			t.Errorf("%g: domain to %g, ticks %v", top, c.top, ticks)
		}
		if len(ticks) > 8 || top >= 1 && len(ticks) < 2 {
			t.Errorf("%g: ticks %v", top, ticks)
		}
	}
	for _, bad := range []float64{0, -1} {
		if c := newCountScale(bad); len(c.ticks()) == 0 {
			t.Errorf("%g: no ticks", bad)
		}
	}
}

func TestWrap(t *testing.T) {
	st := style{size: 20}
	for _, l := range wrap("reported killed, 12\u00A0Dec 2024 and after", st, 130) {
		if strings.HasSuffix(l, "12") || strings.HasPrefix(l, "Dec") {
			t.Errorf("broken at a no-break space: %q", l)
		}
	}
	for _, s := range []string{"", " ", "x", strings.Repeat("x", 400), strings.Repeat("word ", 80)} {
		for _, l := range wrap(s, st, 100) {
			if st.width(l) > 100 {
				t.Errorf("line of %q is %g wide", s, st.width(l))
			}
		}
		if got := strings.ReplaceAll(strings.Join(wrap(s, st, 100), ""), " ", ""); got != strings.ReplaceAll(s, " ", "") {
			t.Errorf("wrapping %q lost letters", s)
		}
	}
	if got := fit("Kandahar", st, 60); st.width(got) > 60 || !strings.HasSuffix(got, "…") {
		t.Errorf("fit gave %q", got)
	}
}

func TestPeriodsRoundTrip(t *testing.T) {
	for p := stats.ByDay; p <= stats.ByYear; p++ {
		for d := day(1969, 12, 1); d < day(1972, 2, 1); d++ {
			n := ordinal(p, d)
			if d < firstDay(p, n) || d > lastDay(p, n) {
				t.Fatalf("%v: %v is not in period %d", p, d, n)
			}
			got, ok := parsePeriod(p, stats.PeriodKey(firstDay(p, n), p).ID)
			if !ok || got != n {
				t.Fatalf("%v: %v: key %q is read as %d, not %d", p, d, periodID(p, n), got, n)
			}
		}
	}
	for _, bad := range []string{"", "x", "2025-13", "2025-00-01", "2025-02-30", "2025-W54", "2025-10-XX", "--", "99999"} {
		for p := stats.ByDay; p <= stats.ByYear; p++ {
			if n, ok := parsePeriod(p, bad); ok && bad != "99999" {
				t.Errorf("%v: %q is read as %d", p, bad, n)
			}
		}
	}
}
