package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"toll/data"
	"toll/data/record"
	"toll/stats"

	"github.com/spf13/cobra"
)

// registerRecords registers the flags that say which records are read, and how: all
// that a command takes which makes no tables.
func (f *selectionFlags) registerRecords(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.config, "config", "", "read options from this YAML `file` (default: toll.yaml in the folder)")
	fl.StringArrayVar(&f.given.Where, "where", nil, "only records with `key=value`; repeat to widen (same key) or narrow (another key)")
	fl.StringVar(&f.given.Profile, "profile", "", "read the columns as this `dataset` has them (default: recognised by the header)")
	_ = c.RegisterFlagCompletionFunc("profile", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var names []string
		for _, p := range record.Profiles() {
			names = append(names, p.Name)
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	})
	f.registerReading(c)
}

// admitted passes on the records that meet conditions on their fields.
func admitted(where []stats.Filter, emit func(*data.Batch) error) func(*data.Batch) error {
	if len(where) == 0 {
		return emit
	}
	return func(b *data.Batch) error {
		for i := range b.N {
			if stats.Admits(where, b, i) {
				if err := emit(stats.Cut(b, i)); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// registerReading registers the flags that say how files are written. Most files
// need none of them.
func (f *selectionFlags) registerReading(c *cobra.Command) {
	fl := c.Flags()
	fl.StringArrayVar(&f.maps, "map", nil, "take a `field=column` of the file: killed=Muertos, year=ANNO; a blank column leaves the field unread")
	fl.StringVar(&f.given.Rows, "rows", "", "what a `row` is: incidents (default), or deaths where each row is one person killed")
	fl.StringVar(&f.given.DateOrder, "date-order", "", "`order` of dates in figures: dmy, mdy (default: decided by the whole column), or excel for day numbers")
	fl.StringVar(&f.given.Encoding, "encoding", "", "`encoding` of the text where it is not UTF-8: windows-1252, iso-8859-1, macintosh, …")
	fl.StringVar(&f.given.Delimiter, "delimiter", "", "`character` between cells (default: comma, semicolon, tab or bar, whichever the file uses)")
	fl.StringVar(&f.given.Thousands, "thousands", "", "thousands `mark` of the counts, where it is not a comma: . or a space or '")
	fl.StringVar(&f.given.Words, "words", "", "read words for numbers by this `table`: acled (default: they are unknown)")
	fl.StringArrayVar(&f.given.Unknown, "unknown", nil, "a `figure` that is a code for unknown: --unknown=-9; repeat for more")
	fl.BoolVar(&f.given.KeepDisorder, "keep-disorder", false, "keep figures that are out of order (low above high) as they are, with a warning")
	fl.StringArrayVar(&f.lists, "lists", nil, "a `field=separator` of lists within cells: attributed_to=';'")
	_ = c.RegisterFlagCompletionFunc("date-order", cobra.FixedCompletions([]string{"dmy", "mdy", "excel"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("rows", cobra.FixedCompletions([]string{"incidents", "deaths"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("words", cobra.FixedCompletions([]string{"acled"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("encoding", cobra.FixedCompletions(record.EncodingNames(), cobra.ShellCompDirectiveNoFileComp))
}

// overReading lays those flags over what toll.yaml says. A mapping adds to the
// file's, field by field.
func (f *selectionFlags) overReading(c config, changed func(string) bool) config {
	for _, x := range []struct {
		name string
		to   *string
		from string
	}{{"rows", &c.Rows, f.given.Rows}, {"date-order", &c.DateOrder, f.given.DateOrder}, {"encoding", &c.Encoding, f.given.Encoding},
		{"delimiter", &c.Delimiter, f.given.Delimiter}, {"thousands", &c.Thousands, f.given.Thousands}, {"words", &c.Words, f.given.Words}} {
		if changed(x.name) {
			*x.to = x.from
		}
	}
	if changed("keep-disorder") {
		c.KeepDisorder = f.given.KeepDisorder
	}
	if changed("unknown") {
		c.Unknown = f.given.Unknown
	}
	c.Map = overPairs(c.Map, f.maps)
	c.Lists = overPairs(c.Lists, f.lists)
	return c
}

// overPairs lays pairs of the form key=value over a map. A pair without an equals
// sign is kept under its own text, which no field has, so that it is refused.
func overPairs(m map[string]string, pairs []string) map[string]string {
	if len(pairs) == 0 {
		return m
	}
	out := maps.Clone(m)
	if out == nil {
		out = map[string]string{}
	}
	for _, p := range pairs {
		key, value, ok := strings.Cut(p, "=")
		if !ok {
			key, value = p, "?"
		}
		out[strings.TrimSpace(key)] = value
	}
	return out
}

// reading completes the options by which files are read.
func (c config) reading(o record.Options) (record.Options, error) {
	o.Profile, o.Map, o.Encoding, o.Unknown, o.Lists, o.Mark = c.Profile, c.Map, c.Encoding, c.Unknown, c.Lists, c.Thousands
	switch c.Rows {
	case "", "incidents":
	case "deaths":
		o.Deaths = true
	default:
		return o, fmt.Errorf("rows %q: use incidents or deaths", c.Rows)
	}
	var ok bool
	if c.DateOrder == "excel" {
		o.Serials = true
	} else if o.Order, ok = record.ParseOrder(c.DateOrder); !ok {
		return o, fmt.Errorf("date-order %q: use dmy, mdy or excel", c.DateOrder)
	}
	if c.Words != "" && c.Words != "acled" {
		return o, fmt.Errorf("words %q: there is one table of words, acled", c.Words)
	}
	o.Words, o.KeepDisorder = c.Words, c.KeepDisorder
	if !slices.Contains([]string{"", ",", ".", " ", "'", "’", "\u00A0", "\u202F"}, c.Thousands) {
		return o, fmt.Errorf("thousands %q: use . or , or ' or a space", c.Thousands)
	}
	if o.Mark == "," {
		o.Mark = ""
	}
	if c.Delimiter != "" {
		d := []rune(strings.NewReplacer(`\t`, "\t", "tab", "\t").Replace(c.Delimiter))
		if len(d) != 1 {
			return o, fmt.Errorf("delimiter %q: use one character", c.Delimiter)
		}
		o.Delimiter = d[0]
	}
	for field := range c.Lists {
		if _, ok := data.ParseColumn(field); !ok {
			return o, fmt.Errorf("lists %q: lists stand in columns of names, such as attributed_to", field)
		}
	}
	_, o.Only = splitWhere(c.Where)
	return o, nil
}

// whereKeys are the keys of --where that select among the fields of a record;
// any other names a column of the file.
var whereKeys = []string{"perpetrator", "claimed_perpetrator", "party", "location"}

// splitWhere tells conditions on fields from those on the file's own columns.
func splitWhere(where []string) (fields, columns []string) {
	for _, w := range where {
		key, _, ok := strings.Cut(w, "=")
		key = strings.ToLower(strings.TrimSpace(key))
		_, coded := data.ParseColumn(key)
		if !ok || key == "" || coded || slices.Contains(whereKeys, key) {
			fields = append(fields, w)
		} else {
			columns = append(columns, w)
		}
	}
	return fields, columns
}

// headOnly is the size above which a file is surveyed by its beginning first.
const headOnly = 1 << 20

// survey finds out how each input is written, once: of a large one by its
// beginning, and by the rest only where that proves too little (see surveyMore).
func (d *dataset) survey(ro record.Options) (record.Options, error) {
	ro, err := d.config.reading(ro)
	if err != nil {
		return ro, err
	}
	ro.Aliases = d.aliases
	for i := range d.inputs {
		in := &d.inputs[i]
		if in.layout != nil {
			continue
		}
		look := record.Survey
		if in.whole = in.size <= headOnly; !in.whole {
			look = record.SurveyHead
		}
		if in.layout, err = look(in.name, in.open, ro); err != nil {
			return ro, err
		}
	}
	return ro, nil
}

// surveyMore surveys the whole of each input whose reading failed or met what
// its beginning could not decide. It reports whether one is to be read in
// another way.
func (d *dataset) surveyMore(ro record.Options, read []*record.Result, failed error) (changed bool, err error) {
	for i := range d.inputs {
		in := &d.inputs[i]
		if in.whole || failed == nil && !record.Doubtful(read[i]) {
			continue
		}
		l, err := record.Survey(in.name, in.open, ro)
		if err != nil {
			return false, err
		}
		changed = changed || !reflect.DeepEqual(l, in.layout)
		in.layout, in.whole = l, true
	}
	return changed, nil
}

// readAliases reads the aliases.csv that stands beside the records, if any.
func (d *dataset) readAliases(args []string, dir string) error {
	if dir == "" && args[0] != "-" {
		dir = filepath.Dir(args[0])
	}
	if dir == "" {
		return nil
	}
	f, err := os.Open(filepath.Join(dir, "aliases.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return plainPathError(err)
	}
	defer f.Close()
	d.aliasPath = f.Name()
	d.aliases, err = record.ReadAliases(shownName(f.Name()), f)
	return err
}

// isTable reports whether a file of a folder holds records, by its name.
func isTable(name string) bool {
	return strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".tsv") || strings.HasSuffix(name, ".csv.gz")
}
