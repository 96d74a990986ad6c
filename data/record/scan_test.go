package record

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// scanned is a raw record as the tests compare it.
type scanned struct {
	Cells []string
	At    []position
	Line  int
	Last  int
	Fault fault
	Field int
	Where position
}

func scanAll(r io.Reader, delim byte) ([]scanned, error) {
	s := newScanner("f.csv", r, delim)
	if _, err := s.begin(); err != nil {
		return nil, err
	}
	var out []scanned
	var rec record
	for {
		err := s.next(&rec)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		got := scanned{At: append([]position(nil), rec.at...), Line: rec.line, Last: rec.last,
			Fault: rec.fault, Field: rec.faultField, Where: rec.faultAt}
		for i := range rec.len() {
			got.Cells = append(got.Cells, string(rec.cell(i)))
		}
		out = append(out, got)
	}
}

var comparePositions = cmp.AllowUnexported(position{})

func TestScannerPlacesEveryCell(t *testing.T) {
	p := func(line, col int) position { return position{line, col} }
	tests := []struct {
		name, in string
		want     []scanned
	}{
		{"nothing", "", nil},
		{"two records", "a,bc\nd,e\n", []scanned{
			{Cells: []string{"a", "bc"}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 1},
			{Cells: []string{"d", "e"}, At: []position{p(2, 1), p(2, 3)}, Line: 2, Last: 2}}},
		{"no last line end", "a,b", []scanned{{Cells: []string{"a", "b"}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 1}}},
		{"CRLF", "a,b\r\nc,d\r\n", []scanned{
			{Cells: []string{"a", "b"}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 1},
			{Cells: []string{"c", "d"}, At: []position{p(2, 1), p(2, 3)}, Line: 2, Last: 2}}},
		{"CR at the very end", "a,b\r", []scanned{{Cells: []string{"a", "b"}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 1}}},
		{"byte order mark takes no column", "\ufeffa,b\n", []scanned{{Cells: []string{"a", "b"}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 1}}},
		{"empty cells", ",\n", []scanned{{Cells: []string{"", ""}, At: []position{p(1, 1), p(1, 2)}, Line: 1, Last: 1}}},
		{"an empty line is a record of one empty cell", "a\n\nb\n", []scanned{
			{Cells: []string{"a"}, At: []position{p(1, 1)}, Line: 1, Last: 1},
			{Cells: []string{""}, At: []position{p(2, 1)}, Line: 2, Last: 2},
			{Cells: []string{"b"}, At: []position{p(3, 1)}, Line: 3, Last: 3}}},
		{"columns count bytes", "é,b\n", []scanned{{Cells: []string{"é", "b"}, At: []position{p(1, 1), p(1, 4)}, Line: 1, Last: 1}}},
		{"cells after a cell of three lines", "a,\"b\n\nc\",d,\"e\"\nf,g,h,i\n", []scanned{
			{Cells: []string{"a", "b\n\nc", "d", "e"}, At: []position{p(1, 1), p(1, 3), p(3, 4), p(3, 6)}, Line: 1, Last: 3},
			{Cells: []string{"f", "g", "h", "i"}, At: []position{p(4, 1), p(4, 3), p(4, 5), p(4, 7)}, Line: 4, Last: 4}}},
		{"CRLF within quotes stays", "\"a\r\nb\"\r\n", []scanned{{Cells: []string{"a\r\nb"}, At: []position{p(1, 1)}, Line: 1, Last: 2}}},
		{"doubled quotes", `"a ""b"" c",""""` + "\n", []scanned{{Cells: []string{`a "b" c`, `"`}, At: []position{p(1, 1), p(1, 13)}, Line: 1, Last: 1}}},
		{"a quote that is never closed hides the rest", "a,\"b\nc,d\ne,f\n", []scanned{
			{Cells: []string{"a", "b\nc,d\ne,f\n"}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 3, Fault: openQuote, Field: 1, Where: p(1, 3)}}},
		{"a quote that the end finds open", "a,\"b", []scanned{
			{Cells: []string{"a", "b"}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 1, Fault: openQuote, Field: 1, Where: p(1, 3)}}},
		{"a closing quote at the very end", "a,\"b\"", []scanned{{Cells: []string{"a", "b"}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 1}}},
		{"a closing quote and CR at the very end", "a,\"b\"\r", []scanned{{Cells: []string{"a", "b"}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 1}}},
		{"text after a closing quote at the very end", "a,\"b\"x", []scanned{
			{Cells: []string{"a", "b"}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 1, Fault: strayQuote, Field: 1, Where: p(1, 6)}}},
		{"a quote in a plain cell costs one record", "a,5\" pipe\nc,d\n", []scanned{
			{Cells: []string{"a", `5" pipe`}, At: []position{p(1, 1), p(1, 3)}, Line: 1, Last: 1, Fault: strayQuote, Field: 1, Where: p(1, 4)},
			{Cells: []string{"c", "d"}, At: []position{p(2, 1), p(2, 3)}, Line: 2, Last: 2}}},
		{"text after a closing quote costs one record", "\"a\" x,b\nc,d\n", []scanned{
			{Cells: []string{"a", "b"}, At: []position{p(1, 1), p(1, 7)}, Line: 1, Last: 1, Fault: strayQuote, Field: 0, Where: p(1, 4)},
			{Cells: []string{"c", "d"}, At: []position{p(2, 1), p(2, 3)}, Line: 2, Last: 2}}},
		{"a lone CR after a closing quote is text", "\"a\"\rb,c\n", []scanned{
			{Cells: []string{"a", "c"}, At: []position{p(1, 1), p(1, 7)}, Line: 1, Last: 1, Fault: strayQuote, Field: 0, Where: p(1, 4)}}},
		{"the first fault of a record is kept", "a\"b,\"c\"d\n", []scanned{
			{Cells: []string{`a"b`, "c"}, At: []position{p(1, 1), p(1, 5)}, Line: 1, Last: 1, Fault: strayQuote, Field: 0, Where: p(1, 2)}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, how := range []struct {
				name string
				r    io.Reader
			}{
				{"at once", strings.NewReader(tt.in)},
				{"byte by byte", iotest.OneByteReader(strings.NewReader(tt.in))},
				{"with the end in the last read", iotest.DataErrReader(strings.NewReader(tt.in))},
			} {
				got, err := scanAll(how.r, ',')
				if err != nil {
					t.Fatalf("%s: %v", how.name, err)
				}
				if diff := cmp.Diff(tt.want, got, comparePositions); diff != "" {
					t.Errorf("%s (-want +got):\n%s", how.name, diff)
				}
			}
		})
	}
}

