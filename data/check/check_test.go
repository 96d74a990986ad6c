package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"toll/data"
)

// row is a record of a test.
type row struct {
	day                           int
	id, place, party, source      string
	killed, injured, women, child data.Count
	civilians, security           data.Count
	lat, lon                      int32
	reported                      data.Day
	country                       string
}

var first, _ = data.DayOf(2025, 10, 11)

func batch(rows []row) *data.Batch {
	b := &data.Batch{Dicts: data.NewDicts(), N: len(rows)}
	for i, r := range rows {
		b.Line = append(b.Line, int32(i+2))
		day := first + data.Day(r.day)
		b.Start, b.End, b.Prec = append(b.Start, day), append(b.End, day), append(b.Prec, data.ToDay)
		for c, s := range map[data.Column]string{data.ColPlace: r.place, data.ColAttributedTo: r.party, data.ColSource: r.source, data.ColCountry: r.country} {
			b.Codes[c] = append(b.Codes[c], b.Dicts[c].Code(s))
		}
		b.Killed, b.Injured = append(b.Killed, r.killed), append(b.Injured, r.injured)
		b.KilledParts[data.PartCivilians] = append(b.KilledParts[data.PartCivilians], r.civilians)
		b.KilledParts[data.PartSecurity] = append(b.KilledParts[data.PartSecurity], r.security)
		b.Besides[data.BesideWomen] = append(b.Besides[data.BesideWomen], r.women)
		b.Besides[data.BesideChildren] = append(b.Besides[data.BesideChildren], r.child)
		b.ID.Append([]byte(r.id))
		reported := r.reported
		if reported == 0 {
			reported = data.NoDay
		}
		b.ReportedOn = append(b.ReportedOn, reported)
		lat, lon := r.lat, r.lon
		if lat == 0 && lon == 0 {
			lat, lon = data.NoCoord, data.NoCoord
		}
		b.Lat, b.Lon = append(b.Lat, lat), append(b.Lon, lon)
	}
	return b
}

func found(t *testing.T, rows []row, o Options) []string {
	t.Helper()
	c := New([]string{"f.csv"}, o)
	if err := c.Add(batch(rows)); err != nil {
		t.Fatal(err)
	}
	ds, counts := c.Findings()
	var out []string
	n := int64(0)
	for _, d := range ds {
		out = append(out, fmt.Sprintf("%d %s", d.Line, d.Code))
		if d.Hint == "" || d.Message == "" || d.File != "f.csv" {
			t.Errorf("%+v", d)
		}
	}
	for _, k := range counts {
		n += k
	}
	if n != int64(len(ds)) {
		t.Errorf("%d counted, %d listed", n, len(ds))
	}
	return out
}

func many(n int, of func(i int) row) (rows []row) {
	for i := range n {
		rows = append(rows, of(i))
	}
	return rows
}

