package output

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
)

// ErrPicture says that a file is no picture that toll drew.
var ErrPicture = errors.New("is no chart of toll's")

// PictureTexts returns what a PNG says of itself: its text chunks by keyword.
func PictureTexts(b []byte) (map[string]string, error) {
	rest, ok := bytes.CutPrefix(b, []byte("\x89PNG\r\n\x1a\n"))
	if !ok {
		return nil, ErrPicture
	}
	texts := map[string]string{}
	for len(rest) >= 12 {
		n := uint64(binary.BigEndian.Uint32(rest))
		if n+12 > uint64(len(rest)) {
			return nil, ErrPicture
		}
		kind, body := string(rest[4:8]), rest[8:8+n]
		rest = rest[n+12:]
		if kind != "iTXt" {
			continue
		}
		key, body, ok := bytes.Cut(body, []byte{0})
		if !ok || len(body) < 4 || body[0] != 0 { // compressed texts are not toll's
			continue
		}
		if p := bytes.SplitN(body[2:], []byte{0}, 3); len(p) == 3 {
			texts[string(key)] = strings.ToValidUTF8(string(p[2]), "\uFFFD")
		}
	}
	return texts, nil
}
