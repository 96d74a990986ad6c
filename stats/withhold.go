package stats

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// WithheldID is the key of the row that stands for all rows withheld from a
// table, together.
const WithheldID = "(withheld)"

// ErrAllFew says that nothing can be published: the whole dataset is as small as
// what must be withheld.
var ErrAllFew = errors.New("nothing can be published")

// maxWithheldPairs bounds the rows of a table by two keys that is searched for
// what must be withheld with what; a longer one is left out.
const maxWithheldPairs = 2000

// Withhold returns the report as it may be published where no row may tell of
// few: no figure of incidents, killed or injured from 1 to least−1.
//
// Rows that are small are withheld, and with them others, the smallest first,
// until none of them follows from what is published: neither by subtracting the
// rows shown from their total nor by any chain of sums over the tables (see
// recoverable). What is withheld of a table stands in one row of its own, so that
// the table still adds up. Tables that tell of single incidents, or whose sums
// are not known to toll, are left out altogether: places of one level, the
// reporting period, the parties and what is by them remain.
//
// The counts of how well tolls are known (unknown, open-ended, claimed, …) are
// not figures of people and stay. It fails with ErrAllFew where the total is
// small itself.
func (r *Report) Withhold(least int) (*Report, error) {
	if few(&r.Total, least) {
		return nil, fmt.Errorf("%w: the total itself has a figure under %d", ErrAllFew, least)
	}
	// What is not named here is not published.
	out := Report{Period: r.Period, First: r.First, Last: r.Last, Total: r.Total, MultiAccount: r.MultiAccount, Directed: r.Directed, HasInjured: r.HasInjured,
		Quality: Quality{Incidents: r.Quality.Incidents}, Ledger: r.Ledger, MinCell: least}
	w := withhold(r, least)
	for _, t := range w.tables {
		if t = w.published(t); t != nil {
			out.Tables = append(out.Tables, t)
		}
	}
	return &out, nil
}

// few reports whether a row has a figure of people or incidents from 1 to
// least−1.
func few(t *Tally, least int) bool {
	if t.Incidents > 0 && int64(t.Incidents) < int64(least) {
		return true
	}
	for _, v := range [...]int64{t.Killed.Low, t.Killed.Best, t.Killed.High, t.Injured.Low, t.Injured.Best, t.Injured.High} {
		if v > 0 && v < int64(least)*data.Unit {
			return true
		}
	}
	return false
}

// withholding finds what to withhold of which tables.
type withholding struct {
	least  int
	tables []*Table
	cells  []part
	first  map[string]int // by table id, the number of its first cell
	sums   []equation
	free   int // cells before this one are settled
}

// part is a row of a table as something that may be withheld.
type part struct {
	tally  Tally
	hidden bool
}

// equation says that cells add up to another, or to the total, which is known.
type equation struct {
	parts []int
	whole int // the number of a cell, -1 for the total
}

// withhold settles the tables by one key first and then, one by one, those by
// two. A table by two keys that could be safe only if more were withheld of those
// by one is left out: they are what a reader looks at first.
func withhold(r *Report, least int) *withholding {
	w := &withholding{least: least, first: map[string]int{}}
	kept := publishable(r)
	for _, t := range kept {
		if len(t.Dims) < 2 {
			w.add(t)
		}
	}
	w.settle()
	for _, t := range kept {
		if len(t.Dims) == 2 {
			w.free = len(w.cells)
			w.add(t)
			w.settle()
		}
	}
	slices.SortFunc(w.tables, func(a, b *Table) int { return cmp.Compare(slices.Index(kept, a), slices.Index(kept, b)) })
	return w
}

// publishable returns the tables whose sums are known.
func publishable(r *Report) (kept []*Table) {
	level := ""
	for _, l := range []string{"admin1", "country", "admin2", "place"} {
		if r.Table(l+"-party") != nil || level == "" && r.Table("by-"+l) != nil {
			if level = l; r.Table(l+"-party") != nil {
				break
			}
		}
	}
	keep := []string{"total", "by-" + r.Period.String(), "by-" + level, "by-party", "by-event-type", "period-party", level + "-party"}
	for _, t := range r.Tables {
		one := t.ID == "by-country" && len(t.Rows) == 1 // says no more than the total
		if (slices.Contains(keep, t.ID) || one) && (len(t.Dims) < 2 || len(t.Rows) <= maxWithheldPairs) {
			kept = append(kept, t)
		}
	}
	return kept
}

// add takes a table in.
func (w *withholding) add(t *Table) {
	w.tables = append(w.tables, t)
	w.first[t.ID] = len(w.cells)
	for i := range t.Rows {
		w.cells = append(w.cells, part{t.Rows[i].Tally, len(t.Dims) > 0 && few(&t.Rows[i].Tally, w.least)})
	}
	if len(t.Dims) > 0 {
		w.addSums(t)
	}
}

// leaveOut does without a table: where more of what is settled would have to be
// withheld, the one that was added last, else the one that a cell is of.
func (w *withholding) leaveOut(cell int) {
	if w.free > 0 {
		cell = w.free
	}
	w.tables = slices.DeleteFunc(w.tables, func(t *Table) bool {
		at := w.first[t.ID]
		return at <= cell && cell < at+len(t.Rows)
	})
	w.sums = nil
	for _, t := range w.tables {
		if len(t.Dims) > 0 {
			w.addSums(t)
		}
	}
}

