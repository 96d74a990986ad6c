package record

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

// with returns the cells of a whole header's test with some changed.
func with(t *testing.T, name string, changes map[string]string) (header string, cells map[string]string) {
	t.Helper()
	for _, w := range wholeHeaders {
		if w.name == name {
			cells = maps.Clone(w.cells)
			maps.Copy(cells, changes)
			return w.header, cells
		}
	}
	t.Fatalf("there is no %s", name)
	return "", nil
}

// one reads a file of a single record with a whole header.
func one(t *testing.T, name string, changes map[string]string) (flat, *Result) {
	t.Helper()
	header, cells := with(t, name, changes)
	recs, res := mustReadLaidOut(t, header+"\n"+rowOf(t, header, cells), Options{})
	if len(recs) != 1 {
		t.Fatalf("%v: %d records, %v", changes, len(recs), res.Diagnostics)
	}
	return recs[0], res
}

// Every claim flag of GTD with every value of compclaim.
func TestGTDClaims(t *testing.T) {
	for _, tt := range []struct{ flags, compclaim, want string }{
		{"0,,", "-9", ""},
		{"0,,", "", ""},
		{"1,,", "-9", "Red Front"},
		{"1,0,", "0", "Red Front"},
		{"1,,", "1", "Red Front;?"},
		{"0,1,", "1", "Blue Column;?"},
		{"1,1,0", "-9", "Red Front;Blue Column"},
		{"1,1,0", "", "Red Front;Blue Column"},
		{"1,1,0", "1", "Red Front;Blue Column"},
		{"1,1,0", "0", "Red Front + Blue Column"},
		{"1,1,0", " 0 ", "Red Front + Blue Column"},
		{"1,1,1", "0", "Red Front + Blue Column + Green Wing"},
		{"1,1,1", "1", "Red Front;Blue Column;Green Wing"},
		{"1,0,1", "0", "Red Front + Green Wing"},
		{"-9,-9,-9", "1", ""},
		{"0,0,0", "0", ""},
	} {
		flags := strings.Split(tt.flags, ",")
		rec, res := one(t, "GTD, 135 columns", map[string]string{"gname": "Red Front", "gname2": "Blue Column", "gname3": "Green Wing",
			"claimed": flags[0], "claim2": flags[1], "claim3": flags[2], "compclaim": tt.compclaim})
		if got := rec.Text["claimed_by"]; got != tt.want {
			t.Errorf("claims %s, compclaim %q: %q, want %q", tt.flags, tt.compclaim, got, tt.want)
		}
		if got := rec.Text["attributed_to"]; got != "Red Front;Blue Column;Green Wing" {
			t.Errorf("attributed to %q", got)
		}
		if slices.Contains(res.Unused, "compclaim") {
			t.Error("compclaim is said to be unread")
		}
	}
	// An unknown group claims nothing.
	if rec, _ := one(t, "GTD, 135 columns", map[string]string{"gname": "Unknown", "gname2": "", "claimed": "1", "compclaim": "1"}); rec.Text["claimed_by"] != "" {
		t.Errorf("%q", rec.Text["claimed_by"])
	}
	// Where the mapping says who claims, compclaim is not asked.
	header, cells := with(t, "GTD, 135 columns", map[string]string{"claimed": "1", "claim2": "1", "compclaim": "0"})
	recs, res := mustReadLaidOut(t, header+"\n"+rowOf(t, header, cells), Options{Map: map[string]string{"claimed_by": "gsubname"}})
	if recs[0].Text["claimed_by"] != "x" || !slices.Contains(res.Unused, "compclaim") {
		t.Errorf("%q, unread %q", recs[0].Text["claimed_by"], res.Unused)
	}
}

