package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"toll/charts"
	"toll/data"
	"toll/data/record"

	"github.com/spf13/cobra"
)

// chartFlags are what toll chart takes beside the selection.
type chartFlags struct {
	size, format, theme, title, to string
	scale                          int
	drawing                        drawingFlags
}

func chartCommand(s *streams) *cobra.Command {
	var sel selectionFlags
	var f chartFlags
	c := &cobra.Command{
		Use:   "chart KIND FILE.csv… | FOLDER | -",
		Short: "Draw one chart",
		Long: `Reads incident records as toll report does and draws one chart.

Kinds: ` + strings.Join(charts.Kinds(), ", ") + `.

A --title may hold figures in braces, which follow the data: {killed},
{killed.low}, {incidents}, {injured}, {from}, {to}, {place}, or the address of any
cell of a table, such as {by-month/2025-10/killed.high}. A number written out that
no cell bears out is warned of.

A map has no borders of its own: whose they are is for you to say. --basemap draws
the outlines of a GeoJSON file under the points, or those of Natural Earth 1:50m,
which show who holds a territory and not whose it is.

Names in Arabic script are shaped and set from right to left; --font-fallback takes
a font for letters of other scripts. The plotted numbers are written beside the
picture, KIND.csv.`,
		Example: `  toll chart timeseries incidents.csv
  toll chart map incidents.csv --basemap districts.geojson --size column
  toll chart cumulative incidents.csv --title "{killed} killed since {from}" --scale 2
  toll chart calendar incidents.csv --format svg --theme dark -o calendar.svg`,
		Args:      cobra.MinimumNArgs(2),
		ValidArgs: charts.Kinds(),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := sel.open(s.in, args[1:], func(name string) bool { return name != "title" && cmd.Flags().Changed(name) })
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("title") {
				f.title = sel.given.Title
			}
			d.config = f.drawing.over(d.config, cmd.Flags().Changed)
			return drawChart(s, d, args[0], &f)
		},
	}
	sel.register(c)
	sel.registerMinCell(c)
	fl := c.Flags()
	fl.Lookup("title").Usage = "`title` of the chart, with figures in braces (default: computed)"
	fl.StringVarP(&f.to, "output", "o", "", "write this `file` (default: KIND.png)")
	fl.StringVar(&f.size, "size", "slide", "page `format`: slide, column or square")
	fl.IntVar(&f.scale, "scale", 1, "`pixels` of the picture to one of the page: 1 or 2")
	fl.StringVar(&f.format, "format", "", "file `format`: png (default) or svg")
	fl.StringVar(&f.theme, "theme", "light", "`colours`: light, dark or print")
	f.drawing.register(c)
	return c
}

// options reads the flags that say how to draw.
func (f *chartFlags) options(kind string) (o charts.Options, err error) {
	var ok bool
	if o.Size, ok = charts.ParseSize(f.size); !ok {
		return o, fmt.Errorf("size %q: use slide, column or square", f.size)
	}
	if o.Scale = f.scale; o.Scale < 1 || o.Scale > charts.MaxScale {
		return o, fmt.Errorf("scale %d: use 1 to %d", f.scale, charts.MaxScale)
	}
	if o.Theme, ok = charts.ParseTheme(f.theme); !ok {
		return o, fmt.Errorf("theme %q: use light, dark or print", f.theme)
	}
	if f.format == "" {
		f.format = "png"
		if strings.EqualFold(filepath.Ext(f.to), ".svg") {
			f.format = "svg"
		}
	}
	if f.format != "png" && f.format != "svg" {
		return o, fmt.Errorf("format %q: use png or svg", f.format)
	}
	if f.to == "" {
		f.to = kind + "." + f.format
	}
	return o, nil
}

// drawChart reads, tallies, plans and draws one chart.
func drawChart(s *streams, d *dataset, kind string, f *chartFlags) error {
	o, err := f.options(kind)
	if err != nil {
		return err
	}
	so, err := d.config.selection()
	if err != nil {
		return err
	}
	x, err := d.drawing()
	if err != nil {
		return err
	}
	r, err := tally(d, record.Options{Profile: d.config.Profile}, so, func(int64) {})
	if err != nil {
		return err
	}
	doc, err := compose(d, r, so)
	if err != nil {
		return err
	}
	c := x.on(chartContext(doc))
	fig, err := charts.One(kind, doc.Report, c)
	if err != nil {
		return err
	}
	warnings := charts.Remarks(doc.Report, c)
	asked := len(warnings)
	if f.title != "" {
		var doubts []string
		if fig, doubts, err = fig.Titled(f.title, doc.Report); err != nil {
			return err
		}
		warnings = append(warnings, doubts...)
	}
	fig = fig.PlottedIn(filepath.Base(csvBeside(f.to)))
	draw := fig.PNG
	if f.format == "svg" {
		draw = fig.SVG
	}
	pic, err := draw(o)
	if err != nil {
		return err
	}
	b := pic.PNG
	if f.format == "svg" {
		b = pic.SVG
	}
	if err := replaceFile(f.to, b); err != nil {
		return plainPathError(err)
	}
	plotted, err := plottedBeside(f.to, fig, d.config.Raw)
	if err != nil {
		return err
	}
	tellFindings(s.err, r.diagnostics)
	tellRemarks(s.err, append(warnings[:asked:asked], chartRemarks(kind, append(warnings[asked:], pic.Warnings...))...))
	fmt.Fprintf(s.out, "%s\n%s\nwritten to %s and %s\n", data.Visible(fig.Title), data.Visible(fig.Alt), data.Visible(filepath.ToSlash(f.to)), data.Visible(filepath.ToSlash(plotted)))
	if r.findings() || len(warnings) > 0 {
		return errFindings
	}
	return nil
}

// chartRemarks says of which chart its warnings are.
func chartRemarks(id string, warnings []string) []string {
	var out []string
	for _, w := range warnings {
		out = append(out, "chart "+id+": "+w)
	}
	return out
}

func tellRemarks(w io.Writer, remarks []string) {
	for i, r := range remarks {
		if i == shownDiagnostics {
			fmt.Fprintf(w, "… and %d more on charts.\n", len(remarks)-i)
			return
		}
		fmt.Fprintln(w, data.Visible(r))
	}
}
