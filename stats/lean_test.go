package stats

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// leanOptions ask for the tables that small tallies are kept for.
func leanOptions() Options {
	o := DefaultOptions()
	o.Period = ByMonth
	o.Only = []string{"total", "by-month", "by-year", "by-admin1", "by-country", "by-party", "period-party", "admin1-party"}
	return o
}

// drawToll draws a toll as readers give them, small and large, whole and not,
// stated in part or not at all.
func drawToll(t *rapid.T) data.Count {
	figure := rapid.OneOf(rapid.Int64Range(0, 9), rapid.Int64Range(1000, 1100), rapid.Int64Range(0, data.MaxCount))
	c := data.Count{Flags: data.CountFlags(rapid.IntRange(0, 31).Draw(t, "flags"))}
	for _, f := range []*int64{&c.Low, &c.Best, &c.High} {
		*f = figure.Draw(t, "figure") * data.Unit
		if rapid.IntRange(0, 9).Draw(t, "part") == 0 {
			*f += 333_333
		}
	}
	if c.Flags&data.HasLow == 0 {
		c.Low = 0
	}
	if c.Flags&data.HasBest == 0 {
		c.Best = 0
	}
	if c.Flags&data.HasHigh == 0 {
		c.High = 0
	}
	return c
}

// A small tally of incidents is their tally, however many there are; an incident
// that it does not take leaves it as it was.
func TestSmallTallyIsTheTally(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var small smallTally
		var want Tally
		for range rapid.IntRange(0, 20).Draw(t, "incidents") {
			killed, injured := drawToll(t), drawToll(t)
			var d smallTally
			is := d.of(&killed, &injured)
			fits := true
			for _, v := range []int64{killed.Low, killed.Best, killed.High, injured.Low, injured.Best, injured.High} {
				fits = fits && v%data.Unit == 0 && v < data.Unit<<smallBits
			}
			if is != fits || !is && d != (smallTally{}) {
				t.Fatalf("%+v and %+v are small: %v", killed, injured, is)
			}
			if is {
				want.Add(&killed, &injured)
			}
			small.plus(&d)
		}
		if got := small.tally(); got != want {
			t.Fatalf("%+v, want %+v", got, want)
		}
	})
}

// As many incidents of the largest figures as may be added leave each number its
// own place.
func TestSmallTallyHoldsTheMost(t *testing.T) {
	c := data.Exactly(1<<smallBits - 1)
	var d smallTally
	if !d.of(&c, &c) {
		t.Fatal("the largest figure is not small")
	}
	var all smallTally
	for range mostSmall {
		all.plus(&d)
	}
	s := Sum{Low: mostSmall * c.Low, Best: mostSmall * c.Best, High: mostSmall * c.High, Fatal: mostSmall}
	if got, want := all.tally(), (Tally{Incidents: mostSmall, Killed: s, Injured: s}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	c = data.AtLeast(1<<smallBits - 1)
	for _, x := range []data.Count{{}, c, {Low: data.Unit, Flags: data.HasLow}} {
		d.of(&x, &x)
		all = smallTally{}
		for range mostSmall {
			all.plus(&d)
		}
		var one Tally
		one.Add(&x, &x)
		if got := all.tally(); got.Incidents != mostSmall || got.Killed.Unknown != mostSmall*one.Killed.Unknown || got.Injured.Open != mostSmall*one.Injured.Open ||
			got.Killed.NoBest != mostSmall*one.Killed.NoBest || got.Injured.High != mostSmall*one.Injured.High {
			t.Errorf("of %+v: %+v", x, got)
		}
	}
}

func TestSmallTallyTakesNothingNegative(t *testing.T) {
	for _, bad := range []int64{-1, -data.Unit, -1 << 62} {
		c, none := data.Count{Low: bad, Flags: data.HasLow}, data.Count{}
		var d smallTally
		if d.of(&c, &none) || d.of(&none, &c) {
			t.Errorf("%d is taken", bad)
		}
	}
}

// A cross of small tallies finds the cell of each pair, in whatever order pairs
// come, and refuses pairs that its table has no room for.
func TestLeanCrossAgainstAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := leanCross{most: rapid.SampledFrom([]int{0, 1 << 10, 1 << 14}).Draw(t, "most")}
		want := map[[2]int32]Tally{}
		var order [][2]int32
		var full cross
		pair := rapid.Custom(func(t *rapid.T) [2]int32 {
			side := rapid.OneOf(rapid.Int32Range(0, 5), rapid.Int32Range(0, 40), rapid.Int32Range(0, 3000))
			return [2]int32{side.Draw(t, "a"), side.Draw(t, "b")}
		})
		for range rapid.IntRange(0, 60).Draw(t, "adds") {
			k := pair.Draw(t, "pair")
			toll := data.Exactly(rapid.Int64Range(0, 9).Draw(t, "toll"))
			var d smallTally
			d.of(&toll, &data.Count{})
			before := len(c.keys)
			if c.addTo(k[0], k[1], &d, &full); len(c.keys) > before {
				order = append(order, k)
			}
			x := want[k]
			x.Add(&toll, &data.Count{})
			want[k] = x
		}
		var got [][2]int32
		c.each(func(a, b int32, _ *smallTally) { got = append(got, [2]int32{a, b}) })
		if !slices.Equal(got, order) {
			t.Fatalf("the cells are %v, want %v", got, order)
		}
		if most := c.most; most > 0 && len(c.places) > most {
			t.Fatalf("%d places", len(c.places))
		}
		c.settleInto(&full)
		if len(c.keys) > 0 || len(full.keys) != len(want) {
			t.Fatalf("%d cells, want %d, and %d are left", len(full.keys), len(want), len(c.keys))
		}
		full.each(func(a, b int32, x *Tally) {
			if *x != want[[2]int32{a, b}] {
				t.Fatalf("%d × %d: %+v, want %+v", a, b, *x, want[[2]int32{a, b}])
			}
		})
	})
}

