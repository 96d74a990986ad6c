package output

import (
	"encoding/json"
	"testing"
)

// EachFigure tells the figures of the manifest: all, and by the same addresses.
func TestFiguresAreTheManifests(t *testing.T) {
	d := sample()
	var m Manifest
	if err := json.Unmarshal([]byte(fileOf(t, render(t, d), ManifestName)), &m); err != nil {
		t.Fatal(err)
	}
	EachFigure(d.Report, func(a string, v int64) {
		if want := m.Cells[a].String(); FigureText(v) != want && !(v == 0 && want == "") {
			t.Errorf("%s is %s, in the manifest %q", a, FigureText(v), want)
		}
		delete(m.Cells, a)
	})
	for a := range m.Cells {
		t.Errorf("%s is in the manifest alone", a)
	}
}

// Whatever a file holds, reading a picture's texts ends, and without a panic.
func FuzzPictureTexts(f *testing.F) {
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x04iTXta\x00\x00\x00crc."))
	f.Add([]byte("\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt"))
	f.Fuzz(func(t *testing.T, b []byte) { _, _ = PictureTexts(b) })
}
