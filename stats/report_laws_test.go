package stats

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// What must hold of a report whatever the records are, when the records are
// changed in a way of which the effect is known.

// tallies lists a report's rows by table and key, those of quiet periods left out.
func tallies(r *Report, tables ...string) map[string]Tally {
	all := map[string]Tally{}
	for _, t := range r.Tables {
		if len(tables) > 0 && !slices.Contains(tables, t.ID) {
			continue
		}
		for _, row := range t.Rows {
			if row.Tally != (Tally{}) {
				all[Address(t.ID, row.Keys, "")] = row.Tally
			}
		}
	}
	return all
}

// differ says where two sets of rows differ, "" where they do not.
func differ(got, want map[string]Tally) string {
	var lines []string
	for at := range got {
		if got[at] != want[at] {
			lines = append(lines, fmt.Sprintf("%s is %+v, want %+v", at, got[at], want[at]))
		}
	}
	for at := range want {
		if _, ok := got[at]; !ok {
			lines = append(lines, fmt.Sprintf("%s is missing, want %+v", at, want[at]))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func eachTally(of map[string]Tally, f func(*Tally)) map[string]Tally {
	out := map[string]Tally{}
	for at, t := range of {
		f(&t)
		out[at] = t
	}
	return out
}

func sumOf(all ...map[string]Tally) map[string]Tally {
	out := map[string]Tally{}
	for _, of := range all {
		for at, t := range of {
			s := out[at]
			s.plus(&t)
			out[at] = s
		}
	}
	return out
}

func mapped(rs []rec, f func(*rec)) []rec {
	out := slices.Clone(rs)
	for i := range out {
		f(&out[i])
	}
	return out
}

// drawHow draws a policy, a period and what becomes of several parties.
func drawHow(t *rapid.T) Options {
	o := DefaultOptions()
	o.Policy, _ = ParsePolicy(rapid.SampledFrom(policiesDrawn).Draw(t, "policy"))
	o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
	o.Period = Period(rapid.IntRange(int(Auto), int(ByYear)).Draw(t, "period"))
	return o
}

// The calendar repeats after 400 years, to the day of the week. Days of our time
// are looked up in an array and others in a map: the two must number alike.
func TestTheCalendarRepeats(t *testing.T) {
	shift := func(s string, years int) string {
		if s == "" {
			return ""
		}
		var y int
		fmt.Sscanf(s[:4], "%d", &y)
		return fmt.Sprintf("%04d%s", y+years, s[4:])
	}
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		for i := range rs {
			if len(rs[i].date) == 10 && rs[i].id == "" && rapid.IntRange(0, 3).Draw(t, "span") == 0 {
				rs[i].end = (day(rs[i].date) + data.Day(rapid.IntRange(1, 400).Draw(t, "length"))).String()
			}
		}
		o := drawHow(t)
		years := rapid.SampledFrom([]int{-400, 400, -2000, 7600}).Draw(t, "years")
		want := tallyRapid(t, o, rs)
		got := tallyRapid(t, o, mapped(rs, func(r *rec) {
			r.date, r.end, r.reported = shift(r.date, years), shift(r.end, years), shift(r.reported, years)
		}))
		plain := func(r *Report) string { // tallies and cells, with the years taken out of the keys
			var b strings.Builder
			for _, x := range r.Tables {
				for _, row := range x.Rows {
					fmt.Fprintf(&b, "%s %d %+v %+v %q %v\n", x.ID, len(row.Keys), row.Tally, row.Basis, row.Partial, row.Spanned)
				}
			}
			for _, s := range r.Sheets {
				for _, row := range s.Rows {
					fmt.Fprintf(&b, "%s %v\n", s.ID, row.Cells)
				}
			}
			return b.String() + fmt.Sprintf("%+v %v", r.Quality, r.Period)
		}
		if a, b := plain(got), plain(want); a != b {
			t.Fatalf("%d years on:\n%s\nwant:\n%s", years, a, b)
		}
	})
}

// Names are names: others in the same order make the same figures in the same
// order.
func TestOtherNamesMakeTheSameFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := drawHow(t)
		if len(o.Policy.Names) > 0 {
			o.Policy = Policy{}
		}
		other := func(cell string) string {
			names := SplitNames(cell)
			for i := range names {
				sides := strings.Split(names[i], " - ") // of a dyad
				for k := range sides {
					sides[k] = "The " + sides[k] + " of Änder/ung"
				}
				names[i] = strings.Join(sides, " - ")
			}
			return strings.Join(names, ";")
		}
		got := tallyRapid(t, o, mapped(rs, func(r *rec) {
			for _, s := range []*string{&r.country, &r.admin1, &r.place, &r.event, &r.attributed, &r.claimed, &r.involved, &r.side, &r.source, &r.sourceSide} {
				*s = other(*s)
			}
		}))
		want := tallyRapid(t, o, rs)
		rows := func(r *Report) (out []string) {
			for _, x := range r.Tables {
				for _, row := range x.Rows {
					out = append(out, fmt.Sprintf("%s %+v %+v", x.ID, row.Tally, row.Basis))
				}
			}
			for _, s := range r.Sheets {
				for _, row := range s.Rows {
					out = append(out, fmt.Sprintf("%s %v", s.ID, row.Cells))
				}
			}
			return out
		}
		if a, b := rows(got), rows(want); !slices.Equal(a, b) {
			t.Fatalf("renamed:\n%s\nwant:\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
	})
}

