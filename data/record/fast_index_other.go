//go:build !amd64 || purego

package record

import "bytes"

const hasVectors = false

// vectors stands in for the assembly, which is not called without vectors.
func (x *index) vectors([]byte, int, int) int { return sweptOdd }

// tallyMarks counts the quotes and line ends of a text.
func tallyMarks(text []byte) (quotes, lines int) {
	return bytes.Count(text, quoteMark), bytes.Count(text, newline)
}
