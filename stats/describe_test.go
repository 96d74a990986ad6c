package stats

import (
	"testing"

	"toll/data"
)

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
