package data

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// FoldName returns the form in which names are compared: two that differ in
// nothing but capitals have the same. It folds as strings.EqualFold does, by the
// simple folding of Unicode, and so needs no language.
func FoldName(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.Map(foldRune, s)
		}
	}
	return s
}

// foldRune returns the one of all forms of a letter that stands for them: the
// first small one, or else the first.
func foldRune(r rune) rune {
	best := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		if small := unicode.IsLower(f); small == unicode.IsLower(best) && f < best || small && !unicode.IsLower(best) {
			best = f
		}
	}
	return best
}
