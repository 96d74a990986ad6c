package stats

import (
	"math"
	"math/bits"
	"strconv"
	"strings"

	"toll/data"
	"toll/internal/catalogue"
)

// Persons rounds a figure in units of 1/data.Unit person to whole persons, half
// away from zero. It is the one place where tolls are rounded.
func Persons(v int64) int64 { return Ratio(v, data.Unit) }

// Ratio returns a/b rounded half away from zero, in integers. b must be
// positive; b = 0 gives 0.
func Ratio(a, b int64) int64 {
	if b <= 0 {
		return 0
	}
	neg := a < 0
	u := uint64(a)
	if neg {
		u = -u
	}
	q, r := u/uint64(b), u%uint64(b)
	if r >= uint64(b)-r {
		q++
	}
	if neg {
		return -int64(q)
	}
	return int64(q)
}

// Scaled returns a*scale/b rounded half away from zero without overflow of the
// product; false where b is not positive or the result does not fit.
func Scaled(a, scale, b int64) (int64, bool) {
	if b <= 0 || scale < 0 {
		return 0, false
	}
	neg := a < 0
	u := uint64(a)
	if neg {
		u = -u
	}
	hi, lo := bits.Mul64(u, uint64(scale))
	if hi >= uint64(b) {
		return 0, false
	}
	q, r := bits.Div64(hi, lo, uint64(b))
	if r >= uint64(b)-r {
		q++
	}
	if q > 1<<62 {
		return 0, false
	}
	if neg {
		return -int64(q), true
	}
	return int64(q), true
}

// Number writes an integer for readers: thousands separated by commas from
// 1,000, and a true minus sign (U+2212). It is the one number formatter.
func Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	neg := n < 0
	if neg {
		s = s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if neg {
		return "−" + s
	}
	return s
}

// Range writes the bounds of a sum over n incidents: "unknown" where no toll is
// known, "12" where the bounds agree, "4–7", "200+" and "32–258+" where a part
// is open-ended.
func (s Sum) Range(n uint32) string {
	if n > 0 && s.Known(n) == 0 {
		return catalogue.Say("toll.unknown")
	}
	lo, hi := Persons(s.Low), Persons(s.High)
	if lo > hi { // published bounds can be out of order; a reader is shown a range
		lo, hi = hi, lo
	}
	t := Number(lo)
	if hi != lo {
		t += "–" + Number(hi)
	}
	if s.Open > 0 {
		t += "+"
	}
	return t
}

// Figure writes the sum as a reader should meet it: the best figure with its
// range where every stated toll has one, else the range alone.
func (s Sum) Figure(n uint32) string {
	r := s.Range(n)
	if !s.HasBest() || s.Known(n) == 0 {
		return r
	}
	best := Number(Persons(s.Best))
	if best == r {
		return best
	}
	return best + " (" + r + ")"
}

// BestText writes the best figure, "–" where there is none to show.
func (s Sum) BestText(n uint32) string {
	if !s.HasBest() || (n > 0 && s.Known(n) == 0) {
		return "–"
	}
	return Number(Persons(s.Best))
}

// Percent writes part/whole as a whole per cent, and with one decimal below 2 %.
// A part that is not nothing never reads as 0 %, nor one less than the whole as
// 100 %: such have as many decimals as it takes, "0.05 %" for 1 of 2,156 and
// "99.95 %" for all but one of them. "n/a" where the whole is not positive.
func Percent(part, whole int64) string {
	v, ok := Scaled(part, 100, whole)
	if !ok {
		return "n/a"
	}
	text := Number(v)
	scale, decimals := int64(100), 0
	tenths, fits := Scaled(part, 1000, whole)
	for finer := fits && part != 0 && tenths > -20 && tenths < 20; finer || misreads(v, scale, part, whole); finer = false {
		if scale > math.MaxInt64/10 {
			break
		}
		if v, ok = Scaled(part, scale*10, whole); !ok {
			break
		}
		scale, decimals = scale*10, decimals+1
		text = decimal(v, decimals)
	}
	return text + " %"
}

// misreads reports whether v, which is part/whole times scale, reads as nothing
// where there is something, or as the whole where some of it is missing.
func misreads(v, scale, part, whole int64) bool {
	some, short := part != 0, part > -whole && part < whole
	return some && v == 0 || short && (v == scale || v == -scale)
}

// decimal writes a number of so many decimals for readers, without zeros at its
// end.
func decimal(v int64, decimals int) string {
	sign := ""
	u := uint64(v)
	if v < 0 {
		sign, u = "−", -u
	}
	s := strconv.FormatUint(u, 10)
	if n := decimals + 1 - len(s); n > 0 {
		s = strings.Repeat("0", n) + s
	}
	at := len(s) - decimals
	whole, _ := strconv.ParseInt(s[:at], 10, 64) // digits alone, and few enough
	text := sign + Number(whole)
	if part := strings.TrimRight(s[at:], "0"); part != "" {
		text += "." + part
	}
	return text
}
