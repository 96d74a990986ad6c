package stats

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"toll/data"
)

// Partial is the tally of some of the records of a dataset, to be merged with
// the tallies of the others wherever they were made. Any partition of the
// records, merged in any order and grouping, gives the same Partial, and Append
// writes it as the same bytes.
//
// Whether a record is an incident of its own is known only when all records are
// there. A record without an id is one, and is counted at once. A record with an
// id is held whole until then; or, where the caller says that no incident is told
// by several records, it is counted at once and its id is noted, so that a wrong
// promise is found out (see Accumulator).
//
// A Partial is not safe for concurrent use: give each worker its own.
type Partial struct {
	opt  Options
	once bool // records with an id are counted at once
	acc  *Accumulator
	held map[shelf]*data.Batch
	told *idCover // ids of the records counted at once

	// The names that records have, by code, whether or not they are counted: a
	// name that none has is misspelt, and one that differs from another in nothing
	// but capitals is the same.
	seen map[*data.Dicts]*[data.NumColumns][]bool
}

// shelf is where held records lie: records of one file and one reader with the
// same columns.
type shelf struct {
	dicts   *data.Dicts
	file    int
	columns uint64
}

// partialLevel is the location level that a Partial crosses with parties: the
// finest. Which one a report shows is known only when all records are there.
const partialLevel = levelPlace

// NewPartial returns an empty tally. With once, records with an id are counted
// as they pass, as if no incident were told by several of them.
func NewPartial(opt Options, once bool) *Partial {
	opt.Only, opt.RememberIDs = nil, false
	opt.Repeated, opt.Once = map[uint64]struct{}{}, true
	p := &Partial{opt: opt, once: once, acc: NewAccumulator(opt), held: map[shelf]*data.Batch{}, told: newIDCover()}
	p.acc.crossLevel = partialLevel
	p.seen = map[*data.Dicts]*[data.NumColumns][]bool{}
	return p
}

// namesOf returns which names of a dictionary have been seen.
func (p *Partial) namesOf(d *data.Dicts) *[data.NumColumns][]bool {
	if p.seen[d] == nil {
		p.seen[d] = new([data.NumColumns][]bool)
	}
	return p.seen[d]
}

// see notes the names of a batch.
func (p *Partial) see(b *data.Batch) {
	seen := p.namesOf(b.Dicts)
	for c, column := range b.Codes {
		if n := b.Dicts[c].Len(); column != nil && len(seen[c]) < n {
			seen[c] = append(seen[c], make([]bool, n-len(seen[c]))...)
		}
		for _, code := range column {
			seen[c][code] = true
		}
	}
}

// Add tallies the records of a batch. It keeps no reference to the batch but
// to its dictionaries, and neither notes nor addresses of its records.
func (p *Partial) Add(b *data.Batch) error {
	p.see(b)
	if b.ID.End == nil {
		return p.acc.Add(b)
	}
	if p.once {
		for i := range b.N {
			if id := b.ID.Bytes(i); len(id) > 0 {
				p.told.add(id)
			}
		}
		return p.acc.Add(b)
	}
	columns := b.Columns()
	at := shelf{b.Dicts, b.File, columns}
	for from := 0; from < b.N; {
		named := len(b.ID.Bytes(from)) > 0
		to := from + 1
		for to < b.N && (len(b.ID.Bytes(to)) > 0) == named {
			to++
		}
		if named {
			held := p.held[at]
			if held == nil {
				held = data.NewBatch(columns, b.Dicts)
				held.File = b.File
				p.held[at] = held
			}
			held.Take(b, from, to)
		} else if err := p.addRows(b, columns, from, to); err != nil {
			return err
		}
		from = to
	}
	return nil
}

func (p *Partial) addRows(b *data.Batch, columns uint64, from, to int) error {
	if from == 0 && to == b.N {
		return p.acc.Add(b)
	}
	rows := data.NewBatch(columns, b.Dicts)
	rows.File, rows.First = b.File, b.First+int64(from)
	rows.Take(b, from, to)
	return p.acc.Add(rows)
}

