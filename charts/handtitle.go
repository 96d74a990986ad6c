package charts

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"toll/data"
	"toll/internal/catalogue"
	"toll/stats"
)

// Titled returns the figure under a title that someone wrote. Placeholders in
// braces are resolved from the report: {killed}, {killed.low}, {incidents},
// {from}, {to}, {place}, or the address of any cell, as in
// {by-month/2025-10/killed.high}. A number written out that no cell bears out is
// a warning: such titles outlive the data they were written for.
func (f Figure) Titled(title string, r *stats.Report) (Figure, []string, error) {
	var b, plain strings.Builder
	rest := title
	for {
		before, after, found := strings.Cut(rest, "{")
		b.WriteString(before)
		plain.WriteString(before)
		if !found {
			break
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed {
			return f, nil, fmt.Errorf("title: no } after {%s", after)
		}
		text, ok := placeholder(strings.TrimSpace(name), r, f.context)
		if !ok {
			return f, nil, fmt.Errorf("title: {%s} names no figure: use killed, killed.low, incidents, injured, from, to, place, or an address such as total/killed.high", name)
		}
		b.WriteString(text)
		plain.WriteByte(' ')
		rest = tail
	}
	if len([]rune(f.Subtitle)) < 60 { // the computed title says what the chart is of
		f.Subtitle = sentences(f.Title) + " " + f.Subtitle
	}
	f.Title = clean(b.String())
	var warnings []string
	for _, n := range numbersIn(plain.String()) {
		if !borneOut(n, r, f.context) {
			warnings = append(warnings, catalogue.Say("chart.title-no-figure-of-the-report", "number", stats.Number(n)))
		}
	}
	return f, warnings, nil
}

// placeholder returns the text of one name.
func placeholder(name string, r *stats.Report, c Context) (string, bool) {
	switch name {
	case "from":
		return dayName(c.First), c.First != data.NoDay
	case "to":
		return dayName(c.Last), c.Last != data.NoDay
	case "place":
		return clean(c.Place), c.Place != ""
	case "killed":
		return r.Total.Killed.Figure(r.Total.Incidents), true
	case "injured":
		return r.Total.Injured.Figure(r.Total.Incidents), r.HasInjured
	}
	if text, ok := measureText(name, r.Total); ok {
		return text, true
	}
	at := strings.LastIndexByte(name, '/')
	if at < 0 {
		return "", false
	}
	for _, t := range r.Tables {
		if !strings.HasPrefix(name, t.ID+"/") {
			continue
		}
		for i := range t.Rows {
			if stats.Address(t.ID, t.Rows[i].Keys, name[at+1:]) == name {
				return measureText(name[at+1:], t.Rows[i].Tally)
			}
		}
	}
	return "", false
}

func measureText(measure string, t stats.Tally) (string, bool) {
	if measure == "incidents" {
		return stats.Number(int64(t.Incidents)), true
	}
	what, which, _ := strings.Cut(measure, ".")
	s := t.Killed
	switch what {
	case "killed":
	case "injured":
		s = t.Injured
	default:
		return "", false
	}
	switch {
	case !known(s, t.Incidents):
		return "", false
	case which == "low":
		return stats.Number(stats.Persons(s.Low)), true
	case which == "high":
		return stats.Number(stats.Persons(s.High)), true
	case which == "best" && s.HasBest():
		return stats.Number(stats.Persons(s.Best)), true
	}
	return "", false
}

// numbersIn returns the whole numbers written in a text, "1,204" as one.
func numbersIn(s string) []int64 {
	var out []int64
	digits := ""
	flush := func() {
		if v, err := strconv.ParseInt(digits, 10, 64); err == nil {
			out = append(out, v)
		}
		digits = ""
	}
	rs := []rune(s)
	for i, r := range rs {
		switch {
		case r >= '0' && r <= '9':
			digits += string(r)
		case (r == ',' || r == '\u00A0') && digits != "" && i+3 < len(rs) && unicode.IsDigit(rs[i+1]) && unicode.IsDigit(rs[i+2]) && unicode.IsDigit(rs[i+3]):
		default:
			flush()
		}
	}
	flush()
	return out
}

// borneOut reports whether a number is a figure of some cell, or a year or day
// of the dates covered.
func borneOut(n int64, r *stats.Report, c Context) bool {
	if c.First != data.NoDay && c.Last != data.NoDay {
		y0, _, d0 := c.First.Civil()
		y1, _, d1 := c.Last.Civil()
		if n >= int64(y0) && n <= int64(y1) || n == int64(d0) || n == int64(d1) {
			return true
		}
	}
	is := func(s stats.Sum) bool {
		return n == stats.Persons(s.Low) || n == stats.Persons(s.High) || s.HasBest() && n == stats.Persons(s.Best)
	}
	for _, t := range r.Tables {
		for i := range t.Rows {
			x := &t.Rows[i].Tally
			if n == int64(x.Incidents) || is(x.Killed) || is(x.Injured) {
				return true
			}
		}
	}
	return false
}
