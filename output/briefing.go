package output

import (
	"slices"
	"strings"

	"toll/internal/catalogue"
	"toll/stats"
)

// compose builds the page of a briefing.
func compose(d *Document) *page {
	r := d.Report
	p := &page{Title: d.Title}
	p.Lead = lead(d)
	p.add("key-figures", catalogue.Say("page.key-figures"), keyFigures(r))
	p.add("changes", catalogue.Say("page.what-changed"), changeBlocks(r))
	p.add("charts", catalogue.Say("page.charts"), chartBlocks(d))
	for _, g := range tableGroups {
		var bs []block
		for _, t := range r.Tables {
			if groupOf(t) != g.id || t.Secondary {
				continue
			}
			if len(t.Dims) == 2 {
				bs = append(bs, crossBlocks(t, r)...)
			} else {
				bs = append(bs, tableBlocks(t, r)...)
			}
		}
		title := catalogue.Say(g.title)
		if g.id == "by-party" && !r.Directed {
			title = catalogue.Say("page.parties-to-the-events")
		}
		if g.id == "by-place" {
			bs = append(bs, inhabitantBlocks(r)...)
		}
		p.add(g.id, title, bs)
	}
	p.add("accounts", catalogue.Say("page.who-says-what"), accountBlocks(r))
	p.add("files-only", catalogue.Say("page.tables-not-shown"), secondaryBlocks(r))
	p.add("deadliest", catalogue.Say("page.deadliest-incidents"), append(deadliestBlocks(r), noteBlocks(d)...))
	p.add("tail", catalogue.Say("page.the-deadliest-incidents-together"), tailBlocks(r))
	p.add("experimental", catalogue.Say("page.experimental-estimates"), experimentalBlocks(r.Sheets, r.Refused))
	p.add("data", catalogue.Say("page.the-data"), dataBlocks(d))
	p.add("method", catalogue.Say("page.how-the-figures-were-made"), methodBlocks(d))
	p.Foot = say("foot", with("manifest", file(ManifestName)), with("report", file("report.json")))
	speak(p)
	return p
}

// add appends a section unless it has nothing to say.
func (p *page) add(id, title string, bs []block) {
	if len(bs) > 0 {
		p.Sections = append(p.Sections, section{ID: id, Title: title, Blocks: bs})
	}
}

// tableGroups are the sections that hold tables, in the order of a briefing.
var tableGroups = []struct{ id, title string }{
	{"by-time", "page.over-time"},
	{"by-place", "page.where"},
	{"by-party", "page.claimed-perpetrators"},
	{"by-event", "page.what-happened"},
	{"by-victim", "page.who-was-killed-and-injured"},
	{"other-tables", "page.further-tables"},
}

// groupOf returns the section a table belongs to, by its keys.
func groupOf(t *stats.Table) string {
	if len(t.Dims) == 0 {
		return "other-tables"
	}
	if isDim(t, "party") {
		return "by-party"
	}
	switch t.Dims[0].ID {
	case "period":
		return "by-time"
	case "country", "admin1", "admin2", "place", "location":
		return "by-place"
	case "event_type", "weapon":
		return "by-event"
	case "victim_type", "victim_side", "figure":
		return "by-victim"
	}
	return "other-tables"
}

// secondaryBlocks lists the tables that are published as files only.
func secondaryBlocks(r *stats.Report) []block {
	var l list
	for _, t := range r.Tables {
		if t.Secondary && !claimTables[t.ID] {
			l.Items = append(l.Items, join(file(tablePath(t.ID)), date(strings.TrimSpace(": "+lower(tableTitle(t, r))+". "+sentence(t.Note)))))
		}
	}
	for _, s := range r.Sheets {
		if s.ID == "per-100000" { // shown by place
			continue
		}
		l.Items = append(l.Items, join(file(tablePath(s.ID)), date(strings.TrimSpace(": "+lower(s.Title)+". "+sentence(s.Note)))))
	}
	if len(l.Items) == 0 {
		return nil
	}
	return []block{l}
}

// lead is what stands before the first heading.
func lead(d *Document) []block {
	var bs []block
	if d.Synthetic {
		bs = append(bs, paragraph{warningRole, say("synthetic")})
	}
	bs = append(bs, paragraph{leadRole, headline(d)})
	bs = append(bs, scopeLines(d)...)
	bs = append(bs, paragraph{noteRole, say("caveat")})
	if d.Source != "" {
		bs = append(bs, paragraph{noteRole, say("source", with("source", name(d.Source)))})
	}
	return bs
}

// scopeLines say what a reader of the headline must know of it: which records it
// is of, and by which policy, where that is not all of them and their range.
func scopeLines(d *Document) []block {
	var bs []block
	for _, s := range d.Settings {
		if where, ok := s.Value.([]string); ok && s.Name == "where" && len(where) > 0 {
			var l line
			for i, w := range where {
				if i > 0 {
					l = join(l, words(", "))
				}
				l = join(l, code(w))
			}
			bs = append(bs, paragraph{noteRole, say("selection", with("where", l))})
		}
	}
	switch policy := d.setting("policy"); policy {
	case "", "range":
	case "conservative":
		bs = append(bs, paragraph{noteRole, say("policy.conservative", with("policy", code(policy)))})
	default:
		bs = append(bs, paragraph{noteRole, say("policy.decides", with("policy", code(policy)))})
	}
	return bs
}

