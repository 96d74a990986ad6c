package stats

import (
	"strings"

	"toll/data"
)

// Table is a set of tallies by one or two keys. Everything a report shows is a
// cell of a table, and every cell has an address (see Address).
type Table struct {
	ID    string // stable, kebab-case: "by-month"
	Title string
	Dims  []Dim
	Rows  []Row // in canonical order
	// Additive says that no incident is in two rows, so that the rows add up to
	// the total. Where it is false, tolls still add up unless TollsAdditive is
	// false as well; incident counts do not.
	Additive      bool
	TollsAdditive bool
	// KilledOnly says that the figures are of people killed: there is nothing to say
	// of the injured, though the data has them.
	KilledOnly bool
	// Secondary tables are published as files and not printed in the report.
	Secondary bool
	Claims    bool   // on what the accounts of the incidents told by several records say
	Note      string // what a reader must know to read the table
}

// Dim is one key of a table.
type Dim struct {
	ID    string // "period", "country", "party", …
	Title string // column heading
}

// Row is one row of a table: its keys, one for each dimension, and its tally.
type Row struct {
	Keys  []Key
	Tally Tally
	Basis Basis // by-party tables only
	// Partial is set on a period that the data covers only in part: "to 12 Oct".
	Partial string
	// Spanned is set on a quiet period that lies within the recorded span of an
	// incident counted where the span starts: nothing new, but not no violence.
	Spanned bool

	start data.Day // period tables: first day
	at    int32    // party tables: the accumulator's number of the party; place tables: that of the group
}

// Start returns the first day of a period row, data.NoDay for the undated.
func (r Row) Start() data.Day { return r.start }

// Key is one key of a row.
type Key struct {
	ID    string // stable within its table; part of the address
	Label string // for readers
	Kind  KeyKind
}

// namedKey returns the key of a name from the data. A name that looks like one
// of the keys for something missing is marked, so that no two keys share an id.
func namedKey(name string) Key {
	if strings.HasPrefix(name, "(") || strings.HasPrefix(name, "involving: ") || strings.HasPrefix(name, "=") {
		return Key{ID: "=" + name, Label: name}
	}
	return Key{ID: name, Label: name}
}

// KeyKind tells an ordinary key from those that stand for something missing.
type KeyKind uint8

// Named is an ordinary key. Unstated is the row of incidents whose records do
// not say (unattributed, location unknown, type not stated). Imprecise is a
// period row of incidents dated less precisely than the table's period; Undated
// of those with no date. Involved is a party key under which the data names
// parties but not who acted. Withheld is the row of all that is withheld from a
// table (see Report.Withhold).
const (
	Named KeyKind = iota
	Unstated
	Imprecise
	UndatedKey
	Involved
	Withheld
)

// Basis splits the incidents of a party's row by what the row's name rests on.
type Basis struct {
	Claimed    uint32 // the party claims it, and nobody blames another
	Attributed uint32 // named by a source; the party has not claimed it
	Contested  uint32 // claimed by one and attributed to another, or by several
	Involved   uint32 // the data names the parties, not who acted
}

func (b *Basis) merge(o Basis) {
	b.Claimed += o.Claimed
	b.Attributed += o.Attributed
	b.Contested += o.Contested
	b.Involved += o.Involved
}

// Address returns the stable name of a figure: table id, key ids, measure, such
// as "by-month/2025-10/killed.high". A slash or per cent sign within a key is
// written %2F or %25.
func Address(table string, keys []Key, measure string) string {
	var b strings.Builder
	b.WriteString(table)
	for _, k := range keys {
		b.WriteByte('/')
		b.WriteString(addressEscaper.Replace(k.ID))
	}
	b.WriteByte('/')
	b.WriteString(measure)
	return b.String()
}

var addressEscaper = strings.NewReplacer("%", "%25", "/", "%2F")

// Find returns the row with these key ids.
func (t *Table) Find(ids ...string) (Row, bool) {
	for _, r := range t.Rows {
		if len(r.Keys) != len(ids) {
			continue
		}
		same := true
		for i, k := range r.Keys {
			same = same && k.ID == ids[i]
		}
		if same {
			return r, true
		}
	}
	return Row{}, false
}
