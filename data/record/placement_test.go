package record

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"toll/data"
)

// placed are records with one fault each: the cell it is in, by its place in the
// header below, -1 where it is of the record as a whole.
var placed = []struct {
	code string
	row  []string
	cell int
}{
	{"bad-date", []string{"2025-13-11", "Kel", "3", "1", "", "", "", "", "", ""}, 0},
	{"bad-date", []string{"yesterday", "Kel", "3", "1", "", "", "", "", "", ""}, 0},
	{"undated", []string{"", "Kel", "3", "1", "", "", "", "", "", ""}, 0},
	{"bad-count", []string{"2025-10-11", "Kel", "1e3", "1", "", "", "", "", "", ""}, 2},
	{"bad-count", []string{"2025-10-11", "Kel", "3", "0x1F", "", "", "", "", "", ""}, 3},
	{"negative-count", []string{"2025-10-11", "Kel", "-9", "1", "", "", "", "", "", ""}, 2},
	{"absurd-count", []string{"2025-10-11", "Kel", "3", "20251011", "", "", "", "", "", ""}, 3},
	{"count-word", []string{"2025-10-11", "Kel", "dozens", "1", "", "", "", "", "", ""}, 2},
	{"count-word", []string{"2025-10-11", "Kel", "3", "hundreds of people", "", "", "", "", "", ""}, 3},
	{"ambiguous-none", []string{"2025-10-11", "Kel", "none", "1", "", "", "", "", "", ""}, 2},
	{"count-rounded", []string{"2025-10-11", "Kel", "3", "0.33333333", "", "", "", "", "", ""}, 3},
	{"count-order", []string{"2025-10-11", "Kel", "7-4", "1", "", "", "", "", "", ""}, 2},
	{"bad-coordinates", []string{"2025-10-11", "Kel", "3", "1", "95", "1", "", "", "", ""}, 4},
	{"bad-coordinates", []string{"2025-10-11", "Kel", "3", "1", "5", "181", "", "", "", ""}, 5},
	{"bad-coordinates", []string{"2025-10-11", "Kel", "3", "1", "5", "", "", "", "", ""}, 5},
	{"unknown-word", []string{"2025-10-11", "Kel", "3", "1", "", "", "people", "", "", ""}, 6},
	{"bad-status", []string{"2025-10-11", "Kel", "3", "1", "", "", "", "maybe", "", ""}, 7},
	{"bad-report-date", []string{"2025-10-11", "Kel", "3", "1", "", "", "", "", "soon", ""}, 8},
	{"date-order", []string{"2025-10-11", "Kel", "3", "1", "", "", "", "", "", "2025-10-10"}, 9},
	{"weekday-mismatch", []string{"Monday 18 June 2004", "Kel", "3", "1", "", "", "", "", "", ""}, 0},
	{"weekday-mismatch", []string{"Wendesday 16 June 2004", "Kel", "3", "1", "", "", "", "", "", ""}, 0},
	{"total-row", []string{"", "Total", "3", "1", "", "", "", "", "", ""}, -1},
	{"repeated-header", slices.Clone(placedHeader), -1},
}

var placedHeader = []string{"date", "place", "killed", "injured", "lat", "lon", "victim_type", "status", "reported_on", "date_end"}

// good is a record without a fault, of one line or of three.
func good(tall bool) []string {
	place := "Kél"
	if tall {
		place = "Kél\n\nAdar"
	}
	return []string{"2025-10-11", place, "3", "1", "1.5", "2.5", "civilian", "verified", "2025-10-12", ""}
}

// dress writes rows in a form of file: how cells are separated and quoted, how
// lines end, what stands above the header and how the text is encoded.
type dress struct {
	name  string
	delim string
	eol   string
	all   bool // every cell is in quotes
	above string
	tall  bool   // the records around have several lines
	as    string // encoding
}

