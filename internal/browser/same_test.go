package browser

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// choice is one selection, as the address bar and as the command line have it.
type choice struct {
	hash string
	args []string
}

// choices lists what a page offers to choose from.
type choices struct {
	Places, Parties, Policies []string
	First, Last               int
}

func (b *tab) choices() choices {
	b.Helper()
	var c choices
	b.eval(&c, `(() => { const p = window.tollPage, of = (s) => Array.from(s.querySelectorAll("option"), (o) => o.value).filter((v) => v !== "");
		return { Places: of(p.form.place), Parties: of(p.form.party), Policies: of(p.form.policy), First: p.cells.first, Last: p.cells.last }; })()`)
	return c
}

// random draws a selection.
func (c choices) random(r *rand.Rand, day func(int) string) choice {
	q, by := url.Values{}, []string{"day", "week", "month", "quarter", "year"}[r.IntN(5)]
	args := []string{"--by", by}
	q.Set("by", by)
	if r.IntN(3) == 0 {
		from := c.First + r.IntN(c.Last-c.First+1)
		q.Set("from", day(from))
		args = append(args, "--from", day(from))
		if r.IntN(2) == 0 {
			to := from + r.IntN(c.Last-from+1)
			q.Set("to", day(to))
			args = append(args, "--to", day(to))
		}
	} else if r.IntN(4) == 0 {
		to := c.First + r.IntN(c.Last-c.First+1)
		q.Set("to", day(to))
		args = append(args, "--to", day(to))
	}
	if r.IntN(2) == 0 {
		p := c.Places[r.IntN(len(c.Places))]
		k, v, _ := strings.Cut(p, "=")
		q.Set(k, v)
		args = append(args, "--where", p)
	}
	if r.IntN(2) == 0 {
		p := c.Parties[r.IntN(len(c.Parties))]
		q.Set("party", p)
		args = append(args, "--where", "party="+p)
	}
	if r.IntN(2) == 0 {
		p := c.Policies[r.IntN(len(c.Policies))]
		q.Set("policy", p)
		args = append(args, "--policy", p)
	}
	return choice{"#?" + strings.ReplaceAll(q.Encode(), "+", "%20"), args}
}

// followed are the tables of a page that follow a selection, as files.
var followed = []string{"by-day", "by-week", "by-month", "by-quarter", "by-year", "by-country", "by-admin1", "by-admin2", "by-place", "by-party",
	"period-party", "admin1-party", "country-party", "by-event-type", "by-severity"}

// compare holds every table of a selection against the file that toll tables
// writes for it, byte for byte, and returns how many tables there were.
func (b *tab) compare(data string, c choice) int {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "tables")
	toll(b, root, append([]string{"tables", data, "-o", dir}, c.args...)...)
	b.see(c.hash)
	wanted := map[string]string{}
	for _, id := range followed {
		if id == "by-day" && c.args[1] != "day" {
			continue // without its quiet days, for charts
		}
		if text, err := os.ReadFile(filepath.Join(dir, "tables", id+".csv")); err == nil {
			wanted[id] = string(text)
		}
	}
	ids := make([]string, 0, len(wanted))
	for _, id := range followed {
		if _, ok := wanted[id]; ok {
			ids = append(ids, id)
		}
	}
	list, _ := json.Marshal(ids)
	var got map[string]string
	b.eval(&got, `Object.fromEntries(%s.map((id) => [id, window.tollPage.csv(id)]))`, list)
	for _, id := range ids {
		if got[id] != wanted[id] {
			b.Errorf("%s with %q:\n%s", id, c.args, firstDifference(got[id], wanted[id]))
		}
	}
	return len(ids)
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		x, y := "(no line)", "(no line)"
		if i < len(g) {
			x = g[i]
		}
		if i < len(w) {
			y = w[i]
		}
		if x != y {
			return fmt.Sprintf("line %d: the page has %q, toll tables %q", i+1, x, y)
		}
	}
	return "they are the same"
}

// TestSameFigures draws selections at random and holds what the page makes of
// them against toll tables.
func TestSameFigures(t *testing.T) {
	draws := 200
	if testing.Short() {
		draws = 20
	}
	for _, set := range []struct {
		data  string
		share int
	}{{"data/example", 3}, {"data/durand-line-2025", 1}} {
		b := open(t, 1200, 900)
		b.visit(briefing(t, set.data), "")
		r := rand.New(rand.NewPCG(1, 2))
		c, tables := b.choices(), 0
		day := func(n int) string {
			var s string
			b.eval(&s, "window.tollPage.day(%d)", n)
			return s
		}
		n := draws * set.share / 4
		for range n {
			tables += b.compare(set.data, c.random(r, day))
			if t.Failed() {
				return
			}
		}
		b.quiet()
		t.Logf("%s: %d tables of %d selections are those of toll tables", set.data, tables, n)
	}
}
