package stats

import (
	"strings"
	"testing"

	"toll/data"
)

// story is an incident told in words, as accounts, and what is to come of it.
type story struct {
	name          string
	accounts      []rec
	killed        string            // of the incident, as a reader meets it
	injured       string            // "" is not looked at
	sides         map[string]string // killed, by the side that suffered the losses
	victims       map[string]string // killed, by type
	parties       map[string]string // killed, by claimed perpetrator
	bestIsStated  bool
	withdrawn     bool
	policy, asOf  string
	noBestToCheck bool
}

func tell(t *testing.T, s story) {
	t.Helper()
	o := DefaultOptions()
	o.AsOf = day(s.asOf)
	o.Policy = policy(t, s.policy)
	rs := make([]rec, len(s.accounts))
	for i, r := range s.accounts {
		rs[i] = r
		rs[i].id = "x"
		if rs[i].date == "" {
			rs[i].date = "2020-05-05"
		}
	}
	r := tallyOf(t, o, rs)
	if s.withdrawn {
		if r.Total.Incidents != 0 || r.Quality.Withdrawn != 1 {
			t.Errorf("%s: %+v still counts, %d withdrawn", s.name, r.Total, r.Quality.Withdrawn)
		}
		return
	}
	if r.Total.Incidents != 1 {
		t.Errorf("%s: %d incidents", s.name, r.Total.Incidents)
		return
	}
	if got := r.Total.Killed.Figure(1); got != s.killed {
		t.Errorf("%s: %s killed, want %s", s.name, got, s.killed)
	}
	if got := r.Total.Injured.Figure(1); s.injured != "" && got != s.injured {
		t.Errorf("%s: %s injured, want %s", s.name, got, s.injured)
	}
	if k := r.Total.Killed; !s.noBestToCheck && k.Unknown == 0 && k.HasBest() != s.bestIsStated {
		t.Errorf("%s: a best figure: %v", s.name, k.HasBest())
	}
	for table, rows := range map[string]map[string]string{"by-victim-side": s.sides, "by-victim-type": s.victims, "by-party": s.parties} {
		if rows == nil {
			continue
		}
		for key, want := range rows {
			if got := figureAt(t, r, table, key); got != want {
				t.Errorf("%s: %s/%s is %s, want %s", s.name, table, key, got, want)
			}
		}
		if n := len(r.Table(table).Rows); n != len(rows) {
			t.Errorf("%s: %s has %d rows, want %d:\n%s", s.name, table, n, len(rows), text(r))
		}
	}
}

func exactly(n int64) data.Count    { return data.Exactly(n) }
func between(a, b int64) data.Count { return data.Between(a, b) }
func atLeast(n int64) data.Count    { return data.AtLeast(n) }

// lowBestHigh is a toll as UCDP states it.
func lowBestHigh(low, best, high int64) data.Count {
	return data.Count{Low: low * data.Unit, Best: best * data.Unit, High: high * data.Unit, Flags: data.HasLow | data.HasBest | data.HasHigh}
}

