package stats

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"toll/data"

	"pgregory.net/rapid"
)

// A second reckoning of the tables, slow and plain: maps and loops over the
// records as a test writes them, from the rules of docs/methodology.md. It shares
// no code with the accumulator but the types of the result.

// reckoned is a toll.
type reckoned struct {
	lo, best, hi          int64
	stated, open, hasBest bool
}

func reckon(c data.Count) reckoned {
	if !c.Stated() {
		return reckoned{}
	}
	return reckoned{c.Low, c.Best, c.High, true, c.IsOpen(), c.BestStated()}
}

// and adds the toll of other people; one that is unknown leaves the sum open.
func (p reckoned) and(q reckoned) reckoned {
	switch {
	case !p.stated && !q.stated:
		return reckoned{}
	case !p.stated:
		return reckoned{lo: q.lo, hi: q.hi, stated: true, open: true}
	case !q.stated:
		return q.and(p)
	}
	s := reckoned{lo: p.lo + q.lo, hi: p.hi + q.hi, stated: true, open: p.open || q.open}
	if p.hasBest && q.hasBest {
		s.best, s.hasBest = p.best+q.best, true
	}
	return s
}

// andStated adds the toll of other people where both are stated.
func (p reckoned) andStated(q reckoned) reckoned {
	if !p.stated || !q.stated {
		return cmp.Or(p, q)
	}
	return p.and(q)
}

// over sets a claim about the whole against the sum of its parts.
func (p reckoned) over(parts reckoned) reckoned {
	if !p.stated || !parts.stated {
		return cmp.Or(p, parts)
	}
	s := reckoned{lo: max(p.lo, parts.lo), hi: max(p.hi, parts.hi), stated: true, open: p.open || (parts.open && parts.hi > p.hi)}
	switch {
	case p.hasBest && s.lo <= p.best && p.best <= s.hi:
		s.best, s.hasBest = p.best, true
	case parts.hasBest && p.lo == p.hi && parts.best == p.lo:
		s.best, s.hasBest = parts.best, true
	}
	return s
}

// less returns what parts leave of a whole, and whether they leave any.
func (p reckoned) less(parts reckoned) (reckoned, bool) {
	if !p.stated || !parts.stated {
		return reckoned{}, false
	}
	r := reckoned{lo: max(0, p.lo-parts.hi), hi: max(0, p.hi-parts.lo), stated: true, open: p.open}
	if parts.open {
		r.lo = 0
	}
	if p.hasBest && parts.hasBest && p.best >= parts.best {
		r.best, r.hasBest = p.best-parts.best, true
		r.lo, r.hi = min(r.lo, r.best), max(r.hi, r.best)
	}
	return r, r.hi > 0 || r.open
}

func (p reckoned) into(s *Sum) {
	if !p.stated {
		s.Unknown++
		return
	}
	s.Low, s.High, s.Best = s.Low+p.lo, s.High+p.hi, s.Best+p.best
	if p.open {
		s.Open++
	}
	if !p.hasBest {
		s.NoBest++
	}
	if p.lo > 0 {
		s.Fatal++
	}
}

type reckonedPair struct{ killed, injured reckoned }

func (p reckonedPair) tally() (t Tally) {
	t.Incidents = 1
	p.killed.into(&t.Killed)
	p.injured.into(&t.Injured)
	return t
}

// reckonedTables are tallies by table and by the ids of a row's keys.
type reckonedTables map[string]map[string]Tally

func (ts reckonedTables) add(table string, t Tally, keys ...string) {
	if ts[table] == nil {
		ts[table] = map[string]Tally{}
	}
	k := strings.Join(keys, " / ")
	x := ts[table][k]
	if err := x.Merge(t); err != nil {
		panic(err)
	}
	ts[table][k] = x
}

// reckoning is what a file comes to: its tables, and the bases of the rows by party.
type reckoning struct {
	tables    reckonedTables
	bases     map[string]Basis
	incidents uint32
	several   uint32
	withdrawn uint32
	accounts  uint32
}

