package charts

import (
	"math"
	"strings"

	"toll/internal/catalogue"
	"toll/stats"
)

// A title is a finding only where the figures carry it whatever their ranges
// are; else it names the subject, and the subtitle need not repeat it.

// seriesTitle names the peak where one period is the highest by best figures
// that cover every stated toll; else it gives the bounds.
func (pl *planner) seriesTitle(tl *timeline, all stats.Tally, subject string) (title, subtitle string) {
	k := all.Killed
	total := catalogue.Say("chart.total", "subject", subject, "totalText", totalText(k, all.Incidents, "killed"))
	if n := peak(tl); n >= 0 && tl.withheld == 0 && tl.total().Killed.HasBest() {
		in := catalogue.Say("chart.in-2")
		if tl.period == stats.ByDay {
			in = catalogue.Say("chart.on-3")
		}
		s := tl.slots[n]
		title = catalogue.Say("chart.reported-deaths-peaked-at", "best", stats.Number(stats.Persons(s.tally.Killed.Best)), "in", in, "period", periodName(tl.period, s.n))
		if !highest(tl, n) {
			title += catalogue.Say("chart.by-best-figures")
		}
		return title, total
	}
	if k.Known(all.Incidents) == 0 {
		return catalogue.Say("chart.people-reported-injured", "in", pl.in(), "when", pl.when()), catalogue.Say("chart.number-per", "period", unitName(tl.period))
	}
	return boundsTitle(k, pl.in()), catalogue.Say("chart.in-3", "subject", subject, "incidents", incidents(all.Incidents))
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
	people := catalogue.Say("chart.people")
	if lo == "1" && hi == "1" {
		people = catalogue.Say("chart.person")
	}
	switch {
	case hi == "0" && k.Open == 0 && k.Unknown > 0:
		return catalogue.Say("chart.no-deaths-reported-where-a-toll", "where", where)
	case hi == "0" && k.Open == 0:
		return catalogue.Say("chart.no-deaths-reported", "where", where)
	case lo == hi && k.Open == 0:
		return catalogue.Say("chart.reported-killed", "lo", lo, "people", people, "where", where)
	case lo == hi:
		return catalogue.Say("chart.at-least-reported-killed", "lo", lo, "people", people, "where", where)
	case k.Open > 0:
		return catalogue.Say("chart.at-least-people-reported-killed-and", "lo", lo, "where", where, "hi", hi)
	}
	return catalogue.Say("chart.at-least-and-as-many-as", "lo", lo, "hi", hi, "where", where)
}

// deathsByParty names the subject of a chart by party; per goes after "killed".
func (pl *planner) deathsByParty(per string) string {
	if pl.ctx.Directed {
		return catalogue.Say("chart.people-reported-killed-by-claimed-perpetrator", "per", per, "in", pl.in())
	}
	return catalogue.Say("chart.deaths-in-events-involving-the-parties", "per", per, "in", pl.in())
}

func (pl *planner) deathsByPlaceAndParty() string {
	if pl.ctx.Directed {
		return catalogue.Say("chart.people-reported-killed-by-location-and", "in", pl.in())
	}
	return catalogue.Say("chart.deaths-by-location-in-events-involving", "in", pl.in())
}

// partyNote is what a reader must know of a name in a chart.
func (pl *planner) partyNote() string {
	if pl.ctx.Directed {
		return catalogue.Say("chart.claimed-perpetrator-is-the-party-that")
	}
	return catalogue.Say("chart.deaths-in-events-involving-the-parties-2")
}

// partyTitle says how few parties account for most deaths where best figures
// cover every stated toll.
func (pl *planner) partyTitle(pc *partyStack, total stats.Tally) (title, subtitle string) {
	per := catalogue.Say("chart.per-2", "period", unitName(pc.tl.period))
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
	share := catalogue.Say("chart.of-reported-deaths", "part", percent(part, sum))
	first := shortName(pl.partyLabel(es[0].key))
	if !pl.ctx.Directed {
		if n == 1 {
			return catalogue.Say("chart.events-involving-account-for", "first", noBreak(first), "share", share), full
		}
		return catalogue.Say("chart.events-of-groups-of-parties-account", "spelt", lower(spelt(n)), "share", share), full
	}
	tail := ""
	if u, ok := pc.whole.unstated(); ok && u.tally.Killed.Best > sum/20 {
		tail = catalogue.Say("chart.are-unattributed", "best", percent(u.tally.Killed.Best, sum))
	}
	if n == 1 {
		return catalogue.Say("chart.claimed-perpetrator-of", "share", share, "first", first, "tail", tail), full
	}
	return catalogue.Say("chart.parties-are-the-claimed-perpetrators-of", "spelt", spelt(n), "share", share, "tail", tail), full
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
	subject := catalogue.Say("chart.people-reported-killed-by", "in", pl.in(), "placeWord", pl.placeWord(), "when", pl.when())
	total := es.total()
	sum := total.Killed.Best
	if !m.best || stats.Persons(sum) < 20 {
		return subject, barWords(m)
	}
	top := ranked(es.named())
	n, part := fewest(top, sum, 3)
	_, many := pl.placeWords()
	share := catalogue.Say("chart.of-reported-deaths", "part", percent(part, sum))
	switch {
	case n == 0 || len(top) < n+2:
		return subject, barWords(m)
	case n == 1:
		return catalogue.Say("chart.were-in", "share", share, "key", shortName(pl.placeLabel(top[0].key))), subject + ". " + barWords(m)
	}
	return catalogue.Say("chart.account-for", "spelt", spelt(n), "many", many, "share", share), subject + ". " + barWords(m)
}

// placeWords are "province" and "provinces".
func (pl *planner) placeWords() (one, many string) { return wordsOf(pl.level) }

func wordsOf(level string) (one, many string) {
	for _, l := range locationLevels {
		if l.id == level {
			return catalogue.Say("level." + l.id), catalogue.Say("levels." + l.id)
		}
	}
	return catalogue.Say("level.place"), catalogue.Say("levels.place")
}

func (pl *planner) placeWord() string {
	one, _ := pl.placeWords()
	return one
}
