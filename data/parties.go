package data

import (
	"iter"
	"slices"
	"strings"
)

// A cell of parties lists several with semicolons. What several of them do or say
// together is one entry of such a list, written with Together between the names.
const (
	// Unnamed is a party of which the data says no more than that there is one.
	Unnamed  = "?"
	Together = " + "
)

var partyColumns = []Column{ColAttributedTo, ColClaimedBy, ColInvolved, ColVictimSide, ColSourceSide}

// PartyColumns returns the columns that name parties.
func PartyColumns() []Column { return slices.Clone(partyColumns) }

// NamesParties reports whether a column names parties, of which a cell may list
// several.
func (c Column) NamesParties() bool { return slices.Contains(partyColumns, c) }

// Parties yields the names in a cell of parties, as they are written and in their
// order, without spaces around them. What is not named is left out.
func Parties(cell string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for entry := range strings.SplitSeq(cell, ";") {
			for name := range strings.SplitSeq(entry, Together) {
				if name = strings.TrimSpace(name); name != "" && name != Unnamed && !yield(name) {
					return
				}
			}
		}
	}
}

// ListsParties reports whether a cell has more than one entry or name.
func ListsParties(cell string) bool {
	return strings.IndexByte(cell, ';') >= 0 || strings.Contains(cell, Together)
}

// RenameParties writes a cell with each name that as has another for replaced by
// it, and reports whether one was.
func RenameParties(cell string, as func(name string) (string, bool)) (string, bool) {
	changed := false
	entries := strings.Split(cell, ";")
	for i, entry := range entries {
		names := strings.Split(entry, Together)
		for j, n := range names {
			if to, ok := as(strings.TrimSpace(n)); ok {
				names[j], changed = to, true
			}
		}
		entries[i] = strings.Join(names, Together)
	}
	if !changed {
		return cell, false
	}
	return strings.Join(entries, ";"), true
}
