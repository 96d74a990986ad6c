package charts

import (
	"encoding/binary"
	"hash/adler32"
	"math/bits"
	"slices"
	"sync"
)

// deflater compresses the rows of a picture into a zlib stream (RFC 1950, 1951).
// A page is mostly runs of one colour and rows like the row above, which it looks
// for first; what is left, letters above all, it looks up by four bytes in one
// table. It is several times as fast as a compressor that must serve any data, at
// about the same size, and its bytes hang on no version of a library.
type deflater struct {
	out    []byte
	acc    uint64 // bits to be written, the lowest first
	n      uint
	tokens []token
	table  [1 << hashBits]int32 // 1 + where the four bytes were last seen
	lens   huffman
	dists  huffman
}

// token is a byte, or a repetition: its length in bits 16 to 24, its distance less
// one below, and the highest bit.
type token uint32

const (
	hashBits  = 14
	maxWindow = 1 << 15
	maxMatch  = 258
	// lazy is up to what length of a repetition the next byte is tried too.
	lazy = 24
	// maxTokens is how many tokens share their codes.
	maxTokens = 1 << 14
	repeated  = token(1) << 31
)

var deflaters = sync.Pool{New: func() any { return new(deflater) }}

// zlibbed returns b compressed: rows of stride bytes, of which a pixel has size.
// The bytes are the deflater's own until its next picture.
func (d *deflater) zlibbed(b []byte, stride, size int) []byte {
	d.out, d.acc, d.n = append(d.out[:0], 0x78, 0x5E), 0, 0
	d.table = [1 << hashBits]int32{}
	m := matcher{b: b, up: stride, left: size, table: &d.table}
	if stride > maxWindow {
		m.up = 0
	}
	d.tokens = d.tokens[:0]
	for i := 0; i < len(b); {
		if len(d.tokens) >= maxTokens {
			d.block(false)
		}
		n, dist := m.find(i)
		for n > 0 && n < lazy && i+1 < len(b) {
			n2, dist2 := m.find(i + 1)
			if n2 <= n {
				break
			}
			d.tokens = append(d.tokens, token(b[i]))
			i++
			n, dist = n2, dist2
		}
		if n == 0 {
			d.tokens = append(d.tokens, token(b[i]))
			i++
			continue
		}
		d.tokens = append(d.tokens, repeated|token(n)<<16|token(dist-1))
		i += n
	}
	d.block(true)
	for ; d.n > 0; d.n -= min(d.n, 8) {
		d.out = append(d.out, byte(d.acc))
		d.acc >>= 8
	}
	d.out = binary.BigEndian.AppendUint32(d.out, adler32.Checksum(b))
	return d.out
}

// matcher finds what is repeated.
type matcher struct {
	b        []byte
	up, left int // distances of the pixel above, 0 where it is too far, and of that before
	table    *[1 << hashBits]int32
}

// find returns the longest repetition it knows of at i, and its distance; 0 where
// bytes are as short.
func (m *matcher) find(i int) (n, dist int) {
	b := m.b
	if len(b)-i < 8 {
		return 0, 0
	}
	v := binary.LittleEndian.Uint32(b[i:])
	if i >= m.left && binary.LittleEndian.Uint32(b[i-m.left:]) == v {
		n, dist = same(b, i-m.left, i), m.left
	}
	if m.up > 0 && i >= m.up && n < maxMatch && binary.LittleEndian.Uint32(b[i-m.up:]) == v {
		if l := same(b, i-m.up, i); l > n {
			n, dist = l, m.up
		}
	}
	h := v * 0x9E3779B1 >> (32 - hashBits)
	at := int(m.table[h]) - 1
	m.table[h] = int32(i) + 1
	if n < lazy && at >= 0 && at < i && i-at <= maxWindow && binary.LittleEndian.Uint32(b[at:]) == v {
		if l := same(b, at, i); l > n+1 {
			n, dist = l, i-at
		}
	}
	return n, dist
}

// same returns for how many bytes b goes on at i as it does at j, which is before.
func same(b []byte, j, i int) int {
	end := min(len(b), i+maxMatch)
	n := 0
	for i+n+8 <= end {
		if x := binary.LittleEndian.Uint64(b[i+n:]) ^ binary.LittleEndian.Uint64(b[j+n:]); x != 0 {
			return n + bits.TrailingZeros64(x)/8
		}
		n += 8
	}
	for i+n < end && b[i+n] == b[j+n] {
		n++
	}
	return n
}

