package record

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

// decodeTests give a header, one record, and what becomes of one column of it:
// the value, and the diagnostics as "column code", rejected where there is none.
var decodeTests = []struct{ name, header, row, column, want, codes string }{
	// Figures and their bounds.
	{"a figure", "date,killed", "2025-10-11,12", "killed", "12 (12..12)", ""},
	{"a figure and bounds", "date,killed,killed_low,killed_high", "2025-10-11,12,9,15", "killed", "12 (9..15)", ""},
	{"bounds alone", "date,killed,killed_low,killed_high", "2025-10-11,,9,15", "killed", "9..15", ""},
	{"a low alone", "date,killed_low,killed_high", "2025-10-11,9,", "killed", "9..9+", ""},
	{"a high alone", "date,killed_low,killed_high", "2025-10-11,,15", "killed", "0..15", ""},
	{"a figure and a high", "date,killed,killed_high", "2025-10-11,12,15", "killed", "12 (12..15)", ""},
	{"nothing", "date,killed,killed_low", "2025-10-11,,", "killed", "unknown", ""},
	{"explicit bounds win over the cell's own", "date,killed,killed_low,killed_high", "2025-10-11,4-7,3,9", "killed", "3..9", ""},
	{"an explicit high closes an open figure", "date,killed,killed_high", "2025-10-11,200+,250", "killed", "200..250", ""},
	{"an open high opens it", "date,killed,killed_low,killed_high", "2025-10-11,12,9,200+", "killed", "12 (9..200)+", ""},
	{"at least as a low", "date,killed_low,killed_high", "2025-10-11,at least 5,9", "killed", "5..9", ""},
	{"up to as a high", "date,killed_low,killed_high", "2025-10-11,5,up to 9", "killed", "5..9", ""},
	{"about as a low", "date,killed_low,killed_high", "2025-10-11,~5,9", "killed", "~5..9", ""},
	{"a range as a low", "date,killed_low,killed_high", "2025-10-11,4-7,9", "killed", "rejected", "12 bad-count"},
	{"a range as a high", "date,killed_low,killed_high", "2025-10-11,4,7-9", "killed", "rejected", "14 bad-count"},
	{"up to as a low", "date,killed_low,killed_high", "2025-10-11,up to 4,9", "killed", "rejected", "12 bad-count"},
	{"low above high", "date,killed_low,killed_high", "2025-10-11,9,4", "killed", "rejected", "12 count-order"},
	{"best above high", "date,killed,killed_high", "2025-10-11,9,4", "killed", "rejected", "12 count-order"},
	{"best below low", "date,killed,killed_low", "2025-10-11,3,4", "killed", "rejected", "12 count-order"},
	{"a range above the high", "date,killed,killed_high", "2025-10-11,4-7,3", "killed", "rejected", "12 count-order"},
	{"a word beside bounds", "date,killed,killed_low,killed_high", "2025-10-11,dozens,24,", "killed", "24..24+", "12 count-word"},
	{"injured likewise", "date,injured,injured_low,injured_high", "2025-10-11,5,4,6", "injured", "5 (4..6)", ""},
	{"every bad cell is reported", "date,killed,injured", "2025-10-11,1e3,-9", "killed", "rejected", "12 bad-count|16 negative-count"},

	// Wide parts.
	{"parts add up", "date,killed_civilians,killed_security", "2025-10-11,3,4", "killed", "7 (7..7)", ""},
	{"a part is kept", "date,killed_civilians,killed_security", "2025-10-11,3,4", "killed_civilians", "3 (3..3)", ""},
	{"a blank part opens the sum", "date,killed_civilians,killed_security", "2025-10-11,3,", "killed", "3..3+", ""},
	{"the first part blank", "date,killed_civilians,killed_security", "2025-10-11,,4", "killed", "4..4+", ""},
	{"all parts blank", "date,killed_civilians,killed_security", "2025-10-11,,", "killed", "unknown", ""},
	{"one part is the whole where there is no other", "date,killed_militants", "2025-10-11,4", "killed", "4 (4..4)", ""},
	{"ranges in parts", "date,killed_civilians,killed_security", "2025-10-11,3-5,4", "killed", "7..9", ""},
	{"the whole is not made of its parts", "date,killed,killed_civilians", "2025-10-11,9,4", "killed", "9 (9..9)", ""},
	{"a blank whole beside parts is open", "date,killed,killed_civilians,killed_security", "2025-10-11,,4,3", "killed", "7..7+", ""},
	{"a blank whole beside blank parts", "date,killed,killed_civilians", "2025-10-11,,", "killed", "unknown", ""},
	{"injured parts", "date,injured_civilians,injured_unknown", "2025-10-11,4,3", "injured", "7 (7..7)", ""},
	{"women are no part", "date,killed_civilians,of_which_women", "2025-10-11,4,3", "killed", "4 (4..4)", ""},
	{"women", "date,killed,of_which_women,of_which_children", "2025-10-11,9,up to 4,1", "of_which_women", "0..4", ""},
	{"a bad part", "date,killed,killed_civilians", "2025-10-11,9,x", "killed", "rejected", "14 bad-count"},

	// When.
	{"a day", "date,killed", "2025-10-11,1", "date", "2025-10-11..2025-10-11 day", ""},
	{"a month", "date,killed", "2025-10,1", "date", "2025-10-01..2025-10-31 month", ""},
	{"no date", "date,killed", ",1", "date", ".. none", "1 undated"},
	{"no date but an end", "date,date_end,killed", ",2025-10-11,1", "date", ".. none", "1 undated"},
	{"a span", "date,date_end,killed", "2025-10-11,2025-10-12,1", "date", "2025-10-11..2025-10-12 day", ""},
	{"the end is the beginning", "date,date_end,killed", "2025-10-11,2025-10-11,1", "date", "2025-10-11..2025-10-11 day", ""},
	{"the end before the beginning", "date,date_end,killed", "2025-10-11,2025-10-10,1", "date", "rejected", "12 date-order"},
	{"months", "date,date_end,killed", "2025-10,2025-11,1", "date", "2025-10-01..2025-11-30 month", ""},
	{"a day to a month", "date,date_end,killed", "2025-10-11,2025-11,1", "date", "2025-10-11..2025-11-30 month", ""},
	{"a month to a day within it", "date,date_end,killed", "2025-10,2025-10-11,1", "date", "2025-10-01..2025-10-31 month", ""},
	{"a bad end", "date,date_end,killed", "2025-10-11,x,1", "date", "rejected", "12 bad-date"},
	{"a day known to the month spans it", "date,date_precision,killed", "2025-10-11,month,1", "date", "2025-10-01..2025-10-31 month", ""},
	{"a day known to the year", "date,date_precision,killed", "2025-10-11,Year,1", "date", "2025-01-01..2025-12-31 year", ""},
	{"a day known to the week stays", "date,date_precision,killed", "2025-10-11,week,1", "date", "2025-10-11..2025-10-11 week", ""},
	{"recorded days stay", "date,date_end,date_precision,killed", "2025-10-11,2025-10-20,month,1", "date", "2025-10-11..2025-10-20 month", ""},
	{"a span of days", "date,date_end,date_precision,killed", "2025-10-11,2025-10-12,days,1", "date", "2025-10-11..2025-10-12 days", ""},
	{"finer than written", "date,date_precision,killed", "2025-10,day,1", "date", "2025-10-01..2025-10-31 month", "9 precision-finer"},
	{"no precision at all", "date,date_precision,killed", "2025-10-11,none,1", "date", ".. none", "1 undated"},
	{"an unknown precision", "date,date_precision,killed", "2025-10-11,roughly,1", "date", "2025-10-11..2025-10-11 day", "12 unknown-word"},
	{"a blank precision", "date,date_precision,killed", "2025-10-11, ,1", "date", "2025-10-11..2025-10-11 day", ""},
	{"reported", "date,killed,reported_on", "2025-10-11,1,2025-10-12", "reported_on", "2025-10-12", ""},
	{"not reported", "date,killed,reported_on", "2025-10-11,1,", "reported_on", "", ""},
	{"reported some day", "date,killed,reported_on", "2025-10-11,1,2025-10", "reported_on", "", "14 bad-report-date"},
	{"reported when", "date,killed,reported_on", "2025-10-11,1,12/10/2025", "reported_on", "", "14 bad-report-date"},

	// Where, who, what.
	{"a point", "date,killed,lat,lon", "2025-10-11,1,31.01,66.4", "point", "31010000 66400000", ""},
	{"no point", "date,killed,lat,lon", "2025-10-11,1,,", "point", "none", ""},
	{"half a point", "date,killed,lat,lon", "2025-10-11,1,31,", "point", "none", "17 bad-coordinates"},
	{"the other half", "date,killed,lat,lon", "2025-10-11,1,,66", "point", "none", "14 bad-coordinates"},
	{"off the globe", "date,killed,lat,lon", "2025-10-11,1,95,66", "point", "none", "14 bad-coordinates"},
	{"too far east", "date,killed,lat,lon", "2025-10-11,1,31,181", "point", "none", "17 bad-coordinates"},
	{"one column is no point", "date,killed,lat", "2025-10-11,1,31", "point", "none", ""},
	{"a victim type", "date,killed,victim_type", "2025-10-11,1, Civilian ", "victim_type", "civilian", ""},
	{"its plural", "date,killed,victim_type", "2025-10-11,1,Security  Forces", "victim_type", "security", ""},
	{"unknown is a type", "date,killed,victim_type", "2025-10-11,1,unknown", "victim_type", "unknown", ""},
	{"blank is not", "date,killed,victim_type", "2025-10-11,1,", "victim_type", "", ""},
	{"another word", "date,killed,victim_type", "2025-10-11,1,people", "victim_type", "", "14 unknown-word"},
	{"a place known to the district", "date,killed,geo_precision", "2025-10-11,1,ADMIN2", "geo_precision", "admin2", ""},
	{"another word for it", "date,killed,geo_precision", "2025-10-11,1,3", "geo_precision", "", "14 unknown-word"},
	{"a status", "date,killed,status", "2025-10-11,1,Disputed", "status", "disputed", ""},
	{"no status is reported", "date,killed,status", "2025-10-11,1,", "status", "reported", ""},
	{"another word decides nothing", "date,killed,status", "2025-10-11,1,maybe", "status", "rejected", "14 bad-status"},
	{"a name", "date,killed,claimed_by", "2025-10-11,1,\" TTP;\n  BLA \"", "claimed_by", "TTP; BLA", ""},
	{"total is a place", "date,place,killed", "2025-10-11,Total,1", "place", "Total", ""},
	{"a row of totals", "date,place,killed", ",Grand Total,1", "place", "rejected", "0 total-row"},
	{"totals in the date", "date,place,killed", "Total,,1", "place", "rejected", "0 total-row"},
	{"the header again", "date,place,killed", "date,place,killed", "place", "rejected", "0 repeated-header"},
}

