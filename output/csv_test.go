package output

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gocarina/gocsv"
	"pgregory.net/rapid"

	"toll/data"
	"toll/stats"
)

func readCSV(t testing.TB, s string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(s)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTableCSV(t *testing.T) {
	period := stats.Dim{ID: "period", Title: "Month"}
	table := &stats.Table{ID: "by-month", Dims: []stats.Dim{period}, Rows: []stats.Row{
		{Keys: []stats.Key{{ID: "2025-09", Label: "Sep 2025"}}, Tally: tallyOf([]data.Count{data.Between(4, 7), {}}, []data.Count{data.Exactly(1), {}})},
		{Keys: []stats.Key{{ID: "2025-10", Label: "Oct 2025"}}, Partial: "to 20 Oct", Tally: tallyOf([]data.Count{data.AtLeast(200)}, []data.Count{{}})},
	}}
	b, err := writeTableCSV(table, csvForm{injured: true})
	if err != nil {
		t.Fatal(err)
	}
	want := `period,period_label,partial,incidents,killed_low,killed_best,killed_high,killed_no_best,killed_unknown,killed_open,killed_fatal,injured_low,injured_best,injured_high,injured_no_best,injured_unknown,injured_open
2025-09,Sep 2025,,2,4,,7,1,1,0,1,1,1,1,0,1,0
2025-10,Oct 2025,to 20 Oct,1,200,,200,1,0,1,1,,,,0,1,0
`
	if string(b) != want {
		t.Errorf("got\n%s\nwant\n%s", b, want)
	}
}

func TestTableCSVByPartySaysWhatTheNameRestsOn(t *testing.T) {
	table := &stats.Table{ID: "by-party", Dims: []stats.Dim{{ID: "party", Title: "Claimed perpetrator"}}, Rows: []stats.Row{
		{Keys: []stats.Key{named("A")}, Tally: tallyOf([]data.Count{data.Exactly(3)}, []data.Count{{}}), Basis: stats.Basis{Claimed: 5, Attributed: 6, Contested: 7, Involved: 8}}}}
	b, err := writeTableCSV(table, csvForm{injured: false})
	if err != nil {
		t.Fatal(err)
	}
	want := `party,incidents,killed_low,killed_best,killed_high,killed_no_best,killed_unknown,killed_open,killed_fatal,injured_low,injured_best,injured_high,injured_no_best,injured_unknown,injured_open,claimed,attributed,contested,involved
A,1,3,3,3,0,0,0,1,,,,,,,5,6,7,8
`
	if string(b) != want {
		t.Errorf("got\n%s\nwant\n%s", b, want)
	}
}

// TestTableCSVIsReadByGocsv reads a table back with the type that documents it.
func TestTableCSVIsReadByGocsv(t *testing.T) {
	d := sample()
	var got []*TollCells
	if err := gocsv.UnmarshalString(fileOf(t, render(t, d), "tables/by-month.csv"), &got); err != nil {
		t.Fatal(err)
	}
	table := d.Report.Table("by-month")
	if len(got) != len(table.Rows) {
		t.Fatalf("%d rows of %d", len(got), len(table.Rows))
	}
	for i, r := range table.Rows {
		if want := cellsOf(r.Tally, true); *got[i] != want {
			t.Errorf("row %d: %+v, want %+v", i, *got[i], want)
		}
	}
}

func TestTotalCSVHasNoKeys(t *testing.T) {
	rows := readCSV(t, fileOf(t, render(t, sample()), "tables/total.csv"))
	if len(rows) != 2 || rows[0][0] != "incidents" {
		t.Errorf("rows are %v", rows)
	}
}

// TestGuardDisarmsFormulas goes through what spreadsheets take for a formula,
// after OWASP's list, and through names that must stay as they are.
func TestGuardDisarmsFormulas(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1", "\u200b=1", "\"=1", "'=1", "  \"=1",
		"＝1", "＋1", "－1", "＠SUM", "=cmd|' /C calc'!A0", "-2+3+cmd", "﹢1", "﹣1"} {
		if got := guard(s); got != "'"+s {
			t.Errorf("%q is written %q", s, got)
		}
	}
	for _, s := range []string{"", "Kunar", "2025-10", "(unattributed)", "A + B", "'Ayn", "–", "O'Neill", "Ὀ", "12", " Kunar"} {
		if got := guard(s); got != s {
			t.Errorf("%q is written %q", s, got)
		}
	}
	for s, want := range map[string]string{"-5": "-5", "-0.5": "-0.5", "12": "12", "-": "'-", "-5a": "'-5a", "+5": "'+5", "-.5": "'-.5", "-5.": "'-5.", "--5": "'--5", "=5": "'=5"} {
		if got := guardUnlessNumber(s); got != want {
			t.Errorf("%q is written %q, want %q", s, got, want)
		}
	}
}

// TestCSVKeepsEveryCell holds for any names: a row has its cells, and no cell
// that came from the data starts like a formula.
func TestCSVKeepsEveryCell(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		ids := rapid.SliceOfNDistinct(hostileName(), 1, 6, rapid.ID[string]).Draw(rt, "names")
		table := &stats.Table{ID: "by-place", Dims: []stats.Dim{{ID: "place", Title: "Place"}}}
		for _, id := range ids {
			table.Rows = append(table.Rows, stats.Row{Keys: []stats.Key{named(id)}})
		}
		b, err := writeTableCSV(table, csvForm{injured: true})
		if err != nil {
			rt.Fatal(err)
		}
		rows := readCSV(t, string(b))
		if len(rows) != len(ids)+1 {
			rt.Fatalf("%d rows of %d", len(rows), len(ids)+1)
		}
		for i, id := range ids {
			cell := rows[i+1][0]
			want := strings.ReplaceAll(id, "\r\n", "\n") // as the CSV reader reads any cell
			if cell != want && cell != "'"+want {
				rt.Fatalf("%q became %q", id, cell)
			}
			if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", firstRune(cell)) {
				rt.Fatalf("%q starts like a formula", cell)
			}
		}
	})
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// hostileName draws names as an attacker would give them to a party or a place.
func hostileName() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.StringOf(rapid.RuneFrom([]rune("=+-@|<>[]()!*_`~#&\\\"'$:/.{}^ \t\r\n\u00a0\ufeff\u202e\u200f\u200d1aش＝"))),
		rapid.SampledFrom([]string{
			"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a|b|c", "|", "\\|", "\\", "a\\", "`", "``|``", "[x](javascript:alert(1))", "![x](http://e/x.png)",
			"<https://e.example>", "http://e.example/x", "www.e.example", "a@e.example", "*a*", "__a__", "~~a~~", "&lt;", "&#124;", "# a", "1. a", "- a", "+ a", "> a", "---", "===",
			"    code", "a  \nb", "a\n\n| b |", "<!-- ", "-->", "]]>", "{{x}}", "$x$", ":smile:", "@user", "#1", "\u202egnp.exe", "\x00\x1b[31m", "\xff\xfe", "الطالبان", "Tehreek-e-Taliban Pakistan (TTP)"}))
}