func TestWholesAndParts(t *testing.T) {
	whole := func(c data.Count) rec { return rec{killed: c, source: "W"} }
	of := func(v data.VictimType, c data.Count) rec { return rec{victim: v, killed: c, source: "P"} }
	for _, s := range []story{
		{name: "parts that make up the whole leave nothing", accounts: []rec{whole(exactly(10)), of(data.Civilian, exactly(6)), of(data.Security, exactly(4))},
			killed: "10", bestIsStated: true, victims: map[string]string{"civilian": "6", "security": "4"}},
		{name: "parts leave some of unknown status", accounts: []rec{whole(exactly(10)), of(data.Civilian, exactly(6))},
			killed: "10", bestIsStated: true, victims: map[string]string{"civilian": "6", "unknown": "4"}},
		{name: "a whole smaller than its parts", accounts: []rec{whole(exactly(8)), of(data.Civilian, exactly(6)), of(data.Security, exactly(4))},
			killed: "10", victims: map[string]string{"civilian": "6", "security": "4"}},
		{name: "a whole that overlaps its parts", accounts: []rec{whole(between(8, 12)), of(data.Civilian, between(6, 9)), of(data.Militant, exactly(4))},
			killed: "10–13", victims: map[string]string{"civilian": "6–9", "militant": "4", "unknown": "0–2"}},
		{name: "a whole without a figure says nothing", accounts: []rec{whole(data.Count{}), of(data.Civilian, exactly(6))},
			killed: "6", bestIsStated: true, victims: map[string]string{"civilian": "6"}},
		{name: "a part without a figure leaves the whole", accounts: []rec{whole(exactly(9)), of(data.Civilian, data.Count{})},
			killed: "9", bestIsStated: true, victims: map[string]string{"civilian": "unknown", "unknown": "9"}},
		{name: "an unknown part beside a known one", accounts: []rec{of(data.Civilian, data.Count{}), of(data.Security, exactly(3))},
			killed: "3+", victims: map[string]string{"civilian": "unknown", "security": "3"}},
		{name: "at least so many in all, a part of them known", accounts: []rec{whole(atLeast(20)), of(data.Civilian, exactly(5))},
			killed: "20+", victims: map[string]string{"civilian": "5", "unknown": "15+"}},
		{name: "a part at least as large as a whole that is closed", accounts: []rec{whole(exactly(20)), of(data.Civilian, atLeast(25))},
			killed: "25+", victims: map[string]string{"civilian": "25+"}},
		{name: "an open part below a whole that is closed", accounts: []rec{whole(exactly(20)), of(data.Civilian, atLeast(5))},
			killed: "20", bestIsStated: true, victims: map[string]string{"civilian": "5+", "unknown": "0–15"}},
		{name: "the whole of one side is not a part of the other", accounts: []rec{
			{side: "A", killed: exactly(10)}, {side: "A", victim: data.Civilian, killed: exactly(4)}, {side: "B", victim: data.Militant, killed: exactly(7)}},
			killed: "17", bestIsStated: true, sides: map[string]string{"A": "10", "B": "7"}, victims: map[string]string{"civilian": "4", "militant": "7", "unknown": "6"}},
		{name: "wholes of both sides against a whole of all", accounts: []rec{
			{killed: between(30, 40)}, {side: "A", killed: exactly(10)}, {side: "B", killed: between(15, 25)}},
			killed: "30–40", sides: map[string]string{"A": "10", "B": "15–25", "(not stated)": "0–15"}},
		{name: "sides that no claim about the whole covers", accounts: []rec{{side: "A", killed: exactly(10)}, {side: "B", killed: exactly(25)}},
			killed: "35", bestIsStated: true, sides: map[string]string{"A": "10", "B": "25"}, victims: map[string]string{"(not stated)": "35"}},
		{name: "a type without a side stands beside the sides", accounts: []rec{{victim: data.Civilian, killed: exactly(2)}, {side: "A", victim: data.Security, killed: exactly(5)}},
			killed: "7", bestIsStated: true, sides: map[string]string{"A": "5", "(not stated)": "2"}, victims: map[string]string{"civilian": "2", "security": "5"}},
	} {
		if len(s.victims) == 1 && s.victims["(not stated)"] != "" {
			s.victims = nil // a table that names nothing is not made
		}
		tell(t, s)
	}
}

// UCDP states deaths of both sides, of civilians and of the unknown in columns of
// one record.
func TestWideParts(t *testing.T) {
	wide := func(a, b, civ, unknown int64, whole data.Count) rec {
		return rec{killed: whole, parts: map[data.Part]data.Count{data.PartSideA: exactly(a), data.PartSideB: exactly(b), data.PartCivilians: exactly(civ), data.PartUnknown: exactly(unknown)}}
	}
	for _, s := range []story{
		{name: "columns that add up", accounts: []rec{wide(3, 4, 2, 1, exactly(10))}, killed: "10", bestIsStated: true,
			victims: map[string]string{"combatant": "7", "civilian": "2", "unknown": "1"}},
		{name: "columns below the best figure", accounts: []rec{wide(3, 0, 0, 0, lowBestHigh(3, 5, 9))}, killed: "5 (3–9)", bestIsStated: true,
			victims: map[string]string{"combatant": "3", "unknown": "2 (0–6)"}},
		{name: "columns above the whole", accounts: []rec{wide(6, 6, 0, 0, exactly(10))}, killed: "10", bestIsStated: true,
			victims: map[string]string{"combatant": "12"}},
		{name: "nobody in any column", accounts: []rec{wide(0, 0, 0, 0, exactly(0))}, killed: "0", bestIsStated: true},
		{name: "nobody in the columns and somebody in the whole", accounts: []rec{wide(0, 0, 0, 0, exactly(4))}, killed: "4", bestIsStated: true,
			victims: map[string]string{"unknown": "4"}},
		{name: "columns without a whole", accounts: []rec{wide(1, 2, 3, 4, data.Count{})}, killed: "unknown",
			victims: map[string]string{"combatant": "3", "civilian": "3", "unknown": "4"}},
	} {
		tell(t, s)
	}
	// Two sources with columns of their own: the columns become ranges like the whole.
	x, y := wide(3, 4, 2, 1, exactly(10)), wide(3, 6, 2, 1, exactly(12))
	x.source, y.source = "S", "T"
	tell(t, story{name: "two accounts in columns", accounts: []rec{x, y}, killed: "10–12", victims: map[string]string{"combatant": "7–9", "civilian": "2", "unknown": "1–3"}})
}

