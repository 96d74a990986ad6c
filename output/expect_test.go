package output

import (
	"errors"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

func TestExpectations(t *testing.T) {
	var one stats.Tally
	killed, unknown := data.Between(32, 258), data.Count{}
	killed.Flags |= data.Open
	one.Add(&killed, &unknown)
	r := &stats.Report{Total: one, HasInjured: true, Tables: []*stats.Table{
		{ID: "by-party", Rows: []stats.Row{{Keys: []stats.Key{{ID: "A/B"}}, Tally: one}}}}}
	es, err := ReadExpectations("expect.csv", []byte("\uFEFFaddress,low,high,note\r\n"+
		"total/killed,32,258+,holds\ntotal/incidents,1,,holds\nby-party/A%2FB/killed.low,32,,holds\n"+
		"total/killed,32,258,the plus is part of it\ntotal/injured,0,,unknown is not zero\nby-party/C/killed,1,,\ntotal/nothing,1,,\nbare,1,,\ntotal/killed.high,257,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range CheckExpectations(es, r) {
		got = append(got, u.String())
	}
	want := []string{
		"expect.csv:5: total/killed is pinned to 32–258 and is 32–258+ (the plus is part of it)",
		"expect.csv:6: total/injured is pinned to 0 and is unknown (unknown is not zero)",
		"expect.csv:7: by-party/C/killed is pinned to 1 and is not in the report",
		"expect.csv:8: total/nothing is pinned to 1 and is no figure of a row",
		"expect.csv:9: bare is pinned to 1 and is no address",
		"expect.csv:10: total/killed.high is pinned to 257 and is 258"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, bad := range []string{"", "a,b\n", "address,low,high,note\nx,many,,\n", "address,low,high,note\nx,1\n", "address,low,high,note\nx,,,\n", "address,low,high,note\nx,1,2-,\n"} {
		if _, err := ReadExpectations("expect.csv", []byte(bad)); !errors.Is(err, ErrExpect) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
