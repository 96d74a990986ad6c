package record

import (
	"encoding/binary"
	"math/bits"
)

// spellings is a hash table from the raw cells of a text column to their codes.
// It finds a cell without copying it, and holds no pointers for the collector.
type spellings struct {
	slots []spelling
	n     int
	text  []byte
}

// spelling is one raw cell: its hash, never 0, where it stands in text, its code.
type spelling struct {
	hash     uint64
	from, to uint32
	code     uint32
}

// maxSpellingText bounds what is remembered of a column in which no spelling
// comes again.
const maxSpellingText = 64 << 20

func (s *spellings) find(hash uint64, raw []byte) (uint32, bool) {
	if s.n == 0 {
		return 0, false
	}
	mask := uint64(len(s.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		e := &s.slots[i]
		if e.hash == hash && string(s.text[e.from:e.to]) == string(raw) {
			return e.code, true
		}
		if e.hash == 0 {
			return 0, false
		}
	}
}

// add remembers a cell that find does not know.
func (s *spellings) add(hash uint64, raw []byte, code uint32) {
	if len(s.text)+len(raw) > maxSpellingText {
		return
	}
	if 2*(s.n+1) > len(s.slots) {
		old := s.slots
		s.slots = make([]spelling, max(64, 2*len(old)))
		for _, e := range old {
			if e.hash != 0 {
				s.put(e)
			}
		}
	}
	from := uint32(len(s.text))
	s.text = append(s.text, raw...)
	s.put(spelling{hash: hash, from: from, to: uint32(len(s.text)), code: code})
	s.n++
}

func (s *spellings) put(e spelling) {
	mask := uint64(len(s.slots) - 1)
	i := e.hash & mask
	for s.slots[i].hash != 0 {
		i = (i + 1) & mask
	}
	s.slots[i] = e
}

// hashOf hashes a raw cell. It is the same in every run, so that nothing depends
// on chance; whoever makes cells that collide slows down their own file.
func hashOf(raw []byte) uint64 {
	const k0, k1 = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
	n := len(raw)
	h := uint64(n) * k0
	switch {
	case n >= 8:
		for i := 0; i+8 < n; i += 8 {
			hi, lo := bits.Mul64(binary.LittleEndian.Uint64(raw[i:])^h, k1)
			h = hi ^ lo
		}
		hi, lo := bits.Mul64(binary.LittleEndian.Uint64(raw[n-8:])^h, k0)
		h = hi ^ lo
	case n >= 4:
		x := uint64(binary.LittleEndian.Uint32(raw))<<32 | uint64(binary.LittleEndian.Uint32(raw[n-4:]))
		hi, lo := bits.Mul64(x^h, k1)
		h = hi ^ lo
	default:
		for _, c := range raw {
			h = (h ^ uint64(c)) * k1
		}
		h ^= h >> 29
	}
	return h | 1<<63
}
