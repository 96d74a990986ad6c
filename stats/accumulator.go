package stats

import (
	"errors"
	"hash/maphash"

	"toll/data"
)

// Accumulator tallies batches of records. It keeps the groups and not the
// records, so its memory follows the number of days, places and parties; only
// records that share an incident id are kept, until Report reconciles them.
//
// An Accumulator is not safe for concurrent use: give each worker its own and
// Merge them.
type Accumulator struct {
	opt   Options
	dicts *data.Dicts // the accumulator's codes: those of the first batch, where they serve
	from  map[*data.Dicts]*[data.NumColumns][]uint32

	total     Tally
	times     *timeline
	byTime    []Tally
	places    *locations
	byPlace   []Tally
	parties   *parties
	partyBase []Basis

	grain        Period // what period × party is kept by; coarser once the span is long
	crossTimes   *timeline
	toCrossTime  []int32 // by index in times
	timeParty    cross
	crossLevel   int // what location × party is kept by
	placeParty   cross
	toCrossPlace []int32 // by index in places

	byEvent               []Tally // by code of event_type
	byBasis               [numBases]Tally
	partySide             cross
	claimedBy, verifiedBy []Tally // by party, where accounts have a status
	bySource              []Tally // by code of source, while claims are compared
	byVictim              [data.NumVictimTypes]Tally
	byPart                [data.NumParts]Tally
	byBeside              [data.NumBesides]Tally // incidents that state the figure
	bySide                []Tally                // by code of victim_side
	byInvolved            []Tally                // by code of involved

	quality        Quality
	hasInjured     bool
	anyVerified    bool // some account is verified
	undirected     bool
	outside        int64 // records that the selection leaves out
	withdrawn      int64 // incidents every account of which is retracted or superseded
	minDay         data.Day
	maxDay         data.Day
	deadliest      []Deadliest
	deadly         int64 // what an incident must reach to enter the list
	ids            idSet
	runs           []run // stretches of ascending ids
	runBatch       int64
	runFile        int
	unordered      bool
	repeats        map[uint64]struct{}
	kept           []account
	disagreements  []Disagreement
	spans          map[span]uint32 // incidents by recorded span of several days
	severalParties bool            // an incident has tolls under several parties
	overflow       bool
	incidents      uint64
	scratch        incident
	block          block
	admit          []admission
	matched        [][]bool // by filter and value: some record has it
	spelt          *spellings
	lean           bool // no tallies but by time, place and party (see Options.Only)
	series         *series
	spread         *spread
	highest        Deadliest    // the incident of the highest upper figure
	anyHighest     bool         // it is another than the deadliest
	toDate         [2]window    // of the table by year to date
	cycles         bool         // three years are covered, so that weekdays and months can be compared
	whole          *Accumulator // in a tally of one incident alone, that of all (see Alone)
	common         []string     // sources that are compared with each other
	shown          int          // level of location × party
	placesDue      bool         // byPlace lacks what placeParty has (see settlePlaces)
	monthly        bool         // days are kept by their month
	timesDue       bool         // byTime lacks what timeParty has (see settleTimes)
	roll           *roll
}

// NewAccumulator returns an empty accumulator.
func NewAccumulator(opt Options) *Accumulator {
	a := &Accumulator{opt: opt, dicts: data.NewDicts(), from: map[*data.Dicts]*[data.NumColumns][]uint32{},
		times: newTimeline(), crossTimes: newTimeline(), places: newLocations(), parties: newParties(),
		repeats: map[uint64]struct{}{}, minDay: data.NoDay, maxDay: data.NoDay,
		grain: opt.Period, crossLevel: levelAdmin1}
	if a.grain == Auto {
		a.grain = ByDay
	}
	a.admit = make([]admission, len(opt.Where))
	for _, f := range opt.Where {
		a.matched = append(a.matched, make([]bool, len(f.Values)))
	}
	a.lean = opt.lean()
	a.series = newSeries(&opt)
	a.spread = newSpread(&opt)
	a.roll = newRoll(&opt)
	a.placesDue = a.lean && opt.plain()
	a.monthly = a.lean && opt.Period >= ByMonth && !opt.asksDays()
	a.timesDue = a.lean && opt.plain() && opt.Period == ByMonth && !opt.asksDays()
	return a
}

var idSeed = maphash.MakeSeed()

// HashID returns the hash by which Options.Repeated names an incident id. It
// holds within one process only and never reaches an output.
func HashID(id []byte) uint64 { return maphash.Bytes(idSeed, id) }

// Repeats returns the hashes of the ids that more than one record so far has
// used, without those that Options.Repeated already names. Where there are any,
// the tallies are not final: tally again with them in Options.Repeated.
func (a *Accumulator) Repeats() map[uint64]struct{} { return a.repeats }

