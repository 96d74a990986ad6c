package stats

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"toll/data"

	"pgregory.net/rapid"
)

// A second reckoning of the sheets: every figure of a sentence worked out anew
// from the records as a test writes them, with the standard library's calendar
// and rational numbers. It shares no code with the sheets but the names of their
// cells.

// dated is a record with the first and last day that its date can mean.
type dated struct {
	rec
	first, last time.Time
	length      int // of the date as written: 10 a day, 7 a month, 4 a year, 0 none
}

func clock(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func datedOf(r rec) dated {
	x := dated{rec: r, length: len(r.date)}
	switch x.length {
	case 10:
		x.first = clock(r.date)
		x.last = x.first
		if r.end != "" {
			x.last = clock(r.end)
		}
	case 7:
		x.first = clock(r.date + "-01")
		x.last = x.first.AddDate(0, 1, -1)
	case 4:
		x.first = clock(r.date + "-01-01")
		x.last = x.first.AddDate(1, 0, -1)
	}
	return x
}

// stretch is a period by its first and last day.
type stretch struct{ first, last time.Time }

func (s stretch) holds(d time.Time) bool { return !d.Before(s.first) && !d.After(s.last) }

func (s stretch) days() int { return int(s.last.Sub(s.first).Hours()/24) + 1 }

// periodOf returns the period of a day.
func periodOf(d time.Time, p Period) stretch {
	y, m := d.Year(), d.Month()
	switch p {
	case ByDay:
		return stretch{d, d}
	case ByWeek:
		monday := d.AddDate(0, 0, -(int(d.Weekday())+6)%7)
		return stretch{monday, monday.AddDate(0, 0, 6)}
	case ByMonth:
		first := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
		return stretch{first, first.AddDate(0, 1, -1)}
	case ByQuarter:
		first := time.Date(y, (m-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
		return stretch{first, first.AddDate(0, 3, -1)}
	}
	first := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
	return stretch{first, first.AddDate(1, 0, -1)}
}

func (s stretch) id(p Period) string { return periodID(s.first.Format(time.DateOnly), p) }

// fileOfDays is a file with the bounds it is read by.
type fileOfDays struct {
	rs       []dated
	period   Period
	from, to time.Time
}

// drawDays draws incidents over leap days and the ends of years with 52 and 53
// weeks, dated to a day, some days, a month, a year or not at all.
func drawDays(t *rapid.T) (fileOfDays, *Report) {
	f := fileOfDays{period: Period(rapid.IntRange(int(ByDay), int(ByYear)).Draw(t, "period"))}
	year := rapid.SampledFrom([]int{2018, 2019, 2020, 2023}).Draw(t, "year") // 2020 is a leap year of 53 weeks
	f.from = time.Date(year, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.SampledFrom([]int{1, 1, 28, 15}).Draw(t, "first"), 0, 0, 0, 0, time.UTC)
	f.to = f.from.AddDate(rapid.IntRange(0, 3).Draw(t, "years"), 0, rapid.SampledFrom([]int{5, 31, 64, 200, 365}).Draw(t, "days"))
	if rapid.Bool().Draw(t, "to the end of a month") {
		f.to = periodOf(f.to, ByMonth).last
	}
	span := stretch{f.from, f.to}.days()
	toll := rapid.Custom(drawCount)
	if rapid.Bool().Draw(t, "every toll known") {
		toll = rapid.Map(rapid.Int64Range(0, rapid.SampledFrom([]int64{3, 40}).Draw(t, "most")), data.Exactly)
	}
	draw := rapid.Custom(func(t *rapid.T) rec {
		d := f.from.AddDate(0, 0, rapid.IntRange(0, span-1).Draw(t, "day"))
		r := rec{date: d.Format(time.DateOnly), killed: toll.Draw(t, "killed"), injured: toll.Draw(t, "injured"),
			country: rapid.SampledFrom([]string{"", "P", "Q"}).Draw(t, "country"), event: rapid.SampledFrom([]string{"", "raid"}).Draw(t, "event"),
			attributed: rapid.SampledFrom([]string{"", "A", "B", "A;B"}).Draw(t, "attributed")}
		switch rapid.IntRange(0, 9).Draw(t, "precision") {
		case 0:
			r.date = d.Format("2006-01")
		case 1:
			r.date = d.Format("2006")
		case 2:
			r.end = d.AddDate(0, 0, rapid.SampledFrom([]int{1, 3, 30}).Draw(t, "length")).Format(time.DateOnly)
		}
		return r
	})
	n := rapid.SampledFrom([]int{1, 2, 5, 12, 20, 30, 60, 100}).Draw(t, "n")
	rs := rapid.SliceOfN(draw, n, n).Draw(t, "records")
	o := DefaultOptions()
	o.Period, o.From, o.To = f.period, day(f.from.Format(time.DateOnly)), day(f.to.Format(time.DateOnly))
	r := tallyRapid(t, o, rs)
	for _, x := range rs {
		if d := datedOf(x); !d.first.Before(f.from) && !d.first.After(f.to) { // a span, a month, a year is where it starts
			f.rs = append(f.rs, d)
		}
	}
	return f, r
}

// periods lists the periods that the bounds touch, whole those they hold.
func (f *fileOfDays) periods() (all, whole []stretch) {
	for s := periodOf(f.from, f.period); !s.first.After(f.to); s = periodOf(s.last.AddDate(0, 0, 1), f.period) {
		all = append(all, s)
		if !s.first.Before(f.from) && !s.last.After(f.to) {
			whole = append(whole, s)
		}
	}
	return all, whole
}

// in lists the incidents of a stretch: those dated exactly enough to stand in a
// period of it.
func (f *fileOfDays) in(s stretch) (rs []dated) {
	for _, r := range f.rs {
		exact := r.length == 10 || r.length == 7 && f.period >= ByMonth || r.length == 4 && f.period == ByYear
		if exact && s.holds(r.first) {
			rs = append(rs, r)
		}
	}
	return rs
}

// known lists the tolls that are stated, and says whether each has a best figure.
func known(rs []dated, of func(dated) data.Count) (tolls []reckoned, best bool) {
	best = true
	for _, r := range rs {
		if c := reckon(of(r)); c.stated {
			tolls = append(tolls, c)
			best = best && c.hasBest
		}
	}
	return tolls, best
}

func killedIn(r dated) data.Count  { return r.killed }
func injuredIn(r dated) data.Count { return r.injured }

// figure adds tolls up by their best figures, or by the lowest.
func figureOf(tolls []reckoned, best bool) (n int64) {
	for _, c := range tolls {
		if best {
			n += c.best
		} else {
			n += c.lo
		}
	}
	return n
}

// round rounds a rational number half away from zero, in units of 1/unit.
func round(r *big.Rat, unit int64) int64 {
	x := new(big.Rat).Mul(r, new(big.Rat).SetInt64(unit))
	half := big.NewRat(1, 2)
	if x.Sign() < 0 {
		half.Neg(half)
	}
	x.Add(x, half)
	return new(big.Int).Quo(x.Num(), x.Denom()).Int64()
}

// said says what a cell holds: "" where nothing is stated.
func said(c Cell) string {
	if !c.Stated {
		return ""
	}
	return fmt.Sprint(c.V)
}

// ratio is the cell of a/b to some decimals; "" where b is none.
func ratio(a, b int64, decimals int) string {
	if b <= 0 {
		return ""
	}
	scale := int64(math.Round(math.Pow10(decimals)))
	return fmt.Sprint(round(big.NewRat(a, b), scale) * (data.Unit / scale))
}

// share is the cell of a part in per cent of a whole, to three decimals.
func shareOf(part, whole int64) string { return ratio(100*part, whole, 3) }

func people(n int64) string { return fmt.Sprint(n * data.Unit) }

// TestLevelReckoned works out the sheet of levels again.
func TestLevelReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, r := drawDays(t)
		s := r.Sheet("level")
		want := map[string][4]string{}
		tolls, best := known(f.rs, killedIn)
		n := int64(len(tolls))
		if n > 0 {
			var lo, hi, mid, fatal int64
			var sizes []int64
			for _, c := range tolls {
				lo, hi, mid = lo+c.lo, hi+c.hi, mid+c.best
				if c.lo > 0 {
					fatal++
				}
				size := c.lo
				if best {
					size = c.best
				}
				sizes = append(sizes, round(big.NewRat(size, data.Unit), 1)) // whole persons
			}
			value := lo
			if best {
				value = mid
			}
			want["mean-killed"] = [4]string{ratio(value, n*data.Unit, 1), ratio(lo, n*data.Unit, 1), ratio(hi, n*data.Unit, 1), people(n)}
			want["fatal"] = [4]string{shareOf(fatal, n), "", "", people(n)}
			slices.Sort(sizes)
			all := int64(0)
			for _, x := range sizes {
				all += x
			}
			want["median-killed"] = [4]string{ratio(sizes[(n-1)/2]+sizes[n/2], 2, 1), "", "", people(n)}
			for id, top := range map[string]int64{"top-1": 1, "top-1-percent": int64(math.Ceil(float64(n) / 100)), "top-5-percent": int64(math.Ceil(float64(n) / 20))} {
				part := int64(0)
				for _, x := range sizes[n-top:] {
					part += x
				}
				want[id] = [4]string{shareOf(part, all), "", "", people(top)}
			}
		}
		var both []dated
		injured := false
		for _, x := range f.rs {
			injured = injured || x.injured.Stated()
			if x.killed.Stated() && x.injured.Stated() {
				both = append(both, x)
			}
		}
		k, kBest := known(both, killedIn)
		j, jBest := known(both, injuredIn)
		low := ratio(figureOf(j, false), figureOf(k, false), 1)
		switch value := ratio(figureOf(j, true), figureOf(k, true), 1); {
		case !injured:
		case kBest && jBest && value != "":
			want["injured-per-killed"] = [4]string{value, "", "", people(int64(len(both)))}
		case (!kBest || !jBest) && low != "":
			want["injured-per-killed"] = [4]string{low, low, "", people(int64(len(both)))}
		}
		all, _ := f.periods()
		quiet := int64(0)
		for _, p := range all {
			spanned := false
			for _, x := range f.rs { // a period within a recorded span is not quiet
				spanned = spanned || x.length == 10 && x.first.Before(p.first) && !x.last.Before(p.first)
			}
			if len(f.in(p)) == 0 && !spanned {
				quiet++
			}
		}
		want["quiet-periods"] = [4]string{people(quiet), "", "", people(int64(len(all)))}
		longest, run := 0, 0
		for d := f.from; !d.After(f.to); d = d.AddDate(0, 0, 1) {
			run++
			if slices.ContainsFunc(f.rs, func(x dated) bool { return x.length == 10 && (stretch{x.first, x.last}).holds(d) }) {
				run = 0
			}
			longest = max(longest, run)
		}
		if longest > 0 {
			want["longest-quiet"] = [4]string{people(int64(longest)), "", "", people(int64(stretch{f.from, f.to}.days()))}
		}
		for id, w := range want {
			for i, column := range []string{"value", "low", "high", "of"} {
				if got := said(s.Cell(column, id)); got != w[i] {
					t.Fatalf("level/%s/%s is %s, want %s", id, column, got, w[i])
				}
			}
		}
		for _, row := range s.Rows {
			if id := row.Keys[0].ID; want[id] == [4]string{} && id != "incidents-per-period" && id != "dispersion" {
				t.Fatalf("level has a row %s: %v", id, row.Cells)
			}
		}
	})
}

