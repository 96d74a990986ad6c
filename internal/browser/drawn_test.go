package browser

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDrawnFromTheRowsOfTheCharts holds what the page draws of a selection against
// the files of the charts that a report on the selection has.
func TestDrawnFromTheRowsOfTheCharts(t *testing.T) {
	b := open(t, 1200, 900)
	b.visit(briefing(t, "data/example"), "")
	compared := map[string]int{}
	for hash, args := range map[string][]string{
		"#?party=Ossel+Column":          {"--where", "party=Ossel Column"},
		"#?admin1=Grand-Ossel":          {"--where", "admin1=Grand-Ossel"},
		"#?policy=conservative":         {"--policy", "conservative"},
		"#?from=2024-03-10":             {"--from", "2024-03-10"},
		"#?country=K%C3%A9lundra":       {"--where", "country=Kélundra"},
		"#?to=2024-06-30&policy=latest": {"--to", "2024-06-30", "--policy", "latest"},
	} {
		dir := filepath.Dir(briefing(t, append([]string{"data/example"}, args...)...))
		b.see(hash)
		for _, kind := range []string{"cumulative", "calendar", "severity"} {
			want, err := os.ReadFile(filepath.Join(dir, "charts", kind+".csv"))
			if err != nil {
				continue // too little to draw
			}
			var got string
			b.eval(&got, "window.tollPage.plotted(%q)", kind)
			if got != string(want) {
				t.Errorf("%s, %s: %s", hash, kind, firstDifference(got, string(want)))
			}
			var drawn bool
			if b.eval(&drawn, `!!document.querySelector("figure[data-chart=%s] > svg.drawn")`, kind); !drawn {
				t.Errorf("%s: %s is not drawn", hash, kind)
			}
			compared[kind]++
		}
		b.deadliest(hash, dir)
	}
	for _, kind := range []string{"cumulative", "calendar", "severity"} {
		if compared[kind] < 4 {
			t.Errorf("%s is compared %d times", kind, compared[kind])
		}
	}
	b.quiet()
}

// deadliest compares the tolls of the list of the deadliest with those of a report.
func (b *tab) deadliest(hash, dir string) {
	b.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "tables", "deadliest.csv"))
	if err != nil {
		b.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	var got []string
	b.eval(&got, `Array.from(document.querySelectorAll("[data-table=deadliest-table] tbody tr"), (r) => r.cells[3].innerText.replace(/[,+]/g, ""))`)
	if len(got) != len(rows)-1 {
		b.Errorf("%s: the list of the deadliest has %d rows, the report %d", hash, len(got), len(rows)-1)
		return
	}
	for i, r := range rows[1:] {
		low, best, high := r[2], r[3], r[4]
		want := low + "–" + high
		if low == high {
			want = low
		}
		if best != "" && best != want {
			want = best + " (" + want + ")"
		}
		if got[i] != want {
			b.Errorf("%s: the %d. of the deadliest is %q, and %q in the report", hash, i+1, got[i], want)
		}
	}
}

// TestWhatDoesNotFollowSaysSo has nothing of the whole record stand beside a
// selection unless it says that it is of the whole record.
func TestWhatDoesNotFollowSaysSo(t *testing.T) {
	for _, data := range []string{"data/example", "data/durand-line-2025"} {
		b := open(t, 1200, 900)
		b.visit(briefing(t, data), "")
		var whole map[string]string
		texts := `Object.fromEntries(Array.from(document.querySelectorAll("main figure[data-chart], main table[data-table]"), (e) => [e.dataset.chart || e.dataset.table, e.checkVisibility() ? (e.querySelector("svg:not(.away)") || e).outerHTML : ""]))`
		b.eval(&whole, "%s", texts)
		var last string
		b.eval(&last, "window.tollPage.day(window.tollPage.cells.last)")
		b.see("#?from=" + last)
		var narrowed map[string]string
		b.eval(&narrowed, "%s", texts)
		follow := 0
		for id, was := range whole {
			now := narrowed[id]
			switch {
			case now == "":
				continue
			case now != was:
				follow++
			case id != "inputs" && id != "date-precision" && id != "place-precision" && id != "diagnostics" && id != "options": // said in their section
				t.Errorf("%s: %s stands beside a selection as it was", data, id)
			}
		}
		if follow < 12 {
			t.Errorf("%s: only %d tables and charts follow", data, follow)
		}
		var silent []string
		b.eval(&silent, `Array.from(document.querySelectorAll("main > section:not(#ask):not([data-section=method])")).filter((s) => s.querySelector(".whole") && !s.querySelector("p.instead") && !s.querySelector("table[data-table]:not(.whole *)")).map((s) => s.dataset.section)`)
		for _, s := range silent {
			t.Errorf("%s: section %s does not say that it is put away", data, s)
		}
		for _, want := range []string{"coverage", "“What changed”"} {
			if got := b.text("#ask .left"); !strings.Contains(got, want) {
				t.Errorf("%s: put away is %q", data, got)
			}
		}
		if got := b.text("[data-section=data] p.instead"); got != "Of the whole record, not of the selection." {
			t.Errorf("%s: the part on the data says %q", data, got)
		}
		b.quiet()
	}
}

// A table by two keys is headed by what it counts and by the period it is by.
func TestCaptionsSayWhatIsCounted(t *testing.T) {
	b := open(t, 1200, 900)
	b.visit(briefing(t, "data/example"), "")
	for _, c := range []struct{ hash, table, want string }{
		{"#?count=injured", "period-party", "By month and claimed perpetrator: people injured "},
		{"#?by=week", "period-party", "By week and claimed perpetrator: people killed "},
		{"#?by=week&count=injured", "admin1-party", "By province and claimed perpetrator: people injured "},
		{"#?by=quarter", "by-month", "By quarter "},
		{"#?", "period-party", "By month and claimed perpetrator: people killed "},
	} {
		b.see(c.hash)
		var got string
		b.eval(&got, `document.querySelector("[data-table=%s] caption").firstChild.textContent`, c.table)
		if got != c.want {
			t.Errorf("%s: %s is headed %q, not %q", c.hash, c.table, got, c.want)
		}
	}
	b.quiet()
}
