package charts

import (
	"image/color"
	"math"
	"strings"
	"testing"
)

// TestCIEDE2000 is pairs from the test data of Sharma, Wu and Dalal (2005).
func TestCIEDE2000(t *testing.T) {
	for _, c := range [][7]float64{
		{50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425}, {50, 2.8361, -74.0200, 50, 0, -82.7485, 3.4412},
		{50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000}, {50, 0, 0, 50, -1, 2, 2.3669},
		{50, 2.4900, -0.0010, 50, -2.4900, 0.0009, 7.1792}, {50, 2.4900, -0.0010, 50, -2.4900, 0.0011, 7.2195},
		{50, 2.5, 0, 50, 0, -2.5, 4.3065}, {50, 2.5, 0, 73, 25, -18, 27.1492}, {50, 2.5, 0, 56, -27, -3, 31.9030},
		{60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644}, {2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082},
	} {
		if got := ciede2000(c[0], c[1], c[2], c[3], c[4], c[5]); math.Abs(got-c[6]) > 0.00011 {
			t.Errorf("%v: %.4f", c, got)
		}
		if got := ciede2000(c[3], c[4], c[5], c[0], c[1], c[2]); math.Abs(got-c[6]) > 0.00011 {
			t.Errorf("%v the other way round: %.4f", c, got)
		}
	}
}

// TestPaletteApart holds the palette to what the check asks of others' colours,
// and more: any two parties, grey and the page are far apart for every reader.
func TestPaletteApart(t *testing.T) {
	th := DefaultTheme()
	var fills []color.NRGBA
	for _, s := range th.Parties {
		fills = append(fills, s.Fill)
		if contrast(s.Text) < 5 {
			t.Errorf("text in %s has a contrast of %.1f", hexColor(s.Text), contrast(s.Text))
		}
		if light := contrast(s.Fill) < 3; light != s.Edge {
			t.Errorf("fill %s has a contrast of %.1f and edge %v", hexColor(s.Fill), contrast(s.Fill), s.Edge)
		}
	}
	least := math.Inf(1)
	for i, a := range append(fills, th.Unattributed.Fill, white) {
		for _, b := range append(fills, th.Unattributed.Fill, white)[:i] {
			if a == th.Unattributed.Fill || b == th.Unattributed.Fill {
				continue // hatched, and light as the page
			}
			for _, v := range visions {
				least = min(least, difference(a, b, v.m))
			}
		}
	}
	if least < 15 {
		t.Errorf("two colours of the palette are %.1f apart", least)
	}
}

func TestParseColour(t *testing.T) {
	for s, want := range map[string]color.NRGBA{"#0072B2": rgb(0x0072B2), "#07b": rgb(0x0077BB), "#ffffff": white} {
		if got, ok := ParseColour(s); !ok || got != want {
			t.Errorf("%s: %v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "#", "red", "0072B2", "#0072B", "#GG0000", "#+12345", "#0072B2FF"} {
		if got, ok := ParseColour(s); ok {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}

func TestOwnColours(t *testing.T) {
	r, c := twoYears().report()
	remarks := func(cs ...PartyColour) string {
		c.Colours = cs
		return strings.Join(Remarks(r, c), "\n")
	}
	if got := remarks(); got != "" {
		t.Errorf("remarks on the house colours: %s", got)
	}
	if got := remarks(PartyColour{"river militia", rgb(0x0F522C)}, PartyColour{"Dawn Brigade", rgb(0xC46110)}); strings.Contains(got, "no party") {
		t.Errorf("the names are not found: %s", got)
	}
	got := remarks(PartyColour{"River Militia", rgb(0xC00000)}, PartyColour{"Northern Front", rgb(0x008000)})
	if !strings.Contains(got, "green-blind readers cannot well tell “River Militia” #C00000 from “Northern Front” #008000") && !strings.Contains(got, "red-blind readers cannot well tell “River Militia” #C00000 from “Northern Front” #008000") {
		t.Errorf("red beside green is not warned of: %s", got)
	}
	if got := remarks(PartyColour{"River Militia", rgb(0xFDFDFD)}); !strings.Contains(got, "from the page") {
		t.Errorf("white on white is not warned of: %s", got)
	}
	if got := remarks(PartyColour{"Riverside Militia", rgb(0x0F522C)}); !strings.Contains(got, `no party of the data is named "Riverside Militia"`) {
		t.Errorf("a party that is not there is not warned of: %s", got)
	}
	// the colour reaches the chart, its party comes first, and the grey theme has none
	c.Colours = []PartyColour{{"River Militia", rgb(0x7A0177)}}
	figs, _ := Plan(r, c)
	f := figureOf(t, figs, "perpetrators-over-time")
	if got := f.Rows[0][1]; got != "River Militia" {
		t.Errorf("the first party is %s", got)
	}
	count := func(o Options) (n int) {
		o = o.settled()
		p := borrow(o)
		defer giveBack(p)
		f.paint(p, o)
		for i := 0; i < len(p.img.Pix); i += 4 {
			if p.img.Pix[i] == 0x7A && p.img.Pix[i+1] == 0x01 && p.img.Pix[i+2] == 0x77 {
				n++
			}
		}
		return n
	}
	if n := count(Options{}); n < 1000 {
		t.Errorf("%d pixels in the colour given", n)
	}
	grey, _ := ParseTheme("print")
	if n := count(Options{Theme: grey}); n != 0 {
		t.Errorf("%d coloured pixels in the theme for a grey printer", n)
	}
}

// FuzzSwatch holds that text in any given colour can be read.
func FuzzSwatch(f *testing.F) {
	f.Add(uint32(0xFFFF00))
	f.Fuzz(func(t *testing.T, v uint32) {
		if s := swatchOf(rgb(v & 0xFFFFFF)); contrast(s.Text) < 5 {
			t.Errorf("%06X: text in %s", v, hexColor(s.Text))
		}
	})
}
