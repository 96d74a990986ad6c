package record

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// proposed writes a proposal as lines: "field < column", "field? < column" for what
// is asked, "- column" for what is left.
func proposed(t *testing.T, file string, o Options) (lines []string, p *Proposal) {
	t.Helper()
	p, err := Propose("f.csv", opener(file), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range p.Columns {
		switch {
		case c.Field != "":
			lines = append(lines, c.Field+" < "+c.Column)
		case len(c.Unsure) > 0:
			lines = append(lines, strings.Join(c.Unsure, " or ")+"? < "+c.Column)
		default:
			lines = append(lines, "- "+c.Column)
		}
	}
	return lines, p
}

func TestProposals(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		o          Options
		want       []string
		deaths     bool
	}{
		{name: "plain names", file: "date,location,perpetrator,killed,injured\n2025-10-11,Kel,A,3,1\n",
			want: []string{"date < date", "place < location", "attributed_to < perpetrator", "killed < killed", "injured < injured"}},
		{name: "Spanish", file: "Fecha;País;Departamento;Municipio;Presunto Responsable;Muertos;Heridos\n2025-10-11;Perú;Ica;Ica;A;3;1\n",
			want: []string{"date < Fecha", "country < País", "admin1 < Departamento", "admin2 < Municipio", "attributed_to < Presunto Responsable", "killed < Muertos", "injured < Heridos"}},
		{name: "French", file: "Date,Pays,Lieu,Tués,Blessés,Auteur présumé\n2025-10-11,Mali,Kel,3,1,A\n",
			want: []string{"date < Date", "country < Pays", "place < Lieu", "killed < Tués", "injured < Blessés", "attributed_to < Auteur présumé"}},
		{name: "Portuguese", file: "data do fato,cidade,mortos,feridos,observações\n2025-10-11,Kel,3,1,x\n",
			want: []string{"date < data do fato", "place < cidade", "killed < mortos", "injured < feridos", "notes < observações"}},
		{name: "victims may be killed or injured", file: "date,victims\n2025-10-11,3\n", want: []string{"date < date", "killed or injured? < victims"}},
		{name: "victims beside killed", file: "date,killed,victims\n2025-10-11,3,4\n", want: []string{"date < date", "killed < killed", "injured? < victims"}},
		{name: "casualties are both", file: "date,casualties\n2025-10-11,3\n", want: []string{"date < date", "killed or injured? < casualties"}},
		{name: "a slip", file: "date,kiled,injured\n2025-10-11,3,1\n", want: []string{"date < date", "killed? < kiled", "injured < injured"}},
		{name: "part of a name", file: "date,total_number_killed\n2025-10-11,3\n", want: []string{"date < date", "killed? < total_number_killed"}},
		{name: "two for one field", file: "date,City,Location,killed,province\n2025-10-11,Kel,Market,3,North\n",
			want: []string{"date < date", "place < City", "place? < Location", "killed < killed", "admin1 < province"}},
		{name: "a column of dates without a name for it", file: "when,killed\n2025-10-11,3\n12 October 2025,3\n", want: []string{"date? < when", "killed < killed"}},
		{name: "numbers are no dates", file: "when,killed\n17,3\n18,3\n", want: []string{"- when", "killed < killed"}},
		{name: "parts of a date", file: "Año,Mes,Día,Muertos\n2025,10,11,3\n", want: []string{"year < Año", "month < Mes", "day < Día", "killed < Muertos"}},
		{name: "parts of its end", file: "year,month,day,end year,end month,end day,killed\n2025,10,11,2025,10,12,3\n",
			want: []string{"year < year", "month < month", "day < day", "end_year < end year", "end_month < end month", "end_day < end day", "killed < killed"}},
		{name: "years by their look", file: "J,killed\n1999,3\n2001,4\n2010,2\n", want: []string{"year? < J", "killed < killed"}},
		{name: "one year says nothing", file: "J,killed\n1999,3\n1999,4\n", want: []string{"- J", "killed < killed"}},
		{name: "bounds by their names", file: "date,Muertos mín,Muertos máx,Maximum injured\n2025-10-11,1,2,3\n",
			want: []string{"date < date", "killed_low < Muertos mín", "killed_high < Muertos máx", "injured_high < Maximum injured"}},
		{name: "no column that counts", file: "name,date,town\nA,2015-05-03,Kel\n", want: []string{"- name", "date < date", "place < town"}, deaths: true},
		{name: "an unsure count is one", file: "name,date,toll\nA,2015-05-03,3\n", want: []string{"- name", "date < date", "killed? < toll"}},
		{name: "what a mapping says holds", file: "d,k,killed\n2015-05-03,3,4\n", o: Options{Map: map[string]string{"date": "d", "killed": "k"}},
			want: []string{"date < d", "killed < k", "killed? < killed"}},
		{name: "nameless and doubled columns", file: "date,killed,,#,x,x\n2015-05-03,3,a,b,c,d\n", want: []string{"date < date", "killed < killed", "- ", "- #", "- x", "- x"}},
		{name: "below a title", file: "Incidents of May\n\ndate,killed\n2015-05-03,3\n", want: []string{"date < date", "killed < killed"}},
		{name: "short rows", file: "date,place,killed\n2015-05-03\n2015-05-04,Kel,3\n", want: []string{"date < date", "place < place", "killed < killed"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, p := proposed(t, tt.file, tt.o)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if p.Deaths != tt.deaths {
				t.Errorf("one row per death: %v", p.Deaths)
			}
		})
	}
}

