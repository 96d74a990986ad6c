package output

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"toll/data"
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
	Period  string      `json:"by"`
	First   *int64      `json:"first"` // days since 1970-01-01
	Last    *int64      `json:"last"`
	From    *int64      `json:"from"` // the period asked for, if any
	To      *int64      `json:"to"`
	Injured bool        `json:"injured"`
	Levels  []string    `json:"levels"` // of location, those with a table
	Args    []string    `json:"args"`   // of toll, for the same figures
	Where   []string    `json:"where"`
	Flags   [][2]string `json:"flags"`
	Files   []string    `json:"files"`

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

type fateCell struct {
	Used int    `json:"u"`
	Why  string `json:"w"`
}

type toldCell struct {
	ID       int           `json:"i"`
	Accounts []any         `json:"a"`
	Variants []variantCell `json:"v"`
}

// variantCell has start, span and precision of the date in D, and of each policy
// the place of its outcome in Outcomes.
type variantCell struct {
	Groups   []int  `json:"g"`
	Date     [3]int `json:"d"`
	Path     int    `json:"p"`
	Event    int    `json:"e"`
	Outcomes []any  `json:"o"`
	Policy   []int  `json:"x"`
}

// embedCells writes the cells of a report, or says why it cannot.
func embedCells(d *Document) (b []byte, why string) {
	r := d.Report.Roll
	switch {
	case d.Report.MinCell > 0:
		return nil, "figures of few people are withheld"
	case r == nil:
		return nil, "it was made without them"
	case r.Why != "":
		return nil, r.Why
	}
	e := newEmbedder(d)
	b = e.encode()
	if len(b) > maxEmbedded {
		return nil, "they would take " + stats.Number(int64(len(b)/1_000_000)) + " MB"
	}
	return b, ""
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

func newEmbedder(d *Document) *embedder {
	e := &embedder{doc: d, roll: d.Report.Roll, texts: map[string]int{}, lower: map[string]int{}, tolls: map[data.Count]int{}, fates: map[fateCell]int{}}
	e.out.Same, e.out.Shown = map[int]int{}, map[int]string{}
	e.text("")
	e.toll(data.Count{})
	r, o := d.Report, &e.out
	o.Period, o.Injured = r.Period.String(), r.HasInjured
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

func (e *embedder) text(s string) int {
	i, ok := e.texts[s]
	if ok {
		return i
	}
	i = len(e.out.Texts)
	e.texts[s] = i
	e.out.Texts = append(e.out.Texts, s)
	l := strings.ToLower(s)
	if first, ok := e.lower[l]; ok {
		e.out.Same[i] = first
	} else {
		e.lower[l] = i
	}
	if v := data.Visible(oneLine(s)); v != s {
		e.out.Shown[i] = v
	}
	return i
}

// The flags of a toll in a cell.
const (
	cellStated = 1
	cellBest   = 2
	cellOpen   = 4
)

// toll numbers a count by what a sum takes from it.
func (e *embedder) toll(c data.Count) int {
	k := data.Count{Low: c.Low, High: c.High, Flags: data.HasLow}
	flags := cellStated
	switch {
	case !c.Stated():
		k, flags = data.Count{}, 0
	case c.BestStated():
		k.Best, k.Flags = c.Best, k.Flags|data.HasBest
		flags |= cellBest
	}
	if c.Stated() && c.IsOpen() {
		k.Flags |= data.Open
		flags |= cellOpen
	}
	i, ok := e.tolls[k]
	if !ok {
		i = len(e.out.Tolls)
		e.tolls[k] = i
		e.out.Tolls = append(e.out.Tolls, tollCell{literal(decimal(k.Low)), literal(decimal(k.Best)), literal(decimal(k.High)), literal(strconv.Itoa(flags))})
	}
	return i
}

// encode writes the cells, each field on a line of its own.
func (e *embedder) encode() []byte {
	e.names()
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

// escapeHidden writes what would hide or turn text as \u202e, so that the source
// of a page reads as it is: such characters stand within strings of JSON alone.
func escapeHidden(b []byte) []byte {
	hidden := func(r rune) bool {
		return (r >= 0x7F && r <= 0xAD || r == 0x061C || r >= 0x2000 && r <= 0x206F || r >= 0xFE00) && data.Visible(string(r)) != string(r)
	}
	if !bytes.ContainsFunc(b, hidden) {
		return b
	}
	var out bytes.Buffer
	for _, r := range string(b) {
		if !hidden(r) {
			out.WriteRune(r)
			continue
		}
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, "\\u%04x", u)
		}
	}
	return out.Bytes()
}

// paths enters places in the order of their names, so that each begins much as
// the one before.
func (e *embedder) paths() {
	order := make([]int, len(e.roll.Paths))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return slices.Compare(e.roll.Paths[i][:], e.roll.Paths[j][:]) })
	e.places = make([]int, len(order))
	var columns [4][]int64
	for at, i := range order {
		e.places[i] = at
		for l, n := range e.roll.Paths[i] {
			columns[l] = append(columns[l], int64(e.text(n)))
		}
	}
	for l := range columns {
		e.out.Paths[l] = pack(columns[l])
	}
}

