package output

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"toll/data"
	"toll/stats"
)

// anyIncident draws an incident with tolls, dates and names of every kind.
func anyIncident() *rapid.Generator[incident] {
	places := []string{"", "Kunar", "Paktika", "Spin Boldak", "قندهار"}
	return rapid.Custom(func(t *rapid.T) incident {
		x := incident{killed: anyCount().Draw(t, "killed"), injured: anyCount().Draw(t, "injured"), country: rapid.SampledFrom(places[:3]).Draw(t, "country"),
			admin1: rapid.SampledFrom(places).Draw(t, "admin1"), place: rapid.SampledFrom(places).Draw(t, "place"), event: rapid.SampledFrom([]string{"", "armed clash", "shelling"}).Draw(t, "event"),
			source: rapid.SampledFrom([]string{"", "A wire"}).Draw(t, "source"), id: rapid.SampledFrom([]string{"", "X-1", "X-2"}).Draw(t, "id")}
		d := day(2024+rapid.IntRange(0, 1).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
		switch rapid.IntRange(0, 6).Draw(t, "precision") {
		case 0:
			d = data.NoDate
		case 1:
			y, m, _ := d.Start.Civil()
			d = month(y, m)
		case 2:
			d.End, d.Prec = d.End+data.Day(rapid.IntRange(1, 5).Draw(t, "days")), data.ToDays
		case 3:
			y, _, _ := d.Start.Civil()
			d, _ = data.YearDate(y)
		}
		x.date = d
		switch rapid.IntRange(0, 4).Draw(t, "party") {
		case 0:
			x.party = unattributed
		case 1:
			x.party, x.basis = stats.Key{ID: "involving: A + B", Label: "Involving A + B", Kind: stats.Involved}, stats.Basis{Involved: 1}
		case 2:
			x.party, x.basis = named("A"), stats.Basis{Claimed: 1}
		default:
			x.party, x.basis = named("B"), stats.Basis{Attributed: 1}
		}
		return x
	})
}

// anyDocument draws a briefing of up to a dozen incidents.
func anyDocument() *rapid.Generator[*Document] {
	return rapid.Custom(func(t *rapid.T) *Document {
		is := rapid.SliceOfN(anyIncident(), 0, 12).Draw(t, "incidents")
		r := &stats.Report{Period: stats.ByMonth, First: data.NoDay, Last: data.NoDay, Directed: rapid.Bool().Draw(t, "directed"),
			HasInjured: rapid.Bool().Draw(t, "injured"), MultiAccount: rapid.Bool().Draw(t, "multi")}
		for i := range is {
			r.Total.Add(&is[i].killed, &is[i].injured)
			if d := is[i].date; d.Prec != data.Undated && (r.First == data.NoDay || d.Start < r.First) {
				r.First = d.Start
			}
			if d := is[i].date; d.Prec != data.Undated && (r.Last == data.NoDay || d.End > r.Last) {
				r.Last = d.End
			}
		}
		period, party := stats.Dim{ID: "period", Title: "Month"}, stats.Dim{ID: "party", Title: "Claimed perpetrator"}
		when := func(x incident) stats.Key { return periodKey(x.date) }
		where := func(x incident) stats.Key { return textKey(x.admin1, "Not stated") }
		one := func(k func(incident) stats.Key) func(incident) [][]stats.Key {
			return func(x incident) [][]stats.Key { return [][]stats.Key{{k(x)}} }
		}
		months := tabulate(is, "by-month", "By month", []stats.Dim{period}, one(when))
		sortMonths(months)
		r.Tables = []*stats.Table{months,
			byToll(tabulate(is, "by-admin1", "By province", []stats.Dim{{ID: "admin1", Title: "Province"}}, one(where))),
			byToll(tabulate(is, "by-party", "By claimed perpetrator", []stats.Dim{party}, one(func(x incident) stats.Key { return x.party }))),
			tabulate(is, "period-party", "By month and claimed perpetrator", []stats.Dim{period, party}, func(x incident) [][]stats.Key { return [][]stats.Key{{when(x), x.party}} }),
			byToll(tabulate(is, "by-event-type", "By event type", []stats.Dim{{ID: "event_type", Title: "Event type"}},
				one(func(x incident) stats.Key { return textKey(x.event, "Type not stated") })))}
		if n := len(months.Rows); n >= 2 {
			r.Changes = []stats.Change{compare(months, "previous month", months.Rows[n-2].Keys[0].ID, months.Rows[n-1].Keys[0].ID)}
		}
		r.Deadliest, r.Quality = deadliest(is, 5), quality(is)
		n := int64(len(is))
		bad := rapid.Int64Range(0, 2).Draw(t, "rejected")
		r.Ledger = data.Ledger{Files: 1, Read: n + bad, Accepted: n, Rejected: bad}
		return &Document{Name: "any", Title: "Any incidents", Report: r, Inputs: []Input{{Name: "any.csv", Records: n + bad}}}
	})
}

// clumsyMarks finds what no editor would let through: a plural of one, doubled
// marks and spaces, and traces of a program.
var clumsyMarks = regexp.MustCompile(`(^|[^\d,.–])1 (incidents|people|persons|records|files|tolls|rows|columns|more rows)\b|  |\.\.|,,| ,| \.($|\s)|;\.|%!|<nil>|NaN`)

// TestAnyBriefingReadsWell goes over the sentences of briefings of every kind.
func TestAnyBriefingReadsWell(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := compose(anyDocument().Draw(rt, "document"))
		for _, s := range sentences(p) {
			if m := clumsyIn(s); m != "" {
				rt.Fatalf("%q in %q", m, s)
			}
			if c := s[0]; c >= 'a' && c <= 'z' && !strings.Contains(s, ".csv was read") {
				rt.Fatalf("%q starts small", s)
			}
		}
	})
}

