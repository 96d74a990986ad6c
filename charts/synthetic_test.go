package charts

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"toll/data"
	"toll/stats"
)

// incident is a synthetic record, enough to build the tables of a report.
type incident struct {
	day             data.Day
	vague           bool
	place, party    string // blank: not stated
	killed, injured data.Count
}

// world describes a synthetic data set.
type world struct {
	name        string
	first, last data.Day
	period      stats.Period
	incidents   []incident
	involved    bool // parties are named, not who acted
	noInjured   bool
	overlapping bool // party tables are not additive
	partial     string
	source      string
	events      []Event
}

func day(y, m, d int) data.Day {
	v, ok := data.DayOf(y, m, d)
	if !ok {
		panic("no such day")
	}
	return v
}

// exactly, ranged are tolls with and without a best figure.
func ranged(lo, best, hi int64) data.Count {
	return data.Count{Low: lo * data.Unit, Best: best * data.Unit, High: hi * data.Unit,
		Flags: data.HasLow | data.HasBest | data.HasHigh}
}

// table adds incidents up by keys; it is a small stand-in for the accumulator.
type tabler struct {
	t     *stats.Table
	index map[string]int
}

func newTabler(id string, dims ...string) *tabler {
	t := &stats.Table{ID: id, Additive: true, TollsAdditive: true}
	for _, d := range dims {
		t.Dims = append(t.Dims, stats.Dim{ID: d, Title: d})
	}
	return &tabler{t, map[string]int{}}
}

func (b *tabler) add(in *incident, keys ...stats.Key) *stats.Row {
	id := fmt.Sprint(keys)
	i, ok := b.index[id]
	if !ok {
		i = len(b.t.Rows)
		b.index[id] = i
		b.t.Rows = append(b.t.Rows, stats.Row{Keys: keys})
	}
	if in != nil {
		b.t.Rows[i].Tally.Add(&in.killed, &in.injured)
	}
	return &b.t.Rows[i]
}

func partyKey(p string, involved bool) stats.Key {
	switch {
	case p == "":
		return stats.Key{ID: "unattributed", Label: "Unattributed", Kind: stats.Unstated}
	case involved:
		return stats.Key{ID: p, Label: p, Kind: stats.Involved}
	}
	return stats.Key{ID: p, Label: p}
}

func placeKey(p string) stats.Key {
	if p == "" {
		return stats.Key{ID: "unknown", Label: "Location unknown", Kind: stats.Unstated}
	}
	return stats.Key{ID: p, Label: p}
}

// report builds the tables a report would hold.
func (w *world) report() (*stats.Report, Context) {
	r := &stats.Report{Period: w.period, First: w.first, Last: w.last, Directed: !w.involved, HasInjured: !w.noInjured}
	per := newTabler("by-"+w.period.String(), "period")
	admin, party := newTabler("by-admin1", "admin1"), newTabler("by-party", "party")
	both, cross := newTabler("period-party", "period", "party"), newTabler("admin1-party", "admin1", "party")
	if w.first != data.NoDay {
		for n := ordinal(w.period, w.first); n <= ordinal(w.period, w.last); n++ {
			row := per.add(nil, periodKey(w.period, n))
			if n == ordinal(w.period, w.last) {
				row.Partial = w.partial
			}
		}
	}
	days, sizes := newTabler("by-day", "period"), newTabler("by-severity", "killed")
	points := newTabler("by-point", "point", "place", "geo_precision", "party")
	for i := range w.incidents {
		in := &w.incidents[i]
		dk := stats.Key{ID: "imprecise", Label: "Imprecise", Kind: stats.Imprecise}
		if !in.vague {
			dk = periodKey(stats.ByDay, int(in.day))
		}
		days.add(in, dk)
		sizes.add(in, sizeKey(&in.killed))
		points.add(in, pointKey(in), placeKey(in.place), precisionKey(in), partyKey(in.party, w.involved))
		k := stats.Key{ID: "imprecise", Label: "Imprecise", Kind: stats.Imprecise}
		if !in.vague {
			k = periodKey(w.period, ordinal(w.period, in.day))
		}
		per.add(in, k)
		party.add(in, partyKey(in.party, w.involved))
		admin.add(in, placeKey(in.place))
		both.add(in, k, partyKey(in.party, w.involved))
		cross.add(in, placeKey(in.place), partyKey(in.party, w.involved))
		r.Total.Add(&in.killed, &in.injured)
	}
	if w.overlapping {
		for _, b := range []*tabler{party, both, cross} {
			b.t.Additive, b.t.TollsAdditive = false, false
		}
	}
	r.Tables = []*stats.Table{per.t, admin.t, party.t, both.t, cross.t, sizes.t, points.t}
	if w.period != stats.ByDay {
		r.Tables = append(r.Tables, days.t)
	}
	source := w.source
	if source == "" {
		source = "invented for layout tests"
	}
	return r, Context{Title: "Briefing", Source: source, Synthetic: true, First: w.first, Last: w.last,
		Cutoff: w.last, InputSHA256: "9f3c" + strings.Repeat("0", 56) + "a71e", Directed: !w.involved, Period: w.period, Events: w.events}
}

