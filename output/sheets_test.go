package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

func sheeted() *Document {
	d := sample()
	d.Report.Sheets = []*stats.Sheet{{ID: "level", Title: "How often and how deadly", Dims: []stats.Dim{{ID: "measure", Title: "Measure"}}, Note: "A note.",
		Columns: []stats.Column{{ID: "value", Text: "The figure"}, {ID: "low", Text: "Lower bound"}},
		Rows: []stats.SheetRow{
			{Keys: []stats.Key{{ID: "mean/killed", Label: "=Mean"}}, Cells: []stats.Cell{{V: 3_500_000, Stated: true}, {}}},
			{Keys: []stats.Key{{ID: "top", Label: "Top"}}, Cells: []stats.Cell{{V: 0, Stated: true}, {V: -2 * data.Unit, Stated: true}}}}},
		{ID: "rolling", Title: "Sums", Dims: []stats.Dim{{ID: "day", Title: "Day"}}, Columns: []stats.Column{{ID: "n", Text: "n"}},
			Rows: []stats.SheetRow{{Keys: []stats.Key{{ID: "2025-01-01"}}, Cells: []stats.Cell{{V: data.Unit, Stated: true}}}}}}
	return d
}

// A sheet is a file, a part of report.json and of the manifest: the same cells in
// each, a blank where there is no figure, and zero where it is zero.
func TestSheetsAreWrittenEverywhere(t *testing.T) {
	b := render(t, sheeted())
	rows, err := csv.NewReader(strings.NewReader(fileOf(t, b, "tables/level.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"measure,measure_label,value,low", "mean/killed,'=Mean,3.5,", "top,Top,0,-2"} {
		if got := strings.Join(rows[i], ","); got != want {
			t.Errorf("line %d: %s, want %s", i+1, got, want)
		}
	}
	var m Manifest
	if err := json.Unmarshal([]byte(fileOf(t, b, ManifestName)), &m); err != nil {
		t.Fatal(err)
	}
	for a, want := range map[string]string{"level/mean%2Fkilled/value": "3.5", "level/top/value": "0", "level/top/low": "-2", "level/mean%2Fkilled/low": "", "rolling/2025-01-01/n": ""} {
		if got := m.Statistics[a].String(); got != want {
			t.Errorf("%s is %q, want %q", a, got, want)
		}
	}
	if s := fileOf(t, b, "report.json"); !strings.Contains(s, `"address": "level/top"`) || strings.Contains(s, `"address": "rolling/2025-01-01"`) {
		t.Error("report.json has not the cells it should")
	}
	if s := fileOf(t, b, PackageName); !strings.Contains(s, `"path": "tables/rolling.csv"`) {
		t.Error("the data package does not describe a sheet")
	}
}

// A statistic that is another is a drift of a number, at its address.
func TestVerifySeesAnotherStatistic(t *testing.T) {
	was := render(t, sheeted())
	d := sheeted()
	d.Report.Sheets[0].Rows[0].Cells[0].V = 3_600_000
	b, _ := was.File(ManifestName)
	m, err := ParseManifest(b)
	if err != nil {
		t.Fatal(err)
	}
	k := &Kept{Manifest: m, Bytes: b, Files: map[string]KeptFile{}}
	for _, f := range was.Files {
		k.Files[f.Path] = KeptFile{Data: f.Data}
	}
	v := Verify(k, render(t, d), VerifyOptions{})
	if len(v.Drifts) == 0 || v.Drifts[0].Class != DriftNumber || v.Drifts[0].Address != "level/mean%2Fkilled/value" || v.Drifts[0].Was != "3.5" || v.Drifts[0].Is != "3.6" {
		t.Errorf("%+v", v.Drifts)
	}
}

// Two tables, or a table and a sheet, cannot have one file.
func TestASheetIsNotATable(t *testing.T) {
	d := sheeted()
	d.Report.Sheets[0].ID = d.Report.Tables[1].ID
	if _, err := Render(d); err == nil {
		t.Error("a table and a sheet are called alike")
	}
}

// TestSheetCSVAsTheLibraryWritesIt holds the cells of a long sheet, names that
// need quotes or a guard among them, against what encoding/csv makes of them.
func TestSheetCSVAsTheLibraryWritesIt(t *testing.T) {
	names := []string{"Qal", "a,b", "say \"x\"", "", "=1+1", " led", "two\nlines", "\\.", "-3"}
	s := &stats.Sheet{ID: "precision", Dims: []stats.Dim{{ID: "row"}}, Columns: []stats.Column{{ID: "a.b"}, {ID: "c"}}}
	var want bytes.Buffer
	w := csv.NewWriter(&want)
	_ = w.Write([]string{"row", "row_label", "a_b", "c"})
	for i := range 900 {
		id, label := names[i%len(names)], names[i/7%len(names)]
		v := int64(i-400) * 250_000
		row := []string{guard(id), guard(label), decimal(v), ""}
		r := stats.SheetRow{Keys: []stats.Key{{ID: id, Label: label}}, Cells: []stats.Cell{{V: v, Stated: true}, {}}}
		if i%2 == 0 {
			r.Cells[1], row[3] = stats.Cell{Stated: true}, "0"
		}
		s.Rows = append(s.Rows, r)
		_ = w.Write(row)
	}
	w.Flush()
	got, err := writeSheetCSV(s, csvForm{})
	if err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Fatalf("%v: %d bytes, by the library %d", err, len(got), want.Len())
	}
}
