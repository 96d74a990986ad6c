package output

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// grids returns the grids among blocks.
func grids(bs []block) []grid {
	var gs []grid
	for _, b := range bs {
		if g, ok := b.(grid); ok {
			gs = append(gs, g)
		}
	}
	return gs
}

// notes returns the paragraphs among blocks as one text.
func notes(bs []block) string {
	var s []string
	for _, b := range bs {
		if p, ok := b.(paragraph); ok {
			s = append(s, text(p.Text))
		}
	}
	return strings.Join(s, "\n")
}

func rowsOf(g grid) []string {
	var out []string
	for _, r := range g.Rows {
		var cs []string
		for _, c := range r.Cells {
			cs = append(cs, text(c))
		}
		out = append(out, strings.Join(cs, " | "))
	}
	return out
}

func headOf(g grid) string {
	var out []string
	for _, c := range g.Head {
		out = append(out, text(c.Title))
	}
	return strings.Join(out, " | ")
}

// numbered makes a table of n rows, the first with the highest toll, and a last
// row of what is not stated.
func numbered(dim string, n int) (*stats.Table, *stats.Report) {
	rows, order := map[string][]data.Count{}, []string{}
	for i := range n {
		k := fmt.Sprintf("key %03d", i)
		rows[k] = []data.Count{data.Exactly(int64(5000 - i))}
		order = append(order, k)
	}
	rows[""] = []data.Count{{}}
	return tableOf(stats.Dim{ID: dim, Title: dim}, rows, append(order, "")...)
}

func TestLongTablesAreCutAndSayWhereTheRestIs(t *testing.T) {
	for _, c := range []struct {
		dim         string
		n, rows     int
		first, last string
		note        string
	}{
		{"admin1", shownRows, shownRows + 1, "key 000", "key 019", "Data: tables/by-admin1.csv."},
		{"admin1", shownRows + 1, shownRows + 1, "key 000", "key 019", "1 more row is in tables/by-admin1.csv."},
		{"admin1", 1500, shownRows + 1, "key 000", "key 019", "1,480 more rows are in tables/by-admin1.csv."},
		{"period", shownPeriods, shownPeriods + 1, "key 000", "key 035", "Data: tables/by-period.csv."},
		{"period", 40, shownPeriods + 1, "key 004", "key 039", "4 more rows are in tables/by-period.csv."},
	} {
		table, r := numbered(c.dim, c.n)
		bs := tableBlocks(table, r)
		rows := rowsOf(grids(bs)[0])
		if len(rows) != c.rows || !strings.HasPrefix(rows[0], c.first) || !strings.HasPrefix(rows[len(rows)-2], c.last) || !strings.HasPrefix(rows[len(rows)-1], "Not stated") {
			t.Errorf("%s of %d: %d rows from %q to %q", c.dim, c.n, len(rows), rows[0], rows[len(rows)-2])
		}
		if n := notes(bs); !strings.HasSuffix(n, c.note) {
			t.Errorf("%s of %d: %q", c.dim, c.n, n)
		}
	}
}

func TestTableShowsTheColumnsThatSaySomething(t *testing.T) {
	table, r := tableOf(stats.Dim{ID: "party", Title: "Claimed perpetrator"}, map[string][]data.Count{"A": {data.Exactly(3)}, "B": {data.Between(1, 2)}}, "A", "B")
	table.ID = "by-party"
	table.Rows[0].Basis = stats.Basis{Claimed: 1}
	g := grids(tableBlocks(table, r))[0]
	if got := headOf(g); got != "Claimed perpetrator | Incidents | Killed | Claimed" {
		t.Errorf("head: %s", got)
	}
	if got := rowsOf(g)[1]; got != "B | 1 | 1–2 | 0" {
		t.Errorf("row: %s", got)
	}
	r.HasInjured = true
	table.Rows[1].Tally = tallyOf([]data.Count{data.Between(1, 2), {}}, []data.Count{{}, {}})
	table.Rows[1].Basis = stats.Basis{Attributed: 1, Contested: 1}
	g = grids(tableBlocks(table, r))[0]
	if got := headOf(g); got != "Claimed perpetrator | Incidents | Killed | Injured | Killed unknown | Claimed | Attributed | Contested" {
		t.Errorf("head: %s", got)
	}
	if got := rowsOf(g)[1]; got != "B | 2 | 1–2 | unknown | 1 | 0 | 1 | 1" {
		t.Errorf("row: %s", got)
	}
}

func TestPartialPeriodsAreMarked(t *testing.T) {
	bs := compose(sample()).Sections
	for _, id := range []string{"by-time", "by-party"} {
		i := slices.IndexFunc(bs, func(s section) bool { return s.ID == id })
		found := false
		for _, g := range grids(bs[i].Blocks) {
			for _, r := range rowsOf(g) {
				found = found || strings.HasPrefix(r, "Oct 2025, to 20 Oct | ")
			}
		}
		if !found {
			t.Errorf("%s shows October as though it were whole", id)
		}
	}
}

func TestNotesSayWhetherRowsAddUp(t *testing.T) {
	table, r := numbered("admin1", 2)
	for _, c := range []struct {
		additive, tolls bool
		want            string
	}{
		{true, true, ""},
		{false, true, "Not additive: killed and injured add up to the total, incidents do not."},
		{false, false, "Not additive: an incident may be in several rows, which need not add up to the total."},
	} {
		table.Additive, table.TollsAdditive = c.additive, c.tolls
		if got := notes(tableBlocks(table, r)); strings.Contains(got, "Not additive") != (c.want != "") || !strings.Contains(got, c.want) {
			t.Errorf("%v %v: %q", c.additive, c.tolls, got)
		}
	}
}

