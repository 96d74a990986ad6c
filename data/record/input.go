package record

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"strings"

	"toll/data"
)

// InputError says why a file cannot be read as a table of incidents. No record
// of the file may be used.
type InputError struct {
	File    string // as given
	Line    int    // one-based physical line; 0 where it concerns the file
	Column  int    // one-based byte column; 0 where it concerns the line or the file
	Code    string // stable, kebab-case; see Codes
	Message string
	Hint    string
	Err     error // the cause, where there is one
}

// Error returns "file:line:column: message [code]".
func (e *InputError) Error() string {
	var b strings.Builder
	b.WriteString(data.Visible(e.File))
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
		if e.Column > 0 {
			fmt.Fprintf(&b, ":%d", e.Column)
		}
	}
	fmt.Fprintf(&b, ": %s [%s]", data.Visible(e.Message), e.Code)
	return b.String()
}

// Unwrap returns the cause.
func (e *InputError) Unwrap() error { return e.Err }

// Diagnostic returns the error in the form of the other findings.
func (e *InputError) Diagnostic() data.Diagnostic {
	return data.Diagnostic{File: e.File, Line: e.Line, Column: e.Column, Severity: data.Error,
		Code: e.Code, Message: e.Message, Hint: e.Hint}
}

// newInputError takes the hint from the table of codes where none is given.
func newInputError(file string, at position, code, message, hint string) *InputError {
	if hint == "" {
		c, _ := LookupCode(code)
		hint = c.Fix
	}
	return &InputError{File: file, Line: at.line, Column: at.col, Code: code, Message: message, Hint: hint}
}

// input counts and hashes what is read, before anything is dropped or decoded.
type input struct {
	r   io.Reader
	sum hash.Hash
	n   int64
}

func newInput(r io.Reader) *input { return &input{r: r, sum: sha256.New()} }

func (in *input) Read(p []byte) (int, error) {
	n, err := in.r.Read(p)
	if n > 0 && n <= len(p) {
		in.sum.Write(p[:n])
		in.n += int64(n)
	}
	return n, err
}

// unreadable lists how files begin that are no text in UTF-8.
var unreadable = []struct{ magic, code, message string }{
	{"\xff\xfe", "utf-16", "this file is UTF-16 (little-endian)"},
	{"\xfe\xff", "utf-16", "this file is UTF-16 (big-endian)"},
	{"PK\x03\x04", "not-csv", "this is a workbook or a zip archive, not a CSV file"},
	{"\xd0\xcf\x11\xe0", "not-csv", "this is an old Excel workbook, not a CSV file"},
	{"\x1f\x8b", "not-csv", "this file is compressed with gzip"},
	{"%PDF-", "not-csv", "this is a PDF, not a CSV file"},
}

// begin looks at the first bytes: it drops a byte order mark, which it reports,
// and refuses what cannot be CSV in UTF-8.
func (s *scanner) begin() (bom bool, err error) {
	for s.end < 8 && s.err == nil {
		s.fill()
	}
	head := s.buf[:s.end]
	for _, u := range unreadable {
		if bytes.HasPrefix(head, []byte(u.magic)) {
			return false, newInputError(s.name, position{}, u.code, u.message, "")
		}
	}
	if len(head) >= 4 && (head[0] == 0) != (head[1] == 0) && (head[2] == 0) != (head[3] == 0) {
		return false, newInputError(s.name, position{}, "utf-16", "this file looks like UTF-16 without a byte order mark", "")
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		s.pos = 3
		s.lineStart = 3
		return true, nil
	}
	return false, nil
}
