package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// comparedSample is a comparison of two short lists, with names that try to be
// more than names.
func comparedSample(t *testing.T) *Compared {
	t.Helper()
	one := func(id string, d int, place string, k data.Count) stats.Incident {
		return stats.Incident{ID: id, Line: d + 1, Date: day(2024, 2, d), Country: "Hest", Place: place, Lat: data.NoCoord, Lon: data.NoCoord, Parties: []string{"=cmd|' /C calc'!A0"}, Killed: k, Accounts: 1}
	}
	a := stats.Side{Name: "Sheet *A*", Incidents: []stats.Incident{one("a1", 1, "Tarmin", data.Exactly(5)), one("a2", 2, "<b>Haraz</b>", data.Between(3, 9)), one("a3", 9, "Orgun", data.Count{}), one("a4", 12, "Kel", data.Exactly(1))}}
	b := stats.Side{Name: "Agency", HasInjured: true, Incidents: []stats.Incident{one("b1", 1, "Tarmin", data.Exactly(8)), one("b2", 2, "<b>Haraz</b>", data.Between(4, 9)), one("b3", 12, "Kel", data.Exactly(1)), one("b4", 12, "Kel", data.Exactly(4))}}
	d := &Compared{Name: "sheet-agency", Title: "Sheet and Agency"}
	for n, s := range []*stats.Side{&a, &b} {
		s.First, s.Last = day(2024, 2, 1).Start, day(2024, 2, 12).Start
		for i := range s.Incidents {
			if err := s.Total.Merge(s.Incidents[i].Tally()); err != nil {
				t.Fatal(err)
			}
		}
		name := [2]string{"a.csv", "b.csv"}[n]
		d.Sides[n] = &Document{Name: [2]string{"a", "b"}[n], Title: "x", Source: name, Report: &stats.Report{Total: s.Total, Ledger: data.Ledger{Files: 1, Read: 4, Accepted: 4}, Quality: stats.Quality{Incidents: 4}},
			Inputs: []Input{{Name: name, SHA256: strings.Repeat("0f", 32), Bytes: 10, Records: 4, Profile: "native"}}, Settings: []Setting{{"title", "x"}}}
	}
	d.Facts[1] = []string{"the agency counts civilians alone"}
	var err error
	if d.Comparison, err = stats.Compare(a, b, false, stats.DefaultMatch()); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestComparedBundle(t *testing.T) {
	d := comparedSample(t)
	b, err := RenderCompared(d)
	if err != nil {
		t.Fatal(err)
	}
	again, err := RenderCompared(d)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range b.Files {
		if !bytes.Equal(f.Data, again.Files[i].Data) {
			t.Errorf("%s differs from one run to the next", f.Path)
		}
		if !isBundlePath(f.Path) {
			t.Errorf("%s is no file of a briefing", f.Path)
		}
	}
	m, err := ParseManifest(b.Files[len(b.Files)-1].Data)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"total/a/killed.low": "9", "total/a/killed.high": "15", "total/a/killed.unknown": "1", "total/b/killed.low": "17",
		"steps/matched-higher/a/killed.low": "8", "steps/matched-higher/b/killed.low": "12", "steps/unclear-a/a/incidents": "1", "steps/unclear-b/b/killed.best": "5",
		"matched-ranges/apart/b/killed.best": "8", "matched-ranges/overlap/a/killed.high": "9"} {
		if string(m.Cells[at]) != want {
			t.Errorf("%s is %q, want %s", at, m.Cells[at], want)
		}
	}
	sides, ok := m.Compared()
	if !ok || sides[0].Name != "a" || len(sides[1].Inputs) != 1 || sides[1].Inputs[0].Name != "b.csv" || !strings.Contains(string(sides[0].Settings), `"title": "x"`) {
		t.Errorf("the manifest tells the sides as %+v", sides)
	}
	if dir := t.TempDir(); true {
		if _, err := Publish(dir, b, false); err != nil {
			t.Fatal(err)
		}
		k, err := ReadKept(dir)
		if err != nil {
			t.Fatal(err)
		}
		if v := Verify(k, b, VerifyOptions{}); v.Verdict() != VerdictSame {
			t.Errorf("%s: %v", v.Verdict(), v.Drifts)
		}
	}
}

