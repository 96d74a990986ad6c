package stats

import (
	"cmp"
	"slices"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// maxDisputed bounds how many incidents the tables of claims list one by one,
// those with the widest ranges first; the rows for all incidents count every
// one.
const maxDisputed = 200

// allIncidents is the key of the rows that add up every incident told by several
// records.
var allIncidents = keyText{"(all)", "table.all-incidents-told-by-several-records", Unstated}

// keyText is a key whose label is a text of the catalogue, by its id.
type keyText struct {
	id, text string
	kind     KeyKind
}

// key is the key in the language of the process.
func (k keyText) key() Key { return Key{ID: k.id, Label: catalogue.Say(k.text), Kind: k.kind} }

// told is an incident with its accounts and its toll by the policy in force.
type told struct {
	accounts []account
	in       incident
}

// addClaims adds the tables on who says what: nothing where every incident is
// told by one record.
func (a *Accumulator) addClaims(r *Report, all []told) {
	if len(all) == 0 && a.whole == nil {
		return
	}
	listed := slices.Clone(all)
	slices.SortStableFunc(listed, func(x, y told) int { return compareSpread(&x.in, &y.in) })
	if len(listed) > maxDisputed {
		listed = listed[:maxDisputed]
	}
	for _, t := range []*Table{a.receiptTable(all, listed), a.bracketTable(all, listed), a.accountTable(listed), a.accountSideTable(listed), a.voiceTable(listed),
		a.policyTable(all, listed), a.disagreementTable(listed), a.withoutTable(all, r), a.revisionTable(all)} {
		if t != nil && len(t.Rows) > 0 {
			t.Secondary, t.Claims = true, true
			r.add(t)
		}
	}
}

// compareSpread orders incidents by how far apart their bounds are.
func compareSpread(x, y *incident) int {
	return cmp.Or(cmp.Compare(y.killed.High-y.killed.Low, x.killed.High-x.killed.Low), cmp.Compare(b2i(y.killed.IsOpen()), b2i(x.killed.IsOpen())),
		cmp.Compare(x.date.Start, y.date.Start), cmp.Compare(x.id, y.id))
}

// keyOfIncident names an incident for readers by its place and date.
func (a *Accumulator) keyOfIncident(in *incident) Key {
	k := namedKey(in.id)
	where := ""
	for l := levelPlace; l >= 0 && where == ""; l-- {
		where = a.nameOf(data.Column(l), in.place[l])
	}
	if where != "" {
		k.Label = where + ", " + dateText(in.date)
	} else {
		k.Label = in.id + ", " + dateText(in.date)
	}
	return k
}

// dateText writes a date with its precision.
func dateText(d data.Date) string {
	if d.Prec == data.Undated || d.Start == data.NoDay {
		return catalogue.Say("date.none")
	}
	y, m, _ := d.Start.Civil()
	switch {
	case d.Prec == data.ToYear:
		return PeriodKey(firstOf(y, 1), ByYear).Label
	case d.Prec == data.ToMonth:
		return PeriodKey(firstOf(y, m), ByMonth).Label
	case d.End > d.Start:
		ey, em, _ := d.End.Civil()
		_, _, day := d.Start.Civil()
		if ey == y && em == m {
			return Number(int64(day)) + "–" + DayText(d.End)
		}
		return DayText(d.Start) + " – " + DayText(d.End)
	}
	return DayText(d.Start)
}

// heard reconciles an incident another way, without a trace in what is counted.
func (a *Accumulator) heard(t *told, how reading) (incident, bool) {
	n := len(a.disagreements)
	in, ok := a.reconcile(t.accounts, how)
	a.disagreements = a.disagreements[:n]
	return in, ok
}

// receiptTable sets what the figures of the file add up to, row by row, against
// one toll per incident.
func (a *Accumulator) receiptTable(all, listed []told) *Table {
	t := &Table{ID: "receipt", Title: catalogue.Say("table.double-counting-avoided"), Dims: []Dim{{ID: "incident", Title: catalogue.Say("table.incident")}, {ID: "reading", Title: catalogue.Say("table.reading")}},
		Note: catalogue.Say("table.all-figures-added-up-is-what")}
	added := Key{ID: "added-up", Label: catalogue.Say("table.all-figures-added-up")}
	once := Key{ID: "one-toll", Label: catalogue.Say("table.one-toll-per-incident")}
	naive := func(x *told) Tally {
		var n Tally
		for i := range x.accounts {
			if !x.accounts[i].knownBy(a.opt.AsOf) {
				continue
			}
			n.Add(&x.accounts[i].killed, &x.accounts[i].injured)
		}
		return n
	}
	var sumAdded, sumOnce Tally
	for i := range all {
		x := naive(&all[i])
		a.merge(&sumAdded, &x)
		sumOnce.Add(&all[i].in.killed, &all[i].in.injured)
	}
	t.Rows = append(t.Rows, Row{Keys: []Key{allIncidents.key(), added}, Tally: sumAdded}, Row{Keys: []Key{allIncidents.key(), once}, Tally: sumOnce})
	for i := range listed {
		k := a.keyOfIncident(&listed[i].in)
		t.Rows = append(t.Rows, Row{Keys: []Key{k, added}, Tally: naive(&listed[i])}, Row{Keys: []Key{k, once}, Tally: one(&listed[i].in)})
	}
	return t
}

func one(in *incident) Tally {
	var t Tally
	t.Add(&in.killed, &in.injured)
	return t
}

// policyTable gives the toll of the incidents told by several records under each
// policy, and by each of the sources that tell the most of them.
func (a *Accumulator) policyTable(all, listed []told) *Table {
	t := &Table{ID: "by-policy", Title: catalogue.Say("table.the-same-accounts-under-each-policy"), Dims: []Dim{{ID: "incident", Title: catalogue.Say("table.incident")}, {ID: "policy", Title: catalogue.Say("table.policy")}},
		Note: catalogue.Say("table.a-toll-for-which-a-policy")}
	policies := PlainPolicies()
	for _, s := range a.commonSources(all) {
		policies = append(policies, Policy{kind: policyAccount, Names: []string{s}})
	}
	add := func(key Key, xs []told) {
		for _, p := range policies {
			var sum Tally
			for i := range xs {
				in, ok := a.heard(&xs[i], reading{policy: p, asOf: a.opt.AsOf})
				if ok {
					c := one(&in)
					a.merge(&sum, &c)
				}
			}
			if a.whole == nil && key.Kind == Named && p.kind == policyAccount && sum.Killed.Unknown+sum.Injured.Unknown == 2 {
				continue // a source that tells nothing of this incident
			}
			t.Rows = append(t.Rows, Row{Keys: []Key{key, {ID: p.String(), Label: p.String()}}, Tally: sum})
		}
	}
	add(allIncidents.key(), all)
	for i := range listed {
		add(a.keyOfIncident(&listed[i].in), listed[i:i+1])
	}
	return t
}

// maxSources is how many sources are compared with each other.
const maxSources = 6

// commonSources returns the sources that tell the most incidents.
func (a *Accumulator) commonSources(all []told) []string {
	if a.whole != nil {
		return a.whole.common
	}
	counts := map[string]int{}
	for i := range all {
		for _, s := range a.sourcesOf(all[i].accounts) {
			if s != "" {
				counts[s]++
			}
		}
	}
	var names []string
	for s := range counts {
		names = append(names, s)
	}
	slices.SortFunc(names, func(x, y string) int { return cmp.Or(cmp.Compare(counts[y], counts[x]), strings.Compare(x, y)) })
	a.common = names[:min(len(names), maxSources)]
	return a.common
}

// disagreementTable lists the incidents whose accounts are furthest apart.
func (a *Accumulator) disagreementTable(listed []told) *Table {
	t := &Table{ID: "by-disagreement", Title: catalogue.Say("table.where-the-accounts-are-furthest-apart"), Dims: []Dim{{ID: "incident", Title: catalogue.Say("table.incident")}}}
	for i := range listed {
		if k := listed[i].in.killed; k.High > k.Low || k.IsOpen() {
			t.Rows = append(t.Rows, Row{Keys: []Key{a.keyOfIncident(&listed[i].in)}, Tally: one(&listed[i].in), start: listed[i].in.date.Start})
		}
	}
	return t
}

// withoutTable gives the total of the whole report without each of the common
// sources, and without the deadliest incident.
func (a *Accumulator) withoutTable(all []told, r *Report) *Table {
	t := &Table{ID: "without", Title: catalogue.Say("table.what-the-total-would-be-without"), Dims: []Dim{{ID: "without", Title: catalogue.Say("table.without")}}}
	t.Rows = append(t.Rows, Row{Keys: []Key{{ID: "(nothing)", Label: catalogue.Say("table.nothing-left-out"), Kind: Unstated}}, Tally: a.total})
	for _, s := range a.commonSources(all) {
		sum := a.total
		if c, ok := a.dicts[data.ColSource].Lookup(s); ok && int(c) < len(a.bySource) {
			sum.minus(&a.bySource[c])
		}
		for i := range all {
			c := one(&all[i].in)
			sum.minus(&c)
			how := a.how()
			how.hears = func(f *figure) bool { return f.source != s }
			if in, ok := a.heard(&all[i], how); ok {
				c := one(&in)
				a.merge(&sum, &c)
			}
		}
		t.Rows = append(t.Rows, Row{Keys: []Key{namedKey(s)}, Tally: sum})
	}
	if a.whole != nil {
		t.Rows = append(t.Rows, Row{Keys: []Key{withoutDeadliest.key()}, Tally: a.unlessDeadliest(r)})
	} else if len(r.Deadliest) > 0 {
		d := &r.Deadliest[0]
		var c Tally
		c.Add(&d.Killed, &d.Injured)
		sum := a.total
		sum.minus(&c)
		t.Rows = append(t.Rows, Row{Keys: []Key{withoutDeadliest.key()}, Tally: sum})
	}
	switch {
	case a.whole != nil && a.whole.anyHighest:
		t.Rows = append(t.Rows, Row{Keys: []Key{withoutHighest.key()}, Tally: a.unlessHighest(all, r)})
	case a.whole == nil:
		if a.highest, a.anyHighest = a.highestOf(all, r); a.anyHighest {
			var c Tally
			c.Add(&a.highest.Killed, &a.highest.Injured)
			sum := a.total
			sum.minus(&c)
			t.Rows = append(t.Rows, Row{Keys: []Key{withoutHighest.key()}, Tally: sum})
		}
	}
	return t
}

// highestOf returns the incident of the highest upper figure, of the deadliest and
// of those told by several records, where it is another than the deadliest.
func (a *Accumulator) highestOf(all []told, r *Report) (x Deadliest, ok bool) {
	if len(r.Deadliest) == 0 {
		return x, false
	}
	x = r.Deadliest[0]
	take := func(d Deadliest) {
		if d.Killed.High > x.Killed.High {
			x, ok = d, true
		}
	}
	for _, d := range r.Deadliest {
		take(d)
	}
	for i := range all {
		in := &all[i].in
		take(Deadliest{ID: in.id, FileIndex: in.fileIndex, Line: in.line, Killed: in.killed, Injured: in.injured})
	}
	return x, ok
}

// unlessHighest is what one incident adds to the total without that of the highest
// upper figure.
func (a *Accumulator) unlessHighest(all []told, r *Report) Tally {
	x := a.whole.highest
	for _, d := range r.Deadliest {
		if d.ID == x.ID && d.FileIndex == x.FileIndex && d.Line == x.Line {
			return Tally{}
		}
	}
	for i := range all {
		if in := &all[i].in; in.id == x.ID && in.fileIndex == x.FileIndex && in.line == x.Line {
			return Tally{}
		}
	}
	return a.total
}

var withoutHighest = keyText{"(highest)", "table.the-incident-of-the-highest-upper", Unstated}

var withoutDeadliest = keyText{"(deadliest)", "table.the-deadliest-incident", Unstated}

// unlessDeadliest is what one incident adds to the total without the deadliest:
// nothing where it is that.
func (a *Accumulator) unlessDeadliest(r *Report) Tally {
	if d := a.whole.deadliest; len(d) > 0 && len(r.Deadliest) > 0 && d[0].ID == r.Deadliest[0].ID && d[0].FileIndex == r.Deadliest[0].FileIndex && d[0].Line == r.Deadliest[0].Line {
		return Tally{}
	}
	return a.total
}

// revisionTable gives the toll of an incident as it stood on each day that
// brought a report, where it changed.
func (a *Accumulator) revisionTable(all []told) *Table {
	t := &Table{ID: "revisions", Title: catalogue.Say("table.how-tolls-were-revised"), Dims: []Dim{{ID: "incident", Title: catalogue.Say("table.incident")}, {ID: "as_of", Title: catalogue.Say("table.as-of")}}}
	// Revised incidents need not be among those of the widest ranges.
	listed := slices.Clone(all)
	slices.SortStableFunc(listed, func(x, y told) int { return compareSpread(&x.in, &y.in) })
	revised := 0
	for i := range listed {
		var days []data.Day
		for _, c := range listed[i].accounts {
			if c.reportedOn != data.NoDay && (a.opt.AsOf == data.NoDay || c.reportedOn <= a.opt.AsOf) && !slices.Contains(days, c.reportedOn) {
				days = append(days, c.reportedOn)
			}
		}
		slices.Sort(days)
		var rows []Row
		for _, d := range days {
			in, ok := a.heard(&listed[i], reading{policy: a.opt.Policy, asOf: d})
			if !ok {
				continue
			}
			c := one(&in)
			if len(rows) > 0 && rows[len(rows)-1].Tally == c {
				continue
			}
			rows = append(rows, Row{Keys: []Key{a.keyOfIncident(&listed[i].in), {ID: d.String(), Label: DayText(d)}}, Tally: c, start: d})
		}
		if len(rows) > 1 {
			t.Rows = append(t.Rows, rows...)
			if revised++; revised == maxDisputed {
				break
			}
		}
	}
	return t
}
