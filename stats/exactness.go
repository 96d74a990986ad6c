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
// exactly the incidents are placed and dated. There is one for each of what may be
// tens of thousands of villages, and the incidents of most are known equally
// exactly: one cell is all there is until another is needed.
type exactness struct {
	only exact  // while more is nil
	at   graded // where only stands
	more *[NumPlaceGrades][NumDateGrades]exact
}

// exact is a cell of exactness.
type exact struct {
	n      uint32
	killed int64
}

// graded is the place of such a cell.
type graded struct {
	place PlaceGrade
	date  DateGrade
}

func (e *exactness) add(g graded, n uint32, killed int64) {
	if n == 0 && killed == 0 {
		return
	}
	c := &e.only
	switch {
	case e.more != nil:
		c = &e.more[g.place][g.date]
	case e.only == exact{}:
		e.at = g
	case e.at != g:
		e.more = new([NumPlaceGrades][NumDateGrades]exact)
		e.more[e.at.place][e.at.date] = e.only
		e.only, e.at = exact{}, graded{}
		c = &e.more[g.place][g.date]
	}
	c.n += n
	c.killed += killed
}

// cell returns what is counted of a grade.
func (e *exactness) cell(g graded) exact {
	switch {
	case e.more != nil:
		return e.more[g.place][g.date]
	case e.at == g:
		return e.only
	}
	return exact{}
}

func (e *exactness) merge(o *exactness) {
	if o.more == nil {
		e.add(o.at, o.only.n, o.only.killed)
		return
	}
	for p := range o.more {
		for d, c := range o.more[p] {
			e.add(graded{PlaceGrade(p), DateGrade(d)}, c.n, c.killed)
		}
	}
}

func (e *exactness) empty() bool { return *e == exactness{} }

// placed and dated return the incidents and killed of a grade.
func (e *exactness) placed(g PlaceGrade) (n uint32, killed int64) {
	for d := range NumDateGrades {
		c := e.cell(graded{g, d})
		n, killed = n+c.n, killed+c.killed
	}
	return n, killed
}

func (e *exactness) dated(g DateGrade) (n uint32, killed int64) {
	for p := range NumPlaceGrades {
		c := e.cell(graded{p, g})
		n, killed = n+c.n, killed+c.killed
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
