package stats

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// Population is how many people live in a place in a year, as the reader of a
// report states it.
type Population struct {
	Place  string // as the data names a country, province or district
	Year   int
	People int64
}

// perHundredThousand is the unit of a rate per inhabitant, that of indicator
// 16.1.2 of the Sustainable Development Goals.
const perHundredThousand = 100_000

// populationSheet gives the deaths per 100,000 inhabitants of each place and year
// of which a population is stated. A place is a country, province or district of
// that name, the widest first. A year counts as far as the data covers it: a rate
// is not made up for the rest.
func (a *Accumulator) populationSheet(cov coverage) *Sheet {
	if a.spread == nil || len(a.opt.Population) == 0 {
		return nil
	}
	s := &Sheet{ID: "per-100000", Title: catalogue.Say("table.killed-per-100-000-inhabitants"), Dims: []Dim{{ID: "place", Title: catalogue.Say("table.place")}, {ID: "year", Title: catalogue.Say("table.year")}},
		Columns: []Column{{"incidents", catalogue.Say("table.incidents-of-the-place-and-year")}, {"unknown", catalogue.Say("table.of-these-without-a-known-toll")}, {"killed.low", catalogue.Say("table.killed-by-the-lowest-figures")}, {"killed.high", catalogue.Say("table.by-the-highest")},
			{"population", catalogue.Say("table.inhabitants-as-stated")}, {"low", catalogue.Say("table.killed-per-100-000-inhabitants-by")}, {"high", catalogue.Say("table.by-the-highest")}, {"open", catalogue.Say("table.incidents-of-the-row-whose-toll")}, {"days", catalogue.Say("table.days-of-the-year-that-the")}},
		Note: catalogue.Say("table.inhabitants-are-as-the-population-file")}
	byName := a.placesByName()
	var strange []string
	for _, p := range a.opt.Population {
		paths, ok := byName[strings.ToLower(strings.TrimSpace(p.Place))]
		if !ok {
			if !slices.Contains(strange, p.Place) {
				strange = append(strange, p.Place)
			}
			continue
		}
		var t Tally
		for _, i := range paths {
			if x := a.spread.years[placeYear{i, int32(p.Year)}]; x != nil {
				a.merge(&t, x)
			}
		}
		first, last := firstOf(p.Year, 1), firstOf(p.Year, 1)
		last = nextPeriod(last, ByYear) - 1
		days := max(0, int64(min(last, cov.last))-int64(max(first, cov.first))+1)
		if cov.first == data.NoDay {
			days = 0
		}
		row := SheetRow{Keys: []Key{namedKey(p.Place), PeriodKey(first, ByYear)}, Cells: []Cell{{}, {}, {}, {}, whole(p.People), {}, {}, {}, whole(days)}}
		if days > 0 {
			row.Cells[0], row.Cells[1], row.Cells[2], row.Cells[3] = whole(t.Incidents), whole(t.Killed.Unknown), units(t.Killed.Low), units(t.Killed.High)
			row.Cells[5], row.Cells[6], row.Cells[7] = ratePer(t.Killed.Low, p.People), ratePer(t.Killed.High, p.People), whole(t.Killed.Open)
		}
		s.Rows = append(s.Rows, row)
	}
	slices.SortFunc(s.Rows, func(x, y SheetRow) int {
		return cmp.Or(strings.Compare(x.Keys[0].ID, y.Keys[0].ID), strings.Compare(x.Keys[1].ID, y.Keys[1].ID))
	})
	if len(strange) > 0 {
		slices.Sort(strange)
		s.Note += catalogue.Say("table.no-incident-names", "strange", strings.Join(strange, ", "))
	}
	return s
}

// ratePer is the cell of a toll per 100,000 inhabitants, to two decimals.
func ratePer(killed, people int64) Cell {
	if people <= 0 || people > math.MaxInt64/data.Unit {
		return Cell{}
	}
	hundredths, ok := Scaled(killed, perHundredThousand*100, people*data.Unit) // rounded once
	if !ok {
		return Cell{}
	}
	return Cell{hundredths * (data.Unit / 100), true}
}

// placesByName lists the numbers of the places that lie in each country, province
// or district, by its name in small letters; of places of one name, those of the
// widest level.
func (a *Accumulator) placesByName() map[string][]int32 {
	byName := map[string][]int32{}
	for level := levelCountry; level <= levelAdmin2; level++ {
		at := map[string][]int32{}
		for i, path := range a.places.paths {
			if name := strings.ToLower(a.nameOf(data.Column(level), path[level])); name != "" {
				at[name] = append(at[name], int32(i))
			}
		}
		for name, paths := range at {
			if _, taken := byName[name]; !taken {
				byName[name] = paths
			}
		}
	}
	return byName
}
