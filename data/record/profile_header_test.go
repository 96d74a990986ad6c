package record

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The headers of the published datasets, whole and in their order, as the
// datasets' own documentation lists them.
const (
	acledHeader = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1," +
		"actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude," +
		"geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
	acledOfOctober2025 = acledHeader + ",population_1km,population_2km,population_5km,population_best"
	acledBefore2023    = "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1," +
		"inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source," +
		"source_scale,notes,fatalities,timestamp,iso3"
	ucdpOf2019 = "id,year,active_year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,side_a_new_id,gwnoa,side_a," +
		"side_b_new_id,gwnob,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec," +
		"where_coordinates,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start," +
		"date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,best,high"
	gtdHeader = "eventid,iyear,imonth,iday,approxdate,extended,resolution,country,country_txt,region,region_txt,provstate,city,latitude,longitude," +
		"specificity,vicinity,location,summary,crit1,crit2,crit3,doubtterr,alternative,alternative_txt,multiple,success,suicide,attacktype1," +
		"attacktype1_txt,attacktype2,attacktype2_txt,attacktype3,attacktype3_txt,targtype1,targtype1_txt,targsubtype1,targsubtype1_txt,corp1," +
		"target1,natlty1,natlty1_txt,targtype2,targtype2_txt,targsubtype2,targsubtype2_txt,corp2,target2,natlty2,natlty2_txt,targtype3," +
		"targtype3_txt,targsubtype3,targsubtype3_txt,corp3,target3,natlty3,natlty3_txt,gname,gsubname,gname2,gsubname2,gname3,gsubname3,motive," +
		"guncertain1,guncertain2,guncertain3,individual,nperps,nperpcap,claimed,claimmode,claimmode_txt,claim2,claimmode2,claimmode2_txt,claim3," +
		"claimmode3,claimmode3_txt,compclaim,weaptype1,weaptype1_txt,weapsubtype1,weapsubtype1_txt,weaptype2,weaptype2_txt,weapsubtype2," +
		"weapsubtype2_txt,weaptype3,weaptype3_txt,weapsubtype3,weapsubtype3_txt,weaptype4,weaptype4_txt,weapsubtype4,weapsubtype4_txt,weapdetail," +
		"nkill,nkillus,nkillter,nwound,nwoundus,nwoundte,property,propextent,propextent_txt,propvalue,propcomment,ishostkid,nhostkid,nhostkidus," +
		"nhours,ndays,divert,kidhijcountry,ransom,ransomamt,ransomamtus,ransompaid,ransompaidus,ransomnote,hostkidoutcome,hostkidoutcome_txt," +
		"nreleased,addnotes,scite1,scite2,scite3,dbsource,INT_LOG,INT_IDEO,INT_MISC,INT_ANY,related"
	airwarsHeader = "permalink,country,date,grading,latitude,longitude,strike_status,geolocation_accuracy,unique_reference_code," +
		"civilians_killed_min,civilians_killed_max,civilians_injured_min,civilians_injured_max,militants_killed_min,militants_killed_max,belligerent_list"
	tbijHeader = "Strike ID,Date,Province,Area,Location,US confirmed?,Minimum strikes,Maximum strikes,Minimum total people killed," +
		"Maximum total people killed,Minimum civilians reported killed,Maximum civilians reported killed,Minimum children reported killed," +
		"Maximum children reported killed,Minimum reported injured,Maximum reported injured"
	insecurityHeader = "Date,Country,Admin 1,Reported Perpetrator,Reported Perpetrator Name,Weapon Carried/Used,Health Workers Killed," +
		"Health Workers Injured,Health Workers Kidnapped,Health Workers Arrested,Health Workers Threatened,Health Workers Assaulted,SiND Event ID"
)

// rowOf writes a record of a header with the cells given by name, and x in every
// other column: what is not read must not matter.
func rowOf(t *testing.T, header string, cells map[string]string) string {
	t.Helper()
	var row []string
	left := len(cells)
	for _, name := range strings.Split(header, ",") {
		cell, ok := cells[name]
		if !ok {
			cell = "x"
		} else {
			left--
		}
		if strings.ContainsAny(cell, ",\n\"") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		row = append(row, cell)
	}
	if left != 0 {
		t.Fatalf("the header lacks some of %v", cells)
	}
	return strings.Join(row, ",") + "\n"
}

