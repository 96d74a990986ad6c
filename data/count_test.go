package data

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestZeroCountIsNotStated(t *testing.T) {
	var c Count
	if c.Stated() || c.BestStated() || c.IsOpen() || !c.Ordered() {
		t.Errorf("%+v is taken for a figure", c)
	}
	if c.Settle() != (Count{}) {
		t.Errorf("settling makes %+v of nothing", c.Settle())
	}
	if z := Exactly(0); !z.Stated() || !z.BestStated() {
		t.Error("a reported zero is a figure")
	}
}

func TestSettle(t *testing.T) {
	u := int64(Unit)
	for _, c := range []struct {
		name     string
		in, want Count
	}{
		{"best alone bounds itself", Count{Best: 5 * u, Flags: HasBest}, Exactly(5)},
		{"low alone is open", Count{Low: 5 * u, Flags: HasLow}, Count{Low: 5 * u, High: 5 * u, Flags: HasLow | HasHigh | Open}},
		{"high alone has a floor of nobody", Count{High: 30 * u, Flags: HasHigh}, Count{High: 30 * u, Flags: HasHigh}},
		{"low and high give no best", Count{Low: 4 * u, High: 7 * u, Flags: HasLow | HasHigh}, Between(4, 7)},
		{"best with a low", Count{Low: 3 * u, Best: 5 * u, Flags: HasLow | HasBest}, Count{Low: 3 * u, Best: 5 * u, High: 5 * u, Flags: HasLow | HasBest | HasHigh}},
		{"best with a high", Count{Best: 5 * u, High: 9 * u, Flags: HasBest | HasHigh}, Count{Low: 5 * u, Best: 5 * u, High: 9 * u, Flags: HasLow | HasBest | HasHigh}},
		{"disorder is kept", Count{Low: 9 * u, Best: 5 * u, High: 4 * u, Flags: HasLow | HasBest | HasHigh}, Count{Low: 9 * u, Best: 5 * u, High: 4 * u, Flags: HasLow | HasBest | HasHigh}},
		{"low above best, no high", Count{Low: 9 * u, Best: 5 * u, Flags: HasLow | HasBest}, Count{Low: 9 * u, Best: 5 * u, High: 9 * u, Flags: HasLow | HasBest | HasHigh}},
	} {
		if got := c.in.Settle(); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestOrdered(t *testing.T) {
	u := int64(Unit)
	for _, c := range []struct {
		c    Count
		want bool
	}{
		{Exactly(3), true}, {Between(4, 7), true}, {AtLeast(9), true}, {Between(7, 4), false},
		{Count{Low: 1 * u, Best: 2 * u, High: 1 * u, Flags: HasLow | HasBest | HasHigh}, false},
		{Count{Low: 3 * u, Best: 2 * u, High: 4 * u, Flags: HasLow | HasBest | HasHigh}, false},
	} {
		if c.c.Ordered() != c.want {
			t.Errorf("%+v: ordered is %v", c.c, !c.want)
		}
	}
}

func TestPlus(t *testing.T) {
	for _, c := range []struct {
		name       string
		a, b, want Count
	}{
		{"two figures", Exactly(3), Exactly(4), Exactly(7)},
		{"figure and range", Exactly(3), Between(4, 7), Count{Low: 7 * Unit, High: 10 * Unit, Flags: HasLow | HasHigh}},
		{"unknown opens", Exactly(3), Count{}, AtLeast(3)},
		{"unknown and unknown", Count{}, Count{}, Count{}},
		{"open stays open", AtLeast(200), Exactly(58), AtLeast(258)},
	} {
		if got := c.a.Plus(c.b); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		if got := c.b.Plus(c.a); got != c.want {
			t.Errorf("%s, the other way round: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestEnvelope(t *testing.T) {
	for _, c := range []struct {
		name       string
		a, b, want Count
	}{
		{"two tolls of one side", Exactly(23), Exactly(58), Between(23, 58)},
		{"open claim against a figure", AtLeast(200), Exactly(9), Count{Low: 9 * Unit, High: 200 * Unit, Flags: HasLow | HasHigh | Open}},
		{"the same figure twice", Exactly(7), Exactly(7), Exactly(7)},
		{"no figure changes nothing", Exactly(16), Count{}, Exactly(16)},
	} {
		if got := c.a.Envelope(c.b); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		if got := c.b.Envelope(c.a); got != c.want {
			t.Errorf("%s, the other way round: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func anyCount(t *rapid.T, name string) Count {
	n := rapid.Int64Range(0, 100).Draw(t, name)
	switch rapid.IntRange(0, 3).Draw(t, name+" kind") {
	case 0:
		return Count{}
	case 1:
		return AtLeast(n)
	case 2:
		return Between(n, n+rapid.Int64Range(0, 20).Draw(t, name+" width"))
	}
	return Exactly(n)
}

func TestEnvelopeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyCount(t, "a"), anyCount(t, "b"), anyCount(t, "c")
		e := a.Envelope(b)
		if e != b.Envelope(a) {
			t.Fatalf("envelope of %+v and %+v depends on their order", a, b)
		}
		if a.Envelope(a) != a {
			t.Fatalf("envelope of %+v with itself is %+v", a, a.Envelope(a))
		}
		if x, y := e.Envelope(c), a.Envelope(b.Envelope(c)); x.Low != y.Low || x.High != y.High || x.IsOpen() != y.IsOpen() {
			t.Fatalf("%+v against %+v: bounds depend on the grouping", x, y)
		}
		if a.Stated() && (e.Low > a.Low || e.High < a.High || (a.IsOpen() && !e.IsOpen())) {
			t.Fatalf("envelope %+v is narrower than %+v", e, a)
		}
		if s := a.Plus(b); s.Stated() && !s.Ordered() {
			t.Fatalf("%+v plus %+v is out of order: %+v", a, b, s)
		}
	})
}

func TestAddChecked(t *testing.T) {
	for _, c := range []struct {
		a, b     int64
		overflow bool
	}{{1, 2, false}, {math.MaxInt64, 0, false}, {math.MaxInt64, 1, true}, {1 << 62, 1 << 62, true}, {math.MaxInt64, math.MaxInt64, true}} {
		s, over := AddChecked(c.a, c.b)
		if over != c.overflow || (!over && s != c.a+c.b) {
			t.Errorf("%d + %d = %d, overflow %v", c.a, c.b, s, over)
		}
	}
}
