package record

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"toll/data"
)

// dateTests gives a date as "first..last precision", or the code.
var dateTests = []struct{ cell, want string }{
	{"", "none"},
	{" \u00A0", "none"},
	{"2025-10-11", "2025-10-11..2025-10-11 day"},
	{" 2025-10-11 ", "2025-10-11..2025-10-11 day"},
	{"2025-10", "2025-10-01..2025-10-31 month"},
	{"2024-02", "2024-02-01..2024-02-29 month"},
	{"2025", "2025-01-01..2025-12-31 year"},
	{"0001-01-01", "0001-01-01..0001-01-01 day"},
	{"9999-12-31", "9999-12-31..9999-12-31 day"},
	{"2000-02-21 00:00:00.000", "2000-02-21..2000-02-21 day"},
	{"2000-02-21T23:59:59Z", "2000-02-21..2000-02-21 day"},
	{"2000-02-21T23:59:59.123456+05:00", "2000-02-21..2000-02-21 day"},
	{"2000-02-21T23:59-0430", "2000-02-21..2000-02-21 day"},
	{"2000-02-21T23:59+05", "2000-02-21..2000-02-21 day"},
	{"2000-02-21T23:59+5", "bad-date"},
	{"2000-02-21T23:59+05:00:00", "bad-date"},
	{"2000-02-21T23:59 UTC", "2000-02-21..2000-02-21 day"},
	{"2000-02-21T23:59 PKT", "bad-date"},
	{"2000-02-21 24:00", "2000-02-21..2000-02-21 day"},
	{"2000-02-21 25:00", "bad-date"},
	{"2000-02-21 9:00", "bad-date"},
	{"2000-02-21 10", "bad-date"},
	{"2000-02-21 10:", "bad-date"},
	{"2000-02-21 10:00:", "bad-date"},
	{"2000-02-21 10:00:00.", "bad-date"},
	{"2000-02-21 night", "bad-date"},
	{"2000-02-21T", "bad-date"},
	{"2000-02-21/2000-02-22", "bad-date"},
	{"2000-02 10:00", "bad-date"},
	{"2024-02-29", "2024-02-29..2024-02-29 day"},
	{"2023-02-29", "bad-date"},
	{"2025-02-30", "bad-date"},
	{"2025-13-01", "bad-date"},
	{"2025-00-10", "bad-date"},
	{"2025-10-00", "bad-date"},
	{"2025-00", "bad-date"},
	{"0000-01-01", "bad-date"},
	{"0000", "bad-date"},
	{"25-10-11", "bad-date"},
	{"2025-1-5", "bad-date"},
	{"2025/10/11", "bad-date"},
	{"03/04/2025", "bad-date"},
	{"11.10.2025", "bad-date"},
	{"11 October 2025", "bad-date"},
	{"Friday-June 18-2004", "bad-date"},
	{"20251011", "bad-date"},
	{"45941", "bad-date"},
	{"2025-10-11x", "bad-date"},
	{"-2025-10-11", "bad-date"},
	{"٢٠٢٥-١٠-١١", "bad-date"},
	{"yesterday", "bad-date"},
	{"unknown", "bad-date"},
	{"2025-10/11", "bad-date"},
	{"2025/10-11", "bad-date"},
	{"2025-1a-11", "bad-date"},
	{"2o25-10-11", "bad-date"},
	{"2025-", "bad-date"},
	{"2025-10-", "bad-date"},
	{"202", "bad-date"},
}

func TestDate(t *testing.T) {
	for _, tt := range dateTests {
		d, is := parseDate([]byte(tt.cell))
		got := fmt.Sprintf("%s..%s %s", d.Start, d.End, d.Prec)
		switch {
		case is.found():
			got = is.code
		case d == data.NoDate:
			got = "none"
		}
		if got != tt.want {
			t.Errorf("%q is %s, want %s", tt.cell, got, tt.want)
		}
	}
}

func TestDateHintsSayHowToWriteIt(t *testing.T) {
	for cell, want := range map[string]string{
		"03/04/2025":      "cannot be told apart",
		"11.10.2025":      "cannot be told apart",
		"45941":           "day number",
		"20251011":        "hyphens",
		"11 October 2025": "month as a number",
		"2025-1-5":        "two digits",
		"2025-02-30":      "day and the month",
		"10-11-20 25":     "two digits",
		"123456":          "",
	} {
		if _, is := parseDate([]byte(cell)); !strings.Contains(is.hint, want) {
			t.Errorf("%q: hint %q", cell, is.hint)
		}
	}
	if _, is := parseDate([]byte("2025-02-30")); is.message != "there is no such day as 2025-02-30" {
		t.Error(is.message)
	}
}