// wholeHeaders are files with every column of their dataset.
var wholeHeaders = []struct {
	name    string
	header  string
	columns int
	upper   bool
	profile string
	cells   map[string]string
	want    string            // the record
	from    map[string]string // by field, where its column is not named in the profile alone
	unread  []string          // some columns that no figure may use
}{
	{
		name: "ACLED, 31 columns", header: acledHeader, columns: 31, profile: "acled",
		cells: map[string]string{"event_id_cnty": "SYN1", "event_date": "2023-01-31", "time_precision": "1", "event_type": "Battles",
			"actor1": "Red Front", "actor2": "State of Tarmin", "latitude": "1.5", "longitude": "2.5", "geo_precision": "1", "fatalities": "4"},
		want:   "2023-01-31..2023-01-31 day|involved=Red Front;State of Tarmin|4 (4..4)",
		from:   map[string]string{"involved": "actor1 + actor2", "place": "location", "killed": "fatalities", "source": "source"},
		unread: []string{"year", "disorder_type", "sub_event_type", "assoc_actor_1", "inter1", "civilian_targeting", "admin3", "source_scale", "tags", "timestamp"},
	},
	{
		name: "ACLED, 35 columns", header: acledOfOctober2025, columns: 35, profile: "acled",
		cells: map[string]string{"event_id_cnty": "SYN1", "event_date": "31-Jan-24", "time_precision": "2", "event_type": "Violence against civilians",
			"actor1": "Red Front", "actor2": "Civilians (Tarmin)", "latitude": "1.5", "longitude": "2.5", "geo_precision": "3", "fatalities": "0",
			"population_best": "12000", "population_1km": ""},
		want:   "2024-01-31..2024-01-31 week|attributed_to=Red Front involved=Red Front;Civilians (Tarmin)|0 (0..0)",
		unread: []string{"population_1km", "population_2km", "population_5km", "population_best"},
	},
	{
		name: "ACLED, 35 columns in capitals", header: strings.ToUpper(acledOfOctober2025), columns: 35, profile: "acled",
		cells: map[string]string{"EVENT_ID_CNTY": "SYN1", "EVENT_DATE": "30-Sept-24", "TIME_PRECISION": "3", "EVENT_TYPE": "Riots",
			"ACTOR1": "Rioters (Tarmin)", "ACTOR2": "", "LATITUDE": "1.5", "LONGITUDE": "2.5", "GEO_PRECISION": "2", "FATALITIES": ""},
		want: "2024-09-01..2024-09-30 month|involved=Rioters (Tarmin)|unknown",
	},
	{
		name: "ACLED before March 2023", header: acledBefore2023, columns: 31, profile: "acled",
		cells: map[string]string{"event_id_cnty": "SYN1", "event_date": "03 December 2020", "time_precision": "1", "event_type": "Battles",
			"actor1": "Red Front", "actor2": "", "latitude": "", "longitude": "", "geo_precision": "1", "fatalities": "12"},
		want:   "2020-12-03..2020-12-03 day|involved=Red Front|12 (12..12)",
		unread: []string{"data_id", "iso", "event_id_no_cnty", "iso3"},
	},
	{
		name: "UCDP, 49 columns", header: strings.Join(ucdpOrder, ","), columns: 49, profile: "ucdp-ged",
		cells: map[string]string{"id": "7", "type_of_violence": "1", "side_a": "Government of Tarmin", "side_b": "Red Front", "dyad_name": "Government of Tarmin - Red Front",
			"where_prec": "4", "latitude": "1.5", "longitude": "2.5", "date_prec": "2", "date_start": "2021-03-01 00:00:00.000", "date_end": "2021-03-04 00:00:00.000",
			"deaths_a": "1", "deaths_b": "2", "deaths_civilians": "0", "deaths_unknown": "3", "best": "6", "high": "9", "low": "5"},
		want: "2021-03-01..2021-03-04 days|involved=Government of Tarmin - Red Front|6 (5..9) " +
			"killed_civilians:0 (0..0) killed_side_a:1 (1..1) killed_side_b:2 (2..2) killed_unknown:3 (3..3)",
		from:   map[string]string{"killed": "best", "killed_low": "low", "killed_high": "high"},
		unread: []string{"code_status", "source_article", "event_clarity", "gwnoa", "where_description", "geom_wkt"},
	},
	{
		name: "UCDP of 2019, 42 columns", header: ucdpOf2019, columns: 42, profile: "ucdp-ged",
		cells: map[string]string{"id": "7", "type_of_violence": "3", "side_a": "Red Front", "side_b": "Civilians", "dyad_name": "Red Front - Civilians",
			"where_prec": "1", "latitude": "1.5", "longitude": "2.5", "date_prec": "5", "date_start": "2018-01-01", "date_end": "2018-12-31",
			"deaths_a": "0", "deaths_b": "0", "deaths_civilians": "4", "deaths_unknown": "0", "low": "4", "best": "4", "high": "40"},
		want: "2018-01-01..2018-12-31 year|attributed_to=Red Front involved=Red Front - Civilians|4 (4..40) " +
			"killed_civilians:4 (4..4) killed_side_a:0 (0..0) killed_side_b:0 (0..0) killed_unknown:0 (0..0)",
	},
	{
		name: "GTD, 135 columns", header: gtdHeader, columns: 135, profile: "gtd",
		cells: map[string]string{"eventid": "199903140001", "iyear": "1999", "imonth": "3", "iday": "0", "latitude": "1.5", "longitude": "2.5", "specificity": "1",
			"gname": "Red Front", "gname2": "Blue Column", "gname3": "", "guncertain1": "0", "guncertain2": "1", "guncertain3": "",
			"claimed": "0", "claim2": "-9", "claim3": "", "nkill": "3.5", "nkillter": "-99", "nwound": "", "nwoundte": "0"},
		want:   "1999-03-01..1999-03-31 month|attributed_to=Red Front;Blue Column (suspected)|3.500000 (3.500000..3.500000) injured:0..0+ injured_militants:0 (0..0)",
		from:   map[string]string{"date": "iyear + imonth + iday", "attributed_to": "gname + gname2 + gname3", "claimed_by": "gname + gname2 + gname3", "attribution": "guncertain1 + guncertain2 + guncertain3"},
		unread: []string{"approxdate", "country", "region_txt", "vicinity", "gsubname", "nkillus", "nwoundus", "nhostkid", "weapsubtype1_txt"},
	},
	{
		name: "Airwars, 16 columns", header: airwarsHeader, columns: 16, profile: "airwars",
		cells: map[string]string{"date": "2017-03-04", "grading": "Confirmed", "latitude": "1.5", "longitude": "2.5", "unique_reference_code": "R1",
			"civilians_killed_min": "4", "civilians_killed_max": "7", "civilians_injured_min": "", "civilians_injured_max": "",
			"militants_killed_min": "0", "militants_killed_max": "2", "belligerent_list": "Red Air", "geolocation_accuracy": "town"},
		want:   "2017-03-04..2017-03-04 day|attributed_to=Red Air claimed_by=Red Air|4..7 besides_militants:0..2",
		from:   map[string]string{"besides_militants": "militants_killed_min + militants_killed_max", "url": "permalink", "status": "grading", "geo_precision": "geolocation_accuracy"},
		unread: []string{"strike_status"},
	},
	{
		name: "TBIJ Pakistan, 16 columns", header: tbijHeader, columns: 16, profile: "tbij-pakistan",
		cells: map[string]string{"Strike ID": "T1", "Date": "17/06/2004", "Minimum total people killed": "6", "Maximum total people killed": "8",
			"Minimum civilians reported killed": "0", "Maximum civilians reported killed": "2", "Minimum children reported killed": "", "Maximum children reported killed": "2",
			"Minimum reported injured": "1", "Maximum reported injured": "Unknown"},
		want:   "2004-06-17..2004-06-17 day|attributed_to=United States|6..8 injured:1..1+ killed_civilians:0..2 of_which_children:0..2",
		from:   map[string]string{"killed_civilians": "Minimum civilians reported killed + Maximum civilians reported killed"},
		unread: []string{"US confirmed?", "Minimum strikes", "Maximum strikes"},
	},
	{
		name: "Insecurity Insight", header: insecurityHeader, columns: 13, profile: "insecurity-insight",
		cells: map[string]string{"Date": "25/12/2021", "Health Workers Killed": "1", "Health Workers Injured": "", "Reported Perpetrator Name": "Red Front"},
		want:  "2021-12-25..2021-12-25 day|attributed_to=Red Front|1 (1..1)",
		from:  map[string]string{"admin1": "Admin 1", "killed": "Health Workers Killed", "incident_id": "SiND Event ID"},
		unread: []string{"Reported Perpetrator", "Health Workers Kidnapped", "Health Workers Arrested", "Health Workers Threatened",
			"Health Workers Assaulted"},
	},
}

