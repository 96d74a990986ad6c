package record

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

func opener(text string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

// readLaidOut surveys a text and reads it by what the survey found.
func readLaidOut(text string, o Options) ([]flat, *Result, error) {
	l, err := Survey("f.csv", opener(text), o)
	if err != nil {
		return nil, &Result{}, err
	}
	o.Layout = l
	return read(text, o)
}

func mustReadLaidOut(t *testing.T, text string, o Options) ([]flat, *Result) {
	t.Helper()
	recs, res, err := readLaidOut(text, o)
	if err != nil {
		t.Fatal(err)
	}
	if !res.Ledger.Balances() {
		t.Fatalf("the ledger does not balance: %+v", res.Ledger)
	}
	return recs, res
}

// fixtures are files with the headers of published datasets. Their records were
// written for these tests and are of no real incident.
var fixtures = []struct {
	name, file, profile string
	o                   Options
	want                []string // date | texts | killed | injured | parts, of each record
	codes               []string
}{
	{name: "ACLED of 2023", profile: "acled",
		file: "\xef\xbb\xbfevent_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n" +
			"SYN1,2023-01-31,2023,1,Political violence,Battles,Armed clash,Red Front,,Rebel group,State of Tarmin,,State forces,x,,1,R,Tarmin,North,Kel,,Kel Adar,1.5,2.5,1,A; B,National,n,4,,1\n" +
			"SYN2,31-Jan-24,2024,3,Political violence,Violence against civilians,Attack,Red Front,,Rebel group,Civilians (Tarmin),,Civilians,x,Civilian targeting,1,R,Tarmin,North,Kel,,Kel Adar,1.5,2.5,3,A,National,n,0,,1\n",
		want: []string{"2023-01-31..2023-01-31 day|involved=Red Front;State of Tarmin|4 (4..4)",
			"2024-01-01..2024-01-31 month|attributed_to=Red Front involved=Red Front;Civilians (Tarmin)|0 (0..0)"}},
	{name: "ACLED before 2023, in capitals", profile: "acled",
		file: "DATA_ID,ISO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,SUB_EVENT_TYPE,ACTOR1,ACTOR2,COUNTRY,ADMIN1,LOCATION,FATALITIES\n" +
			"7,1,SYN1,1,03 December 2020,2020,1,Battles,Armed clash,Red Front,,Tarmin,North,Kel,2\n",
		want: []string{"2020-12-03..2020-12-03 day|involved=Red Front|2 (2..2)"}},
	{name: "ACLED of 2025 with populations", profile: "acled",
		file: "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,fatalities,population_1km,population_best\n" +
			"SYN1,30-Sept-24,Riots,Mob violence,Rioters (Tarmin),,Tarmin,,5,5\n",
		want: []string{"2024-09-30..2024-09-30 day|involved=Rioters (Tarmin)|unknown"}},
	{name: "GTD", profile: "gtd", codes: []string{"undated"},
		file: "eventid,iyear,imonth,iday,approxdate,country_txt,provstate,city,latitude,longitude,specificity,attacktype1_txt,gname,gname2,gname3,guncertain1,claimed,claim2,claim3,nkill,nkillter,nwound,nwoundte,dbsource\n" +
			"1,1999,3,14,,Tarmin,North,Kel,1.5,2.5,1,Bombing/Explosion,Red Front,Blue Column,,0,1,0,,3.5,1,-99,,S\n" +
			"2,1999,3,0,,Tarmin,North,Kel,,,4,Bombing/Explosion,Unknown,,,0,-9,,,-9,,2,0,S\n" +
			"3,1999,0,0,,Tarmin,North,Kel,,,5,Bombing/Explosion,Unknown,,,0,0,,,0,0,,,S\n" +
			"4,0,0,0,,Tarmin,North,Kel,,,5,Bombing/Explosion,Red Front,,,1,0,,,,,,,S\n" +
			"5,1999,3,15,,Tarmin,North,Kel,,,5,Bombing/Explosion,Red Front,Blue Column,,1,0,,,,,,,S\n",
		want: []string{"1999-03-14..1999-03-14 day|attributed_to=Red Front;Blue Column claimed_by=Red Front|3.500000 (3.500000..3.500000) killed_militants:1 (1..1)",
			"1999-03-01..1999-03-31 month||unknown injured:2 (2..2) injured_militants:0 (0..0)",
			"1999-01-01..1999-12-31 year||0 (0..0) killed_militants:0 (0..0)",
			"-none none|attributed_to=Red Front (suspected)|unknown",
			"1999-03-15..1999-03-15 day|attributed_to=Red Front;Blue Column (suspected)|unknown"}},
	{name: "Airwars incidents", profile: "airwars",
		file: "permalink,country,date,grading,latitude,longitude,strike_status,geolocation_accuracy,unique_reference_code,civilians_killed_min,civilians_killed_max,civilians_injured_min,civilians_injured_max,militants_killed_min,militants_killed_max,belligerent_list\n" +
			"u,Tarmin,2017-03-04,Fair,1,2,likely,exact,R1,4,7,,,9,9,\"Red Air, Blue Air\"\n" +
			"u,Tarmin,2017-03-05,Discounted,1,2,likely,exact,R2,1,1,0,0,,,\n" +
			"u,Tarmin,2017-03-06,Confirmed,1,2,declared,exact,R3,2,,,,Unknown,3,Red Air\n" +
			"u,Tarmin,2017-03-07,Confirmed,1,2,declared,exact,R4,2,2,,,,,\"Red Air, Blue Air\"\n",
		want: []string{"2017-03-04..2017-03-04 day|attributed_to=Red Air; Blue Air|4..7 besides_militants:9..9",
			"2017-03-05..2017-03-05 day||1..1 injured:0..0",
			"2017-03-06..2017-03-06 day|attributed_to=Red Air claimed_by=Red Air|2..2+ besides_militants:0..3",
			"2017-03-07..2017-03-07 day|attributed_to=Red Air; Blue Air|2..2"}},
	{name: "Airwars credibles", profile: "airwars-credibles",
		file: "Unique Reference Code,Date,Permalink,Civilians Reported Killed Min,Civilians Reported Killed Max,Civilian Deaths Conceded Min,civilian Deaths Conceded Max,Civilian Injuries Conceded Min,Civilian Injuries Conceded Max,Location,Latitude,Longitude,Location Accuracy,Location MGRS\n" +
			"R1,04/03/2017,u,9,12,2,2,,,Kel,1,2,Within 100m (via Coalition),y\nR2,14/03/2017,u,9,12,1,3,,,Kel,1,2,Province/governorate,y\n",
		want: []string{"2017-03-04..2017-03-04 day||2..2", "2017-03-14..2017-03-14 day||1..3"}},
	{name: "TBIJ Pakistan", profile: "tbij-pakistan",
		file: "Strike ID,Date,Province,Area,Location,US confirmed?,Minimum strikes,Maximum strikes,Minimum total people killed,Maximum total people killed,Minimum civilians reported killed,Maximum civilians reported killed,Minimum children reported killed,Maximum children reported killed,Minimum reported injured,Maximum reported injured\n" +
			"T1,17/06/2004,North,Kel,Kel Adar,Yes,1,1,6,8,2,2,0,1,1,1\n",
		want: []string{"2004-06-17..2004-06-17 day|attributed_to=United States|6..8 injured:1..1 killed_civilians:2..2 of_which_children:0..1"}},
	{name: "TBIJ Somalia, header with line ends", profile: "tbij-somalia-yemen",
		file: "Strike ID,Date,\"Confirmed/\r\npossible US strike\",Location,Minimum people killed,Maximum people killed,Minimum people injured,Maximum people injured\r\n" +
			"S1,23/06/2011,Confirmed,Kel,2,2,2,3\r\n",
		want: []string{"2011-06-23..2011-06-23 day|attributed_to=United States|2..2 injured:2..3"}},
	{name: "TBIJ Yemen", profile: "tbij-somalia-yemen",
		file: "Strike ID,Date,Confirmed/possible US strike,Province,Location,Minimum people killed,Maximum people killed,Minimum reported injured,Maximum reported injured\n" +
			"Y1,03/11/2002,Confirmed,North,Kel,6,6,0,0\nY2,14/12/2009,Possible,North,Kel,1,4,0,0\n",
		want: []string{"2002-11-03..2002-11-03 day|attributed_to=United States|6..6 injured:0..0", "2009-12-14..2009-12-14 day|attributed_to=United States|1..4 injured:0..0"}},
	{name: "PITF below two rows of its own", profile: "pitf", codes: []string{"count-word"},
		file: "Atrocities,,,,,,\nDates,,,,Event,,\nCountry,Start.Year,Start.Month,Start.Day,Event.Type,Deaths.Number,Description\n" +
			"\"Tarmin\n\",2001,01,1,incident,12,x\n\" Tarmin \",2001,1,,Campaign,several hundred,y\nTarmin,2001,2,2,incident ,5,z\n",
		want: []string{"2001-01-01..2001-01-01 day||12 (12..12)", "2001-01-01..2001-01-31 month||unknown", "2001-02-02..2001-02-02 day||5 (5..5)"}},
	{name: "Insecurity Insight below a row of tags", profile: "insecurity-insight",
		file: "Date,Country,Admin 1,Reported Perpetrator,Reported Perpetrator Name,Weapon Carried/Used,Health Workers Killed,Health Workers Injured,SiND Event ID\n" +
			"#date,#country,#adm1,#group,#group,,#affected+killed,#affected+injured,#meta+id\n" +
			"25/12/2021,Tarmin,North,State,Red Front,Firearm,1,,E1\n",
		want: []string{"2021-12-25..2021-12-25 day|attributed_to=Red Front|1 (1..1)"}},
	{name: "UCDP of 2019, in its order", profile: "ucdp-ged",
		file: "id,year,active_year,type_of_violence,conflict_name,dyad_name,gwnoa,side_a,gwnob,side_b,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,best,high\n" +
			"1,2010,1,3,c,A - Civilians,1,A,2,Civilians,1,Kel,North,K,1,2,Tarmin,1,2010-01-02,2010-01-02,0,0,5,0,4,5,6\n",
		want: []string{"2010-01-02..2010-01-02 day|attributed_to=A involved=A - Civilians|5 (4..6) killed_civilians:5 (5..5) killed_side_a:0 (0..0) killed_side_b:0 (0..0) killed_unknown:0 (0..0)"}},
	{name: "UCDP candidate without a header", profile: "ucdp-ged", o: Options{Profile: "ucdp-ged"},
		file: "1,r,2024,1,Clear,1,1,1,c,1,1,A - B,1,1,A,1,1,B,1,a,o,d,h,s,1,Kel,d,North,K,1,2,P,1,Tarmin,1,R,1,1,2024-01-02 00:00:00.000,2024-01-02 00:00:00.000,1,0,0,0,1,2,1,1,1\n",
		want: []string{"2024-01-02..2024-01-02 day|involved=A - B|1 (1..2) killed_civilians:0 (0..0) killed_side_a:1 (1..1) killed_side_b:0 (0..0) killed_unknown:0 (0..0)"}},
}

// gist writes a record as the fixtures expect it.
func gist(f flat) string {
	s := strings.Replace(fmt.Sprintf("%s..%s %s|", f.Date.Start, f.Date.End, f.Date.Prec), "..  none", "", 1)
	if f.Date.Prec == data.Undated {
		s = "-none none|"
	}
	var texts, counts []string
	for _, c := range []string{"attributed_to", "claimed_by", "involved"} {
		if f.Text[c] != "" {
			if s := c + "=" + f.Text[c]; c == "attributed_to" && f.Sure == data.AttributionSuspected {
				texts = append(texts, s+" (suspected)")
			} else {
				texts = append(texts, s)
			}
		}
	}
	for name, c := range f.Counts {
		if name != "killed" {
			counts = append(counts, name+":"+show(c))
		}
	}
	slices.Sort(counts)
	return strings.TrimSpace(s + strings.Join(texts, " ") + "|" + strings.Join(append([]string{show(f.Counts["killed"])}, counts...), " "))
}

func TestPublishedDatasets(t *testing.T) {
	for _, tt := range fixtures {
		t.Run(tt.name, func(t *testing.T) {
			recs, res := mustReadLaidOut(t, tt.file, tt.o)
			if res.Profile != tt.profile {
				t.Errorf("read as %s: %s", res.Profile, res.Why)
			}
			var got []string
			for _, r := range recs {
				got = append(got, gist(r))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			var codes []string
			for _, c := range codesOf(res.Diagnostics) {
				if c != "unused-columns" && c != "tag-row" {
					codes = append(codes, c)
				}
			}
			if diff := cmp.Diff(tt.codes, codes); diff != "" {
				t.Error(diff)
			}
			for _, f := range res.Noted {
				if strings.HasPrefix(f, "licence of the dataset: ") {
					return
				}
			}
			t.Errorf("no licence is noted: %q", res.Noted)
		})
	}
}

func TestJoinedAndFixedColumnsAreNamed(t *testing.T) {
	_, res := mustReadLaidOut(t, fixtures[0].file, Options{})
	for _, m := range res.Mapping {
		if m.Field == "involved" && m.Column != "actor1 + actor2" {
			t.Errorf("%+v", m)
		}
	}
	if slices.Contains(res.Unused, "actor2") || !slices.Contains(res.Unused, "assoc_actor_1") {
		t.Errorf("%q", res.Unused)
	}
	_, res = mustReadLaidOut(t, fixtures[6].file, Options{})
	if !slices.Contains(res.Noted, "attributed_to is United States in every record of this dataset") {
		t.Errorf("%q", res.Noted)
	}
}

func TestFilesThatAreNotPlainAreNotReadInParts(t *testing.T) {
	csv := fixtures[0].file[3:]
	if _, _, err := readFast(csv, 2, Options{}); err != ErrNotPlain {
		t.Errorf("%v", err)
	}
	if _, _, err := readFast(csv, 2, Options{Layout: &Layout{Delimiter: ',', Above: 1}}); err != ErrNotPlain {
		t.Errorf("%v", err)
	}
	if _, _, err := readFast(gedHeader, 2, Options{Layout: &Layout{Delimiter: ','}}); err != nil {
		t.Errorf("%v", err)
	}
}
