package charts

import (
	"fmt"
	"strings"
	"testing"

	"toll/data"
	"toll/stats"
)

// disputes is a report of n incidents that two parties and others tell, the
// first as the border night of October 2025.
func disputes(t *testing.T, n int, spread int64) *stats.Report {
	t.Helper()
	b := &data.Batch{Dicts: data.NewDicts()}
	first, _ := data.DayOf(2025, 10, 11)
	add := func(id, place, source, sourceSide, side string, day, reported data.Day, killed data.Count) {
		b.Line = append(b.Line, int32(b.N+2))
		b.N++
		b.Start, b.End, b.Prec = append(b.Start, day), append(b.End, day), append(b.Prec, data.ToDay)
		for c, s := range map[data.Column]string{data.ColPlace: place, data.ColVictimSide: side, data.ColSource: source, data.ColSourceSide: sourceSide} {
			b.Codes[c] = append(b.Codes[c], b.Dicts[c].Code(s))
		}
		b.Killed, b.ReportedOn = append(b.Killed, killed), append(b.ReportedOn, reported)
		b.Status = append(b.Status, data.Reported)
		b.ID.Append([]byte(id))
	}
	for i := range n {
		id, place, day := fmt.Sprint("i", i), fmt.Sprintf("Place with a rather long name %d", i), first+data.Day(3*i)
		k := int64(i)*spread + 9
		add(id, place, "ISPR", "Pakistan", "Pakistan", day, day+1, data.Exactly(23))
		add(id, place, "ISPR", "Pakistan", "Taliban", day, day+1, data.AtLeast(200))
		add(id, place, "Kabul", "Taliban", "Pakistan", day, day+1, data.Exactly(58+k-9))
		add(id, place, "Kabul", "Taliban", "Taliban", day, day+1, data.Exactly(k))
		if i%2 == 1 {
			add(id, place, "UN", "", "Pakistan", day, day+2, data.Between(20, 30))
			add("r"+id, place, "UN", "", "", day, day+2, data.AtLeast(k/2))
			add("r"+id, place, "UN", "", "", day, day+9, data.Exactly(41+k))
		}
	}
	p := stats.NewPartial(stats.DefaultOptions(), false)
	if err := p.Add(b); err != nil {
		t.Fatal(err)
	}
	a, err := p.Accumulator("admin1", 0)
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.Report()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func claimFigure(t *testing.T, r *stats.Report, id string) Figure {
	t.Helper()
	figs, left := Plan(r, Context{Title: "t", Source: "s", First: r.First, Last: r.Last, Cutoff: r.Last})
	for _, f := range figs {
		if f.ID == id {
			return f
		}
	}
	t.Fatalf("no chart %s: %v", id, left)
	return Figure{}
}

func TestClaimsChartHoldsBothAccounts(t *testing.T) {
	f := claimFigure(t, disputes(t, 1, 0), "claims")
	if want := "For the same incident, the parties’ death tolls differ by a factor of 3.3 or more"; f.Title != want {
		t.Errorf("title %q, want %q", f.Title, want)
	}
	d, err := f.PNG(Options{})
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, b := range d.Labels {
		shown[b.Text] = true
	}
	for _, want := range []string{"223+", "67", "200+", "9", "23", "58", "≥\u00A03.3×", "≥\u00A022×", "2.5×", "Pakistan says", "Taliban says"} {
		if !shown[want] {
			t.Errorf("the chart does not show %q", want)
		}
	}
}

func TestRatios(t *testing.T) {
	tally := func(c data.Count) *stats.Tally {
		var x stats.Tally
		x.Add(&c, &data.Count{})
		return &x
	}
	for _, c := range []struct {
		a, b data.Count
		want string
	}{
		{data.Exactly(12), data.Exactly(63), "5.3×"}, {data.Exactly(63), data.Exactly(12), "5.3×"}, {data.Exactly(0), data.Exactly(5), "–"}, {data.Exactly(5), data.Count{}, "–"},
		{data.AtLeast(200), data.Exactly(9), "≥\u00A022×"}, {data.AtLeast(30), data.Exactly(38), "–"}, {data.Exactly(7), data.Exactly(7), "1.0×"},
	} {
		r := claimRow{a: tally(c.a), b: tally(c.b)}
		if !c.b.Stated() {
			r.b = nil
		}
		if got := r.ratio(); got != c.want {
			t.Errorf("%v against %v: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

// No label of these charts touches another or leaves the page, for one incident
// or many, close figures or far ones.
func TestClaimLabelsStayApart(t *testing.T) {
	for _, n := range []int{1, 2, 5, 30} {
		for _, spread := range []int64{0, 1, 40, 900} {
			r := disputes(t, n, spread)
			for _, id := range []string{"claims", "revisions"} {
				if id == "revisions" && n < 2 {
					continue
				}
				for _, size := range []Size{Slide, Column, Square} {
					d, err := claimFigure(t, r, id).PNG(Options{Size: size})
					if err != nil {
						t.Fatal(err)
					}
					for i, b := range d.Labels {
						if b.X0 < margin-2 || b.X1 > float64(size.W)-margin+2 || b.Y0 < 0 || b.Y1 > float64(size.H) {
							t.Errorf("%s of %d at %s: %q lies outside the page", id, n, size.Name, b.Text)
						}
						for _, o := range d.Labels[:i] {
							if b.Overlaps(o, 0) {
								t.Errorf("%s of %d, spread %d, at %s: %q (%s) overlaps %q (%s)", id, n, spread, size.Name, b.Text, b.Role, o.Text, o.Role)
							}
						}
					}
				}
			}
		}
	}
}

// A file with one record an incident sees nothing of accounts, not even a word
// that a chart is left out.
func TestPlainReportsHaveNoClaimCharts(t *testing.T) {
	figs, omitted := Plan(&stats.Report{}, Context{})
	for _, f := range figs {
		if f.ID == "claims" || f.ID == "revisions" {
			t.Errorf("a plain report has a chart %s", f.ID)
		}
	}
	for _, o := range omitted {
		if o.ID == "claims" || o.ID == "revisions" {
			t.Errorf("a plain report says that %s is left out", o.ID)
		}
	}
}

func TestClaimsAxis(t *testing.T) {
	for _, c := range []struct {
		n      int
		spread int64
		log    bool
	}{{1, 0, false}, {5, 1, false}, {5, 900, true}} {
		f := claimFigure(t, disputes(t, c.n, c.spread), "claims")
		if log := strings.Contains(f.Subtitle, "logarithmic"); log != c.log {
			t.Errorf("%d incidents, spread %d: logarithmic %v", c.n, c.spread, log)
		}
	}
	tally := func(n int64) *stats.Tally {
		var x stats.Tally
		k := data.Exactly(n)
		x.Add(&k, &data.Count{})
		return &x
	}
	for _, c := range []struct {
		a, b int64
		low  float64
	}{{1, 1000, 0.8}, {5, 1000, 4}, {0, 1000, 0}, {100, 1000, 0}} {
		cc := claimsChart{rows: []claimRow{{a: tally(c.a), b: tally(c.b)}}, top: float64(c.b)}
		if cc.chooseAxis(); cc.low != c.low {
			t.Errorf("%d and %d: the axis begins at %g, not %g", c.a, c.b, cc.low, c.low)
		}
	}
}
