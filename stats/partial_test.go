package stats

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// drawn is a batch of one record, at coordinates that follow from the record.
func drawnRecord(rs []rec, i int) *data.Batch {
	b := oneRecord(rs, i)
	if i%3 > 0 { // some files have columns that others lack
		b.Lat, b.Lon = []int32{int32(i%5) * 1_234_567}, []int32{int32(-i%4) * 7_654_321}
		b.GeoPrec = []data.GeoPrecision{data.GeoPrecision(i % 8)}
	}
	if i%4 == 0 {
		b.Besides[data.BesideWomen] = []data.Count{exactly(int64(i))}
		b.Attribution = []data.Attribution{data.Attribution(i / 4 % 2)}
	}
	return b
}

func written(t interface{ Fatal(...any) }, p *Partial) []byte {
	b, err := p.Append(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// drawOptions draws what a tally can be asked for.
func drawOptions(t *rapid.T) Options {
	o := DefaultOptions()
	o.Period = Period(rapid.IntRange(0, 5).Draw(t, "period"))
	o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
	o.Top = rapid.IntRange(0, 3).Draw(t, "top")
	o.Policy, _ = ParsePolicy(rapid.SampledFrom(policiesDrawn).Draw(t, "policy"))
	if rapid.Bool().Draw(t, "bounded") {
		o.From = day("2020-02-01")
	}
	if rapid.IntRange(0, 3).Draw(t, "filter") == 0 {
		o.Where, _ = ParseFilters([]string{"country=p", rapid.SampledFrom([]string{"country=xx", "party=a", "location=n"}).Draw(t, "second")})
	}
	return o
}

// partials tallies each record into one of n tallies.
func partials(t *rapid.T, o Options, once bool, rs []rec, n int) []*Partial {
	ps := make([]*Partial, n)
	for i := range ps {
		ps[i] = NewPartial(o, once)
	}
	for _, i := range rapid.Permutation(indices(len(rs))).Draw(t, "order") {
		if err := ps[rapid.IntRange(0, n-1).Draw(t, "where")].Add(drawnRecord(rs, i)); err != nil {
			t.Fatal(err)
		}
	}
	return ps
}

func indices(n int) []int {
	is := make([]int, n)
	for i := range is {
		is[i] = i
	}
	return is
}

// joined merges tallies in a drawn order and grouping; some of them are written
// and read again on the way.
func joined(t *rapid.T, o Options, once bool, ps []*Partial) *Partial {
	for {
		i := rapid.IntRange(0, len(ps)-1).Draw(t, "into")
		if rapid.Bool().Draw(t, "through bytes") {
			p, err := DecodePartial(written(t, ps[i]), o, once, 1)
			if err != nil {
				t.Fatal(err)
			}
			ps[i] = p
		}
		if len(ps) == 1 {
			return ps[0]
		}
		j := rapid.IntRange(0, len(ps)-2).Draw(t, "merged")
		if j >= i {
			j++
		}
		if err := ps[i].Merge(ps[j]); err != nil {
			t.Fatal(err)
		}
		ps = slices.Delete(ps, j, j+1)
	}
}

// Any partition of the records, in any order, merged by any tree, is the same
// tally to the byte, and makes the report of the whole.
func TestPartialsAreOfOnePiece(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOptions(t)
		rs := drawTold(t)
		for i := range rs {
			if rapid.IntRange(0, 3).Draw(t, "capitals") == 0 {
				rs[i].country, rs[i].attributed = strings.ToLower(rs[i].country), strings.ToLower(rs[i].attributed)
			}
		}
		once := rapid.Bool().Draw(t, "once")
		whole := joined(t, o, once, partials(t, o, once, rs, 1))
		parts := joined(t, o, once, partials(t, o, once, rs, rapid.IntRange(1, 5).Draw(t, "parts")))
		a, b := written(t, whole), written(t, parts)
		if !bytes.Equal(a, b) {
			t.Fatalf("%d records: %d bytes of the whole, %d of the parts", len(rs), len(a), len(b))
		}
		acc, err := parts.Accumulator("admin1", 0)
		if repeated(rs) && once {
			if e := (*ToldTwiceError)(nil); !errors.As(err, &e) || e.N == 0 || len(e.IDs) == 0 {
				t.Fatalf("incidents told twice and counted at once: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		r, err := acc.Report()
		if err != nil {
			t.Fatal(err)
		}
		want := straight(t, o, rs)
		if fmt.Sprint(r.Unmatched) != fmt.Sprint(want.Unmatched) {
			t.Fatalf("without a record: %v, want %v", r.Unmatched, want.Unmatched)
		}
		if fmt.Sprint(r.Folded) != fmt.Sprint(want.Folded) {
			t.Fatalf("spelt alike: %v, want %v", r.Folded, want.Folded)
		}
		if got, want := text(r), text(want); got != want {
			t.Fatalf("straight:\n%s\nby parts:\n%s", want, got)
		}
	})
}

func repeated(rs []rec) bool {
	seen := map[string]bool{}
	for _, r := range rs {
		if r.id != "" && seen[r.id] {
			return true
		}
		seen[r.id] = true
	}
	return false
}

// straight is the report on the records as toll report makes it.
func straight(t *rapid.T, o Options, rs []rec) *Report {
	run := func() *Accumulator {
		a := NewAccumulator(o)
		for i := range rs {
			if err := a.Add(drawnRecord(rs, i)); err != nil {
				t.Fatal(err)
			}
		}
		return a
	}
	o.RememberIDs = true
	a := run()
	if len(a.Repeats()) > 0 {
		o.Repeated = a.Repeats()
		a = run()
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A record counted at once and one held whole, of the same incident: found out
// in whatever order they meet.
func TestToldTwiceAcrossKinds(t *testing.T) {
	x := rec{id: "x-7", date: "2020-01-01", killed: exactly(3)}
	for range 2 {
		at, whole := NewPartial(DefaultOptions(), true), NewPartial(DefaultOptions(), false)
		if at.Add(batch([]rec{x})) != nil || whole.Add(batch([]rec{x})) != nil {
			t.Fatal("the record is refused")
		}
		if err := at.Merge(whole); err != nil {
			t.Fatal(err)
		}
		_, err := at.Accumulator("admin1", 0)
		if e := (*ToldTwiceError)(nil); !errors.As(err, &e) || e.N != 1 || e.IDs[0] != "x-7" {
			t.Fatalf("%v", err)
		}
	}
}

// A sum that overflows is an error in the end, in every order.
func TestPartialsOverflowInEveryOrder(t *testing.T) {
	near := func(id string) *Partial {
		p := NewPartial(DefaultOptions(), true)
		if err := p.Add(batch([]rec{{id: id, date: "2020-01-01", country: id, killed: exactly(1)}})); err != nil {
			t.Fatal(err)
		}
		share := int64(math.MaxInt64/3 + 2*data.Unit)
		p.acc.total.Killed.High, p.acc.byTime[0].Killed.High, p.acc.byPlace[0].Killed.High = share, share, share
		return p
	}
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		ps := []*Partial{near("a"), near("b"), near("c")}
		if err := ps[order[0]].Merge(ps[order[1]]); err != nil {
			t.Fatalf("two thirds of the largest sum are refused: %v", err)
		}
		if err := ps[order[0]].Merge(ps[order[2]]); !errors.Is(err, ErrOverflow) {
			t.Errorf("%v: %v", order, err)
		}
		if _, err := ps[order[0]].Append(nil); !errors.Is(err, ErrOverflow) {
			t.Errorf("%v: what has overflowed is written, %v", order, err)
		}
		ps = []*Partial{near("a"), near("b"), near("c")}
		if err := ps[order[1]].Merge(ps[order[2]]); err != nil {
			t.Fatal(err)
		}
		if err := ps[order[0]].Merge(ps[order[1]]); !errors.Is(err, ErrOverflow) {
			t.Errorf("%v, from the right: %v", order, err)
		}
	}
}

// carried says of every field of an accumulator how a Partial carries it. A
// field that is new and missing here would be lost between machines.
var carried = map[string]string{
	"opt": "known to the reader", "dicts": "written", "from": "of readers", "total": "written", "times": "written", "byTime": "written",
	"places": "written", "byPlace": "written", "parties": "written", "partyBase": "written", "grain": "written", "crossTimes": "follows from times and grain",
	"toCrossTime": "follows", "timeParty": "written", "crossLevel": "always the finest", "placeParty": "written", "toCrossPlace": "follows",
	"byEvent": "written", "byBasis": "written", "partySide": "written", "claimedBy": "written", "verifiedBy": "written", "bySource": "written",
	"byVictim": "written", "byPart": "written", "bySide": "written", "byInvolved": "written", "quality": "written", "hasInjured": "written",
	"anyVerified": "written", "undirected": "written", "outside": "written", "withdrawn": "written", "minDay": "follows from times", "maxDay": "follows from times",
	"deadliest": "written", "deadly": "follows from deadliest", "ids": "in the cover of ids", "runs": "in the cover of ids", "runBatch": "in the cover of ids", "runFile": "in the cover of ids",
	"unordered": "in the cover of ids", "repeats": "in the cover of ids", "kept": "held as records", "disagreements": "made by Report", "spans": "written",
	"severalParties": "written", "overflow": "has no binary form", "incidents": "written", "scratch": "working space", "block": "working space", "small": "settled before it is written", "admit": "working space",
	"lean": "never", "series": "written", "whole": "never", "common": "made by Report", "shown": "made by Report", "placesDue": "settled before", "monthly": "never", "timesDue": "settled before",
	"byBeside": "written", "spread": "written", "matched": "written", "toDate": "made by Report", "cycles": "made by Report", "spelt": "made by Report", "highest": "made by Report", "anyHighest": "made by Report",
	"roll": "made of the records held; none where some were counted at once",
}

func TestEveryFieldIsCarried(t *testing.T) {
	v := reflect.TypeFor[Accumulator]()
	for i := range v.NumField() {
		if name := v.Field(i).Name; carried[name] == "" {
			t.Errorf("Accumulator.%s is new: write and read it in a section of its form (wireform.go) and take the next partialVersion, or say here why it need not be", name)
		}
	}
	v = reflect.TypeFor[series]()
	for i := range v.NumField() {
		if name := v.Field(i).Name; !slices.Contains([]string{"few", "many", "blank", "points", "nowhere", "coarse", "room"}, name) {
			t.Errorf("series.%s is new: write and read it, and name it here", name)
		}
	}
	v = reflect.TypeFor[spread]()
	for i := range v.NumField() {
		if name := v.Field(i).Name; !slices.Contains([]string{"lows", "bests", "both", "weekdays", "times", "places", "parties", "events", "years"}, name) {
			t.Errorf("spread.%s is new: write and read it, and name it here", name)
		}
	}
	var q Quality
	if n, leaves := len(q.counts()), int(reflect.TypeFor[Quality]().Size()/4); n != leaves {
		t.Errorf("%d counts of a quality are carried, of %d", n, leaves)
	}
}

// distinct fills a struct with numbers that are all different.
func distinct(v reflect.Value, n *uint64) {
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Struct:
			distinct(f, n)
		case reflect.Uint32:
			*n++
			f.SetUint(*n)
		case reflect.Int64:
			*n++
			f.SetInt(int64(*n * 1_000_003))
		}
	}
}

func TestEveryNumberOfATallyIsCarried(t *testing.T) {
	var x Tally
	n := uint64(0)
	distinct(reflect.ValueOf(&x).Elem(), &n)
	x.Incidents = 1000
	w := &writer{}
	w.tally(&x)
	p := &parser{b: w.b}
	if got := p.tally(); got != x || p.end() != nil {
		t.Errorf("%+v comes back as %+v, %v", x, got, p.err)
	}
	for _, v := range []int64{0, 1, data.Unit, data.Unit - 1, 7 * data.Unit, math.MaxInt64, math.MaxInt64 / data.Unit * data.Unit} {
		w := &writer{}
		w.persons(v)
		p := &parser{b: w.b}
		if got := p.persons(); got != v || p.end() != nil {
			t.Errorf("%d comes back as %d, %v", v, got, p.err)
		}
	}
}

// sample is a tally with something in every field that can have something.
func sample(t testing.TB, once bool) *Partial {
	rs := []rec{
		{id: "1", date: "2020-01-31", end: "2020-02-03", country: "P", admin1: "N", place: "Kéch", event: "raid", attributed: "A;B", claimed: "A", side: "B", victim: data.Civilian, killed: between(2, 5), injured: exactly(3), source: "S1", sourceSide: "A", reported: "2020-02-03", status: data.Verified},
		{id: "2", date: "2020-02", country: "P", claimed: "C", killed: atLeast(300), source: "S2"},
		{id: "", date: "2020", country: "Q", involved: "A - B", killed: data.Count{}, injured: atLeast(2)},
		{id: "", date: "", attributed: "B", killed: exactly(0), status: data.Denied},
		{id: "007", date: "2020-03-01", country: "P", admin1: "S", killed: data.Count{Low: 333_333, Best: 333_333, High: 333_333, Flags: data.HasLow | data.HasBest | data.HasHigh}, parts: map[data.Part]data.Count{data.PartSecurity: exactly(1)}},
		{id: "PAK-é", date: "2022-03-01", country: "P", killed: exactly(12), status: data.Retracted},
		{id: "PAK-é2", date: "2022-03-01", country: "P", killed: exactly(1)},
	}
	p := NewPartial(DefaultOptions(), once)
	for i := range rs {
		if err := p.Add(drawnRecord(rs, i)); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// Every prefix of the bytes, and every change of one, is refused or read as a
// tally that is written just so.
func TestTornTallies(t *testing.T) {
	for _, once := range []bool{false, true} {
		good := written(t, sample(t, once))
		if _, err := DecodePartial(good, DefaultOptions(), once, 1); err != nil {
			t.Fatal(err)
		}
		for n := range good {
			if _, err := DecodePartial(good[:n], DefaultOptions(), once, 1); err == nil {
				t.Fatalf("the first %d of %d bytes are read", n, len(good))
			}
			for _, x := range []byte{1, 0x80, 0xFF} {
				torn := bytes.Clone(good)
				torn[n] ^= x
				readAgain(t, torn)
			}
		}
		if _, err := DecodePartial(append(good, 0), DefaultOptions(), once, 1); err == nil {
			t.Fatal("a byte too many is read")
		}
	}
	if _, err := DecodePartial([]byte{9}, DefaultOptions(), false, 1); err == nil || !strings.Contains(err.Error(), "version 9") {
		t.Errorf("another version: %v", err)
	}
}

// readAgain writes what is read of any bytes, reads that, and makes its report.
func readAgain(t testing.TB, b []byte) {
	p, err := DecodePartial(b, DefaultOptions(), false, 1)
	if err != nil {
		return
	}
	again := written(t, p)
	q, err := DecodePartial(again, DefaultOptions(), false, 1)
	if err != nil || !bytes.Equal(written(t, q), again) {
		t.Fatalf("%x\nis read, %v, and what is written of it is not read alike:\n%x", b, err, again)
	}
	if a, err := p.Accumulator("admin1", 0); err == nil {
		_, _ = a.Report()
	}
}

func FuzzDecodePartial(f *testing.F) {
	f.Add(written(f, sample(f, false)))
	f.Add(written(f, sample(f, true)))
	f.Add(written(f, NewPartial(DefaultOptions(), false)))
	f.Fuzz(func(t *testing.T, b []byte) { readAgain(t, b) })
}

// Files change their numbers and nothing else.
func TestRenumber(t *testing.T) {
	a, b := sample(t, false), sample(t, false)
	a.Renumber([]int{4})
	if bytes.Equal(written(t, a), written(t, b)) {
		t.Error("another file, and the same bytes")
	}
	back := []int{0, 0, 0, 0, 0}
	a.Renumber(back)
	if !bytes.Equal(written(t, a), written(t, b)) {
		t.Error("the number of the file changes other things")
	}
}

// An exact set of ids: whatever is told, each id is known as often as it was.
func TestIDCover(t *testing.T) {
	id := rapid.OneOf(rapid.SampledFrom([]string{"a", "7", "07", "007", "8", "9", "10", "x-9", "x-10", "x-11", "999999999999999999", "1000000000000000000", "0000000000000000000", "é1", "3f2a9c1e-77aa-4e1b-9b5e-0a1b2c3d4e5f", "PAK12", "PAK13", "PAK14"}),
		rapid.StringMatching(`[a-z]{0,2}[0-9]{1,2}`))
	rapid.Check(t, func(t *rapid.T) {
		told := rapid.SliceOfN(id, 0, 60).Draw(t, "ids")
		covers := []*idCover{newIDCover(), newIDCover(), newIDCover()}
		seen := map[string]int{}
		for _, s := range told {
			seen[s]++
			covers[rapid.IntRange(0, 2).Draw(t, "where")].add([]byte(s))
		}
		c := covers[1]
		c.merge(covers[2])
		c.merge(covers[0])
		twice := map[string]bool{}
		for s, n := range seen {
			if !c.holds([]byte(s)) {
				t.Fatalf("%q was told and is not held", s)
			}
			if n > 1 {
				twice[s] = true
			}
		}
		for _, s := range []string{"zz", "6", "011", "x-8", "PAK11", "0"} {
			if c.holds([]byte(s)) != (seen[s] > 0) {
				t.Fatalf("%q: held %v, told %d times", s, c.holds([]byte(s)), seen[s])
			}
		}
		ids, n := c.again(1000)
		if int(n) != len(twice) || len(ids) != len(twice) {
			t.Fatalf("%d told twice, want %d: %q", n, len(twice), ids)
		}
		for _, s := range ids {
			if !twice[s] {
				t.Fatalf("%q was told once", s)
			}
		}
	})
}

// Running numbers take no room, in whatever order the workers see them.
func TestRunningIDsAreOneSpan(t *testing.T) {
	c := newIDCover()
	for i := range 200_000 {
		c.add([]byte("A" + string(rune('a'+i%2)) + "-" + strings.Repeat("0", 6-len(digits(i*7919%200_000))) + digits(i*7919%200_000)))
	}
	n := 0
	for _, s := range c.numbers {
		s.settle()
		n += len(s.once) + len(s.twice)
	}
	if n != 200_000 { // every second number, in each of two forms
		t.Errorf("%d spans", n)
	}
	c = newIDCover()
	for i := range 200_000 {
		c.add([]byte("A-" + strings.Repeat("0", 6-len(digits(i*7919%200_000))) + digits(i*7919%200_000)))
	}
	for _, s := range c.numbers {
		if s.settle(); len(s.once) != 1 || len(s.twice) != 0 {
			t.Errorf("%d spans, %d of them twice", len(s.once), len(s.twice))
		}
	}
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + string(rune('0'+n%10))
}

// A record that the filter leaves out is no other account of its incident.
func TestAnAccountLeftOutIsNoAccount(t *testing.T) {
	o := DefaultOptions()
	o.Where, _ = ParseFilters([]string{"country=p"})
	p := NewPartial(o, false)
	if err := p.Add(batch([]rec{{id: "x", date: "2020-01-01", country: "P", killed: exactly(3)}, {id: "x", date: "2020-01-01", country: "Q", killed: exactly(9)}})); err != nil {
		t.Fatal(err)
	}
	a, err := p.Accumulator("admin1", 0)
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Report()
	if err != nil || r.Quality.Accounts != 0 || r.MultiAccount || r.Total.Killed.High != 3*data.Unit || r.Ledger.SetAside != 1 {
		t.Errorf("%+v %+v %v", r.Total, r.Quality, err)
	}
}
