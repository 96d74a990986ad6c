package charts

import (
	"bytes"
	"crypto/sha256"
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

// encodePNG writes an opaque image without loss, and returns the hash of its
// pixels: with a palette where 256 colours suffice, else as RGB. No row filter is
// searched for; on flat colour it costs more time than it saves bytes. Nothing in
// the file depends on the clock or on a version, of the tool or of a library.
func encodePNG(img *image.RGBA, text pngText) (file []byte, pixels [32]byte) {
	p := scans.Get().(*scan)
	defer scans.Put(p)
	pixels = p.read(img)
	kind, size := byte(3), 1 // palette
	if p.tooMany {
		kind, size = 2, 3 // RGB
		p.rgb(img)
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	d := deflaters.Get().(*deflater)
	defer deflaters.Put(d)
	packed := d.zlibbed(p.rows, 1+size*w, size)
	var out bytes.Buffer
	out.Grow(len(packed) + 4096)
	out.Write(pngMagic)
	head := binary.BigEndian.AppendUint32(nil, uint32(w))
	head = binary.BigEndian.AppendUint32(head, uint32(h))
	chunk(&out, "IHDR", append(head, 8, kind, 0, 0, 0))
	perMetre := uint32(w * 1000 / printWidth)
	phys := binary.BigEndian.AppendUint32(nil, perMetre)
	phys = binary.BigEndian.AppendUint32(phys, perMetre)
	chunk(&out, "pHYs", append(phys, 1))
	writeText(&out, text)
	if !p.tooMany {
		rgb := make([]byte, 0, 3*len(p.colors))
		for _, c := range p.colors {
			rgb = append(rgb, byte(c), byte(c>>8), byte(c>>16))
		}
		chunk(&out, "PLTE", rgb)
	}
	chunk(&out, "IDAT", packed)
	chunk(&out, "IEND", nil)
	return out.Bytes(), pixels
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

// scan is an image taken in run by run: most of a page is runs of one colour.
type scan struct {
	rows []byte // of the file: each row begins with the filter type "none"
	// colors are those of the image in the order of their first pixel, unless they
	// are too many for a palette.
	colors  []uint32
	tooMany bool
	// slots is a hash table of colours; their numbers are in nums, from 1.
	slots [1024]uint32
	nums  [1024]uint16
	runs  []byte // of the row
	told  []byte // of rows not yet hashed
}

var scans = sync.Pool{New: func() any { return new(scan) }}

// read takes in an image. It returns the SHA-256 of its width and height, each in
// eight bytes, and of the runs of equal pixels of each row, each with its colour in
// RGBA and its length in four bytes; numbers have their lowest byte first.
func (p *scan) read(img *image.RGBA) (hash [32]byte) {
	p.colors, p.nums, p.tooMany = p.colors[:0], [1024]uint16{}, false
	w, h := img.Rect.Dx(), img.Rect.Dy()
	p.size(h * (1 + w))
	sum := sha256.New()
	p.told = binary.LittleEndian.AppendUint64(p.told[:0], uint64(w))
	p.told = binary.LittleEndian.AppendUint64(p.told, uint64(h))
	var above []byte
	for y := range h {
		pix, row := img.Pix[y*img.Stride:][:4*w], p.rows[y*(1+w):][:1+w]
		row[0] = 0
		if bytes.Equal(pix, above) {
			copy(row, p.rows[(y-1)*(1+w):])
		} else {
			p.row(pix, row[1:])
		}
		above = pix
		if p.told = append(p.told, p.runs...); len(p.told) > 1<<14 {
			sum.Write(p.told)
			p.told = p.told[:0]
		}
	}
	sum.Write(p.told)
	return [32]byte(sum.Sum(nil))
}

// row takes in a row of pixels, and writes their numbers.
func (p *scan) row(pix, row []byte) {
	p.runs = p.runs[:0]
	for len(pix) > 0 {
		n := run(pix)
		c := binary.LittleEndian.Uint32(pix)
		if !p.tooMany {
			repeat(row[:n], p.number(c))
		}
		p.runs = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(p.runs, c), uint32(n))
		pix, row = pix[4*n:], row[n:]
	}
}

// repeat fills b with a byte.
func repeat(b []byte, v byte) {
	all := uint64(v) * 0x0101010101010101
	for ; len(b) >= 8; b = b[8:] {
		binary.LittleEndian.PutUint64(b, all)
	}
	for i := range b {
		b[i] = v
	}
}

// size makes room for rows of n bytes in all.
func (p *scan) size(n int) {
	if cap(p.rows) < n {
		p.rows = make([]byte, n)
	}
	p.rows = p.rows[:n]
}

// run is how many pixels are as the first of pix.
func run(pix []byte) int {
	c := uint64(binary.LittleEndian.Uint32(pix))
	c |= c << 32
	n := 4
	for n+16 <= len(pix) && binary.LittleEndian.Uint64(pix[n:]) == c && binary.LittleEndian.Uint64(pix[n+8:]) == c {
		n += 16
	}
	for n+8 <= len(pix) && binary.LittleEndian.Uint64(pix[n:]) == c {
		n += 8
	}
	if n+4 <= len(pix) && binary.LittleEndian.Uint32(pix[n:]) == uint32(c) {
		n += 4
	}
	return n / 4
}

// number is the number of a colour in the palette. Where there are too many it
// says so, and numbers mean nothing.
func (p *scan) number(c uint32) byte {
	h := c * 0x9E3779B1 >> 22
	for p.nums[h] != 0 {
		if p.slots[h] == c {
			return byte(p.nums[h] - 1)
		}
		h = (h + 1) % 1024
	}
	if len(p.colors) == 256 {
		p.tooMany = true
		return 0
	}
	p.colors = append(p.colors, c)
	p.slots[h], p.nums[h] = c, uint16(len(p.colors))
	return byte(len(p.colors) - 1)
}

// rgb fills the rows with three bytes a pixel.
func (p *scan) rgb(img *image.RGBA) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	p.size(h * (1 + 3*w))
	rows := p.rows[:0]
	for y := range h {
		rows = append(rows, 0)
		for pix := img.Pix[y*img.Stride:][:4*w]; len(pix) >= 4; pix = pix[4:] {
			rows = append(rows, pix[0], pix[1], pix[2])
		}
	}
}
