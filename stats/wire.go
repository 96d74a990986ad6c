package stats

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"unicode/utf8"

	"toll/data"
)

// errTorn says that bytes are no tally that Append has written.
var errTorn = errors.New("these are not the bytes of a tally, or they are damaged")

// writer appends numbers and texts to bytes. Every number has one form, so that
// equal content makes equal bytes.
type writer struct{ b []byte }

func (w *writer) count(n int)    { w.b = binary.AppendUvarint(w.b, uint64(n)) }
func (w *writer) uint(n uint64)  { w.b = binary.AppendUvarint(w.b, n) }
func (w *writer) int(n int64)    { w.b = binary.AppendVarint(w.b, n) }
func (w *writer) text(s string)  { w.count(len(s)); w.b = append(w.b, s...) }
func (w *writer) day(d data.Day) { w.int(int64(d)) }

func (w *writer) flag(set bool) {
	if set {
		w.b = append(w.b, 1)
	} else {
		w.b = append(w.b, 0)
	}
}

// persons writes a number of persons in units of 1/data.Unit. Whole persons,
// which is what nearly all are, take less room.
func (w *writer) persons(v int64) {
	if v%data.Unit == 0 {
		w.uint(uint64(v/data.Unit) << 1)
	} else {
		w.uint(uint64(v)<<1 | 1)
	}
}

func (w *writer) sum(s *Sum) {
	w.persons(s.Low)
	w.persons(s.Best)
	w.persons(s.High)
	for _, n := range []uint32{s.Unknown, s.Open, s.NoBest, s.Fatal} {
		w.uint(uint64(n))
	}
}

func (w *writer) tally(t *Tally) {
	w.uint(uint64(t.Incidents))
	w.sum(&t.Killed)
	w.sum(&t.Injured)
}

func (w *writer) toll(c *data.Count) {
	w.uint(uint64(c.Flags))
	if c.Flags != 0 {
		w.persons(c.Low)
		w.persons(c.Best)
		w.persons(c.High)
	}
}

func (w *writer) date(d data.Date) {
	w.uint(uint64(d.Prec))
	w.day(d.Start)
	w.int(int64(d.End) - int64(d.Start))
}

// maxCommon bounds what an id takes over from the one before it, so that few
// bytes do not unfold into many.
const maxCommon = 64

// common returns how many bytes two ids begin with alike, up to a whole character.
func common(a, b []byte) int {
	n := 0
	for n < min(len(a), len(b), maxCommon) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(b) && b[n]&0xC0 == 0x80 {
		n--
	}
	return n
}

// parser reads what a writer wrote. After the first fault it reads zeros, and err
// says what the fault was. It trusts nothing: every length is held against the
// bytes that are left before room is made for it.
type parser struct {
	b   []byte
	err error
}

func (p *parser) fail() {
	if p.err == nil {
		p.err = errTorn
	}
	p.b = nil
}

// check fails unless a condition holds.
func (p *parser) check(ok bool) {
	if !ok {
		p.fail()
	}
}

func (p *parser) uint() uint64 {
	n, size := binary.Uvarint(p.b)
	if size <= 0 || size > 1 && p.b[size-1] == 0 { // not the shortest form
		p.fail()
		return 0
	}
	p.b = p.b[size:]
	return n
}

func (p *parser) int() int64 {
	u := p.uint()
	return int64(u>>1) ^ -int64(u&1)
}

// upTo reads a number that is at most most.
func (p *parser) upTo(most uint64) uint64 {
	n := p.uint()
	if n > most {
		p.fail()
		return 0
	}
	return n
}

// between reads a number within bounds.
func (p *parser) between(least, most int64) int64 {
	n := p.int()
	if n < least || n > most {
		p.fail()
		return least
	}
	return n
}

// count reads how many things follow that take at least size bytes each.
func (p *parser) count(size int) int {
	n := p.uint()
	if n > uint64(len(p.b)/size) {
		p.fail()
		return 0
	}
	return int(n)
}

func (p *parser) text() string {
	n := p.count(1)
	s := string(p.b[:n])
	p.b = p.b[n:]
	p.check(utf8.ValidString(s))
	return s
}

func (p *parser) flag() bool { return p.upTo(1) == 1 }

func (p *parser) persons() int64 {
	n := p.uint()
	if n&1 == 0 {
		if n>>1 > math.MaxInt64/data.Unit {
			p.fail()
			return 0
		}
		return int64(n>>1) * data.Unit
	}
	p.check((n>>1)%data.Unit != 0)
	return int64(n >> 1)
}

func (p *parser) uint32() uint32 { return uint32(p.upTo(math.MaxUint32)) }

func (p *parser) sum(s *Sum) {
	s.Low, s.Best, s.High = p.persons(), p.persons(), p.persons()
	for _, n := range []*uint32{&s.Unknown, &s.Open, &s.NoBest, &s.Fatal} {
		*n = p.uint32()
	}
}

func (p *parser) tally() (t Tally) {
	t.Incidents = p.uint32()
	p.sum(&t.Killed)
	p.sum(&t.Injured)
	for _, s := range []*Sum{&t.Killed, &t.Injured} {
		p.check(max(s.Unknown, s.Open, s.NoBest, s.Fatal) <= t.Incidents)
	}
	return t
}

const allFlags = data.HasLow | data.HasBest | data.HasHigh | data.Open | data.Approx

func (p *parser) toll() (c data.Count) {
	c.Flags = data.CountFlags(p.upTo(uint64(allFlags)))
	if c.Flags != 0 {
		c.Low, c.Best, c.High = p.persons(), p.persons(), p.persons()
	}
	p.check(max(c.Low, c.Best, c.High) < largest)
	return c
}

var (
	firstDay, _ = data.DayOf(1, 1, 1)
	lastDay, _  = data.DayOf(9999, 12, 31)
)

// day reads a day of the calendar, or none.
func (p *parser) day() data.Day {
	n := p.int()
	if data.Day(n) == data.NoDay && n == int64(data.NoDay) {
		return data.NoDay
	}
	if n < int64(firstDay) || n > int64(lastDay) {
		p.fail()
		return data.NoDay
	}
	return data.Day(n)
}

func (p *parser) date() data.Date {
	d := data.Date{Prec: data.Precision(p.upTo(uint64(data.Undated))), Start: p.day()}
	length := p.between(0, int64(lastDay)-int64(firstDay))
	if d.Start == data.NoDay {
		p.check(length == 0 && d.Prec == data.Undated)
		d.End = data.NoDay
		return d
	}
	d.End = d.Start + data.Day(length)
	p.check(d.End <= lastDay)
	return d
}

// end returns the first fault; bytes left over are one.
func (p *parser) end() error {
	if p.err == nil && len(p.b) > 0 {
		return fmt.Errorf("%w: %d bytes are left over", errTorn, len(p.b))
	}
	return p.err
}
