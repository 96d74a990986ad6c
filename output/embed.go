package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// maxEmbedded bounds the cells that report.html carries, in bytes. With the rest
// of a page of 100,000 records it stays under 3 MB.
const maxEmbedded = 2_000_000

// pageCells is what report.html carries for its script: every incident with the
// codes of its place and party and its toll, by every policy. The script adds up
// what a selection admits; it weighs no accounts, since each way in which a
// selection can divide an incident's accounts has been reckoned beforehand.
type pageCells struct {
	Period  string `json:"by"`
	First   *int64 `json:"first"` // days since 1970-01-01
	Last    *int64 `json:"last"`
	From    *int64 `json:"from"` // the period asked for, if any
	To      *int64 `json:"to"`
	Injured bool   `json:"injured"`
	// Directed says that the data tells who acted, and not who was involved alone.
	Directed bool        `json:"directed"`
	Levels   []string    `json:"levels"` // of location, those with a table
	Args     []string    `json:"args"`   // of toll, for the same figures
	Where    []string    `json:"where"`
	Flags    [][2]string `json:"flags"`
	Files    []string    `json:"files"`

	Texts    []string       `json:"texts"` // each without what it begins with as the one before does
	Kept     packed         `json:"kept"`  // and of how many UTF-16 units that is
	Same     map[int]int    `json:"same"`  // texts that differ in case alone
	Shown    map[int]string `json:"shown"` // texts with characters that would hide
	Paths    [4]packed      `json:"paths"` // country, admin1, admin2, place
	Namings  []namingCell   `json:"namings"`
	Parties  []int          `json:"parties"` // texts to select a party by
	Events   []int          `json:"events"`
	Tolls    []tollCell     `json:"tolls"`
	Policies []policyCell   `json:"policies"`

	File   packed `json:"file"`
	Line   packed `json:"line"`
	Start  packed `json:"start"`
	Span   packed `json:"span"`
	Prec   packed `json:"prec"`
	Path   packed `json:"path"`
	Naming packed `json:"naming"`
	Event  packed `json:"event"`
	Killed packed `json:"killed"`
	Hurt   packed `json:"hurt"`

	Fates []fateCell `json:"fates"`
	Told  []toldCell `json:"told"`

	Unit string    `json:"unit"` // of the sums: month, quarter or year; blank where incidents stand one by one
	Sums *sumCells `json:"sums"`
}

// namingCell is a key of a table by party: its id and label, the kind of key,
// what it rests on, and which parties select it, by their place in Parties.
type namingCell struct {
	ID     string `json:"i"`
	Label  string `json:"l"`
	Kind   string `json:"k"`
	Basis  string `json:"b"`
	Admits []int  `json:"s"`
}

// tollCell is a count: low, best and high in persons, and flags.
type tollCell [4]literal

// MarshalJSON writes the figures as they stand.
func (t tollCell) MarshalJSON() ([]byte, error) {
	return []byte("[" + string(t[0]) + "," + string(t[1]) + "," + string(t[2]) + "," + string(t[3]) + "]"), nil
}

// policyCell is a policy and how incidents of one record fare under it: tolls
// that become others, and incidents that differ from that.
type policyCell struct {
	Name   string  `json:"name"`
	Map    []int   `json:"map,omitempty"` // by toll; empty where all stay
	Except *except `json:"except,omitempty"`
}

type except struct {
	At     packed `json:"at"`
	Killed packed `json:"killed"`
	Hurt   packed `json:"hurt"`
}

