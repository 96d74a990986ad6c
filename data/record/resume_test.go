package record

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"toll/data"
)

const resumeHead = "date,place,killed,notes\n"

// Which lines are read and which are given up, by what is behind the quote.
func TestResumeAfterARunawayQuote(t *testing.T) {
	open := "2025-10-11,\"Kel,1,\n"
	for _, tt := range []struct {
		name, in string
		lines    []int32
		found    []string
	}{
		{"one record behind", open + "2025-10-12,Kel,2,\n", []int32{3}, []string{"2:12 unbalanced-quote"}},
		{"blank lines between", open + "\n2025-10-12,Kel,2,\n\n", []int32{4}, []string{"2:12 unbalanced-quote"}},
		{"blank lines alone", open + "\n\n", nil, []string{"2:12 unbalanced-quote"}},
		{"a record too short", open + "2025-10-12,Kel,2\n2025-10-12,Kel,2,\n", nil, []string{"2:12 unbalanced-quote"}},
		{"a first cell without a number", open + "and, so,2,\n", nil, []string{"2:12 unbalanced-quote"}},
		{"no text", open + "2025-10-12,K\xff,2,\n", nil, []string{"2:12 unbalanced-quote"}},
		{"a damaged record far behind", open + strings.Repeat("2025-10-12,Kel,2,\n", 16) + "2025-10-12,Kel\n2025-10-12,Kel,2,\n",
			[]int32{3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20}, []string{"2:12 unbalanced-quote", "19:0 wrong-field-count"}},
		{"two quotes, each of which hides the next", open + "2025-10-12,Kel,2,\n" + open + "2025-10-13,Kel,2,\n", []int32{3, 5}, []string{"2:12 unbalanced-quote", "4:12 unbalanced-quote"}},
		{"a note of several lines closes it", open + "2025-10-12,Kel,2,\n2025-10-13,Kel,3,\"a\nb\"\n2025-10-14,Kel,4,\n", []int32{3, 4, 6}, []string{"2:12 unbalanced-quote"}},
		{"a note of several lines alone is no proof", open + "2025-10-13,Kel,3,\"a\nb\"\n2025-10-14,Kel,4,\n", []int32{5}, []string{"2:12 stray-quote", "4:1 stray-quote"}},
		{"a quotation within a note", "2025-10-11,Kel,1,\"they\nsaid \"no\"\nand left\"\n2025-10-12,Kel,2,\n", []int32{5}, []string{"2:18 stray-quote", "4:1 stray-quote"}},
		{"a cell of several lines before it", "2025-10-11,\"K\nel\",1,\"x\n2025-10-12,Kel,2,\n", []int32{4}, []string{"3:7 unbalanced-quote"}},
		{"in the last column", "2025-10-11,Kel,1,\"x\r\n2025-10-12,Kel,2,\r\n", []int32{3}, []string{"2:18 unbalanced-quote"}},
	} {
		recs, res := mustRead(t, resumeHead+tt.in)
		var lines []int32
		for _, r := range recs {
			lines = append(lines, r.Line)
		}
		got := slices.DeleteFunc(places(res.Diagnostics), func(s string) bool { return strings.HasSuffix(s, "unused-columns") })
		if !slices.Equal(lines, tt.lines) || !slices.Equal(got, tt.found) {
			t.Errorf("%s: lines %v, want %v; %q, want %q", tt.name, lines, tt.lines, got, tt.found)
		}
		if fast, _, err := readFast(resumeHead+tt.in, 2, Options{chunk: 30}); err != nil || len(fast) != len(recs) {
			t.Errorf("%s: %d records by the fast path, %v", tt.name, len(fast), err)
		}
	}
}

// A row of tags whose quote is not closed is no row of tags: it is said, and what
// it hides is read.
func TestARunawayQuoteInARowOfTags(t *testing.T) {
	recs, res := mustRead(t, "date,killed\n#date,\"#affected\n2025-10-12,2\n")
	if len(recs) != 1 || res.Counts["unbalanced-quote"] != 1 || res.Counts["tag-row"] != 0 {
		t.Errorf("%d records, %v", len(recs), res.Counts)
	}
}

