package record

import (
	"encoding/binary"

	"toll/data"
)

// quickToll are the columns of a toll's low, best and high figure, -1 where there
// is none, and room for what they hold in the records at hand.
type quickToll struct {
	columns [3]int
	figures [3][mostRows]int32
	flags   [mostRows]data.CountFlags
}

// tolls decodes the counts of n records, up to one that is unusual.
func (q *quick) tolls(from, n int) int {
	b, at := q.d.batch, q.d.batch.N
	for _, f := range q.wide {
		n = q.part(f, from, n)
	}
	n = q.toll(&q.killed, &b.Killed, from, n)
	n = q.toll(&q.injured, &b.Injured, from, n)
	if len(q.wide) == 0 {
		return n
	}
	for i := at; i < at+n; i++ {
		q.sumOfParts(b.Killed, &b.KilledParts, i, Killed, KilledLow, KilledHigh, KilledCivilians)
		q.sumOfParts(b.Injured, &b.InjuredParts, i, Injured, InjuredLow, InjuredHigh, InjuredCivilians)
	}
	return n
}

// sumOfParts sets a toll that is stated only in parts.
func (q *quick) sumOfParts(tolls []data.Count, columns *[data.NumParts][]data.Count, i int, best, low, high, first Field) {
	if tolls == nil || tolls[i].Stated() {
		return
	}
	var parts [data.NumParts]data.Count
	for p := range parts {
		parts[p] = data.At(columns[p], i)
	}
	tolls[i] = q.d.sumOfParts(best, low, high, first, &parts)
}

// part decodes a column of parts, or of figures beside a toll.
func (q *quick) part(f Field, from, n int) int {
	b := q.d.batch
	var column *[]data.Count
	switch {
	case f >= Women:
		column = &b.Besides[f-Women]
	case f >= InjuredCivilians:
		column = &b.InjuredParts[f-InjuredCivilians]
	default:
		column = &b.KilledParts[f-KilledCivilians]
	}
	*column = extend(*column, b.N, n)
	for i := range n {
		cell := bare(q.raw(from+i, f))
		var c data.Count
		if len(cell) > 0 {
			v, ok := plainCount(cell)
			if !ok {
				return i
			}
			c = data.Exactly(v)
		}
		(*column)[b.N+i] = c
	}
	return n
}

// toll decodes a figure and its bounds, up to a record whose figures are out of
// order.
func (q *quick) toll(t *quickToll, column *[]data.Count, from, n int) int {
	if *column == nil {
		return n
	}
	clear(t.flags[:n])
	for k, c := range t.columns {
		if c < 0 {
			clear(t.figures[k][:n])
			continue
		}
		n = q.w.rows.figures(q.w.buf, from, c, t.figures[k][:n], t.flags[:n], data.HasLow<<k)
	}
	at := q.d.batch.N
	*column = extend(*column, at, n)
	out := (*column)[at : at+n]
	low, best, high, flags := t.figures[0][:n], t.figures[1][:n], t.figures[2][:n], t.flags[:n]
	for i := range out {
		c := &out[i]
		c.Low, c.Best, c.High, c.Flags = int64(low[i])*data.Unit, int64(best[i])*data.Unit, int64(high[i])*data.Unit, flags[i]
		if flags[i] == data.HasLow|data.HasBest|data.HasHigh {
			if low[i] > best[i] || best[i] > high[i] {
				return i
			}
			continue
		}
		s := c.Settle()
		if !s.Ordered() {
			return i
		}
		if !q.d.asWritten {
			*c = s
		}
	}
	return n
}

// figures reads a column of cells that are blank or plain numbers, up to one that
// is neither. Those that are numbers get the flag.
func (s *stretch) figures(buf []byte, r, column int, out []int32, flags []data.CountFlags, flag data.CountFlags) int {
	cut, stride, last := s.cut[r*s.stride+column:], s.stride, column == s.columns-1
	flags = flags[:len(out)]
	for i := range out {
		c := cut[i*stride:][:2]
		from, n := int(c[0]), int(c[1]-c[0])-1
		if last && n > 0 && buf[from+n-1] == '\r' {
			n--
		}
		x := binary.LittleEndian.Uint64(buf[from:])
		if byte(x) == '"' && n >= 2 {
			x, n = binary.LittleEndian.Uint64(buf[from+1:]), n-2
		}
		v, ok := figure(x, n)
		if !ok {
			return i
		}
		out[i] = v
		flags[i] |= flag & data.CountFlags(-int32(n)>>31)
	}
	return len(out)
}

// figure reads the first n bytes of a word as plainCount does; 0 of no bytes.
func figure(x uint64, n int) (int32, bool) {
	x = (x ^ lowBits*'0') << (64 - 8*uint(n)&127) // digits are their values, and the last is the highest byte
	bad := (x | (x + lowBits*0x76)) & highBits
	x = x*10 + x>>8
	x = ((x & 0x000000FF000000FF) * 0x000F424000000064) + ((x >> 16 & 0x000000FF000000FF) * 0x0000271000000001)
	return int32(x >> 32), bad == 0 && uint(n) <= 7
}
