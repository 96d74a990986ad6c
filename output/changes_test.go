package output

import (
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// text returns a line without its marks.
func text(l line) string {
	s := ""
	for _, x := range spoken(l) {
		s += x.Text
	}
	return s
}

func TestDeltaLineGivesTheFiguresBeforeThePerCent(t *testing.T) {
	const u = data.Unit
	for _, c := range []struct {
		d    stats.Delta
		want string
	}{
		{stats.Delta{Measure: "incidents", Before: 69, After: 89}, "incidents rose from 69 to 89, by 20 (+29 %)"},
		{stats.Delta{Measure: "incidents", Before: 24, After: 21}, "incidents fell from 24 to 21, by 3 (−13 %)"},
		{stats.Delta{Measure: "killed", Before: 77 * u, After: 70 * u}, "killed fell from 77 to 70, by 7 (−9 %)"},
		{stats.Delta{Measure: "killed", Before: 56 * u, After: 77 * u}, "killed rose from 56 to 77, by 21 (+38 %)"},
		{stats.Delta{Measure: "killed", Before: 2 * u, After: 5 * u}, "killed rose from 2 to 5"},
		{stats.Delta{Measure: "killed", Before: 9 * u, After: 18 * u}, "killed rose from 9 to 18"},
		{stats.Delta{Measure: "injured", Before: 0, After: 5 * u}, "injured rose from 0 to 5 (per cent n/a)"},
		{stats.Delta{Measure: "injured", Before: 5 * u, After: 0}, "injured fell from 5 to 0"},
		{stats.Delta{Measure: "injured", Before: 1200 * u, After: 0}, "injured fell from 1,200 to 0, by 1,200 (−100 %)"},
		{stats.Delta{Measure: "killed", Before: 5 * u, After: 5 * u}, "killed unchanged at 5"},
	} {
		if got := text(deltaLine(c.d, "")); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func row(id, label, partial string) stats.Row {
	return stats.Row{Keys: []stats.Key{{ID: id, Label: label}}, Partial: partial}
}

func TestChangeLine(t *testing.T) {
	c := stats.Change{ID: "previous", Before: row("2025-08", "Aug 2025", ""), After: row("2025-09", "Sep 2025", ""), Measures: []stats.Delta{
		{Measure: "incidents", Before: 69, After: 89, P: 0.1304}, {Measure: "killed", Before: 77 * data.Unit, After: 70 * data.Unit, Bound: "best"}}}
	want := "Previous month: Sep 2025 against Aug 2025. Incidents rose from 69 to 89, by 20 (+29 %); killed fell from 77 to 70, by 7 (−9 %). " +
		"A change of this size in the number of incidents is not unusual for counts like these (exact test, p = 0.13, which takes incidents as independent of each other)."
	if got := text(changeLine(c, stats.ByMonth)); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	c.ID, c.Vague = "year-to-date", 1
	c.Measures[1] = stats.Delta{Measure: "killed", Before: 19 * data.Unit, After: 30 * data.Unit, Bound: "low", Bounded: true, Low: -31, High: 52, Deadliest: 21, Later: true, WithoutBefore: 19, WithoutAfter: 9}
	want = "Year to date: Sep 2025 against Aug 2025. Incidents rose from 69 to 89, by 20 (+29 %); killed rose from 19 to 30, by 11 (+58 %). " +
		"A change of this size in the number of incidents is not unusual for counts like these (exact test, p = 0.13, which takes incidents as independent of each other). " +
		"Were the incidents drawn anew by chance, the change in killed would lie between −31 and +52 (95 % interval): it may be no more than the chance of single incidents. " +
		"Without the deadliest incident of the two periods, which killed at least 21 in Sep 2025, killed goes from 19 to 9. 1 incident is dated too vaguely to be in either."
	if got := text(changeLine(c, stats.ByMonth)); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for low, said := range map[int64]string{4: "between +4 and +52 (95 % interval): a rise throughout.", -60: "between −60 and −3 (95 % interval): a fall throughout."} {
		d := c.Measures[1]
		d.Low, d.High = low, 52
		if low < 0 {
			d.High = -3
		}
		if got := text(inSentences(deathLines(d, c)...)); !strings.Contains(got, said) {
			t.Errorf("%q has not %q", got, said)
		}
	}
}

// What each comparison is called, by every reporting period.
func TestEveryComparisonHasAName(t *testing.T) {
	for p := stats.ByWeek; p <= stats.ByYear; p++ {
		for _, id := range []string{"previous", "year-before", "year-to-date"} {
			if id == "year-before" && p == stats.ByYear {
				continue
			}
			if got := text(changeLine(stats.Change{ID: id, Before: row("a", "A", ""), After: row("b", "B", "")}, p)); strings.Contains(got, "{") {
				t.Errorf("%s by %v: %q", id, p, got)
			}
		}
	}
	if changeBlocks(&stats.Report{}) != nil {
		t.Error("a section about no change at all")
	}
}

// Published counts: PICSS September and October 2025, and a real surge.
func TestUnusualChangesAreSaidToBe(t *testing.T) {
	tested := stats.Dispersion{Factor: 0.9, Pairs: 20, Freedom: 13}
	clustered := stats.Dispersion{Factor: 2.75, Pairs: 20, Freedom: 13}
	for _, c := range []struct {
		before, after int64
		d             stats.Dispersion
		want          string
	}{
		{69, 89, tested, "A change of this size in the number of incidents is not unusual for counts like these (exact test, p = 0.13)."},
		{56, 77, tested, "A change of this size in the number of incidents is not unusual for counts like these (exact test, p = 0.082)."},
		{54, 99, tested, "Counts of incidents this far apart are unusual if nothing has changed (exact test, p < 0.001)."},
		{54, 99, stats.Dispersion{}, "Counts of incidents this far apart are unusual if nothing has changed (exact test, p < 0.001, which takes incidents as independent of each other)."},
		{54, 99, clustered, "A change of this size in the number of incidents is not unusual for counts like these (p = 0.051, allowing for counts whose variance is 2.8 times that of independent incidents, by 20 earlier pairs)."},
		{45, 48, tested, "A change of this size in the number of incidents is not unusual for counts like these (exact test, p = 0.84)."},
		{7, 7, tested, ""},
	} {
		d := stats.Delta{Measure: "incidents", Before: c.before, After: c.after, P: stats.ChangeTest(c.before, c.after, c.d)}
		if got := text(inSentences(unusualLine(stats.Change{Dispersion: c.d, Measures: []stats.Delta{d}})...)); got != c.want {
			t.Errorf("%d to %d: %q, want %q", c.before, c.after, got, c.want)
		}
	}
	if got := unusualLine(stats.Change{Measures: []stats.Delta{{Measure: "killed", Before: 1, After: 900}}}); got != nil {
		t.Errorf("deaths are tested like incidents: %q", text(inSentences(got...)))
	}
}

func TestWhyNothingIsCompared(t *testing.T) {
	d := tiny()
	d.Report.Changes = nil
	d.Report.Period = stats.ByDay
	md := fileOf(t, render(t, d), "report.md")
	if d.Report.PeriodTable() != nil && !strings.Contains(md, "Single days are not compared") {
		t.Error("the report does not say why nothing is compared")
	}
}