// setting is the value of a setting that was given as text, "" where it was not.
func (d *Document) setting(name string) string {
	for _, s := range d.Settings {
		if v, ok := s.Value.(string); ok && s.Name == name {
			return v
		}
	}
	return ""
}

// headline is the briefing in one paragraph.
func headline(d *Document) line {
	r := d.Report
	t := r.Total
	cover := coverLine(r.First, r.Last)
	switch {
	case t.Incidents == 0 && (cover == nil || d.setting("from") == "" && d.setting("to") == ""):
		return say("headline.none")
	case t.Incidents == 0 && d.setting("to") == "":
		return say("headline.none-from", with("day", date(dayText(r.First))))
	case t.Incidents == 0 && d.setting("from") == "":
		return say("headline.none-to", with("day", date(dayText(r.Last))))
	case t.Incidents == 0:
		return capital(say("headline.none-during", with("cover", cover)))
	}
	n := with("incidents", incidentsAt(t.Incidents, "total/incidents"))
	where := say("headline.in", n)
	if cover != nil {
		where = say("headline.in-during", n, with("cover", cover))
	}
	return inSentences(tollSentence(t, r.HasInjured, "total", where), unknownSentence(t, r.HasInjured), openSentence(t.Killed), partySentence(r))
}

// partySentence names the party that is named for most incidents, unless several
// are named for as many, and says how many incidents name none.
func partySentence(r *stats.Report) line {
	t := r.Table("by-party")
	if t == nil || withholds(t) {
		return nil
	}
	var top, unnamed stats.Row
	named, tied := false, false
	for _, row := range t.Rows {
		switch n := row.Tally.Incidents; {
		case isAside(row):
			unnamed = row
		case n > top.Tally.Incidents:
			top, named, tied = row, true, false
		case n == top.Tally.Incidents:
			tied = true
		}
	}
	none := unnamed.Tally.Incidents
	noneAt := rowAddress(t.ID, unnamed.Keys) + "/incidents"
	switch {
	case !named, tied && none == 0:
		return nil
	case tied:
		return say("party.none", with("incidents", incidentsAt(none, noneAt)))
	}
	id := "party.most"
	if top.Keys[0].Kind == stats.Involved {
		id = "party.involved"
	}
	if none > 0 {
		id += "-none"
	}
	in := incidentsAt(top.Tally.Incidents, rowAddress(t.ID, top.Keys)+"/incidents")
	if top.Keys[0].Kind == stats.Named && namedWithOthers(t, top.Keys[0].Label) {
		in = say("party.alone", with("incidents", in))
	}
	return say(id, with("party", partyName(top.Keys[0])), with("incidents", in), with("none", count32(none, noneAt)))
}

// namedWithOthers reports whether a party also stands in rows of several.
func namedWithOthers(t *stats.Table, party string) bool {
	return slices.ContainsFunc(t.Rows, func(x stats.Row) bool {
		names := strings.Split(strings.TrimPrefix(x.Keys[0].ID, "involving: "), " + ")
		return x.Keys[0].Label != party && slices.Contains(names, party)
	})
}

// partyName is a party's name within a sentence.
func partyName(k stats.Key) line {
	if k.Kind == stats.Involved {
		k.Label = strings.TrimPrefix(k.ID, "involving: ")
	}
	return keyLabel(k)
}

// keyFigures is the table a reader looks at first.
func keyFigures(r *stats.Report) []block {
	t := r.Total
	n := t.Incidents
	g := grid{ID: "key-figures-table", Caption: catalogue.Say("page.totals"), Head: []column{{Title: say("page.measure")}, {say("page.figure"), true}}}
	row := func(rule, measure, label, figure string) {
		g.Rows = append(g.Rows, gridRow{Cells: []line{words(label), words(figure)}, Rule: rule, Measure: measure})
	}
	row(ruleAccounts, "incidents", catalogue.Say("page.incidents"), stats.Number(int64(n)))
	row(ruleBounds, "fatal", catalogue.Say("page.incidents-with-at-least-one-person"), stats.Number(int64(t.Killed.Fatal)))
	figure := func(s stats.Sum) string {
		if n == 0 {
			return "–" // no incident is no zero
		}
		return s.Figure(n)
	}
	row(ruleSums, "killed", catalogue.Say("page.killed"), figure(t.Killed))
	if r.HasInjured {
		row(ruleSums, "injured", catalogue.Say("page.injured"), figure(t.Injured))
		if t.Killed.Known(n) > 0 && t.Injured.Known(n) > 0 {
			row(ruleCasualties, "casualties", catalogue.Say("page.casualties"), casualtiesText(t))
		}
	}
	row(ruleUnknown, "killed.unknown", catalogue.Say("page.incidents-with-no-known-toll-of"), stats.Number(int64(t.Killed.Unknown)))
	if r.HasInjured {
		row(ruleUnknown, "injured.unknown", catalogue.Say("page.incidents-with-no-known-toll-of-2"), stats.Number(int64(t.Injured.Unknown)))
	}
	if t.Killed.Open > 0 {
		row(ruleBounds, "killed.open", catalogue.Say("page.incidents-with-an-open-ended-toll"), stats.Number(int64(t.Killed.Open)))
	}
	bs := []block{g, paragraph{noteRole, figureKey(t)}}
	if l := levelLines(r); len(l) > 0 {
		bs = append(bs, list{Items: l})
	}
	return bs
}

