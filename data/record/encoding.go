package record

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"toll/data"
)

// encodings are the encodings that --encoding names. None but UTF-16 with its
// byte order mark is ever recognised: a file in one of them reads without a fault
// in every other, with other letters.
var encodings = []struct {
	name string
	enc  encoding.Encoding
}{
	{"windows-1252", charmap.Windows1252}, {"iso-8859-1", charmap.ISO8859_1}, {"iso-8859-15", charmap.ISO8859_15},
	{"macintosh", charmap.Macintosh}, {"windows-1250", charmap.Windows1250}, {"windows-1251", charmap.Windows1251},
	{"windows-1253", charmap.Windows1253}, {"windows-1254", charmap.Windows1254}, {"windows-1255", charmap.Windows1255},
	{"windows-1256", charmap.Windows1256}, {"windows-1257", charmap.Windows1257}, {"windows-1258", charmap.Windows1258},
	{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)}, {"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
}

// EncodingNames returns the names that --encoding takes.
func EncodingNames() []string {
	names := []string{"utf-8"}
	for _, e := range encodings {
		names = append(names, e.name)
	}
	return names
}

func encodingOf(name string) (encoding.Encoding, bool) {
	name = strings.ToLower(name)
	if name == "latin-1" || name == "latin1" {
		name = "iso-8859-1"
	}
	if after, ok := strings.CutPrefix(name, "cp"); ok {
		name = "windows-" + after
	}
	for _, e := range encodings {
		if e.name == name {
			return e.enc, true
		}
	}
	return nil, false
}

func unknownEncoding(name, asked string) error {
	return newInputError(name, position{}, "unknown-encoding", fmt.Sprintf("there is no encoding %q here", asked),
		"the encodings are "+strings.Join(EncodingNames(), ", "))
}

// The limits of a compressed file: what it unpacks to may be this many times its
// size once it is past a first allowance, and never more than the last. Files of
// incidents shrink about elevenfold; a bomb unpacks a thousandfold.
const (
	bombRatio     = 100
	bombAllowance = 64 << 20
	bombLimit     = 64 << 30
)

// gunzip unpacks a file within those limits.
func gunzip(name string, r io.Reader) (io.Reader, error) {
	in := &packed{r: r}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, unreadableGzip(name, err)
	}
	return &unpacked{name: name, in: in, z: z}, nil
}

type packed struct {
	r io.Reader
	n int64
}

func (p *packed) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.n += int64(max(0, n))
	return n, err
}

type unpacked struct {
	name string
	in   *packed
	z    *gzip.Reader
	n    int64
}

func (u *unpacked) Read(b []byte) (int, error) {
	n, err := u.z.Read(b)
	u.n += int64(n)
	if u.n > bombLimit || u.n > bombAllowance && u.n/bombRatio > u.in.n {
		return 0, newInputError(u.name, position{}, "unpacks-too-large",
			fmt.Sprintf("the file unpacks to more than %d times its size; after %d MiB reading stopped", bombRatio, u.n>>20), "")
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, unreadableGzip(u.name, err)
	}
	return n, err
}

func unreadableGzip(name string, err error) error {
	e := newInputError(name, position{}, "unreadable", "the compressed file cannot be unpacked: "+err.Error(), "")
	e.Err = err
	return e
}

// texts looks for bytes that are no UTF-8, as a file passes through it.
type texts struct {
	r       io.Reader
	line    int
	tail    []byte // the line at hand, while it is short
	foreign int    // lines with letters of more than one byte, all sound
	bad     int    // lines that are no UTF-8
	samples []badLine
}

type badLine struct {
	line int
	raw  []byte
}

const (
	keptLine   = 4 << 10 // bytes of a line that are looked at as a whole
	badSamples = 3
)

func (t *texts) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	rest := p[:max(0, n)]
	for len(rest) > 0 {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			t.keep(rest)
			break
		}
		t.keep(rest[:i])
		t.judge()
		rest = rest[i+1:]
	}
	if err != nil && len(t.tail) > 0 {
		t.judge()
	}
	return n, err
}

func (t *texts) keep(b []byte) {
	if len(t.tail) < keptLine {
		t.tail = append(t.tail, b[:min(len(b), keptLine-len(t.tail))]...)
	}
}

func (t *texts) judge() {
	t.line++
	l := t.tail
	t.tail = t.tail[:0]
	if isASCII(l) {
		return
	}
	if len(l) == keptLine { // it may have been cut within a letter
		for range utf8.UTFMax {
			if r, n := utf8.DecodeLastRune(l); r != utf8.RuneError || n != 1 {
				break
			}
			l = l[:len(l)-1]
		}
	}
	if utf8.Valid(l) {
		t.foreign++
		return
	}
	t.bad++
	if len(t.samples) < badSamples {
		t.samples = append(t.samples, badLine{t.line, slices.Clone(l)})
	}
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// otherText reports whether the file as a whole is in another encoding, rather
// than UTF-8 with damage.
func (t *texts) otherText() bool { return t.bad > t.foreign }

// likely are the encodings in which a bad line is shown.
var likely = []string{"windows-1252", "macintosh", "windows-1251", "windows-1256", "iso-8859-15"}

// refuse says that the file is not UTF-8, and how its first bad lines would read.
func (t *texts) refuse(name string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s not UTF-8 text, and the encoding of the file is not told", data.Number(int64(t.bad), "line"), isAre(t.bad))
	for _, s := range t.samples {
		from, to := around(s.raw)
		var texts []string // different ones
		by := map[string][]string{}
		for _, enc := range likely {
			e, _ := encodingOf(enc)
			text, err := e.NewDecoder().Bytes(s.raw[from:to])
			if err != nil {
				continue
			}
			if by[string(text)] == nil {
				texts = append(texts, string(text))
			}
			by[string(text)] = append(by[string(text)], enc)
		}
		for _, text := range texts {
			fmt.Fprintf(&b, "; line %d as %s: %q", s.line, strings.Join(by[text], " or "), text)
		}
	}
	at := position{}
	if len(t.samples) > 0 {
		at.line = t.samples[0].line
	}
	return newInputError(name, at, "unknown-text", b.String(), "say which one reads right with --encoding")
}

// around returns the part of a line that shows its first letters in doubt.
func around(l []byte) (from, to int) {
	i := slices.IndexFunc(l, func(c byte) bool { return c >= utf8.RuneSelf })
	return max(0, i-12), min(len(l), i+16)
}
