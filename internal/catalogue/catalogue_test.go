package catalogue

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var aPart = regexp.MustCompile(`\{[A-Za-z0-9]+\}`)

// No two texts have one id, and braces hold the name of a part and nothing else.
func TestTextsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, part := range []map[string]string{englishReport, englishCompared, englishTables, englishCharts, englishPage, englishScript} {
		for id, text := range part {
			if seen[id] {
				t.Errorf("%s is in the catalogue twice", id)
			}
			seen[id] = true
			if rest := aPart.ReplaceAllString(text, ""); text == "" || strings.ContainsAny(rest, "{}") || strings.Count(text, "**")%2 != 0 {
				t.Errorf("%s: %q", id, text)
			}
			if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*(\.[A-Za-z0-9-]+)+$|^[a-z-]+$`).MatchString(id) {
				t.Errorf("%q is no id", id)
			}
		}
	}
}

// The plural forms of a text come together, and their parts are the same.
func TestPluralsComeTogether(t *testing.T) {
	texts := languages["en"].texts
	for id, s := range texts {
		if one, found := strings.CutSuffix(id, ".one"); found {
			other, ok := texts[one+".other"]
			if !ok {
				t.Errorf("%s has no other form", id)
			}
			for _, p := range aPart.FindAllString(s, -1) {
				if !strings.Contains(other, p) {
					t.Errorf("%s has a part %s that the other form lacks", id, p)
				}
			}
		}
		if other, found := strings.CutSuffix(id, ".other"); found && texts[other+".one"] == "" {
			t.Errorf("%s has no form for one", id)
		}
	}
}

func TestSay(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Say("incidents.other", "n", "1,200"), "1,200 incidents"},
		{SayOf("incidents", 1, "n", "1"), "1 incident"},
		{SayOf("incidents", 0, "n", "0"), "0 incidents"},
		{Say("date.week", "year", "2025", "week", "{year}"), "week {year} of 2025"}, // what a part says is not read again
		{Say("date.week", "week", "7"), "week 7 of {year}"},
		{Say("no.such"), "{no.such}"},
		{Month(2) + ", " + ShortMonth(9), "February, Sep"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if _, ok := Text("no.such"); ok {
		t.Error("there is a text of no id")
	}
}

func TestSpeak(t *testing.T) {
	defer func() {
		if err := Speak(""); err != nil || Spoken() != "en" {
			t.Errorf("%v: %s is spoken", err, Spoken())
		}
	}()
	if err := Speak("xx"); err == nil || !strings.Contains(err.Error(), "use en") || Spoken() != "en" {
		t.Errorf("%v: %s is spoken", err, Spoken())
	}
	if slices.Contains(Languages(), Bracketed) || !slices.Contains(Languages(), "en") {
		t.Errorf("offered: %v", Languages())
	}
	if err := Speak(Bracketed); err != nil {
		t.Fatal(err)
	}
	if got := Say("date.week", "week", "7", "year", "2025"); got != "‹week ›7‹ of ›2025" {
		t.Errorf("%q", got)
	}
	if got := SayOf("chart.count.incidents", 1, "n", "1"); got != "1‹\u00a0incident›" {
		t.Errorf("%q", got)
	}
}
