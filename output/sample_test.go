package output

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// incident is one incident of a report made for a test.
type incident struct {
	date            data.Date
	country, admin1 string
	place           string
	party           stats.Key
	basis           stats.Basis
	event           string
	victims         []string
	killed, injured data.Count
	source, id      string
}

func day(y, m, d int) data.Date {
	x, ok := data.DayOf(y, m, d)
	if !ok {
		panic("no such day")
	}
	return data.Date{Start: x, End: x, Prec: data.ToDay}
}

func month(y, m int) data.Date {
	x, ok := data.MonthDate(y, m)
	if !ok {
		panic("no such month")
	}
	return x
}

// named returns a key as stats makes it from a name.
func named(s string) stats.Key { return stats.Key{ID: s, Label: s} }

var unattributed = stats.Key{ID: "(unattributed)", Label: stats.Unattributed(), Kind: stats.Unstated}

// random is a small generator whose numbers are the same for ever.
type random uint64

func (r *random) below(n int) int {
	*r = *r*6364136223846793005 + 1442695040888963407
	return int(uint64(*r>>33) % uint64(n))
}

func pickOne[T any](r *random, xs []T) T { return xs[r.below(len(xs))] }

// toll draws a toll of one of the kinds that records state.
func (r *random) toll() data.Count {
	n := int64(r.below(9))
	switch r.below(10) {
	case 0:
		return data.Count{}
	case 1:
		return data.Between(n, n+int64(r.below(12)))
	case 2:
		return data.AtLeast(n + 1)
	}
	return data.Exactly(n)
}

// twoYears returns the incidents of the realistic sample: November 2023 to
// 20 October 2025, with a quiet month, claims that differ, unknown tolls and
// dates known to the month or the year only.
func twoYears() []incident {
	r := random(7)
	provinces := []string{"Northern Province", "Lakeside", "Port District", "Upper Valley"}
	parties := []string{"Army of the North", "Coastal Front", "State forces", "Movement of 9 May", "Valley Guard", "River Brigade", "Hill People’s Union", "Youth League"}
	events := []string{"armed clash", "explosion", "shelling", "assassination"}
	victims := []string{"Civilians", "Security forces", "Militants"}
	var is []incident
	for m := range 24 {
		y, mo := 2023+(m+10)/12, (m+10)%12+1
		n := 3 + r.below(6)
		if m == 13 {
			n = 0
		}
		for i := range n {
			d := 1 + r.below(28)
			if m == 23 {
				d = 1 + r.below(20)
			}
			x := incident{date: day(y, mo, d), country: "Kélundra", admin1: pickOne(&r, provinces), party: named(pickOne(&r, parties[:2+r.below(7)])),
				event: pickOne(&r, events), victims: []string{pickOne(&r, victims)}, killed: r.toll(), injured: r.toll(),
				source: "Synthetic news agency", id: fmt.Sprintf("SYN-%03d", m*10+i)}
			switch r.below(6) {
			case 0:
				x.party = unattributed
			case 1:
				x.basis = stats.Basis{Claimed: 1}
			case 2:
				x.basis = stats.Basis{Contested: 1}
			default:
				x.basis = stats.Basis{Attributed: 1}
			}
			if r.below(9) == 0 {
				x.victims = victims[:2]
			}
			is = append(is, x)
		}
	}
	clash := day(2025, 9, 11)
	clash.End, clash.Prec = clash.End+1, data.ToDays
	is = append(is,
		incident{date: clash, country: "Kélundra", admin1: "Upper Valley", place: "Posts along the ridge", party: named("Army of the North + State forces"),
			basis: stats.Basis{Contested: 1}, event: "armed clash", victims: []string{"Security forces", "Militants"},
			killed: data.Count{Low: 32 * data.Unit, High: 258 * data.Unit, Flags: data.HasLow | data.HasHigh | data.Open}, injured: data.Between(45, 46),
			source: "Both sides", id: "SYN-RIDGE"},
		incident{date: month(2025, 3), country: "Kélundra", admin1: "Port District", place: "Old market", party: named("Coastal Front"),
			basis: stats.Basis{Claimed: 1}, event: "explosion", victims: []string{"Civilians"}, killed: data.Exactly(41), injured: data.AtLeast(90), id: "SYN-MARKET"},
		incident{date: data.Date{Start: clash.Start - 600, End: clash.Start - 300, Prec: data.ToYear}, country: "Kélundra", party: unattributed,
			victims: []string{"Civilians"}, killed: data.Exactly(2), injured: data.Count{}},
		incident{date: data.NoDate, party: unattributed, victims: []string{"Civilians"}, killed: data.Count{}, injured: data.Exactly(1)})
	return is
}

