package stats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// tree is a way of merging: the numbers of accumulators, merged from the left,
// and each a tree of its own.
func mergeTree(t *rapid.T, as []*Accumulator) *Accumulator {
	for len(as) > 1 {
		i := rapid.IntRange(0, len(as)-2).Draw(t, "merged into")
		j := rapid.IntRange(i+1, len(as)-1).Draw(t, "merged")
		if rapid.Bool().Draw(t, "turned round") {
			i, j = j, i
		}
		if err := as[i].Merge(as[j]); err != nil {
			t.Fatal(err)
		}
		as = slices.Delete(as, j, j+1)
	}
	return as[0]
}

// Three accumulators and more, merged in any order and grouping, however far
// apart their days, give the report of the whole.
func TestMergingIsOfOnePiece(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		date := rapid.SampledFrom([]string{"2020-01-31", "2020-02-01", "2020-03-15", "2020-12-30", "2021-02-02", "2023-07-04", "1998-05-05", "2020-02", "2019", ""})
		rs := drawTold(t)
		at := map[string]string{}
		for i := range rs {
			rs[i].date = date.Draw(t, "date")
			if d, ok := at[rs[i].id]; ok && rs[i].id != "" {
				rs[i].date = d
			}
			at[rs[i].id] = rs[i].date
		}
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(0, 5).Draw(t, "period"))
		o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
		o.Top = rapid.IntRange(0, 3).Draw(t, "top")
		want := text(tallyRapid(t, o, rs))
		o.RememberIDs = true
		parts := rapid.SliceOfN(rapid.IntRange(0, 3), len(rs), len(rs)).Draw(t, "parts")
		run := func() *Accumulator {
			var as []*Accumulator
			for p := range 4 {
				a := NewAccumulator(o)
				for i := range rs { // a batch for each record: dictionaries of their own
					if parts[i] == p {
						if err := a.Add(oneRecord(rs, i)); err != nil {
							t.Fatal(err)
						}
					}
				}
				as = append(as, a)
			}
			return mergeTree(t, as)
		}
		a := run()
		if len(a.Repeats()) > 0 {
			o.Repeated = a.Repeats()
			a = run()
		}
		r, err := a.Report()
		if err != nil {
			t.Fatal(err)
		}
		if got := text(r); got != want {
			t.Fatalf("whole:\n%s\nmerged:\n%s", want, got)
		}
	})
}

// oneRecord is a batch of record i alone, at its place in the file.
func oneRecord(rs []rec, i int) *data.Batch {
	b := batch(rs[i : i+1])
	b.First, b.Line[0] = int64(i), int32(i+2)
	return b
}

func TestMergingNothing(t *testing.T) {
	rs := []rec{{date: "2020-01-01", country: "P", attributed: "A", killed: exactly(3)}}
	want := text(tallyOf(t, DefaultOptions(), rs))
	for name, groups := range map[string][][]rec{"before": {nil, rs}, "after": {rs, nil}, "around": {nil, rs, nil}} {
		if got := text(tallyOf(t, DefaultOptions(), groups...)); got != want {
			t.Errorf("nothing %s: %s, want %s", name, got, want)
		}
	}
}

func TestMergeRefusesOtherOptions(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"period": func(o *Options) { o.Period = ByWeek }, "from": func(o *Options) { o.From = 0 }, "to": func(o *Options) { o.To = 0 }, "top": func(o *Options) { o.Top = 3 },
		"policy": func(o *Options) { o.Policy.kind = policyLatest }, "names": func(o *Options) { o.Policy = Policy{kind: policyAccount, Names: []string{"S"}} },
		"multi": func(o *Options) { o.Multi = Each }, "as of": func(o *Options) { o.AsOf = 0 }, "only": func(o *Options) { o.Only = []string{"total"} },
	} {
		o := DefaultOptions()
		change(&o)
		if NewAccumulator(DefaultOptions()).Merge(NewAccumulator(o)) == nil || NewAccumulator(o).Merge(NewAccumulator(DefaultOptions())) == nil {
			t.Errorf("accumulators of another %s are merged", name)
		}
		if err := NewAccumulator(o).Merge(NewAccumulator(o)); err != nil {
			t.Errorf("accumulators of the same %s: %v", name, err)
		}
	}
	a, b := NewAccumulator(DefaultOptions()), NewAccumulator(DefaultOptions())
	if err := b.SetCrossLevel("country"); err != nil {
		t.Fatal(err)
	}
	if a.Merge(b) == nil {
		t.Error("accumulators of another level are merged")
	}
}

