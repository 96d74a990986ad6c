package output

import (
	"encoding/base64"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// unpack reads a packed column bit by bit, as the page does.
func unpack(t testing.TB, p packed) []int64 {
	t.Helper()
	out := make([]int64, p.N)
	if p.Bits == "" {
		for i := range out {
			out[i] = int64(p.K)
		}
		return out
	}
	b, err := base64.StdEncoding.DecodeString(p.Bits)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	bit := func() uint64 {
		v := b[at/8] >> (7 - at%8) & 1
		at++
		return uint64(v)
	}
	read := func(n int) (v uint64) {
		for range n {
			v = v<<1 | bit()
		}
		return v
	}
	last := int64(0)
	for i := range out {
		q := uint64(0)
		for q < maxUnary && bit() == 1 {
			q++
		}
		v := q << p.K
		if q == maxUnary {
			v = read(53)
		} else {
			v |= read(p.K)
		}
		if p.Steps {
			last += int64(v>>1) ^ -int64(v&1)
			out[i] = last
		} else {
			out[i] = int64(v)
		}
	}
	if len(b)*8-at > 7 {
		t.Errorf("%d bits are left over", len(b)*8-at)
	}
	return out
}

func TestPackedColumnsAreReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		most := rapid.SampledFrom([]int64{0, 1, 3, 300, 1 << 20, 1 << 40, 1 << 51}).Draw(rt, "most")
		vs := rapid.SliceOf(rapid.Int64Range(0, most)).Draw(rt, "values")
		if rapid.Bool().Draw(rt, "ascending") {
			slices.Sort(vs)
		}
		if got := unpack(t, pack(vs)); !slices.Equal(got, vs) {
			rt.Fatalf("%v is read back as %v", vs, got)
		}
	})
}

func TestPackedColumnsAreShort(t *testing.T) {
	lines := make([]int64, 10_000)
	for i := range lines {
		lines[i] = int64(i + 2)
	}
	for _, c := range []struct {
		what string
		vs   []int64
		most int // characters
	}{{"lines one after the other", lines, 6_000}, {"one value", make([]int64, 10_000), 0}, {"nothing", nil, 0}} {
		if n := len(pack(c.vs).Bits); n > c.most {
			t.Errorf("%s take %d characters", c.what, n)
		}
	}
}

// TestBestRice holds the parameter found against trying each of them.
func TestBestRice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := rapid.SampledFrom([]uint64{0, 1, 3, 40, 5000, 1 << 30, 1 << 53}).Draw(t, "top")
		values := rapid.SliceOfN(rapid.OneOf(rapid.Uint64Range(0, top), rapid.Uint64Range(0, 1<<53)), 0, 40).Draw(t, "values")
		values = slices.Repeat(values, rapid.SampledFrom([]int{1, 1, 60}).Draw(t, "times"))
		k, size := -1, -1
		for try := range 40 {
			n := 0
			for _, v := range values {
				if v>>try < maxUnary {
					n += int(v>>try) + 1 + try
				} else {
					n += maxUnary + 53
				}
			}
			if size < 0 || n < size {
				k, size = try, n
			}
		}
		if gotK, gotSize := bestRice(values); gotK != k || gotSize != size {
			t.Fatalf("%d of %d bits; by trying each, %d of %d", gotK, gotSize, k, size)
		}
	})
}