// Of a published dataset every column that its profile reads is placed, those
// that it puts together among them.
func TestProposalsOfPublishedDatasets(t *testing.T) {
	for _, w := range wholeHeaders {
		file := w.header + "\n" + rowOf(t, w.header, w.cells)
		lines, p := proposed(t, file, Options{})
		if p.Profile != w.profile || p.Deaths {
			t.Errorf("%s: read as %s", w.name, p.Profile)
		}
		_, res := mustReadLaidOut(t, file, Options{})
		unread := map[string]bool{}
		for _, c := range res.Unused {
			unread[c] = true
		}
		for i, c := range p.Columns {
			if placed := c.Field != ""; placed == unread[c.Column] {
				t.Errorf("%s: %s, and reading takes it: %v", w.name, lines[i], !unread[c.Column])
			}
			if _, ok := fieldByName[c.Field]; c.Field != "" && !ok && c.Field != "year" && c.Field != "month" && c.Field != "day" {
				t.Errorf("%s: %s is no field", w.name, c.Field)
			}
		}
	}
}

func TestProposalsShowSamples(t *testing.T) {
	_, p := proposed(t, "date,killed,notes\n2025-10-11,3,\"a\nb\"\n2025-10-12,3,\n2025-10-13,4,c\n2025-10-14,5,d\n2025-10-15,6,e\n", Options{})
	var got []string
	for _, c := range p.Columns {
		got = append(got, strings.Join(c.Samples, "|"))
	}
	if diff := cmp.Diff([]string{"2025-10-11|2025-10-12|2025-10-13", "3|4|5", "a b|c|d"}, got); diff != "" {
		t.Error(diff)
	}
	_, p = proposed(t, "date,killed\n2025-10-11,"+strings.Repeat("9", 5000)+"\n", Options{})
	if s := p.Columns[1].Samples[0]; len(s) > 300 {
		t.Errorf("a sample of %d bytes", len(s))
	}
}

