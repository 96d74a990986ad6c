package output

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"toll/data"
	"toll/stats"
)

// claimReport is a report of the border night, as the tallies give it.
func claimReport(t *testing.T) *stats.Report {
	t.Helper()
	b := &data.Batch{Dicts: data.NewDicts()}
	add := func(source, sourceSide, attributed, side string, killed, injured data.Count) {
		d, _ := data.DayOf(2025, 10, 11)
		b.Line = append(b.Line, int32(b.N+2))
		b.N++
		b.Start, b.End, b.Prec = append(b.Start, d), append(b.End, d+1), append(b.Prec, data.ToDays)
		for c, s := range map[data.Column]string{data.ColPlace: "the border", data.ColAttributedTo: attributed, data.ColVictimSide: side, data.ColSource: source, data.ColSourceSide: sourceSide} {
			b.Codes[c] = append(b.Codes[c], b.Dicts[c].Code(s))
		}
		b.Killed, b.Injured = append(b.Killed, killed), append(b.Injured, injured)
		b.ID.Append([]byte("PKAF"))
	}
	add("ISPR", "Pakistan", "Afghan Taliban", "Pakistan", data.Exactly(23), data.Exactly(29))
	add("ISPR", "Pakistan", "Pakistan", "Afghan Taliban", data.AtLeast(200), data.Count{})
	add("Mujahid", "Afghan Taliban", "Afghan Taliban", "Pakistan", data.Exactly(58), data.Exactly(30))
	add("Mujahid", "Afghan Taliban", "Pakistan", "Afghan Taliban", data.Exactly(9), data.Exactly(16))
	p := stats.NewPartial(stats.DefaultOptions(), false)
	if err := p.Add(b); err != nil {
		t.Fatal(err)
	}
	a, err := p.Accumulator("admin1", 0)
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The report says who says what: both accounts, each side's bracket, the
// receipt, and the toll under each policy.
func TestReportSaysWhoSaysWhat(t *testing.T) {
	b, err := Render(&Document{Name: "night", Title: "Night", Report: claimReport(t)})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range b.Files {
		if f.Path != "report.md" {
			continue
		}
		md := string(f.Data)
		for _, want := range []string{
			"All their figures added up would read 290+ killed; one toll per incident gives 32–258+.",
			"4 records whose figures add up to 290+ killed; one incident, 32–258+.",
			"| Pakistan | 23 | 58 | – | 23–58 |", "| Afghan Taliban | 9 | 200+ | – | 9–200+ |",
			"| All sides | 223+ killed, 29+ injured | 67 killed, 46 injured |",
			"| the border, 11–12 Oct 2025 | 32–258+ | 226+ |", "| `admission` | 32 |", "| `account:ISPR` | 223+ |", "| Without ISPR | 1 | 67 |",
		} {
			if !strings.Contains(md, want) {
				t.Errorf("the report does not say %q", want)
			}
		}
		return
	}
	t.Fatal("no report.md")
}

func TestPlainReportHasNoAccounts(t *testing.T) {
	for _, d := range []*Document{sample(), tiny()} {
		if bs := accountBlocks(d.Report); len(bs) > 0 {
			t.Errorf("%s: a report of plain records speaks of accounts", d.Name)
		}
	}
}

// TestHostileSourcesLeaveTheAccountsAsTheyAre gives a source a name that tries to
// be more than a name, also as part of a policy.
func TestHostileSourcesLeaveTheAccountsAsTheyAre(t *testing.T) {
	with := func(s string) *Document {
		r := claimReport(t)
		for _, table := range r.Tables {
			for i := range table.Rows {
				for j := range table.Rows[i].Keys {
					k := &table.Rows[i].Keys[j]
					k.ID, k.Label = strings.ReplaceAll(k.ID, "ISPR", s), strings.ReplaceAll(k.Label, "ISPR", s)
				}
			}
		}
		for i := range r.Deadliest {
			r.Deadliest[i].Source = s
		}
		return &Document{Title: "The border", Report: r}
	}
	harmless := render(t, with("harmless"))
	md, html := skeleton(fileOf(t, harmless, "report.md")), tags(t, fileOf(t, harmless, "report.html"))
	for _, h := range hostile {
		b := render(t, with(h))
		if d := cmp.Diff(md, skeleton(fileOf(t, b, "report.md"))); d != "" {
			t.Errorf("%q changes the form of report.md:\n%s", h, d)
		}
		if d := cmp.Diff(html, tags(t, fileOf(t, b, "report.html"))); d != "" {
			t.Errorf("%q changes the form of report.html:\n%s", h, d)
		}
	}
	ids := map[string]bool{}
	for _, e := range elements(t, fileOf(t, harmless, "report.html")) {
		if id := attr(e, "id"); id != "" && ids[id] {
			t.Errorf("two elements are called %q", id)
		} else {
			ids[id] = true
		}
	}
}
