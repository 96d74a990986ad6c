package charts

import (
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// TestNoEventIsLost holds that every event is on the chart by its label or a
// number with an entry in the list, or that drawing says how many are not; and
// that the plotted rows have all of them.
func TestNoEventIsLost(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 9, 17, 60} {
		for _, size := range []Size{Slide, Column, Square} {
			figs, _ := Plan(noted("", n).report())
			for _, id := range []string{"timeseries", "cumulative"} {
				f := figureOf(t, figs, id)
				c := borrow(Options{Size: size}.settled())
				s := f.paint(c, Options{Size: size}.settled())
				giveBack(c)
				shown, missing := 0, ""
				var all strings.Builder
				for _, b := range s.boxes {
					if b.Role == "event" {
						all.WriteString(b.Text + " ")
					}
				}
				for _, w := range s.warnings {
					missing += w
				}
				text := strings.ReplaceAll(all.String(), nbsp, " ")
				for _, e := range noted("", n).events {
					if y, m, d := e.Day.Civil(); strings.Contains(text, strings.ReplaceAll(Event{e.Day, ""}.text(), nbsp, " ")) && y+m+d > 0 {
						shown++
					}
				}
				if shown < n && !strings.Contains(missing, stats.Number(int64(n-shown))+nbsp+"event") {
					t.Errorf("%s/%s: %d of %d events are shown, warned of %q; text %q", id, size.Name, shown, n, missing, text)
				}
			}
			rows := 0
			f := figureOf(t, figs, "timeseries")
			for _, r := range f.Rows {
				for _, part := range strings.Split(r[len(r)-1], "; ") {
					if part != "" {
						rows++
					}
				}
			}
			if rows != n {
				t.Errorf("the plotted rows hold %d of %d events", rows, n)
			}
			if !strings.Contains(f.Note, "noted by the author") || !strings.Contains(f.Alt, " noted") {
				t.Errorf("note %q, alternative text %q", f.Note, f.Alt)
			}
		}
	}
}

func TestEventsOutside(t *testing.T) {
	w := twoYears()
	w.events = []Event{{day(2022, 12, 31), "before"}, {day(2023, 5, 1), "within"}, {day(2025, 1, 1), "after"}}
	r, c := w.report()
	got := Remarks(r, c)
	if len(got) != 2 || !strings.Contains(got[0], "before") || !strings.Contains(got[1], "after") {
		t.Errorf("remarks %q", got)
	}
	figs, _ := Plan(r, c)
	f := figureOf(t, figs, "timeseries")
	if !strings.Contains(f.Alt, "with 1 event noted") {
		t.Errorf("alternative text %q", f.Alt)
	}
	c.Events = []Event{{data.NoDay, "never"}}
	if figs, _ := Plan(r, c); len(figs) == 0 {
		t.Error("an event without a day stops the charts")
	}
}
