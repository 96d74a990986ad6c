package output

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"toll/data"
	"toll/stats"
)

// The flags of a toll in a cell.
const (
	cellStated = 1
	cellBest   = 2
	cellOpen   = 4
)

// toll numbers a count by what a sum takes from it.
func (e *embedder) toll(c data.Count) int {
	k := data.Count{Low: c.Low, High: c.High, Flags: data.HasLow}
	flags := cellStated
	switch {
	case !c.Stated():
		k, flags = data.Count{}, 0
	case c.BestStated():
		k.Best, k.Flags = c.Best, k.Flags|data.HasBest
		flags |= cellBest
	}
	if c.Stated() && c.IsOpen() {
		k.Flags |= data.Open
		flags |= cellOpen
	}
	i, ok := e.tolls[k]
	if !ok {
		i = len(e.out.Tolls)
		e.tolls[k] = i
		e.out.Tolls = append(e.out.Tolls, tollCell{literal(decimal(k.Low)), literal(decimal(k.Best)), literal(decimal(k.High)), literal(strconv.Itoa(flags))})
	}
	return i
}

// singles enters the incidents of one record, column by column.
func (e *embedder) singles() {
	ss, o := e.roll.Singles, &e.out
	v := make([]int64, len(ss)) // one column after the other
	column := func(of func(*stats.Single) int64) packed {
		for i := range ss {
			v[i] = of(&ss[i])
		}
		return pack(v)
	}
	o.File = column(func(s *stats.Single) int64 { return int64(s.File) })
	o.Line = column(func(s *stats.Single) int64 { return int64(s.Line) })
	o.Start = column(func(s *stats.Single) int64 { return int64(dateCell(s.Date)[0]) })
	o.Span = column(func(s *stats.Single) int64 { return int64(dateCell(s.Date)[1]) })
	o.Prec = column(func(s *stats.Single) int64 { return int64(dateCell(s.Date)[2]) })
	o.Path = column(func(s *stats.Single) int64 { return int64(e.places[s.Path]) })
	o.Naming = column(func(s *stats.Single) int64 { return int64(s.Naming) })
	o.Event = column(func(s *stats.Single) int64 { return int64(s.Event) })
	killed, hurt := e.rank()
	o.Killed, o.Hurt = pack(killed), pack(hurt)
	for p, policy := range e.roll.Policies {
		c := policyCell{Name: policy.String()}
		if p > 0 {
			e.under(p, &c, killed, hurt)
		}
		o.Policies = append(o.Policies, c)
	}
}

// rank numbers the tolls of single records, the most frequent first, since small
// numbers take less room, and returns the columns.
func (e *embedder) rank() (killed, hurt []int64) {
	ss, tolls := e.roll.Singles, e.roll.Tolls
	times := make([]int, len(tolls))
	for i := range ss {
		times[ss[i].AsWeighed[0]]++
		times[ss[i].AsWeighed[1]]++
	}
	n := map[data.Count]int{}
	for t, k := range times {
		if k > 0 {
			n[exactly(tolls[t])] += k
		}
	}
	order := slices.Collect(maps.Keys(n))
	slices.SortFunc(order, func(x, y data.Count) int {
		return cmp.Or(cmp.Compare(n[y], n[x]), cmp.Compare(x.Low, y.Low), cmp.Compare(x.High, y.High), cmp.Compare(x.Best, y.Best), cmp.Compare(x.Flags, y.Flags))
	})
	for _, c := range order {
		n[c] = e.toll(c)
	}
	numbers := make([]int64, len(tolls))
	for t, c := range tolls {
		numbers[t] = int64(n[exactly(c)])
	}
	killed, hurt = make([]int64, len(ss)), make([]int64, len(ss))
	for i := range ss {
		killed[i], hurt[i] = numbers[ss[i].AsWeighed[0]], numbers[ss[i].AsWeighed[1]]
	}
	return killed, hurt
}

// exactly is a count without the mark that it is approximate, which no sum has.
func exactly(c data.Count) data.Count {
	c.Flags &^= data.Approx
	return c
}

// under says what another policy makes of the incidents of one record: by toll,
// and where one fares otherwise than most of its toll, by incident.
func (e *embedder) under(p int, c *policyCell, killed, hurt []int64) {
	was, became := [2][]int64{killed, hurt}, e.became(p)
	if slices.Equal(became[0], killed) && slices.Equal(became[1], hurt) {
		return
	}
	type step struct{ from, to int64 }
	n := map[step]int{}
	for x := range was { // most incidents of a toll fare as the one before: they are counted together
		type last struct {
			to int64
			n  int
		}
		before := make([]last, len(e.out.Tolls))
		for i, from := range was[x] {
			b := &before[from]
			if to := became[x][i]; b.to != to && b.n > 0 {
				n[step{from, b.to}] += b.n
				*b = last{to, 1}
			} else {
				b.to = to
				b.n++
			}
		}
		for from, b := range before {
			if b.n > 0 {
				n[step{int64(from), b.to}] += b.n
			}
		}
	}
	c.Map = make([]int, len(e.out.Tolls))
	most := make([]int, len(e.out.Tolls))
	for i := range c.Map {
		c.Map[i] = i
	}
	for s, k := range n {
		if k > most[s.from] || k == most[s.from] && int(s.to) < c.Map[s.from] {
			most[s.from], c.Map[s.from] = k, int(s.to)
		}
	}
	var at, ks, js []int64
	for i := range killed {
		if k, j := became[0][i], became[1][i]; int(k) != c.Map[killed[i]] || int(j) != c.Map[hurt[i]] {
			at, ks, js = append(at, int64(i)), append(ks, k), append(js, j)
		}
	}
	if len(at) > 0 {
		c.Except = &except{pack(at), pack(ks), pack(js)}
	}
}

// became returns the numbers of the tolls killed and injured that another policy
// makes of the incidents of one record. What it makes of a toll is reckoned once.
func (e *embedder) became(p int) (columns [2][]int64) {
	ss := e.roll.Singles
	known := make([][2]int64, len(e.roll.Tolls)) // by toll and admission, one more than the number
	for x := range columns {
		columns[x] = make([]int64, len(ss))
	}
	for i := range ss {
		s, admission := &ss[i], 0
		if s.Admission {
			admission = 1
		}
		for x, toll := range [2]int32{s.Killed, s.Injured} {
			at := &known[toll][admission]
			if *at == 0 {
				*at = int64(e.toll(e.roll.TollUnder(p, toll, s.Admission))) + 1
			}
			columns[x][i] = *at - 1
		}
	}
	return columns
}

// noStart stands for the first day of what has no date. Days are counted from
// before the year 1, so that no other is 0.
const noStart = 0

// dateCell is the first day, the days to the last, and how precise it is.
func dateCell(d data.Date) [3]int {
	if d.Prec == data.Undated || d.Start == data.NoDay {
		return [3]int{noStart, 0, int(data.Undated)}
	}
	return [3]int{int(d.Start) + dayZero, max(0, int(d.End)-int(d.Start)), int(d.Prec)}
}

// dayZero is how many days 1970-01-01 comes after the day numbered 0, 1 March of
// the year before the year 1.
const dayZero = 719_468
