package record

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"toll/data"
)

func TestFieldsAreTheTagsOfRow(t *testing.T) {
	row := reflect.TypeFor[Row]()
	if row.NumField() != int(numFields) {
		t.Fatalf("%d constants for %d columns", numFields, row.NumField())
	}
	for f, want := range map[Field]string{IncidentID: "incident_id", Date: "date", DateEnd: "date_end", DatePrecision: "date_precision",
		Country: "country", Lat: "lat", Lon: "lon", GeoPrecision: "geo_precision", EventType: "event_type", VictimType: "victim_type",
		Killed: "killed", KilledLow: "killed_low", KilledHigh: "killed_high", Injured: "injured", InjuredLow: "injured_low",
		InjuredHigh: "injured_high", Women: "of_which_women", Children: "of_which_children", BesidesMilitants: "besides_militants", Attribution: "attribution", SourceName: "source",
		SourceSide: "source_side", ReportedOn: "reported_on", Status: "status", URL: "url", Notes: "notes",
		KilledSideB: "killed_side_b", InjuredSideB: "injured_side_b"} {
		if f.String() != want {
			t.Errorf("field %d is %q, want %q", f, f, want)
		}
	}
	for p, word := range []string{"civilians", "security", "militants", "unknown", "side_a", "side_b"} {
		if f := KilledCivilians + Field(p); f.String() != "killed_"+word {
			t.Errorf("part %d of killed is %s", p, f)
		}
		if f := InjuredCivilians + Field(p); f.String() != "injured_"+word {
			t.Errorf("part %d of injured is %s", p, f)
		}
	}
	for c, f := range codedFields {
		if f.String() != data.Column(c).String() {
			t.Errorf("column %s is read from %s", data.Column(c), f)
		}
	}
	if Field(200).String() != "" {
		t.Error("a field that does not exist has a name")
	}
}

func TestNoNameStandsForTwoFields(t *testing.T) {
	seen := map[string]Field{}
	for f, names := range fieldNames {
		for _, n := range names {
			if other, ok := seen[n]; ok {
				t.Errorf("%q is both %s and %s", n, other, Field(f))
			}
			if n != foldName(n) || n == "" || strings.HasPrefix(n, "partial") || n == "omitempty" {
				t.Errorf("%q cannot be a name", n)
			}
			seen[n] = Field(f)
		}
	}
}

func TestNativeColumnsAndAliases(t *testing.T) {
	cols := NativeColumns()
	if len(cols) != int(numFields) || cols[0] != "incident_id" || cols[len(cols)-1] != "notes" {
		t.Errorf("%q", cols)
	}
	if !slices.Contains(Aliases("attributed_to"), "perpetrator") || slices.Contains(Aliases("attributed_to"), "attributed_to") {
		t.Errorf("%q", Aliases("attributed_to"))
	}
	if Aliases("nothing") != nil {
		t.Error("a column that does not exist has aliases")
	}
}

