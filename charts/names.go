package charts

import (
	"strconv"
	"strings"
	"unicode"

	"toll/internal/catalogue"
	"toll/stats"
)

// partyName is how a party is written.
func (pl *planner) partyName(k stats.Key) string {
	name := clean(k.Label)
	if !pl.ctx.Directed && k.Kind == stats.Involved {
		name = clean(strings.TrimPrefix(k.ID, "involving: ")) // the title says it of all
	}
	return name
}

// partyLabel is how a party is drawn.
func (pl *planner) partyLabel(k stats.Key) string { return pl.drawable(pl.partyName(k)) }

// placeName is how a place is written. A place that is not stated to the level
// shown may well be known more coarsely.
func (pl *planner) placeName(k stats.Key) string {
	if k.Kind == stats.Unstated {
		return catalogue.Say("chart.place-not-stated", "placeWord", upperFirst(pl.placeWord()))
	}
	return clean(k.Label)
}

// placeLabel is how a place is drawn.
func (pl *planner) placeLabel(k stats.Key) string { return pl.drawable(pl.placeName(k)) }

// drawable returns the name, or, where the font cannot write it, words that
// stand for it: a name is never drawn as blanks or boxes. The name itself is in
// the plotted rows, and drawing warns of it.
func (pl *planner) drawable(name string) string {
	rs := Undrawable(name)
	if len(rs) == 0 {
		return name
	}
	if s, ok := pl.scripts[name]; ok {
		return s
	}
	if pl.scripts == nil {
		pl.scripts = map[string]string{}
	}
	s := catalogue.Say("chart.name", "rs", scriptOf(rs[0]), "scripts", strconv.Itoa(len(pl.scripts)+1))
	pl.scripts[name] = s
	return s
}

// scriptOf names the script of a character, for the scripts most likely to meet.
func scriptOf(r rune) string {
	for _, s := range []struct {
		name  string
		table *unicode.RangeTable
	}{
		{"chart.arabic-script", unicode.Arabic}, {"chart.hebrew", unicode.Hebrew}, {"chart.chinese-script", unicode.Han},
		{"chart.japanese", unicode.Hiragana}, {"chart.japanese", unicode.Katakana}, {"chart.korean", unicode.Hangul},
		{"chart.devanagari", unicode.Devanagari}, {"chart.bengali-script", unicode.Bengali}, {"chart.burmese-script", unicode.Myanmar},
		{"chart.ethiopic", unicode.Ethiopic}, {"chart.tamil", unicode.Tamil}, {"chart.thai", unicode.Thai}, {"chart.georgian", unicode.Georgian},
		{"chart.armenian", unicode.Armenian}, {"chart.sinhala", unicode.Sinhala}, {"chart.khmer", unicode.Khmer}, {"chart.syriac", unicode.Syriac},
	} {
		if unicode.Is(s.table, r) {
			return catalogue.Say(s.name)
		}
	}
	return catalogue.Say("chart.undrawable")
}

// shortened fits names to a width. Where cutting the end leaves two alike, their
// middles are cut instead: "Government of … – Group 3".
func shortened(names []string, st style, width float64) []string {
	out := make([]string, len(names))
	count := map[string]int{}
	for i, n := range names {
		out[i] = fit(n, st, width)
		count[out[i]]++
	}
	for i, n := range names {
		if _, _, _, ok := sides(n); out[i] != n && (ok || count[out[i]] > 1) {
			out[i] = fitSides(n, st, width)
		}
	}
	return out
}

// sides splits a name of several parties at its first joiner: "A", " - ", "B".
func sides(s string) (a, joiner, b string, ok bool) {
	at := -1
	for _, j := range []string{" - ", " – ", " + "} {
		if i := strings.Index(s, j); i > 0 && (at < 0 || i < at) {
			at, joiner = i, j
		}
	}
	if at < 0 {
		return s, "", "", false
	}
	return s[:at], joiner, s[at+len(joiner):], true
}

// fitSides shortens the longer side of a name of several parties first.
func fitSides(s string, st style, width float64) string {
	a, joiner, b, ok := sides(s)
	if !ok {
		return fitMiddle(s, st, width)
	}
	room := width - st.width(joiner)
	wa, wb := st.width(a), st.width(b)
	ra := max(room-wb, float64(room/2))
	if wa < ra {
		ra = wa
	}
	return fit(a, st, ra) + joiner + fit(b, st, room-ra)
}

// fitMiddle shortens s by its middle.
func fitMiddle(s string, st style, width float64) string {
	rs := []rune(s)
	lo, hi := 0, len(rs)
	shape := func(k int) string {
		return wholeWords(string(rs[:(k+1)/2]), false) + "…" + wholeWords(string(rs[len(rs)-k/2:]), true)
	}
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if st.width(shape(mid)) <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return shape(lo)
}

// wholeWords drops the cut word at the end of a head or the start of a tail, if
// that leaves most of it.
func wholeWords(s string, tail bool) string {
	if tail {
		if i := strings.IndexByte(s, ' '); i >= 0 && i < len(s)/2 {
			return s[i+1:]
		}
		return s
	}
	if i := strings.LastIndexByte(s, ' '); i >= len(s)/2 {
		return s[:i]
	}
	return s
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	rs := []rune(s)
	return string(unicode.ToUpper(rs[0])) + string(rs[1:])
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	rs := []rune(s)
	return string(unicode.ToLower(rs[0])) + string(rs[1:])
}
