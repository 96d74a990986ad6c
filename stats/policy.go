package stats

import (
	"fmt"
	"slices"
	"strings"

	"toll/data"
)

// Policy says which of several accounts of the same people makes their toll.
// The zero Policy is "range".
type Policy struct {
	kind  string
	Names []string // of sources or source sides, for prefer and account
}

// The policies. docs/methodology.md says whose practice each is.
const (
	policyRange        = ""
	policyConservative = "conservative"
	policyLatest       = "latest"
	policyMajority     = "majority"
	policyVerified     = "verified-first"
	policyAdmission    = "admission"
	policyPrefer       = "prefer"
	policyAccount      = "account"
)

// PlainPolicies lists the policies that need no name, the default first.
func PlainPolicies() []Policy {
	return []Policy{{}, {kind: policyConservative}, {kind: policyLatest}, {kind: policyMajority}, {kind: policyVerified}, {kind: policyAdmission}}
}

// ParsePolicy reads a policy as written in options: "range", "conservative",
// "latest", "majority", "verified-first", "admission", "prefer:A,B,C" or
// "account:X".
func ParsePolicy(s string) (Policy, error) {
	kind, names, named := strings.Cut(s, ":")
	switch kind {
	case "", "range":
		kind = policyRange
	case policyConservative, policyLatest, policyMajority, policyVerified, policyAdmission:
	case policyPrefer, policyAccount:
		p := Policy{kind: kind}
		for n := range strings.SplitSeq(names, ",") {
			if n = strings.TrimSpace(n); n != "" {
				p.Names = append(p.Names, n)
			}
		}
		if len(p.Names) == 0 || (kind == policyAccount && len(p.Names) > 1) {
			return Policy{}, fmt.Errorf("policy %q: write prefer:A,B,C or account:X with the names of sources", s)
		}
		return p, nil
	default:
		return Policy{}, fmt.Errorf("policy %q: use range, conservative, latest, majority, verified-first, admission, prefer:A,B,C or account:X", s)
	}
	if named {
		return Policy{}, fmt.Errorf("policy %q takes no names", kind)
	}
	return Policy{kind: kind}, nil
}

// String returns the policy as it is written in options.
func (p Policy) String() string {
	switch {
	case p.kind == policyRange:
		return "range"
	case len(p.Names) > 0:
		return p.kind + ":" + strings.Join(p.Names, ",")
	}
	return p.kind
}

// MarshalText writes the policy as String does.
func (p Policy) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads it as ParsePolicy does.
func (p *Policy) UnmarshalText(b []byte) (err error) {
	*p, err = ParsePolicy(string(b))
	return err
}

// IsRange reports whether the policy is the default.
func (p Policy) IsRange() bool { return p.kind == policyRange }

// toll makes one count of the figures for the same people. A figure that is not
// stated has no say. The result lies within the range of the figures, or is
// unknown where the policy finds none to use.
func (p Policy) toll(a *Accumulator, fs []figure, of func(*figure) *data.Count) data.Count {
	var stated []*figure
	for i := range fs {
		if of(&fs[i]).Stated() {
			stated = append(stated, &fs[i])
		}
	}
	if len(stated) == 0 {
		return data.Count{}
	}
	only := func(keep func(*figure) bool) []*figure {
		return slices.DeleteFunc(slices.Clone(stated), func(f *figure) bool { return !keep(f) })
	}
	switch p.kind {
	case policyConservative:
		low := of(stated[0]).Low
		for _, f := range stated {
			low = min(low, of(f).Low)
		}
		c := data.Count{Low: low, High: low, Flags: data.HasLow | data.HasHigh}
		for _, f := range stated {
			if t := of(f); t.BestStated() && t.Best == low {
				c.Best, c.Flags = low, c.Flags|data.HasBest
			}
		}
		return c
	case policyLatest:
		last := data.NoDay
		for _, f := range stated {
			last = max(last, f.reportedOn)
		}
		stated = only(func(f *figure) bool { return f.reportedOn == last })
	case policyMajority:
		stated = majority(stated, of)
	case policyVerified:
		for _, trusted := range trust {
			if s := only(trusted); len(s) > 0 {
				stated = s
				break
			}
		}
	case policyAdmission:
		stated = only(func(f *figure) bool { return a.isAdmission(f) })
	case policyPrefer:
		for _, n := range p.Names {
			if s := only(func(f *figure) bool { return a.isBy(f, n) }); len(s) > 0 {
				stated = s
				break
			}
		}
	case policyAccount:
		stated = only(func(f *figure) bool { return a.isBy(f, p.Names[0]) })
	}
	return envelope(stated, of)
}

