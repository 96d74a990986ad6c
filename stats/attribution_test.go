package stats

import (
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// The matrix of who is named for whose losses, in the order of the table by
// party; losses of a side that is not stated stand first of their party.
func TestWhoIsNamedForWhoseLosses(t *testing.T) {
	d := "2020-01-01"
	rs := []rec{
		{date: d, attributed: "B", side: "P", killed: exactly(1)}, {date: d, side: "P", killed: exactly(2)}, {date: d, attributed: "A", side: "P", killed: exactly(3)},
		{date: d, attributed: "A", side: "Q", killed: exactly(5)}, {date: d, attributed: "A", killed: exactly(7)}, {date: d, involved: "A;B", side: "Q", killed: exactly(4)},
		{date: d, attributed: "A", side: "P", killed: between(10, 12)}, {date: d, attributed: "A", side: "P", killed: exactly(100), status: data.Denied},
	}
	r := tallyOf(t, DefaultOptions(), rs)
	want := strings.Join([]string{"A / (not stated) 7", "A / P 13–15", "A / Q 5", "involving: A + B / Q 4", "B / P 1", "(unattributed) / P 2"}, "\n")
	if got := shown(r.Table("party-side")); got != want {
		t.Errorf("%s", got)
	}
	if row, _ := r.Table("party-side").Find("A", "P"); row.Tally.Incidents != 3 || row.Tally.Killed.Unknown != 1 {
		t.Errorf("a denial is an incident without a figure: %+v", row.Tally)
	}
	for i := range rs {
		rs[i].side = ""
	}
	if tb := tallyOf(t, DefaultOptions(), rs).Table("party-side"); tb != nil {
		t.Errorf("no side is stated, and %v", ids(tb))
	}
}

// What a claimant is named for is verified as far as the losses of those sides
// are; of an incident it alone is named for, the whole.
func TestWhatIsVerifiedOfAClaim(t *testing.T) {
	x := rec{id: "x", date: "2020-01-01"}
	say := func(source, claimed, side string, killed data.Count, status data.Status) rec {
		y := x
		y.source, y.claimed, y.side, y.killed, y.status = source, claimed, side, killed, status
		return y
	}
	for _, c := range []struct {
		name string
		rs   []rec
		want string
	}{
		{"one side's losses are verified", []rec{say("A", "A", "B", exactly(40), 0), say("B", "B", "A", exactly(30), 0), say("UN", "", "B", exactly(6), data.Verified)},
			"B / claimed 30\nB / verified 0\nA / claimed 6 (6–40)\nA / verified 6"},
		{"the whole, of one claimant", []rec{say("A", "A", "", exactly(40), 0), say("UN", "", "", exactly(6), data.Verified)}, "A / claimed 6 (6–40)\nA / verified 6"},
		{"verified, how many is not known", []rec{say("A", "A", "", exactly(40), 0), say("UN", "", "", data.Count{}, data.Verified)}, "A / claimed 40\nA / verified unknown"},
		{"verified and nobody's claim", []rec{say("A", "", "B", exactly(40), 0), say("UN", "", "B", exactly(6), data.Verified)}, ""},
		{"nothing verified", []rec{say("A", "A", "B", exactly(40), 0), say("UN", "", "B", exactly(6), 0)}, ""},
		{"both sides' losses are verified", []rec{say("A", "A", "B", exactly(40), 0), say("B", "B", "A", exactly(30), 0), say("UN", "", "B", exactly(6), data.Verified), say("UN", "", "A", exactly(7), data.Verified)},
			"B / claimed 7 (7–30)\nB / verified 7\nA / claimed 6 (6–40)\nA / verified 6"},
		{"a verified figure withdrawn", []rec{say("A", "A", "", exactly(40), 0), say("UN", "", "", exactly(6), data.Retracted)}, ""},
	} {
		if got := shown(tallyOf(t, DefaultOptions(), c.rs).Table("by-claimant")); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// For records that are each an incident of its own: a claim is verified where its
// record is, never more than claimed, and each claimant's incidents are those of
// the parties that the table by party says claim or contest them.
func TestClaimsOfSingleRecordsAgainstPlainSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		verifiedAny := false
		claimed, verified := map[string]Tally{}, map[string]Tally{}
		for i := range rs {
			x := &rs[i]
			x.id = ""
			verifiedAny = verifiedAny || x.status == data.Verified
			names := SplitNames(x.claimed)
			if x.status >= data.Retracted || len(names) == 0 {
				continue
			}
			killed, injured := x.killed, x.injured
			if x.status == data.Denied {
				killed, injured = data.Count{}, data.Count{}
			}
			add := func(to map[string]Tally) {
				c := to[JoinNames(names)]
				c.Add(&killed, &injured)
				to[JoinNames(names)] = c
			}
			add(claimed)
			if x.status == data.Verified {
				add(verified)
			}
		}
		r := tallyRapid(t, DefaultOptions(), rs)
		tb := r.Table("by-claimant")
		if (tb != nil) != (verifiedAny && len(claimed) > 0) {
			t.Fatalf("%d claimants, something verified %t, a table %t", len(claimed), verifiedAny, tb != nil)
		}
		if tb == nil {
			return
		}
		if len(tb.Rows) != 2*len(claimed) {
			t.Fatalf("%d rows of %d claimants", len(tb.Rows), len(claimed))
		}
		for name := range claimed {
			c, _ := rowAt(r, "by-claimant", name, "claimed")
			v, _ := rowAt(r, "by-claimant", name, "verified")
			if c != claimed[name] || v != verified[name] {
				t.Fatalf("%s: %+v of which %+v, want %+v and %+v", name, c, v, claimed[name], verified[name])
			}
			row, _ := r.Table("by-party").Find(name)
			if row.Basis.Claimed+row.Basis.Contested != c.Incidents {
				t.Fatalf("%s claims %d incidents, by party %+v", name, c.Incidents, row.Basis)
			}
		}
	})
}

