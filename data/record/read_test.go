package record

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"toll/data"
)

func keepNothing(*data.Batch) error { return nil }

const small = `date,location,perpetrator,killed,injured
2025-10-11,Spin Boldak,Pakistan,17,346
2025-10-12,Angoor Adda,,23,29
`

func TestThePlainCaseNeedsNoConfiguration(t *testing.T) {
	recs, res := mustRead(t, small)
	if len(recs) != 2 {
		t.Fatalf("%d records", len(recs))
	}
	got := recs[0]
	if got.Date.Start.String() != "2025-10-11" || got.Text["place"] != "Spin Boldak" || got.Text["attributed_to"] != "Pakistan" ||
		got.Counts["killed"] != data.Exactly(17) || got.Counts["injured"] != data.Exactly(346) {
		t.Errorf("%+v", got)
	}
	if by := recs[1].Text["attributed_to"]; by != "" {
		t.Errorf("a blank perpetrator is %q", by)
	}
	want := []MappedColumn{{"date", "date", 0}, {"place", "location", 1}, {"attributed_to", "perpetrator", 2}, {"killed", "killed", 3}, {"injured", "injured", 4}}
	if diff := cmp.Diff(want, res.Mapping); diff != "" {
		t.Error(diff)
	}
	if len(res.Diagnostics) != 0 || len(res.Noted) != 0 || res.Profile != "native" {
		t.Errorf("%+v", res)
	}
}

func TestTheResultNamesTheBytes(t *testing.T) {
	in := "\ufeff" + small
	_, res := mustRead(t, in)
	if res.SHA256 != sha256.Sum256([]byte(in)) || res.Bytes != int64(len(in)) {
		t.Errorf("%x, %d bytes", res.SHA256, res.Bytes)
	}
	if !cmp.Equal(res.Noted, []string{"a byte order mark was dropped"}) {
		t.Errorf("noted %q", res.Noted)
	}
	// Longer than any buffer, so that reads come back full.
	in = small + strings.Repeat("2025-10-11,Kabul,,1,1\n", 20000)
	_, res = mustRead(t, in)
	if res.SHA256 != sha256.Sum256([]byte(in)) || res.Bytes != int64(len(in)) {
		t.Errorf("%x, %d bytes", res.SHA256, res.Bytes)
	}
	_, res, err := read("place,killed\n", Options{})
	if err == nil || res.SHA256 != [32]byte{} {
		t.Errorf("a file that was not read to its end has the sum %x", res.SHA256)
	}
}