// Three times the tolls: three times every sum, the same counts, the same shares.
func TestThreefoldTolls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := drawHow(t)
		if o.Multi == Split {
			o.Multi = Joint // a millionth that does not divide goes to one and not to three
		}
		times := func(c *data.Count) { c.Low, c.Best, c.High = 3*c.Low, 3*c.Best, 3*c.High }
		want := tallyRapid(t, o, rs)
		got := tallyRapid(t, o, mapped(rs, func(r *rec) {
			for _, c := range []*data.Count{&r.killed, &r.injured, &r.women, &r.militants} {
				times(c)
			}
		}))
		threefold := eachTally(tallies(want), func(x *Tally) {
			for _, s := range []*Sum{&x.Killed, &x.Injured} {
				s.Low, s.Best, s.High = 3*s.Low, 3*s.Best, 3*s.High
			}
		})
		bySize := func(at string, _ Tally) bool {
			return strings.HasPrefix(at, "by-severity/") || strings.HasPrefix(at, "tail/")
		}
		mine := tallies(got)
		maps.DeleteFunc(mine, bySize)
		maps.DeleteFunc(threefold, bySize)
		if s := differ(mine, threefold); s != "" {
			t.Fatal(s)
		}
		if a, b := fmt.Sprint(got.Sheet("shares")), fmt.Sprint(want.Sheet("shares")); a != b {
			t.Fatalf("shares of threefold tolls:\n%s\nwant:\n%s", a, b)
		}
		for i := range got.Deadliest {
			if got.Deadliest[i].Line != want.Deadliest[i].Line {
				t.Fatalf("the %d. deadliest is of line %d, want %d", i+1, got.Deadliest[i].Line, want.Deadliest[i].Line)
			}
		}
	})
}

// Killed and injured are counted by the same rules: turned about, the sums are.
func TestKilledAndInjuredTurnedAbout(t *testing.T) {
	tables := []string{"total", "by-day", "by-week", "by-month", "by-quarter", "by-year", "by-party", "period-party", "by-country", "country-party", "by-admin1", "admin1-party",
		"by-event-type", "by-victim-type", "by-victim-side", "receipt", "by-account", "by-account-side", "by-policy", "side-bracket"}
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := drawHow(t)
		o.Period = ByMonth
		turn := func(x *Tally) { x.Killed, x.Injured = x.Injured, x.Killed }
		want := eachTally(tallies(tallyRapid(t, o, rs), tables...), turn)
		got := tallies(tallyRapid(t, o, mapped(rs, func(r *rec) { r.killed, r.injured = r.injured, r.killed })), tables...)
		if s := differ(got, want); s != "" {
			t.Fatal(s)
		}
	})
}

// A file and the same incidents once more: twice everything.
func TestEverythingTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := drawHow(t)
		again := mapped(rs, func(r *rec) {
			if r.id != "" {
				r.id += " again"
			}
		})
		want := tallies(tallyRapid(t, o, rs))
		want = sumOf(want, want)
		got := tallies(tallyRapid(t, o, append(slices.Clone(rs), again...)))
		perIncident := func(at string, _ Tally) bool { // tables with a row for each incident told by several records, or one fewer
			table, rest, _ := strings.Cut(at, "/")
			switch table {
			case "receipt", "by-policy", "side-bracket", "by-voice":
				return !strings.HasPrefix(rest, "%28all%29") && !strings.HasPrefix(rest, "(all)")
			case "by-account", "by-account-side", "by-disagreement", "revisions", "without":
				return true
			case "year-to-date": // of whole periods: with twice the incidents, one that ends quietly may be covered in part
				return true
			}
			return false
		}
		maps.DeleteFunc(got, perIncident)
		maps.DeleteFunc(want, perIncident)
		if s := differ(got, want); s != "" {
			t.Fatal(s)
		}
	})
}

