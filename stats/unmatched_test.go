package stats

import (
	"fmt"
	"testing"

	"toll/data"
)

func TestNamesInOptionsThatNoRecordHas(t *testing.T) {
	rs := []rec{
		{date: "2020-01-01", country: "Tarmin", place: "Kel Adar", attributed: "Red Front;Blue Column", killed: data.Exactly(1)},
		{id: "x", date: "2020-01-02", country: "Tarmin", claimed: "Red Front", killed: data.Exactly(1), source: "UNAMA"},
		{id: "x", date: "2020-01-02", country: "Tarmin", killed: data.Exactly(2), source: "Pajhwok Afghan News", sourceSide: "Tarmin"},
	}
	for _, x := range []struct {
		where  []string
		policy string
		want   string
	}{
		{nil, "range", "[]"},
		{[]string{"country=tarmin"}, "", "[]"},
		{[]string{"country=Tarmin", "country=Tarmen"}, "", "[{where country=tarmen [Tarmin] true}]"},
		{[]string{"place=Kel Adr", "party=red frnt"}, "", "[{where place=kel adr [Kel Adar] false} {where party=red frnt [Red Front] false}]"},
		{[]string{"party=blue column + red front"}, "", "[]"},
		{[]string{"party=unattributed"}, "", "[]"},
		{[]string{"location=kel adar"}, "", "[]"},
		{[]string{"weapon="}, "", "[]"},
		{[]string{"weapon=mortar"}, "", "[{where weapon=mortar [] false}]"},
		{nil, "account:unama", "[]"},
		{nil, "account:TARMIN", "[]"},
		{nil, "account:UNMAA", "[{policy UNMAA [UNAMA] false}]"},
		{nil, "prefer:UNAMA,Pajhwok", "[{policy Pajhwok [Pajhwok Afghan News] true}]"},
	} {
		o := DefaultOptions()
		var err error
		if o.Where, err = ParseFilters(x.where); err != nil {
			t.Fatal(err)
		}
		o.Policy = policy(t, x.policy)
		for cut := range rs {
			if got := fmt.Sprint(tallyOf(t, o, rs[:cut], rs[cut:]).Unmatched); got != x.want {
				t.Errorf("%v %s, cut at %d: %s, want %s", x.where, x.policy, cut, got, x.want)
			}
		}
	}
}
