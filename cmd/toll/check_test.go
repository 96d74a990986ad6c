package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

var update = flag.Bool("update", false, "rewrite the pages that are made from tables")

// The page of diagnostics is made from the tables of codes.
func TestDiagnosticsPage(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "diagnostics.md")
	var want bytes.Buffer
	writeCodes(&want)
	if *update {
		if err := os.WriteFile(path, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("docs/diagnostics.md is not what the tables say: go test ./cmd/toll -run Diagnostics -update")
	}
}

const doubtful = `date,place,perpetrator,killed,killed_civilians,lat,lon
2025-10-11,Kel Adar,Khawarij,5,7,0,0
2025-10-12,Kel Adar,Khawarij,5,1,1,2
2025-10-11,Kel-Adar,Red,5,5,,
2025-02-30,Kel,Red,1,,,
2052-10-11,Kel,Red,-1,,,
`

func runCheck(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(append([]string{"check"}, args...), nil, &out, &errs); code != want {
		t.Fatalf("exit %d, want %d\n%s%s", code, want, out.String(), errs.String())
	}
	return out.String()
}

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCheckForms(t *testing.T) {
	path := writeFile(t, "f.csv", doubtful)
	text := runCheck(t, exitFindings, path, "--suggest", "--as-of", "2025-12-31")
	for _, w := range []string{"f.csv:5:1: error", "[bad-date]", "f.csv:6:20: error", "[negative-count]", "f.csv:2: warning: the parts of killed come to at least 7, the whole to at most 5 [parts-above-whole]",
		"f.csv:3: warning: the same place, parties and toll as line 2, a day apart", "[null-point]", "[close-spellings]", "[partisan-label]", "5 records = 3 accepted + 2 rejected + 0 blank"} {
		if !strings.Contains(text, w) {
			t.Errorf("lacks %s\n%s", w, text)
		}
	}
	var j struct {
		Findings []struct{ File, Code, Severity string }
		Counts   map[string]int
	}
	if err := json.Unmarshal([]byte(runCheck(t, exitFindings, path, "--format", "json")), &j); err != nil || len(j.Findings) < 5 || j.Counts["possible-repeat"] != 1 {
		t.Errorf("%v %+v", err, j)
	}
	rows, err := csv.NewReader(strings.NewReader(runCheck(t, exitFindings, path, "--format", "csv"))).ReadAll()
	if err != nil || len(rows) != len(j.Findings)+1 {
		t.Errorf("%v, %d rows", err, len(rows))
	}
	var s struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct{ RuleID, Level string }
		}
	}
	if err := json.Unmarshal([]byte(runCheck(t, exitFindings, path, "--format", "sarif")), &s); err != nil || s.Version != "2.1.0" || len(s.Runs[0].Results) != len(j.Findings) || len(s.Runs[0].Tool.Driver.Rules) < 5 {
		t.Errorf("%v %+v", err, s)
	}
	for line := range strings.Lines(runCheck(t, exitFindings, path, "--format", "github")) {
		if !strings.HasPrefix(line, "::error file=") && !strings.HasPrefix(line, "::warning file=") && !strings.HasPrefix(line, "::notice file=") {
			t.Errorf("%q", line)
		}
	}
}

// No line that a host of code would obey comes from the data.
func TestCheckGitHubIsNotFooled(t *testing.T) {
	path := writeFile(t, "f.csv", "date,place,killed\n2025-10-11,\"a\n::error::owned\n\",x\n2025-10-11,K,\"::set-output name=a::b\n::error::c\"\n")
	for line := range strings.Lines(runCheck(t, exitFindings, path, "--format", "github")) {
		if strings.HasPrefix(line, "::error::") || strings.HasPrefix(line, "::set-output") {
			t.Errorf("%q", line)
		}
	}
}

func TestCheckExceptions(t *testing.T) {
	path := writeFile(t, "f.csv", "date,killed\n2025-10-11,none\n")
	runCheck(t, exitFindings, path)
	accept := writeFile(t, "accepted.csv", "code,file,field,value,reason\nambiguous-none,,killed,none,the source says nobody\n")
	if got := runCheck(t, exitClean, path, "--accept", accept); !strings.Contains(got, "0 findings, and 1 accepted") {
		t.Error(got)
	}
	stale := writeFile(t, "stale.csv", "code,file,field,value,reason\nambiguous-none,,,,x\nbad-date,,,,long mended\n")
	if got := runCheck(t, exitFindings, path, "--accept", stale); !strings.Contains(got, "stale.csv:3: warning: nothing is found any more that this exception of bad-date accepts") {
		t.Error(got)
	}
	runCheck(t, exitTrouble, path, "--accept", writeFile(t, "bad.csv", "x\n"))
	runCheck(t, exitTrouble, path, "--accept", "no such file")
}

