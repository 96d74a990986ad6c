package record

import (
	"math"
	"math/bits"
	"unicode/utf8"
)

// index is where the records and cells of a chunk lie, found for all of it at
// once before any record is decoded. It holds as far as quotes are sound: each
// opens at the beginning of a cell and closes at its end, or is doubled.
//
// It goes along in blocks of 64 bytes, in each of which a bit of a word stands for
// a byte, the first byte for the lowest.
type index struct {
	delim byte
	nul   bool      // there is a NUL somewhere
	ends  []int32   // where each cell ends and the next begins: behind each separator outside quotes
	rows  []rowMark // the ends that are behind a line end
	high  []uint32  // by block: not 0 where any of its bytes is not ASCII
	good  int       // where quotes cease to be sound; as far as the index goes where they do not
	s     sweep

	narrow bool // no vectors of 64 bytes
}

// rowMark is where a record begins: the number of the end before it, and how many
// line ends there are before it in the chunk.
type rowMark struct{ end, line int32 }

// sweep is where an index has got to. The assembly of fast_index_amd64.s works on
// it.
type sweep struct {
	at, to *byte    // the block at hand, and behind the last whole one
	origin uintptr  // one before the first byte, so that a separator's place less this is where its cell ends
	ends   *int32   // what ends begins with
	end    *int32   // where the next end goes
	full   *int32   // from where on a block may have more ends than there is room for
	row    *rowMark // where the next row goes
	high   *uint32  // where the next block's goes
	inside uint64   // all bits where the block begins within quotes
	parted uint64   // 1 where the byte before it is a separator or a quote
	closed uint64   // 1 where the byte before it closed a cell, or is the first of two quotes
	delim  uint64
	nul    uint64 // not 0 once there was a NUL
	lines  uint32 // line ends before the block
}

// bitsOf are the bytes of a block that mean something.
type bitsOf struct{ sep, line, quote uint64 }

// look says which bytes of a block are separators, line ends and quotes.
func look(block []byte, delim byte) (b bitsOf, high uint32, nul bool) {
	for j, c := range block[:64] {
		bit := uint64(1) << j
		switch {
		case c == '\n':
			b.line, b.sep = b.line|bit, b.sep|bit
		case c == delim:
			b.sep |= bit
		case c == '"':
			b.quote |= bit
		case c == 0:
			nul = true
		case c >= utf8.RuneSelf:
			high = 1
		}
	}
	return b, high, nul
}

// parity sets each bit to whether the number of bits up to and with it is odd.
func parity(x uint64) uint64 {
	x ^= x << 1
	x ^= x << 2
	x ^= x << 4
	x ^= x << 8
	x ^= x << 16
	return x ^ x<<32
}

const (
	blockEnds   = 64 + 16 // ends that a block may write
	stepBlocks  = 8       // how far the index goes at a time behind the chunk
	sweptAll    = 0
	sweptNoRoom = 1
	sweptOdd    = 2
)

// cut finds the cells of the records that begin before own in the first n bytes
// of a buffer, behind which there are 64 more. Quoted says whether the first byte
// lies within quotes, fresh whether a record begins there.
//
// What is wrong with quotes before the first line end is not looked at: it
// belongs to a record of the chunk before.
func (x *index) cut(buf []byte, n, own int, quoted, fresh bool) {
	x.begin(n, quoted, fresh)
	for to := (own + 63) / 64; ; to = min(to+stepBlocks, (n+63)/64) {
		if !x.blocks(buf, n, to) {
			return
		}
		reached := min(to*64, n)
		if k := len(x.rows); reached == n || k > 0 && int(x.ends[x.rows[k-1].end]) >= own {
			x.good = reached
			return
		}
	}
}

// begins returns where the first record begins; far behind the chunk where none
// does.
func (x *index) begins() int {
	if len(x.rows) == 0 {
		return math.MaxInt
	}
	return int(x.ends[x.rows[0].end])
}

