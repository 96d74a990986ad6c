package data

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDiagnosticText(t *testing.T) {
	d := Diagnostic{File: "a.csv", Line: 4, Column: 17, Severity: Error, Code: "bad-date", Message: "“x” is no date", Hint: "write 2025-10-11"}
	if got, want := d.String(), "a.csv:4:17: error: “x” is no date [bad-date]\n    hint: write 2025-10-11"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	d.Line, d.Hint, d.Severity = 0, "", Note
	if got, want := d.String(), "a.csv: note: “x” is no date [bad-date]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	d.Line, d.Column = 9, 0
	if got := d.String(); !strings.HasPrefix(got, "a.csv:9: note") {
		t.Errorf("%q", got)
	}
}

// A name from the data must not move the cursor, colour the terminal, start a
// log command or turn text round.
func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"Kel Adar":           "Kel Adar",
		"a\x1b[31mb":         "a⟨U+001B⟩[31mb",
		"x\n::error::y":      "x⟨U+000A⟩::error::y",
		"evil\u202egpj.exe":  "evil⟨U+202E⟩gpj.exe",
		"می\u200cخواهم":      "می\u200cخواهم", // the non-joiner is spelling in Persian
		"zero\u200bwidth":    "zero⟨U+200B⟩width",
		"\ufeffbom":          "⟨U+FEFF⟩bom",
		"bad\xffbyte":        "bad⟨U+FFFD⟩byte",
		"soft\u00adhyphen":   "soft⟨U+00AD⟩hyphen",
		"tag\U000E0041gone":  "tag⟨U+E0041⟩gone",
		"tab\tand\u2066more": "tab⟨U+0009⟩and⟨U+2066⟩more",
	} {
		got := Visible(in)
		if got != want {
			t.Errorf("Visible(%q) = %q, want %q", in, got, want)
		}
		if !utf8.ValidString(got) {
			t.Errorf("Visible(%q) is not UTF-8", in)
		}
	}
}

func TestSortDiagnostics(t *testing.T) {
	ds := []Diagnostic{{File: "b", Line: 1}, {File: "a", Line: 9}, {File: "a", Line: 2, Column: 5, Code: "z"}, {File: "a", Line: 2, Column: 5, Code: "y"}, {File: "a", Line: 2, Column: 1}}
	SortDiagnostics(ds, []string{"a", "b"})
	var got []string
	for _, d := range ds {
		got = append(got, d.String())
	}
	want := "a:2:1 a:2:5[y] a:2:5[z] a:9 b:1"
	short := func(s string) string {
		s = strings.ReplaceAll(s, ": note:  []", "")
		return strings.ReplaceAll(s, ": note:  ", "")
	}
	for i := range got {
		got[i] = short(got[i])
	}
	if s := strings.Join(got, " "); s != want {
		t.Errorf("%s, want %s", s, want)
	}
	SortDiagnostics(ds, []string{"b", "a"})
	if ds[0].File != "b" {
		t.Error("files come in the order they were given")
	}
}

func TestLedgerBalances(t *testing.T) {
	l := Ledger{Files: 1, Read: 10, Accepted: 7, Rejected: 2, Blank: 1}
	if !l.Balances() {
		t.Error("7 + 2 + 1 is 10")
	}
	l.Add(Ledger{Files: 1, Read: 5, Accepted: 4, Blank: 0, Rejected: 1, SetAside: 3})
	if !l.Balances() || l.Files != 2 || l.Read != 15 || l.SetAside != 3 {
		t.Errorf("%+v", l)
	}
	l.Read++
	if l.Balances() {
		t.Error("a record is missing and the ledger balances")
	}
}

func TestSeverityNames(t *testing.T) {
	if Note.String() != "note" || Warning.String() != "warning" || Error.String() != "error" || Severity(9).String() != "" {
		t.Error("severities are misnamed")
	}
}
