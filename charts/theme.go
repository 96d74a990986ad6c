package charts

import "image/color"

// Swatch is the colour of one series: its fill, the darker colour of text on
// white, and whether the fill is so light that it needs an edge.
type Swatch struct {
	Fill, Text color.NRGBA
	Edge       bool
}

// Theme holds every colour of a page. Colours are opaque: tints are mixed
// beforehand, so that overlapping marks do not depend on blending order.
type Theme struct {
	Ink, Body, Muted                  color.NRGBA // text, from strong to weak
	Grid, Baseline, Tick, Rule        color.NRGBA
	Accent                            color.NRGBA
	Killed, Injured                   Swatch
	Parties                           []Swatch // in registry order
	Other, Unattributed               Swatch
	UnattributedHatch, NoData         color.NRGBA
	Bar, BarLight, BarOther, BarBlank color.NRGBA
	Zero                              color.NRGBA
	Heat, GreyHeat                    []color.NRGBA // ramps of a matrix, light to dark
	Bins                              []color.NRGBA // sequential, without zero

	dark bool // every colour is shown with its lightness reversed
	grey bool // for a grey printer: no colour, not even one that the user gives
}

// ParseTheme returns the theme of that name: light, dark or print.
func ParseTheme(name string) (*Theme, bool) {
	t := DefaultTheme()
	switch name {
	case "light":
	case "dark":
		t.dark = true
	case "print":
		t.greys()
	default:
		return nil, false
	}
	return t, true
}

// greys sets colours that a grey printer keeps apart: they differ in lightness,
// and the pale ones have an edge.
func (t *Theme) greys() {
	t.grey = true
	ink := rgb(0x1A1A1A)
	for i, v := range []uint32{0x2B2B2B, 0xA3A3A3, 0x5C5C5C, 0xD0D0D0, 0x808080, 0xEDEDED} {
		t.Parties[i] = Swatch{Fill: rgb(v), Text: ink, Edge: v > 0x909090}
	}
	t.Accent, t.Killed, t.Injured = rgb(0x333333), Swatch{Fill: rgb(0x262626), Text: ink}, Swatch{Fill: rgb(0x767676), Text: rgb(0x4A4A4A)}
	t.Bar, t.BarLight = rgb(0x7D7D7D), rgb(0xCFCFCF)
	t.Other = Swatch{Fill: rgb(0xBBBBBB), Text: rgb(0x4A4A4A), Edge: true}
	t.Heat = []color.NRGBA{rgb(0xE6E6E6), rgb(0xCFCFCF), rgb(0xABABAB), rgb(0x808080), rgb(0x555555), rgb(0x2B2B2B)}
	t.Bins = []color.NRGBA{rgb(0xD2D2D2), rgb(0xABABAB), rgb(0x808080), rgb(0x555555), rgb(0x2B2B2B)}
}

// shown is the colour as it reaches the page. In the dark theme lightness is
// reversed and the hue kept, so that charts need not know of it.
func (t *Theme) shown(c color.NRGBA) color.NRGBA {
	if !t.dark {
		return c
	}
	shift := 255 - int(max(c.R, c.G, c.B)) - int(min(c.R, c.G, c.B))
	part := func(v uint8) uint8 { return uint8(22 + (int(v)+shift)*220/255) }
	return color.NRGBA{R: part(c.R), G: part(c.G), B: part(c.B), A: c.A}
}