// clumsyIn returns the first clumsy piece of a text, or the first doubled word.
func clumsyIn(s string) string {
	if m := clumsyMarks.FindString(s); m != "" {
		return m
	}
	ws := strings.Fields(s)
	for i := 1; i < len(ws); i++ {
		if len(ws[i]) > 1 && ws[i] == ws[i-1] {
			return ws[i] + " " + ws[i]
		}
	}
	return ""
}

// sentences returns the running text of a page.
func sentences(p *page) []string {
	var out []string
	add := func(bs []block) {
		for _, b := range bs {
			switch b := b.(type) {
			case paragraph:
				out = append(out, text(b.Text))
			case list:
				for _, it := range b.Items {
					out = append(out, text(it))
				}
			}
		}
	}
	add(p.Lead)
	for _, s := range p.Sections {
		add(s.Blocks)
	}
	return append(out, text(p.Foot))
}

func TestTheSamplesReadWell(t *testing.T) {
	for _, d := range []*Document{sample(), tiny()} {
		for _, s := range sentences(compose(d)) {
			if m := clumsyIn(s); m != "" {
				t.Errorf("%q in %q", m, s)
			}
		}
	}
	for _, bad := range []string{"1 incidents are", "in 1 incidents.", "a  b", "end..", "word word", "a , b"} {
		if clumsyIn(bad) == "" {
			t.Errorf("%q passes", bad)
		}
	}
}

// TestAnyBriefingAddsUp checks of briefings of every kind what a reader of the
// files relies on: the rows of an additive table add up to the total, in the CSV
// as in the manifest, and every file can be read.
func TestAnyBriefingAddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := anyDocument().Draw(rt, "document")
		b, err := Render(d)
		if err != nil {
			rt.Fatal(err)
		}
		f, _ := b.File(ManifestName)
		m, err := ParseManifest(f)
		if err != nil {
			rt.Fatal(err)
		}
		j, _ := b.File("report.json")
		if !json.Valid(j) {
			rt.Fatal("report.json is no JSON")
		}
		for _, table := range d.Report.Tables {
			csvFile, _ := b.File(tablePath(table.ID))
			rows := readCSV(t, string(csvFile))
			for _, measure := range []string{"incidents", "killed_low", "killed_best", "killed_high", "killed_unknown", "killed_open", "killed_no_best"} {
				want := amountAt(m.Cells, "total/"+strings.Replace(strings.Replace(measure, "_", ".", 1), "no.best", "no_best", 1))
				if got := columnSum(rt, rows, measure); got.Cmp(want) != 0 {
					rt.Fatalf("%s of %s adds up to %s and the total is %s", measure, table.ID, got, want)
				}
			}
		}
	})
}

