package record

import (
	"slices"
	"strings"
	"unicode"

	"toll/data"
)

// parseCount reads the cell of a count. The result carries only what the cell
// states (Settle it to fill in the bounds that follow): "23" has a best, "4–7" a
// low and a high, "200+" a low and Open, "up to 30" a high. A blank cell, or one
// that says unknown, is the zero Count without an issue. An issue whose code is
// an error means that there is no count to use.
//
// Every number is decimal. What the figures of a document may look like but
// cannot be trusted to mean (1e3, 0x1F, 1_000, 1,20, other digits) is refused.
func parseCount(cell []byte) (data.Count, issue) {
	if n, ok := plainCount(cell); ok {
		return data.Count{Best: n * data.Unit, Flags: data.HasBest}, issue{}
	}
	s := foldCount(cell)
	if s == "" || unknownWords[s] {
		return data.Count{}, issue{}
	}
	if isVague(s) {
		return data.Count{}, issue{code: "count-word", message: "a word in place of a number; the toll is treated as not stated"}
	}
	if noneWords[s] {
		return data.Count{}, issue{code: "ambiguous-none", message: "this may mean that nobody was, or that nobody knows; it is treated as not stated"}
	}
	g := countGrammar{rest: s}
	c := g.count()
	if g.bad.found() {
		return data.Count{}, g.bad
	}
	return c, g.doubt
}