// Selections that leave nothing out and overlap nowhere add up to the whole.
func TestSelectionsAddUp(t *testing.T) {
	tables := []string{"total", "by-year", "by-month", "by-party", "by-country", "by-event-type", "by-victim-type", "by-victim-side", "by-severity", "by-start-month", "by-part", "beside"}
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := drawHow(t)
		o.Period = ByYear
		all := tallyRapid(t, o, rs)
		where := func(field string, values ...string) map[string]Tally {
			p := o
			p.Where = []Filter{{Field: field, Values: values}}
			return tallies(tallyRapid(t, p, rs), tables...)
		}
		whole := tallies(all, tables...)
		some := func(m map[string]Tally) map[string]Tally { // a table that names nothing is not made
			maps.DeleteFunc(m, func(at string, _ Tally) bool {
				table, _, _ := strings.Cut(at, "/")
				return all.Table(table) == nil || !slices.Contains([]string{"total", "by-year", "by-party", "by-severity"}, table)
			})
			return m
		}
		if s := differ(some(sumOf(where("country", "p"), where("country", "q", ""))), some(maps.Clone(whole))); s != "" {
			t.Fatalf("by country:\n%s", s)
		}
		if s := differ(some(sumOf(where("event_type", "raid"), where("event_type", ""))), some(maps.Clone(whole))); s != "" {
			t.Fatalf("by event type:\n%s", s)
		}
		// Two stretches of time, and what is dated to neither.
		cut := day(rapid.SampledFrom([]string{"2020-01-31", "2020-02-01", "2020-02-29", "2020-12-31"}).Draw(t, "cut"))
		before, after := o, o
		before.To, after.From = cut, cut+1
		undated := tallyRapid(t, o, only(rs, func(r rec) bool { return r.date == "" }))
		parts := []map[string]Tally{}
		for _, p := range []Options{before, after} {
			parts = append(parts, tallies(tallyRapid(t, p, rs), tables...))
		}
		if s := differ(some(sumOf(parts[0], parts[1], tallies(undated, tables...))), some(maps.Clone(whole))); s != "" {
			t.Fatalf("up to %v and after:\n%s", cut, s)
		}
	})
}

// One incident more, of which no toll is known: one incident more, unknown, and no
// other figure of the total moves. One that is open opens one.
func TestWhatAnIncidentMoreAdds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := drawHow(t)
		o.Policy = Policy{} // another may have no use for a record without a source
		before := tallyRapid(t, o, rs).Total
		for _, x := range []struct {
			name string
			rec
			killed, injured Sum
		}{
			{"unknown", rec{}, Sum{Unknown: 1}, Sum{Unknown: 1}},
			{"nobody", rec{killed: exactly(0)}, Sum{}, Sum{Unknown: 1}},
			{"five", rec{killed: exactly(5), injured: exactly(0)}, Sum{Low: 5 * data.Unit, Best: 5 * data.Unit, High: 5 * data.Unit, Fatal: 1}, Sum{}},
			{"five or more", rec{killed: atLeast(5)}, Sum{Low: 5 * data.Unit, High: 5 * data.Unit, Open: 1, NoBest: 1, Fatal: 1}, Sum{Unknown: 1}},
			{"none or more", rec{injured: atLeast(0)}, Sum{Unknown: 1}, Sum{Open: 1, NoBest: 1}},
			{"up to five", rec{killed: between(0, 5)}, Sum{High: 5 * data.Unit, NoBest: 1}, Sum{Unknown: 1}},
			{"a range with a best figure", rec{killed: lowBestHigh(1, 2, 4)}, Sum{Low: data.Unit, Best: 2 * data.Unit, High: 4 * data.Unit, Fatal: 1}, Sum{Unknown: 1}},
			{"half a person", rec{killed: data.Count{Best: data.Unit / 2, Flags: data.HasBest}.Settle()}, Sum{Low: data.Unit / 2, Best: data.Unit / 2, High: data.Unit / 2, Fatal: 1}, Sum{Unknown: 1}},
		} {
			x.rec.date = "2020-02-29"
			want := before
			want.plus(&Tally{1, x.killed, x.injured})
			if got := tallyRapid(t, o, append(slices.Clone(rs), x.rec)).Total; got != want {
				t.Fatalf("%s more: %+v, want %+v", x.name, got, want)
			}
		}
	})
}

// As of a day after every report, everything is known: the report without a day.
func TestAsOfADayAfterAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := drawHow(t)
		want := text(tallyRapid(t, o, rs))
		o.AsOf = day("2021-08-02")
		if got := text(tallyRapid(t, o, rs)); got != want {
			t.Fatalf("as of the last day:\n%s\nwant:\n%s", got, want)
		}
		// Before any of it, nothing is.
		o.AsOf = day("2019-12-31")
		if r := tallyRapid(t, o, only(rs, func(r rec) bool { return r.date != "" })); r.Total != (Tally{}) {
			t.Fatalf("as of the day before all: %+v", r.Total)
		}
	})
}
