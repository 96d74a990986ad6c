package record

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"toll/data"
)

// benchFile makes a file of the shape that analysts keep: nineteen columns, a
// long quoted note in each record.
func benchFile(rows int) []byte {
	var b bytes.Buffer
	b.WriteString("id,date,country,admin1,admin2,place,lat,lon,perpetrator,claimed_by,event_type,killed_low,killed_best,killed_high,injured_low,injured_best,injured_high,source,notes\n")
	for i := range rows {
		day, _ := data.DayOf(2015+i%10, 1+i%12, 1+i%28)
		fmt.Fprintf(&b, "%d,%s,Country %d,\"Province, %d\",District %d,Village %d,%d.%06d,%d.%06d,Group %d,,Battle,%d,%d,%d,,%d,,News %d,\"%s, and \"\"so\"\" on.\"\n",
			i, day, i%20, i%200, i%2000, i%5000, i%60, i%1000000, i%90, i%1000000, i%150, i%7, i%7+1, i%7+3, i%11, i%60,
			"militants attacked a convoy near the district road in the early morning according to local sources; several people were reported wounded and taken to a hospital in the north")
	}
	return b.Bytes()
}

func benchmarkRead(b *testing.B, file []byte, o Options) {
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	var rows int64
	for b.Loop() {
		res, err := Read(Source{Name: "bench.csv", R: bytes.NewReader(file)}, 0, o, keepNothing)
		if err != nil {
			b.Fatal(err)
		}
		rows += res.Ledger.Accepted
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkRead(b *testing.B) { benchmarkRead(b, benchFile(20000), Options{}) }

func BenchmarkReadUCDP(b *testing.B) {
	file, err := os.ReadFile(shared(b, "data", "ucdp_ged_pakistan.csv"))
	if err != nil {
		b.Fatal(err)
	}
	benchmarkRead(b, file, Options{})
}

// BenchmarkScan is the scanner alone.
func BenchmarkScan(b *testing.B) {
	file := benchFile(20000)
	b.SetBytes(int64(len(file)))
	var r record
	for b.Loop() {
		s := newScanner("bench.csv", bytes.NewReader(file), ',')
		for s.next(&r) == nil {
		}
	}
}

func BenchmarkCount(b *testing.B) {
	for _, cell := range []string{"23", "1,204", "4–7", "at least 200", "dozens"} {
		b.Run(cell, func(b *testing.B) {
			in := []byte(cell)
			for b.Loop() {
				parseCount(in)
			}
		})
	}
}