func TestUnusableFiles(t *testing.T) {
	tests := []struct{ name, in, want, hint string }{
		{"nothing", "", "f.csv: the file holds nothing [empty-file]", ""},
		{"white space", "\n \n,,\n", "f.csv: the file holds nothing [empty-file]", ""},
		{"only a mark", "\ufeff", "f.csv: the file holds nothing [empty-file]", ""},
		{"UTF-16", "\xff\xfed\x00a\x00t\x00e\x00", "f.csv: this file is UTF-16 (little-endian) [utf-16]", ""},
		{"UTF-16 the other way", "\xfe\xff\x00d\x00a", "f.csv: this file is UTF-16 (big-endian) [utf-16]", ""},
		{"UTF-16 without a mark", "d\x00a\x00t\x00e\x00", "f.csv: this file looks like UTF-16 without a byte order mark [utf-16]", ""},
		{"workbook", "PK\x03\x04....", "f.csv: this is a workbook or a zip archive, not a CSV file [not-csv]", ""},
		{"gzip", "\x1f\x8b....", "f.csv: this file is compressed with gzip [not-csv]", ""},
		{"semicolons", "date;place;killed\n2025-10-11;Kabul;3\n", `f.csv:1:1: the header is a single cell, and looks as if it were separated by ";" [wrong-delimiter]`, ""},
		{"tabs", "date\tkilled\n", `f.csv:1:1: the header is a single cell, and looks as if it were separated by "\t" [wrong-delimiter]`, ""},
		{"carriage returns", "date,killed\r2025-10-11,3\r", "f.csv:1:6: the lines of this file end in a carriage return alone [cr-line-ends]", ""},
		{"no header", "2025-10-11,Kabul,3\n", "f.csv:1:1: the first row holds the date 2025-10-11, so it is no header [no-header]", ""},
		{"no date", "place,killed\nKabul,3\n", `f.csv:1: no column says when it happened; the columns are "place", "killed" [no-date-column]`, "name the column of dates: date"},
		{"nearly a date", "Dtae,killed\n", `f.csv:1: no column says when it happened; the columns are "Dtae", "killed" [no-date-column]`, `did you mean "Dtae" to be date? then say --map date=Dtae`},
		{"no toll", "date,kiled\n", `f.csv:1: no column says how many were killed or injured; the columns are "date", "kiled" [no-count-column]`, `did you mean "kiled" to be killed? then say --map killed=kiled`},
		{"women alone are no toll", "date,of_which_women\n", `f.csv:1: no column says how many were killed or injured; the columns are "date", "of_which_women" [no-count-column]`, ""},
		{"a column twice", "date,killed,Killed \n", `f.csv:1:13: columns "killed" (2) and "Killed" (3) both say killed [ambiguous-columns]`, "say which is meant: --map killed=killed, or --map killed=Killed"},
		{"two names for one", "date,killed,place,deaths\n", `f.csv:1:19: columns "killed" (2) and "deaths" (4) both say killed [ambiguous-columns]`, ""},
		{"open quote", "date,\"killed\n2025-10-11,3\n", "f.csv:1:6: a quote in the header is never closed [bad-header]", ""},
		{"stray quote", "date,\"kil\"led\n", "f.csv:1:6: the header has a quote where none may be, at line 1, column 11 [bad-header]", ""},
		{"Windows-1252 header", "date,killed,a\xf1o\n", "f.csv:1:13: the header is not UTF-8 text [bad-header]", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			recs, res, err := read(tt.in, Options{})
			var input *InputError
			if !errors.As(err, &input) || err.Error() != tt.want {
				t.Fatalf("got  %v\nwant %s", err, tt.want)
			}
			if tt.hint != "" && input.Hint != tt.hint {
				t.Errorf("hint %q, want %q", input.Hint, tt.hint)
			}
			if input.Hint == "" {
				t.Error("there is no hint")
			}
			if _, ok := LookupCode(input.Code); !ok {
				t.Errorf("code %s is not in the table", input.Code)
			}
			if d := input.Diagnostic(); d.Severity != data.Error || !strings.HasPrefix(d.String(), input.File) {
				t.Errorf("as a diagnostic: %s", d)
			}
			if len(recs) != 0 || res == nil {
				t.Errorf("%d records, result %v", len(recs), res)
			}
		})
	}
}

func TestDelimiters(t *testing.T) {
	in := strings.ReplaceAll(small, ",", ";")
	recs, _, err := read(in, Options{Delimiter: ';'})
	if err != nil || len(recs) != 2 {
		t.Errorf("%d records, %v", len(recs), err)
	}
	for _, d := range []rune{'"', '\n', '\r', 'ж', -1, utf8Self} {
		var input *InputError
		if _, _, err := read(small, Options{Delimiter: d}); !errors.As(err, &input) || input.Code != "bad-delimiter" {
			t.Errorf("delimiter %q: %v", d, err)
		}
	}
}

const utf8Self = 0x80

func TestHeaderWithoutRecords(t *testing.T) {
	for _, in := range []string{"date,killed\n", "date,killed", "date,killed\n\n,\n"} {
		recs, res := mustRead(t, in)
		if len(recs) != 0 || res.Counts["no-records"] != 1 || len(res.Diagnostics) != 1 || res.Diagnostics[0].Severity != data.Warning {
			t.Errorf("%q: %d records, %v", in, len(recs), res.Diagnostics)
		}
	}
}

