package output

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// unfold takes back fold.
func unfold(v int64) int64 {
	if v%2 != 0 {
		return -(v + 1) / 2
	}
	return v / 2
}

type cubeFields struct {
	Unit     string
	Sums     *sumCells
	Policies []policyCell
	Told     []toldCell
	Texts    []string
	Start    packed
}

func readCube(t *testing.T, d *Document) (f cubeFields, size int) {
	t.Helper()
	b, why := embedCells(d)
	if why != "" {
		t.Fatal(why)
	}
	if err := json.Unmarshal(b, &f); err != nil {
		t.Fatal(err)
	}
	return f, len(b)
}

// TestSumsHoldWhatTheCubeHolds reads every column of a cube back.
func TestSumsHoldWhatTheCubeHolds(t *testing.T) {
	for _, unit := range []int64{data.Unit, 1} {
		d := rolled("Nordhausen", "Red Front")
		d.Report.Roll = d.Report.Roll.Cubed()
		cells := d.Report.Roll.Cube.Cells
		if len(cells) != 2 {
			t.Fatalf("%d cells", len(cells))
		}
		if unit == 1 {
			cells[0].Killed.Best++ // a millionth of a person
		}
		f, _ := readCube(t, d)
		if f.Unit != "month" || f.Sums.Scale != unit || len(f.Policies) != 1 || len(f.Told) != 1 || f.Start.N != 0 {
			t.Fatalf("%+v", f)
		}
		column := func(p packed) []int64 { return unpack(t, p) }
		s := f.Sums
		for i, c := range cells {
			got := []int64{column(s.N)[i], unfold(column(s.Killed.Low)[i]) * s.Scale, column(s.Killed.Unknown)[i], column(s.Killed.NoBest)[i], column(s.Hurt.Open)[i],
				unfold(column(s.Killed.High)[i])*s.Scale + c.Killed.Low, unfold(column(s.Killed.Best)[i])*s.Scale + c.Killed.Low, column(s.Killed.None)[i], column(s.Path)[i], column(s.Naming)[i]}
			want := []int64{int64(c.Incidents), c.Killed.Low, int64(c.Killed.Unknown), int64(c.Killed.NoBest), int64(c.Injured.Open),
				c.Killed.High, c.Killed.Best, int64(c.Incidents - c.Killed.Unknown - c.Killed.Fatal), int64(c.Path), int64(c.Naming)}
			for k := range want {
				if got[k] != want[k] {
					t.Errorf("cell %d, column %d: %d, want %d", i, k, got[k], want[k])
				}
			}
		}
		dated := cells[len(cells)-1]
		y, m, _ := dated.Start.Civil()
		if k, at := column(s.Kind), column(s.At); k[len(cells)-1] != 0 || at[len(cells)-1] != int64(y*12+m-1) || k[0] != 3 {
			t.Errorf("kinds %v, periods %v", k, at)
		}
		if first, last := column(s.First), column(s.Last); first[len(cells)-1] != int64(dated.First-dated.Start) || last[len(cells)-1] != 1 {
			t.Errorf("first %v, last %v", first, last)
		}
	}
}

func TestPeriodsAreCountedFromTheYear0(t *testing.T) {
	may, _ := data.DayOf(2024, 5, 1)
	for _, x := range []struct {
		prec data.Precision
		p    stats.Period
		want int64
	}{{data.ToDay, stats.ByMonth, 2024*12 + 4}, {data.ToDay, stats.ByQuarter, 2024*4 + 1}, {data.ToDay, stats.ByYear, 2024}, {data.ToMonth, stats.ByYear, 2024*12 + 4}, {data.ToYear, stats.ByMonth, 2024}, {data.Undated, stats.ByMonth, 0}} {
		if got := periodCell(&stats.CubeCell{Prec: x.prec, Start: may}, x.p); got != x.want {
			t.Errorf("%v by %v: %d, want %d", x.prec, x.p, got, x.want)
		}
	}
}

// crowded is a roll whose incidents take more room than a page has.
func crowded(provinces int) *stats.Roll {
	r := rand.New(rand.NewPCG(1, 1))
	roll := &stats.Roll{Policies: []stats.Policy{{}}, Events: []string{""}, Namings: []stats.Naming{{Key: unattributed}}, Tolls: []data.Count{{}}}
	for p := range provinces {
		roll.Paths = append(roll.Paths, [4]string{"Kélundra", strings.Repeat("p", 1+p%9) + string(rune('a'+p%26)) + string(rune(0x4E00+p))})
	}
	for range 60_000 {
		roll.Tolls = append(roll.Tolls, data.Between(r.Int64N(90_000), 90_000+r.Int64N(90_000)))
	}
	for i := range 190_000 {
		k, j := int32(r.IntN(60_000)), int32(r.IntN(60_000))
		d := data.Day(r.IntN(20_000))
		roll.Singles = append(roll.Singles, stats.Single{Line: int32(i + 2), Date: data.Date{Start: d, End: d}, Path: int32(r.IntN(provinces)), Killed: k, Injured: j, AsWeighed: [2]int32{k, j}})
	}
	return roll
}

// TestPageTakesSumsWhereIncidentsAreTooLarge has the cells give way to sums, those
// to sums over longer periods, and those to a reason.
func TestPageTakesSumsWhereIncidentsAreTooLarge(t *testing.T) {
	for _, x := range []struct {
		provinces int
		unit      string
	}{{20, "month"}, {600, "year"}} {
		d := sample()
		d.Report.Roll = crowded(x.provinces)
		f, size := readCube(t, d)
		if f.Unit != x.unit || size > maxEmbedded {
			t.Errorf("%d provinces: sums by %q, %d bytes", x.provinces, f.Unit, size)
		}
		total := int64(0)
		for _, n := range unpack(t, f.Sums.N) {
			total += n
		}
		if total != 190_000 {
			t.Errorf("the sums are of %d incidents", total)
		}
	}
	d := sample()
	d.Report.Roll = crowded(15_000)
	if b, why := embedCells(d); b != nil || !strings.Contains(why, "would take") {
		t.Errorf("%d bytes, for %q", len(b), why)
	}
}
