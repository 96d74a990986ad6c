package record

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

// A column that is asked for by a name that several have is none of them, and one
// of them is never taken for want of another.
func TestNamesThatSeveralColumnsHave(t *testing.T) {
	for _, tt := range []struct {
		header string
		o      Options
		want   string
	}{
		{"date,dead,dead", Options{Map: map[string]string{"killed": "dead"}}, `the mapping takes killed from column "dead", and 2 columns have that name [ambiguous-columns]`},
		{"date,Dead,dead ", Options{Map: map[string]string{"killed": "DEAD"}}, `the mapping takes killed from column "DEAD", and 2 columns have that name [ambiguous-columns]`},
		{"date,Dead,dead ", Options{Map: map[string]string{"killed": "dead", "injured": "Dead"}}, ""}, // as they are written
		{"date,killed,x,x,x", Options{Only: []string{"x=1"}}, `records are to be selected by "x", and 3 columns have that name [ambiguous-columns]`},
		{"date,killed,x", Options{Only: []string{"X=1"}}, ""},
		{"date,killed,x", Options{Map: map[string]string{"injured": "y"}}, `the mapping takes injured from column "y", which the file does not have; its columns are "date", "killed", "x" [unknown-column]`},
		{"date,killed,no. of dead", Options{Map: map[string]string{"injured": "No-of  dead"}}, ""},
		{"date,killed", Options{Map: map[string]string{"hurt": "killed"}}, `the mapping names the field "hurt", which there is not [unknown-column]`},
		{"date,killed", Options{Map: map[string]string{"killed": "", "injured": "killed"}}, ""},
		{"date,killed", Options{Map: map[string]string{"Killed": "killed"}}, ""},
	} {
		_, _, err := readLaidOut(tt.header+"\n", tt.o)
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("%s, %v: %v", tt.header, tt.o.Map, err)
		case tt.want != "" && (err == nil || !strings.HasSuffix(err.Error(), tt.want)):
			t.Errorf("%s, %v: %v\nwant %s", tt.header, tt.o.Map, err, tt.want)
		}
	}
}

