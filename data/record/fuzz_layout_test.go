package record

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

// FuzzDates reads any cell by any layout: a date that is read has its days in
// order, within the calendar.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"2025-10-11", "Friday, June 18, 2004", "31-Jan-24", "12-14 June 2004", "01/02/2022 12:00:00 AM", "30 June to 2 July 2004", "45000", "5 de mayo de 2019", "3rd", "2004-06-12/2004-06-14"} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, cell string, how uint8) {
		l := dateLayouts{wide: true, order: Order(how % 3), serial: how&4 != 0}
		d, is := l.parse([]byte(cell))
		if is.found() && severity(is.code) == data.Error {
			if d != data.NoDate {
				t.Fatalf("%q: %v with %v", cell, d, is)
			}
			return
		}
		if d.Prec == data.Undated {
			return
		}
		if y, _, _ := d.Start.Civil(); d.End < d.Start || y < 1 || y > 9999 {
			t.Fatalf("%q is %v", cell, d)
		}
		if d.Prec == data.ToDay && d.Start != d.End {
			t.Fatalf("%q is %v to the day", cell, d)
		}
		var e orderEvidence
		e.weigh([]byte(cell), 1)
		e.decide()
	})
}

// FuzzHeader matches any header with the profiles: a plan takes each column once
// for one field, within the file.
func FuzzHeader(f *testing.F) {
	for _, x := range fixtures {
		h, _, _ := strings.Cut(x.file, "\n")
		f.Add(h, "killed", "x")
	}
	f.Add("Fecha;Muertos", "killed", "Muertos")
	f.Fuzz(func(t *testing.T, header, field, column string) {
		s := newScanner("f.csv", strings.NewReader(header), ',')
		var r record
		if _, err := s.begin(); err != nil || s.next(&r) != nil {
			return
		}
		for _, o := range []Options{{}, {Map: map[string]string{field: column}}, {Profile: "gtd"}, {Deaths: true}} {
			p, err := newPlan("f.csv", &r, o)
			if err != nil {
				continue
			}
			for field, c := range p.column {
				if c >= len(p.header) || p.folded == nil {
					t.Fatalf("%s is read from column %d of %d", Field(field), c, len(p.header))
				}
			}
			if !p.has(Date) || len(p.mapped) == 0 {
				t.Fatal("a plan without a date")
			}
		}
	})
}

// FuzzSurvey surveys and reads any file: the ledger balances, every position is
// within the file, and what is converted reads back as the same.
func FuzzSurvey(f *testing.F) {
	for _, x := range fixtures {
		f.Add(x.file)
	}
	for _, x := range conformance {
		f.Add(x.file)
	}
	f.Fuzz(func(t *testing.T, text string) {
		recs, res, err := readLaidOut(text, Options{})
		if err != nil {
			return
		}
		if !res.Ledger.Balances() || int64(len(recs)) != res.Ledger.Accepted {
			t.Fatalf("%d records, %+v", len(recs), res.Ledger)
		}
		for _, d := range res.Diagnostics {
			if d.Line < 0 || d.Line > len(text)+1 || d.Column < 0 || d.Column > 4*len(text)+1 {
				t.Fatalf("%+v", d)
			}
		}
		before, after, native := converted(t, text, Options{})
		if len(before) != len(after) {
			t.Fatalf("%d records became %d\n%s", len(before), len(after), native)
		}
		for i := range before {
			x, y := before[i], after[i]
			x.Number, x.Line, y.Number, y.Line = 0, 0, 0, 0
			if diff := cmp.Diff(x, y); diff != "" {
				t.Fatalf("%s\n%s", diff, native)
			}
		}
	})
}
