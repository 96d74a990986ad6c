// Package cells carries tallies between machines: what was asked for, which
// bytes of which files were read, what the reader found in them, and the cells of
// the tally. Cells of parts of a dataset merge, in any order and grouping, to the
// cells of the whole, byte for byte.
package cells

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"toll/data"
	"toll/data/record"
	"toll/stats"
)

// Cells is the tally of some of the records of a dataset.
type Cells struct {
	Job    Job
	Inputs []Input // in the order of their names
	Tally  *stats.Partial
}

// Job says what is tallied and how. Cells merge only when their jobs are the
// same.
type Job struct {
	// Settings are the options as toll.yaml names them. Only a briefing needs
	// them; what is done follows from the rest.
	Settings json.RawMessage
	Beside   []Beside // files that bear on the briefing and hold no records
	Aliases  *Text    // other spellings of names
	Reading  record.Options
	Tally    stats.Options
	Once     bool // records with an id are counted at once (see stats.NewPartial)
}

// Beside is a file beside the records, by its name and hash.
type Beside struct{ Name, SHA256 string }

// Text is a small file.
type Text struct{ Name, Data string }

// Input is a file of which some records were read.
type Input struct {
	Name     string
	Size     int64          // bytes in all
	Layout   *record.Layout // how it is written
	Level    uint8          // location columns that its records have, as bits by data.Column
	Segments []Segment      // in the order of the file, with gaps between them
}

// Segment is a stretch of a file that was read, and what was found in it.
type Segment struct {
	From, To record.Mark
	Result   record.Result
}

// Options returns the options by which the job's files are read.
func (j *Job) Options() (record.Options, error) {
	o := j.Reading
	if j.Aliases != nil {
		a, err := record.ReadAliases(j.Aliases.Name, strings.NewReader(j.Aliases.Data))
		if err != nil {
			return o, err
		}
		o.Aliases = a
	}
	return o, nil
}

func (j *Job) json() []byte {
	b, err := json.Marshal(j)
	if err != nil {
		panic("a job cannot be written: " + err.Error()) // of strings and numbers alone
	}
	return b
}

// unlike says in what two jobs differ, "" where they do not.
func (j *Job) unlike(o *Job) string {
	a, b := j.json(), o.json()
	if bytes.Equal(a, b) {
		return ""
	}
	var x, y map[string]json.RawMessage
	_ = json.Unmarshal(a, &x)
	_ = json.Unmarshal(b, &y)
	if d := differing(x["Settings"], y["Settings"]); len(d) > 0 {
		return strings.Join(d, ", ")
	}
	var names []string
	for k := range x {
		if !bytes.Equal(x[k], y[k]) {
			switch k {
			case "Once":
				names = append(names, "told-once")
			case "Beside", "Aliases":
				names = append(names, "the files beside the records")
			default:
				names = append(names, differing(x[k], y[k])...)
			}
		}
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

func differing(a, b json.RawMessage) (names []string) {
	var x, y map[string]json.RawMessage
	_ = json.Unmarshal(a, &x)
	_ = json.Unmarshal(b, &y)
	for k := range x {
		if !bytes.Equal(x[k], y[k]) {
			names = append(names, k)
		}
	}
	for k := range y {
		if _, ok := x[k]; !ok {
			names = append(names, k)
		}
	}
	slices.Sort(names)
	return names
}

// Merge adds other cells of the same job, which must not be used afterwards. It
// is an error if a stretch of a file is in both: its incidents would count twice.
func (c *Cells) Merge(o *Cells) error {
	if d := c.Job.unlike(&o.Job); d != "" {
		return fmt.Errorf("cells made by different options cannot be merged; they differ in %s", d)
	}
	inputs, toC, toO, err := mergeInputs(c.Inputs, o.Inputs)
	if err != nil {
		return err
	}
	c.Tally.Renumber(toC)
	o.Tally.Renumber(toO)
	c.Inputs = inputs
	return c.Tally.Merge(o.Tally)
}

// mergeInputs joins two lists of inputs and says where each of them went.
func mergeInputs(a, b []Input) (all []Input, toA, toB []int, err error) {
	toA, toB = make([]int, len(a)), make([]int, len(b))
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case j == len(b) || i < len(a) && a[i].Name < b[j].Name:
			toA[i] = len(all)
			all = append(all, a[i])
			i++
		case i == len(a) || b[j].Name < a[i].Name:
			toB[j] = len(all)
			all = append(all, b[j])
			j++
		default:
			toA[i], toB[j] = len(all), len(all)
			in, err := a[i].join(&b[j])
			if err != nil {
				return nil, nil, nil, err
			}
			all = append(all, in)
			i, j = i+1, j+1
		}
	}
	return all, toA, toB, nil
}

