package charts

import (
	"image/color"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// TestHeadingsStayWhole holds headings of everyday length against each page: none
// is cut, and one that no type could hold says so.
func TestHeadingsStayWhole(t *testing.T) {
	const inner = 1104 // of a column of text
	st := style{titleType, bold, white, 0}
	for _, c := range []struct {
		title string
		whole bool
	}{
		{"At least 97 people reported killed", true},
		{"At least 97 people reported killed in incidents whose first day is known, and 323 or more by the highest figures", true},
		{"At least 2,124 people reported killed in Kélundra in incidents whose first day is known, and 2,493 or more by the highest figures", true},
		{strings.Repeat("At least 2,124 people reported killed ", 8), false},
	} {
		s := &sheet{}
		got, ls := s.twoLines(c.title, st, inner)
		if whole := strings.Join(ls, " ") == c.title; whole != c.whole || whole != (len(s.warnings) == 0) {
			t.Errorf("%q: lines %q, warnings %q", c.title, ls, s.warnings)
		}
		if len(ls) > 2 || got.size < 0.75*titleType {
			t.Errorf("%q: %d lines in type of %v", c.title, len(ls), got.size)
		}
		for _, l := range ls {
			if got.width(l) > inner {
				t.Errorf("%q is wider than the page", l)
			}
		}
	}
	if st, _ := (&sheet{}).twoLines("Short", st, inner); st.size != titleType {
		t.Errorf("a short heading is set in %v", st.size)
	}
}

// TestPeakTitleSaysByWhatItPeaked keeps a title from naming a peak that the lowest
// or the highest figures put elsewhere without saying so.
func TestPeakTitleSaysByWhatItPeaked(t *testing.T) {
	for _, c := range []struct {
		may, june, july data.Count
		want            string
	}{
		{data.Exactly(3), data.Exactly(9), data.Exactly(4), "Reported deaths peaked at 9 in June 2024"},
		{data.Exactly(3), ranged(5, 9, 12), ranged(4, 8, 12), "Reported deaths peaked at 9 in June 2024"},
		{data.Exactly(3), ranged(5, 9, 12), ranged(4, 8, 13), "Reported deaths peaked at 9 in June 2024, by best figures"},
		{data.Exactly(3), ranged(5, 9, 12), ranged(6, 8, 11), "Reported deaths peaked at 9 in June 2024, by best figures"},
	} {
		w := &world{name: "peak", period: stats.ByMonth, first: day(2024, 5, 1), last: day(2024, 7, 31)}
		for i, k := range []data.Count{c.may, c.june, c.july} {
			w.incidents = append(w.incidents, incident{day: day(2024, 5+i, 10), place: "Hest", party: "A", killed: k})
		}
		r, ctx := w.report()
		figs, left := Plan(r, ctx)
		found := false
		for _, f := range figs {
			if f.ID == "timeseries" {
				found = true
				if got := strings.ReplaceAll(f.Title, nbsp, " "); got != c.want {
					t.Errorf("%v: title %q, want %q", c.july, got, c.want)
				}
			}
		}
		if !found {
			t.Fatalf("no time series: %v", left)
		}
	}
}

// TestInkReadsOnEveryShade asks 3.6 to 1 of the figures in the cells of a matrix in
// every theme: on middle greys neither the ink nor the paper of the dark theme has more.
func TestInkReadsOnEveryShade(t *testing.T) {
	for _, name := range []string{"light", "dark", "print"} {
		th, _ := ParseTheme(name)
		for _, heat := range [][]color.NRGBA{th.Heat, th.GreyHeat} {
			for p := 0; p <= 1000; p += 50 {
				fill := ramp(heat, p)
				if got := contrastOf(luminance(th.shown(th.inkOn(fill))), luminance(th.shown(fill))); got < 3600 {
					t.Errorf("%s: %s at %d: contrast of %d in a thousand", name, hexColor(fill), p, got)
				}
			}
		}
	}
}

func TestUnattributedIsDividedInNarrowColumns(t *testing.T) {
	mc := &matrixChart{columns: []matrixColumn{{label: "Lantern Brigade"}, {label: stats.Unattributed(), grey: true}}}
	st := style{noteType, bold, white, 0}
	for _, c := range []struct {
		width float64
		want  string
	}{{160, "Unattributed"}, {100, "Un-|attributed"}} {
		heads, size := mc.headLines(st, c.width)
		if got := strings.Join(heads[1], "|"); got != c.want || size < smallType {
			t.Errorf("width %v: %q in type of %v, want %q", c.width, got, size, c.want)
		}
	}
}

// TestClaimsTitleBoundsOnlyWhatIsKnown: beside an incident of which one side gives
// no more than "at least", or none, there is no highest factor.
func TestClaimsTitleBoundsOnlyWhatIsKnown(t *testing.T) {
	tally := func(c data.Count) *stats.Tally {
		var x stats.Tally
		x.Add(&c, &data.Count{})
		return &x
	}
	row := func(a, b data.Count) claimRow { return claimRow{a: tally(a), b: tally(b), whole: true} }
	known := row(data.Exactly(33), data.Exactly(51))
	for _, c := range []struct {
		other claimRow
		want  string
	}{
		{row(data.Exactly(10), data.Exactly(11)), "up to 1.5"},
		{row(data.Exactly(7), data.Exactly(7)), "up to 1.5"},
		{row(data.AtLeast(30), data.Exactly(38)), "1.5 or more"},
		{row(data.Exactly(0), data.Exactly(38)), "1.5 or more"},
		{claimRow{a: tally(data.Exactly(8)), whole: true}, "up to 1.5"},
	} {
		cc := &claimsChart{rows: []claimRow{known, c.other}}
		if got := cc.title(); !strings.HasSuffix(got, "by a factor of "+c.want) {
			t.Errorf("title %q, want … %q", got, c.want)
		}
	}
}

// TestUnknownMarkIsExplained: the mark in place of a sum is in the note where it
// is drawn, and only there.
func TestUnknownMarkIsExplained(t *testing.T) {
	of := func(cs ...data.Count) slot {
		sl := slot{covered: true}
		for _, c := range cs {
			sl.tally.Add(&c, &data.Count{})
		}
		return sl
	}
	known, unknown := of(data.Exactly(3), data.Count{}), of(data.Count{}, data.Count{})
	outside := unknown
	outside.covered = false
	for name, c := range map[string]struct {
		slots []slot
		want  string
	}{
		"known in part":  {[]slot{known, known}, ""},
		"quiet":          {[]slot{known, of()}, ""},
		"unknown":        {[]slot{known, unknown}, "“?” marks a week with incidents of which no toll is known"},
		"not covered":    {[]slot{known, outside}, ""},
		"no labels here": {append(make([]slot, 12), unknown), ""},
	} {
		pc := &partyStack{tl: timeline{period: stats.ByWeek, slots: c.slots}}
		if got := pc.unknownMarkNote(); got != c.want {
			t.Errorf("%s: note %q, want %q", name, got, c.want)
		}
	}
}

// TestRowNamesAreSetSmallerBeforeTheyAreCut: in rows too low for two lines, a name
// that a smaller line holds is whole.
func TestRowNamesAreSetSmallerBeforeTheyAreCut(t *testing.T) {
	st := style{labelType, regular, white, 0}
	small := style{twoLineType, regular, white, 0}
	long, longer := "Lantern Brigade + Red Heron Movement", "Involving Lantern Brigade + Red Heron Movement of the North"
	width := (small.width(long) + st.width(long)) / 2
	set := rowNames([]string{"Ossel Column", long, longer}, st, width, twoLinePitch-1)
	if got := set[0]; got.size != labelType || got.lines[0] != "Ossel Column" {
		t.Errorf("a short name is set as %v", got)
	}
	if got := set[1]; got.size != twoLineType || len(got.lines) != 1 || got.lines[0] != long {
		t.Errorf("a long name is set as %v", got)
	}
	if got := set[2]; got.size != twoLineType || got.lines[0] == longer || got.width(st) > width {
		t.Errorf("a name too long for any line is set as %v, %v wide of %v", got, got.width(st), width)
	}
}

// TestSeveralPartiesAreNoParty: the circles of incidents that have several parties
// have a line of their own in the key of the map, and are not counted as a party.
func TestSeveralPartiesAreNoParty(t *testing.T) {
	pl := &planner{ctx: Context{Parties: &Registry{ids: make([]string, maxParties)}}}
	c := &mapChart{}
	for _, k := range []stats.Key{{ID: "Dawn Brigade", Label: "Dawn Brigade"}, {ID: stats.SeveralParties, Label: "Several parties"}, {ID: "River Militia", Label: "River Militia"}} {
		var x stats.Tally
		killed := data.Exactly(3)
		x.Add(&killed, &data.Count{})
		c.spots = append(c.spots, mapSpot{party: k, tally: x})
	}
	c.key(pl)
	var got []string
	for _, p := range c.parties {
		got = append(got, p.label)
	}
	if want := "Other named (2)|Several parties"; strings.Join(got, "|") != want {
		t.Errorf("the key is %q, want %s", got, want)
	}
}