func amountAt(cells map[string]json.Number, address string) *big.Rat {
	v, ok := cells[address]
	if !ok {
		return new(big.Rat)
	}
	r, _ := new(big.Rat).SetString(v.String())
	return r
}

func columnSum(t *rapid.T, rows [][]string, column string) *big.Rat {
	at := slices.Index(rows[0], column)
	if at < 0 {
		t.Fatalf("there is no column %s", column)
	}
	sum := new(big.Rat)
	for _, r := range rows[1:] {
		if r[at] == "" {
			continue
		}
		v, ok := new(big.Rat).SetString(r[at])
		if !ok {
			t.Fatalf("%q is no number", r[at])
		}
		sum.Add(sum, v)
	}
	return sum
}

// TestEveryNumberOfTheHeadlineIsInTheTables looks up each number of the first
// paragraph among the figures of the report.
func TestEveryNumberOfTheHeadlineIsInTheTables(t *testing.T) {
	d := sample()
	cells := manifestOf(t, render(t, d)).Cells
	known := map[string]bool{}
	for a, v := range cells {
		if strings.HasPrefix(a, "total/") || strings.HasPrefix(a, "by-party/") {
			known[v.String()] = true
		}
	}
	for _, date := range []string{"1", "2023", "20", "2025"} { // 1 November 2023 and 20 October 2025
		known[date] = true
	}
	known["9"] = true
	for _, n := range regexp.MustCompile(`\d[\d,]*`).FindAllString(text(headline(d)), -1) {
		n = strings.TrimSuffix(n, ",")
		if !known[strings.ReplaceAll(n, ",", "")] {
			t.Errorf("nothing in the tables is %s", n)
		}
	}
}

func TestAnEmptyReportSaysThatNothingIsRecorded(t *testing.T) {
	d := &Document{Title: "Nothing", Report: &stats.Report{First: data.NoDay, Last: data.NoDay, Period: stats.ByMonth, Directed: true,
		Ledger: data.Ledger{Files: 1, Read: 2, Rejected: 2}}}
	md := fileOf(t, render(t, d), "report.md")
	for _, want := range []string{"No incident is recorded.", "| Incidents | 0 |", "| Killed | – |", "0 accepted, 2 rejected and 0 blank (0 + 2 + 0 = 2)"} {
		if !strings.Contains(md, want) {
			t.Errorf("report.md does not say %q:\n%s", want, md)
		}
	}
	for _, no := range []string{"## Over time", "## Deadliest", "## Charts", "## What changed"} {
		if strings.Contains(md, no) {
			t.Errorf("report.md has an empty section %q", no)
		}
	}
}

