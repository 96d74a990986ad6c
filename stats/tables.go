package stats

import (
	"cmp"
	"slices"
	"strings"

	"toll/data"
)

// periodTable returns the table by p: one row for each period covered, quiet
// ones as zero, then the rows of dates less precise than p.
func (a *Accumulator) periodTable(p Period, cov coverage) *Table {
	t := &Table{ID: "by-" + p.String(), Title: "By " + p.String(), Dims: []Dim{{ID: "period", Title: title(p.String())}}, Additive: true, TollsAdditive: true}
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

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

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
	t := &Table{ID: "by-start-month", Title: "By month of the first recorded day", Secondary: true, Additive: true, TollsAdditive: true,
		Dims: []Dim{{ID: "period", Title: "Month"}},
		Note: "Incidents dated only to the year stand in the month of their first recorded day, as in a plain sum over that column. The table by month gives them a row of their own."}
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
	t := &Table{ID: "by-party", Title: "By claimed perpetrator", Dims: []Dim{{ID: "party", Title: "Claimed perpetrator"}},
		Additive: !a.severalParties, TollsAdditive: a.opt.Multi != Each,
		Note: "The party that claims the incident if one does, else the one it is attributed to. Not a finding of responsibility."}
	if a.undirected {
		t.Note += " Rows that begin with “Involving” are events of which the data names the parties and not who killed whom."
	}
	if a.severalParties {
		t.Note += " " + map[MultiParty]string{Joint: "", Each: "An incident that names several parties stands in full in the row of each: the rows add up to more than the total.", Split: "The toll of an incident that names several parties is shared equally between them, as a way of counting and not of saying who killed whom."}[a.opt.Multi]
		t.Note = strings.TrimSpace(t.Note) + " An incident in which each side is named for the other's losses stands in both their rows, with the tolls apart; the incidents therefore do not add up to the total, the tolls do."
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

// periodPartyTable crosses the reporting period with parties.
func (a *Accumulator) periodPartyTable(p Period, periods *Table, rank []int) *Table {
	t := &Table{ID: "period-party", Title: "By " + p.String() + " and claimed perpetrator", Dims: []Dim{periods.Dims[0], {ID: "party", Title: "Claimed perpetrator"}},
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
	t.Rows = x.rows(&a.timeParty, a.merge)
	partial := map[string]string{}
	for _, r := range periods.Rows {
		partial[r.Keys[0].ID] = r.Partial
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		id := r.Keys[0].ID
		r.Partial, r.start = partial[id], slots[groups[id]].start
	}
	return t
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
		t := &Table{ID: "by-event-type", Title: "By event type", Dims: []Dim{{ID: "event_type", Title: "Event type"}}, Additive: true, TollsAdditive: true}
		for c := range a.byEvent {
			t.addRow(a.dicts[data.ColEventType].Name(uint32(c)), "Type not stated", a.byEvent[c])
		}
		rankRows(t.Rows)
		r.addNamed(t)
	}
	t := &Table{ID: "by-victim-type", Title: "By victim type", Dims: []Dim{{ID: "victim_type", Title: "Victims"}},
		Note: "An incident with victims of several types stands in several rows. What stated parts leave of a stated total is “status unknown”."}
	labels := [data.NumVictimTypes]string{"", "Civilians", "Security forces", "Militants", "Armed participants, kind not stated", "Status unknown"}
	for v := range a.byVictim {
		t.addRow(labels[v], "Type not stated", a.byVictim[v])
		if n := len(t.Rows); n > 0 && v > 0 && t.Rows[n-1].Keys[0].Label == labels[v] {
			t.Rows[n-1].Keys[0].ID = data.VictimType(v).String()
		}
	}
	rankRows(t.Rows)
	r.addNamed(t)
	t = &Table{ID: "by-victim-side", Title: "By the side that suffered the losses", Dims: []Dim{{ID: "victim_side", Title: "Side"}},
		Note: "An incident with losses on several sides stands in several rows."}
	for c := range a.bySide {
		t.addRow(a.dicts[data.ColVictimSide].Name(uint32(c)), "Side not stated", a.bySide[c])
	}
	rankRows(t.Rows)
	r.addNamed(t)
	t = &Table{ID: "by-involved", Title: "By the parties involved, as recorded", Dims: []Dim{{ID: "involved", Title: "Parties involved"}}, Secondary: true, Additive: true, TollsAdditive: true,
		Note: "The parties an incident's record names as involved, whether or not it also says who acted. The data does not say who killed whom."}
	for c := range a.byInvolved {
		t.addRow(a.dicts[data.ColInvolved].Name(uint32(c)), "Not stated", a.byInvolved[c])
	}
	rankRows(t.Rows)
	r.addNamed(t)
	t = &Table{ID: "by-part", Title: "Parts of the toll as recorded", Dims: []Dim{{ID: "part", Title: "Column"}}, Secondary: true,
		Note: "Plain sums of the wide columns, one row each; side_a and side_b are the two sides of a UCDP dyad."}
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
