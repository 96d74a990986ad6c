package stats

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var aLetter = regexp.MustCompile(`[A-Z][0-9]?`)

// spelled writes each name of a record with a second letter, small or by the
// spelling drawn.
func spelled(r rec, small func() bool) rec {
	second := func(s string) string {
		return aLetter.ReplaceAllStringFunc(s, func(x string) string {
			if small() {
				return x + "x"
			}
			return x + "X"
		})
	}
	for _, s := range []*string{&r.country, &r.admin1, &r.place, &r.attributed, &r.claimed, &r.involved, &r.side, &r.source, &r.sourceSide} {
		*s = second(*s)
	}
	return r
}

// Names that differ only in capitals are one name: the report is that of the
// records with one spelling throughout, whatever the order and split of them and
// whatever the options.
func TestCapitalsMakeNoOtherName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		one, many := slices.Clone(rs), slices.Clone(rs)
		for i := range rs {
			if rs[i].involved == "A - B" {
				rs[i].involved = "D" // two letters of one name would be put in order by the first
			}
			one[i] = spelled(rs[i], func() bool { return true })
			many[i] = spelled(rs[i], func() bool { return rapid.Bool().Draw(t, "small") })
		}
		o := DefaultOptions()
		o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
		o.Policy, _ = ParsePolicy(rapid.SampledFrom([]string{"range", "latest", "admission", "majority", "account:s1x"}).Draw(t, "policy"))
		if rapid.Bool().Draw(t, "where") {
			o.Where, _ = ParseFilters([]string{"party=Ax"})
		}
		if rapid.Bool().Draw(t, "only") {
			o.Only = []string{"by-party", "by-country", "country-party", "total"}
		}
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		want, got := tallyRapid(t, o, one), tallyRapid(t, o, many[cut:], many[:cut])
		// Rows that are alike in all figures stand in the order of their spellings.
		a, b := strings.Split(strings.ToLower(text(want)), "\n"), strings.Split(strings.ToLower(text(got)), "\n")
		slices.Sort(a)
		slices.Sort(b)
		if diff := cmp.Diff(a, b); diff != "" {
			t.Fatalf("with one spelling, and with two:\n%s", diff)
		}
		if other := tallyRapid(t, o, many); text(got) != text(other) || fmt.Sprint(got.Folded) != fmt.Sprint(other.Folded) {
			t.Fatalf("cut at %d:\n%s\nwhole:\n%s", cut, text(got), text(other))
		}
	})
}

func TestTheMostFrequentSpellingStays(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{
		{date: "2020-01-01", country: "TARMIN", place: "KEL ADAR", attributed: "red front", killed: data.Exactly(1)},
		{date: "2020-01-01", country: "Tarmin", place: "Kel Adar", attributed: "Red Front", killed: data.Exactly(2)},
		{date: "2020-01-01", country: "Tarmin", place: "Kel Adar", claimed: "Blue;red front", killed: data.Exactly(4)},
		{date: "2020-01-01", country: "tarmin", place: "Kél", claimed: "RED FRONT", attributed: "red front", killed: data.Exactly(8)},
		{date: "2020-01-01", country: "tarmin", place: "kél", involved: "Blue - Red Front", killed: data.Exactly(16)},
	})
	for _, x := range []struct{ table, key, want string }{
		{"by-country", "Tarmin", "31"}, {"by-place", "Kel Adar", "7"}, {"by-place", "Kél", "24"},
		{"by-party", "red front", "11"}, {"by-party", "Blue + red front", "4"}, {"by-party", "involving: Blue - Red Front", "16"},
	} {
		if got := figureAt(t, r, x.table, x.key); got != x.want {
			t.Errorf("%s %s: %s, want %s", x.table, x.key, got, x.want)
		}
	}
	if got := figureAt(t, r, "by-attribution", "agree"); got != "8" {
		t.Errorf("a claim of the party blamed, in other capitals, is no agreement: %s", got)
	}
	want := "[{country TARMIN Tarmin} {country tarmin Tarmin} {place KEL ADAR Kel Adar} {place kél Kél} {attributed_to Red Front red front} {claimed_by RED FRONT red front}]"
	if got := fmt.Sprint(r.Folded); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if d := r.Deadliest[len(r.Deadliest)-1]; d.Country != "Tarmin" || d.Place != "Kel Adar" || d.Party.Label != "red front" {
		t.Errorf("%+v", d)
	}
}