func TestWhatStillStands(t *testing.T) {
	say := func(source, reported string, n int64, status data.Status) rec {
		return rec{source: source, reported: reported, killed: exactly(n), status: status}
	}
	for _, s := range []story{
		{name: "the latest of one source", accounts: []rec{say("S", "2020-05-06", 3, 0), say("S", "2020-05-09", 8, 0), say("S", "2020-05-07", 5, 0)}, killed: "8", bestIsStated: true},
		{name: "one source twice the same day", accounts: []rec{say("S", "2020-05-06", 3, 0), say("S", "2020-05-06", 8, 0)}, killed: "3–8"},
		{name: "one source without days", accounts: []rec{say("S", "", 3, 0), say("S", "", 8, 0)}, killed: "3–8"},
		{name: "one report of a source has no day", accounts: []rec{say("S", "", 3, 0), say("S", "2020-05-06", 8, 0)}, killed: "3–8"},
		{name: "records without a source replace nothing", accounts: []rec{say("", "2020-05-06", 3, 0), say("", "2020-05-09", 8, 0)}, killed: "3–8"},
		{name: "two sources that agree", accounts: []rec{say("S", "", 8, 0), say("T", "", 8, 0)}, killed: "8", bestIsStated: true},
		{name: "retracted and reported again", accounts: []rec{say("S", "2020-05-06", 3, data.Retracted), say("S", "2020-05-09", 4, 0)}, killed: "4", bestIsStated: true},
		{name: "reported and then retracted", accounts: []rec{say("S", "2020-05-09", 9, data.Retracted), say("T", "", 4, 0)}, killed: "4", bestIsStated: true},
		{name: "all retracted", accounts: []rec{say("S", "", 3, data.Retracted), say("T", "", 4, data.Retracted)}, withdrawn: true},
		{name: "superseded without a later report", accounts: []rec{say("S", "2020-05-06", 3, data.Superseded)}, withdrawn: true},
		{name: "superseded, another source stands", accounts: []rec{say("S", "2020-05-06", 3, data.Superseded), say("T", "2020-05-06", 5, 0)}, killed: "5", bestIsStated: true},
		{name: "a denial takes back no other's figure", accounts: []rec{say("S", "", 5, 0), say("T", "", 90, data.Denied)}, killed: "5", bestIsStated: true},
		{name: "a denial alone leaves the toll open", accounts: []rec{say("T", "", 90, data.Denied)}, killed: "unknown"},
		{name: "a later denial takes back the denier's own figure", accounts: []rec{say("S", "2020-05-06", 50, 0), say("S", "2020-05-07", 50, data.Denied), say("T", "2020-05-06", 4, 0)}, killed: "4", bestIsStated: true},
		{name: "a disputed figure is in the range", accounts: []rec{say("S", "", 50, data.Disputed), say("T", "", 4, 0)}, killed: "4 (4–50)", bestIsStated: true},
		{name: "a source that gives no figure", accounts: []rec{{source: "S"}, say("T", "", 4, 0)}, killed: "4", bestIsStated: true},
		{name: "a later report without a figure replaces one with", accounts: []rec{say("S", "2020-05-06", 5, 0), {source: "S", reported: "2020-05-08"}}, killed: "unknown"},
		{name: "the latest counts for the same people alone", accounts: []rec{
			{source: "S", reported: "2020-05-06", victim: data.Civilian, killed: exactly(5)}, {source: "S", reported: "2020-05-08", victim: data.Security, killed: exactly(2)}},
			killed: "7", bestIsStated: true, victims: map[string]string{"civilian": "5", "security": "2"}},
		// As of a day.
		{name: "before the second report", asOf: "2020-05-08", accounts: []rec{say("S", "2020-05-06", 3, 0), say("S", "2020-05-09", 8, 0)}, killed: "3", bestIsStated: true},
		{name: "on the day of the second report", asOf: "2020-05-09", accounts: []rec{say("S", "2020-05-06", 3, data.Superseded), say("S", "2020-05-09", 8, 0)}, killed: "8", bestIsStated: true},
		{name: "superseded and not replaced as far as known", asOf: "2020-05-08", accounts: []rec{say("S", "2020-05-06", 3, data.Superseded), say("S", "2020-05-09", 8, 0)}, killed: "3", bestIsStated: true},
		{name: "superseded by another source's report is superseded", asOf: "2020-05-08", accounts: []rec{say("S", "2020-05-06", 3, data.Superseded), say("T", "2020-05-09", 8, 0), say("T", "2020-05-06", 1, 0)}, killed: "1", bestIsStated: true},
		{name: "records without a day count once the incident has begun", asOf: "2020-05-06", accounts: []rec{say("S", "", 3, 0), say("T", "2020-05-07", 8, 0)}, killed: "3", bestIsStated: true},
	} {
		tell(t, s)
	}
}