func TestKeyFiguresOfUnknownTolls(t *testing.T) {
	r := &stats.Report{HasInjured: true, Total: tallyOf([]data.Count{{}, {}}, []data.Count{data.Exactly(2), {}})}
	got := strings.Join(rowsOf(grids(keyFigures(r))[0]), "\n")
	want := `Incidents | 2
Incidents with at least one person killed, by the lowest figures | 0
Killed | unknown
Injured | 2
Incidents with no known toll of killed | 2
Incidents with no known toll of injured | 1`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestKeyFiguresExplainTheirSigns(t *testing.T) {
	for _, c := range []struct {
		k          data.Count
		plus, best bool
	}{{data.Exactly(3), false, false}, {data.AtLeast(3), true, false}, {triple(1, 2, 3), false, true}} {
		got := text(figureKey(tallyOf([]data.Count{c.k}, []data.Count{{}})))
		if strings.Contains(got, "plus sign") != c.plus || strings.Contains(got, "best figure") != c.best {
			t.Errorf("%+v: %q", c.k, got)
		}
	}
}

func TestDeadliestIncidentsShowNoColumnThatIsBlank(t *testing.T) {
	r := &stats.Report{Directed: true, Deadliest: []stats.Deadliest{{Killed: data.Exactly(3), Party: unattributed, Date: data.NoDate}}}
	g := grids(deadliestBlocks(r))[0]
	if got := headOf(g); got != "Date | Place | Claimed perpetrator | Killed" {
		t.Errorf("%s", got)
	}
	if got := rowsOf(g)[0]; got != "not dated | not stated | Unattributed | 3" {
		t.Errorf("%s", got)
	}
	r.HasInjured, r.Directed = true, false
	r.Deadliest[0].Source, r.Deadliest[0].ID, r.Deadliest[0].EventType = "A wire", "X-1", "raid"
	r.Deadliest[0].Party = stats.Key{ID: "involving: A + B", Label: "Involving A + B", Kind: stats.Involved}
	g = grids(deadliestBlocks(r))[0]
	if got := headOf(g); got != "Date | Place | Type | Parties involved | Killed | Injured | Source | Id" {
		t.Errorf("%s", got)
	}
	if got := rowsOf(g)[0]; got != "not dated | not stated | raid | Involving A + B | 3 | unknown | A wire | X-1" {
		t.Errorf("%s", got)
	}
}

func TestChartsComeWithTheirWordsAndData(t *testing.T) {
	d := sample()
	md := fileOf(t, render(t, d), "report.md")
	for _, want := range []string{"### Killings peaked in September 2025\n\n![Columns of people killed by month; the highest is September 2025.](charts/killed-by-month.png)\n\n" +
		"Data: [charts/killed-by-month.csv](charts/killed-by-month.csv).", "Not drawn:\n\n- `killed-by-district`: the data names no district."} {
		if !strings.Contains(md, want) {
			t.Errorf("report.md lacks\n%s", want)
		}
	}
	if strings.Contains(md, "October 2025 is covered to the 20th") {
		t.Error("the report repeats what the picture says of itself")
	}
	if got := fileOf(t, render(t, d), "charts/killed-by-month.csv"); got != "month,killed_low,killed_high\n2023-11,12,15\n2023-12,4,4\n" {
		t.Errorf("%q", got)
	}
	if got := fileOf(t, render(t, d), "charts/killed-by-month.png"); got != string(dot()) {
		t.Error("the picture is not the one given")
	}
}

// large makes a document whose table by place has n rows.
func large(n int) *Document {
	d := tiny()
	t := &stats.Table{ID: "by-place", Title: "By place", Dims: []stats.Dim{{ID: "place", Title: "Place"}}, Additive: true, TollsAdditive: true}
	k, j := data.Between(4, 7), data.Exactly(1)
	for i := range n {
		row := stats.Row{Keys: []stats.Key{named("place " + strconv.Itoa(i))}}
		row.Tally.Add(&k, &j)
		t.Rows = append(t.Rows, row)
	}
	d.Report.Tables = append(d.Report.Tables, t)
	return d
}

func BenchmarkRender(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		d := large(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				render(b, d)
			}
		})
	}
}

func BenchmarkPublish(b *testing.B) {
	sets := []*Bundle{oldSet(b), newSet(b)}
	dir := scratch(b) + "/x"
	i := 0
	for b.Loop() {
		mustPublish(b, dir, sets[i%2])
		i++
	}
}

// A reader of the headline is told which records it is of, and by which policy,
// where that is not all of them and their range.
func TestScopeLines(t *testing.T) {
	for _, c := range []struct {
		settings []Setting
		want     string
	}{
		{nil, ""}, {[]Setting{{"policy", "range"}, {"top", 3}}, ""},
		{[]Setting{{"where", []string{"country=Mali", "killed>=5"}}}, "This is a selection of the records: country=Mali, killed>=5."},
		{[]Setting{{"policy", "conservative"}}, "Of every toll the lowest figure alone counts (policy conservative); other accounts may give more."},
		{[]Setting{{"where", []string{"country=Mali"}}, {"policy", "latest"}}, "This is a selection of the records: country=Mali. Where accounts of an incident differ, the policy latest decides what counts."},
	} {
		var ls []line
		for _, b := range scopeLines(&Document{Settings: c.settings}) {
			ls = append(ls, b.(paragraph).Text)
		}
		if got := text(inSentences(ls...)); got != c.want {
			t.Errorf("%v: %q, want %q", c.settings, got, c.want)
		}
	}
}
