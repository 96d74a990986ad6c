package charts

import (
	"cmp"
	"math/bits"
	"slices"
)

// huffman is a prefix code for the symbols of a deflate block.
type huffman struct {
	often []uint32 // of each symbol
	bits  []uint8  // length of its code, 0 where it has none
	code  []uint32 // its code, the first bit lowest

	leaves, nodes []weighed
	parent        []int16
}

// weighed is a symbol, or a knot of several, and how often it is.
type weighed struct {
	often uint32
	at    int16
}

// reset makes room for n symbols, none of which is used.
func (h *huffman) reset(n int) {
	h.often = append(h.often[:0], make([]uint32, n)...)
	h.bits = append(h.bits[:0], make([]uint8, n)...)
	h.code = append(h.code[:0], make([]uint32, n)...)
}

// used returns how many symbols are to be written, at least n.
func (h *huffman) used(n int) int {
	last := len(h.bits)
	for last > n && h.bits[last-1] == 0 {
		last--
	}
	return last
}

// build gives every symbol that is used a code of at most longest bits. Where the
// best code is longer, it is that of frequencies made more even.
func (h *huffman) build(longest uint8) {
	h.leaves = h.leaves[:0]
	for s, n := range h.often {
		if n > 0 {
			h.leaves = append(h.leaves, weighed{n, int16(s)})
		}
	}
	for s := 0; len(h.leaves) < 2; s++ { // a code has two symbols, for readers that ask for it
		if h.often[s] == 0 {
			h.leaves = append(h.leaves, weighed{1, int16(s)})
		}
	}
	for !h.lengths(longest) {
		for i := range h.leaves {
			h.leaves[i].often = h.leaves[i].often/2 + 1
		}
	}
	var count, next [17]uint32
	for _, n := range h.bits {
		count[n]++
	}
	count[0] = 0
	for n := 1; n < 16; n++ {
		next[n+1] = (next[n] + count[n]) << 1
	}
	for s, n := range h.bits {
		if n > 0 {
			h.code[s] = bits.Reverse32(next[n]) >> (32 - n)
			next[n]++
		}
	}
}

// lengths works out the best lengths, by joining the two rarest over and over, and
// reports whether none is too long.
func (h *huffman) lengths(longest uint8) bool {
	slices.SortFunc(h.leaves, func(a, b weighed) int { return cmp.Or(cmp.Compare(a.often, b.often), cmp.Compare(a.at, b.at)) })
	n := len(h.leaves)
	h.nodes = h.nodes[:0]
	h.parent = append(h.parent[:0], make([]int16, 2*n-1)...) // of the leaves, then of the knots
	leaf, node := 0, 0
	rarest := func() (uint32, int) {
		if leaf < n && (node >= len(h.nodes) || h.leaves[leaf].often <= h.nodes[node].often) {
			leaf++
			return h.leaves[leaf-1].often, leaf - 1
		}
		node++
		return h.nodes[node-1].often, n + node - 1
	}
	for k := range n - 1 {
		x, i := rarest()
		y, j := rarest()
		h.nodes = append(h.nodes, weighed{often: x + y})
		h.parent[i], h.parent[j] = int16(n+k), int16(n+k)
	}
	depth := h.parent // a knot's parent comes after it
	depth[2*n-2] = 0
	for i := 2*n - 3; i >= 0; i-- {
		depth[i] = depth[depth[i]] + 1
	}
	for i, l := range h.leaves {
		if depth[i] > int16(longest) {
			return false
		}
		h.bits[l.at] = uint8(depth[i])
	}
	return true
}