// tail is the probability of at least n events where rate are expected.
func tail(n int64, rate float64) float64 {
	below := 0.0
	for i := range n {
		lg, _ := math.Lgamma(float64(i) + 1)
		below += math.Exp(float64(i)*math.Log(rate) - rate - lg)
	}
	return 1 - below
}

// Rates and records: the counts of whole periods, each with an interval at whose
// ends 2.5 % of Poisson counts are as many, or as few; and since when there have
// not been as many.
func TestRatesAndRecordsReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, r := drawDays(t)
		_, whole := f.periods()
		rates, records := r.Sheet("rates"), r.Sheet("records")
		if len(whole) < 2 || f.period == ByDay {
			if rates != nil || records != nil {
				t.Fatalf("%d whole periods by %v have rates or records", len(whole), f.period)
			}
			return
		}
		if len(rates.Rows) != len(whole) {
			t.Fatalf("%d rates of %d whole periods", len(rates.Rows), len(whole))
		}
		counts := make([]int64, len(whole))
		killed := make([]int64, len(whole))
		best := true
		for _, p := range whole {
			_, b := known(f.in(p), killedIn)
			best = best && b
		}
		for i, p := range whole {
			rs := f.in(p)
			tolls, _ := known(rs, killedIn)
			counts[i], killed[i] = int64(len(rs)), figureOf(tolls, best)
			id := p.id(f.period)
			if got := said(rates.Cell("incidents", id)); got != people(counts[i]) {
				t.Fatalf("%s has %s incidents, want %d", id, got, counts[i])
			}
			low, high := float64(rates.Cell("low", id).V)/data.Unit, float64(rates.Cell("high", id).V)/data.Unit
			if n := counts[i]; n == 0 && low != 0 || n > 0 && (tail(n, low-0.006) > 0.025 || tail(n, low+0.006) < 0.025) {
				t.Fatalf("%d incidents have the lower bound %v", n, low)
			}
			if n := counts[i]; 1-tail(n+1, high+0.006) > 0.025 || 1-tail(n+1, high-0.006) < 0.025 {
				t.Fatalf("%d incidents have the upper bound %v", n, high)
			}
		}
		last := len(whole) - 1
		for id, xs := range map[string][]int64{"incidents": counts, "killed": killed} {
			fewer, since := 0, "(covered)"
			for i := last - 1; i >= 0; i-- {
				if xs[i] >= xs[last] {
					since = whole[i].id(f.period)
					break
				}
				fewer++
			}
			value := people(xs[last])
			if id == "killed" {
				value = fmt.Sprint(xs[last])
			}
			for column, want := range map[string]string{"value": value, "fewer": people(int64(fewer)), "covered": people(int64(last))} {
				if got := said(records.Cell(column, id, since)); got != want {
					t.Fatalf("records/%s/%s/%s is %s, want %s", id, since, column, got, want)
				}
			}
		}
	})
}

