package record

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"toll/data"
)

const plainSheet = "date,place,killed\n2025-10-11,\"Kel, north\",3\n2025-10-12,São João,4–7\n"

// conformance are small files in every dialect that is read, with what must be
// made of each: the sums of low and high, the codes, and a remark.
var conformance = []struct {
	name, file string
	o          Options
	sums       string // records low..high
	codes      []string
	noted      string
}{
	{name: "commas", file: plainSheet, sums: "2 7..10"},
	{name: "semicolons", file: "date;place;killed\n2025-10-11;Kel, north;3\n2025-10-12;\"a;b\";4\n", sums: "2 7..7", noted: "cells are separated by semicolons"},
	{name: "commas, and notes full of semicolons", file: "date,killed,notes\n2025-10-11,3,\"\n;a\n;b\n;c\n;d\n\"\n", sums: "1 3..3"},
	{name: "tabs", file: "date\tplace\tkilled\n2025-10-11\tKel, north\t3\n", sums: "1 3..3", noted: "cells are separated by tabs"},
	{name: "bars", file: "date|place|killed\n2025-10-11|Kel, north; x|3\n", sums: "1 3..3", noted: "cells are separated by bars"},
	{name: "a delimiter that is told", file: "date:killed\n2025-10-11:3\n", o: Options{Delimiter: ':'}, sums: "1 3..3"},
	{name: "CRLF", file: strings.ReplaceAll(plainSheet, "\n", "\r\n"), sums: "2 7..10"},
	{name: "CR alone", file: strings.ReplaceAll(plainSheet, "\n", "\r"), sums: "2 7..10", noted: "lines end in a carriage return alone"},
	{name: "CR alone, quoted", file: "date,place,killed\r2025-10-11,\"a\rb\",3\r", sums: "1 3..3", noted: "lines end in a carriage return alone"},
	{name: "UTF-8 mark", file: "\xef\xbb\xbf" + plainSheet, sums: "2 7..10", noted: "a byte order mark was dropped"},
	{name: "UTF-16 LE", file: inUTF16(plainSheet, false), sums: "2 7..10", noted: "the text is UTF-16 (little-endian), by its mark"},
	{name: "UTF-16 BE", file: inUTF16(plainSheet, true), sums: "2 7..10", noted: "the text is UTF-16 (big-endian), by its mark"},
	{name: "Latin-1, told", file: "date,place,killed\n2025-10-11,Cort\xe9s,3\n", o: Options{Encoding: "latin-1"}, sums: "1 3..3", noted: "the text is read as latin-1, as told"},
	{name: "Windows-1251, told", file: "date,place,killed\n2025-10-11,\xca\xe8\xe5\xe2,3\n", o: Options{Encoding: "CP1251"}, sums: "1 3..3"},
	{name: "UTF-8 with one damaged record", file: "date,place,killed\n2025-10-11,São,3\n2025-10-11,José,3\n2025-10-11,Cort\xe9s,3\n", sums: "2 6..6", codes: []string{"not-utf8"}},
	{name: "gzip", file: gzipped(plainSheet), sums: "2 7..10", noted: "the file is compressed with gzip"},
	{name: "gzip of UTF-16", file: gzipped(inUTF16(plainSheet, false)), sums: "2 7..10"},
	{name: "title above the header", file: "Incidents of October\nSource: a sheet,,\n\n" + plainSheet, sums: "2 7..10", noted: "2 rows above the header are none of the table: Incidents of October"},
	{name: "header with line ends, signs, blanks and doubles", file: "\"Date \",\"Killed\n\",,#,x?,x?,a.b\n2025-10-11,3,1,2,3,4,5\n", sums: "1 3..3", codes: []string{"unused-columns"}},
	{name: "tag row", file: "date,killed\n#date,#affected\n2025-10-11,3\n", sums: "1 3..3", codes: []string{"tag-row"}},
	{name: "blank rows", file: "date,killed\n\n2025-10-11,3\n,\n", sums: "1 3..3"},
	{name: "totals by word", file: "date,place,killed\n2025-10-11,Kel,3\n2025-10-12,Kel,4\nTotal,,7\n", sums: "2 7..7", codes: []string{"total-row"}},
	{name: "totals by their sums", file: "date,place,killed,injured\n2025-10-11,Kel,3,1\n2025-10-12,Kel,4,5\n,,7,6\n", sums: "2 7..7", codes: []string{"total-row"}, noted: "the last row, on line 4, adds up the columns above it; it is no incident"},
	{name: "an undated last incident is no total", file: "date,place,killed,injured\n2025-10-11,Kel,3,1\n2025-10-12,Kel,4,5\n,Kel,7,2\n", sums: "3 14..14", codes: []string{"undated"}},
	{name: "an open quote", file: "date,place,killed\n2025-10-11,Kel,3\n2025-10-12,\"Kel,4\n2025-10-13,Kel,5\n", sums: "2 8..8", codes: []string{"unbalanced-quote"}},
	{name: "day first", file: "date,killed\n03/04/2025,3\n13/04/2025,4\n", sums: "2 7..7", noted: "date: dates are day first: 1 of them cannot be month first (line 3: 13/04/2025), and none speaks against it"},
	{name: "month first, dots", file: "date,killed\n06.23.2015,3\n06.01.2015,4\n", sums: "2 7..7"},
	{name: "the order is told", file: "date,killed\n03/04/2025,3\n", o: Options{Order: MonthFirst}, sums: "1 3..3", noted: "dates in figures are read month first, as told"},
	{name: "an order that is told and does not fit", file: "date,killed\n03/04/2025,3\n25/04/2025,3\n", o: Options{Order: MonthFirst}, sums: "1 3..3", codes: []string{"bad-date"}},
	{name: "day numbers, told", file: "date,killed\n45000,3\n", o: Options{Serials: true}, sums: "1 3..3"},
	{name: "day numbers, not told", file: "date,killed\n45000,3\n", sums: "0 0..0", codes: []string{"bad-date"}},
	{name: "weekday that does not fit", file: "date,killed\n\"Monday, June 18, 2004\",3\n", sums: "1 3..3", codes: []string{"weekday-mismatch"}},
	{name: "words, told", file: "date,killed\n2025-10-11,dozens\n2025-10-11,several\n", o: Options{Words: "acled"}, sums: "2 15..15", codes: []string{"count-imputed"}},
	{name: "words, not told", file: "date,killed\n2025-10-11,dozens\n", sums: "1 0..0", codes: []string{"count-word"}},
	{name: "thousands by points, told", file: "date,killed\n2025-10-11,1.204\n2025-10-11,\"1.204,5\"\n", o: Options{Mark: "."}, sums: "2 2408.500000..2408.500000"},
	{name: "thousands by spaces, told", file: "date,killed\n2025-10-11,1 204\n2025-10-11,1\u202f204\n", o: Options{Mark: " "}, sums: "2 2408..2408"},
	{name: "codes for unknown, told", file: "date,killed,injured\n2025-10-11,-9,999\n", o: Options{Unknown: []string{"-9", "999"}}, sums: "1 0..0"},
	{name: "one row per death", file: "year,month,day,name\n2015,May,3,A\n2015,May,,B\n", o: Options{Deaths: true}, sums: "2 2..2", codes: []string{"unused-columns"}, noted: "each record is one death"},
	{name: "another column's condition", file: "date,killed,armed\n2015-05-03,1,No\n2015-05-03,1,Yes\n", o: Options{Only: []string{"Armed=no"}}, sums: "1 1..1", noted: "1 record was left out by the condition Armed=no"},
	{name: "Spanish", file: "Fecha;País;Muertos;Heridos\n2025-10-11;Perú;3;1\n", sums: "1 3..3"},
	{name: "French", file: "date;pays;tués;blessés\n11/10/2025;Mali;3;1\n14/10/2025;Mali;3;1\n", sums: "2 6..6"},
	{name: "Portuguese", file: "data do fato;cidade;mortos;feridos\n2025-10-11;Belém;3;1\n", sums: "1 3..3"},
}

