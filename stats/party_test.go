package stats

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestStandingOf(t *testing.T) {
	for _, tt := range []struct {
		claimed, attributed, involved string
		name                          string
		basis                         basis
	}{
		{"", "", "", "", basisNone},
		{"", "", "A;B", "A + B", basisInvolved},
		{"", "B;A", "C", "A + B", basisAttributed},
		{"A", "", "", "A", basisClaimed},
		{"A", "A", "", "A", basisAgreed},
		{"A", "a", "", "A", basisAgreed},
		{"A", "A;B", "", "A", basisAgreed},
		{"A", "B", "", "A", basisContested},
		{"A;B", "", "", "A + B", basisContested},
		{"A;B", "A", "", "A + B", basisContested},
		{"A;a", "", "", "A", basisClaimed},
		{"A + B", "", "", "A + B", basisClaimed},
		{"B + A", "A;B", "", "A + B", basisAgreed},
		{"A + B", "A", "", "A + B", basisAgreed},
		{"A + B", "C", "", "A + B", basisContested},
		{"A + B;C", "", "", "A + B + C", basisContested},
		{"A + B;A", "", "", "A + B", basisClaimed}, // one account names fewer of them
		{"B;A + B", "B", "", "A + B", basisAgreed},
		{"A + B;B + C", "", "", "A + B + C", basisContested},
		{"A;?", "", "", "A", basisContested},
		{"A;?", "A", "", "A", basisContested},
		{"?", "A", "", "A", basisAttributed},
		{"?", "", "", "", basisNone},
	} {
		p, b := standingOf(tt.claimed, tt.attributed, tt.involved)
		if p.name != tt.name || b != tt.basis || p.involved != (b == basisInvolved) {
			t.Errorf("claimed by %q, attributed to %q: %q, %d; want %q, %d", tt.claimed, tt.attributed, p.name, b, tt.name, tt.basis)
		}
	}
}

// The order in which claims and claimants are listed says nothing, nor does one
// that is listed twice; and who is named does not hang on who claims together.
func TestTheOrderOfClaimsSaysNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		claims := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom([]string{"A", "B", "C", "D"}), 1, 3), 1, 4).Draw(t, "claims")
		cell := func(claims [][]string) string {
			var entries []string
			for _, names := range claims {
				entries = append(entries, JoinNames(names))
			}
			return joinCell(entries)
		}
		attributed := rapid.SampledFrom([]string{"", "A", "A;B", "E"}).Draw(t, "attributed")
		want, basis := standingOf(cell(claims), attributed, "")
		turned := slices.Clone(claims)
		slices.Reverse(turned)
		for i, names := range turned {
			turned[i] = slices.Clone(names)
			slices.Reverse(turned[i])
		}
		for _, again := range [][][]string{turned, append(slices.Clone(claims), claims...)} {
			if p, b := standingOf(cell(again), attributed, ""); p != want || b != basis {
				t.Fatalf("%q: %v %d, want %v %d", cell(again), p, b, want, basis)
			}
		}
		var all []string
		for _, names := range claims {
			all = append(all, names...)
		}
		if p, _ := standingOf(joinCell(all), attributed, ""); p != want {
			t.Fatalf("apart %v, together %v", p, want)
		}
	})
}
