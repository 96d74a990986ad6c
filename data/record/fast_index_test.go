package record

import (
	"bytes"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"
)

// marksAgree compares the two ways to mark a text.
func marksAgree(t testing.TB, text []byte, delim byte) {
	t.Helper()
	n := (len(text) + 63) / 64
	buf := append(bytes.Clone(text), make([]byte, n*64-len(text))...)
	for i := len(text); i < len(buf); i++ {
		buf[i] = '\n'
	}
	want := make([]marks, n)
	nul := markGo(buf, want, delim)
	got := make([]marks, n)
	if is := mark(buf, got, delim); is != nul {
		t.Fatalf("a NUL is there: %v, want %v\n%q", is, nul, text)
	}
	for i := range got {
		if got[i].high != 0 {
			got[i].high = 1
		}
		if got[i] != want[i] {
			t.Fatalf("the marks of block %d are %+v, want %+v\n%q", i, got[i], want[i], text)
		}
	}
}

func TestMarks(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	marksAgree(t, nil, ',')
	for _, alphabet := range []string{",\n\"\r a", ",;\t|\n\"\x00\x01\x80\xff+-\x0b\x09!#\xac\x8a\xa2", "abcdefgh"} {
		for range 300 {
			b := make([]byte, rng.IntN(700))
			for i := range b {
				b[i] = alphabet[rng.IntN(len(alphabet))]
			}
			for _, delim := range []byte(",;\t|") {
				marksAgree(t, b, delim)
			}
		}
	}
	for c := range 256 { // every byte at every place of a word
		for at := range 8 {
			b := bytes.Repeat([]byte{'x'}, 64)
			b[at] = byte(c)
			marksAgree(t, b, ';')
		}
	}
}

func FuzzMarks(f *testing.F) {
	f.Add([]byte("a,\"b\n\"\r\n\x00é"), byte(','))
	f.Fuzz(func(t *testing.T, text []byte, delim byte) {
		if delim == 0 || delim == '\n' || delim == '"' || delim >= 0x80 {
			delim = ','
		}
		marksAgree(t, text, delim)
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
	x.load(buf, n)
	x.cut(buf, n, false, true)
	tk, ix := newTokens(columns, delim), newTokens(columns, delim)
	at := 0
	for r := 0; r+1 < len(x.rows); r++ {
		if start := int(x.ends[x.rows[r]]); start != at {
			t.Fatalf("record %d begins at %d and by the index at %d\n%q", r, at, start, text)
		}
		if is, want := x.lines(at), strings.Count(text[:at], "\n"); is != want {
			t.Fatalf("there are %d line ends before %d, and by the index %d\n%q", want, at, is, text)
		}
		next := int(x.ends[x.rows[r+1]])
		if next > x.good {
			break
		}
		end, ok := tk.scan(buf, at, n)
		sound := x.rows[r+1]-x.rows[r] == int32(columns)
		if ok != sound || ok && end != next {
			t.Fatalf("the record at %d is sound: %v, to %d; by the index: %v, to %d\n%q", at, ok, end, sound, next, text)
		}
		if sound {
			ix.take(buf, x.ends[x.rows[r]:x.rows[r+1]+1])
			if a, b := fmt.Sprint(tk.cut), fmt.Sprint(ix.cut); a != b {
				t.Fatalf("the cells at %d are %s, by the index %s\n%q", at, a, b, text)
			}
			if is := bits.OnesCount(uint(x.lines(next)-x.lines(at)-1) ^ uint(tk.lines)); is != 0 {
				t.Fatalf("the record at %d holds %d line ends\n%q", at, tk.lines, text)
			}
		}
		if x.ascii(at, next) && !asciiOnly(text[at:next]) {
			t.Fatalf("the record at %d is not ASCII\n%q", at, text)
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

func asciiOnly(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

var indexTests = []string{
	"", "\n", "a,b\n", "a,b", "\"a\",b\n", "a,\"b\"\r\n", "a,\"b\"\rx\n", "a,b\r\n", "\r\n\r\n", "a,\"b\n\",\nc,d\n",
	"\"\"\"a\"\"\",\"\"\n", "a\"b,c\nd,e\n", "\"a\"b,c\nd,e\n", "a,\"b\nc,d\n", "\"\",\"\"\"\"\n", "é,\"ü\"\n", "a,b,c\na\na,b\n", " \"a\",b\n",
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
	b.Run("mark", func(b *testing.B) {
		b.SetBytes(int64(n))
		for b.Loop() {
			x.load(buf, n)
		}
	})
	b.Run("cut", func(b *testing.B) {
		b.SetBytes(int64(n))
		x.load(buf, n)
		for b.Loop() {
			x.cut(buf, n, false, true)
		}
	})
}