// figureKey explains how figures are written.
func figureKey(t stats.Tally) line {
	ls := []line{say("key.range")}
	if t.Killed.Open > 0 || t.Injured.Open > 0 {
		ls = append(ls, say("key.open"))
	}
	if t.Killed.HasBest() && t.Killed.Low != t.Killed.High {
		ls = append(ls, say("key.best"))
	}
	return inSentences(ls...)
}

// chartBlocks shows every chart and says which were not drawn. A picture bears
// its unit, notes and source itself; they are not said again.
func chartBlocks(d *Document) []block {
	var bs []block
	for _, f := range d.Figures {
		bs = append(bs, picture{ID: f.ID, Title: f.Title, Alt: f.Alt, PNG: f.PNG, SVG: f.SVG})
		bs = append(bs, paragraph{noteRole, say("data-in", with("file", file(plottedPath(f.ID))))})
	}
	if len(d.Omitted) > 0 {
		var l list
		for _, o := range d.Omitted {
			l.Items = append(l.Items, join(code(o.ID), words(": "+sentence(o.Why))))
		}
		bs = append(bs, paragraph{plainRole, say("not-drawn")}, l)
	}
	return bs
}

// noteBlocks shows the notes of the deadliest incidents, where that was asked for:
// they may name victims.
func noteBlocks(d *Document) []block {
	var l list
	for i, n := range d.Notes {
		if n == "" || i >= len(d.Report.Deadliest) {
			continue
		}
		x := d.Report.Deadliest[i]
		head := words(dateText(x.Date))
		if p := placeLine(x); p != nil {
			head = join(head, words(", "), p)
		}
		l.Items = append(l.Items, join(head, words(": "), name(n)))
	}
	if len(l.Items) == 0 {
		return nil
	}
	return []block{paragraph{plainRole, say("page.notes-as-the-records-have-them")}, l}
}

// deadliestBlocks lists the deadliest incidents.
func deadliestBlocks(r *stats.Report) []block {
	if len(r.Deadliest) == 0 {
		return nil
	}
	sourced, identified, typed := false, false, false
	for _, x := range r.Deadliest {
		sourced = sourced || x.Source != ""
		identified = identified || x.ID != ""
		typed = typed || x.EventType != ""
	}
	party := catalogue.Say("page.claimed-perpetrator")
	if !r.Directed {
		party = catalogue.Say("page.parties-involved")
	}
	g := grid{ID: "deadliest-table", Caption: catalogue.Say("page.deadliest-incidents-by-killed")}
	head := func(title string, number, when bool) {
		if when {
			g.Head = append(g.Head, column{words(title), number})
		}
	}
	head(catalogue.Say("page.date"), false, true)
	head(catalogue.Say("page.place"), false, true)
	head(catalogue.Say("page.type"), false, typed)
	head(party, false, true)
	head(catalogue.Say("page.killed"), true, true)
	head(catalogue.Say("page.injured"), true, r.HasInjured)
	head(catalogue.Say("page.source"), false, sourced)
	head(catalogue.Say("page.id"), false, identified)
	for _, x := range r.Deadliest {
		var row gridRow
		cell := func(l line, when bool) {
			if when {
				row.Cells = append(row.Cells, l)
			}
		}
		cell(words(dateText(x.Date)), true)
		where := placeLine(x)
		if where == nil {
			where = say("page.not-stated-2")
		}
		cell(where, true)
		cell(name(x.EventType), typed)
		cell(keyLabel(x.Party), true)
		cell(words(single(x.Killed).Figure(1)), true)
		cell(words(single(x.Injured).Figure(1)), r.HasInjured)
		cell(name(x.Source), sourced)
		cell(name(x.ID), identified)
		g.Rows = append(g.Rows, row)
	}
	bs := []block{g, paragraph{noteRole, say("deadliest.note")}}
	if l := deadliestLine(r); l != nil {
		bs = append([]block{paragraph{plainRole, l}}, bs...)
	}
	return bs
}

// placeLine names a place from the nearest level outward; nil where none is
// stated.
func placeLine(x stats.Deadliest) line {
	var l line
	last := ""
	for _, s := range []string{x.Place, x.Admin2, x.Admin1, x.Country} {
		if s == "" || s == last {
			continue
		}
		if l != nil {
			l = join(l, words(", "))
		}
		l = join(l, name(s))
		last = s
	}
	return l
}
