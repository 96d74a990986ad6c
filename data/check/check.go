// Package check looks at records that were read without a fault for what people
// should look at again: figures that contradict each other, incidents that may be
// listed twice, columns that were copied. It changes nothing and merges nothing.
package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"toll/data"
)

// Options say what is looked for.
type Options struct {
	AsOf    data.Day // no incident can be later; data.NoDay where not told. No clock is read.
	Suggest bool     // look for names that are nearly alike
}

// Checker takes the records of a run, in their order.
type Checker struct {
	o     Options
	files []string

	found   []data.Diagnostic
	counts  map[string]int64
	repeats repeats
	copied  []copying
	values  map[int64]int
	points  map[string]*pile
	boxes   map[string]*box
	dicts   *data.Dicts
	limits  limits
	left    map[string]int64         // what was not compared for a limit, by what it is
	first   [data.NumColumns][]place // of each name, by its code
	unseen  [data.NumColumns]int     // names of which no record has been seen
}

// limits bound the memory and the time of what compares records with each other.
type limits struct {
	names      int // of a column that are compared with each other
	points     int // kept, and of a country
	remembered int // records that later ones are compared with
}

var usual = limits{names: 3000, points: 200_000, remembered: 2_000_000}

// most is how many findings of one kind are kept; all are counted.
const most = 1000

// New returns a checker for files of these names, by their number.
func New(files []string, o Options) *Checker {
	return &Checker{o: o, files: files, counts: map[string]int64{}, repeats: newRepeats(), copied: make([]copying, len(files)), limits: usual, left: map[string]int64{},
		values: map[int64]int{}, points: map[string]*pile{}, boxes: map[string]*box{}}
}

// Add looks at the records of a batch.
func (c *Checker) Add(b *data.Batch) error {
	c.dicts = b.Dicts
	c.sightings(b)
	for i := range b.N {
		c.parts(b, i)
		c.dates(b, i)
		c.copying(b, i)
		c.repeats.add(c, b, i)
		c.places(b, i)
		if k := data.At(b.Killed, i); k.BestStated() && k.Best%data.Unit == 0 && k.Best <= 200*data.Unit {
			c.values[k.Best/data.Unit]++
		}
	}
	return nil
}

// Findings returns what was found, with how often each kind was.
func (c *Checker) Findings() ([]data.Diagnostic, map[string]int64) {
	c.wholeFiles()
	c.piles()
	c.swapped()
	c.labels()
	if c.o.Suggest {
		c.suggest()
	}
	for _, what := range slices.Sorted(maps.Keys(c.left)) {
		c.find("not-compared", c.allFiles(), 0, "", "", fmt.Sprintf("%s not compared with the others: there are too many", howMany(c.left[what], what)))
	}
	return c.found, c.counts
}

// allFiles is the file of a finding about all records: the one there is, or none.
func (c *Checker) allFiles() int {
	if len(c.files) == 1 {
		return 0
	}
	return -1
}

// howMany writes a number of things of a kind: 3 names of place.
func howMany(n int64, what string) string {
	thing, of, ok := strings.Cut(what, " ")
	if ok {
		return data.Number(n, thing) + " " + of
	}
	return data.Number(n, thing)
}

func (c *Checker) find(code string, file, line int, field, value, message string) {
	c.counts[code]++
	if c.counts[code] > most {
		return
	}
	rule, _ := LookupCode(code)
	name := ""
	if file >= 0 && file < len(c.files) {
		name = c.files[file]
	}
	c.found = append(c.found, data.Diagnostic{File: name, Line: line, Severity: rule.Severity, Code: code, Field: field, Value: value, Message: message, Hint: rule.Fix})
}

// parts compares a toll with its parts, and with the women and children among
// the killed. Parts need not add up to the whole; they cannot exceed it.
func (c *Checker) parts(b *data.Batch, i int) {
	for _, t := range []struct {
		name  string
		whole data.Count
		parts *[data.NumParts][]data.Count
	}{{"killed", data.At(b.Killed, i), &b.KilledParts}, {"injured", data.At(b.Injured, i), &b.InjuredParts}} {
		if !t.whole.Stated() || t.whole.IsOpen() {
			continue
		}
		sum := int64(0)
		for p := range t.parts {
			sum += data.At(t.parts[p], i).Low
		}
		if limit := max(t.whole.High, t.whole.Best, t.whole.Low); sum > limit {
			c.find("parts-above-whole", b.File, int(b.Line[i]), t.name, "", fmt.Sprintf("the parts of %s come to at least %s, the whole to at most %s", t.name, persons(sum), persons(limit)))
		}
	}
	killed := data.At(b.Killed, i)
	if !killed.Stated() || killed.IsOpen() {
		return
	}
	for _, s := range []struct {
		name string
		of   data.Count
	}{{"of_which_women", data.At(b.Besides[data.BesideWomen], i)}, {"of_which_children", data.At(b.Besides[data.BesideChildren], i)}} {
		if s.of.Low > max(killed.High, killed.Best, killed.Low) {
			c.find("subset-above-whole", b.File, int(b.Line[i]), s.name, "", fmt.Sprintf("%s is %s, and killed at most %s", s.name, persons(s.of.Low), persons(killed.High)))
		}
	}
}

// dates finds incidents after the day that the records were made or told.
func (c *Checker) dates(b *data.Batch, i int) {
	start := b.Start[i]
	if start == data.NoDay {
		return
	}
	if c.o.AsOf != data.NoDay && start > c.o.AsOf {
		c.find("future-date", b.File, int(b.Line[i]), "date", start.String(), fmt.Sprintf("the incident is on %s, after %s", start, c.o.AsOf))
	}
	if r := b.ReportedOn; r != nil && r[i] != data.NoDay && start > r[i] {
		c.find("reported-before", b.File, int(b.Line[i]), "reported_on", r[i].String(), fmt.Sprintf("the report of %s is earlier than the incident, %s", r[i], start))
	}
}

// copying counts in how many records of a file injured equals killed.
type copying struct{ both, equal, nonzero int }

func (c *Checker) copying(b *data.Batch, i int) {
	k, j := data.At(b.Killed, i), data.At(b.Injured, i)
	if !k.Stated() || !j.Stated() || b.File >= len(c.copied) {
		return
	}
	f := &c.copied[b.File]
	f.both++
	if k == j {
		f.equal++
		if k.High > 0 {
			f.nonzero++
		}
	}
}

// imputed are numbers that coders put in place of words.
var imputed = []int64{10, 12, 20, 100}

// wholeFiles looks at what only a whole file shows.
func (c *Checker) wholeFiles() {
	for f, n := range c.copied {
		if n.both >= 20 && n.equal == n.both && n.nonzero >= 10 {
			c.find("copied-column", f, 0, "injured", "", fmt.Sprintf("injured equals killed in all %d records that state both", n.both))
		}
	}
	for _, v := range imputed {
		around := (c.values[v-1] + c.values[v+1] + c.values[v-2] + c.values[v+2]) / 4
		if n := c.values[v]; n >= 20 && n > 5*(around+1) {
			c.find("imputation-spike", c.allFiles(), 0, "killed", fmt.Sprint(v), fmt.Sprintf("%d incidents have exactly %d killed, and its neighbours %d on average; the number may stand for a word", n, v, around))
		}
	}
}

func persons(units int64) string {
	if units%data.Unit == 0 {
		return fmt.Sprint(units / data.Unit)
	}
	return fmt.Sprintf("%d.%06d", units/data.Unit, units%data.Unit)
}