func periodKey(p stats.Period, n int) stats.Key {
	id := periodID(p, n)
	return stats.Key{ID: id, Label: id}
}

func rng(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

var provinces = []string{"Kel Adar", "Tarmin", "Oued Safra", "Port-Niandé", "Mont Dala", "Bandiougou",
	"Djibo-Est", "Lére-Nord", "Haraz", "Anefara", "Sikoura", "Ménaka-Sud"}

// twoYears is case (a): 24 months, 5 parties, 12 provinces, ranges and best figures.
func twoYears() *world {
	w := &world{name: "two-years", first: day(2023, 1, 1), last: day(2024, 12, 12), period: stats.ByMonth, partial: "to 12" + nbsp + "Dec"}
	r := rng(1)
	parties := []string{"Government forces", "Northern Front", "River Militia", "Coalition air arm", "Dawn Brigade"}
	for range 520 {
		d := w.first + data.Day(r.IntN(int(w.last-w.first)+1))
		p := parties[min(int(r.ExpFloat64()*1.6), 4)]
		if r.IntN(6) == 0 {
			p = ""
		}
		pl := provinces[min(int(r.ExpFloat64()*4), 11)]
		if r.IntN(25) == 0 {
			pl = ""
		}
		in := incident{day: d, vague: r.IntN(40) == 0, place: pl, party: p}
		if r.IntN(12) != 0 {
			b := int64(r.ExpFloat64() * 4)
			lo, hi := b-int64(r.ExpFloat64()*float64(b)*0.3), b+int64(r.ExpFloat64()*float64(b)*0.4)
			in.killed = ranged(max(lo, 0), b, hi)
			in.injured = ranged(max(lo, 0)*2, b*2+1, hi*2+2)
		}
		w.incidents = append(w.incidents, in)
	}
	return w
}

// fewDays is case (b): 8 incidents over 6 days, open-ended ranges, no best figures.
func fewDays() *world {
	w := &world{name: "few-days", first: day(2025, 10, 11), last: day(2025, 10, 16), period: stats.ByDay, involved: false}
	in := func(d int, place, party string, k, i data.Count) {
		w.incidents = append(w.incidents, incident{day: day(2025, 10, d), place: place, party: party, killed: k, injured: i})
	}
	in(11, "Kandara", "Army of Hest", data.Between(23, 58), data.Between(9, 30))
	in(11, "Kandara", "Border Movement", data.AtLeast(200), data.Count{})
	in(12, "Bajora", "Army of Hest", data.Between(4, 9), data.Between(2, 2))
	in(12, "Bajora", "", data.Count{}, data.AtLeast(7))
	in(13, "Spinwar", "Border Movement", data.Between(7, 7), data.Count{})
	in(15, "Spinwar", "Army of Hest", data.Between(15, 20), data.Between(40, 100))
	in(15, "Kandara", "", data.Between(10, 40), data.Count{})
	in(16, "Orgun", "Army of Hest", data.AtLeast(3), data.Between(12, 12))
	return w
}

// manyYears is case (c): 33 years, 70 parties named without saying who acted.
func manyYears() *world {
	w := &world{name: "many-years", first: day(1989, 1, 1), last: day(2021, 12, 31), period: stats.ByYear, involved: true, noInjured: true}
	r := rng(3)
	for range 4000 {
		y := 1989 + r.IntN(33)
		b := int64(r.ExpFloat64() * (3 + 9*float64((y-1989)%11)))
		p := min(int(r.ExpFloat64()*9), 69)
		place := fmt.Sprintf("Region %d", min(int(r.ExpFloat64()*6), 30)+1)
		w.incidents = append(w.incidents, incident{day: day(y, 1+r.IntN(12), 1+r.IntN(28)), place: place,
			party: fmt.Sprintf("Government of Hest – Armed Group %d", p+1), killed: ranged(b-b/4, b, b+b/2)})
	}
	return w
}

// worlds are the data sets of the layout tests, ordinary and extreme.
func worlds() []*world {
	out := []*world{twoYears(), fewDays(), manyYears()}
	one := func(name string, p stats.Period, a, b data.Day, ins ...incident) *world {
		w := &world{name: name, first: a, last: b, period: p, incidents: ins}
		out = append(out, w)
		return w
	}
	one("empty", stats.ByMonth, data.NoDay, data.NoDay)
	one("no-incident", stats.ByMonth, day(2024, 1, 1), day(2024, 12, 31))
	one("one-point", stats.ByDay, day(2024, 5, 5), day(2024, 5, 5),
		incident{day: day(2024, 5, 5), place: "Tarmin", party: "Northern Front", killed: data.Exactly(12)})
	one("one-month", stats.ByMonth, day(2024, 5, 1), day(2024, 5, 31),
		incident{day: day(2024, 5, 5), place: "Tarmin", party: "Northern Front", killed: data.Exactly(12), injured: data.Exactly(3)},
		incident{day: day(2024, 5, 9), place: "Haraz", killed: data.Between(1, 2)})
	one("all-unknown", stats.ByMonth, day(2024, 1, 1), day(2024, 12, 31),
		incident{day: day(2024, 5, 5), place: "Tarmin", party: "Northern Front"},
		incident{day: day(2024, 6, 5), place: "Haraz", party: "River Militia"})
	one("all-zero", stats.ByMonth, day(2024, 1, 1), day(2024, 12, 31),
		incident{day: day(2024, 5, 5), place: "Tarmin", party: "Northern Front", killed: data.Exactly(0), injured: data.Exactly(0)},
		incident{day: day(2024, 6, 5), place: "Haraz", party: "River Militia", killed: data.Exactly(0)})
	outlier := twoYears()
	outlier.name = "outlier"
	outlier.incidents = append(outlier.incidents, incident{day: day(2024, 3, 3), place: "Tarmin", party: "River Militia", killed: data.Between(2_000_000, 9_000_000)})
	out = append(out, outlier)
	long := twoYears()
	long.name, long.source = "long-names", strings.Repeat("A very long source line; ", 20)
	for i := range long.incidents {
		in := &long.incidents[i]
		if in.party != "" {
			in.party += strings.Repeat(" of the united provisional committee", 9)
		}
		if in.place != "" {
			in.place += strings.Repeat("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 10)
		}
	}
	out = append(out, long)
	out = append(out, manyParties(), fortyYears(), odd(), arabicNames(), noted("events", 3), noted("many-events", 17), noted("too-many-events", 60))
	weeks := twoYears()
	weeks.name, weeks.period, weeks.partial = "weeks", stats.ByWeek, "to 12"+nbsp+"Dec"
	quarters := twoYears()
	quarters.name, quarters.period, quarters.partial = "quarters", stats.ByQuarter, "to 12"+nbsp+"Dec"
	days := twoYears()
	days.name, days.period, days.partial = "days", stats.ByDay, ""
	return append(out, weeks, quarters, days, aMonthOfDays())
}

func manyParties() *world {
	w := twoYears()
	w.name = "many-parties"
	r := rng(5)
	for i := range w.incidents {
		w.incidents[i].party = fmt.Sprintf("Armed group no. %d", r.IntN(200)+1)
		w.incidents[i].place = fmt.Sprintf("District %d", r.IntN(500)+1)
	}
	return w
}

func fortyYears() *world {
	w := &world{name: "forty-years-of-days", first: day(1984, 3, 1), last: day(2024, 2, 29), period: stats.ByDay}
	r := rng(6)
	for range 9000 {
		w.incidents = append(w.incidents, incident{day: w.first + data.Day(r.IntN(int(w.last-w.first))),
			place: provinces[r.IntN(12)], party: []string{"A", "B", ""}[r.IntN(3)], killed: data.Exactly(int64(r.IntN(9)))})
	}
	return w
}

func aMonthOfDays() *world {
	w := &world{name: "month-of-days", first: day(2024, 1, 20), last: day(2024, 3, 2), period: stats.ByDay}
	r := rng(8)
	for range 60 {
		b := int64(r.IntN(30))
		w.incidents = append(w.incidents, incident{day: w.first + data.Day(r.IntN(43)),
			place: provinces[r.IntN(4)], party: []string{"Northern Front", "River Militia", ""}[r.IntN(3)],
			killed: ranged(b/2, b, b*2), injured: data.Between(b, b*3)})
	}
	return w
}

// odd is names that the font or the reader has trouble with.
func odd() *world {
	w := twoYears()
	w.name = "odd-names"
	names := []string{"حركة الشباب", "Đorđe\u202EX", "Łódź – Żywiec", "कश्मीर", "", "A\tB\nC", "東京", "e\u0301tat"}
	for i := range w.incidents {
		w.incidents[i].party = names[i%len(names)]
		w.incidents[i].place = names[(i/3)%len(names)]
	}
	return w
}

// noted is two years with events, the first of them with long labels.
func noted(name string, n int) *world {
	w := twoYears()
	w.name = name
	labels := []string{"Oued Safra market strike, the deadliest of the year", "siege of Kel Adar begins", "60-day ceasefire", "elections", "د اوربند پیل"}
	for i := range n {
		w.events = append(w.events, Event{day(2023, 2, 3) + data.Day(i*640/max(n-1, 1)), labels[i%len(labels)]})
	}
	return w
}

// arabicNames is names in Pashto, Dari, Urdu and Arabic, some mixed with Latin
// letters and digits.
func arabicNames() *world {
	w := twoYears()
	w.name = "arabic-names"
	places := map[string]string{"Kel Adar": "کندهار", "Tarmin": "خیبر پښتونخوا", "Oued Safra": "ننګرهار", "Port-Niandé": "بلوچستان",
		"Mont Dala": "وزیرستان (شمالی)", "Bandiougou": "نمی\u200cروز", "Djibo-Est": "حلب", "Lére-Nord": "الرقة – Raqqa", "Haraz": "گلگت بلتستان"}
	parties := map[string]string{"Government forces": "د افغانستان وسله\u200cوال ځواکونه", "Northern Front": "تحریک طالبان پاکستان",
		"River Militia": "قوات 17 سبتمبر", "Dawn Brigade": "Levies – لیویز"}
	for i := range w.incidents {
		in := &w.incidents[i]
		if n, ok := places[in.place]; ok {
			in.place = n
		}
		if n, ok := parties[in.party]; ok {
			in.party = n
		}
	}
	return w
}

func sizeKey(c *data.Count) stats.Key {
	n := c.Low
	if c.BestStated() {
		n = c.Best
	}
	if !c.Stated() {
		return stats.Key{ID: "(not stated)", Label: "Not stated", Kind: stats.Unstated}
	}
	id := fmt.Sprint(stats.Persons(n))
	return stats.Key{ID: id, Label: id}
}

// pointKey puts a place somewhere, always at the same spot, and its incidents
// around it.
func pointKey(in *incident) stats.Key {
	if in.place == "" {
		return stats.Key{ID: "(not stated)", Label: "Not stated", Kind: stats.Unstated}
	}
	h := uint32(2166136261)
	for _, b := range []byte(in.place) {
		h = (h ^ uint32(b)) * 16777619
	}
	near := uint32(in.day) * 2654435761 >> 20 // 0 to 4095
	id := fmt.Sprintf("%d.%06dN,%d.%06dE", 12+h%6, (h>>8)%900000+near*20, (h>>4)%8, (h>>12)%900000+near*13)
	return stats.Key{ID: id, Label: id}
}

func precisionKey(in *incident) stats.Key {
	switch {
	case in.place == "":
		return stats.Key{ID: "(not stated)", Label: "Not stated", Kind: stats.Unstated}
	case int(in.day)%9 == 0:
		return stats.Key{ID: "admin1", Label: "admin1"}
	}
	return stats.Key{ID: "exact", Label: "exact"}
}
