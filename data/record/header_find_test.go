package record

import (
	"errors"
	"strings"
	"testing"
)

// Below rows of a title the header is found also where it cannot be used as it is,
// and what is wrong is said of it, on its line.
func TestAHeaderThatCannotBeUsedIsFoundBelowATitle(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"Incidents of May\n\ndate,City,Location,killed\n2025-10-11,Kel,Market,3\n", `f.csv:3:11: columns "City" (2) and "Location" (3) both say place [ambiguous-columns]`},
		{"Incidents of May,,\nsource: x,,\ndate,town,remarks\n2025-10-11,Kel,a\n", `f.csv:3: no column says how many were killed or injured; the columns are "date", "town", "remarks" [no-count-column]`},
		{"Incidents of May,,\ntown,remarks,x\nKel,a,b\n", `f.csv:1: no column says when it happened; the columns are "Incidents of May", "", "" [no-date-column]`},
		{"date of printing,x\ndate,City,Location,killed\n", `f.csv:2:11: columns "City" (2) and "Location" (3) both say place [ambiguous-columns]`},
	} {
		_, _, err := readLaidOut(tt.file, Options{})
		var input *InputError
		if !errors.As(err, &input) || err.Error() != tt.want {
			t.Errorf("%q: %v\nwant %s", tt.file, err, tt.want)
		}
	}
	// What answers it is enough.
	recs, res := mustReadLaidOut(t, "Incidents of May\n\ndate,City,Location,killed\n2025-10-11,Kel,Market,3\n", Options{Map: map[string]string{"place": "City"}})
	if len(recs) != 1 || recs[0].Text["place"] != "Kel" || recs[0].Line != 4 {
		t.Errorf("%v %v", recs, res.Diagnostics)
	}
	recs, _ = mustReadLaidOut(t, "The dead of May,,\nsource: x,,\ndate,town,remarks\n2025-10-11,Kel,a\n", Options{Deaths: true})
	if len(recs) != 1 || show(recs[0].Counts["killed"]) != "1 (1..1)" {
		t.Errorf("%v", recs)
	}
	lines, p := proposed(t, "The dead of May,,\nsource: x,,\ndate,town,remarks\n2025-10-11,Kel,a\n", Options{})
	if strings.Join(lines, "; ") != "date < date; place < town; notes < remarks" || !p.Deaths {
		t.Errorf("%q", lines)
	}
}

// However many rows stand above it, up to a page, the header is found, by any
// delimiter; rows of data that look like a title are not passed over.
func TestHeadersBelowTitles(t *testing.T) {
	for _, delim := range []string{",", ";", "\t", "|"} {
		for n := range 29 {
			title := strings.Repeat("A remark of some length"+delim+delim+"\n", n)
			recs, res := mustReadLaidOut(t, title+"date"+delim+"place"+delim+"killed\n2025-10-11"+delim+"Kel"+delim+"3\n", Options{})
			if len(recs) != 1 || int(recs[0].Line) != n+2 || len(res.Diagnostics) != 0 {
				t.Errorf("%q, %d rows: %v %v", delim, n, recs, res.Diagnostics)
			}
		}
	}
	recs, _ := mustReadLaidOut(t, "date,killed\ndate,killed\n2025-10-11,3\n", Options{})
	if len(recs) != 1 {
		t.Errorf("%v", recs)
	}
}
