package main

import (
	"strconv"
	"time"
)

// imprecise draws the incidents whose date is not one day.
func (g *generator) imprecise() {
	for _, m := range []string{"2024-02", "2024-05", "2024-09", "2025-05", "2025-08"} {
		t, _ := time.Parse("2006-01", m)
		g.vague(t, m, "", "month")
	}
	for _, y := range []int{2024, 2024, 2025} {
		g.vague(day(y, 1, 1), strconv.Itoa(y), "", "year")
	}
	for _, d := range []time.Time{day(2024, 1, 8), day(2024, 6, 10), day(2025, 2, 17), day(2025, 9, 1)} {
		g.vague(d, iso(d), iso(d.AddDate(0, 0, 6)), "week")
	}
	spans := []struct {
		from time.Time
		days int
	}{
		{day(2023, 12, 5), 2}, {day(2024, 3, 11), 3}, {day(2024, 4, 22), 1}, {day(2024, 10, 6), 4},
		{day(2025, 4, 14), 2}, {day(2025, 6, 19), 3}, {day(2025, 7, 7), 1}, {day(2025, 9, 23), 2},
		{day(2024, 1, 30), 3}, {day(2024, 8, 30), 4}, {day(2025, 5, 31), 2}, {day(2025, 9, 29), 3}, // across a month's end
	}
	for _, s := range spans {
		g.vague(s.from, iso(s.from), iso(s.from.AddDate(0, 0, s.days)), "days")
	}
	for range 3 {
		g.vague(lastDay.AddDate(1, 0, 0), "", "", "none") // undated: last in the file
	}
}

func (g *generator) vague(key time.Time, from, to, precision string) {
	r := g.ordinary(key)
	r[date], r[dateEnd], r[datePrecision] = from, to, precision
	r[reportedOn] = ""
	if precision == "week" || precision == "days" {
		end, _ := time.Parse("2006-01-02", to)
		r[reportedOn] = reported(end, g.below(4))
	}
	g.add(key, r)
}

// atSea is an incident in international waters.
func (g *generator) atSea(d time.Time) {
	r := g.ordinary(d)
	coast := &provinces[portThalea].districts[2]
	r[countryCol], r[admin1], r[admin2], r[place] = "", "", "", "Open sea off "+coast.name
	g.point(&r, coast, 4000, "international")
	g.add(d, r)
}

// marketStrike is one of the two peaks: four accounts of one strike, of which
// the first is superseded and the last a denial.
func (g *generator) marketStrike() {
	d := day(2025, 3, 14)
	r := g.begin(d, portThalea, airStrike)
	dist := &provinces[portThalea].districts[0]
	r[admin1], r[admin2], r[place] = provinces[portThalea].name, dist.name, dist.places[1]
	r[lat], r[lon], r[geoPrecision] = degrees(dist.lat+14), degrees(dist.lon-31), "exact"
	r[weapon] = "aircraft bomb"
	r[attributedTo] = parties[army]
	r[victimSide], r[victimType] = civilians, "civilian"
	r[notes] = "Synthetic: the market strike"

	first, wire, registry, denied := r, r, r, r
	first[killed], first[injured] = "at least 60", "dozens"
	first[source], first[status], first[reportedOn] = "Synthetic Wire", "superseded", iso(d)
	wire[killed], wire[injured] = "187", "410"
	wire[source], wire[status], wire[reportedOn] = "Synthetic Wire", "reported", reported(d, 4)
	registry[killed], registry[killedLow], registry[killedHigh], registry[injured] = "187", "164", "205", "442"
	registry[ofWhichWomen], registry[ofWhichChildren] = "61", "38"
	registry[source], registry[status], registry[reportedOn] = "Synthetic Hospital Registry", "verified", reported(d, 9)
	denied[status], denied[reportedOn] = "denied", reported(d, 2)
	g.statement(&denied, army)
	g.add(d, first, wire, registry, denied)
}

// siegeDay is one incident of the other peak, a siege in July 2024.
func (g *generator) siegeDay(i int) {
	d := day(2024, 7, 3).AddDate(0, 0, i+i/3)
	r := g.begin(d, grandOssel, among(&g.rng, shelling, shelling, shelling, airStrike, clash))
	dist := &provinces[grandOssel].districts[0]
	r[admin1], r[admin2], r[place] = provinces[grandOssel].name, dist.name, dist.places[0]
	g.point(&r, dist, 150, "exact")
	r[attributedTo] = parties[army]
	if g.chance(35) {
		r[claimedBy] = parties[army]
	}
	n := g.between(4, 15)
	if i == 8 || i == 9 {
		n += 20 // the siege is worst in its middle
	}
	g.wide(&r, "civilian", n, n*g.between(80, 220)/100)
	g.attest(&r, d, army)
	r[notes] = "Synthetic: the siege of " + dist.places[0]
	g.add(d, r)
}

