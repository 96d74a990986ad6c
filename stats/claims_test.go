package stats

import (
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

func policy(t testing.TB, s string) Policy {
	t.Helper()
	p, err := ParsePolicy(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The border night under every policy: the figures that the method's page
// works out by hand.
func TestBorderNightUnderEachPolicy(t *testing.T) {
	for s, want := range map[string]string{
		"range": "32–258+", "conservative": "32", "latest": "32–258+", "majority": "32–258+", "verified-first": "32–258+", "admission": "32",
		"account:ISPR": "223+", "account:Mujahid": "67", "account:Pakistan": "223+", "prefer:Mujahid,ISPR": "67", "prefer:ISPR": "223+", "prefer:AFP": "32–258+", "account:AFP": "unknown",
	} {
		o := DefaultOptions()
		o.Policy = policy(t, s)
		r := tallyOf(t, o, borderNight())
		if got := r.Total.Killed.Figure(r.Total.Incidents); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}

func TestBorderNightTables(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), borderNight())
	id := "PKAF-20251011"
	for _, c := range []struct {
		table string
		keys  []string
		want  string
	}{
		{"receipt", []string{id, "added-up"}, "290+"}, {"receipt", []string{id, "one-toll"}, "32–258+"}, {"receipt", []string{"(all)", "added-up"}, "290+"},
		{"side-bracket", []string{id, "Pakistan", "own"}, "23"}, {"side-bracket", []string{id, "Pakistan", "enemy"}, "58"}, {"side-bracket", []string{id, "Pakistan", "range"}, "23–58"},
		{"side-bracket", []string{id, "Afghan Taliban", "own"}, "9"}, {"side-bracket", []string{id, "Afghan Taliban", "enemy"}, "200+"},
		{"by-account", []string{id, "ISPR"}, "223+"}, {"by-account", []string{id, "Mujahid"}, "67"},
		{"by-account-side", []string{id, "Pakistan", "ISPR"}, "23"}, {"by-account-side", []string{id, "Afghan Taliban", "Mujahid"}, "9"},
		{"by-policy", []string{id, "admission"}, "32"}, {"by-policy", []string{"(all)", "account:ISPR"}, "223+"},
		{"party-side", []string{"Pakistan", "Afghan Taliban"}, "9–200+"}, {"party-side", []string{"Afghan Taliban", "Pakistan"}, "23–58"},
		{"without", []string{"ISPR"}, "67"}, {"without", []string{"(nothing)"}, "32–258+"}, {"by-disagreement", []string{id}, "32–258+"},
	} {
		if got := figureAt(t, r, c.table, c.keys...); got != c.want {
			t.Errorf("%s/%s: %s, want %s", c.table, strings.Join(c.keys, "/"), got, c.want)
		}
	}
	if r.Table("without").Rows[len(r.Table("without").Rows)-1].Tally.Incidents != 0 {
		t.Error("without its only incident the report counts some")
	}
}

func TestPlainFilesSeeNoClaims(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{{date: "2020-01-01", attributed: "A", killed: data.Exactly(1)}, {id: "x", date: "2020-01-02", killed: data.Exactly(2)}})
	for _, tb := range r.Tables {
		if tb.Claims || tb.ID == "by-attribution" || tb.ID == "party-side" || tb.ID == "by-claimant" {
			t.Errorf("a plain file has a table %s", tb.ID)
		}
	}
}

// UNAMA on 15 October 2025 in Spin Boldak: at least 17 killed the day after, 35
// months later.
func TestAsOf(t *testing.T) {
	rs := []rec{
		{id: "u", date: "2025-10-15", killed: data.AtLeast(17), source: "UNAMA", reported: "2025-10-16", status: data.Superseded},
		{id: "u", date: "2025-10-15", killed: data.Exactly(35), source: "UNAMA", reported: "2026-02-08", status: data.Verified},
		{date: "2025-10-16", killed: data.Exactly(4), reported: "2025-10-20"},
		{date: "2025-10-17", killed: data.Exactly(2)},
	}
	for asOf, want := range map[string]string{"": "41", "2025-10-15": "0", "2025-10-16": "17+", "2025-10-20": "23+", "2026-02-07": "23+", "2026-02-08": "41"} {
		o := DefaultOptions()
		o.AsOf = day(asOf)
		r := tallyOf(t, o, rs)
		if got := r.Total.Killed.Figure(r.Total.Incidents); got != want {
			t.Errorf("as of %q: %s, want %s", asOf, got, want)
		}
	}
	r := tallyOf(t, DefaultOptions(), rs)
	if a, b := figureAt(t, r, "revisions", "u", "2025-10-16"), figureAt(t, r, "revisions", "u", "2026-02-08"); a != "17+" || b != "35" {
		t.Errorf("revised from %s to %s", a, b)
	}
}

func TestSeveralPartiesInOneCell(t *testing.T) {
	rs := []rec{{date: "2020-01-01", attributed: "A;B;C", killed: data.Exactly(10)}, {date: "2020-01-02", attributed: "A", killed: data.Exactly(1)}}
	for m, want := range map[MultiParty]map[string]string{
		Joint: {"A + B + C": "10", "A": "1"},
		Each:  {"A": "11", "B": "10", "C": "10"},
		Split: {"A": "4", "B": "3", "C": "3"},
	} {
		o := DefaultOptions()
		o.Multi = m
		r := tallyOf(t, o, rs)
		for k, w := range want {
			if got := figureAt(t, r, "by-party", k); got != w {
				t.Errorf("%v: %s has %s, want %s", m, k, got, w)
			}
		}
		if got := r.Total.Killed.Figure(2); got != "11" {
			t.Errorf("%v: total %s", m, got)
		}
		tb := r.Table("by-party")
		var sum Tally
		for _, row := range tb.Rows {
			if err := sum.Merge(row.Tally); err != nil {
				t.Fatal(err)
			}
		}
		if (sum.Killed.High == r.Total.Killed.High && sum.Killed.Low == r.Total.Killed.Low) != tb.TollsAdditive {
			t.Errorf("%v: the table says additive is %v, its rows add up to %+v", m, tb.TollsAdditive, sum.Killed)
		}
	}
}

func TestAttributionStatus(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{
		{date: "2020-01-01", claimed: "A", attributed: "A", killed: data.Exactly(1)}, {date: "2020-01-01", claimed: "A", killed: data.Exactly(2)},
		{date: "2020-01-01", attributed: "A", killed: data.Exactly(4)}, {date: "2020-01-01", claimed: "A", attributed: "B", killed: data.Exactly(8)},
		{id: "d", date: "2020-01-01", attributed: "A", killed: data.Exactly(16), source: "S"}, {id: "d", date: "2020-01-01", attributed: "A", source: "A", status: data.Denied},
		{date: "2020-01-01", killed: data.Exactly(32)}, {date: "2020-01-01", involved: "A;B", killed: data.Exactly(64)},
	})
	for k, want := range map[string]string{"agree": "1", "claimed-only": "2", "attributed-only": "4", "contested": "8", "denied": "16", "(none)": "32", "involved": "64"} {
		if got := figureAt(t, r, "by-attribution", k); got != want {
			t.Errorf("%s: %s, want %s", k, got, want)
		}
	}
}

