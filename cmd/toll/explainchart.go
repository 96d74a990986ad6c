package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
	if f, ok := k.Files["charts/"+id+".csv"]; ok {
		showRows(w, string(f.Data))
		fmt.Fprintf(w, "\nThe records behind a figure: toll explain ADDRESS %s\n", k.Dir)
	}
	return nil
}

// showRows writes a file of plotted figures as columns.
func showRows(w io.Writer, csvText string) {
	rows, err := csv.NewReader(strings.NewReader(csvText)).ReadAll()
	if err != nil {
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		for i := range r {
			r[i] = data.Visible(r[i])
		}
		fmt.Fprintln(t, strings.Join(r, "\t"))
	}
	t.Flush()
}
