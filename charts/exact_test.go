package charts

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// pixelWorlds are the data sets whose pixels are compared between processors.
func pixelWorlds() []*world {
	return []*world{twoYears(), fewDays(), manyYears(), aMonthOfDays(), arabicNames()}
}

func pixelList(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for i, w := range []*world{twoYears(), fewDays(), arabicNames()} { // an emulated processor is slow
		figs, _ := Plan(w.report())
		for _, f := range figs {
			if i == 2 && f.ID != "locations-perpetrators" {
				continue
			}
			d, err := f.PNG(Options{})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "pixels %s/%s %s\n", w.name, f.ID, hex.EncodeToString(d.Pixels[:]))
		}
	}
	return b.String()
}

// TestListPixels prints pixel hashes when another test runs this binary on
// another processor.
func TestListPixels(t *testing.T) {
	if os.Getenv("TOLL_LIST_PIXELS") == "" {
		t.Skip("only for TestProcessors")
	}
	fmt.Print(pixelList(t))
}

// TestProcessors compares the pixels on other processors with those here.
func TestProcessors(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles for other processors")
	}
	want := pixelList(t)
	for _, p := range []struct{ name, env, emulator string }{
		{"arm64", "GOARCH=arm64", "qemu-aarch64-static"},
		{"s390x", "GOARCH=s390x", "qemu-s390x-static"},
		{"amd64-v3", "GOAMD64=v3", ""},
	} {
		t.Run(p.name, func(t *testing.T) {
			if p.emulator != "" {
				if _, err := exec.LookPath(p.emulator); err != nil {
					t.Skipf("%s is not installed (package qemu-user-static)", p.emulator)
				}
			} else if runtime.GOARCH != "amd64" || !hasAVX2(t) {
				t.Skip("this processor does not run amd64-v3")
			}
			bin := filepath.Join(t.TempDir(), "charts.test")
			build := exec.Command("go", "test", "-c", "-o", bin, ".")
			build.Env = append(os.Environ(), p.env, "CGO_ENABLED=0")
			if out, err := build.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			run := exec.Command(bin, "-test.run=^TestListPixels$")
			if p.emulator != "" {
				run = exec.Command(p.emulator, bin, "-test.run=^TestListPixels$")
			}
			run.Env = append(os.Environ(), "TOLL_LIST_PIXELS=1")
			out, err := run.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			comparePixelLists(t, want, string(out))
		})
	}
}

func comparePixelLists(t *testing.T, want, out string) {
	t.Helper()
	got := map[string]bool{}
	for _, l := range strings.Split(out, "\n") {
		got[l] = true
	}
	for _, l := range strings.Split(strings.TrimSpace(want), "\n") {
		if !got[l] {
			t.Errorf("not drawn alike: %s", l)
		}
	}
}

func hasAVX2(t *testing.T) bool {
	b, err := os.ReadFile("/proc/cpuinfo")
	return err == nil && bytes.Contains(b, []byte(" avx2")) && bytes.Contains(b, []byte(" fma"))
}

// TestNothingFused looks at the machine code: an instruction that multiplies
// and adds with one rounding would give other coordinates than on a processor
// without it. Where it fails, wrap the product in float64(…).
func TestNothingFused(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles for another processor")
	}
	cmd := exec.Command("go", "build", "-gcflags=-S", ".")
	cmd.Env = append(os.Environ(), "GOARCH=arm64", "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !bytes.Contains(out, []byte("FMULD")) {
		t.Fatal("the listing shows no multiplication: it is not what this test expects")
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`\(([^()]*\.go:\d+)\)\s+FN?M(?:ADD|SUB)[SD]`).FindAllSubmatch(out, -1) {
		if at := string(m[1]); !seen[at] {
			seen[at] = true
			t.Errorf("%s: fused multiplication and addition", at)
		}
	}
}

func TestWorkersDoNotMatter(t *testing.T) {
	var figs []Figure
	for _, w := range pixelWorlds() {
		fs, _ := Plan(w.report())
		figs = append(figs, fs...)
	}
	var first []Drawing
	for _, workers := range []int{1, 2, 7, 0} {
		ds, err := DrawAll(figs, Options{}, workers)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = ds
		}
		for i := range ds {
			if !bytes.Equal(ds[i].PNG, first[i].PNG) || ds[i].Pixels != first[i].Pixels || ds[i].Plotted != first[i].Plotted {
				t.Errorf("%s: other bytes with %d workers", figs[i].ID, workers)
			}
		}
	}
}

// TestPlanIsStable plans the same report again and again.
func TestPlanIsStable(t *testing.T) {
	for _, w := range worlds() {
		first := ""
		for range 5 {
			figs, left := Plan(w.report())
			got := fmt.Sprint(left)
			for _, f := range figs {
				got += fmt.Sprint(f.ID, f.Title, f.Subtitle, f.Note, f.Alt, f.Columns, f.Rows)
			}
			if first == "" {
				first = got
			}
			if got != first {
				t.Errorf("%s: another plan from the same report", w.name)
			}
		}
	}
}

// TestPagesAreClean draws a crowded page before an empty one: what was drawn
// before must not shine through.
func TestPagesAreClean(t *testing.T) {
	figs, _ := Plan(twoYears().report())
	first, err := figs[0].PNG(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figs {
		if _, err := f.PNG(Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if again, _ := figs[0].PNG(Options{}); again.Pixels != first.Pixels {
		t.Error("a page drawn after others has other pixels")
	}
}
