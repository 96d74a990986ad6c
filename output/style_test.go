package output

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// luminance is the relative luminance of WCAG 2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 4 {
		hex = "#" + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:3], 2) + strings.Repeat(hex[3:4], 2)
	}
	v, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	part := func(c uint64) float64 {
		x := float64(c&0xff) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(v>>16) + 0.7152*part(v>>8) + 0.0722*part(v)
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestColoursCanBeRead holds every colour of text against every ground it stands
// on, light, dark and printed, to the contrast that WCAG 2 AA asks for.
func TestColoursCanBeRead(t *testing.T) {
	palettes := regexp.MustCompile(`:root\{([^}]*)\}`).FindAllStringSubmatch(stylesheet, -1)
	if len(palettes) != 3 {
		t.Fatalf("there are %d palettes; light, dark and print were expected", len(palettes))
	}
	for i, name := range []string{"light", "dark", "print"} {
		colour := map[string]string{}
		for _, d := range strings.Split(palettes[i][1], ";") {
			k, v, _ := strings.Cut(d, ":")
			colour[k] = v
		}
		for _, text := range []string{"--ink", "--soft", "--mark", "--warn", "--link"} {
			for _, ground := range []string{"--paper", "--shade"} {
				if c := contrast(t, colour[text], colour[ground]); c < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.1f", name, text, ground, c)
				}
			}
		}
	}
}

// TestStyleNamesNoSide keeps the page right for text from right to left: what
// has a side is named by start and end.
func TestStyleNamesNoSide(t *testing.T) {
	if m := regexp.MustCompile(`(margin|padding|border)-(left|right)|text-align:\s*(left|right)|float:|\b(left|right):`).FindString(stylesheet); m != "" {
		t.Errorf("the style says %q", m)
	}
}

func TestStyleServesPrintPhoneAndTaste(t *testing.T) {
	for _, want := range []string{"@media print", "size:A4", "display:table-header-group", "break-inside:avoid", "@media (max-width:", "prefers-color-scheme:dark", "position:sticky", "tabular-nums"} {
		if !strings.Contains(stylesheet, want) {
			t.Errorf("the style has no %s", want)
		}
	}
	if n, m := strings.Count(stylesheet, "{"), strings.Count(stylesheet, "}"); n != m {
		t.Errorf("%d braces open and %d close", n, m)
	}
}

// TestEveryClassHasAStyleAndIsUsed keeps the stylesheet and the writer together.
func TestEveryClassHasAStyleAndIsUsed(t *testing.T) {
	used := map[string]bool{}
	d := sample()
	for _, e := range elements(t, fileOf(t, render(t, d), "report.html")) {
		for _, c := range strings.Fields(attr(e, "class")) {
			used[c] = true
			if !strings.Contains(stylesheet, "."+c) {
				t.Errorf("class %s has no style", c)
			}
		}
	}
	for _, m := range regexp.MustCompile(`\.([a-z]+)[{:,. ]`).FindAllStringSubmatch(stylesheet, -1) {
		if !used[m[1]] && !regexp.MustCompile(`["' ]`+m[1]+`["' ]`).MatchString(script) {
			t.Errorf("nothing is of class %s", m[1])
		}
	}
}