// join puts the stretches of one file together.
func (in Input) join(o *Input) (Input, error) {
	name := data.Visible(in.Name)
	if in.Size != o.Size {
		return in, fmt.Errorf("%s had %d bytes in one part and %d in another", name, in.Size, o.Size)
	}
	x, _ := json.Marshal(in.Layout)
	y, _ := json.Marshal(o.Layout)
	if !bytes.Equal(x, y) {
		return in, fmt.Errorf("%s was taken to be written in one way in one part and in another way in another: cut it anew", name)
	}
	in.Level |= o.Level
	segments := append(slices.Clone(in.Segments), o.Segments...)
	slices.SortFunc(segments, func(a, b Segment) int { return int(min(max(a.From.At-b.From.At, -1), 1)) })
	in.Segments = nil
	for _, s := range segments {
		k := len(in.Segments)
		if k == 0 || in.Segments[k-1].To.At < s.From.At {
			in.Segments = append(in.Segments, s)
			continue
		}
		last := &in.Segments[k-1]
		switch {
		case last.To.At > s.From.At && s.From.At == 0 && s.To.At == in.Size:
			return in, fmt.Errorf("%s is in two of these parts: its incidents would count twice", name)
		case last.To.At > s.From.At:
			return in, fmt.Errorf("bytes %d to %d of %s are in two of these parts: their incidents would count twice", s.From.At, min(last.To.At, s.To.At), name)
		case last.To != s.From:
			return in, fmt.Errorf("two parts of %s meet at byte %d and are not of the same file", name, s.From.At)
		}
		last.To = s.To
		last.Result.Mapping = slices.Clone(last.Result.Mapping)
		last.Result.Join(&s.Result)
	}
	return in, nil
}

// Complete returns an error unless every file was read from its beginning to its
// end, and no two are the same.
func (c *Cells) Complete() error {
	seen := map[[32]byte]string{}
	for _, in := range c.Inputs {
		name := data.Visible(in.Name)
		at := int64(0)
		for _, s := range in.Segments {
			if s.From.At != at {
				return fmt.Errorf("bytes %d to %d of %s are in none of these parts", at, s.From.At, name)
			}
			at = s.To.At
		}
		if at != in.Size {
			return fmt.Errorf("bytes %d to %d of %s are in none of these parts", at, in.Size, name)
		}
		res := &in.Segments[0].Result
		if first, ok := seen[res.SHA256]; ok && res.Ledger.Accepted > 0 {
			return fmt.Errorf("%s and %s are the same file: its incidents would count twice", first, name)
		}
		if res.Ledger.Accepted > 0 {
			seen[res.SHA256] = name
		}
	}
	return nil
}

// Level returns the location level that the columns of the inputs suggest to
// cross with parties: the province where any has one, else the finest that the
// first of them has.
func (c *Cells) Level() string {
	for _, in := range c.Inputs {
		if in.Level&(1<<data.ColAdmin1) != 0 {
			return data.ColAdmin1.String()
		}
	}
	for _, in := range c.Inputs {
		for _, l := range []data.Column{data.ColAdmin2, data.ColPlace, data.ColCountry} {
			if in.Level&(1<<l) != 0 {
				return l.String()
			}
		}
	}
	return data.ColAdmin1.String()
}

// Accumulator ends the tally of all parts: their accumulator, ready for its
// report. Roll is what stats.Options.Roll asks for.
func (c *Cells) Accumulator(roll int) (*stats.Accumulator, error) {
	if err := c.Complete(); err != nil {
		return nil, err
	}
	a, err := c.Tally.Accumulator(c.Level(), roll)
	if e := (*stats.ToldTwiceError)(nil); errors.As(err, &e) {
		return nil, fmt.Errorf("%w; make the parts again without --told-once", err)
	}
	return a, err
}

// Results returns what was found in each file, in the order of their names.
func (c *Cells) Results() []*record.Result {
	var rs []*record.Result
	for i := range c.Inputs {
		for k := range c.Inputs[i].Segments {
			rs = append(rs, &c.Inputs[i].Segments[k].Result)
		}
	}
	return rs
}
