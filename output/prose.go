package output

import (
	"strings"

	"toll/stats"
)

// amount is a number of people as a sentence says it. Noun is "people",
// "person" or blank; what follows it is in Tail.
type amount struct {
	Number, Noun, Tail string
	Singular           bool
}

// people puts a sum over n incidents into words with the hedges it needs: "12
// people", "at least 200 people", "at least 32 and as many as 258 people (or
// more)", and with a best figure "110 people (between 98 and 131)".
// It is false where no toll is known at all.
func people(s stats.Sum, n uint32) (amount, bool) {
	if n > 0 && s.Known(n) == 0 {
		return amount{}, false
	}
	low, high := stats.Persons(s.Low), stats.Persons(s.High)
	if low > high { // published figures do contradict each other
		low, high = high, low
	}
	open := s.Open > 0
	if best := stats.Persons(s.Best); s.HasBest() && (best != low || best != high || open) {
		a := counted(best)
		a.Tail = " (" + extent(low, high, open) + ")"
		return a, true
	}
	switch {
	case low == high && !open:
		return counted(low), true
	case low == high && low == 0:
		return amount{Number: "an unknown number of", Noun: "people"}, true
	case low == high:
		a := counted(low)
		a.Number = "at least " + a.Number
		return a, true
	}
	a := counted(high)
	a.Number = "as many as " + a.Number
	if low > 0 {
		a.Number = "at least " + stats.Number(low) + " and " + a.Number
	}
	if open {
		a.Tail = " (or more)"
	}
	return a, true
}

// counted writes an exact number of people.
func counted(n int64) amount {
	switch n {
	case 0:
		return amount{Number: "nobody", Singular: true}
	case 1:
		return amount{Number: "1", Noun: "person", Singular: true}
	}
	return amount{Number: stats.Number(n), Noun: "people"}
}

// extent writes the bounds beside a best figure.
func extent(low, high int64, open bool) string {
	switch {
	case low == high && open:
		return "at least " + stats.Number(low)
	case low == high:
		return "bounds " + stats.Number(low)
	case open:
		return "between " + stats.Number(low) + " and " + stats.Number(high) + " or more"
	}
	return "between " + stats.Number(low) + " and " + stats.Number(high)
}

// full writes the amount with its noun, short without: "32 people", "32".
func (a amount) full() string {
	if a.Noun == "" {
		return a.Number + a.Tail
	}
	return a.Number + " " + a.Noun + a.Tail
}

func (a amount) short() string {
	if strings.HasSuffix(a.Number, " of") {
		return a.full()
	}
	return a.Number + a.Tail
}

// were returns the verb that goes with the amount.
func (a amount) were() string {
	if a.Singular {
		return "was"
	}
	return "were"
}

// incidents writes a number of incidents.
func incidents(n uint32) string { return many(int64(n), "incident", "incidents") }

// many writes a number with its noun.
func many(n int64, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return stats.Number(n) + " " + more
}

// upper starts a sentence with a capital letter, lower a title within another
// with a small one.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// sentence ends a text with a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + "."
}

// tollSentence says how many people were killed and injured; where says in what
// and when: "in 12 incidents between 1 and 9 May 2025".
func tollSentence(t stats.Tally, hasInjured bool, where string) string {
	k, killed := people(t.Killed, t.Incidents)
	i, injured := people(t.Injured, t.Incidents)
	injured = injured && hasInjured
	switch {
	case killed && injured:
		return upper(k.full()) + " " + k.were() + " reported killed, and " + i.short() + " injured, " + where + "."
	case killed && hasInjured:
		return upper(k.full()) + " " + k.were() + " reported killed " + where + "; how many were injured is not known."
	case killed:
		return upper(k.full()) + " " + k.were() + " reported killed " + where + "."
	case injured:
		return upper(i.full()) + " " + i.were() + " reported injured " + where + "; how many were killed is not known."
	case hasInjured:
		return "How many people were killed or injured " + where + " is not known."
	}
	return "How many people were killed " + where + " is not known."
}

// unknownSentence says how many incidents the figures leave out; blank where
// they leave out none.
func unknownSentence(t stats.Tally, hasInjured bool) string {
	k, i := t.Killed.Unknown, t.Injured.Unknown
	if !hasInjured {
		i = 0
	}
	const rest = "; unknown is not counted as zero."
	switch {
	case k == 0 && i == 0:
		return ""
	case i == 0 && k == 1:
		return "1 incident has no known toll of killed and adds nothing to these figures."
	case i == 0:
		return incidents(k) + " have no known toll of killed and add nothing to these figures."
	case k == 0:
		return "The number of injured is not known for " + incidents(i) + rest
	}
	return "The number of killed is not known for " + incidents(k) + ", that of injured for " + stats.Number(int64(i)) + rest
}

// openSentence explains the "or more" of the figures; blank where none is open.
func openSentence(s stats.Sum) string {
	switch s.Open {
	case 0:
		return ""
	case 1:
		return "1 toll of killed is open-ended (“at least”), so the upper figure is a floor and no limit."
	}
	return stats.Number(int64(s.Open)) + " tolls of killed are open-ended (“at least”), so the upper figure is a floor and no limit."
}

// casualties adds killed and injured, which are different people. The sum has a
// best figure only where both have one.
func casualties(t stats.Tally) stats.Sum {
	k, i := t.Killed, t.Injured
	return stats.Sum{Low: k.Low + i.Low, Best: k.Best + i.Best, High: k.High + i.High,
		Open: k.Open + i.Open, NoBest: k.NoBest + i.NoBest}
}

// casualtiesText writes killed and injured together and always the two beside.
func casualtiesText(t stats.Tally) string {
	n, c := t.Incidents, casualties(t)
	part := stats.Sum.Range
	if c.HasBest() {
		part = stats.Sum.BestText
	}
	return c.Figure(n) + ": " + part(t.Killed, n) + " killed, " + part(t.Injured, n) + " injured"
}