func TestPoliciesInWords(t *testing.T) {
	say := func(source, side, losses, reported string, c data.Count, status data.Status) rec {
		return rec{source: source, sourceSide: side, side: losses, reported: reported, killed: c, status: status}
	}
	// A raid: the army admits 4, its spokesman later 6, the rebels claim 30 and say
	// they lost nobody; two agencies count 7, a third says at least 5.
	raid := []rec{
		say("ISPR", "Army", "Army", "2020-05-06", exactly(4), 0), say("Spokesman", "Army", "Army", "2020-05-09", exactly(6), 0),
		say("Rebels", "Rebels", "Army", "2020-05-06", exactly(30), 0), say("Rebels", "Rebels", "Rebels", "2020-05-06", exactly(0), 0),
		say("AP", "", "Army", "2020-05-07", exactly(7), 0), say("AFP", "", "Army", "2020-05-07", exactly(7), data.Verified), say("Radio", "", "Army", "2020-05-08", atLeast(5), 0),
	}
	for policy, want := range map[string]struct{ army, rebels, all string }{
		"range":                {"7 (4–30+)", "0", "7 (4–30+)"},
		"conservative":         {"4", "0", "4"},
		"latest":               {"6", "0", "6"},
		"majority":             {"7", "0", "7"},
		"verified-first":       {"7", "0", "7"},
		"admission":            {"4–6", "0", "4–6"},
		"prefer:Radio,AP":      {"5+", "0", "5+"},
		"prefer:Nobody,Rebels": {"30", "0", "30"},
		"account:Army":         {"4–6", "unknown", "4–6+"},
		"account:ISPR":         {"4", "unknown", "4+"},
		"account:rebels":       {"30", "0", "30"},
		"account:Nobody":       {"unknown", "unknown", "unknown"},
	} {
		tell(t, story{name: policy, policy: policy, accounts: raid, killed: want.all, noBestToCheck: true, sides: map[string]string{"Army": want.army, "Rebels": want.rebels}})
	}
	for _, s := range []story{
		{name: "the majority is of sources, not of records", policy: "majority", killed: "5–9",
			accounts: []rec{say("S", "", "", "2020-05-06", exactly(9), 0), say("S", "", "", "2020-05-06", exactly(9), 0), say("T", "", "", "", exactly(5), 0)}},
		{name: "a majority of ranges", policy: "majority", killed: "3–6",
			accounts: []rec{say("S", "", "", "", between(3, 6), 0), say("T", "", "", "", between(3, 6), 0), say("U", "", "", "", exactly(9), 0)}},
		{name: "at least seven is not seven", policy: "majority", killed: "7 (7+)", bestIsStated: true, // one of the two gives it as the figure
			accounts: []rec{say("S", "", "", "", exactly(7), 0), say("T", "", "", "", atLeast(7), 0)}},
		{name: "the latest has no figure", policy: "latest", killed: "5", bestIsStated: true,
			accounts: []rec{say("S", "", "", "2020-05-06", exactly(5), 0), say("T", "", "", "2020-05-08", data.Count{}, 0)}},
		{name: "a report without a day is never the latest", policy: "latest", killed: "5", bestIsStated: true,
			accounts: []rec{say("S", "", "", "2020-05-06", exactly(5), 0), say("T", "", "", "", exactly(8), 0)}},
		{name: "verified without a figure is not preferred", policy: "verified-first", killed: "5", bestIsStated: true,
			accounts: []rec{say("S", "A", "", "", data.Count{}, data.Verified), say("T", "", "", "", exactly(5), 0), say("U", "A", "", "", exactly(9), 0)}},
		{name: "neither verified nor from outside", policy: "verified-first", killed: "5–9",
			accounts: []rec{say("T", "B", "", "", exactly(5), 0), say("U", "A", "", "", exactly(9), 0)}},
		{name: "a side's word on the whole is no admission", policy: "admission", killed: "unknown", accounts: []rec{say("T", "B", "", "", exactly(5), 0)}},
		{name: "the lowest of what is only a range", policy: "conservative", killed: "3", accounts: []rec{say("S", "", "", "", between(3, 9), 0), say("T", "", "", "", atLeast(4), 0)}},
		{name: "a high alone has a floor of nobody", policy: "conservative", killed: "0",
			accounts: []rec{{source: "S", killed: data.Count{High: 9 * data.Unit, Flags: data.HasHigh}.Settle()}, say("T", "", "", "", exactly(4), 0)}},
	} {
		tell(t, s)
	}
}

