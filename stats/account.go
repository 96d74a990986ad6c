package stats

import (
	"cmp"
	"slices"

	"toll/data"
)

// account is one source's telling of an incident: a kept record, in the
// accumulator's own codes.
type account struct {
	id              string
	fileIndex, line int
	date            data.Date
	codes           [data.NumColumns]uint32
	geo             data.GeoPrecision
	lat, lon        int32
	victim          data.VictimType
	status          data.Status
	suspected       bool
	reportedOn      data.Day
	killed, injured data.Count
	killedParts     [data.NumParts]data.Count
	injuredParts    [data.NumParts]data.Count
	besides         [data.NumBesides]data.Count
}

// keep holds a record whose incident has other records.
func (a *Accumulator) keep(b *data.Batch, i int, codes *[data.NumColumns][]uint32) {
	a.kept = append(a.kept, accountOf(b, i, codes))
}

func accountOf(b *data.Batch, i int, codes *[data.NumColumns][]uint32) account {
	c := account{id: b.ID.At(i), fileIndex: b.File, line: int(b.Line[i]), date: b.Date(i),
		geo: data.At(b.GeoPrec, i), lat: coordOf(b.Lat, i), lon: coordOf(b.Lon, i), victim: data.At(b.VictimType, i), status: data.At(b.Status, i), suspected: data.At(b.Attribution, i) == data.AttributionSuspected,
		reportedOn: data.NoDay, killed: data.At(b.Killed, i), injured: data.At(b.Injured, i)}
	if b.ReportedOn != nil {
		c.reportedOn = b.ReportedOn[i]
	}
	for n := range c.codes {
		c.codes[n] = codes[n][b.Code(data.Column(n), i)]
	}
	for p := range c.killedParts {
		c.killedParts[p], c.injuredParts[p] = data.At(b.KilledParts[p], i), data.At(b.InjuredParts[p], i)
	}
	for k := range c.besides {
		c.besides[k] = data.At(b.Besides[k], i)
	}
	return c
}

func (a *Accumulator) text(c *account, col data.Column) string { return a.nameOf(col, c.codes[col]) }

// compare orders accounts by what they say, and only at last by where they
// stand, so that the order of rows and files changes no figure.
func (a *Accumulator) compare(x, y *account) int {
	if o := cmp.Compare(x.id, y.id); o != 0 {
		return o
	}
	for _, c := range []data.Column{data.ColSource, data.ColSourceSide, data.ColVictimSide, data.ColClaimedBy, data.ColAttributedTo,
		data.ColInvolved, data.ColCountry, data.ColAdmin1, data.ColAdmin2, data.ColPlace, data.ColEventType, data.ColWeapon} {
		if o := cmp.Compare(a.text(x, c), a.text(y, c)); o != 0 {
			return o
		}
	}
	return cmp.Or(cmp.Compare(x.victim, y.victim), cmp.Compare(x.reportedOn, y.reportedOn), cmp.Compare(x.status, y.status), cmp.Compare(b2i(x.suspected), b2i(y.suspected)),
		cmp.Compare(x.date.Start, y.date.Start), cmp.Compare(x.date.End, y.date.End), cmp.Compare(x.date.Prec, y.date.Prec),
		compareCounts(&x.killed, &y.killed), compareCounts(&x.injured, &y.injured),
		cmp.Compare(x.geo, y.geo), cmp.Compare(x.lat, y.lat), cmp.Compare(x.lon, y.lon),
		slices.CompareFunc(x.killedParts[:], y.killedParts[:], orderCounts), slices.CompareFunc(x.injuredParts[:], y.injuredParts[:], orderCounts),
		slices.CompareFunc(x.besides[:], y.besides[:], orderCounts),
		cmp.Compare(x.fileIndex, y.fileIndex), cmp.Compare(x.line, y.line))
}

func compareCounts(a, b *data.Count) int {
	return cmp.Or(cmp.Compare(a.Low, b.Low), cmp.Compare(a.High, b.High), cmp.Compare(a.Best, b.Best), cmp.Compare(a.Flags, b.Flags))
}

func orderCounts(a, b data.Count) int { return compareCounts(&a, &b) }

// accountsByIncident calls f with the accounts of each incident, in the order of
// the incident ids.
func (a *Accumulator) accountsByIncident(f func([]account)) {
	slices.SortFunc(a.kept, func(x, y account) int { return a.compare(&x, &y) })
	for from := 0; from < len(a.kept); {
		to := from + 1
		for to < len(a.kept) && a.kept[to].id == a.kept[from].id {
			to++
		}
		f(a.kept[from:to])
		from = to
	}
}
