package record

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"toll/data"
)

// An AliasFile says which spellings of places and parties stand for which name. It
// comes from a file that somebody wrote; no likeness of two names ever makes one.
type AliasFile struct {
	from string // name of the file
	to   [data.NumColumns]map[string]string
	n    int
}

// replacement is one name put in the place of another.
type replacement struct {
	column data.Column
	from   string
}

// ReadAliases reads a CSV file with the columns column, from and to. Column is
// the native name of a text column, "party" for every column of parties or
// "place" for that alone; from is compared without regard to case.
func ReadAliases(name string, r io.Reader) (*AliasFile, error) {
	a := &AliasFile{from: name}
	s := newScanner(name, r, ',')
	if _, err := s.begin(); err != nil {
		return nil, err
	}
	var rec record
	for first := true; ; {
		switch err := s.next(&rec); {
		case err == io.EOF:
			return a, nil
		case err != nil:
			return nil, err
		}
		if rec.blank() {
			continue
		}
		if rec.len() != 3 || rec.fault != sound || rec.notText() >= 0 {
			return nil, newInputError(name, rec.at[0], "bad-aliases", "a line of aliases has three cells: column, from, to", "")
		}
		column, from, to := string(clean(nil, rec.cell(0))), string(clean(nil, rec.cell(1))), string(clean(nil, rec.cell(2)))
		if first {
			first = false
			if column != "column" || from != "from" || to != "to" {
				return nil, newInputError(name, rec.at[0], "bad-aliases", "the first line of the aliases is not column,from,to", "")
			}
			continue
		}
		if err := a.add(strings.ToLower(column), from, to); err != nil {
			return nil, newInputError(name, rec.at[0], "bad-aliases", err.Error(), "")
		}
	}
}

func (a *AliasFile) add(column, from, to string) error {
	columns := data.PartyColumns()
	if column != "party" {
		c, ok := data.ParseColumn(column)
		if !ok {
			return fmt.Errorf("%q is not a column of names: use party or the native name of a text column", column)
		}
		columns = []data.Column{c}
	}
	if from == "" {
		return fmt.Errorf("a blank name cannot be replaced: it is not stated")
	}
	for _, c := range columns {
		if a.to[c] == nil {
			a.to[c] = map[string]string{}
		}
		key := strings.ToLower(from)
		if old, ok := a.to[c][key]; ok && old != to {
			return fmt.Errorf("%q is to become both %q and %q", from, old, to)
		}
		a.to[c][key] = to
	}
	a.n++
	return nil
}

// Len returns how many aliases there are.
func (a *AliasFile) Len() int {
	if a == nil {
		return 0
	}
	return a.n
}

// aliased reports whether names of a column may stand for others.
func (a *AliasFile) aliased(c data.Column) bool { return a != nil && a.to[c] != nil }

// named returns the code of a cell by its alias. In columns of parties each
// entry of a list has its own.
func (d *decoder) named(c int, f Field, cell []byte) uint32 {
	to := d.plan.aliases.to[c]
	if to == nil || len(cell) == 0 {
		return d.text[c].code(cell)
	}
	alias := func(name string) (string, bool) {
		w, ok := to[strings.ToLower(name)]
		if !ok || w == name {
			return name, false
		}
		if d.replaced == nil {
			d.replaced = map[replacement]int64{}
		}
		d.replaced[replacement{data.Column(c), strings.ToLower(name)}]++
		d.replacements++
		return w, true
	}
	name, changed := string(clean(nil, cell)), false
	if name, changed = alias(name); !changed && data.Column(c).NamesParties() {
		name, changed = data.RenameParties(name, alias)
	}
	if !changed {
		return d.text[c].code(cell)
	}
	return d.text[c].dict.Code(name)
}

// tellReplaced says what the aliases did, and which of them did nothing.
func (rd *reader) tellReplaced() {
	a := rd.options.Aliases
	if a.Len() == 0 {
		return
	}
	if rd.replaced == nil && rd.decode != nil { // read in order
		rd.replaced = rd.decode.replaced
	}
	var all []string
	var n int64
	for r, times := range rd.replaced {
		n += times
		all = append(all, fmt.Sprintf("%s: %q became %q %s", r.column, r.from, a.to[r.column][r.from], data.Number(times, "time")))
	}
	slices.Sort(all)
	if n == 0 {
		rd.note(fmt.Sprintf("none of the %d aliases of %s occurs", a.Len(), a.from))
		return
	}
	rd.note(fmt.Sprintf("%s replaced by the aliases of %s: %s", were(n, "name"), a.from, cutList(all, 30)))
}

// cutList joins the first of a list of remarks.
func cutList(all []string, most int) string {
	if more := len(all) - most; more > 0 {
		return strings.Join(all[:most], "; ") + fmt.Sprintf("; and %d more", more)
	}
	return strings.Join(all, "; ")
}
