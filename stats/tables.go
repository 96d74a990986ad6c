package stats

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"toll/data"
	"toll/internal/catalogue"
)

// periodTable returns the table by p: one row for each period covered, quiet
// ones as zero, then the rows of dates less precise than p.
func (a *Accumulator) periodTable(p Period, cov coverage) *Table {
	t := &Table{ID: "by-" + p.String(), Title: catalogue.Say("table.by-2", "string", p.Word()), Dims: []Dim{{ID: "period", Title: title(p.Word())}}, Additive: true, TollsAdditive: true}
	rows := map[string]*Row{}
	row := func(s slot) *Row {
		r := rows[s.key.ID]
		if r == nil {
			r = &Row{Keys: []Key{s.key}, start: s.start}
			rows[s.key.ID] = r
		}
		return r
	}
	for i, k := range a.times.keys {
		if a.byTime[i].Incidents > 0 {
			a.merge(&row(slotOf(k, p)).Tally, &a.byTime[i])
		}
	}
	if cov.first != data.NoDay && periodsBetween(cov.first, cov.last, p) <= maxPeriods {
		for s := periodStart(cov.first, p); s <= cov.last; s = nextPeriod(s, p) {
			row(slot{s, PeriodKey(s, p)})
		}
	}
	a.markSpans(rows, p)
	for _, r := range rows {
		if r.Keys[0].Kind == Named && p != ByDay && cov.first != data.NoDay {
			r.Partial = cov.partial(r.start, nextPeriod(r.start, p)-1, r.Tally.Incidents)
		}
		t.Rows = append(t.Rows, *r)
	}
	sortPeriods(t.Rows)
	return t
}

// markSpans marks the quiet periods within recorded spans.
func (a *Accumulator) markSpans(rows map[string]*Row, p Period) {
	for sp := range a.spans {
		if periodsBetween(sp.from, sp.to, p) > maxPeriods {
			continue
		}
		for s := nextPeriod(periodStart(sp.from, p), p); s <= sp.to; s = nextPeriod(s, p) {
			if r := rows[PeriodKey(s, p).ID]; r != nil && r.Tally.Incidents == 0 {
				r.Spanned = true
			}
		}
	}
}

// maxPeriods bounds the rows a table is filled up to with quiet periods; a
// mistyped year must not make a million empty days.
const maxPeriods = 100_000

func periodsBetween(first, last data.Day, p Period) int {
	days := int(last) - int(first) + 1
	return days / [...]int{1, 1, 7, 28, 90, 365}[p]
}

// sortPeriods orders periods by time, then the less precise rows, then the
// undated.
func sortPeriods(rows []Row) {
	slices.SortFunc(rows, func(x, y Row) int {
		return cmp.Or(cmp.Compare(x.Keys[0].Kind, y.Keys[0].Kind), cmp.Compare(x.start, y.start), cmp.Compare(x.Keys[0].ID, y.Keys[0].ID))
	})
}

// title begins a heading with a capital letter.
func title(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func (a *Accumulator) merge(t, o *Tally) {
	if t.Merge(*o) != nil {
		a.overflow = true
	}
}

// startMonthTable places every incident with a recorded first day in the month
// of that day, however imprecise the date. It is what a plain sum over the
// column gives, for comparing with figures made that way; nil where it would
// equal the table by month.
func (a *Accumulator) startMonthTable() *Table {
	imprecise := false
	rows := map[int32]*Row{}
	undated := Row{start: data.NoDay}
	for i, k := range a.times.keys {
		if a.byTime[i].Incidents == 0 {
			continue
		}
		m := k.value
		switch k.prec {
		case data.ToDay:
			m = monthCount(data.Day(k.value))
		case data.ToYear:
			imprecise = true
		case data.Undated:
			undated.Keys = []Key{slotOf(k, ByMonth).key}
			a.merge(&undated.Tally, &a.byTime[i])
			continue
		}
		if rows[m] == nil {
			s := firstOf(int(m)/12, int(m)%12+1)
			rows[m] = &Row{Keys: []Key{PeriodKey(s, ByMonth)}, start: s}
		}
		a.merge(&rows[m].Tally, &a.byTime[i])
	}
	if !imprecise && a.whole == nil {
		return nil
	}
	t := &Table{ID: "by-start-month", Title: catalogue.Say("table.by-month-of-the-first-recorded"), Secondary: true, Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "period", Title: catalogue.Say("table.month")}},
		Note: catalogue.Say("table.incidents-dated-only-to-the-year")}
	for _, r := range rows {
		t.Rows = append(t.Rows, *r)
	}
	if undated.Keys != nil {
		t.Rows = append(t.Rows, undated)
	}
	sortPeriods(t.Rows)
	return t
}

