package record

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// sweepsAgree compares the index that vector instructions make with one made a
// byte at a time, over several sizes of chunks and of room.
func sweepsAgree(t testing.TB, text []byte, delim byte) {
	t.Helper()
	n := len(text)
	buf := append(bytes.Clone(text), bytes.Repeat([]byte{'\n'}, fastPad)...)
	quotes, lines := tallyMarks(text)
	if q, l := bytes.Count(text, quoteMark), bytes.Count(text, newline); quotes != q || lines != l {
		t.Fatalf("%d quotes and %d line ends, want %d and %d\n%q", quotes, lines, q, l, text)
	}
	for how := range 8 {
		quoted, fresh, narrow := how&1 != 0, how&2 != 0, how&4 != 0
		for _, own := range []int{n, (n + 1) / 2, min(n, 1)} {
			fast, slow := index{delim: delim, narrow: narrow}, index{delim: delim}
			if quoted && !fresh {
				fast.ends, fast.rows = make([]int32, 0, blockEnds), make([]rowMark, 0, blockEnds)
			}
			fast.cut(buf, n, own, quoted, fresh)
			slow.cutSlowly(buf, n, own, quoted, fresh)
			for i := range fast.high {
				fast.high[i] = min(fast.high[i], 1)
			}
			if a, b := fmt.Sprint(fast.ends, fast.rows, fast.high, fast.good, fast.nul), fmt.Sprint(slow.ends, slow.rows, slow.high, slow.good, slow.nul); a != b {
				t.Fatalf("narrow %v, quoted %v, fresh %v, %d of %d bytes\n%s, want\n%s\n%q", narrow, quoted, fresh, own, n, a, b, text)
			}
		}
	}
}

// cutSlowly is cut without vector instructions.
func (x *index) cutSlowly(buf []byte, n, own int, quoted, fresh bool) {
	x.begin(n, quoted, fresh)
	for i := 0; i*64 < n && x.block(buf, n, i); i++ {
		x.good = min(i*64+64, n)
		if at := i + 1; at >= (own+63)/64 && (at-(own+63)/64)%stepBlocks == 0 && len(x.rows) > 0 && int(x.ends[x.rows[len(x.rows)-1].end]) >= own {
			return
		}
	}
}

func TestSweep(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	sweepsAgree(t, nil, ',')
	for _, alphabet := range []string{",\n\"\r a", ",\n\"abcdefghijklmnop", ",;\t|\n\"\x00\x01\x80\xff+-\x0b\x09!#\xac\x8a\xa2", "abcdefgh", ",\n"} {
		for i := range 300 {
			b := make([]byte, rng.IntN(700+i*8))
			for i := range b {
				b[i] = alphabet[rng.IntN(len(alphabet))]
			}
			for _, delim := range []byte(",;\t|") {
				sweepsAgree(t, b, delim)
			}
		}
	}
	for _, s := range indexTests {
		for shift := range 70 {
			sweepsAgree(t, []byte(strings.Repeat("x", shift)+s+"a,\"b\"\n"), ',')
		}
	}
	for c := range 256 { // every byte at every place of a word
		for at := range 8 {
			b := bytes.Repeat([]byte{'x'}, 64)
			b[at] = byte(c)
			sweepsAgree(t, b, ';')
		}
	}
}

func TestTallyMarksOfMuch(t *testing.T) {
	for _, n := range []int{0, 1, 63, 64, 65, 64 * 127, 64 * 128, 64*255 + 3, 100_000} {
		for _, of := range []string{"\"", "\n", "x\n\"", "a"} {
			text := []byte(strings.Repeat(of, n/len(of)+1)[:n])
			quotes, lines := tallyMarks(text)
			if q, l := bytes.Count(text, quoteMark), bytes.Count(text, newline); quotes != q || lines != l {
				t.Fatalf("%d bytes of %q: %d quotes and %d line ends, want %d and %d", n, of, quotes, lines, q, l)
			}
		}
	}
}

func FuzzSweep(f *testing.F) {
	f.Add([]byte("a,\"b\n\"\r\n\x00é"), byte(','))
	for _, s := range indexTests {
		f.Add([]byte(s), byte(';'))
	}
	f.Fuzz(func(t *testing.T, text []byte, delim byte) {
		if delim == 0 || delim == '\n' || delim == '"' || delim >= 0x80 {
			delim = ','
		}
		sweepsAgree(t, text, delim)
	})
}

