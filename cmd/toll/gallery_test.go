package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// galleryCommands finds the lines of docs/gallery.md that draw a picture of it:
// `toll chart KIND FILE … -o docs/gallery/NAME.png`, FILE being published data.
func galleryCommands(t *testing.T) [][]string {
	t.Helper()
	b, err := os.ReadFile("../../docs/gallery.md")
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "toll chart "); ok && strings.Contains(rest, "-o docs/gallery/") {
			out = append(out, append([]string{"chart"}, strings.Fields(rest)...))
		}
	}
	if len(out) < 8 {
		t.Fatalf("docs/gallery.md draws %d pictures", len(out))
	}
	return out
}

// TestGallery draws the pictures of docs/gallery again and compares their pixels.
// UPDATE_GALLERY=1 writes them anew, to be looked at.
func TestGallery(t *testing.T) {
	shared := os.Getenv("TOLL_SHARED")
	if shared == "" {
		t.Skip("TOLL_SHARED does not say where the published files are")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	for _, dir := range []string{"docs/gallery", "data"} {
		if err := os.MkdirAll(filepath.Join(work, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	toll := filepath.Join(work, "toll.bin")
	if out, err := exec.Command("go", "build", "-o", toll, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	drawn := map[string]bool{}
	for _, args := range galleryCommands(t) {
		to := args[len(args)-1]
		for i, a := range args {
			if !strings.HasSuffix(a, ".csv") {
				continue
			}
			b, err := os.ReadFile(filepath.Join(shared, "data", a))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(work, a), b, 0o644); err != nil {
				t.Fatal(err)
			}
			args[i] = a
		}
		cmd := exec.Command(toll, args...)
		cmd.Dir = work
		if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != exitFindings {
			t.Fatalf("toll %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		got, err := os.ReadFile(filepath.Join(work, to))
		if err != nil {
			t.Fatal(err)
		}
		drawn[filepath.Base(to)] = true
		kept := filepath.Join(root, to)
		if os.Getenv("UPDATE_GALLERY") != "" {
			if err := os.WriteFile(kept, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(kept)
		if err != nil {
			t.Fatal(err)
		}
		if !samePixels(want, got) {
			t.Errorf("%s is not what `toll %s` draws: UPDATE_GALLERY=1 go test ./cmd/toll -run Gallery, and look", to, strings.Join(args, " "))
		}
	}
	files, err := filepath.Glob(filepath.Join(root, "docs/gallery/*.png"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !drawn[filepath.Base(f)] {
			t.Errorf("%s has no command in docs/gallery.md", filepath.Base(f))
		}
	}
}
