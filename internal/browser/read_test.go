package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

const selection = "#?admin1=Grand-Ossel&party=Ossel%20Column"

// TestJourney opens the page from disk, chooses, follows a number to its records
// and goes back.
func TestJourney(t *testing.T) {
	b := open(t, 1600, 1000)
	b.visit(briefing(t, "data/example"), "")
	b.see("#?")
	if got := b.text("#ask .selected"); got != "All the data: 600 incidents. Choose above, or follow a number to the records behind it." {
		t.Errorf("the page says %q", got)
	}
	b.shot("wide", 4)

	b.eval(nil, `(() => { const s = document.querySelector("select[name=party]"); s.value = "Ossel Column"; s.dispatchEvent(new Event("change", { bubbles: true })); })()`)
	b.await(`document.body.dataset.shown === "#?party=Ossel+Column"`)
	if got := b.text("#ask .selected"); !strings.HasPrefix(got, "Selected: claimed perpetrator Ossel Column. ") {
		t.Errorf("the selection is said as %q", got)
	}
	var left string
	b.eval(&left, `Array.from(document.querySelectorAll("main > p, main > section:not(#ask):not([data-section=data]):not([data-section=method]) > :is(p, ul)")).filter((e) => e.checkVisibility()).map((e) => e.innerText).join("\n")`)
	if strings.Contains(left, "On average") || strings.Contains(left, "deadliest") {
		t.Errorf("beside a selection stand sentences on all the data: %s", left)
	}
	for _, want := range []string{"Not shown for a selection: charts: ", "coverage", "“What changed”", "“The deadliest incidents together”."} {
		if got := b.text("#ask .left"); !strings.Contains(got, want) {
			t.Errorf("of what is put away the page says %q, without %q", got, want)
		}
	}
	if got := b.text("p.lead"); !strings.HasPrefix(got, "Of the selection (claimed perpetrator Ossel Column): ") {
		t.Errorf("the headline is %q", got)
	}
	row := `[data-table=by-admin1] tbody tr:first-child`
	number := b.text(row + " td:nth-child(3)")
	b.do(chromedp.Click(row+" td:nth-child(3) a", chromedp.ByQuery))
	b.await(`document.querySelector("dialog").open`)
	if got := b.text("dialog p"); !strings.Contains(got, ": "+number+" killed") {
		t.Errorf("behind %s stands %q", number, got)
	}
	if got := b.text("dialog tbody code"); !strings.HasPrefix(got, "data/example/incidents.csv:") {
		t.Errorf("the record is %q", got)
	}
	b.shot("records", 0)
	b.do(chromedp.NavigateBack())
	b.await(`!document.querySelector("dialog").open && document.body.dataset.shown === "#?party=Ossel+Column"`)
	b.eval(nil, `document.querySelector("nav a[href='#method']").click()`)
	b.await(`location.hash === "#?party=Ossel+Column" && document.activeElement.id === "method"`)
	b.do(chromedp.NavigateBack())
	b.await(`document.body.dataset.shown === "#?" && !document.body.classList.contains("narrowed")`)
	b.quiet()
}

// TestAccountsBehindANumber has the records of an incident that several tell say
// which was used and which was not.
func TestAccountsBehindANumber(t *testing.T) {
	b := open(t, 1600, 1000)
	b.visit(briefing(t, "data/durand-line-2025"), "#?show=total&policy=conservative")
	b.await(`document.querySelector("dialog").open`)
	got := b.text("dialog")
	for _, want := range []string{"data/durand-line-2025/incidents.csv:", "Afghan Taliban", "policy conservative"} {
		if !strings.Contains(got, want) {
			t.Errorf("the records do not say %q: %s", want, got)
		}
	}
	b.shot("accounts", 0)
	b.quiet()
}

