package record

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"toll/data"
)

// countTests gives what a cell states, settled and as show writes it, and the
// code of what is said about it.
var countTests = []struct{ cell, want, code string }{
	{"", "unknown", ""},
	{" ", "unknown", ""},
	{"\u00A0\t", "unknown", ""},
	{"0", "0 (0..0)", ""},
	{"23", "23 (23..23)", ""},
	{" 23\u00A0", "23 (23..23)", ""},
	{"23\n", "23 (23..23)", ""},
	{"010", "10 (10..10)", ""},
	{"0000000000000000000000000023", "23 (23..23)", ""},
	{"10000000", "10000000 (10000000..10000000)", ""},
	{"10000001", "unknown", "absurd-count"},
	{"99999999999999999999999999", "unknown", "absurd-count"},
	{"10000000.0000001", "10000000 (10000000..10000000)", "count-rounded"},
	{"10000000.000001", "unknown", "absurd-count"},
	{"1-99999999999", "unknown", "absurd-count"},

	{"12.5", "12.500000 (12.500000..12.500000)", ""},
	{"0.333333", "0.333333 (0.333333..0.333333)", ""},
	{"0.3333333", "0.333333 (0.333333..0.333333)", "count-rounded"},
	{"0.0000005", "0.000001 (0.000001..0.000001)", "count-rounded"},
	{"0.00000049", "0 (0..0)", "count-rounded"},
	{"0.9999999", "1 (1..1)", "count-rounded"},
	{"2.50000000", "2.500000 (2.500000..2.500000)", ""},
	{"5.0", "5 (5..5)", ""},
	{"5.", "unknown", "bad-count"},
	{".5", "unknown", "bad-count"},
	{"1.2.3", "unknown", "bad-count"},
	{"1,5", "unknown", "bad-count"},

	{"1,204", "1204 (1204..1204)", ""},
	{"1,204,300", "1204300 (1204300..1204300)", ""},
	{"1,204.5", "1204.500000 (1204.500000..1204.500000)", ""},
	{"1,20", "unknown", "bad-count"},
	{"1,2040", "unknown", "bad-count"},
	{"1204,300", "unknown", "bad-count"},
	{",204", "unknown", "bad-count"},
	{"1,,204", "unknown", "bad-count"},
	{"1.204,5", "unknown", "bad-count"},
	{"1 204", "unknown", "bad-count"},
	{"1'204", "unknown", "bad-count"},

	{"4-7", "4..7", ""},
	{"4–7", "4..7", ""},
	{"4—7", "4..7", ""},
	{"4−7", "4..7", ""},
	{"4 – 7", "4..7", ""},
	{"4 -7", "4..7", ""},
	{"4 to 7", "4..7", ""},
	{"4 or 5", "4..5", ""},
	{"between 4 and 7", "4..7", ""},
	{"1,204 - 1,300", "1204..1300", ""},
	{"4-4", "4..4", ""},
	{"0-3", "0..3", ""},
	{"30-40+", "30..40+", ""},
	{"7-4", "unknown", "count-order"},
	{"4-", "unknown", "bad-count"},
	{"4-7-9", "unknown", "bad-count"},
	{"4--7", "unknown", "bad-count"},
	{"4-x", "unknown", "bad-count"},

	{"200+", "200..200+", ""},
	{"200 +", "200..200+", ""},
	{"200 or more", "200..200+", ""},
	{">200", "200..200+", ""},
	{"> 200", "200..200+", ""},
	{"≥5", "5..5+", ""},
	{">= 5", "5..5+", ""},
	{"at least 5", "5..5+", ""},
	{"At  Least 5", "5..5+", ""},
	{"more than 200", "200..200+", ""},
	{"over 200", "200..200+", ""},
	{"no fewer than 5", "5..5+", ""},
	{"at least 5+", "5..5+", ""},
	{"at least", "unknown", "bad-count"},
	{"at least 4-7", "unknown", "bad-count"},
	{"200++", "unknown", "bad-count"},

	{"up to 30", "0..30", ""},
	{"at most 30", "0..30", ""},
	{"fewer than 30", "0..30", ""},
	{"less than 30", "0..30", ""},
	{"<30", "0..30", ""},
	{"≤30", "0..30", ""},
	{"up to 30+", "unknown", "bad-count"},

	{"~10", "~10 (10..10)", ""},
	{"c. 10", "~10 (10..10)", ""},
	{"ca. 10", "~10 (10..10)", ""},
	{"about 10", "~10 (10..10)", ""},
	{"around 10", "~10 (10..10)", ""},
	{"Approximately 10", "~10 (10..10)", ""},
	{"some 30", "~30 (30..30)", ""},
	{"~4-7", "~4..7", ""},
	{"about 200+", "~200..200+", ""},
	{"around at least 5", "~5..5+", ""},

	{"unknown", "unknown", ""},
	{"Unknown", "unknown", ""},
	{"n/a", "unknown", ""},
	{"NA", "unknown", ""},
	{"-", "unknown", ""},
	{"–", "unknown", ""},
	{"?", "unknown", ""},
	{"not  known", "unknown", ""},
	{"several", "unknown", "count-word"},
	{"Dozens", "unknown", "count-word"},
	{"some", "unknown", "count-word"},
	{"a few", "unknown", "count-word"},
	{"several hundred", "unknown", "count-word"},
	{"At least several  hundred people", "unknown", "count-word"},
	{"hundreds of civilians", "unknown", "count-word"},
	{"a large number", "unknown", "count-word"},
	{"unknown number", "unknown", ""},
	{"several hundred 5", "unknown", "bad-count"},
	{"at least", "unknown", "bad-count"},
	{"people killed", "unknown", "bad-count"},
	{"of the", "unknown", "bad-count"},
	{"many houses", "unknown", "bad-count"},
	{"none", "unknown", "ambiguous-none"},
	{"Nil", "unknown", "ambiguous-none"},
	{"none reported", "unknown", "ambiguous-none"},

	{"-9", "unknown", "negative-count"},
	{"−9", "unknown", "negative-count"},
	{"–9", "unknown", "negative-count"},
	{"-99999999999999999999", "unknown", "negative-count"},
	{"-0.5", "unknown", "negative-count"},
	{"-9-4", "unknown", "bad-count"},
	{"-x", "unknown", "bad-count"},
	{"+5", "unknown", "bad-count"},
	{"٢٣", "unknown", "bad-count"},
	{"２３", "unknown", "bad-count"},
	{"0x1F", "unknown", "bad-count"},
	{"1e3", "unknown", "bad-count"},
	{"1_000", "unknown", "bad-count"},
	{"NaN", "unknown", "bad-count"},
	{"Inf", "unknown", "bad-count"},
	{"10 killed", "unknown", "bad-count"},
	{"twenty", "unknown", "bad-count"},
	{"4;7", "unknown", "bad-count"},
	{"=2+3", "unknown", "bad-count"},
	{"3\x00", "unknown", "bad-count"},
}

