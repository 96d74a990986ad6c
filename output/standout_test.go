package output

import (
	"testing"

	"toll/data"
	"toll/stats"
)

// tableOf makes a table by one key with one incident of each toll in a row.
func tableOf(dim stats.Dim, rows map[string][]data.Count, order ...string) (*stats.Table, *stats.Report) {
	id := "by-" + dim.ID
	if dim.ID == "period" {
		id = "by-" + lower(dim.Title)
	}
	t := &stats.Table{ID: id, Title: "By " + dim.Title, Dims: []stats.Dim{dim}, Additive: true, TollsAdditive: true}
	r := &stats.Report{Directed: true, Period: stats.ByMonth}
	for _, k := range order {
		key := named(k)
		if k == "" {
			key = stats.Key{ID: "(not stated)", Label: "Not stated", Kind: stats.Unstated}
		}
		x := stats.Row{Keys: []stats.Key{key}, Tally: tallyOf(rows[k], make([]data.Count, len(rows[k])))}
		t.Rows = append(t.Rows, x)
		if r.Total.Merge(x.Tally) != nil {
			panic("overflow")
		}
	}
	return t, r
}

// threeFigures is a toll with a low, a best and a high figure.
func threeFigures(lo, best, hi int64) data.Count {
	return data.Count{Low: lo * data.Unit, Best: best * data.Unit, High: hi * data.Unit, Flags: data.HasLow | data.HasBest | data.HasHigh}
}