func partsMapped(parts *[data.NumParts][]data.Count) bool {
	for _, p := range parts {
		if p != nil {
			return true
		}
	}
	return false
}

// span is a recorded period of several days.
type span struct{ from, to data.Day }

var errRepeats = errors.New("some incidents are told by several records: tally again with Options.Repeated set to Repeats")

// codesFor returns the translation from a batch's codes to the accumulator's,
// brought up to date with dictionaries that have grown. The first dictionaries
// become the accumulator's own: of a file with a quarter of a million sources, a
// second set would take as long to make as the first. Names from others are then
// added to them, so two accumulators that work at once must not be given batches
// with the same dictionaries.
func (a *Accumulator) codesFor(d *data.Dicts) *[data.NumColumns][]uint32 {
	t := a.from[d]
	if len(a.from) == 0 && a.whole == nil && a.spelt == nil {
		a.dicts = d
	}
	if t == nil {
		t = new([data.NumColumns][]uint32)
		a.from[d] = t
	}
	for c := range d {
		for n := len(t[c]); n < d[c].Len(); n++ {
			code := uint32(n)
			if a.dicts != d {
				code = a.dicts[c].Code(a.spelt.of(data.Column(c), d[c].Name(code)))
			}
			t[c] = append(t[c], code)
		}
	}
	return t
}

// component is a part of an incident's toll that one party is named for.
type component struct {
	party           int32
	basis           basis
	killed, injured data.Count
	names           []string // of the parties, where one cell names several
}

// deed is what a party is named for having done to a side.
type deed struct {
	party           int32
	side            uint32
	killed, injured data.Count
}

// incident is one incident as it enters the tallies: its toll reconciled.
type incident struct {
	date            data.Date
	place           location
	eventType       uint32
	involved        uint32
	geo             data.GeoPrecision
	lat, lon        int32
	killed, injured data.Count
	named           []component // by the party as written, before several names are told apart
	components      []component
	victims         [data.NumVictimTypes]victimToll
	parts           [data.NumParts]victimToll
	besides         [data.NumBesides]data.Count
	sides           []sideToll
	deeds           []deed
	id              string
	fileIndex, line int
	source          string
	accounts        int
}

type victimToll struct {
	present         bool
	killed, injured data.Count
}

type sideToll struct {
	side            uint32
	killed, injured data.Count
}

// withdrawnStatus reports whether an account is no longer held by its source.
func withdrawnStatus(s data.Status) bool { return s == data.Retracted || s == data.Superseded }

// takeParts reads the wide columns of a record into tolls by victim type, with
// what the parts leave of the whole as "status unknown". It reports whether the
// record states any part.
func (in *incident) takeParts(b *data.Batch, i int, whole data.VictimType) bool {
	any := false
	var k, j data.Count
	for p := range data.NumParts {
		pk, pj := data.At(b.KilledParts[p], i), data.At(b.InjuredParts[p], i)
		if !pk.Stated() && !pj.Stated() {
			continue
		}
		in.parts[p] = victimToll{true, pk, pj}
		v := &in.victims[p.VictimType()]
		if any {
			k, j = sumStated(k, pk), sumStated(j, pj)
		} else {
			k, j = pk, pj
		}
		any = true
		if v.present {
			v.killed, v.injured = sumStated(v.killed, pk), sumStated(v.injured, pj)
		} else {
			*v = victimToll{true, pk, pj}
		}
	}
	if !any {
		return false
	}
	present := false
	for v := range in.victims {
		if w := &in.victims[v]; w.present && nobody(&w.killed) && nobody(&w.injured) {
			*w = victimToll{}
		}
	}
	in.leaveRest(k, j)
	for v := range in.victims {
		present = present || in.victims[v].present
	}
	if !present {
		in.victims[whole] = victimToll{true, in.killed, in.injured}
	}
	return true
}

// nobody reports whether a part is stated to be none, or not stated: a type of
// which a record says 0 had no victims, and the incident is none of that type's.
func nobody(c *data.Count) bool {
	return !c.Stated() || c.Low == 0 && c.High == 0 && c.Best == 0 && !c.IsOpen()
}

// sumStated adds what is stated; parts that a source does not mention are left
// to the remainder and do not open the sum.
func sumStated(c, d data.Count) data.Count {
	if !c.Stated() {
		return d
	}
	if !d.Stated() {
		return c
	}
	return c.Plus(d)
}

