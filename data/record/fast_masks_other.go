//go:build !amd64 || purego

package record

const hasVectors = false

// mark fills one marks for every 64 bytes of buf and reports whether there is a
// NUL among them.
func mark(buf []byte, ms []marks, delim byte) (nul bool) { return markGo(buf, ms, delim) }