var dresses = []dress{
	{name: "plain", delim: ",", eol: "\n"},
	{name: "CRLF", delim: ",", eol: "\r\n"},
	{name: "CR", delim: ",", eol: "\r"},
	{name: "quoted", delim: ",", eol: "\n", all: true},
	{name: "quoted CRLF", delim: ",", eol: "\r\n", all: true},
	{name: "semicolons", delim: ";", eol: "\n"},
	{name: "tabs", delim: "\t", eol: "\n"},
	{name: "bars", delim: "|", eol: "\r\n", all: true},
	{name: "tall records", delim: ",", eol: "\n", tall: true},
	{name: "tall records, CRLF", delim: ",", eol: "\r\n", tall: true},
	{name: "a title", delim: ",", eol: "\n", above: "Incidents\n\n"},
	{name: "a mark", delim: ",", eol: "\n", as: "utf-8 with a mark"},
	{name: "UTF-16", delim: ";", eol: "\r\n", as: "utf-16"},
	{name: "Windows-1252", delim: ",", eol: "\n", as: "windows-1252"},
}

// file writes the rows, and returns the line and column that the text as UTF-8 has
// where the wanted cell begins, or the record for a cell of -1.
func (d dress) file(rows [][]string, row, cell int) (text string, line, column int) {
	b := strings.Builder{}
	b.WriteString(strings.ReplaceAll(d.above, "\n", d.eol))
	lineAt := func() (int, int) {
		s := strings.ReplaceAll(b.String(), "\r\n", "\n")
		s = strings.ReplaceAll(s, "\r", "\n")
		return 1 + strings.Count(s, "\n"), len(s) - strings.LastIndex(s, "\n")
	}
	for r, cells := range rows {
		for c, text := range cells {
			if c > 0 {
				b.WriteString(d.delim)
			}
			if r == row && (c == cell || cell < 0 && c == 0) {
				line, column = lineAt()
			}
			if d.all || strings.ContainsAny(text, "\n\"") || strings.Contains(text, d.delim) {
				text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			}
			b.WriteString(text)
		}
		b.WriteString(d.eol)
	}
	if cell < 0 {
		column = 0
	}
	return b.String(), line, column
}

// Every code of a cell stands where the cell begins, in every form of file.
func TestEveryCodeIsPlacedInEveryFormOfFile(t *testing.T) {
	for _, d := range dresses {
		t.Run(d.name, func(t *testing.T) {
			for _, p := range placed {
				rows := [][]string{placedHeader, good(d.tall), good(false), p.row, good(d.tall)}
				text, line, column := d.file(rows, 3, p.cell)
				o := Options{}
				switch d.as {
				case "utf-8 with a mark":
					text = "\ufeff" + text
				case "utf-16":
					text = inUTF16(text, false)
				case "windows-1252":
					text, _ = charmap.Windows1252.NewEncoder().String(text)
					o.Encoding = d.as
				}
				recs, res, err := readLaidOut(text, o)
				if err != nil {
					t.Fatalf("%s: %v", p.code, err)
				}
				i := slices.IndexFunc(res.Diagnostics, func(x data.Diagnostic) bool { return x.Code == p.code })
				if i < 0 {
					t.Errorf("%s is not found: %v", p.code, res.Diagnostics)
					continue
				}
				x := res.Diagnostics[i]
				if x.Line != line || x.Column != column {
					t.Errorf("%s in %q is placed at %d:%d, want %d:%d\n%s", p.code, p.row, x.Line, x.Column, line, column, text)
				}
				if p.cell >= 0 && (x.Value != shown(p.row[p.cell]) || x.Field != placedHeader[p.cell]) {
					t.Errorf("%s is said of %q in %s", p.code, x.Value, x.Field)
				}
				want := 4
				if x.Severity == data.Error {
					want = 3
				}
				if len(recs) != want || res.Ledger.Accepted != int64(want) || !res.Ledger.Balances() {
					t.Errorf("%s: %d records, %+v", p.code, len(recs), res.Ledger)
				}
			}
		})
	}
}

