package record

import (
	"crypto/sha256"
	"encoding"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"

	"toll/data"
)

// Mark is a place in a file between two records.
type Mark struct {
	At   int64    // bytes before it
	Line int      // one-based physical line that begins there
	Sum  [32]byte // state of SHA-256 over the whole blocks of 64 bytes before it; at the end of the file its SHA-256
}

// Part is the records of a file from one mark to another. The first part of a
// file begins with its header, at 0.
type Part struct{ From, To Mark }

// String writes a part as ParsePart reads it: FROM-TO/LINE-LINE/STATE-STATE.
func (p Part) String() string {
	return fmt.Sprintf("%d-%d/%d-%d/%x-%x", p.From.At, p.To.At, p.From.Line, p.To.Line, p.From.Sum, p.To.Sum)
}

// ParsePart reads a part as String writes it.
func ParsePart(s string) (p Part, ok bool) {
	fields := strings.Split(s, "/")
	if len(fields) != 3 {
		return p, false
	}
	var halves [3][2]string
	for i, f := range fields {
		if halves[i][0], halves[i][1], ok = strings.Cut(f, "-"); !ok {
			return p, false
		}
	}
	for i, m := range []*Mark{&p.From, &p.To} {
		var err1, err2 error
		m.At, err1 = strconv.ParseInt(halves[0][i], 10, 64)
		m.Line, err2 = strconv.Atoi(halves[1][i])
		sum, err3 := hex.DecodeString(halves[2][i])
		if err1 != nil || err2 != nil || err3 != nil || len(sum) != len(m.Sum) {
			return p, false
		}
		copy(m.Sum[:], sum)
	}
	return p, p.String() == s && 0 <= p.From.At && p.From.At < p.To.At && p.From.Line >= 1
}

// ErrNotCuttable says that a file cannot be read from the middle.
var ErrNotCuttable = errors.New("a file that is packed, not in UTF-8, or laid out in another way than rows under a header cannot be cut: give it whole")

func cuttable(o Options) bool { return o.Layout.Plain() && o.Aliases.Len() == 0 && len(o.Only) == 0 }

func cutError(name string, err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	e := newInputError(name, position{}, "unreadable", "reading failed: "+err.Error(), "")
	e.Err = err
	return e
}

// The state of a hash as crypto/sha256 writes it: four bytes that name the form,
// eight words, the bytes of the last block padded to 64, and how many there were.
const (
	stateForm = 4
	stateSize = stateForm + 32 + 64 + 8
)

func stateOf(h hash.Hash) (s [32]byte, err error) {
	b, err := h.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil || len(b) != stateSize {
		return s, fmt.Errorf("the state of SHA-256 has another form than it had: %d bytes, %w", len(b), err)
	}
	copy(s[:], b[stateForm:])
	return s, nil
}

// resumed returns a hash that stands at a mark, with the bytes of its last block
// still to be written.
func resumed(m Mark) (hash.Hash, error) {
	h := sha256.New()
	b, err := h.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil || len(b) != stateSize {
		return nil, fmt.Errorf("the state of SHA-256 has another form than it had: %d bytes, %w", len(b), err)
	}
	copy(b[stateForm:], m.Sum[:])
	n := uint64(m.At / 64 * 64)
	for i := range 8 {
		b[stateSize-1-i] = byte(n >> (8 * i))
	}
	return h, h.(encoding.BinaryUnmarshaler).UnmarshalBinary(b)
}

// wrongPart says that a part does not hold what its marks say.
func wrongPart(name, message string) error { return fmt.Errorf("%s: %s", data.Visible(name), message) }

// partOf is a part and the file it is of.
type partOf struct {
	Part
	src File
}

func (p *partOf) whole() bool { return p.From.At == 0 && p.To.At == p.src.Size }

