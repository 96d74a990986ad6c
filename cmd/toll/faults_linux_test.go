package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// shop is a folder in which the built program makes a briefing of data.csv, of
// which there are two versions.
type shop struct {
	t        testing.TB
	program  string
	dir      string // data.csv and what is made of it
	out      string // the briefing
	versions [2]string
	whole    map[string]string // a briefing as it should be, by its hash: "old" or "new"
	took     time.Duration     // to make one
}

// buildProgram builds the program.
func buildProgram(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and runs the program many times: not in -short")
	}
	program := filepath.Join(t.TempDir(), "toll")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// newShop makes both briefings once, so that it is known what they should be.
func newShop(t testing.TB, program, dir string) *shop {
	t.Helper()
	s := &shop{t: t, program: program, dir: t.TempDir(), out: filepath.Join(dir, "briefing"), whole: map[string]string{}}
	for v := range s.versions {
		var b strings.Builder
		b.WriteString("date,perpetrator,killed\n") // few charts, so that there is more publishing than drawing
		for i := range 12 {
			fmt.Fprintf(&b, "2025-01-%02d,Party %d,%d\n", 1+i, i%4, i%9+v)
		}
		s.versions[v] = b.String()
		s.use(v)
		model := filepath.Join(t.TempDir(), "briefing")
		start := time.Now()
		if code, msg := s.run(model); code != 0 {
			t.Fatalf("exit %d: %s", code, msg)
		}
		s.took = time.Since(start)
		s.whole[treeHash(t, model)] = [...]string{"old", "new"}[v]
	}
	return s
}

func (s *shop) use(version int) {
	if err := os.WriteFile(filepath.Join(s.dir, "data.csv"), []byte(s.versions[version]), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) command(out string) *exec.Cmd {
	c := exec.Command(s.program, "report", "data.csv", "-o", out)
	c.Dir = s.dir
	return c
}

// run makes a briefing and returns the exit code and what was said of errors.
func (s *shop) run(out string) (int, string) {
	var said bytes.Buffer
	c := s.command(out)
	c.Stderr = &said
	err := c.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), said.String()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return 0, said.String()
}

// state says which briefing stands in the folder; one that is neither is torn.
func (s *shop) state() string {
	s.t.Helper()
	which, ok := s.whole[treeHash(s.t, s.out)]
	if !ok {
		s.t.Fatalf("the briefing is torn: %v", names(s.out))
	}
	return which
}

// treeHash hashes the names and contents of a folder.
func treeHash(t testing.TB, dir string) string {
	h := sha256.New()
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		fmt.Fprintf(h, "%s %d\n%s", rel, len(b), b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func names(dir string) (all []string) {
	_ = filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		all = append(all, p)
		return nil
	})
	return all
}

