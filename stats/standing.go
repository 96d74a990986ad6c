package stats

import (
	"slices"

	"toll/data"
)

// reading is one way of reconciling accounts: the policy, the day up to which
// reports are known, and which figures are heard at all.
type reading struct {
	policy Policy
	asOf   data.Day
	hears  func(*figure) bool // nil: every one
}

// standingAccounts returns the accounts by which an incident is described: those
// known by a day and neither retracted nor superseded; where there are none, those
// known; failing that, all.
func standingAccounts(as []account, asOf data.Day) []account {
	known := slices.DeleteFunc(slices.Clone(as), func(c account) bool { return !c.knownBy(asOf) })
	standing := slices.DeleteFunc(slices.Clone(known), func(c account) bool {
		return c.status == data.Retracted || c.status == data.Superseded && !stoodThen(&c, as, asOf)
	})
	switch {
	case len(standing) > 0:
		return standing
	case len(known) > 0:
		return known
	}
	return as
}

// standingFigures turns accounts into figures and drops what does not stand:
// retracted and superseded figures, and for each source and cell all but the
// latest report. As of an earlier day, later reports are not known yet, and a
// figure superseded by one of them stands.
func (a *Accumulator) standingFigures(as []account, how reading) []figure {
	var fs []figure
	for i := range as {
		c := &as[i]
		if !c.knownBy(how.asOf) {
			continue
		}
		if c.status == data.Retracted || (c.status == data.Superseded && !stoodThen(c, as, how.asOf)) {
			continue
		}
		f := figure{side: c.codes[data.ColVictimSide], victim: c.victim, source: a.text(c, data.ColSource),
			sourceSide: c.codes[data.ColSourceSide], reportedOn: c.reportedOn, status: c.status, killed: c.killed, injured: c.injured,
			claimed: c.codes[data.ColClaimedBy], attributed: c.codes[data.ColAttributedTo], involved: c.codes[data.ColInvolved],
			suspected: c.suspected}
		if c.status == data.Denied {
			f.killed, f.injured = data.Count{}, data.Count{}
		} else {
			f.parts, f.inParts = partsOf(c)
			f.besides = c.besides
		}
		if how.hears == nil || how.hears(&f) {
			fs = append(fs, f)
		}
	}
	all := slices.Clone(fs)
	return slices.DeleteFunc(fs, func(f figure) bool { return replaced(f, all) })
}

// knownBy reports whether an account was known on a day: it had been reported
// by then or, where it does not say when it was, the incident had begun.
func (c *account) knownBy(asOf data.Day) bool {
	switch {
	case asOf == data.NoDay:
		return true
	case c.reportedOn != data.NoDay:
		return c.reportedOn <= asOf
	}
	return c.date.Start == data.NoDay || c.date.Start <= asOf
}

// stoodThen reports whether a figure now superseded still stood on a day: it had
// been reported, and the report of its source that supersedes it came later.
func stoodThen(c *account, as []account, asOf data.Day) bool {
	if asOf == data.NoDay || c.reportedOn == data.NoDay {
		return false
	}
	later := false
	for i := range as {
		if d := &as[i]; c.codes[data.ColSource] != 0 && d.codes[data.ColSource] == c.codes[data.ColSource] && d.reportedOn > c.reportedOn {
			if d.reportedOn <= asOf {
				return false
			}
			later = true
		}
	}
	return later
}

// replaced reports whether the same source reported on the same cell later.
// Reports of one day, or without a day, stand beside each other.
func replaced(f figure, all []figure) bool {
	if f.source == "" || f.reportedOn == data.NoDay {
		return false
	}
	return slices.ContainsFunc(all, func(g figure) bool {
		return g.source == f.source && g.side == f.side && g.victim == f.victim && g.reportedOn > f.reportedOn
	})
}

// withdrawnStatus reports whether an account is no longer held by its source.
func withdrawnStatus(s data.Status) bool { return s == data.Retracted || s == data.Superseded }
