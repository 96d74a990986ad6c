package stats

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"toll/data"
)

// largeBatches makes batches like those of a global export: ten years of days,
// 20 countries with 200 provinces, 2,000 districts and 40,000 places, 150 parties.
func largeBatches(n, size int) []*data.Batch {
	rng := rand.New(rand.NewPCG(1, 2))
	dicts := data.NewDicts()
	code := func(c data.Column, format string, k int) uint32 { return dicts[c].Code(fmt.Sprintf(format, k)) }
	zipf := rand.NewZipf(rng, 1.2, 8, 149)
	var bs []*data.Batch
	first := day("2015-01-01")
	for from := 0; from < n; from += size {
		b := &data.Batch{N: min(size, n-from), Dicts: dicts, First: int64(from)}
		for i := range b.N {
			d := first + data.Day(rng.IntN(3653))
			place := rng.IntN(40000)
			b.Line = append(b.Line, int32(from+i+2))
			b.Start, b.End, b.Prec = append(b.Start, d), append(b.End, d), append(b.Prec, data.ToDay)
			add := func(c data.Column, v uint32) { b.Codes[c] = append(b.Codes[c], v) }
			add(data.ColCountry, code(data.ColCountry, "country %d", place/2000))
			add(data.ColAdmin1, code(data.ColAdmin1, "province %d", place/200))
			add(data.ColAdmin2, code(data.ColAdmin2, "district %d", place/20))
			add(data.ColPlace, code(data.ColPlace, "place %d", place))
			add(data.ColEventType, code(data.ColEventType, "type %d", rng.IntN(6)))
			add(data.ColAttributedTo, code(data.ColAttributedTo, "party %d", int(zipf.Uint64())))
			add(data.ColClaimedBy, 0)
			k := int64(rng.ExpFloat64() * 3)
			b.Killed = append(b.Killed, data.Count{Low: k * data.Unit, Best: (k + 1) * data.Unit, High: (k + 2) * data.Unit, Flags: data.HasLow | data.HasBest | data.HasHigh})
			b.Injured = append(b.Injured, data.Exactly(2*k))
			b.ID.Append([]byte(fmt.Sprint(100000 + from + i)))
		}
		bs = append(bs, b)
	}
	return bs
}

// Compare two commits with:
//
//	go test ./stats -run - -bench Add -count 10 > new.txt; benchstat old.txt new.txt
func BenchmarkAdd(b *testing.B) {
	const n = 200_000
	bs := largeBatches(n, 4096)
	for _, ids := range []bool{true, false} {
		b.Run(fmt.Sprintf("ids=%v", ids), func(b *testing.B) {
			o := DefaultOptions()
			o.Period = ByMonth
			b.ReportAllocs()
			for range b.N {
				a := NewAccumulator(o)
				for _, x := range bs {
					y := *x
					if !ids {
						y.ID = data.Texts{}
					}
					if err := a.Add(&y); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/record")
		})
	}
}

func BenchmarkReport(b *testing.B) {
	bs := largeBatches(200_000, 4096)
	b.ReportAllocs()
	for range b.N {
		b.StopTimer()
		a := NewAccumulator(DefaultOptions())
		for _, x := range bs {
			if err := a.Add(x); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		if _, err := a.Report(); err != nil {
			b.Fatal(err)
		}
	}
}
