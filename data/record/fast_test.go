package record

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

// readFast reads a file given as text by several workers, in the order of the
// file.
func readFast(csv string, workers int, o Options) ([]flat, *Result, error) {
	var mu sync.Mutex
	var out []flat
	to := make([]Worker, workers)
	for i := range to {
		to[i].Emit = func(b *data.Batch) error {
			mu.Lock()
			defer mu.Unlock()
			for i := range b.N {
				out = append(out, flatten(b, i))
			}
			return nil
		}
	}
	res, err := ReadParallel(File{"f.csv", strings.NewReader(csv), int64(len(csv))}, 0, o, to)
	slices.SortFunc(out, func(a, b flat) int { return int(a.Number - b.Number) })
	return out, res, err
}

// agree reads a text in every way and reports how the results differ.
func agree(t testing.TB, csv string, workers int, o Options) {
	t.Helper()
	for o.index = -1; o.index <= 1; o.index += 2 {
		agreeBy(t, csv, workers, o)
	}
}

func agreeBy(t testing.TB, csv string, workers int, o Options) {
	t.Helper()
	want, wantRes, wantErr := read(csv, o)
	got, gotRes, gotErr := readFast(csv, workers, o)
	if fmt.Sprint(wantErr) != fmt.Sprint(gotErr) {
		t.Fatalf("workers %d, chunk %d: error %v, want %v\n%q", workers, o.chunk, gotErr, wantErr, csv)
	}
	if wantErr != nil {
		return
	}
	if diff := cmp.Diff(wantRes, gotRes); diff != "" {
		t.Fatalf("workers %d, chunk %d: result (-Read +ReadParallel)\n%s\n%q", workers, o.chunk, diff, csv)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("workers %d, chunk %d: records (-Read +ReadParallel)\n%s\n%q", workers, o.chunk, diff, csv)
	}
}

const fastHead = "incident_id,date,admin1,killed,killed_low,killed_high,injured,lat,lon,status,notes\n"

var fastTests = map[string]string{
	"nothing":          "",
	"a header":         fastHead,
	"a header alone":   strings.TrimSpace(fastHead),
	"tags":             "date,killed\n#date,#affected\n2025-10-11,1\n",
	"tags alone":       "date,killed\n#date,#affected",
	"no line end":      "date,killed\n2025-10-11,1",
	"CR at the end":    "date,killed\n2025-10-11,1\r",
	"CRLF":             "date,killed\r\n2025-10-11,1\r\n\r\n2025-10-12,\r\n",
	"quoted CRLF":      "date,killed\r\n\"2025-10-11\",\"1\"\r\n\"2025-10-12\",\"\"\r\n",
	"mark":             "\xef\xbb\xbfdate,killed\n2025-10-11,1\n2025-10-12,x\n",
	"blank lines":      "\n\ndate,killed\n\n2025-10-11,1\n\n  \n,\n2025-10-12,3\n\n",
	"quotes in plain":  "date,killed,place\n2025-10-11,1,5\" pipe\n2025-10-12,2,a\n2025-10-13,3,\"b\nc\"\n2025-10-14,4,d\n",
	"text after quote": "date,killed,place\n2025-10-11,1,\"a\"b\n2025-10-12,2,\"a\"\r,\n2025-10-13,3,\"b\"\n",
	"never closed":     "date,killed,place\n2025-10-11,1,a\n2025-10-12,2,\"b\n2025-10-13,3,c\n",
	"runaway":          "date,killed,place\n2025-10-11,1,\"a\n" + strings.Repeat("2025-10-12,2,b\n2025-10-12,,\"\"\n", 40) + "2025-10-13,3,\"c\nd\"\n2025-10-11,\"1,a\r\n2025-10-14,4,\"e\"\"\"\n2025-10-14,\"5,f\n2025-10-15,6,g",
	"runaway quoted":   "\"date\",\"killed\",\"place\"\n\"2025-10-11\",\"1,\"a\"\n\"2025-10-12\",\"2\",\"b\n\"2025-10-13\",\"3\",\"c\"\n\"2025-10-14\",\"4\",\"d\"\n",
	"doubled":          "date,killed,place\n2025-10-11,1,\"\"\"a\"\" b\"\n2025-10-11,2,\"\"\n2025-10-11,3,\"\"\"\"\n",
	"bytes":            "date,killed,place\n2025-10-11,1,\xff\n2025-10-11,2,a\x00b\n2025-10-11,3,Zürich\n2025-10-11,3,\xc3,\xbc\n",
	"counts":           "date,killed,killed_low,killed_high\n2025-10-11,~5,,\n2025-10-11,5,6,\n2025-10-11,,5,\n2025-10-11,,,9\n2025-10-11,200+,,\n2025-10-11,12345678,,\n2025-10-11, 4 ,,\n2025-10-11,1e3,,\n",
	"spaced names":     "date,killed,place\n2025-10-11,1, a  b \n2025-10-11,1,a b\n2025-10-11,1,\"a b\"\n",
	"parts":            "date,killed,killed_civilians,killed_security,of_which_women\n2025-10-11,,4,3,1\n2025-10-11,9,4,,\n2025-10-11,,,,\n2025-10-11,2-3,1,x,\n",
	"dates":            "date,date_end,date_precision,killed\n2025-10-11,2025-10-12,,1\n2025-10-11,,month,1\n2025-10-11,2025-10-10,,1\n2025-10,,day,1\n,,,1\nTotal,,,9\n2025-02-30,,,1\n2025-10-11T05:00,,year,1\n2025-10-11,,none,1\n",
	"rows cut":         "date,killed,place\n2025-10-11,1\n2025-10-11,1,a,b\n2025-10-11\n2025-10-11,1,a\n",
	"points":           "date,killed,lat,lon\n2025-10-11,1,31,66\n2025-10-11,1,,66\n2025-10-11,1,,\n2025-10-11,1,95,1\n2025-10-11,1,\" 1.5\",-2.0000005\n",
	"words":            "date,killed,status,victim_type,geo_precision\n2025-10-11,1,Disputed,civilians,exact\n2025-10-11,1,maybe,people,3\n",
	"reported":         "date,killed,reported_on\n2025-10-11,1,2025-10-12\n2025-10-11,1,2025\n2025-10-11,1,\n",
	"header again":     "date,killed\n2025-10-11,1\ndate,killed\n2025-10-12,1\n",
	"long notes":       "date,killed,notes\n2025-10-11,1,\"" + strings.Repeat("long, \"\"and\"\"\n", 3000) + "\"\n2025-10-12,2,x\n2025-10-12,b,x\n",
	"many faults":      "date,killed\n" + strings.Repeat("2025-10-11,x\n2025-10-11,1\n", 1500),
}