// standingOn returns the records of an incident that still stand, as of a day,
// with no figures where they deny.
func standingOn(rs []rec, asOf string) []rec {
	known := func(r rec) bool { return asOf == "" || r.reported == "" || r.reported <= asOf }
	var out []rec
	for _, r := range rs {
		if !known(r) || r.status == data.Retracted {
			continue
		}
		if r.status == data.Superseded {
			// It stands until the report of its source that supersedes it.
			before, after := false, false
			for _, o := range rs {
				if r.source != "" && o.source == r.source && o.reported > r.reported {
					before, after = before || o.reported <= asOf, after || o.reported > asOf
				}
			}
			if asOf == "" || r.reported == "" || before || !after {
				continue
			}
		}
		if r.status == data.Denied {
			r.killed, r.injured, r.parts = data.Count{}, data.Count{}, nil
		}
		out = append(out, r)
	}
	later := func(r rec) bool {
		return r.source != "" && r.reported != "" && slices.ContainsFunc(out, func(o rec) bool {
			return o.source == r.source && o.side == r.side && o.victim == r.victim && o.reported > r.reported
		})
	}
	var latest []rec
	for _, r := range out {
		if !later(r) {
			latest = append(latest, r)
		}
	}
	return latest
}

// reckonPeople makes one toll of the accounts of the same people.
func reckonPeople(policy string, rs []rec, of func(rec) reckoned) reckoned {
	var stated []rec
	for _, r := range rs {
		if of(r).stated {
			stated = append(stated, r)
		}
	}
	keep := func(f func(rec) bool) (out []rec) {
		for _, r := range stated {
			if f(r) {
				out = append(out, r)
			}
		}
		return out
	}
	by := func(n string) []rec { return keep(func(r rec) bool { return r.source == n || r.sourceSide == n }) }
	kind, names, _ := strings.Cut(policy, ":")
	switch kind {
	case "conservative":
		if len(stated) > 0 {
			low := of(slices.MinFunc(stated, func(x, y rec) int { return cmp.Compare(of(x).lo, of(y).lo) })).lo
			given := slices.ContainsFunc(stated, func(r rec) bool { return of(r).hasBest && of(r).best == low })
			best := int64(0)
			if given {
				best = low
			}
			return reckoned{low, best, low, true, false, given}
		}
	case "latest":
		last := ""
		for _, r := range stated {
			last = max(last, r.reported)
		}
		stated = keep(func(r rec) bool { return r.reported == last })
	case "majority":
		votes := map[reckoned]map[string]bool{}
		most := 0
		for _, r := range stated {
			if votes[of(r)] == nil {
				votes[of(r)] = map[string]bool{}
			}
			votes[of(r)][r.source] = true
			most = max(most, len(votes[of(r)]))
		}
		stated = keep(func(r rec) bool { return len(votes[of(r)]) == most })
	case "verified-first":
		if v := keep(func(r rec) bool { return r.status == data.Verified }); len(v) > 0 {
			stated = v
		} else if v := keep(func(r rec) bool { return r.sourceSide == "" && r.status != data.Disputed }); len(v) > 0 {
			stated = v
		}
	case "admission":
		stated = keep(func(r rec) bool { return r.side != "" && r.side == r.sourceSide })
	case "prefer":
		for n := range strings.SplitSeq(names, ",") {
			if v := by(n); len(v) > 0 {
				stated = v
				break
			}
		}
	case "account":
		stated = by(names)
	}
	return reckonRange(stated, of)
}

// reckonRange returns lowest low to highest high, and a best figure where all
// agree on it, or one account of those trusted most gives one.
func reckonRange(rs []rec, of func(rec) reckoned) (s reckoned) {
	if len(rs) == 0 {
		return s
	}
	s = reckoned{lo: of(rs[0]).lo, hi: of(rs[0]).hi, stated: true}
	bests := map[int64]bool{}
	var verified, third []int64
	all := true
	for _, r := range rs {
		x := of(r)
		s.lo, s.hi, s.open = min(s.lo, x.lo), max(s.hi, x.hi), s.open || x.open
		all = all && x.hasBest
		if !x.hasBest {
			continue
		}
		bests[x.best] = true
		switch {
		case r.status == data.Verified:
			verified = append(verified, x.best)
		}
		if r.sourceSide == "" && r.status != data.Disputed {
			third = append(third, x.best)
		}
	}
	switch {
	case all && len(bests) == 1:
		s.best, s.hasBest = of(rs[0]).best, true
	case len(verified) == 1:
		s.best, s.hasBest = verified[0], true
	case len(verified) == 0 && len(third) == 1:
		s.best, s.hasBest = third[0], true
	}
	return s
}