// trust ranks accounts: verified ones, then those from outside the parties that
// are not disputed.
var trust = []func(*figure) bool{
	func(f *figure) bool { return f.status == data.Verified },
	func(f *figure) bool { return f.sourceSide == 0 && f.status != data.Disputed },
}

// envelope returns the range over figures. It has a best figure only where all
// agree on one, or where exactly one that gives one is verified, or, with none
// verified, comes from outside the parties. A midpoint is never a best figure.
func envelope(fs []*figure, of func(*figure) *data.Count) data.Count {
	var c data.Count
	agree := true
	for i, f := range fs {
		t := of(f)
		agree = agree && t.BestStated() && (i == 0 || t.Best == of(fs[0]).Best)
		c = c.Envelope(*t)
	}
	c.Flags &^= data.HasBest
	c.Best = 0
	if agree && len(fs) > 0 {
		c.Best, c.Flags = of(fs[0]).Best, c.Flags|data.HasBest
		return c
	}
	for _, trusted := range trust {
		n := 0
		var best int64
		for _, f := range fs {
			if t := of(f); trusted(f) && t.BestStated() {
				n++
				best = t.Best
			}
		}
		if n == 1 {
			c.Best, c.Flags = best, c.Flags|data.HasBest
		}
		if n > 0 {
			break
		}
	}
	return c
}

// majority returns the figures that most sources give alike; where several are
// given equally often, all of them.
func majority(fs []*figure, of func(*figure) *data.Count) []*figure {
	votes := func(c *data.Count) int {
		var sources []string
		for _, f := range fs {
			if *of(f) == *c && !slices.Contains(sources, f.source) {
				sources = append(sources, f.source)
			}
		}
		return len(sources)
	}
	most := 0
	for _, f := range fs {
		most = max(most, votes(of(f)))
	}
	return slices.DeleteFunc(slices.Clone(fs), func(f *figure) bool { return votes(of(f)) < most })
}

// isAdmission reports whether a side states its own losses.
func (a *Accumulator) isAdmission(f *figure) bool {
	return f.sourceSide != 0 && f.side != 0 && strings.EqualFold(a.sideName(f), a.nameOf(data.ColVictimSide, f.side))
}

func (a *Accumulator) sideName(f *figure) string { return a.nameOf(data.ColSourceSide, f.sourceSide) }

// isBy reports whether a figure comes from a source or side of that name.
func (a *Accumulator) isBy(f *figure, name string) bool {
	return strings.EqualFold(f.source, name) || (f.sourceSide != 0 && strings.EqualFold(a.sideName(f), name))
}

// MultiParty says how an incident that names several parties in one cell enters
// the tables by party.
type MultiParty uint8

// Joint, the default, keeps "A + B" as a group of its own. Each gives every
// party the full toll: the table is not additive. Split gives each an equal
// share, exactly, in millionths of a person.
const (
	Joint MultiParty = iota
	Each
	Split
)

var multiNames = []string{"joint", "each", "split"}

// String returns the word used in options.
func (m MultiParty) String() string { return multiNames[m] }

// ParseMultiParty reads the word used in options; blank is joint.
func ParseMultiParty(s string) (MultiParty, bool) {
	if s == "" {
		return Joint, true
	}
	i := slices.Index(multiNames, s)
	return MultiParty(max(i, 0)), i >= 0
}

// share returns the i-th of n equal shares of a count. The shares add up to it.
func share(c data.Count, i, n int64) data.Count {
	part := func(v int64) int64 {
		s := v / n
		if i < v%n {
			s++
		}
		return s
	}
	c.Low, c.Best, c.High = part(c.Low), part(c.Best), part(c.High)
	return c
}
