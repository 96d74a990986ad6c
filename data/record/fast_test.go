package record

import (
	"bytes"
	"encoding/binary"
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

func TestGraphicNeedsNoCleaning(t *testing.T) {
	for n := 1; n <= 8; n++ {
		for at := range 8 {
			for c := range 256 {
				word := []byte("abcdefgh")
				word[at] = byte(c)
				want := at >= n || c > ' ' && c < 0x80
				if is := isGraphic(binary.LittleEndian.Uint64(word), n); is != want {
					t.Fatalf("%q of %d bytes: %v", word, n, is)
				}
				if cell := word[:n]; want && !bytes.Equal(clean(nil, cell), cell) {
					t.Fatalf("%q becomes %q", cell, clean(nil, cell))
				}
			}
		}
	}
	if isGraphic(0, 0) {
		t.Error("nothing is graphic")
	}
}

// A figure is what plainCount makes of the same bytes, whatever follows them.
func TestFigureIsPlainCount(t *testing.T) {
	check := func(s string) {
		for _, after := range []string{"", ",1234567", "99999999", "\"\xff\x00x;-9"} {
			word := append([]byte(s+after), make([]byte, 8)...)
			want, ok := plainCount([]byte(s))
			got, gotOK := figure(binary.LittleEndian.Uint64(word), len(s))
			if s == "" {
				want, ok = 0, true
			}
			if gotOK != ok || ok && int64(got) != want {
				t.Fatalf("%q before %q is %d %v, want %d %v", s, after, got, gotOK, want, ok)
			}
		}
	}
	for n := 0; n < 10_000_000; n += 1 + n/97 {
		check(fmt.Sprint(n))
		check(fmt.Sprintf("%07d", n))
	}
	for _, s := range []string{"", "12345678", "123456789", "-1", "1.5", "+7", " 4", "4 ", "1e3", "\x00", "0", "0000000", "00000000", "\xb1"} {
		check(s)
	}
	for at := range 7 {
		for c := range 256 {
			b := []byte("1234567")
			b[at] = byte(c)
			check(string(b))
			check(string(b[:at+1]))
		}
	}
}

// What a table of near cells knows it knows by every byte.
func TestNearCells(t *testing.T) {
	near := nearby{slots: new([nearSlots]uint16)}
	cells := []string{""}
	for i := range 1500 {
		cells = append(cells, strings.Repeat("x", i%31)+fmt.Sprint(i%10), fmt.Sprintf("name %d", i), fmt.Sprintf("%032d", i))
	}
	code := map[string]uint32{}
	for _, cell := range cells {
		buf := append([]byte(cell), ",followed by something that is not of the cell"...)
		x := wordsOf(buf, 0, len(cell))
		got, ok := near.find(&x, len(cell))
		if want, known := code[cell]; ok != known || ok && got != want {
			t.Fatalf("%q is %d %v, want %d %v", cell, got, ok, want, known)
		}
		if !ok {
			if near.add(&x, len(cell), uint32(len(code))); len(near.cells) > len(code) {
				code[cell] = uint32(len(code))
			}
		}
	}
	if len(near.cells) != nearSlots/4 || len(code) != nearSlots/4 {
		t.Errorf("%d cells are kept, and %d known", len(near.cells), len(code))
	}
	for cell := range code {
		for i := range len(cell) {
			other := []byte(cell + "        and more, so that there are words to load")
			other[i] ^= 0x80
			x := wordsOf(other, 0, len(cell))
			if got, ok := near.find(&x, len(cell)); ok {
				t.Fatalf("%q is taken for another, %d", other[:len(cell)], got)
			}
		}
	}
}

// A column of more names than are kept near, of names of every length, and of
// names that need cleaning, is read as Read reads it.
func TestParallelAgreesOnManyNames(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,date,place,perpetrator,killed\r\n")
	for i := range 30_000 {
		fmt.Fprintf(&b, "%d,2025-10-11,%s%d,%s,%d\r\n", i, strings.Repeat("long name ", i%5), i*7919%20_000, []string{"A", "\"A\"", " A", "A  B", "\"A \"\"B\"\"\"", "Jamā‘at", ""}[i%7], i%5)
	}
	agree(t, b.String(), 2, Options{})
	agree(t, b.String(), 3, Options{chunk: 10_000, Skip: []string{"id"}})
}

// Records that hold something unusual among those that do not, however often.
func TestParallelAgreesOnOddRecordsAnyhow(t *testing.T) {
	for _, every := range []int{1, 2, 3, 7, 100, mostRows - 1, mostRows, mostRows + 1, 3 * mostRows} {
		var b strings.Builder
		b.WriteString("date,date_end,killed,killed_low,injured,lat,lon,reported_on,status,victim_type,of_which_women,killed_civilians,place\n")
		for i := range 4 * mostRows {
			row := []string{"2025-10-11", "", "3", "1", "", "31.5", "66", "2025-10-12", "", "civilian", "1", "", "x"}
			if i%every == every-1 {
				row[i/every%len(row)] = []string{"11/10/2025", "2025-10-09", "dozens", "4", "~2", "95", "x", "soon", "denied", "people", "many", "2-3", "\"a\nb\""}[i/every%len(row)]
			}
			b.WriteString(strings.Join(row, ",") + "\n")
		}
		agree(t, b.String(), 2, Options{chunk: 5000})
	}
}
