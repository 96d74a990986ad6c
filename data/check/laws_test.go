package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawRows draws records of few names, days and figures, so that they meet.
func drawRows(t *rapid.T) []row {
	count := func(label string) data.Count {
		n := rapid.Int64Range(0, 6).Draw(t, label)
		switch rapid.IntRange(0, 3).Draw(t, label+" kind") {
		case 0:
			return data.Count{}
		case 1:
			return data.Between(n, n+2)
		case 2:
			return data.AtLeast(n)
		}
		return data.Exactly(n)
	}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) row {
		r := row{
			day:     rapid.IntRange(0, 3).Draw(t, "day"),
			id:      rapid.SampledFrom([]string{"", "", "N1", "N2"}).Draw(t, "id"),
			place:   rapid.SampledFrom([]string{"", "Kel Adar", "KEL ADAR", "Kel Adur", "Tarmin"}).Draw(t, "place"),
			party:   rapid.SampledFrom([]string{"", "Red Front", "the khawarij", "Blue"}).Draw(t, "party"),
			source:  rapid.SampledFrom([]string{"", "S1", "S2"}).Draw(t, "source"),
			country: rapid.SampledFrom([]string{"", "Tarmin"}).Draw(t, "country"),
			killed:  count("killed"), injured: count("injured"), women: count("women"), child: count("children"),
			civilians: count("civilians"), security: count("security"),
		}
		if rapid.Bool().Draw(t, "point") {
			r.lat, r.lon = 33e6, 66e6
		}
		if rapid.IntRange(0, 3).Draw(t, "reported") == 0 {
			r.reported = first + data.Day(rapid.IntRange(0, 3).Draw(t, "on"))
		}
		return r
	}), 0, 30).Draw(t, "rows")
}

// cut makes batches of a run: the records in order, the dictionaries shared.
func cut(rows []row, at ...int) []*data.Batch {
	whole := batch(rows)
	var out []*data.Batch
	from := 0
	for _, to := range append(at, len(rows)) {
		b := batch(rows[from:to])
		b.Dicts, b.First = whole.Dicts, int64(from)
		for i := range b.N {
			b.Line[i] = whole.Line[from+i]
			for c := range b.Codes {
				if whole.Codes[c] != nil {
					b.Codes[c][i] = whole.Codes[c][from+i]
				}
			}
		}
		out = append(out, b)
		from = to
	}
	return out
}

func checked(t interface{ Fatal(...any) }, o Options, bs ...*data.Batch) ([]data.Diagnostic, map[string]int64) {
	c := New([]string{"f.csv"}, o)
	for _, b := range bs {
		if err := c.Add(b); err != nil {
			t.Fatal(err)
		}
	}
	return c.Findings()
}

// Findings stand in the file, are of known codes and are counted; where the
// records are cut into batches changes nothing, and looking changes no record.
func TestFindingsHoldForAnyRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		o := Options{AsOf: first + 2, Suggest: rapid.Bool().Draw(t, "suggest")}
		b := batch(rows)
		before := fmt.Sprint(b.Killed, b.Injured, b.Codes, b.Start, b.Line, b.Lat, b.Besides)
		found, counts := checked(t, o, b)
		if before != fmt.Sprint(b.Killed, b.Injured, b.Codes, b.Start, b.Line, b.Lat, b.Besides) {
			t.Fatal("a record was changed")
		}
		n := map[string]int64{}
		for _, d := range found {
			n[d.Code]++
			rule, ok := LookupCode(d.Code)
			if !ok || d.Severity != rule.Severity || d.Hint != rule.Fix || d.Message == "" || d.File != "f.csv" {
				t.Fatalf("%+v", d)
			}
			if d.Line < 0 || d.Line > len(rows)+1 || d.Line == 1 || d.Line == 0 && d.Code != "imputation-spike" && d.Code != "copied-column" {
				t.Fatalf("line %d of %d: %+v", d.Line, len(rows)+1, d)
			}
		}
		if diff := cmp.Diff(counts, n); diff != "" {
			t.Fatal(diff)
		}
		at := rapid.IntRange(0, len(rows)).Draw(t, "cut")
		again, _ := checked(t, o, cut(rows, at)...)
		if diff := cmp.Diff(found, again); diff != "" {
			t.Fatalf("cut at %d: %s", at, diff)
		}
	})
}

// Each pair of records that are alike in place, parties and toll within a day is
// found, once for its later row, and no other.
func TestRepeatsAreThoseOfAPlainSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		for i := range rows {
			rows[i].id = ""
		}
		var want []int
		for j, y := range rows {
			alike := slices.ContainsFunc(rows[:j], func(x row) bool {
				return strings.EqualFold(x.place, y.place) && x.party == y.party && x.country == y.country && x.killed == y.killed && x.injured == y.injured &&
					x.day-y.day <= 1 && y.day-x.day <= 1
			})
			if alike && y.place != "" && y.killed.High > 0 {
				want = append(want, j+2)
			}
		}
		var got []int
		found, _ := checked(t, Options{AsOf: data.NoDay}, batch(rows))
		for _, d := range found {
			if d.Code == "possible-repeat" {
				got = append(got, d.Line)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

// A name is found where it first stands, though batches before have other names.
func TestNamesAreFoundAtTheirFirstRow(t *testing.T) {
	rows := []row{{party: "Blue"}, {party: "the khawarij"}, {party: "Blue"}, {party: "the khawarij"}, {party: "mercenaries of Blue"}}
	for at := range rows {
		found, _ := checked(t, Options{AsOf: data.NoDay}, cut(rows, at)...)
		var got []string
		for _, d := range found {
			got = append(got, fmt.Sprintf("%d %s %s", d.Line, d.Code, d.Value))
		}
		if diff := cmp.Diff([]string{"3 partisan-label the khawarij", "6 partisan-label mercenaries of Blue"}, got); diff != "" {
			t.Errorf("cut at %d: %s", at, diff)
		}
	}
}

// Of one kind so many findings are kept and every one is counted.
func TestFindingsAreBounded(t *testing.T) {
	rows := many(most+500, func(i int) row { return row{day: 3 * i, killed: data.Exactly(1), women: data.Exactly(2)} })
	found, counts := checked(t, Options{AsOf: data.NoDay}, batch(rows))
	if len(found) != most || counts["subset-above-whole"] != most+500 {
		t.Errorf("%d kept, %v", len(found), counts)
	}
}

func TestNamesThatAreAlike(t *testing.T) {
	for _, x := range []struct {
		a, b string
		want bool
	}{
		{"Kel Adar", "Kel-Adar", true}, {"Kel Adar", "Kel Adur", true}, {"Kel", "Kil", false}, {"Sector 4 East", "Sector 5 East", false},
		{"Deir ez-Zor", "Deir ez Zor", true}, {"Deir ez-Zor", "Dayr az-Zawr", false}, {"Tarmin", "Tarmni", true}, {"Tarmin", "Karmen", false},
		{strings.Repeat("a", 61), strings.Repeat("a", 60) + "b", false}, {"Łódź", "Łódz", false}, {"Orakzai", "Orakzay", true},
	} {
		if got := alike(fold(x.a), fold(x.b)); got != x.want {
			t.Errorf("%s and %s: %v", x.a, x.b, got)
		}
		if alike(fold(x.a), fold(x.b)) != alike(fold(x.b), fold(x.a)) {
			t.Errorf("%s and %s are alike one way only", x.a, x.b)
		}
	}
}