// staged lists what publications leave beside a briefing while they run.
func (s *shop) staged() []string {
	found, err := filepath.Glob(filepath.Join(filepath.Dir(s.out), ".briefing.toll-*"))
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

// The program is killed 200 times at random moments while it replaces a briefing,
// half of them while it publishes. The old briefing or the new one stands after
// each, and what a killed run left behind is gone after one that was let be.
func TestKilledAtRandomMoments(t *testing.T) {
	s := newShop(t, buildProgram(t), t.TempDir())
	const seed = 7
	r := rand.New(rand.NewPCG(seed, seed))
	s.use(0)
	if code, msg := s.run(s.out); code != 0 {
		t.Fatal(msg)
	}
	killed, came := 0, map[string]int{}
	for n := range 200 {
		before := s.state()
		s.use(map[string]int{"old": 1, "new": 0}[before])
		c := s.command(s.out)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { _ = c.Wait(); close(ended) }()
		wait := time.Duration(r.Int64N(int64(s.took) + 1))
		if n%2 == 0 {
			left := len(s.staged())
			for deadline := time.Now().Add(10 * s.took); len(s.staged()) <= left && time.Now().Before(deadline); {
				select {
				case <-ended:
					deadline = time.Now()
				case <-time.After(100 * time.Microsecond):
				}
			}
			wait = time.Duration(r.Int64N(int64(12 * time.Millisecond)))
		}
		select {
		case <-ended:
		case <-time.After(wait):
		}
		if c.Process.Kill() == nil {
			killed++
		}
		<-ended
		after := s.state()
		if after == before {
			came["stayed"]++
		} else {
			came["replaced"]++
		}
	}
	t.Logf("seed %d: %d of 200 runs were killed; the old briefing stayed after %d and was replaced after %d", seed, killed, came["stayed"], came["replaced"])
	if killed < 60 || came["stayed"] == 0 || came["replaced"] == 0 {
		t.Errorf("the moments of the kills say too little: %d killed, %v", killed, came)
	}
	s.use(0)
	if code, msg := s.run(s.out); code != 0 {
		t.Fatal(msg)
	}
	if left := s.staged(); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// mountTmpfs mounts a disk of a size, where the test may.
func mountTmpfs(t *testing.T, bytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", bytes)); err != nil {
		t.Skipf("a small disk cannot be mounted here (%v); output's tests fail every single write instead", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func remount(t *testing.T, dir string, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|flags, options); err != nil {
		t.Fatal(err)
	}
}

// The disk is full at every level, from no room at all to enough: the program
// fails and leaves the old briefing, or succeeds and leaves the new one, and
// never leaves anything else.
func TestFullDisk(t *testing.T) {
	program := buildProgram(t)
	disk := mountTmpfs(t, 64<<20)
	s := newShop(t, program, disk)
	s.use(0)
	if code, msg := s.run(s.out); code != 0 {
		t.Fatal(msg)
	}
	used := 0
	for _, p := range names(disk) {
		if info, err := os.Lstat(p); err == nil {
			used += (int(info.Size()) + 4095) / 4096 * 4096
		}
	}
	failed, published := 0, 0
	const steps = 24
	for step := range steps + 1 {
		before := s.state()
		s.use(map[string]int{"old": 1, "new": 0}[before])
		remount(t, disk, 0, fmt.Sprintf("size=%d", used+4096+step*(used+used/8)/steps))
		code, said := s.run(s.out)
		after := s.state()
		switch {
		case code == 2 && after == before && strings.Contains(said, "no space left"):
			failed++
		case code == 0 && after != before:
			published++
		default:
			t.Errorf("step %d: exit %d, %q, and the briefing is the %s one after the %s one", step, code, said, after, before)
		}
		if left := s.staged(); len(left) > 0 {
			t.Errorf("step %d: left behind: %v", step, left)
		}
		remount(t, disk, 0, fmt.Sprintf("size=%d", 64<<20))
	}
	t.Logf("%d levels: %d failed, %d published", steps+1, failed, published)
	if failed < 10 || published < 1 {
		t.Errorf("the levels say too little: %d failed, %d published", failed, published)
	}
}

// A folder that cannot be written to stays as it is, and the program says so.
func TestUnwritableFolder(t *testing.T) {
	program := buildProgram(t)
	parent := t.TempDir()
	root := os.Geteuid() == 0
	if root { // whom no permission stops
		parent = mountTmpfs(t, 64<<20)
	}
	s := newShop(t, program, parent)
	s.use(0)
	if code, msg := s.run(s.out); code != 0 {
		t.Fatal(msg)
	}
	if root {
		remount(t, parent, syscall.MS_RDONLY, "")
	} else {
		for _, d := range []string{s.out, parent} {
			if err := os.Chmod(d, 0o555); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(d, 0o755) })
		}
	}
	s.use(1)
	if code, said := s.run(s.out); code != 2 || !strings.Contains(said, "read-only") && !strings.Contains(said, "permission denied") {
		t.Errorf("exit %d: %s", code, said)
	}
	if got := s.state(); got != "old" {
		t.Errorf("the %s briefing stands", got)
	}
	if code, said := s.run(filepath.Join(parent, "another")); code != 2 {
		t.Errorf("a new briefing: exit %d: %s", code, said)
	}
	if _, err := os.Stat(filepath.Join(parent, "another")); err == nil {
		t.Error("a new briefing was begun")
	}
}
