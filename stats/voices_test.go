package stats

import (
	"fmt"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// shown writes rows of a table as ids and the killed.
func shown(t *Table) string {
	var out []string
	for i, id := range ids(t) {
		c := t.Rows[i].Tally
		out = append(out, id+" "+c.Killed.Figure(c.Incidents))
	}
	return strings.Join(out, "\n")
}

// A battle told by both sides, an ally of one, a monitor and a denial.
func battle() []rec {
	x := rec{id: "x", date: "2020-05-05"}
	say := func(source, side, of, by string, killed data.Count, status data.Status) rec {
		y := x
		y.source, y.sourceSide, y.side, y.attributed, y.killed, y.status = source, side, of, by, killed, status
		return y
	}
	return []rec{
		say("army of North", "North", "North", "South", exactly(4), data.Reported),
		say("army of South", "South", "North", "North; East", atLeast(20), data.Reported),
		say("army of East", "East", "North", "", exactly(3), data.Denied),
		say("guard of East", "East", "North", "", exactly(11), data.Reported),
		say("West's minister", "West", "North", "", between(5, 9), data.Reported),
		say("monitor", "", "North", "", exactly(7), data.Verified),
		say("army of North", "North", "South", "North", exactly(30), data.Reported),
		say("army of South", "South", "South", "North", data.Count{}, data.Reported),
	}
}

// Who admits, who claims and who stands outside. East is a party because an
// account blames it; West is none. What South says of its own losses is heard
// though it gives no number; what East denies is not.
func TestWhoStatesTheLosses(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), battle())
	want := []string{
		"x / North / range 7 (4–20+)", "x / North / own 4", "x / North / enemy 11–20+", "x / North / third 7 (5–9)",
		"x / South / range 30", "x / South / own unknown", "x / South / enemy 30",
	}
	all := strings.ReplaceAll(strings.Join(want, "\n"), "x / ", "(all) / ")
	if got := shown(r.Table("side-bracket")); got != all+"\n"+strings.Join(want, "\n") {
		t.Errorf("%s", got)
	}
	wantVoices := []string{
		"x / North / (independent) 7", "x / (all) / (independent) 7",
		"x / North / East 11", "x / (all) / East 11",
		"x / North / North 4", "x / South / North 30", "x / (all) / North 34",
		"x / North / South 20+", "x / South / South unknown", "x / (all) / South 20+",
		"x / North / West 5–9", "x / (all) / West 5–9",
	}
	if got := shown(r.Table("by-voice")); got != strings.Join(wantVoices, "\n") {
		t.Errorf("%s", got)
	}
	wantAccounts := []string{"x / army of East unknown", "x / army of North 34", "x / army of South 20+", "x / guard of East 11", "x / monitor 7", "x / West's minister 5–9"}
	got := strings.Split(shown(r.Table("by-account")), "\n")
	if len(got) != len(wantAccounts) {
		t.Errorf("%q", got)
	}
	for _, w := range wantAccounts {
		if !strings.Contains(strings.Join(got, "\n")+"\n", w+"\n") {
			t.Errorf("no %q among %q", w, got)
		}
	}
}

// Incidents of which one voice speaks have no table by voice, and losses of a side
// that is not stated stand in no bracket.
func TestVoicesThatAreAlone(t *testing.T) {
	x := rec{id: "x", date: "2020-05-05", killed: exactly(2)}
	of := func(source, sourceSide, side string) rec {
		y := x
		y.source, y.sourceSide, y.side = source, sourceSide, side
		return y
	}
	for _, c := range []struct {
		name            string
		rs              []rec
		voices, bracket int
	}{
		{"two sources of one side", []rec{of("S", "A", "A"), of("T", "A", "A")}, 0, 4}, // all and own, of all incidents and of this
		{"two sources of none", []rec{of("S", "", "A"), of("T", "", "A")}, 0, 4},
		{"a side and none", []rec{of("S", "A", "A"), of("T", "", "A")}, 4, 6},
		{"nobody's losses", []rec{of("S", "A", ""), of("T", "", "")}, 2, 0},
	} {
		r := tallyOf(t, DefaultOptions(), c.rs)
		if n := len(ids(r.Table("by-voice"))); n != c.voices {
			t.Errorf("%s: %d rows by voice, want %d: %v", c.name, n, c.voices, ids(r.Table("by-voice")))
		}
		if n := len(ids(r.Table("side-bracket"))); n != c.bracket {
			t.Errorf("%s: a bracket of %d rows, want %d: %v", c.name, n, c.bracket, ids(r.Table("side-bracket")))
		}
	}
}

// The brackets of all incidents add up those of each.
func TestBracketsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tb := tallyRapid(t, DefaultOptions(), drawDisputes(t)).Table("side-bracket")
		if tb == nil {
			return
		}
		all, sum := map[string]Tally{}, map[string]Tally{}
		for _, row := range tb.Rows {
			at := row.Keys[1].ID + "/" + row.Keys[2].ID
			if row.Keys[0].ID == "(all)" {
				all[at] = row.Tally
				continue
			}
			c := sum[at]
			if c.Merge(row.Tally) != nil {
				t.Fatal("overflow")
			}
			sum[at] = c
		}
		if fmt.Sprint(all) != fmt.Sprint(sum) {
			t.Fatalf("of all: %v\nadded up: %v", all, sum)
		}
	})
}