func TestClaimedAndVerified(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{
		{date: "2020-01-01", claimed: "TTP", killed: data.Exactly(10)}, {date: "2020-01-02", claimed: "TTP", killed: data.Exactly(3), status: data.Verified},
		{id: "x", date: "2020-01-03", claimed: "TTP", killed: data.Exactly(40), source: "TTP"}, {id: "x", date: "2020-01-03", killed: data.Exactly(6), source: "UN", status: data.Verified},
	})
	if a, b := figureAt(t, r, "by-claimant", "TTP", "claimed"), figureAt(t, r, "by-claimant", "TTP", "verified"); a != "19 (19–53)" || b != "9" {
		t.Errorf("claimed %s, verified %s", a, b)
	}
}

func TestBestIsNeverAMidpoint(t *testing.T) {
	two := func(s1, s2 data.Status, side1, side2 string) *Report {
		return tallyOf(t, DefaultOptions(), []rec{{id: "x", date: "2020-01-01", killed: data.Exactly(10), source: "a", sourceSide: side1, status: s1},
			{id: "x", date: "2020-01-01", killed: data.Exactly(20), source: "b", sourceSide: side2, status: s2}})
	}
	for _, c := range []struct {
		r    *Report
		want string
	}{
		{two(data.Reported, data.Reported, "", ""), "10–20"},       // two third parties: neither is better
		{two(data.Reported, data.Reported, "A", ""), "20 (10–20)"}, // the one from outside the parties
		{two(data.Reported, data.Verified, "", "A"), "20 (10–20)"}, // the verified one
		{two(data.Disputed, data.Reported, "", "A"), "10–20"},      // a disputed third party is none
		{two(data.Verified, data.Verified, "", ""), "10–20"},       // two verified ones
		{two(data.Reported, data.Reported, "A", "B"), "10–20"},     // two belligerents
	} {
		if got := c.r.Total.Killed.Figure(1); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func TestParsePolicy(t *testing.T) {
	for _, s := range []string{"range", "conservative", "latest", "majority", "verified-first", "admission", "prefer:A,B", "account:X Y"} {
		if p := policy(t, s); p.String() != s {
			t.Errorf("%q reads back as %q", s, p)
		}
	}
	if !policy(t, "").IsRange() {
		t.Error("no policy is range")
	}
	for _, s := range []string{"highest", "prefer", "prefer:", "account:A,B", "range:A", "Range"} {
		if _, err := ParsePolicy(s); err == nil {
			t.Errorf("%q is accepted", s)
		}
	}
}

// Within one group of people, what any policy makes of the accounts lies within
// the range of all of them.
func TestRangeHoldsEveryPolicy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawAccounts(t)
		how := func(s string) data.Count {
			o := DefaultOptions()
			o.Policy, _ = ParsePolicy(s)
			r := tallyRapid(t, o, rs)
			return countOf(r)
		}
		all := how("range")
		for _, s := range []string{"conservative", "latest", "majority", "verified-first", "admission", "prefer:S1,S2", "account:S1"} {
			if c := how(s); c.Stated() && (c.Low < all.Low || c.High > all.High || (c.IsOpen() && !all.IsOpen())) {
				t.Fatalf("%s gives %+v, the range is %+v", s, c, all)
			}
		}
	})
}