// Ids that ascend need not be remembered; any other order does, within a batch,
// across batches, accumulators and files.
func TestWhenIDsMustBeRemembered(t *testing.T) {
	type piece struct {
		file int
		ids  string
	}
	for _, c := range []struct {
		name   string
		pieces []piece // an accumulator each, at their place in the file
		need   bool
	}{
		{"ascending", []piece{{0, "a b c"}}, false}, {"descending", []piece{{0, "b a"}}, true}, {"twice in a row", []piece{{0, "a a"}}, true},
		{"twice, not in a row", []piece{{0, "a b a"}}, true}, {"numbers that grow longer", []piece{{0, "8 9 10 11"}}, false}, {"by letters, not by length", []piece{{0, "10 9"}}, true},
		{"no ids", []piece{{0, "- - -"}}, false}, {"blanks between", []piece{{0, "a - b -"}, {0, "- c"}}, false}, {"a blank hides no repeat", []piece{{0, "a - a"}}, true},
		{"across pieces", []piece{{0, "a b"}, {0, "c d"}}, false}, {"across pieces, the last again", []piece{{0, "a b"}, {0, "b c"}}, true}, {"across pieces, the first again", []piece{{0, "a c"}, {0, "a d"}}, true},
		{"across files", []piece{{0, "a b"}, {1, "c d"}}, false}, {"the same ids in two files", []piece{{0, "a b"}, {1, "a b"}}, true}, {"files in the other order", []piece{{0, "c d"}, {1, "a b"}}, true},
		{"one within the other", []piece{{0, "a z"}, {1, "k"}}, true}, {"a piece without ids between", []piece{{0, "a b"}, {0, "-"}, {0, "c"}}, false},
	} {
		for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
			var all *Accumulator
			for _, n := range order {
				if n >= len(c.pieces) {
					continue
				}
				first := int64(0)
				for _, p := range c.pieces[:n] {
					if p.file == c.pieces[n].file {
						first += int64(len(strings.Fields(p.ids)))
					}
				}
				var rs []rec
				for id := range strings.FieldsSeq(c.pieces[n].ids) {
					rs = append(rs, rec{id: strings.Trim(id, "-"), date: "2020-01-01", killed: exactly(1)})
				}
				b := batch(rs)
				b.File, b.First = c.pieces[n].file, first
				a := NewAccumulator(DefaultOptions())
				if err := a.Add(b); err != nil {
					t.Fatal(err)
				}
				if all == nil {
					all = a
				} else if err := all.Merge(a); err != nil {
					t.Fatal(err)
				}
			}
			if got := all.NeedsIDs(); got != c.need {
				t.Errorf("%s, merged %v: needs ids %v", c.name, order, got)
			}
			if _, err := all.Report(); (err != nil) != c.need {
				t.Errorf("%s, merged %v: a report, %v", c.name, order, err)
			}
		}
	}
}

