package output

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"io"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// LineMarks are short marks of the lines of an input, by which a later look at
// the file tells which lines have changed, though it is not kept. Lines are
// marked one by one; of a file of more than maxMarks lines, runs of them are,
// each ended by a line whose hash says so, so that a line that is put in shifts
// no run but its own. A mark is too short to prove anything: that a file is the
// same is for its SHA-256 to say. A file above MaxMarked bytes has no marks.
type LineMarks struct {
	Every int      `json:"every"` // lines to a run, on average: 1, 2, 4, …
	Marks []string `json:"marks"` // of markLetters letters each, marksPerRow to a string
}

// MaxMarked is the size in bytes above which the lines of a file are not marked.
const MaxMarked = 64 << 20

const (
	maxMarks    = 20_000
	markLetters = 3
	marksPerRow = 24
)

// MarkLines marks the lines of a file, which may be compressed with gzip. It
// returns no marks of a file that is too large.
func MarkLines(r io.Reader) (LineMarks, error) {
	sums, err := lineSums(r)
	if err != nil || len(sums) == 0 {
		return LineMarks{}, err
	}
	m := LineMarks{Every: 1}
	for len(sums)/m.Every > maxMarks {
		m.Every *= 2
	}
	var row strings.Builder
	for _, run := range runsOf(sums, m.Every) {
		row.WriteString(run.mark)
		if row.Len() == markLetters*marksPerRow {
			m.Marks = append(m.Marks, row.String())
			row.Reset()
		}
	}
	if row.Len() > 0 {
		m.Marks = append(m.Marks, row.String())
	}
	return m, nil
}

// lineSums hashes every line without its line end; nil for a file that is too
// large.
func lineSums(r io.Reader) ([]uint64, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if head, err := in.Peek(2); err == nil && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		defer z.Close()
		in = bufio.NewReaderSize(z, 1<<16)
	}
	var sums []uint64
	var whole []byte // a line longer than the buffer, as far as it is read
	read := 0
	for {
		line, err := in.ReadSlice('\n')
		if read += len(line); read > MaxMarked {
			return nil, nil
		}
		if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
			return nil, err
		}
		if len(whole) > 0 || err == bufio.ErrBufferFull {
			whole = append(whole, line...)
			if err == bufio.ErrBufferFull {
				continue
			}
			line, whole = whole, whole[:0]
		}
		if len(line) > 0 {
			sums = append(sums, lineSum(bytes.TrimSuffix(line, newline)))
		}
		if err == io.EOF {
			return sums, nil
		}
	}
}

var newline = []byte{'\n'}

// lineSum hashes a line, without its carriage returns, eight bytes at a time.
func lineSum(line []byte) uint64 {
	if bytes.IndexByte(line, '\r') >= 0 {
		line = bytes.ReplaceAll(line, []byte{'\r'}, nil)
	}
	sum := fnvOffset ^ uint64(len(line))
	for ; len(line) >= 8; line = line[8:] {
		high, low := bits.Mul64(sum^binary.LittleEndian.Uint64(line), lineFactor)
		sum = high ^ low
	}
	for _, c := range line {
		sum = (sum ^ uint64(c)) * fnvPrime
	}
	return sum
}

// The constants of the 64-bit FNV-1a hash.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211

	lineFactor = 0xD6E8FEB86659FD93
)

// run is a run of lines with its mark. Lines count from 1.
type run struct {
	first, last int
	mark        string
}

// runsOf parts lines into runs.
func runsOf(sums []uint64, every int) (runs []run) {
	mark, first := uint64(fnvOffset), 1
	shift := 64 - bits.Len(uint(every)-1)
	for i, s := range sums {
		mark = (mark ^ s) * fnvPrime
		if every == 1 || s*fnvPrime>>shift == 0 || i == len(sums)-1 {
			runs = append(runs, run{first, i + 1, markText(mark)})
			mark, first = fnvOffset, i+2
		}
	}
	return runs
}

const markAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func markText(sum uint64) string {
	sum ^= sum >> 32
	sum ^= sum >> 18
	return string([]byte{markAlphabet[sum&63], markAlphabet[sum>>6&63], markAlphabet[sum>>12&63]})
}

// LineChange is a place of a file where lines were put in, taken out or written
// otherwise. First and Last are the lines as they stand now; a place where lines
// are gone has Last = First − 1.
type LineChange struct {
	First, Last int
	Was         int // how many lines, or runs of them, stood there
}

