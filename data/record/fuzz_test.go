package record

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"toll/data"
)

// checker is a test of either kind.
type checker interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkResult checks what holds for every file that can be read: every row is
// accounted for, and every diagnostic points into the file.
func checkResult(t checker, in string, recs []flat, res *Result) {
	t.Helper()
	if !res.Ledger.Balances() || res.Ledger.Accepted != int64(len(recs)) {
		t.Fatalf("%d records, ledger %+v", len(recs), res.Ledger)
	}
	if res.Bytes != int64(len(in)) {
		t.Fatalf("%d bytes of %d", res.Bytes, len(in))
	}
	lines := strings.Split(strings.TrimPrefix(in, "\ufeff"), "\n")
	kept, rejected := map[string]int64{}, int64(0)
	last := 0
	for _, d := range res.Diagnostics {
		kept[d.Code]++
		checkDiagnostic(t, d, lines)
		if d.Line < last {
			t.Fatalf("line %d after line %d", d.Line, last)
		}
		last = d.Line
		if d.Severity == data.Error {
			rejected++
		}
	}
	for code, n := range res.Counts {
		if kept[code] != min(n, keptPerCode) {
			t.Fatalf("%d of %d kept of %s", kept[code], n, code)
		}
	}
	if (rejected > 0) != (res.Ledger.Rejected > 0) {
		t.Fatalf("%d errors, but %d records rejected", rejected, res.Ledger.Rejected)
	}
	for i, r := range recs {
		checkRecord(t, r, i, len(lines))
	}
}

func checkDiagnostic(t checker, d data.Diagnostic, lines []string) {
	t.Helper()
	code, ok := LookupCode(d.Code)
	if !ok || code.File {
		t.Fatalf("%s is not a code of a record", d.Code)
	}
	if d.Severity != code.Severity && d.Code != "count-order" {
		t.Fatalf("%s is a %s, the table says %s", d.Code, d.Severity, code.Severity)
	}
	if d.Line < 0 || d.Line > len(lines) || (d.Line == 0) != (d.Code == "no-records") {
		t.Fatalf("%s on line %d of %d", d.Code, d.Line, len(lines))
	}
	if d.Column < 0 || d.Column > 0 && d.Column > len(lines[d.Line-1])+1 {
		t.Fatalf("%s in column %d of %q", d.Code, d.Column, lines[d.Line-1])
	}
	if !utf8.ValidString(d.Value) || utf8.RuneCountInString(d.Value) > keptOfValue+1 || d.Message == "" || d.Hint == "" {
		t.Fatalf("malformed: %+v", d)
	}
}

func checkRecord(t checker, r flat, i, lines int) {
	t.Helper()
	if r.Number != int64(i) || r.Line < 2 || int(r.Line) > lines {
		t.Fatalf("record %d is number %d on line %d of %d", i, r.Number, r.Line, lines)
	}
	if d := r.Date; (d.Prec == data.Undated) != (d == data.NoDate) || d.Start > d.End {
		t.Fatalf("date %v", d)
	}
	if (r.Lat == data.NoCoord) != (r.Lon == data.NoCoord) {
		t.Fatalf("half a point: %d, %d", r.Lat, r.Lon)
	}
	for name, c := range r.Counts {
		if c != c.Settle() || !c.Ordered() || c.Low < 0 || c.Stated() && c.Flags&data.HasHigh == 0 {
			t.Fatalf("%s is %+v", name, c)
		}
	}
	for name, s := range r.Text {
		if s != strings.Join(strings.Fields(s), " ") || !utf8.ValidString(s) {
			t.Fatalf("%s is %q", name, s)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("\ufeffdate,killed\r\n2025-10-11,\"4–7\"\r\n"))
	f.Add([]byte("incident_id,date,date_end,date_precision,killed,killed_low,killed_high,status,lat,lon,reported_on\na,2025-10-11,2025-10-12,days,5,4,200+,denied,1.5,2.5,2025-10-13\n"))
	f.Add([]byte("id,type_of_violence,best,high,low,date_start,date_end,side_a,side_b,dyad_name\n#,,,,,#date,,,,\n1,3,5,4,3,2000-02-21 00:00:00.000,2000-02-22 00:00:00.000,A,B,A - B\n"))
	f.Add([]byte("date,killed_civilians,killed_security\n2025,3,\n,\"a \"b\"\",c\n"))
	f.Add([]byte("date,killed\n2025-10-11,\"3\nTotal,3"))
	for _, dir := range []string{"csv-spectrum/csvs", "csv-test-data/csv"} {
		if root := os.Getenv("TOLL_SHARED"); root != "" {
			files, _ := filepath.Glob(filepath.Join(root, "csv-corpora", dir, "*.csv"))
			for _, name := range files {
				if b, err := os.ReadFile(name); err == nil {
					f.Add(append([]byte("date,killed\n"), b...))
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		recs, res, err := read(string(in), Options{KeepTexts: true, BatchSize: 3})
		if err != nil {
			var input *InputError
			if !errors.As(err, &input) {
				t.Fatal(err)
			}
			if c, ok := LookupCode(input.Code); !ok || !c.File || input.Hint == "" {
				t.Fatalf("malformed: %+v", input)
			}
			if input.Line < 0 || input.Line > bytes.Count(in, []byte("\n"))+1 || input.Column < 0 || input.Column > len(in)+1 {
				t.Fatalf("%v points outside the file", input)
			}
			return
		}
		if res.Profile != "native" {
			return // keeps counts out of order
		}
		checkResult(t, string(in), recs, res)
	})
}

func FuzzCount(f *testing.F) {
	for _, tt := range countTests {
		f.Add(tt.cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		c, is := parseCount([]byte(cell))
		if is.found() {
			code, ok := LookupCode(is.code)
			if !ok || is.message == "" {
				t.Fatalf("%q: %+v", cell, is)
			}
			if code.Severity == data.Error && c.Stated() {
				t.Fatalf("%q is %s and yet %+v", cell, is.code, c)
			}
		}
		if c.Low < 0 || c.Best < 0 || c.High < 0 || max(c.Low, c.Best, c.High) > data.MaxCount*data.Unit {
			t.Fatalf("%q is %+v", cell, c)
		}
		if !c.Settle().Ordered() {
			t.Fatalf("%q is %+v, out of order", cell, c)
		}
		if c.Stated() && !strings.ContainsAny(cell, "0123456789") {
			t.Fatalf("%q has no digit and is %+v", cell, c)
		}
		again, _ := parseCount([]byte(" " + cell + "\u00A0"))
		if again != c && utf8.ValidString(cell) {
			t.Fatalf("%q is %+v, with space around it %+v", cell, c, again)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, tt := range dateTests {
		f.Add(tt.cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		d, is := parseDate([]byte(cell))
		if is.found() {
			if is.code != "bad-date" || is.message == "" || d != data.NoDate {
				t.Fatalf("%q: %+v %v", cell, is, d)
			}
			return
		}
		if d.Prec == data.Undated {
			if strings.TrimSpace(cell) != "" {
				t.Fatalf("%q is no date and no error", cell)
			}
			return
		}
		if d.Start > d.End || d.Prec > data.ToYear {
			t.Fatalf("%q is %+v", cell, d)
		}
		year, month, day := d.Start.Civil()
		if written := strings.TrimSpace(cell); !strings.HasPrefix(d.Start.String(), written[:4]) {
			t.Fatalf("%q is in the year %d (%d, %d)", cell, year, month, day)
		}
	})
}
