package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"toll/stats"
)

// printed makes the tables of a file of testdata/printed, each line written as
// the records it stands for: the first with its toll, the others with none.
func printed(t *testing.T, file string, args ...string) string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "printed", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	attacks := slices.Index(rows[0], "attacks")
	tolls := []int{slices.Index(rows[0], "killed"), slices.Index(rows[0], "injured")}
	dir := t.TempDir()
	var b strings.Builder
	w := csv.NewWriter(&b)
	put := func(row []string) {
		if attacks >= 0 {
			row = slices.Delete(slices.Clone(row), attacks, attacks+1)
		}
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	put(rows[0])
	for _, r := range rows[1:] {
		n := 1
		if attacks >= 0 {
			n = number(t, r[attacks])
		}
		put(r)
		for _, c := range tolls {
			if c >= 0 {
				r[c] = ""
			}
		}
		for range n - 1 {
			put(r)
		}
	}
	w.Flush()
	path := filepath.Join(dir, file)
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	var stdout, stderr bytes.Buffer
	if code := run(append([]string{"tables", path, "-o", out}, args...), nil, &stdout, &stderr); code == exitTrouble {
		t.Fatalf("%s%s", stdout.String(), stderr.String())
	}
	return filepath.Join(out, "tables")
}

// rowOf returns the row of a table whose first key is this; the total has none.
func rowOf(t *testing.T, dir, table, key string) map[string]string {
	t.Helper()
	for _, r := range rowsOf(t, dir, table) {
		if key == "" {
			return r
		}
		for _, k := range []string{"period", "admin1", "victim_type", "event_type"} {
			if r[k] == key {
				return r
			}
		}
	}
	t.Fatalf("%s has no row %q", table, key)
	return nil
}

// The totals that others printed, from their own lines.
func TestPrintedTotals(t *testing.T) {
	type figures struct{ incidents, killed, injured string }
	for _, x := range []struct {
		file, table, key string
		want             figures
		args             []string
	}{
		{"pips-2009.csv", "by-month", "2009-07", figures{"372", "1144", "1033"}, []string{"--by", "month"}},
		{"pips-2009.csv", "by-month", "2009-08", figures{"357", "1024", "876"}, []string{"--by", "month"}},
		{"pips-2009.csv", "by-event-type", "First line of the table", figures{"227", "206", "437"}, nil},
		{"pips-2025.csv", "total", "", figures{"699", "1034", "1366"}, nil},
		{"pips-2025.csv", "by-admin1", "Khyber Pakhtunkhwa", figures{"413", "581", "698"}, nil},
		{"pips-2025.csv", "by-admin1", "Gilgit-Baltistan", figures{"3", "3", "6"}, nil},
		{"pips-2025.csv", "by-year", "2025", figures{"699", "1034", "1366"}, nil},
		{"picss-2024-04.csv", "by-month", "2024-03", figures{"56", "77", ""}, []string{"--by", "month"}},
		{"picss-2024-04.csv", "by-month", "2024-04", figures{"77", "70", ""}, []string{"--by", "month"}},
		{"picss-2024-10.csv", "total", "", figures{"3", "198", ""}, nil},
		{"picss-2024-10.csv", "by-victim-type", "combatant", figures{"2", "160", ""}, nil},
		{"picss-2025.csv", "total", "", figures{"4", "3387", ""}, nil},
		{"picss-2025.csv", "by-victim-type", "militant", figures{"1", "2115", ""}, nil},
		{"unama-2020-q3.csv", "by-victim-type", "civilian", figures{"1", "2117", "3822"}, nil},
	} {
		r := rowOf(t, printed(t, x.file, x.args...), x.table, x.key)
		if got := (figures{r["incidents"], r["killed_low"], r["injured_low"]}); got != x.want {
			t.Errorf("%s, %s %s: %v, want %v", x.file, x.table, x.key, got, x.want)
		}
		if r["killed_low"] != r["killed_high"] {
			t.Errorf("%s, %s %s: the printed figure is no range: %s–%s", x.file, x.table, x.key, r["killed_low"], r["killed_high"])
		}
	}
}

// The per cents that were printed, and the exact test of the change.
func TestPrintedPerCents(t *testing.T) {
	dir := printed(t, "picss-2024-04.csv", "--by", "month")
	got := map[string]map[string]string{}
	for _, r := range rowsOf(t, dir, "changes") {
		if r["comparison"] == "previous" {
			got[r["measure"]] = r
		}
	}
	for _, x := range []struct{ measure, column, want string }{
		{"incidents", "before", "56"}, {"incidents", "after", "77"}, {"incidents", "percent", "37.5"}, {"incidents", "p_exact", "0.0825"},
		{"killed", "before", "77"}, {"killed", "after", "70"}, {"killed", "percent", "-9.1"},
	} {
		g := got[x.measure][x.column]
		if f, err := strconv.ParseFloat(g, 64); x.column == "percent" && err == nil { // the file has more decimals
			g = strconv.FormatFloat(f, 'f', 1, 64)
		}
		if g != x.want {
			t.Errorf("%s %s: %s, want %s", x.measure, x.column, g, x.want)
		}
	}
	for _, x := range []struct {
		part, whole int64
		want        string
	}{{77 - 56, 56, "38 %"}, {70 - 77, 77, "−9 %"}} {
		if g := stats.Percent(x.part, x.whole); g != x.want {
			t.Errorf("%d of %d is %s, printed as %s", x.part, x.whole, g, x.want)
		}
	}
	october := printed(t, "picss-2024-10.csv")
	combatants, all := rowOf(t, october, "by-victim-type", "combatant"), rowOf(t, october, "total", "")
	if g := stats.Percent(int64(number(t, combatants["killed_best"])), int64(number(t, all["killed_best"]))); g != "81 %" {
		t.Errorf("combatants are %s of those killed, printed as 81 per cent", g)
	}
	unama := rowOf(t, printed(t, "unama-2020-q3.csv"), "total", "")
	if k, i := number(t, unama["killed_best"]), number(t, unama["injured_best"]); k+i != 5939 {
		t.Errorf("%d casualties, printed as 5,939", k+i)
	}
}
