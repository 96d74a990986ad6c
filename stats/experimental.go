package stats

import (
	"math"

	"toll/data"
	"toll/internal/catalogue"
)

// Refusal is an estimate that was asked for and not made, and why.
type Refusal struct{ ID, Why string }

// Changepoints returns where the rate of a series of counts changes: the index of
// the first count of each stretch but the first. It is the exact segmentation of
// the least cost (B. Jackson and others, "An algorithm for optimal partitioning
// of data on an interval", IEEE Signal Processing Letters 12, 2005), where the
// cost is minus twice the Poisson log-likelihood, divided by the dispersion, and
// a penalty for each change. Stretches have at least shortest counts. Of
// segmentations of equal cost the one found first, with the earlier changes, is
// taken.
func Changepoints(counts []int64, penalty, dispersion float64, shortest int) []int {
	n := len(counts)
	if shortest < 1 || n < 2*shortest {
		return nil
	}
	sums := make([]int64, n+1)
	for i, c := range counts {
		sums[i+1] = sums[i] + c
	}
	cost := func(i, j int) float64 { // of counts i to j−1
		s := float64(sums[j] - sums[i])
		if s <= 0 {
			return 0
		}
		return -2 * float64(s*math.Log(s/float64(j-i))) / math.Max(1, dispersion)
	}
	least, last := make([]float64, n+1), make([]int, n+1)
	least[0] = -penalty
	for j := 1; j <= n; j++ {
		least[j], last[j] = math.Inf(1), 0
		for i := 0; i+shortest <= j; i++ {
			if c := least[i] + cost(i, j) + penalty; c < least[j]-closer {
				least[j], last[j] = c, i
			}
		}
	}
	var at []int
	for i := last[n]; i > 0; i = last[i] {
		at = append([]int{i}, at...)
	}
	return at
}

// ChangePenalty is the penalty for a change in a series of n counts: that of
// Schwarz's criterion, with a change and a rate for each further stretch (N. R.
// Zhang and D. O. Siegmund discuss it in "A modified Bayes information
// criterion", Biometrics 63, 2007).
func ChangePenalty(n int) float64 { return 2 * math.Log(float64(n)) }

// NegativeBinomial fits counts of one mean that vary more than Poisson counts: by
// maximum likelihood, variance = mean + mean²/size. The interval of the mean is
// the 95 % one of its logarithm, by the Fisher information (J. M. Hilbe, Negative
// Binomial Regression, 2nd ed. 2011, section 8.2). It is false where the counts
// vary no more than their mean, for which no size is finite.
func NegativeBinomial(counts []int64) (mean, size, low, high float64, ok bool) {
	n, sum, squares := float64(len(counts)), 0.0, 0.0
	for _, c := range counts {
		sum += float64(c)
	}
	if n < 2 || sum == 0 {
		return 0, 0, 0, 0, false
	}
	mean = sum / n
	for _, c := range counts {
		d := float64(c) - mean
		squares += float64(d * d)
	}
	if squares/n <= mean {
		return mean, 0, 0, 0, false
	}
	times := map[int64]float64{}
	var values []int64
	for _, c := range counts {
		if times[c] == 0 {
			values = append(values, c)
		}
		times[c]++
	}
	size = math.Exp(maximum(-6, 9, 50, func(ln float64) float64 {
		k := math.Exp(ln)
		gk, _ := math.Lgamma(k)
		l := float64(float64(n*k)*math.Log(k/(k+mean))) + float64(sum*math.Log(mean/(k+mean)))
		for _, v := range values {
			g, _ := math.Lgamma(float64(v) + k)
			l += float64(times[v] * (g - gk))
		}
		return l
	}))
	half := 1.959964 * math.Sqrt((1/mean+1/size)/n)
	return mean, size, mean * math.Exp(-half), mean * math.Exp(half), true
}

// What the experimental estimates need at the least.
const (
	leastMonths   = 24 // whole months, for changes of rate
	shortestMonth = 3  // months of a stretch
)