func TestWholeHeaders(t *testing.T) {
	for _, tt := range wholeHeaders {
		t.Run(tt.name, func(t *testing.T) {
			if n := len(strings.Split(tt.header, ",")); n != tt.columns {
				t.Fatalf("the header has %d columns", n)
			}
			file := tt.header + "\n" + rowOf(t, tt.header, tt.cells)
			recs, res := mustReadLaidOut(t, file, Options{})
			if res.Profile != tt.profile || len(recs) != 1 {
				t.Fatalf("read as %s, %d records: %v", res.Profile, len(recs), res.Diagnostics)
			}
			if got := gist(recs[0]); got != tt.want {
				t.Errorf("%s\nwant %s", got, tt.want)
			}
			from := map[string]string{}
			for _, m := range res.Mapping {
				from[m.Field] = m.Column
			}
			for field, column := range tt.from {
				if from[field] != column {
					t.Errorf("%s is read from %q, want %q", field, from[field], column)
				}
			}
			for _, column := range tt.unread {
				if !slices.Contains(res.Unused, column) {
					t.Errorf("%s is read", column)
				}
			}
		})
	}
}

// The order of the columns decides nothing, nor does a row of HXL tags, nor one
// column more.
func TestWholeHeadersInAnyOrder(t *testing.T) {
	for _, tt := range wholeHeaders {
		names := strings.Split(tt.header, ",")
		turned := slices.Clone(names)
		slices.Reverse(turned)
		for how, header := range map[string][]string{"turned": turned, "with one more": append(slices.Clone(names), "remarks of mine"), "halves swapped": append(slices.Clone(names[len(names)/2:]), names[:len(names)/2]...)} {
			h := strings.Join(header, ",")
			tags := strings.Repeat("#x,", len(header)-1) + "#y\n"
			for _, below := range []string{"", tags} {
				recs, res := mustReadLaidOut(t, h+"\n"+below+rowOf(t, h, tt.cells), Options{})
				if len(recs) != 1 || gist(recs[0]) != tt.want || res.Profile != tt.profile {
					t.Errorf("%s, %s: %s, %v", tt.name, how, res.Profile, res.Diagnostics)
				}
			}
		}
	}
}

