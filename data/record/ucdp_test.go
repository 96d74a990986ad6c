package record

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"toll/data"
)

// shared returns a path in the folder of test data that is not part of the
// product, and skips the test where that folder is not given.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	dir := os.Getenv("TOLL_SHARED")
	if dir == "" {
		t.Skip("TOLL_SHARED is not set: the tests on files by others are skipped")
	}
	return filepath.Join(append([]string{dir}, elem...)...)
}

// sums are what the independent computation has for a group.
type sums struct{ Incidents, Low, Best, High int64 }

func (s *sums) add(c data.Count) {
	s.Incidents++
	s.Low += c.Low / data.Unit
	s.Best += c.Best / data.Unit
	s.High += c.High / data.Unit
}

// published is the file of figures that were computed without this program.
type published struct {
	Rows          int64            `json:"rows"`
	Total         sums             `json:"total"`
	ByYear        map[string]sums  `json:"by_year"`
	ByMonth       map[string]sums  `json:"by_month_2009_2011"`
	ByAdmin1      map[string]sums  `json:"by_adm_1"`
	OneSided      map[string]sums  `json:"one_sided_by_side_a"`
	ByDyad        map[string]sums  `json:"by_dyad_top"`
	Deaths        map[string]int64 `json:"deaths"`
	BestAboveHigh int64            `json:"best_above_high"`
	LowAboveBest  int64            `json:"low_above_best"`
	DateSpan      int64            `json:"date_span"`
	DatePrec      map[string]int64 `json:"date_prec"`
	WherePrec     map[string]int64 `json:"where_prec"`
}

func TestUCDPPakistanHasThePublishedSums(t *testing.T) {
	raw, err := os.ReadFile(shared(t, "data", "ucdp_ged_pakistan.expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want published
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(shared(t, "data", "ucdp_ged_pakistan.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()

	got := published{ByYear: map[string]sums{}, ByMonth: map[string]sums{}, ByAdmin1: map[string]sums{},
		OneSided: map[string]sums{}, ByDyad: map[string]sums{}, Deaths: map[string]int64{},
		DatePrec: map[string]int64{}, WherePrec: map[string]int64{}}
	res, err := Read(Source{Name: "ged.csv", R: f}, 0, Options{}, func(b *data.Batch) error {
		for i := range b.N {
			got.tally(b, i, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the sums differ from the published ones (-published +read):\n%s", diff)
	}
	if res.Profile != "ucdp-ged" {
		t.Errorf("profile %s: %s", res.Profile, res.Why)
	}
	if want := (data.Ledger{Files: 1, Read: 6416, Accepted: 6416}); res.Ledger != want {
		t.Errorf("ledger %+v, want %+v", res.Ledger, want)
	}
	if diff := cmp.Diff(map[string]int64{"count-order": 200, "tag-row": 1, "unused-columns": 1}, res.Counts); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}

func (p *published) tally(b *data.Batch, i int, want published) {
	c, d := b.Killed[i], b.Date(i)
	p.Rows++
	p.Total.add(c)
	add := func(m map[string]sums, key string) {
		s := m[key]
		s.add(c)
		m[key] = s
	}
	day := d.Start.String()
	add(p.ByYear, day[:4])
	if _, ok := want.ByMonth[day[:7]]; ok {
		add(p.ByMonth, day[:7])
	}
	admin1 := b.Text(data.ColAdmin1, i)
	if admin1 == "" {
		admin1 = "(blank)"
	}
	add(p.ByAdmin1, admin1)
	if by := b.Text(data.ColAttributedTo, i); by != "" {
		add(p.OneSided, by)
	}
	if dyad := b.Text(data.ColInvolved, i); want.ByDyad[dyad].Incidents > 0 {
		add(p.ByDyad, dyad)
	}
	for part, name := range map[data.Part]string{data.PartSideA: "deaths_a", data.PartSideB: "deaths_b",
		data.PartCivilians: "deaths_civilians", data.PartUnknown: "deaths_unknown"} {
		p.Deaths[name] += b.KilledParts[part][i].Best / data.Unit
	}
	if c.Best > c.High {
		p.BestAboveHigh++
	}
	if c.Low > c.Best {
		p.LowAboveBest++
	}
	if d.End > d.Start {
		p.DateSpan++
	}
	p.DatePrec[string('1'+rune(d.Prec))]++
	p.WherePrec[string('0'+rune(b.GeoPrec[i]))]++
}
