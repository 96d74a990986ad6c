package main

import (
	"fmt"
	"strconv"
	"time"
)

// ordinary draws an incident that one row describes.
func (g *generator) ordinary(d time.Time) record {
	p := g.someProvince()
	by := g.pick(provinces[p].affinity[:]...)
	ev := g.pick(habits[by][:]...)
	r := g.begin(d, p, ev)
	g.blame(&r, by)
	side, kind := g.victims(by, ev)

	n, hurt := g.toll(ev)
	form := g.pick(58, 24, 12, 6)
	switch form {
	case 0:
		r[victimSide], r[victimType] = side, kind
		g.count(&r, killed, n)
		if kind == "civilian" && r[killed] == strconv.Itoa(n) && n >= 2 && g.chance(45) {
			r[ofWhichWomen] = strconv.Itoa(g.below(n/2 + 1))
			r[ofWhichChildren] = strconv.Itoa(g.below(n/2 + 1))
		}
	case 1:
		g.wide(&r, kind, n, hurt)
	case 2: // the source does not say who they were
		g.count(&r, killed, n)
	case 3: // the source says that it is not known
		r[victimType] = "unknown"
		g.count(&r, killed, n)
	}
	if form != 1 {
		g.count(&r, injured, hurt)
	}
	g.attest(&r, d, by)
	return r
}

func (g *generator) someProvince() int {
	w := make([]int, len(provinces))
	for i, p := range provinces {
		w[i] = p.weight
	}
	return g.pick(w...)
}

// begin starts a row: when, where and what.
func (g *generator) begin(d time.Time, p, ev int) record {
	var r record
	r[date], r[datePrecision] = iso(d), "day"
	r[countryCol] = country
	r[eventType] = events[ev]
	r[weapon] = among(&g.rng, weapons[ev]...)
	g.locate(&r, p, g.below(len(provinces[p].districts)))
	return r
}

// locate fills in the place, as precisely as the draw has it known.
func (g *generator) locate(r *record, p, d int) {
	prov := &provinces[p]
	dist := &prov.districts[d]
	r[admin1] = prov.name
	switch g.pick(44, 24, 11, 8, 2, 3, 8) {
	case 0:
		r[admin2], r[place] = dist.name, among(&g.rng, dist.places...)
		g.point(r, dist, 200, "exact")
	case 1:
		r[admin2], r[place] = dist.name, among(&g.rng, dist.places...)
		g.point(r, dist, 900, "near")
	case 2:
		r[admin2] = dist.name
		g.point(r, dist, 0, "admin2")
	case 3:
		g.point(r, &prov.districts[0], 0, "admin1")
	case 4:
		r[place] = "Road " + prov.districts[0].name + "–" + prov.districts[1].name
		r[geoPrecision] = "region"
	case 5:
		r[admin1] = ""
		r[geoPrecision] = "country"
	case 6: // the source gives a name and no more
		r[admin2], r[place] = dist.name, among(&g.rng, dist.places...)
	}
}

// point sets coordinates within spread ten-thousandths of a degree of the district's own.
func (g *generator) point(r *record, d *district, spread int, precision string) {
	r[lat] = degrees(d.lat + g.between(-spread, spread))
	r[lon] = degrees(d.lon + g.between(-spread, spread))
	r[geoPrecision] = precision
}

func degrees(v int) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	return fmt.Sprintf("%s%d.%04d", sign, v/10000, v%10000)
}

// blame says who claims the act and who is accused of it.
func (g *generator) blame(r *record, by int) {
	name, ally, other := parties[by], parties[allies[by]], parties[g.otherThan(by)]
	switch g.pick(44, 24, 8, 4, 5, 1, 5, 9) {
	case 0:
		r[attributedTo] = name
	case 1:
		r[attributedTo], r[claimedBy] = name, name
	case 2:
		r[claimedBy] = name
	case 3: // contested: one claims it, another is accused of it
		r[attributedTo], r[claimedBy] = other, name
	case 4: // a joint act
		r[attributedTo] = name + ";" + ally
	case 5: // two claims for one act
		r[claimedBy] = name + ";" + ally
	case 6: // a fight in which nobody says who killed whom
		foe := parties[army]
		if by == army {
			foe = other
		}
		r[involved] = name + ";" + foe
	case 7: // unattributed
	}
}

func (g *generator) otherThan(p int) int { return (p + 1 + g.below(numParties-1)) % numParties }

// victims draws the side that suffered and its standing.
func (g *generator) victims(by, ev int) (side, kind string) {
	if g.chance(harmsCivilians[ev]) {
		return civilians, "civilian"
	}
	if by != army && g.chance(70) {
		return parties[army], "security"
	}
	p := g.otherThan(by)
	return parties[p], standing(p)
}

func standing(p int) string {
	if p == army {
		return "security"
	}
	return "militant"
}

// toll draws how many were killed and injured.
func (g *generator) toll(ev int) (dead, hurt int) {
	w := make([]int, len(tolls))
	for i, t := range tolls {
		w[i] = t.weight
	}
	t := tolls[g.pick(w...)]
	dead = g.between(t.lo, t.hi)
	return dead, g.hurt(ev, dead)
}

