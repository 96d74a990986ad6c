package record

import (
	"strings"
	"testing"

	"github.com/gocarina/gocsv"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Reading the tags by ourselves and letting gocsv read them must come to the
// same mapping, for every native name and every alias.
func TestGocsvReadsTheTagsAsThePlanDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := rapid.Permutation(seq(int(numFields))).Draw(t, "order")
		var header, row []string
		for _, f := range fields {
			header = append(header, rapid.SampledFrom(fieldNames[f]).Draw(t, "name"))
			row = append(row, "cell of "+Field(f).String())
		}
		in := strings.Join(header, ",") + "\n" + strings.Join(row, ",") + "\n"
		var rows []Row
		if err := gocsv.UnmarshalString(in, &rows); err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		var got cells
		rows[0].into(&got)
		s := newScanner("f.csv", strings.NewReader(in), ',')
		var r record
		if err := s.next(&r); err != nil {
			t.Fatal(err)
		}
		p, err := newPlan("f.csv", &r, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for f := range numFields {
			if want := "cell of " + f.String(); string(got[f]) != want {
				t.Fatalf("gocsv puts %q into %s", got[f], f)
			}
			if name := header[p.column[f]]; fieldByName[name] != f {
				t.Fatalf("the plan takes %s from %s", f, name)
			}
		}
	})
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestAChunkGivesBackItsRecords(t *testing.T) {
	in := "date,x,killed\n2025-10-11,a,1\n\"2025\n\",\"b\",2\n,,\n"
	s := newScanner("f.csv", strings.NewReader(in), ',')
	var r record
	if err := s.next(&r); err != nil {
		t.Fatal(err)
	}
	p, err := newPlan("f.csv", &r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := newChunk(p, 3)
	for round := range 2 {
		s = newScanner("f.csv", strings.NewReader(in), ',')
		_ = s.next(&r)
		for i := range 3 {
			if err := s.next(&r); err != nil {
				t.Fatal(err)
			}
			if full := c.add(&r); full != (i == 2) {
				t.Fatalf("full after %d records: %v", i+1, full)
			}
		}
		rows, err := c.unmarshal(nil)
		if err != nil {
			t.Fatal(err)
		}
		want := []Row{{Date: "2025-10-11", Killed: "1"}, {Date: "2025\n", Killed: "2"}, {}}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("round %d:\n%s", round, diff)
		}
		second := c.record(1)
		if second.line != 3 || second.last != 4 || string(second.cell(1)) != "b" || second.at[2] != (position{4, 7}) {
			t.Errorf("%+v", second)
		}
		c.reset()
	}
	if _, err := c.Read(); err == nil {
		t.Error("a chunk is read record by record")
	}
}

func TestALongTextFillsAChunk(t *testing.T) {
	c := newChunk(&plan{}, 1000)
	r := record{buf: make([]byte, 600<<10), ends: []int{600 << 10}, at: []position{{1, 1}}}
	if c.add(&r) || !c.add(&r) {
		t.Error("a chunk holds more text than it should")
	}
}
