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
	pal := paletteOf(img)
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

// palette numbers the colours of an image in the order of their first pixel.
type palette struct {
	colors []uint32
	index  map[uint32]byte
}

// paletteOf returns the colours of an image, or nil where they exceed 256.
func paletteOf(img *image.RGBA) *palette {
	p := &palette{index: make(map[uint32]byte, 256)}
	last := uint32(0) // transparent: in no page
	for i := 0; i+4 <= len(img.Pix); i += 4 {
		c := binary.LittleEndian.Uint32(img.Pix[i:])
		if c == last {
			continue
		}
		last = c
		if _, ok := p.index[c]; ok {
			continue
		}
		if len(p.colors) == 256 {
			return nil
		}
		p.index[c] = byte(len(p.colors))
		p.colors = append(p.colors, c)
	}
	return p
}

var deflaters = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, pngLevel) // the level is valid
	return w
}}

const pngLevel = 4

func deflated(img *image.RGBA, pal *palette) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(1 << 17)
	z := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(z)
	z.Reset(&out)
	w := img.Rect.Dx()
	row := make([]byte, 1, 1+3*w) // filter type none
	for y := range img.Rect.Dy() {
		row = appendRow(row[:1], img.Pix[y*img.Stride:][:4*w], pal)
		if _, err := z.Write(row); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func appendRow(row, pix []byte, pal *palette) []byte {
	if pal == nil {
		for i := 0; i+4 <= len(pix); i += 4 {
			row = append(row, pix[i], pix[i+1], pix[i+2])
		}
		return row
	}
	last, at := uint32(0), byte(0)
	for i := 0; i+4 <= len(pix); i += 4 {
		if c := binary.LittleEndian.Uint32(pix[i:]); c != last {
			last, at = c, pal.index[c]
		}
		row = append(row, at)
	}
	return row
}
