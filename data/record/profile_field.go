package record

// The profiles of the datasets that are used most, beside UCDP's. Each is what
// the dataset's own codebook says; docs/codebook.md repeats it. Columns are
// found by name, in whatever order and capitals a release has them.

// acled is the Armed Conflict Location & Event Data export, with the columns of
// 2023 and later (31, or 35 with populations) and those before.
var acled = Profile{
	Name:  "acled",
	Title: "ACLED, Armed Conflict Location & Event Data",
	Marks: []string{"event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "fatalities"},
	Columns: map[string]string{
		"incident_id":    "event_id_cnty",
		"date":           "event_date",
		"date_precision": "time_precision",
		"country":        "country",
		"admin1":         "admin1",
		"admin2":         "admin2",
		"place":          "location",
		"lat":            "latitude",
		"lon":            "longitude",
		"geo_precision":  "geo_precision",
		"event_type":     "event_type",
		"attributed_to":  "actor1",
		"involved":       "actor2",
		"killed":         "fatalities",
		"source":         "source",
		"notes":          "notes",
	},
	Join: map[string][]Piece{"involved": {{Column: "actor1"}, {Column: "actor2"}}},
	Values: map[string]map[string]string{
		"date_precision": {"1": "day", "2": "week", "3": "month"},
		"geo_precision":  {"1": "exact", "2": "near", "3": "admin1"},
	},
	OnlyIf:  map[string]Condition{"attributed_to": {Column: "event_type", Value: "Violence against civilians"}},
	Licence: "ACLED's terms of use; attribution to ACLED is required",
	Facts: []string{
		"ACLED does not collect injured: there are none to report, which is not zero injured",
		"ACLED's fatalities are reported and conservative, and where reports say dozens it codes 12; they are not those caused or suffered by one actor, except in violence against civilians",
		"ACLED's two actors have no direction: who acted is read only for violence against civilians",
	},
}

// gtd is the Global Terrorism Database.
var gtd = Profile{
	Name:  "gtd",
	Title: "GTD, Global Terrorism Database",
	Marks: []string{"eventid", "iyear", "imonth", "iday", "country_txt", "gname", "nkill"},
	Columns: map[string]string{
		"incident_id":       "eventid",
		"year":              "iyear",
		"month":             "imonth",
		"day":               "iday",
		"country":           "country_txt",
		"admin1":            "provstate",
		"place":             "city",
		"lat":               "latitude",
		"lon":               "longitude",
		"geo_precision":     "specificity",
		"event_type":        "attacktype1_txt",
		"weapon":            "weaptype1_txt",
		"attributed_to":     "gname",
		"killed":            "nkill",
		"killed_militants":  "nkillter",
		"injured":           "nwound",
		"injured_militants": "nwoundte",
		"source":            "dbsource",
		"notes":             "summary",
	},
	Join: map[string][]Piece{
		"attributed_to": {{Column: "gname"}, {Column: "gname2"}, {Column: "gname3"}},
		"claimed_by": {{Column: "gname", If: "claimed", Is: "1"}, {Column: "gname2", If: "claim2", Is: "1"},
			{Column: "gname3", If: "claim3", Is: "1"}},
		"attribution": {{Column: "guncertain1", If: "guncertain1", Is: "1"}, {Column: "guncertain2", If: "guncertain2", Is: "1"},
			{Column: "guncertain3", If: "guncertain3", Is: "1"}},
	},
	Values: map[string]map[string]string{
		"attributed_to": {"Unknown": ""},
		"claimed_by":    {"Unknown": ""},
		"attribution":   {"1": "suspected", "1;1": "suspected", "1;1;1": "suspected"},
		"geo_precision": {"1": "exact", "2": "admin2", "3": "admin2", "4": "admin1", "5": "country"},
	},
	Claims:  Claims{Column: "compclaim", Together: "0", Apart: "1"},
	Unknown: []string{"-9", "-99"},
	Licence: "GTD's terms of use; cite START, University of Maryland",
	Facts: []string{
		"GTD's killed and injured include the attackers; nkillter and nwoundte say how many they are",
		"GTD spreads the toll of linked incidents evenly over them: figures may have decimals, and are rounded once, when shown",
		"GTD marks a suspected perpetrator with guncertain: an act with a suspected group among those named is attributed as suspected, unless it is claimed",
		"GTD's compclaim tells claims that groups make together, which are one claim, from competing ones, which make an act contested; where it is not known, several claims are taken for competing ones",
	},
}

// airwarsAccuracy are the words in which Airwars says how exactly it has placed an
// incident. A town or a part of one is the place itself, as it is with UCDP and
// ACLED; a subdistrict is part of a district and no place.
var airwarsAccuracy = map[string]string{
	"exact_location_via_airwars": "exact", "exact_location_via_coalition": "exact", "exact_location_other": "exact",
	"within_1m_via_coalition": "exact", "within_100m_via_coalition": "exact", "nearby_landmark": "exact", "street": "exact",
	"neighbourhood_area": "exact", "neighbourhoodarea": "exact", "village": "exact", "town": "exact", "city": "exact",
	"subdistrict": "admin2", "district": "admin2", "province_governorate": "admin1", "provincegovernorate": "admin1",
}

const airwarsPlaces = "Airwars places an incident by a town, a part of one or better, which is read as exact, by a subdistrict or district, or by a province"

// airwars is the export of Airwars' incidents of civilian harm.
var airwars = Profile{
	Name:  "airwars",
	Title: "Airwars incidents of civilian harm",
	Marks: []string{"unique_reference_code", "date", "grading", "strike_status", "civilians_killed_min", "civilians_killed_max"},
	Columns: map[string]string{
		"incident_id":   "unique_reference_code",
		"date":          "date",
		"country":       "country",
		"place":         "location|location_name",
		"lat":           "latitude",
		"lon":           "longitude",
		"geo_precision": "geolocation_accuracy",
		"attributed_to": "belligerent_list|belligerents",
		"killed_low":    "civilians_killed_min",
		"killed_high":   "civilians_killed_max",
		"injured_low":   "civilians_injured_min",
		"injured_high":  "civilians_injured_max",
		"status":        "grading",
		"url":           "permalink",
	},
	Join: map[string][]Piece{"claimed_by": {{Column: "belligerent_list", If: "grading", Is: "confirmed", One: true},
		{Column: "belligerents", If: "grading", Is: "confirmed", One: true}}},
	Ranges: map[string][2]string{"besides_militants": {"militants_killed_min", "militants_killed_max"}},
	Values: map[string]map[string]string{"status": {"confirmed": "verified", "fair": "reported", "weak": "disputed",
		"contested": "disputed", "discounted": "retracted"}, "geo_precision": airwarsAccuracy},
	Fixed:   map[string]string{"victim_type": "civilian"},
	Lists:   map[string]string{"attributed_to": ","},
	Licence: "Airwars' terms; cite Airwars",
	Facts: []string{
		"the toll is that of civilians: militants killed in the same events stand beside it, in a table of their own, and in no sum",
		"a confirmed event is one for which the belligerent has accepted responsibility: it is read as claimed where it names one belligerent alone",
		"Airwars' own headline counts only events graded fair or confirmed; weak and contested ones are in these figures as disputed, discounted ones in none",
		airwarsPlaces,
	},
}

// airwarsCredibles is the list of incidents that a belligerent has conceded.
var airwarsCredibles = Profile{
	Name:  "airwars-credibles",
	Title: "Airwars, incidents conceded by a belligerent",
	Marks: []string{"unique_reference_code", "date", "civilians_reported_killed_min", "civilian_deaths_conceded_min", "civilian_deaths_conceded_max"},
	Columns: map[string]string{
		"incident_id":   "unique_reference_code",
		"date":          "date",
		"place":         "location",
		"lat":           "latitude",
		"lon":           "longitude",
		"geo_precision": "location_accuracy",
		"killed_low":    "civilian_deaths_conceded_min",
		"killed_high":   "civilian_deaths_conceded_max",
		"injured_low":   "civilian_injuries_conceded_min",
		"injured_high":  "civilian_injuries_conceded_max",
		"url":           "permalink",
	},
	Values:  map[string]map[string]string{"geo_precision": airwarsAccuracy},
	Fixed:   map[string]string{"victim_type": "civilian"},
	Licence: "Airwars' terms; cite Airwars",
	Facts:   []string{"the toll is what a belligerent has conceded, not what was reported locally", airwarsPlaces},
}

// tbijPakistan is the Bureau of Investigative Journalism's sheet of drone
// strikes in Pakistan; its sheets of Somalia and Yemen name their columns
// otherwise.
var tbijPakistan = Profile{
	Name:  "tbij-pakistan",
	Title: "TBIJ drone strikes in Pakistan",
	Marks: []string{"strike_id", "date", "minimum_total_people_killed", "maximum_total_people_killed"},
	Columns: map[string]string{
		"incident_id":  "strike_id",
		"date":         "date",
		"admin1":       "province",
		"admin2":       "area",
		"place":        "location",
		"killed_low":   "minimum_total_people_killed",
		"killed_high":  "maximum_total_people_killed",
		"injured_low":  "minimum_reported_injured",
		"injured_high": "maximum_reported_injured",
	},
	Fixed:   map[string]string{"country": "Pakistan", "event_type": "Drone strike", "attributed_to": "United States"},
	Licence: "cite the Bureau of Investigative Journalism",
	Ranges:  tbijSubsets,
	Facts:   []string{tbijFact},
}

// tbijSubsets are the columns of those among the killed.
var tbijSubsets = map[string][2]string{
	"killed_civilians":  {"minimum_civilians_reported_killed|minimum_civilians_killed", "maximum_civilians_reported_killed|maximum_civilians_killed"},
	"of_which_children": {"minimum_children_reported_killed|minimum_children_killed", "maximum_children_reported_killed|maximum_children_killed"},
}

const tbijFact = "civilians are part of these tolls, and of the others killed the status is not known; children are among the killed and in no sum"

// tbijOther are the Bureau's sheets of Somalia and Yemen.
var tbijOther = Profile{
	Name:  "tbij-somalia-yemen",
	Title: "TBIJ strikes in Somalia or Yemen",
	Marks: []string{"strike_id", "date", "minimum_people_killed", "maximum_people_killed"},
	Columns: map[string]string{
		"incident_id":  "strike_id",
		"date":         "date",
		"admin1":       "province|region",
		"place":        "location",
		"killed_low":   "minimum_people_killed",
		"killed_high":  "maximum_people_killed",
		"injured_low":  "minimum_people_injured|minimum_reported_injured",
		"injured_high": "maximum_people_injured|maximum_reported_injured",
	},
	Fixed:   map[string]string{"attributed_to": "United States"},
	Ranges:  tbijSubsets,
	Licence: "cite the Bureau of Investigative Journalism",
	Facts: []string{"possible strikes are in these figures beside confirmed ones; the sheet's own column tells them apart, and --where can select by it",
		tbijFact},
}

// pitf is the Political Instability Task Force's worldwide atrocities dataset.
var pitf = Profile{
	Name:  "pitf",
	Title: "PITF worldwide atrocities",
	Marks: []string{"country", "start_year", "start_month", "start_day", "event_type", "deaths_number"},
	Columns: map[string]string{
		"year":       "start_year",
		"month":      "start_month",
		"day":        "start_day",
		"end_year":   "end_year",
		"end_month":  "end_month",
		"end_day":    "end_day",
		"country":    "country",
		"admin1":     "region",
		"admin2":     "district",
		"place":      "locality",
		"event_type": "event_type",
		"weapon":     "weapons",
		"killed":     "deaths_number",
		"injured":    "injured_number",
		"source":     "primary_source",
		"notes":      "description",
	},
	Values:  map[string]map[string]string{"event_type": {"incident": "Incident", "campaign": "Campaign"}},
	Fixed:   map[string]string{"victim_type": "civilian"},
	Licence: "cite the PITF Worldwide Atrocities Dataset",
	Facts: []string{"an event is listed from five civilian deaths on",
		"campaigns are aggregates over several incidents and stand beside incidents: --where \"event_type=Incident\" leaves them out",
		"the toll is that of noncombatants; the kinds of perpetrator stand in ten columns of marks and are not read, nor are coordinates in degrees, minutes and seconds",
		"deaths or injuries that the coder wrote as words are unknown, and are listed"},
}

// insecurity is Insecurity Insight's data on attacks on health care, as the
// Humanitarian Data Exchange has it.
var insecurity = Profile{
	Name:  "insecurity-insight",
	Title: "Insecurity Insight, attacks on health care",
	Marks: []string{"date", "country", "reported_perpetrator", "health_workers_killed", "health_workers_injured"},
	Columns: map[string]string{
		"incident_id":   "sind_event_id",
		"date":          "date",
		"country":       "country",
		"admin1":        "admin_1",
		"lat":           "latitude",
		"lon":           "longitude",
		"attributed_to": "reported_perpetrator_name",
		"weapon":        "weapon_carried/used",
		"killed":        "health_workers_killed",
		"injured":       "health_workers_injured",
	},
	Licence: "cite Insecurity Insight",
	Facts:   []string{"the toll is that of health workers alone"},
}

// ucdpOrder names the columns of those candidate releases of UCDP GED that come
// without a header. They are used only where the profile is asked for.
var ucdpOrder = []string{"id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
	"conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id",
	"side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
	"source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt",
	"priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
	"deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"}