// Which way of naming a party wins where one record says several things.
func TestHowAttributionsRank(t *testing.T) {
	for _, c := range []struct {
		x    rec
		want string
	}{
		{rec{claimed: "A"}, "claimed-only"}, {rec{claimed: "A", attributed: "a"}, "agree"}, {rec{claimed: "A", attributed: "B;A"}, "agree"}, {rec{claimed: "A;B", attributed: "A"}, "contested"},
		{rec{claimed: "A", attributed: "B", suspected: true}, "contested"}, {rec{attributed: "A", suspected: true}, "suspected"}, {rec{attributed: "A", suspected: true, status: data.Denied}, "denied"},
		{rec{attributed: "A", status: data.Denied}, "denied"}, {rec{claimed: "A", status: data.Denied}, "claimed-only"}, {rec{attributed: "A;B"}, "attributed-only"}, {rec{involved: "A", suspected: true}, "involved"},
		{rec{involved: "A", attributed: " ; "}, "involved"}, {rec{suspected: true}, "(none)"}, {rec{status: data.Denied}, "(none)"},
	} {
		c.x.date = "2020-01-01"
		// Beside a claim, so that the table is there in every case.
		r := tallyOf(t, DefaultOptions(), []rec{c.x, {date: "2020-01-02", claimed: "Z", attributed: "Y", killed: exactly(5)}})
		var got []string
		for _, row := range r.Table("by-attribution").Rows {
			for range row.Tally.Incidents {
				got = append(got, row.Keys[0].ID)
			}
		}
		want := map[string]string{"contested": "contested contested", "agree": "agree contested", "claimed-only": "claimed-only contested", "attributed-only": "attributed-only contested", "suspected": "suspected contested"}[c.want]
		if want == "" {
			want = "contested " + c.want
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%+v: %s, want %s", c.x, s, want)
		}
	}
}
