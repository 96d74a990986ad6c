package record

// spellings is a hash table from the raw cells of a text column to their codes,
// for those that are not themselves the names they stand for. It finds a cell without copying it, and holds no pointers for the collector.
type spellings struct {
	slots []spelling
	n     int
	text  []byte
}

// spelling is one raw cell: its hash, where it stands in text, its code, and
// whether there is one.
type spelling struct {
	hash     uint64
	from, to uint32
	code     uint32
	set      bool
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
		if !e.set {
			return 0, false
		}
		if e.hash == hash && string(s.text[e.from:e.to]) == string(raw) {
			return e.code, true
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
			if e.set {
				s.put(e)
			}
		}
	}
	from := uint32(len(s.text))
	s.text = append(s.text, raw...)
	s.put(spelling{hash: hash, from: from, to: uint32(len(s.text)), code: code, set: true})
	s.n++
}

func (s *spellings) put(e spelling) {
	mask := uint64(len(s.slots) - 1)
	i := e.hash & mask
	for s.slots[i].set {
		i = (i + 1) & mask
	}
	s.slots[i] = e
}