func (x *index) begin(n int, quoted, fresh bool) {
	if x.ends == nil {
		x.ends = make([]int32, 0, 1<<14)
		x.rows = make([]rowMark, 0, 1<<10)
	}
	if blocks := (n + 63) / 64; cap(x.high) < blocks {
		x.high = make([]uint32, 0, blocks)
	}
	x.ends, x.rows, x.high, x.nul = x.ends[:0], x.rows[:0], x.high[:0], false
	x.s = sweep{parted: 1, delim: uint64(x.delim)}
	if quoted {
		x.s.inside = ^uint64(0)
	}
	if fresh {
		x.ends, x.rows = append(x.ends, 0), append(x.rows, rowMark{})
	}
}

// blocks goes on until before a block; false where quotes cease to be sound.
func (x *index) blocks(buf []byte, n, to int) bool {
	for {
		at := len(x.high)
		if hasVectors && at < min(to, n/64) {
			switch x.vectors(buf, at, min(to, n/64)) {
			case sweptNoRoom:
				x.grow()
				continue
			case sweptAll:
				continue
			}
			at = len(x.high)
		}
		if at >= to {
			return true
		}
		if !x.block(buf, n, at) {
			return false
		}
	}
}

// grow makes room for what there is the least of.
func (x *index) grow() {
	if cap(x.ends)-len(x.ends) < cap(x.rows)-len(x.rows) {
		x.ends = append(make([]int32, 0, 2*cap(x.ends)), x.ends...)
		return
	}
	x.rows = append(make([]rowMark, 0, 2*cap(x.rows)), x.rows...)
}

// block enters one block, whatever is in it.
func (x *index) block(buf []byte, n, i int) bool {
	b, high, nul := look(buf[i*64:], x.delim)
	if rest := n - i*64; rest < 64 {
		within := uint64(1)<<rest - 1
		b.sep, b.line, b.quote = b.sep&within, b.line&within, b.quote&within
	}
	x.high, x.nul = append(x.high, high), x.nul || nul
	s := &x.s
	in := parity(b.quote) ^ s.inside // the opening quote is in, the closing one is not
	sep := b.sep &^ in
	opens, closes := b.quote&in, b.quote&^in
	bad := opens &^ ((sep|b.quote)<<1 | s.parted)
	bad |= strange(buf, n, i*64, (closes<<1|s.closed)&^(sep|b.quote))
	if len(x.rows) == 0 && bad != 0 {
		line := sep & b.line
		bad &= -(line & -line) // from the first line end on
	}
	x.take(sep, b.line, i*64)
	if bad != 0 {
		x.good = i*64 + bits.TrailingZeros64(bad)
		return false
	}
	s.inside = uint64(int64(in) >> 63)
	s.parted, s.closed = (sep|b.quote)>>63, closes>>63
	return true
}

// take enters the separators of a block.
func (x *index) take(sep, line uint64, at int) {
	for ends := line & sep; ends != 0; ends &= ends - 1 {
		upTo := ends&-ends | (ends&-ends - 1)
		x.rows = append(x.rows, rowMark{int32(len(x.ends) + bits.OnesCount64(sep&upTo) - 1), int32(x.s.lines) + int32(bits.OnesCount64(line&upTo))})
	}
	for ; sep != 0; sep &= sep - 1 {
		x.ends = append(x.ends, int32(at+bits.TrailingZeros64(sep)+1))
	}
	x.s.lines += uint32(bits.OnesCount64(line))
}

// strange returns which of the bytes behind a closing quote are not the carriage
// return of a line end.
func strange(buf []byte, n, at int, after uint64) (bad uint64) {
	for ; after != 0; after &= after - 1 {
		if i := at + bits.TrailingZeros64(after); i+1 >= n || buf[i] != '\r' || buf[i+1] != '\n' {
			bad |= after & -after
		}
	}
	return bad
}

// isText reports whether all between two places that the index has passed is
// UTF-8. A byte that is not ASCII stands among bytes of its character, so every
// run of blocks that hold such bytes holds whole characters.
func (x *index) isText(buf []byte, from, to int) bool {
	for i, last := from>>6, (to+63)>>6; i < last; i++ {
		if x.high[i] == 0 {
			continue
		}
		j := i + 1
		for j < last && x.high[j] != 0 {
			j++
		}
		if !isUTF8(buf[max(from, i*64):min(to, j*64)]) {
			return false
		}
		i = j
	}
	return true
}
