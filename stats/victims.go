package stats

import "toll/data"

type victimToll struct {
	present         bool
	killed, injured data.Count
}

func partsMapped(parts *[data.NumParts][]data.Count) bool {
	for _, p := range parts {
		if p != nil {
			return true
		}
	}
	return false
}

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

// partsOf returns an account's wide columns by victim type.
func partsOf(c *account) (by [data.NumVictimTypes]victimToll, any bool) {
	for p := range data.NumParts {
		k, j := c.killedParts[p], c.injuredParts[p]
		if !k.Stated() && !j.Stated() {
			continue
		}
		any = true
		v := &by[p.VictimType()]
		v.killed, v.injured, v.present = sumStated(v.killed, k), sumStated(v.injured, j), true
	}
	return by, any
}

func partsAsRecorded(c *account) (parts [data.NumParts]victimToll) {
	if c.status == data.Denied {
		return parts
	}
	for p := range parts {
		k, j := c.killedParts[p], c.injuredParts[p]
		if k.Stated() || j.Stated() {
			parts[p] = victimToll{true, k, j}
		}
	}
	return parts
}

// addVictimsOf enters a cell's victims: by its type, or by the parts its figures
// state in wide columns, with what these leave of the cell as status unknown.
func (in *incident) addVictimsOf(c *cell) {
	if !c.inParts {
		in.addVictims(c.victim, c.killed, c.injured)
		return
	}
	var killed, injured data.Count
	any := false
	for v, t := range c.parts {
		if !t.present {
			continue
		}
		if !nobody(&t.killed) || !nobody(&t.injured) {
			in.mixVictims(data.VictimType(v), t.killed, t.injured, sumStated)
			any = true
		}
		killed, injured = sumStated(killed, t.killed), sumStated(injured, t.injured)
	}
	k, ok1 := remainder(c.killed, killed)
	j, ok2 := remainder(c.injured, injured)
	switch {
	case ok1 || ok2:
		in.mixVictims(data.VictimUnknown, k, j, sumStated)
	case !any:
		in.addVictims(c.victim, c.killed, c.injured)
	}
}

// addVictims adds the victims of a cell. Those of another side whose number is
// unknown make the sum open-ended.
func (in *incident) addVictims(v data.VictimType, killed, injured data.Count) {
	in.mixVictims(v, killed, injured, data.Count.Plus)
}

func (in *incident) mixVictims(v data.VictimType, killed, injured data.Count, add func(a, b data.Count) data.Count) {
	t := &in.victims[v]
	if t.present {
		t.killed, t.injured = add(t.killed, killed), add(t.injured, injured)
		return
	}
	*t = victimToll{true, killed, injured}
}