// TestTheViewIsInTheAddress has a page opened at an address show what the address
// asks for, and an address that asks for nonsense show all.
func TestTheViewIsInTheAddress(t *testing.T) {
	report := briefing(t, "data/example")
	b := open(t, 1200, 900)
	b.visit(report, selection+"&count=injured&by=year")
	if got := b.text("[data-table=by-month] caption"); !strings.HasPrefix(got, "By year") {
		t.Errorf("the table is %q", got)
	}
	if got := b.text("[data-table=by-party] thead"); strings.Contains(got, "Killed") || !strings.Contains(got, "Injured unknown") || !strings.Contains(got, "Injured") {
		t.Errorf("of the injured alone, the heads are %q", got)
	}
	for _, nonsense := range []string{"#?from=2024-99-99&party=Nobody&policy=none&by=hour&show=by-moon/3", "#?show=by-party/Nobody", "#?show=%"} {
		b.see(nonsense)
		if got := b.text("#ask .selected"); !strings.HasPrefix(got, "All the data: 600") {
			t.Errorf("%s shows %q", nonsense, got)
		}
	}
	b.quiet()
}

// TestHeadlineOfASelection holds the page's sentences against those of a report
// on the selection.
func TestHeadlineOfASelection(t *testing.T) {
	b := open(t, 1200, 900)
	b.visit(briefing(t, "data/example"), "")
	for hash, args := range map[string][]string{
		"#?party=Ossel+Column":                          {"--where", "party=Ossel Column"},
		"#?admin1=Port-Thal%C3%A9a&policy=conservative": {"--where", "admin1=Port-Thaléa", "--policy", "conservative"},
		"#?from=2024-07-21&to=2024-07-21":               {"--from", "2024-07-21", "--to", "2024-07-21"},
		"#?from=2025-03-01&to=2025-03-31":               {"--from", "2025-03-01", "--to", "2025-03-31"},
	} {
		md, err := os.ReadFile(filepath.Join(filepath.Dir(briefing(t, append([]string{"data/example"}, args...)...)), "report.md"))
		if err != nil {
			t.Fatal(err)
		}
		b.see(hash)
		_, said, _ := strings.Cut(b.text("p.lead"), "): ")
		if said == "" || !strings.Contains(strings.ReplaceAll(string(md), "\\", ""), said) {
			t.Errorf("%s: the page says %q, and the report does not", hash, said)
		}
	}
}

// TestTheSameTablesWithAndWithoutTheScript has the script write the tables of all
// the data as they stand in the file.
func TestTheSameTablesWithAndWithoutTheScript(t *testing.T) {
	texts := `Object.fromEntries(Array.from(document.querySelectorAll("table[data-table]"), (t) => [t.dataset.table, t.innerText.replace(/[↕\s]+/g, " ")]))`
	for _, data := range []string{"data/example", "data/durand-line-2025"} {
		report := briefing(t, data)
		off := open(t, 1600, 1000)
		off.do(emulation.SetScriptExecutionDisabled(true), chromedp.Navigate("file://"+report))
		var plain, scripted map[string]string
		off.eval(&plain, "%s", texts)
		off.shot("plain-"+filepath.Base(data), 2)
		if len(plain) < 10 {
			t.Errorf("%s: without the script the page has %d tables", data, len(plain))
		}
		on := open(t, 1600, 1000)
		on.visit(report, "")
		on.see("#?policy=conservative&by=year&count=injured")
		on.see("#?")
		on.eval(&scripted, "%s", texts)
		for id, text := range plain {
			if scripted[id] != text {
				t.Errorf("%s, %s: without the script\n%s\nwith it\n%s", data, id, text, scripted[id])
			}
		}
		off.quiet()
	}
}