// Merge adds what another tally of the same options holds, which must not be
// used afterwards. The numbers of files must mean the same in both (see
// Renumber).
func (p *Partial) Merge(o *Partial) error {
	if err := p.acc.Merge(o.acc); err != nil {
		return err
	}
	for at, b := range o.held {
		if to := p.held[at]; to != nil {
			to.Take(b, 0, b.N)
		} else {
			p.held[at] = b
		}
	}
	p.told.merge(o.told)
	for d, of := range o.seen {
		seen := p.namesOf(d)
		for c := range of {
			for code, is := range of[c] {
				if is {
					seen[c] = grown(seen[c], code)
					seen[c][code] = true
				}
			}
		}
	}
	return nil
}

// Renumber gives the files other numbers: file i becomes file to[i]. Files keep
// their order.
func (p *Partial) Renumber(to []int) {
	held := p.held
	p.held = make(map[shelf]*data.Batch, len(held))
	for at, b := range held {
		at.file = to[at.file]
		b.File = at.file
		p.held[at] = b
	}
	for i := range p.acc.deadliest {
		d := &p.acc.deadliest[i]
		d.FileIndex = to[d.FileIndex]
	}
}

// Held returns how many records are held whole.
func (p *Partial) Held() (n int) {
	for _, b := range p.held {
		n += b.N
	}
	return n
}

// Cells returns how many cells hold the records counted at once.
func (p *Partial) Cells() int { return len(p.acc.timeParty.cells) + len(p.acc.placeParty.cells) }

// Accumulator ends the tally: incidents of one record are counted, and those of
// several wait for Report, which the accumulator can now make. Level is the
// location level that is crossed with parties (see SetCrossLevel); roll is what
// Options.Roll asks for, and is 0 where some records were counted at once, for
// nothing is left of them one by one. It is an error if an incident whose record was counted at once has another record.
func (p *Partial) Accumulator(level string, roll int) (*Accumulator, error) {
	if err := p.toldTwice(); err != nil {
		return nil, err
	}
	opt := p.opt
	if p.acc.incidents == 0 {
		opt.Roll = roll
		p.acc.roll = newRoll(&opt)
	}
	a := NewAccumulator(opt)
	if a.opt.Repeated = p.shared(a); len(a.opt.Repeated) == 0 { // as toll report does it: no sources are compared
		p.acc.bySource, a.opt.Repeated = nil, nil
	}
	if err := a.SetCrossLevel(level); err != nil {
		return nil, err
	}
	for _, b := range p.held {
		if err := a.Add(b); err != nil {
			return nil, err
		}
	}
	p.held = nil
	return a, a.Merge(p.acc)
}

// shared returns the hashes of the ids that several held records have, of those
// that pass the filters.
func (p *Partial) shared(a *Accumulator) map[uint64]struct{} {
	var seen idSet
	several := map[uint64]struct{}{}
	for _, b := range p.held {
		for i := range b.N {
			if len(p.opt.Where) > 0 && !a.admits(b, i) {
				continue
			}
			if h := HashID(b.ID.Bytes(i)); !seen.add(h) {
				several[h] = struct{}{}
			}
		}
	}
	return several
}

// toldTwice returns an error if an id whose record was counted at once has
// another record.
func (p *Partial) toldTwice() error {
	ids, n := p.told.again(3)
	more := map[string]struct{}{}
	if len(p.told.numbers)+len(p.told.others) > 0 {
		for _, b := range p.held {
			for i := range b.N {
				if id := b.ID.Bytes(i); p.told.holds(id) {
					more[string(id)] = struct{}{}
				}
			}
		}
	}
	for _, id := range ids {
		delete(more, id)
	}
	if n += uint64(len(more)); n == 0 {
		return nil
	}
	ids = append(ids, slices.Sorted(maps.Keys(more))...)
	return &ToldTwiceError{IDs: ids[:min(len(ids), 3)], N: n}
}

// ToldTwiceError says that incidents were counted as if one record told them,
// and have several.
type ToldTwiceError struct {
	IDs []string // some of them
	N   uint64   // how many
}

// Error names some of the incidents.
func (e *ToldTwiceError) Error() string {
	return fmt.Sprintf("%s incidents were counted at once and have other records as well, such as %s: they would count twice", Number(int64(e.N)), data.Visible(strings.Join(e.IDs, ", ")))
}
