package output

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestRenderGivesTheGoldenReports(t *testing.T) {
	for name, d := range map[string]*Document{"two-years": sample(), "tiny": tiny()} {
		b := render(t, d)
		for _, f := range []string{"report.md", "report.json", "tables/by-party.csv", ManifestName} {
			got, ok := b.File(f)
			if !ok {
				continue
			}
			path := filepath.Join("testdata", name, filepath.FromSlash(f))
			if *update {
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Errorf("%s/%s changed; read the change and run go test ./output -update if it is right:\n%s", name, f, d)
			}
		}
	}
}

func TestRenderGivesTheSameBytesEveryTime(t *testing.T) {
	first := render(t, sample())
	for range 20 {
		again := render(t, sample())
		for i, f := range again.Files {
			if f.Path != first.Files[i].Path || !bytes.Equal(f.Data, first.Files[i].Data) {
				t.Fatalf("%s differs from one rendering to the next", f.Path)
			}
		}
	}
}

func TestRenderPutsFilesInOrderWithTheManifestLast(t *testing.T) {
	b := render(t, sample())
	var paths []string
	for _, f := range b.Files {
		if !isBundlePath(f.Path) {
			t.Errorf("%q is no path of a bundle", f.Path)
		}
		paths = append(paths, f.Path)
	}
	last := len(paths) - 1
	if paths[last] != ManifestName || !slices.IsSorted(paths[:last]) {
		t.Errorf("files are %v", paths)
	}
	for _, want := range []string{"report.md", "report.html", "report.json", "tables/by-month.csv", "tables/by-year.csv", "charts/killed-by-month.png", "charts/killed-by-month.csv"} {
		if !slices.Contains(paths, want) {
			t.Errorf("there is no %s", want)
		}
	}
}

func TestRenderRefusesWhatCannotBeAFileName(t *testing.T) {
	for _, id := range []string{"", "../x", "a/b", "A", "con", "a b", "-a", "a--b", "é", "a.b", string(make([]byte, 70))} {
		d := tiny()
		d.Report.Tables[0].ID = id
		if _, err := Render(d); !errors.Is(err, ErrDocument) {
			t.Errorf("table %q: %v", id, err)
		}
		d = sample()
		d.Figures[0].ID = id
		if _, err := Render(d); !errors.Is(err, ErrDocument) {
			t.Errorf("chart %q: %v", id, err)
		}
	}
	d := sample()
	d.Figures = append(d.Figures, d.Figures[0])
	if _, err := Render(d); !errors.Is(err, ErrDocument) {
		t.Errorf("two charts of one name: %v", err)
	}
	d = tiny()
	d.Report.Tables = append(d.Report.Tables, d.Report.Tables[0])
	if _, err := Render(d); !errors.Is(err, ErrDocument) {
		t.Errorf("two tables of one name: %v", err)
	}
	if _, err := Render(&Document{}); !errors.Is(err, ErrDocument) {
		t.Errorf("no report: %v", err)
	}
}

func TestRenderRefusesInputsNamedByTheMachine(t *testing.T) {
	for _, name := range []string{"/home/x/a.csv", `C:\a.csv`, "C:/a.csv", `data\a.csv`} {
		d := tiny()
		d.Inputs[0].Name = name
		if _, err := Render(d); !errors.Is(err, ErrDocument) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