// cellText draws the text of a cell with everything that needs quoting.
var cellText = rapid.StringOfN(rapid.SampledFrom([]rune("ab,\"\n\r é;\u00A0–")), 0, 12, -1)

// writeCSV writes records as a strict writer would, quoting where quoted says so
// or where it must.
func writeCSV(records [][]string, quoted func() bool, eol string) string {
	var b strings.Builder
	for _, rec := range records {
		for i, c := range rec {
			if i > 0 {
				b.WriteByte(',')
			}
			if quoted() || strings.ContainsAny(c, ",\"\r\n") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(c)
		}
		b.WriteString(eol)
	}
	return b.String()
}

func TestScannerAgreesWithEncodingCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 5).Draw(t, "width")
		records := rapid.SliceOfN(rapid.SliceOfN(cellText, width, width), 1, 8).Draw(t, "records")
		in := writeCSV(records, func() bool { return rapid.Bool().Draw(t, "quoted") }, rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "eol"))
		got, err := scanAll(strings.NewReader(in), ',')
		if err != nil {
			t.Fatal(err)
		}
		std := csv.NewReader(strings.NewReader(in))
		for i, g := range got {
			want, err := std.Read()
			if err != nil {
				t.Fatalf("encoding/csv: %v\n%q", err, in)
			}
			for j := range want {
				// encoding/csv makes LF of a CRLF within quotes; the scanner keeps the bytes.
				if want[j] != strings.ReplaceAll(g.Cells[j], "\r\n", "\n") {
					t.Fatalf("record %d cell %d: %q, encoding/csv has %q, in %q", i, j, g.Cells[j], want[j], in)
				}
				line, col := std.FieldPos(j)
				if (position{line, col}) != g.At[j] {
					t.Fatalf("record %d cell %d is at %v, encoding/csv says %d:%d, in %q", i, j, g.At[j], line, col, in)
				}
			}
			if records[i] == nil || len(want) != len(g.Cells) {
				t.Fatalf("record %d has %d cells, encoding/csv %d", i, len(g.Cells), len(want))
			}
		}
		if _, err := std.Read(); !errors.Is(err, io.EOF) {
			t.Fatalf("encoding/csv has more records: %v in %q", err, in)
		}
	})
}

func TestScannerGivesBackWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfN(rapid.SliceOfN(cellText, 3, 3), 1, 8).Draw(t, "records")
		in := writeCSV(records, func() bool { return rapid.Bool().Draw(t, "quoted") }, "\n")
		got, err := scanAll(iotest.HalfReader(strings.NewReader(in)), ',')
		if err != nil {
			t.Fatal(err)
		}
		var cells [][]string
		for _, g := range got {
			if g.Fault != sound {
				t.Fatalf("a fault in well-formed %q", in)
			}
			cells = append(cells, g.Cells)
		}
		if diff := cmp.Diff(records, cells); diff != "" {
			t.Fatalf("(-written +read)\n%s", diff)
		}
	})
}

// endless gives a prefix and then one byte for ever.
type endless struct {
	prefix string
	fill   byte
	given  int64
	max    int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.given >= e.max {
		return 0, io.EOF
	}
	for i := range p {
		p[i] = e.fill
	}
	if e.given < int64(len(e.prefix)) {
		copy(p, e.prefix[e.given:])
	}
	e.given += int64(len(p))
	return len(p), nil
}

func TestLimitsStopTheReading(t *testing.T) {
	wide := strings.Repeat(",", maxColumns)
	long := strings.Repeat(strings.Repeat("x", 1<<20)+",", 17)
	tests := []struct {
		name string
		r    io.Reader
		want string
	}{
		{"field in quotes", &endless{prefix: "date,killed\n2025-10-11,\"", fill: 'x', max: 1 << 30}, "f.csv:2:12: the cell that begins here is longer than 1 MiB; a quote may be missing [field-too-long]"},
		{"field of line ends", &endless{prefix: "date,killed\n2025-10-11,\"", fill: '\n', max: 1 << 30}, "f.csv:2:12: the cell that begins here is longer than 1 MiB; a quote may be missing [field-too-long]"},
		{"plain field", &endless{prefix: "date,killed\n", fill: 'x', max: 1 << 30}, "f.csv:2:1: the cell that begins here is longer than 1 MiB; a quote may be missing [field-too-long]"},
		{"columns", &endless{prefix: "date,killed\n", fill: ',', max: 1 << 30}, "f.csv:2:1: this record has more than 4096 cells [too-many-columns]"},
		{"columns of the header", strings.NewReader(wide), "f.csv:1:1: this record has more than 4096 cells [too-many-columns]"},
		{"record", strings.NewReader("date,killed\n" + long), "f.csv:2:1: the record that begins here is longer than 16 MiB [record-too-long]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Read(Source{Name: "f.csv", R: tt.r}, 0, Options{}, keepNothing)
			runtime.ReadMemStats(&after)
			var input *InputError
			if !errors.As(err, &input) || err.Error() != tt.want {
				t.Fatalf("got %v\nwant %s", err, tt.want)
			}
			if e, ok := tt.r.(*endless); ok && e.given > 2<<20 {
				t.Errorf("%d bytes were read before giving up", e.given)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 && tt.name != "record" {
				t.Errorf("%d MiB were allocated", used>>20)
			}
		})
	}
}

func TestScannerStopsAtAReadError(t *testing.T) {
	broken := errors.New("the disk is gone")
	for n := range 30 {
		text := "date,killed\n2025-10-11,3\n2025-10-12,\"4\"\n"
		r := io.MultiReader(strings.NewReader(text[:min(n, len(text))]), iotest.ErrReader(broken))
		_, err := Read(Source{Name: "f.csv", R: r}, 0, Options{}, keepNothing)
		var input *InputError
		if !errors.As(err, &input) || !errors.Is(err, broken) || input.Code != "unreadable" {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
	stuck := readerFunc(func([]byte) (int, error) { return 0, nil })
	if _, err := Read(Source{Name: "f.csv", R: stuck}, 0, Options{}, keepNothing); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a reader that gives nothing: %v", err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestScannerTakesOtherDelimiters(t *testing.T) {
	for _, d := range []byte(";\t|") {
		got, err := scanAll(strings.NewReader(fmt.Sprintf("a%cb,c\n", d)), d)
		if err != nil || len(got) != 1 || !cmp.Equal(got[0].Cells, []string{"a", "b,c"}) {
			t.Errorf("%q: %v %v", d, got, err)
		}
	}
}
