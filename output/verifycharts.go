package output

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"maps"
	"slices"
)

// compareCharts compares what was drawn, and then the pixels as they stand.
func (v *Verification) compareCharts(k *Kept, now *Bundle, m *Manifest, o VerifyOptions) {
	for _, id := range slices.Sorted(maps.Keys(m.Charts)) {
		p := picturePath(id)
		if was, ok := k.Manifest.Charts[id]; ok && was.Plotted != m.Charts[id].Plotted {
			v.add(Drift{Class: DriftNumber, Path: p, Was: was.Plotted, Is: m.Charts[id].Plotted, Message: "shows other figures; the cells are in " + plottedPath(id)})
			continue
		}
		f, there := k.Files[p]
		want, _ := now.File(p)
		if !there || f.Link || bytes.Equal(f.Data, want) {
			continue
		}
		n, most, err := pixelDifference(f.Data, want)
		switch {
		case err != nil:
			v.add(Drift{Class: DriftPixels, Path: p, Message: err.Error()})
		case n == 0:
			v.Remarks = append(v.Remarks, p+" has the same pixels in other bytes")
		case most <= o.PixelTolerance:
			v.Remarks = append(v.Remarks, fmt.Sprintf("%s differs in %d pixels, by at most %d of 255", p, n, most))
		default:
			v.add(Drift{Class: DriftPixels, Path: p, Message: fmt.Sprintf("%s, by at most %d of 255; its figures are the same", pixelsDiffer(n), most)})
		}
	}
}

func pixelsDiffer(n int) string {
	if n == 1 {
		return "1 pixel differs"
	}
	return fmt.Sprintf("%d pixels differ", n)
}

// maxPixels bounds a picture that is decoded: a small file may claim a huge one.
const maxPixels = 100 << 20

// pixelsOf decodes a picture.
func pixelsOf(b []byte) (*image.RGBA, error) {
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > maxPixels/c.Height {
		return nil, errors.New("cannot be read as a picture")
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, errors.New("cannot be read as a picture")
	}
	out := image.NewRGBA(image.Rect(0, 0, c.Width, c.Height))
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out, nil
}

// pixelsSHA256 is the hash that a manifest gives of a chart: of its width and
// height, in eight bytes each, and of the runs of equal pixels of each row, each
// with its colour in RGBA and its length in four bytes. Numbers have their lowest
// byte first.
func pixelsSHA256(b []byte) (string, error) {
	img, err := pixelsOf(b)
	if err != nil {
		return "", err
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	told := binary.LittleEndian.AppendUint64(nil, uint64(w))
	told = binary.LittleEndian.AppendUint64(told, uint64(h))
	for y := range h {
		row := img.Pix[y*img.Stride:][:4*w]
		for i, from := 4, 0; i <= len(row); i += 4 {
			if i < len(row) && bytes.Equal(row[i:i+4], row[from:from+4]) {
				continue
			}
			told = binary.LittleEndian.AppendUint32(append(told, row[from:from+4]...), uint32(i-from)/4)
			from = i
		}
	}
	return hash(told), nil
}

// pixelDifference counts the pixels that differ, and by how much at most.
func pixelDifference(was, is []byte) (n, most int, err error) {
	a, err := pixelsOf(was)
	if err != nil {
		return 0, 0, err
	}
	b, err := pixelsOf(is)
	if err != nil {
		return 0, 0, err
	}
	if a.Rect != b.Rect {
		return 0, 0, fmt.Errorf("is %d × %d pixels, should be %d × %d", a.Rect.Dx(), a.Rect.Dy(), b.Rect.Dx(), b.Rect.Dy())
	}
	for i := 0; i < len(a.Pix); i += 4 {
		differs := false
		for j := i; j < i+4; j++ {
			if d := int(a.Pix[j]) - int(b.Pix[j]); d != 0 {
				differs = true
				most = max(most, d, -d)
			}
		}
		if differs {
			n++
		}
	}
	return n, most, nil
}
