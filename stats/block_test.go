package stats

import (
	"fmt"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// without leaves a column out of a batch of records that state nothing in it.
var without = []struct {
	name  string
	blank func(*rec)
	drop  func(*data.Batch)
}{
	{"country", func(r *rec) { r.country = "" }, func(b *data.Batch) { b.Codes[data.ColCountry] = nil }},
	{"admin1", func(r *rec) { r.admin1 = "" }, func(b *data.Batch) { b.Codes[data.ColAdmin1] = nil }},
	{"event type", func(r *rec) { r.event = "" }, func(b *data.Batch) { b.Codes[data.ColEventType] = nil }},
	{"attributed to", func(r *rec) { r.attributed = "" }, func(b *data.Batch) { b.Codes[data.ColAttributedTo] = nil }},
	{"claimed by", func(r *rec) { r.claimed = "" }, func(b *data.Batch) { b.Codes[data.ColClaimedBy] = nil }},
	{"involved", func(r *rec) { r.involved = "" }, func(b *data.Batch) { b.Codes[data.ColInvolved] = nil }},
	{"victim side", func(r *rec) { r.side = "" }, func(b *data.Batch) { b.Codes[data.ColVictimSide] = nil }},
	{"source", func(r *rec) { r.source = "" }, func(b *data.Batch) { b.Codes[data.ColSource] = nil }},
	{"source side", func(r *rec) { r.sourceSide = "" }, func(b *data.Batch) { b.Codes[data.ColSourceSide] = nil }},
	{"victim type", func(r *rec) { r.victim = 0 }, func(b *data.Batch) { b.VictimType = nil }},
	{"status", func(r *rec) { r.status = 0 }, func(b *data.Batch) { b.Status = nil }},
	{"attribution", func(r *rec) { r.suspected = false }, func(b *data.Batch) { b.Attribution = nil }},
	{"reported on", func(r *rec) { r.reported = "" }, func(b *data.Batch) { b.ReportedOn = nil }},
	{"killed", func(r *rec) { r.killed = data.Count{} }, func(b *data.Batch) { b.Killed = nil }},
	{"women", func(r *rec) { r.women = data.Count{} }, func(b *data.Batch) { b.Besides[data.BesideWomen] = nil }},
	{"militants", func(r *rec) { r.militants = data.Count{} }, func(b *data.Batch) { b.Besides[data.BesideMilitants] = nil }},
	{"parts", func(r *rec) { r.parts = nil }, func(b *data.Batch) { b.KilledParts = [data.NumParts][]data.Count{} }},
}

// A column that a file has not is one in which no record states anything.
func TestNoColumnIsABlankColumn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		o := DefaultOptions()
		o.Repeated = map[uint64]struct{}{}
		seen := map[string]bool{}
		var dropped []int
		for k := range without {
			if rapid.Bool().Draw(t, without[k].name) {
				dropped = append(dropped, k)
			}
		}
		for i := range rs {
			for _, k := range dropped {
				without[k].blank(&rs[i])
			}
			if seen[rs[i].id] && rs[i].id != "" {
				o.Repeated[HashID([]byte(rs[i].id))] = struct{}{}
			}
			seen[rs[i].id] = true
		}
		run := func(b *data.Batch) string {
			a := NewAccumulator(o)
			if err := a.Add(b); err != nil {
				t.Fatal(err)
			}
			r, err := a.Report()
			if err != nil {
				t.Fatal(err)
			}
			return text(r)
		}
		blank, lacking := batch(rs), batch(rs)
		for _, k := range dropped {
			without[k].drop(lacking)
		}
		if x, y := run(blank), run(lacking); x != y {
			t.Fatalf("blank:\n%s\nnot there:\n%s", x, y)
		}
	})
}

