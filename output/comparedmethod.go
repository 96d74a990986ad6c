package output

import (
	"fmt"
)

// comparedDataBlocks accounts for the records of both sides.
func comparedDataBlocks(d *Compared) []block {
	var bs []block
	for i, side := range d.Sides {
		bs = append(bs, paragraph{plainRole, join(name(sideName(d.Comparison, i)), words(": "), ledgerText(side.Report.Ledger, side.Report.Quality))})
		if len(side.Inputs) > 0 {
			g := inputGrid(side)
			g.ID += "-" + [2]string{"a", "b"}[i]
			bs = append(bs, g)
		}
		if len(side.DiagnosticCounts) > 0 {
			g := diagnosticGrid(side)
			g.ID += "-" + [2]string{"a", "b"}[i]
			bs = append(bs, g)
		}
	}
	return bs
}

// matchMethod states the rule.
func matchMethod(d *Compared) []block {
	o := d.Comparison.Options
	days := "at most " + many(int64(o.Days), "day", "days") + " apart"
	if o.Days == 0 {
		days = "the same"
	}
	rules := list{Items: []line{
		words("An identifier or an address that one incident of each dataset has, and dates at most a week apart, make a match. A number of fewer than six digits is no identifier, unless both files are of one dataset."),
		words("Of the others, two incidents can be one if their days are " + days + " and they share a place: the same point within " + fmt.Sprint(o.Metres/1000) + " km where both are placed exactly, within 25 km where one is placed only nearly; the same name; the same district; or, where one names nothing finer, the same province, or the same country with a party in common. Countries that differ exclude it, and so do exact points more than 50 km apart."),
		words("Names are compared by their letters and digits, without accents, case, and words such as “district” at the end; aliases.csv says what else is one name."),
		words("Points speak for a pair: 2 for the same day, 1 for spans that overlap; 3 for the same place, 2 for the district, 1 for the province; 2 for a party in common, 1 where one of them names none. A pair needs 4."),
		words("A pair is matched when each is the other's only best. Matched incidents leave, and the rule is applied again until nothing changes. What is left with equally good matches is unclear and is matched with none. The order of the records makes no difference."),
		words("An incident of one dataset alone is put down to the first of these that holds: it lies outside the days that the other covers; where the other names no incident; it is smaller than any incident of the other; it is dated or placed too vaguely; or nothing but that no match was found."),
	}}
	g := grid{ID: "options", Caption: "Options in force", Head: []column{{Title: words("Option")}, {Title: words("Value")}}}
	for _, x := range d.options() {
		g.Rows = append(g.Rows, gridRow{Cells: []line{name(x.Name), name(x.Value)}})
	}
	bs := []block{rules, g}
	for _, side := range d.Sides {
		bs = append(bs, mappingBlocks(side)...)
	}
	return bs
}