// partyTable returns the table by claimed perpetrator and the rank of each
// party in it.
func (a *Accumulator) partyTable() (*Table, []int) {
	t := &Table{ID: "by-party", Title: catalogue.Say("table.by-claimed-perpetrator"), Dims: []Dim{{ID: "party", Title: catalogue.Say("table.claimed-perpetrator")}},
		Additive: !a.severalParties, TollsAdditive: a.opt.Multi != Each,
		Note: catalogue.Say("table.the-party-that-claims-the-incident")}
	if a.undirected {
		t.Note += catalogue.Say("table.rows-that-begin-with-involving-are")
	}
	if a.severalParties {
		t.Note += " " + map[MultiParty]string{Joint: "", Each: catalogue.Say("table.an-incident-that-names-several-parties"), Split: catalogue.Say("table.the-toll-of-an-incident-that")}[a.opt.Multi]
		t.Note = catalogue.Say("table.an-incident-in-which-each-side", "note", strings.TrimSpace(t.Note))
	}
	byParty := make([]Tally, len(a.parties.list))
	a.timeParty.each(func(p, _ int32, c *Tally) { a.merge(&byParty[p], c) })
	for p := range byParty {
		if byParty[p].Incidents > 0 {
			t.Rows = append(t.Rows, Row{Keys: []Key{a.parties.list[p].key()}, Tally: byParty[p], Basis: a.partyBase[p], at: int32(p)})
		}
	}
	rankRows(t.Rows)
	rank := make([]int, len(a.parties.list))
	for i, r := range t.Rows {
		rank[r.at] = i
	}
	return t, rank
}

// periodPartyTable crosses the reporting period with parties. It reports whether a
// sum overflows.
func (a *Accumulator) periodPartyTable(p Period, periods *Table, rank []int) (t *Table, over bool) {
	t = &Table{ID: "period-party", Title: catalogue.Say("table.by-and-claimed-perpetrator-2", "string", p.Word()), Dims: []Dim{periods.Dims[0], {ID: "party", Title: catalogue.Say("table.claimed-perpetrator")}},
		Additive: !a.severalParties, TollsAdditive: a.opt.Multi != Each}
	x := a.newCrossing(len(a.crossTimes.keys), rank)
	var slots []slot
	groups := map[string]int32{}
	for i, k := range a.crossTimes.keys {
		s := slotOf(k, p)
		n, ok := groups[s.key.ID]
		if !ok {
			n = int32(len(slots))
			groups[s.key.ID] = n
			slots = append(slots, s)
			x.keys = append(x.keys, s.key)
		}
		x.group[i] = n
	}
	x.rank = rankSlots(slots)
	t.Rows, over = x.rows(&a.timeParty)
	partial := map[string]string{}
	for _, r := range periods.Rows {
		partial[r.Keys[0].ID] = r.Partial
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		id := r.Keys[0].ID
		r.Partial, r.start = partial[id], slots[groups[id]].start
	}
	return t, over
}

// rankSlots returns the place of each slot in the order of sortPeriods.
func rankSlots(slots []slot) []int32 {
	order := make([]int32, len(slots))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		x, y := &slots[i], &slots[j]
		return cmp.Or(cmp.Compare(x.key.Kind, y.key.Kind), cmp.Compare(x.start, y.start), cmp.Compare(x.key.ID, y.key.ID))
	})
	rank := make([]int32, len(slots))
	for place, i := range order {
		rank[i] = int32(place)
	}
	return rank
}

