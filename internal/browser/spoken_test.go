package browser

import (
	"html"
	"os"
	"regexp"
	"strings"
	"testing"
)

// everyText is all that a reader of the page meets: its texts, whether or not they
// are in view now, labels, and the lists of the form.
const everyText = `(() => {
	const out = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n; (n = walk.nextNode());) if (!n.parentElement.closest("script, style, code") && n.data.trim()) out.push(n.data);
	for (const e of document.querySelectorAll("[aria-label], optgroup[label]")) out.push(e.getAttribute("aria-label") || e.label);
	return out;
})()`

// In a language whose every text stands in brackets, no word that the script shows
// stands outside them, but for the names of the data and codes: of all the data, of
// selections, and of the records behind a number.
func TestEveryWordOfThePageIsSpoken(t *testing.T) {
	records, err := os.ReadFile(root + "/data/example/incidents.csv")
	if err != nil {
		t.Fatal(err)
	}
	settings, err := os.ReadFile(root + "/data/example/toll.yaml")
	if err != nil {
		t.Fatal(err)
	}
	words := regexp.MustCompile(`\p{L}{2,}`)
	known := map[string]bool{}
	// Codes: kinds of charts, policies, formats, options and their values.
	codes := "timeseries cumulative calendar perpetrators over time apart locations map severity coverage claims revisions waterfall account native qps ploc profile policy range conservative latest " +
		"majority verified first admission CSV Markdown data example incidents.csv"
	for _, w := range words.FindAllString(string(records)+string(settings)+codes, -1) {
		known[strings.ToLower(w)] = true
	}
	spoken := regexp.MustCompile(`‹[^‹›]*[›…]|\p{L}+…`) // names too long for a drawing are cut
	path := briefing(t, "data/example", "--lang", "qps-ploc")
	printed := textsOf(t, path)
	b := open(t, 1200, 900)
	b.visit(path, "")
	for _, hash := range []string{"#?", "#?admin1=Grand-Ossel&party=Ossel%20Column", "#?from=2023-03-01&to=2023-11-12&count=injured", "#?by=week&policy=conservative", "#?from=1999-01-01&to=1999-01-02", "#?by=quarter&count=killed",
		"#?show=total", "#?show=total/killed.unknown", "#?by=year&show=by-party/Ossel%20Column/basis.claimed"} {
		b.see(hash)
		var all []string
		b.eval(&all, everyText)
		n := 0
		for _, text := range all {
			if printed[strings.TrimSpace(text)] {
				continue
			}
			n++
			for _, w := range words.FindAllString(spoken.ReplaceAllString(text, " "), -1) {
				if !known[strings.ToLower(w)] {
					t.Errorf("%s: the page says %q outside brackets in %q", hash, w, text)
				}
			}
		}
		if n < 60 {
			t.Errorf("%s: the page says %d texts of its own", hash, n)
		}
	}
	b.quiet()
}

// textsOf are the texts that a page has before its script changes it: of these,
// cmd/toll has a test.
func textsOf(t *testing.T, path string) map[string]bool {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for _, s := range regexp.MustCompile(`(?s)<(script|style)[^>]*>.*?</(script|style)>|<[^>]*>`).Split(string(page), -1) {
		texts[strings.TrimSpace(html.UnescapeString(s))] = true
	}
	return texts
}
