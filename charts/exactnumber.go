package charts

import (
	"strconv"
	"strings"

	"toll/data"
	"toll/stats"
)

// exactNumber writes a stored figure without rounding, for machines: whole
// persons as they are, split tolls with their decimals.
func exactNumber(v int64) string {
	s := strconv.FormatInt(v/data.Unit, 10)
	if r := v % data.Unit; r != 0 {
		if r < 0 {
			r = -r
			if v > -data.Unit {
				s = "-0"
			}
		}
		s += "." + strings.TrimRight(strconv.FormatInt(data.Unit+r, 10)[1:], "0")
	}
	return s
}

// sumColumns are the column names of sumCells.
func sumColumns(what string) []string {
	return []string{what + "_low", what + "_best", what + "_high", what + "_open", what + "_unknown"}
}

// sumCells are the exact figures of a sum; blank where it has none.
func sumCells(s stats.Sum, n uint32) []string {
	cells := []string{"", "", "", strconv.FormatUint(uint64(s.Open), 10), strconv.FormatUint(uint64(s.Unknown), 10)}
	if known(s, n) {
		cells[0], cells[2] = exactNumber(s.Low), exactNumber(s.High)
		if s.HasBest() {
			cells[1] = exactNumber(s.Best)
		}
	}
	return cells
}

func countCell(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