// addSums writes down that a table adds up to the total, and one by two keys also
// to the tables by either. Where incidents stand in several rows the sums do not
// hold to the letter; to withhold as if they did is to withhold enough.
func (w *withholding) addSums(t *Table) {
	at := w.first[t.ID]
	all := equation{whole: -1}
	for i := range t.Rows {
		all.parts = append(all.parts, at+i)
	}
	w.sums = append(w.sums, all)
	if len(t.Dims) < 2 {
		return
	}
	for d, margin := range w.margins(t) {
		if margin == nil {
			continue
		}
		lines := map[string]*equation{}
		for i, m := range margin.Rows {
			lines[m.Keys[0].ID] = &equation{whole: w.first[margin.ID] + i}
		}
		for i, r := range t.Rows {
			if l := lines[r.Keys[d].ID]; l != nil {
				l.parts = append(l.parts, at+i)
			}
		}
		for _, m := range margin.Rows {
			if l := lines[m.Keys[0].ID]; len(l.parts) > 0 {
				w.sums = append(w.sums, *l)
			}
		}
	}
}

// margins returns the tables by either key of a table by two.
func (w *withholding) margins(t *Table) [2]*Table {
	var m [2]*Table
	for d := range m {
		for _, x := range w.tables {
			if len(x.Dims) == 1 && x.Dims[0].ID == t.Dims[d].ID && (x.Dims[0].ID != "period" || strings.HasPrefix(t.ID, "period")) {
				m[d] = x
			}
		}
	}
	return m
}

// settle withholds more until every sum is safe and no withheld cell follows
// from the rest.
func (w *withholding) settle() {
	for {
		if w.makeSumsSafe() {
			continue
		}
		open := slices.Sorted(maps.Keys(w.recoverable()))
		if len(open) == 0 {
			return
		}
		// One cell more can close a chain of many: some at a time.
		for _, c := range open[:len(open)/4+1] {
			if !w.hideBeside(c) {
				w.leaveOut(c)
				break
			}
		}
	}
}

// makeSumsSafe withholds more until no sum by itself gives a figure away, and
// reports whether anything changed.
func (w *withholding) makeSumsSafe() (changed bool) {
	for i := range w.sums {
		for w.unsafe(&w.sums[i]) {
			changed = true
			if !w.hideOneOf(&w.sums[i]) {
				w.leaveOut(w.sums[i].parts[0])
				return true
			}
		}
	}
	return changed
}

// unsafe reports whether a sum whose whole is known gives away a figure: one
// part alone is withheld, or what is withheld is few together.
func (w *withholding) unsafe(e *equation) bool {
	if e.whole >= 0 && w.cells[e.whole].hidden {
		return false // the search for chains sees to it
	}
	var together Tally
	n := 0
	for _, p := range e.parts {
		if c := &w.cells[p]; c.hidden {
			n++
			together.plus(&c.tally)
		}
	}
	return n == 1 || n > 1 && few(&together, w.least)
}

// hideOneOf withholds the smallest part of a sum that is shown, tells of something
// and is not settled. It is false where there is none.
func (w *withholding) hideOneOf(e *equation) bool {
	least := -1
	for _, p := range e.parts {
		if c := &w.cells[p]; p >= w.free && !c.hidden && c.tally.Incidents > 0 && (least < 0 || smaller(&c.tally, &w.cells[least].tally)) {
			least = p
		}
	}
	if least < 0 {
		return false
	}
	w.cells[least].hidden = true
	return true
}

// hideBeside withholds one more cell of a sum that a cell stands in.
func (w *withholding) hideBeside(cell int) bool {
	for i := range w.sums {
		e := &w.sums[i]
		if (e.whole == cell || slices.Contains(e.parts, cell)) && w.hideOneOf(e) {
			return true
		}
	}
	return false
}

func smaller(a, b *Tally) bool {
	return cmp.Or(cmp.Compare(a.Incidents, b.Incidents), cmp.Compare(a.Killed.High, b.Killed.High), cmp.Compare(a.Injured.High, b.Injured.High)) < 0
}

// published returns a table without what is withheld of it, nil where nothing
// that is named is left.
func (w *withholding) published(t *Table) *Table {
	at := w.first[t.ID]
	p := *t
	p.Rows = nil
	rest := Row{start: data.NoDay, Keys: make([]Key, len(t.Dims))}
	for d := range rest.Keys {
		rest.Keys[d] = Key{ID: WithheldID, Label: catalogue.Say("table.withheld"), Kind: Withheld}
	}
	n := 0
	for i := range t.Rows {
		if !w.cells[at+i].hidden {
			p.Rows = append(p.Rows, t.Rows[i])
			continue
		}
		n++
		rest.Tally.plus(&t.Rows[i].Tally)
		rest.Basis.merge(t.Rows[i].Basis)
	}
	if n == 0 {
		return t
	}
	if len(p.Rows) == 0 || few(&rest.Tally, w.least) {
		return nil
	}
	p.Rows = append(p.Rows, rest)
	p.Note = strings.TrimSpace(p.Note + catalogue.Say("table.withheld-note", "least", strconv.Itoa(w.least)))
	return &p
}
