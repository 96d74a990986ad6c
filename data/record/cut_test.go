package record

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// beginnings returns where the records of a file begin for the reader, and the
// lines they begin on: the slow way, from the first byte.
func beginnings(t checker, csv string, o Options) (at []int64, line []int) {
	t.Helper()
	src := File{"f.csv", strings.NewReader(csv), int64(len(csv))}
	c, err := newCutter(src, o)
	if err != nil {
		t.Fatalf("%v", err)
	}
	s := newScanner("f.csv", io.NewSectionReader(src.R, c.begins, src.Size-c.begins), c.delim)
	s.base, s.line, s.lineStart, s.whole = c.begins, c.line, c.begins, c.whole
	at, line = append(at, c.begins), append(line, c.line)
	var r record
	for s.next(&r) == nil {
		at, line = append(at, s.base+int64(s.pos)), append(line, s.line)
	}
	return at, line
}

// cutsAgree cuts a file at every place of some, each alone and all at once, and
// holds the marks against where the records begin.
func cutsAgree(t testing.TB, csv string, o Options, places []int64) {
	t.Helper()
	at, line := beginnings(t, csv, o)
	src := File{"f.csv", strings.NewReader(csv), int64(len(csv))}
	want := make([]Mark, len(places))
	for i, place := range places {
		k := 0
		for k < len(at)-1 && at[k] < place {
			k++
		}
		h := sha256.New()
		io.WriteString(h, csv[:at[k]])
		want[i] = Mark{At: at[k], Line: line[k]}
		if at[k] == src.Size {
			h.Sum(want[i].Sum[:0])
		} else {
			want[i].Sum, _ = stateOf(h)
		}
	}
	got, err := Cut(src, o, places)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("cut at %v: marks (-want +got)\n%s\n%q", places, diff, csv)
	}
	for i, place := range places {
		if alone, err := Cut(src, o, []int64{place}); err != nil || alone[0] != want[i] {
			t.Fatalf("cut at %d alone: %+v, want %+v, %v\n%q", place, alone, want[i], err, csv)
		}
	}
}

func everyPlace(csv string) []int64 {
	places := make([]int64, len(csv)+3)
	for i := range places {
		places[i] = int64(i - 1)
	}
	return places
}

const cutHead = "date,place,killed\n"

// What may make a quote unsound, and what only looks so.
var cutFiles = map[string]string{
	"plain":                      cutHead + "2025-10-11,Kel,3\n2025-10-12,Kel,4\n",
	"no line end at the end":     cutHead + "2025-10-11,Kel,3\n2025-10-12,Kel,4",
	"header alone":               cutHead,
	"header without a line end":  "date,place,killed",
	"CRLF":                       strings.ReplaceAll(cutHead+"2025-10-11,\"a\nb\",3\n2025-10-12,Kel,4\n", "\n", "\r\n"),
	"a byte order mark":          "\ufeff" + cutHead + "2025-10-11,Kel,3\n2025-10-12,Kel,4\n",
	"blank lines":                "\n\n" + cutHead + "\n\n2025-10-11,Kel,3\n\n2025-10-12,Kel,4\n\n\n",
	"a row of tags":              cutHead + "#date,#loc,#affected\n2025-10-11,Kel,3\n",
	"quoted line ends":           cutHead + "2025-10-11,\"a\n\n,b\n\",3\n2025-10-12,\"x\",4\n",
	"doubled quotes":             cutHead + "2025-10-11,\"a\"\"\n\"\"\",3\n2025-10-12,\"\"\"\",4\n2025-10-13,\"\",4\n",
	"empty quotes at the end":    cutHead + "2025-10-11,Kel,\"\"\n2025-10-12,Kel,\"3\"\n",
	"a runaway quote":            cutHead + "2025-10-11,\"Kel,3\n2025-10-12,Kel,4\n2025-10-13,Kel,5\n2025-10-14,Kel,6\n",
	"a runaway to another":       cutHead + "2025-10-11,\"Kel,3\n2025-10-12,Kel,4\n2025-10-13,\"Kel\",5\n2025-10-14,Kel,6\n",
	"a quote to the end":         cutHead + "2025-10-11,Kel,3\n2025-10-12,\"a\nb\nc\n",
	"a stray quote":              cutHead + "2025-10-11,5\" pipe,3\n2025-10-12,Kel,4\n",
	"two stray quotes":           cutHead + "2025-10-11,5\" pipe,3\n2025-10-12,6\" pipe,4\n2025-10-13,\"a\nb\",4\n",
	"text behind a quote":        cutHead + "2025-10-11,\"a\" b,3\n2025-10-12,\"a\nb\"c\nd\",4\n2025-10-13,Kel,5\n",
	"a CR behind a quote":        cutHead + "2025-10-11,\"a\"\r,3\n2025-10-12,\"a\"\r\r\n2025-10-13,Kel,5\n",
	"a quote in the last cell":   cutHead + "2025-10-11,Kel,3\"\n2025-10-12,Kel,4\n",
	"an open quote at the end":   cutHead + "2025-10-11,Kel,3\n2025-10-12,Kel,\"",
	"a quote and a CR at an end": cutHead + "2025-10-11,Kel,\"3\"\r",
	"runaways one after another": cutHead + strings.Repeat("2025-10-11,\"Kel,3\n", 7) + "2025-10-14,Kel,6\n",
	"odd and even":               cutHead + "2025-10-11,\"\"\"Kel,3\n2025-10-12,Kel,4\n2025-10-13,\"\"Kel,5\n2025-10-14,\"a\n\",6\n",
}

