package output

import (
	"regexp"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// A citation is wrong where its address names no cell, or where its number is
// not the cell's, rounded as it is written.
func TestCitationCheck(t *testing.T) {
	d := sample()
	n := int64(len(d.Report.Tables[1].Rows))
	cells := map[string]int64{"a/killed.low": 32 * data.Unit, "a/killed.high": 258 * data.Unit, "b/percent": -12_500_000, "c/p": 400, "d/ratio": 2_748_000, "e/n": 0}
	for _, c := range []struct {
		text, address string
		ok            bool
	}{
		{"32–258+", "a/killed", true}, {"32", "a/killed.low", true}, {"33", "a/killed.low", false}, {"32–259+", "a/killed", false}, {"258", "a/killed.low", false},
		{"−13 %", "b/percent", true}, {"13", "b/percent", true}, {"−14 %", "b/percent", false}, {"< 0.001", "c/p", true}, {"< 0.0001", "c/p", false}, {"= 0.01", "c/p", false},
		{"2.7", "d/ratio", true}, {"2.8", "d/ratio", false}, {"3", "d/ratio", true}, {"nobody", "e/n", true}, {"1", "e/n", false}, {"1", "no/such", false},
		{"1", "rows/" + d.Report.Tables[1].ID, true}, {"0", "rows/" + d.Report.Tables[1].ID, false}, {decimal(n * data.Unit), "rows/" + d.Report.Tables[1].ID, false},
	} {
		if err := (Citation{"", c.text, c.address}).Check(cells, d); (err == nil) != c.ok {
			t.Errorf("%s at %s: %v", c.text, c.address, err)
		}
	}
}

// A number that is said without an address is found; one of a date, a name or
// the catalogue's own is not looked for.
func TestCitationsFindALooseNumber(t *testing.T) {
	p := &page{Lead: []block{paragraph{Text: join(words("in 12 incidents"), name("9 May"), date("1 May"), figure("7", "a"))}, list{Items: []line{strong("3 more")}},
		paragraph{Text: say("key.range")}}}
	speak(p)
	cited, loose := citationsOf(p)
	if strings.Join(loose, ";") != "in 12 incidents;3 more" || len(cited) != 1 || cited[0].Address != "a" {
		t.Errorf("%q, %+v", loose, cited)
	}
}

var missing = regexp.MustCompile(`^\{[a-z0-9.-]*\}$`)

// Whatever a briefing says, the catalogue has the sentence and all its parts, and
// no number of the prose is without an address.
func TestEverySentenceIsInTheCatalogue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := anyDocument().Draw(rt, "document")
		inProse(compose(d), func(l line) {
			for _, s := range l {
				if s.Kind == wordsSpan && missing.MatchString(s.Text) {
					rt.Fatalf("%s is not in the catalogue: %q", s.Text, text(l))
				}
				if s.Kind == figureSpan && s.Address == "" {
					rt.Fatalf("%q has no address in %q", s.Text, text(l))
				}
			}
		})
		if _, loose := Citations(d); len(loose) > 0 {
			rt.Fatalf("numbers without an address: %q", loose)
		}
	})
}

func TestSay(t *testing.T) {
	for _, c := range []struct {
		l    line
		want string
	}{
		{sayOf("incidents", 1, with("n", figure("1", "a"))), "1 incident"},
		{sayOf("incidents", 1200, with("n", figure("1,200", "a"))), "1,200 incidents"},
		{say("level.mean.range", with("low", say("people.nobody")), with("high", name("x"))), "nobody–x"},
		{capital(say("level.mean.range", with("low", say("people.nobody")), with("high", name("x")))), "Nobody–x"},
		{capital(words("état")), "État"}, {capital(words("")), ""},
		{say("level.mean.range", with("low", words("x"))), "x–{high}"},
		{say("test.none"), "{test.none}"},
		{inSentences(nil, words("A."), nil, words("B.")), "A. B."},
	} {
		if got := text(c.l); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	bold := spoken(say("change", with("kind", say("change.year-to-date")), with("after", figure("1", "a"))))
	if len(bold) < 3 || bold[2].Address != "a" || bold[0].Kind != strongSpan || bold[0].Text != "Year to date" {
		t.Errorf("%+v", bold)
	}
}
