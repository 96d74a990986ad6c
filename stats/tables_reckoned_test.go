package stats

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"toll/data"

	"pgregory.net/rapid"
)

// A second reckoning of the tables of days, weekdays, months of the year and first
// recorded months, and of how exactly incidents are placed and dated.

// sumsBy adds records up by a key; "" is none.
func sumsBy(rs []dated, key func(dated) string) map[string]Tally {
	sums := map[string]Tally{}
	for _, r := range rs {
		k := key(r)
		if k == "" {
			continue
		}
		s := sums[k]
		own := reckonedPair{reckon(r.killed), reckon(r.injured)}.tally()
		s.plus(&own)
		sums[k] = s
	}
	return sums
}

// agreesWith compares the rows of a table with sums; rows of nothing may be left
// out, and are expected where they are named.
func agreesWith(t *rapid.T, r *Report, id string, sums map[string]Tally, always ...string) {
	table := r.Table(id)
	if table == nil {
		t.Fatalf("no table %s, want %v", id, sums)
	}
	for _, k := range always {
		if _, ok := table.Find(k); !ok {
			t.Fatalf("%s has no row %s", id, k)
		}
	}
	for _, row := range table.Rows {
		k := row.Keys[0].ID
		if row.Tally != sums[k] {
			t.Fatalf("%s/%s is %+v, want %+v", id, k, row.Tally, sums[k])
		}
		delete(sums, k)
	}
	if len(sums) > 0 {
		t.Fatalf("%s lacks %v", id, sums)
	}
}

func TestDaysAndCyclesReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, r := drawDays(t)
		byDay := sumsBy(f.rs, func(x dated) string { return periodID(x.date, ByDay) })
		if f.period == ByDay { // quiet days are rows as well
			agreesWith(t, r, "by-day", byDay, f.from.Format(time.DateOnly), f.to.Format(time.DateOnly))
		} else if len(f.rs) > 0 {
			agreesWith(t, r, "by-day", byDay)
		}
		if d := (stretch{f.from, f.to}).days(); d >= 3*365 {
			agreesWith(t, r, "by-weekday", sumsBy(f.rs, func(x dated) string {
				if x.length != 10 || x.last.After(x.first) {
					return "(no day)"
				}
				return fmt.Sprintf("%d-%s", (int(x.first.Weekday())+6)%7+1, x.first.Format("Mon"))
			}), "1-Mon", "2-Tue", "3-Wed", "4-Thu", "5-Fri", "6-Sat", "7-Sun")
			agreesWith(t, r, "by-month-of-year", sumsBy(f.rs, func(x dated) string {
				if x.length < 7 {
					return "(no month)"
				}
				return x.first.Format("01")
			}), "01", "02", "12")
		} else if r.Table("by-weekday") != nil || r.Table("by-month-of-year") != nil {
			t.Fatalf("weekdays and months of the year are compared over %d days", d)
		}
		first := sumsBy(f.rs, func(x dated) string { return x.first.Format("2006-01") })
		if slices.ContainsFunc(f.rs, func(x dated) bool { return x.length == 4 }) {
			agreesWith(t, r, "by-start-month", first)
		} else if r.Table("by-start-month") != nil {
			t.Fatal("the months of first days are those of the table by month, and are told twice")
		}
	})
}

