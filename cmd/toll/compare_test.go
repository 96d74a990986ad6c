package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// put writes files into a new folder.
func put(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func sharedText(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(shared(t), "data", file))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// placesOfCPOST are aliases for the dataset's places in Pakistan, which it writes
// as "Pakistan, PeshawarNorth-West Frontier Province (NWFP)".
func placesOfCPOST(t *testing.T, text string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[0], "target.location")
	town := regexp.MustCompile(`^Pakistan, (.+?)(North-West Frontier|Sindh|Balochistan|Punjab|Islamabad|Federally Admin|Azad|Northern) ?(Province|istered|Areas|Kashmir).*$`)
	seen := map[string]bool{}
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"column", "from", "to"})
	_ = w.Write([]string{"party", "Tehrik-i-Taliban Pakistan", "TTP"})
	for _, r := range rows[1:] {
		if m := town.FindStringSubmatch(r[at]); m != nil && !seen[strings.ToLower(r[at])] {
			seen[strings.ToLower(r[at])] = true
			_ = w.Write([]string{"place", r[at], m[1]})
		}
	}
	w.Flush()
	return b.String()
}

// comparison runs toll compare and returns the rows of its waterfall.
func comparison(t *testing.T, args ...string) (rows []map[string]string, out string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	var stdout, stderr bytes.Buffer
	if code := run(append(append([]string{"compare"}, args...), "-o", dir), nil, &stdout, &stderr); code == exitTrouble {
		t.Fatalf("%s%s", stdout.String(), stderr.String())
	}
	return rowsOf(t, filepath.Join(dir, "charts"), "waterfall"), dir
}

// Two published datasets of suicide attacks and of armed conflict in Pakistan:
// the way leads from the one published total to the other, and the attacks that
// are matched are few in all the fighting and many of the attacks.
func TestCompareUCDPWithCPOST(t *testing.T) {
	ucdp := put(t, map[string]string{"ged.csv": sharedText(t, "ucdp_ged_pakistan.csv"), "toll.yaml": "name: UCDP GED\n"})
	text := sharedText(t, "cpost_suicide_attacks.csv")
	cpost := put(t, map[string]string{"attacks.csv": text, "aliases.csv": placesOfCPOST(t, text), "toll.yaml": `name: CPOST
where: [country=Pakistan]
map: {country: target.country, attributed_to: groups, place: target.location, killed: "statistics.# killed", injured: "statistics.# wounded"}
lists: {attributed_to: ","}
unknown: ["-1"]
`})
	rows, dir := comparison(t, ucdp, cpost)
	first, last := rows[0], rows[len(rows)-1]
	for _, x := range []struct{ what, got, want string }{
		{"UCDP low", first["a_killed_low"], "41089"}, {"UCDP best", first["a_killed_best"], "43225"}, {"UCDP high", first["a_killed_high"], "49713"}, {"UCDP incidents", first["incidents_a"], "6416"},
		{"CPOST killed", last["b_killed_best"], "6279"}, {"CPOST attacks", last["incidents_b"], "487"}, {"the end of the way", last["then"], "6279"},
	} {
		if x.got != x.want {
			t.Errorf("%s: %s, want %s", x.what, x.got, x.want)
		}
	}
	at, matched := number(t, first["a_killed_best"]), 0
	for _, r := range rows {
		if at += number(t, r["change"]); at != number(t, r["then"]) {
			t.Fatalf("at %s the way is at %d, not %s", r["step"], at, r["then"])
		}
		if strings.HasPrefix(r["step"], "matched-") {
			matched += number(t, r["incidents_a"])
		}
	}
	if matched < 120 || matched > 300 {
		t.Errorf("%d incidents are matched", matched)
	}
	for _, r := range rowsOf(t, filepath.Join(dir, "tables"), "matched") {
		if a, b := strings.ToLower(r["a_place"]+r["a_admin2"]), strings.ToLower(r["b_place"]); r["by"] == "day and place" && !strings.HasPrefix(a, firstLetters(b)) && !strings.Contains(a, firstLetters(b)) {
			t.Errorf("%s and %s are one place", r["a_place"], r["b_place"])
		}
	}
	// The other way round it is the same way.
	back, _ := comparison(t, cpost, ucdp)
	if len(back) != len(rows) || back[0]["a_killed_best"] != "6279" {
		t.Errorf("back: %d steps, forth: %d", len(back), len(rows))
	}
}

func firstLetters(s string) string { return s[:min(len(s), 4)] }

// Two lists of massacres in Colombia that have no day in common: nothing can be
// matched, and each total is outside the days of the other.
func TestCompareListsWithoutACommonDay(t *testing.T) {
	cnmh := put(t, map[string]string{"cnmh.csv": sharedText(t, "cnmh_massacres.csv"), "toll.yaml": `name: CNMH
map: {year: ANNOH, month: MESH, day: DIAH, admin1: DEPTO_CASO, admin2: MUNINICIO_CASO, attributed_to: DESCRIPCION_PRESUNTO_RESPONSABLE, killed: NumeroVictimasCaso}
`})
	recent := put(t, map[string]string{"masacres.csv": sharedText(t, "colombia_masacres.csv"), "toll.yaml": "name: Recent\nmap: {killed: VICTIMAS}\n"})
	rows, _ := comparison(t, cnmh, recent)
	for _, r := range rows[1 : len(rows)-1] {
		switch r["step"] {
		case "only-a-period", "only-a-vague", "only-b-period", "only-a-unmatched":
		default:
			t.Errorf("a step %s between lists without a common day", r["step"])
		}
		if r["step"] == "only-a-unmatched" && number(t, r["incidents_a"]) > 40 {
			t.Errorf("%s incidents lie in both spans", r["incidents_a"])
		}
	}
	if last := rows[len(rows)-1]; last["b_killed_best"] != "1050" || last["incidents_b"] != "301" {
		t.Errorf("the recent list has %s killed in %s", last["b_killed_best"], last["incidents_b"])
	}
}

// A dataset compared with itself is matched with itself, but for twins: records
// without identifiers that day, place and party do not tell apart.
func TestCompareWithItself(t *testing.T) {
	var b strings.Builder
	b.WriteString("date,country,place,perpetrator,killed\n")
	for i := range 300 {
		fmt.Fprintf(&b, "2024-%02d-%02d,Hest,Place %d,Front %d,%d\n", 1+i%12, 1+i%28, i%17, i%3, i%7)
	}
	dir := put(t, map[string]string{"list.csv": b.String(), "again.csv": b.String()})
	rows, _ := comparison(t, filepath.Join(dir, "list.csv"), filepath.Join(dir, "again.csv"))
	same := 0
	for _, r := range rows {
		switch {
		case r["step"] == "matched-same":
			same = number(t, r["incidents_a"])
		case strings.HasPrefix(r["step"], "matched-"), strings.HasPrefix(r["step"], "only-"):
			t.Errorf("%s: %s and %s incidents", r["step"], r["incidents_a"], r["incidents_b"])
		}
	}
	if same < 290 {
		t.Errorf("%d of 300 are matched", same)
	}
}
