package stats

import "toll/data"

// smallTally is a Tally of incidents whose figures are small whole numbers, in as
// many bytes as the processor's cache keeps together: sixteen numbers of 32 bits,
// two to a word, which are added two at a time. Sums of persons are in persons.
type smallTally [8]uint64

// What the words of a smallTally hold, the lower half first.
const (
	smallIncidents   = iota // and killed unknown
	smallKilledOpen         // and killed without a best figure
	smallKilledFatal        // and killed low
	smallKilledBest         // and killed high
	smallInjuredUnknown
	smallInjuredNoBest
	smallInjuredLow
	smallInjuredHigh // and nothing
)

const (
	smallBits = 10 // of the largest figure that an incident may have in a smallTally
	// mostSmall is how many incidents a smallTally may hold before a sum could
	// reach into the next number.
	mostSmall = 1 << (32 - smallBits)
)

// plus adds. No number reaches 2³² (see mostSmall).
func (t *smallTally) plus(d *smallTally) {
	t[0] += d[0]
	t[1] += d[1]
	t[2] += d[2]
	t[3] += d[3]
	t[4] += d[4]
	t[5] += d[5]
	t[6] += d[6]
	t[7] += d[7]
}

// smallStated has, by the flags of a count, what it adds to the numbers of unknown
// tolls, of open ones and of those without a best figure, and which of its figures
// count: all bits or none.
var smallStated = func() (m [2 * data.Open]struct{ unknown, open, noBest, stated, best uint64 }) {
	for f := range m {
		c := data.Count{Flags: data.CountFlags(f)}
		x := &m[f]
		switch {
		case !c.Stated():
			x.unknown = 1
			continue
		case !c.BestStated():
			x.noBest = 1
		default:
			x.best = ^uint64(0)
		}
		x.stated = ^uint64(0)
		if c.IsOpen() {
			x.open = 1
		}
	}
	return m
}()

// smallToll returns a count's figures in persons as they add up, and false where
// they are not small whole numbers.
func smallToll(c *data.Count) (low, best, high uint64, ok bool) {
	l, b, h := uint64(c.Low), uint64(c.Best), uint64(c.High)
	low, best, high = l/data.Unit, b/data.Unit, h/data.Unit
	ok = (low|best|high)>>smallBits|(low*data.Unit^l)|(best*data.Unit^b)|(high*data.Unit^h) == 0
	return low, best, high, ok
}

// of makes t the tally of one incident. It is false, and t is of nothing, where
// the figures are not small.
func (t *smallTally) of(killed, injured *data.Count) bool {
	kl, kb, kh, ok1 := smallToll(killed)
	il, ib, ih, ok2 := smallToll(injured)
	if !ok1 || !ok2 {
		*t = smallTally{}
		return false
	}
	k, j := &smallStated[killed.Flags&(2*data.Open-1)], &smallStated[injured.Flags&(2*data.Open-1)]
	kl, il = kl&k.stated, il&j.stated
	t[smallIncidents] = 1 | k.unknown<<32
	t[smallKilledOpen] = k.open | k.noBest<<32
	t[smallKilledFatal] = (-kl)>>63 | kl<<32
	t[smallKilledBest] = kb&k.best | kh&k.stated<<32
	t[smallInjuredUnknown] = j.unknown | j.open<<32
	t[smallInjuredNoBest] = j.noBest | (-il)>>63<<32
	t[smallInjuredLow] = il | ib&j.best<<32
	t[smallInjuredHigh] = ih & j.stated
	return true
}

// tally returns the sums in full.
func (t *smallTally) tally() Tally {
	lo := func(w int) uint32 { return uint32(t[w]) }
	hi := func(w int) uint32 { return uint32(t[w] >> 32) }
	units := func(persons uint32) int64 { return int64(persons) * data.Unit }
	return Tally{Incidents: lo(smallIncidents),
		Killed: Sum{Low: units(hi(smallKilledFatal)), Best: units(lo(smallKilledBest)), High: units(hi(smallKilledBest)),
			Unknown: hi(smallIncidents), Open: lo(smallKilledOpen), NoBest: hi(smallKilledOpen), Fatal: lo(smallKilledFatal)},
		Injured: Sum{Low: units(lo(smallInjuredLow)), Best: units(hi(smallInjuredLow)), High: units(lo(smallInjuredHigh)),
			Unknown: lo(smallInjuredUnknown), Open: hi(smallInjuredUnknown), NoBest: lo(smallInjuredNoBest), Fatal: hi(smallInjuredNoBest)}}
}
