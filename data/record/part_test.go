package record

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

// readParts reads a file cut at some places, each part on its own, and joins what
// they give as whoever merges them does.
func readParts(csv string, places []int64, workers int, o Options) ([]flat, *Result, error) {
	src := File{"f.csv", strings.NewReader(csv), int64(len(csv))}
	marks, err := Cut(src, o, append(slices.Clone(places), src.Size))
	if err != nil {
		return nil, &Result{}, err
	}
	var whole *Result
	var out []flat
	last := Mark{Line: 1}
	for _, m := range marks {
		if m.At == last.At {
			continue
		}
		var mu sync.Mutex
		var of []flat
		to := make([]Worker, workers)
		for i := range to {
			to[i] = Worker{data.NewDicts(), func(b *data.Batch) error {
				mu.Lock()
				defer mu.Unlock()
				for i := range b.N {
					of = append(of, flatten(b, i))
				}
				return nil
			}}
		}
		part := Part{last, m}
		again, ok := ParsePart(part.String())
		if !ok || again != part {
			return nil, nil, fmt.Errorf("%s is not read as it was written", part)
		}
		res, err := ReadPart(src, 0, o, part, to)
		if err != nil {
			return nil, res, err
		}
		slices.SortFunc(of, func(a, b flat) int { return int(a.Number - b.Number) })
		for i := range of {
			of[i].Number = int64(len(out) + i)
		}
		out = append(out, of...)
		if last.At == 0 {
			whole = res
		} else {
			whole.Join(res)
		}
		last = m
	}
	return out, whole, nil
}

// A file cut anywhere, within quotes, between CR and LF or within a character,
// gives the records, lines, diagnostics, ledger and hash of the whole.
func TestPartsAgreeWithTheWhole(t *testing.T) {
	long := longFile(t)
	tests := map[string]string{"long": long, "long CRLF": strings.ReplaceAll(long, "\n", "\r\n")}
	for name, csv := range fastTests {
		tests[name] = csv
	}
	for name, csv := range tests {
		t.Run(name, func(t *testing.T) {
			for _, o := range []Options{{chunk: 100}, {Map: map[string]string{"place": ""}}} {
				for n := range 7 {
					var places []int64
					for i := range n {
						places = append(places, int64(len(csv)*(i+1)/(n+1)+i%3))
					}
					partsAgree(t, csv, places, 1+n%3, o)
				}
			}
		})
	}
}

func partsAgree(t testing.TB, csv string, places []int64, workers int, o Options) {
	t.Helper()
	want, wantRes, wantErr := read(csv, o)
	got, gotRes, gotErr := readParts(csv, places, workers, o)
	if wantErr != nil {
		if gotErr == nil {
			t.Fatalf("cut at %v: no error, want %v\n%q", places, wantErr, csv)
		}
		return
	}
	if gotErr != nil {
		t.Fatalf("cut at %v: %v\n%q", places, gotErr, csv)
	}
	if wantRes.Ledger.Read == wantRes.Ledger.Blank { // said of whole files
		return
	}
	if diff := cmp.Diff(wantRes, gotRes); diff != "" {
		t.Fatalf("cut at %v: result (-whole +parts)\n%s\n%q", places, diff, csv)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("cut at %v: records (-whole +parts)\n%s\n%q", places, diff, csv)
	}
}

// longFile has records of every kind: quoted line ends, quoted quotes, blank
// lines, rejected ones.
func longFile(t testing.TB) string {
	var b strings.Builder
	b.WriteString("\n" + fastHead)
	for i := range 400 {
		switch i % 9 {
		case 3:
			fmt.Fprintf(&b, "%d,2025-10-11,\"N\n\n\"\"W\"\"\",3,,,,,,,\"a\nb,c\n\"\n", i)
		case 5:
			b.WriteString("\n")
		case 7:
			fmt.Fprintf(&b, "%d,2025-13-11,Zürich,x,,,,,,,\n", i)
		default:
			fmt.Fprintf(&b, "%d,2025-10-%02d,Kéch,%d,,,%d,,,,\n", i, 1+i%28, i%7, i%3)
		}
	}
	return b.String()
}

func FuzzParts(f *testing.F) {
	for _, csv := range fastTests {
		f.Add(csv, 10, 33)
	}
	f.Add(longFile(f)[:3000], 200, 1500)
	f.Fuzz(func(t *testing.T, csv string, a, b int) {
		if len(csv) > 1<<16 {
			t.Skip()
		}
		places := []int64{int64(a), int64(b)}
		slices.Sort(places)
		partsAgree(t, csv, places, 2, Options{})
	})
}

// A part whose bytes have changed since, or whose marks lie, is refused.
func TestWrongParts(t *testing.T) {
	csv := longFile(t)
	src := File{"f.csv", strings.NewReader(csv), int64(len(csv))}
	marks, err := Cut(src, Options{}, []int64{2000, 5000, src.Size})
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256([]byte(csv)); marks[2].Sum != sum || marks[2].At != src.Size {
		t.Fatalf("the last mark is %+v, the file's hash %x", marks[2], sum)
	}
	good := Part{marks[0], marks[1]}
	with := func(change func(*Part)) Part {
		p := good
		change(&p)
		return p
	}
	changed := strings.NewReader(csv[:2500] + strings.Replace(csv[2500:], ",3,", ",4,", 1))
	for name, x := range map[string]struct {
		part Part
		src  File
	}{
		"another byte":            {good, File{"f.csv", changed, src.Size}},
		"a state of nothing":      {with(func(p *Part) { p.From.Sum = [32]byte{} }), src},
		"begins elsewhere":        {with(func(p *Part) { p.From.At += 64 }), src},
		"ends elsewhere":          {with(func(p *Part) { p.To.At++ }), src},
		"beyond the end":          {with(func(p *Part) { p.To.At = src.Size + 1 }), src},
		"nothing":                 {Part{marks[0], marks[0]}, src},
		"a shorter file":          {good, File{"f.csv", strings.NewReader(csv[:3000]), 3000}},
		"in the header":           {Part{Mark{At: 5, Line: 1}, marks[0]}, src},
		"shorter than it says is": {good, File{"f.csv", strings.NewReader(csv[:3000]), src.Size}},
	} {
		if _, err := ReadPart(x.src, 0, Options{}, x.part, []Worker{{data.NewDicts(), func(*data.Batch) error { return nil }}}); err == nil {
			t.Errorf("%s: read", name)
		}
	}
	for _, o := range []Options{{Layout: &Layout{Gzip: true, Delimiter: ','}}, {Only: []string{"x=1"}}} {
		if _, err := Cut(src, o, nil); !errors.Is(err, ErrNotCuttable) {
			t.Errorf("%+v is cut: %v", o, err)
		}
	}
	for _, s := range []string{"", "1-2", "1-2/1-1", "a-2/1-1/00-00", "2-1/1-1/" + strings.Repeat("0", 64) + "-" + strings.Repeat("0", 64), good.String() + "0", " " + good.String()} {
		if p, ok := ParsePart(s); ok {
			t.Errorf("%q is the part %v", s, p)
		}
	}
}
