package browser

import (
	"os"
	"testing"
)

// TestAccessible runs axe-core, whose file TOLL_AXE names, over the page as it
// opens, with a selection, and with the records behind a number.
func TestAccessible(t *testing.T) {
	path := os.Getenv("TOLL_AXE")
	if path == "" {
		t.Skip("TOLL_AXE does not name axe.min.js: the page is not examined")
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	report := briefing(t, "data/example")
	for _, view := range []struct{ hash, scheme string }{{"", "light"}, {"", "dark"}, {selection, "light"}, {selection, "dark"}, {selection + "&show=total", "light"}} {
		b := open(t, 1200, 900)
		b.scheme(view.scheme)
		b.visit(report, view.hash)
		b.eval(nil, "%s", axe)
		b.eval(nil, `(() => { axe.run(document, { resultTypes: ["violations"] }).then((r) => { window.found = r; }); })()`)
		b.await("window.found")
		var found struct {
			Rules      int
			Violations []string
		}
		b.eval(&found, `({ rules: window.found.passes.length, violations: window.found.violations.map((v) => v.id + ": " + v.help + " – " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")) })`)
		for _, v := range found.Violations {
			t.Errorf("%s, %s: %s", view.hash, view.scheme, v)
		}
		t.Logf("%q, %s: %d rules hold", view.hash, view.scheme, found.Rules)
	}
}
