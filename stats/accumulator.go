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
	small          *leanTallies // what timeParty and placeParty lack (see settleSmall); nil where all is kept in full
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
	if a.placesDue && a.timesDue {
		a.small = &leanTallies{}
	}
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

func (a *Accumulator) nameOf(c data.Column, code uint32) string { return a.dicts[c].Name(code) }

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
