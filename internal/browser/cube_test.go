package browser

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// many writes a file of more incidents than a page carries one by one, with what
// makes sums hard: vague dates, spans, ranges, open ends, tolls not known, shares
// of a person, claims and denials, places without a province, and incidents that
// two records tell.
func many(t *testing.T, n, provinces, parties int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "many.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w, r := bufio.NewWriter(f), rand.New(rand.NewPCG(5, 6))
	fmt.Fprintln(w, "incident_id,date,date_end,country,admin1,place,attributed_to,claimed_by,killed,killed_low,killed_high,injured,source")
	for i := range n {
		date := fmt.Sprintf("%04d-%02d-%02d", 2016+r.IntN(6), 1+r.IntN(12), 1+r.IntN(28))
		end := ""
		switch r.IntN(60) {
		case 0:
			date = date[:7]
		case 1:
			date = date[:4]
		case 2:
			date = ""
		case 3:
			day, _ := time.Parse(time.DateOnly, date)
			end = day.AddDate(0, 0, r.IntN(50)).Format(time.DateOnly)
		}
		p := r.IntN(provinces)
		province, claimed, id := fmt.Sprintf("Province %d", p), "", ""
		if r.IntN(40) == 0 {
			province = ""
		}
		party := fmt.Sprintf("Party %d", r.IntN(parties))
		switch r.IntN(12) {
		case 0:
			claimed = party
		case 1:
			claimed = fmt.Sprintf("Party %d", r.IntN(parties))
		case 2:
			party = ""
		case 3:
			party += fmt.Sprintf("; Party %d", r.IntN(parties))
		}
		k := r.IntN(9)
		killed, low, high := fmt.Sprint(k), "", ""
		switch r.IntN(9) {
		case 0:
			killed = ""
		case 1:
			killed = fmt.Sprintf("at least %d", k)
		case 2:
			killed, low, high = "", fmt.Sprint(k), fmt.Sprint(k+r.IntN(7))
		case 3:
			low, high = fmt.Sprint(max(0, k-1)), fmt.Sprint(k+2)
		}
		row := func(source, killed string) {
			fmt.Fprintf(w, "%s,%s,%s,Country %d,%s,Town %d,%s,%s,%s,%s,%s,%d,%s\n", id, date, end, p%7, province, r.IntN(400), party, claimed, killed, low, high, r.IntN(20), source)
		}
		if i%5000 == 0 {
			id = fmt.Sprintf("I%d", i)
			row("first", "7")
			party = fmt.Sprintf("Party %d", r.IntN(parties))
			row("second", "9")
			continue
		}
		row("", killed)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestSumsInPlaceOfIncidents has a page of too many incidents answer from sums:
// every table of a selection of whole periods, a place and a party must be that of
// toll tables.
func TestSumsInPlaceOfIncidents(t *testing.T) {
	if testing.Short() {
		t.Skip("a report of more than 200,000 incidents is made")
	}
	for _, set := range []struct {
		n, provinces, parties int
		unit                  string
	}{{205_000, 30, 12, "month"}, {330_000, 100, 45, "quarter"}} {
		data := many(t, set.n, set.provinces, set.parties)
		report := briefing(t, data, "--by", "quarter")
		info, err := os.Stat(report)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > 3_000_000 {
			t.Errorf("the page takes %d bytes", info.Size())
		}
		b := open(t, 1200, 900)
		b.visit(report, "")
		var unit, limits, took string
		var paint float64
		b.eval(&unit, "window.tollPage.cells.unit")
		b.eval(&limits, "window.tollPage.cells.limits")
		b.eval(&took, "document.body.dataset.took")
		b.await(`performance.getEntriesByName("first-contentful-paint").length > 0`)
		b.eval(&paint, `performance.getEntriesByName("first-contentful-paint")[0].startTime`)
		if unit != set.unit || !strings.Contains(b.text("#ask"), limits) || !strings.Contains(limits, "by "+unit+", province and claimed perpetrator") {
			t.Errorf("the sums are by %s: %s", unit, limits)
		}
		for _, selector := range []string{"a.figure", "select[name=policy]"} {
			if got := b.text(selector); got != "(nothing)" {
				t.Errorf("there is %s: %q", selector, got)
			}
		}
		r, c, tables := rand.New(rand.NewPCG(7, 8)), b.choices(), 0
		for range 12 {
			tables += b.compareSums(data, b.wholePeriods(c, r, unit), unit)
			if t.Failed() {
				return
			}
		}
		b.see("#?from=2017-03-10&show=total&place=Town+3&policy=latest&by=day")
		var open bool
		if b.eval(&open, `document.querySelector("dialog").open`); open {
			t.Error("there are records behind a sum")
		}
		if got := b.text("#ask .selected"); !strings.HasPrefix(got, "Selected: from 1 ") || strings.Contains(got, "Town") {
			t.Errorf("of a day within a period the page says %q", got)
		}
		b.quiet()
		t.Logf("%d records, sums by %s: %d bytes, paint %.0f ms, first sums %s ms, %d tables are those of toll tables", set.n, unit, info.Size(), paint, took, tables)
	}
}

// wholePeriods draws a selection that sums can answer.
func (b *tab) wholePeriods(c choices, r *rand.Rand, unit string) choice {
	b.Helper()
	var from, to []string
	of := `Array.from(window.tollPage.form.%s.options, (o) => o.value).filter((v) => v !== "")`
	b.eval(&from, of, "from")
	b.eval(&to, of, "to")
	q, args := url.Values{}, []string{"--by", []string{unit, "year"}[r.IntN(2)]}
	q.Set("by", args[1])
	first := r.IntN(len(from))
	if r.IntN(2) == 0 {
		q.Set("from", from[first])
		args = append(args, "--from", from[first])
	}
	if r.IntN(2) == 0 {
		last := first + r.IntN(len(to)-first)
		q.Set("to", to[last])
		args = append(args, "--to", to[last])
	}
	if r.IntN(2) == 0 {
		k, v, _ := strings.Cut(c.Places[r.IntN(len(c.Places))], "=")
		q.Set(k, v)
		args = append(args, "--where", k+"="+v)
	}
	if r.IntN(2) == 0 {
		p := c.Parties[r.IntN(len(c.Parties))]
		q.Set("party", p)
		args = append(args, "--where", "party="+p)
	}
	return choice{"#?" + strings.ReplaceAll(q.Encode(), "+", "%20"), args}
}

// compareSums is compare for the tables that sums have.
func (b *tab) compareSums(data string, c choice, unit string) int {
	b.Helper()
	was := followed
	defer func() { followed = was }()
	followed = []string{"by-year", "by-country", "by-admin1", "by-party", "period-party", "admin1-party", "country-party"}
	switch unit {
	case "month":
		followed = append(followed, "by-month", "by-quarter")
	case "quarter":
		followed = append(followed, "by-quarter")
	}
	return b.compare(data, c)
}
