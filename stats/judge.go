package stats

import "toll/data"

// judgeBlock counts what the records lack.
func (a *Accumulator) judgeBlock(b *data.Batch, rows []int32) {
	q := &a.quality
	q.Incidents += uint32(len(rows))
	for r, i := range rows {
		q.DatePrec[b.Prec[i]]++
		if b.End[i] > b.Start[i] {
			a.judgeSpan(b.Date(int(i)))
		}
		if a.places.paths[a.block.place[r]] == (location{}) {
			q.NoLocation++
		}
	}
	if b.GeoPrec == nil {
		q.GeoPrec[data.PlaceUnstated] += uint32(len(rows))
	} else {
		for _, i := range rows {
			q.GeoPrec[b.GeoPrec[i]]++
		}
	}
	for _, i := range rows {
		var injured data.CountFlags
		if b.Injured != nil {
			injured = b.Injured[i].Flags
		}
		if b.Killed != nil {
			q.judgeCount(&b.Killed[i], injured)
		} else if injured&data.Approx != 0 {
			q.Approximate++
		}
	}
}

func (a *Accumulator) judgeSpan(d data.Date) {
	if d.Prec == data.Undated {
		return
	}
	q := &a.quality
	q.Spans++
	if monthCount(d.Start) != monthCount(d.End) {
		q.StraddleMonths++
	}
	if d.Prec < data.ToMonth {
		if a.spans == nil {
			a.spans = map[span]uint32{}
		}
		a.spans[span{d.Start, d.End}]++
	}
}

func (q *Quality) judgeCount(killed *data.Count, injured data.CountFlags) {
	if (killed.Flags|injured)&data.Approx != 0 {
		q.Approximate++
	}
	if killed.Flags&data.HasBest != 0 {
		if killed.Low > killed.Best {
			q.LowAboveBest++
		}
		if killed.Best > killed.High {
			q.BestAboveHigh++
		}
	}
	if killed.Low > killed.High {
		q.LowAboveHigh++
	}
}

// rankBlock enters the records that are deadly enough into the list.
func (a *Accumulator) rankBlock(b *data.Batch, rows []int32) {
	if b.Killed == nil {
		return
	}
	for r, i := range rows {
		k := &b.Killed[i]
		if !a.isDeadly(k) || data.At(b.Status, int(i)) == data.Denied {
			continue
		}
		in := &a.scratch
		*in = incident{date: b.Date(int(i)), geo: data.At(b.GeoPrec, int(i)), place: a.places.paths[a.block.place[r]], killed: *k, injured: data.At(b.Injured, int(i)),
			components: append(in.components[:0], component{party: a.block.standAt[r].party}), accounts: 1, id: b.ID.At(int(i)),
			source: b.Text(data.ColSource, int(i)), fileIndex: b.File, line: int(b.Line[i])}
		if b.Codes[data.ColEventType] != nil {
			in.eventType = a.from[b.Dicts][data.ColEventType][b.Codes[data.ColEventType][i]]
		}
		a.rank(in)
	}
}
