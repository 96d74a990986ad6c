package output

import (
	"strconv"

	"toll/data"
	"toll/stats"
)

// notableSpell is from how many earlier periods with fewer on a record is worth a
// sentence.
const notableSpell = 6

// changeBlocks compares the latest whole period with earlier ones.
func changeBlocks(r *stats.Report) []block {
	if len(r.Changes) == 0 {
		return noChanges(r)
	}
	var l list
	low, dealt := false, false
	for _, c := range r.Changes {
		l.Items = append(l.Items, changeLine(c, r.Period))
		for _, d := range c.Measures {
			low, dealt = low || d.Bound == "low", dealt || d.Bounded
		}
	}
	l.Items = append(l.Items, recordLines(r)...)
	note := []line{say("changes.note", with("base", rule(stats.MinBase, "min-base")))}
	if low {
		note = append(note, say("changes.lowest"))
	}
	if dealt {
		note = append(note, say("changes.bootstrap", with("resamples", rule(stats.BootstrapResamples, "resamples")), with("seed", rule(stats.BootstrapSeed, "seed"))))
	}
	return []block{l, paragraph{noteRole, inSentences(note...)}}
}

// noChanges says why nothing is compared.
func noChanges(r *stats.Report) []block {
	switch {
	case r.Total.Incidents == 0 || r.PeriodTable() == nil || r.MinCell > 0:
		return nil
	case r.Period == stats.ByDay:
		return []block{paragraph{plainRole, say("changes.days")}}
	}
	return []block{paragraph{plainRole, say("changes.none." + r.Period.String())}}
}

// changeLine puts one comparison into a sentence.
func changeLine(c stats.Change, p stats.Period) line {
	kind := say("change." + c.ID)
	if c.ID != "year-to-date" {
		kind = say("change." + c.ID + "." + p.String())
	}
	var moves []line
	for _, d := range c.Measures {
		moves = append(moves, deltaLine(d, "changes/"+c.ID))
	}
	all := []line{say("change", with("kind", kind), with("after", rowLabel(c.After)), with("before", rowLabel(c.Before)), with("moves", capital(listed3(moves))))}
	if len(c.Measures) > 0 {
		all = append(all, unusualLine(c)...)
	}
	for _, d := range c.Measures {
		all = append(all, deathLines(d, c)...)
	}
	if c.Vague > 0 {
		all = append(all, sayOf("change.vague", int64(c.Vague), with("n", count32(c.Vague, "changes/"+c.ID+"/incidents/vague"))))
	}
	return inSentences(all...)
}

// listed3 joins the parts of a sentence by semicolons.
func listed3(parts []line) line {
	var l line
	for i, p := range parts {
		if i > 0 {
			l = append(l, words("; ")...)
		}
		l = append(l, p...)
	}
	return l
}

// unusualLine says whether counts of incidents this far apart are unusual where
// nothing has changed. It is said of incidents only: one incident can kill many.
func unusualLine(c stats.Change) []line {
	d := c.Measures[0]
	if d.Measure != "incidents" || d.Before == d.After {
		return nil
	}
	at := "changes/" + c.ID + "/incidents/"
	id := "unusual.not"
	if d.P < stats.Unusual {
		id = "unusual"
	}
	parts := []arg{with("p", figure(probability(d.P), at+"p"))}
	switch f := c.Dispersion; {
	case f.Pairs == 0:
		id += ".unchecked"
	case f.Factor > 1:
		id += ".corrected"
		parts = append(parts, with("factor", figure(oneDecimal(f.Factor), at+"dispersion")), with("pairs", figure(strconv.Itoa(f.Pairs), at+"pairs")))
	}
	return []line{say(id, parts...)}
}

