package record

import "bytes"

// parseCoord reads decimal degrees within ±limit as millionths of a degree,
// rounded half away from zero. It reports false for anything else; a blank cell
// is reported by blank.
func parseCoord(cell []byte, limit int32) (micro int32, blank, ok bool) {
	s := bytes.TrimSpace(cell)
	if len(s) == 0 {
		return 0, true, true
	}
	negative := s[0] == '-'
	if negative || s[0] == '+' {
		s = s[1:]
	}
	n, scale, digits, point := int64(0), int64(1_000_000), 0, false
	for _, c := range s {
		switch {
		case c == '.' && !point:
			point = true
		case c < '0' || c > '9':
			return 0, false, false
		case !point:
			digits++
			if n = n*10 + int64(c-'0')*1_000_000; n > 1000*1_000_000 {
				return 0, false, false
			}
		case scale > 1:
			digits++
			scale /= 10
			n += int64(c-'0') * scale
		case scale == 1:
			if c >= '5' {
				n++
			}
			scale = 0
		}
	}
	if digits == 0 || n > int64(limit)*1_000_000 {
		return 0, false, false
	}
	if negative {
		n = -n
	}
	return int32(n), false, true
}