func TestFindings(t *testing.T) {
	none := Options{AsOf: data.NoDay}
	k := data.Exactly
	for _, tt := range []struct {
		name string
		rows []row
		o    Options
		want []string
	}{
		{"nothing", []row{{place: "Kel", killed: k(3), civilians: k(1)}}, none, nil},
		{"parts above whole", []row{{killed: k(3), civilians: k(2), security: k(2)}, {killed: data.AtLeast(3), civilians: k(9)}, {civilians: k(9)}}, none, []string{"2 parts-above-whole"}},
		{"parts below a high", []row{{killed: data.Between(3, 5), civilians: k(4)}}, none, nil},
		{"women", []row{{killed: k(3), women: k(4)}, {killed: k(3), child: k(3)}, {killed: k(3), child: k(5)}}, none, []string{"2 subset-above-whole", "4 subset-above-whole"}},
		{"a later day", []row{{day: 5, killed: k(1)}, {day: 4, killed: k(1)}}, Options{AsOf: first + 4}, []string{"2 future-date"}},
		{"no clock", []row{{day: 500000, killed: k(1)}}, none, nil},
		{"reported before", []row{{day: 5, killed: k(1), reported: first}}, none, []string{"2 reported-before"}},
		{"repeats", []row{{place: "Kel", party: "Red", killed: k(3)}, {day: 1, place: "KEL", party: "Red", killed: k(3)}, {day: 3, place: "Kel", party: "Red", killed: k(3)}}, none, []string{"3 possible-repeat"}},
		{"other toll, party or place", []row{{place: "Kel", party: "Red", killed: k(3)}, {place: "Kel", party: "Red", killed: k(4)}, {place: "Kel", party: "Blue", killed: k(3)}, {place: "Tarmin", party: "Red", killed: k(3)}}, none, nil},
		{"nobody killed, no place", []row{{place: "Kel"}, {place: "Kel"}, {killed: k(1)}, {killed: k(1)}}, none, nil},
		{"accounts of one incident", []row{{id: "N", place: "Kel", killed: k(3), source: "A"}, {id: "N", place: "Kel", killed: k(3), source: "B"}}, none, nil},
		{"an account twice", []row{{id: "N", killed: k(3), source: "A"}, {id: "N", killed: k(3), source: "A"}}, none, []string{"3 repeated-account"}},
		{"copied", many(30, func(i int) row { return row{killed: k(int64(i)), injured: k(int64(i))} }), none, []string{"0 copied-column"}},
		{"not copied", many(30, func(i int) row { return row{killed: k(int64(i)), injured: k(int64(i % 29))} }), none, nil},
		{"dozens", many(60, func(i int) row { return row{killed: k([]int64{12, 12, 12, 11, 13, 5}[i%6])} }), none, nil},
		{"very many dozens", many(400, func(i int) row { return row{killed: k([]int64{12, 12, 12, 12, 12, 12, 12, 12, 12, 5}[i%10])} }), none, []string{"0 imputation-spike"}},
		{"swapped", append(many(12, func(i int) row { return row{country: "Tarmin", lat: 33e6 + int32(i), lon: 66e6, killed: k(1)} }), row{country: "Tarmin", lat: 66e6, lon: 33e6, killed: k(1)}), none, []string{"14 swapped-coordinates"}},
		{"piled up", many(40, func(i int) row {
			return row{country: "Tarmin", place: fmt.Sprint("P", i), lat: 33e6, lon: 66e6, killed: k(1)}
		}), none, []string{"2 point-pile-up"}},
		{"a town of its own", many(40, func(i int) row {
			return row{day: 3 * i, country: "Tarmin", place: "Kel", lat: 33e6, lon: 66e6, killed: k(1)}
		}), none, nil},
		{"labels", []row{{party: "Fitna al Khawarij", killed: k(1)}, {party: "Red Front", killed: k(1)}}, none, []string{"2 partisan-label"}},
		{"spellings", []row{{place: "Kel Adar"}, {place: "Kel-Adar"}, {place: "Tarmin"}, {place: "Tarmim"}, {place: "Sector 4 East"}, {place: "Sector 5 East"}}, Options{AsOf: data.NoDay, Suggest: true}, []string{"2 close-spellings", "5 close-spellings"}},
		{"spellings unasked", []row{{place: "Kel Adar"}, {place: "Kel-Adar"}}, none, nil},
	} {
		if got := found(t, tt.rows, tt.o); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNullPoint(t *testing.T) {
	b := batch([]row{{killed: data.Exactly(1)}})
	b.Lat[0], b.Lon[0] = 0, 0
	c := New([]string{"f.csv"}, Options{AsOf: data.NoDay})
	_ = c.Add(b)
	if ds, _ := c.Findings(); len(ds) != 1 || ds[0].Code != "null-point" {
		t.Errorf("%v", ds)
	}
}

func TestFindingsAreCutAndCounted(t *testing.T) {
	c := New([]string{"f.csv"}, Options{AsOf: first - 1})
	_ = c.Add(batch(many(1500, func(int) row { return row{} })))
	ds, counts := c.Findings()
	if len(ds) != most || counts["future-date"] != 1500 {
		t.Errorf("%d kept, %v", len(ds), counts)
	}
}

func TestCodes(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)
	seen := map[string]bool{}
	for _, c := range Codes() {
		if !name.MatchString(c.Name) || seen[c.Name] || c.Title == "" || c.Example == "" || c.Fix == "" || !strings.HasSuffix(c.Why, ".") {
			t.Errorf("%+v", c)
		}
		seen[c.Name] = true
	}
	if _, ok := LookupCode("nothing"); ok {
		t.Error("a code that is not there is found")
	}
}
