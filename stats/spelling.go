package stats

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"toll/data"
)

// Folding says that a name counts under another spelling of it.
type Folding struct {
	Column      data.Column // in a column of parties: the first of them that has it
	Written, As string
}

// spellings gives names that differ from others in nothing but capitals the one
// spelling under which they count.
type spellings struct {
	names   [data.NumColumns]map[string]string // a name and its spelling
	cells   [data.NumColumns]map[string]string // the same of whole cells, which may list several
	folding []Folding
}

// nameGroups are the columns whose names are compared with each other: those of
// parties are names of the same things.
var nameGroups = [][]data.Column{{data.ColCountry}, {data.ColAdmin1}, {data.ColAdmin2}, {data.ColPlace}, {data.ColEventType}, {data.ColSource},
	{data.ColClaimedBy, data.ColAttributedTo, data.ColInvolved, data.ColVictimSide, data.ColSourceSide}}

// foldNames makes one name of those that differ in nothing but capitals, in the
// spelling that most incidents have. Nothing is folded while records are added:
// which spelling is the most frequent shows at the end, and as long as there are
// no two, as in most data, it costs nothing.
func (a *Accumulator) foldNames() error {
	if a.whole != nil {
		return nil
	}
	s := a.findSpellings()
	if s == nil {
		return nil
	}
	b := NewAccumulator(a.opt)
	b.spelt, b.crossLevel = s, a.crossLevel
	if err := b.Merge(a); err != nil {
		return err
	}
	for i := range b.deadliest {
		s.respell(&b.deadliest[i])
	}
	*a = *b
	return nil
}

// findSpellings returns the spellings to fold; nil where there are none.
func (a *Accumulator) findSpellings() *spellings {
	var s *spellings
	for _, columns := range nameGroups {
		if columns[0] == data.ColSource && len(a.kept) == 0 && len(a.bySource) == 0 {
			continue // no figure hangs on a source
		}
		several := a.severalSpellings(columns)
		if len(several) == 0 {
			continue
		}
		if s == nil {
			s = &spellings{}
		}
		s.settle(a, columns, several)
	}
	return s
}

// severalSpellings returns the spellings of the names, by the form in which they
// are compared, that have more than one, each with no incidents as yet.
func (a *Accumulator) severalSpellings(columns []data.Column) map[string]map[string]uint64 {
	var folds, exact idSet
	doubtful := map[string]map[string]uint64{}
	for _, c := range columns {
		a.eachName(c, func(name string) {
			// A name that comes again as it was, in another column or list, is no other spelling.
			if (len(columns) == 1 || exact.add(hashName(name))) && !folds.add(hashFolded(name)) {
				doubtful[data.FoldName(name)] = map[string]uint64{}
			}
		})
	}
	if len(doubtful) == 0 {
		return nil
	}
	for _, c := range columns {
		a.eachName(c, func(name string) {
			if of := doubtful[data.FoldName(name)]; of != nil {
				of[name] = 0
			}
		})
	}
	for k, of := range doubtful {
		if len(of) < 2 {
			delete(doubtful, k)
		}
	}
	return doubtful
}

// eachName calls f for each name in a column's cells.
func (a *Accumulator) eachName(c data.Column, f func(string)) {
	d := a.dicts[c]
	for code := 1; code < d.Len(); code++ {
		name := d.Name(uint32(code))
		if !c.NamesParties() || !data.ListsParties(name) {
			f(name)
			continue
		}
		for _, n := range SplitNames(name) {
			f(n)
		}
	}
}

// hashName and hashFolded are FNV-1a of a name, the second of its folded form.
func hashName(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	return h
}