// mixed makes many records of all kinds, without ids.
func mixed(n int) []rec {
	rs := make([]rec, n)
	for i := range rs {
		rs[i] = rec{date: fmt.Sprintf("2020-%02d-%02d", i%5+1, i%28+1), country: []string{"P", "Q", ""}[i%3], admin1: []string{"N", "S"}[i/256%2], event: []string{"raid", "bomb", ""}[i%7%3],
			attributed: []string{"A", "B", "A;B", ""}[i%4], claimed: []string{"", "", "A"}[i%11%3], side: []string{"", "A", "B"}[i%13%3], victim: data.VictimType(i % 6),
			killed: data.Exactly(int64(i * 7 % 31)), injured: data.Between(int64(i%3), int64(i%3+i%2)), status: []data.Status{data.Reported, data.Verified, data.Denied, data.Retracted}[i%17%4], women: data.Exactly(int64(i % 2))}
		if i%19 == 0 {
			rs[i].killed, rs[i].date = data.Count{}, "2020"
		}
	}
	return rs
}

// Records are entered in blocks. Where the blocks begin and end shows nowhere: in
// no file of a length around that of a block, in no split, and not where a
// selection empties a block.
func TestBlocksShowNowhere(t *testing.T) {
	for _, n := range []int{1, blockSize - 1, blockSize, blockSize + 1, 2*blockSize + 1} {
		rs := mixed(n)
		for _, where := range [][]string{nil, {"admin1=N"}, {"admin1=S"}, {"party=A"}} {
			o := DefaultOptions()
			var err error
			if o.Where, err = ParseFilters(where); err != nil {
				t.Fatal(err)
			}
			want := text(tallyOf(t, o, rs))
			var pieces [][]rec
			for from := 0; from < n; from += 100 {
				pieces = append(pieces, rs[from:min(from+100, n)])
			}
			if got := text(tallyOf(t, o, pieces...)); got != want {
				t.Errorf("%d records where %v: in one\n%s\nin pieces of 100\n%s", n, where, want, got)
			}
			var killed, incidents int64
			for _, r := range rs {
				named := r.attributed
				if r.claimed != "" {
					named = r.claimed
				}
				switch {
				case r.status == data.Retracted, len(where) > 0 && where[0] == "admin1="+map[string]string{"N": "S", "S": "N"}[r.admin1], len(where) > 0 && where[0] == "party=A" && named != "A" && named != "A;B":
					continue
				case r.status != data.Denied:
					killed += r.killed.Low
				}
				incidents++
			}
			if r := tallyOf(t, o, rs); int64(r.Total.Incidents) != incidents || r.Total.Killed.Low != killed {
				t.Errorf("%d records where %v: %d incidents with %d killed, want %d with %d", n, where, r.Total.Incidents, r.Total.Killed.Low, incidents, killed)
			}
		}
	}
}

// Nothing is dropped in silence: a record that is an incident of its own is
// counted, withdrawn or set aside, under any options.
func TestEveryRecordIsSomewhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		for i := range rs {
			rs[i].id = ""
		}
		o := DefaultOptions()
		some := func(name string) data.Day {
			return day(rapid.SampledFrom([]string{"", "2020-01-31", "2020-02-10", "2021-08-01"}).Draw(t, name))
		}
		o.From, o.To, o.AsOf = some("from"), some("to"), some("as of")
		o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
		o.Policy, _ = ParsePolicy(rapid.SampledFrom([]string{"range", "conservative", "verified-first", "account:S1", "admission"}).Draw(t, "policy"))
		o.Where, _ = ParseFilters(rapid.SampledFrom([][]string{nil, {"country=P"}, {"party="}, {"party=a", "admin1=N"}}).Draw(t, "where"))
		r := tallyRapid(t, o, rs)
		if n := int64(r.Total.Incidents) + int64(r.Quality.Withdrawn) + r.Ledger.SetAside; n != int64(len(rs)) {
			t.Fatalf("%d counted, %d withdrawn, %d set aside, of %d records", r.Total.Incidents, r.Quality.Withdrawn, r.Ledger.SetAside, len(rs))
		}
		for _, tb := range r.Tables {
			if tb.Additive && tb.ID != "total" {
				n := uint32(0)
				for _, row := range tb.Rows {
					n += row.Tally.Incidents
				}
				if n != r.Total.Incidents {
					t.Fatalf("%s: %d incidents of %d", tb.ID, n, r.Total.Incidents)
				}
			}
		}
	})
}
