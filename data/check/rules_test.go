package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"
)

// Each rule at its edge: what it must say, and what is right and must pass.
func TestRulesAtTheirEdges(t *testing.T) {
	k, none := data.Exactly, Options{AsOf: data.NoDay}
	point := func(i int, lat, lon int32) row {
		return row{day: 3 * i, country: "Tarmin", lat: lat, lon: lon, killed: k(1)}
	}
	around := func(n int, odd ...row) []row {
		return append(many(n, func(i int) row { return point(i, 33e6+int32(i), 66e6) }), odd...)
	}
	counts := func(of map[int64]int) (rows []row) {
		for _, v := range []int64{8, 9, 10, 11, 12, 13, 14, 20, 21} {
			rows = append(rows, many(of[v], func(int) row { return row{killed: k(v)} })...)
		}
		return rows
	}
	for _, tt := range []struct {
		name string
		rows []row
		o    Options
		want []string
	}{
		{"parts that come to the whole", []row{{killed: k(5), civilians: k(3), security: k(2)}}, none, nil},
		{"parts one above the whole", []row{{killed: k(4), civilians: k(3), security: k(2)}}, none, []string{"2 parts-above-whole"}},
		{"a part that may be less", []row{{killed: k(4), civilians: data.Between(2, 9), security: k(2)}}, none, nil},
		{"a part of at least", []row{{killed: k(4), civilians: data.AtLeast(5)}}, none, []string{"2 parts-above-whole"}},
		{"nobody killed, one civilian", []row{{killed: k(0), civilians: k(1)}}, none, []string{"2 parts-above-whole"}},
		{"a whole not stated is not zero", []row{{civilians: k(3), women: k(3)}}, none, nil},
		{"women and children may be the same people", []row{{killed: k(3), women: k(3), child: k(3)}}, none, nil},
		{"women above a high", []row{{killed: data.Between(1, 3), women: k(4)}}, none, []string{"2 subset-above-whole"}},
		{"on the day of the data", []row{{day: 4}}, Options{AsOf: first + 4}, nil},
		{"a report on the day itself", []row{{day: 1, reported: first + 1}}, none, nil},
		{"copied in twenty", many(20, func(i int) row { return row{killed: k(int64(i % 2)), injured: k(int64(i % 2))} }), none, []string{"0 copied-column"}},
		{"equal in nineteen is too few", many(19, func(i int) row { return row{killed: k(2), injured: k(2)} }), none, nil},
		{"equal because nobody was hurt", many(40, func(i int) row { return row{killed: k(0), injured: k(0)} }), none, nil},
		{"injured not stated is no copy", many(40, func(i int) row { return row{killed: k(2)} }), none, nil},
		{"twelves among few neighbours", counts(map[int64]int{12: 20, 10: 2, 11: 2, 13: 2, 14: 2}), none, []string{"0 imputation-spike"}},
		{"nineteen are too few", counts(map[int64]int{12: 19}), none, nil},
		{"as many neighbours", counts(map[int64]int{12: 30, 10: 10, 11: 10, 13: 10, 14: 10}), none, nil},
		{"a spike at a number nobody imputes", counts(map[int64]int{13: 60}), none, nil},
		{"ten points and one swapped", around(10, point(30, 66e6, 33e6)), none, []string{"12 swapped-coordinates"}},
		{"too few points to tell", around(8, point(30, 66e6, 33e6)), none, nil},
		{"far away either way", around(12, point(30, -20e6, -60e6)), none, nil},
		{"near the diagonal", many(12, func(i int) row { return point(i, 40e6+int32(i), 44e6) }), none, nil},
		{"one point, four places", many(40, func(i int) row { r := point(i, 33e6, 66e6); r.place = fmt.Sprint("P", i/10); return r }), none, nil},
		{"nineteen incidents at a point", many(19, func(i int) row { r := point(i, 33e6, 66e6); r.place = fmt.Sprint("P", i); return r }), none, nil},
		{"two days apart", []row{{place: "Kel", killed: k(2)}, {day: 2, place: "Kel", killed: k(2)}}, none, nil},
		{"three in a row", []row{{place: "Kel", killed: k(2)}, {day: 1, place: "Kel", killed: k(2)}, {day: 2, place: "Kel", killed: k(2)}}, none, []string{"3 possible-repeat", "4 possible-repeat"}},
		{"given backwards", []row{{day: 1, place: "Kel", killed: k(2)}, {place: "Kel", killed: k(2)}}, none, []string{"3 possible-repeat"}},
		{"of other countries", []row{{place: "Kel", country: "A", killed: k(2)}, {place: "Kel", country: "B", killed: k(2)}}, none, nil},
		{"a toll that is not stated", []row{{place: "Kel"}, {place: "Kel"}}, none, nil},
		{"other injured", []row{{place: "Kel", killed: k(2), injured: k(1)}, {place: "Kel", killed: k(2), injured: k(2)}}, none, nil},
		{"other ids", []row{{id: "N1", place: "Kel", killed: k(2)}, {id: "N2", place: "Kel", killed: k(2)}}, none, []string{"3 possible-repeat"}},
		{"an account revised later", []row{{id: "N", source: "A", killed: k(2), reported: first}, {id: "N", source: "A", killed: k(2), reported: first + 1}}, none, nil},
		{"an account three times", many(3, func(int) row { return row{id: "N", source: "A", killed: k(2)} }), none, []string{"3 repeated-account", "4 repeated-account"}},
		{"a word within a word", []row{{party: "Regimental Guard"}, {party: "Puppeteers"}}, none, nil},
		{"a word in capitals", []row{{party: "MARTYRED sons"}}, none, []string{"2 partisan-label"}},
		{"a place may be named so", []row{{place: "Fitna"}}, none, nil},
	} {
		if got := found(t, tt.rows, tt.o); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A finding says by its message what was compared with what.
func TestFindingsNameWhatTheyCompare(t *testing.T) {
	for _, tt := range []struct {
		rows []row
		want []string
	}{
		{[]row{{killed: data.Exactly(4), civilians: data.Exactly(3), security: data.Exactly(2)}}, []string{"killed come to at least 5", "at most 4"}},
		{[]row{{killed: data.Count{Low: 1500000, Best: 1500000, High: 1500000, Flags: data.Exactly(1).Flags}, civilians: data.Exactly(2)}}, []string{"at least 2", "at most 1.500000"}},
		{[]row{{day: 5, reported: first}}, []string{"2025-10-11", "2025-10-16"}},
		{[]row{{place: "Kel", killed: data.Exactly(2)}, {day: 1, place: "Kel", killed: data.Exactly(2)}}, []string{"as line 2,", "a day apart", "two incidents"}},
	} {
		ds, _ := checked(t, Options{AsOf: data.NoDay}, batch(tt.rows))
		if len(ds) != 1 {
			t.Fatalf("%v", ds)
		}
		for _, s := range tt.want {
			if !strings.Contains(ds[0].Message, s) {
				t.Errorf("%q is not in %q", s, ds[0].Message)
			}
		}
	}
}

// A repeat in another file is found, and says which.
func TestRepeatsAcrossFiles(t *testing.T) {
	a, b := batch([]row{{place: "Kel", killed: data.Exactly(2)}}), batch([]row{{place: "Kel", killed: data.Exactly(2)}})
	b.File, b.Dicts = 1, a.Dicts
	c := New([]string{"a.csv", "b.csv"}, Options{AsOf: data.NoDay})
	for _, x := range []*data.Batch{a, b} {
		if err := c.Add(x); err != nil {
			t.Fatal(err)
		}
	}
	ds, _ := c.Findings()
	if len(ds) != 1 || ds[0].File != "b.csv" || !strings.Contains(ds[0].Message, "line 2 of a.csv") {
		t.Errorf("%v", ds)
	}
}
