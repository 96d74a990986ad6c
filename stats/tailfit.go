package stats

import (
	"math"
	"slices"

	"toll/internal/catalogue"

	"gonum.org/v1/gonum/mathext"
)

// TailResamples is how many samples the goodness of fit of a tail is taken from:
// p is then known to within about 0.02 (1/(2·√500)).
const TailResamples = 500

// tailSeed starts the samples; it is stated with the figure.
const tailSeed = 2

// GoodnessOfFit works out Fit, by the semi-parametric bootstrap of Clauset,
// Shalizi and Newman (section 4.1): a sample has as many incidents as the data,
// each from the fitted power law with the share that the tail has, else drawn
// from the incidents below it; and each sample is fitted anew, its beginning
// too. They rule a power law out where p is 0.1 or less. It takes some hundred
// fits and is worked out only where it is asked for.
func (t *Tail) GoodnessOfFit(s Sizes, resamples int) {
	s = s.from(1)
	r := splitmix(tailSeed)
	draw := newTailDraw(s, t)
	further := 0
	for range resamples {
		x, ok := fitPowerLaw(draw.sample(&r))
		if !ok || x.Distance >= t.Distance {
			further++
		}
	}
	t.Fit = float64(further) / float64(resamples)
}

// uniform returns a number from 0 up to 1.
func (s *splitmix) uniform() float64 { return float64(s.next()>>11) / (1 << 53) }

// tailDraw draws incidents as a tail's bootstrap wants them.
type tailDraw struct {
	fatal, tail int64
	body        []int64 // sizes below the tail, one for each incident
	from        int64
	alpha       float64
	cumulative  []float64 // share of the tail up to a size, from `from` on
	counts      map[int64]uint32
}

// tabled is how many sizes of the tail are in a table; beyond it ζ is worked out.
const tabled = 4096

func newTailDraw(s Sizes, t *Tail) *tailDraw {
	d := &tailDraw{fatal: t.Fatal, tail: t.Incidents, from: t.From, alpha: t.Alpha, counts: map[int64]uint32{}}
	for _, x := range s {
		if x.Killed >= t.From {
			break
		}
		for range x.Incidents {
			d.body = append(d.body, x.Killed)
		}
	}
	all := mathext.Zeta(t.Alpha, float64(t.From))
	rest := all
	for k := range int64(tabled) {
		rest -= math.Pow(float64(t.From+k), -t.Alpha)
		d.cumulative = append(d.cumulative, 1-rest/all)
	}
	return d
}

func (d *tailDraw) sample(r *splitmix) Sizes {
	clear(d.counts)
	for range d.fatal {
		if len(d.body) > 0 && r.next()%uint64(d.fatal) >= uint64(d.tail) {
			d.counts[d.body[r.next()%uint64(len(d.body))]]++
			continue
		}
		d.counts[d.draw(r.uniform())]++
	}
	out := make(Sizes, 0, len(d.counts))
	for k, n := range d.counts {
		out = append(out, Size{k, n})
	}
	slices.SortFunc(out, func(x, y Size) int { return int(x.Killed - y.Killed) })
	return out
}

// draw returns the size up to which a share u of the tail lies, found by doubling
// and halving beyond the table.
func (d *tailDraw) draw(u float64) int64 {
	if i, _ := slices.BinarySearch(d.cumulative, u); i < len(d.cumulative) {
		return d.from + int64(i)
	}
	all := mathext.Zeta(d.alpha, float64(d.from))
	upTo := func(x int64) float64 { return 1 - mathext.Zeta(d.alpha, float64(x+1))/all }
	low, high := d.from+tabled-1, d.from+2*tabled
	for upTo(high) < u && high < 1<<40 {
		low, high = high, 2*high
	}
	for high-low > 1 {
		if mid := low + (high-low)/2; upTo(mid) < u {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// tailSheet gives the tail of the incidents by persons killed. It is nil where
// too few incidents have a known toll to be fitted.
func (a *Accumulator) tailSheet() *Sheet {
	if a.series == nil || !a.opt.wants("tail") {
		return nil
	}
	all := a.series.sizes()
	t, ok := FitTail(all)
	if !ok {
		return nil
	}
	if a.opt.Experimental {
		t.GoodnessOfFit(all, TailResamples)
	}
	s := &Sheet{ID: "tail", Title: catalogue.Say("table.distribution-of-the-deadliest-incidents"), Dims: []Dim{{ID: "measure", Title: catalogue.Say("table.measure")}},
		Columns: []Column{{"value", catalogue.Say("table.the-figure")}},
		Note:    catalogue.Say("table.a-discrete-power-law-fitted-to")}
	row := func(id, label string, c Cell) {
		s.Rows = append(s.Rows, SheetRow{Keys: []Key{{ID: id, Label: label}}, Cells: []Cell{c}})
	}
	row("fatal", catalogue.Say("table.incidents-known-to-have-killed-someone"), whole(t.Fatal))
	row("from", catalogue.Say("table.killed-in-the-smallest-incident-of"), whole(t.From))
	row("incidents", catalogue.Say("table.incidents-in-the-tail"), whole(t.Incidents))
	row("alpha", catalogue.Say("table.exponent-of-the-power-law"), fromFloat(t.Alpha, 2))
	row("alpha-error", catalogue.Say("table.its-standard-error"), fromFloat(t.AlphaSE, 2))
	row("distance", catalogue.Say("table.largest-distance-between-the-incidents-and"), fromFloat(t.Distance, 3))
	if t.Weighed {
		row("lognormal-mu", catalogue.Say("table.mean-of-the-logarithms-by-the"), fromFloat(t.Mu, 2))
		row("lognormal-sigma", catalogue.Say("table.their-standard-deviation"), fromFloat(t.Sigma, 2))
		row("vuong", catalogue.Say("table.vuong-s-ratio-above-0-the"), fromFloat(t.Vuong, 2))
		row("vuong-p", catalogue.Say("table.how-often-chance-alone-would-set"), fromFloat(t.VuongP, 3))
	}
	if t.Fit >= 0 {
		row("fit-p", catalogue.Say("table.share-of-samples-of-the-power"), fromFloat(t.Fit, 3))
	}
	return s
}

// sizes returns the incidents by persons killed, ascending.
func (s *series) sizes() Sizes {
	var all Sizes
	for n := range s.few {
		if k := s.few[n].Incidents; k > 0 {
			all = append(all, Size{int64(n), k})
		}
	}
	few := len(all)
	for n, t := range s.many {
		if n >= 0 {
			all = append(all, Size{n, t.Incidents})
		}
	}
	slices.SortFunc(all[few:], func(x, y Size) int { return int(x.Killed - y.Killed) })
	return all
}