// oneDecimal writes a factor.
func oneDecimal(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

// probability writes a p-value: two decimals, three below 0.1, and a bound below
// a thousandth.
func probability(p float64) string {
	switch {
	case p < 0.001:
		return "< 0.001"
	case p < 0.0995:
		return "= " + strconv.FormatFloat(p, 'f', 3, 64)
	}
	return "= " + strconv.FormatFloat(p, 'f', 2, 64)
}

// deltaLine says how one measure moved: the absolute figures first, then the
// change, then per cent of the earlier figure where that is no small number.
func deltaLine(d stats.Delta, address string) line {
	before, after := d.Before, d.After
	if d.Measure != "incidents" {
		before, after = stats.Persons(before), stats.Persons(after)
	}
	at := address + "/" + d.Measure + "/"
	from, to := with("before", figure(stats.Number(before), at+"before")), with("after", figure(stats.Number(after), at+"after"))
	diff, id := after-before, "delta."+d.Measure
	switch {
	case diff == 0:
		return say(id+".unchanged", to)
	case diff < 0:
		diff, id = -diff, id+".fell"
	default:
		id += ".rose"
	}
	l := say(id, from, to)
	switch p := d.PercentChange(); p {
	case "":
		return l
	case "n/a":
		return join(l, say("delta.from-zero"))
	default:
		return join(l, say("delta.by", with("change", figure(stats.Number(diff), at+"change")), with("percent", figure(p, at+"percent"))))
	}
}

// deathLines says how far a change in deaths could be the chance of single
// incidents, and what remains of it without the deadliest.
func deathLines(d stats.Delta, c stats.Change) []line {
	if !d.Bounded || d.Before == d.After {
		return nil
	}
	at := "changes/" + c.ID + "/" + d.Measure + "/"
	id := "deaths.either"
	switch {
	case d.Low > 0:
		id = "deaths.rise"
	case d.High < 0:
		id = "deaths.fall"
	}
	ls := []line{say(id, with("low", figure(signedNumber(d.Low), at+"low")), with("high", figure(signedNumber(d.High), at+"high")))}
	if d.Deadliest > 0 {
		in := rowLabel(c.Before)
		if d.Later {
			in = rowLabel(c.After)
		}
		id := "deaths.without"
		if d.Bound == "low" {
			id += ".low"
		}
		ls = append(ls, say(id, with("n", figure(stats.Number(d.Deadliest), at+"deadliest")), with("in", in),
			with("before", figure(stats.Number(d.WithoutBefore), at+"before_without")), with("after", figure(stats.Number(d.WithoutAfter), at+"after_without"))))
	}
	return ls
}

func signedNumber(n int64) string {
	if n > 0 {
		return "+" + stats.Number(n)
	}
	return stats.Number(n)
}

// recordLines says since when there has not been as much as in the latest whole
// period, and what the last thirty days covered had, whole period or not.
func recordLines(r *stats.Report) []line {
	var ls []line
	latest := r.Changes[0].After
	if s := r.Sheet("records"); s != nil {
		for _, row := range s.Rows {
			value, fewer := row.Cells[0], row.Cells[1]
			if fewer.V < notableSpell*data.Unit || value.V == 0 {
				continue
			}
			at := rowAddress(s.ID, row.Keys) + "/"
			measure, since := row.Keys[0].ID, row.Keys[1]
			if measure == "killed" && !latest.Tally.Killed.HasBest() {
				measure = "killed-low"
			}
			parts := []arg{with("n", figure(stats.Number(stats.Persons(value.V)), at+"value")), with("in", rowLabel(latest))}
			if isNamed(since) {
				ls = append(ls, say("record."+measure+".since", append(parts, with("since", keyLabel(since)))...))
			} else {
				ls = append(ls, say("record."+measure+".ever", append(parts, with("covered", figure(stats.Number(stats.Persons(row.Cells[2].V)), at+"covered")), with("periods", say("periods."+r.Period.String())))...))
			}
		}
	}
	if s := r.Sheet("rolling"); s != nil && len(s.Rows) > 0 {
		row := s.Rows[len(s.Rows)-1]
		at := rowAddress(s.ID, row.Keys) + "/"
		day := row.Keys[0].ID
		if n, k := s.Cell("incidents_30", day), s.Cell("killed_30", day); n.Stated {
			ls = append(ls, sayOf("rolling", stats.Persons(n.V), with("to", keyLabel(row.Keys[0])), with("n", figure(stats.Number(stats.Persons(n.V)), at+"incidents_30")),
				with("killed", figure(stats.Number(stats.Persons(k.V)), at+"killed_30"))))
		}
	}
	return ls
}