func hashFolded(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(name) {
		c := name[i]
		if c >= utf8.RuneSelf {
			return hashName(data.FoldName(name))
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

// settle chooses the spelling of each name and notes the others.
func (s *spellings) settle(a *Accumulator, columns []data.Column, several map[string]map[string]uint64) {
	a.countSpellings(columns, several)
	as := map[string]string{}
	for _, of := range several {
		best := ""
		for name := range of {
			if best == "" || betterSpelling(name, of[name], best, of[best]) {
				best = name
			}
		}
		for name := range of {
			if name != best {
				as[name] = best
			}
		}
	}
	told := map[string]bool{}
	for _, c := range columns {
		s.names[c], s.cells[c] = as, map[string]string{}
		a.eachName(c, func(name string) {
			if to, ok := as[name]; ok && !told[name] {
				told[name] = true
				s.folding = append(s.folding, Folding{c, name, to})
			}
		})
		for code := 1; code < a.dicts[c].Len(); code++ {
			cell := a.dicts[c].Name(uint32(code))
			if to := respelt(cell, as, c.NamesParties()); to != cell {
				s.cells[c][cell] = to
			}
		}
	}
	slices.SortFunc(s.folding, func(x, y Folding) int {
		return cmp.Or(cmp.Compare(x.Column, y.Column), cmp.Compare(x.As, y.As), cmp.Compare(x.Written, y.Written))
	})
}

// betterSpelling prefers what more incidents have, then what is written in both
// capitals and small letters, then the first by its letters.
func betterSpelling(x string, nx uint64, y string, ny uint64) bool {
	return cmp.Or(cmp.Compare(ny, nx), cmp.Compare(b2i(mixedCase(y)), b2i(mixedCase(x))), cmp.Compare(x, y)) < 0
}

func mixedCase(s string) bool {
	return strings.ContainsFunc(s, unicode.IsUpper) && strings.ContainsFunc(s, unicode.IsLower)
}

// respelt writes a cell in the chosen spellings.
func respelt(cell string, as map[string]string, list bool) string {
	if to, ok := as[cell]; ok {
		return to
	}
	if !list || !data.ListsParties(cell) {
		return cell
	}
	cell, _ = data.RenameParties(cell, func(name string) (string, bool) {
		to, ok := as[name]
		return to, ok
	})
	return cell
}

// countSpellings counts the incidents, and the accounts that are still to be
// reconciled, that have each spelling.
func (a *Accumulator) countSpellings(columns []data.Column, several map[string]map[string]uint64) {
	add := func(name string, n uint64) {
		if of := several[data.FoldName(name)]; of != nil {
			if _, ok := of[name]; ok {
				of[name] += n
			}
		}
	}
	coded := func(c data.Column, ts []Tally) {
		for code := range ts {
			add(a.nameOf(c, uint32(code)), uint64(ts[code].Incidents))
		}
	}
	switch c := columns[0]; c {
	case data.ColCountry, data.ColAdmin1, data.ColAdmin2, data.ColPlace:
		for p, path := range a.places.paths {
			add(a.nameOf(c, path[c]), uint64(a.byPlace[p].Incidents))
		}
	case data.ColEventType:
		coded(c, a.byEvent)
	case data.ColSource:
		coded(c, a.bySource)
	default:
		coded(data.ColVictimSide, a.bySide)
		for p, x := range a.parties.list {
			if p < len(a.partyBase) {
				b := a.partyBase[p]
				for n := range data.Parties(x.name) {
					add(n, uint64(b.Claimed)+uint64(b.Attributed)+uint64(b.Contested)+uint64(b.Involved))
				}
			}
		}
	}
	for i := range a.kept {
		for _, c := range columns {
			for n := range data.Parties(a.nameOf(c, a.kept[i].codes[c])) {
				add(n, 1)
			}
		}
	}
}

// of returns a cell in the chosen spellings.
func (s *spellings) of(c data.Column, cell string) string {
	if s == nil {
		return cell
	}
	if to, ok := s.cells[c][cell]; ok {
		return to
	}
	return cell
}

// party returns a group key in the chosen spellings.
func (s *spellings) party(p party) party {
	if s == nil || s.names[data.ColAttributedTo] == nil {
		return p
	}
	as := s.names[data.ColAttributedTo]
	names := strings.Split(p.name, " + ")
	changed := false
	for i, n := range names {
		if to, ok := as[n]; ok {
			names[i], changed = to, true
		}
	}
	if changed {
		slices.Sort(names)
		p.name = JoinNames(slices.Compact(names))
	}
	return p
}

// respell writes the names of an incident of the list in the chosen spellings.
func (s *spellings) respell(d *Deadliest) {
	d.Country, d.Admin1 = s.of(data.ColCountry, d.Country), s.of(data.ColAdmin1, d.Admin1)
	d.Admin2, d.Place = s.of(data.ColAdmin2, d.Admin2), s.of(data.ColPlace, d.Place)
	d.EventType = s.of(data.ColEventType, d.EventType)
	d.Source = respelt(d.Source, s.names[data.ColSource], false)
	switch d.Party.Kind {
	case Named:
		d.Party = s.party(party{name: d.Party.Label}).key()
	case Involved:
		d.Party = s.party(party{name: strings.TrimPrefix(d.Party.ID, involvingID), involved: true}).key()
	}
}
