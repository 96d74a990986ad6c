package output

import (
	"strings"

	"toll/data"
	"toll/stats"
)

// dataBlocks says what the briefing was made from and what became of every
// record of it.
func dataBlocks(d *Document) []block {
	r := d.Report
	bs := []block{paragraph{plainRole, words(ledgerText(r.Ledger, r.Quality))}}
	if len(d.Inputs) > 0 {
		bs = append(bs, inputGrid(d))
	}
	if lacks := lackLines(r); len(lacks) > 0 {
		bs = append(bs, paragraph{plainRole, words("What the accepted records leave open:")}, list{lacks})
	}
	if g, ok := precisionGrid("date-precision", "How precisely dates are known", "Date known to", datePrecisions[:], r.Quality.DatePrec[:]); ok {
		bs = append(bs, g)
	}
	if g, ok := precisionGrid("place-precision", "How precisely places are known", "Place known to", placePrecisions[:], r.Quality.GeoPrec[:]); ok && r.Quality.GeoPrec[data.PlaceUnstated] < r.Quality.Incidents {
		bs = append(bs, g)
	}
	bs = append(bs, disagreementBlocks(r)...)
	if len(d.DiagnosticCounts) > 0 {
		bs = append(bs, diagnosticGrid(d))
	} else {
		bs = append(bs, paragraph{plainRole, words("Nothing in the data had to be remarked on.")})
	}
	return bs
}

// ledgerText accounts for every record: read = accepted + rejected + blank.
func ledgerText(l data.Ledger, q stats.Quality) string {
	s := many(l.Read, "record was", "records were") + " read from " + many(l.Files, "file", "files") + ": " +
		stats.Number(l.Accepted) + " accepted, " + stats.Number(l.Rejected) + " rejected and " + stats.Number(l.Blank) + " blank (" +
		stats.Number(l.Accepted) + " + " + stats.Number(l.Rejected) + " + " + stats.Number(l.Blank) + " = " + stats.Number(l.Accepted+l.Rejected+l.Blank) + ")."
	if !l.Balances() {
		s += " These do not add up, which is a fault of the program that made this briefing."
	}
	if l.SetAside > 0 {
		s += " " + upper(many(l.SetAside, "accepted record lies", "accepted records lie")) + " outside the selection and " + leave(l.SetAside) + " out."
	}
	if counted := l.Accepted - l.SetAside; counted > 0 && int64(q.Incidents) != counted {
		s += " The records that count, " + stats.Number(counted) + ", tell of " + incidents(q.Incidents)
		switch q.MultiAccount {
		case 0:
		case 1:
			s += "; 1 of them is told by several records, " + stats.Number(int64(q.Accounts)) + " in all, and counted once"
		default:
			s += "; " + stats.Number(int64(q.MultiAccount)) + " of them are told by several records, " + stats.Number(int64(q.Accounts)) + " in all, and each counted once"
		}
		s += "."
	}
	switch q.Withdrawn {
	case 0:
	case 1:
		s += " 1 incident is left out because every account of it is retracted or superseded."
	default:
		s += " " + incidents(q.Withdrawn) + " are left out because every account of them is retracted or superseded."
	}
	if l.Rejected > 0 {
		s += " Rejected records count nowhere; the list of remarks says why each was rejected."
	}
	return s
}

func leave(n int64) string {
	if n == 1 {
		return "is left"
	}
	return "are left"
}

// inputGrid lists the files read.
func inputGrid(d *Document) grid {
	g := grid{ID: "inputs", Caption: "Files read", Head: []column{{Title: words("File")}, {words("Records"), true}, {words("Bytes"), true},
		{Title: words("Read as")}, {Title: words("SHA-256, first 12 digits")}}}
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
	add := func(n uint32, one, more string) {
		if n > 0 {
			ls = append(ls, words(upper(many(int64(n), one, more))))
		}
	}
	add(t.Killed.Unknown, "incident has no known toll of killed.", "incidents have no known toll of killed.")
	if r.HasInjured {
		add(t.Injured.Unknown, "incident has no known toll of injured.", "incidents have no known toll of injured.")
	} else {
		ls = append(ls, words("The data has no column of injured."))
	}
	add(t.Killed.Open, "toll of killed is open-ended.", "tolls of killed are open-ended.")
	if r.HasInjured {
		add(t.Injured.Open, "toll of injured is open-ended.", "tolls of injured are open-ended.")
	}
	add(t.Killed.NoBest, "stated toll of killed is a range or a bound without a best figure.", "stated tolls of killed are ranges or bounds without a best figure.")
	add(q.Approximate, "toll is given as approximate (“about”).", "tolls are given as approximate (“about”).")
	add(q.Spans, "incident is dated to more than one day.", "incidents are dated to more than one day: a span, a week, a month or a year.")
	add(q.Straddling, "of these crosses the end of a reporting period and is counted where it starts.", "of these cross the end of a reporting period and are counted where they start.")
	add(q.NoLocation, "incident has no location.", "incidents have no location.")
	add(q.LowAboveBest, "incident was kept although its low figure exceeds its best.", "incidents were kept although their low figure exceeds their best.")
	add(q.BestAboveHigh, "incident was kept although its best figure exceeds its high.", "incidents were kept although their best figure exceeds their high.")
	add(q.LowAboveHigh, "incident was kept although its low figure exceeds its high.", "incidents were kept although their low figure exceeds their high.")
	return ls
}

var datePrecisions = [...]string{"the day", "a span of days", "the week", "the month", "the year", "no date"}

var placePrecisions = [...]string{"not stated", "the exact place", "within about 25 km", "the district (second level)",
	"the province (first level)", "a wider region", "the country", "international waters or airspace"}

// precisionGrid tells how many incidents are known how exactly; false where all
// are known to the first word, which is the best there is.
func precisionGrid(id, caption, head string, labels []string, counts []uint32) (grid, bool) {
	g := grid{ID: id, Caption: caption, Head: []column{{Title: words(head)}, {words("Incidents"), true}, {words("Share"), true}}}
	var total int64
	for _, n := range counts {
		total += int64(n)
	}
	for i, n := range counts {
		if n > 0 && i < len(labels) {
			g.Rows = append(g.Rows, gridRow{Cells: []line{words(labels[i]), words(stats.Number(int64(n))), words(stats.Percent(int64(n), total))}})
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
	g := grid{ID: "disagreements", Caption: "Where accounts of one incident differ", Head: []column{{Title: words("Incident")},
		{Title: words("On")}, {Title: words("Accounts say")}, {Title: words("Used")}}}
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
		bs = append(bs, paragraph{noteRole, join(words(cutText(left, "row")+" in "), file("report.json"), words("."))})
	}
	return bs
}

// diagnosticGrid lists the remarks on the data by code, with where the first of
// each stand. Values of cells are not repeated: they may name victims.
func diagnosticGrid(d *Document) grid {
	g := grid{ID: "diagnostics", Caption: "Remarks on the data", Head: []column{{Title: words("Remark")}, {Title: words("Severity")},
		{words("Times"), true}, {Title: words("First at")}, {Title: words("Code")}}}
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