func (d *deflater) put(v uint32, n uint8) {
	d.acc |= uint64(v) << d.n
	if d.n += uint(n); d.n >= 32 {
		d.out = binary.LittleEndian.AppendUint32(d.out, uint32(d.acc))
		d.acc >>= 32
		d.n -= 32
	}
}

// endOfBlock is the symbol that ends a block.
const endOfBlock = 256

// block writes the tokens gathered as a block with codes of its own.
func (d *deflater) block(last bool) {
	d.lens.reset(286)
	d.dists.reset(30)
	for _, t := range d.tokens {
		if t&repeated == 0 {
			d.lens.often[t]++
			continue
		}
		d.lens.often[257+int(lengthCode[t>>16&0x1FF])]++
		d.dists.often[distCode(uint32(t)&0xFFFF)]++
	}
	d.lens.often[endOfBlock] = 1
	d.lens.build(15)
	d.dists.build(15)
	d.put(b2u(last)|2<<1, 3)
	d.codes()
	for _, t := range d.tokens {
		if t&repeated == 0 {
			d.put(d.lens.code[t], d.lens.bits[t])
			continue
		}
		n, dist := uint32(t>>16&0x1FF), uint32(t)&0xFFFF
		l := lengthCode[n]
		d.put(d.lens.code[257+int(l)], d.lens.bits[257+int(l)])
		d.put(n-uint32(lengthBase[l]), lengthExtra(l))
		c := distCode(dist)
		d.put(d.dists.code[c], d.dists.bits[c])
		extra, base := distExtra(c)
		d.put(dist-base, extra)
	}
	d.put(d.lens.code[endOfBlock], d.lens.bits[endOfBlock])
	d.tokens = d.tokens[:0]
}

func b2u(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// codes writes the lengths of both codes, themselves in a code (RFC 1951, 3.2.7).
func (d *deflater) codes() {
	nl, nd := d.lens.used(257), d.dists.used(1)
	all := slices.Concat(d.lens.bits[:nl], d.dists.bits[:nd])
	var h huffman
	h.reset(19)
	type part struct{ sym, extra, n uint8 }
	var parts []part
	for i := 0; i < len(all); {
		v, n := all[i], 1
		for i+n < len(all) && all[i+n] == v {
			n++
		}
		i += n
		if v != 0 {
			parts, n = append(parts, part{v, 0, 0}), n-1
		}
		for n > 0 {
			switch k := uint8(min(n, 138)); {
			case v == 0 && k >= 11:
				parts, n = append(parts, part{18, k - 11, 7}), n-int(k)
			case v == 0 && k >= 3:
				parts, n = append(parts, part{17, k - 3, 3}), n-int(k)
			case v != 0 && k >= 3:
				k = min(k, 6)
				parts, n = append(parts, part{16, k - 3, 2}), n-int(k)
			default:
				parts, n = append(parts, part{v, 0, 0}), n-1
			}
		}
	}
	for _, p := range parts {
		h.often[p.sym]++
	}
	h.build(7)
	order := [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
	n := 19
	for n > 4 && h.bits[order[n-1]] == 0 {
		n--
	}
	d.put(uint32(nl-257), 5)
	d.put(uint32(nd-1), 5)
	d.put(uint32(n-4), 4)
	for _, s := range order[:n] {
		d.put(uint32(h.bits[s]), 3)
	}
	for _, p := range parts {
		d.put(h.code[p.sym], h.bits[p.sym])
		d.put(uint32(p.extra), p.n)
	}
}

// lengthCode is the code of a length less 257, lengthBase the least length of it.
var lengthCode, lengthBase = func() (code [maxMatch + 1]uint8, base [29]uint16) {
	n := 3
	for c := range uint8(28) {
		base[c] = uint16(n)
		for range 1 << lengthExtra(c) {
			if n < maxMatch {
				code[n] = c
				n++
			}
		}
	}
	code[maxMatch], base[28] = 28, maxMatch
	return code, base
}()

// lengthExtra is how many bits follow the code of a length.
func lengthExtra(c uint8) uint8 {
	if c < 8 || c == 28 {
		return 0
	}
	return c/4 - 1
}

// distCode is the code of a distance less one.
func distCode(d uint32) int {
	if d < 4 {
		return int(d)
	}
	n := bits.Len32(d) - 2
	return 2*n + int(d>>n)
}

// distExtra is how many bits follow the code of a distance, and the least of it,
// less one.
func distExtra(c int) (n uint8, base uint32) {
	if c < 4 {
		return 0, uint32(c)
	}
	n = uint8(c/2 - 1)
	return n, uint32(2+c&1) << n
}