// ReadPart reads one part of a file like ReadParallel. The parts of a file, each
// read so, give the records, numbers of lines, diagnostics and ledger of the
// whole: the first has what is said of the header. What a part's marks say of
// its bytes is checked, and that a record ends where it ends; so parts of which
// each begins where another ends are the file.
//
// The result's SHA256 is that of the file for the last part, and zero for others.
func ReadPart(src File, file int, o Options, part Part, workers []Worker) (*Result, error) {
	res := &Result{Name: src.Name}
	if !cuttable(o) {
		return res, ErrNotCuttable
	}
	if part.To.At > src.Size || part.From.At >= part.To.At {
		return res, wrongPart(src.Name, fmt.Sprintf("the file has %d bytes, and no part of it runs from %d to %d", src.Size, part.From.At, part.To.At))
	}
	sum, err := checkSum(src, part)
	if err != nil {
		return res, err
	}
	o.NoSum, o.part = true, &partOf{part, src}
	res, err = ReadParallel(src, file, o, workers)
	if errors.Is(err, ErrNotPlain) {
		o.Dicts = workers[0].Dicts
		res, err = Read(Source{src.Name, io.NewSectionReader(src.R, 0, src.Size)}, file, o, workers[0].Emit)
	}
	res.SHA256, res.Bytes = sum, part.To.At-part.From.At
	return res, err
}

// checkSum holds the bytes of a part against its marks, and returns the SHA-256
// of the file where the part is the last.
func checkSum(src File, part Part) (sum [32]byte, err error) {
	h, err := resumed(part.From)
	if part.From.At == 0 {
		h = sha256.New()
	}
	if err != nil {
		return sum, err
	}
	from := part.From.At / 64 * 64
	if _, err := io.Copy(h, io.NewSectionReader(src.R, from, part.To.At-from)); err != nil {
		return sum, cutError(src.Name, err)
	}
	var got [32]byte
	if part.To.At == src.Size {
		h.Sum(got[:0])
		sum = got
	} else if got, err = stateOf(h); err != nil {
		return sum, err
	}
	if got != part.To.Sum {
		return sum, wrongPart(src.Name, "the bytes of this part are not those that the file had when it was cut, or its marks are wrong")
	}
	return sum, nil
}

// skipTo moves from the header, which ends at a place, to the part's first record,
// and forgets what was said of the header: the first part says it.
func (rd *reader) skipTo(header int64) error {
	part := rd.options.part
	if part.From.At < header {
		return wrongPart(rd.result.Name, "this part begins within the header")
	}
	rd.result.Ledger = data.Ledger{Files: 1}
	rd.diags.kept, rd.diags.counts = nil, map[string]int64{}
	rest := io.NewSectionReader(part.src.R, part.From.At, part.src.Size-part.From.At)
	s := newScanner(rd.result.Name, rest, rd.options.delimiter())
	s.base, s.line, s.lineStart = part.From.At, part.From.Line, part.From.At
	s.whole = rd.scan.whole
	rd.scan = s
	return nil
}

// inside reports whether the part goes on; where it does not, a record must have
// ended where it ends.
func (rd *reader) inside() (bool, error) {
	part := rd.options.part
	if part == nil {
		return true, nil
	}
	at := rd.scan.base + int64(rd.scan.pos)
	if at < part.To.At {
		return true, nil
	}
	return false, rd.ended(at)
}

// ended checks that a part ends where a record does.
func (rd *reader) ended(at int64) error {
	if part := rd.options.part; part != nil && at != part.To.At {
		return wrongPart(rd.result.Name, fmt.Sprintf("this part ends at byte %d, and a record runs on to byte %d: a quote before it is not sound", part.To.At, at))
	}
	return nil
}

// Join adds the result of the part that follows in the file. The two have the
// name of the file in common; what is said of its header, the first part says.
func (r *Result) Join(next *Result) {
	files := max(r.Ledger.Files, next.Ledger.Files)
	r.Ledger.Add(next.Ledger)
	r.Ledger.Files = files
	r.Bytes += next.Bytes
	r.SHA256 = next.SHA256
	ds := &diagnoses{file: r.Name, kept: r.Diagnostics, counts: r.Counts}
	ds.merge(&diagnoses{kept: next.Diagnostics, counts: next.Counts})
	r.Diagnostics = ds.kept
}
