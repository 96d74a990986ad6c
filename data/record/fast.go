package record

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"sync"
	"sync/atomic"

	"toll/data"
)

// File is an input that can be read at any place, as a file on disk can.
type File struct {
	Name string // as diagnostics show it
	R    io.ReaderAt
	Size int64
}

// Worker takes what one of several goroutines reads. Dicts are its own, and are
// shared between the files of one run like Options.Dicts.
type Worker struct {
	Dicts *data.Dicts
	Emit  func(*data.Batch) error
}

// fastChunk is how much of a file a worker takes at a time: large enough that
// handing it out costs nothing, small enough to stay in the processor's cache
// between the passes over it.
const fastChunk = 256 << 10

// ReadParallel reads like Read, by as many goroutines as there are workers. The
// records, their numbers and lines, the diagnostics and the ledger are those of
// Read; only which worker gets which batch depends on the run. The batches of
// one worker come in the order of the file.
func ReadParallel(src File, file int, o Options, workers []Worker) (*Result, error) {
	rd := &reader{
		options: o,
		file:    file,
		input:   newInput(io.NewSectionReader(src.R, 0, src.Size)),
		diags:   newDiagnoses(src.Name),
		result:  &Result{Name: src.Name, Ledger: data.Ledger{Files: 1}},
	}
	if rd.options.Dicts == nil {
		rd.options.Dicts = data.NewDicts()
	}
	err := rd.open()
	p := &pass{reader: rd, src: src, chunk: fastChunk, end: src.Size}
	if o.chunk > 0 {
		p.chunk = int64(o.chunk)
	}
	if err == nil {
		err = p.begin()
	}
	if err == nil {
		err = p.run(workers)
	}
	if err == nil {
		rd.remarkEmpty()
	}
	rd.result.Bytes = src.Size
	if err == nil {
		rd.sum(rd.result)
	}
	if err == nil && p.sum != nil {
		p.sum.Sum(rd.result.SHA256[:0])
	}
	rd.conclude()
	return rd.result, err
}

// pass is one reading of a file by several workers. The file behind its header
// is cut into chunks of one size; a worker takes the next one that nobody has.
//
// Where the records of a chunk begin is guessed from the number of quotes before
// it, and then proven: a chunk is accepted only when its first record begins
// where the last record of the chunk before ended. Two relays run along the
// chunks in order. The first carries what counting finds, so that a worker can
// start to guess; the second carries the proof.
type pass struct {
	*reader
	src   File
	chunk int64
	start int64 // of the first record
	end   int64 // before which records begin
	sum   hash.Hash

	next    atomic.Int64
	counted relay[counted]
	proven  relay[proven]
}

// counted is what is known of a chunk's first byte before any record is read.
type counted struct {
	quoted bool // it lies within quotes, if every quote before it is sound
	fresh  bool // the byte before it is a line end
	line   int
}

// proven is where the next record begins for certain.
type proven struct {
	at       int64
	line     int
	accepted int64
}

// begin finds the first record behind the header, and passes over a row of tags.
func (p *pass) begin() error {
	p.start = p.scan.base + int64(p.scan.pos)
	line := p.scan.line
	if part := p.options.part; part != nil {
		p.end = part.To.At
		if part.From.At > 0 {
			if err := p.skipTo(p.start); err != nil {
				return err
			}
			p.start, line = part.From.At, part.From.Line
		}
	}
	var r record
	err := p.scan.next(&r)
	switch {
	case p.options.part != nil && p.options.part.From.At > 0:
	case errors.Is(err, io.EOF):
	case err != nil:
		return err
	case isTags(&r):
		p.skipTags(&r)
		p.start, line = p.scan.base+int64(p.scan.pos), p.scan.line
	}
	if !p.options.NoSum {
		p.sum = sha256.New()
		if _, err := io.Copy(p.sum, io.NewSectionReader(p.src.R, 0, p.start)); err != nil {
			return p.unreadable(err)
		}
	}
	p.counted.begin(counted{fresh: true, line: line})
	p.proven.begin(proven{at: p.start, line: line})
	return nil
}

func (p *pass) unreadable(err error) error {
	e := newInputError(p.src.Name, position{}, "unreadable", "reading failed: "+err.Error(), "")
	e.Err = err
	return e
}

// run lets the workers read to the end of the file, or until one of them fails.
func (p *pass) run(workers []Worker) error {
	chunks := int((p.end - p.start + p.chunk - 1) / p.chunk)
	var wait sync.WaitGroup
	errs := make([]error, min(len(workers), max(1, chunks)))
	for i := range errs {
		w := newFastWorker(p, workers[i])
		wait.Go(func() {
			if errs[i] = w.work(); errs[i] != nil {
				p.counted.stop()
				p.proven.stop()
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return p.ended(max(p.proven.value.at, p.start))
}

// relay hands a value from each chunk to the next, in order.
type relay[T any] struct {
	mu      sync.Mutex
	changed sync.Cond
	turn    atomic.Int64 // changed under mu
	value   T
	stopped bool
}

// patience is how often a worker looks whether it is its turn before it lies down:
// some ten microseconds. Workers take nearly the same time for a chunk, so a wait
// is mostly shorter than it takes to be woken.
const patience = 10_000

func (r *relay[T]) begin(v T) {
	r.changed.L = &r.mu
	r.value = v
}

// wait returns the value for a chunk once it is the chunk's turn; false when the
// pass was stopped. Until pass is called, no other chunk has the turn.
func (r *relay[T]) wait(chunk int64) (T, bool) {
	for i := 0; i < patience && r.turn.Load() != chunk; i++ {
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.turn.Load() != chunk && !r.stopped {
		r.changed.Wait()
	}
	return r.value, !r.stopped
}

// pass hands the turn to the next chunk.
func (r *relay[T]) pass(v T) {
	r.mu.Lock()
	r.value = v
	r.turn.Add(1)
	r.mu.Unlock()
	r.changed.Broadcast()
}

func (r *relay[T]) stop() {
	r.mu.Lock()
	r.stopped = true
	r.mu.Unlock()
	r.changed.Broadcast()
}