// addExperimental adds the estimates that are made only on demand, and says which
// the data does not bear.
func (a *Accumulator) addExperimental(r *Report, cov coverage) {
	if !a.opt.Experimental || a.lean {
		return
	}
	refuse := func(id, why string) { r.Refused = append(r.Refused, Refusal{id, why}) }
	if r.MultiAccount {
		refuse("recapture", catalogue.Say("table.the-sources-of-one-dataset-are"))
	}
	if r.Sheet("tail") == nil {
		refuse("tail", catalogue.Say("table.fewer-than-incidents-are-known-to", "leastTail", Number(LeastTail)))
	}
	months := wholePeriods(a.periodTable(ByMonth, cov))
	if len(months) < leastMonths {
		refuse("changepoints", catalogue.Say("table.the-data-covers-and-are-needed", "months", catalogue.SayOf("count.whole-months", int64(len(months)), "n", Number(int64(len(months)))), "leastMonths", Number(leastMonths)))
		return
	}
	counts := make([]int64, len(months))
	for i := range months {
		counts[i] = int64(months[i].Tally.Incidents)
	}
	d, known := DispersionOf(counts, 1, -1, -1)
	if !known {
		refuse("changepoints", catalogue.Say("table.too-few-months-have-incidents-to"))
	} else {
		a.addSheet(r, changepointSheet(months, counts, d))
	}
	mean, size, low, high, ok := NegativeBinomial(counts)
	if !ok {
		refuse("negative-binomial", catalogue.Say("table.the-counts-by-month-vary-no"))
		return
	}
	s := &Sheet{ID: "negative-binomial", Title: catalogue.Say("table.incidents-by-month-as-negative-binomial"), Dims: []Dim{{ID: "measure", Title: catalogue.Say("table.measure")}},
		Columns: []Column{{"value", catalogue.Say("table.the-figure")}, {"low", catalogue.Say("table.lower-bound-95")}, {"high", catalogue.Say("table.upper-bound")}, {"of", catalogue.Say("table.over-how-many-whole-months")}},
		Note:    catalogue.Say("table.one-mean-for-all-months-with")}
	of := whole(len(counts))
	s.Rows = []SheetRow{{Keys: []Key{{ID: "mean", Label: catalogue.Say("table.incidents-per-month")}}, Cells: []Cell{fromFloat(mean, 1), fromFloat(low, 1), fromFloat(high, 1), of}},
		{Keys: []Key{{ID: "size", Label: catalogue.Say("table.size-of-the-negative-binomial")}}, Cells: []Cell{fromFloat(size, 2), {}, {}, of}}}
	a.addSheet(r, s)
}

// changepointSheet gives each stretch of one rate.
func changepointSheet(months []Row, counts []int64, d Dispersion) *Sheet {
	s := &Sheet{ID: "changepoints", Title: catalogue.Say("table.stretches-of-months-with-one-rate"), Dims: []Dim{{ID: "from", Title: catalogue.Say("table.from")}, {ID: "to", Title: catalogue.Say("table.to")}},
		Columns: []Column{{"months", catalogue.Say("table.months-of-the-stretch")}, {"incidents", catalogue.Say("table.incidents-in-them")}, {"rate", catalogue.Say("table.incidents-per-month")}, {"dispersion", catalogue.Say("table.dispersion")}},
		Note:    catalogue.Say("table.the-segmentation-of-least-cost-minus")}
	at := append(append([]int{0}, Changepoints(counts, ChangePenalty(len(counts)), d.Factor, shortestMonth)...), len(counts))
	for i := range at[1:] {
		sum := int64(0)
		for _, c := range counts[at[i]:at[i+1]] {
			sum += c
		}
		n := at[i+1] - at[i]
		s.Rows = append(s.Rows, SheetRow{Keys: []Key{months[at[i]].Keys[0], months[at[i+1]-1].Keys[0]},
			Cells: []Cell{whole(n), whole(sum), fraction(sum, int64(n), 1), fromFloat(d.Factor, 2)}})
	}
	return s
}

// Chapman estimates how many there are in all from two lists of n1 and n2 that
// have m in common (D. G. Chapman, "Some properties of the hypergeometric
// distribution with applications to zoological sample censuses", University of
// California Publications in Statistics 1, 1951), with G. A. F. Seber's variance
// (Biometrika 57, 1970) and the 95 % interval of A. Chao, "Estimating the
// population size for capture–recapture data with unequal catchability",
// Biometrics 43, 1987. It holds where the lists are independent and every
// incident is as likely as any other to be listed, which news-based lists seldom
// are: these favour the same incidents, and the estimate is too low.
func Chapman(n1, n2, m int64) (all, low, high float64) {
	a, b, c := float64(n1), float64(n2), float64(m)
	all = float64((a+1)*(b+1))/(c+1) - 1
	variance := float64((a+1)*(b+1)) * float64((a-c)*(b-c)) / (float64((c+1)*(c+1)) * (c + 2))
	low, high = unseenInterval(a+b-c, all, variance)
	return all, low, high
}

// Chao is a lower bound for how many there are in all, from how many stand on one
// of t lists alone and on two of them (Chao, 1987). It allows that some incidents
// are likelier to be listed than others.
func Chao(t int, seen, once, twice int64) (all, low, high float64) {
	s, f1, f2 := float64(seen), float64(once), float64(twice)
	k := float64(t-1) / float64(t)
	if twice == 0 {
		return math.Inf(1), s, math.Inf(1)
	}
	r := f1 / f2
	all = s + float64(k*f1)*r/2
	variance := f2 * (float64(k*r*r)/2 + float64(k*k*r*r*r) + float64(k*k*r*r*r*r)/4)
	low, high = unseenInterval(s, all, variance)
	return all, low, high
}

