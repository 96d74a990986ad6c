package output

import (
	"toll/data"
	"toll/stats"
)

// sumCells are the sums that a page carries in place of its incidents, column by
// column. At counts periods from the year 0: of the cube for days, months for
// dates known to the month, years for those known to the year. First and Last are
// days from the start of the period to the first day, and from that to the last.
type sumCells struct {
	Scale  int64        `json:"scale"` // what 1 of a toll stands for, in millionths of a person
	Kind   packed       `json:"kind"`  // 0 days, 1 months, 2 years, 3 undated
	At     packed       `json:"at"`
	First  packed       `json:"first"`
	Last   packed       `json:"last"`
	Path   packed       `json:"path"`
	Naming packed       `json:"naming"`
	N      packed       `json:"n"` // incidents
	Killed measureCells `json:"killed"`
	Hurt   measureCells `json:"hurt"`
}

// measureCells are the columns of one kind of toll. Low, and what best and high
// are above it, are folded so that none is negative; None counts the incidents
// whose lowest figure is 0.
type measureCells struct {
	Low     packed `json:"low"`
	Best    packed `json:"best"`
	High    packed `json:"high"`
	Unknown packed `json:"unknown"`
	Open    packed `json:"open"`
	NoBest  packed `json:"nobest"`
	None    packed `json:"none"`
}

// sums enters the cells of the roll's cube.
func (e *embedder) sums() {
	cs := e.roll.Cube.Cells
	column := func(of func(*stats.CubeCell) int64) packed {
		v := make([]int64, len(cs))
		for i := range cs {
			v[i] = of(&cs[i])
		}
		return pack(v)
	}
	s := &sumCells{Scale: scaleOf(cs)}
	s.Kind = column(func(c *stats.CubeCell) int64 { return kindCell(c.Prec) })
	s.At = column(func(c *stats.CubeCell) int64 { return periodCell(c, e.roll.Cube.Period) })
	s.First = column(func(c *stats.CubeCell) int64 {
		if c.Prec != data.ToDay {
			return 0
		}
		return int64(c.First - c.Start)
	})
	s.Last = column(func(c *stats.CubeCell) int64 {
		if c.Prec != data.ToDay {
			return 0
		}
		return int64(c.Last - c.First)
	})
	s.Path = column(func(c *stats.CubeCell) int64 { return int64(e.places[c.Path]) })
	s.Naming = column(func(c *stats.CubeCell) int64 { return int64(c.Naming) })
	s.N = column(func(c *stats.CubeCell) int64 { return int64(c.Incidents) })
	measure := func(of func(*stats.CubeCell) *stats.Sum) measureCells {
		return measureCells{
			Low:     column(func(c *stats.CubeCell) int64 { return int64(fold(of(c).Low / s.Scale)) }),
			Best:    column(func(c *stats.CubeCell) int64 { return int64(fold((of(c).Best - of(c).Low) / s.Scale)) }),
			High:    column(func(c *stats.CubeCell) int64 { return int64(fold((of(c).High - of(c).Low) / s.Scale)) }),
			Unknown: column(func(c *stats.CubeCell) int64 { return int64(of(c).Unknown) }),
			Open:    column(func(c *stats.CubeCell) int64 { return int64(of(c).Open) }),
			NoBest:  column(func(c *stats.CubeCell) int64 { return int64(of(c).NoBest) }),
			None:    column(func(c *stats.CubeCell) int64 { return int64(c.Incidents - of(c).Unknown - of(c).Fatal) }),
		}
	}
	s.Killed = measure(func(c *stats.CubeCell) *stats.Sum { return &c.Killed })
	s.Hurt = measure(func(c *stats.CubeCell) *stats.Sum { return &c.Injured })
	e.out.Unit, e.out.Sums = e.roll.Cube.Period.String(), s
}

// scaleOf is a million where all tolls are of whole persons, else 1.
func scaleOf(cs []stats.CubeCell) int64 {
	for i := range cs {
		for _, s := range []*stats.Sum{&cs[i].Killed, &cs[i].Injured} {
			if s.Low%data.Unit != 0 || s.Best%data.Unit != 0 || s.High%data.Unit != 0 {
				return 1
			}
		}
	}
	return data.Unit
}

func kindCell(p data.Precision) int64 {
	switch p {
	case data.ToMonth:
		return 1
	case data.ToYear:
		return 2
	case data.Undated:
		return 3
	}
	return 0
}

// periodCell numbers the period of a cell from the year 0 on.
func periodCell(c *stats.CubeCell, p stats.Period) int64 {
	if c.Prec == data.Undated {
		return 0
	}
	y, m, _ := c.Start.Civil()
	months := int64(y)*12 + int64(m) - 1
	switch {
	case c.Prec == data.ToMonth || c.Prec == data.ToDay && p == stats.ByMonth:
		return months
	case c.Prec == data.ToDay && p == stats.ByQuarter:
		return months / 3
	}
	return int64(y)
}
