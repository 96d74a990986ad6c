package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"toll/data/record"
	"toll/internal/catalogue"
)

var (
	spoken   = regexp.MustCompile(`‹[^‹›]*›`)
	ticked   = regexp.MustCompile("`[^`]*`")
	option   = regexp.MustCompile(`^\| (A: |B: )?[a-z-]+ \| [^|]* \|$|native \(`)
	hexes    = regexp.MustCompile(`[0-9a-f]{12,}|toll:[a-z0-9-]+|(charts|tables)/[a-z0-9-]+\.csv`)
	linked   = regexp.MustCompile(`\[(tables|charts)/[^\]]*\]\([^)]*\)|\[[a-z]+\.json\]\([^)]*\)|\]\([^)]*\)`)
	tagged   = regexp.MustCompile(`(?s)<(script|style|code)[^>]*>.*?</(script|style|code)>|<title>.*?</title>|<[^>]*>`)
	parts    = regexp.MustCompile(`\{[A-Za-z0-9]+\}`)
	wordlike = regexp.MustCompile(`\p{L}{2,}`)
)

// namesOfData are the words that the records bring as names of places, parties,
// sources and types, and those of the settings of a dataset.
func namesOfData(t *testing.T, dirs ...string) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	note := func(s string) {
		for _, w := range wordlike.FindAllString(s, -1) {
			known[strings.ToLower(w)] = true
		}
	}
	for _, dir := range dirs {
		b, err := os.ReadFile(filepath.Join(dir, "incidents.csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, head := range rows[0] {
			switch head {
			case "incident_id", "country", "admin1", "admin2", "place", "event_type", "attributed_to", "claimed_by", "involved", "victim_side", "source", "source_side":
				for _, r := range rows[1:] {
					note(r[i])
				}
			}
		}
		if b, err = os.ReadFile(filepath.Join(dir, "toll.yaml")); err == nil {
			note(string(b))
		}
		note(dir + " incidents.csv")
	}
	return known
}

// foreign returns the words of a text that neither the catalogue nor the data
// brings.
func foreign(text string, known map[string]bool) []string {
	var out []string
	for _, w := range wordlike.FindAllString(hexes.ReplaceAllString(spoken.ReplaceAllString(text, " "), " "), -1) {
		if w = strings.ToLower(w); !known[w] && !slices.Contains(out, w) && !cut(w, known) {
			out = append(out, w)
		}
	}
	return out
}

// cut reports whether a word is the beginning of one that is known: names too long
// for a chart are cut.
func cut(w string, known map[string]bool) bool {
	for k := range known {
		if len(w) > 2 && strings.HasPrefix(k, w) {
			return true
		}
	}
	return false
}

// saysOf are the texts that a page hands to its script.
func saysOf(t *testing.T, html string) map[string]string {
	t.Helper()
	_, rest, found := strings.Cut(html, `<script type="application/json" id="says">`)
	b, _, ended := strings.Cut(rest, "</script>")
	says := map[string]string{}
	if err := json.Unmarshal([]byte(b), &says); err != nil || !found || !ended {
		t.Fatalf("the words of the script are not on the page: %v", err)
	}
	return says
}

// In a language whose every text stands in brackets, no word of a briefing, its
// charts and its tables stands outside them, but for the names of the data, codes
// and files.
func TestEveryWordOfABriefingIsSpoken(t *testing.T) {
	repository(t)
	defer func() { _ = catalogue.Speak("") }()
	// Codes: ids of charts, how a file was read, policies, the options and their values.
	machine := strings.Fields("timeseries cumulative calendar perpetrators over time apart locations map severity coverage claims revisions waterfall account sha native manifest " +
		"qps ploc lang multi joint population profile policy range conservative experimental min cell km country")
	page := strings.Fields("by from to where as of top day days week month no other fits the header note json") // of options, on a page that is not in lines
	for _, args := range [][]string{
		{"report", "data/example", "--experimental"}, {"report", "data/durand-line-2025"}, {"report", "data/example", "--by", "week", "--policy", "conservative", "--where", "country=Kélundra"},
		{"report", "data/example", "--min-cell", "5"}, {"report", "data/example", "--from", "2030-01-01"}, {"compare", "data/example", "data/durand-line-2025", "--lang", catalogue.Bracketed},
	} {
		known := namesOfData(t, "data/example", "data/durand-line-2025")
		for _, w := range machine {
			known[w] = true
		}
		for _, c := range record.Codes() { // findings have a table of their own (docs/diagnostics.md)
			for _, w := range wordlike.FindAllString(c.Title+" note warning error", -1) {
				known[strings.ToLower(w)] = true
			}
		}
		dir := filepath.Join(t.TempDir(), "out")
		if args[0] == "report" {
			args = append(args, "--lang", catalogue.Bracketed)
		}
		var stdout, stderr bytes.Buffer
		if code := run(append(slices.Clone(args), "-o", dir), nil, &stdout, &stderr); code == exitTrouble {
			t.Fatalf("%v: %s", args, stderr.String())
		}
		read := func(name string) string {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		md := linked.ReplaceAllString(ticked.ReplaceAllString(read("report.md"), " "), " ")
		for line := range strings.Lines(md) {
			if option.MatchString(strings.TrimSpace(line)) { // its name and value are codes, or a text of the catalogue
				continue
			}
			if ws := foreign(line, known); len(ws) > 0 {
				t.Errorf("%v: report.md says %q outside the catalogue in %q", args, ws, line)
			}
		}
		for _, w := range page {
			known[w] = true
		}
		html := read("report.html")
		if ws := foreign(tagged.ReplaceAllString(html, " "), known); len(ws) > 0 {
			t.Errorf("%v: report.html says %q outside the catalogue", args, ws)
		}
		handed := saysOf(t, html)
		for id, text := range handed {
			if ws := foreign(parts.ReplaceAllString(text, " "), nil); len(ws) > 0 {
				t.Errorf("%v: the script of report.html is handed %s with %q outside brackets", args, id, ws)
			}
		}
		if asks := strings.Contains(html, `id="cells"`); asks != (handed["script.close"] != "") || handed["control.save"] != "‹Save as PNG›" {
			t.Errorf("%v: the script of report.html is handed %d texts", args, len(handed))
		}
	}
}