// The suspicion of any of the groups named is that of the record.
func TestGTDSuspicion(t *testing.T) {
	for flags, want := range map[string]data.Attribution{
		"0,0,0": data.AttributionStated, ",,": data.AttributionStated, "1,,": data.AttributionSuspected, "0,1,0": data.AttributionSuspected,
		"1,1,": data.AttributionSuspected, "1,1,1": data.AttributionSuspected, "-9,-9,": data.AttributionStated, "0,0,1": data.AttributionSuspected,
	} {
		f := strings.Split(flags, ",")
		rec, res := one(t, "GTD, 135 columns", map[string]string{"guncertain1": f[0], "guncertain2": f[1], "guncertain3": f[2]})
		if rec.Sure != want || res.Counts["unknown-word"] != 0 {
			t.Errorf("%s: %s, %v", flags, rec.Sure, res.Diagnostics)
		}
	}
}

// GTD writes a date in three columns, with 0 for what is not known.
func TestGTDDates(t *testing.T) {
	for ymd, want := range map[string]string{
		"1999,3,14": "1999-03-14..1999-03-14 day", "1999,3,0": "1999-03-01..1999-03-31 month", "1999,0,0": "1999-01-01..1999-12-31 year",
		"1999,0,14": "1999-01-01..1999-12-31 year", "0,0,0": ".. none", "0,3,14": ".. none", "1999,12,31": "1999-12-31..1999-12-31 day",
		"2000,2,29": "2000-02-29..2000-02-29 day", "1999,-9,-9": "1999-01-01..1999-12-31 year", "1999,3,": "1999-03-01..1999-03-31 month",
	} {
		f := strings.Split(ymd, ",")
		rec, _ := one(t, "GTD, 135 columns", map[string]string{"iyear": f[0], "imonth": f[1], "iday": f[2]})
		if got := valueOf(rec, "date"); got != want {
			t.Errorf("%s is %q, want %q", ymd, got, want)
		}
	}
	for _, ymd := range []string{"1999,13,1", "1999,2,29", "99,1,1", "1999,1,32", "1999,x,1", "19999,1,1", "1999.5,1,1"} {
		f := strings.Split(ymd, ",")
		header, cells := with(t, "GTD, 135 columns", map[string]string{"iyear": f[0], "imonth": f[1], "iday": f[2]})
		recs, res := mustReadLaidOut(t, header+"\n"+rowOf(t, header, cells), Options{})
		if len(recs) != 0 || !slices.Equal(codesOf(res.Diagnostics), []string{"bad-date", "unused-columns"}) {
			t.Errorf("%s: %d records, %v", ymd, len(recs), res.Diagnostics)
		}
	}
}

// GTD's counts: decimals are kept, -9 and -99 are unknown, nothing becomes 0.
func TestGTDCounts(t *testing.T) {
	for cell, want := range map[string]string{"": "unknown", "-9": "unknown", "-99": "unknown", "0": "0 (0..0)", "2": "2 (2..2)", "2.0": "2 (2..2)",
		"0.5": "0.500000 (0.500000..0.500000)", "1.333333333": "1.333333 (1.333333..1.333333)", "15.28571429": "15.285714 (15.285714..15.285714)"} {
		rec, _ := one(t, "GTD, 135 columns", map[string]string{"nkill": cell, "nkillter": "", "nwound": cell, "nwoundte": ""})
		if k, j := show(rec.Counts["killed"]), show(rec.Counts["injured"]); k != want || j != want {
			t.Errorf("%q is %s killed and %s injured, want %s", cell, k, j, want)
		}
	}
	for _, cell := range []string{"-1", "-999", "x", "-9.0"} {
		header, cells := with(t, "GTD, 135 columns", map[string]string{"nkill": cell})
		if recs, _ := mustReadLaidOut(t, header+"\n"+rowOf(t, header, cells), Options{}); len(recs) != 0 {
			t.Errorf("%q is a count", cell)
		}
	}
}

