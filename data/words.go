package data

import "slices"

// GeoPrecision says how exactly an incident's place is known. The scale follows
// UCDP GED's where_prec 1 to 7.
type GeoPrecision uint8

// The precisions of a place. PlaceUnstated, the zero value, means that the data
// does not say.
const (
	PlaceUnstated GeoPrecision = iota
	PlaceExact
	PlaceNear // within about 25 km
	PlaceAdmin2
	PlaceAdmin1
	PlaceRegion // a fuzzy region or a line
	PlaceCountry
	PlaceInternational // waters or airspace
)

var geoNames = [...]string{"", "exact", "near", "admin2", "admin1", "region", "country", "international"}

// String returns the word the native CSV uses.
func (g GeoPrecision) String() string { return wordOf(geoNames[:], int(g)) }

// ParseGeoPrecision reads the native CSV's word.
func ParseGeoPrecision(s string) (GeoPrecision, bool) { return parseWord[GeoPrecision](geoNames[:], s) }

// VictimType is the standing of those killed or injured.
type VictimType uint8

// The victim types. VictimUnstated, the zero value, means that the record does
// not say; VictimUnknown that it says "unknown". Combatant is an armed
// participant of whom the data does not say which kind (UCDP's side a and b).
const (
	VictimUnstated VictimType = iota
	Civilian
	Security
	Militant
	Combatant
	VictimUnknown
)

// NumVictimTypes is the number of victim types, unstated among them.
const NumVictimTypes = int(VictimUnknown) + 1

var victimNames = [...]string{"", "civilian", "security", "militant", "combatant", "unknown"}

// String returns the word the native CSV uses.
func (v VictimType) String() string { return wordOf(victimNames[:], int(v)) }

// ParseVictimType reads the native CSV's word.
func ParseVictimType(s string) (VictimType, bool) { return parseWord[VictimType](victimNames[:], s) }

// Attribution says how sure a record is of the party it attributes an act to.
type Attribution uint8

// The attributions. AttributionStated, the zero value, is the default; of a
// suspected party the record says that it is no more than that.
const (
	AttributionStated Attribution = iota
	AttributionSuspected
)

var attributionNames = [...]string{"stated", "suspected"}

// String returns the word the native CSV uses.
func (a Attribution) String() string { return wordOf(attributionNames[:], int(a)) }

// ParseAttribution reads the native CSV's word; blank is stated.
func ParseAttribution(s string) (Attribution, bool) {
	if s == "" {
		return AttributionStated, true
	}
	return parseWord[Attribution](attributionNames[:], s)
}

// Status is what is thought of an account.
type Status uint8

// The statuses of an account. Reported, the zero value, is the default.
const (
	Reported Status = iota
	Verified
	Disputed
	Denied
	Retracted
	Superseded
)

var statusNames = [...]string{"reported", "verified", "disputed", "denied", "retracted", "superseded"}

// String returns the word the native CSV uses.
func (s Status) String() string { return wordOf(statusNames[:], int(s)) }

// ParseStatus reads the native CSV's word; blank is reported.
func ParseStatus(s string) (Status, bool) {
	if s == "" {
		return Reported, true
	}
	return parseWord[Status](statusNames[:], s)
}

func wordOf(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return ""
}

// parseWord returns the value of a closed list that has a word, and its zero value
// where none has.
func parseWord[T ~uint8](names []string, s string) (T, bool) {
	i := slices.Index(names, s)
	return T(max(i, 0)), i >= 0
}
