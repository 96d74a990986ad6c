package main

import (
	"bytes"
	"image"
	"image/color"
	imagedraw "image/draw"
	"image/png"
	"os"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptCommands are what scripts can do to a briefing beside running toll.
func scriptCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"edit": func(ts *testscript.TestScript, _ bool, args []string) {
			b := []byte(ts.ReadFile(args[0]))
			for i := range args[1:] {
				args[1+i] = strings.NewReplacer(`\n`, "\n", `\r`, "\r").Replace(args[1+i])
			}
			if !bytes.Contains(b, []byte(args[1])) {
				ts.Fatalf("%s does not hold %q", args[0], args[1])
			}
			ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Replace(b, []byte(args[1]), []byte(args[2]), 1), 0o644))
		},
		"touch": func(ts *testscript.TestScript, _ bool, args []string) {
			then := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
			ts.Check(os.Chtimes(ts.MkAbs(args[0]), then, then))
		},
		"onepixel": func(ts *testscript.TestScript, _ bool, args []string) { redraw(ts, args[0], true) },
		"repack":   func(ts *testscript.TestScript, _ bool, args []string) { redraw(ts, args[0], false) },
	}
}

// redraw encodes a picture again, perhaps with one pixel changed.
func redraw(ts *testscript.TestScript, name string, change bool) {
	img, err := png.Decode(bytes.NewReader([]byte(ts.ReadFile(name))))
	ts.Check(err)
	out := image.NewRGBA(img.Bounds())
	imagedraw.Draw(out, out.Rect, img, img.Bounds().Min, imagedraw.Src)
	if change {
		c := out.RGBAAt(7, 7)
		out.SetRGBA(7, 7, color.RGBA{c.R ^ 3, c.G, c.B, 255})
	}
	var b bytes.Buffer
	ts.Check(png.Encode(&b, out))
	ts.Check(os.WriteFile(ts.MkAbs(name), b.Bytes(), 0o644))
}