// How exactly a place is known, by every code of every dataset that has codes.
func TestPlacePrecisions(t *testing.T) {
	for _, tt := range []struct {
		header, column string
		want           map[string]string
	}{
		{"UCDP, 49 columns", "where_prec", map[string]string{"1": "exact", "2": "near", "3": "admin2", "4": "admin1", "5": "region", "6": "country", "7": "international", "": "", " 4 ": "admin1"}},
		{"ACLED, 31 columns", "geo_precision", map[string]string{"1": "exact", "2": "near", "3": "admin1", "": ""}},
		{"GTD, 135 columns", "specificity", map[string]string{"1": "exact", "2": "admin2", "3": "admin2", "4": "admin1", "5": "country", "": ""}},
		{"Airwars, 16 columns", "geolocation_accuracy", map[string]string{
			"exact_location_via_airwars": "exact", "exact-location-via-airwars": "exact", "Exact location (via Airwars)": "exact", "exact-location-via-coalition": "exact",
			"Exact location (other)": "exact", "within-100m-via-coalition": "exact", "Within 1m (via Coalition)": "exact", "street": "exact", "Nearby landmark": "exact",
			"neighbourhood-area": "exact", "neighbourhoodarea": "exact", "Neighbourhood/area": "exact", "village": "exact", "TOWN": "exact", "city": "exact",
			"subdistrict": "admin2", "District": "admin2", "province-governorate": "admin1", "Province/governorate": "admin1", "": ""}},
	} {
		for code, want := range tt.want {
			rec, res := one(t, tt.header, map[string]string{tt.column: code})
			if rec.Geo.String() != want || res.Counts["unknown-word"] != 0 {
				t.Errorf("%s %q is %q, want %q: %v", tt.column, code, rec.Geo, want, res.Diagnostics)
			}
		}
		// What is no code is said, and is no precision.
		rec, res := one(t, tt.header, map[string]string{tt.column: "9th"})
		if rec.Geo != data.PlaceUnstated || res.Counts["unknown-word"] != 1 {
			t.Errorf("%s: %q, %v", tt.header, rec.Geo, res.Diagnostics)
		}
	}
}

// How exactly a day is known.
func TestDayPrecisions(t *testing.T) {
	for _, tt := range []struct {
		header, column string
		dates          map[string]string
		want           map[string]string
	}{
		{"UCDP, 49 columns", "date_prec", map[string]string{"date_start": "2021-03-01 00:00:00.000", "date_end": "2021-03-31 00:00:00.000"}, map[string]string{
			"1": "2021-03-01..2021-03-31 day", "2": "2021-03-01..2021-03-31 days", "3": "2021-03-01..2021-03-31 week", "4": "2021-03-01..2021-03-31 month", "5": "2021-03-01..2021-03-31 year"}},
		{"ACLED, 31 columns", "time_precision", map[string]string{"event_date": "2023-01-31"}, map[string]string{
			"1": "2023-01-31..2023-01-31 day", "2": "2023-01-31..2023-01-31 week", "3": "2023-01-01..2023-01-31 month", "": "2023-01-31..2023-01-31 day"}},
	} {
		for code, want := range tt.want {
			changes := maps.Clone(tt.dates)
			changes[tt.column] = code
			if rec, _ := one(t, tt.header, changes); valueOf(rec, "date") != want {
				t.Errorf("%s %q: %s, want %s", tt.column, code, valueOf(rec, "date"), want)
			}
		}
	}
}

