package record

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What separates the entries of a list is what was told for that field alone.
func TestListsWithinCells(t *testing.T) {
	for _, tt := range []struct{ sep, cell, want string }{
		{"", "A;B", "A;B"}, {"", "A, B", "A, B"}, {",", "A, B", "A; B"}, {",", "A;B", "A;B"}, {" and ", "A and B", "A;B"}, {"/", "A/B/C", "A;B;C"}, {"|", "A|B", "A;B"}, {";", "A;B", "A;B"},
		{",", "", ""}, {",", ",", ";"}, {"\n", "A\nB", "A;B"},
	} {
		o := Options{Lists: map[string]string{"attributed_to": tt.sep}}
		recs, _ := mustReadLaidOut(t, writeCSV([][]string{{"date", "group", "involved", "killed"}, {"2025-10-11", tt.cell, "X, Y", "3"}}, func() bool { return true }, "\n"), o)
		if got := recs[0].Text["attributed_to"]; got != tt.want || recs[0].Text["involved"] != "X, Y" {
			t.Errorf("%q by %q is %q, want %q; %q", tt.cell, tt.sep, got, tt.want, recs[0].Text["involved"])
		}
	}
}

// Rows of one death each: one killed in every record, whatever else it says, and a
// column that counts them is refused by its name.
func TestRowsOfDeaths(t *testing.T) {
	recs, res := mustReadLaidOut(t, "date,name,injured,killed_civilians\n2025-10-11,A,,1\n2025-10-12,B,2,\n2025-10-13,C,x,\n", Options{Deaths: true})
	if len(recs) != 2 || show(recs[0].Counts["killed"]) != "1 (1..1)" || show(recs[1].Counts["killed"]) != "1 (1..1)" || show(recs[1].Counts["injured"]) != "2 (2..2)" || res.Ledger.Rejected != 1 {
		t.Errorf("%v %v", recs, res.Diagnostics)
	}
	for header, column := range map[string]string{"date,killed": "killed", "date,Deaths": "Deaths", "date,min_killed,x": "min_killed", "date,x,muertos": "muertos"} {
		_, _, err := readLaidOut(header+"\n", Options{Deaths: true})
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("each row is to be one death, and column %q says how many were killed", column)) {
			t.Errorf("%s: %v", header, err)
		}
	}
	recs, _ = mustReadLaidOut(t, "date,killed\n2025-10-11,7\n", Options{Deaths: true, Map: map[string]string{"killed": ""}})
	if len(recs) != 1 || show(recs[0].Counts["killed"]) != "1 (1..1)" {
		t.Errorf("%v", recs)
	}
}

// Figures out of order are refused, or kept as they are with a warning where that is
// asked for; in order they are the same either way.
func TestFiguresOutOfOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := func(label string) int { return rapid.IntRange(0, 9).Draw(t, label) }
		low, best, high := n("low"), n("best"), n("high")
		csv := fmt.Sprintf("date,killed_low,killed,killed_high\n2025-10-11,%d,%d,%d\n", low, best, high)
		ordered := low <= best && best <= high
		recs, res, err := read(csv, Options{})
		if err != nil || len(recs) == 1 != ordered || res.Counts["count-order"] == 0 != ordered {
			t.Fatalf("%s%v %v", csv, res.Diagnostics, err)
		}
		kept, res, err := read(csv, Options{KeepDisorder: true})
		if err != nil || len(kept) != 1 || res.Ledger.Rejected != 0 || res.Counts["count-order"] == 0 != ordered {
			t.Fatalf("%s%v %v", csv, res.Diagnostics, err)
		}
		if got, want := show(kept[0].Counts["killed"]), fmt.Sprintf("%d (%d..%d)", best, low, high); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
		if ordered && show(recs[0].Counts["killed"]) != show(kept[0].Counts["killed"]) {
			t.Fatalf("%s becomes %s", show(recs[0].Counts["killed"]), show(kept[0].Counts["killed"]))
		}
	})
}

// Fields that are skipped or not needed are read by nobody, and said to be skipped
// and not unknown to the file.
func TestFieldsThatAreSkipped(t *testing.T) {
	const csv = "date,place,killed,injured,weapon\n2025-10-11,Kel,3,1,rifle\n"
	for _, o := range []Options{{Skip: []string{"place", "weapon", "no such field"}}, {Unneeded: []string{"place", "weapon"}}} {
		recs, res, err := read(csv, o)
		if err != nil || len(recs) != 1 || recs[0].Text["place"] != "" || recs[0].Text["weapon"] != "" || show(recs[0].Counts["killed"]) != "3 (3..3)" {
			t.Errorf("%v %v", recs, err)
		}
		if slices.ContainsFunc(res.Mapping, func(m MappedColumn) bool { return m.Field == "place" || m.Field == "weapon" }) || len(res.Unused) != 0 {
			t.Errorf("%v %v", res.Mapping, res.Unused)
		}
	}
	if _, _, err := read(csv, Options{Skip: []string{"date"}}); err == nil || !strings.Contains(err.Error(), "no-date-column") {
		t.Errorf("%v", err)
	}
	if _, _, err := read("date,killed\n", Options{Skip: []string{"killed"}}); err == nil || !strings.Contains(err.Error(), "no-count-column") {
		t.Errorf("%v", err)
	}
}
