package output

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

var errDisk = errors.New("the disk is full")

// scratch returns a directory that is gone after the test, in memory where there
// is a disk of that kind: the tests below publish hundreds of times.
func scratch(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "toll-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// failing publishes with a disk that fails at one step or, when it is dead, at
// that step and every later one, as though the program had been killed there. It
// reports how many steps there were.
func failing(t testing.TB, dir string, b *Bundle, at int, dead, rename bool) (steps int, names []string, r PublishResult, err error) {
	t.Helper()
	p := &publisher{bundle: b, rename: rename}
	p.hook = func(step, path string) error {
		steps++
		names = append(names, step+" "+path)
		if steps == at || (dead && steps > at) {
			return errDisk
		}
		return nil
	}
	r, err = p.publish(dir)
	return steps, names, r, err
}

// TestPublishSurvivesAFailureOfEveryStep lets each step that touches the disk
// fail in turn. Whatever fails, the directory holds one whole set and every file
// of others, and the error tells which: with an error it is the old set.
func TestPublishSurvivesAFailureOfEveryStep(t *testing.T) {
	bundle := newSet(t)
	oldFiles, newFiles := set(oldSet(t), foreign), set(bundle, foreign)
	for at := 1; ; at++ {
		dir := filepath.Join(scratch(t), "x")
		put(t, dir, oldFiles)
		steps, names, r, err := failing(t, dir, bundle, at, false, false)
		if at > steps {
			if at < 30 {
				t.Errorf("only %d steps were tried", at)
			}
			return
		}
		step := names[at-1]
		got := contents(t, dir)
		switch {
		case err != nil && !errors.Is(err, errDisk):
			t.Errorf("%s: another error: %v", step, err)
		case err != nil && !maps.Equal(got, oldFiles):
			t.Errorf("%s failed, and the old set is not there", step)
		case err == nil && !maps.Equal(got, newFiles):
			t.Errorf("%s failed without an error, and the new set is not there", step)
		case err == nil && len(r.Warnings) == 0 && !strings.HasPrefix(step, "link ") && !strings.HasPrefix(step, "rmdir "):
			t.Errorf("%s failed and nobody was told", step)
		}
		// Whatever was left is cleared away the next time.
		mustPublish(t, dir, bundle)
		wantContents(t, dir, newFiles)
		if l := leftovers(t, dir); len(l) > 0 {
			t.Errorf("%s: left for good: %v", step, l)
		}
	}
}

// TestPublishKilledAtEveryStep ends the program, as it were, before each step in
// turn: nothing after it happens, no cleaning up either.
func TestPublishKilledAtEveryStep(t *testing.T) {
	bundle := newSet(t)
	oldFiles, newFiles := set(oldSet(t), foreign), set(bundle, foreign)
	sawOld, sawNew := 0, 0
	for at := 1; ; at++ {
		dir := filepath.Join(scratch(t), "x")
		put(t, dir, oldFiles)
		steps, names, _, _ := failing(t, dir, bundle, at, true, false)
		if at > steps {
			break
		}
		got := contents(t, dir)
		switch {
		case maps.Equal(got, oldFiles):
			sawOld++
		case maps.Equal(got, newFiles):
			sawNew++
		default:
			t.Errorf("killed at %s: the directory holds %v", names[at-1], slices.Sorted(maps.Keys(got)))
		}
		mustPublish(t, dir, bundle)
		wantContents(t, dir, newFiles)
		if l := leftovers(t, dir); len(l) > 0 {
			t.Errorf("killed at %s: left for good: %v", names[at-1], l)
		}
	}
	if sawOld < 20 || sawNew < 5 {
		t.Errorf("%d ends with the old set and %d with the new; the steps are not all tried", sawOld, sawNew)
	}
}

// TestPublishOneByOneKeepsTheManifestForLast is the way of systems that cannot
// exchange directories: a mixture is possible there, and then the manifest does
// not match.
func TestPublishOneByOneKeepsTheManifestForLast(t *testing.T) {
	bundle := newSet(t)
	oldFiles, newFiles := set(oldSet(t), foreign), set(bundle, foreign)
	for at := 1; ; at++ {
		dir := filepath.Join(scratch(t), "x")
		put(t, dir, oldFiles)
		steps, names, _, err := failing(t, dir, bundle, at, true, true)
		if at > steps {
			break
		}
		got := contents(t, dir)
		for path := range foreign {
			if got[path] != foreign[path] {
				t.Errorf("killed at %s: %s is lost", names[at-1], path)
			}
		}
		if got[ManifestName] == newFiles[ManifestName] {
			for path := range newFiles {
				if got[path] != newFiles[path] {
					t.Errorf("killed at %s: the new manifest is there and %s is not", names[at-1], path)
				}
			}
		} else if matches(t, got) && !holds(got, oldFiles) {
			t.Errorf("killed at %s: a mixture passes for whole", names[at-1])
		} else if err == nil {
			t.Errorf("killed at %s: no error and no new manifest", names[at-1])
		}
		p := &publisher{bundle: bundle, hook: func(string, string) error { return nil }, rename: true}
		if _, err := p.publish(dir); err != nil {
			t.Errorf("killed at %s: cannot publish again: %v", names[at-1], err)
		}
		wantContents(t, dir, newFiles)
		if l := leftovers(t, dir); len(l) > 0 {
			t.Errorf("killed at %s: left for good: %v", names[at-1], l)
		}
	}
}

// holds reports whether all these files are among those there.
func holds(there, files map[string]string) bool {
	for path := range files {
		if there[path] != files[path] {
			return false
		}
	}
	return true
}

// matches reports whether the files are those that their manifest describes.
func matches(t testing.TB, files map[string]string) bool {
	t.Helper()
	m, err := ParseManifest([]byte(files[ManifestName]))
	if err != nil {
		return false
	}
	for path, want := range m.Texts {
		sum := sha256.Sum256([]byte(files[path]))
		if hex.EncodeToString(sum[:]) != want {
			return false
		}
	}
	return true
}

// TestPublishWithinADirectoryWhoseParentIsClosed stands for a mounted volume.
func TestPublishWithinADirectoryWhoseParentIsClosed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	mustPublish(t, dir, oldSet(t))
	put(t, dir, foreign)
	closed := func(b *Bundle, dead string) error {
		p := &publisher{bundle: b}
		killed := false
		p.hook = func(step, path string) error {
			if step == "mkdir" && filepath.Dir(path) == "." {
				return fs.ErrPermission
			}
			if killed = killed || (dead != "" && strings.HasPrefix(step+" "+path, dead)); killed {
				return errDisk
			}
			return nil
		}
		r, err := p.publish(dir)
		if err == nil && len(r.Warnings) > 0 {
			t.Error(r.Warnings)
		}
		return err
	}
	if err := closed(newSet(t), ""); err != nil {
		t.Fatal(err)
	}
	wantContents(t, dir, set(newSet(t), foreign))
	if err := closed(oldSet(t), "rename report.md"); !errors.Is(err, errDisk) {
		t.Fatal(err)
	}
	if err := closed(oldSet(t), ""); err != nil {
		t.Fatal(err)
	}
	wantContents(t, dir, set(oldSet(t), foreign))

	missing := &publisher{bundle: oldSet(t), hook: func(step, _ string) error {
		if step == "mkdir" {
			return fs.ErrPermission
		}
		return nil
	}}
	if _, err := missing.publish(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("nowhere to write: %v", err)
	}
}

