package data

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFoldName(t *testing.T) {
	for _, x := range []struct{ a, b string }{
		{"Kel Adar", "kel adar"}, {"KEL ADAR", "kel adar"}, {"Kél", "kél"}, {"ΟΔΟΣ", "οδος"}, {"οδος", "οδοσ"}, {"КИЇВ", "київ"},
		{"K", "k"}, {"ſ", "S"}, {"خیبر", "خیبر"}, {"", ""}, {"N.W.F.P.", "n.w.f.p."},
	} {
		if FoldName(x.a) != FoldName(x.b) {
			t.Errorf("%q and %q: %q, %q", x.a, x.b, FoldName(x.a), FoldName(x.b))
		}
	}
	for _, x := range []struct{ a, b string }{{"Kel", "Kél"}, {"Kel Adar", "Kel-Adar"}, {"İ", "i"}, {"ß", "ss"}, {"ي", "ی"}} {
		if FoldName(x.a) == FoldName(x.b) {
			t.Errorf("%q and %q fold alike", x.a, x.b)
		}
	}
}

func TestFoldNameIsEqualFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.OneOf(rapid.RuneFrom([]rune("aAkKKsSſσςΣåÅÅéÉǆǅǄ.ß ẞ")), rapid.Rune())).Draw(t, "s")
		for _, o := range []string{strings.ToUpper(s), strings.ToLower(s), strings.ToTitle(s), FoldName(s), rapid.String().Draw(t, "other")} {
			if (FoldName(s) == FoldName(o)) != strings.EqualFold(s, o) {
				t.Fatalf("%q and %q: %q, %q", s, o, FoldName(s), FoldName(o))
			}
		}
		if FoldName(FoldName(s)) != FoldName(s) {
			t.Fatalf("%q", s)
		}
	})
}
