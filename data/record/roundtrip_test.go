package record

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"toll/data"
)

// told is an incident as a person would know it, and as a file may tell it.
type told struct {
	date       data.Date
	text       map[data.Column]string
	killed     data.Count
	injured    data.Count
	parts      [data.NumParts]data.Count
	victim     data.VictimType
	geo        data.GeoPrecision
	status     data.Status
	lat, lon   int32
	reportedOn data.Day
	id         string
}

var firstDay, lastDay = func() (data.Day, data.Day) {
	a, _ := data.DayOf(1990, 1, 1)
	b, _ := data.DayOf(2030, 12, 31)
	return a, b
}()

// drawDay draws a day.
func drawDay(t *rapid.T, label string) data.Day {
	return data.Day(rapid.Int32Range(int32(firstDay), int32(lastDay)).Draw(t, label))
}

// drawDate draws a date of any precision and the three cells that tell it.
func drawDate(t *rapid.T) (d data.Date, date, end, precision string) {
	day := drawDay(t, "day")
	y, m, _ := day.Civil()
	switch rapid.IntRange(0, 6).Draw(t, "kind of date") {
	case 0:
		return data.NoDate, "", "", ""
	case 1:
		d, _ = data.YearDate(y)
		return d, fmt.Sprintf("%04d", y), "", ""
	case 2:
		d, _ = data.MonthDate(y, m)
		return d, fmt.Sprintf("%04d-%02d", y, m), "", ""
	case 3:
		d, _ = data.MonthDate(y, m)
		return d, day.String(), "", "month"
	case 4:
		last := day + data.Day(rapid.IntRange(0, 40).Draw(t, "days"))
		return data.Date{Start: day, End: last}, day.String(), last.String(), ""
	case 5:
		last := day + data.Day(rapid.IntRange(0, 6).Draw(t, "days"))
		return data.Date{Start: day, End: last, Prec: data.ToWeek}, day.String(), last.String(), "week"
	}
	return data.Date{Start: day, End: day}, day.String(), "", rapid.SampledFrom([]string{"", "day"}).Draw(t, "precision")
}

// drawCount draws a count and one of the cells that tell it.
func drawCount(t *rapid.T, label string) (data.Count, string) {
	n := rapid.Int64Range(0, 3000).Draw(t, label)
	more := n + rapid.Int64Range(0, 50).Draw(t, label+" more")
	pick := func(cells ...string) string { return rapid.SampledFrom(cells).Draw(t, label+" as") }
	switch rapid.IntRange(0, 5).Draw(t, "kind of "+label) {
	case 0:
		return data.Count{}, pick("", "unknown", "n/a", "–", "?", "several")
	case 1:
		return data.Between(n, more), fmt.Sprintf(pick("%d-%d", "%d–%d", "%d to %d", "between %d and %d"), n, more)
	case 2:
		return data.AtLeast(n), fmt.Sprintf(pick("%d+", ">%d", "at least %d", "more than %d", "≥%d", "%d or more"), n)
	case 3:
		c := data.Count{High: n * data.Unit, Flags: data.HasHigh}
		return c, fmt.Sprintf(pick("up to %d", "<%d", "≤ %d", "fewer than %d"), n)
	case 4:
		c := data.Exactly(n)
		c.Flags |= data.Approx
		return c, fmt.Sprintf(pick("~%d", "about %d", "c. %d"), n)
	}
	return data.Exactly(n), pick(fmt.Sprint(n), thousands(n), fmt.Sprintf("%d.0", n), fmt.Sprintf(" %d ", n))
}

// drawTold draws an incident and its cells by native column.
func drawTold(t *rapid.T) (told, map[string]string) {
	in := told{text: map[data.Column]string{}, lat: data.NoCoord, lon: data.NoCoord, reportedOn: data.NoDay}
	cells := map[string]string{}
	in.date, cells["date"], cells["date_end"], cells["date_precision"] = drawDate(t)
	for c := range data.NumColumns {
		word := rapid.SampledFrom([]string{"", "Kabul", "Angoor Adda", "Dir, Upper", `the "A" group`, "Łódź", "خیبر", "A;B"}).Draw(t, c.String())
		in.text[c], cells[c.String()] = word, word
		if strings.Contains(word, " ") && rapid.Bool().Draw(t, "spaced") {
			cells[c.String()] = " " + strings.Replace(word, " ", "\u00A0\n ", 1) + "\t"
		}
	}
	in.killed, cells["killed"] = drawCount(t, "killed")
	in.injured, cells["injured"] = drawCount(t, "injured")
	for p := range in.parts {
		name := (KilledCivilians + Field(p)).String()
		in.parts[p], cells[name] = drawCount(t, name)
	}
	in.victim = data.VictimType(rapid.IntRange(0, data.NumVictimTypes-1).Draw(t, "victim"))
	in.geo = data.GeoPrecision(rapid.IntRange(0, int(data.PlaceInternational)).Draw(t, "geo"))
	in.status = data.Status(rapid.IntRange(0, int(data.Superseded)).Draw(t, "status"))
	cells["victim_type"], cells["geo_precision"], cells["status"] = in.victim.String(), strings.ToUpper(in.geo.String()), in.status.String()
	if rapid.Bool().Draw(t, "point") {
		in.lat = rapid.Int32Range(-90_000_000, 90_000_000).Draw(t, "lat")
		in.lon = rapid.Int32Range(-180_000_000, 180_000_000).Draw(t, "lon")
		cells["lat"], cells["lon"] = degrees(in.lat), degrees(in.lon)
	}
	if rapid.Bool().Draw(t, "reported") {
		in.reportedOn = drawDay(t, "reported on")
		cells["reported_on"] = in.reportedOn.String()
	}
	in.id = rapid.StringMatching(`[A-Z]{0,3}-?[0-9]{0,4}`).Draw(t, "id")
	cells["incident_id"] = in.id
	return in, cells
}