func TestNoSlashedDateIsEverGuessed(t *testing.T) {
	for d := 1; d <= 12; d++ {
		for m := 1; m <= 12; m++ {
			if _, is := parseDate(fmt.Appendf(nil, "%02d/%02d/2025", d, m)); is.code != "bad-date" {
				t.Errorf("%02d/%02d/2025 was read", d, m)
			}
		}
	}
}

func TestDateReadsEveryDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, _ := data.DayOf(1, 1, 1)
		last, _ := data.DayOf(9999, 12, 31)
		day := data.Day(rapid.Int32Range(int32(first), int32(last)).Draw(t, "day"))
		tail := rapid.SampledFrom([]string{"", " ", " 00:00:00.000", "T12:30", "T12:30:45Z"}).Draw(t, "tail")
		d, is := parseDate([]byte(day.String() + tail))
		if is.found() || d != (data.Date{Start: day, End: day}) {
			t.Fatalf("%s%s is %+v %v", day, tail, d, is)
		}
	})
}

func TestCoordinates(t *testing.T) {
	tests := []struct {
		cell  string
		limit int32
		want  string
	}{
		{"", 90, "blank"},
		{" ", 90, "blank"},
		{"34.821865", 90, "34821865"},
		{"-34.5", 90, "-34500000"},
		{"+34.5", 90, "34500000"},
		{"0", 90, "0"},
		{"90", 90, "90000000"},
		{"-180.000000", 180, "-180000000"},
		{"90.000001", 90, "bad"},
		{"180.1", 180, "bad"},
		{"31.3217392123", 90, "31321739"},
		{"31.3217395", 90, "31321740"},
		{"31.32173949", 90, "31321739"},
		{".5", 90, "500000"},
		{"5.", 90, "5000000"},
		{"31,5", 90, "bad"},
		{"31°30'", 90, "bad"},
		{"1e1", 90, "bad"},
		{"1.2.3", 90, "bad"},
		{"-", 90, "bad"},
		{".", 90, "bad"},
		{"99999999999999999999", 90, "bad"},
		{"N31", 90, "bad"},
	}
	for _, tt := range tests {
		micro, blank, ok := parseCoord([]byte(tt.cell), tt.limit)
		got := fmt.Sprint(micro)
		switch {
		case !ok:
			got = "bad"
		case blank:
			got = "blank"
		}
		if got != tt.want {
			t.Errorf("%q within %d is %s, want %s", tt.cell, tt.limit, got, tt.want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		" ":                         "",
		"Kabul":                     "Kabul",
		" Kabul ":                   "Kabul",
		"Angoor  Adda":              "Angoor Adda",
		"Angoor Adda":               "Angoor Adda",
		"Angoor\r\n Adda":           "Angoor Adda",
		"\u00A0Angoor\u00A0Adda\t":  "Angoor Adda",
		"e\u0301":                   "é",
		"Kho\u0304st  x":            "Kh\u014Dst x",
		"\u06A9\u200C\u06CC":        "\u06A9\u200C\u06CC", // zero-width non-joiner stays
		"Ḍera Ismāʿīl Khān":         "Ḍera Ismāʿīl Khān",
		"a\x01b":                    "a\x01b",
		strings.Repeat("a ", 1000):  strings.TrimSpace(strings.Repeat("a ", 1000)),
		strings.Repeat("é\n", 1000): strings.TrimSpace(strings.Repeat("é ", 1000)),
	} {
		if got := string(clean(nil, []byte(in))); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	if got := string(prose([]byte(" e\u0301\r\nb  c\n"))); got != "é\nb  c" {
		t.Errorf("prose is %q", got)
	}
}

func TestCleanTwiceIsCleanOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringOf(rapid.SampledFrom([]rune("aB é\u0301\u00A0\n\t\r\u3000\u200Bﬁ가ᄀ\u1161"))).Draw(t, "in")
		once := string(clean(nil, []byte(in)))
		if twice := string(clean(nil, []byte(once))); twice != once {
			t.Fatalf("%q, then %q", once, twice)
		}
	})
}
