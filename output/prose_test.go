package output

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"toll/data"
	"toll/stats"
)

// sumOf adds counts as a table cell does.
func sumOf(cs ...data.Count) (stats.Sum, uint32) {
	t := tallyOf(cs, make([]data.Count, len(cs)))
	return t.Killed, t.Incidents
}

func tallyOf(killed, injured []data.Count) stats.Tally {
	var t stats.Tally
	for i := range killed {
		t.Add(&killed[i], &injured[i])
	}
	return t
}

// triple is a count whose source states low, best and high.
func triple(low, best, high int64) data.Count {
	return data.Count{Low: low * data.Unit, Best: best * data.Unit, High: high * data.Unit, Flags: data.HasLow | data.HasBest | data.HasHigh}
}

func TestPeopleHedgesAsTheFiguresNeed(t *testing.T) {
	upTo := data.Count{High: 9 * data.Unit, Flags: data.HasHigh}.Settle()
	for _, c := range []struct {
		name string
		of   []data.Count
		want string
	}{
		{"no incident", nil, "nobody"},
		{"nobody", []data.Count{data.Exactly(0)}, "nobody"},
		{"one", []data.Count{data.Exactly(1)}, "1 person"},
		{"exact", []data.Count{data.Exactly(7), data.Exactly(1200)}, "1,207 people"},
		{"exact beside unknown", []data.Count{data.Exactly(7), {}}, "7 people"},
		{"range", []data.Count{data.Between(4, 7)}, "at least 4 and as many as 7 people"},
		{"range from nobody", []data.Count{upTo}, "as many as 9 people"},
		{"one or nobody", []data.Count{data.Between(0, 1)}, "as many as 1 person"},
		{"open", []data.Count{data.AtLeast(200)}, "at least 200 people"},
		{"open one", []data.Count{data.AtLeast(1)}, "at least 1 person"},
		{"open from nobody", []data.Count{data.AtLeast(0)}, "an unknown number of people"},
		{"open range", []data.Count{data.Between(23, 58), data.AtLeast(200), data.Exactly(9)}, "at least 232 and as many as 267 people (or more)"},
		{"best", []data.Count{triple(98, 110, 131)}, "110 people (between 98 and 131)"},
		{"best without bounds apart", []data.Count{triple(5, 5, 5)}, "5 people"},
		{"best beside a range", []data.Count{triple(98, 110, 131), data.Between(1, 2)}, "at least 99 and as many as 133 people"},
		{"bounds in the wrong order", []data.Count{{Low: 59 * data.Unit, High: 58 * data.Unit, Flags: data.HasLow | data.HasHigh}}, "at least 58 and as many as 59 people"},
		{"best and bounds in the wrong order", []data.Count{triple(59, 59, 58)}, "59 people (between 58 and 59)"},
		{"best outside its bounds", []data.Count{triple(12, 10, 12)}, "10 people (lowest and highest figures 12)"},
	} {
		s, n := sumOf(c.of...)
		a, ok := people(s, n, "")
		if !ok || text(a.Full) != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, text(a.Full), ok, c.want)
		}
	}
	if _, ok := peopleOf(data.Count{}, data.Count{}); ok {
		t.Error("two unknown tolls gave a number of people")
	}
}

func peopleOf(cs ...data.Count) (amount, bool) {
	s, n := sumOf(cs...)
	return people(s, n, "")
}

func TestPeopleWithABestFigureAndAnOpenEnd(t *testing.T) {
	open := triple(20, 25, 30)
	open.Flags |= data.Open
	a, _ := peopleOf(open)
	if want := "25 people (between 20 and 30 or more)"; text(a.Full) != want {
		t.Errorf("%q, want %q", text(a.Full), want)
	}
	open = triple(25, 25, 25)
	open.Flags |= data.Open
	a, _ = peopleOf(open)
	if want := "25 people (at least 25)"; text(a.Full) != want {
		t.Errorf("%q, want %q", text(a.Full), want)
	}
}

// TestPeopleNeverSaysAnExactNumberOfAVagueSum holds for any tolls: a number
// stands alone only where low and high agree and nothing is open.
func TestPeopleNeverSaysAnExactNumberOfAVagueSum(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cs := rapid.SliceOfN(anyCount(), 0, 8).Draw(rt, "counts")
		s, n := sumOf(cs...)
		a, ok := people(s, n, "")
		if ok != (n == 0 || s.Known(n) > 0) {
			rt.Fatalf("known is %v of %d unknown in %d", ok, s.Unknown, n)
		}
		if !ok {
			return
		}
		said := text(a.Full)
		hedged := strings.Contains(said, "at least") || strings.Contains(said, "as many as") || strings.Contains(said, "unknown number") || strings.Contains(said, "(")
		vague := s.Open > 0 || stats.Persons(s.Low) != stats.Persons(s.High)
		if vague && !hedged {
			rt.Fatalf("%q hides that the sum is %+v", said, s)
		}
		if !vague && hedged && !s.HasBest() {
			rt.Fatalf("%q hedges the exact sum %+v", said, s)
		}
	})
}

