package stats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// asked is a selection of one place, one party, one policy and a period.
type asked struct {
	level    int // of the place; -1 for everywhere
	place    string
	party    string
	any      bool // party
	policy   int
	from, to data.Day
}

// addUp adds up what a roll says of a selection: as a page does, by adding alone.
func addUp(r *Roll, q asked) map[string]Tally {
	sums := map[string]Tally{}
	add := func(row string, k, j data.Count) {
		t := sums[row]
		t.Add(&k, &j)
		sums[row] = t
	}
	passes := func(path, naming int32) bool {
		return (q.level < 0 || strings.EqualFold(r.Paths[path][q.level], q.place)) &&
			(q.any || slices.Contains(r.Namings[naming].Texts(), strings.ToLower(q.party)))
	}
	enter := func(d data.Date, path int32, o Outcome) {
		if q.from != data.NoDay && (d.Prec == data.Undated || d.Start < q.from) || q.to != data.NoDay && (d.Prec == data.Undated || d.Start > q.to) {
			return
		}
		add("total", o.Killed, o.Injured)
		add("by-month/"+slotOf(keyOf(d), ByMonth).key.ID, o.Killed, o.Injured)
		if c := r.Paths[path][levelCountry]; c != "" {
			add("by-country/"+c, o.Killed, o.Injured)
		} else {
			add("by-country/(not stated)", o.Killed, o.Injured)
		}
		for _, p := range o.Parts {
			add("by-party/"+r.Namings[p.Naming].Key.ID, p.Killed, p.Injured)
		}
	}
	for i := range r.Singles {
		s := &r.Singles[i]
		if k, j := r.Under(q.policy, s); passes(s.Path, s.Naming) {
			enter(s.Date, s.Path, Outcome{k, j, []Part{{s.Naming, k, j}}})
		}
	}
	for _, t := range r.Told {
		var groups []int
		for _, a := range t.Accounts {
			if passes(a.Path, a.Naming) && !slices.Contains(groups, a.Group) {
				groups = append(groups, a.Group)
			}
		}
		slices.Sort(groups)
		for _, v := range t.Variants {
			if len(groups) > 0 && slices.Equal(v.Groups, groups) {
				enter(v.Date, v.Path, v.Outcomes[q.policy])
			}
		}
	}
	return sums
}

// TestRollAddsUpToAnySelection holds what a roll of all records says of a
// selection against the report on that selection.
func TestRollAddsUpToAnySelection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawRecords(t)
		for i := range rs {
			rs[i].sourceSide = rapid.SampledFrom([]string{"", "", "A", "B"}).Draw(t, "source side")
			rs[i].involved = rapid.SampledFrom([]string{"", "", "A;C", "A"}).Draw(t, "involved")
		}
		o := DefaultOptions()
		o.Period, o.Roll = ByMonth, 1000
		o.Multi = MultiParty(rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "multi"))
		o.Policy, _ = ParsePolicy(rapid.SampledFrom(policiesDrawn).Draw(t, "policy in force"))
		o.AsOf = day(rapid.SampledFrom([]string{"", "", "2021-08-01"}).Draw(t, "as of"))
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		r := tallyRapid(t, o, rs[:cut], rs[cut:]).Roll
		if several := slices.ContainsFunc(rs, func(r rec) bool { return strings.Contains(r.claimed+r.attributed, ";") }); o.Multi != Joint && several && r != nil && r.Why != "" {
			return // the toll of one record is shared out
		}
		if r == nil || r.Why != "" {
			t.Fatalf("no roll: %+v", r)
		}
		q := asked{level: rapid.IntRange(-1, 1).Draw(t, "level"), place: rapid.SampledFrom([]string{"", "P", "q", "N"}).Draw(t, "place"),
			party: rapid.SampledFrom([]string{"A", "b", "A + B", "Unattributed", "involving a", "involving: a + c", "Involving A + C", "a + c", ""}).Draw(t, "party"), any: rapid.Bool().Draw(t, "any party"),
			policy: rapid.IntRange(0, len(r.Policies)-1).Draw(t, "policy"), from: data.NoDay, to: data.NoDay}
		if rapid.Bool().Draw(t, "bounded") {
			q.from, q.to = day("2020-02-01"), day(rapid.SampledFrom([]string{"2020-02-10", "2021-12-31"}).Draw(t, "to"))
		}
		o.Roll, o.Policy, o.From, o.To = 0, r.Policies[q.policy], q.from, q.to
		if q.level >= 0 {
			o.Where = append(o.Where, Filter{levelNames[q.level], []string{strings.ToLower(q.place)}})
		}
		if !q.any {
			o.Where = append(o.Where, Filter{"party", []string{strings.ToLower(q.party)}})
		}
		want := tallyRapid(t, o, rs)
		got := addUp(r, q)
		for _, id := range []string{"total", "by-month", "by-country", "by-party"} {
			table := want.Table(id)
			if table == nil {
				continue // nothing of the selection names a place
			}
			for _, row := range table.Rows {
				at := strings.TrimSuffix(Address(id, row.Keys, ""), "/")
				if id == "by-party" {
					at = id + "/" + row.Keys[0].ID
				}
				if got[at] != row.Tally {
					t.Fatalf("%s by %+v: the roll gives %+v, the report %+v", at, q, got[at], row.Tally)
				}
				delete(got, at)
			}
		}
		for at, x := range got {
			if id, _, _ := strings.Cut(at, "/"); want.Table(id) != nil && x.Incidents > 0 {
				t.Fatalf("the roll has %s, the report has not", at)
			}
		}
	})
}