// addKindTables adds the tables by event type, victim type and victim side, and
// the parts as recorded, where the data has them.
func (a *Accumulator) addKindTables(r *Report) {
	if a.dicts[data.ColEventType].Len() > 1 {
		t := &Table{ID: "by-event-type", Title: catalogue.Say("table.by-event-type"), Dims: []Dim{{ID: "event_type", Title: catalogue.Say("table.event-type")}}, Additive: true, TollsAdditive: true}
		for c := range a.byEvent {
			t.addRow(a.dicts[data.ColEventType].Name(uint32(c)), catalogue.Say("table.type-not-stated"), a.byEvent[c])
		}
		rankRows(t.Rows)
		r.addNamed(t)
	}
	t := &Table{ID: "by-victim-type", Title: catalogue.Say("table.by-victim-type"), Dims: []Dim{{ID: "victim_type", Title: catalogue.Say("table.victims")}},
		Note: catalogue.Say("table.an-incident-with-victims-of-several")}
	labels := [data.NumVictimTypes]string{"", catalogue.Say("table.civilians"), catalogue.Say("table.security-forces"), catalogue.Say("table.militants"), catalogue.Say("table.armed-participants-kind-not-stated"), catalogue.Say("table.status-unknown")}
	for v := range a.byVictim {
		t.addRow(labels[v], catalogue.Say("table.type-not-stated"), a.byVictim[v])
		if n := len(t.Rows); n > 0 && v > 0 && t.Rows[n-1].Keys[0].Label == labels[v] {
			t.Rows[n-1].Keys[0].ID = data.VictimType(v).String()
		}
	}
	rankRows(t.Rows)
	r.addNamed(t)
	t = &Table{ID: "by-victim-side", Title: catalogue.Say("table.by-the-side-that-suffered-the"), Dims: []Dim{{ID: "victim_side", Title: catalogue.Say("table.side")}},
		Note: catalogue.Say("table.an-incident-with-losses-on-several")}
	for c := range a.bySide {
		t.addRow(a.dicts[data.ColVictimSide].Name(uint32(c)), catalogue.Say("table.side-not-stated"), a.bySide[c])
	}
	rankRows(t.Rows)
	r.addNamed(t)
	t = &Table{ID: "by-involved", Title: catalogue.Say("table.by-the-parties-involved-as-recorded"), Dims: []Dim{{ID: "involved", Title: catalogue.Say("table.parties-involved")}}, Secondary: true, Additive: true, TollsAdditive: true,
		Note: catalogue.Say("table.the-parties-an-incident-s-record")}
	for c := range a.byInvolved {
		t.addRow(a.dicts[data.ColInvolved].Name(uint32(c)), catalogue.Say("table.not-stated"), a.byInvolved[c])
	}
	rankRows(t.Rows)
	r.addNamed(t)
	t = &Table{ID: "by-part", Title: catalogue.Say("table.parts-of-the-toll-as-recorded"), Dims: []Dim{{ID: "part", Title: catalogue.Say("table.column")}}, Secondary: true,
		Note: catalogue.Say("table.plain-sums-of-the-wide-columns")}
	for p := range a.byPart {
		t.addRow(partNames[p], "", a.byPart[p])
	}
	r.addNamed(t)
	r.add(a.besideTable())
}

var partNames = [data.NumParts]string{"civilians", "security", "militants", "unknown", "side_a", "side_b"}

// addRow adds a row for a name, or the row of incidents that do not state one.
func (t *Table) addRow(name, unstated string, c Tally) {
	if c.Incidents == 0 {
		return
	}
	k := namedKey(name)
	if name == "" {
		k = Key{ID: "(not stated)", Label: unstated, Kind: Unstated}
	}
	t.Rows = append(t.Rows, Row{Keys: []Key{k}, Tally: c})
}

// addNamed adds a table if it has a row that names something.
func (r *Report) addNamed(t *Table) {
	if r.alone || slices.ContainsFunc(t.Rows, func(x Row) bool { return x.Keys[0].Kind == Named }) {
		r.add(t)
	}
}
