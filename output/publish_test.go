package output

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// oldSet and newSet are two briefings that share some files and differ in some.
func oldSet(t testing.TB) *Bundle { return render(t, tiny()) }

func newSet(t testing.TB) *Bundle {
	d := sample()
	d.Report.Tables = d.Report.Tables[1:4]
	return render(t, d)
}

// contents reads every file below a directory, links as where they lead.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if e.Type()&fs.ModeSymlink != 0 {
			to, err := os.Readlink(path)
			out[filepath.ToSlash(rel)] = "-> " + to
			return err
		}
		b, err := os.ReadFile(path)
		out[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// set is what a directory holds when it holds a bundle and other files.
func set(b *Bundle, others map[string]string) map[string]string {
	out := maps.Clone(others)
	if out == nil {
		out = map[string]string{}
	}
	for _, f := range b.Files {
		out[f.Path] = string(f.Data)
	}
	return out
}

func put(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for path, s := range files {
		at := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// leftovers lists what stands beside the published directory.
func leftovers(t testing.TB, dir string) []string {
	t.Helper()
	es, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range es {
		if e.Name() != filepath.Base(dir) {
			out = append(out, e.Name())
		}
	}
	return out
}

func mustPublish(t testing.TB, dir string, b *Bundle) PublishResult {
	t.Helper()
	r, err := Publish(dir, b, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Warnings) > 0 {
		t.Fatal(r.Warnings)
	}
	return r
}

func wantContents(t testing.TB, dir string, want map[string]string) {
	t.Helper()
	if got := contents(t, dir); !maps.Equal(got, want) {
		t.Errorf("the directory holds %v, want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

func TestPublishMakesTheDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "output", "tiny")
	b := oldSet(t)
	r := mustPublish(t, dir, b)
	wantContents(t, dir, set(b, nil))
	if len(r.Written) != len(b.Files) || r.Written[len(r.Written)-1] != ManifestName || r.Unchanged || len(r.Removed)+len(r.Kept) > 0 {
		t.Errorf("the result is %+v", r)
	}
	if l := leftovers(t, dir); len(l) > 0 {
		t.Errorf("left beside it: %v", l)
	}
}

func TestPublishIntoAnEmptyDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tiny")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, dir, oldSet(t))
	wantContents(t, dir, set(oldSet(t), nil))
	if i, err := os.Stat(dir); err != nil || i.Mode().Perm() != 0o700 {
		t.Errorf("a closed directory is now %v", i.Mode())
	}
}

func TestPublishTwiceWritesNothingTheSecondTime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tiny")
	mustPublish(t, dir, oldSet(t))
	put(t, dir, map[string]string{"README.md": "mine"})
	before, err := os.Stat(filepath.Join(dir, "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	r := mustPublish(t, dir, oldSet(t))
	after, err := os.Stat(filepath.Join(dir, "report.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !r.Unchanged || len(r.Written) > 0 || !slices.Equal(r.Kept, []string{"README.md"}) || !os.SameFile(before, after) || before.ModTime() != after.ModTime() {
		t.Errorf("the result is %+v", r)
	}
}

// foreign are files that a user may have put beside a briefing.
var foreign = map[string]string{"README.md": "about this briefing", "notes/2025/interview.txt": "kept", "tables/extra.txt": "not ours", "charts/own.svg": "<svg/>"}

func TestPublishReplacesItsOwnFilesAndKeepsOthers(t *testing.T) {
	for _, rename := range []bool{false, true} {
		dir := filepath.Join(t.TempDir(), "briefing")
		mustPublish(t, dir, oldSet(t))
		put(t, dir, foreign)
		if err := os.Symlink("report.md", filepath.Join(dir, "latest")); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(dir, "empty", "within"), 0o700); err != nil {
			t.Fatal(err)
		}
		p := &publisher{bundle: newSet(t), hook: func(string, string) error { return nil }, rename: rename}
		r, err := p.publish(dir)
		if err != nil || len(r.Warnings) > 0 {
			t.Fatal(err, r.Warnings)
		}
		want := set(newSet(t), foreign)
		want["latest"] = "-> report.md"
		wantContents(t, dir, want)
		if !slices.Equal(r.Removed, []string{"tables/by-day.csv"}) {
			t.Errorf("removed %v", r.Removed)
		}
		if !slices.Contains(r.Kept, "README.md") || !slices.Contains(r.Kept, filepath.Join("notes", "2025", "interview.txt")) {
			t.Errorf("kept %v", r.Kept)
		}
		if i, err := os.Stat(filepath.Join(dir, "empty", "within")); err != nil || i.Mode().Perm() != 0o700 {
			t.Errorf("the empty directory is %v, %v", i, err)
		}
		if l := leftovers(t, dir); len(l) > 0 {
			t.Errorf("left beside it: %v", l)
		}
	}
}

func TestPublishRefusesWhatIsNotABriefing(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"files without a manifest":    {"thesis.docx": "years of work"},
		"a manifest of its own":       {ManifestName: `{"name":"app"}`, "index.html": "x"},
		"no JSON":                     {ManifestName: "hello"},
		"a manifest that reaches out": {ManifestName: `{"schema":1,"texts":{"../../etc/passwd":""}}`},
		"a chart that reaches out":    {ManifestName: `{"schema":1,"charts":{"../x":{}}}`},
		"a manifest of the future":    {ManifestName: `{"schema":99}`},
	} {
		dir := filepath.Join(t.TempDir(), "x")
		put(t, dir, files)
		if _, err := Publish(dir, oldSet(t), false); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
		wantContents(t, dir, files)
		r, err := Publish(dir, oldSet(t), true)
		if err != nil {
			t.Errorf("%s, forced: %v", name, err)
		}
		want := set(oldSet(t), nil)
		for path, s := range files {
			if path != ManifestName {
				want[path] = s
			}
		}
		wantContents(t, dir, want)
		if len(r.Warnings) > 0 || len(leftovers(t, dir)) > 0 {
			t.Errorf("%s: %v, left %v", name, r.Warnings, leftovers(t, dir))
		}
	}
}

func TestPublishRefusesToOverwriteAFileItDidNotWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "x")
	mustPublish(t, dir, oldSet(t))
	put(t, dir, map[string]string{"tables/by-month.csv": "mine"})
	if _, err := Publish(dir, newSet(t), false); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "by-month.csv") {
		t.Errorf("%v", err)
	}
	wantContents(t, dir, set(oldSet(t), map[string]string{"tables/by-month.csv": "mine"}))
	if _, err := Publish(dir, newSet(t), true); err != nil {
		t.Fatal(err)
	}
	wantContents(t, dir, set(newSet(t), nil))
}

