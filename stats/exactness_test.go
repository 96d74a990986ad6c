package stats

import (
	"testing"

	"pgregory.net/rapid"
)

// What is kept in one cell while it can be is what an array of all cells would
// hold, in any order of adding and merging.
func TestExactnessAgainstAnArray(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type cells [NumPlaceGrades][NumDateGrades]exact
		es, want := make([]exactness, 3), make([]cells, 3)
		// Few grades at first, so that one cell often is enough.
		grades := rapid.IntRange(1, 4).Draw(t, "grades")
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			i := rapid.IntRange(0, 2).Draw(t, "which")
			if j := rapid.IntRange(0, 2).Draw(t, "other"); j != i && rapid.Bool().Draw(t, "merge") {
				es[i].merge(&es[j])
				for p := range want[j] {
					for d, c := range want[j][p] {
						want[i][p][d].n += c.n
						want[i][p][d].killed += c.killed
					}
				}
				continue
			}
			g := graded{PlaceGrade(rapid.IntRange(0, min(grades, int(NumPlaceGrades))-1).Draw(t, "place")), DateGrade(rapid.IntRange(0, min(grades, int(NumDateGrades))-1).Draw(t, "date"))}
			n, killed := rapid.Uint32Range(0, 3).Draw(t, "n"), rapid.Int64Range(0, 5).Draw(t, "killed")
			es[i].add(g, n, killed)
			want[i][g.place][g.date].n += n
			want[i][g.place][g.date].killed += killed
		}
		for i := range es {
			all := uint32(0)
			for p := range NumPlaceGrades {
				var row exact
				for d := range NumDateGrades {
					c := want[i][p][d]
					if got := es[i].cell(graded{p, d}); got != c {
						t.Fatalf("place %d, date %d: %+v, want %+v", p, d, got, c)
					}
					row.n, row.killed, all = row.n+c.n, row.killed+c.killed, all+c.n
				}
				if n, killed := es[i].placed(p); n != row.n || killed != row.killed {
					t.Fatalf("placed at %d: %d with %d killed, want %+v", p, n, killed, row)
				}
			}
			for d := range NumDateGrades {
				var column exact
				for p := range NumPlaceGrades {
					column.n, column.killed = column.n+want[i][p][d].n, column.killed+want[i][p][d].killed
				}
				if n, killed := es[i].dated(d); n != column.n || killed != column.killed {
					t.Fatalf("dated to %d: %d with %d killed, want %+v", d, n, killed, column)
				}
			}
			if es[i].incidents() != all || es[i].empty() != (want[i] == cells{}) {
				t.Fatalf("%d incidents, empty %t, want %d", es[i].incidents(), es[i].empty(), all)
			}
			place, safe := es[i].safePlace()
			upTo := uint32(0)
			for p := range Nowhere {
				n, _ := es[i].placed(p)
				if upTo += n; all > 0 && 10*upTo >= 9*all {
					if !safe || place != p {
						t.Fatalf("safe at %d, %t, want %d", place, safe, p)
					}
					break
				} else if p == Nowhere-1 && safe {
					t.Fatalf("safe at %d: %d of %d incidents", place, upTo, all)
				}
			}
		}
	})
}
