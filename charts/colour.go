package charts

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"toll/stats"
)

// PartyColour is a colour that the user gives a party.
type PartyColour struct {
	Party string      // its name or key id, in any case of letters
	Fill  color.NRGBA // the zero colour leaves the party the palette's
}

// ParseColour reads "#0072B2" or "#07B".
func ParseColour(s string) (color.NRGBA, bool) {
	h, ok := strings.CutPrefix(s, "#")
	if ok && len(h) == 3 {
		h = string([]byte{h[0], h[0], h[1], h[1], h[2], h[2]})
	}
	v, err := strconv.ParseUint(h, 16, 32)
	if !ok || len(h) != 6 || err != nil {
		return color.NRGBA{}, false
	}
	return rgb(uint32(v)), true
}

// swatchOf makes a swatch of a fill: text in it is darkened until it reads on
// white at 5 to 1, and a fill below 3 to 1 gets an edge.
func swatchOf(fill color.NRGBA) Swatch {
	text := fill
	for contrast(text) < 5 {
		text = mix(text, color.NRGBA{A: 255}, 94)
	}
	return Swatch{Fill: fill, Text: text, Edge: contrast(fill) < 3}
}

// contrast is that of a colour with white, as WCAG 2 reckons it.
func contrast(c color.NRGBA) float64 {
	l := light(c)
	y := float64(0.2126*l[0]) + float64(0.7152*l[1]) + float64(0.0722*l[2])
	return 1.05 / (y + 0.05)
}