func TestCheckExplains(t *testing.T) {
	if got := runCheck(t, exitClean, "--explain", "count-order"); !strings.HasPrefix(got, "count-order: low, best and high are out of order (sets the record aside)") {
		t.Error(got)
	}
	list := runCheck(t, exitClean, "--list")
	if n := strings.Count(list, "\n"); n != len(allCodes()) || n < 50 {
		t.Errorf("%d codes are listed", n)
	}
	runCheck(t, exitTrouble, "--explain", "nothing")
	runCheck(t, exitTrouble)
	runCheck(t, exitTrouble, "x.csv", "--format", "xml")
}

func TestMapProposes(t *testing.T) {
	path := writeFile(t, "f.csv", "FECHA HECHO;MUNICIPIO;VICTIMAS;ZONA\n01/16/2022;Fortul;4;\n01/17/2022;Jamundi;3;\n")
	var out, errs bytes.Buffer
	if code := run([]string{"map", path}, nil, &out, &errs); code != exitClean {
		t.Fatal(code, errs.String())
	}
	want := `# f.csv, read as native: no other profile fits the header
# cells are separated by semicolons
map:
  date: "FECHA HECHO"  # 01/16/2022 | 01/17/2022
  admin2: "MUNICIPIO"  # Fortul | Jamundi
  #killed: "VICTIMAS"  # is it? 4 | 3
  #injured: "VICTIMAS"  # is it? 4 | 3
# not placed: "ZONA"  # blank
`
	if out.String() != want {
		t.Errorf("%s", out.String())
	}
	// What it writes is a toll.yaml once the question is answered.
	answered := strings.Replace(out.String(), "#killed:", "killed:", 1)
	var c config
	if err := yaml.UnmarshalWithOptions([]byte(answered), &c, yaml.Strict()); err != nil || c.Map["killed"] != "VICTIMAS" {
		t.Errorf("%v %+v", err, c.Map)
	}
	to := filepath.Join(t.TempDir(), "toll.yaml")
	if code := run([]string{"map", path, "-o", to}, nil, &out, &errs); code != exitClean || !exists(to) {
		t.Error(code)
	}
	if code := run([]string{"map", path, "-o", to}, nil, &out, &errs); code != exitTrouble {
		t.Error("a toll.yaml was written over")
	}
}

func TestMapProposesRowsOfDeaths(t *testing.T) {
	path := writeFile(t, "f.csv", "name,year,month,day,city\nA \"x\",2015,May,3,Kel\n")
	var out, errs bytes.Buffer
	if code := run([]string{"map", path}, nil, &out, &errs); code != exitClean || !strings.Contains(out.String(), "#rows: deaths") {
		t.Error(out.String(), errs.String())
	}
	var c config
	if err := yaml.UnmarshalWithOptions([]byte(strings.Replace(out.String(), "#rows", "rows", 1)), &c, yaml.Strict()); err != nil || c.Rows != "deaths" || c.Map["year"] != "year" {
		t.Errorf("%v %+v\n%s", err, c, out.String())
	}
}

func TestConvertCommand(t *testing.T) {
	dir := t.TempDir()
	path := writeFile(t, "f.csv", "Fecha;Lugar;Muertos;Heridos\n16/01/2022;Kel;4-7;\n17/01/2022;Kel;200+;3\n")
	native := filepath.Join(dir, "native.csv")
	var out, errs bytes.Buffer
	if code := run([]string{"convert", path, "-o", native}, nil, &out, &errs); code != exitClean {
		t.Fatal(errs.String())
	}
	b, err := os.ReadFile(native)
	want := "date,date_end,date_precision,place,killed,killed_low,killed_high,injured,injured_low,injured_high\n2022-01-16,,,Kel,,4,7,,,\n2022-01-17,,,Kel,,200,,3,,\n"
	if err != nil || string(b) != want {
		t.Errorf("%s", b)
	}
	if code := run([]string{"convert", path, "-o", native}, nil, &out, &errs); code != exitTrouble {
		t.Error("a file was written over")
	}
	for _, f := range []string{path, native} {
		if code := run([]string{"tables", f, "-o", filepath.Join(dir, filepath.Base(f)+"-out")}, nil, &out, &errs); code != exitClean {
			t.Fatal(errs.String())
		}
	}
	x, errX := os.ReadFile(filepath.Join(dir, "f.csv-out", "tables", "by-place.csv"))
	y, errY := os.ReadFile(filepath.Join(dir, "native.csv-out", "tables", "by-place.csv"))
	if errX != nil || errY != nil || !bytes.Equal(x, y) {
		t.Errorf("%v %v\n%s\n%s", errX, errY, x, y)
	}
}