func TestNamesAreFound(t *testing.T) {
	for column, want := range map[string]string{
		"Killed": "killed", " killed ": "killed", "\u00A0KILLED\u00A0": "killed", "'killed'": "killed", "“killed”": "killed",
		"Killed Low": "killed_low", "killed-min": "killed_low", "killed\u00A0low": "killed_low", "killed\u2010low": "killed_low", "Killed  Max": "killed_high", "killed.high": "killed_high",
		"Killed\r\nMin": "killed_low", "location": "place", "LOCATION": "place", "perpetrator": "attributed_to", "group": "attributed_to",
		"actor": "attributed_to", "claimed_perpetrator": "claimed_by", "claimed_perpetrators": "claimed_by", "deaths": "killed",
		"dead": "killed", "fatalities": "killed", "killed_best": "killed", "wounded": "injured", "injured_best": "injured",
		"province": "admin1", "state": "admin1", "governorate": "admin1", "district": "admin2", "id": "incident_id",
		"latitude": "lat", "longitude": "lon", "lng": "lon", "long": "lon", "type": "event_type", "kiled": "", "": "", "kılled": "",
	} {
		res := &Result{}
		header := "date,injured_low,killed_civilians," + `"` + strings.ReplaceAll(column, `"`, `""`) + `"`
		_, res, err := read(header+"\n", Options{})
		if err != nil {
			t.Errorf("%q: %v", column, err)
			continue
		}
		got := ""
		for _, m := range res.Mapping {
			if m.Index == 3 {
				got = m.Field
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", column, got, want)
		}
		if (want == "") != (len(res.Unused) == 1) {
			t.Errorf("%q: unused %q", column, res.Unused)
		}
	}
}

func TestColumnsAreFoundByNameNotByPosition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := map[string]string{"date": "2025-10-11", "place": "Kabul", "killed": "12", "killed_low": "9", "killed_high": "15",
			"victim_type": "civilian", "something": "else", "claimed_by": "A;B", "lat": "34.5", "lon": "69.2"}
		names := []string{"date", "place", "killed", "killed_low", "killed_high", "victim_type", "something", "claimed_by", "lat", "lon"}
		file := func(order []string) string {
			var row []string
			for _, n := range order {
				row = append(row, cells[n])
			}
			return strings.Join(order, ",") + "\n" + strings.Join(row, ",") + "\n"
		}
		want, _, err := read(file(names), Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := read(file(rapid.Permutation(names).Draw(t, "order")), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestUnusedColumnsAreListed(t *testing.T) {
	_, res := mustRead(t, "date,killed,Temperature (C),,weapon used,atributed_to\n2025-10-11,1,2,3,4,5\n")
	if diff := cmp.Diff([]string{"Temperature (C)", "", "weapon used", "atributed_to"}, res.Unused); diff != "" {
		t.Error(diff)
	}
	want := []string{"1:0 unused-columns", "1:42 near-miss-column"}
	if diff := cmp.Diff(want, places(res.Diagnostics)); diff != "" {
		t.Error(diff)
	}
	if d := res.Diagnostics[1]; d.Message != `column "atributed_to" is not used; is it meant to be attributed_to?` {
		t.Error(d.Message)
	}
}

func TestNearMissesAreFew(t *testing.T) {
	// Column names of published datasets that mean something else.
	header := "date,killed,name,age,gender,month,day,year,streetaddress,cause,armed,pop,county_id,state_fp,college,region,iso,zone,casos,time,relid,event_clarity,interaction,tags,timestamp"
	_, res, err := read(header+"\n", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := res.Counts["near-miss-column"]; n != 0 {
		t.Errorf("%v", res.Diagnostics)
	}
}

func TestLongListsOfColumnsAreCut(t *testing.T) {
	header := "place"
	for i := range 4000 {
		header += fmt.Sprintf(",column %d", i)
	}
	_, _, err := read(header+"\n", Options{})
	if err == nil || len(err.Error()) > 600 || !strings.Contains(err.Error(), "and 3981 more") {
		t.Errorf("%v", err)
	}
}

func TestRowsOfTags(t *testing.T) {
	recs, res := mustRead(t, "date,place,killed\n#date,, #affected+killed\n2025-10-11,Kabul,3\n#a,#b,#c\n")
	if len(recs) != 1 || res.Ledger.Read != 2 || res.Ledger.Rejected != 1 {
		t.Errorf("%d records, %+v", len(recs), res.Ledger)
	}
	if diff := cmp.Diff([]string{"2:0 tag-row", "4:1 bad-date", "4:7 bad-count"}, places(res.Diagnostics)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a row of HXL tags on line 2 was skipped"}, res.Noted); diff != "" {
		t.Error(diff)
	}
	// A cell beginning with # makes no row of tags.
	recs, _ = mustRead(t, "date,place,killed\n2025-10-11,#3 checkpoint,3\n")
	if len(recs) != 1 {
		t.Error("a record was taken for tags")
	}
}
