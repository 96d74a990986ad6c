package record

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"toll/data"
)

// oddFiles are files that are not decoded cell by cell: fields are put together
// from several columns, or stated by a profile or an option.
func oddFiles(t *testing.T) map[string]struct {
	csv string
	o   Options
} {
	files := map[string]struct {
		csv string
		o   Options
	}{
		"deaths":    {"year,month,day,name,town\n" + strings.Repeat("2015,5,3,\"A\nB\",Kel\n2015,6,,C,Kel\n2015,x,1,D,Kel\n", 5), Options{Deaths: true}},
		"lists":     {"date,killed,group\n" + strings.Repeat("2015-05-03,3,\"A, B\"\n2015-05-04,1e3,\"C\nD, E\"\n", 6), Options{Lists: map[string]string{"attributed_to": ","}}},
		"codes":     {"date,killed,injured\n" + strings.Repeat("2015-05-03,-9,\"-9\"\n2015-05-04,-99,3\n", 8), Options{Unknown: []string{"-9"}}},
		"two dates": {"year,month,day,end_year,end_month,end_day,killed\n" + strings.Repeat("2015,5,3,2015,5,4,1\n2015,5,,,,,2\n2015,5,3,2014,5,4,1\n", 5), Options{}},
	}
	for _, w := range wholeHeaders {
		if strings.Contains(w.name, "capitals") || strings.Contains(w.name, "31") || strings.Contains(w.name, "135") || strings.Contains(w.name, "TBIJ") {
			row := rowOf(t, w.header, w.cells)
			files[w.name] = struct {
				csv string
				o   Options
			}{w.header + "\n" + strings.Repeat(row+strings.Replace(row, ",x,", ",\"x\ny\",", 1), 3), Options{}}
		}
	}
	return files
}

// Parts of such files, too, are what the whole is.
func TestPartsOfOddFiles(t *testing.T) {
	for name, f := range oddFiles(t) {
		t.Run(name, func(t *testing.T) {
			for i := range 23 {
				at := int64(len(f.csv) * i / 23)
				partsAgree(t, f.csv, []int64{at}, 1, f.o)
				partsAgree(t, f.csv, []int64{at / 2, at, at + 40}, 2, f.o)
			}
		})
	}
}

// A part of a file whose bytes cannot be read, or are fewer than they were, is an
// error, wherever the reading fails, and never a smaller part.
func TestPartsThatCannotBeRead(t *testing.T) {
	gone := errors.New("the disk is gone")
	for name, f := range map[string]struct {
		csv string
		o   Options
	}{"plain": {longFile(t)[:3000], Options{}}, "odd": {oddFiles(t)["deaths"].csv, Options{Deaths: true}}} {
		src := File{"f.csv", strings.NewReader(f.csv), int64(len(f.csv))}
		marks, err := Cut(src, f.o, []int64{src.Size / 3, 2 * src.Size / 3})
		if err != nil {
			t.Fatal(err)
		}
		part := Part{marks[0], marks[1]}
		workers := []Worker{{data.NewDicts(), keepNothing}}
		if _, err := ReadPart(src, 0, f.o, part, workers); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for at := int64(0); at < part.To.At; at += 11 {
			broken := File{"f.csv", brokenAt{strings.NewReader(f.csv), at, gone}, src.Size}
			if _, err := ReadPart(broken, 0, f.o, part, workers); err == nil || !errors.Is(err, gone) && !errors.Is(err, io.ErrUnexpectedEOF) && !strings.Contains(err.Error(), "the disk is gone") {
				t.Fatalf("%s, broken from byte %d: %v", name, at, err)
			}
		}
		failing := []Worker{{data.NewDicts(), func(*data.Batch) error { return gone }}}
		if _, err := ReadPart(src, 0, f.o, part, failing); !errors.Is(err, gone) {
			t.Errorf("%s: what a worker returns is %v", name, err)
		}
	}
}