func degrees(micro int32) string {
	sign, n := "", int64(micro)
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%06d", sign, n/1_000_000, n%1_000_000)
}

// expected is what reading the incident must give.
func (in told) expected(number int64, line int32) flat {
	f := flat{Number: number, Line: line, Date: in.date, Text: map[string]string{}, Counts: map[string]data.Count{},
		Lat: in.lat, Lon: in.lon, Geo: in.geo, Victim: in.victim, Status: in.status, ReportedOn: in.reportedOn, ID: in.id}
	for c, s := range in.text {
		if s != "" {
			f.Text[c.String()] = s
		}
	}
	killed := in.killed
	if !killed.Stated() { // the known parts, open-ended: they may not be all
		killed = in.parts[0]
		for _, p := range in.parts[1:] {
			killed = killed.Plus(p)
		}
		killed = killed.Plus(data.Count{})
	}
	set := func(name string, c data.Count) {
		if c.Stated() {
			f.Counts[name] = c
		}
	}
	set("killed", killed)
	set("injured", in.injured)
	for p, c := range in.parts {
		set((KilledCivilians + Field(p)).String(), c)
	}
	return f
}

func TestWhatIsToldIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.Permutation(NativeColumns()).Draw(t, "columns")
		header := make([]string, len(names))
		for i, n := range names {
			aliases := append([]string{n, strings.ToUpper(n), " " + n + " ", strings.ReplaceAll(n, "_", " ")}, Aliases(n)...)
			header[i] = rapid.SampledFrom(aliases).Draw(t, "name")
		}
		rows := [][]string{header}
		var want []flat
		line := int32(2)
		for i := range rapid.IntRange(1, 4).Draw(t, "incidents") {
			in, cells := drawTold(t)
			row := make([]string, len(names))
			for j, n := range names {
				row[j] = cells[n]
			}
			rows = append(rows, row)
			want = append(want, in.expected(int64(i), line))
			line += int32(strings.Count(strings.Join(row, ""), "\n")) + 1
		}
		quoted := func() bool { return rapid.Bool().Draw(t, "quoted") }
		got, res, err := read(writeCSV(rows, quoted, "\n"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range res.Diagnostics {
			if d.Severity != data.Note {
				t.Fatalf("%s", d)
			}
		}
		// A row whose every cell happens to be blank is no record.
		if len(got) != len(want) {
			t.Fatalf("%d records of %d, %+v", len(got), len(want), res.Ledger)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-told +read)\n%s", diff)
		}
	})
}

func TestExplicitBoundsAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		figures := rapid.SliceOfN(rapid.Int64Range(0, 500), 3, 3).Draw(t, "figures")
		stated := rapid.SliceOfN(rapid.Bool(), 3, 3).Draw(t, "stated")
		var want data.Count
		var cells [3]string
		for i, set := range []func(int64){
			func(n int64) { want.Low, want.Flags = n, want.Flags|data.HasLow },
			func(n int64) { want.Best, want.Flags = n, want.Flags|data.HasBest },
			func(n int64) { want.High, want.Flags = n, want.Flags|data.HasHigh },
		} {
			if stated[i] {
				set(figures[i] * data.Unit)
				cells[i] = fmt.Sprint(figures[i])
			}
		}
		want = want.Settle()
		recs, res, err := read(fmt.Sprintf("date,killed_low,killed,killed_high\n2025-10-11,%s,%s,%s\n", cells[0], cells[1], cells[2]), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !want.Ordered() {
			if len(recs) != 0 || res.Counts["count-order"] != 1 {
				t.Fatalf("%v out of order was read: %v", cells, res.Counts)
			}
			return
		}
		if len(recs) != 1 || recs[0].Counts["killed"] != want {
			t.Fatalf("%v is %+v, want %+v", cells, recs, want)
		}
	})
}