// severalAccounts draws the incidents of which there is more than one account.
func (g *generator) severalAccounts() {
	for range 6 {
		g.battle()
	}
	for range 6 {
		g.revision()
	}
	for range 8 {
		g.disagreement()
	}
	for range 3 {
		g.retraction()
	}
	for range 2 {
		g.denial()
	}
}

// battle is a fight of the army with a group, each of which states both sides' losses.
func (g *generator) battle() {
	d := g.someDay()
	p := g.someProvince()
	group := g.groupIn(p)
	base := g.begin(d, p, clash)
	base[status] = "reported"
	armyLost, groupLost := g.between(3, 14), g.between(4, 18)

	var rows []record
	for _, teller := range []int{army, group} {
		own, enemy := armyLost, groupLost
		if teller == group {
			own, enemy = groupLost, armyLost
		}
		foe := group + army - teller
		r := base
		g.statement(&r, teller)
		r[reportedOn] = reported(d, 1)

		lost := r
		lost[attributedTo] = parties[foe]
		lost[victimSide], lost[victimType] = parties[teller], standing(teller)
		lost[killed] = strconv.Itoa(own)
		lost[injured] = strconv.Itoa(own + g.below(own+1))

		said := r
		said[attributedTo], said[claimedBy] = parties[teller], parties[teller]
		said[victimSide], said[victimType] = parties[foe], standing(foe)
		said[killed] = strconv.Itoa(enemy*g.between(15, 40)/10) + among(&g.rng, "", "", "+")
		rows = append(rows, lost, said)
	}
	g.add(d, rows...)
}

// groupIn draws a party other than the army that is active in the province.
func (g *generator) groupIn(p int) int {
	w := provinces[p].affinity
	w[army] = 0
	return g.pick(w[:]...)
}

// revision is an incident whose first figure was replaced by a later one.
func (g *generator) revision() {
	d, base, n := g.accounts()
	first, later := base, base
	first[killed], first[injured] = "at least "+strconv.Itoa(1+n/3), ""
	first[source], first[status], first[reportedOn] = "Synthetic Wire", "superseded", iso(d)
	later[killed], later[injured] = strconv.Itoa(n), strconv.Itoa(2*n-g.below(n))
	later[source], later[status], later[reportedOn] = "Synthetic Wire", "reported", reported(d, g.between(2, 9))
	rows := []record{first, later}
	if g.chance(50) {
		checked := later
		checked[source], checked[status], checked[reportedOn] = "Synthetic Monitor", "verified", reported(d, 14)
		rows = append(rows, checked)
	}
	g.add(d, rows...)
}

// disagreement is an incident of which two or three sources give different figures.
func (g *generator) disagreement() {
	d, base, n := g.accounts()
	var rows []record
	for i, s := range []string{"Synthetic Wire", "Synthetic Radio", "Synthetic Monitor"}[:g.between(2, 3)] {
		r := base
		r[killed] = strconv.Itoa(n + i*g.between(1, 3))
		if i < 2 {
			r[injured] = strconv.Itoa(n + g.below(n))
		}
		r[source], r[status], r[reportedOn] = s, among(&g.rng, "reported", "disputed", ""), reported(d, i)
		rows = append(rows, r)
	}
	g.add(d, rows...)
}

// retraction is an incident one account of which was withdrawn.
func (g *generator) retraction() {
	d, base, n := g.accounts()
	kept, withdrawn := base, base
	kept[killed], kept[injured] = strconv.Itoa(n), strconv.Itoa(n+g.below(n))
	kept[source], kept[status], kept[reportedOn] = "Synthetic Monitor", "verified", reported(d, 3)
	withdrawn[killed], withdrawn[injured] = strconv.Itoa(3*n), strconv.Itoa(5*n)
	withdrawn[source], withdrawn[status], withdrawn[reportedOn] = "Synthetic Radio", "retracted", reported(d, 1)
	withdrawn[notes] = "Synthetic: withdrawn by its source"
	g.add(d, withdrawn, kept)
}

// denial is an incident that the accused party says did not happen.
func (g *generator) denial() {
	d, base, n := g.accounts()
	told, denied := base, base
	told[killed], told[injured] = strconv.Itoa(n), strconv.Itoa(n/2)
	told[source], told[status], told[reportedOn] = "Synthetic Monitor", "disputed", reported(d, 1)
	told[attributedTo], denied[attributedTo] = parties[army], parties[army]
	g.statement(&denied, army)
	denied[status], denied[reportedOn] = "denied", reported(d, 2)
	denied[notes] = "Synthetic: the accused party denies it and gives no figure"
	g.add(d, told, denied)
}

// accounts draws what all accounts of an incident agree on, and its toll.
func (g *generator) accounts() (time.Time, record, int) {
	d := g.someDay()
	p := g.someProvince()
	by := g.pick(provinces[p].affinity[:]...)
	ev := g.pick(habits[by][:]...)
	r := g.begin(d, p, ev)
	r[attributedTo] = parties[by]
	if g.chance(40) {
		r[claimedBy] = parties[by]
	}
	r[victimSide], r[victimType] = g.victims(by, ev)
	return d, r, g.between(4, 17)
}