// manyBatches draws records over some days, places and parties, cut into batches.
func manyBatches(t *rapid.T, n int) []*data.Batch {
	seed := rapid.Uint64().Draw(t, "seed")
	rng := rand.New(rand.NewPCG(seed, 1))
	counts := make([]data.Count, 12)
	for i := range counts {
		counts[i] = drawToll(t).Settle()
	}
	ids, named, stated := rapid.Bool().Draw(t, "ids"), rapid.IntRange(0, 2).Draw(t, "names"), rapid.Bool().Draw(t, "status")
	var bs []*data.Batch
	dicts := data.NewDicts()
	for from := 0; from < n; {
		b := &data.Batch{N: min(n-from, 1+rng.IntN(700)), Dicts: dicts, First: int64(from)}
		for i := range b.N {
			d := day("2019-11-01") + data.Day(rng.IntN(500))
			b.Line = append(b.Line, int32(from+i+2))
			b.Start, b.End, b.Prec = append(b.Start, d), append(b.End, d), append(b.Prec, data.Precision(rng.IntN(30)/29*int(data.ToMonth)))
			add := func(c data.Column, name string) { b.Codes[c] = append(b.Codes[c], dicts[c].Code(name)) }
			country := rng.IntN(3)
			add(data.ColCountry, fmt.Sprint("country ", country))
			add(data.ColAdmin1, []string{"", fmt.Sprint("province ", country, rng.IntN(9)), "Same"}[min(2, rng.IntN(9))])
			add(data.ColAttributedTo, []string{"", "A;B", fmt.Sprint("party ", rng.IntN(40))}[min(2, rng.IntN(9))])
			if named > 0 {
				add(data.ColClaimedBy, []string{"", "A", "C"}[rng.IntN(3)])
			}
			if named > 1 {
				b.Attribution = append(b.Attribution, data.Attribution(rng.IntN(2)))
			}
			if stated {
				b.Status = append(b.Status, []data.Status{0, data.Denied, data.Retracted, data.Verified}[max(0, rng.IntN(20)-16)])
			}
			b.Killed, b.Injured = append(b.Killed, counts[rng.IntN(len(counts))]), append(b.Injured, counts[rng.IntN(len(counts))])
			if ids {
				b.ID.Append(fmt.Appendf(nil, "%d", 99_000+from+i))
			}
		}
		bs = append(bs, b)
		from += b.N
	}
	return bs
}