// A list of thousands of incidents stands in its file, and not in report.json.
func TestComparedLongLists(t *testing.T) {
	d := comparedSample(t)
	c := d.Comparison
	for i := range MaxListed {
		x := c.A.Incidents[0]
		x.ID, x.Place, x.Date = fmt.Sprint("long ", i), fmt.Sprint("Village ", i), day(2024, 2, 3)
		c.A.Incidents = append(c.A.Incidents, x)
		n := x.Tally()
		if err := c.A.Total.Merge(n); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if d.Comparison, err = stats.Compare(c.A, c.B, false, c.Options); err != nil {
		t.Fatal(err)
	}
	b, err := RenderCompared(d)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := b.File("report.json")
	var j struct {
		Filed map[string]int
		Sides []struct{ Only []any }
	}
	if err := json.Unmarshal(raw, &j); err != nil {
		t.Fatal(err)
	}
	if j.Filed["only_a"] != MaxListed+1 || len(j.Filed) != 1 || len(j.Sides[0].Only) != 0 {
		t.Errorf("filed %v, and %d listed", j.Filed, len(j.Sides[0].Only))
	}
	if file, _ := b.File("tables/unmatched.csv"); bytes.Count(file, []byte("\n")) != MaxListed+2 {
		t.Errorf("the file has %d lines", bytes.Count(file, []byte("\n")))
	}
}

// A briefing of one dataset is no comparison.
func TestBriefingIsNoComparison(t *testing.T) {
	if _, ok := (&Manifest{}).Compared(); ok {
		t.Error("a manifest without sides compares")
	}
}

func TestComparedLists(t *testing.T) {
	d := comparedSample(t)
	b, err := RenderCompared(d)
	if err != nil {
		t.Fatal(err)
	}
	rows := func(id string) []map[string]string {
		raw, ok := b.File("tables/" + id + ".csv")
		if !ok {
			t.Fatalf("no table %s", id)
		}
		all, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var out []map[string]string
		for _, r := range all[1:] {
			m := map[string]string{}
			for i, n := range all[0] {
				m[n] = r[i]
			}
			out = append(out, m)
		}
		return out
	}
	m := rows("matched")
	if len(m) != 2 || m[0]["a_id"] != "a1" || m[0]["b_id"] != "b1" || m[0]["killed"] != "apart" || m[0]["by"] != "day and place" || m[0]["step"] != "matched-higher" || m[0]["metres"] != "" ||
		m[1]["a_killed_best"] != "" || m[1]["a_killed_high"] != "9" || m[0]["a_file"] != "a.csv" {
		t.Errorf("matched: %v", m)
	}
	if !strings.HasPrefix(m[0]["a_parties"], "'=") {
		t.Errorf("a spreadsheet would run %q", m[0]["a_parties"])
	}
	if u := rows("unmatched"); len(u) != 1 || u[0]["id"] != "a3" || u[0]["killed_low"] != "" || u[0]["step"] != "only-a-unmatched" {
		t.Errorf("unmatched: %v", u)
	}
	if u := rows("unclear"); len(u) != 3 || u[0]["group"] != "1" || u[0]["side"] != "a" || u[1]["side"] != "b" || u[2]["id"] != "b4" {
		t.Errorf("unclear: %v", u)
	}
	raw, _ := b.File("report.json")
	var j struct {
		Kind, Measure string
		Matched       []struct{ A, B struct{ ID string } }
		Unclear       []any
		Sides         []struct{ Only []any }
	}
	if err := json.Unmarshal(raw, &j); err != nil {
		t.Fatal(err)
	}
	if j.Kind != "comparison" || j.Measure != "low" || len(j.Matched) != 2 || j.Matched[1].B.ID != "b2" || len(j.Unclear) != 1 || len(j.Sides[0].Only) != 1 || len(j.Sides[1].Only) != 0 {
		t.Errorf("report.json: %+v", j)
	}
}

func TestComparedPage(t *testing.T) {
	d := comparedSample(t)
	md := string(writeMarkdown(composeCompared(d)))
	for _, want := range []string{
		`Sheet \*A\* has 9–15 killed in 4 incidents; Agency has 17–22 killed in 4 incidents. 2 incidents are in both: of killed, their ranges agree in 0, overlap in 1 and have nothing in common in 1.`,
		"Both cover 1 February 2024 to 12 February 2024.",
		`| Matched, higher in Agency | 2 | 2 | 8–14 | 12–17 | \+4 |`,
		"The change is that of the lowest figures, because some incidents state only a range.",
		"- The agency counts civilians alone.",
		"2 incidents were matched: 2 by day and place. Whether tolls are alike took no part in it.",
		"1 incident of A and 2 of B could be matched in several ways equally well. None of them is matched.",
		`\<b\>Haraz\</b\>, Hest`,
		"| km | 10 |",
	} {
		if !strings.Contains(md, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if html := string(writeHTML(composeCompared(d), nil, "")); strings.Contains(html, "<b>Haraz") || !strings.Contains(html, "&lt;b&gt;Haraz") {
		t.Error("a place acts on the page")
	}
	if t.Failed() {
		t.Log(md)
	}
}

// Lists without a common day say so, and nothing is matched.
func TestComparedNothingInCommon(t *testing.T) {
	d := comparedSample(t)
	c := d.Comparison
	c.B.First, c.B.Last = c.B.First+4000, c.B.Last+4000
	for i := range c.B.Incidents {
		c.B.Incidents[i].Date.Start += 4000
		c.B.Incidents[i].Date.End += 4000
	}
	var err error
	if d.Comparison, err = stats.Compare(c.A, c.B, false, c.Options); err != nil {
		t.Fatal(err)
	}
	md := string(writeMarkdown(composeCompared(d)))
	for _, want := range []string{"No incident could be matched.", "They have no day in common, so that no figure of one says anything of the other.", "No incident of one could be matched with one of the other."} {
		if !strings.Contains(md, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// What a dataset does not record is not zero: where one has no incident, or none
// of a known toll, no way leads to it.
func TestComparedWithNothing(t *testing.T) {
	for _, x := range []struct {
		name     string
		keep     func(*stats.Comparison, *Compared)
		want     []string
		sections []string // that must not be
	}{
		{"an empty side", func(c *stats.Comparison, d *Compared) {
			c.B.Incidents, c.B.Total = nil, stats.Tally{}
			d.Sides[1].Report.Ledger.SetAside = 4
		},
			[]string{"Sheet \\*A\\* has 9–15 killed in 4 incidents. Agency holds no incident of this selection. What a dataset does not record is not zero, so that nothing is compared.", "| Killed | 9–15 | – |"},
			[]string{"## Incidents in both", "## Incidents in one alone", "Total of B", "No incident could be matched"}},
		{"an empty file", func(c *stats.Comparison, d *Compared) { c.A.Incidents, c.A.Total = nil, stats.Tally{} },
			[]string{"Sheet \\*A\\* holds no incident. Agency has 17–22 killed in 4 incidents."}, []string{"## Incidents in both", "## Incidents in one alone", "Total of A"}},
		{"no known toll", func(c *stats.Comparison, d *Compared) {
			c.B.Incidents = []stats.Incident{c.B.Incidents[0]}
			c.B.Incidents[0].Killed = data.Count{}
			c.B.Total = c.B.Incidents[0].Tally()
		}, []string{"Agency has an unknown number killed in 1 incident.", "## Incidents in both"}, []string{"Total of B"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			d := comparedSample(t)
			c := d.Comparison
			x.keep(c, d)
			var err error
			if d.Comparison, err = stats.Compare(c.A, c.B, false, c.Options); err != nil {
				t.Fatal(err)
			}
			d.Omitted = []Omitted{{ID: "waterfall", Why: "there is no way"}}
			b, err := RenderCompared(d)
			if err != nil {
				t.Fatal(err)
			}
			md := fileOf(t, b, "report.md")
			for _, want := range append(x.want, "No chart: there is no way.") {
				if !strings.Contains(md, want) {
					t.Errorf("%q is not in\n%s", want, md)
				}
			}
			for _, s := range x.sections {
				if strings.Contains(md, s) {
					t.Errorf("%q is in\n%s", s, md)
				}
			}
			if m := fileOf(t, b, ManifestName); strings.Contains(m, `"total/b/killed.low": "0"`) || strings.Contains(m, `"total/a/killed.low": "0"`) {
				t.Error("nothing is published as zero")
			}
		})
	}
}

// A Data Package describes every file of a comparison's tables, column by column.
func TestComparedPackage(t *testing.T) {
	b, err := RenderCompared(comparedSample(t))
	if err != nil {
		t.Fatal(err)
	}
	var p struct {
		Sources   []struct{ Title string }
		Resources []struct {
			Path, Hash, Title string
			Schema            struct {
				Fields []struct{ Name, Type, Description string }
			}
		}
	}
	if err := json.Unmarshal([]byte(fileOf(t, b, PackageName)), &p); err != nil {
		t.Fatal(err)
	}
	if len(p.Sources) != 2 || p.Sources[0].Title != "a.csv" {
		t.Errorf("sources: %v", p.Sources)
	}
	described := map[string]bool{}
	for _, r := range p.Resources {
		described[r.Path] = true
		raw := fileOf(t, b, r.Path)
		head, err := csv.NewReader(strings.NewReader(raw)).Read()
		if err != nil {
			t.Fatal(err)
		}
		if r.Title == "" || r.Hash != "sha256:"+hash([]byte(raw)) || len(head) != len(r.Schema.Fields) {
			t.Errorf("%s: title %q, hash %s, %d columns of %d", r.Path, r.Title, r.Hash, len(r.Schema.Fields), len(head))
			continue
		}
		for i, f := range r.Schema.Fields {
			if f.Name != head[i] || f.Type == "" || len(f.Description) < 3 || strings.HasSuffix(f.Description, ". ") {
				t.Errorf("%s: column %s is described as %+v", r.Path, head[i], f)
			}
		}
	}
	for _, f := range b.Files {
		if strings.HasPrefix(f.Path, "tables/") && !described[f.Path] {
			t.Errorf("%s is not described", f.Path)
		}
	}
}