// Changes: the two stretches added up again, by best figures where both have them
// throughout, and what remains of each without the deadliest incident of the two.
func TestChangesReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, r := drawDays(t)
		_, whole := f.periods()
		want := map[string][2]stretch{}
		if last := len(whole) - 1; last >= 1 && f.period != ByDay {
			x := whole[last]
			want["previous"] = [2]stretch{whole[last-1], x}
			var before stretch
			switch f.period {
			case ByWeek:
				y, w := x.first.ISOWeek()
				for _, p := range whole {
					if py, pw := p.first.ISOWeek(); py == y-1 && pw == w {
						before = p
					}
				}
			case ByMonth, ByQuarter:
				before = periodOf(x.first.AddDate(-1, 0, 0), f.period)
			}
			at := slices.Index(whole, before)
			if at >= 0 && at < last-1 {
				want["year-before"] = [2]stretch{before, x}
				thisYear, lastYear := periodOf(x.first, ByYear), periodOf(before.first, ByYear)
				if f.period == ByWeek { // the years of weeks, by their first Mondays
					_, w := x.first.ISOWeek()
					thisYear.first, lastYear.first = x.first.AddDate(0, 0, -7*(w-1)), before.first.AddDate(0, 0, -7*(w-1))
				}
				if !x.first.Equal(thisYear.first) && !whole[0].first.After(lastYear.first) && f.period != ByYear {
					want["year-to-date"] = [2]stretch{{lastYear.first, before.last}, {thisYear.first, x.last}}
				}
			}
		}
		var ids []string
		for _, c := range r.Changes {
			ids = append(ids, c.ID)
		}
		slices.Sort(ids)
		if !slices.Equal(ids, slices.Sorted(maps.Keys(want))) {
			t.Fatalf("changes %v, want %v", ids, slices.Sorted(maps.Keys(want)))
		}
		s := r.Sheet("changes")
		for id, w := range want {
			a, b := f.in(w[0]), f.in(w[1])
			f.agreesOn(t, s, id, "incidents", int64(len(a))*data.Unit, int64(len(b))*data.Unit, data.Unit)
			vague := 0
			for _, x := range f.rs {
				exact := x.length == 10 || x.length == 7 && f.period >= ByMonth || x.length == 4 && f.period == ByYear
				touches := func(s stretch) bool { return !x.first.After(s.last) && !x.last.Before(s.first) }
				if !exact && (touches(w[0]) || touches(w[1])) {
					vague++
				}
			}
			if got := said(s.Cell("vague", id, "incidents")); got != people(int64(vague)) {
				t.Fatalf("%s: %s are dated too vaguely, want %d", id, got, vague)
			}
			for measure, of := range map[string]func(dated) data.Count{"killed": killedIn, "injured": injuredIn} {
				x, xBest := known(a, of)
				y, yBest := known(b, of)
				best := xBest && yBest
				if measure == "injured" && s.find([]string{id, "injured"}) < 0 {
					if slices.ContainsFunc(f.rs, func(x dated) bool { return x.injured.Stated() }) {
						t.Fatalf("%s: no injured are compared", id)
					}
					continue
				}
				before, after := figureOf(x, best), figureOf(y, best)
				f.agreesOn(t, s, id, measure, before, after, data.Unit)
				if measure == "injured" {
					continue
				}
				size := func(tolls []reckoned) (top int64) {
					for _, c := range tolls {
						top = max(top, round(big.NewRat(figureOf([]reckoned{c}, best), data.Unit), 1))
					}
					return top
				}
				persons := func(v int64) int64 { return round(big.NewRat(v, data.Unit), 1) }
				top, later := size(x), false
				if z := size(y); z >= top {
					top, later = z, true
				}
				without := [2]int64{persons(before), persons(after)}
				without[b2i(later)] -= top
				cells := map[string]string{"deadliest": people(top), "before_without": people(without[0]), "after_without": people(without[1])}
				if len(x)+len(y) == 0 {
					cells = map[string]string{"deadliest": "", "before_without": "", "after_without": "", "low": "", "high": ""}
				}
				for column, w := range cells {
					if got := said(s.Cell(column, id, "killed")); got != w {
						t.Fatalf("changes/%s/killed/%s is %s, want %s", id, column, got, w)
					}
				}
				if low, high := s.Cell("low", id, "killed"), s.Cell("high", id, "killed"); low.V > high.V {
					t.Fatalf("%s: a change in killed is bounded by %d and %d", id, low.V, high.V)
				}
			}
		}
	})
}

