package charts

import (
	"bytes"
	"compress/zlib"
	"io"
	"math/rand/v2"
	"testing"
)

// unpacked is what the standard library makes of a stream.
func unpacked(t *testing.T, b []byte) []byte {
	t.Helper()
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// page returns rows as a page has them: runs of few colours, rows as the row
// above, and letters here and there.
func somePage(r *rand.Rand, stride, rows int) []byte {
	var b []byte
	for y := range rows {
		row := make([]byte, stride)
		if y > 0 && r.IntN(3) > 0 {
			copy(row, b[(y-1)*stride:])
		}
		for range r.IntN(4) {
			from := r.IntN(stride)
			for x := from; x < min(stride, from+r.IntN(700)); x++ {
				row[x] = byte(r.IntN(2) * y)
			}
		}
		b = append(b, row...)
	}
	return b
}

// What is packed unpacks as it was, whatever it is: the standard library reads it.
func TestZlibbedUnpacks(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	noise := make([]byte, 300_000)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	rare := bytes.Clone(noise) // codes longer than 15 bits but for the limit
	for i := range rare {
		n := 0
		for n < 40 && r.IntN(2) == 0 {
			n++
		}
		rare[i] = byte(n * 5)
	}
	long := bytes.Repeat([]byte{7}, 2*maxWindow)
	d := new(deflater) // the same for all: none leaves anything to the next
	for name, c := range map[string]struct {
		b            []byte
		stride, size int
	}{
		"nothing": {nil, 5, 1}, "a byte": {[]byte{3}, 1, 1}, "seven": {[]byte("toll toll"[:7]), 7, 1}, "one colour": {long, 1601, 1},
		"noise": {noise, 1601, 1}, "rare bytes": {rare, 4801, 3}, "a page": {somePage(r, 1601, 900), 1601, 1}, "a page in RGB": {somePage(r, 4801, 90), 4801, 3},
		"rows longer than the window": {somePage(r, 40_000, 12), 40_000, 3}, "as long as the window": {somePage(r, maxWindow, 9), maxWindow, 1},
		"far repeats": {append(append(bytes.Clone(noise[:maxWindow]), noise[:maxWindow]...), noise[:maxWindow+1]...), 6401, 1},
	} {
		packed := bytes.Clone(d.zlibbed(c.b, c.stride, c.size))
		if got := unpacked(t, packed); !bytes.Equal(got, c.b) {
			t.Errorf("%s: %d bytes came back as %d others", name, len(c.b), len(got))
		}
		if !bytes.Equal(packed, d.zlibbed(c.b, c.stride, c.size)) {
			t.Errorf("%s: packed again it is other bytes", name)
		}
		if name == "one colour" && len(packed) > 600 {
			t.Errorf("%s takes %d bytes", name, len(packed))
		}
	}
}

func FuzzZlibbed(f *testing.F) {
	f.Add([]byte("toll toll toll toll"), uint16(5), byte(1))
	f.Add(bytes.Repeat([]byte{0, 1}, 900), uint16(3), byte(3))
	f.Fuzz(func(t *testing.T, b []byte, stride uint16, size byte) {
		packed := new(deflater).zlibbed(b, int(stride), max(int(size), 1))
		if got := unpacked(t, packed); !bytes.Equal(got, b) {
			t.Errorf("%d bytes came back as %d others", len(b), len(got))
		}
	})
}

// A code of a bounded length is whole: by Kraft's sum its words fill all there are.
func TestCodesAreWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		var h huffman
		h.reset(286)
		for range r.IntN(286) {
			h.often[r.IntN(286)] = uint32(1) << r.IntN(31)
		}
		longest := uint8(9 + r.IntN(7))
		h.build(longest)
		sum := 0
		for s, n := range h.bits {
			if n > longest || h.often[s] > 0 && n == 0 {
				t.Fatalf("%d of %d times has %d bits, of %d", s, h.often[s], n, longest)
			}
			if n > 0 {
				sum += 1 << (longest - n)
			}
		}
		if sum != 1<<longest {
			t.Fatalf("the words fill %d of %d", sum, 1<<longest)
		}
	}
}
