package stats

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// pinned is an account with what else it can say of where it happened.
type pinned struct {
	rec
	lat, lon int32
	geo      data.GeoPrecision
}

// toldAt tallies the accounts of incidents that are told more than once.
func toldAt(t interface{ Fatal(...any) }, ps []pinned) *Report {
	rs := make([]rec, len(ps))
	lat, lon, geo := make([]int32, len(ps)), make([]int32, len(ps)), make([]data.GeoPrecision, len(ps))
	o := DefaultOptions()
	o.Repeated = map[uint64]struct{}{}
	for i, p := range ps {
		rs[i], lat[i], lon[i], geo[i] = p.rec, p.lat, p.lon, p.geo
		o.Repeated[HashID([]byte(p.id))] = struct{}{}
	}
	a := NewAccumulator(o)
	if err := a.Add(placed(rs, lat, lon, geo)); err != nil {
		t.Fatal(err)
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The order of accounts settles nothing, not even between accounts that differ in
// no more than their coordinates, their precision, a part of the toll or a figure
// beside it.
func TestAccountsInAnyOrderAreOneIncident(t *testing.T) {
	coordinate := rapid.SampledFrom([]int32{data.NoCoord, -1, 0, 34_500_000})
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.Custom(func(t *rapid.T) (p pinned) {
			p.id, p.date = "x", rapid.SampledFrom([]string{"", "2020", "2020-02", "2020-02-02", "2020-02-03"}).Draw(t, "date")
			p.country = rapid.SampledFrom([]string{"", "P"}).Draw(t, "country")
			p.place = rapid.SampledFrom([]string{"", "Town", "Village"}).Draw(t, "place")
			p.event = rapid.SampledFrom([]string{"", "bomb", "raid"}).Draw(t, "event")
			p.source = rapid.SampledFrom([]string{"S", "T", "S; T"}).Draw(t, "source")
			p.killed = drawCount(t)
			return p
		})
		ps := rapid.SliceOfN(draw, 1, 4).Draw(t, "accounts")
		for range rapid.IntRange(1, 3).Draw(t, "twins") {
			ps = append(ps, ps[0])
		}
		for i := range ps {
			p := &ps[i]
			p.lat, p.lon, p.geo = coordinate.Draw(t, "lat"), coordinate.Draw(t, "lon"), data.GeoPrecision(rapid.IntRange(0, 7).Draw(t, "precision"))
			if rapid.Bool().Draw(t, "more") {
				p.women, p.parts = drawCount(t), map[data.Part]data.Count{data.PartCivilians: drawCount(t), data.PartSideA: drawCount(t)}
			}
		}
		want := text(toldAt(t, ps))
		if got := text(toldAt(t, rapid.Permutation(ps).Draw(t, "order"))); got != want {
			t.Fatalf("as given:\n%s\nin another order:\n%s", want, got)
		}
	})
}

// An account that does not say how exactly its place is known takes nothing from
// one that does.
func TestPrecisionOfThePlaceUsed(t *testing.T) {
	at := func(place string, geo data.GeoPrecision, lat int32) pinned {
		return pinned{rec{id: "x", date: "2020-01-01", country: "P", place: place, killed: exactly(1)}, lat, 5, geo}
	}
	for _, c := range []struct {
		name     string
		accounts []pinned
		geo      data.GeoPrecision
		lat      int32
	}{
		{"the more exact", []pinned{at("Town", data.PlaceAdmin1, 1), at("Town", data.PlaceNear, 2)}, data.PlaceNear, 2},
		{"one does not say", []pinned{at("Town", data.PlaceUnstated, 1), at("Town", data.PlaceExact, 2)}, data.PlaceExact, 2},
		{"neither says", []pinned{at("Town", data.PlaceUnstated, 1), at("Town", data.PlaceUnstated, 2)}, data.PlaceUnstated, 1},
		{"that of another place", []pinned{at("Town", data.PlaceAdmin1, 1), at("Town", data.PlaceAdmin1, 2), at("Village", data.PlaceExact, 3)}, data.PlaceAdmin1, 1},
		{"only the less exact has coordinates", []pinned{at("Town", data.PlaceExact, data.NoCoord), at("Town", data.PlaceAdmin1, 7)}, data.PlaceExact, 7},
		{"nobody has coordinates", []pinned{at("Town", data.PlaceExact, data.NoCoord), at("Town", data.PlaceNear, data.NoCoord)}, data.PlaceExact, data.NoCoord},
	} {
		for range 2 {
			r := toldAt(t, c.accounts)
			if got := r.Deadliest[0].Geo; got != c.geo || r.Quality.GeoPrec[c.geo] != 1 {
				t.Errorf("%s: placed %q, want %q: %v", c.name, got, c.geo, r.Quality.GeoPrec)
			}
			points := r.Table("by-point")
			if c.lat == data.NoCoord {
				if points != nil {
					t.Errorf("%s: %v", c.name, ids(points))
				}
			} else if lat, _, ok := ParsePoint(points.Rows[0].Keys[0].ID); !ok || lat != c.lat || len(points.Rows) != 1 {
				t.Errorf("%s: %v, want the latitude %d", c.name, ids(points), c.lat)
			}
			slices.Reverse(c.accounts)
		}
	}
	// Where no account names a place, the most exact that is said still holds.
	for _, ps := range [][]pinned{{at("", 0, 1), at("", data.PlaceCountry, 1)}, {at("", data.PlaceCountry, 1), at("", 0, 1)}} {
		for i := range ps {
			ps[i].country = ""
		}
		if got := toldAt(t, ps).Deadliest[0].Geo; got != data.PlaceCountry {
			t.Errorf("placed %q", got)
		}
	}
}

