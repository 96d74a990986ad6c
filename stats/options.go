package stats

import (
	"fmt"
	"strings"

	"toll/data"
)

// Options says what is tallied and how. Accumulators merge only when their
// options are the same. Start from DefaultOptions: the zero Day is a real day.
type Options struct {
	Period   Period
	From, To data.Day // the period asked for, inclusive; data.NoDay where open
	Where    []Filter // records must pass every filter
	Top      int      // length of the list of the deadliest incidents
	Roll     int      // up to how many incidents of one record Report.Roll lists, before it sums them up; 0 for no roll

	Policy Policy     // which account of several makes an incident's toll
	Multi  MultiParty // how an incident enters the tables by party that names several in one cell
	AsOf   data.Day   // only what had been reported by then; data.NoDay for all

	// Only names the tables to make; nil is all. What only other tables would
	// need is not tallied, and a report made so has no quality and no deadliest.
	Only []string

	// Population states inhabitants, for rates; where there are any, PlaceYears
	// keeps the tolls of each place in each year.
	Population []Population
	PlaceYears bool

	// Experimental adds estimates that rest on more assumptions than the tables do:
	// changepoints, negative binomial rates, the goodness of fit of the tail.
	Experimental bool

	// Repeated holds the hashes (see HashID) of incident ids that several
	// records share. Their records are kept and reconciled; every other record
	// is an incident of its own and is tallied as it passes. Accumulator.Repeats
	// finds the ids.
	Repeated map[uint64]struct{}

	// RememberIDs keeps a hash of every id, to find those that repeat. Without
	// it an accumulator only checks that ids ascend, as they do in most exports,
	// and says in NeedsIDs when they do not.
	RememberIDs bool

	// Once says that ids have been looked into: every record that Repeated does
	// not name is the only one of its incident, and its id need not be kept.
	Once bool
}

// DefaultOptions covers every record, with a reporting period chosen from the
// span of the data.
func DefaultOptions() Options {
	return Options{From: data.NoDay, To: data.NoDay, AsOf: data.NoDay, Top: 10}
}

// Filter admits the records whose field has one of the values, compared without
// regard to case. A blank value admits records that do not state the field.
type Filter struct {
	Field  string // a coded column's native name, "location" or "party"
	Values []string
}

// ParseFilters reads conditions of the form key=value. Conditions on the same
// key widen each other; conditions on different keys must all hold.
func ParseFilters(conditions []string) ([]Filter, error) {
	var fs []Filter
next:
	for _, c := range conditions {
		key, value, ok := strings.Cut(c, "=")
		key = strings.ToLower(strings.TrimSpace(key))
		if !ok || key == "" {
			return nil, fmt.Errorf("condition %q is not of the form key=value", c)
		}
		switch key {
		case "perpetrator", "claimed_perpetrator":
			key = "party"
		case "location":
		case "party":
		default:
			if _, ok := data.ParseColumn(key); !ok {
				return nil, fmt.Errorf("cannot select by %q: use country, admin1, admin2, place, location, event_type, weapon, party, attributed_to, claimed_by, involved, victim_side, source or source_side", key)
			}
		}
		value = strings.ToLower(strings.TrimSpace(value))
		for i := range fs {
			if fs[i].Field == key {
				fs[i].Values = append(fs[i].Values, value)
				continue next
			}
		}
		fs = append(fs, Filter{Field: key, Values: []string{value}})
	}
	return fs, nil
}

// admits reports whether one of the texts is among the values.
func (f Filter) admits(texts ...string) bool {
	for _, t := range texts {
		t = strings.ToLower(t)
		for _, v := range f.Values {
			if t == v {
				return true
			}
		}
	}
	return false
}

// plain reports whether a record that is an incident of its own can be tallied
// as it stands.
func (o *Options) plain() bool { return o.Policy.IsRange() && o.Multi == Joint && o.AsOf == data.NoDay }
