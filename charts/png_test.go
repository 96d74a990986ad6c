package charts

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"
)

type pngChunk struct {
	name string
	body []byte
}

func chunksOf(t *testing.T, b []byte) []pngChunk {
	t.Helper()
	if !bytes.HasPrefix(b, pngMagic) {
		t.Fatal("not a PNG")
	}
	b = b[len(pngMagic):]
	var out []pngChunk
	for len(b) >= 12 {
		n := int(binary.BigEndian.Uint32(b))
		c := pngChunk{string(b[4:8]), b[8 : 8+n]}
		if crc32.ChecksumIEEE(b[4:8+n]) != binary.BigEndian.Uint32(b[8+n:]) {
			t.Errorf("%s: wrong checksum", c.name)
		}
		out = append(out, c)
		b = b[12+n:]
	}
	if len(b) != 0 {
		t.Errorf("%d bytes after the last chunk", len(b))
	}
	return out
}

func TestPNGMetadata(t *testing.T) {
	w := twoYears()
	figs, _ := Plan(w.report())
	d, err := figs[0].PNG(Options{})
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	text := map[string]string{}
	for _, c := range chunksOf(t, d.PNG) {
		order = append(order, c.name)
		switch c.name {
		case "iTXt":
			key, rest, _ := bytes.Cut(c.body, []byte{0})
			text[string(key)] = string(rest[4:])
		case "pHYs":
			if got := binary.BigEndian.Uint32(c.body); got != 10000 || c.body[8] != 1 {
				t.Errorf("%d pixels a metre, unit %d", got, c.body[8])
			}
		}
	}
	if order[0] != "IHDR" || order[len(order)-1] != "IEND" || slices.Index(order, "pHYs") > slices.Index(order, "IDAT") {
		t.Errorf("chunks in the order %v", order)
	}
	want := map[string]string{
		"Title": figs[0].Title, "Description": figs[0].Alt, "Source": "invented for layout tests",
		"Creation Time": "2024-12-12", "toll:chart": "timeseries",
		"toll:input-sha256": "9f3c" + strings.Repeat("0", 56) + "a71e",
	}
	for k, v := range want {
		if text[k] != v {
			t.Errorf("%s is %q, not %q", k, text[k], v)
		}
	}
	if len(text["toll:plotted-sha256"]) != 64 {
		t.Errorf("plotted hash %q", text["toll:plotted-sha256"])
	}
	if len(text) != len(want)+1 {
		t.Errorf("texts %v", text)
	}
}

// TestPNGLossless decodes with the standard library what the writer wrote.
func TestPNGLossless(t *testing.T) {
	r := rng(4)
	for _, colors := range []int{1, 2, 255, 256, 257, 5000} {
		img := image.NewRGBA(image.Rect(0, 0, 97, 61))
		for i := range 97 * 61 {
			c := i
			if i >= colors {
				c = r.IntN(colors)
			}
			img.SetRGBA(i%97, i/97, color.RGBA{uint8(c), uint8(c >> 8), 77, 255})
		}
		b, _ := encodePNG(img, pngText{"Title": "déjà\x00 vu", "Empty": ""})
		got, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatalf("%d colours: %v", colors, err)
		}
		if _, paletted := got.(*image.Paletted); paletted != (colors <= 256) {
			t.Errorf("%d colours: decoded as %T", colors, got)
		}
		for y := range 61 {
			for x := range 97 {
				if a, b := color.RGBAModel.Convert(got.At(x, y)), color.Color(img.RGBAAt(x, y)); a != b {
					t.Fatalf("%d colours: pixel %d,%d is %v, not %v", colors, x, y, a, b)
				}
			}
		}
	}
}

func TestScales(t *testing.T) {
	figs, _ := Plan(fewDays().report())
	one, err := figs[0].PNG(Options{})
	if err != nil {
		t.Fatal(err)
	}
	two, err := figs[0].PNG(Options{Scale: 2})
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := png.DecodeConfig(bytes.NewReader(two.PNG))
	if err != nil || cfg.Width != 3200 || cfg.Height != 1800 {
		t.Errorf("scale 2 is %dx%d, %v", cfg.Width, cfg.Height, err)
	}
	if !slices.Equal(one.Labels, two.Labels) {
		t.Error("the layout depends on the scale")
	}
	if one.Plotted != two.Plotted {
		t.Error("the plotted numbers depend on the scale")
	}
}
