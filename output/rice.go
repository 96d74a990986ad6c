package output

import (
	"encoding/base64"
	"slices"
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
	steps := make([]uint64, len(values))
	plain := make([]uint64, len(values))
	last := int64(0)
	for i, v := range values {
		plain[i] = uint64(v)
		steps[i] = fold(v - last)
		last = v
	}
	kp, np := bestRice(plain)
	ks, ns := bestRice(steps)
	if len(values) == 0 || slices.Min(values) == slices.Max(values) {
		return packed{N: len(values), K: int(slices.Max(append(values, 0)))}
	}
	p := packed{N: len(values), K: kp}
	use := plain
	if ns < np {
		p.K, p.Steps, use = ks, true, steps
	}
	w := bitWriter{}
	for _, v := range use {
		w.rice(v, p.K)
	}
	p.Bits = base64.StdEncoding.EncodeToString(w.bytes())
	return p
}

// fold makes small unsigned numbers of small signed ones: 0, −1, 1, −2, …
func fold(v int64) uint64 { return uint64(v<<1) ^ uint64(v>>63) }

// bestRice returns the parameter that makes the column shortest, and how many
// bits that takes.
func bestRice(values []uint64) (k, size int) {
	size = -1
	for try := range 40 {
		n := 0
		for _, v := range values {
			if q := v >> try; q < maxUnary {
				n += int(q) + 1 + try
			} else {
				n += maxUnary + 53
			}
		}
		if size < 0 || n < size {
			k, size = try, n
		}
	}
	return k, size
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