// light is the linear light of a colour, 0 to 1 by channel.
func light(c color.NRGBA) (l [3]float64) {
	for i, v := range [3]uint8{c.R, c.G, c.B} {
		if s := float64(v) / 255; s <= 0.04045 {
			l[i] = s / 12.92
		} else {
			l[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return l
}

// visions are how readers see: the last three as Machado, Oliveira and Fernandes
// (2009) model full dichromacy, in linear light.
var visions = []struct {
	name string
	m    [3][3]float64
}{
	{"", [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
	{"red-blind", [3][3]float64{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
	{"green-blind", [3][3]float64{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
	{"blue-blind", [3][3]float64{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
}

// lab is the colour in CIELAB (D65) as a reader of that vision sees it.
func lab(c color.NRGBA, m [3][3]float64) (l, a, b float64) {
	in, v := light(c), [3]float64{}
	for i := range v {
		v[i] = min(max(float64(m[i][0]*in[0])+float64(m[i][1]*in[1])+float64(m[i][2]*in[2]), 0), 1)
	}
	f := func(r, g, b, white float64) float64 {
		t := (float64(r*v[0]) + float64(g*v[1]) + float64(b*v[2])) / white
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return float64(float64(24389.0/27*t)+16) / 116
	}
	x, y, z := f(0.4124564, 0.3575761, 0.1804375, 0.95047), f(0.2126729, 0.7151522, 0.0721750, 1), f(0.0193339, 0.1191920, 0.9503041, 1.08883)
	return float64(116*y) - 16, float64(500 * (x - y)), float64(200 * (y - z))
}

// difference is the CIEDE2000 difference of two colours (Sharma, Wu and Dalal
// 2005), as a reader of that vision sees them.
func difference(c, d color.NRGBA, m [3][3]float64) float64 {
	l1, a1, b1 := lab(c, m)
	l2, a2, b2 := lab(d, m)
	return ciede2000(l1, a1, b1, l2, a2, b2)
}

func ciede2000(l1, a1, b1, l2, a2, b2 float64) float64 {
	const deg = math.Pi / 180
	seventh := func(c float64) float64 { p := math.Pow(c, 7); return math.Sqrt(p / (p + math.Pow(25, 7))) }
	g := 0.5 - float64(0.5*seventh(float64((math.Hypot(a1, b1)+math.Hypot(a2, b2))/2)))
	a1, a2 = float64(a1*(1+g)), float64(a2*(1+g))
	c1, c2 := math.Hypot(a1, b1), math.Hypot(a2, b2)
	hue := func(a, b float64) float64 {
		if a == 0 && b == 0 {
			return 0
		}
		return math.Mod(math.Atan2(b, a)/deg+360, 360)
	}
	h1, h2 := hue(a1, b1), hue(a2, b2)
	dh, mean := h2-h1, float64((h1+h2)/2)
	switch {
	case c1 == 0 || c2 == 0:
		dh, mean = 0, h1+h2
	case math.Abs(dh) > 180:
		if dh > 0 {
			dh -= 360
		} else {
			dh += 360
		}
		if mean < 180 {
			mean += 180
		} else {
			mean -= 180
		}
	}
	bigH := float64(2 * math.Sqrt(c1*c2) * math.Sin(dh*deg/2))
	lm, cm := float64((l1+l2)/2)-50, float64((c1+c2)/2)
	t := 1 - float64(0.17*math.Cos(float64((mean-30)*deg))) + float64(0.24*math.Cos(2*mean*deg)) + float64(0.32*math.Cos((float64(3*mean)+6)*deg)) - float64(0.20*math.Cos((float64(4*mean)-63)*deg))
	sl := 1 + float64(0.015*lm*lm)/math.Sqrt(20+float64(lm*lm))
	sc, sh := 1+float64(0.045*cm), 1+float64(0.015*cm*t)
	turn := (mean - 275) / 25
	rt := -2 * seventh(cm) * math.Sin(60*math.Exp(-turn*turn)*deg)
	x, y, z := (l2-l1)/sl, (c2-c1)/sc, bigH/sh
	return math.Sqrt(float64(x*x) + float64(y*y) + float64(z*z) + float64(rt*y*z))
}

// leastDifference is the CIEDE2000 difference below which two neighbouring areas
// are taken for one another.
const leastDifference = 10

// colourClashes says which of the colours of a run some reader cannot tell apart
// from one another, from grey or from the page. What the palette itself gives is
// not remarked: it is held apart by a test.
func (p *planner) colourClashes(t *Theme) []string {
	type named struct {
		name string
		fill color.NRGBA
		own  bool
	}
	var all []named
	for i, id := range p.ctx.Parties.ids[:min(maxParties, len(p.ctx.Parties.ids))] {
		own, isOwn := p.ctx.Parties.own[id]
		fill := t.Parties[min(i, len(t.Parties)-1)].Fill
		if isOwn {
			fill = own.Fill
		}
		all = append(all, named{"“" + shortName(p.ctx.Parties.label(id)) + "”", fill, isOwn})
	}
	all = append(all, named{"the grey of other parties", t.Other.Fill, false}, named{"the grey of unattributed deaths", t.Unattributed.Fill, false}, named{"the page", white, false})
	var out []string
	for i, a := range all {
		for _, b := range all[i+1:] {
			if !a.own && !b.own {
				continue
			}
			for _, v := range visions {
				d := difference(a.fill, b.fill, v.m)
				if d >= leastDifference {
					continue
				}
				who := "readers"
				if v.name != "" {
					who = v.name + " readers"
				}
				out = append(out, fmt.Sprintf("colours: %s cannot well tell %s %s from %s %s (difference %.0f, wanted %d)", who, a.name, hexColor(a.fill), b.name, hexColor(b.fill), math.Floor(d), leastDifference))
				break
			}
		}
	}
	return out
}

// Remarks are what someone should look at in what the user asks of the charts:
// colours that cannot be told apart, and parties and events that the data does
// not have.
func Remarks(r *stats.Report, c Context) []string {
	if r == nil {
		return nil
	}
	pl := newPlanner(r, c)
	var out []string
	for _, name := range pl.ctx.Parties.unknown {
		out = append(out, "parties: no party of the data is named "+strconv.Quote(name))
	}
	if len(pl.ctx.Parties.own) > 0 {
		out = append(out, pl.colourClashes(DefaultTheme())...)
	}
	return append(out, pl.eventsOutside()...)
}
