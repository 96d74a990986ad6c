package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"toll/data"
)

// told writes findings as "line code value".
func told(ds []data.Diagnostic) (out []string) {
	for _, d := range ds {
		out = append(out, fmt.Sprintf("%d %s %s", d.Line, d.Code, d.Value))
	}
	return out
}

// The parties of a list are compared one by one, as aliases replace them, and each
// is found where it first stands, alone or in a list.
func TestPartiesOfAListAreComparedOneByOne(t *testing.T) {
	suggest := Options{AsOf: data.NoDay, Suggest: true}
	for _, tt := range []struct {
		name    string
		parties []string
		want    []string
	}{
		{"alone", []string{"Red Front", "Red Fornt"}, []string{"3 close-spellings Red Fornt"}},
		{"in a list", []string{"Red Front;Blue Column", "Green;Red Fornt"}, []string{"3 close-spellings Red Fornt"}},
		{"together", []string{"Red Front + Blue Column", "Red Fornt"}, []string{"3 close-spellings Red Fornt"}},
		{"lists that are alike only as a whole", []string{"Red Front;A", "Red Front;B"}, nil},
		{"the same names in another order", []string{"Red Front;Blue Column", "Blue Column;Red Front"}, nil},
		{"nobody named", []string{"Red Front;?", "Red Front"}, nil},
		{"twice in two lists", []string{"Red Front;Blue", "Red Fornt;Blue", "Blue;Red Fornt"}, []string{"3 close-spellings Red Fornt"}},
		{"a word of a party in a list", []string{"Blue", "Blue;the khawarij"}, []string{"3 partisan-label Blue;the khawarij"}},
	} {
		var rows []row
		for _, p := range tt.parties {
			rows = append(rows, row{party: p})
		}
		ds, _ := checked(t, suggest, batch(rows))
		if got := told(ds); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A suggestion is a line of an aliases file that names one party and not a list.
func TestSuggestionsAreLinesOfAliases(t *testing.T) {
	ds, _ := checked(t, Options{AsOf: data.NoDay, Suggest: true}, batch([]row{{party: "Red Front;Blue"}, {party: "Green;Red Fornt", place: "Kel Adar"}, {place: "Kel-Adar"}}))
	var lines []string
	for _, d := range ds {
		_, line, _ := strings.Cut(d.Message, "would say so: ")
		lines = append(lines, line)
	}
	if want := []string{"place,Kel-Adar,Kel Adar", "attributed_to,Red Front,Red Fornt"}; !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

// What is not compared for want of time or memory is said, how much of it, and what
// is below the limit is found as ever.
func TestWhatIsNotComparedIsSaid(t *testing.T) {
	places := func(n int) []row {
		return many(n, func(i int) row {
			return row{day: 3 * i, place: fmt.Sprintf("%07d", i), country: "Tarmin", lat: 33e6 + int32(i), lon: 66e6, killed: data.Exactly(1)}
		})
	}
	for _, tt := range []struct {
		n    int
		at   limits
		want []string
	}{
		{10, limits{10, 10, 10}, nil},
		{13, limits{10, 13, 13}, []string{"3 names of place not compared with the others: there are too many"}},
		{13, limits{13, 10, 13}, []string{"6 points not compared with the others: there are too many"}}, // of the country, and at their places
		{13, limits{13, 13, 10}, []string{"3 records not compared with the others: there are too many"}},
		{11, limits{10, 10, 10}, []string{"1 name of place not compared with the others: there are too many", "2 points not compared with the others: there are too many", "1 record not compared with the others: there are too many"}},
	} {
		c := New([]string{"f.csv"}, Options{AsOf: data.NoDay, Suggest: true})
		c.limits = tt.at
		if err := c.Add(batch(places(tt.n))); err != nil {
			t.Fatal(err)
		}
		ds, counts := c.Findings()
		var got []string
		for _, d := range ds {
			if d.Code != "not-compared" || d.File != "f.csv" || d.Line != 0 {
				t.Errorf("%v", d)
			}
			got = append(got, d.Message)
		}
		if !slices.Equal(got, tt.want) || counts["not-compared"] != int64(len(tt.want)) {
			t.Errorf("%d places, %+v: %q, want %q", tt.n, tt.at, got, tt.want)
		}
	}
	c := New([]string{"f.csv"}, Options{AsOf: data.NoDay})
	if c.limits != usual || usual.names < 1000 || usual.points < 100_000 || usual.remembered < 1_000_000 {
		t.Errorf("%+v", c.limits)
	}
	// A repeat of what is remembered is found before the limit, and none behind it.
	c.limits.remembered = 1
	if err := c.Add(batch([]row{{place: "Kel", killed: data.Exactly(2)}, {place: "Kel", killed: data.Exactly(2)}})); err != nil {
		t.Fatal(err)
	}
	if ds, _ := c.Findings(); len(ds) != 1 || ds[0].Code != "not-compared" {
		t.Errorf("%v", ds)
	}
}

// How many names a point stands for is how many there are, whatever the order, and
// a place that is not named is none of them.
func TestPlacesAtAPoint(t *testing.T) {
	at := func(place string, i int) row {
		return row{day: 3 * i, country: "Tarmin", place: place, lat: 33e6, lon: 66e6, killed: data.Exactly(1)}
	}
	for _, tt := range []struct {
		n, names int
		blank    bool
		want     string
	}{
		{40, 5, false, "40 incidents at places of 5 names share"},
		{40, 4, false, ""},
		{40, 4, true, ""},
		{19, 6, false, ""},
		{20, 6, false, "20 incidents at places of 6 names share"},
		{60, 19, false, "60 incidents at places of 19 names share"},
		{60, 20, false, "60 incidents at places of 20 names or more share"},
		{90, 60, false, "90 incidents at places of 20 names or more share"},
	} {
		rows := many(tt.n, func(i int) row {
			if tt.blank && i%2 == 0 {
				return at("", i)
			}
			return at(fmt.Sprint("P", i%tt.names), i)
		})
		ds, _ := checked(t, Options{AsOf: data.NoDay}, batch(rows))
		switch {
		case tt.want == "" && len(ds) > 0:
			t.Errorf("%+v: %v", tt, ds)
		case tt.want != "" && (len(ds) != 1 || !strings.HasPrefix(ds[0].Message, tt.want)):
			t.Errorf("%+v: %v", tt, ds)
		}
	}
}

// A point that the data itself calls inexact stands for more than a place, and says so.
func TestPointsThatSayTheyAreInexactPileUp(t *testing.T) {
	for g := range data.PlaceInternational + 1 {
		b := batch(many(40, func(i int) row {
			return row{day: 3 * i, country: "Tarmin", place: fmt.Sprint("P", i), lat: 33e6, lon: 66e6, killed: data.Exactly(1)}
		}))
		b.GeoPrec = slices.Repeat([]data.GeoPrecision{g}, b.N)
		ds, _ := checked(t, Options{AsOf: data.NoDay}, b)
		if want := g == data.PlaceUnstated || g == data.PlaceExact; (len(ds) == 1) != want {
			t.Errorf("%s: %v", g, ds)
		}
	}
}

// What holds of all records is of a file only where there is one.
func TestFindingsOnAllRecordsNameTheOneFile(t *testing.T) {
	rows := many(40, func(int) row { return row{killed: data.Exactly(12)} })
	for _, files := range [][]string{{"a.csv"}, {"a.csv", "b.csv"}} {
		c := New(files, Options{AsOf: data.NoDay})
		if err := c.Add(batch(rows)); err != nil {
			t.Fatal(err)
		}
		ds, _ := c.Findings()
		want := ""
		if len(files) == 1 {
			want = "a.csv"
		}
		if len(ds) != 1 || ds[0].Code != "imputation-spike" || ds[0].File != want {
			t.Errorf("%v: %v", files, ds)
		}
	}
}

// Names that are alike are found both ways round, and once.
func TestSuggestionsDoNotHangOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringOfN(rapid.RuneFrom([]rune("abAB é-")), 4, 7, -1), 2, 8, rapid.ID[string]).Draw(t, "names")
		for i, n := range names {
			names[i] = strings.Join(strings.Fields("Kel "+n), " ")
		}
		values := func(names []string) (out []string) {
			var rows []row
			for _, n := range names {
				rows = append(rows, row{place: n})
			}
			ds, _ := checked(t, Options{AsOf: data.NoDay, Suggest: true}, batch(rows))
			for _, d := range ds {
				if d.Code == "close-spellings" {
					out = append(out, d.Message)
				}
			}
			slices.Sort(out)
			return out
		}
		turned := slices.Clone(names)
		slices.Reverse(turned)
		got, again := values(names), values(turned)
		if !slices.Equal(got, again) {
			t.Fatalf("%q\n%q", got, again)
		}
		if len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Fatalf("%q", got)
		}
	})
}

// Names of records that were never looked at, which the dictionary holds, are none
// of the run's.
func TestNamesOfOtherRecordsAreNotFound(t *testing.T) {
	rows := []row{{party: "the khawarij", place: "Kel Adar"}, {party: "Blue", place: "Kel-Adar"}, {party: "mercenaries", place: "Tarmin"}}
	whole := batch(rows)
	for i, want := range [][]string{{"2 partisan-label the khawarij"}, nil, {"4 partisan-label mercenaries"}} {
		b := cut(rows, i, i+1)[1]
		for c := range b.Codes {
			if b.Codes[c] != nil {
				b.Codes[c] = []uint32{whole.Codes[c][i]}
			}
		}
		b.Dicts = whole.Dicts
		ds, _ := checked(t, Options{AsOf: data.NoDay, Suggest: true}, b)
		if got := told(ds); !slices.Equal(got, want) {
			t.Errorf("record %d: %q, want %q", i, got, want)
		}
	}
}
