package stats

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// records writes n records of one id each, or of none.
func plainRecords(n int, id func(i int) string) []rec {
	var rs []rec
	for i := range n {
		rs = append(rs, rec{id: id(i), date: (day("2020-02-27") + data.Day(i)).String(), country: "P", place: fmt.Sprint("place ", i%3), attributed: []string{"A", "B"}[i%2], killed: exactly(int64(i)), source: "S"})
	}
	return rs
}

// A batch of records with ids and without, in any mixture: those without are
// counted at once, with their line, and those with are held.
func TestPartialOfMixedRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := plainRecords(rapid.IntRange(1, 12).Draw(t, "n"), func(i int) string {
			return rapid.SampledFrom([]string{"", "", fmt.Sprint("x", i)}).Draw(t, "id")
		})
		named := 0
		for _, r := range rs {
			named += b2i(r.id != "")
		}
		o := DefaultOptions()
		o.Period = ByDay
		p := NewPartial(o, false)
		b := batch(rs)
		b.First = 1000
		if err := p.Add(b); err != nil {
			t.Fatal(err)
		}
		if p.Held() != named {
			t.Fatalf("%d of %d records are held, want %d", p.Held(), len(rs), named)
		}
		if cells := p.Cells(); (cells == 0) != (named == len(rs)) || cells > 2*(len(rs)-named) {
			t.Fatalf("%d records counted at once make %d cells", len(rs)-named, cells)
		}
		through, err := DecodePartial(written(t, p), o, false, 1)
		if err != nil || through.Held() != named || through.Cells() != p.Cells() {
			t.Fatalf("through bytes: %d held and %d cells, %v", through.Held(), through.Cells(), err)
		}
		a, err := through.Accumulator("place", 0)
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Report()
		if err != nil {
			t.Fatal(err)
		}
		want := tallyRapid(t, o, rs)
		for _, id := range []string{"total", "by-day", "by-place", "by-party", "period-party"} {
			if x, y := rowsOf(r.Table(id)), rowsOf(want.Table(id)); x != y {
				t.Fatalf("%s:\n%s\nwant:\n%s", id, x, y)
			}
		}
		for i, d := range r.Deadliest {
			if d.Line != want.Deadliest[i].Line {
				t.Fatalf("the %d. deadliest is of line %d, want %d", i+1, d.Line, want.Deadliest[i].Line)
			}
		}
	})
}

// A batch without the column of ids is counted at once, whatever was promised.
func TestPartialWithoutIDs(t *testing.T) {
	b := batch(plainRecords(4, func(int) string { return "" }))
	b.ID = data.Texts{}
	for _, once := range []bool{false, true} {
		p := NewPartial(DefaultOptions(), once)
		if err := p.Add(b); err != nil {
			t.Fatal(err)
		}
		if p.Held() != 0 || p.acc.incidents != 4 {
			t.Errorf("%d held, %d incidents", p.Held(), p.acc.incidents)
		}
	}
}

// The numbers of files move with the records held and with the deadliest; equal
// tallies of different files do not become one.
func TestRenumberingFiles(t *testing.T) {
	of := func(file int) *Partial {
		p := NewPartial(DefaultOptions(), false)
		b := batch([]rec{{date: "2020-01-01", killed: exactly(int64(10 + file))}, {id: "x", date: "2020-01-02", source: fmt.Sprint("S", file), killed: exactly(3)}})
		b.File = file
		if err := p.Add(b); err != nil {
			t.Fatal(err)
		}
		return p
	}
	whole := of(0)
	if err := whole.Merge(of(1)); err != nil {
		t.Fatal(err)
	}
	other := of(0)
	other.Renumber([]int{1}) // the second file of the dataset, tallied as the first of its part
	first := of(0)
	if err := first.Merge(other); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(written(t, whole), written(t, first)) {
		t.Error("another file's tally is taken for its own")
	}
	a, err := first.Accumulator("admin1", 0)
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	files := map[int]int{}
	for _, d := range r.Deadliest {
		files[d.FileIndex]++
	}
	if r.Total.Incidents != 3 || files[0] != 2 || files[1] != 1 { // the incident told twice stands where its first record does
		t.Errorf("%d incidents, by file %v", r.Total.Incidents, files)
	}
}

// An incident counted at once that has other records is refused, and some of them
// are named.
func TestToldTwiceNamesIncidents(t *testing.T) {
	once := func(ids ...string) *Partial {
		p := NewPartial(DefaultOptions(), true)
		for _, id := range ids {
			if err := p.Add(batch([]rec{{id: id, date: "2020-01-01", killed: exactly(1)}})); err != nil {
				t.Fatal(err)
			}
		}
		return p
	}
	p := once("a-1", "a-2", "b", "odd one", "a-3")
	if err := p.Merge(once("a-2", "odd one", "c", "b", "a-1")); err != nil {
		t.Fatal(err)
	}
	_, err := p.Accumulator("admin1", 0)
	var told *ToldTwiceError
	if !errors.As(err, &told) || told.N != 4 || len(told.IDs) != 3 {
		t.Fatalf("%v", err)
	}
	for _, s := range []string{"4 incidents were counted at once", "they would count twice", told.IDs[0]} {
		if !strings.Contains(err.Error(), s) {
			t.Errorf("%q does not say %q", err, s)
		}
	}
	// Held elsewhere, whole.
	whole := NewPartial(DefaultOptions(), false)
	if err := whole.Add(batch([]rec{{id: "zz", date: "2020-01-01"}, {id: "a\x07-9", date: "2020-01-01"}})); err != nil {
		t.Fatal(err)
	}
	q := once("zz", "a\x07-9")
	if err := q.Merge(whole); err != nil {
		t.Fatal(err)
	}
	if _, err := q.Accumulator("admin1", 0); !errors.As(err, &told) || told.N != 2 || strings.Contains(err.Error(), "\x07") {
		t.Errorf("%v", err)
	}
	if _, err := once("a", "b").Accumulator("street", 0); err == nil {
		t.Error("a level that there is not is taken")
	}
}