func (g *generator) hurt(ev, dead int) int {
	if ev == shelling || ev == airStrike || ev == roadsideBomb {
		return dead*g.between(60, 260)/100 + g.between(1, 4)
	}
	hurt := dead*g.between(0, 130)/100 + g.below(3)
	if dead == 0 {
		hurt++
	}
	return hurt
}

// count writes a toll of n as a source might put it. first is the column of the
// figure itself; its low and its high column follow.
func (g *generator) count(r *record, first, n int) {
	how := g.pick(640, 160, 16, 30, 40, 8, 30, 35, 30)
	if first == injured {
		how = g.pick(690, 70, 8, 16, 24, 6, 30, 120, 36)
	}
	spread := 1 + n/4
	switch {
	case n < 3 && how != 7 && how != 8, how == 0:
		r[first] = strconv.Itoa(n)
	case how == 1: // a best figure within bounds
		r[first] = strconv.Itoa(n)
		r[first+1] = strconv.Itoa(n - g.below(spread+1))
		r[first+2] = strconv.Itoa(n + g.between(1, spread))
	case how == 2: // bounds, and no best figure
		g.bounds(&r[first+1], &r[first+2], n)
	case how == 3:
		var lo, hi string
		g.bounds(&lo, &hi, n)
		r[first] = lo + among(&g.rng, "–", "-") + hi
	case how == 4:
		r[first] = fmt.Sprintf(among(&g.rng, "%d+", ">%d", "at least %d", "more than %d"), roundDown(n))
	case how == 5:
		r[first] = fmt.Sprintf("up to %d", n+n%3)
	case how == 6:
		r[first] = fmt.Sprintf(among(&g.rng, "~%d", "about %d"), n)
	case how == 7: // not stated
	case how == 8:
		words := []string{"several", "some", "unknown"}
		if n >= 24 {
			words = []string{"dozens"}
		}
		r[first] = among(&g.rng, words...)
	}
}

// roundDown gives the round figure that "at least" goes with.
func roundDown(n int) int {
	if n < 5 {
		return n
	}
	return n - n%5
}

func (g *generator) bounds(lo, hi *string, n int) {
	spread := 1 + n/4
	*lo, *hi = strconv.Itoa(n-g.between(1, spread)), strconv.Itoa(n+g.between(1, spread))
}

// wide splits the toll over the wide columns. Either the row also gives the
// total, which may exceed the parts, or the parts are all there is.
func (g *generator) wide(r *record, kind string, n, hurt int) {
	parts := g.split(kind, n)
	rest := 0
	if g.chance(94) {
		r[killed] = strconv.Itoa(n)
		if n >= 4 && g.chance(40) { // some of the dead have no known standing
			rest = among(&g.rng, 1, 2)
			for i := range parts {
				if parts[i] >= rest {
					parts[i] -= rest
					break
				}
			}
		}
		r[injured] = strconv.Itoa(hurt)
	}
	writeParts(r, killed, killedCivilians, parts)
	writeParts(r, injured, injuredCivilians, g.split(kind, hurt))
	if parts[0] >= 3 && g.chance(50) {
		r[ofWhichWomen] = strconv.Itoa(g.below(parts[0]/2 + 1))
		r[ofWhichChildren] = strconv.Itoa(g.below(parts[0]/2 + 1))
	}
}

// writeParts fills in wide columns from first on. Beside a total a source
// names only the groups that it has victims of.
func writeParts(r *record, total, first int, parts [4]int) {
	for i, v := range parts {
		if v > 0 || r[total] == "" {
			r[first+i] = strconv.Itoa(v)
		}
	}
}

// split divides n over civilians, security, militants and unknown, most of it
// to the given kind.
func (g *generator) split(kind string, n int) [4]int {
	var p [4]int
	main := map[string]int{"civilian": 0, "security": 1, "militant": 2}[kind]
	minor := n * g.between(0, 40) / 100
	p[main] = n - minor
	second := (main + 1 + g.below(2)) % 3
	unknown := minor * g.between(0, 50) / 100
	p[second] += minor - unknown
	p[3] = unknown
	return p
}

// attest fills in whose account the row is, and when it was given.
func (g *generator) attest(r *record, d time.Time, by int) {
	r[reportedOn] = reported(d, g.pick(50, 30, 10, 6, 4))
	switch g.pick(38, 26, 12, 14, 10) {
	case 0:
		r[source] = "Synthetic Wire"
	case 1:
		r[source] = "Synthetic Monitor"
		if g.chance(60) {
			r[status] = "verified"
		}
	case 2:
		r[source] = "Synthetic Hospital Registry"
	case 3:
		r[source] = "Synthetic Radio"
	case 4:
		g.statement(r, among(&g.rng, army, by))
		if r[attributedTo]+r[claimedBy]+r[involved] == "" { // no party speaks of it
			r[source], r[sourceSide] = "Synthetic Radio", ""
		}
	}
	if r[status] == "" {
		r[status] = among(&g.rng, "reported", "reported", "reported", "", "", "disputed")
	}
}

// statement makes the row the account of a party.
func (g *generator) statement(r *record, p int) {
	r[source], r[sourceSide] = "Synthetic statement by the "+parties[p], parties[p]
}
