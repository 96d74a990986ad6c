// Command generate writes the synthetic example dataset to standard output:
//
//	go run ./data/example/generate > data/example/incidents.csv
//
// Nothing in it is real. The seed is fixed and the arithmetic is in integers,
// so the bytes are the same on every run and every processor.
package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

const (
	seed      = 202
	incidents = 600
	siege     = 18
)

// The period the dataset covers. The last month is cut off on purpose.
var (
	firstDay = day(2023, 11, 1)
	lastDay  = day(2025, 10, 20)

	// Nothing is dated within the quiet spell.
	quietFrom = day(2024, 12, 18)
	quietTo   = day(2025, 1, 12)
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	if err := Generate(w); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := w.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Generate writes the whole dataset as CSV.
func Generate(w io.Writer) error {
	g := &generator{rng: rng{state: seed}}
	g.marketStrike()
	for i := range siege {
		g.siegeDay(i)
	}
	g.severalAccounts()
	g.imprecise()
	g.atSea(day(2024, 5, 19))
	g.atSea(day(2025, 6, 2))
	g.add(firstDay, g.ordinary(firstDay))
	g.add(lastDay, g.ordinary(lastDay))
	for len(g.done) < incidents {
		d := g.someDay()
		g.add(d, g.ordinary(d))
	}
	slices.SortStableFunc(g.done, func(a, b incident) int { return a.sortKey.Compare(b.sortKey) })

	out := csv.NewWriter(w)
	if err := out.Write(header[:]); err != nil {
		return err
	}
	for i, inc := range g.done {
		for _, r := range inc.rows {
			r[incidentID] = fmt.Sprintf("SYN-%04d", i+1)
			if err := out.Write(r[:]); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// The columns, in the order of the file.
const (
	incidentID = iota
	date
	dateEnd
	datePrecision
	countryCol
	admin1
	admin2
	place
	lat
	lon
	geoPrecision
	eventType
	weapon
	attributedTo
	claimedBy
	involved
	victimSide
	victimType
	killed
	killedLow
	killedHigh
	killedCivilians
	killedSecurity
	killedMilitants
	killedUnknown
	ofWhichWomen
	ofWhichChildren
	injured
	injuredLow
	injuredHigh
	injuredCivilians
	injuredSecurity
	injuredMilitants
	injuredUnknown
	source
	sourceSide
	reportedOn
	status
	notes
	numColumns
)

var header = [numColumns]string{"incident_id", "date", "date_end", "date_precision", "country", "admin1", "admin2",
	"place", "lat", "lon", "geo_precision", "event_type", "weapon", "attributed_to", "claimed_by", "involved",
	"victim_side", "victim_type", "killed", "killed_low", "killed_high", "killed_civilians", "killed_security",
	"killed_militants", "killed_unknown", "of_which_women", "of_which_children", "injured", "injured_low",
	"injured_high", "injured_civilians", "injured_security", "injured_militants", "injured_unknown", "source",
	"source_side", "reported_on", "status", "notes"}

// record is one row of the file: one account of one incident.
type record [numColumns]string

type incident struct {
	sortKey time.Time
	rows    []record
}

// generator draws incidents one after another from one stream of numbers.
type generator struct {
	rng
	done []incident
}

func (g *generator) add(key time.Time, rows ...record) {
	g.done = append(g.done, incident{key, rows})
}

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func iso(d time.Time) string { return d.Format("2006-01-02") }

func quiet(d time.Time) bool { return !d.Before(quietFrom) && !d.After(quietTo) }

// someDay draws a day of the period, more often in the violent months.
func (g *generator) someDay() time.Time {
	for {
		month := day(2023, 11+g.pick(monthly[:]...), 1)
		d := month.AddDate(0, 0, g.below(month.AddDate(0, 1, -1).Day()))
		if !quiet(d) && !d.After(lastDay) {
			return d
		}
	}
}

// reported is the day on which an account appears, some days later.
func reported(d time.Time, after int) string {
	d = d.AddDate(0, 0, after)
	if d.After(lastDay) {
		d = lastDay
	}
	return iso(d)
}
