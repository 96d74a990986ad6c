package stats

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// A second reckoning of a comparison: what each incident is put down to, from
// what docs/methodology.md says, by loops over both lists. Which incidents match
// is taken as found; TestMatchingLaws is about that.

// drawLists draws two lists that overlap in days, places and sizes, with enough
// incidents that the smallest of a list says something.
func drawLists(t *rapid.T) (a, b Side) {
	list := func(label string) []Incident {
		n := rapid.SampledFrom([]int{1, 3, 12, 21, 26}).Draw(t, label)
		least := rapid.SampledFrom([]int64{0, 1, 3, 5}).Draw(t, "least of "+label)
		known := rapid.Bool().Draw(t, "all of "+label+" known")
		months := rapid.SampledFrom([][]string{{"2024-02", "2024-03"}, {"2024-03", "2024-04"}, {"2024-03"}}).Draw(t, "months of "+label)
		countries := rapid.SampledFrom([][]string{{"Hest"}, {"Hest"}, {"Hest", "Vell"}, {""}}).Draw(t, "countries of "+label)
		provinces := rapid.SampledFrom([][]string{{"North"}, {"North", "South"}, {"North", "South", "East"}, {""}}).Draw(t, "provinces of "+label)
		var out []Incident
		for i := range n {
			when := fmt.Sprintf("%s-%02d", rapid.SampledFrom(months).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
			switch rapid.IntRange(0, 11).Draw(t, "precision") {
			case 0:
				when = when[:7]
			case 1:
				when = "2024"
			case 2:
				when = ""
			case 3:
				when += "/2024-06-30" // too long a span to match
			}
			where := []string{rapid.SampledFrom([]string{"", "Tarmin", "Orgun"}).Draw(t, "place"), "", rapid.SampledFrom(provinces).Draw(t, "province"), rapid.SampledFrom(countries).Draw(t, "country")}
			k := least + rapid.Int64Range(0, 6).Draw(t, "killed")
			toll := data.Exactly(k)
			switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
			case kind == 0:
				toll = data.AtLeast(k)
			case kind == 1:
				toll = data.Between(k, k+4)
			case kind == 2 && !known:
				toll = data.Count{}
			}
			out = append(out, at(fmt.Sprint(label, i), when, strings.Join(where, ","), "", toll))
		}
		return out
	}
	return side("A", list("a")...), side("B", list("b")...)
}

// smallestOf is the fewest that an incident of a list killed for certain, where at
// least twenty tolls are stated and all of them kill somebody; else -1.
func smallestOf(list []Incident) int64 {
	fewest := int64(1 << 40)
	for _, x := range list {
		if !x.Killed.Stated() || x.Killed.Low == 0 {
			return -1
		}
		fewest = min(fewest, x.Killed.Low)
	}
	if len(list) < 20 {
		return -1
	}
	return fewest
}

