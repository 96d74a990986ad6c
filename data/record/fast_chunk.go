package record

import (
	"errors"
	"io"

	"toll/data"
)

const (
	fastOver = 8 << 10 // bytes read behind a chunk, for the end of its last record
	fastPad  = 64      // bytes behind those that a word may be loaded from
)

// fastWorker reads chunks of a file into batches.
type fastWorker struct {
	p      *pass
	emit   func(*data.Batch) error
	decode *decoder
	diags  diagnoses // of the chunk at hand
	ledger data.Ledger
	quick  quick
	cells  cells

	buf  []byte // the chunk at hand and what follows it
	n    int    // bytes of it that are of the file
	base int64  // offset of buf[0] in the file

	indexed bool  // records are found by the index
	index   index // of buf
	nul     bool  // there is a NUL somewhere in buf
	tokens  tokens
	rows    stretch // records that were cut into cells and wait to be decoded

	// The record at hand.
	at      int // where it begins in buf
	line    int
	scan    scanner
	scanBuf []byte
	rec     record
	scanned bool // rec holds it
}

func newFastWorker(p *pass, to Worker) *fastWorker {
	w := &fastWorker{p: p, emit: to.Emit, diags: *newDiagnoses(p.src.Name)}
	dicts := to.Dicts
	if dicts == nil {
		dicts = data.NewDicts()
	}
	o := p.options
	o.BatchSize = 1024
	w.decode = newDecoder(p.plan, o, p.file, dicts, &w.diags)
	w.quick = newQuick(p.plan, w.decode, w)
	w.buf = make([]byte, p.chunk+fastOver+fastPad)
	w.tokens = newTokens(len(p.plan.header), p.options.delimiter())
	w.rows.columns = len(p.plan.header)
	w.index.delim = w.tokens.delim
	w.indexed = (hasVectors || p.options.index > 0) && p.options.index >= 0
	w.scanBuf = make([]byte, 4<<10)
	return w
}

// work reads chunks until there is none left.
func (w *fastWorker) work() error {
	p := w.p
	for {
		k := p.next.Add(1) - 1
		from := p.start + k*p.chunk
		if from >= p.end {
			return nil
		}
		if err := w.load(from); err != nil {
			return err
		}
		own := int(min(p.chunk, p.end-from)) // the records that begin in buf[:own] are ours
		c, ok := p.counted.wait(k)
		if !ok {
			return nil
		}
		next := w.count(c, own)
		p.counted.pass(next)
		begins, end, err := w.attempt(c, next, own)
		before, ok := p.proven.wait(k)
		if !ok {
			return nil
		}
		if at := before.at - from; at != int64(begins) {
			w.drop()
			end, err = proven{at: before.at, line: before.line}, nil
			if at < int64(own) {
				end, err = w.parse(int(at), own, before.line)
			}
		}
		w.settle(&before, &end)
		if err == nil {
			err = p.boundedBy(w.decode)
		}
		if err != nil {
			return err
		}
		p.proven.pass(end)
		if err := w.send(); err != nil {
			return err
		}
	}
}

// load reads the chunk at from and some of what follows it.
func (w *fastWorker) load(from int64) error {
	want := min(int64(len(w.buf)-fastPad), w.p.src.Size-from)
	n, err := w.p.src.R.ReadAt(w.buf[:want], from)
	if int64(n) < want {
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return w.p.unreadable(err)
	}
	w.base, w.n = from, n
	for i := range fastPad { // what ends every field and every loop over them
		w.buf[n+i] = '\n'
	}
	return nil
}

// count moves on what is known of the chunk's first byte to the next chunk's.
// Hashing has its turn here because it goes through the file in order.
func (w *fastWorker) count(c counted, own int) counted {
	chunk := w.buf[:own]
	if w.p.sum != nil {
		w.p.sum.Write(chunk)
	}
	quotes, lines := tallyMarks(chunk)
	return counted{quoted: c.quoted != (quotes%2 == 1), fresh: chunk[own-1] == '\n', line: c.line + lines}
}

// attempt reads the chunk as it is if every quote before it is sound. It returns
// where the first record then begins, and where the next chunk's does.
func (w *fastWorker) attempt(c, next counted, own int) (begins int, end proven, err error) {
	if !w.indexed {
		begins, line := w.guess(c, own)
		end, err = w.parse(begins, own, line)
		return begins, end, err
	}
	x := &w.index
	x.cut(w.buf, w.n, own, c.quoted, c.fresh && !c.quoted)
	if begins = x.begins(); begins >= own {
		w.at = own
		return own, w.here(next.line), nil
	}
	end, err = w.parseIndexed(own, c.line)
	return begins, end, err
}