// Tables made of small tallies are those of the whole report, also of a tally that
// was split and merged, and of one that has no room for all its pairs.
func TestLeanTablesAreThoseOfTheReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bs := manyBatches(t, rapid.IntRange(1, 3000).Draw(t, "records"))
		o := leanOptions()
		whole := o
		whole.Only = nil
		tally := func(o Options, workers, most int) *Report {
			accs := make([]*Accumulator, workers)
			for w := range accs {
				accs[w] = NewAccumulator(o)
				if s := accs[w].small; s != nil {
					s.time.most, s.place.most = most, most
				} else if o.Only != nil {
					t.Fatal("a lean tally keeps no small tallies")
				}
				for i := w; i < len(bs); i += workers {
					if err := accs[w].Add(withDicts(bs[i], w, workers)); err != nil {
						t.Fatal(err)
					}
				}
			}
			for _, x := range accs[1:] {
				if err := accs[0].Merge(x); err != nil {
					t.Fatal(err)
				}
			}
			r, err := accs[0].Report()
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		want := tally(whole, 1, 0)
		for _, workers := range []int{1, 2, 3} {
			for _, most := range []int{0, 64, 1 << 10} {
				got := tally(o, workers, most)
				if got.Total != want.Total {
					t.Fatalf("%d workers, %d places: %+v, want %+v", workers, most, got.Total, want.Total)
				}
				for _, id := range o.Only {
					x, y := got.Table(id), want.Table(id)
					if (x == nil) != (y == nil) || x != nil && rowsOf(x) != rowsOf(y) {
						t.Fatalf("%d workers, %d places, %s:\n%s\nin the report:\n%s", workers, most, id, rowsOf(x), rowsOf(y))
					}
				}
			}
		}
	})
}

// withDicts gives a batch dictionaries of a worker's own, with codes in another
// order.
func withDicts(b *data.Batch, worker, workers int) *data.Batch {
	if workers == 1 {
		return b
	}
	own := *b
	own.Dicts = data.NewDicts()
	for c, column := range b.Codes {
		own.Codes[c] = nil
		for i := range column {
			at := i
			if worker%2 == 1 {
				at = len(column) - 1 - i
			}
			own.Dicts[c].Code(b.Dicts[c].Name(column[at]))
		}
		for _, code := range column {
			own.Codes[c] = append(own.Codes[c], own.Dicts[c].Code(b.Dicts[c].Name(code)))
		}
	}
	return &own
}

// A figure that no reader passes on is an overflow, also where most are small.
func TestLeanTallyOverflows(t *testing.T) {
	for _, bad := range []int64{-1, 1 << 60} {
		b := batch([]rec{{date: "2020-01-01", attributed: "A", killed: exactly(1)}, {date: "2020-01-01", attributed: "A", killed: data.Count{Low: bad, High: bad, Flags: data.HasLow | data.HasHigh}}})
		if err := NewAccumulator(leanOptions()).Add(b); err != ErrOverflow {
			t.Errorf("%d: %v", bad, err)
		}
	}
}

// Ids of a block ascend where each is above the one before, one at a time.
func TestIDsOfABlockAscend(t *testing.T) {
	id := rapid.OneOf(rapid.StringMatching(`[0-9]{1,9}`), rapid.StringMatching(`[a-z]{0,3}[0-9]{4}`), rapid.StringMatching(`P-[0-9]{6,12}`), rapid.SampledFrom([]string{"", "\xff", "12345678", "123456789", "é9"}))
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(id, 1, 30).Draw(t, "ids")
		if rapid.Bool().Draw(t, "sorted") {
			slices.SortFunc(ids, func(x, y string) int { return compareIDs([]byte(x), []byte(y)) })
			if rapid.Bool().Draw(t, "distinct") {
				ids = slices.Compact(ids)
			}
		}
		var texts data.Texts
		for _, x := range ids {
			texts.Append([]byte(x))
		}
		from := rapid.IntRange(0, len(ids)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(ids)).Draw(t, "to")
		before := []byte(rapid.OneOf(rapid.Just(""), id).Draw(t, "before"))
		want, last := true, before
		for _, x := range ids[from:to] {
			want = want && x != "" && compareIDs([]byte(x), last) > 0
			last = []byte(x)
		}
		if got := idsAscend(&texts, before, from, to); got != want {
			t.Fatalf("%q after %q, from %d to %d: %v", ids, before, from, to, got)
		}
	})
}

// Runs of ids are the same whether a block is looked at whole or one by one.
func TestRunsOfBlocks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		next, one, whole := 90, NewAccumulator(DefaultOptions()), NewAccumulator(DefaultOptions())
		first := int64(0)
		for range rapid.IntRange(1, 5).Draw(t, "batches") {
			b := &data.Batch{N: 1 + rng.IntN(600), First: first}
			for range b.N {
				if next += 1 + rng.IntN(3); rng.IntN(5000) == 0 {
					next -= 5
				}
				b.ID.Append(fmt.Append(nil, next))
			}
			first += int64(b.N)
			for from := 0; from < b.N; from += blockSize {
				to := min(from+blockSize, b.N)
				for i := from; i < to; i++ {
					one.ascends(b.ID.Bytes(i), b, i)
				}
				if !whole.allAscend(b, from, to) {
					for i := from; i < to; i++ {
						whole.ascends(b.ID.Bytes(i), b, i)
					}
				}
			}
			if one.unordered != whole.unordered || !one.unordered && fmt.Sprint(one.runs) != fmt.Sprint(whole.runs) {
				t.Fatalf("%v %v, want %v %v", whole.unordered, whole.runs, one.unordered, one.runs)
			}
		}
	})
}

