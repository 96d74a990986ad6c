//go:build !purego

package record

import "golang.org/x/sys/cpu"

// masksAVX2 is markGo by vector instructions; high may be any number but 0.
//
//go:noescape
func masksAVX2(buf *byte, marks *marks, n int, delim byte) (nul bool)

var hasVectors = cpu.X86.HasAVX2 && cpu.X86.HasPOPCNT

// mark fills one marks for every 64 bytes of buf and reports whether there is a
// NUL among them.
func mark(buf []byte, ms []marks, delim byte) (nul bool) {
	if !hasVectors {
		return markGo(buf, ms, delim)
	}
	if len(ms) == 0 {
		return false
	}
	_ = buf[len(ms)*64-1]
	return masksAVX2(&buf[0], &ms[0], len(ms), delim)
}
