package stats

import "toll/data"

// PlaceGrade says how exactly an incident is placed, in the steps at which a
// table can be read.
type PlaceGrade uint8

// The grades of a place. A record that does not say how exactly it is placed is
// taken at the smallest area it names.
const (
	AtPlace PlaceGrade = iota // the place itself, or within about 25 km
	AtDistrict
	AtProvince
	AtCountry // or a wider region
	Nowhere   // no place stated
	NumPlaceGrades
)

// DateGrade says how exactly an incident is dated.
type DateGrade uint8

// The grades of a date.
const (
	OnDay   DateGrade = iota
	InDays            // a span of days, or a week
	InMonth           // the month
	InYear            // the year, or less
	NumDateGrades
)

// exactness counts incidents, and the lowest figures of people killed, by how
// exactly the incidents are placed and dated.
type exactness [NumPlaceGrades][NumDateGrades]struct {
	n      uint32
	killed int64
}

// graded is a cell of exactness.
type graded struct {
	place PlaceGrade
	date  DateGrade
}

func (e *exactness) add(g graded, n uint32, killed int64) {
	c := &e[g.place][g.date]
	c.n += n
	c.killed += killed
}

func (e *exactness) merge(o *exactness) {
	for p := range o {
		for d, c := range o[p] {
			e.add(graded{PlaceGrade(p), DateGrade(d)}, c.n, c.killed)
		}
	}
}

func (e *exactness) empty() bool { return *e == exactness{} }

// placed and dated return the incidents and killed of a grade.
func (e *exactness) placed(g PlaceGrade) (n uint32, killed int64) {
	for _, c := range e[g] {
		n, killed = n+c.n, killed+c.killed
	}
	return n, killed
}

func (e *exactness) dated(g DateGrade) (n uint32, killed int64) {
	for p := range e {
		n, killed = n+e[p][g].n, killed+e[p][g].killed
	}
	return n, killed
}

func (e *exactness) incidents() (n uint32) {
	for g := range NumDateGrades {
		m, _ := e.dated(g)
		n += m
	}
	return n
}

// grade tells how exactly an incident is placed and dated.
func grade(d data.Date, geo data.GeoPrecision, path location) graded {
	g := graded{gradeOfPlace(geo, path), OnDay}
	switch {
	case d.Prec >= data.ToYear || d.Start == data.NoDay:
		g.date = InYear
	case d.Prec == data.ToMonth:
		g.date = InMonth
	case d.Prec != data.ToDay || d.End > d.Start:
		g.date = InDays
	}
	return g
}

func gradeOfPlace(geo data.GeoPrecision, path location) PlaceGrade {
	switch geo {
	case data.PlaceExact, data.PlaceNear:
		return AtPlace
	case data.PlaceAdmin2:
		return AtDistrict
	case data.PlaceAdmin1:
		return AtProvince
	case data.PlaceRegion, data.PlaceCountry, data.PlaceInternational:
		return AtCountry
	}
	switch {
	case path[levelPlace] != 0:
		return AtPlace
	case path[levelAdmin2] != 0:
		return AtDistrict
	case path[levelAdmin1] != 0:
		return AtProvince
	case path[levelCountry] != 0:
		return AtCountry
	}
	return Nowhere
}

// SafeShare is the share of incidents, in per cent, that must be known at least
// so exactly for a level or period to be called safe to read. Where fewer are, a
// table at that level shows as places, or days, what are the middles or capitals
// of provinces, or the first days of months.
const SafeShare = 90

// safePlace returns the finest grade at which SafeShare of the incidents are
// placed or more exactly; false where none is.
func (e *exactness) safePlace() (PlaceGrade, bool) {
	n, all := uint32(0), e.incidents()
	for g := AtPlace; g < Nowhere; g++ {
		m, _ := e.placed(g)
		if n += m; all > 0 && uint64(n)*100 >= SafeShare*uint64(all) {
			return g, true
		}
	}
	return Nowhere, false
}

// safeDate does so for dates.
func (e *exactness) safeDate() (DateGrade, bool) {
	n, all := uint32(0), e.incidents()
	for g := OnDay; g < InYear; g++ {
		m, _ := e.dated(g)
		if n += m; all > 0 && uint64(n)*100 >= SafeShare*uint64(all) {
			return g, true
		}
	}
	return InYear, false
}
