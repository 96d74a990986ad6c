package output

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"toll/internal/catalogue"
	"toll/stats"
)

// amount is a number of people as a sentence says it, with its noun and, in Bare,
// without. Grammar is the number its verb follows.
type amount struct {
	Full, Bare line
	Grammar    int64
}

// people puts a sum over n incidents, whose figures stand at an address, into
// words with the hedges it needs: "12 people", "at least 200 people", "at least 32
// and as many as 258 people (or more)", and with a best figure "110 people (between
// 98 and 131)". It is false where no toll is known at all.
func people(s stats.Sum, n uint32, at string) (amount, bool) {
	if n > 0 && s.Known(n) == 0 {
		return amount{}, false
	}
	low, high := stats.Persons(s.Low), stats.Persons(s.High)
	lowAt, highAt := at+".low", at+".high"
	if low > high { // published figures do contradict each other
		low, high, lowAt, highAt = high, low, highAt, lowAt
	}
	lower, upper := with("low", figure(stats.Number(low), lowAt)), with("high", figure(stats.Number(high), highAt))
	open := s.Open > 0
	if best := stats.Persons(s.Best); s.HasBest() && (best != low || best != high || open) {
		a := counted(best, at+".best", "people", "people")
		id := "extent"
		switch {
		case low == high && open:
			id = "extent.least"
		case low == high:
			id = "extent.bounds"
		case open:
			id = "extent.open"
		}
		tail := say(id, lower, upper)
		a.Full, a.Bare = join(a.Full, tail), join(a.Bare, tail)
		return a, true
	}
	switch {
	case low == high && !open:
		return counted(low, lowAt, "people", "people"), true
	case low == high && low == 0:
		return amount{say("people.unknown"), say("people.unknown"), 2}, true
	case low == high:
		return counted(low, lowAt, "people.least", "people.least"), true
	}
	id := "people.most"
	if low > 0 {
		id = "people.between"
	}
	if open {
		id += ".open"
	}
	return amount{sayOf(id, high, lower, upper), say(id+".bare", lower, upper), grammar(high)}, true
}

// counted is one number of people by a sentence of the catalogue, with and
// without its noun.
func counted(n int64, at, id, bare string) amount {
	if n == 0 {
		nobody := wordFigure(say("people.nobody"), at)
		return amount{nobody, nobody, 1}
	}
	number := with("n", figure(stats.Number(n), at))
	return amount{sayOf(id, n, number), say(bare+".bare", number), grammar(n)}
}

// wordFigure is a figure that the catalogue has a word for.
func wordFigure(l line, address string) line {
	l[0].Address = address
	return l
}

func grammar(n int64) int64 {
	if n == 1 {
		return 1
	}
	return 2
}

// incidentsAt writes a number of incidents that stands at an address.
func incidentsAt(n uint32, address string) line {
	return sayOf("incidents", int64(n), with("n", count32(n, address)))
}

// count32 and count64 write whole numbers with their address.
func count32(n uint32, address string) line { return figure(stats.Number(int64(n)), address) }
func count64(n int64, address string) line  { return figure(stats.Number(n), address) }

// rule is a number of the method and not of the data: its address begins with
// "rule".
func rule(n int64, id string) line { return figure(stats.Number(n), "rule/"+id) }

// tollAt writes the sum of a row as a reader should meet it.
func tollAt(s stats.Sum, n uint32, address string) line { return figure(s.Figure(n), address) }

// inSentences puts sentences one after another.
func inSentences(parts ...line) line {
	var l line
	for _, p := range parts {
		if len(p) == 0 {
			continue
		}
		if len(l) > 0 {
			l = append(l, words(" ")...)
		}
		l = append(l, p...)
	}
	return l
}

// incidents writes a number of incidents.
func incidents(n uint32) string {
	return catalogue.SayOf("count.incidents", int64(n), "n", stats.Number(int64(n)))
}

// upper starts a sentence with a capital letter, lower a title within another
// with a small one.
func upper(s string) string {
	if first, _, _ := strings.Cut(s, " "); s == "" || strings.Contains(first, "_") { // a column's name is written as it is
		return s
	}
	return capitalized(s)
}

func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// sentence ends a text with a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + "."
}

// tollSentence says how many people were killed and injured, by the tally at an
// address; where says in what and when: "in 12 incidents between 1 and 9 May 2025".
func tollSentence(t stats.Tally, hasInjured bool, at string, where line) line {
	k, killed := people(t.Killed, t.Incidents, at+"/killed")
	i, injured := people(t.Injured, t.Incidents, at+"/injured")
	injured = injured && hasInjured
	in := with("where", where)
	switch {
	case killed && injured:
		return capital(sayOf("toll.both", k.Grammar, with("killed", k.Full), with("injured", i.Bare), in))
	case killed && hasInjured:
		return capital(sayOf("toll.killed", k.Grammar, with("killed", k.Full), in))
	case killed:
		return capital(sayOf("toll.killed-only", k.Grammar, with("killed", k.Full), in))
	case injured:
		return capital(sayOf("toll.injured", i.Grammar, with("injured", i.Full), in))
	case hasInjured:
		return say("toll.neither", in)
	}
	return say("toll.not-killed", in)
}

// unknownSentence says how many incidents the figures leave out; nil where they
// leave out none.
func unknownSentence(t stats.Tally, hasInjured bool) line {
	k, i := t.Killed.Unknown, t.Injured.Unknown
	if !hasInjured {
		i = 0
	}
	killed, injured := with("killed", count32(k, "total/killed.unknown")), with("injured", count32(i, "total/injured.unknown"))
	switch {
	case k == 0 && i == 0:
		return nil
	case i == 0:
		return sayOf("unknown.killed", int64(k), killed)
	case k == 0:
		return sayOf("unknown.injured", int64(i), injured)
	}
	return sayOf("unknown.both", int64(k), killed, injured)
}

// openSentence explains the "or more" of the figures; nil where none is open.
func openSentence(s stats.Sum) line {
	if s.Open == 0 {
		return nil
	}
	return sayOf("open", int64(s.Open), with("n", count32(s.Open, "total/killed.open")))
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
	return catalogue.Say("page.killed-injured", "figure", c.Figure(n), "killed", part(t.Killed, n), "injured", part(t.Injured, n))
}