func TestDecode(t *testing.T) {
	for _, tt := range decodeTests {
		t.Run(tt.name, func(t *testing.T) {
			recs, res := mustRead(t, tt.header+"\n"+tt.row+"\n")
			got := "rejected"
			if len(recs) == 1 {
				got = valueOf(recs[0], tt.column)
			}
			if got != tt.want {
				t.Errorf("%s is %q, want %q", tt.column, got, tt.want)
			}
			var codes []string
			for _, p := range places(res.Diagnostics) {
				if s := strings.TrimPrefix(p, "2:"); s != p {
					codes = append(codes, s)
				}
			}
			if got := strings.Join(codes, "|"); got != tt.codes {
				t.Errorf("diagnostics %q, want %q", got, tt.codes)
			}
		})
	}
}

// valueOf writes one column of a record.
func valueOf(r flat, column string) string {
	switch column {
	case "date":
		return r.Date.Start.String() + ".." + r.Date.End.String() + " " + r.Date.Prec.String()
	case "reported_on":
		return r.ReportedOn.String()
	case "point":
		if r.Lat == data.NoCoord {
			return "none"
		}
		return strings.TrimSuffix(persons(int64(r.Lat)*data.Unit)+" "+persons(int64(r.Lon)*data.Unit), ".")
	case "victim_type":
		return r.Victim.String()
	case "geo_precision":
		return r.Geo.String()
	case "status":
		return r.Status.String()
	}
	if _, coded := data.ParseColumn(column); coded {
		return r.Text[column]
	}
	return show(r.Counts[column])
}

