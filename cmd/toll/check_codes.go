package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"toll/data"
	"toll/data/check"
	"toll/data/record"
)

// runCodes are found when accounts are reconciled, or of the options of a run,
// and not when a file is read.
var runCodes = []record.Code{accountsDisagree, noMatch, noMatchOfSeveral}

var noMatch = record.Code{Name: "no-match", Severity: data.Warning, Title: "a condition or policy that names what no record has",
	Why:     "A misspelt name leaves every record out, or takes no account where one was meant.",
	Example: "--where party=Red Frnt", Fix: "spell the name as the data has it"}

var noMatchOfSeveral = record.Code{Name: "no-match-of-several", Severity: data.Note, Title: "one of several names in a condition or policy that no record has",
	Why:     "The other names select records; this one may have none in this file, or be misspelt.",
	Example: "--where country=Tarmin --where country=Tarmen", Fix: "spell the name as the data has it, or leave it if there is nothing to find"}

var accountsDisagree = record.Code{Name: "accounts-disagree", Severity: data.Note, Title: "accounts of one incident differ on when, where or what it was",
	Why: "The report uses one of them and says which.", Example: "two rows of incident N1 with different places", Fix: "check which is right; where both may be, nothing needs to be done"}

// allCodes returns every code there is, the gravest first.
func allCodes() []record.Code {
	codes := record.Codes()
	for _, c := range check.Codes() {
		codes = append(codes, record.Code{Name: c.Name, Severity: c.Severity, Title: c.Title, Why: c.Why, Example: c.Example, Fix: c.Fix})
	}
	codes = append(codes, runCodes...)
	slices.SortStableFunc(codes, func(a, b record.Code) int {
		if a.File != b.File {
			if a.File {
				return -1
			}
			return 1
		}
		if a.Severity != b.Severity {
			return int(b.Severity) - int(a.Severity)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return codes
}

func listCodes(s *streams) error {
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, c := range allCodes() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", c.Name, effect(c), c.Title)
	}
	return w.Flush()
}

// effect says what a code does to the figures.
func effect(c record.Code) string {
	switch {
	case c.File:
		return "stops the file"
	case c.Severity == data.Error:
		return "sets the record aside"
	}
	return c.Severity.String()
}

func explainCode(s *streams, name string) error {
	for _, c := range allCodes() {
		if c.Name == name {
			fmt.Fprintf(s.out, "%s: %s (%s)\n\n%s\n\nFor example: %s\n\nWhat to do: %s.\n", c.Name, c.Title, effect(c), c.Why, c.Example, c.Fix)
			return nil
		}
	}
	return fmt.Errorf("there is no code %q; toll check --list has them all", name)
}

// writeCodes writes the manual of the codes, docs/diagnostics.md.
func writeCodes(w io.Writer) {
	fmt.Fprint(w, `# Diagnostics

What toll says about data, by code. A code keeps its meaning between versions. This
page is made from the table of codes by `+"`go test ./cmd/toll -run Diagnostics -update`"+`;
`+"`toll check --explain CODE`"+` shows an entry, `+"`toll check`"+` finds them.
`)
	last := ""
	for _, c := range allCodes() {
		if e := effect(c); e != last {
			last = e
			fmt.Fprintf(w, "\n## %s\n", map[string]string{"stops the file": "Stops the file", "sets the record aside": "Sets the record aside",
				"warning": "Warnings: the record is kept", "note": "Notes"}[e])
		}
		fmt.Fprintf(w, "\n### %s\n\n%s. %s\n\n", c.Name, upperFirst(c.Title), c.Why)
		for line := range strings.SplitSeq(c.Example, "\n") {
			fmt.Fprintf(w, "    %s\n", data.Visible(strings.ToValidUTF8(line, "\uFFFD")))
		}
		fmt.Fprintf(w, "\nWhat to do: %s.\n", c.Fix)
	}
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
