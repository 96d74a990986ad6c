package output

import (
	"encoding/base64"
	"math"
	"math/bits"
	"slices"
	"sync"
)

// packed is a column of integers as the page holds it: Rice codes, whose length
// follows the size of a value. They need no compressor, so that the bytes are the
// same whatever the Go version, and a page unpacks them in a few lines.
type packed struct {
	N     int    `json:"n"`           // how many
	K     int    `json:"k"`           // low bits of a value that are written out
	Steps bool   `json:"d,omitempty"` // differences, negative ones folded in
	Bits  string `json:"b"`           // base64, the first bit of a byte is its highest; blank where all are K
}

// maxUnary is the quotient from which a value is written out whole, in 53 bits.
const maxUnary = 24

// pack writes a column of values from 0 to 2⁵²; those that lie close to the one
// before are written as differences where that is shorter.
func pack(values []int64) packed {
	if len(values) == 0 {
		return packed{}
	}
	if slices.Min(values) == slices.Max(values) {
		return packed{N: len(values), K: int(values[0])}
	}
	r := rooms.Get().(*room)
	defer rooms.Put(r)
	r.plain, r.steps = slices.Grow(r.plain[:0], len(values)), slices.Grow(r.steps[:0], len(values))
	last := int64(0)
	for _, v := range values {
		r.plain, r.steps = append(r.plain, uint64(v)), append(r.steps, fold(v-last))
		last = v
	}
	plain, steps := r.plain, r.steps
	kp, np := bestRice(plain)
	ks, ns := bestRice(steps)
	p := packed{N: len(values), K: kp}
	use := plain
	if ns < np {
		p.K, p.Steps, use = ks, true, steps
	}
	w := bitWriter{out: make([]byte, 0, min(ns, np)/8+1)}
	for _, v := range use {
		w.rice(v, p.K)
	}
	p.Bits = base64.StdEncoding.EncodeToString(w.bytes())
	return p
}

// room is for the numbers of a column, which may be as many as the incidents of a
// report.
type room struct{ plain, steps []uint64 }

var rooms = sync.Pool{New: func() any { return new(room) }}

// fold makes small unsigned numbers of small signed ones: 0, −1, 1, −2, …
func fold(v int64) uint64 { return uint64(v<<1) ^ uint64(v>>63) }

// bestRice returns the parameter that makes the column shortest, and how many
// bits that takes; the least of several. A parameter is given up as soon as it
// takes more than another.
func bestRice(values []uint64) (k, size int) {
	sum := uint64(0)
	for _, v := range values {
		sum += min(v, 1<<40)
	}
	k = min(39, bits.Len64(sum/uint64(max(1, len(values))))) // near the best
	size = riceBits(values, k, math.MaxInt)
	for try := range 40 {
		if len(values)*(try+1) > size { // each value takes that much at least
			break
		}
		if n := riceBits(values, try, size); n < size || n == size && try < k {
			k, size = try, n
		}
	}
	return k, size
}

// riceBits is how many bits a column takes, or some number above most.
func riceBits(values []uint64, k, most int) int {
	n := 0
	for len(values) > 0 && n <= most {
		some := values[:min(len(values), 1024)]
		values = values[len(some):]
		for _, v := range some {
			if q := v >> k; q < maxUnary {
				n += int(q) + 1 + k
			} else {
				n += maxUnary + 53
			}
		}
	}
	return n
}

type bitWriter struct {
	out  []byte
	acc  uint64
	have int
}

func (w *bitWriter) rice(v uint64, k int) {
	q := v >> k
	if q >= maxUnary {
		w.put(1<<maxUnary-1, maxUnary)
		w.put(v>>27, 26)
		w.put(v&(1<<27-1), 27)
		return
	}
	w.put((1<<q-1)<<1, int(q)+1)
	if k > 26 {
		w.put(v>>26&(1<<(k-26)-1), k-26)
		k = 26
	}
	w.put(v&(1<<k-1), k)
}

// put writes the n lowest bits, at most 32.
func (w *bitWriter) put(v uint64, n int) {
	w.acc = w.acc<<n | v&(1<<n-1)
	for w.have += n; w.have >= 8; w.have -= 8 {
		w.out = append(w.out, byte(w.acc>>(w.have-8)))
	}
}

func (w *bitWriter) bytes() []byte {
	if w.have > 0 {
		return append(w.out, byte(w.acc<<(8-w.have)))
	}
	return w.out
}
