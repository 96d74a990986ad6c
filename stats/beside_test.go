package stats

import (
	"slices"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// The figures beside the tolls add up as the tolls would, were they the tolls,
// over records told once and over those told by several, under every policy.
func TestFiguresBesideAddUpAsTollsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := DefaultOptions()
		o.Policy, _ = ParsePolicy(rapid.SampledFrom(policiesDrawn).Draw(t, "policy"))
		o.AsOf = day(rapid.SampledFrom([]string{"", "", "2021-08-01"}).Draw(t, "as of"))
		cut := rapid.IntRange(0, len(rs)).Draw(t, "cut")
		got := tallyRapid(t, o, rs[cut:], rs[:cut])
		for key, of := range map[string]func(rec) data.Count{"women": func(r rec) data.Count { return r.women }, "militants": func(r rec) data.Count { return r.militants }} {
			tolls := slices.Clone(rs)
			for i := range tolls {
				tolls[i].killed, tolls[i].injured, tolls[i].parts = of(rs[i]), data.Count{}, nil
			}
			want := tallyRapid(t, o, tolls).Total
			row, ok := rowAt(got, "beside", key)
			if !ok {
				if want.Killed.Known(want.Incidents) > 0 {
					t.Fatalf("no row of %s, want %+v", key, want)
				}
				continue
			}
			if row != want {
				t.Fatalf("%s: %+v, want %+v", key, row, want)
			}
		}
	})
}

func TestWhatIsNotSaidBesideIsUnknown(t *testing.T) {
	r := tallyOf(t, DefaultOptions(), []rec{
		{date: "2020-01-01", killed: data.Exactly(9), injured: data.Exactly(1), women: data.Exactly(0)},
		{date: "2020-01-02", killed: data.Exactly(9), women: data.Between(2, 4)},
		{date: "2020-01-03", killed: data.Exactly(9)},
		{date: "2020-01-04", killed: data.Exactly(9), women: data.Exactly(5), status: data.Denied},
		{date: "2020-01-05", killed: data.Exactly(9), women: data.Exactly(5), status: data.Retracted},
	})
	row, _ := rowAt(r, "beside", "women")
	if row.Incidents != 4 || row.Killed.Low != 2*data.Unit || row.Killed.High != 4*data.Unit || row.Killed.Unknown != 2 || row.Killed.Fatal != 1 {
		t.Errorf("%+v", row)
	}
	if tb := r.Table("beside"); len(tb.Rows) != 1 || !tb.KilledOnly || r.InjuredIn(tb) || !r.InjuredIn(r.Table("by-month")) || tb.Additive || tb.TollsAdditive {
		t.Errorf("%+v", tb)
	}
	if r.Total.Killed.High != 27*data.Unit {
		t.Errorf("what stands beside is in the toll: %+v", r.Total.Killed)
	}
	if r := tallyOf(t, DefaultOptions(), []rec{{date: "2020-01-01", killed: data.Exactly(9)}}); r.Table("beside") != nil {
		t.Error("a table of nothing")
	}
}

// Who is suspected by one source and named plainly by another is named plainly.
func TestSuspicion(t *testing.T) {
	for _, x := range []struct {
		want string
		rs   []rec
	}{
		{"suspected", []rec{{attributed: "A", suspected: true}}},
		{"attributed-only", []rec{{attributed: "A"}, {claimed: "B"}}},
		{"claimed-only", []rec{{claimed: "A", suspected: true}}},
		{"contested", []rec{{claimed: "A", attributed: "B", suspected: true}}},
		{"(none)", []rec{{suspected: true}, {claimed: "B"}}},
		{"denied", []rec{{attributed: "A", suspected: true, status: data.Denied}}},
		{"suspected", []rec{{id: "x", attributed: "A", suspected: true, source: "S"}, {id: "x", attributed: "A", suspected: true, source: "T"}}},
		{"attributed-only", []rec{{id: "x", attributed: "A", suspected: true, source: "S"}, {id: "x", attributed: "A", source: "T"}, {claimed: "B"}}},
		{"suspected", []rec{{id: "x", attributed: "A", suspected: true, source: "S"}, {id: "x", source: "T"}}},
	} {
		for i := range x.rs {
			x.rs[i].date, x.rs[i].killed = "2020-01-01", data.Exactly(3)
		}
		r := tallyOf(t, DefaultOptions(), x.rs)
		if row, ok := rowAt(r, "by-attribution", x.want); !ok || row.Incidents != 1 {
			t.Errorf("%+v: no %s in\n%s", x.rs, x.want, text(r))
		}
	}
}