func reckonKilled(r rec) reckoned  { return reckon(r.killed) }
func reckonInjured(r rec) reckoned { return reckon(r.injured) }

// namesIn lists the names of cells, sorted.
func namesIn(cells ...string) []string {
	set := map[string]bool{}
	for _, c := range cells {
		for n := range strings.SplitSeq(c, ";") {
			if n = strings.TrimSpace(n); n != "" {
				set[n] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// namedFor says under whom accounts of the same people stand, and on what basis:
// "claimed", "attributed", "contested", "involved" or "".
func namedFor(rs []rec) (names []string, basis string) {
	var c, a, i []string
	for _, r := range rs {
		c, a, i = append(c, r.claimed), append(a, r.attributed), append(i, r.involved)
	}
	claimed, attributed, involved := namesIn(c...), namesIn(a...), namesIn(i...)
	switch {
	case len(claimed) > 0:
		shared := slices.ContainsFunc(attributed, func(n string) bool { return slices.Contains(claimed, n) })
		if len(claimed) > 1 || (len(attributed) > 0 && !shared) {
			return claimed, "contested"
		}
		return claimed, "claimed"
	case len(attributed) > 0:
		return attributed, "attributed"
	case len(involved) > 0:
		return involved, "involved"
	}
	return nil, ""
}

func partyID(names []string, basis string) string {
	switch {
	case len(names) == 0:
		return "(unattributed)"
	case basis == "involved":
		return "involving: " + strings.Join(names, " + ")
	}
	return strings.Join(names, " + ")
}

// reckonAll makes every table of a file.
func reckonAll(rs []rec, policy, asOf string, multi MultiParty) *reckoning {
	k := &reckoning{tables: reckonedTables{}, bases: map[string]Basis{}}
	var order []string
	byID := map[string][]rec{}
	for i, r := range rs {
		id := r.id
		if id == "" {
			id = fmt.Sprint("record ", i)
		}
		if byID[id] == nil {
			order = append(order, id)
		}
		byID[id] = append(byID[id], r)
	}
	for _, id := range order {
		k.incident(byID[id], policy, asOf, multi)
	}
	return k
}

func (k *reckoning) incident(all []rec, policy, asOf string, multi MultiParty) {
	rs := standingOn(all, asOf)
	if len(rs) == 0 {
		k.withdrawn++
		return
	}
	k.incidents++
	known := uint32(0)
	for _, r := range all {
		if asOf == "" || r.reported == "" || r.reported <= asOf {
			known++
		}
	}
	if len(all) > 1 {
		k.accounts += known
	}
	if known > 1 {
		k.several++
	}
	type people struct {
		side   string
		victim data.VictimType
	}
	groups := map[people][]rec{}
	for _, r := range rs {
		p := people{r.side, r.victim}
		groups[p] = append(groups[p], r)
	}
	keys := slices.SortedFunc(maps.Keys(groups), func(x, y people) int { return cmp.Or(strings.Compare(x.side, y.side), cmp.Compare(x.victim, y.victim)) })
	toll := func(p people) reckonedPair {
		return reckonedPair{reckonPeople(policy, groups[p], reckonKilled), reckonPeople(policy, groups[p], reckonInjured)}
	}
	// Types within a side, sides within the incident.
	sides := map[string][]people{}
	for _, p := range keys {
		sides[p.side] = append(sides[p.side], p)
	}
	var sum reckonedPair
	first := true
	plus := func(s, x reckonedPair, first bool) reckonedPair {
		if first {
			return x
		}
		return reckonedPair{s.killed.and(x.killed), s.injured.and(x.injured)}
	}
	for _, side := range slices.Sorted(maps.Keys(sides)) {
		var of reckonedPair
		n := 0
		for _, p := range sides[side] {
			if p.victim != data.VictimUnstated {
				of = plus(of, toll(p), n == 0)
				n++
			}
		}
		if whole, ok := groups[people{side, data.VictimUnstated}]; ok && (side != "" || n == 0) {
			w := toll(people{side, whole[0].victim})
			if side == "" && len(sides) > 1 {
				continue // a claim about the whole incident
			}
			of = reckonedPair{w.killed.over(of.killed), w.injured.over(of.injured)}
		}
		if side != "" {
			k.tables.add("by-victim-side", of.tally(), side)
		}
		sum = plus(sum, of, first)
		first = false
	}
	if _, ok := groups[people{}]; ok && len(keys) > 1 {
		w := toll(people{})
		sum = reckonedPair{w.killed.over(sum.killed), w.injured.over(sum.injured)}
	}
	t := sum.tally()
	k.tables.add("total", t)
	for p := ByDay; p <= ByYear; p++ {
		k.tables.add("by-"+p.String(), t, periodID(all[0].date, p))
	}
	or := func(s, none string) string { return cmp.Or(s, none) }
	k.tables.add("by-country", t, or(all[0].country, "(not stated)"))
	k.tables.add("by-event-type", t, or(all[0].event, "(not stated)"))
	severity := "(not stated)"
	if x := sum.killed; x.hasBest {
		severity = fmt.Sprint((x.best + data.Unit/2) / data.Unit)
	} else if x.stated {
		severity = fmt.Sprint((x.lo + data.Unit/2) / data.Unit)
	}
	k.tables.add("by-severity", t, severity)

	// Who is named for whom; in wholes and parts together only what is alone.
	victims := map[data.VictimType]reckonedPair{}
	parties := map[string]reckonedPair{}
	bases := map[string]string{}
	strength := []string{"", "claimed", "attributed", "contested", "involved"}
	for _, p := range keys {
		names, basis := namedFor(groups[p])
		x := toll(p)
		shares := []string{partyID(names, basis)}
		if multi != Joint && basis != "involved" && len(names) > 1 {
			shares = names
		}
		for i, s := range shares {
			y := x
			if multi == Split {
				y = reckonedPair{x.killed.share(i, len(shares)), x.injured.share(i, len(shares))}
			}
			old, was := parties[s]
			parties[s] = plus(old, y, !was)
			if slices.Index(strength, basis) > slices.Index(strength, bases[s]) {
				bases[s] = basis
			}
		}
		k.victims(victims, groups[p], p.victim, x)
	}
	for v, x := range victims {
		k.tables.add("by-victim-type", x.tally(), or(v.String(), "(not stated)"))
	}
	for s, x := range parties {
		k.tables.add("by-party", x.tally(), s)
		for p := ByDay; p <= ByYear; p++ {
			k.tables.add("period-party "+p.String(), x.tally(), periodID(all[0].date, p), s)
		}
		k.tables.add("country-party", x.tally(), or(all[0].country, "(not stated)"), s)
		b := k.bases[s]
		switch bases[s] {
		case "claimed":
			b.Claimed++
		case "attributed":
			b.Attributed++
		case "contested":
			b.Contested++
		case "involved":
			b.Involved++
		}
		k.bases[s] = b
	}
	if len(all) == 1 {
		for p, c := range rs[0].parts {
			if c.Stated() {
				k.tables.add("by-part", reckonedPair{killed: reckon(c)}.tally(), [...]string{"civilians", "security", "militants", "unknown", "side_a", "side_b"}[p])
			}
		}
	}
}

// victims enters the toll of a group of people by its type, or by the wide
// columns of a single record.
func (k *reckoning) victims(victims map[data.VictimType]reckonedPair, rs []rec, v data.VictimType, x reckonedPair) {
	add := func(v data.VictimType, y reckonedPair, stated bool) {
		old, was := victims[v]
		switch {
		case !was:
			victims[v] = y
		case stated:
			victims[v] = reckonedPair{old.killed.andStated(y.killed), old.injured.andStated(y.injured)}
		default:
			victims[v] = reckonedPair{old.killed.and(y.killed), old.injured.and(y.injured)}
		}
	}
	var parts reckoned
	any := false
	by := map[data.VictimType]reckoned{}
	if len(rs) == 1 {
		for _, p := range slices.Sorted(maps.Keys(rs[0].parts)) {
			c := reckon(rs[0].parts[p])
			if !c.stated {
				continue
			}
			types := [...]data.VictimType{data.Civilian, data.Security, data.Militant, data.VictimUnknown, data.Combatant, data.Combatant}
			by[types[p]] = by[types[p]].andStated(c)
			parts, any = parts.andStated(c), true
		}
	}
	someone := false
	for t, c := range by { // a type with none is no victim's
		if c.lo != 0 || c.hi != 0 || c.best != 0 || c.open {
			add(t, reckonedPair{killed: c}, true)
			someone = true
		}
	}
	if !any {
		add(v, x, false)
		return
	}
	// The parts say nothing of the injured: all of them are of unknown status.
	rest, ok := x.killed.less(parts)
	hurt := x.injured.stated && (x.injured.hi > 0 || x.injured.open)
	if ok || hurt {
		y := reckonedPair{killed: rest}
		if x.injured.stated {
			y.injured = x.injured
		}
		add(data.VictimUnknown, y, true)
	} else if !someone {
		add(v, x, false)
	}
}

// share is the i-th of n equal shares, in millionths.
func (p reckoned) share(i, n int) reckoned {
	of := func(v int64) int64 {
		s := v / int64(n)
		if int64(i) < v-s*int64(n) {
			s++
		}
		return s
	}
	p.lo, p.best, p.hi = of(p.lo), of(p.best), of(p.hi)
	return p
}

// periodID names the row a date stands in, by the standard library's calendar.
func periodID(date string, p Period) string {
	switch len(date) {
	case 0:
		return "undated"
	case 4:
		return date + map[Period]string{ByDay: "-XX-XX", ByWeek: "-XX-XX", ByMonth: "-XX", ByQuarter: "-XX"}[p]
	case 7:
		switch p {
		case ByDay, ByWeek:
			return date + "-XX"
		}
		date += "-01"
	}
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	switch p {
	case ByWeek:
		y, w := d.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", y, w)
	case ByMonth:
		return d.Format("2006-01")
	case ByQuarter:
		return fmt.Sprintf("%04d-Q%d", d.Year(), (int(d.Month())+2)/3)
	case ByYear:
		return d.Format("2006")
	}
	return d.Format(time.DateOnly)
}

// agrees compares tables of a report with the reckoning; rows of quiet periods
// are left out.
func (k *reckoning) agrees(t *rapid.T, r *Report, ids ...string) {
	for _, id := range ids {
		want := maps.Clone(k.tables[id])
		if id == "period-party" {
			want = maps.Clone(k.tables["period-party "+r.Period.String()])
		}
		tb := r.Table(id)
		if tb == nil {
			for key := range want {
				if key != "(not stated)" && id != "country-party" && id != "by-severity" {
					t.Fatalf("no table %s, want a row %s", id, key)
				}
			}
			continue
		}
		for _, row := range tb.Rows {
			var keys []string
			for _, x := range row.Keys {
				keys = append(keys, x.ID)
			}
			key := strings.Join(keys, " / ")
			w, ok := want[key]
			if id == "by-victim-side" && key == "(not stated)" {
				continue // what wholes leave of the sides is worked out by hand elsewhere
			}
			if !ok && row.Tally == (Tally{}) {
				continue
			}
			if !ok || w != row.Tally {
				t.Fatalf("%s/%s:\n got %+v\nwant %+v", id, key, row.Tally, w)
			}
			if id == "by-party" && row.Basis != k.bases[key] {
				t.Fatalf("%s rests on %+v, want %+v", key, row.Basis, k.bases[key])
			}
			delete(want, key)
		}
		if len(want) > 0 {
			t.Fatalf("%s lacks %v", id, slices.Sorted(maps.Keys(want)))
		}
	}
	if r.Quality.Incidents != k.incidents || r.Quality.MultiAccount != k.several || r.Quality.Accounts != k.accounts {
		t.Fatalf("%d incidents, %d of them by several records, %d in all; want %d, %d, %d", r.Quality.Incidents, r.Quality.MultiAccount, r.Quality.Accounts, k.incidents, k.several, k.accounts)
	}
}

var policiesDrawn = []string{"range", "conservative", "latest", "majority", "verified-first", "admission", "prefer:S2,A", "account:S1", "account:B"}

// drawTold draws records of which those of one incident agree on when and where
// it was.
func drawTold(t *rapid.T) []rec {
	rs := drawRecords(t)
	at := map[string]rec{}
	for i := range rs {
		r := &rs[i]
		r.sourceSide = rapid.SampledFrom([]string{"", "", "A", "B"}).Draw(t, "source side")
		r.involved = rapid.SampledFrom([]string{"", "", "A;C", "A - B"}).Draw(t, "involved")
		if r.id == "" {
			continue
		}
		if x, ok := at[r.id]; ok {
			r.date, r.country, r.admin1, r.event, r.involved = x.date, x.country, x.admin1, x.event, x.involved
		}
		at[r.id] = *r
	}
	return rs
}

func TestTablesOfSingleRecordsAgainstPlainReckoning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		for i := range rs {
			rs[i].id = ""
			if rapid.IntRange(0, 2).Draw(t, "parts") == 0 {
				rs[i].parts = map[data.Part]data.Count{data.Part(rapid.IntRange(0, 2).Draw(t, "part")): drawCount(t), data.PartSideA: drawCount(t), data.PartSideB: drawCount(t)}
			}
		}
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(int(ByDay), int(ByYear)).Draw(t, "period"))
		how := rapid.SampledFrom(policiesDrawn).Draw(t, "policy")
		o.Policy, _ = ParsePolicy(how)
		o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
		asOf := rapid.SampledFrom([]string{"", "", "2021-07-31", "2021-08-01"}).Draw(t, "as of")
		o.AsOf = day(asOf)
		a := NewAccumulator(o)
		if err := a.SetCrossLevel("country"); err != nil {
			t.Fatal(err)
		}
		if err := a.Add(batch(rs)); err != nil {
			t.Fatal(err)
		}
		r, err := a.Report()
		if err != nil {
			t.Fatal(err)
		}
		reckonAll(rs, how, asOf, o.Multi).agrees(t, r, "total", "by-"+o.Period.String(), "by-year", "by-month", "by-day", "by-country", "by-party", "period-party", "country-party",
			"by-event-type", "by-victim-type", "by-victim-side", "by-part", "by-severity")
	})
}