// A quote put before a cell of one line of a sound file costs that record and no
// other, wherever it is; however the file comes in, and in parts.
func TestARunawayQuoteCostsOneRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 60).Draw(t, "records")
		bad := rapid.IntRange(0, n-2).Draw(t, "bad")
		cell := rapid.IntRange(0, 3).Draw(t, "cell")
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end")
		var b strings.Builder
		b.WriteString(strings.TrimSpace(resumeHead) + end)
		for i := range n {
			cells := []string{fmt.Sprintf("2025-10-%02d", 1+i%31), "Kel", fmt.Sprint(i), rapid.SampledFrom([]string{"", "x", "\"\"", "\"a, b\"", "\"a \"\"b\"\"\""}).Draw(t, "note")}
			if i == bad {
				cells[3] = "x"
				cells[cell] = "\"" + cells[cell]
			}
			b.WriteString(strings.Join(cells, ",") + end)
		}
		csv := b.String()
		recs, res, err := read(csv, Options{})
		if err != nil || res.Ledger != (data.Ledger{Files: 1, Read: int64(n), Accepted: int64(n - 1), Rejected: 1}) {
			t.Fatalf("%v %+v\n%q", err, res.Ledger, csv)
		}
		if slices.ContainsFunc(recs, func(r flat) bool { return int(r.Line) == bad+2 }) {
			t.Fatalf("line %d was read", bad+2)
		}
		var byByte []flat
		_, err = Read(Source{"f.csv", iotest.OneByteReader(strings.NewReader(csv))}, 0, Options{}, func(b *data.Batch) error {
			for i := range b.N {
				byByte = append(byByte, flatten(b, i))
			}
			return nil
		})
		if err != nil || len(byByte) != n-1 {
			t.Fatalf("byte by byte: %d records, %v", len(byByte), err)
		}
	})
}

// A cell that exceeds the limit stops the reading, unless records are behind its
// first line; those are read, and nothing of them is lost.
func TestResumeBehindTheLimitOfACell(t *testing.T) {
	const n = 200_000 // 4 MB
	csv := resumeHead + "2025-10-11,\"Kel,1,\n" + strings.Repeat("2025-10-12,Kel,2,\"\"\n", n)
	for _, r := range []io.Reader{strings.NewReader(csv), iotest.HalfReader(strings.NewReader(csv))} {
		got := int64(0)
		res, err := Read(Source{"f.csv", r}, 0, Options{}, func(b *data.Batch) error { got += int64(b.N); return nil })
		if err != nil || got != n || res.Ledger.Rejected != 1 {
			t.Errorf("%d records, %v", got, err)
		}
	}
	for _, index := range []int{-1, 1} {
		to := []Worker{{Emit: keepNothing}, {Emit: keepNothing}}
		res, err := ReadParallel(File{"f.csv", strings.NewReader(csv), int64(len(csv))}, 0, Options{index: index}, to)
		if err != nil || res.Ledger.Accepted != n || res.Ledger.Rejected != 1 {
			t.Errorf("by two workers: %+v, %v", res.Ledger, err)
		}
	}
	_, _, err := read(resumeHead+"2025-10-11,\"Kel,1,\n"+strings.Repeat("text\n", 1<<18), Options{})
	if err == nil || !strings.Contains(err.Error(), "field-too-long") {
		t.Errorf("a long text: %v", err)
	}
}

// Every record may have a quote that hides the others: the time taken grows with
// the file and no faster. The margin is wide, for machines are busy.
func TestRunawayQuotesTakeLinearTime(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	block := "2025-10-11,\"Kel,1,\n" + strings.Repeat("2025-10-12,Kel,2,\"\"\n", 3)
	took := func(n int) time.Duration {
		csv := resumeHead + strings.Repeat(block, n)
		least := time.Hour
		for range 3 {
			begun := time.Now()
			res, err := Read(Source{"f.csv", strings.NewReader(csv)}, 0, Options{}, func(*data.Batch) error { return nil })
			if err != nil || res.Ledger.Rejected != int64(n) || res.Ledger.Accepted != int64(3*n) {
				t.Fatalf("%v %+v", err, res.Ledger)
			}
			least = min(least, time.Since(begun))
		}
		return least
	}
	if small, large := took(2000), took(32000); large > 100*small {
		t.Errorf("16 times the file takes %v, %.0f times as long", large, float64(large)/float64(small))
	}
}
