package browser

import (
	"github.com/chromedp/chromedp"
	"testing"
)

func TestPageOpensQuietly(t *testing.T) {
	b := open(t, 1600, 1000)
	b.visit(briefing(t, "data/example"), "")
	b.shot("wide", 3)
	b.see("#?admin1=Grand-Ossel&party=Ossel%20Column&show=by-party%2FOssel%20Column")
	b.shot("asked", 2)
	b.see("#?admin1=Grand-Ossel&party=Ossel%20Column")
	b.scheme("dark")
	b.shot("dark", 3)
	b.do(chromedp.EmulateViewport(360, 740))
	b.scheme("light")
	b.shot("phone", 3)
	b.see("#?")
	if got := b.text("#ask .selected"); got != "All the data: 600 incidents. Choose above, or follow a number to the records behind it." {
		t.Errorf("the page says %q", got)
	}
	b.quiet()
}