func TestParallelAgreesWithRead(t *testing.T) {
	for name, csv := range fastTests {
		t.Run(name, func(t *testing.T) {
			for _, chunk := range []int{1, 7, 64, 100, 1000, 1 << 20} {
				if len(csv)/chunk > 2000 {
					continue
				}
				for workers := 1; workers <= 4; workers++ {
					agree(t, csv, workers, Options{chunk: chunk})
				}
				agree(t, csv, 2, Options{chunk: chunk, KeepTexts: true, AsWritten: true, Skip: []string{"admin1", "status"}})
			}
		})
	}
}

// Names that stand for others are replaced, and counted, alike.
func TestParallelAgreesOnAliases(t *testing.T) {
	a, err := ReadAliases("aliases.csv", strings.NewReader("column,from,to\nparty,FARC-EP,FARC\nplace,kel,Kel Adar\nplace,Kel Adar,kel adar\nplace,nowhere,X\n"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("date,place,perpetrator,country,killed,notes\n")
	for i := range 400 {
		fmt.Fprintf(&b, "2025-10-%02d,%s,%s,Kélundra,%d,\"a\n,b\"\n", 1+i%31, []string{"KEL", "kel", "\"Kel Adar\"", " kel", "Tarmin", ""}[i%6],
			[]string{"farc-ep;Eln", "FARC-EP", "Eln", "\"farc-ep; Eln\"", "x\"y"}[i%5], i%9)
	}
	for _, chunk := range []int{40, 333, 5000, 1 << 20} {
		for workers := 1; workers <= 3; workers++ {
			agree(t, b.String(), workers, Options{chunk: chunk, Aliases: a})
		}
	}
	agree(t, "date,killed\n2025-10-11,1\n", 2, Options{Aliases: a})
}

// A long file with every kind of fault in it, over many sizes of chunk.
func TestParallelAgreesOnALongFile(t *testing.T) {
	var b strings.Builder
	b.WriteString(fastHead)
	for i := range 3000 {
		switch {
		case i%101 == 0:
			fmt.Fprintf(&b, "%d,2025-10-11,5\" pipe,1,,,2,,,,\n", i)
		case i%97 == 0:
			fmt.Fprintf(&b, "%d,11/10/2025,A,1,,,2,,,,\n", i)
		case i%89 == 0:
			fmt.Fprintf(&b, "%d,2025-10-11,A,dozens,,,~2,91,0,maybe,\"x\"\r\n", i)
		case i%13 == 0:
			fmt.Fprintf(&b, "%d,2025-10-11,\"Al \"\"B\"\"\",%d,,,2,1.5,2.5,denied,\"a\nb, c\n\"\n", i, i)
		default:
			fmt.Fprintf(&b, "%d,2025-10-%02d,Province %d,%d,%d,%d,,,,,\"news, of %d\"\n", i, 1+i%31, i%40, i%9, i%9, i%9+i%4, i)
		}
	}
	for _, chunk := range []int{64, 500, 4 << 10, 64 << 10, 256 << 10, 1 << 20} {
		for _, workers := range []int{1, 2, 4} {
			agree(t, b.String(), workers, Options{chunk: chunk})
		}
	}
}

func FuzzParallel(f *testing.F) {
	for _, csv := range fastTests {
		if len(csv) < 4096 {
			f.Add(csv, uint16(64), uint8(2))
		}
	}
	f.Fuzz(func(t *testing.T, csv string, chunk uint16, workers uint8) {
		size := max(int(chunk), 1+len(csv)/200)
		agree(t, csv, 1+int(workers%4), Options{chunk: size})
		agree(t, "date,killed,place,notes\n"+csv, 1+int(workers%4), Options{chunk: size})
	})
}

func TestQuickDayIsPlainDay(t *testing.T) {
	check := func(s string) {
		want, ok := plainDay([]byte(s))
		if got, gotOK := quickDay([]byte(s)); ok != gotOK || got != want {
			t.Fatalf("%q is %v %v, want %v %v", s, got, gotOK, want, ok)
		}
	}
	for y := 0; y < 10000; y += 1 + y%7 {
		for m := range 15 {
			for _, d := range []int{0, 1, 9, 10, 28, 29, 30, 31, 32, 99} {
				check(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
			}
		}
	}
	const day = "2025-10-11"
	for i := range len(day) {
		for c := range 256 {
			check(day[:i] + string([]byte{byte(c)}) + day[i+1:])
		}
	}
}

func TestIsUTF8IsValid(t *testing.T) {
	for _, in := range []string{"", "a", "é", "\xff", "abc\xc3", "日本", "\xed\xa0\x80", "\xf4\x90\x80\x80"} {
		for _, before := range []int{0, 1, 7, 8, 9, 31, 32, 40} {
			for _, after := range []int{0, 1, 8, 33} {
				s := []byte(strings.Repeat("x", before) + in + strings.Repeat("y", after))
				if isUTF8(s) != utf8.Valid(s) {
					t.Fatalf("%q", s)
				}
			}
		}
	}
}

func TestParallelStopsWhenEmitFails(t *testing.T) {
	csv := "date,killed\n" + strings.Repeat("2025-10-11,1\n", 5000)
	stop := errors.New("enough")
	to := []Worker{{Emit: func(*data.Batch) error { return stop }}, {Emit: func(*data.Batch) error { return nil }}}
	if _, err := ReadParallel(File{"f.csv", strings.NewReader(csv), int64(len(csv))}, 0, Options{chunk: 100}, to); !errors.Is(err, stop) {
		// The other worker may have read it all before.
		if err != nil {
			t.Error(err)
		}
	}
	_, err := ReadParallel(File{"f.csv", strings.NewReader(csv), int64(len(csv)) + 10}, 0, Options{}, to[1:])
	var in *InputError
	if !errors.As(err, &in) || in.Code != "unreadable" {
		t.Errorf("a file that became shorter: %v", err)
	}
}

func BenchmarkReadParallel(b *testing.B) {
	file := benchFile(20000)
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprint("workers=", workers), func(b *testing.B) {
			to := make([]Worker, workers)
			for i := range to {
				to[i].Emit = keepNothing
			}
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			var rows int64
			for b.Loop() {
				res, err := ReadParallel(File{"bench.csv", bytes.NewReader(file), int64(len(file))}, 0, Options{NoSum: true}, to)
				if err != nil {
					b.Fatal(err)
				}
				rows += res.Ledger.Accepted
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
