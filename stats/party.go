package stats

import (
	"slices"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// Unattributed is the label of incidents for which no party is named.
func Unattributed() string { return catalogue.Say("party.unattributed") }

// involvingID begins the keys of parties that the data names without saying who
// acted.
const involvingID = "involving: "

// basis says what a party's name in a record rests on.
type basis uint8

const (
	basisNone basis = iota
	basisClaimed
	basisAgreed
	basisSuspected
	basisAttributed
	basisDenied
	basisContested
	basisInvolved
	numBases
)

// claimed reports whether the party named claims the incident.
func (b basis) claimed() bool { return b == basisClaimed || b == basisAgreed || b == basisContested }

// saidBy returns the basis that is left of an attribution nobody claims, where it
// is denied, or where the record no more than suspects it.
func (b basis) saidBy(denied, suspected bool) basis {
	switch {
	case b != basisAttributed:
		return b
	case denied:
		return basisDenied
	case suspected:
		return basisSuspected
	}
	return b
}

// party is a group key: the claimed perpetrator, or the parties involved where
// the data does not say who acted.
type party struct {
	name     string // canonical: several names sorted and joined with " + "
	involved bool
}

func (p party) key() Key {
	switch {
	case p.name == "":
		return Key{ID: "(unattributed)", Label: Unattributed(), Kind: Unstated}
	case p.involved:
		return Key{ID: involvingID + p.name, Label: catalogue.Say("party.involving", "party", p.name), Kind: Involved}
	}
	return namedKey(p.name)
}

// parties numbers group keys.
type parties struct {
	numbers[party]
	named map[[3]uint32]standing // by codes of claimed_by, attributed_to, involved
	memo  []memo                 // by code of attributed_to (or else claimed_by, involved)
}

type standing struct {
	party int32
	basis basis
}

type memo struct {
	codes [3]uint32
	found standing
	set   bool
}

func newParties() *parties {
	return &parties{numbers: newNumbers[party](), named: map[[3]uint32]standing{}}
}

// of returns the group key of the names as written in the three columns.
func (ps *parties) of(codes [3]uint32, name func(data.Column, uint32) string) standing {
	at := codes[1] | codes[0] | codes[2]
	if codes[1] != 0 {
		at = codes[1]
	}
	if int(at) < len(ps.memo) && ps.memo[at].set && ps.memo[at].codes == codes {
		return ps.memo[at].found
	}
	s, ok := ps.named[codes]
	if !ok {
		p, b := standingOf(name(data.ColClaimedBy, codes[0]), name(data.ColAttributedTo, codes[1]), name(data.ColInvolved, codes[2]))
		s = standing{ps.at(p), b}
		ps.named[codes] = s
	}
	if int(at) >= len(ps.memo) {
		ps.memo = append(ps.memo, make([]memo, int(at)+1-len(ps.memo))...)
	}
	ps.memo[at] = memo{codes, s, true}
	return s
}

// standingOf applies the rule of the group key: the party that claims the
// incident if one does, else the one it is attributed to, else those involved.
// A claim is contested when the party blamed is none of those that claim it, or
// when there are several claims. What several parties claim together, written
// with " + ", is one.
func standingOf(claimed, attributed, involved string) (party, basis) {
	c, a := SplitNames(claimed), SplitNames(attributed)
	switch {
	case len(c) > 0:
		b := basisClaimed
		switch {
		case severalClaims(claimed), len(a) > 0 && !slices.ContainsFunc(a, func(n string) bool { return hasNameFold(c, n) }):
			b = basisContested
		case len(a) > 0:
			b = basisAgreed
		}
		return party{name: JoinNames(c)}, b
	case len(a) > 0:
		return party{name: JoinNames(a)}, basisAttributed
	case strings.TrimSpace(involved) != "":
		return party{name: JoinNames(SplitNames(involved)), involved: true}, basisInvolved
	}
	return party{}, basisNone
}

// severalClaims reports whether a cell lists more than one claim. A claim by some
// of those that make another together is no other, as it is where one account
// names fewer of them.
func severalClaims(claimed string) bool {
	if strings.IndexByte(claimed, ';') < 0 {
		return false
	}
	var widest []string
	for claim := range strings.SplitSeq(claimed, ";") {
		if names := SplitNames(claim); len(names) > len(widest) {
			widest = names
		}
	}
	for claim := range strings.SplitSeq(claimed, ";") {
		if strings.TrimSpace(claim) == data.Unnamed ||
			slices.ContainsFunc(SplitNames(claim), func(n string) bool { return !hasNameFold(widest, n) }) {
			return true
		}
	}
	return false
}

// hasNameFold reports whether a name is among others, without regard to case.
func hasNameFold(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

// SplitNames returns the distinct names of a cell that lists several, with
// semicolons or, where they act together, with " + ": sorted, and of two that
// differ only in capitals the first. The order in which a source lists parties
// carries no meaning. A party of whom no more is known than that there is one is
// no name.
func SplitNames(s string) []string {
	if s == "" {
		return nil
	}
	var names []string
	for n := range data.Parties(s) {
		if !hasNameFold(names, n) {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	return names
}

// claimsOf returns the claims that a cell lists, each as it is written.
func claimsOf(s string) []string {
	var claims []string
	for c := range strings.SplitSeq(s, ";") {
		if c = strings.TrimSpace(c); c != "" && !hasNameFold(claims, c) {
			claims = append(claims, c)
		}
	}
	return claims
}

// JoinNames writes several names as one label.
func JoinNames(names []string) string { return strings.Join(names, data.Together) }

func (b *Basis) add(x basis) {
	switch x {
	case basisClaimed, basisAgreed:
		b.Claimed++
	case basisSuspected, basisAttributed, basisDenied:
		b.Attributed++
	case basisContested:
		b.Contested++
	case basisInvolved:
		b.Involved++
	}
}