// Without a column that gives a dataset away, its profile is not taken; asked
// for, it is.
func TestProfilesAreRecognisedByTheirMarks(t *testing.T) {
	for _, tt := range wholeHeaders {
		p, _, ok := chooseProfile(tt.profile, nil)
		if !ok {
			t.Fatal(tt.profile)
		}
		var folded []string
		for _, name := range strings.Split(tt.header, ",") {
			folded = append(folded, foldName(trimName(name)))
		}
		if got, why, _ := chooseProfile("", folded); got.Name != tt.profile || why != "the header has "+strings.Join(p.Marks, ", ") {
			t.Errorf("%s is taken for %s: %s", tt.name, got.Name, why)
		}
		for _, mark := range p.Marks {
			without := slices.DeleteFunc(slices.Clone(folded), func(n string) bool { return n == mark })
			if got, _, _ := chooseProfile("auto", without); got.Name == tt.profile {
				t.Errorf("%s without %s is taken for %s", tt.name, mark, got.Name)
			}
			if got, why, _ := chooseProfile(tt.profile, without); got.Name != tt.profile || why != "asked for" {
				t.Errorf("%s is asked for, and %s is taken: %s", tt.profile, got.Name, why)
			}
		}
	}
}

// What a profile says of its columns is a field of toll's, and once only.
func TestProfilesNameFieldsAndColumns(t *testing.T) {
	for _, p := range Profiles() {
		taken := map[string]string{}
		for field, columns := range p.Columns {
			if _, ok := fieldByName[field]; !ok && !slices.Contains(datePartNames[:], field) {
				t.Errorf("%s: no field %s", p.Name, field)
			}
			for c := range strings.SplitSeq(columns, "|") {
				if c != foldName(c) || c == "" {
					t.Errorf("%s: %q is not as names are compared", p.Name, c)
				}
				if other, ok := taken[c]; ok {
					t.Errorf("%s: %s is both %s and %s", p.Name, c, field, other)
				}
				taken[c] = field
			}
		}
		var fields []string
		for field, pieces := range p.Join {
			fields = append(fields, field)
			if len(pieces) == 0 {
				t.Errorf("%s: %s is joined from nothing", p.Name, field)
			}
		}
		for field := range p.Ranges {
			if f, ok := fieldByName[field]; !ok || f < KilledCivilians || f > BesidesMilitants || p.Columns[field] != "" {
				t.Errorf("%s: no range of %s", p.Name, field)
			}
		}
		for field, word := range p.Fixed {
			fields = append(fields, field)
			if word == "" || p.Columns[field] != "" {
				t.Errorf("%s: %s is %q in every record", p.Name, field, word)
			}
		}
		for field := range p.Values {
			fields = append(fields, field)
		}
		for field := range p.Lists {
			fields = append(fields, field)
		}
		for field, c := range p.OnlyIf {
			fields = append(fields, field, c.Column)
		}
		for _, f := range fields {
			if _, ok := fieldByName[f]; !ok {
				t.Errorf("%s: no field %s", p.Name, f)
			}
		}
		if p.Name != "native" && (p.Licence == "" || p.Title == "" || len(p.Marks) < 3) {
			t.Errorf("%s lacks a licence, a title or marks", p.Name)
		}
		for _, f := range p.Facts {
			if f != strings.TrimSpace(f) || strings.HasSuffix(f, ".") {
				t.Errorf("%s: %q", p.Name, f)
			}
		}
	}
}