func namesOf(list []Incident, of func(Incident) string) []string {
	var names []string
	for _, x := range list {
		if n := of(x); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

func contains(all, some []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

// aloneStep says to what an incident without a match is put down.
func aloneStep(x Incident, other Side, level string, places []string, fewest int64) string {
	place := x.Country
	if level == "admin1" {
		place = x.Admin1
	}
	dateless := x.Date.Start == data.NoDay
	switch {
	case !dateless && other.First != data.NoDay && (x.Date.End < other.First || x.Date.Start > other.Last):
		return "period"
	case level != "" && place != "" && !slices.Contains(places, place):
		return "places"
	case fewest > 0 && x.Killed.Stated() && !x.Killed.IsOpen() && x.Killed.High < fewest:
		return "small"
	case dateless || x.Date.Prec > data.ToWeek || x.Date.End-x.Date.Start > 30 || x.Country+x.Admin1+x.Admin2+x.Place == "":
		return "vague"
	}
	return "unmatched"
}

func TestStepsReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawLists(t)
		c, err := Compare(a, b, false, DefaultMatch())
		if err != nil {
			t.Fatal(err)
		}
		country, province := func(x Incident) string { return x.Country }, func(x Incident) string { return x.Admin1 }
		level := ""
		inA, inB := namesOf(a.Incidents, country), namesOf(b.Incidents, country)
		if len(inA) > 0 && len(inB) > 0 && (!contains(inA, inB) || !contains(inB, inA)) {
			level = "country"
		} else if inA, inB = namesOf(a.Incidents, province), namesOf(b.Incidents, province); len(inA) > 0 && len(inB) > 0 && contains(inA, inB) != contains(inB, inA) {
			level = "admin1"
		}
		if c.Level != level {
			t.Fatalf("places are compared by %q, want %q", c.Level, level)
		}
		if c.SmallestA != smallestOf(a.Incidents) || c.SmallestB != smallestOf(b.Incidents) {
			t.Fatalf("the smallest are %d and %d, want %d and %d", c.SmallestA, c.SmallestB, smallestOf(a.Incidents), smallestOf(b.Incidents))
		}
		best := true
		for _, x := range slices.Concat(a.Incidents, b.Incidents) {
			best = best && (!x.Killed.Stated() || x.Killed.BestStated())
		}
		figure := func(n data.Count) int64 {
			if best {
				return n.Best
			}
			return n.Low
		}
		wantA, wantB := make([]string, len(a.Incidents)), make([]string, len(b.Incidents))
		for i, x := range a.Incidents {
			wantA[i] = "only-a-" + aloneStep(x, b, level, inB, c.SmallestB)
		}
		for j, x := range b.Incidents {
			wantB[j] = "only-b-" + aloneStep(x, a, level, inA, c.SmallestA)
		}
		for _, g := range c.Unclear {
			for _, i := range g.A {
				wantA[i] = "unclear-a"
			}
			for _, j := range g.B {
				wantB[j] = "unclear-b"
			}
		}
		for _, p := range c.Pairs {
			x, y := a.Incidents[p.A].Killed, b.Incidents[p.B].Killed
			step := "matched-same"
			switch {
			case !x.Stated() || !y.Stated():
				step = "matched-unknown"
			case figure(y) < figure(x):
				step = "matched-lower"
			case figure(y) > figure(x):
				step = "matched-higher"
			}
			wantA[p.A], wantB[p.B] = step, step
		}
		sums := map[string]Tally{}
		for n, list := range [][]Incident{a.Incidents, b.Incidents} {
			for i, x := range list {
				got, want := [][]Step{c.StepOfA, c.StepOfB}[n][i].ID(), [][]string{wantA, wantB}[n][i]
				if got != want {
					t.Fatalf("%s is %s, want %s: %+v", x.ID, got, want, x)
				}
				key := want + " " + []string{"a", "b"}[n]
				s, own := sums[key], x.Tally()
				s.plus(&own)
				sums[key] = s
			}
		}
		for _, row := range c.StepTable().Rows {
			key := row.Keys[0].ID + " " + row.Keys[1].ID
			if sums[key] != row.Tally {
				t.Fatalf("steps/%s is %+v, want %+v", key, row.Tally, sums[key])
			}
			delete(sums, key)
		}
		if len(sums) > 0 {
			t.Fatalf("the table of steps lacks %v", sums)
		}
		// The totals, and the way from the one to the other by the figure compared.
		totals := c.TotalTable().Rows
		if totals[0].Tally != a.Total || totals[1].Tally != b.Total || totals[0].Keys[0].Label != "A" || totals[1].Keys[0].ID != "b" {
			t.Fatalf("totals %+v", totals)
		}
		way := figure(data.Count{Low: a.Total.Killed.Low, Best: a.Total.Killed.Best})
		for s := range NumSteps {
			way += c.ValueOf(c.Steps[s][1].Killed) - c.ValueOf(c.Steps[s][0].Killed)
		}
		if way != c.ValueOf(b.Total.Killed) || c.Best != best {
			t.Fatalf("the way leads to %d, the total is %d", way, c.ValueOf(b.Total.Killed))
		}
		for i := range c.Disagreements() {
			ps := c.Disagreements()
			gap := func(p Pair) int64 {
				return abs64(figure(a.Incidents[p.A].Killed) - figure(b.Incidents[p.B].Killed))
			}
			if gap(ps[i]) == 0 || i > 0 && gap(ps[i]) > gap(ps[i-1]) {
				t.Fatalf("disagreements out of order at %d", i)
			}
		}
	})
}

// Turned about, a comparison says the same: lower is higher, only here is only
// there.
func TestComparisonTurnedAbout(t *testing.T) {
	turn := strings.NewReplacer("only-a", "only-b", "only-b", "only-a", "unclear-a", "unclear-b", "unclear-b", "unclear-a", "lower", "higher", "higher", "lower")
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawLists(t)
		c, err := Compare(a, b, false, DefaultMatch())
		if err != nil {
			t.Fatal(err)
		}
		d, err := Compare(b, a, false, DefaultMatch())
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range c.StepOfA {
			if got := d.StepOfB[i].ID(); got != turn.Replace(s.ID()) {
				t.Fatalf("%s is %s, and turned about %s", a.Incidents[i].ID, s.ID(), got)
			}
		}
		for j, s := range c.StepOfB {
			if got := d.StepOfA[j].ID(); got != turn.Replace(s.ID()) {
				t.Fatalf("%s is %s, and turned about %s", b.Incidents[j].ID, s.ID(), got)
			}
		}
		if x, y := c.Relations(), d.Relations(); fmt.Sprint(x) != fmt.Sprint(y) {
			t.Fatalf("relations %v, and turned about %v", x, y)
		}
	})
}