func TestAccountsAgainstPlainReckoning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		how := rapid.SampledFrom(policiesDrawn).Draw(t, "policy")
		asOf := rapid.SampledFrom([]string{"", "", "2021-07-31", "2021-08-01"}).Draw(t, "as of")
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(int(ByDay), int(ByYear)).Draw(t, "period"))
		o.Policy, _ = ParsePolicy(how)
		o.AsOf = day(asOf)
		r := tallyRapid(t, o, rs)
		reckonAll(rs, how, asOf, Joint).agrees(t, r, "total", "by-"+o.Period.String(), "by-day", "by-year", "by-country", "by-event-type", "by-victim-side", "by-severity")
	})
}

// Where every account says of which people it speaks, the tolls of the parties
// and types follow as well.
func TestAccountsOfStatedPeopleAgainstPlainReckoning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rs := drawTold(t)
		for i := range rs {
			if rs[i].victim == data.VictimUnstated {
				rs[i].victim = data.Civilian
			}
		}
		how := rapid.SampledFrom(policiesDrawn).Draw(t, "policy")
		o := DefaultOptions()
		o.Period = Period(rapid.IntRange(int(ByDay), int(ByYear)).Draw(t, "period"))
		o.Policy, _ = ParsePolicy(how)
		o.Multi = MultiParty(rapid.IntRange(0, 2).Draw(t, "multi"))
		r := tallyRapid(t, o, rs)
		k := reckonAll(rs, how, "", o.Multi)
		k.agrees(t, r, "total", "by-party", "period-party", "by-victim-type", "by-victim-side", "by-month")
		if r.Quality.Withdrawn != k.withdrawn {
			t.Fatalf("%d incidents withdrawn, want %d", r.Quality.Withdrawn, k.withdrawn)
		}
	})
}