// TestUndirectedDataDoesNotSayWhoKilled goes through a briefing of data that
// names the parties to events and not who acted.
func TestUndirectedDataDoesNotSayWhoKilled(t *testing.T) {
	d := sample()
	d.Report.Directed = false
	for _, table := range d.Report.Tables {
		for i := range table.Rows {
			for j, k := range table.Rows[i].Keys {
				if table.Dims[j].ID == "party" && k.Kind == stats.Named {
					table.Rows[i].Keys[j] = stats.Key{ID: "involving: " + k.ID, Label: "Involving " + k.Label, Kind: stats.Involved}
				}
			}
			if table.ID == "by-party" {
				b := &table.Rows[i].Basis
				*b = stats.Basis{Involved: b.Claimed + b.Attributed + b.Contested}
			}
		}
	}
	md := fileOf(t, render(t, d), "report.md")
	for _, want := range []string{"## Parties to the events", "**Deaths in events involving each party**", "**Deaths in events involving each party, by month: people killed**",
		"**Deaths in events involving each party, by province: people killed**", catalogue.Say("note.undirected"), "no figure says whom a party killed", "Named as involved most often: Army of the North",
		"| Claimed perpetrator | Incidents | Killed | Injured | Killed unknown | Involved |", "| Parties involved |"} {
		if !strings.Contains(md, want) {
			t.Errorf("report.md does not say %q", want)
		}
	}
	if strings.Contains(md, "## Claimed perpetrators") {
		t.Error("report.md speaks of claimed perpetrators")
	}
}

func TestCrossTableShowsTheLeadingPartiesAcross(t *testing.T) {
	table := &stats.Table{ID: "period-party", Title: "By month and party", Additive: true, TollsAdditive: true,
		Dims: []stats.Dim{{ID: "period", Title: "Month"}, {ID: "party", Title: "Party"}}}
	parties, r := numbered("party", 9)
	cell := func(month, party string, c data.Count) {
		k := named(party)
		if party == "" {
			k = unattributed
		}
		table.Rows = append(table.Rows, stats.Row{Keys: []stats.Key{named(month), k}, Tally: tallyOf([]data.Count{c}, []data.Count{{}})})
	}
	parties.Rows[9].Keys[0] = unattributed
	r.Tables = []*stats.Table{parties}
	for i := 8; i >= 0; i-- {
		cell("May", fmt.Sprintf("key %03d", i), data.Between(int64(i), int64(2*i)))
	}
	cell("May", "", data.Count{})
	cell("June", "key 001", data.AtLeast(7))
	bs := crossBlocks(table, r)
	g := grids(bs)[0]
	if got := headOf(g); got != "Month | key 000 | key 001 | key 002 | key 003 | key 004 | key 005 | Unattributed" {
		t.Errorf("head: %s", got)
	}
	if got := rowsOf(g); !slices.Equal(got, []string{"May | 0 | 1–2 | 2–4 | 3–6 | 4–8 | 5–10 | unknown", "June | – | 7+ | – | – | – | – | –"}) {
		t.Errorf("rows: %q", got)
	}
	if n := notes(bs); !strings.HasSuffix(n, "3 more columns are in tables/period-party.csv.") {
		t.Errorf("notes: %q", n)
	}
	for i := range 40 {
		cell(fmt.Sprintf("month %02d", i), "key 000", data.Exactly(1))
	}
	if n := notes(crossBlocks(table, r)); !strings.HasSuffix(n, "6 more rows and 3 more columns are in tables/period-party.csv.") {
		t.Errorf("notes: %q", n)
	}
	if crossBlocks(&stats.Table{Dims: table.Dims}, r) != nil || tableBlocks(&stats.Table{Dims: table.Dims[:1]}, r) != nil {
		t.Error("an empty table is shown")
	}
}

func TestTablesGoWhereTheyBelong(t *testing.T) {
	for ids, want := range map[string]string{"": "other-tables", "period": "by-time", "country": "by-place", "place": "by-place", "party": "by-party", "period party": "by-party",
		"admin1 party": "by-party", "event_type": "by-event", "victim_type": "by-victim", "victim_side": "by-victim", "weather": "other-tables"} {
		table := &stats.Table{}
		for _, id := range strings.Fields(ids) {
			table.Dims = append(table.Dims, stats.Dim{ID: id})
		}
		if got := groupOf(table); got != want {
			t.Errorf("%q goes to %s", ids, got)
		}
	}
}

func TestSecondaryTablesAreListedAndNotShown(t *testing.T) {
	d := sample()
	md := fileOf(t, render(t, d), "report.md")
	if !strings.Contains(md, "[tables/by-year.csv](tables/by-year.csv): by year.") || strings.Contains(md, "**By year**") {
		t.Error("the secondary table is not listed, or is shown")
	}
}

func TestPlaceLine(t *testing.T) {
	for _, c := range []struct {
		x    stats.Deadliest
		want string
	}{
		{stats.Deadliest{Place: "Dera Ismail Khan", Admin2: "Dera Ismail Khan", Admin1: "KP", Country: "Pakistan"}, "Dera Ismail Khan, KP, Pakistan"},
		{stats.Deadliest{Country: "Pakistan"}, "Pakistan"},
		{stats.Deadliest{}, ""},
	} {
		if got := text(placeLine(c.x)); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
