package stats

import (
	"errors"
	"math"
	"slices"
	"testing"

	"toll/data"

	"pgregory.net/rapid"
)

// The bytes of small things, worked by hand: seven bits to a byte, the lowest
// first, signed numbers with their sign in the lowest bit.
func TestBytesByHand(t *testing.T) {
	for _, x := range []struct {
		name  string
		write func(*writer)
		want  []byte
	}{
		{"nought", func(w *writer) { w.uint(0) }, []byte{0}},
		{"127 in a byte", func(w *writer) { w.uint(127) }, []byte{0x7F}},
		{"128 in two", func(w *writer) { w.uint(128) }, []byte{0x80, 1}},
		{"300", func(w *writer) { w.count(300) }, []byte{0xAC, 2}},
		{"less one", func(w *writer) { w.int(-1) }, []byte{1}},
		{"one", func(w *writer) { w.int(1) }, []byte{2}},
		{"-65", func(w *writer) { w.int(-65) }, []byte{0x81, 1}},
		{"a text is its length in bytes, then itself", func(w *writer) { w.text("é") }, []byte{2, 0xC3, 0xA9}},
		{"no text", func(w *writer) { w.text("") }, []byte{0}},
		{"flags", func(w *writer) { w.flag(true); w.flag(false) }, []byte{1, 0}},
		{"seven persons", func(w *writer) { w.persons(7 * data.Unit) }, []byte{14}},
		{"a millionth of one", func(w *writer) { w.persons(1) }, []byte{3}},
		{"unknown is no zero", func(w *writer) { w.toll(&data.Count{}) }, []byte{0}},
		{"an empty tally", func(w *writer) { w.tally(&Tally{}) }, make([]byte, leastTally)},
		{"two incidents, 3 to 4 killed, one injured count unknown", func(w *writer) {
			w.tally(&Tally{Incidents: 2, Killed: Sum{Low: 3 * data.Unit, Best: 3 * data.Unit, High: 4 * data.Unit, Fatal: 2}, Injured: Sum{Unknown: 1}})
		}, []byte{2, 6, 6, 8, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0}},
	} {
		w := &writer{}
		if x.write(w); !slices.Equal(w.b, x.want) {
			t.Errorf("%s: % x, want % x", x.name, w.b, x.want)
		}
	}
}

// What no writer writes is refused, and a parser that has failed reads nothing
// more and keeps its first fault.
func TestBytesRefused(t *testing.T) {
	long := slices.Repeat([]byte{0xFF}, 10)
	for _, x := range []struct {
		name string
		b    []byte
		read func(*parser)
	}{
		{"nothing", nil, func(p *parser) { p.uint() }},
		{"a number cut off", []byte{0x80}, func(p *parser) { p.uint() }},
		{"nought in two bytes", []byte{0x80, 0}, func(p *parser) { p.uint() }},
		{"one in three bytes", []byte{0x81, 0x80, 0}, func(p *parser) { p.int() }},
		{"a number of more than 64 bits", long, func(p *parser) { p.uint() }},
		{"33 bits for 32", []byte{0x80, 0x80, 0x80, 0x80, 0x10}, func(p *parser) { p.uint32() }},
		{"a flag that is two", []byte{2}, func(p *parser) { p.flag() }},
		{"a text longer than the bytes", []byte{3, 'a', 'b'}, func(p *parser) { p.text() }},
		{"half a character", []byte{1, 0xC3}, func(p *parser) { p.text() }},
		{"more things than bytes for them", []byte{2, 0, 0, 0}, func(p *parser) { p.count(2) }},
		{"whole persons the long way", []byte{0x81, 0x89, 0x7A}, func(p *parser) { p.persons() }}, // 1,000,000 millionths
		{"nobody the long way", []byte{1}, func(p *parser) { p.persons() }},
		{"more persons than there can be", []byte{0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1}, func(p *parser) { p.persons() }},
		{"below the least", []byte{1}, func(p *parser) { p.between(0, 5) }},
		{"above the most", []byte{12}, func(p *parser) { p.between(0, 5) }},
		{"a flag of no count", []byte{byte(allFlags) + 1, 0, 0, 0}, func(p *parser) { p.toll() }},
		{"more unknown than incidents", append([]byte{1, 0, 0, 0, 2}, make([]byte, 10)...), func(p *parser) { p.tally() }},
		{"more deadly than incidents", append([]byte{1, 0, 0, 0, 0, 0, 0, 2}, make([]byte, 7)...), func(p *parser) { p.tally() }},
		{"a precision there is not", []byte{byte(data.Undated) + 1, 0, 0}, func(p *parser) { p.date() }},
		{"a date that ends before it starts", []byte{0, 0, 1}, func(p *parser) { p.date() }},
	} {
		p := &parser{b: slices.Clone(x.b)}
		x.read(p)
		if !errors.Is(p.end(), errTorn) {
			t.Errorf("%s: %v", x.name, p.end())
		}
		if first := p.err; p.uint() != 0 || p.text() != "" || p.tally() != (Tally{}) || p.flag() || p.err != first || len(p.b) != 0 {
			t.Errorf("%s: reads on after its fault", x.name)
		}
	}
	p := &parser{b: []byte{0, 7, 7}}
	if p.uint(); p.end() == nil || p.end().Error() != errTorn.Error()+": 2 bytes are left over" {
		t.Errorf("two bytes too many: %v", p.end())
	}
}