// anyCount draws any toll that a record can state.
func anyCount() *rapid.Generator[data.Count] {
	return rapid.Custom(func(t *rapid.T) data.Count {
		low := rapid.Int64Range(0, 300).Draw(t, "low")
		more := rapid.Int64Range(0, 300).Draw(t, "more")
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			return data.Count{}
		case 1:
			return data.Between(low, low+more)
		case 2:
			return data.AtLeast(low)
		case 3:
			return triple(low, low+more/2, low+more)
		}
		return data.Exactly(low)
	})
}

func TestTollSentence(t *testing.T) {
	exact := tallyOf([]data.Count{data.Exactly(3)}, []data.Count{data.Exactly(1)})
	vague := tallyOf([]data.Count{data.Between(32, 58), data.AtLeast(200)}, []data.Count{data.Between(45, 46), {}})
	noInjured := tallyOf([]data.Count{data.Exactly(1)}, []data.Count{{}})
	noKilled := tallyOf([]data.Count{{}}, []data.Count{data.Exactly(5)})
	neither := tallyOf([]data.Count{{}}, []data.Count{{}})
	nobody := tallyOf([]data.Count{data.Exactly(0)}, []data.Count{data.Exactly(0)})
	for _, c := range []struct {
		t       stats.Tally
		injured bool
		want    string
	}{
		{exact, true, "3 people were reported killed, and 1 injured, in 2 places."},
		{exact, false, "3 people were reported killed in 2 places."},
		{vague, true, "At least 232 and as many as 258 people (or more) were reported killed, and at least 45 and as many as 46 injured, in 2 places."},
		{noInjured, true, "1 person was reported killed in 2 places; how many were injured is not known."},
		{noInjured, false, "1 person was reported killed in 2 places."},
		{noKilled, true, "5 people were reported injured in 2 places; how many were killed is not known."},
		{noKilled, false, "How many people were killed in 2 places is not known."},
		{neither, true, "How many people were killed or injured in 2 places is not known."},
		{nobody, true, "Nobody was reported killed, and nobody injured, in 2 places."},
	} {
		if got := text(tollSentence(c.t, c.injured, "total", words("in 2 places"))); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func TestUnknownSentenceCountsWhatTheFiguresLeaveOut(t *testing.T) {
	sum := func(killed, injured uint32) stats.Tally {
		return stats.Tally{Incidents: 1500, Killed: stats.Sum{Unknown: killed}, Injured: stats.Sum{Unknown: injured}}
	}
	for _, c := range []struct {
		killed, injured uint32
		has             bool
		want            string
	}{
		{0, 0, true, ""},
		{0, 9, false, ""},
		{1, 0, true, "1 incident has no known toll of killed and adds nothing to these figures."},
		{3, 0, true, "3 incidents have no known toll of killed and add nothing to these figures."},
		{3, 9, false, "3 incidents have no known toll of killed and add nothing to these figures."},
		{0, 1, true, "The number of injured is not known for 1 incident; unknown is not counted as zero."},
		{1200, 3, true, "The number of killed is not known for 1,200 incidents, that of injured for 3; unknown is not counted as zero."},
	} {
		if got := text(unknownSentence(sum(c.killed, c.injured), c.has)); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func TestOpenSentence(t *testing.T) {
	for n, want := range map[uint32]string{0: "", 1: "1 toll of killed is open-ended", 1200: "1,200 tolls of killed are open-ended"} {
		if got := text(openSentence(stats.Sum{Open: n})); !strings.HasPrefix(got, want) || (want == "") != (got == "") {
			t.Errorf("%d: %q", n, got)
		}
	}
}

func TestCasualtiesAreShownWithTheTwo(t *testing.T) {
	for _, c := range []struct {
		t    stats.Tally
		want string
	}{
		{tallyOf([]data.Count{data.Exactly(2117)}, []data.Count{data.Exactly(3822)}), "5,939: 2,117 killed, 3,822 injured"},
		{tallyOf([]data.Count{data.Between(4, 7)}, []data.Count{data.AtLeast(3)}), "7–10+: 4–7 killed, 3+ injured"},
		{tallyOf([]data.Count{triple(8, 10, 12)}, []data.Count{triple(1, 2, 3)}), "12 (9–15): 10 killed, 2 injured"},
		{tallyOf([]data.Count{triple(8, 10, 12)}, []data.Count{data.Between(1, 3)}), "9–15: 8–12 killed, 1–3 injured"},
	} {
		if got := casualtiesText(c.t); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestSmallWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{incidents(1), "1 incident"}, {incidents(0), "0 incidents"}, {incidents(1200), "1,200 incidents"},
		{upper("at"), "At"}, {upper(""), ""}, {lower("By"), "by"}, {lower(""), ""},
		{sentence("a "), "a."}, {sentence("a."), "a."}, {sentence("a?"), "a?"}, {sentence(" "), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
