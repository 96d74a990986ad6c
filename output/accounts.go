package output

import (
	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// How many incidents the section on accounts shows; the files have all.
const (
	shownReceipts = 8
	shownSides    = 12
	shownBesides  = 4
	shownRevised  = 8
)

// claimTables are the tables that the section on accounts shows.
var claimTables = map[string]bool{"receipt": true, "side-bracket": true, "by-account": true, "by-account-side": true, "by-voice": true, "by-policy": true,
	"by-disagreement": true, "without": true, "revisions": true, "by-attribution": true, "party-side": true, "by-claimant": true}

// accountBlocks says who says what, where incidents are told by several records
// or the data tells claims from attributions. A plain file has no such section.
func accountBlocks(r *stats.Report) []block {
	var bs []block
	bs = append(bs, receiptBlocks(r)...)
	bs = append(bs, apartBlocks(r)...)
	bs = append(bs, bracketBlocks(r)...)
	bs = append(bs, besideBlocks(r)...)
	bs = append(bs, policyBlocks(r)...)
	bs = append(bs, revisionBlocks(r)...)
	bs = append(bs, withoutBlocks(r)...)
	if t := r.Table("party-side"); t != nil && len(t.Dims) == 2 {
		bs = append(bs, crossBlocks(t, r)...)
	}
	for _, id := range []string{"by-attribution", "by-claimant"} {
		if t := r.Table(id); t != nil {
			bs = append(bs, claimGrid(t, r.HasInjured, nil))
			note := noteOf(t)
			if !t.Additive {
				note = inSentences(note, say("note.several-rows"))
			}
			bs = append(bs, dataLine(t, note))
		}
	}
	return bs
}

// dataLine is the note under a table with the file that has it whole.
func dataLine(t *stats.Table, note line) block {
	return paragraph{noteRole, inSentences(note, say("data-in", with("file", file(tablePath(t.ID)))))}
}

// noteOf is what a table says of itself.
func noteOf(t *stats.Table) line {
	if t.Note == "" {
		return nil
	}
	return date(sentence(t.Note))
}

func killed(r stats.Row) string { return r.Tally.Killed.Range(r.Tally.Incidents) }

// accountText is what one source says: "23 killed, 29 injured". What it does not
// say is not a number.
func accountText(r stats.Row, hasInjured bool) string {
	part := func(s stats.Sum, what string) string {
		if s.Known(r.Tally.Incidents) == 0 {
			return catalogue.Say("account." + what + ".unstated")
		}
		return catalogue.Say("account."+what, "toll", s.Range(r.Tally.Incidents))
	}
	if !hasInjured {
		return part(r.Tally.Killed, "killed")
	}
	return part(r.Tally.Killed, "killed") + ", " + part(r.Tally.Injured, "injured")
}

// isAll reports whether a row is of all incidents told by several records.
func isAll(r stats.Row) bool { return r.Keys[0].ID == "(all)" }

// receiptBlocks says what adding up the rows would have made of the toll.
func receiptBlocks(r *stats.Report) []block {
	t := r.Table("receipt")
	if t == nil {
		return nil
	}
	var l list
	for i := 0; i+1 < len(t.Rows); i += 2 {
		added, once := t.Rows[i], t.Rows[i+1]
		addedAt, onceAt := rowAddress(t.ID, added.Keys), rowAddress(t.ID, once.Keys)
		parts := []arg{with("added", figure(killed(added), addedAt+"/killed")), with("once", figure(killed(once), onceAt+"/killed"))}
		if i == 0 {
			l.Items = append(l.Items, sayOf("receipt", int64(once.Tally.Incidents), append(parts, with("n", count32(once.Tally.Incidents, onceAt+"/incidents")), with("records", count32(added.Tally.Incidents, addedAt+"/incidents")))...))
			continue
		}
		if len(l.Items) > shownReceipts || killed(added) == killed(once) {
			continue
		}
		l.Items = append(l.Items, sayOf("receipt.row", int64(added.Tally.Incidents), append(parts, with("incident", keyLabel(once.Keys[0])), with("n", count32(added.Tally.Incidents, addedAt+"/incidents")))...))
	}
	return []block{l, dataLine(t, nil)}
}

// shownDisagreements is how many of the incidents whose accounts differ are
// listed.
const shownDisagreements = 10

// apartBlocks lists the incidents whose accounts are furthest apart.
func apartBlocks(r *stats.Report) []block {
	t := r.Table("by-disagreement")
	if t == nil {
		return nil
	}
	g := grid{ID: t.ID, Caption: t.Title, Head: []column{{say("page.incident"), false}, {say("page.killed"), true}, {say("page.highest-less-lowest"), true}}}
	for _, x := range t.Rows[:min(len(t.Rows), shownDisagreements)] {
		k := x.Tally.Killed
		apart := stats.Number(stats.Persons(k.High - k.Low))
		if k.Open > 0 {
			apart += "+"
		}
		g.Rows = append(g.Rows, gridRow{Cells: []line{keyLabel(x.Keys[0]), words(k.Figure(x.Tally.Incidents)), words(apart)}})
	}
	note := line(nil)
	if n := int64(len(t.Rows) - len(g.Rows)); n > 0 {
		note = sayOf("apart.more", n, with("n", count64(n, "rows/"+t.ID)))
	}
	return []block{g, dataLine(t, note)}
}

// bracketBlocks shows each side's losses as the side admits them, as its enemy
// claims them and as third parties count them.
func bracketBlocks(r *stats.Report) []block {
	t := r.Table("side-bracket")
	if t == nil {
		return nil
	}
	g := grid{ID: t.ID, Caption: catalogue.Say("page.killed-on-each-side-by-who"), Head: []column{{say("page.incident"), false}, {say("page.losses-of"), false},
		{say("page.own-admission"), true}, {say("page.enemy-claim"), true}, {say("page.third-party"), true}, {say("page.all-accounts"), true}}}
	several, left, more := false, int64(0), int64(0)
	for i := 0; i < len(t.Rows); {
		j := i
		cells := map[string]string{}
		for j < len(t.Rows) && t.Rows[j].Keys[0].ID == t.Rows[i].Keys[0].ID && t.Rows[j].Keys[1].ID == t.Rows[i].Keys[1].ID {
			cells[t.Rows[j].Keys[2].ID] = killed(t.Rows[j])
			j++
		}
		x := t.Rows[i]
		i = j
		switch {
		case cells["own"] == "" && cells["enemy"] == "":
			if isAll(x) {
				left++
			}
			continue
		case len(g.Rows) >= shownSides:
			more++
			continue
		}
		several = several || !isAll(x)
		of := func(voice string) line {
			if s := cells[voice]; s != "" {
				return words(s)
			}
			return words("–")
		}
		g.Rows = append(g.Rows, gridRow{Cells: []line{keyLabel(x.Keys[0]), keyLabel(x.Keys[1]), of("own"), of("enemy"), of("third"), of("range")}, Aside: isAll(x)})
	}
	if !several {
		return nil
	}
	note := say("bracket.note")
	if left > 0 {
		note = inSentences(note, sayOf("bracket.left", left, with("n", count64(left, "rows/"+t.ID))))
	}
	if more > 0 {
		note = inSentences(note, sayOf("bracket.more", more, with("n", count64(more, "rows/"+t.ID))))
	}
	return []block{g, dataLine(t, note)}
}

// besideBlocks sets the accounts of the most disputed incidents side by side.
func besideBlocks(r *stats.Report) []block {
	t, totals := r.Table("by-account-side"), r.Table("by-account")
	if t == nil || totals == nil {
		return nil
	}
	var bs []block
	for i := 0; i < len(t.Rows) && len(bs) < shownBesides; {
		j := i
		for j < len(t.Rows) && t.Rows[j].Keys[0].ID == t.Rows[i].Keys[0].ID {
			j++
		}
		if g, ok := besideGrid(t.Rows[i:j], totals, r.HasInjured); ok {
			g.ID = t.ID + "-" + decimal(int64(len(bs)+1)*data.Unit)
			bs = append(bs, g)
		}
		i = j
	}
	if len(bs) == 0 {
		return nil
	}
	return append(bs, dataLine(t, say("beside.note")))
}

// besideGrid is one incident's accounts: a row for each side, a column for each
// source. It is false where one source alone speaks.
func besideGrid(rows []stats.Row, totals *stats.Table, hasInjured bool) (grid, bool) {
	var sides, sources []stats.Key
	put := func(ks []stats.Key, k stats.Key) []stats.Key {
		for _, x := range ks {
			if x.ID == k.ID {
				return ks
			}
		}
		return append(ks, k)
	}
	cell := map[[2]string]stats.Row{}
	for _, x := range rows {
		sides, sources = put(sides, x.Keys[1]), put(sources, x.Keys[2])
		cell[[2]string{x.Keys[1].ID, x.Keys[2].ID}] = x
	}
	if len(sources) < 2 {
		return grid{}, false
	}
	sources = sources[:min(len(sources), shownColumns)]
	id := rows[0].Keys[0]
	g := grid{Caption: catalogue.Say("page.accounts-side-by-side", "label", id.Label), Head: []column{{say("page.losses-of"), false}}}
	for _, s := range sources {
		g.Head = append(g.Head, column{keyLabel(s), true})
	}
	both := func(x stats.Row, ok bool) line {
		if !ok {
			return words("–")
		}
		return words(accountText(x, hasInjured))
	}
	for _, side := range sides {
		row := gridRow{Cells: []line{keyLabel(side)}}
		for _, s := range sources {
			x, ok := cell[[2]string{side.ID, s.ID}]
			row.Cells = append(row.Cells, both(x, ok))
		}
		g.Rows = append(g.Rows, row)
	}
	if len(sides) > 1 {
		row := gridRow{Cells: []line{say("page.all-sides")}, Aside: true}
		for _, s := range sources {
			x, ok := totals.Find(id.ID, s.ID)
			row.Cells = append(row.Cells, both(x, ok))
		}
		g.Rows = append(g.Rows, row)
	}
	return g, true
}

// policyBlocks shows how the toll would read under each policy.
func policyBlocks(r *stats.Report) []block {
	t := r.Table("by-policy")
	if t == nil {
		return nil
	}
	g := grid{ID: t.ID, Caption: catalogue.Say("page.how-the-toll-of-the-incidents"), Head: append([]column{{say("page.policy"), false}}, tollHead(r.HasInjured)...)}
	for _, x := range t.Rows {
		if isAll(x) {
			g.Rows = append(g.Rows, gridRow{Cells: append([]line{code(x.Keys[1].ID)}, tollCells(x, r.HasInjured)...)})
		}
	}
	return []block{g, dataLine(t, say("policy.note"))}
}

// revisionBlocks says how the tolls of single incidents moved.
func revisionBlocks(r *stats.Report) []block {
	t := r.Table("revisions")
	if t == nil {
		return nil
	}
	l := list{}
	for i := 0; i < len(t.Rows) && len(l.Items) < shownRevised; {
		j, moved := i, false
		var stages line
		for j < len(t.Rows) && t.Rows[j].Keys[0].ID == t.Rows[i].Keys[0].ID {
			if j > i {
				stages = join(stages, words("; "))
			}
			x := t.Rows[j]
			moved = moved || x.Tally.Killed.Figure(1) != t.Rows[i].Tally.Killed.Figure(1)
			stages = join(stages, say("revised.stage", with("killed", tollAt(x.Tally.Killed, x.Tally.Incidents, rowAddress(t.ID, x.Keys)+"/killed")), with("day", keyLabel(x.Keys[1]))))
			j++
		}
		if !moved { // by the policy in force: by another it did
			i = j
			continue
		}
		l.Items = append(l.Items, say("revised", with("incident", keyLabel(t.Rows[i].Keys[0])), with("stages", stages)))
		i = j
	}
	return []block{l, dataLine(t, nil)}
}

// withoutBlocks shows how much the total hangs on one source or one incident.
func withoutBlocks(r *stats.Report) []block {
	t := r.Table("without")
	if t == nil {
		return nil
	}
	return []block{claimGrid(t, r.HasInjured, func(k stats.Key) line {
		if isNamed(k) {
			return say("without.row", with("source", keyLabel(k)))
		}
		switch k.ID {
		case "(deadliest)":
			return say("without.deadliest")
		case "(highest)":
			return say("without.highest")
		}
		return keyLabel(k)
	}), dataLine(t, say("without.note"))}
}

// claimGrid shows a table with its incidents, killed and injured.
func claimGrid(t *stats.Table, hasInjured bool, label func(stats.Key) line) grid {
	if label == nil {
		label = keyLabel
	}
	g := grid{ID: t.ID, Caption: t.Title}
	for _, d := range t.Dims {
		g.Head = append(g.Head, column{words(d.Title), false})
	}
	g.Head = append(append(g.Head, column{say("page.incidents"), true}), tollHead(hasInjured)...)
	for _, x := range t.Rows[:min(len(t.Rows), shownRows)] {
		row := gridRow{Aside: isAside(x)}
		for _, k := range x.Keys {
			row.Cells = append(row.Cells, label(k))
		}
		row.Cells = append(append(row.Cells, words(stats.Number(int64(x.Tally.Incidents)))), tollCells(x, hasInjured)...)
		g.Rows = append(g.Rows, row)
	}
	return g
}

// tollHead and tollCells are the columns on a toll.
func tollHead(hasInjured bool) []column {
	h := []column{{say("page.killed"), true}}
	if hasInjured {
		h = append(h, column{say("page.injured"), true})
	}
	return append(h, column{say("page.killed-unknown"), true})
}

func tollCells(x stats.Row, hasInjured bool) []line {
	n := x.Tally.Incidents
	k, j := x.Tally.Killed.Figure(n), x.Tally.Injured.Figure(n)
	if n == 0 {
		k, j = "–", "–"
	}
	cells := []line{words(k)}
	if hasInjured {
		cells = append(cells, words(j))
	}
	return append(cells, words(stats.Number(int64(x.Tally.Killed.Unknown))))
}
