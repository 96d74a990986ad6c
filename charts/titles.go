package charts

import (
	"math"
	"strings"

	"toll/stats"
)

// A title is a finding only where the figures carry it whatever their ranges
// are; else it names the subject, and the subtitle need not repeat it.

// seriesTitle names the peak where one period is the highest by best figures
// that cover every stated toll; else it gives the bounds.
func (pl *planner) seriesTitle(tl *timeline, all stats.Tally, subject string) (title, subtitle string) {
	k := all.Killed
	total := subject + ". Total " + totalText(k, all.Incidents, "killed")
	if n := peak(tl); n >= 0 && tl.withheld == 0 && tl.total().Killed.HasBest() {
		in := " in "
		if tl.period == stats.ByDay {
			in = " on "
		}
		s := tl.slots[n]
		title = "Reported deaths peaked at " + stats.Number(stats.Persons(s.tally.Killed.Best)) + in + periodName(tl.period, s.n)
		if !highest(tl, n) {
			title += ", by best figures"
		}
		return title, total
	}
	if k.Known(all.Incidents) == 0 {
		return "People reported injured" + pl.in() + pl.when(), "Number per " + unitName(tl.period)
	}
	return boundsTitle(k, pl.in()), subject + ", in " + incidents(all.Incidents)
}

// peak returns the slot with the most deaths by best figures, -1 where no one
// slot stands out.
func peak(tl *timeline) int {
	if len(tl.slots) < 3 {
		return -1
	}
	at, second := 0, int64(math.MinInt64)
	for i, s := range tl.slots[1:] {
		if s.tally.Killed.Best > tl.slots[at].tally.Killed.Best {
			second = tl.slots[at].tally.Killed.Best
			at = i + 1
			continue
		}
		second = max(second, s.tally.Killed.Best)
	}
	top := stats.Persons(tl.slots[at].tally.Killed.Best)
	if top == 0 || top == stats.Persons(second) {
		return -1
	}
	return at
}

// highest reports whether no other slot has more by the lowest or by the highest
// figures.
func highest(tl *timeline, n int) bool {
	k := tl.slots[n].tally.Killed
	for _, s := range tl.slots {
		if s.tally.Killed.Low > k.Low || s.tally.Killed.High > k.High {
			return false
		}
	}
	return true
}

// boundsTitle says how many were reported killed, as a sentence that stays true
// whatever the bounds are.
func boundsTitle(k stats.Sum, where string) string {
	lo, hi := stats.Number(stats.Persons(k.Low)), stats.Number(stats.Persons(k.High))
	people := "people"
	if lo == "1" && hi == "1" {
		people = "person"
	}
	switch {
	case hi == "0" && k.Open == 0 && k.Unknown > 0:
		return "No deaths reported" + where + " where a toll is stated"
	case hi == "0" && k.Open == 0:
		return "No deaths reported" + where
	case lo == hi && k.Open == 0:
		return lo + nbsp + people + " reported killed" + where
	case lo == hi:
		return "At least " + lo + nbsp + people + " reported killed" + where
	case k.Open > 0:
		return "At least " + lo + nbsp + "people reported killed" + where + ", and " + hi + " or more by the highest figures"
	}
	return "At least " + lo + " and as many as " + hi + nbsp + "people reported killed" + where
}

// deathsByParty names the subject of a chart by party; per goes after "killed".
func (pl *planner) deathsByParty(per string) string {
	if pl.ctx.Directed {
		return "People reported killed" + per + pl.in() + " by claimed perpetrator"
	}
	return "Deaths" + per + pl.in() + " in events involving the parties named"
}

func (pl *planner) deathsByPlaceAndParty() string {
	if pl.ctx.Directed {
		return "People reported killed" + pl.in() + " by location and claimed perpetrator"
	}
	return "Deaths" + pl.in() + " by location, in events involving the parties named"
}

// partyNote is what a reader must know of a name in a chart.
func (pl *planner) partyNote() string {
	if pl.ctx.Directed {
		return "“Claimed perpetrator” is the party that claims the incident, else the party it is attributed to; not a finding of responsibility"
	}
	return "Deaths in events involving the parties named; the data does not say who killed whom, and a name is not a finding of responsibility"
}

// partyTitle says how few parties account for most deaths where best figures
// cover every stated toll.
func (pl *planner) partyTitle(pc *partyStack, total stats.Tally) (title, subtitle string) {
	per := "per " + unitName(pc.tl.period)
	subject := pl.deathsByParty(" "+per) + pl.when()
	plain := upperFirst(pc.measure.name)
	sum := total.Killed.Best
	if !pc.measure.best || stats.Persons(sum) < 20 {
		return subject, plain
	}
	es := ranked(pc.whole.named())
	n, part := fewest(es, sum, 3)
	if n == 0 || !pl.nameable(es[:n]) {
		return subject, plain
	}
	full := subject + ", " + pc.measure.name
	share := percent(part, sum) + " of reported deaths"
	first := shortName(pl.partyLabel(es[0].key))
	if !pl.ctx.Directed {
		if n == 1 {
			return "Events involving “" + noBreak(first) + "” account for " + share, full
		}
		return "Events of " + lower(spelt(n)) + " groups of parties account for " + share, full
	}
	tail := ""
	if u, ok := pc.whole.unstated(); ok && u.tally.Killed.Best > sum/20 {
		tail = "; " + percent(u.tally.Killed.Best, sum) + " are unattributed"
	}
	if n == 1 {
		return "Claimed perpetrator of " + share + ": " + first + tail, full
	}
	return spelt(n) + " parties are the claimed perpetrators of " + share + tail, full
}

// nameable reports whether a title may count or name these parties: each is one
// party, and, where the title says who acted, the data says so.
func (pl *planner) nameable(es entries) bool {
	for _, e := range es {
		joint := strings.Contains(e.key.Label, " + ")
		if pl.ctx.Directed && (e.key.Kind == stats.Involved || joint) {
			return false
		}
	}
	return true
}

// fewest returns the smallest number of leading entries, at most limit and not
// all, that hold at least two fifths of the sum and no tie across the cut.
func fewest(es entries, sum int64, limit int) (n int, part int64) {
	for n := 1; n <= limit && n < len(es); n++ {
		part += es[n-1].tally.Killed.Best
		if part >= sum/5*2 && es[n-1].tally.Killed.Best != es[n].tally.Killed.Best {
			return n, part
		}
	}
	return 0, 0
}

// placeTitle says which share the first places have.
func (pl *planner) placeTitle(es entries, m measure) (title, subtitle string) {
	subject := "People reported killed" + pl.in() + " by " + pl.placeWord() + pl.when()
	total := es.total()
	sum := total.Killed.Best
	if !m.best || stats.Persons(sum) < 20 {
		return subject, barWords(m)
	}
	top := ranked(es.named())
	n, part := fewest(top, sum, 3)
	_, many := pl.placeWords()
	share := percent(part, sum) + " of reported deaths"
	switch {
	case n == 0 || len(top) < n+2:
		return subject, barWords(m)
	case n == 1:
		return share + " were in " + shortName(pl.placeLabel(top[0].key)), subject + ". " + barWords(m)
	}
	return spelt(n) + " " + many + " account for " + share, subject + ". " + barWords(m)
}

// placeWords are "province" and "provinces".
func (pl *planner) placeWords() (one, many string) { return wordsOf(pl.level) }

func wordsOf(level string) (one, many string) {
	for _, l := range locationLevels {
		if l.id == level {
			return l.one, l.many
		}
	}
	return "place", "places"
}

func (pl *planner) placeWord() string {
	one, _ := pl.placeWords()
	return one
}
