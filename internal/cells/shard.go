package cells

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"toll/data"
	"toll/data/record"
	"toll/stats"
)

// Shard is a piece of work: a file, or a part of one.
type Shard struct {
	Path   string         // where the file lies
	Name   string         // as outputs name it
	Layout *record.Layout // how it is written; nil until it is surveyed
	Part   *record.Part   // nil for the whole file
}

// File is an opened file.
type File interface {
	io.ReadCloser
	io.ReaderAt
}

// Open opens the file of a shard and says how many bytes it has.
type Open func(path string) (File, int64, error)

// Opened returns a file of this machine as Open does; what cannot be read at any
// place, such as a pipe, is closed.
func Opened(f interface {
	File
	Name() string
	Stat() (fs.FileInfo, error)
}) (File, int64, error) {
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no file that can be read at any place", f.Name())
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// Read tallies a shard, by as many goroutines as there are workers. Any number
// of them gives the same cells.
func Read(j Job, s Shard, open Open, workers int) (*Cells, error) {
	ro, f, size, err := s.open(&j, open)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	crew := newCrew(&j, max(1, workers))
	in := Input{Name: s.Name, Size: size, Layout: s.Layout}
	segment, err := crew.read(s, record.File{Name: s.Name, R: f, Size: size}, f, ro)
	if err != nil {
		return nil, err
	}
	in.Segments = []Segment{*segment}
	for _, m := range crew {
		in.Level |= m.level
	}
	for _, m := range crew[1:] {
		if err := crew[0].tally.Merge(m.tally); err != nil {
			return nil, err
		}
	}
	return &Cells{Job: j, Inputs: []Input{in}, Tally: crew[0].tally}, nil
}

// open opens the file of a shard to be read as a job says, surveyed if it was not.
func (s *Shard) open(j *Job, open Open) (ro record.Options, f File, size int64, err error) {
	if ro, err = j.Options(); err != nil {
		return ro, nil, 0, err
	}
	if s.Layout == nil {
		if s.Layout, err = Survey(ro, *s, open); err != nil {
			return ro, nil, 0, err
		}
	}
	ro.Layout = s.Layout
	f, size, err = open(s.Path)
	return ro, f, size, err
}

// Survey finds out how a file is written.
func Survey(ro record.Options, s Shard, open Open) (*record.Layout, error) {
	return record.Survey(s.Name, func() (io.ReadCloser, error) {
		f, _, err := open(s.Path)
		return f, err
	}, ro)
}

// crew is a reader's workers, each with dictionaries and a tally of its own.
type crew []*crewman

type crewman struct {
	tally *stats.Partial
	level uint8
}

func newCrew(j *Job, n int) crew {
	c := make(crew, n)
	for i := range c {
		c[i] = &crewman{tally: stats.NewPartial(j.Tally, j.Once)}
	}
	return c
}

// emit tallies a batch.
func (m *crewman) emit(b *data.Batch) error {
	for c := data.ColCountry; c <= data.ColPlace; c++ {
		if b.Codes[c] != nil {
			m.level |= 1 << c
		}
	}
	return m.tally.Add(b)
}

// read reads a shard: a part, a plain file by all workers, any other by one.
func (c crew) read(s Shard, src record.File, stream io.Reader, ro record.Options) (*Segment, error) {
	workers := make([]record.Worker, len(c))
	for i := range c {
		workers[i] = record.Worker{Dicts: data.NewDicts(), Emit: c[i].emit}
	}
	if s.Part != nil {
		res, err := record.ReadPart(src, 0, ro, *s.Part, workers)
		if errors.Is(err, record.ErrNotCuttable) {
			err = fmt.Errorf("%s: %w", data.Visible(s.Name), err)
		}
		return segmentOf(s.Part.From, s.Part.To, src.Size, res), err
	}
	res, err := &record.Result{}, record.ErrNotPlain
	if ro.Layout.Plain() {
		res, err = record.ReadParallel(src, 0, ro, workers)
	}
	if errors.Is(err, record.ErrNotPlain) {
		ro.Dicts = workers[0].Dicts
		res, err = record.Read(record.Source{Name: src.Name, R: stream}, 0, ro, workers[0].Emit)
	}
	return segmentOf(record.Mark{Line: 1}, record.Mark{At: res.Bytes, Sum: res.SHA256}, src.Size, res), err
}

// segmentOf leaves out of a segment what whole files and their last parts would
// write differently.
func segmentOf(from, to record.Mark, size int64, res *record.Result) *Segment {
	if to.At == size {
		to.Line = 0
	}
	return &Segment{from, to, *res}
}

// Parts cuts a file into at most n parts of about equal size. One that cannot be
// cut is one part.
func Parts(j Job, s Shard, open Open, n int) ([]Shard, error) {
	f, size, err := open(s.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var places []int64
	for i := 1; i < n; i++ {
		places = append(places, size/int64(n)*int64(i))
	}
	ranges, err := Cut(j, s, open, append(places, size))
	if errors.Is(err, record.ErrNotCuttable) {
		return []Shard{s}, nil
	}
	return ranges, err
}

// Cut cuts a file at the first records at or behind some places: into the part
// before the first place, those between them, and, where the last place is not
// the end of the file, none behind it.
func Cut(j Job, s Shard, open Open, places []int64) ([]Shard, error) {
	ro, f, size, err := s.open(&j, open)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	slices.Sort(places)
	marks, err := record.Cut(record.File{Name: s.Name, R: f, Size: size}, ro, places)
	if err != nil {
		return nil, err
	}
	var parts []Shard
	last := record.Mark{Line: 1}
	for _, m := range marks {
		if m.At > last.At {
			part := s
			part.Part = &record.Part{From: last, To: m}
			parts = append(parts, part)
			last = m
		}
	}
	return parts, nil
}
