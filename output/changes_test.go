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
	for _, x := range l {
		s += x.Text
	}
	return s
}

func TestDeltaTextGivesTheFiguresBeforeThePerCent(t *testing.T) {
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
		if got := deltaText(c.d); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func row(id, label, partial string) stats.Row {
	return stats.Row{Keys: []stats.Key{{ID: id, Label: label}}, Partial: partial}
}

func TestChangeLine(t *testing.T) {
	c := stats.Change{Kind: "previous month", Before: row("2025-08", "Aug 2025", ""), After: row("2025-09", "Sep 2025", ""), Measures: []stats.Delta{
		{Measure: "incidents", Before: 69, After: 89}, {Measure: "killed", Before: 77 * data.Unit, After: 70 * data.Unit, Bound: "best"}}}
	want := "Previous month: Sep 2025 against Aug 2025. Incidents rose from 69 to 89, by 20 (+29 %); killed fell from 77 to 70, by 7 (−9 %). A change of this size in the number of incidents is not unusual for counts like these (exact test, p = 0.13)."
	if got := text(changeLine(c)); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	c.Measures[1].Bound = "low"
	want += " Tolls are compared by their lowest figures, because some have no best figure."
	if got := text(changeLine(c)); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestChangeLineOfAPartialPeriodGivesNoChange(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"", "to 20 Oct", "Previous month: Oct, to 20 Oct against Sep. No change is given, because the data covers the later one only in part."},
		{"from 3 Sep", "", "Previous month: Oct against Sep, from 3 Sep. No change is given, because the data covers the earlier one only in part."},
		{"from 3 Sep", "to 20 Oct", "Previous month: Oct, to 20 Oct against Sep, from 3 Sep. No change is given, because the data covers both only in part."},
		{"", "", "Previous month: Oct against Sep. No change is given, because their figures are not stated."},
	} {
		got := text(changeLine(stats.Change{Kind: "previous month", Before: row("a", "Sep", c.before), After: row("b", "Oct", c.after)}))
		if got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
	if changeBlocks(&stats.Report{}) != nil {
		t.Error("a section about no change at all")
	}
}

// Published counts: PICSS September and October 2025, and a real surge.
func TestUnusualChangesAreSaidToBe(t *testing.T) {
	for _, c := range []struct {
		before, after int64
		want          string
	}{
		{69, 89, "A change of this size in the number of incidents is not unusual for counts like these (exact test, p = 0.13)."},
		{56, 77, "A change of this size in the number of incidents is not unusual for counts like these (exact test, p = 0.082)."},
		{54, 99, "Counts of incidents this far apart are unusual if nothing has changed (exact test, p < 0.001)."},
		{45, 48, "A change of this size in the number of incidents is not unusual for counts like these (exact test, p = 0.84)."},
		{7, 7, ""},
	} {
		if got := unusualText(stats.Delta{Measure: "incidents", Before: c.before, After: c.after}); got != c.want {
			t.Errorf("%d to %d: %q, want %q", c.before, c.after, got, c.want)
		}
	}
	if got := unusualText(stats.Delta{Measure: "killed", Before: 1, After: 900}); got != "" {
		t.Errorf("deaths are tested like incidents: %q", got)
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
