package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"toll/charts"
	"toll/output"

	"github.com/spf13/cobra"
)

// drawingFlags say what charts are drawn with; toll.yaml knows them under the
// same names.
type drawingFlags struct{ basemap, font string }

func (f *drawingFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.basemap, "basemap", "", "outlines under a map: a GeoJSON `file`, or naturalearth (default: none)")
	fl.StringVar(&f.font, "font-fallback", "", "TrueType or OpenType `file` for letters that the charts' own fonts lack")
}

// over lays the flags that were given over what toll.yaml says.
func (f *drawingFlags) over(c config, changed func(string) bool) config {
	if changed("basemap") {
		c.Basemap = f.basemap
	}
	if changed("font-fallback") {
		c.FontFallback = f.font
	}
	return c
}

// drawn is what the charts of a briefing are drawn with.
type drawn struct {
	basemap *charts.Basemap
	parties []charts.PartyColour
	events  []charts.Event
}

// drawing reads what toll.yaml and the flags say of the charts, and notes the
// files among what bears on the briefing.
func (d *dataset) drawing() (x drawn, err error) {
	var fonts [][]byte
	if p := d.config.FontFallback; p != "" {
		b, err := os.ReadFile(p)
		if err != nil {
			return x, fmt.Errorf("font-fallback: %w", plainPathError(err))
		}
		fonts = append(fonts, b)
		if err := d.addBeside(p); err != nil {
			return x, err
		}
	}
	if err := charts.SetFallback(fonts...); err != nil {
		return x, fmt.Errorf("font-fallback %s: %w", shownName(d.config.FontFallback), err)
	}
	if x.basemap, err = readBasemap(d.config.Basemap); err != nil {
		return x, err
	}
	if p := d.config.Basemap; p != "" && p != charts.NaturalEarthName {
		if err := d.addBeside(p); err != nil {
			return x, err
		}
	}
	if x.parties, err = d.config.parties(); err != nil {
		return x, err
	}
	x.events, err = d.config.events()
	return x, err
}

// parties are the listed parties in their order, then those that only have a
// colour, by name.
func (c config) parties() ([]charts.PartyColour, error) {
	var out []charts.PartyColour
	names := slices.Clone(c.Parties)
	var rest []string
	for name := range c.Colours {
		if !slices.Contains(names, name) {
			rest = append(rest, name)
		}
	}
	slices.Sort(rest)
	for _, name := range append(names, rest...) {
		p := charts.PartyColour{Party: name}
		if s, ok := c.Colours[name]; ok {
			if p.Fill, ok = charts.ParseColour(s); !ok {
				return nil, fmt.Errorf("colours: %s: %q is no colour: write it as \"#0072B2\", in quotes", name, s)
			}
		}
		out = append(out, p)
	}
	return out, nil
}

// events are the days to note, in order.
func (c config) events() ([]charts.Event, error) {
	var out []charts.Event
	for date, label := range c.Events {
		day, ok := parseDay(date)
		if !ok {
			return nil, fmt.Errorf("events: %q: write a day as 2025-10-31", date)
		}
		if strings.TrimSpace(label) == "" {
			return nil, fmt.Errorf("events: %s: nothing is noted", date)
		}
		out = append(out, charts.Event{Day: day, Label: label})
	}
	slices.SortFunc(out, func(a, b charts.Event) int { return int(a.Day) - int(b.Day) })
	return out, nil
}

// on adds them to what a chart says of its run.
func (x drawn) on(c charts.Context) charts.Context {
	c.Basemap, c.Colours, c.Events = x.basemap, x.parties, x.events
	return c
}

// readBasemap reads the outlines for a map, nil where none are asked for.
func readBasemap(path string) (*charts.Basemap, error) {
	switch path {
	case "":
		return nil, nil
	case charts.NaturalEarthName:
		return charts.NaturalEarth(), nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("basemap: %w", plainPathError(err))
	}
	m, err := charts.ParseBasemap(b)
	if err != nil {
		return nil, fmt.Errorf("basemap %s: %w", shownName(path), err)
	}
	m.Credit = shownName(path)
	return m, nil
}

// plottedBeside writes the plotted numbers beside a picture and returns the
// file's name.
func plottedBeside(picture string, f charts.Figure, raw bool) (string, error) {
	b, err := output.PlottedCSV(f.Columns, f.Rows, raw)
	if err != nil {
		return "", err
	}
	to := csvBeside(picture)
	if err := replaceFile(to, b); err != nil {
		return "", plainPathError(err)
	}
	return to, nil
}

// csvBeside names the plotted numbers of a picture: t.png has t.csv.
func csvBeside(picture string) string {
	for _, ext := range []string{".png", ".svg", ".PNG", ".SVG"} {
		if s, ok := strings.CutSuffix(picture, ext); ok && s != "" {
			return s + ".csv"
		}
	}
	return picture + ".csv"
}
