package output

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func marksOf(t testing.TB, s string) LineMarks {
	t.Helper()
	m, err := MarkLines(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func changesFrom(t testing.TB, was, is string) string {
	t.Helper()
	cs, ok := marksOf(t, was).ChangedLines(strings.NewReader(is))
	if !ok {
		return "no marks"
	}
	return changesText(cs)
}

func TestChangedLines(t *testing.T) {
	const same = "every line reads as before, and only line ends or packing differ"
	for _, x := range []struct{ was, is, want string }{
		{"h\na\nb\nc\n", "h\na\nb\nc\n", same},
		{"h\na\nb\nc\n", "h\r\na\r\nb\r\nc", same},
		{"h\na\nb\nc\n", "h\na\nB\nc\n", "line 3 changed"},
		{"h\na\nb\nc\n", "h\nA\nB\nc\n", "lines 2–3 changed"},
		{"h\na\nb\nc\n", "H\na\nb\nC\n", "line 1 changed, line 4 changed"},
		{"h\na\nb\nc\n", "h\na\nx\nb\nc\n", "line 3 is new"},
		{"h\na\nb\nc\n", "h\na\nb\nc\nx\ny\n", "lines 5–6 are new"},
		{"h\na\nb\nc\n", "h\nb\nc\n", "a line is gone after line 1"},
		{"h\na\nb\nc\n", "h\na\n", "2 lines are gone after line 2"},
		{"h\na\nb\nc\n", "b\nc\n", "2 lines are gone from the top"},
		{"h\na\nb\nc\n", "h\nb\na\nc\n", "a line is gone after line 1, line 3 is new"},
		{"h\na\na\na\n", "h\na\nx\na\n", "line 3 changed"},
		{"h\na\na\na\n", "h\na\na\n", "a line is gone after line 3"},
		{"h\n1\n2\n3\n4\n5\n6\n7\n", "H\n1\nX\n3\nY\n5\nZ\n7\n8\n9\nV\n", "line 1 changed, line 3 changed, line 5 changed, line 7 changed, lines 9–11 are new"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n0\na\nb\n", "x\n2\nx\n4\nx\n6\nx\n8\nx\n0\nx\nb\n", "line 1 changed, line 3 changed, line 5 changed, line 7 changed, line 9 changed, and 1 more places"},
		{"", "a\n", "no marks"},
	} {
		got := changesFrom(t, x.was, x.is)
		if got != x.want {
			t.Errorf("%q to %q: %s, want %s", x.was, x.is, got, x.want)
		}
	}
}

// Lines put in, taken out and rewritten at random are found where they are, and
// no line that stands as it stood is said to have changed.
func TestChangedLinesFindsEdits(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(rt, "lines")
		var was, is []string
		fresh := 0
		var rewritten, added []int
		gone := 0
		for i := range n {
			line := fmt.Sprintf("%d,2025-10-%02d,%d", i, 1+i%28, i*7%13)
			was = append(was, line)
			switch rapid.IntRange(0, 9).Draw(rt, "what") {
			case 0:
				fresh++
				is = append(is, fmt.Sprintf("new %d", fresh))
				rewritten = append(rewritten, len(is))
			case 1:
				gone++
			case 2:
				fresh++
				is = append(is, fmt.Sprintf("new %d", fresh), line)
				added = append(added, len(is)-1)
			default:
				is = append(is, line)
			}
		}
		if len(is) == 0 {
			return
		}
		cs, ok := marksOf(t, strings.Join(was, "\n")).ChangedLines(strings.NewReader(strings.Join(is, "\r\n")))
		if !ok {
			rt.Fatal("nothing to compare with")
		}
		told := map[int]bool{}
		lost := 0
		for _, c := range cs {
			for l := c.First; l <= c.Last; l++ {
				told[l] = true
			}
			lost += c.Was - (c.Last - c.First + 1)
		}
		for _, l := range slices.Concat(rewritten, added) {
			if !told[l] {
				rt.Fatalf("line %d changed and is not told of: %+v", l, cs)
			}
		}
		if want := len(rewritten) + len(added); len(told) != want {
			rt.Fatalf("%d lines are told of, %d changed: %+v", len(told), want, cs)
		}
		if lost != gone-len(added) {
			rt.Fatalf("%d lines fewer, want %d: %+v", lost, gone-len(added), cs)
		}
	})
}

// A long file has marks of runs of lines: a bounded number of them, and a change
// stays within a run or two.
func TestMarksOfLongFilesAreBounded(t *testing.T) {
	var lines []string
	for i := range 100_000 {
		lines = append(lines, fmt.Sprintf("%d,2025-10-%02d,Kel Adar,%d", i, 1+i%28, i%17))
	}
	m := marksOf(t, strings.Join(lines, "\n"))
	size := 0
	for _, r := range m.Marks {
		size += len(r)
	}
	if m.Every != 8 || size < markLetters*100_000/10 || size > markLetters*100_000/6 {
		t.Errorf("a run is %d lines and the marks are %d letters", m.Every, size)
	}
	changed := slices.Clone(lines)
	changed[70_000] += "0"
	changed = slices.Insert(changed, 20, "new")
	cs, ok := m.ChangedLines(strings.NewReader(strings.Join(changed, "\n")))
	if !ok || len(cs) != 2 {
		t.Fatalf("%+v", cs)
	}
	for i, at := range []int{21, 70_002} {
		if c := cs[i]; c.First > at || c.Last < at || c.Last-c.First > 200 {
			t.Errorf("line %d: said to be %+v", at, c)
		}
	}
}

func TestMarksOfCompressedFilesAreThoseOfTheirLines(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	fmt.Fprint(z, "a\nb\nc\n")
	z.Close()
	m, err := MarkLines(&b)
	if err != nil || fmt.Sprint(m) != fmt.Sprint(marksOf(t, "a\nb\nc\n")) {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := MarkLines(strings.NewReader("\x1f\x8bno gzip")); err == nil {
		t.Error("what is no gzip is no error")
	}
}

func TestHugeFilesHaveNoMarks(t *testing.T) {
	m, err := MarkLines(endless{})
	if err != nil || len(m.Marks) > 0 {
		t.Errorf("%d rows of marks, %v", len(m.Marks), err)
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = "abcdefg\n"[i%8]
	}
	return len(b), nil
}

// A manifest that was tampered with breaks nothing.
func TestStrangeMarks(t *testing.T) {
	for _, m := range []LineMarks{{}, {Every: 3, Marks: []string{"AAA"}}, {Every: -1, Marks: []string{"AAA"}}, {Every: 1 << 40, Marks: []string{"AAA"}}} {
		if cs, ok := m.ChangedLines(strings.NewReader("a\nb\n")); ok {
			t.Errorf("%+v: %+v", m, cs)
		}
	}
	if cs, ok := (LineMarks{Every: 1, Marks: []string{"A", "", "ABCDE"}}).ChangedLines(strings.NewReader("a\n")); !ok || len(cs) != 1 {
		t.Errorf("%+v", cs)
	}
}