// unseenInterval is the 95 % interval of an estimate that is at least what was
// seen: that of a lognormal number unseen.
func unseenInterval(seen, all, variance float64) (low, high float64) {
	unseen := all - seen
	if unseen <= 0 {
		return seen, seen
	}
	c := math.Exp(1.959964 * math.Sqrt(math.Log(1+variance/float64(unseen*unseen))))
	return seen + unseen/c, seen + float64(unseen*c)
}

// leastOverlap is the fewest incidents on both lists from which the number on
// neither is estimated.
const leastOverlap = 7

// Recapture estimates from a comparison how many incidents neither list has,
// within the days, places and sizes that both cover; or says why it must not.
func (c *Comparison) Recapture() (*Sheet, []Refusal) {
	both := int64(len(c.Pairs))
	refuse := func(why string) (*Sheet, []Refusal) { return nil, []Refusal{{"recapture", why}} }
	named := 0
	for _, p := range c.Pairs {
		if p.How == ByID || p.How == ByURL {
			named++
		}
	}
	n := [2]int64{both, both}
	for side, steps := range [2][2]Step{{OnlyAUnmatched, UnclearA}, {OnlyBUnmatched, UnclearB}} {
		for _, s := range steps {
			n[side] += int64(c.Steps[s][side].Incidents)
		}
	}
	unclear := int64(c.Steps[UnclearA][0].Incidents + c.Steps[UnclearB][1].Incidents)
	switch {
	case c.SameDataset:
		return refuse(catalogue.Say("table.both-lists-are-of-one-dataset"))
	case c.First == data.NoDay:
		return refuse(catalogue.Say("table.the-lists-have-no-day-in"))
	case both < leastOverlap:
		return refuse(catalogue.Say("table.on-both-lists-and-are-needed", "both", catalogue.SayOf("count.incidents-are", both, "n", Number(both)), "leastOverlap", Number(leastOverlap)))
	case named < leastOverlap:
		return refuse(catalogue.Say("table.the-lists-share-too-few-identifiers", "named", catalogue.SayOf("count.matches-rest", int64(named), "n", Number(int64(named)))))
	case 10*unclear > both:
		return refuse(catalogue.Say("table.incidents-could-be-matched-in-several", "unclear", Number(unclear)))
	case 10*both > 9*min(n[0], n[1]):
		return refuse(catalogue.Say("table.nine-in-ten-incidents-of-one"))
	}
	if s := c.commonSource(); s != "" {
		return refuse(catalogue.Say("table.both-lists-draw-on-so-that", "s", s))
	}
	sheet := &Sheet{ID: "recapture", Title: catalogue.Say("table.incidents-that-neither-list-has-estimated"), Dims: []Dim{{ID: "estimate", Title: catalogue.Say("table.estimate")}},
		Columns: []Column{{"all", catalogue.Say("table.incidents-in-all-estimated")}, {"low", catalogue.Say("table.lower-bound-95")}, {"high", catalogue.Say("table.upper-bound")}, {"listed", catalogue.Say("table.incidents-on-either-list")}, {"both", catalogue.Say("table.incidents-on-both")}},
		Note:    catalogue.Say("table.incidents-not-deaths-within-the-days")}
	seen := n[0] + n[1] - both
	row := func(id, label string, all, low, high float64) {
		sheet.Rows = append(sheet.Rows, SheetRow{Keys: []Key{{ID: id, Label: label}}, Cells: []Cell{fromFloat(all, 0), fromFloat(low, 0), fromFloat(high, 0), whole(seen), whole(both)}})
	}
	all, low, high := Chapman(n[0], n[1], both)
	row("chapman", catalogue.Say("table.chapman"), all, low, high)
	all, low, high = Chao(2, seen, seen-both, both)
	row("chao", catalogue.Say("table.chao-at-least"), all, low, high)
	return sheet, nil
}

// commonSource returns a source that incidents of both lists name, "" for none.
func (c *Comparison) commonSource() string {
	names := map[string]bool{}
	for i := range c.A.Incidents {
		for _, s := range c.A.Incidents[i].Sources {
			names[nameKey(s)] = true
		}
	}
	first := ""
	for i := range c.B.Incidents {
		for _, s := range c.B.Incidents[i].Sources {
			if k := nameKey(s); k != "" && names[k] && (first == "" || s < first) {
				first = s
			}
		}
	}
	return first
}
