package charts

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"slices"
	"sync"

	"github.com/golang/freetype/raster"

	"toll/data"
)

// Figure is a planned chart: its words, the numbers it plots, and how it is drawn.
type Figure struct {
	ID    string // names its files: ID.png, ID.csv
	Kind  string // timeseries, stack, ranked, matrix
	Title string
	// Subtitle carries the unit and the period, Note the caveats, Alt the text
	// for readers who cannot see the chart.
	Subtitle, Note, Alt string
	// Columns and Rows are the plotted numbers, exact, for ID.csv.
	Columns []string
	Rows    [][]string

	context Context
	draw    func(s *sheet, area rect)
}

// Drawing is a drawn figure.
type Drawing struct {
	PNG     []byte
	SVG     []byte   // from Figure.SVG, which makes no PNG and Pixels, and Figure.Both
	Pixels  [32]byte // sha256 of width, height and the pixels, as runs of one colour
	Plotted [32]byte // sha256 of the words and numbers shown
	Labels  []Box    // every piece of text, in drawing order
	// Warnings are what someone should look at: characters that the font lacks,
	// names that had to be cut.
	Warnings []string
}

// PNG draws the figure.
func (f Figure) PNG(o Options) (Drawing, error) {
	if f.draw == nil {
		return Drawing{}, f.unplanned()
	}
	return f.png(o.settled(), f.undrawable(), f.plotted()), nil
}

// Both draws the figure as a picture and as a vector graphic, whose labels and
// warnings are those of the picture.
func (f Figure) Both(o Options) (Drawing, error) {
	if f.draw == nil {
		return Drawing{}, f.unplanned()
	}
	missing, plotted := f.undrawable(), f.plotted()
	d := f.png(o.settled(), missing, plotted)
	d.SVG = f.svg(o.settled(), missing, plotted).SVG
	return d, nil
}

func (f Figure) unplanned() error { return fmt.Errorf("chart %s: it was not made by Plan", f.ID) }

// png draws the figure with what was found of it beforehand: the warnings of
// undrawable, and the hash of what is plotted.
func (f Figure) png(o Options, missing []string, plotted [32]byte) Drawing {
	c := borrow(o)
	defer giveBack(c)
	s := f.paintOn(c, o, nil, missing)
	d := Drawing{Labels: s.boxes, Warnings: s.warnings, Plotted: plotted}
	d.PNG, d.Pixels = encodePNG(c.img, f.metadata(d.Plotted))
	return d
}

// paint draws the figure on a page and returns what was noted on the way.
func (f Figure) paint(c *page, o Options) *sheet { return f.paintOn(c, o, nil, f.undrawable()) }

func (f Figure) paintOn(c *page, o Options, svg *svgPage, missing []string) *sheet {
	canvas := newExact(c, o.Scale, o.Theme)
	if canvas.svg = svg; svg == nil {
		canvas.clear()
	}
	s := &sheet{canvas: canvas, w: float64(o.Size.W), h: float64(o.Size.H),
		scale: float64(o.Scale), theme: o.Theme}
	s.warnings = slices.Clone(missing) // found before anything is drawn
	f.draw(s, s.frame(&f))
	return s
}

// undrawable looks for characters that the font lacks before anything is drawn.
func (f Figure) undrawable() []string {
	seen := map[string]bool{}
	var out []string
	check := func(s string) {
		if !seen[s] {
			seen[s] = true
			if w := glyphWarning(s); w != "" {
				out = append(out, w)
			}
		}
	}
	for _, row := range f.Rows {
		for _, cell := range row {
			check(cell)
		}
	}
	check(clean(f.context.Source))
	if len(out) == 0 {
		check(f.Title)
		check(f.Subtitle)
		check(f.Note)
	}
	return out
}

// plotted hashes what the figure shows: words and numbers, not looks.
func (f Figure) plotted() [32]byte {
	h := sha256.New()
	put := func(s string) {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	for _, s := range []string{f.ID, f.Kind, f.Title, f.Subtitle, f.Note} {
		put(s)
	}
	for _, row := range append([][]string{f.Columns}, f.Rows...) {
		put(fmt.Sprint(len(row)))
		for _, cell := range row {
			put(cell)
		}
	}
	return [32]byte(h.Sum(nil))
}

func (f Figure) metadata(plotted [32]byte) pngText {
	c := f.context
	m := pngText{
		"Title": f.Title, "Description": f.Alt, "Source": clean(c.Source),
		"toll:chart": f.ID, "toll:plotted-sha256": hex.EncodeToString(plotted[:]),
	}
	if c.InputSHA256 != "" {
		m["toll:input-sha256"] = c.InputSHA256
	}
	if c.Cutoff != data.NoDay && c.Cutoff != 0 {
		m["Creation Time"] = c.Cutoff.String()
	}
	return m
}

// DrawAll draws figures in parallel. The result is the same for any number of
// workers; errors come in the order of the figures.
func DrawAll(figs []Figure, o Options, workers int) ([]Drawing, error) {
	out := make([]Drawing, len(figs))
	errs := make([]error, len(figs))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(max(workers, 1), max(len(figs), 1)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				out[i], errs[i] = figs[i].PNG(o)
			}
		}()
	}
	for i := range figs {
		next <- i
	}
	close(next)
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

// page is an image with its rasterisers, kept for the next chart: a page is 6
// MB, four times that at scale 2.
type page struct {
	img         *image.RGBA
	whole, line *raster.Rasterizer // of all rows, and of a few
	masks       map[maskKey]mask   // letters drawn before
}

func newPage(size image.Point) *page {
	p := &page{img: image.NewRGBA(image.Rectangle{Max: size}),
		whole: raster.NewRasterizer(size.X, size.Y), line: raster.NewRasterizer(size.X, lineRows), masks: map[maskKey]mask{}}
	p.whole.UseNonZeroWinding, p.line.UseNonZeroWinding = true, true
	return p
}

var pages sync.Map // image.Point → *sync.Pool

func poolOf(size image.Point) *sync.Pool {
	p, ok := pages.Load(size)
	if !ok {
		p, _ = pages.LoadOrStore(size, &sync.Pool{})
	}
	return p.(*sync.Pool)
}

func borrow(o Options) *page {
	size := image.Pt(o.Size.W*o.Scale, o.Size.H*o.Scale)
	if p, ok := poolOf(size).Get().(*page); ok {
		return p
	}
	return newPage(size)
}

func giveBack(p *page) { poolOf(p.img.Rect.Max).Put(p) }
