package record

import (
	"slices"
	"strings"
)

// Profile says how a published dataset names its columns and codes its values.
// It is data, not code: it could as well come from a file.
type Profile struct {
	Name, Title string
	// Marks are header names that, all together, give the dataset away. A
	// profile without marks is never recognised, only asked for.
	Marks []string
	// Columns gives the dataset's name of each native column that it has. A nil
	// map stands for the native names and their aliases.
	Columns map[string]string
	// Values gives, by native column, the native word for each of the dataset's
	// own. A value that is not in the map is taken as it is.
	Values map[string]map[string]string
	// OnlyIf restricts native columns to the records where another column, also
	// given by its native name, holds the dataset's value.
	OnlyIf map[string]Condition
	// KeepDisorder keeps records whose low, best and high are out of order as
	// they were published, with a warning, because their sums are published too.
	KeepDisorder bool
	Licence      string

	// Columns may give several names of a native column, separated by bars, and
	// the columns of a date's year, month and day under those words.

	// Join puts a native column together from several, as a list.
	Join map[string][]Piece
	// Ranges puts a native count together from the columns of its lowest and its
	// highest figure, by the dataset's names; each may have several names.
	Ranges map[string][2]string
	// Claims tells claims that several make together from competing ones.
	Claims Claims
	// Fixed states a native column for every record.
	Fixed map[string]string
	// Lists says by native column what separates the entries of a cell.
	Lists map[string]string
	// Unknown are figures that are codes for unknown.
	Unknown []string
	// Order names the columns of a release that comes without a header; it is
	// used only where the profile is asked for.
	Order []string
	// Facts are what the dataset's codebook says that a reader of the figures
	// must know.
	Facts []string
}

// Piece is one column of a Join, by the dataset's name as names are compared. It
// is read where column If holds Is, or always where If is blank; with One only
// where it names a single party.
type Piece struct {
	Column, If, Is string
	One            bool
}

// Claims is a column that says how the claims of one record stand to each other:
// it holds Together where those who claim the act make one claim, and Apart where
// their claims compete. The zero value is that of a dataset without such a column.
type Claims struct{ Column, Together, Apart string }

// Condition is met by a record whose cell of a native column has that value in
// the dataset's own coding.
type Condition struct{ Column, Value string }

// Profiles returns the known profiles, the native one first.
func Profiles() []Profile {
	return []Profile{native, ucdpGED, acled, gtd, airwars, airwarsCredibles, tbijPakistan, tbijOther, pitf, insecurity}
}

// native is the CSV that toll itself defines.
var native = Profile{
	Name:  "native",
	Title: "toll's own columns and their plain names",
	Values: map[string]map[string]string{
		VictimType.String(): {
			"civilians":       "civilian",
			"security forces": "security",
			"militants":       "militant",
			"combatants":      "combatant",
		},
	},
}

// ucdpGED is the Georeferenced Event Dataset of the Uppsala Conflict Data
// Program, versions with the column names of 2021 and later. Columns are found
// by name: their order has changed between versions. Its side_a and side_b have
// no direction, so a killing is attributed only where the type of violence says
// who was violent: in one-sided violence, side_a.
var ucdpGED = Profile{
	Name:  "ucdp-ged",
	Title: "UCDP Georeferenced Event Dataset",
	Marks: []string{"id", "type_of_violence", "best", "high", "low", "date_start", "date_end", "side_a", "side_b", "dyad_name"},
	Columns: map[string]string{
		"incident_id":      "id",
		"date":             "date_start",
		"date_end":         "date_end",
		"date_precision":   "date_prec",
		"country":          "country",
		"admin1":           "adm_1",
		"admin2":           "adm_2",
		"place":            "where_coordinates",
		"lat":              "latitude",
		"lon":              "longitude",
		"geo_precision":    "where_prec",
		"event_type":       "type_of_violence",
		"attributed_to":    "side_a",
		"involved":         "dyad_name",
		"killed":           "best",
		"killed_low":       "low",
		"killed_high":      "high",
		"killed_civilians": "deaths_civilians",
		"killed_unknown":   "deaths_unknown",
		"killed_side_a":    "deaths_a",
		"killed_side_b":    "deaths_b",
	},
	Values: map[string]map[string]string{
		"date_precision": {"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"},
		"geo_precision": {"1": "exact", "2": "near", "3": "admin2", "4": "admin1",
			"5": "region", "6": "country", "7": "international"},
		"event_type": {"1": "State-based conflict", "2": "Non-state conflict", "3": "One-sided violence"},
	},
	OnlyIf:       map[string]Condition{"attributed_to": {Column: "event_type", Value: "3"}},
	KeepDisorder: true,
	Licence:      "CC BY 4.0; cite UCDP",
	Order:        ucdpOrder,
	Facts: []string{
		"UCDP lists an event where armed force by an organised actor killed at least one person by its low, best or high estimate, in conflicts that reach 25 deaths in some calendar year; its best figure may be 0",
		"UCDP's low and high are its lowest and highest reliable estimates, not a confidence interval",
		"UCDP does not collect injured: there are none to report, which is not zero injured",
	},
}

// chooseProfile returns the profile that was asked for, or the one with the most
// marks of those whose marks are all in the header, and why.
func chooseProfile(asked string, header []string) (*Profile, string, bool) {
	all := Profiles()
	if asked != "" && asked != "auto" {
		for i := range all {
			if all[i].Name == asked {
				return &all[i], "asked for", true
			}
		}
		return nil, "", false
	}
	best := &all[0]
	for i := range all {
		p := &all[i]
		if len(p.Marks) > len(best.Marks) && !slices.ContainsFunc(p.Marks, func(m string) bool { return !slices.Contains(header, m) }) {
			best = p
		}
	}
	if len(best.Marks) == 0 {
		return best, "no other profile fits the header", true
	}
	return best, "the header has " + strings.Join(best.Marks, ", "), true
}

func profileNames() []string {
	var names []string
	for _, p := range Profiles() {
		names = append(names, p.Name)
	}
	return names
}