// Another source's account never narrows the range, and taking it back restores
// what was.
func TestAddingAnAccountNeverNarrows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawAccounts(t)
		before := countOf(tallyRapid(t, DefaultOptions(), rs))
		extra := rec{id: "x", date: "2020-01-01", side: rs[0].side, victim: rs[0].victim, killed: drawCount(t), source: "another"}
		after := countOf(tallyRapid(t, DefaultOptions(), append(rs[:len(rs):len(rs)], extra)))
		if before.Stated() && (after.Low > before.Low || after.High < before.High || (before.IsOpen() && !after.IsOpen())) {
			t.Fatalf("%+v became %+v", before, after)
		}
		extra.status = data.Retracted
		if again := countOf(tallyRapid(t, DefaultOptions(), append(rs[:len(rs):len(rs)], extra))); again != before {
			t.Fatalf("%+v is not restored: %+v", before, again)
		}
	})
}

// A record that is an incident of its own has the same place in every table
// whether it passes as it stands or is reconciled like an account.
func TestOneRecordIsOneAccount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawRecords(t)
		for i := range rs {
			rs[i].id = ""
			if rapid.Bool().Draw(t, "parts") {
				n := rapid.Int64Range(0, 5).Draw(t, "civilians")
				rs[i].parts = map[data.Part]data.Count{data.PartCivilians: data.Exactly(n), data.PartSideB: drawCount(t)}
			}
		}
		o := DefaultOptions()
		plain := text(tallyRapid(t, o, rs))
		o.Policy, _ = ParsePolicy("prefer:a source that nobody names")
		if got := text(tallyRapid(t, o, rs)); got != plain {
			t.Fatalf("as they stand:\n%s\nreconciled:\n%s", plain, got)
		}
	})
}

// drawAccounts draws accounts of the same people.
func drawAccounts(t *rapid.T) []rec {
	side := rapid.SampledFrom([]string{"", "A"}).Draw(t, "side")
	victim := data.VictimType(rapid.IntRange(0, 3).Draw(t, "victim"))
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rec {
		return rec{id: "x", date: "2020-01-01", side: side, victim: victim, killed: drawCount(t),
			source: rapid.SampledFrom([]string{"S1", "S2", "S3"}).Draw(t, "source"), sourceSide: rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "source side"),
			reported: rapid.SampledFrom([]string{"", "2021-08-01", "2021-08-02"}).Draw(t, "reported"),
			status:   rapid.SampledFrom([]data.Status{data.Reported, data.Verified, data.Disputed, data.Retracted}).Draw(t, "status")}
	}), 1, 6).Draw(t, "accounts")
}

// countOf turns a total over one incident back into a count.
func countOf(r *Report) data.Count {
	k := r.Total.Killed
	if r.Total.Incidents == 0 || k.Unknown > 0 {
		return data.Count{}
	}
	c := data.Count{Low: k.Low, High: k.High, Flags: data.HasLow | data.HasHigh}
	if k.Open > 0 {
		c.Flags |= data.Open
	}
	if k.NoBest == 0 {
		c.Best, c.Flags = k.Best, c.Flags|data.HasBest
	}
	return c
}
