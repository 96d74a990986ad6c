package output

import (
	"strconv"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// dataBlocks says what the briefing was made from and what became of every
// record of it.
func dataBlocks(d *Document) []block {
	r := d.Report
	bs := []block{paragraph{plainRole, ledgerText(r.Ledger, r.Quality)}}
	if len(d.Inputs) > 0 {
		bs = append(bs, inputGrid(d))
	}
	if lacks := lackLines(r); len(lacks) > 0 {
		bs = append(bs, paragraph{plainRole, say("lacks")}, list{Items: lacks})
	}
	if g, ok := precisionGrid("date-precision", catalogue.Say("page.how-precisely-dates-are-known"), catalogue.Say("page.date-known-to"), datePrecisions[:], r.Quality.DatePrec[:]); ok {
		bs = append(bs, g)
	}
	if g, ok := precisionGrid("place-precision", catalogue.Say("page.how-precisely-places-are-known"), catalogue.Say("page.place-known-to"), placePrecisions[:], r.Quality.GeoPrec[:]); ok && r.Quality.GeoPrec[data.PlaceUnstated] < r.Quality.Incidents {
		bs = append(bs, g)
	}
	bs = append(bs, disagreementBlocks(r)...)
	if len(d.DiagnosticCounts) > 0 {
		bs = append(bs, diagnosticGrid(d))
	} else {
		bs = append(bs, paragraph{plainRole, say("no-remarks")})
	}
	return bs
}

// ledgerText accounts for every record: read = accepted + rejected + blank.
func ledgerText(l data.Ledger, q stats.Quality) line {
	part := func(name string, n int64) arg { return with(name, count64(n, "ledger/"+name)) }
	accepted, rejected, blank := part("accepted", l.Accepted), part("rejected", l.Rejected), part("blank", l.Blank)
	ls := []line{say("ledger", with("read", sayOf("ledger.read", l.Read, with("n", count64(l.Read, "ledger/records_read")))), with("files", sayOf("ledger.files", l.Files, with("n", count64(l.Files, "ledger/files")))),
		accepted, rejected, blank, with("sum", count64(l.Accepted+l.Rejected+l.Blank, "ledger/sum")))}
	if !l.Balances() {
		ls = append(ls, say("ledger.fault"))
	}
	if l.SetAside > 0 {
		ls = append(ls, sayOf("ledger.outside", l.SetAside, with("n", count64(l.SetAside, "ledger/outside_selection"))))
	}
	if counted := l.Accepted - l.SetAside; counted > 0 && int64(q.Incidents) != counted {
		several := line(nil)
		if q.MultiAccount > 0 {
			several = sayOf("ledger.several", int64(q.MultiAccount), with("n", count32(q.MultiAccount, "quality/multi_account")), with("accounts", count32(q.Accounts, "quality/accounts")))
		}
		ls = append(ls, say("ledger.counted", with("n", count64(counted, "ledger/counted")), with("incidents", incidentsAt(q.Incidents, "quality/incidents")), with("several", several)))
	}
	if q.Withdrawn > 0 {
		ls = append(ls, sayOf("ledger.withdrawn", int64(q.Withdrawn), with("n", count32(q.Withdrawn, "quality/withdrawn"))))
	}
	if l.Rejected > 0 {
		ls = append(ls, say("ledger.rejected"))
	}
	return inSentences(ls...)
}

// inputGrid lists the files read.
func inputGrid(d *Document) grid {
	g := grid{ID: "inputs", Caption: catalogue.Say("page.files-read"), Head: []column{{Title: say("page.file")}, {say("page.records"), true}, {say("page.bytes"), true},
		{Title: say("page.read-as")}, {Title: say("page.sha-256-first-12-digits")}}}
	for _, in := range d.Inputs {
		sum := in.SHA256
		if len(sum) > 12 {
			sum = sum[:12]
		}
		as := in.Profile
		if in.Why != "" {
			as = strings.TrimSpace(as + " (" + in.Why + ")")
		}
		g.Rows = append(g.Rows, gridRow{Cells: []line{name(in.Name), words(stats.Number(in.Records)), words(stats.Number(in.Bytes)), name(as), code(sum)}})
	}
	return g
}

// lackLines says what the records do not say, one line for each thing.
func lackLines(r *stats.Report) []line {
	q, t := r.Quality, r.Total
	var ls []line
	add := func(n uint32, id, at string) {
		if n > 0 {
			ls = append(ls, sayOf("lack."+id, int64(n), with("n", count32(n, at))))
		}
	}
	add(t.Killed.Unknown, "killed", "total/killed.unknown")
	if r.HasInjured {
		add(t.Injured.Unknown, "injured", "total/injured.unknown")
	} else {
		ls = append(ls, say("lack.no-injured"))
	}
	add(t.Killed.Open, "killed-open", "total/killed.open")
	if r.HasInjured {
		add(t.Injured.Open, "injured-open", "total/injured.open")
	}
	add(t.Killed.NoBest, "no-best", "total/killed.no_best")
	add(q.Approximate, "approximate", "quality/approximate")
	add(q.Spans, "spans", "quality/spans")
	add(q.Straddling, "straddling", "quality/straddling")
	add(q.NoLocation, "no-location", "quality/no_location")
	add(q.LowAboveBest, "low-above-best", "quality/low_above_best")
	add(q.BestAboveHigh, "best-above-high", "quality/best_above_high")
	add(q.LowAboveHigh, "low-above-high", "quality/low_above_high")
	return append(ls, safeLines(r)...)
}

// safeLines say at which level places and dates can safely be read.
func safeLines(r *stats.Report) []line {
	s := r.Sheet("precision")
	if s == nil || r.Total.Incidents == 0 {
		return nil
	}
	var ls []line
	share := with("share", rule(stats.SafeShare, "safe-share"))
	for _, kind := range []string{"place", "date"} {
		c := s.Cell("safe_"+kind, "total", "total")
		if !c.Stated {
			ls = append(ls, say("safe."+kind+".none", share))
			continue
		}
		n := wholeOf(c)
		if n == 1 && len(s.Rows) > 0 && finest(s, kind) {
			continue // all there is to say is that every incident is known exactly
		}
		ls = append(ls, say("safe."+kind+"."+strconv.FormatInt(n, 10), share))
	}
	return ls
}

// finest reports whether every incident is known to the finest level.
func finest(s *stats.Sheet, kind string) bool {
	column := "place_exact"
	if kind == "date" {
		column = "date_day"
	}
	return s.Cell(column, "total", "total") == s.Cell("incidents", "total", "total")
}

var datePrecisions = [...]string{"page.the-day", "page.a-span-of-days", "page.the-week", "page.the-month", "page.the-year", "page.no-date"}

var placePrecisions = [...]string{"page.not-stated-2", "page.the-exact-place", "page.within-about-25-km", "page.the-district-second-level",
	"page.the-province-first-level", "page.a-wider-region", "page.the-country", "page.international-waters-or-airspace"}

// precisionGrid tells how many incidents are known how exactly; false where all
// are known to the first word, which is the best there is.
func precisionGrid(id, caption, head string, labels []string, counts []uint32) (grid, bool) {
	g := grid{ID: id, Caption: caption, Head: []column{{Title: words(head)}, {say("page.incidents"), true}, {say("page.share"), true}}}
	var total int64
	for _, n := range counts {
		total += int64(n)
	}
	for i, n := range counts {
		if n > 0 && i < len(labels) {
			g.Rows = append(g.Rows, gridRow{Cells: []line{say(labels[i]), words(stats.Number(int64(n))), words(stats.Percent(int64(n), total))}})
		}
	}
	return g, len(g.Rows) > 0
}

// disagreementBlocks lists where accounts of one incident differ on when, where
// or what it was.
func disagreementBlocks(r *stats.Report) []block {
	if len(r.Disagreements) == 0 {
		return nil
	}
	g := grid{ID: "disagreements", Caption: catalogue.Say("page.where-accounts-of-one-incident-differ"), Head: []column{{Title: say("page.incident")},
		{Title: say("page.on")}, {Title: say("page.accounts-say")}, {Title: say("page.used")}}}
	for i, x := range r.Disagreements {
		if i == shownRows {
			break
		}
		var values line
		for i, v := range x.Values {
			if i > 0 {
				values = join(values, words("; "))
			}
			values = join(values, name(v))
		}
		g.Rows = append(g.Rows, gridRow{Cells: []line{name(x.ID), words(strings.ReplaceAll(x.Field, "_", " ")), values, name(x.Used)}})
	}
	bs := []block{g}
	if left := len(r.Disagreements) - shownRows; left > 0 {
		bs = append(bs, paragraph{noteRole, sayOf("rows-in", int64(left), with("n", count64(int64(left), "rows/disagreements")), with("file", file("report.json")))})
	}
	return bs
}

// diagnosticGrid lists the remarks on the data by code, with where the first of
// each stand. Values of cells are not repeated: they may name victims.
func diagnosticGrid(d *Document) grid {
	g := grid{ID: "diagnostics", Caption: catalogue.Say("page.remarks-on-the-data"), Head: []column{{Title: say("page.remark")}, {Title: say("page.severity")},
		{say("page.times"), true}, {Title: say("page.first-at")}, {Title: say("page.code")}}}
	for _, c := range d.DiagnosticCounts {
		title := c.Title
		if title == "" {
			title = strings.ReplaceAll(c.Code, "-", " ")
		}
		g.Rows = append(g.Rows, gridRow{Cells: []line{words(title), words(c.Severity.String()), words(stats.Number(c.N)),
			name(strings.Join(d.placesOf(c.Code, 3), ", ")), code(c.Code)}})
	}
	return g
}

// placesOf returns where the first diagnostics of a code stand, as file:line.
func (d *Document) placesOf(code string, limit int) []string {
	var at []string
	for _, x := range d.Diagnostics {
		if x.Code != code {
			continue
		}
		if len(at) == limit {
			break
		}
		s := d.fileName(x.File)
		if x.Line > 0 {
			s += ":" + decimal(int64(x.Line)*data.Unit)
		}
		at = append(at, s)
	}
	return at
}