// plainCount reads up to seven ASCII digits, which is what nearly every cell is.
func plainCount(cell []byte) (int64, bool) {
	if len(cell) == 0 || len(cell) > 7 {
		return 0, false
	}
	n := int64(0)
	for _, c := range cell {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// foldCount trims the cell, lowers its letters, makes every run of white space
// one space and every dash a hyphen.
func foldCount(cell []byte) string {
	var b strings.Builder
	gap := false
	for _, r := range string(cell) {
		if unicode.IsSpace(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		switch r {
		case '–', '—', '‒', '‐', '‑', '−', '―':
			r = '-'
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func wordSet(words ...string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		set[w] = true
	}
	return set
}

var (
	// unknownWords say plainly that the toll is not known.
	unknownWords = wordSet("unknown", "n/a", "na", "n.a.", "-", "--", "?", "??", "not known", "not stated",
		"#n/a", "no data", "s/d", "not available", "not reported", "unspecified", "unclear", "unconfirmed", "undisclosed", "tbc", "tbd",
		"unknown number", "number unknown", "not specified", "no information", "desconocido", "desconocida", "sin dato", "sin datos", "inconnu", "desconhecido")
	// vagueWords say that there were some. What a table of such words makes of
	// them ("dozens" = 12) is another's reading, not what was reported.
	vagueWords = wordSet("several", "a few", "few", "some", "many", "multiple", "numerous", "various", "a number",
		"tens", "dozens", "scores", "hundreds", "thousands", "a dozen", "dozens of people", "casualties", "mass casualties",
		"varios", "varias", "algunos", "algunas", "decenas", "cientos", "plusieurs", "quelques", "dizaines", "centaines", "vários", "várias", "dezenas", "centenas")
	// Of a phrase such as "at least several hundred people", each word is one of
	// these or of the two above.
	vagueParts = wordSet("at", "least", "about", "around", "approximately", "some", "over", "more", "than", "up", "to", "a", "an", "of",
		"hundred", "thousand", "dozen", "score", "large", "small", "unknown", "undetermined", "number", "numbers",
		"people", "persons", "civilians", "villagers", "dead", "killed", "injured", "wounded", "deaths", "casualties", "bodies", "others")
	// noneWords may mean zero or unknown.
	noneWords = wordSet("none", "nil", "no", "zero", "none reported", "none known", "no casualties", "null", "no one", "nobody")
)

// isVague reports whether a cell says in words alone that there were some.
func isVague(s string) bool {
	if vagueWords[s] {
		return true
	}
	amount := false
	for _, w := range strings.Fields(s) {
		switch {
		case vagueWords[w], w == "hundred", w == "thousand", w == "dozen", w == "number", w == "numbers":
			amount = true
		case !vagueParts[w]:
			return false
		}
	}
	return amount
}

// The words and signs around a number. Longer ones come first where one begins
// with another.
var (
	approxWords = []string{"approximately ", "approx. ", "approx ", "around ", "about ", "circa ", "roughly ", "some ", "ca. ", "c. ", "c.", "~", "≈"}
	floorWords  = []string{"at least ", "no fewer than ", "not fewer than ", "no less than ", "not less than ", "more than ", "upwards of ", "over ", ">=", "≥", "⩾", ">"}
	capWords    = []string{"up to ", "at most ", "no more than ", "not more than ", "fewer than ", "less than ", "under ", "<=", "≤", "⩽", "<"}
	moreWords   = []string{"+", "or more", "and more", "plus"}
	rangeWords  = []string{"-", "to ", "or "}
)

// countGrammar reads
//
//	count = [approx] ( cap number | floor number | [ "between" ] range | number [more] )
//	range = number ( "-" | "to" | "or" | "and" ) number [more]
//
// from rest. The first error it meets is kept in bad, a doubt in doubt.
type countGrammar struct {
	rest       string
	bad, doubt issue
}

func (g *countGrammar) take(words []string) bool {
	for _, w := range words {
		if after, ok := strings.CutPrefix(g.rest, w); ok && after != "" {
			g.rest = strings.TrimPrefix(after, " ")
			return true
		}
	}
	return false
}

func (g *countGrammar) more() bool {
	g.rest = strings.TrimPrefix(g.rest, " ")
	if slices.Contains(moreWords, g.rest) {
		g.rest = ""
		return true
	}
	return false
}

func (g *countGrammar) count() (c data.Count) {
	if strings.HasPrefix(g.rest, "-") {
		g.negative()
		return c
	}
	if g.take(approxWords) {
		c.Flags = data.Approx
	}
	switch {
	case g.take(floorWords):
		c.Low = g.number()
		c.Flags |= data.HasLow | data.Open
		g.more()
	case g.take(capWords):
		c.High = g.number()
		c.Flags |= data.HasHigh
	case g.take([]string{"between "}):
		c = g.span(c, []string{"and ", "-", "to "})
	default:
		c = g.numberOrSpan(c)
	}
	if g.rest != "" {
		g.fail("this is not a count")
	}
	return c
}

func (g *countGrammar) numberOrSpan(c data.Count) data.Count {
	whole := g.rest
	n := g.number()
	switch {
	case g.bad.found() || g.rest == "":
		c.Best = n
		c.Flags |= data.HasBest
	case g.more():
		c.Low = n
		c.Flags |= data.HasLow | data.Open
	default:
		g.rest = whole
		return g.span(c, rangeWords)
	}
	return c
}

// span reads a range.
func (g *countGrammar) span(c data.Count, separators []string) data.Count {
	c.Low = g.number()
	g.rest = strings.TrimPrefix(g.rest, " ")
	if !g.take(separators) {
		g.fail("this is not a count")
	}
	c.High = g.number()
	c.Flags |= data.HasLow | data.HasHigh
	if !g.bad.found() && c.Low > c.High {
		g.bad = issue{code: "count-order", message: "the range ends below its beginning"}
	}
	if g.rest != "" && g.more() {
		c.Flags |= data.Open
	}
	return c
}

// number reads digits with optional thousands commas and decimals, in units of
// data.Unit.
func (g *countGrammar) number() int64 {
	whole, ok := g.digits()
	if !ok {
		g.fail("this is not a count")
		return 0
	}
	n := int64(0)
	for i := range len(whole) {
		if n = n*10 + int64(whole[i]-'0'); n > data.MaxCount {
			break // far above the limit already; more digits could overflow
		}
	}
	n *= data.Unit
	if after, ok := strings.CutPrefix(g.rest, "."); ok {
		i := digitsAt(after)
		if i == 0 {
			g.fail("there is nothing after the decimal point")
			return 0
		}
		n += g.fraction(after[:i])
		g.rest = after[i:]
	}
	if n > data.MaxCount*data.Unit && !g.bad.found() {
		g.bad = issue{code: "absurd-count", message: "more than 10 million people in one record"}
	}
	return n
}

// digits takes the digits before the decimal point and drops their commas, which
// must stand between groups of three.
func (g *countGrammar) digits() (string, bool) {
	i := digitsAt(g.rest)
	whole := g.rest[:i]
	g.rest = g.rest[i:]
	if i == 0 || i > 3 || !strings.HasPrefix(g.rest, ",") {
		return whole, i > 0
	}
	for strings.HasPrefix(g.rest, ",") {
		if digitsAt(g.rest[1:]) != 3 {
			return "", false
		}
		whole += g.rest[1:4]
		g.rest = g.rest[4:]
	}
	return whole, true
}

// fraction returns decimals in millionths, rounded half away from zero.
func (g *countGrammar) fraction(digits string) int64 {
	n, scale := int64(0), int64(data.Unit)
	for i := 0; i < len(digits) && scale > 1; i++ {
		scale /= 10
		n += int64(digits[i]-'0') * scale
	}
	if len(digits) > 6 && strings.Trim(digits[6:], "0") != "" {
		if digits[6] >= '5' {
			n++
		}
		g.doubt = issue{code: "count-rounded", message: "the figure has more than six decimal places and was rounded to six"}
	}
	return n
}

func digitsAt(s string) int {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

func (g *countGrammar) negative() {
	n := countGrammar{rest: g.rest[1:]}
	n.number()
	if n.bad.found() && n.bad.code != "absurd-count" || n.rest != "" {
		g.fail("this is not a count")
		return
	}
	g.bad = issue{code: "negative-count", message: "a count cannot be below zero"}
}

// fail keeps the first error, with a hint where the mistake is a known one.
func (g *countGrammar) fail(message string) {
	if g.bad.found() {
		return
	}
	g.bad = issue{code: "bad-count", message: message}
	for _, m := range []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		if strings.Contains(g.rest, m) {
			g.bad.hint = "a spreadsheet may have turned a range such as 4-7 into a date; type it again as text"
		}
	}
}