// guess returns where the chunk's first record begins if every quote before is
// sound, and its line; own where none does.
func (w *fastWorker) guess(c counted, own int) (at, line int) {
	if c.fresh && !c.quoted {
		return 0, c.line
	}
	quoted, line := c.quoted, c.line
	for i, b := range w.buf[:own] {
		switch b {
		case '"':
			quoted = !quoted
		case '\n':
			line++
			if !quoted {
				return i + 1, line
			}
		}
	}
	return own, line
}

// here is the proof that the next record begins at w.at.
func (w *fastWorker) here(line int) proven {
	return proven{at: w.base + int64(w.at), line: line, accepted: w.ledger.Accepted}
}

// whole decodes a record that is sound but holds something unusual.
func (w *fastWorker) whole() {
	if r := w.raw(); r.blank() {
		w.ledger.Blank++
		return
	}
	w.add()
}

// odd reads a record that the tokenizer could not, by the scanner of Read.
func (w *fastWorker) odd() error {
	if err := w.rescan(); err != nil {
		return err
	}
	w.ledger.Read++
	r := &w.rec
	if r.blank() && r.fault == sound {
		w.ledger.Blank++
	} else if d, bad := w.p.plan.unsound(r); bad {
		w.diags.add(d)
		w.ledger.Rejected++
	} else {
		w.add()
	}
	w.at += int(w.scan.base) + w.scan.pos
	w.line = w.scan.line
	return nil
}

// add decodes the record at hand as Read does.
func (w *fastWorker) add() {
	r := w.raw()
	for f, c := range w.p.plan.column {
		w.cells[f] = nil
		if c >= 0 {
			w.cells[f] = r.cell(c)
		}
	}
	if w.decode.add(&w.cells, w) {
		w.ledger.Accepted++
	} else {
		w.ledger.Rejected++
	}
}

// begins and raw make the worker the origin of the record at hand.
func (w *fastWorker) begins() int { return w.line }

func (w *fastWorker) raw() *record {
	if !w.scanned {
		// A record that was cut into fields before is read again without fail.
		_ = w.rescan()
	}
	return &w.rec
}

// rescan reads the record at hand with the scanner of Read. A record begins at
// the start of a line, so its columns are right from there.
func (w *fastWorker) rescan() error {
	w.scan = scanner{name: w.p.src.Name, r: &window{w: w, at: w.base + int64(w.at)}, delim: w.p.options.delimiter(),
		buf: w.scanBuf, line: w.line, whole: w.p.plan.looksWhole, mark: noMark, held: w.scan.held[:0], trial: w.scan.trial}
	w.scanned = true
	return w.scan.next(&w.rec)
}

// window reads a file from some place on, out of the worker's chunk while that
// lasts.
type window struct {
	w  *fastWorker
	at int64
}

func (v *window) Read(b []byte) (int, error) {
	w := v.w
	if in := v.at - w.base; in < int64(w.n) {
		n := copy(b, w.buf[in:w.n])
		v.at += int64(n)
		return n, nil
	}
	left := w.p.src.Size - v.at
	if left <= 0 {
		return 0, io.EOF
	}
	n, err := w.p.src.R.ReadAt(b[:min(int64(len(b)), left)], v.at)
	v.at += int64(n)
	return n, err
}

// drop forgets a chunk that was read from a wrong beginning.
func (w *fastWorker) drop() {
	w.decode.clear()
	w.ledger = data.Ledger{}
	clear(w.decode.replaced)
	w.forget()
}

func (w *fastWorker) forget() {
	if len(w.diags.counts) > 0 {
		w.diags = *newDiagnoses(w.p.src.Name)
	}
}

// settle enters a proven chunk into the result. It is called in the order of
// the chunks, by one worker at a time.
func (w *fastWorker) settle(before, end *proven) {
	w.decode.batch.First = before.accepted
	end.accepted = before.accepted + w.ledger.Accepted
	w.p.result.Ledger.Add(w.ledger)
	w.ledger = data.Ledger{}
	w.p.diags.merge(&w.diags)
	for r, n := range w.decode.replaced {
		if w.p.replaced == nil {
			w.p.replaced = map[replacement]int64{}
		}
		w.p.replaced[r] += n
	}
	clear(w.decode.replaced)
	w.forget()
}

// merge adds the diagnostics of what follows in the file.
func (ds *diagnoses) merge(o *diagnoses) {
	room := map[string]int64{}
	for code := range o.counts {
		room[code] = keptPerCode - ds.counts[code]
	}
	for _, d := range o.kept {
		if room[d.Code] > 0 {
			room[d.Code]--
			ds.kept = append(ds.kept, d)
		}
	}
	for code, n := range o.counts {
		ds.counts[code] += n
	}
}

// send hands over the batch of the chunk.
func (w *fastWorker) send() error {
	if w.decode.batch.N == 0 {
		return nil
	}
	err := w.emit(w.decode.batch)
	w.decode.clear()
	return err
}