func TestLeadLineNamesBothWhereLowestAndHighestDisagree(t *testing.T) {
	month, province := stats.Dim{ID: "period", Title: "Month"}, stats.Dim{ID: "admin1", Title: "Province"}
	type counts = map[string][]data.Count
	for _, c := range []struct {
		name  string
		dim   stats.Dim
		rows  counts
		order []string
		want  string
	}{
		{"best figures", month, counts{"May": {data.Exactly(30), data.Exactly(20)}, "June": {data.Exactly(50), data.Exactly(100)}}, []string{"May", "June"},
			"The deadliest month is June: 150 killed in 2 incidents, 75 % of all killed."},
		{"best figures and ranges that do not agree", month, counts{"2009": {threeFigures(5897, 7460, 8192)}, "2010": {threeFigures(6857, 7226, 8887)}}, []string{"2009", "2010"},
			"The deadliest month, by the best figures, is 2009: 7,460 (5,897–8,192) killed in 1 incident, 51 % of all killed; by the highest, 2010: 7,226 (6,857–8,887) killed in 1 incident."},
		{"best figures, highest tied", month, counts{"May": {threeFigures(5, 7, 9)}, "June": {threeFigures(5, 6, 9)}}, []string{"May", "June"},
			"The deadliest month, by the best figures, is May: 7 (5–9) killed in 1 incident, 54 % of all killed."},
		{"ranges that agree", province, counts{"Kunar": {data.Between(10, 20)}, "Paktika": {data.Between(30, 90)}}, []string{"Paktika", "Kunar"},
			"The deadliest province is Paktika: 30–90 killed in 1 incident, 75 % of all killed by the lowest figures."},
		{"ranges that do not", province, counts{"Kunar": {data.AtLeast(32), data.Between(0, 226)}, "Paktika": {data.Exactly(68)}}, []string{"Paktika", "Kunar"},
			"The deadliest province, by the lowest figures, is Paktika: 68 killed in 1 incident, 68 % of all killed; by the highest, Kunar: 32–258+ killed in 2 incidents."},
		{"highest tied", province, counts{"Kunar": {data.Between(10, 68)}, "Paktika": {data.Exactly(40), data.Between(0, 28)}}, []string{"Paktika", "Kunar"},
			"The deadliest province, by the lowest figures, is Paktika: 40–68 killed in 2 incidents, 80 % of all killed."},
		{"tied", province, counts{"Kunar": {data.Exactly(5)}, "Paktika": {data.Exactly(5)}}, []string{"Kunar", "Paktika"}, ""},
		{"nobody killed", province, counts{"Kunar": {data.Exactly(0)}, "Paktika": {data.Count{}}}, []string{"Kunar", "Paktika"}, ""},
		{"one place", province, counts{"Kunar": {data.Exactly(5)}, "": {data.Exactly(9)}}, []string{"Kunar", ""}, ""},
		{"unstated is no place", province, counts{"Kunar": {data.Exactly(5)}, "Paktika": {data.Exactly(4)}, "": {data.Exactly(1)}}, []string{"Kunar", "Paktika", ""},
			"The deadliest province is Kunar: 5 killed in 1 incident, 50 % of all killed."},
		{"most is of no province", province, counts{"Kunar": {data.Exactly(5)}, "Paktika": {data.Exactly(4)}, "": {data.Exactly(9), data.Between(1, 3)}}, []string{"Kunar", "Paktika", ""},
			"The deadliest province is Kunar: 5 killed in 1 incident, 26 % of all killed by the lowest figures. No province is stated for 2 incidents with 10–12 killed."},
		{"quiet months", month, counts{"May": {data.Exactly(3)}, "June": {data.Exactly(1)}}, []string{"May", "June", "July"},
			"The deadliest month is May: 3 killed in 1 incident, 75 % of all killed. In 1 of 3 months no incident is recorded."},
		{"parties are not ranked in words", stats.Dim{ID: "party", Title: "Party"}, counts{"A": {data.Exactly(3)}, "B": {data.Exactly(1)}}, []string{"A", "B"}, ""},
		{"nor victims", stats.Dim{ID: "victim_side", Title: "Side"}, counts{"A": {data.Exactly(3)}, "B": {data.Exactly(1)}}, []string{"A", "B"}, ""},
	} {
		table, r := tableOf(c.dim, c.rows, c.order...)
		if got := text(leadLine(table, r)); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestDeadliestLine(t *testing.T) {
	report := func(xs ...stats.Deadliest) *stats.Report {
		r := &stats.Report{Deadliest: xs}
		for _, x := range xs {
			r.Total.Add(&x.Killed, &x.Injured)
		}
		return r
	}
	market := stats.Deadliest{Date: month(2025, 3), Place: "Old market", Country: "Kélundra", Killed: data.Exactly(41)}
	ridge := stats.Deadliest{Date: day(2025, 9, 11), Place: "The ridge", Killed: data.Count{Low: 32 * data.Unit, High: 258 * data.Unit, Flags: data.HasLow | data.HasHigh | data.Open}}
	small := stats.Deadliest{Date: data.NoDate, Killed: data.Exactly(9)}
	for _, c := range []struct {
		name string
		r    *stats.Report
		want string
	}{
		{"exact", report(market, small), "In the deadliest incident of the record, in March 2025 at Old market, Kélundra, 41 people were reported killed, 82 % of all killed."},
		{"another may be deadlier", report(market, ridge, small), "In the deadliest incident of the record, in March 2025 at Old market, Kélundra, 41 people were reported killed, " +
			"50 % of all killed by the lowest figures. The highest upper figure is that of the incident on 11 September 2025 at The ridge: 32–258+ killed."},
		{"one incident", report(market), ""},
		{"equal", report(small, small), ""},
		{"nobody", report(stats.Deadliest{}, stats.Deadliest{}), ""},
		{"no date or place", report(small, stats.Deadliest{Killed: data.Exactly(1)}), "In the deadliest incident of the record, 9 people were reported killed, 90 % of all killed."},
	} {
		if got := text(deadliestLine(c.r)); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestHeadline(t *testing.T) {
	r := &stats.Report{First: day(2025, 10, 7).Start, Last: day(2025, 10, 15).Start, HasInjured: true, Directed: true,
		Total: tallyOf([]data.Count{data.Between(32, 58), data.AtLeast(200), {}}, []data.Count{data.Between(45, 46), {}, {}})}
	table, _ := tableOf(stats.Dim{ID: "party", Title: "Party"}, map[string][]data.Count{"TTP": {data.Exactly(1), data.Exactly(2)}, "Pakistan": {data.Exactly(90)}, "": {{}}}, "Pakistan", "TTP", "")
	r.Tables = []*stats.Table{table}
	want := "At least 232 and as many as 258 people (or more) were reported killed, and at least 45 and as many as 46 injured, " +
		"in 3 incidents between 7 and 15 October 2025. The number of killed is not known for 1 incident, that of injured for 2; unknown is not counted as zero. " +
		"1 toll of killed is open-ended (“at least”), so the upper figure is a floor and no limit. " +
		"The party named most often, by its own claim or by a source, is TTP, in 2 incidents; for 1 no party is named."
	if got := text(headline(&Document{Report: r})); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}

	table.Rows[1].Keys[0] = stats.Key{ID: "involving: TTP", Label: "Involving TTP", Kind: stats.Involved}
	if got := text(partySentence(r)); got != "Named as involved most often: TTP, in 2 incidents; for 1 no party is named." {
		t.Errorf("%q", got)
	}
	table.Rows[0].Tally.Incidents = 2
	if got := text(partySentence(r)); got != "For 1 incident no party is named." {
		t.Errorf("two parties are named as often, and yet: %q", got)
	}
	table.Rows = table.Rows[2:]
	if got := text(partySentence(r)); got != "" {
		t.Errorf("nobody is named, and yet: %q", got)
	}
	joint, _ := tableOf(stats.Dim{ID: "party", Title: "Party"}, map[string][]data.Count{"TTP": {data.Exactly(1), data.Exactly(2)}, "LeJ + TTP": {data.Exactly(9)}, "LeJ": {{}}}, "LeJ", "TTP", "LeJ + TTP")
	r.Tables = []*stats.Table{joint}
	if got, want := text(partySentence(r)), "The party named most often, by its own claim or by a source, is TTP, in 2 incidents in which it is named alone."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	empty := &stats.Report{First: data.NoDay, Last: data.NoDay}
	for _, c := range []struct {
		from, to, want string
	}{{"", "", "No incident is recorded."}, {"2025-01-01", "", "From 1 January 2025 on, no incident is recorded."}, {"", "2025-01-01", "Up to 1 January 2025, no incident is recorded."},
		{"2025-01-01", "2025-01-01", "On 1 January 2025, no incident is recorded."}} {
		if c.from+c.to != "" {
			empty.First, empty.Last = day(2025, 1, 1).Start, day(2025, 1, 1).Start
		}
		var given []Setting
		if c.from != "" {
			given = append(given, Setting{"from", c.from})
		}
		if c.to != "" {
			given = append(given, Setting{"to", c.to})
		}
		if got := text(headline(&Document{Report: empty, Settings: given})); got != c.want {
			t.Errorf("from %q to %q: %q", c.from, c.to, got)
		}
	}
}