func TestColumnsTheFileDoesNotHaveAreNil(t *testing.T) {
	_, err := Read(Source{R: strings.NewReader("date,killed,notes,url\n2025-10-11,1,a,b\n")}, 7, Options{}, func(b *data.Batch) error {
		want := &data.Batch{File: 7, N: 1, Dicts: b.Dicts, Line: []int32{2}, Start: b.Start, End: b.End,
			Prec: []data.Precision{data.ToDay}, Killed: []data.Count{data.Exactly(1)}}
		if diff := cmp.Diff(want, b, cmp.Comparer(func(x, y *data.Dicts) bool { return x == y })); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestHalfAPointIsNoColumn(t *testing.T) {
	for _, column := range []string{"lat", "lon"} {
		_, err := Read(Source{R: strings.NewReader("date,killed," + column + "\n2025-10-11,1,31\n")}, 0, Options{}, func(b *data.Batch) error {
			if b.Lat != nil || b.Lon != nil {
				t.Errorf("%s alone: %v, %v", column, b.Lat, b.Lon)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestTextsAreKeptOnRequest(t *testing.T) {
	in := "incident_id,date,killed,notes,url\n a  1 ,2025-10-11,1,\" two\r\nlines \", http://example.org/x \n,2025-10-11,1,,\n"
	recs, _, err := read(in, Options{KeepTexts: true})
	if err != nil {
		t.Fatal(err)
	}
	if r := recs[0]; r.ID != "a 1" || r.Notes != "two\nlines" || r.URL != "http://example.org/x" {
		t.Errorf("%+v", r)
	}
	if r := recs[1]; r.ID != "" || r.Notes != "" || r.URL != "" {
		t.Errorf("%+v", r)
	}
	recs, _, _ = read(in, Options{})
	if r := recs[0]; r.ID != "a 1" || r.Notes != "" || r.URL != "" {
		t.Errorf("%+v", r)
	}
}

func TestOneNameTypedTwoWaysIsOneName(t *testing.T) {
	recs, _ := mustRead(t, "date,place,killed\n2025-10-11,Kho\u0304st,1\n2025-10-11,\" Kh\u014Dst\",1\n2025-10-11,Khost,1\n")
	if a, b, c := recs[0].Text["place"], recs[1].Text["place"], recs[2].Text["place"]; a != b || a == c {
		t.Errorf("%q %q %q", a, b, c)
	}
}

func TestTheSeedStoryIsReadAsTold(t *testing.T) {
	const head = "incident_id,date,date_end,country,place,attributed_to,victim_side,victim_type,killed,injured,source,source_side,reported_on\n"
	recs, res := mustRead(t, head+
		"B-1,2025-10-11,2025-10-12,A/B,border,B,A,security,23,29,Army,A,2025-10-12\n"+
		"B-1,2025-10-11,2025-10-12,A/B,border,A,B,militant,200+,,Army,A,2025-10-12\n"+
		"B-1,2025-10-11,2025-10-12,A/B,border,B,A,security,58,~30,Spokesman,B,2025-10-12\n"+
		"B-1,2025-10-11,2025-10-12,A/B,border,A,B,militant,9,16,Spokesman,B,2025-10-12\n")
	var killed, injured []string
	for _, r := range recs {
		killed = append(killed, show(r.Counts["killed"]))
		injured = append(injured, show(r.Counts["injured"]))
	}
	if diff := cmp.Diff([]string{"23 (23..23)", "200..200+", "58 (58..58)", "9 (9..9)"}, killed); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"29 (29..29)", "unknown", "~30 (30..30)", "16 (16..16)"}, injured); diff != "" {
		t.Error(diff)
	}
	if len(res.Diagnostics) != 0 {
		t.Errorf("%v", res.Diagnostics)
	}
}
