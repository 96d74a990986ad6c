package browser

import (
	"bufio"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// corpus reads the hostile names that every output is tried with.
func corpus(t *testing.T) []string {
	t.Helper()
	f, err := os.Open(filepath.Join(root, "internal", "hostile", "names.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var names []string
	for s := bufio.NewScanner(f); s.Scan(); {
		line := strings.TrimSpace(s.Text())
		if line == "" || line[0] == '#' || line[0] == '[' {
			continue
		}
		n, err := strconv.Unquote(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		names = append(names, n)
	}
	return names
}

// TestHostileNamesDoNothing has every field of a dataset hold what somebody who
// means harm would write there. Nothing may run, and every table must still be
// the one that toll tables writes.
func TestHostileNamesDoNothing(t *testing.T) {
	names := corpus(t)
	if len(names) < 200 {
		t.Fatalf("there are %d hostile names", len(names))
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "incidents.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	_ = w.Write([]string{"incident_id", "date", "country", "admin1", "place", "event_type", "attributed_to", "claimed_by", "victim_side", "source", "killed", "injured", "notes"})
	for i, n := range names {
		id := ""
		if i%7 == 0 {
			id = n
		}
		row := []string{id, "2025-0" + strconv.Itoa(1+i%9) + "-11", "Land", n, n, n, n, "", n, n, strconv.Itoa(i % 13), "1", n}
		_ = w.Write(row)
		if id != "" { // told twice
			row[9], row[10] = "another", "5"
			_ = w.Write(row)
		}
	}
	w.Flush()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	b := open(t, 1200, 900)
	b.visit(briefing(t, path, "--title", names[0], "--by", "month"), "")
	b.eval(nil, `window.addEventListener("securitypolicyviolation", (e) => console.error("policy", e.blockedURI)); window.alert = () => console.error("it ran")`)
	same := func(c choice) { b.compare(path, c) }
	same(choice{"#?by=month", []string{"--by", "month"}})
	c := b.choices()
	for i := 0; i < len(c.Parties) && !t.Failed(); i += 9 {
		p := c.Parties[i]
		b.eval(nil, `(() => { const s = window.tollPage.form.party; s.value = %q; s.dispatchEvent(new Event("change")); })()`, p)
		b.await("document.body.dataset.shown === location.hash")
		b.eval(nil, `location.hash = window.tollPage.view.with({ show: "total" }).hash()`)
		b.await(`document.querySelector("dialog").open`)
		b.eval(nil, `document.querySelector("dialog .close").click()`)
		b.await(`!document.querySelector("dialog").open`)
	}
	var strays float64
	b.eval(&strays, `document.querySelectorAll("script, iframe, object, embed, base, link, img:not([src^='data:']), [onerror], [onload], form[action]").length`)
	if strays != 3 { // the page's own script, cells and words
		t.Errorf("the page has %v elements that could do something", strays)
	}
	b.quiet()
}