// shorten leaves out of each text what it begins with as the one before does.
func (o *pageCells) shorten() {
	kept, last := make([]int64, len(o.Texts)), ""
	for i, t := range o.Texts {
		n := 0
		for at, r := range t {
			w := utf8.RuneLen(r)
			if r == utf8.RuneError || at+w > len(last) || last[at:at+w] != t[at:at+w] {
				break
			}
			n = at + w
		}
		for _, r := range t[:n] {
			kept[i] += int64(max(1, utf16.RuneLen(r)))
		}
		last, o.Texts[i] = t, t[n:]
	}
	o.Kept = pack(kept)
}

// names enters places, parties and event types.
func (e *embedder) names() {
	e.paths()
	admitting := map[string]int{}
	choice := func(s string) {
		if _, ok := admitting[strings.ToLower(s)]; !ok {
			admitting[strings.ToLower(s)] = len(e.out.Parties)
			e.out.Parties = append(e.out.Parties, e.text(s))
		}
	}
	ns := slices.Clone(e.roll.Namings)
	slices.SortStableFunc(ns, func(x, y stats.Naming) int {
		return cmp.Or(cmp.Compare(x.Key.Kind, y.Key.Kind), cmp.Compare(len(x.Names), len(y.Names)), cmp.Compare(x.Key.Label, y.Key.Label))
	})
	for _, n := range ns {
		choice(n.Key.Label)
		for _, s := range n.Names {
			choice(s)
		}
	}
	for _, n := range e.roll.Namings {
		c := namingCell{ID: n.Key.ID, Label: n.Key.Label, Kind: kindNames[n.Key.Kind], Basis: n.Basis.String(), Admits: []int{}}
		for _, t := range n.Texts() {
			if i, ok := admitting[t]; ok {
				c.Admits = append(c.Admits, i)
			}
		}
		e.out.Namings = append(e.out.Namings, c)
	}
	for _, v := range e.roll.Events {
		e.out.Events = append(e.out.Events, e.text(v))
	}
}

// singles enters the incidents of one record, column by column.
func (e *embedder) singles() {
	ss, o := e.roll.Singles, &e.out
	column := func(of func(*stats.Single) int64) packed {
		v := make([]int64, len(ss))
		for i := range ss {
			v[i] = of(&ss[i])
		}
		return pack(v)
	}
	o.File = column(func(s *stats.Single) int64 { return int64(s.File) })
	o.Line = column(func(s *stats.Single) int64 { return int64(s.Line) })
	o.Start = column(func(s *stats.Single) int64 { return int64(dateCell(s.Date)[0]) })
	o.Span = column(func(s *stats.Single) int64 { return int64(dateCell(s.Date)[1]) })
	o.Prec = column(func(s *stats.Single) int64 { return int64(dateCell(s.Date)[2]) })
	o.Path = column(func(s *stats.Single) int64 { return int64(e.places[s.Path]) })
	o.Naming = column(func(s *stats.Single) int64 { return int64(s.Naming) })
	o.Event = column(func(s *stats.Single) int64 { return int64(s.Event) })
	killed, hurt := e.rank()
	o.Killed, o.Hurt = pack(killed), pack(hurt)
	for p, policy := range e.roll.Policies {
		c := policyCell{Name: policy.String()}
		if p > 0 {
			e.under(p, &c, killed, hurt)
		}
		o.Policies = append(o.Policies, c)
	}
}

// rank numbers the tolls of single records, the most frequent first, since small
// numbers take less room, and returns the columns.
func (e *embedder) rank() (killed, hurt []int64) {
	ss, tolls := e.roll.Singles, e.roll.Tolls
	times := make([]int, len(tolls))
	for i := range ss {
		times[ss[i].AsWeighed[0]]++
		times[ss[i].AsWeighed[1]]++
	}
	n := map[data.Count]int{}
	for t, k := range times {
		if k > 0 {
			n[exactly(tolls[t])] += k
		}
	}
	order := slices.Collect(maps.Keys(n))
	slices.SortFunc(order, func(x, y data.Count) int {
		return cmp.Or(cmp.Compare(n[y], n[x]), cmp.Compare(x.Low, y.Low), cmp.Compare(x.High, y.High), cmp.Compare(x.Best, y.Best), cmp.Compare(x.Flags, y.Flags))
	})
	for _, c := range order {
		n[c] = e.toll(c)
	}
	numbers := make([]int64, len(tolls))
	for t, c := range tolls {
		numbers[t] = int64(n[exactly(c)])
	}
	killed, hurt = make([]int64, len(ss)), make([]int64, len(ss))
	for i := range ss {
		killed[i], hurt[i] = numbers[ss[i].AsWeighed[0]], numbers[ss[i].AsWeighed[1]]
	}
	return killed, hurt
}

