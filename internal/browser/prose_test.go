package browser

import (
	"fmt"
	"strings"
	"testing"
)

// TestFiguresOfSentencesLeadToTheirRecords follows the figures in the prose to the
// records behind them, and holds what stands there against the figure.
func TestFiguresOfSentencesLeadToTheirRecords(t *testing.T) {
	b := open(t, 1600, 1000)
	b.visit(briefing(t, "data/example"), "")
	var led, all int
	b.eval(&led, `document.querySelectorAll("span[data-at] > a.figure").length`)
	b.eval(&all, `document.querySelectorAll("span[data-at]").length`)
	if led < 60 || led == all {
		t.Errorf("%d of %d figures lead to records", led, all)
	}
	for address, want := range map[string][]string{
		"total/killed.unknown":                    {"All incidents selected: killed, number not known", "34 incidents: unknown killed"},
		"total/killed.open":                       {"All incidents selected: killed, an open-ended number", "11 incidents: "},
		"total/injured.unknown":                   {"injured, number not known", "56 incidents: ", "unknown injured"},
		"by-admin1/Grand-Ossel/incidents":         {"Grand-Ossel", "104 incidents: 501–543+ killed"},
		"shares/by-admin1/Grand-Ossel/killed_low": {"Grand-Ossel", "104 incidents: 501–543+ killed"},
		"by-month/2024-07/killed":                 {"Jul 2024", "59 incidents: 357–410+ killed"},
		"by-party/Kélundran Army/incidents":       {"Kélundran Army", "165 incidents: 786–948+ killed"},
	} {
		b.eval(nil, `document.querySelector(%q).click()`, fmt.Sprintf("span[data-at='%s'] a", address))
		b.await(`document.querySelector("dialog").open`)
		got := b.text("dialog h2") + "\n" + b.text("dialog header + p")
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("behind %s stands %q, without %q", address, got, w)
			}
		}
		b.eval(nil, `document.querySelector("dialog .close").click()`)
		b.await(`!document.querySelector("dialog").open`)
	}

	b.eval(nil, `document.querySelector("span[data-at^='receipt/']:not([data-at*='(all)']) a").click()`)
	b.await(`document.querySelector("dialog").open`)
	if got := b.text("dialog header + p"); !strings.HasPrefix(got, "1 incident: ") {
		t.Errorf("behind the receipt of one incident stands %q", got)
	}
	if got := b.text("dialog tbody details summary"); !strings.Contains(got, "accounts") {
		t.Errorf("its records are %q", got)
	}
	b.quiet()
}