func TestPublishFollowsNoLink(t *testing.T) {
	top := t.TempDir()
	elsewhere := filepath.Join(top, "elsewhere")
	put(t, elsewhere, map[string]string{"report.md": "precious", "by-day.csv": "precious"})
	safe := contents(t, elsewhere)

	link := filepath.Join(top, "a", "link")
	if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, link); err != nil {
		t.Fatal(err)
	}
	for _, force := range []bool{false, true} {
		if _, err := Publish(link, oldSet(t), force); !errors.Is(err, ErrRefused) {
			t.Errorf("a link in place of the directory: %v", err)
		}
	}

	for _, within := range []string{"tables", "charts"} {
		dir := filepath.Join(top, "b-"+within)
		mustPublish(t, dir, oldSet(t))
		if err := os.RemoveAll(filepath.Join(dir, within)); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(elsewhere, filepath.Join(dir, within)); err != nil {
			t.Fatal(err)
		}
		for _, force := range []bool{false, true} {
			if _, err := Publish(dir, newSet(t), force); !errors.Is(err, ErrRefused) {
				t.Errorf("a link in place of %s: %v", within, err)
			}
		}
	}

	dir := filepath.Join(top, "c")
	mustPublish(t, dir, oldSet(t))
	if err := os.Remove(filepath.Join(dir, "report.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(elsewhere, "report.md"), filepath.Join(dir, "report.md")); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, dir, newSet(t))
	wantContents(t, dir, set(newSet(t), nil))
	wantContents(t, elsewhere, safe)
}

func TestPublishRefusesAFileInPlaceOfTheDirectory(t *testing.T) {
	top := t.TempDir()
	put(t, top, map[string]string{"file": "x", "d/report.md/x": "x"})
	for _, force := range []bool{false, true} {
		if _, err := Publish(filepath.Join(top, "file"), oldSet(t), force); !errors.Is(err, ErrRefused) {
			t.Errorf("a file: %v", err)
		}
	}
	if err := os.MkdirAll(filepath.Join(top, "e", "report.md"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Publish(filepath.Join(top, "e"), oldSet(t), true); !errors.Is(err, ErrRefused) {
		t.Errorf("a directory in place of a file: %v", err)
	}
	if _, err := Publish("/", oldSet(t), true); !errors.Is(err, ErrRefused) {
		t.Errorf("the root: %v", err)
	}
}

func TestPublishRefusesABundleThatReachesOut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "x")
	manifest := File{ManifestName, []byte("{}")}
	for name, files := range map[string][]File{
		"up": {{"../x", nil}, manifest}, "absolute": {{"/tmp/x", nil}, manifest}, "deep": {{"tables/../../x.csv", nil}, manifest},
		"other": {{"README.md", nil}, manifest}, "twice": {{"report.md", nil}, {"report.md", nil}, manifest}, "none": nil,
		"no manifest": {{"report.md", nil}}, "manifest first": {manifest, {"report.md", nil}},
	} {
		if _, err := Publish(dir, &Bundle{files}, true); !errors.Is(err, ErrDocument) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("something was written")
	}
}

// TestPublishAtOnce has several publications of the same directory at once: each
// ends with a whole set, and nothing is left.
func TestPublishAtOnce(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("directories are exchanged on Linux only")
	}
	dir := filepath.Join(t.TempDir(), "x")
	sets := []*Bundle{oldSet(t), newSet(t)}
	mustPublish(t, dir, sets[0])
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 10 {
				// Another may take the directory away while this one reads it; that
				// is an error and not a mixture.
				_, _ = Publish(dir, sets[(g+i)%2], false)
			}
		})
	}
	wg.Wait()
	got := contents(t, dir)
	if !maps.Equal(got, set(sets[0], nil)) && !maps.Equal(got, set(sets[1], nil)) {
		t.Errorf("the directory holds %v", slices.Sorted(maps.Keys(got)))
	}
	mustPublish(t, dir, sets[0])
	mustPublish(t, dir, sets[1])
	if l := leftovers(t, dir); len(l) > 0 {
		t.Errorf("left beside it: %v", l)
	}
}