// The results of parts, joined in their order, are that of the whole, and joining
// does not hang on how they are grouped.
func TestResultsJoin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		result := func(label string) *Result {
			n := rapid.Int64Range(0, 9).Draw(t, label)
			r := &Result{Name: "f.csv", Bytes: n * 10, Counts: map[string]int64{}, Ledger: data.Ledger{Files: 1, Read: n, Accepted: n / 2, Rejected: n - n/2}}
			for i := range rapid.IntRange(0, 3).Draw(t, label+" diagnostics") {
				code := rapid.SampledFrom([]string{"bad-count", "bad-date"}).Draw(t, "code")
				r.Counts[code]++
				r.Diagnostics = append(r.Diagnostics, data.Diagnostic{File: "f.csv", Line: i + 1, Code: code, Message: label})
			}
			return r
		}
		copyOf := func(r *Result) *Result {
			c := *r
			c.Counts = map[string]int64{}
			for k, v := range r.Counts {
				c.Counts[k] = v
			}
			c.Diagnostics = append([]data.Diagnostic(nil), r.Diagnostics...)
			return &c
		}
		a, b, c := result("a"), result("b"), result("c")
		left := copyOf(a)
		left.Join(copyOf(b))
		left.Join(copyOf(c))
		bc := copyOf(b)
		bc.Join(copyOf(c))
		right := copyOf(a)
		right.Join(bc)
		if fmt.Sprint(left.Ledger, left.Bytes, left.Counts, left.Diagnostics) != fmt.Sprint(right.Ledger, right.Bytes, right.Counts, right.Diagnostics) {
			t.Fatalf("%+v\n%+v", left, right)
		}
		if left.Ledger.Files != 1 || left.Ledger.Read != a.Ledger.Read+b.Ledger.Read+c.Ledger.Read || !left.Ledger.Balances() {
			t.Fatalf("%+v", left.Ledger)
		}
		for code, n := range left.Counts {
			if n != a.Counts[code]+b.Counts[code]+c.Counts[code] {
				t.Fatalf("%s: %d", code, n)
			}
		}
	})
}

// Words of a dataset's list are found as the screen, the address and the export
// write them, and not by less.
func TestWordsOfADatasetsList(t *testing.T) {
	for s, want := range map[string]string{
		"exact location (via airwars)": "exact_location_via_airwars", "exact-location-via-airwars": "exact_location_via_airwars", "exact_location_via_airwars": "exact_location_via_airwars",
		"province/governorate": "province_governorate", " a  b ": "a_b", "100m": "100m", "": "", "--": "", "é/ü": "é_ü", "a'b": "a_b",
	} {
		if got := foldWord(s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
	for key := range airwarsAccuracy {
		if foldWord(key) != key {
			t.Errorf("%q is not as words are compared", key)
		}
		if _, ok := data.ParseGeoPrecision(airwarsAccuracy[key]); !ok {
			t.Errorf("%q is %q", key, airwarsAccuracy[key])
		}
	}
	c := newClosed(data.ParseGeoPrecision)
	for range 2 { // the second time from memory
		for _, cell := range []string{"Exact location (via Airwars)", "exact location", "near", "NEAR", "", "within 5 km"} {
			g, ok := c.read([]byte(cell), airwarsAccuracy)
			want := map[string]data.GeoPrecision{"Exact location (via Airwars)": data.PlaceExact, "near": data.PlaceNear, "NEAR": data.PlaceNear}[cell]
			if g != want || ok != (want != 0 || cell == "") {
				t.Errorf("%q is %s, %v", cell, g, ok)
			}
		}
	}
	for i := range maxSpellings + 10 { // what is remembered is bounded
		if g, ok := c.read([]byte(strings.Repeat(" ", i)+"near"), nil); !ok || g != data.PlaceNear {
			t.Fatalf("%d spaces: %s", i, g)
		}
	}
	if len(c.seen) > maxSpellings {
		t.Errorf("%d spellings are remembered", len(c.seen))
	}
}