// agreesOn compares what a sheet says of a change with its two figures.
func (f *fileOfDays) agreesOn(t *rapid.T, s *Sheet, id, measure string, before, after, unit int64) {
	perCent := ""
	if before >= 10*unit {
		perCent = shareOf(after-before, before)
	}
	for column, w := range map[string]string{"before": fmt.Sprint(before), "after": fmt.Sprint(after), "change": fmt.Sprint(after - before), "percent": perCent} {
		if got := said(s.Cell(column, id, measure)); got != w {
			t.Fatalf("changes/%s/%s/%s is %s, want %s", id, measure, column, got, w)
		}
	}
}

// Spells without an incident, day by day.
func TestGapsReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, r := drawDays(t)
		loud := map[time.Time]bool{}
		n := 0
		for _, x := range f.rs {
			if x.length != 10 {
				continue
			}
			n++
			for d := x.first; !d.After(x.last); d = d.AddDate(0, 0, 1) {
				loud[d] = true
			}
		}
		var spells []stretch
		for d := f.from; !d.After(f.to); d = d.AddDate(0, 0, 1) {
			switch last := len(spells) - 1; {
			case loud[d]:
			case last >= 0 && spells[last].last.AddDate(0, 0, 1).Equal(d):
				spells[last].last = d
			default:
				spells = append(spells, stretch{d, d})
			}
		}
		slices.SortStableFunc(spells, func(x, y stretch) int { return cmp.Compare(y.days(), x.days()) })
		var want []string
		days := stretch{f.from, f.to}.days()
		for i, s := range spells {
			// One spell of g days or longer is to be expected with probability n·exp(−g·n/days).
			if i > 0 && float64(n)*math.Exp(-float64(s.days())*float64(n)/float64(days)) > 0.05 {
				break
			}
			vague := 0
			for _, x := range f.rs {
				if x.length < 10 && x.length > 0 && !x.first.After(s.last) && !x.last.Before(s.first) {
					vague++
				}
			}
			want = append(want, fmt.Sprintf("%s..%s %d days, %d vague", s.first.Format(time.DateOnly), s.last.Format(time.DateOnly), s.days(), vague))
		}
		if n < MinGapIncidents {
			want = nil
		}
		var got []string
		if s := r.Sheet("gaps"); s != nil {
			for _, row := range s.Rows {
				got = append(got, fmt.Sprintf("%s..%s %d days, %d vague", row.Keys[0].ID, row.Keys[1].ID, row.Cells[0].V/data.Unit, row.Cells[1].V/data.Unit))
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// Shares of all incidents and all killed, from the records.
func TestSharesReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, r := drawDays(t)
		s := r.Sheet("shares")
		tolls, best := known(f.rs, killedIn)
		var lo, mid, hi int64
		for _, c := range tolls {
			lo, mid, hi = lo+c.lo, mid+c.best, hi+c.hi
		}
		groups := map[[2]string][]dated{}
		for _, x := range f.rs {
			party := cmp.Or(strings.ReplaceAll(x.attributed, ";", " + "), "(unattributed)")
			groups[[2]string{"by-party", party}] = append(groups[[2]string{"by-party", party}], x)
			country := cmp.Or(x.country, "(not stated)")
			groups[[2]string{"by-country", country}] = append(groups[[2]string{"by-country", country}], x)
			period := "by-" + f.period.String()
			id := periodID(x.date, f.period)
			groups[[2]string{period, id}] = append(groups[[2]string{period, id}], x)
		}
		for _, row := range s.Rows {
			key := [2]string{row.Keys[0].ID, row.Keys[1].ID}
			if !slices.Contains([]string{"by-party", "by-country", "by-" + f.period.String()}, key[0]) {
				continue
			}
			own, _ := known(groups[key], killedIn)
			var l, m, h int64
			for _, c := range own {
				l, m, h = l+c.lo, m+c.best, h+c.hi
			}
			want := [4]string{shareOf(int64(len(groups[key])), int64(len(f.rs))), shareOf(l, lo), "", shareOf(h, hi)}
			if best {
				want[2] = shareOf(m, mid)
			}
			if len(groups[key]) > 0 && len(own) == 0 { // of an unknown toll no share is known
				want[1], want[2], want[3] = "", "", ""
			}
			for i, c := range row.Cells {
				if said(c) != want[i] {
					t.Fatalf("shares/%s/%s/%s is %s, want %s", key[0], key[1], s.Columns[i].ID, said(c), want[i])
				}
			}
			delete(groups, key)
		}
		for key := range groups {
			if r.Table(key[0]) != nil && len(s.Rows) > 0 {
				t.Fatalf("%v has no share", key)
			}
		}
	})
}