// indexAgrees compares the index of a text with the tokenizer: records that both
// find have the same cells, the index finds no record that the tokenizer calls
// unsound, and it finds all sound ones that are before the first it does not.
func indexAgrees(t testing.TB, text string, delim byte, columns int) {
	t.Helper()
	n := len(text)
	buf := append([]byte(text), bytes.Repeat([]byte{'\n'}, fastPad)...)
	x := index{delim: delim}
	x.cut(buf, n, n, false, true)
	tk := newTokens(columns, delim)
	at := 0
	for r := 0; r+1 < len(x.rows); r++ {
		m, after := x.rows[r], x.rows[r+1]
		if start := int(x.ends[m.end]); start != at {
			t.Fatalf("record %d begins at %d and by the index at %d\n%q", r, at, start, text)
		}
		if want := strings.Count(text[:at], "\n"); int(m.line) != want {
			t.Fatalf("there are %d line ends before %d, and by the index %d\n%q", want, at, m.line, text)
		}
		next := int(x.ends[after.end])
		if next > x.good {
			break
		}
		end, ok := tk.scan(buf, at, n)
		sound := int(after.end-m.end) == columns
		if ok != sound || ok && end != next {
			t.Fatalf("the record at %d is sound: %v, to %d; by the index: %v, to %d\n%q", at, ok, end, sound, next, text)
		}
		if sound {
			if a, b := fmt.Sprint(tk.cut), fmt.Sprint(x.ends[m.end:after.end+1]); a != b {
				t.Fatalf("the cells at %d are %s, by the index %s\n%q", at, a, b, text)
			}
			if int(after.line-m.line)-1 != tk.lines {
				t.Fatalf("the record at %d holds %d line ends\n%q", at, tk.lines, text)
			}
		}
		if is, want := x.isText(buf, at, next), utf8.ValidString(text[at:next]); is != want {
			t.Fatalf("the record at %d is text: %v, want %v\n%q", at, is, want, text)
		}
		at = next
	}
	// What the index leaves is nothing, or begins with no sound record.
	if x.good == n && at < n {
		if end, ok := tk.scan(buf, at, n); ok {
			t.Fatalf("there is a record from %d to %d that the index has not\n%q", at, end, text)
		}
	}
}

var indexTests = []string{
	"", "\n", "a,b\n", "a,b", "\"a\",b\n", "a,\"b\"\r\n", "a,\"b\"\rx\n", "a,b\r\n", "\r\n\r\n", "a,\"b\n\",\nc,d\n",
	"\"\"\"a\"\"\",\"\"\n", "a\"b,c\nd,e\n", "\"a\"b,c\nd,e\n", "a,\"b\nc,d\n", "\"\",\"\"\"\"\n", "é,\"ü\"\n", "a\xc3\n\xa4,b\n", "a,b,c\na\na,b\n", " \"a\",b\n",
	strings.Repeat("x", 63) + ",\"" + strings.Repeat("y", 62) + "\"\"" + strings.Repeat("z", 62) + "\"\r\na,b\n",
	strings.Repeat("x", 62) + ",\"" + "\",\n", strings.Repeat("x", 61) + ",\"\"\r\na,b\n",
}

func TestIndexAgreesWithTokenizer(t *testing.T) {
	for _, text := range indexTests {
		for columns := 1; columns < 4; columns++ {
			indexAgrees(t, text, ',', columns)
		}
	}
	rng := rand.New(rand.NewPCG(7, 11))
	for range 20_000 {
		var b strings.Builder
		for range rng.IntN(120) {
			b.WriteString([]string{"a", "bc", ",", ",", "\n", "\r\n", "\"", "\"\"", ",\"", "\",", "é", strings.Repeat("x", rng.IntN(70))}[rng.IntN(12)])
		}
		indexAgrees(t, b.String(), ',', 1+rng.IntN(4))
	}
}

func FuzzIndex(f *testing.F) {
	for _, s := range indexTests {
		f.Add(s, uint8(2))
	}
	f.Fuzz(func(t *testing.T, s string, columns uint8) { indexAgrees(t, s, ',', 1+int(columns%5)) })
}

func BenchmarkIndex(b *testing.B) {
	text := []byte(strings.Repeat("100000,2019-09-12,Shialmo,Mourde,Adadmo,Adadmo village 2,-5.575892,-8.051958,Zuhora Army,,Battle,2,2,3,2,2,2,Tanraur Agency; Alho Daily,\"witnesses killed border no Zürich–São and Zürich–São spokesman attacked night bridge town Zürich–São\"\n", 1000))
	n := len(text)
	buf := append(text, make([]byte, fastPad)...)
	x := index{delim: ','}
	b.Run("tally", func(b *testing.B) {
		b.SetBytes(int64(n))
		for b.Loop() {
			tallyMarks(buf[:n])
		}
	})
	for _, narrow := range []bool{false, true} {
		x.narrow = narrow
		b.Run(fmt.Sprintf("cut/narrow=%v", narrow), func(b *testing.B) {
			b.SetBytes(int64(n))
			for b.Loop() {
				x.cut(buf, n, n, false, true)
			}
		})
	}
}
