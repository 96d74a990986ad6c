package output

import (
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"toll/data"
	"toll/stats"
)

func TestEncodeJSONGivesEachFigureALineOfItsOwn(t *testing.T) {
	got := string(encodeJSON(object{
		"flat":  object{"b": 1, "a": literal("2.5"), "c": nil},
		"lines": lines{"y": uint32(2), "x": int64(1)},
		"list":  array{"one", true},
		"none":  array{}, "nothing": object{},
	}))
	want := `{
 "flat": {"a": 2.5, "b": 1, "c": null},
 "lines": {
  "x": 1,
  "y": 2
 },
 "list": [
  "one",
  true
 ],
 "none": [],
 "nothing": {}
}
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestEncodeJSONIsReadBack holds for any text: what was written is what a JSON
// reader sees, whatever the text holds.
func TestEncodeJSONIsReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		keys := rapid.SliceOfNDistinct(rapid.String(), 0, 5, rapid.ID[string]).Draw(rt, "keys")
		o, want := lines{}, map[string]string{}
		for _, k := range keys {
			v := rapid.String().Draw(rt, "value")
			o[k], want[k] = v, v
		}
		got := map[string]string{}
		if err := json.Unmarshal(encodeJSON(o), &got); err != nil {
			rt.Fatal(err)
		}
		if len(got) != len(want) {
			rt.Fatalf("%d keys came back of %d", len(got), len(want))
		}
		for k, v := range want {
			if got[k] != v {
				rt.Fatalf("%q came back as %q", v, got[k])
			}
		}
	})
}

func TestDecimalIsExact(t *testing.T) {
	for v, want := range map[int64]string{0: "0", data.Unit: "1", 7 * data.Unit: "7", 1234567 * data.Unit: "1234567",
		data.Unit / 2: "0.5", 1: "0.000001", 333333: "0.333333", 2500000: "2.5", -data.Unit: "-1", -1: "-0.000001",
		math.MaxInt64: "9223372036854.775807", math.MinInt64: "-9223372036854.775808"} {
		if got := decimal(v); got != want {
			t.Errorf("%d: %s, want %s", v, got, want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		v := rapid.Int64().Draw(rt, "v")
		r, ok := new(big.Rat).SetString(decimal(v))
		if !ok || r.Cmp(big.NewRat(v, data.Unit)) != 0 {
			rt.Fatalf("%d is written %s", v, decimal(v))
		}
	})
}

func TestSumTextsLeavesWhatIsUnknownBlank(t *testing.T) {
	for _, c := range []struct {
		name            string
		of              []data.Count
		low, best, high string
		stated          bool
	}{
		{"no incident", nil, "0", "0", "0", true},
		{"unknown", []data.Count{{}}, "", "", "", false},
		{"exact and unknown", []data.Count{data.Exactly(2), {}}, "2", "2", "2", true},
		{"no best at all", []data.Count{data.Between(1, 3)}, "1", "", "3", false},
		{"best in part", []data.Count{data.Between(1, 3), data.Exactly(4)}, "5", "4", "7", false},
		{"fractions", []data.Count{{Low: 500000, Best: 500000, High: 500000, Flags: data.HasBest | data.HasLow | data.HasHigh}}, "0.5", "0.5", "0.5", true},
	} {
		s, n := sumOf(c.of...)
		low, best, high := sumTexts(s, n)
		if low != c.low || best != c.best || high != c.high || bestStated(s, n) != c.stated {
			t.Errorf("%s: %q %q %q %v", c.name, low, best, high, bestStated(s, n))
		}
	}
}

// reportFile is what a reader of report.json needs of it.
type reportFile struct {
	Total  figureFile
	Tables []struct {
		ID        string
		Secondary bool
		Rows      []struct {
			figureFile
			Keys    []struct{ ID, Label, Kind string }
			Partial string
			Basis   *struct{ Claimed, Attributed, Contested, Involved uint32 }
		}
	}
	Ledger  map[string]int64
	Figures struct{ Drawn, Omitted []map[string]string }
}

type figureFile struct {
	Address         string
	Incidents       uint32
	Killed, Injured *struct {
		Low, Best, High *json.Number
		BestStated      bool `json:"best_stated"`
		Unknown, Open   uint32
	}
}

func TestReportJSONHoldsEveryRowOfEveryTable(t *testing.T) {
	d := sample()
	var got reportFile
	if err := json.Unmarshal([]byte(fileOf(t, render(t, d), "report.json")), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Tables) != len(d.Report.Tables) {
		t.Fatalf("%d tables of %d", len(got.Tables), len(d.Report.Tables))
	}
	for i, want := range d.Report.Tables {
		table := got.Tables[i]
		if table.ID != want.ID || len(table.Rows) != len(want.Rows) || table.Secondary != want.Secondary {
			t.Fatalf("table %s: %d rows of %d", table.ID, len(table.Rows), len(want.Rows))
		}
		for j, r := range want.Rows {
			x := table.Rows[j]
			if x.Address != rowAddress(want.ID, r.Keys) || x.Incidents != r.Tally.Incidents || x.Killed.Unknown != r.Tally.Killed.Unknown {
				t.Errorf("%s: %+v", x.Address, x)
			}
			if low := x.Killed.Low; (low == nil) != (r.Tally.Incidents > 0 && r.Tally.Killed.Known(r.Tally.Incidents) == 0) ||
				(low != nil && low.String() != decimal(r.Tally.Killed.Low)) {
				t.Errorf("%s: killed low is %v", x.Address, low)
			}
			if (x.Basis != nil) != (want.ID == "by-party") || x.Partial != r.Partial {
				t.Errorf("%s: basis %v, partial %q", x.Address, x.Basis, x.Partial)
			}
		}
	}
	if got.Total.Incidents != d.Report.Total.Incidents || got.Ledger["records_read"] != d.Report.Ledger.Read {
		t.Errorf("total %+v, ledger %v", got.Total, got.Ledger)
	}
	if len(got.Figures.Drawn) != 1 || got.Figures.Drawn[0]["image"] != "charts/killed-by-month.png" || got.Figures.Omitted[0]["id"] != "killed-by-district" {
		t.Errorf("figures are %v", got.Figures)
	}
}

func TestReportJSONWithoutInjuredHasNone(t *testing.T) {
	b := render(t, tiny())
	if f := fileOf(t, b, "report.json"); strings.Contains(f, `"injured"`) {
		t.Error("report.json speaks of injured, of which the data says nothing")
	}
	if f := fileOf(t, b, ManifestName); strings.Contains(f, "/injured.") {
		t.Error("the manifest speaks of injured, of which the data says nothing")
	}
}

func TestJSONKeysAreSorted(t *testing.T) {
	for _, f := range []string{"report.json", ManifestName} {
		dec := json.NewDecoder(strings.NewReader(fileOf(t, render(t, sample()), f)))
		checkSorted(t, dec, f)
	}
}

// checkSorted reads one value and reports objects whose keys are out of order.
func checkSorted(t *testing.T, dec *json.Decoder, where string) {
	t.Helper()
	tok, err := dec.Token()
	if err != nil {
		t.Fatal(err)
	}
	switch tok {
	case json.Delim('{'):
		var keys []string
		for dec.More() {
			k, _ := dec.Token()
			keys = append(keys, k.(string))
			checkSorted(t, dec, where+"/"+k.(string))
		}
		if !slices.IsSorted(keys) {
			t.Errorf("%s: keys are %v", where, keys)
		}
	case json.Delim('['):
		for dec.More() {
			checkSorted(t, dec, where)
		}
	default:
		return
	}
	if _, err := dec.Token(); err != nil {
		t.Fatal(err)
	}
}

func TestDiagnosticsNeverRepeatTheCell(t *testing.T) {
	d := sample()
	d.Diagnostics[0].Value, d.Diagnostics[0].Message, d.Diagnostics[0].Hint = "CANARY-1", "CANARY-2", "CANARY-3"
	d.Diagnostics = append(d.Diagnostics, data.Diagnostic{File: "/home/somebody/secret.csv", Line: 3, Code: "date-unreadable"})
	for _, f := range render(t, d).Files {
		for _, s := range []string{"CANARY", "/home/somebody"} {
			if strings.Contains(string(f.Data), s) {
				t.Errorf("%s holds %s", f.Path, s)
			}
		}
	}
}

func TestPlacesOfCutsToTheFirst(t *testing.T) {
	d := &Document{Inputs: []Input{{Name: "data/a.csv"}}}
	for i := range 9 {
		d.Diagnostics = append(d.Diagnostics, data.Diagnostic{File: "data/a.csv", Line: 1000 + i, Code: "x"})
	}
	d.Diagnostics = append(d.Diagnostics, data.Diagnostic{File: "data/a.csv", Code: "whole-file"})
	if got := strings.Join(d.placesOf("x", 2), " "); got != "data/a.csv:1000 data/a.csv:1001" {
		t.Errorf("%q", got)
	}
	if got := strings.Join(d.placesOf("whole-file", 2), " "); got != "data/a.csv" {
		t.Errorf("%q", got)
	}
	if d.inputName(0) != "data/a.csv" || d.inputName(1) != "" || d.inputName(-1) != "" {
		t.Error("inputs are named wrongly")
	}
}

func TestKindsHaveNames(t *testing.T) {
	for _, k := range []stats.KeyKind{stats.Named, stats.Unstated, stats.Imprecise, stats.UndatedKey, stats.Involved} {
		if keyJSON(stats.Key{Kind: k})["kind"] == "" {
			t.Errorf("kind %d has no name", k)
		}
	}
}
