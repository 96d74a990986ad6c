package stats

import (
	"cmp"
	"slices"
	"strings"

	"toll/data"
)

// MatchOptions say when two incidents of two datasets may be one. Tolls take no
// part in it: whether the tolls agree is what a comparison asks.
type MatchOptions struct {
	Days   int // by how many days the dates may differ
	Metres int // within which two points are one place, where both are exact
}

// DefaultMatch allows a day either way and ten kilometres.
func DefaultMatch() MatchOptions { return MatchOptions{Days: 1, Metres: 10_000} }

const (
	nearMetres = 25_000 // what "near" means (data.PlaceNear)
	sameName   = 50_000 // beyond which two places of one name are two places
	idDays     = 7      // by which the dates of records with one identifier may differ
)

// Points that speak for a pair. The highest sum wins; a tie is never decided.
const (
	pointsSameDay   = 2 // against a day that differs by MatchOptions.Days or less
	pointsSpan      = 1 // recorded spans that overlap
	pointsPlace     = 3 // the same place by name, or within the distance
	pointsDistrict  = 2 // the same district, or points within 25 km where one is only near
	pointsProvince  = 1 // the same province, where one states nothing finer
	pointsParty     = 2 // a party named by both
	pointsNoParty   = 1 // one of the two names none
	pointsCandidate = 4 // what a pair needs at the least
)

// How says what a match rests on.
type How string

// The grounds of a match, the firmest first.
const (
	ByID    How = "identifier"
	ByURL   How = "address"
	ByPoint How = "day and point"
	ByPlace How = "day and place"
	ByArea  How = "day and area"
)

// Match is a pair of incidents taken to be one: A and B are places in the lists.
type Match struct {
	A, B   int
	How    How
	Points int
	Days   int   // between the dates
	Metres int64 // between the points; -1 where not both are stated
}

// Unclear is a group of incidents that could be matched in several ways equally
// well. None of them is matched.
type Unclear struct{ A, B []int }

// matching is the work of pairing two lists.
type matching struct {
	opt  MatchOptions
	a, b []matchable
}

// matchable is an incident in the form in which it is compared.
type matchable struct {
	in                             *Incident
	urls                           []string
	country, admin1, admin2, place string
	parties                        []string
	dated                          bool // to the week or better
}

// longSpan is the number of days beyond which a recorded span dates nothing.
const longSpan = 31

func newMatchable(in *Incident) matchable {
	m := matchable{in: in, country: placeKey(in.Country), admin1: placeKey(in.Admin1), admin2: placeKey(in.Admin2), place: placeKey(in.Place),
		parties: partyKeys(in.Parties), dated: in.Date.Prec <= data.ToWeek && in.Date.Start != data.NoDay && in.Date.End-in.Date.Start < longSpan}
	for _, u := range in.URLs {
		m.urls = append(m.urls, plainURL(u))
	}
	return m
}

// plainURL drops what does not tell two addresses apart.
func plainURL(u string) string {
	u = strings.TrimSpace(u)
	if _, rest, ok := strings.Cut(u, "://"); ok {
		u = rest
	}
	u, _, _ = strings.Cut(u, "#")
	return strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(u, "www."), "/"))
}

// identifies reports whether an id can name the same incident in two datasets. A
// short number is a running number of one file; but two releases of one dataset
// number alike.
func identifies(id string, sameDataset bool) bool {
	return id != "" && (sameDataset || len(id) >= 6 || strings.ContainsFunc(id, func(r rune) bool { return r < '0' || r > '9' }))
}

