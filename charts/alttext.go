package charts

import (
	"strings"

	"toll/internal/catalogue"
)

// altText joins the parts of an alternative text within 600 characters: what
// the chart is, the total, facts in order of weight, what is missing, and where
// the numbers are. Facts give way first.
func altText(what, total string, facts []string, missing []string, id string) string {
	tail := plottedSentence("charts/" + id + ".csv")
	for n := len(facts); n >= 0; n-- {
		parts := append([]string{what, total}, facts[:n]...)
		parts = append(parts, missing...)
		s := strings.ReplaceAll(sentences(append(parts, tail)...), nbsp, " ")
		if len([]rune(s)) <= 600 {
			return s
		}
	}
	s := strings.ReplaceAll(sentences(what, total), nbsp, " ")
	if rs := []rune(s); len(rs) > 540 {
		s = string(rs[:539]) + "…"
	}
	return s + " " + tail
}

// shortName keeps a name from filling an alternative text or a title.
func shortName(s string) string {
	if rs := []rune(s); len(rs) > 40 {
		return strings.TrimRight(string(rs[:39]), " ") + "…"
	}
	return s
}

func plottedSentence(file string) string {
	return catalogue.Say("chart.the-plotted-numbers-are-in", "file", file)
}

// PlottedIn returns the figure with an alternative text that names another file
// for its plotted numbers than a briefing's.
func (f Figure) PlottedIn(file string) Figure {
	if head, ok := strings.CutSuffix(f.Alt, plottedSentence("charts/"+f.ID+".csv")); ok {
		f.Alt = head + plottedSentence(file)
	}
	return f
}