// Where rates per inhabitant are asked for, the tolls of each place in each year
// travel with the tally, and their bytes are as strict as the rest.
func TestPartialWithYears(t *testing.T) {
	o := DefaultOptions()
	o.PlaceYears = true
	o.From, o.To = day("2019-01-01"), day("2022-12-31")
	rs := []rec{{date: "2019-12-31", country: "P", killed: exactly(4)}, {date: "2020-01-01", country: "P", admin1: "N", killed: exactly(2)}, {date: "2020", country: "P", killed: between(1, 5)},
		{date: "2020-02", country: "Q", killed: atLeast(7)}, {date: "2022-06-01", country: "Q", admin1: "S"}}
	o.Population = []Population{{"P", 2019, 1_000_000}, {"P", 2020, 1_000_000}, {"Q", 2020, 2_000_000}, {"Q", 2021, 2_000_000}, {"Q", 2022, 2_000_000}}
	want := tallyOf(t, o, rs)
	parts := make([]*Partial, 3)
	for i := range parts {
		parts[i] = NewPartial(o, false)
	}
	for i := range rs {
		if err := parts[i%3].Add(oneRecord(rs, i)); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range parts[1:] {
		q, err := DecodePartial(written(t, p), o, false, 1)
		if err != nil {
			t.Fatal(err)
		}
		if err := parts[0].Merge(q); err != nil {
			t.Fatal(err)
		}
	}
	b := written(t, parts[0])
	p, err := DecodePartial(b, o, false, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(written(t, p), b) {
		t.Error("read and written again, the bytes are others")
	}
	a, err := p.Accumulator("admin1", 0)
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	if x, y := fmt.Sprint(r.Sheet("per-100000")), fmt.Sprint(want.Sheet("per-100000")); x != y {
		t.Errorf("%s\nwant %s", x, y)
	}
	for _, c := range []struct{ place, year, want string }{
		{"P", "2019", "incidents 1; unknown 0; killed.low 4; killed.high 4; population 1e+06; low 0.4; high 0.4; open 0; days 365; "},
		{"P", "2020", "incidents 2; unknown 0; killed.low 3; killed.high 7; population 1e+06; low 0.3; high 0.7; open 0; days 366; "},
		{"Q", "2020", "incidents 1; unknown 0; killed.low 7; killed.high 7; population 2e+06; low 0.35; high 0.35; open 1; days 366; "},
		{"Q", "2021", "incidents 0; unknown 0; killed.low 0; killed.high 0; population 2e+06; low 0; high 0; open 0; days 365; "},
		{"Q", "2022", "incidents 1; unknown 1; killed.low 0; killed.high 0; population 2e+06; low 0; high 0; open 0; days 365; "},
	} {
		if got := cellsOf(r.Sheet("per-100000"), c.place, c.year); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.place, c.year, got, c.want)
		}
	}
	for n := range b { // torn, the bytes are refused; changed, they are read as just what they say
		if _, err := DecodePartial(b[:n], o, false, 1); err == nil {
			t.Fatalf("the first %d of %d bytes are read", n, len(b))
		}
		bad := bytes.Clone(b)
		bad[n] ^= 1
		if p, err := DecodePartial(bad, o, false, 1); err == nil && !bytes.Equal(written(t, p), bad) {
			t.Fatalf("byte %d changed is read and written as another tally", n)
		}
	}
}

// Ids that begin alike are written short, whatever characters they end in.
func TestIDsThatBeginAlike(t *testing.T) {
	long := strings.Repeat("long ", 30)
	for _, ids := range [][]string{
		{"é", "è", "ê"}, {"aé", "aè"}, {"a", "aa", "aaa"}, {"日本", "日木", "日"}, {long + "a", long + "b"}, {strings.Repeat("é", 40) + "x", strings.Repeat("é", 40) + "y"}, {"\U0001F600", "\U0001F601"}, {"x", "x é", "x é1"},
	} {
		for _, once := range []bool{false, true} {
			p := NewPartial(DefaultOptions(), once)
			for _, id := range ids {
				if err := p.Add(batch([]rec{{id: id, date: "2020-01-01", killed: exactly(1)}})); err != nil {
					t.Fatal(err)
				}
			}
			b := written(t, p)
			q, err := DecodePartial(b, DefaultOptions(), once, 1)
			if err != nil {
				t.Fatalf("%q: %v", ids, err)
			}
			if !bytes.Equal(written(t, q), b) {
				t.Errorf("%q: other bytes", ids)
			}
			a, err := q.Accumulator("admin1", 0)
			if err != nil {
				t.Fatal(err)
			}
			if r, err := a.Report(); err != nil || int(r.Total.Incidents) != len(ids) {
				t.Errorf("%q: %v", ids, err)
			}
		}
	}
}
