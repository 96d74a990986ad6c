package check

import "toll/data"

// Code documents one kind of finding.
type Code struct {
	Name     string
	Severity data.Severity
	Title    string
	Why      string
	Example  string
	Fix      string
}

// Codes returns the table of findings.
func Codes() []Code { return append([]Code(nil), codes...) }

// LookupCode returns the entry of a code.
func LookupCode(name string) (Code, bool) {
	for _, c := range codes {
		if c.Name == name {
			return c, true
		}
	}
	return Code{}, false
}

var codes = []Code{
	{"copied-column", data.Warning, "injured equals killed throughout", "One column was filled from the other; half the casualties are invented.", "killed = injured in every record", "check the column against the sources"},
	{"future-date", data.Warning, "an incident after the day of the data", "A mistyped year moves deaths into a period that has not come.", "date = 2052-10-11 with --as-of 2025-12-31", "check the year"},
	{"null-point", data.Warning, "the point 0, 0", "It is where software puts what has no coordinates.", "lat = 0, lon = 0", "leave both cells blank"},
	{"parts-above-whole", data.Warning, "the parts of a toll exceed the whole", "Either the whole or a part is wrong, or the parts overlap.", "killed = 5, killed_civilians = 4, killed_security = 3", "check the figures; women and children are no parts"},
	{"point-pile-up", data.Note, "many places share one point", "A capital's point often stands for a whole province; a map would show a place where nobody died.", "forty villages at one latitude and longitude", "state geo_precision, or leave the point blank"},
	{"possible-repeat", data.Warning, "an incident that may be listed twice", "The same place, parties and toll within a day are more often one incident than two. Nothing is merged.", "two rows of 11 and 12 October, Kel, Red Front, 4 killed", "give both rows the same incident_id if they are one incident"},
	{"repeated-account", data.Warning, "an account that is given twice", "A row was pasted twice. Accounts of one incident are not added, but the row says nothing new.", "two equal rows of incident N1", "delete one of the rows"},
	{"reported-before", data.Warning, "a report earlier than the incident", "One of the two days is wrong.", "date = 2025-10-11, reported_on = 2025-10-01", "check both days"},
	{"stale-exception", data.Warning, "an accepted exception that no longer occurs", "A list of exceptions that nobody clears hides the next mistake.", "a line of the exceptions file without a finding", "delete the line"},
	{"subset-above-whole", data.Warning, "more women or children than people killed", "They are among the killed.", "killed = 3, of_which_children = 5", "check both figures"},
	{"swapped-coordinates", data.Warning, "latitude and longitude may be swapped", "The point lies far from every other of its country, and among them when turned.", "lat = 66.4, lon = 31.0 in Afghanistan", "swap the two cells if so"},
	{"close-spellings", data.Note, "two names that may be one", "Two spellings of one name divide its figures. Nothing is merged by itself.", "Kel Adar and Kel-Adar", "add a line to aliases.csv if they are one"},
	{"imputation-spike", data.Note, "a number that is far more frequent than its neighbours", "Some coders write 10 for tens and 12 for dozens.", "200 incidents of 12 killed, 9 of 11 and 13", "ask the source's codebook; say so beside the figures"},
	{"not-compared", data.Note, "more names, points or records than are compared", "What is compared with all the others takes time and memory; beyond a limit the rest is not, and a repeat among it is not found.", "a column of 5,000 names with --suggest", "select a part of the records with --where, and look again"},
	{"partisan-label", data.Note, "a party's own word in a name", "A briefing that repeats it takes a side.", "attributed_to = khawarij", "use the neutral word, by aliases.csv"},
}