// Airwars' grades, and who is read as having claimed.
func TestAirwarsGrades(t *testing.T) {
	for _, tt := range []struct {
		grading, belligerents string
		status                data.Status
		claimed               string
	}{
		{"Confirmed", "Red Air", data.Verified, "Red Air"},
		{"confirmed", "Red Air, Blue Air", data.Verified, ""},
		{"Fair", "Red Air", data.Reported, ""},
		{"weak", "Red Air", data.Disputed, ""},
		{"Contested", "Red Air, Blue Air", data.Disputed, ""},
		{"Discounted", "Red Air", data.Retracted, ""},
		{"", "Red Air", data.Reported, ""},
		{"confirmed", "", data.Verified, ""},
	} {
		rec, _ := one(t, "Airwars, 16 columns", map[string]string{"grading": tt.grading, "belligerent_list": tt.belligerents})
		if rec.Status != tt.status || rec.Text["claimed_by"] != tt.claimed || rec.Victim != data.Civilian {
			t.Errorf("%+v: %s, claimed by %q", tt, rec.Status, rec.Text["claimed_by"])
		}
	}
	header, cells := with(t, "Airwars, 16 columns", map[string]string{"grading": "superb"})
	if recs, res := mustReadLaidOut(t, header+"\n"+rowOf(t, header, cells), Options{}); len(recs) != 0 || res.Counts["bad-status"] != 1 {
		t.Errorf("a grade that there is not: %v", res.Diagnostics)
	}
}

// UCDP's and ACLED's sides have no direction but in violence against civilians.
func TestWhoActedIsReadOnlyWhereItIsSaid(t *testing.T) {
	for code, want := range map[string]string{"1": "", "2": "", "3": "Government of Tarmin", "": ""} {
		if rec, _ := one(t, "UCDP, 49 columns", map[string]string{"type_of_violence": code}); rec.Text["attributed_to"] != want || rec.Text["involved"] == "" {
			t.Errorf("type %q: attributed to %q", code, rec.Text["attributed_to"])
		}
	}
	for kind, want := range map[string]string{"Battles": "", "Violence against civilians": "Red Front", "Riots": "", "Explosions/Remote violence": "", "Protests": "", "Strategic developments": ""} {
		if rec, _ := one(t, "ACLED, 31 columns", map[string]string{"event_type": kind}); rec.Text["attributed_to"] != want {
			t.Errorf("%s: attributed to %q", kind, rec.Text["attributed_to"])
		}
	}
}

// pitfHeader is the whole header of the worldwide atrocities, of 73 columns, below
// the two rows that the file has above it. Its columns of degrees have one name twice.
const pitfHeader = "Event Type,Campaign Identifier,Event Reporting,Start Day,Start Month,Start Year,End Day,End Month,End Year,Country,Region,District,Locality," +
	"Degrees,Minutes,Seconds,Direction,Degrees,Minutes,Seconds,Direction,Distance (km),Direction,Perp State Role,Perp State Military,Perp State Police," +
	"Perp State Other,Perp Nonstate Ideological,Perp Nonstate Ethnic,Perp Nonstate Religious,Perp Nonstate Criminal,Perp Nonstate Private," +
	"Perp Unknown/Unclear/Other,Victim Noncombatant Asserted,Victim Noncombatant Contested,Victim Identity Political," +
	"Victim Identity Ethnic/National/Citizenship,Victim Identity Religious,Victim Identity Socioeconomic,Victim Identity Unarmed Combatants," +
	"Victim Identity Random/Unknown/Unclear/Other,Deaths Number,Deaths Scale,Injured Number,Injured Scale,Deaths Ambiguity,Deaths Contested," +
	"Organization of Violence,Weapons,Intent,Regrets,Collateral Damage,Food/Aid as a Weapon,Scorched Earth Tactics,Human Shields,Rape," +
	"Targeted Assassinations,Mass Detentions,Sieges/Closures,Kidnappings,Disappearances,Other Tactics,Description,Link,Primary Source Type," +
	"Primary Source,Secondary Source Type,Secondary Source,Contesting Source Type,Contesting Source,Citation,Comments,Coder"