func TestProposalsOfNothing(t *testing.T) {
	for file, want := range map[string]string{"": "empty-file", "\n\n \n": "empty-file", "PK\x03\x04xxxx": "not-csv", "date,\"killed\n1,2\n": "bad-header"} {
		_, err := Propose("f.csv", opener(file), Options{})
		var input *InputError
		if !errors.As(err, &input) || input.Code != want {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
	gone := errors.New("gone")
	_, err := Propose("f.csv", func() (io.ReadCloser, error) { return nil, gone }, Options{})
	if !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
	if _, err := Propose("f.csv", opener("date,killed\n2025-10-11,3\n"), Options{Profile: "nonsense"}); err == nil {
		t.Error("a profile that there is not")
	}
	if _, err := Propose("f.csv", opener("x,y\n1,2\n"), Options{Map: map[string]string{"date": "z"}}); err == nil {
		t.Error("a column that there is not")
	}
}

// Lowest and highest figures are known by the word before or behind what they
// count, in every language, and by nothing less.
func TestBoundsByName(t *testing.T) {
	for name, want := range map[string]string{
		"killed_min": "killed_low", "min_killed": "killed_low", "minimum_dead": "killed_low", "lowest_fatalities": "killed_low", "deaths_maximum": "killed_high",
		"muertos_min": "killed_low", "max_heridos": "injured_high", "tues_minimum": "killed_low", "blesses_max": "injured_high", "mortos_minimo": "killed_low",
		"high_wounded": "injured_high", "fallecidos_maximo": "killed_high",
		"min": "", "killed": "", "min_max": "", "minimum_strikes": "", "victims_min": "", "min_victimas": "", "killed_minimally": "", "date_min": "", "min_date": "",
		"killed_civilians_min": "", "min_killed_max": "", "": "", "_": "", "temperature_max": "",
	} {
		f, ok := boundNamed(name)
		if got := f.String(); ok != (want != "") || ok && got != want {
			t.Errorf("%s is %s, %v; want %q", name, got, ok, want)
		}
	}
	recs, res := mustReadLaidOut(t, "Fecha,Mínimo muertos,Máximo muertos,Heridos mín\n2025-10-11,3,7,2\n", Options{})
	if len(recs) != 1 || show(recs[0].Counts["killed"]) != "3..7" || show(recs[0].Counts["injured"]) != "2..2+" {
		t.Errorf("%v %v", recs, res.Diagnostics)
	}
	// A best figure of another name joins them; two for one bound do not.
	recs, _ = mustReadLaidOut(t, "Fecha,Muertos,Muertos mín,Muertos máx\n2025-10-11,5,3,7\n", Options{})
	if show(recs[0].Counts["killed"]) != "5 (3..7)" {
		t.Errorf("%v", recs)
	}
	if _, _, err := readLaidOut("Fecha,Muertos mín,killed_low\n2025-10-11,5,3\n", Options{}); err == nil || !strings.Contains(err.Error(), "ambiguous-columns") {
		t.Errorf("%v", err)
	}
}

// Two columns for one field are refused with their places, and with what to say;
// what to say is then enough.
func TestTwoColumnsForOneField(t *testing.T) {
	for _, tt := range []struct{ header, at, hint string }{
		{"date,killed,deaths", "f.csv:1:13", "say which is meant: --map killed=killed, or --map killed=deaths"},
		{"date,City,Location,killed", "f.csv:1:11", "say which is meant: --map place=City, or --map place=Location"},
		{"date,No. killed,total killed,killed", "f.csv:1:30", "say which is meant: --map 'killed=total killed', or --map killed=killed"},
		{"date,killed,killed", "f.csv:1:13", "rename the column that is not meant"},
		{"date,killed,Killed,KILLED", "f.csv:1:13", "say which is meant: --map killed=killed, or --map killed=Killed"},
	} {
		_, _, err := readLaidOut(tt.header+"\n", Options{})
		var input *InputError
		if !errors.As(err, &input) || input.Code != "ambiguous-columns" || input.Hint != tt.hint || !strings.HasPrefix(err.Error(), tt.at+":") {
			t.Errorf("%s: %v, hint %q", tt.header, err, input.Hint)
			continue
		}
		for _, column := range strings.Split(tt.header, ",")[1:] {
			field := "killed"
			if strings.Contains(tt.header, "City") {
				field = "place"
			}
			if strings.HasPrefix(input.Hint, "rename") || column == "No. killed" || field == "place" && column == "killed" {
				continue
			}
			if _, _, err := readLaidOut(tt.header+"\n", Options{Map: map[string]string{field: column}}); err != nil {
				t.Errorf("%s, with %s=%s: %v", tt.header, field, column, err)
			}
		}
	}
}

// What an error proposes to map is written for a shell and is then read.
func TestHintsOfMissingColumns(t *testing.T) {
	for header, want := range map[string]string{
		"fecha del suceso,muertos":           "", // no likeness to any name of a date
		"Dtae,killed":                        "did you mean \"Dtae\" to be date? then say --map date=Dtae",
		"the date,killed":                    "did you mean \"the date\" to be date? then say --map 'date=the date'",
		"date,Killd":                         "did you mean \"Killd\" to be killed? then say --map killed=Killd",
		"start-yr,the year,the month,killed": "the date seems to be spread over several columns; say which, with --map year=, --map month= and --map day=",
		"date,Víctimas":                      "column \"Víctimas\" may say it; if it does, say so with --map killed=Víctimas, or --map injured=Víctimas",
	} {
		_, _, err := readLaidOut(header+"\n2025-10-11,3\n", Options{})
		var input *InputError
		if !errors.As(err, &input) {
			t.Errorf("%s: %v", header, err)
			continue
		}
		if want != "" && !strings.HasPrefix(input.Hint, want) {
			t.Errorf("%s: hint %q, want %q", header, input.Hint, want)
		}
	}
}

// A file without a header is told from one with, and the dataset that may come
// without is named.
func TestFilesWithoutAHeader(t *testing.T) {
	row := strings.TrimSuffix(rowOf(t, strings.Join(ucdpOrder, ","), wholeHeaders[4].cells), "\n")
	for file, want := range map[string]string{
		row + "\n":       "say --profile ucdp-ged",
		row + ",x\n":     "put a row of column names first, such as",
		"2025-10-11,3\n": "put a row of column names first, such as",
	} {
		_, _, err := readLaidOut(file, Options{})
		var input *InputError
		if !errors.As(err, &input) || input.Code != "no-header" || !strings.Contains(input.Hint, want) {
			t.Errorf("%v, hint %q", err, input.Hint)
		}
	}
	recs, res := mustReadLaidOut(t, row+"\n"+row+"\n", Options{Profile: "ucdp-ged"})
	if len(recs) != 2 || res.Profile != "ucdp-ged" || recs[0].Line != 1 || recs[1].Line != 2 {
		t.Errorf("%d records as %s: %v", len(recs), res.Profile, fmt.Sprint(res.Diagnostics))
	}
}