// tabulate makes a table of the incidents by the keys that rows gives for each;
// an incident with several is in several rows. Rows are in order of first
// appearance.
func tabulate(is []incident, id, title string, dims []stats.Dim, keys func(incident) [][]stats.Key) *stats.Table {
	t := &stats.Table{ID: id, Title: title, Dims: dims, Additive: true, TollsAdditive: true}
	at := map[string]int{}
	for _, x := range is {
		for _, ks := range keys(x) {
			a := stats.Address("", ks, "")
			i, ok := at[a]
			if !ok {
				i = len(t.Rows)
				at[a] = i
				t.Rows = append(t.Rows, stats.Row{Keys: ks})
			}
			row := &t.Rows[i]
			row.Tally.Add(&x.killed, &x.injured)
			row.Basis.Claimed += x.basis.Claimed
			row.Basis.Attributed += x.basis.Attributed
			row.Basis.Contested += x.basis.Contested
			row.Basis.Involved += x.basis.Involved
		}
	}
	return t
}

// byToll puts rows in the order in which stats ranks them.
func byToll(t *stats.Table) *stats.Table {
	slices.SortStableFunc(t.Rows, func(x, y stats.Row) int {
		a, b := 0, 0
		if isAside(x) {
			a = 1
		}
		if isAside(y) {
			b = 1
		}
		return cmp.Or(cmp.Compare(a, b), cmp.Compare(y.Tally.Killed.Low, x.Tally.Killed.Low))
	})
	return t
}

// periodKey returns the key of the month an incident is counted in.
func periodKey(d data.Date) stats.Key {
	switch d.Prec {
	case data.Undated:
		return stats.Key{ID: "undated", Label: "Undated", Kind: stats.UndatedKey}
	case data.ToYear:
		y, _, _ := d.Start.Civil()
		return stats.Key{ID: fmt.Sprintf("%d-XX", y), Label: fmt.Sprintf("%d, month not stated", y), Kind: stats.Imprecise}
	}
	return stats.PeriodKey(d.Start, stats.ByMonth)
}

func textKey(s, unstated string) stats.Key {
	if s == "" {
		return stats.Key{ID: "(not stated)", Label: unstated, Kind: stats.Unstated}
	}
	return named(s)
}

// sampleReport builds the report of the realistic sample by hand.
func sampleReport() *stats.Report {
	is := twoYears()
	first, last := day(2023, 11, 1).Start, day(2025, 10, 20).Start
	r := &stats.Report{Period: stats.ByMonth, First: first, Last: last, Directed: true, HasInjured: true, MultiAccount: true}
	for i := range is {
		r.Total.Add(&is[i].killed, &is[i].injured)
	}
	period := stats.Dim{ID: "period", Title: "Month"}
	party := stats.Dim{ID: "party", Title: "Claimed perpetrator"}
	one := func(k func(incident) stats.Key) func(incident) [][]stats.Key {
		return func(x incident) [][]stats.Key { return [][]stats.Key{{k(x)}} }
	}
	two := func(a, b func(incident) stats.Key) func(incident) [][]stats.Key {
		return func(x incident) [][]stats.Key { return [][]stats.Key{{a(x), b(x)}} }
	}
	when := func(x incident) stats.Key { return periodKey(x.date) }
	who := func(x incident) stats.Key { return x.party }
	country := func(x incident) stats.Key { return textKey(x.country, "Not stated") }
	admin1 := func(x incident) stats.Key { return textKey(x.admin1, "Not stated") }

	months := tabulate(is, "by-month", "By month", []stats.Dim{period}, one(when))
	fillMonths(months)
	byParty := byToll(tabulate(is, "by-party", "By claimed perpetrator", []stats.Dim{party}, one(who)))
	byParty.Note = "The party that claims the incident if one does, else the one it is attributed to. Not a finding of responsibility."
	cross := tabulate(is, "period-party", "By month and claimed perpetrator", []stats.Dim{period, party}, two(when, who))
	sortMonths(cross)
	victims := byToll(tabulate(is, "by-victim-type", "By victim type", []stats.Dim{{ID: "victim_type", Title: "Victims"}}, func(x incident) [][]stats.Key {
		var ks [][]stats.Key
		for _, v := range x.victims {
			ks = append(ks, []stats.Key{{ID: v, Label: v}})
		}
		return ks
	}))
	victims.Additive, victims.TollsAdditive = false, false
	victims.Note = "An incident with victims of several types stands in several rows."
	years := tabulate(is, "by-year", "By year", []stats.Dim{{ID: "period", Title: "Year"}}, one(func(x incident) stats.Key {
		if x.date.Prec == data.Undated {
			return periodKey(x.date)
		}
		return stats.PeriodKey(x.date.Start, stats.ByYear)
	}))
	years.Secondary = true
	r.Tables = []*stats.Table{
		{ID: "total", Title: "Total", Additive: true, TollsAdditive: true, Rows: []stats.Row{{Tally: r.Total}}},
		months,
		byToll(tabulate(is, "by-country", "By country", []stats.Dim{{ID: "country", Title: "Country"}}, one(country))),
		byToll(tabulate(is, "by-admin1", "By province", []stats.Dim{{ID: "admin1", Title: "Province"}}, one(admin1))),
		byParty, cross,
		byToll(tabulate(is, "admin1-party", "By province and claimed perpetrator", []stats.Dim{{ID: "admin1", Title: "Province"}, party}, two(admin1, who))),
		byToll(tabulate(is, "by-event-type", "By event type", []stats.Dim{{ID: "event_type", Title: "Event type"}},
			one(func(x incident) stats.Key { return textKey(x.event, "Type not stated") }))),
		victims, years,
	}
	r.Changes = []stats.Change{compare(months, "previous month", "2025-08", "2025-09"), compare(months, "same month a year before", "2024-09", "2025-09")}
	r.Deadliest = deadliest(is, 10)
	r.Quality = quality(is)
	r.Quality.MultiAccount, r.Quality.Accounts, r.Quality.Withdrawn = 1, 4, 1
	r.Quality.Approximate = 2
	r.Disagreements = []stats.Disagreement{{ID: "SYN-RIDGE", Field: "event_type", Values: []string{"armed clash", "shelling"}, Used: "armed clash"}}
	n := int64(len(is))
	r.Ledger = data.Ledger{Files: 1, Read: n + 3 + 7 + 2, Accepted: n + 3 + 1, Rejected: 6, Blank: 2, SetAside: 0}
	return r
}

