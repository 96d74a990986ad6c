package data

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParties(t *testing.T) {
	for cell, want := range map[string][]string{
		"":                           nil,
		";; + ;":                     nil,
		"?":                          nil,
		"Red Front":                  {"Red Front"},
		" Red Front ;Blue ":          {"Red Front", "Blue"},
		"Red + Blue":                 {"Red", "Blue"},
		"Red + Blue;Green":           {"Red", "Blue", "Green"},
		"Red;?":                      {"Red"},
		"? + Red":                    {"Red"},
		"Red+Blue":                   {"Red+Blue"}, // a name may have the sign
		"Red;Red":                    {"Red", "Red"},
		"A, B and C":                 {"A, B and C"},
		"جيش;Ƀ + Œ":                  {"جيش", "Ƀ", "Œ"},
		"Who knows? ; Why + not ?  ": {"Who knows?", "Why", "not ?"},
	} {
		if got := slices.Collect(Parties(cell)); !slices.Equal(got, want) {
			t.Errorf("%q names %q, want %q", cell, got, want)
		}
	}
	for name := range Parties("A;B;C") { // a loop may end early
		if name == "B" {
			break
		}
	}
}

func TestListsParties(t *testing.T) {
	for cell, want := range map[string]bool{"": false, "A": false, "A+B": false, "A + B": true, "A;": true, "A;B + C": true} {
		if ListsParties(cell) != want {
			t.Errorf("%q", cell)
		}
	}
}

func TestPartyColumns(t *testing.T) {
	all := PartyColumns()
	for c := range NumColumns {
		if c.NamesParties() != slices.Contains(all, c) {
			t.Errorf("%s", c)
		}
	}
	all[0] = ColCountry // a copy
	if ColCountry.NamesParties() || !ColAttributedTo.NamesParties() || ColSource.NamesParties() {
		t.Error("the columns of parties are others")
	}
}

func TestRenameParties(t *testing.T) {
	as := func(name string) (string, bool) {
		to, ok := map[string]string{"Red": "Red Front", "Blue": "", "?": "nobody"}[name]
		return to, ok
	}
	for cell, want := range map[string]string{
		"Red": "Red Front", "Red;Green": "Red Front;Green", "Green + Red;Red": "Green + Red Front;Red Front",
		" Red ; Green ": "Red Front; Green ", "Blue;Red": ";Red Front",
	} {
		if got, changed := RenameParties(cell, as); got != want || !changed {
			t.Errorf("%q becomes %q, %v, want %q", cell, got, changed, want)
		}
	}
	for _, cell := range []string{"", "Green", "Redder;Green", "red"} {
		if got, changed := RenameParties(cell, as); got != cell || changed {
			t.Errorf("%q becomes %q, %v", cell, got, changed)
		}
	}
}

// Names that are renamed to themselves leave the cell as it was, and renaming
// changes no name but those asked for.
func TestRenamingKeepsTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOfN(rapid.RuneFrom([]rune("AB;+ ?é")), 0, 20, -1).Draw(t, "cell")
		if got, changed := RenameParties(cell, func(string) (string, bool) { return "", false }); got != cell || changed {
			t.Fatalf("%q became %q", cell, got)
		}
		before := slices.Collect(Parties(cell))
		got, _ := RenameParties(cell, func(name string) (string, bool) { return "X", name == "A" })
		for i, n := range before {
			if n == "A" {
				before[i] = "X"
			}
		}
		if after := slices.Collect(Parties(got)); !slices.Equal(before, after) {
			t.Fatalf("%q: %q, want %q", cell, after, before)
		}
		if strings.Count(got, ";") != strings.Count(cell, ";") {
			t.Fatalf("%q became %q", cell, got)
		}
	})
}
