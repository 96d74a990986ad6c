package output

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"toll/internal/catalogue"
)

// saysOf are the texts that a page is handed, by their ids.
func saysOf(t *testing.T, cells bool) map[string]string {
	t.Helper()
	says := map[string]string{}
	if err := json.Unmarshal(saidByPage(cells), &says); err != nil {
		t.Fatal(err)
	}
	return says
}

// The script is handed the texts that it asks for by name, and no name is handed
// that it does not ask for.
func TestPageIsHandedWhatItSays(t *testing.T) {
	texts, says := catalogue.Texts(), saysOf(t, true)
	named := regexp.MustCompile(`"([a-z]+(?:[.-][A-Za-z0-9-]+)*[.-]?)"`).FindAllStringSubmatch(script, -1)
	begun := map[string]bool{}
	for _, m := range named {
		id := m[1]
		if strings.HasSuffix(id, ".") {
			begun[id] = true
		}
		if id == "receipt" { // of addresses
			continue
		}
		for _, form := range []string{id, id + ".one", id + ".other"} {
			if _, there := texts[form]; there && strings.Contains(form, ".") && says[form] == "" {
				t.Errorf("the page is not handed %s", form)
			}
		}
	}
	for _, id := range pageNames {
		asked := strings.Contains(script, `"`+id+`"`) || begun[id[:strings.Index(id+".", ".")+1]]
		if says[id] != texts[id] || says[id] == "" || !asked && !strings.HasSuffix(id, "-2") { // titles of tables are asked for by an attribute
			t.Errorf("%s is handed to the page, which does not ask for it", id)
		}
	}
	if len(says) < 200 {
		t.Errorf("the page is handed %d texts", len(says))
	}
}

// A page that cannot be asked about a part of the data is handed the words at its
// tables and charts alone.
func TestPageWithoutCellsIsHandedControls(t *testing.T) {
	says := saysOf(t, false)
	for id := range says {
		if !strings.HasPrefix(id, "control.") {
			t.Errorf("a page without cells is handed %s", id)
		}
	}
	for _, m := range regexp.MustCompile(`"(control\.[a-z-]+)"`).FindAllStringSubmatch(script, -1) {
		if says[m[1]] == "" {
			t.Errorf("a page without cells is not handed %s, of %v", m[1], slices.Sorted(maps.Keys(says)))
		}
	}
	page := string(writeHTML(&page{Title: "T", Foot: words("f")}, nil, ""))
	if !strings.Contains(page, `<script type="application/json" id="says">`) || strings.Contains(page, `"script.close":`) {
		t.Error("a page without cells has other words")
	}
}

// Heads of columns that lead to records say by an attribute what they count, in
// whatever language they are headed.
func TestHeadsSayWhatTheyCount(t *testing.T) {
	g := grid{ID: "by-party", Head: []column{{Title: words("Party")}, {words("Killed"), true}, {words("Share"), true}}, Counts: []string{"", "killed", ""}}
	var b strings.Builder
	htmlGrid(&b, g, nil)
	want := `<th scope="col">Party</th><th scope="col" class="n" data-counts="killed">Killed</th><th scope="col" class="n">Share</th>`
	if !strings.Contains(b.String(), want) {
		t.Errorf("%s", b.String())
	}
	b.Reset()
	htmlGrid(&b, grid{ID: "period-party", Title: "By month", TitleOf: "table.by-2"}, nil)
	htmlGrid(&b, grid{ID: "admin1-party", Title: `By "province"`}, nil)
	for _, want := range []string{`<table data-table="period-party" data-by="table.by-2">`, `<table data-table="admin1-party" data-title="By &#34;province&#34;">`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s is not in %s", want, b.String())
		}
	}
}
