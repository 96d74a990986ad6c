package output

import (
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

func TestLedgerTextAccountsForEveryRecord(t *testing.T) {
	for _, c := range []struct {
		l    data.Ledger
		q    stats.Quality
		want string
	}{
		{data.Ledger{Files: 1, Read: 1, Accepted: 1}, stats.Quality{Incidents: 1},
			"1 record was read from 1 file: 1 accepted, 0 rejected and 0 blank (1 + 0 + 0 = 1)."},
		{data.Ledger{Files: 2, Read: 1300, Accepted: 1200, Rejected: 90, Blank: 10, SetAside: 200}, stats.Quality{Incidents: 1000},
			"1,300 records were read from 2 files: 1,200 accepted, 90 rejected and 10 blank (1,200 + 90 + 10 = 1,300). " +
				"200 accepted records lie outside the selection and are left out. Rejected records count nowhere; the list of remarks says why each was rejected."},
		{data.Ledger{Files: 1, Read: 14, Accepted: 14, SetAside: 1}, stats.Quality{Incidents: 7, MultiAccount: 4, Accounts: 10, Withdrawn: 1},
			"14 records were read from 1 file: 14 accepted, 0 rejected and 0 blank (14 + 0 + 0 = 14). 1 accepted record lies outside the selection and is left out. " +
				"The records that count, 13, tell of 7 incidents; 4 of them are told by several records, 10 in all, and each is counted once. " +
				"1 incident is left out because every account of it is retracted or superseded."},
		{data.Ledger{Files: 1, Read: 5, Accepted: 5}, stats.Quality{Incidents: 4, MultiAccount: 1, Accounts: 2, Withdrawn: 2},
			"5 records were read from 1 file: 5 accepted, 0 rejected and 0 blank (5 + 0 + 0 = 5). The records that count, 5, tell of 4 incidents; 1 of them is told by several records, 2 in all, and is counted once. " +
				"2 incidents are left out because every account of them is retracted or superseded."},
		{data.Ledger{Files: 1, Read: 5, Accepted: 4}, stats.Quality{Incidents: 4},
			"5 records were read from 1 file: 4 accepted, 0 rejected and 0 blank (4 + 0 + 0 = 4). These do not add up, which is a fault of the program that made this briefing."},
	} {
		if got := text(ledgerText(c.l, c.q)); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func TestLackLines(t *testing.T) {
	r := &stats.Report{HasInjured: true}
	if ls := lackLines(r); len(ls) != 0 {
		t.Errorf("complete data lacks %v", ls)
	}
	r.Total.Killed = stats.Sum{Unknown: 3, Open: 1, NoBest: 2}
	r.Total.Injured = stats.Sum{Unknown: 1, Open: 2}
	r.Quality = stats.Quality{Approximate: 1, Spans: 2, Straddling: 1, NoLocation: 4, LowAboveBest: 1, BestAboveHigh: 2, LowAboveHigh: 1}
	want := []string{"3 incidents have no known toll of killed.", "1 incident has no known toll of injured.", "1 toll of killed is open-ended.", "2 tolls of injured are open-ended.",
		"2 known tolls of killed are ranges or bounds without a best figure.", "1 incident has a toll given as approximate (“about”).",
		"2 incidents are dated to more than one day: a span, a week, a month or a year.", "1 recorded span of days crosses the end of a reporting period and is counted where it starts.", "4 incidents have no location.",
		"1 incident was kept although its low figure exceeds its best.", "2 incidents were kept although their best figure exceeds their high.", "1 incident was kept although its low figure exceeds its high."}
	var got []string
	for _, l := range lackLines(r) {
		got = append(got, text(l))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	r.HasInjured = false
	if got := text(lackLines(r)[1]); got != "The data has no column of injured." {
		t.Errorf("%q", got)
	}
}

func TestDataBlocks(t *testing.T) {
	d := sample()
	bs := dataBlocks(d)
	byID := map[string]grid{}
	for _, g := range grids(bs) {
		byID[g.ID] = g
	}
	for id, want := range map[string]string{
		"inputs":          "data/kelundra/incidents.csv | 143 | 48,211 | native (its columns bear the native names) | 9f86d081884c",
		"disagreements":   "SYN-RIDGE | event type | armed clash; shelling | armed clash",
		"diagnostics":     "date cannot be read | error | 6 | data/kelundra/incidents.csv:14 | date-unreadable",
		"date-precision":  "the day | 127 | 97 %",
		"place-precision": "not stated | 1 | 0.8 %",
	} {
		if rows := rowsOf(byID[id]); len(rows) == 0 || rows[0] != want {
			t.Errorf("%s: %q, want %q first", id, rows, want)
		}
	}

	for range 30 {
		d.Report.Disagreements = append(d.Report.Disagreements, d.Report.Disagreements[0])
	}
	if n := notes(dataBlocks(d)); !strings.Contains(n, "11 more rows are in report.json.") {
		t.Errorf("%q", n)
	}
	d.DiagnosticCounts = []CodeCount{{Code: "some-new-code", N: 1}}
	bs = dataBlocks(d)
	if rows := rowsOf(grids(bs)[len(grids(bs))-1]); rows[0] != "some new code | note | 1 |  | some-new-code" {
		t.Errorf("%q", rows)
	}
	if n := notes(dataBlocks(tiny())); !strings.Contains(n, "Nothing in the data had to be remarked on.") {
		t.Errorf("%q", n)
	}
}

func TestMethodSaysWhatWasDone(t *testing.T) {
	rules := func(r *stats.Report) string {
		var s []string
		for _, l := range ruleList(r).Items {
			s = append(s, text(l))
		}
		return strings.Join(s, "\n")
	}
	plain := rules(&stats.Report{Period: stats.ByWeek, Directed: true})
	for _, want := range []string{"Each record is an incident of its own.", "The reporting period is the week.", "A party's row holds what the party claims"} {
		if !strings.Contains(plain, want) {
			t.Errorf("the rules do not say %q", want)
		}
	}
	if strings.Contains(plain, "Casualties") {
		t.Error("the rules speak of casualties where nobody counts the injured")
	}
	full := rules(&stats.Report{Period: stats.ByYear, MultiAccount: true, HasInjured: true})
	for _, want := range []string{"accounts of one incident, which is counted once", "Casualties are killed and injured together", "no figure says whom a party killed"} {
		if !strings.Contains(full, want) {
			t.Errorf("the rules do not say %q", want)
		}
	}
}

func TestMappingBlocks(t *testing.T) {
	d := &Document{Inputs: []Input{{Name: "a.csv", Mapping: []MappedColumn{{"date", "date"}, {"killed", "Dead (total)"}}, Unused: []string{"x", "y"}}, {Name: "b.csv"}}}
	if got, want := notes(mappingBlocks(d)), "a.csv was read by these columns: date, killed from “Dead (total)”. Not read: “x”, “y”."; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
