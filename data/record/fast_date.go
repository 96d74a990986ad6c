package record

import (
	"encoding/binary"

	"toll/data"
)

// monthStarts holds the first day of each month of the years that records are
// mostly of, and how many days it has.
var monthStarts = func() (m [quickYears * 12]struct{ first, days int32 }) {
	for i := range m {
		year, month := firstQuickYear+i/12, i%12+1
		day, _ := data.DayOf(year, month, 1)
		m[i].first, m[i].days = int32(day), int32(data.DaysIn(year, month))
	}
	return m
}()

const (
	firstQuickYear = 1940
	quickYears     = 120
)

// quickDay is plainDay without a division, for the years of monthStarts.
func quickDay(s []byte) (data.Day, bool) {
	if len(s) != 10 {
		return data.NoDay, false
	}
	const hyphens, digits = 0xFF0000FF00000000, 0x00FFFF00FFFFFFFF
	x := binary.LittleEndian.Uint64(s)
	if x&hyphens != 0x2D00002D00000000 {
		return data.NoDay, false
	}
	x = (x ^ 0x0030300030303030) & digits // a digit is its value now
	d1, d0 := uint32(s[8]-'0'), uint32(s[9]-'0')
	if (x|(x+0x0076760076767676))&highBits != 0 || d1 > 9 || d0 > 9 {
		return data.NoDay, false
	}
	year := int((x&15)*1000 + (x>>8&15)*100 + (x>>16&15)*10 + x>>24&15)
	month := int((x>>40&15)*10 + x>>48&15)
	day := int32(d1*10 + d0)
	i := (year-firstQuickYear)*12 + month - 1
	if year < firstQuickYear || year >= firstQuickYear+quickYears || month < 1 || month > 12 {
		return data.DayOf(year, month, int(day))
	}
	if day < 1 || day > monthStarts[i].days {
		return data.NoDay, false
	}
	return data.Day(monthStarts[i].first + day - 1), true
}

// days reads a column of days, up to a cell that is not plainly one.
func (s *stretch) days(buf []byte, r, column int, out []data.Day) int {
	for i := range out {
		from, to := s.span(buf, r+i, column)
		if to-from == 12 && buf[from] == '"' {
			from, to = from+1, to-1
		}
		day, ok := quickDay(buf[from:to])
		if !ok {
			return i
		}
		out[i] = day
	}
	return len(out)
}
