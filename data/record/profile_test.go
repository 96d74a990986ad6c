package record

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

const gedHeader = "id,relid,year,type_of_violence,dyad_name,side_a,side_b,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,country,iso3," +
	"date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n"

func TestUCDPGED(t *testing.T) {
	recs, res := mustRead(t, gedHeader+
		"1,x-1,2000,1,A - B,A,B,2,Kel village,Kashmir,Neelam district,34.821865,74.355544,Pakistan,PAK,"+
		"1,2000-02-21 00:00:00.000,2000-02-21 00:00:00.000,1,2,0,0,3,4,3\n"+
		"2,x-2,2000,3,A - Civilians,A,Civilians,6,,,,,,Pakistan,PAK,"+
		"4,2000-02-01 00:00:00.000,2000-02-25 00:00:00.000,0,0,5,0,5,5,5\n"+
		"3,x-3,2000,2,C - D,C,D,4,,,,,,Pakistan,PAK,"+
		"2,2000-02-01,2000-02-03,0,0,0,9,9,8,9\n")
	if res.Profile != "ucdp-ged" || !strings.HasPrefix(res.Why, "the header has id, type_of_violence") {
		t.Errorf("%s: %s", res.Profile, res.Why)
	}
	if diff := cmp.Diff([]string{"relid", "year", "side_b", "iso3"}, res.Unused); diff != "" {
		t.Error(diff)
	}
	war, massacre, feud := recs[0], recs[1], recs[2]
	wantText := map[string]string{"country": "Pakistan", "admin1": "Kashmir", "admin2": "Neelam district", "place": "Kel village",
		"event_type": "State-based conflict", "involved": "A - B"}
	if diff := cmp.Diff(wantText, war.Text); diff != "" {
		t.Error(diff)
	}
	wantText = map[string]string{"country": "Pakistan", "event_type": "One-sided violence", "attributed_to": "A", "involved": "A - Civilians"}
	if diff := cmp.Diff(wantText, massacre.Text); diff != "" {
		t.Error(diff)
	}
	if feud.Text["event_type"] != "Non-state conflict" || feud.Text["attributed_to"] != "" {
		t.Errorf("%v", feud.Text)
	}
	for _, tt := range []struct {
		rec          flat
		column, want string
	}{
		{war, "killed", "3 (3..4)"},
		{war, "killed_side_a", "1 (1..1)"},
		{war, "killed_side_b", "2 (2..2)"},
		{war, "killed_civilians", "0 (0..0)"},
		{war, "date", "2000-02-21..2000-02-21 day"},
		{war, "geo_precision", "near"},
		{war, "point", "34821865 74355544"},
		{massacre, "killed_civilians", "5 (5..5)"},
		{massacre, "date", "2000-02-01..2000-02-25 month"},
		{massacre, "geo_precision", "country"},
		{massacre, "point", "none"},
		{feud, "killed_unknown", "9 (9..9)"},
		{feud, "killed", "9 (9..8)"},
		{feud, "date", "2000-02-01..2000-02-03 days"},
		{feud, "geo_precision", "admin1"},
	} {
		if got := valueOf(tt.rec, tt.column); got != tt.want {
			t.Errorf("%s of %s is %q, want %q", tt.column, tt.rec.ID, got, tt.want)
		}
	}
	if diff := cmp.Diff([]string{"1:0 unused-columns", "4:76 count-order"}, places(res.Diagnostics)); diff != "" {
		t.Error(diff)
	}
	d := res.Diagnostics[1]
	if d.Severity != data.Warning || d.Field != "best" || d.Message != "best: the figures are out of order: low 9, best 9, high 8; kept as published" {
		t.Errorf("%+v", d)
	}
}

func TestAProfileCanBeAskedFor(t *testing.T) {
	// The same columns, read as plain ones: two of them then say when it was.
	_, _, err := read(gedHeader, Options{Profile: "native"})
	if err == nil || !strings.Contains(err.Error(), "ambiguous") && !strings.Contains(err.Error(), "no-count") {
		t.Errorf("%v", err)
	}
	_, res, err := read("date_start,best\n2000-02-21,3\n", Options{Profile: "ucdp-ged"})
	if err != nil || res.Profile != "ucdp-ged" || res.Why != "asked for" {
		t.Errorf("%+v %v", res, err)
	}
	_, res, err = read(small, Options{Profile: "auto"})
	if err != nil || res.Profile != "native" {
		t.Errorf("%+v %v", res, err)
	}
}

func TestProfilesAreSound(t *testing.T) {
	for _, p := range Profiles() {
		if p.Name == "" || p.Title == "" {
			t.Errorf("%+v", p)
		}
		taken := map[string]string{}
		for field, column := range p.Columns {
			if slices.Contains(datePartNames[:], field) {
				continue
			}
			if _, ok := fieldByName[field]; !ok || fieldNames[fieldByName[field]][0] != field {
				t.Errorf("%s: %s is no native column", p.Name, field)
			}
			if other, ok := taken[column]; ok {
				t.Errorf("%s: %s is both %s and %s", p.Name, column, field, other)
			}
			taken[column] = field
			if column != foldName(column) {
				t.Errorf("%s: %q is not as names are compared", p.Name, column)
			}
		}
		for field := range p.Values {
			if _, ok := fieldByName[field]; !ok {
				t.Errorf("%s: values of %s", p.Name, field)
			}
		}
		for field, c := range p.OnlyIf {
			if p.Columns[field] == "" || p.Columns[c.Column] == "" {
				t.Errorf("%s: %s only if %s", p.Name, field, c.Column)
			}
		}
		for _, word := range p.Values["date_precision"] {
			if _, ok := data.ParsePrecision(word); !ok {
				t.Errorf("%s: precision %q", p.Name, word)
			}
		}
		for _, word := range p.Values["geo_precision"] {
			if _, ok := data.ParseGeoPrecision(word); !ok {
				t.Errorf("%s: precision %q", p.Name, word)
			}
		}
		for _, word := range p.Values["victim_type"] {
			if _, ok := data.ParseVictimType(word); !ok {
				t.Errorf("%s: victim type %q", p.Name, word)
			}
		}
	}
}
