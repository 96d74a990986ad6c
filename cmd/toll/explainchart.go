package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"toll/data"
	"toll/output"
)

// maxPicture bounds a picture that is read.
const maxPicture = 256 << 20

// explainChart tells what a picture says of itself, and holds that against the
// briefing it lies in.
func explainChart(w io.Writer, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return plainPathError(err)
	}
	if info.Size() > maxPicture {
		return fmt.Errorf("%s is too large for a chart", path)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return plainPathError(err)
	}
	text, err := output.PictureTexts(b)
	if err != nil || text["toll:chart"] == "" {
		return fmt.Errorf("%s %w", path, output.ErrPicture)
	}
	id := text["toll:chart"]
	for _, x := range []struct{ label, key string }{{"chart", "toll:chart"}, {"title", "Title"}, {"shows", "Description"}, {"source", "Source"},
		{"data to", "Creation Time"}, {"input", "toll:input-sha256"}, {"plotted", "toll:plotted-sha256"}} {
		if t := text[x.key]; t != "" {
			fmt.Fprintf(w, "%-8s %s\n", x.label, data.Visible(t))
		}
	}
	dir := filepath.Dir(filepath.Dir(path))
	k, err := output.ReadKept(dir)
	if err != nil {
		fmt.Fprintln(w, "no briefing lies around it: its figures cannot be looked up")
		return nil
	}
	c, ok := k.Manifest.Charts[id]
	switch {
	case !ok:
		fmt.Fprintf(w, "the briefing in %s has no such chart\n", k.Dir)
		return nil
	case c.Plotted != text["toll:plotted-sha256"]:
		fmt.Fprintf(w, "the briefing in %s draws other figures by now\n", k.Dir)
	default:
		fmt.Fprintf(w, "its figures are those of the briefing in %s:\n\n", k.Dir)
	}
	showPlotted(w, k, id)
	return nil
}

// showPlotted writes the figures that a chart shows as columns, each row with its
// address where it has one.
func showPlotted(w io.Writer, k *output.Kept, chart string) {
	rows, addresses := k.PlottedRows(chart)
	if len(rows) == 0 {
		return
	}
	example := ""
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i, r := range rows {
		cells := make([]string, len(r))
		for j := range r {
			cells[j] = data.Visible(r[j])
		}
		at := addresses[i]
		switch {
		case i == 0:
			at = "address"
		case at == "":
			at = "–"
		case example == "":
			example = at
		}
		fmt.Fprintf(t, "%s\t%s\n", strings.Join(cells, "\t"), data.Visible(at))
	}
	t.Flush()
	if slices.Contains(addresses[1:], "") && chart != "cumulative" {
		fmt.Fprintln(w, "\n– is a sum over rows, or no incident.")
	}
	switch {
	case chart == "cumulative":
		fmt.Fprintf(w, "\nThe records behind a running total: toll explain total/killed.high %s --to DAY\n", k.Dir)
	case example != "":
		fmt.Fprintf(w, "\nThe records behind a row: toll explain %s %s\n", shellQuoted(data.Visible(example)), k.Dir)
	}
}

// shellQuoted quotes a text for a shell where it needs that.
func shellQuoted(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./,+:") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
