package output

import (
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIdsThatCanBeFileNames(t *testing.T) {
	for id, ok := range map[string]bool{
		"by-month": true, "a": true, "x1": true, "2025": true, "console": true, "com10": true, "admin1-party": true, strings.Repeat("a", maxID): true,
		"": false, "-": false, "a-": false, "-a": false, "a--b": false, "A": false, "a_b": false, "a.b": false, "a/b": false, `a\b`: false, "..": false, ".": false,
		"con": false, "nul": false, "aux": false, "prn": false, "com1": false, "lpt9": false, "a b": false, "é": false, "a\x00": false, "a\n": false, strings.Repeat("a", maxID+1): false,
	} {
		if got := checkID(id) == nil; got != ok {
			t.Errorf("%q: %v", id, got)
		}
	}
}

// TestPathsOfABundleStayInIt holds for any text taken for a path.
func TestPathsOfABundleStayInIt(t *testing.T) {
	parts := rapid.SampledFrom([]string{"tables", "charts", "report", ".md", ".csv", ".png", "/", "..", ".", "manifest.json", "a", "by-month", "con", " ", "\\", "\x00", "report.html"})
	rapid.Check(t, func(rt *rapid.T) {
		p := strings.Join(rapid.SliceOfN(parts, 0, 6).Draw(rt, "parts"), "")
		if !isBundlePath(p) {
			return
		}
		if !filepath.IsLocal(p) || filepath.ToSlash(filepath.Clean(p)) != p || strings.Count(p, "/") > 1 || strings.ContainsAny(p, "\\\x00 ") {
			rt.Fatalf("%q passes for a path of a bundle", p)
		}
	})
	for _, p := range []string{"report.md", "report.html", "report.json", "manifest.json", "tables/by-month.csv", "charts/x.png", "charts/x.csv"} {
		if !isBundlePath(p) {
			t.Errorf("%q is refused", p)
		}
	}
	for _, p := range []string{"", "report.txt", "tables/x.png", "charts/x.jpg", "charts/", "tables/.csv", "tables/x.csv.exe", "tables/con.csv", "manifest.json/x"} {
		if isBundlePath(p) {
			t.Errorf("%q is taken", p)
		}
	}
}

func TestFilesAreNamedAsTheInputsAre(t *testing.T) {
	d := &Document{Inputs: []Input{{Name: "data/kunar/incidents.csv"}, {Name: "../2024.csv"}}}
	for file, want := range map[string]string{
		"data/kunar/incidents.csv": "data/kunar/incidents.csv", "../2024.csv": "../2024.csv",
		"/home/somebody/data/kunar/incidents.csv": "incidents.csv", `C:\data\kunar\incidents.csv`: "incidents.csv", `data\kunar\incidents.csv`: "data/kunar/incidents.csv",
		"-": "-", "<stdin>": "<stdin>",
	} {
		if got := d.fileName(file); got != want {
			t.Errorf("%q is called %q, want %q", file, got, want)
		}
	}
}

func TestBundleFile(t *testing.T) {
	b := &Bundle{Files: []File{{"report.md", []byte("x")}}}
	if f, ok := b.File("report.md"); !ok || string(f) != "x" {
		t.Errorf("%q, %v", f, ok)
	}
	if _, ok := b.File("report"); ok {
		t.Error("a file that is not there was found")
	}
}