// embedCells writes the cells of a report, or says why it cannot.
func embedCells(d *Document) (b []byte, why string) {
	r := d.Report.Roll
	switch {
	case d.Report.MinCell > 0:
		return nil, catalogue.Say("page.figures-of-few-people-are-withheld")
	case r == nil:
		return nil, catalogue.Say("page.it-was-made-without-them")
	case r.Why != "":
		return nil, r.Why
	}
	b = newEmbedder(d, r).encode()
	if len(b) <= maxEmbedded {
		return b, ""
	}
	if r.Cube == nil {
		r = r.Cubed()
	}
	for more := r != nil; more; r, more = r.Coarser() {
		if b := newEmbedder(d, r).encode(); len(b) <= maxEmbedded {
			return b, ""
		}
	}
	return nil, catalogue.Say("page.they-would-take-mb", "len", stats.Number(int64(len(b)/1_000_000)))
}

// embedder numbers what the cells speak of.
type embedder struct {
	doc    *Document
	roll   *stats.Roll
	out    pageCells
	texts  map[string]int
	places []int // by path of the roll: its number on the page
	lower  map[string]int
	tolls  map[data.Count]int
	fates  map[fateCell]int
}

func newEmbedder(d *Document, roll *stats.Roll) *embedder {
	e := &embedder{doc: d, roll: roll, texts: make(map[string]int, len(roll.Paths)), lower: make(map[string]int, len(roll.Paths)), tolls: map[data.Count]int{}, fates: map[fateCell]int{}}
	e.out.Same, e.out.Shown = map[int]int{}, map[int]string{}
	e.text("")
	e.toll(data.Count{})
	r, o := d.Report, &e.out
	o.Period, o.Injured, o.Directed = r.Period.String(), r.HasInjured, r.Directed
	o.First, o.Last = dayCell(r.First), dayCell(r.Last)
	for _, l := range []string{"country", "admin1", "admin2", "place"} {
		if r.Table("by-"+l) != nil {
			o.Levels = append(o.Levels, l)
		}
	}
	for _, in := range d.Inputs {
		o.Files = append(o.Files, in.Name)
	}
	o.command(d)
	return e
}

// command notes by which arguments toll makes the same figures.
func (o *pageCells) command(d *Document) {
	o.Args, o.Flags, o.Where = slices.Clone(o.Files), [][2]string{}, []string{}
	if d.Folder != "" {
		o.Args = []string{d.Folder}
	}
	for _, s := range d.Settings {
		switch v := s.Value.(type) {
		case []string:
			if s.Name == "where" {
				o.Where = v
			}
		case string:
			switch s.Name {
			case "from":
				o.From = parseDayCell(v)
			case "to":
				o.To = parseDayCell(v)
			case "as-of", "multi", "policy":
				o.Flags = append(o.Flags, [2]string{s.Name, v})
			}
		}
	}
}

func dayCell(d data.Day) *int64 {
	if d == data.NoDay {
		return nil
	}
	n := int64(d)
	return &n
}

func parseDayCell(s string) *int64 {
	var y, m, d int
	if n, err := fmt.Sscanf(s, "%4d-%2d-%2d", &y, &m, &d); err != nil || n != 3 {
		return nil
	}
	day, ok := data.DayOf(y, m, d)
	if !ok {
		return nil
	}
	return dayCell(day)
}

// encode writes the cells, each field on a line of its own.
func (e *embedder) encode() []byte {
	e.names()
	if e.roll.Cube != nil {
		e.sums()
	}
	e.singles()
	for _, t := range e.roll.Told {
		e.out.Told = append(e.out.Told, e.told(t))
	}
	e.out.shorten()
	fields := map[string]any{}
	for v, i := reflect.ValueOf(e.out), 0; i < v.NumField(); i++ {
		fields[v.Type().Field(i).Tag.Get("json")] = v.Field(i).Interface()
	}
	var out bytes.Buffer
	for i, k := range slices.Sorted(maps.Keys(fields)) {
		b, err := json.Marshal(fields[k])
		if err != nil { // the types above are all that JSON can say
			return nil
		}
		out.WriteString([2]string{"{", ",\n"}[min(i, 1)] + `"` + k + `":`)
		out.Write(b)
	}
	out.WriteString("}\n")
	return escapeHidden(out.Bytes())
}
