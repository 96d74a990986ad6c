package output

import (
	"encoding/json"
	"slices"
	"strings"

	"toll/internal/catalogue"
)

// pageControls are the beginnings of the ids of what the script says on every
// page: at tables and charts.
var pageControls = []string{"control."}

// pageSays are those of what it says of a selection: sentences of the report, and
// what it says of its own.
var pageSays = []string{"script.", "people.", "extent", "toll.both", "toll.killed", "toll.injured", "toll.neither", "toll.not-killed", "unknown.", "open.", "headline.", "incidents.", "cover.",
	"month.", "period.", "periods."}

// pageNames are further texts that it says of a selection: dates, heads of
// columns, and keys that stand for something missing.
var pageNames = []string{
	"date.day", "date.day-of-year", "date.week", "date.month", "date.quarter", "date.no-day", "date.no-month",
	"level.country", "level.admin1", "level.admin2", "level.place", "spanned", "toll.unknown",
	"table.undated", "table.to-2", "table.from-2", "table.to-3", "table.not-stated", "table.elsewhere-not-stated", "table.type-not-stated",
	"table.by-2", "table.by-and-claimed-perpetrator-2", "page.deaths-in-events-involving-each-party-2", "page.people-killed",
	"page.incidents", "page.killed", "page.injured", "page.killed-unknown", "page.claimed", "page.attributed", "page.contested", "page.involved",
	"page.claimed-perpetrator", "page.date", "page.place", "page.records", "page.killed-injured",
	"page.not-dated", "page.week-of", "page.not-known", "page.not-stated", "page.not-stated-2",
}

// saidByPage writes the texts that the script of a page says, in the language of
// the process: those of a selection too where the page carries its incidents.
func saidByPage(cells bool) []byte {
	says := map[string]string{}
	for id, text := range catalogue.Texts() {
		begins := func(p string) bool { return strings.HasPrefix(id, p) }
		if slices.ContainsFunc(pageControls, begins) || cells && (slices.ContainsFunc(pageSays, begins) || slices.Contains(pageNames, id)) {
			says[id] = text
		}
	}
	b, err := json.Marshal(says)
	if err != nil { // texts are all that JSON can say
		return nil
	}
	return escapeHidden(append(b, '\n'))
}
