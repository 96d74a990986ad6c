package charts

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"slices"
	"sync"
)

// pngText holds the text chunks of a PNG by keyword.
type pngText map[string]string

// printWidth is how wide a page comes out in a document, in millimetres: the
// text width of A4.
const printWidth = 160

var pngMagic = []byte("\x89PNG\r\n\x1a\n")

// encodePNG writes an opaque image without loss: with a palette where 256
// colours suffice, else as RGB. No row filter is searched for; on flat colour
// it costs more time than it saves bytes. Nothing in the file depends on the
// clock or the tool's version.
func encodePNG(img *image.RGBA, text pngText) ([]byte, error) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	var out bytes.Buffer
	out.Grow(w * h / 12)
	out.Write(pngMagic)
	pal := indexedPool.Get().(*indexed)
	defer func(p *indexed) { indexedPool.Put(p) }(pal)
	if !pal.index(img) {
		pal = nil
	}
	kind := byte(2) // RGB
	if pal != nil {
		kind = 3
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(w))
	head = binary.BigEndian.AppendUint32(head, uint32(h))
	chunk(&out, "IHDR", append(head, 8, kind, 0, 0, 0))
	perMetre := uint32(w * 1000 / printWidth)
	phys := binary.BigEndian.AppendUint32(nil, perMetre)
	phys = binary.BigEndian.AppendUint32(phys, perMetre)
	chunk(&out, "pHYs", append(phys, 1))
	writeText(&out, text)
	if pal != nil {
		rgb := make([]byte, 0, 3*len(pal.colors))
		for _, c := range pal.colors {
			rgb = append(rgb, byte(c), byte(c>>8), byte(c>>16))
		}
		chunk(&out, "PLTE", rgb)
	}
	pixels, err := deflated(img, pal)
	if err != nil {
		return nil, err
	}
	chunk(&out, "IDAT", pixels)
	chunk(&out, "IEND", nil)
	return out.Bytes(), nil
}

func chunk(out *bytes.Buffer, name string, body []byte) {
	var n [4]byte
	binary.BigEndian.PutUint32(n[:], uint32(len(body)))
	out.Write(n[:])
	crc := crc32.NewIEEE()
	crc.Write([]byte(name))
	crc.Write(body)
	out.WriteString(name)
	out.Write(body)
	binary.BigEndian.PutUint32(n[:], crc.Sum32())
	out.Write(n[:])
}

// writeText writes the texts as uncompressed iTXt chunks, by keyword.
func writeText(out *bytes.Buffer, text pngText) {
	keys := make([]string, 0, len(text))
	for k, v := range text {
		if v != "" {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		body := append([]byte(k), 0, 0, 0, 0, 0) // not compressed, no language, no translated keyword
		chunk(out, "iTXt", append(body, bytes.ReplaceAll([]byte(text[k]), []byte{0}, nil)...))
	}
}

// indexed is an image in at most 256 colours, numbered in the order of their
// first pixel.
type indexed struct {
	colors []uint32
	pix    []byte // one colour number a pixel
	// slots is a hash table of colours; their numbers are in nums, from 1.
	slots [1024]uint32
	nums  [1024]uint16
}

var indexedPool = sync.Pool{New: func() any { return new(indexed) }}

// index numbers the colours of an image, or reports that they exceed 256.
func (p *indexed) index(img *image.RGBA) bool {
	p.colors, p.nums = p.colors[:0], [1024]uint16{}
	n := len(img.Pix) / 4
	if cap(p.pix) < n {
		p.pix = make([]byte, n)
	}
	p.pix = p.pix[:n]
	last, at := uint32(0), byte(0) // transparent, which no page is
	for i := range p.pix {
		c := binary.LittleEndian.Uint32(img.Pix[4*i:])
		if c != last {
			num, ok := p.number(c)
			if !ok {
				return false
			}
			last, at = c, num
		}
		p.pix[i] = at
	}
	return true
}

func (p *indexed) number(c uint32) (byte, bool) {
	h := c * 0x9E3779B1 >> 22
	for p.nums[h] != 0 {
		if p.slots[h] == c {
			return byte(p.nums[h] - 1), true
		}
		h = (h + 1) % 1024
	}
	if len(p.colors) == 256 {
		return 0, false
	}
	p.colors = append(p.colors, c)
	p.slots[h], p.nums[h] = c, uint16(len(p.colors))
	return byte(len(p.colors) - 1), true
}

var deflaters = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, pngLevel) // the level is valid
	return w
}}

// pngLevel is the compression level: higher ones take twice the time for a
// tenth of the size.
const pngLevel = 4

// deflated compresses the rows, each with the filter type "none".
func deflated(img *image.RGBA, pal *indexed) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(1 << 17)
	z := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(z)
	z.Reset(&out)
	w := img.Rect.Dx()
	row := make([]byte, 1, 1+3*w)
	for y := range img.Rect.Dy() {
		row = row[:1]
		if pal != nil {
			row = append(row, pal.pix[y*w:][:w]...)
		} else {
			for pix := img.Pix[y*img.Stride:][:4*w]; len(pix) >= 4; pix = pix[4:] {
				row = append(row, pix[0], pix[1], pix[2])
			}
		}
		if _, err := z.Write(row); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
