package stats

import (
	"bytes"
	"cmp"
	"encoding/binary"
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

// allAscend reports whether no record of a block can be another's: whether every
// one has an id above the one before, or the file has none. Then it has noted them
// as ascends would have; else it has noted nothing.
func (a *Accumulator) allAscend(b *data.Batch, from, to int) bool {
	if b.ID.End == nil {
		return true
	}
	if a.opt.Repeated != nil || a.opt.Once || a.opt.RememberIDs || a.unordered {
		return false
	}
	goesOn := a.runBatch == b.First && a.runFile == b.File && len(a.runs) > 0
	before := []byte(nil)
	if goesOn {
		before = a.runs[len(a.runs)-1].until
	}
	if !idsAscend(&b.ID, before, from, to) {
		return false
	}
	first, last := b.ID.Bytes(from), b.ID.Bytes(to-1)
	if goesOn {
		r := &a.runs[len(a.runs)-1]
		r.until = append(r.until[:0], last...)
		return true
	}
	a.runBatch, a.runFile = b.First, b.File
	a.runs = append(a.runs, run{file: b.File, first: b.First + int64(from), from: bytes.Clone(first), until: bytes.Clone(last)})
	return true
}

// idsAscend reports whether texts from to to are none of them blank and each above
// the one before, the first above the one given (see compareIDs).
func idsAscend(t *data.Texts, before []byte, from, to int) bool {
	at := 0
	if from > 0 {
		at = int(t.End[from-1])
	}
	size, value := 0, uint64(0) // of the id before; the value where it is of up to eight bytes
	for i := from; i < to; i++ {
		end := int(t.End[i])
		n := end - at
		if n == 0 {
			return false
		}
		if n <= 8 && at+8 <= len(t.Buf) && i > from && size <= 8 {
			x := binary.BigEndian.Uint64(t.Buf[at:]) >> (64 - 8*uint(n))
			if n < size || n == size && x <= value {
				return false
			}
			size, value = n, x
		} else {
			id := t.Buf[at:end]
			if i > from {
				before = t.Bytes(i - 1)
			}
			if compareIDs(id, before) <= 0 {
				return false
			}
			size, value = n, 0
			for _, c := range id {
				value = value<<8 | uint64(c)
			}
		}
		at = end
	}
	return true
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
