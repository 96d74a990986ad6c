package stats

import (
	"bytes"
	"cmp"
	"slices"

	"toll/data"
)

// idSet is a set of hashes with open addressing: eight to sixteen bytes for each
// id, and no pointers.
type idSet struct {
	slots []uint64
	n     int
	zero  bool // whether the hash 0 is in the set
}

// add adds a hash and reports whether it was new.
func (s *idSet) add(h uint64) bool {
	if h == 0 {
		was := s.zero
		s.zero = true
		return !was
	}
	if 4*(s.n+1) > 3*len(s.slots) {
		s.grow()
	}
	mask := uint64(len(s.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		switch s.slots[i] {
		case 0:
			s.slots[i] = h
			s.n++
			return true
		case h:
			return false
		}
	}
}

func (s *idSet) grow() {
	old := s.slots
	s.slots = make([]uint64, max(1024, 2*len(old)))
	s.n = 0
	for _, h := range old {
		if h != 0 {
			s.add(h)
		}
	}
}

// each calls f for every hash of the set.
func (s *idSet) each(f func(uint64)) {
	if s.zero {
		f(0)
	}
	for _, h := range s.slots {
		if h != 0 {
			f(h)
		}
	}
}

// run is a stretch of records of one batch whose ids ascend: while they do, none
// repeats, and nothing has to be kept of them but where the stretch begins and
// ends.
type run struct {
	file        int
	first       int64 // number of its first record in the file
	from, until []byte
}

// compareIDs orders ids by length and then by bytes, in which running numbers
// ascend.
func compareIDs(a, b []byte) int {
	if o := cmp.Compare(len(a), len(b)); o != 0 {
		return o
	}
	return bytes.Compare(a, b)
}

// ascends reports whether an id is above all before it in its batch, and notes
// it. Where one is not, ids from then on are remembered by their hashes, and the
// accumulator asks for another pass (see NeedsIDs).
func (a *Accumulator) ascends(id []byte, b *data.Batch, i int) bool {
	if a.opt.RememberIDs || a.unordered {
		return false
	}
	at := b.First + int64(i)
	if a.runBatch == b.First && a.runFile == b.File && len(a.runs) > 0 {
		r := &a.runs[len(a.runs)-1]
		if compareIDs(id, r.until) <= 0 {
			a.unordered = true
			return true
		}
		r.until = append(r.until[:0], id...)
		return true
	}
	a.runBatch, a.runFile = b.First, b.File
	a.runs = append(a.runs, run{file: b.File, first: at, from: bytes.Clone(id), until: bytes.Clone(id)})
	return true
}

// NeedsIDs reports whether ids do not ascend throughout, so that only a pass
// with Options.RememberIDs can tell whether one repeats.
func (a *Accumulator) NeedsIDs() bool {
	if a.unordered {
		return true
	}
	slices.SortFunc(a.runs, func(x, y run) int { return cmp.Or(cmp.Compare(x.file, y.file), cmp.Compare(x.first, y.first)) })
	for i := 1; i < len(a.runs); i++ {
		if compareIDs(a.runs[i-1].until, a.runs[i].from) >= 0 {
			return true
		}
	}
	return false
}