// A dataset and itself: every incident with an id is matched with itself, and no
// figure differs.
func TestComparedWithItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := drawLists(t)
		for i := range a.Incidents {
			a.Incidents[i].ID += " of a register"
		}
		b := a
		b.Incidents = slices.Clone(a.Incidents)
		slices.Reverse(b.Incidents)
		c, err := Compare(a, b, false, DefaultMatch())
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Pairs) != len(a.Incidents) || len(c.Unclear) > 0 || len(c.Disagreements()) > 0 {
			t.Fatalf("%d of %d incidents match themselves, %d groups are unclear", len(c.Pairs), len(a.Incidents), len(c.Unclear))
		}
		for _, p := range c.Pairs {
			if a.Incidents[p.A].ID != b.Incidents[p.B].ID || p.How != ByID || p.Days != 0 {
				t.Fatalf("%s is matched with %s by %s", a.Incidents[p.A].ID, b.Incidents[p.B].ID, p.How)
			}
			if p.Killed != RangesAgree && p.Killed != RangesUnknown || p.Step != MatchedSame && p.Step != MatchedUnknown {
				t.Fatalf("%s differs from itself: %s, %s", a.Incidents[p.A].ID, p.Killed, p.Step.ID())
			}
		}
	})
}

// Every step has a name that says of which dataset it speaks, and no two are named
// alike.
func TestStepNames(t *testing.T) {
	c := &Comparison{A: Side{Name: "Sheet"}, B: Side{Name: "Agency"}}
	want := map[Step]string{
		OnlyAPeriod: "Only in Sheet: outside the days that Agency covers", OnlyBPeriod: "Only in Agency: outside the days that Sheet covers",
		OnlyAPlaces: "Only in Sheet: where Agency names no incident", OnlyBPlaces: "Only in Agency: where Sheet names no incident",
		OnlyASmall: "Only in Sheet: fewer killed than in any incident of Agency", OnlyBSmall: "Only in Agency: fewer killed than in any incident of Sheet",
		OnlyAVague: "Only in Sheet: dated or placed too vaguely to match", OnlyBVague: "Only in Agency: dated or placed too vaguely to match",
		OnlyAUnmatched: "Only in Sheet: no match", OnlyBUnmatched: "Only in Agency: no match", UnclearA: "In Sheet, match unclear", UnclearB: "In Agency, match unclear",
		MatchedLower: "Matched, lower in Agency", MatchedHigher: "Matched, higher in Agency", MatchedSame: "Matched, same figure", MatchedUnknown: "Matched, toll known to one or neither",
	}
	seen := map[string]bool{}
	for s := range NumSteps {
		name := c.StepName(s)
		if name != want[s] || seen[name] || s.ID() == "" {
			t.Errorf("%s is named %q, want %q", s.ID(), name, want[s])
		}
		seen[name] = true
		if s.Matched() != strings.HasPrefix(s.ID(), "matched") {
			t.Errorf("%s: matched %v", s.ID(), s.Matched())
		}
	}
}

// Sums too large to hold are an error, whichever of the two sums meets it first.
func TestComparisonOverflows(t *testing.T) {
	huge := data.Count{Low: 1 << 62, Best: 1 << 62, High: 1 << 62, Flags: data.HasLow | data.HasBest | data.HasHigh}
	for name, list := range map[string][]Incident{
		"in one step": {at("a1", "2024-02-01", "Kel", "", huge), at("a2", "2024-02-02", "Kel", "", huge)},
		"in the sum":  {at("a1", "2024-02-01", "Kel", "", huge), at("a2", "2024-09-02", "Kel", "", huge)},
	} {
		a := Side{Name: "A", Incidents: list, First: day("2024-02-01"), Last: day("2024-09-02")}
		if _, err := Compare(a, side("B", at("b", "2024-02-01", "Haraz", "", data.Exactly(1))), false, DefaultMatch()); err != ErrOverflow {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The square root, against that of big integers.
func TestWholeSquareRoots(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, n int64) {
		want := int64(0)
		if n > 0 {
			want = new(big.Int).Sqrt(big.NewInt(n)).Int64()
		}
		if got := isqrt(n); got != want {
			t.Fatalf("√%d is %d, want %d", n, got, want)
		}
	}
	for _, n := range []int64{-9, -1, 0, 1, 2, 3, 4, 8, 9, 15, 16, 1<<62 - 1, 1 << 62, 1<<63 - 1} {
		check(t, n)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.Int64Range(0, 1<<20), rapid.Int64Range(0, 1<<63-1), rapid.Map(rapid.Int64Range(0, 1<<31), func(x int64) int64 { return x*x - x%2 })).Draw(t, "n")
		check(t, n)
	})
}

// Sorting by name and by place in a list is the same for lists written in order.
func TestPairsAreInTheOrderOfA(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawLists(t)
		c, err := Compare(a, b, false, DefaultMatch())
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSortedFunc(c.Pairs, func(x, y Pair) int { return cmp.Compare(x.A, y.A) }) {
			t.Fatalf("pairs out of order: %+v", c.Pairs)
		}
	})
}