// A range of two columns is the cell that says the same.
func TestRangesOfTwoColumns(t *testing.T) {
	for _, tt := range []struct{ low, high, want, code string }{
		{"4", "7", "4..7", ""},
		{"4", "4", "4..4", ""},
		{"0", "0", "0..0", ""},
		{"", "7", "0..7", ""},
		{"4", "", "4..4+", ""},
		{"Unknown", "7", "0..7", ""},
		{"4", "n/a", "4..4+", ""},
		{"", "", "unknown", ""},
		{"-", "?", "unknown", ""},
		{" 1,200 ", "1,300", "1200..1300", ""},
		{"7", "4", "", "count-order"},
		{"several", "4", "", "bad-count"},
		{"-1", "4", "", "bad-count"},
	} {
		cells := map[string]string{"Date": "2004-06-17", "Minimum total people killed": "", "Maximum total people killed": "", "Minimum reported injured": "", "Maximum reported injured": "",
			"Minimum children reported killed": "", "Maximum children reported killed": "", "Minimum civilians reported killed": tt.low, "Maximum civilians reported killed": tt.high}
		recs, res := mustReadLaidOut(t, tbijHeader+"\n"+rowOf(t, tbijHeader, cells), Options{})
		if tt.code != "" {
			if got := codesOf(res.Diagnostics); !slices.Contains(got, tt.code) || len(recs) != 0 {
				t.Errorf("%q to %q: %v", tt.low, tt.high, got)
			}
			continue
		}
		if len(recs) != 1 || show(recs[0].Counts["killed_civilians"]) != tt.want {
			t.Errorf("%q to %q: %v %v, want %s", tt.low, tt.high, recs, res.Diagnostics, tt.want)
		}
	}
	// One column alone is no range: the field is not read, and the column listed.
	_, res := mustReadLaidOut(t, "Strike ID,Date,Minimum total people killed,Maximum total people killed,Minimum children reported killed\n1,2004-06-17,1,2,1\n", Options{})
	if diff := cmp.Diff([]string{"Minimum children reported killed"}, res.Unused); diff != "" {
		t.Error(diff)
	}
	// What the mapping takes, the profile leaves.
	recs, _ := mustReadLaidOut(t, tbijHeader+"\n"+rowOf(t, tbijHeader, map[string]string{"Date": "2004-06-17", "Minimum total people killed": "3", "Maximum total people killed": "4",
		"Minimum civilians reported killed": "2", "Maximum civilians reported killed": "3", "Minimum children reported killed": "1", "Maximum children reported killed": "2",
		"Minimum reported injured": "", "Maximum reported injured": ""}), Options{Map: map[string]string{"of_which_children": "Minimum children reported killed", "killed_civilians": ""}})
	if got := fmt.Sprint(show(recs[0].Counts["of_which_children"]), " ", show(recs[0].Counts["killed_civilians"])); got != "1 (1..1) unknown" {
		t.Error(got)
	}
}