// Parts of a date that no name tells are proposed by their look, when it is plain.
func TestPartsOfADateByTheirLook(t *testing.T) {
	column := func(cells ...string) map[string]bool {
		set := map[string]bool{}
		for _, c := range cells {
			set[c] = true
		}
		return set
	}
	upTo := func(from, to int) (cells []string) {
		for i := from; i <= to; i++ {
			cells = append(cells, fmt.Sprint(i))
		}
		return cells
	}
	for _, tt := range []struct {
		name  string
		cells []string
		want  string
	}{
		{"years", []string{"1999", "2001"}, "year"}, {"years and noughts", []string{"0", "1999", "2001"}, "year"}, {"one year", []string{"1999"}, ""}, {"years too far", []string{"1999", "2101"}, ""},
		{"years of old", []string{"1899", "1950"}, ""}, {"all months", upTo(1, 12), "month"}, {"months and 0", upTo(0, 12), "month"}, {"ten months", upTo(3, 12), ""}, {"eleven without December", upTo(1, 11), ""},
		{"all days", upTo(1, 31), "day"}, {"days and 0", upTo(0, 31), "day"}, {"half the days", upTo(1, 15), ""}, {"too many", upTo(1, 32), ""}, {"words", []string{"May", "June"}, ""}, {"nothing", nil, ""},
	} {
		if got := part(column(tt.cells...)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A month or a day that has no column is not known, and a day without a month says
// nothing; a column for it that is blank is the same.
func TestDatesOfFewerColumns(t *testing.T) {
	for _, tt := range []struct{ header, row, want string }{
		{"year,killed", "2025,1", "2025-01-01..2025-12-31 year"},
		{"year,month,killed", "2025,10,1", "2025-10-01..2025-10-31 month"},
		{"year,day,killed", "2025,11,1", "2025-01-01..2025-12-31 year"},
		{"year,month,day,killed", "2025,October,11,1", "2025-10-11..2025-10-11 day"},
		{"year,month,day,killed", "2025,oct.,11,1", "2025-10-11..2025-10-11 day"},
		{"year,month,day,killed", "2025.0,10.0,11.0,1", "2025-10-11..2025-10-11 day"},
		{"year,month,day,killed", "2025,unknown,n/a,1", "2025-01-01..2025-12-31 year"},
		{"year,month,day,killed", ",10,11,1", ".. none"},
		{"Año,Mes,killed", "2025,octubre,1", "2025-10-01..2025-10-31 month"},
	} {
		recs, res := mustReadLaidOut(t, tt.header+"\n"+tt.row+"\n", Options{})
		if len(recs) != 1 || valueOf(recs[0], "date") != tt.want {
			t.Errorf("%s: %s: %v %v, want %s", tt.header, tt.row, recs, res.Diagnostics, tt.want)
		}
	}
}

// The day of a report in any layout, with whatever is wrong with it said and the
// record kept.
func TestDaysOfReports(t *testing.T) {
	for cell, want := range map[string][2]string{
		"2025-10-12": {"2025-10-12", ""}, "12 October 2025": {"2025-10-12", ""}, "Sunday, 12 October 2025": {"2025-10-12", ""}, "Monday, 12 October 2025": {"2025-10-12", "weekday-mismatch"},
		"2025-10": {"", "bad-report-date"}, "2025": {"", "bad-report-date"}, "12-14 October 2025": {"", "bad-report-date"}, "soon": {"", "bad-report-date"}, "2025-02-30": {"", "bad-report-date"}, "": {"", ""}, "unknown": {"", ""},
		"5/5/2025": {"2025-05-05", ""},
	} {
		recs, res := mustReadLaidOut(t, "date,reported_on,killed\n2025-01-01,\""+cell+"\",3\n", Options{})
		if len(recs) != 1 || recs[0].ReportedOn.String() != want[0] {
			t.Errorf("%q: %v", cell, recs)
			continue
		}
		if got := strings.Join(codesOf(res.Diagnostics), " "); got != want[1] {
			t.Errorf("%q: %s, want %s", cell, got, want[1])
		}
	}
}

// Times of day behind a full date, in the forms that exports have, and what only
// looks like one.
func TestTimesBehindADate(t *testing.T) {
	for cell, want := range map[string]bool{
		"2025-10-11T10:00": true, "2025-10-11 10:00": true, "2025-10-11T10:00:00": true, "2025-10-11T10:00:00Z": true, "2025-10-11 10:00:00.000": true, "2025-10-11T10:00:00,123Z": true,
		"2025-10-11T10:00:00+05:00": true, "2025-10-11T10:00-0430": true, "2025-10-11 23:59:59 UTC": true, "2025-10-11T25:00": false, "2025-10-11T10:60": false, "2025-10-11T10:00:00.": false,
		"2025-10-11T": false, "2025-10-11 at noon": false, "2025-10-11T10": false, "2025-10-11T10:00+5": false, "2025-10-11X10:00": false,
	} {
		d, is := parseDate([]byte(cell))
		if is.found() == want {
			t.Errorf("%q: %v %v", cell, d, is)
		}
		if want && (d.Start.String() != "2025-10-11" || d.Prec != data.ToDay) {
			t.Errorf("%q is %v", cell, d)
		}
	}
}

// What a batch lacks is blank in the native CSV, and a writer that fails says so.
func TestWritingWhatIsNotThere(t *testing.T) {
	columns := map[string]bool{}
	for _, c := range NativeColumns() {
		columns[c] = true
	}
	var out strings.Builder
	w, err := NewWriter(&out, columns)
	if err != nil {
		t.Fatal(err)
	}
	day, _ := data.DayOf(2025, 10, 11)
	b := &data.Batch{N: 1, Dicts: data.NewDicts(), Line: []int32{2}, Start: []data.Day{day}, End: []data.Day{day}, Prec: []data.Precision{data.ToDay}}
	if err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	head, row, _ := strings.Cut(out.String(), "\n")
	// Attribution and status say their defaults, as a record that states neither has them.
	filled := slices.DeleteFunc(strings.Split(strings.TrimSpace(row), ","), func(c string) bool { return c == "" })
	if diff := cmp.Diff([]string{"2025-10-11", "stated", "reported"}, filled); diff != "" && diff != cmp.Diff([]string{"2025-10-11"}, filled) {
		t.Errorf("%s\n%s", head, diff)
	}
	full := errors.New("no space left")
	broken, err := NewWriter(failing{full}, columns)
	if err == nil {
		for range 10_000 {
			if err = broken.Write(b); err != nil {
				break
			}
		}
		if err == nil {
			err = broken.Flush()
		}
	}
	if !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
}

// Write makes failing a writer, too.
func (f failing) Write([]byte) (int, error) { return 0, f.err }
