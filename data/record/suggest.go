package record

import (
	"fmt"
	"slices"
	"strings"

	"toll/data"
)

// suggestion says what the file may have in place of one of the fields: the
// hint of an error, or nothing. A likeness only ever suggests; it decides nothing.
func (p *plan) suggestion(fields []Field) string {
	if slices.Contains(fields, Date) && p.splitsDate() {
		return "the date seems to be spread over several columns; say which, with --map year=, --map month= and --map day="
	}
	if hint := p.unsure(fields); hint != "" {
		return hint
	}
	best, hint := 0, ""
	for i, name := range p.folded {
		for _, f := range fields {
			if score := likest(name, f); score > best {
				best, hint = score, fmt.Sprintf("did you mean %q to be %s? then say --map %s", p.header[i], f, shellWord(f.String()+"="+p.header[i]))
			}
		}
	}
	return hint
}

// splitsDate reports whether year and month stand in columns of their own.
func (p *plan) splitsDate() bool {
	has := func(part string) bool {
		return slices.ContainsFunc(p.folded, func(n string) bool { return strings.HasSuffix(n, part) })
	}
	return has("year") && has("month")
}

// nearMisses returns, for each unused column whose name is nearly one of the
// names of a field that no column carries, that name.
func (p *plan) nearMisses() (missed []MappedColumn) {
	for i, name := range p.folded {
		if p.profile.Columns != nil || p.taken(i) || len(unsure[plainLetters(name)]) > 0 {
			continue
		}
		for f := range numFields {
			if !p.has(f) && slices.ContainsFunc(fieldNames[f], func(want string) bool { return nearly(name, want) }) {
				missed = append(missed, MappedColumn{Field: f.String(), Column: p.header[i], Index: i})
				break
			}
		}
	}
	return missed
}

// taken reports whether a field takes column i, or would if it were not skipped.
func (p *plan) taken(i int) bool {
	return p.read(i) || slices.Contains(p.skipped, i)
}

// nearly reports whether name is want but for a slip of the keys. Short words
// are one slip from each other by nature.
func nearly(name, want string) bool {
	return len(want) >= 5 && distance(name, want) <= len(want)/4
}

// likest is the best likeness of name to any of the names of f.
func likest(name string, f Field) int {
	best := 0
	for _, want := range fieldNames[f] {
		best = max(best, likeness(name, want))
	}
	return best
}

// likeness is 0 where two names have nothing to do with each other: it counts
// what an edit distance of at most a third of the wanted name leaves of it, or
// that the one contains the other.
func likeness(name, want string) int {
	if d := distance(name, want); d <= len(want)/3 {
		return 100 - 10*d
	}
	if len(want) >= 4 && strings.Contains(name, want) {
		return len(want)
	}
	return 0
}

func distance(a, b string) int { return data.Distance([]rune(a), []rune(b)) }