func TestCutsAreWhereTheReaderBeginsARecord(t *testing.T) {
	for name, csv := range cutFiles {
		t.Run(name, func(t *testing.T) { cutsAgree(t, csv, Options{}, everyPlace(csv)) })
	}
	for name, csv := range fastTests {
		if _, _, err := read(csv, Options{}); err == nil && len(csv) < 1000 {
			t.Run(name, func(t *testing.T) { cutsAgree(t, csv, Options{}, everyPlace(csv)) })
		}
	}
}

func TestPartsBehindUnsoundQuotes(t *testing.T) {
	for name, csv := range cutFiles {
		t.Run(name, func(t *testing.T) {
			step := 1
			if testing.Short() {
				step = 3
			}
			for i := 0; i < len(csv); i += step {
				partsAgree(t, csv, []int64{int64(i)}, 1, Options{})
				partsAgree(t, csv, []int64{int64(i), int64(i + (len(csv)-i)/2)}, 2, Options{chunk: 64})
			}
		})
	}
}

func TestCutsOfAnyFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"\"", "\"\"", ",", "\n", "\r\n", "\r", "a", "7", "2025-10-11,Kel,3\n", "2025-10-11,\"Kel\",3\n", "2025-10-11,\"Kel\nAdar\",3\n", "2025-10-11,\"Kel,3\n"})
		csv := cutHead + strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "pieces"), "")
		if _, _, err := read(csv, Options{}); err != nil {
			t.Skip("not read")
		}
		cutsAgreeIn(t, csv)
	})
}

// cutsAgreeIn cuts a file that is small at every place.
func cutsAgreeIn(t checker, csv string) {
	at, line := beginnings(t, csv, Options{})
	src := File{"f.csv", strings.NewReader(csv), int64(len(csv))}
	marks, err := Cut(src, Options{}, everyPlace(csv))
	if err != nil {
		t.Fatalf("%v", err)
	}
	k := 0
	for i, place := range everyPlace(csv) {
		for k < len(at)-1 && at[k] < place {
			k++
		}
		if marks[i].At != at[k] || marks[i].Line != line[k] {
			t.Fatalf("cut at %d: %d on line %d, want %d on line %d\n%q", place, marks[i].At, marks[i].Line, at[k], line[k], csv)
		}
	}
}

