package record

import (
	"fmt"

	"toll/data"
)

// tolls decodes every count of the record.
func (d *decoder) tolls() {
	d.out.killedParts = d.parts(KilledCivilians)
	d.out.injuredParts = d.parts(InjuredCivilians)
	d.out.killed = d.toll(Killed, KilledLow, KilledHigh, KilledCivilians, &d.out.killedParts)
	d.out.injured = d.toll(Injured, InjuredLow, InjuredHigh, InjuredCivilians, &d.out.injuredParts)
	if d.plan.deaths {
		d.out.killed = data.Exactly(1)
	}
	for k := range d.out.besides {
		d.out.besides[k] = d.count(Women + Field(k)).Settle()
	}
}

// count decodes one cell as it is stated.
func (d *decoder) count(f Field) data.Count {
	if len(d.cells[f]) == 0 {
		return data.Count{}
	}
	c, is := d.figure(f)
	if is.found() {
		as := severity(is.code)
		d.complainAs(f, is, as)
	}
	return c
}

// parts decodes the wide columns from first on.
func (d *decoder) parts(first Field) (parts [data.NumParts]data.Count) {
	for p := range parts {
		parts[p] = d.count(first + Field(p)).Settle()
	}
	return parts
}

// toll combines a figure with its explicit bounds, which win over what the
// figure's own cell says of them. A toll that is stated only in parts is the sum
// of the parts: open-ended where a part is unknown, and where the file has a
// column for the whole that is blank, for then the parts may not be all.
func (d *decoder) toll(best, low, high, firstPart Field, parts *[data.NumParts]data.Count) data.Count {
	c := d.count(best)
	d.bound(low, data.HasLow, &c)
	d.bound(high, data.HasHigh, &c)
	if s := c.Settle(); s.Stated() {
		d.checkOrder(best, low, high, s)
		if d.asWritten {
			return c
		}
		return s
	}
	return d.sumOfParts(best, low, high, firstPart, parts)
}

// sumOfParts adds up a toll that is stated only in parts.
func (d *decoder) sumOfParts(best, low, high, firstPart Field, parts *[data.NumParts]data.Count) data.Count {
	var sum data.Count
	first := true
	for p, part := range parts {
		switch {
		case !d.plan.has(firstPart + Field(p)):
		case first:
			sum, first = part, false
		default:
			sum = sum.Plus(part)
		}
	}
	if d.plan.has(best) || d.plan.has(low) || d.plan.has(high) {
		sum = sum.Plus(data.Count{})
	}
	return sum
}

// bound puts an explicit bound, to of HasLow or HasHigh, into c. A high of "200+"
// is no bound: it leaves the toll open above 200.
func (d *decoder) bound(f Field, to data.CountFlags, c *data.Count) {
	b := d.count(f)
	if !b.Stated() {
		return
	}
	n := b.High
	switch stated := b.Flags &^ (data.Approx | data.Open); {
	case stated == data.HasBest:
		n = b.Best
	case stated == data.HasLow:
		n = b.Low
	case stated != to:
		bound := map[data.CountFlags]string{data.HasLow: "a lower", data.HasHigh: "an upper"}[to]
		d.complain(f, issue{code: "bad-count", message: bound + " bound is one figure", hint: "write one number"})
		return
	}
	c.Flags |= to | b.Flags&data.Approx
	if to == data.HasLow {
		c.Low = n
		return
	}
	c.High = n
	c.Flags = c.Flags&^data.Open | b.Flags&data.Open
}

// checkOrder refuses, or in a dataset that is published so, remarks on a low,
// best and high out of order.
func (d *decoder) checkOrder(best, low, high Field, c data.Count) {
	if c.Ordered() {
		return
	}
	at := best
	for _, f := range []Field{best, low, high} {
		if d.plan.has(f) && len(d.cells[f]) > 0 {
			at = f
			break
		}
	}
	as := data.Error
	message := "the figures are out of order: " + figures(c)
	if d.plan.profile.KeepDisorder {
		as, message = data.Warning, message+"; kept as published"
	}
	d.complainAs(at, issue{code: "count-order", message: message}, as)
}

func figures(c data.Count) string {
	s := "low " + persons(c.Low)
	if c.BestStated() {
		s += ", best " + persons(c.Best)
	}
	return s + ", high " + persons(c.High)
}

// persons writes a number of units in full.
func persons(units int64) string {
	s := fmt.Sprint(units / data.Unit)
	if rest := units % data.Unit; rest != 0 {
		s += fmt.Sprintf(".%06d", rest)
	}
	return s
}