// In a clash each side's losses stand under the party named for them; parties
// named by several accounts of the same people stand together.
func TestPartiesOfOneIncident(t *testing.T) {
	for _, s := range []story{
		{name: "each side is named for the other's losses", accounts: []rec{{side: "A", attributed: "B", killed: exactly(3)}, {side: "B", attributed: "A", killed: exactly(5)}},
			killed: "8", bestIsStated: true, parties: map[string]string{"A": "5", "B": "3"}},
		{name: "one party for several types", accounts: []rec{{victim: data.Civilian, attributed: "B", killed: exactly(3)}, {victim: data.Security, attributed: "B", killed: exactly(5)}},
			killed: "8", bestIsStated: true, parties: map[string]string{"B": "8"}},
		{name: "claimed in one account, attributed in another", accounts: []rec{{source: "S", attributed: "B", killed: exactly(3)}, {source: "T", claimed: "C", killed: exactly(3)}},
			killed: "3", bestIsStated: true, parties: map[string]string{"C": "3"}},
		{name: "blamed on two", accounts: []rec{{source: "S", attributed: "B", killed: exactly(3)}, {source: "T", attributed: "A", killed: exactly(3)}},
			killed: "3", bestIsStated: true, parties: map[string]string{"A + B": "3"}},
		{name: "one account names nobody", accounts: []rec{{source: "S", killed: exactly(3)}, {source: "T", attributed: "A", killed: exactly(4)}},
			killed: "3–4", parties: map[string]string{"A": "3–4"}},
		{name: "nobody is named for one side", accounts: []rec{{side: "A", attributed: "B", killed: exactly(3)}, {side: "B", killed: exactly(5)}},
			killed: "8", bestIsStated: true, parties: map[string]string{"B": "3", "(unattributed)": "5"}},
		{name: "a retracted account blames nobody", accounts: []rec{{source: "S", attributed: "B", killed: exactly(3), status: data.Retracted}, {source: "T", killed: exactly(4)}},
			killed: "4", bestIsStated: true},
		{name: "named as involved", accounts: []rec{{source: "S", involved: "A;B", killed: exactly(3)}, {source: "T", involved: "B; A", killed: exactly(3)}},
			killed: "3", bestIsStated: true, parties: map[string]string{"involving: A + B": "3"}},
		{name: "the rest of a whole stands under whom the whole blames", accounts: []rec{{attributed: "A", killed: exactly(10)}, {victim: data.Civilian, attributed: "B", killed: exactly(6)}},
			killed: "10", bestIsStated: true, parties: map[string]string{"A": "4", "B": "6"}},
	} {
		tell(t, s)
	}
}

