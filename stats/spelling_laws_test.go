package stats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// Names in whatever capitals make the figures of a file that writes all of them
// alike: in every table, in the list of the deadliest and in what is selected.
func TestCapitalsChangeNoFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := drawTold(t)
		for i := range plain { // names of several letters, with an accent
			r := &plain[i]
			for _, s := range []*string{&r.country, &r.admin1, &r.event, &r.attributed, &r.claimed, &r.involved, &r.side, &r.source, &r.sourceSide} {
				names := SplitNames(*s)
				for k := range names {
					names[k] = "é" + strings.ToLower(names[k]) + "é"
				}
				*s = strings.Join(names, ";")
			}
		}
		capitals := rapid.SampledFrom([]func(string) string{strings.ToUpper, strings.ToLower, func(s string) string { return strings.ToUpper(s[:2]) + s[2:] }, func(s string) string { return s }})
		rs := slices.Clone(plain)
		for i := range rs {
			r := &rs[i]
			for _, s := range []*string{&r.country, &r.admin1, &r.event, &r.attributed, &r.claimed, &r.involved, &r.side, &r.source, &r.sourceSide} {
				names := SplitNames(*s)
				for k := range names {
					names[k] = capitals.Draw(t, "capitals")(names[k])
				}
				*s = strings.Join(names, ";")
			}
		}
		o := drawHow(t)
		if o.Multi == Split {
			o.Multi = Each // the odd millionth goes to the first, by its spelling
		}
		if len(o.Policy.Names) > 0 {
			o.Policy.Names = []string{"És1é", "éAÉ"}[:len(o.Policy.Names)]
		}
		if rapid.IntRange(0, 2).Draw(t, "select") == 0 {
			o.Where = []Filter{{"party", []string{"éaé"}}}
		}
		fold := func(r *Report) map[string]Tally {
			all := map[string]Tally{}
			for at, x := range tallies(r) {
				keys := strings.Split(strings.ToLower(at), "/")
				for i := range keys {
					keys[i] = inAnyOrder(keys[i])
				}
				key := strings.Join(keys, "/")
				s := all[key]
				s.plus(&x)
				all[key] = s
			}
			return all
		}
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		got, want := tallyRapid(t, o, rs[cut:], rs[:cut]), tallyRapid(t, o, plain)
		if s := differ(fold(got), fold(want)); s != "" {
			t.Fatal(s)
		}
		for _, x := range got.Tables {
			seen := map[string]string{}
			for _, row := range x.Rows {
				at := Address(x.ID, row.Keys, "")
				if other, ok := seen[strings.ToLower(at)]; ok {
					t.Fatalf("%s and %s are two rows", other, at)
				}
				seen[strings.ToLower(at)] = at
			}
		}
		text := func(r *Report) string {
			var b strings.Builder
			for _, d := range r.Deadliest {
				fmt.Fprintf(&b, "%s %v %s %s %s %s %+v %+v\n", d.ID, d.Date, d.Country, d.Admin1, inAnyOrder(strings.ToLower(d.Party.Label)), d.EventType, d.Killed, d.Injured)
			}
			return strings.ToLower(b.String()) + fmt.Sprintf("%+v %v", r.Quality, r.Ledger.SetAside)
		}
		if a, b := text(got), text(want); a != b {
			t.Fatalf("the deadliest:\n%s\nwant:\n%s", a, b)
		}
		for _, f := range got.Folded {
			if f.Written == f.As || !strings.EqualFold(f.Written, f.As) {
				t.Fatalf("%q counts under %q", f.Written, f.As)
			}
		}
	})
}

// inAnyOrder puts several parties, which stand in the order of their spellings, in
// one order.
func inAnyOrder(names string) string {
	list := strings.Split(strings.TrimPrefix(strings.TrimPrefix(names, "involving"), ":"), " + ")
	list[0] = strings.TrimPrefix(list[0], " ")
	slices.Sort(list)
	return strings.Join(list, " + ")
}

// Letters that only some capitals tell apart, and those that look alike and are
// others.
func TestNamesThatAreAndAreNotOne(t *testing.T) {
	for _, c := range []struct {
		a, b string
		one  bool
	}{
		{"Army", "ARMY", true}, {"Army", "army", true}, {"Élan", "éLAN", true}, {"ΣΊΣΥΦΟΣ", "σίσυφος", true}, {"Straße", "straße", true}, {"Straße", "STRASSE", false},
		{"А", "A", false}, {"e\u0301lan", "élan", false}, {"K", "\u212A", true}, {"I", "ı", false}, {"İ", "i", false}, {"北", "北", true},
	} {
		for _, field := range []string{"party", "country", "side"} {
			var rs []rec
			for _, name := range []string{c.a, c.a, c.b} {
				r := rec{date: "2020-01-01", killed: data.Exactly(1)}
				switch field {
				case "party":
					r.attributed = name
				case "country":
					r.country = name
				case "side":
					r.side = name
				}
				rs = append(rs, r)
			}
			table := map[string]string{"party": "by-party", "country": "by-country", "side": "by-victim-side"}[field]
			r := tallyOf(t, DefaultOptions(), rs)
			if n := len(r.Table(table).Rows); (n == 1) != (c.one || c.a == c.b) {
				t.Errorf("%q and %q: %d rows by %s", c.a, c.b, n, field)
			}
			if row := r.Table(table).Rows[0]; c.one && row.Keys[0].Label != c.a {
				t.Errorf("%q and %q: stands as %q, want the more frequent", c.a, c.b, row.Keys[0].Label)
			}
		}
	}
}
