package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestRecordsCloseInEveryWay opens the records behind a number and closes them by
// the button, the Escape key, a click beside them and the way back, again and
// again: what is open must be what the address asks for.
func TestRecordsCloseInEveryWay(t *testing.T) {
	b := open(t, 1200, 900)
	b.visit(briefing(t, "data/example"), "#?party=Ossel+Column")
	ways := []struct {
		name  string
		close func()
	}{
		{"button", func() { b.eval(nil, `document.querySelector("dialog .close").click()`) }},
		{"mouse", func() { b.do(chromedp.Click("dialog .close", chromedp.ByQuery)) }},
		{"Escape", func() { b.do(chromedp.KeyEvent(kb.Escape)) }},
		{"backdrop", func() { b.do(chromedp.MouseClickXY(6, 6)) }},
		{"back", func() { b.do(chromedp.NavigateBack()) }},
	}
	for i := range 20 {
		w := ways[i%len(ways)]
		b.eval(nil, `document.querySelectorAll("[data-table=by-admin1] tbody a.figure")[%d].click()`, i)
		b.await(`document.querySelector("dialog").open && location.hash.includes("show=")`)
		w.close()
		b.await(`!document.querySelector("dialog").open && !location.hash.includes("show=") && window.tollPage.view.show === ""`)
		if got := b.text("#ask .selected"); !strings.HasPrefix(got, "Selected: claimed perpetrator Ossel Column. ") {
			t.Fatalf("closed by %s, the page says %q", w.name, got)
		}
	}
	// One after the other without waiting.
	for i := range 20 {
		b.eval(nil, `(() => { document.querySelectorAll("[data-table=by-admin1] tbody a.figure")[%d].click(); })()`, i%7)
		b.eval(nil, `(() => { const c = document.querySelector("dialog .close"); c.click(); })()`)
		b.eval(nil, `document.querySelectorAll("[data-table=by-admin1] tbody a.figure")[%d].click()`, (i+3)%7)
		b.await(`document.querySelector("dialog").open`)
		b.eval(nil, `document.querySelector("dialog .close").click()`)
		b.await(`!document.querySelector("dialog").open && !location.hash.includes("show=")`)
	}
	// Within the records a click closes nothing.
	b.eval(nil, `document.querySelector("[data-table=by-admin1] tbody a.figure").click()`)
	b.await(`document.querySelector("dialog").open`)
	b.do(chromedp.Click("dialog h2", chromedp.ByQuery))
	var open bool
	if b.eval(&open, `document.querySelector("dialog").open`); !open {
		t.Error("a click within the records closes them")
	}
	b.quiet()
}

// TestNumbersLeadToAsManyRecords follows every figure that counts some of a row's
// incidents, and every key figure: behind it stand as many as it says.
func TestNumbersLeadToAsManyRecords(t *testing.T) {
	for data, hash := range map[string]string{"data/example": "#?admin1=Grand-Ossel", "data/durand-line-2025": "#?from=2025-10-12"} {
		b := open(t, 1200, 900)
		b.visit(briefing(t, data), hash)
		var links []struct{ Href, Text, Head string }
		b.eval(&links, `Array.from(document.querySelectorAll("[data-table=by-party] td a.figure, [data-table=key-figures-table] td a.figure"), (a) => {
			const td = a.closest("td"), tr = td.parentElement, table = tr.closest("table");
			return { Href: a.hash, Text: a.innerText, Head: table.dataset.table === "by-party" ? table.tHead.rows[0].cells[td.cellIndex].innerText.replace(/[↕↑↓ ]+$/, "") : tr.dataset.measure };
		})`)
		counted := map[string]bool{"Incidents": true, "Killed unknown": true, "Claimed": true, "Attributed": true, "Contested": true, "Involved": true,
			"incidents": true, "fatal": true, "killed.unknown": true, "injured.unknown": true, "killed.open": true}
		n := 0
		for _, l := range links {
			if l.Text == "0" && counted[l.Head] {
				t.Errorf("%s: 0 (%s) is a link", data, l.Head)
			}
			if !counted[l.Head] {
				continue
			}
			b.see(l.Href)
			b.await(`document.querySelector("dialog").open`)
			want := l.Text + " incident"
			if got := b.text("dialog header + p"); !strings.HasPrefix(got, want) {
				t.Errorf("%s: behind %s (%s) stands %q", data, l.Text, l.Head, got)
			}
			n++
		}
		if n < 4 {
			t.Errorf("%s: only %d figures are followed", data, n)
		}
		b.quiet()
	}
}

// TestKeyFiguresOfNothing has a selection without unknown tolls show their count
// as a plain 0.
func TestKeyFiguresOfNothing(t *testing.T) {
	b := open(t, 1200, 900)
	b.visit(briefing(t, "data/example"), "#?from=2023-11-01&to=2023-11-12")
	var zero []string
	b.eval(&zero, `Array.from(document.querySelectorAll("[data-table=key-figures-table] td a, tbody td a.figure")).filter((a) => a.innerText === "0" && !/^(Killed|Injured)$/.test((a.closest("table").tHead.rows[0].cells[a.closest("td").cellIndex] || {}).innerText || "")).map((a) => a.hash)`)
	for _, z := range zero {
		if strings.Contains(z, "unknown") || strings.Contains(z, "open") || strings.Contains(z, "fatal") || strings.Contains(z, "basis") {
			t.Errorf("0 leads to %s", z)
		}
	}
	var plain float64
	b.eval(&plain, `Array.from(document.querySelectorAll("[data-table=key-figures-table] tr[data-measure] td")).filter((td) => td.innerText === "0" && !td.querySelector("a")).length`)
	if plain == 0 {
		t.Error("no key figure is 0: the selection shows nothing")
	}
	b.quiet()
}

// TestLongPathsFitTheRecords has a file whose path is wider than a telephone: the
// records behind a number wrap it, and nothing scrolls sideways.
func TestLongPathsFitTheRecords(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("a-very-long-folder-name_", 6), strings.Repeat("b", 90))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "data", "durand-line-2025", "incidents.csv"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "incidents.csv")
	if err := os.WriteFile(path, text, 0o666); err != nil {
		t.Fatal(err)
	}
	report := briefing(t, path)
	for _, width := range []int{360, 700, 1600} {
		b := open(t, width, 900)
		b.visit(report, "#?show=total")
		b.await(`document.querySelector("dialog").open`)
		var over []string
		b.eval(&over, `[document.documentElement, ...document.querySelectorAll("dialog, dialog .scroll")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.tagName + " " + e.scrollWidth + " in " + e.clientWidth)`)
		for _, o := range over {
			t.Errorf("at %d pixels %s", width, o)
		}
		b.quiet()
	}
}