// Days outside the calendar, and dates that leave it, are refused; its ends and
// no day are read.
func TestDaysOfTheWire(t *testing.T) {
	for _, x := range []struct {
		day  int64
		fine bool
	}{{int64(firstDay), true}, {int64(lastDay), true}, {0, true}, {int64(data.NoDay), true},
		{int64(firstDay) - 1, false}, {int64(lastDay) + 1, false}, {math.MinInt64, false}, {math.MaxInt64, false}, {int64(data.NoDay) + 1<<32, false}} {
		w := &writer{}
		w.int(x.day)
		p := &parser{b: w.b}
		if got := p.day(); (p.end() == nil) != x.fine || x.fine && int64(got) != x.day {
			t.Errorf("day %d: %d, %v", x.day, got, p.end())
		}
	}
	for _, x := range []struct {
		name          string
		prec          data.Precision
		start, length int64
		fine          bool
	}{
		{"a day", data.ToDay, 100, 0, true}, {"the last day", data.ToDay, int64(lastDay), 0, true},
		{"a day beyond the last", data.ToDay, int64(lastDay), 1, false}, {"undated", data.Undated, int64(data.NoDay), 0, true},
		{"no day to the day", data.ToDay, int64(data.NoDay), 0, false}, {"no day with a length", data.Undated, int64(data.NoDay), 3, false},
	} {
		w := &writer{}
		w.uint(uint64(x.prec))
		w.int(x.start)
		w.int(x.length)
		p := &parser{b: w.b}
		if d := p.date(); (p.end() == nil) != x.fine || x.fine && (int64(d.Start) != x.start || int64(d.End) != x.start+x.length || d.Prec != x.prec) {
			t.Errorf("%s: %+v, %v", x.name, d, p.end())
		}
	}
}

// Whatever bytes a parser takes for a number, a text or a tally, a writer writes
// those very bytes: equal content has one form.
func TestBytesHaveOneForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.OneOf(rapid.ByteRange(0, 3), rapid.Byte()), 0, 24).Draw(t, "bytes")
		for _, again := range []func(*parser, *writer){
			func(p *parser, w *writer) { w.uint(p.uint()) },
			func(p *parser, w *writer) { w.int(p.int()) },
			func(p *parser, w *writer) { w.text(p.text()) },
			func(p *parser, w *writer) { w.flag(p.flag()) },
			func(p *parser, w *writer) { w.persons(p.persons()) },
			func(p *parser, w *writer) { w.day(p.day()) },
			func(p *parser, w *writer) { w.date(p.date()) },
			func(p *parser, w *writer) { c := p.toll(); w.toll(&c) },
			func(p *parser, w *writer) { x := p.tally(); w.tally(&x) },
		} {
			p, w := &parser{b: b}, &writer{}
			again(p, w)
			if p.err == nil && !slices.Equal(w.b, b[:len(b)-len(p.b)]) {
				t.Fatalf("% x is read, and written as % x", b[:len(b)-len(p.b)], w.b)
			}
		}
	})
}
