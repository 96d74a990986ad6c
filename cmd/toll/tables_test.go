package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"toll/data/record"
	"toll/stats"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// manyRecords is a file of several chunks, with records that repeat an incident
// where shared is set.
func manyRecords(shared bool) string {
	var b strings.Builder
	b.WriteString("incident_id,date,country,admin1,perpetrator,claimed_by,event_type,killed_low,killed,killed_high,injured,notes\n")
	for i := range 6000 {
		id := 100000 + i
		if shared && i%50 == 1 {
			id--
		}
		date := fmt.Sprintf("%d-%02d-%02d", 2019+i%6, 1+i%12, 1+i%28)
		if i%40 == 0 {
			date = date[:7-i%80/40*3]
		}
		claim := ""
		if i%9 == 0 {
			claim = fmt.Sprint("Group ", i%7)
		}
		fmt.Fprintf(&b, "%d,%s,Land %d,\"Province, %d\",Group %d,%s,Type %d,%d,%d,,%d,\"%s\"\n", id, date, i%3, i%40, i%11, claim, i%4,
			i%5, i%5+i%2, i%13, strings.Repeat("long notes, ", i%30))
	}
	return b.String()
}

// Any number of workers gives the same report, record for record and row for row.
func TestWorkersGiveTheSameReport(t *testing.T) {
	for _, shared := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "many.csv")
		if err := os.WriteFile(path, []byte(manyRecords(shared)), 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := openDataset([]string{path}, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		var want *reading
		for _, workers := range []int{1, 2, 3, 5} {
			got, err := tallyBy(workers, d, record.Options{}, stats.DefaultOptions(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got
				continue
			}
			if diff := cmp.Diff(want.report, got.report, cmpopts.IgnoreUnexported(stats.Row{}, stats.Report{}, stats.Sheet{})); diff != "" {
				t.Errorf("shared %v, %d workers: (-one +many)\n%s", shared, workers, diff)
			}
			if diff := cmp.Diff(want.diagnostics, got.diagnostics); diff != "" {
				t.Errorf("shared %v, %d workers: (-one +many)\n%s", shared, workers, diff)
			}
		}
	}
}

// A table asked for alone is the one that comes with all the others.
func TestOnlyATableIsTheSameTable(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "many.csv")
	if err := os.WriteFile(path, []byte(manyRecords(false)), 0o600); err != nil {
		t.Fatal(err)
	}
	tables := func(to string, args ...string) map[string]string {
		to = filepath.Join(dir, to)
		if code := run(append([]string{"tables", path, "-o", to}, args...), nil, os.Stderr, os.Stderr); code == exitTrouble {
			t.Fatal(args)
		}
		files, err := filepath.Glob(filepath.Join(to, "tables", "*"))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			got[strings.TrimSuffix(filepath.Base(f), ".csv")] = string(b)
		}
		return got
	}
	for _, by := range []string{"month", "quarter", "day"} {
		all := tables("all-"+by, "--by", by)
		for _, only := range []string{"by-month,by-year,by-admin1,by-party,period-party,admin1-party", "by-country", "by-party", "by-" + by, "by-event-type,by-month", "total", "period-party", "by-admin1,by-country"} {
			got := tables("only-"+by+"-"+only, "--by", by, "--tables", only)
			for _, id := range strings.Split(only, ",") {
				if diff := cmp.Diff(all[id], got[id]); diff != "" || got[id] == "" {
					t.Errorf("by %s, --tables %s: %s differs (-all +only)\n%.600s", by, only, id, diff)
				}
			}
			if n := len(strings.Split(only, ",")); len(got) != n {
				t.Errorf("--tables %s made %d tables", only, len(got))
			}
		}
	}
}

// What the beginning of a large file does not show is found out all the same:
// the order of day and month, a row of totals, another encoding.
func TestLargeFilesAreSurveyedToTheirEnd(t *testing.T) {
	notes := strings.Repeat("long notes, ", 50)
	body := func(date func(i int) string, place string) string {
		var b strings.Builder
		b.WriteString("date,place,killed,notes\n")
		for i := range 3000 {
			fmt.Fprintf(&b, "%s,%s,1,\"%s\"\n", date(i), place, notes)
		}
		return b.String()
	}
	iso := func(i int) string { return fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i%28) }
	files := map[string]string{
		"plain":  body(iso, "Kabul"),
		"slash":  body(func(i int) string { return fmt.Sprintf("%02d/%02d/2024", 1+i%12, 1+i/2900*12+i%12) }, "Kabul"),
		"late":   body(func(i int) string { return map[bool]string{false: iso(i), true: "25/12/2024"}[i > 2990] }, "Kabul"),
		"totals": body(iso, "Kabul") + ",,3000,\n",
		"latin":  body(iso, "Z\xfcrich"),
	}
	for name, text := range files {
		path := filepath.Join(t.TempDir(), name+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		var got [2]*reading
		var errs [2]error
		for i := range got {
			d, err := openDataset([]string{path}, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			if d.inputs[0].size <= headOnly {
				t.Fatal("the file is too small for the test")
			}
			if i == 1 {
				d.inputs[0].size = 0 // so that it is surveyed as a whole at once
			}
			got[i], errs[i] = tallyBy(2, d, record.Options{}, stats.DefaultOptions(), nil)
		}
		if fmt.Sprint(errs[0]) != fmt.Sprint(errs[1]) {
			t.Errorf("%s: %v, at once %v", name, errs[0], errs[1])
		}
		if errs[0] != nil || errs[1] != nil {
			continue
		}
		if diff := cmp.Diff(got[1].report, got[0].report, cmpopts.IgnoreUnexported(stats.Row{}, stats.Report{}, stats.Sheet{})); diff != "" {
			t.Errorf("%s: (-at once +by its beginning)\n%s", name, diff)
		}
		if diff := cmp.Diff(got[1].results, got[0].results); diff != "" {
			t.Errorf("%s: (-at once +by its beginning)\n%s", name, diff)
		}
	}
}
