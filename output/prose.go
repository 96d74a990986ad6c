package output

import (
	"strings"

	"toll/stats"
)

// amount is a number of people as a sentence says it: the phrase and whether
// its verb is in the plural.
type amount struct {
	Text   string
	Plural bool
}

// were returns the verb that goes with the amount.
func (a amount) were() string {
	if a.Plural {
		return "were"
	}
	return "was"
}

// people puts a sum over n incidents into words with the hedges it needs: "12
// people", "at least 200 people", "at least 32 and as many as 258 people (or
// more)", and with a best figure "110 people (reports range from 98 to 131)".
// It is false where no toll is known at all.
func people(s stats.Sum, n uint32) (amount, bool) {
	if n > 0 && s.Known(n) == 0 {
		return amount{}, false
	}
	low, high := stats.Persons(s.Low), stats.Persons(s.High)
	if s.HasBest() {
		best := stats.Persons(s.Best)
		if best != low || best != high || s.Open > 0 {
			a := counted(best)
			a.Text += " (" + extent(low, high, s.Open > 0) + ")"
			return a, true
		}
	}
	more := ""
	if s.Open > 0 {
		more = " (or more)"
	}
	switch {
	case low == high && s.Open == 0:
		return counted(low), true
	case low == high && low == 0:
		return amount{"an unknown number of people", true}, true
	case low == high:
		a := counted(low)
		return amount{"at least " + a.Text, a.Plural}, true
	case low <= 0:
		return amount{"as many as " + stats.Number(high) + " people" + more, true}, true
	}
	return amount{"at least " + stats.Number(low) + " and as many as " + stats.Number(high) + " people" + more, true}, true
}

// counted writes an exact number of people.
func counted(n int64) amount {
	switch n {
	case 0:
		return amount{"nobody", false}
	case 1:
		return amount{"1 person", false}
	}
	return amount{stats.Number(n) + " people", true}
}

// extent writes the bounds beside a best figure.
func extent(low, high int64, open bool) string {
	switch {
	case low == high && open:
		return "reported as at least " + stats.Number(low)
	case low == high:
		return "reported bounds " + stats.Number(low)
	case open:
		return "reports range from " + stats.Number(low) + " to " + stats.Number(high) + " or more"
	}
	return "reports range from " + stats.Number(low) + " to " + stats.Number(high)
}

// incidents writes a number of incidents.
func incidents(n int64) string { return many(n, "incident", "incidents") }

// many writes a number with its noun.
func many(n int64, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return stats.Number(n) + " " + more
}

// upper starts a sentence with a capital letter.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// tollSentence says how many people were killed and injured.
func tollSentence(t stats.Tally, hasInjured bool) string {
	k, ok := people(t.Killed, t.Incidents)
	s := "How many people were killed is not known"
	if ok {
		s = upper(k.Text) + " " + k.were() + " reported killed"
	}
	if !hasInjured {
		return s + "."
	}
	i, known := people(t.Injured, t.Incidents)
	switch {
	case known && ok:
		return s + ", and " + i.Text + " injured."
	case known:
		return s + "; " + i.Text + " " + i.were() + " reported injured."
	case ok:
		return s + "; how many were injured is not known."
	}
	return "How many people were killed or injured is not known."
}

// unknownSentence says how many incidents the figures leave out; blank where
// they leave out none.
func unknownSentence(t stats.Tally, hasInjured bool) string {
	k, i := t.Killed.Unknown, t.Injured.Unknown
	if !hasInjured {
		i = 0
	}
	switch {
	case k == 0 && i == 0:
		return ""
	case i == 0:
		return upper(have(k)) + " no known toll of killed and " + add(k) + " nothing to these figures."
	case k == 0:
		return upper(have(i)) + " no known toll of injured and " + add(i) + " nothing to these figures."
	}
	return upper(have(k)) + " no known toll of killed, and " + have(i) +
		" none of injured; unknown is not counted as zero."
}

func have(n uint32) string {
	if n == 1 {
		return "1 incident has"
	}
	return stats.Number(int64(n)) + " incidents have"
}

func add(n uint32) string {
	if n == 1 {
		return "adds"
	}
	return "add"
}

// openSentence explains the "or more" of the figures; blank where none is open.
func openSentence(s stats.Sum) string {
	if s.Open == 0 {
		return ""
	}
	verb := "are"
	if s.Open == 1 {
		verb = "is"
	}
	return upper(many(int64(s.Open), "toll of killed", "tolls of killed")) + " " + verb +
		" open-ended (“at least”), so the upper figure is a floor and not a limit."
}

// casualties adds killed and injured, which are different people. The sum has a
// best figure only where both have one.
func casualties(t stats.Tally) stats.Sum {
	k, i := t.Killed, t.Injured
	return stats.Sum{Low: k.Low + i.Low, Best: k.Best + i.Best, High: k.High + i.High,
		Open: k.Open + i.Open, NoBest: k.NoBest + i.NoBest}
}
