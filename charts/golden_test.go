package charts

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"toll/stats"
)

var update = flag.Bool("update", false, "write the golden files anew")

// goldens are the pictures kept in testdata: one of each kind.
func goldens() map[string][]string {
	return map[string][]string{
		"two-years":    {"timeseries", "perpetrators-over-time", "locations", "cumulative", "calendar", "perpetrators-apart", "map", "severity", "coverage"},
		"few-days":     {"timeseries", "locations-perpetrators"},
		"arabic-names": {"locations-perpetrators"},
	}
}

// TestGoldenPixels compares decoded pixels, not files: a new compressor may
// write other bytes.
func TestGoldenPixels(t *testing.T) {
	for _, w := range pixelWorlds() {
		figs, _ := Plan(w.report())
		for _, id := range goldens()[w.name] {
			f := figureOf(t, figs, id)
			d, err := f.PNG(Options{})
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", w.name+"."+id+".png")
			if *update {
				write(t, path, d.PNG)
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			comparePictures(t, path, want, d.PNG)
		}
	}
}

func figureOf(t *testing.T, figs []Figure, id string) Figure {
	t.Helper()
	for _, f := range figs {
		if f.ID == id {
			return f
		}
	}
	t.Fatalf("no figure %s", id)
	return Figure{}
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// comparePictures fails where pixels differ, and then leaves what was drawn and
// a picture of the differences beside the golden one.
func comparePictures(t *testing.T, path string, want, got []byte) {
	t.Helper()
	a, err := png.Decode(bytes.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	b, err := png.Decode(bytes.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	stem := strings.TrimSuffix(path, ".png")
	if a.Bounds() != b.Bounds() {
		write(t, stem+".got.png", got)
		t.Errorf("%s: %v, drawn %v", path, a.Bounds(), b.Bounds())
		return
	}
	diff := image.NewRGBA(a.Bounds())
	n, box := 0, image.Rectangle{}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			p, q := color.RGBAModel.Convert(a.At(x, y)).(color.RGBA), color.RGBAModel.Convert(b.At(x, y)).(color.RGBA)
			grey := uint8(200 + int(q.R)/5)
			diff.SetRGBA(x, y, color.RGBA{grey, grey, grey, 255})
			if p != q {
				n++
				box = box.Union(image.Rect(x, y, x+1, y+1))
				diff.SetRGBA(x, y, color.RGBA{220, 0, 0, 255})
			}
		}
	}
	if n == 0 {
		return
	}
	var out bytes.Buffer
	if err := png.Encode(&out, diff); err != nil {
		t.Fatal(err)
	}
	write(t, stem+".got.png", got)
	write(t, stem+".diff.png", out.Bytes())
	t.Errorf("%s: %d pixels differ within %v; see %s.diff.png (go test ./charts -update accepts them)", path, n, box, stem)
}

// TestGoldenAccounts compares the charts about accounts.
func TestGoldenAccounts(t *testing.T) {
	for name, r := range map[string]*stats.Report{"night": disputes(t, 1, 0), "far": disputes(t, 5, 900), "many": disputes(t, 12, 7)} {
		for _, id := range map[string][]string{"night": {"claims"}, "far": {"claims"}, "many": {"claims", "revisions"}}[name] {
			d, err := claimFigure(t, r, id).PNG(Options{})
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name+"."+id+".png")
			if *update {
				write(t, path, d.PNG)
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			comparePictures(t, path, want, d.PNG)
		}
	}
}

// TestGoldenLayout compares the words of every chart and where they stand, as
// text, so that a change of layout can be read in a review.
func TestGoldenLayout(t *testing.T) {
	for _, w := range pixelWorlds() {
		figs, left := Plan(w.report())
		var b strings.Builder
		for _, f := range figs {
			d, err := f.PNG(Options{})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "# %s (%s)\n%s\n%s\nNote: %s\nAlt: %s\n", f.ID, f.Kind, f.Title, f.Subtitle, f.Note, f.Alt)
			for _, x := range d.Labels {
				fmt.Fprintf(&b, "%-10s %5.0f %5.0f %5.0f %5.0f  %s\n", x.Role, x.X0, x.Y0, x.X1, x.Y1, x.Text)
			}
			b.WriteByte('\n')
		}
		for _, o := range left {
			fmt.Fprintf(&b, "# no %s: %s\n", o.ID, o.Why)
		}
		path := filepath.Join("testdata", w.name+".layout.txt")
		if *update {
			write(t, path, []byte(b.String()))
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if line := firstDifference(string(want), b.String()); line != "" {
			t.Errorf("%s: %s", path, line)
		}
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		x, y := "", ""
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return fmt.Sprintf("line %d: want %q, got %q", i+1, x, y)
		}
	}
	return ""
}

func first(figs []Figure, _ []Omitted) []Figure { return figs }

// imageOf draws a figure and returns a copy of its pixels.
func imageOf(t *testing.T, f Figure) *image.RGBA {
	t.Helper()
	o := Options{}.settled()
	c := borrow(o)
	defer giveBack(c)
	f.paint(c, o)
	return &image.RGBA{Pix: bytes.Clone(c.img.Pix), Stride: c.img.Stride, Rect: c.img.Rect}
}