// text says what became of the lines: "line 14 changed".
func (c LineChange) text() string {
	n := c.Last - c.First + 1
	what := "changed"
	switch {
	case n == 0 && c.First == 1:
		return gone(c.Was) + " from the top"
	case n == 0:
		return gone(c.Was) + " after line " + strconv.Itoa(c.First-1)
	case c.Was == 0:
		what = "new"
	}
	verb := " is "
	if n > 1 {
		verb = " are "
	}
	if what == "changed" {
		verb = " "
	}
	if n == 1 {
		return "line " + strconv.Itoa(c.First) + verb + what
	}
	return "lines " + strconv.Itoa(c.First) + "–" + strconv.Itoa(c.Last) + verb + what
}

func gone(n int) string {
	if n == 1 {
		return "a line is gone"
	}
	return strconv.Itoa(n) + " lines are gone"
}

// ChangedLines compares a file as it is with the marks of what it was. It is
// false where there are no marks to compare with.
func (m LineMarks) ChangedLines(now io.Reader) (changes []LineChange, ok bool) {
	if len(m.Marks) == 0 || m.Every < 1 || m.Every&(m.Every-1) != 0 || m.Every > MaxMarked {
		return nil, false
	}
	sums, err := lineSums(now)
	if err != nil || len(sums) == 0 {
		return nil, false
	}
	var was []string
	for _, row := range m.Marks {
		for ; len(row) >= markLetters; row = row[markLetters:] {
			was = append(was, row[:markLetters])
		}
	}
	is := runsOf(sums, m.Every)
	marks := make([]string, len(is))
	for i, r := range is {
		marks[i] = r.mark
	}
	for _, e := range edits(was, marks) {
		c := LineChange{Was: e.gone}
		switch {
		case e.from < e.to:
			c.First, c.Last = is[e.from].first, is[e.to-1].last
		case e.from < len(is):
			c.First, c.Last = is[e.from].first, is[e.from].first-1
		default:
			c.First, c.Last = len(sums)+1, len(sums)
		}
		changes = append(changes, c)
	}
	return changes, true
}

// edit replaces some entries of an old list by the entries from ≤ i < to of a
// new one.
type edit struct{ gone, from, to int }

// edits returns the replacements that make one list of another: entries that
// stand once on each side hold the lists together, as far as their order is
// kept on both, and what lies between them is compared by itself.
func edits(was, is []string) []edit { return editsAt(was, is, 0) }

func editsAt(was, is []string, at int) (es []edit) {
	for len(was) > 0 && len(is) > 0 && was[0] == is[0] {
		was, is, at = was[1:], is[1:], at+1
	}
	for len(was) > 0 && len(is) > 0 && was[len(was)-1] == is[len(is)-1] {
		was, is = was[:len(was)-1], is[:len(is)-1]
	}
	if len(was) == 0 && len(is) == 0 {
		return nil
	}
	held := anchors(was, is)
	if len(held) == 0 {
		if len(was) == len(is) {
			return rewritten(was, is, at)
		}
		return []edit{{len(was), at, at + len(is)}}
	}
	x, y := 0, 0
	for _, h := range held {
		es = append(es, editsAt(was[x:h[0]], is[y:h[1]], at+y)...)
		x, y = h[0]+1, h[1]+1
	}
	return append(es, editsAt(was[x:], is[y:], at+y)...)
}

// rewritten compares two lists of one length entry by entry.
func rewritten(was, is []string, at int) (es []edit) {
	for i := range is {
		if was[i] == is[i] {
			continue
		}
		if n := len(es); n > 0 && es[n-1].to == at+i {
			es[n-1].gone, es[n-1].to = es[n-1].gone+1, at+i+1
			continue
		}
		es = append(es, edit{1, at + i, at + i + 1})
	}
	return es
}

// anchors returns the longest run of pairs, in the order of both lists, of
// entries that stand once in each.
func anchors(was, is []string) [][2]int {
	type seen struct{ was, is, n, m int }
	all := map[string]*seen{}
	for i, s := range was {
		if all[s] == nil {
			all[s] = &seen{}
		}
		all[s].was, all[s].n = i, all[s].n+1
	}
	for i, s := range is {
		if x := all[s]; x != nil {
			x.is, x.m = i, x.m+1
		}
	}
	var pairs [][2]int
	for i, s := range was {
		if x := all[s]; x.n == 1 && x.m == 1 {
			pairs = append(pairs, [2]int{i, x.is})
		}
	}
	return increasing(pairs)
}

// increasing returns the longest subsequence of pairs whose second numbers rise.
func increasing(pairs [][2]int) [][2]int {
	ends, before := []int{}, make([]int, len(pairs)) // by length, the pair that ends lowest
	for i, p := range pairs {
		n, _ := slices.BinarySearchFunc(ends, p[1], func(e, v int) int { return cmp.Compare(pairs[e][1], v) })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	var out [][2]int
	for i := ends[len(ends)-1]; i >= 0; i = before[i] {
		out = append(out, pairs[i])
	}
	slices.Reverse(out)
	return out
}
