package stats

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// at is an incident in short: a day or days, a place as "place, district,
// province, country" with blanks for what is not stated, its parties and how
// many it killed.
func at(id, when, where, parties string, killed data.Count) Incident {
	start, end, _ := strings.Cut(when, "/")
	in := Incident{ID: id, Date: date(start, end), Lat: data.NoCoord, Lon: data.NoCoord, Parties: SplitNames(parties), Killed: killed, Accounts: 1}
	levels := [4]string{}
	for i, l := range strings.Split(where, ",") {
		levels[i] = strings.TrimSpace(l)
	}
	in.Place, in.Admin2, in.Admin1, in.Country = levels[0], levels[1], levels[2], levels[3]
	return in
}

// point puts an incident on the map.
func (in Incident) point(lat, lon float64, geo data.GeoPrecision) Incident {
	in.Lat, in.Lon, in.Geo = int32(math.Round(lat*1e6)), int32(math.Round(lon*1e6)), geo
	return in
}

// names writes matches as "a1-b2 by day and place".
func names(a, b []Incident, found []Match, unclear []Unclear) []string {
	var out []string
	for _, m := range found {
		out = append(out, fmt.Sprintf("%s-%s by %s", a[m.A].ID, b[m.B].ID, m.How))
	}
	for _, g := range unclear {
		s := "unclear"
		for _, i := range g.A {
			s += " " + a[i].ID
		}
		s += " |"
		for _, j := range g.B {
			s += " " + b[j].ID
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func TestMatching(t *testing.T) {
	k := data.Exactly(1)
	for _, x := range []struct {
		name string
		a, b []Incident
		same bool
		want []string
	}{
		{"one day, one place", []Incident{at("a", "2024-03-05", "Tarmin", "", k)}, []Incident{at("b", "2024-03-05", "tarmin village", "", data.Exactly(40))}, false, []string{"a-b by day and place"}},
		{"the day after", []Incident{at("a", "2024-03-05", "Tarmin", "", k)}, []Incident{at("b", "2024-03-06", "Tarmin", "", k)}, false, []string{"a-b by day and place"}},
		{"two days after", []Incident{at("a", "2024-03-05", "Tarmin", "", k)}, []Incident{at("b", "2024-03-07", "Tarmin", "", k)}, false, nil},
		{"another place", []Incident{at("a", "2024-03-05", "Tarmin", "North", k)}, []Incident{at("b", "2024-03-05", "Haraz", "North", k)}, false, nil},
		{"accents and signs are nothing", []Incident{at("a", "2024-03-05", "São-Tomé", "", k)}, []Incident{at("b", "2024-03-05", "SAO TOME city", "", k)}, false, []string{"a-b by day and place"}},
		{"countries exclude", []Incident{at("a", "2024-03-05", "Tarmin,,,Hest", "", k)}, []Incident{at("b", "2024-03-05", "Tarmin,,,Vell", "", k)}, false, nil},
		{"a place that is the other's district", []Incident{at("a", "2024-03-05", "Swat", "", k)}, []Incident{at("b", "2024-03-05", "Mingora, Swat district", "", k)}, false, []string{"a-b by day and place"}},
		{"the next day in a district, other parties", []Incident{at("a", "2024-03-05", "Swat", "North", k)}, []Incident{at("b", "2024-03-06", "Mingora, Swat district", "South", k)}, false, nil},
		{"a province where one knows no more", []Incident{at("a", "2024-03-05", ",,Swat", "North", k)}, []Incident{at("b", "2024-03-05", "Mingora,,Swat", "", k)}, false, []string{"a-b by day and area"}},
		{"a province where both know more", []Incident{at("a", "2024-03-05", "Kalam,,Swat", "North", k)}, []Incident{at("b", "2024-03-05", "Mingora,,Swat", "North", k)}, false, nil},
		{"a country needs a party", []Incident{at("a", "2024-03-05", ",,,Hest", "North", k)}, []Incident{at("b", "2024-03-05", "Mingora,,,Hest", "", k)}, false, nil},
		{"a country with a party", []Incident{at("a", "2024-03-05", ",,,Hest", "North", k)}, []Incident{at("b", "2024-03-05", "Mingora,,,Hest", "NORTH; South", k)}, false, []string{"a-b by day and area"}},
		{"unknown is no party", []Incident{at("a", "2024-03-05", ",,,Hest", "Unknown group", k)}, []Incident{at("b", "2024-03-05", ",,,Hest", "Unknown group", k)}, false, nil},
		{"a side of a pair, and a name in brackets", []Incident{at("a", "2024-03-05", ",,,Hest", "Government of Hest - NF", k)}, []Incident{at("b", "2024-03-05", ",,,Hest", "Northern Front (NF)", k)}, false, []string{"a-b by day and area"}},
		{"a month is no day", []Incident{at("a", "2024-03", "Tarmin", "", k)}, []Incident{at("b", "2024-03-05", "Tarmin", "", k)}, false, nil},
		{"no date", []Incident{at("a", "", "Tarmin", "", k)}, []Incident{at("b", "", "Tarmin", "", k)}, false, nil},
		{"spans that overlap", []Incident{at("a", "2024-03-01/2024-03-04", "Tarmin", "", k)}, []Incident{at("b", "2024-03-04/2024-03-09", "Tarmin", "", k)}, false, []string{"a-b by day and place"}},
		{"a span of months dates nothing", []Incident{at("a", "2024-01-01/2024-03-04", "Tarmin", "", k)}, []Incident{at("b", "2024-03-04", "Tarmin", "", k)}, false, nil},
		{"two in one place on one day", []Incident{at("a", "2024-03-05", "Tarmin", "", k)}, []Incident{at("b", "2024-03-05", "Tarmin", "", k), at("c", "2024-03-05", "Tarmin", "", data.Exactly(9))}, false, []string{"unclear a | b c"}},
		{"the party decides", []Incident{at("a", "2024-03-05", "Tarmin", "North", data.Exactly(9))}, []Incident{at("b", "2024-03-05", "Tarmin", "North", k), at("c", "2024-03-05", "Tarmin", "South", data.Exactly(9))}, false, []string{"a-b by day and place"}},
		{"the better goes first, the rest follows", []Incident{at("a", "2024-03-05", "Tarmin", "North", k), at("b", "2024-03-05", "Tarmin", "", k)}, []Incident{at("c", "2024-03-05", "Tarmin", "North", k), at("d", "2024-03-06", "Tarmin", "", k)}, false, []string{"a-c by day and place", "b-d by day and place"}},
		{"what hangs on a tie is unclear with it", []Incident{at("a", "2024-03-05", "Tarmin", "", k), at("z", "2024-03-07", "Tarmin", "", k)}, []Incident{at("b", "2024-03-05", "Tarmin", "", k), at("c", "2024-03-05", "Tarmin", "", k), at("d", "2024-03-06", "Tarmin", "", k)}, false, []string{"unclear a z | b c d"}},
		{"one identifier, wherever", []Incident{at("PAK-17", "2024-03-05", "Tarmin", "", k)}, []Incident{at("PAK-17", "2024-03-09", "Haraz", "", k)}, false, []string{"PAK-17-PAK-17 by identifier"}},
		{"one identifier, another month", []Incident{at("PAK-17", "2024-03-05", "Tarmin", "", k)}, []Incident{at("PAK-17", "2024-05-09", "Haraz", "", k)}, false, nil},
		{"a running number identifies nothing", []Incident{at("17", "2024-03-05", "Tarmin", "", k)}, []Incident{at("17", "2024-03-05", "Haraz", "", k)}, false, nil},
		{"but does within one dataset", []Incident{at("17", "2024-03-05", "Tarmin", "", k)}, []Incident{at("17", "2024-03-05", "Haraz", "", k)}, true, []string{"17-17 by identifier"}},
		{"an undated one by its identifier", []Incident{at("PAK-17", "", "", "", k)}, []Incident{at("PAK-17", "2024-03-09", "Haraz", "", k)}, false, []string{"PAK-17-PAK-17 by identifier"}},
	} {
		found, unclear := MatchIncidents(x.a, x.b, x.same, DefaultMatch())
		if diff := cmp.Diff(x.want, names(x.a, x.b, found, unclear)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", x.name, diff)
		}
	}
}

func TestMatchingByAddress(t *testing.T) {
	with := func(in Incident, urls ...string) Incident { in.URLs = urls; return in }
	k := data.Exactly(1)
	for _, x := range []struct {
		name string
		a, b []Incident
		want []string
	}{
		{"one address", []Incident{with(at("a", "2024-03-05", "Tarmin", "", k), "https://www.example.org/x/")}, []Incident{with(at("b", "2024-03-06", "Haraz", "", k), "http://example.org/x#p")}, []string{"a-b by address"}},
		{"an article on two incidents", []Incident{with(at("a", "2024-03-05", "Tarmin", "", k), "https://example.org/x")}, []Incident{with(at("b", "2024-03-06", "Haraz", "", k), "https://example.org/x"), with(at("c", "2024-03-06", "Orgun", "", k), "https://example.org/x")}, nil},
		{"two articles that disagree", []Incident{with(at("a", "2024-03-05", "Tarmin", "", k), "e.org/x", "e.org/y")}, []Incident{with(at("b", "2024-03-06", "Haraz", "", k), "e.org/x"), with(at("c", "2024-03-06", "Orgun", "", k), "e.org/y")}, nil},
	} {
		found, unclear := MatchIncidents(x.a, x.b, false, DefaultMatch())
		if diff := cmp.Diff(x.want, names(x.a, x.b, found, unclear)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", x.name, diff)
		}
	}
}

func TestMatchingByPoint(t *testing.T) {
	k := data.Exactly(1)
	a := func(geo data.GeoPrecision) []Incident {
		return []Incident{at("a", "2024-03-05", "Tarmin", "", k).point(34, 71, geo)}
	}
	district := func(geo data.GeoPrecision) []Incident {
		return []Incident{at("a", "2024-03-05", "Tarmin, Swat", "", k).point(34, 71, geo)}
	}
	b := func(place string, lat, lon float64, geo data.GeoPrecision) []Incident {
		return []Incident{at("b", "2024-03-05", place, "", k).point(lat, lon, geo)}
	}
	for _, x := range []struct {
		name string
		a, b []Incident
		want []string
	}{
		{"nine kilometres", a(data.PlaceExact), b("Kel", 34.08, 71, data.PlaceExact), []string{"a-b by day and point"}},
		{"eleven kilometres", a(data.PlaceExact), b("Kel", 34.1, 71, data.PlaceExact), nil},
		{"eleven kilometres, one only near", a(data.PlaceExact), b("Kel", 34.1, 71, data.PlaceNear), []string{"a-b by day and point"}},
		{"thirty kilometres, one only near", a(data.PlaceExact), b("Kel", 34.27, 71, data.PlaceNear), nil},
		{"the middle of a province", a(data.PlaceExact), b("Kel", 34, 71, data.PlaceAdmin1), nil},
		{"one name sixty kilometres apart", a(data.PlaceExact), b("Tarmin", 34.55, 71, data.PlaceExact), nil},
		{"one name sixty kilometres apart, one not placed", a(data.PlaceExact), b("Tarmin", 34.55, 71, data.PlaceCountry), []string{"a-b by day and place"}},
		{"one name thirty kilometres apart", a(data.PlaceExact), b("Tarmin", 34.27, 71, data.PlaceExact), []string{"a-b by day and place"}},
		{"a district with two places twenty kilometres apart", district(data.PlaceExact), b("Kel, Swat", 34.18, 71, data.PlaceExact), nil},
		{"a district with two places, one of them not placed", district(data.PlaceExact), b("Kel, Swat", 34.18, 71, data.PlaceAdmin2), []string{"a-b by day and place"}},
		{"a district, the place of one not named", district(data.PlaceExact), b(", Swat", 34.18, 71, data.PlaceExact), []string{"a-b by day and place"}},
		{"one point across the date line", []Incident{at("a", "2024-03-05", "Tarmin", "", k).point(-17, 179.99, data.PlaceExact)}, b("Kel", -17, -179.97, data.PlaceExact), []string{"a-b by day and point"}},
		{"two points across the date line", []Incident{at("a", "2024-03-05", "Tarmin", "", k).point(-17, 179.9, data.PlaceExact)}, b("Kel", -17, -179.9, data.PlaceExact), nil},
	} {
		found, unclear := MatchIncidents(x.a, x.b, false, DefaultMatch())
		if diff := cmp.Diff(x.want, names(x.a, x.b, found, unclear)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", x.name, diff)
		}
	}
}

// Distances against the haversine formula, over the few kilometres that matter.
func TestDistance(t *testing.T) {
	haversine := func(lat1, lon1, lat2, lon2 float64) float64 {
		rad := func(d float64) float64 { return d * math.Pi / 180 }
		s, c := math.Sin(rad(lat2-lat1)/2), math.Sin(rad(lon2-lon1)/2)
		return 2 * 6371008.8 * math.Asin(math.Sqrt(s*s+math.Cos(rad(lat1))*math.Cos(rad(lat2))*c*c))
	}
	rapid.Check(t, func(t *rapid.T) {
		lat, lon := rapid.Float64Range(-70, 70).Draw(t, "lat"), rapid.Float64Range(-180, 180).Draw(t, "lon")
		lat2, lon2 := lat+rapid.Float64Range(-0.3, 0.3).Draw(t, "dlat"), lon+rapid.Float64Range(-0.3, 0.3).Draw(t, "dlon")
		if lon2 > 180 {
			lon2 -= 360
		}
		u := func(v float64) int32 { return int32(math.Round(v * 1e6)) }
		got, ok := distance(u(lat), u(lon), u(lat2), u(lon2))
		if want := haversine(lat, lon, lat2, lon2); !ok || math.Abs(float64(got)-want) > 0.025*want+3 {
			t.Fatalf("%d metres, want %.0f", got, want)
		}
	})
	if _, ok := distance(data.NoCoord, 0, 0, 0); ok {
		t.Error("a distance from nowhere")
	}
	for _, n := range []int64{0, 1, 2, 3, 4, 8, 9, 1 << 40, 1<<40 - 1, 999_999_999_999} {
		if r := isqrt(n); r*r > n || (r+1)*(r+1) <= n {
			t.Errorf("the root of %d is %d", n, r)
		}
	}
}

func TestNameKeys(t *testing.T) {
	for name, want := range map[string]string{"Kurram agency": "kurram", "Peshāwar  District": "peshawar", "Dera Ismail Khan": "deraismailkhan", "Village": "village", "State": "state",
		"Kel-Adar (town)": "keladar", "N'Djamena": "ndjamena", "": "", "—": "", "東京": "東京"} {
		if got := placeKey(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	if got := partyKeys([]string{"Government of Hest - Civilians", "Unknown Group"}); !slices.Equal(got, []string{"governmentofhest", "governmentofhestcivilians"}) {
		t.Errorf("%q", got)
	}
}

// anyList draws incidents crowded enough to collide.
func anyList(t *rapid.T, label string) []Incident {
	n := rapid.IntRange(0, 9).Draw(t, label)
	list := make([]Incident, n)
	for i := range list {
		when := fmt.Sprintf("2024-03-%02d", rapid.IntRange(1, 4).Draw(t, "day"))
		if rapid.IntRange(0, 6).Draw(t, "span") == 0 {
			when += "/2024-03-05"
		}
		where := rapid.SampledFrom([]string{"Tarmin,,North", "Haraz,,North", ",,North", "Tarmin", ",,,Hest", "Kel,Haraz,North,Hest", ""}).Draw(t, "where")
		list[i] = at(fmt.Sprint(label, i), when, where, rapid.SampledFrom([]string{"", "Front", "Army", "Army; Front"}).Draw(t, "party"), data.Exactly(int64(rapid.IntRange(0, 5).Draw(t, "killed"))))
		switch rapid.IntRange(0, 5).Draw(t, "more") {
		case 0:
			list[i].ID = fmt.Sprint("shared ", rapid.IntRange(0, 30).Draw(t, "id"))
		case 1:
			list[i] = list[i].point(34+float64(rapid.IntRange(0, 3).Draw(t, "lat"))/20, 71, data.PlaceExact)
		}
	}
	// An id is on one incident of a list: those of one id are one incident.
	slices.SortStableFunc(list, func(x, y Incident) int { return strings.Compare(x.ID, y.ID) })
	return slices.CompactFunc(list, func(x, y Incident) bool { return x.ID == y.ID })
}

// Whatever the lists: each incident is in one pair at most; no two incidents
// would both rather have each other; what is left has nothing left to choose; and
// neither the order of a list nor which list comes first makes a difference.
func TestMatchingLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyList(t, "a"), anyList(t, "b")
		found, unclear := MatchIncidents(a, b, false, DefaultMatch())
		ofA, ofB := map[int]Match{}, map[int]Match{}
		for _, m := range found {
			if _, twice := ofA[m.A]; twice {
				t.Fatalf("%s is in two pairs", a[m.A].ID)
			}
			if _, twice := ofB[m.B]; twice {
				t.Fatalf("%s is in two pairs", b[m.B].ID)
			}
			ofA[m.A], ofB[m.B] = m, m
		}
		openA, openB := map[int]int{}, map[int]int{} // group of what is unclear
		for n, g := range unclear {
			for _, i := range g.A {
				openA[i] = n + 1
			}
			for _, j := range g.B {
				openB[j] = n + 1
			}
		}
		lawfulPairs(t, a, b, ofA, ofB, openA, openB)
		want := names(a, b, found, unclear)
		p, q := rapid.Permutation(a).Draw(t, "order of a"), rapid.Permutation(b).Draw(t, "order of b")
		f2, u2 := MatchIncidents(p, q, false, DefaultMatch())
		if diff := cmp.Diff(sortedGroups(want), sortedGroups(names(p, q, f2, u2))); diff != "" {
			t.Fatalf("another order, other pairs: %s", diff)
		}
		f3, u3 := MatchIncidents(b, a, false, DefaultMatch())
		for i := range f3 {
			f3[i].A, f3[i].B = f3[i].B, f3[i].A
		}
		for i := range u3 {
			u3[i].A, u3[i].B = u3[i].B, u3[i].A
		}
		if diff := cmp.Diff(sortedGroups(want), sortedGroups(names(a, b, f3, u3))); diff != "" {
			t.Fatalf("the other way round, other pairs: %s", diff)
		}
	})
}

// lawfulPairs looks at every pair there could be.
func lawfulPairs(t *rapid.T, a, b []Incident, ofA, ofB map[int]Match, openA, openB map[int]int) {
	m := &matching{opt: DefaultMatch()}
	for i := range a {
		m.a = append(m.a, newMatchable(&a[i]))
	}
	for j := range b {
		m.b = append(m.b, newMatchable(&b[j]))
	}
	for i := range a {
		for j := range b {
			c, ok := m.candidate(i, j)
			ok = ok && m.a[i].dated && m.b[j].dated
			x, hasA := ofA[i]
			y, hasB := ofB[j]
			byKey := hasA && (x.How == ByID || x.How == ByURL) || hasB && (y.How == ByID || y.How == ByURL)
			switch {
			case hasA && x.B == j && x.How != ByID && x.How != ByURL && !ok:
				t.Fatalf("%s and %s are matched and no candidates", a[i].ID, b[j].ID)
			case !ok || byKey || hasA && x.B == j:
			case hasA && hasB && c.Points > x.Points && c.Points > y.Points:
				t.Fatalf("%s and %s would both rather have each other", a[i].ID, b[j].ID)
			case !hasA && !hasB && (openA[i] == 0 || openA[i] != openB[j]):
				t.Fatalf("%s and %s are free candidates and not unclear", a[i].ID, b[j].ID)
			case hasA && !hasB && c.Points > x.Points && openB[j] == 0:
				t.Fatalf("%s would rather have %s, which is free", a[i].ID, b[j].ID)
			}
		}
	}
}

// sortedGroups writes the members of unclear groups in order.
func sortedGroups(lines []string) []string {
	var out []string
	for _, l := range lines {
		if rest, ok := strings.CutPrefix(l, "unclear "); ok {
			x, y, _ := strings.Cut(rest, " | ")
			xs, ys := strings.Fields(x), strings.Fields(y)
			slices.Sort(xs)
			slices.Sort(ys)
			l = "unclear " + strings.Join(xs, " ") + " | " + strings.Join(ys, " ")
		}
		out = append(out, l)
	}
	slices.Sort(out)
	return out
}