// Of dates, the most precise is used whatever the others say; an undated account
// has no say.
func TestDateThatIsUsed(t *testing.T) {
	for _, c := range []struct{ dates, want string }{
		{"2020 2020-05", "May 2020"}, {"2020 2019", "2019"}, {"- 2020", "2020"}, {"- -", "undated"}, {"2020-05 2020-04", "Apr 2020"}, {"2019 2020-05", "May 2020"},
		{"2020-05-09 2020", "9 May 2020"}, {"2020-05-09..2020-05-11 2020-05-09", "9 May 2020"}, {"2020-05-09..2020-05-11 2020-05-09..2020-05-10", "9–10 May 2020"},
		{"2020-05-31..2020-06-01 2020-06", "31 May 2020 – 1 Jun 2020"},
	} {
		var rs []rec
		for i, s := range strings.Fields(c.dates) {
			x := rec{id: "x", source: fmt.Sprint("S", i), killed: exactly(1)}
			if s != "-" {
				x.date, x.end, _ = strings.Cut(s, "..")
			}
			rs = append(rs, x)
		}
		for range 2 {
			if got := dateText(tallyOf(t, DefaultOptions(), rs).Deadliest[0].Date); got != c.want {
				t.Errorf("%s: %s, want %s", c.dates, got, c.want)
			}
			slices.Reverse(rs)
		}
	}
}

// The sources of an incident are listed once each, those of a cell that lists
// several among them.
func TestSourcesOfAnIncident(t *testing.T) {
	for _, c := range []struct {
		sources []string
		want    string
	}{
		{[]string{"T", "S"}, "S; T"}, {[]string{"S", "S"}, "S"}, {[]string{"S; T", "T"}, "S; T"}, {[]string{"", "S"}, "S"}, {[]string{"", ""}, ""},
		{[]string{"B;A", "A"}, "A; B"}, {[]string{" ; ", "A;;A"}, "A"},
	} {
		var rs []rec
		for _, s := range c.sources {
			rs = append(rs, rec{id: "x", date: "2020-01-01", source: s, killed: exactly(2)})
		}
		d := tallyOf(t, DefaultOptions(), rs).Deadliest[0]
		if d.Source != c.want || d.Accounts != len(rs) {
			t.Errorf("%q: %q by %d accounts, want %q", c.sources, d.Source, d.Accounts, c.want)
		}
	}
}

// As of a day, an incident is where and when the accounts of that day put it; a
// retracted account puts it nowhere.
func TestAnIncidentIsDescribedByWhatStands(t *testing.T) {
	rs := []rec{
		{id: "x", date: "2025-01", admin1: "North", killed: data.Exactly(1), source: "A", reported: "2025-01-10"},
		{id: "x", date: "2025-01-09", admin1: "South", killed: data.Exactly(1), source: "B", reported: "2025-02-01"},
		{id: "x", date: "2025-01-09", admin1: "South", killed: data.Exactly(1), source: "C", reported: "2025-02-02"},
		{id: "x", date: "2024-12-31", admin1: "Nowhere", killed: data.Exactly(9), source: "D", reported: "2025-01-05", status: data.Retracted},
	}
	o := DefaultOptions()
	o.Period = ByMonth
	for _, c := range []struct{ asOf, month, province string }{{"", "2025-01", "South"}, {"2025-01-20", "2025-01", "North"}} {
		o.AsOf = day(c.asOf)
		r := tallyOf(t, o, rs)
		if _, ok := r.Table("by-month").Find(c.month); !ok || r.Total.Incidents != 1 {
			t.Errorf("as of %s: %+v", c.asOf, r.Table("by-month").Rows)
		}
		if row, ok := r.Table("by-admin1").Find(c.province); !ok || row.Tally.Incidents != 1 {
			t.Errorf("as of %s: %+v", c.asOf, r.Table("by-admin1").Rows)
		}
		for _, d := range r.Disagreements {
			for _, v := range d.Values {
				if v == "Nowhere" || c.asOf != "" {
					t.Errorf("as of %s the accounts differ: %+v", c.asOf, d)
				}
			}
		}
	}
}

// With --multi each, two joint parties that each have a side of their own: every
// toll stands once among what is claimed and attributed.
func TestAttributionCountsJointTollsOnce(t *testing.T) {
	rs := []rec{{id: "x", date: "2025-01-01", side: "S", killed: data.Exactly(4), attributed: "A;B", source: "1"},
		{id: "x", date: "2025-01-01", side: "T", killed: data.Exactly(9), claimed: "A;C", source: "2"}}
	for _, m := range []MultiParty{Joint, Each, Split} {
		o := DefaultOptions()
		o.Multi = m
		sum := int64(0)
		for _, row := range tallyOf(t, o, rs).Table("by-attribution").Rows {
			sum += row.Tally.Killed.Low
		}
		if sum != 13*data.Unit {
			t.Errorf("%v: %d killed among what is claimed and attributed, want 13", m, sum/data.Unit)
		}
	}
}