// pitfFile is a file of those columns, of which the cells by name stand in the
// first column of that name.
func pitfFile(header string, rows ...map[string]string) string {
	names := strings.Split(header, ",")
	commas := strings.Repeat(",", len(names)-1)
	var b strings.Builder
	fmt.Fprintf(&b, "Event Type and Reporting%s\nType%s\n%s\n", commas, commas, header)
	for _, cells := range rows {
		done := map[string]bool{}
		for i, name := range names {
			if i > 0 {
				b.WriteByte(',')
			}
			if cell, ok := cells[name]; ok && !done[name] {
				b.WriteString(`"` + cell + `"`)
				done[name] = true
			} else {
				b.WriteByte('7')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestPITFWithItsWholeHeader(t *testing.T) {
	if n := len(strings.Split(pitfHeader, ",")); n != 73 {
		t.Fatalf("the header has %d columns", n)
	}
	march := func(day, endDay, deaths string, more map[string]string) map[string]string {
		cells := map[string]string{"Event Type": "incident ", "Start Day": day, "Start Month": "03", "Start Year": "2010", "End Day": endDay, "End Month": "3", "End Year": "2010",
			"Country": "\nIRQ", "Region": "North", "District": "Kel", "Locality": "Kel Adar", "Deaths Number": deaths, "Injured Number": "", "Weapons": "Small Arms",
			"Description": "what happened", "Primary Source": "A newspaper"}
		maps.Copy(cells, more)
		return cells
	}
	rows := []map[string]string{
		march("1", "1", "12", nil),
		march("01", "4", "5+", nil),
		march("", "", "several hundred", map[string]string{"Event Type": "Campaign "}),
		march("2", "", "20-30", map[string]string{"End Month": "", "End Year": "", "Injured Number": "at least 8"}),
		march("5", "", "0", map[string]string{"End Month": "", "End Year": "2010"}),
	}
	named := strings.Replace(strings.Replace(pitfHeader, "Degrees,Minutes,Seconds,Direction", "Lat_Degrees,Lat_Minutes,Lat_Seconds,Lat_Direction", 1),
		"Degrees,Minutes,Seconds,Direction,Distance (km),Direction", "Long_Degrees,Long_Minutes,Long_Seconds,Long_Direction,Distance,Rel_Direction", 1)
	for how, header := range map[string]string{"as it is": pitfHeader, "with dots": strings.ReplaceAll(pitfHeader, " ", "."), "in capitals": strings.ToUpper(pitfHeader), "named coordinates": named} {
		var of []map[string]string
		for _, r := range rows {
			cells := map[string]string{}
			for name, cell := range r {
				switch how {
				case "with dots":
					name = strings.ReplaceAll(name, " ", ".")
				case "in capitals":
					name = strings.ToUpper(name)
				}
				cells[name] = cell
			}
			of = append(of, cells)
		}
		recs, res := mustReadLaidOut(t, pitfFile(header, of...), Options{KeepTexts: true})
		if res.Profile != "pitf" || len(recs) != len(rows) {
			t.Fatalf("%s: read as %s, %d records: %v", how, res.Profile, len(recs), res.Diagnostics)
		}
		var got []string
		for _, r := range recs {
			got = append(got, gist(r))
		}
		want := []string{"2010-03-01..2010-03-01 day||12 (12..12)", "2010-03-01..2010-03-04 day||5..5+", "2010-03-01..2010-03-31 month||unknown",
			"2010-03-02..2010-03-02 day||20..30 injured:8..8+", "2010-03-05..2010-12-31 year||0 (0..0)"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", how, diff)
		}
		r := recs[0]
		texts := map[string]string{"country": "IRQ", "admin1": "North", "admin2": "Kel", "place": "Kel Adar", "event_type": "Incident", "weapon": "Small Arms", "source": "A newspaper"}
		if diff := cmp.Diff(texts, r.Text); diff != "" || r.Notes != "what happened" || r.Victim != data.Civilian || recs[2].Text["event_type"] != "Campaign" {
			t.Errorf("%s: %s %q %s", how, diff, r.Notes, recs[2].Text["event_type"])
		}
	}
	_, res := mustReadLaidOut(t, pitfFile(pitfHeader, rows...), Options{})
	from := map[string]string{}
	for _, m := range res.Mapping {
		from[m.Field] = m.Column
	}
	if from["date"] != "Start Year + Start Month + Start Day" || from["date_end"] != "End Year + End Month + End Day" {
		t.Errorf("%v", from)
	}
	for _, unread := range []string{"Campaign Identifier", "Degrees", "Perp State Role", "Deaths Scale", "Deaths Contested", "Coder", "Rape"} {
		if !slices.Contains(res.Unused, unread) {
			t.Errorf("%s is read", unread)
		}
	}
	for _, read := range []string{"End Day", "End Month", "End Year", "Region", "Weapons"} {
		if slices.Contains(res.Unused, read) {
			t.Errorf("%s is not read", read)
		}
	}
}

// The last day of a span in columns of its own, in files of no dataset.
func TestEndsInThreeColumns(t *testing.T) {
	const header = "year,month,day,end year,end month,end day,killed\n"
	for _, tt := range []struct{ row, want, code string }{
		{"2025,10,11,2025,10,12,3", "2025-10-11..2025-10-12 day", ""},
		{"2025,10,11,,,,3", "2025-10-11..2025-10-11 day", ""},
		{"2025,10,11,0,0,0,3", "2025-10-11..2025-10-11 day", ""},
		{"2025,10,,2025,11,,3", "2025-10-01..2025-11-30 month", ""},
		{"2025,,,2026,,,3", "2025-01-01..2026-12-31 year", ""},
		{"2025,10,11,2025,10,10,3", "", "date-order"},
		{"2025,10,11,2025,13,10,3", "", "bad-date"},
		{"2025,10,11,2025,x,10,3", "", "bad-date"},
		{"2025,10,11,,11,10,3", "2025-10-11..2025-10-11 day", ""},
	} {
		recs, res := mustReadLaidOut(t, header+tt.row+"\n", Options{})
		switch {
		case tt.code != "":
			if len(recs) != 0 || !slices.Contains(codesOf(res.Diagnostics), tt.code) {
				t.Errorf("%s: %v", tt.row, res.Diagnostics)
			}
		case len(recs) != 1 || valueOf(recs[0], "date") != tt.want:
			t.Errorf("%s: %v %v, want %s", tt.row, recs, res.Diagnostics, tt.want)
		}
	}
	// A column for the whole of either is taken before three for its parts.
	recs, res := mustReadLaidOut(t, "year,month,day,date_end,end_year,end_month,end_day,killed\n2025,10,11,2025-10-13,2025,10,12,3\n", Options{})
	if got := valueOf(recs[0], "date"); got != "2025-10-11..2025-10-13 day" || !slices.Contains(res.Unused, "end_year") {
		t.Errorf("%s, unread %q", got, res.Unused)
	}
	// Only with the parts of the first day.
	_, res = mustReadLaidOut(t, "date,end_year,end_month,end_day,killed\n2025-10-11,2025,10,12,3\n", Options{})
	if !slices.Contains(res.Unused, "end_day") {
		t.Errorf("unread %q", res.Unused)
	}
	// By the mapping.
	recs, _ = mustReadLaidOut(t, "y,m,d,Y2,M2,D2,killed\n2025,10,11,2025,10,12,3\n", Options{Map: map[string]string{
		"year": "y", "month": "m", "day": "d", "end_year": "Y2", "end_month": "M2", "end_day": "D2"}})
	if got := valueOf(recs[0], "date"); !strings.HasPrefix(got, "2025-10-11..2025-10-12") {
		t.Error(got)
	}
	// Left unread.
	recs, _ = mustReadLaidOut(t, header+"2025,10,11,2025,10,12,3\n", Options{Map: map[string]string{"date_end": ""}})
	if got := valueOf(recs[0], "date"); got != "2025-10-11..2025-10-11 day" {
		t.Error(got)
	}
}