func TestCount(t *testing.T) {
	for _, tt := range countTests {
		c, is := parseCount([]byte(tt.cell))
		if got := show(c.Settle()); got != tt.want || is.code != tt.code {
			t.Errorf("%q is %s %s, want %s %s", tt.cell, got, is.code, tt.want, tt.code)
		}
		if is.found() && is.message == "" {
			t.Errorf("%q: no message for %s", tt.cell, is.code)
		}
	}
}

func TestCountStatesOnlyWhatTheCellSays(t *testing.T) {
	for cell, want := range map[string]data.Count{
		"23":       {Best: 23 * data.Unit, Flags: data.HasBest},
		"200+":     {Low: 200 * data.Unit, Flags: data.HasLow | data.Open},
		"up to 30": {High: 30 * data.Unit, Flags: data.HasHigh},
		"4-7":      {Low: 4 * data.Unit, High: 7 * data.Unit, Flags: data.HasLow | data.HasHigh},
		"~10":      {Best: 10 * data.Unit, Flags: data.HasBest | data.Approx},
		"30-40+":   {Low: 30 * data.Unit, High: 40 * data.Unit, Flags: data.HasLow | data.HasHigh | data.Open},
	} {
		if got, is := parseCount([]byte(cell)); got != want || is.found() {
			t.Errorf("%q is %+v, want %+v", cell, got, want)
		}
	}
}

func TestCountHintsAtSpreadsheets(t *testing.T) {
	for _, cell := range []string{"4-Jul", "7-Apr", "Jul-04", "04 May"} {
		if _, is := parseCount([]byte(cell)); is.code != "bad-count" || !strings.Contains(is.hint, "spreadsheet") {
			t.Errorf("%q: %+v", cell, is)
		}
	}
}

func TestCountReadsEveryWholeNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, data.MaxCount).Draw(t, "n")
		for _, s := range []string{fmt.Sprint(n), fmt.Sprintf("%012d", n), thousands(n), fmt.Sprintf("%d.0", n)} {
			if c, is := parseCount([]byte(s)); c.Settle() != data.Exactly(n) || is.found() {
				t.Fatalf("%q is %+v %v", s, c, is)
			}
		}
	})
}

func thousands(n int64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return thousands(n/1000) + fmt.Sprintf(",%03d", n%1000)
}

func TestCountReadsDecimalsExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, data.MaxCount-1).Draw(t, "n")
		micro := rapid.Int64Range(0, data.Unit-1).Draw(t, "millionths")
		c, is := parseCount(fmt.Appendf(nil, "%d.%06d", n, micro))
		if is.found() || c.Best != n*data.Unit+micro {
			t.Fatalf("%d.%06d is %+v %v", n, micro, c, is)
		}
	})
}

func TestCountReadsEveryRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lo, hi := rapid.Int64Range(0, 5000).Draw(t, "low"), rapid.Int64Range(0, 5000).Draw(t, "high")
		dash := rapid.SampledFrom([]string{"-", "–", "—", " - ", " – ", " to ", "- "}).Draw(t, "dash")
		c, is := parseCount([]byte(thousands(lo) + dash + fmt.Sprint(hi)))
		switch {
		case lo > hi && is.code == "count-order":
		case lo <= hi && !is.found() && c == data.Between(lo, hi):
		default:
			t.Fatalf("%d%s%d is %+v %v", lo, dash, hi, c, is)
		}
	})
}
