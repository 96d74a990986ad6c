package output

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// beside returns the path of a staging directory beside a published one.
func beside(dir, name string) string {
	return filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+".toll-"+name)
}

// TestSweepLeavesTheStageOfOneAtWork locks a staging directory, as a publication
// that is still at work does.
func TestSweepLeavesTheStageOfOneAtWork(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("directories are locked on Linux only")
	}
	dir := filepath.Join(t.TempDir(), "x")
	mustPublish(t, dir, oldSet(t))
	put(t, beside(dir, "BUSY"), map[string]string{"report.md": "half"})
	put(t, beside(dir, "DEAD"), map[string]string{"report.md": "half", "tables/by-day.csv": "half"})
	root, err := os.OpenRoot(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	lock := lockDir(root, filepath.Base(beside(dir, "BUSY")))
	if lock == nil {
		t.Fatal("a directory cannot be locked")
	}
	if again := lockDir(root, filepath.Base(beside(dir, "BUSY"))); again != nil {
		t.Error("a directory was locked twice")
	}
	if none := lockDir(root, "nowhere"); none != nil {
		t.Error("a directory that is not there was locked")
	}
	mustPublish(t, dir, newSet(t))
	if got := leftovers(t, dir); !slices.Equal(got, []string{filepath.Base(beside(dir, "BUSY"))}) {
		t.Errorf("left beside it: %v", got)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, dir, oldSet(t))
	if got := leftovers(t, dir); len(got) > 0 {
		t.Errorf("left beside it: %v", got)
	}
}

// TestSweepTouchesNothingThatOnlyLooksLikeAStage has files and directories of
// others under similar names.
func TestSweepTouchesNothingThatOnlyLooksLikeAStage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "x")
	mustPublish(t, dir, oldSet(t))
	others := map[string]string{"x.toll-1/report.md": "a", ".y.toll-1/report.md": "b", "report.md": "c", ".x.toll-file": "d"}
	put(t, filepath.Dir(dir), others)
	mustPublish(t, dir, newSet(t))
	got := contents(t, filepath.Dir(dir))
	for path, want := range others {
		if got[path] != want {
			t.Errorf("%s is now %q", path, got[path])
		}
	}
}

// TestDiscardKeepsWhatIsNowhereElse has the swapped-out directory hold what
// somebody changed or added while the new set was made ready.
func TestDiscardKeepsWhatIsNowhereElse(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "x")
	mustPublish(t, dir, oldSet(t))
	put(t, dir, map[string]string{"README.md": "first", "notes/a.txt": "same"})
	p := &publisher{bundle: newSet(t), hook: func(step, _ string) error {
		if step == "place" { // an editor writes a new file and renames it over the old
			put(t, dir, map[string]string{"README.tmp": "second", "late/b.txt": "new"})
			if err := os.Rename(filepath.Join(dir, "README.tmp"), filepath.Join(dir, "README.md")); err != nil {
				t.Fatal(err)
			}
		}
		return nil
	}}
	r, err := p.publish(dir)
	if err != nil {
		t.Fatal(err)
	}
	left := leftovers(t, dir)
	if len(left) != 1 || len(r.Warnings) == 0 {
		t.Fatalf("left beside it: %v; warnings: %v", left, r.Warnings)
	}
	got := contents(t, filepath.Join(filepath.Dir(dir), left[0]))
	if len(got) != 2 || got["README.md"] != "second" || got["late/b.txt"] != "new" {
		t.Errorf("what was left is %v", got)
	}
	// The next publication does not lose it either.
	if _, err := Publish(dir, oldSet(t), false); err != nil {
		t.Fatal(err)
	}
	got = contents(t, filepath.Join(filepath.Dir(dir), left[0]))
	if got["README.md"] != "second" || got["late/b.txt"] != "new" {
		t.Errorf("what was left is now %v", got)
	}
}

// TestExchangeSaysWhatItCannot asks for an exchange with a directory that is not
// there.
func TestExchangeSaysWhatItCannot(t *testing.T) {
	top := t.TempDir()
	if err := os.Mkdir(filepath.Join(top, "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(top)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := exchange(root, "a", "b"); err == nil {
		t.Error("a directory changed places with nothing")
	}
	if err := exchange(root, "a\x00", "b"); err == nil {
		t.Error("a name with a NUL was taken")
	}
	if err := exchange(root, "a", "b\x00"); err == nil {
		t.Error("a name with a NUL was taken")
	}
	if _, err := os.Stat(filepath.Join(top, "a")); err != nil {
		t.Error(err)
	}
}
