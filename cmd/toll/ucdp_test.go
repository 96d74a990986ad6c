package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// shared returns the folder of published files, or skips.
func shared(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("TOLL_SHARED")
	if dir == "" {
		t.Skip("TOLL_SHARED is not set: the published files are not here to compare with")
	}
	return dir
}

// jsonReport is what the tests read of a report.json.
type jsonReport struct {
	Total   jsonRow
	Tables  []jsonTable
	Quality struct {
		BestAboveHigh   int64            `json:"best_above_high"`
		LowAboveBest    int64            `json:"low_above_best"`
		Spans           int64            `json:"spans"`
		StraddlingMonth int64            `json:"straddling_months"`
		DatePrecision   map[string]int64 `json:"date_precision"`
		PlacePrecision  map[string]int64 `json:"place_precision"`
	}
}

type jsonTable struct {
	ID   string
	Rows []jsonRow
}

type jsonRow struct {
	Keys      []struct{ ID, Kind string }
	Incidents int64
	Killed    struct{ Low, Best, High, Unknown json.Number }
}

type plain struct {
	Incidents       int64
	Low, Best, High json.Number
}

func (r jsonRow) plain() plain {
	return plain{r.Incidents, r.Killed.Low, r.Killed.Best, r.Killed.High}
}

func (j *jsonReport) rows(t *testing.T, table string) map[string]jsonRow {
	t.Helper()
	for _, tb := range j.Tables {
		if tb.ID != table {
			continue
		}
		m := map[string]jsonRow{}
		for _, r := range tb.Rows {
			id := ""
			for i, k := range r.Keys {
				if i > 0 {
					id += "/"
				}
				id += k.ID
			}
			m[id] = r
		}
		return m
	}
	t.Fatalf("the report has no table %s", table)
	return nil
}

// makeJSON runs the report command and reads its report.json.
func makeJSON(t *testing.T, want int, args ...string) *jsonReport {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	var out, errs bytes.Buffer
	if code := run(append([]string{"report", "-o", dir}, args...), nil, &out, &errs); code != want {
		t.Fatalf("exit %d, want %d\n%s%s", code, want, out.String(), errs.String())
	}
	b, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var j jsonReport
	if err := json.Unmarshal(b, &j); err != nil {
		t.Fatal(err)
	}
	return &j
}

// Every figure that was computed from the UCDP file with plain sums, outside
// this project, is in the JSON report.
func TestUCDPPakistan(t *testing.T) {
	dir := filepath.Join(shared(t), "data")
	b, err := os.ReadFile(filepath.Join(dir, "ucdp_ged_pakistan.expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Total         plain
		ByYear        map[string]plain `json:"by_year"`
		ByMonth       map[string]plain `json:"by_month_2009_2011"`
		ByAdmin1      map[string]plain `json:"by_adm_1"`
		OneSided      map[string]plain `json:"one_sided_by_side_a"`
		ByDyad        map[string]plain `json:"by_dyad_top"`
		Deaths        map[string]json.Number
		BestAboveHigh int64            `json:"best_above_high"`
		LowAboveBest  int64            `json:"low_above_best"`
		DateSpan      int64            `json:"date_span"`
		MonthStraddle int64            `json:"month_straddle"`
		DatePrec      map[string]int64 `json:"date_prec"`
		WherePrec     map[string]int64 `json:"where_prec"`
	}
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	got := makeJSON(t, exitFindings, filepath.Join(dir, "ucdp_ged_pakistan.csv"))
	if g := got.Total.plain(); g != want.Total {
		t.Errorf("total %+v, want %+v", g, want.Total)
	}
	compare := func(table string, want map[string]plain, key func(string) string) {
		t.Helper()
		rows := got.rows(t, table)
		for k, w := range want {
			if g, ok := rows[key(k)]; !ok || g.plain() != w {
				t.Errorf("%s/%s: %+v, want %+v", table, k, g.plain(), w)
			}
		}
	}
	same := func(k string) string { return k }
	compare("by-year", want.ByYear, same)
	compare("by-start-month", want.ByMonth, same)
	compare("by-admin1", want.ByAdmin1, func(k string) string {
		if k == "(blank)" {
			return "(not stated)"
		}
		return k
	})
	compare("by-party", want.OneSided, same)
	compare("by-involved", want.ByDyad, same)
	if n := len(want.ByYear) + len(want.ByMonth) + len(want.ByAdmin1) + len(want.OneSided) + len(want.ByDyad); n < 100 {
		t.Errorf("only %d expected rows were found to compare with", n)
	}
	parts := got.rows(t, "by-part")
	for name, part := range map[string]string{"deaths_a": "side_a", "deaths_b": "side_b", "deaths_civilians": "civilians", "deaths_unknown": "unknown"} {
		if g := parts[part].Killed.Best; g != want.Deaths[name] {
			t.Errorf("%s: %s, want %s", name, g, want.Deaths[name])
		}
	}
	q := got.Quality
	for _, c := range [][2]int64{{q.BestAboveHigh, want.BestAboveHigh}, {q.LowAboveBest, want.LowAboveBest}, {q.Spans, want.DateSpan}, {q.StraddlingMonth, want.MonthStraddle}} {
		if c[0] != c[1] {
			t.Errorf("quality: %d, want %d", c[0], c[1])
		}
	}
	for code, word := range map[string]string{"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"} {
		if q.DatePrecision[word] != want.DatePrec[code] {
			t.Errorf("date_prec %s: %d, want %d", code, q.DatePrecision[word], want.DatePrec[code])
		}
	}
	for code, word := range map[string]string{"1": "exact", "2": "near", "3": "admin2", "4": "admin1", "5": "region", "6": "country"} {
		if q.PlacePrecision[word] != want.WherePrec[code] {
			t.Errorf("where_prec %s: %d, want %d", code, q.PlacePrecision[word], want.WherePrec[code])
		}
	}
	// The record dated only to 2009 is in no month of the table by month.
	if g := got.rows(t, "by-month")["2009-XX"].plain(); g != (plain{1, "0", "1428", "1428"}) {
		t.Errorf("2009, month not stated: %+v", g)
	}
}
