package output

import (
	"encoding/json"
	"slices"

	"toll/data"
	"toll/stats"
)

type fateCell struct {
	Used int    `json:"u"`
	Why  string `json:"w"`
}

type toldCell struct {
	ID       int           `json:"i"`
	Accounts []any         `json:"a"`
	Variants []variantCell `json:"v"`
}

// variantCell has start, span and precision of the date in D, and of each policy
// the place of its outcome in Outcomes.
type variantCell struct {
	Groups   []int  `json:"g"`
	Date     [3]int `json:"d"`
	Path     int    `json:"p"`
	Event    int    `json:"e"`
	Outcomes []any  `json:"o"`
	Policy   []int  `json:"x"`
}

// told enters an incident that several records tell.
func (e *embedder) told(t stats.Told) toldCell {
	c := toldCell{Accounts: []any{}, Variants: []variantCell{}}
	if e.roll.Cube == nil { // records are shown
		c.ID = e.text(t.ID)
	}
	for _, a := range t.Accounts {
		if e.roll.Cube != nil {
			c.Accounts = append(c.Accounts, []any{0, 0, e.places[a.Path], a.Naming, a.Group})
			continue
		}
		fates := []int{}
		for _, f := range a.Fates {
			fates = append(fates, e.fate(f))
		}
		reported := 0
		if a.ReportedOn != data.NoDay {
			reported = int(a.ReportedOn) + dayZero
		}
		c.Accounts = append(c.Accounts, []any{a.File, a.Line, e.places[a.Path], a.Naming, a.Group, e.text(a.Source), e.text(a.Side), e.text(a.Victims), reported,
			e.toll(a.Killed), e.toll(a.Injured), fates})
	}
	for _, v := range t.Variants {
		c.Variants = append(c.Variants, e.variant(v))
	}
	return c
}

func (e *embedder) fate(f stats.Fate) int {
	c := fateCell{Why: f.Why}
	if f.Used {
		c.Used = 1
	}
	i, ok := e.fates[c]
	if !ok {
		i = len(e.out.Fates)
		e.fates[c] = i
		e.out.Fates = append(e.out.Fates, c)
	}
	return i
}

func (e *embedder) variant(v stats.Variant) variantCell {
	c := variantCell{Groups: v.Groups, Date: dateCell(v.Date), Path: e.places[v.Path], Event: int(v.Event)}
	var seen []string
	for _, o := range v.Outcomes {
		parts := []any{}
		for _, p := range o.Parts {
			parts = append(parts, []int{int(p.Naming), e.toll(p.Killed), e.toll(p.Injured)})
		}
		x := []any{e.toll(o.Killed), e.toll(o.Injured), parts}
		b, err := json.Marshal(x)
		if err != nil {
			continue
		}
		i := slices.Index(seen, string(b))
		if i < 0 {
			i = len(seen)
			seen = append(seen, string(b))
			c.Outcomes = append(c.Outcomes, x)
		}
		c.Policy = append(c.Policy, i)
	}
	return c
}