// TestSortFilterCopy works the tools of a table.
func TestSortFilterCopy(t *testing.T) {
	b := open(t, 1200, 900)
	b.visit(briefing(t, "data/example"), "")
	first := func() string { return b.text("[data-table=by-admin1] tbody tr:not([hidden]) th") }
	was := first()
	b.eval(nil, `document.querySelector("[data-table=by-admin1] thead th:nth-child(2) button").click()`)
	b.eval(nil, `document.querySelector("[data-table=by-admin1] thead th:nth-child(2) button").click()`)
	if now := first(); now == was {
		t.Errorf("sorted by incidents from the fewest, %s still stands first", now)
	}
	b.eval(nil, `document.querySelector("[data-table=by-admin1] thead th:nth-child(2) button").click()`)
	if now := first(); now != was {
		t.Errorf("in the order of the report %s stands first, and not %s", now, was)
	}
	b.eval(nil, `(() => { const i = document.querySelector("input[type=search][aria-label*='province']"); i.value = "sarine"; i.dispatchEvent(new Event("input")); })()`)
	if now := first(); now != "Côte-Sarine" {
		t.Errorf("of the rows with “sarine” %s stands first", now)
	}
	var markdown string
	b.eval(&markdown, `(() => { const s = window.tollPage.sheets.find((s) => s.id === "by-admin1"); return s.markdown(); })()`)
	if lines := strings.Split(strings.TrimSpace(markdown), "\n"); len(lines) != 3 || !strings.HasPrefix(lines[2], "| Côte-Sarine | ") || !strings.HasPrefix(lines[1], "| --- | ---: |") {
		t.Errorf("as Markdown: %s", markdown)
	}
	b.quiet()
}

// TestLooks opens the page in every size and colour: nothing may be wider than
// the screen.
func TestLooks(t *testing.T) {
	report := briefing(t, "data/example")
	for _, width := range []int{360, 800, 1600} {
		for _, scheme := range []string{"light", "dark"} {
			b := open(t, width, 900)
			b.scheme(scheme)
			b.visit(report, selection)
			var wide float64
			b.eval(&wide, "document.documentElement.scrollWidth")
			if int(wide) > width {
				t.Errorf("at %d pixels the page is %v wide", width, wide)
			}
			b.shot(scheme+"-"+string(rune('0'+width/400)), 4)
			if width == 360 {
				b.see("#?")
				b.shot("phone-"+scheme, 6)
			}
			b.quiet()
		}
	}
}

// TestPrint prints to PDF, with and without a selection.
func TestPrint(t *testing.T) {
	report := briefing(t, "data/example")
	b := open(t, 1200, 900)
	for name, hash := range map[string]string{"all": "", "selection": selection} {
		b.visit(report, hash)
		b.do(chromedp.ActionFunc(func(ctx context.Context) error {
			pdf, _, err := page.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
			if err != nil {
				return err
			}
			if len(pdf) < 20_000 || !strings.HasPrefix(string(pdf), "%PDF") {
				t.Errorf("the printed page is %d bytes", len(pdf))
			}
			if !strings.Contains(string(pdf), "/MediaBox [0 0 594.95996 841.91998]") && !strings.Contains(string(pdf), "/MediaBox [0 0 595") {
				t.Error("the printed page is not A4")
			}
			if dir := os.Getenv("TOLL_SHOTS"); dir != "" {
				return os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o666)
			}
			return nil
		}))
		b.do(chromedp.Navigate("about:blank"))
	}
	b.quiet()
}

// TestPictureIsSaved makes a PNG of a chart, of the report and of a selection.
func TestPictureIsSaved(t *testing.T) {
	b := open(t, 1200, 900)
	b.visit(briefing(t, "data/example"), "")
	b.eval(nil, `HTMLAnchorElement.prototype.click = function () { window.saved = [this.download, this.href.length, this.href.slice(0, 22)]; }`)
	for _, hash := range []string{"#?", selection} {
		b.see(hash)
		b.eval(nil, `(() => { window.saved = null; document.querySelector("figure[data-chart=timeseries] button.save").click(); })()`)
		time.Sleep(100 * time.Millisecond)
		b.await("window.saved !== null")
		var saved []any
		b.eval(&saved, "window.saved")
		if saved[0] != "timeseries.png" || saved[1].(float64) < 10_000 || saved[2] != "data:image/png;base64," {
			t.Errorf("%s: %v is saved", hash, saved)
		}
	}
	b.quiet()
}