func inUTF16(s string, big bool) string {
	var b bytes.Buffer
	for _, u := range utf16.Encode([]rune("\uFEFF" + s)) {
		if big {
			b.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return b.String()
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

func TestConformance(t *testing.T) {
	for _, tt := range conformance {
		t.Run(tt.name, func(t *testing.T) {
			recs, res := mustReadLaidOut(t, tt.file, tt.o)
			low, high := int64(0), int64(0)
			for _, r := range recs {
				low, high = low+r.Counts["killed"].Low, high+r.Counts["killed"].High
			}
			if got := fmt.Sprintf("%d %s..%s", len(recs), persons(low), persons(high)); got != tt.sums {
				t.Errorf("%s, want %s: %v", got, tt.sums, res.Diagnostics)
			}
			if diff := cmp.Diff(tt.codes, codesOf(res.Diagnostics), cmp.Transformer("nil", func(s []string) []string { return append([]string{}, s...) })); diff != "" {
				t.Error(diff)
			}
			if tt.noted != "" && !slices.Contains(res.Noted, tt.noted) {
				t.Errorf("it is not noted that %s: %q", tt.noted, res.Noted)
			}
			if res.Bytes != int64(len(tt.file)) || res.SHA256 == [32]byte{} {
				t.Errorf("%d bytes of %d", res.Bytes, len(tt.file))
			}
		})
	}
}

func TestPositionsHoldInOtherDialects(t *testing.T) {
	for _, file := range []string{
		"date;place;killed\n2025-10-11;Kel;x\n",
		inUTF16("date,place,killed\n2025-10-11,Kel,x\n", false),
		"date,place,killed\r2025-10-11,Kel,x\r",
		gzipped("date,place,killed\n2025-10-11,Kel,x\n"),
	} {
		_, res := mustReadLaidOut(t, file, Options{})
		if diff := cmp.Diff([]string{"2:16 bad-count"}, places(res.Diagnostics)); diff != "" {
			t.Error(diff)
		}
	}
	_, res := mustReadLaidOut(t, "A title\n\ndate,place,killed\n2025-10-11,Kel,x\n", Options{})
	if diff := cmp.Diff([]string{"4:16 bad-count"}, places(res.Diagnostics)); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedLayouts(t *testing.T) {
	for name, tt := range map[string]struct {
		file string
		o    Options
		code string
	}{
		"not UTF-8":           {"date,place,killed\n2025-10-11,Cort\xe9s,3\n", Options{}, "unknown-text"},
		"no such encoding":    {"date,killed\n", Options{Encoding: "klingon"}, "unknown-encoding"},
		"two encodings":       {"\xef\xbb\xbfdate,killed\n", Options{Encoding: "latin1"}, "unknown-text"},
		"either order":        {"date,killed\n03/04/2025,3\n", Options{}, "ambiguous-dates"},
		"both orders":         {"date,killed\n13/04/2025,3\n04/13/2025,3\n", Options{}, "ambiguous-dates"},
		"half a gzip":         {gzipped(plainSheet)[:30], Options{}, "unreadable"},
		"a column not there":  {"date,killed\n", Options{Map: map[string]string{"place": "Lugar"}}, "unknown-column"},
		"a field not there":   {"date,killed\n", Options{Map: map[string]string{"plaice": "killed"}}, "unknown-column"},
		"a condition on none": {"date,killed\n", Options{Only: []string{"x=1"}}, "unknown-column"},
		"deaths and a count":  {"date,killed\n", Options{Deaths: true}, "ambiguous-columns"},
	} {
		_, _, err := readLaidOut(tt.file, tt.o)
		var input *InputError
		if !errors.As(err, &input) || input.Code != tt.code || input.Hint == "" {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
		}
	}
}

// A file that unpacks to more than a hundred times its size is refused while it
// is unpacked, not after.
func TestDecompressionBomb(t *testing.T) {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	zeros := make([]byte, 1<<20)
	for range 200 {
		_, _ = w.Write(zeros)
	}
	_ = w.Close()
	r, err := gunzip("f.csv.gz", &b)
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, r)
	var input *InputError
	if !errors.As(err, &input) || input.Code != "unpacks-too-large" || n > bombAllowance+1<<20 {
		t.Errorf("%d bytes unpacked: %v", n, err)
	}
	// What stops the reading of the bytes stops the reading of the table.
	s := newScanner("f.csv.gz", io.MultiReader(strings.NewReader("a,b\n"), failing{input}), ',')
	var rec record
	_ = s.next(&rec)
	if err := s.next(&rec); !errors.As(err, &input) || input.Code != "unpacks-too-large" {
		t.Errorf("%v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestAliases(t *testing.T) {
	a, err := ReadAliases("aliases.csv", strings.NewReader("column,from,to\nparty,FARC-EP,FARC\nplace,kel,Kel Adar\nplace,nowhere,X\n"))
	if err != nil || a.Len() != 3 {
		t.Fatal(err)
	}
	recs, res := mustReadLaidOut(t, "date,place,perpetrator,killed\n2025-10-11,KEL,farc-ep;Eln,1\n2025-10-11,Tarmin,Eln,1\n", Options{Aliases: a})
	if recs[0].Text["place"] != "Kel Adar" || recs[0].Text["attributed_to"] != "FARC;Eln" || recs[1].Text["place"] != "Tarmin" {
		t.Errorf("%v", recs)
	}
	want := `2 names were replaced by the aliases of aliases.csv: attributed_to: "farc-ep" became "FARC" 1 time; place: "kel" became "Kel Adar" 1 time`
	if !slices.Contains(res.Noted, want) {
		t.Errorf("%q", res.Noted)
	}
	_, res = mustReadLaidOut(t, "date,killed\n2025-10-11,1\n", Options{Aliases: a})
	if !slices.Contains(res.Noted, "none of the 3 aliases of aliases.csv occurs") {
		t.Errorf("%q", res.Noted)
	}
	for _, bad := range []string{"a,b\n", "x,y,z\n", "column,from,to\nkilled,a,b\n", "column,from,to\nplace,,b\n", "column,from,to\nplace,a,b\nplace,A,c\n", "column,from,to\n\"place,a,b\n"} {
		if _, err := ReadAliases("aliases.csv", strings.NewReader(bad)); err == nil {
			t.Errorf("%q is taken for aliases", bad)
		}
	}
}

// A day that is written in any layout is read as that day.
func TestDateLayouts(t *testing.T) {
	l := dateLayouts{wide: true, order: DayFirst}
	for cell, want := range map[string]string{
		"Friday, June 18, 2004": "2004-06-18..2004-06-18 day", "Sunday-November 19-1995": "1995-11-19..1995-11-19 day",
		"31-Jan-24": "2024-01-31..2024-01-31 day", "30-Sept-24": "2024-09-30..2024-09-30 day", "31-Dec-99": "1999-12-31..1999-12-31 day",
		"03 December 2020": "2020-12-03..2020-12-03 day", "3rd of December, 2020": "2020-12-03..2020-12-03 day", "17/06/2004": "2004-06-17..2004-06-17 day",
		"17.06.2004 14:30": "2004-06-17..2004-06-17 day", "5 de mayo de 2019": "2019-05-05..2019-05-05 day", "1er août 2019": "2019-08-01..2019-08-01 day",
		"June 2004": "2004-06-01..2004-06-30 month", "06/2004": "2004-06-01..2004-06-30 month", "2004 June 5": "2004-06-05..2004-06-05 day",
		"12-14 June 2004": "2004-06-12..2004-06-14 days", "June 12-14, 2004": "2004-06-12..2004-06-14 days", "30 June to 2 July 2004": "2004-06-30..2004-07-02 days",
		"12 to 14 June 2004": "2004-06-12..2004-06-14 days", "2004-06-12/2004-06-14": "2004-06-12..2004-06-14 days", "2004/6/5": "2004-06-05..2004-06-05 day",
		"12/06/2004 - 14/06/2004": "2004-06-12..2004-06-14 days", "2025-1-5": "2025-01-05..2025-01-05 day", "01/02/2022 12:00:00 AM": "2022-02-01..2022-02-01 day",
		"Monday, June 18, 2004": "weekday-mismatch", "31/02/2004": "bad-date", "14-12 June 2004": "bad-date", "17/06/04": "bad-date", "20040617": "bad-date",
		"June": "bad-date", "last week": "bad-date", "Friday": "bad-date", "1 2 3 4 2004": "bad-date", "12 killed 2004": "bad-date", "May June 2004": "bad-date",
	} {
		d, is := l.parse([]byte(cell))
		got := fmt.Sprintf("%s..%s %s", d.Start, d.End, d.Prec)
		if is.found() {
			got = is.code
		}
		if got != want {
			t.Errorf("%q is %s, want %s", cell, got, want)
		}
	}
	if d, is := (dateLayouts{wide: true}).parse([]byte("03/04/2025")); is.code != "bad-date" || d != data.NoDate || !strings.Contains(is.hint, "--date-order") {
		t.Errorf("%v %v", d, is)
	}
}

func TestAnyDayInAnyLayoutIsThatDay(t *testing.T) {
	months := strings.Fields(monthLists[0])
	rapid.Check(t, func(t *rapid.T) {
		day, _ := data.DayOf(rapid.IntRange(1901, 2100).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
		y, m, d := day.Civil()
		name, weekday := months[m-1], weekdayWords[day.Weekday()]
		for layout, o := range map[string]Order{fmt.Sprintf("%d/%d/%d", d, m, y): DayFirst, fmt.Sprintf("%02d.%02d.%d", m, d, y): MonthFirst,
			fmt.Sprintf("%s, %s %d, %d", weekday, name, d, y): OrderUnknown, fmt.Sprintf("%02d-%s-%d", d, strings.ToUpper(name[:3]), y): OrderUnknown,
			fmt.Sprintf("%d %s %d 09:30:00", d, name, y): OrderUnknown, fmt.Sprintf("%d.%d.%d", y, m, d): OrderUnknown} {
			got, is := (dateLayouts{wide: true, order: o}).parse([]byte(layout))
			if is.found() || got != (data.Date{Start: day, End: day}) {
				t.Fatalf("%q is %v (%v), want %s", layout, got, is, day)
			}
		}
		if got, ok := serialDay(fmt.Appendf(nil, "%d", int(day)+25569)); !ok || got != day {
			t.Fatalf("%s", got)
		}
	})
}

func TestNoDateWordStandsForTwo(t *testing.T) {
	for _, lists := range [][]string{monthLists, weekdayLists} {
		seen := map[string]int{}
		for _, l := range lists {
			for i, w := range strings.Fields(l) {
				if at, ok := seen[w]; ok && at != i || w != plainLetters(w) {
					t.Errorf("%s stands at %d and %d", w, at, i)
				}
				seen[w] = i
			}
		}
	}
	for w := range weekdayNames {
		if monthNames[w] > 0 && w != "mar" {
			t.Errorf("%s is a day and a month", w)
		}
	}
}

func TestSurveyEndsInARefusalOrALayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"date,killed\n", "date;killed\n", "year,month,day,killed\n", "", "x\n"}).Draw(t, "header") +
			strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"2025-10-11,3\n", "1/2/2025;3\n", "\"", "\r", ",", "é", "\xe9", "Total,7\n", "2025,5,,1\n", "\x00"})).Draw(t, "rows"), "")
		recs, res, err := readLaidOut(text, Options{})
		if err == nil && (!res.Ledger.Balances() || int64(len(recs)) != res.Ledger.Accepted) {
			t.Fatalf("%+v", res.Ledger)
		}
	})
}

// A column of more names than are any is refused, by either path.
func TestTooManyNames(t *testing.T) {
	var b strings.Builder
	b.WriteString("date,place,killed\n")
	for i := range 40 {
		fmt.Fprintf(&b, "2025-10-11,Kel %d,1\n", i%30)
	}
	for most, want := range map[int]string{31: "", 32: "", 30: "too-many-names", 5: "too-many-names"} {
		o := Options{names: most}
		_, _, err := read(b.String(), o)
		_, _, fast := readFast(b.String(), 1, o)
		for _, err := range []error{err, fast} {
			var input *InputError
			if errors.As(err, &input) != (want != "") || want != "" && (input.Code != want || !strings.Contains(input.Message, fmt.Sprintf("column place has more than %d", most))) {
				t.Errorf("at most %d: %v", most, err)
			}
		}
	}
}
