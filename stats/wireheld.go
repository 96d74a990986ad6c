package stats

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"unicode/utf8"

	"toll/data"
)

// held writes the records that wait for others of their incident, sorted by what
// they say.
func (e *encoding) held() {
	type row struct {
		id   []byte
		from int // of its bytes
		to   int
	}
	sets := map[uint64]int{}
	for at := range e.p.held {
		sets[at.columns] = 0
	}
	sorted := slices.Sorted(maps.Keys(sets))
	e.count(len(sorted))
	for i, s := range sorted {
		e.uint(s)
		sets[s] = i
	}
	var rows []row
	w := &writer{}
	for at, b := range e.p.held {
		for i := range b.N {
			from := len(w.b)
			w.count(sets[at.columns])
			w.record(b, i, e.shelf[at.dicts])
			rows = append(rows, row{b.ID.Bytes(i), from, len(w.b)})
		}
	}
	slices.SortFunc(rows, func(x, y row) int {
		return cmp.Or(bytes.Compare(x.id, y.id), bytes.Compare(w.b[x.from:x.to], w.b[y.from:y.to]))
	})
	e.count(len(rows))
	var last []byte
	for _, r := range rows {
		same := common(last, r.id)
		e.count(same)
		e.text(string(r.id[same:]))
		e.b = append(e.b, w.b[r.from:r.to]...)
		last = r.id
	}
}

func (d *decoding) held() {
	sets := make([]uint64, d.count(1))
	for i := range sets {
		sets[i] = d.upTo(1<<data.NumOptional - 1)
		d.check(i == 0 || sets[i] > sets[i-1])
	}
	var last, lastRow []byte
	for range d.count(6) {
		same := int(d.upTo(uint64(len(last))))
		rest := d.text()
		id := append(append([]byte(nil), last[:same]...), rest...)
		row := d.b
		columns := uint64(0)
		if i := d.below(len(sets)); d.err == nil {
			columns = sets[i]
		}
		d.record(columns, id)
		if d.err != nil {
			return
		}
		row = row[:len(row)-len(d.b)]
		o := bytes.Compare(last, id)
		d.check(len(id) > 0 && common(last, id) == same && utf8.Valid(id) && (o < 0 || o == 0 && bytes.Compare(lastRow, row) < 0))
		last, lastRow = id, row
	}
}

// record writes all of a record but its id and which columns it has.
func (w *writer) record(b *data.Batch, i int, to *[data.NumColumns][]uint32) {
	w.count(b.File)
	w.count(int(b.Line[i]))
	w.date(b.Date(i))
	for c := range b.Codes {
		if b.Codes[c] != nil {
			w.uint(uint64(to[c][b.Codes[c][i]]))
		}
	}
	for _, column := range [][]int32{b.Lat, b.Lon} {
		if column != nil {
			w.int(int64(column[i]))
		}
	}
	if b.GeoPrec != nil {
		w.uint(uint64(b.GeoPrec[i]))
	}
	if b.VictimType != nil {
		w.uint(uint64(b.VictimType[i]))
	}
	if b.Attribution != nil {
		w.uint(uint64(b.Attribution[i]))
	}
	if b.Status != nil {
		w.uint(uint64(b.Status[i]))
	}
	if b.ReportedOn != nil {
		w.day(b.ReportedOn[i])
	}
	for _, column := range counts(b) {
		if *column != nil {
			w.toll(&(*column)[i])
		}
	}
}

// record reads a record and puts it on its shelf.
func (d *decoding) record(columns uint64, id []byte) {
	at := shelf{d.a.dicts, int(d.below(d.files)), columns}
	b := data.NewBatch(columns, d.a.dicts)
	if b.ID.End == nil || d.err != nil {
		d.fail() // a record without an id waits for nothing
		return
	}
	b.N = 1
	b.Line = []int32{int32(d.upTo(1<<31 - 1))}
	date := d.date()
	b.Start, b.End, b.Prec = []data.Day{date.Start}, []data.Day{date.End}, []data.Precision{date.Prec}
	for c := range b.Codes {
		if b.Codes[c] != nil {
			b.Codes[c] = append(b.Codes[c], d.code(data.Column(c)))
		}
	}
	for _, x := range []struct {
		column *[]int32
		limit  int64
	}{{&b.Lat, 90_000_000}, {&b.Lon, 180_000_000}} {
		if *x.column != nil {
			v := d.int()
			d.check(-x.limit <= v && v <= x.limit || v == int64(data.NoCoord))
			*x.column = append(*x.column, int32(v))
		}
	}
	if b.GeoPrec != nil {
		b.GeoPrec = append(b.GeoPrec, data.GeoPrecision(d.upTo(uint64(data.PlaceInternational))))
	}
	if b.VictimType != nil {
		b.VictimType = append(b.VictimType, data.VictimType(d.upTo(uint64(data.NumVictimTypes-1))))
	}
	if b.Attribution != nil {
		b.Attribution = append(b.Attribution, data.Attribution(d.upTo(uint64(data.AttributionSuspected))))
	}
	if b.Status != nil {
		b.Status = append(b.Status, data.Status(d.upTo(uint64(data.Superseded))))
	}
	if b.ReportedOn != nil {
		b.ReportedOn = append(b.ReportedOn, d.day())
	}
	for _, column := range counts(b) {
		if *column != nil {
			*column = append(*column, d.toll())
		}
	}
	b.ID.Append(id)
	if d.err != nil {
		return
	}
	shelved := d.p.held[at]
	if shelved == nil {
		shelved = data.NewBatch(columns, d.a.dicts)
		shelved.File = at.file
		d.p.held[at] = shelved
	}
	shelved.Take(b, 0, 1)
}

// counts lists the columns of counts of a batch.
func counts(b *data.Batch) []*[]data.Count {
	cs := []*[]data.Count{&b.Killed, &b.Injured}
	for k := range b.Besides {
		cs = append(cs, &b.Besides[k])
	}
	for p := range b.KilledParts {
		cs = append(cs, &b.KilledParts[p], &b.InjuredParts[p])
	}
	return cs
}