func TestLedgerAccountsForEveryRow(t *testing.T) {
	in := "\n" + // blank, above the header
		"date,place,killed\n" +
		"2025-10-11,Kabul,3\n" +
		"\n" + // blank
		" ,\u00A0,\n" + // blank
		"2025-10-12,Kabul\n" + // too few
		"2025-10-12,Kabul,1,204\n" + // too many
		"2025-10-12,Kabul,4,\n" + // one empty cell too many
		"2025-10-12,Cort\xe9s,4\n" +
		"2025-10-12,a\x00b,4\n" +
		"date,place,killed\n" +
		"2025-10-13,\"a\nb\",5\n" +
		",Total,12\n" +
		"2025-10-14,x\"y,5\n" +
		"2025-10-15,Kabul,6\n" +
		"2025-10-16,\"Kabul,6\nand,on\n"
	recs, res := mustRead(t, in)
	if want := (data.Ledger{Files: 1, Read: 15, Accepted: 3, Rejected: 9, Blank: 3}); res.Ledger != want {
		t.Errorf("%+v\nwant %+v", res.Ledger, want)
	}
	want := []string{"6:0 wrong-field-count", "7:20 wrong-field-count", "8:20 wrong-field-count", "9:12 not-utf8", "10:12 not-utf8",
		"11:0 repeated-header", "14:0 total-row", "15:12 stray-quote", "17:12 unbalanced-quote"}
	if diff := cmp.Diff(want, places(res.Diagnostics)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	var lines []int32
	for _, r := range recs {
		lines = append(lines, r.Line)
	}
	if !cmp.Equal(lines, []int32{3, 12, 16}) {
		t.Errorf("records accepted from lines %d", lines)
	}
	for _, d := range res.Diagnostics {
		if d.File != "f.csv" || d.Hint == "" || d.Message == "" || strings.ContainsRune(d.String(), 0) {
			t.Errorf("incomplete: %+v", d)
		}
	}
}

func TestAnOpenQuoteSaysWhatItHides(t *testing.T) {
	for in, want := range map[string]string{
		"2025-10-11,\"Kabul,3":                         "the quote that opens here is never closed",
		"2025-10-11,\"Kabul,3\n":                       "the quote that opens here is never closed",
		"2025-10-11,\"Kabul,3\nin the north,Kabul,4\n": "the quote that opens here is never closed; it hides the next line, the last of the file",
		"2025-10-11,\"Kabul,3\n2025-10-12,Kabul,4\nx":  "the quote that opens here is never closed; it hides the next 2 lines, to the end of the file",
	} {
		_, res := mustRead(t, "date,place,killed\n"+in)
		if d := res.Diagnostics[0]; d.Message != want || d.Field != "place" || d.Column != 12 {
			t.Errorf("%q: %s", in, d)
		}
	}
}

func TestNotTextIsNamed(t *testing.T) {
	for cell, want := range map[string]string{
		"Cort\xe9s":      "the cell is not UTF-8: byte 0xE9",
		"é\xff":          "the cell is not UTF-8: byte 0xFF",
		"\xed\xa0\x80":   "the cell is not UTF-8: byte 0xED", // half a surrogate pair
		"\xc0\x80":       "the cell is not UTF-8: byte 0xC0", // an overlong NUL
		"\xc3\",\"\xa9":  "the cell is not UTF-8: byte 0xC3", // two halves in two cells
		"a\x00b":         "the cell holds a NUL",
		"\x00\xff":       "the cell holds a NUL",
		"\uFFFD is fine": "",
	} {
		_, res := mustRead(t, "date,killed,place,notes\n2025-10-11,1,\""+cell+"\""+strings.Repeat(",", 1-strings.Count(cell, ","))+"\n")
		got := ""
		for _, d := range res.Diagnostics {
			if got = d.Message; d.Code != "not-utf8" || d.Field != "place" {
				t.Errorf("%q: %s", cell, d)
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

func TestMessagesDoNotRepeatNames(t *testing.T) {
	// Lists of rejects appear in public logs: they say where, never what.
	const secret = "Fatima Zahra"
	in := "date,place,killed,victim_type,status,lat,lon,reported_on\n" +
		secret + "," + secret + "," + secret + "," + secret + "," + secret + "," + secret + "," + secret + "," + secret + "\n" +
		"2025-10-11," + secret + "\"," + secret + ",,,,,\n"
	_, res := mustRead(t, in)
	if len(res.Diagnostics) < 6 {
		t.Fatalf("%v", res.Diagnostics)
	}
	for _, d := range res.Diagnostics {
		if strings.Contains(d.Message+d.Hint, "Fatima") {
			t.Errorf("%s: %s", d.Message, d.Hint)
		}
		if d.Code != "total-row" && !strings.Contains(d.Value, "Fatima") {
			t.Errorf("%s does not keep the value: %q", d.Code, d.Value)
		}
	}
}

func TestDiagnosticsAreBoundedAndCounted(t *testing.T) {
	var b strings.Builder
	b.WriteString("date,killed\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "x,%d\n", i)
	}
	b.WriteString("2025-10-11,many\n")
	_, res := mustRead(t, b.String())
	if res.Counts["bad-date"] != 3000 || res.Counts["count-word"] != 1 || len(res.Diagnostics) != keptPerCode+1 {
		t.Errorf("%v, %d kept", res.Counts, len(res.Diagnostics))
	}
	if last := res.Diagnostics[keptPerCode-1]; last.Line != keptPerCode+1 {
		t.Errorf("the last of the first %d is on line %d", keptPerCode, last.Line)
	}
}

func TestValuesAreCutAndMadeValid(t *testing.T) {
	_, res := mustRead(t, "date,killed\n"+strings.Repeat("é", 200)+",3\n2025-10-11,\xff\xfe\n")
	if v := res.Diagnostics[0].Value; v != strings.Repeat("é", keptOfValue)+"…" {
		t.Errorf("cut to %q", v)
	}
	if v := res.Diagnostics[1].Value; v != "\uFFFD" {
		t.Errorf("invalid bytes are %q", v)
	}
}

func TestAnErrorOfEmitStopsTheReading(t *testing.T) {
	full := errors.New("no room")
	calls := 0
	_, err := Read(Source{Name: "f.csv", R: strings.NewReader(small)}, 0, Options{BatchSize: 1}, func(*data.Batch) error {
		calls++
		return full
	})
	if !errors.Is(err, full) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

func TestDictsAreSharedBetweenFiles(t *testing.T) {
	dicts := data.NewDicts()
	var codes []uint32
	for file := range 2 {
		_, err := Read(Source{Name: "f.csv", R: strings.NewReader(small)}, file, Options{Dicts: dicts}, func(b *data.Batch) error {
			if b.File != file || b.Dicts != dicts {
				t.Errorf("file %d, dicts %p", b.File, b.Dicts)
			}
			codes = append(codes, b.Code(data.ColPlace, 0))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if codes[0] != codes[1] || dicts[data.ColPlace].Len() != 3 {
		t.Errorf("codes %d of %d", codes, dicts[data.ColPlace].Len())
	}
}

func TestARejectedRecordLeavesNoNames(t *testing.T) {
	dicts := data.NewDicts()
	_, _, err := read("date,place,killed\n2025-10-11,Kabul,1e3\n", Options{Dicts: dicts})
	if err != nil || dicts[data.ColPlace].Len() != 1 {
		t.Errorf("%v, %d names", err, dicts[data.ColPlace].Len())
	}
}

// anyFile draws a file of good and bad records.
func anyFile(t *rapid.T) string {
	cell := rapid.OneOf(
		rapid.SampledFrom([]string{"2025-10-11", "2025-10", "2025", "", "x", "Total", "date", "7", "200+", "4–7", "dozens", "-9", "civilian",
			"denied", "31.5", "181", " Kabul ", "a \n b", "\"", "a\"b", "é", "e\u0301", "\xff", "Angoor  Adda"}),
		cellText)
	var rows [][]string
	for range rapid.IntRange(0, 30).Draw(t, "rows") {
		n := rapid.SampledFrom([]int{9, 9, 9, 9, 9, 8, 10, 1}).Draw(t, "cells")
		rows = append(rows, rapid.SliceOfN(cell, n, n).Draw(t, "row"))
		rows[len(rows)-1][0] = rapid.SampledFrom([]string{"2025-10-11", "2025-10-11", "2025-10", "", "x"}).Draw(t, "date")
	}
	in := "date,date_end,place,killed,killed_high,victim_type,status,lat,lon\n" + writeCSV(rows, func() bool { return false }, "\n")
	if rapid.Bool().Draw(t, "broken") {
		at := rapid.IntRange(0, len(in)).Draw(t, "at")
		in = in[:at] + rapid.SampledFrom([]string{"\"", ",", "\n", "\x00", "\r"}).Draw(t, "with") + in[at:]
	}
	return in
}

func TestBatchSizeChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyFile(t)
		wantRecs, wantRes, wantErr := read(in, Options{KeepTexts: true})
		size := rapid.IntRange(1, 9).Draw(t, "size")
		recs, res, err := read(in, Options{KeepTexts: true, BatchSize: size})
		if diff := cmp.Diff(wantRecs, recs); diff != "" {
			t.Fatalf("batches of %d (-4096 +%d):\n%s", size, size, diff)
		}
		if diff := cmp.Diff(wantRes, res); diff != "" {
			t.Fatal(diff)
		}
		if fmt.Sprint(wantErr) != fmt.Sprint(err) {
			t.Fatalf("%v or %v", wantErr, err)
		}
	})
}

func TestAnyFileIsAccountedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyFile(t)
		recs, res, err := read(in, Options{})
		if err != nil {
			var input *InputError
			if !errors.As(err, &input) {
				t.Fatal(err)
			}
			return
		}
		checkResult(t, in, recs, res)
	})
}
