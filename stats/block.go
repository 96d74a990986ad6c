package stats

import (
	"toll/data"
)

// blockSize is how many records are entered at a time. The steps of a block run
// one after the other over all its records, so that the loads of one record's
// cells do not wait for the decisions of the next.
const blockSize = 256

// block is the working space of addBlock.
type block struct {
	rows    [blockSize]int32 // records of the batch that are incidents of their own
	deltas  [blockSize]Tally
	time    [blockSize]int32
	place   [blockSize]int32
	standAt [blockSize]standing
	cell    [blockSize]int32 // of a cross
	parties [blockSize][3]uint32
	sum     Tally // over deltas
}

// largest is above any figure a reader passes on (data.MaxCount), by far enough
// that the sum of a block cannot overflow below it.
const largest = 1 << 54

// beyond reports whether figures, put together bit by bit, may overflow.
func beyond(figures int64) bool { return figures < 0 || figures >= largest }

func figuresOf(c *data.Count) int64 { return c.Low | c.Best | c.High }

var noToll data.Count

// tollsOf returns the tolls of a record as they are added up.
func tollsOf(b *data.Batch, i int32) (killed, injured *data.Count) {
	killed, injured = &noToll, &noToll
	if b.Status != nil && b.Status[i] == data.Denied { // a denial is no figure
		return killed, injured
	}
	if b.Killed != nil {
		killed = &b.Killed[i]
	}
	if b.Injured != nil {
		injured = &b.Injured[i]
	}
	return killed, injured
}

// Add tallies the records of a batch. It keeps no reference to the batch.
func (a *Accumulator) Add(b *data.Batch) error {
	codes := a.codesFor(b.Dicts)
	a.hasInjured = a.hasInjured || b.Injured != nil || partsMapped(&b.InjuredParts)
	for from := 0; from < b.N; from += blockSize {
		a.addBlock(b, from, min(from+blockSize, b.N), codes)
	}
	if a.overflow {
		return ErrOverflow
	}
	return nil
}

// addBlock tallies records from to to.
func (a *Accumulator) addBlock(b *data.Batch, from, to int, codes *[data.NumColumns][]uint32) {
	n := a.choose(b, from, to, codes)
	rows := a.block.rows[:n]
	if n == 0 {
		return
	}
	a.stand(b, rows, codes)
	if a.addLean(b, rows) {
		return
	}
	if !a.sumUp(b, rows) {
		a.overflow = true
		return
	}
	deltas := a.block.deltas[:n]
	if !a.timesDue {
		for r, t := range a.block.time[:n] {
			a.byTime[t].plus(&deltas[r])
		}
	}
	if !a.placesDue {
		for r, p := range a.block.place[:n] {
			a.byPlace[p].plus(&deltas[r])
		}
	}
	cells := a.block.cell[:n]
	for r, s := range a.block.standAt[:n] {
		cells[r] = a.timeParty.index(s.party, a.toCrossTime[a.block.time[r]])
		a.partyBase[s.party].add(s.basis)
	}
	a.timeParty.addAll(cells, deltas)
	for r, s := range a.block.standAt[:n] {
		cells[r] = a.placeParty.index(s.party, a.toCrossPlace[a.block.place[r]])
	}
	a.placeParty.addAll(cells, deltas)
	if a.lean {
		return
	}
	for r, s := range a.block.standAt[:n] {
		a.byBasis[s.basis].plus(&deltas[r])
	}
	a.enrolBlock(b, rows, codes)
	a.claimsOf(b, rows, codes)
	a.kinds(b, rows, codes)
	a.besidesOf(b, rows)
	a.judgeBlock(b, rows)
	a.seriesOf(b, rows)
	a.spreadOf(b, rows)
	a.rankBlock(b, rows)
}

// sumUp writes each record's tally and adds them to the total. It is false where
// the total overflows.
func (a *Accumulator) sumUp(b *data.Batch, rows []int32) bool {
	a.block.sum = Tally{}
	sum := &a.block.sum
	var seen int64
	for r, i := range rows {
		killed, injured := tollsOf(b, i)
		d := &a.block.deltas[r]
		d.of(killed, injured)
		sum.plus(d)
		seen |= figuresOf(killed) | figuresOf(injured)
	}
	if beyond(seen) {
		return false
	}
	a.incidents += uint64(len(rows))
	return a.total.Merge(*sum) == nil
}

func tallyAt(ts *[]Tally, i int) *Tally {
	for i >= len(*ts) {
		*ts = append(*ts, Tally{})
	}
	return &(*ts)[i]
}
