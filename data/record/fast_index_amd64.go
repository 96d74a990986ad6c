//go:build !purego

package record

import (
	"bytes"
	"unsafe"

	"golang.org/x/sys/cpu"
)

var (
	hasVectors = cpu.X86.HasAVX2 && cpu.X86.HasPOPCNT && cpu.X86.HasBMI1 && cpu.X86.HasPCLMULQDQ
	hasWide    = hasVectors && cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VBMI2
)

// sweepAVX2 enters whole blocks by vector instructions, as index.block does, up to
// one in which quotes may be unsound, which it leaves. It returns one of the
// constants swept….
//
//go:noescape
func sweepAVX2(s *sweep) int

// sweepAVX512 is sweepAVX2 for processors with vectors of 64 bytes.
//
//go:noescape
func sweepAVX512(s *sweep) int

// tallyAVX2 counts quotes and line ends in blocks of 64 bytes.
//
//go:noescape
func tallyAVX2(text *byte, blocks int) (quotes, lines int)

// vectors enters whole blocks from at on and before to.
func (x *index) vectors(buf []byte, at, to int) int {
	s := &x.s
	ends, rows, high := x.ends[:cap(x.ends)], x.rows[:cap(x.rows)], x.high[:cap(x.high)]
	if len(ends) < len(x.ends)+blockEnds || len(rows) < len(x.rows)+blockEnds {
		return sweptNoRoom
	}
	_, _ = buf[to*64-1], high[to-1]
	s.at, s.to, s.origin = &buf[at*64], unsafe.SliceData(buf[to*64:]), uintptr(unsafe.Pointer(&buf[0]))-1
	s.ends, s.end, s.full = &ends[0], &ends[len(x.ends):][0], &ends[min(len(ends), len(x.ends)+len(rows)-len(x.rows))-blockEnds]
	s.row, s.high = &rows[len(x.rows)], &high[at]
	var how int
	if hasWide && !x.narrow {
		how = sweepAVX512(s)
	} else {
		how = sweepAVX2(s)
	}
	x.ends = ends[:offset(s.ends, s.end)/4]
	x.rows = rows[:offset((*byte)(unsafe.Pointer(&rows[0])), (*byte)(unsafe.Pointer(s.row)))/8]
	x.high = high[:offset(&buf[0], s.at)/64]
	x.nul = x.nul || s.nul != 0
	s.at, s.to, s.ends, s.end, s.full, s.row, s.high = nil, nil, nil, nil, nil, nil, nil
	return how
}

// offset returns how many bytes one place lies behind another of the same memory.
func offset[T any](from, to *T) int {
	return int(uintptr(unsafe.Pointer(to)) - uintptr(unsafe.Pointer(from)))
}

// tallyMarks counts the quotes and line ends of a text.
func tallyMarks(text []byte) (quotes, lines int) {
	if hasVectors && len(text) >= 64 {
		quotes, lines = tallyAVX2(&text[0], len(text)/64)
		text = text[len(text)&^63:]
	}
	return quotes + bytes.Count(text, quoteMark), lines + bytes.Count(text, newline)
}