// Rolling sums over leap days and year ends, with spans and tolls that are open,
// ranges or unknown.
func TestRollingReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, r := drawDays(t)
		s := r.Sheet("rolling")
		n := stretch{f.from, f.to}.days()
		if n < 30 {
			if s != nil {
				t.Fatalf("rolling sums of %d days", n)
			}
			return
		}
		if len(s.Rows) != min(n, 366) {
			t.Fatalf("%d rolling sums of %d days", len(s.Rows), n)
		}
		for i, row := range s.Rows {
			end := f.to.AddDate(0, 0, i+1-len(s.Rows))
			if row.Keys[0].ID != end.Format(time.DateOnly) {
				t.Fatalf("row %d is of %s, want %s", i, row.Keys[0].ID, end.Format(time.DateOnly))
			}
			for w, length := range []int{7, 30} {
				window := stretch{end.AddDate(0, 0, 1-length), end}
				incidents, killed := int64(0), int64(0)
				for _, x := range f.rs {
					if x.length == 10 && window.holds(x.first) {
						incidents++
						killed += reckon(x.killed).lo
					}
				}
				want := [2]string{people(incidents), fmt.Sprint(killed)}
				if window.first.Before(f.from) {
					want = [2]string{}
				}
				if got := [2]string{said(row.Cells[2*w]), said(row.Cells[2*w+1])}; got != want {
					t.Fatalf("%d days to %s: %v, want %v", length, row.Keys[0].ID, got, want)
				}
			}
		}
	})
}
