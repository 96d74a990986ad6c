package stats

import "toll/data"

// against sets a total claim against the sum of its parts: the toll is at least
// the larger low and at most the larger high. The two are never added.
func against(whole, parts data.Count) data.Count {
	if !whole.Stated() {
		return parts
	}
	if !parts.Stated() {
		return whole
	}
	c := data.Count{Low: max(whole.Low, parts.Low), High: max(whole.High, parts.High)}
	c.Flags = (whole.Flags|parts.Flags)&(data.HasLow|data.HasHigh|data.Approx) | whole.Flags&data.Open
	if parts.IsOpen() && parts.High > whole.High {
		c.Flags |= data.Open
	}
	switch {
	case whole.BestStated() && whole.Best >= c.Low && whole.Best <= c.High:
		c.Best, c.Flags = whole.Best, c.Flags|data.HasBest
	case parts.BestStated() && whole.Low == whole.High && parts.Best == whole.Low:
		c.Best, c.Flags = parts.Best, c.Flags|data.HasBest
	}
	return c
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

// nobody reports whether a part is stated to be none, or not stated: a type of
// which a record says 0 had no victims, and the incident is none of that type's.
func nobody(c *data.Count) bool {
	return !c.Stated() || c.Low == 0 && c.High == 0 && c.Best == 0 && !c.IsOpen()
}