// Where nothing but the attributed party bears on whose incident it is, and only
// tables of parties are asked for, records stand as they do with every column.
func TestStandAttributedIsStandNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		rng := rand.New(rand.NewPCG(seed, 3))
		dicts := data.NewDicts()
		b := &data.Batch{N: blockSize, Dicts: dicts}
		for range b.N {
			d := day("2020-01-01") + data.Day(rng.IntN(60))
			b.Start, b.End, b.Prec, b.Line = append(b.Start, d), append(b.End, d), append(b.Prec, data.ToDay), append(b.Line, 2)
			add := func(c data.Column, name string) { b.Codes[c] = append(b.Codes[c], dicts[c].Code(name)) }
			add(data.ColAttributedTo, []string{"", "A", "B;A", "A;B", "A; A", " ", fmt.Sprint("party ", rng.IntN(20))}[rng.IntN(7)])
			add(data.ColAdmin2, []string{"", "D", fmt.Sprint("district ", rng.IntN(20))}[rng.IntN(3)])
			add(data.ColPlace, []string{"", "D", fmt.Sprint("place ", rng.IntN(20))}[rng.IntN(3)])
		}
		full := *b // has the other columns, with nothing in them
		full.Codes[data.ColClaimedBy], full.Codes[data.ColInvolved] = make([]uint32, b.N), make([]uint32, b.N)
		full.Codes[data.ColCountry], full.Codes[data.ColAdmin1] = make([]uint32, b.N), make([]uint32, b.N)
		rows := make([]int32, 1+rng.IntN(blockSize))
		for r := range rows {
			rows[r] = int32(rng.IntN(b.N))
		}
		x, y := NewAccumulator(leanOptions()), NewAccumulator(leanOptions())
		for range 2 { // the second time, everything has been met
			x.stand(b, rows, x.codesFor(dicts))
			y.stand(&full, rows, y.codesFor(dicts))
			n := len(rows)
			if x.block.standAt != y.block.standAt && !slices.Equal(x.block.standAt[:n], y.block.standAt[:n]) || !slices.Equal(x.block.place[:n], y.block.place[:n]) || !slices.Equal(x.block.time[:n], y.block.time[:n]) {
				t.Fatalf("%v %v %v, want %v %v %v", x.block.standAt[:n], x.block.place[:n], x.block.time[:n], y.block.standAt[:n], y.block.place[:n], y.block.time[:n])
			}
			if len(x.partyBase) != len(y.partyBase) {
				t.Fatalf("%d parties have room, want %d", len(x.partyBase), len(y.partyBase))
			}
		}
	})
}

// A tally that lets in more incidents than small cells can hold adds them up in
// full in time.
func TestSmallTalliesAreSettledInTime(t *testing.T) {
	b := batch([]rec{{date: "2020-01-01", country: "P", attributed: "A", killed: exactly(1<<smallBits - 1), injured: exactly(1)}, {date: "2020-02-01", country: "P", attributed: "B", killed: exactly(2000)}})
	add := func(waiting int) *Accumulator {
		a := NewAccumulator(leanOptions())
		for range 3 {
			if err := a.Add(b); err != nil {
				t.Fatal(err)
			}
			a.small.n = waiting // as if there had been so many
		}
		return a
	}
	a, o := add(mostSmall-1), add(mostSmall-3)
	if len(a.timeParty.cells) != 2 || a.timeParty.cells[0].Incidents+a.timeParty.cells[1].Incidents < 3 {
		t.Errorf("%+v is in full", a.timeParty.cells)
	}
	if a.leanLike(o) {
		t.Error("as many incidents as do not fit are added as they are")
	}
	if err := a.Merge(o); err != nil {
		t.Fatal(err)
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range r.Table("period-party").Rows {
		want := Tally{}
		toll := data.Exactly(1<<smallBits - 1)
		if injured := data.Exactly(1); row.Keys[1].ID == "A" {
			for range 6 {
				want.Add(&toll, &injured)
			}
		} else {
			toll = data.Exactly(2000)
			for range 6 {
				want.Add(&toll, &data.Count{})
			}
		}
		if row.Tally != want {
			t.Errorf("%s: %+v, want %+v", row.Keys[1].ID, row.Tally, want)
		}
	}
}
