package data

// Columns returns which columns the batch has, so that batches of the same
// columns can be told: 1 bit for each column that a file may lack.
func (b *Batch) Columns() uint64 {
	var set uint64
	n := 0
	bit := func(has bool) {
		if has {
			set |= 1 << n
		}
		n++
	}
	for c := range b.Codes {
		bit(b.Codes[c] != nil)
	}
	for _, has := range []bool{b.Lat != nil, b.Lon != nil, b.GeoPrec != nil, b.VictimType != nil, b.Attribution != nil, b.Status != nil,
		b.ReportedOn != nil, b.Killed != nil, b.Injured != nil, b.ID.End != nil} {
		bit(has)
	}
	for p := range b.KilledParts {
		bit(b.KilledParts[p] != nil)
	}
	for p := range b.InjuredParts {
		bit(b.InjuredParts[p] != nil)
	}
	for k := range b.Besides {
		bit(b.Besides[k] != nil)
	}
	return set
}

// NumOptional is the number of columns that a batch may lack, notes and
// addresses aside: Columns has as many bits.
const NumOptional = int(NumColumns) + 10 + 2*int(NumParts) + int(NumBesides)

// NewBatch returns an empty batch that has the columns of a set (see Columns).
func NewBatch(columns uint64, d *Dicts) *Batch {
	b := &Batch{Dicts: d}
	n := 0
	has := func() bool { n++; return columns>>(n-1)&1 != 0 }
	for c := range b.Codes {
		if has() {
			b.Codes[c] = []uint32{}
		}
	}
	for _, make := range []func(){func() { b.Lat = []int32{} }, func() { b.Lon = []int32{} }, func() { b.GeoPrec = []GeoPrecision{} },
		func() { b.VictimType = []VictimType{} }, func() { b.Attribution = []Attribution{} }, func() { b.Status = []Status{} }, func() { b.ReportedOn = []Day{} }, func() { b.Killed = []Count{} },
		func() { b.Injured = []Count{} }, func() { b.ID.End = []uint32{} }} {
		if has() {
			make()
		}
	}
	for _, parts := range []*[NumParts][]Count{&b.KilledParts, &b.InjuredParts} {
		for p := range parts {
			if has() {
				parts[p] = []Count{}
			}
		}
	}
	for k := range b.Besides {
		if has() {
			b.Besides[k] = []Count{}
		}
	}
	return b
}

// Take appends records from to to of another batch that has the same columns and
// dictionaries, without their notes and addresses.
func (b *Batch) Take(o *Batch, from, to int) {
	b.N += to - from
	b.Line = append(b.Line, o.Line[from:to]...)
	b.Start, b.End, b.Prec = append(b.Start, o.Start[from:to]...), append(b.End, o.End[from:to]...), append(b.Prec, o.Prec[from:to]...)
	for c := range b.Codes {
		take(&b.Codes[c], o.Codes[c], from, to)
	}
	take(&b.Lat, o.Lat, from, to)
	take(&b.Lon, o.Lon, from, to)
	take(&b.GeoPrec, o.GeoPrec, from, to)
	take(&b.VictimType, o.VictimType, from, to)
	take(&b.Attribution, o.Attribution, from, to)
	take(&b.Status, o.Status, from, to)
	take(&b.ReportedOn, o.ReportedOn, from, to)
	take(&b.Killed, o.Killed, from, to)
	take(&b.Injured, o.Injured, from, to)
	for k := range b.Besides {
		take(&b.Besides[k], o.Besides[k], from, to)
	}
	for p := range b.KilledParts {
		take(&b.KilledParts[p], o.KilledParts[p], from, to)
		take(&b.InjuredParts[p], o.InjuredParts[p], from, to)
	}
	if o.ID.End != nil {
		for i := from; i < to; i++ {
			b.ID.Append(o.ID.Bytes(i))
		}
	}
}

func take[T any](to *[]T, column []T, i, j int) {
	if column != nil {
		*to = append(*to, column[i:j]...)
	}
}