// A file of many buffers, with quotes that are not sound in some of them.
func TestCutsOfALargeFile(t *testing.T) {
	size := 5 << 20
	if testing.Short() {
		size = 5 << 18
	}
	var b bytes.Buffer
	b.WriteString(cutHead)
	for i := 0; b.Len() < size; i++ {
		switch {
		case i%20011 == 77:
			fmt.Fprintf(&b, "2025-10-11,\"Kel %d,3\n", i)
		case i%5003 == 7:
			fmt.Fprintf(&b, "2025-10-11,5\" pipe %d,3\n", i)
		case i%7 == 3:
			fmt.Fprintf(&b, "2025-10-11,\"Kel\n%d, \"\"north\"\"\n\",3\n", i)
		case i%30011 == 5:
			fmt.Fprintf(&b, "2025-10-11,\"%s\",3\n", strings.Repeat("long\n", 150_000))
		default:
			fmt.Fprintf(&b, "2025-10-11,Kel %d,3\n", i)
		}
	}
	csv := b.String()
	var places []int64
	for i := range int64(40) {
		places = append(places, i*int64(len(csv))/39+i%3)
	}
	cutsAgree(t, csv, Options{}, places)
	partsAgree(t, csv, places[5:9], 2, Options{})
}

// A file that ends earlier than it says, or cannot be read, is no file of parts.
func TestCutsOfAFileThatCannotBeRead(t *testing.T) {
	csv := cutHead + strings.Repeat("2025-10-11,Kel,3\n", 1000)
	for _, size := range []int64{int64(len(csv)) + 1, 3 << 20} {
		_, err := Cut(File{"f.csv", strings.NewReader(csv), size}, Options{}, []int64{size})
		var input *InputError
		if !errors.As(err, &input) || input.Code != "unreadable" || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%d bytes that are not there: %v", size-int64(len(csv)), err)
		}
	}
	broken := errors.New("the disk is gone")
	for _, from := range []int64{0, 20, 500} {
		_, err := Cut(File{"f.csv", brokenAt{strings.NewReader(csv), from, broken}, int64(len(csv))}, Options{}, []int64{int64(len(csv))})
		if !errors.Is(err, broken) {
			t.Errorf("broken from %d: %v", from, err)
		}
	}
	for name, head := range map[string]string{"no-date-column": "a,b\n1,2\n", "empty-file": "\n\n", "bad-header": "date,\"killed\n1,2\n"} {
		_, err := Cut(File{"f.csv", strings.NewReader(head), int64(len(head))}, Options{}, []int64{1})
		var input *InputError
		if !errors.As(err, &input) || input.Code != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// brokenAt reads up to a place and fails from there on.
type brokenAt struct {
	r    io.ReaderAt
	from int64
	err  error
}

func (b brokenAt) ReadAt(p []byte, at int64) (int, error) {
	if at >= b.from {
		return 0, b.err
	}
	n, err := b.r.ReadAt(p[:min(int64(len(p)), b.from-at)], at)
	if err == nil && n < len(p) {
		err = b.err
	}
	return n, err
}

// What breaks a limit breaks it for the cutter too, where the reader meets it.
func TestCutsEndAtALimit(t *testing.T) {
	csv := cutHead + "2025-10-11,\"" + strings.Repeat("x", maxField+10) + "\",3\n2025-10-12,Kel,4\n"
	_, err := Cut(File{"f.csv", strings.NewReader(csv), int64(len(csv))}, Options{}, []int64{int64(len(csv))})
	var input *InputError
	if !errors.As(err, &input) || input.Code != "field-too-long" || input.Line != 2 || input.Column != 12 {
		t.Errorf("%v", err)
	}
}

func BenchmarkCut(b *testing.B) {
	for name, row := range map[string]string{"plain": "2025-10-11,Kel,3\n", "quoted": "\"2025-10-11\",\"Kel\nAdar\",\"3\"\n", "stray": "2025-10-11,5\" pipe,3\n"} {
		csv := cutHead + strings.Repeat(row, 200_000)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(csv)))
			for range b.N {
				if _, err := Cut(File{"f.csv", strings.NewReader(csv), int64(len(csv))}, Options{}, []int64{int64(len(csv)) / 2, int64(len(csv))}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func FuzzCut(f *testing.F) {
	for _, csv := range cutFiles {
		f.Add(csv)
	}
	f.Fuzz(func(t *testing.T, csv string) {
		if len(csv) > 2000 {
			t.Skip()
		}
		if _, _, err := read(csv, Options{}); err == nil {
			cutsAgreeIn(t, csv)
		}
	})
}