// exactly is a count without the mark that it is approximate, which no sum has.
func exactly(c data.Count) data.Count {
	c.Flags &^= data.Approx
	return c
}

// under says what another policy makes of the incidents of one record: by toll,
// and where one fares otherwise than most of its toll, by incident.
func (e *embedder) under(p int, c *policyCell, killed, hurt []int64) {
	was, became := [2][]int64{killed, hurt}, e.became(p)
	if slices.Equal(became[0], killed) && slices.Equal(became[1], hurt) {
		return
	}
	type step struct{ from, to int64 }
	n := map[step]int{}
	for x := range was {
		for i, from := range was[x] {
			n[step{from, became[x][i]}]++
		}
	}
	c.Map = make([]int, len(e.out.Tolls))
	most := make([]int, len(e.out.Tolls))
	for i := range c.Map {
		c.Map[i] = i
	}
	for s, k := range n {
		if k > most[s.from] || k == most[s.from] && int(s.to) < c.Map[s.from] {
			most[s.from], c.Map[s.from] = k, int(s.to)
		}
	}
	var at, ks, js []int64
	for i := range killed {
		if k, j := became[0][i], became[1][i]; int(k) != c.Map[killed[i]] || int(j) != c.Map[hurt[i]] {
			at, ks, js = append(at, int64(i)), append(ks, k), append(js, j)
		}
	}
	if len(at) > 0 {
		c.Except = &except{pack(at), pack(ks), pack(js)}
	}
}

// became returns the numbers of the tolls killed and injured that another policy
// makes of the incidents of one record. What it makes of a toll is reckoned once.
func (e *embedder) became(p int) (columns [2][]int64) {
	ss := e.roll.Singles
	known := make([][2]int64, len(e.roll.Tolls)) // by toll and admission, one more than the number
	for x := range columns {
		columns[x] = make([]int64, len(ss))
	}
	for i := range ss {
		s, admission := &ss[i], 0
		if s.Admission {
			admission = 1
		}
		for x, toll := range [2]int32{s.Killed, s.Injured} {
			at := &known[toll][admission]
			if *at == 0 {
				*at = int64(e.toll(e.roll.TollUnder(p, toll, s.Admission))) + 1
			}
			columns[x][i] = *at - 1
		}
	}
	return columns
}

// noStart stands for the first day of what has no date. Days are counted from
// before the year 1, so that no other is 0.
const noStart = 0

// dateCell is the first day, the days to the last, and how precise it is.
func dateCell(d data.Date) [3]int {
	if d.Prec == data.Undated || d.Start == data.NoDay {
		return [3]int{noStart, 0, int(data.Undated)}
	}
	return [3]int{int(d.Start) + dayZero, max(0, int(d.End)-int(d.Start)), int(d.Prec)}
}

// dayZero is how many days 1970-01-01 comes after the day numbered 0, 1 March of
// the year before the year 1.
const dayZero = 719_468

// told enters an incident that several records tell.
func (e *embedder) told(t stats.Told) toldCell {
	c := toldCell{ID: e.text(t.ID), Accounts: []any{}, Variants: []variantCell{}}
	for _, a := range t.Accounts {
		fates := []int{}
		for _, f := range a.Fates {
			fates = append(fates, e.fate(f))
		}
		reported := 0
		if a.ReportedOn != data.NoDay {
			reported = int(a.ReportedOn) + dayZero
		}
		c.Accounts = append(c.Accounts, []any{a.File, a.Line, e.places[a.Path], a.Naming, a.Group, e.text(a.Source), e.text(a.Side), e.text(a.Victims), reported,
			e.toll(a.Killed), e.toll(a.Injured), fates})
	}
	for _, v := range t.Variants {
		c.Variants = append(c.Variants, e.variant(v))
	}
	return c
}

func (e *embedder) fate(f stats.Fate) int {
	c := fateCell{Why: f.Why}
	if f.Used {
		c.Used = 1
	}
	i, ok := e.fates[c]
	if !ok {
		i = len(e.out.Fates)
		e.fates[c] = i
		e.out.Fates = append(e.out.Fates, c)
	}
	return i
}

func (e *embedder) variant(v stats.Variant) variantCell {
	c := variantCell{Groups: v.Groups, Date: dateCell(v.Date), Path: e.places[v.Path], Event: int(v.Event)}
	var seen []string
	for _, o := range v.Outcomes {
		parts := []any{}
		for _, p := range o.Parts {
			parts = append(parts, []int{int(p.Naming), e.toll(p.Killed), e.toll(p.Injured)})
		}
		x := []any{e.toll(o.Killed), e.toll(o.Injured), parts}
		b, err := json.Marshal(x)
		if err != nil {
			continue
		}
		i := slices.Index(seen, string(b))
		if i < 0 {
			i = len(seen)
			seen = append(seen, string(b))
			c.Outcomes = append(c.Outcomes, x)
		}
		c.Policy = append(c.Policy, i)
	}
	return c
}