// With ids remembered, those that repeat are found, and no others.
func TestRepeatsAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.OneOf(rapid.SampledFrom([]string{"", "a", "b", "aa", "\x00", " a"}), rapid.StringN(0, 3, -1))
		idsOf := rapid.SliceOfN(id, 0, 40).Draw(t, "ids")
		o := DefaultOptions()
		o.RememberIDs = true
		as := []*Accumulator{NewAccumulator(o), NewAccumulator(o), NewAccumulator(o)}
		seen := map[string]int{}
		for i, s := range idsOf {
			seen[s]++
			if err := as[rapid.IntRange(0, 2).Draw(t, "where")].Add(oneRecord([]rec{{id: s, date: "2020-01-01"}}, 0)); err != nil {
				t.Fatal(i, err)
			}
		}
		a := mergeTree(t, as)
		want := 0
		for s, n := range seen {
			if s == "" || n == 1 {
				continue
			}
			want++
			if _, ok := a.Repeats()[HashID([]byte(s))]; !ok {
				t.Fatalf("%q, told %d times, is not found", s, n)
			}
		}
		if len(a.Repeats()) != want || a.NeedsIDs() {
			t.Fatalf("%d ids repeat, want %d", len(a.Repeats()), want)
		}
		if _, err := a.Report(); (err != nil) != (want > 0) {
			t.Fatalf("a report while %d ids repeat: %v", want, err)
		}
	})
}

// Thousands of ids, more than one table of hashes holds at first.
func TestManyIDs(t *testing.T) {
	o := DefaultOptions()
	o.RememberIDs = true
	var rs []rec
	for i := range 5000 {
		rs = append(rs, rec{id: fmt.Sprint(i * 7919 % 5003), date: "2020-01-01", killed: exactly(1)})
	}
	a := NewAccumulator(o)
	if err := a.Add(batch(rs)); err != nil || len(a.Repeats()) != 0 {
		t.Fatalf("%d repeats among distinct ids, %v", len(a.Repeats()), err)
	}
	if err := a.Add(batch(rs[:17])); err != nil || len(a.Repeats()) != 17 {
		t.Fatalf("%d of 17 repeats, %v", len(a.Repeats()), err)
	}
}

func TestFilterFields(t *testing.T) {
	rs := []rec{
		{date: "2020-01-01", country: "Pakistan", admin1: "Sindh", place: "Karachi", event: "Bombing", attributed: "TTP;IS", source: "Dawn", killed: exactly(1)},
		{date: "2020-01-01", country: "pakistan", admin1: "Punjab", event: "bombing", claimed: "TTP", attributed: "IS", side: "Army", source: "AP", sourceSide: "Army", killed: exactly(2)},
		{date: "2020-01-01", country: "Iran", place: "Sindh", event: "raid", involved: "TTP; IS", killed: exactly(4)},
		{date: "2020-01-01", killed: exactly(8)},
	}
	for where, want := range map[string]int64{
		"country=PAKISTAN": 3, "country=": 8, "country = Iran ": 4, "admin1=sindh": 1, "place=sindh": 4, "location=sindh": 5, "location=karachi": 1, "location=": 8, "location=sin": 0,
		"event_type=bombing": 3, "event_type=": 8, "EVENT_TYPE=raid": 4, "weapon=": 15, "weapon=gun": 0, "source=dawn": 1, "source=": 12, "source_side=army": 2, "victim_side=army": 2, "victim_side=": 13,
		"attributed_to=is": 3, "attributed_to=ttp;is": 1, "attributed_to=": 12, "claimed_by=ttp": 2, "claimed_by=": 13, "involved=ttp": 4, "involved=": 11,
		"party=ttp": 3, "party=is": 1, "party=IS + TTP": 5, "party=involving: is + ttp": 4, "party=unattributed": 8, "party=(unattributed)": 8, "party=": 8,
		"perpetrator=ttp": 3, "claimed_perpetrator=is": 1, "country=pakistan & country=iran": 7, "country=pakistan & party=is": 1, "country=pakistan & event_type=raid": 0, "country= & country=iran": 12,
	} {
		o := DefaultOptions()
		var err error
		if o.Where, err = ParseFilters(strings.Split(where, " & ")); err != nil {
			t.Fatal(err)
		}
		r := tallyOf(t, o, rs[:2], rs[2:])
		if got := r.Total.Killed.Low / data.Unit; got != want || r.Ledger.SetAside != 4-int64(r.Total.Incidents) {
			t.Errorf("%s: %d killed and %d outside, want %d", where, got, r.Ledger.SetAside, want)
		}
	}
}

