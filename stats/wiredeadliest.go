package stats

import "toll/data"

// deadliest writes the list of the deadliest incidents, in its order.
func (e *encoding) deadliest() {
	ds := e.a.deadliest
	e.count(len(ds))
	for i := range ds {
		d := &ds[i]
		e.count(d.FileIndex)
		e.count(d.Line)
		e.date(d.Date)
		for _, s := range []string{d.ID, d.Country, d.Admin1, d.Admin2, d.Place, d.Party.ID, d.Party.Label, d.EventType, d.Source} {
			e.text(s)
		}
		e.uint(uint64(d.Party.Kind))
		e.uint(uint64(d.Geo))
		e.toll(&d.Killed)
		e.toll(&d.Injured)
		e.count(d.Accounts)
	}
}

func (d *decoding) deadliest() {
	a := d.a
	n := d.count(20)
	d.check(n <= max(0, a.opt.Top))
	for range n {
		var x Deadliest
		x.FileIndex, x.Line = int(d.below(d.files)), int(d.upTo(1<<40))
		x.Date = d.date()
		for _, s := range []*string{&x.ID, &x.Country, &x.Admin1, &x.Admin2, &x.Place, &x.Party.ID, &x.Party.Label, &x.EventType, &x.Source} {
			*s = d.text()
		}
		x.Party.Kind = KeyKind(d.upTo(uint64(Involved)))
		x.Geo = data.GeoPrecision(d.upTo(uint64(data.PlaceInternational)))
		x.Killed, x.Injured = d.toll(), d.toll()
		x.Accounts = int(d.upTo(1 << 40))
		d.check(len(a.deadliest) == 0 || deadlier(&a.deadliest[len(a.deadliest)-1], &x) <= 0)
		if d.err != nil {
			return
		}
		a.deadliest = append(a.deadliest, x)
	}
	a.cutDeadliest()
}
