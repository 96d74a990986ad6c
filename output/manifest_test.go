package output

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"toll/stats"
)

func manifestOf(t testing.TB, b *Bundle) *Manifest {
	t.Helper()
	m, err := ParseManifest([]byte(fileOf(t, b, ManifestName)))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestManifestHoldsEveryFigure compares the manifest with the tables: every
// figure is there by its address, and nothing else is.
func TestManifestHoldsEveryFigure(t *testing.T) {
	d := sample()
	m := manifestOf(t, render(t, d))
	seen := map[string]bool{}
	check := func(address, want string) {
		got, ok := m.Cells[address]
		seen[address] = true
		if want == "0" && !strings.HasSuffix(address, "/incidents") {
			if ok {
				t.Errorf("%s is 0 and is there", address)
			}
			return
		}
		if got.String() != want {
			t.Errorf("%s is %s, want %s", address, got, want)
		}
	}
	for _, table := range d.Report.Tables {
		for _, r := range table.Rows {
			at := func(measure string) string { return stats.Address(table.ID, r.Keys, measure) }
			check(at("incidents"), count(r.Tally.Incidents))
			for kind, s := range map[string]stats.Sum{"killed": r.Tally.Killed, "injured": r.Tally.Injured} {
				check(at(kind+".low"), decimal(s.Low))
				check(at(kind+".best"), decimal(s.Best))
				check(at(kind+".high"), decimal(s.High))
				check(at(kind+".unknown"), count(s.Unknown))
				check(at(kind+".open"), count(s.Open))
				check(at(kind+".no_best"), count(s.NoBest))
				check(at(kind+".fatal"), count(s.Fatal))
			}
			check(at("claimed"), count(r.Basis.Claimed))
			check(at("attributed"), count(r.Basis.Attributed))
			check(at("contested"), count(r.Basis.Contested))
			check(at("involved"), count(r.Basis.Involved))
		}
	}
	for a := range m.Cells {
		if !seen[a] {
			t.Errorf("%s is nowhere in the tables", a)
		}
	}
}

func TestManifestHasOneFigureToALine(t *testing.T) {
	f := fileOf(t, render(t, sample()), ManifestName)
	if !strings.Contains(f, "\n  \"by-month/2025-09/killed.high\": 286,\n") {
		t.Error("a figure has not a line of its own")
	}
}

func TestManifestHashesTheFiles(t *testing.T) {
	b := render(t, sample())
	m := manifestOf(t, b)
	want := map[string]bool{}
	for _, f := range b.Files {
		want[f.Path] = true
		if strings.HasSuffix(f.Path, ".png") || f.Path == ManifestName {
			continue
		}
		if m.Texts[f.Path] != hash(f.Data) {
			t.Errorf("%s has another hash", f.Path)
		}
	}
	if !maps.Equal(m.Paths(), want) {
		t.Errorf("paths are %v, want %v", slices.Sorted(maps.Keys(m.Paths())), slices.Sorted(maps.Keys(want)))
	}
	c := m.Charts["killed-by-month"]
	if c.Pixels != hash([]byte("pixels")) || c.Plotted != hash([]byte("plotted")) {
		t.Errorf("the chart is %+v", c)
	}
	in := m.Inputs[0]
	if in.Name != "data/kelundra/incidents.csv" || in.Mapping["attributed_to"] != "perpetrator" || in.Records != 143 || len(m.Options) != 4 {
		t.Errorf("the input is %+v", in)
	}
}

// TestTotalIsInTheManifestWithoutATotalTable has the total once, whether or not
// the report brings a table of it.
func TestTotalIsInTheManifestWithoutATotalTable(t *testing.T) {
	d := sample()
	with := manifestOf(t, render(t, d)).Cells["total/killed.low"]
	d.Report.Tables = d.Report.Tables[1:]
	without := manifestOf(t, render(t, d)).Cells["total/killed.low"]
	if with != without || with == "" {
		t.Errorf("the total is %q with a table and %q without", with, without)
	}
}

func TestTwoFiguresOfOneAddressAreRefused(t *testing.T) {
	d := sample()
	table := d.Report.Table("by-party")
	table.Rows = append(table.Rows, table.Rows[0])
	if _, err := Render(d); !errors.Is(err, ErrDocument) {
		t.Errorf("%v", err)
	}
}

func TestParseManifestRefusesWhatItDoesNotKnow(t *testing.T) {
	for name, s := range map[string]string{
		"no JSON": "x", "no schema": "{}", "another schema": `{"schema":2}`,
		"a path out": `{"schema":1,"texts":{"../x":"a"}}`, "an absolute path": `{"schema":1,"texts":{"/etc/passwd":"a"}}`,
		"another file": `{"schema":1,"texts":{"README.md":"a"}}`, "another folder": `{"schema":1,"texts":{"notes/x.csv":"a"}}`,
		"a deeper path": `{"schema":1,"texts":{"tables/x/y.csv":"a"}}`, "a chart out": `{"schema":1,"charts":{"../../x":{}}}`,
	} {
		if _, err := ParseManifest([]byte(s)); !errors.Is(err, ErrManifest) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ParseManifest([]byte(`{"schema":1}`)); err != nil {
		t.Error(err)
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add(`{"schema":1,"texts":{"report.md":"a","tables/x.csv":"b"},"charts":{"x":{}}}`)
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseManifest([]byte(s))
		if err != nil {
			return
		}
		for p := range m.Paths() {
			if !isBundlePath(p) || strings.Contains(p, "..") || strings.HasPrefix(p, "/") || strings.Contains(p, `\`) {
				t.Errorf("the path %q could lead out", p)
			}
		}
	})
}

// TestNothingOfTheMachineReachesTheBundle looks for absolute paths and clocks.
func TestNothingOfTheMachineReachesTheBundle(t *testing.T) {
	var v map[string]any
	if err := json.Unmarshal([]byte(fileOf(t, render(t, sample()), ManifestName)), &v); err != nil {
		t.Fatal(err)
	}
	if got, want := slices.Sorted(maps.Keys(v)), []string{"beside", "cells", "charts", "filed", "folder", "inputs", "ledger", "name", "options", "schema", "settings", "statistics", "texts"}; !slices.Equal(got, want) {
		t.Errorf("the manifest has %v", got)
	}
}