// DefaultTheme returns the house colours. The party colours stay apart from one
// another and from grey for readers with any common colour vision; there is no
// red, no red beside green and no flag.
func DefaultTheme() *Theme {
	return &Theme{
		Ink: rgb(0x1A1A1A), Body: rgb(0x3D3D3D), Muted: rgb(0x666666),
		Grid: rgb(0xE2E2E2), Baseline: rgb(0x4D4D4D), Tick: rgb(0x9A9A9A), Rule: rgb(0xBDBDBD),
		Accent:  rgb(0x1F2D4D),
		Killed:  Swatch{Fill: rgb(0x1F2D4D), Text: rgb(0x1F2D4D)},
		Injured: Swatch{Fill: rgb(0x2E86AB), Text: rgb(0x226A88)},
		Parties: []Swatch{
			{Fill: rgb(0x0072B2), Text: rgb(0x00639C)},
			{Fill: rgb(0xC46110), Text: rgb(0xA34E08)},
			{Fill: rgb(0x0F522C), Text: rgb(0x0F522C)},
			{Fill: rgb(0x813F63), Text: rgb(0x813F63)},
			{Fill: rgb(0xD7AB7A), Text: rgb(0x85601F), Edge: true},
			{Fill: rgb(0x15AAF5), Text: rgb(0x0B72A8), Edge: true},
		},
		Other:             Swatch{Fill: rgb(0x8C8C8C), Text: rgb(0x5E5E5E)},
		Unattributed:      Swatch{Fill: rgb(0xDEDEDE), Text: rgb(0x6E6E6E)},
		UnattributedHatch: rgb(0x9E9E9E), NoData: rgb(0xB0B0B0),
		Bar: rgb(0x4195C4), BarLight: rgb(0xC3DDEC), BarOther: rgb(0xCCCCCC), BarBlank: rgb(0xDEDEDE),
		Zero:     rgb(0xEFEFEC),
		Heat:     []color.NRGBA{rgb(0xD9E7F1), rgb(0xB9D3E6), rgb(0x82B1D2), rgb(0x4A89B8), rgb(0x1F6196), rgb(0x0B3A66)},
		GreyHeat: []color.NRGBA{rgb(0xE4E4E2), rgb(0xC2C2C0), rgb(0x8E8E8E)},
		Bins:     []color.NRGBA{rgb(0xB9D3E6), rgb(0x82B1D2), rgb(0x4A89B8), rgb(0x1F6196), rgb(0x0B3A66)},
	}
}

var white = color.NRGBA{R: 255, G: 255, B: 255, A: 255}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

// mix returns the opaque colour that covers percent of over with c, in integers.
func mix(c, over color.NRGBA, percent int) color.NRGBA {
	part := func(a, b uint8) uint8 { return uint8((int(a)*percent + int(b)*(100-percent) + 50) / 100) }
	return color.NRGBA{R: part(c.R, over.R), G: part(c.G, over.G), B: part(c.B, over.B), A: 255}
}

// ramp returns the colour at permille of the way along the stops, in steps of a
// twentieth: finer ones could not be told apart and would swell the file.
func ramp(stops []color.NRGBA, permille int) color.NRGBA {
	const steps = 20
	at := (min(max(permille, 0), 1000)*steps + 500) / 1000 * (len(stops) - 1)
	i := min(at/steps, len(stops)-2)
	return mix(stops[i+1], stops[i], (at-i*steps)*100/steps)
}

// luminance returns the relative luminance of WCAG 2 in thousandths, from a
// table of the transfer curve so that no power function is involved.
func luminance(c color.NRGBA) int {
	return (2126*linear(c.R) + 7152*linear(c.G) + 722*linear(c.B)) / 10000
}

// linear returns the linear light of an sRGB level in thousandths, by straight
// lines between 17 points of the curve; the error is below 3.
func linear(v uint8) int {
	curve := [...]int{0, 5, 14, 30, 51, 80, 117, 162, 216, 279, 352, 434, 527, 631, 745, 870, 1000}
	i := int(v) / 16
	from := i * 16
	to := min(from+16, 255)
	return curve[i] + (curve[i+1]-curve[i])*(int(v)-from)/(to-from)
}

// inkOn returns the text colour that reads best on a fill as both are shown: white
// or ink, whichever has the higher contrast by WCAG 2.
func (t *Theme) inkOn(fill color.NRGBA) color.NRGBA {
	f := luminance(t.shown(fill))
	if contrastOf(luminance(t.shown(white)), f) > contrastOf(luminance(t.shown(t.Ink)), f) {
		return white
	}
	return t.Ink
}

// contrastOf is the contrast ratio by WCAG 2 of two luminances, in thousandths.
func contrastOf(a, b int) int { return (max(a, b) + 50) * 1000 / (min(a, b) + 50) }