// fillMonths adds the quiet months, puts all in order and marks the last, which
// the sample covers only in part.
func fillMonths(t *stats.Table) {
	for m := range 24 {
		k := stats.PeriodKey(day(2023+(m+10)/12, (m+10)%12+1, 1).Start, stats.ByMonth)
		if _, ok := t.Find(k.ID); !ok {
			t.Rows = append(t.Rows, stats.Row{Keys: []stats.Key{k}})
		}
	}
	sortMonths(t)
}

func sortMonths(t *stats.Table) {
	slices.SortStableFunc(t.Rows, func(x, y stats.Row) int {
		return cmp.Or(cmp.Compare(x.Keys[0].Kind, y.Keys[0].Kind), cmp.Compare(x.Keys[0].ID, y.Keys[0].ID))
	})
	for i := range t.Rows {
		if t.Rows[i].Keys[0].ID == "2025-10" {
			t.Rows[i].Partial = "to 20 Oct"
		}
	}
}

func compare(t *stats.Table, kind, before, after string) stats.Change {
	b, _ := t.Find(before)
	a, _ := t.Find(after)
	n, m := int64(b.Tally.Incidents), int64(a.Tally.Incidents)
	id := "previous"
	if strings.HasPrefix(kind, "same") {
		id = "year-before"
	}
	return stats.Change{ID: id, Kind: kind, Table: t.ID, Before: b, After: a, Measures: []stats.Delta{
		{Measure: "incidents", Before: n, After: m, P: stats.CountTest(n, m), Exact: stats.CountTest(n, m)},
		{Measure: "killed", Before: b.Tally.Killed.Low, After: a.Tally.Killed.Low, Bound: "low"},
		{Measure: "injured", Before: b.Tally.Injured.Low, After: a.Tally.Injured.Low, Bound: "low"}}}
}

func deadliest(is []incident, top int) []stats.Deadliest {
	is = slices.Clone(is)
	slices.SortStableFunc(is, func(x, y incident) int {
		return cmp.Or(cmp.Compare(y.killed.Low, x.killed.Low), cmp.Compare(y.killed.High, x.killed.High))
	})
	var ds []stats.Deadliest
	for i, x := range is[:min(top, len(is))] {
		ds = append(ds, stats.Deadliest{ID: x.id, Line: i + 2, Date: x.date, Country: x.country, Admin1: x.admin1, Place: x.place, Party: x.party,
			EventType: x.event, Killed: x.killed, Injured: x.injured, Source: x.source, Accounts: 1})
	}
	return ds
}

