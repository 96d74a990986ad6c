package stats

import (
	"toll/data"
	"toll/internal/catalogue"
)

// Alone tallies one incident at a time by the rules, and with the names, of a
// dataset that has been tallied as a whole. What an incident adds to any figure
// of the whole report is that figure of the report on it alone, so that a figure
// can be explained, and a change of it traced, by the code that made it.
type Alone struct {
	whole *Accumulator
	opt   Options
}

// Alone returns a tally of single incidents. Call it after Report, whose report
// r is.
func (a *Accumulator) Alone(r *Report) *Alone {
	opt := a.opt
	opt.Period = r.Period
	opt.Top, opt.Roll = max(1, opt.Top), 0
	return &Alone{a, opt}
}

// accumulator returns one for the records of an incident.
func (x *Alone) accumulator(records []*data.Batch) *Accumulator {
	opt := x.opt
	opt.Repeated = map[uint64]struct{}{}
	if len(records) > 1 {
		opt.Repeated[HashID(records[0].ID.Bytes(0))] = struct{}{}
	}
	w := x.whole
	a := NewAccumulator(opt)
	a.whole, a.dicts, a.from, a.crossLevel, a.places, a.spelt = w, w.dicts, w.from, w.crossLevel, w.places, w.spelt
	a.hasInjured = w.hasInjured
	if a.series != nil && w.series != nil {
		a.series.coarse = w.series.coarse
	}
	n := len(a.places.paths)
	a.byPlace, a.toCrossPlace = make([]Tally, n), make([]int32, n)
	for i := range a.toCrossPlace {
		a.toCrossPlace[i] = -1
	}
	return a
}

// Report returns the report on one incident, given by its records, each a batch
// of its own (see Cut). Tables that hold nothing of it may be left out.
func (x *Alone) Report(records []*data.Batch) (*Report, error) {
	a := x.accumulator(records)
	for _, b := range records {
		if err := a.Add(b); err != nil {
			return nil, err
		}
	}
	return a.Report()
}

// Cut copies record i of a batch into a batch of its own.
func Cut(b *data.Batch, i int) *data.Batch {
	c := &data.Batch{File: b.File, First: b.First + int64(i), N: 1, Dicts: b.Dicts, Line: single(b.Line, i),
		Start: single(b.Start, i), End: single(b.End, i), Prec: single(b.Prec, i), Lat: single(b.Lat, i), Lon: single(b.Lon, i),
		GeoPrec: single(b.GeoPrec, i), VictimType: single(b.VictimType, i), Attribution: single(b.Attribution, i), Status: single(b.Status, i), ReportedOn: single(b.ReportedOn, i),
		Killed: single(b.Killed, i), Injured: single(b.Injured, i)}
	for n := range c.Codes {
		c.Codes[n] = single(b.Codes[n], i)
	}
	for k := range c.Besides {
		c.Besides[k] = single(b.Besides[k], i)
	}
	for p := range c.KilledParts {
		c.KilledParts[p], c.InjuredParts[p] = single(b.KilledParts[p], i), single(b.InjuredParts[p], i)
	}
	for _, t := range []struct{ to, from *data.Texts }{{&c.ID, &b.ID}, {&c.Notes, &b.Notes}, {&c.URL, &b.URL}} {
		if t.from.End != nil {
			t.to.Append(t.from.Bytes(i))
		}
	}
	return c
}

func single[T any](column []T, i int) []T {
	if column == nil {
		return nil
	}
	return []T{column[i]}
}

// Telling is one record of an incident and what became of it.
type Telling struct {
	File, Line      int
	Source          string
	Side            string // that suffered the losses
	Victims         string
	ReportedOn      data.Day
	Killed, Injured data.Count
	Used            bool
	Why             string // why it was set aside, or how it was used
}

// Tellings says of each record of an incident whether it was used, and why not.
func (x *Alone) Tellings(records []*data.Batch) []Telling {
	a := x.accumulator(records)
	var as []account
	for _, b := range records {
		as = append(as, accountOf(b, 0, a.codesFor(b.Dicts)))
	}
	how := a.how()
	all := a.standingFigures(as, how)
	var ts []Telling
	for i := range as {
		c := &as[i]
		t := a.telling(c)
		t.Why, t.Used = a.fate(c, as, all, how)
		ts = append(ts, t)
	}
	return ts
}

func (a *Accumulator) telling(c *account) Telling {
	return Telling{File: c.fileIndex, Line: c.line, Source: a.text(c, data.ColSource), Side: a.text(c, data.ColVictimSide),
		Victims: c.victim.String(), ReportedOn: c.reportedOn, Killed: c.killed, Injured: c.injured}
}

// fate says what becomes of one account among all of its incident. Standing are
// the figures that are weighed.
func (a *Accumulator) fate(c *account, as []account, standing []figure, how reading) (string, bool) {
	switch {
	case !c.knownBy(how.asOf) && c.reportedOn == data.NoDay:
		return catalogue.Say("table.set-aside-dated-after", "string", how.asOf.String()), false
	case !c.knownBy(how.asOf):
		return catalogue.Say("table.set-aside-not-yet-reported-on", "string", how.asOf.String()), false
	case c.status == data.Retracted:
		return catalogue.Say("table.set-aside-retracted"), false
	case c.status == data.Superseded && !stoodThen(c, as, how.asOf):
		return catalogue.Say("table.set-aside-superseded"), false
	case c.status == data.Denied:
		return catalogue.Say("table.a-denial-which-is-no-figure"), true
	}
	source := a.text(c, data.ColSource)
	var same []figure
	found, figures := false, 0
	for i := range standing {
		f := &standing[i]
		if f.status == data.Denied {
			continue
		}
		figures++
		if f.side != c.codes[data.ColVictimSide] || f.victim != c.victim {
			continue
		}
		same = append(same, *f)
		found = found || f.source == source && f.reportedOn == c.reportedOn
	}
	switch {
	case !found:
		return catalogue.Say("table.set-aside-its-source-reported-on"), false
	case len(same) > 1 && !a.within(c, same, how.policy):
		return catalogue.Say("table.set-aside-by-the-policy", "string", how.policy.String()), false
	case len(same) > 1:
		return catalogue.Say("table.weighed-with-the-other-accounts-of", "string", how.policy.String()), true
	case figures > 1:
		return catalogue.Say("table.the-one-account-of-these-people"), true
	}
	return catalogue.Say("table.the-one-account"), true
}

// within reports whether an account's figures lie in the toll that a policy
// makes of all figures for the same people.
func (a *Accumulator) within(c *account, same []figure, p Policy) bool {
	in := func(own data.Count, of func(*figure) *data.Count) bool {
		toll := p.toll(a, same, of)
		return own.Stated() && toll.Stated() && own.Low <= toll.High && own.High >= toll.Low
	}
	return in(c.killed, func(f *figure) *data.Count { return &f.killed }) || in(c.injured, func(f *figure) *data.Count { return &f.injured }) ||
		!c.killed.Stated() && !c.injured.Stated()
}
