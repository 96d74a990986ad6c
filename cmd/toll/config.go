package main

import (
	"fmt"
	"os"
	"reflect"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"

	"github.com/goccy/go-yaml"
)

// config is what toll.yaml may say and the command line may override. Its keys
// are the names of the flags. An unknown key is an error: a misspelt option
// must not be silently without effect.
type config struct {
	Name      string   `yaml:"name"`
	Title     string   `yaml:"title"`
	Source    string   `yaml:"source"`
	Synthetic bool     `yaml:"synthetic"`
	Profile   string   `yaml:"profile"`
	By        string   `yaml:"by"`
	From      string   `yaml:"from"`
	To        string   `yaml:"to"`
	Where     []string `yaml:"where"`
	Top       *int     `yaml:"top"`
	Policy    string   `yaml:"policy"`
	AsOf      string   `yaml:"as-of"`
	Multi     string   `yaml:"multi"`
	Lang      string   `yaml:"lang"`

	Population string `yaml:"population"`

	Map       map[string]string `yaml:"map"`
	Rows      string            `yaml:"rows"`
	DateOrder string            `yaml:"date-order"`
	Encoding  string            `yaml:"encoding"`
	Delimiter string            `yaml:"delimiter"`
	Thousands string            `yaml:"thousands"`
	Words     string            `yaml:"words"`
	Unknown   []string          `yaml:"unknown"`
	Lists     map[string]string `yaml:"lists"`

	KeepDisorder bool `yaml:"keep-disorder"`
	Experimental bool `yaml:"experimental"`

	MinCell   int  `yaml:"min-cell"`
	ShowNotes bool `yaml:"show-notes"`
	Raw       bool `yaml:"raw"`

	Basemap      string            `yaml:"basemap"`
	FontFallback string            `yaml:"font-fallback"`
	Parties      []string          `yaml:"parties"` // in the order of the charts
	Colours      map[string]string `yaml:"colours"` // by party
	Events       map[string]string `yaml:"events"`  // by day
}

// defaultTop is how many incidents the list of the deadliest holds.
const defaultTop = 10

// readConfig reads a toll.yaml.
func readConfig(path string) (config, error) {
	var c config
	b, err := os.ReadFile(path)
	if err != nil {
		return c, err
	}
	if err := yaml.UnmarshalWithOptions(b, &c, yaml.Strict()); err != nil {
		return c, newConfigError(shownName(path), yaml.FormatError(err, false, true))
	}
	return c, nil
}

// A configError says what is wrong in a toll.yaml, and shows the place.
type configError struct {
	what  string
	lines []string // of the file, around the place
}

func (e *configError) Error() string { return e.what }

// newConfigError takes the formatted error apart: "[2:1] unknown field", and
// below it the lines of the file, with the place marked.
func newConfigError(path, formatted string) *configError {
	what, rest, _ := strings.Cut(strings.TrimRight(formatted, "\n"), "\n")
	at, message, ok := strings.Cut(strings.TrimPrefix(what, "["), "] ")
	if !ok {
		at, message = "", what
	} else {
		at = ":" + at
	}
	e := &configError{what: path + at + ": " + message}
	if name, ok := strings.CutPrefix(message, "unknown field "); ok {
		if near := data.Nearest(strings.Trim(name, `"`), configKeys()); len(near) > 0 {
			e.what += "; is it " + strings.Join(near, ", or ") + "?"
		}
	}
	for line := range strings.SplitSeq(rest, "\n") {
		if strings.TrimSpace(line) != "" {
			e.lines = append(e.lines, strings.TrimRight(line, " "))
		}
	}
	return e
}

// configKeys returns the keys that a toll.yaml may have.
func configKeys() []string {
	var keys []string
	t := reflect.TypeFor[config]()
	for i := range t.NumField() {
		keys = append(keys, t.Field(i).Tag.Get("yaml"))
	}
	return keys
}

// selection turns the configuration into the options of a tally, and speaks its
// language from then on.
func (c config) selection() (stats.Options, error) {
	o := stats.DefaultOptions()
	o.Experimental = c.Experimental
	var ok bool
	if c.By != "" {
		if o.Period, ok = stats.ParsePeriod(c.By); !ok {
			return o, fmt.Errorf("by %q: use day, week, month, quarter, year or auto", c.By)
		}
	}
	for _, b := range []struct {
		name, value string
		to          *data.Day
	}{{"from", c.From, &o.From}, {"to", c.To, &o.To}, {"as-of", c.AsOf, &o.AsOf}} {
		if b.value == "" {
			continue
		}
		if *b.to, ok = parseDay(b.value); !ok {
			return o, fmt.Errorf("%s %q: write a day as 2025-10-31", b.name, b.value)
		}
	}
	if o.From != data.NoDay && o.To != data.NoDay && o.From > o.To {
		return o, fmt.Errorf("from %s is after to %s", o.From, o.To)
	}
	if c.Top != nil {
		if o.Top = *c.Top; o.Top < 0 || o.Top > 1000 {
			return o, fmt.Errorf("top %d: use 0 to 1000", o.Top)
		}
	}
	if err := catalogue.Speak(c.Lang); err != nil {
		return o, err
	}
	if err := c.checkPublishing(); err != nil {
		return o, err
	}
	var err error
	if o.Policy, err = stats.ParsePolicy(c.Policy); err != nil {
		return o, err
	}
	if o.Multi, ok = stats.ParseMultiParty(c.Multi); !ok {
		return o, fmt.Errorf("multi %q: use joint, each or split", c.Multi)
	}
	where, _ := splitWhere(c.Where)
	o.Where, err = stats.ParseFilters(where)
	return o, err
}

func parseDay(s string) (data.Day, bool) {
	var y, m, d int
	if n, err := fmt.Sscanf(s, "%4d-%2d-%2d", &y, &m, &d); err != nil || n != 3 || len(s) != len("2025-10-31") {
		return data.NoDay, false
	}
	return data.DayOf(y, m, d)
}