// TestRollOfAnySplit has every split of the records give a roll of as many.
func TestRollOfAnySplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawRecords(t)
		o := DefaultOptions()
		o.Roll = 1000
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		one, two := tallyRapid(t, o, rs).Roll, tallyRapid(t, o, rs[cut:], rs[:cut]).Roll
		if len(one.Singles) != len(two.Singles) || len(one.Told) != len(two.Told) || len(one.Paths) != len(two.Paths) || len(one.Namings) != len(two.Namings) {
			t.Fatalf("whole %+v\nsplit at %d %+v", one, cut, two)
		}
	})
}

func TestRollHasABound(t *testing.T) {
	rs := []rec{{date: "2020-01-01", killed: data.Exactly(1)}, {date: "2020-01-02", killed: data.Exactly(2)}}
	o := DefaultOptions()
	o.Roll = 2
	if r := tallyOf(t, o, rs).Roll; r.Why != "" || len(r.Singles) != 2 {
		t.Errorf("two of two: %+v", r)
	}
	o.Roll = 1
	for _, parts := range [][][]rec{{rs}, {rs[:1], rs[1:]}} {
		if r := tallyOf(t, o, parts...).Roll; r.Why != "" || len(r.Singles) != 0 || r.Cube == nil || len(r.Cube.Cells) != 1 {
			t.Errorf("two where one is allowed: %+v", r)
		}
	}
	o.Roll = 0
	if r := tallyOf(t, o, rs).Roll; r != nil {
		t.Errorf("none was asked for: %+v", r)
	}
}

// A roll that would not hold is not made, and says why.
func TestRollSaysWhyThereIsNone(t *testing.T) {
	several := rec{date: "2020-01-01", attributed: "A;B", killed: exactly(5)}
	var many []rec // one incident whose accounts name as many parties as there are records
	for i := range maxGroups + 1 {
		many = append(many, rec{id: "x", date: "2020-01-01", attributed: strings.Repeat("I", i+1), killed: exactly(1)})
	}
	large := func(n int) (rs []rec) { // ten million killed each
		for range n {
			rs = append(rs, rec{date: "2020-01-01", killed: exactly(data.MaxCount)})
		}
		return rs
	}
	for _, x := range []struct {
		name  string
		multi MultiParty
		rs    []rec
		why   string
	}{
		{"several parties, joint", Joint, []rec{several}, ""}, {"several parties, each", Each, []rec{several}, "tolls are shared out between parties"},
		{"several parties, split", Split, []rec{several}, "tolls are shared out between parties"}, {"one party each, split", Split, []rec{{date: "2020-01-01", attributed: "A", killed: exactly(5)}}, ""},
		{"as many ways of telling as there may be", Joint, many[:maxGroups], ""}, {"one more", Joint, many, "some incidents are told in too many ways"},
		{"four thousand million", Joint, large(450), ""}, {"more than a page can add", Joint, large(451), "the sums are too large for a page to add"},
	} {
		o := DefaultOptions()
		o.Roll, o.Multi = 1000, x.multi
		if r := tallyOf(t, o, x.rs).Roll; r.Why != x.why || (r.Why != "") != (len(r.Policies) == 0) {
			t.Errorf("%s: %q, want %q", x.name, r.Why, x.why)
		}
		// However the records are split, the answer is the same.
		if len(x.rs) > 1 {
			if r := tallyOf(t, o, x.rs[:1], x.rs[1:]).Roll; r.Why != x.why {
				t.Errorf("%s, split: %q, want %q", x.name, r.Why, x.why)
			}
		}
	}
}

// Where there are very many accounts to weigh, the roll answers for the policy in
// force, and where there are not, for every plain one and the one in force once.
func TestRollOfPolicies(t *testing.T) {
	for policyInForce, want := range map[string]string{"range": "range conservative latest majority verified-first admission", "latest": "latest range conservative majority verified-first admission",
		"account:S": "account:S range conservative latest majority verified-first admission"} {
		o := DefaultOptions()
		o.Roll, o.Policy = 10, policy(t, policyInForce)
		var got []string
		for _, p := range tallyOf(t, o, []rec{{date: "2020-01-01", killed: exactly(1)}}).Roll.Policies {
			got = append(got, p.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", policyInForce, got, want)
		}
	}
	if testing.Short() {
		return // twenty thousand accounts
	}
	var rs []rec
	for i := range maxWeighed + 2 {
		rs = append(rs, rec{id: fmt.Sprint("x", i/2), date: "2020-01-01", source: []string{"S", "T"}[i%2], killed: exactly(1)})
	}
	o := DefaultOptions()
	o.Roll = 10
	if r := tallyOf(t, o, rs).Roll; len(r.Policies) != 1 || r.Why != "" {
		t.Errorf("%d policies of %d accounts: %q", len(r.Policies), len(rs), r.Why)
	}
}
