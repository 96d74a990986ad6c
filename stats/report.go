package stats

import "toll/data"

// Period is the length of the reporting period.
type Period uint8

// The periods. Auto, the zero value, is chosen from the span of the data.
const (
	Auto Period = iota
	ByDay
	ByWeek
	ByMonth
	ByQuarter
	ByYear
)

var periodNames = [...]string{"auto", "day", "week", "month", "quarter", "year"}

// String returns the word used in options and table ids.
func (p Period) String() string { return periodNames[p] }

// ParsePeriod reads the word used in options.
func ParsePeriod(s string) (Period, bool) {
	for i, n := range periodNames {
		if n == s {
			return Period(i), true
		}
	}
	return Auto, false
}

// Report is everything a briefing says, as tables and figures. It holds no
// record, only tallies, the deadliest incidents and what was counted on the way.
type Report struct {
	Period Period // the reporting period in force
	// First and Last are the first and last day covered: the bounds asked for,
	// else those of the dated records.
	First, Last data.Day

	Total  Tally
	Tables []*Table // in the order of a report
	Sheets []*Sheet // statistics worked out from them
	// Refused lists the experimental estimates that the data does not bear.
	Refused []Refusal

	// MultiAccount is set when incidents are told by several records.
	MultiAccount bool
	// Directed is false when most incidents that name a party name those
	// involved without saying who acted. Involved counts such incidents.
	Directed   bool
	Involved   uint32
	HasInjured bool // the data has an injured column at all

	Changes   []Change
	Deadliest []Deadliest
	Quality   Quality
	// Disagreements lists where the accounts of an incident differ on when,
	// where or what it was.
	Disagreements []Disagreement
	Unmatched     []Unmatched
	Folded        []Folding // names that count under another spelling
	Ledger        data.Ledger
	// MinCell is the least figure of incidents or people that a row shows, 0 where
	// nothing is withheld.
	MinCell int
	// Roll lists the incidents where Options.Roll asks for it, else it is nil.
	Roll *Roll

	alone bool // of one incident: tables stay that name nothing
}

// Table returns the table of that id, or nil.
func (r *Report) Table(id string) *Table {
	for _, t := range r.Tables {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// InjuredIn reports whether a table has figures of people injured.
func (r *Report) InjuredIn(t *Table) bool { return r.HasInjured && !t.KilledOnly }

// PeriodTable returns the table by the period in force.
func (r *Report) PeriodTable() *Table { return r.Table("by-" + r.Period.String()) }

// Deadliest is one incident of the list of the deadliest.
type Deadliest struct {
	ID              string
	FileIndex, Line int // where the (first) record stands
	Date            data.Date
	Country, Admin1 string
	Admin2, Place   string
	Geo             data.GeoPrecision // how exactly it is placed
	Party           Key
	EventType       string
	Killed, Injured data.Count
	Source          string
	Accounts        int // records that tell it
}

// Quality counts what the accepted records lack or say vaguely, by incident.
type Quality struct {
	Incidents      uint32
	DatePrec       [data.Undated + 1]uint32
	GeoPrec        [data.PlaceInternational + 1]uint32
	NoLocation     uint32 // no location at any level
	Spans          uint32 // dated from one day to a later one
	Straddling     uint32 // of those with a usable start: spans that cross a period of the table
	StraddleMonths uint32 // spans that cross a month
	MultiAccount   uint32 // incidents told by several records
	Accounts       uint32 // the records that tell them
	Withdrawn      uint32 // incidents left out: every account retracted or superseded
	Approximate    uint32 // "about", "~"
	LowAboveBest   uint32 // records kept although low exceeds best
	BestAboveHigh  uint32
	LowAboveHigh   uint32
}