// MatchIncidents pairs the incidents of two lists, each with at most one of the
// other. Incidents with a shared identifier or address are paired first, if the
// one leads to one incident of each list and the dates are at most a week apart.
// Of the others, two are candidates if their days, places and parties allow it
// (see candidate). A pair is matched when each is the other's only best
// candidate by points; matched incidents leave, and the rule is applied again
// until it finds nothing. What is left with candidates is unclear, in groups.
// The order of the lists makes no difference.
func MatchIncidents(a, b []Incident, sameDataset bool, o MatchOptions) ([]Match, []Unclear) {
	m := &matching{opt: o}
	for i := range a {
		m.a = append(m.a, newMatchable(&a[i]))
	}
	for i := range b {
		m.b = append(m.b, newMatchable(&b[i]))
	}
	takenA, takenB := make([]bool, len(a)), make([]bool, len(b))
	found := m.byKey(ByID, takenA, takenB, func(x *matchable) []string {
		if identifies(x.in.ID, sameDataset) {
			return []string{x.in.ID}
		}
		return nil
	})
	found = append(found, m.byKey(ByURL, takenA, takenB, func(x *matchable) []string { return x.urls })...)
	rest, unclear := mutualBest(m.candidates(takenA, takenB))
	found = append(found, rest...)
	slices.SortFunc(found, func(x, y Match) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return found, unclear
}

// byKey pairs incidents by a key that is on one incident of each list.
func (m *matching) byKey(how How, takenA, takenB []bool, keys func(*matchable) []string) []Match {
	const several = -1
	index := func(list []matchable, taken []bool) map[string]int {
		at := map[string]int{}
		for i := range list {
			if taken[i] {
				continue
			}
			for _, k := range slices.Compact(slices.Sorted(slices.Values(keys(&list[i])))) {
				if _, ok := at[k]; ok {
					at[k] = several
				} else {
					at[k] = i
				}
			}
		}
		return at
	}
	inA, inB := index(m.a, takenA), index(m.b, takenB)
	pairs := map[[2]int]bool{}
	ofA, ofB := map[int]int{}, map[int]int{} // partners by any key
	for k, i := range inA {
		j, ok := inB[k]
		if !ok || i == several || j == several || pairs[[2]int{i, j}] || !m.sameTime(&m.a[i], &m.b[j]) {
			continue
		}
		pairs[[2]int{i, j}] = true
		ofA[i]++
		ofB[j]++
	}
	var found []Match
	for p := range pairs {
		if ofA[p[0]] == 1 && ofB[p[1]] == 1 { // two keys that lead to two incidents decide nothing
			x := Match{A: p[0], B: p[1], How: how, Days: max(0, dayGap(m.a[p[0]].in.Date, m.b[p[1]].in.Date)), Metres: m.metres(p[0], p[1])}
			found = append(found, x)
			takenA[p[0]], takenB[p[1]] = true, true
		}
	}
	return found
}

// sameTime reports whether two dates leave room for one incident told under one
// identifier.
func (m *matching) sameTime(a, b *matchable) bool {
	x, y := a.in.Date, b.in.Date
	return x.Start == data.NoDay || y.Start == data.NoDay || dayGap(x, y) <= idDays
}

// dayGap returns the days between two spans, 0 where they meet.
func dayGap(x, y data.Date) int {
	if x.Start == data.NoDay || y.Start == data.NoDay {
		return 0
	}
	return max(0, int(x.Start)-int(y.End), int(y.Start)-int(x.End))
}

func (m *matching) metres(i, j int) int64 {
	x, y := m.a[i].in, m.b[j].in
	if d, ok := distance(x.Lat, x.Lon, y.Lat, y.Lon); ok {
		return d
	}
	return -1
}

// candidates lists the pairs of incidents not yet taken that could be one.
func (m *matching) candidates(takenA, takenB []bool) []Match {
	byDay := map[data.Day][]int{}
	for j := range m.b {
		if takenB[j] || !m.b[j].dated {
			continue
		}
		for d := m.b[j].in.Date.Start; d <= m.b[j].in.Date.End; d++ {
			byDay[d] = append(byDay[d], j)
		}
	}
	var all []Match
	seen := map[int]bool{}
	for i := range m.a {
		if takenA[i] || !m.a[i].dated {
			continue
		}
		clear(seen)
		in := m.a[i].in
		for d := in.Date.Start - data.Day(m.opt.Days); d <= in.Date.End+data.Day(m.opt.Days); d++ {
			for _, j := range byDay[d] {
				if seen[j] {
					continue
				}
				seen[j] = true
				if c, ok := m.candidate(i, j); ok {
					all = append(all, c)
				}
			}
		}
	}
	return all
}

// candidate reports whether two incidents could be one, and what speaks for it.
// They must be dated to the week or better and at most MatchOptions.Days apart.
// They must share a place: its name, its district, or, where one states nothing
// finer, its province, or with a party in common its country; or lie within the
// distance of each other. Countries that differ exclude a pair, and so do exact
// points 50 km apart.
func (m *matching) candidate(i, j int) (Match, bool) {
	x, y := &m.a[i], &m.b[j]
	c := Match{A: i, B: j, Days: dayGap(x.in.Date, y.in.Date), Metres: m.metres(i, j)}
	if c.Days > m.opt.Days || x.country != "" && y.country != "" && x.country != y.country {
		return c, false
	}
	switch {
	case c.Days > 0:
	case x.in.Date.End > x.in.Date.Start || y.in.Date.End > y.in.Date.Start:
		c.Points += pointsSpan
	default:
		c.Points += pointsSameDay
	}
	shared := false
	switch {
	case len(x.parties) == 0 || len(y.parties) == 0:
		c.Points += pointsNoParty
	case shareName(x.parties, y.parties):
		shared = true
		c.Points += pointsParty
	}
	points, how, ok := m.place(x, y, c.Metres, shared)
	c.How = how
	c.Points += points
	return c, ok && c.Points >= pointsCandidate
}

// place says what the places of two incidents speak for.
func (m *matching) place(x, y *matchable, metres int64, party bool) (points int, how How, ok bool) {
	exact := precise(x.in) && precise(y.in) && metres >= 0
	near := metres >= 0 && nearly(x.in) && nearly(y.in)
	same := func(a, b string) bool { return a != "" && a == b }
	switch {
	case exact && metres <= int64(m.opt.Metres):
		return pointsPlace, ByPoint, true
	case exact && metres > sameName:
		return 0, "", false
	case same(x.place, y.place):
		return pointsPlace, ByPlace, true
	case near && !exact && metres <= nearMetres:
		return pointsDistrict, ByPoint, true
	case same(x.admin2, y.admin2) && (x.place == "" || y.place == "" || !exact), same(x.place, y.admin2), same(x.admin2, y.place):
		return pointsDistrict, ByPlace, true
	case same(x.admin1, y.admin1) && (x.coarse() || y.coarse()):
		return pointsProvince, ByArea, true
	case party && same(x.country, y.country) && (x.bare() || y.bare()):
		return 0, ByArea, true
	}
	return 0, "", false
}

// precise reports whether an incident's point is where it happened; a dataset
// that does not say how exact its points are is taken at its word.
func precise(in *Incident) bool { return in.Geo == data.PlaceExact || in.Geo == data.PlaceUnstated }

func nearly(in *Incident) bool { return precise(in) || in.Geo == data.PlaceNear }

// coarse reports whether nothing finer than a province is stated, bare nothing
// finer than a country.
func (x *matchable) coarse() bool { return x.place == "" && x.admin2 == "" }
func (x *matchable) bare() bool   { return x.coarse() && x.admin1 == "" }

// mutualBest matches the pairs in which each is the other's only best candidate,
// again and again, and groups the rest.
func mutualBest(all []Match) (found []Match, unclear []Unclear) {
	for {
		bestA, bestB := best(all, func(c *Match) int { return c.A }), best(all, func(c *Match) int { return c.B })
		goneA, goneB := map[int]bool{}, map[int]bool{}
		for k := range all {
			if c := &all[k]; bestA[c.A] == k && bestB[c.B] == k {
				found = append(found, *c)
				goneA[c.A], goneB[c.B] = true, true
			}
		}
		if len(goneA) == 0 {
			return found, unclearGroups(all)
		}
		all = slices.DeleteFunc(all, func(c Match) bool { return goneA[c.A] || goneB[c.B] })
	}
}

// tied stands for several best candidates.
const tied = -1

// best returns for each incident the number of its best candidate, or tied.
func best(all []Match, of func(*Match) int) map[int]int {
	at, points := map[int]int{}, map[int]int{}
	for k := range all {
		i := of(&all[k])
		switch p, ok := points[i]; {
		case !ok || all[k].Points > p:
			at[i], points[i] = k, all[k].Points
		case all[k].Points == p:
			at[i] = tied
		}
	}
	return at
}

// unclearGroups puts what could not be decided into groups that share candidates,
// ordered by their first incident.
func unclearGroups(all []Match) []Unclear {
	ofA, ofB := map[int][]int{}, map[int][]int{}
	for _, c := range all {
		ofA[c.A], ofB[c.B] = append(ofA[c.A], c.B), append(ofB[c.B], c.A)
	}
	var out []Unclear
	seenA, seenB := map[int]bool{}, map[int]bool{}
	for _, c := range all {
		if seenA[c.A] {
			continue
		}
		var g Unclear
		todo := []int{c.A}
		seenA[c.A] = true
		for len(todo) > 0 {
			i := todo[0]
			todo = todo[1:]
			g.A = append(g.A, i)
			for _, j := range ofA[i] {
				if seenB[j] {
					continue
				}
				seenB[j] = true
				g.B = append(g.B, j)
				for _, k := range ofB[j] {
					if !seenA[k] {
						seenA[k] = true
						todo = append(todo, k)
					}
				}
			}
		}
		slices.Sort(g.A)
		slices.Sort(g.B)
		out = append(out, g)
	}
	slices.SortFunc(out, func(x, y Unclear) int { return cmp.Compare(x.A[0], y.A[0]) })
	return out
}