// The faults of a raw record, before its cells mean anything.
func TestRawFaultsArePlacedInEveryFormOfFile(t *testing.T) {
	for _, d := range dresses {
		if d.as != "" || d.eol == "\r" || d.all {
			continue
		}
		line := func(cells ...string) string { return strings.Join(cells, d.delim) + d.eol }
		head := strings.ReplaceAll(d.above, "\n", d.eol) + line("date", "place", "killed") + line("2025-10-11", "\"a"+d.eol+"b\"", "3")
		at := 4
		if d.above != "" {
			at = 6
		}
		for _, tt := range []struct {
			code, row    string
			line, column int
		}{
			{"wrong-field-count", line("2025-10-12", "Kel", "3", "4"), at, 18},
			{"wrong-field-count", line("2025-10-12", "Kel"), at, 0},
			{"stray-quote", line("2025-10-12", "5\" pipe", "3"), at, 12},
			{"stray-quote", line("2025-10-12", "\"a\" b", "3"), at, 12},
			{"stray-quote", line("2025-10-12", "x", "3\""), at, 14},
			{"not-utf8", line("2025-10-12", "Cort\xe9s", "3"), at, 12},
			{"not-utf8", line("2025-10-12", "a", "\x00"), at, 14},
			{"unbalanced-quote", line("2025-10-12", "\"Kel", "3"), at, 12},
		} {
			text := head + line("2025-10-11", "é", "1") + tt.row + line("2025-10-13", "é", "1") + line("2025-10-14", "Kel", "2")
			recs, res, err := readLaidOut(text, Options{})
			if err != nil {
				t.Fatalf("%s, %s: %v", d.name, tt.code, err)
			}
			i := slices.IndexFunc(res.Diagnostics, func(x data.Diagnostic) bool { return x.Code == tt.code })
			if i < 0 || res.Diagnostics[i].Line != tt.line+1 || res.Diagnostics[i].Column != tt.column {
				t.Errorf("%s, %s in %q: %v, want %d:%d", d.name, tt.code, tt.row, places(res.Diagnostics), tt.line+1, tt.column)
			}
			if len(recs) != 4 || res.Ledger.Rejected != 1 {
				t.Errorf("%s, %s: %d records, %+v", d.name, tt.code, len(recs), res.Ledger)
			}
		}
	}
}

// A file of which every record is bad lists as many as are kept and counts all,
// and each is on its own line.
func TestEveryRecordBad(t *testing.T) {
	var b strings.Builder
	b.WriteString("date,killed\n")
	const n = 3000
	for i := range n {
		fmt.Fprintf(&b, "2025-10-11,%dx\n", i)
	}
	recs, res, err := readLaidOut(b.String(), Options{})
	if err != nil || len(recs) != 0 || res.Counts["bad-count"] != n || res.Ledger.Rejected != n {
		t.Fatalf("%d records, %v, %v", len(recs), res.Counts, err)
	}
	for i, d := range res.Diagnostics {
		if d.Line != i+2 || d.Column != 12 || d.Value != fmt.Sprint(i, "x") && d.Value != fmt.Sprintf("%dx", i) {
			t.Fatalf("%d: %+v", i, d)
		}
	}
	if len(res.Diagnostics) != keptPerCode {
		t.Errorf("%d are kept", len(res.Diagnostics))
	}
}