// Where accounts differ on when, where and what, the report says so and what it
// uses.
func TestDisagreements(t *testing.T) {
	for _, c := range []struct {
		name     string
		accounts []rec
		want     string // field: values; used
	}{
		{"the most precise date", []rec{{date: "2020"}, {date: "2020-05"}, {date: "2020-05-09"}},
			"date: 2020 9 May 2020 May 2020; 9 May 2020"},
		{"of days the earliest", []rec{{date: "2020-05-09"}, {date: "2020-05-08"}}, "date: 8 May 2020 9 May 2020; 8 May 2020"},
		{"an undated account agrees with any", []rec{{}, {date: "2020-05-09"}, {date: "2020-05-09"}}, ""},
		{"the place of most", []rec{{country: "P", admin1: "N"}, {country: "P", admin1: "S"}, {country: "P", admin1: "S"}}, "place: N, P S, P; S, P"},
		{"of as many the deepest", []rec{{country: "P"}, {country: "P", admin1: "S"}}, "place: P S, P; S, P"},
		{"of as many and as deep the first by name", []rec{{country: "P", admin1: "T"}, {country: "P", admin1: "S"}}, "place: S, P T, P; S, P"},
		{"an account without a place has no say", []rec{{}, {}, {country: "P"}}, ""},
		{"the type of most", []rec{{event: "raid"}, {event: "bomb"}, {event: "raid"}, {}}, "event_type: bomb raid; raid"},
		{"of as many types the first by name", []rec{{event: "raid"}, {event: "bomb"}}, "event_type: bomb raid; bomb"},
		{"who was involved", []rec{{involved: "A - B"}, {involved: "A"}, {involved: "A - B"}}, "involved: A A - B; A - B"},
	} {
		for i := range c.accounts {
			c.accounts[i].id, c.accounts[i].killed, c.accounts[i].source = "x", exactly(1), string(rune('A'+i))
		}
		r := tallyOf(t, DefaultOptions(), c.accounts)
		var got []string
		for _, d := range r.Disagreements {
			if d.ID != "x" {
				t.Errorf("%s: of incident %q", c.name, d.ID)
			}
			got = append(got, d.Field+": "+strings.Join(d.Values, " ")+"; "+d.Used)
		}
		if s := strings.Join(got, " | "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
		if r.Total.Incidents != 1 || r.Quality.Accounts != uint32(len(c.accounts)) {
			t.Errorf("%s: %+v", c.name, r.Quality)
		}
	}
}

// What is used stands in the tables and in the list of the deadliest.
func TestWhatIsUsedIsWhatIsShown(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{
		{id: "x", date: "2020", country: "Q", event: "bomb", source: "S", killed: exactly(4)},
		{id: "x", date: "2020-05-09", country: "P", admin1: "N", event: "raid", source: "T", killed: exactly(6)},
		{id: "x", date: "2020-05", country: "P", admin1: "N", event: "raid", source: "U", killed: exactly(5), attributed: "A"},
	})
	for table, key := range map[string]string{"by-day": "2020-05-09", "by-country": "P", "by-admin1": "N", "by-event-type": "raid", "by-party": "A"} {
		if got := figureAt(t, r, table, key); got != "4–6" {
			t.Errorf("%s/%s: %s", table, key, got)
		}
		if n := len(r.Table(table).Rows); n != 1 {
			t.Errorf("%s: %d rows for one incident", table, n)
		}
	}
	d := r.Deadliest[0]
	if d.ID != "x" || d.Line != 2 || d.Accounts != 3 || d.Source != "S; T; U" || d.Country != "P" || d.Admin1 != "N" || d.EventType != "raid" || d.Party.ID != "A" || d.Date != date("2020-05-09", "") || d.Killed != between(4, 6) {
		t.Errorf("%+v", d)
	}
}