// How exactly the incidents of a row are placed and dated, and from which level
// nine in ten of them are known at least so exactly.
func TestPrecisionReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, _ := drawDays(t)
		var rs []rec
		for i := range f.rs {
			x := f.rs[i].rec
			x.admin1 = rapid.SampledFrom([]string{"", "N", "S"}).Draw(t, "admin1")
			x.place = rapid.SampledFrom([]string{"", "T"}).Draw(t, "place")
			f.rs[i].rec = x
			rs = append(rs, x)
		}
		if len(rs) == 0 {
			return
		}
		o := DefaultOptions()
		o.Period, o.From, o.To = f.period, day(f.from.Format(time.DateOnly)), day(f.to.Format(time.DateOnly))
		s := tallyRapid(t, o, rs).Sheet("precision")
		place := func(x dated) int {
			switch {
			case x.place != "":
				return 0
			case x.admin1 != "":
				return 2
			case x.country != "":
				return 3
			}
			return 4
		}
		when := func(x dated) int {
			switch {
			case x.length == 10 && x.first.Equal(x.last):
				return 0
			case x.length == 10:
				return 1
			case x.length == 7:
				return 2
			}
			return 3
		}
		safe := func(n []int64, all int64) string {
			sum := int64(0)
			for g := range len(n) - 1 { // no place at all, and no date at all, is no level
				if sum += n[g]; sum*10 >= all*9 {
					return people(int64(g) + 1)
				}
			}
			return ""
		}
		groups := map[[2]string][]dated{}
		for _, x := range f.rs {
			for _, k := range [][2]string{{"total", "total"}, {"by-country", cmp.Or(x.country, "(not stated)")}, {"by-party", cmp.Or(strings.ReplaceAll(x.attributed, ";", " + "), "(unattributed)")},
				{"by-event-type", cmp.Or(x.event, "(not stated)")}, {"by-" + f.period.String(), periodID(x.date, f.period)}} {
				groups[k] = append(groups[k], x)
			}
		}
		for _, row := range s.Rows {
			k := [2]string{row.Keys[0].ID, row.Keys[1].ID}
			if !slices.Contains([]string{"total", "by-country", "by-party", "by-event-type", "by-" + f.period.String()}, k[0]) {
				continue
			}
			own := groups[k]
			placed, placedKilled, on, onKilled := make([]int64, 5), make([]int64, 5), make([]int64, 4), make([]int64, 4)
			for _, x := range own {
				low := reckon(x.killed).lo
				placed[place(x)]++
				placedKilled[place(x)] += low
				on[when(x)]++
				onKilled[when(x)] += low
			}
			want := []string{people(int64(len(own)))}
			for g := range placed {
				want = append(want, people(placed[g]), fmt.Sprint(placedKilled[g]))
			}
			for g := range on {
				want = append(want, people(on[g]), fmt.Sprint(onKilled[g]))
			}
			want = append(want, safe(placed, int64(len(own))), safe(on, int64(len(own))))
			for i, c := range row.Cells {
				if said(c) != want[i] {
					t.Fatalf("precision/%s/%s/%s is %s, want %s", k[0], k[1], s.Columns[i].ID, said(c), want[i])
				}
			}
			delete(groups, k)
		}
		for k := range groups {
			if k[0] == "total" || k[0] == "by-party" {
				t.Fatalf("precision lacks %v", k)
			}
		}
	})
}

// Deaths per inhabitants, from the records, for places of every level and years of
// every length.
func TestRatesOfInhabitantsReckoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, _ := drawDays(t)
		var rs []rec
		for i := range f.rs {
			f.rs[i].admin1 = rapid.SampledFrom([]string{"", "North", "South"}).Draw(t, "admin1")
			rs = append(rs, f.rs[i].rec)
		}
		o := DefaultOptions()
		o.Period, o.From, o.To, o.PlaceYears = f.period, day(f.from.Format(time.DateOnly)), day(f.to.Format(time.DateOnly)), true
		for y := f.from.Year() - 1; y <= f.to.Year()+1; y++ {
			for _, p := range []string{"p", "Q", "north", "SOUTH"} {
				o.Population = append(o.Population, Population{p, y, rapid.Int64Range(1, 3_000_000).Draw(t, "people")})
			}
		}
		s := tallyRapid(t, o, rs).Sheet("per-100000")
		for _, p := range o.Population {
			named := func(x dated) bool {
				return strings.EqualFold(x.country, p.Place) || strings.EqualFold(x.admin1, p.Place)
			}
			if !slices.ContainsFunc(f.rs, named) {
				continue
			}
			year := stretch{time.Date(p.Year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(p.Year, 12, 31, 0, 0, 0, 0, time.UTC)}
			days := int64(0)
			for d := year.first; !d.After(year.last); d = d.AddDate(0, 0, 1) {
				days += int64(b2i((stretch{f.from, f.to}).holds(d)))
			}
			want := map[string]string{"population": people(p.People), "days": people(days), "incidents": "", "killed.low": "", "killed.high": "", "low": "", "high": "", "unknown": "", "open": ""}
			if days > 0 {
				var n, unknown, open, lo, hi int64
				for _, x := range f.rs {
					if c := reckon(x.killed); named(x) && year.holds(x.first) {
						n++
						unknown += int64(b2i(!c.stated))
						open += int64(b2i(c.open))
						lo, hi = lo+c.lo, hi+c.hi
					}
				}
				want["incidents"], want["unknown"], want["open"], want["killed.low"], want["killed.high"] = people(n), people(unknown), people(open), fmt.Sprint(lo), fmt.Sprint(hi)
				want["low"], want["high"] = perInhabitants(lo, p.People), perInhabitants(hi, p.People)
			}
			for column, w := range want {
				if got := said(s.Cell(column, p.Place, fmt.Sprint(p.Year))); got != w {
					t.Fatalf("per-100000/%s/%d/%s is %s, want %s", p.Place, p.Year, column, got, w)
				}
			}
		}
	})
}

// perInhabitants is a toll, in units, per 100,000 inhabitants to two decimals.
func perInhabitants(killed, people int64) string {
	rate := new(big.Rat).Mul(big.NewRat(killed, data.Unit), big.NewRat(100_000, people))
	return fmt.Sprint(round(rate, 100) * (data.Unit / 100))
}