// hostile are texts that somebody may put into a cell to be run, to break out of
// the table, or to be taken for another name.
var hostile = []string{
	"=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-1-1", "\t=1", "\r=1", "＝1+1",
	"<script>alert(1)</script>", "</td></tr></table>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "{{7*7}}", "${jndi:ldap://x}", "`id`", "$(id)", "; rm -rf /", "| cat /etc/passwd",
	"../../etc/passwd", "..\\..\\windows", "CON", "nul.txt", "a/b", "/", "\\", ".", "..", "C:\\x",
	"::error file=x::y", "::set-output name=a::b", "%0A%0D", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "a\nb", "a\r\nb", "a\u2028b", "a\u0085b",
	"\u202egnp.exe", "a\u200bb", "a\u00adb", "\ufeffKel", "a\u2066b\u2069", "K\u0435l", "Ке́л", "e\u0301", "é", "ﬁ", "ẞ", "İ", "ı", "\U000E0041", "\u0000", "a\uFFFDb",
	"NULL", "null", "None", "undefined", "NaN", "true", "0", "-0", "1e308", "0x41", "١٢٣", "#N/A", "#REF!", "N/A", "",
	"'", "''", "\"", "\"\"", "a,b", "a;b", "a|b", "a\tb", "a + b", "A;?", "?", " ", "\u00a0", strings.Repeat("x", 70_000), strings.Repeat("é", 5000), strings.Repeat("a ", 3000), "Robert'); DROP TABLE incidents;--", "% s %d %n", "%!s(MISSING)", "\\u0041", "&amp;", "&#x41;", "[x](javascript:1)", "![x](y)", "| a | b |", "# x", "* x", "---", "~~~", "<!-- x -->", "]]>", "<?php", "<%= 1 %>",
}

// A hostile text in any column of names is kept as it is or refused with its place;
// none changes another cell, a figure or a line, and convert gives it back.
func TestHostileCells(t *testing.T) {
	columns := []string{"incident_id", "country", "place", "event_type", "attributed_to", "claimed_by", "victim_side", "source", "notes", "url"}
	header := "date,killed," + strings.Join(columns, ",") + "\n"
	for _, text := range hostile {
		for at, column := range columns {
			cells := make([]string, len(columns))
			for i := range cells {
				cells[i] = "x"
			}
			cells[at] = text
			in := header + "2025-10-10,1," + strings.Repeat("y,", len(columns)-1) + "y\n" +
				writeCSV([][]string{append([]string{"2025-10-11", "3"}, cells...)}, func() bool { return true }, "\n") +
				"2025-10-12,5," + strings.Repeat("z,", len(columns)-1) + "z\n"
			recs, res, err := readLaidOut(in, Options{KeepTexts: true})
			if err != nil {
				t.Fatalf("%q in %s: %v", text, column, err)
			}
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				if len(recs) != 2 || res.Counts["not-utf8"] != 1 {
					t.Errorf("%q in %s: %d records, %v", text, column, len(recs), res.Counts)
				}
				continue
			}
			if len(recs) != 3 || res.Ledger.Rejected != 0 {
				t.Errorf("%q in %s: %d records, %v", text, column, len(recs), res.Diagnostics)
				continue
			}
			for i, killed := range []string{"1 (1..1)", "3 (3..3)", "5 (5..5)"} {
				if show(recs[i].Counts["killed"]) != killed || recs[i].Date.Start.String() != fmt.Sprintf("2025-10-1%d", i) {
					t.Errorf("%q in %s: record %d is %v", text, column, i, recs[i])
				}
			}
			for i, other := range columns {
				if i == at || other == "notes" || other == "url" || other == "incident_id" {
					continue
				}
				if got := recs[1].Text[other]; got != "x" {
					t.Errorf("%q in %s: %s is %q", text, column, other, got)
				}
			}
			if column == "place" {
				if got, want := recs[1].Text["place"], string(clean(nil, []byte(text))); got != want {
					t.Errorf("%q is kept as %q, want %q", text, got, want)
				}
			}
			for _, d := range res.Diagnostics {
				if strings.ContainsAny(d.String(), "\x1b\x07\r") || strings.Contains(d.String(), "\u202e") {
					t.Errorf("%q reaches the terminal in %q", text, d)
				}
			}
		}
	}
}
