package charts

import (
	"toll/data"
	"toll/stats"
)

// Size is a page format in pixels at scale 1.
type Size struct {
	Name string
	W, H int
}

// The page formats. Slide is the default; Column suits one column of an A4
// page, where type must be larger in relation to the chart.
var (
	Slide  = Size{"slide", 1600, 900}
	Column = Size{"column", 1200, 900}
	Square = Size{"square", 1200, 1200}
)

// ParseSize returns the page format of that name.
func ParseSize(name string) (Size, bool) {
	for _, s := range []Size{Slide, Column, Square} {
		if s.Name == name {
			return s, true
		}
	}
	return Slide, false
}

// MaxScale is the largest scale a page may be drawn at.
const MaxScale = 4

// Options say how figures are drawn; they change no number. The zero Options
// draw a slide at scale 1 in the default theme.
type Options struct {
	Size  Size
	Scale int
	Theme *Theme
}

func (o Options) settled() Options {
	if o.Size.W < 600 || o.Size.H < 500 || o.Size.W > 10000 || o.Size.H > 10000 {
		o.Size = Slide
	}
	o.Scale = min(max(o.Scale, 1), MaxScale)
	if o.Theme == nil {
		o.Theme = DefaultTheme()
	}
	return o
}

// Context is what a chart says of the run it belongs to: its footer, stamp and
// metadata, and the words that depend on the data.
type Context struct {
	Title     string // of the briefing
	Source    string // as the user states it
	Synthetic bool   // the data is invented; every chart says so
	// First and Last are the days the report covers, Cutoff the last day the
	// data speaks of. Each may be data.NoDay.
	First, Last, Cutoff data.Day
	InputSHA256         string // of the input, in hexadecimal
	Parties             *Registry
	Directed            bool // false: parties are named without saying who acted
	Period              stats.Period
	Place               string   // "Mali"; goes after "in"
	Basemap             *Basemap // nil for none
	// Colours lists parties that come first in every chart and may have a colour
	// of the user's, Events what is noted beside a time axis.
	Colours []PartyColour
	Events  []Event
}

// Omitted is a chart that was not planned, and why.
type Omitted struct {
	ID, Why string
}
