package charts

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
)

// TestSVG holds that every vector graphic is well formed and the same every time,
// that it says what it shows, and that every label of the picture is text in it.
func TestSVG(t *testing.T) {
	for _, w := range append(pixelWorlds(), odd(), noted("events", 3)) {
		figs, _ := Plan(w.report())
		for _, f := range figs {
			d, err := f.SVG(Options{})
			if err != nil {
				t.Fatal(err)
			}
			if again, _ := f.SVG(Options{}); !bytes.Equal(d.SVG, again.SVG) {
				t.Errorf("%s/%s: other bytes the second time", w.name, f.ID)
			}
			name := w.name + "/" + f.ID
			texts := readSVG(t, name, d.SVG)
			if texts["title"][0] != f.Title || texts["desc"][0] != f.Alt {
				t.Errorf("%s: titled %q, described %q", name, texts["title"], texts["desc"])
			}
			var labels []string
			for _, b := range labelsOf(f, Options{}) {
				labels = append(labels, b.Text)
			}
			if fmt.Sprint(texts["text"]) != fmt.Sprint(labels) {
				t.Errorf("%s: the texts are not the labels of the picture", name)
			}
			if n := len(d.SVG); n > 600_000 {
				t.Errorf("%s: %d bytes", name, n)
			}
		}
	}
}

// readSVG returns the texts by element; it fails on what is no XML and on
// numbers that are none.
func readSVG(t *testing.T, name string, b []byte) map[string][]string {
	t.Helper()
	texts := map[string][]string{}
	dec := xml.NewDecoder(bytes.NewReader(b))
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return texts
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range el.Attr {
			if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
				t.Errorf("%s: %s of %s is %q", name, a.Name.Local, el.Name.Local, a.Value)
			}
		}
		switch el.Name.Local {
		case "title", "desc", "text":
			var s string
			if err := dec.DecodeElement(&s, &el); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			texts[el.Name.Local] = append(texts[el.Name.Local], s)
		}
	}
}
