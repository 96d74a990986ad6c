package charts

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"toll/internal/catalogue"
	"toll/stats"

	"golang.org/x/text/unicode/norm"
)

// nbsp keeps a number and its unit on one line.
const nbsp = "\u00A0"

// The joiners say whether neighbouring letters of a cursive script are joined.
const (
	zeroWidthNonJoiner = '\u200C'
	zeroWidthJoiner    = '\u200D'
)

// clean prepares a name from the data for drawing: composed, on one line, and
// with characters that a reader cannot see spelt out as ‹U+202E›.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	var b strings.Builder
	last := rune(0)
	for _, r := range s {
		before := last
		last = r
		switch {
		case (r == zeroWidthNonJoiner || r == zeroWidthJoiner) && before >= 0x0600 && unicode.In(before, unicode.L, unicode.M):
			b.WriteRune(r) // spelling, as in Persian and Bengali
		case r == '\t' || r == '\n' || r == '\r':
			b.WriteByte(' ')
		case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
			fmt.Fprintf(&b, "‹U+%04X›", r)
		default:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' }), " ")
}

// isClean reports whether a text of ASCII is as clean makes it.
func isClean(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

// shapeable reports whether drawing the characters of a script one after the
// other, left to right, gives what its readers write; the others need a shaper.
func shapeable(r rune) bool {
	switch {
	case r < 0x0590:
		return true
	case r <= 0x08FF, // Hebrew, Arabic, Syriac, Thaana, N'Ko and others right to left
		r >= 0x0900 && r <= 0x109F,                             // Indic scripts, Thai, Lao, Tibetan, Burmese
		r >= 0x1780 && r <= 0x17FF,                             // Khmer
		r >= 0x1800 && r <= 0x18AF,                             // Mongolian
		r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFF, // presentation forms
		r >= 0x10800 && r <= 0x10FFF, r >= 0x1E800 && r <= 0x1EFFF:
		return false
	}
	return true
}

// Undrawable returns the characters of s that none of the charts' fonts can draw,
// each once, in order.
func Undrawable(s string) []rune {
	t := sans(regular)
	var out []rune
	for _, r := range s {
		if r >= 0x0080 && r != zeroWidthNonJoiner && r != zeroWidthJoiner && !t.drawable(r) && !strings.ContainsRune(string(out), r) {
			out = append(out, r)
		}
	}
	return out
}

// glyphWarning says which characters of a label cannot be drawn, or "".
func glyphWarning(s string) string {
	rs := Undrawable(s)
	if len(rs) == 0 {
		return ""
	}
	codes := make([]string, 0, 8)
	for i, r := range rs {
		if i == 7 {
			codes = append(codes, catalogue.Say("chart.and-more", "n", strconv.Itoa(len(rs)-i)))
			break
		}
		codes = append(codes, fmt.Sprintf("U+%04X", r))
	}
	return catalogue.Say("chart.no-glyph", "characters", strings.Join(codes, ", "), "name", strconv.Quote(s))
}

// wrap breaks s into lines no wider than width. It breaks at plain spaces only,
// never at a no-break space, and within a word that is wider than a line.
func wrap(s string, st style, width float64) []string {
	var lines []string
	line := ""
	for _, word := range breakable(s) {
		if line != "" && st.width(line+" "+word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for st.width(word) > width {
			head := cut(word, st, width)
			if head == word || head == "" {
				break
			}
			lines = append(lines, head)
			word = word[len(head):]
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// breakable returns the pieces of s between which a line may break. A dash or
// plus sign between names stays with the name before it.
func breakable(s string) []string {
	var out []string
	for _, word := range strings.Split(s, " ") {
		switch {
		case word == "":
		case len(out) > 0 && (word == "-" || word == "–" || word == "+" || word == "&" || word == "·"):
			out[len(out)-1] += " " + word
		default:
			out = append(out, word)
		}
	}
	return out
}

// balanced wraps s into as few lines as fit and makes them about equally long.
func balanced(s string, st style, width float64) []string {
	lines := wrap(s, st, width)
	if len(lines) < 2 {
		return lines
	}
	lo, hi := width/2, width
	for _, word := range breakable(s) {
		lo = min(max(lo, st.width(word)), width) // a word is not broken for balance
	}
	if len(wrap(s, st, lo)) <= len(lines) {
		return wrap(s, st, lo)
	}
	for i := 0; i < 10; i++ {
		mid := (lo + hi) / 2
		if try := wrap(s, st, mid); len(try) <= len(lines) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return wrap(s, st, hi)
}

// cut returns the longest head of s, in whole characters, that fits.
func cut(s string, st style, width float64) string {
	rs := []rune(s)
	lo, hi := 0, len(rs)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if st.width(string(rs[:mid])) <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	for lo > 0 && lo < len(rs) && unicode.Is(unicode.Mn, rs[lo]) {
		lo--
	}
	return string(rs[:lo])
}

// fit shortens s with an ellipsis to the width.
func fit(s string, st style, width float64) string {
	if st.width(s) <= width {
		return s
	}
	return strings.TrimRight(cut(s, st, width-st.width("…")), " "+nbsp) + "…"
}

// counted returns "1 incident", "1,204 incidents", with a no-break space.
func counted(n int64, of string) string {
	return catalogue.SayOf("chart.count."+of, n, "n", stats.Number(n))
}

// joined returns "a", "a and b", "a, b and c".
func joined(parts []string) string {
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	}
	return catalogue.Say("chart.and-3", "join", strings.Join(parts[:len(parts)-1], ", "), "parts", parts[len(parts)-1])
}

// spelt returns a small number in words, as a sentence begins.
func spelt(n int) string {
	if n >= 0 && n <= 10 {
		return catalogue.Say("number." + strconv.Itoa(n))
	}
	return fmt.Sprint(n)
}

// sentences joins sentences that are not empty, each ended by a full stop.
func sentences(parts ...string) string {
	var out []string
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if p == "" {
			continue
		}
		if !strings.HasSuffix(p, ".") {
			p += "."
		}
		out = append(out, p)
	}
	return strings.Join(out, " ")
}

// noBreak holds the parts of a number together.
func noBreak(s string) string { return strings.ReplaceAll(s, " ", nbsp) }

func lower(s string) string { return strings.ToLower(s) }
