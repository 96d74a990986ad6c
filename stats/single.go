package stats

import (
	"fmt"
	"slices"

	"toll/data"
)

// Incident is one incident as it enters the figures, its accounts reconciled.
type Incident struct {
	ID   string
	URLs []string // of its records, where the batches keep them; sorted

	FileIndex, Line int // where its first record stands
	Date            data.Date
	Country, Admin1 string
	Admin2, Place   string
	Geo             data.GeoPrecision
	Lat, Lon        int32 // millionths of a degree; data.NoCoord where not stated
	Parties         []string
	EventType       string
	Killed, Injured data.Count
	Sources         []string
	Accounts        int
}

// Incident returns the incident that records tell, each a batch of its own (see
// Cut), and whether it is in the figures: a record that the selection leaves
// out is not, nor one of which every account is withdrawn or not yet reported.
// Parties holds every party that a record names as claiming, blamed or involved.
func (x *Alone) Incident(records []*data.Batch) (Incident, bool) {
	w := x.whole
	var as []account
	var urls []string
	for _, b := range records {
		if len(w.opt.Where) > 0 && !w.admits(b, 0) {
			continue
		}
		as = append(as, accountOf(b, 0, w.codesFor(b.Dicts)))
		if u := b.URL.At(0); u != "" {
			urls = append(urls, u)
		}
	}
	as = slices.DeleteFunc(as, func(c account) bool { return !c.knownBy(w.opt.AsOf) })
	if len(as) == 0 {
		return Incident{}, false
	}
	slices.SortFunc(as, func(p, q account) int { return w.compare(&p, &q) })
	noted := len(w.disagreements)
	in, stands := w.reconcile(as, w.how())
	w.disagreements = w.disagreements[:noted] // the report has them already
	if !stands || w.outsidePeriod(in.date) {
		return Incident{}, false
	}
	slices.Sort(urls)
	out := Incident{ID: in.id, URLs: slices.Compact(urls), FileIndex: in.fileIndex, Line: in.line, Date: in.date,
		Country: w.nameOf(data.ColCountry, in.place[levelCountry]), Admin1: w.nameOf(data.ColAdmin1, in.place[levelAdmin1]),
		Admin2: w.nameOf(data.ColAdmin2, in.place[levelAdmin2]), Place: w.nameOf(data.ColPlace, in.place[levelPlace]),
		Geo: in.geo, Lat: in.lat, Lon: in.lon, EventType: w.nameOf(data.ColEventType, in.eventType),
		Killed: in.killed, Injured: in.injured, Accounts: len(as)}
	for i := range as {
		for _, c := range []data.Column{data.ColClaimedBy, data.ColAttributedTo, data.ColInvolved} {
			out.Parties = append(out.Parties, SplitNames(w.text(&as[i], c))...)
		}
		out.Sources = append(out.Sources, SplitNames(w.text(&as[i], data.ColSource))...)
	}
	slices.Sort(out.Parties)
	slices.Sort(out.Sources)
	out.Parties, out.Sources = slices.Compact(out.Parties), slices.Compact(out.Sources)
	return out, true
}

// Name names an incident for a reader: by its id, or the line of its record.
func (in *Incident) Name() string {
	if in.ID != "" {
		return in.ID
	}
	return fmt.Sprintf("line %d", in.Line)
}

// Where is the finest place an incident states, with what it lies in.
func (in *Incident) Where() string {
	s, last := "", ""
	for _, n := range []string{in.Place, in.Admin2, in.Admin1, in.Country} {
		if n == "" || n == last {
			continue
		}
		last = n
		if s != "" {
			s += ", "
		}
		s += n
	}
	return s
}

// DateText writes an incident's date: a day, or the span or period it is known
// to.
func (in *Incident) DateText() string { return dateText(in.Date) }

// Tally is the tally of an incident alone.
func (in *Incident) Tally() Tally {
	var t Tally
	t.of(&in.Killed, &in.Injured)
	return t
}