func quality(is []incident) stats.Quality {
	q := stats.Quality{Incidents: uint32(len(is))}
	for _, x := range is {
		q.DatePrec[x.date.Prec]++
		geo := data.PlaceUnstated
		switch {
		case x.place != "":
			geo = data.PlaceExact
		case x.admin1 != "":
			geo = data.PlaceAdmin1
		case x.country != "":
			geo = data.PlaceCountry
		default:
			q.NoLocation++
		}
		q.GeoPrec[geo]++
		if x.date.End > x.date.Start {
			q.Spans++
		}
	}
	return q
}

// sample is the realistic document; every part of it is filled.
func sample() *Document {
	r := sampleReport()
	return &Document{Name: "kelundra", Title: "Violence in Kélundra, November 2023 to October 2025", Source: "Synthetic news agency", Synthetic: true, Report: r,
		Inputs: []Input{{Name: "data/kelundra/incidents.csv", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Bytes: 48211,
			Records: r.Ledger.Read, Profile: "native", Why: "its columns bear the native names",
			Mapping: []MappedColumn{{"date", "date"}, {"killed", "killed"}, {"injured", "injured"}, {"attributed_to", "perpetrator"}}, Unused: []string{"remarks"}}},
		Options: []Option{{"period", "auto (month)"}, {"from", ""}, {"to", "2025-10-20"}, {"top", "10"}},
		Figures: []Figure{{ID: "killed-by-month", Kind: "timeseries", Title: "Killings peaked in September 2025", Subtitle: "People reported killed by month, Nov 2023 – Oct 2025",
			Note: "October 2025 is covered to the 20th", Alt: "Columns of people killed by month; the highest is September 2025.", PNG: dot(),
			Columns: []string{"month", "killed_low", "killed_high"}, Rows: [][]string{{"2023-11", "12", "15"}, {"2023-12", "4", "4"}},
			PixelsSHA256: hash([]byte("pixels")), PlottedSHA256: hash([]byte("plotted"))}},
		Omitted: []Omitted{{"killed-by-district", "the data names no district"}},
		Diagnostics: []data.Diagnostic{
			{File: "data/kelundra/incidents.csv", Line: 14, Column: 3, Severity: data.Error, Code: "date-unreadable", Field: "date", Value: "32 May", Message: "no such day"},
			{File: "data/kelundra/incidents.csv", Line: 31, Severity: data.Warning, Code: "killed-out-of-order", Field: "killed", Message: "low exceeds high"}},
		DiagnosticCounts: []CodeCount{{"date-unreadable", data.Error, "date cannot be read", 6}, {"killed-out-of-order", data.Warning, "low figure exceeds the high", 1}}}
}

// tiny is the least that a data file can give: three incidents, no names.
func tiny() *Document {
	is := []incident{
		{date: day(2025, 5, 1), killed: data.Exactly(3), party: unattributed},
		{date: day(2025, 5, 2), killed: data.Exactly(1), party: unattributed},
		{date: day(2025, 5, 2), killed: data.Count{}, party: unattributed}}
	r := &stats.Report{Period: stats.ByDay, First: is[0].date.Start, Last: is[1].date.Start, Directed: true}
	for i := range is {
		r.Total.Add(&is[i].killed, &is[i].injured)
	}
	r.Tables = []*stats.Table{tabulate(is, "by-day", "By day", []stats.Dim{{ID: "period", Title: "Day"}}, func(x incident) [][]stats.Key {
		return [][]stats.Key{{stats.PeriodKey(x.date.Start, stats.ByDay)}}
	})}
	r.Deadliest = deadliest(is, 2)
	r.Quality = quality(is)
	r.Ledger = data.Ledger{Files: 1, Read: 3, Accepted: 3}
	return &Document{Name: "tiny", Title: "Three incidents", Report: r,
		Inputs: []Input{{Name: "incidents.csv", SHA256: hash([]byte("x")), Bytes: 60, Records: 3, Profile: "native"}}}
}

// dot is the smallest picture.
func dot() []byte {
	m := image.NewGray(image.Rect(0, 0, 1, 1))
	m.Set(0, 0, color.Gray{Y: 128})
	var b bytes.Buffer
	if png.Encode(&b, m) != nil {
		panic("a picture of one pixel cannot be written")
	}
	return b.Bytes()
}

func render(t testing.TB, d *Document) *Bundle {
	t.Helper()
	b, err := Render(d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func fileOf(t testing.TB, b *Bundle, path string) string {
	t.Helper()
	f, ok := b.File(path)
	if !ok {
		t.Fatalf("the bundle has no %s", path)
	}
	return string(f)
}
