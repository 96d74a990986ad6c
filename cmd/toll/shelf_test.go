package main

import (
	"bytes"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// repository changes to the root of the repository for the length of a test, so
// that files are named in it as they are for a user there.
func repository(t *testing.T) {
	t.Helper()
	t.Chdir(filepath.Join("..", ".."))
	if _, err := os.Stat("go.mod"); err != nil {
		t.Skip("the repository is not around the tests")
	}
}

// What stands under output/ is what the tool makes of data/: nothing more,
// nothing less, to the last byte. PNG files may differ in their compression
// after a change of the Go release, so their pixels are compared.
func TestShelfIsWhatTheToolMakes(t *testing.T) {
	repository(t)
	for _, name := range []string{"durand-line-2025", "example"} {
		dir := filepath.Join(t.TempDir(), name)
		var out, errs bytes.Buffer
		if code := run([]string{"report", filepath.Join("data", name), "-o", dir}, nil, &out, &errs); code != exitClean {
			t.Fatalf("%s: exit %d\n%s", name, code, errs.String())
		}
		made, kept := files(t, dir), files(t, filepath.Join("output", name))
		if !slices.Equal(made, kept) {
			t.Errorf("%s: the tool makes %v, the shelf holds %v", name, made, kept)
		}
		for _, f := range made {
			a, err := os.ReadFile(filepath.Join(dir, f))
			if err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(filepath.Join("output", name, f))
			if err != nil {
				continue // listed above
			}
			if !bytes.Equal(a, b) && !(filepath.Ext(f) == ".png" && samePixels(a, b)) {
				t.Errorf("output/%s/%s is not what the tool makes: run `go run ./cmd/toll report data/%s`, look, and say in the CHANGELOG which numbers changed", name, f, name)
			}
		}
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, p)
			list = append(list, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return list
}

func samePixels(a, b []byte) bool {
	x, err1 := png.Decode(bytes.NewReader(a))
	y, err2 := png.Decode(bytes.NewReader(b))
	if err1 != nil || err2 != nil || x.Bounds() != y.Bounds() {
		return false
	}
	r := x.Bounds()
	for j := r.Min.Y; j < r.Max.Y; j++ {
		for i := r.Min.X; i < r.Max.X; i++ {
			r1, g1, b1, a1 := x.At(i, j).RGBA()
			r2, g2, b2, a2 := y.At(i, j).RGBA()
			if r1 != r2 || g1 != g2 || b1 != b2 || a1 != a2 {
				return false
			}
		}
	}
	return true
}
