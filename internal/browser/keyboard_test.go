package browser

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestKeyboardAlone goes through the page without a pointer: every stop can be
// seen, the form is worked, a number followed to its records and left again, a
// table sorted and copied.
func TestKeyboardAlone(t *testing.T) {
	report := briefing(t, "data/example")
	if ucdp := os.Getenv("TOLL_SHARED"); ucdp != "" {
		if _, err := os.Stat(ucdp + "/data/ucdp_ged_pakistan.csv"); err == nil {
			report = briefing(t, ucdp+"/data/ucdp_ged_pakistan.csv")
		}
	}
	b := open(t, 1200, 900)
	b.visit(report, "")
	press := func(keys string) { t.Helper(); b.do(chromedp.KeyEvent(keys)) }
	const focused = `((e) => e.tagName + " " + (e.name || e.className || e.getAttribute("href") || e.id || e.textContent.slice(0, 20)))(document.activeElement)`
	at := func() string {
		t.Helper()
		var s string
		b.eval(&s, focused)
		return s
	}

	press(kb.Tab)
	if got := at(); got != "A skip" {
		t.Errorf("the first stop is %s", got)
	}
	seen := map[string]bool{}
	for range 60 {
		press(kb.Tab)
		seen[at()] = true
		var marked bool
		b.eval(&marked, `(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1; })()`)
		if !marked {
			t.Errorf("one does not see that %s has the focus", at())
		}
	}
	for _, want := range []string{"A #ask", "INPUT from", "INPUT to", "SELECT place", "SELECT party", "SELECT by", "A figure", "BUTTON sort"} {
		if !seen[want] {
			t.Errorf("the keys do not come to %s", want)
		}
	}

	// Choose the second party by the keys of a list.
	b.eval(nil, `document.querySelector("select[name=party]").focus()`)
	press(kb.ArrowDown)
	b.await(`document.body.classList.contains("narrowed") && document.body.dataset.shown === location.hash`)
	if got := at(); got != "SELECT party" {
		t.Errorf("after a choice %s has the focus", got)
	}

	// Follow a number, stay within its records, and come back to it.
	b.eval(nil, `document.querySelector("[data-table=by-party] tbody a.figure").focus()`)
	press(kb.Enter)
	b.await(`document.querySelector("dialog").open`)
	for range 8 {
		var within bool
		if b.eval(&within, `document.querySelector("dialog").contains(document.activeElement) || document.activeElement === document.body`); !within {
			t.Errorf("behind the records %s has the focus", at())
		}
		press(kb.Tab)
	}
	press(kb.Escape)
	b.await(`!document.querySelector("dialog").open && !location.hash.includes("show=")`)
	if got := at(); got != "A figure" {
		t.Errorf("after the records %s has the focus", got)
	}

	// Sort and copy.
	b.eval(nil, `document.querySelector("[data-table=by-admin1] thead th:nth-child(2) button").focus()`)
	press(" ")
	var sorted string
	if b.eval(&sorted, `document.querySelector("[data-table=by-admin1] thead th:nth-child(2)").getAttribute("aria-sort")`); sorted != "descending" {
		t.Errorf("sorted by the keys: %q", sorted)
	}
	b.eval(nil, `(() => { const d = document.querySelector("[data-table=by-admin1]").closest(".scroll").previousElementSibling; d.querySelector("summary").focus(); })()`)
	press(kb.Enter)
	b.eval(nil, `(() => { const d = document.activeElement.parentElement; Array.from(d.querySelectorAll("button")).find((x) => x.textContent === "Copy as CSV").focus(); })()`)
	press(kb.Enter)
	b.await(`Number(document.body.dataset.copied) > 50`)
	var copied string
	b.eval(&copied, `window.tollPage.sheets.find((s) => s.id === "by-admin1").csv()`)
	if !strings.HasPrefix(copied, "admin1,") {
		t.Errorf("copied: %.100s", copied)
	}
	b.quiet()
}