// TestPublishCopiesWhatCannotHaveASecondName stands for a disk without hard links.
func TestPublishCopiesWhatCannotHaveASecondName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "x")
	mustPublish(t, dir, oldSet(t))
	put(t, dir, foreign)
	if err := os.Chmod(filepath.Join(dir, "README.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &publisher{bundle: newSet(t), hook: func(step, _ string) error {
		if step == "link" {
			return errors.ErrUnsupported
		}
		return nil
	}}
	r, err := p.publish(dir)
	if err != nil || len(r.Warnings) > 0 {
		t.Fatal(err, r.Warnings)
	}
	wantContents(t, dir, set(newSet(t), foreign))
	if i, err := os.Stat(filepath.Join(dir, "README.md")); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("the copy is %v, %v", i, err)
	}
	if l := leftovers(t, dir); len(l) > 0 {
		t.Errorf("left beside it: %v", l)
	}
}

// TestPublishKeepsWhatSomebodyWritesMeanwhile has another program write into the
// directory while the new set is made ready.
func TestPublishKeepsWhatSomebodyWritesMeanwhile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "x")
	mustPublish(t, dir, oldSet(t))
	p := &publisher{bundle: newSet(t), hook: func(step, _ string) error {
		if step == "place" {
			put(t, dir, map[string]string{"late.txt": "written in between"})
		}
		return nil
	}}
	r, err := p.publish(dir)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, l := range leftovers(t, dir) {
		found = found || contents(t, filepath.Join(filepath.Dir(dir), l))["late.txt"] == "written in between"
	}
	if !found || len(r.Warnings) == 0 {
		t.Errorf("the late file is lost, or nobody is told: %v, %v", leftovers(t, dir), r.Warnings)
	}
}

// TestPublishKilledForGood kills a program that publishes again and again, at any
// moment, and looks at what it left.
func TestPublishKilledForGood(t *testing.T) {
	if dir := os.Getenv("TOLL_PUBLISH_INTO"); dir != "" {
		for i := 0; ; i++ {
			b := oldSet(t)
			if i%2 == 1 {
				b = newSet(t)
			}
			if _, err := Publish(dir, b, false); err != nil {
				t.Fatal(err)
			}
		}
	}
	if runtime.GOOS != "linux" || testing.Short() {
		t.Skip("directories are exchanged on Linux only")
	}
	dir := filepath.Join(scratch(t), "x")
	mustPublish(t, dir, oldSet(t))
	put(t, dir, foreign)
	oldFiles, newFiles := set(oldSet(t), foreign), set(newSet(t), foreign)
	for i := range 25 {
		c := exec.Command(os.Args[0], "-test.run=^TestPublishKilledForGood$")
		c.Env = append(os.Environ(), "TOLL_PUBLISH_INTO="+dir)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+7*i) * time.Millisecond)
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := c.Wait(); err == nil || strings.Contains(fmt.Sprint(err), "exit status") {
			t.Fatalf("it ended by itself: %v", err)
		}
		if got := contents(t, dir); !maps.Equal(got, oldFiles) && !maps.Equal(got, newFiles) {
			t.Fatalf("kill %d left %v", i, slices.Sorted(maps.Keys(got)))
		}
	}
	mustPublish(t, dir, oldSet(t))
	mustPublish(t, dir, newSet(t))
	if l := leftovers(t, dir); len(l) > 0 {
		t.Errorf("left for good: %v", l)
	}
}