// leaveRest counts what the parts leave of the incident's toll as victims whose
// status is unknown. The rule is that of the Standards for Casualty Recording:
// categories need not add up to the total.
func (in *incident) leaveRest(killedParts, injuredParts data.Count) {
	k, ok1 := remainder(in.killed, killedParts)
	j, ok2 := remainder(in.injured, injuredParts)
	if !ok1 && !ok2 {
		return
	}
	v := &in.victims[data.VictimUnknown]
	if v.present {
		v.killed, v.injured = sumStated(v.killed, k), sumStated(v.injured, j)
		return
	}
	*v = victimToll{true, k, j}
}

// remainder returns whole minus parts, and whether there is any. Parts of which
// no number is known leave the whole: nobody in it is lost for want of a number.
func remainder(whole, parts data.Count) (data.Count, bool) {
	if !whole.Stated() {
		return data.Count{}, false
	}
	if !parts.Stated() {
		return whole, whole.High > 0 || whole.IsOpen()
	}
	r := data.Count{Low: max(0, whole.Low-parts.High), High: max(0, whole.High-parts.Low)}
	if parts.IsOpen() {
		r.Low = 0
	}
	r.Flags = data.HasLow | data.HasHigh | whole.Flags&data.Open
	if whole.BestStated() && parts.BestStated() && whole.Best >= parts.Best {
		r.Best = whole.Best - parts.Best
		r.Flags |= data.HasBest
		r.Low, r.High = min(r.Low, r.Best), max(r.High, r.Best)
	}
	return r, r.High > 0 || r.IsOpen()
}

// outsidePeriod reports whether the selection leaves an incident of this date
// out. A span belongs where it starts; an undated incident is in no period.
func (a *Accumulator) outsidePeriod(d data.Date) bool {
	if a.opt.From == data.NoDay && a.opt.To == data.NoDay {
		return false
	}
	if d.Prec == data.Undated || d.Start == data.NoDay {
		return true
	}
	return (a.opt.From != data.NoDay && d.Start < a.opt.From) || (a.opt.To != data.NoDay && d.Start > a.opt.To)
}

func (a *Accumulator) nameOf(c data.Column, code uint32) string { return a.dicts[c].Name(code) }

// timeIndex returns the index of a date's time key and widens the span covered.
func (a *Accumulator) timeIndex(d data.Date) int32 {
	k := keyOf(d)
	var t int32
	if a.monthly && k.prec == data.ToDay {
		t = a.times.alias(d.Start, timeKey{data.ToDay, int32(periodStart(d.Start, ByMonth))})
	} else {
		t = a.times.at(k)
	}
	for int(t) >= len(a.byTime) {
		a.byTime = append(a.byTime, Tally{})
		a.toCrossTime = append(a.toCrossTime, -1)
	}
	if k.prec == data.ToDay {
		if a.minDay == data.NoDay || d.Start < a.minDay {
			a.minDay = d.Start
		}
		if a.maxDay == data.NoDay || d.Start > a.maxDay {
			a.maxDay = d.Start
		}
		if a.opt.Period == Auto && a.grain == ByDay && a.spanTooLong() {
			a.coarsen(ByMonth)
		}
	}
	if a.toCrossTime[t] < 0 {
		a.toCrossTime[t] = a.crossTimes.at(a.crossKey(k))
	}
	return t
}

// maxDayGrain is the span in days up to which period × party is kept by day
// while the period is still to be chosen. Beyond it no period shorter than a
// month is chosen (see autoPeriod).
const maxDayGrain = 366

// crossKey brings a day to the grain of period × party.
func (a *Accumulator) crossKey(k timeKey) timeKey {
	if k.prec != data.ToDay {
		return k
	}
	k.value = int32(periodStart(data.Day(k.value), a.grain))
	return k
}

// coarsen changes the grain of period × party.
func (a *Accumulator) coarsen(to Period) {
	a.grain = to
	old, oldTimes := a.timeParty, a.crossTimes
	a.timeParty, a.crossTimes = cross{}, newTimeline()
	moved := make([]int32, len(oldTimes.keys))
	for i, k := range oldTimes.keys {
		moved[i] = a.crossTimes.at(a.crossKey(k))
	}
	old.each(func(p, t int32, c *Tally) {
		if a.timeParty.at(p, moved[t]).Merge(*c) != nil {
			a.overflow = true
		}
	})
	if a.spread != nil {
		a.spread.coarsen(moved)
	}
	for i, t := range a.toCrossTime {
		if t >= 0 {
			a.toCrossTime[i] = moved[t]
		}
	}
}

// SetCrossLevel chooses the location level that is crossed with parties:
// "country", "admin1" (the default), "admin2" or "place". Call it before Add.
func (a *Accumulator) SetCrossLevel(level string) error {
	for i, n := range levelNames {
		if n == level {
			a.crossLevel = i
			return nil
		}
	}
	return errors.New("no location level " + level)
}