// Selecting in the report is selecting the records beforehand, by every column.
func TestFilteringIsSelecting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		field := rapid.SampledFrom([]string{"country", "admin1", "event_type", "source", "source_side", "victim_side"}).Draw(t, "field")
		value := rapid.SampledFrom([]string{"", "P", "q", "N", "raid", "s1", "A", "b"}).Draw(t, "value")
		of := func(r rec) string {
			return map[string]string{"country": r.country, "admin1": r.admin1, "event_type": r.event, "source": r.source, "source_side": r.sourceSide, "victim_side": r.side}[field]
		}
		o := DefaultOptions()
		want := tallyRapid(t, o, only(rs, func(r rec) bool { return strings.EqualFold(of(r), value) }))
		o.Where = []Filter{{Field: field, Values: []string{strings.ToLower(value)}}}
		got := tallyRapid(t, o, rs)
		for i := range want.Deadliest { // lines are those of the file
			want.Deadliest[i].Line, got.Deadliest[i].Line = 0, 0
		}
		// Headings of columns that the file has and no record of the selection states may stand empty.
		for _, id := range []string{"total", "by-month", "by-party", "period-party", "receipt", "by-account", "without", "by-policy"} {
			if a, b := rowsOf(got.Table(id)), rowsOf(want.Table(id)); a != b {
				t.Fatalf("%s where %s is %q:\n%s\nof the records selected:\n%s", id, field, value, a, b)
			}
		}
		if got.Quality != want.Quality || fmt.Sprint(got.Deadliest) != fmt.Sprint(want.Deadliest) {
			t.Fatalf("%+v\n%+v", got.Quality, want.Quality)
		}
	})
}

func FuzzParseFilters(f *testing.F) {
	for _, s := range []string{"country=Iran", "party=", "=x", "", "country", "Country = a = b ", "location=Sindh\nlocation=Punjab", "perpetrator=A\nparty=B", "killed=3", "country=\xff", "İ=i"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		conditions := strings.Split(s, "\n")
		fs, err := ParseFilters(conditions)
		if err != nil {
			if fs != nil {
				t.Fatalf("%q: %v and filters %v", s, err, fs)
			}
			return
		}
		values, fields := 0, map[string]bool{}
		for _, x := range fs {
			_, column := data.ParseColumn(x.Field)
			if fields[x.Field] || (!column && x.Field != "party" && x.Field != "location") {
				t.Fatalf("%q: field %q", s, x.Field)
			}
			fields[x.Field] = true
			values += len(x.Values)
			for _, v := range x.Values {
				if v != strings.ToLower(strings.TrimSpace(v)) || !x.admits(v) || !x.admits(strings.ToLower(v), "another") {
					t.Fatalf("%q: value %q", s, v)
				}
			}
		}
		if values != len(conditions) {
			t.Fatalf("%q: %d values of %d conditions", s, values, len(conditions))
		}
	})
}

func FuzzParsePolicy(f *testing.F) {
	for _, s := range []string{"", "range", "range:", "latest", "prefer:A,B", "prefer: A , ,B,", "account:X:Y", "account:", "prefer:a,a", "admission:x", "account:a,", "PREFER:a", "majority "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePolicy(s)
		if err != nil {
			if !p.IsRange() || p.Names != nil {
				t.Fatalf("%q: %v and policy %v", s, err, p)
			}
			return
		}
		again, err := ParsePolicy(p.String())
		if err != nil || again.String() != p.String() || !slices.Equal(again.Names, p.Names) || again.IsRange() != p.IsRange() {
			t.Fatalf("%q is %q, and that is %q, %v", s, p, again, err)
		}
		if named := strings.HasPrefix(s, "prefer:") || strings.HasPrefix(s, "account:"); named != (len(p.Names) > 0) {
			t.Fatalf("%q has the names %q", s, p.Names)
		}
	})
}
