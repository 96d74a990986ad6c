package data

// Column names a text column of the record whose values repeat and are
// therefore held as dictionary codes.
type Column uint8

// The coded columns of a record.
const (
	ColCountry Column = iota
	ColAdmin1
	ColAdmin2
	ColPlace
	ColEventType
	ColWeapon
	ColAttributedTo
	ColClaimedBy
	ColInvolved
	ColVictimSide
	ColSource
	ColSourceSide
	NumColumns
)

var columnNames = [...]string{"country", "admin1", "admin2", "place", "event_type", "weapon",
	"attributed_to", "claimed_by", "involved", "victim_side", "source", "source_side"}

// String returns the native CSV's name of the column.
func (c Column) String() string { return wordOf(columnNames[:], int(c)) }

// ParseColumn returns the coded column of that native name.
func ParseColumn(s string) (Column, bool) { return parseWord[Column](columnNames[:], s) }

// Dicts holds one dictionary for each coded column.
type Dicts [NumColumns]*Dict

// NewDicts returns empty dictionaries.
func NewDicts() *Dicts {
	var d Dicts
	for i := range d {
		d[i] = NewDict()
	}
	return &d
}

// Part names one of the wide count columns, in which a record splits its toll.
// Parts of one record are tolls of different people and add up.
type Part uint8

// The wide parts of a toll. PartSideA and PartSideB are UCDP's deaths_a and
// deaths_b: armed participants of either side.
const (
	PartCivilians Part = iota
	PartSecurity
	PartMilitants
	PartUnknown
	PartSideA
	PartSideB
	NumParts
)

// VictimType returns the victim type a part counts.
func (p Part) VictimType() VictimType {
	return [...]VictimType{Civilian, Security, Militant, VictimUnknown, Combatant, Combatant}[p]
}

// Beside names a count that is told beside a toll and enters no sum: a subset of
// the killed, or people whom the record's toll leaves out.
type Beside uint8

// The figures beside a toll. Women and children are among the killed. Militants
// are those killed besides them, where a dataset's toll is of civilians alone.
const (
	BesideWomen Beside = iota
	BesideChildren
	BesideMilitants
	NumBesides
)

// Subset reports whether those counted are among the killed.
func (b Beside) Subset() bool { return b < BesideMilitants }

// Batch holds some thousands of records as columns, in the order of the file.
// A column the file does not have is nil; every other has N entries. A batch
// holds no pointers but its columns, so that the collector has nothing to walk.
type Batch struct {
	File  int    // index of the input the records come from
	First int64  // zero-based number of the first record within its input
	N     int    // records in the batch
	Dicts *Dicts // spellings of the codes in Codes

	Line []int32 // one-based physical line on which each record starts

	Start, End []Day
	Prec       []Precision

	Codes [NumColumns][]uint32

	Lat, Lon []int32 // millionths of a degree; NoCoord where not stated
	GeoPrec  []GeoPrecision

	VictimType  []VictimType
	Attribution []Attribution // how sure the record is of attributed_to
	Status      []Status
	ReportedOn  []Day

	Killed, Injured           []Count
	KilledParts, InjuredParts [NumParts][]Count
	Besides                   [NumBesides][]Count // figures that enter no sum

	// Texts are not coded: they are as many as the records.
	ID, Notes, URL Texts
}

// NoCoord marks a latitude or longitude that is not stated.
const NoCoord int32 = -1 << 31

// Texts is a column of strings in one buffer. The zero Texts is an absent
// column, every value of which is blank.
type Texts struct {
	End []uint32
	Buf []byte
}

// Append adds a value at the end of the column.
func (t *Texts) Append(s []byte) {
	t.Buf = append(t.Buf, s...)
	t.End = append(t.End, uint32(len(t.Buf)))
}

// Bytes returns value i without copying it; it is valid while the batch is.
func (t *Texts) Bytes(i int) []byte {
	if t.End == nil {
		return nil
	}
	from := uint32(0)
	if i > 0 {
		from = t.End[i-1]
	}
	return t.Buf[from:t.End[i]]
}

// At returns value i.
func (t *Texts) At(i int) string { return string(t.Bytes(i)) }

// Code returns the code of record i in column c; 0 where the column is absent.
func (b *Batch) Code(c Column, i int) uint32 {
	if b.Codes[c] == nil {
		return 0
	}
	return b.Codes[c][i]
}

// Text returns the spelling of record i in column c.
func (b *Batch) Text(c Column, i int) string { return b.Dicts[c].Name(b.Code(c, i)) }

// Date returns the date of record i.
func (b *Batch) Date(i int) Date { return Date{Start: b.Start[i], End: b.End[i], Prec: b.Prec[i]} }

// At returns entry i of a column, or the zero value where the column is absent.
func At[T any](column []T, i int) T {
	if column == nil {
		var zero T
		return zero
	}
	return column[i]
}
