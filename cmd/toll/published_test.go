package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// publishedFigures are figures that others printed from their own files.
type publishedFigures struct {
	File     string
	Expected json.RawMessage
}

func published(t *testing.T, file string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(shared(t), "data", "published.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Published []publishedFigures }
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	for _, p := range all.Published {
		if p.File == file {
			if err := json.Unmarshal(p.Expected, into); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("nothing is published from %s", file)
}

// tablesOf makes the tables of a published file with a toll.yaml of at most ten
// lines, and perhaps an aliases.csv, beside it.
func tablesOf(t *testing.T, file, yaml, aliases string, want int, args ...string) string {
	t.Helper()
	if n := strings.Count(yaml, "\n"); n > 10 {
		t.Fatalf("the mapping has %d lines", n)
	}
	dir := t.TempDir()
	b, err := os.ReadFile(filepath.Join(shared(t), "data", file))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{file: b, "toll.yaml": []byte(yaml), "aliases.csv": []byte(aliases)} {
		if len(text) == 0 {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "out")
	var stdout, stderr bytes.Buffer
	if code := run(append([]string{"tables", dir, "-o", out}, args...), nil, &stdout, &stderr); code != want {
		t.Fatalf("exit %d, want %d\n%s%s", code, want, stdout.String(), stderr.String())
	}
	return filepath.Join(out, "tables")
}

// rowsOf reads a table as rows by the names of its columns.
func rowsOf(t *testing.T, dir, table string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, table+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, r := range all[1:] {
		m := map[string]string{}
		for i, c := range r {
			m[all[0][i]] = c
		}
		rows = append(rows, m)
	}
	return rows
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("%q is no number", s)
	}
	return n
}

const cnmhAliases = `column,from,to
attributed_to,Farc,FARC
attributed_to,Muerte a secuestradores (mas),Medellín Cartel
attributed_to,Autodefensas unidas de colombia auc,Paramilitaries
attributed_to,Autodefensas campesinas de córdoba y urabá (accu),Paramilitaries
attributed_to,Autodefensas campesinas de meta y vichada,Paramilitaries
attributed_to,Autodefensas campesinas del casanare (buitragueños),Paramilitaries
attributed_to,Autodefensas campesinas nueva generación (ong),Paramilitaries
attributed_to,Autodefensas campesinas del magdalena medio,Paramilitaries
attributed_to,Autodefensas campesinas del sur del cesar,Paramilitaries
attributed_to,Autodefensas de hernán giraldo,Paramilitaries
attributed_to,Bloque central bolívar,Paramilitaries
attributed_to,Bloque metro,Paramilitaries
attributed_to,Los paisas,Paramilitaries
attributed_to,Los rastrojos,Paramilitaries
attributed_to,Los tangueros,Paramilitaries
attributed_to,Urabeños/autodefensas gaitanistas de colombia/águilas negras/clan úsuga,Paramilitaries
`

func TestPublishedCNMH(t *testing.T) {
	want := map[string]int{}
	published(t, "cnmh_massacres.csv", &want)
	dir := tablesOf(t, "cnmh_massacres.csv", `by: year
map:
  year: ANNOH
  month: MESH
  day: DIAH
  admin1: DEPTO_CASO
  admin2: MUNINICIO_CASO
  attributed_to: DESCRIPCION_PRESUNTO_RESPONSABLE
  killed: NumeroVictimasCaso
`, cnmhAliases, exitClean)
	got := map[string]int{}
	for _, r := range rowsOf(t, dir, "period-party") {
		switch r["party"] {
		case "FARC", "Paramilitaries", "Medellín Cartel":
			if len(r["period"]) == 4 { // an undated massacre is in no year
				got[r["period"]+"|"+r["party"]] = number(t, r["incidents"])
			}
		}
	}
	for k, n := range want {
		if got[k] != n {
			t.Errorf("%s: %d, want %d", k, got[k], n)
		}
	}
	if len(got) != len(want) || len(want) < 80 {
		t.Errorf("%d figures, want %d", len(got), len(want))
	}
}

func TestPublishedColombia(t *testing.T) {
	want := map[string]int{}
	published(t, "colombia_masacres.csv", &want)
	dir := tablesOf(t, "colombia_masacres.csv", "map: {killed: VICTIMAS}\nby: year\n", "", exitClean)
	total := 0
	for _, r := range rowsOf(t, dir, "by-year") {
		if got := number(t, r["killed_best"]); got != want[r["period"]] {
			t.Errorf("%s: %d, want %d", r["period"], got, want[r["period"]])
		}
		total += number(t, r["killed_best"])
	}
	if total != want["total"] {
		t.Errorf("%d in all, want %d", total, want["total"])
	}
	cases := 0
	for _, r := range rowsOf(t, dir, "by-admin1") {
		cases += number(t, r["incidents"])
	}
	if cases != want["cases"] {
		t.Errorf("%d cases, want %d", cases, want["cases"])
	}
}

func TestPublishedCPOST(t *testing.T) {
	type figures struct{ Attacks, Killed, Wounded int }
	want := map[string]figures{}
	published(t, "cpost_suicide_attacks.csv", &want)
	dir := tablesOf(t, "cpost_suicide_attacks.csv", `map:
  country: target.country
  attributed_to: groups
  killed: "statistics.# killed"
  injured: "statistics.# wounded"
lists: {attributed_to: ","}
unknown: ["-1"]
`, "", exitClean)
	got := map[string]figures{}
	for _, r := range rowsOf(t, dir, "by-country") {
		got[r["country"]] = figures{number(t, r["incidents"]), number(t, r["killed_best"]), number(t, r["injured_best"])}
	}
	for k, f := range want {
		if got[k] != f {
			t.Errorf("%s: %+v, want %+v", k, got[k], f)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d countries, want %d", len(got), len(want))
	}
}

func TestPublishedPoliceKillings(t *testing.T) {
	var want struct{ Unarmed int }
	published(t, "police_killings_2015.csv", &want)
	dir := tablesOf(t, "police_killings_2015.csv", "rows: deaths\nencoding: macintosh\nby: month\nwhere: [armed=No]\n", "", exitClean)
	killed := 0
	for _, r := range rowsOf(t, dir, "by-month") {
		killed += number(t, r["killed_best"])
	}
	if killed != want.Unarmed {
		t.Errorf("%d, want %d", killed, want.Unarmed)
	}
}

func TestPublishedUCDP(t *testing.T) {
	var want struct {
		Rows int
		Mean map[string]float64
	}
	published(t, "ucdp_ged_pakistan.csv", &want)
	dir := tablesOf(t, "ucdp_ged_pakistan.csv", "by: year\n", "", exitFindings)
	sums := map[string]int{}
	rows := 0
	for _, r := range rowsOf(t, dir, "by-year") {
		rows += number(t, r["incidents"])
		sums["low"] += number(t, r["killed_low"])
		sums["high"] += number(t, r["killed_high"])
	}
	for _, r := range rowsOf(t, dir, "by-part") {
		sums[map[string]string{"side_a": "deaths_a", "side_b": "deaths_b", "civilians": "deaths_civilians", "unknown": "deaths_unknown"}[r["part"]]] += number(t, r["killed_best"])
	}
	if rows != want.Rows {
		t.Errorf("%d rows, want %d", rows, want.Rows)
	}
	for name, mean := range want.Mean {
		if got := float64(sums[name]) / float64(rows); math.Abs(got-mean) > 5e-7 {
			t.Errorf("mean of %s is %f, want %f", name, got, mean)
		}
	}
	if len(want.Mean) != 6 {
		t.Errorf("%v", want.Mean)
	}
}

// The largest figure of each column is the last row of the table by severity,
// with the column mapped to killed: --map killed=deaths_a --map killed_low= --map
// killed_high=.
func TestPublishedUCDPMaxima(t *testing.T) {
	var want struct{ Max map[string]int }
	published(t, "ucdp_ged_pakistan.csv", &want)
	for column, most := range want.Max {
		dir := tablesOf(t, "ucdp_ged_pakistan.csv", "map: {killed: "+column+", killed_low: \"\", killed_high: \"\"}\n", "", exitClean, "--tables", "by-severity,total")
		got, incidents := 0, 0
		for _, r := range rowsOf(t, dir, "by-severity") {
			incidents += number(t, r["incidents"])
			got = max(got, number(t, r["killed"]))
		}
		if got != most || incidents != 6416 {
			t.Errorf("the most of %s in one event is %d of %d events, want %d", column, got, incidents, most)
		}
	}
	if len(want.Max) != 6 {
		t.Errorf("%v", want.Max)
	}
}

// What a file leaves open is asked for: the error names the flag, and nothing is
// written.
func TestOpenQuestionsAreAsked(t *testing.T) {
	for name, tt := range map[string]struct {
		file string
		args []string
		want []string
	}{
		"encoding":      {"date,place,killed\n2025-10-11,Cort\xe9s,3\n2025-10-12,Cort\xe9s,1\n", nil, []string{`line 2 as windows-1252 or windows-1256 or iso-8859-15: "5-10-11,Cortés,3"`, "--encoding"}},
		"order of days": {"date,killed\n03/04/2025,3\n05/06/2025,3\n", nil, []string{"2 dates can be read with either first", "--date-order"}},
		"two orders":    {"date,killed\n13/04/2025,3\n05/26/2025,3\n", nil, []string{"1 date can only be day first (line 2: 13/04/2025) and 1 only month first"}},
		"a map":         {"date,killed\n2025-04-01,3\n", []string{"--map", "killed=Dead"}, []string{`from column "Dead"`}},
		"a field":       {"date,killed\n2025-04-01,3\n", []string{"--map", "kiled=killed"}, []string{`names the field "kiled"`}},
		"a condition":   {"date,killed\n2025-04-01,3\n", []string{"--where", "colour=red"}, []string{`"colour"`, "neither a field nor a column"}},
		"rows":          {"date,killed\n2025-04-01,3\n", []string{"--rows", "deaths"}, []string{`column "killed" says how many`}},
		"victims":       {"fecha,victimas\n2025-04-01,3\n", nil, []string{"no column says how many", "--map killed=victimas"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "f.csv")
			if err := os.WriteFile(path, []byte(tt.file), 0o644); err != nil {
				t.Fatal(err)
			}
			var out, errs bytes.Buffer
			code := run(append([]string{"tables", path, "-o", filepath.Join(dir, "out")}, tt.args...), nil, &out, &errs)
			if code != exitTrouble || exists(filepath.Join(dir, "out")) {
				t.Errorf("exit %d", code)
			}
			for _, w := range tt.want {
				if !strings.Contains(errs.String(), w) {
					t.Errorf("%s\nlacks %s", errs.String(), w)
				}
			}
		})
	}
}

func TestPairs(t *testing.T) {
	got := overPairs(map[string]string{"killed": "A", "place": "B"}, []string{"killed=C=D", "date=", "oops"})
	if fmt.Sprint(got) != "map[date: killed:C=D oops:? place:B]" {
		t.Error(got)
	}
}
